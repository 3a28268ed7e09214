//! Our device: one login for ever, its session file, and the stores of its keys beside it.
//!
//! A device id must never meet an empty store of keys: the homeserver would keep the old ones, refuse the new
//! ones, and encrypted rooms would be silent for good. So a session without its store is refused here, a
//! store without its session is set aside, and the device's public key is compared with the one that was saved.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use matrix_sdk::authentication::matrix::MatrixSession;
use matrix_sdk::config::RequestConfig;
use matrix_sdk::encryption::{BackupDownloadStrategy, EncryptionSettings};
use matrix_sdk::store::{StateStoreDataKey, StateStoreDataValue};
use matrix_sdk::{Client, ClientBuildError, SessionMeta, SessionTokens};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use super::config::MatrixConfig;
use super::error::{MatrixError, session_ended};

/// The file that holds the session.
const SESSION: &str = "session.json";
/// How long a call may take before it counts as lost.
const TIMEOUT: std::time::Duration = std::time::Duration::from_secs(30);

/// The folder that holds our device. Held by one process at a time.
pub(super) struct Folder {
    path: PathBuf,
    _lock: File,
}

/// What `session.json` holds.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Saved {
    user_id: String,
    device_id: String,
    access_token: String,
    /// The device's public signing key: the store must hold its other half.
    ed25519: String,
    /// Whether the stores have a passphrase: opening them without it would start new, empty ones inside.
    encrypted: bool,
    /// When the device was made: transaction ids of older sends were another device's.
    pub since: DateTime<Utc>,
}

impl Folder {
    /// Opens (or makes) the folder and takes it for this process.
    pub fn open(path: &Path) -> Result<Self, MatrixError> {
        let failed = |error| MatrixError::Folder {
            path: path.to_owned(),
            error,
        };
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(path)
            .map_err(failed)?;
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(path.join("lock"))
            .map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self {
                path: path.to_owned(),
                _lock: lock,
            }),
            Err(fs::TryLockError::WouldBlock) => Err(MatrixError::InUse(path.to_owned())),
            Err(fs::TryLockError::Error(error)) => Err(failed(error)),
        }
    }

    /// Where the session is saved.
    pub fn session_file(&self) -> PathBuf {
        self.path.join(SESSION)
    }

    fn store(&self) -> PathBuf {
        self.path.join("store")
    }

    fn saved(&self) -> Result<Option<Saved>, MatrixError> {
        read_saved(&self.path)
    }

    /// Moves a store whose session is gone out of the way: a new device must not find another one's keys, and
    /// nobody's keys are deleted.
    fn set_old_store_aside(&self, now: DateTime<Utc>) -> Result<(), MatrixError> {
        let path = self.store();
        if !path.exists() {
            return Ok(());
        }
        let aside = self
            .path
            .join(format!("store.{}", now.format("%Y%m%dT%H%M%S%.3fZ")));
        tracing::warn!(aside = %aside.display(), "matrix: the keys of an earlier device are set aside");
        fs::rename(&path, &aside).map_err(|error| MatrixError::Folder { path, error })
    }
}

/// The access token of the session that is saved in `path`, without taking the folder for this process.
pub(super) fn saved_token(path: &Path) -> Result<Option<String>, MatrixError> {
    Ok(read_saved(path)?.map(|saved| saved.access_token))
}

fn read_saved(folder: &Path) -> Result<Option<Saved>, MatrixError> {
    let path = folder.join(SESSION);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(MatrixError::Folder { path, error }),
    };
    match serde_json::from_str(&text) {
        Ok(saved) => Ok(Some(saved)),
        // Not the parser's own words: they could quote the token.
        Err(error) => Err(MatrixError::Session {
            path,
            error: format!("line {}, column {}", error.line(), error.column()),
        }),
    }
}

