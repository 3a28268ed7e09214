//! What all processes on a database must agree on.

use super::{StoreError, Tx};

/// The value under that name.
///
/// # Errors
/// The database's.
pub async fn get(tx: &mut Tx, name: &str) -> Result<Option<String>, StoreError> {
    let row: Option<(String,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT value FROM setting WHERE name = $1"
    )
    .bind(name)
    .fetch_optional(conn)
    .await)?;
    Ok(row.map(|(value,)| value))
}

/// Writes a value over.
///
/// # Errors
/// The database's.
pub async fn set(tx: &mut Tx, name: &str, value: &str) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "INSERT INTO setting (name, value) VALUES ($1, $2)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        )
        .bind(name)
        .bind(value)
    )?;
    Ok(())
}

/// Takes a value away.
///
/// # Errors
/// The database's.
pub async fn clear(tx: &mut Tx, name: &str) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("DELETE FROM setting WHERE name = $1").bind(name)
    )?;
    Ok(())
}
