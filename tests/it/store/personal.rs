//! What is kept of a person, and how it changes hands or goes: links, ballots, answers, journal, settings.

use cercles::domain::commitment::{Commitment, Holder, State};
use cercles::domain::event::EventKind;
use cercles::domain::ids::{Kind, ShortId};
use cercles::domain::network::Destination;
use cercles::domain::network::NetworkKind::{Discord, Matrix};
use cercles::store::cards::{self, NewCard, Subject};
use cercles::store::journal::Entry;
use cercles::store::links::Offer;
use cercles::store::polls::StoredBallot;
use cercles::store::{
    Db, ballots, collectives, commitments, journal, links, people, polls, settings,
};
use chrono::NaiveDate;
use futures::FutureExt as _;
use uuid::Uuid;

use super::polls::{add_poll, question};
use super::{account, at, collective, id, person};

on_both!(
    a_setting_is_written_over_and_taken_away,
    a_code_is_good_until_it_is_used_withdrawn_or_old,
    wrong_tries_are_counted_for_a_while,
    the_journal_says_who_until_they_are_erased,
    consent_and_welcome_are_recorded_once,
    accounts_change_hands,
    a_ballot_changes_hands_or_goes,
    commitments_change_hands_or_go,
    people_of_whom_nothing_else_is_kept_are_idle,
    grants_and_private_words_of_an_account_go,
    deleted_content_is_scrubbed,
);

async fn a_setting_is_written_over_and_taken_away(db: Db) {
    assert_eq!(look!(db, [], |tx| settings::get(tx, "a").await), None);
    for value in ["un", "d'eux « \"' »"] {
        commit!(db, [], |tx| settings::set(tx, "a", value).await);
        let got = look!(db, [], |tx| settings::get(tx, "a").await);
        assert_eq!(got.as_deref(), Some(value));
    }
    commit!(db, [], |tx| settings::clear(tx, "a").await);
    assert_eq!(look!(db, [], |tx| settings::get(tx, "a").await), None);
}

async fn a_code_is_good_until_it_is_used_withdrawn_or_old(db: Db) {
    let (ana, bob) = (person(&db, "1").await, person(&db, "2").await);
    let offer = |address: &str, person, digest: &str| Offer {
        account: account(Discord, address),
        person,
        digest: digest.to_owned(),
    };
    let (first, second, third) = (
        offer("1", ana, "aa"),
        offer("1", ana, "bb"),
        offer("2", bob, "cc"),
    );
    for (made, until) in [(&first, 100), (&second, 100), (&third, 50)] {
        commit!(db, [made], |tx| links::offer(tx, &made, at(until)).await);
    }
    let good = async |now: i64| look!(db, [], |tx| links::offers(tx, at(now)).await);
    let mut found = good(10).await;
    found.sort_by(|a, b| a.digest.cmp(&b.digest));
    assert_eq!(found, [second.clone(), third], "the last of each account");
    assert_eq!(good(50).await, [second], "not at its end");
    for (digest, used) in [("bb", true), ("bb", false), ("aa", false)] {
        let got = commit!(db, [], |tx| links::use_up(tx, digest).await);
        assert_eq!(got, used, "{digest}");
    }
    commit!(db, [], |tx| links::withdraw(tx, bob).await);
    assert_eq!(good(10).await, []);
    commit!(db, [first], |tx| links::offer(tx, &first, at(100)).await);
    let gone = commit!(db, [], |tx| links::forget(tx, at(0), at(100)).await);
    assert_eq!((gone, good(10).await.len()), (1, 0));
}

async fn wrong_tries_are_counted_for_a_while(db: Db) {
    let tries = async |since: i64| look!(db, [], |tx| links::tries(tx, "d", at(since)).await);
    for _ in 0..3 {
        commit!(db, [], |tx| links::count_try(tx, "d", at(-60), at(0)).await);
    }
    assert_eq!((tries(-60).await, tries(0).await), (3, 0));
    commit!(db, [], |tx| links::count_try(tx, "d", at(40), at(100))
        .await);
    assert_eq!(tries(40).await, 1, "the old ones count no more");
    commit!(db, [], |tx| links::forget_tries_of(tx, "d").await);
    assert_eq!(tries(-60).await, 0);
}

