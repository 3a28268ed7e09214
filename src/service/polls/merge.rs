//! What becomes of ballots when two persons turn out to be one, and when somebody has their data erased.
//!
//! In an open poll one ballot stays, the later one. A closed poll has published its result: nothing that it counted
//! changes, so where both had voted the second ballot stays apart, with the record that was merged.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::super::ServiceError;
use super::voting::{broken, move_sums, record_sums};
use crate::domain::ids::ShortId;
use crate::domain::poll::Poll;
use crate::domain::poll::ballot::Ballot;
use crate::domain::poll::live::Live;
use crate::store::polls::{self, StoredBallot};
use crate::store::{Tx, ballots, sealed};

/// What became of two persons' ballots.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ballots {
    /// How many came over.
    pub joined: usize,
    /// Open polls in which both had voted, and the ballot that counts.
    pub settled: Vec<(Poll, Ballot)>,
    /// Open confidential polls in which both had voted: one ballot was taken out.
    pub sealed: Vec<ShortId>,
    /// Open confidential polls in which the ballot came over, and has another receipt now.
    pub receipts: Vec<ShortId>,
}

/// Makes the ballots of `from` be of `into`, one per poll.
///
/// # Errors
/// The database's.
pub async fn person_merged(
    tx: &mut Tx,
    from: Uuid,
    into: Uuid,
    now: DateTime<Utc>,
) -> Result<Ballots, ServiceError> {
    lock_polls_of(tx, from).await?;
    let mut merged = Ballots::default();
    for theirs in ballots::of_person(tx, from).await? {
        let id = theirs.poll_id;
        let Some(mut poll) = polls::get(tx, id).await? else {
            continue;
        };
        let ours = polls::ballot(tx, id, into).await?;
        let open = poll.takes_ballots(now);
        let both = ours.is_some();
        if both && !open {
            continue;
        }
        if !both {
            merged.joined += 1;
        }
        if !open {
            ballots::hand_over(tx, id, from, into).await?;
            continue;
        }
        let Some(theirs) = polls::ballot(tx, id, from).await? else {
            continue;
        };
        let kept = StoredBallot {
            verified: true,
            ..later(&theirs, ours.as_ref()).clone()
        };
        move_sums(&mut poll, Some(&theirs), None)?;
        move_sums(&mut poll, ours.as_ref(), Some(&kept))?;
        polls::remove_ballot(tx, id, from).await?;
        polls::set_ballot(tx, id, into, &kept).await?;
        record_sums(tx, &poll).await?;
        if both {
            let (rules, options) = (&poll.terms.rules, poll.options.len());
            let ballot = Ballot::from_bytes(rules, options, &kept.marks).map_err(broken)?;
            merged.settled.push((poll, ballot));
        }
    }
    verify_open_ballots(tx, into, now).await?;
    merge_sealed(tx, from, into, &mut merged).await?;
    Ok(merged)
}

/// Of two sealed ballots in one poll that of `into` stays: no time is kept that would tell which is later.
async fn merge_sealed(
    tx: &mut Tx,
    from: Uuid,
    into: Uuid,
    merged: &mut Ballots,
) -> Result<(), ServiceError> {
    for id in sealed::polls_of(tx, from).await? {
        tx.lock(id).await?;
        if !sealed::has_voted(tx, id, into).await? {
            sealed::hand_over(tx, id, from, into).await?;
            merged.joined += 1;
            let poll = polls::get(tx, id).await?;
            let with_receipt = poll.filter(|poll| poll.terms.receipts);
            merged
                .receipts
                .extend(with_receipt.map(|poll| poll.short_id()));
            continue;
        }
        sealed::remove(tx, id, from).await?;
        if let Some(poll) = one_voter_less(tx, id).await? {
            merged.sealed.push(poll.short_id());
        }
    }
    Ok(())
}

async fn one_voter_less(tx: &mut Tx, id: Uuid) -> Result<Option<Poll>, ServiceError> {
    let Some(mut poll) = polls::get(tx, id).await? else {
        return Ok(None);
    };
    poll.live = Live::Turnout(poll.cast().saturating_sub(1));
    record_sums(tx, &poll).await?;
    Ok(Some(poll))
}

/// The ballot that was cast later.
fn later<'b>(theirs: &'b StoredBallot, ours: Option<&'b StoredBallot>) -> &'b StoredBallot {
    ours.filter(|ours| ours.cast_at >= theirs.cast_at)
        .unwrap_or(theirs)
}

/// Marks a person's ballots in open polls as those of somebody with several accounts.
async fn verify_open_ballots(
    tx: &mut Tx,
    person: Uuid,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    for cast in ballots::of_person(tx, person).await? {
        tx.lock(cast.poll_id).await?;
        let Some(mut poll) = polls::get(tx, cast.poll_id).await? else {
            continue;
        };
        let before = polls::ballot(tx, poll.id, person).await?;
        let Some(before) = before.filter(|b| !b.verified && poll.takes_ballots(now)) else {
            continue;
        };
        let after = StoredBallot {
            verified: true,
            ..before.clone()
        };
        move_sums(&mut poll, Some(&before), Some(&after))?;
        polls::set_ballot(tx, poll.id, person, &after).await?;
        record_sums(tx, &poll).await?;
    }
    Ok(())
}

/// Takes a person's ballots out of open polls, and deletes those of closed ones, whose counts stay. How many there were.
///
/// # Errors
/// The database's.
pub async fn person_erased(
    tx: &mut Tx,
    person: Uuid,
    now: DateTime<Utc>,
) -> Result<usize, ServiceError> {
    lock_polls_of(tx, person).await?;
    let cast = ballots::of_person(tx, person).await?;
    for ballot in &cast {
        let id = ballot.poll_id;
        let Some(mut poll) = polls::get(tx, id).await? else {
            continue;
        };
        if poll.takes_ballots(now) {
            let before = polls::ballot(tx, id, person).await?;
            move_sums(&mut poll, before.as_ref(), None)?;
            record_sums(tx, &poll).await?;
        }
    }
    ballots::erase(tx, person).await?;
    let sealed_in = sealed::polls_of(tx, person).await?;
    for id in &sealed_in {
        tx.lock(*id).await?;
        sealed::remove(tx, *id, person).await?;
        one_voter_less(tx, *id).await?;
    }
    Ok(cast.len() + sealed_in.len())
}

/// Holds the polls in which a person voted, in one order, so that neither a vote nor a close comes between.
async fn lock_polls_of(tx: &mut Tx, person: Uuid) -> Result<(), ServiceError> {
    for ballot in ballots::of_person(tx, person).await? {
        tx.lock(ballot.poll_id).await?;
    }
    Ok(())
}
