//! Which workshops of a collective are in each other's way.

use uuid::Uuid;

use super::super::{ServiceError, require};
use crate::domain::actor::{Actor, Role};
use crate::domain::workshop::{Conflict, Draft};
use crate::store::{Tx, workshops};

/// How many workshops at one time are looked at.
const LOOKED_AT: i64 = 50;

/// Drafts and announced workshops of the actor's collective that are in the way of one that says this; `except` is that one
/// itself. Drafts among them are for organizers' eyes only.
///
/// # Errors
/// Not an organizer.
pub async fn conflicts(
    tx: &mut Tx,
    actor: &Actor,
    draft: &Draft,
    except: Uuid,
) -> Result<Vec<Conflict>, ServiceError> {
    require(actor, Role::Organizer)?;
    let (from, to) = (draft.starts_at, draft.over_at());
    let others = workshops::during(tx, actor.collective, from, to, LOOKED_AT).await?;
    let others = others.iter().filter(|other| other.id != except);
    Ok(others
        .filter_map(|other| Conflict::between(draft, other))
        .collect())
}
