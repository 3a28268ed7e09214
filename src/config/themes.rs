//! Vocabularies: themes, sectors, steps, regions, collectivités, and the states that things go through, read
//! from `config/themes.toml`, which is embedded at build.
//!
//! Slugs are for ever, labels may change. This module only reads and looks up: it must not decide what a slug
//! means for a workshop or a poll. Stored data may hold a slug that the file no longer has: [`Themes::theme`]
//! and its likes then say `None`, and whoever shows it says "retired", never fails.
//!
//! # Adding an entry
//! A block in `config/themes.toml` with a new slug and both labels, and the count in this file's test.

use serde::{Deserialize, Serialize};

use crate::domain::language::Language;

/// The file, as embedded.
const SOURCE: &str = include_str!("../../config/themes.toml");

/// Embedded data that cannot be read. Cannot happen in a build whose tests passed.
#[derive(Debug, thiserror::Error)]
#[error("embedded file {file}: {reason}")]
pub struct BadData {
    /// Which file.
    pub file: &'static str,
    /// What is wrong with it, with the line.
    pub reason: String,
}

/// Reads one embedded TOML file.
pub(super) fn read<T: serde::de::DeserializeOwned>(
    file: &'static str,
    source: &str,
) -> Result<T, BadData> {
    toml::from_str(source).map_err(|error| BadData {
        file,
        reason: error.to_string(),
    })
}

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// French of Québec.
    pub fr: String,
    /// English of Canada.
    pub en: String,
}

impl Bilingual {
    /// The text in one language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::FrCa => &self.fr,
            Language::EnCa => &self.en,
        }
    }
}

/// How sure the wording of a theme is, against the published road map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wording {
    /// These very words are published.
    #[serde(rename = "atteste")]
    Attested,
    /// Only the main word is published.
    #[serde(rename = "radical_atteste")]
    StemAttested,
    /// From general knowledge: to be checked before going live.
    #[serde(rename = "non_atteste")]
    NotAttested,
}

/// One of the themes (thématiques) of the road map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// The name in stored data.
    pub slug: String,
    /// Its place in lists, from 1.
    pub order: u8,
    /// The label in French.
    pub fr: String,
    /// The label in English.
    pub en: String,
    /// How sure the label is.
    pub wording: Wording,
}

/// Where a sector's name comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// One of the five founding sectors of the Front commun pour la transition énergétique.
    Fcte,
    /// Added for local use.
    Local,
}

/// A sector that organisations belong to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sector {
    /// The name in stored data.
    pub slug: String,
    /// The label in French.
    pub fr: String,
    /// The label in English.
    pub en: String,
    /// Where it comes from.
    pub origin: Origin,
}

/// A step (étape) of the démarche.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The name in stored data.
    pub slug: String,
    /// Its place, from 1.
    pub order: u8,
    /// The label in French.
    pub fr: String,
    /// The label in English.
    pub en: String,
}

/// An administrative region of Québec.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// The official code, two digits.
    pub code: String,
    /// The official name, the same in both languages.
    pub name: String,
}

/// A collectivité that carries such a démarche; a real one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Community {
    /// The name in stored data.
    pub id: String,
    /// What it calls itself.
    pub name: String,
    /// The code of its region.
    pub region: String,
    /// The territory it speaks of.
    pub territory: String,
    /// Its cohort, if it is one's.
    pub cohort: Option<u8>,
    /// When it was launched: `YYYY-MM-DD`, or `YYYY-MM` where the day is not known.
    pub launched: String,
}

/// A slug and its labels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The name in stored data.
    pub slug: String,
    /// The label in French.
    pub fr: String,
    /// The label in English.
    pub en: String,
}

