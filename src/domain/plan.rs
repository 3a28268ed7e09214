//! The plan of a collective: milestones (jalons), and the actions that lead to them. Organisations carry actions, never
//! persons: a person holds work through a commitment.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ids::{Kind, ShortId};
use super::text::{self, TextError, Wording, fold};

pub mod version;

/// How many months an action lasts at most: the plan is evaluated after two years.
pub const MONTHS_MAX: u32 = 24;
/// The last year that a milestone can speak of.
pub const HORIZON_MAX: u64 = 2200;

/// A milestone: what will be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    /// Its id.
    pub id: Uuid,
    /// The collective.
    pub collective: Uuid,
    /// The number of its short id.
    pub number: i64,
    /// What will be.
    pub statement: Wording,
    /// By which year.
    pub horizon: Option<i64>,
    /// Slugs of `themes`.
    pub themes: Vec<String>,
}

impl Milestone {
    /// Its short id, `J2`.
    #[must_use]
    pub const fn short_id(&self) -> ShortId {
        ShortId::new(Kind::Milestone, self.number)
    }
}

/// What an organizer wants to say of a milestone; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MilestoneWish {
    /// One line, in English too behind ` // `.
    pub statement: Option<String>,
    /// A year.
    pub horizon: Option<u64>,
    /// Slugs.
    pub themes: Option<Vec<String>>,
}

/// How far an action is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// « À porter » : no organisation carries it yet.
    NeedsLead,
    /// « À lancer »
    ToLaunch,
    /// « En cours »
    UnderWay,
    /// « Réalisée »
    Done,
    /// « Révisée » : another action took its place.
    Revised,
    /// « Abandonnée »
    Abandoned,
}

impl State {
    /// Every state, in the order in which an action goes through them.
    pub const ALL: [Self; 6] = [
        Self::NeedsLead,
        Self::ToLaunch,
        Self::UnderWay,
        Self::Done,
        Self::Revised,
        Self::Abandoned,
    ];
    /// Their names, as choices of a command.
    pub const NAMES: [&'static str; 6] = [
        "needs-lead",
        "to-launch",
        "under-way",
        "done",
        "revised",
        "abandoned",
    ];

    /// The name in the database, in the table of commands and in Fluent's ids.
    #[must_use]
    pub const fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// The state of that name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Whether something is still to be done.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::NeedsLead | Self::ToLaunch | Self::UnderWay)
    }

    /// Whether an action counts in the share of its milestone that is done: what was revised or abandoned does not, as
    /// nobody will do it any more.
    #[must_use]
    pub const fn counts(self) -> bool {
        !matches!(self, Self::Revised | Self::Abandoned)
    }
}

/// How far a milestone is: how many of its actions are done, of how many that count ([`State::counts`]).
#[must_use]
pub fn share(milestone: Uuid, actions: &[Action]) -> (u64, u64) {
    let of = actions.iter().filter(|one| one.milestone == milestone);
    of.filter(|one| one.state.counts())
        .fold((0, 0), |(done, counted), one| {
            (done + u64::from(one.state == State::Done), counted + 1)
        })
}

/// An action of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// Its id.
    pub id: Uuid,
    /// The collective.
    pub collective: Uuid,
    /// The milestone it leads to.
    pub milestone: Uuid,
    /// The number of its short id.
    pub number: i64,
    /// What is done.
    pub statement: Wording,
    /// The organisation that carries it.
    pub lead: Option<Uuid>,
    /// Organisations that help, sorted.
    pub helpers: Vec<Uuid>,
    /// Its first day.
    pub begins_on: Option<NaiveDate>,
    /// Its last day.
    pub ends_on: Option<NaiveDate>,
    /// How far it is.
    pub state: State,
}

/// What an organizer wants of an action; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActionWish {
    /// One line, in English too behind ` // `.
    pub statement: Option<String>,
    /// Who carries it; `Some(None)`: nobody any more.
    pub lead: Option<Option<Uuid>>,
    /// Who helps.
    pub helpers: Option<Vec<Uuid>>,
    /// The first day.
    pub begins_on: Option<NaiveDate>,
    /// The last day.
    pub ends_on: Option<NaiveDate>,
    /// How far it is.
    pub state: Option<State>,
}

