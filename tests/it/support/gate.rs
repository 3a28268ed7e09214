//! A gate before a homeserver: requests pass through it, and those with a word in their address can be kept waiting,
//! refused, or done without an answer. What a crash leaves half done is made so.

use std::net::SocketAddr;
use std::sync::Arc;

use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// What happens to requests with a word in their address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// They pass.
    Open,
    /// They wait until the rule changes, and pass then.
    Closed,
    /// The homeserver does them, and nobody hears of it until the rule changes.
    Mute,
    /// They are answered with this status, as the homeserver refuses things.
    Refuse(u16),
}

/// A running gate; it ends with the test's runtime.
pub struct Gate {
    address: SocketAddr,
    inner: Arc<Inner>,
}

struct Inner {
    server: String,
    word: &'static str,
    rule: watch::Sender<Rule>,
    /// How many requests with the word have met a rule other than [`Rule::Open`].
    met: watch::Sender<usize>,
    http: reqwest::Client,
}

impl Gate {
    /// A gate before `server`, open for now.
    pub async fn before(server: String, word: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let inner = Arc::new(Inner {
            server,
            word,
            rule: watch::Sender::new(Rule::Open),
            met: watch::Sender::new(0),
            http: reqwest::Client::builder()
                .no_proxy()
                .build()
                .expect("a client"),
        });
        let serving = Arc::clone(&inner);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let inner = Arc::clone(&serving);
                let service = service_fn(move |request| {
                    let inner = Arc::clone(&inner);
                    async move { inner.pass(request).await }
                });
                let connection = hyper::server::conn::http1::Builder::new()
                    .serve_connection(TokioIo::new(stream), service);
                // A client that was killed leaves without a word.
                tokio::spawn(async move { drop(connection.await) });
            }
        });
        Self { address, inner }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn set(&self, rule: Rule) {
        self.inner.rule.send_replace(rule);
    }

    /// Waits until so many requests have met a rule other than [`Rule::Open`]; for [`Rule::Mute`], until the homeserver
    /// has done them.
    pub async fn met(&self, count: usize) {
        let mut met = self.inner.met.subscribe();
        let waiting = met.wait_for(|met| *met >= count);
        tokio::time::timeout(super::app::PATIENCE, waiting)
            .await
            .unwrap_or_else(|_| panic!("no request with {:?} came", self.inner.word))
            .expect("the gate stands");
    }
}

impl Inner {
    /// Waits until another rule holds.
    async fn changed_from(&self, rule: Rule) {
        let mut rules = self.rule.subscribe();
        let changed = rules.wait_for(|now| *now != rule).await;
        drop(changed.expect("the gate stands"));
    }

    /// An error cuts the connection.
    async fn pass(&self, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, String> {
        let (parts, body) = request.into_parts();
        let body = body.collect().await.map_err(|error| error.to_string())?;
        let body = body.to_bytes();
        let named = parts.uri.to_string().contains(self.word);
        let rule = if named {
            *self.rule.borrow()
        } else {
            Rule::Open
        };
        let one_more = || self.met.send_modify(|met| *met += 1);
        match rule {
            Rule::Open | Rule::Mute => {}
            Rule::Closed => {
                one_more();
                self.changed_from(rule).await;
            }
            Rule::Refuse(status) => {
                one_more();
                let refusal = r#"{"errcode":"M_FORBIDDEN","error":"the gate is shut"}"#;
                let response = Response::builder().status(status);
                let response = response.header("content-type", "application/json");
                return Ok(response.body(Full::from(refusal)).expect("a response"));
            }
        }
        let mut forwarded = self
            .http
            .request(parts.method, format!("{}{}", self.server, parts.uri));
        for (name, value) in &parts.headers {
            if !["host", "content-length", "connection"].contains(&name.as_str()) {
                forwarded = forwarded.header(name, value);
            }
        }
        let answer = forwarded.body(body).send().await;
        let answer = answer.map_err(|error| error.to_string())?;
        let mut response = Response::builder().status(answer.status());
        for (name, value) in answer.headers() {
            if !["transfer-encoding", "content-length", "connection"].contains(&name.as_str()) {
                response = response.header(name, value);
            }
        }
        let mut bytes = answer.bytes().await.map_err(|error| error.to_string())?;
        if let Ok(mut json) = serde_json::from_slice::<Value>(&bytes)
            && let Some(fields) = json.as_object_mut()
            && fields.remove("well_known").is_some()
        {
            // An answer to a login, which leads clients past the gate.
            bytes = Bytes::from(json.to_string());
        }
        if rule == Rule::Mute {
            one_more();
            self.changed_from(rule).await;
        }
        Ok(response.body(Full::new(bytes)).expect("a response"))
    }
}
