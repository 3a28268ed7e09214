//! What the simulated Discord remembers. Everything is behind one mutex, owned by `sim::Shared`.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::time::Duration;

use serde_json::Value;

use super::clock::SimClock;
use super::faults::ActiveFault;
use super::gateway::Session;
use super::interactions::Interaction;
use super::limits::Limits;
use super::options::SimOptions;
use super::polls::Poll;
use super::spec::Spec;

/// A bot: application, account and token.
#[derive(Debug, Clone)]
pub struct App {
    pub id: u64,
    pub name: String,
    pub bot: u64,
    pub token: String,
    pub privileged: bool,
    /// Simulated time of every IDENTIFY, milliseconds.
    pub identifies: Vec<u64>,
}

#[derive(Debug, Clone)]
pub struct User {
    pub id: u64,
    pub name: String,
    pub locale: String,
    pub bot: bool,
    /// Refuses private messages: answers 50007.
    pub refuses_dms: bool,
}

#[derive(Debug, Clone)]
pub struct Role {
    pub id: u64,
    pub name: String,
    pub permissions: u64,
    pub position: usize,
    pub managed: bool,
}

#[derive(Debug, Clone)]
pub struct Member {
    pub roles: Vec<u64>,
    pub nick: Option<String>,
    pub joined: String,
}

#[derive(Debug, Clone)]
pub struct Guild {
    pub id: u64,
    pub name: String,
    pub locale: String,
    pub owner: u64,
    pub roles: BTreeMap<u64, Role>,
    pub members: BTreeMap<u64, Member>,
}

#[derive(Debug, Clone, Copy, Default)]
pub struct Overwrite {
    pub allow: u64,
    pub deny: u64,
    /// Whether it is about a member (else a role).
    pub member: bool,
}

#[derive(Debug, Clone)]
pub struct Channel {
    pub id: u64,
    /// Discord's type number: 0 text, 1 private, 5 announcements, 10 to 12 threads.
    pub kind: u8,
    pub guild: Option<u64>,
    pub name: String,
    pub topic: Option<String>,
    pub position: usize,
    pub parent: Option<u64>,
    pub overwrites: BTreeMap<u64, Overwrite>,
    pub recipients: Vec<u64>,
    /// Messages pinned, latest first, with the time of pinning.
    pub pins: Vec<(u64, String)>,
    pub last_message: Option<u64>,
    pub owner: Option<u64>,
    pub archived: bool,
    pub locked: bool,
    pub auto_archive: u64,
    /// How many messages were ever created here, and how often one was edited.
    pub creations: usize,
    pub edits: usize,
}

impl Channel {
    pub fn is_thread(&self) -> bool {
        (10..=12).contains(&self.kind)
    }
}

/// A message; deleted ones stay, marked, because an enforced nonce remembers them.
#[derive(Debug, Clone)]
pub struct Message {
    pub id: u64,
    pub channel: u64,
    pub author: u64,
    /// The application, when it came through an interaction's webhook.
    pub webhook: Option<u64>,
    pub kind: u8,
    pub content: String,
    pub embeds: Value,
    pub components: Value,
    pub attachments: Value,
    pub flags: u64,
    pub timestamp: String,
    pub edited: Option<String>,
    pub reactions: Vec<(Value, Vec<u64>)>,
    pub poll: Option<Poll>,
    pub reference: Option<u64>,
    pub nonce: Option<Value>,
    /// The only person who sees it, if ephemeral.
    pub only_for: Option<u64>,
    pub interaction: Option<Value>,
    pub interaction_id: Option<u64>,
    pub mentions: BTreeSet<u64>,
    pub mention_roles: BTreeSet<u64>,
    pub mention_everyone: bool,
    pub thread: Option<u64>,
    pub edits: usize,
    pub deleted: bool,
}

impl Message {
    pub const SUPPRESS_EMBEDS: u64 = 1 << 2;
    pub const HAS_THREAD: u64 = 1 << 5;
    pub const EPHEMERAL: u64 = 1 << 6;
    pub const LOADING: u64 = 1 << 7;
    pub const SILENT: u64 = 1 << 12;
    pub const COMPONENTS_V2: u64 = 1 << 15;

    /// Part of the channel's history: neither deleted nor shown to one person only.
    pub fn in_history(&self) -> bool {
        !self.deleted && self.only_for.is_none()
    }
}

