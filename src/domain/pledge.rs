//! A pledge (appel): "I will, if so many others do", where each who joins sets their own number.
//!
//! The rule: sort what people ask for, t₁ ≤ … ≤ tₙ, in others; the active group is the largest k such that at least k people
//! have t ≤ k − 1. Who became active stays so: that others leave later is shown, and undoes nobody else. See
//! [`thresholds`] for how the group is found.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::commitment::About;
use super::ids::{Kind, ShortId};

pub mod thresholds;

/// The most others that somebody can ask for.
pub const OTHERS_MAX: i64 = 1_000_000;
/// How long a pledge is open at most, extensions included: commitments are forgotten after a year.
pub const OPEN_MAX: Duration = Duration::days(300);

/// A pledge as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pledge {
    /// Its id.
    pub id: Uuid,
    /// The collective.
    pub collective: Uuid,
    /// The number of its short id, in one series with commitments.
    pub number: i64,
    /// The sentence that everybody who joins says.
    pub sentence: String,
    /// What it is for.
    pub about: Option<About>,
    /// How many others its author asks for.
    pub threshold: i64,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// The last day to join.
    pub last_day: NaiveDate,
    /// Its end, where the collective is.
    pub closes_at: DateTime<Utc>,
    /// Whether that has come.
    pub closed: bool,
    /// Where it stands.
    pub count: Count,
}

/// Who is in a pledge, in numbers of people and organisations.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// Whose number was reached, and who have not left since.
    pub active: i64,
    /// Who wait for more.
    pub waiting: i64,
    /// Who left once they were active.
    pub left: i64,
    /// How many more it takes for some who wait to become active, and how many of them would; none: nobody waits.
    pub next: Option<(i64, i64)>,
}

impl Pledge {
    /// Its short id, `E3`.
    #[must_use]
    pub const fn short_id(&self) -> ShortId {
        ShortId::new(Kind::Commitment, self.number)
    }
}
