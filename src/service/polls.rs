//! Polls: open and find them; [`voting`] and [`closing`] have the rest of their life.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::reminders::due as reminders;
use super::{Refusal, ServiceError, cards, journal, require};
use crate::domain::actor::{Actor, Role};
use crate::domain::card::View;
use crate::domain::collective::Purpose;
use crate::domain::event::EventKind;
use crate::domain::ids::{Kind, ShortId, new_id, new_secret};
use crate::domain::poll::live::Live;
use crate::domain::poll::rules::{Level, Terms, Voices};
use crate::domain::poll::{Draft, Poll, Status};
use crate::domain::schedule::DeadlineKind;
use crate::store::polls::NewPoll;
use crate::store::{Tx, collectives, deadlines, events, people, polls, sealed};

mod closing;
mod export;
mod linked;
mod merge;
mod proposing;
mod voices;
mod voting;

pub use closing::{close, due, extend, say_outcome, set_room, table};
pub use export::{LINES_MAX, Line, NotExported, export, lines};
pub use linked::{Linked, linked, vote_linked};
pub use merge::{Ballots, person_erased, person_merged};
pub use proposing::{
    add_options, decide, extend_proposals, moderation, proposals_erased, propose, remind_organizers,
};
pub use voices::{able, ballot_of, check_voice, vote_for};
pub use voting::{
    Detail, OwnBallot, check_eligible, check_open, detail, may_vote, own_ballot, read_ballot,
    receipt, vote,
};

/// Opens a poll in every public room of the actor's collective, at once or at its opening time.
///
/// # Errors
/// Not an organizer; a closing time in the past or before the opening; proposals that would end in the past; a rule that
/// needs to know how many are in a circle.
pub async fn open(
    tx: &mut Tx,
    actor: &Actor,
    draft: &Draft,
    now: DateTime<Utc>,
) -> Result<Poll, ServiceError> {
    require(actor, Role::Organizer)?;
    let later = draft.opens_at > now;
    let proposals = draft.terms.proposals;
    if draft.closes_at <= now.max(draft.opens_at) || (proposals && !later) {
        return Err(Refusal::ClosesInPast.into());
    }
    let id = new_id(now);
    let confidential = draft.terms.level == Level::Confidential;
    if confidential && !tx.vault().is_open() {
        return Err(Refusal::NoKey.into());
    }
    // Sums that move with each ballot would say who voted what: a confidential poll counts heads until its close. One
    // whose options are still to be settled gets its sums when it opens.
    let live = if confidential || proposals {
        Live::Turnout(0)
    } else {
        Live::new(&draft.terms.rules, draft.options.len())
            .map_err(|_| Refusal::OptionCount(draft.options.len()))?
    };
    if draft.terms.circle.is_some()
        && draft.terms.eligible.is_none()
        && draft.terms.needs_eligible()
    {
        return Err(Refusal::EligibleUnknown.into());
    }
    voices::check(tx, actor.collective, &draft.terms, draft.opens_at).await?;
    let eligible = eligible(tx, actor.collective, &draft.terms, draft.opens_at).await?;
    let seed = draft.terms.lot.then(new_secret);
    let new = NewPoll {
        id,
        collective: actor.collective,
        number: collectives::next_number(tx, actor.collective, Kind::Poll).await?,
        draft,
        status: if later {
            Status::Scheduled
        } else {
            Status::Open
        },
        eligible,
        live: &live,
        seed: seed.as_deref(),
    };
    polls::add(tx, &new).await?;
    if confidential {
        sealed::open(tx, id).await?;
    }
    let poll = find(tx, actor, new.number).await?;
    voices::settle(tx, &poll).await?;
    let short = ShortId::new(Kind::Poll, new.number);
    journal::record(tx, actor, EventKind::PollOpened, short, now).await?;
    if later {
        proposing::set_opening_deadlines(tx, &poll, now).await?;
    } else {
        record(tx, actor.collective, EventKind::PollOpened, id, now).await?;
    }
    set_deadlines(tx, id, now).await?;
    show(tx, actor.collective, id, View::Object, now).await?;
    Ok(poll)
}

/// A scheduled poll's opening time has come. One with too few options stays as it is, and organizers are told.
///
/// # Errors
/// The database's.
pub async fn begin(tx: &mut Tx, id: Uuid, now: DateTime<Utc>) -> Result<(), ServiceError> {
    tx.lock(id).await?;
    let Some(poll) = polls::get(tx, id).await? else {
        return Ok(());
    };
    if poll.status != Status::Scheduled {
        return Ok(());
    }
    if poll.terms.proposals && !poll.has_enough_options() {
        return proposing::lacks_options(tx, &poll, now).await;
    }
    start(tx, &poll, now).await
}

/// Opens a scheduled poll.
async fn start(tx: &mut Tx, poll: &Poll, now: DateTime<Utc>) -> Result<(), ServiceError> {
    if poll.terms.proposals {
        proposing::fix_options(tx, poll, now).await?;
    }
    let eligible = eligible(tx, poll.collective, &poll.terms, poll.opens_at).await?;
    polls::start(tx, poll.id, eligible).await?;
    if let Some(started) = polls::get(tx, poll.id).await? {
        voices::settle(tx, &started).await?;
    }
    let kind = EventKind::PollOpened;
    record(tx, poll.collective, kind, poll.id, now).await?;
    cards::refresh(tx, poll.id).await
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

/// The polls that are open or will be, first to close first.
///
/// # Errors
/// The database's.
pub async fn opened(tx: &mut Tx, actor: &Actor) -> Result<Vec<Poll>, ServiceError> {
    Ok(polls::open(tx, actor.collective).await?)
}

/// How many may vote: what the organizer says, or else everybody who has taken part in the collective so far. Where
/// organisations alone have a voice, those that take part.
async fn eligible(
    tx: &mut Tx,
    collective: Uuid,
    terms: &Terms,
    opens_at: DateTime<Utc>,
) -> Result<u64, ServiceError> {
    Ok(match (terms.voices, terms.eligible) {
        (Voices::Organisations, _) => voices::eligible(tx, collective, terms, opens_at).await?,
        (_, Some(told)) => told,
        (_, None) => people::active(tx, collective).await?,
    })
}

/// Sets a poll's reminder and its close, in place of those it had.
async fn set_deadlines(tx: &mut Tx, id: Uuid, now: DateTime<Utc>) -> Result<(), ServiceError> {
    let Some(poll) = polls::get(tx, id).await? else {
        return Ok(());
    };
    reminders::plan_poll(tx, &poll, now).await?;
    deadlines::clear(tx, id, DeadlineKind::PollCloses).await?;
    deadlines::set(tx, id, DeadlineKind::PollCloses, poll.closes_at).await?;
    Ok(())
}

async fn record(
    tx: &mut Tx,
    collective: Uuid,
    kind: EventKind,
    poll: Uuid,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    events::add(tx, new_id(now), collective, kind, poll, now).await?;
    Ok(())
}

async fn show(
    tx: &mut Tx,
    collective: Uuid,
    poll: Uuid,
    view: View,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    cards::show(tx, collective, Purpose::Public, Kind::Poll, poll, view, now).await
}
