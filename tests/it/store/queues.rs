//! What waits: cards, deadlines, the inbox; and the small records: notes, events.

use cercles::domain::card::{Block, Message, Tone, View};
use cercles::domain::event::EventKind;
use cercles::domain::ids::Kind;
use cercles::domain::language::Language;
use cercles::domain::network::Destination;
use cercles::domain::network::NetworkKind::{Discord, Matrix};
use cercles::domain::schedule::DeadlineKind;
use cercles::store::cards::{self, Lane, NewCard, Subject};
use cercles::store::deadlines::{self, Due};
use cercles::store::{Db, events, inbox, notes};
use chrono::{DateTime, TimeDelta, Utc};
use futures::FutureExt as _;
use serde_json::json;
use uuid::Uuid;

use super::{at, collective, id};

on_both!(
    a_card_is_claimed_as_it_was_made,
    a_card_of_the_same_place_is_raised_instead_of_doubled,
    an_edit_that_failed_is_tried_later_and_a_stuck_card_is_counted,
    a_card_whose_message_is_gone_gets_a_new_one,
    a_list_that_stands_is_found_and_finished_at_its_last_revision,
    cards_of_one_server_become_one,
    a_place_that_takes_nothing_holds_its_cards_back_in_order,
    leases_are_given_back_one_by_one_or_all_at_once,
    answers_are_forgotten_once_they_have_served,
    a_claim_takes_the_oldest_of_its_network_up_to_its_limit,
    a_card_is_put_off_or_discarded_without_a_trace,
    a_view_is_forgotten_where_it_is_not_shown_or_was_for_long,
    deadlines_are_due_in_order_and_cleared_by_kind,
    the_inbox_keeps_each_event_once_and_in_order,
    an_event_with_any_text_waits_and_comes_back_as_it_was,
    notes_are_written_over_by_network_and_name,
    events_tell_each_subject_once_in_the_order_of_its_first_time,
);

fn card(subject: Subject, view: View, destination: Destination) -> NewCard {
    NewCard {
        id: id(),
        collective: None,
        network: Discord,
        destination,
        language: Language::FrCa,
        subject,
        view,
        payload: None,
    }
}

async fn put(db: &Db, card: &NewCard, now: i64) {
    commit!(db, [card], |tx| cards::put(tx, &card, at(now)).await);
}

async fn shown(db: &Db, card: Uuid, revision: i64, message: &'static str, now: i64, next: i64) {
    commit!(db, [], |tx| {
        cards::shown(tx, card, revision, message, at(now), at(next)).await
    });
}

async fn claim(db: &Db, now: i64, lease: i64) -> Vec<cards::Claimed> {
    commit!(db, [], |tx| {
        cards::claim(tx, (Discord, Lane::Rooms), at(now), at(lease), 100).await
    })
}

async fn a_card_is_claimed_as_it_was_made(db: Db) {
    let one = collective(&db, "a").await.id;
    let payload = Message {
        tone: Tone::Error,
        title: Some("« Titre » \u{1F331} \"\\ \u{7f}".to_owned()),
        body: vec![
            Block::Fields(vec![("Quand".to_owned(), "jeudi\n18 h".to_owned())]),
            Block::List(vec![String::new()]),
        ],
        ..Message::default()
    };
    let thread = Destination::Thread {
        room: "!r:ici.ca".to_owned(),
        root: "$e".to_owned(),
    };
    let poll = id();
    let object = NewCard {
        collective: Some(one),
        network: Matrix,
        language: Language::EnCa,
        ..card(Subject::Object(Kind::Poll, poll), View::Reminder, thread)
    };
    let answer_id = id();
    let answer = NewCard {
        payload: Some(payload),
        ..card(
            Subject::Payload(answer_id),
            View::Answer,
            Destination::Direct("42".to_owned()),
        )
    };
    put(&db, &object, 0).await;
    put(&db, &answer, 0).await;
    assert_eq!(
        look!(db, [], |tx| cards::next_try(tx, (Matrix, Lane::Rooms))
            .await),
        Some(at(0))
    );
    for made in [object, answer] {
        let network = made.network;
        let claimed = commit!(db, [], |tx| {
            cards::claim(tx, (network, Lane::Rooms), at(0), at(30), 10).await
        });
        assert_eq!(claimed.len(), 1);
        let got = &claimed[0];
        assert_eq!(
            (got.id, got.collective, got.network, got.language),
            (made.id, made.collective, made.network, made.language)
        );
        assert_eq!(got.destination, made.destination);
        assert_eq!((got.subject, got.view), (made.subject, made.view));
        assert_eq!(got.payload, made.payload);
        assert_eq!(
            (&got.message_ref, got.tried_at, got.attempts),
            (&None, None, 0)
        );
    }
    // A process died with them: once the lease is over, the next one knows that a first try was made.
    assert!(claim(&db, 29, 60).await.is_empty());
    let again = claim(&db, 31, 60).await;
    assert_eq!(again.len(), 1);
    assert_eq!(again[0].tried_at, Some(at(0)), "the first try is noted");
}

