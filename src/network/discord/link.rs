//! Small parts of a shard's connection: counting it, leaving it, pausing before the next.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use futures::StreamExt as _;
use tokio_util::sync::CancellationToken;
use twilight_gateway::{CloseFrame, Message, Shard};

use super::identify::Identifies;

/// The longest pause between attempts. twilight's own grows to four minutes: too long after an outage.
const PAUSE_MAX: Duration = Duration::from_secs(30);

/// Counts a shard as connected until it is dropped, also by a panic.
pub(super) struct Active(Arc<AtomicU32>);

impl Active {
    pub(super) fn count(shards: &Arc<AtomicU32>) -> Self {
        shards.fetch_add(1, Ordering::AcqRel);
        Self(Arc::clone(shards))
    }
}

impl Drop for Active {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// Leaves without ending the session: closing with 1000 would make Discord forget it.
pub(super) async fn close(shard: &mut Shard<Identifies>) {
    shard.close(CloseFrame::RESUME);
    let goodbye = async {
        while let Some(Ok(message)) = shard.next().await {
            if matches!(message, Message::Close(_)) {
                break;
            }
        }
    };
    // What still arrives is not handled, and its sequence number not kept: Discord sends it again.
    drop(tokio::time::timeout(Duration::from_millis(500), goodbye).await);
}

/// Pauses by the number of failures in a row; breaks off when stopped.
pub(super) async fn pause(failures: u32, stop: &CancellationToken) -> std::ops::ControlFlow<()> {
    if failures > 1 {
        let pause = Duration::from_millis(500)
            .saturating_mul(1 << failures.min(10))
            .min(PAUSE_MAX);
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = stop.cancelled() => return std::ops::ControlFlow::Break(()),
        }
    }
    std::ops::ControlFlow::Continue(())
}

pub(super) fn error_kind(error: &twilight_gateway::error::ReceiveMessageError) -> &'static str {
    use twilight_gateway::error::ReceiveMessageErrorType as Kind;
    match error.kind() {
        Kind::Deserializing { .. } => "unreadable event",
        Kind::Reconnect => "no connection",
        _ => "transport",
    }
}
