//! The acts: workshops, commitments, digests (polls have a file of their own).

use std::collections::BTreeSet;

use cercles::domain::card::View;
use cercles::domain::circle::Within;
use cercles::domain::collective::{Purpose, Room};
use cercles::domain::commitment::{About, Commitment, Holder, State, Tally};
use cercles::domain::digest::{Digest, Facts};
use cercles::domain::event::EventKind;
use cercles::domain::federation::Rollup;
use cercles::domain::ids::Kind;
use cercles::domain::language::Language;
use cercles::domain::network::{Destination, NetworkKind};
use cercles::domain::poll::rules::Eligibility;
use cercles::domain::text::Wording;
use cercles::domain::told::{Together, Told};
use cercles::domain::workshop::{
    Attendance, Change, Details, Draft, Feedback, Limits, Mode, Roster, Spoken, Status,
    Whereabouts, Workshop,
};
use cercles::store::cards::{self, NewCard, Subject};
use cercles::store::{
    Db, StoreError, changes, collectives, commitments, digests, events, polls, workshops,
};

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::America::Toronto;
use futures::FutureExt as _;
use uuid::Uuid;

use super::organisations::{organisation, put};
use super::polls::{add_poll, question};
use super::{at, collective, id, person};

on_both!(
    a_workshop_is_kept_edited_and_called_off,
    coming_workshops_are_announced_later_ones_soonest_first,
    a_draft_is_announced_in_its_rooms_or_thrown_away,
    a_workshop_remembers_the_poll_that_chose_its_date,
    a_room_lists_what_is_announced_in_it,
    a_workshop_waits_for_its_event_until_it_has_a_card,
    a_change_remembers_what_was_before,
    commitments_are_listed_per_person_and_counted,
    a_digest_keeps_its_facts_to_the_microsecond,
    a_number_stands_for_one_object,
);

/// A workshop that says everything that can be said.
pub(super) fn draft(start: i64) -> Draft {
    let both = |text: &str, english: &str| Wording {
        text: text.to_owned(),
        english: Some(english.to_owned()),
    };
    let slugs = |slugs: &[&str]| slugs.iter().map(|&slug| slug.to_owned()).collect();
    Draft {
        title: both("Réparer « ensemble » 'DROP TABLE' 🧵", "Mending"),
        description: Some(both("Deux\nlignes", "Two\nlines")),
        starts_at: at(start),
        ends_at: Some(at(start + 3600)),
        place: Some("https://exemple.org/?a=1&b=%2".to_owned()),
        details: Details {
            mode: Some(Mode::Hybrid),
            cost: Some(Wording::of("5 $".to_owned())),
            access: slugs(&["lsq", "no-such-slug"]),
            transit: Some(both("bus 7", "bus 7")),
            access_note: Some(both("à demander", "ask")),
            spoken: Some(Spoken::Bilingual),
            audience: Some(both("Tout le monde", "Everybody")),
            themes: slugs(&["energie"]),
            step: Some("plan".to_owned()),
            kind: Some("vision".to_owned()),
            hosts: slugs(&["Coop « A »"]),
            circle: Some(Within {
                id: Uuid::from_u128(7),
                slug: "jeunes".to_owned(),
                name: Wording::read("Jeunes // Youth", 80).unwrap(),
            }),
        },
        limits: Limits {
            capacity: Some(12),
            companions: 2,
            closes_at: Some(at(start - 60)),
            who: Eligibility::KnownBefore,
        },
    }
}

/// A workshop that says what it must.
pub(super) fn bare_draft(starts_at: DateTime<Utc>, ends_at: Option<DateTime<Utc>>) -> Draft {
    Draft {
        title: Wording::of("Court".to_owned()),
        description: None,
        starts_at,
        ends_at,
        place: None,
        details: Details::default(),
        limits: Limits::default(),
    }
}

