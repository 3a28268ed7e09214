//! Polls, their options and ballots.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::collectives::zone;
use super::error::known;
use super::{StoreError, Tx};
use crate::domain::poll::live::Live;
use crate::domain::poll::outcome::Outcome;
use crate::domain::poll::{
    Draft, DraftOption, OrganisationTally, Poll, PollOption, RoomBallots, Statement, Status,
};
use crate::domain::text::Wording;

/// The columns of a poll, for [`PollRow`].
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT poll.id, collective_id, number, question, question_en, terms, status, opens_at, closes_at,
                    eligible, live, verified, room, outcome, organisations, seed, statement, review_on, time_zone
             FROM poll JOIN collective ON collective.id = collective_id ",
            $rest
        )
    };
}

#[derive(FromRow)]
struct PollRow {
    id: Uuid,
    collective_id: Uuid,
    number: i64,
    question: String,
    question_en: Option<String>,
    terms: String,
    status: String,
    opens_at: DateTime<Utc>,
    closes_at: DateTime<Utc>,
    eligible: i64,
    live: String,
    verified: i64,
    room: Option<String>,
    outcome: Option<String>,
    organisations: Option<String>,
    seed: Option<String>,
    statement: Option<String>,
    review_on: Option<NaiveDate>,
    time_zone: String,
}

#[derive(FromRow)]
struct OptionRow {
    poll_id: Uuid,
    position: i64,
    label: String,
    label_en: Option<String>,
    meaning: Option<String>,
    meaning_en: Option<String>,
    cost: Option<i64>,
    at: Option<DateTime<Utc>>,
    proposed: bool,
}

pub(super) const fn wording(text: String, english: Option<String>) -> Wording {
    Wording { text, english }
}

/// A count as the database keeps it. It has no larger ones.
pub(super) fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

pub(super) fn stored(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

impl PollRow {
    async fn read(self, tx: &mut Tx) -> Result<Poll, StoreError> {
        let rows: Vec<OptionRow> = on!(tx, |conn| sqlx::query_as(
            "SELECT poll_id, position, label, label_en, meaning, meaning_en, cost, at, proposed
             FROM poll_option WHERE poll_id = $1 ORDER BY position"
        )
        .bind(self.id)
        .fetch_all(conn)
        .await)?;
        self.with(rows)
    }

    fn with(self, options: Vec<OptionRow>) -> Result<Poll, StoreError> {
        let options = options.into_iter().map(|row| PollOption {
            position: row.position,
            label: wording(row.label, row.label_en),
            meaning: row.meaning.map(|text| wording(text, row.meaning_en)),
            cost: row.cost.map(count),
            at: row.at,
            proposed: row.proposed,
        });
        Ok(Poll {
            id: self.id,
            collective: self.collective_id,
            number: self.number,
            question: wording(self.question, self.question_en),
            options: options.collect(),
            terms: serde_json::from_str(&self.terms)?,
            status: known("poll.status", &self.status, Status::from_name)?,
            opens_at: self.opens_at,
            closes_at: self.closes_at,
            eligible: count(self.eligible),
            live: serde_json::from_str(&self.live)?,
            verified: count(self.verified),
            room: self.room.as_deref().map(serde_json::from_str).transpose()?,
            outcome: self
                .outcome
                .as_deref()
                .map(serde_json::from_str)
                .transpose()?,
            organisations: self
                .organisations
                .as_deref()
                .map(serde_json::from_str)
                .transpose()?,
            seed: self.seed,
            statement: self.statement.map(|text| Statement {
                text,
                review_on: self.review_on,
            }),
            zone: zone(&self.time_zone)?,
        })
    }
}

/// A poll to be recorded.
#[derive(Debug, Clone)]
pub struct NewPoll<'d> {
    /// Its id.
    pub id: Uuid,
    /// The collective that asks.
    pub collective: Uuid,
    /// The number of its short id.
    pub number: i64,
    /// What is asked.
    pub draft: &'d Draft,
    /// Whether it is open already.
    pub status: Status,
    /// How many may vote.
    pub eligible: u64,
    /// The sums of no ballots.
    pub live: &'d Live,
    /// The seed of its lot.
    pub seed: Option<&'d str>,
}

