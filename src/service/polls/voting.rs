//! Ballots: one per person, whatever the network; the later act wins.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::super::{Refusal, ServiceError, cards, circles, people};
use super::find;
use crate::domain::actor::Actor;
use crate::domain::count::Tally as _;
use crate::domain::language::Language;
use crate::domain::poll::ballot::Ballot;
use crate::domain::poll::live::Live;
use crate::domain::poll::receipt::Receipt;
use crate::domain::poll::rules::{Eligibility, Level};
use crate::domain::poll::{Poll, Status};
use crate::domain::text;
use crate::store::polls::{self, StoredBallot};
use crate::store::{StoreError, Tx, people as stored_people, sealed, voices};

/// What somebody said to a poll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnBallot {
    /// The ballot.
    pub ballot: Ballot,
    /// The reason of an objection.
    pub reason: Option<String>,
}

/// Records a ballot; a later one replaces the earlier one.
///
/// # Errors
/// No such poll, not open yet, closed, not eligible, one of organisations alone; an objection without a reason. The earlier
/// ballot then stands.
pub async fn vote(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    ballot: &Ballot,
    reason: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Poll, ServiceError> {
    let found = find(tx, actor, number).await?;
    // Held so that the ballot before is still the ballot before when the sums move, and so that a close either
    // sees this ballot or refuses it.
    tx.lock(found.id).await?;
    let mut poll = find(tx, actor, number).await?;
    check_open(&poll, now)?;
    if poll.is_of_organisations() {
        return Err(Refusal::VoicesOnly(poll.short_id()).into());
    }
    if poll.terms.level == Level::Confidential && !actor.in_private {
        return Err(Refusal::VoteInPrivate(poll.short_id()).into());
    }
    let reason = checked_reason(&poll, ballot, reason)?;
    check_eligible(tx, actor, &poll).await?;
    let person = people::person(tx, actor, now).await?;
    if poll.terms.level == Level::Confidential {
        return seal(tx, poll, person, ballot).await;
    }
    let before = polls::ballot(tx, poll.id, person).await?;
    let marks = ballot.to_bytes(poll.options.len());
    if before
        .as_ref()
        .is_some_and(|before| before.marks == marks && before.reason == reason)
    {
        return Ok(poll);
    }
    let stored = StoredBallot {
        marks,
        reason,
        name: (poll.terms.level == Level::Public).then(|| actor.display_name()),
        verified: stored_people::accounts(tx, person).await?.len() > 1,
        cast_at: now,
    };
    move_sums(&mut poll, before.as_ref(), Some(&stored))?;
    polls::set_ballot(tx, poll.id, person, &stored).await?;
    record_sums(tx, &poll).await?;
    Ok(poll)
}

/// Seals a ballot of a confidential poll; only the number of voters moves.
async fn seal(
    tx: &mut Tx,
    mut poll: Poll,
    person: Uuid,
    ballot: &Ballot,
) -> Result<Poll, ServiceError> {
    let marks = ballot.to_bytes(poll.options.len());
    if sealed::put(tx, poll.id, person, &marks).await? {
        poll.live = Live::Turnout(poll.cast().saturating_add(1));
        record_sums(tx, &poll).await?;
    }
    Ok(poll)
}

/// The receipt of the actor's ballot, where ballots have one and the actor is alone with the bot.
///
/// # Errors
/// The database's.
pub async fn receipt(
    tx: &mut Tx,
    actor: &Actor,
    poll: &Poll,
) -> Result<Option<Receipt>, ServiceError> {
    let has_receipts = poll.terms.level == Level::Confidential && poll.terms.receipts;
    match actor.person {
        Some(person) if has_receipts && actor.in_private => {
            Ok(sealed::receipt(tx, poll.id, person).await?)
        }
        _ => Ok(None),
    }
}

/// Takes `before` out of a poll's sums and puts `after` in.
pub(super) fn move_sums(
    poll: &mut Poll,
    before: Option<&StoredBallot>,
    after: Option<&StoredBallot>,
) -> Result<(), ServiceError> {
    let (rules, options) = (&poll.terms.rules, poll.options.len());
    let read = |ballot: &StoredBallot| Ballot::from_bytes(rules, options, &ballot.marks);
    let old = before.map(read).transpose().map_err(broken)?;
    let new = after.map(read).transpose().map_err(broken)?;
    poll.live
        .replace(old.as_ref(), new.as_ref())
        .map_err(broken)?;
    let verified = |ballot: Option<&StoredBallot>| u64::from(ballot.is_some_and(|b| b.verified));
    poll.verified = poll
        .verified
        .saturating_add(verified(after))
        .saturating_sub(verified(before));
    Ok(())
}

/// Records a poll's sums as they are now, and raises its cards.
pub(super) async fn record_sums(tx: &mut Tx, poll: &Poll) -> Result<(), ServiceError> {
    polls::set_live(tx, poll.id, &poll.live, poll.verified).await?;
    cards::refresh(tx, poll.id).await
}

/// Sums and ballots that do not fit together: a fault of ours.
pub(super) fn broken(error: impl std::fmt::Display) -> ServiceError {
    StoreError::Unknown {
        column: "ballot.marks",
        value: error.to_string(),
    }
    .into()
}

/// Whether ballots are taken now.
///
/// # Errors
/// Not open yet, or closed.
pub fn check_open(poll: &Poll, now: DateTime<Utc>) -> Result<(), Refusal> {
    if poll.takes_ballots(now) {
        Ok(())
    } else if poll.settles_options(now) && now >= poll.opens_at {
        Err(Refusal::OptionsMissing(poll.short_id()))
    } else if poll.status != Status::Closed && now < poll.opens_at {
        Err(Refusal::PollNotOpen(
            poll.short_id(),
            poll.opens_at,
            poll.zone,
        ))
    } else {
        Err(Refusal::PollClosed(poll.short_id()))
    }
}

/// An objection gives its reason; other answers have none.
pub(super) fn checked_reason(
    poll: &Poll,
    ballot: &Ballot,
    reason: Option<&str>,
) -> Result<Option<String>, Refusal> {
    if !poll.wants_reason(ballot) {
        return Ok(None);
    }
    let reason = reason.ok_or(Refusal::NoReason(poll.short_id()))?;
    let reason = text::paragraphs(reason, text::DESCRIPTION_MAX);
    reason
        .map(Some)
        .map_err(|error| Refusal::Text("reason", error))
}

/// Lets through whoever may vote in this poll.
///
/// # Errors
/// Not eligible.
pub async fn check_eligible(tx: &mut Tx, actor: &Actor, poll: &Poll) -> Result<(), ServiceError> {
    if !known_before(tx, poll, actor.person).await? {
        return Err(Refusal::NotEligible(poll.short_id()).into());
    }
    match &poll.terms.circle {
        Some(circle)
            if !circles::acts_within(tx, actor, circle).await?
                && !has_voted(tx, actor, poll).await? =>
        {
            Err(Refusal::OtherCircle(poll.short_id(), circle.slug.clone()).into())
        }
        _ => Ok(()),
    }
}

/// Whether the actor's ballot is in: from anywhere they may change it.
async fn has_voted(tx: &mut Tx, actor: &Actor, poll: &Poll) -> Result<bool, ServiceError> {
    let Some(person) = actor.person else {
        return Ok(false);
    };
    Ok(polls::ballot(tx, poll.id, person).await?.is_some()
        || sealed::has_voted(tx, poll.id, person).await?)
}

/// Whether a person may vote in this poll, as far as their record says. Who is within a circle no record says: where a
/// poll is restricted to one, nobody may until they act from there.
///
/// # Errors
/// The database's.
pub async fn may_vote(
    tx: &mut Tx,
    poll: &Poll,
    person: Option<Uuid>,
) -> Result<bool, ServiceError> {
    Ok(poll.terms.circle.is_none() && known_before(tx, poll, person).await?)
}

/// Whether a person (none: somebody of whom nothing is kept) took part early enough for this poll.
async fn known_before(
    tx: &mut Tx,
    poll: &Poll,
    person: Option<Uuid>,
) -> Result<bool, ServiceError> {
    if poll.terms.eligibility == Eligibility::All {
        return Ok(true);
    }
    let since = match person {
        Some(person) => stored_people::since(tx, person).await?,
        None => None,
    };
    Ok(since.is_some_and(|since| since < poll.opens_at))
}

/// The actor's ballot, if they voted.
///
/// # Errors
/// The database's.
pub async fn own_ballot(
    tx: &mut Tx,
    actor: &Actor,
    poll: &Poll,
) -> Result<Option<OwnBallot>, ServiceError> {
    let Some(person) = actor.person else {
        return Ok(None);
    };
    let Some(stored) = polls::ballot(tx, poll.id, person).await? else {
        return Ok(None);
    };
    read_stored(poll, stored).map(Some)
}

/// A ballot as its author said it.
pub(super) fn read_stored(poll: &Poll, stored: StoredBallot) -> Result<OwnBallot, ServiceError> {
    let (rules, options) = (&poll.terms.rules, poll.options.len());
    Ok(OwnBallot {
        ballot: Ballot::from_bytes(rules, options, &stored.marks).map_err(broken)?,
        reason: stored.reason,
    })
}

/// Each different ballot of a tally, with how often it was cast.
pub(super) async fn cast(tx: &mut Tx, tally: &Poll) -> Result<Vec<(Vec<u8>, u64)>, ServiceError> {
    Ok(if tally.is_of_organisations() {
        voices::ballots(tx, tally.id).await?
    } else {
        polls::ballots(tx, tally.id).await?
    })
}

/// What may be told of a tally beyond its figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// The tally.
    pub tally: Poll,
    /// The reasons of the objections, without their authors.
    pub reasons: Vec<String>,
    /// Who gave which answer, by the answer's place in the list, of a poll whose level is public and where an answer is
    /// one of a list; nobody of another.
    pub named: Vec<(usize, String)>,
}

