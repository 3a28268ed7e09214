//! Passing a commitment on. Nobody may learn somebody's account by it, so it is not given to an account: its holder gets a
//! one-time code and hands it on, and whoever types it takes the commitment over, for themselves or for an organisation that
//! they represent. Wrong codes are counted together with those of [`links`].

use chrono::{DateTime, Utc};

use super::{Held, active, stands};
use crate::domain::actor::Actor;
use crate::domain::commitment::{Commitment, HANDOVER, Holder, State};
use crate::domain::event::EventKind;
use crate::domain::link::Code;
use crate::service::{Refusal, ServiceError, links, mandates, people};
use crate::store::{Tx, commitments};

/// What a typed code came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TakingOver {
    /// It is none that is good now. The try is counted: the caller's transaction must be kept.
    Wrong,
    /// The commitment is the actor's, or their organisation's.
    Taken(Box<Held>),
}

/// A code, from 50 of these random bits, by which somebody else takes a commitment of the actor's over. An earlier one is
/// good no more.
///
/// # Errors
/// Others read along; no such commitment, or somebody else's; nothing is left to do.
pub async fn offer(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    bits: u64,
    now: DateTime<Utc>,
) -> Result<(Code, Commitment), ServiceError> {
    links::require_private(actor)?;
    let commitment = active(tx, actor, number).await?;
    if !commitment.state.is_open() {
        return Err(Refusal::NothingLeft(commitment.short_id()).into());
    }
    people::person(tx, actor, now).await?;
    let code = Code::from_random(bits);
    let digest = code.digest(&links::pepper(tx).await?);
    commitments::offer(tx, &digest, commitment.id, now + HANDOVER).await?;
    Ok((code, commitment))
}

/// Takes over the commitment that a code is for. What its former holder showed of themselves goes.
///
/// # Errors
/// Others read along; too many wrong tries; as [`people::person`]; the actor holds it already, or does not represent the
/// organisation.
pub async fn take_over(
    tx: &mut Tx,
    actor: &Actor,
    typed: &str,
    behalf: Option<&str>,
    now: DateTime<Utc>,
) -> Result<TakingOver, ServiceError> {
    links::require_private(actor)?;
    let tries = links::tries(tx, actor, now).await?;
    let here = |found: &Commitment| found.collective == actor.collective;
    let Some(mut commitment) = used_up(tx, typed, now).await?.filter(here) else {
        tries.count(tx, now).await?;
        return Ok(TakingOver::Wrong);
    };
    let person = people::person(tx, actor, now).await?;
    let holder = match behalf {
        Some(typed) => Holder::Organisation(mandates::meant(tx, actor, Some(typed)).await?.id),
        None => Holder::Person(person),
    };
    if holder == commitment.holder {
        return Err(Refusal::YoursAlready(commitment.short_id()).into());
    }
    if let Some(part) = commitment.part
        && commitments::in_pledge(tx, part.pledge, holder)
            .await?
            .is_some()
    {
        return Err(Refusal::YoursAlready(commitment.short_id()).into());
    }
    commitment.holder = holder;
    commitment.shown_as = None;
    commitment.state = State::HandedOver;
    let act = EventKind::CommitmentHandedOver;
    let taken = stands(tx, actor, commitment, act, now).await?;
    Ok(TakingOver::Taken(Box::new(taken)))
}

/// A code was typed where others read: it must not be good any more.
///
/// # Errors
/// The database's.
pub async fn burn(tx: &mut Tx, typed: &str, now: DateTime<Utc>) -> Result<(), ServiceError> {
    used_up(tx, typed, now).await.map(|_| ())
}

async fn used_up(
    tx: &mut Tx,
    typed: &str,
    now: DateTime<Utc>,
) -> Result<Option<Commitment>, ServiceError> {
    let Some(code) = Code::read(typed) else {
        return Ok(None);
    };
    let digest = code.digest(&links::pepper(tx).await?);
    let Some(id) = commitments::use_up(tx, &digest, now).await? else {
        return Ok(None);
    };
    tx.lock(id).await?;
    let found = commitments::get(tx, id).await?;
    Ok(found.filter(|commitment| commitment.state.is_open()))
}
