//! Discord's slash commands, made from the one table of commands. Pure but for the words.
//!
//! `workshop.create` becomes `/atelier créer`, `vote` becomes `/vote`. Default names are French, because Discord has
//! no fr-CA: people see `fr`, `en-US` and `en-GB` by their own settings, and everybody else the default. What
//! Discord sends back always holds the default names, which [`CommandIndex`] turns into the table's ids.
//!
//! Nothing is to be done here for a new command: its row in the table and its words are enough.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::escape::{cut, plain};
use super::event::InteractionData;
use super::inbound::typed;
use crate::command::spec::{ArgKind, ArgSpec, CommandSpec};
use crate::domain::language::Language;
use crate::i18n::Term;

/// Discord's locales, and the language that each shows.
const LOCALES: [(&str, Language); 3] = [
    ("fr", Language::FrCa),
    ("en-US", Language::EnCa),
    ("en-GB", Language::EnCa),
];
const DEFAULT: Language = Language::FrCa;
const DESCRIPTION: usize = 100;
const NAME: usize = 32;
const CHOICES: usize = 25;
const STRING: usize = 6_000;

const SUBCOMMAND: u8 = 1;
const STRING_OPTION: u8 = 3;
const INTEGER_OPTION: u8 = 4;

/// Finds words by Fluent id: a message's value, or one of its attributes.
pub(super) trait Wording {
    /// The message's value.
    fn value(&self, language: Language, id: &str) -> String;
    /// An attribute of the message.
    fn attribute(&self, language: Language, id: &str, attribute: &str) -> Option<String>;
    /// The terms of a vocabulary.
    fn terms(&self, vocabulary: &str) -> &[Term];
}

/// Which command and arguments the default names stand for.
#[derive(Debug, Default)]
pub(super) struct CommandIndex {
    by_name: HashMap<(String, Option<String>), Entry>,
}

#[derive(Debug)]
struct Entry {
    id: &'static str,
    args: HashMap<String, &'static str>,
}

impl CommandIndex {
    /// The command and its arguments, by the table's own names. Options that the table does not know are left out.
    pub(super) fn read(&self, data: &InteractionData) -> Option<(String, Vec<(String, String)>)> {
        let sub = data
            .options
            .first()
            .filter(|option| option.kind == SUBCOMMAND);
        let entry = self
            .by_name
            .get(&(data.name.clone(), sub.map(|sub| sub.name.clone())))?;
        let options = sub.map_or(&data.options, |sub| &sub.options);
        let args = options
            .iter()
            .filter_map(|option| {
                let name = entry.args.get(&option.name)?;
                Some(((*name).to_owned(), typed(option.value.as_ref()?)?))
            })
            .collect();
        Some((entry.id.to_owned(), args))
    }
}

/// The commands as Discord takes them, and the index to read what comes back.
pub(super) fn build(
    specs: &'static [CommandSpec],
    words: &dyn Wording,
) -> (Vec<Value>, CommandIndex) {
    let mut commands: Vec<Value> = Vec::new();
    let mut groups: Vec<(&str, Vec<Value>)> = Vec::new();
    let mut index = CommandIndex::default();
    for spec in specs {
        let (group, sub) = spec
            .id
            .split_once('.')
            .map_or((spec.id, None), |(group, sub)| (group, Some(sub)));
        let fluent = format!("cmd-{}", spec.id.replace('.', "-"));
        let mut item = named(words, &fluent);
        item.insert(
            "options".to_owned(),
            Value::Array(spec.args.iter().map(|arg| option(words, arg)).collect()),
        );
        let own_name = name(words, DEFAULT, &fluent);
        let key = if sub.is_some() {
            (
                name(words, DEFAULT, &format!("cmd-{group}")),
                Some(own_name),
            )
        } else {
            (own_name, None)
        };
        let args = spec
            .args
            .iter()
            .map(|arg| (name(words, DEFAULT, &arg_id(arg)), arg.name))
            .collect();
        index.by_name.insert(key, Entry { id: spec.id, args });
        if sub.is_none() {
            commands.push(top_level(item));
            continue;
        }
        item.insert("type".to_owned(), json!(SUBCOMMAND));
        let item = Value::Object(item);
        match groups.iter_mut().find(|(name, _)| *name == group) {
            Some((_, items)) => items.push(item),
            None => groups.push((group, vec![item])),
        }
    }
    for (group, items) in groups {
        let mut item = named(words, &format!("cmd-{group}"));
        item.insert("options".to_owned(), Value::Array(items));
        commands.push(top_level(item));
    }
    (commands, index)
}

