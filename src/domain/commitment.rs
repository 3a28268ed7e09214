//! A commitment (engagement): an "I" sentence that somebody takes on. Never "failed": what does not come about
//! is postponed, handed over or withdrawn, with honour.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

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
    /// It is for a later day now.
    Postponed,
    /// Given up, with honour.
    Withdrawn,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 5] = [
        Self::Confirmed,
        Self::UnderWay,
        Self::Kept,
        Self::Postponed,
        Self::Withdrawn,
    ];

    /// The name in the database and in Fluent's ids.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::UnderWay => "under-way",
            Self::Kept => "kept",
            Self::Postponed => "postponed",
            Self::Withdrawn => "withdrawn",
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

/// What a commitment is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A milestone or an action of the plan; both keep their numbers for ever.
    Plan(ShortId),
    /// A theme, by its slug.
    Theme(String),
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plan(id) => id.fmt(f),
            Self::Theme(slug) => slug.fmt(f),
        }
    }
}

impl FromStr for About {
    type Err = Infallible;

    /// A short id, or else a slug, which is never one.
    fn from_str(text: &str) -> Result<Self, Infallible> {
        let id = text.parse().map(Self::Plan);
        Ok(id.unwrap_or_else(|_| Self::Theme(text.to_owned())))
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
    /// What it is for, if that was said.
    pub about: Option<About>,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_commitment_is_for_is_read_back() {
        for about in [
            About::Plan(ShortId::new(Kind::Milestone, 2)),
            About::Plan(ShortId::new(Kind::Action, 4)),
            About::Theme("transport".to_owned()),
        ] {
            assert_eq!(about.to_string().parse(), Ok(about));
        }
    }
}
