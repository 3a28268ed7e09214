//! Check-ins: who holds what is still open, what was heard of it, who was asked, and who would like a hand.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::error::known;
use super::{StoreError, Tx};
use crate::domain::actor::Account;
use crate::domain::checkin::{Hand, Held, News};
use crate::domain::language::Language;
use crate::domain::workshop::Reach;

#[derive(FromRow)]
struct HeldRow {
    person_id: Uuid,
    written_at: Option<DateTime<Utc>>,
    on_its_way: bool,
    id: Uuid,
    collective_id: Uuid,
    number: i64,
    due: Option<NaiveDate>,
    heard_at: DateTime<Utc>,
    asked_at: Option<DateTime<Utc>>,
    unanswered: i64,
}

impl From<HeldRow> for Held {
    fn from(row: HeldRow) -> Self {
        Self {
            person: row.person_id,
            written_at: row.written_at,
            on_its_way: row.on_its_way,
            commitment: row.id,
            collective: row.collective_id,
            number: row.number,
            day: row.due,
            news: News {
                heard_at: row.heard_at,
                asked_at: row.asked_at,
                unanswered: row.unanswered,
            },
        }
    }
}

/// Open commitments and whoever is asked about each: who holds it, or represents the organisation that does. `$rest` narrows
/// them down.
macro_rules! held {
    ($rest:literal) => {
        concat!(
            "SELECT held.person_id, checkin.asked_at AS written_at, held.id, held.collective_id, held.number, held.due,
                    EXISTS (SELECT 1 FROM card WHERE card.person_id = held.person_id
                              AND card.subject_kind = 'commitment' AND card.shown < card.wanted) AS on_its_way,
                    coalesce(news.heard_at, held.taken_at) AS heard_at, news.asked_at,
                    coalesce(news.unanswered, 0) AS unanswered
             FROM (SELECT person_id, id, collective_id, number, due, taken_at FROM commitment
                   WHERE person_id IS NOT NULL AND state NOT IN ('proposed', 'kept', 'withdrawn')
                   UNION
                   SELECT mandate.person_id, commitment.id, collective_id, number, due, taken_at
                   FROM commitment JOIN mandate ON mandate.organisation_id = commitment.organisation_id
                   WHERE state NOT IN ('proposed', 'kept', 'withdrawn')) AS held
             LEFT JOIN checkin ON checkin.person_id = held.person_id
             LEFT JOIN commitment_news AS news ON news.commitment_id = held.id
             WHERE ",
            $rest,
            " ORDER BY held.person_id, held.id"
        )
    };
}

/// The open commitments, in every collective, of everybody who holds one in that one.
///
/// # Errors
/// The database's.
pub async fn held_around(tx: &mut Tx, collective: Uuid) -> Result<Vec<Held>, StoreError> {
    let rows: Vec<HeldRow> = on!(tx, |conn| {
        sqlx::query_as(held!(
        "held.person_id IN (SELECT person_id FROM commitment
                            WHERE collective_id = $1 AND person_id IS NOT NULL
                              AND state NOT IN ('proposed', 'kept', 'withdrawn')
                            UNION SELECT mandate.person_id FROM mandate
                            JOIN commitment ON commitment.organisation_id = mandate.organisation_id
                            WHERE collective_id = $1 AND state NOT IN ('proposed', 'kept', 'withdrawn'))"
    ))
    .bind(collective)
    .fetch_all(conn)
    .await
    })?;
    Ok(rows.into_iter().map(Held::from).collect())
}

/// The open commitments of a person in a collective.
///
/// # Errors
/// The database's.
pub async fn held_by(tx: &mut Tx, collective: Uuid, person: Uuid) -> Result<Vec<Held>, StoreError> {
    let rows: Vec<HeldRow> = on!(tx, |conn| sqlx::query_as(held!(
        "held.collective_id = $1 AND held.person_id = $2"
    ))
    .bind(collective)
    .bind(person)
    .fetch_all(conn)
    .await)?;
    Ok(rows.into_iter().map(Held::from).collect())
}

/// Whether a collective has an open commitment.
///
/// # Errors
/// The database's.
pub async fn any_open(tx: &mut Tx, collective: Uuid) -> Result<bool, StoreError> {
    let row: Option<(Uuid,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT id FROM commitment
         WHERE collective_id = $1 AND state NOT IN ('proposed', 'kept', 'withdrawn') LIMIT 1"
    )
    .bind(collective)
    .fetch_optional(conn)
    .await)?;
    Ok(row.is_some())
}

