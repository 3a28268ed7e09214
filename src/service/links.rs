//! Linking: two accounts say by a one-time code that they are one person.
//!
//! A code is asked for and typed in private only, is good once and for ten minutes; the database holds its digest. Nobody
//! but the person learns of a link: roles stay with accounts, cards show counts, and a code that is typed where others read
//! is used up without a word on whether it was one. Wrong tries are counted per account, under a digest, since
//! whoever only tries has agreed to nothing.

mod merge;

pub use merge::Merged;

use chrono::{DateTime, Utc};

use super::{Refusal, ServiceError, people, privacy, reminders};
use crate::domain::actor::Actor;
use crate::domain::link::{self, Code};
use crate::store::links::{self, Offer};
use crate::store::{Tx, mandates, people as records, settings};

const PEPPER: &str = "pepper";

/// What a typed code came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Linking {
    /// It is none that is good now. The try is counted: the caller's transaction must be kept.
    Wrong,
    /// The accounts are one person's; what became of their acts.
    Linked(Merged),
}

/// A new code for the actor's account, from 50 of these random bits. It takes the place of an earlier one.
///
/// # Errors
/// Others read along; as [`people::person`].
pub async fn code(
    tx: &mut Tx,
    actor: &Actor,
    bits: u64,
    now: DateTime<Utc>,
) -> Result<Code, ServiceError> {
    require_private(actor)?;
    let person = people::person(tx, actor, now).await?;
    let code = Code::from_random(bits);
    let offer = Offer {
        account: actor.account.clone(),
        person,
        digest: code.digest(&pepper(tx).await?),
    };
    links::offer(tx, &offer, now + link::GOOD_FOR).await?;
    Ok(code)
}

/// Links the actor's account to the one that was given `typed`.
///
/// # Errors
/// Others read along; too many wrong tries; the account's own code; linked already; nobody is responsible yet.
pub async fn link(
    tx: &mut Tx,
    actor: &Actor,
    typed: &str,
    now: DateTime<Utc>,
) -> Result<Linking, ServiceError> {
    require_private(actor)?;
    if privacy::statement(tx).await?.is_none() {
        return Err(Refusal::NotCollecting.into());
    }
    let tries = tries(tx, actor, now).await?;
    let pepper = pepper(tx).await?;
    let Some(offer) = find(tx, typed, &pepper, now).await? else {
        tries.count(tx, now).await?;
        return Ok(Linking::Wrong);
    };
    if offer.account == actor.account {
        return Err(Refusal::OwnCode.into());
    }
    tx.lock(offer.person).await?;
    if actor.person == Some(offer.person) {
        return Err(Refusal::AlreadyLinked.into());
    }
    if !links::use_up(tx, &offer.digest).await? {
        return Ok(Linking::Wrong);
    }
    // Held, then looked up again: either may just have become somebody else's.
    let known = records::find(tx, &actor.account).await?;
    let merged = match known.map(|person| person.id) {
        Some(from) => merge::merge(tx, from, offer.person, now).await?,
        // Whoever gave the code has agreed, for the same person.
        None => {
            records::attach(tx, offer.person, &actor.account).await?;
            Merged::default()
        }
    };
    Ok(Linking::Linked(merged))
}

/// A code was typed where others read: it must not be good any more.
///
/// # Errors
/// The database's.
pub async fn burn(tx: &mut Tx, typed: &str, now: DateTime<Utc>) -> Result<(), ServiceError> {
    let pepper = pepper(tx).await?;
    if let Some(offer) = find(tx, typed, &pepper, now).await? {
        links::use_up(tx, &offer.digest).await?;
    }
    Ok(())
}

/// Makes the actor's account nobody's again: the mandates that it took end. What the person did stays with their other
/// accounts; whether private reminders went to this one, and so end.
///
/// # Errors
/// Others read along; the account is linked to no other.
pub async fn unlink(tx: &mut Tx, actor: &Actor) -> Result<bool, ServiceError> {
    require_private(actor)?;
    let person = actor.person.ok_or(Refusal::NotLinked)?;
    tx.lock(person).await?;
    if records::accounts(tx, person).await?.len() < 2 {
        return Err(Refusal::NotLinked.into());
    }
    records::detach(tx, &actor.account).await?;
    mandates::end_of_account(tx, &actor.account).await?;
    links::withdraw(tx, person).await?;
    reminders::account_detached(tx, person, &actor.account).await
}

/// Lets through whoever is alone with the bot.
pub(super) fn require_private(actor: &Actor) -> Result<(), ServiceError> {
    if actor.in_private {
        Ok(())
    } else {
        Err(Refusal::PrivateOnly.into())
    }
}

async fn find(
    tx: &mut Tx,
    typed: &str,
    pepper: &str,
    now: DateTime<Utc>,
) -> Result<Option<Offer>, ServiceError> {
    let wanted = Code::read(typed).map(|code| code.digest(pepper));
    let wanted = wanted.unwrap_or_default();
    // All of them are looked at, whichever it is.
    let mut found = None;
    for offer in links::offers(tx, now).await? {
        if link::same(&offer.digest, &wanted) {
            found = Some(offer);
        }
    }
    Ok(found)
}

/// The wrong codes of an account, under its digest.
pub(super) struct Tries(String);

/// Lets through whoever has not tried too many wrong codes.
pub(super) async fn tries(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<Tries, ServiceError> {
    let account = link::account_digest(&actor.account, &pepper(tx).await?);
    if links::tries(tx, &account, now - link::TRIES_FOR).await? >= link::TRIES {
        return Err(Refusal::TooManyTries.into());
    }
    Ok(Tries(account))
}

impl Tries {
    /// Counts one more.
    pub(super) async fn count(self, tx: &mut Tx, now: DateTime<Utc>) -> Result<(), ServiceError> {
        Ok(links::count_try(tx, &self.0, now - link::TRIES_FOR, now).await?)
    }
}

/// A random text of this database's own that goes into every digest.
pub(super) async fn pepper(tx: &mut Tx) -> Result<String, ServiceError> {
    if let Some(pepper) = settings::get(tx, PEPPER).await? {
        return Ok(pepper);
    }
    let pepper = hex::encode(random_bytes());
    settings::set(tx, PEPPER, &pepper).await?;
    Ok(pepper)
}

#[expect(
    clippy::disallowed_methods,
    reason = "a secret that nobody may be able to repeat"
)]
fn random_bytes() -> [u8; 32] {
    use rand::RngCore as _;
    let mut bytes = [0; 32];
    rand::rng().fill_bytes(&mut bytes);
    bytes
}
