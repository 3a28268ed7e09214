//! Phrases and what they mean, as seen from Monday 23 November 2026, 12:00 in Québec.

mod phrases;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::America::Toronto;
use proptest::prelude::*;

use phrases::PHRASES;

use super::{When, WhenError, parse, parse_date, parse_duration};

fn at(local: &str) -> DateTime<Utc> {
    let naive =
        chrono::NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").expect("a date in a test");
    Toronto
        .from_local_datetime(&naive)
        .single()
        .expect("one instant")
        .with_timezone(&Utc)
}

fn now() -> DateTime<Utc> {
    at("2026-11-23 12:00")
}

fn show(read: &Result<When, WhenError>) -> String {
    let local = |at: DateTime<Utc>| {
        at.with_timezone(&Toronto)
            .format("%Y-%m-%d %H:%M")
            .to_string()
    };
    match read {
        Ok(When { start, end: None }) => local(*start),
        Ok(When {
            start,
            end: Some(end),
        }) => format!("{} / {}", local(*start), local(*end)),
        Err(error) => error.key().to_owned(),
    }
}

/// Fails with every phrase that is misread, not only the first.
fn check(wrong: &[String]) {
    assert!(wrong.is_empty(), "misread:\n{}", wrong.join("\n"));
}

#[test]
fn phrases_mean_what_people_mean() {
    assert!(PHRASES.len() >= 150);
    let wrong: Vec<String> = PHRASES
        .iter()
        .filter_map(|(phrase, wanted)| {
            let read = parse(phrase, now(), Toronto);
            let shown = show(&read);
            (shown != *wanted)
                .then(|| format!("{phrase:?}: {shown} ({read:?}) instead of {wanted}"))
        })
        .collect();
    check(&wrong);
}

/// Seen from other moments: (now, phrase, meaning).
const FROM_ELSEWHEN: &[(&str, &str, &str)] = &[
    ("2026-11-26 18:59", "jeudi 19h", "2026-11-26 19:00"),
    ("2026-11-26 19:00", "jeudi 19h", "2026-12-03 19:00"),
    ("2026-11-26 18:59", "jeudi prochain 19h", "2026-12-03 19:00"),
    ("2026-11-27 09:00", "jeudi prochain 19h", "2026-12-03 19:00"),
    ("2026-11-29 09:00", "lundi prochain 19h", "2026-11-30 19:00"),
    ("2026-11-29 09:00", "next Sunday 7pm", "2026-12-06 19:00"),
    ("2026-12-31 23:30", "demain 9 h", "2027-01-01 09:00"),
    ("2026-12-31 23:30", "3 janvier 9 h", "2027-01-03 09:00"),
    (
        "2027-01-31 12:00",
        "dans un mois à midi",
        "2027-02-28 12:00",
    ),
    ("2027-03-13 12:00", "demain 2 h 30", "when-nonexistent-time"),
    ("2027-03-13 12:00", "dans 1 jour à midi", "2027-03-14 12:00"),
    ("2027-03-13 12:00", "dans 24 heures", "2027-03-14 13:00"),
    ("2027-03-01 12:00", "29 février 9 h", "when-missing-year"),
    ("2027-11-30 12:00", "29 février 9 h", "2028-02-29 09:00"),
    ("2026-11-23 20:00", "19 h", "when-missing-date"),
    ("2026-11-23 00:05", "ce soir 19 h", "2026-11-23 19:00"),
];

#[test]
fn the_same_phrase_depends_on_the_moment() {
    let wrong: Vec<String> = FROM_ELSEWHEN
        .iter()
        .filter_map(|(from, phrase, wanted)| {
            let shown = show(&parse(phrase, at(from), Toronto));
            (shown != *wanted)
                .then(|| format!("{phrase:?} from {from}: {shown} instead of {wanted}"))
        })
        .collect();
    check(&wrong);
}

#[test]
fn an_offset_tells_the_two_half_past_ones_apart() {
    for (phrase, utc) in [
        ("2027-11-07 01:30-04:00", "2027-11-07T05:30:00Z"),
        ("2027-11-07 01:30-05:00", "2027-11-07T06:30:00Z"),
        ("2027-11-07T01:30-0400", "2027-11-07T05:30:00Z"),
        ("7 novembre 2027 1 h 30 HAE", "2027-11-07T05:30:00Z"),
        ("Nov 7 2027 1:30 am EST", "2027-11-07T06:30:00Z"),
    ] {
        let read = parse(phrase, now(), Toronto).map(|when| when.start);
        assert_eq!(read, Ok(utc.parse().expect("an instant")), "{phrase}");
    }
}

