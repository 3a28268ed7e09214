//! Circles, and what is in them.

use cercles::domain::circle::Circle;
use cercles::domain::collective::{Purpose, Room};
use cercles::domain::language::Language;
use cercles::domain::network::NetworkKind::{Discord, Matrix};
use cercles::domain::text::Wording;
use cercles::store::{Db, circles, collectives, organisations};
use futures::FutureExt as _;
use uuid::Uuid;

use super::organisations::organisation;
use super::{collective, id};

on_both!(
    circles_are_kept_by_name_with_those_that_are_retired,
    rooms_and_organisations_are_in_one_circle_until_it_is_emptied,
    a_room_keeps_its_circle_in_its_collective_only,
);

fn circle(collective: Uuid, slug: &str, parent: Option<Uuid>) -> Circle {
    Circle {
        id: id(),
        collective,
        slug: slug.to_owned(),
        name: Wording::read(&format!("Cercle {slug} // Circle {slug}"), 80).unwrap(),
        parent,
        active: true,
    }
}

async fn put(db: &Db, made: &Circle) {
    commit!(db, [made], |tx| circles::put(tx, &made).await);
}

async fn room(db: &Db, collective: Uuid, address: &str) -> Room {
    let room = Room {
        id: id(),
        collective,
        network: Matrix,
        address: address.to_owned(),
        language: Language::FrCa,
        purpose: Purpose::Public,
    };
    commit!(db, [room], |tx| collectives::put_room(tx, &room).await);
    room
}

async fn circles_are_kept_by_name_with_those_that_are_retired(db: Db) {
    let (one, other) = (collective(&db, "a").await.id, collective(&db, "b").await.id);
    let outer = circle(one, "villes", None);
    let mut inner = circle(one, "quartiers", Some(outer.id));
    for made in [&outer, &inner, &circle(other, "villes", None)] {
        put(&db, made).await;
    }
    inner.name = Wording::of("Arrondissements".to_owned());
    (inner.parent, inner.active) = (None, false);
    put(&db, &inner).await;
    let all = look!(db, [], |tx| circles::all(tx, one).await);
    assert_eq!(all, [inner, outer]);
}

async fn rooms_and_organisations_are_in_one_circle_until_it_is_emptied(db: Db) {
    let one = collective(&db, "a").await.id;
    let outer = circle(one, "villes", None);
    let inner = circle(one, "quartiers", Some(outer.id));
    let innermost = circle(one, "rues", Some(inner.id));
    for made in [&outer, &inner, &innermost] {
        put(&db, made).await;
    }
    let (first, second) = (
        room(&db, one, "!1:ici").await,
        room(&db, one, "!2:ici").await,
    );
    let table = organisation(one, "table", "Table");
    commit!(db, [table], |tx| organisations::put(tx, &table).await);
    let (outer, inner, table) = (outer.id, inner.id, table.id);
    for (room, into) in [(first.id, outer), (first.id, inner), (second.id, outer)] {
        commit!(db, [], |tx| circles::place_room(tx, room, Some(into)).await);
    }
    commit!(db, [], |tx| {
        circles::place_organisation(tx, table, Some(inner)).await
    });
    let mut placed = vec![(first.id, inner), (second.id, outer)];
    placed.sort_unstable();
    let rooms = async || look!(db, [], |tx| circles::rooms(tx, one).await);
    assert_eq!(rooms().await, placed);
    let addresses = async |network| look!(db, [], |tx| circles::addresses(tx, network).await);
    assert_eq!(addresses(Matrix).await, ["!1:ici", "!2:ici"]);
    assert!(addresses(Discord).await.is_empty());
    let of_table = async || {
        let found = look!(db, [], |tx| organisations::get(tx, table).await);
        found.unwrap().circle
    };
    assert_eq!(of_table().await, Some(inner));

    commit!(db, [], |tx| circles::empty(tx, inner, Some(outer)).await);
    assert_eq!(of_table().await, Some(outer));
    assert!(rooms().await.iter().all(|(_, circle)| *circle == outer));
    let all = look!(db, [], |tx| circles::all(tx, one).await);
    let moved = all.iter().find(|one| one.slug == "rues").unwrap();
    assert_eq!(moved.parent, Some(outer));
    let room = second.id;
    commit!(db, [], |tx| circles::place_room(tx, room, None).await);
    assert_eq!(rooms().await, [(first.id, outer)]);
    // Out of use: nobody can act from it.
    commit!(db, [], |tx| collectives::retire_rooms(tx).await);
    assert!(rooms().await.is_empty() && addresses(Matrix).await.is_empty());
}

async fn a_room_keeps_its_circle_in_its_collective_only(db: Db) {
    let (one, other) = (collective(&db, "a").await.id, collective(&db, "b").await.id);
    let villes = circle(one, "villes", None);
    put(&db, &villes).await;
    let mut room = room(&db, one, "!1:ici").await;
    let (room_id, circle) = (room.id, villes.id);
    commit!(db, [], |tx| circles::place_room(tx, room_id, Some(circle))
        .await);
    commit!(db, [room], |tx| collectives::put_room(tx, &room).await);
    let rooms = look!(db, [], |tx| circles::rooms(tx, one).await);
    assert_eq!(rooms, [(room_id, circle)]);
    room.collective = other;
    commit!(db, [room], |tx| collectives::put_room(tx, &room).await);
    for collective in [one, other] {
        let rooms = look!(db, [], |tx| circles::rooms(tx, collective).await);
        assert!(rooms.is_empty());
    }
}