/// Every vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Themes {
    /// How sure the names of the themes are.
    pub themes_note: Bilingual,
    /// The 14 themes.
    pub themes: Vec<Theme>,
    /// The 15 sectors.
    pub sectors: Vec<Sector>,
    /// The 5 steps.
    pub steps: Vec<Step>,
    /// The 17 regions.
    pub regions: Vec<Region>,
    /// Collectivités.
    pub communities: Vec<Community>,
    /// What an organisation can be in a démarche.
    pub organisation_roles: Vec<Entry>,
    /// The states of a commitment.
    pub commitment_states: Vec<Entry>,
    /// The states of an action.
    pub action_states: Vec<Entry>,
    /// The states of a workshop.
    pub workshop_states: Vec<Entry>,
    /// Who sees whose name.
    pub visibilities: Vec<Entry>,
    /// Kinds of workshop.
    pub workshop_types: Vec<Entry>,
    /// What makes a workshop open to all.
    pub access: Vec<Entry>,
}

impl Themes {
    /// Reads the embedded file.
    ///
    /// # Errors
    /// A syntax error, or a field that is not known here.
    pub fn load() -> Result<Self, BadData> {
        read("themes.toml", SOURCE)
    }

    /// The theme of that slug, if it is not retired.
    #[must_use]
    pub fn theme(&self, slug: &str) -> Option<&Theme> {
        self.themes.iter().find(|theme| theme.slug == slug)
    }

    /// The sector of that slug, if it is not retired.
    #[must_use]
    pub fn sector(&self, slug: &str) -> Option<&Sector> {
        self.sectors.iter().find(|sector| sector.slug == slug)
    }

    /// The step of that slug, if it is not retired.
    #[must_use]
    pub fn step(&self, slug: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.slug == slug)
    }

    /// The region of that official code.
    #[must_use]
    pub fn region(&self, code: &str) -> Option<&Region> {
        self.regions.iter().find(|region| region.code == code)
    }
}

macro_rules! labelled {
    ($($type:ty),+) => {$(
        impl $type {
            /// The label in one language.
            #[must_use]
            pub fn label(&self, language: Language) -> &str {
                match language {
                    Language::FrCa => &self.fr,
                    Language::EnCa => &self.en,
                }
            }
        }
    )+};
}
labelled!(Theme, Sector, Step, Entry);

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_vocabularies_parse_and_are_complete() {
        let themes = Themes::load().unwrap();
        assert_eq!(themes.themes.len(), 14);
        assert_eq!(themes.sectors.len(), 15);
        assert_eq!(themes.steps.len(), 5);
        assert_eq!(themes.regions.len(), 17);
        assert_eq!(themes.communities.len(), 9);
        assert_eq!(themes.organisation_roles.len(), 5);
        assert_eq!(themes.commitment_states.len(), 7);
        assert_eq!(themes.action_states.len(), 6);
        assert_eq!(themes.workshop_states.len(), 6);
        assert_eq!(themes.visibilities.len(), 3);
        assert_eq!(themes.workshop_types.len(), 7);
        assert_eq!(themes.access.len(), 9);
    }

    #[test]
    fn slugs_stand_once_and_are_plain_ascii() {
        let themes = Themes::load().unwrap();
        let lists: [Vec<&str>; 4] = [
            themes.themes.iter().map(|t| t.slug.as_str()).collect(),
            themes.sectors.iter().map(|t| t.slug.as_str()).collect(),
            themes.steps.iter().map(|t| t.slug.as_str()).collect(),
            themes.regions.iter().map(|t| t.code.as_str()).collect(),
        ];
        for list in lists {
            let once: BTreeSet<_> = list.iter().collect();
            assert_eq!(once.len(), list.len());
            for slug in list {
                assert!(
                    slug.chars()
                        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
                    "{slug}"
                );
            }
        }
    }

    #[test]
    fn an_unknown_slug_is_retired_and_not_a_failure() {
        let themes = Themes::load().unwrap();
        assert!(themes.theme("telegraphe").is_none());
        assert_eq!(
            themes.theme("energie").unwrap().label(Language::EnCa),
            "Energy"
        );
        for community in &themes.communities {
            assert!(
                themes.region(&community.region).is_some(),
                "{}",
                community.id
            );
        }
    }
}
