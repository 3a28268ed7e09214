//! What a federation sees of its members, in words.

use super::plan::{step_label, versions};
use super::workshop;
use crate::domain::card::{Block, Message};
use crate::domain::collective::Collective;
use crate::domain::federation::{Member, Rollup};
use crate::domain::language::Language;
use crate::domain::text::Wording;
use crate::domain::told::{Together, Told};
use crate::i18n::{Words, args, dates};

/// Names of organisations, questions or workshops that are written out.
const NAMED: usize = 5;

/// The members side by side, what may be told of their commitments, and how they widened.
#[must_use]
pub fn rollup(
    words: &Words,
    language: Language,
    collective: &Collective,
    rollup: &Rollup,
) -> Message {
    let mut body = Vec::new();
    for member in &rollup.members {
        body.push(Block::Heading(member.name.clone()));
        body.push(Block::Fields(fields(words, language, member)));
    }
    let heading = match rollup.before {
        Some(day) => {
            let when = args().text("when", dates::day(day, language));
            words.say(language, "federation-commitments-before", when)
        }
        None => words.plain(language, "federation-commitments"),
    };
    body.push(Block::Heading(heading));
    body.push(Block::List(commitments(words, language, rollup)));
    if let Some(widened) = rollup.widened {
        let values = args()
            .text("month", dates::month_of(widened.month, language))
            .number("people", wide(widened.participants))
            .number("workshops", widened.workshops)
            .number("members", wide(widened.members));
        let heading = words.plain(language, "federation-widened");
        body.push(Block::Heading(heading));
        let said = words.say(language, "federation-widened-figures", values);
        body.push(Block::Text(said));
    }
    let name = args().text("name", &collective.name);
    Message {
        title: Some(words.say(language, "federation-title", name)),
        body,
        footer: Some(words.plain(language, "federation-footer")),
        ..Message::default()
    }
}

/// A line for each member, then what may be told of commitments: what a digest says.
pub(super) fn lines(words: &Words, language: Language, rollup: &Rollup) -> Vec<String> {
    let mut lines: Vec<String> = rollup
        .members
        .iter()
        .map(|member| {
            let mut parts = vec![member.name.clone()];
            let shown = fields(words, language, member).into_iter();
            parts.extend(shown.map(|(_, value)| value));
            parts.join(" · ")
        })
        .collect();
    let public = rollup.members.iter().any(|one| one.public.taken > 0);
    if public || rollup.commitments.iter().any(|one| one.told != Told::NONE) {
        let label = words.plain(language, "federation-commitments");
        let told = commitments(words, language, rollup);
        lines.extend(told.into_iter().map(|line| format!("{label} · {line}")));
    }
    lines
}

fn wide(number: impl TryInto<i64>) -> i64 {
    number.try_into().unwrap_or(i64::MAX)
}

/// What is public of a member: what, and how it stands.
fn fields(words: &Words, language: Language, member: &Member) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    let mut tell = |id: &str, value: String| fields.push((words.plain(language, id), value));
    let step = match (&member.own_step, &member.step) {
        (Some(step), _) => Some(step_label(step, language).to_owned()),
        (None, Some(slug)) => Some(workshop::term(words, language, "steps", slug)),
        (None, None) => None,
    };
    if let Some(step) = step {
        tell("federation-step", step);
    }
    if member.milestones > 0 {
        let values = args()
            .number("milestones", wide(member.milestones))
            .number("done", wide(member.done))
            .number("counted", wide(member.counted))
            .number("free", wide(member.to_carry));
        let said = words.say(language, "federation-plan-figures", values);
        tell("federation-plan", said);
    }
    let texts = |all: &[Wording]| -> Vec<String> {
        let text = |one: &Wording| one.in_language(language).to_owned();
        all.iter().map(text).collect()
    };
    let coming = member.coming.iter().map(|(title, at)| {
        let title = title.in_language(language);
        let day = at.with_timezone(&member.zone).date_naive();
        format!("{title} ({})", dates::short_day(day, language))
    });
    for (id, named) in [
        ("polls", texts(&member.open)),
        ("workshops", coming.collect()),
        ("organisations", texts(&member.organisations)),
    ] {
        if !named.is_empty() {
            let (count, more) = (named.len(), named.len().saturating_sub(NAMED));
            let first: Vec<String> = named.into_iter().take(NAMED).collect();
            let values = args()
                .number("count", wide(count))
                .number("more", wide(more))
                .text("names", first.join(" · "));
            let said = words.say(language, &format!("federation-{id}-figures"), values);
            tell(&format!("federation-{id}"), said);
        }
    }
    if fields.is_empty() {
        let label = words.plain(language, "federation-plan");
        fields.push((label, words.plain(language, "federation-quiet")));
    }
    fields
}

/// What may be told of commitments: of members alone or together, and in all.
fn commitments(words: &Words, language: Language, rollup: &Rollup) -> Vec<String> {
    let name = |place: &usize| {
        let member = rollup.members.get(*place);
        member.map_or_else(String::new, |member| member.name.clone())
    };
    let line = |one: &Together| {
        let names: Vec<String> = one.places.iter().map(name).collect();
        let values = args()
            .text("names", names.join(", "))
            .text("told", versions::commitments(words, language, one.told));
        words.say(language, "federation-commitments-line", values)
    };
    let readable = rollup.members.iter().filter(|one| one.public.taken > 0);
    let mut lines: Vec<String> = readable
        .map(|member| {
            let values = args()
                .text("name", &member.name)
                .text("told", versions::public(words, language, member.public));
            words.say(language, "federation-commitments-public", values)
        })
        .collect();
    lines.extend(rollup.commitments.iter().map(line));
    let several = rollup.commitments.len() > 1;
    if let Some(all) = in_all(&rollup.commitments).filter(|_| several) {
        let told = args().text("told", versions::commitments(words, language, all));
        lines.push(words.say(language, "federation-commitments-all", told));
    }
    lines
}

/// The sum of what is told; none where of some nothing is told to the unit.
fn in_all(told: &[Together]) -> Option<Told> {
    told.iter()
        .try_fold(Told::NONE, |sum, one| match (sum, one.told) {
            (_, Told::Few) | (Told::Few, _) => None,
            (
                Told::Both { taken, kept },
                Told::Both {
                    taken: more,
                    kept: held,
                },
            ) => Some(Told::Both {
                taken: taken + more,
                kept: kept + held,
            }),
            (Told::Both { taken, .. } | Told::Taken(taken), Told::Taken(more))
            | (Told::Taken(taken), Told::Both { taken: more, .. }) => {
                Some(Told::Taken(taken + more))
            }
        })
}
