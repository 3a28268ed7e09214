//! The backup of our keys on the homeserver, and the key to it in a file of the steward's.
//!
//! Optional. It never replaces a key that exists: that could be the one in somebody's safe.

use std::path::Path;

use matrix_sdk::Client;
use matrix_sdk::encryption::recovery::RecoveryState;

use super::session::write_private;

/// Enables recovery once, and writes its key; after a fresh login, takes the keys back with it.
/// What goes wrong is only told: the network works without.
pub(super) async fn set_up(client: &Client, file: &Path) {
    client
        .encryption()
        .wait_for_e2ee_initialization_tasks()
        .await;
    let recovery = client.encryption().recovery();
    match (recovery.state(), std::fs::read_to_string(file)) {
        (RecoveryState::Enabled, Ok(_)) => {}
        (RecoveryState::Enabled, Err(_)) => {
            tracing::info!(
                "matrix: recovery is on; its key is not in the configured file any more"
            );
        }
        (RecoveryState::Incomplete, Ok(key)) => match recovery.recover(key.trim()).await {
            Ok(()) => tracing::info!("matrix: the keys are recovered"),
            Err(error) => {
                tracing::error!(%error, "matrix: the recovery key does not open the backup")
            }
        },
        (RecoveryState::Incomplete, Err(_)) => tracing::warn!(
            file = %file.display(),
            "matrix: a backup exists, but its recovery key is not in the file: old messages stay unreadable"
        ),
        (RecoveryState::Disabled, found) => {
            if found.is_ok_and(|text| !text.is_empty()) {
                tracing::error!(
                    file = %file.display(),
                    "matrix: recovery is off, but its file holds a key; move the file away to begin anew"
                );
                return;
            }
            // Now, rather than when the key exists and nobody has it.
            if let Err(error) = write_private(file, b"") {
                tracing::error!(file = %file.display(), %error, "matrix: no recovery: the file cannot be written");
                return;
            }
            match recovery.enable().await {
                Ok(key) => match write_private(file, format!("{key}\n").as_bytes()) {
                    Ok(()) => {
                        tracing::info!(file = %file.display(), "matrix: the recovery key is written")
                    }
                    Err(error) => {
                        tracing::error!(%error, "matrix: the recovery key cannot be written")
                    }
                },
                Err(error) => tracing::error!(%error, "matrix: recovery cannot be enabled"),
            }
        }
        (RecoveryState::Unknown, _) => tracing::warn!("matrix: the state of recovery is unknown"),
    }
}