/// Records a poll.
///
/// # Errors
/// The database's.
pub async fn add(tx: &mut Tx, new: &NewPoll<'_>) -> Result<(), StoreError> {
    let draft = new.draft;
    let (terms, live) = (
        serde_json::to_string(&draft.terms)?,
        serde_json::to_string(new.live)?,
    );
    change!(
        tx,
        sqlx::query(
            "INSERT INTO poll (id, collective_id, number, question, question_en, terms, status, opens_at,
                               closes_at, eligible, live, verified, seed)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, $12)"
        )
        .bind(new.id)
        .bind(new.collective)
        .bind(new.number)
        .bind(&draft.question.text)
        .bind(&draft.question.english)
        .bind(&terms)
        .bind(new.status.name())
        .bind(draft.opens_at)
        .bind(draft.closes_at)
        .bind(stored(new.eligible))
        .bind(&live)
        .bind(new.seed)
    )?;
    for (position, option) in (0_i64..).zip(&draft.options) {
        add_option(tx, new.id, position, option, false).await?;
    }
    Ok(())
}

/// Adds an option at `position`, where there is none yet; `proposed` if a participant proposed it.
///
/// # Errors
/// The database's.
pub async fn add_option(
    tx: &mut Tx,
    poll: Uuid,
    position: i64,
    option: &DraftOption,
    proposed: bool,
) -> Result<(), StoreError> {
    let meaning = option.meaning.as_ref();
    change!(
        tx,
        sqlx::query(
            "INSERT INTO poll_option (poll_id, position, label, label_en, meaning, meaning_en, cost, at, proposed)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        )
        .bind(poll)
        .bind(position)
        .bind(&option.label.text)
        .bind(&option.label.english)
        .bind(meaning.map(|meaning| &meaning.text))
        .bind(meaning.and_then(|meaning| meaning.english.as_ref()))
        .bind(option.cost.map(stored))
        .bind(option.at)
        .bind(proposed)
    )?;
    Ok(())
}

/// The poll with that id.
///
/// # Errors
/// The database's.
pub async fn get(tx: &mut Tx, id: Uuid) -> Result<Option<Poll>, StoreError> {
    let row: Option<PollRow> = on!(tx, |conn| sqlx::query_as(select!("WHERE poll.id = $1"))
        .bind(id)
        .fetch_optional(conn)
        .await)?;
    match row {
        Some(row) => row.read(tx).await.map(Some),
        None => Ok(None),
    }
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
    let row: Option<PollRow> = on!(tx, |conn| sqlx::query_as(select!(
        "WHERE collective_id = $1 AND number = $2"
    ))
    .bind(collective)
    .bind(number)
    .fetch_optional(conn)
    .await)?;
    match row {
        Some(row) => row.read(tx).await.map(Some),
        None => Ok(None),
    }
}

/// The polls of a collective that are open or will be, first to close first.
///
/// # Errors
/// The database's.
pub async fn open(tx: &mut Tx, collective: Uuid) -> Result<Vec<Poll>, StoreError> {
    let rows: Vec<PollRow> = on!(tx, |conn| sqlx::query_as(select!(
        "WHERE collective_id = $1 AND status <> 'closed' ORDER BY closes_at, number"
    ))
    .bind(collective)
    .fetch_all(conn)
    .await)?;
    let mut polls = Vec::with_capacity(rows.len());
    for row in rows {
        polls.push(row.read(tx).await?);
    }
    Ok(polls)
}

/// The polls of a collective, whatever their status, last to close first, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn all(tx: &mut Tx, collective: Uuid, limit: i64) -> Result<Vec<Poll>, StoreError> {
    let rows: Vec<PollRow> = on!(tx, |conn| sqlx::query_as(select!(
        "WHERE collective_id = $1 ORDER BY closes_at DESC, number DESC LIMIT $2"
    ))
    .bind(collective)
    .bind(limit)
    .fetch_all(conn)
    .await)?;
    let options: Vec<OptionRow> = on!(tx, |conn| {
        sqlx::query_as(
        "SELECT poll_id, position, label, label_en, meaning, meaning_en, cost, at, proposed
         FROM poll_option WHERE poll_id IN (
             SELECT id FROM poll WHERE collective_id = $1 ORDER BY closes_at DESC, number DESC LIMIT $2)
         ORDER BY poll_id, position"
    )
    .bind(collective)
    .bind(limit)
    .fetch_all(conn)
    .await
    })?;
    let mut by_poll: HashMap<Uuid, Vec<OptionRow>> = HashMap::new();
    for option in options {
        by_poll.entry(option.poll_id).or_default().push(option);
    }
    rows.into_iter()
        .map(|row| {
            let options = by_poll.remove(&row.id).unwrap_or_default();
            row.with(options)
        })
        .collect()
}

