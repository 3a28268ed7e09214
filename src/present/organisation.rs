//! Partner organisations in words: the roll, and who represents them.

use super::data::account_name;
use super::success;
use crate::domain::actor::Account;
use crate::domain::card::{Block, COMMAND_SIGN, Message};
use crate::domain::language::Language;
use crate::domain::link::Code;
use crate::domain::organisation::{INVITATION, Organisation};
use crate::i18n::{Args, Words, args};

/// What every text about an organisation may say.
fn about(words: &Words, language: Language, organisation: &Organisation) -> Args {
    let sector = words.try_say(language, &format!("choice-sector-{}", organisation.sector));
    let retired = || words.plain(language, "organisation-sector-retired");
    args()
        .text("name", organisation.name.in_language(language))
        .text("slug", &organisation.slug)
        .text("sector", sector.unwrap_or_else(retired))
}

fn say(words: &Words, language: Language, id: &str, organisation: &Organisation) -> String {
    words.say(language, id, about(words, language, organisation))
}

/// A command about an organisation, as it is typed.
fn typed(words: &Words, language: Language, verb: &str, organisation: &Organisation) -> Block {
    let (group, verb) = (
        words.plain(language, "cmd-mandate"),
        words.plain(language, &format!("cmd-mandate-{verb}")),
    );
    Block::Code(format!(
        "{COMMAND_SIGN}{group} {verb} {}",
        organisation.slug
    ))
}

/// The organisations that take part; to organizers, how the roll is kept.
#[must_use]
pub fn roll(words: &Words, language: Language, all: &[Organisation], steers: bool) -> Message {
    let lines = all
        .iter()
        .map(|one| say(words, language, "organisation-line", one));
    let mut body = if all.is_empty() {
        vec![Block::Text(words.plain(language, "organisation-roll-none"))]
    } else {
        let voice = words.plain(language, "organisation-roll-voice");
        vec![Block::List(lines.collect()), Block::Text(voice)]
    };
    if steers {
        body.push(Block::Text(words.plain(language, "organisation-roll-how")));
    }
    Message {
        title: Some(words.plain(language, "organisation-roll-title")),
        body,
        ..Message::default()
    }
}

/// To the organizer: it is on the roll, and how somebody comes to represent it.
#[must_use]
pub fn added(words: &Words, language: Language, organisation: &Organisation) -> Message {
    let mut message = success(say(words, language, "organisation-added", organisation));
    let next = words.plain(language, "organisation-added-next");
    message.body.push(Block::Text(next));
    message
        .body
        .push(typed(words, language, "give", organisation));
    message
}

/// To the organizer: it is changed.
#[must_use]
pub fn edited(words: &Words, language: Language, organisation: &Organisation) -> Message {
    success(say(words, language, "organisation-edited", organisation))
}

/// To the organizer: it takes part no more.
#[must_use]
pub fn retired(words: &Words, language: Language, organisation: &Organisation) -> Message {
    success(say(words, language, "organisation-retired", organisation))
}

/// To the organizer: a code, and what to do with it.
#[must_use]
pub fn code(
    words: &Words,
    language: Language,
    code: &Code,
    organisation: &Organisation,
) -> Message {
    let (group, verb) = (
        words.plain(language, "cmd-mandate"),
        words.plain(language, "cmd-mandate-take"),
    );
    let days = args().number("days", INVITATION.num_days());
    Message {
        title: Some(say(words, language, "mandate-code-title", organisation)),
        body: vec![
            Block::Text(words.plain(language, "mandate-code-how")),
            Block::Code(format!("!{group} {verb} {code}")),
            Block::Text(words.say(language, "mandate-code-careful", days)),
        ],
        ..Message::default()
    }
}

/// What was typed is no code that is good.
#[must_use]
pub fn wrong_code(words: &Words, language: Language) -> Message {
    super::error(words, language, words.plain(language, "mandate-wrong"))
}

/// Something was typed as a code where others read. Whether it was one is not said.
#[must_use]
pub fn not_here(words: &Words, language: Language) -> Message {
    Message {
        tone: crate::domain::card::Tone::Error,
        body: vec![Block::Text(words.plain(language, "mandate-not-here"))],
        ..Message::default()
    }
}

/// To who represents an organisation now.
#[must_use]
pub fn taken(words: &Words, language: Language, organisation: &Organisation) -> Message {
    let mut message = success(say(words, language, "mandate-taken", organisation));
    let how = say(words, language, "mandate-taken-how", organisation);
    let example = words.say(language, "poll-example-choose", args().text("id", "S7"));
    let suffix = words.plain(language, "arg-for");
    message.body.extend([
        Block::Text(how),
        Block::Code(format!("{example} {suffix} {}", organisation.slug)),
        Block::Text(say(words, language, "mandate-taken-known", organisation)),
    ]);
    message
}

/// What somebody represents.
#[must_use]
pub fn own(words: &Words, language: Language, all: &[Organisation]) -> Message {
    let lines = all
        .iter()
        .map(|one| say(words, language, "mandate-own-line", one));
    Message {
        title: Some(words.plain(language, "mandate-own-title")),
        body: if all.is_empty() {
            vec![Block::Text(words.plain(language, "mandate-own-none"))]
        } else {
            let how = words.plain(language, "mandate-own-how");
            vec![Block::List(lines.collect()), Block::Text(how)]
        },
        ..Message::default()
    }
}

/// Who represents an organisation, for organizers.
#[must_use]
pub fn representatives(
    words: &Words,
    language: Language,
    organisation: &Organisation,
    accounts: &[Account],
) -> Message {
    Message {
        title: Some(say(words, language, "mandate-of-title", organisation)),
        body: if accounts.is_empty() {
            vec![
                Block::Text(words.plain(language, "mandate-of-none")),
                typed(words, language, "give", organisation),
            ]
        } else {
            vec![
                Block::List(accounts.iter().map(account_name).collect()),
                Block::Text(say(words, language, "mandate-of-how", organisation)),
            ]
        },
        ..Message::default()
    }
}

/// To the organizer: a mandate ended.
#[must_use]
pub fn ended(words: &Words, language: Language, organisation: &Organisation) -> Message {
    success(say(words, language, "mandate-ended", organisation))
}

/// To who represented an organisation.
#[must_use]
pub fn left(words: &Words, language: Language, organisation: &Organisation) -> Message {
    success(say(words, language, "mandate-left", organisation))
}
