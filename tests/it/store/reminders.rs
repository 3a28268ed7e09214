//! Private reminders: who wants them and is due one, accounts that take no private messages, and persons' cards.

use cercles::domain::actor::Account;
use cercles::domain::card::View;
use cercles::domain::ids::Kind;
use cercles::domain::language::Language;
use cercles::domain::network::Destination;
use cercles::domain::network::NetworkKind::{Discord, Matrix};
use cercles::domain::reminder::{Addressee, Choice, Wish};
use cercles::domain::workshop::{Place, Rsvp};
use cercles::service::reminders::due;
use cercles::store::cards::{self, Claimed, Lane};
use cercles::store::polls::StoredBallot;
use cercles::store::private_cards::{self, Reminder};
use cercles::store::reminders::{self, Contact};
use cercles::store::{Db, Vault, people, polls, sealed};
use futures::FutureExt as _;
use uuid::Uuid;

use super::acts::{add_workshop, bare_draft};
use super::polls::{add_poll, question};
use super::{account, at, collective, id, person, rosters, sqlite_url};

on_both!(
    reminders_are_offered_once_and_a_wish_is_written_over,
    an_account_is_closed_until_it_is_opened_and_its_person_is_told,
    those_who_come_are_reminded_of_a_workshop_where_they_can_be,
    a_person_has_one_card_per_reminder_in_a_lane_of_their_own,
    a_card_that_was_not_tried_follows_its_person_to_another_account,
    of_two_persons_cards_the_one_that_was_tried_stays,
    what_persons_were_reminded_of_is_told_and_forgotten,
    a_close_that_moves_reminds_anew_but_nobody_twice_a_day,
);

fn wish(choice: Option<Choice>) -> Wish {
    Wish {
        asked_at: Some(at(0)),
        choice,
    }
}

fn choice(wanted: bool, account: &Account, collective: Uuid) -> Choice {
    Choice {
        wanted,
        at: at(5),
        account: account.clone(),
        language: Language::EnCa,
        collective,
    }
}

/// Somebody on Discord who wants reminders there.
pub(super) async fn reminded(db: &Db, address: &str, collective: Uuid) -> Addressee {
    let person = person(db, address).await;
    let account = account(Discord, address);
    let wish = wish(Some(choice(true, &account, collective)));
    commit!(db, [wish], |tx| reminders::set_wish(tx, person, &wish)
        .await);
    Addressee {
        person,
        account,
        language: Language::EnCa,
    }
}

async fn reminders_are_offered_once_and_a_wish_is_written_over(db: Db) {
    let one = collective(&db, "a").await.id;
    let ana = person(&db, "1").await;
    let (discord, matrix) = (account(Discord, "1"), account(Matrix, "@ana:ici.ca"));
    let wished = async || look!(db, [], |tx| reminders::wish(tx, ana).await);
    let offer = async |to: &Account| commit!(db, [to], |tx| reminders::offer(tx, &to, at(0)).await);
    assert_eq!(wished().await, None);
    assert!(!offer(&matrix).await, "nobody's account");
    assert!(offer(&discord).await);
    assert!(!offer(&discord).await, "once");
    assert_eq!(wished().await, Some(wish(None)));
    for said in [choice(true, &discord, one), choice(false, &matrix, one)] {
        let said = wish(Some(said));
        commit!(db, [said], |tx| reminders::set_wish(tx, ana, &said).await);
        assert_eq!(wished().await, Some(said));
        assert!(!offer(&discord).await, "who chose is not asked");
    }
    commit!(db, [], |tx| reminders::erase(tx, ana).await);
    assert_eq!(wished().await, None);
}

