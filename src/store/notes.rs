//! Small durable values of a network's own: its sync token, the hash of its registered commands.

use super::{StoreError, Tx};
use crate::domain::network::NetworkKind;

/// The value of a note.
///
/// # Errors
/// The database's.
pub async fn get(
    tx: &mut Tx,
    network: NetworkKind,
    name: &str,
) -> Result<Option<String>, StoreError> {
    let row: Option<(String,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT value FROM note WHERE network = $1 AND name = $2"
    )
    .bind(network.name())
    .bind(name)
    .fetch_optional(conn)
    .await)?;
    Ok(row.map(|(value,)| value))
}

/// Writes a note over.
///
/// # Errors
/// The database's.
pub async fn set(
    tx: &mut Tx,
    network: NetworkKind,
    name: &str,
    value: &str,
) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "INSERT INTO note (network, name, value) VALUES ($1, $2, $3)
         ON CONFLICT (network, name) DO UPDATE SET value = excluded.value"
        )
        .bind(network.name())
        .bind(name)
        .bind(value)
    )?;
    Ok(())
}
