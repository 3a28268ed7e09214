//! Partner organisations, who represents them, and their ballots.

use cercles::domain::count::Tally as _;
use cercles::domain::network::NetworkKind::{Discord, Matrix};
use cercles::domain::organisation::{Mandate, Organisation};
use cercles::domain::poll::OrganisationTally;
use cercles::domain::poll::ballot::Ballot;
use cercles::domain::poll::live::Live;
use cercles::domain::poll::rules::Rules;
use cercles::domain::text::Wording;
use cercles::store::polls::StoredBallot;
use cercles::store::{Db, mandates, organisations, polls, voices};
use futures::FutureExt as _;
use uuid::Uuid;

use super::polls::{add_poll, close, question, tie};
use super::{account, at, collective, id, person};

on_both!(
    the_roll_is_kept_by_name_with_those_that_are_retired,
    mandates_are_given_handed_over_and_end,
    an_invitation_is_good_once_and_for_a_while,
    an_organisation_has_one_ballot_and_is_named_beside_it,
    a_second_tally_stands_beside_the_first,
);

pub(super) fn organisation(collective: Uuid, slug: &str, name: &str) -> Organisation {
    Organisation {
        id: id(),
        collective,
        slug: slug.to_owned(),
        name: Wording {
            text: name.to_owned(),
            english: (slug == "table").then(|| "Neighbourhood « table » \u{1F331}".to_owned()),
        },
        sector: "communautaire".to_owned(),
        since: at(3),
        active: true,
        circle: None,
    }
}

pub(super) async fn put(db: &Db, made: &Organisation) {
    commit!(db, [made], |tx| organisations::put(tx, &made).await);
}

async fn the_roll_is_kept_by_name_with_those_that_are_retired(db: Db) {
    let (one, other) = (collective(&db, "a").await.id, collective(&db, "b").await.id);
    let table = organisation(one, "table", "Table de l'« Est »");
    let mut cre = organisation(one, "cre", "CRE");
    let elsewhere = organisation(other, "table", "Table");
    for made in [&table, &cre, &elsewhere] {
        put(&db, made).await;
    }
    cre.name = Wording::of("Conseil régional".to_owned());
    cre.sector = "environnement".to_owned();
    (cre.since, cre.active) = (at(9), false);
    put(&db, &cre).await;
    let all = look!(db, [], |tx| organisations::all(tx, one).await);
    assert_eq!(all, [cre.clone(), table.clone()]);
    let found = look!(db, [table], |tx| organisations::get(tx, table.id).await);
    assert_eq!(found, Some(table));
    assert_eq!(look!(db, [], |tx| organisations::get(tx, one).await), None);
}

async fn mandates_are_given_handed_over_and_end(db: Db) {
    let one = collective(&db, "a").await.id;
    let other = collective(&db, "b").await.id;
    let (ana, bob) = (person(&db, "1").await, person(&db, "2").await);
    let (table, cre) = (
        organisation(one, "table", "Table"),
        organisation(one, "cre", "CRE"),
    );
    let elsewhere = organisation(other, "ici", "Ici");
    for made in [&table, &cre, &elsewhere] {
        put(&db, made).await;
    }
    let mandate = |organisation: &Organisation, person, network, address: &str, since| Mandate {
        organisation: organisation.id,
        person,
        account: account(network, address),
        since: at(since),
    };
    let anas = mandate(&table, ana, Discord, "1", 1);
    let bobs = mandate(&table, bob, Matrix, "@bob:ici.ca", 2);
    let anas_too = mandate(&cre, ana, Matrix, "@ana:ici.ca", 3);
    for (made, new) in [
        (&anas, true),
        (&bobs, true),
        (&anas_too, true),
        (&anas, false),
    ] {
        assert_eq!(
            commit!(db, [made], |tx| mandates::add(tx, &made).await),
            new
        );
    }
    let of = async |who: Uuid| look!(db, [], |tx| mandates::of_person(tx, who).await);
    let all = async || look!(db, [], |tx| mandates::of_collective(tx, one).await);
    let represented = async |who: Uuid| -> Vec<String> {
        let found = look!(db, [], |tx| organisations::represented_by(tx, who).await);
        found.into_iter().map(|one| one.slug).collect()
    };
    assert_eq!(all().await, [anas.clone(), bobs.clone(), anas_too.clone()]);
    assert_eq!(represented(ana).await, ["cre", "table"]);
    assert_eq!(of(bob).await, std::slice::from_ref(&bobs));

    // Two for one organisation become one: that of whom they are handed to.
    commit!(db, [], |tx| mandates::hand_over(tx, ana, bob).await);
    assert_eq!(
        (of(ana).await.len(), represented(bob).await),
        (0, vec!["cre".to_owned(), "table".to_owned()])
    );
    let kept = all().await;
    assert_eq!(
        kept,
        [
            bobs.clone(),
            Mandate {
                person: bob,
                ..anas_too.clone()
            }
        ]
    );
    let (organisation, gone) = (table.id, account(Matrix, "@ana:ici.ca"));
    assert!(commit!(db, [], |tx| mandates::end(tx, organisation, bob).await));
    assert!(!commit!(db, [], |tx| mandates::end(tx, organisation, bob).await));
    assert_eq!(
        commit!(db, [gone], |tx| mandates::end_of_account(tx, &gone).await),
        1
    );
    assert_eq!(all().await, []);

    for made in [&anas, &bobs, &anas_too] {
        commit!(db, [made], |tx| mandates::add(tx, &made).await);
    }
    assert_eq!(commit!(db, [], |tx| mandates::erase(tx, ana).await), 2);
    assert_eq!(all().await, std::slice::from_ref(&bobs));
    commit!(db, [], |tx| mandates::end_all(tx, organisation).await);
    assert_eq!(all().await, []);
}