/// What is wrong with what somebody wants of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// A text is wrong.
    #[error("{0}")]
    Text(#[from] TextError),
    /// An action that nobody carries cannot be launched, under way or done.
    #[error("nobody carries it")]
    NoLead,
    /// It would end before it begins.
    #[error("it ends before it begins")]
    EndsBeforeBeginning,
    /// It would last longer than [`MONTHS_MAX`].
    #[error("it lasts longer than {MONTHS_MAX} months")]
    TooLong,
}

fn statement(text: &str) -> Result<Wording, PlanError> {
    Ok(Wording::read(text, text::SENTENCE_MAX)?)
}

impl Milestone {
    /// The milestone with what is wanted.
    ///
    /// # Errors
    /// A wrong text.
    pub fn changed(&self, wish: &MilestoneWish) -> Result<Self, PlanError> {
        let mut changed = self.clone();
        if let Some(text) = &wish.statement {
            changed.statement = statement(text)?;
        }
        let horizon = wish.horizon.and_then(|year| i64::try_from(year).ok());
        changed.horizon = horizon.or(changed.horizon);
        if let Some(themes) = &wish.themes {
            changed.themes.clone_from(themes);
        }
        Ok(changed)
    }
}

impl Action {
    /// Its short id, `P4`.
    #[must_use]
    pub const fn short_id(&self) -> ShortId {
        ShortId::new(Kind::Action, self.number)
    }

    /// The action with what is wanted. Who comes to carry one that was to be carried makes it one to be launched; one that
    /// loses who carried it is to be carried again, as long as it is open.
    ///
    /// # Errors
    /// See [`PlanError`].
    pub fn changed(&self, wish: &ActionWish) -> Result<Self, PlanError> {
        let mut changed = self.clone();
        if let Some(text) = &wish.statement {
            changed.statement = statement(text)?;
        }
        changed.lead = wish.lead.unwrap_or(changed.lead);
        if let Some(helpers) = &wish.helpers {
            changed.helpers.clone_from(helpers);
        }
        changed.begins_on = wish.begins_on.or(changed.begins_on);
        changed.ends_on = wish.ends_on.or(changed.ends_on);
        changed.state = match (wish.state, changed.lead) {
            (Some(State::NeedsLead), _) => {
                changed.lead = None;
                State::NeedsLead
            }
            (Some(State::ToLaunch | State::UnderWay | State::Done), None) => {
                return Err(PlanError::NoLead);
            }
            (Some(wanted), _) => wanted,
            (None, None) if changed.state.is_open() => State::NeedsLead,
            (None, Some(_)) if changed.state == State::NeedsLead => State::ToLaunch,
            (None, _) => changed.state,
        };
        changed.helpers.retain(|one| Some(*one) != changed.lead);
        changed.helpers.sort_unstable();
        changed.helpers.dedup();
        changed.check_days()?;
        Ok(changed)
    }

    fn check_days(&self) -> Result<(), PlanError> {
        let Some((begins, ends)) = self.begins_on.zip(self.ends_on) else {
            return Ok(());
        };
        let latest = begins.checked_add_months(Months::new(MONTHS_MAX));
        if ends < begins {
            Err(PlanError::EndsBeforeBeginning)
        } else if latest.is_some_and(|latest| ends >= latest) {
            Err(PlanError::TooLong)
        } else {
            Ok(())
        }
    }
}

/// A step (étape) of a collective's démarche.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The name in stored data.
    pub slug: String,
    /// The label in French.
    pub fr: String,
    /// The label in English.
    pub en: String,
}

