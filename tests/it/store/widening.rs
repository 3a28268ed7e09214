//! The measure of widening circles: acts, what was published, who took part; and a month from its end to its words.

use std::collections::BTreeMap;

use cercles::domain::actor::Role;
use cercles::domain::language::Language;
use cercles::domain::network::NetworkKind::Discord;
use cercles::domain::schedule::{DeadlineKind, next_month_end};
use cercles::domain::widening::{Cell, Circle, Report};
use cercles::domain::workshop::Rsvp;
use cercles::i18n::Words;
use cercles::present;
use cercles::service::commitments::Wish;
use cercles::service::{ServiceError, commitments, deadlines, widening as measure};
use cercles::store::{Db, deadlines as stored_deadlines, widening};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use futures::FutureExt as _;

use super::waitlist::{announce, asks, place, somebody};
use super::{at, collective, person};

on_both!(
    what_was_published_of_a_month_stays_and_who_took_part_goes,
    a_month_is_measured_once_at_its_end_and_tells_of_nobody,
);

fn month(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

async fn what_was_published_of_a_month_stays_and_who_took_part_goes(db: Db) {
    let (one, other) = (collective(&db, "a").await.id, collective(&db, "b").await.id);
    let (october, november) = (month("2026-10-01"), month("2026-11-01"));
    let report = |month: NaiveDate, participants: u64| Report {
        month,
        people: vec![
            (Cell::Participants, participants),
            (Cell::In(Circle::TakingPart), 7),
        ],
        organisations: vec!["table".to_owned()],
        sectors: vec!["communautaire".to_owned()],
        workshops: 2,
        attendance: 30,
        open: Some(0.741),
    };
    for made in [
        report(october, 9),
        report(november, 12),
        report(october, 99),
    ] {
        commit!(db, [made], |tx| widening::publish(tx, one, &made).await);
    }
    let kept = look!(db, [], |tx| widening::published(tx, one).await);
    assert_eq!(kept, [report(november, 12), report(october, 9)]);
    assert_eq!(look!(db, [], |tx| widening::published(tx, other).await), []);

    let (ana, bob) = (person(&db, "1").await, person(&db, "2").await);
    for (who, month) in [
        (ana, october),
        (ana, november),
        (bob, november),
        (bob, november),
    ] {
        commit!(db, [], |tx| widening::note(tx, one, who, month).await);
    }
    let mut both = vec![ana, bob];
    both.sort();
    let noted = look!(db, [], |tx| widening::noted(tx, one, november).await);
    assert_eq!(noted, both);
    let months = look!(db, [], |tx| widening::of_person(tx, ana).await);
    assert_eq!(months, [october, november]);
    let gone = commit!(db, [], |tx| widening::forget(tx, one, november).await);
    assert_eq!(gone, 1);
    commit!(db, [], |tx| widening::hand_over(tx, bob, ana).await);
    let noted = look!(db, [], |tx| widening::noted(tx, one, november).await);
    assert_eq!(noted, [ana]);
    assert_eq!(commit!(db, [], |tx| widening::erase(tx, ana).await), 1);
    assert_eq!(look!(db, [], |tx| widening::of_person(tx, ana).await), []);
}

/// Does the end of a month, as the scheduler does.
async fn month_ends(db: &Db, now: DateTime<Utc>) {
    let due = look!(db, [], |tx| stored_deadlines::due(tx, now, 100).await);
    for due in due {
        if due.kind == DeadlineKind::MonthEnds {
            db.write::<_, ServiceError, _>(move |tx| {
                async move { deadlines::run(tx, &due, now).await }.boxed()
            })
            .await
            .unwrap();
        }
    }
}

async fn a_month_is_measured_once_at_its_end_and_tells_of_nobody(db: Db) {
    let one = place(&db).await;
    let zone = one.zone;
    let planned = one.clone();
    db.write::<_, ServiceError, _>(move |tx| {
        async move { measure::plan_next(tx, &planned, at(0)).await }.boxed()
    })
    .await
    .unwrap();
    let first_end = next_month_end(at(0), zone);
    let second_end = next_month_end(first_end, zone);
    let organizer = somebody(&db, &one, Discord, "organizer", Role::Organizer).await;
    announce(&db, &organizer, 100, 0, second_end + TimeDelta::days(30)).await;
    let mut people = Vec::new();
    for n in 0..9 {
        people.push(somebody(&db, &one, Discord, &n.to_string(), Role::Citizen).await);
    }
    // Nine take part, of whom two commit; the organizer carries.
    for who in &people {
        asks(&db, who, Rsvp::Yes, None, at(60)).await;
    }
    for who in &people[..2] {
        let who = who.clone();
        db.write::<_, ServiceError, _>(move |tx| {
            async move {
                let wish = Wish {
                    sentence: "Je composte".to_owned(),
                    ..Wish::default()
                };
                let said = commitments::propose(tx, &who, &wish, at(70)).await?;
                commitments::take(tx, &who, &said, at(70)).await?;
                Ok(())
            }
            .boxed()
        })
        .await
        .unwrap();
    }
    let (from, until) = (at(0) - TimeDelta::days(40), first_end);
    let acts = look!(db, [], |tx| widening::acts(tx, one.id, from, until).await);
    let mut by_circle = BTreeMap::new();
    for act in &acts {
        *by_circle.entry(act.circle).or_insert(0) += 1;
        assert_eq!(act.organisation, None);
    }
    assert_eq!(by_circle[&Circle::TakingPart], 9);
    assert_eq!(by_circle[&Circle::Committing], 2);
    assert_eq!(by_circle[&Circle::Carrying], 1);
    let found = look!(db, [], |tx| widening::voices(tx, one.id, from, until).await);
    assert!(found.is_empty());
    let held = look!(db, [], |tx| widening::workshops(tx, one.id, from, until)
        .await);
    assert_eq!(held, (0, 0));

    for _ in 0..2 {
        month_ends(&db, first_end).await;
    }
    let reports = look!(db, [], |tx| widening::published(tx, one.id).await);
    let people_told: BTreeMap<Cell, u64> = reports[0].people.iter().copied().collect();
    assert_eq!((reports.len(), people_told[&Cell::Participants]), (1, 10));
    assert_eq!(people_told[&Cell::Newcomers], 10);
    // Seven, two and one: merged they are three, so the circles are not told.
    assert!(!people_told.contains_key(&Cell::In(Circle::TakingPart)));
    assert!(!people_told.contains_key(&Cell::Inner));

    // Five of them come back the next month, and nobody else: that four did not would be told by the figure.
    for who in &people[..5] {
        asks(&db, who, Rsvp::Maybe, None, first_end + TimeDelta::days(3)).await;
    }
    month_ends(&db, second_end).await;
    let reports = look!(db, [], |tx| widening::published(tx, one.id).await);
    let told: BTreeMap<Cell, u64> = reports[0].people.iter().copied().collect();
    assert_eq!(told[&Cell::Participants], 5);
    assert_eq!(told[&Cell::Before], 10);
    assert_eq!(told[&Cell::Returning], 5);
    assert_eq!(told[&Cell::Newcomers], 0);
    let words = Words::load().unwrap();
    for (language, expected) in [(Language::FrCa, "5 (50"), (Language::EnCa, "5 (50%")] {
        let message = present::widening::report(&words, language, &reports);
        assert!(format!("{message:?}").contains(expected), "{message:?}");
    }
    let waits = look!(db, [], |tx| {
        stored_deadlines::waits(tx, one.id, DeadlineKind::MonthEnds).await
    });
    assert!(waits, "the next month will be measured");
}
