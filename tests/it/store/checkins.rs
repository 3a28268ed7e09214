//! Check-ins on both databases: what is kept of them, and through the use cases a season of questions, answers, silences,
//! accounts that are linked and nights.

use std::collections::BTreeMap;

use cercles::domain::actor::{Actor, Role};
use cercles::domain::card::View;
use cercles::domain::checkin::{Hand, News};
use cercles::domain::collective::Collective;
use cercles::domain::commitment::{CheckIn, Commitment};
use cercles::domain::event::EventKind;
use cercles::domain::language::Language;
use cercles::domain::network::NetworkKind::{Discord, Matrix};
use cercles::domain::workshop::Reach;
use cercles::service::checkins::Asked;
use cercles::service::commitments::Wish;
use cercles::service::reminders::due::{self, Standing};
use cercles::service::{
    Refusal, ServiceError, checkins as service, commitments as acts, data, deadlines, links,
    reminders as choice, views,
};
use cercles::store::cards::{self, Claimed, Lane};
use cercles::store::{Db, Tx, checkins, commitments, journal};
use chrono::{DateTime, NaiveDate, TimeDelta, Timelike as _, Utc};
use futures::FutureExt as _;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use uuid::Uuid;

use super::waitlist::{done, place, somebody};
use super::{at, collective};

on_both!(
    what_is_heard_and_asked_is_kept_per_commitment_and_the_last_message_per_person,
    a_hand_is_asked_for_and_lent_without_a_name,
    two_persons_who_are_one_have_the_later_message,
    a_season_writes_to_nobody_twice_in_two_weeks_nor_at_night,
    a_long_stop_is_made_up_for_once,
);

async fn takes(db: &Db, who: &Actor, days: Option<i64>, now: DateTime<Utc>) -> Commitment {
    let due = days.map(|days| (now + TimeDelta::days(days)).date_naive());
    done!(db, [who], |tx| confirmed(tx, &who, due, now).await).unwrap()
}

async fn confirmed(
    tx: &mut Tx,
    who: &Actor,
    due: Option<NaiveDate>,
    now: DateTime<Utc>,
) -> Result<Commitment, ServiceError> {
    let wish = Wish {
        sentence: "Je composte".to_owned(),
        due,
        ..Wish::default()
    };
    let proposal = acts::propose(tx, who, &wish, now).await?;
    Ok(acts::take(tx, who, &proposal, now).await?.commitment)
}

async fn wants(db: &Db, who: &Actor, wanted: bool, now: DateTime<Utc>) {
    done!(db, [who], |tx| choice::choose(tx, &who, wanted, now).await).unwrap();
}

/// Makes another actor's account the first one's person's.
async fn link(db: &Db, one: &Actor, other: &Actor, bits: u64, now: DateTime<Utc>) {
    done!(db, [one, other], |tx| {
        let code = links::code(tx, &one, bits, now).await?;
        links::link(tx, &other, &code.to_string(), now).await
    })
    .unwrap();
}

/// Does everything that is due by then.
async fn falls_due(db: &Db, now: DateTime<Utc>) {
    for due in look!(db, [], |tx| cercles::store::deadlines::due(tx, now, 100)
        .await)
    {
        done!(db, [], |tx| deadlines::run(tx, &due, now).await).unwrap();
    }
}

/// Brings private messages to their places as the reconciler does; those that left.
async fn deliver(db: &Db, now: DateTime<Utc>) -> Vec<Claimed> {
    let mut left = Vec::new();
    for network in [Discord, Matrix] {
        let lane = (network, Lane::Persons);
        let claimed = commit!(db, [], |tx| cards::claim(tx, lane, now, now, 1_000).await);
        for card in claimed {
            let goes = done!(db, [card], |tx| {
                let loaded = views::of_card(tx, &card).await?.expect("it is there");
                let standing = due::standing(tx, &card, &loaded, now).await?;
                match standing {
                    Standing::Waits(until) => cards::put_off(tx, &card, until).await?,
                    Standing::Lapsed => cards::discard(tx, card.id).await?,
                    Standing::Goes(_) => {
                        let cards::Subject::Object(_, commitment) = card.subject else {
                            panic!("{:?}", card.subject);
                        };
                        let person = card.person.expect("a person's");
                        service::arrived(tx, commitment, person, now).await?;
                        cards::shown(tx, card.id, 1, "message", now, now).await?;
                    }
                }
                Ok(matches!(standing, Standing::Goes(_)))
            })
            .unwrap();
            left.extend(goes.then_some(card));
        }
    }
    left
}

