//! The measure of widening circles in words, with how each figure is made.

use std::collections::BTreeSet;

use crate::domain::card::{Block, Message};
use crate::domain::language::Language;
use crate::domain::organisation::SECTORS;
use crate::domain::widening::{Cell, Circle, LEAST, Report};
use crate::i18n::{Words, args, dates};

/// The sectors of the movement itself, the first of the vocabulary (domain.md, 3): coverage is told of them apart.
const OWN_SECTORS: usize = 5;

/// The latest month, the latest first in `reports`; none yet: when the first comes.
#[must_use]
pub fn report(words: &Words, language: Language, reports: &[Report]) -> Message {
    let Some((report, earlier)) = reports.split_first() else {
        return Message {
            title: Some(words.plain(language, "widening-title-none")),
            body: vec![Block::Text(words.plain(language, "widening-none"))],
            ..Message::default()
        };
    };
    let count = |count: u64| dates::number(i64::try_from(count).unwrap_or(i64::MAX), language);
    let figure = |cell: Cell| {
        let found = report.people.iter().find(|(other, _)| *other == cell);
        found.map(|(_, people)| *people)
    };
    let mut fields = Vec::new();
    let mut tell = |id: &str, value: Option<String>| {
        let value = value.unwrap_or_else(|| words.plain(language, "widening-untold"));
        fields.push((words.plain(language, id), value));
    };
    let participants = figure(Cell::Participants);
    tell("widening-participants", participants.map(count));
    tell("widening-newcomers", figure(Cell::Newcomers).map(count));
    let returning = figure(Cell::Returning).map(|back| match figure(Cell::Before) {
        Some(before) if before >= LEAST => {
            let share = share(back, before);
            let values = args()
                .text("people", count(back))
                .text("share", dates::percent(share * 100.0, 0, language));
            words.say(language, "widening-returning-share", values)
        }
        _ => count(back),
    });
    tell("widening-returning", returning);
    let circle = |circle| figure(Cell::In(circle)).map(count);
    tell("widening-taking-part", circle(Circle::TakingPart));
    match figure(Cell::Inner) {
        Some(inner) => tell("widening-inner", Some(count(inner))),
        None => {
            tell("widening-committing", circle(Circle::Committing));
            tell("widening-carrying", circle(Circle::Carrying));
        }
    }
    let seen: BTreeSet<&String> = earlier.iter().flat_map(|one| &one.organisations).collect();
    let new = report
        .organisations
        .iter()
        .filter(|one| !seen.contains(one));
    let organisations = args()
        .number("count", length(report.organisations.len()))
        .number("new", length(new.count()));
    tell(
        "widening-organisations",
        Some(words.say(language, "widening-organisations-figures", organisations)),
    );
    let ever: BTreeSet<&str> = reports
        .iter()
        .flat_map(|one| &one.sectors)
        .map(String::as_str)
        .collect();
    let own = SECTORS
        .iter()
        .take(OWN_SECTORS)
        .filter(|one| ever.contains(*one));
    let sectors = args()
        .number("count", length(report.sectors.len()))
        .number("own", length(own.count()))
        .number("of", length(OWN_SECTORS));
    tell(
        "widening-sectors",
        Some(words.say(language, "widening-sectors-figures", sectors)),
    );
    let workshops = args()
        .number("count", report.workshops)
        .number("people", report.attendance);
    tell(
        "widening-workshops",
        Some(words.say(language, "widening-workshops-figures", workshops)),
    );
    let open = report.open.filter(|_| participants.is_some());
    tell(
        "widening-open",
        open.map(|open| dates::percent(open * 100.0, 0, language)),
    );
    let month = args().text("month", dates::month_of(report.month, language));
    Message {
        title: Some(words.say(language, "widening-title", month)),
        body: vec![
            Block::Fields(fields),
            Block::Text(words.say(language, "widening-how", args().text("least", count(LEAST)))),
        ],
        footer: Some(words.plain(language, "widening-footer")),
        ..Message::default()
    }
}

fn length(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A part of a whole that is not nothing.
fn share(part: u64, whole: u64) -> f64 {
    let exact = |count: u64| u32::try_from(count).map_or(f64::from(u32::MAX), f64::from);
    exact(part) / exact(whole)
}
