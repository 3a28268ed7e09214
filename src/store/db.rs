//! The two databases behind one door.

use std::panic::AssertUnwindSafe;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use rand::Rng;
use sqlx::postgres::{PgListener, PgPoolOptions};
use sqlx::sqlite::{
    SqliteAutoVacuum, SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions as _, Connection as _};
use sqlx::{PgPool, Postgres, Sqlite, SqlitePool, Transaction};
use tokio::sync::{Mutex, watch};
use uuid::Uuid;

use super::error::{Failure, StoreError};
use super::sqlite_writer::{Scrub, Writer};
use super::vault::Vault;

/// Times a PostgreSQL transaction is tried again after a conflict.
const RETRIES: u32 = 8;
/// The channel on which processes that share a PostgreSQL tell each other that something changed.
const CHANNEL: &str = "cercles";

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();

/// An open transaction on either database.
pub enum Open {
    /// On SQLite.
    Sqlite(Transaction<'static, Sqlite>),
    /// On PostgreSQL.
    Postgres(Transaction<'static, Postgres>),
}

/// A transaction, and what goes with it.
pub struct Tx {
    /// The database's own.
    pub open: Open,
    vault: Vault,
    /// Whether what this transaction deletes must not be found in the database's files either.
    pub(super) destroys: bool,
}

impl Tx {
    pub(super) const fn new(open: Open, vault: Vault) -> Self {
        Self {
            open,
            vault,
            destroys: false,
        }
    }

    /// What wraps the keys of confidential polls.
    #[must_use]
    pub fn vault(&self) -> Vault {
        self.vault.clone()
    }

    /// Holds back other transactions that change `subject` until this one ends, so that what is read about it here
    /// still stands when it is changed. On SQLite there is one writer anyway.
    ///
    /// # Errors
    /// The database's.
    pub async fn lock(&mut self, subject: Uuid) -> Result<(), StoreError> {
        if let Open::Postgres(transaction) = &mut self.open {
            let key = i64::from_be_bytes(
                subject
                    .into_bytes()
                    .first_chunk::<8>()
                    .copied()
                    .unwrap_or_default(),
            ) ^ i64::from_be_bytes(
                subject
                    .into_bytes()
                    .last_chunk::<8>()
                    .copied()
                    .unwrap_or_default(),
            );
            sqlx::query("SELECT pg_advisory_xact_lock($1)")
                .bind(key)
                .execute(&mut **transaction)
                .await?;
        }
        Ok(())
    }
}

/// A database. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    backend: Backend,
    vault: Vault,
    changed: watch::Sender<u64>,
}

#[derive(Clone)]
enum Backend {
    Sqlite { readers: SqlitePool, writer: Writer },
    Postgres { pool: PgPool, again: Again },
}

/// Held by the transaction that is tried again after a conflict: of those that met, one at a time goes on, so that
/// they do not meet again.
type Again = Arc<Mutex<()>>;

impl Db {
    /// Opens the database at `url` (`sqlite:path/to/file.db`, created when missing, or `postgres://…`) and brings
    /// its tables to this version.
    ///
    /// # Errors
    /// An address of neither kind, a database that does not answer, a failed migration.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        Self::open_with(url, Vault::default()).await
    }

    /// The same, with the master key of confidential polls.
    ///
    /// # Errors
    /// As [`Db::open`].
    pub async fn open_with(url: &str, vault: Vault) -> Result<Self, StoreError> {
        let changed = watch::Sender::new(0);
        let backend = if url.starts_with("sqlite:") {
            Self::open_sqlite(url, &changed, &vault).await?
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Self::open_postgres(url, &changed).await?
        } else {
            return Err(StoreError::BadUrl(
                url.split(':').next().unwrap_or_default().to_owned(),
            ));
        };
        Ok(Self {
            backend,
            vault,
            changed,
        })
    }

