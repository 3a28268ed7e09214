//! The end of a poll: extension, close, count, what was counted in a room, what came of it.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::super::{Refusal, ServiceError, cards, journal, require};
use super::proposing::abandon;
use super::voting::{broken, cast, check_open};
use super::{find, record, set_deadlines, show, voices};
use crate::domain::actor::{Actor, Role};
use crate::domain::card::View;
use crate::domain::collective::Purpose;
use crate::domain::count::{Change, Tally as _};
use crate::domain::event::EventKind;
use crate::domain::ids::Kind;
use crate::domain::poll::ballot::Ballot;
use crate::domain::poll::live::Live;
use crate::domain::poll::outcome::Outcome;
use crate::domain::poll::receipt;
use crate::domain::poll::rules::Level;
use crate::domain::poll::{Poll, RoomBallots, Statement, Status};
use crate::domain::text;
use crate::store::{Tx, polls, private_cards, sealed};

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
    let poll = held_before_close(tx, actor, number, now).await?;
    journal::record(tx, actor, EventKind::PollClosed, poll.short_id(), now).await?;
    for kind in crate::domain::schedule::DeadlineKind::OF_POLLS {
        crate::store::deadlines::clear(tx, poll.id, kind).await?;
    }
    finish(tx, poll, now, now).await?;
    find(tx, actor, number).await
}

/// Lets an open poll close later.
///
/// # Errors
/// Not an organizer, no such poll, closed, a time that is not later than the one it has.
pub async fn extend(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    closes_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Poll, ServiceError> {
    let poll = held_before_close(tx, actor, number, now).await?;
    if closes_at <= poll.closes_at {
        return Err(Refusal::NotLater(poll.short_id(), poll.closes_at, poll.zone).into());
    }
    journal::record(tx, actor, EventKind::PollExtended, poll.short_id(), now).await?;
    polls::set_closing(tx, poll.id, closes_at).await?;
    set_deadlines(tx, poll.id, now).await?;
    record(tx, poll.collective, EventKind::PollExtended, poll.id, now).await?;
    cards::refresh(tx, poll.id).await?;
    find(tx, actor, number).await
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
        Some(poll) if poll.status != Status::Closed => finish(tx, poll, due_at, now).await,
        _ => Ok(()),
    }
}

/// Records the votes that were counted by hand in a room, in the order of the options (of a proposal: yes, no,
/// abstain; of a call for consent: consent, stand aside, objection). They are shown beside the ballots, and then
/// together; what the ballots decide is not changed by them.
///
/// # Errors
/// Not an organizer, no such poll, one of organisations alone, another number of counts than of options, no witness.
pub async fn set_room(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    counts: Vec<u64>,
    witness: &str,
    now: DateTime<Utc>,
) -> Result<Poll, ServiceError> {
    let poll = held(tx, actor, number).await?;
    check_open(&poll, now)?;
    if poll.is_of_organisations() {
        return Err(Refusal::VoicesOnly(poll.short_id()).into());
    }
    if counts.len() != poll.answers() {
        return Err(Refusal::RoomCounts(poll.short_id(), poll.answers()).into());
    }
    let witness =
        text::line(witness, text::OPTION_MAX).map_err(|error| Refusal::Text("witness", error))?;
    journal::record(tx, actor, EventKind::PollRoomCounted, poll.short_id(), now).await?;
    polls::set_room(tx, poll.id, &RoomBallots { counts, witness }).await?;
    record(
        tx,
        poll.collective,
        EventKind::PollRoomCounted,
        poll.id,
        now,
    )
    .await?;
    cards::refresh(tx, poll.id).await?;
    find(tx, actor, number).await
}

/// Says what came of a closed poll, and when that is looked at again; rooms are told.
///
/// # Errors
/// Not an organizer, no such poll, still open, a wrong text.
pub async fn say_outcome(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    statement: &str,
    review_on: Option<NaiveDate>,
    now: DateTime<Utc>,
) -> Result<Poll, ServiceError> {
    let poll = held(tx, actor, number).await?;
    if poll.status != Status::Closed {
        return Err(Refusal::PollStillOpen(poll.short_id()).into());
    }
    let text = text::paragraphs(statement, text::DESCRIPTION_MAX)
        .map_err(|error| Refusal::Text("statement", error))?;
    journal::record(tx, actor, EventKind::PollStated, poll.short_id(), now).await?;
    polls::set_statement(tx, poll.id, &Statement { text, review_on }).await?;
    record(tx, poll.collective, EventKind::PollStated, poll.id, now).await?;
    cards::refresh(tx, poll.id).await?;
    // The result's notice carries it; whoever has seen the notice sees it again, edited.
    show(tx, poll.collective, poll.id, View::Notice, now).await?;
    find(tx, actor, number).await
}

