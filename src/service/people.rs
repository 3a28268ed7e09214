//! Who acts: from an account to an [`Actor`], and the record of a person.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Refusal, ServiceError};
use crate::domain::actor::{Account, Actor, Role};
use crate::domain::collective::Collective;
use crate::domain::ids::new_id;
use crate::domain::language::Language;
use crate::store::{Tx, collectives, people};

/// What a network knows of whoever acts.
#[derive(Debug, Clone)]
pub struct Caller<'a> {
    /// The account.
    pub account: &'a Account,
    /// What the network says they may do.
    pub standing: Role,
    /// The room or private conversation.
    pub room: &'a str,
    /// The language that the network reports.
    pub language: Option<Language>,
    /// What the network calls them.
    pub name: Option<&'a str>,
}

/// The language to answer an account in when nothing else is known of it: what the person chose, what the network
/// reports, the default.
///
/// # Errors
/// The database's.
pub async fn language(tx: &mut Tx, caller: &Caller<'_>) -> Result<Language, ServiceError> {
    if let Some((_, Some(chosen))) = people::find(tx, caller.account).await? {
        return Ok(chosen);
    }
    if let Some(room) = collectives::room_at(tx, caller.account.network, caller.room).await? {
        return Ok(caller.language.unwrap_or(room.language));
    }
    Ok(caller.language.unwrap_or_default())
}

/// Who acts, and in which collective: the room's; in private, the only one there is or the one where the account
/// has a role.
///
/// # Errors
/// The room belongs to no collective.
pub async fn actor(tx: &mut Tx, caller: &Caller<'_>) -> Result<(Actor, Collective), ServiceError> {
    let room = collectives::room_at(tx, caller.account.network, caller.room).await?;
    let collective = match &room {
        Some(room) => collectives::get(tx, room.collective).await?,
        None => private_collective(tx, caller).await?,
    }
    .ok_or(Refusal::NoCollective)?;
    let known = people::find(tx, caller.account).await?;
    let granted = collectives::granted(tx, collective.id, caller.account).await?;
    // What a network says holds for the rooms it says it of; in private only an explicit grant counts.
    let standing = if room.is_some() {
        caller.standing
    } else {
        Role::Citizen
    };
    let language = known
        .and_then(|(_, language)| language)
        .or(caller.language)
        .or(room.map(|room| room.language))
        .unwrap_or(collective.language);
    let actor = Actor {
        account: caller.account.clone(),
        person: known.map(|(person, _)| person),
        collective: collective.id,
        role: granted.unwrap_or(Role::Citizen).max(standing),
        language,
        name: caller.name.map(str::to_owned),
    };
    Ok((actor, collective))
}

/// Who acts by a personal link: its account, without any role but a citizen's. `language` is for whoever chose none.
///
/// # Errors
/// The database's.
pub async fn linked(
    tx: &mut Tx,
    account: &Account,
    collective: Uuid,
    language: Language,
    name: Option<String>,
) -> Result<Actor, ServiceError> {
    let known = people::find(tx, account).await?;
    Ok(Actor {
        account: account.clone(),
        person: known.map(|(person, _)| person),
        collective,
        role: Role::Citizen,
        language: known.and_then(|(_, chosen)| chosen).unwrap_or(language),
        name,
    })
}

async fn private_collective(
    tx: &mut Tx,
    caller: &Caller<'_>,
) -> Result<Option<Collective>, ServiceError> {
    let mut all = collectives::all(tx).await?;
    if all.len() == 1 {
        return Ok(all.pop());
    }
    for collective in all {
        if collectives::granted(tx, collective.id, caller.account)
            .await?
            .is_some()
        {
            return Ok(Some(collective));
        }
    }
    Ok(None)
}

/// The person behind an actor; recorded now if this is their first stored act.
///
/// # Errors
/// The database's.
pub async fn person(tx: &mut Tx, actor: &Actor, now: DateTime<Utc>) -> Result<Uuid, ServiceError> {
    if let Some(person) = actor.person {
        return Ok(person);
    }
    let person = new_id(now);
    people::add(tx, person, &actor.account, now).await?;
    Ok(person)
}

/// Records the language that a person wants to be answered in.
///
/// # Errors
/// The database's.
pub async fn choose_language(
    tx: &mut Tx,
    actor: &Actor,
    language: Language,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let person = person(tx, actor, now).await?;
    people::set_language(tx, person, language).await?;
    Ok(())
}
