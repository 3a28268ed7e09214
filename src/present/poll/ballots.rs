//! A closed poll's ballots as a table, one a line, so that anybody can count them again. Where both persons and organisations voted, a first column tells them apart.

use super::said;
use crate::domain::card::Message;
use crate::domain::language::Language;
use crate::domain::poll::Poll;
use crate::i18n::{Words, args};
use crate::present::{csv, success};
use crate::service::polls::Line;

/// The ballots, as a file that goes with an answer.
#[must_use]
pub fn ballots(words: &Words, language: Language, poll: &Poll, lines: &[Line]) -> Message {
    let id = poll.short_id();
    let tallies = poll.organisations.is_some();
    let first = |column: &str| tallies.then(|| column.to_owned());
    let header = ["receipt", "times", "ballot"].map(str::to_owned);
    let header = first("tally").into_iter().chain(header).collect();
    let rows = lines.iter().map(|line| {
        let tally = if line.of_organisation {
            "organisations"
        } else {
            "persons"
        };
        let ballot = said(words, language, poll, &line.ballot);
        let rest = [
            line.receipt.clone().unwrap_or_default(),
            line.times.to_string(),
            ballot,
        ];
        first(tally).into_iter().chain(rest).collect()
    });
    Message {
        file: Some(csv::file(
            format!("{id}-bulletins.csv"),
            std::iter::once(header).chain(rows),
        )),
        ..success(words.say(language, "poll-ballots", args().text("id", id)))
    }
}
