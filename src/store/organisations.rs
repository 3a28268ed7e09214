//! The roll of partner organisations.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::{StoreError, Tx};
use crate::domain::organisation::Organisation;
use crate::domain::text::Wording;

/// The columns of an organisation, for [`OrganisationRow`].
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT organisation.id, collective_id, slug, name, name_en, sector, organisation.since, active, circle_id
             FROM organisation ",
            $rest
        )
    };
}

#[derive(FromRow)]
struct OrganisationRow {
    id: Uuid,
    collective_id: Uuid,
    slug: String,
    name: String,
    name_en: Option<String>,
    sector: String,
    since: DateTime<Utc>,
    active: bool,
    circle_id: Option<Uuid>,
}

impl From<OrganisationRow> for Organisation {
    fn from(row: OrganisationRow) -> Self {
        Self {
            id: row.id,
            collective: row.collective_id,
            slug: row.slug,
            name: Wording {
                text: row.name,
                english: row.name_en,
            },
            sector: row.sector,
            since: row.since,
            active: row.active,
            circle: row.circle_id,
        }
    }
}

fn read(rows: Vec<OrganisationRow>) -> Vec<Organisation> {
    rows.into_iter().map(Organisation::from).collect()
}

/// Records an organisation, or makes the one of that id be as given. Its short name and its collective never change; its
/// circle is another function's ([`place_organisation`](super::circles::place_organisation)).
///
/// # Errors
/// The database's.
pub async fn put(tx: &mut Tx, organisation: &Organisation) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "INSERT INTO organisation (id, collective_id, slug, name, name_en, sector, since, active)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (id) DO UPDATE
         SET name = excluded.name, name_en = excluded.name_en, sector = excluded.sector,
             since = excluded.since, active = excluded.active"
        )
        .bind(organisation.id)
        .bind(organisation.collective)
        .bind(&organisation.slug)
        .bind(&organisation.name.text)
        .bind(&organisation.name.english)
        .bind(&organisation.sector)
        .bind(organisation.since)
        .bind(organisation.active)
    )?;
    Ok(())
}

/// The organisation with that id.
///
/// # Errors
/// The database's.
pub async fn get(tx: &mut Tx, id: Uuid) -> Result<Option<Organisation>, StoreError> {
    let row: Option<OrganisationRow> = on!(tx, |conn| sqlx::query_as(select!("WHERE id = $1"))
        .bind(id)
        .fetch_optional(conn)
        .await)?;
    Ok(row.map(Organisation::from))
}

/// The organisations of a collective, retired ones included, by name.
///
/// # Errors
/// The database's.
pub async fn all(tx: &mut Tx, collective: Uuid) -> Result<Vec<Organisation>, StoreError> {
    let rows: Vec<OrganisationRow> = on!(tx, |conn| sqlx::query_as(select!(
        "WHERE collective_id = $1 ORDER BY name, slug"
    ))
    .bind(collective)
    .fetch_all(conn)
    .await)?;
    Ok(read(rows))
}

/// The organisations that a person represents, in every collective, by name. Retired ones are represented by nobody.
///
/// # Errors
/// The database's.
pub async fn represented_by(tx: &mut Tx, person: Uuid) -> Result<Vec<Organisation>, StoreError> {
    let rows: Vec<OrganisationRow> = on!(tx, |conn| sqlx::query_as(select!(
        "JOIN mandate ON mandate.organisation_id = organisation.id
         WHERE mandate.person_id = $1 ORDER BY name, slug"
    ))
    .bind(person)
    .fetch_all(conn)
    .await)?;
    Ok(read(rows))
}
