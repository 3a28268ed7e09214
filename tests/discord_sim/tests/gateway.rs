//! The gateway: greeting, intents, replay, op codes, outages.

use std::time::Duration;

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::super::SimOptions;
use super::{DiscordSim, PATIENCE, start, start_with};

const MESSAGES: u64 = 1 | 1 << 9 | 1 << 12;

struct Client(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Client {
    async fn connect(sim: &DiscordSim, query: &str) -> Self {
        let (socket, _) = connect_async(format!("{}/?v=10{query}", sim.gateway_url()))
            .await
            .expect("an upgrade");
        Self(socket)
    }

    async fn identified(sim: &DiscordSim, token: &str, intents: u64) -> (Self, String) {
        let mut client = Self::connect(sim, "&encoding=json").await;
        client
            .send(json!({"op": 2, "d": {"token": token, "intents": intents, "properties": {}}}))
            .await;
        let ready = client.event("READY").await;
        (
            client,
            ready["d"]["session_id"].as_str().unwrap().to_owned(),
        )
    }

    async fn send(&mut self, payload: Value) {
        self.0
            .send(Message::text(payload.to_string()))
            .await
            .expect("a living connection");
    }

    async fn frame(&mut self) -> Option<Message> {
        tokio::time::timeout(PATIENCE, self.0.next())
            .await
            .expect("a frame in time")
            .and_then(Result::ok)
    }

    async fn next(&mut self) -> Value {
        match self.frame().await {
            Some(Message::Text(text)) => serde_json::from_str(&text).expect("JSON"),
            other => panic!("{other:?} instead of a payload"),
        }
    }

    async fn event(&mut self, kind: &str) -> Value {
        loop {
            let payload = self.next().await;
            if payload["t"] == kind {
                return payload;
            }
        }
    }

    async fn closed_with(&mut self) -> u16 {
        loop {
            match self.frame().await {
                Some(Message::Close(frame)) => {
                    return frame.map_or(1005, |frame| frame.code.into());
                }
                Some(_) => {}
                None => return 1006,
            }
        }
    }
}

#[tokio::test]
async fn a_client_is_greeted_and_hears_what_its_intents_allow() {
    let (sim, _rest, channel) = start().await;
    let mut client = Client::connect(&sim, "").await;
    assert_eq!(client.next().await["op"], 10);
    client.send(json!({"op": 1, "d": null})).await;
    assert_eq!(
        client.next().await["op"],
        11,
        "heartbeats before IDENTIFY are answered"
    );
    client.send(json!({"op": 2, "d": {"token": format!("Bot {}", sim.token()), "intents": MESSAGES, "properties": {}}})).await;
    let ready = client.next().await;
    assert_eq!((&ready["t"], &ready["s"]), (&json!("READY"), &json!(1)));
    assert_eq!(ready["d"]["resume_gateway_url"], sim.gateway_url());
    let guild = client.next().await;
    assert_eq!(guild["d"]["channels"].as_array().unwrap().len(), 4);
    let id = sim.post_as(sim.owner(), channel, "secret");
    sim.react_as(sim.owner(), id, "✅");
    sim.dm_as(sim.owner(), "privé");
    let first = client.next().await;
    assert_eq!(
        (&first["t"], &first["d"]["content"]),
        (&json!("MESSAGE_CREATE"), &json!(""))
    );
    let second = client.next().await;
    assert_eq!(
        second["d"]["content"], "privé",
        "no reaction intent, no reaction event"
    );
    assert_eq!((second["s"].as_u64(), sim.identifies()), (Some(4), 1));
    let (mut witness, _) =
        Client::identified(&sim, &sim.add_bot("témoin"), MESSAGES | 1 << 15).await;
    sim.post_as(sim.owner(), channel, "lisible");
    assert_eq!(
        witness.event("MESSAGE_CREATE").await["d"]["content"],
        "lisible"
    );
    sim.assert_clean();
}

#[tokio::test]
async fn wrong_greetings_are_closed_with_their_codes() {
    let (sim, _rest, _channel) = start().await;
    let token = sim.token();
    let cases = [
        (
            json!({"op": 2, "d": {"token": "x", "intents": 1, "properties": {}}}),
            4004,
        ),
        (
            json!({"op": 2, "d": {"token": token, "intents": 1 << 15, "properties": {}}}),
            4014,
        ),
        (
            json!({"op": 2, "d": {"token": token, "intents": 1_u64 << 40, "properties": {}}}),
            4013,
        ),
        (json!({"op": 3, "d": {}}), 4003),
    ];
    for (payload, code) in cases {
        let mut client = Client::connect(&sim, "").await;
        client.send(payload).await;
        assert_eq!(client.closed_with().await, code);
    }
    let (mut client, _) = Client::identified(&sim, &token, 1).await;
    client
        .send(json!({"op": 2, "d": {"token": token, "intents": 1, "properties": {}}}))
        .await;
    assert_eq!(client.closed_with().await, 4005);
    let (mut client, _) = Client::identified(&sim, &token, 1).await;
    for _ in 0..121 {
        client.send(json!({"op": 1, "d": 1})).await;
    }
    assert_eq!(client.closed_with().await, 4008);
}

#[tokio::test]
async fn what_was_missed_is_replayed() {
    let (sim, _rest, channel) = start().await;
    let (mut client, session) = Client::identified(&sim, &sim.token(), MESSAGES).await;
    client.event("GUILD_CREATE").await;
    sim.drop_sockets();
    assert_eq!(client.closed_with().await, 1006);
    sim.wait_until(
        |state| {
            state
                .sessions
                .values()
                .all(|session| session.link.is_none())
        },
        PATIENCE,
    )
    .await
    .unwrap();
    let missed = sim.post_as(sim.owner(), channel, "manqué");
    let mut client = Client::connect(&sim, "").await;
    client
        .send(json!({"op": 6, "d": {"token": sim.token(), "session_id": session, "seq": 2}}))
        .await;
    assert_eq!(client.next().await["op"], 10);
    assert_eq!(client.next().await["d"]["id"], missed.to_string());
    assert_eq!(client.next().await["t"], "RESUMED");
    assert_eq!((sim.identifies(), sim.resumes()), (1, 1));

    sim.reconnect();
    assert_eq!(client.next().await["op"], 7);
    sim.request_heartbeat();
    assert_eq!(client.next().await["op"], 1);
    sim.invalid_session(true);
    assert_eq!(client.next().await["d"], true);
    sim.close(4000);
    assert_eq!(client.closed_with().await, 4000);
    sim.forget_sessions();
    let mut client = Client::connect(&sim, "").await;
    client
        .send(json!({"op": 6, "d": {"token": sim.token(), "session_id": session, "seq": 4}}))
        .await;
    client.next().await;
    let refused = client.next().await;
    assert_eq!((&refused["op"], &refused["d"]), (&json!(9), &json!(false)));
}

#[tokio::test]
async fn a_session_lost_too_long_is_gone() {
    let (sim, _rest, _channel) = start().await;
    let (client, session) = Client::identified(&sim, &sim.token(), MESSAGES).await;
    drop(client);
    sim.wait_until(
        |state| {
            state
                .sessions
                .values()
                .all(|session| session.link.is_none())
        },
        PATIENCE,
    )
    .await
    .unwrap();
    sim.advance_clock(Duration::from_secs(200));
    let mut client = Client::connect(&sim, "").await;
    client
        .send(json!({"op": 6, "d": {"token": sim.token(), "session_id": session, "seq": 1}}))
        .await;
    client.next().await;
    assert_eq!(client.next().await["d"], false);
}

#[tokio::test]
async fn both_kinds_of_compression_work() {
    let (sim, _rest, channel) = start().await;
    let mut client = Client::connect(&sim, "&compress=zlib-stream").await;
    let mut stream = flate2::Decompress::new(true);
    let mut inflate = |bytes: &[u8]| -> Value {
        assert!(bytes.ends_with(&[0, 0, 0xff, 0xff]));
        let mut text = Vec::with_capacity(1 << 20);
        stream
            .decompress_vec(bytes, &mut text, flate2::FlushDecompress::Sync)
            .expect("zlib");
        serde_json::from_slice(&text).expect("JSON")
    };
    let Some(Message::Binary(hello)) = client.frame().await else {
        panic!("binary")
    };
    assert_eq!(inflate(&hello)["op"], 10);
    client
        .send(json!({"op": 2, "d": {"token": sim.token(), "intents": MESSAGES, "properties": {}}}))
        .await;
    for kind in ["READY", "GUILD_CREATE"] {
        let Some(Message::Binary(bytes)) = client.frame().await else {
            panic!("binary")
        };
        assert_eq!(inflate(&bytes)["t"], kind);
    }
    sim.dm_as(sim.owner(), &"long ".repeat(300));
    let Some(Message::Binary(bytes)) = client.frame().await else {
        panic!("binary")
    };
    assert_eq!(inflate(&bytes)["t"], "MESSAGE_CREATE");

    let mut client = Client::connect(&sim, "").await;
    client.next().await;
    client.send(json!({"op": 2, "d": {"token": sim.token(), "intents": MESSAGES, "properties": {}, "compress": true}})).await;
    let Some(Message::Binary(bytes)) = client.frame().await else {
        panic!("binary")
    };
    let mut text = Vec::with_capacity(1 << 20);
    flate2::Decompress::new(true)
        .decompress_vec(&bytes, &mut text, flate2::FlushDecompress::Finish)
        .expect("zlib");
    assert_eq!(
        serde_json::from_slice::<Value>(&text).expect("JSON")["t"],
        "READY"
    );
    let _ = channel;
}

#[tokio::test]
async fn upgrades_are_refused_or_left_hanging_on_demand() {
    let (sim, _rest, channel) = start().await;
    let url = format!("{}/?v=10", sim.gateway_url());
    sim.refuse_upgrades(true);
    assert!(connect_async(&url).await.is_err());
    sim.refuse_upgrades(false);
    sim.never_answer_upgrade(true);
    assert!(
        tokio::time::timeout(Duration::from_millis(300), connect_async(&url))
            .await
            .is_err()
    );
    sim.never_answer_upgrade(false);
    let (mut client, session) = Client::identified(&sim, &sim.token(), MESSAGES).await;
    client.event("GUILD_CREATE").await;
    sim.black_hole(true);
    client.send(json!({"op": 1, "d": null})).await;
    sim.post_as(sim.owner(), channel, "manqué");
    assert!(
        tokio::time::timeout(Duration::from_millis(300), client.0.next())
            .await
            .is_err(),
        "nothing comes back"
    );
    sim.black_hole(false);
    let mut client = Client::connect(&sim, "").await;
    client
        .send(json!({"op": 6, "d": {"token": sim.token(), "session_id": session, "seq": 2}}))
        .await;
    client.event("MESSAGE_CREATE").await;
    assert_eq!(sim.upgrades(), 4);
}

#[tokio::test]
async fn a_client_without_heartbeats_is_given_up() {
    let options = SimOptions {
        heartbeat: Duration::from_millis(100),
        ..SimOptions::default()
    };
    let (sim, _rest, _channel) = start_with(options).await;
    let mut client = Client::connect(&sim, "").await;
    assert_eq!(client.closed_with().await, 4009);
}
