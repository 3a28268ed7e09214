//! What has been kept long enough goes by itself, and counts stay: the scheduler on both databases, at a moved clock.

use std::sync::Arc;
use std::time::Duration;

use cercles::delivery::Scheduler;
use cercles::domain::card::View;
use cercles::domain::clock::Clock;
use cercles::domain::commitment::{Commitment, Holder, State};
use cercles::domain::count::Tally as _;
use cercles::domain::event::EventKind;
use cercles::domain::ids::{Kind, ShortId};
use cercles::domain::language::Language;
use cercles::domain::network::NetworkKind::Discord;
use cercles::domain::poll::DraftOption;
use cercles::domain::poll::ballot::Ballot;
use cercles::domain::poll::proposal::{Proposal, Standing};
use cercles::domain::poll::rules::Rules;
use cercles::domain::reminder::Addressee;
use cercles::domain::workshop::Place;
use cercles::store::cards::{self, Lane};
use cercles::store::journal::Entry;
use cercles::store::polls::StoredBallot;
use cercles::store::private_cards::{self, Reminder};
use cercles::store::{
    Db, ballots, commitments, journal, people, polls, proposals, rosters, workshops,
};
use chrono::{DateTime, TimeDelta, Utc};
use futures::FutureExt as _;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::acts::bare_draft;
use super::polls::{add_poll, question, tie};
use super::{account, at, collective, id, person};

on_both!(each_kind_goes_after_its_time_and_counts_stay);

/// A clock that stands still.
struct Still(DateTime<Utc>);

impl Clock for Still {
    fn now(&self) -> DateTime<Utc> {
        self.0
    }
}

/// Starts the scheduler `days` later, until it has tidied up once.
async fn tidied_after(db: &Db, days: i64) {
    let clock = Arc::new(Still(at(0) + TimeDelta::days(days)));
    let mut changes = db.changes();
    changes.mark_unchanged();
    let (scheduler, stop) = (Scheduler::new(db.clone(), clock), CancellationToken::new());
    let ending = stop.clone();
    let serving = tokio::spawn(async move { scheduler.serve(ending).await });
    tokio::time::timeout(Duration::from_secs(60), changes.changed())
        .await
        .expect("it tidies up")
        .unwrap();
    stop.cancel();
    serving.await.unwrap();
}

/// How many of Ana's answers, ballots, proposals, commitments and lines of the journal are left, and whether she is known.
async fn left(db: &Db, ana: Uuid) -> ([usize; 5], bool) {
    look!(db, [], |tx| {
        let counts = [
            rosters::of_person(tx, ana).await?.len(),
            ballots::of_person(tx, ana).await?.len(),
            proposals::of_person(tx, ana).await?.len(),
            commitments::all_of_person(tx, ana).await?.len(),
            journal::of_person(tx, ana).await?.len(),
        ];
        let known = people::find(tx, &account(Discord, "1")).await?.is_some();
        Ok((counts, known))
    })
}

async fn each_kind_goes_after_its_time_and_counts_stay(db: Db) {
    let one = collective(&db, "a").await.id;
    let ana = person(&db, "1").await;
    let workshop = id();
    let draft = bare_draft(at(-60), Some(at(0)));
    let asked = add_poll(&db, one, 1, question(0, &["Nord", "Sud"])).await;
    let cast = StoredBallot {
        marks: vec![0, 1],
        reason: Some("parce que".to_owned()),
        name: None,
        verified: false,
        cast_at: at(-1),
    };
    let taken = Commitment {
        id: id(),
        collective: one,
        number: 1,
        holder: Holder::Person(ana),
        shown_as: Some("Ana".to_owned()),
        sentence: "Je marche".to_owned(),
        due: None,
        about: None,
        state: State::Confirmed,
        taken_at: at(0),
        part: None,
    };
    let entry = Entry {
        id: id(),
        collective: one,
        at: at(0),
        act: EventKind::PollOpened,
        subject: ShortId::new(Kind::Poll, 1).into(),
        on_behalf_of: None,
        by: Some((ana, account(Discord, "1"))),
    };
    let proposed = Proposal {
        id: id(),
        poll: asked,
        collective: one,
        number: 1,
        author: Some(ana),
        network: Discord,
        language: Language::FrCa,
        option: DraftOption::read("Est", &Rules::Rank).expect("an option"),
        standing: Standing::Accepted,
        reason: None,
        proposed_at: at(-60),
        decided_at: Some(at(0)),
    };
    commit!(db, [draft, cast, proposed, taken, entry], |tx| {
        proposals::add(tx, &proposed).await?;
        workshops::add(tx, workshop, one, 1, &draft).await?;
        polls::set_ballot(tx, asked, ana, &cast).await?;
        let mut live = polls::get(tx, asked).await?.expect("the poll").live;
        let ballot = Ballot::Options(vec![1]);
        live.replace(None, Some(&ballot)).expect("a ballot");
        polls::set_live(tx, asked, &live, 0).await?;
        polls::close(tx, asked, at(0), &tie()).await?;
        commitments::add(tx, &taken).await?;
        journal::add(tx, &entry).await?;
        people::consent(tx, ana, 1, at(0)).await
    });
    super::rosters::set(&db, workshop, ana, None, Place::Yes { seats: 1 }).await;
    let reminded = Addressee {
        person: ana,
        account: account(Discord, "1"),
        language: Language::FrCa,
    };
    let reminder = Reminder {
        collective: one,
        kind: Kind::Workshop,
        subject: workshop,
        view: View::Reminder,
    };
    commit!(db, [reminded], |tx| {
        private_cards::add(tx, &reminder, &reminded, at(0)).await?;
        let lane = (Discord, Lane::Persons);
        let claimed = cards::claim(tx, lane, at(0), at(60), 9).await?;
        cards::shown(tx, claimed[0].id, 1, "m", at(0), at(0)).await
    });
    for (days, cards) in [(2, 1), (4, 0)] {
        tidied_after(&db, days).await;
        let kept = look!(db, [], |tx| private_cards::of_person(tx, ana).await);
        assert_eq!(kept.len(), cards, "reminders after {days} days");
    }
    for (days, counts, known) in [
        (29, [1, 1, 1, 1, 1], true),
        (31, [1, 0, 0, 1, 1], true),
        (89, [1, 0, 0, 1, 1], true),
        (91, [0, 0, 0, 1, 1], true),
        (364, [0, 0, 0, 1, 1], true),
        // With the last of her acts the record of her goes, and her name in the journal.
        (367, [0, 0, 0, 0, 0], false),
    ] {
        tidied_after(&db, days).await;
        assert_eq!(left(&db, ana).await, (counts, known), "after {days} days");
    }
    let (roster, cast) = look!(db, [], |tx| {
        let workshop = workshops::get(tx, workshop).await?.unwrap();
        let poll = polls::get(tx, asked).await?.unwrap();
        Ok((workshop.roster, poll.cast()))
    });
    assert_eq!((roster.yes, cast), (1, 1), "counts stay");
    let lines = look!(db, [], |tx| journal::latest(tx, one, 9).await);
    assert!(lines.iter().all(|line| line.by.is_none()), "{lines:?}");
    tidied_after(&db, 731).await;
    assert_eq!(look!(db, [], |tx| journal::latest(tx, one, 9).await), []);
}
