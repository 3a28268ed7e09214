//! Brings cards to Discord: creates a message once, and edits it.
//!
//! **Once**: a first send carries a nonce made from the card, with `enforce_nonce`: Discord answers a repeat with the
//! message that it has. It remembers a nonce for "the past few minutes" only
//! (<https://docs.discord.com/developers/resources/message#create-message>), so when the first try is older than [`NONCE_MEMORY`]
//! the channel's recent messages are searched first.
//!
//! **Deleted**: when somebody deleted the first message, the same nonce answers "unknown message" for as long as it is
//! remembered. The card then takes the next of a fixed series of nonces, so that a repeat still finds the same message.
//!
//! **Pictures**: where Discord takes the message only without its picture (the bot may not attach files there), its words
//! arrive alone.

use std::num::NonZeroU64;
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};
use serenity::model::id::{ChannelId, MessageId};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::error::{Failure, code};
use super::inbound::id_at;
use super::rest::{Rest, Sent, id};
use super::upload::Upload;
use super::{DirectChannels, pin, poll, render};
use crate::domain::card::{Message, NativeFigures, idempotency_key};
use crate::domain::network::Destination;
use crate::network::{Delivery, MessageRef, SendError};

/// How long we count on Discord to remember a nonce.
const NONCE_MEMORY: chrono::Duration = chrono::Duration::seconds(60);
/// Discord's clock and ours may differ by this much.
const CLOCKS: chrono::Duration = chrono::Duration::seconds(30);
/// How many times a card's message can be deleted and made again within Discord's memory.
const SPARE_NONCES: u8 = 3;
/// Pages of 100 messages that are searched.
const PAGES: usize = 5;

/// What a card says, with the bytes that go with it.
struct Said {
    message: Message,
    upload: Option<Upload>,
}

impl Said {
    async fn of(delivery: &Delivery) -> Self {
        let mut message = delivery.message.clone();
        let upload = Upload::of(&mut message).await;
        Self { message, upload }
    }

    /// The same without its picture, if it has one and Discord refused the whole.
    fn without_picture(&self, delivery: &Delivery, refused: &SendError) -> Option<Self> {
        let SendError::Permanent { reason } = refused else {
            return None;
        };
        self.message.image.as_ref()?;
        tracing::warn!(card = %delivery.card, reason, "discord: refused, tried again without its picture");
        let mut message = self.message.clone();
        message.image = None;
        Some(Self {
            message,
            upload: None,
        })
    }
}

/// Creates the card's message, or finds the one that an earlier try made.
pub(super) async fn create(
    rest: &Rest,
    direct: &DirectChannels,
    own: NonZeroU64,
    delivery: &Delivery,
) -> Result<MessageRef, SendError> {
    let said = Said::of(delivery).await;
    let mut created = create_saying(rest, direct, own, delivery, &said).await;
    if let Err(refused) = &created
        && let Some(said) = said.without_picture(delivery, refused)
    {
        created = create_saying(rest, direct, own, delivery, &said).await;
    }
    let created = created?;
    if delivery.message.pinned == Some(true) {
        let (channel, message) = parse_reference(&created)?;
        pin::set(rest, channel, message, true).await?;
    }
    Ok(created)
}

/// Makes sure that a message stands and is pinned.
pub(super) async fn keep_pinned(rest: &Rest, message: &MessageRef) -> Result<(), SendError> {
    let (channel, message) = parse_reference(message)?;
    pin::keep(rest, channel, message).await
}

