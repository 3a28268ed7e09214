//! One websocket connection: HELLO, IDENTIFY or RESUME, heartbeats, compression, closing.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use flate2::{Compress, Compression, FlushCompress};
use futures::{SinkExt, StreamExt};
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, frame::coding::CloseCode};

use super::super::events::intents;
use super::super::net::ConnControl;
use super::super::sim::Shared;
use super::super::state::{State, ViolationKind};
use super::{Outgoing, Session};

type Socket = WebSocketStream<TokioIo<Upgraded>>;

/// How frames are packed.
enum Packing {
    Plain,
    /// `compress: true` in IDENTIFY: each payload on its own.
    Each,
    /// `compress=zlib-stream`: one stream over the whole connection.
    Stream(Box<Compress>),
}

struct Connection {
    shared: Arc<Shared>,
    number: u64,
    socket: Socket,
    packing: Packing,
    session: Option<String>,
    link: UnboundedSender<Outgoing>,
    received: VecDeque<Instant>,
    last_beat: Instant,
}

/// Serves the connection until either side ends it.
pub async fn run(shared: Arc<Shared>, control: Arc<ConnControl>, socket: Socket, query: &str) {
    let (link, orders) = unbounded_channel();
    let number = shared.add_link(Arc::clone(&control), link.clone());
    let packing = if query.contains("compress=zlib-stream") {
        Packing::Stream(Box::new(Compress::new(Compression::fast(), true)))
    } else {
        Packing::Plain
    };
    if query.contains("encoding=etf") || query.contains("zstd") {
        shared.update(|state| {
            state.violation(
                ViolationKind::Gateway,
                query,
                "neither etf nor zstd is simulated",
            )
        });
    }
    let mut connection = Connection {
        shared: Arc::clone(&shared),
        number,
        socket,
        packing,
        session: None,
        link,
        received: VecDeque::new(),
        last_beat: Instant::now(),
    };
    let polite = tokio::select! {
        polite = connection.talk(orders) => polite,
        () = control.pulled() => false,
    };
    shared.remove_link(number);
    let session = connection.session.take();
    shared.update(|state| state.detach(session.as_deref(), number, polite));
}

impl State {
    /// The connection of a session ended; a polite goodbye (1000, 1001) ends the session as well.
    fn detach(&mut self, session: Option<&str>, connection: u64, polite: bool) {
        let now = self.now();
        let Some(id) = session else { return };
        let Some(found) = self
            .sessions
            .get_mut(id)
            .filter(|session| session.connection == connection)
        else {
            return;
        };
        if polite {
            self.sessions.remove(id);
        } else {
            found.link = None;
            found.lost_ms = Some(now);
        }
    }
}

impl Connection {
    /// Returns whether the client left for good.
    async fn talk(&mut self, mut orders: UnboundedReceiver<Outgoing>) -> bool {
        let interval = self.shared.read(|state| state.options.heartbeat);
        let hello = json!({"op": 10, "s": null, "t": null, "d": {"heartbeat_interval": interval.as_millis() as u64, "_trace": ["sim"]}});
        if self.send(&hello.to_string()).await.is_err() {
            return false;
        }
        let mut conditions = self.shared.conditions.subscribe();
        loop {
            if conditions.borrow_and_update().black_hole {
                // For good: what was lost on the way cannot be made up for on this connection.
                return self.vanish().await;
            }
            // Discord allows some delay before it gives a silent client up.
            let patience = self.last_beat + interval * 2 + Duration::from_secs(1);
            tokio::select! {
                // In this order: once a test has called `black_hole(true)`, not one more frame may be answered.
                biased;
                _ = conditions.changed() => {}
                order = orders.recv() => match order {
                    Some(Outgoing::Payload(text)) => if self.send(&text).await.is_err() { return false },
                    Some(Outgoing::Close(code)) => { self.close(code).await; return false }
                    None => return false,
                },
                frame = self.socket.next() => match frame {
                    Some(Ok(Message::Text(text))) => {
                        if let Err(code) = self.receive(text.as_str()).await { self.close(code).await; return false }
                    }
                    Some(Ok(Message::Binary(bytes))) => {
                        let text = String::from_utf8_lossy(&bytes).into_owned();
                        if let Err(code) = self.receive(&text).await { self.close(code).await; return false }
                    }
                    Some(Ok(Message::Close(frame))) => {
                        let _ = self.socket.flush().await;
                        return frame.is_some_and(|frame| matches!(u16::from(frame.code), 1000 | 1001));
                    }
                    Some(Ok(_)) => {}
                    Some(Err(_)) | None => return false,
                },
                () = tokio::time::sleep_until(patience.into()) => { self.close(4009).await; return false }
            }
        }
    }

