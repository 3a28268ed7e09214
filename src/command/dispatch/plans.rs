//! Versions of the plan.

use chrono::{DateTime, Utc};

use super::super::desk::Tools;
use crate::domain::actor::Actor;
use crate::domain::card::Message;
use crate::domain::collective::Collective;
use crate::present;
use crate::service::ServiceError;
use crate::service::gateway::Tx;
use crate::service::plan::{self, versions};

/// A version as it was frozen, or the plan as it stands if that one runs.
pub(super) async fn version(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    collective: &Collective,
    number: u64,
) -> Result<Message, ServiceError> {
    let (words, language) = (&tools.words, actor.language);
    let (version, record) = versions::read(tx, actor, number).await?;
    Ok(match record {
        Some(record) => present::plan::versions::frozen(words, language, &version, &record),
        None => {
            let all = plan::all(tx, actor).await?;
            present::plan::overview(words, language, collective, &all)
        }
    })
}

/// Shows what a revision would do; does it once that is confirmed for the version that was shown.
pub(super) async fn revise(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    collective: &Collective,
    confirmed: Option<u64>,
    now: DateTime<Utc>,
) -> Result<Message, ServiceError> {
    let (words, language) = (&tools.words, actor.language);
    Ok(match confirmed {
        Some(number) => {
            let (next, review) = versions::revise(tx, actor, collective, number, now).await?;
            present::plan::versions::revised(words, language, &next, &review)
        }
        None => {
            let review = versions::review(tx, actor, collective, now).await?;
            present::plan::versions::review(words, language, &review)
        }
    })
}
