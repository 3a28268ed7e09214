//! How often the bot may start a new session.
//!
//! Discord allows 1,000 IDENTIFY in 24 hours over all shards, and **resets the token** of a bot that
//! exceeds it (<https://docs.discord.com/developers/events/gateway#session-start-limit>). So they are paid from an allowance
//! that survives restarts (a durable note): a crash loop, or a gateway that keeps refusing sessions, runs dry long before the limit.
//! Resuming a session is free and does not come here.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tokio::sync::{Mutex, oneshot};
use tokio::time::Instant;
use twilight_gateway::queue::Queue;

use super::host::Host;

const NOTE: &str = "identify";
/// Sessions that may start in a row.
const BURST: u32 = 20;
/// Afterwards, one per this time: 720 a day, with the burst well below 1,000.
const REFILL: Duration = Duration::from_mins(2);
/// Between two, whatever the allowance (Discord's `max_concurrency` of 1 per 5 s).
const SPACING: Duration = Duration::from_secs(5);

/// The allowance, shared by all shards of this process.
#[derive(Clone)]
pub(super) struct Identifies {
    desk: Arc<dyn Host>,
    last: Arc<Mutex<Option<Instant>>>,
}

impl fmt::Debug for Identifies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identifies").finish_non_exhaustive()
    }
}

impl Identifies {
    pub(super) fn new(desk: Arc<dyn Host>) -> Self {
        Self {
            desk,
            last: Arc::default(),
        }
    }

    /// Waits until one more session may start, and writes it down first: a crash right after still counts.
    async fn take(&self) {
        let mut last = self.last.lock().await;
        if let Some(last) = *last {
            tokio::time::sleep_until(last + SPACING).await;
        }
        loop {
            let now = self.desk.now();
            let note = self.desk.note(NOTE).await.ok().flatten();
            let allowance = note
                .as_deref()
                .and_then(|note| serde_json::from_str(note).ok());
            let mut allowance: Allowance = allowance.unwrap_or(Allowance {
                left: BURST,
                at: now,
            });
            match allowance.take(now) {
                Ok(()) => {
                    let note = serde_json::to_string(&allowance).unwrap_or_default();
                    if self.desk.set_note(NOTE, &note).await.is_err() {
                        // Without the note a restart would not know: wait for the database, it is needed anyway.
                        tracing::warn!("discord: a new session waits for the database");
                        tokio::time::sleep(SPACING).await;
                        continue;
                    }
                    *last = Some(Instant::now());
                    return;
                }
                Err(wait) => {
                    tracing::warn!(?wait, "discord: too many new sessions, the next one waits");
                    tokio::time::sleep(wait).await;
                }
            }
        }
    }
}

impl Queue for Identifies {
    fn enqueue(&self, _shard: u32) -> oneshot::Receiver<()> {
        let (grant, granted) = oneshot::channel();
        let this = self.clone();
        tokio::spawn(async move {
            let mut grant = grant;
            tokio::select! {
                biased;
                // The connection broke while waiting: nothing was used up.
                () = grant.closed() => {}
                () = this.take() => drop(grant.send(())),
            }
        });
        granted
    }
}

/// A bucket of sessions that may still start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Allowance {
    left: u32,
    at: DateTime<Utc>,
}

impl Allowance {
    /// Takes one, or tells how long until there is one.
    fn take(&mut self, now: DateTime<Utc>) -> Result<(), Duration> {
        let refill = i64::try_from(REFILL.as_secs()).unwrap_or(i64::MAX);
        let passed = now.signed_duration_since(self.at).num_seconds();
        if passed < 0 {
            // The clock went back: start to count from here, with nothing gained.
            self.at = now;
        }
        let gained = u32::try_from((passed / refill).max(0)).unwrap_or(u32::MAX);
        if gained > 0 {
            self.left = self.left.saturating_add(gained).min(BURST);
            self.at += chrono::Duration::seconds(i64::from(gained).saturating_mul(refill));
        }
        if self.left == 0 {
            let waited = now
                .signed_duration_since(self.at)
                .to_std()
                .unwrap_or_default();
            return Err(REFILL.saturating_sub(waited).max(Duration::from_secs(1)));
        }
        self.left -= 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_trouble_stays_far_below_discords_limit() {
        let start = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let mut allowance = Allowance {
            left: BURST,
            at: start,
        };
        let granted = (0..86_400)
            .step_by(20)
            .filter(|second| {
                allowance
                    .take(start + chrono::Duration::seconds(*second))
                    .is_ok()
            })
            .count();
        assert!((700..800).contains(&granted), "{granted}");
    }

    #[test]
    fn an_empty_allowance_says_how_long() {
        let start = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let mut allowance = Allowance { left: 0, at: start };
        assert_eq!(
            allowance.take(start + chrono::Duration::seconds(20)),
            Err(Duration::from_secs(100))
        );
        assert_eq!(
            allowance.take(start - chrono::Duration::hours(2)),
            Err(REFILL)
        );
        assert_eq!(
            allowance.take(start),
            Ok(()),
            "two hours after the clock went back"
        );
    }
}
