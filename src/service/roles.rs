//! Who may steer in a collective: the mapping of permissions, and roles given by name.

use super::{ServiceError, journal};
use crate::domain::actor::{Account, Actor, Role};
use crate::store::{Tx, collectives};

/// The roles given by name in the actor's collective.
///
/// # Errors
/// Not an organizer; a room where others read along.
pub async fn grants(tx: &mut Tx, actor: &Actor) -> Result<Vec<(Account, Role)>, ServiceError> {
    journal::require_control(actor)?;
    Ok(collectives::grants(tx, actor.collective).await?)
}
