//! Reads days: "3 décembre", "Dec 4", "03/12/2026", "demain", "jeudi".
//!
//! Each function answers what it read at a place, and the place after it; none of them knows what
//! day it is.

use chrono::{NaiveDate, Weekday};

use super::WhenError;
use super::lexer::Tokens;
use super::words::{self, PartOfDay};

/// A day as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Day {
    /// "3 décembre 2026", "2026-12-03".
    Full(NaiveDate),
    /// "3 décembre".
    NoYear { month: u32, day: u32, text: String },
    /// "03/04": day and month in an unknown order.
    Slash {
        first: u32,
        second: u32,
        text: String,
    },
    /// "demain" (1), "aujourd'hui" (0), "hier" (-1).
    InDays(i64),
    /// "dans 2 mois".
    InMonths(i64),
}

/// "demain", "après-demain", "ce soir": days from today, the part of the day, and the place after.
pub(super) fn relative_day(
    tokens: &Tokens<'_>,
    i: usize,
) -> Option<(i64, Option<PartOfDay>, usize)> {
    for (words, days) in [
        (["aujourd", "hui"].as_slice(), 0),
        (&["aujourdhui"], 0),
        (&["today"], 0),
        (&["apres", "demain"], 2),
        (&["day", "after", "tomorrow"], 2),
        (&["demain"], 1),
        (&["tomorrow"], 1),
        (&["hier"], -1),
        (&["yesterday"], -1),
    ] {
        if tokens.words(i, words) {
            return Some((days, None, i + words.len()));
        }
    }
    if tokens.word(i) == Some("tonight") {
        return Some((0, Some(PartOfDay::Evening), i + 1));
    }
    let this = tokens.word(i).filter(|w| words::is_this(w))?;
    let (part, next) = part_of_day(tokens, i + 1)?;
    (this != "coming" && this != "upcoming").then_some((0, Some(part), next))
}

/// "après-midi", "in the evening".
pub(super) fn part_of_day(tokens: &Tokens<'_>, i: usize) -> Option<(PartOfDay, usize)> {
    if tokens.words(i, &["apres", "midi"]) {
        return Some((PartOfDay::Afternoon, i + 2));
    }
    if tokens.words(i, &["in", "the"]) || tokens.words(i, &["dans", "la"]) {
        return words::part_of_day(tokens.word(i + 2)?).map(|part| (part, i + 3));
    }
    words::part_of_day(tokens.word(i)?).map(|part| (part, i + 1))
}

/// A weekday at `i`. "mar" is Tuesday, unless a number beside it makes it March.
pub(super) fn weekday(tokens: &Tokens<'_>, i: usize) -> Option<(Weekday, usize)> {
    let word = tokens.word(i)?;
    if word == "mar" {
        return (month_and_day(tokens, i).is_none() && !after_a_day(tokens, i))
            .then_some((Weekday::Tue, i + 1));
    }
    words::weekday(word).map(|weekday| (weekday, i + 1))
}

fn after_a_day(tokens: &Tokens<'_>, i: usize) -> bool {
    i.checked_sub(1)
        .and_then(|before| tokens.number(before))
        .is_some_and(|(_, digits)| digits <= 2)
}

/// A month name at `i`, "mar" included.
fn month(tokens: &Tokens<'_>, i: usize) -> Option<u32> {
    let word = tokens.word(i)?;
    if word == "mar" {
        Some(3)
    } else {
        words::month(word)
    }
}

/// Reads a date at `i`; answers it and the place after it.
pub(super) fn date(tokens: &Tokens<'_>, i: usize) -> Option<Result<(Day, usize), WhenError>> {
    numeric_date(tokens, i).or_else(|| {
        let (month, day, next) = day_and_month(tokens, i).or_else(|| month_and_day(tokens, i))?;
        let comma = usize::from(tokens.sign(next) == Some(','));
        let year = tokens
            .number(next + comma)
            .filter(|(_, digits)| *digits == 4);
        Some(match year {
            Some((year, _)) => full(tokens, i, next + comma + 1, year, month, day),
            None => Ok((
                Day::NoYear {
                    month,
                    day,
                    text: tokens.quote(i, next),
                },
                next,
            )),
        })
    })
}

