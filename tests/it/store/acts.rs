//! The acts: workshops, commitments, digests (polls have a file of their own).

use cercles::domain::commitment::{Commitment, State, Tally};
use cercles::domain::digest::{Digest, Facts};
use cercles::domain::text::Wording;
use cercles::domain::workshop::{Details, Draft, Mode, Roster, Rsvp, Spoken, Status, Workshop};
use cercles::store::{Db, StoreError, commitments, digests, polls, workshops};

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::America::Toronto;
use futures::FutureExt as _;
use uuid::Uuid;

use super::polls::{add_poll, question};
use super::{at, collective, id, person};

on_both!(
    a_workshop_is_kept_edited_and_called_off,
    coming_workshops_are_announced_later_ones_soonest_first,
    a_roster_counts_the_last_answer_of_each_person,
    commitments_are_listed_per_person_and_counted,
    a_digest_keeps_its_facts_to_the_microsecond,
    a_number_stands_for_one_object,
);

/// A workshop that says everything that can be said.
pub(super) fn draft(start: i64) -> Draft {
    let both = |text: &str, english: &str| Wording {
        text: text.to_owned(),
        english: Some(english.to_owned()),
    };
    let slugs = |slugs: &[&str]| slugs.iter().map(|&slug| slug.to_owned()).collect();
    Draft {
        title: both("Réparer « ensemble » 'DROP TABLE' 🧵", "Mending"),
        description: Some(both("Deux\nlignes", "Two\nlines")),
        starts_at: at(start),
        ends_at: Some(at(start + 3600)),
        place: Some("https://exemple.org/?a=1&b=%2".to_owned()),
        details: Details {
            mode: Some(Mode::Hybrid),
            cost: Some(Wording::of("5 $".to_owned())),
            access: slugs(&["lsq", "no-such-slug"]),
            transit: Some(both("bus 7", "bus 7")),
            access_note: Some(both("à demander", "ask")),
            spoken: Some(Spoken::Bilingual),
            audience: Some(both("Tout le monde", "Everybody")),
            themes: slugs(&["energie"]),
            step: Some("plan".to_owned()),
            kind: Some("vision".to_owned()),
            hosts: slugs(&["Coop « A »"]),
        },
    }
}

/// A workshop that says what it must.
pub(super) fn bare_draft(starts_at: DateTime<Utc>, ends_at: Option<DateTime<Utc>>) -> Draft {
    Draft {
        title: Wording::of("Court".to_owned()),
        description: None,
        starts_at,
        ends_at,
        place: None,
        details: Details::default(),
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

pub(super) async fn add_workshop(db: &Db, collective: Uuid, number: i64, draft: &Draft) -> Uuid {
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

    let bare = bare_draft(at(60), None);
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
    let public = look!(db, [], |tx| workshops::public(tx, one, at(0), 4).await);
    let public: Vec<i64> = public.iter().map(|workshop| workshop.number).collect();
    assert_eq!(public, [2, 6, 3, 4], "those that were called off, too");
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
