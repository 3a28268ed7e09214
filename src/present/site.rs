//! What public pages and feeds say besides the cards that rooms show: lines of lists, the plan, how to take part.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::workshop::{place_of, when};
use super::{digest, plan as plans, poll as polls, workshop as workshops};
use crate::domain::card::Message;
use crate::domain::collective::Collective;
use crate::domain::commitment::Tally;
use crate::domain::ids::ShortId;
use crate::domain::language::Language;
use crate::domain::plan::State;
use crate::domain::poll::{Poll, Status as PollStatus};
use crate::domain::text::Wording;
use crate::domain::workshop::{Status, Workshop};
use crate::i18n::{Words, args};
use crate::service::plan::Plan;
use crate::service::polls::Detail;

/// A line of a list: something with a page of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its short id.
    pub id: ShortId,
    /// What it is called.
    pub title: String,
    /// When it is, or was.
    pub when: String,
    /// More, each in a few words.
    pub notes: Vec<String>,
    /// What sets it apart: called off, full.
    pub mark: Option<String>,
}

/// A milestone with its actions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// Its short id.
    pub id: ShortId,
    /// What will be.
    pub statement: String,
    /// By when, and what it is about.
    pub notes: Vec<String>,
    /// Its actions.
    pub actions: Vec<Action>,
    /// How many of them are done, and how many count.
    pub done: usize,
    /// The actions that count: all but those that were revised or abandoned.
    pub all: usize,
    /// The same in words; none where there are no actions.
    pub progress: Option<String>,
}

/// An action of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Its short id.
    pub id: ShortId,
    /// What is done.
    pub statement: String,
    /// How far it is.
    pub state: State,
    /// The same in words.
    pub stands: String,
    /// Who carries it, who helps, from when to when.
    pub notes: Vec<String>,
}

/// A workshop in a list.
#[must_use]
pub fn workshop_line(words: &Words, language: Language, workshop: &Workshop) -> Line {
    let circle = workshop.draft.details.circle.as_ref().map(|circle| {
        let name = args().text("circle", circle.name.in_language(language));
        words.say(language, "site-for-circle", name)
    });
    let place = place_of(words, language, workshop);
    let report = workshop.report.as_ref();
    let report = report.map(|_| words.plain(language, "site-has-report"));
    let mark = match workshop.status {
        Status::Cancelled => Some("site-called-off"),
        Status::Announced if workshop.is_full() => Some("site-full"),
        _ => None,
    };
    Line {
        id: workshop.short_id(),
        title: workshops::title(language, workshop).to_owned(),
        when: when(language, workshop),
        notes: [place, circle, report].into_iter().flatten().collect(),
        mark: mark.map(|id| words.plain(language, id)),
    }
}

/// A poll in a list: until when, or what it came to.
#[must_use]
pub fn poll_line(words: &Words, language: Language, poll: &Poll, now: DateTime<Utc>) -> Line {
    let closed = poll.status == PollStatus::Closed;
    let (id, at) = if closed {
        ("site-poll-closed", poll.closes_at)
    } else if now < poll.opens_at {
        ("site-poll-opens", poll.opens_at)
    } else {
        ("site-poll-closes", poll.closes_at)
    };
    let outcome = closed.then(|| polls::outcome(words, language, poll));
    let circle = poll.terms.circle.as_ref().filter(|_| !closed).map(|one| {
        let name = args().text("circle", one.name.in_language(language));
        words.say(language, "site-for-circle", name)
    });
    Line {
        id: poll.short_id(),
        title: poll.question.in_language(language).to_owned(),
        when: words.say(language, id, args().when("when", at, poll.zone)),
        notes: outcome.into_iter().chain(circle).collect(),
        mark: None,
    }
}

/// The page of a workshop: its card, and the report.
#[must_use]
pub fn workshop(
    words: &Words,
    language: Language,
    workshop: &Workshop,
    now: DateTime<Utc>,
) -> Message {
    let mut message = workshops::in_full(words, language, workshop, now);
    message.title = Some(workshops::title(language, workshop).to_owned());
    message.actions.clear();
    message
}