async fn a_card_of_the_same_place_is_raised_instead_of_doubled(db: Db) {
    let poll = Subject::Object(Kind::Poll, id());
    let Subject::Object(_, poll_id) = poll else {
        unreachable!()
    };
    let room = || Destination::Room("1".to_owned());
    let first = card(poll, View::Object, room());
    let wanted = async |card: Uuid| look!(db, [], |tx| cards::wanted(tx, card).await);
    assert_eq!(wanted(first.id).await, None);
    put(&db, &first, 0).await;
    assert_eq!(wanted(first.id).await, Some(1));
    let again = card(poll, View::Object, room());
    put(&db, &again, 5).await;
    assert_eq!(wanted(first.id).await, Some(2));
    assert_eq!(wanted(again.id).await, None, "there is one card");
    let elsewhere = card(poll, View::Object, Destination::Room("2".to_owned()));
    let notice = card(poll, View::Notice, room());
    put(&db, &elsewhere, 0).await;
    put(&db, &notice, 0).await;

    let raised = commit!(db, [], |tx| cards::raise(tx, poll_id, View::Object).await);
    assert_eq!(raised, 2);
    assert_eq!(wanted(first.id).await, Some(3));
    assert_eq!(wanted(elsewhere.id).await, Some(2));
    assert_eq!(wanted(notice.id).await, Some(1), "another view stays");
    assert_eq!(
        commit!(db, [], |tx| cards::raise(tx, first.id, View::Object).await),
        0
    );

    // It was shown at revision 2 and is behind until 3 is shown, not before the time of its next edit.
    shown(&db, first.id, 2, "m1", 10, 14).await;
    let claimed: Vec<Uuid> = claim(&db, 13, 20).await.iter().map(|c| c.id).collect();
    assert!(!claimed.contains(&first.id) && claimed.len() == 2);
    let claimed = claim(&db, 14, 20).await;
    assert_eq!(claimed.len(), 1);
    assert_eq!(claimed[0].message_ref.as_deref(), Some("m1"));
    shown(&db, first.id, 3, "m1", 15, 19).await;
    assert!(
        claim(&db, 1000, 1001)
            .await
            .iter()
            .all(|c| c.id != first.id)
    );

    let found = look!(db, [], |tx| cards::at_message(tx, Discord, "m1").await).unwrap();
    assert_eq!((found.id, found.subject), (first.id, poll));
    assert!(look!(db, [], |tx| cards::at_message(tx, Matrix, "m1").await).is_none());
    assert!(look!(db, [], |tx| cards::at_message(tx, Discord, "m2").await).is_none());
}

async fn an_edit_that_failed_is_tried_later_and_a_stuck_card_is_counted(db: Db) {
    assert_eq!(look!(db, [], |tx| cards::backlog(tx).await), (0, 0));
    assert_eq!(
        look!(db, [], |tx| cards::next_try(tx, (Discord, Lane::Rooms))
            .await),
        None
    );
    let poll = id();
    let made = card(
        Subject::Object(Kind::Poll, poll),
        View::Object,
        Destination::Room("1".to_owned()),
    );
    put(&db, &made, 0).await;
    assert_eq!(claim(&db, 0, 30).await.len(), 1);
    let failed = async |next: i64, stuck: bool| {
        commit!(db, [], |tx| {
            cards::failed(tx, made.id, at(next), stuck, "429").await
        });
    };
    failed(5, false).await;
    assert_eq!(
        look!(db, [], |tx| cards::next_try(tx, (Discord, Lane::Rooms))
            .await),
        Some(at(5))
    );
    assert!(claim(&db, 4, 30).await.is_empty());
    let retried = claim(&db, 5, 30).await;
    assert_eq!(retried.len(), 1, "the failure gave the lease back");
    assert_eq!((retried[0].attempts, retried[0].tried_at), (1, Some(at(0))));
    assert_eq!(look!(db, [], |tx| cards::backlog(tx).await), (1, 0));

    failed(6, true).await;
    assert_eq!(look!(db, [], |tx| cards::backlog(tx).await), (1, 1));
    assert_eq!(
        look!(db, [], |tx| cards::next_try(tx, (Discord, Lane::Rooms))
            .await),
        None
    );
    assert!(claim(&db, 1000, 1001).await.is_empty());
    // A change of its subject gives it another chance.
    commit!(db, [], |tx| cards::raise(tx, poll, View::Object).await);
    assert_eq!(look!(db, [], |tx| cards::backlog(tx).await), (1, 0));
    let freed = claim(&db, 1000, 1001).await;
    assert_eq!((freed.len(), freed[0].attempts), (1, 0));
    shown(&db, made.id, 2, "m", 1000, 1000).await;
    assert_eq!(look!(db, [], |tx| cards::backlog(tx).await), (0, 0));
}

