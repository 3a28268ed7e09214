//! Polls, their options and ballots.

use cercles::domain::count::Quorum;
use cercles::domain::count::Tally as _;
use cercles::domain::poll::ballot::Ballot;
use cercles::domain::poll::live::Live;
use cercles::domain::poll::outcome::{Decision, Outcome};
use cercles::domain::poll::rules::{Level, Rules, Terms};
use cercles::domain::poll::{self, DraftOption, Poll, PollOption, RoomBallots, Statement, Status};
use cercles::domain::text::Wording;
use cercles::domain::workshop::Place;
use cercles::store::polls::{self, NewPoll, StoredBallot};
use cercles::store::{Db, people};
use chrono::NaiveDate;
use chrono_tz::America::Toronto;
use futures::FutureExt as _;
use futures::future::join_all;
use uuid::Uuid;

use super::{at, collective, id, person};

on_both!(
    a_poll_is_kept_with_its_options_in_order,
    a_ballot_is_one_per_person_and_may_be_taken_away,
    equal_ballots_are_read_as_one_with_their_number,
    forty_people_who_vote_at_once_are_all_counted,
    open_polls_are_listed_first_to_close_first,
    a_poll_goes_through_its_life,
    people_are_known_by_their_accounts_and_acts,
);

fn wording(text: &str, english: Option<&str>) -> Wording {
    Wording {
        text: text.to_owned(),
        english: english.map(str::to_owned),
    }
}

pub(super) fn question(closes: i64, options: &[&str]) -> poll::Draft {
    let mut terms = Terms::new(Rules::Choose { most: 1 });
    terms.level = Level::Public;
    terms.quorum = Quorum(40);
    poll::Draft {
        question: wording("Où « se réunir » ?", Some("Where?")),
        options: options
            .iter()
            .map(|option| DraftOption {
                label: wording(option, None),
                meaning: Some(wording("sens", Some("meaning"))),
                cost: Some(u64::from(u32::MAX)),
                at: Some(at(7)),
            })
            .collect(),
        terms,
        opens_at: at(1),
        closes_at: at(closes),
    }
}

pub(super) async fn add_poll(db: &Db, collective: Uuid, number: i64, draft: poll::Draft) -> Uuid {
    let made = id();
    commit!(db, [draft], |tx| {
        let live = match draft.options.len() {
            0 => Live::Turnout(0),
            options => Live::new(&draft.terms.rules, options).expect("options"),
        };
        let new = NewPoll {
            id: made,
            collective,
            number,
            draft: &draft,
            status: Status::Open,
            eligible: 12,
            live: &live,
            seed: Some("seed"),
        };
        polls::add(tx, &new).await
    });
    made
}

fn chosen(option: usize, cast_at: i64) -> StoredBallot {
    StoredBallot {
        marks: Ballot::Options(vec![option]).to_bytes(3),
        reason: None,
        name: None,
        verified: false,
        cast_at: at(cast_at),
    }
}

async fn get(db: &Db, poll: Uuid) -> Poll {
    look!(db, [], |tx| polls::get(tx, poll).await).expect("the poll")
}

async fn a_poll_is_kept_with_its_options_in_order(db: Db) {
    let (one, other) = (collective(&db, "a").await.id, collective(&db, "b").await.id);
    // More than ten: an order by text would put 10 before 2.
    let labels: Vec<String> = (0..12).map(|n| format!("Choix {n} %_'\"")).collect();
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let draft = question(60, &labels);
    let made = add_poll(&db, one, 7, draft.clone()).await;
    let expected = Poll {
        id: made,
        collective: one,
        number: 7,
        question: draft.question,
        options: (0..)
            .zip(draft.options)
            .map(|(position, option)| PollOption::of(option, position, false))
            .collect(),
        live: Live::new(&draft.terms.rules, 12).unwrap(),
        terms: draft.terms,
        status: Status::Open,
        opens_at: at(1),
        closes_at: at(60),
        eligible: 12,
        verified: 0,
        room: None,
        outcome: None,
        organisations: None,
        seed: Some("seed".to_owned()),
        statement: None,
        zone: Toronto,
    };
    assert_eq!(get(&db, made).await, expected);
    assert_eq!(
        look!(db, [], |tx| polls::by_number(tx, one, 7).await),
        Some(expected)
    );
    assert_eq!(
        look!(db, [], |tx| polls::by_number(tx, other, 7).await),
        None
    );
    assert_eq!(look!(db, [], |tx| polls::get(tx, one).await), None);
}