async fn the_journal_says_who_until_they_are_erased(db: Db) {
    let one = collective(&db, "a").await.id;
    let (ana, bob) = (person(&db, "1").await, person(&db, "2").await);
    let entry = |seconds: i64, who: Uuid, address: &str| Entry {
        id: id(),
        collective: one,
        at: at(seconds),
        act: EventKind::PollOpened,
        subject: ShortId::new(Kind::Poll, 7).into(),
        on_behalf_of: (seconds == 2).then(|| "table-quartier".to_owned()),
        by: Some((who, account(Discord, address))),
    };
    let (first, second) = (entry(1, ana, "1"), entry(2, bob, "2"));
    for made in [&first, &second] {
        commit!(db, [made], |tx| journal::add(tx, &made).await);
    }
    let latest = async |limit: i64| look!(db, [], |tx| journal::latest(tx, one, limit).await);
    assert_eq!(latest(9).await, [second.clone(), first.clone()]);
    assert_eq!(latest(1).await, std::slice::from_ref(&second));
    assert_eq!(
        look!(db, [], |tx| journal::of_person(tx, ana).await),
        std::slice::from_ref(&first)
    );
    commit!(db, [], |tx| journal::hand_over(tx, ana, bob).await);
    assert_eq!(look!(db, [], |tx| journal::of_person(tx, ana).await), []);
    let erased = commit!(db, [], |tx| journal::erase(tx, bob).await);
    assert_eq!(erased, 2);
    assert!(latest(9).await.iter().all(|entry| entry.by.is_none()));
    commit!(db, [], |tx| journal::forget(tx, at(2)).await);
    assert_eq!(latest(9).await.len(), 1);
}

async fn consent_and_welcome_are_recorded_once(db: Db) {
    let ana = person(&db, "1").await;
    let found = async || look!(db, [], |tx| people::get(tx, ana).await).unwrap();
    assert_eq!(
        (found().await.consent, found().await.active_at),
        (None, None)
    );
    commit!(db, [], |tx| people::consent(tx, ana, 3, at(1)).await);
    assert_eq!(found().await.consent, Some((at(1), 3)));
    for (now, again) in [(2, 2), (4, 2)] {
        commit!(db, [], |tx| people::withdraw_consent(tx, ana, at(now))
            .await);
        assert_eq!(found().await.withdrawn_at, Some(at(again)));
    }
    commit!(db, [], |tx| people::consent(tx, ana, 3, at(1)).await);
    assert_eq!(found().await.withdrawn_at, None);
    for (unless_since, now, active) in [(0, 2, 1), (2, 5, 5)] {
        commit!(db, [], |tx| {
            people::seen(tx, ana, at(unless_since), at(now)).await
        });
        assert_eq!(found().await.active_at, Some(at(active)));
    }
    for (now, first) in [(1, true), (2, false)] {
        let new = commit!(db, [], |tx| people::welcome(tx, ana, at(now)).await);
        assert_eq!(new, first);
    }
    assert_eq!(found().await.welcomed_at, Some(at(1)));
}

async fn accounts_change_hands(db: Db) {
    let (ana, bob) = (person(&db, "1").await, person(&db, "2").await);
    let matrix = account(Matrix, "@ana:ici.ca");
    commit!(db, [matrix], |tx| people::attach(tx, ana, &matrix).await);
    let of = async |who: Uuid| look!(db, [], |tx| people::accounts(tx, who).await);
    assert_eq!(of(ana).await, [account(Discord, "1"), matrix.clone()]);
    commit!(db, [matrix], |tx| people::detach(tx, &matrix).await);
    assert_eq!(of(ana).await, [account(Discord, "1")]);
    commit!(db, [], |tx| people::merge(tx, ana, bob).await);
    assert_eq!(
        of(bob).await,
        [account(Discord, "1"), account(Discord, "2")]
    );
    let stubs = look!(db, [], |tx| people::merged_with(tx, bob).await);
    assert_eq!(stubs, [ana]);
    let third = person(&db, "3").await;
    commit!(db, [], |tx| people::merge(tx, bob, third).await);
    let mut stubs = look!(db, [], |tx| people::merged_with(tx, third).await);
    stubs.sort_unstable();
    let mut both = [ana, bob];
    both.sort_unstable();
    assert_eq!(stubs, both, "of those who were merged before, too");
    for who in [ana, bob, third] {
        commit!(db, [], |tx| people::erase(tx, who).await);
        assert_eq!(look!(db, [], |tx| people::get(tx, who).await), None);
    }
    let found = look!(db, [], |tx| {
        people::find(tx, &account(Discord, "1")).await
    });
    assert_eq!(found, None);
}

async fn voted(db: &Db, number: i64, who: Uuid, seconds: i64) -> Uuid {
    let one = collective(db, &format!("c{number}")).await.id;
    let poll = add_poll(db, one, number, question(100, &["Nord", "Sud"])).await;
    let cast = StoredBallot {
        marks: vec![0, 1],
        reason: Some("parce que".to_owned()),
        name: None,
        verified: false,
        cast_at: at(seconds),
    };
    commit!(db, [cast], |tx| polls::set_ballot(tx, poll, who, &cast)
        .await);
    poll
}

