//! What people type or fill in, read into a [`Command`]. No I/O.
//!
//! ```text
//! !atelier créer "Se nourrir en 2040" jeudi prochain 19 h lieu="Centre Saint-Roch"
//!
//! !sondage créer
//! Par quoi commencer?
//! - Le transport
//! - Le bâtiment
//! ferme : vendredi 20 h
//! ```
//! Arguments come in the order of the table: in quotes, or up to the end of the line; words that name another argument
//! (`lieu=…`, or `lieu : …` on a line of its own) end them. Lines that start with a dash are options.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::grammar::{Grammar, split_word};
use super::invocation::{Command, Values};
use super::spec::{ArgKind, ArgSpec, CommandSpec};
use crate::domain::ids::Kind;
use crate::domain::text::fold;
use crate::domain::when::WhenError;

mod value;

/// Raw values by argument name, as typed.
pub type Raw = Vec<(&'static str, String)>;

/// A command that was read.
#[derive(Debug, Clone, PartialEq)]
pub enum Parsed {
    /// It can be carried out.
    Ready(Command),
    /// It lacks what is required; what was given is kept.
    Missing(Missing),
}

/// A command that lacks what is required.
#[derive(Debug, Clone)]
pub struct Missing {
    /// The command.
    pub spec: &'static CommandSpec,
    /// What was given.
    pub given: Raw,
    /// The first argument that is missing.
    pub first: &'static ArgSpec,
}

impl PartialEq for Missing {
    fn eq(&self, other: &Self) -> bool {
        self.spec.id == other.spec.id
            && self.given == other.given
            && self.first.name == other.first.name
    }
}

/// Why nothing could be made of what was typed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// There is no argument of that name.
    #[error("{command}: no argument {name:?}")]
    UnknownArgument {
        /// The command's id.
        command: &'static str,
        /// What was typed.
        name: String,
    },
    /// A date or time could not be read.
    #[error("{argument}: {error}")]
    When {
        /// The argument's name.
        argument: &'static str,
        /// What was typed.
        typed: String,
        /// Why.
        error: WhenError,
    },
    /// Not the short id of such an object.
    #[error("{argument}: {typed:?} is no id of a {kind:?}")]
    Reference {
        /// The argument's name.
        argument: &'static str,
        /// What was typed.
        typed: String,
        /// What it should name.
        kind: Kind,
    },
    /// Not a whole number up to `max`.
    #[error("{argument}: {typed:?} is no number up to {max}")]
    Number {
        /// The argument's name.
        argument: &'static str,
        /// What was typed.
        typed: String,
        /// The largest.
        max: u64,
    },
    /// None of the words that may stand there.
    #[error("{argument}: {typed:?} is none of {allowed:?}")]
    Choice {
        /// The argument's name.
        argument: &'static str,
        /// What was typed.
        typed: String,
        /// The choices' names.
        allowed: &'static [&'static str],
    },
    /// No term of that vocabulary, or part of several.
    #[error("{argument}: {typed:?} is no term of {vocabulary}")]
    Term {
        /// The argument's name.
        argument: &'static str,
        /// What was typed.
        typed: String,
        /// The vocabulary.
        vocabulary: &'static str,
    },
    /// More was typed than the command has room for.
    #[error("{command}: {rest:?} is left over")]
    LeftOver {
        /// The command's id.
        command: &'static str,
        /// What was too much.
        rest: String,
    },
    /// The table and the command type disagree.
    #[error("{0} cannot be built")]
    Unbuilt(&'static str),
}

