//! How much waits to be done: for those who keep the process running.

use chrono::{DateTime, Duration, Utc};

use super::ServiceError;
use crate::store::{Tx, cards, deadlines, inbox};

/// A deadline that has waited this long is late: the scheduler looks every second.
const LATE: Duration = Duration::minutes(1);

/// What waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backlog {
    /// Cards that are behind, stuck ones included.
    pub pending: i64,
    /// Cards that are given up on until they are raised again.
    pub stuck: i64,
    /// Deadlines that should have run.
    pub late: i64,
    /// Events that are not handled yet.
    pub inbox: i64,
}

/// What waits at `now`.
///
/// # Errors
/// The database's.
pub async fn backlog(tx: &mut Tx, now: DateTime<Utc>) -> Result<Backlog, ServiceError> {
    let (pending, stuck) = cards::backlog(tx).await?;
    Ok(Backlog {
        pending,
        stuck,
        late: deadlines::late(tx, now - LATE).await?,
        inbox: inbox::backlog(tx).await?,
    })
}
