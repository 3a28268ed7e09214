//! A commitment (engagement): an "I" sentence that somebody takes on. Never "failed": what does not come about
//! is postponed, handed over or withdrawn, with honour.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ids::{Kind, ShortId};
use super::told::Pledged;

/// Where a commitment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Said on a condition: so many others, who have not come yet.
    Proposed,
    /// Taken.
    Confirmed,
    /// Somebody is at it.
    UnderWay,
    /// Kept, by the word of who took it.
    Kept,
    /// It is for a later day now.
    Postponed,
    /// Somebody else took it over, with honour for both.
    HandedOver,
    /// Given up, with honour.
    Withdrawn,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 7] = [
        Self::Proposed,
        Self::Confirmed,
        Self::UnderWay,
        Self::Kept,
        Self::Postponed,
        Self::HandedOver,
        Self::Withdrawn,
    ];

    /// The name in the database and in Fluent's ids.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Confirmed => "confirmed",
            Self::UnderWay => "under-way",
            Self::Kept => "kept",
            Self::Postponed => "postponed",
            Self::HandedOver => "handed-over",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state of that name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Whether something is still to be done.
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Proposed | Self::Kept | Self::Withdrawn)
    }
}

/// Who holds a commitment: a person or an organisation, never both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Holder {
    /// A person, of whom others learn what they chose and no more.
    Person(Uuid),
    /// An organisation, whose commitments are public.
    Organisation(Uuid),
}

impl Holder {
    /// The person, if it is one.
    #[must_use]
    pub const fn person(self) -> Option<Uuid> {
        match self {
            Self::Person(id) => Some(id),
            Self::Organisation(_) => None,
        }
    }

    /// The organisation, if it is one.
    #[must_use]
    pub const fn organisation(self) -> Option<Uuid> {
        match self {
            Self::Organisation(id) => Some(id),
            Self::Person(_) => None,
        }
    }
}

/// What others learn of a person's commitment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Visibility {
    /// That there is one more: neither the name nor the sentence.
    #[default]
    CountOnly,
    /// The sentence, and the first word of the name.
    FirstName,
    /// The sentence and the name.
    Name,
}

impl Visibility {
    /// Their names, as choices of a command.
    pub const NAMES: [&'static str; 3] = ["count", "first-name", "name"];

    /// The visibility of that name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let all = [Self::CountOnly, Self::FirstName, Self::Name];
        let at = Self::NAMES.iter().position(|one| *one == name)?;
        Some(all[at])
    }

    /// What is kept of somebody's name to be shown.
    #[must_use]
    pub fn of(self, name: &str) -> Option<String> {
        match self {
            Self::CountOnly => None,
            Self::FirstName => name.split_whitespace().next().map(str::to_owned),
            Self::Name => Some(name.to_owned()),
        }
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
    /// Who holds it.
    pub holder: Holder,
    /// The name that its person chose to show to everybody; none: it is only counted.
    pub shown_as: Option<String>,
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
    /// The pledge that it is part of, if it is of one.
    pub part: Option<Part>,
}

/// A part in a pledge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The pledge.
    pub pledge: Uuid,
    /// How many others its holder asks for.
    pub threshold: i64,
}

impl Commitment {
    /// Its short id, `E3`.
    #[must_use]
    pub const fn short_id(&self) -> ShortId {
        ShortId::new(Kind::Commitment, self.number)
    }

    /// Whether anybody may read its sentence and whose it is.
    #[must_use]
    pub const fn is_public(&self) -> bool {
        matches!(self.holder, Holder::Organisation(_)) || self.shown_as.is_some()
    }
}

/// How long a code to hand a commitment over is good: whoever gives it may have to find the person first.
pub const HANDOVER: Duration = Duration::days(7);

/// What anybody may learn of some commitments: the public ones as they stand, the others as counts that tell of nobody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Public {
    /// Those of organisations, and of persons who show their name; the oldest first.
    pub named: Vec<Commitment>,
    /// The others.
    pub others: Pledged,
}

impl Public {
    /// The part of `all` that anybody may learn. What waits for others is not shown yet, what is given up no more.
    #[must_use]
    pub fn of(all: Vec<Commitment>) -> Self {
        let mut public = Self::default();
        for commitment in all {
            if matches!(commitment.state, State::Proposed | State::Withdrawn) {
                continue;
            }
            if commitment.is_public() {
                public.named.push(commitment);
            } else {
                public.others.taken += 1;
                public.others.kept += u64::from(commitment.state == State::Kept);
            }
        }
        public
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
    use crate::domain::told::Told;

    fn held(holder: Holder, shown_as: Option<&str>, state: State) -> Commitment {
        Commitment {
            id: Uuid::nil(),
            collective: Uuid::nil(),
            number: 1,
            holder,
            shown_as: shown_as.map(str::to_owned),
            sentence: "Je composte".to_owned(),
            due: None,
            about: None,
            state,
            taken_at: DateTime::UNIX_EPOCH,
            part: None,
        }
    }

    #[test]
    fn others_learn_of_a_name_what_its_owner_chose() {
        let name = "Ana Maria Tremblay";
        for (chosen, shown) in [
            ("count", None),
            ("first-name", Some("Ana")),
            ("name", Some(name)),
        ] {
            let shown = shown.map(str::to_owned);
            assert_eq!(Visibility::from_name(chosen).unwrap().of(name), shown);
        }
        assert_eq!(Visibility::from_name("photo"), None);
    }

    #[test]
    fn what_is_only_counted_is_never_among_what_is_shown() {
        let (ana, table) = (
            Holder::Person(Uuid::nil()),
            Holder::Organisation(Uuid::nil()),
        );
        let mut all = vec![
            held(ana, Some("Ana"), State::Kept),
            held(table, None, State::Confirmed),
            held(table, None, State::Withdrawn),
            held(ana, None, State::Withdrawn),
        ];
        all.extend((0..6).map(|_| held(ana, None, State::Kept)));
        let public = Public::of(all.clone());
        let six = Told::Both { taken: 6, kept: 6 };
        assert_eq!((public.named.len(), public.others.told()), (2, six));
        // Six kept of nine taken would tell that three were not.
        all.extend((0..3).map(|_| held(ana, None, State::UnderWay)));
        assert_eq!(Public::of(all).others.told(), Told::Taken(9));
    }

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
