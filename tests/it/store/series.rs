//! Series through the use cases, on both databases: time passes in leaps, the bot is down now and then, deadlines run twice,
//! days are skipped; every occurrence is announced exactly once.

use std::collections::{BTreeMap, BTreeSet};

use cercles::domain::actor::{Actor, Role};
use cercles::domain::card::View;
use cercles::domain::network::NetworkKind::Discord;
use cercles::domain::series::{End, LEAD, Pace, RepeatWish, Rule, Series};
use cercles::domain::workshop::{Status, Wish, Workshop};
use cercles::service::{Refusal, ServiceError, deadlines, workshops};
use cercles::store::{Db, cards, series};
use chrono::{DateTime, Duration, DurationRound as _, NaiveDate, Utc};
use futures::FutureExt as _;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use uuid::Uuid;

use super::acts::{add_workshop, draft};
use super::waitlist::{done, place, somebody};
use super::{at, collective, id};

on_both!(
    a_series_is_kept_with_its_days_and_its_workshops,
    random_times_and_restarts_announce_every_occurrence_once,
    all_of_a_series_are_edited_or_called_off_from_one_on,
);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

async fn a_series_is_kept_with_its_days_and_its_workshops(db: Db) {
    let one = collective(&db, "a").await;
    let first = day("2026-12-01");
    let room = id();
    let mut kept = Series {
        id: id(),
        collective: one.id,
        rule: Rule::every(Pace::Week, first),
        first,
        end: End::default(),
        time: chrono::NaiveTime::from_hms_opt(19, 30, 0).unwrap(),
        zone: one.zone,
        template: draft(0),
        rooms: vec![room],
        skipped: BTreeSet::new(),
        ended_at: None,
    };
    let stored_as = async |made: Uuid| look!(db, [], |tx| series::get(tx, made).await);
    commit!(db, [kept], |tx| series::put(tx, &kept).await);
    assert_eq!(stored_as(kept.id).await, Some(kept.clone()));
    assert_eq!(stored_as(room).await, None);
    kept.rule = Rule::every(Pace::Month, first);
    kept.first = day("2026-12-08");
    kept.end = End {
        times: Some(7),
        until: Some(day("2027-06-30")),
    };
    kept.time = chrono::NaiveTime::MIN;
    kept.template = draft(60);
    kept.rooms = Vec::new();
    kept.ended_at = Some(at(9));
    commit!(db, [kept], |tx| series::put(tx, &kept).await);
    let (made, left_out) = (kept.id, day("2026-12-22"));
    for new in [true, false] {
        let skipped = commit!(db, [], |tx| series::skip(tx, made, left_out).await);
        assert_eq!(skipped, new);
    }
    kept.skipped.insert(left_out);
    assert_eq!(stored_as(made).await, Some(kept.clone()));

    let second = add_workshop(&db, one.id, 1, &draft(500)).await;
    let alone = add_workshop(&db, one.id, 2, &draft(100)).await;
    let earlier = add_workshop(&db, one.id, 3, &draft(900)).await;
    commit!(db, [], |tx| {
        series::join(tx, made, day("2026-12-08"), second).await?;
        series::join(tx, made, day("2026-12-01"), earlier).await
    });
    let all: Vec<Workshop> = look!(db, [], |tx| cercles::store::workshops::of_series(tx, made)
        .await);
    let ids: Vec<Uuid> = all.iter().map(|one| one.id).collect();
    assert_eq!(ids, [earlier, second], "by their days, even if moved");
    let slot = all[0].slot.clone().unwrap();
    assert_eq!((slot.series, slot.day), (made, day("2026-12-01")));
    assert_eq!((slot.rule, slot.time), (kept.rule.clone(), kept.time));
    let taken = db
        .write::<_, cercles::store::StoreError, _>(move |tx| {
            async move { series::join(tx, made, day("2026-12-08"), alone).await }.boxed()
        })
        .await;
    assert!(taken.is_err(), "a day has one workshop");
}

async fn of(db: &Db, series: Uuid) -> Vec<Workshop> {
    look!(db, [], |tx| cercles::store::workshops::of_series(
        tx, series
    )
    .await)
}

/// A workshop at `start` that comes again.
async fn begin(
    db: &Db,
    organizer: &Actor,
    start: DateTime<Utc>,
    wish: RepeatWish,
    now: DateTime<Utc>,
) -> workshops::Plan {
    let first = Wish {
        title: Some("Semences".to_owned()),
        when: Some((start, Some(start + Duration::hours(3)))),
        closes_at: Some(start - Duration::hours(1)),
        ..Wish::default()
    };
    done!(db, [organizer, wish, first], |tx| {
        let made = workshops::announce(tx, &organizer, &first, now).await?;
        workshops::repeat(tx, &organizer, made.number, &wish, now).await
    })
    .unwrap()
}

