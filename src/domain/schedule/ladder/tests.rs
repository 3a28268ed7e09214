use chrono_tz::America::Toronto;
use proptest::prelude::*;

use super::*;
use chrono::{NaiveDateTime, TimeZone as _};

fn local(text: &str) -> DateTime<Utc> {
    let naive = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    let found = Toronto.from_local_datetime(&naive).unwrap();
    found.with_timezone(&Utc)
}

fn maybe(text: &str) -> Option<DateTime<Utc>> {
    (!text.is_empty()).then(|| local(text))
}

#[test]
fn the_day_before_keeps_the_hour_and_the_quiet_hours() {
    for (start, now, due) in [
        ("2026-11-26 19:00", "2026-11-20 12:00", "2026-11-25 19:00"),
        // Clocks go back in the night before Sunday, 1 November 2026, and forward on 14 March 2027.
        ("2026-11-01 19:00", "2026-10-20 12:00", "2026-10-31 19:00"),
        ("2027-03-14 19:00", "2027-03-01 12:00", "2027-03-13 19:00"),
        ("2026-11-26 06:30", "2026-11-20 12:00", "2026-11-25 08:00"),
        ("2026-11-26 22:00", "2026-11-20 12:00", "2026-11-25 20:00"),
        // Announced, or moved, within a day.
        ("2026-11-26 19:00", "2026-11-25 19:30", ""),
    ] {
        let found = day_before(local(start), Toronto, local(now));
        assert_eq!(found, maybe(due), "{start} at {now}");
    }
}

#[test]
fn the_hour_before_waits_for_the_morning_and_comes_at_night_for_what_is_at_night() {
    for (start, now, due) in [
        ("2026-11-26 19:00", "2026-11-20 12:00", "2026-11-26 18:00"),
        ("2026-11-26 09:00", "2026-11-20 12:00", "2026-11-26 08:00"),
        ("2026-11-26 08:30", "2026-11-20 12:00", "2026-11-26 08:00"),
        ("2026-11-26 08:00", "2026-11-20 12:00", ""),
        ("2026-11-26 21:30", "2026-11-20 12:00", "2026-11-26 20:30"),
        ("2026-11-26 23:00", "2026-11-20 12:00", "2026-11-26 22:00"),
        ("2026-11-26 06:00", "2026-11-20 12:00", "2026-11-26 05:00"),
        ("2026-11-26 19:00", "2026-11-26 18:10", ""),
        // 3:30 after clocks went from 2:00 to 3:00: an hour of time, not of the clock's face.
        ("2027-03-14 03:30", "2027-03-01 12:00", "2027-03-14 01:30"),
    ] {
        let found = hour_before(local(start), Toronto, local(now));
        assert_eq!(found, maybe(due), "{start} at {now}");
    }
}

#[test]
fn thanks_come_an_hour_after_or_in_the_morning_and_not_after_two_days() {
    for (over, due) in [
        ("2026-11-26 16:00", "2026-11-26 17:00"),
        ("2026-11-26 21:00", "2026-11-27 08:00"),
        ("2026-11-26 20:00", "2026-11-27 08:00"),
        ("2026-11-27 03:00", "2026-11-27 08:00"),
    ] {
        assert_eq!(thanks(local(over), Toronto), local(due), "{over}");
    }
    let over = local("2026-11-26 16:00");
    for (now, expected) in [
        ("2026-11-26 17:00", Moment::Now),
        ("2026-11-27 05:00", Moment::Later(local("2026-11-27 08:00"))),
        ("2026-11-28 15:59", Moment::Now),
        ("2026-11-28 16:00", Moment::Never),
    ] {
        assert_eq!(
            moment_of_thanks(local(now), over, Toronto),
            expected,
            "{now}"
        );
    }
}

#[test]
fn a_report_is_asked_for_on_the_third_and_the_seventh_morning() {
    // Clocks go back in the night before Sunday, 1 November 2026.
    let asked = report_asked(local("2026-10-29 22:30"), Toronto);
    assert_eq!(asked, ["2026-11-01 09:00", "2026-11-05 09:00"].map(local));
}

