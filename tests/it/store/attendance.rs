//! Who was at a workshop, what they thought of it, and the counts beside.

use cercles::domain::text::Wording;
use cercles::domain::workshop::{Attendance, Feedback, Place, Useful, Workshop};
use cercles::store::{Db, attendance, feedback, reminders, workshops};
use futures::FutureExt as _;
use uuid::Uuid;

use super::acts::{add_workshop, bare_draft};
use super::reminders::reminded;
use super::rosters::set;
use super::{at, collective, person};

on_both!(
    who_was_there_is_counted_once_and_taken_back,
    a_code_is_found_in_its_collective,
    what_people_thought_is_counted_as_it_changes,
    who_was_there_or_said_so_is_thanked_where_they_want_it,
    what_has_served_goes_and_counts_stay,
);

/// A workshop from 100 to 150, from 200 to 250 and so on.
async fn workshop(db: &Db, one: Uuid, number: i64) -> Uuid {
    let draft = bare_draft(at(100 * number), Some(at(100 * number + 50)));
    add_workshop(db, one, number, &draft).await
}

async fn stored(db: &Db, made: Uuid) -> Workshop {
    look!(db, [], |tx| workshops::get(tx, made).await).unwrap()
}

async fn who_was_there_is_counted_once_and_taken_back(db: Db) {
    let made = workshop(&db, collective(&db, "a").await.id, 1).await;
    let (ana, bob) = (person(&db, "1").await, person(&db, "2").await);
    for (who, when, new) in [(ana, at(5), true), (bob, at(4), true), (ana, at(6), false)] {
        let added = commit!(db, [], |tx| attendance::add(tx, made, who, when).await);
        assert_eq!(added, new);
    }
    commit!(db, [], |tx| attendance::set_guests(tx, made, 12).await);
    let counted = Attendance {
        here: 2,
        guests: 12,
    };
    assert_eq!(stored(&db, made).await.attendance, counted);
    let there = look!(db, [], |tx| attendance::of_workshop(tx, made).await);
    assert_eq!(there, [(bob, at(4)), (ana, at(5))]);
    for removed in [true, false] {
        let done = commit!(db, [], |tx| attendance::remove(tx, made, bob).await);
        assert_eq!(done, removed);
    }
    assert_eq!(stored(&db, made).await.attendance.here, 1);
    assert!(look!(db, [], |tx| attendance::has(tx, made, ana).await));
    assert!(!look!(db, [], |tx| attendance::has(tx, made, bob).await));
    let places = look!(db, [], |tx| attendance::of_person(tx, ana).await);
    assert_eq!(places, [(made, at(5))]);
}

async fn a_code_is_found_in_its_collective(db: Db) {
    let one = collective(&db, "a").await.id;
    let (made, later) = (workshop(&db, one, 1).await, workshop(&db, one, 2).await);
    let other = collective(&db, "b").await.id;
    assert_eq!(look!(db, [], |tx| attendance::code(tx, made).await), None);
    for id in [made, later] {
        commit!(db, [], |tx| attendance::set_code(tx, id, "K7QX2").await);
    }
    let code = look!(db, [], |tx| attendance::code(tx, made).await);
    assert_eq!(code.as_deref(), Some("K7QX2"));
    for (collective, code, expected) in [
        (one, "K7QX2", vec![later, made]),
        (one, "K7QX3", vec![]),
        (other, "K7QX2", vec![]),
    ] {
        let found = look!(db, [], |tx| attendance::by_code(tx, collective, code).await);
        assert_eq!(found, expected, "{code}");
    }
    let report = Wording::read("Trois pistes // Three leads", 100).unwrap();
    commit!(db, [report], |tx| workshops::set_report(tx, made, &report)
        .await);
    assert_eq!(stored(&db, made).await.report, Some(report));
}

async fn what_people_thought_is_counted_as_it_changes(db: Db) {
    let made = workshop(&db, collective(&db, "a").await.id, 1).await;
    let (ana, bob) = (person(&db, "1").await, person(&db, "2").await);
    let mut before = None;
    for after in [
        Some(Useful::Yes),
        Some(Useful::No),
        None,
        Some(Useful::Partly),
    ] {
        commit!(db, [], |tx| {
            feedback::set(tx, made, ana, before, after, at(7)).await
        });
        let said = look!(db, [], |tx| feedback::of(tx, made, ana).await);
        assert_eq!(said, after);
        let counts = stored(&db, made).await.feedback;
        assert_eq!(counts, Feedback::step(None, after));
        before = after;
    }
    commit!(db, [], |tx| {
        feedback::set(tx, made, bob, None, Some(Useful::Yes), at(8)).await
    });
    let counts = stored(&db, made).await.feedback;
    assert_eq!((counts.yes, counts.partly, counts.no), (1, 1, 0));
    let said = look!(db, [], |tx| feedback::of_person(tx, ana).await);
    assert_eq!(said, [(made, Useful::Partly, at(7))]);
}

async fn who_was_there_or_said_so_is_thanked_where_they_want_it(db: Db) {
    let one = collective(&db, "a").await.id;
    let made = workshop(&db, one, 1).await;
    let mut people = Vec::new();
    for address in ["1", "2", "3"] {
        people.push(reminded(&db, address, one).await.person);
    }
    people.push(person(&db, "4").await);
    set(&db, made, people[0], None, Place::Yes { seats: 1 }).await;
    set(&db, made, people[1], None, Place::Maybe).await;
    for who in [people[0], people[2], people[3]] {
        commit!(db, [], |tx| attendance::add(tx, made, who, at(5)).await);
    }
    let thanked = look!(db, [], |tx| reminders::of_participants(tx, made).await);
    let mut expected = vec![people[0], people[2]];
    expected.sort();
    let thanked: Vec<Uuid> = thanked.into_iter().map(|one| one.person).collect();
    assert_eq!(thanked, expected);
}

async fn what_has_served_goes_and_counts_stay(db: Db) {
    let one = collective(&db, "a").await.id;
    let (first, second) = (workshop(&db, one, 1).await, workshop(&db, one, 2).await);
    let (ana, bob) = (person(&db, "1").await, person(&db, "2").await);
    for (made, who) in [(first, ana), (second, ana), (second, bob)] {
        commit!(db, [], |tx| {
            attendance::add(tx, made, who, at(5)).await?;
            feedback::set(tx, made, who, None, Some(Useful::Yes), at(5)).await
        });
    }
    let gone = commit!(db, [], |tx| {
        Ok((
            attendance::forget(tx, at(151)).await?,
            feedback::forget(tx, at(151)).await?,
        ))
    });
    assert_eq!(gone, (1, 1));
    let gone = commit!(db, [], |tx| {
        Ok((
            attendance::erase(tx, ana).await?,
            feedback::erase(tx, ana).await?,
        ))
    });
    assert_eq!(gone, (1, 1));
    for (made, left) in [(first, vec![]), (second, vec![bob])] {
        let there = look!(db, [], |tx| attendance::of_workshop(tx, made).await);
        let there: Vec<Uuid> = there.into_iter().map(|(who, _)| who).collect();
        assert_eq!(there, left);
    }
    let (first, second) = (stored(&db, first).await, stored(&db, second).await);
    assert_eq!((first.attendance.here, second.attendance.here), (1, 2));
    assert_eq!((first.feedback.yes, second.feedback.yes), (1, 2));
}
