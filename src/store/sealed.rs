//! The ballots of confidential polls: sealed, each under a row key that nobody can make without the poll's keys.
//!
//! Who has voted is a table of its own, without times, for one ballot per person and for reminders; it goes with the
//! close, as do the ballots and the keys.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::vault::Keys;
use super::{StoreError, Tx};
use crate::domain::poll::receipt::Receipt;

/// Makes a poll's keys.
///
/// # Errors
/// The database's; no master key.
pub async fn open(tx: &mut Tx, poll: Uuid) -> Result<(), StoreError> {
    let wrapped = Keys::new(poll).wrap(&tx.vault())?;
    change!(
        tx,
        sqlx::query("INSERT INTO poll_key (poll_id, wrapped) VALUES ($1, $2)")
            .bind(poll)
            .bind(&wrapped)
    )?;
    Ok(())
}

async fn keys(tx: &mut Tx, poll: Uuid) -> Result<Keys, StoreError> {
    let row: Option<(Vec<u8>,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT wrapped FROM poll_key WHERE poll_id = $1"
    )
    .bind(poll)
    .fetch_optional(conn)
    .await)?;
    let (wrapped,) = row.ok_or(StoreError::Sealed)?;
    Keys::unwrap(poll, &wrapped, &tx.vault())
}

/// Seals a person's ballot in place of an earlier one; true for their first.
///
/// # Errors
/// The database's; no master key, or another than the poll was opened under.
pub async fn put(tx: &mut Tx, poll: Uuid, person: Uuid, marks: &[u8]) -> Result<bool, StoreError> {
    let keys = keys(tx, poll).await?;
    let row = keys.row(person)?;
    let sealed = keys.seal(&row, marks)?;
    change!(
        tx,
        sqlx::query(
            "INSERT INTO sealed_ballot (poll_id, row_key, sealed) VALUES ($1, $2, $3)
         ON CONFLICT (poll_id, row_key) DO UPDATE SET sealed = excluded.sealed"
        )
        .bind(poll)
        .bind(&row)
        .bind(&sealed)
    )?;
    let rows = change!(
        tx,
        sqlx::query(
            "INSERT INTO poll_voter (poll_id, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING"
        )
        .bind(poll)
        .bind(person)
    )?;
    Ok(rows == 1)
}

/// Takes a person's ballot away; whether there was one.
///
/// # Errors
/// As [`put`].
pub async fn remove(tx: &mut Tx, poll: Uuid, person: Uuid) -> Result<bool, StoreError> {
    let row = keys(tx, poll).await?.row(person)?;
    change!(
        tx,
        sqlx::query("DELETE FROM sealed_ballot WHERE poll_id = $1 AND row_key = $2")
            .bind(poll)
            .bind(&row)
    )?;
    let rows = change!(
        tx,
        sqlx::query("DELETE FROM poll_voter WHERE poll_id = $1 AND person_id = $2")
            .bind(poll)
            .bind(person)
    )?;
    Ok(rows == 1)
}

/// Makes the ballot of `from` be of `into`, who has none: sealed anew under the row of `into`.
///
/// # Errors
/// As [`put`].
pub async fn hand_over(tx: &mut Tx, poll: Uuid, from: Uuid, into: Uuid) -> Result<(), StoreError> {
    let keys = keys(tx, poll).await?;
    let row = keys.row(from)?;
    let found: Option<(Vec<u8>,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT sealed FROM sealed_ballot WHERE poll_id = $1 AND row_key = $2"
    )
    .bind(poll)
    .bind(&row)
    .fetch_optional(conn)
    .await)?;
    let (sealed,) = found.ok_or(StoreError::Sealed)?;
    let marks = keys.unseal(&row, &sealed)?;
    remove(tx, poll, from).await?;
    put(tx, poll, into, &marks).await?;
    Ok(())
}

/// The open polls in which a person has a sealed ballot.
///
/// # Errors
/// The database's.
pub async fn polls_of(tx: &mut Tx, person: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let rows: Vec<(Uuid,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT poll_id FROM poll_voter WHERE person_id = $1 ORDER BY poll_id"
    )
    .bind(person)
    .fetch_all(conn)
    .await)?;
    Ok(rows.into_iter().map(|(poll,)| poll).collect())
}

