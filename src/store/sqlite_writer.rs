//! SQLite's single writer with group commit.
//!
//! One task owns the writing connection. It runs every transaction that is waiting inside one `BEGIN IMMEDIATE`,
//! each behind a savepoint of its own, commits once, and only then answers them all: one flush to disk makes the
//! whole group durable. A transaction that fails or panics is rolled back to its savepoint and takes nobody along.

use std::panic::AssertUnwindSafe;

use futures::FutureExt;
use futures::future::BoxFuture;
use sqlx::{Sqlite, SqlitePool, Transaction};
use tokio::sync::{mpsc, oneshot, watch};

use super::db::{Open, Tx};
use super::error::{Failure, StoreError};
use super::vault::Vault;

/// Most transactions in one group: beyond this the flush is a small part of the time already.
const GROUP: usize = 64;
/// Transactions that may wait before callers are held back.
const WAITING: usize = 4096;

/// Tells the caller its result once the fate of the group is known.
type Announce = Box<dyn FnOnce(Result<(), String>) + Send>;
/// A transaction: whether to keep its changes, and how to tell its caller.
type Job = Box<dyn for<'a> FnOnce(&'a mut Tx) -> BoxFuture<'a, (bool, Announce)> + Send>;

/// How thoroughly deleted content is got rid of.
#[derive(Clone, Copy)]
pub(super) enum Scrub {
    /// Free pages and the log.
    FreePages,
    /// The whole file: SQLite overwrites what is deleted, but may leave copies in the unused middle of pages that it
    /// rearranged before.
    Rewrite,
}

enum Order {
    Run(Job),
    Scrub(Scrub, oneshot::Sender<Result<(), StoreError>>),
    Close(oneshot::Sender<()>),
}

/// The way to the writing task. Cheap to clone.
#[derive(Clone)]
pub(super) struct Writer {
    orders: mpsc::Sender<Order>,
}

impl Writer {
    /// Starts the writing task on a pool of one connection.
    pub(super) fn start(pool: SqlitePool, changed: watch::Sender<u64>, vault: Vault) -> Self {
        let (orders, waiting) = mpsc::channel(WAITING);
        tokio::spawn(serve(pool, waiting, changed, vault));
        Self { orders }
    }

    /// Runs `work` and returns its result once it is durable.
    pub(super) async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: Failure,
        F: for<'a> FnOnce(&'a mut Tx) -> BoxFuture<'a, Result<T, E>> + Send + 'static,
    {
        let (answer, result) = oneshot::channel();
        let job: Job = Box::new(move |tx| {
            Box::pin(async move {
                let result = AssertUnwindSafe(async { work(tx).await })
                    .catch_unwind()
                    .await
                    .unwrap_or_else(|_| Err(E::from(StoreError::Panicked)));
                let keep = result.is_ok();
                let announce: Announce = Box::new(move |committed| {
                    let told = match committed {
                        Err(reason) if keep => Err(E::from(StoreError::NotCommitted(reason))),
                        _ => result,
                    };
                    // The caller may have gone (its interaction timed out); the change stands all the same.
                    drop(answer.send(told));
                });
                (keep, announce)
            })
        });
        self.orders
            .send(Order::Run(job))
            .await
            .map_err(|_| StoreError::Closed)?;
        result.await.unwrap_or_else(|_| {
            Err(E::from(StoreError::NotCommitted(
                "an earlier change of its group failed".to_owned(),
            )))
        })
    }

    /// Gets rid of deleted content, after what waits.
    pub(super) async fn scrub(&self, how: Scrub) -> Result<(), StoreError> {
        let (done, scrubbed) = oneshot::channel();
        self.orders
            .send(Order::Scrub(how, done))
            .await
            .map_err(|_| StoreError::Closed)?;
        scrubbed.await.map_err(|_| StoreError::Closed)?
    }

    /// Lets what waits finish, then closes the connection.
    pub(super) async fn close(&self) {
        let (done, closed) = oneshot::channel();
        if self.orders.send(Order::Close(done)).await.is_ok() {
            drop(closed.await);
        }
    }
}

