//! Workshops that come again and again: on which days, at which hour, and when the next one is announced.
//!
//! # The rules
//! - Days come from a recurrence rule (RFC 5545, section 3.3.10). The first workshop is the first day, whether or not the rule
//!   would give it. A rule never gives two on one day.
//! - The hour is the same on the clocks of the collective's zone on every day, summer and winter. In the hour that spring
//!   skips a workshop starts when clocks have gone on; in the hour that autumn repeats, the first time.
//! - A series ends after so many times, after a day, or by itself after [`MOST`] times or [`YEARS`] years. Days that are
//!   skipped count among the times (as RFC 5545's EXDATE do), and stay skipped when the rule changes.
//! - The next one is announced when the one before is over, or [`LEAD`] before its start where that is earlier. What would
//!   have begun by then, since the bot was down, is passed over.
//!
//! This file decides; the use cases are in `service/workshops/series.rs`.

use std::collections::BTreeSet;
use std::fmt;

use chrono::{
    DateTime, Datelike, Duration, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeZone as _,
};
use chrono::{Utc, Weekday};
use chrono_tz::Tz;
use rrule::{RRule, Unvalidated};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::schedule::at_local;
use super::workshop::Draft;

/// Most days of a series.
pub const MOST: usize = 104;
/// Longest span of a series, in years.
pub const YEARS: u32 = 2;
/// How long before its start an occurrence is announced at the latest.
pub const LEAD: Duration = Duration::days(3);
/// Longest rule, in characters.
pub const RULE_MAX: usize = 200;

/// How often, in plain words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// Every week.
    Week,
    /// Every other week.
    TwoWeeks,
    /// On the same weekday of each month: the third Tuesday. A fifth one counts as the last.
    Month,
}

/// How a workshop is to come again, as far as it was said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RepeatWish {
    /// How often.
    pub every: Option<Pace>,
    /// A rule in its place.
    pub rule: Option<String>,
    /// How many times, the first among them.
    pub times: Option<u64>,
    /// The last day on which one may be.
    pub until: Option<NaiveDate>,
}

/// A recurrence rule of days (RFC 5545), without an end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rule(String);

/// When a series ends, if not by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct End {
    /// After so many days, the first among them.
    pub times: Option<usize>,
    /// The last day on which one may be.
    pub until: Option<NaiveDate>,
}

/// What was typed is no rule of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no recurrence rule of days")]
pub struct BadRule;

/// What a rule says, where it can be said in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rhythm {
    /// Every so many weeks on these days.
    Weeks(u16, Vec<Weekday>),
    /// Every so many months on the nth (from 1; -1 for the last) such day.
    Months(u16, i8, Weekday),
    /// Anything else.
    Other,
}

impl Rule {
    /// The rule that a pace means for a series that begins on that day.
    #[must_use]
    pub fn every(pace: Pace, first: NaiveDate) -> Self {
        let day = code(first.weekday());
        Self(match pace {
            Pace::Week => format!("FREQ=WEEKLY;BYDAY={day}"),
            Pace::TwoWeeks => format!("FREQ=WEEKLY;INTERVAL=2;BYDAY={day}"),
            Pace::Month => match first.day0() / 7 + 1 {
                nth @ 1..=4 => format!("FREQ=MONTHLY;BYDAY={nth}{day}"),
                _ => format!("FREQ=MONTHLY;BYDAY=-1{day}"),
            },
        })
    }

