//! Collectives, their rooms, role grants and short numbers.

use chrono_tz::Tz;
use sqlx::FromRow;
use uuid::Uuid;

use super::error::known;
use super::{StoreError, Tx};
use crate::domain::actor::{Account, Role};
use crate::domain::collective::{Collective, Purpose, Room};
use crate::domain::ids::Kind;
use crate::domain::language::Language;
use crate::domain::network::NetworkKind;

#[derive(FromRow)]
struct CollectiveRow {
    id: Uuid,
    slug: String,
    name: String,
    time_zone: String,
    language: String,
    roles: Option<String>,
    steps: Option<String>,
    step: Option<String>,
}

impl CollectiveRow {
    fn read(self) -> Result<Collective, StoreError> {
        Ok(Collective {
            id: self.id,
            slug: self.slug,
            name: self.name,
            zone: zone(&self.time_zone)?,
            language: known("collective.language", &self.language, Language::from_tag)?,
            roles: self
                .roles
                .as_deref()
                .map(serde_json::from_str)
                .transpose()?
                .unwrap_or_default(),
            steps: self
                .steps
                .as_deref()
                .map(serde_json::from_str)
                .transpose()?
                .unwrap_or_default(),
            step: self.step,
        })
    }
}

/// A stored IANA name as a time zone.
pub(super) fn zone(name: &str) -> Result<Tz, StoreError> {
    known("collective.time_zone", name, |name| name.parse().ok())
}

#[derive(FromRow)]
struct RoomRow {
    id: Uuid,
    collective_id: Uuid,
    network: String,
    address: String,
    language: String,
    purpose: String,
}

impl RoomRow {
    fn read(self) -> Result<Room, StoreError> {
        Ok(Room {
            id: self.id,
            collective: self.collective_id,
            network: known("room.network", &self.network, |n| {
                n.parse::<NetworkKind>().ok()
            })?,
            address: self.address,
            language: known("room.language", &self.language, Language::from_tag)?,
            purpose: known("room.purpose", &self.purpose, Purpose::from_name)?,
        })
    }
}

/// Makes the collective with that slug be as given; keeps its id when it exists, else takes `collective.id`. The step it is
/// at is another function's ([`set_step`]).
///
/// # Errors
/// The database's.
pub async fn put(tx: &mut Tx, collective: &Collective) -> Result<Uuid, StoreError> {
    let roles = serde_json::to_string(&collective.roles)?;
    let steps = serde_json::to_string(&collective.steps)?;
    let (id,): (Uuid,) = on!(tx, |conn| {
        sqlx::query_as(
            "INSERT INTO collective (id, slug, name, time_zone, language, roles, steps)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (slug) DO UPDATE
         SET name = excluded.name, time_zone = excluded.time_zone, language = excluded.language,
             roles = excluded.roles, steps = excluded.steps
         RETURNING id",
        )
        .bind(collective.id)
        .bind(&collective.slug)
        .bind(&collective.name)
        .bind(collective.zone.name())
        .bind(collective.language.to_string())
        .bind(&roles)
        .bind(&steps)
        .fetch_one(conn)
        .await
    })?;
    Ok(id)
}

/// Records the step that a collective is at.
///
/// # Errors
/// The database's.
pub async fn set_step(tx: &mut Tx, id: Uuid, step: &str) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("UPDATE collective SET step = $2 WHERE id = $1")
            .bind(id)
            .bind(step)
    )?;
    Ok(())
}

/// Takes every collective out of the federation it stands in; those that configuration still names are put back with
/// [`set_federation`].
///
/// # Errors
/// The database's.
pub async fn leave_federations(tx: &mut Tx) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("UPDATE collective SET federation_id = NULL WHERE federation_id IS NOT NULL")
    )?;
    Ok(())
}

/// Makes a collective stand in a federation.
///
/// # Errors
/// The database's.
pub async fn set_federation(tx: &mut Tx, id: Uuid, federation: Uuid) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("UPDATE collective SET federation_id = $2 WHERE id = $1")
            .bind(id)
            .bind(federation)
    )?;
    Ok(())
}

