//! The plan: milestones, actions, the step.

use cercles::domain::collective::Collective;
use cercles::domain::plan::{Action, Milestone, State, Step};
use cercles::domain::progress::Quarter;
use cercles::domain::text::Wording;
use cercles::store::plan::Reached;
use cercles::store::{Db, collectives, organisations, plan};
use chrono::NaiveDate;
use futures::FutureExt as _;
use uuid::Uuid;

use super::organisations::organisation;
use super::{at, collective, id};

on_both!(
    a_plan_is_kept_in_its_order_and_changed,
    a_collective_keeps_its_steps_and_the_one_it_is_at,
    what_was_told_of_a_milestone_is_kept_as_it_was_then,
);

fn milestone(collective: Uuid, number: i64) -> Milestone {
    Milestone {
        id: id(),
        collective,
        number,
        statement: Wording::read("Des rues « sûres » 🌱 // Safe streets", 200).unwrap(),
        horizon: Some(2032),
        themes: vec!["transport".to_owned(), "no-such-slug".to_owned()],
    }
}

async fn a_plan_is_kept_in_its_order_and_changed(db: Db) {
    let (one, other) = (collective(&db, "a").await.id, collective(&db, "b").await.id);
    let (second, mut first) = (milestone(one, 2), milestone(one, 1));
    for made in [&second, &first, &milestone(other, 1)] {
        commit!(db, [made], |tx| plan::put_milestone(tx, &made).await);
    }
    (first.horizon, first.themes) = (None, Vec::new());
    first.statement = Wording::of("Autre chose".to_owned());
    commit!(db, [first], |tx| plan::put_milestone(tx, &first).await);
    let all = look!(db, [], |tx| plan::milestones(tx, one).await);
    assert_eq!(all, [first.clone(), second.clone()]);

    let (table, cre) = (
        organisation(one, "table", "Table"),
        organisation(one, "cre", "CRE"),
    );
    for made in [&table, &cre] {
        commit!(db, [made], |tx| organisations::put(tx, &made).await);
    }
    let mut helpers = vec![table.id, cre.id];
    helpers.sort_unstable();
    let mut action = Action {
        id: id(),
        collective: one,
        milestone: first.id,
        number: 4,
        statement: Wording::of("Cartographier".to_owned()),
        lead: None,
        helpers,
        begins_on: NaiveDate::from_ymd_opt(2026, 10, 1),
        ends_on: None,
        state: State::NeedsLead,
    };
    commit!(db, [action], |tx| plan::put_action(tx, &action).await);
    let actions = async || look!(db, [], |tx| plan::actions(tx, one).await);
    assert_eq!(actions().await, std::slice::from_ref(&action));
    action.milestone = second.id;
    (action.lead, action.helpers) = (Some(table.id), vec![cre.id]);
    (action.begins_on, action.ends_on) = (None, NaiveDate::from_ymd_opt(2028, 9, 30));
    action.state = State::Revised;
    commit!(db, [action], |tx| plan::put_action(tx, &action).await);
    assert_eq!(actions().await, [action]);
    assert!(look!(db, [], |tx| plan::actions(tx, other).await).is_empty());
}

async fn a_collective_keeps_its_steps_and_the_one_it_is_at(db: Db) {
    let made = collective(&db, "a").await;
    let step = |slug: &str| Step {
        slug: slug.to_owned(),
        fr: format!("Étape {slug}"),
        en: format!("Step {slug}"),
    };
    let changed = Collective {
        steps: vec![step("vision"), step("plan")],
        ..made.clone()
    };
    let id = made.id;
    commit!(db, [], |tx| collectives::set_step(tx, id, "plan").await);
    commit!(db, [changed], |tx| collectives::put(tx, &changed).await);
    let found = look!(db, [], |tx| collectives::get(tx, id).await);
    let expected = Collective {
        step: Some("plan".to_owned()),
        ..changed
    };
    assert_eq!(found, Some(expected));
}

async fn what_was_told_of_a_milestone_is_kept_as_it_was_then(db: Db) {
    let collective = collective(&db, "a").await.id;
    let (first, second) = (milestone(collective, 1), milestone(collective, 2));
    for made in [&first, &second] {
        commit!(db, [made], |tx| plan::put_milestone(tx, &made).await);
    }
    let id = first.id;
    let found = look!(db, [], |tx| plan::milestone(tx, id).await);
    assert_eq!(found, Some(first));
    let told = async || look!(db, [], |tx| plan::told(tx, id).await);
    assert_eq!(told().await, None);
    let half = Reached {
        quarter: Quarter::Half,
        done: 2,
        counted: 4,
    };
    let whole = Reached {
        quarter: Quarter::Whole,
        done: 3,
        counted: 3,
    };
    for reached in [half, whole] {
        commit!(db, [], |tx| plan::tell(tx, id, reached, at(1)).await);
    }
    assert_eq!(told().await, Some(Quarter::Whole));
    let reached = look!(db, [], |tx| plan::reached(tx, id, Quarter::Half).await);
    assert_eq!(reached, Some(half));
    let passed = look!(db, [], |tx| plan::reached(tx, id, Quarter::First).await);
    assert_eq!(passed, None);
    let other = look!(db, [], |tx| plan::told(tx, second.id).await);
    assert_eq!(other, None);
}