    /// Reads an RFC 5545 rule of a series that begins on that day; the end that it may say stands apart.
    ///
    /// # Errors
    /// No such rule, or one that says more than days: an hour, or several times a day.
    pub fn read(typed: &str, first: NaiveDate, zone: Tz) -> Result<(Self, End), BadRule> {
        let typed = typed.trim().to_ascii_uppercase();
        let typed = typed.strip_prefix("RRULE:").unwrap_or(&typed);
        if typed.len() > RULE_MAX {
            return Err(BadRule);
        }
        let (mut parts, mut end) = (Vec::new(), End::default());
        for part in typed.split(';').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').ok_or(BadRule)?;
            match name.trim() {
                "COUNT" => end.times = Some(value.trim().parse().map_err(|_| BadRule)?),
                "UNTIL" => end.until = Some(day_of(value.trim(), zone)?),
                "FREQ" if !["DAILY", "WEEKLY", "MONTHLY", "YEARLY"].contains(&value.trim()) => {
                    return Err(BadRule);
                }
                "INTERVAL" if !value.trim().parse::<u16>().is_ok_and(|every| every > 0) => {
                    return Err(BadRule);
                }
                name @ ("FREQ" | "INTERVAL" | "BYDAY" | "BYMONTHDAY" | "BYMONTH" | "BYSETPOS"
                | "BYYEARDAY" | "BYWEEKNO" | "WKST") => {
                    parts.push(format!("{name}={}", value.trim()));
                }
                _ => return Err(BadRule),
            }
        }
        if parts == ["FREQ=WEEKLY"] {
            parts.push(format!("BYDAY={}", code(first.weekday())));
        }
        let rule = Self(parts.join(";"));
        rule.recurrence(first, first)?;
        Ok((rule, end))
    }

    /// A rule from the database.
    #[must_use]
    pub const fn stored(text: String) -> Self {
        Self(text)
    }

    /// What it says.
    #[must_use]
    pub fn rhythm(&self) -> Rhythm {
        let part = |name: &str| {
            let mut parts = self.0.split(';').filter_map(|part| part.split_once('='));
            parts
                .find(|(found, _)| *found == name)
                .map(|(_, value)| value)
        };
        let known = ["FREQ=", "INTERVAL=", "BYDAY=", "WKST="];
        let plain = |part: &str| known.iter().any(|name| part.starts_with(name));
        let every = part("INTERVAL").map_or(Some(1), |every| every.parse().ok());
        let (Some(every), Some(days)) = (every, part("BYDAY")) else {
            return Rhythm::Other;
        };
        let numbered = |text: &str| {
            let (number, day) = text.split_at_checked(text.len().checked_sub(2)?)?;
            Some((number.parse::<i8>().ok(), weekday(day)?))
        };
        let days: Option<Vec<_>> = days.split(',').map(numbered).collect();
        match (part("FREQ"), days.as_deref()) {
            _ if !self.0.split(';').all(plain) => Rhythm::Other,
            (Some("WEEKLY"), Some(days)) if days.iter().all(|(number, _)| number.is_none()) => {
                Rhythm::Weeks(every, days.iter().map(|(_, day)| *day).collect())
            }
            (Some("MONTHLY"), Some([(Some(nth @ (-1 | 1..=4)), day)])) => {
                Rhythm::Months(every, *nth, *day)
            }
            _ => Rhythm::Other,
        }
    }

    /// The days that it gives from `first` to `last`. They are counted in UTC, where every day has 24 hours.
    fn recurrence(&self, first: NaiveDate, last: NaiveDate) -> Result<Vec<NaiveDate>, BadRule> {
        let utc = |day: NaiveDate| rrule::Tz::UTC.from_utc_datetime(&day.and_time(NaiveTime::MIN));
        let rule: RRule<Unvalidated> = self.0.parse().map_err(|_| BadRule)?;
        let set = rule
            .until(utc(last))
            .build(utc(first))
            .map_err(|_| BadRule)?;
        // One more than the most, since the first day may not be the rule's. The library stops by itself where a rule
        // never gives a day.
        let limit = u16::try_from(MOST + 1).unwrap_or(u16::MAX);
        let found = set.all(limit).dates.into_iter();
        Ok(found.map(|at| at.date_naive()).collect())
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The day of an UNTIL: a date, a local time, or one in UTC.
fn day_of(until: &str, zone: Tz) -> Result<NaiveDate, BadRule> {
    let at = |text: &str| NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S").map_err(|_| BadRule);
    Ok(match (until.strip_suffix('Z'), until.contains('T')) {
        (Some(utc), _) => zone.from_utc_datetime(&at(utc)?).date_naive(),
        (None, true) => at(until)?.date(),
        (None, false) => NaiveDate::parse_from_str(until, "%Y%m%d").map_err(|_| BadRule)?,
    })
}

const CODES: [(Weekday, &str); 7] = [
    (Weekday::Mon, "MO"),
    (Weekday::Tue, "TU"),
    (Weekday::Wed, "WE"),
    (Weekday::Thu, "TH"),
    (Weekday::Fri, "FR"),
    (Weekday::Sat, "SA"),
    (Weekday::Sun, "SU"),
];

fn code(day: Weekday) -> &'static str {
    let found = CODES.into_iter().find(|(known, _)| *known == day);
    found.map_or("MO", |(_, code)| code)
}