/// Whether a person has voted.
///
/// # Errors
/// The database's.
pub async fn has_voted(tx: &mut Tx, poll: Uuid, person: Uuid) -> Result<bool, StoreError> {
    Ok(polls_of(tx, person).await?.contains(&poll))
}

/// The receipt of a person's ballot; none while they have not voted.
///
/// # Errors
/// As [`put`].
pub async fn receipt(tx: &mut Tx, poll: Uuid, person: Uuid) -> Result<Option<Receipt>, StoreError> {
    if !has_voted(tx, poll, person).await? {
        return Ok(None);
    }
    let keys = keys(tx, poll).await?;
    keys.receipt(&keys.row(person)?).map(Some)
}

/// Writes each ballot of a poll down, opened, under its receipt and in the order of the receipts, for everybody to read.
///
/// # Errors
/// As [`put`].
pub async fn publish(tx: &mut Tx, poll: Uuid) -> Result<(), StoreError> {
    let keys = keys(tx, poll).await?;
    let mut lines = Vec::new();
    for (row, sealed) in rows(tx, poll).await? {
        lines.push((keys.receipt(&row)?, keys.unseal(&row, &sealed)?));
    }
    lines.sort();
    for (receipt, marks) in lines {
        change!(
            tx,
            sqlx::query(
                "INSERT INTO published_ballot (poll_id, receipt, marks) VALUES ($1, $2, $3)"
            )
            .bind(poll)
            .bind(receipt.as_str())
            .bind(&marks)
        )?;
    }
    Ok(())
}

/// The published ballots of a poll: receipt and marks, in the order of the receipts.
///
/// # Errors
/// The database's; [`StoreError::Sealed`] for a receipt that is none.
pub async fn published(tx: &mut Tx, poll: Uuid) -> Result<Vec<(Receipt, Vec<u8>)>, StoreError> {
    let rows: Vec<(String, Vec<u8>)> = on!(tx, |conn| sqlx::query_as(
        "SELECT receipt, marks FROM published_ballot WHERE poll_id = $1 ORDER BY receipt"
    )
    .bind(poll)
    .fetch_all(conn)
    .await)?;
    rows.into_iter()
        .map(|(receipt, marks)| {
            let receipt = Receipt::read(&receipt).ok_or(StoreError::Sealed)?;
            Ok((receipt, marks))
        })
        .collect()
}

/// Each different ballot of a poll, opened, with how often it was cast, in the order of their contents.
///
/// # Errors
/// As [`put`].
pub async fn ballots(tx: &mut Tx, poll: Uuid) -> Result<Vec<(Vec<u8>, u64)>, StoreError> {
    let keys = keys(tx, poll).await?;
    let mut merged: BTreeMap<Vec<u8>, u64> = BTreeMap::new();
    for (row, sealed) in rows(tx, poll).await? {
        *merged.entry(keys.unseal(&row, &sealed)?).or_default() += 1;
    }
    Ok(merged.into_iter().collect())
}

async fn rows(tx: &mut Tx, poll: Uuid) -> Result<Vec<(Vec<u8>, Vec<u8>)>, StoreError> {
    Ok(on!(tx, |conn| sqlx::query_as(
        "SELECT row_key, sealed FROM sealed_ballot WHERE poll_id = $1"
    )
    .bind(poll)
    .fetch_all(conn)
    .await)?)
}

/// Deletes a poll's ballots, the list of who voted, and its keys. Once the transaction is committed, nothing of
/// them is left in the database's files.
///
/// # Errors
/// The database's.
pub async fn destroy(tx: &mut Tx, poll: Uuid) -> Result<(), StoreError> {
    tx.destroys = true;
    for statement in [
        "DELETE FROM poll_key WHERE poll_id = $1",
        "DELETE FROM sealed_ballot WHERE poll_id = $1",
        "DELETE FROM poll_voter WHERE poll_id = $1",
    ] {
        change!(tx, sqlx::query(statement).bind(poll))?;
    }
    Ok(())
}
