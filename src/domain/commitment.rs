//! A commitment (engagement): an "I" sentence that somebody takes on. Never "failed": what does not come about
//! is postponed, handed over or withdrawn, with honour.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ids::{Kind, ShortId};

/// Where a commitment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Taken.
    Confirmed,
    /// Somebody is at it.
    UnderWay,
    /// Kept, by the word of who took it.
    Kept,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Confirmed, Self::UnderWay, Self::Kept];

    /// The name in the database and in Fluent's ids.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::UnderWay => "under-way",
            Self::Kept => "kept",
        }
    }

    /// The state of that name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// What is said at a check-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckIn {
    /// « Fait »
    Done,
    /// « En cours »
    UnderWay,
}

impl CheckIn {
    /// Every answer.
    pub const ALL: [Self; 2] = [Self::Done, Self::UnderWay];

    /// The name in invocations and in Fluent's ids.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::UnderWay => "under-way",
        }
    }

    /// The answer of that name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.name() == name)
    }

    /// The state that follows from it.
    #[must_use]
    pub const fn state(self) -> State {
        match self {
            Self::Done => State::Kept,
            Self::UnderWay => State::UnderWay,
        }
    }
}

/// A commitment as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commitment {
    /// Its id.
    pub id: Uuid,
    /// The collective it was taken in.
    pub collective: Uuid,
    /// The number of its short id.
    pub number: i64,
    /// Who took it.
    pub person: Uuid,
    /// The sentence.
    pub sentence: String,
    /// By when, if a day was said.
    pub due: Option<NaiveDate>,
    /// Where it stands.
    pub state: State,
    /// When it was taken.
    pub taken_at: DateTime<Utc>,
}

impl Commitment {
    /// Its short id, `E3`.
    #[must_use]
    pub const fn short_id(&self) -> ShortId {
        ShortId::new(Kind::Commitment, self.number)
    }
}

/// How many commitments a collective took and kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Taken in all.
    pub taken: i64,
    /// Of these, kept.
    pub kept: i64,
    /// Of these, under way.
    pub under_way: i64,
}
