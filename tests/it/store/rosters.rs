//! Who stands where at a workshop, and offers of seats.

use cercles::domain::card::View;
use cercles::domain::language::Language;
use cercles::domain::network::Destination;
use cercles::domain::network::NetworkKind::Matrix;
use cercles::domain::workshop::{Offer, Outcome, Place, Reach, Roster};
use cercles::store::cards::{self, Lane, NewCard, Subject};
use cercles::store::{Db, offers, people, rosters, workshops};
use futures::FutureExt as _;
use uuid::Uuid;

use super::acts::{add_workshop, bare_draft};
use super::{account, at, collective, id, person};

on_both!(
    places_are_counted_as_they_change,
    the_line_is_called_in_the_order_of_its_tickets_by_the_size_of_the_party,
    an_offer_is_open_until_it_ends_once,
    places_change_hands_or_go,
);

fn reach(address: &str) -> Reach {
    Reach {
        account: account(Matrix, address),
        language: Language::EnCa,
    }
}

/// A workshop from 100 to 200.
async fn workshop(db: &Db) -> Uuid {
    let one = collective(db, "a").await.id;
    add_workshop(db, one, 1, &bare_draft(at(100), Some(at(200)))).await
}

/// Puts somebody there, and the counts with them.
pub(super) async fn set(db: &Db, made: Uuid, who: Uuid, before: Option<Place>, after: Place) {
    let reach = reach("@x:y");
    commit!(db, [reach], |tx| {
        rosters::set(tx, made, who, before, after, &reach, at(1)).await
    });
}

async fn place(db: &Db, made: Uuid, who: Uuid) -> Option<Place> {
    let standing = look!(db, [], |tx| rosters::of(tx, made, who).await);
    standing.map(|standing| standing.place)
}

async fn roster(db: &Db, made: Uuid) -> Roster {
    look!(db, [], |tx| workshops::get(tx, made).await)
        .unwrap()
        .roster
}

async fn places_are_counted_as_they_change(db: Db) {
    let made = workshop(&db).await;
    let (ana, bob) = (person(&db, "1").await, person(&db, "2").await);
    assert_eq!(place(&db, made, ana).await, None);
    let mut before = None;
    for after in [
        Place::Maybe,
        Place::Yes { seats: 3 },
        Place::Waiting {
            seats: 2,
            ticket: 4,
        },
        Place::No,
    ] {
        set(&db, made, ana, before, after).await;
        assert_eq!(place(&db, made, ana).await, Some(after));
        before = Some(after);
    }
    set(&db, made, bob, None, Place::Yes { seats: 2 }).await;
    let counts = Roster {
        yes: 1,
        no: 1,
        seats: 2,
        ..Roster::default()
    };
    assert_eq!(roster(&db, made).await, counts);
    let stored = look!(db, [], |tx| workshops::get(tx, made).await).unwrap();
    assert_eq!(stored.tickets, 4, "the last ticket is remembered");
    let everybody = look!(db, [], |tx| rosters::all(tx, made).await);
    let who: Vec<(Uuid, Place)> = everybody.iter().map(|s| (s.person, s.place)).collect();
    let mut expected = [(ana, Place::No), (bob, Place::Yes { seats: 2 })];
    expected.sort_by_key(|(who, _)| *who);
    assert_eq!(who, expected);
    commit!(db, [], |tx| {
        rosters::remove(tx, made, ana, Place::No).await
    });
    assert_eq!(place(&db, made, ana).await, None);
    assert_eq!(roster(&db, made).await.no, 0);
}

async fn the_line_is_called_in_the_order_of_its_tickets_by_the_size_of_the_party(db: Db) {
    let made = workshop(&db).await;
    let (ana, bob) = (person(&db, "1").await, person(&db, "2").await);
    let chloe = person(&db, "3").await;
    for (who, seats, ticket) in [(bob, 1, 3), (ana, 4, 1), (chloe, 2, 2)] {
        set(&db, made, who, None, Place::Waiting { seats, ticket }).await;
    }
    for (free, expected) in [
        (9, Some(ana)),
        (3, Some(chloe)),
        (1, Some(bob)),
        (0, None),
        (i64::MAX, Some(ana)),
    ] {
        let next = look!(db, [], |tx| rosters::next(tx, made, free).await);
        assert_eq!(next.map(|next| next.person), expected, "{free} free");
    }
    let ahead = look!(db, [], |tx| rosters::ahead(tx, made, 3).await);
    assert_eq!(ahead, 2);
    let next = look!(db, [], |tx| rosters::next(tx, made, 2).await).unwrap();
    assert_eq!(
        (next.seats, next.ticket, &next.reach),
        (2, 2, &reach("@x:y"))
    );
    let offer = Offer {
        id: id(),
        workshop: made,
        person: chloe,
        seats: 2,
        ends_at: at(50),
        outcome: Outcome::Open,
    };
    commit!(db, [offer, next], |tx| {
        offers::add(tx, &offer).await?;
        rosters::call(tx, made, &next, at(50)).await
    });
    let until = at(50);
    assert_eq!(
        place(&db, made, chloe).await,
        Some(Place::Offered { seats: 2, until })
    );
    let reached = look!(db, [], |tx| rosters::reach(tx, made, chloe).await);
    assert_eq!(reached, Some(reach("@x:y")));
    let counts = Roster {
        held: 2,
        waiting: 2,
        ..Roster::default()
    };
    assert_eq!(roster(&db, made).await, counts);
}

