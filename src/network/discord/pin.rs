//! Pinned messages.
//!
//! It needs Pin Messages, a permission of its own since February 2026. Without it the message stands where it was sent, and
//! the log and `cercles doctor` say so: no card waits for a pin. Discord tells the channel of each pin by a message of its
//! own (type 6), which we leave there.

use std::num::NonZeroU64;

use serenity::model::id::{ChannelId, MessageId};

use super::error::Failure;
use super::rest::Rest;
use crate::network::SendError;

/// Pins a message, or takes its pin away.
///
/// # Errors
/// What may pass, and that the message is gone. That we may not, or that the channel has as many pins as it can have
/// (250), is logged only.
pub(super) async fn set(
    rest: &Rest,
    channel: ChannelId,
    message: NonZeroU64,
    pinned: bool,
) -> Result<(), SendError> {
    let done = rest
        .set_pin(channel, MessageId::from(message), pinned)
        .await;
    match done.map_err(Failure::into_send_error) {
        Err(SendError::Permanent { reason }) => {
            tracing::warn!(%channel, reason, "discord: the list of workshops cannot be pinned; see `cercles doctor`");
            Ok(())
        }
        other => other,
    }
}

/// Makes sure that a message stands and is pinned.
///
/// # Errors
/// As [`set`].
pub(super) async fn keep(
    rest: &Rest,
    channel: ChannelId,
    message: NonZeroU64,
) -> Result<(), SendError> {
    let found = rest.message(channel, MessageId::from(message)).await;
    if found.map_err(Failure::into_send_error)?.pinned {
        return Ok(());
    }
    set(rest, channel, message, true).await
}
