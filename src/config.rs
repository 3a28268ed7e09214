//! What a steward sets: a TOML file, and environment variables over it.
//!
//! `config/cercles.example.toml` documents every setting; a test reads it. An unknown key, a missing value or a wrong
//! one is an error that names the key. Secrets (a token, a password, a passphrase) are read from a file named under
//! `<key>_file`, or from the environment; they are never logged.
//!
//! `CERCLES__DATABASE__URL` in the environment stands for `url` under `[database]`, and so on.
//!
//! # Adding a setting
//! A field with its doc comment in the section's struct, its line in the example; if it is a secret, its place in
//! [`SECRETS`].

pub mod demo;
pub mod themes;

use std::path::{Path, PathBuf};

use chrono_tz::Tz;
use config::{Environment, File, FileFormat};
use secrecy::ExposeSecret;
use serde::Deserialize;
use serde_json::Value;

use crate::domain::actor::{Account, Role};
use crate::domain::collective::Purpose;
use crate::domain::federation;
use crate::domain::language::Language;
use crate::domain::network::NetworkKind;
use crate::domain::plan::Step;
use crate::domain::privacy::Statement;
use crate::domain::standing::RoleRules;
use crate::network::discord::DiscordConfig;
use crate::network::matrix::MatrixConfig;
use crate::service::setup::{Plan, PlannedRoom};
use crate::store::Vault;
use crate::web::{self, WebConfig};

/// The example that documents every setting, for `cercles config example`.
pub const EXAMPLE: &str = include_str!("../config/cercles.example.toml");

/// Settings whose value may stand in a file of its own: section and key.
const SECRETS: [(&str, &str); 6] = [
    ("database", "url"),
    ("discord", "token"),
    ("matrix", "password"),
    ("matrix", "store_passphrase"),
    ("polls", "master_key"),
    ("web", "link_key"),
];

/// Everything a steward sets.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where the record is kept.
    pub database: DatabaseConfig,
    /// What is logged.
    #[serde(default)]
    pub log: LogConfig,
    /// Who is responsible for what is kept about people. Without it the bot runs and collects nothing.
    pub privacy: Option<Statement>,
    /// Discord, if it is used.
    pub discord: Option<DiscordConfig>,
    /// Matrix, if it is used.
    pub matrix: Option<MatrixConfig>,
    /// What polls need.
    #[serde(default)]
    pub polls: PollsConfig,
    /// The web pages, if they are served. Without them, no personal link is offered.
    pub web: Option<WebConfig>,
    /// The collectives.
    #[serde(default)]
    pub collective: Vec<CollectiveConfig>,
}

/// What polls need.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PollsConfig {
    /// What wraps the keys of confidential polls: a long random text, kept outside the database and its backups.
    pub master_key: Option<secrecy::SecretString>,
}

impl PollsConfig {
    /// The vault of that key.
    #[must_use]
    pub fn vault(&self) -> Vault {
        self.master_key
            .as_ref()
            .map_or_else(Vault::default, |key| Vault::new(key.expose_secret()))
    }
}

/// Where the record is kept.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatabaseConfig {
    /// `sqlite:cercles.db` or `postgres://user:password@host/database`.
    pub url: secrecy::SecretString,
}

/// What is logged.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LogConfig {
    /// Which lines: tracing's filter syntax.
    pub filter: String,
    /// How they look.
    pub format: LogFormat,
}

