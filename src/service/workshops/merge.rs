//! What becomes of places when two persons turn out to be one, and when somebody has their data erased. A seat that is one
//! too many is offered on.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::super::{ServiceError, cards};
use super::roster::{end_offer, settle};
use crate::domain::ids::ShortId;
use crate::domain::workshop::{Outcome, Place, roster as rules};
use crate::store::rosters::{self, Standing};
use crate::store::{Tx, attendance, feedback, offers, workshops};

/// What became of two persons' places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settled {
    /// Places that came over.
    pub joined: usize,
    /// Workshops that both had answered, and the place that is kept.
    pub kept: Vec<(ShortId, Place)>,
}

/// Makes the places of `from` be of `into`, one per workshop; a seat too many is offered on.
///
/// # Errors
/// The database's.
pub async fn person_merged(
    tx: &mut Tx,
    from: Uuid,
    into: Uuid,
    now: DateTime<Utc>,
) -> Result<Settled, ServiceError> {
    let mut settled = Settled::default();
    lock_workshops_of(tx, from).await?;
    for theirs in rosters::of_person(tx, from).await? {
        let id = theirs.workshop;
        let Some(ours) = rosters::of(tx, id, into).await? else {
            hand_over(tx, id, from, into).await?;
            settled.joined += 1;
            continue;
        };
        let workshop = workshops::get(tx, id).await?;
        let Some(workshop) = workshop.filter(|workshop| workshop.takes_answers(now)) else {
            // Over: its count is told already and stays.
            continue;
        };
        let kept = if rules::keeps_theirs((ours.place, ours.at), (theirs.place, theirs.at)) {
            leave(tx, &ours, now).await?;
            hand_over(tx, id, from, into).await?;
            theirs.place
        } else {
            leave(tx, &theirs, now).await?;
            ours.place
        };
        settle(tx, &workshop, now).await?;
        settled.kept.push((workshop.short_id(), kept));
    }
    rosters::erase(tx, from).await?;
    offers::erase(tx, from).await?;
    attended(tx, from, into, now).await?;
    Ok(settled)
}

/// Who was twice at a workshop was there once; what was said of it last counts.
async fn attended(
    tx: &mut Tx,
    from: Uuid,
    into: Uuid,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    for (workshop, at) in attendance::of_person(tx, from).await? {
        tx.lock(workshop).await?;
        attendance::remove(tx, workshop, from).await?;
        attendance::add(tx, workshop, into, at).await?;
        cards::refresh(tx, workshop).await?;
    }
    let own = feedback::of_person(tx, into).await?;
    for (workshop, useful, at) in feedback::of_person(tx, from).await? {
        tx.lock(workshop).await?;
        let mine = own.iter().find(|(other, ..)| *other == workshop);
        feedback::set(tx, workshop, from, Some(useful), None, now).await?;
        if mine.is_none_or(|(_, _, since)| *since < at) {
            let before = mine.map(|(_, mine, _)| *mine);
            feedback::set(tx, workshop, into, before, Some(useful), at).await?;
        }
    }
    Ok(())
}

async fn hand_over(
    tx: &mut Tx,
    workshop: Uuid,
    from: Uuid,
    into: Uuid,
) -> Result<(), ServiceError> {
    rosters::hand_over(tx, workshop, from, into).await?;
    offers::hand_over(tx, workshop, from, into).await?;
    Ok(())
}

/// Takes somebody out of a workshop, and ends what they were offered there.
async fn leave(tx: &mut Tx, standing: &Standing, now: DateTime<Utc>) -> Result<(), ServiceError> {
    let (workshop, person) = (standing.workshop, standing.person);
    if matches!(standing.place, Place::Offered { .. }) {
        end_offer(tx, workshop, person, Outcome::Withdrawn, now).await?;
    }
    rosters::remove(tx, workshop, person, standing.place).await?;
    Ok(())
}

/// Takes a person out of workshops to come, whose seats are offered on, and deletes their places at those that are over,
/// whose counts stay, with where they were
/// and what they thought of it. How many there were.
///
/// # Errors
/// The database's.
pub async fn person_erased(
    tx: &mut Tx,
    person: Uuid,
    now: DateTime<Utc>,
) -> Result<usize, ServiceError> {
    lock_workshops_of(tx, person).await?;
    let standings = rosters::of_person(tx, person).await?;
    for standing in &standings {
        let workshop = workshops::get(tx, standing.workshop).await?;
        if let Some(workshop) = workshop.filter(|workshop| workshop.takes_answers(now)) {
            leave(tx, standing, now).await?;
            settle(tx, &workshop, now).await?;
        }
    }
    rosters::erase(tx, person).await?;
    offers::erase(tx, person).await?;
    let attended = attendance::erase(tx, person).await? + feedback::erase(tx, person).await?;
    Ok(standings.len() + usize::try_from(attended).unwrap_or(usize::MAX))
}

/// Holds the workshops that a person answered, in one order.
async fn lock_workshops_of(tx: &mut Tx, person: Uuid) -> Result<(), ServiceError> {
    for standing in rosters::of_person(tx, person).await? {
        tx.lock(standing.workshop).await?;
    }
    Ok(())
}
