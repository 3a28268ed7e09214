//! The ladder of reminders: when each is due, and what becomes of one that is late.
//!
//! | what | when | in quiet hours |
//! |---|---|---|
//! | [`day_before`] a workshop | at its hour, the day before | the nearest hour that is not quiet |
//! | [`hour_before`] a workshop | an hour before | as they end, if that is before it begins; at once if it begins in them |
//! | [`before_close`] of a poll | a day before; of a poll under two days, at half its time | as they end, if an hour is then left to vote; else the evening before |
//! | [`thanks`] after a workshop | an hour after its end | as they end |
//! | [`report_asked`] of organizers | at 9:00 on the third and the seventh day after it | never in them |
//!
//! A reminder that is late ([`moment`]) goes out at once, or as the quiet hours end, as long as it is of use.
//! Hours are those of the collective's zone, so a ladder keeps them across a clock change.

use chrono::{DateTime, Duration, NaiveTime, Timelike, Utc};
use chrono_tz::Tz;

use super::at_local;

/// Nobody is written to unasked before this hour.
pub const QUIET_UNTIL: u32 = 8;
/// Nobody is written to unasked from this hour on.
pub const QUIET_FROM: u32 = 21;

/// A poll's reminder comes this long before the close.
const DAY: Duration = Duration::hours(24);
/// A poll that is open for less gets no reminder: its opening is still fresh.
const SHORTEST: Duration = Duration::hours(6);
/// A poll's reminder that the quiet hours delay leaves at least this long to vote.
const TIME_TO_VOTE: Duration = Duration::hours(1);
/// A workshop's last reminder comes this long before it begins.
pub const HOUR: Duration = Duration::hours(1);

/// What a reminder that is due does now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// It goes out.
    Now,
    /// It waits until then, as the quiet hours end.
    Later(DateTime<Utc>),
    /// It is of no use any more.
    Never,
}

/// What a reminder that was due at or before `now`, and is of no use from `until` on, does now.
#[must_use]
pub fn moment(now: DateTime<Utc>, until: DateTime<Utc>, zone: Tz) -> Moment {
    let wake = awake(now, zone);
    if wake >= until {
        Moment::Never
    } else if wake > now {
        Moment::Later(wake)
    } else {
        Moment::Now
    }
}

/// The same of the reminder [`hour_before`]: the quiet hours do not hold for a workshop that begins in them.
#[must_use]
pub fn moment_before(now: DateTime<Utc>, start: DateTime<Utc>, zone: Tz) -> Moment {
    if now < start && is_quiet(start, zone) {
        Moment::Now
    } else {
        moment(now, start, zone)
    }
}

/// When the day-before reminder of something that starts at `start` is due: the day before at the same hour,
/// brought to the nearest hour that is not quiet. None if that is past already: a workshop announced less than a day
/// before needs no reminder of its own announcement.
#[must_use]
pub fn day_before(start: DateTime<Utc>, zone: Tz, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let local = start.with_timezone(&zone);
    let day = local.date_naive().pred_opt()?;
    let due = at_local(day, local.time().clamp(morning(), evening()), zone);
    (due > now).then_some(due)
}

/// When the reminder an hour before `start` is due; none if that is past already, or if the quiet hours end as it
/// starts.
#[must_use]
pub fn hour_before(start: DateTime<Utc>, zone: Tz, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let due = if is_quiet(start, zone) {
        start - HOUR
    } else {
        awake(start - HOUR, zone)
    };
    (due > now && due < start).then_some(due)
}

/// When the reminder of a poll that is open from `opens` to `closes` is due; none if that is past already, or if the poll
/// is too short for one.
#[must_use]
pub fn before_close(
    opens: DateTime<Utc>,
    closes: DateTime<Utc>,
    zone: Tz,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let length = closes - opens;
    if length < SHORTEST {
        return None;
    }
    let wished = closes - DAY.min(length / 2);
    let after_the_night = awake(wished, zone);
    let due = if after_the_night == wished || after_the_night + TIME_TO_VOTE <= closes {
        after_the_night
    } else {
        evening_before(wished, zone)?
    };
    (due > now && due > opens).then_some(due)
}

/// When people are thanked for coming to a workshop that is over at `over`.
#[must_use]
pub fn thanks(over: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    awake(over + HOUR, zone)
}

/// What thanks that are due do now: after two days they are of no use any more.
#[must_use]
pub fn moment_of_thanks(now: DateTime<Utc>, over: DateTime<Utc>, zone: Tz) -> Moment {
    moment(now, over + DAY * 2, zone)
}

/// When organizers are asked to write the report of a workshop that is over at `over`.
#[must_use]
pub fn report_asked(over: DateTime<Utc>, zone: Tz) -> [DateTime<Utc>; 2] {
    let day = over.with_timezone(&zone).date_naive();
    let nine = NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default();
    [3, 7].map(|days| at_local(day + Duration::days(days), nine, zone))
}

/// Whether rooms are told of a poll's close too: one that lasts less than two days needs no reminder of its own opening
/// where everybody saw it.
#[must_use]
pub fn tells_rooms(opens: DateTime<Utc>, closes: DateTime<Utc>) -> bool {
    closes - opens >= DAY * 2
}

/// Whether it is a quiet hour.
fn is_quiet(at: DateTime<Utc>, zone: Tz) -> bool {
    !(QUIET_UNTIL..QUIET_FROM).contains(&at.with_timezone(&zone).hour())
}

/// The first moment from `at` on that is not in quiet hours.
#[must_use]
pub fn awake(at: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    if !is_quiet(at, zone) {
        return at;
    }
    let local = at.with_timezone(&zone);
    let day = local.date_naive();
    let day = if local.hour() >= QUIET_FROM {
        day.succ_opt().unwrap_or(day)
    } else {
        day
    };
    at_local(day, morning(), zone)
}

/// The evening before the quiet hours that `at` is in.
fn evening_before(at: DateTime<Utc>, zone: Tz) -> Option<DateTime<Utc>> {
    let local = at.with_timezone(&zone);
    let day = local.date_naive();
    let day = if local.hour() >= QUIET_FROM {
        day
    } else {
        day.pred_opt()?
    };
    Some(at_local(day, evening(), zone))
}

fn morning() -> NaiveTime {
    NaiveTime::from_hms_opt(QUIET_UNTIL, 0, 0).unwrap_or_default()
}

/// The last full hour before the quiet ones: what is due then can still arrive.
fn evening() -> NaiveTime {
    NaiveTime::from_hms_opt(QUIET_FROM - 1, 0, 0).unwrap_or_default()
}

#[cfg(test)]
mod tests;
