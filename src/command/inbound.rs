//! What networks hand over: something a person did, in the network's neutral form.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::actor::Account;
use crate::domain::card::{Form, Message};
use crate::domain::language::Language;
use crate::domain::standing::Standing;

/// Something that a person did in a room or in private.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inbound {
    /// The network's own id of the event (a Discord interaction id, a Matrix event id): the key that makes its
    /// effect happen exactly once.
    pub key: String,
    /// Who did it.
    pub account: Account,
    /// What the network says of them in that room: Discord permissions, a Matrix power level.
    pub standing: Standing,
    /// Whether the account is a bridge's puppet or a webhook: anybody may be behind it, so it can do nothing.
    #[serde(default)]
    pub bridged: bool,
    /// The room, as the network addresses it. For a private conversation, the address of that conversation.
    pub room: String,
    /// Whether `room` is a private conversation with the bot.
    pub private: bool,
    /// Of a private conversation: the rooms in circles in which the network says that this person is.
    #[serde(default)]
    pub elsewhere: Vec<String>,
    /// The message in whose thread an answer belongs, where the network answers by messages.
    pub thread: Option<String>,
    /// The language that the network reports for this person.
    pub language: Option<Language>,
    /// What the network calls this person. Kept only where a poll is declared public.
    #[serde(default)]
    pub name: Option<String>,
    /// When it was done, by the network's clock.
    pub at: DateTime<Utc>,
    /// What was done.
    pub deed: Deed,
}

impl Inbound {
    /// Whether nobody else reads what was typed and what is answered: a private conversation, or a command, button or
    /// form, which networks answer to their author alone.
    #[must_use]
    pub const fn in_private(&self) -> bool {
        self.private || matches!(self.deed, Deed::Invoke { .. } | Deed::Press { .. })
    }
}

/// What a person did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// Typed a message that starts with `!`, or any message in a private conversation.
    Text(String),
    /// Used a command with named arguments (a Discord slash command).
    Invoke {
        /// The command's id: `workshop.create`.
        command: String,
        /// Arguments by name, as typed.
        args: Vec<(String, String)>,
    },
    /// Pressed a button, chose from a menu or sent a form: an action's `invoke`, and what was filled in
    /// (a menu's value under the name `choice`).
    Press {
        /// The action's `invoke`.
        invoke: String,
        /// Fields by name.
        fields: Vec<(String, String)>,
    },
    /// Reacted to a message of the bot.
    React {
        /// The network's reference of that message.
        message: String,
        /// The emoji.
        emoji: String,
    },
}

/// What the person gets to see, in private.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Nothing: the event was handled before, or was not for us.
    Nothing,
    /// A message, private where the network can do that.
    Say(Message),
    /// A form for what is missing.
    Ask(Form),
}
