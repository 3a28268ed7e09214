//! A poll (sondage): one question, options with stable letters, one ballot per person.
//!
//! # Adding a kind of poll
//! This is the place: a variant beside single choice, its ballot, and its count as a pure function.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ids::{Kind, ShortId};
use super::text::{self, TextError};

/// Fewest options of a poll.
pub const OPTIONS_MIN: usize = 2;
/// Most options of a poll: a Discord menu has 25 entries.
pub const OPTIONS_MAX: usize = 25;

/// Where a poll stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// Takes ballots.
    Open,
    /// Counted.
    Closed,
}

impl Status {
    /// The name in the database and in Fluent's ids.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }

    /// The status of that name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Open, Self::Closed]
            .into_iter()
            .find(|s| s.name() == name)
    }
}

/// What is wrong with a poll that somebody wants to create.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// A text is wrong; the argument that holds it is named.
    #[error("{0}: {1}")]
    Text(&'static str, TextError),
    /// Fewer than [`OPTIONS_MIN`] or more than [`OPTIONS_MAX`] options.
    #[error("{0} options")]
    Count(usize),
    /// Two options say the same.
    #[error("the option {0:?} stands twice")]
    Twice(String),
}

/// What an organizer asks, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The question, on one line.
    pub question: String,
    /// The options' words, in order.
    pub options: Vec<String>,
    /// When it closes.
    pub closes_at: DateTime<Utc>,
}

impl Draft {
    /// A draft with its texts checked.
    ///
    /// # Errors
    /// See [`DraftError`].
    pub fn new(
        question: &str,
        options: &[String],
        closes_at: DateTime<Utc>,
    ) -> Result<Self, DraftError> {
        let question =
            text::line(question, text::TITLE_MAX).map_err(|e| DraftError::Text("question", e))?;
        if !(OPTIONS_MIN..=OPTIONS_MAX).contains(&options.len()) {
            return Err(DraftError::Count(options.len()));
        }
        let mut checked: Vec<String> = Vec::with_capacity(options.len());
        for option in options {
            let option =
                text::line(option, text::OPTION_MAX).map_err(|e| DraftError::Text("options", e))?;
            if checked
                .iter()
                .any(|other| other.to_lowercase() == option.to_lowercase())
            {
                return Err(DraftError::Twice(option));
            }
            checked.push(option);
        }
        Ok(Self {
            question,
            options: checked,
            closes_at,
        })
    }
}

/// An option and its running count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PollOption {
    /// From 0; the letter follows from it.
    pub position: i64,
    /// The words.
    pub label: String,
    /// Ballots for it, kept up to date as ballots change: a live card costs O(options).
    pub votes: i64,
}

impl PollOption {
    /// The option's letter: `a`, `b`, …
    #[must_use]
    pub fn letter(&self) -> char {
        letter(self.position)
    }
}

/// The letter of the option at `position` (0 is `a`).
#[must_use]
pub fn letter(position: i64) -> char {
    u8::try_from(position)
        .ok()
        .and_then(|p| b'a'.checked_add(p))
        .map_or('?', char::from)
}

/// The position of the option with that letter, in either case.
#[must_use]
pub fn position(letter: &str) -> Option<i64> {
    let mut chars = letter.trim().chars();
    let first = chars.next()?.to_ascii_lowercase();
    (chars.next().is_none() && first.is_ascii_lowercase())
        .then(|| i64::from(u32::from(first) - u32::from('a')))
}

/// A poll as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Poll {
    /// Its id.
    pub id: Uuid,
    /// The collective that asks.
    pub collective: Uuid,
    /// The number of its short id.
    pub number: i64,
    /// The question.
    pub question: String,
    /// The options in order, with their counts.
    pub options: Vec<PollOption>,
    /// Where it stands.
    pub status: Status,
    /// When it closes, or closed.
    pub closes_at: DateTime<Utc>,
    /// The collective's time zone.
    pub zone: Tz,
}

impl Poll {
    /// Its short id, `S7`.
    #[must_use]
    pub const fn short_id(&self) -> ShortId {
        ShortId::new(Kind::Poll, self.number)
    }

    /// Ballots cast.
    #[must_use]
    pub fn cast(&self) -> i64 {
        self.options.iter().map(|option| option.votes).sum()
    }

    /// Whether a ballot counts at `now`. A poll past its closing time is closed even while the deadline that
    /// counts it has not run yet.
    #[must_use]
    pub fn takes_ballots(&self, now: DateTime<Utc>) -> bool {
        self.status == Status::Open && now < self.closes_at
    }

    /// The options with the most votes: several when they are tied, none when nobody voted. A tie is a result.
    #[must_use]
    pub fn leaders(&self) -> Vec<&PollOption> {
        let most = self
            .options
            .iter()
            .map(|option| option.votes)
            .max()
            .unwrap_or(0);
        if most == 0 {
            return Vec::new();
        }
        self.options
            .iter()
            .filter(|option| option.votes == most)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(list: &[&str]) -> Vec<String> {
        list.iter().map(|w| (*w).to_owned()).collect()
    }

    #[test]
    fn options_are_counted_and_told_apart() {
        let at = DateTime::from_timestamp(0, 0).unwrap();
        assert_eq!(
            Draft::new("Q", &words(&["a"]), at),
            Err(DraftError::Count(1))
        );
        assert_eq!(
            Draft::new("Q", &words(&["Été", "été"]), at),
            Err(DraftError::Twice("été".into()))
        );
        assert!(Draft::new("Q", &words(&["a", "b"]), at).is_ok());
    }

    #[test]
    fn letters_and_positions_are_each_others_inverse() {
        for p in 0..25 {
            assert_eq!(position(&letter(p).to_string()), Some(p));
        }
        assert_eq!(position("B"), Some(1));
        assert_eq!(position("bb"), None);
        assert_eq!(position("é"), None);
    }
}