fn workshop(id: Uuid, collective: Uuid, number: i64, draft: &Draft) -> Workshop {
    Workshop {
        id,
        collective,
        number,
        draft: draft.clone(),
        status: Status::Announced,
        zone: Toronto,
        roster: Roster::default(),
        announced_at: Some(at(0)),
        publish_at: None,
        told: 0,
        tickets: 0,
        attendance: Attendance::default(),
        feedback: Feedback::default(),
        report: None,
        slot: None,
        poll: None,
    }
}

pub(super) async fn add_workshop(db: &Db, collective: Uuid, number: i64, draft: &Draft) -> Uuid {
    let made = id();
    commit!(db, [draft], |tx| {
        workshops::add(tx, made, collective, number, &draft).await?;
        workshops::announce(tx, made, at(0)).await
    });
    made
}

async fn a_workshop_is_kept_edited_and_called_off(db: Db) {
    let (one, other) = (collective(&db, "a").await.id, collective(&db, "b").await.id);
    let full = draft(0);
    let made = add_workshop(&db, one, 3, &full).await;
    let expected = workshop(made, one, 3, &full);
    assert_eq!(
        look!(db, [], |tx| workshops::get(tx, made).await),
        Some(expected.clone())
    );
    assert_eq!(
        look!(db, [], |tx| workshops::by_number(tx, one, 3).await),
        Some(expected.clone())
    );
    assert_eq!(
        look!(db, [], |tx| workshops::by_number(tx, other, 3).await),
        None
    );
    assert_eq!(look!(db, [], |tx| workshops::get(tx, one).await), None);

    let bare = bare_draft(at(60), None);
    commit!(db, [bare], |tx| workshops::set_draft(tx, made, &bare).await);
    assert_eq!(
        look!(db, [], |tx| workshops::get(tx, made).await),
        Some(workshop(made, one, 3, &bare))
    );
    commit!(db, [], |tx| workshops::set_told(tx, made, 80).await);
    let got = look!(db, [], |tx| workshops::get(tx, made).await).unwrap();
    assert_eq!(got.told, 80);
    for status in [Status::Held, Status::Cancelled] {
        commit!(db, [], |tx| workshops::set_status(tx, made, status).await);
        let got = look!(db, [], |tx| workshops::get(tx, made).await).unwrap();
        assert_eq!(got.status, status);
    }
}

async fn coming_workshops_are_announced_later_ones_soonest_first(db: Db) {
    let (one, other) = (collective(&db, "a").await.id, collective(&db, "b").await.id);
    for (number, start) in [(1, 500), (2, 100), (3, 300), (4, 300), (5, 0), (6, 200)] {
        add_workshop(&db, one, number, &draft(start)).await;
    }
    add_workshop(&db, other, 1, &draft(150)).await;
    let called_off = look!(db, [], |tx| workshops::by_number(tx, one, 6).await).unwrap();
    commit!(db, [], |tx| {
        workshops::set_status(tx, called_off.id, Status::Cancelled).await
    });
    let coming = async |after: i64, limit: i64| -> Vec<i64> {
        look!(db, [], |tx| workshops::coming(tx, one, at(after), limit)
            .await)
        .iter()
        .map(|workshop| workshop.number)
        .collect()
    };
    assert_eq!(coming(0, 10).await, [2, 3, 4, 1], "after, not at");
    assert_eq!(coming(-1, 3).await, [5, 2, 3]);
    assert_eq!(coming(500, 10).await, Vec::<i64>::new());
    let public = look!(db, [], |tx| workshops::public(tx, one, at(0), 4).await);
    let public: Vec<i64> = public.iter().map(|workshop| workshop.number).collect();
    assert_eq!(public, [2, 6, 3, 4], "those that were called off, too");
    let announced = look!(db, [], |tx| {
        workshops::coming_for_all(tx, one, at(0), 3).await
    });
    let announced: Vec<i64> = announced.iter().map(|workshop| workshop.number).collect();
    assert_eq!(announced, [2, 3, 4]);
    let second = look!(db, [], |tx| workshops::by_number(tx, one, 2).await)
        .unwrap()
        .id;
    let early = look!(db, [], |tx| workshops::by_number(tx, one, 5).await)
        .unwrap()
        .id;
    for (subject, when) in [(second, 7), (second, 9), (early, 8)] {
        let kind = EventKind::WorkshopEdited;
        commit!(db, [], |tx| events::add(
            tx,
            id(),
            one,
            kind,
            subject,
            at(when)
        )
        .await);
    }
    let changes = look!(db, [], |tx| {
        events::changes_of_workshops(tx, one, at(0)).await
    });
    assert_eq!(
        changes,
        [(second, 2, at(9))],
        "those that start after, not at"
    );
    let past = async |limit: i64| -> Vec<i64> {
        let found = look!(db, [], |tx| workshops::past(tx, one, at(300), limit).await);
        found.iter().map(|workshop| workshop.number).collect()
    };
    assert_eq!(
        past(2).await,
        [4, 3],
        "latest first, without those called off"
    );

    // Those above last an hour; without an end, it is two.
    let (early, over) = (
        bare_draft(at(3700 - 7199), None),
        bare_draft(at(3700 - 7200), None),
    );
    let late = bare_draft(at(4000), None);
    commit!(db, [early, over, late], |tx| {
        workshops::add(tx, id(), one, 7, &early).await?;
        workshops::add(tx, id(), one, 8, &over).await?;
        workshops::add(tx, id(), one, 9, &late).await
    });
    let during = async |limit: i64| -> Vec<i64> {
        let (from, to) = (at(3700), at(4000));
        let found = look!(db, [], |tx| workshops::during(tx, one, from, to, limit)
            .await);
        found.iter().map(|workshop| workshop.number).collect()
    };
    assert_eq!(
        during(9).await,
        [7, 3, 4, 1],
        "drafts too; none that only touches"
    );
    assert_eq!(during(1).await, [7]);
}

