//! Runs what falls due, each deadline in one transaction with its effect.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use futures::FutureExt;
use tokio_util::sync::CancellationToken;

use super::{LOOK, until};
use crate::domain::clock::Clock;
use crate::service::{ServiceError, deadlines as due_now, retention};
use crate::store::{Db, cards, deadlines, inbox};

/// Deadlines run before looking again.
const BATCH: i64 = 100;
/// How often what has served is forgotten.
const TIDY_EVERY: TimeDelta = TimeDelta::hours(1);
/// How long the key of a handled event is kept. Longer than any network repeats one: Matrix after a long outage of
/// ours resumes from our own cursor, which stands behind every event that was handled.
const KEEP_KEYS: TimeDelta = TimeDelta::days(30);
/// How long a shown answer's card (without its words, which go when it is shown) is kept.
const KEEP_ANSWERS: TimeDelta = TimeDelta::days(1);

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
        let mut tidied = None;
        loop {
            changes.mark_unchanged();
            let now = self.clock.now();
            if tidied.is_none_or(|at| now - at >= TIDY_EVERY) {
                tidied = Some(now);
                self.tidy(now).await;
            }
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

    /// Forgets what has served (keys of events that no network repeats any more, answers that were shown) and what was
    /// kept about people for long enough.
    async fn tidy(&self, now: DateTime<Utc>) {
        let forgotten = self
            .db
            .write(move |tx| {
                async move {
                    let keys = inbox::forget(tx, now - KEEP_KEYS).await?;
                    let answers = cards::forget_answers(tx, now - KEEP_ANSWERS).await?;
                    let people = retention::run(tx, now).await?;
                    Ok::<_, ServiceError>((keys, answers, people))
                }
                .boxed()
            })
            .await;
        match forgotten {
            Ok((keys, answers, people)) => {
                tracing::debug!(keys, answers, people, "what has served is forgotten");
            }
            Err(error) => {
                tracing::error!(%error, "what has served could not be forgotten");
                return;
            }
        }
        // Also what an erasure left behind when the process died between its commit and its scrub.
        if let Err(error) = self.db.sweep().await {
            tracing::warn!(%error, "deleted content is still in the database's files");
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
