//! What a personal link opens: its person, the poll, the ballot as it stands.

use chrono::{DateTime, Utc};

use super::super::organisations::called;
use super::super::{Refusal, ServiceError, people, privacy};
use super::voices::{able, ballot_of, check_voice, vote_for};
use super::voting::{OwnBallot, check_eligible, check_open, own_ballot, vote};
use crate::domain::actor::Actor;
use crate::domain::organisation::Organisation;
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
    /// The organisations for which they may vote, by name.
    pub able: Vec<Organisation>,
    /// For which of them they vote now; none in their own name.
    pub voice: Option<Organisation>,
    /// Whether they voted.
    pub voted: bool,
    /// The ballot, if they voted and it is not sealed.
    pub own: Option<OwnBallot>,
    /// What they must agree to first, unless they did.
    pub terms: Option<Statement>,
}

impl Linked {
    /// The tally to which the ballot belongs.
    #[must_use]
    pub fn tally(&self) -> Poll {
        let tally = self.voice.as_ref().and(self.poll.of_organisations());
        tally.unwrap_or_else(|| self.poll.clone())
    }
}

/// What a link opens, in the bearer's own name or for the organisation of that short name; nothing if its poll is gone.
///
/// # Errors
/// Nobody is responsible yet for what is kept; not open yet, closed; they may not vote, or not for that organisation.
pub async fn linked(
    tx: &mut Tx,
    bearer: &Bearer,
    voice: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Option<Linked>, ServiceError> {
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
    check_open(&poll, now)?;
    let able = able(tx, &actor, &poll).await?;
    let voice = match voice {
        Some(slug) => Some(called(tx, &actor, slug).await?),
        // There the first is as good as any: the page leads to the others.
        None if poll.is_of_organisations() => able.first().cloned(),
        None => None,
    };
    let own = match &voice {
        Some(organisation) => {
            check_voice(tx, &actor, &poll, organisation).await?;
            ballot_of(tx, &poll, organisation).await?
        }
        None if poll.is_of_organisations() => {
            return Err(Refusal::VoicesOnly(poll.short_id()).into());
        }
        None => {
            check_eligible(tx, &actor, &poll).await?;
            own_ballot(tx, &actor, &poll).await?
        }
    };
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
        able,
        voice,
        voted: own.is_some() || sealed,
        own,
    }))
}

/// A ballot by a personal link, with its person's agreement where that is what was missing.
///
/// # Errors
/// As [`vote`] and [`vote_for`].
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
    let number = linked.poll.number;
    match &linked.voice {
        Some(voice) => vote_for(tx, &actor, number, voice, ballot, reason, now).await,
        None => vote(tx, &actor, number, ballot, reason, now).await,
    }
}

/// Who the actor is now.
async fn again(tx: &mut Tx, actor: &Actor) -> Result<Actor, ServiceError> {
    let name = actor.name.clone();
    people::linked(tx, &actor.account, actor.collective, actor.language, name).await
}
