//! The measure of widening circles: who takes part in a period, in aggregate only.
//!
//! Deliberate acts count and nothing else: no reading, no presence in a room, no number of messages. A person's circle in
//! a period is that of their highest act there: it is worked out for the report, and neither kept nor shown to anybody.
//! What is published obeys one rule, in [`publish`].

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

mod publish;

pub use publish::{Cell, LEAST, publish};

/// A deliberate act, by the circle that it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Circle {
    /// Takes part: a vote, an answer to a workshop or being there, a proposed option.
    TakingPart,
    /// Commits: took a commitment.
    Committing,
    /// Carries: steers, or acts for an organisation.
    Carrying,
}

impl Circle {
    /// Every circle, from the outside in.
    pub const ALL: [Self; 3] = [Self::TakingPart, Self::Committing, Self::Carrying];
}

/// What somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act<Person> {
    /// Who: told apart, never named.
    pub person: Person,
    /// What.
    pub circle: Circle,
    /// When.
    pub day: NaiveDate,
    /// The organisation that they represented, by its short name.
    pub organisation: Option<String>,
}

/// Days from the first to the last, both in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The first day.
    pub from: NaiveDate,
    /// The last.
    pub to: NaiveDate,
}

impl Period {
    /// Whether a day is in it.
    #[must_use]
    pub fn has(self, day: NaiveDate) -> bool {
        (self.from..=self.to).contains(&day)
    }
}

/// A person in a period: what [`publish`] may count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kind {
    /// Their circle in the period; none if they took part in the one before only.
    pub now: Option<Circle>,
    /// Their circle in the period before.
    pub before: Option<Circle>,
    /// Whether they had ever acted before this period.
    pub known: bool,
}

/// What is published of a month.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Its first day.
    pub month: NaiveDate,
    /// How many people, in the cells that may be told.
    pub people: Vec<(Cell, u64)>,
    /// The short names of the organisations that acted, or whose representatives did.
    pub organisations: Vec<String>,
    /// Their sectors' slugs.
    pub sectors: Vec<String>,
    /// How many workshops took place.
    pub workshops: i64,
    /// How many people were counted at them.
    pub attendance: i64,
    /// The share of acts by people who represent no organisation, from 0 to 1.
    pub open: Option<f64>,
}

/// How many people of each kind there are. It is worked out and thrown away: [`publish`] tells what may be said of it.
pub type Census = BTreeMap<Kind, u64>;

/// Counts people by their kind; `known` tells who had acted before `period`.
#[must_use]
pub fn census<Person: Ord>(
    acts: &[Act<Person>],
    known: impl Fn(&Person) -> bool,
    period: Period,
    before: Period,
) -> Census {
    let mut people: BTreeMap<&Person, Kind> = BTreeMap::new();
    for act in acts {
        let kind = people.entry(&act.person).or_insert(Kind {
            now: None,
            before: None,
            known: known(&act.person),
        });
        if period.has(act.day) {
            kind.now = kind.now.max(Some(act.circle));
        } else if before.has(act.day) {
            kind.before = kind.before.max(Some(act.circle));
        }
    }
    let mut census = Census::new();
    for kind in people.into_values() {
        if kind.now.is_some() || kind.before.is_some() {
            *census.entry(kind).or_default() += 1;
        }
    }
    census
}

/// The organisations that were represented by an act in a period, by their short names.
#[must_use]
pub fn organisations<Person>(acts: &[Act<Person>], period: Period) -> BTreeSet<&str> {
    let within = acts.iter().filter(|act| period.has(act.day));
    within
        .filter_map(|act| act.organisation.as_deref())
        .collect()
}

/// The share of the acts of a period that were not made by somebody who represents one of `carriers`, the organisations
/// that carry the collective; none without acts.
#[must_use]
pub fn openness<Person>(
    acts: &[Act<Person>],
    period: Period,
    carriers: &BTreeSet<&str>,
) -> Option<f64> {
    let within: Vec<_> = acts.iter().filter(|act| period.has(act.day)).collect();
    let open = within.iter().filter(|act| {
        let organisation = act.organisation.as_deref();
        organisation.is_none_or(|organisation| !carriers.contains(organisation))
    });
    let open = u32::try_from(open.count()).ok()?;
    let all = u32::try_from(within.len()).ok()?;
    (all > 0).then(|| f64::from(open) / f64::from(all))
}

#[cfg(test)]
mod tests;
