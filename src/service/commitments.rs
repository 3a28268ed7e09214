//! Commitments: say one, confirm it, list one's own, correct, check in, postpone, withdraw, hand over.
//!
//! A commitment is held by a person or, through who represents it, by an organisation; what is done for an organisation is
//! written in the journal. Nothing is recorded before its author has read the sentence and confirmed it.

mod handover;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

pub use self::handover::{TakingOver, burn, offer, take_over};
use super::pledges::{self, Terms};
use super::{Refusal, ServiceError, checkins, journal, mandates, people, plan, require};
use crate::domain::actor::{Actor, Role};
use crate::domain::commitment::{
    About, CheckIn, Commitment, Holder, Part, Public, State, Visibility,
};
use crate::domain::event::EventKind;
use crate::domain::ids::{Kind, ShortId, new_id};
use crate::domain::organisation::Organisation;
use crate::domain::pledge::Pledge;
use crate::domain::pledge::thresholds::Thresholds;
use crate::domain::text;
use crate::store::{
    Tx, collectives, commitments, events, organisations as roll, pledges as stored_pledges,
};

/// What somebody wants to commit to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wish {
    /// The sentence.
    pub sentence: String,
    /// By when.
    pub due: Option<NaiveDate>,
    /// What it is for.
    pub about: Option<About>,
    /// What others learn of it; none: that there is one more.
    pub visibility: Option<Visibility>,
    /// The organisation that commits, if the actor does not do so for themselves.
    pub behalf: Option<String>,
    /// If so many others do; `due` is then until when they can join.
    pub others: Option<u64>,
}

/// A commitment as it would be recorded. Until its author confirms it, it is kept nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The id that it will have: confirmed twice, it is recorded once.
    pub id: Uuid,
    /// The sentence.
    pub sentence: String,
    /// By when.
    pub due: Option<NaiveDate>,
    /// What it is for.
    pub about: Option<About>,
    /// The name that everybody would see; none: it is only counted.
    pub shown_as: Option<String>,
    /// The organisation that would commit; none: the actor.
    pub organisation: Option<Organisation>,
    /// On what terms; none: without any.
    pub terms: Option<Terms>,
}

/// A commitment with its organisation, if one holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The commitment.
    pub commitment: Commitment,
    /// The organisation that holds it.
    pub organisation: Option<Organisation>,
}

/// Checks what somebody wants to commit to, for them to read before they confirm it.
///
/// # Errors
/// A wrong sentence; no such milestone, action or organisation; the actor does not represent it; an organisation that would
/// only be counted.
pub async fn propose(
    tx: &mut Tx,
    actor: &Actor,
    wish: &Wish,
    now: DateTime<Utc>,
) -> Result<Proposal, ServiceError> {
    check(tx, actor, wish.about.as_ref()).await?;
    let sentence =
        text::line(&wish.sentence, text::SENTENCE_MAX).map_err(|e| Refusal::Text("sentence", e))?;
    let organisation = match &wish.behalf {
        Some(typed) => Some(mandates::meant(tx, actor, Some(typed)).await?),
        None => None,
    };
    if organisation.is_some() && wish.visibility.is_some_and(|v| v != Visibility::Name) {
        return Err(Refusal::AlwaysPublic.into());
    }
    let shown_as = match organisation {
        Some(_) => None,
        None => wish
            .visibility
            .unwrap_or_default()
            .of(&actor.display_name()),
    };
    let terms = match wish.others {
        Some(others) => Some(pledges::terms(tx, actor, others, wish.due, now).await?),
        None => None,
    };
    Ok(Proposal {
        id: new_id(now),
        sentence,
        due: wish.due.filter(|_| terms.is_none()),
        about: wish.about.clone(),
        shown_as,
        organisation,
        terms,
    })
}

