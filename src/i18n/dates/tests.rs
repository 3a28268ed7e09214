//! What people will read, case by case; and that `domain::when` reads it back.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::America::Toronto;
use proptest::prelude::*;

use super::{day, days, decimal, full, number, percent, range, short_day, time, week};
use crate::domain::language::Language::{EnCa, FrCa};
use crate::domain::when;

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date in a test")
}

fn at(local: &str) -> DateTime<Utc> {
    let naive =
        chrono::NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").expect("a date in a test");
    Toronto
        .from_local_datetime(&naive)
        .single()
        .expect("one instant")
        .with_timezone(&Utc)
}

/// In these tables "_" stands for the no-break space, which a reader could not tell from a space.
fn shown(text: &str) -> String {
    text.replace('\u{a0}', "_")
}

#[test]
fn full_dates() {
    for (local, fr, en) in [
        (
            "2026-12-03 19:30",
            "le jeudi 3_décembre 2026, à 19_h_30",
            "Thursday, December 3, 2026, at 7:30_p.m.",
        ),
        (
            "2026-12-01 19:00",
            "le mardi 1er_décembre 2026, à 19_h",
            "Tuesday, December 1, 2026, at 7_p.m.",
        ),
        (
            "2026-12-03 09:05",
            "le jeudi 3_décembre 2026, à 9_h_05",
            "Thursday, December 3, 2026, at 9:05_a.m.",
        ),
        (
            "2026-12-02 00:00",
            "le mercredi 2_décembre 2026, à 0_h",
            "Wednesday, December 2, 2026, at midnight",
        ),
        (
            "2027-08-15 12:00",
            "le dimanche 15_août 2027, à 12_h",
            "Sunday, August 15, 2027, at noon",
        ),
        (
            "2027-02-28 00:30",
            "le dimanche 28_février 2027, à 0_h_30",
            "Sunday, February 28, 2027, at 12:30_a.m.",
        ),
    ] {
        assert_eq!(shown(&full(at(local), Toronto, FrCa)), fr);
        assert_eq!(shown(&full(at(local), Toronto, EnCa)), en);
    }
}

#[test]
fn days_long_and_short() {
    for (iso, fr, en, short_fr, short_en) in [
        (
            "2026-12-03",
            "le jeudi 3_décembre 2026",
            "Thursday, December 3, 2026",
            "jeudi 3_déc.",
            "Thursday, Dec._3",
        ),
        (
            "2027-05-01",
            "le samedi 1er_mai 2027",
            "Saturday, May 1, 2027",
            "samedi 1er_mai",
            "Saturday, May_1",
        ),
        (
            "2027-07-12",
            "le lundi 12_juillet 2027",
            "Monday, July 12, 2027",
            "lundi 12_juill.",
            "Monday, July_12",
        ),
        (
            "2027-04-30",
            "le vendredi 30_avril 2027",
            "Friday, April 30, 2027",
            "vendredi 30_avr.",
            "Friday, April_30",
        ),
    ] {
        assert_eq!(shown(&day(date(iso), FrCa)), fr);
        assert_eq!(shown(&day(date(iso), EnCa)), en);
        assert_eq!(shown(&short_day(date(iso), FrCa)), short_fr);
        assert_eq!(shown(&short_day(date(iso), EnCa)), short_en);
    }
}

#[test]
fn times() {
    for (hour, minute, fr, en) in [
        (19, 0, "19_h", "7_p.m."),
        (19, 30, "19_h_30", "7:30_p.m."),
        (9, 5, "9_h_05", "9:05_a.m."),
        (12, 0, "12_h", "noon"),
        (12, 30, "12_h_30", "12:30_p.m."),
        (0, 0, "0_h", "midnight"),
        (0, 1, "0_h_01", "12:01_a.m."),
        (23, 59, "23_h_59", "11:59_p.m."),
    ] {
        let clock = NaiveTime::from_hms_opt(hour, minute, 0).expect("a time");
        assert_eq!(shown(&time(clock, FrCa)), fr);
        assert_eq!(shown(&time(clock, EnCa)), en);
    }
}

#[test]
fn ranges() {
    for (start, end, fr, en) in [
        (
            "2026-12-03 19:00",
            "2026-12-03 21:00",
            "le jeudi 3_décembre 2026, de 19_h à 21_h",
            "Thursday, December 3, 2026, 7_p.m. to 9_p.m.",
        ),
        (
            "2026-12-03 19:30",
            "2026-12-03 21:05",
            "le jeudi 3_décembre 2026, de 19_h_30 à 21_h_05",
            "Thursday, December 3, 2026, 7:30_p.m. to 9:05_p.m.",
        ),
        (
            "2026-12-03 20:00",
            "2026-12-04 00:00",
            "le jeudi 3_décembre 2026, de 20_h à minuit",
            "Thursday, December 3, 2026, 8_p.m. to midnight",
        ),
        (
            "2026-12-31 22:00",
            "2027-01-01 01:00",
            "du jeudi 31_décembre 2026, à 22_h, au vendredi 1er_janvier 2027, à 1_h",
            "Thursday, December 31, 2026, at 10_p.m., to Friday, January 1, 2027, at 1_a.m.",
        ),
    ] {
        assert_eq!(shown(&range(at(start), at(end), Toronto, FrCa)), fr);
        assert_eq!(shown(&range(at(start), at(end), Toronto, EnCa)), en);
    }
}

