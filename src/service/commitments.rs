//! Commitments: take one, list one's own, check in.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Refusal, ServiceError, people};
use crate::domain::actor::Actor;
use crate::domain::commitment::{CheckIn, Commitment, State};
use crate::domain::event::EventKind;
use crate::domain::ids::{Kind, ShortId, new_id};
use crate::domain::text;
use crate::store::{Tx, collectives, commitments, events};

/// Takes a commitment. Nobody but who took it sees whose it is.
///
/// # Errors
/// A wrong sentence.
pub async fn take(
    tx: &mut Tx,
    actor: &Actor,
    sentence: &str,
    due: Option<NaiveDate>,
    now: DateTime<Utc>,
) -> Result<Commitment, ServiceError> {
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

/// Corrects what a commitment of the actor's says; what is `None` stays.
///
/// # Errors
/// No such commitment, or somebody else's; nothing to change; a wrong sentence.
pub async fn correct(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    sentence: Option<&str>,
    due: Option<NaiveDate>,
    now: DateTime<Utc>,
) -> Result<Commitment, ServiceError> {
    let mut commitment = held(tx, actor, number).await?;
    if sentence.is_none() && due.is_none() {
        return Err(Refusal::NothingToChange.into());
    }
    people::person(tx, actor, now).await?;
    if let Some(sentence) = sentence {
        commitment.sentence =
            text::line(sentence, text::SENTENCE_MAX).map_err(|e| Refusal::Text("sentence", e))?;
    }
    commitment.due = due.or(commitment.due);
    commitments::set_words(tx, commitment.id, &commitment.sentence, commitment.due).await?;
    Ok(commitment)
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
    commitments::set_state(tx, commitment.id, commitment.state).await?;
    let kind = match answer {
        CheckIn::Done => EventKind::CommitmentKept,
        CheckIn::UnderWay => EventKind::CommitmentUnderWay,
    };
    events::add(tx, new_id(now), actor.collective, kind, commitment.id, now).await?;
    Ok(commitment)
}
