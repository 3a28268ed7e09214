//! The rooms hear when a milestone has come a quarter of the way further.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::domain::card::View;
use crate::domain::collective::Purpose;
use crate::domain::ids::Kind;
use crate::domain::organisation::Organisation;
use crate::domain::plan::{Milestone, share};
use crate::domain::progress::{Quarter, newly_reached};
use crate::service::{ServiceError, cards};
use crate::store::plan::{self, Reached};
use crate::store::{Tx, organisations};

/// A milestone that came a quarter of the way further.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// The milestone.
    pub milestone: Milestone,
    /// How far it was when it was told.
    pub reached: Reached,
    /// The organisations that carry the actions that count.
    pub carriers: Vec<Organisation>,
}

/// Shows in the public rooms that a milestone has newly reached a quarter, if it has.
///
/// # Errors
/// The database's.
pub(super) async fn tell(
    tx: &mut Tx,
    collective: Uuid,
    milestone: Uuid,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let actions = plan::actions(tx, collective).await?;
    let (done, counted) = share(milestone, &actions);
    let told = plan::told(tx, milestone).await?;
    let Some(quarter) = newly_reached(told, done, counted) else {
        return Ok(());
    };
    let reached = Reached {
        quarter,
        done,
        counted,
    };
    plan::tell(tx, milestone, reached, now).await?;
    let (public, kind, view) = (Purpose::Public, Kind::Milestone, View::Progress(quarter));
    cards::show(tx, collective, public, kind, milestone, view, now).await
}

/// What was told of a milestone when it reached that quarter.
///
/// # Errors
/// The database's.
pub async fn of(
    tx: &mut Tx,
    milestone: Uuid,
    quarter: Quarter,
) -> Result<Option<Progress>, ServiceError> {
    let milestone = plan::milestone(tx, milestone).await?;
    let Some(milestone) = milestone else {
        return Ok(None);
    };
    let Some(reached) = plan::reached(tx, milestone.id, quarter).await? else {
        return Ok(None);
    };
    let actions = plan::actions(tx, milestone.collective).await?;
    let carries = |one: &Organisation| {
        let mut counted = actions
            .iter()
            .filter(|a| a.milestone == milestone.id && a.state.counts());
        counted.any(|action| action.lead == Some(one.id))
    };
    let mut carriers = organisations::all(tx, milestone.collective).await?;
    carriers.retain(carries);
    Ok(Some(Progress {
        milestone,
        reached,
        carriers,
    }))
}