async fn cards_of_one_server_become_one(db: Db) {
    let of = Subject::Object(Kind::Workshop, id());
    let server = |room: &str, server: Option<&str>| Destination::Server {
        room: room.to_owned(),
        server: server.map(str::to_owned),
    };
    for room in ["1", "2", "3"] {
        put(&db, &card(of, View::Event, server(room, None)), 0).await;
    }
    let claimed = claim(&db, 0, 30).await;
    assert_eq!(claimed.len(), 3);
    let alone = claimed[1].destination.address().to_owned();
    let mut moved = Vec::new();
    for (card, guild) in claimed.iter().zip(["g", "g", "h"]) {
        let to = server(card.destination.address(), Some(guild));
        let card = card.clone();
        moved.push(commit!(db, [card, to], |tx| cards::move_to(tx, &card, &to).await));
    }
    assert_eq!(moved, [true, false, true]);
    let wanted = look!(db, [], |tx| cards::wanted(tx, claimed[0].id).await);
    assert_eq!(
        wanted,
        Some(2),
        "the first is to show what the second would have"
    );
    let leased = claim(&db, 31, 60).await;
    let addresses: Vec<&str> = leased
        .iter()
        .map(|card| card.destination.address())
        .collect();
    assert_eq!(
        addresses,
        ["g", alone.as_str(), "h"],
        "the second stays as it was"
    );
}

async fn a_list_that_stands_is_found_and_finished_at_its_last_revision(db: Db) {
    let of = Subject::Collective(id());
    let list = |place: &str| card(of, View::List, Destination::Room(place.to_owned()));
    let (made, unsent) = (list("1"), list("2"));
    put(&db, &made, 0).await;
    put(&db, &unsent, 0).await;
    shown(&db, made.id, 1, "m1", 1, 1).await;
    let standing = look!(db, [], |tx| cards::standing(tx, Discord, View::List).await);
    assert_eq!(standing.len(), 1);
    assert_eq!((standing[0].id, standing[0].subject), (made.id, of));
    for (network, view) in [(Matrix, View::List), (Discord, View::Object)] {
        let none = look!(db, [], |tx| cards::standing(tx, network, view).await);
        assert!(none.is_empty());
    }
    put(&db, &made, 2).await;
    let finish =
        async |revision: i64| commit!(db, [], |tx| cards::finish(tx, made.id, revision).await);
    assert!(!finish(1).await, "it is to show revision 2");
    assert!(finish(2).await);
    assert_eq!(look!(db, [], |tx| cards::wanted(tx, made.id).await), None);
}

async fn a_card_whose_message_is_gone_gets_a_new_one(db: Db) {
    let made = card(
        Subject::Object(Kind::Workshop, id()),
        View::Object,
        Destination::Room("1".to_owned()),
    );
    put(&db, &made, 0).await;
    assert_eq!(claim(&db, 0, 30).await.len(), 1);
    shown(&db, made.id, 1, "m1", 1, 1).await;
    let new = id();
    commit!(db, [], |tx| cards::renew(tx, made.id, new, at(7)).await);
    assert_eq!(look!(db, [], |tx| cards::wanted(tx, made.id).await), None);
    assert!(look!(db, [], |tx| cards::at_message(tx, Discord, "m1").await).is_none());
    assert!(claim(&db, 6, 30).await.is_empty());
    let claimed = claim(&db, 7, 30).await;
    assert_eq!(claimed.len(), 1);
    let got = &claimed[0];
    assert_eq!(
        (got.id, got.subject, &got.message_ref, got.tried_at),
        (new, made.subject, &None, None),
        "as if it were new"
    );
}

