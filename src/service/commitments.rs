//! Commitments: take one, list one's own, check in, postpone, withdraw.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Refusal, ServiceError, people, plan};
use crate::domain::actor::Actor;
use crate::domain::commitment::{About, CheckIn, Commitment, State};
use crate::domain::event::EventKind;
use crate::domain::ids::{Kind, ShortId, new_id};
use crate::domain::text;
use crate::store::{Tx, collectives, commitments, events};

/// Takes a commitment. Nobody but who took it sees whose it is.
///
/// # Errors
/// A wrong sentence; no such milestone or action.
pub async fn take(
    tx: &mut Tx,
    actor: &Actor,
    sentence: &str,
    due: Option<NaiveDate>,
    about: Option<About>,
    now: DateTime<Utc>,
) -> Result<Commitment, ServiceError> {
    check(tx, actor, about.as_ref()).await?;
    let sentence =
        text::line(sentence, text::SENTENCE_MAX).map_err(|e| Refusal::Text("sentence", e))?;
    let person = people::person(tx, actor, now).await?;
    let commitment = Commitment {
        id: new_id(now),
        collective: actor.collective,
        number: collectives::next_number(tx, actor.collective, Kind::Commitment).await?,
        person,
        sentence,
        due,
        about,
        state: State::Confirmed,
        taken_at: now,
    };
    commitments::add(tx, &commitment).await?;
    let collective = actor.collective;
    events::add(
        tx,
        new_id(now),
        collective,
        EventKind::CommitmentTaken,
        commitment.id,
        now,
    )
    .await?;
    Ok(commitment)
}

/// The actor's commitments, the newest first.
///
/// # Errors
/// The database's.
pub async fn own(tx: &mut Tx, actor: &Actor) -> Result<Vec<Commitment>, ServiceError> {
    match actor.person {
        Some(person) => Ok(commitments::of_person(tx, actor.collective, person).await?),
        None => Ok(Vec::new()),
    }
}

/// What changes of a commitment; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Correction {
    /// The sentence.
    pub sentence: Option<String>,
    /// The day.
    pub due: Option<NaiveDate>,
    /// What it is for.
    pub about: Option<About>,
}

/// Corrects what a commitment of the actor's says.
///
/// # Errors
/// No such commitment, or somebody else's; nothing to change; a wrong sentence; no such milestone or action.
pub async fn correct(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    correction: Correction,
    now: DateTime<Utc>,
) -> Result<Commitment, ServiceError> {
    let mut commitment = held(tx, actor, number).await?;
    if correction == Correction::default() {
        return Err(Refusal::NothingToChange.into());
    }
    check(tx, actor, correction.about.as_ref()).await?;
    people::person(tx, actor, now).await?;
    if let Some(sentence) = &correction.sentence {
        commitment.sentence =
            text::line(sentence, text::SENTENCE_MAX).map_err(|e| Refusal::Text("sentence", e))?;
    }
    commitment.due = correction.due.or(commitment.due);
    commitment.about = correction.about.or(commitment.about);
    commitments::set(tx, &commitment).await?;
    Ok(commitment)
}

/// Lets through what is for something that is there.
async fn check(tx: &mut Tx, actor: &Actor, about: Option<&About>) -> Result<(), ServiceError> {
    if let Some(About::Plan(id)) = about {
        plan::of(tx, actor, *id).await?;
    }
    Ok(())
}

/// A commitment of the actor's is for a later day.
///
/// # Errors
/// No such commitment, or somebody else's.
pub async fn postpone(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    due: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Commitment, ServiceError> {
    let mut commitment = held(tx, actor, number).await?;
    commitment.due = Some(due);
    commitment.state = State::Postponed;
    stands(tx, &commitment, EventKind::CommitmentPostponed, now).await?;
    Ok(commitment)
}

/// The actor gives a commitment of theirs up.
///
/// # Errors
/// No such commitment, or somebody else's.
pub async fn withdraw(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    now: DateTime<Utc>,
) -> Result<Commitment, ServiceError> {
    let mut commitment = held(tx, actor, number).await?;
    if commitment.state != State::Withdrawn {
        commitment.state = State::Withdrawn;
        stands(tx, &commitment, EventKind::CommitmentWithdrawn, now).await?;
    }
    Ok(commitment)
}

/// Records where a commitment stands now.
async fn stands(
    tx: &mut Tx,
    commitment: &Commitment,
    kind: EventKind,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    commitments::set(tx, commitment).await?;
    let (collective, id) = (commitment.collective, commitment.id);
    events::add(tx, new_id(now), collective, kind, id, now).await?;
    Ok(())
}

/// A commitment of the actor's, held for this transaction.
async fn held(tx: &mut Tx, actor: &Actor, number: i64) -> Result<Commitment, ServiceError> {
    let short = ShortId::new(Kind::Commitment, number);
    let found = commitments::by_number(tx, actor.collective, number)
        .await?
        .ok_or(Refusal::NotFound(short))?;
    tx.lock(found.id).await?;
    let commitment = commitments::by_number(tx, actor.collective, number)
        .await?
        .ok_or(Refusal::NotFound(short))?;
    if actor.person != Some(commitment.person) {
        return Err(Refusal::NotYours(short).into());
    }
    Ok(commitment)
}

/// Says how a commitment of the actor's goes.
///
/// # Errors
/// No such commitment, or somebody else's.
pub async fn check_in(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    answer: CheckIn,
    now: DateTime<Utc>,
) -> Result<Commitment, ServiceError> {
    let mut commitment = held(tx, actor, number).await?;
    if commitment.state == answer.state() {
        return Ok(commitment);
    }
    commitment.state = answer.state();
    let kind = match answer {
        CheckIn::Done => EventKind::CommitmentKept,
        CheckIn::UnderWay => EventKind::CommitmentUnderWay,
    };
    stands(tx, &commitment, kind, now).await?;
    Ok(commitment)
}
