//! Who is at a workshop: people check in with a code that is shown in the room, organizers correct the list and count who
//! has no account.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::super::{Refusal, ServiceError, cards, journal, people};
use super::{get, held};
use crate::domain::actor::{Account, Actor};
use crate::domain::event::EventKind;
use crate::domain::workshop::{Workshop, after};
use crate::store::{Tx, attendance, people as stored_people, workshops};

/// What an organizer says of who was there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// An account, and whether its person was there.
    pub account: Option<(Account, bool)>,
    /// How many people without an account were there.
    pub guests: Option<u64>,
}

/// The actor is at the workshop whose code they typed.
///
/// # Errors
/// No workshop that has this code takes place now.
pub async fn check_in(
    tx: &mut Tx,
    actor: &Actor,
    typed: &str,
    now: DateTime<Utc>,
) -> Result<Workshop, ServiceError> {
    let workshop = by_code(tx, actor.collective, typed, now).await?;
    let person = people::person(tx, actor, now).await?;
    tx.lock(workshop.id).await?;
    set(tx, &workshop, person, true, now).await?;
    get(tx, workshop.id, workshop.number).await
}

async fn by_code(
    tx: &mut Tx,
    collective: Uuid,
    typed: &str,
    now: DateTime<Utc>,
) -> Result<Workshop, ServiceError> {
    let code = after::read_code(typed).ok_or(Refusal::NoSuchCode)?;
    for id in attendance::by_code(tx, collective, &code).await? {
        let found = workshops::get(tx, id).await?;
        if let Some(workshop) = found.filter(|workshop| workshop.takes_check_ins(now)) {
            return Ok(workshop);
        }
    }
    Err(Refusal::NoSuchCode.into())
}

/// Records who was there, as an organizer says it; and gives the code, made of 25 of these random bits if there is none yet.
///
/// # Errors
/// Not an organizer; others read along; no such workshop; something is said more than two hours before it or two weeks
/// after it; an account that nobody has acted from.
pub async fn attended(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    said: &Said,
    bits: u64,
    now: DateTime<Utc>,
) -> Result<(Workshop, String), ServiceError> {
    journal::require_control(actor)?;
    let workshop = held(tx, actor.collective, number).await?;
    if workshop.announced_at.is_none() {
        return Err(Refusal::NotFound(workshop.short_id()).into());
    }
    if *said != Said::default() {
        if !workshop.takes_attendance(now) {
            return Err(Refusal::NotThen(workshop.short_id()).into());
        }
        if let Some(guests) = said.guests {
            let guests = i64::try_from(guests.min(after::GUESTS_MAX)).unwrap_or_default();
            attendance::set_guests(tx, workshop.id, guests).await?;
            cards::refresh(tx, workshop.id).await?;
        }
        if let Some((account, was_there)) = &said.account {
            let known = stored_people::find(tx, account).await?;
            let known = known.ok_or_else(|| Refusal::UnknownAccount(account.address.clone()))?;
            set(tx, &workshop, known.id, *was_there, now).await?;
        }
        let kind = EventKind::WorkshopAttended;
        journal::record(tx, actor, kind, workshop.short_id(), now).await?;
    }
    let code = match attendance::code(tx, workshop.id).await? {
        Some(code) => code,
        None => {
            let code = after::new_code(bits);
            attendance::set_code(tx, workshop.id, &code).await?;
            code
        }
    };
    Ok((get(tx, workshop.id, number).await?, code))
}

async fn set(
    tx: &mut Tx,
    workshop: &Workshop,
    person: Uuid,
    was_there: bool,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let changed = if was_there {
        attendance::add(tx, workshop.id, person, now).await?
    } else {
        attendance::remove(tx, workshop.id, person).await?
    };
    if changed {
        cards::refresh(tx, workshop.id).await?;
    }
    Ok(())
}
