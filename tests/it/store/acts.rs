//! The four acts: workshops, polls, commitments, digests.

use cercles::domain::commitment::{Commitment, State, Tally};
use cercles::domain::digest::{Digest, Facts};
use cercles::domain::poll::{self, Poll, PollOption};
use cercles::domain::workshop::{Draft, Roster, Rsvp, Status, Workshop};
use cercles::store::{Db, StoreError, commitments, digests, polls, workshops};
use chrono::NaiveDate;
use chrono_tz::America::Toronto;
use futures::FutureExt as _;
use futures::future::join_all;
use uuid::Uuid;

use super::{at, collective, id, person};

on_both!(
    a_workshop_is_kept_edited_and_called_off,
    coming_workshops_are_announced_later_ones_soonest_first,
    a_roster_counts_the_last_answer_of_each_person,
    a_poll_is_kept_with_its_options_in_order,
    a_ballot_is_one_per_person_and_moves_the_counts,
    forty_people_who_vote_at_once_are_all_counted,
    open_polls_are_listed_first_to_close_first,
    commitments_are_listed_per_person_and_counted,
    a_digest_keeps_its_facts_to_the_microsecond,
    a_number_stands_for_one_object,
);

fn draft(start: i64) -> Draft {
    Draft {
        title: "Réparer « ensemble » 'DROP TABLE' 🧵".to_owned(),
        description: Some("Deux\nlignes".to_owned()),
        starts_at: at(start),
        ends_at: Some(at(start + 3600)),
        place: Some("https://exemple.org/?a=1&b=%2".to_owned()),
    }
}

fn workshop(id: Uuid, collective: Uuid, number: i64, draft: &Draft) -> Workshop {
    Workshop {
        id,
        collective,
        number,
        draft: draft.clone(),
        status: Status::Announced,
        zone: Toronto,
        roster: Roster::default(),
    }
}

async fn add_workshop(db: &Db, collective: Uuid, number: i64, draft: &Draft) -> Uuid {
    let made = id();
    commit!(db, [draft], |tx| {
        workshops::add(tx, made, collective, number, &draft).await
    });
    made
}

async fn a_workshop_is_kept_edited_and_called_off(db: Db) {
    let (one, other) = (collective(&db, "a").await.id, collective(&db, "b").await.id);
    let full = draft(0);
    let made = add_workshop(&db, one, 3, &full).await;
    let expected = workshop(made, one, 3, &full);
    assert_eq!(
        look!(db, [], |tx| workshops::get(tx, made).await),
        Some(expected.clone())
    );
    assert_eq!(
        look!(db, [], |tx| workshops::by_number(tx, one, 3).await),
        Some(expected.clone())
    );
    assert_eq!(
        look!(db, [], |tx| workshops::by_number(tx, other, 3).await),
        None
    );
    assert_eq!(look!(db, [], |tx| workshops::get(tx, one).await), None);

    let bare = Draft {
        title: "Court".to_owned(),
        description: None,
        starts_at: at(60),
        ends_at: None,
        place: None,
    };
    commit!(db, [bare], |tx| workshops::set_draft(tx, made, &bare).await);
    assert_eq!(
        look!(db, [], |tx| workshops::get(tx, made).await),
        Some(workshop(made, one, 3, &bare))
    );
    for status in [Status::Held, Status::Cancelled] {
        commit!(db, [], |tx| workshops::set_status(tx, made, status).await);
        let got = look!(db, [], |tx| workshops::get(tx, made).await).unwrap();
        assert_eq!(got.status, status);
    }
}

async fn coming_workshops_are_announced_later_ones_soonest_first(db: Db) {
    let (one, other) = (collective(&db, "a").await.id, collective(&db, "b").await.id);
    for (number, start) in [(1, 500), (2, 100), (3, 300), (4, 300), (5, 0), (6, 200)] {
        add_workshop(&db, one, number, &draft(start)).await;
    }
    add_workshop(&db, other, 1, &draft(150)).await;
    let called_off = look!(db, [], |tx| workshops::by_number(tx, one, 6).await).unwrap();
    commit!(db, [], |tx| {
        workshops::set_status(tx, called_off.id, Status::Cancelled).await
    });
    let coming = async |after: i64, limit: i64| -> Vec<i64> {
        look!(db, [], |tx| workshops::coming(tx, one, at(after), limit)
            .await)
        .iter()
        .map(|workshop| workshop.number)
        .collect()
    };
    assert_eq!(coming(0, 10).await, [2, 3, 4, 1], "after, not at");
    assert_eq!(coming(-1, 3).await, [5, 2, 3]);
    assert_eq!(coming(500, 10).await, Vec::<i64>::new());
}

