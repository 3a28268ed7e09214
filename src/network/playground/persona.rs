//! Who one can be on the page.
//!
//! A persona is an account of the playground's network. What it may do comes with it ([`Persona::standing`]), as
//! power levels come with a Matrix account; grants in the database may add to that.

use crate::domain::actor::{Account, Role};
use crate::domain::network::NetworkKind;

/// Somebody one can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Persona {
    /// The account's address. Its name is `playground-name-<id>`, its part `playground-part-<id>`.
    pub id: &'static str,
    /// What they may do.
    pub standing: Role,
}

/// Everyone one can be, in the order of the page.
pub const PERSONAS: [Persona; 6] = [
    Persona {
        id: "organizer",
        standing: Role::Organizer,
    },
    Persona {
        id: "citizen-1",
        standing: Role::Citizen,
    },
    Persona {
        id: "citizen-2",
        standing: Role::Citizen,
    },
    Persona {
        id: "citizen-3",
        standing: Role::Citizen,
    },
    Persona {
        id: "partner",
        standing: Role::Editor,
    },
    Persona {
        id: "steward",
        standing: Role::Steward,
    },
];

/// The persona with that id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Persona> {
    PERSONAS.iter().find(|persona| persona.id == id)
}

impl Persona {
    /// The account behind it.
    #[must_use]
    pub fn account(&self) -> Account {
        Account {
            network: NetworkKind::Playground,
            address: self.id.to_owned(),
        }
    }
}
