//! The plan in words: milestones, actions, what is to be carried, the step of the démarche.

use uuid::Uuid;

use super::{commitment, success, workshop};
use crate::domain::card::{Action as Button, Block, Message};
use crate::domain::collective::Collective;
use crate::domain::language::Language;
use crate::domain::organisation::Organisation;
use crate::domain::plan::{self, Action, Milestone, State, Step};
use crate::domain::progress::Quarter;
use crate::domain::text::Wording;
use crate::i18n::{Words, args, dates};
use crate::service::plan::Plan;
use crate::service::plan::progress::Progress;

pub mod versions;

/// The steps of a collective's démarche: its own, or those of the vocabulary.
#[must_use]
pub fn steps(words: &Words, collective: &Collective) -> Vec<Step> {
    if !collective.steps.is_empty() {
        return collective.steps.clone();
    }
    let terms = words.vocabularies.terms("steps").iter();
    let step = |term: &crate::i18n::Term| Step {
        slug: term.slug.clone(),
        fr: term.label(Language::FrCa).to_owned(),
        en: term.label(Language::EnCa).to_owned(),
    };
    terms.map(step).collect()
}

pub(super) fn step_label(step: &Step, language: Language) -> &str {
    match language {
        Language::FrCa => &step.fr,
        Language::EnCa => &step.en,
    }
}

/// The plan at a glance: the step, each milestone with how many actions it has, and how to see more.
#[must_use]
pub fn overview(
    words: &Words,
    language: Language,
    collective: &Collective,
    plan: &Plan,
) -> Message {
    let mut body = Vec::new();
    let steps = steps(words, collective);
    let at = steps
        .iter()
        .zip(1..)
        .find(|(step, _)| collective.step.as_deref() == Some(&step.slug));
    if let Some((step, place)) = at {
        let values = args()
            .text("step", step_label(step, language))
            .number("place", place)
            .number("of", wide(steps.len()));
        body.push(Block::Text(words.say(language, "plan-step", values)));
    }
    if plan.milestones.is_empty() {
        body.push(Block::Text(words.plain(language, "plan-none")));
    } else {
        let lines = plan.milestones.iter().map(|milestone| {
            let of = |action: &&Action| action.milestone == milestone.id;
            let actions: Vec<_> = plan.actions.iter().filter(of).collect();
            let free = actions.iter().filter(|a| a.state == State::NeedsLead);
            let values = args()
                .text("id", milestone.short_id())
                .text("statement", milestone.statement.in_language(language))
                .number("actions", wide(actions.len()))
                .number("free", wide(free.count()));
            let line = words.say(language, "plan-line", values);
            match plan::share(milestone.id, &plan.actions) {
                (0, _) => line,
                (done, counted) => format!("{line} · {}", share(words, language, done, counted)),
            }
        });
        body.push(Block::List(lines.collect()));
        body.push(Block::Text(words.plain(language, "plan-how")));
    }
    Message {
        title: Some(words.plain(language, "plan-title")),
        body,
        ..Message::default()
    }
}

