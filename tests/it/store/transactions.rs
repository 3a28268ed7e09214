//! `Db::write` and `Db::read`: whole or not at all, and nobody takes anybody along.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use cercles::domain::network::NetworkKind::Discord;
use cercles::store::{Db, Open, StoreError, Tx, notes};
use futures::FutureExt as _;
use futures::future::join_all;
use tokio::sync::Barrier;

use super::Broken;

/// Far more than anything here takes.
const PATIENCE: Duration = Duration::from_mins(1);

on_both!(
    an_error_or_a_panic_undoes_its_own_changes_only,
    a_change_is_seen_once_it_is_answered,
    a_reader_sees_one_moment_however_long_it_looks,
    readers_beside_a_busy_writer_never_see_half_a_transaction,
    a_read_changes_nothing,
    writers_that_touch_rows_in_opposite_order_all_get_through,
    a_change_whose_caller_has_gone_still_stands_or_falls_as_a_whole,
);

fn name(n: usize) -> String {
    format!("n{n}")
}

async fn value(db: &Db, name: &str) -> Option<String> {
    let name = name.to_owned();
    look!(db, [name], |tx| notes::get(tx, Discord, &name).await)
}

/// 120 closures at once, most of them in the same groups on SQLite.
async fn an_error_or_a_panic_undoes_its_own_changes_only(db: Db) {
    let writers = (0..120_usize).map(|n| {
        let db = db.clone();
        tokio::spawn(async move {
            db.write::<_, Broken, _>(move |tx| {
                async move {
                    notes::set(tx, Discord, &name(n), "first").await?;
                    notes::set(tx, Discord, &name(n), "second").await?;
                    match n % 6 {
                        2 => return Err(Broken::OnPurpose),
                        // A statement that the database refuses.
                        3 => refused(tx).await?,
                        4 => std::panic::panic_any("on purpose"),
                        _ => {}
                    }
                    Ok(n)
                }
                .boxed()
            })
            .await
        })
    });
    for (n, result) in join_all(writers).await.into_iter().enumerate() {
        let result = result.expect("a panic of a closure stays in the store");
        let as_expected = match n % 6 {
            2 => matches!(result, Err(Broken::OnPurpose)),
            3 => matches!(result, Err(Broken::Store(StoreError::Driver(_)))),
            4 => matches!(result, Err(Broken::Store(StoreError::Panicked))),
            _ => matches!(result, Ok(m) if m == n),
        };
        assert!(as_expected, "{n}: {result:?}");
        let kept = (!matches!(n % 6, 2..=4)).then_some("second");
        assert_eq!(value(&db, &name(n)).await.as_deref(), kept, "{n}");
    }
    // The database is as good as before.
    commit!(db, [], |tx| notes::set(tx, Discord, "after", "x").await);
    assert_eq!(value(&db, "after").await.as_deref(), Some("x"));
}

async fn refused(tx: &mut Tx) -> Result<(), StoreError> {
    let statement = "INSERT INTO note (network, name, value) VALUES ('discord', 'null', NULL)";
    raw(tx, statement).await
}

async fn raw(tx: &mut Tx, statement: &'static str) -> Result<(), StoreError> {
    match &mut tx.open {
        Open::Sqlite(open) => {
            sqlx::query(statement).execute(&mut **open).await?;
        }
        Open::Postgres(open) => {
            sqlx::query(statement).execute(&mut **open).await?;
        }
    }
    Ok(())
}

async fn a_change_is_seen_once_it_is_answered(db: Db) {
    let mut changes = db.changes();
    for n in 0..30 {
        changes.mark_unchanged();
        commit!(db, [], |tx| notes::set(tx, Discord, "n", &name(n)).await);
        assert_eq!(value(&db, "n").await, Some(name(n)));
        tokio::time::timeout(PATIENCE, changes.changed())
            .await
            .expect("waiters are told")
            .unwrap();
    }
    changes.mark_unchanged();
    db.wake();
    assert!(changes.has_changed().unwrap());
}

