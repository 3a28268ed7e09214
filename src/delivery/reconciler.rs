//! Brings every room to the wanted revision of its cards.
//!
//! Claim by lease, send outside any transaction, record the message's reference. What crashes in between is tried
//! again under the same idempotency key when the lease has run out, and shows nothing twice. Each network has a
//! loop of its own, so one that is down holds nobody else up.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures::FutureExt;
use futures::stream::{self, StreamExt};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{LOOK, until};
use crate::domain::card::Message;
use crate::domain::clock::Clock;
use crate::domain::collective::Purpose;
use crate::domain::ids::new_id;
use crate::domain::network::Destination;
use crate::i18n::Words;
use crate::network::{Delivery, MessageRef, Network, SendError};
use crate::present;
use crate::service::{ServiceError, cards as card_service, views};
use crate::store::cards::{self, Claimed, Subject};
use crate::store::{Db, collectives};

/// How long a process may take over a card before others may try: longer than any send's timeout.
const LEASE: TimeDelta = TimeDelta::seconds(60);
/// Cards claimed at once.
const BATCH: i64 = 16;
/// Rooms of one network that are sent to at once.
const PARALLEL: usize = 4;
/// Edits of one card come no closer than this: changes in between become one edit.
const COALESCE: TimeDelta = TimeDelta::seconds(2);
/// Tries after which a card that only meets refusals is stuck. Outages do not count: they are waited out.
const REFUSALS: i64 = 3;
/// Longest wait between two tries.
const LONGEST: TimeDelta = TimeDelta::seconds(60);
/// By how much a card that failed goes behind the others of its place.
const BEHIND: TimeDelta = TimeDelta::milliseconds(1);
/// Longest error kept, in characters.
const ERROR_MAX: usize = 300;

/// Brings one network's rooms up to date.
pub struct Reconciler {
    db: Db,
    clock: Arc<dyn Clock>,
    words: Arc<Words>,
    network: Arc<dyn Network>,
}

impl Reconciler {
    /// A reconciler of that network.
    #[must_use]
    pub fn new(
        db: Db,
        clock: Arc<dyn Clock>,
        words: Arc<Words>,
        network: Arc<dyn Network>,
    ) -> Self {
        Self {
            db,
            clock,
            words,
            network,
        }
    }

