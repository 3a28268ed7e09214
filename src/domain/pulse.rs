//! A sense check (prise de pouls): one question, by the polls that each network has of its own. It decides nothing, and
//! its figures are those of one room each: who answers in two rooms is counted in both.

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;
use uuid::Uuid;

use super::card::NativeFigures;
use super::ids::{Kind, ShortId};
use super::network::NetworkKind;
use super::text::{self, TextError, Wording};

/// Fewest answers.
pub const ANSWERS_MIN: usize = 2;
/// Most answers: Discord's polls have 10, Matrix's 20.
pub const ANSWERS_MAX: usize = 10;
/// Longest answer, in characters: Discord's polls end at 55.
pub const ANSWER_MAX: usize = 55;
/// The longest time: Discord's polls end after 32 days.
pub const LONGEST: Duration = Duration::days(32);
/// How long it lasts when nobody says so.
pub const USUAL: Duration = Duration::days(1);

/// What is wrong with a sense check that somebody wants.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// A text is wrong; the argument that holds it is named.
    #[error("{0}: {1}")]
    Text(&'static str, TextError),
    /// Fewer than [`ANSWERS_MIN`] or more than [`ANSWERS_MAX`] answers.
    #[error("{0} answers")]
    Count(usize),
    /// Two answers say the same.
    #[error("the answer {0:?} stands twice")]
    Twice(String),
}

/// A sense check that somebody wants, checked but for its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The question.
    pub question: Wording,
    /// The answers, in order.
    pub answers: Vec<Wording>,
    /// Whether one person may choose several.
    pub several: bool,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
}

impl Draft {
    /// A draft out of what was typed: texts with their English behind ` // `.
    ///
    /// # Errors
    /// See [`DraftError`].
    pub fn read(
        question: &str,
        answers: &[String],
        several: bool,
        ends_at: DateTime<Utc>,
    ) -> Result<Self, DraftError> {
        let question = Wording::read(question, text::TITLE_MAX)
            .map_err(|error| DraftError::Text("question", error))?;
        if !(ANSWERS_MIN..=ANSWERS_MAX).contains(&answers.len()) {
            return Err(DraftError::Count(answers.len()));
        }
        let mut read: Vec<Wording> = Vec::with_capacity(answers.len());
        for answer in answers {
            let answer = Wording::read(answer, ANSWER_MAX)
                .map_err(|error| DraftError::Text("options", error))?;
            let same = |other: &Wording| text::fold(&other.text) == text::fold(&answer.text);
            if read.iter().any(same) {
                return Err(DraftError::Twice(answer.text));
            }
            read.push(answer);
        }
        Ok(Self {
            question,
            answers: read,
            several,
            ends_at,
        })
    }
}

/// A sense check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pulse {
    /// Its id.
    pub id: Uuid,
    /// The collective that asks.
    pub collective: Uuid,
    /// The number of its short id.
    pub number: i64,
    /// What is asked, and until when.
    pub draft: Draft,
    /// Whether it has ended.
    pub ended: bool,
    /// The collective's time zone.
    pub zone: Tz,
}

impl Pulse {
    /// Its short id, `Q3`.
    #[must_use]
    pub const fn short_id(&self) -> ShortId {
        ShortId::new(Kind::Pulse, self.number)
    }
}

/// A sense check in one room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sounding {
    /// Its id, which its cards are about.
    pub id: Uuid,
    /// The sense check.
    pub pulse: Uuid,
    /// The room's network.
    pub network: NetworkKind,
    /// The room.
    pub address: String,
    /// Whether the native poll is not there: refused by its network, removed, or too late.
    pub missing: bool,
    /// What it came to, once counted.
    pub figures: Option<NativeFigures>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_counted_told_apart_and_short() {
        let read = |answers: &[&str]| {
            let answers: Vec<String> = answers.iter().map(|a| (*a).to_owned()).collect();
            Draft::read(
                "Ça va? // How are you?",
                &answers,
                false,
                DateTime::UNIX_EPOCH,
            )
        };
        let draft = read(&["Bien // Well", "Moins bien"]).unwrap();
        assert_eq!(draft.question.english.as_deref(), Some("How are you?"));
        assert_eq!(draft.answers[0].english.as_deref(), Some("Well"));
        assert_eq!(read(&["Bien"]), Err(DraftError::Count(1)));
        assert_eq!(read(&["a"; 11]), Err(DraftError::Count(11)));
        assert_eq!(
            read(&["Été", "ete"]),
            Err(DraftError::Twice("ete".to_owned()))
        );
        let long = "é".repeat(ANSWER_MAX + 1);
        assert!(matches!(
            read(&["a", &long]),
            Err(DraftError::Text("options", TextError::TooLong { .. }))
        ));
    }
}
