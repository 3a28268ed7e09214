//! What people read: domain objects and refusals written as neutral messages, in one language.
//!
//! Pure: words from `i18n`, facts from `domain` and `service` values, no I/O. The desk answers with these messages,
//! delivery shows them as cards, each network renders them. No network's format in here, and no escaping.

pub mod catalogue;
pub mod chart;
pub mod checkin;
pub mod circle;
pub mod commitment;
mod csv;
pub mod data;
pub mod digest;
pub mod federation;
pub mod link;
pub mod organisation;
pub mod plan;
pub mod pledge;
pub mod poll;
pub mod privacy;
pub mod pulse;
pub mod reminder;
pub mod site;
mod when;
pub mod widening;
pub mod workshop;

use chrono::{DateTime, Utc};

use crate::domain::actor::Role;
use crate::domain::card::{Block, Form, Message, Tone, View};
use crate::domain::language::Language;
use crate::domain::organisation::Organisation;
use crate::i18n::{Words, args};
use crate::service::Refusal;
use crate::service::views::Loaded;

pub use when::when_error;

/// The card of a subject, as a room should show it at `now`.
#[must_use]
pub fn card(
    words: &Words,
    language: Language,
    subject: &Loaded,
    view: View,
    now: DateTime<Utc>,
) -> Message {
    match (subject, view) {
        (Loaded::Workshop(workshop), View::Reminder) => {
            workshop::reminder(words, language, workshop, now)
        }
        (Loaded::Workshop(workshop), View::Soon) => {
            reminder::workshop_soon(words, language, workshop)
        }
        (Loaded::Workshop(workshop), View::Notice) => {
            workshop::cancellation(words, language, workshop)
        }
        (Loaded::Workshop(workshop), View::Unreached) => {
            workshop::unreached(words, language, workshop)
        }
        (Loaded::Workshop(workshop), View::Report) => workshop::report(words, language, workshop),
        (Loaded::Workshop(workshop), View::ReportAsked) => {
            workshop::report_asked(words, language, workshop)
        }
        (Loaded::Thanks(workshop, next), _) => {
            workshop::thanks(words, language, workshop, next.as_deref())
        }
        (Loaded::Workshop(workshop), View::Fill(fill)) => {
            workshop::fill(words, language, workshop, fill)
        }
        (Loaded::Workshop(workshop), View::SeriesEnds) => {
            workshop::series_ends(words, language, workshop)
        }
        (Loaded::Workshop(workshop), _) => workshop::card(words, language, workshop, now),
        (Loaded::Offer(workshop, _), View::Notice) => {
            workshop::offer_passed(words, language, workshop)
        }
        (Loaded::Offer(workshop, offer), _) => workshop::offer(words, language, workshop, offer),
        (Loaded::Change(workshop, change), _) => {
            workshop::change(words, language, workshop, change, now)
        }
        (Loaded::Poll(poll), View::Reminder) => poll::reminder(words, language, poll),
        (Loaded::Poll(poll), View::DatesWon) => poll::dates_won(words, language, poll),
        (Loaded::Poll(poll), View::Notice) => poll::results(words, language, poll),
        (Loaded::Poll(poll), _) => poll::card(words, language, poll, now),
        (Loaded::Moderation(poll, waiting), _) => {
            poll::moderation(words, language, poll, waiting, now)
        }
        (Loaded::Proposal(poll, proposal), View::Notice) => {
            poll::decided(words, language, poll, proposal)
        }
        (Loaded::Proposal(poll, proposal), _) => poll::proposal(words, language, poll, proposal),
        (Loaded::Pulse(pulse, _), View::Native) => pulse::native(words, language, pulse),
        (Loaded::Pulse(pulse, room), View::Notice) => pulse::result(words, language, pulse, room),
        (Loaded::Pulse(pulse, room), _) => pulse::card(words, language, pulse, room),
        (Loaded::CheckIn(sheet), _) => checkin::question(words, language, sheet, now),
        (Loaded::Hand(commitment, asked), _) => {
            checkin::hand_wanted(words, language, commitment, asked.as_ref())
        }
        (Loaded::Pledge(pledge), View::Notice) => pledge::tipped(words, language, pledge),
        (Loaded::Pledge(pledge), View::Report) => pledge::closed(words, language, pledge),
        (Loaded::Pledge(pledge), _) => pledge::card(words, language, pledge),
        (Loaded::Digest(digest), _) => digest::card(words, language, digest),
        (Loaded::Version(notice), _) => plan::versions::card(words, language, notice),
        (Loaded::Progress(progress), _) => plan::progress(words, language, progress),
        (Loaded::Event(entry), _) => workshop::event(words, language, entry),
        (Loaded::List(listing), _) => workshop::pinned(words, language, listing),
    }
}

