//! What every public page has: its collective, its languages, where it leads.

use super::{Page, word};
use crate::domain::collective::Collective;
use crate::domain::language::Language;
use crate::i18n::Words;
use crate::service::ballot_links::BallotLinks;

/// The frame of a page.
pub(super) struct Frame<'a> {
    pub(super) words: &'a Words,
    pub(super) links: &'a BallotLinks,
    pub(super) language: Language,
    pub(super) collective: &'a Collective,
    pub(super) page: Page,
}

/// A link of the navigation.
pub(super) struct Link {
    pub(super) place: String,
    pub(super) name: String,
    pub(super) here: bool,
}

impl Frame<'_> {
    pub(super) fn say(&self, id: &str) -> String {
        self.words.plain(self.language, id)
    }

    pub(super) const fn tag(&self) -> &'static str {
        self.language.tag()
    }

    pub(super) fn name(&self) -> &str {
        &self.collective.name
    }

    pub(super) fn slug(&self) -> &str {
        &self.collective.slug
    }

    /// The pages that stand in the head of every page.
    pub(super) fn sections(&self) -> Vec<Link> {
        let all = [
            (Page::Home, "site-home"),
            (Page::Workshops, "site-workshops"),
            (Page::Polls, "site-polls"),
            (Page::Plan, "site-plan"),
            (Page::Digests, "site-digests"),
            (Page::Circles, "site-circles"),
        ];
        all.into_iter()
            .map(|(page, id)| Link {
                place: place(page),
                name: self.say(id),
                here: page == self.page,
            })
            .collect()
    }

    /// The languages: tag, where this page is in it, its own name, whether it is this one.
    pub(super) fn languages(&self) -> Vec<(&'static str, String, &'static str, bool)> {
        let named = Language::ALL.into_iter();
        named
            .map(|language| {
                let name = match language {
                    Language::FrCa => "Français",
                    Language::EnCa => "English",
                };
                let place = format!("../{}/{}", word(language), self.page.name());
                (language.tag(), place, name, language == self.language)
            })
            .collect()
    }

    /// The full address of a page, as other sites and feeds need it.
    pub(super) fn address(&self, page: Page) -> String {
        self.address_in(self.language, page)
    }

    fn address_in(&self, language: Language, page: Page) -> String {
        self.links
            .page(&[&self.collective.slug, word(language), &page.name()])
    }

    /// This page in each language: its tag and its full address.
    pub(super) fn alternates(&self) -> Vec<(&'static str, String)> {
        Language::ALL
            .map(|language| (language.tag(), self.address_in(language, self.page)))
            .to_vec()
    }

    /// The full address of this page.
    pub(super) fn own_address(&self) -> String {
        self.address(self.page)
    }
}

/// Where a page is, seen from another of the same language.
pub(super) fn place(page: Page) -> String {
    match page {
        Page::Home => "./".to_owned(),
        _ => page.name(),
    }
}
