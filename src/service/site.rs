//! What everybody may read of a collective, on its public pages and in its feeds.
//!
//! Strictly what is public: a workshop that was announced in every public room (one for chosen rooms is theirs), never a
//! draft; polls, which are always shown in every public room, with figures only where those rooms see them; editions of the
//! digest; the plan; commitments and the measure of circles as counts. No person: whoever witnessed a count in a room is
//! left out, and neither reasons nor names of ballots are read.

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::ServiceError;
use super::plan::{self, Plan};
use super::polls::Detail;
use crate::domain::collective::Collective;
use crate::domain::commitment::Tally;
use crate::domain::digest::Digest;
use crate::domain::poll::{Poll, Status as PollStatus};
use crate::domain::widening::Report;
use crate::domain::workshop::{Status, Workshop};
use crate::store::{Tx, collectives, commitments, digests, polls, widening, workshops};

/// Most entries of a list.
const MOST: i64 = 200;
/// A workshop that began this long ago may still go on.
const LONGEST: Duration = Duration::days(2);
/// How many of each the front page names.
const ON_FRONT: usize = 3;

/// The front page.
#[derive(Debug, Clone)]
pub struct Front {
    /// The next workshops.
    pub coming: Vec<Workshop>,
    /// Polls that are open or will be.
    pub open: Vec<Poll>,
    /// The polls that closed last.
    pub decided: Vec<Poll>,
    /// The last edition of the digest.
    pub digest: Option<Digest>,
    /// The plan.
    pub plan: Plan,
}

/// Every collective, by its name in addresses.
///
/// # Errors
/// The database's.
pub async fn collectives(tx: &mut Tx) -> Result<Vec<Collective>, ServiceError> {
    Ok(collectives::all(tx).await?)
}

/// The collective of that name in addresses.
///
/// # Errors
/// The database's.
pub async fn collective(tx: &mut Tx, slug: &str) -> Result<Option<Collective>, ServiceError> {
    Ok(collectives::by_slug(tx, slug).await?)
}

/// What the front page tells.
///
/// # Errors
/// The database's.
pub async fn front(
    tx: &mut Tx,
    collective: Uuid,
    now: DateTime<Utc>,
) -> Result<Front, ServiceError> {
    let mut coming = coming(tx, collective, now).await?;
    coming.retain(|workshop| workshop.status == Status::Announced);
    coming.truncate(ON_FRONT);
    let (open, mut decided) = self::polls(tx, collective, now).await?;
    decided.truncate(ON_FRONT);
    let digest = digests::latest(tx, collective, 1).await?.pop();
    let plan = plan::of_collective(tx, collective).await?;
    Ok(Front {
        coming,
        open,
        decided,
        digest,
        plan,
    })
}

/// Workshops to come and under way, those that were called off among them, soonest first.
///
/// # Errors
/// The database's.
pub async fn coming(
    tx: &mut Tx,
    collective: Uuid,
    now: DateTime<Utc>,
) -> Result<Vec<Workshop>, ServiceError> {
    let mut found = workshops::public(tx, collective, now - LONGEST, MOST).await?;
    found.retain(|workshop| workshop.over_at() > now);
    Ok(found)
}

/// Workshops that are over, latest first.
///
/// # Errors
/// The database's.
pub async fn past(
    tx: &mut Tx,
    collective: Uuid,
    now: DateTime<Utc>,
) -> Result<Vec<Workshop>, ServiceError> {
    let mut found = workshops::past(tx, collective, now, MOST).await?;
    found.retain(|workshop| workshop.over_at() <= now);
    Ok(found)
}

/// One workshop; none unless everybody may see it.
///
/// # Errors
/// The database's.
pub async fn workshop(
    tx: &mut Tx,
    collective: Uuid,
    number: i64,
) -> Result<Option<Workshop>, ServiceError> {
    let found = workshops::by_number(tx, collective, number).await?;
    let Some(found) = found.filter(|workshop| workshop.status != Status::Draft) else {
        return Ok(None);
    };
    let everywhere = workshops::rooms(tx, found.id).await?.is_empty();
    Ok(Some(found).filter(|_| everywhere))
}

/// Polls that are open or will be, first to close first; and those that are closed, last closed first.
///
/// # Errors
/// The database's.
pub async fn polls(
    tx: &mut Tx,
    collective: Uuid,
    now: DateTime<Utc>,
) -> Result<(Vec<Poll>, Vec<Poll>), ServiceError> {
    let all = polls::all(tx, collective, MOST).await?.into_iter();
    let is_open = |poll: &Poll| poll.status != PollStatus::Closed && now < poll.closes_at;
    let (mut open, closed): (Vec<_>, Vec<_>) = all.map(without_people).partition(is_open);
    open.reverse();
    Ok((open, closed))
}

/// One poll, and each of its tallies.
///
/// # Errors
/// The database's.
pub async fn poll(
    tx: &mut Tx,
    collective: Uuid,
    number: i64,
) -> Result<Option<(Poll, Vec<Detail>)>, ServiceError> {
    let found = polls::by_number(tx, collective, number).await?;
    Ok(found.map(without_people).map(|poll| {
        let detail = |tally| Detail {
            tally,
            reasons: Vec::new(),
            named: Vec::new(),
        };
        let tallies = poll.tallies().into_iter().map(detail).collect();
        (poll, tallies)
    }))
}

fn without_people(mut poll: Poll) -> Poll {
    if let Some(room) = &mut poll.room {
        room.witness.clear();
    }
    if poll.status != PollStatus::Closed {
        poll.seed = None;
    }
    poll
}

/// How many commitments there are.
///
/// # Errors
/// The database's.
pub async fn commitments(tx: &mut Tx, collective: Uuid) -> Result<Tally, ServiceError> {
    Ok(commitments::tally(tx, collective).await?)
}

/// The editions of the digest, latest first.
///
/// # Errors
/// The database's.
pub async fn digests(tx: &mut Tx, collective: Uuid) -> Result<Vec<Digest>, ServiceError> {
    Ok(digests::latest(tx, collective, MOST).await?)
}

/// One edition.
///
/// # Errors
/// The database's.
pub async fn digest(
    tx: &mut Tx,
    collective: Uuid,
    number: i64,
) -> Result<Option<Digest>, ServiceError> {
    Ok(digests::by_number(tx, collective, number).await?)
}

/// What was published of how circles widen, the latest month first.
///
/// # Errors
/// The database's.
pub async fn widening(tx: &mut Tx, collective: Uuid) -> Result<Vec<Report>, ServiceError> {
    Ok(widening::published(tx, collective).await?)
}
