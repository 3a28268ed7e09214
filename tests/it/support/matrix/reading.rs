//! What a person on Matrix reads: waiting for events by `/sync`, and the timeline as a client shows
//! it, with edits applied, reactions counted and redacted messages left out.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    time::{Duration, Instant},
};

use reqwest::Method;
use serde_json::{Value, json};

use super::{MatrixUser, V3, encode, text, unique, v3};

/// How long one `/sync` may hold its answer back, waiting for news.
const LONG_POLL: Duration = Duration::from_secs(10);

/// A message as a person sees it: edits applied, reactions counted, redacted ones left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    pub event_id: String,
    pub sender: String,
    /// `m.room.message`, or the type of a poll.
    pub event_type: String,
    /// The plain text, after edits; a poll's text version.
    pub body: String,
    /// The HTML, after edits.
    pub formatted: Option<String>,
    /// Who reacted with each key.
    pub reactions: BTreeMap<String, BTreeSet<String>>,
    /// How many times it was edited.
    pub edits: usize,
    /// The first message of its thread, when it is in one.
    pub thread_root: Option<String>,
    /// The whole content, after edits.
    pub content: Value,
}

impl MatrixUser {
    /// The newest `limit` events of a room, newest first.
    pub async fn messages(&self, room: &str, limit: usize) -> Vec<Value> {
        let mut events = Vec::new();
        let mut from = String::new();
        while events.len() < limit {
            let page = (limit - events.len()).min(100);
            let mut path = v3(&["rooms", room, "messages"]);
            write!(path, "?dir=b&limit={page}{from}").expect("writing to a string");
            let mut answer = self.must(Method::GET, &path, None).await;
            if let Value::Array(chunk) = answer["chunk"].take() {
                events.extend(chunk);
            }
            let Some(end) = answer["end"].as_str() else {
                break;
            };
            from = format!("&from={}", encode(end));
        }
        events
    }

    /// Waits for an event in a room: one of the last 100, or one that arrives before `limit` ends.
    ///
    /// It waits through an outage of the server. To leave older events out, use
    /// [`wait_for_after`](Self::wait_for_after).
    ///
    /// # Panics
    /// After `limit`, with the events that it saw.
    pub async fn wait_for(
        &self,
        room: &str,
        wanted: impl Fn(&Value) -> bool,
        limit: Duration,
    ) -> Value {
        self.wait(room, None, wanted, limit).await
    }

    /// Waits for an event that comes later in the room than the event `after`.
    ///
    /// # Panics
    /// After `limit`, with the events that it saw.
    pub async fn wait_for_after(
        &self,
        room: &str,
        after: &str,
        wanted: impl Fn(&Value) -> bool,
        limit: Duration,
    ) -> Value {
        self.wait(room, Some(after), wanted, limit).await
    }

    async fn wait(
        &self,
        room: &str,
        after: Option<&str>,
        wanted: impl Fn(&Value) -> bool,
        limit: Duration,
    ) -> Value {
        let mut seen: Vec<Value> = Vec::new();
        let found = self
            .sync_until(room, limit, async |sync, first| {
                let timeline = &sync["rooms"]["join"][room]["timeline"];
                let new = if timeline["limited"] == true && !first {
                    // More arrived at once than a sync shows.
                    let mut all = self.messages(room, 1000).await;
                    all.reverse();
                    seen.clear();
                    all
                } else {
                    timeline["events"].as_array().cloned().unwrap_or_default()
                };
                let start = seen.len();
                seen.extend(new);
                let position = after
                    .and_then(|after| seen.iter().position(|event| event["event_id"] == after))
                    .map_or(0, |index| index + 1);
                seen[start.max(position)..]
                    .iter()
                    .find(|event| wanted(event))
                    .cloned()
            })
            .await;
        found.unwrap_or_else(|| {
            let lines: Vec<String> = seen.iter().map(describe).collect();
            panic!(
                "{}: no such event in {room} within {limit:?}; it saw:\n{}",
                self.user_id,
                lines.join("\n")
            )
        })
    }

    /// Waits for an invitation and returns the room's id; `wanted` gets the room's id and the
    /// stripped state events.
    ///
    /// # Panics
    /// After `limit`.
    pub async fn wait_for_invite(
        &self,
        wanted: impl Fn(&str, &[Value]) -> bool,
        limit: Duration,
    ) -> String {
        self.sync_until("", limit, async |sync, _| {
            sync["rooms"]["invite"]
                .as_object()?
                .iter()
                .find_map(|(room, invite)| {
                    let state = invite["invite_state"]["events"].as_array()?;
                    wanted(room, state).then(|| room.clone())
                })
        })
        .await
        .unwrap_or_else(|| panic!("{}: no such invitation within {limit:?}", self.user_id))
    }