async fn a_workshop_remembers_the_poll_that_chose_its_date(db: Db) {
    let one = collective(&db, "a").await.id;
    let poll = add_poll(&db, one, 7, question(900, &["a", "b"])).await;
    let made = add_workshop(&db, one, 1, &draft(500)).await;
    let has = async || look!(db, [], |tx| workshops::has_poll(tx, poll).await);
    assert!(!has().await);
    commit!(db, [], |tx| workshops::set_poll(tx, made, poll).await);
    assert!(has().await);
    let got = look!(db, [], |tx| workshops::get(tx, made).await).unwrap();
    assert_eq!(got.poll, Some(7));
    commit!(db, [], |tx| {
        workshops::set_status(tx, made, Status::Cancelled).await
    });
    assert!(
        !has().await,
        "one that was called off leaves room for another"
    );
}

async fn commitments_are_listed_per_person_and_counted(db: Db) {
    let one = collective(&db, "a").await.id;
    let (ana, bob) = (person(&db, "1").await, person(&db, "2").await);
    assert_eq!(
        look!(db, [], |tx| commitments::tally(tx, one).await),
        Tally::default()
    );
    let mut made = Vec::new();
    for (number, who, due) in [
        (1, ana, NaiveDate::from_ymd_opt(2027, 2, 28)),
        (2, bob, None),
        (3, ana, None),
        (4, ana, NaiveDate::from_ymd_opt(2028, 2, 29)),
    ] {
        let commitment = Commitment {
            id: id(),
            collective: one,
            number,
            holder: Holder::Person(who),
            shown_as: (number == 1).then(|| "Ana".to_owned()),
            sentence: format!("Je plante {number} arbres — « promis » 🌳"),
            due,
            about: (number == 1).then(|| About::Plan("P4".parse().unwrap())),
            state: State::Confirmed,
            taken_at: at(number),
            part: None,
        };
        commit!(db, [commitment], |tx| commitments::add(tx, &commitment)
            .await);
        made.push(commitment);
    }
    let of_ana = look!(db, [], |tx| commitments::of_person(tx, one, ana).await);
    assert_eq!(
        of_ana,
        [made[3].clone(), made[2].clone(), made[0].clone()],
        "the newest first"
    );
    assert_eq!(
        look!(db, [], |tx| commitments::by_number(tx, one, 2).await),
        Some(made[1].clone())
    );
    assert_eq!(
        look!(db, [], |tx| commitments::by_number(tx, one, 5).await),
        None
    );
    for (index, state) in [
        (0, State::Kept),
        (1, State::UnderWay),
        (2, State::Kept),
        (3, State::Withdrawn),
    ] {
        let changed = Commitment {
            state,
            sentence: "Je jardine".to_owned(),
            due: NaiveDate::from_ymd_opt(2027, 1, 9),
            about: Some(About::Theme("energie".to_owned())),
            ..made[index].clone()
        };
        commit!(db, [changed], |tx| commitments::set(tx, &changed).await);
        let number = changed.number;
        let got = look!(db, [], |tx| commitments::by_number(tx, one, number).await);
        assert_eq!(got, Some(changed));
    }
    let about = About::Theme("energie".to_owned());
    let numbers = |all: Vec<Commitment>| all.iter().map(|c| c.number).collect::<Vec<_>>();
    let found = look!(db, [about], |tx| commitments::about(tx, one, &about).await);
    assert_eq!(numbers(found), [1, 2, 3, 4]);
    // One passes to an organisation by a code that is good once, and for a time.
    let table = organisation(one, "table", "Table");
    put(&db, &table).await;
    let table = table.id;
    let (first, second) = (made[0].id, made[1].id);
    commit!(db, [], |tx| {
        commitments::offer(tx, "older", first, at(9)).await?;
        commitments::offer(tx, "digest", first, at(9)).await?;
        commitments::offer(tx, "late", second, at(9)).await
    });
    let used = async |code: &'static str, now| {
        commit!(db, [], |tx| commitments::use_up(tx, code, at(now)).await)
    };
    assert_eq!(used("older", 5).await, None);
    assert_eq!(used("late", 9).await, None, "it was good before 9");
    assert_eq!(used("digest", 8).await, Some(first));
    assert_eq!(used("digest", 8).await, None);
    commit!(db, [], |tx| commitments::offer(tx, "back", first, at(9))
        .await);
    commit!(db, [], |tx| commitments::withdraw_offer(tx, first).await);
    assert_eq!(used("back", 5).await, None);
    commit!(db, [], |tx| commitments::offer(tx, "old", first, at(9))
        .await);
    let gone = commit!(db, [], |tx| commitments::forget_offers(tx, at(9)).await);
    assert_eq!(gone, 1);
    let held = Commitment {
        holder: Holder::Organisation(table),
        shown_as: None,
        ..look!(db, [], |tx| commitments::get(tx, first).await).expect("it is there")
    };
    commit!(db, [held], |tx| commitments::set(tx, &held).await);
    let of_table = look!(db, [], |tx| commitments::of_organisation(tx, table).await);
    assert_eq!(of_table, [held]);
    let tally = Tally {
        taken: 4,
        kept: 2,
        under_way: 1,
    };
    assert_eq!(look!(db, [], |tx| commitments::tally(tx, one).await), tally);
    let all = look!(db, [about], |tx| commitments::about(tx, one, &about).await);
    let readable: BTreeSet<Uuid> = all.iter().filter(|c| c.is_public()).map(|c| c.id).collect();
    assert!(readable.contains(&first) && readable.len() < all.len());
    assert_eq!(
        look!(db, [], |tx| commitments::public(tx, one).await),
        readable
    );
}

