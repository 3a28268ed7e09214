//! When things fall due: reminders, quiet hours, the weekly digest; and what becomes of a deadline that
//! fell due while the bot was down.

use chrono::{
    DateTime, Datelike, Duration, NaiveDate, NaiveTime, TimeZone, Timelike, Utc, Weekday,
};
use chrono_tz::Tz;

/// What falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeadlineKind {
    /// A draft of a workshop is announced.
    WorkshopPublishes,
    /// The reminder the day before a workshop.
    WorkshopReminder,
    /// A workshop is over.
    WorkshopOver,
    /// Answers to a workshop close.
    RsvpCloses,
    /// An offer of seats at a workshop ends.
    OfferEnds,
    /// A poll that was announced opens.
    PollOpens,
    /// Time to remind of a poll that is still open.
    PollReminder,
    /// A poll closes.
    PollCloses,
    /// The weekly digest of a collective.
    WeeklyDigest,
}

impl DeadlineKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::WorkshopPublishes,
        Self::WorkshopReminder,
        Self::WorkshopOver,
        Self::RsvpCloses,
        Self::OfferEnds,
        Self::PollOpens,
        Self::PollReminder,
        Self::PollCloses,
        Self::WeeklyDigest,
    ];

    /// Those of announced workshops.
    pub const OF_WORKSHOPS: [Self; 4] = [
        Self::WorkshopReminder,
        Self::WorkshopOver,
        Self::RsvpCloses,
        Self::OfferEnds,
    ];

    /// Those of polls.
    pub const OF_POLLS: [Self; 3] = [Self::PollOpens, Self::PollReminder, Self::PollCloses];

    /// The name in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::WorkshopPublishes => "workshop.publishes",
            Self::WorkshopReminder => "workshop.reminder",
            Self::WorkshopOver => "workshop.over",
            Self::RsvpCloses => "workshop.rsvp_closes",
            Self::OfferEnds => "workshop.offer_ends",
            Self::PollOpens => "poll.opens",
            Self::PollReminder => "poll.reminder",
            Self::PollCloses => "poll.closes",
            Self::WeeklyDigest => "digest.weekly",
        }
    }

    /// The kind of that name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Rooms are quiet before this hour.
const QUIET_UNTIL: u32 = 8;
/// Rooms are quiet from this hour on.
const QUIET_FROM: u32 = 21;

/// When the day-before reminder of something that starts at `start` is due: the day before at the same hour,
/// brought to the nearest hour at which rooms are not quiet (8 h to 21 h in `zone`). None if that is past already:
/// a workshop announced less than a day before needs no reminder of its own announcement.
#[must_use]
pub fn day_before(start: DateTime<Utc>, zone: Tz, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let local = start.with_timezone(&zone);
    let day = local.date_naive().pred_opt()?;
    let earliest = NaiveTime::from_hms_opt(QUIET_UNTIL, 0, 0)?;
    let latest = NaiveTime::from_hms_opt(QUIET_FROM - 1, 0, 0)?;
    let due = at_local(day, local.time().clamp(earliest, latest), zone);
    (due > now).then_some(due)
}

/// Longest time to answer an offer of seats.
const OFFER_LONGEST: Duration = Duration::hours(24);
/// Shortest.
const OFFER_SHORTEST: Duration = Duration::minutes(30);

/// When an offer of seats made at `now` ends, at a workshop that starts at `start`: after a quarter of the time left, between
/// half an hour and a day; never after the start. Nights (21 h to 8 h in `zone`) take nothing away: an offer made at night
/// counts from the morning, and one that would end at night ends so much later in the morning.
#[must_use]
pub fn offer_until(now: DateTime<Utc>, start: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    let length = ((start - now) / 4).clamp(OFFER_SHORTEST, OFFER_LONGEST);
    let from = night(now, zone).map_or(now, |(_, morning)| morning);
    let end = from + length;
    let end = night(end, zone).map_or(end, |(evening, morning)| morning + (end - evening));
    // Whole seconds: that is what people are told.
    end.with_nanosecond(0).unwrap_or(end).min(start)
}

/// The night in which an instant falls: its evening and its morning.
fn night(at: DateTime<Utc>, zone: Tz) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let local = at.with_timezone(&zone);
    let (day, hour) = (local.date_naive(), local.hour());
    let (first, second) = match hour {
        ..QUIET_UNTIL => (day.pred_opt()?, day),
        QUIET_FROM.. => (day, day.succ_opt()?),
        _ => return None,
    };
    let evening = at_local(first, NaiveTime::from_hms_opt(QUIET_FROM, 0, 0)?, zone);
    let morning = at_local(second, NaiveTime::from_hms_opt(QUIET_UNTIL, 0, 0)?, zone);
    Some((evening, morning))
}