async fn a_ballot_changes_hands_or_goes(db: Db) {
    let (ana, bob) = (person(&db, "1").await, person(&db, "2").await);
    let poll = voted(&db, 1, ana, 5).await;
    let of = async |who: Uuid| look!(db, [], |tx| ballots::of_person(tx, who).await);
    let [ballot] = of(ana).await.try_into().unwrap();
    assert_eq!((ballot.poll_id, ballot.number), (poll, 1));
    assert_eq!(
        (&ballot.marks[..], ballot.reason.as_deref(), ballot.cast_at),
        (&[0, 1][..], Some("parce que"), at(5))
    );
    commit!(db, [], |tx| ballots::hand_over(tx, poll, ana, bob).await);
    assert_eq!((of(ana).await.len(), of(bob).await.len()), (0, 1));
    voted(&db, 2, ana, 5).await;
    let old = voted(&db, 3, ana, 5).await;
    super::polls::close(&db, old, 50).await;
    assert_eq!(commit!(db, [], |tx| ballots::forget(tx, at(51)).await), 1);
    assert_eq!(of(ana).await.len(), 1, "that of the open poll");
    commit!(db, [], |tx| ballots::erase(tx, ana).await);
    assert_eq!((of(ana).await.len(), of(bob).await.len()), (0, 1));
}

async fn commitments_change_hands_or_go(db: Db) {
    let one = collective(&db, "a").await.id;
    let (ana, bob) = (person(&db, "1").await, person(&db, "2").await);
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    for (number, due) in [(1, Some("2026-11-19")), (2, None), (3, Some("2028-01-01"))] {
        let taken = Commitment {
            id: id(),
            collective: one,
            number,
            holder: Holder::Person(ana),
            shown_as: None,
            sentence: "Je plante".to_owned(),
            due: due.map(day),
            about: None,
            state: State::Confirmed,
            taken_at: at(number),
            part: None,
        };
        commit!(db, [taken], |tx| commitments::add(tx, &taken).await);
    }
    let of = async |who: Uuid| -> Vec<i64> {
        let all = look!(db, [], |tx| commitments::all_of_person(tx, who).await);
        all.iter().map(|taken| taken.number).collect()
    };
    assert_eq!(of(ana).await, [1, 2, 3]);
    commit!(db, [], |tx| commitments::move_all(tx, ana, bob).await);
    assert_eq!((of(ana).await, of(bob).await), (vec![], vec![1, 2, 3]));
    let today = day("2026-11-20");
    let gone = commit!(db, [], |tx| commitments::forget(tx, today, at(3)).await);
    assert_eq!((gone, of(bob).await), (2, vec![3]));
    commit!(db, [], |tx| commitments::erase(tx, bob).await);
    assert_eq!(of(bob).await, Vec::<i64>::new());
}

async fn people_of_whom_nothing_else_is_kept_are_idle(db: Db) {
    let (ana, bob) = (person(&db, "1").await, person(&db, "2").await);
    voted(&db, 1, bob, 5).await;
    let idle = async |before: i64| look!(db, [], |tx| people::idle(tx, at(before), 9).await);
    assert_eq!(idle(0).await, Vec::<Uuid>::new());
    assert_eq!(idle(1).await, [ana], "Bob has a ballot");
    commit!(db, [], |tx| people::seen(tx, ana, at(0), at(9)).await);
    assert_eq!(idle(1).await, Vec::<Uuid>::new());
}

async fn grants_and_private_words_of_an_account_go(db: Db) {
    use cercles::domain::actor::Role;
    let one = collective(&db, "a").await.id;
    let (ana, bob) = (account(Discord, "1"), account(Matrix, "@bob:ici.ca"));
    for (who, role) in [(&ana, Role::Steward), (&bob, Role::Editor)] {
        commit!(db, [who], |tx| {
            collectives::grant(tx, one, &who, role).await
        });
    }
    let grants = async || look!(db, [], |tx| collectives::grants(tx, one).await);
    assert_eq!(
        grants().await,
        [(ana.clone(), Role::Steward), (bob.clone(), Role::Editor)]
    );
    commit!(db, [ana], |tx| collectives::revoke(tx, &ana).await);
    assert_eq!(grants().await, [(bob, Role::Editor)]);

    let card = id();
    let said = NewCard {
        id: card,
        collective: None,
        network: Discord,
        destination: Destination::Direct("1".to_owned()),
        language: cercles::domain::language::Language::FrCa,
        subject: Subject::Payload(card),
        view: cercles::domain::card::View::Answer,
        payload: None,
    };
    commit!(db, [said], |tx| cards::put(tx, &said, at(0)).await);
    commit!(db, [], |tx| {
        cards::failed(tx, card, at(0), true, "refused").await
    });
    let stuck = async || look!(db, [], |tx| cards::stuck(tx, 9).await);
    let told = (Discord, "1".to_owned(), "refused".to_owned());
    assert_eq!(stuck().await, [told]);
    let gone = commit!(db, [ana], |tx| cards::erase_direct(tx, &ana).await);
    assert_eq!((gone, stuck().await.len()), (1, 0));
}

async fn deleted_content_is_scrubbed(db: Db) {
    // That nothing is left in the files is told by a story that reads them.
    person(&db, "1").await;
    db.scrub().await.unwrap();
    db.sweep().await.unwrap();
    assert!(look!(db, [], |tx| people::find(tx, &account(Discord, "1")).await).is_some());
}