/// Runs what is due as the scheduler does; now and then twice at once, as two processes would.
async fn run_due(db: &Db, rng: &mut StdRng, now: DateTime<Utc>) {
    loop {
        let due = look!(db, [], |tx| cercles::store::deadlines::due(tx, now, 20)
            .await);
        if due.is_empty() {
            return;
        }
        for due in due {
            let run = || async { done!(db, [due], |tx| deadlines::run(tx, &due, now).await) };
            if rng.random_bool(0.3) {
                let (one, other) = futures::join!(run(), run());
                one.unwrap();
                other.unwrap();
            } else {
                run().await.unwrap();
            }
        }
    }
}

async fn random_times_and_restarts_announce_every_occurrence_once(db: Db) {
    let place = place(&db).await;
    let organizer = somebody(&db, &place, Discord, "1", Role::Organizer).await;
    for seed in 0..8 {
        let mut rng = StdRng::seed_from_u64(seed);
        let rules = [
            "FREQ=DAILY",
            "FREQ=DAILY;INTERVAL=2",
            "FREQ=WEEKLY;BYDAY=MO,TH,SA",
            "FREQ=WEEKLY",
            "FREQ=MONTHLY;BYDAY=2TU,-1FR",
        ];
        let wish = RepeatWish {
            rule: Some(rules[rng.random_range(0..rules.len())].to_owned()),
            times: Some(rng.random_range(3..9)),
            ..RepeatWish::default()
        };
        let mut now = at(0) + Duration::days(400 * i64::try_from(seed).unwrap());
        let start = now + Duration::hours(rng.random_range(1..90));
        let start = start.duration_trunc(Duration::minutes(1)).unwrap();
        let plan = begin(&db, &organizer, start, wish, now).await;
        let (made, number) = (plan.series.id, plan.workshop.number);
        let days = plan.series.days();
        let mut runs = vec![now];
        let mut skipped = BTreeSet::new();
        while look!(db, [], |tx| series::get(tx, made).await)
            .unwrap()
            .ended_at
            .is_none()
        {
            // Now and then the bot is down for days.
            let hours = if rng.random_bool(0.1) { 30..400 } else { 1..40 };
            now += Duration::hours(rng.random_range(hours));
            assert!(now < start + Duration::days(400), "the series never ends");
            if rng.random_bool(0.1) {
                let day = days[rng.random_range(0..days.len())];
                let result = done!(db, [organizer], |tx| {
                    workshops::skip(tx, &organizer, number, day, now).await
                });
                match result {
                    Ok(_) => {
                        skipped.insert(day);
                        runs.push(now);
                    }
                    Err(ServiceError::Refused(_)) => {}
                    Err(error) => panic!("{error}"),
                }
            }
            run_due(&db, &mut rng, now).await;
            runs.push(now);
        }
        let mut announced: BTreeMap<NaiveDate, usize> = BTreeMap::new();
        for one in of(&db, made).await {
            let slot = one.slot.clone().unwrap();
            *announced.entry(slot.day).or_default() += 1;
            let at = one.announced_at.unwrap();
            assert!(at < one.draft.starts_at, "{seed}: announced in time");
            assert_eq!(one.draft.starts_at, plan.series.start(slot.day), "{seed}");
            let wanted = if skipped.contains(&slot.day) {
                Status::Cancelled
            } else {
                Status::Held
            };
            assert_eq!(one.status, wanted, "{seed}: {}", slot.day);
        }
        let last = of(&db, made).await.pop().unwrap().id;
        let told = commit!(db, [], |tx| cards::raise(tx, last, View::SeriesEnds).await);
        assert_eq!(told, 1, "{seed}: organizers are told once that it ended");
        assert!(
            announced.values().all(|times| *times == 1),
            "{seed}: {announced:?}"
        );
        for day in &days {
            let start = plan.series.start(*day);
            let was_up = runs.iter().any(|run| (start - LEAD..start).contains(run));
            if was_up && !skipped.contains(day) {
                assert!(
                    announced.contains_key(day),
                    "{seed}: {day} was never announced"
                );
            }
        }
        assert!(announced.keys().all(|day| days.contains(day)), "{seed}");
    }
}

