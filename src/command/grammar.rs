//! The words of the table in every language, folded, for reading what people type.

use std::collections::BTreeMap;

use super::spec::{ArgKind, ArgSpec, COMMANDS, CommandSpec, default_verb};
use crate::domain::card::COMMAND_SIGN;
use crate::domain::language::Language;
use crate::domain::poll::ballot::Answer;
use crate::domain::text::fold;
use crate::i18n::{Vocabularies, Words};

/// Every language's words for groups, verbs, arguments and choices, as [`fold`]ed texts.
#[derive(Debug, Default)]
pub struct Grammar {
    groups: BTreeMap<String, &'static str>,
    verbs: BTreeMap<(&'static str, String), &'static CommandSpec>,
    singles: BTreeMap<String, &'static CommandSpec>,
    args: BTreeMap<(&'static str, String), &'static ArgSpec>,
    choices: BTreeMap<(&'static str, String), &'static str>,
    answers: BTreeMap<String, Answer>,
    vocabularies: Vocabularies,
}

impl Grammar {
    /// Collects the words of every command.
    #[must_use]
    pub fn new(words: &Words) -> Self {
        let mut grammar = Self {
            vocabularies: words.vocabularies.clone(),
            ..Self::default()
        };
        for spec in COMMANDS {
            let (group, verb) = spec.name();
            for word in names(words, &spec.words()) {
                if verb.is_some() {
                    grammar.verbs.insert((group, word), spec);
                } else {
                    grammar.singles.insert(word, spec);
                }
            }
            if verb.is_some() {
                for word in names(words, &format!("cmd-{group}")) {
                    grammar.groups.insert(word, group);
                }
            }
            for arg in spec.args {
                for word in names(words, &format!("arg-{}", arg.name)) {
                    grammar.args.insert((spec.id, word), arg);
                }
                let (ArgKind::Choice(choices) | ArgKind::CircleOr(choices)) = arg.kind else {
                    continue;
                };
                for choice in choices {
                    let key = format!("choice-{}-{choice}", arg.name);
                    for word in names(words, &key).into_iter().chain([(*choice).to_owned()]) {
                        grammar.choices.insert((arg.name, word), choice);
                    }
                }
            }
        }
        for (answer, name) in Answer::NAMES {
            for word in names(words, &format!("ballot-{name}")) {
                grammar.answers.insert(word, answer);
            }
        }
        grammar
    }

    /// The answer of a ballot at the front of a text, in any language, and how many bytes it takes. « au besoin » is one
    /// answer of two words: the longest that fits counts.
    #[must_use]
    pub fn answer(&self, text: &str) -> Option<(Answer, usize)> {
        const WORDS: usize = 3;
        let ends = text
            .char_indices()
            .filter(|(at, c)| *at > 0 && !c.is_alphanumeric())
            .map(|(at, _)| at)
            .take(WORDS)
            .chain([text.len()]);
        let mut ends: Vec<usize> = ends.collect();
        ends.reverse();
        ends.into_iter().find_map(|end| {
            let word = fold(text.get(..end)?.trim());
            Some((*self.answers.get(&word)?, end))
        })
    }

    /// The command that a typed line starts with, and the rest of the line.
    #[must_use]
    pub fn command<'t>(&self, typed: &'t str) -> Option<(&'static CommandSpec, &'t str)> {
        let (first, rest) = split_word(typed);
        let first = fold(first);
        if let Some(spec) = self.singles.get(&first) {
            return Some((spec, rest));
        }
        let group = self.groups.get(&first)?;
        let (second, after) = split_word(rest);
        if let Some(spec) = self.verbs.get(&(*group, fold(second))) {
            return Some((spec, after));
        }
        default_verb(group).map(|spec| (spec, rest))
    }

    /// The argument that a folded word names for a command.
    #[must_use]
    pub fn arg(&self, spec: &CommandSpec, word: &str) -> Option<&'static ArgSpec> {
        self.args
            .get(&(spec.id, word.to_owned()))
            .copied()
            .or_else(|| spec.arg(word))
    }

    /// The choice that a word stands for.
    #[must_use]
    pub fn choice(&self, arg: &ArgSpec, word: &str) -> Option<&'static str> {
        self.choices.get(&(arg.name, fold(word.trim()))).copied()
    }

    /// How somebody calls a circle: with the word for it before a colon, or without.
    #[must_use]
    pub fn circle<'t>(&self, typed: &'t str) -> &'t str {
        let (before, name) = typed.split_once(':').unwrap_or(("", typed));
        let known = self.groups.get(&fold(before.trim())) == Some(&"circle");
        if known { name.trim() } else { typed.trim() }
    }

    /// The slug of the term of a vocabulary that somebody means.
    #[must_use]
    pub fn term(&self, vocabulary: &str, typed: &str) -> Option<&str> {
        let term = self.vocabularies.meant(vocabulary, typed)?;
        Some(&term.slug)
    }

    /// The command whose name is nearest to what was typed, as it is typed in `language`; none when nothing is near.
    #[must_use]
    pub fn nearest(&self, typed: &str, words: &Words, language: Language) -> Option<String> {
        let (first, rest) = split_word(typed);
        let typed_name = fold(first);
        let candidates = self
            .singles
            .iter()
            .map(|(word, spec)| (word, spec.words()))
            .chain(
                self.groups
                    .iter()
                    .map(|(word, group)| (word, format!("cmd-{group}"))),
            );
        let (distance, key) = candidates
            .map(|(word, key)| (distance(&typed_name, word), key))
            .min_by_key(|(distance, _)| *distance)?;
        // Three slips in a long word, one in a short one.
        (distance <= 1 + typed_name.chars().count() / 4).then(|| {
            let name = words.plain(language, &key);
            let verb = split_word(rest).0;
            let group = key.strip_prefix("cmd-").and_then(|group| {
                COMMANDS
                    .iter()
                    .map(|spec| spec.name().0)
                    .find(|name| *name == group)
            });
            match group.and_then(|group| self.verbs.get(&(group, fold(verb)))) {
                Some(spec) => format!(
                    "{COMMAND_SIGN}{name} {}",
                    words.plain(language, &spec.words())
                ),
                None => format!("{COMMAND_SIGN}{name}"),
            }
        })
    }
}