impl Step {
    /// Whether that is how somebody may call it: by its slug, a label, or its place in the list, from 1.
    #[must_use]
    pub fn is_called(&self, place: usize, typed: &str) -> bool {
        let typed = fold(typed.trim());
        let names = [&self.slug, &self.fr, &self.en].map(|name| fold(name));
        names.contains(&typed) || typed == place.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<NaiveDate> {
        Some(text.parse().unwrap())
    }

    fn action() -> Action {
        Action {
            id: Uuid::nil(),
            collective: Uuid::nil(),
            milestone: Uuid::nil(),
            number: 4,
            statement: Wording::of("Cartographier".to_owned()),
            lead: None,
            helpers: Vec::new(),
            begins_on: None,
            ends_on: None,
            state: State::NeedsLead,
        }
    }

    #[test]
    fn states_have_names_in_their_order() {
        for state in State::ALL {
            assert_eq!(State::from_name(state.name()), Some(state));
        }
    }

    #[test]
    fn an_action_is_to_be_carried_exactly_while_nobody_carries_it() {
        let organisation = Uuid::from_u128(1);
        let lead = |lead| ActionWish {
            lead: Some(lead),
            ..ActionWish::default()
        };
        let state = |state| ActionWish {
            state: Some(state),
            ..ActionWish::default()
        };
        let carried = action().changed(&lead(Some(organisation))).unwrap();
        assert_eq!(carried.state, State::ToLaunch);
        let begun = carried.changed(&state(State::UnderWay)).unwrap();
        assert_eq!(begun.changed(&lead(None)).unwrap().state, State::NeedsLead);
        let given_back = begun.changed(&state(State::NeedsLead)).unwrap();
        assert_eq!(
            (given_back.lead, given_back.state),
            (None, State::NeedsLead)
        );
        for wanted in [State::ToLaunch, State::UnderWay, State::Done] {
            assert_eq!(action().changed(&state(wanted)), Err(PlanError::NoLead));
        }
        let left = action().changed(&state(State::Abandoned)).unwrap();
        assert_eq!(left.changed(&lead(None)).unwrap().state, State::Abandoned);
        let helped = ActionWish {
            helpers: Some(vec![Uuid::from_u128(3), organisation, Uuid::from_u128(2)]),
            ..lead(Some(organisation))
        };
        let helped = action().changed(&helped).unwrap();
        assert_eq!(helped.helpers, [Uuid::from_u128(2), Uuid::from_u128(3)]);
    }

    #[test]
    fn what_is_revised_or_abandoned_leaves_the_share_that_is_done() {
        let here = Uuid::from_u128(7);
        let states = [
            State::Done,
            State::Done,
            State::UnderWay,
            State::NeedsLead,
            State::Revised,
            State::Abandoned,
        ];
        let in_state = |state| Action {
            milestone: here,
            state,
            ..action()
        };
        let mut actions: Vec<Action> = states.map(in_state).to_vec();
        actions.push(action());
        assert_eq!(share(here, &actions), (2, 4));
        assert_eq!(share(Uuid::from_u128(8), &actions), (0, 0));
    }

    #[test]
    fn an_action_lasts_two_years_at_most() {
        let lasting = |begins, ends| {
            let wish = ActionWish {
                begins_on: day(begins),
                ends_on: day(ends),
                ..ActionWish::default()
            };
            action().changed(&wish).map(|_| ())
        };
        assert_eq!(lasting("2026-10-01", "2028-09-30"), Ok(()));
        assert_eq!(lasting("2026-10-01", "2028-10-01"), Err(PlanError::TooLong));
        assert_eq!(lasting("2026-10-01", "2026-10-01"), Ok(()));
        let backwards = lasting("2026-10-02", "2026-10-01");
        assert_eq!(backwards, Err(PlanError::EndsBeforeBeginning));
    }

    #[test]
    fn a_step_is_called_by_its_slug_a_label_or_its_place() {
        let step = Step {
            slug: "etat-vision".to_owned(),
            fr: "État des lieux et vision".to_owned(),
            en: "Review and vision".to_owned(),
        };
        for typed in [
            "etat-vision",
            "état des lieux et vision",
            "Review and Vision",
            "2",
        ] {
            assert!(step.is_called(2, typed), "{typed}");
        }
        assert!(!step.is_called(2, "1") && !step.is_called(2, "vision"));
    }
}
