//! The bot of these tests: a real [`MatrixNetwork`] with a pretended desk.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use cercles::command::{Deed, Inbound};
use cercles::domain::card::{Action, Message};
use cercles::domain::network::Destination;
use cercles::network::matrix::{Inbox, MatrixConfig, MatrixError, MatrixNetwork};
use cercles::network::{Delivery, MessageRef, Network, SendError};
use chrono::{DateTime, Utc};
use serde_json::json;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::support::matrix::MatrixUser;

pub const SOON: Duration = Duration::from_secs(60);

/// An inbox in memory. It outlives the bot, as the database does.
#[derive(Default)]
pub struct FakeInbox(Mutex<Memory>);

#[derive(Default)]
struct Memory {
    cursor: Option<String>,
    notes: HashMap<String, String>,
    rooms: Vec<String>,
    keys: HashSet<String>,
    taken: Vec<Inbound>,
    refusing: bool,
    refused: Vec<Inbound>,
}

#[async_trait]
impl Inbox for FakeInbox {
    async fn accept(&self, batch: Vec<Inbound>, cursor: &str) -> Result<(), String> {
        let mut memory = self.0.lock().unwrap();
        if memory.refusing && !batch.is_empty() {
            memory.refused.extend(batch);
            return Err("the test refuses".to_owned());
        }
        for inbound in batch {
            if memory.keys.insert(inbound.key.clone()) {
                memory.taken.push(inbound);
            }
        }
        memory.cursor = Some(cursor.to_owned());
        Ok(())
    }

    async fn cursor(&self) -> Result<Option<String>, String> {
        Ok(self.0.lock().unwrap().cursor.clone())
    }

    async fn note(&self, name: &str) -> Result<Option<String>, String> {
        Ok(self.0.lock().unwrap().notes.get(name).cloned())
    }

    async fn set_note(&self, name: &str, value: &str) -> Result<(), String> {
        self.0
            .lock()
            .unwrap()
            .notes
            .insert(name.to_owned(), value.to_owned());
        Ok(())
    }

    async fn rooms(&self) -> Result<Vec<String>, String> {
        Ok(self.0.lock().unwrap().rooms.clone())
    }

    async fn circle_rooms(&self) -> Result<Vec<String>, String> {
        self.rooms().await
    }

    fn now(&self) -> DateTime<Utc> {
        now()
    }
}

impl FakeInbox {
    /// Says which rooms some collective uses.
    pub fn uses(&self, room: &str) {
        self.0.lock().unwrap().rooms.push(room.to_owned());
    }

    /// From now on the inbox takes no event, as in a crash just before the commit.
    pub fn refuse(&self, refusing: bool) {
        self.0.lock().unwrap().refusing = refusing;
    }

    pub fn note_named(&self, name: &str) -> String {
        self.0
            .lock()
            .unwrap()
            .notes
            .get(name)
            .cloned()
            .unwrap_or_default()
    }

    /// What was taken, in order.
    pub fn taken(&self) -> Vec<Inbound> {
        self.0.lock().unwrap().taken.clone()
    }

    /// The texts that were taken, in order.
    pub fn texts(&self) -> Vec<String> {
        self.taken().iter().filter_map(text).collect()
    }

    /// Waits for a text to be taken.
    pub async fn wait_for_text(&self, wanted: &str) -> Inbound {
        self.wait_for(wanted, |inbound| text(inbound).as_deref() == Some(wanted))
            .await
    }

    /// Waits for an event to be taken.
    pub async fn wait_for(&self, what: &str, wanted: impl Fn(&Inbound) -> bool) -> Inbound {
        eventually(what, async || self.taken().into_iter().find(&wanted)).await
    }

    /// Waits until a text was offered and refused.
    pub async fn wait_for_refused(&self, wanted: &str) {
        eventually(wanted, async || {
            let memory = self.0.lock().unwrap();
            memory
                .refused
                .iter()
                .any(|inbound| text(inbound).as_deref() == Some(wanted))
                .then_some(())
        })
        .await;
    }
}

/// A running bot.
pub struct Bot {
    pub net: Arc<MatrixNetwork>,
    stop: CancellationToken,
    task: JoinHandle<Result<(), MatrixError>>,
}

