//! Pledges: rows, the pages of thresholds, and the cascade through the use cases against the rule as it is written.

use cercles::domain::actor::{Actor, Role};
use cercles::domain::card::View;
use cercles::domain::commitment::{Commitment, Holder, Part, State};
use cercles::domain::network::NetworkKind::Discord;
use cercles::domain::pledge::thresholds::Thresholds;
use cercles::domain::pledge::{Count, Pledge};
use cercles::domain::schedule::DeadlineKind;
use cercles::service::commitments::{self as acts, Wish};
use cercles::service::{ServiceError, data, deadlines as due_now, pledges as use_cases};
use cercles::store::{Db, commitments, deadlines, pledges};
use chrono::{DateTime, TimeDelta, Utc};
use futures::FutureExt as _;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use uuid::Uuid;

use super::waitlist::{done, place, somebody};
use super::{at, collective, id, person};

on_both!(
    a_pledge_its_pages_and_its_parts_are_kept,
    random_people_become_active_as_the_rule_says,
    a_day_that_comes_is_told_and_whoever_waits_can_still_do_it,
    erased_people_leave_their_pledges,
);

async fn a_pledge_its_pages_and_its_parts_are_kept(db: Db) {
    let one = collective(&db, "a").await.id;
    let mut pledge = Pledge {
        id: id(),
        collective: one,
        number: 1,
        sentence: "Je composte".to_owned(),
        about: Some("J2".parse().unwrap()),
        threshold: 20,
        opened_at: at(0),
        last_day: "2026-12-01".parse().unwrap(),
        closes_at: at(900),
        closed: false,
        count: Count::default(),
    };
    commit!(db, [pledge], |tx| pledges::add(tx, &pledge).await);
    let it = pledge.id;
    pledge.count = Count {
        active: 3,
        waiting: 2,
        left: 1,
        next: Some((4, 2)),
    };
    pledge.closes_at = at(1000);
    commit!(db, [pledge], |tx| pledges::set(tx, &pledge).await);
    let found = look!(db, [], |tx| pledges::get(tx, it).await);
    assert_eq!(found.as_ref(), Some(&pledge));
    let found = look!(db, [], |tx| pledges::by_number(tx, one, 1).await);
    assert_eq!(found.as_ref(), Some(&pledge));
    assert_eq!(
        look!(db, [], |tx| pledges::open(tx, one).await),
        [pledge.clone()]
    );
    pledge.closed = true;
    commit!(db, [pledge], |tx| pledges::set(tx, &pledge).await);
    assert_eq!(look!(db, [], |tx| pledges::open(tx, one).await), []);

    // Pages: written over, cleared up to a place, deleted when they are empty.
    let mut tree = Thresholds::default();
    for threshold in [5, 40, 2000] {
        while let Err(page) = tree.add(threshold, 1) {
            tree.load(page, None);
        }
    }
    let pages: Vec<_> = tree
        .changes()
        .filter_map(|(id, page)| Some((id, page?.clone())))
        .collect();
    for (place, page) in pages.clone() {
        commit!(db, [page], |tx| {
            pledges::set_page(tx, it, place, None).await?;
            pledges::set_page(tx, it, place, Some(&page)).await?;
            pledges::set_page(tx, it, place, Some(&page)).await
        });
        let kept = look!(db, [], |tx| pledges::page(tx, it, place).await);
        assert_eq!(kept, Some(page));
    }
    commit!(db, [], |tx| pledges::clear_pages(tx, it, (0, 2)).await);
    let there = async |place| look!(db, [], |tx| pledges::page(tx, it, place).await).is_some();
    assert_eq!(
        [
            there((0, 0)).await,
            there((0, 1)).await,
            there((0, 62)).await,
            there((1, 0)).await
        ],
        [false, false, true, true]
    );

    // Parts: one for each holder; those who tip, and those who do not, are told once.
    let people = [person(&db, "1").await, person(&db, "2").await];
    for (number, holder) in (2..).zip(people) {
        let part = Commitment {
            id: id(),
            collective: one,
            number,
            holder: Holder::Person(holder),
            shown_as: None,
            sentence: "Je composte".to_owned(),
            due: None,
            about: None,
            state: State::Proposed,
            taken_at: at(1),
            part: Some(Part {
                pledge: it,
                threshold: number * 10,
            }),
        };
        commit!(db, [part], |tx| commitments::add(tx, &part).await);
    }
    let [ana, bob] = people.map(Holder::Person);
    let first = look!(db, [], |tx| commitments::first_in(tx, it).await).unwrap();
    assert_eq!(first.holder, ana);
    let tipped = commit!(db, [], |tx| commitments::tip(tx, it, 29, at(2)).await);
    assert_eq!(tipped, 1);
    let of = async |who| look!(db, [], |tx| commitments::in_pledge(tx, it, who).await).unwrap();
    assert_eq!(of(ana).await.state, State::Confirmed);
    assert_eq!(of(bob).await.state, State::Proposed);
    let told = async || {
        let told = commit!(db, [], |tx| commitments::take_to_tell(tx, it, 5).await);
        told.into_iter().map(|part| part.holder).collect::<Vec<_>>()
    };
    assert_eq!(told().await, [ana]);
    assert_eq!(commit!(db, [], |tx| commitments::miss(tx, it).await), 1);
    assert_eq!(told().await, [bob]);
    assert_eq!(told().await, []);
    let gone = of(bob).await.id;
    commit!(db, [], |tx| commitments::delete(tx, gone).await);
    let left = look!(db, [], |tx| commitments::in_pledge(tx, it, bob).await);
    assert_eq!(left, None);
}