/// The first Tuesday 8:00 after `now` in `zone`: when the weekly digest is due by default.
#[must_use]
pub fn next_weekly_digest(now: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    let time = NaiveTime::from_hms_opt(QUIET_UNTIL, 0, 0).unwrap_or_default();
    let today = now.with_timezone(&zone).date_naive();
    let until_tuesday =
        (7 + Weekday::Tue.num_days_from_monday() - today.weekday().num_days_from_monday()) % 7;
    let tuesday = today + Duration::days(i64::from(until_tuesday));
    let due = at_local(tuesday, time, zone);
    if due > now {
        due
    } else {
        at_local(tuesday + Duration::days(7), time, zone)
    }
}

/// The instant at which clocks in `zone` show `day` and `time`. In the hour that spring skips it is the first
/// instant after; in the hour that autumn repeats, the first of the two.
#[must_use]
pub fn at_local(day: NaiveDate, time: NaiveTime, zone: Tz) -> DateTime<Utc> {
    let mut local = day.and_time(time);
    for _ in 0..=8 {
        if let Some(found) = zone.from_local_datetime(&local).earliest() {
            return found.with_timezone(&Utc);
        }
        local += Duration::minutes(15);
    }
    Utc.from_utc_datetime(&local)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::America::Toronto;

    fn local(text: &str) -> DateTime<Utc> {
        let naive = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
        Toronto
            .from_local_datetime(&naive)
            .unwrap()
            .with_timezone(&Utc)
    }

    #[test]
    fn the_day_before_keeps_the_hour_across_a_clock_change() {
        let now = local("2026-10-20 12:00");
        // Clocks go back in the night before Sunday, 1 November 2026.
        assert_eq!(
            day_before(local("2026-11-01 19:00"), Toronto, now),
            Some(local("2026-10-31 19:00"))
        );
    }

    #[test]
    fn reminders_keep_the_quiet_hours() {
        let now = local("2026-11-20 12:00");
        assert_eq!(
            day_before(local("2026-11-26 06:30"), Toronto, now),
            Some(local("2026-11-25 08:00"))
        );
        assert_eq!(
            day_before(local("2026-11-26 22:00"), Toronto, now),
            Some(local("2026-11-25 20:00"))
        );
    }

    #[test]
    fn what_starts_within_a_day_gets_no_reminder() {
        assert_eq!(
            day_before(
                local("2026-11-26 19:00"),
                Toronto,
                local("2026-11-25 19:30")
            ),
            None
        );
    }

    #[test]
    fn an_offer_lasts_a_quarter_of_the_time_left_and_nights_take_nothing_away() {
        for (now, start, until) in [
            // A day at most, half an hour at least.
            ("2026-11-02 12:00", "2026-11-20 19:00", "2026-11-03 12:00"),
            ("2026-11-20 17:30", "2026-11-20 19:00", "2026-11-20 18:00"),
            ("2026-11-20 10:00", "2026-11-20 18:00", "2026-11-20 12:00"),
            // Made at night: it counts from eight.
            ("2026-11-19 23:00", "2026-11-20 19:00", "2026-11-20 13:00"),
            ("2026-11-20 02:00", "2026-11-20 19:00", "2026-11-20 12:15"),
            // Would end at night: what is left of it goes on from eight.
            ("2026-11-19 20:00", "2026-11-20 20:00", "2026-11-20 13:00"),
            ("2026-11-19 20:50", "2026-11-19 22:30", "2026-11-20 08:20"),
            // The start comes first.
            ("2026-11-19 23:00", "2026-11-20 09:00", "2026-11-20 09:00"),
            ("2026-11-20 18:50", "2026-11-20 19:00", "2026-11-20 19:00"),
            // Clocks go back in the night before Sunday, 1 November 2026.
            ("2026-10-31 20:00", "2026-11-01 19:00", "2026-11-01 13:00"),
        ] {
            let start = local(start);
            let expected = local(until).min(start);
            assert_eq!(offer_until(local(now), start, Toronto), expected, "{now}");
        }
    }

    #[test]
    fn the_weekly_digest_is_due_on_tuesdays_at_eight() {
        assert_eq!(
            next_weekly_digest(local("2026-11-23 12:00"), Toronto),
            local("2026-11-24 08:00")
        );
        assert_eq!(
            next_weekly_digest(local("2026-11-24 08:00"), Toronto),
            local("2026-12-01 08:00")
        );
    }
}
