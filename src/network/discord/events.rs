//! Scheduled events of servers (<https://docs.discord.com/developers/resources/guild-scheduled-event>): the mirror of
//! announced workshops, in Discord's own list.
//!
//! **Why cards**: an entry is shown, edited, retried and held back by rate limits like every card; only its place is a
//! server, and its JSON is an event's. A table and a worker of its own would repeat all of that.
//!
//! **Once**: Discord has no nonce for events. Before one is created, the server's events are searched for one of ours whose
//! description ends with the card's mark: an answer that was lost, a restored database or a second process make no double.
//!
//! **What Discord does itself**: an event of ours becomes active at its start and completed at its end. An ended one cannot be
//! changed, and one that has begun cannot start later: it is then ended, and made anew.
//!
//! It needs Create Events in the server, and nothing else for events of the bot's own.

use std::num::NonZeroU64;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Deserialize;
use serde_json::{Value, json};
use serenity::model::id::{GuildId, ScheduledEventId};

use super::error::Failure;
use super::escape::{self, cut, cut_escaped};
use super::rest::{Rest, id};
use crate::domain::card::ServerEvent;
use crate::network::{MessageRef, SendError};

/// Longest name and place.
const LINE: usize = 100;
/// Longest description.
const DESCRIPTION: usize = 1_000;

const SCHEDULED: u8 = 1;
const ACTIVE: u8 = 2;
const COMPLETED: u8 = 3;
const CANCELED: u8 = 4;

/// What is read of an event.
#[derive(Deserialize)]
pub(super) struct Event {
    id: String,
    status: u8,
    #[serde(default)]
    creator_id: Option<String>,
    #[serde(default)]
    description: Option<String>,
}

impl Event {
    fn is(&self, own: NonZeroU64, mark: &str) -> bool {
        let last = self
            .description
            .as_deref()
            .and_then(|text| text.lines().last());
        let ours = self.creator_id.as_deref() == Some(&own.to_string());
        ours && last == Some(mark) && matches!(self.status, SCHEDULED | ACTIVE)
    }
}

/// Creates the event, or finds the one that an earlier try made.
///
/// # Errors
/// [`SendError::Gone`] when there is none, and it is too late to make one.
pub(super) async fn create(
    rest: &Rest,
    own: NonZeroU64,
    server: &str,
    event: &ServerEvent,
    now: DateTime<Utc>,
) -> Result<MessageRef, SendError> {
    let guild = id(server).map_err(Failure::into_send_error)?;
    let all = rest.events(GuildId::from(guild)).await;
    let all = all.map_err(Failure::into_send_error)?;
    let made = match all.into_iter().find(|other| other.is(own, &event.mark)) {
        Some(found) => {
            bring(rest, guild, &found, event, now).await?;
            found
        }
        None if event.called_off || event.starts_at <= now => {
            return Err(SendError::Gone {
                reason: "too late to enter it".to_owned(),
            });
        }
        None => {
            let mut body = body(event, guild, now);
            if let Some(fields) = body.as_object_mut() {
                // Only members of the server see it: there is no other level.
                fields.insert("privacy_level".to_owned(), json!(2));
            }
            let made = rest.create_event(GuildId::from(guild), &body).await;
            made.map_err(Failure::into_send_error)?
        }
    };
    Ok(MessageRef(format!("{guild}/{}", made.id)))
}

/// Makes the event say what it should say now.
pub(super) async fn edit(
    rest: &Rest,
    message: &MessageRef,
    event: &ServerEvent,
    now: DateTime<Utc>,
) -> Result<(), SendError> {
    let (guild, number) = message.0.split_once('/').unwrap_or_default();
    let (guild, number) = (id(guild), id(number));
    let guild = guild.map_err(Failure::into_send_error)?;
    let number = number.map_err(Failure::into_send_error)?;
    let there = rest.event(GuildId::from(guild), ScheduledEventId::from(number));
    let there = there.await.map_err(Failure::into_send_error)?;
    bring(rest, guild, &there, event, now).await
}

