//! What is kept about a person, for that person: see it, take it along, have it erased.
//!
//! Whoever acts sees their own record only, whichever of their linked accounts they come from, and only where nobody
//! reads along. To add something that is kept about people: a field of [`Held`], its part in [`erase`], in
//! `present::data`, in `service::retention` and in `docs/privacy.md`.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::views::{self, Loaded};
use super::{Refusal, ServiceError, links, pledges, polls, reminders, workshops};
use crate::domain::actor::{Account, Actor, Role};
use crate::domain::card::View;
use crate::domain::collective::Collective;
use crate::domain::commitment::Commitment;
use crate::domain::ids::{Kind, ShortId};
use crate::domain::link;
use crate::domain::organisation::{Mandate, Organisation};
use crate::domain::poll::Poll;
use crate::domain::poll::ballot::Ballot;
use crate::domain::poll::proposal::Proposal;
use crate::domain::privacy::Statement;
use crate::domain::reminder::Wish;
use crate::domain::workshop::{Place, Useful, Workshop};
use crate::store::cards::Subject;
use crate::store::journal::Entry;
use crate::store::people::Person;
use crate::store::{
    Tx, attendance, ballots, cards as card_store, checkins, collectives, commitments, feedback,
    journal, links as codes, mandates, organisations, people, polls as stored_polls, private_cards,
    proposals, reminders as wishes, rosters, sealed as sealed_ballots, widening,
    workshops as stored_workshops,
};

/// Everything that is kept about a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// Their record.
    pub person: Person,
    /// Their accounts, linked to each other.
    pub accounts: Vec<Account>,
    /// Workshops they answered.
    pub answers: Vec<(Workshop, Place, DateTime<Utc>)>,
    /// Workshops they were at, and when that was recorded.
    pub attended: Vec<(Workshop, DateTime<Utc>)>,
    /// What they thought of workshops.
    pub feedback: Vec<(Workshop, Useful, DateTime<Utc>)>,
    /// Months in which it is noted that they took part.
    pub took_part: Vec<NaiveDate>,
    /// Polls they voted in, what they said, the reason of an objection, and when.
    pub ballots: Vec<(Poll, Ballot, Option<String>, DateTime<Utc>)>,
    /// Open polls in which they have a sealed ballot, which nobody reads before the close.
    pub sealed: Vec<Poll>,
    /// Options they proposed, with their polls.
    pub proposals: Vec<(Poll, Proposal)>,
    /// Commitments they took.
    pub commitments: Vec<Commitment>,
    /// What was heard of these, and whether a hand is asked for.
    pub checkins: Vec<CheckIn>,
    /// The commitment that they were last asked about in private, and when.
    pub last_asked: Option<(ShortId, DateTime<Utc>)>,
    /// What they did as organizers.
    pub journal: Vec<Entry>,
    /// What they said of private reminders.
    pub reminders: Wish,
    /// What they were reminded of in private, or are about to be, and when it arrived.
    pub reminded: Vec<(ShortId, Option<DateTime<Utc>>)>,
    /// Accounts of theirs that take no private messages, and since when.
    pub closed: Vec<(Account, DateTime<Utc>)>,
    /// Roles given to their accounts by name.
    pub roles: Vec<(Account, Role)>,
    /// Organisations that they represent.
    pub mandates: Vec<(Organisation, Mandate)>,
    /// Who is responsible for it.
    pub statement: Option<Statement>,
}

/// What is kept of a commitment's check-ins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckIn {
    /// The commitment.
    pub id: ShortId,
    /// When something was last heard of it.
    pub heard_at: DateTime<Utc>,
    /// When it was last asked about.
    pub asked_at: Option<DateTime<Utc>>,
    /// When a hand was asked for.
    pub hand_at: Option<DateTime<Utc>>,
}

