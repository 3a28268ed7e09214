//! Ballots of organisations: one per organisation and poll, whoever of those who represent it cast it.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::polls::StoredBallot;
use super::{StoreError, Tx};
use crate::domain::text::Wording;

/// An organisation's ballot.
///
/// # Errors
/// The database's.
pub async fn ballot(
    tx: &mut Tx,
    poll: Uuid,
    organisation: Uuid,
) -> Result<Option<StoredBallot>, StoreError> {
    let row: Option<(Vec<u8>, Option<String>, DateTime<Utc>)> = on!(tx, |conn| sqlx::query_as(
        "SELECT marks, reason, cast_at FROM organisation_ballot
         WHERE poll_id = $1 AND organisation_id = $2"
    )
    .bind(poll)
    .bind(organisation)
    .fetch_optional(conn)
    .await)?;
    Ok(row.map(|(marks, reason, cast_at)| StoredBallot {
        marks,
        reason,
        name: None,
        verified: false,
        cast_at,
    }))
}

/// Records an organisation's ballot in place of an earlier one. The sums are changed by `polls`.
///
/// # Errors
/// The database's.
pub async fn set_ballot(
    tx: &mut Tx,
    poll: Uuid,
    organisation: Uuid,
    ballot: &StoredBallot,
) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "INSERT INTO organisation_ballot (poll_id, organisation_id, marks, reason, cast_at)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (poll_id, organisation_id) DO UPDATE
         SET marks = excluded.marks, reason = excluded.reason, cast_at = excluded.cast_at"
        )
        .bind(poll)
        .bind(organisation)
        .bind(&ballot.marks)
        .bind(&ballot.reason)
        .bind(ballot.cast_at)
    )?;
    Ok(())
}

/// Each different ballot of a poll's organisations, with how often it was cast.
///
/// # Errors
/// The database's.
pub async fn ballots(tx: &mut Tx, poll: Uuid) -> Result<Vec<(Vec<u8>, u64)>, StoreError> {
    let rows: Vec<(Vec<u8>, i64)> = on!(tx, |conn| sqlx::query_as(
        "SELECT marks, count(*) FROM organisation_ballot WHERE poll_id = $1
         GROUP BY marks ORDER BY marks"
    )
    .bind(poll)
    .fetch_all(conn)
    .await)?;
    let counted = rows
        .into_iter()
        .map(|(marks, times)| (marks, u64::try_from(times).unwrap_or_default()));
    Ok(counted.collect())
}

/// The reasons of organisations' objections, without who gave them.
///
/// # Errors
/// The database's.
pub async fn reasons(tx: &mut Tx, poll: Uuid) -> Result<Vec<String>, StoreError> {
    let rows: Vec<(String,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT reason FROM organisation_ballot
         WHERE poll_id = $1 AND reason IS NOT NULL ORDER BY reason"
    )
    .bind(poll)
    .fetch_all(conn)
    .await)?;
    Ok(rows.into_iter().map(|(reason,)| reason).collect())
}

/// The ballots of a poll's organisations with their names, by name.
///
/// # Errors
/// The database's.
pub async fn named(tx: &mut Tx, poll: Uuid) -> Result<Vec<(Wording, Vec<u8>)>, StoreError> {
    let rows: Vec<(String, Option<String>, Vec<u8>)> = on!(tx, |conn| sqlx::query_as(
        "SELECT name, name_en, marks FROM organisation_ballot
         JOIN organisation ON organisation.id = organisation_id
         WHERE poll_id = $1 ORDER BY name, slug"
    )
    .bind(poll)
    .fetch_all(conn)
    .await)?;
    let named = rows
        .into_iter()
        .map(|(text, english, marks)| (Wording { text, english }, marks));
    Ok(named.collect())
}

/// Deletes the ballots of polls that closed before `before`. Counts stay.
///
/// # Errors
/// The database's.
pub async fn forget(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query(
            "DELETE FROM organisation_ballot WHERE poll_id IN
         (SELECT id FROM poll WHERE status = 'closed' AND closes_at < $1)"
        )
        .bind(before)
    )?)
}
