//! Offers of seats that became free.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::error::known;
use super::{StoreError, Tx};
use crate::domain::workshop::{Offer, Outcome};

#[derive(FromRow)]
struct Row {
    id: Uuid,
    workshop_id: Uuid,
    person_id: Uuid,
    seats: i64,
    ends_at: DateTime<Utc>,
    outcome: String,
}

impl Row {
    fn read(self) -> Result<Offer, StoreError> {
        Ok(Offer {
            id: self.id,
            workshop: self.workshop_id,
            person: self.person_id,
            seats: self.seats,
            ends_at: self.ends_at,
            outcome: known("seat_offer.outcome", &self.outcome, Outcome::from_name)?,
        })
    }
}

/// Records an open offer. A person has one at most per workshop.
///
/// # Errors
/// The database's.
pub async fn add(tx: &mut Tx, offer: &Offer) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "INSERT INTO seat_offer (id, workshop_id, person_id, seats, ends_at, outcome)
         VALUES ($1, $2, $3, $4, $5, $6)"
        )
        .bind(offer.id)
        .bind(offer.workshop)
        .bind(offer.person)
        .bind(offer.seats)
        .bind(offer.ends_at)
        .bind(offer.outcome.name())
    )?;
    Ok(())
}

/// The offer with that id.
///
/// # Errors
/// The database's.
pub async fn get(tx: &mut Tx, id: Uuid) -> Result<Option<Offer>, StoreError> {
    let row: Option<Row> = on!(tx, |conn| {
        sqlx::query_as(
        "SELECT id, workshop_id, person_id, seats, ends_at, outcome FROM seat_offer WHERE id = $1"
    )
    .bind(id)
    .fetch_optional(conn)
    .await
    })?;
    row.map(Row::read).transpose()
}

/// A workshop's open offers, the first to end first.
///
/// # Errors
/// The database's.
pub async fn open(tx: &mut Tx, workshop: Uuid) -> Result<Vec<Offer>, StoreError> {
    let rows: Vec<Row> = on!(tx, |conn| sqlx::query_as(
        "SELECT id, workshop_id, person_id, seats, ends_at, outcome FROM seat_offer
         WHERE workshop_id = $1 AND outcome = 'open' ORDER BY ends_at, id"
    )
    .bind(workshop)
    .fetch_all(conn)
    .await)?;
    rows.into_iter().map(Row::read).collect()
}

/// Ends a person's open offer at a workshop; its id, if there was one.
///
/// # Errors
/// The database's.
pub async fn end(
    tx: &mut Tx,
    workshop: Uuid,
    person: Uuid,
    outcome: Outcome,
    now: DateTime<Utc>,
) -> Result<Option<Uuid>, StoreError> {
    let row: Option<(Uuid,)> = on!(tx, |conn| sqlx::query_as(
        "UPDATE seat_offer SET outcome = $3, ended_at = $4
         WHERE workshop_id = $1 AND person_id = $2 AND outcome = 'open' RETURNING id"
    )
    .bind(workshop)
    .bind(person)
    .bind(outcome.name())
    .bind(now)
    .fetch_optional(conn)
    .await)?;
    Ok(row.map(|(id,)| id))
}

/// Makes a workshop's open offers end at `at`, if they would end later; how many that were.
///
/// # Errors
/// The database's.
pub async fn shorten(tx: &mut Tx, workshop: Uuid, at: DateTime<Utc>) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query(
            "UPDATE seat_offer SET ends_at = $2
         WHERE workshop_id = $1 AND outcome = 'open' AND ends_at > $2"
        )
        .bind(workshop)
        .bind(at)
    )?)
}

/// Gives a person's offers at a workshop to another, who has no open one there.
///
/// # Errors
/// The database's.
pub async fn hand_over(
    tx: &mut Tx,
    workshop: Uuid,
    from: Uuid,
    into: Uuid,
) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "UPDATE seat_offer SET person_id = $3 WHERE workshop_id = $1 AND person_id = $2"
        )
        .bind(workshop)
        .bind(from)
        .bind(into)
    )?;
    Ok(())
}

/// Deletes a person's offers, with what was said of them.
///
/// # Errors
/// The database's.
pub async fn erase(tx: &mut Tx, person: Uuid) -> Result<u64, StoreError> {
    change!(
        tx,
        sqlx::query(
            "DELETE FROM card WHERE subject_kind = 'offer' AND subject_id IN
         (SELECT id FROM seat_offer WHERE person_id = $1)"
        )
        .bind(person)
    )?;
    Ok(change!(
        tx,
        sqlx::query("DELETE FROM seat_offer WHERE person_id = $1").bind(person)
    )?)
}

/// Deletes offers that ended before `before`, with what was said of them.
///
/// # Errors
/// The database's.
pub async fn forget(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, StoreError> {
    change!(
        tx,
        sqlx::query(
            "DELETE FROM card WHERE subject_kind = 'offer' AND subject_id IN
         (SELECT id FROM seat_offer WHERE ended_at < $1)"
        )
        .bind(before)
    )?;
    Ok(change!(
        tx,
        sqlx::query("DELETE FROM seat_offer WHERE ended_at < $1").bind(before)
    )?)
}
