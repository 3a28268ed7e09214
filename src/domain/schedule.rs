//! When things fall due: reminders ([`ladder`]), ends of [`offer`]s, the weekly digest; and the kinds of deadlines.

use chrono::{DateTime, Datelike, Duration, Months, NaiveDate, NaiveTime, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

pub mod ladder;
pub mod offer;

/// What falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeadlineKind {
    /// A draft of a workshop is announced.
    WorkshopPublishes,
    /// The reminder the day before a workshop.
    WorkshopReminder,
    /// The reminder an hour before a workshop.
    WorkshopSoon,
    /// A workshop is over.
    WorkshopOver,
    /// People are thanked for coming to a workshop, and asked what they thought of it.
    WorkshopThanks,
    /// Time to remind organizers of the report of a workshop.
    WorkshopReport,
    /// The next workshop of a series is announced, or the series has ended.
    SeriesNext,
    /// Answers to a workshop close.
    RsvpCloses,
    /// An offer of seats at a workshop ends.
    OfferEnds,
    /// Time to remind organizers of options that were proposed for a poll.
    PollProposals,
    /// A poll that was announced opens.
    PollOpens,
    /// Time to remind of a poll that is still open.
    PollReminder,
    /// A poll closes.
    PollCloses,
    /// A pledge closes.
    PledgeCloses,
    /// People are told what became of a pledge.
    PledgeTells,
    /// A sense check ends.
    PulseEnds,
    /// Time for a collective to look who is asked how their commitments go.
    CheckIns,
    /// A month has ended in a collective: it is measured.
    MonthEnds,
    /// The weekly digest of a collective.
    WeeklyDigest,
    /// A version of a plan is to be evaluated.
    PlanDue,
}

impl DeadlineKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[
        Self::WorkshopPublishes,
        Self::WorkshopReminder,
        Self::WorkshopSoon,
        Self::WorkshopOver,
        Self::WorkshopThanks,
        Self::WorkshopReport,
        Self::SeriesNext,
        Self::RsvpCloses,
        Self::OfferEnds,
        Self::PollProposals,
        Self::PollOpens,
        Self::PollReminder,
        Self::PollCloses,
        Self::PledgeCloses,
        Self::PledgeTells,
        Self::PulseEnds,
        Self::CheckIns,
        Self::WeeklyDigest,
        Self::MonthEnds,
        Self::PlanDue,
    ];

    /// Those of announced workshops.
    pub const OF_WORKSHOPS: [Self; 5] = [
        Self::WorkshopReminder,
        Self::WorkshopSoon,
        Self::WorkshopOver,
        Self::RsvpCloses,
        Self::OfferEnds,
    ];

    /// Those of polls.
    pub const OF_POLLS: [Self; 4] = [
        Self::PollProposals,
        Self::PollOpens,
        Self::PollReminder,
        Self::PollCloses,
    ];

    /// The name in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::WorkshopPublishes => "workshop.publishes",
            Self::WorkshopReminder => "workshop.reminder",
            Self::WorkshopSoon => "workshop.soon",
            Self::WorkshopOver => "workshop.over",
            Self::WorkshopThanks => "workshop.thanks",
            Self::WorkshopReport => "workshop.report",
            Self::SeriesNext => "series.next",
            Self::RsvpCloses => "workshop.rsvp_closes",
            Self::OfferEnds => "workshop.offer_ends",
            Self::PollProposals => "poll.proposals",
            Self::PollOpens => "poll.opens",
            Self::PollReminder => "poll.reminder",
            Self::PollCloses => "poll.closes",
            Self::PledgeCloses => "pledge.closes",
            Self::PledgeTells => "pledge.tells",
            Self::PulseEnds => "pulse.ends",
            Self::CheckIns => "checkin.round",
            Self::WeeklyDigest => "digest.weekly",
            Self::MonthEnds => "widening.month_ends",
            Self::PlanDue => "plan.due",
        }
    }

    /// The kind of that name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}

/// The first Tuesday 8:00 after `now` in `zone`: when the weekly digest is due by default.
#[must_use]
pub fn next_weekly_digest(now: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    let time = NaiveTime::from_hms_opt(ladder::QUIET_UNTIL, 0, 0).unwrap_or_default();
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

/// Six in the morning of the first day of the next month in `zone`: when the month is measured.
#[must_use]
pub fn next_month_end(now: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    let six = NaiveTime::from_hms_opt(6, 0, 0).unwrap_or_default();
    let today = now.with_timezone(&zone).date_naive();
    let first = today.with_day(1).unwrap_or(today);
    let this = at_local(first, six, zone);
    if this > now {
        this
    } else {
        at_local(first + Months::new(1), six, zone)
    }
}

/// The instant at which clocks in `zone` show `day` and `time`. In the hour that spring skips it is the first
/// instant after; in the hour that autumn repeats, the first of the two.
#[must_use]
pub fn at_local(day: NaiveDate, time: NaiveTime, zone: Tz) -> DateTime<Utc> {
    let wanted = day.and_time(time);
    let mut local = wanted;
    for _ in 0..=8 {
        if let Some(found) = zone.from_local_datetime(&local).earliest() {
            let mut found = found.with_timezone(&Utc);
            // Back to the first instant, which the step may have passed by.
            let before = |at: DateTime<Utc>| at - Duration::minutes(1);
            while before(found).with_timezone(&zone).naive_local() > wanted {
                found = before(found);
            }
            return found;
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
    fn in_the_hour_that_spring_skips_it_is_the_first_instant_after() {
        let day = NaiveDate::from_ymd_opt(2027, 3, 14).unwrap();
        for (hour, minute) in [(2, 0), (2, 1), (2, 30), (2, 59), (3, 0)] {
            let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
            assert_eq!(at_local(day, time, Toronto), local("2027-03-14 03:00"));
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
