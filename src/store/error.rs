//! What can go wrong below the use cases.

/// A failure of the database or of what it holds. Never a person's fault.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or did not answer.
    #[error("database: {0}")]
    Driver(#[from] sqlx::Error),
    /// The database could not be brought to this version's tables.
    #[error("migration: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// A stored value is none that this version knows.
    #[error("stored {column} {value:?} is not known to this version")]
    Unknown {
        /// Where it stands.
        column: &'static str,
        /// What stands there.
        value: String,
    },
    /// A stored value could not be written or read as JSON.
    #[error("stored value: {0}")]
    Json(#[from] serde_json::Error),
    /// The group of changes that this one was part of could not be made durable.
    #[error("the change was not committed: {0}")]
    NotCommitted(String),
    /// A use case panicked; its changes were undone.
    #[error("the change panicked and was undone")]
    Panicked,
    /// The address of the database is none.
    #[error("{0:?} is no address of a database (expected sqlite:… or postgres:…)")]
    BadUrl(String),
    /// The log still holds what was deleted: somebody keeps reading an older state.
    #[error("deleted content is still in the log; it is emptied at the next try")]
    NotScrubbed,
    /// A confidential poll needs a master key, and none is set.
    #[error("no master key for confidential polls is set")]
    NoVault,
    /// A sealed ballot does not open: another master key, or a row that was tampered with.
    #[error("a sealed ballot or its key does not open under this master key")]
    Sealed,
    /// The database is being closed.
    #[error("the database is closed")]
    Closed,
}

/// An error of a transaction's closure, as far as [`Db::write`](super::Db::write) must know it.
pub trait Failure: From<StoreError> + Send + 'static {
    /// The database's part of it, if it has one.
    fn store_error(&self) -> Option<&StoreError>;
}

impl Failure for StoreError {
    fn store_error(&self) -> Option<&StoreError> {
        Some(self)
    }
}

impl StoreError {
    /// Whether the same transaction may succeed when it is tried again: PostgreSQL's serialization failures
    /// (40001) and deadlocks (40P01).
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        let Self::Driver(sqlx::Error::Database(error)) = self else {
            return false;
        };
        matches!(error.code().as_deref(), Some("40001" | "40P01"))
    }
}

/// A stored name turned into its value.
pub(super) fn known<T>(
    column: &'static str,
    value: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<T, StoreError> {
    read(value).ok_or_else(|| StoreError::Unknown {
        column,
        value: value.to_owned(),
    })
}
