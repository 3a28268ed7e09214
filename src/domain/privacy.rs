//! Who answers for what is kept about people, and for how long each kind is kept.
//!
//! The law (Québec's Act respecting the protection of personal information in the private sector, sections 3.1, 8 and
//! 23) asks for a responsible organisation, a person in charge with a published title and contact, and an end for each
//! kind of information. To add a kind: its figure here, its line in `service::retention`, in the consent's words
//! (`privacy.ftl`) and in `docs/privacy.md`.

use chrono::{DateTime, Duration, NaiveTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::schedule;

/// The wording of the consent that people are asked for now. Raise it when purposes, means or keeping change: everybody
/// is then asked anew at their next act.
pub const WORDING: i64 = 4;

/// How long an answer to a workshop is kept after its end.
pub const RSVP: Duration = Duration::days(90);
/// How long an offer of a seat is kept after its end, so that its message can still say what became of it.
pub const OFFER: Duration = Duration::days(1);
/// How long a ballot is kept after the close, so that a count can be contested.
pub const BALLOT: Duration = Duration::days(30);
/// How long a proposed option is kept once it does not wait any more, so that a refusal can be talked about.
pub const PROPOSAL: Duration = Duration::days(30);
/// How long a commitment is kept after its day (or after it was taken, if it has none).
pub const COMMITMENT: Duration = Duration::days(365);
/// How long it is kept that somebody was reminded in private: until what they were reminded of is over.
pub const REMINDER: Duration = Duration::days(3);
/// How long it is kept that somebody was asked how a commitment goes: so long an answer by its number alone is understood.
pub const CHECKIN: Duration = Duration::days(28);
/// How long it is kept who asked for a hand, once they were answered.
pub const HAND: Duration = Duration::days(30);
/// How long the record of a person is kept after their last act.
pub const PERSON: Duration = Duration::days(365);
/// How long a line of the journal is kept.
pub const JOURNAL: Duration = Duration::days(730);

/// Who is responsible. In the configuration this is the section `[privacy]`; without it nothing is collected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// The organisation that is responsible.
    pub organisation: String,
    /// The title of the person in charge of the protection of personal information (a function, not a name).
    pub officer: String,
    /// Their e-mail address.
    pub email: String,
    /// Where the database is: « au Québec, chez … ».
    pub hosting: String,
    /// Who can see it: « la coordination (2 personnes) ».
    pub access: String,
}

impl Statement {
    /// The first field that is empty or cannot be what it should be.
    #[must_use]
    pub fn fault(&self) -> Option<&'static str> {
        let fields = [
            ("organisation", &self.organisation),
            ("officer", &self.officer),
            ("email", &self.email),
            ("hosting", &self.hosting),
            ("access", &self.access),
        ];
        let blank = fields.iter().find(|(_, value)| value.trim().is_empty());
        let (local, host) = self.email.split_once('@').unwrap_or_default();
        let reachable = !local.trim().is_empty() && host.contains('.');
        blank
            .map(|(name, _)| *name)
            .or((!reachable).then_some("email"))
    }
}

/// When a commitment is forgotten.
#[must_use]
pub fn commitment_until(
    due: Option<chrono::NaiveDate>,
    taken_at: DateTime<Utc>,
    zone: Tz,
) -> DateTime<Utc> {
    let from = due.map_or(taken_at, |day| {
        schedule::at_local(day, NaiveTime::MIN, zone).max(taken_at)
    });
    from + COMMITMENT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_names_an_organisation_and_an_address_that_can_be_written_to() {
        let good = Statement {
            organisation: "Coopérative d’essai".to_owned(),
            officer: "Responsable".to_owned(),
            email: "vie-privee@exemple.org".to_owned(),
            hosting: "au Québec".to_owned(),
            access: "la coordination".to_owned(),
        };
        assert_eq!(good.fault(), None);
        for email in ["", "  ", "exemple.org", "@exemple.org", "a@b"] {
            let email = email.to_owned();
            assert_eq!(
                Statement {
                    email,
                    ..good.clone()
                }
                .fault(),
                Some("email")
            );
        }
        let organisation = " ".to_owned();
        assert_eq!(
            Statement {
                organisation,
                ..good
            }
            .fault(),
            Some("organisation")
        );
    }
}