fn subjects(left: &[Claimed]) -> Vec<(Uuid, Option<Uuid>)> {
    let subject = |card: &Claimed| match card.subject {
        cards::Subject::Object(_, id) => id,
        other => panic!("{other:?}"),
    };
    left.iter()
        .map(|card| (subject(card), card.person))
        .collect()
}

/// Noon, so many days later.
fn days(n: i64) -> DateTime<Utc> {
    at(0) + TimeDelta::days(n) + TimeDelta::hours(6)
}

async fn what_is_heard_and_asked_is_kept_per_commitment_and_the_last_message_per_person(db: Db) {
    let one = place(&db).await;
    let ana = somebody(&db, &one, Discord, "ana", Role::Citizen).await;
    let person = ana.person.unwrap();
    let open = async || look!(db, [one], |tx| checkins::any_open(tx, one.id).await);
    assert!(!open().await);
    let taken = takes(&db, &ana, Some(30), at(0)).await;
    assert!(open().await);
    let id = taken.id;
    let got = look!(db, [], |tx| commitments::get(tx, id).await);
    assert_eq!(got, Some(taken.clone()));
    let news = async || look!(db, [], |tx| checkins::news(tx, id).await).unwrap();
    let heard = News {
        heard_at: at(0),
        asked_at: None,
        unanswered: 0,
    };
    assert_eq!(news().await, heard);
    for times in 1..=2 {
        commit!(db, [], |tx| checkins::asked(tx, id, days(times)).await);
        let asked_at = Some(days(times));
        let (heard_at, unanswered) = (at(0), times);
        assert_eq!(
            news().await,
            News {
                heard_at,
                asked_at,
                unanswered
            }
        );
    }
    commit!(db, [], |tx| checkins::heard(tx, id, days(3)).await);
    let now = news().await;
    assert_eq!((now.heard_at, now.unanswered), (days(3), 0));

    let account = ana.account.clone();
    let last = async || {
        let of = look!(db, [], |tx| checkins::last(tx, person).await);
        let about = look!(db, [account], |tx| checkins::last_of(tx, &account).await);
        (of, about)
    };
    assert_eq!(last().await, (None, None));
    commit!(db, [], |tx| checkins::set_last(tx, person, id, days(4))
        .await);
    let about = (one.id, taken.number);
    assert_eq!(last().await, (Some((id, days(4))), Some(about)));
    let held = look!(db, [one], |tx| checkins::held_by(tx, one.id, person).await);
    assert_eq!(
        (held.len(), held[0].written_at, held[0].on_its_way),
        (1, Some(days(4)), false)
    );
    let two = collective(&db, "b").await;
    let mut elsewhere = ana.clone();
    elsewhere.collective = two.id;
    takes(&db, &elsewhere, None, at(0)).await;
    let around = look!(db, [one], |tx| checkins::held_around(tx, one.id).await);
    assert_eq!(around.len(), 2, "in every collective");

    let kept = data::held;
    let seen = done!(db, [ana, one], |tx| kept(tx, &ana, &one).await)
        .unwrap()
        .unwrap();
    assert_eq!(seen.last_asked, Some((taken.short_id(), days(4))));
    let checked = seen.checkins.iter().map(|one| (one.id, one.heard_at));
    assert!(
        checked
            .clone()
            .any(|one| one == (taken.short_id(), days(3)))
    );

    // What is older than that goes; the rest with the person.
    let forget = async |before| commit!(db, [], |tx| checkins::forget(tx, before, before).await);
    assert_eq!(forget(days(4)).await, 0);
    assert_eq!(forget(days(5)).await, 1);
    commit!(db, [], |tx| checkins::set_last(tx, person, id, days(6))
        .await);
    commit!(db, [], |tx| checkins::erase(tx, person).await);
    assert_eq!(last().await, (None, None));
    done!(db, [ana], |tx| data::erase(tx, &ana, days(7)).await).unwrap();
    assert_eq!(look!(db, [], |tx| checkins::news(tx, id).await), None);
}