/// What was heard of a commitment; none where nothing is noted.
///
/// # Errors
/// The database's.
pub async fn news(tx: &mut Tx, commitment: Uuid) -> Result<Option<News>, StoreError> {
    let row: Option<(DateTime<Utc>, Option<DateTime<Utc>>, i64)> = on!(tx, |conn| sqlx::query_as(
        "SELECT heard_at, asked_at, unanswered FROM commitment_news WHERE commitment_id = $1"
    )
    .bind(commitment)
    .fetch_optional(conn)
    .await)?;
    Ok(row.map(|(heard_at, asked_at, unanswered)| News {
        heard_at,
        asked_at,
        unanswered,
    }))
}

/// Records that something was heard of a commitment.
///
/// # Errors
/// The database's.
pub async fn heard(tx: &mut Tx, commitment: Uuid, now: DateTime<Utc>) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "INSERT INTO commitment_news (commitment_id, heard_at, unanswered) VALUES ($1, $2, 0)
             ON CONFLICT (commitment_id) DO UPDATE SET heard_at = excluded.heard_at, unanswered = 0"
        )
        .bind(commitment)
        .bind(now)
    )?;
    Ok(())
}

/// Records that the holder of a commitment was asked about it. Where nothing was noted, it was last heard of as it was
/// taken.
///
/// # Errors
/// The database's.
pub async fn asked(tx: &mut Tx, commitment: Uuid, now: DateTime<Utc>) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "INSERT INTO commitment_news (commitment_id, heard_at, asked_at, unanswered)
             SELECT id, taken_at, $2, 1 FROM commitment WHERE id = $1
             ON CONFLICT (commitment_id) DO UPDATE
             SET asked_at = excluded.asked_at, unanswered = commitment_news.unanswered + 1"
        )
        .bind(commitment)
        .bind(now)
    )?;
    Ok(())
}

/// The last message to a person: which commitment it asks about, and when it arrived.
///
/// # Errors
/// The database's.
pub async fn last(tx: &mut Tx, person: Uuid) -> Result<Option<(Uuid, DateTime<Utc>)>, StoreError> {
    Ok(on!(tx, |conn| sqlx::query_as(
        "SELECT commitment_id, asked_at FROM checkin WHERE person_id = $1"
    )
    .bind(person)
    .fetch_optional(conn)
    .await)?)
}

/// The commitment that the last message to an account's person asks about: its collective, and its number.
///
/// # Errors
/// The database's.
pub async fn last_of(tx: &mut Tx, account: &Account) -> Result<Option<(Uuid, i64)>, StoreError> {
    Ok(on!(tx, |conn| sqlx::query_as(
        "SELECT commitment.collective_id, commitment.number
         FROM account JOIN checkin ON checkin.person_id = account.person_id
         JOIN commitment ON commitment.id = checkin.commitment_id
         WHERE account.network = $1 AND account.address = $2"
    )
    .bind(account.network.name())
    .bind(&account.address)
    .fetch_optional(conn)
    .await)?)
}

/// Records that a message which asks about a commitment arrived.
///
/// # Errors
/// The database's.
pub async fn set_last(
    tx: &mut Tx,
    person: Uuid,
    commitment: Uuid,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "INSERT INTO checkin (person_id, commitment_id, asked_at) VALUES ($1, $2, $3)
             ON CONFLICT (person_id) DO UPDATE
             SET commitment_id = excluded.commitment_id, asked_at = excluded.asked_at"
        )
        .bind(person)
        .bind(commitment)
        .bind(now)
    )?;
    Ok(())
}

/// Deletes the messages to a person that have arrived: the next one is a new message.
///
/// # Errors
/// The database's.
pub async fn clear_arrived(tx: &mut Tx, person: Uuid) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "DELETE FROM card WHERE person_id = $1 AND subject_kind = 'commitment' AND shown = wanted"
        )
        .bind(person)
    )?;
    Ok(())
}

/// Makes of two persons' last messages the later one, and drops what was not tried yet: the next round asks anew. Whoever
/// asked for a hand is `into` now.
///
/// # Errors
/// The database's.
pub async fn hand_over(tx: &mut Tx, from: Uuid, into: Uuid) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "DELETE FROM card WHERE person_id IN ($1, $2) AND subject_kind = 'commitment'
               AND shown = 0 AND tried_at IS NULL"
        )
        .bind(from)
        .bind(into)
    )?;
    for (earlier, later) in [(from, into), (into, from)] {
        change!(
            tx,
            sqlx::query(
                "DELETE FROM checkin WHERE person_id = $1 AND EXISTS
                 (SELECT 1 FROM checkin AS other
                  WHERE other.person_id = $2 AND other.asked_at >= checkin.asked_at)"
            )
            .bind(earlier)
            .bind(later)
        )?;
    }
    change!(
        tx,
        sqlx::query("UPDATE checkin SET person_id = $2 WHERE person_id = $1")
            .bind(from)
            .bind(into)
    )?;
    change!(
        tx,
        sqlx::query("UPDATE commitment_help SET person_id = $2 WHERE person_id = $1")
            .bind(from)
            .bind(into)
    )?;
    Ok(())
}

