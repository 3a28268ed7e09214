//! Ballots of confidential polls: sealed while a poll is open, nowhere after its close.

use cercles::store::{Db, StoreError, Vault, sealed};
use futures::FutureExt as _;
use uuid::Uuid;

use super::polls::{add_poll, question};
use super::{collective, person, postgres, sqlite_url};

/// A database with a master key, as one body for both.
async fn with_vault(url: &str) -> Db {
    Db::open_with(url, Vault::new("master")).await.unwrap()
}

#[tokio::test]
async fn on_sqlite_a_sealed_ballot_goes_through_its_life() {
    let folder = tempfile::tempdir().unwrap();
    let url = sqlite_url(folder.path());
    a_sealed_ballot_goes_through_its_life(with_vault(&url).await, &url).await;
}

#[tokio::test]
async fn on_postgresql_a_sealed_ballot_goes_through_its_life() {
    crate::support::needs!(postgres);
    let url = crate::support::postgres::Postgres::shared()
        .await
        .database()
        .await;
    a_sealed_ballot_goes_through_its_life(with_vault(&url).await, &url).await;
}

async fn a_sealed_ballot_goes_through_its_life(db: Db, url: &str) {
    let one = collective(&db, "a").await.id;
    let poll = add_poll(&db, one, 1, question(60, &["a", "b", "c"])).await;
    let (ana, bob, chloe) = (
        person(&db, "1").await,
        person(&db, "2").await,
        person(&db, "3").await,
    );
    commit!(db, [], |tx| sealed::open(tx, poll).await);
    let put = async |who: Uuid, marks: [u8; 3]| {
        commit!(db, [], |tx| sealed::put(tx, poll, who, &marks).await)
    };
    assert!(put(ana, [1, 0, 0]).await, "the first");
    assert!(!put(ana, [0, 0, 1]).await, "a change");
    assert!(put(bob, [0, 0, 1]).await);
    assert!(put(chloe, [0, 1, 0]).await);
    let ballots = async || look!(db, [], |tx| sealed::ballots(tx, poll).await);
    let two = |marks: [u8; 3], times| (marks.to_vec(), times);
    assert_eq!(ballots().await, [two([0, 0, 1], 2), two([0, 1, 0], 1)]);
    assert!(look!(db, [], |tx| sealed::has_voted(tx, poll, ana).await));
    assert_eq!(look!(db, [], |tx| sealed::polls_of(tx, ana).await), [poll]);

    assert!(commit!(db, [], |tx| sealed::remove(tx, poll, bob).await));
    assert!(!commit!(db, [], |tx| sealed::remove(tx, poll, bob).await));
    commit!(db, [], |tx| sealed::hand_over(tx, poll, chloe, bob).await);
    assert!(!look!(db, [], |tx| sealed::has_voted(tx, poll, chloe).await));
    assert_eq!(ballots().await, [two([0, 0, 1], 1), two([0, 1, 0], 1)]);

    // Another master key opens nothing, and none makes nothing.
    for vault in [Vault::new("other"), Vault::default()] {
        let other = Db::open_with(url, vault).await.unwrap();
        let refused = other
            .read::<_, StoreError, _>(|tx| sealed::ballots(tx, poll).boxed())
            .await;
        assert!(
            matches!(refused, Err(StoreError::Sealed | StoreError::NoVault)),
            "{refused:?}"
        );
        other.close().await;
    }

    let receipt = async |who: Uuid| {
        let receipt = look!(db, [], |tx| sealed::receipt(tx, poll, who).await);
        receipt.map(|receipt| receipt.as_str().to_owned())
    };
    assert_eq!(receipt(chloe).await, None, "no ballot, no receipt");
    let mut kept = Vec::new();
    for (who, marks) in [(ana, vec![0, 0, 1]), (bob, vec![0, 1, 0])] {
        kept.push((receipt(who).await.expect("a receipt"), marks));
    }
    kept.sort();
    commit!(db, [], |tx| sealed::publish(tx, poll).await);

    commit!(db, [], |tx| sealed::destroy(tx, poll).await);
    let published = look!(db, [], |tx| sealed::published(tx, poll).await);
    let published: Vec<_> = published
        .into_iter()
        .map(|(receipt, marks)| (receipt.as_str().to_owned(), marks))
        .collect();
    assert_eq!(published, kept);
    let gone = db
        .read::<_, StoreError, _>(|tx| sealed::ballots(tx, poll).boxed())
        .await;
    assert!(matches!(gone, Err(StoreError::Sealed)), "{gone:?}");
    let left = look!(db, [], |tx| sealed::polls_of(tx, ana).await);
    assert!(left.is_empty());
    db.close().await;
}

#[tokio::test]
async fn a_vault_is_open_when_it_has_a_key() {
    crate::support::needs!(postgres);
    assert!(Vault::new("x").is_open());
    let db = postgres().await;
    let open = look!(db, [], |tx| Ok::<_, StoreError>(tx.vault().is_open()));
    assert!(!open, "none unless it is given");
    db.close().await;
}
