//! What may be said of a workshop besides what and when, and who can come.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::circle::Within;
use crate::domain::poll::rules::Eligibility;
use crate::domain::text::Wording;

/// Where people take part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// In one place.
    InPerson,
    /// From anywhere.
    Online,
    /// Both.
    Hybrid,
}

impl Mode {
    const NAMES: [(Self, &'static str); 3] = [
        (Self::InPerson, "in-person"),
        (Self::Online, "online"),
        (Self::Hybrid, "hybrid"),
    ];

    /// The name in the table of commands and in Fluent's ids.
    #[must_use]
    pub fn name(self) -> &'static str {
        let found = Self::NAMES.into_iter().find(|(mode, _)| *mode == self);
        found.map_or("in-person", |(_, name)| name)
    }

    /// The mode of that name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let found = Self::NAMES.into_iter().find(|(_, known)| *known == name);
        found.map(|(mode, _)| mode)
    }
}

/// In which language people speak there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Spoken {
    /// French.
    French,
    /// English.
    English,
    /// Both.
    Bilingual,
}

impl Spoken {
    const NAMES: [(Self, &'static str); 3] = [
        (Self::French, "french"),
        (Self::English, "english"),
        (Self::Bilingual, "bilingual"),
    ];

    /// The name in the table of commands and in Fluent's ids.
    #[must_use]
    pub fn name(self) -> &'static str {
        let found = Self::NAMES.into_iter().find(|(spoken, _)| *spoken == self);
        found.map_or("french", |(_, name)| name)
    }

    /// The language of that name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let found = Self::NAMES.into_iter().find(|(_, known)| *known == name);
        found.map(|(spoken, _)| spoken)
    }
}

/// What may be said of a workshop besides what and when. Slugs are those of `config/themes.toml`; one that is retired
/// there may still stand here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Details {
    /// Where people take part.
    pub mode: Option<Mode>,
    /// What it costs; free if nothing is said.
    pub cost: Option<Wording>,
    /// Slugs of `access`: what makes it open to all.
    pub access: Vec<String>,
    /// How to come without a car.
    pub transit: Option<Wording>,
    /// More about access: whom to ask, by when.
    pub access_note: Option<Wording>,
    /// The language spoken there.
    pub spoken: Option<Spoken>,
    /// Who it is for; everybody if nothing is said.
    pub audience: Option<Wording>,
    /// Slugs of `themes`.
    pub themes: Vec<String>,
    /// A slug of `steps`.
    pub step: Option<String>,
    /// A slug of `workshop_types`.
    pub kind: Option<String>,
    /// Who holds it.
    pub hosts: Vec<String>,
    /// Within which circle one must act to say that one comes, if within one.
    pub circle: Option<Within>,
}

/// Who can come, and until when one can say so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// How many seats there are; no end of them if none.
    pub capacity: Option<i64>,
    /// How many companions each person may bring.
    pub companions: i64,
    /// When answers close; at the end if nothing is said.
    pub closes_at: Option<DateTime<Utc>>,
    /// Who may say that they come.
    pub who: Eligibility,
}

impl Limits {
    /// Whether answers are closed.
    #[must_use]
    pub fn closed(&self, now: DateTime<Utc>) -> bool {
        self.closes_at.is_some_and(|closes| closes <= now)
    }
}