async fn an_invitation_is_good_once_and_for_a_while(db: Db) {
    let one = collective(&db, "a").await.id;
    let (table, cre) = (
        organisation(one, "table", "Table"),
        organisation(one, "cre", "CRE"),
    );
    for made in [&table, &cre] {
        put(&db, made).await;
    }
    let (table, cre) = (table.id, cre.id);
    for (digest, organisation, until) in [
        ("aa", table, 100),
        ("bb", table, 100),
        ("cc", cre, 50),
        ("dd", cre, 90),
    ] {
        commit!(db, [], |tx| mandates::offer(
            tx,
            digest,
            organisation,
            at(until)
        )
        .await);
    }
    for (digest, now, used) in [
        ("aa", 99, Some(table)),
        ("aa", 99, None),
        ("bb", 100, None),
        ("xx", 1, None),
    ] {
        let got = commit!(db, [], |tx| mandates::use_up(tx, digest, at(now)).await);
        assert_eq!(got, used, "{digest} at {now}");
    }
    assert_eq!(commit!(db, [], |tx| mandates::forget(tx, at(50)).await), 1);
    commit!(db, [], |tx| mandates::end_all(tx, cre).await);
    let got = commit!(db, [], |tx| mandates::use_up(tx, "dd", at(1)).await);
    assert_eq!(got, None, "it went with the organisation");
}

fn chosen(option: usize, reason: Option<&str>, cast_at: i64) -> StoredBallot {
    StoredBallot {
        marks: Ballot::Options(vec![option]).to_bytes(2),
        reason: reason.map(str::to_owned),
        name: None,
        verified: false,
        cast_at: at(cast_at),
    }
}

async fn an_organisation_has_one_ballot_and_is_named_beside_it(db: Db) {
    let one = collective(&db, "a").await.id;
    let poll = add_poll(&db, one, 1, question(60, &["a", "b"])).await;
    let untouched = add_poll(&db, one, 2, question(60, &["a", "b"])).await;
    let (table, cre) = (
        organisation(one, "table", "Table"),
        organisation(one, "cre", "CRE"),
    );
    for made in [&table, &cre] {
        put(&db, made).await;
    }
    let ballot = async |of: Uuid| look!(db, [], |tx| voices::ballot(tx, poll, of).await);
    assert_eq!(ballot(table.id).await, None);
    let (first, second) = (chosen(0, None, 5), chosen(1, Some("« Non »"), 7));
    for (of, cast) in [(table.id, &first), (cre.id, &second), (table.id, &second)] {
        commit!(db, [cast], |tx| voices::set_ballot(tx, poll, of, &cast)
            .await);
        assert_eq!(ballot(of).await.as_ref(), Some(cast));
    }
    let ballots = look!(db, [], |tx| voices::ballots(tx, poll).await);
    assert_eq!(ballots, [(second.marks.clone(), 2)]);
    assert_eq!(look!(db, [], |tx| voices::ballots(tx, untouched).await), []);
    assert_eq!(
        look!(db, [], |tx| polls::ballots(tx, poll).await),
        [],
        "those of persons"
    );
    let reasons = look!(db, [], |tx| voices::reasons(tx, poll).await);
    assert_eq!(reasons, ["« Non »", "« Non »"]);
    let named = look!(db, [], |tx| voices::named(tx, poll).await);
    let expected = [(cre.name, second.marks.clone()), (table.name, second.marks)];
    assert_eq!(named, expected);

    close(&db, poll, 50).await;
    for (before, gone) in [(50, 0), (51, 2)] {
        assert_eq!(
            commit!(db, [], |tx| voices::forget(tx, at(before)).await),
            gone
        );
    }
}

async fn a_second_tally_stands_beside_the_first(db: Db) {
    let one = collective(&db, "a").await.id;
    let poll = add_poll(&db, one, 1, question(60, &["a", "b"])).await;
    let mut live = Live::new(&Rules::Choose { most: 1 }, 2).unwrap();
    live.replace(None, Some(&Ballot::Options(vec![1]))).unwrap();
    let tally = OrganisationTally {
        eligible: 8,
        live,
        outcome: Some(tie()),
    };
    let kept = tally.clone();
    commit!(db, [kept], |tx| polls::set_organisations(tx, poll, &kept)
        .await);
    let found = look!(db, [], |tx| polls::get(tx, poll).await).unwrap();
    assert_eq!((found.cast(), found.organisations), (0, Some(tally)));
}
