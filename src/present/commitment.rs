//! Commitments in words.

use super::{success, workshop};
use crate::domain::card::{Action, Block, Message};
use crate::domain::commitment::{About, CheckIn, Commitment, HANDOVER, Public, State};
use crate::domain::language::Language;
use crate::domain::link::Code;
use crate::domain::organisation::Organisation;
use crate::domain::told::Told;
use crate::i18n::{Args, Words, args, dates};
use crate::service::commitments::{Held, Proposal};

/// To who says it: what would be recorded, and who would see it. Nothing is, before they confirm it.
#[must_use]
pub fn to_confirm(words: &Words, language: Language, proposal: &Proposal) -> Message {
    let mut body = vec![Block::Quote(proposal.sentence.clone())];
    let (due, about) = (proposal.due, proposal.about.as_ref());
    body.extend(details(words, language, due, about));
    if let Some(terms) = proposal.terms {
        let values = args()
            .number("others", terms.threshold)
            .text("when", dates::day(terms.last_day, language));
        body.push(Block::Text(words.say(language, "commitment-terms", values)));
    }
    let (organisation, shown) = (&proposal.organisation, &proposal.shown_as);
    // A pledge's sentence is shown all the same.
    if proposal.terms.is_none() || organisation.is_some() || shown.is_some() {
        let (organisation, shown) = (organisation.as_ref(), shown.as_deref());
        body.push(seen(words, language, organisation, shown));
    }
    Message {
        title: Some(words.plain(language, "commitment-confirm-title")),
        body,
        actions: vec![
            Action::button(
                "commitment.confirm",
                &[],
                words.plain(language, "commitment-confirm"),
            )
            .primary(),
            Action::button(
                "commitment.take",
                &[],
                words.plain(language, "commitment-reword"),
            ),
        ],
        footer: Some(words.plain(language, "commitment-confirm-how")),
        ..Message::default()
    }
}

/// To who took it: the sentence, and how to check in.
#[must_use]
pub fn taken(words: &Words, language: Language, held: &Held) -> Message {
    recorded(words, language, held, "commitment-taken")
}

/// To who holds it: what it says now.
#[must_use]
pub fn corrected(words: &Words, language: Language, held: &Held) -> Message {
    recorded(words, language, held, "commitment-corrected")
}

/// To who holds it: by when it is now.
#[must_use]
pub fn postponed(words: &Words, language: Language, held: &Held) -> Message {
    recorded(words, language, held, "commitment-postponed")
}

/// To who took it over.
#[must_use]
pub fn taken_over(words: &Words, language: Language, held: &Held) -> Message {
    recorded(words, language, held, "commitment-taken-over")
}

/// To who held it: it is given up, and that is no failure.
#[must_use]
pub fn withdrawn(words: &Words, language: Language, held: &Held) -> Message {
    said(words, language, held, "commitment-withdrawn")
}

/// To who holds it: where it stands now.
#[must_use]
pub fn checked_in(words: &Words, language: Language, held: &Held) -> Message {
    let id = match held.commitment.state {
        State::Kept => "commitment-is-kept",
        _ => "commitment-is-under-way",
    };
    said(words, language, held, id)
}

fn said(words: &Words, language: Language, held: &Held, id: &str) -> Message {
    let commitment = &held.commitment;
    let mut message = success(words.say(language, id, args().text("id", commitment.short_id())));
    message.body.push(Block::Quote(commitment.sentence.clone()));
    message
}

fn recorded(words: &Words, language: Language, held: &Held, id: &str) -> Message {
    let commitment = &held.commitment;
    let mut message = said(words, language, held, id);
    let (due, about) = (commitment.due, commitment.about.as_ref());
    message.body.extend(details(words, language, due, about));
    let (organisation, shown) = (held.organisation.as_ref(), commitment.shown_as.as_deref());
    message
        .body
        .push(seen(words, language, organisation, shown));
    message.actions = check_ins(words, language, commitment);
    message.footer = Some(words.say(
        language,
        "commitment-footer",
        args().text("id", commitment.short_id()),
    ));
    message
}

/// By when, and what for.
fn details(
    words: &Words,
    language: Language,
    due: Option<chrono::NaiveDate>,
    about: Option<&About>,
) -> Vec<Block> {
    let due = due.map(|day| {
        let when = args().text("when", dates::day(day, language));
        words.say(language, "commitment-due", when)
    });
    let about = about.map(|about| {
        let about = args().text("about", aim(words, language, about));
        words.say(language, "commitment-about", about)
    });
    due.into_iter().chain(about).map(Block::Text).collect()
}

/// What it is for.
pub(super) fn aim(words: &Words, language: Language, about: &About) -> String {
    match about {
        About::Plan(id) => id.to_string(),
        About::Theme(slug) => workshop::term(words, language, "themes", slug),
    }
}

/// What others see of it.
fn seen(
    words: &Words,
    language: Language,
    organisation: Option<&Organisation>,
    shown_as: Option<&str>,
) -> Block {
    let named = |name: &str| words.say(language, "commitment-public", args().text("name", name));
    Block::Text(match (organisation, shown_as) {
        (Some(organisation), _) => named(organisation.name.in_language(language)),
        (None, Some(name)) => named(name),
        (None, None) => words.plain(language, "commitment-private"),
    })
}

