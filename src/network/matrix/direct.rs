//! The private conversation with a person: the one that exists, or a new one.
//!
//! Making a room has no transaction id, so before making one all rooms are looked through, also for one that was
//! made just before a crash and noted nowhere.

use matrix_sdk::ruma::UserId;
use matrix_sdk::ruma::events::room::member::MembershipState;
use matrix_sdk::{Room, RoomMemberships};

use super::MatrixNetwork;
use super::error::send_error;
use crate::network::SendError;

impl MatrixNetwork {
    /// The private conversation with `person`.
    pub(super) async fn direct_room(&self, person: &UserId) -> Result<Room, SendError> {
        // Two cards for one person must not make two rooms.
        let _alone = self.opening.lock().await;
        let mut left = None;
        let mut invited = None;
        for room in self.candidates(person).await {
            let member = room
                .get_member(person)
                .await
                .map_err(|error| send_error(&error))?;
            match member.map(|member| member.membership().clone()) {
                Some(MembershipState::Join) => return Ok(room),
                Some(MembershipState::Invite) => invited = invited.or(Some(room)),
                Some(MembershipState::Leave) => left = left.or(Some(room)),
                _ => {}
            }
        }
        if let Some(room) = invited {
            return Ok(room);
        }
        if let Some(room) = left {
            // Not a new room for each message to somebody who leaves each.
            room.invite_user_by_id(person)
                .await
                .map_err(|error| send_error(&error))?;
            return Ok(room);
        }
        // Encrypted, trusted, and put into the account's list of private conversations.
        let room = Box::pin(self.client.create_dm(person))
            .await
            .map_err(|error| send_error(&error))?;
        self.directs.add(room.room_id());
        Ok(room)
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
