//! What a card shows, loaded: one subject at one moment.

use super::ServiceError;
use crate::domain::card::View;
use crate::domain::digest::Digest;
use crate::domain::ids::Kind;
use crate::domain::network::NetworkKind;
use crate::domain::poll::Poll;
use crate::domain::workshop::{Change, Offer, Workshop};
use crate::store::cards::Subject;
use crate::store::{Tx, cards, changes, digests, offers, polls, workshops};

/// A subject as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Loaded {
    /// A workshop.
    Workshop(Box<Workshop>),
    /// Seats at a workshop that are offered to somebody.
    Offer(Box<Workshop>, Offer),
    /// Another time or place of a workshop.
    Change(Box<Workshop>, Change),
    /// A poll.
    Poll(Box<Poll>),
    /// A digest.
    Digest(Digest),
}

/// The subject of a card; none if it is gone or has no card of its own.
///
/// # Errors
/// The database's.
pub async fn load(tx: &mut Tx, subject: Subject) -> Result<Option<Loaded>, ServiceError> {
    Ok(match subject {
        Subject::Object(Kind::Workshop, id) => workshops::get(tx, id)
            .await?
            .map(|workshop| Loaded::Workshop(Box::new(workshop))),
        Subject::Offer(id) => match offers::get(tx, id).await? {
            Some(offer) => workshops::get(tx, offer.workshop)
                .await?
                .map(|workshop| Loaded::Offer(Box::new(workshop), offer)),
            None => None,
        },
        Subject::Change(id) => match changes::get(tx, id).await? {
            Some(change) => workshops::get(tx, change.workshop)
                .await?
                .map(|workshop| Loaded::Change(Box::new(workshop), change)),
            None => None,
        },
        Subject::Object(Kind::Poll, id) => polls::get(tx, id)
            .await?
            .map(|poll| Loaded::Poll(Box::new(poll))),
        Subject::Object(Kind::Digest, id) => digests::get(tx, id).await?.map(Loaded::Digest),
        Subject::Object(Kind::Commitment, _) | Subject::Payload(_) => None,
    })
}

/// What the message with that reference shows; none if it is no card of ours.
///
/// # Errors
/// The database's.
pub async fn at_message(
    tx: &mut Tx,
    network: NetworkKind,
    message: &str,
) -> Result<Option<(Loaded, View)>, ServiceError> {
    let Some(card) = cards::at_message(tx, network, message).await? else {
        return Ok(None);
    };
    Ok(load(tx, card.subject)
        .await?
        .map(|loaded| (loaded, card.view)))
}
