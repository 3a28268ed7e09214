//! What a personal link opens: its person, the poll, the ballot as it stands.

use chrono::{DateTime, Utc};

use super::super::{Refusal, ServiceError, people, privacy};
use super::voting::{OwnBallot, own_ballot, vote};
use crate::domain::actor::Actor;
use crate::domain::poll::Poll;
use crate::domain::poll::ballot::Ballot;
use crate::domain::poll::rules::Level;
use crate::domain::privacy::Statement;
use crate::service::ballot_links::Bearer;
use crate::store::{Tx, collectives, polls, sealed};

/// What a link opens.
#[derive(Debug, Clone)]
pub struct Linked {
    /// Who votes.
    pub actor: Actor,
    /// In what.
    pub poll: Poll,
    /// What the collective is called.
    pub collective: String,
    /// Whether they voted.
    pub voted: bool,
    /// Their ballot, if they voted and it is not sealed.
    pub own: Option<OwnBallot>,
    /// What they must agree to first, unless they did.
    pub terms: Option<Statement>,
}

/// What a link opens; nothing if its poll is gone.
///
/// # Errors
/// Nobody is responsible yet for what is kept.
pub async fn linked(tx: &mut Tx, bearer: &Bearer) -> Result<Option<Linked>, ServiceError> {
    let Some(poll) = polls::get(tx, bearer.poll).await? else {
        return Ok(None);
    };
    let Some(collective) = collectives::get(tx, poll.collective).await? else {
        return Ok(None);
    };
    let name = bearer.name.clone();
    let actor = people::linked(tx, &bearer.account, poll.collective, bearer.language, name).await?;
    let statement = privacy::statement(tx).await?;
    let statement = statement.ok_or(Refusal::NotCollecting)?;
    let own = own_ballot(tx, &actor, &poll).await?;
    let sealed = match actor.person {
        Some(person) if poll.terms.level == Level::Confidential => {
            sealed::has_voted(tx, poll.id, person).await?
        }
        _ => false,
    };
    Ok(Some(Linked {
        terms: (!actor.consented).then_some(statement),
        actor,
        poll,
        collective: collective.name,
        voted: own.is_some() || sealed,
        own,
    }))
}

/// A ballot by a personal link, with its person's agreement where that is what was missing.
///
/// # Errors
/// As [`vote`].
pub async fn vote_linked(
    tx: &mut Tx,
    linked: &Linked,
    ballot: &Ballot,
    reason: Option<&str>,
    agrees: bool,
    now: DateTime<Utc>,
) -> Result<Poll, ServiceError> {
    // Looked up again: the form may have been sent twice, and the first time made the person.
    let mut actor = again(tx, &linked.actor).await?;
    if agrees && !actor.consented {
        people::consent(tx, &actor, now).await?;
        actor = again(tx, &actor).await?;
    }
    vote(tx, &actor, linked.poll.number, ballot, reason, now).await
}

/// Who the actor is now.
async fn again(tx: &mut Tx, actor: &Actor) -> Result<Actor, ServiceError> {
    let name = actor.name.clone();
    people::linked(tx, &actor.account, actor.collective, actor.language, name).await
}