/// Reads what follows a command's name in a typed message.
///
/// # Errors
/// See [`ParseError`].
pub fn typed(
    grammar: &Grammar,
    spec: &'static CommandSpec,
    text: &str,
    now: DateTime<Utc>,
    zone: Tz,
) -> Result<Parsed, ParseError> {
    let mut raw: Raw = Vec::new();
    let mut options: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(option) = line
            .strip_prefix(['-', '•', '*', '–'])
            .filter(|_| takes_options(spec))
        {
            options.push(option.trim());
        } else if let Some((arg, value)) = named_line(grammar, spec, line) {
            raw.push((arg.name, unquoted(value).to_owned()));
        } else {
            read_line(grammar, spec, line, &mut raw)?;
        }
    }
    if !options.is_empty() {
        raw.retain(|(name, _)| *name != "options");
        raw.push(("options", options.join("\n")));
    }
    values(grammar, spec, raw, now, zone)
}

/// Reads arguments that came with their names. Empty ones count as not given.
///
/// # Errors
/// See [`ParseError`].
pub fn named(
    grammar: &Grammar,
    spec: &'static CommandSpec,
    args: &[(String, String)],
    now: DateTime<Utc>,
    zone: Tz,
) -> Result<Parsed, ParseError> {
    let mut raw: Raw = Vec::new();
    for (name, value) in args {
        let arg = grammar
            .arg(spec, &fold(name))
            .ok_or_else(|| ParseError::UnknownArgument {
                command: spec.id,
                name: name.clone(),
            })?;
        if value.trim().is_empty() {
            continue;
        }
        // Of a menu in which several entries are chosen, each comes by itself.
        match raw.iter_mut().find(|(name, _)| *name == arg.name) {
            Some((_, before)) if arg.kind == ArgKind::Ballot => {
                before.push(' ');
                before.push_str(value);
            }
            _ => raw.push((arg.name, value.clone())),
        }
    }
    values(grammar, spec, raw, now, zone)
}

fn takes_options(spec: &CommandSpec) -> bool {
    spec.args.iter().any(|arg| arg.kind == ArgKind::Options)
}

/// `lieu : Centre Saint-Roch` on a line of its own.
fn named_line<'t>(
    grammar: &Grammar,
    spec: &CommandSpec,
    line: &'t str,
) -> Option<(&'static ArgSpec, &'t str)> {
    let (name, value) = line.split_once(':').or_else(|| line.split_once(" = "))?;
    let name = fold(name.trim_matches([' ', '\u{a0}', '\u{202f}']));
    // A title may hold a colon; a name is one word.
    if name.contains(char::is_whitespace) || name.contains('"') {
        return None;
    }
    Some((grammar.arg(spec, &name)?, value.trim()))
}

/// Reads one line's arguments in the order of the table.
fn read_line(
    grammar: &Grammar,
    spec: &'static CommandSpec,
    line: &str,
    raw: &mut Raw,
) -> Result<(), ParseError> {
    let mut rest = line.trim();
    while !rest.is_empty() {
        let named = assignment(grammar, spec, rest);
        let (arg, from) = match named {
            Some((arg, from)) => (Some(arg), from),
            None => (next_arg(spec, raw, rest), rest),
        };
        let Some(arg) = arg else {
            return Err(ParseError::LeftOver {
                command: spec.id,
                rest: excerpt(rest),
            });
        };
        let (value, after) = take(grammar, spec, arg, from);
        if value.is_empty() && after.len() == rest.len() {
            break;
        }
        raw.retain(|(name, _)| *name != arg.name);
        raw.push((arg.name, value.to_owned()));
        rest = after.trim_start_matches([' ', '\u{a0}', '|', ',']);
    }
    Ok(())
}

/// The argument that a text without a name is for: the first that has no value. `+2` is for one that is typed so, and
/// nothing else is.
fn next_arg(spec: &'static CommandSpec, raw: &Raw, text: &str) -> Option<&'static ArgSpec> {
    let plus = text.starts_with('+') && text.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    let takes_plus = |arg: &&ArgSpec| matches!(arg.kind, ArgKind::Plus { .. });
    let open = |arg: &&ArgSpec| raw.iter().all(|(name, _)| *name != arg.name);
    let mut free = spec.args.iter().filter(open);
    let plussed = free.clone().find(takes_plus).filter(|_| plus);
    plussed.or_else(|| free.find(|arg| !takes_plus(arg)))
}

/// Takes one argument's value off the front of a line.
fn take<'t>(
    grammar: &Grammar,
    spec: &CommandSpec,
    arg: &ArgSpec,
    text: &'t str,
) -> (&'t str, &'t str) {
    let text = text.trim_start();
    if let Some((value, after)) = quoted(text) {
        return (value, after);
    }
    let (value, after) = text.split_at(end_of_value(grammar, spec, text));
    // « en cours » is one choice of two words.
    let words = matches!(arg.kind, ArgKind::Choice(_)) && grammar.choice(arg, value).is_some();
    if arg.kind.is_one_word() && !words {
        return split_word(text);
    }
    (value.trim(), after)
}

