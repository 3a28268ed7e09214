//! Reminders in words: the choice, and what comes of it.

use chrono::{DateTime, Utc};

use super::data::account_name;
use super::{poll, success, workshop};
use crate::domain::actor::Account;
use crate::domain::card::{Action, Block, Message};
use crate::domain::language::Language;
use crate::domain::poll::Poll;
use crate::domain::workshop::{Rsvp, Status, Workshop};
use crate::i18n::{Words, args};
use crate::service::reminders::{Aside, Chosen};

/// Adds to an answer what its author is told beside it; `here` is the account that acts.
pub fn add_aside(
    words: &Words,
    language: Language,
    aside: &Aside,
    here: &Account,
    answer: &mut Message,
) {
    if let Some(account) = &aside.broken {
        answer.body.extend(broken(words, language, account, here));
    }
    if aside.offer {
        let offer = words.plain(language, "reminder-offer");
        answer.body.push(Block::Text(offer));
        answer.actions.extend(choices(words, language));
    }
}

fn choices(words: &Words, language: Language) -> [Action; 2] {
    ["yes", "no"].map(|choice| {
        let label = words.plain(language, &format!("reminder-{choice}"));
        Action::button("reminders", &[("wanted", choice)], label)
    })
}

/// That private messages do not arrive, and how they would.
fn broken(words: &Words, language: Language, account: &Account, here: &Account) -> [Block; 2] {
    let place = if account == here { "here" } else { "elsewhere" };
    let (name, network) = (account_name(account), account.network);
    [
        words.say(
            language,
            &format!("reminder-broken-{place}"),
            args().text("account", name),
        ),
        words.say(language, "reminder-open", args().text("network", network)),
    ]
    .map(Block::Text)
}

/// What somebody chose, and how to choose otherwise.
#[must_use]
pub fn state(
    words: &Words,
    language: Language,
    chosen: Option<&Chosen>,
    here: &Account,
) -> Message {
    let say = |id: &str| Block::Text(words.plain(language, id));
    let mut body = vec![say("reminder-what")];
    body.push(say(match chosen {
        None => "reminder-is-unsaid",
        Some(Chosen { wanted: true, .. }) => "reminder-is-on",
        Some(_) => "reminder-is-off",
    }));
    if let Some(chosen) = chosen.filter(|chosen| chosen.wanted) {
        match &chosen.account {
            Some(account) if chosen.broken => body.extend(broken(words, language, account, here)),
            Some(account) if account == here => body.push(say("reminder-here")),
            Some(account) => {
                let account = args().text("account", account_name(account));
                let elsewhere = words.say(language, "reminder-elsewhere", account);
                body.push(Block::Text(elsewhere));
            }
            None if chosen.broken => body.extend(broken(words, language, here, here)),
            None => {}
        }
    }
    Message {
        title: Some(words.plain(language, "reminder-title")),
        body,
        actions: choices(words, language).into(),
        footer: Some(words.plain(language, "reminder-how")),
        ..Message::default()
    }
}

/// To who chose.
#[must_use]
pub fn chosen(words: &Words, language: Language, wanted: bool) -> Message {
    success(words.plain(
        language,
        if wanted {
            "reminder-chosen-on"
        } else {
            "reminder-chosen-off"
        },
    ))
}

/// The first private message, so that somebody who wants reminders sees where they come, and we whether they arrive.
#[must_use]
pub fn hello(words: &Words, language: Language) -> Message {
    Message {
        body: vec![Block::Text(words.plain(language, "reminder-hello"))],
        ..Message::default()
    }
}

/// The title of a reminder that is shown at `now`: it may be late, or the workshop may have been moved.
#[must_use]
pub fn workshop_title(
    words: &Words,
    language: Language,
    workshop: &Workshop,
    now: DateTime<Utc>,
) -> String {
    let day = |at: DateTime<Utc>| at.with_timezone(&workshop.zone).date_naive();
    let days = (day(workshop.draft.starts_at) - day(now)).num_days();
    let id = match days {
        0 => "reminder-workshop-today",
        1 => "reminder-workshop-tomorrow",
        _ => "reminder-workshop-coming",
    };
    words.say(
        language,
        id,
        args().text("title", workshop::title(language, workshop)),
    )
}

/// The reminder an hour before, for a room.
#[must_use]
pub fn workshop_soon(words: &Words, language: Language, workshop: &Workshop) -> Message {
    if workshop.status == Status::Cancelled {
        return workshop::cancellation(words, language, workshop);
    }
    let title = args().text("title", workshop::title(language, workshop));
    Message {
        title: Some(words.say(language, "reminder-workshop-soon", title)),
        body: vec![workshop::when_and_where(words, language, workshop)],
        footer: Some(workshop::footer(words, language, workshop)),
        ..Message::default()
    }
}

/// The reminder the day before, for somebody who answered.
#[must_use]
pub fn own_workshop(
    words: &Words,
    language: Language,
    workshop: &Workshop,
    answer: Option<Rsvp>,
    now: DateTime<Utc>,
) -> Message {
    if workshop.status == Status::Cancelled {
        return workshop::cancellation(words, language, workshop);
    }
    let mut body = vec![workshop::when_and_where(words, language, workshop)];
    let question = match answer {
        Some(Rsvp::Yes) => Some("reminder-workshop-yes"),
        Some(Rsvp::Maybe) => Some("reminder-workshop-maybe"),
        Some(Rsvp::No) | None => None,
    };
    body.extend(question.map(|id| Block::Text(words.plain(language, id))));
    body.push(Block::Text(words.plain(language, "reminder-stop")));
    let id = workshop.short_id().to_string();
    let button = |answer: Rsvp, label: &str| {
        let args = [("workshop", id.as_str()), ("answer", answer.name())];
        let label = words.plain(language, &format!("reminder-workshop-{label}"));
        Action::button("rsvp", &args, label).with_emoji(answer.emoji())
    };
    Message {
        title: Some(workshop_title(words, language, workshop, now)),
        body,
        actions: vec![
            button(Rsvp::Yes, "confirm").primary(),
            button(Rsvp::No, "cancel"),
        ],
        footer: Some(workshop::footer(words, language, workshop)),
        ..Message::default()
    }
}

/// The reminder before the close, for somebody who has not voted; `page` is where they can.
#[must_use]
pub fn own_poll(words: &Words, language: Language, poll: &Poll, page: Option<String>) -> Message {
    let question = args().text("question", poll.question.in_language(language));
    let mut message = poll::reminder(words, language, poll);
    message.title = Some(words.say(language, "reminder-poll-title", question));
    message
        .body
        .push(Block::Text(words.plain(language, "reminder-stop")));
    if let Some(page) = page {
        let label = words.plain(language, "web-open");
        message.actions.push(Action::link(page, label));
    }
    message
}
