//! Turns the pieces of a date into an instant, as seen from a moment and a zone.

use chrono::{
    DateTime, Datelike, Days, FixedOffset, MappedLocalTime, Months, NaiveDate, NaiveTime, Offset,
    TimeDelta,
};
use chrono::{TimeZone, Timelike, Utc, Weekday};
use chrono_tz::Tz;

use super::calendar::Day;
use super::clock::{self, Clock};
use super::grammar::Parts;
use super::{When, WhenError};

/// How far away a meeting may be.
const MAX_YEARS: u32 = 5;
/// How far away a deadline may be: plans look decades ahead.
const MAX_YEARS_FOR_DAY: u32 = 100;
/// A range that ends the next day is shorter than this.
const MAX_NIGHT: TimeDelta = TimeDelta::hours(8);

/// The moment from which dates are read.
struct Seen {
    now: DateTime<Utc>,
    zone: Tz,
    today: NaiveDate,
    time: NaiveTime,
}

impl Seen {
    fn from(now: DateTime<Utc>, zone: Tz) -> Self {
        // `naive_utc` plus the offset overflows at the very ends of chrono's range, so go through
        // checked arithmetic.
        let offset = zone.offset_from_utc_datetime(&now.naive_utc()).fix();
        let local = now
            .naive_utc()
            .checked_add_offset(offset)
            .unwrap_or(now.naive_utc());
        Self {
            now,
            zone,
            today: local.date(),
            time: local.time(),
        }
    }
}

/// The instant of `parts`, and its end.
pub(super) fn instant(parts: &Parts, now: DateTime<Utc>, zone: Tz) -> Result<When, WhenError> {
    let seen = Seen::from(now, zone);
    if let Some(minutes) = parts.minutes_from_now {
        return from_now(parts, minutes, &seen);
    }
    let Some((first, last)) = parts.time else {
        return match date(parts, None, &seen)? {
            Some(date) if date < seen.today => Err(WhenError::InPast { date, time: None }),
            Some(date) => Err(WhenError::MissingTime { date }),
            None => Err(WhenError::MissingDate),
        };
    };
    if let Some(found) = with_hyphen(parts, first, last, &seen)? {
        return Ok(found);
    }
    settled(parts, first, last, parts.offset, &seen)
}

/// "2026-12-03 19:30-05:00": `None` when what follows the hyphen is the end of a range.
fn with_hyphen(
    parts: &Parts,
    first: Clock,
    last: Option<Clock>,
    seen: &Seen,
) -> Result<Option<When>, WhenError> {
    let (Some(offset), Some(Day::Full(date))) = (parts.hyphen_offset, &parts.day) else {
        return Ok(None);
    };
    let (time, _) = clock::settle(first, None, parts.part)?;
    let of_the_zone = match seen.zone.from_local_datetime(&date.and_time(time)) {
        MappedLocalTime::Single(at) => at.offset().fix() == offset,
        MappedLocalTime::Ambiguous(one, two) => {
            one.offset().fix() == offset || two.offset().fix() == offset
        }
        MappedLocalTime::None => false,
    };
    let is_range = clock::settle(first, last, parts.part).is_ok_and(|(start, end)| {
        end.is_some_and(|end| end > start || end - start + TimeDelta::days(1) < MAX_NIGHT)
    });
    if !of_the_zone && is_range {
        return Ok(None);
    }
    settled(parts, first, None, Some(offset), seen).map(Some)
}

fn settled(
    parts: &Parts,
    first: Clock,
    last: Option<Clock>,
    offset: Option<FixedOffset>,
    seen: &Seen,
) -> Result<When, WhenError> {
    let (time, end_time) = clock::settle(first, last, parts.part)?;
    let date = match date(parts, Some(time), seen)? {
        Some(date) => date,
        None if !parts.next_week && time > seen.time => seen.today,
        None => return Err(WhenError::MissingDate),
    };
    let start = at(date, time, offset, seen.zone)?;
    check(start, date, time, seen)?;
    let end = match end_time {
        None => None,
        Some(_) if parts.lasting.is_some() => return Err(WhenError::SeveralTimes),
        Some(end_time) => Some(end(date, time, end_time, offset, seen.zone)?),
    };
    finish(parts, start, end)
}

