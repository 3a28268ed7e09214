//! For those who keep it running: `/healthz`, `/readyz`, and `/metrics` for Prometheus. Counts only; nobody, no address and
//! no word of anybody in them.

use std::sync::atomic::AtomicU64;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::FutureExt;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use serde_json::json;

use super::Site;
use crate::service::ServiceError;
use crate::service::health::{self, Backlog};

/// Seconds that requests take: pages from the shelf at one end, the patience of the server at the other.
const SECONDS: [f64; 9] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1.0, 5.0];
/// OpenMetrics' own media type, which Prometheus asks for.
const MEDIA: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

type Labels = Vec<(&'static str, String)>;

/// What is counted.
pub(super) struct Meters {
    registry: Registry,
    requests: Family<Labels, Counter>,
    seconds: Histogram,
    pending: Gauge,
    stuck: Gauge,
    late: Gauge,
    inbox: Gauge,
    up: Gauge<f64, AtomicU64>,
    since: Instant,
}

impl Meters {
    pub(super) fn new() -> Self {
        let mut registry = Registry::with_prefix("cercles");
        let requests = Family::<Labels, Counter>::default();
        let seconds = Histogram::new(SECONDS);
        registry.register("http_requests", "Answered requests", requests.clone());
        registry.register_with_unit(
            "http_request_duration",
            "How long answers took",
            Unit::Seconds,
            seconds.clone(),
        );
        let mut gauge = |name: &str, help: &str| {
            let gauge = Gauge::default();
            registry.register(name, help, gauge.clone());
            gauge
        };
        let pending = gauge(
            "cards_pending",
            "Cards that are behind, stuck ones included",
        );
        let stuck = gauge(
            "cards_stuck",
            "Cards that are given up on until raised again",
        );
        let late = gauge("deadlines_late", "Deadlines that should have run by now");
        let inbox = gauge("inbox_waiting", "Events that are not handled yet");
        let up = Gauge::default();
        let about = "How long this process has been serving";
        registry.register_with_unit("uptime", about, Unit::Seconds, up.clone());
        Self {
            registry,
            requests,
            seconds,
            pending,
            stuck,
            late,
            inbox,
            up,
            since: Instant::now(),
        }
    }
}

async fn look(site: &Site) -> Result<Backlog, ServiceError> {
    let now = site.clock.now();
    let look = site
        .db
        .read(move |tx| async move { health::backlog(tx, now).await }.boxed());
    look.await
        .inspect_err(|error| tracing::error!(%error, "the record cannot be read"))
}

/// `GET /healthz`: how things stand. What is stuck does not make the process ill: to start it again would not help.
pub(super) async fn healthz(State(site): State<Site>) -> Response {
    let Ok(found) = look(&site).await else {
        return unavailable();
    };
    let fine = found.stuck == 0 && found.late == 0;
    let said = json!({
        "status": if fine { "ok" } else { "attention" },
        "cards": { "pending": found.pending, "stuck": found.stuck },
        "deadlines_late": found.late,
        "inbox_waiting": found.inbox,
    });
    let media = [(header::CONTENT_TYPE, "application/json")];
    (media, said.to_string()).into_response()
}

/// `GET /readyz`: whether it can answer.
pub(super) async fn readyz(State(site): State<Site>) -> Response {
    match look(&site).await {
        Ok(_) => "ready\n".into_response(),
        Err(_) => unavailable(),
    }
}

fn unavailable() -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, "unavailable\n").into_response()
}

/// `GET /metrics`.
pub(super) async fn metrics(State(site): State<Site>) -> Response {
    let Ok(found) = look(&site).await else {
        return unavailable();
    };
    let meters = &site.meters;
    meters.pending.set(found.pending);
    meters.stuck.set(found.stuck);
    meters.late.set(found.late);
    meters.inbox.set(found.inbox);
    meters.up.set(meters.since.elapsed().as_secs_f64());
    let mut text = String::new();
    match encode(&mut text, &meters.registry) {
        Ok(()) => ([(header::CONTENT_TYPE, MEDIA)], text).into_response(),
        Err(error) => {
            tracing::error!(%error, "the metrics cannot be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Counts an answer, by the route that it took: never by its address, which may be a personal link.
pub(super) async fn counted(State(site): State<Site>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map_or_else(|| "none".to_owned(), |route| route.as_str().to_owned());
    let method = if request.method() == axum::http::Method::POST {
        "POST"
    } else {
        "GET"
    };
    let start = Instant::now();
    let response = next.run(request).await;
    site.meters.seconds.observe(start.elapsed().as_secs_f64());
    let labels = vec![
        ("method", method.to_owned()),
        ("route", route),
        ("status", response.status().as_u16().to_string()),
    ];
    site.meters.requests.get_or_create(&labels).inc();
    response
}
