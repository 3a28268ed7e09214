//! The catalogue of suggested commitments.

use super::super::desk::Tools;
use super::super::invocation::commitments::Act;
use crate::domain::actor::Actor;
use crate::domain::card::Message;
use crate::present;
use crate::service::ServiceError;
use crate::service::catalogue;
use crate::service::gateway::Tx;

/// What is suggested.
pub(super) async fn list(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    circle: Option<&str>,
) -> Result<Message, ServiceError> {
    let listed = catalogue::listed(tx, actor, circle).await?;
    Ok(present::catalogue::list(
        &tools.words,
        actor.language,
        &listed,
    ))
}

/// The command that takes what is suggested as one's own, in the actor's language: from there on it is a commitment like
/// those that people write themselves.
pub(super) async fn taking(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    due: Option<chrono::NaiveDate>,
) -> Result<Act, ServiceError> {
    let suggestion = catalogue::find(tx, actor, number).await?;
    Ok(Act::Take {
        sentence: suggestion.sentence.in_language(actor.language).to_owned(),
        due,
        about: suggestion.theme,
        visibility: None,
        behalf: None,
        others: None,
    })
}
