//! Discord: serenity for requests, twilight's gateway for events.
//!
//! Why the pair: serenity's own gateway loses events in short outages and stays dead after some; twilight's recovers.
//! Neither library is named outside this folder.
//!
//! | file | what it is for |
//! |---|---|
//! | `config` | what a steward can set |
//! | `gateway`, `link`, `session`, `identify` | the connection, kept over restarts, and its daily allowance |
//! | `event`, `inbound` | from the wire to the desk |
//! | `answer` | from the desk to the person, in time |
//! | `commands`, `register` | slash commands from the one table |
//! | `render`, `components`, `escape` | neutral messages to Discord's JSON; pure |
//! | `upload` | the file or picture that goes with one |
//! | `events` | scheduled events of servers |
//! | `send`, `poll`, `pin` | cards: create once, edit; Discord's own polls; pins |
//! | `examine` | what `cercles doctor` asks |
//! | `rest`, `limits`, `error` | requests, rate limits, what failures mean |
//!
//! It must never log what somebody wrote, a token, or an interaction's URL; serenity's and reqwest's own log lines
//! below `warn` hold bodies and are to be switched off (`serenity=warn,reqwest=warn,hyper=warn`).
//!
//! To handle one more event: its fields in `event`, its kind in `gateway::Gateway::dispatch`, what it means in `inbound`,
//! and its intent below, if it needs one (never a privileged one).

mod answer;
mod commands;
mod components;
mod config;
mod error;
mod escape;
mod event;
mod events;
mod examine;
mod gateway;
mod host;
mod identify;
mod inbound;
mod limits;
mod link;
mod pin;
mod poll;
mod register;
mod render;
mod rest;
mod send;
mod session;
mod tls;
mod upload;

use std::collections::HashMap;
use std::num::NonZeroU64;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use secrecy::ExposeSecret as _;
use serenity::model::id::ChannelId;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use twilight_gateway::{ConfigBuilder, Intents, ShardId};

use self::answer::Answering;
use self::commands::Wording;
pub use self::config::DiscordConfig;
pub use self::error::{DiscordError, Failure};
pub use self::examine::examine;
use self::gateway::{Gateway, Identity};
pub use self::host::Host;
use self::identify::Identifies;
use self::rest::Rest;
pub use self::tls::install_crypto_provider;
use crate::command::Desk;
use crate::command::spec::COMMANDS;
use crate::domain::card::{NativeFigures, NativePoll};
use crate::domain::language::Language;
use crate::domain::network::{Destination, NetworkKind};
use crate::i18n::{Term, Words};
use crate::network::{Delivery, MessageRef, Network, SendError};

/// Messages in private, and messages of servers, of which Discord shows the words only when they mention the bot.
/// Interactions need no intent. None of these is privileged.
const INTENTS: Intents = Intents::DIRECT_MESSAGES.union(Intents::GUILD_MESSAGES);

/// Discord.
pub struct DiscordNetwork {
    config: DiscordConfig,
    rest: Arc<Rest>,
    direct: DirectChannels,
    /// The bot's user id; 0 until known.
    own: AtomicU64,
    /// Shards that are connected.
    active: Arc<AtomicU32>,
}

impl std::fmt::Debug for DiscordNetwork {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DiscordNetwork").finish_non_exhaustive()
    }
}

impl DiscordNetwork {
    /// A network that is not connected yet. Opens nothing.
    ///
    /// # Errors
    /// When a setting cannot work, or the file of certificates cannot be read.
    pub fn new(config: DiscordConfig) -> Result<Arc<Self>, DiscordError> {
        config.validate()?;
        let rest = Arc::new(Rest::new(&config)?);
        Ok(Arc::new(Self {
            config,
            rest,
            direct: DirectChannels::default(),
            own: AtomicU64::new(0),
            active: Arc::default(),
        }))
    }