async fn an_account_is_closed_until_it_is_opened_and_its_person_is_told(db: Db) {
    let one = collective(&db, "a").await.id;
    let ana = reminded(&db, "1", one).await;
    let other = account(Matrix, "@ana:ici.ca");
    commit!(db, [other], |tx| people::attach(tx, ana.person, &other)
        .await);
    let contact = async |of: &Account| look!(db, [of], |tx| reminders::contact(tx, &of).await);
    let well = Contact {
        settled: true,
        closed_at: None,
        broken: None,
    };
    assert_eq!(contact(&account(Discord, "9")).await, None);
    assert_eq!(contact(&other).await, Some(well.clone()));
    let target = ana.account.clone();
    for when in [7, 8] {
        commit!(db, [target], |tx| reminders::close(tx, &target, at(when))
            .await);
    }
    let broken = Some((target.clone(), false));
    let told = Some((target.clone(), true));
    let closed_at = Some(at(7));
    assert_eq!(
        contact(&target).await,
        Some(Contact {
            closed_at,
            broken: broken.clone(),
            ..well.clone()
        }),
        "since the first time"
    );
    assert_eq!(
        contact(&other).await,
        Some(Contact {
            broken,
            ..well.clone()
        })
    );
    let closed = async || look!(db, [ana], |tx| reminders::closed(tx, ana.person).await);
    assert_eq!(closed().await, [(target.clone(), at(7))]);
    commit!(db, [target], |tx| reminders::told(tx, &target, at(9)).await);
    assert_eq!(contact(&other).await.unwrap().broken, told);
    let reached = async || look!(db, [ana], |tx| reminders::addressee(tx, ana.person).await);
    assert_eq!(reached().await, None);
    commit!(db, [target], |tx| reminders::reopen(tx, &target).await);
    assert_eq!(contact(&target).await, Some(well.clone()));
    assert_eq!(closed().await, []);
    assert_eq!(reached().await, Some(ana.clone()));

    // Whose agreement is taken back is not reminded.
    commit!(db, [ana], |tx| {
        people::withdraw_consent(tx, ana.person, at(8)).await
    });
    assert_eq!(reached().await, None);
    commit!(db, [ana], |tx| people::consent(tx, ana.person, 2, at(9))
        .await);
    assert_eq!(reached().await, Some(ana.clone()));

    // Who wants none is not told that they do not arrive, and an account that is another's reaches nobody.
    commit!(db, [target], |tx| reminders::close(tx, &target, at(9))
        .await);
    let no = wish(Some(choice(false, &target, one)));
    commit!(db, [no, ana], |tx| {
        reminders::set_wish(tx, ana.person, &no).await
    });
    assert_eq!(contact(&other).await, Some(well));
    assert_eq!(reached().await, None);
    let bob = reminded(&db, "2", one).await;
    let theirs = bob.account.clone();
    commit!(db, [theirs], |tx| people::detach(tx, &theirs).await);
    assert_eq!(
        look!(db, [], |tx| reminders::addressee(tx, bob.person).await),
        None
    );
}

async fn those_who_come_are_reminded_of_a_workshop_where_they_can_be(db: Db) {
    let one = collective(&db, "a").await.id;
    let workshop = add_workshop(&db, one, 1, &bare_draft(at(600), None)).await;
    let mut comers = Vec::new();
    for (address, place) in [
        ("1", Place::Yes { seats: 2 }),
        ("2", Place::Maybe),
        ("3", Place::No),
        (
            "4",
            Place::Waiting {
                seats: 1,
                ticket: 1,
            },
        ),
    ] {
        let somebody = reminded(&db, address, one).await;
        rosters::set(&db, workshop, somebody.person, None, place).await;
        if matches!(place.answer(), Some(Rsvp::Yes | Rsvp::Maybe)) {
            comers.push(somebody);
        }
    }
    let unasked = person(&db, "5").await;
    rosters::set(&db, workshop, unasked, None, Place::Yes { seats: 1 }).await;
    comers.sort_by_key(|who| who.person);
    let found = async || look!(db, [], |tx| reminders::of_workshop(tx, workshop).await);
    assert_eq!(found().await, comers);
    // Their own language goes first; a closed account is left out.
    let (first, second) = (comers[0].person, comers[1].account.clone());
    commit!(db, [second], |tx| {
        people::set_language(tx, first, Language::FrCa, at(1)).await?;
        reminders::close(tx, &second, at(1)).await
    });
    comers[0].language = Language::FrCa;
    assert_eq!(found().await, comers[..1]);
}