    /// Keeps the TCP connection and does nothing with it, until the peer or the test cuts it.
    async fn vanish(&mut self) -> bool {
        while let Some(Ok(_)) = self.socket.next().await {}
        false
    }

    async fn close(&mut self, code: u16) {
        let frame = CloseFrame {
            code: CloseCode::from(code),
            reason: "".into(),
        };
        let _ = self.socket.send(Message::Close(Some(frame))).await;
        // A closing session can be resumed unless the code says that the session itself is wrong.
        if matches!(code, 4004 | 4007 | 4009 | 4010..=4014) {
            self.shared
                .update(|state| state.detach(self.session.as_deref(), self.number, true));
        }
        let wait = async { while let Some(Ok(_)) = self.socket.next().await {} };
        let _ = tokio::time::timeout(Duration::from_secs(2), wait).await;
    }

    async fn send(&mut self, text: &str) -> Result<(), ()> {
        let message = match &mut self.packing {
            Packing::Plain => Message::text(text),
            Packing::Each => Message::binary(deflate(
                &mut Compress::new(Compression::fast(), true),
                text,
                FlushCompress::Finish,
            )),
            Packing::Stream(stream) => Message::binary(deflate(stream, text, FlushCompress::Sync)),
        };
        self.socket.send(message).await.map_err(|_| ())
    }

    fn complain(&self, message: &str) {
        self.shared
            .update(|state| state.violation(ViolationKind::Gateway, "gateway", message));
    }

    /// Handles one payload of the client; `Err` is the code to close with.
    async fn receive(&mut self, text: &str) -> Result<(), u16> {
        let now = Instant::now();
        self.received.push_back(now);
        self.received
            .retain(|when| now.duration_since(*when) < Duration::from_secs(60));
        if self.received.len() > 120 {
            self.complain("more than 120 payloads in 60 s");
            return Err(4008);
        }
        if text.len() > 4096 {
            self.complain("a payload over 4096 bytes");
            return Err(4002);
        }
        let Ok(payload) = serde_json::from_str::<Value>(text) else {
            self.complain("a payload that is not JSON");
            return Err(4002);
        };
        match payload["op"].as_u64() {
            Some(1) => {
                self.last_beat = now;
                self.send(&json!({"op": 11, "s": null, "t": null, "d": null}).to_string())
                    .await
                    .map_err(|()| 1006)
            }
            Some(2) if self.session.is_some() => Err(4005),
            Some(2) => self.identify(&payload["d"]).await,
            Some(6) => self.resume(&payload["d"]).await,
            Some(_) if self.session.is_none() => Err(4003),
            Some(3 | 4 | 31) => Ok(()),
            Some(8) => {
                self.members(&payload["d"]);
                Ok(())
            }
            other => {
                self.complain(&format!("unknown opcode {other:?}"));
                Err(4001)
            }
        }
    }