/// "dans 2 heures": exact, cut to the minute.
fn from_now(parts: &Parts, minutes: i64, seen: &Seen) -> Result<When, WhenError> {
    if parts.time.is_some() || parts.part.is_some() || parts.offset.is_some() {
        return Err(WhenError::SeveralTimes);
    }
    if parts.day.is_some() || parts.weekday.is_some() || parts.next_week {
        return Err(WhenError::SeveralDates);
    }
    if minutes > i64::from(MAX_YEARS) * 366 * 24 * 60 {
        return Err(WhenError::TooFar { years: MAX_YEARS });
    }
    let cut = i64::from(seen.now.second()) * 1_000_000_000
        + i64::from(seen.now.nanosecond() % 1_000_000_000);
    let start = seen
        .now
        .checked_add_signed(TimeDelta::minutes(minutes))
        .and_then(|start| start.checked_sub_signed(TimeDelta::nanoseconds(cut)))
        .ok_or(WhenError::TooFar { years: MAX_YEARS })?;
    check(start, seen.today, seen.time, seen)?;
    finish(parts, start, None)
}

fn finish(
    parts: &Parts,
    start: DateTime<Utc>,
    end: Option<DateTime<Utc>>,
) -> Result<When, WhenError> {
    let Some(span) = parts.lasting else {
        return Ok(When { start, end });
    };
    if span.months > 0
        || span.days > 31
        || span.minutes > 31 * 24 * 60
        || (span.days == 0 && span.minutes == 0)
    {
        return Err(WhenError::DurationOutOfRange);
    }
    let end = start
        .checked_add_signed(TimeDelta::minutes(span.days * 24 * 60 + span.minutes))
        .ok_or(WhenError::DurationOutOfRange)?;
    Ok(When {
        start,
        end: Some(end),
    })
}

fn check(
    start: DateTime<Utc>,
    date: NaiveDate,
    time: NaiveTime,
    seen: &Seen,
) -> Result<(), WhenError> {
    if start <= seen.now {
        return Err(WhenError::InPast {
            date,
            time: Some(time),
        });
    }
    near(date, MAX_YEARS, seen)
}

fn near(date: NaiveDate, years: u32, seen: &Seen) -> Result<(), WhenError> {
    match seen.today.checked_add_months(Months::new(years * 12)) {
        Some(limit) if date > limit => Err(WhenError::TooFar { years }),
        _ => Ok(()),
    }
}

/// The end of a range, the next day if it must be.
fn end(
    date: NaiveDate,
    start: NaiveTime,
    end: NaiveTime,
    offset: Option<FixedOffset>,
    zone: Tz,
) -> Result<DateTime<Utc>, WhenError> {
    if end > start {
        return at(date, end, offset, zone);
    }
    let night = end - start + TimeDelta::days(1);
    if end != NaiveTime::MIN && night >= MAX_NIGHT {
        return Err(WhenError::EndBeforeStart { start, end });
    }
    let next = date
        .checked_add_days(Days::new(1))
        .ok_or(WhenError::TooFar { years: MAX_YEARS })?;
    at(next, end, offset, zone)
}

/// The instant of a local date and time.
fn at(
    date: NaiveDate,
    time: NaiveTime,
    offset: Option<FixedOffset>,
    zone: Tz,
) -> Result<DateTime<Utc>, WhenError> {
    let local = date.and_time(time);
    if let Some(offset) = offset {
        return local
            .checked_sub_offset(offset)
            .map(|utc| utc.and_utc())
            .ok_or(WhenError::TooFar { years: MAX_YEARS });
    }
    match zone.from_local_datetime(&local) {
        MappedLocalTime::Single(at) => Ok(at.with_timezone(&Utc)),
        MappedLocalTime::Ambiguous(first, second) => Err(WhenError::TimeTwice {
            first: first.fixed_offset(),
            second: second.fixed_offset(),
        }),
        MappedLocalTime::None => Err(WhenError::NonexistentTime { date, time }),
    }
}

