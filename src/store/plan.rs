//! The plan: milestones and actions.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::error::known;
use super::{StoreError, Tx};
use crate::domain::plan::{Action, Milestone, State};
use crate::domain::progress::Quarter;
use crate::domain::text::Wording;

#[derive(FromRow)]
struct MilestoneRow {
    id: Uuid,
    collective_id: Uuid,
    number: i64,
    statement: String,
    statement_en: Option<String>,
    horizon: Option<i64>,
    themes: String,
}

impl MilestoneRow {
    fn read(self) -> Result<Milestone, StoreError> {
        Ok(Milestone {
            id: self.id,
            collective: self.collective_id,
            number: self.number,
            statement: Wording {
                text: self.statement,
                english: self.statement_en,
            },
            horizon: self.horizon,
            themes: serde_json::from_str(&self.themes)?,
        })
    }
}

#[derive(FromRow)]
struct ActionRow {
    id: Uuid,
    collective_id: Uuid,
    milestone_id: Uuid,
    number: i64,
    statement: String,
    statement_en: Option<String>,
    lead_id: Option<Uuid>,
    begins_on: Option<NaiveDate>,
    ends_on: Option<NaiveDate>,
    state: String,
}

impl ActionRow {
    fn read(self, helpers: &[(Uuid, Uuid)]) -> Result<Action, StoreError> {
        let helps =
            |(action, organisation): &(Uuid, Uuid)| (*action == self.id).then_some(*organisation);
        Ok(Action {
            id: self.id,
            collective: self.collective_id,
            milestone: self.milestone_id,
            number: self.number,
            statement: Wording {
                text: self.statement,
                english: self.statement_en,
            },
            lead: self.lead_id,
            helpers: helpers.iter().filter_map(helps).collect(),
            begins_on: self.begins_on,
            ends_on: self.ends_on,
            state: known("plan_action.state", &self.state, State::from_name)?,
        })
    }
}

/// Records a milestone, or makes the one of that id be as given. Its number and its collective never change.
///
/// # Errors
/// The database's.
pub async fn put_milestone(tx: &mut Tx, milestone: &Milestone) -> Result<(), StoreError> {
    let themes = serde_json::to_string(&milestone.themes)?;
    change!(
        tx,
        sqlx::query(
            "INSERT INTO milestone (id, collective_id, number, statement, statement_en, horizon, themes)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (id) DO UPDATE
         SET statement = excluded.statement, statement_en = excluded.statement_en,
             horizon = excluded.horizon, themes = excluded.themes"
        )
        .bind(milestone.id)
        .bind(milestone.collective)
        .bind(milestone.number)
        .bind(&milestone.statement.text)
        .bind(&milestone.statement.english)
        .bind(milestone.horizon)
        .bind(&themes)
    )?;
    Ok(())
}

/// The milestones of a collective, in the order of their numbers.
///
/// # Errors
/// The database's.
pub async fn milestones(tx: &mut Tx, collective: Uuid) -> Result<Vec<Milestone>, StoreError> {
    let rows: Vec<MilestoneRow> = on!(tx, |conn| {
        sqlx::query_as(
        "SELECT id, collective_id, number, statement, statement_en, horizon, themes FROM milestone
         WHERE collective_id = $1 ORDER BY number"
    )
    .bind(collective)
    .fetch_all(conn)
    .await
    })?;
    rows.into_iter().map(MilestoneRow::read).collect()
}

/// The milestone with that id.
///
/// # Errors
/// The database's.
pub async fn milestone(tx: &mut Tx, id: Uuid) -> Result<Option<Milestone>, StoreError> {
    let row: Option<MilestoneRow> = on!(tx, |conn| {
        sqlx::query_as(
        "SELECT id, collective_id, number, statement, statement_en, horizon, themes FROM milestone
         WHERE id = $1"
    )
    .bind(id)
    .fetch_optional(conn)
    .await
    })?;
    row.map(MilestoneRow::read).transpose()
}

/// How far a milestone was when that was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reached {
    /// The quarter.
    pub quarter: Quarter,
    /// How many actions were done.
    pub done: u64,
    /// Of how many that count.
    pub counted: u64,
}

/// The highest quarter that was ever told of a milestone.
///
/// # Errors
/// The database's.
pub async fn told(tx: &mut Tx, milestone: Uuid) -> Result<Option<Quarter>, StoreError> {
    let (percent,): (Option<i64>,) = on!(tx, |conn| sqlx::query_as(
        "SELECT max(percent) FROM milestone_progress WHERE milestone_id = $1"
    )
    .bind(milestone)
    .fetch_one(conn)
    .await)?;
    percent.map(quarter).transpose()
}