/// Records a commitment that its author confirmed; nothing happens when it is recorded already.
///
/// # Errors
/// As [`propose`], if something changed since; as [`people::person`].
pub async fn take(
    tx: &mut Tx,
    actor: &Actor,
    proposal: &Proposal,
    now: DateTime<Utc>,
) -> Result<Held, ServiceError> {
    if let Some(taken) = commitments::get(tx, proposal.id).await? {
        return with_organisation(tx, taken).await;
    }
    check(tx, actor, proposal.about.as_ref()).await?;
    let person = people::person(tx, actor, now).await?;
    let organisation = match &proposal.organisation {
        Some(one) => Some(mandates::meant(tx, actor, Some(&one.slug)).await?),
        None => None,
    };
    let holder = organisation.as_ref().map(|one| one.id);
    let (sentence, about) = (&proposal.sentence, proposal.about.clone());
    let mut pledge = match proposal.terms {
        Some(terms) => Some(pledges::open(tx, actor, sentence, about, terms, now).await?),
        None => None,
    };
    let part = pledge.as_ref().map(|pledge| Part {
        pledge: pledge.id,
        threshold: pledge.threshold,
    });
    let mut commitment = Commitment {
        id: proposal.id,
        collective: actor.collective,
        number: collectives::next_number(tx, actor.collective, Kind::Commitment).await?,
        holder: holder.map_or(Holder::Person(person), Holder::Organisation),
        shown_as: proposal.shown_as.clone(),
        sentence: proposal.sentence.clone(),
        due: proposal.due,
        about: proposal.about.clone(),
        state: part.map_or(State::Confirmed, |_| State::Proposed),
        taken_at: now,
        part,
    };
    commitments::add(tx, &commitment).await?;
    if let Some(pledge) = &mut pledge {
        let mut tree = Thresholds::default();
        commitment = pledges::enter(tx, actor, pledge, &mut tree, commitment, now).await?;
    } else {
        record(tx, actor, &commitment, EventKind::CommitmentTaken, now).await?;
        checkins::heard(tx, &commitment, now).await?;
    }
    Ok(Held {
        commitment,
        organisation,
    })
}

/// Adds what happened to a commitment to the record; what was done for an organisation, to the journal too.
async fn record(
    tx: &mut Tx,
    actor: &Actor,
    commitment: &Commitment,
    act: EventKind,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let (collective, id) = (commitment.collective, commitment.id);
    events::add(tx, new_id(now), collective, act, id, now).await?;
    if let Holder::Organisation(organisation) = commitment.holder {
        mandates::record(tx, actor, organisation, act, commitment.short_id(), now).await?;
    }
    Ok(())
}

pub(super) async fn with_organisation(
    tx: &mut Tx,
    commitment: Commitment,
) -> Result<Held, ServiceError> {
    let organisation = match commitment.holder {
        Holder::Organisation(id) => roll::get(tx, id).await?,
        Holder::Person(_) => None,
    };
    Ok(Held {
        commitment,
        organisation,
    })
}

/// The actor's commitments and those of the organisations that they represent, the newest first.
///
/// # Errors
/// The database's.
pub async fn own(tx: &mut Tx, actor: &Actor) -> Result<Vec<Held>, ServiceError> {
    let Some(person) = actor.person else {
        return Ok(Vec::new());
    };
    let alone = |commitment| Held {
        commitment,
        organisation: None,
    };
    let own = commitments::of_person(tx, actor.collective, person).await?;
    let mut own: Vec<Held> = own.into_iter().map(alone).collect();
    for organisation in mandates::own(tx, actor).await? {
        for commitment in commitments::of_organisation(tx, organisation.id).await? {
            own.push(Held {
                commitment,
                organisation: Some(organisation.clone()),
            });
        }
    }
    own.sort_by_key(|held| std::cmp::Reverse(held.commitment.number));
    Ok(own)
}

/// A commitment that the actor may read: their own, or a public one; and whether it is their own.
///
/// # Errors
/// No such commitment; it is only counted.
pub async fn one(tx: &mut Tx, actor: &Actor, number: i64) -> Result<(Held, bool), ServiceError> {
    let found = found(tx, actor, number).await?;
    let own = holds(tx, actor, &found).await?;
    if !own && !found.is_public() {
        return Err(Refusal::OnlyCounted(found.short_id()).into());
    }
    Ok((with_organisation(tx, found).await?, own))
}

/// The pledge that a commitment is part of, if it is of one.
///
/// # Errors
/// The database's.
pub async fn pledge(tx: &mut Tx, held: &Held) -> Result<Option<Pledge>, ServiceError> {
    Ok(match held.commitment.part {
        Some(part) => stored_pledges::get(tx, part.pledge).await?,
        None => None,
    })
}

/// What anybody may learn of the commitments that are for a milestone or an action.
///
/// # Errors
/// The database's.
pub async fn public(tx: &mut Tx, collective: Uuid, about: &About) -> Result<Public, ServiceError> {
    Ok(Public::of(commitments::about(tx, collective, about).await?))
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
    /// What others learn of it.
    pub visibility: Option<Visibility>,
}

