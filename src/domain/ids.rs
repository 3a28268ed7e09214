//! Identifiers: UUIDv7 inside, short ids (`A12`, `S7`) for people.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::{NoContext, Timestamp, Uuid};

/// A new UUIDv7 whose time part is `now`, so that ids sort by creation and tests decide the time.
#[must_use]
pub fn new_id(now: DateTime<Utc>) -> Uuid {
    let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
    Uuid::new_v7(Timestamp::from_unix(
        NoContext,
        seconds,
        now.timestamp_subsec_nanos(),
    ))
}

/// A secret that nobody can guess: 256 bits from the operating system, in 64 hexadecimal digits.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "a secret that a test could set would be none; what is drawn from it is reproducible"
)]
pub fn new_secret() -> String {
    use rand::RngCore as _;
    let mut bytes = [0; 32];
    rand::rng().fill_bytes(&mut bytes);
    hex::encode(bytes)
}

/// The kinds of object that people name by a short id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A workshop (atelier), `A12`.
    Workshop,
    /// A poll (sondage), `S7`.
    Poll,
    /// A commitment (engagement), `E3`.
    Commitment,
    /// A digest (bilan), `B9`.
    Digest,
    /// An option that somebody proposes for a poll (nouvelle option), `N12`.
    Proposal,
    /// A sense check (prise de pouls, question rapide), `Q3`.
    Pulse,
    /// A milestone (jalon), `J2`.
    Milestone,
    /// An action of the plan, `P4`.
    Action,
    /// A commitment that the catalogue suggests, `C4`.
    Suggestion,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Workshop,
        Self::Poll,
        Self::Commitment,
        Self::Digest,
        Self::Proposal,
        Self::Pulse,
        Self::Milestone,
        Self::Action,
        Self::Suggestion,
    ];

    /// The letter that short ids of this kind start with, the same in every language.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::Workshop => 'A',
            Self::Poll => 'S',
            Self::Commitment => 'E',
            Self::Digest => 'B',
            Self::Proposal => 'N',
            Self::Pulse => 'Q',
            Self::Milestone => 'J',
            Self::Action => 'P',
            Self::Suggestion => 'C',
        }
    }

    /// The name under which the database and Fluent's ids know this kind.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Workshop => "workshop",
            Self::Poll => "poll",
            Self::Commitment => "commitment",
            Self::Digest => "digest",
            Self::Proposal => "proposal",
            Self::Pulse => "pulse",
            Self::Milestone => "milestone",
            Self::Action => "action",
            Self::Suggestion => "suggestion",
        }
    }
}

impl FromStr for Kind {
    type Err = BadShortId;

    fn from_str(name: &str) -> Result<Self, BadShortId> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == name)
            .ok_or(BadShortId)
    }
}

/// A short id such as `A12`: a kind and a number that counts up per collective.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ShortId {
    /// What the id names.
    pub kind: Kind,
    /// From 1, in the order of creation within one collective.
    pub number: i64,
}

impl ShortId {
    /// The short id of that kind and number.
    #[must_use]
    pub const fn new(kind: Kind, number: i64) -> Self {
        Self { kind, number }
    }
}

impl fmt::Display for ShortId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.kind.letter(), self.number)
    }
}

/// A text that is no short id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a short id such as A12")]
pub struct BadShortId;

impl FromStr for ShortId {
    type Err = BadShortId;

    /// Reads `A12`, `a12` and `#A12`.
    fn from_str(text: &str) -> Result<Self, BadShortId> {
        let text = text.trim().trim_start_matches('#');
        let mut chars = text.chars();
        let letter = chars.next().ok_or(BadShortId)?.to_ascii_uppercase();
        let kind = Kind::ALL
            .into_iter()
            .find(|kind| kind.letter() == letter)
            .ok_or(BadShortId)?;
        let digits = chars.as_str();
        if digits.is_empty() || digits.len() > 9 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(BadShortId);
        }
        let number = digits.parse().map_err(|_| BadShortId)?;
        if number < 1 {
            Err(BadShortId)
        } else {
            Ok(Self { kind, number })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_ids_are_read_as_people_write_them() {
        assert_eq!("a12".parse(), Ok(ShortId::new(Kind::Workshop, 12)));
        assert_eq!("#S7".parse(), Ok(ShortId::new(Kind::Poll, 7)));
        for wrong in [
            "",
            "12",
            "Z1",
            "A",
            "A0",
            "A-1",
            "A1x",
            "A12345678901",
            "É1",
        ] {
            assert_eq!(wrong.parse::<ShortId>(), Err(BadShortId), "{wrong}");
        }
    }

    #[test]
    fn no_two_kinds_share_a_letter() {
        let letters: std::collections::BTreeSet<char> =
            Kind::ALL.into_iter().map(Kind::letter).collect();
        assert_eq!(letters.len(), Kind::ALL.len());
    }

    #[test]
    fn ids_carry_the_time_they_are_given() {
        let early = new_id(DateTime::from_timestamp(1_000, 0).unwrap());
        let late = new_id(DateTime::from_timestamp(2_000, 0).unwrap());
        assert!(early < late);
    }
}
