//! Versions of the plan, and what came of its actions.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::{StoreError, Tx};
use crate::domain::plan::version::{Record, Version};
use crate::domain::text::Wording;

#[derive(FromRow)]
struct VersionRow {
    id: Uuid,
    collective_id: Uuid,
    number: i64,
    begins_on: NaiveDate,
    frozen_at: Option<DateTime<Utc>>,
}

impl From<VersionRow> for Version {
    fn from(row: VersionRow) -> Self {
        Self {
            id: row.id,
            collective: row.collective_id,
            number: row.number,
            begins_on: row.begins_on,
            frozen_at: row.frozen_at,
        }
    }
}

/// Records a version, or the day on which the one of that id begins.
///
/// # Errors
/// The database's.
pub async fn put(tx: &mut Tx, version: &Version) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "INSERT INTO plan_version (id, collective_id, number, begins_on) VALUES ($1, $2, $3, $4)
             ON CONFLICT (id) DO UPDATE SET begins_on = excluded.begins_on"
        )
        .bind(version.id)
        .bind(version.collective)
        .bind(version.number)
        .bind(version.begins_on)
    )?;
    Ok(())
}

/// The versions of a collective's plan, the first first.
///
/// # Errors
/// The database's.
pub async fn all(tx: &mut Tx, collective: Uuid) -> Result<Vec<Version>, StoreError> {
    let rows: Vec<VersionRow> = on!(tx, |conn| {
        sqlx::query_as(
            "SELECT id, collective_id, number, begins_on, frozen_at FROM plan_version
             WHERE collective_id = $1 ORDER BY number",
        )
        .bind(collective)
        .fetch_all(conn)
        .await
    })?;
    Ok(rows.into_iter().map(Version::from).collect())
}

/// The version with that id.
///
/// # Errors
/// The database's.
pub async fn get(tx: &mut Tx, id: Uuid) -> Result<Option<Version>, StoreError> {
    let row: Option<VersionRow> = on!(tx, |conn| {
        sqlx::query_as(
            "SELECT id, collective_id, number, begins_on, frozen_at FROM plan_version WHERE id = $1",
        )
        .bind(id)
        .fetch_optional(conn)
        .await
    })?;
    Ok(row.map(Version::from))
}

/// Freezes a version as it stands, with every action that ended in it; what came of actions is kept in its record only.
/// False, and nothing is changed, when it was frozen before.
///
/// # Errors
/// The database's.
pub async fn freeze(
    tx: &mut Tx,
    version: &Version,
    record: &Record,
    at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let record = serde_json::to_string(record)?;
    let frozen = change!(
        tx,
        sqlx::query(
            "UPDATE plan_version SET frozen_at = $2, record = $3 WHERE id = $1 AND frozen_at IS NULL"
        )
        .bind(version.id)
        .bind(at)
        .bind(&record)
    )?;
    if frozen == 0 {
        return Ok(false);
    }
    change!(
        tx,
        sqlx::query(
            "DELETE FROM plan_outcome
             WHERE action_id IN (SELECT id FROM plan_action WHERE collective_id = $1)"
        )
        .bind(version.collective)
    )?;
    change!(
        tx,
        sqlx::query(
            "UPDATE plan_action SET ended_in = $2
             WHERE collective_id = $1 AND ended_in IS NULL AND state IN ('done', 'revised', 'abandoned')"
        )
        .bind(version.collective)
        .bind(version.number)
    )?;
    Ok(true)
}

/// A version as it stood when it was frozen; none while it runs.
///
/// # Errors
/// The database's.
pub async fn record(tx: &mut Tx, id: Uuid) -> Result<Option<Record>, StoreError> {
    let row: Option<(Option<String>,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT record FROM plan_version WHERE id = $1"
    )
    .bind(id)
    .fetch_optional(conn)
    .await)?;
    let record = row.and_then(|(record,)| record);
    Ok(record.as_deref().map(serde_json::from_str).transpose()?)
}

/// Records what came of an action, in place of what was recorded before.
///
/// # Errors
/// The database's.
pub async fn set_outcome(tx: &mut Tx, action: Uuid, outcome: &Wording) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "INSERT INTO plan_outcome (action_id, outcome, outcome_en) VALUES ($1, $2, $3)
             ON CONFLICT (action_id) DO UPDATE
             SET outcome = excluded.outcome, outcome_en = excluded.outcome_en"
        )
        .bind(action)
        .bind(&outcome.text)
        .bind(&outcome.english)
    )?;
    Ok(())
}

/// What came of the actions of a collective's plan, as far as somebody wrote it, in the order of their numbers.
///
/// # Errors
/// The database's.
pub async fn outcomes(tx: &mut Tx, collective: Uuid) -> Result<Vec<(Uuid, Wording)>, StoreError> {
    let rows: Vec<(Uuid, String, Option<String>)> = on!(tx, |conn| {
        sqlx::query_as(
            "SELECT action_id, outcome, outcome_en
             FROM plan_outcome JOIN plan_action ON plan_action.id = action_id
             WHERE collective_id = $1 ORDER BY number",
        )
        .bind(collective)
        .fetch_all(conn)
        .await
    })?;
    let wording = |(action, text, english)| (action, Wording { text, english });
    Ok(rows.into_iter().map(wording).collect())
}
