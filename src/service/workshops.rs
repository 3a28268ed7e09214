//! Workshops: announce, edit, cancel, remind. [`roster`] has who comes.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Refusal, ServiceError, cards, journal, require};
use crate::domain::actor::{Actor, Role};
use crate::domain::card::View;
use crate::domain::collective::Purpose;
use crate::domain::event::EventKind;
use crate::domain::ids::{Kind, ShortId, new_id};
use crate::domain::schedule::{self, DeadlineKind};
use crate::domain::workshop::{Draft, Status, Wish, Workshop};
use crate::store::{Tx, collectives, deadlines, events, offers, workshops};

mod roster;

pub use roster::{
    Answered, Settled, answer, offer_ends, person_erased, person_merged, place, rsvp_closes,
};

/// How many coming workshops a list shows.
const LISTED: i64 = 10;

/// Announces a workshop in every public room of the actor's collective.
///
/// # Errors
/// Not an organizer; wrong texts, a start in the past, an end before it.
pub async fn announce(
    tx: &mut Tx,
    actor: &Actor,
    wish: &Wish,
    now: DateTime<Utc>,
) -> Result<Workshop, ServiceError> {
    require(actor, Role::Organizer)?;
    let draft = Draft::new(wish).map_err(Refusal::from)?;
    check_times(&draft, now)?;
    let id = new_id(now);
    let number = collectives::next_number(tx, actor.collective, Kind::Workshop).await?;
    workshops::add(tx, id, actor.collective, number, &draft, now).await?;
    events::add(
        tx,
        new_id(now),
        actor.collective,
        EventKind::WorkshopAnnounced,
        id,
        now,
    )
    .await?;
    let workshop = get(tx, id, number).await?;
    let kind = EventKind::WorkshopAnnounced;
    journal::record(tx, actor, kind, workshop.short_id(), now).await?;
    set_deadlines(tx, &workshop, now).await?;
    cards::show(
        tx,
        actor.collective,
        Purpose::Public,
        Kind::Workshop,
        id,
        View::Object,
        now,
    )
    .await?;
    Ok(workshop)
}

/// Changes what an announced workshop says; its cards follow in place.
///
/// # Errors
/// Not an organizer, no such workshop, over or cancelled, nothing to change, wrong texts or times.
pub async fn edit(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    wish: &Wish,
    now: DateTime<Utc>,
) -> Result<Workshop, ServiceError> {
    require(actor, Role::Organizer)?;
    let workshop = current(tx, actor.collective, number, now).await?;
    let draft = workshop.draft.changed(wish).map_err(Refusal::from)?;
    if draft == workshop.draft {
        return Err(Refusal::NothingToChange.into());
    }
    if wish.when.is_some() || wish.closes_at.is_some() {
        check_times(&draft, now)?;
    }
    workshops::set_draft(tx, workshop.id, &draft).await?;
    events::add(
        tx,
        new_id(now),
        actor.collective,
        EventKind::WorkshopEdited,
        workshop.id,
        now,
    )
    .await?;
    let workshop = get(tx, workshop.id, number).await?;
    let kind = EventKind::WorkshopEdited;
    journal::record(tx, actor, kind, workshop.short_id(), now).await?;
    set_deadlines(tx, &workshop, now).await?;
    let start = workshop.draft.starts_at;
    if offers::shorten(tx, workshop.id, start).await? > 0 {
        deadlines::set(tx, workshop.id, DeadlineKind::OfferEnds, start).await?;
    }
    roster::settle(tx, workshop.id, now).await
}

/// Calls a workshop off: its cards say so, and every room gets one notice.
///
/// # Errors
/// Not an organizer, no such workshop, over or cancelled before.
pub async fn cancel(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    now: DateTime<Utc>,
) -> Result<Workshop, ServiceError> {
    require(actor, Role::Organizer)?;
    let workshop = current(tx, actor.collective, number, now).await?;
    workshops::set_status(tx, workshop.id, Status::Cancelled).await?;
    let kind = EventKind::WorkshopCancelled;
    journal::record(tx, actor, kind, workshop.short_id(), now).await?;
    events::add(
        tx,
        new_id(now),
        actor.collective,
        EventKind::WorkshopCancelled,
        workshop.id,
        now,
    )
    .await?;
    for kind in DeadlineKind::OF_WORKSHOPS {
        deadlines::clear(tx, workshop.id, kind).await?;
    }
    roster::withdraw_offers(tx, &workshop, now).await?;
    cards::refresh(tx, workshop.id).await?;
    cards::show(
        tx,
        actor.collective,
        Purpose::Public,
        Kind::Workshop,
        workshop.id,
        View::Notice,
        now,
    )
    .await?;
    get(tx, workshop.id, number).await
}

