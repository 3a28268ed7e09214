//! Why a date was not understood, in words.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};

use crate::domain::language::Language;
use crate::domain::when::WhenError;
use crate::i18n::{Words, args, dates};

/// Why a date was refused, and what to write instead.
#[must_use]
pub fn when_error(words: &Words, language: Language, error: &WhenError) -> String {
    let day = |date: &NaiveDate| dates::day(*date, language);
    let with_offset = |at: &DateTime<FixedOffset>| {
        format!("{} ({})", dates::time(at.time(), language), at.offset())
    };
    let values = match error {
        WhenError::NotUnderstood { text }
        | WhenError::ShortYear { text }
        | WhenError::InvalidDate { text }
        | WhenError::InvalidTime { text }
        | WhenError::DurationNotUnderstood { text } => args().text("text", text),
        WhenError::MissingTime { date } => args().text("date", day(date)),
        WhenError::MissingYear { text, next } => args()
            .text("text", text)
            .text("next", next.as_ref().map_or_else(String::new, day)),
        WhenError::HourUnclear { hour } => args().number("hour", i64::from(*hour)),
        WhenError::DayMonthUnclear {
            day_first,
            month_first,
        } => args()
            .text("first", day(day_first))
            .text("second", day(month_first)),
        WhenError::WeekdayMismatch { said, date } => args()
            .text("date", day(date))
            .text(
                "said",
                words.plain(language, weekday(said.num_days_from_monday())),
            )
            .text(
                "actual",
                words.plain(language, weekday(date.weekday().num_days_from_monday())),
            ),
        WhenError::NonexistentTime { date, time } => args()
            .text("date", day(date))
            .text("time", dates::time(*time, language)),
        WhenError::TimeTwice { first, second } => args()
            .text("first", with_offset(first))
            .text("second", with_offset(second)),
        WhenError::PartOfDayMismatch { time } => args().text("time", dates::time(*time, language)),
        WhenError::EndBeforeStart { start, end } => args()
            .text("start", dates::time(*start, language))
            .text("end", dates::time(*end, language)),
        WhenError::InPast { date, .. } => args().text("date", day(date)),
        WhenError::TooFar { years } => args().number("years", i64::from(*years)),
        WhenError::Empty
        | WhenError::MissingDate
        | WhenError::MissingDay { .. }
        | WhenError::MissingMonth { .. }
        | WhenError::MidnightUnclear
        | WhenError::SeveralDates
        | WhenError::SeveralTimes
        | WhenError::UnexpectedTime
        | WhenError::DurationOutOfRange => args(),
    };
    words.say(language, error.key(), values)
}

/// The Fluent id of a weekday, from 0 for Monday.
const fn weekday(from_monday: u32) -> &'static str {
    match from_monday {
        0 => "weekday-1",
        1 => "weekday-2",
        2 => "weekday-3",
        3 => "weekday-4",
        4 => "weekday-5",
        5 => "weekday-6",
        _ => "weekday-7",
    }
}
