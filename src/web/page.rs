//! The pages: what the templates in `config/web` are filled with. askama checks them when they are compiled and
//! escapes every value: nobody's words become markup.

use askama::Template;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use super::form::{Input, Question};
use crate::domain::card::{Block, COMMAND_SIGN, Message};
use crate::domain::language::Language;
use crate::i18n::{Words, args};

/// What every page has.
pub(super) struct Frame<'a> {
    words: &'a Words,
    language: Language,
    /// Whether this page is a receipt, and for which organisation the ballot is: as in the address of the same page in the
    /// other language.
    receipt: &'static str,
    voice: String,
    /// Where the site's own files are, seen from this page.
    up: &'static str,
    /// What the collective is called, where it is known.
    collective: Option<&'a str>,
}

impl<'a> Frame<'a> {
    /// A ballot's frame.
    pub(super) const fn of_ballot(
        words: &'a Words,
        language: Language,
        receipt: &'static str,
        voice: String,
        collective: &'a str,
    ) -> Self {
        Self {
            words,
            language,
            receipt,
            voice,
            up: "../",
            collective: Some(collective),
        }
    }

    fn say(&self, id: &str) -> String {
        self.words.plain(self.language, id)
    }

    fn tag(&self) -> &'static str {
        self.language.tag()
    }

    /// The languages: tag, own name, whether it is this page's.
    fn languages(&self) -> [(&'static str, &'static str, bool); 2] {
        let french = self.language == Language::FrCa;
        [
            (Language::FrCa.tag(), "Français", french),
            (Language::EnCa.tag(), "English", !french),
        ]
    }
}

/// The form.
#[derive(Template)]
#[template(path = "ballot.html")]
pub(super) struct BallotPage<'a> {
    pub(super) frame: Frame<'a>,
    /// In whose name one may vote: the words, where that is, whether it is here.
    pub(super) names: Vec<(String, String, bool)>,
    pub(super) id: String,
    pub(super) question: &'a str,
    pub(super) how: Option<String>,
    pub(super) closes: String,
    pub(super) level: String,
    /// That a ballot was cast already, if one was.
    pub(super) before: Option<String>,
    pub(super) questions: Vec<Question>,
}

impl BallotPage<'_> {
    /// The questions with a problem: where to go, and what it is.
    fn problems(&self) -> Vec<(String, String)> {
        let wrong = self.questions.iter().filter_map(|question| {
            let problem = question.problem.as_ref()?;
            if question.of_the_whole {
                return Some((question.target(), problem.clone()));
            }
            let text = args()
                .text("label", &question.label)
                .text("problem", problem);
            let Frame {
                words, language, ..
            } = &self.frame;
            Some((
                question.target(),
                words.say(*language, "web-error-at", text),
            ))
        });
        wrong.collect()
    }

    fn problem_count(&self, count: usize) -> String {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        let Frame {
            words, language, ..
        } = &self.frame;
        words.say(*language, "web-errors", args().number("count", count))
    }
}

/// What was recorded.
#[derive(Template)]
#[template(path = "voted.html")]
pub(super) struct VotedPage<'a> {
    pub(super) frame: Frame<'a>,
    pub(super) id: String,
    pub(super) question: &'a str,
    pub(super) message: &'a Message,
    pub(super) reason: Option<&'a str>,
}

/// Why there is no ballot here.
#[derive(Template)]
#[template(path = "notice.html")]
struct NoticePage<'a> {
    frame: Frame<'a>,
    title: String,
    text: String,
}

/// A page that says why there is no ballot: the words `web-…-title` and `web-…`.
pub(super) fn notice(
    words: &Words,
    language: Language,
    status: StatusCode,
    what: &str,
) -> Response {
    let text = words.plain(language, &format!("web-{what}"));
    notice_saying(words, language, status, what, text)
}

/// The same, with its text made already.
pub(super) fn notice_saying(
    words: &Words,
    language: Language,
    status: StatusCode,
    what: &str,
    text: String,
) -> Response {
    let frame = Frame {
        words,
        language,
        receipt: "",
        voice: String::new(),
        up: if what == "gone" { "/" } else { "../" },
        collective: None,
    };
    let title = frame.say(&format!("web-{what}-title"));
    drawn(status, &NoticePage { frame, title, text })
}

