//! Texts that people write: bounded, on one line where one line is meant, and free of characters that
//! could reorder, hide or break what others read.
//!
//! Escaping for Markdown or HTML is not done here: a text is stored as it was written, and each network
//! escapes it for where it goes.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::language::Language;

/// Longest title (a workshop's title, a poll's question), in characters. Discord's embed titles end at 256.
pub const TITLE_MAX: usize = 150;
/// Longest commitment sentence or option label, in characters.
pub const SENTENCE_MAX: usize = 200;
/// Longest description, in characters. With title and lines it stays under Discord's 4,096 for one embed.
pub const DESCRIPTION_MAX: usize = 1_500;
/// Longest option label of a poll, in characters: Discord's select menus end at 100.
pub const OPTION_MAX: usize = 80;

/// Why a text was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but white space.
    #[error("the text is empty")]
    Empty,
    /// Longer than allowed.
    #[error("the text has {length} characters, {max} at most")]
    TooLong {
        /// Characters found.
        length: usize,
        /// Characters allowed.
        max: usize,
    },
    /// A control character, or one that reorders or hides text.
    #[error("the text holds a control character (U+{0:04X})")]
    Control(u32),
}

/// A text that people read in their language: as it was written, and in English where that was given too.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Written")]
pub struct Wording {
    /// As it was written.
    pub text: String,
    /// In English, if the author gave it.
    pub english: Option<String>,
}

/// A [`Wording`] as it may be stored: records of an older version hold the bare text.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Text(String),
    Both {
        text: String,
        english: Option<String>,
    },
}

impl From<Written> for Wording {
    fn from(written: Written) -> Self {
        match written {
            Written::Text(text) => Self::of(text),
            Written::Both { text, english } => Self { text, english },
        }
    }
}

impl Wording {
    /// A text on one line, with its English behind `//` if there is one: « Le transport // Transit ». Each has at
    /// most `max` characters.
    ///
    /// # Errors
    /// See [`line`].
    pub fn read(text: &str, max: usize) -> Result<Self, TextError> {
        Self::checked(text, |part| line(part, max))
    }

    /// The same with several lines in each language.
    ///
    /// # Errors
    /// See [`paragraphs`].
    pub fn read_paragraphs(text: &str, max: usize) -> Result<Self, TextError> {
        Self::checked(text, |part| paragraphs(part, max))
    }

    fn checked(
        text: &str,
        check: impl Fn(&str) -> Result<String, TextError>,
    ) -> Result<Self, TextError> {
        let (text, english) = match split_languages(text) {
            Some((text, english)) => (text, Some(english)),
            None => (text, None),
        };
        Ok(Self {
            text: check(text)?,
            english: english.map(check).transpose()?,
        })
    }

    /// A text in one language.
    #[must_use]
    pub const fn of(text: String) -> Self {
        Self {
            text,
            english: None,
        }
    }

    /// The words for somebody who reads that language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::EnCa => self.english.as_deref().unwrap_or(&self.text),
            Language::FrCa => &self.text,
        }
    }
}

/// What stands before and behind `//`. An address holds the same sign, but never with white space around.
fn split_languages(text: &str) -> Option<(&str, &str)> {
    text.match_indices("//").find_map(|(at, sign)| {
        let (before, after) = (text.get(..at)?, text.get(at + sign.len()..)?);
        let apart = before.ends_with(char::is_whitespace) && after.starts_with(char::is_whitespace);
        apart.then_some((before, after))
    })
}

/// A text on one line: white space folded to single spaces.
///
/// # Errors
/// Empty, longer than `max` characters, or with a control character.
pub fn line(text: &str, max: usize) -> Result<String, TextError> {
    reject_control(text.chars().filter(|c| !matches!(c, '\n' | '\r' | '\t')))?;
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    bounded(folded, max)
}

/// A text of several lines: line ends kept, trailing white space and runs of empty lines folded.
///
/// # Errors
/// Empty, longer than `max` characters, or with a control character other than a line end.
pub fn paragraphs(text: &str, max: usize) -> Result<String, TextError> {
    reject_control(text.chars().filter(|c| !matches!(c, '\n' | '\r' | '\t')))?;
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim_end) {
        if !(line.is_empty() && lines.last().is_none_or(|last| last.is_empty())) {
            lines.push(line);
        }
    }
    bounded(lines.join("\n").trim().to_owned(), max)
}

/// A text as people compare it: lower case, without accents, typographic apostrophes straightened.
#[must_use]
pub fn fold(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '\u{2019}' | '\u{02BC}' => '\'',
            '\u{2010}' | '\u{2011}' => '-',
            other => other,
        })
        .collect()
}

fn bounded(text: String, max: usize) -> Result<String, TextError> {
    let length = text.chars().count();
    if length == 0 {
        Err(TextError::Empty)
    } else if length > max {
        Err(TextError::TooLong { length, max })
    } else {
        Ok(text)
    }
}

fn reject_control(mut chars: impl Iterator<Item = char>) -> Result<(), TextError> {
    match chars.find(|c| is_forbidden(*c)) {
        Some(c) => Err(TextError::Control(u32::from(c))),
        None => Ok(()),
    }
}

/// Control characters, and the format characters by which one text could pass for another: bidirectional
/// overrides and isolates, invisible separators, tag characters. Joiners stay: emoji and some scripts need them.
fn is_forbidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_folded_and_bounded() {
        assert_eq!(
            line("  Se  nourrir\nà Québec ", 50).unwrap(),
            "Se nourrir à Québec"
        );
        assert_eq!(line(" \n ", 50), Err(TextError::Empty));
        assert_eq!(
            line("éééé", 3),
            Err(TextError::TooLong { length: 4, max: 3 })
        );
    }

    #[test]
    fn characters_that_hide_or_reorder_are_refused() {
        for wrong in [
            "a\u{0}b",
            "a\u{202E}b",
            "a\u{200B}b",
            "a\u{2066}b",
            "a\u{7}b",
            "\u{FEFF}a",
        ] {
            assert!(
                matches!(line(wrong, 50), Err(TextError::Control(_))),
                "{wrong:?}"
            );
            assert!(
                matches!(paragraphs(wrong, 50), Err(TextError::Control(_))),
                "{wrong:?}"
            );
        }
        assert!(line("👩\u{200D}🌾 famille", 50).is_ok());
    }

    #[test]
    fn two_languages_stand_around_a_sign_that_no_address_holds() {
        let both = |text: &str| {
            let wording = Wording::read_paragraphs(text, 50).unwrap();
            (wording.text, wording.english)
        };
        let english = |text: &str| Some(text.to_owned());
        assert_eq!(both("un // one"), ("un".to_owned(), english("one")));
        assert_eq!(
            both("un\ndeux\n//\none\ntwo"),
            ("un\ndeux".to_owned(), english("one\ntwo"))
        );
        let address = "https://exemple.org/ici";
        assert_eq!(both(address), (address.to_owned(), None));
        assert_eq!(Wording::read("un // ", 50), Err(TextError::Empty));
    }

    #[test]
    fn a_wording_of_an_older_record_is_still_read() {
        let read: Wording = serde_json::from_str("\"Semences\"").unwrap();
        assert_eq!(read, Wording::of("Semences".to_owned()));
        let text = serde_json::to_string(&read).unwrap();
        assert_eq!(serde_json::from_str::<Wording>(&text).unwrap(), read);
    }

    #[test]
    fn paragraphs_keep_their_lines() {
        assert_eq!(paragraphs("un \n\n\n\ndeux\n", 50).unwrap(), "un\n\ndeux");
    }
}
