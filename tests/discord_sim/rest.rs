//! REST: from a request to an answer. Finds the route, plays the fault asked for, counts rate limits, checks the
//! token, validates body and answer, calls the handler, writes the log.

mod channels;
mod commands;
mod interactions;
mod messages;
mod multipart;
mod polls;
mod reactions;
mod routes;
mod scheduled;
mod threads;
mod users;
mod webhooks;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::{Request, Response, StatusCode};
use serde_json::{Value, json};

use super::errors::{ApiError, Faults, error};
use super::faults::{self, Fault};
use super::limits::{Refused, Standing};
use super::net::ConnControl;
use super::sim::Shared;
use super::state::{RequestLog, State, ViolationKind};
pub use multipart::File;
use routes::{Access, Route};

/// A request whose route is known.
pub struct Call {
    /// The application that asks (0 on routes without a token) and its account.
    pub app: u64,
    pub bot: u64,
    pub route: String,
    pub params: Vec<String>,
    pub query: HashMap<String, String>,
    pub body: Value,
    /// The files that came with it, and what was wrong with the parts.
    pub files: Vec<File>,
    pub parts: Vec<String>,
}

impl Call {
    /// The n-th placeholder of the route, as an id.
    pub fn id(&self, index: usize) -> Result<u64, ApiError> {
        let mut faults = Faults::default();
        self.params[index].parse().map_err(|_| {
            faults.add(
                "id",
                "NUMBER_TYPE_COERCE",
                format!("Value \"{}\" is not snowflake.", self.params[index]),
            );
            faults.into_error()
        })
    }

    pub fn flag(&self, name: &str) -> bool {
        self.query
            .get(name)
            .is_some_and(|value| matches!(value.as_str(), "1" | "true" | "True"))
    }
}

/// A success.
pub struct Reply {
    pub status: u16,
    pub body: Value,
}

impl Reply {
    pub fn ok(body: Value) -> Answer {
        Ok(Self { status: 200, body })
    }

    pub fn created(body: Value) -> Answer {
        Ok(Self { status: 201, body })
    }

    pub fn empty() -> Answer {
        Ok(Self {
            status: 204,
            body: Value::Null,
        })
    }
}

pub type Answer = Result<Reply, ApiError>;

impl State {
    /// Turns faults into Discord's refusal, and into violations.
    pub fn enforce(&mut self, place: &str, faults: Faults) -> Result<(), ApiError> {
        if faults.is_empty() {
            return Ok(());
        }
        for line in faults.lines() {
            self.violation(ViolationKind::Rule, place, line);
        }
        Err(faults.into_error())
    }

    /// Notes a message that leaves open whom it pings.
    pub fn note_mentions(&mut self, place: &str, body: &Value) {
        if self.options.require_allowed_mentions && !super::rules::message::explicit_mentions(body)
        {
            self.violation(
                ViolationKind::Mentions,
                place,
                "no explicit allowed_mentions.parse",
            );
        }
    }
}

/// What goes back over the wire, before it is a hyper response.
struct Wire {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Body,
}

enum Body {
    Empty,
    Json(Value),
    Html(&'static str),
}

impl Wire {
    fn error(error: &ApiError) -> Self {
        Self {
            status: error.status,
            headers: Vec::new(),
            body: Body::Json(error.body()),
        }
    }