/// Brings an event of ours to what it should say, as far as its status lets us.
async fn bring(
    rest: &Rest,
    guild: NonZeroU64,
    there: &Event,
    event: &ServerEvent,
    now: DateTime<Utc>,
) -> Result<(), SendError> {
    let number = id(&there.id).map_err(Failure::into_send_error)?;
    let later = event.starts_at > now;
    let wanted = match there.status {
        SCHEDULED if event.called_off => json!({ "status": CANCELED }),
        ACTIVE if event.called_off || later => json!({ "status": COMPLETED }),
        SCHEDULED | ACTIVE => body(event, guild, now),
        _ => return Ok(()),
    };
    let edited = rest.edit_event(
        GuildId::from(guild),
        ScheduledEventId::from(number),
        &wanted,
    );
    edited.await.map_err(Failure::into_send_error)?;
    if there.status == ACTIVE && later && !event.called_off {
        return Err(SendError::Gone {
            reason: "it had begun, and begins anew later".to_owned(),
        });
    }
    Ok(())
}

/// What an event says. Discord takes no start in the past.
fn body(event: &ServerEvent, guild: NonZeroU64, now: DateTime<Utc>) -> Value {
    let time = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let line = |text: &str| cut(&escape::plain(text), LINE);
    let mut body = json!({
        "name": line(&event.name),
        "description": description(event, guild),
        "scheduled_end_time": time(event.ends_at),
        "entity_type": 3,
        "entity_metadata": { "location": line(&event.place) },
    });
    if event.starts_at > now
        && let Some(fields) = body.as_object_mut()
    {
        fields.insert(
            "scheduled_start_time".to_owned(),
            time(event.starts_at).into(),
        );
    }
    body
}

/// What it is about, as far as there is room; how to answer; the mark, alone on the last line.
fn description(event: &ServerEvent, guild: NonZeroU64) -> String {
    let mut tail = escape::text(&event.answer);
    if let Some(card) = &event.card {
        tail.push_str(&format!("\nhttps://discord.com/channels/{guild}/{card}"));
    }
    tail.push('\n');
    tail.push_str(&event.mark);
    match &event.about {
        None => tail,
        Some(about) => {
            let room = DESCRIPTION.saturating_sub(escape::units(&tail) + 2);
            let about = cut_escaped(&escape::text(about), room);
            format!("{about}\n\n{tail}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::card::COMMAND_SIGN;

    fn event(about: Option<String>) -> ServerEvent {
        ServerEvent {
            name: "Semences @everyone".repeat(10),
            about,
            place: "Chez Ana".to_owned(),
            starts_at: DateTime::from_timestamp(7_200, 0).unwrap(),
            ends_at: DateTime::from_timestamp(9_000, 0).unwrap(),
            called_off: false,
            answer: format!("Répondre\u{a0}: {COMMAND_SIGN}viens A1"),
            card: Some("7/8".to_owned()),
            mark: "quebec/A1".to_owned(),
        }
    }

    #[test]
    fn an_event_fits_discords_limits_and_keeps_its_mark() {
        let (guild, now) = (NonZeroU64::new(9).unwrap(), DateTime::UNIX_EPOCH);
        for about in [None, Some("*".repeat(3_000)), Some("🧵\n".repeat(900))] {
            let body = body(&event(about), guild, now);
            let description = body["description"].as_str().unwrap();
            assert!(escape::units(description) <= DESCRIPTION, "{description}");
            let tail = "Répondre\u{a0}: /viens A1\nhttps://discord.com/channels/9/7/8\nquebec/A1";
            assert!(description.ends_with(tail), "{description}");
            let name = body["name"].as_str().unwrap();
            assert!(
                escape::units(name) <= LINE && !name.contains("@everyone"),
                "{name}"
            );
            assert_eq!(body["scheduled_start_time"], "1970-01-01T02:00:00Z");
        }
        let begun = DateTime::from_timestamp(7_200, 0).unwrap();
        let body = body(&event(None), guild, begun);
        assert!(body.get("scheduled_start_time").is_none());
    }

    #[test]
    fn an_event_is_ours_by_its_author_and_its_last_line() {
        let own = NonZeroU64::new(5).unwrap();
        let other = |creator: &str, description: &str, status: u8| Event {
            id: "1".to_owned(),
            status,
            creator_id: Some(creator.to_owned()),
            description: Some(description.to_owned()),
        };
        assert!(other("5", "Ana\nquebec/A1", SCHEDULED).is(own, "quebec/A1"));
        for wrong in [
            other("6", "quebec/A1", SCHEDULED),
            other("5", "quebec/A1\nquebec/A12", SCHEDULED),
            other("5", "quebec/A1", CANCELED),
        ] {
            assert!(!wrong.is(own, "quebec/A1"));
        }
    }
}