fn check_ins(words: &Words, language: Language, commitment: &Commitment) -> Vec<Action> {
    let id = commitment.short_id().to_string();
    CheckIn::ALL
        .into_iter()
        .filter(|answer| answer.state() != commitment.state)
        .map(|answer| {
            let label = words.plain(language, &format!("commitment-checkin-{}", answer.name()));
            Action::button(
                "checkin",
                &[("commitment", &id), ("state", answer.name())],
                label,
            )
        })
        .collect()
}

/// One commitment, to who may read it; to who holds it, with what they can do.
#[must_use]
pub fn one(words: &Words, language: Language, held: &Held, own: bool) -> Message {
    let commitment = &held.commitment;
    let (due, about) = (commitment.due, commitment.about.as_ref());
    let mut body = vec![Block::Quote(commitment.sentence.clone())];
    body.extend(details(words, language, due, about));
    let (organisation, shown) = (held.organisation.as_ref(), commitment.shown_as.as_deref());
    body.push(seen(words, language, organisation, shown));
    let values = args()
        .text("id", commitment.short_id())
        .text("state", state(words, language, commitment.state));
    let footer = || {
        let id = args().text("id", commitment.short_id());
        words.say(language, "commitment-footer", id)
    };
    Message {
        title: Some(words.say(language, "commitment-one-title", values)),
        body,
        actions: if own {
            check_ins(words, language, commitment)
        } else {
            Vec::new()
        },
        footer: own.then(footer),
        ..Message::default()
    }
}

/// To who holds it: the code by which somebody else takes it over.
#[must_use]
pub fn offered(words: &Words, language: Language, code: &Code, offered: &Commitment) -> Message {
    let (group, verb) = (
        words.plain(language, "cmd-commitment"),
        words.plain(language, "cmd-commitment-take-over"),
    );
    let id = args().text("id", offered.short_id());
    let days = args().number("days", HANDOVER.num_days());
    Message {
        title: Some(words.say(language, "commitment-offered-title", id)),
        body: vec![
            Block::Text(words.plain(language, "commitment-offered-how")),
            Block::Code(format!("!{group} {verb} {code}")),
            Block::Text(words.say(language, "commitment-offered-careful", days)),
        ],
        ..Message::default()
    }
}

/// What was typed is no code that is good.
#[must_use]
pub fn wrong_code(words: &Words, language: Language) -> Message {
    super::error(
        words,
        language,
        words.plain(language, "commitment-code-wrong"),
    )
}

/// To the organizer: nothing of it is shown any more.
#[must_use]
pub fn hidden(words: &Words, language: Language, commitment: &Commitment) -> Message {
    let id = args().text("id", commitment.short_id());
    success(words.say(language, "commitment-hidden", id))
}

/// One's own commitments, and those of the organisations one represents.
#[must_use]
pub fn list(words: &Words, language: Language, own: &[Held]) -> Message {
    let body = if own.is_empty() {
        vec![Block::Text(words.plain(language, "commitment-none"))]
    } else {
        let lines = own.iter().map(|held| line(words, language, held)).collect();
        vec![
            Block::List(lines),
            Block::Text(words.plain(language, "commitment-how-to-check-in")),
        ]
    };
    Message {
        title: Some(words.plain(language, "commitment-list-title")),
        body,
        ..Message::default()
    }
}

fn line(words: &Words, language: Language, held: &Held) -> String {
    let values = told(words, language, &held.commitment);
    match &held.organisation {
        Some(organisation) => {
            let name = organisation.name.in_language(language);
            words.say(language, "commitment-line-named", values.text("name", name))
        }
        None => words.say(language, "commitment-line", values),
    }
}

fn told(words: &Words, language: Language, commitment: &Commitment) -> Args {
    args()
        .text("id", commitment.short_id())
        .text("sentence", &commitment.sentence)
        .text("state", state(words, language, commitment.state))
}

fn state(words: &Words, language: Language, state: State) -> String {
    words.plain(language, &format!("commitment-state-{}", state.name()))
}

/// What anybody may learn of some commitments, line by line; `organisations` are all that may be named.
#[must_use]
pub fn public(
    words: &Words,
    language: Language,
    public: &Public,
    organisations: &[Organisation],
) -> Vec<String> {
    let named = public.named.iter().filter_map(|commitment| {
        let organisation = commitment.holder.organisation().and_then(|id| {
            let found = organisations.iter().find(|one| one.id == id)?;
            Some(found.name.in_language(language))
        });
        let name = organisation.or(commitment.shown_as.as_deref())?;
        let values = told(words, language, commitment).text("name", name);
        Some(words.say(language, "commitment-line-named", values))
    });
    let wide = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let others = match public.others.told() {
        Told::NONE => None,
        Told::Few => Some(words.plain(language, "commitment-others-few")),
        Told::Taken(taken) | Told::Both { taken, kept: 0 } => {
            let values = args().number("count", wide(taken));
            Some(words.say(language, "commitment-others", values))
        }
        Told::Both { taken, kept } => {
            let values = args()
                .number("count", wide(taken))
                .number("kept", wide(kept));
            Some(words.say(language, "commitment-others-kept", values))
        }
    };
    named.chain(others).collect()
}