/// A workshop of the actor's collective.
///
/// # Errors
/// No such workshop.
pub async fn find(tx: &mut Tx, actor: &Actor, number: i64) -> Result<Workshop, ServiceError> {
    workshops::by_number(tx, actor.collective, number)
        .await?
        .ok_or_else(|| Refusal::NotFound(ShortId::new(Kind::Workshop, number)).into())
}

/// The workshops that come next.
///
/// # Errors
/// The database's.
pub async fn coming(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<Vec<Workshop>, ServiceError> {
    Ok(workshops::coming(tx, actor.collective, now, LISTED).await?)
}

/// The day-before reminder fell due: it goes to every public room, late if the bot was down, but never once the
/// workshop has begun.
///
/// # Errors
/// The database's.
pub async fn remind(tx: &mut Tx, id: Uuid, now: DateTime<Utc>) -> Result<(), ServiceError> {
    let Some(workshop) = workshops::get(tx, id).await? else {
        return Ok(());
    };
    if workshop.status != Status::Announced || now >= workshop.draft.starts_at {
        return Ok(());
    }
    cards::show(
        tx,
        workshop.collective,
        Purpose::Public,
        Kind::Workshop,
        id,
        View::Reminder,
        now,
    )
    .await
}

/// A workshop's end has come.
///
/// # Errors
/// The database's.
pub async fn over(tx: &mut Tx, id: Uuid, now: DateTime<Utc>) -> Result<(), ServiceError> {
    tx.lock(id).await?;
    let Some(workshop) = workshops::get(tx, id).await? else {
        return Ok(());
    };
    if workshop.status != Status::Announced || now < workshop.over_at() {
        return Ok(());
    }
    workshops::set_status(tx, id, Status::Held).await?;
    events::add(
        tx,
        new_id(now),
        workshop.collective,
        EventKind::WorkshopHeld,
        id,
        now,
    )
    .await?;
    cards::refresh(tx, id).await
}

async fn get(tx: &mut Tx, id: Uuid, number: i64) -> Result<Workshop, ServiceError> {
    workshops::get(tx, id)
        .await?
        .ok_or_else(|| Refusal::NotFound(ShortId::new(Kind::Workshop, number)).into())
}

/// The workshop as it stands, held for this transaction, if it still takes answers and changes.
async fn current(
    tx: &mut Tx,
    collective: Uuid,
    number: i64,
    now: DateTime<Utc>,
) -> Result<Workshop, ServiceError> {
    let short = ShortId::new(Kind::Workshop, number);
    let found = workshops::by_number(tx, collective, number)
        .await?
        .ok_or(Refusal::NotFound(short))?;
    tx.lock(found.id).await?;
    let workshop = get(tx, found.id, number).await?;
    if workshop.takes_answers(now) {
        Ok(workshop)
    } else {
        Err(Refusal::WorkshopOver(short).into())
    }
}

fn check_times(draft: &Draft, now: DateTime<Utc>) -> Result<(), Refusal> {
    if draft.starts_at <= now {
        return Err(Refusal::StartsInPast);
    }
    if draft.ends_at.is_some_and(|end| end <= draft.starts_at) {
        return Err(Refusal::EndsBeforeStart);
    }
    let open = now..=draft.starts_at;
    if draft
        .limits
        .closes_at
        .is_some_and(|closes| !open.contains(&closes))
    {
        return Err(Refusal::RsvpUntil);
    }
    Ok(())
}

async fn set_deadlines(
    tx: &mut Tx,
    workshop: &Workshop,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    for kind in [
        DeadlineKind::WorkshopReminder,
        DeadlineKind::WorkshopOver,
        DeadlineKind::RsvpCloses,
    ] {
        deadlines::clear(tx, workshop.id, kind).await?;
    }
    if let Some(closes_at) = workshop.draft.limits.closes_at {
        deadlines::set(tx, workshop.id, DeadlineKind::RsvpCloses, closes_at).await?;
    }
    if let Some(due) = schedule::day_before(workshop.draft.starts_at, workshop.zone, now) {
        deadlines::set(tx, workshop.id, DeadlineKind::WorkshopReminder, due).await?;
    }
    deadlines::set(
        tx,
        workshop.id,
        DeadlineKind::WorkshopOver,
        workshop.over_at(),
    )
    .await?;
    Ok(())
}