async fn a_place_that_takes_nothing_holds_its_cards_back_in_order(db: Db) {
    let made = |room: &str, n: u128| NewCard {
        id: Uuid::from_u128(n),
        ..card(
            Subject::Object(Kind::Poll, id()),
            View::Object,
            Destination::Room(room.to_owned()),
        )
    };
    let (first, second, other) = (made("1", 1), made("1", 2), made("2", 3));
    for (card, now) in [(&second, 0), (&first, 1), (&other, 2)] {
        put(&db, card, now).await;
    }
    let held = commit!(db, [], |tx| cards::hold(tx, Discord, "1", at(60)).await);
    assert_eq!(held, 2);
    assert_eq!(
        commit!(db, [], |tx| cards::hold(tx, Discord, "1", at(50)).await),
        0,
        "never brought forward"
    );
    let due: Vec<Uuid> = claim(&db, 59, 60).await.iter().map(|c| c.id).collect();
    assert_eq!(due, [other.id]);
    let due: Vec<Uuid> = claim(&db, 60, 61).await.iter().map(|c| c.id).collect();
    assert_eq!(
        due,
        [first.id, second.id],
        "in the order in which they were made"
    );
    shown(&db, first.id, 1, "m", 60, 60).await;
    let held = commit!(db, [], |tx| cards::hold(tx, Discord, "1", at(90)).await);
    assert_eq!(held, 1, "what is shown has nothing to wait for");
}

async fn leases_are_given_back_one_by_one_or_all_at_once(db: Db) {
    let made = || {
        let place = Destination::Room("1".to_owned());
        card(Subject::Object(Kind::Poll, id()), View::Object, place)
    };
    let (one, two, three) = (made(), made(), made());
    for card in [&one, &two, &three] {
        put(&db, card, 0).await;
    }
    let claimed = claim(&db, 0, 60).await;
    assert_eq!(claimed.len(), 3);
    assert!(claim(&db, 1, 60).await.is_empty());
    let again: Vec<cards::Claimed> = claimed
        .into_iter()
        .filter(|card| card.id != two.id)
        .collect();
    commit!(db, [again], |tx| cards::release(tx, &again).await);
    let again = claim(&db, 1, 60).await;
    assert_eq!(again.len(), 2);
    assert!(
        again.iter().all(|card| card.tried_at.is_none()),
        "what was given back was not tried"
    );
    let ended = commit!(db, [], |tx| cards::release_all(tx, Matrix).await);
    assert_eq!(ended, 0, "another network's");
    let ended = commit!(db, [], |tx| cards::release_all(tx, Discord).await);
    assert_eq!(ended, 3);
    assert_eq!(claim(&db, 1, 60).await.len(), 3);
}

async fn answers_are_forgotten_once_they_have_served(db: Db) {
    let place = || Destination::Direct("1".to_owned());
    let answer = || card(Subject::Payload(id()), View::Answer, place());
    let (old, recent, waiting) = (answer(), answer(), answer());
    let object = card(Subject::Object(Kind::Poll, id()), View::Object, place());
    // What an author was told of a proposal has served as well; the proposal itself stays where organizers see it.
    let subject = id();
    let proposal = Subject::Object(Kind::Proposal, subject);
    let told = card(proposal, View::Notice, Destination::Direct("9".to_owned()));
    let proposed = card(proposal, View::Object, place());
    for card in [&old, &recent, &waiting, &object, &told, &proposed] {
        let with_payload = NewCard {
            payload: Some(Message::default()),
            ..card.clone()
        };
        put(&db, &with_payload, 0).await;
    }
    shown(&db, old.id, 1, "m1", 10, 10).await;
    shown(&db, object.id, 1, "m2", 10, 10).await;
    shown(&db, recent.id, 1, "m3", 20, 20).await;
    shown(&db, told.id, 1, "m4", 10, 10).await;
    shown(&db, proposed.id, 1, "m5", 10, 10).await;
    let served = look!(db, [], |tx| cards::at_message(tx, Discord, "m1").await).unwrap();
    assert_eq!(served.payload, None, "what was shown is not kept");
    let forgotten = commit!(db, [], |tx| cards::forget_answers(tx, at(20)).await);
    assert_eq!(forgotten, 2);
    for (card, stays) in [
        (&old, false),
        (&told, false),
        (&proposed, true),
        (&recent, true),
        (&waiting, true),
        (&object, true),
    ] {
        let found = look!(db, [card], |tx| cards::wanted(tx, card.id).await);
        assert_eq!(found.is_some(), stays, "{card:?}");
    }
    let gone = commit!(db, [], |tx| {
        cards::forget_view(tx, subject, View::Object).await
    });
    assert_eq!(gone, 1);
    // What nobody has tried to show can go; what was tried may be there.
    let (untried, subject) = (place(), id());
    let untried = card(Subject::Object(Kind::Pulse, subject), View::Native, untried);
    put(&db, &untried, 40).await;
    let forget = async || {
        commit!(db, [], |tx| {
            cards::forget_untried(tx, subject, View::Native).await
        })
    };
    assert_eq!((forget().await, forget().await), (1, 0));
    put(&db, &untried, 40).await;
    claim(&db, 40, 60).await;
    assert_eq!(forget().await, 0);
}

