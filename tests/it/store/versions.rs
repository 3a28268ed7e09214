//! Versions of the plan.

use cercles::domain::plan::version::{Record, Version};
use cercles::domain::plan::{Action, Milestone, State};
use cercles::domain::text::Wording;
use cercles::domain::told::{Pledged, Told};
use cercles::store::{Db, plan, versions};
use chrono::NaiveDate;
use futures::FutureExt as _;
use uuid::Uuid;

use super::{at, collective, id};

on_both!(
    a_version_is_frozen_once_with_what_ended_in_it,
    what_came_of_an_action_is_written_over,
);

fn day(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 11, 24).unwrap()
}

fn version(collective: Uuid, number: i64) -> Version {
    Version {
        id: id(),
        collective,
        number,
        begins_on: day(2026),
        frozen_at: None,
    }
}

/// A milestone with an action in each state.
async fn planned(db: &Db, collective: Uuid) -> (Milestone, Vec<Action>) {
    let milestone = Milestone {
        id: id(),
        collective,
        number: 1,
        statement: Wording::of("Des rues sûres".to_owned()),
        horizon: None,
        themes: Vec::new(),
    };
    commit!(db, [milestone], |tx| plan::put_milestone(tx, &milestone)
        .await);
    let mut actions = Vec::new();
    for (number, state) in (1..).zip(State::ALL) {
        let action = Action {
            id: id(),
            collective,
            milestone: milestone.id,
            number,
            statement: Wording::of("Marcher".to_owned()),
            lead: None,
            helpers: Vec::new(),
            begins_on: None,
            ends_on: None,
            state,
        };
        commit!(db, [action], |tx| plan::put_action(tx, &action).await);
        actions.push(action);
    }
    (milestone, actions)
}

async fn a_version_is_frozen_once_with_what_ended_in_it(db: Db) {
    let (one, other) = (collective(&db, "a").await.id, collective(&db, "b").await.id);
    let (milestone, actions) = planned(&db, one).await;
    let (_, elsewhere) = planned(&db, other).await;
    let outcome = Wording::read("Fait « vite » // Done", 200).unwrap();
    for action in [actions[3].id, elsewhere[3].id] {
        commit!(db, [outcome], |tx| versions::set_outcome(
            tx, action, &outcome
        )
        .await);
    }
    let mut first = version(one, 1);
    commit!(db, [first], |tx| versions::put(tx, &first).await);
    first.begins_on = day(2025);
    commit!(db, [first], |tx| versions::put(tx, &first).await);
    let found = look!(db, [first], |tx| versions::get(tx, first.id).await);
    assert_eq!(found, Some(first.clone()));
    let id = first.id;
    let read = async || look!(db, [], |tx| versions::record(tx, id).await);
    assert_eq!(read().await, None);

    let record = Record {
        begins_on: day(2025),
        ends_on: day(2027),
        milestones: vec![milestone],
        actions: actions.clone(),
        organisations: vec![(Uuid::from_u128(7), outcome.clone())],
        outcomes: vec![(actions[3].id, outcome.clone())],
        public: Pledged { taken: 2, kept: 1 },
        commitments: Told::Taken(7),
    };
    let freeze = async |record: &Record, seconds| {
        commit!(db, [first, record], |tx| versions::freeze(
            tx,
            &first,
            &record,
            at(seconds)
        )
        .await)
    };
    assert!(freeze(&record, 5).await);
    let again = Record {
        commitments: Told::Few,
        ..record.clone()
    };
    assert!(!freeze(&again, 6).await);
    assert_eq!(read().await, Some(record));
    let second = version(one, 2);
    commit!(db, [second], |tx| versions::put(tx, &second).await);
    let all = look!(db, [], |tx| versions::all(tx, one).await);
    let frozen = Version {
        frozen_at: Some(at(5)),
        ..first.clone()
    };
    assert_eq!(all, [frozen, second]);

    let open = look!(db, [], |tx| plan::actions(tx, one).await);
    assert_eq!(open, actions[..3]);
    let number = actions[3].number;
    for (collective, expected) in [(one, Some(1)), (other, None)] {
        let ended = look!(db, [], |tx| plan::ended_in(tx, collective, number).await);
        assert_eq!(ended, expected);
    }
    let there = look!(db, [], |tx| plan::actions(tx, other).await);
    assert_eq!(there, elsewhere);
    let said = async |collective| look!(db, [], |tx| versions::outcomes(tx, collective).await);
    assert!(said(one).await.is_empty());
    assert_eq!(said(other).await, [(elsewhere[3].id, outcome)]);
}

async fn what_came_of_an_action_is_written_over(db: Db) {
    let one = collective(&db, "a").await.id;
    let (_, actions) = planned(&db, one).await;
    let (first, second) = (actions[0].id, actions[1].id);
    for (action, text) in [(second, "Peu"), (first, "Rien"), (first, "Tout // All")] {
        let outcome = Wording::read(text, 200).unwrap();
        commit!(db, [outcome], |tx| versions::set_outcome(
            tx, action, &outcome
        )
        .await);
    }
    let found = look!(db, [], |tx| versions::outcomes(tx, one).await);
    let expected = [(first, "Tout // All"), (second, "Peu")];
    let expected = expected.map(|(action, text)| (action, Wording::read(text, 200).unwrap()));
    assert_eq!(found, expected);
}
