//! What an event of a room's timeline says, if it is any of our business.
//!
//! Pure: from the event's JSON to a small value. It does not know the room, nor decide who may do what; the
//! event comes from strangers, and an event that does not have the form of its type is none of ours.

use chrono::{DateTime, Utc};
use serde::Deserialize;

/// An event that may concern us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Event {
    /// Its id.
    pub id: String,
    /// Who sent it.
    pub sender: String,
    /// When, by the sender's homeserver.
    pub at: DateTime<Utc>,
    /// What it says.
    pub what: What,
}

/// What an event says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    /// Somebody wrote.
    Said {
        /// The text, without the quotation that old clients put before a reply.
        text: String,
        /// The first message of the thread that it is in.
        thread: Option<String>,
    },
    /// Somebody reacted to a message.
    Reacted {
        /// The message.
        target: String,
        /// The emoji.
        emoji: String,
    },
    /// Somebody came into the room (not: changed their name while in it).
    Joined {
        /// Who.
        who: String,
    },
}

#[derive(Deserialize)]
struct Raw {
    event_id: String,
    sender: String,
    #[serde(rename = "type")]
    kind: String,
    origin_server_ts: i64,
    state_key: Option<String>,
    #[serde(default)]
    content: Content,
    #[serde(default)]
    unsigned: Unsigned,
}

#[derive(Default, Deserialize)]
struct Content {
    msgtype: Option<String>,
    body: Option<String>,
    membership: Option<String>,
    #[serde(rename = "m.relates_to")]
    relates_to: Option<Relation>,
}

#[derive(Deserialize)]
struct Relation {
    rel_type: Option<String>,
    event_id: Option<String>,
    key: Option<String>,
    #[serde(rename = "m.in_reply_to")]
    in_reply_to: Option<serde::de::IgnoredAny>,
}

#[derive(Default, Deserialize)]
struct Unsigned {
    prev_content: Option<Previous>,
}

#[derive(Deserialize)]
struct Previous {
    membership: Option<String>,
}

/// Reads an event's JSON. None: not for us (edits, notices of other bots, pictures, malformed events…).
pub(super) fn read(json: &str) -> Option<Event> {
    let raw: Raw = serde_json::from_str(json).ok()?;
    let at = DateTime::from_timestamp_millis(raw.origin_server_ts)?;
    let what = match (raw.kind.as_str(), raw.state_key) {
        ("m.room.message", None) => said(raw.content)?,
        ("m.reaction", None) => {
            let relation = raw.content.relates_to?;
            (relation.rel_type.as_deref() == Some("m.annotation")).then_some(())?;
            What::Reacted {
                target: relation.event_id?,
                emoji: relation.key?,
            }
        }
        ("m.room.member", Some(who)) => {
            let was = raw
                .unsigned
                .prev_content
                .and_then(|previous| previous.membership);
            let joins = raw.content.membership.as_deref() == Some("join");
            (joins && was.as_deref() != Some("join")).then_some(What::Joined { who })?
        }
        _ => return None,
    };
    Some(Event {
        id: raw.event_id,
        sender: raw.sender,
        at,
        what,
    })
}

fn said(content: Content) -> Option<What> {
    // m.notice is what bots send: answering one could go on for ever.
    (content.msgtype.as_deref() == Some("m.text")).then_some(())?;
    let body = content.body?;
    let Some(relation) = content.relates_to else {
        return Some(What::Said {
            text: body,
            thread: None,
        });
    };
    let text = if relation.in_reply_to.is_some() {
        without_quotation(&body).to_owned()
    } else {
        body
    };
    match relation.rel_type.as_deref() {
        // The first text was handled when it came: a correction does not run a command a second time.
        Some("m.replace") => None,
        Some("m.thread") => Some(What::Said {
            text,
            thread: relation.event_id,
        }),
        _ => Some(What::Said { text, thread: None }),
    }
}