#[tokio::test]
async fn on_sqlite_those_who_have_not_voted_are_reminded_of_a_poll() {
    let folder = tempfile::tempdir().unwrap();
    let url = sqlite_url(folder.path());
    let db = Db::open_with(&url, Vault::new("master")).await.unwrap();
    those_who_have_not_voted_are_reminded_of_a_poll(db).await;
}

#[tokio::test]
async fn on_postgresql_those_who_have_not_voted_are_reminded_of_a_poll() {
    crate::support::needs!(postgres);
    let url = crate::support::postgres::Postgres::shared()
        .await
        .database()
        .await;
    let db = Db::open_with(&url, Vault::new("master")).await.unwrap();
    those_who_have_not_voted_are_reminded_of_a_poll(db).await;
}

async fn those_who_have_not_voted_are_reminded_of_a_poll(db: Db) {
    let (one, two) = (collective(&db, "a").await.id, collective(&db, "b").await.id);
    let open = add_poll(&db, one, 1, question(600, &["a", "b"])).await;
    let secret = add_poll(&db, one, 2, question(600, &["a", "b"])).await;
    let other = add_poll(&db, two, 1, question(600, &["a", "b"])).await;
    let (ana, bob, chloe) = (
        reminded(&db, "1", one).await,
        reminded(&db, "2", one).await,
        reminded(&db, "3", two).await,
    );
    let ballot = StoredBallot {
        marks: vec![1, 0],
        reason: None,
        name: None,
        verified: false,
        cast_at: at(2),
    };
    let (voter, sealer) = (ana.person, bob.person);
    commit!(db, [ballot], |tx| {
        polls::set_ballot(tx, open, voter, &ballot).await?;
        sealed::open(tx, secret).await?;
        sealed::put(tx, secret, sealer, &[1, 0]).await
    });
    let of =
        async |poll, collective| look!(db, [], |tx| reminders::of_poll(tx, poll, collective).await);
    assert_eq!(of(open, one).await, std::slice::from_ref(&bob));
    assert_eq!(of(secret, one).await, std::slice::from_ref(&ana));
    assert_eq!(of(other, two).await, std::slice::from_ref(&chloe));
    // Chloé takes part in the first collective too, once she has voted there.
    let (voter, closed) = (chloe.person, bob.account.clone());
    commit!(db, [ballot, closed], |tx| {
        polls::set_ballot(tx, open, voter, &ballot).await?;
        reminders::close(tx, &closed, at(3)).await
    });
    assert_eq!(of(open, one).await, []);
    let mut both = [ana, chloe];
    both.sort_by_key(|who| who.person);
    assert_eq!(of(secret, one).await, both);
}