    fn into_response(self) -> Response<Full<Bytes>> {
        let mut response =
            Response::builder().status(StatusCode::from_u16(self.status).expect("a status"));
        for (name, value) in self.headers {
            response = response.header(name, value);
        }
        let bytes = match self.body {
            Body::Empty => Bytes::new(),
            Body::Json(json) => {
                // Exactly this: discord.py does not recognise it with a charset.
                response = response.header("content-type", "application/json");
                Bytes::from(json.to_string())
            }
            Body::Html(text) => {
                response = response.header("content-type", "text/html; charset=UTF-8");
                Bytes::from(text)
            }
        };
        response.body(Full::new(bytes)).expect("a response")
    }
}

const PROXY_PAGE: &str = "<html><head><title>502 Bad Gateway</title></head><body><center>cloudflare</center></body></html>";
const BAN_PAGE: &str =
    "<html><body><h1>Error 1015</h1><p>You are being rate limited</p></body></html>";

/// Answers one request; never returns when the connection is to be cut instead.
pub async fn handle(
    shared: Arc<Shared>,
    control: Arc<ConnControl>,
    request: Request<Incoming>,
) -> Response<Full<Bytes>> {
    let method = request.method().as_str().to_owned();
    let path = request.uri().path().to_owned();
    let query = request.uri().query().unwrap_or("").to_owned();
    let header = |name: &str| {
        request
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("")
            .to_owned()
    };
    let (token, content_type) = (header("authorization"), header("content-type"));
    let Ok(collected) = request.into_body().collect().await else {
        return cut(&control).await;
    };
    let parsed = multipart::body(&content_type, &collected.to_bytes());
    let readable = parsed.is_ok();
    let multipart::Body {
        json: body,
        files,
        faults: parts,
    } = parsed.unwrap_or_default();
    let found = path
        .strip_prefix("/api/v10")
        .and_then(|rest| routes::find(&method, rest));
    let mut log = RequestLog {
        method: method.clone(),
        route: found
            .as_ref()
            .map_or_else(|| path.clone(), |(route, _)| route.template.to_owned()),
        path: path.clone(),
        query: query.clone(),
        body: body.clone(),
        status: 0,
        answer: Value::Null,
        at_ms: 0,
        application: None,
    };
    let Some((route, params)) = found else {
        shared.update(|state| {
            state.violation(
                ViolationKind::UnknownRoute,
                format!("{method} {path}"),
                "the simulator has no such route",
            );
        });
        let wire = Wire::error(&ApiError::new(404, 0, "404: Not Found"));
        return finish(&shared, log, wire, route_unknown()).into_response();
    };
    let fault = shared
        .update(|state| faults::take(&mut state.faults, &method, route.template, &path, &body));
    match &fault {
        Some(Fault::AbortBefore) => {
            shared.update(|state| {
                log.at_ms = state.now();
                state.requests.push(log);
            });
            return cut(&control).await;
        }
        Some(Fault::Delay(wait)) => tokio::time::sleep(*wait).await,
        Some(fault) => {
            if let Some(wire) = refuse(fault) {
                return finish(&shared, log, wire, route).into_response();
            }
        }
        None => {}
    }
    let wire = shared.update(|state| {
        let application = state
            .apps
            .iter()
            .find(|app| token == format!("Bot {}", app.token));
        log.application = application.map(|app| app.id);
        let ids = application.map_or((0, 0), |app| (app.id, app.bot));
        let call = Call {
            app: ids.0,
            bot: ids.1,
            route: format!("{method} {}", route.template),
            params,
            query: parse_query(&query),
            body: body.clone(),
            files,
            parts,
        };
        answer(state, route, &call, readable)
    });
    let wire = finish(&shared, log, wire, route);
    match fault {
        Some(Fault::ProcessThenAbort) => {
            shared.update(|state| {
                if let Some(last) = state.requests.last_mut() {
                    last.status = 0;
                }
            });
            return cut(&control).await;
        }
        Some(Fault::DelayAnswer(wait)) => tokio::time::sleep(wait).await,
        _ => {}
    }
    wire.into_response()
}

fn route_unknown() -> &'static Route {
    &routes::UNKNOWN
}

async fn cut(control: &ConnControl) -> Response<Full<Bytes>> {
    control.reset();
    std::future::pending().await
}

/// Token, limits, checks, handler.
fn answer(state: &mut State, route: &Route, call: &Call, readable: bool) -> Wire {
    if route.access == Access::Token && call.app == 0 {
        let now = state.now();
        state.invalid_requests.push(now);
        state.violation(
            ViolationKind::Unauthorized,
            &call.route,
            "no or wrong token",
        );
        return Wire::error(&ApiError::new(401, 0, "401: Unauthorized"));
    }
    let standing = count(state, route, call);
    let mut headers = limit_headers(&standing);
    if let Some(refused) = standing.refused {
        let now = state.now();
        state.invalid_requests.push(now);
        let after = Duration::from_millis(standing.reset_after_ms);
        let mut wire = too_many(
            after,
            if refused == Refused::Global {
                "global"
            } else {
                "user"
            },
        );
        if refused == Refused::Bucket {
            wire.headers.extend(headers);
        }
        return wire;
    }
    let result = if readable {
        check_body(state, route, call).and_then(|()| (route.handler)(state, call))
    } else {
        Err(error(50109))
    };
    match result {
        Ok(reply) => {
            let body = if reply.status == 204 {
                Body::Empty
            } else {
                Body::Json(reply.body)
            };
            Wire {
                status: reply.status,
                headers,
                body,
            }
        }
        Err(error) => {
            if matches!(error.status, 401 | 403) {
                let now = state.now();
                state.invalid_requests.push(now);
            }
            let mut wire = Wire::error(&error);
            wire.headers.append(&mut headers);
            wire
        }
    }
}

fn count(state: &mut State, route: &Route, call: &Call) -> Standing {
    let now = state.now();
    let major = match route.template.split('/').nth(1) {
        Some("channels" | "guilds") => call.params.first().cloned().unwrap_or_default(),
        Some("webhooks") => call
            .params
            .get(..2)
            .map(|ids| ids.join("/"))
            .unwrap_or_default(),
        Some("interactions") => call.params.join("/"),
        _ => String::new(),
    };
    let (method, _) = call.route.split_once(' ').expect("method and template");
    let route_key = (method, route.template);
    let (rules, per_second) = (
        state.options.rate_limits.clone(),
        state.options.global_per_second,
    );
    let major = format!("{}:{major}", call.app);
    state.limits.count(
        &rules,
        per_second,
        route_key,
        &major,
        now,
        route.access == Access::Secret,
    )
}