/// A pledge by somebody who asks for so many others; its number.
async fn opened(db: &Db, who: &Actor, others: u64) -> i64 {
    let wish = Wish {
        sentence: "Je composte".to_owned(),
        due: Some((at(0) + TimeDelta::days(30)).date_naive()),
        others: Some(others),
        ..Wish::default()
    };
    let held = done!(db, [who, wish], |tx| {
        let said = acts::propose(tx, &who, &wish, at(1)).await?;
        acts::take(tx, &who, &said, at(1)).await
    });
    held.unwrap().commitment.number - 1
}

async fn joins(db: &Db, who: &Actor, number: i64, others: u64) -> Result<Pledge, ServiceError> {
    let joined = done!(db, [who], |tx| {
        use_cases::join(tx, &who, number, Some(others), None, at(2)).await
    });
    joined.map(|(pledge, _)| pledge)
}

/// Who waits with which number, who is active, by the rule: the largest k such that at least k people ask for at most k − 1.
fn settle(waiting: &mut Vec<(usize, i64)>, active: &mut Vec<usize>) {
    loop {
        let here = i64::try_from(active.len()).unwrap();
        let most = here + i64::try_from(waiting.len()).unwrap();
        let count = |k: i64| {
            let ready = waiting.iter().filter(|(_, t)| *t < k).count();
            here + i64::try_from(ready).unwrap()
        };
        let Some(k) = (here + 1..=most).rev().find(|k| count(*k) >= *k) else {
            return;
        };
        active.extend(waiting.extract_if(.., |(_, t)| *t < k).map(|(who, _)| who));
    }
}

async fn random_people_become_active_as_the_rule_says(db: Db) {
    let mut dice = StdRng::seed_from_u64(11);
    let one = place(&db).await;
    let mut people = Vec::new();
    for n in 0..24 {
        people.push(somebody(&db, &one, Discord, &n.to_string(), Role::Citizen).await);
    }
    for _ in 0..3 {
        let first: u64 = dice.random_range(3..9);
        let number = opened(&db, &people[0], first).await;
        let (mut waiting, mut active) = (vec![(0, i64::try_from(first).unwrap())], Vec::new());
        for _ in 0..60 {
            let who = dice.random_range(0..people.len());
            let in_it = waiting.iter().any(|(one, _)| *one == who) || active.contains(&who);
            if in_it && dice.random_bool(0.4) {
                let actor = people[who].clone();
                done!(&db, [actor], |tx| acts::withdraw(tx, &actor, number, at(3))
                    .await)
                .unwrap();
                waiting.retain(|(one, _)| *one != who);
                active.retain(|one| *one != who);
            } else {
                let others = dice.random_range(0..14);
                let joined = joins(&db, &people[who], number, others).await;
                if active.contains(&who) {
                    assert!(joined.is_err(), "who is active stays so");
                    continue;
                }
                joined.unwrap();
                waiting.retain(|(one, _)| *one != who);
                waiting.push((who, i64::try_from(others).unwrap()));
            }
            settle(&mut waiting, &mut active);
            let pledge = look!(&db, [], |tx| pledges::by_number(tx, one.id, number).await);
            let pledge = pledge.unwrap();
            let (here, there) = (active.len(), waiting.len());
            assert_eq!(
                (pledge.count.active, pledge.count.waiting),
                (i64::try_from(here).unwrap(), i64::try_from(there).unwrap())
            );
            for (who, actor) in people.iter().enumerate() {
                let holder = Holder::Person(actor.person.unwrap());
                let part = look!(&db, [], |tx| {
                    commitments::in_pledge(tx, pledge.id, holder).await
                });
                let state = part.map(|part| part.state);
                let expected = if active.contains(&who) {
                    Some(State::Confirmed)
                } else if waiting.iter().any(|(one, _)| *one == who) {
                    Some(State::Proposed)
                } else {
                    state.filter(|state| *state == State::Withdrawn)
                };
                assert_eq!(state, expected);
            }
        }
    }
}

