//! Bringing cards into rooms: create, edit, and the reactions under a card.
//!
//! Each send has a transaction id made from the card, so that repeating it shows nothing twice; not through the
//! SDK's send queue, which makes its own ids. Nothing here waits out a rate limit: delivery comes back.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use matrix_sdk::room::MessagesOptions;
use matrix_sdk::ruma::api::client::room::get_room_event;
use matrix_sdk::ruma::{EventId, OwnedEventId, OwnedRoomId, RoomId, TransactionId, UInt, UserId};
use matrix_sdk::{Room, RoomState};
use serde_json::Value;
use uuid::Uuid;

use super::MatrixNetwork;
use super::content::{self, CARD};
use super::error::{http_error, send_error};
use super::poll;
use super::rooms::successor;
use super::wait::Backoff;
use crate::domain::card::{NativeFigures, NativePoll};
use crate::domain::network::Destination;
use crate::network::{Delivery, MessageRef, SendError};

/// How long a homeserver remembers a transaction id, with an hour to spare (Synapse: 24 h).
const REMEMBERED: TimeDelta = TimeDelta::hours(23);

/// How many pages of 100 events are searched for a card that may already be there.
const PAGES: usize = 10;

/// How often a reaction is tried. It is an ornament: people can put it there themselves.
const REACTION_TRIES: usize = 8;

/// A message's reference: its room and its id, with a slash between.
pub(super) fn reference(room: &str, event: &str) -> String {
    format!("{room}/{event}")
}

/// The room and the id of a [`reference`]. An event id starts with a dollar sign.
fn parse_reference(reference: &str) -> Option<(OwnedRoomId, OwnedEventId)> {
    let (room, event) = reference.split_once("/$")?;
    Some((
        RoomId::parse(room).ok()?,
        EventId::parse(format!("${event}")).ok()?,
    ))
}

impl MatrixNetwork {
    /// Brings a card's first message into its place.
    pub(super) async fn create_card(
        self: &Arc<Self>,
        delivery: &Delivery,
    ) -> Result<MessageRef, SendError> {
        let since = self.device_since()?;
        let (room, root) = match &delivery.destination {
            Destination::Room(room) => (self.room(room)?, None),
            Destination::Thread { room, root } => {
                let room = self.room(room)?;
                let root = thread_root(&room, root);
                (room, root)
            }
            Destination::Server { room, .. } => {
                return Err(permanent(&format!("{room} has no calendar")));
            }
            Destination::Direct(user) => {
                let user = UserId::parse(user).map_err(|error| permanent(&error))?;
                (self.direct_room(&user, delivery).await?, None)
            }
        };
        // Another device's transaction ids, and forgotten ones, tell the homeserver nothing.
        let uncertain = delivery
            .uncertain_since
            .is_some_and(|tried| tried < since || delivery.now - tried > REMEMBERED);
        let before = if uncertain {
            find(&room, CARD, delivery.card).await?
        } else {
            None
        };
        let event = match before {
            Some(event) => event,
            None => {
                let card = delivery.card;
                let (kind, content) = match &delivery.message.native {
                    Some(poll) => (poll::START, poll::start(card, poll)),
                    None => (
                        "m.room.message",
                        content::create(card, &delivery.message, root),
                    ),
                };
                let id = content::create_id(card);
                self.send(&room, kind, content, &id).await?
            }
        };
        self.authors.note(&event, true);
        if let Some(file) = &delivery.message.file {
            self.add_file(&room, delivery, file, root, uncertain)
                .await?;
        }
        if let Some(image) = &delivery.message.image {
            self.add_picture(&room, delivery, image, root, uncertain)
                .await?;
        }
        if delivery.message.pinned == Some(true) {
            self.set_pin(&room, &event, true).await?;
        }
        if matches!(delivery.destination, Destination::Room(_)) {
            self.add_reactions(&room, &event, delivery);
        }
        Ok(MessageRef(reference(
            room.room_id().as_str(),
            event.as_str(),
        )))
    }

