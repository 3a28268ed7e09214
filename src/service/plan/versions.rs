//! Versions of the plan: organizers adopt it, hear after two years that it is due, evaluate it and carry it on.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use uuid::Uuid;

use super::action;
use crate::domain::actor::{Actor, Role};
use crate::domain::card::View;
use crate::domain::collective::{Collective, Purpose};
use crate::domain::event::{EventKind, Subject};
use crate::domain::ids::new_id;
use crate::domain::plan::Action;
use crate::domain::plan::version::{Record, Version};
use crate::domain::schedule::{self, DeadlineKind, ladder};
use crate::domain::text::{self, Wording};
use crate::domain::told::Pledged;
use crate::service::{Refusal, ServiceError, cards, journal, require};
use crate::store::{
    Tx, cards as stored_cards, collectives, commitments, deadlines, events, organisations, plan,
    versions,
};

/// What a version would be frozen as, and what goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// The version that runs.
    pub version: Version,
    /// As it stands.
    pub record: Record,
    /// What goes on in the next.
    pub carried: Vec<Action>,
}

/// What rooms are told of versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// It is due for evaluation.
    Due(Version),
    /// It was evaluated, and its plan goes on in the next.
    Revised(Version, Box<Record>),
}

/// The version that runs, if the plan was adopted.
///
/// # Errors
/// The database's.
pub async fn current(tx: &mut Tx, collective: Uuid) -> Result<Option<Version>, ServiceError> {
    let all = versions::all(tx, collective).await?;
    Ok(all.into_iter().find(|one| one.frozen_at.is_none()))
}

/// The collective adopts its plan: the first version begins on that day, today if none is given. Where one runs, the day on
/// which it began is corrected.
///
/// # Errors
/// Not an organizer; there is no plan yet; nothing to change.
pub async fn adopt(
    tx: &mut Tx,
    actor: &Actor,
    collective: &Collective,
    begins_on: Option<NaiveDate>,
    now: DateTime<Utc>,
) -> Result<Version, ServiceError> {
    require(actor, Role::Organizer)?;
    tx.lock(actor.collective).await?;
    if plan::milestones(tx, actor.collective).await?.is_empty() {
        return Err(Refusal::NoPlan.into());
    }
    let before = current(tx, actor.collective).await?;
    let version = match (before, begins_on) {
        (Some(before), Some(begins_on)) if before.begins_on != begins_on => Version {
            begins_on,
            ..before
        },
        (Some(_), _) => return Err(Refusal::NothingToChange.into()),
        (None, begins_on) => Version {
            id: new_id(now),
            collective: actor.collective,
            number: 1,
            begins_on: begins_on.unwrap_or_else(|| today(collective, now)),
            frozen_at: None,
        },
    };
    begin(tx, collective, &version).await?;
    record(tx, actor, &version, EventKind::PlanAdopted, now).await?;
    Ok(version)
}

fn today(collective: &Collective, now: DateTime<Utc>) -> NaiveDate {
    now.with_timezone(&collective.zone).date_naive()
}

/// Keeps a version, and sees to it that organizers hear when it is due.
async fn begin(
    tx: &mut Tx,
    collective: &Collective,
    version: &Version,
) -> Result<(), ServiceError> {
    versions::put(tx, version).await?;
    let morning = NaiveTime::from_hms_opt(ladder::QUIET_UNTIL, 0, 0).unwrap_or_default();
    let due = schedule::at_local(version.due_on(), morning, collective.zone);
    deadlines::clear(tx, version.id, DeadlineKind::PlanDue).await?;
    Ok(deadlines::set(tx, version.id, DeadlineKind::PlanDue, due).await?)
}

async fn record(
    tx: &mut Tx,
    actor: &Actor,
    version: &Version,
    act: EventKind,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let subject = Subject::Named(format!("version-{}", version.number));
    journal::record(tx, actor, act, subject, now).await
}

/// Two years have passed since a version began: the control room hears that it is due, unless it was revised before.
///
/// # Errors
/// The database's.
pub async fn due(tx: &mut Tx, id: Uuid, now: DateTime<Utc>) -> Result<(), ServiceError> {
    let version = versions::get(tx, id).await?;
    match version.filter(|one| one.frozen_at.is_none()) {
        Some(version) => tell(tx, &version, Purpose::Control, View::Reminder, now).await,
        None => Ok(()),
    }
}

async fn tell(
    tx: &mut Tx,
    version: &Version,
    purpose: Purpose,
    view: View,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let mut rooms = collectives::rooms(tx, version.collective).await?;
    rooms.retain(|room| room.purpose == purpose);
    let subject = stored_cards::Subject::Version(version.id);
    cards::show_in(tx, &rooms, subject, view, now).await
}

/// Writes what came of an action, in one line; a later line replaces the earlier one.
///
/// # Errors
/// Not an organizer; no such action; the plan is not adopted; a wrong text.
pub async fn evaluate(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    outcome: &str,
    now: DateTime<Utc>,
) -> Result<(Action, Wording), ServiceError> {
    require(actor, Role::Organizer)?;
    let action = action(tx, actor, number).await?;
    if current(tx, actor.collective).await?.is_none() {
        return Err(Refusal::NotAdopted.into());
    }
    let outcome = Wording::read(outcome, text::SENTENCE_MAX);
    let outcome = outcome.map_err(|error| Refusal::Text("outcome", error))?;
    versions::set_outcome(tx, action.id, &outcome).await?;
    let act = EventKind::ActionEvaluated;
    journal::record(tx, actor, act, action.short_id(), now).await?;
    Ok((action, outcome))
}

