//! The list of workshops to come that a room keeps pinned: one card per room, raised only when a line of it changes.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::super::{Refusal, ServiceError, cards, journal, require};
use crate::domain::actor::{Actor, Role};
use crate::domain::card::View;
use crate::domain::collective::Purpose;
use crate::domain::event::{EventKind, Subject as Written};
use crate::domain::network::NetworkKind;
use crate::domain::workshop::Workshop;
use crate::store::cards::Subject;
use crate::store::{Tx, cards as stored_cards, collectives, workshops};

/// How many workshops the list shows.
const LISTED: i64 = 10;

/// What a room's list says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Whether the room still wants it.
    pub kept: bool,
    /// The next ones.
    pub coming: Vec<Workshop>,
    /// How many come after these.
    pub more: i64,
}

/// Keeps the list of workshops to come in the room, or no more.
///
/// # Errors
/// Not an organizer; no public room of the collective.
pub async fn pin(
    tx: &mut Tx,
    actor: &Actor,
    address: &str,
    pinned: bool,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    require(actor, Role::Organizer)?;
    let room = collectives::room_at(tx, actor.account.network, address).await?;
    let ours = |room: &crate::domain::collective::Room| {
        room.purpose == Purpose::Public && room.collective == actor.collective
    };
    let room = room.filter(ours).ok_or(Refusal::PublicRoomOnly)?;
    collectives::set_list(tx, room.id, pinned).await?;
    let act = if pinned {
        EventKind::ListPinned
    } else {
        EventKind::ListUnpinned
    };
    let place = Written::Room(room.network, room.address.clone());
    journal::record(tx, actor, act, place, now).await?;
    if pinned {
        let list = Subject::Collective(room.collective);
        return cards::show_in(tx, &[room], list, View::List, now).await;
    }
    refresh(tx, room.collective).await
}

/// Brings the lists of a collective up to date.
///
/// # Errors
/// The database's.
pub(super) async fn refresh(tx: &mut Tx, collective: Uuid) -> Result<(), ServiceError> {
    stored_cards::raise(tx, collective, View::List).await?;
    Ok(())
}

/// What the list of a collective says in the room at that address.
///
/// # Errors
/// The database's.
pub async fn listing(
    tx: &mut Tx,
    collective: Uuid,
    (network, address): (NetworkKind, &str),
) -> Result<Listing, ServiceError> {
    let wanted = collectives::lists(tx, network).await?;
    let room = collectives::room_at(tx, network, address).await?;
    let room = room.filter(|room| {
        room.collective == collective && wanted.iter().any(|wanted| wanted == address)
    });
    let Some(room) = room else {
        return Ok(Listing {
            kept: false,
            coming: Vec::new(),
            more: 0,
        });
    };
    let (coming, all) = workshops::coming_in(tx, &room, LISTED).await?;
    let more = (all - LISTED).max(0);
    Ok(Listing {
        kept: true,
        coming,
        more,
    })
}
