//! Bringing rooms to what the database wants: cards and deadlines.
//!
//! The [`Reconciler`] is the only caller of [`Network::create`](crate::network::Network::create) and `edit`; the
//! [`Scheduler`] the only one that runs deadlines. Both claim by lease or by finishing first, so several processes
//! share the work on one PostgreSQL, and any of them may die at any moment.

mod events;
mod native;
mod pins;
mod reconciler;
mod rendering;
mod scheduler;

pub use reconciler::Reconciler;
pub use scheduler::Scheduler;

use std::time::Duration;

use chrono::{DateTime, Utc};

/// Longest wait between two looks at the database, for what other processes did and did not tell.
const LOOK: Duration = Duration::from_secs(1);

/// How long to wait for something that is due at `at`, but not longer than [`LOOK`].
fn until(at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Duration {
    at.map_or(LOOK, |at| {
        (at - now)
            .to_std()
            .unwrap_or(Duration::ZERO)
            .clamp(Duration::from_millis(5), LOOK)
    })
}