/// What the version that runs would be frozen as, and what would go on.
///
/// # Errors
/// Not an organizer; the plan is not adopted.
pub async fn review(
    tx: &mut Tx,
    actor: &Actor,
    collective: &Collective,
    now: DateTime<Utc>,
) -> Result<Review, ServiceError> {
    require(actor, Role::Organizer)?;
    let version = current(tx, actor.collective).await?;
    let version = version.ok_or(Refusal::NotAdopted)?;
    let record = stands(tx, collective, &version, now).await?;
    let carried = record.carried(record.ends_on);
    Ok(Review {
        version,
        record,
        carried,
    })
}

/// Freezes version `number` of the plan and carries what is open into the next, which begins today; rooms hear of it.
///
/// # Errors
/// Not an organizer; the plan is not adopted; another version runs, as somebody else was first.
pub async fn revise(
    tx: &mut Tx,
    actor: &Actor,
    collective: &Collective,
    number: u64,
    now: DateTime<Utc>,
) -> Result<(Version, Review), ServiceError> {
    require(actor, Role::Organizer)?;
    tx.lock(actor.collective).await?;
    let review = review(tx, actor, collective, now).await?;
    let Review {
        version,
        record: frozen,
        carried,
    } = &review;
    if u64::try_from(version.number) != Ok(number) {
        return Err(Refusal::NotThatVersion(version.number).into());
    }
    versions::freeze(tx, version, frozen, now).await?;
    for action in carried {
        plan::put_action(tx, action).await?;
    }
    let next = Version {
        id: new_id(now),
        collective: version.collective,
        number: version.number + 1,
        begins_on: frozen.ends_on,
        frozen_at: None,
    };
    deadlines::clear(tx, version.id, DeadlineKind::PlanDue).await?;
    begin(tx, collective, &next).await?;
    record(tx, actor, version, EventKind::PlanRevised, now).await?;
    tell(tx, version, Purpose::Public, View::Notice, now).await?;
    Ok((next, review))
}

/// The plan as it stands today, evaluated.
async fn stands(
    tx: &mut Tx,
    collective: &Collective,
    version: &Version,
    now: DateTime<Utc>,
) -> Result<Record, ServiceError> {
    let id = collective.id;
    let actions = plan::actions(tx, id).await?;
    let mut named = organisations::all(tx, id).await?;
    named.retain(|one| {
        let mut carried = actions.iter();
        carried.any(|a| a.lead == Some(one.id) || a.helpers.contains(&one.id))
    });
    let from = schedule::at_local(version.begins_on, NaiveTime::default(), collective.zone);
    let (public, others) = pledged(tx, id, from, now).await?;
    Ok(Record {
        begins_on: version.begins_on,
        ends_on: today(collective, now),
        milestones: plan::milestones(tx, id).await?,
        actions,
        organisations: named.into_iter().map(|one| (one.id, one.name)).collect(),
        outcomes: versions::outcomes(tx, id).await?,
        public,
        commitments: others.told(),
    })
}

/// How many commitments were taken in a collective from `from` until before `until`, by whomever, and how many of these were
/// kept by then: those that anybody may read now, and the others, erased ones included.
///
/// # Errors
/// The database's.
pub(in crate::service) async fn pledged(
    tx: &mut Tx,
    collective: Uuid,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<(Pledged, Pledged), ServiceError> {
    let taken = events::subjects(tx, collective, EventKind::CommitmentTaken, from, until).await?;
    let kept = events::subjects(tx, collective, EventKind::CommitmentKept, from, until).await?;
    let kept: BTreeSet<Uuid> = kept.into_iter().collect();
    let readable = commitments::public(tx, collective).await?;
    let (mut public, mut others) = (Pledged::default(), Pledged::default());
    for id in taken {
        let counted = if readable.contains(&id) {
            &mut public
        } else {
            &mut others
        };
        counted.taken += 1;
        counted.kept += u64::from(kept.contains(&id));
    }
    Ok((public, others))
}

/// A version of the actor's collective as it stood when it was frozen; none: it runs.
///
/// # Errors
/// No such version.
pub async fn read(
    tx: &mut Tx,
    actor: &Actor,
    number: u64,
) -> Result<(Version, Option<Record>), ServiceError> {
    let all = versions::all(tx, actor.collective).await?;
    let found = all
        .into_iter()
        .find(|one| u64::try_from(one.number) == Ok(number));
    let version = found.ok_or(Refusal::NoVersion(number))?;
    let record = versions::record(tx, version.id).await?;
    Ok((version, record))
}

/// What rooms are told of a version, by a card of that view.
///
/// # Errors
/// The database's.
pub async fn notice(tx: &mut Tx, id: Uuid) -> Result<Option<Notice>, ServiceError> {
    let Some(version) = versions::get(tx, id).await? else {
        return Ok(None);
    };
    let record = versions::record(tx, id).await?;
    Ok(Some(match record {
        Some(record) => Notice::Revised(version, Box::new(record)),
        None => Notice::Due(version),
    }))
}