async fn a_reader_sees_one_moment_however_long_it_looks(db: Db) {
    let both = async |db: &Db, value: &'static str| {
        commit!(db, [], |tx| {
            notes::set(tx, Discord, "left", value).await?;
            notes::set(tx, Discord, "right", value).await
        });
    };
    both(&db, "before").await;
    let meanwhile = db.clone();
    let seen = look!(db, [meanwhile], |tx| {
        let left = notes::get(tx, Discord, "left").await?;
        commit!(meanwhile, [], |tx| {
            notes::set(tx, Discord, "left", "after").await?;
            notes::set(tx, Discord, "right", "after").await
        });
        Ok((left, notes::get(tx, Discord, "right").await?))
    });
    let before = Some("before".to_owned());
    assert_eq!(seen, (before.clone(), before));
    assert_eq!(value(&db, "right").await.as_deref(), Some("after"));
}

async fn readers_beside_a_busy_writer_never_see_half_a_transaction(db: Db) {
    let done = Arc::new(AtomicBool::new(false));
    commit!(db, [], |tx| {
        notes::set(tx, Discord, "left", "start").await?;
        notes::set(tx, Discord, "right", "start").await
    });
    let start = Arc::new(Barrier::new(4));
    let readers = (0..3).map(|_| {
        let (db, done, start) = (db.clone(), done.clone(), start.clone());
        tokio::spawn(async move {
            let mut moments = 0;
            let mut last = None;
            start.wait().await;
            loop {
                let ending = done.load(Ordering::SeqCst);
                let (left, right) = look!(db, [], |tx| {
                    let left = notes::get(tx, Discord, "left").await?;
                    tokio::task::yield_now().await;
                    Ok((left, notes::get(tx, Discord, "right").await?))
                });
                assert_eq!(left, right);
                moments += u32::from(last != left);
                last = left;
                if ending {
                    return (moments, last);
                }
            }
        })
    });
    let readers: Vec<_> = readers.collect();
    start.wait().await;
    for n in 0..150 {
        commit!(db, [], |tx| {
            notes::set(tx, Discord, "left", &name(n)).await?;
            tokio::task::yield_now().await;
            notes::set(tx, Discord, "right", &name(n)).await
        });
    }
    done.store(true, Ordering::SeqCst);
    for reader in join_all(readers).await {
        let (moments, last) = reader.expect("whole transactions");
        assert!(moments > 1, "it looked while the writer wrote");
        assert_eq!(last, Some(name(149)));
    }
}

async fn a_read_changes_nothing(db: Db) {
    let tried = db
        .read::<_, StoreError, _>(|tx| {
            async move { notes::set(tx, Discord, "n", "x").await }.boxed()
        })
        .await;
    assert!(matches!(tried, Err(StoreError::Driver(_))), "{tried:?}");
    assert_eq!(value(&db, "n").await, None);
}

async fn writers_that_touch_rows_in_opposite_order_all_get_through(db: Db) {
    let writers = (0..24).map(|n| {
        let db = db.clone();
        tokio::spawn(async move {
            commit!(db, [], |tx| {
                let mut rows = ["a", "b", "c"];
                if n % 2 == 0 {
                    rows.reverse();
                }
                for row in rows {
                    let before = notes::get(tx, Discord, row).await?.unwrap_or_default();
                    notes::set(tx, Discord, row, &format!("{before}.")).await?;
                    tokio::task::yield_now().await;
                }
                notes::set(tx, Discord, &name(n), "done").await
            });
        })
    });
    for written in join_all(writers).await {
        written.expect("a commit");
    }
    for n in 0..24 {
        assert_eq!(value(&db, &name(n)).await.as_deref(), Some("done"), "{n}");
    }
}

async fn a_change_whose_caller_has_gone_still_stands_or_falls_as_a_whole(db: Db) {
    for n in 0..20_usize {
        let entered = Arc::new(tokio::sync::Notify::new());
        let inside = entered.clone();
        let writer = db.clone();
        let task = tokio::spawn(async move {
            writer
                .write::<_, StoreError, _>(move |tx| {
                    async move {
                        notes::set(tx, Discord, "left", &name(n)).await?;
                        inside.notify_one();
                        tokio::task::yield_now().await;
                        notes::set(tx, Discord, "right", &name(n)).await
                    }
                    .boxed()
                })
                .await
        });
        tokio::time::timeout(PATIENCE, entered.notified())
            .await
            .expect("the closure runs");
        task.abort();
        let (left, right) = look!(db, [], |tx| {
            let left = notes::get(tx, Discord, "left").await?;
            Ok((left, notes::get(tx, Discord, "right").await?))
        });
        assert_eq!(left, right);
        // What was cut off holds nobody up.
        commit!(db, [], |tx| {
            notes::set(tx, Discord, "left", "free").await?;
            notes::set(tx, Discord, "right", "free").await
        });
    }
}