async fn a_hand_is_asked_for_and_lent_without_a_name(db: Db) {
    let one = place(&db).await;
    let organizer = somebody(&db, &one, Discord, "org", Role::Organizer).await;
    let ana = somebody(&db, &one, Matrix, "@ana:ici", Role::Citizen).await;
    let taken = takes(&db, &ana, None, at(0)).await;
    let (number, short) = (taken.number, taken.short_id());
    let lends = async |who: &Actor, reply: &str| {
        let reply = reply.to_owned();
        done!(db, [who, reply], |tx| {
            service::lend_hand(tx, &who, number, &reply, days(2)).await
        })
    };
    let refused = |result: Result<_, ServiceError>| match result {
        Err(ServiceError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        refused(lends(&organizer, "x").await),
        Refusal::NoHand(short)
    );
    let (_, told) = done!(db, [ana], |tx| service::ask_hand(tx, &ana, number, days(1))
        .await)
    .unwrap();
    assert_eq!(told, Asked::Told);
    let wanted = async || look!(db, [one], |tx| checkins::hands_wanted(tx, one.id).await);
    assert_eq!(wanted().await, [number]);
    let hand = Hand {
        person: ana.person.unwrap(),
        reach: Reach {
            account: ana.account.clone(),
            language: Language::FrCa,
        },
        asked_at: days(1),
        answered_at: None,
    };
    let id = taken.id;
    let kept = async || look!(db, [], |tx| checkins::hand(tx, id).await);
    assert_eq!(kept().await, Some(hand.clone()));
    let notices = commit!(db, [], |tx| {
        cards::claim(tx, (Discord, Lane::Rooms), days(1), days(1), 10).await
    });
    assert_eq!(
        notices
            .iter()
            .filter(|card| card.view == View::Hand)
            .count(),
        1
    );

    assert!(matches!(
        refused(lends(&ana, "x").await),
        Refusal::NotAllowed(_)
    ));
    assert!(matches!(
        refused(lends(&organizer, " ").await),
        Refusal::Text("reply", _)
    ));
    let (_, reach, reply) = lends(&organizer, "Venez jeudi").await.unwrap();
    assert_eq!((reach, reply.as_str()), (hand.reach.clone(), "Venez jeudi"));
    assert_eq!(kept().await.unwrap().answered_at, Some(days(2)));
    assert!(wanted().await.is_empty());
    let written = look!(db, [one], |tx| journal::latest(tx, one.id, 5).await);
    assert_eq!(written[0].act, EventKind::CommitmentHelped);

    // Organizers learn counts; fewer than five are told as such by the words.
    let overview = done!(db, [organizer], |tx| service::overview(
        tx,
        &organizer,
        days(3)
    )
    .await);
    let overview = overview.unwrap();
    assert_eq!(
        (overview.open, overview.missing, overview.hands),
        (1, 0, vec![])
    );
    let asked_anew = Hand {
        answered_at: None,
        ..hand.clone()
    };
    commit!(db, [asked_anew], |tx| checkins::ask_hand(
        tx,
        id,
        &asked_anew
    )
    .await);
    assert_eq!(wanted().await, [number]);
    done!(db, [ana], |tx| {
        acts::check_in(tx, &ana, number, CheckIn::Done, days(4)).await
    })
    .unwrap();
    assert!(wanted().await.is_empty());
    let late = done!(db, [ana], |tx| service::ask_hand(tx, &ana, number, days(5))
        .await);
    assert!(matches!(
        late,
        Err(ServiceError::Refused(Refusal::NotOpen(_)))
    ));
    commit!(db, [hand], |tx| {
        let answered_at = Some(days(2));
        let lent = Hand {
            answered_at,
            ..hand
        };
        checkins::ask_hand(tx, id, &lent).await
    });
    let forgotten = commit!(db, [], |tx| checkins::forget(tx, at(0), days(3)).await);
    assert_eq!((forgotten, kept().await), (1, None));
}

async fn two_persons_who_are_one_have_the_later_message(db: Db) {
    let one = place(&db).await;
    let ana = somebody(&db, &one, Discord, "ana", Role::Citizen).await;
    let too = somebody(&db, &one, Matrix, "@ana:ici", Role::Citizen).await;
    let (person, other) = (ana.person.unwrap(), too.person.unwrap());
    wants(&db, &ana, true, at(0)).await;
    let first = takes(&db, &ana, Some(20), at(0)).await;
    let second = takes(&db, &too, Some(21), at(0)).await;
    for (from, into) in [(other, person), (person, other)] {
        for (who, about, when) in [(person, first.id, days(3)), (other, second.id, days(5))] {
            commit!(db, [], |tx| checkins::set_last(tx, who, about, when).await);
        }
        commit!(db, [], |tx| checkins::hand_over(tx, from, into).await);
        let left = (
            look!(db, [], |tx| checkins::last(tx, from).await),
            look!(db, [], |tx| checkins::last(tx, into).await),
        );
        assert_eq!(left, (None, Some((second.id, days(5)))));
        commit!(db, [], |tx| checkins::erase(tx, into).await);
    }

    // A message on its way to the one is of no use once the other, who is the same, was written to.
    commit!(db, [], |tx| checkins::set_last(
        tx,
        other,
        second.id,
        days(6)
    )
    .await);
    falls_due(&db, days(8)).await;
    link(&db, &ana, &too, 7, days(8)).await;
    assert!(deliver(&db, days(8)).await.is_empty());
    assert_eq!(
        look!(db, [], |tx| checkins::last(tx, person).await),
        Some((second.id, days(6)))
    );
    for day in 9..=19 {
        falls_due(&db, days(day)).await;
        assert!(deliver(&db, days(day)).await.is_empty(), "day {day}");
    }
    falls_due(&db, days(21)).await;
    let left = deliver(&db, days(21)).await;
    assert_eq!(subjects(&left), [(first.id, Some(person))]);
    // It asked about both, and clears away for the next one.
    let both = look!(db, [one], |tx| checkins::held_by(tx, one.id, person).await);
    assert!(
        both.iter().all(|held| held.news.unanswered == 1),
        "{both:?}"
    );
    let card = left[0].id;
    commit!(db, [], |tx| checkins::clear_arrived(tx, person).await);
    assert_eq!(look!(db, [], |tx| cards::wanted(tx, card).await), None);
}

/// What one person does on a day, perhaps.
async fn acts_somehow(db: &Db, who: &Actor, rng: &mut StdRng, now: DateTime<Utc>) {
    let own = done!(db, [who], |tx| acts::own(tx, &who).await).unwrap();
    let number = own.first().map_or(0, |one| one.commitment.number);
    let due = (now + TimeDelta::days(rng.random_range(1..30))).date_naive();
    let what = rng.random_range(0..10);
    let outcome = done!(db, [who], |tx| match what {
        0..3 => confirmed(tx, &who, Some(due), now).await.map(|_| ()),
        3 => confirmed(tx, &who, None, now).await.map(|_| ()),
        4 => acts::postpone(tx, &who, number, due, now).await.map(|_| ()),
        5 => acts::check_in(tx, &who, number, CheckIn::UnderWay, now)
            .await
            .map(|_| ()),
        6 => acts::check_in(tx, &who, number, CheckIn::Done, now)
            .await
            .map(|_| ()),
        7 => service::ask_hand(tx, &who, number, now).await.map(|_| ()),
        8 => choice::choose(tx, &who, now.minute().is_multiple_of(4), now).await,
        _ => choice::choose(tx, &who, true, now).await,
    });
    if let Err(error) = outcome {
        assert!(matches!(error, ServiceError::Refused(_)), "{error}");
    }
}

async fn a_season_writes_to_nobody_twice_in_two_weeks_nor_at_night(db: Db) {
    let mut rng = StdRng::seed_from_u64(11);
    let (one, two) = (place(&db).await, collective(&db, "b").await);
    let mut people = Vec::new();
    for n in 0..12 {
        let network = if n % 2 == 0 { Discord } else { Matrix };
        let mut who = somebody(&db, &one, network, &format!("p{n}"), Role::Citizen).await;
        if n % 3 == 0 {
            who.collective = two.id;
        }
        people.push(who);
    }
    let mut last: BTreeMap<Uuid, DateTime<Utc>> = BTreeMap::new();
    let (mut written, mut waited) = (0, 0);
    for step in 0..90 * 4 {
        // Six hours and a bit, so that every hour of the day has its turn.
        let now = at(0) + TimeDelta::minutes(step * 371);
        for _ in 0..2 {
            let who = people[rng.random_range(0..people.len())].clone();
            acts_somehow(&db, &who, &mut rng, now).await;
        }
        // Pairs of accounts turn out to be one person's, one after the other.
        if step % 60 == 30 {
            let pair = usize::try_from(step / 60).unwrap() * 2;
            let (keeps, joins) = (people[pair].clone(), people[pair + 1].clone());
            link(&db, &keeps, &joins, u64::try_from(step).unwrap(), now).await;
            let (keeps, joins) = (keeps.person.unwrap(), joins.person.unwrap());
            people[pair + 1].person = Some(keeps);
            if let Some(theirs) = last.remove(&joins) {
                let ours = last.entry(keeps).or_insert(theirs);
                *ours = theirs.max(*ours);
            }
        }
        // Down for a day and a half now and then.
        if step % 40 > 34 {
            continue;
        }
        falls_due(&db, now).await;
        let hour = now.with_timezone(&one.zone).hour();
        for card in deliver(&db, now).await {
            assert!((8..21).contains(&hour), "{hour} h");
            let person = card.person.unwrap();
            if let Some(before) = last.insert(person, now) {
                assert!(now - before >= TimeDelta::days(14), "{before} and {now}");
            }
            written += 1;
        }
        waited += i64::from(!(8..21).contains(&hour));
    }
    assert!(
        written > 20 && waited > 100,
        "{written} messages, {waited} nights"
    );
}

/// Fifty people hold one commitment each, in the same two weeks.
async fn fifty(db: &Db) -> (Collective, Vec<Actor>) {
    let one = place(db).await;
    let mut people = Vec::new();
    for n in 0..50 {
        let who = somebody(db, &one, Discord, &n.to_string(), Role::Citizen).await;
        wants(db, &who, n > 0, at(0)).await;
        takes(db, &who, Some(20 + n % 3), at(0)).await;
        people.push(who);
    }
    (one, people)
}

async fn a_long_stop_is_made_up_for_once(db: Db) {
    let (one, people) = fifty(&db).await;
    // Down for half a year, up again in the night: nothing leaves before the morning, and then one message each.
    let night = (days(200).with_timezone(&one.zone))
        .with_hour(23)
        .unwrap()
        .to_utc();
    falls_due(&db, night).await;
    assert!(deliver(&db, night).await.is_empty());
    let morning = night + TimeDelta::hours(9);
    falls_due(&db, morning).await;
    let left = deliver(&db, morning).await;
    assert_eq!(left.len(), 49, "all but who wants none");
    assert!(left.iter().all(|card| card.person != people[0].person));
    for day in 1..=14 {
        let later = morning + TimeDelta::days(day) - TimeDelta::hours(1);
        falls_due(&db, later).await;
        assert!(deliver(&db, later).await.is_empty());
    }
    // There is no news of them two days later, until one of them answers.
    let organizer = somebody(&db, &one, Discord, "org", Role::Organizer).await;
    let missing = async |hours| {
        let then = morning + TimeDelta::hours(hours);
        done!(db, [organizer], |tx| service::overview(
            tx, &organizer, then
        )
        .await)
        .unwrap()
        .missing
    };
    assert_eq!((missing(47).await, missing(48).await), (0, 49));
    let bob = people[1].clone();
    let without = async |then: DateTime<Utc>| {
        done!(db, [bob], |tx| service::without_news(tx, &bob, then).await).unwrap()
    };
    let later = morning + TimeDelta::days(3);
    let mine = without(later).await;
    assert_eq!(mine.len(), 1);
    let account = bob.account.clone();
    let asked = done!(db, [account], |tx| service::asked_about(tx, &account).await).unwrap();
    assert_eq!(asked, Some(mine[0]), "what a number answers");
    done!(db, [bob], |tx| {
        service::answers(tx, &bob, mine[0].number, later).await
    })
    .unwrap();
    assert_eq!((without(later).await, missing(72).await), (vec![], 48));
    // Two weeks later everybody is asked again who said nothing, and whoever did, since it is still open.
    let again = morning + TimeDelta::days(15);
    falls_due(&db, again).await;
    assert_eq!(deliver(&db, again).await.len(), 49);
}
