//! Commands about partner organisations and who represents them. From the command to the use case and its words.

use chrono::{DateTime, Utc};

use super::desk::Tools;
use super::personal::random_bits;
use crate::domain::actor::{Actor, Role};
use crate::domain::card::Message;
use crate::domain::organisation::Draft;
use crate::present;
use crate::service::gateway::Tx;
use crate::service::mandates::Taking;
use crate::service::organisations::Changes;
use crate::service::{Refusal, ServiceError, mandates, organisations};

/// The roll.
pub(super) async fn roll(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
) -> Result<Message, ServiceError> {
    let all = organisations::roll(tx, actor).await?;
    let steers = actor.role >= Role::Organizer;
    Ok(present::organisation::roll(
        &tools.words,
        actor.language,
        &all,
        steers,
    ))
}

/// An organisation comes in.
pub(super) async fn add(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    (name, sector, slug): (&str, &'static str, Option<&str>),
    now: DateTime<Utc>,
) -> Result<Message, ServiceError> {
    let draft = Draft::read(name, sector, slug).map_err(Refusal::from)?;
    let added = organisations::add(tx, actor, draft, now).await?;
    Ok(present::organisation::added(
        &tools.words,
        actor.language,
        &added,
    ))
}

/// An organisation's name or sector changes.
pub(super) async fn edit(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    organisation: &str,
    changes: Changes,
    now: DateTime<Utc>,
) -> Result<Message, ServiceError> {
    let edited = organisations::edit(tx, actor, organisation, changes, now).await?;
    Ok(present::organisation::edited(
        &tools.words,
        actor.language,
        &edited,
    ))
}

/// An organisation takes part no more.
pub(super) async fn retire(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    organisation: &str,
    now: DateTime<Utc>,
) -> Result<Message, ServiceError> {
    let retired = organisations::retire(tx, actor, organisation, now).await?;
    Ok(present::organisation::retired(
        &tools.words,
        actor.language,
        &retired,
    ))
}

/// A code for whoever will represent an organisation.
pub(super) async fn give(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    organisation: &str,
    now: DateTime<Utc>,
) -> Result<Message, ServiceError> {
    let (code, organisation) = mandates::offer(tx, actor, organisation, random_bits(), now).await?;
    Ok(present::organisation::code(
        &tools.words,
        actor.language,
        &code,
        &organisation,
    ))
}

/// A code that an organizer gave.
pub(super) async fn take(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    code: &str,
    now: DateTime<Utc>,
) -> Result<Message, ServiceError> {
    let (words, language) = (&tools.words, actor.language);
    if !actor.in_private {
        mandates::burn(tx, code, now).await?;
        return Ok(present::organisation::not_here(words, language));
    }
    Ok(match mandates::take(tx, actor, code, now).await? {
        Taking::Wrong => present::organisation::wrong_code(words, language),
        Taking::Taken(organisation) => present::organisation::taken(words, language, &organisation),
    })
}

/// What the actor represents; or, to organizers, who represents an organisation.
pub(super) async fn show(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    organisation: Option<&str>,
) -> Result<Message, ServiceError> {
    let (words, language) = (&tools.words, actor.language);
    let Some(typed) = organisation else {
        let own = mandates::own(tx, actor).await?;
        return Ok(present::organisation::own(words, language, &own));
    };
    let (organisation, accounts) = mandates::of(tx, actor, typed).await?;
    Ok(present::organisation::representatives(
        words,
        language,
        &organisation,
        &accounts,
    ))
}

/// A mandate ends: the actor's own, or, by an organizer, the one that an account took.
pub(super) async fn withdraw(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    (organisation, account): (&str, Option<&str>),
    now: DateTime<Utc>,
) -> Result<Message, ServiceError> {
    let (words, language) = (&tools.words, actor.language);
    Ok(match account {
        None => {
            let left = mandates::leave(tx, actor, organisation, now).await?;
            present::organisation::left(words, language, &left)
        }
        Some(account) => {
            let ended = mandates::withdraw(tx, actor, organisation, account, now).await?;
            present::organisation::ended(words, language, &ended)
        }
    })
}
