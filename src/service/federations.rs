//! What a federation sees of its members: what is public there, and nothing else.
//!
//! Commitments are counted up to the first day of the month, not up to now: whoever could ask every day would see one
//! person come. A digest counts those of its period, once.

use chrono::{DateTime, Datelike, NaiveTime, Utc};
use uuid::Uuid;

use super::plan::versions;
use super::{Refusal, ServiceError};
use crate::domain::actor::Actor;
use crate::domain::collective::Collective;
use crate::domain::federation::{Member, Rollup, Widened};
use crate::domain::plan::State;
use crate::domain::told::{Pledged, apart};
use crate::domain::widening::{Cell, Report};
use crate::domain::{plan as rules, schedule};
use crate::store::{Tx, collectives, organisations, plan, polls, widening, workshops};

/// Workshops of a member that are named.
const COMING: i64 = 10;

/// What is public of the members of the actor's collective.
///
/// # Errors
/// No collective stands in it.
pub async fn rollup(
    tx: &mut Tx,
    actor: &Actor,
    collective: &Collective,
    now: DateTime<Utc>,
) -> Result<Rollup, ServiceError> {
    let today = now.with_timezone(&collective.zone).date_naive();
    let first = today.with_day(1).unwrap_or(today);
    let until = schedule::at_local(first, NaiveTime::default(), collective.zone);
    let period = (DateTime::UNIX_EPOCH, until);
    let mut rollup = of(tx, actor.collective, period, now).await?;
    if rollup.members.is_empty() {
        return Err(Refusal::NoFederation.into());
    }
    rollup.before = Some(first);
    Ok(rollup)
}

/// What is public of the members of a collective now, with the commitments that were taken in a period; of no members where
/// nobody stands in it.
///
/// # Errors
/// The database's.
pub(super) async fn of(
    tx: &mut Tx,
    federation: Uuid,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Result<Rollup, ServiceError> {
    let mut found = Rollup::default();
    let mut pledged: Vec<Pledged> = Vec::new();
    let mut reports: Vec<Report> = Vec::new();
    let mut next = collectives::members(tx, federation).await?;
    next.reverse();
    while let Some(collective) = next.pop() {
        let mut inner = collectives::members(tx, collective.id).await?;
        inner.reverse();
        next.extend(inner);
        let (public, others) = versions::pledged(tx, collective.id, from, until).await?;
        let member = member(tx, &collective, now).await?;
        found.members.push(Member { public, ..member });
        pledged.push(others);
        reports.extend(widening::published(tx, collective.id).await?);
    }
    found.commitments = apart(&pledged);
    found.widened = widened(&reports);
    Ok(found)
}

async fn member(
    tx: &mut Tx,
    collective: &Collective,
    now: DateTime<Utc>,
) -> Result<Member, ServiceError> {
    let id = collective.id;
    let milestones = plan::milestones(tx, id).await?;
    let actions = plan::actions(tx, id).await?;
    let (mut done, mut counted) = (0, 0);
    for milestone in &milestones {
        let share = rules::share(milestone.id, &actions);
        (done, counted) = (done + share.0, counted + share.1);
    }
    let free = actions.iter().filter(|one| one.state == State::NeedsLead);
    let mut roll = organisations::all(tx, id).await?;
    roll.retain(|one| one.active);
    let mut open = polls::open(tx, id).await?;
    open.retain(|poll| poll.opens_at <= now && poll.terms.circle.is_none());
    let mut coming = workshops::coming_for_all(tx, id, now, COMING).await?;
    coming.retain(|workshop| workshop.draft.details.circle.is_none());
    let mut steps = collective.steps.iter();
    let own_step = steps.find(|step| Some(&step.slug) == collective.step.as_ref());
    Ok(Member {
        name: collective.name.clone(),
        zone: collective.zone,
        step: collective.step.clone(),
        own_step: own_step.cloned(),
        milestones: count(milestones.len()),
        done,
        counted,
        to_carry: count(free.count()),
        organisations: roll.into_iter().map(|one| one.name).collect(),
        open: open.into_iter().map(|poll| poll.question).collect(),
        coming: coming
            .into_iter()
            .map(|workshop| (workshop.draft.title, workshop.draft.starts_at))
            .collect(),
        public: Pledged::default(),
    })
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

/// The sum of what members published of the latest month of which any did. A member of which too few people took part to say
/// how many is left out.
fn widened(reports: &[Report]) -> Option<Widened> {
    let month = reports.iter().map(|report| report.month).max()?;
    let of_month = reports.iter().filter(|report| report.month == month);
    let published = of_month.filter_map(|report| {
        let mut cells = report.people.iter();
        let (_, people) = cells.find(|(cell, _)| *cell == Cell::Participants)?;
        Some((*people, report.workshops))
    });
    let none = Widened {
        month,
        members: 0,
        participants: 0,
        workshops: 0,
    };
    let sum = published.fold(none, |sum, (people, workshops)| Widened {
        members: sum.members + 1,
        participants: sum.participants + people,
        workshops: sum.workshops + workshops,
        ..sum
    });
    (sum.members > 0).then_some(sum)
}