/// Our device, opened.
pub(super) struct Opened {
    /// Logged in if there was a session.
    pub client: Client,
    /// The session.
    pub saved: Option<Saved>,
    /// Where the SDK's own store was in the homeserver's stream.
    pub position: Option<String>,
}

/// Opens our device: its stores, and its session if there is one. Speaks to no homeserver.
pub(super) async fn open(
    config: &MatrixConfig,
    folder: &Folder,
    cursor: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Opened, MatrixError> {
    let saved = folder.saved()?;
    match &saved {
        None => {
            if config.password.is_none() {
                return Err(MatrixError::NoPassword);
            }
            folder.set_old_store_aside(now)?;
        }
        Some(saved) => {
            if !same_account(&config.user, &saved.user_id) {
                return Err(MatrixError::OtherAccount {
                    session: folder.session_file(),
                    theirs: saved.user_id.clone(),
                    ours: config.user.clone(),
                });
            }
            if !folder.store().join("matrix-sdk-crypto.sqlite3").exists() {
                return Err(store_gone(folder));
            }
            if saved.encrypted != config.store_passphrase.is_some() {
                return Err(MatrixError::Passphrase(folder.store()));
            }
        }
    }
    let client = build(config, folder).await?;
    let mut position = None;
    if let Some(saved) = &saved {
        let value = client
            .state_store()
            .get_kv_data(StateStoreDataKey::SyncToken)
            .await;
        position = value
            .ok()
            .flatten()
            .and_then(StateStoreDataValue::into_sync_token);
        restore(&client, folder, saved, cursor).await?;
    }
    Ok(Opened {
        client,
        saved,
        position,
    })
}

async fn build(config: &MatrixConfig, folder: &Folder) -> Result<Client, MatrixError> {
    let passphrase = config
        .store_passphrase
        .as_ref()
        .map(ExposeSecret::expose_secret);
    let encryption = EncryptionSettings {
        auto_enable_cross_signing: true,
        backup_download_strategy: BackupDownloadStrategy::AfterDecryptionFailure,
        // Recovery makes the backup, together with a key that somebody holds.
        auto_enable_backups: false,
    };
    Client::builder()
        .homeserver_url(&config.homeserver)
        .sqlite_store(folder.store(), passphrase)
        .with_encryption_settings(encryption)
        // By itself the SDK waits a rate limit out inside the call, up to a quarter of an hour.
        .request_config(RequestConfig::new().retry_limit(1).timeout(TIMEOUT))
        .user_agent(concat!("cercles/", env!("CARGO_PKG_VERSION")))
        .build()
        .await
        .map_err(|error| match error {
            // The SDK does not export the type of this error.
            ClientBuildError::SqliteStore(error) if error.to_string().contains("cipher") => {
                MatrixError::Passphrase(folder.store())
            }
            error => MatrixError::Other(error.to_string()),
        })
}

async fn restore(
    client: &Client,
    folder: &Folder,
    saved: &Saved,
    cursor: Option<&str>,
) -> Result<(), MatrixError> {
    let other = |error: &dyn std::fmt::Display| MatrixError::Other(error.to_string());
    // The SDK saves its position before anybody has handled the events, and drops an answer that ends at the
    // position it has: after a crash in between, the homeserver's repeated answer would be dropped. So its
    // position is set back to ours, before it reads it.
    let store = client.state_store();
    match cursor {
        Some(cursor) => {
            let value = StateStoreDataValue::SyncToken(cursor.to_owned());
            store.set_kv_data(StateStoreDataKey::SyncToken, value).await
        }
        None => store.remove_kv_data(StateStoreDataKey::SyncToken).await,
    }
    .map_err(|error| other(&error))?;
    let session = MatrixSession {
        meta: SessionMeta {
            user_id: saved
                .user_id
                .as_str()
                .try_into()
                .map_err(|error| other(&error))?,
            device_id: saved.device_id.as_str().into(),
        },
        tokens: SessionTokens {
            access_token: saved.access_token.clone(),
            refresh_token: None,
        },
    };
    client
        .restore_session(session)
        .await
        .map_err(|error| match error {
            matrix_sdk::Error::CryptoStoreError(_) => store_gone(folder),
            error => other(&error),
        })?;
    match client.encryption().ed25519_key().await {
        Some(key) if key == saved.ed25519 => Ok(()),
        _ => Err(store_gone(folder)),
    }
}

/// Logs in by password, and saves the session. `Ok(None)`: the homeserver cannot be reached, try later.
pub(super) async fn log_in(
    client: &Client,
    config: &MatrixConfig,
    folder: &Folder,
    now: DateTime<Utc>,
) -> Result<Option<Saved>, MatrixError> {
    let password = config
        .password
        .as_ref()
        .map_or("", SecretString::expose_secret);
    let login = client
        .matrix_auth()
        .login_username(&config.user, password)
        .initial_device_display_name("Cercles");
    if let Err(error) = login.send().await {
        let refused = matches!(
            error
                .as_client_api_error()
                .map(|answer| answer.status_code.as_u16()),
            Some(400..=407 | 409..=428)
        );
        if refused || session_ended(&error) {
            let reason = error.to_string();
            return Err(MatrixError::Login {
                user: config.user.clone(),
                reason,
            });
        }
        tracing::warn!(%error, "matrix: cannot log in yet");
        return Ok(None);
    }
    let session = client
        .matrix_auth()
        .session()
        .ok_or_else(|| MatrixError::Other("a login without a session".to_owned()))?;
    let saved = Saved {
        user_id: session.meta.user_id.to_string(),
        device_id: session.meta.device_id.to_string(),
        access_token: session.tokens.access_token,
        ed25519: client.encryption().ed25519_key().await.unwrap_or_default(),
        encrypted: config.store_passphrase.is_some(),
        since: now,
    };
    let path = folder.session_file();
    let failed = |error: io::Error| MatrixError::Folder {
        path: path.clone(),
        error,
    };
    let text = serde_json::to_vec(&saved).map_err(|error| failed(error.into()))?;
    write_private(&path, &text).map_err(failed)?;
    tracing::info!(
        user = saved.user_id,
        device = saved.device_id,
        "matrix: logged in"
    );
    Ok(Some(saved))
}

/// Writes a file that only we may read, whole or not at all.
pub(super) fn write_private(path: &Path, content: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let new = folder.join(name);
    // Left by a crash, perhaps with other permissions.
    match fs::remove_file(&new) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&new)?;
    file.write_all(content)?;
    file.sync_all()?;
    fs::rename(&new, path)?;
    File::open(folder)?.sync_all()
}

fn same_account(configured: &str, user_id: &str) -> bool {
    configured == user_id
        || user_id
            .strip_prefix('@')
            .and_then(|rest| rest.strip_prefix(configured))
            .is_some_and(|rest| rest.starts_with(':'))
}

fn store_gone(folder: &Folder) -> MatrixError {
    MatrixError::StoreGone {
        session: folder.session_file(),
        store: folder.store(),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_localpart_or_a_full_id_names_the_account_of_a_session() {
        for (configured, same) in [
            ("cercles", true),
            ("@cercles:ici.ca", true),
            ("cerc", false),
            ("@cercles", false),
            ("@cercles:la.ca", false),
        ] {
            assert_eq!(
                same_account(configured, "@cercles:ici.ca"),
                same,
                "{configured}"
            );
        }
    }

    #[test]
    fn a_private_file_is_replaced_whole_and_read_by_us_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("session.json");
        write_private(&path, b"one").unwrap();
        write_private(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_serves_one_process_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let held = Folder::open(folder.path()).unwrap();
        assert!(matches!(
            Folder::open(folder.path()),
            Err(MatrixError::InUse(_))
        ));
        drop(held);
        assert!(Folder::open(folder.path()).is_ok());
    }
}