#[test]
fn refusals_carry_what_the_person_needs() {
    let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).expect("a day");
    let refused = |phrase| parse(phrase, now(), Toronto).expect_err(phrase);
    assert_eq!(
        refused("jeudi 4 décembre 19 h"),
        WhenError::WeekdayMismatch {
            said: chrono::Weekday::Thu,
            date: day(2026, 12, 4)
        }
    );
    assert_eq!(
        refused("03/04 19 h"),
        WhenError::DayMonthUnclear {
            day_first: day(2027, 4, 3),
            month_first: day(2027, 3, 4)
        }
    );
    assert_eq!(
        refused("jeudi"),
        WhenError::MissingTime {
            date: day(2026, 11, 26)
        }
    );
    assert_eq!(
        refused("jeudi vers 19 h"),
        WhenError::NotUnderstood {
            text: "vers".into()
        }
    );
    assert_eq!(
        refused("jeudi BientÔt"),
        WhenError::NotUnderstood {
            text: "BientÔt".into()
        }
    );
    assert_eq!(
        refused("le 31/02, 19 h"),
        WhenError::InvalidDate {
            text: "31/02".into()
        }
    );
    assert_eq!(
        refused("20 novembre 19h"),
        WhenError::MissingYear {
            text: "20 novembre".into(),
            next: Some(day(2027, 11, 20))
        }
    );
    let WhenError::TimeTwice { first, second } = refused("7 novembre 2027 1h30") else {
        panic!("not twice")
    };
    assert_eq!(second - first, TimeDelta::hours(1));
    assert!(matches!(
        refused(&"é".repeat(101)),
        WhenError::NotUnderstood { .. }
    ));
}

#[test]
fn every_refusal_of_the_table_has_a_fluent_id() {
    for (phrase, _) in PHRASES {
        if let Err(error) = parse(phrase, now(), Toronto) {
            let id = error.key();
            assert!(
                id.starts_with("when-") && id.chars().all(|c| c == '-' || c.is_ascii_lowercase()),
                "{id}"
            );
        }
    }
}

#[test]
fn deadlines_are_days_without_a_time() {
    let wrong: Vec<String> = [
        ("1 juin", "2027-06-01"),
        ("1er juin", "2027-06-01"),
        ("le 1er juin 2028", "2028-06-01"),
        ("June 1st", "2027-06-01"),
        ("June 1, 2040", "2040-06-01"),
        ("2026-12-18", "2026-12-18"),
        ("18/12/2026", "2026-12-18"),
        ("vendredi", "2026-11-27"),
        ("vendredi 18 décembre", "2026-12-18"),
        ("lundi", "2026-11-30"),
        ("lundi prochain", "2026-11-30"),
        ("next Friday", "2026-12-04"),
        ("aujourd’hui", "2026-11-23"),
        ("23 novembre", "2026-11-23"),
        ("demain", "2026-11-24"),
        ("dans 2 semaines", "2026-12-07"),
        ("in 3 months", "2027-02-23"),
        ("dans 2 ans", "2028-11-23"),
        ("juin", "when-missing-day"),
        ("juin 2027", "when-missing-day"),
        ("le 15", "when-missing-month"),
        ("hier", "when-in-past"),
        ("2020-01-01", "when-in-past"),
        ("31/02", "when-invalid-date"),
        ("03/04", "when-day-month-unclear"),
        ("jeudi 18 décembre", "when-weekday-mismatch"),
        ("vendredi 19 h", "when-unexpected-time"),
        ("dans 2 heures", "when-unexpected-time"),
        ("ce soir", "when-unexpected-time"),
        ("9026-01-01", "when-too-far"),
        ("la semaine prochaine", "when-missing-date"),
        ("un jour", "when-not-understood"),
        ("", "when-empty"),
    ]
    .iter()
    .filter_map(|(phrase, wanted)| {
        let shown = match parse_date(phrase, now(), Toronto) {
            Ok(date) => date.to_string(),
            Err(error) => error.key().to_owned(),
        };
        (shown != *wanted).then(|| format!("{phrase:?}: {shown} instead of {wanted}"))
    })
    .collect();
    check(&wrong);
}