mod conflicts {
    //! PostgreSQL only: SQLite has one writer.

    use super::*;

    async fn conflict(tx: &mut Tx) -> Result<(), StoreError> {
        raw(
            tx,
            "DO $$ BEGIN RAISE EXCEPTION 'a conflict' USING ERRCODE = '40001'; END $$",
        )
        .await
    }

    #[tokio::test]
    async fn a_conflict_is_tried_again_from_the_start() {
        crate::support::needs!(postgres);
        let db = crate::store::postgres().await;
        let tries = Arc::new(AtomicU32::new(0));
        let counted = tries.clone();
        let result = commit!(db, [counted], |tx| {
            let attempt = counted.fetch_add(1, Ordering::SeqCst);
            notes::set(tx, Discord, &name(attempt as usize), "x").await?;
            if attempt < 3 {
                conflict(tx).await?;
            }
            Ok(attempt)
        });
        assert_eq!((result, tries.load(Ordering::SeqCst)), (3, 4));
        assert_eq!(
            value(&db, "n0").await,
            None,
            "the failed tries left nothing"
        );
        assert_eq!(value(&db, "n3").await.as_deref(), Some("x"));
    }

    #[tokio::test]
    async fn a_conflict_that_does_not_end_is_told_in_the_end() {
        crate::support::needs!(postgres);
        let db = crate::store::postgres().await;
        let tries = Arc::new(AtomicU32::new(0));
        let counted = tries.clone();
        let result = db
            .write::<(), StoreError, _>(move |tx| {
                async move {
                    counted.fetch_add(1, Ordering::SeqCst);
                    conflict(tx).await
                }
                .boxed()
            })
            .await;
        assert!(result.expect_err("a conflict").is_conflict());
        let tries = tries.load(Ordering::SeqCst);
        assert!((2..100).contains(&tries), "{tries} tries");
    }

    #[tokio::test]
    async fn an_error_that_is_no_conflict_is_not_tried_again() {
        crate::support::needs!(postgres);
        let db = crate::store::postgres().await;
        let tries = Arc::new(AtomicU32::new(0));
        let counted = tries.clone();
        let result = db
            .write::<(), StoreError, _>(move |tx| {
                async move {
                    counted.fetch_add(1, Ordering::SeqCst);
                    refused(tx).await
                }
                .boxed()
            })
            .await;
        assert!(!result.expect_err("an error").is_conflict());
        assert_eq!(tries.load(Ordering::SeqCst), 1);
    }

    /// Each has changed one row and waits for the other's: PostgreSQL ends one of the two.
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn of_two_that_wait_for_each_other_both_get_through() {
        crate::support::needs!(postgres);
        let db = crate::store::postgres().await;
        let (met, tries) = (Arc::new(Barrier::new(2)), Arc::new(AtomicU32::new(0)));
        commit!(db, [], |tx| {
            notes::set(tx, Discord, "a", "").await?;
            notes::set(tx, Discord, "b", "").await
        });
        let writers = [["a", "b"], ["b", "a"]].map(|rows| {
            let (db, met, tries) = (db.clone(), met.clone(), tries.clone());
            tokio::spawn(async move {
                let first = Arc::new(AtomicBool::new(true));
                commit!(db, [met, tries, first], |tx| {
                    tries.fetch_add(1, Ordering::SeqCst);
                    notes::set(tx, Discord, rows[0], "x").await?;
                    if first.swap(false, Ordering::SeqCst) {
                        met.wait().await;
                    }
                    notes::set(tx, Discord, rows[1], "x").await?;
                    notes::set(tx, Discord, &format!("first {}", rows[0]), "done").await
                });
            })
        });
        for written in join_all(writers).await {
            written.expect("a commit");
        }
        assert_eq!(
            tries.load(Ordering::SeqCst),
            3,
            "one of the two was tried again"
        );
        for row in ["first a", "first b"] {
            assert_eq!(value(&db, row).await.as_deref(), Some("done"));
        }
    }
}