fn quarter(percent: i64) -> Result<Quarter, StoreError> {
    let text = percent.to_string();
    known("milestone_progress.percent", &text, |_| {
        Quarter::from_percent(percent)
    })
}

/// Records that a quarter is told of a milestone.
///
/// # Errors
/// The database's; it was told before.
pub async fn tell(
    tx: &mut Tx,
    milestone: Uuid,
    reached: Reached,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    change!(
        tx,
        sqlx::query(
            "INSERT INTO milestone_progress (milestone_id, percent, done, counted, reached_at)
             VALUES ($1, $2, $3, $4, $5)"
        )
        .bind(milestone)
        .bind(i64::from(reached.quarter.percent()))
        .bind(count(reached.done))
        .bind(count(reached.counted))
        .bind(at)
    )?;
    Ok(())
}

/// How far a milestone was when that quarter was told of it, if it was.
///
/// # Errors
/// The database's.
pub async fn reached(
    tx: &mut Tx,
    milestone: Uuid,
    quarter: Quarter,
) -> Result<Option<Reached>, StoreError> {
    let row: Option<(i64, i64)> = on!(tx, |conn| sqlx::query_as(
        "SELECT done, counted FROM milestone_progress WHERE milestone_id = $1 AND percent = $2"
    )
    .bind(milestone)
    .bind(i64::from(quarter.percent()))
    .fetch_optional(conn)
    .await)?;
    Ok(row.map(|(done, counted)| Reached {
        quarter,
        done: done.unsigned_abs(),
        counted: counted.unsigned_abs(),
    }))
}

/// Records an action, or makes the one of that id be as given. Its number and its collective never change.
///
/// # Errors
/// The database's.
pub async fn put_action(tx: &mut Tx, action: &Action) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "INSERT INTO plan_action (id, collective_id, milestone_id, number, statement, statement_en,
                                      lead_id, begins_on, ends_on, state)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT (id) DO UPDATE
         SET milestone_id = excluded.milestone_id, statement = excluded.statement,
             statement_en = excluded.statement_en, lead_id = excluded.lead_id,
             begins_on = excluded.begins_on, ends_on = excluded.ends_on, state = excluded.state"
        )
        .bind(action.id)
        .bind(action.collective)
        .bind(action.milestone)
        .bind(action.number)
        .bind(&action.statement.text)
        .bind(&action.statement.english)
        .bind(action.lead)
        .bind(action.begins_on)
        .bind(action.ends_on)
        .bind(action.state.name())
    )?;
    change!(
        tx,
        sqlx::query("DELETE FROM plan_helper WHERE action_id = $1").bind(action.id)
    )?;
    for helper in &action.helpers {
        change!(
            tx,
            sqlx::query("INSERT INTO plan_helper (action_id, organisation_id) VALUES ($1, $2)")
                .bind(action.id)
                .bind(helper)
        )?;
    }
    Ok(())
}

/// The version of a collective's plan that the action of that number ended in, if it ended in one.
///
/// # Errors
/// The database's.
pub async fn ended_in(
    tx: &mut Tx,
    collective: Uuid,
    number: i64,
) -> Result<Option<i64>, StoreError> {
    let row: Option<(Option<i64>,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT ended_in FROM plan_action WHERE collective_id = $1 AND number = $2"
    )
    .bind(collective)
    .bind(number)
    .fetch_optional(conn)
    .await)?;
    Ok(row.and_then(|(version,)| version))
}

/// The actions of a collective's plan, without those that ended with an earlier version, in the order of their numbers.
///
/// # Errors
/// The database's.
pub async fn actions(tx: &mut Tx, collective: Uuid) -> Result<Vec<Action>, StoreError> {
    let helpers: Vec<(Uuid, Uuid)> = on!(tx, |conn| sqlx::query_as(
        "SELECT action_id, organisation_id FROM plan_helper
         JOIN plan_action ON plan_action.id = action_id
         WHERE collective_id = $1 ORDER BY action_id, organisation_id"
    )
    .bind(collective)
    .fetch_all(conn)
    .await)?;
    let rows: Vec<ActionRow> = on!(tx, |conn| {
        sqlx::query_as(
        "SELECT id, collective_id, milestone_id, number, statement, statement_en, lead_id, begins_on, ends_on,
                state
         FROM plan_action WHERE collective_id = $1 AND ended_in IS NULL ORDER BY number"
    )
    .bind(collective)
    .fetch_all(conn)
    .await
    })?;
    rows.into_iter().map(|row| row.read(&helpers)).collect()
}
