//! What we know of rooms: which are private conversations, which were replaced, who may do what in them.
//!
//! It asks the SDK's store, which every sync keeps up to date, and hardly ever the homeserver.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use matrix_sdk::deserialized_responses::MemberEvent;
use matrix_sdk::ruma::events::SyncStateEvent;
use matrix_sdk::ruma::events::room::member::MembershipState;
use matrix_sdk::ruma::events::room::power_levels::UserPowerLevel;
use matrix_sdk::ruma::{OwnedRoomId, RoomId, UserId};
use matrix_sdk::{Client, Room, RoomState};

use crate::domain::standing::Standing;

/// How many upgrades of one room are followed. Tombstones could form a ring.
const UPGRADES: usize = 16;

/// Rooms whose invitation said "direct", until the account's own list says so too.
#[derive(Default)]
pub(super) struct Directs(Mutex<HashSet<OwnedRoomId>>);

impl Directs {
    /// Remembers a room as a private conversation.
    pub fn add(&self, room: &RoomId) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(room.to_owned());
    }

    fn has(&self, room: &RoomId) -> bool {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .contains(room)
    }

    /// Whether `room` is a private conversation: two people at most, and meant to be one. A room with a name is a
    /// room, even before anybody else has come.
    pub async fn is_private(&self, room: &Room) -> bool {
        let people = room.active_members_count();
        if people > 2 {
            return false;
        }
        if self.has(room.room_id()) || !room.direct_targets().is_empty() {
            return true;
        }
        // The invitation is in what our membership was before: it outlives a crash between the two.
        if let Some(member) = own_membership(room).await
            && member.invited_directly
        {
            return true;
        }
        people == 2 && room.name().is_none() && room.canonical_alias().is_none()
    }
}

/// Our own membership of a room.
pub(super) struct Membership {
    /// When we came. None: our membership changed since (a new name), long after we came.
    pub joined: Option<DateTime<Utc>>,
    invited_directly: bool,
}

/// Our own membership of a room, if the SDK's store has it.
pub(super) async fn own_membership(room: &Room) -> Option<Membership> {
    let member = room.get_member_no_sync(room.own_user_id()).await.ok()??;
    let MemberEvent::Sync(SyncStateEvent::Original(event)) = member.event().as_ref() else {
        return None;
    };
    let before = event.unsigned.prev_content.as_ref();
    let was_in = before.is_some_and(|before| before.membership == MembershipState::Join);
    let at = DateTime::from_timestamp_millis(event.origin_server_ts.get().into());
    Some(Membership {
        joined: if was_in { None } else { at },
        invited_directly: before.and_then(|before| before.is_direct) == Some(true),
    })
}

/// A person's power level in a room. In a private conversation everyone has the highest level: there it means nothing.
pub(super) async fn standing(room: &Room, person: &UserId, private: bool) -> Standing {
    if private {
        return Standing::default();
    }
    match room.get_user_power_level(person).await {
        // From version 12 on, a room's creators stand above all numbers.
        Ok(UserPowerLevel::Infinite) => Standing::Level { level: i64::MAX },
        Ok(UserPowerLevel::Int(level)) => Standing::Level {
            level: level.into(),
        },
        Err(error) => {
            tracing::warn!(room = %room.room_id(), %error, "matrix: no power levels");
            Standing::default()
        }
        // The type may grow.
        Ok(_) => Standing::default(),
    }
}

/// Whether somebody is in the room at that address, or in the one that took its place.
pub(super) async fn holds(client: &Client, address: &str, person: &UserId) -> bool {
    let room = RoomId::parse(address)
        .ok()
        .and_then(|id| client.get_room(&id));
    let Some(room) = room else {
        return false;
    };
    let room = successor(client, &room).unwrap_or(room);
    match room.get_member(person).await {
        Ok(member) => member.is_some_and(|member| *member.membership() == MembershipState::Join),
        Err(error) => {
            tracing::warn!(room = %room.room_id(), %error, "matrix: no members");
            false
        }
    }
}

/// The room that took the place of `room`, after any number of upgrades, if we are in it.
/// Only the old room's tombstone counts: that a new room calls itself a successor, anybody can do.
pub(super) fn successor(client: &Client, room: &Room) -> Option<Room> {
    let mut last = None;
    let mut next = room.successor_room();
    for _ in 0..UPGRADES {
        let Some(found) = next.and_then(|next| client.get_room(&next.room_id)) else {
            break;
        };
        if found.state() != RoomState::Joined {
            break;
        }
        next = found.successor_room();
        last = Some(found);
    }
    last
}

/// The rooms whose place `room` took, the nearest first.
pub(super) fn predecessors(client: &Client, room: &RoomId) -> Vec<OwnedRoomId> {
    let moved: Vec<(OwnedRoomId, OwnedRoomId)> = client
        .rooms()
        .into_iter()
        .filter_map(|old| Some((old.room_id().to_owned(), old.successor_room()?.room_id)))
        .collect();
    let mut found: Vec<OwnedRoomId> = Vec::new();
    let mut current = room.to_owned();
    while let Some((old, _)) = moved.iter().find(|(_, new)| *new == current)
        && !found.contains(old)
        && found.len() < UPGRADES
    {
        found.push(old.clone());
        current.clone_from(old);
    }
    found
}