#[test]
fn durations_are_read() {
    let wrong: Vec<String> = [
        ("2 h", Ok(120)),
        ("2h", Ok(120)),
        ("2 heures", Ok(120)),
        ("90 min", Ok(90)),
        ("90 minutes", Ok(90)),
        ("1h30", Ok(90)),
        ("1 h 05", Ok(65)),
        ("1 h 30 min", Ok(90)),
        ("1\u{a0}h\u{a0}30", Ok(90)),
        ("1,5 h", Ok(90)),
        ("2.25 hours", Ok(135)),
        ("une heure et demie", Ok(90)),
        ("une demi-heure", Ok(30)),
        ("half an hour", Ok(30)),
        ("an hour", Ok(60)),
        ("3 jours", Ok(3 * 1440)),
        ("3 days", Ok(3 * 1440)),
        ("2 jours et 3 h", Ok(2 * 1440 + 180)),
        ("2 semaines", Ok(14 * 1440)),
        ("two weeks", Ok(14 * 1440)),
        ("1 week 2 days", Ok(9 * 1440)),
        ("2", Err("when-duration-not-understood")),
        ("1:30", Err("when-duration-not-understood")),
        ("2 mois", Err("when-duration-not-understood")),
        ("2 h 3 jours", Err("when-duration-not-understood")),
        ("longtemps", Err("when-duration-not-understood")),
        ("-2 h", Err("when-duration-not-understood")),
        ("0 min", Err("when-duration-out-of-range")),
        ("999999999 semaines", Err("when-duration-out-of-range")),
        ("", Err("when-empty")),
    ]
    .iter()
    .filter_map(|(phrase, wanted)| {
        let read = parse_duration(phrase).map(|length| length.num_minutes());
        let shown = read.as_ref().copied().map_err(WhenError::key);
        (shown != *wanted).then(|| format!("{phrase:?}: {shown:?} instead of {wanted:?}"))
    })
    .collect();
    check(&wrong);
}

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const DAYS: [&str; 7] = [
    "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
];

/// Pieces that make sense side by side more often than random letters do.
fn phrase_like() -> impl Strategy<Value = String> {
    let words: Vec<&'static str> = "jeudi|prochain|next|week|mar|3|31|2026|12|00|19|h|30|:|-|/|.|,|à|de|du|le|dans|in|an|heure|\
        jours|semaines|mois|ans|am|pm|p.m.|midi|minuit|soir|ce|après|matin|er|th|décembre|Mar|T|Z|+|HAE|et|demie|pendant|\
        999999999|1,5|jusqu'à|to|until|the|\u{a0}|\u{301}|’|½"
        .split('|')
        .collect();
    prop::collection::vec((prop::sample::select(words), any::<bool>()), 0..12).prop_map(|pieces| {
        pieces
            .into_iter()
            .fold(String::new(), |text, (word, space)| {
                text + word + if space { " " } else { "" }
            })
    })
}

fn any_instant() -> impl Strategy<Value = DateTime<Utc>> {
    prop_oneof![
        (1_700_000_000_i64..4_000_000_000)
            .prop_map(|s| DateTime::from_timestamp(s, 0).unwrap_or_default()),
        Just(DateTime::<Utc>::MIN_UTC),
        Just(DateTime::<Utc>::MAX_UTC),
    ]
}

fn sound(text: &str, now: DateTime<Utc>) -> Result<(), TestCaseError> {
    if let Ok(When { start, end }) = parse(text, now, Toronto) {
        prop_assert!(start > now, "{text:?} is past");
        prop_assert!(
            end.is_none_or(|end| end > start),
            "{text:?} ends before it starts"
        );
    }
    if let Ok(date) = parse_date(text, now, Toronto) {
        // The day before in UTC may be today in Québec.
        let yesterday = now.date_naive().pred_opt();
        prop_assert!(
            yesterday.is_none_or(|yesterday| date >= yesterday),
            "{text:?} is past"
        );
    }
    if let Ok(length) = parse_duration(text) {
        prop_assert!(length > TimeDelta::zero());
    }
    Ok(())
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC*") {
        sound(&text, now())?;
    }

    #[test]
    fn no_phrase_makes_it_panic_at_any_moment(text in phrase_like(), now in any_instant()) {
        sound(&text, now)?;
    }

    #[test]
    fn a_date_written_in_full_is_read_back(minutes in 1_i64..4 * 365 * 24 * 60) {
        let start = now() + TimeDelta::minutes(minutes);
        let local = start.with_timezone(&Toronto);
        let (day, month) = (DAYS[local.weekday().num_days_from_monday() as usize], MONTHS[local.month0() as usize]);
        let written = [
            format!("le {day} {} {month} {}, à {} h {:02}", local.day(), local.year(), local.hour(), local.minute()),
            local.format("%Y-%m-%d %H:%M").to_string(),
            local.format("%d/%m/%Y %Hh%M").to_string(),
            local.format("%Y-%m-%dT%H:%M:%S%:z").to_string(),
            local.to_utc().to_rfc3339(),
            local.format("%a %b %-d %Y %H:%M").to_string(),
        ];
        for text in written {
            match parse(&text, now(), Toronto) {
                Err(WhenError::TimeTwice { first, second }) => prop_assert!(first == start || second == start),
                read => prop_assert_eq!(read, Ok(When { start, end: None }), "{}", text),
            }
        }
        let date = local.date_naive();
        prop_assert_eq!(parse_date(&format!("{} {month} {}", local.day(), local.year()), now(), Toronto), Ok(date));
    }
}
