//! Pledges: open one, join with one's own number, leave, extend; and who becomes active by it.
//!
//! What each act costs is a page per level of the thresholds' tree, however many have joined. A wave touches each of those who
//! tip once; telling them is a deadline of its own, a few at a time and never in the quiet hours.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use uuid::Uuid;

use super::commitments::Held;
use super::{Refusal, ServiceError, cards, checkins, mandates, people};
use crate::domain::actor::{Actor, Role};
use crate::domain::card::View;
use crate::domain::collective::Purpose;
use crate::domain::commitment::{About, Commitment, Holder, Part, State};
use crate::domain::event::EventKind;
use crate::domain::ids::{Kind, ShortId, new_id};
use crate::domain::pledge::thresholds::{PageId, Thresholds};
use crate::domain::pledge::{Count, OPEN_MAX, OTHERS_MAX, Pledge};
use crate::domain::schedule::{self, DeadlineKind, ladder};
use crate::store::private_cards::{self, Reminder};
use crate::store::{Tx, collectives, commitments, deadlines, events, pledges, reminders};

/// How many holders are told in one transaction.
const TELL: i64 = 200;

/// On what terms somebody commits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// If so many others do.
    pub threshold: i64,
    /// The last day to join.
    pub last_day: NaiveDate,
    /// Its end.
    pub closes_at: DateTime<Utc>,
}

/// Reads on what terms somebody commits: so many others, by the end of a day.
///
/// # Errors
/// No day, or one that is too far; too many others.
pub(super) async fn terms(
    tx: &mut Tx,
    actor: &Actor,
    threshold: u64,
    by: Option<NaiveDate>,
    now: DateTime<Utc>,
) -> Result<Terms, ServiceError> {
    let threshold = others(threshold)?;
    let by = by.ok_or(Refusal::PledgeNeedsDay)?;
    let closes_at = end_of(tx, actor.collective, by).await?;
    if closes_at <= now || closes_at > now + OPEN_MAX {
        return Err(Refusal::PledgeDay(OPEN_MAX.num_days()).into());
    }
    Ok(Terms {
        threshold,
        last_day: by,
        closes_at,
    })
}

fn others(wanted: u64) -> Result<i64, Refusal> {
    let wanted = i64::try_from(wanted).unwrap_or(i64::MAX);
    if wanted > OTHERS_MAX {
        return Err(Refusal::TooManyOthers(OTHERS_MAX));
    }
    Ok(wanted)
}

/// The end of a day where a collective is.
async fn end_of(
    tx: &mut Tx,
    collective: Uuid,
    day: NaiveDate,
) -> Result<DateTime<Utc>, ServiceError> {
    let zone = zone(tx, collective).await?;
    let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
    Ok(schedule::at_local(next, NaiveTime::MIN, zone))
}

async fn zone(tx: &mut Tx, collective: Uuid) -> Result<Tz, ServiceError> {
    let collective = collectives::get(tx, collective).await?;
    Ok(collective.map_or(chrono_tz::UTC, |collective| collective.zone))
}

/// Opens a pledge in every public room; its author joins it next, by [`enter`].
pub(super) async fn open(
    tx: &mut Tx,
    actor: &Actor,
    sentence: &str,
    about: Option<About>,
    terms: Terms,
    now: DateTime<Utc>,
) -> Result<Pledge, ServiceError> {
    let collective = actor.collective;
    let pledge = Pledge {
        id: new_id(now),
        collective,
        number: collectives::next_number(tx, collective, Kind::Commitment).await?,
        sentence: sentence.to_owned(),
        about,
        threshold: terms.threshold,
        opened_at: now,
        last_day: terms.last_day,
        closes_at: terms.closes_at,
        closed: false,
        count: Count::default(),
    };
    pledges::add(tx, &pledge).await?;
    let act = EventKind::PledgeOpened;
    events::add(tx, new_id(now), collective, act, pledge.id, now).await?;
    let due = pledge.closes_at;
    deadlines::set(tx, pledge.id, DeadlineKind::PledgeCloses, due).await?;
    let kind = Kind::Commitment;
    cards::show(
        tx,
        collective,
        Purpose::Public,
        kind,
        pledge.id,
        View::Object,
        now,
    )
    .await?;
    Ok(pledge)
}

