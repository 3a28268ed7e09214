//! Brings the commands to Discord, when they differ from what Discord has.
//!
//! Discord allows 200 creations a day per server, and every change reloads everyone's menus: so what was
//! registered, and where, is kept as a durable note, and only a difference is sent.

use std::num::NonZeroU64;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use tokio_util::sync::CancellationToken;

use super::error::{Failure, code};
use super::host::Host;
use super::rest::Rest;

const NOTE: &str = "commands";

/// What was registered last.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Registered {
    /// Hash of commands, scope and application.
    hash: String,
    /// Servers; empty for everywhere.
    guilds: Vec<NonZeroU64>,
}

/// Registers `commands` for `guilds` (none: everywhere) of `application`, unless they are registered already.
/// Goes on trying while Discord or the database is away; gives up on what trying again does not change.
pub(super) async fn keep_registered(
    rest: &Rest,
    desk: &dyn Host,
    application: NonZeroU64,
    guilds: &[NonZeroU64],
    commands: &[Value],
    stop: &CancellationToken,
) {
    let mut pause = Duration::from_secs(5);
    loop {
        match register(rest, desk, application, guilds, commands).await {
            Ok(changed) => {
                tracing::info!(
                    changed,
                    commands = commands.len(),
                    "discord: commands are registered"
                );
                return;
            }
            Err(Trouble::Passing(reason)) => {
                tracing::warn!(%reason, again_in = ?pause, "discord: commands not registered yet");
            }
            Err(Trouble::Lasting(reason)) => {
                tracing::error!(%reason, "discord: commands could not be registered");
                return;
            }
        }
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = stop.cancelled() => return,
        }
        pause = (pause * 2).min(Duration::from_mins(10));
    }
}

enum Trouble {
    Passing(String),
    Lasting(String),
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        if failure.is_passing() {
            Self::Passing(failure.to_string())
        } else {
            Self::Lasting(failure.to_string())
        }
    }
}

async fn register(
    rest: &Rest,
    desk: &dyn Host,
    application: NonZeroU64,
    guilds: &[NonZeroU64],
    commands: &[Value],
) -> Result<bool, Trouble> {
    let wanted = Registered {
        hash: hash(application, guilds, commands),
        guilds: guilds.to_vec(),
    };
    let note = desk.note(NOTE).await.map_err(Trouble::Passing)?;
    let before: Option<Registered> = note
        .as_deref()
        .and_then(|note| serde_json::from_str(note).ok());
    if before.as_ref() == Some(&wanted) {
        return Ok(false);
    }
    let body = Value::Array(commands.to_vec());
    let scopes = scopes(guilds);
    for scope in &scopes {
        rest.put_commands(*scope, &body).await?;
    }
    // Where the commands were before and should no longer be: they would show twice.
    for left in before
        .iter()
        .flat_map(|before| self::scopes(&before.guilds))
    {
        if !scopes.contains(&left) {
            match rest.put_commands(left, &Value::Array(Vec::new())).await {
                // Thrown out of that server meanwhile: nothing is left to clear there.
                Err(failure) if matches!(failure.code(), Some(code::UNKNOWN_GUILD | 50_001)) => {}
                other => other?,
            }
        }
    }
    let note =
        serde_json::to_string(&wanted).map_err(|error| Trouble::Lasting(error.to_string()))?;
    desk.set_note(NOTE, &note).await.map_err(Trouble::Passing)?;
    Ok(true)
}

fn scopes(guilds: &[NonZeroU64]) -> Vec<Option<NonZeroU64>> {
    if guilds.is_empty() {
        vec![None]
    } else {
        guilds.iter().copied().map(Some).collect()
    }
}

fn hash(application: NonZeroU64, guilds: &[NonZeroU64], commands: &[Value]) -> String {
    let mut hash = Sha256::new();
    hash.update(application.to_string());
    for guild in guilds {
        hash.update(format!(" {guild}"));
    }
    for command in commands {
        hash.update(command.to_string());
    }
    hex::encode(hash.finalize())
}