/// The collectives that stand directly in a federation, by name.
///
/// # Errors
/// The database's.
pub async fn members(tx: &mut Tx, federation: Uuid) -> Result<Vec<Collective>, StoreError> {
    let rows: Vec<CollectiveRow> = on!(tx, |conn| {
        sqlx::query_as(
            "SELECT id, slug, name, time_zone, language, roles, steps, step FROM collective
             WHERE federation_id = $1 ORDER BY name, slug",
        )
        .bind(federation)
        .fetch_all(conn)
        .await
    })?;
    rows.into_iter().map(CollectiveRow::read).collect()
}

/// Every collective, by slug.
///
/// # Errors
/// The database's.
pub async fn all(tx: &mut Tx) -> Result<Vec<Collective>, StoreError> {
    let rows: Vec<CollectiveRow> = on!(tx, |conn| {
        sqlx::query_as(
        "SELECT id, slug, name, time_zone, language, roles, steps, step FROM collective ORDER BY slug"
    )
    .fetch_all(conn)
    .await
    })?;
    rows.into_iter().map(CollectiveRow::read).collect()
}

/// The collective with that id.
///
/// # Errors
/// The database's.
pub async fn get(tx: &mut Tx, id: Uuid) -> Result<Option<Collective>, StoreError> {
    let row: Option<CollectiveRow> = on!(tx, |conn| {
        sqlx::query_as(
        "SELECT id, slug, name, time_zone, language, roles, steps, step FROM collective WHERE id = $1"
    )
    .bind(id)
    .fetch_optional(conn)
    .await
    })?;
    row.map(CollectiveRow::read).transpose()
}

/// The collective of that name.
///
/// # Errors
/// The database's.
pub async fn by_slug(tx: &mut Tx, slug: &str) -> Result<Option<Collective>, StoreError> {
    let row: Option<CollectiveRow> = on!(tx, |conn| {
        sqlx::query_as(
        "SELECT id, slug, name, time_zone, language, roles, steps, step FROM collective WHERE slug = $1"
    )
    .bind(slug)
    .fetch_optional(conn)
    .await
    })?;
    row.map(CollectiveRow::read).transpose()
}

/// Makes the room at that address be as given, and active; a room has one collective at a time, and keeps its circle there.
///
/// # Errors
/// The database's.
pub async fn put_room(tx: &mut Tx, room: &Room) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "INSERT INTO room (id, collective_id, network, address, language, purpose, active)
         VALUES ($1, $2, $3, $4, $5, $6, TRUE)
         ON CONFLICT (network, address) DO UPDATE
         SET circle_id = CASE WHEN room.collective_id = excluded.collective_id THEN room.circle_id END,
             collective_id = excluded.collective_id, language = excluded.language,
             purpose = excluded.purpose, active = TRUE"
        )
        .bind(room.id)
        .bind(room.collective)
        .bind(room.network.name())
        .bind(&room.address)
        .bind(room.language.to_string())
        .bind(room.purpose.name())
    )?;
    Ok(())
}

/// Takes every room out of use; those that configuration still names are put back with [`put_room`].
///
/// # Errors
/// The database's.
pub async fn retire_rooms(tx: &mut Tx) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("UPDATE room SET active = FALSE WHERE active = TRUE")
    )?;
    Ok(())
}

/// The active room at that address.
///
/// # Errors
/// The database's.
pub async fn room_at(
    tx: &mut Tx,
    network: NetworkKind,
    address: &str,
) -> Result<Option<Room>, StoreError> {
    let row: Option<RoomRow> = on!(tx, |conn| sqlx::query_as(
        "SELECT id, collective_id, network, address, language, purpose FROM room
         WHERE network = $1 AND address = $2 AND active = TRUE"
    )
    .bind(network.name())
    .bind(address)
    .fetch_optional(conn)
    .await)?;
    row.map(RoomRow::read).transpose()
}

/// The active rooms of a collective.
///
/// # Errors
/// The database's.
pub async fn rooms(tx: &mut Tx, collective: Uuid) -> Result<Vec<Room>, StoreError> {
    let rows: Vec<RoomRow> = on!(tx, |conn| sqlx::query_as(
        "SELECT id, collective_id, network, address, language, purpose FROM room
         WHERE collective_id = $1 AND active = TRUE ORDER BY network, address"
    )
    .bind(collective)
    .fetch_all(conn)
    .await)?;
    rows.into_iter().map(RoomRow::read).collect()
}

/// Records whether a room shows the workshops to come.
///
/// # Errors
/// The database's.
pub async fn set_list(tx: &mut Tx, room: Uuid, shown: bool) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("UPDATE room SET workshop_list = $2 WHERE id = $1")
            .bind(room)
            .bind(shown)
    )?;
    Ok(())
}

