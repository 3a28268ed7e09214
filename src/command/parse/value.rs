//! What is typed for one argument, read as what the argument holds.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{ParseError, excerpt};
use crate::command::grammar::{Grammar, split_word};
use crate::command::invocation::Value;
use crate::command::spec::{ArgKind, ArgSpec, CommandSpec};
use crate::domain::ids::{Kind, ShortId};
use crate::domain::text::fold;
use crate::domain::when::{self, When, WhenError};

/// Reads a value.
pub(super) fn read(
    grammar: &Grammar,
    spec: &'static CommandSpec,
    arg: &ArgSpec,
    text: &str,
    now: DateTime<Utc>,
    zone: Tz,
) -> Result<Value, ParseError> {
    let argument = arg.name;
    Ok(match arg.kind {
        ArgKind::Text { .. } | ArgKind::Long { .. } => Value::Text(text.to_owned()),
        ArgKind::Ballot | ArgKind::Word => Value::Text(text.trim().to_owned()),
        ArgKind::Number { max } | ArgKind::Plus { max } | ArgKind::Condition { max } => {
            Value::Number(number(text, max).ok_or_else(|| ParseError::Number {
                argument,
                typed: excerpt(text),
                max,
            })?)
        }
        ArgKind::Instant => {
            Value::When(instant(text, now, zone).map_err(|error| ParseError::When {
                argument,
                typed: excerpt(text),
                error,
            })?)
        }
        ArgKind::Date | ArgKind::Day => {
            let day = without_before(text);
            let written = day.trim().parse().ok();
            let written = written.filter(|_| arg.kind == ArgKind::Day);
            let read = written.map_or_else(|| when::parse_date(day, now, zone), Ok);
            Value::Date(read.map_err(|error| ParseError::When {
                argument,
                typed: excerpt(text),
                error,
            })?)
        }
        ArgKind::Ref(kind) => {
            let id = object(text, kind);
            Value::Ref(id.ok_or_else(|| ParseError::Reference {
                argument,
                typed: excerpt(text),
                kind,
            })?)
        }
        ArgKind::Choice(allowed) => {
            Value::Choice(
                grammar
                    .choice(arg, text)
                    .ok_or_else(|| ParseError::Choice {
                        argument,
                        typed: excerpt(text),
                        allowed,
                    })?,
            )
        }
        ArgKind::CircleOr(_) => match grammar.choice(arg, text) {
            Some(choice) => Value::Choice(choice),
            None => Value::Text(grammar.circle(text).to_owned()),
        },
        ArgKind::Term(vocabulary) => Value::Text(term(grammar, argument, vocabulary, text)?),
        ArgKind::Terms(vocabulary) => {
            let terms = list(text).map(|typed| term(grammar, argument, vocabulary, typed));
            Value::Options(terms.collect::<Result<_, _>>()?)
        }
        ArgKind::List { .. } => Value::Options(list(text).map(str::to_owned).collect()),
        ArgKind::Names => {
            let names = list(text).map(|name| match grammar.arg(spec, &fold(name)) {
                Some(arg) => Ok(arg.name.to_owned()),
                None => Err(ParseError::UnknownArgument {
                    command: spec.id,
                    name: excerpt(name),
                }),
            });
            Value::Options(names.collect::<Result<_, _>>()?)
        }
        ArgKind::Options => Value::Options(
            options(text)
                .into_iter()
                .map(|option| {
                    option
                        .trim()
                        .trim_start_matches(['-', '•', '*'])
                        .trim()
                        .to_owned()
                })
                .filter(|option| !option.is_empty())
                .collect(),
        ),
    })
}

/// Options of which each has its line, or that stand in a row: `A; B`, `- A - B`.
fn options(text: &str) -> Vec<&str> {
    let apart = ['\n', ';'];
    if text.trim_start().starts_with('-') && !text.contains(apart) {
        text.split(" - ").collect()
    } else {
        text.split(apart).collect()
    }
}

/// An object of a kind: its short id, or its number alone, since the kind is known.
fn object(text: &str, kind: Kind) -> Option<ShortId> {
    let typed = text.trim();
    let with_letter = format!("{}{typed}", kind.letter());
    let id = typed.parse().or_else(|_| with_letter.parse::<ShortId>());
    id.ok().filter(|id: &ShortId| id.kind == kind)
}

/// What stands between commas, semicolons and line ends.
fn list(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split([',', ';', '\n']).map(str::trim);
    parts.filter(|part| !part.is_empty())
}

/// The slug of the term that somebody means.
fn term(
    grammar: &Grammar,
    argument: &'static str,
    vocabulary: &'static str,
    typed: &str,
) -> Result<String, ParseError> {
    grammar
        .term(vocabulary, typed)
        .map(str::to_owned)
        .ok_or_else(|| ParseError::Term {
            argument,
            typed: excerpt(typed),
            vocabulary,
        })
}

/// A whole number up to `max`: `1 500 $`, `60 %`.
fn number(text: &str, max: u64) -> Option<u64> {
    let digits: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '$' | '%' | '+' | '\u{a0}' | '\u{202f}'))
        .collect();
    digits.parse().ok().filter(|number| *number <= max)
}

fn instant(text: &str, now: DateTime<Utc>, zone: Tz) -> Result<When, WhenError> {
    when::parse(text, now, zone)
}

/// A day without the words that lead to it: « avant le 1er juin », "by June 1".
fn without_before(text: &str) -> &str {
    let text = text.trim();
    let folded = fold(text);
    for word in ["avant", "d'ici", "before", "by", "pour"] {
        if folded
            .strip_prefix(word)
            .is_some_and(|rest| rest.starts_with(' '))
        {
            return split_word(text).1.trim();
        }
    }
    text
}