#[test]
fn weeks_and_days() {
    for (any, fr, en) in [
        (
            "2026-11-09",
            "semaine du 9 au 15_novembre 2026",
            "week of November 9 to 15, 2026",
        ),
        (
            "2026-11-15",
            "semaine du 9 au 15_novembre 2026",
            "week of November 9 to 15, 2026",
        ),
        (
            "2026-12-02",
            "semaine du 30_novembre au 6_décembre 2026",
            "week of November 30 to December 6, 2026",
        ),
        (
            "2027-02-03",
            "semaine du 1er au 7_février 2027",
            "week of February 1 to 7, 2027",
        ),
        (
            "2027-01-01",
            "semaine du 28_décembre 2026 au 3_janvier 2027",
            "week of December 28, 2026, to January 3, 2027",
        ),
    ] {
        assert_eq!(shown(&week(date(any), FrCa)), fr);
        assert_eq!(shown(&week(date(any), EnCa)), en);
    }
    assert_eq!(
        shown(&days(date("2026-11-01"), date("2026-12-01"), FrCa)),
        "du 1er_novembre au 1er_décembre 2026"
    );
    assert!(!week(NaiveDate::MAX, FrCa).is_empty() && !week(NaiveDate::MIN, EnCa).is_empty());
}

#[test]
fn numbers() {
    for (value, fr, en) in [
        (0, "0", "0"),
        (999, "999", "999"),
        (1800, "1_800", "1,800"),
        (12_345, "12_345", "12,345"),
        (1_800_000, "1_800_000", "1,800,000"),
        (-1_234, "-1_234", "-1,234"),
        (
            i64::MIN,
            "-9_223_372_036_854_775_808",
            "-9,223,372,036,854,775,808",
        ),
    ] {
        assert_eq!(shown(&number(value, FrCa)), fr);
        assert_eq!(shown(&number(value, EnCa)), en);
    }
    for (value, places, fr, en) in [
        (12_345.6, 1, "12_345,6", "12,345.6"),
        (0.5, 2, "0,50", "0.50"),
        (-0.01, 1, "0,0", "0.0"),
        (-2.5, 1, "-2,5", "-2.5"),
        (999.96, 1, "1_000,0", "1,000.0"),
        (1234.0, 0, "1_234", "1,234"),
        (f64::NAN, 1, "–", "–"),
        (f64::INFINITY, 1, "–", "–"),
    ] {
        assert_eq!(shown(&decimal(value, places, FrCa)), fr);
        assert_eq!(shown(&decimal(value, places, EnCa)), en);
    }
    for (value, places, fr, en) in [
        (45.0, 0, "45_%", "45%"),
        (12.5, 1, "12,5_%", "12.5%"),
        (100.0, 0, "100_%", "100%"),
    ] {
        assert_eq!(shown(&percent(value, places, FrCa)), fr);
        assert_eq!(shown(&percent(value, places, EnCa)), en);
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(minutes in 1_i64..4 * 365 * 24 * 60, length in 1_i64..8 * 60) {
        let now = at("2026-11-23 12:00");
        let start = now + chrono::TimeDelta::minutes(minutes);
        let end = start + chrono::TimeDelta::minutes(length);
        for language in [FrCa, EnCa] {
            let text = full(start, Toronto, language);
            match when::parse(&text, now, Toronto) {
                Err(when::WhenError::TimeTwice { first, second }) => {
                    prop_assert!(first == start || second == start);
                }
                // "at midnight" is refused from people, for good reason.
                Err(when::WhenError::MidnightUnclear) => prop_assert!(text.ends_with("midnight")),
                read => prop_assert_eq!(read, Ok(when::When { start, end: None }), "{}", text),
            }
            let text = range(start, end, Toronto, language);
            let same_day = !text.contains("du ") && !text.contains(", to ");
                match when::parse(&text, now, Toronto) {
                    // What is read is one day, and not the hour that happens twice.
                    Err(when::WhenError::TimeTwice { .. }) => {}
                    Err(when::WhenError::MidnightUnclear) => {
                        prop_assert!(text.contains("midnight to"));
                    }
                    Err(when::WhenError::SeveralDates) => prop_assert!(!same_day, "{}", text),
                    read => {
                        prop_assert_eq!(read, Ok(when::When { start, end: Some(end) }), "{}", text);
                    }
                }
                let date = start.with_timezone(&Toronto).date_naive();
            prop_assert_eq!(when::parse_date(&day(date, language), now, Toronto), Ok(date));
        }
    }
}