async fn a_digest_keeps_its_facts_to_the_microsecond(db: Db) {
    let one = collective(&db, "a").await.id;
    assert_eq!(look!(db, [], |tx| digests::last_until(tx, one).await), None);
    let poll = add_poll(&db, one, 1, question(60, &["a", "b"])).await;
    let poll = look!(db, [], |tx| polls::get(tx, poll).await).unwrap();
    let facts = Facts {
        from: at(0),
        until: at(3600),
        collective: "Chez « nous » \u{1F331} \\ \"".to_owned(),
        zone: Toronto,
        decided: vec![poll.clone()],
        held: vec![workshop(id(), one, 1, &draft(5))],
        committed: Tally {
            taken: i64::MAX,
            kept: 0,
            under_way: -1,
        },
        next: Vec::new(),
        open: vec![poll],
        members: Rollup {
            commitments: vec![Together {
                places: vec![0, 2],
                told: Told::Both { taken: 12, kept: 6 },
            }],
            ..Rollup::default()
        },
    };
    let first = Digest {
        id: id(),
        collective: one,
        number: 1,
        facts,
    };
    let mut second = Digest {
        id: id(),
        number: 2,
        ..first.clone()
    };
    second.facts.until = at(7200);
    for digest in [&second, &first] {
        commit!(db, [digest], |tx| digests::add(tx, &digest).await);
    }
    assert_eq!(
        look!(db, [], |tx| digests::get(tx, first.id).await),
        Some(first.clone())
    );
    assert_eq!(look!(db, [], |tx| digests::get(tx, one).await), None);
    assert_eq!(
        look!(db, [], |tx| digests::by_number(tx, one, 1).await),
        Some(first.clone())
    );
    assert_eq!(
        look!(db, [], |tx| digests::by_number(tx, one, 3).await),
        None
    );
    for (limit, found) in [(5, vec![second.clone(), first.clone()]), (1, vec![second])] {
        assert_eq!(
            look!(db, [], |tx| digests::latest(tx, one, limit).await),
            found
        );
    }
    assert_eq!(
        look!(db, [], |tx| digests::last_until(tx, one).await),
        Some(at(7200))
    );
}