async fn a_card_is_put_off_or_discarded_without_a_trace(db: Db) {
    let made = card(
        Subject::Object(Kind::Poll, id()),
        View::Reminder,
        Destination::Room("1".to_owned()),
    );
    put(&db, &made, 0).await;
    let claimed = claim(&db, 0, 60).await.remove(0);
    commit!(db, [claimed], |tx| {
        cards::put_off(tx, &claimed, at(90)).await
    });
    assert!(claim(&db, 89, 100).await.is_empty());
    let again = claim(&db, 90, 100).await;
    assert_eq!((again.len(), again[0].tried_at), (1, None));
    commit!(db, [], |tx| cards::discard(tx, made.id).await);
    assert_eq!(look!(db, [], |tx| cards::wanted(tx, made.id).await), None);
    assert_eq!(look!(db, [], |tx| cards::backlog(tx).await), (0, 0));
}

async fn a_view_is_forgotten_where_it_is_not_shown_or_was_for_long(db: Db) {
    let workshop = id();
    let made = |view, room: &str| {
        let place = Destination::Room(room.to_owned());
        card(Subject::Object(Kind::Workshop, workshop), view, place)
    };
    let (old, recent, waiting) = (
        made(View::Reminder, "1"),
        made(View::Reminder, "2"),
        made(View::Reminder, "3"),
    );
    let object = made(View::Object, "1");
    for card in [&old, &recent, &waiting, &object] {
        put(&db, card, 0).await;
    }
    shown(&db, old.id, 1, "m1", 10, 10).await;
    shown(&db, recent.id, 1, "m2", 20, 20).await;
    shown(&db, object.id, 1, "m3", 10, 10).await;
    let message = async |view, room| {
        look!(db, [], |tx| {
            cards::message_in(tx, workshop, view, (Discord, room)).await
        })
    };
    assert_eq!(message(View::Object, "1").await.as_deref(), Some("m3"));
    assert_eq!(message(View::Reminder, "3").await, None, "not there yet");
    assert_eq!(message(View::Object, "2").await, None);

    let gone = commit!(db, [], |tx| {
        cards::forget_unshown(tx, workshop, View::Reminder).await
    });
    let late = commit!(db, [], |tx| {
        cards::forget_shown(tx, workshop, View::Reminder, at(20)).await
    });
    assert_eq!((gone, late), (1, 1));
    for (card, stays) in [
        (&old, false),
        (&recent, true),
        (&waiting, false),
        (&object, true),
    ] {
        let found = look!(db, [card], |tx| cards::wanted(tx, card.id).await);
        assert_eq!(found.is_some(), stays, "{card:?}");
    }
}

