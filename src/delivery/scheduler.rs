//! Runs what falls due, each deadline in one transaction with its effect.

use std::sync::Arc;

use futures::FutureExt;
use tokio_util::sync::CancellationToken;

use super::{LOOK, until};
use crate::domain::clock::Clock;
use crate::service::{ServiceError, deadlines as due_now};
use crate::store::{Db, deadlines};

/// Deadlines run before looking again.
const BATCH: i64 = 100;

/// Runs what falls due.
pub struct Scheduler {
    db: Db,
    clock: Arc<dyn Clock>,
}

impl Scheduler {
    /// A scheduler on that database.
    #[must_use]
    pub fn new(db: Db, clock: Arc<dyn Clock>) -> Self {
        Self { db, clock }
    }

    /// Runs deadlines until `stop`.
    pub async fn serve(&self, stop: CancellationToken) {
        let mut changes = self.db.changes();
        loop {
            changes.mark_unchanged();
            let pause = match self.run_due().await {
                Ok(pause) => pause,
                Err(error) => {
                    tracing::error!(%error, "deadlines wait for the database");
                    LOOK
                }
            };
            tokio::select! {
                () = stop.cancelled() => return,
                _ = changes.changed() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Runs what is due now; how long to wait for the next.
    async fn run_due(&self) -> Result<std::time::Duration, ServiceError> {
        loop {
            let now = self.clock.now();
            let due = self
                .db
                .read(|tx| deadlines::due(tx, now, BATCH).boxed())
                .await?;
            if due.is_empty() {
                let next = self.db.read(|tx| deadlines::next(tx).boxed()).await?;
                return Ok(until(next, now));
            }
            for deadline in due {
                let kind = deadline.kind.name();
                let outcome = self
                    .db
                    .write(move |tx| async move { due_now::run(tx, &deadline, now).await }.boxed())
                    .await;
                if let Err(error) = outcome {
                    // Left as due: it is tried again, and the others are not held up.
                    tracing::error!(kind, subject = %deadline.subject, %error, "a deadline failed");
                    return Ok(LOOK);
                }
            }
        }
    }
}