async fn a_roster_counts_the_last_answer_of_each_person(db: Db) {
    let one = collective(&db, "a").await.id;
    let made = add_workshop(&db, one, 1, &draft(0)).await;
    let (ana, bob) = (person(&db, "1").await, person(&db, "2").await);
    assert_eq!(
        look!(db, [], |tx| workshops::answer(tx, made, ana).await),
        None
    );
    for (who, before, answer) in [
        (ana, None, Rsvp::Maybe),
        (bob, None, Rsvp::Yes),
        (ana, Some(Rsvp::Maybe), Rsvp::No),
        (bob, Some(Rsvp::Yes), Rsvp::Yes),
    ] {
        commit!(db, [], |tx| {
            workshops::set_answer(tx, made, who, before, answer, at(1)).await
        });
        assert_eq!(
            look!(db, [], |tx| workshops::answer(tx, made, who).await),
            Some(answer)
        );
    }
    let got = look!(db, [], |tx| workshops::get(tx, made).await).unwrap();
    let counts = Roster {
        yes: 1,
        maybe: 0,
        no: 1,
    };
    assert_eq!(got.roster, counts);
}

fn question(closes: i64, options: &[&str]) -> poll::Draft {
    poll::Draft {
        question: "Où « se réunir » ?".to_owned(),
        options: options.iter().map(|&option| option.to_owned()).collect(),
        closes_at: at(closes),
    }
}

async fn add_poll(db: &Db, collective: Uuid, number: i64, draft: poll::Draft) -> Uuid {
    let made = id();
    commit!(db, [draft], |tx| {
        polls::add(tx, made, collective, number, &draft).await
    });
    made
}

fn votes(poll: &Poll) -> Vec<i64> {
    poll.options.iter().map(|option| option.votes).collect()
}

async fn a_poll_is_kept_with_its_options_in_order(db: Db) {
    let (one, other) = (collective(&db, "a").await.id, collective(&db, "b").await.id);
    // More than ten: an order by text would put 10 before 2.
    let labels: Vec<String> = (0..12).map(|n| format!("Choix {n} %_'\"")).collect();
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let made = add_poll(&db, one, 7, question(60, &labels)).await;
    let expected = Poll {
        id: made,
        collective: one,
        number: 7,
        question: "Où « se réunir » ?".to_owned(),
        options: (0..)
            .zip(&labels)
            .map(|(position, &label)| PollOption {
                position,
                label: label.to_owned(),
                votes: 0,
            })
            .collect(),
        status: poll::Status::Open,
        closes_at: at(60),
        zone: Toronto,
    };
    assert_eq!(
        look!(db, [], |tx| polls::get(tx, made).await),
        Some(expected.clone())
    );
    assert_eq!(
        look!(db, [], |tx| polls::by_number(tx, one, 7).await),
        Some(expected.clone())
    );
    assert_eq!(
        look!(db, [], |tx| polls::by_number(tx, other, 7).await),
        None
    );
    assert_eq!(look!(db, [], |tx| polls::get(tx, one).await), None);
    commit!(db, [], |tx| polls::close(tx, made, at(30)).await);
    let closed = Poll {
        status: poll::Status::Closed,
        closes_at: at(30),
        ..expected
    };
    assert_eq!(look!(db, [], |tx| polls::get(tx, made).await), Some(closed));
}

async fn a_ballot_is_one_per_person_and_moves_the_counts(db: Db) {
    let one = collective(&db, "a").await.id;
    let made = add_poll(&db, one, 1, question(60, &["a", "b", "c"])).await;
    let untouched = add_poll(&db, one, 2, question(60, &["a", "b", "c"])).await;
    let (ana, bob) = (person(&db, "1").await, person(&db, "2").await);
    assert_eq!(look!(db, [], |tx| polls::ballot(tx, made, ana).await), None);
    for (who, before, position, counts) in [
        (ana, None, 0, [1, 0, 0]),
        (bob, None, 0, [2, 0, 0]),
        (ana, Some(0), 2, [1, 0, 1]),
        (ana, Some(2), 2, [1, 0, 1]),
    ] {
        commit!(db, [], |tx| {
            polls::set_ballot(tx, made, who, before, position).await
        });
        assert_eq!(
            look!(db, [], |tx| polls::ballot(tx, made, who).await),
            Some(position)
        );
        let poll = look!(db, [], |tx| polls::get(tx, made).await).unwrap();
        assert_eq!(votes(&poll), counts);
    }
    let other = look!(db, [], |tx| polls::get(tx, untouched).await).unwrap();
    assert_eq!(votes(&other), [0, 0, 0]);
}

async fn forty_people_who_vote_at_once_are_all_counted(db: Db) {
    let one = collective(&db, "a").await.id;
    let made = add_poll(&db, one, 1, question(60, &["a", "b"])).await;
    let mut voters = Vec::new();
    for n in 0..40_i64 {
        let (db, who) = (db.clone(), person(&db, &n.to_string()).await);
        voters.push(async move {
            commit!(db, [], |tx| {
                tx.lock(made).await?;
                let before = polls::ballot(tx, made, who).await?;
                polls::set_ballot(tx, made, who, before, n % 2).await?;
                // A second thought in the same transaction.
                let before = polls::ballot(tx, made, who).await?;
                polls::set_ballot(tx, made, who, before, i64::from(n % 4 == 0)).await
            });
        });
    }
    join_all(voters.into_iter().map(tokio::spawn))
        .await
        .into_iter()
        .for_each(|voted| voted.expect("a ballot"));
    let poll = look!(db, [], |tx| polls::get(tx, made).await).unwrap();
    assert_eq!(votes(&poll), [30, 10]);
}