/// Corrects what a commitment of the actor's says.
///
/// # Errors
/// No such commitment, or somebody else's; nothing to change; a wrong sentence; no such milestone or action; an organisation
/// that would only be counted.
pub async fn correct(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    correction: Correction,
    now: DateTime<Utc>,
) -> Result<Held, ServiceError> {
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
    if let Some(visibility) = correction.visibility {
        if commitment.holder.organisation().is_some() {
            return Err(Refusal::AlwaysPublic.into());
        }
        commitment.shown_as = visibility.of(&actor.display_name());
    }
    commitment.due = correction.due.or(commitment.due);
    commitment.about = correction.about.or(commitment.about);
    commitments::set(tx, &commitment).await?;
    checkins::heard(tx, &commitment, now).await?;
    with_organisation(tx, commitment).await
}

/// A name that somebody shows is shown no more; the commitment stays theirs.
///
/// # Errors
/// Not an organizer; no such commitment; no name is shown there.
pub async fn hide(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    now: DateTime<Utc>,
) -> Result<Commitment, ServiceError> {
    require(actor, Role::Organizer)?;
    let mut commitment = found(tx, actor, number).await?;
    if commitment.shown_as.take().is_none() {
        return Err(Refusal::NothingToChange.into());
    }
    commitments::set(tx, &commitment).await?;
    let act = EventKind::CommitmentHidden;
    journal::record(tx, actor, act, commitment.short_id(), now).await?;
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
) -> Result<Held, ServiceError> {
    let mut commitment = active(tx, actor, number).await?;
    commitment.due = Some(due);
    commitment.state = State::Postponed;
    stands(tx, actor, commitment, EventKind::CommitmentPostponed, now).await
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
) -> Result<Held, ServiceError> {
    let mut commitment = held(tx, actor, number).await?;
    if commitment.state == State::Withdrawn {
        return with_organisation(tx, commitment).await;
    }
    pledges::leave(tx, &commitment, now).await?;
    let waited = commitment.state == State::Proposed;
    commitment.state = State::Withdrawn;
    if waited {
        commitments::set(tx, &commitment).await?;
        return with_organisation(tx, commitment).await;
    }
    commitments::withdraw_offer(tx, commitment.id).await?;
    stands(tx, actor, commitment, EventKind::CommitmentWithdrawn, now).await
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
) -> Result<Held, ServiceError> {
    let mut commitment = active(tx, actor, number).await?;
    if commitment.state == answer.state() {
        checkins::heard(tx, &commitment, now).await?;
        return with_organisation(tx, commitment).await;
    }
    commitment.state = answer.state();
    let kind = match answer {
        CheckIn::Done => EventKind::CommitmentKept,
        CheckIn::UnderWay => EventKind::CommitmentUnderWay,
    };
    stands(tx, actor, commitment, kind, now).await
}

/// Records where a commitment stands now.
async fn stands(
    tx: &mut Tx,
    actor: &Actor,
    commitment: Commitment,
    act: EventKind,
    now: DateTime<Utc>,
) -> Result<Held, ServiceError> {
    commitments::set(tx, &commitment).await?;
    checkins::heard(tx, &commitment, now).await?;
    record(tx, actor, &commitment, act, now).await?;
    with_organisation(tx, commitment).await
}

async fn found(tx: &mut Tx, actor: &Actor, number: i64) -> Result<Commitment, ServiceError> {
    let mut found = commitments::by_number(tx, actor.collective, number).await?;
    if found.is_none() {
        found = pledges::part(tx, actor, number).await?;
    }
    found.ok_or_else(|| Refusal::NotFound(ShortId::new(Kind::Commitment, number)).into())
}

/// Whether the actor holds a commitment, or represents who does.
async fn holds(tx: &mut Tx, actor: &Actor, commitment: &Commitment) -> Result<bool, ServiceError> {
    Ok(match commitment.holder {
        Holder::Person(person) => actor.person == Some(person),
        Holder::Organisation(id) => {
            let own = mandates::own(tx, actor).await?;
            own.iter().any(|organisation| organisation.id == id)
        }
    })
}

/// A commitment of the actor's, held for this transaction.
pub(super) async fn held(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
) -> Result<Commitment, ServiceError> {
    let id = found(tx, actor, number).await?.id;
    tx.lock(id).await?;
    let commitment = found(tx, actor, number).await?;
    if holds(tx, actor, &commitment).await? {
        Ok(commitment)
    } else {
        Err(Refusal::NotYours(commitment.short_id()).into())
    }
}

/// The same, of which something can be said already: it does not wait for others.
async fn active(tx: &mut Tx, actor: &Actor, number: i64) -> Result<Commitment, ServiceError> {
    let commitment = held(tx, actor, number).await?;
    if commitment.state == State::Proposed {
        return Err(Refusal::WaitsForOthers(commitment.short_id()).into());
    }
    Ok(commitment)
}
