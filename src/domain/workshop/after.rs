//! A workshop as it takes place, and afterwards: who was there, whether it was of use, what came of it.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use super::{Status, Workshop};
use crate::domain::code;

/// Most people without an account that an organizer may count.
pub const GUESTS_MAX: u64 = 100_000;
/// Characters of a code: short enough for a sheet of paper on the door; guessing one of 33 million takes longer than it
/// is good for.
const CODE: usize = 5;
/// People check in from this long before the start,
const EARLY: Duration = Duration::hours(2);
/// to this long after the end.
const LATE: Duration = Duration::hours(12);
/// Organizers correct the list, and people say what they thought, for this long after the end.
const AFTERWARDS: Duration = Duration::days(14);

/// How many were there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    /// Who checked in, or was checked in.
    pub here: i64,
    /// People without an account here, counted by an organizer.
    pub guests: i64,
}

impl Attendance {
    /// Everybody.
    #[must_use]
    pub const fn total(self) -> i64 {
        self.here + self.guests
    }
}

/// The one question after a workshop: was it of use to you?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Useful {
    /// It was.
    Yes,
    /// In part.
    Partly,
    /// It was not.
    No,
}

impl Useful {
    /// Every answer, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Yes, Self::Partly, Self::No];

    /// The name in the database, in invocations and in Fluent's ids.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Partly => "partly",
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
            Self::Yes => "👍",
            Self::Partly => "🤏",
            Self::No => "👎",
        }
    }
}

/// How many found it of use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feedback {
    /// It was.
    pub yes: i64,
    /// In part.
    pub partly: i64,
    /// It was not.
    pub no: i64,
}

impl Feedback {
    /// What the counts change by when somebody's answer does.
    #[must_use]
    pub fn step(before: Option<Useful>, after: Option<Useful>) -> Self {
        let step = |which| i64::from(after == Some(which)) - i64::from(before == Some(which));
        Self {
            yes: step(Useful::Yes),
            partly: step(Useful::Partly),
            no: step(Useful::No),
        }
    }
}

/// A code from random bits.
#[must_use]
pub fn new_code(bits: u64) -> String {
    code::write(bits, CODE)
}

/// The code that somebody typed; none if it is no such code.
#[must_use]
pub fn read_code(typed: &str) -> Option<String> {
    code::read(typed, CODE)
}

impl Workshop {
    /// Whether people check themselves in at `now`.
    #[must_use]
    pub fn takes_check_ins(&self, now: DateTime<Utc>) -> bool {
        self.took_place_by(now + EARLY) && now < self.over_at() + LATE
    }

    /// Whether organizers say who was there at `now`.
    #[must_use]
    pub fn takes_attendance(&self, now: DateTime<Utc>) -> bool {
        self.took_place_by(now + EARLY) && now < self.over_at() + AFTERWARDS
    }

    /// Whether people say at `now` what they thought of it.
    #[must_use]
    pub fn takes_feedback(&self, now: DateTime<Utc>) -> bool {
        self.took_place_by(now) && now < self.over_at() + AFTERWARDS
    }

    /// Whether it has begun by then, and was not called off.
    #[must_use]
    pub fn took_place_by(&self, at: DateTime<Utc>) -> bool {
        matches!(self.status, Status::Announced | Status::Held) && self.draft.starts_at <= at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = new_code(0x00AB_CDEF);
        assert_eq!(code.len(), 5);
        assert_eq!(read_code(&format!(" {} ", code.to_lowercase())), Some(code));
        for wrong in ["", "ABCD", "ABCDEF", "AB!DE"] {
            assert_eq!(read_code(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_step_of_feedback_moves_one_answer() {
        let moved = Feedback::step(Some(Useful::Yes), Some(Useful::No));
        assert_eq!((moved.yes, moved.partly, moved.no), (-1, 0, 1));
        let same = Feedback::step(Some(Useful::Partly), Some(Useful::Partly));
        assert_eq!(same, Feedback::default());
        assert_eq!(Feedback::step(None, Some(Useful::Partly)).partly, 1);
    }
}
