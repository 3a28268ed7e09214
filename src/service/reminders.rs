//! Private reminders: for those who want them, at one of their accounts, and what becomes of it where private messages do
//! not arrive.
//!
//! Somebody is offered them once, after an act that a reminder would serve; `/rappels` changes the choice. The account at
//! which they chose is the one that is written to: choosing at another moves it. What falls due is in [`due`].
//!
//! A message to an account that takes none is not tried again: the account is marked ([`closed`]), rooms remind as they do
//! for everybody, and its person is told once when they act next. Acting in private, or choosing again, opens it.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{ServiceError, people};
use crate::domain::actor::{Account, Actor};
use crate::domain::reminder::{Choice, Wish};
use crate::domain::workshop::Reach;
use crate::store::{Tx, checkins, people as records, private_cards, reminders};

pub mod due;

/// What somebody is told beside the answer to an act.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Aside {
    /// Whether they are offered reminders: the first time, and the only one.
    pub offer: bool,
    /// The account to which they want reminders and that takes no private messages.
    pub broken: Option<Account>,
}

/// What somebody chose, as far as they may see it where they ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Whether they want reminders.
    pub wanted: bool,
    /// Where reminders go; none where others read along, who must not learn of another account.
    pub account: Option<Account>,
    /// Whether that account takes no private messages.
    pub broken: bool,
}

/// Records whether the actor wants reminders. They go to the account at which they say so. Whoever wants none needs to
/// agree to nothing.
///
/// # Errors
/// As [`people::person`], of whoever wants them.
pub async fn choose(
    tx: &mut Tx,
    actor: &Actor,
    wanted: bool,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let person = if wanted {
        people::person(tx, actor, now).await?
    } else {
        match records::find(tx, &actor.account).await? {
            Some(known) => known.id,
            None => return Ok(()),
        }
    };
    let before = reminders::wish(tx, person).await?.unwrap_or_default();
    let choice = Choice {
        wanted,
        at: now,
        account: actor.account.clone(),
        language: actor.language,
        collective: actor.collective,
    };
    let wish = Wish {
        asked_at: before.asked_at,
        choice: Some(choice),
    };
    reminders::set_wish(tx, person, &wish).await?;
    reminders::reopen(tx, &actor.account).await?;
    private_cards::redirect(tx, person, &actor.account).await?;
    Ok(())
}

/// What the actor chose; none if they did not. Whoever sees here that private messages do not arrive is told.
///
/// # Errors
/// The database's.
pub async fn chosen(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<Option<Chosen>, ServiceError> {
    let Some(person) = actor.person else {
        return Ok(None);
    };
    let wish = reminders::wish(tx, person).await?.unwrap_or_default();
    let Some(choice) = wish.choice else {
        return Ok(None);
    };
    let closed = reminders::closed(tx, person).await?;
    let visible = actor.in_private || choice.account == actor.account;
    let broken = visible && closed.iter().any(|(account, _)| *account == choice.account);
    if broken {
        reminders::told(tx, &choice.account, now).await?;
    }
    Ok(Some(Chosen {
        wanted: choice.wanted,
        broken,
        account: Some(choice.account).filter(|_| actor.in_private),
    }))
}

/// What is told beside the answer to an act of the actor's: `alone` if it came by a private conversation, `serves` if a
/// reminder would serve it.
///
/// # Errors
/// The database's.
pub async fn aside(
    tx: &mut Tx,
    actor: &Actor,
    alone: bool,
    serves: bool,
    now: DateTime<Utc>,
) -> Result<Aside, ServiceError> {
    let own = &actor.account;
    let Some(contact) = reminders::contact(tx, own).await? else {
        return Ok(Aside::default());
    };
    if alone && contact.closed_at.is_some() {
        reminders::reopen(tx, own).await?;
    }
    let broken = contact
        .broken
        .filter(|(account, told)| {
            let of_this_account = account == own;
            // Elsewhere others would read that there is another account.
            !told
                && if of_this_account {
                    !alone
                } else {
                    actor.in_private
                }
        })
        .map(|(account, _)| account);
    if let Some(account) = &broken {
        reminders::told(tx, account, now).await?;
    }
    Ok(Aside {
        offer: serves && !contact.settled && reminders::offer(tx, own, now).await?,
        broken,
    })
}

/// Private messages do not reach an account.
///
/// # Errors
/// The database's.
pub async fn closed(
    tx: &mut Tx,
    account: &Account,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    Ok(reminders::close(tx, account, now).await?)
}

/// How somebody is reached now: by the account that asked, or by another of theirs if it takes no private messages or is
/// not theirs any more; in the language they chose, if they chose one.
///
/// # Errors
/// The database's.
pub(super) async fn reached(
    tx: &mut Tx,
    person: Uuid,
    asked: Reach,
) -> Result<Option<Reach>, ServiceError> {
    let mut accounts = records::accounts(tx, person).await?;
    let closed = reminders::closed(tx, person).await?;
    let is_closed = |account: &Account| closed.iter().any(|(other, _)| other == account);
    accounts.sort_by_key(|account| (is_closed(account), *account != asked.account));
    let chosen = records::get(tx, person).await?;
    let language = chosen.and_then(|person| person.language);
    Ok(accounts.into_iter().next().map(|account| Reach {
        account,
        language: language.unwrap_or(asked.language),
    }))
}

/// An account is nobody's any more: whether reminders went there, and so end.
///
/// # Errors
/// The database's.
pub(super) async fn account_detached(
    tx: &mut Tx,
    person: Uuid,
    account: &Account,
) -> Result<bool, ServiceError> {
    let Some(wish) = reminders::wish(tx, person).await? else {
        return Ok(false);
    };
    let here = wish.choice.filter(|choice| choice.account == *account);
    let Some(choice) = here else {
        return Ok(false);
    };
    let none = Wish {
        asked_at: wish.asked_at,
        choice: None,
    };
    reminders::set_wish(tx, person, &none).await?;
    Ok(choice.wanted)
}

/// Two persons turn out to be one: the later choice stands, and each reminder comes once.
///
/// # Errors
/// The database's.
pub(super) async fn person_merged(tx: &mut Tx, from: Uuid, into: Uuid) -> Result<(), ServiceError> {
    checkins::hand_over(tx, from, into).await?;
    private_cards::hand_over(tx, from, into).await?;
    let Some(theirs) = reminders::wish(tx, from).await? else {
        return Ok(());
    };
    let ours = reminders::wish(tx, into).await?.unwrap_or_default();
    let wish = ours.merged(theirs);
    reminders::erase(tx, from).await?;
    reminders::set_wish(tx, into, &wish).await?;
    if let Some(choice) = &wish.choice {
        private_cards::redirect(tx, into, &choice.account).await?;
    }
    Ok(())
}

/// Nothing that is kept of somebody's reminders stays.
///
/// # Errors
/// The database's.
pub(super) async fn person_erased(tx: &mut Tx, person: Uuid) -> Result<(), ServiceError> {
    private_cards::erase(tx, person).await?;
    Ok(reminders::erase(tx, person).await?)
}
