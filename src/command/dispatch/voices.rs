//! In whose name somebody votes: their own, or that of an organisation that they represent.

use super::super::desk::Tools;
use super::super::spec::CommandSpec;
use super::polls::Said;
use crate::domain::actor::Actor;
use crate::domain::organisation::{ONESELF, Organisation};
use crate::domain::poll::Poll;
use crate::domain::poll::rules::Voices;
use crate::domain::text::fold;
use crate::service::gateway::Tx;
use crate::service::{Refusal, ServiceError, organisations, polls};

/// In whose name.
pub(super) enum Whose {
    /// Their own.
    Own,
    /// An organisation's.
    Of(Organisation),
    /// They have to say it: these are the organisations for which they may vote.
    Unsaid(Vec<Organisation>),
}

/// In whose name the actor votes. Where a typed ballot says it, that part is taken off it.
pub(super) async fn whose(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    poll: &Poll,
    said: &mut Said,
) -> Result<Whose, ServiceError> {
    if let Some(typed) = &said.behalf {
        return Ok(if ONESELF.contains(&fold(typed.trim()).as_str()) {
            Whose::Own
        } else {
            Whose::Of(organisations::called(tx, actor, typed).await?)
        });
    }
    if let Some(choice) = &said.choice {
        let ways: Vec<(&str, &str)> = ways(tools, choice).collect();
        if !ways.is_empty() {
            let roll = organisations::roll(tx, actor).await?;
            let found = ways.into_iter().find_map(|(ballot, name)| {
                let called = roll.iter().find(|one| one.is_called(name))?;
                Some((ballot.to_owned(), called.clone()))
            });
            if let Some((ballot, organisation)) = found {
                said.choice = Some(ballot).filter(|ballot| !ballot.is_empty());
                return Ok(Whose::Of(organisation));
            }
        }
    }
    let able = polls::able(tx, actor, poll).await?;
    // In a room, what somebody represents is not told by asking.
    let asks = said.choice.is_none() && actor.in_private;
    Ok(match (poll.terms.voices, able.as_slice()) {
        (Voices::Organisations, []) => return Err(Refusal::VoicesOnly(poll.short_id()).into()),
        (Voices::Organisations, [one]) => Whose::Of(one.clone()),
        (Voices::Organisations, _) => Whose::Unsaid(able),
        (Voices::Both, [_, ..]) if asks => Whose::Unsaid(able),
        (Voices::Both | Voices::Persons, _) => Whose::Own,
    })
}

/// The ways in which a typed ballot may say for whom it is: « b pour table-quartier » is `b` and `table-quartier`.
fn ways<'t>(tools: &Tools, typed: &'t str) -> impl Iterator<Item = (&'t str, &'t str)> {
    let says = |word: &str| {
        let spec = CommandSpec::find("vote");
        let arg = spec.and_then(|spec| tools.grammar.arg(spec, &fold(word)));
        arg.is_some_and(|arg| arg.name == "for")
    };
    let ends = typed.char_indices().filter(|(_, c)| c.is_whitespace());
    ends.filter_map(move |(at, _)| {
        let (before, after) = typed.split_at_checked(at)?;
        let word = before.rsplit(char::is_whitespace).next()?;
        let ballot = before.strip_suffix(word)?;
        (says(word) && !after.trim().is_empty()).then(|| (ballot.trim(), after.trim()))
    })
}