/// The actor joins a pledge, for themselves or for an organisation; or asks for another number of others.
///
/// # Errors
/// No such pledge, or it is closed; too many others; they are active already; as [`people::person`]; they represent no such
/// organisation.
pub async fn join(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    wanted: Option<u64>,
    behalf: Option<&str>,
    now: DateTime<Utc>,
) -> Result<(Pledge, Held), ServiceError> {
    let mut pledge = locked(tx, actor, number).await?;
    let person = people::person(tx, actor, now).await?;
    let organisation = match behalf {
        Some(typed) => Some(mandates::meant(tx, actor, Some(typed)).await?),
        None => None,
    };
    let holder = organisation.as_ref().map(|one| one.id);
    let holder = holder.map_or(Holder::Person(person), Holder::Organisation);
    let threshold = wanted.map(others).transpose()?.unwrap_or(pledge.threshold);
    let there = commitments::in_pledge(tx, pledge.id, holder).await?;
    let gone = |part: &Commitment| part.state == State::Withdrawn;
    // Who waits when the day has come may still do it anyway, or ask for less.
    if pledge.closed && there.as_ref().is_none_or(gone) {
        return Err(Refusal::PledgeClosed(pledge.short_id()).into());
    }
    let part = Some(Part {
        pledge: pledge.id,
        threshold,
    });
    let mut tree = Thresholds::default();
    let commitment = match there {
        Some(commitment) if commitment.state == State::Proposed => {
            let before = commitment.part.map_or(threshold, |part| part.threshold);
            step(tx, &mut tree, pledge.id, |tree| tree.add(before, -1)).await?;
            pledge.count.waiting -= 1;
            let changed = Commitment { part, ..commitment };
            commitments::set(tx, &changed).await?;
            changed
        }
        Some(commitment) if commitment.state == State::Withdrawn => {
            let back = Commitment {
                part,
                state: State::Proposed,
                ..commitment
            };
            commitments::set(tx, &back).await?;
            back
        }
        Some(commitment) => return Err(Refusal::ActiveAlready(commitment.short_id()).into()),
        None => {
            let commitment = Commitment {
                id: new_id(now),
                collective: pledge.collective,
                number: collectives::next_number(tx, pledge.collective, Kind::Commitment).await?,
                holder,
                shown_as: None,
                sentence: pledge.sentence.clone(),
                due: None,
                about: pledge.about.clone(),
                state: State::Proposed,
                taken_at: now,
                part,
            };
            commitments::add(tx, &commitment).await?;
            commitment
        }
    };
    let commitment = enter(tx, actor, &mut pledge, &mut tree, commitment, now).await?;
    let held = Held {
        commitment,
        organisation,
    };
    Ok((pledge, held))
}

/// One more waits, with the number of their part; whoever that makes active becomes so. The part as it stands then.
pub(super) async fn enter(
    tx: &mut Tx,
    actor: &Actor,
    pledge: &mut Pledge,
    tree: &mut Thresholds,
    part: Commitment,
    now: DateTime<Utc>,
) -> Result<Commitment, ServiceError> {
    let threshold = part.part.map_or(pledge.threshold, |part| part.threshold);
    step(tx, tree, pledge.id, |tree| tree.add(threshold, 1)).await?;
    pledge.count.waiting += 1;
    settle(tx, pledge, tree, now).await?;
    if let Holder::Organisation(organisation) = part.holder {
        let (act, id) = (EventKind::PledgeJoined, pledge.short_id());
        mandates::record(tx, actor, organisation, act, id, now).await?;
    }
    checkins::heard(tx, &part, now).await?;
    Ok(commitments::get(tx, part.id).await?.unwrap_or(part))
}

/// Somebody leaves a pledge: their part is given up, erased, or that of somebody who turned out to be there already. Who became
/// active by them stays so.
pub(super) async fn leave(
    tx: &mut Tx,
    part: &Commitment,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let Some(Part { pledge, threshold }) = part.part else {
        return Ok(());
    };
    tx.lock(pledge).await?;
    let Some(mut pledge) = pledges::get(tx, pledge).await? else {
        return Ok(());
    };
    let mut tree = Thresholds::default();
    match part.state {
        State::Proposed => {
            step(tx, &mut tree, pledge.id, |tree| tree.add(threshold, -1)).await?;
            pledge.count.waiting -= 1;
        }
        State::Withdrawn => return Ok(()),
        _ => {
            pledge.count.active -= 1;
            pledge.count.left += 1;
        }
    }
    settle(tx, &mut pledge, &mut tree, now).await
}

