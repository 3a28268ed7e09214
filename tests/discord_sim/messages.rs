//! Creating, editing, deleting messages: the part common to REST, interactions and what people write.
//!
//! Bodies arrive here already checked by `rules`; what depends on state (emptiness, permissions) is checked here.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::errors::{ApiError, error};
use super::events::intents;
use super::markup;
use super::permissions::perms;
use super::polls::Poll;
use super::rest::File;
use super::rules::files::{attached, describes};
use super::state::{Message, State};

/// A message about to be created.
pub struct Draft<'a> {
    pub channel: u64,
    pub author: u64,
    pub body: &'a Value,
    pub files: &'a [File],
    /// The webhook, when it comes through one of its own.
    pub webhook: Option<u64>,
    /// Application and interaction, when it comes through an interaction's webhook.
    pub interaction: Option<(u64, u64)>,
    pub only_for: Option<u64>,
    pub flags: u64,
}

impl State {
    pub fn create_message(&mut self, draft: &Draft<'_>) -> Result<u64, ApiError> {
        let loading = draft.flags & Message::LOADING != 0;
        if !loading && draft.files.is_empty() {
            refuse_empty(draft.body, draft.flags)?;
        }
        let id = self.clock.next_id();
        let metadata = draft
            .interaction
            .map(|(_, interaction)| self.interactions[&interaction].metadata.clone());
        let mut message = Message {
            id,
            channel: draft.channel,
            author: draft.author,
            webhook: draft.webhook.or(draft.interaction.map(|(app, _)| app)),
            kind: 0,
            content: String::new(),
            embeds: json!([]),
            components: json!([]),
            attachments: json!([]),
            flags: draft.flags,
            timestamp: self.clock.timestamp(),
            edited: None,
            reactions: Vec::new(),
            poll: Poll::of(draft.body, self.clock.now_ms()),
            reference: draft.body["message_reference"]["message_id"]
                .as_str()
                .and_then(|id| id.parse().ok()),
            nonce: Some(draft.body["nonce"].clone()).filter(|nonce| !nonce.is_null()),
            only_for: draft.only_for,
            interaction: metadata,
            interaction_id: draft.interaction.map(|(_, interaction)| interaction),
            mentions: BTreeSet::new(),
            mention_roles: BTreeSet::new(),
            mention_everyone: false,
            thread: None,
            edits: 0,
            deleted: false,
        };
        if message.reference.is_some() {
            message.kind = 19;
        } else if message
            .interaction
            .as_ref()
            .is_some_and(|data| data["type"] == 2)
        {
            message.kind = 20;
        }
        self.write_into(&mut message, draft.body, draft.files);
        self.messages.insert(id, message);
        if let Some(channel) = self
            .channels
            .get_mut(&draft.channel)
            .filter(|_| draft.only_for.is_none())
        {
            channel.last_message = Some(id);
            channel.creations += 1;
        }
        self.dispatch_message("MESSAGE_CREATE", id);
        Ok(id)
    }

    /// Applies a checked body to a living message and announces it.
    pub fn edit_message(&mut self, id: u64, body: &Value, files: &[File]) -> Result<(), ApiError> {
        let mut message = self
            .messages
            .get(&id)
            .filter(|message| !message.deleted)
            .cloned()
            .ok_or_else(|| error(10008))?;
        if let Some(flags) = body["flags"].as_u64() {
            let v2 = (message.flags | flags) & Message::COMPONENTS_V2;
            message.flags = (message.flags & !Message::SUPPRESS_EMBEDS)
                | (flags & Message::SUPPRESS_EMBEDS)
                | v2;
        }
        message.flags &= !Message::LOADING;
        self.write_into(&mut message, body, files);
        let now = json!({
            "content": message.content, "embeds": message.embeds, "components": message.components,
            "attachments": message.attachments,
        });
        refuse_empty(&now, message.flags)?;
        message.edited = Some(self.clock.timestamp());
        message.edits += 1;
        if let Some(channel) = self
            .channels
            .get_mut(&message.channel)
            .filter(|_| message.only_for.is_none())
        {
            channel.edits += 1;
        }
        self.messages.insert(id, message);
        self.dispatch_message("MESSAGE_UPDATE", id);
        Ok(())
    }

