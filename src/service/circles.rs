//! Circles: organizers keep them by command, everybody may see them; and who acts within one.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Refusal, ServiceError, journal, organisations, require, workshops};
use crate::domain::actor::{Actor, Role};
use crate::domain::circle::{self, Circle, Circles, Presence, Within};
use crate::domain::collective::Room;
use crate::domain::event::{EventKind, Subject};
use crate::domain::ids::new_id;
use crate::domain::organisation::{self as rules, Organisation};
use crate::store::{Tx, circles, collectives};

/// A circle with what is directly in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// How many circles are around it.
    pub depth: usize,
    /// The circle.
    pub circle: Circle,
    /// Its rooms.
    pub rooms: Vec<Room>,
    /// Its organisations.
    pub organisations: Vec<Organisation>,
}

/// The circles of a collective that are in use.
///
/// # Errors
/// The database's.
pub(super) async fn in_use(tx: &mut Tx, collective: Uuid) -> Result<Circles, ServiceError> {
    let mut all = circles::all(tx, collective).await?;
    all.retain(|circle| circle.active);
    Ok(Circles(all))
}

/// The circles of the actor's collective, each before those inside it.
///
/// # Errors
/// The database's.
pub async fn all(tx: &mut Tx, actor: &Actor) -> Result<Vec<Shown>, ServiceError> {
    let all = in_use(tx, actor.collective).await?;
    let rooms = collectives::rooms(tx, actor.collective).await?;
    let placed = circles::rooms(tx, actor.collective).await?;
    let organisations = organisations::roll(tx, actor).await?;
    let shown = all.outline().into_iter().map(|(depth, circle)| Shown {
        depth,
        circle: circle.clone(),
        rooms: rooms
            .iter()
            .filter(|room| placed.contains(&(room.id, circle.id)))
            .cloned()
            .collect(),
        organisations: organisations
            .iter()
            .filter(|one| one.circle == Some(circle.id))
            .cloned()
            .collect(),
    });
    Ok(shown.collect())
}

/// One circle of the actor's collective, with those inside it.
///
/// # Errors
/// No circle is called so.
pub async fn one(tx: &mut Tx, actor: &Actor, typed: &str) -> Result<Vec<Shown>, ServiceError> {
    let known = in_use(tx, actor.collective).await?;
    let found = called(&known, typed)?.id;
    let within = known.within(found);
    let mut shown = all(tx, actor).await?;
    shown.retain(|one| within.contains(&one.circle.id));
    let outermost = shown.first().map_or(0, |one| one.depth);
    for one in &mut shown {
        one.depth -= outermost;
    }
    Ok(shown)
}

/// The circle that is called so.
pub(super) fn called<'c>(all: &'c Circles, typed: &str) -> Result<&'c Circle, Refusal> {
    let unknown = || Refusal::NoCircle(typed.trim().chars().take(60).collect());
    all.called(typed).ok_or_else(unknown)
}

/// The id of the circle that is called so; none where no circle is meant.
pub(super) fn meant(all: &Circles, typed: &str) -> Result<Option<Uuid>, Refusal> {
    if circle::is_nowhere(typed) {
        return Ok(None);
    }
    called(all, typed).map(|found| Some(found.id))
}

/// Adds a circle, inside another if one is named. One that was retired under that short name comes back, empty.
///
/// # Errors
/// Not an organizer; a wrong name; a circle in use has that short name; no such outer circle, or too many of them.
pub async fn add(
    tx: &mut Tx,
    actor: &Actor,
    (name, slug, inside): (&str, Option<&str>, Option<&str>),
    now: DateTime<Utc>,
) -> Result<Circle, ServiceError> {
    require(actor, Role::Organizer)?;
    let (slug, name) = circle::read(name, slug).map_err(Refusal::from)?;
    let known = held(tx, actor).await?;
    let before = circles::all(tx, actor.collective).await?;
    let before = before.into_iter().find(|one| one.slug == slug);
    if before.as_ref().is_some_and(|one| one.active) {
        return Err(Refusal::CircleExists(slug).into());
    }
    let parent = inside.map(|typed| meant(&known, typed)).transpose()?;
    let circle = Circle {
        id: before.map_or_else(|| new_id(now), |one| one.id),
        collective: actor.collective,
        slug,
        name,
        parent: parent.flatten(),
        active: true,
    };
    nest(&known, &circle)?;
    circles::put(tx, &circle).await?;
    record(tx, actor, EventKind::CircleAdded, &circle, now).await?;
    Ok(circle)
}

/// Changes a circle's name, or the circle around it.
///
/// # Errors
/// Not an organizer; no such circle; a wrong name; it would stand in itself or too deep; nothing to change.
pub async fn edit(
    tx: &mut Tx,
    actor: &Actor,
    (typed, name, inside): (&str, Option<&str>, Option<&str>),
    now: DateTime<Utc>,
) -> Result<Circle, ServiceError> {
    require(actor, Role::Organizer)?;
    let known = held(tx, actor).await?;
    let before = called(&known, typed)?;
    let mut circle = before.clone();
    if let Some(name) = name {
        circle.name = rules::read_name(name).map_err(Refusal::from)?;
    }
    if let Some(inside) = inside {
        circle.parent = meant(&known, inside)?;
    }
    if circle == *before {
        return Err(Refusal::NothingToChangeOf(circle.slug).into());
    }
    nest(&known, &circle)?;
    circles::put(tx, &circle).await?;
    record(tx, actor, EventKind::CircleEdited, &circle, now).await?;
    Ok(circle)
}