async fn a_close_that_moves_reminds_anew_but_nobody_twice_a_day(db: Db) {
    const DAY: i64 = 24 * 3600;
    // A quarter to one in Québec.
    const NOON: i64 = 6 * 3600;
    let one = collective(&db, "a").await.id;
    let (ana, bob) = (reminded(&db, "1", one).await, reminded(&db, "2", one).await);
    let poll = add_poll(&db, one, 1, question(NOON + DAY, &["a", "b"])).await;
    let falls_due = async |now: i64| {
        db.write(move |tx| due::before_close(tx, poll, at(now)).boxed())
            .await
            .unwrap();
    };
    let cards = async || {
        look!(db, [ana, bob], |tx| {
            let mut all = Vec::new();
            for who in [&ana, &bob] {
                let of = private_cards::of_person(tx, who.person).await?;
                all.push(of.first().map(|(_, _, sent_at)| *sent_at));
            }
            Ok(all)
        })
    };
    falls_due(NOON).await;
    assert_eq!(cards().await, [Some(None), Some(None)]);
    let claimed = claim(&db, Lane::Persons, NOON).await;
    let to_ana = claimed.iter().find(|card| card.person == Some(ana.person));
    shown(&db, to_ana.unwrap().id, NOON).await;
    // Extended: who was not reached waits for the new time, and is then due with the others.
    let extended = async |closes: i64, now: i64| {
        commit!(db, [], |tx| polls::set_closing(tx, poll, at(closes)).await);
        let poll = look!(db, [], |tx| polls::get(tx, poll).await).unwrap();
        db.write(move |tx| async move { due::plan_poll(tx, &poll, at(now)).await }.boxed())
            .await
            .unwrap();
    };
    extended(NOON + DAY + 3600, NOON + 60).await;
    assert_eq!(cards().await, [Some(Some(at(NOON))), None]);
    falls_due(NOON + 3600).await;
    assert_eq!(
        cards().await,
        [Some(Some(at(NOON))), Some(None)],
        "Ana was reminded an hour ago"
    );
    extended(NOON + 4 * DAY, NOON + 7200).await;
    falls_due(NOON + 3 * DAY).await;
    assert_eq!(cards().await, [Some(None), Some(None)], "anew");
}

fn reminder(collective: Uuid, subject: Uuid) -> Reminder {
    Reminder {
        collective,
        kind: Kind::Poll,
        subject,
        view: View::Reminder,
    }
}

async fn add(db: &Db, reminder: Reminder, to: &Addressee, now: i64) -> bool {
    commit!(db, [to], |tx| {
        private_cards::add(tx, &reminder, &to, at(now)).await
    })
}

async fn claim(db: &Db, lane: Lane, now: i64) -> Vec<Claimed> {
    commit!(db, [], |tx| {
        cards::claim(tx, (Discord, lane), at(now), at(now + 60), 100).await
    })
}

async fn shown(db: &Db, card: Uuid, now: i64) {
    commit!(db, [], |tx| {
        cards::shown(tx, card, 1, "m", at(now), at(now)).await
    });
}

async fn a_person_has_one_card_per_reminder_in_a_lane_of_their_own(db: Db) {
    let one = collective(&db, "a").await.id;
    let ana = reminded(&db, "1", one).await;
    let poll = reminder(one, id());
    assert!(add(&db, poll, &ana, 3).await);
    assert!(!add(&db, poll, &ana, 4).await, "once");
    let elsewhere = Addressee {
        account: account(Matrix, "@ana:ici.ca"),
        ..ana.clone()
    };
    assert!(!add(&db, poll, &elsewhere, 4).await, "whatever the account");
    assert!(add(&db, reminder(one, id()), &ana, 5).await);
    let next = async |lane| look!(db, [], |tx| cards::next_try(tx, (Discord, lane)).await);
    assert_eq!(next(Lane::Rooms).await, None);
    assert_eq!(next(Lane::Persons).await, Some(at(3)));
    assert!(claim(&db, Lane::Rooms, 9).await.is_empty());
    let claimed = claim(&db, Lane::Persons, 9).await;
    assert_eq!(claimed.len(), 2);
    let card = &claimed[0];
    assert_eq!(
        (card.person, card.collective, card.view, card.language),
        (Some(ana.person), Some(one), View::Reminder, Language::EnCa)
    );
    assert_eq!(card.destination, Destination::Direct("1".to_owned()));
}

