//! The networks by name, and addresses on them. How they are spoken to is `crate::network`'s business.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A network that rooms and accounts live on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NetworkKind {
    /// Discord.
    Discord,
    /// Matrix.
    Matrix,
    /// The page that `cercles playground` serves.
    Playground,
}

impl NetworkKind {
    /// Every network.
    pub const ALL: [Self; 3] = [Self::Discord, Self::Matrix, Self::Playground];

    /// The name in configuration and in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Discord => "discord",
            Self::Matrix => "matrix",
            Self::Playground => "playground",
        }
    }

    /// Whether an answer that is a message there can have a file with it; elsewhere what the file holds follows as text.
    #[must_use]
    pub const fn takes_files(self) -> bool {
        matches!(self, Self::Matrix)
    }

    /// Whether its servers have a calendar of events.
    #[must_use]
    pub const fn has_events(self) -> bool {
        matches!(self, Self::Discord)
    }

    /// What begins a command that is typed there.
    #[must_use]
    pub const fn command_sign(self) -> &'static str {
        match self {
            Self::Discord => "/",
            Self::Matrix | Self::Playground => "!",
        }
    }
}

impl fmt::Display for NetworkKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that is no network's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown network {0:?} (expected discord, matrix or playground)")]
pub struct UnknownNetwork(pub String);

impl FromStr for NetworkKind {
    type Err = UnknownNetwork;

    fn from_str(name: &str) -> Result<Self, UnknownNetwork> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == name)
            .ok_or_else(|| UnknownNetwork(name.to_owned()))
    }
}

/// Where a message goes on its network. The strings are the network's own addresses
/// (a Discord channel or user id, a Matrix room, event or user id), opaque to the rest of the code.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Destination {
    /// Everyone in a room.
    Room(String),
    /// A room, in the thread of one message (an answer to what somebody typed).
    Thread {
        /// The room.
        room: String,
        /// The message that the thread hangs on.
        root: String,
    },
    /// One person in private.
    Direct(String),
    /// What a room stands in together with others (a Discord server), once for all its rooms.
    Server {
        /// The room that it is for: the one whose card it leads to.
        room: String,
        /// The server; none until the network has told.
        server: Option<String>,
    },
}

impl Destination {
    /// The address of the room, of the account for a private message, of the server once it is known.
    #[must_use]
    pub fn address(&self) -> &str {
        match self {
            Self::Room(address) | Self::Direct(address) => address,
            Self::Thread { room, .. } => room,
            Self::Server { room, server } => server.as_ref().unwrap_or(room),
        }
    }
}