/// What was erased.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Erased {
    /// Accounts.
    pub accounts: usize,
    /// Answers to workshops, with who was there and what they thought.
    pub answers: usize,
    /// Ballots.
    pub ballots: usize,
    /// Options they proposed.
    pub proposals: usize,
    /// Commitments.
    pub commitments: usize,
    /// Mandates.
    pub mandates: usize,
    /// Lines of the journal that no longer say who.
    pub journal: usize,
    /// Roles given by name. The configuration gives them again unless the steward takes them out.
    pub roles: usize,
}

/// What is kept about the actor; none if nothing is.
///
/// # Errors
/// Others read along.
pub async fn held(
    tx: &mut Tx,
    actor: &Actor,
    collective: &Collective,
) -> Result<Option<Held>, ServiceError> {
    links::require_private(actor)?;
    let Some(id) = actor.person else {
        return Ok(None);
    };
    let Some(person) = people::get(tx, id).await? else {
        return Ok(None);
    };
    let accounts = people::accounts(tx, id).await?;
    let mut answers = Vec::new();
    let (mut attended, mut thought) = (Vec::new(), Vec::new());
    let mut ballots = Vec::new();
    for id in also(tx, id).await? {
        for standing in rosters::of_person(tx, id).await? {
            if let Some(workshop) = stored_workshops::get(tx, standing.workshop).await? {
                answers.push((workshop, standing.place, standing.at));
            }
        }
        for (workshop, at) in attendance::of_person(tx, id).await? {
            let workshop = stored_workshops::get(tx, workshop).await?;
            attended.extend(workshop.map(|workshop| (workshop, at)));
        }
        for (workshop, useful, at) in feedback::of_person(tx, id).await? {
            let workshop = stored_workshops::get(tx, workshop).await?;
            thought.extend(workshop.map(|workshop| (workshop, useful, at)));
        }
        for cast in ballots::of_person(tx, id).await? {
            if let Some((poll, ballot)) = polls::read_ballot(tx, cast.poll_id, &cast.marks).await? {
                ballots.push((poll, ballot, cast.reason, cast.cast_at));
            }
        }
    }
    let mut sealed = Vec::new();
    for poll in sealed_ballots::polls_of(tx, id).await? {
        sealed.extend(stored_polls::get(tx, poll).await?);
    }
    let mut proposed = Vec::new();
    for proposal in proposals::of_person(tx, id).await? {
        if let Some(poll) = stored_polls::get(tx, proposal.poll).await? {
            proposed.push((poll, proposal));
        }
    }
    let mut represented = Vec::new();
    for mandate in mandates::of_person(tx, id).await? {
        let organisation = organisations::get(tx, mandate.organisation).await?;
        represented.extend(organisation.map(|organisation| (organisation, mandate)));
    }
    let held = commitments::all_of_person(tx, id).await?;
    let mut checked = Vec::new();
    for commitment in &held {
        let hand_at = checkins::hand(tx, commitment.id).await?;
        let news = checkins::news(tx, commitment.id).await?;
        checked.extend(news.map(|news| CheckIn {
            id: commitment.short_id(),
            heard_at: news.heard_at,
            asked_at: news.asked_at,
            hand_at: hand_at.map(|hand| hand.asked_at),
        }));
    }
    let last = checkins::last(tx, id).await?;
    let mut last_asked = None;
    if let Some((commitment, at)) = last {
        let commitment = commitments::get(tx, commitment).await?;
        last_asked = commitment.map(|commitment| (commitment.short_id(), at));
    }
    let mut roles = collectives::grants(tx, collective.id).await?;
    roles.retain(|(account, _)| accounts.contains(account));
    Ok(Some(Held {
        answers,
        attended,
        feedback: thought,
        took_part: widening::of_person(tx, id).await?,
        ballots,
        sealed,
        proposals: proposed,
        commitments: held,
        checkins: checked,
        last_asked,
        journal: journal::of_person(tx, id).await?,
        reminders: wishes::wish(tx, id).await?.unwrap_or_default(),
        reminded: reminded(tx, id).await?,
        closed: wishes::closed(tx, id).await?,
        roles,
        mandates: represented,
        statement: super::privacy::statement(tx).await?,
        person,
        accounts,
    }))
}

