//! An independent Matrix client that encrypts and decrypts: matrix-nio, in `nio.py` beside this file.
//!
//! It shares no code with the bot's SDK. It ends when its standard input closes, so it cannot
//! outlive this process. To add a command: a method in `nio.py`, and a method of [`Nio`] here.

use std::{
    collections::HashMap,
    process::Stdio,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use base64::Engine as _;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    process::{Child, ChildStdin, Command},
    sync::{Notify, oneshot},
};

use super::{matrix::MatrixUser, tail, venv_python};

/// How long one command may take on a busy machine.
const LIMIT: Duration = Duration::from_mins(1);

/// A device of a user, with its own keys.
#[derive(Debug)]
pub struct Nio {
    pub user_id: String,
    pub device_id: String,
    next: AtomicU64,
    stdin: tokio::sync::Mutex<ChildStdin>,
    state: Arc<State>,
    dir: tempfile::TempDir,
    _child: Child,
}

#[derive(Debug, Default)]
struct State {
    inner: Mutex<Inner>,
    news: Notify,
}

#[derive(Debug, Default)]
struct Inner {
    answers: HashMap<u64, oneshot::Sender<Value>>,
    events: Vec<Value>,
    ended: bool,
}

impl Nio {
    /// Logs a user in on a new device, with encryption.
    ///
    /// # Panics
    /// When matrix-nio is not installed, or the server refuses.
    pub async fn log_in(user: &MatrixUser) -> Self {
        let python = venv_python("CERCLES_TEST_CLIENTS_VENV", "clients-venv", "matrix-nio");
        let dir = tempfile::Builder::new()
            .prefix("nio-")
            .tempdir_in(env!("CARGO_TARGET_TMPDIR"))
            .expect("a directory for matrix-nio");
        let log = std::fs::File::create(dir.path().join("nio.log")).expect("matrix-nio's log");
        let mut child = Command::new(python)
            // Not as a file: it would shadow the package of the same name.
            .args(["-c", include_str!("nio.py")])
            .env("PYTHONSAFEPATH", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log)
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .expect("cannot start matrix-nio");
        let stdin = child.stdin.take().expect("its standard input");
        let mut lines = BufReader::new(child.stdout.take().expect("its standard output")).lines();
        let state = Arc::new(State::default());
        let reader = Arc::clone(&state);
        tokio::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                let Ok(value) = serde_json::from_str::<Value>(&line) else {
                    continue;
                };
                let mut inner = reader.inner.lock().unwrap();
                match value["id"]
                    .as_u64()
                    .and_then(|id| inner.answers.remove(&id))
                {
                    Some(waiter) => drop(waiter.send(value)),
                    None => inner.events.push(value),
                }
                drop(inner);
                reader.news.notify_waiters();
            }
            let mut inner = reader.inner.lock().unwrap();
            inner.ended = true;
            inner.answers.clear();
            drop(inner);
            reader.news.notify_waiters();
        });
        let mut nio = Self {
            user_id: user.user_id.clone(),
            device_id: String::new(),
            next: AtomicU64::new(1),
            stdin: tokio::sync::Mutex::new(stdin),
            state,
            dir,
            _child: child,
        };
        let answer = nio
            .call(
                "login",
                json!({
                    "server": user.server,
                    "user": user.user_id,
                    "password": user.password,
                    "store": nio.dir.path(),
                }),
            )
            .await;
        nio.device_id = answer["device_id"].as_str().expect("a device").into();
        nio
    }

    /// One command of `nio.py`, with its fields.
    ///
    /// # Errors
    /// What matrix-nio or the server says against it.
    pub async fn try_call(&self, command: &str, mut fields: Value) -> Result<Value, String> {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        fields["id"] = id.into();
        fields["do"] = command.into();
        let (sender, answer) = oneshot::channel();
        self.state.inner.lock().unwrap().answers.insert(id, sender);
        let written = self
            .stdin
            .lock()
            .await
            .write_all(format!("{fields}\n").as_bytes())
            .await;
        if let Err(error) = written {
            panic!(
                "matrix-nio has gone ({error}); the end of its log:\n{}",
                self.log()
            );
        }
        let mut answer = tokio::time::timeout(LIMIT, answer)
            .await
            .unwrap_or_else(|_| panic!("{command}: no answer in {LIMIT:?}:\n{}", self.log()))
            .unwrap_or_else(|_| panic!("{command}: matrix-nio has ended:\n{}", self.log()));
        match answer["error"].as_str() {
            Some(error) => Err(error.to_owned()),
            None => Ok(answer["ok"].take()),
        }
    }

    async fn call(&self, command: &str, fields: Value) -> Value {
        self.try_call(command, fields)
            .await
            .unwrap_or_else(|error| panic!("{}: {command}: {error}\n{}", self.user_id, self.log()))
    }

    /// Joins a room by its id.
    pub async fn join(&self, room: &str) {
        self.call("join", json!({"room": room})).await;
    }

    /// A private room; returns its id once this client knows it.
    pub async fn create_room(
        &self,
        name: &str,
        invite: &[&str],
        encrypted: bool,
        direct: bool,
    ) -> String {
        let fields =
            json!({"name": name, "invite": invite, "encrypted": encrypted, "direct": direct});
        let answer = self.call("create_room", fields).await;
        answer["room_id"].as_str().expect("a room").to_owned()
    }

    /// Sends a text message, encrypted when the room is; returns its event id.
    pub async fn send_text(&self, room: &str, body: &str) -> String {
        self.send(
            room,
            "m.room.message",
            json!({"msgtype": "m.text", "body": body}),
        )
        .await
    }

    /// Reacts to a message (reactions are never encrypted by matrix-nio); returns the event id.
    pub async fn react(&self, room: &str, event: &str, key: &str) -> String {
        let relation = json!({"rel_type": "m.annotation", "event_id": event, "key": key});
        self.send(room, "m.reaction", json!({"m.relates_to": relation}))
            .await
    }

    /// Sends any event, encrypted when the room is; returns its id.
    pub async fn send(&self, room: &str, event_type: &str, content: Value) -> String {
        let fields = json!({"room": room, "type": event_type, "content": content});
        let answer = self.call("send", fields).await;
        answer["event_id"].as_str().expect("an event").to_owned()
    }

    /// The file of a message, decrypted by this client.
    pub async fn picture(&self, content: &Value) -> Vec<u8> {
        let answer = self.call("picture", json!({"content": content})).await;
        let encoded = answer["base64"].as_str().expect("a file");
        base64::engine::general_purpose::STANDARD
            .decode(encoded)
            .expect("base64")
    }

    /// Removes an event's content.
    pub async fn redact(&self, room: &str, event: &str) {
        self.call("redact", json!({"room": room, "event": event}))
            .await;
    }

    /// Whether this client sees the room as encrypted.
    pub async fn sees_encrypted(&self, room: &str) -> bool {
        self.call("encrypted", json!({"room": room})).await["encrypted"] == true
    }

    /// Waits until this client knows that `user` has joined. A message sent earlier is not
    /// encrypted for their devices.
    pub async fn wait_for_member(&self, room: &str, user: &str) {
        self.call("wait_for_member", json!({"room": room, "user": user}))
            .await;
    }

    /// Waits for an event that this client has seen since its login, or will see: `{"event":
    /// "message" | "undecryptable" | "invite", "room", "sender", "type", "content", "body",
    /// "decrypted"}`.
    ///
    /// # Panics
    /// After `limit`, with the events that it saw.
    pub async fn wait_for(&self, wanted: impl Fn(&Value) -> bool, limit: Duration) -> Value {
        let start = Instant::now();
        loop {
            // Made before the look, so that news between the look and the wait are not lost.
            let news = self.state.news.notified();
            tokio::pin!(news);
            news.as_mut().enable();
            {
                let inner = self.state.inner.lock().unwrap();
                if let Some(event) = inner.events.iter().find(|event| wanted(event)) {
                    return event.clone();
                }
                assert!(!inner.ended, "matrix-nio has ended:\n{}", self.log());
            }
            let left = limit.saturating_sub(start.elapsed());
            if tokio::time::timeout(left, news).await.is_err() {
                let inner = self.state.inner.lock().unwrap();
                let lines: Vec<String> = inner.events.iter().map(Value::to_string).collect();
                panic!(
                    "{}: no such event within {limit:?}; it saw:\n{}\n{}",
                    self.user_id,
                    lines.join("\n"),
                    self.log(),
                );
            }
        }
    }

    /// Waits for a text message with this body, and says whether it came encrypted and was
    /// decrypted here.
    pub async fn wait_for_text(&self, room: &str, body: &str) -> Value {
        self.wait_for(
            |event| event["event"] == "message" && event["room"] == room && event["body"] == body,
            LIMIT,
        )
        .await
    }

    /// The end of what matrix-nio logged.
    fn log(&self) -> String {
        tail(&self.dir.path().join("nio.log"), 20)
    }
}
