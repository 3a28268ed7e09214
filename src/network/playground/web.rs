//! The routes of the page.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Json, middleware};
use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;
use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};

use super::{PlaygroundNetwork, act, events, guard, page};
use crate::chart;
use crate::command::Desk;

/// Largest request that is read, in bytes.
const BODY_MAX: usize = 64 * 1024;
/// Farthest that the clock goes at once, in seconds: beyond two years nothing is left to see.
const ADVANCE_MAX: i64 = 732 * 24 * 3600;

/// What the page needs of the application, beyond the desk.
pub struct PlaygroundHooks {
    /// What the collective is called.
    pub name: String,
    /// The zone that times are shown in: the collective's.
    pub zone: Tz,
    /// That the data is invented, in French and in English.
    pub warning: (String, String),
    /// When the next deadline falls due; none when nothing waits.
    pub next_deadline: Box<dyn Fn() -> BoxFuture<'static, Option<DateTime<Utc>>> + Send + Sync>,
    /// Wakes the scheduler and delivery: the clock was moved, or something was changed.
    pub wake: Box<dyn Fn() + Send + Sync>,
}

/// What every route has at hand.
#[derive(Clone)]
pub(super) struct App {
    pub(super) network: Arc<PlaygroundNetwork>,
    pub(super) desk: Arc<Desk>,
    pub(super) hooks: Arc<PlaygroundHooks>,
}

/// The page's routes, to be served on `127.0.0.1` only.
pub fn router(network: Arc<PlaygroundNetwork>, desk: Arc<Desk>, hooks: PlaygroundHooks) -> Router {
    let app = App {
        network,
        desk,
        hooks: Arc::new(hooks),
    };
    Router::new()
        .route("/", get(page::page))
        .route("/assets/playground.css", get(page::style))
        .route("/assets/{name}", get(page::script))
        .route("/assets/icon.svg", get(page::icon))
        .route("/images/{entry}", get(image))
        .route("/events", get(events::events))
        .route("/act", post(act::act))
        .route("/clock", post(clock))
        .layer(DefaultBodyLimit::max(BODY_MAX))
        .layer(middleware::from_fn(guard::guard))
        .with_state(app)
}

/// `GET /images/{entry}`: the picture below an entry's words.
async fn image(
    State(app): State<App>,
    Path(entry): Path<String>,
) -> Result<impl IntoResponse, StatusCode> {
    let image = app.network.rooms.image(&entry);
    let image = image.ok_or(StatusCode::NOT_FOUND)?;
    let png = chart::png(&image).await;
    let png = png.ok_or(StatusCode::INTERNAL_SERVER_ERROR)?;
    Ok(([(header::CONTENT_TYPE, "image/png")], png.bytes))
}

/// How far to move the clock.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Move {
    /// By so many seconds, forward.
    AdvanceSeconds(i64),
    /// To when the next deadline falls due.
    NextDeadline,
}

/// What came of it.
#[derive(Debug, Serialize)]
struct Moved {
    /// False when nothing waits.
    moved: bool,
}

/// `POST /clock`.
async fn clock(State(app): State<App>, Json(by): Json<Move>) -> Result<Json<Moved>, StatusCode> {
    let by = match by {
        Move::AdvanceSeconds(seconds) if (1..=ADVANCE_MAX).contains(&seconds) => {
            Duration::seconds(seconds)
        }
        Move::AdvanceSeconds(_) => return Err(StatusCode::BAD_REQUEST),
        Move::NextDeadline => match (app.hooks.next_deadline)().await {
            // A second past it: what is due "before now" is due then too.
            Some(due) => (due - app.network.now()).max(Duration::zero()) + Duration::seconds(1),
            None => return Ok(Json(Moved { moved: false })),
        },
    };
    app.network.clock.advance(by);
    app.network.rooms.clock_moved();
    (app.hooks.wake)();
    Ok(Json(Moved { moved: true }))
}
