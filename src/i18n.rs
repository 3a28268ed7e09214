//! Words for people: Fluent catalogues in French (Québec) and English (Canada), and dates and numbers as the
//! Office québécois de la langue française writes them.
//!
//! Every word that a person reads stands in `config/locales/<language>/*.ftl`, embedded at build (labels of vocabularies
//! in `config/themes.toml`); code knows ids only. To add words: the same id in the same file of *both* languages (a test compares them).
//! Texts of people go in as arguments and come out unchanged: escaping belongs to where a message goes.
//! Commands are written `!vote` in the catalogues; networks show them as they are typed there
//! ([`COMMAND_SIGN`]).

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::domain::card::COMMAND_SIGN;
use crate::domain::language::Language;

pub mod dates;
mod vocabulary;

pub use vocabulary::{Term, Vocabularies};

/// The catalogues of one language, by file name.
type Files = &'static [(&'static str, &'static str)];

macro_rules! catalogue {
    ($language:literal: $($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../config/locales/", $language, "/", $name, ".ftl")))),+]
    };
}

const FRENCH: Files = catalogue!("fr-CA":
    "catalogue", "chart", "checkin", "circle", "commands", "commitment", "common", "data", "digest", "discord", "errors", "federation", "link", "matrix",
    "organisation", "plan", "pledge", "playground", "poll", "privacy", "proposal", "pulse", "reminder", "site", "web", "workshop");
const ENGLISH: Files = catalogue!("en-CA":
    "catalogue", "chart", "checkin", "circle", "commands", "commitment", "common", "data", "digest", "discord", "errors", "federation", "link", "matrix",
    "organisation", "plan", "pledge", "playground", "poll", "privacy", "proposal", "pulse", "reminder", "site", "web", "workshop");

/// The files of a language.
#[must_use]
pub const fn files(language: Language) -> &'static [(&'static str, &'static str)] {
    match language {
        Language::FrCa => FRENCH,
        Language::EnCa => ENGLISH,
    }
}

/// Named values that go into a text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Args(Vec<(&'static str, Arg)>);

/// A value that goes into a text.
#[derive(Debug, Clone, PartialEq)]
enum Arg {
    Text(String),
    Number(i64),
    /// A moment, in a zone: written as the language writes it.
    When(DateTime<Utc>, Tz),
}

impl Args {
    /// No values.
    #[must_use]
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// The same and a text.
    #[must_use]
    pub fn text(mut self, name: &'static str, value: impl ToString) -> Self {
        self.0.push((name, Arg::Text(value.to_string())));
        self
    }

    /// The same and a moment, which is written out in full.
    #[must_use]
    pub fn when(mut self, name: &'static str, at: DateTime<Utc>, zone: Tz) -> Self {
        self.0.push((name, Arg::When(at, zone)));
        self
    }

    /// The same and a whole number, which the text may inflect by.
    #[must_use]
    pub fn number(mut self, name: &'static str, value: i64) -> Self {
        self.0.push((name, Arg::Number(value)));
        self
    }
}

/// Values for a text; starts empty.
#[must_use]
pub const fn args() -> Args {
    Args::none()
}

/// The words of every language.
pub struct Words {
    french: FluentBundle<FluentResource>,
    english: FluentBundle<FluentResource>,
    /// The words of vocabularies.
    pub vocabularies: Vocabularies,
}

/// A catalogue that cannot be used. Cannot happen in a build whose tests passed.
#[derive(Debug, thiserror::Error)]
#[error("catalogue {language}/{file}: {reason}")]
pub struct BadCatalogue {
    language: Language,
    file: &'static str,
    reason: String,
}

impl Words {
    /// Reads the embedded catalogues.
    ///
    /// # Errors
    /// A syntax error, or an id that stands twice.
    pub fn load() -> Result<Self, BadCatalogue> {
        Ok(Self {
            french: bundle(Language::FrCa)?,
            english: bundle(Language::EnCa)?,
            vocabularies: Vocabularies::load().map_err(|error| BadCatalogue {
                language: Language::default(),
                file: "themes.toml",
                reason: error.to_string(),
            })?,
        })
    }

    const fn bundle(&self, language: Language) -> &FluentBundle<FluentResource> {
        match language {
            Language::FrCa => &self.french,
            Language::EnCa => &self.english,
        }
    }

    /// The text with that id.
    #[must_use]
    pub fn say(&self, language: Language, id: &str, args: Args) -> String {
        self.find(language, id, None, args).unwrap_or_else(|| {
            tracing::error!(%language, id, "no such text");
            id.to_owned()
        })
    }

    /// The text with that id and no values.
    #[must_use]
    pub fn plain(&self, language: Language, id: &str) -> String {
        self.say(language, id, Args::none())
    }

    /// An attribute of the text with that id, if there is one.
    #[must_use]
    pub fn attribute(&self, language: Language, id: &str, attribute: &str) -> Option<String> {
        self.find(language, id, Some(attribute), Args::none())
    }

    /// The text with that id, if there is one.
    #[must_use]
    pub fn try_say(&self, language: Language, id: &str) -> Option<String> {
        self.find(language, id, None, Args::none())
    }

