//! Simulated time: the machine's clock plus an offset that tests push forward. Snowflakes come from it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, SecondsFormat, Utc};

/// First millisecond of Discord's ids (2015-01-01).
const DISCORD_EPOCH_MS: u64 = 1_420_070_400_000;

#[derive(Debug, Default)]
pub struct SimClock {
    offset: Duration,
    last_id: u64,
}

impl SimClock {
    pub fn advance(&mut self, by: Duration) {
        self.offset += by;
    }

    /// Milliseconds since 1970, as the simulator sees them.
    pub fn now_ms(&self) -> u64 {
        let real = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .expect("the clock is after 1970");
        (real + self.offset).as_millis() as u64
    }

    /// A new id, always greater than any before it, even within one millisecond.
    pub fn next_id(&mut self) -> u64 {
        let fresh = (self.now_ms() - DISCORD_EPOCH_MS) << 22;
        self.last_id = fresh.max(self.last_id + 1);
        self.last_id
    }

    pub fn timestamp(&self) -> String {
        timestamp(self.now_ms())
    }
}

/// ISO 8601 as Discord writes it: microseconds and `+00:00`.
pub fn timestamp(ms: u64) -> String {
    let when = DateTime::<Utc>::from_timestamp_millis(ms as i64).expect("a date chrono knows");
    when.to_rfc3339_opts(SecondsFormat::Micros, false)
}

/// The moment an id was made, in milliseconds since 1970.
pub fn id_time_ms(id: u64) -> u64 {
    (id >> 22) + DISCORD_EPOCH_MS
}
