//! Private reminders: who wants them, who is due one, and accounts that take no private messages.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::error::known;
use super::{StoreError, Tx};
use crate::domain::actor::Account;
use crate::domain::language::Language;
use crate::domain::reminder::{Addressee, Choice, Wish};

#[derive(FromRow)]
struct WishRow {
    asked_at: Option<DateTime<Utc>>,
    wanted: Option<bool>,
    chosen_at: Option<DateTime<Utc>>,
    network: Option<String>,
    address: Option<String>,
    language: Option<String>,
    collective_id: Option<Uuid>,
}

impl WishRow {
    fn read(self) -> Result<Wish, StoreError> {
        let choice = match (
            self.wanted,
            self.chosen_at,
            self.network.zip(self.address),
            self.language,
            self.collective_id,
        ) {
            (Some(wanted), Some(at), Some(account), Some(language), Some(collective)) => {
                Some(Choice {
                    wanted,
                    at,
                    account: account_of(account)?,
                    language: language_of(&language)?,
                    collective,
                })
            }
            _ => None,
        };
        Ok(Wish {
            asked_at: self.asked_at,
            choice,
        })
    }
}

fn account_of((network, address): (String, String)) -> Result<Account, StoreError> {
    let network = known("reminder_choice.network", &network, |n| n.parse().ok())?;
    Ok(Account { network, address })
}

fn language_of(tag: &str) -> Result<Language, StoreError> {
    known("reminder_choice.language", tag, Language::from_tag)
}

/// What somebody said; none if they were neither asked nor chose.
///
/// # Errors
/// The database's.
pub async fn wish(tx: &mut Tx, person: Uuid) -> Result<Option<Wish>, StoreError> {
    let row: Option<WishRow> = on!(tx, |conn| sqlx::query_as(
        "SELECT asked_at, wanted, chosen_at, network, address, language, collective_id
         FROM reminder_choice WHERE person_id = $1"
    )
    .bind(person)
    .fetch_optional(conn)
    .await)?;
    row.map(WishRow::read).transpose()
}

/// Records what somebody said, in place of what they said before.
///
/// # Errors
/// The database's.
pub async fn set_wish(tx: &mut Tx, person: Uuid, wish: &Wish) -> Result<(), StoreError> {
    let choice = wish.choice.as_ref();
    change!(
        tx,
        sqlx::query(
            "INSERT INTO reminder_choice (person_id, asked_at, wanted, chosen_at, network, address, language,
                                          collective_id)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
             ON CONFLICT (person_id) DO UPDATE
             SET asked_at = excluded.asked_at, wanted = excluded.wanted, chosen_at = excluded.chosen_at,
                 network = excluded.network, address = excluded.address, language = excluded.language,
                 collective_id = excluded.collective_id"
        )
        .bind(person)
        .bind(wish.asked_at)
        .bind(choice.map(|choice| choice.wanted))
        .bind(choice.map(|choice| choice.at))
        .bind(choice.map(|choice| choice.account.network.name()))
        .bind(choice.map(|choice| &choice.account.address))
        .bind(choice.map(|choice| choice.language.to_string()))
        .bind(choice.map(|choice| choice.collective))
    )?;
    Ok(())
}

/// Records that the person of an account is offered reminders; false when they were before, or chose already.
///
/// # Errors
/// The database's.
pub async fn offer(tx: &mut Tx, account: &Account, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let rows = change!(
        tx,
        sqlx::query(
            "INSERT INTO reminder_choice (person_id, asked_at)
             SELECT person_id, $3 FROM account WHERE network = $1 AND address = $2
             ON CONFLICT (person_id) DO NOTHING"
        )
        .bind(account.network.name())
        .bind(&account.address)
        .bind(now)
    )?;
    Ok(rows == 1)
}

/// Forgets what somebody said.
///
/// # Errors
/// The database's.
pub async fn erase(tx: &mut Tx, person: Uuid) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("DELETE FROM reminder_choice WHERE person_id = $1").bind(person)
    )?;
    Ok(())
}