/// Where a value of several words ends: at a bar, a quote, or a word that names another argument.
fn end_of_value(grammar: &Grammar, spec: &CommandSpec, text: &str) -> usize {
    text.char_indices()
        .find(|(at, c)| {
            let starts_word = text.get(..*at).is_none_or(|before| {
                before.is_empty() || before.ends_with(|c: char| c.is_whitespace())
            });
            *c == '|'
                || (starts_word && *at > 0 && is_opening(*c))
                || (starts_word
                    && *at > 0
                    && text
                        .get(*at..)
                        .is_some_and(|r| assignment(grammar, spec, r).is_some()))
        })
        .map_or(text.len(), |(at, _)| at)
}

/// `name=` at the front of a text, for an argument of the command, or `si 20`; what follows the name.
fn assignment<'t>(
    grammar: &Grammar,
    spec: &CommandSpec,
    text: &'t str,
) -> Option<(&'static ArgSpec, &'t str)> {
    if let Some((name, value)) = text.split_once(char::is_whitespace)
        && value.trim_start().starts_with(|c: char| c.is_ascii_digit())
        && let Some(arg) = grammar.arg(spec, &fold(name))
        && matches!(arg.kind, ArgKind::Condition { .. })
    {
        return Some((arg, value));
    }
    let (name, value) = text.split_once('=')?;
    if name.is_empty() || name.len() > 40 || name.contains(char::is_whitespace) {
        return None;
    }
    Some((grammar.arg(spec, &fold(name))?, value))
}

const fn is_opening(c: char) -> bool {
    matches!(c, '"' | '«' | '“')
}

/// A quoted text at the front, and what follows. A quote that never ends goes to the end.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let open = text.chars().next().filter(|c| is_opening(*c))?;
    let close = match open {
        '«' => '»',
        '“' => '”',
        other => other,
    };
    let inside = text.get(open.len_utf8()..)?;
    let (value, after) = inside.split_once(close).unwrap_or((inside, ""));
    Some((value.trim(), after))
}

fn unquoted(text: &str) -> &str {
    match quoted(text) {
        Some((value, "")) => value,
        _ => text,
    }
}

fn values(
    grammar: &Grammar,
    spec: &'static CommandSpec,
    raw: Raw,
    now: DateTime<Utc>,
    zone: Tz,
) -> Result<Parsed, ParseError> {
    let mut values = Values::default();
    for (name, text) in &raw {
        let Some(arg) = spec.arg(name) else { continue };
        values
            .0
            .insert(arg.name, value::read(grammar, spec, arg, text, now, zone)?);
    }
    if let Some(first) = spec
        .args
        .iter()
        .find(|a| a.required && !values.0.contains_key(a.name))
    {
        return Ok(Parsed::Missing(Missing {
            spec,
            given: raw,
            first,
        }));
    }
    Command::build(spec.id, values)
        .map(Parsed::Ready)
        .ok_or(ParseError::Unbuilt(spec.id))
}

/// At most 60 characters of what was typed, for an error.
fn excerpt(text: &str) -> String {
    let text = text.trim();
    let mut excerpt: String = text.chars().take(60).collect();
    if excerpt.len() < text.len() {
        excerpt.push('…');
    }
    excerpt
}

#[cfg(test)]
#[path = "parse/tests.rs"]
mod tests;
