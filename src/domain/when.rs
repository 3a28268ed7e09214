//! Reads dates, times and durations as people type them, in French and in English.
//!
//! "jeudi 19 h", "3 déc. à 19 h 30", "demain midi", "dans 2 heures", "next Friday 7pm", "2026-12-03
//! 19:30", "jeudi de 19 h à 21 h", "Thursday 7-9pm". Accents, capitals, no-break spaces and
//! apostrophes do not matter.
//!
//! **It never guesses in silence.** What is missing or has two readings is refused, with both
//! readings named where there are two. The caller echoes the full date before anything is
//! published. What it must not do: read a clock (`now` and the zone are parameters), format dates
//! (that is `i18n::dates`), or know any message for people.
//!
//! # The rules
//!
//! - **Weekday alone** ("jeudi", "ce jeudi", "this Thursday"): the next one to come, today included
//!   if its time is still to come. For a deadline, which has no time, today is excluded: people say
//!   "aujourd'hui".
//! - **"jeudi prochain", "next Friday", "jeudi de la semaine prochaine"**: that day of the next ISO
//!   week (from Monday). On a Monday, "jeudi" is in three days and "jeudi prochain" in ten. Some
//!   people mean the first one to come; but they also have the shorter word, and the mistake shows
//!   when the date is echoed.
//! - **Day without a year**: the next occurrence, up to eleven months away. Further, it is most
//!   likely a date that is just past: refused. "prochain" after a month changes nothing ("le 3
//!   décembre prochain").
//! - **Slashes**: with a year, day first ("03/12/2026" is 3 December; "12/25/2026" has one reading
//!   only). Without a year, refused unless one number is above 12 or both are the same. A year of
//!   two digits is refused.
//! - **A weekday that contradicts its date** is refused, as is a part of the day that contradicts
//!   its time.
//! - **Hours**: "7 h" and "7:30" are as on a 24-hour clock; "7" alone is refused. A part of the day
//!   decides: "ce soir 7 h", "tomorrow evening at 7" are 19:00. In a range, one end lends its unit
//!   to the other: "7-9pm", "11-1pm", "19-21 h".
//! - **Midnight** ("minuit", "12 am", "24 h") is refused, since nobody knows of which day; "0 h" is
//!   the start of the day named. As the end of a range, midnight is clear and accepted.
//! - **Range past midnight** ("22 h à 1 h"): accepted when it lasts less than eight hours.
//! - **Time alone** ("19 h"): today if still to come, otherwise refused.
//! - **"dans 3 jours", "in 2 months"** keep the clock time across a change of clocks and need a
//!   time; "dans 2 heures" is exact, cut to the minute. "dans un mois" from 31 January is the last
//!   day of February.
//! - **Clock changes**: a time that does not exist is refused; one that happens twice is refused
//!   with both, unless an offset ("-04:00", "HAE", "EST") is given. "2026-12-03 19:30-05:00" is an
//!   offset when the zone has that offset then, or when it makes no sensible range; otherwise a
//!   range. After a "T" ("2026-12-03T19:30-05:00") it is always an offset.
//! - **Past** instants, and dates more than five years away (a hundred for a deadline), are
//!   refused.
//!
//! # To extend
//!
//! A word: `words.rs`. A form: a branch in `grammar.rs` (`calendar.rs` for days, `clock.rs` for
//! times). A refusal: a variant of [`WhenError`], its key, and its Fluent message in each language.
//! Always: a phrase in the table of `tests/phrases.rs`.

mod calendar;
mod clock;
mod error;
mod grammar;
mod lexer;
mod resolve;
mod span;
#[cfg(test)]
mod tests;
mod words;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

pub use error::WhenError;

/// Longest text read, in bytes. Dates are short; a longer text is a mistake, and quoting it back
/// would flood a room.
const MAX_BYTES: usize = 200;

/// An instant that a person wrote, with its end if they gave one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// Always later than the `now` it was read with.
    pub start: DateTime<Utc>,
    /// Always later than `start`.
    pub end: Option<DateTime<Utc>>,
}

/// Reads a date and time, or a range on one day, as seen from `now` in `zone`.
///
/// # Errors
///
/// What is missing, unclear, impossible or past: see [`WhenError`] and the rules of this module.
pub fn parse(text: &str, now: DateTime<Utc>, zone: Tz) -> Result<When, WhenError> {
    resolve::instant(&grammar::read(short(text)?)?, now, zone)
}

/// Reads a day without a time, such as a deadline, as seen from `now` in `zone`. Today is accepted.
///
/// # Errors
///
/// As [`parse`]; and [`WhenError::UnexpectedTime`] when there is a time.
pub fn parse_date(text: &str, now: DateTime<Utc>, zone: Tz) -> Result<NaiveDate, WhenError> {
    resolve::day(&grammar::read(short(text)?)?, now, zone)
}

/// Reads a duration: "2 h", "1h30", "1,5 h", "90 min", "3 jours", "2 weeks". A day is 24 hours.
///
/// Months and years are refused, since their length varies.
///
/// # Errors
///
/// [`WhenError::DurationNotUnderstood`], or [`WhenError::DurationOutOfRange`] for zero and for more
/// than 366 days.
pub fn parse_duration(text: &str) -> Result<TimeDelta, WhenError> {
    let tokens = lexer::Tokens::read(short(text)?);
    if tokens.len() == 0 {
        return Err(WhenError::Empty);
    }
    let not_understood = || WhenError::DurationNotUnderstood {
        text: text.trim().to_owned(),
    };
    let (span, next) = span::read(&tokens, 0, true).ok_or_else(not_understood)?;
    if next != tokens.len() || span.months != 0 {
        return Err(not_understood());
    }
    if span.days > 366 || span.minutes > 366 * 24 * 60 {
        return Err(WhenError::DurationOutOfRange);
    }
    let length = TimeDelta::minutes(span.days * 24 * 60 + span.minutes);
    if length <= TimeDelta::zero() || length > TimeDelta::days(366) {
        return Err(WhenError::DurationOutOfRange);
    }
    Ok(length)
}

fn short(text: &str) -> Result<&str, WhenError> {
    if text.len() <= MAX_BYTES {
        return Ok(text);
    }
    let start: String = text.trim().chars().take(40).collect();
    Err(WhenError::NotUnderstood {
        text: format!("{start}…"),
    })
}
