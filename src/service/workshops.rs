//! Workshops: announce, edit, cancel. [`drafts`] has what comes before, [`roster`] who comes, [`attendance`] who was
//! there, [`aftercare`] what comes after; reminders are in [`reminders`](super::reminders).

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::reminders::due;
use super::{Refusal, ServiceError, cards, journal, require};
use crate::domain::actor::{Actor, Role};
use crate::domain::card::View;
use crate::domain::event::EventKind;
use crate::domain::ids::{Kind, ShortId, new_id};
use crate::domain::schedule::DeadlineKind;
use crate::domain::workshop::{Change, Draft, Status, Whereabouts, Wish, Workshop, change};
use crate::store::cards::Subject;
use crate::store::{Tx, cards as stored_cards, changes, deadlines, events, offers, workshops};

mod aftercare;
mod attendance;
mod conflicts;
mod drafts;
mod event;
mod list;
mod merge;
mod polled;
mod rooms;
mod roster;
mod series;

pub(super) use aftercare::was_there;
pub(super) use rooms::{named as rooms_named, of as rooms_of};

pub use aftercare::{ask_for_report, report, say_useful, thanks};
pub use attendance::{Said, attended, check_in};
pub use conflicts::conflicts;
pub use drafts::{Preview, copy, discard, preview, publish, publishes, save};
pub use event::{Entry, enter_coming, entry, entry_standing};
pub use list::{Listing, listing, pin};
pub use merge::{Settled, person_erased, person_merged};
pub use polled::{PolledWish, from_poll};
pub use roster::{
    Answered, Attendee, answer, attendees, offer_ends, offer_unreached, place, rsvp_closes,
};
pub use series::{Plan, advance, cancel_all, edit_all, plan, repeat, skip};

/// How many coming workshops a list shows.
const LISTED: i64 = 10;

/// Announces a workshop at once, in the rooms that are wanted or in every public room of the actor's collective.
///
/// # Errors
/// Not an organizer; wrong texts, a start in the past, an end before it; a room that is none of the collective's.
pub async fn announce(
    tx: &mut Tx,
    actor: &Actor,
    wish: &Wish,
    now: DateTime<Utc>,
) -> Result<Workshop, ServiceError> {
    let workshop = drafts::add(tx, actor, wish, now).await?;
    let kind = EventKind::WorkshopAnnounced;
    journal::record(tx, actor, kind, workshop.short_id(), now).await?;
    publish_now(tx, &workshop, now).await
}

/// Makes a draft an announced workshop: rooms see it from now on.
async fn publish_now(
    tx: &mut Tx,
    workshop: &Workshop,
    now: DateTime<Utc>,
) -> Result<Workshop, ServiceError> {
    let id = workshop.id;
    workshops::announce(tx, id, now).await?;
    record(tx, workshop, EventKind::WorkshopAnnounced, now).await?;
    deadlines::clear(tx, id, DeadlineKind::WorkshopPublishes).await?;
    set_deadlines(tx, workshop, now).await?;
    show(tx, workshop, View::Object, now).await?;
    event::refresh(tx, workshop, true, now).await?;
    list::refresh(tx, workshop.collective).await?;
    get(tx, id, workshop.number).await
}

/// Changes what a workshop says. Cards of an announced one follow in place, and another time or place is told to its rooms
/// once; a draft changes in silence.
///
/// # Errors
/// Not an organizer, no such workshop, over or cancelled, nothing to change, wrong texts, times or rooms.
pub async fn edit(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    wish: &Wish,
    now: DateTime<Utc>,
) -> Result<Workshop, ServiceError> {
    require(actor, Role::Organizer)?;
    let workshop = held(tx, actor.collective, number).await?;
    let announced = workshop.status != Status::Draft;
    if announced && !workshop.takes_answers(now) {
        return Err(Refusal::WorkshopOver(workshop.short_id()).into());
    }
    let mut draft = workshop.draft.changed(wish).map_err(Refusal::from)?;
    drafts::restrict(tx, actor, &mut draft, wish).await?;
    let moved = rooms::change(tx, &workshop, wish).await?;
    if draft == workshop.draft && !moved {
        return Err(Refusal::NothingToChange.into());
    }
    if wish.when.is_some() || wish.closes_at.is_some() {
        check_times(&draft, now)?;
    }
    if wish.closes_at.is_some_and(|closes| closes <= now) {
        return Err(Refusal::RsvpUntil.into());
    }
    if workshop.publish_at.is_some_and(|at| at >= draft.starts_at) {
        return Err(Refusal::PublishAt.into());
    }
    let kind = EventKind::WorkshopEdited;
    journal::record(tx, actor, kind, workshop.short_id(), now).await?;
    let edited = change(tx, &workshop, &draft, moved, now).await?;
    if let Some(slot) = &edited.slot {
        // The next one may wait for the end of this one.
        series::advance(tx, slot.series, now).await?;
    }
    Ok(edited)
}

