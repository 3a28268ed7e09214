//! Series: a workshop that comes again, one occurrence announced after the other.
//!
//! Each occurrence is a workshop with its own number, roster and cards. [`advance`] alone announces them and sets the one
//! deadline of a series; it is called whenever something changed that it depends on, and asks the record each time, so that
//! a day is announced once whatever happens in between (the database refuses a second one, too).

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::super::{Refusal, ServiceError, cards, journal, require};
use super::{call_off, change, check_times, drafts, find, get, held, publish_now, rooms};
use crate::domain::actor::{Actor, Role};
use crate::domain::card::View;
use crate::domain::collective::Purpose;
use crate::domain::event::EventKind;
use crate::domain::ids::{Kind, new_id};
use crate::domain::schedule::{self, DeadlineKind};
use crate::domain::series::{End, RepeatWish, Rule, Series};
use crate::domain::workshop::{Draft, Status, Wish, Workshop};
use crate::store::{Tx, deadlines, series as stored, workshops};

/// How many days to come are shown.
const SHOWN: usize = 10;

/// What comes of a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The series.
    pub series: Series,
    /// The workshop by which it was named.
    pub workshop: Workshop,
    /// The next days, with the workshop of each that is announced. Skipped ones are among them.
    pub days: Vec<(NaiveDate, Option<Workshop>)>,
}

/// Makes a workshop come again by a rule; or another rule for the series that it is part of, from it on; those that are
/// announced stay. A series that ended goes on.
///
/// # Errors
/// Not an organizer; no such workshop; a draft; over, and part of no series; no rule, or one that gives no day to come.
pub async fn repeat(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    wish: &RepeatWish,
    now: DateTime<Utc>,
) -> Result<Plan, ServiceError> {
    require(actor, Role::Organizer)?;
    find(tx, actor, number).await?;
    let workshop = held(tx, actor.collective, number).await?;
    let short = workshop.short_id();
    let known = match &workshop.slot {
        Some(slot) => stored::get(tx, slot.series).await?,
        None if workshop.status == Status::Draft => return Err(Refusal::RepeatsDraft(short).into()),
        None if !workshop.takes_answers(now) => return Err(Refusal::WorkshopOver(short).into()),
        None => None,
    };
    let (draft, zone) = (&workshop.draft, workshop.zone);
    let local = draft.starts_at.with_timezone(&zone);
    let first = workshop
        .slot
        .as_ref()
        .map_or(local.date_naive(), |slot| slot.day);
    let (rule, end) = match (&wish.rule, wish.every, &known) {
        (Some(typed), None, _) => {
            Rule::read(typed, first, zone).map_err(|_| Refusal::SeriesRule)?
        }
        (None, Some(pace), _) => (Rule::every(pace, first), End::default()),
        (None, None, Some(series)) => (series.rule.clone(), End::default()),
        _ => return Err(Refusal::SeriesRule.into()),
    };
    let times = wish.times.and_then(|times| usize::try_from(times).ok());
    let base = match known {
        Some(series) => series,
        None => Series {
            id: new_id(now),
            collective: workshop.collective,
            rule: rule.clone(),
            first,
            end,
            time: local.time(),
            zone,
            template: draft.clone(),
            rooms: workshops::rooms(tx, workshop.id).await?,
            skipped: Default::default(),
            ended_at: None,
        },
    };
    let series = Series {
        rule,
        first,
        end: End {
            times: times.or(end.times),
            until: wish.until.or(end.until),
        },
        ended_at: None,
        ..base
    };
    stored::put(tx, &series).await?;
    if workshop.slot.is_none() {
        stored::join(tx, series.id, first, workshop.id).await?;
    }
    let all = workshops::of_series(tx, series.id).await?;
    let last = all.last().and_then(|one| one.slot.as_ref());
    if series
        .next(last.map_or(first, |slot| slot.day), now)
        .is_none()
    {
        return Err(Refusal::SeriesEmpty.into());
    }
    journal::record(tx, actor, EventKind::WorkshopRepeated, short, now).await?;
    // Their cards say by which rule they come again.
    for one in all.iter().filter(|one| one.takes_answers(now)) {
        cards::refresh(tx, one.id).await?;
    }
    advance(tx, series.id, now).await?;
    plan(tx, actor, number, now).await
}

