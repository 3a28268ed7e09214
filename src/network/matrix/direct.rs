//! The private conversation with a person: the one that exists, or a new one.
//!
//! Making a room has no transaction id, so before making one all rooms are looked through, also for one that was
//! made just before a crash and noted nowhere.

use chrono::{DateTime, TimeDelta, Utc};
use matrix_sdk::ruma::UserId;
use matrix_sdk::ruma::events::room::member::MembershipState;
use matrix_sdk::{Room, RoomMemberships, RoomState};

use super::MatrixNetwork;
use super::error::send_error;
use crate::network::{Delivery, SendError};

/// How long an invitation that was not accepted counts as fresh.
const FRESH: TimeDelta = TimeDelta::hours(1);

impl MatrixNetwork {
    /// The private conversation with `person`. One that they left, or never came into, is closed: only if they asked
    /// for a message just now are they invited again.
    pub(super) async fn direct_room(
        &self,
        person: &UserId,
        delivery: &Delivery,
    ) -> Result<Room, SendError> {
        // Two cards for one person must not make two rooms.
        let _alone = self.opening.lock().await;
        let mut left = None;
        let mut invited = None;
        for room in self.candidates(person).await {
            let member = room
                .get_member(person)
                .await
                .map_err(|error| send_error(&error))?;
            let Some(member) = member else { continue };
            match member.membership() {
                MembershipState::Join => return Ok(room),
                MembershipState::Invite => {
                    let since = member.event().timestamp();
                    let since = since.and_then(|at| DateTime::from_timestamp_millis(i64::from(at)));
                    invited = invited.or(Some((room, since)));
                }
                MembershipState::Leave => left = left.or(Some(room)),
                _ => {}
            }
        }
        let is_fresh =
            |since: Option<DateTime<Utc>>| since.is_some_and(|since| delivery.now - since < FRESH);
        match (invited, left) {
            (Some((room, since)), _) if !delivery.unasked || is_fresh(since) => Ok(room),
            (Some(_), _) => Err(closed("an invitation that was not accepted")),
            (None, Some(_)) if delivery.unasked => Err(closed("left by its person")),
            // Not a new room for each message to somebody who leaves each.
            (None, Some(room)) => {
                let invited = room.invite_user_by_id(person).await;
                invited.map_err(|error| refused(send_error(&error)))?;
                Ok(room)
            }
            (None, None) if delivery.unasked && self.was_sent_away_by(person) => {
                Err(closed("a conversation that its person sent us out of"))
            }
            (None, None) => {
                // Encrypted, trusted, and put into the account's list of private conversations.
                let room = Box::pin(self.client.create_dm(person)).await;
                let room = room.map_err(|error| refused(send_error(&error)))?;
                self.directs.add(room.room_id());
                Ok(room)
            }
        }
    }

    /// Whether a private conversation with `person` is one that we are not in any more: we leave none by ourselves.
    fn was_sent_away_by(&self, person: &UserId) -> bool {
        self.client.rooms().into_iter().any(|room| {
            let out = matches!(room.state(), RoomState::Left | RoomState::Banned);
            let targets = room.direct_targets();
            out && targets.iter().any(|target| target.as_str() == person)
        })
    }

    /// Rooms that may be a private conversation with `person`, in the same order each time.
    async fn candidates(&self, person: &UserId) -> Vec<Room> {
        let mut rooms = Vec::new();
        for room in self.client.joined_rooms() {
            if room.active_members_count() > 2 || room.is_tombstoned() {
                continue;
            }
            let listed = room
                .direct_targets()
                .iter()
                .any(|target| target.as_str() == person);
            if listed || (self.directs.is_private(&room).await && has(&room, person).await) {
                rooms.push(room);
            }
        }
        rooms.sort_by(|a, b| a.room_id().cmp(b.room_id()));
        rooms
    }
}

async fn has(room: &Room, person: &UserId) -> bool {
    room.members(RoomMemberships::ACTIVE)
        .await
        .is_ok_and(|members| members.iter().any(|member| member.user_id() == person))
}

fn closed(reason: &str) -> SendError {
    SendError::Closed {
        reason: reason.to_owned(),
    }
}

/// What a refused invitation means: its person takes none.
fn refused(error: SendError) -> SendError {
    match error {
        SendError::Permanent { reason } => SendError::Closed { reason },
        other => other,
    }
}