#[test]
fn a_polls_reminder_comes_a_day_before_or_halfway_and_never_at_night() {
    for (opens, closes, due) in [
        ("2026-11-20 12:00", "2026-11-27 20:00", "2026-11-26 20:00"),
        // At night: in the morning.
        ("2026-11-20 12:00", "2026-11-27 23:00", "2026-11-27 08:00"),
        ("2026-11-20 12:00", "2026-11-27 03:00", "2026-11-26 08:00"),
        // Shorter than two days: halfway.
        ("2026-11-20 08:00", "2026-11-21 20:00", "2026-11-21 08:00"),
        ("2026-11-20 09:00", "2026-11-20 19:00", "2026-11-20 14:00"),
        // Halfway is at night, and the morning is too late: the evening before, if it is open then.
        ("2026-11-20 18:00", "2026-11-21 07:00", "2026-11-20 20:00"),
        ("2026-11-20 18:00", "2026-11-21 08:30", "2026-11-20 20:00"),
        ("2026-11-20 18:00", "2026-11-21 09:00", "2026-11-21 08:00"),
        ("2026-11-20 20:30", "2026-11-21 07:00", ""),
        // Too short.
        ("2026-11-20 12:00", "2026-11-20 17:59", ""),
        // Across the night in which clocks go back, 24 hours before is 21:00, which is quiet.
        ("2026-10-20 12:00", "2026-11-01 20:00", "2026-11-01 08:00"),
    ] {
        let found = before_close(local(opens), local(closes), Toronto, local(opens));
        assert_eq!(found, maybe(due), "{opens} to {closes}");
    }
    // Extended when a day is not left any more, or when the night moves it past now.
    let (opens, closes) = (local("2026-11-20 12:00"), local("2026-11-27 03:00"));
    let at = |now: &str| before_close(opens, closes, Toronto, local(now));
    assert_eq!(at("2026-11-26 07:00"), maybe("2026-11-26 08:00"));
    assert_eq!(at("2026-11-26 08:00"), None);
    assert!(tells_rooms(opens, closes));
    assert!(!tells_rooms(opens, opens + Duration::hours(47)));
}

#[test]
fn what_is_late_goes_out_once_it_may_and_only_while_it_is_of_use() {
    for (now, until, expected) in [
        ("2026-11-26 18:30", "2026-11-26 19:00", Moment::Now),
        ("2026-11-26 19:00", "2026-11-26 19:00", Moment::Never),
        (
            "2026-11-26 23:00",
            "2026-11-27 19:00",
            Moment::Later(local("2026-11-27 08:00")),
        ),
        (
            "2026-11-26 07:59",
            "2026-11-26 08:30",
            Moment::Later(local("2026-11-26 08:00")),
        ),
        ("2026-11-26 23:00", "2026-11-27 08:00", Moment::Never),
    ] {
        let found = moment(local(now), local(until), Toronto);
        assert_eq!(found, expected, "{now} until {until}");
    }
    let before = |now: &str, start: &str| moment_before(local(now), local(start), Toronto);
    assert_eq!(before("2026-11-26 22:10", "2026-11-26 23:00"), Moment::Now);
    assert_eq!(
        before("2026-11-26 23:00", "2026-11-26 23:00"),
        Moment::Never
    );
    let later = Moment::Later(local("2026-11-26 08:00"));
    assert_eq!(before("2026-11-26 07:40", "2026-11-26 08:30"), later);
}

proptest! {
    #[test]
    fn every_rung_is_before_its_end_after_now_and_awake(
        start in 1_790_000_000_i64..1_830_000_000,
        minutes in 1_i64..40_000,
        zone in prop::sample::select(vec![Toronto, chrono_tz::UTC, chrono_tz::Asia::Kathmandu, chrono_tz::Australia::Lord_Howe]),
    ) {
        let now = DateTime::from_timestamp(start, 0).unwrap();
        let end = now + Duration::minutes(minutes);
        let quiet_end = is_quiet(end, zone);
        for (name, due, awake) in [
            ("day", day_before(end, zone, now), true),
            ("hour", hour_before(end, zone, now), !quiet_end),
            ("close", before_close(now, end, zone, now), true),
        ] {
            let Some(due) = due else { continue };
            prop_assert!(now < due && due < end, "{name}: {now} {due} {end}");
            prop_assert!(!awake || !is_quiet(due, zone), "{name}: {due} is quiet in {zone}");
            // What is on time goes out at once.
            let on_time = if name == "hour" { moment_before(due, end, zone) } else { moment(due, end, zone) };
            prop_assert_eq!(on_time, Moment::Now, "{}: {} {}", name, due, end);
        }
        // A poll of a day or more always has its reminder.
        if end - now >= DAY {
            prop_assert!(before_close(now, end, zone, now).is_some(), "{now} {end} {zone}");
        }
    }

    #[test]
    fn a_late_reminder_waits_for_less_than_a_night(at in 1_790_000_000_i64..1_830_000_000, hours in 1_i64..100) {
        let now = DateTime::from_timestamp(at, 0).unwrap();
        let until = now + Duration::hours(hours);
        match moment(now, until, Toronto) {
            Moment::Now => prop_assert!(!is_quiet(now, Toronto)),
            Moment::Later(then) => {
                prop_assert!(is_quiet(now, Toronto) && !is_quiet(then, Toronto));
                prop_assert!(now < then && then < until && then - now <= Duration::hours(12));
            }
            Moment::Never => prop_assert!(is_quiet(now, Toronto)),
        }
    }
}
