//! Versions of a plan: two years after one began it is evaluated, kept for ever as it stood, and what is open is carried into
//! the next.

use chrono::{DateTime, Months, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Action, MONTHS_MAX, Milestone, State};
use crate::domain::text::Wording;
use crate::domain::told::{Pledged, Told};

/// A version of a collective's plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its id.
    pub id: Uuid,
    /// The collective.
    pub collective: Uuid,
    /// From 1.
    pub number: i64,
    /// Its first day.
    pub begins_on: NaiveDate,
    /// When it was frozen; none: it runs.
    pub frozen_at: Option<DateTime<Utc>>,
}

impl Version {
    /// From which day on it is to be evaluated.
    #[must_use]
    pub fn due_on(&self) -> NaiveDate {
        after(self.begins_on)
    }
}

/// [`MONTHS_MAX`] later.
fn after(day: NaiveDate) -> NaiveDate {
    day.checked_add_months(Months::new(MONTHS_MAX))
        .unwrap_or(NaiveDate::MAX)
}

/// A version as it stood when it was frozen, and its evaluation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Its first day.
    pub begins_on: NaiveDate,
    /// The day it was frozen.
    pub ends_on: NaiveDate,
    /// Its milestones.
    pub milestones: Vec<Milestone>,
    /// Its actions.
    pub actions: Vec<Action>,
    /// The names of the organisations that carried them or helped.
    pub organisations: Vec<(Uuid, Wording)>,
    /// What came of actions, in a line each.
    pub outcomes: Vec<(Uuid, Wording)>,
    /// The commitments taken in its time that anybody may read.
    pub public: Pledged,
    /// What may be told of the others.
    pub commitments: Told,
}

impl Record {
    /// How many actions were in that state.
    #[must_use]
    pub fn count(&self, state: State) -> usize {
        let so = |action: &&Action| action.state == state;
        self.actions.iter().filter(so).count()
    }

    /// What came of an action, if somebody wrote it.
    #[must_use]
    pub fn outcome(&self, action: Uuid) -> Option<&Wording> {
        let found = self.outcomes.iter().find(|(id, _)| *id == action);
        found.map(|(_, outcome)| outcome)
    }

    /// The actions that go on in a version which begins on that day.
    #[must_use]
    pub fn carried(&self, begins_on: NaiveDate) -> Vec<Action> {
        let open = self.actions.iter().filter(|one| one.state.is_open());
        open.map(|one| one.carried(begins_on)).collect()
    }
}

impl Action {
    /// The same in a version which begins on that day: its days stay if its last one lies within the two years of that
    /// version, and are to be said anew otherwise.
    #[must_use]
    pub fn carried(&self, begins_on: NaiveDate) -> Self {
        let within = |day: NaiveDate| (begins_on..after(begins_on)).contains(&day);
        let mut carried = self.clone();
        if !self.ends_on.or(self.begins_on).is_some_and(within) {
            (carried.begins_on, carried.ends_on) = (None, None);
        }
        carried
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn action(number: u128, state: State, days: (Option<&str>, Option<&str>)) -> Action {
        Action {
            id: Uuid::from_u128(number),
            collective: Uuid::nil(),
            milestone: Uuid::nil(),
            number: i64::try_from(number).unwrap(),
            statement: Wording::of("Cartographier".to_owned()),
            lead: None,
            helpers: Vec::new(),
            begins_on: days.0.map(day),
            ends_on: days.1.map(day),
            state,
        }
    }

    #[test]
    fn a_version_is_due_after_two_years() {
        let version = Version {
            id: Uuid::nil(),
            collective: Uuid::nil(),
            number: 1,
            begins_on: day("2026-11-24"),
            frozen_at: None,
        };
        assert_eq!(version.due_on(), day("2028-11-24"));
    }

    #[test]
    fn open_actions_go_on_with_the_days_that_still_hold() {
        let kept = (Some("2028-06-01"), Some("2029-03-31"));
        let past = (Some("2026-06-01"), Some("2028-03-31"));
        let record = Record {
            begins_on: day("2026-11-24"),
            ends_on: day("2028-11-24"),
            milestones: Vec::new(),
            actions: vec![
                action(1, State::UnderWay, kept),
                action(2, State::ToLaunch, past),
                action(3, State::Done, past),
                action(4, State::Abandoned, kept),
                action(5, State::Revised, kept),
                action(6, State::NeedsLead, (Some("2029-01-01"), None)),
                action(7, State::NeedsLead, (None, Some("2030-11-24"))),
            ],
            organisations: Vec::new(),
            outcomes: Vec::new(),
            public: Pledged { taken: 2, kept: 1 },
            commitments: Told::Few,
        };
        let carried = record.carried(day("2028-11-24"));
        let days: Vec<_> = carried
            .iter()
            .map(|a| (a.number, a.state, a.begins_on, a.ends_on))
            .collect();
        let expected = [
            (
                1,
                State::UnderWay,
                Some(day("2028-06-01")),
                Some(day("2029-03-31")),
            ),
            (2, State::ToLaunch, None, None),
            (6, State::NeedsLead, Some(day("2029-01-01")), None),
            (7, State::NeedsLead, None, None),
        ];
        assert_eq!(days, expected);
        assert_eq!(record.count(State::NeedsLead), 2);
        let text = serde_json::to_string(&record).unwrap();
        assert_eq!(serde_json::from_str::<Record>(&text).unwrap(), record);
    }
}
