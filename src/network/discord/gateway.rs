//! The connection by which events arrive: one task per shard.
//!
//! twilight keeps the connection (heartbeats, resuming, back-off) and hands over raw JSON; this file decides
//! what twilight leaves open: when to give a silent connection up, how to slow down when connections keep ending at once,
//! how to keep the session over a restart. It never waits for the desk or for REST: that would stop the heartbeat.

use std::num::NonZeroU64;
use std::sync::Arc;
use std::sync::atomic::AtomicU32;
use std::time::Duration;

use futures::StreamExt as _;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tokio::sync::watch;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use twilight_gateway::{Config, ConfigBuilder, Message, Shard, ShardId, ShardState};

use super::answer::Answering;
use super::error::{DiscordError, close_meaning};
use super::event::{Data, Interaction, Payload, Ready, WrittenMessage};
use super::host::Host;
use super::identify::Identifies;
use super::link::{Active, close, error_kind, pause};
use super::session::{self, Progress, Saved};

/// Until a new connection says hello (twilight may sleep 16 s and wait 10 s before).
const HELLO: Duration = Duration::from_mins(1);
/// How often the session is kept.
const KEEP: Duration = Duration::from_secs(10);
/// A connection that ends sooner than this counts as a failure.
const STABLE: Duration = Duration::from_secs(20);
/// twilight pauses 2^(n-1) s after n failed attempts: from here on we pause ourselves.
const ATTEMPTS: u8 = 5;
/// After so many connections in a row that never became a session, the session is given up for a new one.
const HOPELESS: u32 = 6;

/// Who the bot is, once Discord has told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity {
    pub application: NonZeroU64,
    pub user: NonZeroU64,
}

/// What all shards share.
pub(super) struct Gateway {
    pub desk: Arc<dyn Host>,
    pub answering: Arc<Answering>,
    pub identity: watch::Sender<Option<Identity>>,
    pub config: Config<Identifies>,
    /// How many shards are connected.
    pub active: Arc<AtomicU32>,
}

/// What a shard is doing.
struct Connection {
    id: ShardId,
    active: Option<Active>,
    hello: bool,
    quiet_at: Instant,
    /// How long silence is no sign of death.
    patience: Duration,
    since: Instant,
    /// Connections in a row that ended at once.
    failures: u32,
    /// Connections in a row that ended before they became, or continued, a session.
    fruitless: u32,
    last_close: Option<u16>,
    progress: Progress,
}

enum End {
    Stopped,
    /// The shard is to be made anew, with or without its session.
    Anew {
        keep_session: bool,
    },
}

impl Gateway {
    /// Runs one shard until `stop`.
    ///
    /// # Errors
    /// [`DiscordError::Refused`] when Discord says that trying again is useless.
    pub(super) async fn run(
        &self,
        id: ShardId,
        stop: &CancellationToken,
    ) -> Result<(), DiscordError> {
        let mut saved = session::load(&*self.desk, id).await;
        let (mut failures, mut fruitless) = (0, 0);
        let mut progress = Progress::default();
        loop {
            let mut shard = self.shard(id, saved.as_ref());
            let now = Instant::now();
            let mut connection = Connection {
                id,
                active: None,
                hello: false,
                quiet_at: now + HELLO,
                patience: HELLO,
                since: now,
                failures,
                fruitless,
                last_close: None,
                progress: progress.clone(),
            };
            let end = self.drive(&mut shard, &mut connection, stop).await;
            self.set_active(&mut connection, false);
            let last = self.snapshot(&shard, &connection);
            match end? {
                End::Stopped => {
                    self.answering.finish().await;
                    // Asked again: what was being handled may be done by now.
                    if let Some(saved) = self.snapshot(&shard, &connection) {
                        session::save(&*self.desk, id, &saved).await;
                    }
                    return Ok(());
                }
                End::Anew { keep_session } => {
                    // A session that Discord itself ended is gone from the shard too; one that we know stays.
                    saved = if keep_session { last } else { None };
                    (failures, fruitless) = (connection.failures, connection.fruitless);
                    if !keep_session {
                        // Numbers of the old session mean nothing in the new one.
                        (fruitless, progress) = (0, Progress::default());
                    }
                    if pause(failures, stop).await.is_break() {
                        if let Some(saved) = &saved {
                            session::save(&*self.desk, id, saved).await;
                        }
                        return Ok(());
                    }
                }
            }
        }
    }