/// A page as an answer.
pub(super) fn drawn(status: StatusCode, page: &impl Template) -> Response {
    match drawn_text(page) {
        Some(html) => (status, Html(html)).into_response(),
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// A page as text; none, and a line in the log, if it cannot be drawn.
pub(super) fn drawn_text(page: &impl Template) -> Option<String> {
    let drawn = page.render();
    drawn
        .map(printable)
        .inspect_err(|error| tracing::error!(%error, "a page could not be drawn"))
        .ok()
}

/// A text without the characters that neither HTML nor XML may hold. Commands begin as they are typed in private, where
/// that sign is read on every network.
pub(super) fn printable(text: String) -> String {
    let fine = |c: char| {
        !matches!(c, '\u{0}'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{7F}'..='\u{9F}')
            && u32::from(c) & 0xFFFE != 0xFFFE
            && !matches!(c, '\u{FDD0}'..='\u{FDEF}')
            && c != COMMAND_SIGN
    };
    if text.chars().all(fine) {
        return text;
    }
    let kept = text.chars().filter_map(|c| match c {
        COMMAND_SIGN => Some('!'),
        _ => fine(c).then_some(c),
    });
    kept.collect()
}

/// The language that a browser asks for, for pages that know no person: the first of its list that is ours.
pub(super) fn preferred(headers: &HeaderMap) -> Language {
    let list = headers.get(header::ACCEPT_LANGUAGE);
    let list = list.and_then(|list| list.to_str().ok()).unwrap_or_default();
    let mut tags = list.split(',').filter_map(|tag| tag.split(';').next());
    tags.find_map(|tag| {
        Language::from_tag(tag).or_else(|| Language::from_tag(tag.trim().get(..2)?))
    })
    .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATES: [&str; 12] = [
        include_str!("../../config/web/base.html"),
        include_str!("../../config/web/ballot.html"),
        include_str!("../../config/web/voted.html"),
        include_str!("../../config/web/notice.html"),
        include_str!("../../config/web/site/base.html"),
        include_str!("../../config/web/site/choice.html"),
        include_str!("../../config/web/site/feed.xml"),
        include_str!("../../config/web/site/home.html"),
        include_str!("../../config/web/site/lists.html"),
        include_str!("../../config/web/site/object.html"),
        include_str!("../../config/web/site/parts.html"),
        include_str!("../../config/web/site/plan.html"),
    ];

    #[test]
    fn every_word_in_the_templates_exists_in_both_languages() {
        let words = Words::load().unwrap();
        let used = TEMPLATES
            .iter()
            .flat_map(|template| template.split("say(\"").skip(1));
        let ids: Vec<&str> = used.filter_map(|rest| rest.split('"').next()).collect();
        assert!(ids.len() > 5, "{ids:?}");
        for id in ids {
            for language in Language::ALL {
                assert!(words.try_say(language, id).is_some(), "{id}");
            }
        }
    }

    #[test]
    fn templates_hold_no_script_no_inline_style_and_nothing_unescaped() {
        for banned in [
            "<script", "style=", "onclick", "http:", "https:", "|safe", "| safe",
        ] {
            // The names of XML's vocabularies only look like addresses.
            let clean = |template: &&str| !template.replace("xmlns=\"http:", "").contains(banned);
            assert!(TEMPLATES.iter().all(clean), "{banned}");
        }
    }

    #[test]
    fn a_browser_is_answered_in_the_first_of_its_languages_that_is_ours() {
        let asked = |list: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, list.parse().unwrap());
            preferred(&headers)
        };
        assert_eq!(asked("en-AU,en;q=0.9,fr;q=0.8"), Language::EnCa);
        assert_eq!(asked("de, fr-BE;q=0.5, en;q=0.4"), Language::FrCa);
        assert_eq!(asked("de"), Language::FrCa);
        assert_eq!(preferred(&HeaderMap::new()), Language::FrCa);
    }
}
