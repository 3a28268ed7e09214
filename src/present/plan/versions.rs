//! Versions of the plan in words: adopted, due, evaluated, carried on.

use super::{headline, line, state, wide};
use crate::domain::card::{Action as Button, Block, Message};
use crate::domain::language::Language;
use crate::domain::plan::version::{Record, Version};
use crate::domain::plan::{Action, State};
use crate::domain::text::Wording;
use crate::domain::told::{Pledged, Told};
use crate::i18n::{Args, Words, args, dates};
use crate::present::success;
use crate::service::plan::versions::{Notice, Review};

fn about(version: &Version) -> Args {
    args().text("version", version.number)
}

/// To the organizer: the plan is adopted, and when it is due.
#[must_use]
pub fn adopted(words: &Words, language: Language, version: &Version) -> Message {
    let values = about(version)
        .text("begins", dates::day(version.begins_on, language))
        .text("due", dates::day(version.due_on(), language));
    let mut message = success(words.say(language, "plan-adopted", values));
    let next = words.plain(language, "plan-adopted-next");
    message.body.push(Block::Text(next));
    message
}

/// To the organizer: what is written of an action.
#[must_use]
pub fn evaluated(
    words: &Words,
    language: Language,
    (action, outcome): &(Action, Wording),
) -> Message {
    let id = args().text("id", action.short_id());
    let mut message = success(words.say(language, "plan-evaluated", id));
    let said = outcome.in_language(language).to_owned();
    message.body.push(Block::Quote(said));
    message
}

/// To the organizer: what would be frozen and what would go on; nothing has happened yet.
#[must_use]
pub fn review(words: &Words, language: Language, review: &Review) -> Message {
    let (version, record) = (&review.version, &review.record);
    let mut body = Vec::new();
    if record.ends_on < version.due_on() {
        let due = args().text("due", dates::day(version.due_on(), language));
        body.push(Block::Text(words.say(language, "plan-review-early", due)));
    }
    body.extend(figures(words, language, record));
    let unsaid = record.actions.iter();
    let unsaid = unsaid.filter(|action| record.outcome(action.id).is_none());
    let unsaid: Vec<String> = unsaid.map(|a| a.short_id().to_string()).collect();
    if !unsaid.is_empty() {
        let ids = args().text("ids", unsaid.join(", "));
        body.push(Block::Text(words.say(language, "plan-review-unsaid", ids)));
    }
    let next = args().text("version", version.number + 1);
    body.push(Block::Heading(words.say(
        language,
        "plan-review-carried",
        next,
    )));
    if review.carried.is_empty() {
        body.push(Block::Text(words.plain(language, "plan-review-nothing")));
    } else {
        let lines = review
            .carried
            .iter()
            .map(|action| carried(words, language, record, action));
        body.push(Block::List(lines.collect()));
    }
    let number = version.number.to_string();
    body.push(Block::Text(words.say(
        language,
        "plan-review-how",
        about(version),
    )));
    Message {
        title: Some(words.say(language, "plan-review-title", about(version))),
        body,
        actions: vec![Button::button(
            "plan.revise",
            &[("version", &number), ("confirm", "yes")],
            words.plain(language, "plan-review-confirm"),
        )],
        ..Message::default()
    }
}

/// An action that goes on; and that its days are to be said anew, if they are.
fn carried(words: &Words, language: Language, record: &Record, action: &Action) -> String {
    let values = args()
        .text("id", action.short_id())
        .text("statement", action.statement.in_language(language))
        .text("state", state(words, language, action.state));
    let said = words.say(language, "plan-action", values);
    let before = record.actions.iter().find(|one| one.id == action.id);
    let had_days = before.is_some_and(|one| one.begins_on.or(one.ends_on).is_some());
    if had_days && action.begins_on.or(action.ends_on).is_none() {
        let anew = words.plain(language, "plan-review-days");
        format!("{said} · {anew}")
    } else {
        said
    }
}

