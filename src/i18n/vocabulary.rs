//! Words of the vocabularies in `config/themes.toml`, as Fluent texts: `choice-sector-<slug>`.
//!
//! Labels stand in that file only, in both languages, so that a word is corrected in one place. To take in another
//! vocabulary: its field and its prefix here.

use std::fmt::Write as _;

use serde::Deserialize;

use crate::domain::language::Language;

const SOURCE: &str = include_str!("../../config/themes.toml");

#[derive(Deserialize)]
struct Vocabularies {
    sectors: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    slug: String,
    fr: String,
    en: String,
}

/// The texts of one language, in Fluent's syntax; or why the file cannot be read.
pub(super) fn texts(language: Language) -> Result<String, String> {
    let read: Vocabularies = toml::from_str(SOURCE).map_err(|error| error.to_string())?;
    let mut texts = String::new();
    for Entry { slug, fr, en } in read.sectors {
        let label = match language {
            Language::FrCa => fr,
            Language::EnCa => en,
        };
        writeln!(texts, "choice-sector-{slug} = {label}").map_err(|error| error.to_string())?;
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
        let read: Vocabularies = toml::from_str(SOURCE).unwrap();
        let slugs: Vec<&str> = read
            .sectors
            .iter()
            .map(|sector| sector.slug.as_str())
            .collect();
        assert_eq!(slugs, SECTORS);
        let words = Words::load().unwrap();
        for sector in &read.sectors {
            let id = format!("choice-sector-{}", sector.slug);
            assert_eq!(words.plain(Language::FrCa, &id), sector.fr);
            assert_eq!(words.plain(Language::EnCa, &id), sector.en);
        }
    }
}
