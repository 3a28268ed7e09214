//! A gateway session: its numbered events, kept for replay, and the connection it has at the moment.

use std::collections::VecDeque;

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

/// What a connection is asked to send.
#[derive(Debug, Clone)]
pub enum Outgoing {
    Payload(String),
    Close(u16),
}

#[derive(Debug)]
pub struct Session {
    pub id: String,
    pub app: u64,
    pub intents: u64,
    /// Which part of the guilds it hears of, of how many.
    pub shard: (u64, u64),
    pub seq: u64,
    /// Events since the start of the session, as sent.
    pub sent: VecDeque<(u64, String)>,
    pub link: Option<UnboundedSender<Outgoing>>,
    /// Number of the connection that holds the session.
    pub connection: u64,
    /// Simulated time at which the connection was lost.
    pub lost_ms: Option<u64>,
    /// False once the simulator was told to forget it: RESUME then fails.
    pub resumable: bool,
}

/// More than any test sends while a bot is away; Discord has a limit too.
const KEPT: usize = 5000;

impl Session {
    /// Whether it hears of a guild; what is in no guild (private messages) goes to the first shard.
    /// <https://docs.discord.com/developers/events/gateway#sharding>
    pub fn hears_of(&self, guild: Option<u64>) -> bool {
        let (shard, total) = self.shard;
        guild.map_or(0, |guild| (guild >> 22) % total) == shard
    }

    pub fn send_event(&mut self, kind: &str, payload: Value) {
        self.seq += 1;
        let text = json!({"op": 0, "t": kind, "s": self.seq, "d": payload}).to_string();
        self.sent.push_back((self.seq, text.clone()));
        if self.sent.len() > KEPT {
            self.sent.pop_front();
        }
        self.send(text);
    }

    pub fn send(&self, text: String) {
        if let Some(link) = &self.link {
            let _ = link.send(Outgoing::Payload(text));
        }
    }

    /// Sends again what came after `seq`; `false` when the client claims more than there was.
    pub fn replay(&self, seq: u64) -> bool {
        for (_, text) in self.sent.iter().filter(|(number, _)| *number > seq) {
            self.send(text.clone());
        }
        seq <= self.seq
    }
}
