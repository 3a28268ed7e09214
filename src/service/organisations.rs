//! The roll of partner organisations: organizers keep it by command, everybody may read it.

use chrono::{DateTime, Utc};

use super::{Refusal, ServiceError, journal, plan, require};
use crate::domain::actor::{Actor, Role};
use crate::domain::event::{EventKind, Subject};
use crate::domain::ids::new_id;
use crate::domain::organisation::{self, Draft, Organisation};
use crate::store::{Tx, mandates, organisations};

/// What changes of an organisation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// The name, with its English behind `//`.
    pub name: Option<String>,
    /// The slug of the sector.
    pub sector: Option<&'static str>,
}

/// The organisations that take part, by name.
///
/// # Errors
/// The database's.
pub async fn roll(tx: &mut Tx, actor: &Actor) -> Result<Vec<Organisation>, ServiceError> {
    let mut all = organisations::all(tx, actor.collective).await?;
    all.retain(|organisation| organisation.active);
    Ok(all)
}

/// The organisation that takes part and is called so.
///
/// # Errors
/// There is none.
pub async fn called(tx: &mut Tx, actor: &Actor, typed: &str) -> Result<Organisation, ServiceError> {
    let all = roll(tx, actor).await?;
    let found = all.into_iter().find(|one| one.is_called(typed));
    found.ok_or_else(|| unknown(typed).into())
}

/// That no organisation is called so.
pub(super) fn unknown(typed: &str) -> Refusal {
    Refusal::NoOrganisation(typed.trim().chars().take(60).collect())
}

/// Adds an organisation. One that was retired under that short name comes back, as it is described now.
///
/// # Errors
/// Not an organizer; one that takes part has that short name.
pub async fn add(
    tx: &mut Tx,
    actor: &Actor,
    draft: Draft,
    now: DateTime<Utc>,
) -> Result<Organisation, ServiceError> {
    require(actor, Role::Organizer)?;
    // Held, so that of two who add the same one the second is told.
    tx.lock(actor.collective).await?;
    let all = organisations::all(tx, actor.collective).await?;
    let known = all.into_iter().find(|one| one.slug == draft.slug);
    if let Some(known) = known.as_ref().filter(|known| known.active) {
        return Err(Refusal::OrganisationExists(known.slug.clone()).into());
    }
    let circle = known.as_ref().and_then(|known| known.circle);
    let organisation = Organisation {
        id: known.map_or_else(|| new_id(now), |known| known.id),
        collective: actor.collective,
        slug: draft.slug,
        name: draft.name,
        sector: draft.sector.to_owned(),
        since: now,
        active: true,
        circle,
    };
    organisations::put(tx, &organisation).await?;
    record(tx, actor, EventKind::OrganisationAdded, &organisation, now).await?;
    Ok(organisation)
}

/// Changes an organisation's name or sector.
///
/// # Errors
/// Not an organizer; no such organisation; a wrong name; nothing to change.
pub async fn edit(
    tx: &mut Tx,
    actor: &Actor,
    typed: &str,
    changes: Changes,
    now: DateTime<Utc>,
) -> Result<Organisation, ServiceError> {
    require(actor, Role::Organizer)?;
    let before = called(tx, actor, typed).await?;
    let mut organisation = before.clone();
    if let Some(name) = &changes.name {
        organisation.name = organisation::read_name(name).map_err(Refusal::from)?;
    }
    if let Some(sector) = changes.sector {
        sector.clone_into(&mut organisation.sector);
    }
    if organisation == before {
        return Err(Refusal::NothingToChangeOf(organisation.slug).into());
    }
    organisations::put(tx, &organisation).await?;
    record(tx, actor, EventKind::OrganisationEdited, &organisation, now).await?;
    Ok(organisation)
}

/// Retires an organisation: its mandates end, and the open actions that it carried are to be carried again. Who could vote in an open poll was settled when it opened, so a ballot that
/// it cast there stays.
///
/// # Errors
/// Not an organizer; no such organisation.
pub async fn retire(
    tx: &mut Tx,
    actor: &Actor,
    typed: &str,
    now: DateTime<Utc>,
) -> Result<Organisation, ServiceError> {
    require(actor, Role::Organizer)?;
    let organisation = Organisation {
        active: false,
        ..called(tx, actor, typed).await?
    };
    organisations::put(tx, &organisation).await?;
    mandates::end_all(tx, organisation.id).await?;
    plan::orphan(tx, actor.collective, organisation.id).await?;
    record(
        tx,
        actor,
        EventKind::OrganisationRetired,
        &organisation,
        now,
    )
    .await?;
    Ok(organisation)
}

/// Writes an act on an organisation into the journal.
pub(super) async fn record(
    tx: &mut Tx,
    actor: &Actor,
    act: EventKind,
    organisation: &Organisation,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let subject = Subject::Named(organisation.slug.clone());
    journal::record(tx, actor, act, subject, now).await
}
