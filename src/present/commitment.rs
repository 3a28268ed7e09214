//! Commitments in words.

use super::{success, workshop};
use crate::domain::card::{Action, Block, Message};
use crate::domain::commitment::{About, CheckIn, Commitment, State};
use crate::domain::language::Language;
use crate::i18n::{Words, args, dates};

/// To who took it: the sentence, and how to check in.
#[must_use]
pub fn taken(words: &Words, language: Language, commitment: &Commitment) -> Message {
    recorded(words, language, commitment, "commitment-taken")
}

/// To who took it: what it says now.
#[must_use]
pub fn corrected(words: &Words, language: Language, commitment: &Commitment) -> Message {
    recorded(words, language, commitment, "commitment-corrected")
}

/// To who took it: by when it is now.
#[must_use]
pub fn postponed(words: &Words, language: Language, commitment: &Commitment) -> Message {
    recorded(words, language, commitment, "commitment-postponed")
}

/// To who took it: it is given up, and that is no failure.
#[must_use]
pub fn withdrawn(words: &Words, language: Language, commitment: &Commitment) -> Message {
    let id = args().text("id", commitment.short_id());
    let mut message = success(words.say(language, "commitment-withdrawn", id));
    message.body.push(Block::Quote(commitment.sentence.clone()));
    message
}

fn recorded(words: &Words, language: Language, commitment: &Commitment, id: &str) -> Message {
    let mut message = success(words.say(language, id, args().text("id", commitment.short_id())));
    message.body.push(Block::Quote(commitment.sentence.clone()));
    if let Some(due) = commitment.due {
        message.body.push(Block::Text(words.say(
            language,
            "commitment-due",
            args().text("when", dates::day(due, language)),
        )));
    }
    if let Some(about) = &commitment.about {
        let about = match about {
            About::Plan(id) => id.to_string(),
            About::Theme(slug) => workshop::term(words, language, "themes", slug),
        };
        let about = args().text("about", about);
        let said = words.say(language, "commitment-about", about);
        message.body.push(Block::Text(said));
    }
    message
        .body
        .push(Block::Text(words.plain(language, "commitment-private")));
    message.actions = check_ins(words, language, commitment);
    message.footer = Some(words.say(
        language,
        "commitment-footer",
        args().text("id", commitment.short_id()),
    ));
    message
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

/// To who took it: where it stands now.
#[must_use]
pub fn checked_in(words: &Words, language: Language, commitment: &Commitment) -> Message {
    let id = match commitment.state {
        State::Kept => "commitment-is-kept",
        _ => "commitment-is-under-way",
    };
    let mut message = success(words.say(language, id, args().text("id", commitment.short_id())));
    message.body.push(Block::Quote(commitment.sentence.clone()));
    message
}

/// One's own commitments.
#[must_use]
pub fn list(words: &Words, language: Language, own: &[Commitment]) -> Message {
    let body = if own.is_empty() {
        vec![Block::Text(words.plain(language, "commitment-none"))]
    } else {
        let lines = own
            .iter()
            .map(|commitment| line(words, language, commitment))
            .collect();
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

fn line(words: &Words, language: Language, commitment: &Commitment) -> String {
    let state = words.plain(
        language,
        &format!("commitment-state-{}", commitment.state.name()),
    );
    words.say(
        language,
        "commitment-line",
        args()
            .text("id", commitment.short_id())
            .text("sentence", &commitment.sentence)
            .text("state", state),
    )
}
