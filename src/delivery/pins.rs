//! Pinned cards heal: whoever deletes one or takes the pin away finds it again.
//!
//! Nothing edits a list to which nothing happens, so nothing would find out that its message is gone. Each network is asked
//! at the start of the process and once a day. Not more often: somebody who takes a pin away in a hurry has their reasons,
//! and whoever wants none says so by the command.

use std::time::Duration;

use futures::FutureExt;
use tokio_util::sync::CancellationToken;

use super::reconciler::Reconciler;
use crate::domain::card::View;
use crate::network::{MessageRef, SendError};
use crate::service::ServiceError;
use crate::store::cards;

/// How often it is looked whether they stand.
const DAILY: Duration = Duration::from_hours(24);
/// When a network does not answer, it is asked again after this; after twice as long each time, up to [`LATE`].
const SOON: Duration = Duration::from_secs(2);
/// The longest wait for a network that does not answer.
const LATE: Duration = Duration::from_mins(5);

impl Reconciler {
    /// Looks after pinned cards until `stop`.
    pub(super) async fn keep_pins(&self, stop: &CancellationToken) {
        let mut wait = SOON;
        loop {
            let pause = match self.look_at_pins().await {
                Ok(true) => {
                    wait = SOON;
                    DAILY
                }
                Ok(false) => wait,
                Err(error) => {
                    tracing::error!(network = %self.network.kind(), %error, "pinned cards wait for the database");
                    wait
                }
            };
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(pause) => {}
            }
            if pause != DAILY {
                wait = (wait * 2).min(LATE);
            }
        }
    }

    /// Looks whether every pinned card stands; false if the network has not told.
    async fn look_at_pins(&self) -> Result<bool, ServiceError> {
        let kind = self.network.kind();
        let all = self
            .db
            .read(move |tx| cards::standing(tx, kind, View::List).boxed())
            .await?;
        for card in all {
            let Some(message) = card.message_ref.clone().map(MessageRef) else {
                continue;
            };
            match self.network.keep_pinned(&message).await {
                Ok(()) => {}
                Err(gone @ SendError::Gone { .. }) => self.settle(&card, gone).await?,
                Err(SendError::Retry { .. }) => return Ok(false),
                Err(error) => {
                    tracing::warn!(network = %kind, card = %card.id, %error, "a pinned card cannot be looked at");
                }
            }
        }
        Ok(true)
    }
}
