//! Digests in words: decided → committed → kept → next.

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;

use super::{federation, poll, success, workshop};
use crate::domain::card::{Block, Message};
use crate::domain::digest::{Digest, Facts, SMALL};
use crate::domain::language::Language;
use crate::i18n::{Words, args, dates};

/// A published edition, as rooms show it.
#[must_use]
pub fn card(words: &Words, language: Language, digest: &Digest) -> Message {
    Message {
        title: Some(title(words, language, &digest.facts)),
        body: body(words, language, &digest.facts),
        footer: Some(words.say(
            language,
            "digest-footer",
            args().text("id", digest.short_id()),
        )),
        ..Message::default()
    }
}

/// What the next edition would say.
#[must_use]
pub fn preview(words: &Words, language: Language, facts: &Facts) -> Message {
    Message {
        title: Some(title(words, language, facts)),
        body: body(words, language, facts),
        footer: Some(words.plain(language, "digest-preview-footer")),
        ..Message::default()
    }
}

/// To the editor: it is published.
#[must_use]
pub fn published(words: &Words, language: Language, digest: &Digest) -> Message {
    success(words.say(
        language,
        "digest-published",
        args().text("id", digest.short_id()),
    ))
}

fn title(words: &Words, language: Language, facts: &Facts) -> String {
    let first = local_day(facts.from, facts.zone);
    // The period ends where the next begins: its last day is the one before, unless it began that day too.
    let last = local_day(facts.until - Duration::seconds(1), facts.zone).max(first);
    words.say(
        language,
        "digest-title",
        args()
            .text("collective", &facts.collective)
            .text("days", dates::days(first, last, language)),
    )
}

fn local_day(at: DateTime<Utc>, zone: Tz) -> chrono::NaiveDate {
    at.with_timezone(&zone).date_naive()
}

fn body(words: &Words, language: Language, facts: &Facts) -> Vec<Block> {
    let mut body = Vec::new();
    let mut section = |id: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            body.push(Block::Heading(words.plain(language, id)));
            body.push(Block::List(lines));
        }
    };
    let decided = facts.decided.iter().map(|closed| {
        words.say(
            language,
            "digest-decided-line",
            args()
                .text("id", closed.short_id())
                .text("question", closed.question.in_language(language))
                .text("outcome", poll::outcome(words, language, closed)),
        )
    });
    section("digest-decided", decided.collect());
    section(
        "digest-held",
        facts
            .held
            .iter()
            .map(|w| workshop::line(words, language, w))
            .collect(),
    );
    let tally = facts.committed;
    let counts = [("digest-taken", tally.taken), ("digest-kept", tally.kept)];
    section(
        "digest-committed",
        counts
            .into_iter()
            .filter_map(|(id, n)| count(words, language, id, n))
            .collect(),
    );
    section(
        "digest-open",
        facts
            .open
            .iter()
            .map(|p| poll::line(words, language, p))
            .collect(),
    );
    section(
        "digest-next",
        facts
            .next
            .iter()
            .map(|w| workshop::line(words, language, w))
            .collect(),
    );
    section(
        "federation-section",
        federation::lines(words, language, &facts.members),
    );
    body
}

/// A count of people's acts: not told to the unit below [`SMALL`].
pub(super) fn count(words: &Words, language: Language, id: &str, n: i64) -> Option<String> {
    match n {
        0 => None,
        few if few < SMALL => Some(words.plain(language, &format!("{id}-few"))),
        _ => Some(words.say(language, id, args().number("count", n))),
    }
}
