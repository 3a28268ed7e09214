//! Cards: "this room shows that subject, up to revision n".

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use sqlx::types::Json;
use uuid::Uuid;

use super::error::known;
use super::{Open, StoreError, Tx};
use crate::domain::actor::Account;
use crate::domain::card::{Message, View};
use crate::domain::ids::Kind;
use crate::domain::language::Language;
use crate::domain::network::{Destination, NetworkKind};

/// What a card is about. An answer is about nothing but itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// An object that people know by a short id.
    Object(Kind, Uuid),
    /// Seats at a workshop that are offered to somebody.
    Offer(Uuid),
    /// Another time or place of a workshop.
    Change(Uuid),
    /// A version of a plan.
    Version(Uuid),
    /// A collective.
    Collective(Uuid),
    /// The card's own payload.
    Payload(Uuid),
}

impl Subject {
    const fn kind(self) -> &'static str {
        match self {
            Self::Object(kind, _) => kind.name(),
            Self::Offer(_) => "offer",
            Self::Change(_) => "change",
            Self::Version(_) => "version",
            Self::Collective(_) => "collective",
            Self::Payload(_) => "payload",
        }
    }

    const fn id(self) -> Uuid {
        match self {
            Self::Object(_, id)
            | Self::Offer(id)
            | Self::Change(id)
            | Self::Version(id)
            | Self::Collective(id)
            | Self::Payload(id) => id,
        }
    }
}

/// A card to be made.
#[derive(Debug, Clone)]
pub struct NewCard {
    /// Its id.
    pub id: Uuid,
    /// The collective it is of.
    pub collective: Option<Uuid>,
    /// Its network.
    pub network: NetworkKind,
    /// Its place.
    pub destination: Destination,
    /// Its language.
    pub language: Language,
    /// What it is about.
    pub subject: Subject,
    /// What it shows of that.
    pub view: View,
    /// An answer's message.
    pub payload: Option<Message>,
}

/// Which cards are brought to their places together: private reminders are many, and must hold no room up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Rooms' cards, and answers.
    Rooms,
    /// Reminders to single persons.
    Persons,
}

/// A card that a process has claimed.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// Its id.
    pub id: Uuid,
    /// The collective it is of.
    pub collective: Option<Uuid>,
    /// The person whose private reminder it is.
    pub person: Option<Uuid>,
    /// Its network.
    pub network: NetworkKind,
    /// Its place.
    pub destination: Destination,
    /// Its language.
    pub language: Language,
    /// What it is about.
    pub subject: Subject,
    /// What it shows of that.
    pub view: View,
    /// An answer's message.
    pub payload: Option<Message>,
    /// The message that shows it.
    pub message_ref: Option<String>,
    /// When its first message was tried before, if that try has no recorded end.
    pub tried_at: Option<DateTime<Utc>>,
    /// Failed tries.
    pub attempts: i64,
}

#[derive(FromRow)]
struct CardRow {
    id: Uuid,
    collective_id: Option<Uuid>,
    person_id: Option<Uuid>,
    network: String,
    destination: Json<Destination>,
    language: String,
    subject_kind: String,
    subject_id: Uuid,
    view: String,
    payload: Option<String>,
    message_ref: Option<String>,
    tried_at: Option<DateTime<Utc>>,
    attempts: i64,
}

impl CardRow {
    fn read(self) -> Result<Claimed, StoreError> {
        let subject = match self.subject_kind.as_str() {
            "payload" => Subject::Payload(self.subject_id),
            "offer" => Subject::Offer(self.subject_id),
            "change" => Subject::Change(self.subject_id),
            "version" => Subject::Version(self.subject_id),
            "collective" => Subject::Collective(self.subject_id),
            kind => {
                let kind = known("card.subject_kind", kind, |k| k.parse().ok())?;
                Subject::Object(kind, self.subject_id)
            }
        };
        Ok(Claimed {
            id: self.id,
            collective: self.collective_id,
            person: self.person_id,
            network: known("card.network", &self.network, |n| n.parse().ok())?,
            destination: self.destination.0,
            language: known("card.language", &self.language, Language::from_tag)?,
            subject,
            view: known("card.view", &self.view, View::from_name)?,
            payload: self
                .payload
                .as_deref()
                .map(serde_json::from_str)
                .transpose()?,
            message_ref: self.message_ref,
            tried_at: self.tried_at,
            attempts: self.attempts,
        })
    }
}