async fn create_saying(
    rest: &Rest,
    direct: &DirectChannels,
    own: NonZeroU64,
    delivery: &Delivery,
    said: &Said,
) -> Result<MessageRef, SendError> {
    let channel = channel(rest, direct, &delivery.destination)
        .await
        .map_err(Failure::into_send_error)?;
    let mut body = match &said.message.native {
        Some(poll) => poll::body(poll, delivery.now),
        None => render::create(&said.message),
    };
    if let Destination::Thread { root, .. } = &delivery.destination {
        // Either a bare message id or a reference that `create` gave out.
        let root = id(root.rsplit('/').next().unwrap_or(root)).map_err(Failure::into_send_error)?;
        let reference = json!({ "message_id": root.to_string(), "fail_if_not_exists": false });
        body.insert("message_reference".to_owned(), reference);
    }
    if let Some(since) = delivery
        .uncertain_since
        .filter(|since| delivery.now - *since > NONCE_MEMORY)
    {
        let found = find(rest, own, channel, since, delivery.card, &body)
            .await
            .map_err(Failure::into_send_error)?;
        if let Some(message) = found {
            // It may show what the card said at that time.
            match edit_at(rest, channel, message, said).await {
                Ok(()) => return Ok(reference(channel, message)),
                Err(SendError::Gone { .. }) => {}
                Err(error) => return Err(error),
            }
        }
    }
    for nonce in nonces(delivery.card) {
        body.insert("nonce".to_owned(), json!(nonce));
        body.insert("enforce_nonce".to_owned(), json!(true));
        match rest
            .create_message(channel, &Value::Object(body.clone()), said.upload.as_ref())
            .await
        {
            Ok(sent) => {
                let message = id(&sent.id).map_err(Failure::into_send_error)?;
                return Ok(reference(channel, message));
            }
            Err(failure) if failure.code() == Some(code::UNKNOWN_MESSAGE) => {}
            Err(failure) => {
                if failure.code() == Some(code::UNKNOWN_CHANNEL) {
                    direct.forget(channel);
                }
                return Err(failure.into_send_error());
            }
        }
    }
    Err(SendError::Retry {
        after: Some(Duration::from_mins(5)),
        reason: "its message was deleted again and again; Discord's memory of it must pass first"
            .to_owned(),
    })
}

/// Makes the card's message say what it should say now.
pub(super) async fn edit(
    rest: &Rest,
    delivery: &Delivery,
    message: &MessageRef,
) -> Result<(), SendError> {
    let (channel, message) = parse_reference(message)?;
    let said = Said::of(delivery).await;
    let mut edited = edit_at(rest, channel, message, &said).await;
    if let Err(refused) = &edited
        && let Some(said) = said.without_picture(delivery, refused)
    {
        edited = edit_at(rest, channel, message, &said).await;
    }
    edited?;
    if delivery.message.pinned == Some(false) {
        pin::set(rest, channel, message, false).await?;
    }
    Ok(())
}

/// What the native poll in that message came to.
pub(super) async fn figures(rest: &Rest, message: &MessageRef) -> Result<NativeFigures, SendError> {
    let (channel, message) = parse_reference(message)?;
    poll::figures(rest, channel, MessageId::from(message))
        .await
        .map_err(Failure::into_send_error)
}

fn parse_reference(message: &MessageRef) -> Result<(ChannelId, NonZeroU64), SendError> {
    let unknown = || SendError::Permanent {
        reason: "a reference that is none of Discord's".to_owned(),
    };
    let (channel, message) = message.0.split_once('/').ok_or_else(unknown)?;
    let channel = ChannelId::from(id(channel).map_err(|_| unknown())?);
    Ok((channel, id(message).map_err(|_| unknown())?))
}

async fn edit_at(
    rest: &Rest,
    channel: ChannelId,
    message: NonZeroU64,
    said: &Said,
) -> Result<(), SendError> {
    if let Some(poll) = &said.message.native {
        return match poll.ended {
            None => Ok(()),
            Some(_) => poll::end(rest, channel, MessageId::from(message))
                .await
                .map_err(Failure::into_send_error),
        };
    }
    let body = Value::Object(render::edit(&said.message));
    let message = MessageId::from(message);
    rest.edit_message(channel, message, &body, said.upload.as_ref())
        .await
        .map_err(Failure::into_send_error)
}

fn reference(channel: ChannelId, message: NonZeroU64) -> MessageRef {
    MessageRef(format!("{channel}/{message}"))
}