impl Default for LogConfig {
    fn default() -> Self {
        // serenity, reqwest and hyper write bodies and tokens below `warn`; matrix-sdk is noisy about 404s that
        // are no errors.
        let filter = "info,serenity=warn,reqwest=warn,hyper=warn,matrix_sdk=warn,matrix_sdk::http_client=off,sqlx=warn";
        Self {
            filter: filter.to_owned(),
            format: LogFormat::Text,
        }
    }
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// A collective.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CollectiveConfig {
    /// Its name in addresses: lower-case letters, digits, hyphens. Never changed.
    pub slug: String,
    /// Its name for people.
    pub name: String,
    /// Where it lives, as an IANA time zone.
    #[serde(default = "quebec")]
    pub time_zone: Tz,
    /// The language of rooms that name none.
    #[serde(default)]
    pub language: Language,
    /// What networks' permissions amount to.
    #[serde(default)]
    pub roles: RoleRules,
    /// The steps of its démarche, where they are its own; those of the vocabulary if left out.
    #[serde(default)]
    pub step: Vec<Step>,
    /// The slug of the collective that it stands in, where several form a federation.
    pub federation: Option<String>,
    /// Its rooms.
    #[serde(default)]
    pub room: Vec<RoomConfig>,
    /// Roles given by name, beside those that networks' permissions give.
    #[serde(default)]
    pub grant: Vec<GrantConfig>,
}

const fn quebec() -> Tz {
    Tz::America__Toronto
}

/// A room.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoomConfig {
    /// `discord` or `matrix`.
    pub network: NetworkKind,
    /// A channel id or a room id.
    pub address: String,
    /// The language of its cards; the collective's if left out.
    pub language: Option<Language>,
    /// `public` (cards are shown) or `control` (organizers and stewards steer).
    #[serde(default)]
    pub purpose: RoomPurpose,
}

/// What a room is for.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RoomPurpose {
    /// Cards are shown.
    #[default]
    Public,
    /// Organizers and stewards steer.
    Control,
}

/// A role given by name.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrantConfig {
    /// `discord` or `matrix`.
    pub network: NetworkKind,
    /// A Discord user id or a Matrix user id.
    pub account: String,
    /// `organizer`, `editor` or `steward`.
    pub role: Role,
}

/// Why configuration cannot be used. Says which key, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file is missing or is no TOML, or a variable cannot be read.
    #[error("{0}")]
    Unreadable(#[from] config::ConfigError),
    /// A setting is missing, unknown or wrong.
    #[error("{path}: {reason}")]
    Setting {
        /// The key, with its section.
        path: String,
        /// What is wrong.
        reason: String,
    },
    /// The file that holds a secret cannot be read.
    #[error("{key}: cannot read {file}: {error}")]
    Secret {
        /// The key that names the file.
        key: String,
        /// The file.
        file: PathBuf,
        /// Why.
        error: std::io::Error,
    },
}

impl Config {
    /// Reads the file, and the environment over it.
    ///
    /// # Errors
    /// See [`ConfigError`].
    pub fn load(file: &Path) -> Result<Self, ConfigError> {
        let read = config::Config::builder()
            .add_source(File::from(file).format(FileFormat::Toml))
            .add_source(
                Environment::with_prefix("CERCLES")
                    .prefix_separator("__")
                    .separator("__")
                    .try_parsing(true),
            )
            .build()?;
        Self::from_tree(read.try_deserialize()?)
    }

