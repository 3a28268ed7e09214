//! The gateway: from the upgrade to the last frame. Sessions outlive connections, so that RESUME can replay.

mod connection;
mod session;

use std::sync::Arc;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::Role;

use super::net::ConnControl;
use super::sim::Shared;
pub use session::{Outgoing, Session};

/// What the gateway does wrong at the moment.
#[derive(Debug, Clone, Copy, Default)]
pub struct Conditions {
    /// Upgrades answer 503.
    pub refuse_upgrades: bool,
    /// Upgrades are never answered, the TCP connection stays.
    pub silent_upgrades: bool,
    /// Nothing is read or written any more.
    pub black_hole: bool,
}

/// Answers a websocket upgrade.
pub async fn upgrade(
    shared: Arc<Shared>,
    control: Arc<ConnControl>,
    mut request: Request<Incoming>,
) -> Response<Full<Bytes>> {
    shared.update(|state| state.upgrades += 1);
    let conditions = *shared.conditions.borrow();
    if conditions.silent_upgrades || conditions.black_hole {
        control.pulled().await;
    }
    let empty = |status| {
        Response::builder()
            .status(status)
            .body(Full::new(Bytes::new()))
            .expect("a response")
    };
    if conditions.refuse_upgrades {
        return empty(StatusCode::SERVICE_UNAVAILABLE);
    }
    let query = request.uri().query().unwrap_or("").to_owned();
    let key = request.headers()["sec-websocket-key"]
        .to_str()
        .unwrap_or("")
        .to_owned();
    let upgraded = hyper::upgrade::on(&mut request);
    let inner = Arc::clone(&shared);
    shared.spawn(async move {
        if let Ok(upgraded) = upgraded.await {
            let socket =
                WebSocketStream::from_raw_socket(TokioIo::new(upgraded), Role::Server, None).await;
            connection::run(inner, control, socket, &query).await;
        }
    });
    let mut response = empty(StatusCode::SWITCHING_PROTOCOLS);
    let headers = response.headers_mut();
    for (name, value) in [
        ("upgrade", "websocket"),
        ("connection", "Upgrade"),
        ("sec-websocket-accept", &derive_accept_key(key.as_bytes())),
    ] {
        headers.insert(name, value.parse().expect("a header"));
    }
    response
}
