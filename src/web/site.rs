//! The public pages of a collective, `/{collective}/{fr|en}/…`: read-only, the same for everybody.
//!
//! | file | what it is for |
//! |---|---|
//! | `feed` | Atom |
//! | `frame` | what every page has: its languages, where it leads |
//! | `pages` | what each page shows |
//! | `text` | short ids as links, drawings |
//!
//! One page is one address below the language: an object's is its short id (`S7`), so that the number on a card, in a digest
//! or in a mail is also where it is. All links are relative: they hold below any public address.
//!
//! # Adding a page
//! A variant of [`Page`] with its name, its view in `pages`, a template in `config/web/site`, words in both `site.ftl`.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures::FutureExt;

use super::shared::Shared;
use super::{Site, page};
use crate::domain::ids::{Kind, ShortId};
use crate::domain::language::Language;
use crate::service::{ServiceError, site as service};

mod feed;
mod frame;
mod pages;
mod text;

/// A page of a collective.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    /// The front page.
    Home,
    /// Workshops to come, and past ones.
    Workshops,
    /// Polls that are open, and closed ones.
    Polls,
    /// Milestones, actions, commitments.
    Plan,
    /// Editions of the digest.
    Digests,
    /// How circles widen.
    Circles,
    /// Who is responsible for what is kept, and what that is.
    Privacy,
    /// A workshop, a poll or an edition.
    Object(ShortId),
    /// The digests as a feed.
    DigestFeed,
    /// The workshops as a feed.
    WorkshopFeed,
}

impl Page {
    /// Those that have a name of their own in addresses.
    const NAMED: [(Self, &'static str); 9] = [
        (Self::Home, ""),
        (Self::Workshops, "ateliers"),
        (Self::Polls, "sondages"),
        (Self::Plan, "plan"),
        (Self::Digests, "bilans"),
        (Self::Circles, "cercles"),
        (Self::Privacy, "renseignements"),
        (Self::DigestFeed, "bilans.atom"),
        (Self::WorkshopFeed, "ateliers.atom"),
    ];

    /// Its name in addresses.
    fn name(self) -> String {
        match self {
            Self::Object(id) => id.to_string(),
            _ => {
                let found = Self::NAMED.into_iter().find(|(page, _)| *page == self);
                found.map_or_else(String::new, |(_, name)| name.to_owned())
            }
        }
    }

    /// The page of that name, exactly as it is written: one page has one address.
    fn from_name(name: &str) -> Option<Self> {
        if let Some((page, _)) = Self::NAMED.into_iter().find(|(_, known)| *known == name) {
            return Some(page);
        }
        let id: ShortId = name.parse().ok()?;
        let has_page = matches!(id.kind, Kind::Workshop | Kind::Poll | Kind::Digest);
        (has_page && id.to_string() == name).then_some(Self::Object(id))
    }
}

/// The word of a language in addresses.
pub(super) const fn word(language: Language) -> &'static str {
    match language {
        Language::FrCa => "fr",
        Language::EnCa => "en",
    }
}

fn from_word(typed: &str) -> Option<Language> {
    let mut all = Language::ALL.into_iter();
    all.find(|language| word(*language) == typed)
}

/// `GET /`: the only collective there is, or all of them.
pub(super) async fn root(State(site): State<Site>, headers: HeaderMap) -> Response {
    let found = site.db.read(|tx| service::collectives(tx).boxed()).await;
    let language = page::preferred(&headers);
    let mut response = match found.as_deref() {
        Ok([only]) => to(&format!("{}/{}/", only.slug, word(language))),
        Ok(several) => public(pages::choice(&site, language, several).into_response()),
        Err(error) => failed(error),
    };
    by_language(&mut response);
    response
}

/// `GET /{collective}`, with or without a slash behind it: in the reader's language.
pub(super) async fn collective(
    State(site): State<Site>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    uri: axum::http::Uri,
) -> Response {
    let language = page::preferred(&headers);
    let name = slug.clone();
    let found = site
        .db
        .read(move |tx| async move { service::collective(tx, &name).await }.boxed())
        .await;
    let mut response = match found {
        Ok(Some(_)) if uri.path().ends_with('/') => to(&format!("{}/", word(language))),
        Ok(Some(_)) => to(&format!("{slug}/{}/", word(language))),
        Ok(None) => gone(&site, language),
        Err(error) => failed(&error),
    };
    by_language(&mut response);
    response
}

/// `GET /{collective}/{language}`: the front page has a slash behind it.
pub(super) async fn slash(
    State(site): State<Site>,
    Path((_, language)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    match from_word(&language) {
        Some(language) => to(&format!("{}/", word(language))),
        None => gone(&site, page::preferred(&headers)),
    }
}

/// `GET /{collective}/{language}/`.
pub(super) async fn home(
    State(site): State<Site>,
    Path((slug, language)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    show(&site, &slug, &language, "", &headers).await
}

/// `GET /{collective}/{language}/{page}`.
pub(super) async fn page(
    State(site): State<Site>,
    Path((slug, language, name)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Response {
    show(&site, &slug, &language, &name, &headers).await
}

async fn show(
    site: &Site,
    slug: &str,
    language: &str,
    name: &str,
    headers: &HeaderMap,
) -> Response {
    let (Some(language), Some(wanted)) = (from_word(language), Page::from_name(name)) else {
        return gone(site, page::preferred(headers));
    };
    let key = format!("{slug}/{}/{name}", word(language));
    let now = site.clock.now();
    if let Some(kept) = site.shelf.take(&key, now) {
        return public(kept.answer(headers));
    }
    let revision = site.shelf.revision();
    match pages::draw(site, slug.to_owned(), language, wanted, now).await {
        Ok(Some(shared)) => {
            site.shelf.keep(key, revision, now, shared.clone());
            public(shared.answer(headers))
        }
        Ok(None) => gone(site, language),
        Err(error) => failed(&error),
    }
}

/// `GET /site.css`.
pub(super) async fn style(State(site): State<Site>, headers: HeaderMap) -> Response {
    site.style.answer(&headers)
}

/// The style of the pages, embedded at build.
pub(super) fn styled() -> Shared {
    let text = include_str!("../../config/web/site/site.css").to_owned();
    Shared::new("text/css; charset=utf-8", text)
}

fn to(place: &str) -> Response {
    (StatusCode::FOUND, [(header::LOCATION, place)]).into_response()
}

fn by_language(response: &mut Response) {
    let vary = HeaderValue::from_static("accept-language");
    response.headers_mut().insert(header::VARY, vary);
}

/// These pages may be found by search engines, and read from other sites.
pub(super) fn public(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert("x-robots-tag", HeaderValue::from_static("all"));
    response
}

fn gone(site: &Site, language: Language) -> Response {
    page::notice(&site.words, language, StatusCode::NOT_FOUND, "gone")
}

fn failed(error: &ServiceError) -> Response {
    tracing::error!(%error, "a public page could not be read");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_found_by_its_one_name() {
        for (page, name) in Page::NAMED {
            assert_eq!(
                (Page::from_name(name), page.name()),
                (Some(page), name.to_owned())
            );
        }
        for name in ["A1", "S12", "B3"] {
            assert_eq!(Page::from_name(name).unwrap().name(), name);
        }
        for wrong in ["a1", "A01", "E3", "Z1", "ATELIERS", "..", "A1 "] {
            assert_eq!(Page::from_name(wrong), None, "{wrong}");
        }
    }
}