    /// Reads a text in TOML, without the environment.
    ///
    /// # Errors
    /// See [`ConfigError`].
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let read = config::Config::builder()
            .add_source(File::from_str(text, FileFormat::Toml))
            .build()?;
        Self::from_tree(read.try_deserialize()?)
    }

    fn from_tree(mut tree: Value) -> Result<Self, ConfigError> {
        for (section, key) in SECRETS {
            if let Some(section_tree) = tree.get_mut(section).and_then(Value::as_object_mut) {
                resolve_secret(section_tree, section, key)?;
            }
        }
        let config: Self =
            serde_path_to_error::deserialize(tree).map_err(|error| ConfigError::Setting {
                path: error.path().to_string(),
                reason: error.inner().to_string(),
            })?;
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), ConfigError> {
        let wrong = |path: String, reason: &str| {
            Err(ConfigError::Setting {
                path,
                reason: reason.to_owned(),
            })
        };
        if let Some(key) = self.privacy.as_ref().and_then(Statement::fault) {
            return wrong(
                format!("privacy.{key}"),
                "people are shown this before anything is kept; it cannot be empty, and an e-mail address must be one",
            );
        }
        if let Some((key, error)) = self.web.as_ref().and_then(|web| web.links().err()) {
            return wrong(format!("web.{key}"), &error.to_string());
        }
        let federations = self.collective.iter();
        let federations = federations.map(|one| (one.slug.as_str(), one.federation.as_deref()));
        let federations = federations.collect();
        let mut slugs = std::collections::BTreeSet::new();
        let mut rooms = std::collections::BTreeSet::new();
        for (n, collective) in self.collective.iter().enumerate() {
            let slug = &collective.slug;
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            if slug.is_empty() || !slug.chars().all(plain) {
                return wrong(
                    format!("collective[{n}].slug"),
                    "expected lower-case letters, digits and hyphens",
                );
            }
            if self.web.is_some() && web::RESERVED.contains(&slug.as_str()) {
                return wrong(
                    format!("collective[{n}].slug"),
                    "that is a word of the website's own addresses; choose another",
                );
            }
            if !slugs.insert(slug) {
                return wrong(
                    format!("collective[{n}].slug"),
                    "another collective has the same",
                );
            }
            if let Err(error) = federation::check(slug, &federations) {
                return wrong(format!("collective[{n}].federation"), &error.to_string());
            }
            for (m, room) in collective.room.iter().enumerate() {
                if !rooms.insert((room.network, &room.address)) {
                    return wrong(
                        format!("collective[{n}].room[{m}].address"),
                        "the room is listed twice; a room belongs to one collective",
                    );
                }
            }
        }
        Ok(())
    }

    /// The collectives, for [`service::setup`](crate::service::setup).
    #[must_use]
    pub fn plans(&self) -> Vec<Plan> {
        self.collective.iter().map(CollectiveConfig::plan).collect()
    }
}

impl CollectiveConfig {
    fn plan(&self) -> Plan {
        Plan {
            slug: self.slug.clone(),
            name: self.name.clone(),
            zone: self.time_zone,
            language: self.language,
            steps: self.step.clone(),
            federation: self.federation.clone(),
            roles: self.roles.clone(),
            rooms: self
                .room
                .iter()
                .map(|room| PlannedRoom {
                    network: room.network,
                    address: room.address.clone(),
                    language: room.language,
                    purpose: match room.purpose {
                        RoomPurpose::Public => Purpose::Public,
                        RoomPurpose::Control => Purpose::Control,
                    },
                })
                .collect(),
            grants: self
                .grant
                .iter()
                .map(|grant| {
                    let account = Account {
                        network: grant.network,
                        address: grant.account.clone(),
                    };
                    (account, grant.role)
                })
                .collect(),
        }
    }
}