async fn a_number_stands_for_one_object(db: Db) {
    let one = collective(&db, "a").await.id;
    let first = add_workshop(&db, one, 1, &draft(0)).await;
    let refused = db
        .write::<_, StoreError, _>(move |tx| {
            async move { workshops::add(tx, id(), one, 1, &draft(9)).await }.boxed()
        })
        .await;
    assert!(matches!(refused, Err(StoreError::Driver(_))), "{refused:?}");
    let stands = look!(db, [], |tx| workshops::by_number(tx, one, 1).await).unwrap();
    assert_eq!(stands, workshop(first, one, 1, &draft(0)));
}

async fn a_workshop_waits_for_its_event_until_it_has_a_card(db: Db) {
    let one = collective(&db, "a").await.id;
    let first = add_workshop(&db, one, 1, &draft(100)).await;
    let second = add_workshop(&db, one, 2, &draft(50)).await;
    let third = add_workshop(&db, one, 3, &draft(200)).await;
    commit!(db, [], |tx| {
        workshops::set_status(tx, third, Status::Cancelled).await
    });
    let waiting = async |after: i64| {
        let found = look!(db, [], |tx| {
            workshops::without_event(tx, one, at(after)).await
        });
        found
            .into_iter()
            .map(|workshop| workshop.id)
            .collect::<Vec<_>>()
    };
    assert_eq!(waiting(0).await, [second, first]);
    assert_eq!(waiting(60).await, [first]);
    let card = NewCard {
        id: id(),
        collective: Some(one),
        network: NetworkKind::Discord,
        destination: Destination::Room("1".to_owned()),
        language: Language::FrCa,
        subject: Subject::Object(Kind::Workshop, first),
        view: View::Event,
        payload: None,
    };
    commit!(db, [card], |tx| cards::put(tx, &card, at(0)).await);
    assert_eq!(waiting(0).await, [second]);
}

