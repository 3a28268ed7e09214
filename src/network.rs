//! The boundary to the chat networks: what Cercles asks of one, and how a send can fail.
//!
//! The rest of the code speaks [`Message`](crate::domain::card::Message)s and opaque references; only the
//! folders below know a network's formats. They import `command` (to hand over what people do) and never the
//! store, nor each other.
//!
//! # Adding a network
//! 1. a variant of [`NetworkKind`];
//! 2. a folder here that implements [`Network`] (render and send) and has a session that turns what happens into
//!    [`Inbound`](crate::command::Inbound)s for the [`Desk`](crate::command::Desk);
//! 3. its section in `config`, and its wiring in `app`.

use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::domain::card::{Message, NativeFigures, NativePoll};
use crate::domain::network::{Destination, NetworkKind};

pub mod discord;
pub mod matrix;
pub mod playground;

/// What `cercles doctor` found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// Something that is as it should be.
    Good(String),
    /// Something that is not.
    Wrong {
        /// What.
        what: String,
        /// How to put it right.
        fix: String,
    },
}

impl Finding {
    /// How far our clock may be from another: more, and codes expire early and messages seem to come from the past.
    const CLOCK: chrono::Duration = chrono::Duration::seconds(30);

    /// Something wrong, and how to put it right.
    #[must_use]
    pub fn wrong(what: String, fix: &str) -> Self {
        Self::Wrong {
            what,
            fix: fix.to_owned(),
        }
    }

    /// How far our clock is from somebody else's.
    #[must_use]
    pub fn clock(whose: &str, skew: chrono::Duration) -> Self {
        if skew.abs() <= Self::CLOCK {
            Self::Good(format!("this machine’s clock agrees with that of {whose}"))
        } else {
            Self::wrong(
                format!(
                    "this machine’s clock is {} s off from that of {whose}",
                    skew.num_seconds()
                ),
                "Set it, and let it be set by the network (timedatectl set-ntp true).",
            )
        }
    }
}

/// One card to be brought to one place.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// The card: the source of idempotency keys
    /// ([`idempotency_key`](crate::domain::card::idempotency_key)).
    pub card: Uuid,
    /// The revision that `message` shows. Part of the idempotency key of an edit.
    pub revision: i64,
    /// Where it goes.
    pub destination: Destination,
    /// What it says.
    pub message: Message,
    /// When its first message was first tried, if it was tried before and no answer is recorded: the message may
    /// already be there. A network whose own idempotency keys have expired since must look for it.
    pub uncertain_since: Option<DateTime<Utc>>,
    /// Whether its person did nothing just now that it answers: a private conversation that they have left, or were never
    /// in, is then not pressed on them.
    pub unasked: bool,
    /// The present moment.
    pub now: DateTime<Utc>,
}

/// A network's own reference of a message, opaque to everyone else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageRef(pub String);

/// Why a message did not arrive.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// It may work later: rate limits, an outage, a lost answer.
    #[error("not sent yet: {reason}")]
    Retry {
        /// The network's own wish, if it told one.
        after: Option<Duration>,
        /// For the log and the control room.
        reason: String,
    },
    /// It will not work without somebody's help: a missing permission, a refused content.
    #[error("cannot be sent: {reason}")]
    Permanent {
        /// For the log and the control room.
        reason: String,
    },
    /// The person takes no private messages. Nothing but an act of theirs changes that.
    #[error("takes no private messages: {reason}")]
    Closed {
        /// For the log.
        reason: String,
    },
    /// The message to edit is no longer there: the card needs a new one.
    #[error("the message is gone: {reason}")]
    Gone {
        /// For the log.
        reason: String,
    },
}

/// A network, as delivery sees it. Its calls are idempotent: repeating one with the same card and revision
/// shows nothing twice. None waits out a rate limit longer than a few seconds: it says
/// [`SendError::Retry`] and delivery comes back.
#[async_trait]
pub trait Network: Send + Sync {
    /// Which network it is.
    fn kind(&self) -> NetworkKind;

    /// Brings the card's first message into its place.
    async fn create(&self, delivery: &Delivery) -> Result<MessageRef, SendError>;

    /// Makes the card's message say what it should say now. A native poll only ever changes by ending.
    async fn edit(&self, delivery: &Delivery, message: &MessageRef) -> Result<(), SendError>;

    /// What a native poll in that message came to, once it has ended there: in its room alone, never who.
    async fn figures(
        &self,
        message: &MessageRef,
        poll: &NativePoll,
    ) -> Result<NativeFigures, SendError>;

    /// The server that a room stands in, if the network keeps a calendar of events there for us.
    async fn server(&self, _room: &str) -> Result<Option<String>, SendError> {
        Ok(None)
    }

    /// Makes sure that a message of ours that is meant to be pinned still stands, and is pinned where we may pin.
    async fn keep_pinned(&self, message: &MessageRef) -> Result<(), SendError>;

    /// Whether the network is connected at the moment (for health and `doctor`).
    fn connected(&self) -> bool;
}
