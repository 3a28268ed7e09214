//! Who stands where at a workshop, and the counts beside. Whoever changes something here holds the workshop
//! ([`Tx::lock`]).

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::error::known;
use super::{StoreError, Tx};
use crate::domain::actor::Account;
use crate::domain::language::Language;
use crate::domain::workshop::{Place, Reach, Roster};

#[derive(FromRow)]
struct PlaceRow {
    workshop_id: Uuid,
    person_id: Uuid,
    answer: String,
    seats: i64,
    ticket: Option<i64>,
    ends_at: Option<DateTime<Utc>>,
    answered_at: DateTime<Utc>,
}

impl PlaceRow {
    fn read(self) -> Result<Standing, StoreError> {
        let seats = self.seats;
        let place = match (self.answer.as_str(), self.ticket, self.ends_at) {
            ("yes", ..) => Some(Place::Yes { seats }),
            ("maybe", ..) => Some(Place::Maybe),
            ("no", ..) => Some(Place::No),
            ("waiting", Some(ticket), _) => Some(Place::Waiting { seats, ticket }),
            ("offered", _, Some(until)) => Some(Place::Offered { seats, until }),
            _ => None,
        };
        Ok(Standing {
            workshop: self.workshop_id,
            person: self.person_id,
            place: known("rsvp.answer", &self.answer, |_| place)?,
            at: self.answered_at,
        })
    }
}

/// A query of places: what follows the tables.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT rsvp.workshop_id, rsvp.person_id, answer, rsvp.seats, ticket, ends_at, answered_at
             FROM rsvp LEFT JOIN seat_offer ON seat_offer.workshop_id = rsvp.workshop_id
               AND seat_offer.person_id = rsvp.person_id AND outcome = 'open' ",
            $rest
        )
    };
}

/// Where somebody stands at a workshop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The workshop.
    pub workshop: Uuid,
    /// Who.
    pub person: Uuid,
    /// Where.
    pub place: Place,
    /// Since when.
    pub at: DateTime<Utc>,
}

/// Where a person stands at a workshop, and since when.
///
/// # Errors
/// The database's.
pub async fn of(tx: &mut Tx, workshop: Uuid, person: Uuid) -> Result<Option<Standing>, StoreError> {
    let row: Option<PlaceRow> = on!(tx, |conn| {
        sqlx::query_as(select!(
            "WHERE rsvp.workshop_id = $1 AND rsvp.person_id = $2"
        ))
        .bind(workshop)
        .bind(person)
        .fetch_optional(conn)
        .await
    })?;
    row.map(PlaceRow::read).transpose()
}

/// Where a person stands at every workshop they answered, by workshop.
///
/// # Errors
/// The database's.
pub async fn of_person(tx: &mut Tx, person: Uuid) -> Result<Vec<Standing>, StoreError> {
    let rows: Vec<PlaceRow> = on!(tx, |conn| {
        sqlx::query_as(select!(
            "WHERE rsvp.person_id = $1 ORDER BY rsvp.workshop_id"
        ))
        .bind(person)
        .fetch_all(conn)
        .await
    })?;
    rows.into_iter().map(PlaceRow::read).collect()
}

/// Everybody who answered a workshop, in the order of their answers.
///
/// # Errors
/// The database's.
pub async fn all(tx: &mut Tx, workshop: Uuid) -> Result<Vec<Standing>, StoreError> {
    let rows: Vec<PlaceRow> = on!(tx, |conn| {
        sqlx::query_as(select!(
            "WHERE rsvp.workshop_id = $1 ORDER BY answered_at, rsvp.person_id"
        ))
        .bind(workshop)
        .fetch_all(conn)
        .await
    })?;
    rows.into_iter().map(PlaceRow::read).collect()
}

/// Records where a person stands, in place of `before`, and moves the counts. Who is in line is reached by `reach`.
///
/// # Errors
/// The database's.
pub async fn set(
    tx: &mut Tx,
    workshop: Uuid,
    person: Uuid,
    before: Option<Place>,
    after: Place,
    reach: &Reach,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let ticket = match after {
        Place::Waiting { ticket, .. } => Some(ticket),
        _ => None,
    };
    let reach = ticket.map(|_| reach);
    change!(tx, sqlx::query(
        "INSERT INTO rsvp (workshop_id, person_id, answer, answered_at, seats, ticket, network, address,
                           language)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (workshop_id, person_id) DO UPDATE
         SET answer = excluded.answer, answered_at = excluded.answered_at, seats = excluded.seats,
             ticket = excluded.ticket, network = excluded.network, address = excluded.address,
             language = excluded.language"
    )
    .bind(workshop)
    .bind(person)
    .bind(after.name())
    .bind(now)
    .bind(after.party())
    .bind(ticket)
    .bind(reach.map(|reach| reach.account.network.name()))
    .bind(reach.map(|reach| reach.account.address.as_str()))
    .bind(reach.map(|reach| reach.language.to_string())))?;
    if let Some(ticket) = ticket {
        change!(
            tx,
            sqlx::query("UPDATE workshop SET tickets = $2 WHERE id = $1 AND tickets < $2")
                .bind(workshop)
                .bind(ticket)
        )?;
    }
    count(tx, workshop, Roster::step(before, Some(after))).await
}

