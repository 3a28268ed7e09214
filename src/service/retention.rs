//! What has been kept long enough goes by itself, by the hour. The figures stand in [`domain::privacy`](privacy).

use chrono::{DateTime, Utc};

use super::{ServiceError, data};
use crate::domain::{link, privacy};
use crate::store::{
    Tx, attendance, ballots, checkins, commitments, feedback, journal, links, mandates, offers,
    people, private_cards, proposals, rosters, voices,
};

/// Persons forgotten in one go: the rest waits for the next hour.
const AT_ONCE: i64 = 200;

/// Deletes what has been kept long enough; how many rows that were. Counts stay, since they stand beside the rows.
///
/// # Errors
/// The database's.
pub async fn run(tx: &mut Tx, now: DateTime<Utc>) -> Result<u64, ServiceError> {
    let taken = now - privacy::COMMITMENT;
    let mut gone = rosters::forget(tx, now - privacy::RSVP).await?
        + attendance::forget(tx, now - privacy::RSVP).await?
        + feedback::forget(tx, now - privacy::RSVP).await?
        + offers::forget(tx, now - privacy::OFFER).await?
        + ballots::forget(tx, now - privacy::BALLOT).await?
        + proposals::forget(tx, now - privacy::PROPOSAL).await?
        + voices::forget(tx, now - privacy::BALLOT).await?
        + mandates::forget(tx, now).await?
        + commitments::forget_offers(tx, now).await?
        + checkins::forget(tx, now - privacy::CHECKIN, now - privacy::HAND).await?
        + commitments::forget(tx, taken.date_naive(), taken).await?
        + journal::forget(tx, now - privacy::JOURNAL).await?
        + private_cards::forget(tx, now - privacy::REMINDER).await?
        + links::forget(tx, now - link::TRIES_FOR, now).await?;
    // Last: somebody of whom something is still kept is no stranger yet.
    for person in people::idle(tx, now - privacy::PERSON, AT_ONCE).await? {
        data::erase_person(tx, person, now).await?;
        gone += 1;
    }
    Ok(gone)
}
