//! Cuts what a person typed into numbers, words and signs.
//!
//! Folding happens here, so that nothing above needs to know about accents, capitals, no-break
//! spaces or the three kinds of apostrophe a phone may type. Tokens remember where they come from,
//! so that an error can quote the person's own words. This file must not know any vocabulary: that
//! is `words.rs`.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A run of ASCII digits, at most nine of them.
    Number { value: u32, digits: usize },
    /// A run of letters: lower case, no accent, no dot ("p.m." is `pm`).
    Word(String),
    /// Anything else, one character at a time.
    Sign(char),
}

/// A token, and the bytes of the original text it was made from.
#[derive(Debug, Clone)]
struct Token {
    kind: Kind,
    start: usize,
    end: usize,
    /// Nothing (not even a space) between this token and the one before.
    glued: bool,
}

/// The tokens of one text. Every accessor answers `None` or `false` past the end.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    text: &'a str,
    list: Vec<Token>,
}

/// Folds one character: compatibility decomposition, no accents, lower case, one kind of dash.
fn fold(c: char) -> impl Iterator<Item = char> {
    std::iter::once(c)
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .filter(|c| !is_combining_mark(*c))
        .map(|c| match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            // Apostrophes end a word: "jusqu'à", "l'après-midi" and "o'clock" are then two words
            // each.
            '\'' | '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{02B9}' | '\u{02BC}' | '\u{2032}'
            | '`' => ' ',
            c if c.is_whitespace() => ' ',
            c => c,
        })
}

impl<'a> Tokens<'a> {
    /// Cuts `text`. Numbers of more than nine digits become signs, which nothing understands.
    pub(super) fn read(text: &'a str) -> Self {
        let chars: Vec<(char, usize, usize)> = text
            .char_indices()
            .flat_map(|(start, c)| fold(c).map(move |folded| (folded, start, start + c.len_utf8())))
            // Marks that show nothing: soft hyphen, zero-width characters, byte order mark.
            .filter(|(c, ..)| {
                !matches!(
                    c,
                    '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}'
                )
            })
            .collect();
        let at = |i: usize| chars.get(i).copied();
        let is_letter = |i: usize| at(i).is_some_and(|(c, ..)| c.is_alphabetic());
        let is_digit = |i: usize| at(i).is_some_and(|(c, ..)| c.is_ascii_digit());
        let mut list = Vec::new();
        let mut glued = false;
        let mut i = 0;
        while let Some((c, start, mut end)) = at(i) {
            i += 1;
            // A hyphen inside a word ("après-demain") separates; beside a digit ("19h-21h") it
            // means something.
            if c == ' ' || (c == '-' && i >= 2 && is_letter(i - 2) && is_letter(i)) {
                glued = false;
                continue;
            }
            let kind = if c.is_ascii_digit() {
                let mut digits = String::from(c);
                while let Some((d, _, stop)) = at(i).filter(|_| is_digit(i)) {
                    digits.push(d);
                    end = stop;
                    i += 1;
                }
                match digits.parse() {
                    Ok(value) if digits.len() <= 9 => Kind::Number {
                        value,
                        digits: digits.len(),
                    },
                    _ => Kind::Sign(c),
                }
            } else if c.is_alphabetic() {
                let mut word = String::from(c);
                let mut since_dot = 1;
                while let Some((l, _, stop)) = at(i) {
                    if l.is_alphabetic() {
                        word.push(l);
                        since_dot += 1;
                    } else if l == '.' && (since_dot == 1 || !is_letter(i + 1)) {
                        since_dot = 0;
                    } else {
                        break;
                    }
                    end = stop;
                    i += 1;
                    if since_dot == 0 && !is_letter(i) {
                        break;
                    }
                }
                Kind::Word(word)
            } else {
                Kind::Sign(c)
            };
            list.push(Token {
                kind,
                start,
                end,
                glued,
            });
            glued = true;
        }
        Self { text, list }
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// The word at `i`.
    pub(super) fn word(&self, i: usize) -> Option<&str> {
        match self.list.get(i).map(|token| &token.kind) {
            Some(Kind::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// Do these words stand at `i`, one after the other?
    pub(super) fn words(&self, i: usize, wanted: &[&str]) -> bool {
        wanted
            .iter()
            .enumerate()
            .all(|(n, word)| self.word(i + n) == Some(word))
    }

    /// The number at `i`: its value, and with how many digits it was written.
    pub(super) fn number(&self, i: usize) -> Option<(u32, usize)> {
        match self.list.get(i).map(|token| &token.kind) {
            Some(Kind::Number { value, digits }) => Some((*value, *digits)),
            _ => None,
        }
    }

    /// The sign at `i`.
    pub(super) fn sign(&self, i: usize) -> Option<char> {
        match self.list.get(i).map(|token| &token.kind) {
            Some(Kind::Sign(c)) => Some(*c),
            _ => None,
        }
    }

    /// Is the token at `i` written against the one before?
    pub(super) fn glued(&self, i: usize) -> bool {
        self.list.get(i).is_some_and(|token| token.glued)
    }

    /// What the person typed from token `from` up to, not including, token `to`.
    pub(super) fn quote(&self, from: usize, to: usize) -> String {
        let start = self.list.get(from).map_or(0, |token| token.start);
        let end = to
            .checked_sub(1)
            .and_then(|last| self.list.get(last))
            .map_or(self.text.len(), |token| token.end);
        self.text
            .get(start..end)
            .unwrap_or(self.text)
            .trim()
            .to_owned()
    }
}
