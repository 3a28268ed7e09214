//! The Discord network against the simulator: what people do arrives and is answered, cards arrive once, and nothing
//! is lost in outages. A scripted host plays the desk; the rest is the production path, rate limiter and TLS included.

mod cards;
mod outages;
mod people;

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use cercles::command::{Answer, Deed, Inbound};
use cercles::domain::card::{Block, Message};
use cercles::domain::clock::{Clock as _, SystemClock};
use cercles::i18n::Words;
use cercles::network::Network as _;
use cercles::network::discord::{DiscordConfig, DiscordError, DiscordNetwork, Host};
use chrono::{DateTime, Utc};
use secrecy::SecretString;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::discord_sim::{ChannelId, DiscordSim, SimOptions, UserId};

/// Far more than a loopback exchange takes.
const PATIENCE: Duration = Duration::from_secs(10);

type Script = Box<dyn Fn(&Inbound) -> Answer + Send + Sync>;

/// A desk that answers by a script, and notes what it was asked.
struct ScriptedHost {
    words: Words,
    notes: Mutex<HashMap<String, String>>,
    keys: Mutex<HashSet<String>>,
    seen: Mutex<Vec<Inbound>>,
    delay: Mutex<Duration>,
    script: Mutex<Script>,
}

impl ScriptedHost {
    fn new(script: impl Fn(&Inbound) -> Answer + Send + Sync + 'static) -> Arc<Self> {
        Arc::new(Self {
            words: Words::load().unwrap(),
            notes: Mutex::default(),
            keys: Mutex::default(),
            seen: Mutex::default(),
            delay: Mutex::default(),
            script: Mutex::new(Box::new(script)),
        })
    }

    fn seen(&self) -> Vec<Inbound> {
        self.seen.lock().unwrap().clone()
    }

    fn slow(&self, delay: Duration) {
        *self.delay.lock().unwrap() = delay;
    }

    fn note_named(&self, name: &str) -> Option<String> {
        self.notes.lock().unwrap().get(name).cloned()
    }
}

#[async_trait]
impl Host for ScriptedHost {
    async fn answer(&self, inbound: Inbound) -> Answer {
        if !self.keys.lock().unwrap().insert(inbound.key.clone()) {
            return Answer::Nothing;
        }
        let answer = (self.script.lock().unwrap())(&inbound);
        self.seen.lock().unwrap().push(inbound);
        let delay = *self.delay.lock().unwrap();
        tokio::time::sleep(delay).await;
        answer
    }

    async fn note(&self, name: &str) -> Result<Option<String>, String> {
        Ok(self.note_named(name))
    }

    async fn set_note(&self, name: &str, value: &str) -> Result<(), String> {
        self.notes
            .lock()
            .unwrap()
            .insert(name.to_owned(), value.to_owned());
        Ok(())
    }

    fn now(&self) -> DateTime<Utc> {
        SystemClock.now()
    }

    fn words(&self) -> &Words {
        &self.words
    }
}

fn say(words: &str) -> Answer {
    Answer::Say(Message {
        body: vec![Block::Text(words.to_owned())],
        ..Message::default()
    })
}

/// What was done, in short.
fn deed(inbound: &Inbound) -> String {
    match &inbound.deed {
        Deed::Text(text) => text.clone(),
        Deed::Invoke { command, args } => format!("{command} {args:?}"),
        Deed::Press { invoke, fields } => format!("{invoke} {fields:?}"),
        Deed::React { emoji, .. } => emoji.clone(),
    }
}

/// A simulator, and the network connected to it.
struct Stage {
    sim: DiscordSim,
    host: Arc<ScriptedHost>,
    network: Arc<DiscordNetwork>,
    stop: CancellationToken,
    running: JoinHandle<Result<(), DiscordError>>,
    folder: tempfile::TempDir,
    user: UserId,
    room: ChannelId,
}

impl Stage {
    async fn new(script: impl Fn(&Inbound) -> Answer + Send + Sync + 'static) -> Self {
        Self::with(SimOptions::default(), script).await
    }

    async fn with(
        options: SimOptions,
        script: impl Fn(&Inbound) -> Answer + Send + Sync + 'static,
    ) -> Self {
        let sim = DiscordSim::start(options).await;
        let host = ScriptedHost::new(script);
        let folder = tempfile::tempdir().unwrap();
        let network = DiscordNetwork::new(config(&sim, sim.write_ca(folder.path()))).unwrap();
        let stop = CancellationToken::new();
        let running = tokio::spawn(
            Arc::clone(&network).run_for(Arc::clone(&host) as Arc<dyn Host>, stop.clone()),
        );
        let (user, room) = (sim.add_user("ana", "fr"), sim.channel("ateliers"));
        let stage = Self {
            sim,
            host,
            network,
            stop,
            running,
            folder,
            user,
            room,
        };
        stage.registered().await;
        stage.connected().await;
        stage
    }

    /// Starts the network again, as a new process with the same notes would.
    async fn restart(&mut self, change: impl FnOnce(&mut DiscordConfig)) {
        self.stop().await;
        self.start(change).await;
    }

    async fn start(&mut self, change: impl FnOnce(&mut DiscordConfig)) {
        let mut config = config(&self.sim, self.folder.path().join("discord-sim-ca.pem"));
        change(&mut config);
        self.network = DiscordNetwork::new(config).unwrap();
        self.stop = CancellationToken::new();
        let host = Arc::clone(&self.host) as Arc<dyn Host>;
        self.running = tokio::spawn(Arc::clone(&self.network).run_for(host, self.stop.clone()));
        self.connected().await;
    }

    async fn stop(&mut self) {
        self.stop.cancel();
        tokio::time::timeout(PATIENCE, &mut self.running)
            .await
            .expect("it stops")
            .unwrap()
            .unwrap();
    }

    async fn registered(&self) {
        until("the commands are registered", || {
            self.host.note_named("commands").is_some()
        })
        .await;
    }

    async fn connected(&self) {
        until("it is connected", || self.network.connected()).await;
    }

    /// How often commands were sent.
    fn registrations(&self) -> usize {
        self.sim
            .requests()
            .iter()
            .filter(|request| request.method == "PUT" && request.path.ends_with("/commands"))
            .count()
    }

    /// Waits until the host has handled something that contains `part`.
    async fn handled(&self, part: &str) -> Inbound {
        let find = || {
            self.host
                .seen()
                .into_iter()
                .find(|inbound| deed(inbound).contains(part))
        };
        within(Duration::from_secs(60), part, || find().is_some()).await;
        find().unwrap()
    }
}

fn config(sim: &DiscordSim, ca: PathBuf) -> DiscordConfig {
    DiscordConfig {
        api_proxy: Some(sim.proxy_url()),
        ca_file: Some(ca),
        gateway_url: Some(sim.gateway_url()),
        ..DiscordConfig::new(SecretString::from(sim.token()))
    }
}

async fn until(what: &str, holds: impl Fn() -> bool) {
    within(PATIENCE, what, holds).await;
}

/// For what the simulator cannot see: the host and the network are asked again and again.
async fn within(time: Duration, what: &str, holds: impl Fn() -> bool) {
    let end = tokio::time::Instant::now() + time;
    while !holds() {
        assert!(
            tokio::time::Instant::now() < end,
            "not within {time:?}: {what}"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
