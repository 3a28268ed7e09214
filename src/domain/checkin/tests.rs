use chrono::{TimeZone as _, Timelike as _};
use chrono_tz::America::{Toronto, Vancouver};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Noon in Québec on that day.
fn noon(text: &str) -> DateTime<Utc> {
    let noon = day(text).and_hms_opt(12, 0, 0).unwrap();
    Toronto.from_local_datetime(&noon).unwrap().to_utc()
}

fn held(person: u128, number: i64, day: Option<NaiveDate>, heard: &str) -> Held {
    Held {
        person: Uuid::from_u128(person),
        written_at: None,
        on_its_way: false,
        commitment: Uuid::from_u128(u128::from(number.unsigned_abs())),
        collective: Uuid::nil(),
        number,
        day,
        news: News {
            heard_at: noon(heard),
            asked_at: None,
            unanswered: 0,
        },
    }
}

#[test]
fn an_answer_is_read_by_its_number() {
    for (typed, read) in [
        ("1", Some((Answer::Goes(CheckIn::Done), ""))),
        (" 3. ", Some((Answer::Hand, ""))),
        ("4", Some((Answer::NewDate, ""))),
        ("4) 15 janvier", Some((Answer::NewDate, "15 janvier"))),
        ("5", Some((Answer::PassOn, ""))),
        ("0", None),
        ("6", None),
        ("1 4", None),
        ("4a", None),
        ("", None),
        ("99999999999999999999999", None),
    ] {
        assert_eq!(Answer::numbered(typed), read, "{typed:?}");
    }
    for (answer, name) in Answer::ALL.into_iter().zip(Answer::NAMES) {
        assert_eq!(
            (answer.name(), Answer::from_name(name)),
            (name, Some(answer))
        );
    }
}

#[test]
fn a_commitment_is_due_before_its_day_and_while_it_is_open_but_not_just_after_news() {
    let december = Some(day("2026-12-18"));
    for (of, heard, at, is_due) in [
        (december, "2026-11-01", "2026-12-03", false),
        (december, "2026-11-01", "2026-12-04", true),
        (december, "2026-11-01", "2027-06-01", true),
        (december, "2026-12-02", "2026-12-08", false),
        (december, "2026-12-02", "2026-12-09", true),
        (None, "2026-11-01", "2026-11-28", false),
        (None, "2026-11-01", "2026-11-29", true),
    ] {
        let one = held(1, 1, of, heard);
        assert_eq!(one.is_due(day(at), noon(at)), is_due, "{of:?} {heard} {at}");
        let mut tired = one;
        tired.news.unanswered = ENOUGH;
        assert!(!tired.is_due(day(at), noon(at)));
    }
}

#[test]
fn the_first_to_fall_due_is_asked_about_and_each_collective_has_its_turn() {
    let now = noon("2026-12-10");
    let later = held(1, 1, Some(day("2026-12-20")), "2026-11-01");
    let mut first = held(1, 2, Some(day("2026-12-15")), "2026-11-01");
    let mut elsewhere = held(1, 3, Some(day("2026-12-12")), "2026-11-01");
    elsewhere.collective = Uuid::from_u128(9);
    let bob = held(2, 4, Some(day("2026-12-12")), "2026-12-08");
    let ask = |held: &[Held], of: u128| round(held, Uuid::from_u128(of), Toronto, now);
    let asked = |held: &Held| vec![(held.person, held.commitment)];
    assert_eq!(ask(&[later, first, bob], 0), asked(&first));
    // Both never asked: the one whose day comes first.
    assert_eq!(ask(&[later, first, elsewhere], 0), []);
    assert_eq!(ask(&[later, first, elsewhere], 9), asked(&elsewhere));
    // The other collective asked not long ago: it waits its turn.
    elsewhere.news.asked_at = Some(noon("2026-11-20"));
    assert_eq!(ask(&[later, first, elsewhere], 9), []);
    assert_eq!(ask(&[later, first, elsewhere], 0), asked(&first));
    first.on_its_way = true;
    assert_eq!(ask(&[first], 0), []);
}

#[test]
fn there_is_no_news_two_days_after_a_question_until_something_is_heard() {
    let mut news = held(1, 1, None, "2026-11-01").news;
    assert!(!news.is_missing(noon("2027-01-01")), "nobody asked");
    (news.asked_at, news.unanswered) = (Some(noon("2026-12-01")), 1);
    assert!(!news.is_missing(noon("2026-12-03") - Duration::seconds(1)));
    assert!(news.is_missing(noon("2026-12-03")));
    news.unanswered = 0;
    assert!(!news.is_missing(noon("2026-12-05")));
}

/// What the simulation keeps of a person.
#[derive(Clone, Default)]
struct Somebody {
    wants: bool,
    written: Vec<DateTime<Utc>>,
    /// A message that is on its way: about what, and in which of the two collectives.
    waiting: Option<(usize, usize)>,
    commitments: Vec<usize>,
}

