//! Reminders that fall due, in rooms and in private, and what becomes of one that is on its way.
//!
//! A reminder is a projection like every card: [`standing`] looks, just before it would go out, whether it is still of
//! use. Who has voted meanwhile, or answered no, or whose workshop was cancelled, gets none.

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::super::polls::may_vote;
use super::super::views::Loaded;
use super::super::workshops::{entry_standing, rooms_of, was_there};
use super::super::{ServiceError, cards, checkins};
use crate::domain::actor::Account;
use crate::domain::card::View;
use crate::domain::collective::Purpose;
use crate::domain::ids::{Kind, new_id};
use crate::domain::network::Destination;
use crate::domain::poll::Poll;
use crate::domain::schedule::DeadlineKind;
use crate::domain::schedule::ladder::{self, Moment};
use crate::domain::workshop::{Rsvp, Status, Workshop};
use crate::store::cards::{Claimed, NewCard, Subject};
use crate::store::private_cards::{self, Reminder};
use crate::store::{
    Tx, cards as card_store, deadlines, polls, reminders, rosters, sealed, workshops,
};

/// Whoever was reminded of something later than this before is not reminded again when it is moved.
const AGAIN_AFTER: Duration = Duration::hours(24);

/// What becomes of a card that is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It goes out; with what its person answered to the workshop.
    Goes(Option<Rsvp>),
    /// It waits until then: the quiet hours.
    Waits(DateTime<Utc>),
    /// It is of no use any more.
    Lapsed,
}

/// Sets the reminders of a workshop anew. What was told already stays told; what is on its way waits for its new time.
///
/// # Errors
/// The database's.
pub async fn plan_workshop(
    tx: &mut Tx,
    workshop: &Workshop,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let (start, zone) = (workshop.draft.starts_at, workshop.zone);
    let day = ladder::day_before(start, zone, now);
    let hour = ladder::hour_before(start, zone, now);
    plan(
        tx,
        workshop.id,
        DeadlineKind::WorkshopReminder,
        View::Reminder,
        day,
    )
    .await?;
    plan(
        tx,
        workshop.id,
        DeadlineKind::WorkshopSoon,
        View::Soon,
        hour,
    )
    .await
}

/// Sets the reminder of a poll anew.
///
/// # Errors
/// The database's.
pub async fn plan_poll(tx: &mut Tx, poll: &Poll, now: DateTime<Utc>) -> Result<(), ServiceError> {
    let opens = poll.opens_at;
    let due = ladder::before_close(opens, poll.closes_at, poll.zone, now);
    plan(tx, poll.id, DeadlineKind::PollReminder, View::Reminder, due).await
}

async fn plan(
    tx: &mut Tx,
    subject: Uuid,
    kind: DeadlineKind,
    view: View,
    due: Option<DateTime<Utc>>,
) -> Result<(), ServiceError> {
    deadlines::clear(tx, subject, kind).await?;
    if let Some(due) = due {
        card_store::forget_unshown(tx, subject, view).await?;
        deadlines::set(tx, subject, kind, due).await?;
    }
    Ok(())
}

/// A workshop was changed or called off: reminders that are shown say so, in place.
///
/// # Errors
/// The database's.
pub async fn refresh(tx: &mut Tx, workshop: Uuid) -> Result<(), ServiceError> {
    for view in [View::Reminder, View::Soon] {
        card_store::raise(tx, workshop, view).await?;
    }
    Ok(())
}