/// How private messages stand with the person of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Whether they were offered reminders, or chose.
    pub settled: bool,
    /// Since when private messages do not reach the account itself.
    pub closed_at: Option<DateTime<Utc>>,
    /// The account to which they want reminders that do not arrive, and whether they were told.
    pub broken: Option<(Account, bool)>,
}

/// How private messages stand with the person of an account; none if there is no such account.
///
/// # Errors
/// The database's.
pub async fn contact(tx: &mut Tx, account: &Account) -> Result<Option<Contact>, StoreError> {
    #[derive(FromRow)]
    struct Row {
        settled: bool,
        closed_at: Option<DateTime<Utc>>,
        network: Option<String>,
        address: Option<String>,
        told: bool,
    }
    let row: Option<Row> = on!(tx, |conn| {
        sqlx::query_as(
        "SELECT (choice.person_id IS NOT NULL) AS settled, own.closed_at, target.network, target.address,
                (target.closed_told_at IS NOT NULL) AS told
         FROM account AS own
         LEFT JOIN reminder_choice AS choice ON choice.person_id = own.person_id
         LEFT JOIN account AS target ON choice.wanted AND target.closed_at IS NOT NULL
                                    AND target.network = choice.network AND target.address = choice.address
         WHERE own.network = $1 AND own.address = $2"
    )
    .bind(account.network.name())
    .bind(&account.address)
    .fetch_optional(conn)
    .await
    })?;
    row.map(|row| {
        let target = row.network.zip(row.address).map(account_of).transpose()?;
        Ok(Contact {
            settled: row.settled,
            closed_at: row.closed_at,
            broken: target.map(|account| (account, row.told)),
        })
    })
    .transpose()
}

/// Records that private messages do not reach an account.
///
/// # Errors
/// The database's.
pub async fn close(tx: &mut Tx, account: &Account, now: DateTime<Utc>) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "UPDATE account SET closed_at = $3, closed_told_at = NULL
             WHERE network = $1 AND address = $2 AND closed_at IS NULL"
        )
        .bind(account.network.name())
        .bind(&account.address)
        .bind(now)
    )?;
    Ok(())
}

/// Records that private messages to an account are tried again.
///
/// # Errors
/// The database's.
pub async fn reopen(tx: &mut Tx, account: &Account) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "UPDATE account SET closed_at = NULL, closed_told_at = NULL
             WHERE network = $1 AND address = $2 AND closed_at IS NOT NULL"
        )
        .bind(account.network.name())
        .bind(&account.address)
    )?;
    Ok(())
}

/// Records that an account's person was told that private messages do not reach it.
///
/// # Errors
/// The database's.
pub async fn told(tx: &mut Tx, account: &Account, now: DateTime<Utc>) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("UPDATE account SET closed_told_at = $3 WHERE network = $1 AND address = $2")
            .bind(account.network.name())
            .bind(&account.address)
            .bind(now)
    )?;
    Ok(())
}

/// A person's accounts that private messages do not reach, and since when.
///
/// # Errors
/// The database's.
pub async fn closed(
    tx: &mut Tx,
    person: Uuid,
) -> Result<Vec<(Account, DateTime<Utc>)>, StoreError> {
    let rows: Vec<(String, String, DateTime<Utc>)> = on!(tx, |conn| sqlx::query_as(
        "SELECT network, address, closed_at FROM account
         WHERE person_id = $1 AND closed_at IS NOT NULL ORDER BY network, address"
    )
    .bind(person)
    .fetch_all(conn)
    .await)?;
    rows.into_iter()
        .map(|(network, address, since)| Ok((account_of((network, address))?, since)))
        .collect()
}

#[derive(FromRow)]
struct AddresseeRow {
    person_id: Uuid,
    network: String,
    address: String,
    language: String,
}

impl AddresseeRow {
    fn read(self) -> Result<Addressee, StoreError> {
        Ok(Addressee {
            person: self.person_id,
            account: account_of((self.network, self.address))?,
            language: language_of(&self.language)?,
        })
    }
}

