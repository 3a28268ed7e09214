//! The page itself: a template, a style and a script, embedded at build, and the words in them.
//!
//! `{{id}}` in the template stands for the text of that id; a few names without the prefix `playground-` stand for
//! what the server knows. The script gets its words as data, never as code.

use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::persona::PERSONAS;
use super::web::App;
use super::{BUTTON_ROOM, TEXT_ROOM};
use crate::command::spec::COMMANDS;
use crate::domain::card::COMMAND_SIGN;
use crate::domain::language::Language;
use crate::i18n::Words;

const TEMPLATE: &str = include_str!("../../../config/playground/index.html");
const STYLE: &str = include_str!("../../../config/playground/playground.css");
/// The scripts, in the order in which the page loads them.
const SCRIPTS: [(&str, &str); 3] = [
    (
        "playground.js",
        include_str!("../../../config/playground/playground.js"),
    ),
    (
        "rooms.js",
        include_str!("../../../config/playground/rooms.js"),
    ),
    (
        "typing.js",
        include_str!("../../../config/playground/typing.js"),
    ),
];
const ICON: &str = include_str!("../../../config/playground/icon.svg");

/// The words that the script uses, without the prefix `playground-`.
pub(super) const SCRIPT_WORDS: &[&str] = &[
    "bot",
    "card-updated",
    "choose",
    "clock-moved",
    "edited",
    "pinned",
    "examples",
    "failed",
    "form-required",
    "new-message",
    "new-private",
    "no-deadline",
    "offline",
    "only-you",
    "options-found",
    "poll-answer",
    "poll-votes",
    "private-message",
    "react",
    "reacted",
    "reply",
    "reply-only-you",
    "sending",
    "used",
];
/// Things to try, by the part of who tries them: the id, and whether it is an organizer's.
const EXAMPLES: &[(&str, bool)] = &[
    ("example-workshop", true),
    ("example-poll", true),
    ("example-going", false),
    ("example-vote", false),
    ("example-commitment", false),
    ("example-help", false),
];

/// Commands to try where forms ask for the rest.
const COMMAND_EXAMPLES: &[&str] = &["workshop.create", "poll.create", "commitment.take", "help"];

/// The language asked for.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    lang: Option<String>,
}

/// `GET /?lang=en`.
pub(super) async fn page(State(app): State<App>, Query(asked): Query<Asked>) -> Html<String> {
    let language = asked
        .lang
        .as_deref()
        .and_then(Language::from_tag)
        .unwrap_or_default();
    // Only the hint of the room where one types names commands.
    Html(html(&app, language).replace(COMMAND_SIGN, "!"))
}

/// `GET /assets/playground.css`.
pub(super) async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE)
}

/// `GET /assets/{name}.js`, by its name.
pub(super) async fn script(Path(name): Path<String>) -> Result<impl IntoResponse, StatusCode> {
    let (_, source) = SCRIPTS
        .iter()
        .find(|(known, _)| *known == name)
        .ok_or(StatusCode::NOT_FOUND)?;
    Ok((
        [(header::CONTENT_TYPE, "text/javascript; charset=utf-8")],
        *source,
    ))
}

/// `GET /assets/icon.svg`.
pub(super) async fn icon() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "image/svg+xml")], ICON)
}

fn html(app: &App, language: Language) -> String {
    let words = app.desk.words();
    let warning = match language {
        Language::FrCa => &app.hooks.warning.0,
        Language::EnCa => &app.hooks.warning.1,
    };
    fill(TEMPLATE, |name| match name {
        "language" => language.tag().to_owned(),
        "collective" => app.hooks.name.clone(),
        "warning" => warning.clone(),
        "french" => current(language == Language::FrCa),
        "english" => current(language == Language::EnCa),
        "button-room" => BUTTON_ROOM.to_owned(),
        "text-room" => TEXT_ROOM.to_owned(),
        "data" => data(words, language).to_string(),
        id => words.plain(language, id),
    })
}

/// The value of `aria-current`.
fn current(is: bool) -> String {
    is.to_string()
}

/// Puts values in the place of `{{name}}`s, escaped for text, for attributes in quotes, and for a data block.
fn fill(template: &str, value: impl Fn(&str) -> String) -> String {
    let mut page = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        page.push_str(before);
        let Some((name, after)) = after.split_once("}}") else {
            rest = after;
            break;
        };
        let text = value(name);
        page.push_str(&if name == "data" {
            escaped_data(&text)
        } else {
            escaped(&text)
        });
        rest = after;
    }
    page.push_str(rest);
    page
}

