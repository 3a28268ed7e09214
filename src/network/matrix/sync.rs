//! The loop that reads the homeserver's stream, and hands what it says to the inbox.
//!
//! Every batch goes into the inbox together with the position after it, in one transaction, before the next is
//! asked for: an event is handed over at least once, and the inbox drops repeats. Nothing here acts on an event,
//! and nothing runs in the SDK's event handlers: a slow one would hold up the stream, a panic in one would end
//! the process.

use std::collections::HashSet;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures::{FutureExt, Stream, StreamExt};
use matrix_sdk::config::{SyncSettings, SyncToken};
use matrix_sdk::deserialized_responses::{TimelineEvent, TimelineEventKind};
use matrix_sdk::room::MessagesOptions;
use matrix_sdk::ruma::api::client::filter::{
    Filter, FilterDefinition, LazyLoadOptions, RoomEventFilter,
};
use matrix_sdk::ruma::api::client::sync::sync_events::v3::Filter as SyncFilter;
use matrix_sdk::ruma::{OwnedRoomId, RoomId, UInt};
use matrix_sdk::sync::{SyncResponse, Timeline};
use matrix_sdk::{Room, RoomState};
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

use super::MatrixNetwork;
use super::error::{MatrixError, send_error, session_ended};
use super::event::{Event, What, read};
use super::inbox::Inbox;
use super::late::Late;
use super::rooms::own_membership;
use super::wait::Backoff;
use crate::command::Inbound;
use crate::network::SendError;

/// How long the homeserver may hold an answer back when there is no news.
const LONG_POLL: Duration = Duration::from_secs(30);

/// How many events of a room one answer brings; the rest is fetched.
const TIMELINE: u32 = 50;

/// How many pages of 100 events are fetched of what a room said while we were away.
const PAGES: usize = 100;

/// The loop's state.
pub(super) struct Reader {
    net: Arc<MatrixNetwork>,
    inbox: Arc<dyn Inbox>,
    stop: CancellationToken,
    /// The position up to which everything is in the inbox.
    cursor: Option<String>,
    late: Late,
}

impl Reader {
    /// Goes on from the inbox's cursor. A device that has just been made has seen no room: it starts anew.
    pub async fn new(
        net: Arc<MatrixNetwork>,
        inbox: Arc<dyn Inbox>,
        new_device: bool,
        stop: CancellationToken,
    ) -> Result<Self, MatrixError> {
        let cursor = inbox.cursor().await.map_err(MatrixError::Inbox)?;
        if new_device && cursor.is_some() {
            tracing::warn!("matrix: a new device; what was said since the old one is not read");
        }
        let late = Late::load(inbox.as_ref()).await;
        Ok(Self {
            net,
            inbox,
            stop,
            cursor: cursor.filter(|_| !new_device),
            late,
        })
    }

    /// Reads until it is stopped, or the session ends.
    pub async fn run(mut self) -> Result<(), MatrixError> {
        let mut keys = self.keys().await;
        let mut backoff = Backoff::default();
        // After a crash the SDK's store is ahead of the cursor, after a restored backup it is behind: then
        // one full account of every room's state makes it right again.
        let mut full_state = self.cursor != super::lock(&self.net.position).take();
        let mut first = true;
        loop {
            let first_ever = self.cursor.is_none().then(|| self.inbox.now());
            let settings = SyncSettings::new()
                .token(
                    self.cursor
                        .clone()
                        .map_or(SyncToken::NoToken, SyncToken::Specific),
                )
                .filter(SyncFilter::FilterDefinition(filter(first_ever)))
                .timeout(if first { Duration::ZERO } else { LONG_POLL })
                .full_state(full_state && self.cursor.is_some());
            let before: HashSet<OwnedRoomId> = self
                .net
                .client
                .joined_rooms()
                .iter()
                .map(|room| room.room_id().to_owned())
                .collect();
            let client = self.net.client.clone();
            // A task of its own: it may hold the SDK's locks while we look at late keys here, and a panic in
            // it ends nothing else. It ends with us: two readers of one device would take each other's keys.
            let mut sync =
                AbortOnDropHandle::new(tokio::spawn(
                    async move { client.sync_once(settings).await },
                ));
            let answer = loop {
                tokio::select! {
                    () = self.stop.cancelled() => {
                        return Ok(());
                    }
                    answer = &mut sync => break answer,
                    Some(()) = keys.next(), if !first => self.retry_late().await,
                }
            };
            match answer {
                Ok(Ok(response)) => {
                    self.take_in(response, &before).await?;
                    if self.stop.is_cancelled() {
                        return Ok(());
                    }
                    backoff.reset();
                    (first, full_state) = (false, false);
                    self.net.seen_the_rooms();
                }
                Ok(Err(error)) if session_ended(&error) => {
                    return Err(self.logged_out());
                }
                Ok(Err(error)) => self.pause(&mut backoff, &error).await,
                Err(panic) => self.pause(&mut backoff, &panic).await,
            }
        }
    }

