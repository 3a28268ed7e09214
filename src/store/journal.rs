//! The journal: what organizers did, by which account.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::error::known;
use super::{StoreError, Tx};
use crate::domain::actor::Account;
use crate::domain::event::{EventKind, Subject};

/// A line of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: Uuid,
    /// The collective.
    pub collective: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// What was done.
    pub act: EventKind,
    /// To what.
    pub subject: Subject,
    /// The short name of the organisation for which it was done, if for one.
    pub on_behalf_of: Option<String>,
    /// Who, and by which account; none once they were erased.
    pub by: Option<(Uuid, Account)>,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    collective_id: Uuid,
    at: DateTime<Utc>,
    act: String,
    subject: String,
    on_behalf_of: Option<String>,
    person_id: Option<Uuid>,
    network: Option<String>,
    address: Option<String>,
}

impl Row {
    fn read(self) -> Result<Entry, StoreError> {
        let by = match (self.person_id, self.network, self.address) {
            (Some(person), Some(network), Some(address)) => {
                let network = known("journal.network", &network, |n| n.parse().ok())?;
                Some((person, Account { network, address }))
            }
            _ => None,
        };
        Ok(Entry {
            id: self.id,
            collective: self.collective_id,
            at: self.at,
            act: known("journal.act", &self.act, EventKind::from_name)?,
            subject: known("journal.subject", &self.subject, |s| s.parse().ok())?,
            on_behalf_of: self.on_behalf_of,
            by,
        })
    }
}

/// Writes a line.
///
/// # Errors
/// The database's.
pub async fn add(tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
    let (person, account) = entry.by.as_ref().map(|(p, a)| (*p, a)).unzip();
    change!(
        tx,
        sqlx::query(
            "INSERT INTO journal (id, collective_id, at, act, subject, on_behalf_of, person_id, network, address)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        )
        .bind(entry.id)
        .bind(entry.collective)
        .bind(entry.at)
        .bind(entry.act.name())
        .bind(entry.subject.to_string())
        .bind(&entry.on_behalf_of)
        .bind(person)
        .bind(account.map(|account| account.network.name()))
        .bind(account.map(|account| &account.address))
    )?;
    Ok(())
}

/// The latest lines of a collective, the newest first, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn latest(tx: &mut Tx, collective: Uuid, limit: i64) -> Result<Vec<Entry>, StoreError> {
    let rows: Vec<Row> = on!(tx, |conn| sqlx::query_as(
        "SELECT id, collective_id, at, act, subject, on_behalf_of, person_id, network, address
         FROM journal WHERE collective_id = $1 ORDER BY at DESC, id DESC LIMIT $2"
    )
    .bind(collective)
    .bind(limit)
    .fetch_all(conn)
    .await)?;
    rows.into_iter().map(Row::read).collect()
}

/// A person's lines, the oldest first.
///
/// # Errors
/// The database's.
pub async fn of_person(tx: &mut Tx, person: Uuid) -> Result<Vec<Entry>, StoreError> {
    let rows: Vec<Row> = on!(tx, |conn| sqlx::query_as(
        "SELECT id, collective_id, at, act, subject, on_behalf_of, person_id, network, address
         FROM journal WHERE person_id = $1 ORDER BY at, id"
    )
    .bind(person)
    .fetch_all(conn)
    .await)?;
    rows.into_iter().map(Row::read).collect()
}

/// Gives a person's lines to another.
///
/// # Errors
/// The database's.
pub async fn hand_over(tx: &mut Tx, from: Uuid, into: Uuid) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query("UPDATE journal SET person_id = $2 WHERE person_id = $1")
            .bind(from)
            .bind(into)
    )?)
}

/// Takes a person out of the journal: what was done stays, not by whom.
///
/// # Errors
/// The database's.
pub async fn erase(tx: &mut Tx, person: Uuid) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query(
            "UPDATE journal SET person_id = NULL, network = NULL, address = NULL
         WHERE person_id = $1"
        )
        .bind(person)
    )?)
}

/// Forgets lines older than `before`.
///
/// # Errors
/// The database's.
pub async fn forget(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query("DELETE FROM journal WHERE at < $1").bind(before)
    )?)
}