    fn find(
        &self,
        language: Language,
        id: &str,
        attribute: Option<&str>,
        args: Args,
    ) -> Option<String> {
        let bundle = self.bundle(language);
        let message = bundle.get_message(id)?;
        let pattern = match attribute {
            Some(name) => message.get_attribute(name)?.value(),
            None => message.value()?,
        };
        let mut values = FluentArgs::new();
        for (name, value) in args.0 {
            match value {
                Arg::Text(text) => values.set(name, FluentValue::String(Cow::Owned(text))),
                Arg::Number(number) => values.set(name, FluentValue::from(number)),
                Arg::When(at, zone) => {
                    let written = dates::full(at, zone, language);
                    values.set(name, FluentValue::String(Cow::Owned(written)));
                }
            }
        }
        let mut errors = Vec::new();
        let text = bundle
            .format_pattern(pattern, Some(&values), &mut errors)
            .into_owned();
        for error in errors {
            tracing::error!(%language, id, %error, "a text lacks a value");
        }
        Some(text)
    }
}

fn bundle(language: Language) -> Result<FluentBundle<FluentResource>, BadCatalogue> {
    let tag: LanguageIdentifier = language.tag().parse().map_err(|error| BadCatalogue {
        language,
        file: "",
        reason: format!("{error}"),
    })?;
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // Isolation marks would show as boxes in some clients; texts that reorder others are refused where they
    // come in (domain::text).
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::FrCa => |value, _| format_number(Language::FrCa, value),
        Language::EnCa => |value, _| format_number(Language::EnCa, value),
    }));
    for (file, source) in files(language) {
        add(&mut bundle, with_command_signs(source)).map_err(|reason| BadCatalogue {
            language,
            file,
            reason,
        })?;
    }
    let vocabulary = vocabulary::texts(language).and_then(|texts| add(&mut bundle, texts));
    vocabulary.map_err(|reason| BadCatalogue {
        language,
        file: "themes.toml",
        reason,
    })?;
    Ok(bundle)
}

/// A catalogue whose commands (`!vote`: the sign right before a letter) begin with [`COMMAND_SIGN`], so that each
/// network can write them as they are typed there.
fn with_command_signs(source: &str) -> String {
    let mut after = source.chars().skip(1);
    let signed = source.chars().map(|c| {
        let before_letter = after.next().is_some_and(char::is_alphabetic);
        if c == '!' && before_letter {
            COMMAND_SIGN
        } else {
            c
        }
    });
    signed.collect()
}

fn add(bundle: &mut FluentBundle<FluentResource>, source: String) -> Result<(), String> {
    let resource = FluentResource::try_new(source).map_err(|(_, errors)| format!("{errors:?}"))?;
    bundle
        .add_resource(resource)
        .map_err(|errors| format!("{errors:?}"))
}

fn format_number(language: Language, value: &FluentValue<'_>) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    #[expect(
        clippy::cast_possible_truncation,
        reason = "numbers go in as i64 through Args::number"
    )]
    Some(dates::number(number.value as i64, language))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn commands_are_left_to_be_signed_by_each_network_and_peoples_words_are_not() {
        let words = Words::load().unwrap();
        let help = words.plain(Language::FrCa, "error-see-help");
        assert!(help.contains(&format!("{COMMAND_SIGN}aide")), "{help}");
        let typed = args().text("typed", "!aïe").text("id", "S1");
        let told = words.say(Language::FrCa, "error-ballot-not-understood", typed);
        assert!(told.contains("!aïe"), "{told}");
    }

    #[test]
    fn both_languages_say_the_same_things() {
        for ((name, french), (other, english)) in
            files(Language::FrCa).iter().zip(files(Language::EnCa))
        {
            assert_eq!(name, other);
            let (french, english) = (entries(french), entries(english));
            let only_french: Vec<_> = french.difference(&english).collect();
            let only_english: Vec<_> = english.difference(&french).collect();
            assert!(
                only_french.is_empty(),
                "{name}.ftl, only in French: {only_french:?}"
            );
            assert!(
                only_english.is_empty(),
                "{name}.ftl, only in English: {only_english:?}"
            );
        }
    }

    #[test]
    fn french_signs_never_begin_a_line_alone() {
        for (name, source) in files(Language::FrCa) {
            let spoken = source.lines().filter(|line| !line.starts_with('#'));
            for line in spoken {
                for apart in ["« ", " »", " :"] {
                    assert!(!line.contains(apart), "{name}.ftl: {apart:?} in {line}");
                }
            }
        }
    }

    /// Ids, attributes, and the variables that each uses.
    fn entries(source: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut id = String::new();
        for line in source.lines() {
            if line.starts_with(|c: char| c.is_ascii_lowercase()) {
                line.split(' ')
                    .next()
                    .unwrap_or_default()
                    .clone_into(&mut id);
                found.insert(id.clone());
            } else if let Some(attribute) = line.trim_start().strip_prefix('.') {
                found.insert(format!(
                    "{id}.{}",
                    attribute.split(' ').next().unwrap_or_default()
                ));
            }
            for variable in line.split('$').skip(1) {
                let name: String = variable
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '-' || *c == '_')
                    .collect();
                found.insert(format!("{id} ${name}"));
            }
        }
        found
    }

    #[test]
    fn every_catalogue_loads() {
        Words::load().unwrap();
    }
}