/// Erases everything about the actor's person. What is still open (a workshop to come, an open poll) loses their answer
/// and their vote; what is over keeps its totals, which say nothing about anybody.
///
/// The caller must then have the database scrubbed: [`Db::scrub`](crate::store::Db::scrub).
///
/// # Errors
/// Others read along; nothing is kept.
pub async fn erase(tx: &mut Tx, actor: &Actor, now: DateTime<Utc>) -> Result<Erased, ServiceError> {
    links::require_private(actor)?;
    let person = actor.person.ok_or(Refusal::NothingKept)?;
    tx.lock(person).await?;
    let mut roles = 0;
    for account in people::accounts(tx, person).await? {
        roles += count(collectives::revoke(tx, &account).await?);
    }
    let erased = erase_person(tx, person, now).await?;
    Ok(Erased { roles, ..erased })
}

/// Erases what is kept about a person, but for roles given by name.
///
/// # Errors
/// The database's.
pub async fn erase_person(
    tx: &mut Tx,
    person: Uuid,
    now: DateTime<Utc>,
) -> Result<Erased, ServiceError> {
    let mut erased = Erased::default();
    let pepper = links::pepper(tx).await?;
    for account in people::accounts(tx, person).await? {
        erased.accounts += 1;
        card_store::erase_direct(tx, &account).await?;
        codes::forget_tries_of(tx, &link::account_digest(&account, &pepper)).await?;
    }
    // Answers that were shown have served: private conversations may be told by them.
    card_store::forget_answers(tx, now).await?;
    let mut ids = also(tx, person).await?;
    ids.reverse();
    for id in ids {
        erased.answers += workshops::person_erased(tx, id, now).await?;
        erased.ballots += polls::person_erased(tx, id, now).await?;
        erased.proposals += polls::proposals_erased(tx, id, now).await?;
        checkins::erase(tx, id).await?;
        pledges::person_erased(tx, id, now).await?;
        erased.commitments += count(commitments::erase(tx, id).await?);
        erased.mandates += count(mandates::erase(tx, id).await?);
        erased.journal += count(journal::erase(tx, id).await?);
        widening::erase(tx, id).await?;
        codes::withdraw(tx, id).await?;
        reminders::person_erased(tx, id).await?;
        people::erase(tx, id).await?;
    }
    Ok(erased)
}

/// What somebody was or is to be reminded of in private.
async fn reminded(
    tx: &mut Tx,
    person: Uuid,
) -> Result<Vec<(ShortId, Option<DateTime<Utc>>)>, ServiceError> {
    let mut all = Vec::new();
    for (kind, subject, sent_at) in private_cards::of_person(tx, person).await? {
        if kind == Kind::Commitment {
            let commitment = commitments::get(tx, subject).await?;
            all.extend(commitment.map(|commitment| (commitment.short_id(), sent_at)));
            continue;
        }
        let short = match views::load(tx, Subject::Object(kind, subject), View::Reminder).await? {
            Some(Loaded::Workshop(workshop) | Loaded::Thanks(workshop, _)) => workshop.short_id(),
            Some(Loaded::Poll(poll)) => poll.short_id(),
            _ => continue,
        };
        all.push((short, sent_at));
    }
    Ok(all)
}

/// The person, and the records that were merged with theirs.
async fn also(tx: &mut Tx, person: Uuid) -> Result<Vec<Uuid>, ServiceError> {
    let mut ids = vec![person];
    ids.extend(people::merged_with(tx, person).await?);
    Ok(ids)
}

fn count(rows: u64) -> usize {
    usize::try_from(rows).unwrap_or(usize::MAX)
}
