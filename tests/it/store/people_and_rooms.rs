//! Collectives, rooms, grants, numbers, people.

use std::collections::BTreeSet;

use cercles::domain::actor::Role;
use cercles::domain::collective::{Collective, Purpose, Room};
use cercles::domain::ids::Kind;
use cercles::domain::language::Language;
use cercles::domain::network::NetworkKind::{self, Discord, Matrix};
use cercles::store::{Db, Open, StoreError, collectives, people};
use futures::FutureExt as _;
use futures::future::join_all;
use uuid::Uuid;

use super::{account, at, collective, id};

on_both!(
    a_collective_is_kept_as_given_and_put_over_by_its_slug,
    collectives_stand_in_a_federation_until_they_leave,
    rooms_are_found_by_address_and_only_while_active,
    a_grant_replaces_the_one_before_and_is_taken_back_with_all,
    a_room_shows_the_list_until_it_is_taken_away,
    numbers_count_from_one_by_collective_and_kind,
    fifty_writers_never_get_the_same_number,
    a_person_is_found_by_account_with_the_language_they_chose,
    an_account_belongs_to_one_person,
    a_value_of_a_later_version_is_named_in_the_error,
);

async fn a_collective_is_kept_as_given_and_put_over_by_its_slug(db: Db) {
    let second = collective(&db, "saguenay").await;
    let first = collective(&db, "québec").await;
    let got = look!(db, [], |tx| collectives::get(tx, first.id).await);
    assert_eq!(got.as_ref(), Some(&first));
    let got = look!(db, [], |tx| collectives::by_slug(tx, "québec").await);
    assert_eq!(got.as_ref(), Some(&first));
    let none = look!(db, [], |tx| collectives::by_slug(tx, "Québec").await);
    assert_eq!(none, None);
    let all = look!(db, [], |tx| collectives::all(tx).await);
    assert_eq!(all, [first.clone(), second.clone()], "by slug");

    let renamed = Collective {
        id: id(),
        name: "Un autre nom".to_owned(),
        zone: chrono_tz::America::Halifax,
        language: Language::EnCa,
        roles: toml::from_str("matrix_editor = 75\ndiscord_organizer = []").unwrap(),
        ..first.clone()
    };
    let kept = commit!(db, [renamed], |tx| collectives::put(tx, &renamed).await);
    assert_eq!(kept, first.id, "the id that the slug had stays");
    let got = look!(db, [], |tx| collectives::get(tx, first.id).await);
    let expected = Collective {
        id: first.id,
        ..renamed.clone()
    };
    assert_eq!(got, Some(expected));
    assert_eq!(
        look!(db, [], |tx| collectives::get(tx, renamed.id).await),
        None
    );
}

fn room(collective: Uuid, network: NetworkKind, address: &str) -> Room {
    Room {
        id: id(),
        collective,
        network,
        address: address.to_owned(),
        language: Language::EnCa,
        purpose: Purpose::Public,
    }
}

async fn rooms_are_found_by_address_and_only_while_active(db: Db) {
    let (one, other) = (collective(&db, "a").await, collective(&db, "b").await);
    let matrix = room(one.id, Matrix, "!r:ici.ca");
    let discord = Room {
        purpose: Purpose::Control,
        language: Language::FrCa,
        ..room(one.id, Discord, "123")
    };
    // The same address on another network is another room.
    let same = room(other.id, Matrix, "123");
    for room in [&matrix, &discord, &same] {
        commit!(db, [room], |tx| collectives::put_room(tx, &room).await);
    }
    assert_eq!(
        look!(db, [], |tx| collectives::room_at(tx, Discord, "123").await),
        Some(discord.clone())
    );
    assert_eq!(
        look!(db, [], |tx| collectives::room_at(tx, Matrix, "123").await),
        Some(same.clone())
    );
    assert_eq!(
        look!(db, [], |tx| collectives::room_at(tx, Discord, "!r:ici.ca")
            .await),
        None
    );
    assert_eq!(
        look!(db, [], |tx| collectives::rooms(tx, one.id).await),
        [discord.clone(), matrix.clone()]
    );
    assert_eq!(
        look!(db, [], |tx| collectives::addresses(tx, Matrix).await),
        ["!r:ici.ca", "123"]
    );

    commit!(db, [], |tx| collectives::retire_rooms(tx).await);
    assert_eq!(
        look!(db, [], |tx| collectives::rooms(tx, one.id).await),
        Vec::<Room>::new()
    );
    assert_eq!(
        look!(db, [], |tx| collectives::room_at(tx, Discord, "123").await),
        None
    );
    // Configuration names it again, for the other collective: the room keeps its id.
    let moved = room(other.id, Discord, "123");
    commit!(db, [moved], |tx| collectives::put_room(tx, &moved).await);
    let got = look!(db, [], |tx| collectives::room_at(tx, Discord, "123").await);
    let expected = Room {
        id: discord.id,
        ..moved
    };
    assert_eq!(got, Some(expected));
    assert_eq!(
        look!(db, [], |tx| collectives::addresses(tx, Matrix).await),
        Vec::<String>::new()
    );
}

