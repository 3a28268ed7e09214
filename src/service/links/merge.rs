//! Two persons turn out to be one: what both did becomes one person's, the later act wins.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::super::{ServiceError, pledges, polls, reminders, workshops};
use crate::domain::ids::ShortId;
use crate::domain::poll::Poll;
use crate::domain::poll::ballot::Ballot;
use crate::domain::workshop::Place;
use crate::store::{
    Tx, ballots, commitments, journal, links, mandates, people, proposals, widening,
};

/// What became of two persons' acts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merged {
    /// Answers to workshops, ballots, commitments and proposals that came over.
    pub joined: usize,
    /// Workshops that both had answered, and where they stand now.
    pub answers: Vec<(ShortId, Place)>,
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
    let places = workshops::person_merged(tx, from, into, now).await?;
    merged.joined += places.joined;
    merged.answers = places.kept;
    let voted = polls::person_merged(tx, from, into, now).await?;
    merged.joined += voted.joined;
    merged.ballots = voted.settled;
    merged.sealed = voted.sealed;
    merged.receipts = voted.receipts;
    pledges::person_merged(tx, from, into, now).await?;
    let taken = commitments::move_all(tx, from, into).await?;
    let proposed = proposals::hand_over(tx, from, into).await?;
    merged.joined += usize::try_from(taken + proposed).unwrap_or(usize::MAX);
    journal::hand_over(tx, from, into).await?;
    widening::hand_over(tx, from, into).await?;
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