    /// Connects, registers the commands, and handles what people do until `stop`.
    ///
    /// # Errors
    /// [`DiscordError::Refused`] when Discord refuses the bot for good (a wrong token): a person must act. Everything that may
    /// pass is waited out here.
    pub async fn run(
        self: Arc<Self>,
        desk: Arc<Desk>,
        stop: CancellationToken,
    ) -> Result<(), DiscordError> {
        self.run_for(desk, stop).await
    }

    /// The same for any host (tests).
    ///
    /// # Errors
    /// As [`Self::run`].
    pub async fn run_for(
        self: Arc<Self>,
        desk: Arc<dyn Host>,
        stop: CancellationToken,
    ) -> Result<(), DiscordError> {
        let stop = stop.child_token();
        let (commands, index) = commands::build(COMMANDS, &Catalogue(desk.words()));
        let (identity, told) = watch::channel(None);
        let answering = Arc::new(Answering::new(
            Arc::clone(&self.rest),
            Arc::clone(&desk),
            index,
        ));
        let gateway = Arc::new(Gateway {
            desk: Arc::clone(&desk),
            answering,
            identity,
            config: self.gateway_config(&desk),
            active: Arc::clone(&self.active),
        });
        let registering =
            tokio::spawn(Arc::clone(&self).register(desk, told, commands, stop.clone()));
        let result = self.run_shards(&gateway, &stop).await;
        stop.cancel();
        drop(registering.await);
        result
    }

    fn gateway_config(&self, desk: &Arc<dyn Host>) -> twilight_gateway::Config<Identifies> {
        tls::install_crypto_provider();
        let token = self.config.token.expose_secret().trim().to_owned();
        let mut config =
            ConfigBuilder::new(token, INTENTS).queue(Identifies::new(Arc::clone(desk)));
        if let Some(url) = &self.config.gateway_url {
            config = config.proxy_url(url.trim_end_matches('/').to_owned());
        }
        config.build()
    }

    async fn run_shards(
        &self,
        gateway: &Arc<Gateway>,
        stop: &CancellationToken,
    ) -> Result<(), DiscordError> {
        let mut shards = JoinSet::new();
        let start = |shards: &mut JoinSet<_>, number: u32, wait: Duration| {
            let (gateway, stop) = (Arc::clone(gateway), stop.clone());
            let id = ShardId::new(number, self.config.shard_total);
            shards.spawn(async move {
                tokio::time::sleep(wait).await;
                // Spawned once more, so that a panic (in a library) ends here and is told with its shard.
                let shard = tokio::spawn(async move { gateway.run(id, &stop).await });
                (number, shard.await)
            });
        };
        for number in self.config.shard_first..self.config.shard_first + self.config.shard_count {
            start(&mut shards, number, Duration::ZERO);
        }
        while let Some(ended) = shards.join_next().await {
            match ended {
                Ok((_, Ok(Ok(())))) => {}
                Ok((_, Ok(Err(error)))) => {
                    stop.cancel();
                    while shards.join_next().await.is_some() {}
                    return Err(error);
                }
                Ok((number, Err(_))) => {
                    tracing::error!(shard = number, "discord: a shard panicked; it starts again");
                    start(&mut shards, number, Duration::from_secs(10));
                }
                Err(_) => return Ok(()),
            }
        }
        Ok(())
    }

    async fn register(
        self: Arc<Self>,
        desk: Arc<dyn Host>,
        mut told: watch::Receiver<Option<Identity>>,
        commands: Vec<serde_json::Value>,
        stop: CancellationToken,
    ) {
        let identity = tokio::select! {
            identity = told.wait_for(Option::is_some) => identity.ok().and_then(|identity| *identity),
            () = stop.cancelled() => None,
        };
        let Some(identity) = identity else { return };
        self.own.store(identity.user.get(), Ordering::Release);
        let guilds: Vec<NonZeroU64> = self
            .config
            .guilds
            .iter()
            .copied()
            .filter_map(NonZeroU64::new)
            .collect();
        register::keep_registered(
            &self.rest,
            &*desk,
            identity.application,
            &guilds,
            &commands,
            &stop,
        )
        .await;
    }