    /// Syncs, from the last 100 events of the room on, until `look` finds something (its second
    /// argument: whether this is the first answer). An empty `room` means all rooms.
    async fn sync_until<T>(
        &self,
        room: &str,
        limit: Duration,
        mut look: impl AsyncFnMut(&Value, bool) -> Option<T>,
    ) -> Option<T> {
        // Synapse answers a repeated first sync from a cache two minutes long: the unused type
        // makes each of ours a new question.
        let nothing = json!({"types": [unique("none")]});
        let mut filter = json!({
            "presence": nothing,
            "account_data": nothing,
            "room": {
                "timeline": {"limit": 100},
                "state": {"lazy_load_members": true},
                "ephemeral": nothing,
                "account_data": nothing,
            },
        });
        if !room.is_empty() {
            filter["room"]["rooms"] = json!([room]);
        }
        let filter = encode(&filter.to_string());
        let start = Instant::now();
        let mut since: Option<String> = None;
        loop {
            let left = limit.saturating_sub(start.elapsed());
            if left.is_zero() {
                return None;
            }
            let mut path = format!("{V3}/sync?filter={filter}");
            if let Some(since) = &since {
                let poll = left.min(LONG_POLL).as_millis();
                write!(path, "&since={}&timeout={poll}", encode(since)).expect("a string");
            }
            match self.call(Method::GET, &path, None).await {
                Ok(sync) => {
                    if let Some(found) = look(&sync, since.is_none()).await {
                        return Some(found);
                    }
                    since = Some(text(&sync, "next_batch"));
                }
                Err(error) if error.status == 0 || error.status >= 500 => {
                    tokio::time::sleep(Duration::from_millis(200)).await;
                }
                Err(error) => panic!("{}: cannot sync: {error:?}", self.user_id),
            }
        }
    }

    /// What a person sees in a room, oldest first, of its newest 1000 events.
    pub async fn timeline(&self, room: &str) -> Vec<Seen> {
        let mut events = self.messages(room, 1000).await;
        events.reverse();
        seen(&events)
    }
}

/// Turns events, oldest first, into what a person sees.
pub fn seen(events: &[Value]) -> Vec<Seen> {
    let mut messages: Vec<Seen> = Vec::new();
    for event in events {
        // A redacted event keeps its type and loses its content.
        if event["unsigned"].get("redacted_because").is_some() {
            continue;
        }
        let relation = &event["content"]["m.relates_to"];
        let target = relation["event_id"].as_str().unwrap_or_default();
        let sender = text(event, "sender");
        let event_type = text(event, "type");
        match (event_type.as_str(), relation["rel_type"].as_str()) {
            ("m.reaction", Some("m.annotation")) => {
                if let Some(message) = messages.iter_mut().find(|seen| seen.event_id == target) {
                    let key = text(relation, "key");
                    message.reactions.entry(key).or_default().insert(sender);
                }
            }
            ("m.room.message" | "org.matrix.msc3381.poll.start", Some("m.replace")) => {
                // Only its author may edit a message, and only into the same type.
                if let Some(message) = messages.iter_mut().find(|seen| {
                    seen.event_id == target
                        && seen.sender == sender
                        && seen.event_type == event_type
                }) {
                    message.edits += 1;
                    message.set_content(event["content"]["m.new_content"].clone());
                }
            }
            ("m.room.message" | "org.matrix.msc3381.poll.start", rel_type) => {
                let mut message = Seen {
                    event_id: text(event, "event_id"),
                    sender,
                    event_type,
                    body: String::new(),
                    formatted: None,
                    reactions: BTreeMap::new(),
                    edits: 0,
                    thread_root: (rel_type == Some("m.thread")).then(|| target.to_owned()),
                    content: Value::Null,
                };
                message.set_content(event["content"].clone());
                messages.push(message);
            }
            _ => {}
        }
    }
    messages
}

impl Seen {
    fn set_content(&mut self, content: Value) {
        let body = content["body"]
            .as_str()
            .or_else(|| content["org.matrix.msc1767.text"].as_str());
        body.unwrap_or_default().clone_into(&mut self.body);
        self.formatted = content["formatted_body"].as_str().map(str::to_owned);
        self.content = content;
    }
}

fn describe(event: &Value) -> String {
    let part = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let content = event["content"].to_string();
    let content: String = content.chars().take(300).collect();
    format!(
        "  {} {} {content}",
        part(&event["sender"]),
        part(&event["type"])
    )
}
