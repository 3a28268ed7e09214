//! Why a date was refused, with what a person needs to correct it.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, Weekday};

/// Why a date, a time or a duration was refused. `Display` is for logs; what people read is the
/// Fluent message named by [`WhenError::key`], with this data as its arguments.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "fields are what the variant's own words name")]
pub enum WhenError {
    /// Nothing but spaces.
    #[error("empty date")]
    Empty,
    /// A part that is not understood, as the person wrote it.
    #[error("not understood: {text:?}")]
    NotUnderstood { text: String },
    /// A day, but no time.
    #[error("no time given for {date}")]
    MissingTime { date: NaiveDate },
    /// A time, but no day; and today that time is past (or no time either: "la semaine prochaine").
    #[error("no day given")]
    MissingDate,
    /// A month, but no day: "en juin".
    #[error("no day given in month {month}")]
    MissingDay { month: u32, year: Option<u32> },
    /// A day, but no month: "le 15".
    #[error("no month given for day {day}")]
    MissingMonth { day: u32 },
    /// No year, and the next such day (if there is one) is more than eleven months away: most
    /// likely it is past.
    #[error("no year given; the next such day is {next:?}")]
    MissingYear {
        text: String,
        next: Option<NaiveDate>,
    },
    /// A year of two digits: "03/12/26" has three readings.
    #[error("year of two digits: {text:?}")]
    ShortYear { text: String },
    /// "7", without "h", "am" or "pm".
    #[error("hour {hour} without a unit")]
    HourUnclear { hour: u32 },
    /// "minuit", "12 am", "24 h": before or after the day that was named?
    #[error("midnight of which day?")]
    MidnightUnclear,
    /// A day that is not in the calendar: "31/02".
    #[error("no such day: {text:?}")]
    InvalidDate { text: String },
    /// "25 h", "19 h 75", "15 pm".
    #[error("no such time: {text:?}")]
    InvalidTime { text: String },
    /// "03/04": both readings, each at its next occurrence.
    #[error("day and month unclear: {day_first} or {month_first}")]
    DayMonthUnclear {
        day_first: NaiveDate,
        month_first: NaiveDate,
    },
    /// "jeudi 4 décembre", when the 4th is a Friday (`date.weekday()`).
    #[error("{date} is not a {said}")]
    WeekdayMismatch { said: Weekday, date: NaiveDate },
    /// "demain matin 19 h".
    #[error("{time} is not in that part of the day")]
    PartOfDayMismatch { time: NaiveTime },
    /// The clocks go forward over this time: it does not exist.
    #[error("{date} {time} does not exist: clocks go forward")]
    NonexistentTime { date: NaiveDate, time: NaiveTime },
    /// The clocks go back over this time: it happens twice, once with each offset.
    #[error("{first} or {second}: clocks go back")]
    TimeTwice {
        first: DateTime<FixedOffset>,
        second: DateTime<FixedOffset>,
    },
    /// The end is before the start, or so late that it must be a mistake.
    #[error("{end} does not follow {start}")]
    EndBeforeStart { start: NaiveTime, end: NaiveTime },
    /// In the past, or now. `time` is absent when only a day was asked for.
    #[error("{date} {time:?} is past")]
    InPast {
        date: NaiveDate,
        time: Option<NaiveTime>,
    },
    /// So far away that it must be a mistake.
    #[error("more than {years} years away")]
    TooFar { years: u32 },
    /// Two days: "jeudi ou vendredi", "du 3 au 5 décembre".
    #[error("several days")]
    SeveralDates,
    /// Two times that are not a range.
    #[error("several times")]
    SeveralTimes,
    /// A time, where only a day is asked for.
    #[error("a time, where only a day is asked for")]
    UnexpectedTime,
    /// Not a duration, as the person wrote it.
    #[error("not a duration: {text:?}")]
    DurationNotUnderstood { text: String },
    /// A duration of zero, or longer than a year.
    #[error("duration out of range")]
    DurationOutOfRange,
}

impl WhenError {
    /// The id of the Fluent message that tells the person.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Empty => "when-empty",
            Self::NotUnderstood { .. } => "when-not-understood",
            Self::MissingTime { .. } => "when-missing-time",
            Self::MissingDate => "when-missing-date",
            Self::MissingDay { .. } => "when-missing-day",
            Self::MissingMonth { .. } => "when-missing-month",
            Self::MissingYear { .. } => "when-missing-year",
            Self::ShortYear { .. } => "when-short-year",
            Self::HourUnclear { .. } => "when-hour-unclear",
            Self::MidnightUnclear => "when-midnight-unclear",
            Self::InvalidDate { .. } => "when-invalid-date",
            Self::InvalidTime { .. } => "when-invalid-time",
            Self::DayMonthUnclear { .. } => "when-day-month-unclear",
            Self::WeekdayMismatch { .. } => "when-weekday-mismatch",
            Self::PartOfDayMismatch { .. } => "when-part-of-day-mismatch",
            Self::NonexistentTime { .. } => "when-nonexistent-time",
            Self::TimeTwice { .. } => "when-time-twice",
            Self::EndBeforeStart { .. } => "when-end-before-start",
            Self::InPast { .. } => "when-in-past",
            Self::TooFar { .. } => "when-too-far",
            Self::SeveralDates => "when-several-dates",
            Self::SeveralTimes => "when-several-times",
            Self::UnexpectedTime => "when-unexpected-time",
            Self::DurationNotUnderstood { .. } => "when-duration-not-understood",
            Self::DurationOutOfRange => "when-duration-out-of-range",
        }
    }
}
