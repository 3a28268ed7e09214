//! Whether a workshop was useful to people, and the counts beside. Whoever changes something here holds the workshop
//! ([`Tx::lock`]).

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::error::known;
use super::{StoreError, Tx};
use crate::domain::workshop::{Feedback, Useful};

fn read(useful: &str) -> Result<Useful, StoreError> {
    known("feedback.useful", useful, Useful::from_name)
}

/// What a person said of a workshop.
///
/// # Errors
/// The database's.
pub async fn of(tx: &mut Tx, workshop: Uuid, person: Uuid) -> Result<Option<Useful>, StoreError> {
    let row: Option<(String,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT useful FROM feedback WHERE workshop_id = $1 AND person_id = $2"
    )
    .bind(workshop)
    .bind(person)
    .fetch_optional(conn)
    .await)?;
    row.map(|(useful,)| read(&useful)).transpose()
}

/// What a person said of workshops, and when.
///
/// # Errors
/// The database's.
pub async fn of_person(
    tx: &mut Tx,
    person: Uuid,
) -> Result<Vec<(Uuid, Useful, DateTime<Utc>)>, StoreError> {
    let rows: Vec<(Uuid, String, DateTime<Utc>)> = on!(tx, |conn| sqlx::query_as(
        "SELECT workshop_id, useful, at FROM feedback WHERE person_id = $1 ORDER BY workshop_id"
    )
    .bind(person)
    .fetch_all(conn)
    .await)?;
    rows.into_iter()
        .map(|(workshop, useful, at)| Ok((workshop, read(&useful)?, at)))
        .collect()
}

/// Records what a person says of a workshop in place of `before`, or that they say nothing any more, and moves the counts.
///
/// # Errors
/// The database's.
pub async fn set(
    tx: &mut Tx,
    workshop: Uuid,
    person: Uuid,
    before: Option<Useful>,
    after: Option<Useful>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    match after {
        Some(after) => change!(
            tx,
            sqlx::query(
                "INSERT INTO feedback (workshop_id, person_id, useful, at) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (workshop_id, person_id)
                 DO UPDATE SET useful = excluded.useful, at = excluded.at"
            )
            .bind(workshop)
            .bind(person)
            .bind(after.name())
            .bind(now)
        )?,
        None => change!(
            tx,
            sqlx::query("DELETE FROM feedback WHERE workshop_id = $1 AND person_id = $2")
                .bind(workshop)
                .bind(person)
        )?,
    };
    let step = Feedback::step(before, after);
    change!(
        tx,
        sqlx::query(
            "UPDATE workshop SET useful = useful + $2, partly = partly + $3, useless = useless + $4
             WHERE id = $1"
        )
        .bind(workshop)
        .bind(step.yes)
        .bind(step.partly)
        .bind(step.no)
    )?;
    Ok(())
}

/// Deletes what a person said. Counts stay.
///
/// # Errors
/// The database's.
pub async fn erase(tx: &mut Tx, person: Uuid) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query("DELETE FROM feedback WHERE person_id = $1").bind(person)
    )?)
}

/// Deletes what was said of workshops that ended before `before`. Counts stay.
///
/// # Errors
/// The database's.
pub async fn forget(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query(
            "DELETE FROM feedback WHERE workshop_id IN
             (SELECT id FROM workshop WHERE coalesce(ends_at, starts_at) < $1)"
        )
        .bind(before)
    )?)
}
