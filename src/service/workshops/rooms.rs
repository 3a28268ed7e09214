//! Which rooms a workshop is announced in: those that were chosen, or every public one.

use uuid::Uuid;

use super::super::{Refusal, ServiceError};
use crate::domain::collective::{Purpose, Room};
use crate::domain::workshop::{Status, Wish, Workshop};
use crate::store::{Tx, collectives, workshops};

/// Where a workshop is announced changes: a draft's rooms are replaced, an announced one's are added to, since what a room
/// was shown it keeps. True if anything changed.
pub(super) async fn change(
    tx: &mut Tx,
    workshop: &Workshop,
    wish: &Wish,
) -> Result<bool, ServiceError> {
    let everywhere = wish.without.iter().any(|name| name == "rooms");
    if !everywhere && wish.rooms.is_none() {
        return Ok(false);
    }
    let before = workshops::rooms(tx, workshop.id).await?;
    let more = named(tx, workshop.collective, wish.rooms.as_deref()).await?;
    let mut wanted = match workshop.status {
        _ if everywhere => Vec::new(),
        Status::Draft => more,
        _ if before.is_empty() => return Ok(false),
        _ => [more, before.clone()].concat(),
    };
    wanted.sort_unstable();
    wanted.dedup();
    if wanted == before {
        return Ok(false);
    }
    workshops::set_rooms(tx, workshop.id, &wanted).await?;
    Ok(true)
}

/// The public rooms of a collective.
async fn public(tx: &mut Tx, collective: Uuid) -> Result<Vec<Room>, ServiceError> {
    let mut rooms = collectives::rooms(tx, collective).await?;
    rooms.retain(|room| room.purpose == Purpose::Public);
    Ok(rooms)
}

/// The rooms that a workshop is announced in.
pub(in crate::service) async fn of(
    tx: &mut Tx,
    workshop: &Workshop,
) -> Result<Vec<Room>, ServiceError> {
    let chosen = workshops::rooms(tx, workshop.id).await?;
    let mut rooms = public(tx, workshop.collective).await?;
    rooms.retain(|room| chosen.is_empty() || chosen.contains(&room.id));
    Ok(rooms)
}

/// The public rooms that somebody names: each by its address (a mention of it, on Discord), or all of a network by the
/// network's name. None if nothing is said.
pub(in crate::service) async fn named(
    tx: &mut Tx,
    collective: Uuid,
    names: Option<&[String]>,
) -> Result<Vec<Uuid>, ServiceError> {
    let mut chosen = Vec::new();
    let Some(names) = names.filter(|names| !names.is_empty()) else {
        return Ok(chosen);
    };
    let rooms = public(tx, collective).await?;
    for name in names {
        let address = name.trim_start_matches("<#").trim_end_matches('>');
        let meant = |room: &&Room| {
            room.address == address || room.network.name().eq_ignore_ascii_case(address)
        };
        let before = chosen.len();
        chosen.extend(rooms.iter().filter(meant).map(|room| room.id));
        if chosen.len() == before {
            return Err(Refusal::UnknownRoom(name.chars().take(60).collect()).into());
        }
    }
    chosen.sort_unstable();
    chosen.dedup();
    Ok(chosen)
}
