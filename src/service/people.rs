//! Who acts: from an account to an [`Actor`], and the record of a person.
//!
//! # Consent
//! Nothing about a person is kept before they agreed to it: [`person`], which every use case that stores an act calls,
//! refuses with [`Refusal::ConsentNeeded`] until [`consent`] was called for that account. The desk answers the refusal
//! with the terms and keeps the act in memory meanwhile (see `command::pending`), so that agreeing is one step.
//!
//! **A vote asks for consent like any other act.** A ballot could be kept under a mere digest of the account until the close,
//! without a record. But then it could not become one ballot with that of a linked account, could not be shown or erased with the
//! rest of one's data, and a digest of a public id is no secret: whoever has the database and a list of members could undo
//! it. It would be a record that says that it is none. What needs no record still needs none: reading, lists, results, help.
//!
//! There is one agreement, because there is one purpose. Private reminders are a choice of their own
//! ([`reminders`](super::reminders)). Another purpose (showing a name) needs an agreement of its own, and a raised
//! [`WORDING`].

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::{Refusal, ServiceError, links, privacy};
use crate::domain::actor::{Account, Actor, Role};
use crate::domain::circle::Presence;
use crate::domain::collective::{Collective, Purpose, Room};
use crate::domain::ids::new_id;
use crate::domain::language::Language;
use crate::domain::privacy::WORDING;
use crate::domain::standing::Standing;
use crate::store::{Tx, checkins, collectives, people, private_cards};

/// How exactly the last act's time is kept: for a decision that is taken after a year, a day is enough.
const SEEN_EVERY: Duration = Duration::days(1);

/// What a network knows of whoever acts.
#[derive(Debug, Clone)]
pub struct Caller<'a> {
    /// The account.
    pub account: &'a Account,
    /// What the network says of them in that room.
    pub standing: Standing,
    /// The room or private conversation.
    pub room: &'a str,
    /// Other rooms in circles in which the network says that they are, told of private conversations.
    pub elsewhere: &'a [String],
    /// Whether nobody else reads what was typed and what is answered.
    pub in_private: bool,
    /// Whether the account is a bridge's or a webhook's, behind which anybody may be.
    pub bridged: bool,
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
    let known = people::find(tx, caller.account).await?;
    if let Some(chosen) = known.and_then(|person| person.language) {
        return Ok(chosen);
    }
    if let Some(room) = collectives::room_at(tx, caller.account.network, caller.room).await? {
        return Ok(caller.language.unwrap_or(room.language));
    }
    Ok(caller.language.unwrap_or_default())
}

/// Who acts, and in which collective: the room's; in private, the only one there is, the one where the account has a
/// role, the one that reminded it, the one that last asked how a commitment goes, or the only one in which its person takes
/// part.
///
/// The language is the person's choice, else what their own app reports (Discord), else the room's, else the
/// collective's. A role belongs to the account, not to the person: one that came over from a linked account would show to
/// everyone that the two are linked.
///
/// # Errors
/// The room belongs to no collective; the account is a bridge's.
pub async fn actor(tx: &mut Tx, caller: &Caller<'_>) -> Result<(Actor, Collective), ServiceError> {
    if caller.bridged {
        return Err(Refusal::Bridged.into());
    }
    let room = collectives::room_at(tx, caller.account.network, caller.room).await?;
    let collective = match &room {
        Some(room) => collectives::get(tx, room.collective).await?,
        None => private_collective(tx, caller).await?,
    }
    .ok_or(Refusal::NoCollective)?;
    let known = people::find(tx, caller.account).await?;
    let granted = collectives::granted(tx, collective.id, caller.account).await?;
    // What a network says holds for the rooms it says it of; in private only an explicit grant counts.
    let standing = match &room {
        Some(_) => collective.roles.role(caller.standing),
        None => Role::Citizen,
    };
    let language = known
        .as_ref()
        .and_then(|person| person.language)
        .or(caller.language)
        .or(room.as_ref().map(|room| room.language))
        .unwrap_or(collective.language);
    let actor = Actor {
        account: caller.account.clone(),
        person: known.as_ref().map(|person| person.id),
        consented: consented(known.as_ref()),
        in_private: caller.in_private,
        presence: presence(tx, caller, room.as_ref()).await?,
        in_control: room.is_some_and(|room| room.purpose == Purpose::Control),
        collective: collective.id,
        role: granted.unwrap_or(Role::Citizen).max(standing),
        language,
        name: caller.name.map(str::to_owned),
    };
    Ok((actor, collective))
}