/// What comes of the series that a workshop is part of.
///
/// # Errors
/// Not an organizer; no such workshop; it is part of no series.
pub async fn plan(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    now: DateTime<Utc>,
) -> Result<Plan, ServiceError> {
    require(actor, Role::Organizer)?;
    let workshop = find(tx, actor, number).await?;
    let series = of(tx, &workshop).await?;
    let announced = workshops::of_series(tx, series.id).await?;
    let on = |day: NaiveDate| {
        let mut announced = announced.iter();
        let found = announced.find(|one| one.slot.as_ref().is_some_and(|slot| slot.day == day));
        found.cloned()
    };
    let days = series.days().into_iter().map(|day| (day, on(day)));
    let to_come = days.filter(|(day, workshop)| match workshop {
        Some(workshop) => workshop.over_at() > now,
        None => series.ended_at.is_none() && series.start(*day) > now,
    });
    Ok(Plan {
        days: to_come.take(SHOWN).collect(),
        series,
        workshop,
    })
}

async fn of(tx: &mut Tx, workshop: &Workshop) -> Result<Series, ServiceError> {
    let alone = Refusal::NoSeries(workshop.short_id());
    let slot = workshop.slot.as_ref().ok_or_else(|| alone.clone())?;
    Ok(stored::get(tx, slot.series).await?.ok_or(alone)?)
}

/// A workshop of a series, with the series, both held for this transaction.
async fn occurrence(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
) -> Result<(Workshop, Series), ServiceError> {
    require(actor, Role::Organizer)?;
    find(tx, actor, number).await?;
    let workshop = held(tx, actor.collective, number).await?;
    let series = of(tx, &workshop).await?;
    Ok((workshop, series))
}

/// The occurrences of a series from that workshop on that still can change, each held for this transaction.
async fn following(
    tx: &mut Tx,
    from: &Workshop,
    now: DateTime<Utc>,
) -> Result<Vec<Workshop>, ServiceError> {
    let mut all = Vec::new();
    let Some(slot) = &from.slot else {
        return Ok(all);
    };
    for one in workshops::of_series(tx, slot.series).await? {
        let later = one.slot.as_ref().is_some_and(|other| other.day >= slot.day);
        if later && one.takes_answers(now) {
            tx.lock(one.id).await?;
            all.push(get(tx, one.id, one.number).await?);
        }
    }
    Ok(all)
}