async fn a_room_lists_what_is_announced_in_it(db: Db) {
    let one = collective(&db, "a").await.id;
    let room = |address: &str| Room {
        id: id(),
        collective: one,
        network: NetworkKind::Discord,
        address: address.to_owned(),
        language: Language::FrCa,
        purpose: Purpose::Public,
    };
    let (here, there) = (room("1"), room("2"));
    for room in [&here, &there] {
        commit!(db, [room], |tx| collectives::put_room(tx, &room).await);
    }
    let mut made = Vec::new();
    for (number, start) in [(1, 300), (2, 100), (3, 200), (4, 50)] {
        made.push(add_workshop(&db, one, number, &draft(start)).await);
    }
    let (third, fourth, chosen) = (made[2], made[3], [there.id]);
    commit!(db, [], |tx| workshops::set_rooms(tx, third, &chosen).await);
    commit!(db, [], |tx| {
        workshops::set_status(tx, fourth, Status::Held).await
    });
    for (room, limit, numbers, all) in [
        (&here, 9, vec![2, 1], 2),
        (&there, 9, vec![2, 3, 1], 3),
        (&there, 2, vec![2, 3], 3),
    ] {
        let (listed, count) = look!(db, [room], |tx| {
            workshops::coming_in(tx, &room, limit).await
        });
        let listed: Vec<i64> = listed.iter().map(|workshop| workshop.number).collect();
        assert_eq!((listed, count), (numbers, all));
    }
}

async fn a_draft_is_announced_in_its_rooms_or_thrown_away(db: Db) {
    let one = collective(&db, "a").await.id;
    let (first, second) = (id(), id());
    let bare = bare_draft(at(100), None);
    commit!(db, [bare], |tx| {
        workshops::add(tx, first, one, 1, &bare).await?;
        workshops::add(tx, second, one, 2, &bare).await
    });
    let stored = async |made: Uuid| look!(db, [], |tx| workshops::get(tx, made).await);
    let draft = stored(first).await.unwrap();
    assert_eq!((draft.status, draft.announced_at), (Status::Draft, None));
    let coming = look!(db, [], |tx| workshops::coming(tx, one, at(0), 9).await);
    assert_eq!(coming, [], "a draft is not announced");

    let mut rooms = Vec::new();
    for address in ["1", "2"] {
        let room = Room {
            id: id(),
            collective: one,
            network: NetworkKind::Discord,
            address: address.to_owned(),
            language: Language::FrCa,
            purpose: Purpose::Public,
        };
        commit!(db, [room], |tx| collectives::put_room(tx, &room).await);
        rooms.push(room.id);
    }
    rooms.sort_unstable();
    for chosen in [&rooms[..], &rooms[..1], &[]] {
        let chosen = chosen.to_vec();
        commit!(db, [chosen], |tx| {
            workshops::set_rooms(tx, first, &chosen).await
        });
        let stored = look!(db, [], |tx| workshops::rooms(tx, first).await);
        assert_eq!(stored, chosen);
    }
    commit!(db, [], |tx| {
        workshops::set_publication(tx, first, at(50)).await
    });
    assert_eq!(stored(first).await.unwrap().publish_at, Some(at(50)));
    commit!(db, [], |tx| workshops::announce(tx, first, at(40)).await);
    let announced = stored(first).await.unwrap();
    assert_eq!(
        (
            announced.status,
            announced.announced_at,
            announced.publish_at
        ),
        (Status::Announced, Some(at(40)), None)
    );
    commit!(db, [rooms], |tx| {
        workshops::set_rooms(tx, second, &rooms).await?;
        workshops::discard(tx, second).await?;
        workshops::discard(tx, first).await
    });
    assert_eq!(stored(second).await, None);
    assert!(stored(first).await.is_some(), "only drafts are thrown away");
}

async fn a_change_remembers_what_was_before(db: Db) {
    let one = collective(&db, "a").await.id;
    let made = add_workshop(&db, one, 1, &draft(100)).await;
    let mut told = Vec::new();
    for seconds in [10, 20] {
        let change = Change {
            id: id(),
            workshop: made,
            at: at(seconds),
            before: Whereabouts::of(&draft(seconds)),
        };
        commit!(db, [change], |tx| changes::add(tx, &change).await);
        told.push(change);
    }
    let first = told[0].id;
    let got = look!(db, [], |tx| changes::get(tx, first).await);
    assert_eq!(got.as_ref(), Some(&told[0]));
    for (since, expected) in [(0, Some(&told[1])), (20, Some(&told[1])), (21, None)] {
        let latest = look!(db, [], |tx| changes::latest(tx, made, at(since)).await);
        assert_eq!(latest.as_ref(), expected, "{since}");
    }
}
