//! Who comes to a workshop: answers, the line of those who wait, offers of seats. The rules stand in
//! [`domain::workshop::roster`](crate::domain::workshop::roster).
//!
//! Whatever changes a place holds the workshop, and ends with [`settle`]: in the same transaction the seats that became
//! free are offered to whose turn it is.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::super::reminders::{due, reached};
use super::super::{Refusal, ServiceError, cards, circles, journal, people};
use super::{current, find, get, list};
use crate::domain::actor::{Account, Actor};
use crate::domain::card::View;
use crate::domain::collective::Purpose;
use crate::domain::ids::{Kind, new_id};
use crate::domain::poll::rules::Eligibility;
use crate::domain::schedule::{self, DeadlineKind};
use crate::domain::workshop::{
    Fill, Offer, Outcome, Place, Reach, Request, Rsvp, Workshop, roster as rules,
};
use crate::store::cards as stored_cards;
use crate::store::rosters::{self, Next};
use crate::store::{
    Tx, attendance, deadlines, offers, people as stored_people, reminders, workshops,
};

/// Where somebody stands, with what they are told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The workshop.
    pub workshop: Workshop,
    /// Where they stand; none if they never answered.
    pub place: Option<Place>,
    /// How many wait before them, if they wait.
    pub ahead: i64,
}

/// Records whether somebody comes, and with how many; a later answer replaces the earlier one. Where no seats are free they
/// wait; an answer to an offer accepts or declines it.
///
/// # Errors
/// No such workshop, over or cancelled; not for this person; no seats for them (see
/// [`NoSeat`](crate::domain::workshop::NoSeat)). The earlier answer then stands.
pub async fn answer(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    request: Request,
    now: DateTime<Utc>,
) -> Result<Answered, ServiceError> {
    let workshop = current(tx, actor.collective, number, now).await?;
    let person = people::person(tx, actor, now).await?;
    let before = rosters::of(tx, workshop.id, person).await?;
    let before = before.map(|standing| standing.place);
    if request.answer == Rsvp::Yes && before.is_none_or(|place| place.party() == 0) {
        check_known(tx, &workshop, person).await?;
        check_within(tx, actor, &workshop).await?;
    }
    let (limits, roster) = (&workshop.draft.limits, workshop.roster);
    let ticket = workshop.tickets + 1;
    let after = rules::seat(request, before, roster, limits, ticket, now)
        .map_err(|reason| Refusal::NoSeat(workshop.short_id(), reason))?;
    let workshop = if before == Some(after) {
        workshop
    } else {
        let reach = Reach {
            account: actor.account.clone(),
            language: actor.language,
        };
        rosters::set(tx, workshop.id, person, before, after, &reach, now).await?;
        if matches!(before, Some(Place::Offered { .. })) {
            let outcome = if after.party() > 0 {
                Outcome::Accepted
            } else {
                Outcome::Declined
            };
            end_offer(tx, workshop.id, person, outcome, now).await?;
        }
        settle(tx, &workshop, now).await?
    };
    told(tx, workshop, Some(after)).await
}

/// Where the actor stands.
///
/// # Errors
/// No such workshop.
pub async fn place(tx: &mut Tx, actor: &Actor, number: i64) -> Result<Answered, ServiceError> {
    let workshop = find(tx, actor, number).await?;
    let standing = match actor.person {
        Some(person) => rosters::of(tx, workshop.id, person).await?,
        None => None,
    };
    told(tx, workshop, standing.map(|standing| standing.place)).await
}

async fn told(
    tx: &mut Tx,
    workshop: Workshop,
    place: Option<Place>,
) -> Result<Answered, ServiceError> {
    let ahead = match place {
        Some(Place::Waiting { ticket, .. }) => rosters::ahead(tx, workshop.id, ticket).await?,
        _ => 0,
    };
    Ok(Answered {
        workshop,
        place,
        ahead,
    })
}

/// Lets through whoever took part before the workshop was announced, where it is for them only.
async fn check_known(tx: &mut Tx, workshop: &Workshop, person: Uuid) -> Result<(), ServiceError> {
    if workshop.draft.limits.who == Eligibility::All {
        return Ok(());
    }
    let since = stored_people::since(tx, person).await?;
    let known = since.zip(workshop.announced_at);
    if known.is_some_and(|(since, announced)| since < announced) {
        Ok(())
    } else {
        Err(Refusal::NotKnownBefore(workshop.short_id()).into())
    }
}