async fn a_grant_replaces_the_one_before_and_is_taken_back_with_all(db: Db) {
    let (one, other) = (collective(&db, "a").await, collective(&db, "b").await);
    let (ana, bob) = (account(Matrix, "@ana:ici.ca"), account(Discord, "7"));
    let granted = async |collective: Uuid, account: &cercles::domain::actor::Account| {
        look!(db, [account], |tx| {
            collectives::granted(tx, collective, &account).await
        })
    };
    assert_eq!(granted(one.id, &ana).await, None);
    for (collective, account, role) in [
        (one.id, &ana, Role::Organizer),
        (one.id, &ana, Role::Steward),
        (one.id, &bob, Role::Editor),
        (other.id, &ana, Role::Organizer),
    ] {
        commit!(db, [account], |tx| {
            collectives::grant(tx, collective, &account, role).await
        });
    }
    assert_eq!(granted(one.id, &ana).await, Some(Role::Steward));
    assert_eq!(granted(one.id, &bob).await, Some(Role::Editor));
    assert_eq!(granted(other.id, &bob).await, None);
    commit!(db, [], |tx| collectives::revoke_all(tx, one.id).await);
    assert_eq!(granted(one.id, &ana).await, None);
    assert_eq!(granted(one.id, &bob).await, None);
    assert_eq!(
        granted(other.id, &ana).await,
        Some(Role::Organizer),
        "another collective's grants stay"
    );
}

async fn numbers_count_from_one_by_collective_and_kind(db: Db) {
    let (one, other) = (collective(&db, "a").await, collective(&db, "b").await);
    let mut got = Vec::new();
    for (collective, kind) in [
        (one.id, Kind::Poll),
        (one.id, Kind::Poll),
        (one.id, Kind::Workshop),
        (other.id, Kind::Poll),
        (one.id, Kind::Poll),
    ] {
        got.push(commit!(db, [], |tx| {
            collectives::next_number(tx, collective, kind).await
        }));
    }
    assert_eq!(got, [1, 2, 1, 1, 3]);
}

async fn fifty_writers_never_get_the_same_number(db: Db) {
    let one = collective(&db, "a").await.id;
    let writers = (0..50).map(|_| {
        let db = db.clone();
        tokio::spawn(async move {
            commit!(db, [], |tx| {
                collectives::next_number(tx, one, Kind::Workshop).await
            })
        })
    });
    let numbers: BTreeSet<i64> = join_all(writers)
        .await
        .into_iter()
        .map(|number| number.expect("a number"))
        .collect();
    assert_eq!(numbers, (1..=50).collect());
}