async fn all_of_a_series_are_edited_or_called_off_from_one_on(db: Db) {
    let place = place(&db).await;
    let organizer = somebody(&db, &place, Discord, "1", Role::Organizer).await;
    let zone = place.zone;
    let local = |one: &Workshop| {
        one.draft
            .starts_at
            .with_timezone(&zone)
            .naive_local()
            .to_string()
    };
    let start = day("2026-12-07")
        .and_hms_opt(19, 0, 0)
        .unwrap()
        .and_local_timezone(zone)
        .unwrap()
        .to_utc();
    let now = start - Duration::days(2);
    let daily = RepeatWish {
        rule: Some("FREQ=DAILY;COUNT=9".to_owned()),
        ..RepeatWish::default()
    };
    // Three days ahead: two are announced, the rest waits.
    let plan = begin(&db, &organizer, start, daily, now).await;
    let made = plan.series.id;
    assert_eq!(of(&db, made).await.len(), 2, "{plan:?}");

    // Another hour for all: dates stay, each as long, answers close an hour before; other days are refused.
    let edit = async |number: i64, wish: Wish| {
        done!(db, [organizer, wish], |tx| {
            workshops::edit_all(tx, &organizer, number, &wish, now).await
        })
    };
    let at_day = |hours: i64, length: i64| {
        let start = start + Duration::hours(hours);
        Wish {
            when: Some((start, Some(start + Duration::hours(length)))),
            ..Wish::default()
        }
    };
    let other_day = edit(1, at_day(24, 2)).await;
    assert!(
        matches!(other_day, Err(ServiceError::Refused(Refusal::SeriesDay(_)))),
        "{other_day:?}"
    );
    let wish = Wish {
        place: Some("Salle 2".to_owned()),
        ..at_day(1, 2)
    };
    let (this, count) = edit(1, wish.clone()).await.unwrap();
    assert_eq!((this.number, count), (1, 2));
    let again = edit(1, wish).await;
    assert!(
        matches!(again, Err(ServiceError::Refused(Refusal::NothingToChange))),
        "{again:?}"
    );
    let all = of(&db, made).await;
    assert_eq!(local(&all[0]), "2026-12-07 20:00:00");
    assert_eq!(local(&all[1]), "2026-12-08 20:00:00");
    for one in &all {
        assert_eq!(one.draft.place.as_deref(), Some("Salle 2"));
        assert_eq!(one.over_at() - one.draft.starts_at, Duration::hours(2));
    }

    // From the second on: the first keeps its title; those to come have the new one, and one moved alone stays there.
    let alone = at_day(24 + 2, 1);
    done!(db, [organizer, alone], |tx| {
        workshops::edit(tx, &organizer, 2, &alone, now).await
    })
    .unwrap();
    let title = Wish {
        title: Some("Graines".to_owned()),
        ..Wish::default()
    };
    assert_eq!(edit(2, title).await.unwrap().1, 1);
    let mut rng = StdRng::seed_from_u64(1);
    let later = now + Duration::hours(49);
    run_due(&db, &mut rng, later).await;
    let all = of(&db, made).await;
    let titles: Vec<&str> = all
        .iter()
        .map(|one| one.draft.title.text.as_str())
        .collect();
    assert_eq!(titles, ["Semences", "Graines", "Graines", "Graines"]);
    assert_eq!(local(&all[1]), "2026-12-08 21:00:00");
    assert_eq!(local(&all[2]), "2026-12-09 20:00:00", "as all of them");
    assert_eq!(all[2].draft.place.as_deref(), Some("Salle 2"));

    // Skipped days survive another rule; a series that is called off announces nothing more, and can go on.
    let skipped = day("2026-12-14");
    done!(db, [organizer], |tx| {
        workshops::skip(tx, &organizer, 1, skipped, later).await
    })
    .unwrap();
    let weekly = RepeatWish {
        every: Some(Pace::Week),
        ..RepeatWish::default()
    };
    let plan = done!(db, [organizer, weekly], |tx| {
        workshops::repeat(tx, &organizer, 1, &weekly, later).await
    })
    .unwrap();
    assert!(plan.series.skipped.contains(&skipped), "{plan:?}");
    assert_eq!(
        plan.series.next(day("2026-12-10"), later),
        Some(day("2026-12-21")),
        "the Monday after the one that is left out"
    );
    let (_, count) = done!(db, [organizer], |tx| {
        workshops::cancel_all(tx, &organizer, 3, later).await
    })
    .unwrap();
    assert_eq!(count, 2);
    let states: Vec<Status> = of(&db, made).await.iter().map(|one| one.status).collect();
    let (on, off) = (Status::Announced, Status::Cancelled);
    assert_eq!(states, [on, on, off, off]);
    run_due(&db, &mut rng, later + Duration::days(60)).await;
    assert_eq!(of(&db, made).await.len(), 4);
}
