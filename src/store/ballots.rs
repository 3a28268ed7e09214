//! Ballots as their person's: for whoever links accounts, asks for their data, or has it erased.
//!
//! What a ballot means for a poll is the business of `polls`; here its row changes hands or goes.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::{StoreError, Tx};

/// A person's ballot.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Ballot {
    /// The poll.
    pub poll_id: Uuid,
    /// The poll's collective.
    pub collective_id: Uuid,
    /// The poll's number.
    pub number: i64,
    /// What it says (see `domain::poll::ballot`).
    pub marks: Vec<u8>,
    /// The reason of an objection.
    pub reason: Option<String>,
    /// When.
    pub cast_at: DateTime<Utc>,
}

/// A person's ballots, by poll.
///
/// # Errors
/// The database's.
pub async fn of_person(tx: &mut Tx, person: Uuid) -> Result<Vec<Ballot>, StoreError> {
    Ok(on!(tx, |conn| sqlx::query_as(
        "SELECT ballot.poll_id, poll.collective_id, poll.number, marks, reason, cast_at
         FROM ballot JOIN poll ON poll.id = ballot.poll_id
         WHERE ballot.person_id = $1 ORDER BY ballot.poll_id"
    )
    .bind(person)
    .fetch_all(conn)
    .await)?)
}

/// Gives a ballot to another person, who has none in that poll. The count stays.
///
/// # Errors
/// The database's.
pub async fn hand_over(tx: &mut Tx, poll: Uuid, from: Uuid, into: Uuid) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("UPDATE ballot SET person_id = $3 WHERE poll_id = $1 AND person_id = $2")
            .bind(poll)
            .bind(from)
            .bind(into)
    )?;
    Ok(())
}

/// Deletes the ballots that a person has left. Counts stay.
///
/// # Errors
/// The database's.
pub async fn erase(tx: &mut Tx, person: Uuid) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query("DELETE FROM ballot WHERE person_id = $1").bind(person)
    )?)
}

/// Deletes the ballots of polls that closed before `before`. Counts stay.
///
/// # Errors
/// The database's.
pub async fn forget(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query(
            "DELETE FROM ballot WHERE poll_id IN
         (SELECT id FROM poll WHERE status = 'closed' AND closes_at < $1)"
        )
        .bind(before)
    )?)
}