/// Does what is due of that kind, as the scheduler does.
async fn falls_due(db: &Db, kind: DeadlineKind, now: DateTime<Utc>) {
    let all = look!(db, [], |tx| deadlines::due(tx, now, 100).await);
    for due in all.into_iter().filter(|due| due.kind == kind) {
        done!(db, [], |tx| due_now::run(tx, &due, now).await).unwrap();
    }
}

async fn views(db: &Db, pledge: Uuid, view: View) -> u64 {
    commit!(db, [], |tx| cercles::store::cards::raise(tx, pledge, view)
        .await)
}

async fn a_day_that_comes_is_told_and_whoever_waits_can_still_do_it(db: Db) {
    let one = place(&db).await;
    let public = cercles::domain::collective::Room {
        id: id(),
        collective: one.id,
        network: Discord,
        address: "public".to_owned(),
        language: cercles::domain::language::Language::FrCa,
        purpose: cercles::domain::collective::Purpose::Public,
    };
    commit!(db, [public], |tx| {
        cercles::store::collectives::put_room(tx, &public).await
    });
    let mut people = Vec::new();
    for n in 0..4 {
        people.push(somebody(&db, &one, Discord, &n.to_string(), Role::Citizen).await);
    }
    let number = opened(&db, &people[0], 9).await;
    let find = async || look!(&db, [], |tx| pledges::by_number(tx, one.id, number).await).unwrap();
    joins(&db, &people[1], number, 2).await.unwrap();
    let pledge = joins(&db, &people[2], number, 1).await.unwrap();
    assert_eq!((pledge.count.active, pledge.count.next), (0, Some((1, 2))));
    let pledge = joins(&db, &people[3], number, 0).await.unwrap();
    assert_eq!((pledge.count.active, pledge.count.waiting), (3, 1));
    assert_eq!(pledge.count.next, Some((6, 1)));
    let it = pledge.id;
    falls_due(&db, DeadlineKind::PledgeTells, at(0) + TimeDelta::days(1)).await;
    assert_eq!(views(&db, it, View::Notice).await, 1);
    // Nobody is undone when somebody leaves.
    let leaver = people[3].clone();
    done!(db, [leaver], |tx| acts::withdraw(
        tx,
        &leaver,
        number,
        at(5)
    )
    .await)
    .unwrap();
    let count = find().await.count;
    assert_eq!((count.active, count.left), (2, 1));

    let day = pledge.closes_at;
    falls_due(&db, DeadlineKind::PledgeCloses, day).await;
    falls_due(&db, DeadlineKind::PledgeTells, day + TimeDelta::days(1)).await;
    assert!(find().await.closed);
    assert_eq!(views(&db, it, View::Report).await, 1);
    let late = somebody(&db, &one, Discord, "late", Role::Citizen).await;
    assert!(joins(&db, &late, number, 0).await.is_err(), "it is closed");
    let pledge = joins(&db, &people[0], number, 0).await.unwrap();
    assert_eq!((pledge.count.active, pledge.count.waiting), (3, 0));

    // Its author, or who steers, may extend it.
    let later = pledge.last_day + TimeDelta::days(9);
    let extend = async |who: &Actor| {
        let who = who.clone();
        done!(db, [who], |tx| use_cases::extend(
            tx, &who, number, later, day
        )
        .await)
    };
    assert!(extend(&people[1]).await.is_err());
    assert!(!extend(&people[0]).await.unwrap().closed);
    let pledge = joins(&db, &late, number, 3).await.unwrap();
    assert_eq!(pledge.count.active, 4);
}

async fn erased_people_leave_their_pledges(db: Db) {
    let one = place(&db).await;
    let ana = somebody(&db, &one, Discord, "ana", Role::Citizen).await;
    let bob = somebody(&db, &one, Discord, "bob", Role::Citizen).await;
    let number = opened(&db, &ana, 5).await;
    joins(&db, &bob, number, 0).await.unwrap();
    for (who, left) in [(ana, (1, 0)), (bob, (0, 0))] {
        let person = who.person.unwrap();
        done!(db, [], |tx| data::erase_person(tx, person, at(9)).await).unwrap();
        let found = look!(db, [], |tx| pledges::by_number(tx, one.id, number).await);
        let count = found.unwrap().count;
        assert_eq!((count.active, count.waiting), left);
        assert_eq!(count.next, None);
    }
}
