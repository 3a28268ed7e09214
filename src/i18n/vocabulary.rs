//! The words of vocabularies: `config/themes.toml`, by slug, in both languages.
//!
//! Labels stand in that file only, so that a word is corrected in one place. Slugs are for ever, labels may change. A slug
//! that stands in stored data and no longer in the file is retired: [`Vocabularies::term`] says `None`, and whoever shows
//! it says so. To add a term: a block in the file. Vocabularies whose terms are choices of a command are Fluent texts too
//! ([`texts`]), under a prefix.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;

use crate::domain::language::Language;
use crate::domain::text::fold;

/// The file, as embedded.
const SOURCE: &str = include_str!("../../config/themes.toml");
/// Vocabularies that are choices, and what the ids of their texts begin with.
const CHOICES: [(&str, &str); 1] = [("sectors", "choice-sector")];

/// An entry of a vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Term {
    /// The name in stored data.
    pub slug: String,
    fr: String,
    en: String,
}

impl Term {
    /// The label in one language.
    #[must_use]
    pub fn label(&self, language: Language) -> &str {
        match language {
            Language::FrCa => &self.fr,
            Language::EnCa => &self.en,
        }
    }

    /// Its slug and its labels, as people compare them.
    fn names(&self) -> [String; 3] {
        [&self.slug, &self.fr, &self.en].map(|name| fold(name))
    }
}

/// Every vocabulary, by its name in the file.
#[derive(Debug, Clone, Default)]
pub struct Vocabularies(BTreeMap<String, Vec<Term>>);

impl Vocabularies {
    /// Reads the embedded file. Its lists whose entries have no slug and no labels are no vocabularies.
    pub(super) fn load() -> Result<Self, toml::de::Error> {
        let tables: toml::Table = toml::from_str(SOURCE)?;
        let lists = tables.into_iter().filter_map(|(name, list)| {
            let terms: Vec<Term> = list.try_into().ok()?;
            Some((name, terms))
        });
        Ok(Self(lists.collect()))
    }

    /// The terms of a vocabulary, in the order of the file.
    #[must_use]
    pub fn terms(&self, vocabulary: &str) -> &[Term] {
        self.0.get(vocabulary).map_or(&[], Vec::as_slice)
    }

    /// The term of that slug, if it is not retired.
    #[must_use]
    pub fn term(&self, vocabulary: &str, slug: &str) -> Option<&Term> {
        self.terms(vocabulary).iter().find(|term| term.slug == slug)
    }

    /// The term that somebody means: by its slug or a label in any language, or by a part of a label that no other
    /// term has.
    #[must_use]
    pub fn meant(&self, vocabulary: &str, typed: &str) -> Option<&Term> {
        let typed = fold(typed.trim());
        if typed.is_empty() {
            return None;
        }
        let terms = self.terms(vocabulary);
        let exact = terms.iter().find(|term| term.names().contains(&typed));
        exact.or_else(|| {
            let part = |term: &&Term| term.names().iter().any(|name| name.contains(&typed));
            let mut found = terms.iter().filter(part);
            found.next().filter(|_| found.next().is_none())
        })
    }
}

/// The texts of the vocabularies that are choices, `choice-sector-<slug>`, in one language and in Fluent's syntax; or why
/// the file cannot be read.
pub(super) fn texts(language: Language) -> Result<String, String> {
    let all = Vocabularies::load().map_err(|error| error.to_string())?;
    let mut texts = String::new();
    for (vocabulary, prefix) in CHOICES {
        for term in all.terms(vocabulary) {
            let (slug, label) = (&term.slug, term.label(language));
            writeln!(texts, "{prefix}-{slug} = {label}").map_err(|error| error.to_string())?;
        }
    }
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::organisation::SECTORS;
    use crate::i18n::Words;

    #[test]
    fn every_sector_is_in_the_vocabulary_and_has_its_label_in_both_languages() {
        let all = Vocabularies::load().unwrap();
        let sectors = all.terms("sectors");
        let slugs: Vec<&str> = sectors.iter().map(|sector| sector.slug.as_str()).collect();
        assert_eq!(slugs, SECTORS);
        let words = Words::load().unwrap();
        for sector in sectors {
            let id = format!("choice-sector-{}", sector.slug);
            for language in Language::ALL {
                assert_eq!(words.plain(language, &id), sector.label(language));
            }
        }
    }

    #[test]
    fn a_term_is_meant_by_its_slug_its_label_or_a_part_that_is_its_own() {
        let all = Vocabularies::load().unwrap();
        let meant = |typed: &str| all.meant("themes", typed).map(|term| term.slug.as_str());
        for (typed, slug) in [
            ("transport", Some("transport")),
            ("Transportation", Some("transport")),
            ("ENERGIE", Some("energie")),
            ("alimentation", Some("agriculture")),
            ("just transition", Some("emplois")),
            ("e", None),
            ("télégraphe", None),
            ("", None),
        ] {
            assert_eq!(meant(typed), slug, "{typed}");
        }
    }

    #[test]
    fn a_retired_slug_has_no_label_and_every_vocabulary_of_workshops_is_there() {
        let all = Vocabularies::load().unwrap();
        for vocabulary in ["themes", "steps", "workshop_types", "access"] {
            assert!(!all.terms(vocabulary).is_empty(), "{vocabulary}");
            for term in all.terms(vocabulary) {
                for language in Language::ALL {
                    assert!(!term.label(language).is_empty(), "{}", term.slug);
                }
            }
        }
        assert_eq!(all.term("themes", "telegraphe"), None);
    }
}
