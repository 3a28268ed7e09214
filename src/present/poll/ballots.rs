//! A closed poll's ballots as a table, one a line, so that anybody can count them again: CSV with a header (RFC 4180).

use super::said;
use super::table::{harmless, written};
use crate::domain::card::{Message, TextFile};
use crate::domain::language::Language;
use crate::domain::poll::Poll;
use crate::i18n::{Words, args};
use crate::present::success;
use crate::service::polls::Line;

/// The ballots, as a file that goes with an answer.
#[must_use]
pub fn ballots(words: &Words, language: Language, poll: &Poll, lines: &[Line]) -> Message {
    let id = poll.short_id();
    let header = ["receipt", "times", "ballot"].map(str::to_owned).to_vec();
    let rows = lines.iter().map(|line| {
        let ballot = said(words, language, poll, &line.ballot);
        vec![
            line.receipt.clone().unwrap_or_default(),
            line.times.to_string(),
            harmless(&ballot),
        ]
    });
    Message {
        file: Some(TextFile {
            name: format!("{id}-bulletins.csv"),
            content: written(std::iter::once(header).chain(rows)),
        }),
        ..success(words.say(language, "poll-ballots", args().text("id", id)))
    }
}