/// A poll whose figures an organizer wants as a table.
///
/// # Errors
/// Not an organizer, no such poll, figures that are not shown before the close.
pub async fn table(tx: &mut Tx, actor: &Actor, number: i64) -> Result<Poll, ServiceError> {
    require(actor, Role::Organizer)?;
    let poll = find(tx, actor, number).await?;
    if poll.shows_figures() {
        Ok(poll)
    } else {
        Err(Refusal::PollStillOpen(poll.short_id()).into())
    }
}

/// The poll that an organizer wants to change, held for this transaction.
pub(super) async fn held(tx: &mut Tx, actor: &Actor, number: i64) -> Result<Poll, ServiceError> {
    require(actor, Role::Organizer)?;
    let found = find(tx, actor, number).await?;
    tx.lock(found.id).await?;
    find(tx, actor, number).await
}

/// The same, if it has not closed yet.
async fn held_before_close(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    now: DateTime<Utc>,
) -> Result<Poll, ServiceError> {
    let poll = held(tx, actor, number).await?;
    if poll.status == Status::Closed || now >= poll.closes_at {
        return Err(Refusal::PollClosed(poll.short_id()).into());
    }
    Ok(poll)
}

async fn finish(
    tx: &mut Tx,
    mut poll: Poll,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    if poll.terms.proposals && poll.status == Status::Scheduled {
        return abandon(tx, &poll, at, now).await;
    }
    let opened = match poll.terms.level {
        Level::Confidential => Some(sealed::ballots(tx, poll.id).await?),
        Level::Public | Level::Reserved => None,
    };
    if let Some(ballots) = &opened {
        poll.live = summed(&poll, ballots)?;
        polls::set_live(tx, poll.id, &poll.live, 0).await?;
        if receipt::published(&poll.terms, poll.cast()) {
            sealed::publish(tx, poll.id).await?;
        }
        sealed::destroy(tx, poll.id).await?;
    }
    let outcome = count(tx, &poll, opened).await?;
    polls::close(tx, poll.id, at, &outcome).await?;
    if let Some(mut tally) = poll.second_tally() {
        tally.outcome = Some(count(tx, &tally, None).await?);
        voices::record(tx, &poll, tally).await?;
    }
    record(tx, poll.collective, EventKind::PollClosed, poll.id, now).await?;
    // They say who had not voted.
    private_cards::forget_subject(tx, poll.id).await?;
    cards::refresh(tx, poll.id).await?;
    show(tx, poll.collective, poll.id, View::Notice, now).await?;
    // Organizers can make a workshop of it.
    let closed = polls::get(tx, poll.id).await?;
    if closed.is_some_and(|closed| !closed.won_dates().is_empty()) {
        let (collective, id, view) = (poll.collective, poll.id, View::DatesWon);
        cards::show(tx, collective, Purpose::Control, Kind::Poll, id, view, now).await?;
    }
    Ok(())
}

/// The sums of these ballots.
fn summed(poll: &Poll, ballots: &[(Vec<u8>, u64)]) -> Result<Live, ServiceError> {
    let (rules, options) = (&poll.terms.rules, poll.options.len());
    let mut live = Live::new(rules, options).map_err(broken)?;
    for (marks, times) in ballots {
        let ballot = Ballot::from_bytes(rules, options, marks).map_err(broken)?;
        live.shift(&ballot, *times, Change::Add).map_err(broken)?;
    }
    Ok(live)
}

/// What a poll comes to. Its ballots are read only where its sums are not enough and they are not `opened` already.
async fn count(
    tx: &mut Tx,
    poll: &Poll,
    opened: Option<Vec<(Vec<u8>, u64)>>,
) -> Result<Outcome, ServiceError> {
    let (costs, dates, lot) = (poll.costs(), poll.dates(), poll.lot());
    let counted = poll.counted(&costs, &dates, lot.as_ref());
    let ballots = match opened {
        Some(ballots) => ballots,
        None if counted.needs_ballots() => cast(tx, poll).await?,
        None => Vec::new(),
    };
    let ballots = ballots
        .iter()
        .map(|(marks, times)| (marks.as_slice(), *times));
    counted.outcome(&poll.live, ballots).map_err(broken)
}