/// "3 décembre", "1er juin", "4th of December": month, day, and the place after.
fn day_and_month(tokens: &Tokens<'_>, i: usize) -> Option<(u32, u32, usize)> {
    let (day, mut next) = match tokens.word(i) {
        Some("premier" | "first") => (1, i + 1),
        _ => (
            tokens.number(i).filter(|(_, digits)| *digits <= 2)?.0,
            i + 1,
        ),
    };
    if tokens.word(next).is_some_and(words::is_ordinal) {
        next += 1;
    }
    if matches!(tokens.word(next), Some("of" | "de" | "d")) {
        next += 1;
    }
    month(tokens, next).map(|month| (month, day, next + 1))
}

/// "December 4th", "Dec 4": month, day, and the place after. In "décembre 19 h", 19 is no day.
fn month_and_day(tokens: &Tokens<'_>, i: usize) -> Option<(u32, u32, usize)> {
    let month_number = month(tokens, i)?;
    let the = usize::from(tokens.word(i + 1) == Some("the"));
    let (day, _) = tokens
        .number(i + 1 + the)
        .filter(|(_, digits)| *digits <= 2)?;
    let next = i + 2 + the;
    let is_time = tokens
        .word(next)
        .is_some_and(|w| words::is_hour(w) || words::meridiem(w).is_some())
        || matches!(tokens.sign(next), Some(':' | '/'))
        || month(tokens, next).is_some();
    if is_time {
        return None;
    }
    let ordinal = tokens.glued(next) && tokens.word(next).is_some_and(words::is_ordinal);
    Some((month_number, day, next + usize::from(ordinal)))
}

/// "2026-12-03", "03/12/2026", "03/12".
fn numeric_date(tokens: &Tokens<'_>, i: usize) -> Option<Result<(Day, usize), WhenError>> {
    let (first, digits) = tokens.number(i)?;
    let sign = tokens
        .sign(i + 1)
        .filter(|sign| matches!(sign, '-' | '/' | '.') && tokens.glued(i + 1))?;
    let (second, _) = tokens
        .number(i + 2)
        .filter(|(_, digits)| *digits <= 2 && tokens.glued(i + 2))?;
    let third = (tokens.sign(i + 3) == Some(sign) && tokens.glued(i + 3) && tokens.glued(i + 4))
        .then(|| tokens.number(i + 4))
        .flatten();
    match (digits, third) {
        (4, Some((day, ..=2))) => Some(full(tokens, i, i + 5, first, second, day)),
        // Day first, as people in Québec write it; but 12/25/2026 has one reading only.
        (..=2, Some((year, 4))) if second > 12 && first <= 12 => {
            Some(full(tokens, i, i + 5, year, first, second))
        }
        (..=2, Some((year, 4))) => Some(full(tokens, i, i + 5, year, second, first)),
        (..=2, Some((_, 2))) => Some(Err(WhenError::ShortYear {
            text: tokens.quote(i, i + 5),
        })),
        (..=2, None) if sign == '/' => Some(Ok((
            Day::Slash {
                first,
                second,
                text: tokens.quote(i, i + 3),
            },
            i + 3,
        ))),
        _ => None,
    }
}

fn full(
    tokens: &Tokens<'_>,
    from: usize,
    to: usize,
    year: u32,
    month: u32,
    day: u32,
) -> Result<(Day, usize), WhenError> {
    i32::try_from(year)
        .ok()
        .and_then(|year| NaiveDate::from_ymd_opt(year, month, day))
        .map(|date| (Day::Full(date), to))
        .ok_or_else(|| WhenError::InvalidDate {
            text: tokens.quote(from, to),
        })
}
