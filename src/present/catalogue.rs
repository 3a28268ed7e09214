//! The catalogue of suggested commitments in words.

use super::{success, workshop};
use crate::domain::card::{Action, Block, Message};
use crate::domain::catalogue::Suggestion;
use crate::domain::circle::Circle;
use crate::domain::language::Language;
use crate::i18n::{Words, args};
use crate::service::catalogue::Catalogue;

/// Suggestions that are shown at once.
const SHOWN: usize = 15;
/// One row of buttons.
const BUTTONS: usize = 5;

/// What is suggested, and how to take it.
#[must_use]
pub fn list(words: &Words, language: Language, catalogue: &Catalogue) -> Message {
    let title = match &catalogue.circle {
        Some(circle) => {
            let name = args().text("circle", circle.name.in_language(language));
            words.say(language, "catalogue-title-of", name)
        }
        None => words.plain(language, "catalogue-title"),
    };
    let shown = catalogue.suggestions.iter().take(SHOWN);
    let lines: Vec<String> = shown
        .map(|(one, circle)| line(words, language, one, circle.as_ref()))
        .collect();
    let more = catalogue.suggestions.len().saturating_sub(SHOWN);
    let body = if lines.is_empty() {
        vec![Block::Text(words.plain(language, "catalogue-none"))]
    } else {
        let mut body = vec![Block::List(lines)];
        if more > 0 {
            let count = args().number("count", i64::try_from(more).unwrap_or(i64::MAX));
            body.push(Block::Text(words.say(language, "catalogue-more", count)));
        }
        body.push(Block::Text(words.plain(language, "catalogue-how")));
        body
    };
    let buttons = catalogue.suggestions.iter().take(BUTTONS);
    Message {
        title: Some(title),
        body,
        actions: buttons.map(|(one, _)| take(words, language, one)).collect(),
        ..Message::default()
    }
}

fn take(words: &Words, language: Language, suggestion: &Suggestion) -> Action {
    let id = suggestion.short_id().to_string();
    let label = words.say(language, "catalogue-take", args().text("id", &id));
    Action::button("catalogue.take", &[("suggestion", &id)], label)
}

fn line(
    words: &Words,
    language: Language,
    suggestion: &Suggestion,
    circle: Option<&Circle>,
) -> String {
    let mut parts = vec![
        suggestion.short_id().to_string(),
        suggestion.sentence.in_language(language).to_owned(),
    ];
    let theme = suggestion.theme.as_ref();
    parts.extend(theme.map(|slug| workshop::term(words, language, "themes", slug)));
    parts.extend(circle.map(|circle| circle.name.in_language(language).to_owned()));
    parts.join(" · ")
}

/// To the organizer: it is in the catalogue.
#[must_use]
pub fn added(words: &Words, language: Language, suggestion: &Suggestion) -> Message {
    kept(words, language, suggestion, "catalogue-added")
}

/// To the organizer: how it stands now.
#[must_use]
pub fn edited(words: &Words, language: Language, suggestion: &Suggestion) -> Message {
    kept(words, language, suggestion, "catalogue-edited")
}

/// To the organizer: it is no longer suggested.
#[must_use]
pub fn retired(words: &Words, language: Language, suggestion: &Suggestion) -> Message {
    kept(words, language, suggestion, "catalogue-retired")
}

fn kept(words: &Words, language: Language, suggestion: &Suggestion, id: &str) -> Message {
    let values = args().text("id", suggestion.short_id());
    let mut message = success(words.say(language, id, values));
    let sentence = suggestion.sentence.in_language(language).to_owned();
    message.body.push(Block::Quote(sentence));
    message
}