async fn an_offer_is_open_until_it_ends_once(db: Db) {
    let made = workshop(&db).await;
    let (ana, bob) = (person(&db, "1").await, person(&db, "2").await);
    let offer = |who, ends| Offer {
        id: id(),
        workshop: made,
        person: who,
        seats: 1,
        ends_at: at(ends),
        outcome: Outcome::Open,
    };
    let (first, second) = (offer(ana, 60), offer(bob, 40));
    for offer in [&first, &second] {
        commit!(db, [offer], |tx| offers::add(tx, &offer).await);
    }
    let open = async || -> Vec<(Uuid, i64)> {
        let open = look!(db, [], |tx| offers::open(tx, made).await);
        let since = |offer: &Offer| (offer.ends_at - at(0)).num_seconds();
        open.iter()
            .map(|offer| (offer.person, since(offer)))
            .collect()
    };
    assert_eq!(open().await, [(bob, 40), (ana, 60)]);
    let shortened = commit!(db, [], |tx| offers::shorten(tx, made, at(50)).await);
    assert_eq!((shortened, open().await), (1, vec![(bob, 40), (ana, 50)]));
    for expected in [Some(second.id), None] {
        let ended = commit!(db, [], |tx| {
            offers::end(tx, made, bob, Outcome::Accepted, at(30)).await
        });
        assert_eq!(ended, expected);
    }
    let got = look!(db, [], |tx| offers::get(tx, second.id).await).unwrap();
    assert_eq!(got.outcome, Outcome::Accepted);
    assert_eq!(open().await, [(ana, 50)]);

    // What has ended goes after a while, with its message; what is open stays.
    let card = NewCard {
        id: id(),
        collective: None,
        network: Matrix,
        destination: Destination::Direct("@b:c".to_owned()),
        language: Language::EnCa,
        subject: Subject::Offer(second.id),
        view: View::Object,
        payload: None,
    };
    commit!(db, [card], |tx| cards::put(tx, &card, at(0)).await);
    let claimed = commit!(db, [], |tx| cards::claim(
        tx,
        (Matrix, Lane::Rooms),
        at(0),
        at(0),
        9
    )
    .await);
    assert_eq!(claimed[0].subject, Subject::Offer(second.id));
    for (before, gone) in [(30, 0), (31, 1)] {
        let forgotten = commit!(db, [], |tx| offers::forget(tx, at(before)).await);
        assert_eq!(forgotten, gone, "{before}");
    }
    assert_eq!(look!(db, [], |tx| cards::wanted(tx, card.id).await), None);
    assert_eq!(look!(db, [], |tx| offers::get(tx, second.id).await), None);
    let erased = commit!(db, [], |tx| offers::erase(tx, ana).await);
    assert_eq!((erased, open().await), (1, vec![]));
}

async fn places_change_hands_or_go(db: Db) {
    let made = workshop(&db).await;
    let (ana, bob) = (person(&db, "1").await, person(&db, "2").await);
    let waiting = Place::Waiting {
        seats: 1,
        ticket: 1,
    };
    set(&db, made, ana, None, waiting).await;
    let offer = Offer {
        id: id(),
        workshop: made,
        person: ana,
        seats: 1,
        ends_at: at(60),
        outcome: Outcome::Open,
    };
    commit!(db, [offer], |tx| {
        offers::add(tx, &offer).await?;
        rosters::hand_over(tx, made, ana, bob).await?;
        offers::hand_over(tx, made, ana, bob).await
    });
    let of = async |who: Uuid| look!(db, [], |tx| rosters::of_person(tx, who).await);
    assert_eq!(of(ana).await, []);
    let [standing] = of(bob).await.try_into().unwrap();
    assert_eq!(
        (standing.workshop, standing.place, standing.at),
        (made, waiting, at(1))
    );
    let open = look!(db, [], |tx| offers::open(tx, made).await);
    assert_eq!(open[0].person, bob);
    commit!(db, [], |tx| offers::erase(tx, bob).await);

    for (before, gone) in [(200, 0), (201, 1)] {
        let forgotten = commit!(db, [], |tx| rosters::forget(tx, at(before)).await);
        assert_eq!(forgotten, gone, "{before}");
    }
    assert_eq!(roster(&db, made).await.waiting, 1, "counts stay");
    set(&db, made, bob, None, Place::Maybe).await;
    let erased = commit!(db, [], |tx| rosters::erase(tx, bob).await);
    assert_eq!((erased, of(bob).await.len()), (1, 0));
    assert_eq!(roster(&db, made).await.maybe, 1, "counts stay");
    commit!(db, [], |tx| people::erase(tx, bob).await);
}