/// Makes a card, or raises the one that shows the same view of the same subject in the same place.
///
/// # Errors
/// The database's.
pub async fn put(tx: &mut Tx, card: &NewCard, now: DateTime<Utc>) -> Result<(), StoreError> {
    let payload = card
        .payload
        .as_ref()
        .map(serde_json::to_string)
        .transpose()?;
    change!(tx, sqlx::query(
        "INSERT INTO card (id, collective_id, network, destination, address, language, subject_kind,
                           subject_id, view, payload, wanted, shown, attempts, next_try_at, stuck)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, 0, 0, $11, FALSE)
         ON CONFLICT (subject_id, view, network, address) DO UPDATE
         SET wanted = card.wanted + 1, stuck = FALSE, attempts = 0"
    )
    .bind(card.id)
    .bind(card.collective)
    .bind(card.network.name())
    .bind(Json(&card.destination))
    .bind(card.destination.address())
    .bind(card.language.to_string())
    .bind(card.subject.kind())
    .bind(card.subject.id())
    .bind(card.view.name())
    .bind(&payload)
    .bind(now))?;
    Ok(())
}

/// Raises every card that shows that view of the subject: its rooms will be brought up to date.
///
/// # Errors
/// The database's.
pub async fn raise(tx: &mut Tx, subject: Uuid, view: View) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query(
            "UPDATE card SET wanted = wanted + 1, stuck = FALSE, attempts = 0
         WHERE subject_id = $1 AND view = $2"
        )
        .bind(subject)
        .bind(view.name())
    )?)
}

/// Claims cards of a network and a lane that are behind, oldest first, at most `limit`, until `lease_until`: nobody else
/// gets them before. Notes the first try of each.
///
/// # Errors
/// The database's.
pub async fn claim(
    tx: &mut Tx,
    (network, lane): (NetworkKind, Lane),
    now: DateTime<Utc>,
    lease_until: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Claimed>, StoreError> {
    let rows: Vec<CardRow> = match &mut tx.open {
        Open::Sqlite(transaction) => sqlx::query_as(
            "SELECT id, collective_id, person_id, network, destination, language, subject_kind, subject_id,
                        view, payload, message_ref, tried_at, attempts
                 FROM card WHERE network = $1 AND shown < wanted AND NOT stuck AND next_try_at <= $2
                   AND (lease_until IS NULL OR lease_until < $2) AND (person_id IS NOT NULL) = $4
                 ORDER BY next_try_at, id LIMIT $3",
        )
        .bind(network.name())
        .bind(now)
        .bind(limit)
        .bind(lane == Lane::Persons)
        .fetch_all(&mut **transaction)
        .await?,
        // Two processes would wait for each other's rows and then find them taken: pass over them instead.
        Open::Postgres(transaction) => sqlx::query_as(
            "SELECT id, collective_id, person_id, network, destination, language, subject_kind, subject_id,
                        view, payload, message_ref, tried_at, attempts
                 FROM card WHERE network = $1 AND shown < wanted AND NOT stuck AND next_try_at <= $2
                   AND (lease_until IS NULL OR lease_until < $2) AND (person_id IS NOT NULL) = $4
                 ORDER BY next_try_at, id LIMIT $3 FOR UPDATE SKIP LOCKED",
        )
        .bind(network.name())
        .bind(now)
        .bind(limit)
        .bind(lane == Lane::Persons)
        .fetch_all(&mut **transaction)
        .await?,
    };
    for row in &rows {
        change!(
            tx,
            sqlx::query(
                "UPDATE card SET lease_until = $2, tried_at = COALESCE(tried_at, $3) WHERE id = $1"
            )
            .bind(row.id)
            .bind(lease_until)
            .bind(now)
        )?;
    }
    rows.into_iter().map(CardRow::read).collect()
}

/// Gives claimed cards back, as they were, before their lease has run out: they were not tried.
///
/// # Errors
/// The database's.
pub async fn release(tx: &mut Tx, claimed: &[Claimed]) -> Result<(), StoreError> {
    for card in claimed {
        change!(
            tx,
            sqlx::query("UPDATE card SET lease_until = NULL, tried_at = $2 WHERE id = $1")
                .bind(card.id)
                .bind(card.tried_at)
        )?;
    }
    Ok(())
}

/// Ends every lease on a network's cards. Only where no other process can hold one.
///
/// # Errors
/// The database's.
pub async fn release_all(tx: &mut Tx, network: NetworkKind) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query(
            "UPDATE card SET lease_until = NULL WHERE network = $1 AND lease_until IS NOT NULL"
        )
        .bind(network.name())
    )?)
}

