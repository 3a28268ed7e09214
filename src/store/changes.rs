//! Changes of workshops that rooms are told of.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{StoreError, Tx};
use crate::domain::workshop::Change;

type Row = (Uuid, Uuid, DateTime<Utc>, String);

fn read((id, workshop, at, before): Row) -> Result<Change, StoreError> {
    Ok(Change {
        id,
        workshop,
        at,
        before: serde_json::from_str(&before)?,
    })
}

/// Records a change.
///
/// # Errors
/// The database's.
pub async fn add(tx: &mut Tx, change: &Change) -> Result<(), StoreError> {
    let before = serde_json::to_string(&change.before)?;
    change!(
        tx,
        sqlx::query(
            "INSERT INTO workshop_change (id, workshop_id, at, before) VALUES ($1, $2, $3, $4)"
        )
        .bind(change.id)
        .bind(change.workshop)
        .bind(change.at)
        .bind(&before)
    )?;
    Ok(())
}

/// The change with that id.
///
/// # Errors
/// The database's.
pub async fn get(tx: &mut Tx, id: Uuid) -> Result<Option<Change>, StoreError> {
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(
        "SELECT id, workshop_id, at, before FROM workshop_change WHERE id = $1"
    )
    .bind(id)
    .fetch_optional(conn)
    .await)?;
    row.map(read).transpose()
}

/// A workshop's latest change since `since`.
///
/// # Errors
/// The database's.
pub async fn latest(
    tx: &mut Tx,
    workshop: Uuid,
    since: DateTime<Utc>,
) -> Result<Option<Change>, StoreError> {
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(
        "SELECT id, workshop_id, at, before FROM workshop_change
         WHERE workshop_id = $1 AND at >= $2 ORDER BY at DESC, id DESC LIMIT 1"
    )
    .bind(workshop)
    .bind(since)
    .fetch_optional(conn)
    .await)?;
    row.map(read).transpose()
}
