//! A collective's circles in words; its roles and journal, for organizers.

use chrono_tz::Tz;

use super::data::{account_name, act};
use super::success;
use crate::domain::actor::{Account, Role};
use crate::domain::card::{Block, Message};
use crate::domain::circle::Circle;
use crate::domain::collective::Room;
use crate::domain::language::Language;
use crate::domain::organisation::Organisation;
use crate::domain::standing::RoleRules;
use crate::i18n::{Args, Words, args, dates};
use crate::service::circles::Shown;
use crate::service::journal::Entry;

/// What permissions amount to, who has a role by name, and who represents an organisation.
#[must_use]
pub fn roles(
    words: &Words,
    language: Language,
    rules: &RoleRules,
    grants: &[(Account, Role)],
    represented: &[(Organisation, Vec<Account>)],
) -> Message {
    let role_name = |role: Role| words.plain(language, &format!("role-{}", role.name()));
    let or = words.plain(language, "circle-or");
    let none = || words.plain(language, "circle-by-name-only");
    let mut body = Vec::new();
    for (heading, what) in [("circle-discord", 0), ("circle-matrix", 1)] {
        let pairs = [Role::Organizer, Role::Editor, Role::Steward].map(|role| {
            let makes = if what == 0 {
                let names: Vec<_> = rules.permissions(role).iter().map(|p| p.name()).collect();
                (!names.is_empty()).then(|| names.join(&or))
            } else {
                rules
                    .level(role)
                    .map(|level| words.say(language, "circle-level", args().text("level", level)))
            };
            let name = words.say(
                language,
                "circle-role",
                args().text("role", role_name(role)),
            );
            (name, makes.unwrap_or_else(none))
        });
        body.push(Block::Heading(words.plain(language, heading)));
        body.push(Block::Fields(pairs.to_vec()));
    }
    body.push(Block::Heading(words.plain(language, "circle-by-name")));
    body.push(if grants.is_empty() {
        Block::Text(words.plain(language, "circle-nobody"))
    } else {
        let lines = grants.iter().map(|(account, role)| {
            let values = args()
                .text("account", account_name(account))
                .text("role", role_name(*role));
            words.say(language, "circle-grant", values)
        });
        Block::List(lines.collect())
    });
    let represents = represented.iter().flat_map(|(organisation, accounts)| {
        accounts.iter().map(|account| {
            let values = args()
                .text("account", account_name(account))
                .text("organisation", organisation.name.in_language(language));
            words.say(language, "circle-represents", values)
        })
    });
    let represents: Vec<String> = represents.collect();
    if !represents.is_empty() {
        let heading = words.plain(language, "circle-representatives");
        body.push(Block::Heading(heading));
        body.push(Block::List(represents));
    }
    Message {
        title: Some(words.plain(language, "circle-roles-title")),
        body,
        ..Message::default()
    }
}

/// What organizers did, the newest first.
#[must_use]
pub fn journal(words: &Words, language: Language, entries: &[Entry], zone: Tz) -> Message {
    let lines: Vec<String> = entries
        .iter()
        .map(|entry| {
            let who = entry.by.as_ref().map_or_else(
                || words.plain(language, "journal-erased"),
                |(_, account)| account_name(account),
            );
            let values = args()
                .text("when", dates::full(entry.at, zone, language))
                .text("act", words.say(language, "journal-act", act(entry)))
                .text("who", who);
            words.say(language, "journal-line", values)
        })
        .collect();
    let body = if lines.is_empty() {
        Block::Text(words.plain(language, "journal-empty"))
    } else {
        Block::List(lines)
    };
    Message {
        title: Some(words.plain(language, "journal-title")),
        body: vec![body],
        ..Message::default()
    }
}

/// What every text about a circle may say.
fn about(language: Language, circle: &Circle) -> Args {
    args()
        .text("name", circle.name.in_language(language))
        .text("slug", &circle.slug)
}

/// Circles, each before those inside it, with what is in them; to organizers, which rooms, and how they are kept.
#[must_use]
pub fn circles(words: &Words, language: Language, all: &[Shown], steers: bool) -> Message {
    let mut body = Vec::new();
    if all.is_empty() {
        body.push(Block::Text(words.plain(language, "circle-none")));
    } else {
        let lines = all.iter().map(|shown| line(words, language, shown, steers));
        body.push(Block::List(lines.collect()));
        body.push(Block::Text(words.plain(language, "circle-what")));
    }
    if steers {
        body.push(Block::Text(words.plain(language, "circle-how")));
    }
    Message {
        title: Some(words.plain(language, "circle-title")),
        body,
        ..Message::default()
    }
}

fn line(words: &Words, language: Language, shown: &Shown, steers: bool) -> String {
    let rooms = i64::try_from(shown.rooms.len()).unwrap_or(i64::MAX);
    let mut parts = vec![words.say(
        language,
        "circle-line",
        about(language, &shown.circle).number("rooms", rooms),
    )];
    if steers {
        let address = |room: &Room| format!("{} ({})", room.address, room.network);
        parts.extend(shown.rooms.iter().map(address));
    }
    let name = |one: &Organisation| one.name.in_language(language).to_owned();
    parts.extend(shown.organisations.iter().map(name));
    format!("{}{}", "— ".repeat(shown.depth), parts.join(" · "))
}

/// To the organizer: there is a new circle, and how it is filled.
#[must_use]
pub fn added(words: &Words, language: Language, circle: &Circle) -> Message {
    let mut message = success(words.say(language, "circle-added", about(language, circle)));
    let next = words.say(language, "circle-added-next", about(language, circle));
    message.body.push(Block::Text(next));
    message
}

/// To the organizer: it is changed.
#[must_use]
pub fn edited(words: &Words, language: Language, circle: &Circle) -> Message {
    success(words.say(language, "circle-edited", about(language, circle)))
}

/// To the organizer: what is in the circle now; or that it is in none.
#[must_use]
pub fn filled(
    words: &Words,
    language: Language,
    (circle, rooms, organisations): &(Option<Circle>, usize, usize),
) -> Message {
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let (id, values) = match circle {
        Some(circle) => ("circle-filled", about(language, circle)),
        None => ("circle-taken-out", args()),
    };
    let values = values
        .number("rooms", count(*rooms))
        .number("organisations", count(*organisations));
    success(words.say(language, id, values))
}

/// To the organizer: it is no longer in use.
#[must_use]
pub fn retired(words: &Words, language: Language, circle: &Circle) -> Message {
    success(words.say(language, "circle-retired", about(language, circle)))
}