/// Somebody leaves every pledge: their data is to be erased.
pub(super) async fn person_erased(
    tx: &mut Tx,
    person: Uuid,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    for part in commitments::all_of_person(tx, person).await? {
        leave(tx, &part, now).await?;
    }
    Ok(())
}

/// Two accounts turn out to be one person's: where both have a part in a pledge, one part is left. An active one stays.
pub(super) async fn person_merged(
    tx: &mut Tx,
    from: Uuid,
    into: Uuid,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    for part in commitments::all_of_person(tx, from).await? {
        let Some(Part { pledge, .. }) = part.part else {
            continue;
        };
        let other = commitments::in_pledge(tx, pledge, Holder::Person(into)).await?;
        if let Some(other) = other {
            let one_goes = match (part.state.is_open(), other.state.is_open()) {
                (true, false) => other,
                _ => part,
            };
            leave(tx, &one_goes, now).await?;
            commitments::delete(tx, one_goes.id).await?;
        }
    }
    Ok(())
}

/// Makes active who is to be, and brings the cards up to date.
async fn settle(
    tx: &mut Tx,
    pledge: &mut Pledge,
    tree: &mut Thresholds,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let active = pledge.count.active;
    if let Some(wave) = step(tx, tree, pledge.id, |tree| tree.wave(active)).await? {
        pledge.count.active += wave.people;
        pledge.count.waiting -= wave.people;
        step(tx, tree, pledge.id, |tree| tree.clear(wave.up_to)).await?;
        commitments::tip(tx, pledge.id, wave.up_to, now).await?;
        if let Some(collective) = collectives::get(tx, pledge.collective).await? {
            checkins::plan_next(tx, &collective, now).await?;
            tell_later(tx, pledge.id, collective.zone, now).await?;
        }
    }
    let active = pledge.count.active;
    pledge.count.next = step(tx, tree, pledge.id, |tree| tree.missing(active)).await?;
    for before in tree.gone_before() {
        pledges::clear_pages(tx, pledge.id, before).await?;
    }
    for (id, page) in tree.changes() {
        pledges::set_page(tx, pledge.id, id, page).await?;
    }
    pledges::set(tx, pledge).await?;
    cards::refresh(tx, pledge.id).await
}

/// Carries a step out on the tree, with the pages that it needs.
async fn step<T>(
    tx: &mut Tx,
    tree: &mut Thresholds,
    pledge: Uuid,
    act: impl Fn(&mut Thresholds) -> Result<T, PageId>,
) -> Result<T, ServiceError> {
    loop {
        match act(tree) {
            Ok(done) => return Ok(done),
            Err(id) => tree.load(id, pledges::page(tx, pledge, id).await?),
        }
    }
}