/// Deletes what is kept of a person: the last message, and where a hand was asked for. The notices of these commitments are
/// not brought up to date any more.
///
/// # Errors
/// The database's.
pub async fn erase(tx: &mut Tx, person: Uuid) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "DELETE FROM card WHERE subject_kind = 'commitment' AND view = 'hand' AND subject_id IN
             (SELECT commitment_id FROM commitment_help WHERE person_id = $1)"
        )
        .bind(person)
    )?;
    change!(
        tx,
        sqlx::query("DELETE FROM checkin WHERE person_id = $1").bind(person)
    )?;
    change!(
        tx,
        sqlx::query("DELETE FROM commitment_help WHERE person_id = $1").bind(person)
    )?;
    Ok(())
}

/// Deletes who was last asked before `asked`, and hands that were lent before `lent`.
///
/// # Errors
/// The database's.
pub async fn forget(
    tx: &mut Tx,
    asked: DateTime<Utc>,
    lent: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let messages = change!(
        tx,
        sqlx::query("DELETE FROM checkin WHERE asked_at < $1").bind(asked)
    )?;
    let hands = change!(
        tx,
        sqlx::query("DELETE FROM commitment_help WHERE answered_at < $1").bind(lent)
    )?;
    Ok(messages + hands)
}

#[derive(FromRow)]
struct HandRow {
    person_id: Uuid,
    network: String,
    address: String,
    language: String,
    asked_at: DateTime<Utc>,
    answered_at: Option<DateTime<Utc>>,
}

impl HandRow {
    fn read(self) -> Result<Hand, StoreError> {
        let network = known("commitment_help.network", &self.network, |n| n.parse().ok())?;
        let address = self.address;
        Ok(Hand {
            person: self.person_id,
            reach: Reach {
                account: Account { network, address },
                language: known(
                    "commitment_help.language",
                    &self.language,
                    Language::from_tag,
                )?,
            },
            asked_at: self.asked_at,
            answered_at: self.answered_at,
        })
    }
}

/// Records that somebody would like a hand, in place of what was asked before for that commitment.
///
/// # Errors
/// The database's.
pub async fn ask_hand(tx: &mut Tx, commitment: Uuid, hand: &Hand) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "INSERT INTO commitment_help (commitment_id, person_id, network, address, language, asked_at, answered_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (commitment_id) DO UPDATE
             SET person_id = excluded.person_id, network = excluded.network, address = excluded.address,
                 language = excluded.language, asked_at = excluded.asked_at, answered_at = excluded.answered_at"
        )
        .bind(commitment)
        .bind(hand.person)
        .bind(hand.reach.account.network.name())
        .bind(&hand.reach.account.address)
        .bind(hand.reach.language.to_string())
        .bind(hand.asked_at)
        .bind(hand.answered_at)
    )?;
    Ok(())
}

/// The hand that is asked for with a commitment, or was lent not long ago.
///
/// # Errors
/// The database's.
pub async fn hand(tx: &mut Tx, commitment: Uuid) -> Result<Option<Hand>, StoreError> {
    let row: Option<HandRow> = on!(tx, |conn| sqlx::query_as(
        "SELECT person_id, network, address, language, asked_at, answered_at
         FROM commitment_help WHERE commitment_id = $1"
    )
    .bind(commitment)
    .fetch_optional(conn)
    .await)?;
    row.map(HandRow::read).transpose()
}

/// The numbers of a collective's open commitments with which a hand is asked for, the longest wait first.
///
/// # Errors
/// The database's.
pub async fn hands_wanted(tx: &mut Tx, collective: Uuid) -> Result<Vec<i64>, StoreError> {
    let rows: Vec<(i64,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT commitment.number FROM commitment_help
         JOIN commitment ON commitment.id = commitment_help.commitment_id
         WHERE commitment.collective_id = $1 AND commitment_help.answered_at IS NULL
           AND commitment.state NOT IN ('proposed', 'kept', 'withdrawn')
         ORDER BY commitment_help.asked_at, commitment.number"
    )
    .bind(collective)
    .fetch_all(conn)
    .await)?;
    Ok(rows.into_iter().map(|(number,)| number).collect())
}
