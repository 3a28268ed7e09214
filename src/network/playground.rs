//! The playground: a network that lives in one local web page, with two rooms side by side.
//!
//! On the left a room like Discord's (buttons, menus, forms), on the right one like Matrix's (typing and
//! reactions). Whoever sits in front of it chooses who to be, and moves the clock: organizers rehearse here. It is
//! the same bot behind a third [`Network`]; nothing outside this folder knows that it is a game.
//!
//! What it must not do: keep anything (its rooms live in memory; a card whose message is gone is sent again),
//! listen anywhere but on this machine, or trust what comes in. Its caller binds [`router`] to `127.0.0.1`; the
//! routes refuse other host names and origins, so that a page elsewhere cannot act through a visitor's browser.
//!
//! # Extending it
//! - A new persona: [`persona::PERSONAS`], its two names in `playground.ftl`, and what the wiring grants it.
//! - A new kind of block, control or answer: the compiler does not reach into the page, so
//!   `config/playground/playground.js` draws it, and `tests/it/playground.rs` looks at it.
//! - Words of the page: `config/locales/*/playground.ftl`; those the script needs also in [`page`].

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::{Delivery, MessageRef, Network, SendError};
use crate::domain::card::{NativeFigures, NativePoll};
use crate::domain::clock::{Clock, ShiftedClock, SystemClock};
use crate::domain::network::{Destination, NetworkKind};

mod act;
mod events;
mod guard;
pub mod page;
pub mod persona;
mod rooms;
mod web;

#[cfg(test)]
mod tests;

pub use web::{PlaygroundHooks, router};

use rooms::{Place, Placed, Rooms};

/// The address of the room with buttons and forms.
pub const BUTTON_ROOM: &str = "salon-boutons";
/// The address of the room where one types.
pub const TEXT_ROOM: &str = "salon-texte";
/// Both rooms, as the page shows them.
pub const ROOMS: [&str; 2] = [BUTTON_ROOM, TEXT_ROOM];

/// The network behind the page.
pub struct PlaygroundNetwork {
    rooms: Rooms,
    clock: Arc<ShiftedClock>,
    /// When the process started, by the machine's clock: makes references differ from one run to the next, so that
    /// a database that outlives a run never takes a new message for an old one.
    run: i64,
    counter: std::sync::atomic::AtomicU64,
}

impl PlaygroundNetwork {
    /// Two empty rooms, under a clock that the page may move.
    #[must_use]
    pub fn new(clock: Arc<ShiftedClock>) -> Arc<Self> {
        Arc::new(Self {
            rooms: Rooms::default(),
            clock,
            run: SystemClock.now().timestamp_micros(),
            counter: std::sync::atomic::AtomicU64::new(1),
        })
    }

    /// A reference that no message and no deed of any run has.
    fn reference(&self) -> String {
        let number = self
            .counter
            .fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        format!("{:x}-{number}", self.run)
    }

    fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }
}

/// Where a message stands on the page.
fn place(destination: &Destination) -> Result<Place, SendError> {
    let unknown = |what: &str, address: &str| SendError::Permanent {
        reason: format!("the playground has no {what} {address:?}"),
    };
    match destination {
        Destination::Room(room) | Destination::Thread { room, .. } => {
            let room = ROOMS
                .into_iter()
                .find(|known| known == room)
                .ok_or_else(|| unknown("room", room))?;
            let thread = match destination {
                Destination::Thread { root, .. } => Some(root.clone()),
                _ => None,
            };
            Ok(Place {
                room,
                thread,
                only_for: None,
            })
        }
        Destination::Server { room, .. } => Err(unknown("calendar", room)),
        Destination::Direct(account) => {
            let persona = persona::find(account).ok_or_else(|| unknown("persona", account))?;
            Ok(Place {
                room: rooms::PRIVATE,
                thread: None,
                only_for: Some(persona.id),
            })
        }
    }
}

#[async_trait]
impl Network for PlaygroundNetwork {
    fn kind(&self) -> NetworkKind {
        NetworkKind::Playground
    }

    async fn create(&self, delivery: &Delivery) -> Result<MessageRef, SendError> {
        let placed = Placed {
            card: delivery.card,
            revision: delivery.revision,
            place: place(&delivery.destination)?,
            message: delivery.message.clone(),
            at: delivery.now,
        };
        Ok(MessageRef(self.rooms.create(placed, || self.reference())))
    }

    async fn edit(&self, delivery: &Delivery, message: &MessageRef) -> Result<(), SendError> {
        if self
            .rooms
            .edit(&message.0, delivery.revision, &delivery.message)
        {
            Ok(())
        } else {
            Err(SendError::Gone {
                reason: format!("no message {} since the page was started", message.0),
            })
        }
    }

    async fn figures(
        &self,
        message: &MessageRef,
        _poll: &NativePoll,
    ) -> Result<NativeFigures, SendError> {
        let gone = || SendError::Gone {
            reason: format!("no poll {} since the page was started", message.0),
        };
        let votes = self.rooms.votes(&message.0).ok_or_else(gone)?;
        Ok(NativeFigures { votes, exact: true })
    }

    async fn keep_pinned(&self, message: &MessageRef) -> Result<(), SendError> {
        if self.rooms.has(&message.0) {
            return Ok(());
        }
        Err(SendError::Gone {
            reason: format!("no message {} since the page was started", message.0),
        })
    }

    fn connected(&self) -> bool {
        true
    }
}
