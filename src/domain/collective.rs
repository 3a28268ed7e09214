//! A collective: the group that shares one record, and the rooms it lives in.

use chrono_tz::Tz;
use uuid::Uuid;

use super::language::Language;
use super::network::NetworkKind;
use super::plan::Step;
use super::standing::RoleRules;

/// A group that builds something together: « Collectivité ZéN de Québec ».
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collective {
    /// Its id.
    pub id: Uuid,
    /// Its name in configuration and addresses.
    pub slug: String,
    /// Its name for people.
    pub name: String,
    /// Where it lives: dates are read and shown in this zone.
    pub zone: Tz,
    /// The language of rooms that name none.
    pub language: Language,
    /// What networks' permissions amount to here.
    pub roles: RoleRules,
    /// The steps of its démarche, where it has its own; none: those of `config/themes.toml`.
    pub steps: Vec<Step>,
    /// The slug of the step it is at, if somebody said.
    pub step: Option<String>,
}

/// What a room is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Citizens are here: cards are shown.
    Public,
    /// Organizers and stewards steer from here: previews, warnings.
    Control,
}

impl Purpose {
    /// The name in configuration and in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Control => "control",
        }
    }

    /// The purpose of that name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Public, Self::Control]
            .into_iter()
            .find(|purpose| purpose.name() == name)
    }
}

/// A room of a collective on one network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// Its id.
    pub id: Uuid,
    /// The collective it belongs to.
    pub collective: Uuid,
    /// The network it is on.
    pub network: NetworkKind,
    /// The network's own id of the room.
    pub address: String,
    /// The language of its cards.
    pub language: Language,
    /// What it is for.
    pub purpose: Purpose,
}