    fn write_into(&mut self, message: &mut Message, body: &Value, files: &[File]) {
        let fields = body.as_object();
        let given = |name: &str| fields.is_some_and(|fields| fields.contains_key(name));
        if given("attachments") || !files.is_empty() {
            self.attach(message, &body["attachments"], files);
        }
        if given("content") {
            message.content = body["content"].as_str().unwrap_or("").trim().to_owned();
            let allowed = &body["allowed_mentions"];
            let (users, roles) = markup::mentioned(&message.content);
            let known = |id: &u64| {
                self.users.contains_key(id) && markup::lets_through(allowed, "users", *id)
            };
            message.mentions = users.into_iter().filter(known).collect();
            message.mention_roles = roles
                .into_iter()
                .filter(|id| markup::lets_through(allowed, "roles", *id))
                .collect();
            let may = self.channel_permissions(message.channel, message.author)
                & perms::MENTION_EVERYONE
                != 0;
            message.mention_everyone = may
                && markup::mentions_everyone(&message.content)
                && markup::lets_through(allowed, "everyone", 0);
        }
        if given("embeds") {
            message.embeds = Value::Array(
                body["embeds"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .map(|embed| stored_embed(embed, &message.attachments))
                    .collect(),
            );
        }
        if given("components") {
            let mut next = 0;
            let list = body["components"].as_array().into_iter().flatten();
            message.components =
                Value::Array(list.map(|part| stored_component(part, &mut next)).collect());
        }
    }

    /// Keeps the attachments that the list names, if there is a list, and adds the files.
    fn attach(&mut self, message: &mut Message, listed: &Value, files: &[File]) {
        let listed = listed.as_array();
        let mut list = message.attachments.as_array().cloned().unwrap_or_default();
        if let Some(listed) = listed {
            list.retain(|known| listed.iter().any(|entry| entry["id"] == known["id"]));
        }
        for file in files {
            let id = self.clock.next_id();
            let name = &file.name;
            let url = format!(
                "https://cdn.discordapp.com/attachments/{}/{id}/{name}",
                message.channel
            );
            let mut attachment = json!({
                "id": id.to_string(), "filename": name, "size": file.size, "url": url, "proxy_url": url,
                "content_type": file.content_type,
            });
            if let Some((width, height)) = file.png {
                attachment["width"] = json!(width);
                attachment["height"] = json!(height);
            }
            let entry = listed.and_then(|list| list.iter().find(|entry| describes(entry, file)));
            if let Some(words) = entry.and_then(|entry| entry["description"].as_str()) {
                attachment["description"] = json!(words);
            }
            list.push(attachment);
        }
        message.attachments = Value::Array(list);
    }

    pub fn delete_message(&mut self, id: u64) {
        let Some(message) = self.messages.get_mut(&id) else {
            return;
        };
        message.deleted = true;
        let (channel, ephemeral) = (message.channel, message.only_for.is_some());
        if let Some(channel) = self.channels.get_mut(&channel) {
            channel.pins.retain(|(pinned, _)| *pinned != id);
        }
        if !ephemeral {
            let payload = json!({"id": id.to_string(), "channel_id": channel.to_string()});
            self.dispatch_channel(
                "MESSAGE_DELETE",
                intents::GUILD_MESSAGES,
                intents::DIRECT_MESSAGES,
                channel,
                &payload,
            );
        }
    }

    /// Adds or removes one person's reaction; the emoji is `name` or `name:id`.
    pub fn react(&mut self, message: u64, user: u64, emoji: &str, add: bool) {
        let emoji = emoji_json(emoji);
        let Some(found) = self.messages.get_mut(&message) else {
            return;
        };
        let channel = found.channel;
        let author = found.author;
        let index = found
            .reactions
            .iter()
            .position(|(known, _)| *known == emoji);
        let changed = match (index, add) {
            (Some(index), true) if found.reactions[index].1.contains(&user) => false,
            (Some(index), true) => {
                found.reactions[index].1.push(user);
                true
            }
            (None, true) => {
                found.reactions.push((emoji.clone(), vec![user]));
                true
            }
            (Some(index), false) => {
                let before = found.reactions[index].1.len();
                found.reactions[index].1.retain(|other| *other != user);
                let changed = before != found.reactions[index].1.len();
                found.reactions.retain(|(_, users)| !users.is_empty());
                changed
            }
            (None, false) => false,
        };
        if !changed {
            return;
        }
        let mut payload = json!({
            "user_id": user.to_string(), "channel_id": channel.to_string(), "message_id": message.to_string(),
            "emoji": emoji, "burst": false, "type": 0,
        });
        if add {
            payload["message_author_id"] = json!(author.to_string());
            if let Some(guild) = self.channels[&channel].guild {
                payload["member"] = self.render_member(guild, user);
            }
        }
        let kind = if add {
            "MESSAGE_REACTION_ADD"
        } else {
            "MESSAGE_REACTION_REMOVE"
        };
        let (guild, private) = (
            intents::GUILD_MESSAGE_REACTIONS,
            intents::DIRECT_MESSAGE_REACTIONS,
        );
        self.dispatch_channel(kind, guild, private, channel, &payload);
    }

    /// Pins a message, which Discord tells the channel by one of its own in the name of who pinned it, or takes a pin away.
    pub fn set_pinned(&mut self, channel: u64, message: u64, pinned: bool, by: u64) {
        let when = self.clock.timestamp();
        let Some(place) = self.channels.get_mut(&channel) else {
            return;
        };
        let already = place.pins.iter().any(|(id, _)| *id == message);
        if already == pinned {
            return;
        }
        if pinned {
            place.pins.insert(0, (message, when.clone()));
        } else {
            place.pins.retain(|(id, _)| *id != message);
        }
        let last = place.pins.first().map(|(_, when)| when.clone());
        let payload = json!({"channel_id": channel.to_string(), "last_pin_timestamp": last});
        self.dispatch_channel(
            "CHANNEL_PINS_UPDATE",
            intents::GUILDS,
            intents::DIRECT_MESSAGES,
            channel,
            &payload,
        );
        if pinned {
            self.tell_of_pin(channel, message, by);
        }
    }

    fn tell_of_pin(&mut self, channel: u64, message: u64, by: u64) {
        let id = self.clock.next_id();
        let told = Message {
            id,
            channel,
            author: by,
            webhook: None,
            kind: 6,
            content: String::new(),
            embeds: json!([]),
            components: json!([]),
            attachments: json!([]),
            flags: 0,
            timestamp: self.clock.timestamp(),
            edited: None,
            reactions: Vec::new(),
            poll: None,
            reference: Some(message),
            nonce: None,
            only_for: None,
            interaction: None,
            interaction_id: None,
            mentions: BTreeSet::new(),
            mention_roles: BTreeSet::new(),
            mention_everyone: false,
            thread: None,
            edits: 0,
            deleted: false,
        };
        self.messages.insert(id, told);
        if let Some(place) = self.channels.get_mut(&channel) {
            place.last_message = Some(id);
        }
        self.dispatch_message("MESSAGE_CREATE", id);
    }
}

pub fn emoji_json(emoji: &str) -> Value {
    match emoji.rsplit_once(':') {
        Some((name, id)) => json!({"id": id, "name": name.trim_start_matches("a:")}),
        None => json!({"id": null, "name": emoji}),
    }
}

fn refuse_empty(body: &Value, flags: u64) -> Result<(), ApiError> {
    let text = body["content"]
        .as_str()
        .is_some_and(|text| !text.trim().is_empty());
    let any = |name: &str| body[name].as_array().is_some_and(|list| !list.is_empty());
    // Legacy components do not make a message by themselves.
    let v2 = flags & Message::COMPONENTS_V2 != 0 && any("components");
    let filled = text
        || v2
        || any("embeds")
        || any("attachments")
        || any("sticker_ids")
        || body["poll"].is_object();
    if filled { Ok(()) } else { Err(error(50006)) }
}

fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields.iter().filter(|(_, value)| !value.is_null());
            Value::Object(
                kept.map(|(name, value)| (name.clone(), without_nulls(value)))
                    .collect::<Map<_, _>>(),
            )
        }
        Value::Array(items) => Value::Array(items.iter().map(without_nulls).collect()),
        other => other.clone(),
    }
}