/// The day of `parts`, for a deadline.
pub(super) fn day(parts: &Parts, now: DateTime<Utc>, zone: Tz) -> Result<NaiveDate, WhenError> {
    let seen = Seen::from(now, zone);
    if parts.time.is_some()
        || parts.part.is_some()
        || parts.minutes_from_now.is_some()
        || parts.lasting.is_some()
    {
        return Err(WhenError::UnexpectedTime);
    }
    let date = date(parts, None, &seen)?.ok_or(WhenError::MissingDate)?;
    if date < seen.today {
        return Err(WhenError::InPast { date, time: None });
    }
    near(date, MAX_YEARS_FOR_DAY, &seen)?;
    Ok(date)
}

/// The day that was written, if one was. `time` tells whether today's weekday is still to come.
fn date(
    parts: &Parts,
    time: Option<NaiveTime>,
    seen: &Seen,
) -> Result<Option<NaiveDate>, WhenError> {
    let too_far = WhenError::TooFar { years: MAX_YEARS };
    let date = match &parts.day {
        Some(Day::Full(date)) => *date,
        Some(Day::NoYear { month, day, text }) => without_year(*month, *day, text, seen)?,
        Some(Day::Slash {
            first,
            second,
            text,
        }) => slash(*first, *second, text, seen)?,
        Some(Day::InDays(days)) => TimeDelta::try_days(*days)
            .and_then(|days| seen.today.checked_add_signed(days))
            .ok_or(too_far)?,
        Some(Day::InMonths(months)) => u32::try_from(*months)
            .ok()
            .filter(|months| *months <= MAX_YEARS_FOR_DAY * 12)
            .and_then(|months| seen.today.checked_add_months(Months::new(months)))
            .ok_or(too_far)?,
        None => {
            return parts
                .weekday
                .map(|weekday| next_weekday(weekday, parts.next_week, time, seen))
                .transpose();
        }
    };
    match parts.weekday {
        Some(said) if said != date.weekday() => Err(WhenError::WeekdayMismatch { said, date }),
        _ => Ok(Some(date)),
    }
}

fn next_weekday(
    weekday: Weekday,
    next_week: bool,
    time: Option<NaiveTime>,
    seen: &Seen,
) -> Result<NaiveDate, WhenError> {
    let wanted = u64::from(weekday.num_days_from_monday());
    let today = u64::from(seen.today.weekday().num_days_from_monday());
    let days = if next_week {
        7 + wanted - today
    } else {
        match (7 + wanted - today) % 7 {
            0 if time.is_none_or(|time| time <= seen.time) => 7,
            days => days,
        }
    };
    seen.today
        .checked_add_days(Days::new(days))
        .ok_or(WhenError::TooFar { years: MAX_YEARS })
}

/// The first such day from today on.
fn next_occurrence(month: u32, day: u32, seen: &Seen) -> Option<NaiveDate> {
    // Nine years: from one leap day to the next, across a century that has none.
    (0..9)
        .filter_map(|years| {
            NaiveDate::from_ymd_opt(seen.today.year().checked_add(years)?, month, day)
        })
        .find(|date| *date >= seen.today)
}

fn without_year(month: u32, day: u32, text: &str, seen: &Seen) -> Result<NaiveDate, WhenError> {
    let next = next_occurrence(month, day, seen).ok_or_else(|| WhenError::InvalidDate {
        text: text.to_owned(),
    })?;
    match seen.today.checked_add_months(Months::new(11)) {
        Some(limit) if next > limit => Err(WhenError::MissingYear {
            text: text.to_owned(),
            next: Some(next),
        }),
        _ => Ok(next),
    }
}

/// "03/04": refused, unless there is one reading only.
fn slash(first: u32, second: u32, text: &str, seen: &Seen) -> Result<NaiveDate, WhenError> {
    match (first > 12, second > 12) {
        (false, true) => without_year(first, second, text, seen),
        _ if first > 12 || first == second => without_year(second, first, text, seen),
        _ => match (
            next_occurrence(second, first, seen),
            next_occurrence(first, second, seen),
        ) {
            (Some(day_first), Some(month_first)) => Err(WhenError::DayMonthUnclear {
                day_first,
                month_first,
            }),
            _ => Err(WhenError::InvalidDate {
                text: text.to_owned(),
            }),
        },
    }
}