fn top_level(mut item: Map<String, Value>) -> Value {
    item.insert("type".to_owned(), json!(1));
    // In servers that installed the bot, and in private with it.
    item.insert("integration_types".to_owned(), json!([0]));
    item.insert("contexts".to_owned(), json!([0, 1]));
    Value::Object(item)
}

fn arg_id(arg: &ArgSpec) -> String {
    format!("arg-{}", arg.name)
}

/// An option. None is required by Discord: what is missing is asked for by a form, where there is room for words.
fn option(words: &dyn Wording, arg: &ArgSpec) -> Value {
    let mut option = named(words, &arg_id(arg));
    option.insert("type".to_owned(), json!(STRING_OPTION));
    match arg.kind {
        ArgKind::Choice(values) => {
            let choices = values
                .iter()
                .take(CHOICES)
                .map(|value| choice(words, arg.name, value));
            option.insert("choices".to_owned(), choices.collect());
        }
        ArgKind::Term(vocabulary) => {
            let choices = words.terms(vocabulary).iter().take(CHOICES).map(term);
            option.insert("choices".to_owned(), choices.collect());
        }
        ArgKind::Text { max } | ArgKind::Long { max } | ArgKind::List { max } => {
            option.insert("max_length".to_owned(), json!(max.clamp(1, STRING)));
        }
        ArgKind::Number { max } | ArgKind::Plus { max } | ArgKind::Condition { max } => {
            option.insert("type".to_owned(), json!(INTEGER_OPTION));
            option.insert("min_value".to_owned(), json!(0));
            option.insert("max_value".to_owned(), json!(max));
        }
        _ => {}
    }
    Value::Object(option)
}

fn choice(words: &dyn Wording, arg: &str, value: &str) -> Value {
    let id = format!("choice-{arg}-{value}");
    let label = |language| cut(&plain(&words.value(language, &id)), DESCRIPTION);
    json!({ "name": label(DEFAULT), "name_localizations": localized(label), "value": value })
}

fn term(term: &Term) -> Value {
    let label = |language| cut(&plain(term.label(language)), DESCRIPTION);
    json!({ "name": label(DEFAULT), "name_localizations": localized(label), "value": term.slug })
}

/// Name and description in every locale. The default name stands under its own locale too: without that, Discord
/// shows an English client's fallback for `fr` where the default happens to be the same.
fn named(words: &dyn Wording, id: &str) -> Map<String, Value> {
    let description = |language| {
        let words = words
            .attribute(language, id, "description")
            .unwrap_or_else(|| words.value(language, id));
        cut(&plain(&words), DESCRIPTION)
    };
    let name = |language| name(words, language, id);
    let mut item = Map::new();
    item.insert("name".to_owned(), json!(name(DEFAULT)));
    item.insert("name_localizations".to_owned(), localized(name));
    item.insert("description".to_owned(), json!(description(DEFAULT)));
    item.insert(
        "description_localizations".to_owned(),
        localized(description),
    );
    item
}

fn localized(words: impl Fn(Language) -> String) -> Value {
    LOCALES
        .iter()
        .map(|(locale, language)| ((*locale).to_owned(), json!(words(*language))))
        .collect::<Map<_, _>>()
        .into()
}

/// A name in the form that Discord demands: lower case, no spaces. The unit tests hold the catalogues to it; this
/// keeps a slip in one word from losing all commands.
fn name(words: &dyn Wording, language: Language, id: &str) -> String {
    let name: String = words
        .value(language, id)
        .trim()
        .to_lowercase()
        .chars()
        .map(|c| if c.is_whitespace() { '-' } else { c })
        .filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '\''))
        .take(NAME)
        .collect();
    if name.is_empty() {
        "x".to_owned()
    } else {
        name
    }
}

#[cfg(test)]
#[path = "commands_tests.rs"]
mod tests;