/// Puts the content of the file named under `<key>_file` in the key's place.
fn resolve_secret(
    section: &mut serde_json::Map<String, Value>,
    name: &str,
    key: &str,
) -> Result<(), ConfigError> {
    if let Some(Value::Number(number)) = section.get(key) {
        // A password of digits that came from the environment is a text all the same.
        let text = number.to_string();
        section.insert(key.to_owned(), Value::String(text));
    }
    let file_key = format!("{key}_file");
    let Some(file) = section.remove(&file_key) else {
        return Ok(());
    };
    let key_path = format!("{name}.{file_key}");
    let file = file
        .as_str()
        .map(PathBuf::from)
        .ok_or_else(|| ConfigError::Setting {
            path: key_path.clone(),
            reason: "expected the path of a file".to_owned(),
        })?;
    let secret = std::fs::read_to_string(&file).map_err(|error| ConfigError::Secret {
        key: key_path,
        file,
        error,
    })?;
    section.insert(key.to_owned(), Value::String(secret.trim().to_owned()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = "[database]\nurl = \"sqlite:x.db\"\n";

    #[test]
    fn the_example_can_be_used_as_it_is() {
        let example = SECRETS.iter().fold(EXAMPLE.to_owned(), |text, (_, key)| {
            // A key of the length that an example of a path does not have.
            text.replace(&format!("{key}_file = "), &format!("{key} = "))
                .replace("secrets/link-key", "0123456789abcdef0123456789abcdef")
        });
        let config = Config::parse(&example).unwrap();
        assert!(config.discord.is_some() && config.matrix.is_some() && config.web.is_some());
        assert!(config.privacy.is_some());
        assert_eq!(config.plans().len(), 1);
    }

    #[test]
    fn errors_name_the_key() {
        for (text, key) in [
            ("", "database"),
            (
                "[database]\nurl = \"sqlite:x\"\n[databse]\nx = 1\n",
                "databse",
            ),
            ("[database]\nurl = \"sqlite:x\"\nurll = \"y\"\n", "urll"),
            (
                "[database]\nurl = \"sqlite:x\"\n[discord]\nguilds = []\n",
                "token",
            ),
            (
                "[database]\nurl = \"sqlite:x\"\n[[collective]]\nslug = \"a\"\nname = \"A\"\ntime_zone = \"Nowhere\"\n",
                "time_zone",
            ),
            (
                "[database]\nurl = \"sqlite:x\"\n[[collective]]\nslug = \"A b\"\nname = \"A\"\n",
                "slug",
            ),
            (
                "[database]\nurl = \"sqlite:x\"\n[[collective]]\nslug = \"a\"\nname = \"A\"\nfederation = \"b\"\n",
                "collective[0].federation: no collective has that slug",
            ),
            (
                "[database]\nurl = \"sqlite:x\"\n[[collective]]\nslug = \"a\"\nname = \"A\"\nfederation = \"b\"\n\
                 [[collective]]\nslug = \"b\"\nname = \"B\"\nfederation = \"a\"\n",
                "collective[0].federation: a collective cannot stand in itself",
            ),
            (
                "[database]\nurl = \"sqlite:x\"\n[web]\nlisten = \"127.0.0.1:80\"\npublic_url = \"https://x.org\"\nlink_key = \"0123456789abcdef0123456789abcdef\"\n[[collective]]\nslug = \"agenda\"\nname = \"A\"\n",
                "slug",
            ),
            (
                "[database]\nurl = \"sqlite:x\"\n[log]\nformat = \"xml\"\n",
                "format",
            ),
            (
                "[database]\nurl = \"sqlite:x\"\n[privacy]\norganisation = \"A\"\nofficer = \"B\"\nemail = \"nobody\"\nhosting = \"C\"\naccess = \"D\"\n",
                "privacy.email",
            ),
            (
                "[database]\nurl = \"sqlite:x\"\n[privacy]\norganisation = \"A\"\nemial = \"a@b.ca\"\n",
                "emial",
            ),
            (
                "[database]\nurl = \"sqlite:x\"\n[[collective]]\nslug = \"a\"\nname = \"A\"\n[collective.roles]\ndiscord_editor = [\"manage_all\"]\n",
                "manage_all",
            ),
            (
                "[database]\nurl = \"sqlite:x\"\n[web]\nlisten = \"127.0.0.1:80\"\npublic_url = \"https://x.org\"\nlink_key = \"short\"\n",
                "web.link_key",
            ),
            (
                "[database]\nurl = \"sqlite:x\"\n[web]\nlisten = \"127.0.0.1\"\n",
                "web.listen",
            ),
        ] {
            let error = Config::parse(text).unwrap_err().to_string();
            assert!(error.contains(key), "{text}: {error}");
        }
    }

    #[test]
    fn secrets_come_from_files_and_are_not_shown() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "hush-hush\n").unwrap();
        let text = format!("{SMALL}[discord]\ntoken_file = {:?}\n", file.path());
        let config = Config::parse(&text).unwrap();
        assert_eq!(
            config.discord.as_ref().unwrap().token.expose_secret(),
            "hush-hush"
        );
        assert!(!format!("{config:?}").contains("hush"));
        let missing = format!("{SMALL}[discord]\ntoken_file = \"/nowhere/at/all\"\n");
        assert!(
            Config::parse(&missing)
                .unwrap_err()
                .to_string()
                .contains("discord.token_file")
        );
    }
}
