//! What a steward can set about Discord, checked before anything is opened.
//!
//! To add a setting: a field with its doc comment (what it means, its unit, its default), its check in
//! [`DiscordConfig::validate`], its line in the example configuration.

use std::path::PathBuf;

use secrecy::SecretString;
use serde::Deserialize;

use super::error::DiscordError;

/// The section `[discord]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DiscordConfig {
    /// The bot's token. The caller resolves it (from a file or the environment); it is never logged.
    pub token: SecretString,
    /// Servers (guilds) whose members get the commands, by id. Empty: every server that invites the bot, and
    /// private messages (Discord may take an hour to show a change everywhere). With ids, commands exist in these servers only.
    #[serde(default)]
    pub guilds: Vec<u64>,
    /// Whether announced workshops are mirrored in the servers' own lists of events, which needs Create Events. Default: true;
    /// where the bot may not, nothing is lost, and `cercles doctor` says so.
    #[serde(default = "yes")]
    pub scheduled_events: bool,
    /// An HTTP proxy (`http://host:port`) that requests to Discord go through by CONNECT. The connection
    /// by which events arrive does not use it. Default: none; the system's proxy variables are not read.
    #[serde(default)]
    pub api_proxy: Option<String>,
    /// A file of root certificates in PEM, trusted for requests to Discord beside the built-in ones:
    /// for proxies that look inside TLS, and for tests.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
    /// Where events come from, if not Discord's own gateway: `wss://host` or `ws://host:port`.
    #[serde(default)]
    pub gateway_url: Option<String>,
    /// The first shard that this process runs. Default 0.
    #[serde(default)]
    pub shard_first: u32,
    /// How many shards this process runs, from `shard_first`. Default 1.
    #[serde(default = "one")]
    pub shard_count: u32,
    /// How many shards there are over all processes. Default 1. Discord demands more than one from 2,500 servers.
    #[serde(default = "one")]
    pub shard_total: u32,
}

const fn yes() -> bool {
    true
}

const fn one() -> u32 {
    1
}

impl DiscordConfig {
    /// The configuration that only says the token.
    #[must_use]
    pub const fn new(token: SecretString) -> Self {
        Self {
            token,
            guilds: Vec::new(),
            scheduled_events: true,
            api_proxy: None,
            ca_file: None,
            gateway_url: None,
            shard_first: 0,
            shard_count: 1,
            shard_total: 1,
        }
    }

    /// Checks what would otherwise fail late, or panic inside a library.
    ///
    /// # Errors
    /// [`DiscordError::Config`] with the field's name.
    pub fn validate(&self) -> Result<(), DiscordError> {
        use secrecy::ExposeSecret as _;
        let token = self.token.expose_secret().trim();
        // A token ends up in an HTTP header: anything else would be refused there with an unclear error.
        if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(DiscordError::Config(
                "token: it is empty or holds a space or a control character",
            ));
        }
        if let Some(gateway) = &self.gateway_url {
            check_gateway(gateway).map_err(|()| {
                DiscordError::Config("gateway_url: expected wss://host or ws://host:port")
            })?;
        }
        if let Some(proxy) = &self.api_proxy {
            let good = url::Url::parse(proxy)
                .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.host().is_some());
            if !good {
                return Err(DiscordError::Config("api_proxy: expected http://host:port"));
            }
        }
        if self.guilds.contains(&0) {
            return Err(DiscordError::Config("guilds: 0 is no id"));
        }
        let end = self.shard_first.checked_add(self.shard_count);
        if self.shard_count == 0 || end.is_none_or(|end| end > self.shard_total) {
            return Err(DiscordError::Config(
                "shards: shard_first + shard_count must be at most shard_total, and shard_count at least 1",
            ));
        }
        Ok(())
    }
}

/// Whether `address` can be a gateway's: twilight panics on one that is no URL, and appends `/?v=10…` to it.
pub(super) fn check_gateway(address: &str) -> Result<(), ()> {
    let url = url::Url::parse(address).map_err(|_| ())?;
    let good = matches!(url.scheme(), "ws" | "wss")
        && url.host().is_some()
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty();
    if good { Ok(()) } else { Err(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> DiscordConfig {
        DiscordConfig::new(SecretString::from("a.b.c"))
    }

    #[test]
    fn a_token_alone_is_a_configuration() {
        assert!(config().validate().is_ok());
        let read: DiscordConfig = toml::from_str("token = \"a.b.c\"").unwrap();
        assert_eq!(
            (read.shard_first, read.shard_count, read.shard_total),
            (0, 1, 1)
        );
    }

    #[test]
    fn an_unknown_setting_is_refused() {
        assert!(toml::from_str::<DiscordConfig>("token = \"a\"\ngild = [1]").is_err());
    }

    #[test]
    fn what_cannot_work_is_refused_before_anything_is_opened() {
        for gateway in [
            "",
            "gateway.discord.gg",
            "http://x",
            "ws://",
            "ws://h/?a=b",
            "ws://a b",
        ] {
            let wrong = DiscordConfig {
                gateway_url: Some(gateway.to_owned()),
                ..config()
            };
            assert!(wrong.validate().is_err(), "{gateway}");
        }
        let shards = DiscordConfig {
            shard_first: 1,
            ..config()
        };
        assert!(shards.validate().is_err());
        let token = DiscordConfig::new(SecretString::from("a\nb"));
        assert!(token.validate().is_err());
        let debug = format!("{:?}", config());
        assert!(!debug.contains("a.b.c"), "{debug}");
    }
}
