//! Options that participants propose until a poll opens: proposing, deciding, the end of it.
//!
//! Options are fixed at the first ballot, so voting waits for the end of the proposals. A poll that then has too few
//! options does not open: organizers decide on what waits, add options, give people more time, or close it. It opens as
//! soon as it has enough options and no proposal waits.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::super::{Refusal, ServiceError, cards, journal, people, require};
use super::closing::held;
use super::voting::{broken, check_eligible};
use super::{find, set_deadlines, show, start};
use crate::domain::actor::{Actor, Role};
use crate::domain::card::View;
use crate::domain::collective::Purpose;
use crate::domain::event::EventKind;
use crate::domain::ids::{Kind, ShortId, new_id};
use crate::domain::network::Destination;
use crate::domain::poll::live::Live;
use crate::domain::poll::proposal::{Decision, Proposal, Standing, WAITING_MAX};
use crate::domain::poll::rules::Level;
use crate::domain::poll::{DraftOption, OPTIONS_MAX, Poll};
use crate::domain::schedule::{DeadlineKind, ladder};
use crate::domain::text;
use crate::store::cards::{self as stored_cards, NewCard, Subject};
use crate::store::{Tx, collectives, deadlines, people as stored_people, polls, proposals, sealed};

/// Proposes an option. Organizers see it in their control rooms.
///
/// # Errors
/// No such poll; one for which nothing, or nothing more, is proposed; an option that is there or proposed already; too
/// many options; not eligible; too many proposals of this person that wait.
pub async fn propose(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    option: DraftOption,
    now: DateTime<Utc>,
) -> Result<(Poll, Proposal), ServiceError> {
    let found = find(tx, actor, number).await?;
    tx.lock(found.id).await?;
    let poll = find(tx, actor, number).await?;
    if !poll.takes_proposals(now) {
        return Err(no_more(&poll).into());
    }
    check_option(&poll, &option, now)?;
    let waiting = proposals::waiting(tx, poll.id).await?;
    if waiting
        .iter()
        .any(|other| option.says(&other.option.label, other.option.at))
    {
        return Err(Refusal::OptionStands(option.label.text).into());
    }
    check_eligible(tx, actor, &poll).await?;
    let person = people::person(tx, actor, now).await?;
    let own = waiting.iter().filter(|other| other.author == Some(person));
    if own.count() >= WAITING_MAX {
        return Err(Refusal::ProposalsWait(poll.short_id(), WAITING_MAX).into());
    }
    let proposal = Proposal {
        id: new_id(now),
        poll: poll.id,
        collective: poll.collective,
        number: collectives::next_number(tx, poll.collective, Kind::Proposal).await?,
        author: Some(person),
        network: actor.account.network,
        language: actor.language,
        option,
        standing: Standing::Waiting,
        reason: None,
        proposed_at: now,
        decided_at: None,
    };
    proposals::add(tx, &proposal).await?;
    let (collective, kind) = (poll.collective, Kind::Proposal);
    let (rooms, view) = (Purpose::Control, View::Object);
    cards::show(tx, collective, rooms, kind, proposal.id, view, now).await?;
    stored_cards::raise(tx, poll.id, View::Moderation).await?;
    Ok((poll, proposal))
}

/// Accepts or refuses a proposal. Its author is told in private.
///
/// # Errors
/// Not an organizer; no such proposal; decided before; an option that is there already; too many options; a wrong text.
pub async fn decide(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    decision: Decision,
    reason: Option<&str>,
    now: DateTime<Utc>,
) -> Result<(Poll, Proposal), ServiceError> {
    require(actor, Role::Organizer)?;
    let found = waiting(tx, actor, number).await?;
    tx.lock(found.poll).await?;
    let mut proposal = waiting(tx, actor, number).await?;
    let act = match decision {
        Decision::Accept => {
            let poll = get(tx, proposal.poll).await?;
            add_option(tx, &poll, &proposal.option, true, now).await?;
            proposal.standing = Standing::Accepted;
            EventKind::ProposalAccepted
        }
        Decision::Refuse => {
            let read = |reason| text::paragraphs(reason, text::DESCRIPTION_MAX);
            let reason = reason.map(read).transpose();
            proposal.reason = reason.map_err(|error| Refusal::Text("reason", error))?;
            proposal.standing = Standing::Refused;
            EventKind::ProposalRefused
        }
    };
    journal::record(tx, actor, act, proposal.short_id(), now).await?;
    record_decision(tx, &proposal, now).await?;
    cards::refresh(tx, proposal.poll).await?;
    let poll = open_if_settled(tx, proposal.poll, now).await?;
    Ok((poll, proposal))
}

/// Adds options that nobody proposed.
///
/// # Errors
/// Not an organizer; no such poll; options that are settled; an option that is there already; too many options.
pub async fn add_options(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    options: &[DraftOption],
    now: DateTime<Utc>,
) -> Result<Poll, ServiceError> {
    let mut poll = held(tx, actor, number).await?;
    for option in options {
        add_option(tx, &poll, option, false, now).await?;
        poll = get(tx, poll.id).await?;
    }
    let act = EventKind::OptionsAdded;
    journal::record(tx, actor, act, poll.short_id(), now).await?;
    cards::refresh(tx, poll.id).await?;
    stored_cards::raise(tx, poll.id, View::Moderation).await?;
    open_if_settled(tx, poll.id, now).await
}