/// How a command is typed in a language, `!atelier créer`, with [`COMMAND_SIGN`] for the sign.
#[must_use]
pub fn typed(words: &Words, language: Language, spec: &CommandSpec) -> String {
    let own = words.plain(language, &spec.words());
    match spec.name() {
        (group, Some(_)) => format!(
            "{COMMAND_SIGN}{} {own}",
            words.plain(language, &format!("cmd-{group}"))
        ),
        (_, None) => format!("{COMMAND_SIGN}{own}"),
    }
}

/// Commands by group, each group with its verbs; a command of its own with what it does. It is short: a message holds only
/// so much, and there are many.
#[must_use]
pub fn grouped(words: &Words, language: Language, specs: &[&CommandSpec]) -> Vec<(String, String)> {
    let mut groups: Vec<(String, String)> = Vec::new();
    for spec in specs {
        let (group, verb) = spec.name();
        if verb.is_none() {
            let does = words.attribute(language, &spec.words(), "description");
            groups.push((typed(words, language, spec), does.unwrap_or_default()));
            continue;
        }
        let name = words.plain(language, &format!("cmd-{group}"));
        let (name, verb) = (
            format!("{COMMAND_SIGN}{name}"),
            words.plain(language, &spec.words()),
        );
        match groups.iter_mut().find(|(known, _)| *known == name) {
            Some((_, verbs)) => {
                verbs.push_str(", ");
                verbs.push_str(&verb);
            }
            None => groups.push((name, verb)),
        }
    }
    groups
}

/// A text's name and aliases in every language, folded.
fn names(words: &Words, key: &str) -> Vec<String> {
    let mut found = Vec::new();
    for language in Language::ALL {
        found.extend(words.try_say(language, key));
        let aliases = words.attribute(language, key, "alias").unwrap_or_default();
        found.extend(aliases.split(',').map(|alias| alias.trim().to_owned()));
    }
    found
        .into_iter()
        .map(|name| fold(&name))
        .filter(|name| !name.is_empty())
        .collect()
}

/// The first word and what follows it. A word ends at white space.
pub(super) fn split_word(text: &str) -> (&str, &str) {
    let text = text.trim_start_matches([' ', '\u{a0}', '\t']);
    match text.find(char::is_whitespace) {
        Some(end) => text.split_at(end),
        None => (text, ""),
    }
}

/// The edit distance of two words (Levenshtein), bounded input: names of commands are short, and what was typed is
/// cut to 40 characters.
fn distance(typed: &str, name: &str) -> usize {
    let typed: Vec<char> = typed.chars().take(40).collect();
    let mut row: Vec<usize> = (0..=typed.len()).collect();
    for (i, c) in name.chars().enumerate() {
        let mut previous = i;
        let mut left = i + 1;
        let mut next = vec![left];
        for (t, above) in typed.iter().zip(row.iter().skip(1)) {
            left = (previous + usize::from(*t != c))
                .min(above + 1)
                .min(left + 1);
            previous = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_levenshtein() {
        for (a, b, d) in [
            ("vote", "vote", 0),
            ("voet", "vote", 2),
            ("", "abc", 3),
            ("atelie", "atelier", 1),
        ] {
            assert_eq!(distance(a, b), d, "{a} {b}");
        }
    }

    #[test]
    fn commands_are_found_in_every_language_with_or_without_accents() {
        let grammar = Grammar::new(&Words::load().unwrap());
        for (typed, id) in [
            ("atelier créer \"x\"", "workshop.create"),
            ("ATELIER CREER x", "workshop.create"),
            ("workshop create x", "workshop.create"),
            ("viens A1", "rsvp"),
            ("engagement \"Je marche\"", "commitment.take"),
        ] {
            assert_eq!(
                grammar.command(typed).map(|(spec, _)| spec.id),
                Some(id),
                "{typed}"
            );
        }
        assert!(grammar.command("atelierx créer").is_none());
    }

    #[test]
    fn a_slip_is_answered_with_the_nearest_command() {
        let words = Words::load().unwrap();
        let grammar = Grammar::new(&words);
        assert_eq!(
            grammar
                .nearest("ateleir créer x", &words, Language::FrCa)
                .as_deref(),
            Some(format!("{COMMAND_SIGN}atelier créer").as_str())
        );
        assert_eq!(grammar.nearest("xyzzy", &words, Language::FrCa), None);
    }
}
