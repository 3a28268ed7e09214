//! The journal: what organizers did, and what was done on behalf of an organisation; for organizers. Who did it goes when
//! that person has their data erased.

use chrono::{DateTime, Utc};

use super::{Refusal, ServiceError, people, require};
use crate::domain::actor::{Actor, Role};
use crate::domain::event::{EventKind, Subject};
use crate::domain::ids::new_id;
use crate::domain::organisation::{Mandate, Organisation};
use crate::store::{Tx, journal};

pub use crate::store::journal::Entry;

/// How many lines are shown.
const SHOWN: i64 = 20;

/// Writes down what an organizer does. Part of the act itself: what cannot be written down does not happen.
///
/// # Errors
/// As [`people::person`].
pub async fn record(
    tx: &mut Tx,
    actor: &Actor,
    act: EventKind,
    subject: impl Into<Subject>,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let person = people::person(tx, actor, now).await?;
    let entry = Entry {
        id: new_id(now),
        collective: actor.collective,
        at: now,
        act,
        subject: subject.into(),
        on_behalf_of: None,
        by: Some((person, actor.account.clone())),
    };
    Ok(journal::add(tx, &entry).await?)
}

/// Writes down what somebody did for an organisation, under the account that took the mandate.
///
/// # Errors
/// The database's.
pub async fn record_for(
    tx: &mut Tx,
    organisation: &Organisation,
    mandate: &Mandate,
    act: EventKind,
    subject: impl Into<Subject>,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let entry = Entry {
        id: new_id(now),
        collective: organisation.collective,
        at: now,
        act,
        subject: subject.into(),
        on_behalf_of: Some(organisation.slug.clone()),
        by: Some((mandate.person, mandate.account.clone())),
    };
    Ok(journal::add(tx, &entry).await?)
}

/// The latest lines, the newest first.
///
/// # Errors
/// Not an organizer; a room where others read along.
pub async fn latest(tx: &mut Tx, actor: &Actor) -> Result<Vec<Entry>, ServiceError> {
    require_control(actor)?;
    Ok(journal::latest(tx, actor.collective, SHOWN).await?)
}

/// Lets through organizers where only organizers read along: what they see names accounts.
pub(super) fn require_control(actor: &Actor) -> Result<(), ServiceError> {
    require(actor, Role::Organizer)?;
    if actor.in_private || actor.in_control {
        Ok(())
    } else {
        Err(Refusal::ControlRoomOnly.into())
    }
}
