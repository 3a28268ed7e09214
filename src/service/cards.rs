//! Cards in rooms: which room shows what, and since which change it is behind.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::ServiceError;
use crate::domain::card::{Message, View};
use crate::domain::collective::{Purpose, Room};
use crate::domain::ids::{Kind, new_id};
use crate::domain::language::Language;
use crate::domain::network::{Destination, NetworkKind};
use crate::domain::workshop::Reach;
use crate::store::cards::{NewCard, Subject};
use crate::store::{Tx, cards, collectives};

/// Shows a subject in every room of that purpose in its collective, each in the room's language.
///
/// # Errors
/// The database's.
pub async fn show(
    tx: &mut Tx,
    collective: Uuid,
    purpose: Purpose,
    kind: Kind,
    subject: Uuid,
    view: View,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let mut rooms = collectives::rooms(tx, collective).await?;
    rooms.retain(|room| room.purpose == purpose);
    show_in(tx, &rooms, Subject::Object(kind, subject), view, now).await
}

/// Shows a subject in these rooms, each in the room's language.
///
/// # Errors
/// The database's.
pub async fn show_in(
    tx: &mut Tx,
    rooms: &[Room],
    subject: Subject,
    view: View,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    for room in rooms {
        let card = NewCard {
            id: new_id(now),
            collective: Some(room.collective),
            network: room.network,
            destination: Destination::Room(room.address.clone()),
            language: room.language,
            subject,
            view,
            payload: None,
        };
        cards::put(tx, &card, now).await?;
    }
    Ok(())
}

/// Shows somebody an offer of seats, in private; or, as a [`View::Notice`], that it is over.
///
/// # Errors
/// The database's.
pub async fn show_offer(
    tx: &mut Tx,
    collective: Uuid,
    offer: Uuid,
    reach: &Reach,
    view: View,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let card = NewCard {
        id: new_id(now),
        collective: Some(collective),
        network: reach.account.network,
        destination: Destination::Direct(reach.account.address.clone()),
        language: reach.language,
        subject: Subject::Offer(offer),
        view,
        payload: None,
    };
    cards::put(tx, &card, now).await?;
    Ok(())
}

/// Brings the rooms that show a subject up to date.
///
/// # Errors
/// The database's.
pub async fn refresh(tx: &mut Tx, subject: Uuid) -> Result<(), ServiceError> {
    cards::raise(tx, subject, View::Object).await?;
    Ok(())
}

/// Sends one message to one place, once.
///
/// # Errors
/// The database's.
pub async fn answer(
    tx: &mut Tx,
    network: NetworkKind,
    destination: Destination,
    language: Language,
    message: Message,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let id = new_id(now);
    let card = NewCard {
        id,
        collective: None,
        network,
        destination,
        language,
        subject: Subject::Payload(id),
        view: View::Answer,
        payload: Some(message),
    };
    cards::put(tx, &card, now).await?;
    Ok(())
}
