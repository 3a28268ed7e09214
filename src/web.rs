//! Web pages: what everybody may read of a collective, and what chat does badly, a person's ballot behind a personal link.
//!
//! What it must not do: run scripts, load anything from elsewhere, log an address (a link is an authority), decide who
//! may do what ([`service`](crate::service) does), or write words (they stand in `web.ftl`).
//!
//! | file | what it is for |
//! |---|---|
//! | `agenda` | calendars of workshops (iCalendar) |
//! | `ballot` | the two requests: show the ballot, take it |
//! | `fields` | a ballot as the fields of a form, both ways, and what is wrong with them |
//! | `form` | the form of each kind of poll |
//! | `page` | templates (`config/web/*.html`), compiled and checked by askama |
//! | `guard` | what every answer tells the browser, and who may post |
//! | `health` | how things stand, for those who keep it running |
//! | `shared` | answers that are the same for everybody: tags, and a shelf of them |
//! | `site` | the public pages and feeds of a collective (`config/web/site`) |
//!
//! # Adding a page
//! A template that extends `base.html`, its struct in `page`, its route here, its words in both `web.ftl`.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Router, middleware};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::domain::clock::Clock;
use crate::i18n::Words;
use crate::service::ballot_links::{AGENDA, BALLOTS, BadSettings, BallotLinks};
use crate::service::gateway::Db;

mod agenda;
mod ballot;
mod fields;
mod form;
mod guard;
mod health;
mod page;
mod shared;
mod site;

/// Largest request that is read, in bytes: the longest reason, each character of it escaped, and room for the rest.
const BODY_MAX: usize = 64 * 1024;
/// Longest time for one request, its reading included. Shorter than what a process gets to end in.
const PATIENCE: Duration = Duration::from_secs(5);
/// What stands in addresses in the place of a collective: none may be called so.
pub const RESERVED: [&str; 6] = ["agenda", "api", "bulletin", "healthz", "metrics", "readyz"];
/// The style of the ballots' pages, embedded at build.
const STYLE: &str = include_str!("../config/web/ballot.css");

/// The web server.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebConfig {
    /// Where it listens: address and port.
    pub listen: std::net::SocketAddr,
    /// The address that people see: that of the proxy which speaks HTTPS.
    pub public_url: Url,
    /// What personal links are signed and covered with.
    pub link_key: SecretString,
}

impl WebConfig {
    /// The maker of links of these settings.
    ///
    /// # Errors
    /// A short key, or no address of a website; with the name of the key.
    pub fn links(&self) -> Result<BallotLinks, (&'static str, BadSettings)> {
        BallotLinks::new(self.public_url.clone(), self.link_key.expose_secret()).map_err(|error| {
            let key = match error {
                BadSettings::ShortKey => "link_key",
                BadSettings::Address => "public_url",
            };
            (key, error)
        })
    }
}

/// What every page has at hand.
#[derive(Clone)]
pub struct Site {
    /// The record.
    pub db: Db,
    /// The present moment.
    pub clock: Arc<dyn Clock>,
    /// The words of every language.
    pub words: Arc<Words>,
    /// The reader of links.
    pub links: Arc<BallotLinks>,
    shelf: Arc<shared::Shelf>,
    style: shared::Shared,
    meters: Arc<health::Meters>,
}

impl Site {
    /// What pages need.
    #[must_use]
    pub fn new(db: Db, clock: Arc<dyn Clock>, words: Arc<Words>, links: Arc<BallotLinks>) -> Self {
        Self {
            shelf: Arc::new(shared::Shelf::new(db.changes())),
            style: site::styled(),
            meters: Arc::new(health::Meters::new()),
            db,
            clock,
            words,
            links,
        }
    }
}

/// The pages, without a page for addresses that do not exist: for a server that has other pages too.
pub fn router(site: Site) -> Router {
    let origin: Arc<str> = site.links.origin().into();
    Router::new()
        .route(
            &format!("/{BALLOTS}/{{token}}"),
            get(ballot::show).post(ballot::take),
        )
        .route(&format!("/{BALLOTS}.css"), get(style))
        .route(&format!("/{AGENDA}/{{file}}"), get(agenda::all))
        .route(
            &format!("/{AGENDA}/{{collective}}/{{file}}"),
            get(agenda::within),
        )
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/metrics", get(health::metrics))
        .route("/site.css", get(site::style))
        .route("/{collective}", get(site::collective))
        .route("/{collective}/", get(site::collective))
        .route("/{collective}/{language}", get(site::slash))
        .route("/{collective}/{language}/", get(site::home))
        .route("/{collective}/{language}/{page}", get(site::page))
        .layer(DefaultBodyLimit::max(BODY_MAX))
        .layer(middleware::from_fn(timed))
        .layer(middleware::from_fn_with_state(
            site.clone(),
            health::counted,
        ))
        .layer(middleware::from_fn_with_state(
            (origin, site.words.clone()),
            guard::guard,
        ))
        .with_state(site)
}

/// Serves the pages until `stop`, then lets requests under way end.
///
/// # Errors
/// The listener's.
pub async fn serve(
    listener: TcpListener,
    site: Site,
    stop: CancellationToken,
) -> std::io::Result<()> {
    let elsewhere = Router::new()
        .route("/", get(site::root))
        .fallback(nothing)
        .layer(middleware::from_fn(guard::headers))
        .with_state(site.clone());
    axum::serve(listener, router(site).fallback_service(elsewhere))
        .with_graceful_shutdown(stop.cancelled_owned())
        .await
}

async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE)
}

async fn nothing(State(site): State<Site>, headers: HeaderMap) -> Response {
    page::notice(
        &site.words,
        page::preferred(&headers),
        StatusCode::NOT_FOUND,
        "gone",
    )
}

/// Whoever sends slowly does not hold a connection for long.
async fn timed(request: axum::extract::Request, next: middleware::Next) -> Response {
    match tokio::time::timeout(PATIENCE, next.run(request)).await {
        Ok(response) => response,
        Err(_) => StatusCode::REQUEST_TIMEOUT.into_response(),
    }
}
