//! The entry of a workshop in the calendar of each server that shows it: a card like the others, whose place is the server.
//!
//! A room's server is the network's knowledge, so a card is put for each room; when it is delivered the network tells the
//! server, and cards of the same server become one ([`cards::move_to`](crate::store::cards::move_to)).

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::super::ServiceError;
use super::super::reminders::due::Standing;
use super::rooms;
use crate::domain::card::View;
use crate::domain::ids::{Kind, new_id};
use crate::domain::network::Destination;
use crate::domain::workshop::{Status, Workshop};
use crate::store::cards::{Claimed, NewCard, Subject};
use crate::store::{Tx, cards, collectives, workshops};

/// How long an entry waits for the card that it leads to.
const PATIENCE: Duration = Duration::minutes(1);
/// How often it looks meanwhile.
const LOOK: Duration = Duration::seconds(1);

/// What an entry says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The workshop.
    pub workshop: Workshop,
    /// Its collective's name in addresses.
    pub slug: String,
    /// The network's reference of the card that the entry leads to.
    pub card: Option<String>,
}

/// Brings the entries of a workshop up to date; with `anew`, or if there are none, in every server that shows it.
///
/// # Errors
/// The database's.
pub(super) async fn refresh(
    tx: &mut Tx,
    workshop: &Workshop,
    anew: bool,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let raised = cards::raise(tx, workshop.id, View::Event).await?;
    if raised > 0 && !anew {
        return Ok(());
    }
    let shown_in = rooms::of(tx, workshop).await?;
    for room in shown_in
        .into_iter()
        .filter(|room| room.network.has_events())
    {
        let card = NewCard {
            id: new_id(now),
            collective: Some(workshop.collective),
            network: room.network,
            destination: Destination::Server {
                room: room.address,
                server: None,
            },
            language: room.language,
            subject: Subject::Object(Kind::Workshop, workshop.id),
            view: View::Event,
            payload: None,
        };
        cards::put(tx, &card, now).await?;
    }
    Ok(())
}

/// Enters the workshops to come that have no entry: those of before there were entries, or of before the bot might.
///
/// # Errors
/// The database's.
pub async fn enter_coming(
    tx: &mut Tx,
    collective: Uuid,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    for workshop in workshops::without_event(tx, collective, now).await? {
        refresh(tx, &workshop, true, now).await?;
    }
    Ok(())
}

/// What the entry says; none if its workshop is gone.
///
/// # Errors
/// The database's.
pub async fn entry(tx: &mut Tx, id: Uuid, card: &Claimed) -> Result<Option<Entry>, ServiceError> {
    let Destination::Server { room, .. } = &card.destination else {
        return Ok(None);
    };
    let Some(workshop) = workshops::get(tx, id).await? else {
        return Ok(None);
    };
    let collective = collectives::get(tx, workshop.collective).await?;
    let place = (card.network, room.as_str());
    let leads_to = cards::message_in(tx, id, View::Object, place).await?;
    Ok(collective.map(|collective| Entry {
        workshop,
        slug: collective.slug,
        card: leads_to,
    }))
}

/// What becomes of an entry that is on its way. A workshop that has begun or was called off is not entered any more.
#[must_use]
pub fn entry_standing(card: &Claimed, entry: &Entry, now: DateTime<Utc>) -> Standing {
    let workshop = &entry.workshop;
    if card.message_ref.is_some() {
        return Standing::Goes(None);
    }
    let comes = workshop.status == Status::Announced && workshop.draft.starts_at > now;
    if !comes && card.tried_at.is_none() {
        return Standing::Lapsed;
    }
    let since = workshop.announced_at.unwrap_or(now);
    if entry.card.is_none() && now < since + PATIENCE {
        return Standing::Waits(now + LOOK);
    }
    Standing::Goes(None)
}