/// One request as the simulator saw it, and what it answered.
#[derive(Debug, Clone)]
pub struct RequestLog {
    pub method: String,
    /// The route's template, or the raw path of an unknown one.
    pub route: String,
    pub path: String,
    pub query: String,
    pub body: Value,
    /// 0 when the connection was cut instead of an answer.
    pub status: u16,
    pub answer: Value,
    /// Simulated time, milliseconds since 1970.
    pub at_ms: u64,
    /// Id of the application that asked, if it said who it was.
    pub application: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ViolationKind {
    /// A route the simulator does not know.
    UnknownRoute,
    /// One of the simulator's own rules (limits, unknown fields, names…).
    Rule,
    /// Discord's published description refuses the request's body.
    Spec,
    /// No explicit `allowed_mentions.parse`.
    Mentions,
    /// First answer after three seconds.
    LateAnswer,
    /// A second first answer.
    DoubleAnswer,
    /// Follow-up after fifteen minutes.
    ExpiredToken,
    /// Missing or wrong token.
    Unauthorized,
    /// The gateway protocol was broken.
    Gateway,
    /// The simulator's own answer does not fit Discord's description: a fault of the simulator.
    Simulator,
}

#[derive(Debug, Clone)]
pub struct Violation {
    pub kind: ViolationKind,
    pub place: String,
    pub message: String,
}

/// Everything; tests see it read-only in `wait_until`.
#[derive(Debug)]
pub struct State {
    pub options: SimOptions,
    pub clock: SimClock,
    /// `127.0.0.1:port` of REST and gateway.
    pub address: String,
    pub apps: Vec<App>,
    pub users: BTreeMap<u64, User>,
    pub guilds: BTreeMap<u64, Guild>,
    pub channels: BTreeMap<u64, Channel>,
    pub messages: BTreeMap<u64, Message>,
    /// By application, then guild (`None` is global).
    pub commands: BTreeMap<(u64, Option<u64>), Vec<Value>>,
    /// Simulated times at which commands were created, for the daily limit.
    pub command_creations: BTreeMap<(u64, Option<u64>), Vec<u64>>,
    pub scheduled_events: BTreeMap<u64, Value>,
    pub interactions: BTreeMap<u64, Interaction>,
    /// (author, nonce) to (message, time).
    pub nonces: HashMap<(u64, String), (u64, u64)>,
    pub sessions: BTreeMap<String, Session>,
    pub limits: Limits,
    pub faults: VecDeque<ActiveFault>,
    pub requests: Vec<RequestLog>,
    pub violations: Vec<Violation>,
    pub refused_hosts: Vec<String>,
    /// Requests of the last ten minutes that count towards Discord's ban (401, 403, 429 not shared): their times.
    pub invalid_requests: Vec<u64>,
    pub resumes: usize,
    pub upgrades: usize,
    pub spec: Option<&'static Spec>,
    counter: u64,
}

impl State {
    pub fn new(options: SimOptions, address: String, spec: Option<&'static Spec>) -> Self {
        Self {
            options,
            clock: SimClock::default(),
            address,
            apps: Vec::new(),
            users: BTreeMap::new(),
            guilds: BTreeMap::new(),
            channels: BTreeMap::new(),
            messages: BTreeMap::new(),
            commands: BTreeMap::new(),
            command_creations: BTreeMap::new(),
            scheduled_events: BTreeMap::new(),
            interactions: BTreeMap::new(),
            nonces: HashMap::new(),
            sessions: BTreeMap::new(),
            limits: Limits::default(),
            faults: VecDeque::new(),
            requests: Vec::new(),
            violations: Vec::new(),
            refused_hosts: Vec::new(),
            invalid_requests: Vec::new(),
            resumes: 0,
            upgrades: 0,
            spec,
            counter: 0,
        }
    }

    pub fn now(&self) -> u64 {
        self.clock.now_ms()
    }

    /// A string nobody else has; long and opaque like Discord's tokens.
    pub fn secret(&mut self, prefix: &str) -> String {
        self.counter += 1;
        let mut mixed = self
            .counter
            .wrapping_add(self.now())
            .wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut text = format!("{prefix}{}", self.counter);
        for _ in 0..4 {
            mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            text.push_str(&format!("{mixed:016x}"));
        }
        text
    }

    pub fn violation(
        &mut self,
        kind: ViolationKind,
        place: impl Into<String>,
        message: impl Into<String>,
    ) {
        self.violations.push(Violation {
            kind,
            place: place.into(),
            message: message.into(),
        });
    }

    pub fn app(&self, id: u64) -> Option<&App> {
        self.apps.iter().find(|app| app.id == id)
    }

    pub fn app_of_bot(&self, bot: u64) -> Option<&App> {
        self.apps.iter().find(|app| app.bot == bot)
    }

    /// The name shown for a user.
    pub fn user_name(&self, id: u64) -> &str {
        self.users.get(&id).map_or("?", |user| &user.name)
    }

    /// A living message of a channel.
    pub fn message_in(&self, channel: u64, id: u64) -> Option<&Message> {
        self.messages
            .get(&id)
            .filter(|message| message.channel == channel && !message.deleted)
    }

    /// What everyone in a channel sees, oldest first.
    pub fn history(&self, channel: u64) -> impl DoubleEndedIterator<Item = &Message> {
        self.messages
            .values()
            .filter(move |message| message.channel == channel && message.in_history())
    }

    /// The private channel of two users, made when there is none yet.
    pub fn private_channel(&mut self, one: u64, other: u64) -> u64 {
        let pair = [one, other];
        let found = self.channels.values().find(|channel| {
            channel.guild.is_none() && pair.iter().all(|user| channel.recipients.contains(user))
        });
        if let Some(channel) = found {
            return channel.id;
        }
        let id = self.clock.next_id();
        let mut channel = blank_channel(id, 1, None, String::new());
        channel.recipients = pair.to_vec();
        self.channels.insert(id, channel);
        id
    }

    /// Whether less than `window` of simulated time has passed since `ms`.
    pub fn within(&self, ms: u64, window: Duration) -> bool {
        self.now().saturating_sub(ms) <= window.as_millis() as u64
    }
}

pub fn blank_channel(id: u64, kind: u8, guild: Option<u64>, name: String) -> Channel {
    Channel {
        id,
        kind,
        guild,
        name,
        topic: None,
        position: 0,
        parent: None,
        overwrites: BTreeMap::new(),
        recipients: Vec::new(),
        pins: Vec::new(),
        last_message: None,
        owner: None,
        archived: false,
        locked: false,
        auto_archive: 4320,
        creations: 0,
        edits: 0,
    }
}
