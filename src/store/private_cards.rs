//! Private reminders as cards: each is one person's, at one of their accounts.
//!
//! A person has at most one card per subject and view, whatever their accounts: the database holds that. What all cards
//! have in common is in [`cards`](super::cards).

use chrono::{DateTime, Utc};
use sqlx::types::Json;
use uuid::Uuid;

use super::error::known;
use super::{StoreError, Tx};
use crate::domain::actor::Account;
use crate::domain::card::View;
use crate::domain::ids::{Kind, new_id};
use crate::domain::network::Destination;
use crate::domain::reminder::Addressee;

/// What persons are to be reminded of.
#[derive(Debug, Clone, Copy)]
pub struct Reminder {
    /// The collective.
    pub collective: Uuid,
    /// The kind of the subject.
    pub kind: Kind,
    /// The subject.
    pub subject: Uuid,
    /// Which reminder of it.
    pub view: View,
}

/// Makes a person's card, unless they have it already; whether it was made.
///
/// # Errors
/// The database's.
pub async fn add(
    tx: &mut Tx,
    reminder: &Reminder,
    to: &Addressee,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let rows = change!(
        tx,
        sqlx::query(
            "INSERT INTO card (id, collective_id, person_id, network, destination, address, language,
                               subject_kind, subject_id, view, wanted, shown, attempts, next_try_at, stuck)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, 0, 0, $11, FALSE)
             ON CONFLICT DO NOTHING"
        )
        .bind(new_id(now))
        .bind(reminder.collective)
        .bind(to.person)
        .bind(to.account.network.name())
        .bind(Json(Destination::Direct(to.account.address.clone())))
        .bind(&to.account.address)
        .bind(to.language.to_string())
        .bind(reminder.kind.name())
        .bind(reminder.subject)
        .bind(reminder.view.name())
        .bind(now)
    )?;
    Ok(rows == 1)
}

/// Sends a person's cards that were never tried to another account of theirs.
///
/// # Errors
/// The database's.
pub async fn redirect(tx: &mut Tx, person: Uuid, account: &Account) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query(
            "UPDATE card SET network = $2, destination = $3, address = $4
             WHERE person_id = $1 AND shown = 0 AND tried_at IS NULL"
        )
        .bind(person)
        .bind(account.network.name())
        .bind(Json(Destination::Direct(account.address.clone())))
        .bind(&account.address)
    )?)
}

/// Makes the cards of `from` be of `into`. Where both have one for the same reminder, the one that was tried first
/// stays, so that nobody is reminded twice.
///
/// # Errors
/// The database's.
pub async fn hand_over(tx: &mut Tx, from: Uuid, into: Uuid) -> Result<(), StoreError> {
    for (loser, winner, only_untried) in [(into, from, true), (from, into, false)] {
        change!(
            tx,
            sqlx::query(
                "DELETE FROM card WHERE person_id = $1 AND (tried_at IS NULL OR NOT $3)
                 AND EXISTS (SELECT 1 FROM card AS other
                             WHERE other.person_id = $2 AND other.subject_id = card.subject_id
                               AND other.view = card.view AND (other.tried_at IS NOT NULL OR NOT $3))"
            )
            .bind(loser)
            .bind(winner)
            .bind(only_untried)
        )?;
    }
    change!(
        tx,
        sqlx::query("UPDATE card SET person_id = $2 WHERE person_id = $1")
            .bind(from)
            .bind(into)
    )?;
    Ok(())
}

/// Deletes a person's cards.
///
/// # Errors
/// The database's.
pub async fn erase(tx: &mut Tx, person: Uuid) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query("DELETE FROM card WHERE person_id = $1").bind(person)
    )?)
}

/// Deletes what persons were reminded of, or are to be, about a subject that is over.
///
/// # Errors
/// The database's.
pub async fn forget_subject(tx: &mut Tx, subject: Uuid) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query("DELETE FROM card WHERE subject_id = $1 AND person_id IS NOT NULL")
            .bind(subject)
    )?)
}

/// Deletes the cards that arrived before `before`: they have served.
///
/// # Errors
/// The database's.
pub async fn forget(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query("DELETE FROM card WHERE person_id IS NOT NULL AND shown > 0 AND sent_at < $1")
            .bind(before)
    )?)
}

/// What a person is or was reminded of: the subject, and when it arrived.
///
/// # Errors
/// The database's.
pub async fn of_person(
    tx: &mut Tx,
    person: Uuid,
) -> Result<Vec<(Kind, Uuid, Option<DateTime<Utc>>)>, StoreError> {
    let rows: Vec<(String, Uuid, Option<DateTime<Utc>>)> = on!(tx, |conn| sqlx::query_as(
        "SELECT subject_kind, subject_id, sent_at FROM card WHERE person_id = $1 ORDER BY id"
    )
    .bind(person)
    .fetch_all(conn)
    .await)?;
    rows.into_iter()
        .map(|(kind, subject, sent_at)| {
            let kind = known("card.subject_kind", &kind, |kind| kind.parse().ok())?;
            Ok((kind, subject, sent_at))
        })
        .collect()
}

/// The collectives that have reminded an account, as far as that is still kept.
///
/// # Errors
/// The database's.
pub async fn collectives(tx: &mut Tx, account: &Account) -> Result<Vec<Uuid>, StoreError> {
    let rows: Vec<(Uuid,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT DISTINCT collective_id FROM card
         WHERE network = $1 AND address = $2 AND person_id IS NOT NULL AND collective_id IS NOT NULL
           AND shown > 0"
    )
    .bind(account.network.name())
    .bind(&account.address)
    .fetch_all(conn)
    .await)?;
    Ok(rows.into_iter().map(|(collective,)| collective).collect())
}