fn weekday(code: &str) -> Option<Weekday> {
    let found = CODES.into_iter().find(|(_, known)| *known == code);
    found.map(|(day, _)| day)
}

/// The day of a series that a workshop is, and what its card says of the series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// The series.
    pub series: Uuid,
    /// The day, even if the workshop was moved to another.
    pub day: NaiveDate,
    /// By which rule it comes again.
    pub rule: Rule,
    /// When it starts, on the collective's clocks.
    pub time: NaiveTime,
}

/// A series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Its id.
    pub id: Uuid,
    /// The collective that holds it.
    pub collective: Uuid,
    /// By which rule it comes again.
    pub rule: Rule,
    /// The day from which the rule counts.
    pub first: NaiveDate,
    /// When it ends.
    pub end: End,
    /// When each starts, on the clocks of `zone`.
    pub time: NaiveTime,
    /// The collective's zone.
    pub zone: Tz,
    /// What the next one will say.
    pub template: Draft,
    /// The rooms it will be announced in; every public one if none.
    pub rooms: Vec<Uuid>,
    /// Days that are left out.
    pub skipped: BTreeSet<NaiveDate>,
    /// When it ended; none if more are to come.
    pub ended_at: Option<DateTime<Utc>>,
}

impl Series {
    /// Its days in their order, those that are skipped among them.
    #[must_use]
    pub fn days(&self) -> Vec<NaiveDate> {
        let longest = self.first.checked_add_months(Months::new(12 * YEARS));
        let longest = longest.unwrap_or(self.first);
        let last = self.end.until.map_or(longest, |until| until.min(longest));
        let mut days = vec![self.first];
        // A stored rule was read before; one that is none any more gives no day.
        let more = self.rule.recurrence(self.first, last.max(self.first));
        let more = more.unwrap_or_default();
        days.extend(more.into_iter().filter(|day| *day > self.first));
        days.truncate(self.end.times.unwrap_or(MOST).min(MOST));
        days
    }

    /// When the one of that day starts.
    #[must_use]
    pub fn start(&self, day: NaiveDate) -> DateTime<Utc> {
        at_local(day, self.time, self.zone)
    }

    /// The first day after `after` that is not skipped and has not begun at `now`.
    #[must_use]
    pub fn next(&self, after: NaiveDate, now: DateTime<Utc>) -> Option<NaiveDate> {
        let mut days = self.days().into_iter();
        days.find(|day| *day > after && !self.skipped.contains(day) && self.start(*day) > now)
    }

    /// When the one that starts at `start` is announced, if the one before it is over at `before`.
    #[must_use]
    pub fn announced_at(before: DateTime<Utc>, start: DateTime<Utc>) -> DateTime<Utc> {
        before.min(start - LEAD)
    }

    /// What the one of that day says, if it is announced at `now`. Answers that would be closed already stay open.
    #[must_use]
    pub fn draft_on(&self, day: NaiveDate, now: DateTime<Utc>) -> Draft {
        let mut draft = self.template.moved(self.start(day), self.zone);
        draft.limits.closes_at = draft.limits.closes_at.filter(|closes| *closes > now);
        draft
    }
}

#[cfg(test)]
#[path = "series/tests.rs"]
mod tests;
