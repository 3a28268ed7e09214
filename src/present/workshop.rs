//! Workshops in words.

use chrono::{DateTime, Utc};

use super::success;
use crate::domain::card::{Action, Block, Message};
use crate::domain::language::Language;
use crate::domain::workshop::{Rsvp, Status, Workshop};
use crate::i18n::{Words, args, dates};

mod agenda;
mod fields;

pub use agenda::{Source, agenda, agenda_link, agenda_offered};

/// The card of a workshop: what, when, where, who comes, how to answer.
#[must_use]
pub fn card(words: &Words, language: Language, workshop: &Workshop, now: DateTime<Utc>) -> Message {
    let id = workshop.short_id();
    let mut body = Vec::new();
    match workshop.status {
        Status::Cancelled => body.push(Block::Text(words.plain(language, "workshop-is-cancelled"))),
        Status::Held => body.push(Block::Text(words.plain(language, "workshop-is-held"))),
        Status::Announced => {}
    }
    body.push(Block::Fields(fields::all(words, language, workshop)));
    let description = workshop.draft.description.as_ref();
    body.extend(description.map(|text| Block::Text(text.in_language(language).to_owned())));
    body.push(Block::Text(roster(words, language, workshop)));
    let open = workshop.takes_answers(now);
    Message {
        title: Some(words.say(
            language,
            "workshop-card-title",
            args().text("title", title(language, workshop)),
        )),
        body,
        actions: if open {
            answers(words, language, workshop)
        } else {
            Vec::new()
        },
        footer: Some(words.say(
            language,
            if open {
                "workshop-footer"
            } else {
                "workshop-footer-over"
            },
            args().text("id", id),
        )),
        ..Message::default()
    }
}

fn answers(words: &Words, language: Language, workshop: &Workshop) -> Vec<Action> {
    let id = workshop.short_id().to_string();
    Rsvp::ALL
        .into_iter()
        .map(|answer| {
            let label = words.plain(language, &format!("workshop-answer-{}", answer.name()));
            let action = Action::button(
                "rsvp",
                &[("workshop", &id), ("answer", answer.name())],
                label,
            )
            .with_emoji(answer.emoji());
            if answer == Rsvp::Yes {
                action.primary()
            } else {
                action
            }
        })
        .collect()
}

/// Its title, for somebody who reads that language.
fn title(language: Language, workshop: &Workshop) -> &str {
    workshop.draft.title.in_language(language)
}

/// When it takes place, in full.
fn when(language: Language, workshop: &Workshop) -> String {
    let draft = &workshop.draft;
    match draft.ends_at {
        Some(end) => dates::range(draft.starts_at, end, workshop.zone, language),
        None => dates::full(draft.starts_at, workshop.zone, language),
    }
}

fn roster(words: &Words, language: Language, workshop: &Workshop) -> String {
    let roster = workshop.roster;
    words.say(
        language,
        "workshop-roster",
        args()
            .number("yes", roster.yes)
            .number("maybe", roster.maybe)
            .number("no", roster.no),
    )
}

/// One line of a list: id, title, when.
#[must_use]
pub fn line(words: &Words, language: Language, workshop: &Workshop) -> String {
    words.say(
        language,
        "workshop-line",
        args()
            .text("id", workshop.short_id())
            .text("title", title(language, workshop))
            .text("when", when(language, workshop)),
    )
}

/// The workshops to come.
#[must_use]
pub fn list(words: &Words, language: Language, coming: &[Workshop]) -> Message {
    let body = if coming.is_empty() {
        Block::Text(words.plain(language, "workshop-none"))
    } else {
        Block::List(
            coming
                .iter()
                .map(|workshop| line(words, language, workshop))
                .collect(),
        )
    };
    Message {
        title: Some(words.plain(language, "workshop-list-title")),
        body: vec![body],
        ..Message::default()
    }
}

/// The reminder the day before.
#[must_use]
pub fn reminder(words: &Words, language: Language, workshop: &Workshop) -> Message {
    Message {
        title: Some(words.say(
            language,
            "workshop-reminder-title",
            args().text("title", title(language, workshop)),
        )),
        body: vec![
            Block::Fields(fields::when_and_where(words, language, workshop)),
            Block::Text(roster(words, language, workshop)),
        ],
        actions: answers(words, language, workshop),
        footer: Some(words.say(
            language,
            "workshop-footer",
            args().text("id", workshop.short_id()),
        )),
        ..Message::default()
    }
}

/// The notice that a workshop was called off.
#[must_use]
pub fn cancellation(words: &Words, language: Language, workshop: &Workshop) -> Message {
    Message {
        title: Some(words.say(
            language,
            "workshop-cancellation-title",
            args().text("title", title(language, workshop)),
        )),
        body: vec![Block::Text(words.say(
            language,
            "workshop-cancellation",
            args().text("when", when(language, workshop)),
        ))],
        footer: Some(words.say(
            language,
            "workshop-footer-over",
            args().text("id", workshop.short_id()),
        )),
        ..Message::default()
    }
}

/// To the organizer: it is announced, and the date in full.
#[must_use]
pub fn announced(words: &Words, language: Language, workshop: &Workshop) -> Message {
    told(words, language, workshop, "workshop-announced")
}

/// To the organizer: the change is made.
#[must_use]
pub fn edited(words: &Words, language: Language, workshop: &Workshop) -> Message {
    told(words, language, workshop, "workshop-edited")
}

/// To the organizer: it is called off.
#[must_use]
pub fn cancelled(words: &Words, language: Language, workshop: &Workshop) -> Message {
    told(words, language, workshop, "workshop-cancelled")
}

fn told(words: &Words, language: Language, workshop: &Workshop, id: &str) -> Message {
    success(
        words.say(
            language,
            id,
            args()
                .text("id", workshop.short_id())
                .text("title", title(language, workshop))
                .text("when", when(language, workshop)),
        ),
    )
}

/// To who answered: what is recorded.
#[must_use]
pub fn answered(words: &Words, language: Language, workshop: &Workshop, answer: Rsvp) -> Message {
    told(
        words,
        language,
        workshop,
        match answer {
            Rsvp::Yes => "workshop-answered-yes",
            Rsvp::Maybe => "workshop-answered-maybe",
            Rsvp::No => "workshop-answered-no",
        },
    )
}
