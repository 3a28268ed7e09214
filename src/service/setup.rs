//! Brings the database in line with configuration: collectives, rooms, role grants.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{ServiceError, checkins, digests, privacy, widening, workshops};
use crate::domain::actor::{Account, Role};
use crate::domain::collective::{Collective, Purpose, Room};
use crate::domain::ids::new_id;
use crate::domain::language::Language;
use crate::domain::network::NetworkKind;
use crate::domain::plan::Step;
use crate::domain::privacy::Statement;
use crate::domain::standing::RoleRules;
use crate::store::{Tx, collectives};

/// A collective as configuration describes it.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Its name in addresses.
    pub slug: String,
    /// Its name for people.
    pub name: String,
    /// Where it lives.
    pub zone: Tz,
    /// The language of rooms that name none.
    pub language: Language,
    /// Its rooms.
    pub rooms: Vec<PlannedRoom>,
    /// What networks' permissions amount to.
    pub roles: RoleRules,
    /// The steps of its démarche, where it has its own.
    pub steps: Vec<Step>,
    /// The slug of the federation it stands in, if it stands in one.
    pub federation: Option<String>,
    /// Roles given by name.
    pub grants: Vec<(Account, Role)>,
}

/// A room as configuration describes it.
#[derive(Debug, Clone)]
pub struct PlannedRoom {
    /// The network.
    pub network: NetworkKind,
    /// The network's own id.
    pub address: String,
    /// The language of its cards; the collective's if none.
    pub language: Option<Language>,
    /// What it is for.
    pub purpose: Purpose,
}

/// Makes collectives, rooms, grants and who is responsible be as planned. What is no longer planned is taken out of use, never deleted.
///
/// # Errors
/// The database's.
pub async fn apply(
    tx: &mut Tx,
    plans: &[Plan],
    statement: Option<&Statement>,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    privacy::declare(tx, statement).await?;
    collectives::retire_rooms(tx).await?;
    for plan in plans {
        let mut collective = Collective {
            id: new_id(now),
            slug: plan.slug.clone(),
            name: plan.name.clone(),
            zone: plan.zone,
            language: plan.language,
            roles: plan.roles.clone(),
            steps: plan.steps.clone(),
            step: None,
        };
        collective.id = collectives::put(tx, &collective).await?;
        for room in &plan.rooms {
            let room = Room {
                id: new_id(now),
                collective: collective.id,
                network: room.network,
                address: room.address.clone(),
                language: room.language.unwrap_or(plan.language),
                purpose: room.purpose,
            };
            collectives::put_room(tx, &room).await?;
        }
        collectives::revoke_all(tx, collective.id).await?;
        for (account, role) in &plan.grants {
            collectives::grant(tx, collective.id, account, *role).await?;
        }
        workshops::enter_coming(tx, collective.id, now).await?;
        digests::plan_next(tx, &collective, now).await?;
        checkins::plan_next(tx, &collective, now).await?;
        widening::plan_next(tx, &collective, now).await?;
    }
    collectives::leave_federations(tx).await?;
    for plan in plans {
        let Some(federation) = &plan.federation else {
            continue;
        };
        let member = collectives::by_slug(tx, &plan.slug).await?;
        let federation = collectives::by_slug(tx, federation).await?;
        if let Some((member, federation)) = member.zip(federation) {
            collectives::set_federation(tx, member.id, federation.id).await?;
        }
    }
    Ok(())
}
