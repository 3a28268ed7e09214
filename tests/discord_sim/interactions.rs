//! Interactions: what people do with commands, buttons, menus and forms, and what they then see.

mod handle;
mod options;
mod start;

use serde_json::Value;

use super::ids::{ChannelId, InteractionId, MessageId, UserId};
use super::state::Message;
pub use handle::InteractionHandle;

pub const COMMAND: u8 = 2;
pub const COMPONENT: u8 = 3;
pub const COMPLETION: u8 = 4;
pub const MODAL_SUBMIT: u8 = 5;
/// Discord gives up on a first answer after three seconds.
pub const FIRST_ANSWER_MS: u64 = 3000;
/// The token for follow-ups lives fifteen minutes.
pub const TOKEN_MS: u64 = 15 * 60 * 1000;

/// What the simulator remembers of one.
#[derive(Debug, Clone)]
pub struct Interaction {
    pub id: u64,
    pub token: String,
    pub app: u64,
    pub kind: u8,
    pub user: u64,
    pub channel: u64,
    pub guild: Option<u64>,
    pub created_ms: u64,
    /// For people: "/atelier créer", "click rsvp:yes".
    pub label: String,
    pub payload: Value,
    /// `interaction_metadata` of the messages it makes.
    pub metadata: Value,
    /// The message it came from, for components and the forms they open.
    pub source: Option<u64>,
    /// The first answer, as sent.
    pub first: Option<Value>,
    pub first_ms: u64,
    pub late: bool,
    pub double: bool,
    pub original: Option<u64>,
    /// Deferred, and not filled in yet.
    pub loading: bool,
    /// Changes of the original answer (or of the source message by UPDATE).
    pub updates: usize,
    pub followups: Vec<u64>,
}

/// A message as people see it.
#[derive(Debug, Clone, PartialEq)]
pub struct ShownMessage {
    pub id: MessageId,
    pub channel: ChannelId,
    pub author: UserId,
    pub content: String,
    pub embeds: Vec<Value>,
    pub components: Vec<Value>,
    pub attachments: Vec<Value>,
    pub flags: u64,
    /// Seen by one person only.
    pub ephemeral: bool,
    /// How often it was edited.
    pub edits: usize,
    pub mentions: Vec<UserId>,
    pub nonce: Option<Value>,
    /// Emoji name and number of people.
    pub reactions: Vec<(String, usize)>,
    pub thread: Option<ChannelId>,
    /// A poll's question, and the texts of its answers.
    pub poll: Option<(String, Vec<String>)>,
}

impl ShownMessage {
    pub(super) fn of(message: &Message) -> Self {
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        Self {
            id: MessageId(message.id),
            channel: ChannelId(message.channel),
            author: UserId(message.author),
            content: message.content.clone(),
            embeds: list(&message.embeds),
            components: list(&message.components),
            attachments: list(&message.attachments),
            flags: message.flags,
            ephemeral: message.only_for.is_some(),
            edits: message.edits,
            mentions: message.mentions.iter().map(|user| UserId(*user)).collect(),
            nonce: message.nonce.clone(),
            reactions: message
                .reactions
                .iter()
                .map(|(emoji, users)| {
                    (emoji["name"].as_str().unwrap_or("").to_owned(), users.len())
                })
                .collect(),
            thread: message.thread.map(ChannelId),
            poll: message.poll.as_ref().map(|poll| {
                let text = |media: &Value| media["text"].as_str().unwrap_or_default().to_owned();
                (
                    text(&poll.question),
                    poll.answers.iter().map(text).collect(),
                )
            }),
        }
    }

    /// Everything there is to read: content, then the texts of embeds.
    pub fn text(&self) -> String {
        let mut lines = vec![self.content.clone()];
        for embed in &self.embeds {
            let fields = embed["fields"].as_array().into_iter().flatten();
            let texts = [
                &embed["author"]["name"],
                &embed["title"],
                &embed["description"],
            ]
            .into_iter();
            let all = texts.chain(fields.flat_map(|field| [&field["name"], &field["value"]]));
            lines.extend(
                all.chain([&embed["footer"]["text"]])
                    .filter_map(|text| text.as_str())
                    .map(str::to_owned),
            );
        }
        lines.retain(|line| !line.is_empty());
        lines.join("\n")
    }

    /// Buttons and menus in reading order.
    pub fn controls(&self) -> Vec<&Value> {
        let mut found = Vec::new();
        collect(&self.components, &mut found);
        found
    }

    /// The custom id of the button with this label.
    pub fn button(&self, label: &str) -> Option<String> {
        let found = self
            .controls()
            .into_iter()
            .find(|control| control["type"] == 2 && control["label"] == label)?;
        found["custom_id"].as_str().map(str::to_owned)
    }

    /// Labels of the buttons, disabled ones included.
    pub fn button_labels(&self) -> Vec<String> {
        let buttons = self
            .controls()
            .into_iter()
            .filter(|control| control["type"] == 2);
        buttons
            .map(|button| button["label"].as_str().unwrap_or("").to_owned())
            .collect()
    }
}

pub(super) fn collect<'c>(components: &'c [Value], found: &mut Vec<&'c Value>) {
    for component in components {
        match component["type"].as_u64() {
            Some(1 | 9 | 17) => {
                if let Some(inner) = component["components"].as_array() {
                    collect(inner, found);
                }
                if component["accessory"]["type"] == 2 {
                    found.push(&component["accessory"]);
                }
            }
            Some(2 | 3 | 5..=8) => found.push(component),
            _ => {}
        }
    }
}

/// A form as shown to a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Modal {
    /// The interaction that was answered with it.
    pub from: InteractionId,
    pub custom_id: String,
    pub title: String,
    pub fields: Vec<ModalField>,
    /// The components as the bot sent them.
    pub components: Value,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ModalField {
    pub custom_id: String,
    pub label: String,
    /// 4 is a text, 3 a menu.
    pub kind: u64,
    pub required: bool,
    pub value: Option<String>,
    pub min_length: usize,
    pub max_length: usize,
}

/// The first answer to an interaction.
#[derive(Debug, Clone, PartialEq)]
pub enum Response {
    Message(ShownMessage),
    DeferredMessage {
        ephemeral: bool,
    },
    /// The message that was clicked, as it is now.
    Update(ShownMessage),
    DeferredUpdate,
    Modal(Modal),
    /// Names and values of an autocomplete answer.
    Choices(Vec<(String, Value)>),
}
