//! Digests: compose from the record, preview, publish, weekly.

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::{Refusal, ServiceError, cards, federations, journal, require};
use crate::domain::actor::{Actor, Role};
use crate::domain::card::View;
use crate::domain::collective::{Collective, Purpose};
use crate::domain::commitment::Tally;
use crate::domain::digest::{Digest, Facts};
use crate::domain::event::EventKind;
use crate::domain::ids::{Kind, ShortId, new_id};
use crate::domain::schedule::{self, DeadlineKind};
use crate::store::{Tx, collectives, deadlines, digests, events, polls, workshops};

/// How far back the first edition looks, in days.
const FIRST_PERIOD_DAYS: i64 = 7;
/// How many coming workshops an edition names.
const COMING: i64 = 5;

/// What the next edition would say now.
///
/// # Errors
/// Not an editor; nothing to tell.
pub async fn preview(
    tx: &mut Tx,
    actor: &Actor,
    collective: &Collective,
    now: DateTime<Utc>,
) -> Result<Facts, ServiceError> {
    require(actor, Role::Editor)?;
    let facts = compose(tx, collective, now).await?;
    if facts.is_empty() {
        Err(Refusal::NothingToTell.into())
    } else {
        Ok(facts)
    }
}

/// Publishes the next edition in every public room.
///
/// # Errors
/// Not an editor; nothing to tell.
pub async fn publish(
    tx: &mut Tx,
    actor: &Actor,
    collective: &Collective,
    now: DateTime<Utc>,
) -> Result<Digest, ServiceError> {
    require(actor, Role::Editor)?;
    // Held before composing: of two who publish at once the second finds its period told already.
    tx.lock(collective.id).await?;
    let facts = compose(tx, collective, now).await?;
    if facts.is_empty() {
        return Err(Refusal::NothingToTell.into());
    }
    let digest = record(tx, collective, facts, now).await?;
    let short = ShortId::new(Kind::Digest, digest.number);
    journal::record(tx, actor, EventKind::DigestPublished, short, now).await?;
    Ok(digest)
}

/// The weekly deadline of a collective has come: an edition is published unless there is nothing to tell, and the
/// next deadline is set.
///
/// # Errors
/// The database's.
pub async fn weekly(tx: &mut Tx, collective: Uuid, now: DateTime<Utc>) -> Result<(), ServiceError> {
    let Some(collective) = collectives::get(tx, collective).await? else {
        return Ok(());
    };
    tx.lock(collective.id).await?;
    plan_next(tx, &collective, now).await?;
    let facts = compose(tx, &collective, now).await?;
    if !facts.is_empty() {
        record(tx, &collective, facts, now).await?;
    }
    Ok(())
}

/// Sees to it that a collective's next weekly edition is due.
///
/// # Errors
/// The database's.
pub async fn plan_next(
    tx: &mut Tx,
    collective: &Collective,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    if !deadlines::waits(tx, collective.id, DeadlineKind::WeeklyDigest).await? {
        let due = schedule::next_weekly_digest(now, collective.zone);
        deadlines::set(tx, collective.id, DeadlineKind::WeeklyDigest, due).await?;
    }
    Ok(())
}

async fn record(
    tx: &mut Tx,
    collective: &Collective,
    facts: Facts,
    now: DateTime<Utc>,
) -> Result<Digest, ServiceError> {
    let digest = Digest {
        id: new_id(now),
        collective: collective.id,
        number: collectives::next_number(tx, collective.id, Kind::Digest).await?,
        facts,
    };
    digests::add(tx, &digest).await?;
    events::add(
        tx,
        new_id(now),
        collective.id,
        EventKind::DigestPublished,
        digest.id,
        now,
    )
    .await?;
    cards::show(
        tx,
        collective.id,
        Purpose::Public,
        Kind::Digest,
        digest.id,
        View::Object,
        now,
    )
    .await?;
    Ok(digest)
}

async fn compose(
    tx: &mut Tx,
    collective: &Collective,
    now: DateTime<Utc>,
) -> Result<Facts, ServiceError> {
    let from = digests::last_until(tx, collective.id)
        .await?
        .unwrap_or_else(|| now - Duration::days(FIRST_PERIOD_DAYS));
    let mut decided = Vec::new();
    for id in events::subjects(tx, collective.id, EventKind::PollClosed, from, now).await? {
        decided.extend(polls::get(tx, id).await?);
    }
    let mut held = Vec::new();
    for id in events::subjects(tx, collective.id, EventKind::WorkshopHeld, from, now).await? {
        if workshops::rooms(tx, id).await?.is_empty() {
            held.extend(workshops::get(tx, id).await?);
        }
    }
    // What was announced in chosen rooms only stays there.
    let next = workshops::coming_for_all(tx, collective.id, now, COMING).await?;
    let mut count = [0_i64; 3];
    let kinds = [
        EventKind::CommitmentTaken,
        EventKind::CommitmentKept,
        EventKind::CommitmentUnderWay,
    ];
    for (n, kind) in count.iter_mut().zip(kinds) {
        let subjects = events::subjects(tx, collective.id, kind, from, now).await?;
        *n = i64::try_from(subjects.len()).unwrap_or(i64::MAX);
    }
    let [taken, kept, under_way] = count;
    Ok(Facts {
        from,
        until: now,
        collective: collective.name.clone(),
        zone: collective.zone,
        decided,
        held,
        committed: Tally {
            taken,
            kept,
            under_way,
        },
        next,
        open: polls::open(tx, collective.id).await?,
        members: federations::of(tx, collective.id, (from, now), now).await?,
    })
}
