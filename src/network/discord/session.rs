//! The gateway session, kept over a short restart, so that what happens meanwhile is not lost.
//!
//! Discord replays the events of a session after the sequence number that a RESUME names. So the number kept
//! is never beyond an event that is still being handled: after a crash Discord sends it again, and the inbox's
//! keys make the repeats harmless.

use std::collections::BTreeSet;
use std::num::NonZeroU64;
use std::sync::{Arc, Mutex};

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use twilight_gateway::{Session, ShardId};

use super::config::check_gateway;
use super::host::Host;

/// How old a kept session may be. Discord tells no figure; an older one costs a connection for nothing.
const FRESH: Duration = Duration::minutes(4);

/// A session as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Saved {
    pub session: Session,
    pub resume_url: Option<String>,
    pub application: NonZeroU64,
    pub user: NonZeroU64,
    /// When the last sign of life came.
    pub at: DateTime<Utc>,
}

impl Saved {
    /// Whether it is worth keeping in place of `kept`: other events were handled, or the sign of life grows old.
    pub(super) fn is_news(&self, kept: &Self) -> bool {
        self.session != kept.session || self.at.signed_duration_since(kept.at) > FRESH / 4
    }
}

fn note_name(shard: ShardId) -> String {
    format!("session-{}-{}", shard.number(), shard.total())
}

/// The kept session of a shard, if it can still be resumed.
pub(super) async fn load(desk: &dyn Host, shard: ShardId) -> Option<Saved> {
    let note = desk.note(&note_name(shard)).await.ok()??;
    let saved: Saved = serde_json::from_str(&note).ok()?;
    let age = desk.now().signed_duration_since(saved.at);
    let usable = age < FRESH
        && saved
            .resume_url
            .as_deref()
            .is_none_or(|url| check_gateway(url).is_ok());
    usable.then_some(saved)
}

/// Keeps a session. A failure costs only a new session at the next start.
pub(super) async fn save(desk: &dyn Host, shard: ShardId, saved: &Saved) {
    let Ok(note) = serde_json::to_string(saved) else {
        return;
    };
    if let Err(error) = desk.set_note(&note_name(shard), &note).await {
        tracing::debug!(%error, "discord: the session could not be kept");
    }
}

/// Which events of a session are still being handled.
#[derive(Debug, Clone, Default)]
pub(super) struct Progress(Arc<Mutex<BTreeSet<u64>>>);

/// One event that is being handled, until this is dropped.
#[derive(Debug)]
pub(super) struct Handling {
    progress: Progress,
    sequence: u64,
}

impl Progress {
    pub(super) fn begin(&self, sequence: u64) -> Handling {
        if let Ok(mut open) = self.0.lock() {
            open.insert(sequence);
        }
        Handling {
            progress: self.clone(),
            sequence,
        }
    }

    /// The last sequence number up to which everything is handled, of `reached` received.
    pub(super) fn handled(&self, reached: u64) -> u64 {
        let open = self.0.lock().ok().and_then(|open| open.first().copied());
        open.map_or(reached, |first| reached.min(first.saturating_sub(1)))
    }
}

impl Drop for Handling {
    fn drop(&mut self) {
        if let Ok(mut open) = self.progress.0.lock() {
            open.remove(&self.sequence);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unfinished_event_holds_the_sequence_back() {
        let progress = Progress::default();
        let (five, six) = (progress.begin(5), progress.begin(6));
        assert_eq!(progress.handled(9), 4);
        drop(five);
        assert_eq!(progress.handled(9), 5);
        drop(six);
        assert_eq!(progress.handled(9), 9);
    }
}
