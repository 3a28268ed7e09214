//! A workshop (atelier): announced in rooms, answered from any of them, on one roster.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ids::{Kind, ShortId};
use super::series::Slot;
use super::text::Wording;

pub mod after;
pub mod change;
pub mod conflict;
pub mod details;
pub mod draft;
pub mod offer;
pub mod roster;

pub use after::{Attendance, Feedback, Useful};
pub use change::{Change, Whereabouts};
pub use conflict::Conflict;
pub use details::{Details, Limits, Mode, Spoken};
pub use draft::{Draft, DraftError, Wish};
pub use offer::{Offer, Outcome, Reach};
pub use roster::{Fill, Left, NoSeat, Place, Request, Roster};

/// Where a workshop stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// Written down, and known to organizers only.
    Draft,
    /// Announced: people can answer until it starts.
    Announced,
    /// It took place.
    Held,
    /// It was called off.
    Cancelled,
}

impl Status {
    /// The name in the database and in Fluent's ids.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Announced => "announced",
            Self::Held => "held",
            Self::Cancelled => "cancelled",
        }
    }

    /// The status of that name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Draft, Self::Announced, Self::Held, Self::Cancelled]
            .into_iter()
            .find(|s| s.name() == name)
    }
}

/// A workshop as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workshop {
    /// Its id.
    pub id: Uuid,
    /// The collective that holds it.
    pub collective: Uuid,
    /// The number of its short id.
    pub number: i64,
    /// What it says.
    pub draft: Draft,
    /// Where it stands.
    pub status: Status,
    /// The collective's time zone, in which its times are shown.
    pub zone: Tz,
    /// How many stand where.
    pub roster: Roster,
    /// When it was announced.
    #[serde(default)]
    pub announced_at: Option<DateTime<Utc>>,
    /// When it is to be announced by itself, as long as it is a draft.
    #[serde(default)]
    pub publish_at: Option<DateTime<Utc>>,
    /// How full organizers were told that it is, in percent.
    #[serde(default)]
    pub told: i64,
    /// The last ticket of its line.
    #[serde(default)]
    pub tickets: i64,
    /// How many were there.
    #[serde(default)]
    pub attendance: Attendance,
    /// What people thought of it.
    #[serde(default)]
    pub feedback: Feedback,
    /// What came of it, in an organizer's words.
    #[serde(default)]
    pub report: Option<Wording>,
    /// Which one of a series it is, if any.
    #[serde(default)]
    pub slot: Option<Slot>,
    /// The number of the poll that chose its date, if one did.
    #[serde(default)]
    pub poll: Option<i64>,
}

impl Workshop {
    /// Its short id, `A12`.
    #[must_use]
    pub const fn short_id(&self) -> ShortId {
        ShortId::new(Kind::Workshop, self.number)
    }

    /// When it is over: see [`Draft::over_at`].
    #[must_use]
    pub fn over_at(&self) -> DateTime<Utc> {
        self.draft.over_at()
    }

    /// Whether seats that become free are offered at `now`: announced, and not begun.
    #[must_use]
    pub fn offers_seats(&self, now: DateTime<Utc>) -> bool {
        self.status == Status::Announced && now < self.draft.starts_at
    }

    /// Whether all its seats are taken or on offer.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.roster.free(self.draft.limits.capacity) == 0
    }

    /// How many seats are left, as a list tells it.
    #[must_use]
    pub fn left(&self) -> Left {
        Left::of(self.roster, self.draft.limits.capacity)
    }

    /// Whether an answer still counts at `now`: announced, and not over.
    #[must_use]
    pub fn takes_answers(&self, now: DateTime<Utc>) -> bool {
        self.status == Status::Announced && now < self.over_at()
    }
}

#[cfg(test)]
impl Workshop {
    /// An announced workshop that says this.
    pub(crate) fn example(draft: Draft) -> Self {
        Self {
            id: Uuid::nil(),
            collective: Uuid::nil(),
            number: 1,
            draft,
            status: Status::Announced,
            zone: Tz::America__Toronto,
            roster: Roster::default(),
            announced_at: None,
            publish_at: None,
            told: 0,
            tickets: 0,
            attendance: Attendance::default(),
            feedback: Feedback::default(),
            report: None,
            slot: None,
            poll: None,
        }
    }
}

/// An answer to a workshop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Rsvp {
    /// « Je viens »
    Yes,
    /// « Peut-être »
    Maybe,
    /// « Non »
    No,
}

impl Rsvp {
    /// Every answer, in the order in which cards offer them.
    pub const ALL: [Self; 3] = [Self::Yes, Self::Maybe, Self::No];

    /// The name in the database, in invocations and in Fluent's ids.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Maybe => "maybe",
            Self::No => "no",
        }
    }

    /// The answer of that name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.name() == name)
    }

    /// The reaction that stands for it.
    #[must_use]
    pub const fn emoji(self) -> &'static str {
        match self {
            Self::Yes => "✅",
            Self::Maybe => "🤔",
            Self::No => "❌",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workshop_in_an_older_digest_is_still_read() {
        let old = r#"{"id":"00000000-0000-0000-0000-000000000000",
            "collective":"00000000-0000-0000-0000-000000000000","number":3,
            "draft":{"title":"Semences","description":null,"starts_at":"2026-12-03T00:30:00Z",
            "ends_at":null,"place":"Ici"},
            "status":"Held","zone":"America/Toronto","roster":{"yes":4,"maybe":1,"no":0}}"#;
        let workshop: Workshop = serde_json::from_str(old).unwrap();
        assert_eq!((workshop.roster.yes, workshop.roster.waiting), (4, 0));
        assert_eq!(workshop.draft.limits, Limits::default());
        assert_eq!((workshop.announced_at, workshop.told), (None, 0));
    }
}
