//! The calendars of a collective and of its circles, for everybody: workshops that were announced to all, those that were
//! called off, those of the last months. No person in it.
//!
//! What was announced in chosen rooms only is in no calendar; its own entry is for who has its [key].
//!
//! [key]: super::ballot_links::BallotLinks::agenda_key

use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::{ServiceError, circles};
use crate::domain::circle::Circle;
use crate::domain::collective::Collective;
use crate::domain::workshop::{Status, Workshop};
use crate::store::{Tx, collectives, events, workshops};

/// How long a workshop that is over stays in the calendar.
const KEPT: Duration = Duration::days(90);
/// Most entries of a calendar.
const ENTRIES: i64 = 500;

/// A calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agenda {
    /// Whose it is.
    pub collective: Collective,
    /// The circle that it is of, if it is not the whole collective's.
    pub circle: Option<Circle>,
    /// Its workshops, the soonest first.
    pub entries: Vec<Entry>,
}

/// A workshop, and how often it changed since it was announced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The workshop.
    pub workshop: Workshop,
    /// Changes since it was announced.
    pub sequence: u32,
    /// The last of them, or the announcement.
    pub changed_at: DateTime<Utc>,
}

/// What a collective announced to everybody. Of a circle, what is for it or for a circle inside it: what is for everybody
/// is in the collective's calendar, and who subscribes to both has nothing twice. None if there is no such collective or
/// circle.
///
/// # Errors
/// The database's.
pub async fn all(
    tx: &mut Tx,
    slug: &str,
    circle: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Option<Agenda>, ServiceError> {
    let Some(collective) = collectives::by_slug(tx, slug).await? else {
        return Ok(None);
    };
    let mut workshops = workshops::public(tx, collective.id, now - KEPT, ENTRIES).await?;
    let mut of = None;
    if let Some(typed) = circle {
        let known = circles::in_use(tx, collective.id).await?;
        let Some(found) = known.called(typed) else {
            return Ok(None);
        };
        let within = known.within(found.id);
        workshops.retain(|workshop| {
            let circle = workshop.draft.details.circle.as_ref();
            circle.is_some_and(|circle| within.contains(&circle.id))
        });
        of = Some(found.clone());
    }
    let changes = events::changes_of_workshops(tx, collective.id, now - KEPT).await?;
    let mut changes: HashMap<Uuid, _> = changes
        .into_iter()
        .map(|(workshop, times, last)| (workshop, (times, Some(last))))
        .collect();
    let entry = |workshop: Workshop| {
        let (times, last) = changes.remove(&workshop.id).unwrap_or_default();
        Entry::of(workshop, u32::try_from(times).unwrap_or(u32::MAX), last)
    };
    Ok(Some(Agenda {
        entries: workshops.into_iter().map(entry).collect(),
        collective,
        circle: of,
    }))
}

/// One workshop of a collective, and whether everybody may see it; none if it was never announced.
///
/// # Errors
/// The database's.
pub async fn one(
    tx: &mut Tx,
    slug: &str,
    number: i64,
) -> Result<Option<(Agenda, bool)>, ServiceError> {
    let Some(collective) = collectives::by_slug(tx, slug).await? else {
        return Ok(None);
    };
    let found = workshops::by_number(tx, collective.id, number).await?;
    let Some(workshop) = found.filter(|workshop| workshop.status != Status::Draft) else {
        return Ok(None);
    };
    let public = workshops::rooms(tx, workshop.id).await?.is_empty();
    let (times, last) = events::changes(tx, workshop.id).await?;
    let agenda = Agenda {
        collective,
        circle: None,
        entries: vec![Entry::of(workshop, times, last)],
    };
    Ok(Some((agenda, public)))
}

impl Entry {
    fn of(workshop: Workshop, times: u32, last: Option<DateTime<Utc>>) -> Self {
        Self {
            // The announcement is the first.
            sequence: times.saturating_sub(1),
            changed_at: last.unwrap_or(workshop.draft.starts_at),
            workshop,
        }
    }
}
