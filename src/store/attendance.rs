//! Who was at a workshop, and the count beside. Whoever changes something here holds the workshop ([`Tx::lock`]).

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{StoreError, Tx};

/// The code that is shown in a workshop's room; none before somebody asked for one.
///
/// # Errors
/// The database's.
pub async fn code(tx: &mut Tx, workshop: Uuid) -> Result<Option<String>, StoreError> {
    let row: Option<(Option<String>,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT code FROM workshop WHERE id = $1"
    )
    .bind(workshop)
    .fetch_optional(conn)
    .await)?;
    Ok(row.and_then(|(code,)| code))
}

/// Gives a workshop its code.
///
/// # Errors
/// The database's.
pub async fn set_code(tx: &mut Tx, workshop: Uuid, code: &str) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("UPDATE workshop SET code = $2 WHERE id = $1")
            .bind(workshop)
            .bind(code)
    )?;
    Ok(())
}

/// The workshops of a collective that have that code, by their ids, the latest first.
///
/// # Errors
/// The database's.
pub async fn by_code(tx: &mut Tx, collective: Uuid, code: &str) -> Result<Vec<Uuid>, StoreError> {
    let rows: Vec<(Uuid,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT id FROM workshop WHERE collective_id = $1 AND code = $2 ORDER BY starts_at DESC"
    )
    .bind(collective)
    .bind(code)
    .fetch_all(conn)
    .await)?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Records how many people without an account were there.
///
/// # Errors
/// The database's.
pub async fn set_guests(tx: &mut Tx, workshop: Uuid, guests: i64) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("UPDATE workshop SET guests = $2 WHERE id = $1")
            .bind(workshop)
            .bind(guests)
    )?;
    Ok(())
}

/// Records that a person is there; whether that was not known yet.
///
/// # Errors
/// The database's.
pub async fn add(
    tx: &mut Tx,
    workshop: Uuid,
    person: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let added = change!(
        tx,
        sqlx::query(
            "INSERT INTO attendance (workshop_id, person_id, at) VALUES ($1, $2, $3)
             ON CONFLICT DO NOTHING"
        )
        .bind(workshop)
        .bind(person)
        .bind(now)
    )? == 1;
    if added {
        count(tx, workshop, 1).await?;
    }
    Ok(added)
}

/// Takes back that a person was there; whether they were.
///
/// # Errors
/// The database's.
pub async fn remove(tx: &mut Tx, workshop: Uuid, person: Uuid) -> Result<bool, StoreError> {
    let removed = change!(
        tx,
        sqlx::query("DELETE FROM attendance WHERE workshop_id = $1 AND person_id = $2")
            .bind(workshop)
            .bind(person)
    )? == 1;
    if removed {
        count(tx, workshop, -1).await?;
    }
    Ok(removed)
}

async fn count(tx: &mut Tx, workshop: Uuid, step: i64) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("UPDATE workshop SET here = here + $2 WHERE id = $1")
            .bind(workshop)
            .bind(step)
    )?;
    Ok(())
}

/// Whether a person was there.
///
/// # Errors
/// The database's.
pub async fn has(tx: &mut Tx, workshop: Uuid, person: Uuid) -> Result<bool, StoreError> {
    let row: Option<(Uuid,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT person_id FROM attendance WHERE workshop_id = $1 AND person_id = $2"
    )
    .bind(workshop)
    .bind(person)
    .fetch_optional(conn)
    .await)?;
    Ok(row.is_some())
}

/// Who was at a workshop, and when that was recorded, the earliest first.
///
/// # Errors
/// The database's.
pub async fn of_workshop(
    tx: &mut Tx,
    workshop: Uuid,
) -> Result<Vec<(Uuid, DateTime<Utc>)>, StoreError> {
    Ok(on!(tx, |conn| sqlx::query_as(
        "SELECT person_id, at FROM attendance WHERE workshop_id = $1 ORDER BY at, person_id"
    )
    .bind(workshop)
    .fetch_all(conn)
    .await)?)
}

/// The workshops that a person was at, and when that was recorded.
///
/// # Errors
/// The database's.
pub async fn of_person(
    tx: &mut Tx,
    person: Uuid,
) -> Result<Vec<(Uuid, DateTime<Utc>)>, StoreError> {
    Ok(on!(tx, |conn| sqlx::query_as(
        "SELECT workshop_id, at FROM attendance WHERE person_id = $1 ORDER BY workshop_id"
    )
    .bind(person)
    .fetch_all(conn)
    .await)?)
}

/// Deletes what says where a person was. Counts stay.
///
/// # Errors
/// The database's.
pub async fn erase(tx: &mut Tx, person: Uuid) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query("DELETE FROM attendance WHERE person_id = $1").bind(person)
    )?)
}

/// Deletes who was at workshops that ended before `before`. Counts stay.
///
/// # Errors
/// The database's.
pub async fn forget(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query(
            "DELETE FROM attendance WHERE workshop_id IN
             (SELECT id FROM workshop WHERE coalesce(ends_at, starts_at) < $1)"
        )
        .bind(before)
    )?)
}
