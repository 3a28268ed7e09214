//! Calendars: a collective's and a circle's, to subscribe to, and one workshop's, to add.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use futures::FutureExt;
use serde::Deserialize;

use super::shared::Shared;
use super::{Site, page};
use crate::domain::ids::{Kind, ShortId};
use crate::domain::language::Language;
use crate::present;
use crate::service::ServiceError;
use crate::service::agenda::{self, Agenda};

/// How a calendar is asked for.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    lang: Option<String>,
    /// What opens a workshop that was not announced to everybody.
    cle: Option<String>,
}

/// `GET /agenda/{collective}.ics?lang=en`.
pub(super) async fn all(
    State(site): State<Site>,
    Path(file): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let Some(slug) = file.strip_suffix(".ics").map(str::to_owned) else {
        return gone(&site, &headers);
    };
    let found = read(&site, slug, None).await;
    answer(&site, &asked, &headers, found)
}

/// `GET /agenda/{collective}/A12.ics?lang=en`: one workshop; `GET /agenda/{collective}/jeunes.ics`: a circle's.
pub(super) async fn within(
    State(site): State<Site>,
    Path((slug, file)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let Some(name) = file.strip_suffix(".ics") else {
        return gone(&site, &headers);
    };
    let id = name.parse().ok();
    let id = id.filter(|id: &ShortId| id.kind == Kind::Workshop);
    let found = match id {
        Some(id) => one(&site, slug, id.number, asked.cle.as_deref()).await,
        None => read(&site, slug, Some(name.to_owned())).await,
    };
    answer(&site, &asked, &headers, found)
}

async fn read(
    site: &Site,
    slug: String,
    circle: Option<String>,
) -> Result<Option<Agenda>, ServiceError> {
    let now = site.clock.now();
    site.db
        .read(move |tx| async move { agenda::all(tx, &slug, circle.as_deref(), now).await }.boxed())
        .await
}

async fn one(
    site: &Site,
    slug: String,
    number: i64,
    key: Option<&str>,
) -> Result<Option<Agenda>, ServiceError> {
    let found = site
        .db
        .read::<_, ServiceError, _>(move |tx| {
            async move { agenda::one(tx, &slug, number).await }.boxed()
        })
        .await?;
    let opens = |agenda: &Agenda| {
        let own = agenda.entries.first();
        own.is_some_and(|own| key == Some(&site.links.agenda_key(own.workshop.id)))
    };
    Ok(found.and_then(|(agenda, public)| (public || opens(&agenda)).then_some(agenda)))
}

fn answer(
    site: &Site,
    asked: &Asked,
    headers: &HeaderMap,
    found: Result<Option<Agenda>, ServiceError>,
) -> Response {
    let agenda = match found {
        Ok(Some(found)) => found,
        Ok(None) => return gone(site, headers),
        Err(error) => {
            tracing::error!(%error, "a calendar could not be read");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    let language = asked.lang.as_deref().and_then(Language::from_tag);
    let language = language.unwrap_or(agenda.collective.language);
    let text = present::workshop::agenda(&site.words, language, &agenda);
    // Calendars ask every hour, and mostly nothing has changed.
    Shared::new("text/calendar; charset=utf-8", page::printable(text)).answer(headers)
}

fn gone(site: &Site, headers: &HeaderMap) -> Response {
    page::notice(
        &site.words,
        page::preferred(headers),
        StatusCode::NOT_FOUND,
        "gone",
    )
}