/// An embed as it is kept: a picture that was attached has its address.
fn stored_embed(embed: &Value, attachments: &Value) -> Value {
    let mut stored = without_nulls(embed);
    stored["type"] = json!("rich");
    for place in ["image", "thumbnail"] {
        let Some(name) = attached(&embed[place]["url"]) else {
            continue;
        };
        let mut list = attachments.as_array().into_iter().flatten();
        match list.find(|attachment| attachment["filename"] == name) {
            Some(found) => {
                for field in ["url", "proxy_url", "width", "height", "content_type"] {
                    if !found[field].is_null() {
                        stored[place][field] = found[field].clone();
                    }
                }
            }
            None => {
                stored.as_object_mut().expect("an embed").remove(place);
            }
        }
    }
    if let Some(fields) = stored.get_mut("fields").and_then(Value::as_array_mut) {
        for field in fields {
            if field["inline"].is_null() {
                field["inline"] = json!(false);
            }
        }
    }
    stored
}

/// Numbers the components and fills in defaults, as Discord does.
fn stored_component(component: &Value, next: &mut u64) -> Value {
    let mut stored = without_nulls(component);
    *next += 1;
    if stored["id"].as_u64().unwrap_or(0) == 0 {
        stored["id"] = json!(*next);
    }
    if matches!(stored["type"].as_u64(), Some(3 | 5..=8)) {
        for bound in ["min_values", "max_values"] {
            if stored[bound].is_null() {
                stored[bound] = json!(1);
            }
        }
    }
    for list in ["components"] {
        if let Some(inner) = component[list].as_array() {
            stored[list] = Value::Array(
                inner
                    .iter()
                    .map(|part| stored_component(part, next))
                    .collect(),
            );
        }
    }
    if component["accessory"].is_object() {
        stored["accessory"] = stored_component(&component["accessory"], next);
    }
    stored
}
