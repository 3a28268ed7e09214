//! A person on Matrix, by plain HTTP calls: independent of the SDK that the bot uses.
//!
//! [`reading`] has what a person sees: waiting for events, and the timeline with its edits applied.
//! It neither encrypts nor decrypts; for encrypted rooms see [`super::nio`]. What is not here is a
//! [`MatrixUser::call`] away (the Matrix client-server API, <https://spec.matrix.org/latest/client-server-api/>).
//! The calls panic when the server refuses; a test of a refusal uses `call`, or a `try_` method.

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

pub mod reading;

use reqwest::Method;
use serde_json::{Value, json};

/// The path of the API that most calls use.
const V3: &str = "/_matrix/client/v3";

/// A client without proxies and with a limit for every call. Each user has their own: a pooled
/// connection dies with the runtime of the test that opened it.
pub(crate) fn http_client() -> reqwest::Client {
    reqwest::Client::builder()
        .no_proxy()
        .tls_built_in_root_certs(false)
        .timeout(Duration::from_mins(1))
        .build()
        .expect("an HTTP client")
}

/// A refusal of the server (`M_FORBIDDEN`…), or a call that got no answer (status 0).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixError {
    pub status: u16,
    pub errcode: String,
    pub error: String,
}

/// One device of one user.
#[derive(Debug, Clone)]
pub struct MatrixUser {
    pub server: String,
    pub user_id: String,
    pub access_token: String,
    pub device_id: String,
    pub password: String,
    http: reqwest::Client,
}

impl MatrixUser {
    pub(crate) fn new(
        server: String,
        user_id: String,
        access_token: String,
        device_id: String,
        password: String,
    ) -> Self {
        Self {
            server,
            user_id,
            access_token,
            device_id,
            password,
            http: http_client(),
        }
    }

    /// The same user on a new device.
    pub async fn log_in_again(&self) -> Self {
        let body = json!({
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": self.user_id},
            "password": self.password,
        });
        let answer = self.must(Method::POST, &v3(&["login"]), Some(&body)).await;
        Self::new(
            self.server.clone(),
            self.user_id.clone(),
            text(&answer, "access_token"),
            text(&answer, "device_id"),
            self.password.clone(),
        )
    }

