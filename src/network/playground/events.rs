//! What the page is told as it happens, by Server-Sent Events.
//!
//! First `state`, everything one persona sees; then `entry` for what is new or says something else, and `clock`.
//! A reader that falls behind gets `state` anew, as after a reconnection.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::Stream;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::TEXT_ROOM;
use super::persona::{self, Persona};
use super::rooms::{Change, Content, Entry};
use super::web::App;
use crate::domain::card::COMMAND_SIGN;
use crate::domain::language::Language;
use crate::i18n::dates;

/// How often the page's clock is set right.
const TICK: Duration = Duration::from_secs(20);

/// Who looks, and in which language.
#[derive(Debug, Deserialize)]
pub(super) struct Viewer {
    persona: String,
    lang: Option<String>,
}

/// `GET /events?persona=citizen-1&lang=fr-CA`.
pub(super) async fn events(
    State(app): State<App>,
    Query(viewer): Query<Viewer>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, StatusCode> {
    let persona = persona::find(&viewer.persona).ok_or(StatusCode::BAD_REQUEST)?;
    let language = viewer
        .lang
        .as_deref()
        .and_then(Language::from_tag)
        .unwrap_or_default();
    let view = View {
        app,
        persona,
        language,
    };
    let (entries, changes) = view.app.network.rooms.watch();
    let ready = VecDeque::from([view.state(&entries)]);
    let mut tick = tokio::time::interval_at(tokio::time::Instant::now() + TICK, TICK);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let stream = futures::stream::unfold(
        (view, changes, tick, ready),
        |(view, mut changes, mut tick, mut ready)| async move {
            while ready.is_empty() {
                let event = tokio::select! {
                    change = changes.recv() => view.event(change, &mut changes)?,
                    _ = tick.tick() => Some(view.clock()),
                };
                ready.extend(event);
            }
            let event = ready.pop_front()?;
            Some((Ok(event), (view, changes, tick, ready)))
        },
    );
    Ok(Sse::new(stream).keep_alive(KeepAlive::default()))
}

/// What one page sees.
struct View {
    app: App,
    persona: &'static Persona,
    language: Language,
}

impl View {
    /// The event for a change; the outer `None` ends the stream.
    #[expect(
        clippy::option_option,
        reason = "no event for this page, and no more events, are two things"
    )]
    fn event(
        &self,
        change: Result<Change, RecvError>,
        changes: &mut Receiver<Change>,
    ) -> Option<Option<Event>> {
        Some(match change {
            Ok(Change::Entry(entry)) if entry.visible_to(self.persona.id) => {
                Some(event("entry", &self.entry(&entry)))
            }
            Ok(Change::Entry(_)) => None,
            Ok(Change::Clock) => Some(self.clock()),
            Err(RecvError::Lagged(_)) => {
                let (entries, fresh) = self.app.network.rooms.watch();
                *changes = fresh;
                Some(self.state(&entries))
            }
            Err(RecvError::Closed) => return None,
        })
    }

    fn state(&self, entries: &[Arc<Entry>]) -> Event {
        let entries: Vec<Value> = entries
            .iter()
            .filter(|entry| entry.visible_to(self.persona.id))
            .map(|entry| self.entry(entry))
            .collect();
        event("state", &json!({ "now": self.now(), "entries": entries }))
    }

    fn clock(&self) -> Event {
        event("clock", &json!({ "now": self.now() }))
    }

    fn now(&self) -> String {
        dates::full(self.app.network.now(), self.app.hooks.zone, self.language)
    }

    fn entry(&self, entry: &Entry) -> Value {
        let local = entry.at.with_timezone(&self.app.hooks.zone);
        let content = match &entry.content {
            Content::Bot(message) => json!({ "bot": as_typed(message, entry.place.room) }),
            Content::Words { persona, text } => {
                json!({ "words": { "persona": persona, "text": text } })
            }
            Content::Used { persona, command } => {
                json!({ "used": { "persona": persona, "command": command } })
            }
        };
        let reactions: Vec<Value> = entry
            .reactions
            .iter()
            .map(|(emoji, who)| json!({ "emoji": emoji, "who": who }))
            .collect();
        let votes: Vec<Value> = entry
            .votes
            .iter()
            .map(|(who, chosen)| json!({ "who": who, "chosen": chosen }))
            .collect();
        json!({
            "id": entry.id,
            "room": entry.place.room,
            "thread": entry.place.thread,
            "private": entry.place.only_for.is_some(),
            "time": dates::time(local.time(), self.language),
            "day": dates::short_day(local.date_naive(), self.language),
            "datetime": local.to_rfc3339(),
            "edited": entry.edited,
            "reactions": reactions,
            "votes": votes,
            "content": content,
        })
    }
}

/// What the bot says, with its commands as they are typed in that room.
pub(super) fn as_typed(said: &impl Serialize, room: &str) -> Value {
    let sign = if room == TEXT_ROOM { "!" } else { "/" };
    let text = json!(said).to_string().replace(COMMAND_SIGN, sign);
    serde_json::from_str(&text).unwrap_or_default()
}

fn event(name: &str, data: &Value) -> Event {
    // serde_json writes line ends inside texts as \n: the data is one line, as the protocol wants.
    Event::default().event(name).data(data.to_string())
}