/// How many actions came to what, and what may be told of commitments.
fn figures(words: &Words, language: Language, record: &Record) -> Vec<Block> {
    let counts = State::ALL.into_iter().filter_map(|one| {
        let count = record.count(one);
        let label = state(words, language, one);
        (count > 0).then(|| (label, count.to_string()))
    });
    let mut fields: Vec<(String, String)> = counts.collect();
    if record.public.taken > 0 {
        let label = words.plain(language, "plan-figures-public");
        fields.push((label, public(words, language, record.public)));
    }
    let label = words.plain(language, "plan-figures-commitments");
    fields.push((label, commitments(words, language, record.commitments)));
    vec![Block::Fields(fields)]
}

/// How many commitments that anybody may read were taken, and kept.
pub(in crate::present) fn public(words: &Words, language: Language, public: Pledged) -> String {
    let Pledged { taken, kept } = public;
    commitments(words, language, Told::Both { taken, kept })
}

/// What may be told of commitments that are only counted.
pub(in crate::present) fn commitments(words: &Words, language: Language, told: Told) -> String {
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    match told {
        Told::Few => words.plain(language, "plan-commitments-few"),
        Told::Taken(taken) => {
            let values = args().number("taken", count(taken));
            words.say(language, "plan-commitments-taken", values)
        }
        Told::Both { taken, kept } => {
            let values = args()
                .number("taken", count(taken))
                .number("kept", count(kept));
            words.say(language, "plan-commitments-both", values)
        }
    }
}

/// To the organizer: it is done.
#[must_use]
pub fn revised(words: &Words, language: Language, next: &Version, review: &Review) -> Message {
    let values = args()
        .text("version", review.version.number)
        .text("next", next.number)
        .number("actions", wide(review.carried.len()))
        .text("due", dates::day(next.due_on(), language));
    success(words.say(language, "plan-revised", values))
}

/// A version as it was frozen.
#[must_use]
pub fn frozen(words: &Words, language: Language, version: &Version, record: &Record) -> Message {
    let days = dates::days(record.begins_on, record.ends_on, language);
    let mut body = vec![Block::Text(words.say(
        language,
        "plan-frozen",
        args().text("days", days),
    ))];
    body.extend(figures(words, language, record));
    for milestone in &record.milestones {
        let of = |action: &&Action| action.milestone == milestone.id;
        let lines = record.actions.iter().filter(of).map(|action| {
            let said = line(words, language, &record.organisations, action);
            match record.outcome(action.id) {
                Some(outcome) => format!("{said} → {}", outcome.in_language(language)),
                None => said,
            }
        });
        let lines: Vec<String> = lines.collect();
        if !lines.is_empty() {
            body.push(Block::Heading(headline(words, language, milestone)));
            body.push(Block::List(lines));
        }
    }
    Message {
        title: Some(words.say(language, "plan-frozen-title", about(version))),
        body,
        ..Message::default()
    }
}

/// To organizers: it is due; to the rooms: it was evaluated, and goes on.
#[must_use]
pub fn card(words: &Words, language: Language, notice: &Notice) -> Message {
    match notice {
        Notice::Due(version) => Message {
            title: Some(words.say(language, "plan-due-title", about(version))),
            body: vec![Block::Text(words.say(
                language,
                "plan-due",
                about(version).text("begins", dates::day(version.begins_on, language)),
            ))],
            footer: Some(words.plain(language, "plan-due-footer")),
            ..Message::default()
        },
        Notice::Revised(version, record) => {
            let open = record.actions.iter().filter(|one| one.state.is_open());
            let values = args()
                .text("next", version.number + 1)
                .number("actions", wide(open.count()));
            let mut body = vec![Block::Text(words.say(language, "plan-goes-on", values))];
            body.extend(figures(words, language, record));
            Message {
                title: Some(words.say(language, "plan-revised-title", about(version))),
                body,
                footer: Some(words.say(language, "plan-revised-footer", about(version))),
                ..Message::default()
            }
        }
    }
}