/// Retires a circle. What was in it is in the circle around it from then on, if there is one. What was restricted to it
/// is for nobody any more.
///
/// # Errors
/// Not an organizer; no such circle.
pub async fn retire(
    tx: &mut Tx,
    actor: &Actor,
    typed: &str,
    now: DateTime<Utc>,
) -> Result<Circle, ServiceError> {
    require(actor, Role::Organizer)?;
    let known = held(tx, actor).await?;
    let circle = called(&known, typed)?.clone();
    circles::empty(tx, circle.id, circle.parent).await?;
    let retired = Circle {
        active: false,
        ..circle.clone()
    };
    circles::put(tx, &retired).await?;
    record(tx, actor, EventKind::CircleRetired, &circle, now).await?;
    Ok(circle)
}

/// Puts rooms and organisations into a circle, or takes them out of theirs where no circle is named. Gives the circle, and
/// how many of each.
///
/// # Errors
/// Not an organizer; no such circle, room or organisation; none named.
pub async fn place(
    tx: &mut Tx,
    actor: &Actor,
    typed: &str,
    (rooms, names): (&[String], &[String]),
    now: DateTime<Utc>,
) -> Result<(Option<Circle>, usize, usize), ServiceError> {
    require(actor, Role::Organizer)?;
    let known = held(tx, actor).await?;
    let into = meant(&known, typed)?;
    let rooms = workshops::rooms_named(tx, actor.collective, Some(rooms)).await?;
    let mut placed = BTreeSet::new();
    for name in names {
        let organisation = organisations::called(tx, actor, name).await?;
        circles::place_organisation(tx, organisation.id, into).await?;
        placed.insert(organisation.id);
    }
    for room in &rooms {
        circles::place_room(tx, *room, into).await?;
    }
    if placed.is_empty() && rooms.is_empty() {
        return Err(Refusal::NothingToChange.into());
    }
    let circle = into.and_then(|id| known.0.into_iter().find(|one| one.id == id));
    let slug = circle.as_ref().map_or(circle::NOWHERE[0], |one| &one.slug);
    let subject = Subject::Named(slug.to_owned());
    journal::record(tx, actor, EventKind::CircleFilled, subject, now).await?;
    Ok((circle, rooms.len(), placed.len()))
}

/// The circles in use, held so that of two changes the second sees the first.
async fn held(tx: &mut Tx, actor: &Actor) -> Result<Circles, ServiceError> {
    tx.lock(actor.collective).await?;
    in_use(tx, actor.collective).await
}

fn nest(known: &Circles, circle: &Circle) -> Result<(), Refusal> {
    let may = known.may_stand_in(circle.id, circle.parent);
    may.map_err(|why| Refusal::Nesting(circle.slug.clone(), why))
}

async fn record(
    tx: &mut Tx,
    actor: &Actor,
    act: EventKind,
    circle: &Circle,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let subject = Subject::Named(circle.slug.clone());
    journal::record(tx, actor, act, subject, now).await
}

/// The circle that something is to be restricted to.
///
/// # Errors
/// No circle is called so.
pub async fn within(tx: &mut Tx, actor: &Actor, typed: &str) -> Result<Within, ServiceError> {
    let known = in_use(tx, actor.collective).await?;
    let found = called(&known, typed)?;
    Ok(Within {
        id: found.id,
        slug: found.slug.clone(),
        name: found.name.clone(),
    })
}

/// Whether the actor acts within a circle: from one of its rooms, or of a circle inside it. Nothing is kept of it.
///
/// # Errors
/// The database's.
pub async fn acts_within(
    tx: &mut Tx,
    actor: &Actor,
    circle: &Within,
) -> Result<bool, ServiceError> {
    let Presence::Rooms(rooms) = &actor.presence else {
        return Ok(true);
    };
    let within = in_use(tx, actor.collective).await?.within(circle.id);
    let placed = circles::rooms(tx, actor.collective).await?;
    Ok(placed
        .iter()
        .any(|(room, circle)| rooms.contains(room) && within.contains(circle)))
}

/// Leaves the organisations that are in a circle or in one inside it, where there is a restriction.
///
/// # Errors
/// The database's.
pub(super) async fn retain_within(
    tx: &mut Tx,
    collective: Uuid,
    circle: Option<&Within>,
    organisations: &mut Vec<Organisation>,
) -> Result<(), ServiceError> {
    if let Some(circle) = circle {
        let within = in_use(tx, collective).await?.within(circle.id);
        organisations.retain(|one| one.circle.is_some_and(|circle| within.contains(&circle)));
    }
    Ok(())
}
