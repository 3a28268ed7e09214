//! What Discord said about rate limits, so that no send waits one out for long.
//!
//! serenity sleeps inside its call for as long as a 429 says (minutes, at worst) and forgets the figure when
//! the call is dropped. Its callback tells us first: the call is then given up, and delivery told when to come back.
//! Asking again before that would count as an invalid request, and 10,000 of these in 10 minutes ban the address.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use serenity::http::RatelimitInfo;
use tokio::sync::Notify;
use tokio::time::Instant;

/// How long a send waits for a rate limit by itself, before it says "later".
pub(super) const PATIENCE: Duration = Duration::from_secs(3);

const GLOBAL: &str = "*";

/// The part of a path that its limit hangs on: edits of all messages of a channel share one.
fn bucket(path: &str) -> &str {
    const MESSAGES: &str = "/messages/";
    path.find(MESSAGES)
        .and_then(|at| path.get(..at + MESSAGES.len()))
        .unwrap_or(path)
}

/// Limits in force, by path (`*` for the limit over all paths).
#[derive(Debug, Default)]
pub(super) struct Limits {
    until: Mutex<HashMap<String, Instant>>,
    changed: Notify,
}

impl Limits {
    /// Remembers a limit that serenity was told, or foresees.
    pub(super) fn note(&self, info: &RatelimitInfo) {
        self.limit(
            if info.global {
                GLOBAL
            } else {
                bucket(&info.path)
            },
            info.timeout,
        );
    }

    fn limit(&self, bucket: &str, timeout: Duration) {
        let until = Instant::now() + timeout;
        if let Ok(mut limits) = self.until.lock() {
            // Paths of interactions are used once: without this the map would grow for ever.
            let now = Instant::now();
            limits.retain(|_, until| *until > now);
            limits.insert(bucket.to_owned(), until);
        }
        self.changed.notify_waiters();
    }

    /// How long `path` stays limited, when that is longer than [`PATIENCE`].
    pub(super) fn too_long(&self, path: &str) -> Option<Duration> {
        let limits = self.until.lock().ok()?;
        let until = [bucket(path), GLOBAL]
            .into_iter()
            .filter_map(|key| limits.get(key))
            .max()?;
        let left = until.saturating_duration_since(Instant::now());
        (left > PATIENCE).then_some(left)
    }

    /// Returns when `path` is limited for longer than [`PATIENCE`].
    pub(super) async fn reached(&self, path: &str) -> Duration {
        loop {
            let mut changed = std::pin::pin!(self.changed.notified());
            changed.as_mut().enable();
            if let Some(left) = self.too_long(path) {
                return left;
            }
            changed.await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EDIT: &str = "https://discord.com/api/v10/channels/7/messages/1";

    #[tokio::test]
    async fn a_limit_holds_for_its_bucket_until_it_ends() {
        let limits = Limits::default();
        limits.limit(bucket(EDIT), Duration::from_secs(30));
        assert!(
            limits
                .too_long("https://discord.com/api/v10/channels/7/messages/2")
                .is_some()
        );
        assert!(
            limits
                .too_long("https://discord.com/api/v10/channels/7/messages")
                .is_none()
        );
        assert!(
            limits
                .too_long("https://discord.com/api/v10/channels/8/messages/2")
                .is_none()
        );
        limits.limit(bucket(EDIT), Duration::from_secs(2));
        assert!(
            limits.too_long(EDIT).is_none(),
            "two seconds are waited for"
        );
    }

    #[tokio::test]
    async fn a_global_limit_holds_everywhere_and_ends_a_wait() {
        let limits = Limits::default();
        let (left, ()) = tokio::join!(limits.reached(EDIT), async {
            limits.limit(GLOBAL, Duration::from_secs(9));
        });
        assert!(left > Duration::from_secs(8), "{left:?}");
    }
}