/// Leaves a day out of a series: one that is announced is called off, one that is not never will be.
///
/// # Errors
/// Not an organizer; no such workshop; it is part of no series; a day that is none of the series' to come, or was left out
/// before.
pub async fn skip(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    day: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Plan, ServiceError> {
    let (workshop, series) = occurrence(tx, actor, number).await?;
    let held_on = |one: &Workshop| one.draft.starts_at.with_timezone(&series.zone).date_naive();
    let announced = workshops::of_series(tx, series.id).await?;
    let slot_of = |one: &Workshop| one.slot.as_ref().map(|slot| slot.day);
    // The day of the series, or the day to which an occurrence was moved.
    let found = announced.iter().find(|one| slot_of(one) == Some(day));
    let found = found.or_else(|| announced.iter().find(|one| held_on(one) == day));
    let day = match found {
        Some(one) => {
            tx.lock(one.id).await?;
            let one = get(tx, one.id, one.number).await?;
            if !one.takes_answers(now) {
                return Err(Refusal::WorkshopOver(one.short_id()).into());
            }
            call_off(tx, &one, now).await?;
            slot_of(&one).unwrap_or(day)
        }
        None => {
            let to_come = series.days().contains(&day) && series.start(day) > now;
            if series.ended_at.is_some() || !to_come {
                let (at, zone) = (series.start(day), series.zone);
                return Err(Refusal::NotInSeries(workshop.short_id(), at, zone).into());
            }
            day
        }
    };
    if !stored::skip(tx, series.id, day).await? {
        return Err(Refusal::NothingToChange.into());
    }
    let kind = EventKind::WorkshopSkipped;
    journal::record(tx, actor, kind, workshop.short_id(), now).await?;
    advance(tx, series.id, now).await?;
    plan(tx, actor, number, now).await
}

/// Changes a workshop of a series, those that are announced after it, and those to come. A time of day changes on every
/// day; a day changes by another rule only.
///
/// # Errors
/// As [`edit`](super::edit); it is part of no series; another day.
pub async fn edit_all(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    wish: &Wish,
    now: DateTime<Utc>,
) -> Result<(Workshop, usize), ServiceError> {
    let (this, mut series) = occurrence(tx, actor, number).await?;
    if !this.takes_answers(now) {
        return Err(Refusal::WorkshopOver(this.short_id()).into());
    }
    let mut wanted = this.draft.changed(wish).map_err(Refusal::from)?;
    drafts::restrict(tx, actor, &mut wanted, wish).await?;
    let local = |draft: &Draft| draft.starts_at.with_timezone(&this.zone);
    if local(&wanted).date_naive() != local(&this.draft).date_naive() {
        return Err(Refusal::SeriesDay(this.short_id()).into());
    }
    // What stands beside a date of this workshop is carried over to the date of another.
    let rest = Wish {
        when: None,
        closes_at: None,
        ..wish.clone()
    };
    let alike = |draft: &Draft| -> Result<Draft, Refusal> {
        let mut draft = draft.changed(&rest)?;
        if wish.circle.is_some() {
            draft.details.circle.clone_from(&wanted.details.circle);
        }
        if wish.when.is_some() {
            let start =
                schedule::at_local(local(&draft).date_naive(), local(&wanted).time(), this.zone);
            draft.starts_at = start;
            draft.ends_at = wanted.moved(start, this.zone).ends_at;
        }
        if wish.closes_at.is_some() {
            draft.limits.closes_at = wanted.moved(draft.starts_at, this.zone).limits.closes_at;
        }
        Ok(draft)
    };
    let mut count = 0;
    for one in following(tx, &this, now).await? {
        let draft = if one.id == this.id {
            wanted.clone()
        } else {
            alike(&one.draft)?
        };
        let moved = rooms::change(tx, &one, wish).await?;
        if draft == one.draft && !moved {
            continue;
        }
        if wish.when.is_some() || wish.closes_at.is_some() {
            check_times(&draft, now)?;
        }
        change(tx, &one, &draft, moved, now).await?;
        count += 1;
    }
    let before = series.clone();
    series.template = alike(&series.template)?;
    if wish.when.is_some() {
        series.time = local(&wanted).time();
    }
    if wish.rooms.is_some() || wish.without.iter().any(|name| name == "rooms") {
        series.rooms = workshops::rooms(tx, this.id).await?;
    }
    if count == 0 && series == before {
        return Err(Refusal::NothingToChange.into());
    }
    stored::put(tx, &series).await?;
    let kind = EventKind::WorkshopEdited;
    journal::record(tx, actor, kind, this.short_id(), now).await?;
    advance(tx, series.id, now).await?;
    Ok((get(tx, this.id, number).await?, count))
}

/// Calls off a workshop of a series and those that are announced after it; no more will be.
///
/// # Errors
/// As [`cancel`](super::cancel); it is part of no series.
pub async fn cancel_all(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    now: DateTime<Utc>,
) -> Result<(Workshop, usize), ServiceError> {
    let (this, mut series) = occurrence(tx, actor, number).await?;
    let all = following(tx, &this, now).await?;
    if all.is_empty() && series.ended_at.is_some() {
        return Err(Refusal::WorkshopOver(this.short_id()).into());
    }
    for one in &all {
        call_off(tx, one, now).await?;
    }
    series.ended_at = Some(now);
    stored::put(tx, &series).await?;
    deadlines::clear(tx, series.id, DeadlineKind::SeriesNext).await?;
    let kind = EventKind::SeriesEnded;
    journal::record(tx, actor, kind, this.short_id(), now).await?;
    Ok((get(tx, this.id, number).await?, all.len()))
}

/// Announces what is to be announced of a series at `now`, and sets the deadline of what comes next. When nothing comes any
/// more, and the last one is over, the series has ended and organizers are told.
///
/// # Errors
/// The database's.
pub async fn advance(tx: &mut Tx, id: Uuid, now: DateTime<Utc>) -> Result<(), ServiceError> {
    tx.lock(id).await?;
    let Some(mut series) = stored::get(tx, id).await? else {
        return Ok(());
    };
    deadlines::clear(tx, id, DeadlineKind::SeriesNext).await?;
    if series.ended_at.is_some() {
        return Ok(());
    }
    // As a loop: a deadline that was done at this very instant could not be set again.
    loop {
        let all = workshops::of_series(tx, id).await?;
        let Some((last, slot)) = all
            .last()
            .and_then(|last| Some((last, last.slot.as_ref()?)))
        else {
            return Ok(());
        };
        let Some(day) = series.next(slot.day, now) else {
            let over = last.over_at();
            if over > now {
                deadlines::set(tx, id, DeadlineKind::SeriesNext, over).await?;
                return Ok(());
            }
            series.ended_at = Some(now);
            stored::put(tx, &series).await?;
            let (collective, view) = (series.collective, View::SeriesEnds);
            let (kind, last) = (Kind::Workshop, last.id);
            return cards::show(tx, collective, Purpose::Control, kind, last, view, now).await;
        };
        let at = Series::announced_at(last.over_at(), series.start(day));
        if at > now {
            deadlines::set(tx, id, DeadlineKind::SeriesNext, at).await?;
            return Ok(());
        }
        let draft = series.draft_on(day, now);
        let made = drafts::insert(tx, series.collective, &draft, &series.rooms, now).await?;
        stored::join(tx, id, day, made.id).await?;
        let made = get(tx, made.id, made.number).await?;
        publish_now(tx, &made, now).await?;
    }
}
