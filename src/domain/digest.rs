//! A digest (bilan): the week in one message, composed from recorded events in the order
//! decided → committed → kept → next.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::commitment::Tally;
use super::federation::Rollup;
use super::ids::{Kind, ShortId};
use super::poll::Poll;
use super::workshop::Workshop;

/// Below this, a count of people or of their acts is not told: « moins de cinq ».
pub const SMALL: i64 = 5;

/// The facts of one edition, from which every language and every room is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// From (included).
    pub from: DateTime<Utc>,
    /// Until (excluded).
    pub until: DateTime<Utc>,
    /// The collective's name.
    pub collective: String,
    /// The collective's time zone.
    pub zone: Tz,
    /// Polls that closed in the period.
    pub decided: Vec<Poll>,
    /// Workshops held in the period.
    pub held: Vec<Workshop>,
    /// Commitments taken and kept in the period.
    pub committed: Tally,
    /// Workshops to come, soonest first.
    pub next: Vec<Workshop>,
    /// Polls that are open, first to close first.
    pub open: Vec<Poll>,
    /// What is public of the collectives that stand in this one.
    #[serde(default)]
    pub members: Rollup,
}

impl Facts {
    /// Whether nothing happened and nothing comes: such an edition is skipped.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.decided.is_empty()
            && self.held.is_empty()
            && self.committed == Tally::default()
            && self.next.is_empty()
            && self.open.is_empty()
            && self.members.is_quiet()
    }
}

/// A published edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// Its id.
    pub id: Uuid,
    /// The collective it is of.
    pub collective: Uuid,
    /// The number of its short id, and of the edition.
    pub number: i64,
    /// What it tells, as it stood when it was published: published numbers do not move.
    pub facts: Facts,
}

impl Digest {
    /// Its short id, `B9`.
    #[must_use]
    pub const fn short_id(&self) -> ShortId {
        ShortId::new(Kind::Digest, self.number)
    }
}
