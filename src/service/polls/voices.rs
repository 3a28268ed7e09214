//! The voices of organisations: one ballot each, whoever represents it; the later act wins.
//!
//! Which organisations have a voice is settled when the poll opens: those that take part then. One that comes in later has
//! none; one that is retired meanwhile keeps the ballot that it cast, as it stays among those that could vote. A mandate
//! that ends takes no ballot with it.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::super::{Refusal, ServiceError, cards, circles, journal, mandates, people};
use super::find;
use super::voting::{OwnBallot, check_open, checked_reason, move_sums, read_stored};
use crate::domain::actor::Actor;
use crate::domain::event::EventKind;
use crate::domain::organisation::Organisation;
use crate::domain::poll::ballot::Ballot;
use crate::domain::poll::rules::{Level, Terms, Voices};
use crate::domain::poll::{OrganisationTally, Poll};
use crate::store::polls::{self, StoredBallot};
use crate::store::{Tx, mandates as stored_mandates, organisations, voices};

/// How many organisations have a voice in a poll of these terms that opens at that time.
pub(super) async fn eligible(
    tx: &mut Tx,
    collective: Uuid,
    terms: &Terms,
    opens_at: DateTime<Utc>,
) -> Result<u64, ServiceError> {
    let mut all = organisations::all(tx, collective).await?;
    circles::retain_within(tx, collective, terms.circle.as_ref(), &mut all).await?;
    let able = all.iter().filter(|one| one.had_joined(opens_at)).count();
    Ok(u64::try_from(able).unwrap_or(u64::MAX))
}

/// Whether organisations can have a voice in a poll of these terms.
pub(super) async fn check(
    tx: &mut Tx,
    collective: Uuid,
    terms: &Terms,
    opens_at: DateTime<Utc>,
) -> Result<(), ServiceError> {
    if terms.voices == Voices::Persons {
        return Ok(());
    }
    if terms.level == Level::Confidential {
        return Err(Refusal::VoicesConfidential.into());
    }
    if eligible(tx, collective, terms, opens_at).await? == 0 {
        return Err(Refusal::NobodyToHear.into());
    }
    Ok(())
}

/// Settles, for a poll in which both persons and organisations have a voice, how many organisations do.
pub(super) async fn settle(tx: &mut Tx, poll: &Poll) -> Result<(), ServiceError> {
    if poll.terms.voices == Voices::Both {
        let tally = OrganisationTally {
            eligible: eligible(tx, poll.collective, &poll.terms, poll.opens_at).await?,
            live: poll.live.clone(),
            outcome: None,
        };
        polls::set_organisations(tx, poll.id, &tally).await?;
    }
    Ok(())
}

/// Records the tally of organisations of a poll as it is now, and raises the poll's cards.
pub(super) async fn record(tx: &mut Tx, poll: &Poll, tally: Poll) -> Result<(), ServiceError> {
    if poll.is_of_organisations() {
        polls::set_live(tx, poll.id, &tally.live, 0).await?;
    } else {
        let tally = OrganisationTally {
            eligible: tally.eligible,
            live: tally.live,
            outcome: tally.outcome,
        };
        polls::set_organisations(tx, poll.id, &tally).await?;
    }
    cards::refresh(tx, poll.id).await
}

/// Records an organisation's ballot; a later one, of whoever represents it, replaces the earlier one.
///
/// # Errors
/// No such poll, not open yet, closed; organisations have no voice in it, or this one came in later; the actor does not
/// represent it; an objection without a reason. The earlier ballot then stands.
pub async fn vote_for(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    organisation: &Organisation,
    ballot: &Ballot,
    reason: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Poll, ServiceError> {
    let found = find(tx, actor, number).await?;
    tx.lock(found.id).await?;
    let poll = find(tx, actor, number).await?;
    check_open(&poll, now)?;
    check_voice(tx, actor, &poll, organisation).await?;
    let mut tally = poll
        .of_organisations()
        .ok_or(Refusal::NoVoices(poll.short_id()))?;
    let reason = checked_reason(&poll, ballot, reason)?;
    let person = people::person(tx, actor, now).await?;
    let held = stored_mandates::of_person(tx, person).await?;
    let mandate = held.iter().find(|m| m.organisation == organisation.id);
    let mandate = mandate.ok_or_else(|| Refusal::NoMandate(organisation.slug.clone()))?;
    let before = voices::ballot(tx, poll.id, organisation.id).await?;
    let stored = StoredBallot {
        marks: ballot.to_bytes(poll.options.len()),
        reason,
        name: None,
        verified: false,
        cast_at: now,
    };
    let same =
        |before: &StoredBallot| before.marks == stored.marks && before.reason == stored.reason;
    if before.as_ref().is_some_and(same) {
        return Ok(poll);
    }
    move_sums(&mut tally, before.as_ref(), Some(&stored))?;
    voices::set_ballot(tx, poll.id, organisation.id, &stored).await?;
    record(tx, &poll, tally).await?;
    let act = EventKind::PollVotedFor;
    journal::record_for(tx, organisation, mandate, act, poll.short_id(), now).await?;
    find(tx, actor, number).await
}

/// Whether the actor may vote in this poll for that organisation.
///
/// # Errors
/// Organisations have no voice in it, or this one came in later or is in no such circle; the actor does not represent it.
pub async fn check_voice(
    tx: &mut Tx,
    actor: &Actor,
    poll: &Poll,
    organisation: &Organisation,
) -> Result<(), ServiceError> {
    if poll.terms.voices == Voices::Persons {
        return Err(Refusal::NoVoices(poll.short_id()).into());
    }
    let slug = organisation.slug.clone();
    let own = mandates::own(tx, actor).await?;
    if own.iter().all(|one| one.id != organisation.id) {
        return Err(Refusal::NoMandate(slug).into());
    }
    if !organisation.had_joined(poll.opens_at) {
        return Err(Refusal::JoinedLater(poll.short_id(), slug).into());
    }
    let circle = poll.terms.circle.as_ref();
    let mut within = vec![organisation.clone()];
    circles::retain_within(tx, poll.collective, circle, &mut within).await?;
    match circle.filter(|_| within.is_empty()) {
        Some(circle) => Err(Refusal::OtherCircle(poll.short_id(), circle.slug.clone()).into()),
        None => Ok(()),
    }
}

/// The organisations for which the actor may vote in this poll, by name.
///
/// # Errors
/// The database's.
pub async fn able(
    tx: &mut Tx,
    actor: &Actor,
    poll: &Poll,
) -> Result<Vec<Organisation>, ServiceError> {
    if poll.terms.voices == Voices::Persons {
        return Ok(Vec::new());
    }
    let mut own = mandates::own(tx, actor).await?;
    own.retain(|organisation| organisation.had_joined(poll.opens_at));
    let circle = poll.terms.circle.as_ref();
    circles::retain_within(tx, poll.collective, circle, &mut own).await?;
    Ok(own)
}

/// An organisation's ballot, for those who represent it.
///
/// # Errors
/// The database's.
pub async fn ballot_of(
    tx: &mut Tx,
    poll: &Poll,
    organisation: &Organisation,
) -> Result<Option<OwnBallot>, ServiceError> {
    let stored = voices::ballot(tx, poll.id, organisation.id).await?;
    stored.map(|stored| read_stored(poll, stored)).transpose()
}