/// The rooms in which somebody is: the one where they act, and those that the network told of.
async fn presence(
    tx: &mut Tx,
    caller: &Caller<'_>,
    room: Option<&Room>,
) -> Result<Presence, ServiceError> {
    let mut rooms: Vec<Uuid> = room.iter().map(|room| room.id).collect();
    for address in caller.elsewhere {
        let found = collectives::room_at(tx, caller.account.network, address).await?;
        rooms.extend(found.map(|room| room.id));
    }
    Ok(Presence::Rooms(rooms))
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
    let chosen = known.as_ref().and_then(|person| person.language);
    Ok(Actor {
        account: account.clone(),
        person: known.as_ref().map(|person| person.id),
        consented: consented(known.as_ref()),
        // Nobody else has the link.
        in_private: true,
        in_control: false,
        presence: Presence::Link,
        collective,
        role: Role::Citizen,
        language: chosen.unwrap_or(language),
        name,
    })
}

/// Whether somebody agreed to the present wording.
fn consented(known: Option<&people::Person>) -> bool {
    known.is_some_and(|person| {
        let agreed = person
            .consent
            .is_some_and(|(_, wording)| wording >= WORDING);
        agreed && person.withdrawn_at.is_none()
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
    for collective in &all {
        if collectives::granted(tx, collective.id, caller.account)
            .await?
            .is_some()
        {
            return Ok(Some(collective.clone()));
        }
    }
    // An answer to a reminder, as long as it is clear to which.
    if let [only] = private_cards::collectives(tx, caller.account).await?[..] {
        return Ok(collectives::get(tx, only).await?);
    }
    if let Some((asked, _)) = checkins::last_of(tx, caller.account).await? {
        return Ok(collectives::get(tx, asked).await?);
    }
    let Some(known) = people::find(tx, caller.account).await? else {
        return Ok(None);
    };
    match people::collectives(tx, known.id).await?[..] {
        [only] => Ok(collectives::get(tx, only).await?),
        _ => Ok(None),
    }
}

/// The person behind an actor, for an act that is stored.
///
/// # Errors
/// Nobody is responsible yet for what is kept; the person has not agreed to it.
pub async fn person(tx: &mut Tx, actor: &Actor, now: DateTime<Utc>) -> Result<Uuid, ServiceError> {
    if privacy::statement(tx).await?.is_none() {
        return Err(Refusal::NotCollecting.into());
    }
    let Some(known) = actor.person.filter(|_| actor.consented) else {
        return Err(Refusal::ConsentNeeded.into());
    };
    // Held, then looked up again: the account may just have become another person's, or nobody's.
    tx.lock(known).await?;
    let person = people::find(tx, &actor.account)
        .await?
        .ok_or(Refusal::ConsentNeeded)?
        .id;
    people::seen(tx, person, now - SEEN_EVERY, now).await?;
    Ok(person)
}

/// A person agrees that their acts are kept. True when they were never welcomed before.
///
/// # Errors
/// Nobody is responsible yet for what is kept.
pub async fn consent(tx: &mut Tx, actor: &Actor, now: DateTime<Utc>) -> Result<bool, ServiceError> {
    if privacy::statement(tx).await?.is_none() {
        return Err(Refusal::NotCollecting.into());
    }
    let person = match actor.person {
        Some(person) => person,
        None => {
            let person = new_id(now);
            people::add(tx, person, &actor.account, now).await?;
            person
        }
    };
    people::consent(tx, person, WORDING, now).await?;
    Ok(people::welcome(tx, person, now).await?)
}

/// A person takes their agreement back: no more acts of theirs are kept. Those that are kept count on, until they are
/// erased or have been kept long enough.
///
/// # Errors
/// Others read along; nothing is kept.
pub async fn withdraw_consent(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    links::require_private(actor)?;
    let person = actor.person.ok_or(Refusal::NothingKept)?;
    people::withdraw_consent(tx, person, now).await?;
    Ok(())
}

/// Records the language that a person wants to be answered in.
///
/// # Errors
/// As [`person`].
pub async fn choose_language(
    tx: &mut Tx,
    actor: &Actor,
    language: Language,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let person = person(tx, actor, now).await?;
    people::set_language(tx, person, language, now).await?;
    Ok(())
}
