//! The languages the bot speaks.
//!
//! A language is only its name here; words live in `config/locales`, formats in `i18n`. To add one:
//! a variant, its tag, its place in [`Language::ALL`], the tags people may type in
//! [`Language::from_tag`], then what the compiler asks for.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language the bot speaks. French of Québec is the default.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    /// French of Québec.
    #[default]
    #[serde(rename = "fr-CA")]
    FrCa,
    /// English of Canada.
    #[serde(rename = "en-CA")]
    EnCa,
}

/// A tag of a language that the bot does not speak.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown language {0:?}")]
pub struct UnknownLanguage(pub String);

impl Language {
    /// Every language, the default first.
    pub const ALL: [Self; 2] = [Self::FrCa, Self::EnCa];

    /// The BCP 47 tag: "fr-CA".
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::FrCa => "fr-CA",
            Self::EnCa => "en-CA",
        }
    }

    /// The language of a tag that a person or a network gave, in any case: Discord has "fr",
    /// "en-US" and "en-GB".
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.trim().to_ascii_lowercase().replace('_', "-").as_str() {
            "fr" | "fr-ca" | "fr-fr" => Some(Self::FrCa),
            "en" | "en-ca" | "en-us" | "en-gb" => Some(Self::EnCa),
            _ => None,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        Self::from_tag(tag).ok_or_else(|| UnknownLanguage(tag.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn tags_are_read_back_in_any_case() {
        for language in Language::ALL {
            assert_eq!(language.to_string().parse(), Ok(language));
            assert_eq!(
                Language::from_tag(&language.tag().to_uppercase()),
                Some(language)
            );
        }
        for tag in ["fr", "fr-CA", "fr-FR", "FR", " fr ", "fr_CA"] {
            assert_eq!(Language::from_tag(tag), Some(Language::FrCa), "{tag}");
        }
        for tag in ["en", "en-US", "en-GB", "en-CA", "EN"] {
            assert_eq!(Language::from_tag(tag), Some(Language::EnCa), "{tag}");
        }
        for tag in ["", "es", "french", "f"] {
            assert_eq!(Language::from_tag(tag), None, "{tag}");
            assert!(tag.parse::<Language>().is_err());
        }
    }

    #[test]
    fn french_comes_first() {
        assert_eq!(Language::default(), Language::FrCa);
        assert_eq!(Language::ALL.first(), Some(&Language::FrCa));
    }

    #[test]
    fn stored_as_its_tag() {
        assert_eq!(
            serde_json::to_string(&Language::FrCa).ok().as_deref(),
            Some("\"fr-CA\"")
        );
        assert_eq!(
            serde_json::from_str(r#""en-CA""#).ok(),
            Some(Language::EnCa)
        );
    }
}