async fn a_claim_takes_the_oldest_of_its_network_up_to_its_limit(db: Db) {
    let mut made = Vec::new();
    for (room, due) in [("1", 30), ("2", 10), ("3", 20), ("4", 99)] {
        let card = card(
            Subject::Object(Kind::Poll, id()),
            View::Object,
            Destination::Room(room.to_owned()),
        );
        put(&db, &card, due).await;
        made.push(card.id);
    }
    let other = NewCard {
        network: Matrix,
        ..card(
            Subject::Object(Kind::Poll, id()),
            View::Object,
            Destination::Room("1".to_owned()),
        )
    };
    put(&db, &other, 0).await;
    let claimed = commit!(db, [], |tx| {
        cards::claim(tx, (Discord, Lane::Rooms), at(50), at(60), 2).await
    });
    let ids: Vec<Uuid> = claimed.iter().map(|card| card.id).collect();
    assert_eq!(ids, [made[1], made[2]]);
    let rest: Vec<Uuid> = claim(&db, 50, 60).await.iter().map(|c| c.id).collect();
    assert_eq!(rest, [made[0]]);
}

async fn deadlines_are_due_in_order_and_cleared_by_kind(db: Db) {
    let (one, other) = (id(), id());
    let (closes, reminder) = (DeadlineKind::PollCloses, DeadlineKind::WorkshopReminder);
    assert_eq!(look!(db, [], |tx| deadlines::next(tx).await), None);
    // Instants that a comparison as text gets wrong when they are not written in one form.
    let base = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
    let times: Vec<DateTime<Utc>> = [0, 1, 499_999, 500_000, 500_001, 1_000_000]
        .map(|micros| base + TimeDelta::microseconds(micros))
        .to_vec();
    for due_at in times.iter().rev().copied() {
        for _ in 0..2 {
            commit!(db, [], |tx| deadlines::set(tx, one, closes, due_at).await);
        }
    }
    commit!(db, [], |tx| deadlines::set(tx, other, reminder, at(-1))
        .await);
    let due = async |now: DateTime<Utc>, limit: i64| {
        look!(db, [], |tx| deadlines::due(tx, now, limit).await)
    };
    let expected: Vec<Due> = times
        .iter()
        .map(|&due_at| Due {
            subject: one,
            kind: closes,
            due_at,
        })
        .collect();
    let late = async |before: DateTime<Utc>| look!(db, [], |tx| deadlines::late(tx, before).await);
    assert_eq!((late(at(-2)).await, late(at(-1)).await), (0, 1));
    assert_eq!(
        due(times[3], 100).await,
        [
            &[Due {
                subject: other,
                kind: reminder,
                due_at: at(-1)
            }],
            &expected[..4]
        ]
        .concat(),
        "the same one twice is one, and what is due at the very moment is due"
    );
    assert_eq!(due(at(100), 2).await.len(), 2);
    assert_eq!(look!(db, [], |tx| deadlines::next(tx).await), Some(at(-1)));
    let besides = DeadlineKind::CheckIns;
    let others = look!(db, [], |tx| deadlines::next_besides(tx, besides).await);
    assert_eq!(others, Some(at(-1)));

    let waits = async |subject: Uuid, kind: DeadlineKind| {
        look!(db, [], |tx| deadlines::waits(tx, subject, kind).await)
    };
    assert!(waits(one, closes).await && !waits(one, reminder).await);
    let first = expected[0];
    assert!(commit!(db, [], |tx| deadlines::finish(tx, &first).await));
    assert!(!commit!(db, [], |tx| deadlines::finish(tx, &first).await));
    assert_eq!(due(times[1], 100).await.last(), Some(&expected[1]));
    commit!(db, [], |tx| deadlines::clear(tx, one, closes).await);
    assert!(!waits(one, closes).await && waits(other, reminder).await);
    // One that is done stays done, even when it is set again.
    commit!(db, [], |tx| deadlines::set(tx, one, closes, first.due_at)
        .await);
    assert!(!waits(one, closes).await);
}

