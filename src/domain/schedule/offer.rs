//! How long somebody has to answer an offer of seats.

use chrono::{DateTime, Duration, NaiveTime, Timelike, Utc};
use chrono_tz::Tz;

use super::at_local;
use super::ladder::{QUIET_FROM, QUIET_UNTIL};

/// Longest time to answer an offer of seats.
const LONGEST: Duration = Duration::hours(24);
/// Shortest.
const SHORTEST: Duration = Duration::minutes(30);

/// When an offer of seats made at `now` ends, at a workshop that starts at `start`: after a quarter of the time left, between
/// half an hour and a day; never after the start. Nights (21 h to 8 h in `zone`) take nothing away: an offer made at night
/// counts from the morning, and one that would end at night ends so much later in the morning.
#[must_use]
pub fn until(now: DateTime<Utc>, start: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    let length = ((start - now) / 4).clamp(SHORTEST, LONGEST);
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

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;
    use chrono_tz::America::Toronto;

    use super::*;

    fn local(text: &str) -> DateTime<Utc> {
        let naive = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
        Toronto
            .from_local_datetime(&naive)
            .unwrap()
            .with_timezone(&Utc)
    }

    #[test]
    fn an_offer_lasts_a_quarter_of_the_time_left_and_nights_take_nothing_away() {
        for (now, start, expected) in [
            // A day at most, half an hour at least.
            ("2026-11-02 12:00", "2026-11-20 19:00", "2026-11-03 12:00"),
            ("2026-11-20 17:30", "2026-11-20 19:00", "2026-11-20 18:00"),
            ("2026-11-20 10:00", "2026-11-20 18:00", "2026-11-20 12:00"),
            // Made at night: it counts from eight.
            ("2026-11-19 23:00", "2026-11-20 19:00", "2026-11-20 13:00"),
            ("2026-11-20 02:00", "2026-11-20 19:00", "2026-11-20 12:15"),
            // Would end at night: what is left of it goes on from eight.
            ("2026-11-19 20:00", "2026-11-20 20:00", "2026-11-20 13:00"),
            ("2026-11-19 20:50", "2026-11-19 22:30", "2026-11-19 22:30"),
            // The start comes first.
            ("2026-11-19 23:00", "2026-11-20 09:00", "2026-11-20 09:00"),
            ("2026-11-20 18:50", "2026-11-20 19:00", "2026-11-20 19:00"),
            // Clocks go back in the night before Sunday, 1 November 2026.
            ("2026-10-31 20:00", "2026-11-01 19:00", "2026-11-01 13:00"),
        ] {
            let ends = until(local(now), local(start), Toronto);
            assert_eq!(ends, local(expected), "{now}");
        }
    }
}