/// The page of a poll: its card, or its results with everything that is counted.
#[must_use]
pub fn poll(
    words: &Words,
    language: Language,
    poll: &Poll,
    tallies: &[Detail],
    now: DateTime<Utc>,
) -> Message {
    let mut message = polls::detail(words, language, poll, tallies, now);
    message.title = Some(poll.question.in_language(language).to_owned());
    message.actions.clear();
    message
}

/// The steps of the démarche, in order, with whether the collective is at it.
#[must_use]
pub fn steps(words: &Words, language: Language, collective: &Collective) -> Vec<(String, bool)> {
    let steps = plans::steps(words, collective).into_iter();
    let here = |slug: &str| collective.step.as_deref() == Some(slug);
    steps
        .map(|step| {
            let label = plans::step_label(&step, language).to_owned();
            (label, here(&step.slug))
        })
        .collect()
}

/// The plan, milestone by milestone.
#[must_use]
pub fn milestones(words: &Words, language: Language, plan: &Plan) -> Vec<Milestone> {
    let names = plans::names(plan);
    let milestones = plan.milestones.iter().map(|milestone| {
        let of = plan.actions.iter();
        let of = of.filter(|action| action.milestone == milestone.id);
        let actions: Vec<Action> = of.map(|one| action(words, language, &names, one)).collect();
        let counted = |action: &&Action| !matches!(action.state, State::Revised | State::Abandoned);
        let all = actions.iter().filter(counted).count();
        let is_done = |action: &&Action| action.state == State::Done;
        let done = actions.iter().filter(is_done).count();
        let horizon = milestone.horizon.map(|year| {
            let year = args().text("year", year);
            words.say(language, "site-by-year", year)
        });
        let label = |slug: &String| workshops::term(words, language, "themes", slug);
        Milestone {
            id: milestone.short_id(),
            statement: milestone.statement.in_language(language).to_owned(),
            notes: horizon
                .into_iter()
                .chain(milestone.themes.iter().map(label))
                .collect(),
            progress: (all > 0).then(|| {
                let values = args().number("done", wide(done)).number("all", wide(all));
                words.say(language, "site-progress", values)
            }),
            actions,
            done,
            all,
        }
    });
    milestones.collect()
}

fn action(
    words: &Words,
    language: Language,
    names: &[(Uuid, Wording)],
    action: &crate::domain::plan::Action,
) -> Action {
    Action {
        id: action.short_id(),
        statement: action.statement.in_language(language).to_owned(),
        state: action.state,
        stands: plans::state(words, language, action.state),
        notes: plans::notes(words, language, names, action),
    }
}

/// How far the whole plan is, in a sentence; none where there is none.
#[must_use]
pub fn plan_at_a_glance(
    words: &Words,
    language: Language,
    milestones: &[Milestone],
) -> Option<String> {
    let moves = |milestone: &&Milestone| {
        let mut actions = milestone.actions.iter();
        actions.any(|action| matches!(action.state, State::UnderWay | State::Done))
    };
    let values = args()
        .number("moving", wide(milestones.iter().filter(moves).count()))
        .number("all", wide(milestones.len()));
    (!milestones.is_empty()).then(|| words.say(language, "site-plan-progress", values))
}

/// The commitments of a collective, as counts.
#[must_use]
pub fn commitments(words: &Words, language: Language, tally: Tally) -> Vec<String> {
    [("digest-taken", tally.taken), ("digest-kept", tally.kept)]
        .into_iter()
        .filter_map(|(id, count)| digest::count(words, language, id, count))
        .collect()
}

/// How one takes part: one act of each kind.
#[must_use]
pub fn ways(words: &Words, language: Language) -> [String; 3] {
    ["workshop", "poll", "commitment"]
        .map(|what| words.plain(language, &format!("privacy-welcome-{what}")))
}

fn wide(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