/// A ballot as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct StoredBallot {
    /// What it says.
    pub marks: Vec<u8>,
    /// The reason of an objection.
    pub reason: Option<String>,
    /// The voter's name, of polls whose level is public only.
    pub name: Option<String>,
    /// Whether the person had several accounts.
    pub verified: bool,
    /// When it was cast.
    pub cast_at: DateTime<Utc>,
}

/// A person's ballot.
///
/// # Errors
/// The database's.
pub async fn ballot(
    tx: &mut Tx,
    poll: Uuid,
    person: Uuid,
) -> Result<Option<StoredBallot>, StoreError> {
    Ok(on!(tx, |conn| {
        sqlx::query_as(
        "SELECT marks, reason, name, verified, cast_at FROM ballot WHERE poll_id = $1 AND person_id = $2"
    )
    .bind(poll)
    .bind(person)
    .fetch_optional(conn)
    .await
    })?)
}

/// Records a person's ballot in place of an earlier one. The sums are changed by [`set_live`].
///
/// # Errors
/// The database's.
pub async fn set_ballot(
    tx: &mut Tx,
    poll: Uuid,
    person: Uuid,
    ballot: &StoredBallot,
) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "INSERT INTO ballot (poll_id, person_id, marks, reason, name, verified, cast_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (poll_id, person_id) DO UPDATE
         SET marks = excluded.marks, reason = excluded.reason, name = excluded.name,
             verified = excluded.verified, cast_at = excluded.cast_at"
        )
        .bind(poll)
        .bind(person)
        .bind(&ballot.marks)
        .bind(&ballot.reason)
        .bind(&ballot.name)
        .bind(ballot.verified)
        .bind(ballot.cast_at)
    )?;
    Ok(())
}

/// Takes a person's ballot away; whether there was one.
///
/// # Errors
/// The database's.
pub async fn remove_ballot(tx: &mut Tx, poll: Uuid, person: Uuid) -> Result<bool, StoreError> {
    let rows = change!(
        tx,
        sqlx::query("DELETE FROM ballot WHERE poll_id = $1 AND person_id = $2")
            .bind(poll)
            .bind(person)
    )?;
    Ok(rows == 1)
}

/// Records a poll's running sums.
///
/// # Errors
/// The database's.
pub async fn set_live(
    tx: &mut Tx,
    poll: Uuid,
    live: &Live,
    verified: u64,
) -> Result<(), StoreError> {
    let live = serde_json::to_string(live)?;
    change!(
        tx,
        sqlx::query("UPDATE poll SET live = $2, verified = $3 WHERE id = $1")
            .bind(poll)
            .bind(&live)
            .bind(stored(verified))
    )?;
    Ok(())
}

/// Records the tally of organisations that a poll has beside that of persons.
///
/// # Errors
/// The database's.
pub async fn set_organisations(
    tx: &mut Tx,
    poll: Uuid,
    tally: &OrganisationTally,
) -> Result<(), StoreError> {
    let tally = serde_json::to_string(tally)?;
    change!(
        tx,
        sqlx::query("UPDATE poll SET organisations = $2 WHERE id = $1")
            .bind(poll)
            .bind(&tally)
    )?;
    Ok(())
}