/// The revision that a card should show.
///
/// # Errors
/// The database's.
pub async fn wanted(tx: &mut Tx, id: Uuid) -> Result<Option<i64>, StoreError> {
    let row: Option<(i64,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT wanted FROM card WHERE id = $1"
    )
    .bind(id)
    .fetch_optional(conn)
    .await)?;
    Ok(row.map(|(wanted,)| wanted))
}

/// Records that a message shows the card up to `revision`. The next edit waits until `next_try_at`, so that changes
/// close together become one edit. An answer's payload has served.
///
/// # Errors
/// The database's.
pub async fn shown(
    tx: &mut Tx,
    id: Uuid,
    revision: i64,
    message_ref: &str,
    now: DateTime<Utc>,
    next_try_at: DateTime<Utc>,
) -> Result<(), StoreError> {
    change!(tx, sqlx::query(
        "UPDATE card SET shown = $2, message_ref = $3, sent_at = $4, next_try_at = $5, attempts = 0,
                         lease_until = NULL, payload = NULL, last_error = NULL
         WHERE id = $1"
    )
    .bind(id)
    .bind(revision)
    .bind(message_ref)
    .bind(now)
    .bind(next_try_at))?;
    Ok(())
}

/// Records a failed try: when the next one is due, or that the card is stuck.
///
/// # Errors
/// The database's.
pub async fn failed(
    tx: &mut Tx,
    id: Uuid,
    next_try_at: DateTime<Utc>,
    stuck: bool,
    error: &str,
) -> Result<(), StoreError> {
    change!(tx, sqlx::query(
        "UPDATE card SET attempts = attempts + 1, next_try_at = $2, stuck = $3, last_error = $4,
                         lease_until = NULL
         WHERE id = $1"
    )
    .bind(id)
    .bind(next_try_at)
    .bind(stuck)
    .bind(error))?;
    Ok(())
}

/// Holds back everything that is behind in a place until `until`: its network does not take messages there now.
///
/// # Errors
/// The database's.
pub async fn hold(
    tx: &mut Tx,
    network: NetworkKind,
    address: &str,
    until: DateTime<Utc>,
) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query(
            "UPDATE card SET next_try_at = $3
         WHERE network = $1 AND address = $2 AND shown < wanted AND NOT stuck AND next_try_at < $3"
        )
        .bind(network.name())
        .bind(address)
        .bind(until)
    )?)
}

/// Puts a claimed card off: nothing was sent, and nothing may be before `next_try_at`.
///
/// # Errors
/// The database's.
pub async fn put_off(
    tx: &mut Tx,
    card: &Claimed,
    next_try_at: DateTime<Utc>,
) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "UPDATE card SET next_try_at = $2, tried_at = $3, lease_until = NULL WHERE id = $1"
        )
        .bind(card.id)
        .bind(next_try_at)
        .bind(card.tried_at)
    )?;
    Ok(())
}

/// Deletes a card that is of no use any more, or cannot be brought to its place.
///
/// # Errors
/// The database's.
pub async fn discard(tx: &mut Tx, id: Uuid) -> Result<(), StoreError> {
    change!(tx, sqlx::query("DELETE FROM card WHERE id = $1").bind(id))?;
    Ok(())
}

/// Deletes the cards that show that view of a subject and have not arrived anywhere: it will be told anew, or not at
/// all.
///
/// # Errors
/// The database's.
pub async fn forget_unshown(tx: &mut Tx, subject: Uuid, view: View) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query("DELETE FROM card WHERE subject_id = $1 AND view = $2 AND shown = 0")
            .bind(subject)
            .bind(view.name())
    )?)
}

