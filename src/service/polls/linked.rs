//! What a personal link opens: its person, the poll, the ballot as it stands.

use super::super::{ServiceError, people};
use super::voting::{OwnBallot, own_ballot};
use crate::domain::actor::Actor;
use crate::domain::poll::Poll;
use crate::service::links::Bearer;
use crate::store::{Tx, collectives, polls};

/// What a link opens.
#[derive(Debug, Clone)]
pub struct Linked {
    /// Who votes.
    pub actor: Actor,
    /// In what.
    pub poll: Poll,
    /// What the collective is called.
    pub collective: String,
    /// Their ballot, if they voted.
    pub own: Option<OwnBallot>,
}

/// What a link opens; nothing if its poll is gone.
///
/// # Errors
/// The database's.
pub async fn linked(tx: &mut Tx, bearer: &Bearer) -> Result<Option<Linked>, ServiceError> {
    let Some(poll) = polls::get(tx, bearer.poll).await? else {
        return Ok(None);
    };
    let Some(collective) = collectives::get(tx, poll.collective).await? else {
        return Ok(None);
    };
    let name = bearer.name.clone();
    let actor = people::linked(tx, &bearer.account, poll.collective, bearer.language, name).await?;
    let own = own_ballot(tx, &actor, &poll).await?;
    Ok(Some(Linked {
        actor,
        poll,
        collective: collective.name,
        own,
    }))
}
