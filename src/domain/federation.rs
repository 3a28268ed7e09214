//! A federation: a collective that others stand in, as configuration says. Its rooms see what is public of its members, side
//! by side; never a person, and of commitments only what [`told`](super::told) lets through.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::plan::Step;
use super::text::Wording;
use super::told::{Pledged, Together, Told};

/// What is public of a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Its time zone.
    pub zone: Tz,
    /// The slug of the step it is at, if somebody said.
    pub step: Option<String>,
    /// That step, where the member has steps of its own.
    pub own_step: Option<Step>,
    /// The milestones of its plan.
    pub milestones: u64,
    /// Actions that are done.
    pub done: u64,
    /// Of how many that count.
    pub counted: u64,
    /// Actions that nobody carries yet.
    pub to_carry: u64,
    /// The organisations on its roll.
    pub organisations: Vec<Wording>,
    /// The questions of its open polls that are for everybody.
    pub open: Vec<Wording>,
    /// Its workshops to come that are for everybody, and when each begins.
    pub coming: Vec<(Wording, DateTime<Utc>)>,
    /// The commitments, of the period, that anybody may read.
    pub public: Pledged,
}

/// How members widened in a month: sums of what each published of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Widened {
    /// The first day of the month.
    pub month: NaiveDate,
    /// Of how many members.
    pub members: u64,
    /// How many people took part in each, added up: who takes part in two is counted twice.
    pub participants: u64,
    /// How many workshops took place.
    pub workshops: i64,
}

/// What is public of the members of a federation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rollup {
    /// The members, and theirs.
    pub members: Vec<Member>,
    /// What may be told of the other commitments of which members, by their places.
    pub commitments: Vec<Together>,
    /// The day before which commitments were counted; none where they are those of a digest's period.
    pub before: Option<NaiveDate>,
    /// How members widened in the last month that is measured.
    pub widened: Option<Widened>,
}

impl Rollup {
    /// Whether nothing is open or comes anywhere, and nobody committed to anything: a plan alone is no news.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        let quiet = |member: &Member| {
            member.open.is_empty() && member.coming.is_empty() && member.public.taken == 0
        };
        self.members.iter().all(quiet) && self.commitments.iter().all(|one| one.told == Told::NONE)
    }
}

/// Why a collective cannot stand in a federation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Nesting {
    /// There is no such collective.
    #[error("no collective has that slug")]
    Unknown,
    /// It would stand in itself.
    #[error("a collective cannot stand in itself, nor in one that stands in it")]
    Loop,
}

/// Checks that a collective may stand where it does; each collective is given with the federation it stands in.
///
/// # Errors
/// See [`Nesting`].
pub fn check(slug: &str, federations: &BTreeMap<&str, Option<&str>>) -> Result<(), Nesting> {
    let mut at = slug;
    // One that is longer than there are collectives goes round somewhere.
    for _ in federations {
        match federations.get(at) {
            None => return Err(Nesting::Unknown),
            Some(None) => return Ok(()),
            Some(Some(federation)) => at = federation,
        }
    }
    match federations.get(at) {
        Some(None) => Ok(()),
        Some(Some(_)) => Err(Nesting::Loop),
        None => Err(Nesting::Unknown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn federations_stand_in_each_other_but_never_in_themselves() {
        let all = BTreeMap::from([
            ("pays", None),
            ("region", Some("pays")),
            ("quartier", Some("region")),
            ("seul", Some("seul")),
            ("un", Some("deux")),
            ("deux", Some("un")),
            ("perdu", Some("nulle-part")),
            ("avec", Some("un")),
        ]);
        for (slug, expected) in [
            ("pays", Ok(())),
            ("quartier", Ok(())),
            ("seul", Err(Nesting::Loop)),
            ("deux", Err(Nesting::Loop)),
            ("avec", Err(Nesting::Loop)),
            ("perdu", Err(Nesting::Unknown)),
        ] {
            assert_eq!(check(slug, &all), expected, "{slug}");
        }
        let pair = BTreeMap::from([("a", Some("b")), ("b", None)]);
        assert_eq!(check("a", &pair), Ok(()));
    }
}
