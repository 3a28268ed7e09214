//! What a card shows, loaded: one subject at one moment.

use super::ServiceError;
use super::checkins::{self, Sheet};
use super::commitments::{self as commitment_service, Held};
use super::plan::progress::{self, Progress};
use super::plan::versions::{self, Notice};
use super::workshops::{self as workshop_service, Entry, Listing};
use crate::domain::card::View;
use crate::domain::checkin::Hand;
use crate::domain::digest::Digest;
use crate::domain::ids::Kind;
use crate::domain::network::NetworkKind;
use crate::domain::pledge::Pledge;
use crate::domain::poll::Poll;
use crate::domain::poll::proposal::Proposal;
use crate::domain::pulse::{Pulse, Sounding};
use crate::domain::workshop::{Change, Offer, Workshop};
use crate::store::cards::{Claimed, Subject};
use crate::store::{
    Tx, cards, changes, checkins as stored_checkins, commitments, digests, offers, pledges, polls,
    proposals, pulses, workshops,
};

/// A subject as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Loaded {
    /// A workshop.
    Workshop(Box<Workshop>),
    /// A workshop that took place, and the next one.
    Thanks(Box<Workshop>, Option<Box<Workshop>>),
    /// Seats at a workshop that are offered to somebody.
    Offer(Box<Workshop>, Offer),
    /// Another time or place of a workshop.
    Change(Box<Workshop>, Change),
    /// A poll.
    Poll(Box<Poll>),
    /// What organizers have to decide about a poll's options.
    Moderation(Box<Poll>, Vec<Proposal>),
    /// An option that is proposed for a poll.
    Proposal(Box<Poll>, Box<Proposal>),
    /// A sense check in one room.
    Pulse(Pulse, Sounding),
    /// What somebody is asked about their commitments.
    CheckIn(Box<Sheet>),
    /// A commitment with which somebody would like a hand; none once that has served.
    Hand(Box<Held>, Option<Hand>),
    /// A pledge.
    Pledge(Pledge),
    /// A digest.
    Digest(Digest),
    /// A milestone that came a quarter of the way further.
    Progress(Box<Progress>),
    /// A version of the plan: that it is due, or what came of it.
    Version(Box<Notice>),
    /// The workshops to come, as a room lists them.
    List(Listing),
    /// A workshop's entry in the calendar of a server.
    Event(Box<Entry>),
}

/// What a card shows; none if that is gone.
///
/// # Errors
/// The database's.
pub async fn of_card(tx: &mut Tx, card: &Claimed) -> Result<Option<Loaded>, ServiceError> {
    if let Subject::Collective(collective) = card.subject {
        let place = (card.network, card.destination.address());
        let listing = workshop_service::listing(tx, collective, place).await?;
        return Ok(Some(Loaded::List(listing)));
    }
    if let (Subject::Object(Kind::Workshop, id), View::Event) = (card.subject, card.view) {
        let entry = workshop_service::entry(tx, id, card).await?;
        return Ok(entry.map(|entry| Loaded::Event(Box::new(entry))));
    }
    if let (Subject::Object(Kind::Commitment, id), Some(person)) = (card.subject, card.person) {
        let sheet = checkins::sheet(tx, id, person).await?;
        return Ok(sheet.map(|sheet| Loaded::CheckIn(Box::new(sheet))));
    }
    load(tx, card.subject, card.view).await
}

/// What is shown of a subject wherever it is; none if it is gone or has no card of its own.
///
/// # Errors
/// The database's.
pub async fn load(
    tx: &mut Tx,
    subject: Subject,
    view: View,
) -> Result<Option<Loaded>, ServiceError> {
    Ok(match subject {
        Subject::Object(Kind::Workshop, id) => {
            let Some(workshop) = workshops::get(tx, id).await?.map(Box::new) else {
                return Ok(None);
            };
            Some(match view {
                View::Thanks => {
                    let (collective, over) = (workshop.collective, workshop.over_at());
                    let next = workshops::coming(tx, collective, over, 1).await?;
                    Loaded::Thanks(workshop, next.into_iter().next().map(Box::new))
                }
                _ => Loaded::Workshop(workshop),
            })
        }
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
        Subject::Object(Kind::Poll, id) => {
            let Some(poll) = polls::get(tx, id).await?.map(Box::new) else {
                return Ok(None);
            };
            Some(match view {
                View::Moderation => Loaded::Moderation(poll, proposals::waiting(tx, id).await?),
                _ => Loaded::Poll(poll),
            })
        }
        Subject::Object(Kind::Proposal, id) => {
            let Some(proposal) = proposals::get(tx, id).await?.map(Box::new) else {
                return Ok(None);
            };
            let poll = polls::get(tx, proposal.poll).await?;
            poll.map(|poll| Loaded::Proposal(Box::new(poll), proposal))
        }
        Subject::Object(Kind::Pulse, id) => {
            let Some(room) = pulses::room(tx, id).await? else {
                return Ok(None);
            };
            let pulse = pulses::get(tx, room.pulse).await?;
            pulse.map(|pulse| Loaded::Pulse(pulse, room))
        }
        Subject::Object(Kind::Digest, id) => digests::get(tx, id).await?.map(Loaded::Digest),
        Subject::Version(id) => {
            let notice = versions::notice(tx, id).await?;
            notice.map(|notice| Loaded::Version(Box::new(notice)))
        }
        Subject::Object(Kind::Milestone, id) => match view {
            View::Progress(quarter) => {
                let found = progress::of(tx, id, quarter).await?;
                found.map(|found| Loaded::Progress(Box::new(found)))
            }
            _ => None,
        },
        Subject::Object(Kind::Commitment, id) => match commitments::get(tx, id).await? {
            Some(commitment) => {
                let hand = stored_checkins::hand(tx, id).await?;
                let held = commitment_service::with_organisation(tx, commitment).await?;
                Some(Loaded::Hand(Box::new(held), hand))
            }
            None => pledges::get(tx, id).await?.map(Loaded::Pledge),
        },
        Subject::Object(Kind::Action | Kind::Suggestion, _)
        | Subject::Collective(_)
        | Subject::Payload(_) => None,
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
    Ok(of_card(tx, &card).await?.map(|loaded| (loaded, card.view)))
}