async fn channel(
    rest: &Rest,
    direct: &DirectChannels,
    destination: &Destination,
) -> Result<ChannelId, Failure> {
    match destination {
        Destination::Room(room) | Destination::Thread { room, .. } => id(room).map(ChannelId::from),
        Destination::Server { room, .. } => Err(Failure::Address(room.clone())),
        Destination::Direct(user) => {
            let user = id(user)?;
            if let Some(known) = direct.get(user) {
                return Ok(known);
            }
            let channel = rest.private_channel(user).await?;
            direct.remember(user, channel);
            Ok(channel)
        }
    }
}

/// A card's nonces, in the order of their use: its idempotency key, then spares.
fn nonces(card: Uuid) -> Vec<String> {
    let spares = (1..=SPARE_NONCES).map(|number| {
        let mut hash = Sha256::new();
        hash.update(card.as_bytes());
        hash.update([number]);
        hex::encode(hash.finalize()).chars().take(25).collect()
    });
    std::iter::once(idempotency_key(card))
        .chain(spares)
        .collect()
}

/// Looks through the bot's own messages since `since` for the one that a try with `body` made.
async fn find(
    rest: &Rest,
    own: NonZeroU64,
    channel: ChannelId,
    since: DateTime<Utc>,
    card: Uuid,
    body: &Map<String, Value>,
) -> Result<Option<NonZeroU64>, Failure> {
    let own = own.to_string();
    let nonces = nonces(card);
    let mut after = id_at(since - CLOCKS);
    for _ in 0..PAGES {
        let page = rest.messages_after(channel, after).await?;
        let ours = |message: &&Sent| message.author.id == own;
        let by_nonce = |message: &&Sent| {
            message
                .nonce
                .as_ref()
                .and_then(Value::as_str)
                .is_some_and(|nonce| nonces.iter().any(|known| known == nonce))
        };
        let found = page.iter().filter(ours).find(by_nonce).or_else(|| {
            // Another card's nonce rules a message out.
            page.iter()
                .filter(ours)
                .find(|message| message.nonce.is_none() && alike(message, body))
        });
        if let Some(found) = found {
            return id(&found.id).map(Some);
        }
        let newest = page
            .iter()
            .filter_map(|message| message.id.parse::<u64>().ok())
            .max();
        match newest {
            Some(newest) if page.len() == 100 => after = newest,
            _ => break,
        }
    }
    Ok(None)
}

/// Whether a message is the one that `body` makes: the same poll; the same buttons, title and footer; without any of the
/// last two, the same text.
fn alike(message: &Sent, body: &Map<String, Value>) -> bool {
    if let Some(poll) = &message.poll {
        return poll.asks(body);
    }
    if body.contains_key("poll") {
        return false;
    }
    let embeds = Value::Array(message.embeds.clone());
    let components = Value::Array(message.components.clone());
    let wanted_embeds = body.get("embeds").unwrap_or(&Value::Null);
    let at = |value: &Value, pointer: &str| {
        value
            .pointer(pointer)
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let same = |pointer: &str| at(&embeds, pointer) == at(wanted_embeds, pointer);
    let mut ids = Vec::new();
    custom_ids(&components, &mut ids);
    let mut wanted_ids = Vec::new();
    custom_ids(
        body.get("components").unwrap_or(&Value::Null),
        &mut wanted_ids,
    );
    let content = body
        .get("content")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let told_apart = !ids.is_empty() || at(&embeds, "/0/footer/text").is_some();
    ids == wanted_ids
        && same("/0/title")
        && same("/0/footer/text")
        && (told_apart || (same("/0/description") && message.content == content))
}

fn custom_ids<'a>(components: &'a Value, ids: &mut Vec<&'a str>) {
    for component in components.as_array().into_iter().flatten() {
        ids.extend(component.get("custom_id").and_then(Value::as_str));
        custom_ids(component.get("components").unwrap_or(&Value::Null), ids);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cards_nonces_differ_and_fit() {
        let nonces = nonces(Uuid::from_u128(7));
        assert_eq!(nonces.len(), 4);
        for (number, nonce) in nonces.iter().enumerate() {
            assert!(nonce.len() <= 25, "{nonce}");
            assert!(!nonces.iter().skip(number + 1).any(|other| other == nonce));
        }
    }
}
