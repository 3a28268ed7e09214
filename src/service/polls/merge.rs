//! What becomes of ballots when two persons turn out to be one, and when somebody has their data erased.
//!
//! In an open poll one ballot stays, the later one. A closed poll has published its result: nothing that it counted
//! changes, so where both had voted the second ballot stays apart, with the record that was merged.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::super::{ServiceError, cards};
use crate::domain::ids::{Kind, ShortId};
use crate::store::ballots::{self, Ballot};
use crate::store::{Tx, polls};

/// What became of two persons' ballots.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ballots {
    /// How many came over.
    pub joined: usize,
    /// Open polls in which both had voted, and the words of the option that counts.
    pub settled: Vec<(ShortId, String)>,
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
    let own = ballots::of_person(tx, into).await?;
    let mut merged = Ballots::default();
    for theirs in ballots::of_person(tx, from).await? {
        let poll = theirs.poll_id;
        let Some(ours) = own.iter().find(|own| own.poll_id == poll) else {
            ballots::hand_over(tx, poll, from, into).await?;
            merged.joined += 1;
            continue;
        };
        if !takes_ballots(tx, poll, now).await? {
            continue;
        }
        let kept = settle(tx, from, into, ours, &theirs).await?;
        let short = ShortId::new(Kind::Poll, theirs.number);
        merged.settled.push((short, kept.label.clone()));
        cards::refresh(tx, poll).await?;
    }
    Ok(merged)
}

/// Of two ballots in one open poll the later stays.
async fn settle<'b>(
    tx: &mut Tx,
    from: Uuid,
    into: Uuid,
    ours: &'b Ballot,
    theirs: &'b Ballot,
) -> Result<&'b Ballot, ServiceError> {
    if theirs.cast_at > ours.cast_at {
        ballots::withdraw(tx, ours.poll_id, into, ours.position).await?;
        ballots::hand_over(tx, ours.poll_id, from, into).await?;
        Ok(theirs)
    } else {
        ballots::withdraw(tx, ours.poll_id, from, theirs.position).await?;
        Ok(ours)
    }
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
        if takes_ballots(tx, ballot.poll_id, now).await? {
            ballots::withdraw(tx, ballot.poll_id, person, ballot.position).await?;
            cards::refresh(tx, ballot.poll_id).await?;
        }
    }
    ballots::erase(tx, person).await?;
    Ok(cast.len())
}

/// Holds the polls in which a person voted, in one order, so that neither a vote nor a close comes between.
async fn lock_polls_of(tx: &mut Tx, person: Uuid) -> Result<(), ServiceError> {
    for ballot in ballots::of_person(tx, person).await? {
        tx.lock(ballot.poll_id).await?;
    }
    Ok(())
}

async fn takes_ballots(tx: &mut Tx, poll: Uuid, now: DateTime<Utc>) -> Result<bool, ServiceError> {
    let poll = polls::get(tx, poll).await?;
    Ok(poll.is_some_and(|poll| poll.takes_ballots(now)))
}
