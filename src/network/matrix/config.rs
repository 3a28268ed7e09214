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
    fn a_field_with_a_typing_error_is_refused() {
        let section = serde_json::json!({
            "homeserver": "https://example.org", "user": "cercles", "state_dir": "/tmp/x", "pasword": "x",
        });
        assert!(serde_json::from_value::<MatrixConfig>(section).is_err());
    }
}
