//! Who represents an organisation.
//!
//! An organizer may not know somebody's account on the other network, so a mandate is not given to an account: the organizer
//! gets a one-time code and hands it on, and whoever types it in private represents the organisation from then on, from any
//! of their accounts. Organizers see the account that took it and no other: that accounts are linked is nobody's to know.
//! Wrong codes are counted together with those of [`links`].

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Refusal, ServiceError, journal, links, organisations, people};
use crate::domain::actor::{Account, Actor};
use crate::domain::event::{EventKind, Subject};
use crate::domain::link::Code;
use crate::domain::organisation::{INVITATION, Mandate, Organisation};
use crate::store::{Tx, mandates, organisations as stored};

/// What a typed invitation came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taking {
    /// It is none that is good now. The try is counted: the caller's transaction must be kept.
    Wrong,
    /// The actor represents this organisation.
    Taken(Organisation),
}

/// An invitation to represent an organisation, from 50 of these random bits.
///
/// # Errors
/// Not an organizer; a room where others read along; no such organisation.
pub async fn offer(
    tx: &mut Tx,
    actor: &Actor,
    typed: &str,
    bits: u64,
    now: DateTime<Utc>,
) -> Result<(Code, Organisation), ServiceError> {
    journal::require_control(actor)?;
    let organisation = organisations::called(tx, actor, typed).await?;
    let code = Code::from_random(bits);
    let digest = code.digest(&links::pepper(tx).await?);
    mandates::offer(tx, &digest, organisation.id, now + INVITATION).await?;
    organisations::record(tx, actor, EventKind::MandateOffered, &organisation, now).await?;
    Ok((code, organisation))
}

/// Makes the actor represent the organisation of an invitation.
///
/// # Errors
/// Others read along; too many wrong tries; as [`people::person`]; the actor represents it already.
pub async fn take(
    tx: &mut Tx,
    actor: &Actor,
    typed: &str,
    now: DateTime<Utc>,
) -> Result<Taking, ServiceError> {
    links::require_private(actor)?;
    let tries = links::tries(tx, actor, now).await?;
    let Some(organisation) = used_up(tx, typed, now).await? else {
        tries.count(tx, now).await?;
        return Ok(Taking::Wrong);
    };
    let mandate = Mandate {
        organisation: organisation.id,
        person: people::person(tx, actor, now).await?,
        account: actor.account.clone(),
        since: now,
    };
    if !mandates::add(tx, &mandate).await? {
        return Err(Refusal::HasMandate(organisation.slug).into());
    }
    let act = EventKind::MandateTaken;
    organisations::record(tx, actor, act, &organisation, now).await?;
    Ok(Taking::Taken(organisation))
}

/// An invitation was typed where others read: it must not be good any more.
///
/// # Errors
/// The database's.
pub async fn burn(tx: &mut Tx, typed: &str, now: DateTime<Utc>) -> Result<(), ServiceError> {
    used_up(tx, typed, now).await.map(|_| ())
}

async fn used_up(
    tx: &mut Tx,
    typed: &str,
    now: DateTime<Utc>,
) -> Result<Option<Organisation>, ServiceError> {
    let Some(code) = Code::read(typed) else {
        return Ok(None);
    };
    let digest = code.digest(&links::pepper(tx).await?);
    Ok(match mandates::use_up(tx, &digest, now).await? {
        Some(organisation) => stored::get(tx, organisation).await?,
        None => None,
    })
}

/// The organisations of this collective that the actor represents, by name.
///
/// # Errors
/// The database's.
pub async fn own(tx: &mut Tx, actor: &Actor) -> Result<Vec<Organisation>, ServiceError> {
    let Some(person) = actor.person else {
        return Ok(Vec::new());
    };
    let mut own = stored::represented_by(tx, person).await?;
    own.retain(|organisation| organisation.collective == actor.collective);
    Ok(own)
}

