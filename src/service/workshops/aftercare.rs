//! After a workshop: thanks and one question, then the report, which organizers are reminded of.

use chrono::{DateTime, Utc};

use super::super::reminders::due;
use super::super::{Refusal, ServiceError, cards, journal, people, require};
use super::{find, get, held, record, rooms};
use crate::domain::actor::{Actor, Role};
use crate::domain::card::View;
use crate::domain::collective::Purpose;
use crate::domain::event::EventKind;
use crate::domain::ids::Kind;
use crate::domain::schedule::DeadlineKind;
use crate::domain::schedule::ladder;
use crate::domain::text::{self, Wording};
use crate::domain::workshop::{Place, Status, Useful, Workshop};
use crate::store::private_cards::{self, Reminder};
use crate::store::{
    Tx, attendance, cards as stored_cards, deadlines, feedback, reminders, rosters, workshops,
};
use uuid::Uuid;

/// A workshop is over: thanks and the report are due.
pub(super) async fn plan(tx: &mut Tx, workshop: &Workshop) -> Result<(), ServiceError> {
    let (over, zone) = (workshop.over_at(), workshop.zone);
    let thanks = ladder::thanks(over, zone);
    deadlines::set(tx, workshop.id, DeadlineKind::WorkshopThanks, thanks).await?;
    for at in ladder::report_asked(over, zone) {
        deadlines::set(tx, workshop.id, DeadlineKind::WorkshopReport, at).await?;
    }
    Ok(())
}

/// Thanks fell due: in each room, in the thread of the workshop's card; in private for those who were there and want
/// reminders. Late if the bot was down, but not after two days.
///
/// # Errors
/// The database's.
pub async fn thanks(tx: &mut Tx, id: Uuid, now: DateTime<Utc>) -> Result<(), ServiceError> {
    let Some(workshop) = workshops::get(tx, id).await? else {
        return Ok(());
    };
    let moment = ladder::moment_of_thanks(now, workshop.over_at(), workshop.zone);
    if workshop.status != Status::Held
        || !due::goes_now(tx, id, DeadlineKind::WorkshopThanks, moment).await?
    {
        return Ok(());
    }
    due::show_in_threads(tx, &workshop, View::Thanks, now).await?;
    let reminder = Reminder {
        collective: workshop.collective,
        kind: Kind::Workshop,
        subject: id,
        view: View::Thanks,
    };
    for addressee in reminders::of_participants(tx, id).await? {
        if was_there(tx, &workshop, addressee.person).await? {
            private_cards::add(tx, &reminder, &addressee, now).await?;
        }
    }
    Ok(())
}

/// Whether somebody was at a workshop, as far as is known: where nobody checked in, whoever said that they come.
pub(in super::super) async fn was_there(
    tx: &mut Tx,
    workshop: &Workshop,
    person: Uuid,
) -> Result<bool, ServiceError> {
    if attendance::has(tx, workshop.id, person).await? {
        return Ok(true);
    }
    if workshop.attendance.here > 0 {
        return Ok(false);
    }
    let standing = rosters::of(tx, workshop.id, person).await?;
    Ok(standing.is_some_and(|standing| matches!(standing.place, Place::Yes { .. })))
}

/// Records whether a workshop was useful to the actor; a later answer replaces the earlier one.
///
/// # Errors
/// No such workshop; it has not begun, was called off, or is over since more than two weeks; the actor neither was there nor
/// said that they might come.
pub async fn say_useful(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    useful: Useful,
    now: DateTime<Utc>,
) -> Result<Workshop, ServiceError> {
    let workshop = find(tx, actor, number).await?;
    let id = workshop.id;
    if !workshop.takes_feedback(now) {
        return Err(Refusal::NotThen(workshop.short_id()).into());
    }
    let person = people::person(tx, actor, now).await?;
    tx.lock(id).await?;
    let place = rosters::of(tx, id, person).await?.map(|found| found.place);
    let may_have_come = matches!(place, Some(Place::Yes { .. } | Place::Maybe));
    if !may_have_come && !attendance::has(tx, id, person).await? {
        return Err(Refusal::WasNotThere(workshop.short_id()).into());
    }
    let before = feedback::of(tx, id, person).await?;
    feedback::set(tx, id, person, before, Some(useful), now).await?;
    get(tx, id, number).await
}

/// Writes what came of a workshop, or corrects it: rooms get it once, and see corrections in place.
///
/// # Errors
/// Not an organizer; no such workshop; it has not begun, or was called off; an empty or too long text.
pub async fn report(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    text: &str,
    now: DateTime<Utc>,
) -> Result<Workshop, ServiceError> {
    require(actor, Role::Organizer)?;
    let workshop = held(tx, actor.collective, number).await?;
    let id = workshop.id;
    if !workshop.took_place_by(now) {
        return Err(Refusal::NotThen(workshop.short_id()).into());
    }
    let report = Wording::read_paragraphs(text, text::DESCRIPTION_MAX)
        .map_err(|error| Refusal::Text("report", error))?;
    workshops::set_report(tx, id, &report).await?;
    let kind = EventKind::WorkshopReported;
    journal::record(tx, actor, kind, workshop.short_id(), now).await?;
    if workshop.report.is_none() {
        record(tx, &workshop, kind, now).await?;
        deadlines::clear(tx, id, DeadlineKind::WorkshopReport).await?;
        let rooms = rooms::of(tx, &workshop).await?;
        let subject = stored_cards::Subject::Object(Kind::Workshop, id);
        cards::show_in(tx, &rooms, subject, View::Report, now).await?;
    } else {
        stored_cards::raise(tx, id, View::Report).await?;
    }
    stored_cards::raise(tx, id, View::ReportAsked).await?;
    cards::refresh(tx, id).await?;
    get(tx, id, number).await
}

/// Organizers are asked, in the control room, for a report that is not written yet.
///
/// # Errors
/// The database's.
pub async fn ask_for_report(tx: &mut Tx, id: Uuid, now: DateTime<Utc>) -> Result<(), ServiceError> {
    let Some(workshop) = workshops::get(tx, id).await? else {
        return Ok(());
    };
    if workshop.status != Status::Held || workshop.report.is_some() {
        return Ok(());
    }
    // The second time it is a new message: nobody notices an old one. Both at once, after a long downtime, are one.
    stored_cards::forget_shown(tx, id, View::ReportAsked, now).await?;
    let (collective, kind) = (workshop.collective, Kind::Workshop);
    cards::show(
        tx,
        collective,
        Purpose::Control,
        kind,
        id,
        View::ReportAsked,
        now,
    )
    .await
}