    /// How many migrations the database at `url` lacks. Changes nothing, makes nothing.
    ///
    /// # Errors
    /// An address of neither kind, a database that does not answer or does not exist.
    pub async fn pending(url: &str) -> Result<usize, StoreError> {
        const APPLIED: &str = "SELECT version FROM _sqlx_migrations WHERE success = TRUE";
        let applied: Result<Vec<i64>, sqlx::Error> = if url.starts_with("sqlite:") {
            let options = SqliteConnectOptions::from_str(url)?.create_if_missing(false);
            let mut conn = options.connect().await?;
            let applied = sqlx::query_scalar(APPLIED).fetch_all(&mut conn).await;
            conn.close().await?;
            applied
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let mut conn = sqlx::PgConnection::connect(url).await?;
            let applied = sqlx::query_scalar(APPLIED).fetch_all(&mut conn).await;
            conn.close().await?;
            applied
        } else {
            return Err(StoreError::BadUrl(
                url.split(':').next().unwrap_or_default().to_owned(),
            ));
        };
        // Without that table nothing was ever migrated.
        let applied = match applied {
            Err(sqlx::Error::Database(_)) => Vec::new(),
            other => other?,
        };
        let lacking = |migration: &&sqlx::migrate::Migration| !applied.contains(&migration.version);
        Ok(MIGRATIONS.iter().filter(lacking).count())
    }

    async fn open_sqlite(
        url: &str,
        changed: &watch::Sender<u64>,
        vault: &Vault,
    ) -> Result<Backend, StoreError> {
        let common = SqliteConnectOptions::from_str(url)?.busy_timeout(Duration::from_secs(10));
        let writer = common
            .clone()
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .auto_vacuum(SqliteAutoVacuum::Incremental)
            // What is deleted is overwritten, not only let go.
            .pragma("secure_delete", "ON")
            .foreign_keys(true);
        let writing = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(writer)
            .await?;
        MIGRATIONS.run(&writing).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(4)
            .min_connections(1)
            .connect_with(common.pragma("query_only", "ON"))
            .await?;
        Ok(Backend::Sqlite {
            readers,
            writer: Writer::start(writing, changed.clone(), vault.clone()),
        })
    }

    async fn open_postgres(url: &str, changed: &watch::Sender<u64>) -> Result<Backend, StoreError> {
        let pool = PgPoolOptions::new()
            .max_connections(12)
            .acquire_timeout(Duration::from_secs(30))
            .connect(url)
            .await?;
        MIGRATIONS.run(&pool).await?;
        // Other processes' changes wake this one. The listener reconnects by itself, and delivery and scheduler
        // also look on their own every second, so a lost notification delays and loses nothing.
        let mut listener = PgListener::connect_with(&pool).await?;
        listener.listen(CHANNEL).await?;
        let changed = changed.clone();
        tokio::spawn(async move {
            while listener.recv().await.is_ok() {
                changed.send_modify(|n| *n = n.wrapping_add(1));
            }
        });
        Ok(Backend::Postgres {
            pool,
            again: Again::default(),
        })
    }

    /// Runs `work` in one durable transaction: when this returns `Ok`, what it did survives a power cut; when it
    /// returns `Err`, nothing of it happened. On PostgreSQL `work` may run several times (after a conflict).
    ///
    /// # Errors
    /// What `work` returned, or the database's failure as that type.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: Failure,
        F: for<'a> FnOnce(&'a mut Tx) -> BoxFuture<'a, Result<T, E>> + Clone + Send + 'static,
    {
        let (pool, again) = match &self.backend {
            Backend::Sqlite { writer, .. } => return writer.write(work).await,
            Backend::Postgres { pool, again } => (pool, again),
        };
        let (mut attempt, mut turn) = (0, None);
        loop {
            match attempt_postgres(pool, self.vault.clone(), work.clone()).await {
                Err(error)
                    if attempt < RETRIES
                        && error.store_error().is_some_and(StoreError::is_conflict) =>
                {
                    attempt += 1;
                    tokio::time::sleep(backoff(attempt)).await;
                    if turn.is_none() {
                        turn = Some(again.lock().await);
                    }
                }
                result => {
                    if result.is_ok() {
                        self.changed.send_modify(|n| *n = n.wrapping_add(1));
                    }
                    return result;
                }
            }
        }
    }

    /// Runs `work` on one consistent view of the database. Changes it makes are not kept.
    ///
    /// # Errors
    /// What `work` returned, or the database's failure as that type.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        E: From<StoreError>,
        F: for<'a> FnOnce(&'a mut Tx) -> BoxFuture<'a, Result<T, E>>,
    {
        let open = match &self.backend {
            Backend::Sqlite { readers, .. } => {
                Open::Sqlite(readers.begin().await.map_err(StoreError::from)?)
            }
            Backend::Postgres { pool, .. } => Open::Postgres(
                pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    .await
                    .map_err(StoreError::from)?,
            ),
        };
        let mut tx = Tx::new(open, self.vault.clone());
        let result = work(&mut tx).await;
        match tx.open {
            Open::Sqlite(transaction) => transaction.rollback().await.map_err(StoreError::from)?,
            Open::Postgres(transaction) => {
                transaction.rollback().await.map_err(StoreError::from)?
            }
        }
        result
    }

    /// Makes what was deleted be nowhere any more: not in free pages, not in the write-ahead log, not in dead rows.
    /// The database is rewritten, so this is for an erasure that somebody asked for.
    ///
    /// # Errors
    /// The database's; the log is then emptied at the next [`Db::sweep`].
    pub async fn scrub(&self) -> Result<(), StoreError> {
        match &self.backend {
            Backend::Sqlite { writer, .. } => writer.scrub(Scrub::Rewrite).await,
            Backend::Postgres { pool, .. } => vacuum(pool).await,
        }
    }

    /// The same without rewriting what is in use: for what is deleted by the hour.
    ///
    /// # Errors
    /// The database's.
    pub async fn sweep(&self) -> Result<(), StoreError> {
        match &self.backend {
            Backend::Sqlite { writer, .. } => writer.scrub(Scrub::FreePages).await,
            Backend::Postgres { pool, .. } => vacuum(pool).await,
        }
    }

    /// Tells whenever something may have changed, here or in another process.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// Wakes everyone who waits on [`Db::changes`] (the clock was moved).
    pub fn wake(&self) {
        self.changed.send_modify(|n| *n = n.wrapping_add(1));
    }

    /// Whether other processes may use the database at the same time.
    #[must_use]
    pub const fn is_shared(&self) -> bool {
        matches!(self.backend, Backend::Postgres { .. })
    }

    /// Lets running transactions end and closes the database.
    pub async fn close(&self) {
        match &self.backend {
            Backend::Sqlite { readers, writer } => {
                writer.close().await;
                readers.close().await;
            }
            Backend::Postgres { pool, .. } => pool.close().await,
        }
    }
}