/// The organisation for which the actor acts: the one that is called so, or the only one that they represent.
///
/// # Errors
/// No such organisation, or the actor does not represent it; they represent none, or several and named none.
pub(super) async fn meant(
    tx: &mut Tx,
    actor: &Actor,
    typed: Option<&str>,
) -> Result<Organisation, ServiceError> {
    let mut own = own(tx, actor).await?;
    let Some(typed) = typed else {
        return match own.pop() {
            None => Err(Refusal::RepresentsNone.into()),
            Some(only) if own.is_empty() => Ok(only),
            Some(last) => {
                let slugs = own.iter().chain([&last]).map(|one| one.slug.clone());
                Err(Refusal::RepresentsSeveral(slugs.collect()).into())
            }
        };
    };
    let organisation = organisations::called(tx, actor, typed).await?;
    let found = own.into_iter().find(|one| one.id == organisation.id);
    found.ok_or_else(|| Refusal::NoMandate(organisation.slug).into())
}

/// Writes into the journal what the actor does for an organisation.
///
/// # Errors
/// As [`people::person`]; the actor does not represent it.
pub(super) async fn record(
    tx: &mut Tx,
    actor: &Actor,
    organisation: Uuid,
    act: EventKind,
    subject: impl Into<Subject>,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let person = people::person(tx, actor, now).await?;
    let organisation = stored::get(tx, organisation).await?;
    let organisation = organisation.ok_or(Refusal::RepresentsNone)?;
    let held = mandates::of_person(tx, person).await?;
    let mandate = held.iter().find(|m| m.organisation == organisation.id);
    let mandate = mandate.ok_or_else(|| Refusal::NoMandate(organisation.slug.clone()))?;
    journal::record_for(tx, &organisation, mandate, act, subject, now).await
}

/// Who represents each organisation of the actor's collective, by name.
///
/// # Errors
/// Not an organizer; a room where others read along.
pub async fn all(
    tx: &mut Tx,
    actor: &Actor,
) -> Result<Vec<(Organisation, Vec<Account>)>, ServiceError> {
    journal::require_control(actor)?;
    let mandates = mandates::of_collective(tx, actor.collective).await?;
    let roll = organisations::roll(tx, actor).await?;
    let with = roll.into_iter().map(|organisation| {
        let of = mandates
            .iter()
            .filter(|m| m.organisation == organisation.id);
        let accounts = of.map(|mandate| mandate.account.clone()).collect();
        (organisation, accounts)
    });
    Ok(with.collect())
}

/// Who represents an organisation.
///
/// # Errors
/// As [`all`]; no such organisation.
pub async fn of(
    tx: &mut Tx,
    actor: &Actor,
    typed: &str,
) -> Result<(Organisation, Vec<Account>), ServiceError> {
    let mut all = all(tx, actor).await?;
    let at = all.iter().position(|(one, _)| one.is_called(typed));
    let at = at.ok_or_else(|| organisations::unknown(typed))?;
    Ok(all.swap_remove(at))
}

/// The actor represents that organisation no more.
///
/// # Errors
/// No such organisation; the actor does not represent it.
pub async fn leave(
    tx: &mut Tx,
    actor: &Actor,
    typed: &str,
    now: DateTime<Utc>,
) -> Result<Organisation, ServiceError> {
    let organisation = organisations::called(tx, actor, typed).await?;
    let person = people::person(tx, actor, now).await?;
    if !mandates::end(tx, organisation.id, person).await? {
        return Err(Refusal::NoMandate(organisation.slug).into());
    }
    let act = EventKind::MandateWithdrawn;
    organisations::record(tx, actor, act, &organisation, now).await?;
    Ok(organisation)
}

/// Ends the mandate that an account took. What was voted for the organisation stays the organisation's.
///
/// # Errors
/// Not an organizer; a room where others read along; no such organisation; that account took no mandate for it.
pub async fn withdraw(
    tx: &mut Tx,
    actor: &Actor,
    typed: &str,
    address: &str,
    now: DateTime<Utc>,
) -> Result<Organisation, ServiceError> {
    journal::require_control(actor)?;
    let organisation = organisations::called(tx, actor, typed).await?;
    let all = mandates::of_collective(tx, actor.collective).await?;
    let address = Account::typed(address, actor.account.network).address;
    let found = all
        .iter()
        .find(|m| m.organisation == organisation.id && m.account.address == address);
    let Some(mandate) = found else {
        let address = address.chars().take(80).collect();
        return Err(Refusal::NoMandateOf(address, organisation.slug).into());
    };
    mandates::end(tx, organisation.id, mandate.person).await?;
    let act = EventKind::MandateWithdrawn;
    organisations::record(tx, actor, act, &organisation, now).await?;
    Ok(organisation)
}
