//! Linked accounts in words, for their person alone.

use super::{error, poll, success};
use crate::domain::card::{Block, Message, Tone};
use crate::domain::language::Language;
use crate::domain::link::{self, Code};
use crate::i18n::{Words, args};
use crate::service::links::Merged;

/// A code, and what to do with it.
#[must_use]
pub fn code(words: &Words, language: Language, code: &Code) -> Message {
    Message {
        title: Some(words.plain(language, "link-code-title")),
        body: vec![
            Block::Text(words.plain(language, "link-code-how")),
            Block::Code(format!("!{} {code}", words.plain(language, "cmd-link"))),
            Block::Text(words.say(
                language,
                "link-code-careful",
                args().number("minutes", link::GOOD_FOR.num_minutes()),
            )),
        ],
        ..Message::default()
    }
}

/// What was typed is no code that is good.
#[must_use]
pub fn wrong(words: &Words, language: Language) -> Message {
    error(words, language, words.plain(language, "link-wrong"))
}

/// Something was typed as a code where others read. Whether it was one is not said.
#[must_use]
pub fn not_here(words: &Words, language: Language) -> Message {
    Message {
        tone: Tone::Error,
        body: vec![Block::Text(words.plain(language, "link-not-here"))],
        ..Message::default()
    }
}

/// The accounts are one person's; what became of their acts.
#[must_use]
pub fn linked(words: &Words, language: Language, merged: &Merged) -> Message {
    let mut message = success(words.plain(language, "link-linked"));
    if merged.joined > 0 {
        let joined = i64::try_from(merged.joined).unwrap_or(i64::MAX);
        message.body.push(Block::Text(words.say(
            language,
            "link-joined",
            args().number("count", joined),
        )));
    }
    let answers = merged.answers.iter().map(|(id, answer)| {
        let answer = words.plain(language, &format!("workshop-answer-{}", answer.name()));
        words.say(
            language,
            "link-settled-answer",
            args().text("id", id).text("answer", answer),
        )
    });
    let ballots = merged.ballots.iter().map(|(poll, ballot)| {
        let said = poll::said(words, language, poll, ballot);
        words.say(
            language,
            "link-settled-ballot",
            args().text("id", poll.short_id()).text("label", said),
        )
    });
    let sealed = merged
        .sealed
        .iter()
        .map(|id| words.say(language, "link-settled-sealed", args().text("id", id)));
    let receipts = merged
        .receipts
        .iter()
        .map(|id| words.say(language, "link-receipt-changed", args().text("id", id)));
    let settled: Vec<String> = answers
        .chain(ballots)
        .chain(sealed)
        .chain(receipts)
        .collect();
    if !settled.is_empty() {
        message
            .body
            .push(Block::Text(words.plain(language, "link-settled")));
        message.body.push(Block::List(settled));
    }
    message
        .body
        .push(Block::Text(words.plain(language, "link-nobody-knows")));
    message
}

/// The account is on its own again; `reminded` if private reminders went to it.
#[must_use]
pub fn unlinked(words: &Words, language: Language, reminded: bool) -> Message {
    let mut message = success(words.plain(language, "link-unlinked"));
    if reminded {
        let ended = words.plain(language, "link-reminders-ended");
        message.body.push(Block::Text(ended));
    }
    message
}
