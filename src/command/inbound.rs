//! What networks hand over: something a person did, in the network's neutral form.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::actor::{Account, Role};
use crate::domain::card::{Form, Message};
use crate::domain::language::Language;
use crate::domain::network::NetworkKind;

/// Something that a person did in a room or in private.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inbound {
    /// The network's own id of the event (a Discord interaction id, a Matrix event id): the key that makes its
    /// effect happen exactly once.
    pub key: String,
    /// Who did it.
    pub account: Account,
    /// What the network says they may do: Discord permissions, Matrix power levels.
    pub standing: Role,
    /// The room, as the network addresses it. For a private conversation, the address of that conversation.
    pub room: String,
    /// Whether `room` is a private conversation with the bot.
    pub private: bool,
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
    /// Whether nobody but its author reads the answer. In a room Matrix has no such answers, and Discord has them to
    /// commands, buttons and forms, not to messages.
    #[must_use]
    pub const fn is_answered_in_private(&self) -> bool {
        self.private
            || match self.account.network {
                NetworkKind::Discord => {
                    matches!(self.deed, Deed::Invoke { .. } | Deed::Press { .. })
                }
                NetworkKind::Matrix => false,
                NetworkKind::Playground => true,
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_private_only_where_the_network_makes_it_so() {
        let private = |network, private, deed: &Deed| {
            let inbound = Inbound {
                key: String::new(),
                account: Account {
                    network,
                    address: String::new(),
                },
                standing: Role::Citizen,
                room: String::new(),
                private,
                thread: None,
                language: None,
                name: None,
                at: DateTime::default(),
                deed: deed.clone(),
            };
            inbound.is_answered_in_private()
        };
        let text = Deed::Text("!vote S1".to_owned());
        let press = Deed::Press {
            invoke: "vote?poll=S1".to_owned(),
            fields: Vec::new(),
        };
        use NetworkKind::{Discord, Matrix, Playground};
        assert!(private(Discord, false, &press) && private(Playground, false, &text));
        assert!(!private(Discord, false, &text) && !private(Matrix, false, &text));
        assert!(!private(Matrix, false, &press));
        assert!(private(Discord, true, &text) && private(Matrix, true, &text));
    }
}