    fn logged_out(&self) -> MatrixError {
        MatrixError::LoggedOut(self.net.folder.session_file())
    }

    async fn pause(&self, backoff: &mut Backoff, error: &(dyn std::fmt::Display + Sync)) {
        if self.net.connected.swap(false, Ordering::Relaxed) || backoff.is_first() {
            tracing::warn!(%error, "matrix: no connection to the homeserver; trying again");
        }
        backoff.wait(&self.stop).await;
    }

    /// A word each time new keys have arrived.
    async fn keys(&self) -> std::pin::Pin<Box<dyn Stream<Item = ()> + Send>> {
        match self
            .net
            .client
            .encryption()
            .room_keys_received_stream()
            .await
        {
            Some(stream) => Box::pin(stream.map(|_| ())),
            None => Box::pin(futures::stream::pending()),
        }
    }

    /// Brings a batch into the inbox, however long that takes.
    async fn take_in(
        &mut self,
        response: SyncResponse,
        before: &HashSet<OwnedRoomId>,
    ) -> Result<(), MatrixError> {
        let since = self.cursor.clone();
        let mut batch = Vec::new();
        // Without a position of ours, what comes is history.
        if let Some(since) = &since {
            for (id, update) in &response.rooms.joined {
                let was_in = before.contains(id);
                batch.extend(self.room(id, &update.timeline, since, was_in).await?);
            }
        }
        if self.stop.is_cancelled() {
            // The batch may lack what we were still fetching: it comes again after the next start.
            return Ok(());
        }
        self.late.save(self.inbox.as_ref()).await;
        self.accept(batch, &response.next_batch).await;
        if !self.late.is_empty() && (since.is_none() || !response.to_device.is_empty()) {
            self.retry_late().await;
        }
        Ok(())
    }

    async fn accept(&mut self, batch: Vec<Inbound>, cursor: &str) {
        let mut backoff = Backoff::default();
        while let Err(error) = self.inbox.accept(batch.clone(), cursor).await {
            tracing::error!(
                error,
                "matrix: the inbox does not take a batch; trying again"
            );
            backoff.wait(&self.stop).await;
            if self.stop.is_cancelled() {
                return;
            }
        }
        self.cursor = Some(cursor.to_owned());
    }

    async fn retry_late(&mut self) {
        let Some(cursor) = self.cursor.clone().filter(|_| !self.late.is_empty()) else {
            return;
        };
        let ready = self.late.ready(&self.net.client).await;
        if ready.is_empty() {
            return;
        }
        let mut batch = Vec::new();
        for (id, event) in &ready {
            if let (Some(room), Some(event)) =
                (self.net.client.get_room(id), read(event.raw().json().get()))
            {
                batch.extend(self.heard(&room, event).await);
            }
        }
        self.accept(batch, &cursor).await;
        self.late.forget(&ready);
        self.late.save(self.inbox.as_ref()).await;
    }

    /// What one room said since we last looked.
    async fn room(
        &mut self,
        id: &RoomId,
        timeline: &Timeline,
        since: &str,
        was_in: bool,
    ) -> Result<Vec<Inbound>, MatrixError> {
        if timeline.events.is_empty() && !timeline.limited {
            return Ok(Vec::new());
        }
        let Some(room) = self.net.client.get_room(id) else {
            return Ok(Vec::new());
        };
        let mut events = Vec::new();
        if let (true, Some(from)) = (timeline.limited, &timeline.prev_batch) {
            events = self.gap(&room, from, since).await?;
        }
        let held: HashSet<_> = events.iter().filter_map(TimelineEvent::event_id).collect();
        let new = timeline
            .events
            .iter()
            .filter(|event| event.event_id().is_none_or(|id| !held.contains(&id)));
        events.extend(new.cloned());

        // What was said before we came is not ours to act on. Our own arrival in the timeline divides it without
        // any clock; only where it is not shown do we compare times.
        let read_events: Vec<Option<Event>> = events
            .iter()
            .map(|event| read(event.raw().json().get()))
            .collect();
        let own = room.own_user_id();
        let arrival = read_events.iter().rposition(
            |event| matches!(event, Some(Event { what: What::Joined { who }, .. }) if who == own),
        );
        let from = match arrival {
            None if !was_in || timeline.limited => {
                own_membership(&room).await.and_then(|own| own.joined)
            }
            _ => None,
        };
        let skip = arrival.map_or(0, |index| index + 1);
        let mut inbounds = Vec::new();
        for (event, read) in events.iter().zip(read_events).skip(skip) {
            if from.is_some_and(|from| sent_at(event).is_none_or(|at| at < from)) {
                continue;
            }
            if matches!(event.kind, TimelineEventKind::UnableToDecrypt { .. }) {
                if event.sender().is_some_and(|sender| sender != own) {
                    self.late.keep(id, event);
                }
            } else if let Some(event) = read {
                inbounds.extend(self.heard(&room, event).await);
            }
        }
        Ok(inbounds)
    }