/// The reminder the day before a workshop fell due: for every room, and for those who come and want it in private. Late
/// if the bot was down, but never once the workshop has begun; rooms are then told once, by the last reminder.
///
/// # Errors
/// The database's.
pub async fn day_before(tx: &mut Tx, id: Uuid, now: DateTime<Utc>) -> Result<(), ServiceError> {
    let Some(workshop) = workshops::get(tx, id).await? else {
        return Ok(());
    };
    let (start, zone) = (workshop.draft.starts_at, workshop.zone);
    let moment = ladder::moment(now, start, zone);
    if workshop.status != Status::Announced
        || !goes_now(tx, id, DeadlineKind::WorkshopReminder, moment).await?
    {
        return Ok(());
    }
    let reminder = Reminder {
        collective: workshop.collective,
        kind: Kind::Workshop,
        subject: id,
        view: View::Reminder,
    };
    card_store::forget_shown(tx, id, View::Reminder, now - AGAIN_AFTER).await?;
    if now + ladder::HOUR < start {
        let rooms = rooms_of(tx, &workshop).await?;
        let subject = Subject::Object(Kind::Workshop, id);
        cards::show_in(tx, &rooms, subject, View::Reminder, now).await?;
    }
    for addressee in reminders::of_workshop(tx, id).await? {
        private_cards::add(tx, &reminder, &addressee, now).await?;
    }
    Ok(())
}

/// The reminder an hour before a workshop fell due: in each room, in the thread of the workshop's card.
///
/// # Errors
/// The database's.
pub async fn hour_before(tx: &mut Tx, id: Uuid, now: DateTime<Utc>) -> Result<(), ServiceError> {
    let Some(workshop) = workshops::get(tx, id).await? else {
        return Ok(());
    };
    let moment = ladder::moment_before(now, workshop.draft.starts_at, workshop.zone);
    if workshop.status != Status::Announced
        || !goes_now(tx, id, DeadlineKind::WorkshopSoon, moment).await?
    {
        return Ok(());
    }
    card_store::forget_shown(tx, id, View::Soon, now).await?;
    show_in_threads(tx, &workshop, View::Soon, now).await
}

/// Shows a view of a workshop in each of its rooms, in the thread of its card.
///
/// # Errors
/// The database's.
pub async fn show_in_threads(
    tx: &mut Tx,
    workshop: &Workshop,
    view: View,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let id = workshop.id;
    for room in rooms_of(tx, workshop).await? {
        let place = (room.network, room.address.as_str());
        let root = card_store::message_in(tx, id, View::Object, place).await?;
        let destination = match root {
            Some(root) => Destination::Thread {
                room: room.address,
                root,
            },
            None => Destination::Room(room.address),
        };
        let card = NewCard {
            id: new_id(now),
            collective: Some(workshop.collective),
            network: room.network,
            destination,
            language: room.language,
            subject: Subject::Object(Kind::Workshop, id),
            view,
            payload: None,
        };
        card_store::put(tx, &card, now).await?;
    }
    Ok(())
}

/// The reminder before the close of a poll fell due: for every room, and for those who may vote, have not, and want it in
/// private.
///
/// # Errors
/// The database's.
pub async fn before_close(tx: &mut Tx, id: Uuid, now: DateTime<Utc>) -> Result<(), ServiceError> {
    let Some(poll) = polls::get(tx, id).await? else {
        return Ok(());
    };
    let moment = ladder::moment(now, poll.closes_at, poll.zone);
    if !poll.takes_ballots(now) || !goes_now(tx, id, DeadlineKind::PollReminder, moment).await? {
        return Ok(());
    }
    let reminder = Reminder {
        collective: poll.collective,
        kind: Kind::Poll,
        subject: id,
        view: View::Reminder,
    };
    card_store::forget_shown(tx, id, View::Reminder, now - AGAIN_AFTER).await?;
    if ladder::tells_rooms(poll.opens_at, poll.closes_at) {
        show(tx, &reminder, now).await?;
    }
    for addressee in reminders::of_poll(tx, id, poll.collective).await? {
        if !poll.is_of_organisations() && may_vote(tx, &poll, Some(addressee.person)).await? {
            private_cards::add(tx, &reminder, &addressee, now).await?;
        }
    }
    Ok(())
}

