//! Workshops as iCalendar (RFC 5545), to add one to a calendar or to subscribe to all of a collective's.
//!
//! A workshop keeps its UID for ever and its SEQUENCE grows with each change, so a calendar that has it already moves or
//! cancels its own entry. Times are in UTC: they need no rules of time zones to travel along. An unknown end is shown as
//! [`Workshop::over_at`].

use icalendar::{Calendar, CalendarDateTime, Class, Component, Event, EventLike, EventStatus};

use super::{fields, title};
use crate::domain::card::{Action, Block, Message, TextFile};
use crate::domain::ids::ShortId;
use crate::domain::language::Language;
use crate::domain::workshop::{Status, Workshop};
use crate::i18n::{Words, args};
use crate::service::agenda::{Agenda, Entry};

/// How often a calendar should look for changes (RFC 7986, 5.7).
const REFRESH: &str = "PT1H";

/// What a calendar is called: by the collective, and by the circle it is of.
fn name(words: &Words, language: Language, agenda: &Agenda) -> String {
    let collective = args().text("collective", &agenda.collective.name);
    match &agenda.circle {
        Some(circle) => {
            let both = collective.text("circle", circle.name.in_language(language));
            words.say(language, "agenda-of-circle", both)
        }
        None => agenda.collective.name.clone(),
    }
}

/// The calendar, as a file.
#[must_use]
pub fn agenda(words: &Words, language: Language, agenda: &Agenda) -> String {
    let mut calendar = Calendar::new();
    let name = args().text("name", name(words, language, agenda));
    calendar
        .name(&words.say(language, "agenda-name", name))
        .append_property(("REFRESH-INTERVAL;VALUE=DURATION", REFRESH))
        .append_property(("X-PUBLISHED-TTL", REFRESH));
    for entry in &agenda.entries {
        calendar.push(event(words, language, entry));
    }
    calendar.to_string()
}

/// How to get the calendar of one workshop, or of all: at an address where there are pages, otherwise as a file.
#[must_use]
pub fn agenda_offered(
    words: &Words,
    language: Language,
    workshop: Option<ShortId>,
    calendar: &Agenda,
    address: Option<String>,
) -> Message {
    let text = match workshop {
        Some(id) => words.say(language, "agenda-one", args().text("id", id)),
        None => {
            let name = args().text("name", name(words, language, calendar));
            words.say(language, "agenda-all", name)
        }
    };
    let mut message = Message {
        body: vec![Block::Text(text)],
        ..Message::default()
    };
    match address {
        Some(address) => message.actions.push(agenda_link(words, language, address)),
        None => {
            let name = workshop.map_or_else(|| "agenda".to_owned(), |id| id.to_string());
            message.file = Some(TextFile {
                name: format!("{name}.ics"),
                content: agenda(words, language, calendar),
            });
        }
    }
    message
}

/// The link that adds a workshop to one's own calendar.
#[must_use]
pub fn agenda_link(words: &Words, language: Language, address: String) -> Action {
    Action::link(address, words.plain(language, "agenda-add"))
}

fn event(words: &Words, language: Language, entry: &Entry) -> Event {
    let workshop = &entry.workshop;
    let utc = |at: chrono::DateTime<chrono::Utc>| CalendarDateTime::Utc(at);
    let mut event = Event::new();
    event
        .uid(&workshop.id.to_string())
        .timestamp(entry.changed_at)
        .last_modified(entry.changed_at)
        .sequence(entry.sequence)
        .class(Class::Public)
        .summary(title(language, workshop))
        .description(&description(words, language, workshop))
        .starts(utc(workshop.draft.starts_at))
        .ends(utc(workshop.over_at()))
        .status(match workshop.status {
            Status::Cancelled => EventStatus::Cancelled,
            _ => EventStatus::Confirmed,
        });
    if let Some(place) = fields::place(words, language, workshop) {
        event.location(&place);
    }
    event.done()
}

/// What the card says besides when and where, and where to answer.
fn description(words: &Words, language: Language, workshop: &Workshop) -> String {
    let mut parts = Vec::new();
    if let Some(text) = &workshop.draft.description {
        parts.push(text.in_language(language).to_owned());
    }
    let said = fields::all(words, language, workshop).into_iter();
    let known = fields::when_and_where(words, language, workshop);
    let lines: Vec<String> = said
        .filter(|field| !known.contains(field))
        .map(|(name, value)| {
            let field = args().text("name", name).text("value", value);
            words.say(language, "agenda-field", field)
        })
        .collect();
    parts.push(lines.join("\n"));
    let id = args().text("id", workshop.short_id());
    parts.push(words.say(language, "agenda-answer", id));
    parts.join("\n\n")
}
