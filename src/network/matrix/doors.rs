//! Coming into rooms: invitations of those whom the configuration lists, and rooms that take the place of ours.
//!
//! Runs beside the reading loop, because joining may be slow. It looks at what the SDK's store says, so that
//! nothing is forgotten in a restart.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use matrix_sdk::ruma::{OwnedRoomId, OwnedServerName, RoomOrAliasId};
use matrix_sdk::{Room, RoomState};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::MatrixNetwork;
use super::error::send_error;
use super::wait::Backoff;
use crate::network::SendError;

/// How often a room is tried at most; a new invitation starts anew after a restart.
const TRIES: u32 = 12;

/// How often to look when nothing happens.
const IDLE: Duration = Duration::from_secs(600);

/// A room that we could not come into yet.
struct Knocking {
    next: Instant,
    backoff: Backoff,
    tries: u32,
    told: bool,
}

/// Looks after invitations and upgrades until it is stopped.
pub(super) async fn run(net: Arc<MatrixNetwork>, stop: CancellationToken) {
    let mut knocking: HashMap<OwnedRoomId, Knocking> = HashMap::new();
    loop {
        let next = knocking
            .values()
            .filter(|door| door.tries < TRIES)
            .map(|door| door.next)
            .min()
            .unwrap_or_else(|| Instant::now() + IDLE);
        tokio::select! {
            () = stop.cancelled() => return,
            () = net.news.notified() => {}
            () = tokio::time::sleep_until(next) => {}
        }
        for room in net.client.invited_rooms() {
            try_door(
                &mut knocking,
                room.room_id().to_owned(),
                answer_invitation(&net, &room),
            )
            .await;
        }
        for room in net.client.joined_rooms() {
            let Some(next) = room.successor_room().map(|next| next.room_id) else {
                continue;
            };
            let state = net.client.get_room(&next).map(|room| room.state());
            // Invited: handled above. Left or banned: that was somebody's decision.
            if state.is_none() {
                try_door(&mut knocking, next.clone(), follow(&net, &room, &next)).await;
            }
        }
        knocking.retain(|room, _| {
            net.client
                .get_room(room)
                .is_none_or(|room| room.state() == RoomState::Invited)
        });
    }
}

/// Tries one room, unless its next try is not due.
async fn try_door(
    knocking: &mut HashMap<OwnedRoomId, Knocking>,
    room: OwnedRoomId,
    trying: impl Future<Output = Result<(), matrix_sdk::Error>>,
) {
    let door = knocking.entry(room.clone()).or_insert_with(|| Knocking {
        next: Instant::now(),
        backoff: Backoff::default(),
        tries: 0,
        told: false,
    });
    if door.tries >= TRIES || door.next > Instant::now() {
        return;
    }
    let Err(error) = trying.await else {
        knocking.remove(&room);
        return;
    };
    let error = send_error(&error);
    door.next = Instant::now() + door.backoff.next();
    // An outage does not count: there the room is as open as before.
    if matches!(error, SendError::Permanent { .. }) {
        door.tries += 1;
    }
    if !door.told {
        tracing::warn!(%room, %error, "matrix: left outside of a room; somebody in it may have to invite us");
        door.told = true;
    }
}

async fn answer_invitation(net: &MatrixNetwork, room: &Room) -> Result<(), matrix_sdk::Error> {
    let invite = room.invite_details().await?;
    let inviter = invite.inviter_id;
    // A room that takes the place of one of ours is ours, whoever opens its door.
    let ours = net.client.joined_rooms().iter().any(|old| {
        old.successor_room()
            .is_some_and(|next| next.room_id == room.room_id())
    });
    if !ours && !net.config.welcomes(inviter.as_str()) {
        tracing::info!(room = %room.room_id(), %inviter, "matrix: an invitation is declined");
        return Box::pin(room.leave()).await;
    }
    // After the join the SDK does not know it for a moment, and somebody may write at once.
    if room.is_direct().await.unwrap_or(false) {
        net.directs.add(room.room_id());
    }
    Box::pin(room.join()).await?;
    tracing::info!(room = %room.room_id(), %inviter, "matrix: an invitation is accepted");
    Ok(())
}

async fn follow(
    net: &MatrixNetwork,
    old: &Room,
    next: &OwnedRoomId,
) -> Result<(), matrix_sdk::Error> {
    // Who might know the new room: our own server, and the old room's.
    let own = old.own_user_id().server_name().to_owned();
    let via: Vec<OwnedServerName> = old
        .room_id()
        .server_name()
        .map(ToOwned::to_owned)
        .into_iter()
        .chain([own])
        .collect();
    let address: &RoomOrAliasId = (&**next).into();
    Box::pin(net.client.join_room_by_id_or_alias(address, &via)).await?;
    tracing::info!(old = %old.room_id(), new = %next, "matrix: followed a room to its successor");
    Ok(())
}
