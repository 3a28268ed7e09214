//! Published digests.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use sqlx::types::Json;
use uuid::Uuid;

use super::{StoreError, Tx};
use crate::domain::digest::{Digest, Facts};

#[derive(FromRow)]
struct DigestRow {
    id: Uuid,
    collective_id: Uuid,
    number: i64,
    facts: Json<Facts>,
}

impl From<DigestRow> for Digest {
    fn from(row: DigestRow) -> Self {
        Self {
            id: row.id,
            collective: row.collective_id,
            number: row.number,
            facts: row.facts.0,
        }
    }
}

/// Records a published edition.
///
/// # Errors
/// The database's.
pub async fn add(tx: &mut Tx, digest: &Digest) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "INSERT INTO digest (id, collective_id, number, from_at, until_at, facts)
         VALUES ($1, $2, $3, $4, $5, $6)"
        )
        .bind(digest.id)
        .bind(digest.collective)
        .bind(digest.number)
        .bind(digest.facts.from)
        .bind(digest.facts.until)
        .bind(Json(&digest.facts))
    )?;
    Ok(())
}

/// The edition with that id.
///
/// # Errors
/// The database's.
pub async fn get(tx: &mut Tx, id: Uuid) -> Result<Option<Digest>, StoreError> {
    let row: Option<DigestRow> = on!(tx, |conn| sqlx::query_as(
        "SELECT id, collective_id, number, facts FROM digest WHERE id = $1"
    )
    .bind(id)
    .fetch_optional(conn)
    .await)?;
    Ok(row.map(Digest::from))
}

/// The edition with that number in a collective.
///
/// # Errors
/// The database's.
pub async fn by_number(
    tx: &mut Tx,
    collective: Uuid,
    number: i64,
) -> Result<Option<Digest>, StoreError> {
    let row: Option<DigestRow> = on!(tx, |conn| {
        sqlx::query_as(
        "SELECT id, collective_id, number, facts FROM digest WHERE collective_id = $1 AND number = $2"
    )
    .bind(collective)
    .bind(number)
    .fetch_optional(conn)
    .await
    })?;
    Ok(row.map(Digest::from))
}

/// The editions of a collective, latest first, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn latest(tx: &mut Tx, collective: Uuid, limit: i64) -> Result<Vec<Digest>, StoreError> {
    let rows: Vec<DigestRow> = on!(tx, |conn| {
        sqlx::query_as(
            "SELECT id, collective_id, number, facts FROM digest
         WHERE collective_id = $1 ORDER BY number DESC LIMIT $2",
        )
        .bind(collective)
        .bind(limit)
        .fetch_all(conn)
        .await
    })?;
    Ok(rows.into_iter().map(Digest::from).collect())
}

/// When the period of a collective's last edition ended.
///
/// # Errors
/// The database's.
pub async fn last_until(
    tx: &mut Tx,
    collective: Uuid,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    let row: Option<(DateTime<Utc>,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT until_at FROM digest WHERE collective_id = $1 ORDER BY number DESC LIMIT 1"
    )
    .bind(collective)
    .fetch_optional(conn)
    .await)?;
    Ok(row.map(|(until,)| until))
}
