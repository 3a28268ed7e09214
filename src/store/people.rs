//! People and their accounts.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::error::known;
use super::{StoreError, Tx};
use crate::domain::actor::Account;
use crate::domain::language::Language;

/// The person behind an account, and the language they chose.
///
/// # Errors
/// The database's.
pub async fn find(
    tx: &mut Tx,
    account: &Account,
) -> Result<Option<(Uuid, Option<Language>)>, StoreError> {
    let row: Option<(Uuid, Option<String>)> = on!(tx, |conn| sqlx::query_as(
        "SELECT person.id, person.language FROM account
         JOIN person ON person.id = account.person_id
         WHERE account.network = $1 AND account.address = $2"
    )
    .bind(account.network.name())
    .bind(&account.address)
    .fetch_optional(conn)
    .await)?;
    let Some((person, language)) = row else {
        return Ok(None);
    };
    let language = language
        .map(|tag| known("person.language", &tag, Language::from_tag))
        .transpose()?;
    Ok(Some((person, language)))
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

/// A person's accounts: network and address.
///
/// # Errors
/// The database's.
pub async fn accounts(tx: &mut Tx, person: Uuid) -> Result<Vec<(String, String)>, StoreError> {
    Ok(on!(tx, |conn| sqlx::query_as(
        "SELECT network, address FROM account WHERE person_id = $1 ORDER BY network, address"
    )
    .bind(person)
    .fetch_all(conn)
    .await)?)
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

/// How many people have taken part in a collective: answered a workshop, voted, or taken a commitment.
///
/// # Errors
/// The database's.
pub async fn active(tx: &mut Tx, collective: Uuid) -> Result<u64, StoreError> {
    let row: (i64,) = on!(tx, |conn| {
        sqlx::query_as(
        "SELECT count(*) FROM (
             SELECT person_id FROM rsvp JOIN workshop ON workshop.id = workshop_id WHERE collective_id = $1
             UNION SELECT person_id FROM ballot JOIN poll ON poll.id = poll_id WHERE collective_id = $1
             UNION SELECT person_id FROM commitment WHERE collective_id = $1
         ) AS active"
    )
    .bind(collective)
    .fetch_one(conn)
    .await
    })?;
    Ok(u64::try_from(row.0).unwrap_or_default())
}

/// Records the language that a person chose.
///
/// # Errors
/// The database's.
pub async fn set_language(tx: &mut Tx, person: Uuid, language: Language) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("UPDATE person SET language = $2 WHERE id = $1")
            .bind(person)
            .bind(language.to_string())
    )?;
    Ok(())
}
