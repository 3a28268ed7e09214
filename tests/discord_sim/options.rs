//! What a test may choose before the simulator starts.

use std::time::Duration;

use super::limits::{RateLimit, default_limits};

/// Start options; `SimOptions::default()` is a French-speaking guild with four channels.
#[derive(Debug, Clone)]
pub struct SimOptions {
    /// Port of REST and gateway; 0 lets the system choose.
    pub port: u16,
    pub guild_name: String,
    pub guild_locale: String,
    /// Text channels made at start, by name.
    pub channels: Vec<String>,
    pub bot_name: String,
    /// Permissions of the bot's own role in the first guild.
    pub bot_permissions: u64,
    /// Permissions of `@everyone`.
    pub everyone_permissions: u64,
    /// Whether the main bot may ask for GUILD_MEMBERS, GUILD_PRESENCES and MESSAGE_CONTENT.
    pub privileged_intents: bool,
    pub heartbeat: Duration,
    /// How long a lost gateway session can be resumed.
    pub session_ttl: Duration,
    /// How long an enforced nonce is remembered; Discord says "the past few minutes".
    pub nonce_window: Duration,
    /// Whether a message read back by GET shows the nonce it was created with.
    pub nonce_in_history: bool,
    /// Whether Discord never finalizes the counts of polls that have ended.
    pub polls_stay_uncounted: bool,
    /// Whether a message without an explicit `allowed_mentions.parse` is a violation.
    pub require_allowed_mentions: bool,
    pub rate_limits: Vec<RateLimit>,
    /// Requests per second over all routes but those of interactions.
    pub global_per_second: u32,
    pub session_start_limit: u32,
}

impl Default for SimOptions {
    fn default() -> Self {
        Self {
            port: 0,
            guild_name: "Coalition".to_owned(),
            guild_locale: "fr".to_owned(),
            channels: ["general", "ateliers", "annonces", "organisation"]
                .map(str::to_owned)
                .to_vec(),
            bot_name: "cercles".to_owned(),
            bot_permissions: super::perms::BOT_DEFAULT,
            everyone_permissions: super::perms::EVERYONE_DEFAULT,
            privileged_intents: false,
            heartbeat: Duration::from_millis(41_250),
            session_ttl: Duration::from_secs(180),
            nonce_window: Duration::from_secs(180),
            nonce_in_history: false,
            polls_stay_uncounted: false,
            require_allowed_mentions: true,
            rate_limits: default_limits(),
            global_per_second: 50,
            session_start_limit: 1000,
        }
    }
}