    /// Makes a card's message say what it should say now.
    pub(super) async fn edit_card(
        &self,
        delivery: &Delivery,
        message: &MessageRef,
    ) -> Result<(), SendError> {
        self.device_since()?;
        let (room, event) = parse_reference(&message.0)
            .ok_or_else(|| permanent(&format!("no message of Matrix: {}", message.0)))?;
        let room = self.known_room(&room)?;
        if let Some(poll) = &delivery.message.native {
            let Some(words) = &poll.ended else {
                return Ok(());
            };
            let (content, id) = (poll::end(&event, words), content::end_id(delivery.card));
            return self.send(&room, poll::END, content, &id).await.map(drop);
        }
        if let Some(next) = successor(&self.client, &room) {
            let reason = format!("the room was replaced by {}", next.room_id());
            return Err(SendError::Gone { reason });
        }
        // The homeserver takes edits of deleted messages, and shows them nowhere.
        self.check_there(&room, &event).await?;
        let content = content::edit(delivery.card, &delivery.message, event.as_str());
        let id = content::edit_id(delivery.card, delivery.revision);
        self.send(&room, "m.room.message", content, &id).await?;
        if delivery.message.pinned == Some(false) {
            self.set_pin(&room, &event, false).await?;
        }
        Ok(())
    }

    /// Makes sure that a message of ours stands and is pinned.
    pub(super) async fn keep_card_pinned(&self, message: &MessageRef) -> Result<(), SendError> {
        self.device_since()?;
        let (room, event) = parse_reference(&message.0)
            .ok_or_else(|| permanent(&format!("no message of Matrix: {}", message.0)))?;
        let room = self.known_room(&room)?;
        if let Err(gone @ SendError::Gone { .. }) = self.check_there(&room, &event).await {
            self.set_pin(&room, &event, false).await?;
            return Err(gone);
        }
        self.set_pin(&room, &event, true).await
    }

    /// Whether a message of ours is still in its room.
    async fn check_there(&self, room: &Room, event: &EventId) -> Result<(), SendError> {
        let request = get_room_event::v3::Request::new(room.room_id().to_owned(), event.to_owned());
        let found = Box::pin(self.client.send(request).into_future()).await;
        let found = found.map_err(|error| {
            let status = error
                .as_client_api_error()
                .map(|answer| answer.status_code.as_u16());
            match http_error(&error) {
                SendError::Permanent { reason } if status == Some(404) => {
                    SendError::Gone { reason }
                }
                other => other,
            }
        })?;
        let found: Value = serde_json::from_str(found.event.json().get()).unwrap_or_default();
        if found.pointer("/unsigned/redacted_because").is_some() {
            return Err(SendError::Gone {
                reason: "deleted".to_owned(),
            });
        }
        Ok(())
    }

    /// What the poll in that message came to.
    pub(super) async fn poll_figures(
        &self,
        message: &MessageRef,
        poll: &NativePoll,
    ) -> Result<NativeFigures, SendError> {
        self.device_since()?;
        let (room, event) = parse_reference(&message.0)
            .ok_or_else(|| permanent(&format!("no message of Matrix: {}", message.0)))?;
        let room = self.known_room(&room)?;
        self.check_there(&room, &event).await?;
        poll::figures(&room, event, poll).await
    }

    /// Sends one event under a transaction id.
    pub(super) async fn send(
        &self,
        room: &Room,
        kind: &str,
        content: Value,
        id: &str,
    ) -> Result<OwnedEventId, SendError> {
        let id: &TransactionId = id.into();
        let sending = room
            .send_raw(kind, content)
            .with_transaction_id(id)
            .into_future();
        sending
            .await
            .map(|sent| sent.response.event_id)
            .map_err(|error| send_error(&error))
    }

    /// The room of an address, or the one that took its place.
    fn room(&self, address: &str) -> Result<Room, SendError> {
        let room = self.known_room(&RoomId::parse(address).map_err(|error| permanent(&error))?)?;
        Ok(successor(&self.client, &room).unwrap_or(room))
    }

