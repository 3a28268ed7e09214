//! Options that participants propose for polls.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::error::known;
use super::polls::{count, stored, wording};
use super::{StoreError, Tx};
use crate::domain::language::Language;
use crate::domain::poll::DraftOption;
use crate::domain::poll::proposal::{Proposal, Standing};

/// The columns of a proposal, for [`Row`].
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, poll_id, collective_id, number, person_id, network, language, label, label_en, meaning,
                    meaning_en, cost, at, standing, reason, proposed_at, decided_at
             FROM poll_proposal ",
            $rest
        )
    };
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    poll_id: Uuid,
    collective_id: Uuid,
    number: i64,
    person_id: Option<Uuid>,
    network: String,
    language: String,
    label: String,
    label_en: Option<String>,
    meaning: Option<String>,
    meaning_en: Option<String>,
    cost: Option<i64>,
    at: Option<DateTime<Utc>>,
    standing: String,
    reason: Option<String>,
    proposed_at: DateTime<Utc>,
    decided_at: Option<DateTime<Utc>>,
}

impl Row {
    fn read(self) -> Result<Proposal, StoreError> {
        Ok(Proposal {
            id: self.id,
            poll: self.poll_id,
            collective: self.collective_id,
            number: self.number,
            author: self.person_id,
            network: known("poll_proposal.network", &self.network, |n| n.parse().ok())?,
            language: known("poll_proposal.language", &self.language, Language::from_tag)?,
            option: DraftOption {
                label: wording(self.label, self.label_en),
                meaning: self.meaning.map(|text| wording(text, self.meaning_en)),
                cost: self.cost.map(count),
                at: self.at,
            },
            standing: known(
                "poll_proposal.standing",
                &self.standing,
                Standing::from_name,
            )?,
            reason: self.reason,
            proposed_at: self.proposed_at,
            decided_at: self.decided_at,
        })
    }
}

/// Records a proposal.
///
/// # Errors
/// The database's.
pub async fn add(tx: &mut Tx, new: &Proposal) -> Result<(), StoreError> {
    let meaning = new.option.meaning.as_ref();
    change!(
        tx,
        sqlx::query(
            "INSERT INTO poll_proposal (id, poll_id, collective_id, number, person_id, network, language, label,
                                        label_en, meaning, meaning_en, cost, at, standing, reason, proposed_at,
                                        decided_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)"
        )
        .bind(new.id)
        .bind(new.poll)
        .bind(new.collective)
        .bind(new.number)
        .bind(new.author)
        .bind(new.network.name())
        .bind(new.language.to_string())
        .bind(&new.option.label.text)
        .bind(&new.option.label.english)
        .bind(meaning.map(|meaning| &meaning.text))
        .bind(meaning.and_then(|meaning| meaning.english.as_ref()))
        .bind(new.option.cost.map(stored))
        .bind(new.option.at)
        .bind(new.standing.name())
        .bind(&new.reason)
        .bind(new.proposed_at)
        .bind(new.decided_at)
    )?;
    Ok(())
}

/// The proposal with that id.
///
/// # Errors
/// The database's.
pub async fn get(tx: &mut Tx, id: Uuid) -> Result<Option<Proposal>, StoreError> {
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(select!("WHERE id = $1"))
        .bind(id)
        .fetch_optional(conn)
        .await)?;
    row.map(Row::read).transpose()
}

/// The proposal with that number in a collective.
///
/// # Errors
/// The database's.
pub async fn by_number(
    tx: &mut Tx,
    collective: Uuid,
    number: i64,
) -> Result<Option<Proposal>, StoreError> {
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(select!(
        "WHERE collective_id = $1 AND number = $2"
    ))
    .bind(collective)
    .bind(number)
    .fetch_optional(conn)
    .await)?;
    row.map(Row::read).transpose()
}

/// The proposals for a poll on which nobody has decided, the oldest first.
///
/// # Errors
/// The database's.
pub async fn waiting(tx: &mut Tx, poll: Uuid) -> Result<Vec<Proposal>, StoreError> {
    let rows: Vec<Row> = on!(tx, |conn| sqlx::query_as(select!(
        "WHERE poll_id = $1 AND standing = 'waiting' ORDER BY number"
    ))
    .bind(poll)
    .fetch_all(conn)
    .await)?;
    rows.into_iter().map(Row::read).collect()
}

/// A person's proposals, the oldest first.
///
/// # Errors
/// The database's.
pub async fn of_person(tx: &mut Tx, person: Uuid) -> Result<Vec<Proposal>, StoreError> {
    let rows: Vec<Row> = on!(tx, |conn| sqlx::query_as(select!(
        "WHERE person_id = $1 ORDER BY proposed_at, id"
    ))
    .bind(person)
    .fetch_all(conn)
    .await)?;
    rows.into_iter().map(Row::read).collect()
}

/// Records what was decided on a proposal.
///
/// # Errors
/// The database's.
pub async fn decide(
    tx: &mut Tx,
    id: Uuid,
    standing: Standing,
    reason: Option<&str>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "UPDATE poll_proposal SET standing = $2, reason = $3, decided_at = $4 WHERE id = $1"
        )
        .bind(id)
        .bind(standing.name())
        .bind(reason)
        .bind(now)
    )?;
    Ok(())
}

/// Gives a person's proposals to another.
///
/// # Errors
/// The database's.
pub async fn hand_over(tx: &mut Tx, from: Uuid, into: Uuid) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query("UPDATE poll_proposal SET person_id = $2 WHERE person_id = $1")
            .bind(from)
            .bind(into)
    )?)
}

/// Takes a person and their words out of their proposals; an accepted one keeps its words, since they are an option's.
///
/// # Errors
/// The database's.
pub async fn erase(tx: &mut Tx, person: Uuid, now: DateTime<Utc>) -> Result<u64, StoreError> {
    change!(
        tx,
        sqlx::query(
            "UPDATE poll_proposal SET label = '', label_en = NULL, meaning = NULL, meaning_en = NULL, reason = NULL,
                    decided_at = COALESCE(decided_at, $2),
                    standing = CASE standing WHEN 'waiting' THEN 'withdrawn' ELSE standing END
         WHERE person_id = $1 AND standing <> 'accepted'"
        )
        .bind(person)
        .bind(now)
    )?;
    Ok(change!(
        tx,
        sqlx::query("UPDATE poll_proposal SET person_id = NULL WHERE person_id = $1").bind(person)
    )?)
}

/// Deletes the proposals that were decided before `before`, with their cards. What became an option stays one.
///
/// # Errors
/// The database's.
pub async fn forget(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, StoreError> {
    change!(
        tx,
        sqlx::query(
            "DELETE FROM card WHERE subject_kind = 'proposal'
           AND subject_id IN (SELECT id FROM poll_proposal WHERE decided_at < $1)"
        )
        .bind(before)
    )?;
    Ok(change!(
        tx,
        sqlx::query("DELETE FROM poll_proposal WHERE decided_at < $1").bind(before)
    )?)
}