    async fn identify(&mut self, data: &Value) -> Result<(), u16> {
        let token = data["token"]
            .as_str()
            .unwrap_or("")
            .trim_start_matches("Bot ")
            .to_owned();
        let asked = data["intents"].as_u64();
        let shard: Option<Option<(u64, u64)>> = data["shard"].as_array().map(|shard| {
            let [shard, total] = shard.as_slice() else {
                return None;
            };
            Some((shard.as_u64()?, total.as_u64()?)).filter(|(shard, total)| shard < total)
        });
        if data["compress"] == true && matches!(self.packing, Packing::Plain) {
            self.packing = Packing::Each;
        }
        let (number, link) = (self.number, self.link.clone());
        let session = self.shared.update(|state| {
            let now = state.now();
            let index = state.apps.iter().position(|app| app.token == token);
            let Some(app) = index.and_then(|index| state.apps.get_mut(index)) else {
                state.violation(ViolationKind::Gateway, "IDENTIFY", "wrong token");
                return Err(4004);
            };
            app.identifies.push(now);
            let app = app.clone();
            let refuse = |state: &mut State, code: u16, message: &str| {
                state.violation(ViolationKind::Gateway, "IDENTIFY", message);
                Err(code)
            };
            let Some(intents) = asked.filter(|bits| bits & !intents::KNOWN == 0) else {
                return refuse(state, 4013, "invalid intents");
            };
            if intents & intents::PRIVILEGED != 0 && !app.privileged {
                return refuse(
                    state,
                    4014,
                    "privileged intents that the application does not have",
                );
            }
            if !data["properties"].is_object() {
                return refuse(state, 4002, "no properties");
            }
            let Some(shard) = shard.unwrap_or(Some((0, 1))) else {
                return refuse(state, 4010, "invalid shard");
            };
            Ok(state.open_session(&app.id, intents, shard, (number, link)))
        })?;
        self.session = Some(session);
        Ok(())
    }

    async fn resume(&mut self, data: &Value) -> Result<(), u16> {
        let id = data["session_id"].as_str().unwrap_or("").to_owned();
        let token = data["token"]
            .as_str()
            .unwrap_or("")
            .trim_start_matches("Bot ")
            .to_owned();
        let seq = data["seq"].as_u64().unwrap_or(0);
        let (number, link) = (self.number, self.link.clone());
        let outcome: Result<bool, u16> = self.shared.update(|state| {
            let ttl = state.options.session_ttl;
            let app = state
                .apps
                .iter()
                .find(|app| app.token == token)
                .map(|app| app.id)
                .ok_or(4004_u16)?;
            let lost = state.sessions.get(&id).and_then(|session| session.lost_ms);
            let fresh = lost.is_none_or(|lost| state.within(lost, ttl));
            let found = state
                .sessions
                .get_mut(&id)
                .filter(|session| session.app == app && session.resumable && fresh);
            let Some(session) = found else {
                return Ok(false);
            };
            session.link = Some(link);
            session.connection = number;
            session.lost_ms = None;
            if !session.replay(seq) {
                return Err(4007);
            }
            session.send_event("RESUMED", json!({"_trace": ["sim"]}));
            state.resumes += 1;
            Ok(true)
        });
        if outcome? {
            self.session = Some(id);
            return Ok(());
        }
        self.send(&json!({"op": 9, "s": null, "t": null, "d": false}).to_string())
            .await
            .map_err(|()| 1006)
    }

    /// Request Guild Members: the answer in one chunk.
    fn members(&self, data: &Value) {
        let Some(session) = self.session.clone() else {
            return;
        };
        let guild = data["guild_id"]
            .as_str()
            .and_then(|id| id.parse::<u64>().ok())
            .unwrap_or(0);
        self.shared.update(|state| {
            let members: Vec<Value> = state.guilds.get(&guild).map_or_else(Vec::new, |found| {
                found.members.keys().map(|user| state.render_member(guild, *user)).collect()
            });
            let chunk = json!({
                "guild_id": guild.to_string(), "members": members, "chunk_index": 0, "chunk_count": 1,
                "not_found": [], "nonce": data["nonce"],
            });
            if let Some(session) = state.sessions.get_mut(&session) {
                session.send_event("GUILD_MEMBERS_CHUNK", chunk);
            }
        });
    }
}

