//! A workshop's entry in the calendar of a server.

use super::{fields, title};
use crate::domain::card::{Message, ServerEvent};
use crate::domain::language::Language;
use crate::domain::workshop::Status;
use crate::i18n::{Words, args};
use crate::service::workshops::Entry;

/// The entry. An unknown end is shown as [`Workshop::over_at`](crate::domain::workshop::Workshop::over_at).
#[must_use]
pub fn event(words: &Words, language: Language, entry: &Entry) -> Message {
    let workshop = &entry.workshop;
    let draft = &workshop.draft;
    let id = workshop.short_id();
    let about = draft.description.as_ref();
    let answer = if entry.card.is_some() {
        "workshop-event-answer-card"
    } else {
        "workshop-event-answer"
    };
    let place = fields::place(words, language, workshop);
    let event = ServerEvent {
        name: title(language, workshop).to_owned(),
        about: about.map(|text| text.in_language(language).to_owned()),
        place: place.unwrap_or_else(|| words.plain(language, "workshop-place-unknown")),
        starts_at: draft.starts_at,
        ends_at: workshop.over_at(),
        called_off: workshop.status == Status::Cancelled,
        answer: words.say(language, answer, args().text("id", id)),
        card: entry.card.clone(),
        mark: format!("{}/{id}", entry.slug),
    };
    Message {
        event: Some(Box::new(event)),
        ..Message::default()
    }
}
