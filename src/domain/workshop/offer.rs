//! An offer of seats that became free, made to somebody who waited.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::actor::Account;
use crate::domain::language::Language;

/// What became of an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Outcome {
    /// Nothing yet: it can be accepted until its end.
    Open,
    /// Its person comes.
    Accepted,
    /// Its person does not want it.
    Declined,
    /// Nobody answered in time.
    Expired,
    /// It is no longer needed: its person turned out to have a seat by another account.
    Withdrawn,
}

impl Outcome {
    const ALL: [Self; 5] = [
        Self::Open,
        Self::Accepted,
        Self::Declined,
        Self::Expired,
        Self::Withdrawn,
    ];

    /// The name in the database and in Fluent's ids.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The outcome of that name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.name() == name)
    }
}

/// An offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Its id.
    pub id: Uuid,
    /// The workshop.
    pub workshop: Uuid,
    /// To whom.
    pub person: Uuid,
    /// How many seats are held.
    pub seats: i64,
    /// When it ends (excluded).
    pub ends_at: DateTime<Utc>,
    /// What became of it.
    pub outcome: Outcome,
}

/// How somebody who waits is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// The account that asked.
    pub account: Account,
    /// The language that it was answered in.
    pub language: Language,
}