    /// Delivers until `stop`. What is being sent then is finished.
    pub async fn serve(&self, stop: CancellationToken) {
        let mut changes = self.db.changes();
        if !self.db.is_shared() {
            // Leases in a database of one process are those of the process that died before.
            let kind = self.network.kind();
            let released = self
                .db
                .write(move |tx| cards::release_all(tx, kind).boxed())
                .await;
            if let Err(error) = released {
                tracing::error!(network = %kind, %error, "leases of an earlier run could not be ended; they run out");
            }
        }
        loop {
            changes.mark_unchanged();
            let pause = match self.deliver_waiting().await {
                Ok(pause) => pause,
                Err(error) => {
                    tracing::error!(network = %self.network.kind(), %error, "cards wait for the database");
                    LOOK
                }
            };
            tokio::select! {
                () = stop.cancelled() => return,
                _ = changes.changed(), if pause > Duration::ZERO => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Delivers one batch; how long to wait for the next card.
    async fn deliver_waiting(&self) -> Result<Duration, ServiceError> {
        let (kind, now) = (self.network.kind(), self.clock.now());
        let next = self
            .db
            .read(move |tx| cards::next_try(tx, kind).boxed())
            .await?;
        if next.is_none_or(|at| at > now) {
            return Ok(until(next, now));
        }
        let claimed: Vec<Claimed> = self
            .db
            .write(move |tx| cards::claim(tx, kind, now, now + LEASE, BATCH).boxed())
            .await?;
        if claimed.is_empty() {
            // Behind, but another process (or this one before it was killed) holds the lease.
            return Ok(LOOK);
        }
        // Rooms side by side, but each room's cards one after the other: they appear in the order of the acts.
        let mut rooms: BTreeMap<String, Vec<Claimed>> = BTreeMap::new();
        for card in claimed {
            rooms
                .entry(card.destination.address().to_owned())
                .or_default()
                .push(card);
        }
        let outcomes: Vec<Result<(), ServiceError>> = stream::iter(rooms.into_values())
            .map(|cards| async {
                let mut cards = cards.into_iter();
                for card in cards.by_ref() {
                    if !self.deliver(card).await? {
                        break;
                    }
                }
                // A room that does not answer is not asked again for each card: the rest goes back at once,
                // so that no lease outlives its holder's patience.
                self.release(cards.map(|card| card.id).collect()).await
            })
            .buffer_unordered(PARALLEL)
            .collect()
            .await;
        outcomes.into_iter().collect::<Result<(), _>>()?;
        Ok(Duration::ZERO)
    }

    /// Gives claimed cards back.
    async fn release(&self, ids: Vec<Uuid>) -> Result<(), ServiceError> {
        if ids.is_empty() {
            return Ok(());
        }
        self.db
            .write(move |tx| async move { Ok(cards::release(tx, &ids).await?) }.boxed())
            .await
    }

    /// Brings one card to its place and records what came of it; whether it arrived.
    async fn deliver(&self, card: Claimed) -> Result<bool, ServiceError> {
        let now = self.clock.now();
        let Some((revision, message)) = self.render(&card, now).await? else {
            return self
                .settle(
                    &card,
                    SendError::Permanent {
                        reason: "its subject is gone".into(),
                    },
                )
                .await
                .map(|()| false);
        };
        let delivery = Delivery {
            card: card.id,
            revision,
            destination: card.destination.clone(),
            message,
            uncertain_since: card.tried_at.filter(|_| card.message_ref.is_none()),
            now,
        };
        let sent = match &card.message_ref {
            None => self.network.create(&delivery).await,
            Some(reference) => {
                let reference = MessageRef(reference.clone());
                self.network
                    .edit(&delivery, &reference)
                    .await
                    .map(|()| reference)
            }
        };
        match sent {
            Ok(reference) => {
                let (id, now) = (card.id, self.clock.now());
                self.db
                    .write(move |tx| {
                        async move {
                            cards::shown(tx, id, revision, &reference.0, now, now + COALESCE).await
                        }
                        .boxed()
                    })
                    .await?;
                Ok(true)
            }
            Err(error) => self.settle(&card, error).await.map(|()| false),
        }
    }

    /// What the card should say now, with the revision that this is.
    async fn render(
        &self,
        card: &Claimed,
        now: DateTime<Utc>,
    ) -> Result<Option<(i64, Message)>, ServiceError> {
        let (id, subject) = (card.id, card.subject);
        let (revision, loaded) = self
            .db
            .read(move |tx| {
                async move {
                    let revision = cards::wanted(tx, id).await?.unwrap_or(1);
                    Ok::<_, ServiceError>((revision, views::load(tx, subject).await?))
                }
                .boxed()
            })
            .await?;
        let message = match subject {
            Subject::Payload(_) => card.payload.clone(),
            Subject::Object(..) | Subject::Offer(_) | Subject::Change(_) => loaded
                .map(|loaded| present::card(&self.words, card.language, &loaded, card.view, now)),
        };
        Ok(message.map(|message| (revision, message)))
    }

    /// Records a failed try.
    async fn settle(&self, card: &Claimed, error: SendError) -> Result<(), ServiceError> {
        let (id, now, attempts) = (card.id, self.clock.now(), card.attempts);
        let (network, address) = (card.network, card.destination.address().to_owned());
        let reason: String = error.to_string().chars().take(ERROR_MAX).collect();
        let stuck = matches!(error, SendError::Permanent { .. }) && attempts + 1 >= REFUSALS;
        if matches!(error, SendError::Retry { after: Some(_), .. }) {
            tracing::debug!(%network, card = %id, attempts, error = %reason, "a card waits");
        } else {
            tracing::warn!(%network, card = %id, attempts, stuck, error = %reason, "a card did not arrive");
        }
        match error {
            SendError::Gone { .. } => {
                let renewed = new_id(now);
                self.db
                    .write(move |tx| cards::renew(tx, id, renewed, now).boxed())
                    .await?;
            }
            SendError::Retry { after, .. } => {
                let told = after.and_then(|after| TimeDelta::from_std(after).ok());
                let until = now + told.unwrap_or_else(|| backoff(attempts));
                // The place's other cards wait too instead of failing one by one, and so keep their order. Where the
                // network gave no time, the fault may be this card's own: it goes behind them.
                let own = until + told.map_or(BEHIND, |_| TimeDelta::zero());
                self.db
                    .write(move |tx| {
                        async move {
                            cards::failed(tx, id, own, false, &reason).await?;
                            cards::hold(tx, network, &address, until).await
                        }
                        .boxed()
                    })
                    .await?;
            }
            SendError::Permanent { .. } => {
                let (words, collective) = (self.words.clone(), card.collective);
                let place = card.destination.clone();
                let wait = backoff(attempts);
                self.db
                    .write(move |tx| {
                        async move {
                            cards::failed(tx, id, now + wait, stuck, &reason).await?;
                            let Some(collective) = collective.filter(|_| stuck) else {
                                return Ok(());
                            };
                            // Told where stewards look; not in the room that refuses messages.
                            for room in collectives::rooms(tx, collective).await? {
                                if room.purpose == Purpose::Control && room.address != address {
                                    let message =
                                        present::stuck(&words, room.language, &place, &reason);
                                    card_service::answer(
                                        tx,
                                        room.network,
                                        Destination::Room(room.address),
                                        room.language,
                                        message,
                                        now,
                                    )
                                    .await?;
                                }
                            }
                            Ok::<_, ServiceError>(())
                        }
                        .boxed()
                    })
                    .await?;
            }
        }
        Ok(())
    }
}

/// The wait after `attempts` failures: 1 s, 2 s, 4 s, … up to [`LONGEST`].
fn backoff(attempts: i64) -> TimeDelta {
    let doublings = u32::try_from(attempts.clamp(0, 6)).unwrap_or(6);
    TimeDelta::seconds(1_i64 << doublings).min(LONGEST)
}