async fn a_ballot_is_one_per_person_and_may_be_taken_away(db: Db) {
    let one = collective(&db, "a").await.id;
    let made = add_poll(&db, one, 1, question(60, &["a", "b", "c"])).await;
    let untouched = add_poll(&db, one, 2, question(60, &["a", "b", "c"])).await;
    let (ana, bob) = (person(&db, "1").await, person(&db, "2").await);
    let ballot = async |who| look!(db, [], |tx| polls::ballot(tx, made, who).await);
    assert_eq!(ballot(ana).await, None);
    let objection = StoredBallot {
        reason: Some("« Non » \u{1F331}".to_owned()),
        name: Some("Ana".to_owned()),
        verified: true,
        ..chosen(2, 9)
    };
    for (who, cast) in [(ana, chosen(0, 5)), (bob, chosen(0, 6)), (ana, objection)] {
        let kept = cast.clone();
        commit!(db, [kept], |tx| polls::set_ballot(tx, made, who, &kept)
            .await);
        assert_eq!(ballot(who).await, Some(cast));
    }
    assert_eq!(look!(db, [], |tx| polls::ballots(tx, untouched).await), []);
    let reasons = look!(db, [], |tx| polls::reasons(tx, made).await);
    assert_eq!(reasons, ["« Non » \u{1F331}"]);
    let named = look!(db, [], |tx| polls::named(tx, made).await);
    assert_eq!(named, [("Ana".to_owned(), chosen(2, 0).marks)]);

    assert!(commit!(db, [], |tx| polls::remove_ballot(tx, made, ana).await));
    assert!(!commit!(db, [], |tx| polls::remove_ballot(tx, made, ana).await));
    assert_eq!(ballot(ana).await, None);
    assert!(ballot(bob).await.is_some());
}

async fn equal_ballots_are_read_as_one_with_their_number(db: Db) {
    let one = collective(&db, "a").await.id;
    let made = add_poll(&db, one, 1, question(60, &["a", "b", "c"])).await;
    for n in 0..5 {
        let who = person(&db, &n.to_string()).await;
        let cast = chosen(if n == 3 { 2 } else { 0 }, n);
        commit!(db, [cast], |tx| polls::set_ballot(tx, made, who, &cast)
            .await);
    }
    let merged = look!(db, [], |tx| polls::ballots(tx, made).await);
    assert_eq!(
        merged,
        [(chosen(2, 0).marks, 1), (chosen(0, 0).marks, 4)],
        "in the order of their bytes"
    );
}

async fn forty_people_who_vote_at_once_are_all_counted(db: Db) {
    let one = collective(&db, "a").await.id;
    let made = add_poll(&db, one, 1, question(60, &["a", "b", "c"])).await;
    let mut voters = Vec::new();
    for n in 0..40_usize {
        let (db, who) = (db.clone(), person(&db, &n.to_string()).await);
        voters.push(async move {
            commit!(db, [], |tx| {
                tx.lock(made).await?;
                let mut poll = polls::get(tx, made).await?.expect("the poll");
                let cast = chosen(n % 2, 0);
                poll.live
                    .replace(None, Some(&Ballot::Options(vec![n % 2])))
                    .expect("a ballot");
                polls::set_ballot(tx, made, who, &cast).await?;
                polls::set_live(tx, made, &poll.live, poll.verified + 1).await
            });
        });
    }
    join_all(voters.into_iter().map(tokio::spawn))
        .await
        .into_iter()
        .for_each(|voted| voted.expect("a ballot"));
    let poll = get(&db, made).await;
    let Live::Approval(sums) = &poll.live else {
        panic!("{poll:?}")
    };
    assert_eq!((&sums.counts[..], poll.verified), (&[20, 20, 0][..], 40));
    let merged = look!(db, [], |tx| polls::ballots(tx, made).await);
    assert_eq!(merged.iter().map(|(_, times)| times).sum::<u64>(), 40);
}

async fn open_polls_are_listed_first_to_close_first(db: Db) {
    let (one, other) = (collective(&db, "a").await.id, collective(&db, "b").await.id);
    let late = add_poll(&db, one, 1, question(300, &["a", "b"])).await;
    let soon = add_poll(&db, one, 2, question(100, &["a", "b"])).await;
    let closed = add_poll(&db, one, 3, question(200, &["a", "b"])).await;
    add_poll(&db, other, 1, question(50, &["a", "b"])).await;
    close(&db, closed, 1).await;
    let listed = look!(db, [], |tx| polls::open(tx, one).await);
    let ids: Vec<Uuid> = listed.iter().map(|poll| poll.id).collect();
    assert_eq!(ids, [soon, late]);
    assert!(listed.iter().all(|poll| poll.options.len() == 2));
    let all = async |limit: i64| look!(db, [], |tx| polls::all(tx, one, limit).await);
    let mut expected = listed;
    expected.reverse();
    let closed = look!(db, [], |tx| polls::get(tx, closed).await).unwrap();
    // Closed as of its own hour, earlier than the others close.
    expected.push(closed);
    assert_eq!(
        all(10).await,
        expected,
        "last to close first, with their options"
    );
    assert_eq!(all(1).await, expected[..1]);
}