async fn serve(
    pool: SqlitePool,
    mut waiting: mpsc::Receiver<Order>,
    changed: watch::Sender<u64>,
    vault: Vault,
) {
    let mut orders = Vec::with_capacity(GROUP);
    while waiting.recv_many(&mut orders, GROUP).await > 0 {
        let mut group = Vec::with_capacity(orders.len());
        let (mut closing, mut scrubs) = (None, Vec::new());
        for order in orders.drain(..) {
            match order {
                Order::Run(job) => group.push(job),
                Order::Scrub(how, done) => scrubs.push((how, done)),
                Order::Close(done) => closing = Some(done),
            }
        }
        if !group.is_empty() && run(&pool, &vault, group).await {
            changed.send_modify(|n| *n = n.wrapping_add(1));
        }
        for (how, done) in scrubs {
            let _ = done.send(scrub(&pool, how).await);
        }
        if let Some(done) = closing {
            pool.close().await;
            let _ = done.send(());
            return;
        }
    }
}

async fn scrub(pool: &SqlitePool, how: Scrub) -> Result<(), StoreError> {
    // A reader of an older state holds the log back for as long as it reads.
    const TRIES: u32 = 5;
    let statement = match how {
        Scrub::FreePages => "PRAGMA incremental_vacuum",
        Scrub::Rewrite => "VACUUM",
    };
    sqlx::query(statement).execute(pool).await?;
    for _ in 0..TRIES {
        let (busy, _, _): (i64, i64, i64) = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)")
            .fetch_one(pool)
            .await?;
        if busy == 0 {
            return Ok(());
        }
    }
    Err(StoreError::NotScrubbed)
}

/// Runs one group; tells whether anything was committed.
async fn run(pool: &SqlitePool, vault: &Vault, group: Vec<Job>) -> bool {
    let mut announcements: Vec<Announce> = Vec::with_capacity(group.len());
    let outcome = commit(pool, vault, group, &mut announcements).await;
    let committed = outcome.as_ref().copied().unwrap_or(false);
    let told = outcome.map(|_| ()).map_err(|error| {
        tracing::error!(%error, "a group of changes was not committed");
        error.to_string()
    });
    for announce in announcements {
        announce(told.clone());
    }
    committed
}

async fn commit(
    pool: &SqlitePool,
    vault: &Vault,
    group: Vec<Job>,
    announcements: &mut Vec<Announce>,
) -> Result<bool, sqlx::Error> {
    let open = Open::Sqlite(pool.begin_with("BEGIN IMMEDIATE").await?);
    let mut tx = Tx::new(open, vault.clone());
    let mut changed = false;
    // One statement between two jobs: each is a way to the connection's thread and back, which costs more than the
    // work there. The last savepoint ends with the commit, and a job that is alone needs none.
    let several = group.len() > 1;
    let mut between = "SAVEPOINT job";
    for job in group {
        if several {
            execute(&mut tx, between).await?;
        }
        let (keep, announce) = job(&mut tx).await;
        announcements.push(announce);
        if several && !keep {
            execute(&mut tx, "ROLLBACK TO job").await?;
        }
        between = "RELEASE job; SAVEPOINT job";
        changed |= keep;
    }
    if let Open::Sqlite(transaction) = tx.open {
        finish(transaction, changed).await?;
    }
    // Before anybody is told: what is destroyed is then nowhere any more. A reader that holds the log back is waited
    // out at the next sweep.
    if tx.destroys
        && changed
        && let Err(error) = scrub(pool, Scrub::Rewrite).await
    {
        tracing::warn!(%error, "what was destroyed is still in the database's files");
    }
    Ok(changed)
}

async fn finish(
    transaction: Transaction<'static, Sqlite>,
    changed: bool,
) -> Result<(), sqlx::Error> {
    if changed {
        transaction.commit().await
    } else {
        transaction.rollback().await
    }
}

async fn execute(tx: &mut Tx, statement: &'static str) -> Result<(), sqlx::Error> {
    if let Open::Sqlite(transaction) = &mut tx.open {
        sqlx::query(statement).execute(&mut **transaction).await?;
    }
    Ok(())
}
