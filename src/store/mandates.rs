//! Who represents an organisation, and one-time invitations to. Digests of codes only.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::error::known;
use super::{StoreError, Tx};
use crate::domain::actor::Account;
use crate::domain::organisation::Mandate;

#[derive(FromRow)]
struct MandateRow {
    organisation_id: Uuid,
    person_id: Uuid,
    network: String,
    address: String,
    since: DateTime<Utc>,
}

impl MandateRow {
    fn read(self) -> Result<Mandate, StoreError> {
        let network = known("mandate.network", &self.network, |n| n.parse().ok())?;
        Ok(Mandate {
            organisation: self.organisation_id,
            person: self.person_id,
            account: Account {
                network,
                address: self.address,
            },
            since: self.since,
        })
    }
}

/// Records a mandate; false if that person has it already.
///
/// # Errors
/// The database's.
pub async fn add(tx: &mut Tx, mandate: &Mandate) -> Result<bool, StoreError> {
    let rows = change!(
        tx,
        sqlx::query(
            "INSERT INTO mandate (organisation_id, person_id, network, address, since)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING"
        )
        .bind(mandate.organisation)
        .bind(mandate.person)
        .bind(mandate.account.network.name())
        .bind(&mandate.account.address)
        .bind(mandate.since)
    )?;
    Ok(rows == 1)
}

/// A person's mandates.
///
/// # Errors
/// The database's.
pub async fn of_person(tx: &mut Tx, person: Uuid) -> Result<Vec<Mandate>, StoreError> {
    let rows: Vec<MandateRow> = on!(tx, |conn| sqlx::query_as(
        "SELECT organisation_id, person_id, network, address, since FROM mandate
         WHERE person_id = $1 ORDER BY organisation_id"
    )
    .bind(person)
    .fetch_all(conn)
    .await)?;
    rows.into_iter().map(MandateRow::read).collect()
}

/// The mandates of a collective's organisations, the oldest first.
///
/// # Errors
/// The database's.
pub async fn of_collective(tx: &mut Tx, collective: Uuid) -> Result<Vec<Mandate>, StoreError> {
    let rows: Vec<MandateRow> = on!(tx, |conn| sqlx::query_as(
        "SELECT organisation_id, person_id, network, address, mandate.since FROM mandate
         JOIN organisation ON organisation.id = organisation_id
         WHERE collective_id = $1 ORDER BY mandate.since, address"
    )
    .bind(collective)
    .fetch_all(conn)
    .await)?;
    rows.into_iter().map(MandateRow::read).collect()
}

/// Ends a person's mandate; whether there was one.
///
/// # Errors
/// The database's.
pub async fn end(tx: &mut Tx, organisation: Uuid, person: Uuid) -> Result<bool, StoreError> {
    let rows = change!(
        tx,
        sqlx::query("DELETE FROM mandate WHERE organisation_id = $1 AND person_id = $2")
            .bind(organisation)
            .bind(person)
    )?;
    Ok(rows == 1)
}

/// Ends every mandate of an organisation, and takes its invitations back.
///
/// # Errors
/// The database's.
pub async fn end_all(tx: &mut Tx, organisation: Uuid) -> Result<(), StoreError> {
    for statement in [
        "DELETE FROM mandate WHERE organisation_id = $1",
        "DELETE FROM mandate_code WHERE organisation_id = $1",
    ] {
        change!(tx, sqlx::query(statement).bind(organisation))?;
    }
    Ok(())
}

/// Ends the mandates that an account took.
///
/// # Errors
/// The database's.
pub async fn end_of_account(tx: &mut Tx, account: &Account) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query("DELETE FROM mandate WHERE network = $1 AND address = $2")
            .bind(account.network.name())
            .bind(&account.address)
    )?)
}

/// Gives a person's mandates to another; of two for one organisation, that of `into` stays.
///
/// # Errors
/// The database's.
pub async fn hand_over(tx: &mut Tx, from: Uuid, into: Uuid) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "UPDATE mandate SET person_id = $2 WHERE person_id = $1 AND organisation_id NOT IN
         (SELECT organisation_id FROM mandate WHERE person_id = $2)"
        )
        .bind(from)
        .bind(into)
    )?;
    erase(tx, from).await?;
    Ok(())
}

/// Ends a person's mandates.
///
/// # Errors
/// The database's.
pub async fn erase(tx: &mut Tx, person: Uuid) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query("DELETE FROM mandate WHERE person_id = $1").bind(person)
    )?)
}

/// Records an invitation.
///
/// # Errors
/// The database's.
pub async fn offer(
    tx: &mut Tx,
    digest: &str,
    organisation: Uuid,
    expires_at: DateTime<Utc>,
) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "INSERT INTO mandate_code (digest, organisation_id, expires_at) VALUES ($1, $2, $3)"
        )
        .bind(digest)
        .bind(organisation)
        .bind(expires_at)
    )?;
    Ok(())
}

/// Uses an invitation up; the organisation that it was for, if it was good at `now`.
///
/// # Errors
/// The database's.
pub async fn use_up(
    tx: &mut Tx,
    digest: &str,
    now: DateTime<Utc>,
) -> Result<Option<Uuid>, StoreError> {
    let row: Option<(Uuid, DateTime<Utc>)> = on!(tx, |conn| sqlx::query_as(
        "DELETE FROM mandate_code WHERE digest = $1 RETURNING organisation_id, expires_at"
    )
    .bind(digest)
    .fetch_optional(conn)
    .await)?;
    let good = row.filter(|(_, expires_at)| now < *expires_at);
    Ok(good.map(|(organisation, _)| organisation))
}

/// Forgets invitations that expired by `now`.
///
/// # Errors
/// The database's.
pub async fn forget(tx: &mut Tx, now: DateTime<Utc>) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query("DELETE FROM mandate_code WHERE expires_at <= $1").bind(now)
    )?)
}
