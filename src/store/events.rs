//! The record of what happened.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{StoreError, Tx};
use crate::domain::event::EventKind;

/// Records that something happened to a subject.
///
/// # Errors
/// The database's.
pub async fn add(
    tx: &mut Tx,
    id: Uuid,
    collective: Uuid,
    kind: EventKind,
    subject: Uuid,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    change!(tx, sqlx::query(
        "INSERT INTO event (id, collective_id, kind, subject_id, at) VALUES ($1, $2, $3, $4, $5)"
    )
    .bind(id)
    .bind(collective)
    .bind(kind.name())
    .bind(subject)
    .bind(at))?;
    Ok(())
}

/// Subjects to which `kind` happened in `[from, until)`, each once, in the order of its first time.
///
/// # Errors
/// The database's.
pub async fn subjects(
    tx: &mut Tx,
    collective: Uuid,
    kind: EventKind,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<Uuid>, StoreError> {
    let rows: Vec<(Uuid,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT subject_id FROM event
         WHERE collective_id = $1 AND kind = $2 AND at >= $3 AND at < $4
         GROUP BY subject_id ORDER BY min(at)"
    )
    .bind(collective)
    .bind(kind.name())
    .bind(from)
    .bind(until)
    .fetch_all(conn)
    .await)?;
    Ok(rows.into_iter().map(|(subject,)| subject).collect())
}

/// How many things happened to a subject, and when the last did.
///
/// # Errors
/// The database's.
pub async fn changes(
    tx: &mut Tx,
    subject: Uuid,
) -> Result<(u32, Option<DateTime<Utc>>), StoreError> {
    let rows: Vec<(DateTime<Utc>,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT at FROM event WHERE subject_id = $1 ORDER BY at DESC"
    )
    .bind(subject)
    .fetch_all(conn)
    .await)?;
    let times = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    Ok((times, rows.first().map(|(at,)| *at)))
}

/// The same of every workshop of a collective that starts after `after`: which, how many things happened, and when the
/// last did.
///
/// # Errors
/// The database's.
pub async fn changes_of_workshops(
    tx: &mut Tx,
    collective: Uuid,
    after: DateTime<Utc>,
) -> Result<Vec<(Uuid, i64, DateTime<Utc>)>, StoreError> {
    Ok(on!(tx, |conn| sqlx::query_as(
        "SELECT subject_id, count(*), max(at) FROM event
         JOIN workshop ON workshop.id = subject_id
         WHERE workshop.collective_id = $1 AND starts_at > $2
         GROUP BY subject_id ORDER BY subject_id"
    )
    .bind(collective)
    .bind(after)
    .fetch_all(conn)
    .await)?)
}
