//! From an event in a room to an [`Inbound`]: whether it is for us, who it comes from, and what they may do.
//!
//! It decides nothing about commands. To hear of something new: a variant of [`What`] in `event`, and its branch
//! here.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use matrix_sdk::Room;
use matrix_sdk::ruma::{EventId, OwnedEventId, UserId};

use super::MatrixNetwork;
use super::event::{Event, What};
use super::inbox::Inbox;
use super::rooms;
use super::send::reference;
use crate::command::{Deed, Inbound};
use crate::domain::actor::Account;
use crate::domain::network::NetworkKind;

/// How many messages' authors are remembered.
const AUTHORS: usize = 4096;

/// Whether messages that people reacted to are ours.
#[derive(Default)]
pub(super) struct Authors(Mutex<HashMap<OwnedEventId, bool>>);

impl Authors {
    /// Remembers whether `event` is ours.
    pub fn note(&self, event: &EventId, ours: bool) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= AUTHORS {
            known.clear();
        }
        known.insert(event.to_owned(), ours);
    }

    async fn is_ours(&self, room: &Room, event: &EventId) -> bool {
        let known = {
            let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            known.get(event).copied()
        };
        if let Some(ours) = known {
            return ours;
        }
        match room.event(event, None).await {
            Ok(found) => {
                let ours = found
                    .sender()
                    .is_some_and(|sender| sender == room.own_user_id());
                self.note(event, ours);
                ours
            }
            // The desk knows its cards; better an event too many than a lost vote.
            Err(_) => true,
        }
    }
}

impl MatrixNetwork {
    /// What the desk should hear of an event in `room`, if anything.
    pub(super) async fn heard(
        &self,
        inbox: &dyn Inbox,
        room: &Room,
        event: Event,
    ) -> Option<Inbound> {
        let sender = UserId::parse(&event.sender).ok()?;
        if sender == room.own_user_id() {
            return None;
        }
        let (deed, thread, private) = match event.what {
            What::Joined { .. } => return None,
            What::Said { text, thread } => {
                let text = text.trim();
                let private = self.directs.is_private(room).await;
                if text.is_empty() || !(private || text.starts_with('!')) {
                    return None;
                }
                let thread = thread.unwrap_or_else(|| event.id.clone());
                (Deed::Text(text.to_owned()), thread, private)
            }
            What::Reacted { target, emoji } => {
                let message = EventId::parse(&target).ok()?;
                if !self.authors.is_ours(room, &message).await {
                    return None;
                }
                let private = self.directs.is_private(room).await;
                let message = reference(room.room_id().as_str(), &target);
                (Deed::React { message, emoji }, target, private)
            }
        };
        let standing = rooms::standing(room, &sender, private).await;
        let elsewhere = self.elsewhere(inbox, &sender, private).await;
        let bridged = self.config.is_bridged(&event.sender);
        Some(Inbound {
            key: event.id,
            account: Account {
                network: NetworkKind::Matrix,
                address: event.sender,
            },
            standing,
            bridged,
            room: self.known_as(inbox, room).await,
            private,
            elsewhere,
            thread: Some(thread),
            language: None,
            // The address says who it is; a display name can be anybody's.
            name: None,
            // A homeserver may say any time; none is later than now.
            at: event.at.min(inbox.now()),
            deed,
        })
    }

    /// The rooms in circles in which somebody is who writes in private.
    async fn elsewhere(&self, inbox: &dyn Inbox, person: &UserId, private: bool) -> Vec<String> {
        if !private {
            return Vec::new();
        }
        // Whoever acts in private without being known to be in a room may do less, never more.
        let mut found = Vec::new();
        for address in inbox.circle_rooms().await.unwrap_or_default() {
            if rooms::holds(&self.client, &address, person).await {
                found.push(address);
            }
        }
        found
    }

    /// The address under which the collectives know a room: after an upgrade, still the old one's.
    async fn known_as(&self, inbox: &dyn Inbox, room: &Room) -> String {
        let id = room.room_id();
        let before = rooms::predecessors(&self.client, id);
        if before.is_empty() {
            return id.to_string();
        }
        let known = inbox.rooms().await.unwrap_or_default();
        std::iter::once(id)
            .chain(before.iter().map(AsRef::as_ref))
            .map(ToString::to_string)
            .find(|id| known.contains(id))
            .unwrap_or_else(|| id.to_string())
    }
}
