//! SQL and nothing else: rows become domain types here, and no rule of the field is decided here.
//!
//! Each query is written once and runs on SQLite and on PostgreSQL through the macro `on!`. `Db::write` is the
//! only way to change anything. What must differ between the two stands beside the query that needs it.
//!
//! # Traps
//! `sum(bigint)` is NUMERIC on PostgreSQL: cast it. SQLite sorts instants as text: they all come from Rust, in UTC
//! and whole microseconds. SQL is `&'static str`: nothing is ever spliced into it.
//!
//! # Adding a migration
//! A file `migrations/YYYYMMDDHHMMSS_what.sql` with portable SQL (no SERIAL, triggers, arrays, enums), never edited
//! once landed; functions in the file of their aggregate here; each of them called by the conformance suite
//! `tests/it/store.rs`, on both databases.

/// Runs a query on whichever database the transaction is of: `on!(tx, |conn| query.fetch_all(conn).await)`.
macro_rules! on {
    ($tx:expr, |$conn:ident| $query:expr) => {
        match &mut $tx.open {
            $crate::store::Open::Sqlite(transaction) => {
                let $conn = &mut **transaction;
                $query
            }
            $crate::store::Open::Postgres(transaction) => {
                let $conn = &mut **transaction;
                $query
            }
        }
    };
}

/// Runs a statement and tells how many rows it touched.
macro_rules! change {
    ($tx:expr, $query:expr) => {
        match &mut $tx.open {
            $crate::store::Open::Sqlite(transaction) => $query
                .execute(&mut **transaction)
                .await
                .map(|done| done.rows_affected()),
            $crate::store::Open::Postgres(transaction) => $query
                .execute(&mut **transaction)
                .await
                .map(|done| done.rows_affected()),
        }
    };
}

pub mod attendance;
pub mod ballots;
pub mod cards;
pub mod catalogue;
pub mod changes;
pub mod checkins;
pub mod circles;
pub mod collectives;
pub mod commitments;
mod db;
pub mod deadlines;
pub mod digests;
mod error;
pub mod events;
pub mod feedback;
pub mod inbox;
pub mod journal;
pub mod links;
pub mod mandates;
pub mod notes;
pub mod offers;
pub mod organisations;
pub mod people;
pub mod plan;
pub mod pledges;
pub mod polls;
pub mod private_cards;
pub mod proposals;
pub mod pulses;
pub mod reminders;
pub mod rosters;
pub mod sealed;
pub mod series;
pub mod settings;
mod sqlite_writer;
mod vault;
pub mod versions;
pub mod voices;
pub mod widening;
pub mod workshops;

pub use vault::Vault;

pub use db::{Db, Open, Tx};
pub use error::{Failure, StoreError};