/// Deletes the cards that show that view of a subject since before `before`: when it is shown again, then by new
/// messages, which people notice.
///
/// # Errors
/// The database's.
pub async fn forget_shown(
    tx: &mut Tx,
    subject: Uuid,
    view: View,
    before: DateTime<Utc>,
) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query(
            "DELETE FROM card WHERE subject_id = $1 AND view = $2 AND shown > 0 AND sent_at < $3"
        )
        .bind(subject)
        .bind(view.name())
        .bind(before)
    )?)
}

/// The message that shows that view of a subject in a place.
///
/// # Errors
/// The database's.
pub async fn message_in(
    tx: &mut Tx,
    subject: Uuid,
    view: View,
    (network, address): (NetworkKind, &str),
) -> Result<Option<String>, StoreError> {
    let row: Option<(Option<String>,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT message_ref FROM card
         WHERE subject_id = $1 AND view = $2 AND network = $3 AND address = $4"
    )
    .bind(subject)
    .bind(view.name())
    .bind(network.name())
    .bind(address)
    .fetch_optional(conn)
    .await)?;
    Ok(row.and_then(|(message,)| message))
}

/// Records that a card's message is gone: it gets a new one, under a new id, since networks remember the old id's
/// idempotency key and would hand the deleted message back.
///
/// # Errors
/// The database's.
pub async fn renew(
    tx: &mut Tx,
    id: Uuid,
    new_id: Uuid,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    change!(tx, sqlx::query(
        "UPDATE card SET id = $2, message_ref = NULL, tried_at = NULL, lease_until = NULL, shown = 0,
                         next_try_at = $3
         WHERE id = $1"
    )
    .bind(id)
    .bind(new_id)
    .bind(now))?;
    Ok(())
}

/// What the message with that reference shows.
///
/// # Errors
/// The database's.
pub async fn at_message(
    tx: &mut Tx,
    network: NetworkKind,
    message_ref: &str,
) -> Result<Option<Claimed>, StoreError> {
    let row: Option<CardRow> = on!(tx, |conn| {
        sqlx::query_as(
        "SELECT id, collective_id, person_id, network, destination, language, subject_kind, subject_id,
                view, payload, message_ref, tried_at, attempts
         FROM card WHERE network = $1 AND message_ref = $2"
    )
    .bind(network.name())
    .bind(message_ref)
    .fetch_optional(conn)
    .await
    })?;
    row.map(CardRow::read).transpose()
}

/// Makes a claimed card be of a server. False, and nothing is changed, when another card is of that server already: it is
/// raised instead.
///
/// # Errors
/// The database's.
pub async fn move_to(tx: &mut Tx, card: &Claimed, to: &Destination) -> Result<bool, StoreError> {
    // Two rooms of one server at once.
    tx.lock(card.subject.id()).await?;
    let raised = change!(
        tx,
        sqlx::query(
            "UPDATE card SET wanted = wanted + 1, stuck = FALSE, attempts = 0
         WHERE subject_id = $1 AND view = $2 AND network = $3 AND address = $4 AND id <> $5"
        )
        .bind(card.subject.id())
        .bind(card.view.name())
        .bind(card.network.name())
        .bind(to.address())
        .bind(card.id)
    )?;
    if raised > 0 {
        return Ok(false);
    }
    change!(
        tx,
        sqlx::query("UPDATE card SET destination = $2, address = $3 WHERE id = $1")
            .bind(card.id)
            .bind(Json(to))
            .bind(to.address())
    )?;
    Ok(true)
}

/// A network's cards of a view that a message shows.
///
/// # Errors
/// The database's.
pub async fn standing(
    tx: &mut Tx,
    network: NetworkKind,
    view: View,
) -> Result<Vec<Claimed>, StoreError> {
    let rows: Vec<CardRow> = on!(tx, |conn| {
        sqlx::query_as(
        "SELECT id, collective_id, person_id, network, destination, language, subject_kind, subject_id,
                view, payload, message_ref, tried_at, attempts
         FROM card WHERE network = $1 AND view = $2 AND message_ref IS NOT NULL ORDER BY id"
    )
    .bind(network.name())
    .bind(view.name())
    .fetch_all(conn)
    .await
    })?;
    rows.into_iter().map(CardRow::read).collect()
}

