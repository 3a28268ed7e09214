//! Sense checks in words: what one is, the native poll, and what it came to in a room.

use super::success;
use crate::domain::card::{Block, Message, NativePoll, Tone};
use crate::domain::language::Language;
use crate::domain::pulse::{Pulse, Sounding};
use crate::i18n::{Args, Words, args};

/// The text beside the native poll: that it decides nothing, until when, and that rooms are not counted together.
#[must_use]
pub fn card(words: &Words, language: Language, pulse: &Pulse, room: &Sounding) -> Message {
    let say = |id: &str| Block::Text(words.say(language, id, about(language, pulse)));
    let mut body = vec![say("pulse-what"), say("pulse-apart")];
    if room.missing {
        body.push(say("pulse-missing"));
    }
    body.push(say(if pulse.ended {
        "pulse-is-over"
    } else {
        "pulse-ends"
    }));
    Message {
        title: Some(words.say(language, "pulse-title", about(language, pulse))),
        body,
        footer: Some(words.say(language, "pulse-footer", about(language, pulse))),
        ..Message::default()
    }
}

/// The native poll.
#[must_use]
pub fn native(words: &Words, language: Language, pulse: &Pulse) -> Message {
    let draft = &pulse.draft;
    let answers = draft.answers.iter();
    Message {
        native: Some(Box::new(NativePoll {
            question: draft.question.in_language(language).to_owned(),
            answers: answers
                .map(|answer| answer.in_language(language).to_owned())
                .collect(),
            several: draft.several,
            ends_at: draft.ends_at,
            ended: pulse
                .ended
                .then(|| words.say(language, "pulse-is-over", about(language, pulse))),
        })),
        ..Message::default()
    }
}

/// What it came to in that room.
#[must_use]
pub fn result(words: &Words, language: Language, pulse: &Pulse, room: &Sounding) -> Message {
    let say = |id: &str| Block::Text(words.say(language, id, about(language, pulse)));
    let mut body = Vec::new();
    if let Some(figures) = &room.figures {
        let lines = pulse.draft.answers.iter().zip(&figures.votes);
        let lines = lines.map(|(answer, votes)| {
            let args = args()
                .text("answer", answer.in_language(language))
                .number("votes", i64::try_from(*votes).unwrap_or(i64::MAX));
            words.say(language, "pulse-line", args)
        });
        body.push(Block::List(lines.collect()));
        if !figures.exact {
            body.push(say("pulse-about"));
        }
    }
    body.push(say("pulse-only-here"));
    Message {
        title: Some(words.say(language, "pulse-result-title", about(language, pulse))),
        body,
        footer: Some(pulse.short_id().to_string()),
        ..Message::default()
    }
}

/// To the organizer: it is asked, and until when.
#[must_use]
pub fn asked(words: &Words, language: Language, pulse: &Pulse) -> Message {
    success(words.say(language, "pulse-asked", about(language, pulse)))
}

/// To the organizer: it is over.
#[must_use]
pub fn ended(words: &Words, language: Language, pulse: &Pulse) -> Message {
    success(words.say(language, "pulse-ended", about(language, pulse)))
}

/// A native poll that its network refuses, for the control room.
#[must_use]
pub fn refused(words: &Words, language: Language, room: &str, reason: &str) -> Message {
    let args = args().text("room", room).text("reason", reason);
    Message {
        tone: Tone::Error,
        body: vec![Block::Text(words.say(language, "pulse-refused", args))],
        ..Message::default()
    }
}

fn about(language: Language, pulse: &Pulse) -> Args {
    args()
        .text("id", pulse.short_id())
        .text("question", pulse.draft.question.in_language(language))
        .when("when", pulse.draft.ends_at, pulse.zone)
}