/// A poll for which options are proposed, and the proposals that wait.
///
/// # Errors
/// Not an organizer; no such poll; one for which nothing is proposed.
pub async fn moderation(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
) -> Result<(Poll, Vec<Proposal>), ServiceError> {
    require(actor, Role::Organizer)?;
    let poll = find(tx, actor, number).await?;
    if !poll.terms.proposals {
        return Err(no_more(&poll).into());
    }
    let waiting = proposals::waiting(tx, poll.id).await?;
    Ok((poll, waiting))
}

/// Lets people propose options until `until`, later than was said; the poll opens then.
///
/// # Errors
/// Not an organizer; no such poll; options that are settled; a time that is past, not later, or not before the close.
pub async fn extend_proposals(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Poll, ServiceError> {
    let poll = held(tx, actor, number).await?;
    let (id, short) = (poll.id, poll.short_id());
    if !poll.settles_options(now) {
        return Err(no_more(&poll).into());
    }
    if until <= now.max(poll.opens_at) {
        return Err(Refusal::ProposalsNotLater(short, poll.opens_at, poll.zone).into());
    }
    if until >= poll.closes_at {
        return Err(Refusal::OpensAfterClose(short, poll.closes_at, poll.zone).into());
    }
    journal::record(tx, actor, EventKind::ProposalsExtended, short, now).await?;
    polls::set_opening(tx, id, until).await?;
    for kind in [DeadlineKind::PollProposals, DeadlineKind::PollOpens] {
        deadlines::clear(tx, id, kind).await?;
    }
    let poll = get(tx, id).await?;
    set_opening_deadlines(tx, &poll, now).await?;
    set_deadlines(tx, id, now).await?;
    cards::refresh(tx, id).await?;
    // What is shown of it later is news, not an edit of what was shown before.
    stored_cards::forget_view(tx, id, View::Moderation).await?;
    Ok(poll)
}

/// Sets when a scheduled poll opens, and before that the reminder of what was proposed for it.
pub(super) async fn set_opening_deadlines(
    tx: &mut Tx,
    poll: &Poll,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    deadlines::set(tx, poll.id, DeadlineKind::PollOpens, poll.opens_at).await?;
    if !poll.terms.proposals {
        return Ok(());
    }
    if let Some(reminder) = ladder::day_before(poll.opens_at, poll.zone, now) {
        deadlines::set(tx, poll.id, DeadlineKind::PollProposals, reminder).await?;
    }
    Ok(())
}

/// The reminder of what was proposed for a poll fell due: organizers are told if anything waits.
///
/// # Errors
/// The database's.
pub async fn remind_organizers(
    tx: &mut Tx,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    match polls::get(tx, id).await? {
        Some(poll) if poll.takes_proposals(now) => {
            if proposals::waiting(tx, id).await?.is_empty() {
                return Ok(());
            }
            tell_organizers(tx, &poll, now).await
        }
        _ => Ok(()),
    }
}

/// A poll should open, and has too few options: it stays as it is, and organizers are told.
pub(super) async fn lacks_options(
    tx: &mut Tx,
    poll: &Poll,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    cards::refresh(tx, poll.id).await?;
    stored_cards::forget_view(tx, poll.id, View::Moderation).await?;
    tell_organizers(tx, poll, now).await
}

/// A poll opens with the options that it has: what waits lapses, and its sums begin.
pub(super) async fn fix_options(
    tx: &mut Tx,
    poll: &Poll,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    lapse(tx, poll, now).await?;
    if poll.terms.level == Level::Confidential {
        return Ok(());
    }
    let live = Live::new(&poll.terms.rules, poll.options.len()).map_err(broken)?;
    Ok(polls::set_live(tx, poll.id, &live, 0).await?)
}

/// A poll ends as of `at` without ever having been open; rooms are told.
pub(super) async fn abandon(
    tx: &mut Tx,
    poll: &Poll,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    lapse(tx, poll, now).await?;
    if poll.terms.level == Level::Confidential {
        sealed::destroy(tx, poll.id).await?;
    }
    polls::abandon(tx, poll.id, at).await?;
    cards::refresh(tx, poll.id).await?;
    show(tx, poll.collective, poll.id, View::Notice, now).await
}

/// Takes a person and their words out of what they proposed; what became an option stays one. How many there were.
///
/// # Errors
/// The database's.
pub async fn proposals_erased(
    tx: &mut Tx,
    person: Uuid,
    now: DateTime<Utc>,
) -> Result<usize, ServiceError> {
    let own = proposals::of_person(tx, person).await?;
    for proposal in &own {
        tx.lock(proposal.poll).await?;
    }
    let own = proposals::of_person(tx, person).await?;
    proposals::erase(tx, person, now).await?;
    for proposal in &own {
        cards::refresh(tx, proposal.id).await?;
        stored_cards::raise(tx, proposal.poll, View::Moderation).await?;
        open_if_settled(tx, proposal.poll, now).await?;
    }
    Ok(own.len())
}

/// What waits for a poll lapses.
async fn lapse(tx: &mut Tx, poll: &Poll, now: DateTime<Utc>) -> Result<(), ServiceError> {
    for mut proposal in proposals::waiting(tx, poll.id).await? {
        proposal.standing = Standing::Lapsed;
        record_decision(tx, &proposal, now).await?;
    }
    stored_cards::raise(tx, poll.id, View::Moderation).await?;
    Ok(())
}

/// Records what became of a proposal, and tells those who wait for it.
async fn record_decision(
    tx: &mut Tx,
    proposal: &Proposal,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let (standing, reason) = (proposal.standing, proposal.reason.as_deref());
    proposals::decide(tx, proposal.id, standing, reason, now).await?;
    cards::refresh(tx, proposal.id).await?;
    stored_cards::raise(tx, proposal.poll, View::Moderation).await?;
    tell_author(tx, proposal, now).await
}

/// Tells a proposal's author in private what became of it.
async fn tell_author(
    tx: &mut Tx,
    proposal: &Proposal,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let Some(author) = proposal.author else {
        return Ok(());
    };
    let accounts = stored_people::accounts(tx, author).await?;
    let there = accounts.iter().find(|a| a.network == proposal.network);
    let Some(account) = there.or(accounts.first()) else {
        return Ok(());
    };
    let person = stored_people::get(tx, author).await?;
    let chosen = person.and_then(|person| person.language);
    let card = NewCard {
        id: new_id(now),
        // Of no collective: its control room would be told the account if the message cannot be sent.
        collective: None,
        network: account.network,
        destination: Destination::Direct(account.address.clone()),
        language: chosen.unwrap_or(proposal.language),
        subject: Subject::Object(Kind::Proposal, proposal.id),
        view: View::Notice,
        payload: None,
    };
    stored_cards::put(tx, &card, now).await?;
    Ok(())
}

/// Shows organizers what they have to decide about a poll's options.
async fn tell_organizers(tx: &mut Tx, poll: &Poll, now: DateTime<Utc>) -> Result<(), ServiceError> {
    let (rooms, view) = (Purpose::Control, View::Moderation);
    cards::show(tx, poll.collective, rooms, Kind::Poll, poll.id, view, now).await
}

/// Opens a poll whose time to open has come, once it has enough options and nothing waits.
async fn open_if_settled(tx: &mut Tx, id: Uuid, now: DateTime<Utc>) -> Result<Poll, ServiceError> {
    let poll = get(tx, id).await?;
    let due = poll.settles_options(now) && now >= poll.opens_at;
    if !due || !poll.has_enough_options() || !proposals::waiting(tx, id).await?.is_empty() {
        return Ok(poll);
    }
    polls::set_opening(tx, id, now).await?;
    start(tx, &poll, now).await?;
    get(tx, id).await
}

/// Adds an option behind those that are there.
async fn add_option(
    tx: &mut Tx,
    poll: &Poll,
    option: &DraftOption,
    proposed: bool,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    check_option(poll, option, now)?;
    let last = poll.options.last();
    let position = last.map_or(0, |last| last.position + 1);
    Ok(polls::add_option(tx, poll.id, position, option, proposed).await?)
}

/// Whether a poll may get this option.
fn check_option(poll: &Poll, option: &DraftOption, now: DateTime<Utc>) -> Result<(), Refusal> {
    if !poll.settles_options(now) {
        return Err(no_more(poll));
    }
    if poll.options.len() >= OPTIONS_MAX {
        return Err(Refusal::OptionsFull(poll.short_id(), OPTIONS_MAX));
    }
    let stands = |there: &&crate::domain::poll::PollOption| option.says(&there.label, there.at);
    match poll.options.iter().find(stands) {
        Some(there) => Err(Refusal::OptionStands(there.label.text.clone())),
        None => Ok(()),
    }
}

/// Why options are neither proposed nor added.
fn no_more(poll: &Poll) -> Refusal {
    if poll.terms.proposals {
        Refusal::OptionsSettled(poll.short_id())
    } else {
        Refusal::NothingProposed(poll.short_id())
    }
}

/// The proposal that an organizer wants to decide on.
async fn waiting(tx: &mut Tx, actor: &Actor, number: i64) -> Result<Proposal, ServiceError> {
    let short = ShortId::new(Kind::Proposal, number);
    let found = proposals::by_number(tx, actor.collective, number).await?;
    let found = found.ok_or(Refusal::NotFound(short))?;
    if found.standing == Standing::Waiting {
        Ok(found)
    } else {
        Err(Refusal::ProposalDecided(short).into())
    }
}

async fn get(tx: &mut Tx, poll: Uuid) -> Result<Poll, ServiceError> {
    let found = polls::get(tx, poll).await?;
    found.ok_or_else(|| broken("a proposal without its poll"))
}
