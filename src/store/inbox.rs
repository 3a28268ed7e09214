//! The inbox: each network event has its effect once.
//!
//! The key of an event is kept; its content only until it is handled.

use chrono::{DateTime, Utc};

use super::{StoreError, Tx};
use crate::domain::network::NetworkKind;

/// An event that waits to be handled, as its network wrote it down.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting {
    /// The network it came from.
    pub network: NetworkKind,
    /// Its key.
    pub key: String,
    /// Its content.
    pub payload: serde_json::Value,
}

/// Records an event; false when its key was known already. With no payload it counts as handled.
///
/// # Errors
/// The database's.
pub async fn add(
    tx: &mut Tx,
    network: NetworkKind,
    key: &str,
    now: DateTime<Utc>,
    sequence: i64,
    payload: Option<&serde_json::Value>,
) -> Result<bool, StoreError> {
    let payload = payload.map(serde_json::to_string).transpose()?;
    let rows = change!(
        tx,
        sqlx::query(
            "INSERT INTO inbox (network, event_key, received_at, sequence, payload)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING"
        )
        .bind(network.name())
        .bind(key)
        .bind(now)
        .bind(sequence)
        .bind(payload)
    )?;
    Ok(rows == 1)
}

/// Events that wait, in the order in which they came, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn waiting(tx: &mut Tx, limit: i64) -> Result<Vec<Waiting>, StoreError> {
    let rows: Vec<(String, String, String)> = on!(tx, |conn| sqlx::query_as(
        "SELECT network, event_key, payload FROM inbox WHERE payload IS NOT NULL
         ORDER BY received_at, sequence LIMIT $1"
    )
    .bind(limit)
    .fetch_all(conn)
    .await)?;
    rows.into_iter()
        .map(|(network, key, payload)| {
            let network =
                super::error::known("inbox.network", &network, |n| n.parse::<NetworkKind>().ok())?;
            Ok(Waiting {
                network,
                key,
                payload: serde_json::from_str(&payload)?,
            })
        })
        .collect()
}

/// Drops the content of an event that is handled; false when somebody else did so before.
///
/// # Errors
/// The database's.
pub async fn handled(tx: &mut Tx, network: NetworkKind, key: &str) -> Result<bool, StoreError> {
    let rows = change!(
        tx,
        sqlx::query(
            "UPDATE inbox SET payload = NULL
         WHERE network = $1 AND event_key = $2 AND payload IS NOT NULL"
        )
        .bind(network.name())
        .bind(key)
    )?;
    Ok(rows == 1)
}

/// Forgets keys of events older than `before`: no network repeats an event after so long.
///
/// # Errors
/// The database's.
pub async fn forget(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query("DELETE FROM inbox WHERE received_at < $1 AND payload IS NULL").bind(before)
    )?)
}

/// How many events are not handled yet.
///
/// # Errors
/// The database's.
pub async fn backlog(tx: &mut Tx) -> Result<i64, StoreError> {
    let (count,): (i64,) = on!(tx, |conn| sqlx::query_as(
        "SELECT count(*) FROM inbox WHERE payload IS NOT NULL"
    )
    .fetch_one(conn)
    .await)?;
    Ok(count)
}