/// Lets through whoever acts within the workshop's circle, where it has one.
async fn check_within(tx: &mut Tx, actor: &Actor, workshop: &Workshop) -> Result<(), ServiceError> {
    let Some(circle) = &workshop.draft.details.circle else {
        return Ok(());
    };
    if circles::acts_within(tx, actor, circle).await? {
        Ok(())
    } else {
        Err(Refusal::OtherCircle(workshop.short_id(), circle.slug.clone()).into())
    }
}

/// After any change of places, limits or times: offers the seats that are free in the order of the line, tells organizers how
/// full it has become, and brings the cards up to date. The caller holds the workshop, and gives it as it stood before.
///
/// # Errors
/// The database's.
pub(super) async fn settle(
    tx: &mut Tx,
    before: &Workshop,
    now: DateTime<Utc>,
) -> Result<Workshop, ServiceError> {
    let (id, number) = (before.id, before.number);
    let mut workshop = get(tx, id, number).await?;
    while workshop.roster.waiting > 0 && workshop.offers_seats(now) {
        let free = workshop.roster.free(workshop.draft.limits.capacity);
        let Some(next) = rosters::next(tx, id, free).await? else {
            break;
        };
        offer(tx, &workshop, &next, now).await?;
        workshop = get(tx, id, number).await?;
    }
    if let Some(fill) = Fill::of(workshop.roster, workshop.draft.limits.capacity)
        && fill.percent() > workshop.told
    {
        workshops::set_told(tx, id, fill.percent()).await?;
        let (collective, view) = (workshop.collective, View::Fill(fill));
        let kind = Kind::Workshop;
        cards::show(tx, collective, Purpose::Control, kind, id, view, now).await?;
    }
    // Of two thousand answers a minute, a dozen change the list.
    if workshop.left() != before.left() {
        list::refresh(tx, workshop.collective).await?;
    }
    cards::refresh(tx, id).await?;
    Ok(workshop)
}

/// Offers somebody the seats they wait for, and tells them in private.
async fn offer(
    tx: &mut Tx,
    workshop: &Workshop,
    next: &Next,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let ends_at = schedule::offer::until(now, workshop.draft.starts_at, workshop.zone);
    let offer = Offer {
        id: new_id(now),
        workshop: workshop.id,
        person: next.person,
        seats: next.seats,
        ends_at,
        outcome: Outcome::Open,
    };
    offers::add(tx, &offer).await?;
    rosters::call(tx, workshop.id, next, ends_at).await?;
    deadlines::set(tx, workshop.id, DeadlineKind::OfferEnds, ends_at).await?;
    if let Some(reach) = reached(tx, next.person, next.reach.clone()).await? {
        cards::show_offer(tx, workshop.collective, offer.id, &reach, View::Object, now).await?;
    }
    Ok(())
}

/// The message of an offer did not arrive: it goes to another account of that person, if one takes private messages;
/// else the rooms of the workshop are told on its thread, without a name.
///
/// # Errors
/// The database's.
pub async fn offer_unreached(
    tx: &mut Tx,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let Some(offer) = offers::get(tx, id).await? else {
        return Ok(());
    };
    tx.lock(offer.workshop).await?;
    let Some(workshop) = workshops::get(tx, offer.workshop).await? else {
        return Ok(());
    };
    if offer.outcome != Outcome::Open || offer.ends_at <= now {
        return Ok(());
    }
    let asked = rosters::reach(tx, workshop.id, offer.person).await?;
    let closed = reminders::closed(tx, offer.person).await?;
    let reach = match asked {
        Some(asked) => reached(tx, offer.person, asked).await?,
        None => None,
    };
    let open = |reach: &Reach| closed.iter().all(|(other, _)| *other != reach.account);
    match reach.filter(open) {
        Some(reach) => {
            cards::show_offer(tx, workshop.collective, id, &reach, View::Object, now).await
        }
        None => {
            // Each time a new message: an edit rings no bell.
            stored_cards::forget_shown(tx, workshop.id, View::Unreached, now).await?;
            due::show_in_threads(tx, &workshop, View::Unreached, now).await
        }
    }
}

/// Ends somebody's open offer, and makes its message say so; the offer's id, if there was one.
pub(super) async fn end_offer(
    tx: &mut Tx,
    workshop: Uuid,
    person: Uuid,
    outcome: Outcome,
    now: DateTime<Utc>,
) -> Result<Option<Uuid>, ServiceError> {
    let ended = offers::end(tx, workshop, person, outcome, now).await?;
    if let Some(id) = ended {
        stored_cards::raise(tx, id, View::Object).await?;
    }
    Ok(ended)
}

