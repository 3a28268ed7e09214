//! The calendar of a collective, for everybody: announced workshops, those that were called off, those of the last
//! months. No person in it.

use chrono::{DateTime, Duration, Utc};

use super::ServiceError;
use crate::domain::collective::Collective;
use crate::domain::workshop::{Status, Workshop};
use crate::store::{Tx, collectives, events, workshops};

/// How long a workshop that is over stays in the calendar.
const KEPT: Duration = Duration::days(90);
/// Most entries of a calendar.
const ENTRIES: i64 = 500;

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

/// Everything that a collective announced, the soonest first; none if there is no such collective.
///
/// # Errors
/// The database's.
pub async fn all(
    tx: &mut Tx,
    slug: &str,
    now: DateTime<Utc>,
) -> Result<Option<(Collective, Vec<Entry>)>, ServiceError> {
    let Some(collective) = collectives::by_slug(tx, slug).await? else {
        return Ok(None);
    };
    let workshops = workshops::public(tx, collective.id, now - KEPT, ENTRIES).await?;
    let mut entries = Vec::with_capacity(workshops.len());
    for workshop in workshops {
        entries.push(entry(tx, workshop).await?);
    }
    Ok(Some((collective, entries)))
}

/// One workshop of a collective; none if it was never announced.
///
/// # Errors
/// The database's.
pub async fn one(
    tx: &mut Tx,
    slug: &str,
    number: i64,
) -> Result<Option<(Collective, Entry)>, ServiceError> {
    let Some(collective) = collectives::by_slug(tx, slug).await? else {
        return Ok(None);
    };
    let found = workshops::by_number(tx, collective.id, number).await?;
    match found.filter(|workshop| workshop.status != Status::Draft) {
        Some(workshop) => Ok(Some((collective, entry(tx, workshop).await?))),
        None => Ok(None),
    }
}

/// A workshop as a calendar needs it.
///
/// # Errors
/// The database's.
async fn entry(tx: &mut Tx, workshop: Workshop) -> Result<Entry, ServiceError> {
    let (times, changed_at) = events::changes(tx, workshop.id).await?;
    Ok(Entry {
        // The announcement is the first.
        sequence: times.saturating_sub(1),
        changed_at: changed_at.unwrap_or(workshop.draft.starts_at),
        workshop,
    })
}
