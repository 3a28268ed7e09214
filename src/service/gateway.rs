//! What the desk needs of the store, so that `command` and the networks never import it: the inbox, cursors and
//! notes, and the types of a transaction.

use chrono::{DateTime, Utc};

use super::ServiceError;
use crate::domain::network::NetworkKind;
use crate::store::inbox::Waiting;
use crate::store::{circles, collectives, inbox, notes};

pub use crate::store::{Db, Failure, StoreError, Tx};

/// The name of the note that holds a network's cursor (Matrix's sync token).
pub const CURSOR: &str = "cursor";

/// Records that an event happened; false when it was known already.
///
/// # Errors
/// The database's.
pub async fn first_time(
    tx: &mut Tx,
    network: NetworkKind,
    key: &str,
    now: DateTime<Utc>,
) -> Result<bool, ServiceError> {
    Ok(inbox::add(tx, network, key, now, 0, None).await?)
}

/// Takes events (key and content) into the inbox, and the cursor that stands behind them.
///
/// # Errors
/// The database's.
pub async fn accept(
    tx: &mut Tx,
    network: NetworkKind,
    batch: &[(String, serde_json::Value)],
    cursor: &str,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    for (sequence, (key, payload)) in (0_i64..).zip(batch) {
        inbox::add(tx, network, key, now, sequence, Some(payload)).await?;
    }
    notes::set(tx, network, CURSOR, cursor).await?;
    Ok(())
}

/// Puts events into the inbox that are to be handled again, under keys of their own.
///
/// # Errors
/// The database's.
pub async fn put_back(
    tx: &mut Tx,
    network: NetworkKind,
    events: &[(String, serde_json::Value)],
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    for (sequence, (key, payload)) in (0_i64..).zip(events) {
        inbox::add(tx, network, key, now, sequence, Some(payload)).await?;
    }
    Ok(())
}

/// Events that wait to be handled, oldest first, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn waiting(tx: &mut Tx, limit: i64) -> Result<Vec<Waiting>, ServiceError> {
    Ok(inbox::waiting(tx, limit).await?)
}

/// Marks an event as handled; false when it was before.
///
/// # Errors
/// The database's.
pub async fn handled(tx: &mut Tx, network: NetworkKind, key: &str) -> Result<bool, ServiceError> {
    Ok(inbox::handled(tx, network, key).await?)
}

/// A small durable value of a network's own.
///
/// # Errors
/// The database's.
pub async fn note(
    tx: &mut Tx,
    network: NetworkKind,
    name: &str,
) -> Result<Option<String>, ServiceError> {
    Ok(notes::get(tx, network, name).await?)
}

/// Writes a small durable value over.
///
/// # Errors
/// The database's.
pub async fn set_note(
    tx: &mut Tx,
    network: NetworkKind,
    name: &str,
    value: &str,
) -> Result<(), ServiceError> {
    Ok(notes::set(tx, network, name, value).await?)
}

/// Addresses of the rooms on a network that some collective uses.
///
/// # Errors
/// The database's.
pub async fn rooms(tx: &mut Tx, network: NetworkKind) -> Result<Vec<String>, ServiceError> {
    Ok(collectives::addresses(tx, network).await?)
}

/// Of these, the rooms that are in a circle.
///
/// # Errors
/// The database's.
pub async fn circle_rooms(tx: &mut Tx, network: NetworkKind) -> Result<Vec<String>, ServiceError> {
    Ok(circles::addresses(tx, network).await?)
}
