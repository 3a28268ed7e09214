//! Opening, sharing and closing a database.

use std::time::Duration;

use cercles::domain::network::NetworkKind::Discord;
use cercles::store::{Db, StoreError, notes};
use futures::FutureExt as _;

use super::sqlite_url;

const PATIENCE: Duration = Duration::from_mins(1);

on_both!(a_closed_database_refuses_instead_of_hanging);

async fn a_closed_database_refuses_instead_of_hanging(db: Db) {
    commit!(db, [], |tx| notes::set(tx, Discord, "n", "x").await);
    db.close().await;
    let refused = tokio::time::timeout(
        PATIENCE,
        db.write::<_, StoreError, _>(|tx| {
            async move { notes::set(tx, Discord, "n", "y").await }.boxed()
        }),
    )
    .await
    .expect("it answers");
    assert!(refused.is_err());
    let refused = tokio::time::timeout(
        PATIENCE,
        db.read::<_, StoreError, _>(|tx| async move { notes::get(tx, Discord, "n").await }.boxed()),
    )
    .await
    .expect("it answers");
    assert!(refused.is_err());
}

#[tokio::test]
async fn an_address_of_no_known_database_is_refused_without_telling_its_password() {
    let refused = Db::open("mysql://cercles:secret@localhost/cercles").await;
    let Err(error) = refused else {
        panic!("there is no MySQL")
    };
    assert!(matches!(error, StoreError::BadUrl(_)), "{error:?}");
    assert!(!format!("{error} {error:?}").contains("secret"));
}

async fn what_was_written_is_there_when_it_is_opened_again(url: &str) {
    let db = Db::open(url).await.unwrap();
    // What waits when it is closed is finished first.
    let writes: Vec<_> = (0..50)
        .map(|n| {
            let db = db.clone();
            tokio::spawn(async move {
                db.write::<_, StoreError, _>(move |tx| {
                    async move { notes::set(tx, Discord, &n.to_string(), "x").await }.boxed()
                })
                .await
            })
        })
        .collect();
    let mut kept = Vec::new();
    for (n, write) in writes.into_iter().enumerate() {
        if n == 10 {
            db.close().await;
        }
        if write.await.unwrap().is_ok() {
            kept.push(n.to_string());
        }
    }
    assert!(kept.len() >= 10);
    let db = Db::open(url).await.unwrap();
    for n in kept {
        let value = look!(db, [n], |tx| notes::get(tx, Discord, &n).await);
        assert_eq!(value.as_deref(), Some("x"), "{n} was answered and is gone");
    }
    db.close().await;
}

#[tokio::test]
async fn on_sqlite_what_was_written_is_there_when_it_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    what_was_written_is_there_when_it_is_opened_again(&sqlite_url(folder.path())).await;
}

#[tokio::test]
async fn on_postgresql_what_was_written_is_there_when_it_is_opened_again() {
    crate::support::needs!(postgres);
    let postgres = crate::support::postgres::Postgres::shared().await;
    what_was_written_is_there_when_it_is_opened_again(&postgres.database().await).await;
}

#[tokio::test]
async fn two_processes_may_open_a_new_postgresql_at_once_and_wake_each_other() {
    crate::support::needs!(postgres);
    let url = crate::support::postgres::Postgres::shared()
        .await
        .database()
        .await;
    let (one, other) = tokio::join!(Db::open(&url), Db::open(&url));
    let (one, other) = (one.unwrap(), other.unwrap());
    let mut changes = other.changes();
    changes.mark_unchanged();
    commit!(one, [], |tx| notes::set(tx, Discord, "n", "x").await);
    tokio::time::timeout(PATIENCE, changes.changed())
        .await
        .expect("the other process is told")
        .unwrap();
    let seen = look!(other, [], |tx| notes::get(tx, Discord, "n").await);
    assert_eq!(seen.as_deref(), Some("x"));
}

/// The file is one process's: a second one must not run beside it unnoticed for long; here both work, in turns.
#[tokio::test]
async fn two_processes_on_one_sqlite_file_wait_for_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let url = sqlite_url(folder.path());
    let (one, other) = (Db::open(&url).await.unwrap(), Db::open(&url).await.unwrap());
    let writes = (0..40).map(|n| {
        let db = if n % 2 == 0 {
            one.clone()
        } else {
            other.clone()
        };
        tokio::spawn(async move {
            commit!(db, [], |tx| notes::set(tx, Discord, &n.to_string(), "x")
                .await);
        })
    });
    for write in futures::future::join_all(writes).await {
        write.expect("a commit");
    }
    for n in 0..40 {
        let seen = look!(one, [], |tx| notes::get(tx, Discord, &n.to_string()).await);
        assert_eq!(seen.as_deref(), Some("x"));
    }
}

async fn migrations_are_counted_without_changing_anything(url: &str) {
    assert!(Db::pending(url).await.unwrap() > 1);
    assert!(Db::pending(url).await.unwrap() > 1, "nothing was changed");
    Db::open(url).await.unwrap().close().await;
    assert_eq!(Db::pending(url).await.unwrap(), 0);
}

#[tokio::test]
async fn what_an_sqlite_lacks_is_counted_and_a_missing_file_is_not_made() {
    let folder = tempfile::tempdir().unwrap();
    let url = sqlite_url(folder.path());
    assert!(Db::pending(&url).await.is_err());
    let file = folder.path().join("cercles.db");
    assert!(!file.exists());
    std::fs::write(file, "").unwrap();
    migrations_are_counted_without_changing_anything(&url).await;
    assert!(Db::pending("mysql://x").await.is_err());
}

#[tokio::test]
async fn what_a_postgresql_lacks_is_counted() {
    crate::support::needs!(postgres);
    let url = crate::support::postgres::Postgres::shared()
        .await
        .database()
        .await;
    migrations_are_counted_without_changing_anything(&url).await;
}