/// The configuration of a bot that logs in as `user`, and accepts everyone's invitations.
pub fn config(user: &MatrixUser, folder: &Path) -> MatrixConfig {
    serde_json::from_value(json!({
        "homeserver": user.server,
        "user": user.user_id,
        "password": user.password,
        "state_dir": folder,
        "invites_from": ["*:test.local"],
    }))
    .unwrap()
}

impl Bot {
    /// Starts a bot and waits until it is connected.
    pub async fn start(config: &MatrixConfig, inbox: &Arc<FakeInbox>) -> Self {
        let bot = Self::launch(config, inbox).await.unwrap();
        bot.connected(true).await;
        bot
    }

    /// Starts a bot.
    pub async fn launch(
        config: &MatrixConfig,
        inbox: &Arc<FakeInbox>,
    ) -> Result<Self, MatrixError> {
        // `RUST_LOG=cercles=debug` shows what happens.
        let _ = tracing_subscriber::fmt()
            .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
            .with_test_writer()
            .try_init();
        let net = MatrixNetwork::start(config.clone(), inbox.clone()).await?;
        let stop = CancellationToken::new();
        let task = tokio::spawn(net.clone().run(inbox.clone(), stop.clone()));
        Ok(Self { net, stop, task })
    }

    /// Waits until the bot is connected, or is not.
    pub async fn connected(&self, yes: bool) {
        eventually("connection", async || {
            (self.net.connected() == yes).then_some(())
        })
        .await;
    }

    /// Sends a card as delivery does: again, as long as it may work later.
    pub async fn create(&self, delivery: &Delivery) -> Result<MessageRef, SendError> {
        eventually("a sent card", async || {
            match self.net.create(delivery).await {
                Err(SendError::Retry { .. }) => None,
                done => Some(done),
            }
        })
        .await
    }

    /// Ends it in order, and waits until its folder is free.
    pub async fn stop(self) {
        self.stop.cancel();
        self.task.await.unwrap().unwrap();
        Self::gone(self.net).await;
    }

    /// Ends it in the middle of whatever it does.
    pub async fn crash(self) {
        self.task.abort();
        let _ = self.task.await;
        Self::gone(self.net).await;
    }

    /// What ended it.
    pub async fn ended(self) -> MatrixError {
        let ended = tokio::time::timeout(SOON, self.task).await;
        ended
            .expect("the bot goes on")
            .unwrap()
            .expect_err("the bot ended without an error")
    }

    async fn gone(net: Arc<MatrixNetwork>) {
        let weak = Arc::downgrade(&net);
        drop(net);
        eventually("the end of the bot", async || {
            weak.upgrade().is_none().then_some(())
        })
        .await;
    }
}

/// A delivery of a message to a place.
pub fn delivery(card: Uuid, destination: Destination, title: &str) -> Delivery {
    Delivery {
        card,
        revision: 1,
        destination,
        message: Message {
            title: Some(title.to_owned()),
            actions: vec![
                Action::button("vote", &[], "Oui".to_owned()).with_emoji("✅"),
                Action::button("vote", &[], "Non".to_owned()).with_emoji("❌"),
                Action::button("help", &[], "Aide".to_owned()),
            ],
            ..Message::default()
        },
        uncertain_since: None,
        unasked: false,
        now: now(),
    }
}

/// A new card's id.
#[expect(clippy::disallowed_methods, reason = "a card of a test needs no order")]
pub fn card() -> Uuid {
    Uuid::now_v7()
}

#[expect(clippy::disallowed_methods, reason = "Synapse's clock is the system's")]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}

/// Looks until there is something.
pub async fn eventually<T>(what: &str, look: impl AsyncFn() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(start.elapsed() < SOON, "not within {SOON:?}: {what}");
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
}

/// Waits until the bot is in a room.
pub async fn comes(bot: &MatrixUser, room: &str, member: &MatrixUser) {
    eventually("the bot's arrival", async || {
        member
            .joined(room)
            .await
            .contains(&bot.user_id)
            .then_some(())
    })
    .await;
}

fn text(inbound: &Inbound) -> Option<String> {
    match &inbound.deed {
        Deed::Text(text) => Some(text.clone()),
        _ => None,
    }
}