    /// Reads one event. A panic costs this event, not the others, nor the process.
    async fn heard(&self, room: &Room, event: Event) -> Option<Inbound> {
        let id = event.id.clone();
        let reading = self.net.heard(self.inbox.as_ref(), room, event);
        AssertUnwindSafe(reading)
            .catch_unwind()
            .await
            .unwrap_or_else(|_| {
                tracing::error!(event = id, "matrix: a panic while an event was read");
                None
            })
    }

    /// What a room said between our position and the part that the answer shows, oldest first. It goes on trying:
    /// leaving it out would lose commands for good.
    async fn gap(
        &self,
        room: &Room,
        from: &str,
        to: &str,
    ) -> Result<Vec<TimelineEvent>, MatrixError> {
        let mut events = Vec::new();
        let mut from = from.to_owned();
        let mut backoff = Backoff::default();
        let mut page = 0;
        while page < PAGES && from != to {
            let mut options = MessagesOptions::backward().from(from.as_str());
            options.to = Some(to.to_owned());
            options.limit = UInt::from(100_u32);
            options.filter.types = Some(
                [
                    "m.room.message",
                    "m.room.encrypted",
                    "m.reaction",
                    "m.room.member",
                ]
                .map(str::to_owned)
                .to_vec(),
            );
            match room.messages(options).await {
                Ok(found) => {
                    events.extend(found.chunk);
                    match found.end {
                        Some(end) if end != from => from = end,
                        _ => break,
                    }
                    page += 1;
                }
                Err(error) if session_ended(&error) => return Err(self.logged_out()),
                Err(error) => match send_error(&error) {
                    SendError::Retry { reason, .. } if room.state() == RoomState::Joined => {
                        tracing::warn!(room = %room.room_id(), reason, "matrix: history not read yet");
                        backoff.wait(&self.stop).await;
                        if self.stop.is_cancelled() {
                            break;
                        }
                    }
                    refused => {
                        tracing::warn!(room = %room.room_id(), %refused, "matrix: history not readable");
                        break;
                    }
                },
            }
        }
        if page == PAGES {
            tracing::error!(room = %room.room_id(), "matrix: too much was said meanwhile; the oldest is not read");
        }
        events.reverse();
        Ok(events)
    }
}

/// What is asked of the stream: no typing, no receipts, no presence. `first_ever` is the present moment when there is
/// no position yet.
fn filter(first_ever: Option<DateTime<Utc>>) -> FilterDefinition {
    let mut filter = FilterDefinition::default();
    filter.presence = Filter::ignore_all();
    filter.room.ephemeral = RoomEventFilter::ignore_all();
    filter.room.timeline.limit = Some(UInt::from(TIMELINE));
    if let Some(now) = first_ever {
        // Of the members only those who say something: a first account would name everybody in every room. Only the
        // first: Synapse would name a member anew whenever they said something in another room than the last time,
        // ourselves too, and report each as a change of their devices. The SDK then asks for their keys again, and a
        // message that is being encrypted just then waits 5 s: it holds the lock that the question needs.
        let lazy = LazyLoadOptions::Enabled {
            include_redundant_members: false,
        };
        filter.room.state.lazy_load_options = lazy;
        filter.room.timeline.lazy_load_options = lazy;
        // Synapse answers the same first question for two minutes with the same old answer, and what happened since
        // would look new. A type that nothing has makes it a question of its own.
        let now = now.timestamp_millis();
        filter.account_data.not_types = vec![format!("ca.cercles.none.{now}")];
    }
    filter
}

fn sent_at(event: &TimelineEvent) -> Option<DateTime<Utc>> {
    #[derive(serde::Deserialize)]
    struct Sent {
        origin_server_ts: i64,
    }
    let sent: Sent = serde_json::from_str(event.raw().json().get()).ok()?;
    DateTime::from_timestamp_millis(sent.origin_server_ts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_first_account_of_the_rooms_leaves_members_out() {
        for (first_ever, lazy) in [(Some(DateTime::UNIX_EPOCH), true), (None, false)] {
            let room = filter(first_ever).room;
            assert_eq!(room.state.lazy_load_options.is_disabled(), !lazy);
            assert_eq!(room.timeline.lazy_load_options.is_disabled(), !lazy);
        }
    }
}
