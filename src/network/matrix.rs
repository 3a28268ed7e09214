//! Matrix: one account on one homeserver, in rooms with and without encryption.
//!
//! | file | what it is for |
//! |---|---|
//! | `config` | the configuration's section |
//! | `session` | our device: login, session file, stores |
//! | `recovery` | the backup of our keys |
//! | `sync` | the loop that reads the homeserver's stream into the inbox |
//! | `late` | events that come before their keys |
//! | `event`, `listen` | from an event to an [`Inbound`](crate::command::Inbound) |
//! | `rooms` | what we know of rooms; upgrades |
//! | `doors` | invitations, and following upgrades |
//! | `send`, `content`, `render`, `picture`, `file`, `direct` | from a card to messages |
//! | `poll` | Matrix's own polls: asked, ended, counted |
//! | `pin` | pinned messages |
//! | `inbox` | what all this needs of the desk |
//! | `examine` | what `cercles doctor` asks |
//!
//! It must not: act on events (the desk does), touch the database, or name the store's types. matrix-sdk is named
//! in this folder only, and its futures are boxed at [`Network`]: otherwise they would be compiled into
//! everything that sends.
//!
//! # To extend it
//! - a new kind of event that people act by: `event::What`, then `listen`;
//! - a new kind of block or control in messages: `render`;
//! - a new kind of send: its transaction id in `content` (unique over all kinds), then `send`.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use matrix_sdk::Client;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::domain::card::{NativeFigures, NativePoll};
use crate::domain::network::NetworkKind;
use crate::network::{Delivery, MessageRef, Network, SendError};

mod config;
mod content;
mod direct;
mod doors;
mod error;
mod event;
mod examine;
mod file;
mod inbox;
mod late;
mod listen;
mod picture;
mod pin;
mod poll;
mod recovery;
mod render;
mod rooms;
mod send;
mod session;
mod sync;
mod wait;

pub use config::MatrixConfig;
pub use error::MatrixError;
pub use examine::examine;
pub use inbox::Inbox;

/// Our account on Matrix.
pub struct MatrixNetwork {
    config: MatrixConfig,
    folder: session::Folder,
    client: Client,
    /// Ourselves, for what goes on after a call has returned.
    me: Weak<Self>,
    /// When our device was made; none before the first login.
    since: Mutex<Option<DateTime<Utc>>>,
    /// Where the SDK's store was before we set it back.
    position: Mutex<Option<String>>,
    connected: AtomicBool,
    /// Whether the homeserver has told of our rooms since the start.
    rooms_seen: AtomicBool,
    /// Wakes [`doors`] after every batch.
    news: Notify,
    directs: rooms::Directs,
    authors: listen::Authors,
    /// Held while a private conversation is looked for or made.
    opening: tokio::sync::Mutex<()>,
}

impl MatrixNetwork {
    /// Opens our device. Speaks to no homeserver: an unreachable one must not hold up the rest.
    ///
    /// # Errors
    /// What somebody has to put right before Matrix can work; see [`MatrixError`].
    pub async fn start(
        config: MatrixConfig,
        desk: Arc<dyn Inbox>,
    ) -> Result<Arc<Self>, MatrixError> {
        let folder = session::Folder::open(&config.state_dir)?;
        let cursor = desk.cursor().await.map_err(MatrixError::Inbox)?;
        let opened = Box::pin(session::open(
            &config,
            &folder,
            cursor.as_deref(),
            desk.now(),
        ))
        .await?;
        Ok(Arc::new_cyclic(|me| Self {
            config,
            folder,
            client: opened.client,
            me: me.clone(),
            since: Mutex::new(opened.saved.map(|saved| saved.since)),
            position: Mutex::new(opened.position),
            connected: AtomicBool::new(false),
            rooms_seen: AtomicBool::new(false),
            news: Notify::new(),
            directs: rooms::Directs::default(),
            authors: listen::Authors::default(),
            opening: tokio::sync::Mutex::new(()),
        }))
    }

    /// Logs in if that was never done, and reads until `stop`. Tries again for ever while the homeserver cannot be
    /// reached.
    ///
    /// # Errors
    /// What no waiting will put right: a refused login, an ended session.
    pub async fn run(
        self: Arc<Self>,
        desk: Arc<dyn Inbox>,
        stop: CancellationToken,
    ) -> Result<(), MatrixError> {
        // What runs beside the loop ends with it, however it ends.
        let stop = stop.child_token();
        let _ending = stop.clone().drop_guard();
        let new_device = Box::pin(self.log_in(desk.as_ref(), &stop)).await?;
        if stop.is_cancelled() {
            return Ok(());
        }
        tokio::spawn(doors::run(Arc::clone(&self), stop.clone()));
        let reader = sync::Reader::new(Arc::clone(&self), desk, new_device, stop).await?;
        let ended = Box::pin(reader.run()).await;
        self.connected.store(false, Ordering::Relaxed);
        ended
    }

    /// Makes our device if there is none. Whether it made one.
    async fn log_in(
        &self,
        desk: &dyn Inbox,
        stop: &CancellationToken,
    ) -> Result<bool, MatrixError> {
        if self.client.session_meta().is_some() {
            return Ok(false);
        }
        let mut backoff = wait::Backoff::default();
        while !stop.is_cancelled() {
            let saved =
                session::log_in(&self.client, &self.config, &self.folder, desk.now()).await?;
            if let Some(saved) = saved {
                *lock(&self.since) = Some(saved.since);
                return Ok(true);
            }
            backoff.wait(stop).await;
        }
        Ok(false)
    }

    /// After each batch: what the homeserver told of our rooms is in the SDK's store.
    fn seen_the_rooms(&self) {
        if !self.connected.swap(true, Ordering::Relaxed) {
            tracing::info!("matrix: connected");
        }
        if !self.rooms_seen.swap(true, Ordering::Relaxed)
            && let Some(file) = self.config.recovery_key_file.clone()
        {
            let client = self.client.clone();
            tokio::spawn(async move { recovery::set_up(&client, &file).await });
        }
        self.news.notify_one();
    }

    /// When our device was made, once our rooms are known. Before that nothing can be sent: a room that is not
    /// known yet would look like one that we are not in.
    fn device_since(&self) -> Result<DateTime<Utc>, SendError> {
        let since = *lock(&self.since);
        match since {
            Some(since) if self.rooms_seen.load(Ordering::Relaxed) => Ok(since),
            _ => Err(SendError::Retry {
                after: None,
                reason: "not connected yet".to_owned(),
            }),
        }
    }
}

#[async_trait]
impl Network for MatrixNetwork {
    fn kind(&self) -> NetworkKind {
        NetworkKind::Matrix
    }

    async fn create(&self, delivery: &Delivery) -> Result<MessageRef, SendError> {
        let Some(me) = self.me.upgrade() else {
            return Err(SendError::Retry {
                after: None,
                reason: "ending".to_owned(),
            });
        };
        me.create_card(delivery).await
    }

    async fn edit(&self, delivery: &Delivery, message: &MessageRef) -> Result<(), SendError> {
        self.edit_card(delivery, message).await
    }

    async fn figures(
        &self,
        message: &MessageRef,
        poll: &NativePoll,
    ) -> Result<NativeFigures, SendError> {
        self.poll_figures(message, poll).await
    }

    async fn keep_pinned(&self, message: &MessageRef) -> Result<(), SendError> {
        self.keep_card_pinned(message).await
    }

    fn connected(&self) -> bool {
        self.connected.load(Ordering::Relaxed)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
