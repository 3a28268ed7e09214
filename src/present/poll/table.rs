//! A poll's figures as a table for other programs, one line per option or answer. The figures of organisations stand in
//! columns of their own, beside those of persons.

use super::figures;
use crate::domain::card::Message;
use crate::domain::language::Language;
use crate::domain::poll::live::Live;
use crate::domain::poll::{Poll, letter};
use crate::i18n::{Words, args};
use crate::present::{csv, success};

/// The table, as a file that goes with an answer.
#[must_use]
pub fn table(words: &Words, language: Language, poll: &Poll) -> Message {
    let id = poll.short_id();
    Message {
        file: Some(csv::file(format!("{id}.csv"), lines(words, language, poll))),
        ..success(words.say(language, "poll-table", args().text("id", id)))
    }
}

fn lines(words: &Words, language: Language, poll: &Poll) -> Vec<Vec<String>> {
    let names = figures::answers(words, language, poll);
    let (columns, rows) = columns(poll, names.len());
    let second = poll.second_tally();
    let second = second.map(|tally| self::columns(&tally, names.len()));
    let (more_columns, more_rows) = second.unwrap_or_default();
    let more_columns = more_columns
        .into_iter()
        .map(|name| format!("organisations_{name}"));
    let mut header: Vec<String> = ["letter", "option"].map(str::to_owned).to_vec();
    header.extend(columns.into_iter().map(str::to_owned));
    header.push("room".to_owned());
    header.extend(more_columns);
    let lines = names.into_iter().zip(rows).enumerate();
    let rows = lines.map(|(at, (name, figures))| {
        let room = poll.room.as_ref().and_then(|room| room.counts.get(at));
        let position = i64::try_from(at).unwrap_or(i64::MAX);
        let mut record = vec![letter(position).to_string(), name];
        record.extend(figures.iter().map(ToString::to_string));
        record.push(room.map(ToString::to_string).unwrap_or_default());
        let more = more_rows.get(at).into_iter().flatten();
        record.extend(more.map(ToString::to_string));
        record
    });
    std::iter::once(header).chain(rows).collect()
}

/// The names of the figures of a kind, and the figures of each option.
fn columns(poll: &Poll, options: usize) -> (Vec<&'static str>, Vec<Vec<u128>>) {
    let each = |figures: &dyn Fn(usize) -> Vec<u128>| (0..options).map(figures).collect();
    let at =
        |counts: &[u64], option: usize| counts.get(option).map_or(0, |count| u128::from(*count));
    match &poll.live {
        Live::Score(sums) => (
            vec!["total", "scorers"],
            each(&|option| {
                let total = u128::try_from(sums.total(option)).unwrap_or_default();
                vec![total, sums.scorers(option)]
            }),
        ),
        Live::Points(sums) => (
            vec!["points", "supporters"],
            each(&|option| vec![at(&sums.totals, option), at(&sums.supporters, option)]),
        ),
        Live::Date(sums) => (
            vec!["yes", "if_need_be"],
            each(&|option| vec![at(&sums.yes, option), at(&sums.if_need_be, option)]),
        ),
        Live::Rank(pairs) => (
            vec!["beats", "loses_to"],
            each(&|option| {
                let count = |beats: &dyn Fn(usize) -> bool| {
                    (0..options).filter(|other| beats(*other)).count() as u128
                };
                vec![
                    count(&|other| pairs.beats(option, other)),
                    count(&|other| pairs.beats(other, option)),
                ]
            }),
        ),
        _ => {
            let counts = figures::simple_counts(poll);
            match counts {
                Some(counts) => (vec!["votes"], each(&|option| vec![at(&counts, option)])),
                None => (Vec::new(), each(&|_| Vec::new())),
            }
        }
    }
}