pub(super) fn tie() -> Outcome {
    Outcome {
        quorum_met: false,
        decision: Decision::Order {
            tiers: vec![vec![0, 1]],
            condorcet: None,
        },
        lots: Vec::new(),
    }
}

pub(super) async fn close(db: &Db, poll: Uuid, when: i64) {
    commit!(db, [], |tx| polls::close(tx, poll, at(when), &tie()).await);
}

async fn a_poll_goes_through_its_life(db: Db) {
    let one = collective(&db, "a").await.id;
    let made = add_poll(&db, one, 1, question(60, &["a", "b"])).await;
    commit!(db, [], |tx| polls::start(tx, made, 40).await);
    commit!(db, [], |tx| polls::set_closing(tx, made, at(90)).await);
    let room = RoomBallots {
        counts: vec![12, 9],
        witness: "Une « voisine »".to_owned(),
    };
    let kept = room.clone();
    commit!(db, [kept], |tx| polls::set_room(tx, made, &kept).await);
    let open = get(&db, made).await;
    assert_eq!((open.eligible, open.closes_at), (40, at(90)));
    assert_eq!(open.room, Some(room));

    let late = question(60, &["c"]).options.remove(0);
    let added = late.clone();
    commit!(db, [added], |tx| {
        polls::add_option(tx, made, 2, &added, true).await?;
        polls::set_opening(tx, made, at(30)).await
    });
    let open = get(&db, made).await;
    assert_eq!(open.options[2], PollOption::of(late, 2, true));
    assert_eq!((open.options.len(), open.opens_at), (3, at(30)));

    let never = add_poll(&db, one, 2, question(60, &[])).await;
    commit!(db, [], |tx| polls::abandon(tx, never, at(20)).await);
    let never = get(&db, never).await;
    assert!(never.never_opened() && never.closes_at == at(20));

    close(&db, made, 70).await;
    let statement = Statement {
        text: "On commence.\nPar là.".to_owned(),
        review_on: NaiveDate::from_ymd_opt(2027, 3, 1),
    };
    let said = statement.clone();
    commit!(db, [said], |tx| polls::set_statement(tx, made, &said).await);
    let closed = get(&db, made).await;
    assert_eq!((closed.status, closed.closes_at), (Status::Closed, at(70)));
    assert_eq!(closed.outcome, Some(tie()));
    assert_eq!(closed.statement, Some(statement));
}

async fn people_are_known_by_their_accounts_and_acts(db: Db) {
    let (one, other) = (collective(&db, "a").await.id, collective(&db, "b").await.id);
    let (ana, bob) = (person(&db, "1").await, person(&db, "2").await);
    let accounts = look!(db, [], |tx| people::accounts(tx, ana).await);
    assert_eq!(accounts.len(), 1);
    assert_eq!(accounts[0].address, "1");
    assert_eq!(
        look!(db, [], |tx| people::since(tx, ana).await),
        Some(at(0))
    );
    assert_eq!(look!(db, [], |tx| people::since(tx, one).await), None);

    let active = async |collective| look!(db, [], |tx| people::active(tx, collective).await);
    assert_eq!(active(one).await, 0);
    let made = add_poll(&db, one, 1, question(60, &["a", "b"])).await;
    let workshop = super::acts::add_workshop(&db, one, 1, &super::acts::draft(0)).await;
    for who in [ana, bob] {
        let cast = chosen(0, 5);
        commit!(db, [cast], |tx| polls::set_ballot(tx, made, who, &cast)
            .await);
    }
    super::rosters::set(&db, workshop, ana, None, Place::Yes { seats: 1 }).await;
    assert_eq!(active(one).await, 2, "each person once");
    assert_eq!(active(other).await, 0);
    for (who, expected) in [(ana, vec![one]), (one, vec![])] {
        let known = look!(db, [], |tx| people::collectives(tx, who).await);
        assert_eq!(known, expected);
    }
}
