//! The simulator's own tests: each rule refuses and is recorded, each clock runs out, each fault happens.
//!
//! They speak to it over HTTP and a websocket like any client; only `reqwest` and `tokio-tungstenite` are used.

mod clocks;
mod faults;
mod files;
mod gateway;
mod interactions;
mod permissions;
mod proxy;
mod rest;
mod rules;

use std::time::Duration;

use serde_json::{Value, json};

use super::{ChannelId, DiscordSim, SimOptions};

/// Far more than a loopback exchange takes; only reached when something is wrong.
const PATIENCE: Duration = Duration::from_secs(10);

/// The answer to one request.
struct Got {
    status: u16,
    body: Value,
    headers: reqwest::header::HeaderMap,
}

impl Got {
    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("")
    }
}

/// A bare REST client of the main bot.
struct Rest {
    sim: DiscordSim,
    http: reqwest::Client,
    token: String,
}

impl Rest {
    fn new(sim: &DiscordSim) -> Self {
        let http = reqwest::Client::builder()
            .no_proxy()
            .build()
            .expect("a client");
        Self {
            sim: sim.clone(),
            http,
            token: sim.token(),
        }
    }

    async fn try_call(
        &self,
        method: &str,
        path: &str,
        body: &Value,
    ) -> Result<Got, reqwest::Error> {
        let method = method.parse().expect("a method");
        let mut request = self
            .http
            .request(method, format!("{}/api/v10{path}", self.sim.http_url()));
        request = request.header("authorization", format!("Bot {}", self.token));
        if !body.is_null() {
            request = request.json(body);
        }
        let answer = request.send().await?;
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let body = serde_json::from_str(&answer.text().await?).unwrap_or(Value::Null);
        Ok(Got {
            status,
            body,
            headers,
        })
    }

    async fn call(&self, method: &str, path: &str, body: Value) -> Got {
        self.try_call(method, path, &body).await.expect("an answer")
    }

    async fn get(&self, path: &str) -> Got {
        self.call("GET", path, Value::Null).await
    }

    async fn say(&self, channel: ChannelId, mut body: Value) -> Got {
        if body.get("allowed_mentions").is_none() {
            body["allowed_mentions"] = json!({"parse": []});
        }
        self.call("POST", &format!("/channels/{channel}/messages"), body)
            .await
    }
}

/// A simulator without tight rate limits, its REST client, and a channel.
async fn start() -> (DiscordSim, Rest, ChannelId) {
    start_with(SimOptions {
        rate_limits: Vec::new(),
        global_per_second: 100_000,
        ..SimOptions::default()
    })
    .await
}

async fn start_with(options: SimOptions) -> (DiscordSim, Rest, ChannelId) {
    let sim = DiscordSim::start(options).await;
    let (rest, channel) = (Rest::new(&sim), sim.channel("general"));
    (sim, rest, channel)
}

/// Registers commands as the bot does.
async fn register(rest: &Rest, commands: Value) -> Got {
    let path = format!("/applications/{}/commands", rest.sim.application_id());
    rest.call("PUT", &path, commands).await
}
