//! Calendars: a collective's, to subscribe to, and one workshop's, to add.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures::FutureExt;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::{Site, page};
use crate::domain::collective::Collective;
use crate::domain::ids::{Kind, ShortId};
use crate::domain::language::Language;
use crate::present;
use crate::service::ServiceError;
use crate::service::agenda::{self, Entry};

/// How a calendar is asked for.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    lang: Option<String>,
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
    let now = site.clock.now();
    let found = site
        .db
        .read::<_, ServiceError, _>(move |tx| {
            async move { agenda::all(tx, &slug, now).await }.boxed()
        })
        .await;
    answer(&site, &asked, &headers, found)
}

/// `GET /agenda/{collective}/A12.ics?lang=en`.
pub(super) async fn one(
    State(site): State<Site>,
    Path((slug, file)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let id = file.strip_suffix(".ics").and_then(|id| id.parse().ok());
    let Some(number) = id
        .filter(|id: &ShortId| id.kind == Kind::Workshop)
        .map(|id| id.number)
    else {
        return gone(&site, &headers);
    };
    let found = site
        .db
        .read::<_, ServiceError, _>(move |tx| {
            async move {
                let found = agenda::one(tx, &slug, number).await?;
                Ok(found.map(|(collective, entry)| (collective, vec![entry])))
            }
            .boxed()
        })
        .await;
    answer(&site, &asked, &headers, found)
}

fn answer(
    site: &Site,
    asked: &Asked,
    headers: &HeaderMap,
    found: Result<Option<(Collective, Vec<Entry>)>, ServiceError>,
) -> Response {
    let (collective, entries) = match found {
        Ok(Some(found)) => found,
        Ok(None) => return gone(site, headers),
        Err(error) => {
            tracing::error!(%error, "a calendar could not be read");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    let language = asked.lang.as_deref().and_then(Language::from_tag);
    let language = language.unwrap_or(collective.language);
    let text = present::workshop::agenda(&site.words, language, &collective.name, &entries);
    // Calendars ask every hour, and mostly nothing has changed.
    let tag = format!("\"{}\"", hex::encode(Sha256::digest(&text)));
    let known = headers.get(header::IF_NONE_MATCH);
    let unchanged = known.is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let mut response = if unchanged {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        (
            [(header::CONTENT_TYPE, "text/calendar; charset=utf-8")],
            text,
        )
            .into_response()
    };
    let public = HeaderValue::from_static("public, max-age=300");
    response.headers_mut().insert(header::CACHE_CONTROL, public);
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

fn gone(site: &Site, headers: &HeaderMap) -> Response {
    page::notice(
        &site.words,
        page::preferred(headers),
        StatusCode::NOT_FOUND,
        "gone",
    )
}