async fn a_room_shows_the_list_until_it_is_taken_away(db: Db) {
    let one = collective(&db, "a").await.id;
    let (here, there) = (room(one, Discord, "1"), room(one, Discord, "2"));
    for room in [&here, &there] {
        commit!(db, [room], |tx| collectives::put_room(tx, &room).await);
    }
    let lists = async || look!(db, [], |tx| collectives::lists(tx, Discord).await);
    assert!(lists().await.is_empty());
    commit!(db, [], |tx| collectives::set_list(tx, here.id, true).await);
    // What configuration says of a room leaves its list alone.
    commit!(db, [here], |tx| collectives::put_room(tx, &here).await);
    assert_eq!(lists().await, ["1"]);
    assert!(look!(db, [], |tx| collectives::lists(tx, Matrix).await).is_empty());
    commit!(db, [], |tx| collectives::set_list(tx, here.id, false).await);
    assert!(lists().await.is_empty());
}

async fn a_person_is_found_by_account_with_the_language_they_chose(db: Db) {
    let (ana, stranger) = (account(Matrix, "@ana:ici.ca"), account(Discord, "9"));
    let ana_id = id();
    commit!(db, [ana], |tx| people::add(tx, ana_id, &ana, at(0)).await);
    let found = async |account: &cercles::domain::actor::Account| {
        look!(db, [account], |tx| people::find(tx, &account).await)
    };
    let known = found(&ana).await.unwrap();
    assert_eq!((known.id, known.language), (ana_id, None));
    assert_eq!(found(&stranger).await, None);
    // The same address on another network is somebody else.
    assert_eq!(found(&account(Discord, "@ana:ici.ca")).await, None);
    for language in [Language::EnCa, Language::FrCa] {
        commit!(db, [], |tx| people::set_language(
            tx,
            ana_id,
            language,
            at(5)
        )
        .await);
        let known = found(&ana).await.unwrap();
        assert_eq!((known.id, known.language), (ana_id, Some(language)));
        assert_eq!(known.language_at, Some(at(5)));
    }
}

async fn an_account_belongs_to_one_person(db: Db) {
    let ana = account(Discord, "1");
    let (first, second) = (id(), id());
    commit!(db, [ana], |tx| people::add(tx, first, &ana, at(0)).await);
    let again = ana.clone();
    let refused = db
        .write::<_, StoreError, _>(move |tx| {
            async move { people::add(tx, second, &again, at(1)).await }.boxed()
        })
        .await;
    assert!(matches!(refused, Err(StoreError::Driver(_))), "{refused:?}");
    let found = look!(db, [ana], |tx| people::find(tx, &ana).await);
    assert_eq!(found.map(|person| person.id), Some(first));
}

async fn a_value_of_a_later_version_is_named_in_the_error(db: Db) {
    let one = collective(&db, "a").await;
    commit!(db, [], |tx| {
        let statement = "UPDATE collective SET language = 'eo'";
        match &mut tx.open {
            Open::Sqlite(open) => sqlx::query(statement).execute(&mut **open).await.map(drop),
            Open::Postgres(open) => sqlx::query(statement).execute(&mut **open).await.map(drop),
        }
        .map_err(StoreError::from)
    });
    let got = db
        .read::<_, StoreError, _>(|tx| async move { collectives::get(tx, one.id).await }.boxed())
        .await;
    let error = got.expect_err("Esperanto is not known yet");
    assert!(
        matches!(&error, StoreError::Unknown { column: "collective.language", value } if value == "eo"),
        "{error:?}"
    );
}

async fn collectives_stand_in_a_federation_until_they_leave(db: Db) {
    let federation = collective(&db, "region").await.id;
    let (second, first) = (collective(&db, "b").await, collective(&db, "a").await);
    for member in [&second, &first] {
        let id = member.id;
        commit!(db, [], |tx| collectives::set_federation(tx, id, federation)
            .await);
    }
    let members = async |id| look!(db, [], |tx| collectives::members(tx, id).await);
    assert_eq!(members(federation).await, [first.clone(), second]);
    assert!(members(first.id).await.is_empty());
    // What configuration puts over a collective does not take it out.
    commit!(db, [first], |tx| collectives::put(tx, &first).await);
    assert_eq!(members(federation).await.len(), 2);
    commit!(db, [], |tx| collectives::leave_federations(tx).await);
    assert!(members(federation).await.is_empty());
}
