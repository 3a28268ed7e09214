//! Commitments.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::error::known;
use super::{StoreError, Tx};
use crate::domain::commitment::{Commitment, State, Tally};

#[derive(FromRow)]
struct CommitmentRow {
    id: Uuid,
    collective_id: Uuid,
    number: i64,
    person_id: Uuid,
    sentence: String,
    due: Option<NaiveDate>,
    about: Option<String>,
    state: String,
    taken_at: DateTime<Utc>,
}

impl CommitmentRow {
    fn read(self) -> Result<Commitment, StoreError> {
        Ok(Commitment {
            id: self.id,
            collective: self.collective_id,
            number: self.number,
            person: self.person_id,
            sentence: self.sentence,
            due: self.due,
            about: match self.about {
                Some(about) => Some(known("commitment.about", &about, |text| text.parse().ok())?),
                None => None,
            },
            state: known("commitment.state", &self.state, State::from_name)?,
            taken_at: self.taken_at,
        })
    }
}

/// Records a commitment.
///
/// # Errors
/// The database's.
pub async fn add(tx: &mut Tx, commitment: &Commitment) -> Result<(), StoreError> {
    change!(tx, sqlx::query(
        "INSERT INTO commitment (id, collective_id, number, person_id, sentence, due, state, taken_at, about)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    )
    .bind(commitment.id)
    .bind(commitment.collective)
    .bind(commitment.number)
    .bind(commitment.person)
    .bind(&commitment.sentence)
    .bind(commitment.due)
    .bind(commitment.state.name())
    .bind(commitment.taken_at)
    .bind(commitment.about.as_ref().map(ToString::to_string)))?;
    Ok(())
}

/// The commitment with that number in a collective.
///
/// # Errors
/// The database's.
pub async fn by_number(
    tx: &mut Tx,
    collective: Uuid,
    number: i64,
) -> Result<Option<Commitment>, StoreError> {
    let row: Option<CommitmentRow> = on!(tx, |conn| sqlx::query_as(
        "SELECT id, collective_id, number, person_id, sentence, due, about, state, taken_at
         FROM commitment WHERE collective_id = $1 AND number = $2"
    )
    .bind(collective)
    .bind(number)
    .fetch_optional(conn)
    .await)?;
    row.map(CommitmentRow::read).transpose()
}

/// A person's commitments in a collective, the newest first.
///
/// # Errors
/// The database's.
pub async fn of_person(
    tx: &mut Tx,
    collective: Uuid,
    person: Uuid,
) -> Result<Vec<Commitment>, StoreError> {
    let rows: Vec<CommitmentRow> = on!(tx, |conn| sqlx::query_as(
        "SELECT id, collective_id, number, person_id, sentence, due, about, state, taken_at
         FROM commitment WHERE collective_id = $1 AND person_id = $2 ORDER BY number DESC"
    )
    .bind(collective)
    .bind(person)
    .fetch_all(conn)
    .await)?;
    rows.into_iter().map(CommitmentRow::read).collect()
}

/// Makes a commitment say what is given: its sentence, its day, what it is for, where it stands.
///
/// # Errors
/// The database's.
pub async fn set(tx: &mut Tx, commitment: &Commitment) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "UPDATE commitment SET sentence = $2, due = $3, about = $4, state = $5 WHERE id = $1"
        )
        .bind(commitment.id)
        .bind(&commitment.sentence)
        .bind(commitment.due)
        .bind(commitment.about.as_ref().map(ToString::to_string))
        .bind(commitment.state.name())
    )?;
    Ok(())
}

/// How many commitments a collective took, and what became of them.
///
/// # Errors
/// The database's.
pub async fn tally(tx: &mut Tx, collective: Uuid) -> Result<Tally, StoreError> {
    let rows: Vec<(String, i64)> = on!(tx, |conn| sqlx::query_as(
        "SELECT state, count(*) FROM commitment WHERE collective_id = $1 GROUP BY state"
    )
    .bind(collective)
    .fetch_all(conn)
    .await)?;
    let mut tally = Tally::default();
    for (state, count) in rows {
        tally.taken += count;
        match known("commitment.state", &state, State::from_name)? {
            State::Kept => tally.kept = count,
            State::UnderWay => tally.under_way = count,
            State::Confirmed | State::Postponed | State::Withdrawn => {}
        }
    }
    Ok(tally)
}

/// A person's commitments in every collective, the oldest first.
///
/// # Errors
/// The database's.
pub async fn all_of_person(tx: &mut Tx, person: Uuid) -> Result<Vec<Commitment>, StoreError> {
    let rows: Vec<CommitmentRow> = on!(tx, |conn| sqlx::query_as(
        "SELECT id, collective_id, number, person_id, sentence, due, about, state, taken_at
         FROM commitment WHERE person_id = $1 ORDER BY taken_at, id"
    )
    .bind(person)
    .fetch_all(conn)
    .await)?;
    rows.into_iter().map(CommitmentRow::read).collect()
}

/// Gives a person's commitments to another.
///
/// # Errors
/// The database's.
pub async fn hand_over(tx: &mut Tx, from: Uuid, into: Uuid) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query("UPDATE commitment SET person_id = $2 WHERE person_id = $1")
            .bind(from)
            .bind(into)
    )?)
}

/// Deletes a person's commitments. That they were taken, and kept, stays counted in `event`.
///
/// # Errors
/// The database's.
pub async fn erase(tx: &mut Tx, person: Uuid) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query("DELETE FROM commitment WHERE person_id = $1").bind(person)
    )?)
}

/// Deletes the commitments that were due before `day` (those without a day: taken before `taken`).
///
/// # Errors
/// The database's.
pub async fn forget(tx: &mut Tx, day: NaiveDate, taken: DateTime<Utc>) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query("DELETE FROM commitment WHERE taken_at < $2 AND (due IS NULL OR due < $1)")
            .bind(day)
            .bind(taken)
    )?)
}
