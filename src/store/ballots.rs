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
    /// Whether the poll still takes ballots.
    pub open: bool,
    /// The option chosen.
    pub position: i64,
    /// The option's words.
    pub label: String,
    /// When; none for ballots from before times were kept.
    pub cast_at: Option<DateTime<Utc>>,
}

/// A person's ballots, by poll.
///
/// # Errors
/// The database's.
pub async fn of_person(tx: &mut Tx, person: Uuid) -> Result<Vec<Ballot>, StoreError> {
    Ok(on!(tx, |conn| sqlx::query_as(
        "SELECT ballot.poll_id, poll.collective_id, poll.number, poll.status = 'open' AS open,
                ballot.position, poll_option.label, ballot.cast_at
         FROM ballot JOIN poll ON poll.id = ballot.poll_id
         JOIN poll_option ON poll_option.poll_id = ballot.poll_id
                         AND poll_option.position = ballot.position
         WHERE ballot.person_id = $1 ORDER BY ballot.poll_id"
    )
    .bind(person)
    .fetch_all(conn)
    .await)?)
}

/// Records when a ballot was cast.
///
/// # Errors
/// The database's.
pub async fn stamp(
    tx: &mut Tx,
    poll: Uuid,
    person: Uuid,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("UPDATE ballot SET cast_at = $3 WHERE poll_id = $1 AND person_id = $2")
            .bind(poll)
            .bind(person)
            .bind(at)
    )?;
    Ok(())
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

/// Takes a ballot out of an open poll, and out of its count.
///
/// # Errors
/// The database's.
pub async fn withdraw(
    tx: &mut Tx,
    poll: Uuid,
    person: Uuid,
    position: i64,
) -> Result<(), StoreError> {
    let rows = change!(
        tx,
        sqlx::query("DELETE FROM ballot WHERE poll_id = $1 AND person_id = $2")
            .bind(poll)
            .bind(person)
    )?;
    let rows = i64::try_from(rows).unwrap_or(0);
    change!(
        tx,
        sqlx::query(
            "UPDATE poll_option SET votes = votes - $3 WHERE poll_id = $1 AND position = $2"
        )
        .bind(poll)
        .bind(position)
        .bind(rows)
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