async fn attempt_postgres<T, E, F>(pool: &PgPool, vault: Vault, work: F) -> Result<T, E>
where
    E: Failure,
    F: for<'a> FnOnce(&'a mut Tx) -> BoxFuture<'a, Result<T, E>>,
{
    let open = Open::Postgres(pool.begin().await.map_err(StoreError::from)?);
    let mut tx = Tx::new(open, vault);
    let result = AssertUnwindSafe(async { work(&mut tx).await })
        .catch_unwind()
        .await
        .unwrap_or_else(|_| Err(E::from(StoreError::Panicked)));
    let destroys = tx.destroys;
    let Open::Postgres(mut transaction) = tx.open else {
        return result;
    };
    if result.is_ok() {
        sqlx::query("SELECT pg_notify($1, '')")
            .bind(CHANNEL)
            .execute(&mut *transaction)
            .await
            .map_err(StoreError::from)?;
        transaction.commit().await.map_err(StoreError::from)?;
        if destroys {
            vacuum(pool).await?;
        }
    } else {
        transaction.rollback().await.map_err(StoreError::from)?;
    }
    result
}

/// Reclaims dead rows of the tables that hold something about people.
async fn vacuum(pool: &PgPool) -> Result<(), StoreError> {
    for statement in [
        "VACUUM person",
        "VACUUM account",
        "VACUUM role_grant",
        "VACUUM reminder_choice",
        "VACUUM mandate",
        "VACUUM mandate_code",
        "VACUUM rsvp",
        "VACUUM attendance",
        "VACUUM took_part",
        "VACUUM feedback",
        "VACUUM seat_offer",
        "VACUUM ballot",
        "VACUUM poll_key",
        "VACUUM sealed_ballot",
        "VACUUM poll_voter",
        "VACUUM poll_proposal",
        "VACUUM commitment",
        "VACUUM commitment_news",
        "VACUUM commitment_help",
        "VACUUM checkin",
        "VACUUM journal",
        "VACUUM link_code",
        "VACUUM link_try",
        "VACUUM card",
        "VACUUM inbox",
    ] {
        sqlx::query(statement).execute(pool).await?;
    }
    Ok(())
}

/// How long to wait before try number `attempt` (from 1): 5 ms doubling, with jitter so that transactions that met
/// once do not meet again.
#[expect(clippy::disallowed_methods, reason = "jitter decides no result")]
fn backoff(attempt: u32) -> Duration {
    let base = 5_u64 << attempt.min(6);
    Duration::from_millis(rand::rng().random_range(base / 2..=base))
}
