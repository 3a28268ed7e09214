//! What was wrong with what somebody typed, and what is still missing, in words.

use super::grammar;
use super::parse::{Missing, ParseError};
use super::spec::{ArgKind, ArgSpec, CommandSpec};
use crate::domain::card::{Action, Block, Field, Form, Message};
use crate::domain::ids::{Kind, ShortId};
use crate::domain::language::Language;
use crate::i18n::{Words, args};
use crate::present;

/// A form holds this many fields (Discord's modals).
const FIELDS: usize = 5;
/// Longest label and title of a form, in characters (Discord's modals).
const LABEL: usize = 45;

/// Why nothing could be made of what was typed, with an example that works.
pub(super) fn parse_error(words: &Words, language: Language, error: &ParseError) -> Message {
    let name = |argument: &str| words.plain(language, &format!("arg-{argument}"));
    let (text, command) = match error {
        ParseError::UnknownArgument { command, name } => (
            words.say(
                language,
                "error-unknown-argument",
                args().text("name", name),
            ),
            Some(*command),
        ),
        ParseError::When {
            argument,
            typed,
            error,
        } => {
            let lead = words.say(
                language,
                "error-when",
                args().text("typed", typed).text("argument", name(argument)),
            );
            (
                format!("{lead} {}", present::when_error(words, language, error)),
                None,
            )
        }
        ParseError::Reference {
            argument,
            typed,
            kind,
        } => (
            words.say(
                language,
                "error-reference",
                args()
                    .text("typed", typed)
                    .text("argument", name(argument))
                    .text("example", example_id(*kind)),
            ),
            None,
        ),
        ParseError::Choice {
            argument,
            typed,
            allowed,
        } => {
            let choices: Vec<_> = allowed
                .iter()
                .map(|choice| words.plain(language, &format!("choice-{argument}-{choice}")))
                .collect();
            (
                words.say(
                    language,
                    "error-choice",
                    args()
                        .text("typed", typed)
                        .text("argument", name(argument))
                        .text("choices", choices.join(", ")),
                ),
                None,
            )
        }
        ParseError::Term {
            argument,
            typed,
            vocabulary,
        } => {
            let terms = words.vocabularies.terms(vocabulary).iter();
            let labels: Vec<_> = terms.map(|term| term.label(language)).collect();
            let values = args()
                .text("typed", typed)
                .text("argument", name(argument))
                .text("choices", labels.join(", "));
            (words.say(language, "error-choice", values), None)
        }
        ParseError::Number {
            argument,
            typed,
            max,
        } => (
            words.say(
                language,
                "error-number",
                args()
                    .text("typed", typed)
                    .text("argument", name(argument))
                    .number("max", i64::try_from(*max).unwrap_or(i64::MAX)),
            ),
            None,
        ),
        ParseError::LeftOver { command, rest } => (
            words.say(language, "error-left-over", args().text("rest", rest)),
            Some(*command),
        ),
        ParseError::Unbuilt(command) => {
            tracing::error!(command, "the table and the command type disagree");
            (words.plain(language, "error-unknown-command"), None)
        }
    };
    let mut message = present::error(words, language, text);
    if let Some(spec) = command.and_then(CommandSpec::find) {
        message
            .body
            .push(Block::Code(example(words, language, spec)));
    }
    message
}

/// A form for what a command lacks: every argument in its place, with what was given already.
pub(super) fn form(words: &Words, language: Language, missing: &Missing) -> Form {
    let spec = missing.spec;
    let given = |name: &str| {
        missing
            .given
            .iter()
            .find(|(n, _)| *n == name)
            .map(|(_, v)| v.clone())
    };
    // An object or a choice that was given stays in the invocation; so the form has room for what is typed.
    let settled: Vec<(&str, String)> = spec
        .args
        .iter()
        .filter(|arg| arg.kind.is_one_word())
        .filter_map(|arg| Some((arg.name, given(arg.name)?)))
        .collect();
    let pairs: Vec<(&str, &str)> = settled.iter().map(|(n, v)| (*n, v.as_str())).collect();
    // What is needed and what was given must not be lost; what else there is room for may be added.
    let mut wanted: Vec<&ArgSpec> = spec
        .args
        .iter()
        .filter(|arg| settled.iter().all(|(name, _)| *name != arg.name))
        .collect();
    let kept = |arg: &&ArgSpec| arg.required || given(arg.name).is_some();
    wanted.sort_by_key(|arg| !kept(arg));
    let needed = wanted.iter().filter(|arg| kept(arg)).count();
    let fields = wanted
        .into_iter()
        .take(needed.max(FIELDS))
        .map(|arg| {
            let key = format!("arg-{}", arg.name);
            Field {
                name: arg.name.to_owned(),
                label: cut(&capitalised(&words.plain(language, &key)), LABEL),
                hint: words
                    .attribute(language, &key, "description")
                    .unwrap_or_default(),
                value: given(arg.name),
                required: arg.required,
                long: matches!(arg.kind, ArgKind::Long { .. } | ArgKind::Options),
            }
        })
        .collect();
    Form {
        invoke: Action::invoking(spec.id, &pairs),
        title: cut(
            &words
                .attribute(language, &spec.words(), "description")
                .unwrap_or_default(),
            LABEL,
        ),
        fields,
        example: example(words, language, spec),
        language,
    }
}

/// A command as it could be typed, with the example of each argument.
fn example(words: &Words, language: Language, spec: &CommandSpec) -> String {
    let mut text = grammar::typed(words, language, spec);
    for arg in spec.args.iter().filter(|arg| arg.required) {
        let value = match arg.kind {
            ArgKind::Ref(kind) => example_id(kind),
            ArgKind::Choice(choices) => words.plain(
                language,
                &format!("choice-{}-{}", arg.name, choices.first().unwrap_or(&"")),
            ),
            _ => words
                .attribute(language, &format!("arg-{}", arg.name), "example")
                .unwrap_or_default(),
        };
        let one_word = !value.contains(' ') || arg.kind == ArgKind::Instant;
        text.push_str(&if value.contains('\n') {
            format!("\n{value}")
        } else if one_word {
            format!(" {value}")
        } else {
            format!(" \"{value}\"")
        });
    }
    text
}

fn example_id(kind: Kind) -> String {
    ShortId::new(kind, 12).to_string()
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

fn cut(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    text.chars()
        .take(max.saturating_sub(1))
        .chain(['…'])
        .collect()
}
