//! People and their accounts.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::error::known;
use super::{StoreError, Tx};
use crate::domain::actor::Account;
use crate::domain::language::Language;

/// Everything that the record of a person holds, besides what they did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their id.
    pub id: Uuid,
    /// The language they chose, and when.
    pub language: Option<Language>,
    /// When they chose it.
    pub language_at: Option<DateTime<Utc>>,
    /// When they were recorded.
    pub created_at: DateTime<Utc>,
    /// When they agreed that acts are kept, and to which wording.
    pub consent: Option<(DateTime<Utc>, i64)>,
    /// When they took that back, if they did.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// The day of their last stored act.
    pub active_at: Option<DateTime<Utc>>,
    /// When they were welcomed.
    pub welcomed_at: Option<DateTime<Utc>>,
}

#[derive(FromRow)]
struct PersonRow {
    id: Uuid,
    language: Option<String>,
    language_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    consented_at: Option<DateTime<Utc>>,
    consent_text: Option<i64>,
    withdrawn_at: Option<DateTime<Utc>>,
    active_at: Option<DateTime<Utc>>,
    welcomed_at: Option<DateTime<Utc>>,
}

impl PersonRow {
    fn read(self) -> Result<Person, StoreError> {
        Ok(Person {
            id: self.id,
            language: self
                .language
                .map(|tag| known("person.language", &tag, Language::from_tag))
                .transpose()?,
            language_at: self.language_at,
            created_at: self.created_at,
            consent: self.consented_at.zip(self.consent_text),
            withdrawn_at: self.withdrawn_at,
            active_at: self.active_at,
            welcomed_at: self.welcomed_at,
        })
    }
}

/// The person behind an account.
///
/// # Errors
/// The database's.
pub async fn find(tx: &mut Tx, account: &Account) -> Result<Option<Person>, StoreError> {
    let row: Option<PersonRow> = on!(tx, |conn| sqlx::query_as(
        "SELECT person.id, language, language_at, created_at, consented_at, consent_text,
                withdrawn_at, active_at, welcomed_at
         FROM account JOIN person ON person.id = account.person_id
         WHERE account.network = $1 AND account.address = $2"
    )
    .bind(account.network.name())
    .bind(&account.address)
    .fetch_optional(conn)
    .await)?;
    row.map(PersonRow::read).transpose()
}

/// The person with that id.
///
/// # Errors
/// The database's.
pub async fn get(tx: &mut Tx, person: Uuid) -> Result<Option<Person>, StoreError> {
    let row: Option<PersonRow> = on!(tx, |conn| {
        sqlx::query_as(
        "SELECT id, language, language_at, created_at, consented_at, consent_text, withdrawn_at,
                active_at, welcomed_at
         FROM person WHERE id = $1"
    )
    .bind(person)
    .fetch_optional(conn)
    .await
    })?;
    row.map(PersonRow::read).transpose()
}

/// Records a person with their first account.
///
/// # Errors
/// The database's.
pub async fn add(
    tx: &mut Tx,
    person: Uuid,
    account: &Account,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("INSERT INTO person (id, created_at) VALUES ($1, $2)")
            .bind(person)
            .bind(now)
    )?;
    change!(
        tx,
        sqlx::query("INSERT INTO account (network, address, person_id) VALUES ($1, $2, $3)")
            .bind(account.network.name())
            .bind(&account.address)
            .bind(person)
    )?;
    Ok(())
}

/// Makes an account that person's, whosever it was.
///
/// # Errors
/// The database's.
pub async fn attach(tx: &mut Tx, person: Uuid, account: &Account) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "INSERT INTO account (network, address, person_id) VALUES ($1, $2, $3)
         ON CONFLICT (network, address) DO UPDATE SET person_id = excluded.person_id"
        )
        .bind(account.network.name())
        .bind(&account.address)
        .bind(person)
    )?;
    Ok(())
}

/// Makes an account nobody's.
///
/// # Errors
/// The database's.
pub async fn detach(tx: &mut Tx, account: &Account) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("DELETE FROM account WHERE network = $1 AND address = $2")
            .bind(account.network.name())
            .bind(&account.address)
    )?;
    Ok(())
}

/// A person's accounts.
///
/// # Errors
/// The database's.
pub async fn accounts(tx: &mut Tx, person: Uuid) -> Result<Vec<Account>, StoreError> {
    let rows: Vec<(String, String)> = on!(tx, |conn| sqlx::query_as(
        "SELECT network, address FROM account WHERE person_id = $1 ORDER BY network, address"
    )
    .bind(person)
    .fetch_all(conn)
    .await)?;
    rows.into_iter()
        .map(|(network, address)| {
            let network = known("account.network", &network, |n| n.parse().ok())?;
            Ok(Account { network, address })
        })
        .collect()
}

/// When a person first acted; none if there is no such person.
///
/// # Errors
/// The database's.
pub async fn since(tx: &mut Tx, person: Uuid) -> Result<Option<DateTime<Utc>>, StoreError> {
    let row: Option<(DateTime<Utc>,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT created_at FROM person WHERE id = $1"
    )
    .bind(person)
    .fetch_optional(conn)
    .await)?;
    Ok(row.map(|(since,)| since))
}

