use chrono_tz::America::Toronto;
use proptest::prelude::*;

use super::*;
use crate::domain::workshop::Wish;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn series(rule: Rule, first: &str, (hour, minute): (u32, u32), zone: Tz) -> Series {
    let (first, time) = (
        day(first),
        NaiveTime::from_hms_opt(hour, minute, 0).unwrap(),
    );
    let start = at_local(first, time, zone);
    let wish = Wish {
        title: Some("Semences".to_owned()),
        when: Some((start, Some(start + Duration::hours(2)))),
        ..Wish::default()
    };
    Series {
        id: Uuid::nil(),
        collective: Uuid::nil(),
        rule,
        first,
        end: End::default(),
        time,
        zone,
        template: Draft::new(&wish).unwrap(),
        rooms: Vec::new(),
        skipped: BTreeSet::new(),
        ended_at: None,
    }
}

fn days(series: &Series, count: usize) -> Vec<String> {
    let days = series.days().into_iter().take(count);
    days.map(|day| day.to_string()).collect()
}

#[test]
fn plain_words_make_rules() {
    let weekly = series(
        Rule::every(Pace::Week, day("2026-12-01")),
        "2026-12-01",
        (19, 0),
        Toronto,
    );
    assert_eq!(days(&weekly, 3), ["2026-12-01", "2026-12-08", "2026-12-15"]);
    assert_eq!(weekly.days().len(), MOST, "it ends by itself");
    assert_eq!(weekly.rule.rhythm(), Rhythm::Weeks(1, vec![Weekday::Tue]));
    let other = series(
        Rule::every(Pace::TwoWeeks, day("2026-12-01")),
        "2026-12-01",
        (19, 0),
        Toronto,
    );
    assert_eq!(days(&other, 3), ["2026-12-01", "2026-12-15", "2026-12-29"]);
    let third = series(
        Rule::every(Pace::Month, day("2026-12-15")),
        "2026-12-15",
        (19, 0),
        Toronto,
    );
    assert_eq!(days(&third, 3), ["2026-12-15", "2027-01-19", "2027-02-16"]);
    assert_eq!(third.days().len(), 24, "two years");
    assert_eq!(third.rule.rhythm(), Rhythm::Months(1, 3, Weekday::Tue));
    let last = series(
        Rule::every(Pace::Month, day("2026-12-29")),
        "2026-12-29",
        (19, 0),
        Toronto,
    );
    assert_eq!(days(&last, 3), ["2026-12-29", "2027-01-26", "2027-02-23"]);
}

#[test]
fn rules_are_read_with_their_end_and_refused_where_they_say_an_hour_or_too_much() {
    let read = |text: &str| Rule::read(text, day("2026-12-01"), Toronto);
    let (rule, end) = read("rrule:freq=weekly;byday=tu,th;count=5;").unwrap();
    assert_eq!(rule.to_string(), "FREQ=WEEKLY;BYDAY=TU,TH");
    assert_eq!((end.times, end.until), (Some(5), None));
    assert_eq!(
        rule.rhythm(),
        Rhythm::Weeks(1, vec![Weekday::Tue, Weekday::Thu])
    );
    assert_eq!(
        read("FREQ=WEEKLY").unwrap().0,
        Rule::every(Pace::Week, day("2026-12-01"))
    );
    for (until, last) in [
        ("20261231", "2026-12-31"),
        ("20261231T190000", "2026-12-31"),
        // Still the evening before in Québec.
        ("20270101T000000Z", "2026-12-31"),
    ] {
        let (_, end) = read(&format!("FREQ=DAILY;UNTIL={until}")).unwrap();
        assert_eq!(end.until, Some(day(last)), "{until}");
    }
    for wrong in [
        "",
        "mardi",
        "BYDAY=TU",
        "FREQ=HOURLY",
        "FREQ=MINUTELY;INTERVAL=1440",
        "FREQ=SECONDLY",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYHOUR=7,19",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;COUNT=-1",
        "FREQ=WEEKLY;UNTIL=demain",
        "FREQ=WEEKLY\nDTSTART:20200101",
        "FREQ=YEARLY;BYEASTER=0",
    ] {
        assert_eq!(read(wrong), Err(BadRule), "{wrong:?}");
    }
}

#[test]
fn a_rule_that_never_comes_ends_and_an_end_is_kept() {
    let (never, _) = Rule::read(
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        day("2026-12-01"),
        Toronto,
    )
    .unwrap();
    let mut one = series(never, "2026-12-01", (19, 0), Toronto);
    assert_eq!(days(&one, 9), ["2026-12-01"]);
    one.rule = Rule::every(Pace::Week, one.first);
    one.end.times = Some(3);
    assert_eq!(days(&one, 9), ["2026-12-01", "2026-12-08", "2026-12-15"]);
    one.end.until = Some(day("2026-12-08"));
    assert_eq!(days(&one, 9), ["2026-12-01", "2026-12-08"]);
    one.end.until = Some(day("2020-01-01"));
    assert_eq!(days(&one, 9), ["2026-12-01"]);
    // The first workshop need not stand on a day of the rule.
    let (rule, _) = Rule::read("FREQ=WEEKLY;BYDAY=TH", day("2026-12-01"), Toronto).unwrap();
    one = series(rule, "2026-12-01", (19, 0), Toronto);
    assert_eq!(days(&one, 3), ["2026-12-01", "2026-12-03", "2026-12-10"]);
}

