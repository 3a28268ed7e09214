//! Who acts: an account on a network, the person behind it, and what that person may do here.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::circle::Presence;
use super::language::Language;
use super::network::NetworkKind;
use super::text;

/// An account on a network.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Account {
    /// The network.
    pub network: NetworkKind,
    /// The network's own id of the account: a Discord user id, a Matrix user id.
    pub address: String,
}

impl Account {
    /// An account as somebody on the network `here` types it: a Matrix id `@name:server` from anywhere, else one of theirs,
    /// with or without what Discord writes around a mention: `<@123>`.
    #[must_use]
    pub fn typed(typed: &str, here: NetworkKind) -> Self {
        let typed = typed.trim();
        let inside = typed.strip_prefix("<@").and_then(|t| t.strip_suffix('>'));
        let address = inside.map_or(typed, |inside| inside.trim_start_matches('!'));
        let on_matrix = address.starts_with('@') && address.contains(':');
        Self {
            network: if on_matrix { NetworkKind::Matrix } else { here },
            address: address.to_owned(),
        }
    }
}

/// What somebody may do in a collective, from least to most. To represent an organisation is none of these: it gives that
/// organisation's voice and nothing else (see [`Mandate`](super::organisation::Mandate)).
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Takes part.
    #[default]
    Citizen,
    /// Steers: workshops, polls.
    Organizer,
    /// Steers, and publishes digests.
    Editor,
    /// Runs the bot.
    Steward,
}

impl Role {
    /// Every role, from least to most.
    pub const ALL: [Self; 4] = [Self::Citizen, Self::Organizer, Self::Editor, Self::Steward];

    /// The name in configuration, in the database and in Fluent's ids.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Citizen => "citizen",
            Self::Organizer => "organizer",
            Self::Editor => "editor",
            Self::Steward => "steward",
        }
    }

    /// The role of that name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// Somebody who acts, as far as the transaction at hand knows.
#[derive(Debug, Clone)]
pub struct Actor {
    /// The account that acts.
    pub account: Account,
    /// The person behind it; none before the first stored act.
    pub person: Option<Uuid>,
    /// Whether that person agreed, to the present wording, that their acts are kept.
    pub consented: bool,
    /// Whether nobody else reads what they typed and what they are answered.
    pub in_private: bool,
    /// Whether this happens where only organizers are.
    pub in_control: bool,
    /// Where they are, as circles ask.
    pub presence: Presence,
    /// The collective in which the act happens.
    pub collective: Uuid,
    /// What they may do there.
    pub role: Role,
    /// The language to answer in.
    pub language: Language,
    /// What the network calls them, if it says.
    pub name: Option<String>,
}

impl Actor {
    /// The name to show where a poll is declared public: what the network calls them, or their address there. Bounded
    /// and on one line, like every text of a person.
    #[must_use]
    pub fn display_name(&self) -> String {
        const LONGEST: usize = 60;
        let name = self.name.as_deref().unwrap_or(&self.account.address);
        let cut: String = name.chars().take(LONGEST).collect();
        text::line(&cut, LONGEST).unwrap_or_else(|_| self.account.address.clone())
    }
}