/// How many people have taken part in a collective: answered a workshop or been at one, voted, taken a
/// commitment, or proposed an option.
///
/// # Errors
/// The database's.
pub async fn active(tx: &mut Tx, collective: Uuid) -> Result<u64, StoreError> {
    let row: (i64,) = on!(tx, |conn| {
        sqlx::query_as(
        "SELECT count(*) FROM (
             SELECT person_id FROM rsvp JOIN workshop ON workshop.id = workshop_id WHERE collective_id = $1
             UNION SELECT person_id FROM attendance JOIN workshop ON workshop.id = workshop_id WHERE collective_id = $1
             UNION SELECT person_id FROM ballot JOIN poll ON poll.id = poll_id WHERE collective_id = $1
             UNION SELECT person_id FROM commitment WHERE collective_id = $1 AND person_id IS NOT NULL
             UNION SELECT person_id FROM poll_proposal WHERE collective_id = $1 AND person_id IS NOT NULL
         ) AS active"
    )
    .bind(collective)
    .fetch_one(conn)
    .await
    })?;
    Ok(u64::try_from(row.0).unwrap_or_default())
}

/// The collectives in which a person takes part: answered a workshop or was at one, voted, or took a commitment; by
/// their ids.
///
/// # Errors
/// The database's.
pub async fn collectives(tx: &mut Tx, person: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let rows: Vec<(Uuid,)> = on!(tx, |conn| {
        sqlx::query_as(
            "SELECT collective_id FROM rsvp JOIN workshop ON workshop.id = workshop_id WHERE person_id = $1
             UNION SELECT collective_id FROM attendance JOIN workshop ON workshop.id = workshop_id WHERE person_id = $1
             UNION SELECT collective_id FROM ballot JOIN poll ON poll.id = poll_id WHERE person_id = $1
             UNION SELECT collective_id FROM commitment WHERE person_id = $1
             ORDER BY collective_id",
        )
        .bind(person)
        .fetch_all(conn)
        .await
    })?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Records the language that a person chose.
///
/// # Errors
/// The database's.
pub async fn set_language(
    tx: &mut Tx,
    person: Uuid,
    language: Language,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("UPDATE person SET language = $2, language_at = $3 WHERE id = $1")
            .bind(person)
            .bind(language.to_string())
            .bind(now)
    )?;
    Ok(())
}

/// Records that a person agreed to that wording.
///
/// # Errors
/// The database's.
pub async fn consent(
    tx: &mut Tx,
    person: Uuid,
    wording: i64,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "UPDATE person
             SET consented_at = $3, consent_text = $2, withdrawn_at = NULL, active_at = $3
             WHERE id = $1"
        )
        .bind(person)
        .bind(wording)
        .bind(now)
    )?;
    Ok(())
}

/// Records that a person takes their agreement back.
///
/// # Errors
/// The database's.
pub async fn withdraw_consent(
    tx: &mut Tx,
    person: Uuid,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("UPDATE person SET withdrawn_at = $2 WHERE id = $1 AND withdrawn_at IS NULL")
            .bind(person)
            .bind(now)
    )?;
    Ok(())
}

/// Records that a person acted, unless that was recorded since `unless_since` already.
///
/// # Errors
/// The database's.
pub async fn seen(
    tx: &mut Tx,
    person: Uuid,
    unless_since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "UPDATE person SET active_at = $3
         WHERE id = $1 AND (active_at IS NULL OR active_at < $2)"
        )
        .bind(person)
        .bind(unless_since)
        .bind(now)
    )?;
    Ok(())
}

/// Records that a person is welcomed; false when they were before.
///
/// # Errors
/// The database's.
pub async fn welcome(tx: &mut Tx, person: Uuid, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let rows = change!(
        tx,
        sqlx::query("UPDATE person SET welcomed_at = $2 WHERE id = $1 AND welcomed_at IS NULL")
            .bind(person)
            .bind(now)
    )?;
    Ok(rows == 1)
}

/// Gives a person's accounts to another, and records that the two are one.
///
/// # Errors
/// The database's.
pub async fn merge(tx: &mut Tx, from: Uuid, into: Uuid) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("UPDATE account SET person_id = $2 WHERE person_id = $1")
            .bind(from)
            .bind(into)
    )?;
    change!(
        tx,
        sqlx::query("UPDATE person SET merged_into = $2 WHERE id = $1 OR merged_into = $1")
            .bind(from)
            .bind(into)
    )?;
    Ok(())
}

/// The persons that this one was merged with and who still have ballots of closed polls.
///
/// # Errors
/// The database's.
pub async fn merged_with(tx: &mut Tx, person: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let rows: Vec<(Uuid,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT id FROM person WHERE merged_into = $1 ORDER BY id"
    )
    .bind(person)
    .fetch_all(conn)
    .await)?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Deletes a person's record and accounts, once nothing else refers to them.
///
/// # Errors
/// The database's.
pub async fn erase(tx: &mut Tx, person: Uuid) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("DELETE FROM account WHERE person_id = $1").bind(person)
    )?;
    change!(
        tx,
        sqlx::query("DELETE FROM person WHERE id = $1").bind(person)
    )?;
    Ok(())
}

/// Persons without a stored act since `before` of whom nothing else is kept, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn idle(tx: &mut Tx, before: DateTime<Utc>, limit: i64) -> Result<Vec<Uuid>, StoreError> {
    let rows: Vec<(Uuid,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT id FROM person WHERE coalesce(active_at, created_at) < $1
           AND NOT EXISTS (SELECT 1 FROM rsvp WHERE person_id = person.id)
           AND NOT EXISTS (SELECT 1 FROM attendance WHERE person_id = person.id)
           AND NOT EXISTS (SELECT 1 FROM feedback WHERE person_id = person.id)
           AND NOT EXISTS (SELECT 1 FROM took_part WHERE person_id = person.id)
           AND NOT EXISTS (SELECT 1 FROM ballot WHERE person_id = person.id)
           AND NOT EXISTS (SELECT 1 FROM commitment WHERE person_id = person.id)
           AND NOT EXISTS (SELECT 1 FROM poll_proposal WHERE person_id = person.id)
         ORDER BY id LIMIT $2"
    )
    .bind(before)
    .bind(limit)
    .fetch_all(conn)
    .await)?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
