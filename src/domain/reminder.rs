//! Private reminders: what somebody said of them, and the account that they go to.
//!
//! One account of a person, however many they have: the one at which they chose. When reminders are due is the business
//! of [`schedule::ladder`](super::schedule::ladder).

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::actor::Account;
use super::language::Language;

/// What is known of somebody's wish.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wish {
    /// When they were offered reminders: once.
    pub asked_at: Option<DateTime<Utc>>,
    /// What they chose.
    pub choice: Option<Choice>,
}

/// What somebody chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Whether they want reminders.
    pub wanted: bool,
    /// When they said so.
    pub at: DateTime<Utc>,
    /// The account at which they said so: reminders go there.
    pub account: Account,
    /// The language that they were answered in then.
    pub language: Language,
    /// The collective in which they said so: its polls remind them before they have taken part in it.
    pub collective: Uuid,
}

impl Wish {
    /// The wish of two persons who turn out to be one: the later choice.
    #[must_use]
    pub fn merged(self, other: Self) -> Self {
        let asked_at = match (self.asked_at, other.asked_at) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        let choice = match (self.choice, other.choice) {
            (Some(one), Some(other)) if other.at > one.at => Some(other),
            (one, other) => one.or(other),
        };
        Self { asked_at, choice }
    }
}

/// Where a person is reminded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressee {
    /// The person.
    pub person: Uuid,
    /// The account.
    pub account: Account,
    /// The language: their own, or that of the choice.
    pub language: Language,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::network::NetworkKind;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    fn choice(wanted: bool, seconds: i64) -> Option<Choice> {
        let account = Account {
            network: NetworkKind::Discord,
            address: seconds.to_string(),
        };
        Some(Choice {
            wanted,
            at: at(seconds),
            account,
            language: Language::FrCa,
            collective: Uuid::nil(),
        })
    }

    #[test]
    fn of_two_choices_the_later_one_stands_and_nobody_is_asked_again() {
        let wish = |asked: Option<i64>, choice: Option<Choice>| Wish {
            asked_at: asked.map(at),
            choice,
        };
        for (one, other, merged) in [
            (wish(None, None), wish(None, None), wish(None, None)),
            (wish(Some(2), None), wish(None, None), wish(Some(2), None)),
            (
                wish(Some(2), choice(true, 3)),
                wish(Some(1), choice(false, 4)),
                wish(Some(1), choice(false, 4)),
            ),
            (
                wish(None, choice(true, 5)),
                wish(Some(1), None),
                wish(Some(1), choice(true, 5)),
            ),
        ] {
            assert_eq!(one.clone().merged(other.clone()), merged);
            assert_eq!(other.merged(one), merged);
        }
    }
}
