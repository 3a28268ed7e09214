//! The `[matrix]` section of the configuration.

use std::path::PathBuf;

use secrecy::SecretString;
use serde::Deserialize;
use url::Url;

/// How to reach the homeserver, and where our device lives.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MatrixConfig {
    /// The homeserver's client API: `https://matrix.example.org`.
    pub homeserver: Url,
    /// Our account: `@cercles:example.org`, or only `cercles`.
    pub user: String,
    /// The account's password. Needed for the first login only; afterwards the saved session is used.
    #[serde(default)]
    pub password: Option<SecretString>,
    /// The folder of our device: `session.json`, and the stores of keys and of rooms under `store/`. All of it
    /// belongs together, in backups too: a session without its keys cannot read encrypted rooms again.
    pub state_dir: PathBuf,
    /// What encrypts the stores on disk. It cannot be changed later. Without it they are readable to whoever
    /// can read the folder.
    #[serde(default)]
    pub store_passphrase: Option<SecretString>,
    /// Where to write the recovery key of our keys' backup on the homeserver, once. Move it to a safe place, and
    /// put it back here before a fresh login. Without it there is no backup.
    #[serde(default)]
    pub recovery_key_file: Option<PathBuf>,
    /// Whose invitations we accept: user ids, or `*:example.org` for everyone of a server. Empty: nobody's.
    #[serde(default)]
    pub invites_from: Vec<String>,
    /// User ids of bridges, with `*` for any text: whoever writes through a bridge is told how to act instead. The
    /// default knows mautrix-discord and matrix-appservice-discord.
    #[serde(default = "bridges")]
    pub bridge_puppets: Vec<String>,
}

/// The patterns of <https://docs.mau.fi/bridges/go/discord/> (`@discord_1234:server`, its bot `@discordbot:server`) and of
/// <https://github.com/matrix-org/matrix-appservice-discord> (`@_discord_1234:server`, its bot `@_discord_bot:server`).
fn bridges() -> Vec<String> {
    ["@discord_*:*", "@discordbot:*", "@_discord_*:*"]
        .map(str::to_owned)
        .to_vec()
}

impl MatrixConfig {
    /// Whether we accept invitations of `user`.
    #[must_use]
    pub fn welcomes(&self, user: &str) -> bool {
        self.invites_from
            .iter()
            .any(|allowed| match allowed.strip_prefix("*:") {
                Some(server) => user
                    .split_once(':')
                    .is_some_and(|(_, theirs)| theirs == server),
                None => allowed == user,
            })
    }

    /// Whether `user` is a bridge's.
    #[must_use]
    pub fn is_bridged(&self, user: &str) -> bool {
        self.bridge_puppets
            .iter()
            .any(|pattern| matches(pattern, user))
    }
}

/// Whether a text has the form of a pattern in which `*` stands for any text.
fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else {
        return false;
    };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else {
        return rest.is_empty();
    };
    for part in parts {
        let Some(at) = rest.find(part) else {
            return false;
        };
        rest = rest.get(at + part.len()..).unwrap_or_default();
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invitations_are_accepted_of_listed_people_and_servers_only() {
        let config: MatrixConfig = serde_json::from_value(serde_json::json!({
            "homeserver": "https://example.org",
            "user": "cercles",
            "state_dir": "/tmp/x",
            "invites_from": ["@ana:ici.ca", "*:coop.ca:8448", "*:org.ca"],
        }))
        .unwrap();
        for (user, welcome) in [
            ("@ana:ici.ca", true),
            ("@bob:ici.ca", false),
            ("@bob:coop.ca:8448", true),
            ("@bob:coop.ca", false),
            ("@bob:org.ca", true),
            ("@bob:evilorg.ca", false),
            ("@bob:evil.ca:org.ca", false),
            ("", false),
        ] {
            assert_eq!(config.welcomes(user), welcome, "{user}");
        }
    }

    #[test]
    fn puppets_of_the_known_bridges_are_told_from_people() {
        let config: MatrixConfig = serde_json::from_value(serde_json::json!({
            "homeserver": "https://example.org", "user": "cercles", "state_dir": "/tmp/x",
        }))
        .unwrap();
        for (user, bridged) in [
            ("@discord_123456:ici.ca", true),
            ("@discordbot:ici.ca", true),
            ("@_discord_123456:ici.ca", true),
            ("@_discord_bot:ici.ca", true),
            ("@discordia:ici.ca", false),
            ("@ana:discord_.ca", false),
            ("@ana_discord_1:ici.ca", false),
            ("", false),
        ] {
            assert_eq!(config.is_bridged(user), bridged, "{user}");
        }
        for (pattern, text, fits) in [
            ("@a:b", "@a:b", true),
            ("@a:b", "@a:bc", false),
            ("@a*:b", "@a:b", true),
            ("*x*y*", "axbyc", true),
            ("*x*y*", "aybxc", false),
            ("aa*aa", "aaa", false),
        ] {
            assert_eq!(matches(pattern, text), fits, "{pattern} {text}");
        }
    }

    #[test]
    fn a_field_with_a_typing_error_is_refused() {
        let section = serde_json::json!({
            "homeserver": "https://example.org", "user": "cercles", "state_dir": "/tmp/x", "pasword": "x",
        });
        assert!(serde_json::from_value::<MatrixConfig>(section).is_err());
    }
}