    /// Any call: `path` starts with `/_matrix` or `/_synapse` and is encoded already (see [`v3`]).
    ///
    /// # Errors
    /// The server's refusal, or status 0 when it does not answer.
    pub async fn call(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Value, MatrixError> {
        let none = |error: reqwest::Error| MatrixError {
            status: 0,
            errcode: String::new(),
            error: error.to_string(),
        };
        let mut request = self
            .http
            .request(method, format!("{}{path}", self.server))
            .bearer_auth(&self.access_token);
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = request.send().await.map_err(none)?;
        let status = answer.status();
        let bytes = answer.bytes().await.map_err(none)?;
        let value: Value = serde_json::from_slice(&bytes)
            .unwrap_or_else(|_| json!({"error": String::from_utf8_lossy(&bytes)}));
        if status.is_success() {
            return Ok(value);
        }
        let field = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        Err(MatrixError {
            status: status.as_u16(),
            errcode: field("errcode"),
            error: field("error"),
        })
    }

    /// What lies at an `mxc://` address.
    ///
    /// # Panics
    /// When the server does not hand it over.
    pub async fn download(&self, address: &str) -> Vec<u8> {
        let place = address.strip_prefix("mxc://").expect("an mxc address");
        let path = format!("{}/_matrix/client/v1/media/download/{place}", self.server);
        let answer = self.http.get(path).bearer_auth(&self.access_token);
        let answer = answer.send().await.expect("an answer");
        assert_eq!(answer.status(), 200, "{address}");
        answer.bytes().await.expect("the file").to_vec()
    }

    async fn must(&self, method: Method, path: &str, body: Option<&Value>) -> Value {
        self.call(method.clone(), path, body)
            .await
            .unwrap_or_else(|error| panic!("{}: {method} {path}: {error:?}", self.user_id))
    }

    /// A private room; `direct` makes it a direct chat. Returns its id.
    pub async fn create_room(
        &self,
        name: &str,
        invite: &[&str],
        encrypted: bool,
        direct: bool,
    ) -> String {
        let mut body = json!({
            "preset": if direct { "trusted_private_chat" } else { "private_chat" },
            "is_direct": direct,
            "invite": invite,
        });
        if !name.is_empty() {
            body["name"] = name.into();
        }
        if encrypted {
            body["initial_state"] = json!([{
                "type": "m.room.encryption",
                "state_key": "",
                "content": {"algorithm": "m.megolm.v1.aes-sha2"},
            }]);
        }
        self.create_room_with(&body).await
    }

    /// A room made with any body of `createRoom` (spaces, room versions, public rooms…).
    pub async fn create_room_with(&self, body: &Value) -> String {
        text(
            &self
                .must(Method::POST, &v3(&["createRoom"]), Some(body))
                .await,
            "room_id",
        )
    }

    /// Joins by room id or alias.
    pub async fn join(&self, room: &str) {
        self.must(Method::POST, &v3(&["join", room]), Some(&json!({})))
            .await;
    }

    pub async fn leave(&self, room: &str) {
        self.must(
            Method::POST,
            &v3(&["rooms", room, "leave"]),
            Some(&json!({})),
        )
        .await;
    }

    pub async fn invite(&self, room: &str, user: &str) {
        let body = json!({"user_id": user});
        self.must(Method::POST, &v3(&["rooms", room, "invite"]), Some(&body))
            .await;
    }

    pub async fn kick(&self, room: &str, user: &str, reason: &str) {
        let body = json!({"user_id": user, "reason": reason});
        self.must(Method::POST, &v3(&["rooms", room, "kick"]), Some(&body))
            .await;
    }

    pub async fn ban(&self, room: &str, user: &str, reason: &str) {
        let body = json!({"user_id": user, "reason": reason});
        self.must(Method::POST, &v3(&["rooms", room, "ban"]), Some(&body))
            .await;
    }

    /// Who has joined.
    pub async fn joined(&self, room: &str) -> BTreeSet<String> {
        let path = v3(&["rooms", room, "joined_members"]);
        let answer = self.must(Method::GET, &path, None).await;
        answer["joined"]
            .as_object()
            .expect("members")
            .keys()
            .cloned()
            .collect()
    }

    /// Sends a text message; returns its event id.
    pub async fn send_text(&self, room: &str, body: &str) -> String {
        let content = json!({"msgtype": "m.text", "body": body});
        self.send_event(room, "m.room.message", &content).await
    }

    /// Sends a text message in the thread that the event `thread` started.
    pub async fn send_in_thread(&self, room: &str, thread: &str, body: &str) -> String {
        let content = json!({
            "msgtype": "m.text",
            "body": body,
            "m.relates_to": {
                "rel_type": "m.thread",
                "event_id": thread,
                "is_falling_back": true,
                "m.in_reply_to": {"event_id": thread},
            },
        });
        self.send_event(room, "m.room.message", &content).await
    }

    /// Sends a text message as a reply to `event`.
    pub async fn reply(&self, room: &str, event: &str, body: &str) -> String {
        let content = json!({
            "msgtype": "m.text",
            "body": body,
            "m.relates_to": {"m.in_reply_to": {"event_id": event}},
        });
        self.send_event(room, "m.room.message", &content).await
    }

    /// Edits one's own text message.
    pub async fn edit(&self, room: &str, event: &str, body: &str) -> String {
        let content = json!({
            "msgtype": "m.text",
            "body": format!("* {body}"),
            "m.new_content": {"msgtype": "m.text", "body": body},
            "m.relates_to": {"rel_type": "m.replace", "event_id": event},
        });
        self.send_event(room, "m.room.message", &content).await
    }

    /// Reacts to a message; returns the reaction's own event id, which takes it back with
    /// [`redact`](Self::redact).
    pub async fn react(&self, room: &str, event: &str, key: &str) -> String {
        let relation = json!({"rel_type": "m.annotation", "event_id": event, "key": key});
        self.send_event(room, "m.reaction", &json!({"m.relates_to": relation}))
            .await
    }

    /// Answers a poll (MSC3381, the unstable names that clients use today).
    pub async fn vote(&self, room: &str, poll: &str, answers: &[&str]) -> String {
        let content = json!({
            "m.relates_to": {"rel_type": "m.reference", "event_id": poll},
            "org.matrix.msc3381.poll.response": {"answers": answers},
        });
        self.send_event(room, "org.matrix.msc3381.poll.response", &content)
            .await
    }

    /// Sends any event; returns its id.
    pub async fn send_event(&self, room: &str, event_type: &str, content: &Value) -> String {
        self.try_send_event(room, event_type, content)
            .await
            .unwrap_or_else(|error| panic!("{}: cannot send in {room}: {error:?}", self.user_id))
    }

    /// Sends any event; returns its id.
    ///
    /// # Errors
    /// The server's refusal, for instance 403 `M_FORBIDDEN` after a kick.
    pub async fn try_send_event(
        &self,
        room: &str,
        event_type: &str,
        content: &Value,
    ) -> Result<String, MatrixError> {
        let path = v3(&["rooms", room, "send", event_type, &unique("txn")]);
        Ok(text(
            &self.call(Method::PUT, &path, Some(content)).await?,
            "event_id",
        ))
    }

    /// Removes an event's content; returns the redaction's id.
    pub async fn redact(&self, room: &str, event: &str) -> String {
        let path = v3(&["rooms", room, "redact", event, &unique("txn")]);
        text(
            &self.must(Method::PUT, &path, Some(&json!({}))).await,
            "event_id",
        )
    }

    /// The content of a state event, when there is one.
    pub async fn state(&self, room: &str, event_type: &str, key: &str) -> Option<Value> {
        match self
            .call(
                Method::GET,
                &v3(&["rooms", room, "state", event_type, key]),
                None,
            )
            .await
        {
            Ok(content) => Some(content),
            Err(error) if error.errcode == "M_NOT_FOUND" => None,
            Err(error) => panic!("{}: state {event_type} of {room}: {error:?}", self.user_id),
        }
    }

    /// Sets a state event; returns its id.
    pub async fn set_state(
        &self,
        room: &str,
        event_type: &str,
        key: &str,
        content: &Value,
    ) -> String {
        let path = v3(&["rooms", room, "state", event_type, key]);
        text(
            &self.must(Method::PUT, &path, Some(content)).await,
            "event_id",
        )
    }

    /// The content of `m.room.power_levels`. A creator of a room of version 12 is not in it.
    pub async fn power_levels(&self, room: &str) -> Value {
        self.state(room, "m.room.power_levels", "")
            .await
            .expect("a room has power levels")
    }

    /// Gives `user` a power level (50 is a moderator, 100 an administrator).
    pub async fn set_power_level(&self, room: &str, user: &str, level: i64) {
        let mut content = self.power_levels(room).await;
        content["users"][user] = level.into();
        self.set_state(room, "m.room.power_levels", "", &content)
            .await;
    }
}

/// A path of the client-server API, with each segment encoded.
pub fn v3(segments: &[&str]) -> String {
    segments.iter().fold(V3.to_owned(), |path, segment| {
        path + "/" + encode(segment).as_str()
    })
}

/// Percent-encodes everything but the unreserved characters of RFC 3986.
pub fn encode(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(byte.into());
        } else {
            write!(out, "%{byte:02X}").expect("writing to a string");
        }
        out
    })
}

fn text(value: &Value, field: &str) -> String {
    value[field]
        .as_str()
        .unwrap_or_else(|| panic!("the server's answer has no text {field:?}: {value}"))
        .to_owned()
}

/// A new name each time, also for a process that comes after a restart of the server.
fn unique(prefix: &str) -> String {
    static NUMBER: AtomicU64 = AtomicU64::new(1);
    format!(
        "{prefix}.{}.{}",
        std::process::id(),
        NUMBER.fetch_add(1, Ordering::Relaxed)
    )
}
