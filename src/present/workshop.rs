//! Workshops in words.

use chrono::{DateTime, Utc};

use super::reminder::workshop_title;
use super::success;
use crate::domain::card::{Action, Block, Message};
use crate::domain::language::Language;
use crate::domain::workshop::{Rsvp, Status, Workshop};
use crate::i18n::{Args, Words, args, dates};

mod after;
mod agenda;
mod conflicts;
mod drafts;
mod event;
mod fields;
mod list;
mod seats;
mod series;

pub use after::{attended, checked_in, report, report_asked, report_kept, thanks, thought};
pub use conflicts::conflicts;
pub use drafts::{change, discarded, draft_kept, preview, published};
pub use event::event;
pub(super) use fields::{place as place_of, term};
pub use list::{list_kept, pinned};
pub use seats::{answered, attendees, fill, offer, offer_passed, place, unreached};
pub use series::{cancelled_all, edited_all, series, series_ends};

pub use agenda::{agenda, agenda_link, agenda_offered};

/// The card of a workshop: what, when, where, who comes, how to answer.
#[must_use]
pub fn card(words: &Words, language: Language, workshop: &Workshop, now: DateTime<Utc>) -> Message {
    let id = workshop.short_id();
    let mut body = Vec::new();
    match workshop.status {
        Status::Cancelled => body.push(Block::Text(words.plain(language, "workshop-is-cancelled"))),
        Status::Held => body.push(Block::Text(words.plain(language, "workshop-is-held"))),
        Status::Draft | Status::Announced => {}
    }
    body.push(Block::Fields(fields::all(words, language, workshop)));
    let description = workshop.draft.description.as_ref();
    body.extend(description.map(|text| Block::Text(text.in_language(language).to_owned())));
    body.extend(seats::lines(words, language, workshop, now));
    body.extend(after::attendance(words, language, workshop).map(Block::Text));
    let open = workshop.takes_answers(now);
    Message {
        title: Some(words.say(
            language,
            "workshop-card-title",
            args().text("title", title(language, workshop)),
        )),
        body,
        actions: if open {
            seats::buttons(words, language, workshop, now)
        } else {
            Vec::new()
        },
        footer: Some(words.say(
            language,
            match (open, workshop.draft.limits.closed(now)) {
                (true, false) => "workshop-footer",
                (true, true) => "workshop-footer-closed",
                (false, _) => "workshop-footer-over",
            },
            args().text("id", id),
        )),
        ..Message::default()
    }
}

/// The card of a workshop with the report, for who asks.
#[must_use]
pub fn in_full(
    words: &Words,
    language: Language,
    workshop: &Workshop,
    now: DateTime<Utc>,
) -> Message {
    let mut message = card(words, language, workshop, now);
    if workshop.report.is_some() {
        let heading = words.plain(language, "workshop-report");
        message.body.push(Block::Heading(heading));
        message.body.extend(after::reported(language, workshop));
    }
    message
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
pub(super) fn title(language: Language, workshop: &Workshop) -> &str {
    workshop.draft.title.in_language(language)
}

/// When it takes place, in full.
pub(super) fn when(language: Language, workshop: &Workshop) -> String {
    let draft = &workshop.draft;
    match draft.ends_at {
        Some(end) => dates::range(draft.starts_at, end, workshop.zone, language),
        None => dates::full(draft.starts_at, workshop.zone, language),
    }
}

/// One line of a list: id, title, when.
#[must_use]
pub fn line(words: &Words, language: Language, workshop: &Workshop) -> String {
    words.say(
        language,
        "workshop-line",
        told(language, workshop).text("full", seats::full_mark(words, language, workshop)),
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
pub fn reminder(
    words: &Words,
    language: Language,
    workshop: &Workshop,
    now: DateTime<Utc>,
) -> Message {
    if workshop.status == Status::Cancelled {
        return cancellation(words, language, workshop);
    }
    let mut body = vec![when_and_where(words, language, workshop)];
    body.extend(seats::lines(words, language, workshop, now));
    Message {
        title: Some(workshop_title(words, language, workshop, now)),
        body,
        actions: seats::buttons(words, language, workshop, now),
        footer: Some(footer(words, language, workshop)),
        ..Message::default()
    }
}

/// When and where it takes place.
pub(super) fn when_and_where(words: &Words, language: Language, workshop: &Workshop) -> Block {
    Block::Fields(fields::when_and_where(words, language, workshop))
}

/// Its short id, and how to answer by typing.
pub(super) fn footer(words: &Words, language: Language, workshop: &Workshop) -> String {
    let id = args().text("id", workshop.short_id());
    words.say(language, "workshop-footer", id)
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
    success(words.say(language, "workshop-announced", told(language, workshop)))
}

/// To the organizer: the change is made.
#[must_use]
pub fn edited(words: &Words, language: Language, workshop: &Workshop) -> Message {
    success(words.say(language, "workshop-edited", told(language, workshop)))
}

/// To the organizer: it is called off.
#[must_use]
pub fn cancelled(words: &Words, language: Language, workshop: &Workshop) -> Message {
    success(words.say(language, "workshop-cancelled", told(language, workshop)))
}

/// What every text about a workshop may say.
fn told(language: Language, workshop: &Workshop) -> Args {
    args()
        .text("id", workshop.short_id())
        .text("title", title(language, workshop))
        .text("when", when(language, workshop))
}
