//! Two persons turn out to be one: what both did becomes one person's, the later act wins.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::super::{ServiceError, cards, polls, reminders};
use crate::domain::ids::ShortId;
use crate::domain::poll::Poll;
use crate::domain::poll::ballot::Ballot;
use crate::domain::workshop::Rsvp;
use crate::store::workshops::Answered;
use crate::store::{
    Tx, ballots, commitments, journal, links, mandates, people, proposals, workshops,
};

/// What became of two persons' acts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merged {
    /// Answers to workshops, ballots, commitments and proposals that came over.
    pub joined: usize,
    /// Workshops that both had answered, and the answer that counts.
    pub answers: Vec<(ShortId, Rsvp)>,
    /// Open polls in which both had voted, and the ballot that counts.
    pub ballots: Vec<(Poll, Ballot)>,
    /// Open confidential polls in which both had voted: the ballot of the account that gave the code counts.
    pub sealed: Vec<ShortId>,
    /// Open confidential polls in which the ballot has another receipt now.
    pub receipts: Vec<ShortId>,
}

/// Makes everything of `from` be of `into`.
pub(super) async fn merge(
    tx: &mut Tx,
    from: Uuid,
    into: Uuid,
    now: DateTime<Utc>,
) -> Result<Merged, ServiceError> {
    for person in [from.min(into), from.max(into)] {
        tx.lock(person).await?;
    }
    let mut merged = Merged::default();
    merge_answers(tx, from, into, now, &mut merged).await?;
    let voted = polls::person_merged(tx, from, into, now).await?;
    merged.joined += voted.joined;
    merged.ballots = voted.settled;
    merged.sealed = voted.sealed;
    merged.receipts = voted.receipts;
    let taken = commitments::hand_over(tx, from, into).await?;
    let proposed = proposals::hand_over(tx, from, into).await?;
    merged.joined += usize::try_from(taken + proposed).unwrap_or(usize::MAX);
    journal::hand_over(tx, from, into).await?;
    mandates::hand_over(tx, from, into).await?;
    links::withdraw(tx, from).await?;
    if let (Some(one), Some(other)) = (people::get(tx, from).await?, people::get(tx, into).await?)
        && let (Some(language), Some(at)) = (one.language, one.language_at)
        && other.language_at.is_none_or(|theirs| theirs < at)
    {
        people::set_language(tx, into, language, at).await?;
    }
    people::merge(tx, from, into).await?;
    reminders::person_merged(tx, from, into).await?;
    // Ballots of closed polls may have to stay apart: a published result has counted both.
    if ballots::of_person(tx, from).await?.is_empty() {
        people::erase(tx, from).await?;
    }
    Ok(merged)
}

async fn merge_answers(
    tx: &mut Tx,
    from: Uuid,
    into: Uuid,
    now: DateTime<Utc>,
    merged: &mut Merged,
) -> Result<(), ServiceError> {
    for answered in workshops::answers_of(tx, from).await? {
        tx.lock(answered.workshop).await?;
    }
    let own = workshops::answers_of(tx, into).await?;
    for theirs in workshops::answers_of(tx, from).await? {
        let Some(ours) = own.iter().find(|own| own.workshop == theirs.workshop) else {
            workshops::hand_over_answer(tx, theirs.workshop, from, into).await?;
            merged.joined += 1;
            continue;
        };
        let workshop = workshops::get(tx, theirs.workshop).await?;
        let Some(workshop) = workshop.filter(|workshop| workshop.takes_answers(now)) else {
            // Over: its count is told already and stays.
            continue;
        };
        let kept = settle(tx, from, into, *ours, theirs).await?;
        merged.answers.push((workshop.short_id(), kept));
        cards::refresh(tx, workshop.id).await?;
    }
    workshops::erase_answers(tx, from).await?;
    Ok(())
}

/// Of two answers to one workshop the later stays.
async fn settle(
    tx: &mut Tx,
    from: Uuid,
    into: Uuid,
    ours: Answered,
    theirs: Answered,
) -> Result<Rsvp, ServiceError> {
    if theirs.at > ours.at {
        workshops::withdraw_answer(tx, ours.workshop, into, ours.answer).await?;
        workshops::hand_over_answer(tx, ours.workshop, from, into).await?;
        Ok(theirs.answer)
    } else {
        workshops::withdraw_answer(tx, ours.workshop, from, theirs.answer).await?;
        Ok(ours.answer)
    }
}
