//! What is in a workshop's way, in words.

use super::told;
use crate::domain::card::Block;
use crate::domain::language::Language;
use crate::domain::workshop::Conflict;
use crate::i18n::Words;

/// A line for each workshop that is in the way of this one.
#[must_use]
pub fn conflicts(words: &Words, language: Language, found: &[Conflict]) -> Vec<Block> {
    let line = |conflict: &Conflict| {
        let what = match (conflict.place, conflict.hosts.is_empty()) {
            (true, true) => "place",
            (false, _) => "hosts",
            (true, false) => "both",
        };
        let args = told(language, &conflict.with)
            .text("what", what)
            .text("hosts", conflict.hosts.join(", "));
        Block::Text(words.say(language, "workshop-conflict", args))
    };
    found.iter().map(line).collect()
}