fn wide(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Milestones with everything that is said of their actions.
#[must_use]
pub fn details(words: &Words, language: Language, plan: &Plan) -> Message {
    let names = names(plan);
    let mut body = Vec::new();
    for milestone in &plan.milestones {
        body.push(Block::Heading(headline(words, language, milestone)));
        if !milestone.themes.is_empty() {
            let label = |slug: &String| workshop::term(words, language, "themes", slug);
            let themes: Vec<String> = milestone.themes.iter().map(label).collect();
            body.push(Block::Text(themes.join(", ")));
        }
        let of = |action: &&Action| action.milestone == milestone.id;
        let lines = plan.actions.iter().filter(of);
        let lines: Vec<String> = lines.map(|a| line(words, language, &names, a)).collect();
        body.push(if lines.is_empty() {
            Block::Text(words.plain(language, "plan-no-actions"))
        } else {
            Block::List(lines)
        });
    }
    let told = plan.commitments.iter().flat_map(|(id, public)| {
        let lines = commitment::public(words, language, public, &plan.organisations);
        let of = words.say(language, "plan-commitments", args().text("id", id));
        let heading = (!lines.is_empty()).then_some(Block::Heading(of));
        heading
            .into_iter()
            .chain((!lines.is_empty()).then_some(Block::List(lines)))
    });
    body.extend(told);
    let free = |action: &&Action| action.state == State::NeedsLead;
    Message {
        title: Some(words.plain(language, "plan-title")),
        body,
        actions: plan
            .actions
            .iter()
            .filter(free)
            .take(BUTTONS)
            .map(|action| carry(words, language, action))
            .collect(),
        ..Message::default()
    }
}

/// « 3 actions sur 4 réalisées »
fn share(words: &Words, language: Language, done: u64, counted: u64) -> String {
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let values = args()
        .number("done", count(done))
        .number("counted", count(counted));
    words.say(language, "plan-share", values)
}

/// To the rooms: a milestone came a quarter of the way further, by whose work, and how to see the plan.
#[must_use]
pub fn progress(words: &Words, language: Language, progress: &Progress) -> Message {
    let (milestone, reached) = (&progress.milestone, progress.reached);
    let id = || args().text("id", milestone.short_id());
    let title = match reached.quarter {
        Quarter::Whole => words.say(language, "plan-progress-whole", id()),
        quarter => {
            let percent = i64::from(quarter.percent());
            words.say(language, "plan-progress", id().number("percent", percent))
        }
    };
    let statement = milestone.statement.in_language(language).to_owned();
    let mut body = vec![
        Block::Quote(statement),
        Block::Text(share(words, language, reached.done, reached.counted)),
    ];
    let name = |one: &Organisation| one.name.in_language(language).to_owned();
    let carriers: Vec<String> = progress.carriers.iter().map(name).collect();
    if !carriers.is_empty() {
        let names = args().text("names", carriers.join(", "));
        body.push(Block::Text(words.say(language, "plan-carriers", names)));
    }
    Message {
        title: Some(title),
        body,
        footer: Some(words.say(language, "plan-progress-footer", id())),
        ..Message::default()
    }
}

/// One row of buttons.
const BUTTONS: usize = 5;

fn carry(words: &Words, language: Language, action: &Action) -> Button {
    let id = action.short_id().to_string();
    let label = words.say(language, "plan-carry", args().text("id", &id));
    Button::button("action.carry", &[("action", &id)], label)
}

fn headline(words: &Words, language: Language, milestone: &Milestone) -> String {
    let values = args()
        .text("id", milestone.short_id())
        .text("statement", milestone.statement.in_language(language));
    match milestone.horizon {
        Some(year) => words.say(language, "plan-milestone-by", values.text("year", year)),
        None => words.say(language, "plan-milestone", values),
    }
}

pub(super) fn names(plan: &Plan) -> Vec<(Uuid, Wording)> {
    let all = plan.organisations.iter();
    all.map(|one| (one.id, one.name.clone())).collect()
}

/// An action on one line: what, who of the organisations with these names, how far, from when to when.
fn line(words: &Words, language: Language, names: &[(Uuid, Wording)], action: &Action) -> String {
    let values = args()
        .text("id", action.short_id())
        .text("statement", action.statement.in_language(language))
        .text("state", state(words, language, action.state));
    let mut parts = vec![words.say(language, "plan-action", values)];
    parts.extend(notes(words, language, names, action));
    parts.join(" · ")
}

/// Who carries an action and who helps, from when to when.
pub(super) fn notes(
    words: &Words,
    language: Language,
    names: &[(Uuid, Wording)],
    action: &Action,
) -> Vec<String> {
    let name = |id: &Uuid| {
        let found = names.iter().find(|(one, _)| one == id);
        found.map(|(_, name)| name.in_language(language).to_owned())
    };
    let mut parts = Vec::new();
    if let Some(lead) = action.lead.as_ref().and_then(name) {
        parts.push(words.say(language, "plan-lead", args().text("name", lead)));
    }
    let helpers: Vec<String> = action.helpers.iter().filter_map(name).collect();
    if !helpers.is_empty() {
        let names = args().text("names", helpers.join(", "));
        parts.push(words.say(language, "plan-helpers", names));
    }
    parts.extend(match (action.begins_on, action.ends_on) {
        (Some(begins), Some(ends)) => Some(dates::days(begins, ends, language)),
        (Some(begins), None) => {
            let when = args().text("when", dates::day(begins, language));
            Some(words.say(language, "plan-from", when))
        }
        (None, Some(ends)) => {
            let when = args().text("when", dates::day(ends, language));
            Some(words.say(language, "plan-until", when))
        }
        (None, None) => None,
    });
    parts
}

pub(super) fn state(words: &Words, language: Language, state: State) -> String {
    words.plain(language, &format!("plan-state-{}", state.name()))
}

/// The actions that no organisation carries yet, and how one takes them on.
#[must_use]
pub fn open(words: &Words, language: Language, plan: &Plan) -> Message {
    let names = names(plan);
    let free = |action: &&Action| action.state == State::NeedsLead;
    let free: Vec<&Action> = plan.actions.iter().filter(free).collect();
    let lines = free
        .iter()
        .map(|action| line(words, language, &names, action));
    let body = if free.is_empty() {
        vec![Block::Text(words.plain(language, "plan-open-none"))]
    } else {
        vec![
            Block::List(lines.collect()),
            Block::Text(words.plain(language, "plan-open-how")),
        ]
    };
    Message {
        title: Some(words.plain(language, "plan-open-title")),
        body,
        actions: free
            .into_iter()
            .take(BUTTONS)
            .map(|action| carry(words, language, action))
            .collect(),
        ..Message::default()
    }
}

/// To who represents the organisation that took an action on.
#[must_use]
pub fn carried(words: &Words, language: Language, action: &Action, by: &Organisation) -> Message {
    let values = args()
        .text("id", action.short_id())
        .text("name", by.name.in_language(language));
    let mut message = success(words.say(language, "plan-carried", values));
    let statement = action.statement.in_language(language).to_owned();
    message.body.push(Block::Quote(statement));
    let known = words.plain(language, "plan-carried-known");
    message.body.push(Block::Text(known));
    message
}

/// To the organizer: there is a new milestone, and how it gets actions.
#[must_use]
pub fn milestone_added(words: &Words, language: Language, milestone: &Milestone) -> Message {
    let id = || args().text("id", milestone.short_id());
    let mut message = success(words.say(language, "plan-milestone-added", id()));
    let next = words.say(language, "plan-milestone-next", id());
    message.body.push(Block::Text(next));
    message
}

/// To the organizer: what the milestone says now.
#[must_use]
pub fn milestone_edited(words: &Words, language: Language, milestone: &Milestone) -> Message {
    let mut message = success(words.say(
        language,
        "plan-edited",
        args().text("id", milestone.short_id()),
    ));
    let said = headline(words, language, milestone);
    message.body.push(Block::Quote(said));
    message
}

/// To the organizer: there is a new action.
#[must_use]
pub fn action_added(words: &Words, language: Language, action: &Action) -> Message {
    kept(words, language, action, "plan-action-added")
}

/// To the organizer: how the action stands now.
#[must_use]
pub fn action_edited(words: &Words, language: Language, action: &Action) -> Message {
    kept(words, language, action, "plan-edited")
}

fn kept(words: &Words, language: Language, action: &Action, id: &str) -> Message {
    let values = args().text("id", action.short_id());
    let mut message = success(words.say(language, id, values));
    let values = args()
        .text("id", action.short_id())
        .text("statement", action.statement.in_language(language))
        .text("state", state(words, language, action.state));
    let said = words.say(language, "plan-action", values);
    message.body.push(Block::Quote(said));
    message
}

/// To the organizer: the step that the collective is at.
#[must_use]
pub fn step_chosen(words: &Words, language: Language, step: &Step) -> Message {
    let values = args().text("step", step_label(step, language));
    success(words.say(language, "plan-step-chosen", values))
}
