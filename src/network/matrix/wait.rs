//! Waiting between two tries: longer each time, and never longer than the process should live.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

/// The longest wait.
const LONGEST: Duration = Duration::from_secs(60);

/// How long to wait before the next try.
#[derive(Debug, Default)]
pub(super) struct Backoff {
    tries: u32,
}

impl Backoff {
    /// Whether no try has failed yet.
    pub fn is_first(&self) -> bool {
        self.tries == 0
    }

    /// After a success.
    pub fn reset(&mut self) {
        self.tries = 0;
    }

    /// The wait after another failure: half a second, then twice as long each time, a minute at most.
    pub fn next(&mut self) -> Duration {
        let wait = Duration::from_millis(500).saturating_mul(1 << self.tries.min(10));
        self.tries = self.tries.saturating_add(1);
        wait.min(LONGEST)
    }

    /// Waits that long, or until `stop`.
    pub async fn wait(&mut self, stop: &CancellationToken) {
        let wait = self.next();
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_minute() {
        let mut backoff = Backoff::default();
        let waits: Vec<u64> = (0..9).map(|_| backoff.next().as_secs()).collect();
        assert_eq!(waits, [0, 1, 2, 4, 8, 16, 32, 60, 60]);
        backoff.reset();
        assert_eq!(backoff.next(), Duration::from_millis(500));
    }
}