#[test]
fn seven_in_the_evening_stays_seven_and_a_start_in_the_gap_waits_for_the_clocks() {
    let utc = |series: &Series, text: &str| series.start(day(text)).to_string();
    let rule = || Rule::every(Pace::Week, day("2026-10-25"));
    let evening = series(rule(), "2026-10-25", (19, 0), Toronto);
    assert_eq!(utc(&evening, "2026-10-25"), "2026-10-25 23:00:00 UTC");
    assert_eq!(utc(&evening, "2026-11-01"), "2026-11-02 00:00:00 UTC");
    assert_eq!(utc(&evening, "2027-03-07"), "2027-03-08 00:00:00 UTC");
    assert_eq!(utc(&evening, "2027-03-14"), "2027-03-14 23:00:00 UTC");
    let night = series(rule(), "2026-10-25", (2, 30), Toronto);
    assert_eq!(utc(&night, "2027-03-14"), "2027-03-14 07:00:00 UTC", "3:00");
    assert_eq!(utc(&night, "2027-03-21"), "2027-03-21 06:30:00 UTC");
    let twice = series(rule(), "2026-10-25", (1, 30), Toronto);
    assert_eq!(
        utc(&twice, "2026-11-01"),
        "2026-11-01 05:30:00 UTC",
        "the first of the two"
    );
}

#[test]
fn the_next_one_is_announced_when_the_one_before_is_over_or_three_days_before() {
    let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    let start = at("2026-12-08T19:00:00Z");
    let over = at("2026-12-01T21:00:00Z");
    assert_eq!(Series::announced_at(over, start), over);
    let late = at("2026-12-07T21:00:00Z");
    assert_eq!(
        Series::announced_at(late, start),
        at("2026-12-05T19:00:00Z")
    );
}

fn rules() -> impl Strategy<Value = String> {
    let days = proptest::sample::subsequence(vec!["MO", "TU", "WE", "TH", "FR", "SA", "SU"], 1..4);
    let weekly = (1..4u16, days)
        .prop_map(|(every, days)| format!("FREQ=WEEKLY;INTERVAL={every};BYDAY={}", days.join(",")));
    let monthly = (-4..=4i8, proptest::sample::select(vec!["MO", "WE", "SU"]))
        .prop_filter("a number", |(nth, _)| *nth != 0)
        .prop_map(|(nth, day)| format!("FREQ=MONTHLY;BYDAY={nth}{day}"));
    let dates = (1..=31i8, 1..=12u8)
        .prop_map(|(date, month)| format!("FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={date}"));
    let positions = (1..=4i8).prop_map(|at| format!("FREQ=MONTHLY;BYDAY=MO,TU,FR;BYSETPOS=-{at}"));
    let daily = (1..9u16).prop_map(|every| format!("FREQ=DAILY;INTERVAL={every}"));
    prop_oneof![weekly, monthly, dates, positions, daily]
}

proptest! {
    #[test]
    fn every_start_is_at_the_wanted_hour_in_order_none_twice_none_skipped(
        rule in rules(),
        from in 0..1_500i64,
        minute in 0..(24 * 60u32),
        zone in proptest::sample::select(vec![
            Toronto, Tz::Europe__Paris, Tz::Australia__Lord_Howe, Tz::America__St_Johns, Tz::UTC,
            Tz::Africa__Cairo, Tz::Asia__Kolkata,
        ]),
        times in proptest::option::of(1..20usize),
        skips in proptest::collection::btree_set(0..20usize, 0..5),
    ) {
        let first = day("2025-01-01") + Duration::days(from);
        let (rule, _) = Rule::read(&rule, first, zone).unwrap();
        let mut series = series(rule, &first.to_string(), (minute / 60, minute % 60), zone);
        series.end.times = times;
        let all = series.days();
        prop_assert!(!all.is_empty() && all.len() <= times.unwrap_or(MOST));
        prop_assert_eq!(all[0], first);
        series.skipped = all.iter().enumerate()
            .filter(|(at, _)| skips.contains(at)).map(|(_, day)| *day).collect();
        // Walks through the series as the bot does.
        let (mut walked, mut after) = (Vec::new(), first - Duration::days(1));
        while let Some(next) = series.next(after, DateTime::UNIX_EPOCH) {
            walked.push(next);
            after = next;
        }
        let wanted: Vec<_> = all.iter().copied().filter(|day| !series.skipped.contains(day)).collect();
        prop_assert_eq!(&walked, &wanted);
        let mut before = DateTime::UNIX_EPOCH;
        for day in all {
            let draft = series.draft_on(day, DateTime::UNIX_EPOCH);
            prop_assert!(draft.starts_at > before, "in order");
            before = draft.starts_at;
            let shown = draft.starts_at.with_timezone(&zone).naive_local();
            let wanted = day.and_time(series.time);
            if zone.from_local_datetime(&wanted).earliest().is_some() {
                prop_assert_eq!(shown, wanted);
            } else {
                // In the gap: as soon as clocks have gone on.
                prop_assert!(shown > wanted && shown - wanted <= Duration::hours(1), "{shown} for {wanted}");
                let just_before = draft.starts_at - Duration::minutes(1);
                prop_assert!(just_before.with_timezone(&zone).naive_local() < wanted);
            }
            prop_assert_eq!(draft.over_at() - draft.starts_at, Duration::hours(2));
        }
    }
}
