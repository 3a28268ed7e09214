//! The measure of widening circles: worked out once a month, published as figures that tell of nobody, never anew.
//!
//! It is not worked out on demand: whoever could ask every day would see one person come.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveTime, Utc};
use uuid::Uuid;

use super::ServiceError;
use crate::domain::actor::Actor;
use crate::domain::collective::Collective;
use crate::domain::schedule::{self, DeadlineKind};
use crate::domain::widening::{self, Act, Circle, Period, Report};
use crate::store::{Tx, collectives, deadlines, organisations, widening as stored};

/// Sees to it that the end of the month is measured.
///
/// # Errors
/// The database's.
pub async fn plan_next(
    tx: &mut Tx,
    collective: &Collective,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    if !deadlines::waits(tx, collective.id, DeadlineKind::MonthEnds).await? {
        let due = schedule::next_month_end(now, collective.zone);
        deadlines::set(tx, collective.id, DeadlineKind::MonthEnds, due).await?;
    }
    Ok(())
}

/// A month has ended: it is measured, and the end of the next one will be. Who took part is noted until then.
///
/// # Errors
/// The database's.
pub async fn month_ended(
    tx: &mut Tx,
    collective: Uuid,
    due: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let Some(collective) = collectives::get(tx, collective).await? else {
        return Ok(());
    };
    tx.lock(collective.id).await?;
    plan_next(tx, &collective, now).await?;
    let day = due.with_timezone(&collective.zone).date_naive();
    if let Some(month) = first_of(day).checked_sub_months(Months::new(1)) {
        measure(tx, &collective, month).await?;
    }
    Ok(())
}

fn first_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

async fn measure(
    tx: &mut Tx,
    collective: &Collective,
    month: NaiveDate,
) -> Result<(), ServiceError> {
    let (id, zone) = (collective.id, collective.zone);
    let next = month + Months::new(1);
    let [from, until] =
        [month, next].map(|day| schedule::at_local(day, NaiveTime::default(), zone));
    let acted = stored::acts(tx, id, from, until).await?;
    let last_month = month - Months::new(1);
    let returning = stored::noted(tx, id, last_month).await?;
    let newcomers: BTreeSet<Uuid> = acted
        .iter()
        .filter(|act| act.since >= from)
        .map(|act| act.person)
        .collect();
    let people: BTreeSet<Uuid> = acted.iter().map(|act| act.person).collect();
    let mut acts: Vec<Act<Uuid>> = acted
        .into_iter()
        .map(|act| Act {
            person: act.person,
            circle: act.circle,
            day: act.at.with_timezone(&zone).date_naive(),
            organisation: act.organisation,
        })
        .collect();
    let of_persons = acts.len();
    // That they took part then is all that is noted of them: not how.
    acts.extend(returning.into_iter().map(|person| Act {
        person,
        circle: Circle::TakingPart,
        day: last_month,
        organisation: None,
    }));
    let [now, before] = [month, last_month].map(|first| Period {
        from: first,
        to: first + Months::new(1) - Days::new(1),
    });
    let census = widening::census(&acts, |person| !newcomers.contains(person), now, before);

    let roll = organisations::all(tx, id).await?;
    let all: BTreeSet<&str> = roll.iter().map(|one| one.slug.as_str()).collect();
    let mut active: BTreeSet<String> = widening::organisations(&acts, now)
        .into_iter()
        .map(str::to_owned)
        .collect();
    let open = widening::openness(&acts[..of_persons], now, &all);
    active.extend(stored::voices(tx, id, from, until).await?);
    let sectors = roll.iter().filter(|one| active.contains(&one.slug));
    let sectors: BTreeSet<String> = sectors.map(|one| one.sector.clone()).collect();
    let (workshops, attendance) = stored::workshops(tx, id, from, until).await?;
    let report = Report {
        month,
        people: widening::publish(&census, false),
        organisations: active.into_iter().collect(),
        sectors: sectors.into_iter().collect(),
        workshops,
        attendance,
        open,
    };
    stored::publish(tx, id, &report).await?;
    for person in people {
        stored::note(tx, id, person, month).await?;
    }
    stored::forget(tx, id, month).await?;
    Ok(())
}

/// What was published of the months of the actor's collective, the latest first.
///
/// # Errors
/// The database's.
pub async fn published(tx: &mut Tx, actor: &Actor) -> Result<Vec<Report>, ServiceError> {
    Ok(stored::published(tx, actor.collective).await?)
}
