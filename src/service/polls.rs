//! Polls: open, vote, change, close.

mod merge;

pub use merge::{Ballots, person_erased, person_merged};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Refusal, ServiceError, cards, journal, people, require};
use crate::domain::actor::{Actor, Role};
use crate::domain::card::View;
use crate::domain::collective::Purpose;
use crate::domain::event::EventKind;
use crate::domain::ids::{Kind, ShortId, new_id};
use crate::domain::poll::{self, Draft, Poll, Status};
use crate::domain::schedule::DeadlineKind;
use crate::store::{Tx, ballots, collectives, deadlines, events, polls};

/// Opens a poll in every public room of the actor's collective.
///
/// # Errors
/// Not an organizer; a closing time in the past.
pub async fn open(
    tx: &mut Tx,
    actor: &Actor,
    draft: &Draft,
    now: DateTime<Utc>,
) -> Result<Poll, ServiceError> {
    require(actor, Role::Organizer)?;
    if draft.closes_at <= now {
        return Err(Refusal::ClosesInPast.into());
    }
    let id = new_id(now);
    let number = collectives::next_number(tx, actor.collective, Kind::Poll).await?;
    polls::add(tx, id, actor.collective, number, draft).await?;
    events::add(
        tx,
        new_id(now),
        actor.collective,
        EventKind::PollOpened,
        id,
        now,
    )
    .await?;
    let short = ShortId::new(Kind::Poll, number);
    journal::record(tx, actor, EventKind::PollOpened, short, now).await?;
    deadlines::set(tx, id, DeadlineKind::PollCloses, draft.closes_at).await?;
    cards::show(
        tx,
        actor.collective,
        Purpose::Public,
        Kind::Poll,
        id,
        View::Object,
        now,
    )
    .await?;
    find(tx, actor, number).await
}

/// Records a ballot; a later one replaces the earlier one.
///
/// # Errors
/// No such poll or option, closed. The earlier ballot then stands.
pub async fn vote(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    choice: &str,
    now: DateTime<Utc>,
) -> Result<(Poll, i64), ServiceError> {
    let short = ShortId::new(Kind::Poll, number);
    let found = find(tx, actor, number).await?;
    // Held so that the ballot before is still the ballot before when the counts move, and so that a close
    // either sees this ballot or refuses it.
    tx.lock(found.id).await?;
    let current = find(tx, actor, number).await?;
    if !current.takes_ballots(now) {
        return Err(Refusal::PollClosed(short).into());
    }
    let last = current.options.last().map_or('a', poll::PollOption::letter);
    let position = poll::position(choice)
        .filter(|wanted| {
            current
                .options
                .iter()
                .any(|option| option.position == *wanted)
        })
        .ok_or(Refusal::UnknownOption(short, last))?;
    let person = people::person(tx, actor, now).await?;
    let before = polls::ballot(tx, current.id, person).await?;
    if before != Some(position) {
        polls::set_ballot(tx, current.id, person, before, position).await?;
        cards::refresh(tx, current.id).await?;
    }
    ballots::stamp(tx, current.id, person, now).await?;
    Ok((find(tx, actor, number).await?, position))
}

/// The option that the actor's ballot names, if they voted.
///
/// # Errors
/// The database's.
pub async fn own_ballot(
    tx: &mut Tx,
    actor: &Actor,
    poll: Uuid,
) -> Result<Option<i64>, ServiceError> {
    match actor.person {
        Some(person) => Ok(polls::ballot(tx, poll, person).await?),
        None => Ok(None),
    }
}

/// Closes a poll early.
///
/// # Errors
/// Not an organizer, no such poll, closed before.
pub async fn close(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    now: DateTime<Utc>,
) -> Result<Poll, ServiceError> {
    require(actor, Role::Organizer)?;
    let found = find(tx, actor, number).await?;
    tx.lock(found.id).await?;
    let poll = find(tx, actor, number).await?;
    if !poll.takes_ballots(now) {
        return Err(Refusal::PollClosed(poll.short_id()).into());
    }
    journal::record(tx, actor, EventKind::PollClosed, poll.short_id(), now).await?;
    deadlines::clear(tx, poll.id, DeadlineKind::PollCloses).await?;
    finish(tx, &poll, now, now).await?;
    find(tx, actor, number).await
}

/// A poll of the actor's collective.
///
/// # Errors
/// No such poll.
pub async fn find(tx: &mut Tx, actor: &Actor, number: i64) -> Result<Poll, ServiceError> {
    polls::by_number(tx, actor.collective, number)
        .await?
        .ok_or_else(|| Refusal::NotFound(ShortId::new(Kind::Poll, number)).into())
}

/// The polls that are open, first to close first.
///
/// # Errors
/// The database's.
pub async fn opened(tx: &mut Tx, actor: &Actor) -> Result<Vec<Poll>, ServiceError> {
    Ok(polls::open(tx, actor.collective).await?)
}

/// A poll's closing time has come. It closes as of that time, however late this runs.
///
/// # Errors
/// The database's.
pub async fn due(
    tx: &mut Tx,
    id: Uuid,
    due_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    tx.lock(id).await?;
    match polls::get(tx, id).await? {
        Some(poll) if poll.status == Status::Open => finish(tx, &poll, due_at, now).await,
        _ => Ok(()),
    }
}

async fn finish(
    tx: &mut Tx,
    poll: &Poll,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    polls::close(tx, poll.id, at).await?;
    events::add(
        tx,
        new_id(now),
        poll.collective,
        EventKind::PollClosed,
        poll.id,
        now,
    )
    .await?;
    cards::refresh(tx, poll.id).await?;
    cards::show(
        tx,
        poll.collective,
        Purpose::Public,
        Kind::Poll,
        poll.id,
        View::Notice,
        now,
    )
    .await
}