/// Marks somebody who waits as offered the seats they wait for, and moves the counts. The offer itself stands in `offers`.
///
/// # Errors
/// The database's.
pub async fn call(
    tx: &mut Tx,
    workshop: Uuid,
    next: &Next,
    until: DateTime<Utc>,
) -> Result<(), StoreError> {
    let (seats, ticket) = (next.seats, next.ticket);
    change!(
        tx,
        sqlx::query(
            "UPDATE rsvp SET answer = 'offered', ticket = NULL
         WHERE workshop_id = $1 AND person_id = $2"
        )
        .bind(workshop)
        .bind(next.person)
    )?;
    let (before, after) = (
        Place::Waiting { seats, ticket },
        Place::Offered { seats, until },
    );
    count(tx, workshop, Roster::step(Some(before), Some(after))).await
}

/// Takes a person out, and out of the counts.
///
/// # Errors
/// The database's.
pub async fn remove(
    tx: &mut Tx,
    workshop: Uuid,
    person: Uuid,
    before: Place,
) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("DELETE FROM rsvp WHERE workshop_id = $1 AND person_id = $2")
            .bind(workshop)
            .bind(person)
    )?;
    count(tx, workshop, Roster::step(Some(before), None)).await
}

async fn count(tx: &mut Tx, workshop: Uuid, step: Roster) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "UPDATE workshop SET yes = yes + $2, maybe = maybe + $3, no = no + $4, seats = seats + $5,
                             held = held + $6, waiting = waiting + $7
         WHERE id = $1"
        )
        .bind(workshop)
        .bind(step.yes)
        .bind(step.maybe)
        .bind(step.no)
        .bind(step.seats)
        .bind(step.held)
        .bind(step.waiting)
    )?;
    Ok(())
}

/// Whose turn it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// Who.
    pub person: Uuid,
    /// How many seats they wait for.
    pub seats: i64,
    /// Their ticket.
    pub ticket: i64,
    /// How they are reached.
    pub reach: Reach,
}

#[derive(FromRow)]
struct NextRow {
    person_id: Uuid,
    seats: i64,
    ticket: i64,
    network: String,
    address: String,
    language: String,
}

/// The first in line whose party fits into `free` seats.
///
/// # Errors
/// The database's.
pub async fn next(tx: &mut Tx, workshop: Uuid, free: i64) -> Result<Option<Next>, StoreError> {
    let row: Option<NextRow> = on!(tx, |conn| sqlx::query_as(
        "SELECT person_id, seats, ticket, network, address, language FROM rsvp
         WHERE workshop_id = $1 AND answer = 'waiting' AND seats <= $2 ORDER BY ticket LIMIT 1"
    )
    .bind(workshop)
    .bind(free)
    .fetch_optional(conn)
    .await)?;
    row.map(|row| {
        Ok(Next {
            person: row.person_id,
            seats: row.seats,
            ticket: row.ticket,
            reach: read_reach(&row.network, row.address, &row.language)?,
        })
    })
    .transpose()
}

fn read_reach(network: &str, address: String, language: &str) -> Result<Reach, StoreError> {
    Ok(Reach {
        account: Account {
            network: known("rsvp.network", network, |n| n.parse().ok())?,
            address,
        },
        language: known("rsvp.language", language, Language::from_tag)?,
    })
}

/// How somebody who waits or is offered seats is reached.
///
/// # Errors
/// The database's.
pub async fn reach(tx: &mut Tx, workshop: Uuid, person: Uuid) -> Result<Option<Reach>, StoreError> {
    let row: Option<(Option<String>, Option<String>, Option<String>)> =
        on!(tx, |conn| sqlx::query_as(
            "SELECT network, address, language FROM rsvp WHERE workshop_id = $1 AND person_id = $2"
        )
        .bind(workshop)
        .bind(person)
        .fetch_optional(conn)
        .await)?;
    match row {
        Some((Some(network), Some(address), Some(language))) => {
            read_reach(&network, address, &language).map(Some)
        }
        _ => Ok(None),
    }
}

/// How many wait with a ticket before that one.
///
/// # Errors
/// The database's.
pub async fn ahead(tx: &mut Tx, workshop: Uuid, ticket: i64) -> Result<i64, StoreError> {
    let (ahead,): (i64,) = on!(tx, |conn| {
        sqlx::query_as(
        "SELECT count(*) FROM rsvp WHERE workshop_id = $1 AND answer = 'waiting' AND ticket < $2"
    )
    .bind(workshop)
    .bind(ticket)
    .fetch_one(conn)
    .await
    })?;
    Ok(ahead)
}

/// Gives a person's place to another, who has none at that workshop. The counts stay.
///
/// # Errors
/// The database's.
pub async fn hand_over(
    tx: &mut Tx,
    workshop: Uuid,
    from: Uuid,
    into: Uuid,
) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("UPDATE rsvp SET person_id = $3 WHERE workshop_id = $1 AND person_id = $2")
            .bind(workshop)
            .bind(from)
            .bind(into)
    )?;
    Ok(())
}

/// Deletes the places that a person has left. Counts stay.
///
/// # Errors
/// The database's.
pub async fn erase(tx: &mut Tx, person: Uuid) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query("DELETE FROM rsvp WHERE person_id = $1").bind(person)
    )?)
}

/// Deletes the places at workshops that ended before `before`. Counts stay.
///
/// # Errors
/// The database's.
pub async fn forget(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query(
            "DELETE FROM rsvp WHERE workshop_id IN
         (SELECT id FROM workshop WHERE coalesce(ends_at, starts_at) < $1)"
        )
        .bind(before)
    )?)
}