async fn a_card_that_was_not_tried_follows_its_person_to_another_account(db: Db) {
    let one = collective(&db, "a").await.id;
    let ana = reminded(&db, "1", one).await;
    let (first, second) = (reminder(one, id()), reminder(one, id()));
    add(&db, first, &ana, 0).await;
    assert_eq!(claim(&db, Lane::Persons, 1).await.len(), 1);
    add(&db, second, &ana, 2).await;
    let matrix = account(Matrix, "@ana:ici.ca");
    let moved = commit!(db, [matrix], |tx| {
        private_cards::redirect(tx, ana.person, &matrix).await
    });
    assert_eq!(moved, 1, "the other may have arrived");
    let claimed = commit!(db, [], |tx| {
        cards::claim(tx, (Matrix, Lane::Persons), at(9), at(60), 9).await
    });
    assert_eq!(claimed.len(), 1);
    assert_eq!(
        claimed[0].destination,
        Destination::Direct("@ana:ici.ca".to_owned())
    );
}

async fn of_two_persons_cards_the_one_that_was_tried_stays(db: Db) {
    let one = collective(&db, "a").await.id;
    let (ana, bob) = (reminded(&db, "1", one).await, reminded(&db, "2", one).await);
    let (tried_by_from, tried_by_into, by_neither, by_one) = (id(), id(), id(), id());
    add(&db, reminder(one, tried_by_from), &ana, 0).await;
    add(&db, reminder(one, tried_by_into), &bob, 0).await;
    assert_eq!(claim(&db, Lane::Persons, 1).await.len(), 2);
    for (subject, to) in [
        (tried_by_from, &bob),
        (tried_by_into, &ana),
        (by_neither, &ana),
        (by_neither, &bob),
        (by_one, &ana),
    ] {
        add(&db, reminder(one, subject), to, 2).await;
    }
    commit!(db, [ana, bob], |tx| {
        private_cards::hand_over(tx, ana.person, bob.person).await
    });
    let all = claim(&db, Lane::Persons, 99).await;
    let mut kept: Vec<(Uuid, String, bool)> = Vec::new();
    for card in all {
        assert_eq!(card.person, Some(bob.person));
        let cards::Subject::Object(_, subject) = card.subject else {
            panic!("{card:?}")
        };
        let address = card.destination.address().to_owned();
        kept.push((subject, address, card.tried_at.is_some()));
    }
    kept.sort();
    let mut expected = vec![
        (tried_by_from, "1".to_owned(), true),
        (tried_by_into, "2".to_owned(), true),
        (by_neither, "2".to_owned(), false),
        (by_one, "1".to_owned(), false),
    ];
    expected.sort();
    assert_eq!(kept, expected);
}

async fn what_persons_were_reminded_of_is_told_and_forgotten(db: Db) {
    let one = collective(&db, "a").await.id;
    let (ana, bob) = (reminded(&db, "1", one).await, reminded(&db, "2", one).await);
    let (first, second) = (id(), id());
    add(&db, reminder(one, first), &ana, 0).await;
    add(&db, reminder(one, second), &ana, 1).await;
    add(&db, reminder(one, first), &bob, 2).await;
    let reminding =
        async |of: &Account| look!(db, [of], |tx| private_cards::collectives(tx, &of).await);
    assert_eq!(reminding(&ana.account).await, Vec::<Uuid>::new());
    let card = claim(&db, Lane::Persons, 5).await.remove(0);
    shown(&db, card.id, 10).await;
    assert_eq!(reminding(&ana.account).await, [one]);
    let of = async |who: Uuid| look!(db, [], |tx| private_cards::of_person(tx, who).await);
    assert_eq!(
        of(ana.person).await,
        [
            (Kind::Poll, first, Some(at(10))),
            (Kind::Poll, second, None)
        ]
    );
    let forgotten =
        async |before| commit!(db, [], |tx| private_cards::forget(tx, at(before)).await);
    assert_eq!(forgotten(10).await, 0);
    assert_eq!(forgotten(11).await, 1);
    let over = commit!(db, [], |tx| {
        private_cards::forget_subject(tx, first).await
    });
    assert_eq!(over, 1, "that of Bob");
    let gone = commit!(db, [], |tx| private_cards::erase(tx, ana.person).await);
    assert_eq!((gone, of(ana.person).await), (1, vec![]));
}