/// A reply without the lines "> …" and the empty line that clients put before it until version 1.13 of the
/// specification (<https://github.com/matrix-org/matrix-spec-proposals/pull/2781>).
fn without_quotation(body: &str) -> &str {
    let mut rest = body;
    while let Some(line) = rest.strip_prefix("> ").or_else(|| rest.strip_prefix(">\n")) {
        if rest.starts_with(">\n") {
            rest = line;
        } else {
            rest = line.split_once('\n').map_or("", |(_, after)| after);
        }
    }
    if rest.len() == body.len() {
        body
    } else {
        rest.strip_prefix('\n').unwrap_or(rest)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn what(kind: &str, content: Value) -> Option<What> {
        let event = json!({
            "event_id": "$1", "sender": "@a:b", "type": kind, "origin_server_ts": 5, "content": content,
        });
        read(&event.to_string()).map(|event| event.what)
    }

    fn said(text: &str, thread: Option<&str>) -> Option<What> {
        Some(What::Said {
            text: text.to_owned(),
            thread: thread.map(str::to_owned),
        })
    }

    #[test]
    fn a_text_is_read_and_everything_that_is_no_new_text_is_left() {
        let text = |body: &str| json!({"msgtype": "m.text", "body": body});
        let related = |body: &str, relation: Value| json!({"msgtype": "m.text", "body": body, "m.relates_to": relation});
        let reply = json!({"m.in_reply_to": {"event_id": "$0"}});
        let thread = json!({
            "rel_type": "m.thread", "event_id": "$0", "is_falling_back": true,
            "m.in_reply_to": {"event_id": "$9"},
        });
        let edit = json!({"rel_type": "m.replace", "event_id": "$0"});
        let table = [
            ("m.room.message", text("!aide"), said("!aide", None)),
            (
                "m.room.message",
                related("!aide", reply.clone()),
                said("!aide", None),
            ),
            (
                "m.room.message",
                related("> <@a:b> !non\n> oui\n\n!aide\n> à", reply),
                said("!aide\n> à", None),
            ),
            ("m.room.message", text("> gardé"), said("> gardé", None)),
            (
                "m.room.message",
                related("> q\n\n!aide", thread),
                said("!aide", Some("$0")),
            ),
            ("m.room.message", related("* !aide", edit), None),
            (
                "m.room.message",
                json!({"msgtype": "m.notice", "body": "!aide"}),
                None,
            ),
            (
                "m.room.message",
                json!({"msgtype": "m.image", "body": "!aide"}),
                None,
            ),
            ("m.room.message", json!({"body": "!aide"}), None),
            (
                "m.room.message",
                json!({"msgtype": "m.text", "body": 3}),
                None,
            ),
            ("m.room.message", json!({}), None),
            (
                "m.room.encrypted",
                json!({"algorithm": "m.megolm.v1.aes-sha2"}),
                None,
            ),
        ];
        for (kind, content, expected) in table {
            assert_eq!(what(kind, content.clone()), expected, "{kind} {content}");
        }
    }

    #[test]
    fn a_reaction_names_its_message_and_its_emoji() {
        let relation = json!({"rel_type": "m.annotation", "event_id": "$0", "key": "✅"});
        assert_eq!(
            what("m.reaction", json!({"m.relates_to": relation})),
            Some(What::Reacted {
                target: "$0".to_owned(),
                emoji: "✅".to_owned()
            })
        );
        assert_eq!(what("m.reaction", json!({})), None);
    }

    #[test]
    fn a_new_name_is_no_arrival() {
        let member = |membership: &str, previous: Value| {
            let event = json!({
                "event_id": "$1", "sender": "@a:b", "type": "m.room.member", "origin_server_ts": 5,
                "state_key": "@a:b", "content": {"membership": membership},
                "unsigned": {"prev_content": previous},
            });
            read(&event.to_string()).map(|event| event.what)
        };
        let joined = Some(What::Joined {
            who: "@a:b".to_owned(),
        });
        assert_eq!(member("join", json!({"membership": "invite"})), joined);
        assert_eq!(member("join", Value::Null), joined);
        assert_eq!(member("join", json!({"membership": "join"})), None);
        assert_eq!(member("leave", json!({"membership": "join"})), None);
    }
}