/// What may be told of each of a poll's tallies; organisations are named in that language.
///
/// # Errors
/// The database's.
pub async fn detail(
    tx: &mut Tx,
    poll: &Poll,
    language: Language,
) -> Result<Vec<Detail>, ServiceError> {
    let mut all = Vec::new();
    for tally in poll.tallies() {
        let reasons = if tally.is_of_organisations() {
            voices::reasons(tx, tally.id).await?
        } else {
            polls::reasons(tx, tally.id).await?
        };
        all.push(Detail {
            named: named(tx, &tally, language).await?,
            reasons,
            tally,
        });
    }
    Ok(all)
}

async fn named(
    tx: &mut Tx,
    tally: &Poll,
    language: Language,
) -> Result<Vec<(usize, String)>, ServiceError> {
    if tally.terms.level != Level::Public {
        return Ok(Vec::new());
    }
    let ballots = if tally.is_of_organisations() {
        let ballots = voices::named(tx, tally.id).await?.into_iter();
        let named = ballots.map(|(name, marks)| (name.in_language(language).to_owned(), marks));
        named.collect()
    } else {
        polls::named(tx, tally.id).await?
    };
    let (rules, options) = (&tally.terms.rules, tally.options.len());
    let mut all = Vec::new();
    for (name, marks) in ballots {
        let ballot = Ballot::from_bytes(rules, options, &marks).map_err(broken)?;
        all.extend(ballot.answers().into_iter().map(|at| (at, name.clone())));
    }
    Ok(all)
}

/// A ballot as it is kept, with its poll; none if the poll is gone.
///
/// # Errors
/// The database's.
pub async fn read_ballot(
    tx: &mut Tx,
    poll: Uuid,
    marks: &[u8],
) -> Result<Option<(Poll, Ballot)>, ServiceError> {
    let Some(poll) = polls::get(tx, poll).await? else {
        return Ok(None);
    };
    let ballot =
        Ballot::from_bytes(&poll.terms.rules, poll.options.len(), marks).map_err(broken)?;
    Ok(Some((poll, ballot)))
}
