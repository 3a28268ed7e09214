//! Pledges in words.

use super::success;
use crate::domain::card::{Action, Block, Message};
use crate::domain::commitment::State;
use crate::domain::language::Language;
use crate::domain::pledge::Pledge;
use crate::i18n::{Args, Words, args, dates};
use crate::service::commitments::Held;

fn told(language: Language, pledge: &Pledge) -> Args {
    let count = pledge.count;
    args()
        .text("id", pledge.short_id())
        .text("sentence", &pledge.sentence)
        .number("others", pledge.threshold)
        .text("when", dates::day(pledge.last_day, language))
        .number("active", count.active)
        .number("waiting", count.waiting)
        .number("left", count.left)
}

fn say(words: &Words, language: Language, id: &str, pledge: &Pledge) -> String {
    words.say(language, id, told(language, pledge))
}

/// A pledge, as rooms show it.
#[must_use]
pub fn card(words: &Words, language: Language, pledge: &Pledge) -> Message {
    let state = if pledge.closed { "closed" } else { "open" };
    let mut body = vec![
        Block::Quote(pledge.sentence.clone()),
        Block::Text(say(
            words,
            language,
            &format!("pledge-until-{state}"),
            pledge,
        )),
    ];
    body.extend(progress(words, language, pledge));
    Message {
        title: Some(say(words, language, "pledge-title", pledge)),
        body,
        actions: if pledge.closed {
            Vec::new()
        } else {
            joining(words, language, pledge)
        },
        footer: Some(say(
            words,
            language,
            &format!("pledge-footer-{state}"),
            pledge,
        )),
        ..Message::default()
    }
}

/// Who is in, who waits, and what the next would bring about.
fn progress(words: &Words, language: Language, pledge: &Pledge) -> Vec<Block> {
    let count = pledge.count;
    let mut lines = vec![
        say(words, language, "pledge-active", pledge),
        say(words, language, "pledge-waiting", pledge),
    ];
    if count.left > 0 {
        lines.push(say(words, language, "pledge-left", pledge));
    }
    let next = count.next.filter(|_| !pledge.closed).map(|(more, tips)| {
        let values = args().number("more", more).number("tips", tips);
        Block::Text(words.say(language, "pledge-next", values))
    });
    let mut blocks = vec![Block::List(lines)];
    blocks.extend(next);
    blocks
}

fn joining(words: &Words, language: Language, pledge: &Pledge) -> Vec<Action> {
    let (id, others) = (pledge.short_id().to_string(), pledge.threshold.to_string());
    let with = |others| [("commitment", id.as_str()), ("others", others)];
    let label = |of| say(words, language, of, pledge);
    vec![
        Action::button("commitment.join", &with(&others), label("pledge-join"))
            .primary()
            .with_emoji("✅"),
        Action::button(
            "commitment.join-if",
            &[("commitment", &id)],
            label("pledge-join-if"),
        ),
        Action::button("commitment.join", &with("0"), label("pledge-join-anyway")),
    ]
}

/// Enough others came for some: rooms, and those it concerns, are told.
#[must_use]
pub fn tipped(words: &Words, language: Language, pledge: &Pledge) -> Message {
    let mut body = vec![
        Block::Quote(pledge.sentence.clone()),
        Block::Text(say(words, language, "pledge-tipped", pledge)),
    ];
    body.extend(progress(words, language, pledge));
    Message {
        title: Some(say(words, language, "pledge-tipped-title", pledge)),
        body,
        footer: Some(say(words, language, "pledge-footer-open", pledge)),
        ..Message::default()
    }
}

/// What became of it, on its day; and what those who still wait can do.
#[must_use]
pub fn closed(words: &Words, language: Language, pledge: &Pledge) -> Message {
    let (count, id) = (pledge.count, pledge.short_id().to_string());
    let outcome = match (count.active, count.waiting) {
        (0, 0) => "pledge-over-nobody",
        (_, 0) => "pledge-over-all",
        (0, _) => "pledge-over-none",
        _ => "pledge-over-some",
    };
    let mut body = vec![
        Block::Quote(pledge.sentence.clone()),
        Block::Text(say(words, language, outcome, pledge)),
    ];
    let waits = count.waiting > 0;
    if waits {
        body.push(Block::Text(say(words, language, "pledge-over-how", pledge)));
    }
    let anyway = || {
        let args = [("commitment", id.as_str()), ("others", "0")];
        Action::button(
            "commitment.join",
            &args,
            say(words, language, "pledge-anyway", pledge),
        )
    };
    Message {
        title: Some(say(words, language, "pledge-over-title", pledge)),
        body,
        actions: waits.then(anyway).into_iter().collect(),
        footer: Some(say(words, language, "pledge-footer-closed", pledge)),
        ..Message::default()
    }
}

/// To who opened or joined it: where they stand.
#[must_use]
pub fn joined(words: &Words, language: Language, pledge: &Pledge, held: &Held) -> Message {
    let own = &held.commitment;
    let id = match own.state {
        State::Proposed => "pledge-joined-waits",
        _ => "pledge-joined-active",
    };
    let asked = own.part.map_or(0, |part| part.threshold);
    let values = told(language, pledge)
        .text("own", own.short_id())
        .number("others", asked);
    let mut message = success(words.say(language, id, values));
    message.body.push(Block::Quote(pledge.sentence.clone()));
    if !pledge.closed {
        message.body.extend(progress(words, language, pledge));
    }
    message.footer = Some(say(words, language, "pledge-footer-own", pledge));
    message
}

/// To who extended it.
#[must_use]
pub fn extended(words: &Words, language: Language, pledge: &Pledge) -> Message {
    success(say(words, language, "pledge-extended", pledge))
}

/// The pledges that one can join.
#[must_use]
pub fn list(words: &Words, language: Language, open: &[Pledge]) -> Message {
    let lines = open
        .iter()
        .map(|pledge| say(words, language, "pledge-line", pledge));
    let body = if open.is_empty() {
        vec![Block::Text(words.plain(language, "pledge-none"))]
    } else {
        vec![
            Block::List(lines.collect()),
            Block::Text(words.plain(language, "pledge-list-how")),
        ]
    };
    Message {
        title: Some(words.plain(language, "pledge-list-title")),
        body,
        ..Message::default()
    }
}