/// A pledge is open until a later day. Whoever waits can ask for fewer others by joining again, its author too.
///
/// # Errors
/// No such pledge; the actor neither opened it nor steers; a day that is not later, or too far.
pub async fn extend(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    by: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Pledge, ServiceError> {
    let mut pledge = locked(tx, actor, number).await?;
    let first = commitments::first_in(tx, pledge.id).await?;
    let author = first.and_then(|first| first.holder.person());
    if actor.role < Role::Organizer && (author.is_none() || author != actor.person) {
        return Err(Refusal::NotYours(pledge.short_id()).into());
    }
    people::person(tx, actor, now).await?;
    let closes_at = end_of(tx, actor.collective, by).await?;
    let latest = pledge.opened_at + OPEN_MAX;
    if closes_at <= pledge.closes_at.max(now) || closes_at > latest {
        return Err(Refusal::PledgeDay(OPEN_MAX.num_days()).into());
    }
    pledge.last_day = by;
    pledge.closes_at = closes_at;
    pledge.closed = false;
    deadlines::clear(tx, pledge.id, DeadlineKind::PledgeCloses).await?;
    deadlines::set(tx, pledge.id, DeadlineKind::PledgeCloses, closes_at).await?;
    pledges::set(tx, &pledge).await?;
    cards::refresh(tx, pledge.id).await?;
    Ok(pledge)
}

/// The day of a pledge has come: rooms, and those who still wait, are told.
///
/// # Errors
/// The database's.
pub async fn closes(tx: &mut Tx, pledge: Uuid, now: DateTime<Utc>) -> Result<(), ServiceError> {
    tx.lock(pledge).await?;
    let Some(mut pledge) = pledges::get(tx, pledge).await? else {
        return Ok(());
    };
    if pledge.closed || now < pledge.closes_at {
        return Ok(());
    }
    pledge.closed = true;
    pledges::set(tx, &pledge).await?;
    commitments::miss(tx, pledge.id).await?;
    let (act, collective) = (EventKind::PledgeClosed, pledge.collective);
    events::add(tx, new_id(now), collective, act, pledge.id, now).await?;
    cards::refresh(tx, pledge.id).await?;
    let zone = zone(tx, collective).await?;
    tell_later(tx, pledge.id, zone, now).await
}

/// Sees to it that people are told, as soon as the quiet hours allow.
async fn tell_later(
    tx: &mut Tx,
    pledge: Uuid,
    zone: Tz,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    if !deadlines::waits(tx, pledge, DeadlineKind::PledgeTells).await? {
        let due = ladder::awake(now, zone);
        deadlines::set(tx, pledge, DeadlineKind::PledgeTells, due).await?;
    }
    Ok(())
}

/// Rooms are told that a pledge has tipped, or what became of it; and some of those whom it concerns, in private if they want
/// that. The rest are told next.
///
/// # Errors
/// The database's.
pub async fn tells(tx: &mut Tx, pledge: Uuid, now: DateTime<Utc>) -> Result<(), ServiceError> {
    tx.lock(pledge).await?;
    let Some(pledge) = pledges::get(tx, pledge).await? else {
        return Ok(());
    };
    let view = if pledge.closed {
        View::Report
    } else {
        View::Notice
    };
    let (collective, kind) = (pledge.collective, Kind::Commitment);
    cards::show(tx, collective, Purpose::Public, kind, pledge.id, view, now).await?;
    let some = commitments::take_to_tell(tx, pledge.id, TELL).await?;
    for part in &some {
        let Some(person) = part.holder.person() else {
            continue;
        };
        if let Some(to) = reminders::addressee(tx, person).await? {
            let reminder = Reminder {
                collective,
                kind,
                subject: pledge.id,
                view,
            };
            private_cards::add(tx, &reminder, &to, now).await?;
        }
    }
    if i64::try_from(some.len()).unwrap_or(TELL) == TELL {
        // A moment later, so that it is another deadline than this one.
        let next = now + chrono::Duration::seconds(1);
        deadlines::set(tx, pledge.id, DeadlineKind::PledgeTells, next).await?;
    }
    Ok(())
}

/// The pledges that one can join, the first to close first.
///
/// # Errors
/// The database's.
pub async fn opened(tx: &mut Tx, actor: &Actor) -> Result<Vec<Pledge>, ServiceError> {
    Ok(pledges::open(tx, actor.collective).await?)
}

/// The pledge with that number, if it is one.
///
/// # Errors
/// The database's.
pub async fn find(tx: &mut Tx, actor: &Actor, number: i64) -> Result<Option<Pledge>, ServiceError> {
    Ok(pledges::by_number(tx, actor.collective, number).await?)
}

/// The actor's own part in the pledge with that number, or that of an organisation that they represent.
pub(super) async fn part(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
) -> Result<Option<Commitment>, ServiceError> {
    let (Some(pledge), Some(person)) = (find(tx, actor, number).await?, actor.person) else {
        return Ok(None);
    };
    let own = commitments::in_pledge(tx, pledge.id, Holder::Person(person)).await?;
    if own.is_some() {
        return Ok(own);
    }
    for organisation in mandates::own(tx, actor).await? {
        let holder = Holder::Organisation(organisation.id);
        if let Some(part) = commitments::in_pledge(tx, pledge.id, holder).await? {
            return Ok(Some(part));
        }
    }
    Ok(None)
}

/// A pledge, held for this transaction.
async fn locked(tx: &mut Tx, actor: &Actor, number: i64) -> Result<Pledge, ServiceError> {
    let missing = || Refusal::NoPledge(ShortId::new(Kind::Commitment, number));
    let found = find(tx, actor, number).await?.ok_or_else(missing)?;
    tx.lock(found.id).await?;
    Ok(pledges::get(tx, found.id).await?.ok_or_else(missing)?)
}