async fn the_inbox_keeps_each_event_once_and_in_order(db: Db) {
    let add = async |key: &'static str, network, now: i64, sequence: i64, waits: bool| {
        let payload = waits.then(|| json!({ "key": key }));
        commit!(db, [payload], |tx| {
            inbox::add(tx, network, key, at(now), sequence, payload.as_ref()).await
        })
    };
    assert!(add("c", Matrix, 2, 0, true).await);
    assert!(add("b", Matrix, 1, 1, true).await);
    assert!(add("a", Matrix, 1, 0, true).await);
    assert!(add("done", Discord, 0, 0, false).await);
    assert!(!add("a", Matrix, 9, 9, true).await, "it was known");
    assert!(!add("done", Discord, 9, 9, true).await, "it was known");
    assert!(add("a", Discord, 3, 0, true).await, "another network's key");
    let waiting = async |limit: i64| -> Vec<String> {
        look!(db, [], |tx| inbox::waiting(tx, limit).await)
            .into_iter()
            .map(|event| format!("{} {}", event.network.name(), event.key))
            .collect()
    };
    assert_eq!(
        waiting(10).await,
        ["matrix a", "matrix b", "matrix c", "discord a"]
    );
    assert_eq!(waiting(2).await, ["matrix a", "matrix b"]);
    assert_eq!(look!(db, [], |tx| inbox::backlog(tx).await), 4);
    assert!(commit!(db, [], |tx| inbox::handled(tx, Matrix, "a").await));
    assert!(!commit!(db, [], |tx| inbox::handled(tx, Matrix, "a").await));
    assert!(!commit!(db, [], |tx| inbox::handled(tx, Matrix, "x").await));
    assert_eq!(waiting(1).await, ["matrix b"]);
    let forgotten = commit!(db, [], |tx| inbox::forget(tx, at(2)).await);
    assert_eq!(forgotten, 2, "a and done; b still waits");
    assert!(add("a", Matrix, 4, 0, false).await, "a was forgotten");
    assert!(!add("b", Matrix, 4, 0, false).await);
}

/// What a network hands us is not ours to choose: a Matrix body may hold U+0000, which PostgreSQL's JSONB refuses,
/// and one such event must not hold up the inbox for ever.
async fn an_event_with_any_text_waits_and_comes_back_as_it_was(db: Db) {
    let payload = json!({
        "text": "\u{0} \u{7f}\u{2028}\u{202e}«é» 🌱 \\u0000 \" '; DROP TABLE inbox; --",
        "numbers": [0, -1, i64::MAX, u64::MAX, 0.1, 1e300],
        "flags": [true, false, null],
        "": {"é": []},
        "long": "x".repeat(100_000),
    });
    commit!(db, [payload], |tx| {
        inbox::add(tx, Matrix, "$e", at(0), 0, Some(&payload)).await
    });
    let waiting = look!(db, [], |tx| inbox::waiting(tx, 10).await);
    let expected = inbox::Waiting {
        network: Matrix,
        key: "$e".to_owned(),
        payload,
    };
    assert_eq!(waiting, [expected]);
}

async fn notes_are_written_over_by_network_and_name(db: Db) {
    let get =
        async |network, name: &'static str| look!(db, [], |tx| notes::get(tx, network, name).await);
    assert_eq!(get(Matrix, "sync").await, None);
    for (network, name, value) in [
        (Matrix, "sync", "s1"),
        (Matrix, "sync", "s2_é"),
        (Discord, "sync", "d"),
        (Matrix, "other", ""),
    ] {
        commit!(db, [], |tx| notes::set(tx, network, name, value).await);
    }
    assert_eq!(get(Matrix, "sync").await.as_deref(), Some("s2_é"));
    assert_eq!(get(Discord, "sync").await.as_deref(), Some("d"));
    assert_eq!(get(Matrix, "other").await.as_deref(), Some(""));
    assert_eq!(get(Discord, "other").await, None);
}

async fn events_tell_each_subject_once_in_the_order_of_its_first_time(db: Db) {
    let (one, other) = (collective(&db, "a").await.id, collective(&db, "b").await.id);
    let (a, b, c) = (id(), id(), id());
    let (closed, opened) = (EventKind::PollClosed, EventKind::PollOpened);
    for (collective, kind, subject, when) in [
        (one, closed, a, 20),
        (one, closed, b, 10),
        (one, closed, b, 30),
        (one, closed, c, 40),
        (one, opened, c, 10),
        (other, closed, c, 10),
    ] {
        commit!(db, [], |tx| {
            events::add(tx, id(), collective, kind, subject, at(when)).await
        });
    }
    let subjects = async |from: i64, until: i64| {
        look!(db, [], |tx| {
            events::subjects(tx, one, closed, at(from), at(until)).await
        })
    };
    assert_eq!(
        subjects(10, 40).await,
        [b, a],
        "from counts, until does not"
    );
    assert_eq!(subjects(11, 41).await, [a, b, c]);
    let changes = async |subject: Uuid| look!(db, [], |tx| events::changes(tx, subject).await);
    assert_eq!(changes(b).await, (2, Some(at(30))));
    assert_eq!(changes(id()).await, (0, None));
    assert_eq!(subjects(41, 50).await, Vec::<Uuid>::new());
}
