//! The Discord simulator on its own, for clients in other languages and for looking around.
//!
//! Prints one JSON line with URLs, tokens and ids, then serves until ctrl-c. `--people` adds members whose ids are
//! printed too. `--ca` writes the certificate that a client behind the HTTPS proxy must trust.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::expect_used,
    reason = "a tool for the terminal; it has nobody to hand an error to"
)]

#[path = "../tests/discord_sim/lib.rs"]
mod discord_sim;

use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;
use discord_sim::{DiscordSim, SimOptions};
use serde_json::{Map, json};

/// A strict simulator of Discord's REST v10 and gateway, on 127.0.0.1 only.
#[derive(Parser)]
struct Options {
    /// Port of REST and gateway (0: any free one).
    #[arg(long, default_value_t = 8765)]
    port: u16,
    /// Heartbeat interval in milliseconds.
    #[arg(long = "hb", default_value_t = 41_250)]
    heartbeat_ms: u64,
    /// Text channels of the guild.
    #[arg(long, value_delimiter = ',', default_values_t = SimOptions::default().channels)]
    channels: Vec<String>,
    /// Members to add, as name or name:locale.
    #[arg(long, value_delimiter = ',')]
    people: Vec<String>,
    /// Further bots, allowed the privileged intents.
    #[arg(long, value_delimiter = ',')]
    bots: Vec<String>,
    /// Allow the main bot the privileged intents.
    #[arg(long)]
    privileged: bool,
    /// Folder to write the proxy's certificate authority into.
    #[arg(long)]
    ca: Option<PathBuf>,
    /// Someone writes this in the first channel, once a second.
    #[arg(long)]
    chatter: Option<String>,
}

#[tokio::main]
async fn main() {
    let options = Options::parse();
    let sim = DiscordSim::start(SimOptions {
        port: options.port,
        channels: options.channels.clone(),
        heartbeat: Duration::from_millis(options.heartbeat_ms),
        privileged_intents: options.privileged,
        ..SimOptions::default()
    })
    .await;
    let people: Map<_, _> = options
        .people
        .iter()
        .map(|person| {
            let (name, locale) = person.split_once(':').unwrap_or((person, "fr"));
            (
                name.to_owned(),
                json!(sim.add_user(name, locale).to_string()),
            )
        })
        .collect();
    let bots: Map<_, _> = options
        .bots
        .iter()
        .map(|name| (name.clone(), json!(sim.add_bot(name))))
        .collect();
    let channels: Map<_, _> = options
        .channels
        .iter()
        .map(|name| (name.clone(), json!(sim.channel(name).to_string())))
        .collect();
    let about = json!({
        "http": sim.http_url(), "gateway": sim.gateway_url(), "proxy": sim.proxy_url(), "token": sim.token(),
        "application": sim.application_id().to_string(), "bot": sim.bot_user().to_string(),
        "guild": sim.guild().to_string(), "owner": sim.owner().to_string(), "channels": channels, "people": people,
        "bots": bots, "openapi": sim.openapi_loaded(), "ca": options.ca.as_deref().map(|folder| sim.write_ca(folder)),
    });
    println!("{about}");
    if let Some(text) = options.chatter {
        let (sim, channel) = (sim.clone(), sim.channel(&options.channels[0]));
        tokio::spawn(async move {
            let mut clock = tokio::time::interval(Duration::from_secs(1));
            loop {
                clock.tick().await;
                sim.post_as(sim.owner(), channel, &text);
            }
        });
    }
    tokio::signal::ctrl_c().await.expect("a signal handler");
    for violation in sim.violations() {
        eprintln!("{violation:?}");
    }
}
