//! Circles, and which rooms and organisations are in them.

use sqlx::FromRow;
use uuid::Uuid;

use super::{StoreError, Tx};
use crate::domain::circle::Circle;
use crate::domain::network::NetworkKind;
use crate::domain::text::Wording;

#[derive(FromRow)]
struct CircleRow {
    id: Uuid,
    collective_id: Uuid,
    slug: String,
    name: String,
    name_en: Option<String>,
    parent_id: Option<Uuid>,
    active: bool,
}

impl From<CircleRow> for Circle {
    fn from(row: CircleRow) -> Self {
        Self {
            id: row.id,
            collective: row.collective_id,
            slug: row.slug,
            name: Wording {
                text: row.name,
                english: row.name_en,
            },
            parent: row.parent_id,
            active: row.active,
        }
    }
}

/// Records a circle, or makes the one of that id be as given. Its short name and its collective never change.
///
/// # Errors
/// The database's.
pub async fn put(tx: &mut Tx, circle: &Circle) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "INSERT INTO circle (id, collective_id, slug, name, name_en, parent_id, active)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (id) DO UPDATE
         SET name = excluded.name, name_en = excluded.name_en, parent_id = excluded.parent_id,
             active = excluded.active"
        )
        .bind(circle.id)
        .bind(circle.collective)
        .bind(&circle.slug)
        .bind(&circle.name.text)
        .bind(&circle.name.english)
        .bind(circle.parent)
        .bind(circle.active)
    )?;
    Ok(())
}

/// The circles of a collective, retired ones included, by name.
///
/// # Errors
/// The database's.
pub async fn all(tx: &mut Tx, collective: Uuid) -> Result<Vec<Circle>, StoreError> {
    let rows: Vec<CircleRow> = on!(tx, |conn| sqlx::query_as(
        "SELECT id, collective_id, slug, name, name_en, parent_id, active FROM circle
         WHERE collective_id = $1 ORDER BY name, slug"
    )
    .bind(collective)
    .fetch_all(conn)
    .await)?;
    Ok(rows.into_iter().map(Circle::from).collect())
}

/// Puts a room into a circle, or into none.
///
/// # Errors
/// The database's.
pub async fn place_room(tx: &mut Tx, room: Uuid, circle: Option<Uuid>) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("UPDATE room SET circle_id = $2 WHERE id = $1")
            .bind(room)
            .bind(circle)
    )?;
    Ok(())
}

/// Puts an organisation into a circle, or into none.
///
/// # Errors
/// The database's.
pub async fn place_organisation(
    tx: &mut Tx,
    organisation: Uuid,
    circle: Option<Uuid>,
) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("UPDATE organisation SET circle_id = $2 WHERE id = $1")
            .bind(organisation)
            .bind(circle)
    )?;
    Ok(())
}

/// Moves what is directly in a circle into another, or into none: rooms, organisations, inner circles. What was suggested to
/// it is suggested to the other, or to everybody.
///
/// # Errors
/// The database's.
pub async fn empty(tx: &mut Tx, circle: Uuid, into: Option<Uuid>) -> Result<(), StoreError> {
    for statement in [
        "UPDATE room SET circle_id = $2 WHERE circle_id = $1",
        "UPDATE organisation SET circle_id = $2 WHERE circle_id = $1",
        "UPDATE suggestion SET circle_id = $2 WHERE circle_id = $1",
        "UPDATE circle SET parent_id = $2 WHERE parent_id = $1",
    ] {
        change!(tx, sqlx::query(statement).bind(circle).bind(into))?;
    }
    Ok(())
}

/// The active rooms of a collective that are in a circle, each with its circle.
///
/// # Errors
/// The database's.
pub async fn rooms(tx: &mut Tx, collective: Uuid) -> Result<Vec<(Uuid, Uuid)>, StoreError> {
    Ok(on!(tx, |conn| sqlx::query_as(
        "SELECT id, circle_id FROM room
         WHERE collective_id = $1 AND circle_id IS NOT NULL AND active = TRUE ORDER BY id"
    )
    .bind(collective)
    .fetch_all(conn)
    .await)?)
}

/// Addresses of every active room on a network that is in a circle.
///
/// # Errors
/// The database's.
pub async fn addresses(tx: &mut Tx, network: NetworkKind) -> Result<Vec<String>, StoreError> {
    let rows: Vec<(String,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT address FROM room
         WHERE network = $1 AND circle_id IS NOT NULL AND active = TRUE ORDER BY address"
    )
    .bind(network.name())
    .fetch_all(conn)
    .await)?;
    Ok(rows.into_iter().map(|(address,)| address).collect())
}