/// Text for HTML, also inside an attribute in double quotes.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// JSON that cannot end the element it stands in: `<` only ever stands inside a JSON string.
fn escaped_data(json: &str) -> String {
    json.replace('<', "\\u003c")
}

/// What the script needs: words, personas, commands, examples.
fn data(words: &Words, language: Language) -> Value {
    let own = |id: &str| words.plain(language, &format!("playground-{id}"));
    let said: Map<String, Value> = SCRIPT_WORDS
        .iter()
        .map(|id| ((*id).to_owned(), Value::from(own(id))))
        .collect();
    let personas: Vec<Value> = PERSONAS
        .iter()
        .map(|persona| {
            json!({
                "id": persona.id,
                "role": persona.standing.name(),
                "rank": persona.standing as u8,
                "name": own(&format!("name-{}", persona.id)),
                "part": own(&format!("part-{}", persona.id)),
            })
        })
        .collect();
    let examples: Vec<Value> = EXAMPLES
        .iter()
        .map(|(id, organizer)| json!({ "organizer": organizer, "text": own(id) }))
        .collect();
    json!({
        "language": language.tag(),
        "buttonRoom": BUTTON_ROOM,
        "words": said,
        "personas": personas,
        "commands": commands(words, language),
        "examples": examples,
    })
}

/// Every command under the name to type, without its slash.
fn commands(words: &Words, language: Language) -> Vec<Value> {
    COMMANDS
        .iter()
        .filter_map(|spec| {
            let (group, verb) = spec.name();
            let group = words.try_say(language, &format!("cmd-{group}"))?;
            let name = match verb {
                Some(_) => format!("{group} {}", words.try_say(language, &spec.words())?),
                None => group,
            };
            Some(json!({
                "name": name,
                "rank": spec.gate as u8,
                "example": COMMAND_EXAMPLES.contains(&spec.id),
                "about": words.attribute(language, &spec.words(), "description").unwrap_or_default(),
            }))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_in_the_template_exists_in_both_languages() {
        let words = Words::load().unwrap();
        for language in Language::ALL {
            let known = [
                "language",
                "collective",
                "warning",
                "french",
                "english",
                "button-room",
                "text-room",
                "data",
            ];
            fill(TEMPLATE, |name| {
                assert!(
                    known.contains(&name) || words.try_say(language, name).is_some(),
                    "{name}"
                );
                String::new()
            });
            for id in SCRIPT_WORDS.iter().chain(EXAMPLES.iter().map(|(id, _)| id)) {
                assert!(
                    words
                        .try_say(language, &format!("playground-{id}"))
                        .is_some(),
                    "{id}"
                );
            }
            for persona in PERSONAS {
                for what in ["name", "part"] {
                    let id = format!("playground-{what}-{}", persona.id);
                    assert!(words.try_say(language, &id).is_some(), "{id}");
                }
            }
        }
    }

    #[test]
    fn the_script_uses_the_words_that_it_gets_and_never_writes_html() {
        let used: std::collections::BTreeSet<&str> = SCRIPTS
            .iter()
            .flat_map(|(_, script)| script.split("say(\"").skip(1))
            .filter_map(|rest| rest.split_once('"').map(|(id, _)| id))
            .collect();
        let given: std::collections::BTreeSet<&str> = SCRIPT_WORDS.iter().copied().collect();
        assert_eq!(used, given);
        for banned in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
        ] {
            assert!(
                SCRIPTS.iter().all(|(_, script)| !script.contains(banned)),
                "{banned}"
            );
        }
        for banned in ["<script>", "style=", "onclick=", "http:", "https:"] {
            assert!(!TEMPLATE.contains(banned), "{banned}");
        }
    }

    #[test]
    fn what_stands_in_the_page_cannot_leave_its_place() {
        let page = fill(
            "<p title=\"{{a}}\">{{a}}</p><script>{{data}}</script>",
            |name| match name {
                "data" => json!("</script><b>").to_string(),
                _ => "\"><script>x</script>'&".to_owned(),
            },
        );
        assert_eq!(
            page,
            "<p title=\"&quot;&gt;&lt;script&gt;x&lt;/script&gt;&#39;&amp;\">&quot;&gt;&lt;script&gt;x&lt;/script&gt;\
             &#39;&amp;</p><script>\"\\u003c/script>\\u003cb>\"</script>"
        );
    }
}