async fn open_polls_are_listed_first_to_close_first(db: Db) {
    let (one, other) = (collective(&db, "a").await.id, collective(&db, "b").await.id);
    let late = add_poll(&db, one, 1, question(300, &["a", "b"])).await;
    let soon = add_poll(&db, one, 2, question(100, &["a", "b"])).await;
    let closed = add_poll(&db, one, 3, question(200, &["a", "b"])).await;
    add_poll(&db, other, 1, question(50, &["a", "b"])).await;
    commit!(db, [], |tx| polls::close(tx, closed, at(1)).await);
    let listed = look!(db, [], |tx| polls::open(tx, one).await);
    let ids: Vec<Uuid> = listed.iter().map(|poll| poll.id).collect();
    assert_eq!(ids, [soon, late]);
    assert!(listed.iter().all(|poll| poll.options.len() == 2));
}

async fn commitments_are_listed_per_person_and_counted(db: Db) {
    let one = collective(&db, "a").await.id;
    let (ana, bob) = (person(&db, "1").await, person(&db, "2").await);
    assert_eq!(
        look!(db, [], |tx| commitments::tally(tx, one).await),
        Tally::default()
    );
    let mut made = Vec::new();
    for (number, who, due) in [
        (1, ana, NaiveDate::from_ymd_opt(2027, 2, 28)),
        (2, bob, None),
        (3, ana, None),
        (4, ana, NaiveDate::from_ymd_opt(2028, 2, 29)),
    ] {
        let commitment = Commitment {
            id: id(),
            collective: one,
            number,
            person: who,
            sentence: format!("Je plante {number} arbres — « promis » 🌳"),
            due,
            state: State::Confirmed,
            taken_at: at(number),
        };
        commit!(db, [commitment], |tx| commitments::add(tx, &commitment)
            .await);
        made.push(commitment);
    }
    let of_ana = look!(db, [], |tx| commitments::of_person(tx, one, ana).await);
    assert_eq!(
        of_ana,
        [made[3].clone(), made[2].clone(), made[0].clone()],
        "the newest first"
    );
    assert_eq!(
        look!(db, [], |tx| commitments::by_number(tx, one, 2).await),
        Some(made[1].clone())
    );
    assert_eq!(
        look!(db, [], |tx| commitments::by_number(tx, one, 5).await),
        None
    );
    for (index, state) in [(0, State::Kept), (1, State::UnderWay), (2, State::Kept)] {
        let commitment = made[index].id;
        commit!(db, [], |tx| commitments::set_state(tx, commitment, state)
            .await);
    }
    let got = look!(db, [], |tx| commitments::by_number(tx, one, 2).await).unwrap();
    assert_eq!(got.state, State::UnderWay);
    let tally = Tally {
        taken: 4,
        kept: 2,
        under_way: 1,
    };
    assert_eq!(look!(db, [], |tx| commitments::tally(tx, one).await), tally);
}

async fn a_digest_keeps_its_facts_to_the_microsecond(db: Db) {
    let one = collective(&db, "a").await.id;
    assert_eq!(look!(db, [], |tx| digests::last_until(tx, one).await), None);
    let poll = add_poll(&db, one, 1, question(60, &["a", "b"])).await;
    let poll = look!(db, [], |tx| polls::get(tx, poll).await).unwrap();
    let facts = Facts {
        from: at(0),
        until: at(3600),
        collective: "Chez « nous » \u{1F331} \\ \"".to_owned(),
        zone: Toronto,
        decided: vec![poll.clone()],
        held: vec![workshop(id(), one, 1, &draft(5))],
        committed: Tally {
            taken: i64::MAX,
            kept: 0,
            under_way: -1,
        },
        next: Vec::new(),
        open: vec![poll],
    };
    let first = Digest {
        id: id(),
        collective: one,
        number: 1,
        facts,
    };
    let mut second = Digest {
        id: id(),
        number: 2,
        ..first.clone()
    };
    second.facts.until = at(7200);
    for digest in [&second, &first] {
        commit!(db, [digest], |tx| digests::add(tx, &digest).await);
    }
    assert_eq!(
        look!(db, [], |tx| digests::get(tx, first.id).await),
        Some(first.clone())
    );
    assert_eq!(look!(db, [], |tx| digests::get(tx, one).await), None);
    assert_eq!(
        look!(db, [], |tx| digests::last_until(tx, one).await),
        Some(at(7200))
    );
}

async fn a_number_stands_for_one_object(db: Db) {
    let one = collective(&db, "a").await.id;
    let first = add_workshop(&db, one, 1, &draft(0)).await;
    let refused = db
        .write::<_, StoreError, _>(move |tx| {
            async move { workshops::add(tx, id(), one, 1, &draft(9)).await }.boxed()
        })
        .await;
    assert!(matches!(refused, Err(StoreError::Driver(_))), "{refused:?}");
    let stands = look!(db, [], |tx| workshops::by_number(tx, one, 1).await).unwrap();
    assert_eq!(stands, workshop(first, one, 1, &draft(0)));
}