    fn shard(&self, id: ShardId, saved: Option<&Saved>) -> Shard<Identifies> {
        let mut config = ConfigBuilder::from(self.config.clone());
        if let Some(saved) = saved {
            self.tell_identity(Identity {
                application: saved.application,
                user: saved.user,
            });
            config = config.session(saved.session.clone());
            if let Some(url) = &saved.resume_url {
                config = config.resume_url(url.clone());
            }
        }
        Shard::with_config(id, config.build())
    }

    async fn drive(
        &self,
        shard: &mut Shard<Identifies>,
        connection: &mut Connection,
        stop: &CancellationToken,
    ) -> Result<End, DiscordError> {
        let mut keep = tokio::time::interval(KEEP);
        keep.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut kept: Option<Saved> = None;
        loop {
            tokio::select! {
                biased;
                () = stop.cancelled() => {
                    close(shard).await;
                    return Ok(End::Stopped);
                }
                item = shard.next() => {
                    connection.quiet_at = Instant::now() + connection.patience;
                    match item {
                        Some(Ok(Message::Text(json))) => {
                            let was_active = connection.active.is_some();
                            self.payload(&json, connection);
                            if connection.active.is_some() && !was_active {
                                // Kept at once: a process that is killed now costs no new session.
                                keep.reset_immediately();
                            }
                        }
                        Some(Ok(Message::Close(frame))) => {
                            connection.last_close = frame.as_ref().map(|frame| frame.code);
                            tracing::info!(shard = connection.id.number(), code = ?connection.last_close, "discord: connection closed");
                            self.lost(connection);
                        }
                        Some(Err(error)) => {
                            // Only the kind: the error of an unreadable event holds the event.
                            tracing::warn!(shard = connection.id.number(), kind = %error_kind(&error), "discord: gateway");
                            if matches!(shard.state(), ShardState::Disconnected { .. }) {
                                self.lost(connection);
                            }
                        }
                        None => return self.ended(connection),
                    }
                    if let ShardState::Disconnected { reconnect_attempts } = shard.state() {
                        if connection.fruitless >= HOPELESS {
                            return Ok(End::Anew { keep_session: false });
                        }
                        if reconnect_attempts >= ATTEMPTS {
                            return Ok(End::Anew { keep_session: true });
                        }
                        // Resuming may end at once again and again: without a pause this would be a busy loop.
                        if reconnect_attempts == 0 && pause(connection.failures, stop).await.is_break() {
                            return Ok(End::Stopped);
                        }
                    }
                }
                () = tokio::time::sleep_until(connection.quiet_at) => {
                    tracing::warn!(shard = connection.id.number(), "discord: the connection is silent; making a new one");
                    connection.failures += 1;
                    return Ok(End::Anew { keep_session: true });
                }
                _ = keep.tick() => {
                    let now = self.snapshot(shard, connection).filter(|_| connection.active.is_some());
                    if let Some(saved) = now && kept.as_ref().is_none_or(|kept| saved.is_news(kept)) {
                        kept = Some(saved.clone());
                        // In a task of its own: a slow database must not stop the heartbeat.
                        let (desk, id) = (Arc::clone(&self.desk), connection.id);
                        tokio::spawn(async move { session::save(&*desk, id, &saved).await });
                    }
                }
            }
        }
    }