    async fn own(&self) -> Result<NonZeroU64, Failure> {
        if let Some(own) = NonZeroU64::new(self.own.load(Ordering::Acquire)) {
            return Ok(own);
        }
        let own = self.rest.own_id().await?;
        self.own.store(own.get(), Ordering::Release);
        Ok(own)
    }
}

#[async_trait]
impl Network for DiscordNetwork {
    fn kind(&self) -> NetworkKind {
        NetworkKind::Discord
    }

    async fn create(&self, delivery: &Delivery) -> Result<MessageRef, SendError> {
        let bounded = async {
            let own = self.own().await.map_err(Failure::into_send_error)?;
            if let (Some(event), Destination::Server { server, .. }) =
                (&delivery.message.event, &delivery.destination)
            {
                let server = server.as_deref().unwrap_or_default();
                return events::create(&self.rest, own, server, event, delivery.now).await;
            }
            send::create(&self.rest, &self.direct, own, delivery).await
        };
        bound(bounded).await
    }

    async fn edit(&self, delivery: &Delivery, message: &MessageRef) -> Result<(), SendError> {
        if let Some(event) = &delivery.message.event {
            return bound(events::edit(&self.rest, message, event, delivery.now)).await;
        }
        bound(send::edit(&self.rest, delivery, message)).await
    }

    async fn figures(
        &self,
        message: &MessageRef,
        _poll: &NativePoll,
    ) -> Result<NativeFigures, SendError> {
        bound(send::figures(&self.rest, message)).await
    }

    async fn server(&self, room: &str) -> Result<Option<String>, SendError> {
        if !self.config.scheduled_events {
            return Ok(None);
        }
        let channel = async { self.rest.channel(rest::id(room)?).await };
        bound(async { channel.await.map_err(Failure::into_send_error) })
            .await
            .map(|channel| channel.guild_id)
    }

    async fn keep_pinned(&self, message: &MessageRef) -> Result<(), SendError> {
        bound(send::keep_pinned(&self.rest, message)).await
    }

    fn connected(&self) -> bool {
        self.active.load(Ordering::Acquire) >= self.config.shard_count
    }
}

/// No send takes longer than one request may: a search, a private channel and a creation share the time.
async fn bound<T>(send: impl Future<Output = Result<T, SendError>>) -> Result<T, SendError> {
    tokio::time::timeout(rest::BOUND, send)
        .await
        .unwrap_or_else(|_| {
            Err(SendError::Retry {
                after: None,
                reason: "no answer in time".to_owned(),
            })
        })
}

/// The private channels that are known, by user.
#[derive(Debug, Default)]
struct DirectChannels(Mutex<HashMap<NonZeroU64, ChannelId>>);

impl DirectChannels {
    const MOST: usize = 10_000;

    fn get(&self, user: NonZeroU64) -> Option<ChannelId> {
        self.0.lock().ok()?.get(&user).copied()
    }

    fn remember(&self, user: NonZeroU64, channel: ChannelId) {
        if let Ok(mut known) = self.0.lock() {
            if known.len() >= Self::MOST {
                known.clear();
            }
            known.insert(user, channel);
        }
    }

    fn forget(&self, channel: ChannelId) {
        if let Ok(mut known) = self.0.lock() {
            known.retain(|_, other| *other != channel);
        }
    }
}

/// The catalogue of words, as the commands need it.
struct Catalogue<'a>(&'a Words);

impl Wording for Catalogue<'_> {
    fn value(&self, language: Language, id: &str) -> String {
        self.0.plain(language, id)
    }

    fn attribute(&self, language: Language, id: &str, attribute: &str) -> Option<String> {
        self.0.attribute(language, id, attribute)
    }

    fn terms(&self, vocabulary: &str) -> &[Term] {
        self.0.vocabularies.terms(vocabulary)
    }
}
