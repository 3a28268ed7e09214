//! The catalogue of suggested commitments: organizers keep it, everybody may read it and take from it.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Refusal, ServiceError, circles, journal, require};
use crate::domain::actor::{Actor, Role};
use crate::domain::catalogue::{Suggestion, Wish};
use crate::domain::circle::{Circle, Presence};
use crate::domain::event::EventKind;
use crate::domain::ids::{Kind, ShortId, new_id};
use crate::domain::text::Wording;
use crate::store::{Tx, catalogue, circles as stored_circles, collectives};

/// What somebody sees of the catalogue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// The circle they asked about.
    pub circle: Option<Circle>,
    /// Suggestions, each with the circle it is for.
    pub suggestions: Vec<(Suggestion, Option<Circle>)>,
}

/// What an organizer wants of a suggestion, with its circle as it is called.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The sentence.
    pub sentence: Option<String>,
    /// The slug of a theme.
    pub theme: Option<String>,
    /// A circle, or what stands for none.
    pub circle: Option<String>,
}

/// The catalogue of a circle, which is that of the circles around it too. Where none is named: of the circles that the actor
/// acts within, or all of it for organizers.
///
/// # Errors
/// No circle is called so.
pub async fn listed(
    tx: &mut Tx,
    actor: &Actor,
    typed: Option<&str>,
) -> Result<Catalogue, ServiceError> {
    let known = circles::in_use(tx, actor.collective).await?;
    let mut suggestions = catalogue::all(tx, actor.collective).await?;
    let circle = match typed {
        Some(typed) => Some(circles::called(&known, typed)?.clone()),
        None => None,
    };
    match &circle {
        Some(circle) => {
            let around = known.around(circle.id);
            suggestions.retain(|one| one.is_for(&around));
        }
        None if actor.role >= Role::Organizer => {}
        None => {
            let placed = stored_circles::rooms(tx, actor.collective).await?;
            let here = placed.iter().filter(|(room, _)| match &actor.presence {
                Presence::Rooms(rooms) => rooms.contains(room),
                Presence::Link => false,
            });
            let around: BTreeSet<Uuid> =
                here.flat_map(|(_, circle)| known.around(*circle)).collect();
            suggestions.retain(|one| one.is_for(&around));
        }
    }
    let with_circle = |one: Suggestion| {
        let found = known.0.iter().find(|circle| Some(circle.id) == one.circle);
        (one, found.cloned())
    };
    Ok(Catalogue {
        circle,
        suggestions: suggestions.into_iter().map(with_circle).collect(),
    })
}

/// A suggestion that is in the catalogue.
///
/// # Errors
/// No such suggestion, or it is retired.
pub async fn find(tx: &mut Tx, actor: &Actor, number: i64) -> Result<Suggestion, ServiceError> {
    let all = catalogue::all(tx, actor.collective).await?;
    let found = all.into_iter().find(|one| one.number == number);
    found.ok_or_else(|| Refusal::NotFound(ShortId::new(Kind::Suggestion, number)).into())
}

/// Adds a suggestion.
///
/// # Errors
/// Not an organizer; a wrong sentence; no such circle.
pub async fn add(
    tx: &mut Tx,
    actor: &Actor,
    wanted: Wanted,
    now: DateTime<Utc>,
) -> Result<Suggestion, ServiceError> {
    require(actor, Role::Organizer)?;
    let blank = Suggestion {
        id: new_id(now),
        collective: actor.collective,
        number: collectives::next_number(tx, actor.collective, Kind::Suggestion).await?,
        sentence: Wording::of(String::new()),
        theme: None,
        circle: None,
        active: true,
    };
    let suggestion = changed(tx, &blank, wanted).await?;
    keep(tx, actor, &suggestion, EventKind::SuggestionAdded, now).await?;
    Ok(suggestion)
}

/// Changes a suggestion. Commitments that were taken from it stay as they are.
///
/// # Errors
/// As [`add`]; no such suggestion; nothing to change.
pub async fn edit(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    wanted: Wanted,
    now: DateTime<Utc>,
) -> Result<Suggestion, ServiceError> {
    require(actor, Role::Organizer)?;
    tx.lock(actor.collective).await?;
    let before = find(tx, actor, number).await?;
    let suggestion = changed(tx, &before, wanted).await?;
    if suggestion == before {
        return Err(Refusal::NothingToChange.into());
    }
    keep(tx, actor, &suggestion, EventKind::SuggestionEdited, now).await?;
    Ok(suggestion)
}

/// Takes a suggestion out of the catalogue. Commitments that were taken from it stay.
///
/// # Errors
/// Not an organizer; no such suggestion.
pub async fn retire(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    now: DateTime<Utc>,
) -> Result<Suggestion, ServiceError> {
    require(actor, Role::Organizer)?;
    tx.lock(actor.collective).await?;
    let mut suggestion = find(tx, actor, number).await?;
    suggestion.active = false;
    keep(tx, actor, &suggestion, EventKind::SuggestionRetired, now).await?;
    Ok(suggestion)
}

async fn changed(
    tx: &mut Tx,
    suggestion: &Suggestion,
    wanted: Wanted,
) -> Result<Suggestion, ServiceError> {
    let circle = match &wanted.circle {
        Some(typed) => {
            let known = circles::in_use(tx, suggestion.collective).await?;
            Some(circles::meant(&known, typed)?)
        }
        None => None,
    };
    let wish = Wish {
        sentence: wanted.sentence,
        theme: wanted.theme,
        circle,
    };
    let changed = suggestion.changed(wish);
    Ok(changed.map_err(|error| Refusal::Text("wording", error))?)
}

async fn keep(
    tx: &mut Tx,
    actor: &Actor,
    suggestion: &Suggestion,
    act: EventKind,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    catalogue::put(tx, suggestion).await?;
    journal::record(tx, actor, act, suggestion.short_id(), now).await
}