    fn known_room(&self, id: &RoomId) -> Result<Room, SendError> {
        match self.client.get_room(id) {
            Some(room) if room.state() == RoomState::Joined => Ok(room),
            Some(room) if room.state() == RoomState::Invited => Err(SendError::Retry {
                after: Some(Duration::from_secs(30)),
                reason: format!("not yet in {id}"),
            }),
            _ => Err(permanent(&format!("we are not in {id}"))),
        }
    }

    /// Puts the emoji of a card's actions under it, so that people need only click. In the background: a rate
    /// limit on ornaments must not hold up the cards.
    fn add_reactions(self: &Arc<Self>, room: &Room, event: &OwnedEventId, delivery: &Delivery) {
        let emoji: Vec<String> = delivery
            .message
            .actions
            .iter()
            .filter_map(|action| action.emoji.clone())
            .collect();
        if emoji.is_empty() {
            return;
        }
        let (net, room, event, card) =
            (Arc::clone(self), room.clone(), event.clone(), delivery.card);
        tokio::spawn(async move {
            for (n, emoji) in emoji.iter().enumerate() {
                let content = content::reaction(event.as_str(), emoji);
                let id = content::react_id(card, n);
                let mut backoff = Backoff::default();
                for _ in 0..REACTION_TRIES {
                    match net.send(&room, "m.reaction", content.clone(), &id).await {
                        Err(SendError::Retry { after, .. }) => {
                            tokio::time::sleep(after.unwrap_or_else(|| backoff.next())).await;
                        }
                        Err(error) => {
                            tracing::warn!(%card, %error, "matrix: no reactions under a card");
                            return;
                        }
                        Ok(_) => break,
                    }
                }
            }
        });
    }
}

/// The event that a thread in `room` hangs on: a bare event id, or a reference that `create` gave out. None if it is in
/// another room, whose place this one took.
fn thread_root<'r>(room: &Room, root: &'r str) -> Option<&'r str> {
    let Some(at) = root.find("/$") else {
        return Some(root);
    };
    let (of, event) = root.split_at(at);
    (of == room.room_id()).then_some(event.trim_start_matches('/'))
}

/// Looks for an event of ours that may already be in the room: that whose field `mark` names the card.
pub(super) async fn find(
    room: &Room,
    mark: &str,
    card: Uuid,
) -> Result<Option<OwnedEventId>, SendError> {
    let card = card.to_string();
    let mut from: Option<String> = None;
    for _ in 0..PAGES {
        let mut options = MessagesOptions::backward().from(from.as_deref());
        options.limit = UInt::from(100_u32);
        let page = room
            .messages(options)
            .await
            .map_err(|error| send_error(&error))?;
        for event in &page.chunk {
            let Ok(json) = serde_json::from_str::<Value>(event.raw().json().get()) else {
                continue;
            };
            let content = json.get("content").unwrap_or(&Value::Null);
            let first = content.get("m.new_content").is_none();
            if first
                && content.get(mark).and_then(Value::as_str) == Some(&card)
                && event
                    .sender()
                    .is_some_and(|sender| sender == room.own_user_id())
            {
                return Ok(event.event_id());
            }
        }
        match page.end {
            Some(end) => from = Some(end),
            None => break,
        }
    }
    Ok(None)
}

fn permanent(reason: &dyn std::fmt::Display) -> SendError {
    SendError::Permanent {
        reason: reason.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_keeps_its_room_and_its_event() {
        for (room, event) in [
            ("!a:b.ca", "$c"),
            ("!A_b-c", "$x/y+z"),
            ("!a/b:c.ca", "$c:c.ca"),
        ] {
            let (found_room, found_event) = parse_reference(&reference(room, event)).unwrap();
            assert_eq!((found_room.as_str(), found_event.as_str()), (room, event));
        }
        assert!(parse_reference("$c").is_none());
        assert!(parse_reference("nonsense/$c").is_none());
    }
}
