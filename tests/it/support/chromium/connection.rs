//! The websocket to the browser, shared by its tabs: each request names its tab's session.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot};
use tokio_tungstenite::tungstenite::Message;

use super::LIMIT;

pub(super) type Answer = Result<Value, String>;
type Waiting = HashMap<u64, oneshot::Sender<Answer>>;

/// The websocket to the browser: requests have a number, answers carry it back.
#[derive(Debug)]
pub(super) struct Connection {
    next: AtomicU64,
    send: mpsc::UnboundedSender<String>,
    /// `None` once the browser has gone.
    waiting: Arc<Mutex<Option<Waiting>>>,
}

impl Connection {
    pub(super) async fn open(url: &str) -> Arc<Self> {
        let (socket, _) = tokio_tungstenite::connect_async(url)
            .await
            .unwrap_or_else(|error| panic!("cannot connect to Chromium at {url}: {error}"));
        let (mut sink, mut stream) = socket.split();
        let (send, mut outgoing) = mpsc::unbounded_channel::<String>();
        let waiting = Arc::new(Mutex::new(Some(
            HashMap::<u64, oneshot::Sender<Answer>>::new(),
        )));
        let answered = Arc::clone(&waiting);
        tokio::spawn(async move {
            while let Some(text) = outgoing.recv().await {
                if sink.send(Message::text(text)).await.is_err() {
                    break;
                }
            }
        });
        tokio::spawn(async move {
            while let Some(Ok(message)) = stream.next().await {
                let Ok(text) = message.to_text() else {
                    continue;
                };
                let Ok(mut value) = serde_json::from_str::<Value>(text) else {
                    continue;
                };
                // What has no number is an event; conditions are watched in the page instead.
                let Some(id) = value["id"].as_u64() else {
                    continue;
                };
                let answer = match value.get("error") {
                    Some(error) => Err(error["message"].as_str().unwrap_or("refused").to_owned()),
                    None => Ok(value["result"].take()),
                };
                let waiter = answered
                    .lock()
                    .unwrap()
                    .as_mut()
                    .and_then(|map| map.remove(&id));
                if let Some(waiter) = waiter {
                    let _ = waiter.send(answer);
                }
            }
            // Whoever still waits sees their sender dropped.
            answered.lock().unwrap().take();
        });
        Arc::new(Self {
            next: AtomicU64::new(1),
            send,
            waiting,
        })
    }

    pub(super) async fn try_call(&self, session: &str, method: &str, parameters: Value) -> Answer {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let mut request = json!({"id": id, "method": method, "params": parameters});
        if !session.is_empty() {
            request["sessionId"] = session.into();
        }
        let (answer, answered) = oneshot::channel();
        match self.waiting.lock().unwrap().as_mut() {
            Some(map) => map.insert(id, answer),
            None => panic!("{method}: Chromium has gone"),
        };
        let _ = self.send.send(request.to_string());
        match tokio::time::timeout(LIMIT + Duration::from_secs(10), answered).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => panic!("{method}: Chromium has gone"),
            Err(elapsed) => panic!("{method}: Chromium does not answer: {elapsed}"),
        }
    }

    pub(super) async fn call(&self, session: &str, method: &str, parameters: Value) -> Value {
        self.try_call(session, method, parameters)
            .await
            .unwrap_or_else(|error| panic!("{method}: {error}"))
    }
}