/// Two years, hour by hour: a thousand people in two collectives take commitments, answer or not, put off, keep, stop and
/// want reminders again; a network or the bot is down now and then, and once for three weeks.
#[test]
fn in_two_years_nobody_is_written_to_twice_in_two_weeks_or_at_night() {
    const PEOPLE: usize = 1_000;
    let zones = [Toronto, Vancouver];
    let collectives = [Uuid::from_u128(1), Uuid::from_u128(2)];
    let mut rng = StdRng::seed_from_u64(5);
    let mut people = vec![Somebody::default(); PEOPLE];
    people
        .iter_mut()
        .for_each(|one| one.wants = rng.random_bool(0.7));
    let mut all: Vec<(Held, bool)> = Vec::new();
    let start = noon("2026-11-24");
    let mut rounds = zones.map(|zone| next_round(start, zone));
    let long_stop = (start + Duration::days(200), start + Duration::days(221));
    let (mut down_until, mut asked_more_than_enough) = (start, 0);
    for hour in 0..24 * 730 {
        let now = start + Duration::hours(hour) + Duration::seconds(rng.random_range(0..3600));
        let today = now.date_naive();
        // People act.
        for _ in 0..3 {
            let who = rng.random_range(0..PEOPLE);
            let one = &mut people[who];
            if rng.random_bool(0.02) {
                one.wants = !one.wants;
            }
            let open: Vec<usize> = one
                .commitments
                .iter()
                .copied()
                .filter(|at| all[*at].1)
                .collect();
            match open.first() {
                Some(at) if !rng.random_bool(0.3) => {
                    let (held, open) = &mut all[*at];
                    (held.news.heard_at, held.news.unanswered) = (now, 0);
                    match rng.random_range(0..4) {
                        0 => *open = false,
                        1 => held.day = Some(today + Duration::days(rng.random_range(1..120))),
                        _ => {}
                    }
                }
                _ => {
                    let due = today + Duration::days(rng.random_range(1..200));
                    let number = i64::try_from(all.len()).unwrap();
                    let collective = collectives[usize::from(rng.random_bool(0.2))];
                    one.commitments.push(all.len());
                    all.push((
                        Held {
                            person: Uuid::from_u128(who as u128),
                            written_at: None,
                            on_its_way: false,
                            commitment: Uuid::from_u128(all.len() as u128),
                            collective,
                            number,
                            day: rng.random_bool(0.7).then_some(due),
                            news: News {
                                heard_at: now,
                                asked_at: None,
                                unanswered: 0,
                            },
                        },
                        true,
                    ));
                }
            }
        }
        if rng.random_bool(0.002) {
            down_until = now + Duration::hours(rng.random_range(1..60));
        }
        if now < down_until || (long_stop.0..long_stop.1).contains(&now) {
            continue;
        }
        let own = |all: &[(Held, bool)], one: &Somebody| -> Vec<Held> {
            let open = one.commitments.iter().filter(|at| all[**at].1);
            open.map(|at| Held {
                written_at: one.written.last().copied(),
                on_its_way: one.waiting.is_some(),
                ..all[*at].0
            })
            .collect()
        };
        // What falls due, at any hour if it is late.
        for (which, zone) in zones.into_iter().enumerate() {
            if now < rounds[which] {
                continue;
            }
            rounds[which] = next_round(now, zone);
            let held: Vec<Held> = people.iter().flat_map(|one| own(&all, one)).collect();
            for (person, commitment) in round(&held, collectives[which], zone, now) {
                let one = &mut people[usize::try_from(person.as_u128()).unwrap()];
                if one.wants {
                    one.waiting = Some((usize::try_from(commitment.as_u128()).unwrap(), which));
                }
            }
        }
        // What waits to go; a network may be slow.
        for one in &mut people {
            let Some((about, which)) = one.waiting.filter(|_| rng.random_bool(0.9)) else {
                continue;
            };
            let mut held = own(&all, one);
            held.retain(|held| held.collective == collectives[which]);
            let goes = match moment(&held, Uuid::from_u128(about as u128), zones[which], now) {
                Moment::Later(_) => continue,
                Moment::Never => false,
                Moment::Now => one.wants,
            };
            one.waiting = None;
            if goes {
                for asked in due(&held, zones[which], now) {
                    let at = usize::try_from(asked.commitment.as_u128()).unwrap();
                    let news = &mut all[at].0.news;
                    news.asked_at = Some(now);
                    news.unanswered += 1;
                    asked_more_than_enough += usize::from(news.unanswered > ENOUGH);
                }
                let local = now.with_timezone(&zones[which]).hour();
                assert!((8..21).contains(&local), "written to at {local} h");
                if let Some(last) = one.written.last() {
                    assert!(now - *last >= Duration::days(14), "{last} and {now}");
                }
                one.written.push(now);
            }
        }
    }
    let written: usize = people.iter().map(|one| one.written.len()).sum();
    assert!(written > 5_000, "{written} messages are too few to tell");
    assert_eq!(asked_more_than_enough, 0);
    let back = people.iter().flat_map(|one| &one.written);
    let back = back.filter(|at| (long_stop.1..long_stop.1 + Duration::days(1)).contains(at));
    assert!(
        (10..=PEOPLE).contains(&back.count()),
        "once each, after the long stop"
    );
}
