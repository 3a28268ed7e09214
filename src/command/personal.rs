//! Commands about oneself: agreeing, linking accounts, one's data. From the command to the use case and its words.

use chrono::{DateTime, Utc};

use super::desk::Tools;
use crate::domain::actor::Actor;
use crate::domain::card::Message;
use crate::domain::collective::Collective;
use crate::domain::language::Language;
use crate::domain::network::Destination;
use crate::domain::text::fold;
use crate::present;
use crate::service::gateway::Tx;
use crate::service::links::Linking;
use crate::service::{Refusal, ServiceError, cards, data, links, people, privacy, reminders};

/// What is kept, why, for how long and by whom; with `asking`, the question whether one agrees.
pub(super) async fn terms(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    asking: bool,
) -> Result<Message, ServiceError> {
    let statement = privacy::statement(tx).await?;
    let statement = statement.ok_or(Refusal::NotCollecting)?;
    let (words, language) = (&tools.words, actor.language);
    Ok(if asking {
        present::privacy::question(words, language, &statement)
    } else {
        present::privacy::terms(words, language, &statement, actor.consented)
    })
}

/// Somebody agrees. Whoever is new is welcomed, once and in private.
pub(super) async fn agree(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<Message, ServiceError> {
    let (words, language) = (&tools.words, actor.language);
    let new = people::consent(tx, actor, now).await?;
    let waits = tools.pending.of(&actor.account, now).is_some();
    let mut message = present::privacy::agreed(words, language, waits);
    if new {
        let welcome = present::privacy::welcome(words, language);
        if actor.in_private {
            message.body.extend(welcome.body);
        } else {
            say_in_private(tx, actor, welcome, now).await?;
        }
    }
    Ok(message)
}

/// Whether reminders come in private. Somebody who wants them is greeted where they will come, unless that is here.
pub(super) async fn choose_reminders(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    alone: bool,
    wanted: bool,
    now: DateTime<Utc>,
) -> Result<Message, ServiceError> {
    let (words, language) = (&tools.words, actor.language);
    reminders::choose(tx, actor, wanted, now).await?;
    if wanted && !alone {
        let hello = present::reminder::hello(words, language);
        say_in_private(tx, actor, hello, now).await?;
    }
    Ok(present::reminder::chosen(words, language, wanted))
}

/// What was chosen.
pub(super) async fn show_reminders(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<Message, ServiceError> {
    let chosen = reminders::chosen(tx, actor, now).await?;
    let (words, here) = (&tools.words, &actor.account);
    Ok(present::reminder::state(
        words,
        actor.language,
        chosen.as_ref(),
        here,
    ))
}

/// One message to the actor, wherever they act.
async fn say_in_private(
    tx: &mut Tx,
    actor: &Actor,
    message: Message,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let destination = Destination::Direct(actor.account.address.clone());
    let network = actor.account.network;
    cards::answer(tx, network, destination, actor.language, message, now).await
}

/// A code for this account.
pub(super) async fn code(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<Message, ServiceError> {
    let code = links::code(tx, actor, random_bits(), now).await?;
    Ok(present::link::code(&tools.words, actor.language, &code))
}

#[expect(
    clippy::disallowed_methods,
    reason = "a code that nobody may be able to guess"
)]
pub(super) fn random_bits() -> u64 {
    use rand::Rng as _;
    rand::rng().random()
}

/// A code that was given to another account; or « retirer », as one says who does not know `/délier`.
pub(super) async fn link(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    typed: &str,
    now: DateTime<Utc>,
) -> Result<Message, ServiceError> {
    let words = &tools.words;
    let removes = |language| fold(&words.plain(language, "link-remove")) == fold(typed);
    if Language::ALL.into_iter().any(removes) {
        return unlink(tx, tools, actor).await;
    }
    if !actor.in_private {
        links::burn(tx, typed, now).await?;
        return Ok(present::link::not_here(words, actor.language));
    }
    Ok(match links::link(tx, actor, typed, now).await? {
        Linking::Wrong => present::link::wrong(words, actor.language),
        Linking::Linked(merged) => present::link::linked(words, actor.language, &merged),
    })
}

/// This account is on its own again.
pub(super) async fn unlink(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
) -> Result<Message, ServiceError> {
    let reminded = links::unlink(tx, actor).await?;
    Ok(present::link::unlinked(
        &tools.words,
        actor.language,
        reminded,
    ))
}

/// What is kept about the person.
pub(super) async fn show(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    collective: &Collective,
) -> Result<Message, ServiceError> {
    let held = data::held(tx, actor, collective).await?;
    let (words, language) = (&tools.words, actor.language);
    Ok(match held {
        Some(held) => present::data::held(words, language, &held, collective.zone),
        None => present::data::nothing(words, language),
    })
}

/// The same as a file.
pub(super) async fn export(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    collective: &Collective,
    now: DateTime<Utc>,
) -> Result<Message, ServiceError> {
    let held = data::held(tx, actor, collective).await?;
    let held = held.ok_or(Refusal::NothingKept)?;
    let zone = collective.zone;
    Ok(present::data::export(
        &tools.words,
        actor.language,
        &held,
        zone,
        now,
    ))
}

/// What would go and what would stay, and how to go on.
pub(super) async fn before_erasure(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    collective: &Collective,
) -> Result<Message, ServiceError> {
    let held = data::held(tx, actor, collective).await?;
    let held = held.ok_or(Refusal::NothingKept)?;
    Ok(present::data::before_erasure(
        &tools.words,
        actor.language,
        &held,
    ))
}

/// It goes.
pub(super) async fn erase(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<Message, ServiceError> {
    let erased = data::erase(tx, actor, now).await?;
    Ok(present::data::erased(&tools.words, actor.language, erased))
}