/// An error: what happened, and that nothing was changed.
#[must_use]
pub fn error(words: &Words, language: Language, text: String) -> Message {
    let assurance = words.plain(language, "error-nothing-changed");
    Message {
        tone: Tone::Error,
        body: vec![Block::Text(format!("{text} {assurance}"))],
        ..Message::default()
    }
}

/// Why a wish was refused.
#[must_use]
pub fn refusal(words: &Words, language: Language, refusal: &Refusal) -> Message {
    let (id, values) = refusal.words();
    let text = words.say(language, id, values);
    match refusal {
        Refusal::Text(argument, _) => {
            let name = words.plain(language, &format!("arg-{argument}"));
            let lead = words.say(language, "error-in-argument", args().text("argument", name));
            error(words, language, format!("{lead} {text}"))
        }
        Refusal::Needed(argument) => {
            let name = words.plain(language, &format!("arg-{argument}"));
            error(
                words,
                language,
                words.say(language, id, args().text("argument", name)),
            )
        }
        _ => error(words, language, text),
    }
}

/// Something typed that is no command, and the nearest one that is.
#[must_use]
pub fn unknown_command(words: &Words, language: Language, nearest: Option<&str>) -> Message {
    let mut message = error(
        words,
        language,
        words.plain(language, "error-unknown-command"),
    );
    match nearest {
        Some(nearest) => {
            message
                .body
                .push(Block::Text(words.plain(language, "error-did-you-mean")));
            message.body.push(Block::Code(nearest.to_owned()));
        }
        None => message
            .body
            .push(Block::Text(words.plain(language, "error-see-help"))),
    }
    message
}

/// Something went wrong that is not the person's fault.
#[must_use]
pub fn internal_error(words: &Words, language: Language, reference: &str) -> Message {
    Message {
        tone: Tone::Error,
        body: vec![Block::Text(words.say(
            language,
            "error-internal",
            args().text("reference", reference),
        ))],
        ..Message::default()
    }
}

/// A form where there are no forms: what is asked for, and what to type.
#[must_use]
pub fn form_as_text(words: &Words, form: &Form) -> Message {
    let language = form.language;
    let missing: Vec<String> = form
        .fields
        .iter()
        .filter(|field| field.required && field.value.is_none())
        .map(|field| match field.hint.as_str() {
            "" => field.label.clone(),
            hint => words.say(
                language,
                "form-field",
                args().text("label", &field.label).text("hint", hint),
            ),
        })
        .collect();
    Message {
        tone: Tone::Plain,
        title: Some(form.title.clone()),
        body: vec![
            Block::Text(words.plain(language, "form-missing")),
            Block::List(missing),
            Block::Text(words.plain(language, "form-example")),
            Block::Code(form.example.clone()),
        ],
        ..Message::default()
    }
}

/// What somebody with that role, who represents these organisations, can do, command by command.
#[must_use]
pub fn help(
    words: &Words,
    language: Language,
    role: Role,
    represents: &[Organisation],
    everybodys: Vec<(String, String)>,
    steering: Vec<(String, String)>,
) -> Message {
    let role_name = words.plain(language, &format!("role-{}", role.name()));
    let mut body = vec![Block::Text(words.say(
        language,
        "help-role",
        args().text("role", role_name),
    ))];
    if !represents.is_empty() {
        let names = represents.iter().map(|one| one.name.in_language(language));
        let names = args().text("names", names.collect::<Vec<_>>().join(", "));
        body.push(Block::Text(words.say(language, "help-represents", names)));
    }
    body.push(Block::Fields(everybodys));
    if !steering.is_empty() {
        body.push(Block::Heading(words.plain(language, "help-steering")));
        body.push(Block::Fields(steering));
    }
    body.push(Block::Text(words.plain(language, "help-private")));
    Message {
        title: Some(words.plain(language, "help-title")),
        body,
        ..Message::default()
    }
}

/// The language that will be used from now on.
#[must_use]
pub fn language_chosen(words: &Words, language: Language) -> Message {
    success(words.plain(language, "language-chosen"))
}

/// A card that cannot be delivered, for the control room.
#[must_use]
pub fn stuck(words: &Words, language: Language, room: &str, reason: &str) -> Message {
    Message {
        tone: Tone::Error,
        body: vec![Block::Text(words.say(
            language,
            "card-stuck",
            args().text("room", room).text("reason", reason),
        ))],
        ..Message::default()
    }
}

fn success(text: String) -> Message {
    Message {
        tone: Tone::Success,
        body: vec![Block::Text(text)],
        ..Message::default()
    }
}