/// Addresses of the active rooms on a network that show the workshops to come.
///
/// # Errors
/// The database's.
pub async fn lists(tx: &mut Tx, network: NetworkKind) -> Result<Vec<String>, StoreError> {
    let rows: Vec<(String,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT address FROM room
         WHERE network = $1 AND workshop_list = TRUE AND active = TRUE ORDER BY address"
    )
    .bind(network.name())
    .fetch_all(conn)
    .await)?;
    Ok(rows.into_iter().map(|(address,)| address).collect())
}

/// Addresses of every active room on a network.
///
/// # Errors
/// The database's.
pub async fn addresses(tx: &mut Tx, network: NetworkKind) -> Result<Vec<String>, StoreError> {
    let rows: Vec<(String,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT address FROM room WHERE network = $1 AND active = TRUE ORDER BY address"
    )
    .bind(network.name())
    .fetch_all(conn)
    .await)?;
    Ok(rows.into_iter().map(|(address,)| address).collect())
}

/// Gives an account a role in a collective, in place of the one it had by grant.
///
/// # Errors
/// The database's.
pub async fn grant(
    tx: &mut Tx,
    collective: Uuid,
    account: &Account,
    role: Role,
) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "INSERT INTO role_grant (collective_id, network, address, role) VALUES ($1, $2, $3, $4)
         ON CONFLICT (collective_id, network, address) DO UPDATE SET role = excluded.role"
        )
        .bind(collective)
        .bind(account.network.name())
        .bind(&account.address)
        .bind(role.name())
    )?;
    Ok(())
}

/// Takes back every grant in a collective; those that configuration still names are given again.
///
/// # Errors
/// The database's.
pub async fn revoke_all(tx: &mut Tx, collective: Uuid) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("DELETE FROM role_grant WHERE collective_id = $1").bind(collective)
    )?;
    Ok(())
}

/// The role that an account has by grant in a collective.
///
/// # Errors
/// The database's.
pub async fn granted(
    tx: &mut Tx,
    collective: Uuid,
    account: &Account,
) -> Result<Option<Role>, StoreError> {
    let row: Option<(String,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT role FROM role_grant WHERE collective_id = $1 AND network = $2 AND address = $3"
    )
    .bind(collective)
    .bind(account.network.name())
    .bind(&account.address)
    .fetch_optional(conn)
    .await)?;
    row.map(|(role,)| known("role_grant.role", &role, Role::from_name))
        .transpose()
}

/// The roles that accounts have by grant in a collective, in the order of networks and addresses.
///
/// # Errors
/// The database's.
pub async fn grants(tx: &mut Tx, collective: Uuid) -> Result<Vec<(Account, Role)>, StoreError> {
    let rows: Vec<(String, String, String)> = on!(tx, |conn| sqlx::query_as(
        "SELECT network, address, role FROM role_grant
         WHERE collective_id = $1 ORDER BY network, address"
    )
    .bind(collective)
    .fetch_all(conn)
    .await)?;
    rows.into_iter()
        .map(|(network, address, role)| {
            let network = known("role_grant.network", &network, |n| n.parse().ok())?;
            let role = known("role_grant.role", &role, Role::from_name)?;
            Ok((Account { network, address }, role))
        })
        .collect()
}

/// Takes an account's grants away, in every collective.
///
/// # Errors
/// The database's.
pub async fn revoke(tx: &mut Tx, account: &Account) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query("DELETE FROM role_grant WHERE network = $1 AND address = $2")
            .bind(account.network.name())
            .bind(&account.address)
    )?)
}

/// The next short number of that kind in a collective, from 1, never given twice.
///
/// # Errors
/// The database's.
pub async fn next_number(tx: &mut Tx, collective: Uuid, kind: Kind) -> Result<i64, StoreError> {
    let (last,): (i64,) = on!(tx, |conn| sqlx::query_as(
        "INSERT INTO counter (collective_id, kind, last) VALUES ($1, $2, 1)
         ON CONFLICT (collective_id, kind) DO UPDATE SET last = counter.last + 1
         RETURNING last"
    )
    .bind(collective)
    .bind(kind.name())
    .fetch_one(conn)
    .await)?;
    Ok(last)
}
