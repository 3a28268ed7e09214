//! Polls, their options and ballots.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::collectives::zone;
use super::error::known;
use super::{StoreError, Tx};
use crate::domain::poll::{Draft, Poll, PollOption, Status};

#[derive(FromRow)]
struct PollRow {
    id: Uuid,
    collective_id: Uuid,
    number: i64,
    question: String,
    status: String,
    closes_at: DateTime<Utc>,
    time_zone: String,
    position: i64,
    label: String,
    votes: i64,
}

/// Rows of polls joined with their options, in the order of the rows.
fn read(rows: Vec<PollRow>) -> Result<Vec<Poll>, StoreError> {
    let mut polls: Vec<Poll> = Vec::new();
    let mut seen: BTreeMap<Uuid, usize> = BTreeMap::new();
    for row in rows {
        let option = PollOption {
            position: row.position,
            label: row.label,
            votes: row.votes,
        };
        if let Some(poll) = seen.get(&row.id).and_then(|at| polls.get_mut(*at)) {
            poll.options.push(option);
            continue;
        }
        seen.insert(row.id, polls.len());
        polls.push(Poll {
            id: row.id,
            collective: row.collective_id,
            number: row.number,
            question: row.question,
            options: vec![option],
            status: known("poll.status", &row.status, Status::from_name)?,
            closes_at: row.closes_at,
            zone: zone(&row.time_zone)?,
        });
    }
    Ok(polls)
}

/// Records an open poll.
///
/// # Errors
/// The database's.
pub async fn add(
    tx: &mut Tx,
    id: Uuid,
    collective: Uuid,
    number: i64,
    draft: &Draft,
) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "INSERT INTO poll (id, collective_id, number, question, status, closes_at)
         VALUES ($1, $2, $3, $4, 'open', $5)"
        )
        .bind(id)
        .bind(collective)
        .bind(number)
        .bind(&draft.question)
        .bind(draft.closes_at)
    )?;
    for (position, label) in (0_i64..).zip(&draft.options) {
        change!(
            tx,
            sqlx::query(
                "INSERT INTO poll_option (poll_id, position, label, votes) VALUES ($1, $2, $3, 0)"
            )
            .bind(id)
            .bind(position)
            .bind(label)
        )?;
    }
    Ok(())
}

/// The poll with that id.
///
/// # Errors
/// The database's.
pub async fn get(tx: &mut Tx, id: Uuid) -> Result<Option<Poll>, StoreError> {
    let rows: Vec<PollRow> = on!(tx, |conn| {
        sqlx::query_as(
        "SELECT poll.id, collective_id, number, question, status, closes_at, time_zone, position, label, votes
         FROM poll JOIN collective ON collective.id = collective_id
         JOIN poll_option ON poll_id = poll.id
         WHERE poll.id = $1 ORDER BY position"
    )
    .bind(id)
    .fetch_all(conn)
    .await
    })?;
    Ok(read(rows)?.pop())
}

/// The poll with that number in a collective.
///
/// # Errors
/// The database's.
pub async fn by_number(
    tx: &mut Tx,
    collective: Uuid,
    number: i64,
) -> Result<Option<Poll>, StoreError> {
    let rows: Vec<PollRow> = on!(tx, |conn| {
        sqlx::query_as(
        "SELECT poll.id, collective_id, number, question, status, closes_at, time_zone, position, label, votes
         FROM poll JOIN collective ON collective.id = collective_id
         JOIN poll_option ON poll_id = poll.id
         WHERE collective_id = $1 AND number = $2 ORDER BY position"
    )
    .bind(collective)
    .bind(number)
    .fetch_all(conn)
    .await
    })?;
    Ok(read(rows)?.pop())
}

/// The open polls of a collective, first to close first.
///
/// # Errors
/// The database's.
pub async fn open(tx: &mut Tx, collective: Uuid) -> Result<Vec<Poll>, StoreError> {
    let rows: Vec<PollRow> = on!(tx, |conn| {
        sqlx::query_as(
        "SELECT poll.id, collective_id, number, question, status, closes_at, time_zone, position, label, votes
         FROM poll JOIN collective ON collective.id = collective_id
         JOIN poll_option ON poll_id = poll.id
         WHERE collective_id = $1 AND status = 'open' ORDER BY closes_at, number, position"
    )
    .bind(collective)
    .fetch_all(conn)
    .await
    })?;
    read(rows)
}

/// The option that a person's ballot names.
///
/// # Errors
/// The database's.
pub async fn ballot(tx: &mut Tx, poll: Uuid, person: Uuid) -> Result<Option<i64>, StoreError> {
    let row: Option<(i64,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT position FROM ballot WHERE poll_id = $1 AND person_id = $2"
    )
    .bind(poll)
    .bind(person)
    .fetch_optional(conn)
    .await)?;
    Ok(row.map(|(position,)| position))
}

/// Records a person's ballot in place of `before`, and moves the running counts: two rows at most,
/// however many ballots there are.
///
/// # Errors
/// The database's.
pub async fn set_ballot(
    tx: &mut Tx,
    poll: Uuid,
    person: Uuid,
    before: Option<i64>,
    position: i64,
) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "INSERT INTO ballot (poll_id, person_id, position) VALUES ($1, $2, $3)
         ON CONFLICT (poll_id, person_id) DO UPDATE SET position = excluded.position"
        )
        .bind(poll)
        .bind(person)
        .bind(position)
    )?;
    for (position, step) in before
        .map(|b| (b, -1_i64))
        .into_iter()
        .chain([(position, 1)])
    {
        change!(
            tx,
            sqlx::query(
                "UPDATE poll_option SET votes = votes + $3 WHERE poll_id = $1 AND position = $2"
            )
            .bind(poll)
            .bind(position)
            .bind(step)
        )?;
    }
    Ok(())
}

/// Closes a poll as of `at`.
///
/// # Errors
/// The database's.
pub async fn close(tx: &mut Tx, id: Uuid, at: DateTime<Utc>) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("UPDATE poll SET status = 'closed', closes_at = $2 WHERE id = $1")
            .bind(id)
            .bind(at)
    )?;
    Ok(())
}