/// The own rules first (their codes are Discord's), then the published description.
fn check_body(state: &mut State, route: &Route, call: &Call) -> Result<(), ApiError> {
    let own = (route.rules)(state, call);
    state.enforce(&call.route, own)?;
    let Some(spec) = state.spec else {
        return Ok(());
    };
    let (method, _) = call.route.split_once(' ').expect("method and template");
    let found = spec.check_request(method, route.template, &call.body);
    if found.is_empty() {
        return Ok(());
    }
    let mut faults = Faults::default();
    for (path, message) in found {
        state.violation(
            ViolationKind::Spec,
            &call.route,
            format!("{path}: {message}"),
        );
        faults.add(&path, "SIM_SPEC", message);
    }
    Err(faults.into_error())
}

fn refuse(fault: &Fault) -> Option<Wire> {
    Some(match fault {
        Fault::Status(status @ (502..=504)) => Wire {
            status: *status,
            headers: Vec::new(),
            body: Body::Html(PROXY_PAGE),
        },
        Fault::Status(status) => Wire::error(&ApiError::new(
            *status,
            0,
            &format!("{status}: Internal Server Error"),
        )),
        Fault::RateLimit { retry_after } => {
            let mut wire = too_many(*retry_after, "user");
            wire.headers.extend([
                ("x-ratelimit-limit", "5".to_owned()),
                ("x-ratelimit-remaining", "0".to_owned()),
                (
                    "x-ratelimit-reset-after",
                    format!("{:.3}", retry_after.as_secs_f64()),
                ),
                (
                    "x-ratelimit-bucket",
                    "abcd1234abcd1234abcd1234abcd1234".to_owned(),
                ),
            ]);
            wire
        }
        Fault::GlobalRateLimit { retry_after } => too_many(*retry_after, "global"),
        Fault::SharedRateLimit { retry_after } => too_many(*retry_after, "shared"),
        Fault::CloudflareRateLimit { retry_after } => Wire {
            status: 429,
            headers: vec![("retry-after", whole_seconds(*retry_after))],
            body: Body::Html(BAN_PAGE),
        },
        _ => return None,
    })
}

fn whole_seconds(wait: Duration) -> String {
    wait.as_secs_f64().ceil().to_string()
}

fn too_many(wait: Duration, scope: &str) -> Wire {
    let global = scope == "global";
    let after = (wait.as_secs_f64() * 1000.0).ceil() / 1000.0;
    let mut headers = vec![
        ("retry-after", whole_seconds(wait)),
        ("x-ratelimit-scope", scope.to_owned()),
    ];
    if global {
        headers.push(("x-ratelimit-global", "true".to_owned()));
    }
    let body = json!({"message": "You are being rate limited.", "retry_after": after, "global": global, "code": 0});
    Wire {
        status: 429,
        headers,
        body: Body::Json(body),
    }
}

fn limit_headers(standing: &Standing) -> Vec<(&'static str, String)> {
    let seconds = |ms: u64| format!("{}.{:03}", ms / 1000, ms % 1000);
    vec![
        ("x-ratelimit-limit", standing.limit.to_string()),
        ("x-ratelimit-remaining", standing.remaining.to_string()),
        ("x-ratelimit-reset", seconds(standing.reset_ms)),
        ("x-ratelimit-reset-after", seconds(standing.reset_after_ms)),
        ("x-ratelimit-bucket", standing.bucket.clone()),
    ]
}

/// Writes the log, and checks the answer against the published description.
fn finish(shared: &Shared, mut log: RequestLog, wire: Wire, route: &Route) -> Wire {
    log.status = wire.status;
    if let Body::Json(json) = &wire.body {
        log.answer = json.clone();
    }
    // Pages of the proxies in front of Discord are in no description.
    let described =
        !matches!(wire.body, Body::Html(_)) && wire.status < 500 && !route.template.is_empty();
    shared.update(|state| {
        if let Some(spec) = state.spec.filter(|_| described) {
            for (path, message) in
                spec.check_answer(&log.method, route.template, wire.status, &log.answer)
            {
                let place = format!("{} {}", log.method, log.route);
                state.violation(
                    ViolationKind::Simulator,
                    place,
                    format!("answer {path}: {message}"),
                );
            }
        }
        log.at_ms = state.now();
        state.requests.push(log);
    });
    wire
}

fn parse_query(query: &str) -> HashMap<String, String> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (name.to_owned(), routes::decode(value))
        })
        .collect()
}

/// Method and template of every route, for the test that compares them with Discord's description.
#[cfg(test)]
pub fn all_routes() -> impl Iterator<Item = (&'static str, &'static str)> {
    routes::ROUTES
        .iter()
        .map(|route| (route.method, route.template))
}