/// Each different ballot of a poll, with how often it was cast: equal ones are merged by the database, so that
/// millions of voters are as many rows as they have opinions.
///
/// # Errors
/// The database's.
pub async fn ballots(tx: &mut Tx, poll: Uuid) -> Result<Vec<(Vec<u8>, u64)>, StoreError> {
    let rows: Vec<(Vec<u8>, i64)> = on!(tx, |conn| sqlx::query_as(
        "SELECT marks, count(*) FROM ballot WHERE poll_id = $1 GROUP BY marks ORDER BY marks"
    )
    .bind(poll)
    .fetch_all(conn)
    .await)?;
    Ok(rows
        .into_iter()
        .map(|(marks, times)| (marks, count(times)))
        .collect())
}

/// The reasons of the objections to a call for consent, without their authors.
///
/// # Errors
/// The database's.
pub async fn reasons(tx: &mut Tx, poll: Uuid) -> Result<Vec<String>, StoreError> {
    let rows: Vec<(String,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT reason FROM ballot WHERE poll_id = $1 AND reason IS NOT NULL ORDER BY reason"
    )
    .bind(poll)
    .fetch_all(conn)
    .await)?;
    Ok(rows.into_iter().map(|(reason,)| reason).collect())
}

/// The ballots that carry their voters' names, by name: those of a poll whose level is public.
///
/// # Errors
/// The database's.
pub async fn named(tx: &mut Tx, poll: Uuid) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
    Ok(on!(tx, |conn| {
        sqlx::query_as(
        "SELECT name, marks FROM ballot WHERE poll_id = $1 AND name IS NOT NULL ORDER BY name, marks"
    )
    .bind(poll)
    .fetch_all(conn)
    .await
    })?)
}

/// Opens a scheduled poll, with the number of people who may vote.
///
/// # Errors
/// The database's.
pub async fn start(tx: &mut Tx, id: Uuid, eligible: u64) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("UPDATE poll SET status = 'open', eligible = $2 WHERE id = $1")
            .bind(id)
            .bind(stored(eligible))
    )?;
    Ok(())
}

/// Moves the time at which an open poll closes.
///
/// # Errors
/// The database's.
pub async fn set_closing(tx: &mut Tx, id: Uuid, at: DateTime<Utc>) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("UPDATE poll SET closes_at = $2 WHERE id = $1")
            .bind(id)
            .bind(at)
    )?;
    Ok(())
}

/// Moves the time at which a scheduled poll opens.
///
/// # Errors
/// The database's.
pub async fn set_opening(tx: &mut Tx, id: Uuid, at: DateTime<Utc>) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("UPDATE poll SET opens_at = $2 WHERE id = $1")
            .bind(id)
            .bind(at)
    )?;
    Ok(())
}

/// Records what was counted by hand in a room, in place of what was recorded before.
///
/// # Errors
/// The database's.
pub async fn set_room(tx: &mut Tx, id: Uuid, room: &RoomBallots) -> Result<(), StoreError> {
    let room = serde_json::to_string(room)?;
    change!(
        tx,
        sqlx::query("UPDATE poll SET room = $2 WHERE id = $1")
            .bind(id)
            .bind(&room)
    )?;
    Ok(())
}

/// Records what a human says came of a poll.
///
/// # Errors
/// The database's.
pub async fn set_statement(tx: &mut Tx, id: Uuid, statement: &Statement) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("UPDATE poll SET statement = $2, review_on = $3 WHERE id = $1")
            .bind(id)
            .bind(&statement.text)
            .bind(statement.review_on)
    )?;
    Ok(())
}

/// Closes a poll that never opened, as of `at`.
///
/// # Errors
/// The database's.
pub async fn abandon(tx: &mut Tx, id: Uuid, at: DateTime<Utc>) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("UPDATE poll SET status = 'closed', closes_at = $2 WHERE id = $1")
            .bind(id)
            .bind(at)
    )?;
    Ok(())
}

/// Closes a poll as of `at`, with its result.
///
/// # Errors
/// The database's.
pub async fn close(
    tx: &mut Tx,
    id: Uuid,
    at: DateTime<Utc>,
    outcome: &Outcome,
) -> Result<(), StoreError> {
    let outcome = serde_json::to_string(outcome)?;
    change!(
        tx,
        sqlx::query(
            "UPDATE poll SET status = 'closed', closes_at = $2, outcome = $3 WHERE id = $1"
        )
        .bind(id)
        .bind(at)
        .bind(&outcome)
    )?;
    Ok(())
}