/// Makes a workshop say what `draft` says, and rooms know of it; `moved` if they are other rooms.
async fn change(
    tx: &mut Tx,
    workshop: &Workshop,
    draft: &Draft,
    moved: bool,
    now: DateTime<Utc>,
) -> Result<Workshop, ServiceError> {
    workshops::set_draft(tx, workshop.id, draft).await?;
    let edited = get(tx, workshop.id, workshop.number).await?;
    if edited.status == Status::Draft {
        return Ok(edited);
    }
    record(tx, &edited, EventKind::WorkshopEdited, now).await?;
    let before = &workshop.draft;
    if (draft.starts_at, draft.ends_at) != (before.starts_at, before.ends_at) {
        set_deadlines(tx, &edited, now).await?;
    }
    let closes_at = draft.limits.closes_at;
    set_deadline(tx, edited.id, DeadlineKind::RsvpCloses, closes_at).await?;
    due::refresh(tx, edited.id).await?;
    if moved {
        show(tx, &edited, View::Object, now).await?;
    }
    event::refresh(tx, &edited, moved, now).await?;
    list::refresh(tx, edited.collective).await?;
    tell_change(tx, workshop, &edited, now).await?;
    if offers::shorten(tx, edited.id, draft.starts_at).await? > 0 {
        deadlines::set(tx, edited.id, DeadlineKind::OfferEnds, draft.starts_at).await?;
    }
    roster::settle(tx, &edited, now).await
}

/// Tells the rooms that the time or the place is another one. Changes close together are one.
async fn tell_change(
    tx: &mut Tx,
    before: &Workshop,
    after: &Workshop,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let old = Whereabouts::of(&before.draft);
    if old == Whereabouts::of(&after.draft) {
        return Ok(());
    }
    let recent = changes::latest(tx, after.id, now - change::TOGETHER).await?;
    if let Some(told) = recent {
        stored_cards::raise(tx, told.id, View::Notice).await?;
        return Ok(());
    }
    let change = Change {
        id: new_id(now),
        workshop: after.id,
        at: now,
        before: old,
    };
    changes::add(tx, &change).await?;
    let rooms = rooms::of(tx, after).await?;
    let subject = Subject::Change(change.id);
    cards::show_in(tx, &rooms, subject, View::Notice, now).await
}

/// Calls a workshop off: its cards say so, and every room gets one notice.
///
/// # Errors
/// Not an organizer, no such workshop, a draft, over or cancelled before.
pub async fn cancel(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    now: DateTime<Utc>,
) -> Result<Workshop, ServiceError> {
    require(actor, Role::Organizer)?;
    let workshop = current(tx, actor.collective, number, now).await?;
    let kind = EventKind::WorkshopCancelled;
    journal::record(tx, actor, kind, workshop.short_id(), now).await?;
    call_off(tx, &workshop, now).await?;
    get(tx, workshop.id, number).await
}

/// Calls a workshop off, and tells its rooms.
async fn call_off(
    tx: &mut Tx,
    workshop: &Workshop,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    workshops::set_status(tx, workshop.id, Status::Cancelled).await?;
    record(tx, workshop, EventKind::WorkshopCancelled, now).await?;
    for kind in DeadlineKind::OF_WORKSHOPS {
        deadlines::clear(tx, workshop.id, kind).await?;
    }
    roster::withdraw_offers(tx, workshop, now).await?;
    due::refresh(tx, workshop.id).await?;
    cards::refresh(tx, workshop.id).await?;
    stored_cards::raise(tx, workshop.id, View::Event).await?;
    list::refresh(tx, workshop.collective).await?;
    // Nothing is left to press under what was said of it before.
    if let Some(told) = changes::latest(tx, workshop.id, DateTime::UNIX_EPOCH).await? {
        stored_cards::raise(tx, told.id, View::Notice).await?;
    }
    show(tx, workshop, View::Notice, now).await
}