/// Offers may have ended: who let theirs pass is out of the line and is told; the seats go to the next.
///
/// # Errors
/// The database's.
pub async fn offer_ends(tx: &mut Tx, id: Uuid, now: DateTime<Utc>) -> Result<(), ServiceError> {
    tx.lock(id).await?;
    let Some(workshop) = workshops::get(tx, id).await? else {
        return Ok(());
    };
    let passed: Vec<Offer> = offers::open(tx, id).await?;
    let passed: Vec<Offer> = passed.into_iter().filter(|o| o.ends_at <= now).collect();
    if passed.is_empty() {
        return Ok(());
    }
    for offer in passed {
        let reach = rosters::reach(tx, id, offer.person).await?;
        end_offer(tx, id, offer.person, Outcome::Expired, now).await?;
        let held = Place::Offered {
            seats: offer.seats,
            until: offer.ends_at,
        };
        rosters::remove(tx, id, offer.person, held).await?;
        let reach = match reach {
            Some(reach) => reached(tx, offer.person, reach).await?,
            None => None,
        };
        if let Some(reach) = reach {
            // An edit rings no bell: that it is over is said anew.
            let collective = workshop.collective;
            cards::show_offer(tx, collective, offer.id, &reach, View::Notice, now).await?;
        }
    }
    settle(tx, &workshop, now).await?;
    Ok(())
}

/// A workshop is called off: what is on offer is so no more.
pub(super) async fn withdraw_offers(
    tx: &mut Tx,
    workshop: &Workshop,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    for offer in offers::open(tx, workshop.id).await? {
        let held = Place::Offered {
            seats: offer.seats,
            until: offer.ends_at,
        };
        end_offer(tx, workshop.id, offer.person, Outcome::Withdrawn, now).await?;
        rosters::remove(tx, workshop.id, offer.person, held).await?;
    }
    Ok(())
}

/// Answers to a workshop close now: its cards say so.
///
/// # Errors
/// The database's.
pub async fn rsvp_closes(tx: &mut Tx, id: Uuid) -> Result<(), ServiceError> {
    cards::refresh(tx, id).await
}

/// Somebody on a workshop's list, as organizers see them: by one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    /// The account by which they asked, or one of theirs.
    pub account: Account,
    /// Where they stand; none if they came without an answer.
    pub place: Option<Place>,
    /// Since when.
    pub at: DateTime<Utc>,
    /// Whether they were there, as far as is known.
    pub was_there: bool,
}

/// Who answered a workshop, those who come first, then the line in its order; then who was there without an answer.
///
/// # Errors
/// Not an organizer; others read along; no such workshop.
pub async fn attendees(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
) -> Result<(Workshop, Vec<Attendee>), ServiceError> {
    journal::require_control(actor)?;
    let workshop = find(tx, actor, number).await?;
    let mut there = attendance::of_workshop(tx, workshop.id).await?;
    let mut all = Vec::new();
    for standing in rosters::all(tx, workshop.id).await? {
        let asked = rosters::reach(tx, workshop.id, standing.person).await?;
        let account = shown(tx, standing.person, asked.map(|reach| reach.account)).await?;
        let was_there = there.iter().position(|(who, _)| *who == standing.person);
        all.extend(account.map(|account| Attendee {
            account,
            place: Some(standing.place),
            at: standing.at,
            was_there: was_there.is_some(),
        }));
        was_there.map(|found| there.swap_remove(found));
    }
    for (person, at) in there {
        let account = shown(tx, person, None).await?;
        all.extend(account.map(|account| Attendee {
            account,
            place: None,
            at,
            was_there: true,
        }));
    }
    all.sort_by_key(|attendee| attendee.place.map_or((u8::MAX, 0), Place::rank));
    Ok((workshop, all))
}

/// The account by which organizers see somebody: the one that asked, or one of theirs. One only: that two are one person's
/// is nobody else's to know.
async fn shown(
    tx: &mut Tx,
    person: Uuid,
    asked: Option<Account>,
) -> Result<Option<Account>, ServiceError> {
    let accounts = stored_people::accounts(tx, person).await?;
    let asked = asked.filter(|account| accounts.contains(account));
    Ok(asked.or_else(|| accounts.into_iter().next()))
}