/// Whether what is due goes out now; if it waits, the deadline is set again.
///
/// # Errors
/// The database's.
pub async fn goes_now(
    tx: &mut Tx,
    subject: Uuid,
    kind: DeadlineKind,
    moment: Moment,
) -> Result<bool, ServiceError> {
    if let Moment::Later(at) = moment {
        deadlines::set(tx, subject, kind, at).await?;
    }
    Ok(moment == Moment::Now)
}

async fn show(tx: &mut Tx, reminder: &Reminder, now: DateTime<Utc>) -> Result<(), ServiceError> {
    let Reminder {
        collective,
        kind,
        subject,
        view,
    } = *reminder;
    cards::show(tx, collective, Purpose::Public, kind, subject, view, now).await
}

/// What becomes of a claimed card, as its subject and its person stand now. A message that is there is kept up to date in
/// any case.
///
/// # Errors
/// The database's.
pub async fn standing(
    tx: &mut Tx,
    card: &Claimed,
    loaded: &Loaded,
    now: DateTime<Utc>,
) -> Result<Standing, ServiceError> {
    if let Loaded::Event(entry) = loaded {
        return Ok(entry_standing(card, entry, now));
    }
    if let Loaded::CheckIn(sheet) = loaded {
        return checkins::standing(tx, card, sheet, now).await;
    }
    if !matches!(card.view, View::Reminder | View::Soon | View::Thanks) {
        return Ok(Standing::Goes(None));
    }
    let answer = match (loaded, card.person) {
        (Loaded::Workshop(workshop), Some(person)) => {
            let standing = rosters::of(tx, workshop.id, person).await?;
            standing.and_then(|standing| standing.place.answer())
        }
        _ => None,
    };
    if card.message_ref.is_some() {
        return Ok(Standing::Goes(answer));
    }
    let (open, moment) = match loaded {
        Loaded::Thanks(workshop, _) => {
            let moment = ladder::moment_of_thanks(now, workshop.over_at(), workshop.zone);
            (workshop.status == Status::Held, moment)
        }
        Loaded::Workshop(workshop) => {
            let (start, zone) = (workshop.draft.starts_at, workshop.zone);
            let moment = match card.view {
                View::Soon => ladder::moment_before(now, start, zone),
                _ => ladder::moment(now, start, zone),
            };
            (workshop.status == Status::Announced, moment)
        }
        Loaded::Poll(poll) => {
            let moment = ladder::moment(now, poll.closes_at, poll.zone);
            (poll.takes_ballots(now), moment)
        }
        _ => return Ok(Standing::Goes(None)),
    };
    let concerned = match card.person {
        Some(person) => open && concerns(tx, card, person, loaded, answer).await?,
        None => open,
    };
    Ok(match moment {
        Moment::Now if concerned => Standing::Goes(answer),
        Moment::Later(at) if concerned => Standing::Waits(at),
        _ => Standing::Lapsed,
    })
}

/// Whether somebody still wants that reminder at that account, and whether it still concerns them.
async fn concerns(
    tx: &mut Tx,
    card: &Claimed,
    person: Uuid,
    loaded: &Loaded,
    answer: Option<Rsvp>,
) -> Result<bool, ServiceError> {
    let account = Account {
        network: card.network,
        address: card.destination.address().to_owned(),
    };
    let addressee = reminders::addressee(tx, person).await?;
    if addressee.is_none_or(|addressee| addressee.account != account) {
        return Ok(false);
    }
    match loaded {
        Loaded::Thanks(workshop, _) => was_there(tx, workshop, person).await,
        Loaded::Workshop(_) => Ok(matches!(answer, Some(Rsvp::Yes | Rsvp::Maybe))),
        Loaded::Poll(poll) => {
            let voted = polls::ballot(tx, poll.id, person).await?.is_some()
                || sealed::has_voted(tx, poll.id, person).await?;
            let has_a_voice = !poll.is_of_organisations();
            Ok(!voted && has_a_voice && may_vote(tx, poll, Some(person)).await?)
        }
        _ => Ok(false),
    }
}
