//! Events that came before their keys: kept, and handed over when the keys arrive.
//!
//! No handler of the SDK is called again for them. Their ids are in a note of the desk, so that a restart in
//! between loses none.

use std::collections::VecDeque;

use matrix_sdk::Client;
use matrix_sdk::deserialized_responses::{TimelineEvent, TimelineEventKind};
use matrix_sdk::ruma::events::AnySyncTimelineEvent;
use matrix_sdk::ruma::serde::Raw;
use matrix_sdk::ruma::{OwnedEventId, OwnedRoomId, RoomId};

use super::inbox::Inbox;

/// How many are kept. Beyond that the oldest go: somebody whose keys never come must not fill the database.
const KEPT: usize = 200;

/// The note's name.
const NOTE: &str = "undecryptable";

struct Waiting {
    room: OwnedRoomId,
    event: OwnedEventId,
    /// The event itself; after a restart it is fetched again.
    raw: Option<Raw<AnySyncTimelineEvent>>,
}

/// The events that wait for their keys, oldest first.
#[derive(Default)]
pub(super) struct Late {
    waiting: VecDeque<Waiting>,
    changed: bool,
}

impl Late {
    /// Those that waited when the process ended.
    pub async fn load(inbox: &dyn Inbox) -> Self {
        let note = match inbox.note(NOTE).await {
            Ok(note) => note.unwrap_or_default(),
            Err(error) => {
                tracing::warn!(
                    error,
                    "matrix: the events that wait for keys cannot be read"
                );
                return Self::default();
            }
        };
        let ids: Vec<(OwnedRoomId, OwnedEventId)> = serde_json::from_str(&note).unwrap_or_default();
        let waiting = ids
            .into_iter()
            .map(|(room, event)| Waiting {
                room,
                event,
                raw: None,
            })
            .collect();
        Self {
            waiting,
            changed: false,
        }
    }

    /// Whether none waits.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Keeps an event that could not be decrypted.
    pub fn keep(&mut self, room: &RoomId, event: &TimelineEvent) {
        let Some(id) = event.event_id() else { return };
        if self.waiting.iter().any(|waiting| waiting.event == id) {
            return;
        }
        tracing::info!(%room, event = %id, "matrix: an event waits for its key");
        if self.waiting.len() >= KEPT {
            self.waiting.pop_front();
        }
        let raw = Some(event.raw().clone());
        self.waiting.push_back(Waiting {
            room: room.to_owned(),
            event: id,
            raw,
        });
        self.changed = true;
    }

    /// Writes the note, when it changed.
    pub async fn save(&mut self, inbox: &dyn Inbox) {
        if !self.changed {
            return;
        }
        let ids: Vec<_> = self
            .waiting
            .iter()
            .map(|kept| (&kept.room, &kept.event))
            .collect();
        let Ok(note) = serde_json::to_string(&ids) else {
            return;
        };
        match inbox.set_note(NOTE, &note).await {
            Ok(()) => self.changed = false,
            Err(error) => {
                tracing::warn!(
                    error,
                    "matrix: the events that wait for keys cannot be noted"
                );
            }
        }
    }

    /// Tries them again: those that can be read now, oldest first. They stay noted until
    /// [`forget`](Self::forget), so that none is lost on the way to the inbox.
    pub async fn ready(&mut self, client: &Client) -> Vec<(OwnedRoomId, TimelineEvent)> {
        let mut ready = Vec::new();
        for waiting in &mut self.waiting {
            let Some(room) = client.get_room(&waiting.room) else {
                continue;
            };
            let tried = match &waiting.raw {
                Some(raw) => room.decrypt_event(raw.cast_ref_unchecked(), None).await,
                None => room.event(&waiting.event, None).await,
            };
            match tried {
                Ok(event) if matches!(event.kind, TimelineEventKind::UnableToDecrypt { .. }) => {
                    waiting.raw = Some(event.raw().clone());
                }
                Ok(event) => ready.push((waiting.room.clone(), event)),
                Err(error) => {
                    tracing::debug!(%error, event = %waiting.event, "matrix: still waits for its key");
                }
            }
        }
        ready
    }

    /// Lets go of events that are in the inbox.
    pub fn forget(&mut self, done: &[(OwnedRoomId, TimelineEvent)]) {
        let before = self.waiting.len();
        self.waiting.retain(|kept| {
            !done
                .iter()
                .any(|(_, event)| event.event_id().as_deref() == Some(&kept.event))
        });
        self.changed |= self.waiting.len() != before;
    }
}