/// Deletes a card whose message shows it up to `revision` and will never change again; false when it is to show more.
///
/// # Errors
/// The database's.
pub async fn finish(tx: &mut Tx, id: Uuid, revision: i64) -> Result<bool, StoreError> {
    let rows = change!(
        tx,
        sqlx::query("DELETE FROM card WHERE id = $1 AND wanted = $2")
            .bind(id)
            .bind(revision)
    )?;
    Ok(rows > 0)
}

/// How many cards are behind, and how many of these are stuck.
///
/// # Errors
/// The database's.
pub async fn backlog(tx: &mut Tx) -> Result<(i64, i64), StoreError> {
    let row: (i64, i64) = on!(tx, |conn| sqlx::query_as(
        "SELECT count(*), CAST(coalesce(sum(CASE WHEN stuck THEN 1 ELSE 0 END), 0) AS BIGINT)
         FROM card WHERE shown < wanted"
    )
    .fetch_one(conn)
    .await)?;
    Ok(row)
}

/// The next moment at which a card of a lane may be tried.
///
/// # Errors
/// The database's.
pub async fn next_try(
    tx: &mut Tx,
    (network, lane): (NetworkKind, Lane),
) -> Result<Option<DateTime<Utc>>, StoreError> {
    let row: Option<(DateTime<Utc>,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT next_try_at FROM card
         WHERE network = $1 AND shown < wanted AND NOT stuck AND (person_id IS NOT NULL) = $2
         ORDER BY next_try_at LIMIT 1"
    )
    .bind(network.name())
    .bind(lane == Lane::Persons)
    .fetch_optional(conn)
    .await)?;
    Ok(row.map(|(at,)| at))
}

/// Forgets that a view of a subject is shown: when it is shown again, it is by new messages, which people notice.
///
/// # Errors
/// The database's.
pub async fn forget_view(tx: &mut Tx, subject: Uuid, view: View) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query("DELETE FROM card WHERE subject_id = $1 AND view = $2")
            .bind(subject)
            .bind(view.name())
    )?)
}

/// Forgets cards of that view of the subject that nobody has tried to show yet; how many there were. Those that were
/// tried may be there.
///
/// # Errors
/// The database's.
pub async fn forget_untried(tx: &mut Tx, subject: Uuid, view: View) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query("DELETE FROM card WHERE subject_id = $1 AND view = $2 AND tried_at IS NULL")
            .bind(subject)
            .bind(view.name())
    )?)
}

/// Forgets answers, and what was told to authors of proposals, that were shown before `before`: they have served.
///
/// # Errors
/// The database's.
pub async fn forget_answers(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query(
            "DELETE FROM card WHERE shown = wanted AND sent_at < $1
           AND (view = 'answer' OR (subject_kind = 'proposal' AND view = 'notice'))"
        )
        .bind(before)
    )?)
}

/// Deletes everything that was or is to be said to an account in private.
///
/// # Errors
/// The database's.
pub async fn erase_direct(tx: &mut Tx, account: &Account) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query("DELETE FROM card WHERE network = $1 AND address = $2")
            .bind(account.network.name())
            .bind(&account.address)
    )?)
}

/// Cards that are stuck: network, place, and why. At most `limit`.
///
/// # Errors
/// The database's.
pub async fn stuck(
    tx: &mut Tx,
    limit: i64,
) -> Result<Vec<(NetworkKind, String, String)>, StoreError> {
    let rows: Vec<(String, String, Option<String>)> = on!(tx, |conn| sqlx::query_as(
        "SELECT network, address, last_error FROM card
         WHERE shown < wanted AND stuck = TRUE ORDER BY id LIMIT $1"
    )
    .bind(limit)
    .fetch_all(conn)
    .await)?;
    rows.into_iter()
        .map(|(network, address, error)| {
            let network = known("card.network", &network, |n| n.parse().ok())?;
            Ok((network, address, error.unwrap_or_default()))
        })
        .collect()
}