    /// Handles one payload. Whatever it starts runs in tasks of its own.
    fn payload(&self, json: &str, connection: &mut Connection) {
        let Ok(payload) = serde_json::from_str::<Payload>(json) else {
            self.answering.unreadable("payload");
            return;
        };
        match payload.op {
            10 => {
                connection.hello = true;
                connection.since = Instant::now();
                if let Ok(Data {
                    d: Hello { heartbeat_interval },
                }) = serde_json::from_str(json)
                {
                    // twilight gives a connection up after two intervals without an event; this is the second pair of eyes.
                    connection.patience =
                        Duration::from_millis(heartbeat_interval) * 3 + Duration::from_secs(15);
                    connection.quiet_at = Instant::now() + connection.patience;
                }
            }
            7 | 9 => {
                tracing::info!(
                    shard = connection.id.number(),
                    op = payload.op,
                    "discord: asked to connect anew"
                );
                self.lost(connection);
            }
            0 => self.dispatch(json, &payload, connection),
            _ => {}
        }
    }

    fn dispatch(&self, json: &str, payload: &Payload, connection: &mut Connection) {
        let handling = connection.progress.begin(payload.s.unwrap_or(0));
        match payload.t.as_deref().unwrap_or_default() {
            "READY" => {
                if let Some(ready) = self.read::<Ready>(json, "READY") {
                    self.tell_identity(Identity {
                        application: ready.application.id.0,
                        user: ready.user.id.0,
                    });
                }
                tracing::info!(
                    shard = connection.id.number(),
                    "discord: connected, new session"
                );
                self.set_active(connection, true);
            }
            "RESUMED" => {
                tracing::info!(
                    shard = connection.id.number(),
                    "discord: connected, session resumed"
                );
                self.set_active(connection, true);
            }
            "INTERACTION_CREATE" => {
                if let Some(event) = self.read::<Interaction>(json, "INTERACTION_CREATE") {
                    self.answering.interaction(event, handling);
                }
            }
            "MESSAGE_CREATE" => {
                if let Some(event) = self.read::<WrittenMessage>(json, "MESSAGE_CREATE") {
                    let own = self.identity.borrow().map(|identity| identity.user);
                    self.answering.message(event, own, handling);
                }
            }
            _ => {}
        }
    }

    fn read<T: DeserializeOwned>(&self, json: &str, kind: &'static str) -> Option<T> {
        let read = serde_json::from_str::<Data<T>>(json)
            .ok()
            .map(|data| data.d);
        if read.is_none() {
            self.answering.unreadable(kind);
        }
        read
    }

    fn tell_identity(&self, identity: Identity) {
        self.answering.rest.set_application(identity.application);
        self.identity
            .send_if_modified(|known| known.replace(identity) != Some(identity));
    }

    fn set_active(&self, connection: &mut Connection, active: bool) {
        if !active {
            connection.active = None;
        } else if connection.active.is_none() {
            connection.fruitless = 0;
            connection.active = Some(Active::count(&self.active));
        }
    }

    /// Notes that the connection is over, and whether it was worth having.
    fn lost(&self, connection: &mut Connection) {
        if connection.hello && connection.active.is_none() {
            connection.fruitless += 1;
        }
        self.set_active(connection, false);
        if connection.hello {
            let stable = connection.since.elapsed() >= STABLE;
            connection.failures = if stable { 0 } else { connection.failures + 1 };
        }
        connection.hello = false;
        connection.patience = HELLO;
        connection.quiet_at = Instant::now() + HELLO;
    }

    fn ended(&self, connection: &mut Connection) -> Result<End, DiscordError> {
        self.set_active(connection, false);
        if let Some(code @ (4004 | 4010..=4014)) = connection.last_close {
            return Err(DiscordError::Refused {
                code,
                meaning: close_meaning(code),
            });
        }
        connection.failures += 1;
        Ok(End::Anew { keep_session: true })
    }

    fn snapshot(&self, shard: &Shard<Identifies>, connection: &Connection) -> Option<Saved> {
        let session = shard.session()?;
        let identity = (*self.identity.borrow())?;
        let sequence = connection.progress.handled(session.sequence());
        Some(Saved {
            session: twilight_gateway::Session::new(sequence, session.id().to_owned()),
            resume_url: shard.resume_url().map(str::to_owned),
            application: identity.application,
            user: identity.user,
            at: self.desk.now(),
        })
    }
}

#[derive(Deserialize)]
struct Hello {
    heartbeat_interval: u64,
}