/// Those who want reminders and whose agreement stands, where private messages reach them. `$rest` begins after the joins.
macro_rules! reachable {
    ($rest:literal) => {
        concat!(
            "SELECT choice.person_id, choice.network, choice.address,
                    coalesce(person.language, choice.language) AS language
             FROM reminder_choice AS choice
             JOIN person ON person.id = choice.person_id AND person.withdrawn_at IS NULL
             JOIN account ON account.network = choice.network AND account.address = choice.address
                         AND account.person_id = choice.person_id ",
            $rest
        )
    };
}

/// Where a person is reminded, if they want to be and can be reached.
///
/// # Errors
/// The database's.
pub async fn addressee(tx: &mut Tx, person: Uuid) -> Result<Option<Addressee>, StoreError> {
    let row: Option<AddresseeRow> = on!(tx, |conn| sqlx::query_as(reachable!(
        "WHERE choice.wanted AND account.closed_at IS NULL AND choice.person_id = $1"
    ))
    .bind(person)
    .fetch_optional(conn)
    .await)?;
    row.map(AddresseeRow::read).transpose()
}

/// Those to be reminded of a workshop: who said that they come, or that they may.
///
/// # Errors
/// The database's.
pub async fn of_workshop(tx: &mut Tx, workshop: Uuid) -> Result<Vec<Addressee>, StoreError> {
    let rows: Vec<AddresseeRow> = on!(tx, |conn| sqlx::query_as(reachable!(
        "JOIN rsvp ON rsvp.person_id = choice.person_id
         WHERE choice.wanted AND account.closed_at IS NULL
           AND rsvp.workshop_id = $1 AND rsvp.answer IN ('yes', 'maybe')
         ORDER BY choice.person_id"
    ))
    .bind(workshop)
    .fetch_all(conn)
    .await)?;
    rows.into_iter().map(AddresseeRow::read).collect()
}

/// Those to be thanked for a workshop: who said that they come, or was there.
///
/// # Errors
/// The database's.
pub async fn of_participants(tx: &mut Tx, workshop: Uuid) -> Result<Vec<Addressee>, StoreError> {
    let rows: Vec<AddresseeRow> = on!(tx, |conn| sqlx::query_as(reachable!(
        "WHERE choice.wanted AND account.closed_at IS NULL
           AND (EXISTS (SELECT 1 FROM rsvp WHERE rsvp.person_id = choice.person_id
                          AND rsvp.workshop_id = $1 AND rsvp.answer = 'yes')
             OR EXISTS (SELECT 1 FROM attendance WHERE attendance.person_id = choice.person_id
                          AND attendance.workshop_id = $1))
         ORDER BY choice.person_id"
    ))
    .bind(workshop)
    .fetch_all(conn)
    .await)?;
    rows.into_iter().map(AddresseeRow::read).collect()
}

/// Those to be reminded of a poll: who have taken part in its collective, or chose reminders there, and have not voted.
/// Whether they may vote is not looked at.
///
/// # Errors
/// The database's.
pub async fn of_poll(
    tx: &mut Tx,
    poll: Uuid,
    collective: Uuid,
) -> Result<Vec<Addressee>, StoreError> {
    let rows: Vec<AddresseeRow> = on!(tx, |conn| {
        sqlx::query_as(reachable!(
        "WHERE choice.wanted AND account.closed_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM ballot WHERE poll_id = $1 AND person_id = choice.person_id)
           AND NOT EXISTS (SELECT 1 FROM poll_voter WHERE poll_id = $1 AND person_id = choice.person_id)
           AND (choice.collective_id = $2
             OR EXISTS (SELECT 1 FROM rsvp JOIN workshop ON workshop.id = rsvp.workshop_id
                        WHERE rsvp.person_id = choice.person_id AND workshop.collective_id = $2)
             OR EXISTS (SELECT 1 FROM ballot JOIN poll ON poll.id = ballot.poll_id
                        WHERE ballot.person_id = choice.person_id AND poll.collective_id = $2)
             OR EXISTS (SELECT 1 FROM commitment
                        WHERE commitment.person_id = choice.person_id AND commitment.collective_id = $2))
         ORDER BY choice.person_id"
    ))
    .bind(poll)
    .bind(collective)
    .fetch_all(conn)
    .await
    })?;
    rows.into_iter().map(AddresseeRow::read).collect()
}