impl State {
    /// READY, then every guild.
    fn open_session(
        &mut self,
        app: &u64,
        intents: u64,
        shard: (u64, u64),
        link: (u64, UnboundedSender<Outgoing>),
    ) -> String {
        let id = self.secret("session");
        let app = self.app(*app).expect("a known application").clone();
        let mut session = Session {
            id: id.clone(),
            app: app.id,
            intents,
            shard,
            seq: 0,
            sent: VecDeque::new(),
            link: Some(link.1),
            connection: link.0,
            lost_ms: None,
            resumable: true,
        };
        let guilds: Vec<u64> = self
            .guilds
            .values()
            .filter(|guild| guild.members.contains_key(&app.bot))
            .map(|guild| guild.id)
            .filter(|guild| session.hears_of(Some(*guild)))
            .collect();
        let unavailable: Vec<Value> = guilds
            .iter()
            .map(|guild| json!({"id": guild.to_string(), "unavailable": true}))
            .collect();
        session.send_event("READY", json!({
            "v": 10, "user": self.render_self(app.bot), "guilds": unavailable, "session_id": id, "session_type": "normal",
            "resume_gateway_url": format!("ws://{}", self.address), "shard": [shard.0, shard.1],
            "application": {"id": app.id.to_string(), "flags": self.render_application(app.id)["flags"]},
            "private_channels": [], "relationships": [], "user_settings": {}, "presences": [], "guild_join_requests": [],
            "geo_ordered_rtc_regions": [], "_trace": ["sim"],
        }));
        if intents & intents::GUILDS != 0 {
            for guild in guilds {
                session.send_event(
                    "GUILD_CREATE",
                    self.render_guild_create(guild, &app, intents),
                );
            }
        }
        self.sessions.insert(id.clone(), session);
        id
    }

    /// The guild as GUILD_CREATE carries it. Without GUILD_MEMBERS only the bot itself is among the members.
    pub fn render_guild_create(
        &self,
        id: u64,
        app: &super::super::state::App,
        intents: u64,
    ) -> Value {
        let guild = &self.guilds[&id];
        let mut json = self.render_guild(guild);
        let all = intents & intents::GUILD_MEMBERS != 0;
        let members = guild.members.keys().filter(|user| all || **user == app.bot);
        let visible = |thread: bool| {
            let places = self
                .channels
                .values()
                .filter(move |channel| channel.guild == Some(id) && channel.is_thread() == thread);
            let seen = places.filter(|channel| {
                !channel.is_thread() || self.channel_permissions(channel.id, app.bot) != 0
            });
            seen.map(|channel| self.render_channel(channel, app.bot))
                .collect::<Vec<_>>()
        };
        let guild_id = json!(id.to_string());
        let events = self
            .scheduled_events
            .values()
            .filter(|event| event["guild_id"] == guild_id);
        json["members"] = members.map(|user| self.render_member(id, *user)).collect();
        json["channels"] = json!(visible(false));
        json["threads"] = json!(visible(true));
        json["guild_scheduled_events"] = events.cloned().collect();
        json["joined_at"] = json!(guild.members[&app.bot].joined);
        json["member_count"] = json!(guild.members.len());
        for (field, value) in [("large", json!(false)), ("unavailable", json!(false))] {
            json[field] = value;
        }
        for field in [
            "presences",
            "voice_states",
            "stage_instances",
            "soundboard_sounds",
        ] {
            json[field] = json!([]);
        }
        json
    }
}

fn deflate(stream: &mut Compress, text: &str, flush: FlushCompress) -> Vec<u8> {
    let mut packed = Vec::with_capacity(text.len() + 64);
    let before = stream.total_in();
    loop {
        let done = (stream.total_in() - before) as usize;
        stream
            .compress_vec(&text.as_bytes()[done..], &mut packed, flush)
            .expect("memory suffices");
        let done = (stream.total_in() - before) as usize;
        // Spare room in the output means that everything, the flush marker included, has come out.
        if done == text.len() && packed.len() < packed.capacity() {
            return packed;
        }
        packed.reserve(text.len() + 64);
    }
}
