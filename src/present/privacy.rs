//! Consent in words: what is kept, why, for how long, who is responsible; and the welcome.

use super::success;
use crate::domain::card::{Action, Block, Message};
use crate::domain::language::Language;
use crate::domain::privacy::{self, Statement};
use crate::i18n::{Words, args};

/// To somebody whose act would be the first to be kept: whether they agree. The button carries the act.
#[must_use]
pub fn question(words: &Words, language: Language, statement: &Statement) -> Message {
    let mut body = vec![Block::Text(words.plain(language, "privacy-before"))];
    body.extend(facts(words, language, statement));
    body.push(Block::Text(words.plain(language, "privacy-if-not")));
    let label = words.plain(language, "privacy-agree-and-send");
    Message {
        title: Some(words.plain(language, "privacy-question-title")),
        body,
        actions: vec![Action::button("consent", &[], label).primary()],
        footer: Some(words.plain(language, "privacy-how-to-agree")),
        ..Message::default()
    }
}

/// The same for whoever asks, with whether they agreed.
#[must_use]
pub fn terms(words: &Words, language: Language, statement: &Statement, agreed: bool) -> Message {
    let mut body = facts(words, language, statement);
    let state = if agreed {
        "privacy-you-agreed"
    } else {
        "privacy-you-did-not"
    };
    body.push(Block::Text(words.plain(language, state)));
    Message {
        title: Some(words.plain(language, "privacy-title")),
        body,
        ..Message::default()
    }
}

/// The same for everybody, on a page.
#[must_use]
pub fn about(words: &Words, language: Language, statement: &Statement) -> Message {
    Message {
        title: Some(words.plain(language, "privacy-title")),
        body: facts(words, language, statement),
        ..Message::default()
    }
}

/// The question as sentences, for a page that asks it beside something else.
#[must_use]
pub fn sentences(words: &Words, language: Language, statement: &Statement) -> Vec<String> {
    let mut all = vec![words.plain(language, "privacy-before")];
    let facts = pairs(words, language, statement);
    all.extend(facts.map(|(name, value)| format!("{name} {value}")));
    all.push(words.plain(language, "privacy-if-not"));
    all
}

fn facts(words: &Words, language: Language, statement: &Statement) -> Vec<Block> {
    vec![Block::Fields(pairs(words, language, statement).to_vec())]
}

fn pairs(words: &Words, language: Language, statement: &Statement) -> [(String, String); 8] {
    let pairs = [
        "responsible",
        "what",
        "why",
        "how",
        "access",
        "where",
        "long",
        "rights",
    ];
    pairs.map(|name| {
        let values = args()
            .text("organisation", &statement.organisation)
            .text("officer", &statement.officer)
            .text("email", &statement.email)
            .text("hosting", &statement.hosting)
            .text("access", &statement.access)
            .number("rsvp", privacy::RSVP.num_days())
            .number("ballot", privacy::BALLOT.num_days())
            .number("proposal", privacy::PROPOSAL.num_days())
            .number("months", privacy::COMMITMENT.num_days() / 30);
        (
            words.plain(language, &format!("privacy-{name}")),
            words.say(language, &format!("privacy-{name}-text"), values),
        )
    })
}

/// To somebody who agreed; `waits` if what they wanted to do now follows.
#[must_use]
pub fn agreed(words: &Words, language: Language, waits: bool) -> Message {
    let mut message = success(words.plain(language, "privacy-agreed"));
    if !waits {
        let again = words.plain(language, "privacy-agreed-again");
        message.body.push(Block::Text(again));
    }
    message
}

/// The agreement is taken back: what that changes, and what it does not.
#[must_use]
pub fn withdrawn(words: &Words, language: Language) -> Message {
    let mut message = success(words.plain(language, "privacy-withdrawn"));
    let next = words.plain(language, "privacy-withdrawn-next");
    message.body.push(Block::Text(next));
    message
}

/// To somebody new: three acts, once.
#[must_use]
pub fn welcome(words: &Words, language: Language) -> Message {
    Message {
        body: vec![
            Block::Text(words.plain(language, "privacy-welcome")),
            Block::List(
                [
                    "privacy-welcome-workshop",
                    "privacy-welcome-poll",
                    "privacy-welcome-commitment",
                ]
                .map(|id| words.plain(language, id))
                .to_vec(),
            ),
        ],
        ..Message::default()
    }
}