/// A workshop of the actor's collective. Drafts are for organizers, where nobody else reads along.
///
/// # Errors
/// No such workshop.
pub async fn find(tx: &mut Tx, actor: &Actor, number: i64) -> Result<Workshop, ServiceError> {
    let found = workshops::by_number(tx, actor.collective, number).await?;
    let alone = actor.in_private || actor.in_control;
    let sees_drafts = actor.role >= Role::Organizer && alone;
    found
        .filter(|workshop| workshop.status != Status::Draft || sees_drafts)
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
    record(tx, &workshop, EventKind::WorkshopHeld, now).await?;
    aftercare::plan(tx, &workshop).await?;
    list::refresh(tx, workshop.collective).await?;
    cards::refresh(tx, id).await
}

/// Shows a view of a workshop in its rooms.
async fn show(
    tx: &mut Tx,
    workshop: &Workshop,
    view: View,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let rooms = rooms::of(tx, workshop).await?;
    let subject = Subject::Object(Kind::Workshop, workshop.id);
    cards::show_in(tx, &rooms, subject, view, now).await
}

async fn record(
    tx: &mut Tx,
    workshop: &Workshop,
    kind: EventKind,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let (collective, id) = (workshop.collective, workshop.id);
    events::add(tx, new_id(now), collective, kind, id, now).await?;
    Ok(())
}

async fn get(tx: &mut Tx, id: Uuid, number: i64) -> Result<Workshop, ServiceError> {
    workshops::get(tx, id)
        .await?
        .ok_or_else(|| Refusal::NotFound(ShortId::new(Kind::Workshop, number)).into())
}

/// The workshop as it stands, held for this transaction.
async fn held(tx: &mut Tx, collective: Uuid, number: i64) -> Result<Workshop, ServiceError> {
    let found = workshops::by_number(tx, collective, number)
        .await?
        .ok_or(Refusal::NotFound(ShortId::new(Kind::Workshop, number)))?;
    // Always a series before its workshops, so that two who change it never wait for each other.
    if let Some(slot) = &found.slot {
        tx.lock(slot.series).await?;
    }
    tx.lock(found.id).await?;
    get(tx, found.id, number).await
}

/// The same, if it still takes answers and changes.
async fn current(
    tx: &mut Tx,
    collective: Uuid,
    number: i64,
    now: DateTime<Utc>,
) -> Result<Workshop, ServiceError> {
    let workshop = held(tx, collective, number).await?;
    let short = workshop.short_id();
    match workshop.status {
        Status::Draft => Err(Refusal::NotFound(short).into()),
        _ if workshop.takes_answers(now) => Ok(workshop),
        _ => Err(Refusal::WorkshopOver(short).into()),
    }
}

fn check_times(draft: &Draft, now: DateTime<Utc>) -> Result<(), Refusal> {
    let start = draft.starts_at;
    if start <= now {
        return Err(Refusal::StartsInPast);
    }
    if draft.ends_at.is_some_and(|end| end <= start) {
        return Err(Refusal::EndsBeforeStart);
    }
    if draft.limits.closes_at.is_some_and(|closes| closes > start) {
        return Err(Refusal::RsvpUntil);
    }
    Ok(())
}

async fn set_deadlines(
    tx: &mut Tx,
    workshop: &Workshop,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    due::plan_workshop(tx, workshop, now).await?;
    let (id, over_at) = (workshop.id, Some(workshop.over_at()));
    set_deadline(tx, id, DeadlineKind::WorkshopOver, over_at).await?;
    let closes_at = workshop.draft.limits.closes_at;
    set_deadline(tx, id, DeadlineKind::RsvpCloses, closes_at).await
}

/// Sets a deadline in place of the one of that kind.
async fn set_deadline(
    tx: &mut Tx,
    workshop: Uuid,
    kind: DeadlineKind,
    due: Option<DateTime<Utc>>,
) -> Result<(), ServiceError> {
    deadlines::clear(tx, workshop, kind).await?;
    if let Some(due) = due {
        deadlines::set(tx, workshop, kind, due).await?;
    }
    Ok(())
}
