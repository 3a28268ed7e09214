//! Drafts: written down, looked at as rooms would see them, then announced, now or at a set time, or thrown away.
//!
//! Nobody but organizers learns of a draft: it has no card, and to everybody else its number does not exist.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::super::{Refusal, ServiceError, circles, journal, require};
use super::{check_times, get, publish_now, rooms};
use crate::domain::actor::{Actor, Role};
use crate::domain::collective::Room;
use crate::domain::event::EventKind;
use crate::domain::ids::{Kind, ShortId, new_id};
use crate::domain::schedule::DeadlineKind;
use crate::domain::text::TextError;
use crate::domain::workshop::{Draft, Status, Wish, Workshop};
use crate::store::{Tx, collectives, deadlines, workshops};

/// A draft, and the rooms that will see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The draft.
    pub workshop: Workshop,
    /// Where it will be announced.
    pub rooms: Vec<Room>,
}

/// Writes a draft down; with `publish_at` it is announced by itself at that time.
///
/// # Errors
/// Not an organizer; wrong texts or times; a room that is none of the collective's; no such circle.
pub async fn save(
    tx: &mut Tx,
    actor: &Actor,
    wish: &Wish,
    publish_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<Preview, ServiceError> {
    let workshop = add(tx, actor, wish, now).await?;
    let kind = EventKind::WorkshopDrafted;
    journal::record(tx, actor, kind, workshop.short_id(), now).await?;
    if let Some(at) = publish_at {
        schedule(tx, actor, &workshop, at, now).await?;
    }
    let workshop = get(tx, workshop.id, workshop.number).await?;
    with_rooms(tx, workshop).await
}

/// Restricts a draft to the circle that is wanted, if one is.
pub(super) async fn restrict(
    tx: &mut Tx,
    actor: &Actor,
    draft: &mut Draft,
    wish: &Wish,
) -> Result<(), ServiceError> {
    if let Some(typed) = &wish.circle {
        draft.details.circle = Some(circles::within(tx, actor, typed).await?);
    }
    Ok(())
}

/// Records a draft with its rooms.
pub(super) async fn add(
    tx: &mut Tx,
    actor: &Actor,
    wish: &Wish,
    now: DateTime<Utc>,
) -> Result<Workshop, ServiceError> {
    require(actor, Role::Organizer)?;
    let mut draft = Draft::new(wish).map_err(Refusal::from)?;
    restrict(tx, actor, &mut draft, wish).await?;
    let chosen = rooms::named(tx, actor.collective, wish.rooms.as_deref()).await?;
    insert(tx, actor.collective, &draft, &chosen, now).await
}

/// Records a draft that says this, for these rooms.
pub(super) async fn insert(
    tx: &mut Tx,
    collective: Uuid,
    draft: &Draft,
    rooms: &[Uuid],
    now: DateTime<Utc>,
) -> Result<Workshop, ServiceError> {
    check_times(draft, now)?;
    if draft.limits.closed(now) {
        return Err(Refusal::RsvpUntil.into());
    }
    let id = new_id(now);
    let number = collectives::next_number(tx, collective, Kind::Workshop).await?;
    workshops::add(tx, id, collective, number, draft).await?;
    workshops::set_rooms(tx, id, rooms).await?;
    get(tx, id, number).await
}

/// Writes down a draft that says what another workshop says or said, at the time of the wish, with what else is wanted
/// changed. It lasts as long, unless an end is said, and its answers close as long before.
///
/// # Errors
/// Not an organizer; no such workshop; no time, wrong texts or times.
pub async fn copy(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    wish: &Wish,
    now: DateTime<Utc>,
) -> Result<Workshop, ServiceError> {
    require(actor, Role::Organizer)?;
    let found = workshops::by_number(tx, actor.collective, number).await?;
    let old = found.ok_or(Refusal::NotFound(ShortId::new(Kind::Workshop, number)))?;
    let missing = Refusal::Text("when", TextError::Empty);
    let (starts_at, ends_at) = wish.when.ok_or(missing)?;
    let moved = old.draft.moved(starts_at, old.zone);
    let wish = Wish {
        when: Some((starts_at, ends_at.or(moved.ends_at))),
        ..wish.clone()
    };
    let draft = moved.changed(&wish).map_err(Refusal::from)?;
    let rooms = workshops::rooms(tx, old.id).await?;
    let workshop = insert(tx, actor.collective, &draft, &rooms, now).await?;
    let kind = EventKind::WorkshopDrafted;
    journal::record(tx, actor, kind, workshop.short_id(), now).await?;
    Ok(workshop)
}

/// A draft as rooms would see it.
///
/// # Errors
/// Not an organizer; no such draft.
pub async fn preview(tx: &mut Tx, actor: &Actor, number: i64) -> Result<Preview, ServiceError> {
    let workshop = held(tx, actor, number).await?;
    with_rooms(tx, workshop).await
}

async fn with_rooms(tx: &mut Tx, workshop: Workshop) -> Result<Preview, ServiceError> {
    let rooms = rooms::of(tx, &workshop).await?;
    Ok(Preview { workshop, rooms })
}

/// Announces a draft: now, or at a time to come.
///
/// # Errors
/// Not an organizer; no such draft; it would start in the past, or before it is announced.
pub async fn publish(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<Workshop, ServiceError> {
    let workshop = held(tx, actor, number).await?;
    check_times(&workshop.draft, now)?;
    match at {
        Some(at) => {
            schedule(tx, actor, &workshop, at, now).await?;
            get(tx, workshop.id, number).await
        }
        None => {
            let kind = EventKind::WorkshopAnnounced;
            journal::record(tx, actor, kind, workshop.short_id(), now).await?;
            publish_now(tx, &workshop, now).await
        }
    }
}

async fn schedule(
    tx: &mut Tx,
    actor: &Actor,
    workshop: &Workshop,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    if at <= now || at >= workshop.draft.starts_at {
        return Err(Refusal::PublishAt.into());
    }
    let kind = EventKind::WorkshopScheduled;
    journal::record(tx, actor, kind, workshop.short_id(), now).await?;
    workshops::set_publication(tx, workshop.id, at).await?;
    deadlines::clear(tx, workshop.id, DeadlineKind::WorkshopPublishes).await?;
    deadlines::set(tx, workshop.id, DeadlineKind::WorkshopPublishes, at).await?;
    Ok(())
}

/// The time at which a draft is to be announced has come. One whose workshop would have begun stays a draft.
///
/// # Errors
/// The database's.
pub async fn publishes(tx: &mut Tx, id: Uuid, now: DateTime<Utc>) -> Result<(), ServiceError> {
    tx.lock(id).await?;
    let Some(workshop) = workshops::get(tx, id).await? else {
        return Ok(());
    };
    let due = workshop.publish_at.is_some_and(|at| at <= now);
    if workshop.status == Status::Draft && due && now < workshop.draft.starts_at {
        publish_now(tx, &workshop, now).await?;
    }
    Ok(())
}

/// Throws a draft away.
///
/// # Errors
/// Not an organizer; no such draft.
pub async fn discard(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    now: DateTime<Utc>,
) -> Result<Workshop, ServiceError> {
    let workshop = held(tx, actor, number).await?;
    let kind = EventKind::WorkshopDiscarded;
    journal::record(tx, actor, kind, workshop.short_id(), now).await?;
    deadlines::clear(tx, workshop.id, DeadlineKind::WorkshopPublishes).await?;
    workshops::discard(tx, workshop.id).await?;
    Ok(workshop)
}

/// A draft of the actor's collective, held for this transaction.
async fn held(tx: &mut Tx, actor: &Actor, number: i64) -> Result<Workshop, ServiceError> {
    require(actor, Role::Organizer)?;
    let workshop = super::held(tx, actor.collective, number).await?;
    if workshop.status == Status::Draft {
        Ok(workshop)
    } else {
        Err(Refusal::NoDraft(workshop.short_id()).into())
    }
}
