//! Use cases: authorise, change, record the event, raise the cards, set the deadlines — in one transaction.
//!
//! Each takes `(&mut Tx, &Actor, now, …)`. `now` is a value rather than a clock, because everything one transaction
//! writes carries the same instant. Whoever calls (a command, the web, a deadline) is authorised here and nowhere
//! else. A refusal changes nothing: the caller's transaction is undone with it.

pub mod agenda;
pub mod ballot_links;
pub mod cards;
pub mod catalogue;
pub mod checkins;
pub mod circles;
pub mod commitments;
pub mod data;
pub mod deadlines;
pub mod digests;
mod error;
pub mod federations;
pub mod gateway;
pub mod health;
pub mod journal;
pub mod links;
pub mod mandates;
pub mod organisations;
pub mod people;
pub mod plan;
pub mod pledges;
pub mod polls;
pub mod privacy;
pub mod pulses;
pub mod reminders;
pub mod retention;
pub mod roles;
pub mod setup;
pub mod site;
pub mod views;
pub mod widening;
pub mod workshops;

pub use error::{Refusal, ServiceError};

use crate::domain::actor::{Actor, Role};

/// Lets through whoever has at least `role`.
fn require(actor: &Actor, role: Role) -> Result<(), ServiceError> {
    if actor.role >= role {
        Ok(())
    } else {
        Err(Refusal::NotAllowed(role).into())
    }
}
