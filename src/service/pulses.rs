//! Sense checks: by the networks' own polls, each counted in its room alone.
//!
//! Two cards go into each room: a text that says what this is, and the native poll. When it ends, delivery ends the
//! native poll, reads its figures ([`counted`]), and a third card tells them. Networks never see more of this than a
//! message with a poll in it.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::{Refusal, ServiceError, cards, journal, require};
use crate::domain::actor::{Actor, Role};
use crate::domain::card::{NativeFigures, View};
use crate::domain::collective::Purpose;
use crate::domain::event::EventKind;
use crate::domain::ids::{Kind, ShortId, new_id};
use crate::domain::language::Language;
use crate::domain::network::Destination;
use crate::domain::pulse::{Draft, LONGEST, Pulse, Sounding};
use crate::domain::schedule::DeadlineKind;
use crate::store::cards::{NewCard, Subject};
use crate::store::{Tx, cards as stored_cards, collectives, deadlines, pulses};

/// Takes the pulse of every public room of the actor's collective.
///
/// # Errors
/// Not an organizer; an end that is past or too far.
pub async fn ask(
    tx: &mut Tx,
    actor: &Actor,
    draft: Draft,
    now: DateTime<Utc>,
) -> Result<Pulse, ServiceError> {
    require(actor, Role::Organizer)?;
    if draft.ends_at <= now {
        return Err(Refusal::ClosesInPast.into());
    }
    if draft.ends_at > now + LONGEST {
        return Err(Refusal::PulseTooLong.into());
    }
    let Some(collective) = collectives::get(tx, actor.collective).await? else {
        return Err(Refusal::NoCollective.into());
    };
    let pulse = Pulse {
        id: new_id(now),
        collective: collective.id,
        number: collectives::next_number(tx, collective.id, Kind::Pulse).await?,
        draft,
        ended: false,
        zone: collective.zone,
    };
    journal::record(tx, actor, EventKind::PulseAsked, pulse.short_id(), now).await?;
    pulses::add(tx, &pulse).await?;
    for room in collectives::rooms(tx, collective.id).await? {
        if room.purpose != Purpose::Public {
            continue;
        }
        let sounding = Sounding {
            id: new_id(now),
            pulse: pulse.id,
            network: room.network,
            address: room.address,
            missing: false,
            figures: None,
        };
        pulses::add_room(tx, &sounding).await?;
        show(tx, &sounding, room.language, View::Object, now).await?;
        // Right after the text: a room's cards come in the order of their times.
        let then = now + TimeDelta::microseconds(1);
        show(tx, &sounding, room.language, View::Native, then).await?;
    }
    deadlines::set(tx, pulse.id, DeadlineKind::PulseEnds, pulse.draft.ends_at).await?;
    Ok(pulse)
}

/// Ends a sense check before its time.
///
/// # Errors
/// Not an organizer; no such sense check; ended before.
pub async fn end(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    now: DateTime<Utc>,
) -> Result<Pulse, ServiceError> {
    require(actor, Role::Organizer)?;
    let short = ShortId::new(Kind::Pulse, number);
    let found = pulses::by_number(tx, actor.collective, number).await?;
    let id = found.ok_or(Refusal::NotFound(short))?.id;
    tx.lock(id).await?;
    if !finish(tx, id, now).await? {
        return Err(Refusal::PulseOver(short).into());
    }
    journal::record(tx, actor, EventKind::PulseEnded, short, now).await?;
    deadlines::clear(tx, id, DeadlineKind::PulseEnds).await?;
    let ended = pulses::get(tx, id).await?;
    Ok(ended.ok_or(Refusal::NotFound(short))?)
}

/// The end of a sense check fell due.
///
/// # Errors
/// The database's.
pub async fn due(tx: &mut Tx, id: Uuid, due_at: DateTime<Utc>) -> Result<(), ServiceError> {
    tx.lock(id).await?;
    finish(tx, id, due_at).await?;
    Ok(())
}

/// What a room's native poll came to: the room is told, in that language.
///
/// # Errors
/// The database's.
pub async fn counted(
    tx: &mut Tx,
    room: Uuid,
    figures: &NativeFigures,
    language: Language,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let Some(sounding) = pulses::room(tx, room).await? else {
        return Ok(());
    };
    pulses::set_figures(tx, room, figures).await?;
    show(tx, &sounding, language, View::Notice, now).await
}

/// A room's native poll is not there, and will not be: its text says so.
///
/// # Errors
/// The database's.
pub async fn missing(tx: &mut Tx, room: Uuid) -> Result<(), ServiceError> {
    pulses::set_missing(tx, room).await?;
    cards::refresh(tx, room).await
}

/// Ends a sense check as of `at`; false if it was over.
async fn finish(tx: &mut Tx, id: Uuid, at: DateTime<Utc>) -> Result<bool, ServiceError> {
    let pulse = pulses::get(tx, id).await?;
    if pulse.is_none_or(|pulse| pulse.ended) {
        return Ok(false);
    }
    pulses::end(tx, id, at).await?;
    for room in pulses::rooms(tx, id).await? {
        // Where it was never shown it must not appear now; where it was tried it may be there, and must end.
        if stored_cards::forget_untried(tx, room.id, View::Native).await? > 0 {
            pulses::set_missing(tx, room.id).await?;
        } else if !room.missing {
            stored_cards::raise(tx, room.id, View::Native).await?;
        }
        cards::refresh(tx, room.id).await?;
    }
    Ok(true)
}

/// Shows a sense check in one room.
async fn show(
    tx: &mut Tx,
    sounding: &Sounding,
    language: Language,
    view: View,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let pulse = pulses::get(tx, sounding.pulse).await?;
    let card = NewCard {
        id: new_id(now),
        collective: pulse.map(|pulse| pulse.collective),
        network: sounding.network,
        destination: Destination::Room(sounding.address.clone()),
        language,
        subject: Subject::Object(Kind::Pulse, sounding.id),
        view,
        payload: None,
    };
    stored_cards::put(tx, &card, now).await?;
    Ok(())
}
