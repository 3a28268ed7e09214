//! One-time codes that link accounts, and wrong tries. Digests only.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::error::known;
use super::{StoreError, Tx};
use crate::domain::actor::Account;

/// A code that is still good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The account that asked for it.
    pub account: Account,
    /// The person behind that account.
    pub person: Uuid,
    /// The code's digest.
    pub digest: String,
}

/// Records an account's code, in place of its earlier one.
///
/// # Errors
/// The database's.
pub async fn offer(
    tx: &mut Tx,
    offer: &Offer,
    expires_at: DateTime<Utc>,
) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "INSERT INTO link_code (network, address, person_id, digest, expires_at)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (network, address) DO UPDATE
         SET person_id = excluded.person_id, digest = excluded.digest,
             expires_at = excluded.expires_at"
        )
        .bind(offer.account.network.name())
        .bind(&offer.account.address)
        .bind(offer.person)
        .bind(&offer.digest)
        .bind(expires_at)
    )?;
    Ok(())
}

/// Every code that is good at `now`.
///
/// # Errors
/// The database's.
pub async fn offers(tx: &mut Tx, now: DateTime<Utc>) -> Result<Vec<Offer>, StoreError> {
    let rows: Vec<(String, String, Uuid, String)> = on!(tx, |conn| sqlx::query_as(
        "SELECT network, address, person_id, digest FROM link_code WHERE expires_at > $1"
    )
    .bind(now)
    .fetch_all(conn)
    .await)?;
    rows.into_iter()
        .map(|(network, address, person, digest)| {
            let network = known("link_code.network", &network, |n| n.parse().ok())?;
            Ok(Offer {
                account: Account { network, address },
                person,
                digest,
            })
        })
        .collect()
}

/// Uses a code up; false when somebody else did before.
///
/// # Errors
/// The database's.
pub async fn use_up(tx: &mut Tx, digest: &str) -> Result<bool, StoreError> {
    let rows = change!(
        tx,
        sqlx::query("DELETE FROM link_code WHERE digest = $1").bind(digest)
    )?;
    Ok(rows == 1)
}

/// Takes a person's codes back.
///
/// # Errors
/// The database's.
pub async fn withdraw(tx: &mut Tx, person: Uuid) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("DELETE FROM link_code WHERE person_id = $1").bind(person)
    )?;
    Ok(())
}

/// How many wrong codes the account behind a digest tried since `since`.
///
/// # Errors
/// The database's.
pub async fn tries(tx: &mut Tx, account: &str, since: DateTime<Utc>) -> Result<i64, StoreError> {
    let row: Option<(i64,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT tries FROM link_try WHERE account_digest = $1 AND since > $2"
    )
    .bind(account)
    .bind(since)
    .fetch_optional(conn)
    .await)?;
    Ok(row.map_or(0, |(tries,)| tries))
}

/// Counts a wrong try; earlier ones count no more if they began before `since`.
///
/// # Errors
/// The database's.
pub async fn count_try(
    tx: &mut Tx,
    account: &str,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "INSERT INTO link_try (account_digest, tries, since) VALUES ($1, 1, $3)
         ON CONFLICT (account_digest) DO UPDATE
         SET tries = CASE WHEN link_try.since > $2 THEN link_try.tries + 1 ELSE 1 END,
             since = CASE WHEN link_try.since > $2 THEN link_try.since ELSE $3 END"
        )
        .bind(account)
        .bind(since)
        .bind(now)
    )?;
    Ok(())
}

/// Forgets the tries of one account.
///
/// # Errors
/// The database's.
pub async fn forget_tries_of(tx: &mut Tx, account: &str) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("DELETE FROM link_try WHERE account_digest = $1").bind(account)
    )?;
    Ok(())
}

/// Forgets codes that expired by `now`, and tries that began before `since`.
///
/// # Errors
/// The database's.
pub async fn forget(
    tx: &mut Tx,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let codes = change!(
        tx,
        sqlx::query("DELETE FROM link_code WHERE expires_at <= $1").bind(now)
    )?;
    let tries = change!(
        tx,
        sqlx::query("DELETE FROM link_try WHERE since <= $1").bind(since)
    )?;
    Ok(codes + tries)
}
