//! What falls due, each once.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::error::known;
use super::{StoreError, Tx};
use crate::domain::schedule::DeadlineKind;

/// A deadline that fell due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// What it is about.
    pub subject: Uuid,
    /// What is to be done.
    pub kind: DeadlineKind,
    /// When it fell due.
    pub due_at: DateTime<Utc>,
}

/// Sets a deadline; the same one twice is one.
///
/// # Errors
/// The database's.
pub async fn set(
    tx: &mut Tx,
    subject: Uuid,
    kind: DeadlineKind,
    due_at: DateTime<Utc>,
) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "INSERT INTO deadline (subject_id, kind, due_at, done) VALUES ($1, $2, $3, FALSE)
         ON CONFLICT DO NOTHING"
        )
        .bind(subject)
        .bind(kind.name())
        .bind(due_at)
    )?;
    Ok(())
}

/// Drops the deadlines of that kind that a subject still waits for.
///
/// # Errors
/// The database's.
pub async fn clear(tx: &mut Tx, subject: Uuid, kind: DeadlineKind) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("DELETE FROM deadline WHERE subject_id = $1 AND kind = $2 AND done = FALSE")
            .bind(subject)
            .bind(kind.name())
    )?;
    Ok(())
}

/// Whether a deadline of that kind waits for a subject.
///
/// # Errors
/// The database's.
pub async fn waits(tx: &mut Tx, subject: Uuid, kind: DeadlineKind) -> Result<bool, StoreError> {
    let row: Option<(i64,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT CAST(1 AS BIGINT) FROM deadline
         WHERE subject_id = $1 AND kind = $2 AND done = FALSE LIMIT 1"
    )
    .bind(subject)
    .bind(kind.name())
    .fetch_optional(conn)
    .await)?;
    Ok(row.is_some())
}

/// What is due at `now` and not done, oldest first, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn due(tx: &mut Tx, now: DateTime<Utc>, limit: i64) -> Result<Vec<Due>, StoreError> {
    let rows: Vec<(Uuid, String, DateTime<Utc>)> = on!(tx, |conn| sqlx::query_as(
        "SELECT subject_id, kind, due_at FROM deadline
         WHERE done = FALSE AND due_at <= $1 ORDER BY due_at, subject_id LIMIT $2"
    )
    .bind(now)
    .bind(limit)
    .fetch_all(conn)
    .await)?;
    rows.into_iter()
        .map(|(subject, kind, due_at)| {
            let kind = known("deadline.kind", &kind, DeadlineKind::from_name)?;
            Ok(Due {
                subject,
                kind,
                due_at,
            })
        })
        .collect()
}

/// Marks a deadline as done; false when somebody else did so before.
///
/// # Errors
/// The database's.
pub async fn finish(tx: &mut Tx, due: &Due) -> Result<bool, StoreError> {
    let rows = change!(
        tx,
        sqlx::query(
            "UPDATE deadline SET done = TRUE
         WHERE subject_id = $1 AND kind = $2 AND due_at = $3 AND done = FALSE"
        )
        .bind(due.subject)
        .bind(due.kind.name())
        .bind(due.due_at)
    )?;
    Ok(rows == 1)
}

/// The next moment at which something falls due.
///
/// # Errors
/// The database's.
pub async fn next(tx: &mut Tx) -> Result<Option<DateTime<Utc>>, StoreError> {
    let row: Option<(DateTime<Utc>,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT due_at FROM deadline WHERE done = FALSE ORDER BY due_at LIMIT 1"
    )
    .fetch_optional(conn)
    .await)?;
    Ok(row.map(|(at,)| at))
}

/// The next moment at which something falls due that is not of that kind.
///
/// # Errors
/// The database's.
pub async fn next_besides(
    tx: &mut Tx,
    kind: DeadlineKind,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    let row: Option<(DateTime<Utc>,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT due_at FROM deadline WHERE done = FALSE AND kind <> $1 ORDER BY due_at LIMIT 1"
    )
    .bind(kind.name())
    .fetch_optional(conn)
    .await)?;
    Ok(row.map(|(at,)| at))
}

/// How many deadlines were due at `before` or earlier and have not run.
///
/// # Errors
/// The database's.
pub async fn late(tx: &mut Tx, before: DateTime<Utc>) -> Result<i64, StoreError> {
    let (count,): (i64,) = on!(tx, |conn| sqlx::query_as(
        "SELECT count(*) FROM deadline WHERE due_at <= $1 AND NOT done"
    )
    .bind(before)
    .fetch_one(conn)
    .await)?;
    Ok(count)
}
