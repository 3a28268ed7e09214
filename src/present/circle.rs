//! A collective's roles and journal in words, for organizers.

use chrono_tz::Tz;

use super::data::{account_name, act};
use crate::domain::actor::{Account, Role};
use crate::domain::card::{Block, Message};
use crate::domain::language::Language;
use crate::domain::organisation::Organisation;
use crate::domain::standing::RoleRules;
use crate::i18n::{Words, args, dates};
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
