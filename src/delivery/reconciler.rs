//! Brings every room to the wanted revision of its cards.
//!
//! Claim by lease, send outside any transaction, record the message's reference. What crashes in between is tried
//! again under the same idempotency key when the lease has run out, and shows nothing twice. Each network has loops
//! of its own, so one that is down holds nobody else up.
//!
//! Private reminders go in a [lane](Lane) of their own, one by one: thousands of them hold up no room, and they wait while
//! the network's rate limit holds rooms up. Whether each still
//! should go is looked at just before ([`Rendering`]).

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures::FutureExt;
use futures::stream::{self, StreamExt};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::rendering::{Rendered, Rendering, account_of};
use super::{LOOK, until};
use crate::domain::card::View;
use crate::domain::clock::Clock;
use crate::domain::collective::Purpose;
use crate::domain::ids::{Kind, new_id};
use crate::domain::network::Destination;
use crate::i18n::Words;
use crate::network::{Delivery, MessageRef, Network, SendError};
use crate::present;
use crate::service::ballot_links::BallotLinks;
use crate::service::{ServiceError, cards as card_service, checkins, reminders, workshops};
use crate::store::cards::{self, Claimed, Lane, Subject};
use crate::store::{Db, collectives};

/// How long a process may take over a card before others may try: longer than any send's timeout.
const LEASE: TimeDelta = TimeDelta::seconds(60);
/// Cards of rooms claimed at once.
const BATCH: i64 = 16;
/// Rooms of one network that are sent to at once.
const PARALLEL: usize = 4;
/// Private reminders claimed at once; they are sent one by one.
const FEW: i64 = 4;
/// After a rate limit is over, rooms go first for so long.
const ROOMS_FIRST: TimeDelta = TimeDelta::seconds(1);
/// How long private reminders pause after one failed for another reason than its own.
const PAUSE: TimeDelta = TimeDelta::seconds(2);
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
    pub(super) db: Db,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) network: Arc<dyn Network>,
    rendering: Rendering,
    /// Until when private reminders pause.
    paused: Mutex<DateTime<Utc>>,
}

impl Reconciler {
    /// A reconciler of that network; with `links` it offers personal pages in private.
    #[must_use]
    pub fn new(
        db: Db,
        clock: Arc<dyn Clock>,
        words: Arc<Words>,
        network: Arc<dyn Network>,
        links: Option<Arc<BallotLinks>>,
    ) -> Self {
        let rendering = Rendering {
            db: db.clone(),
            words,
            links,
        };
        Self {
            db,
            clock,
            network,
            rendering,
            paused: Mutex::default(),
        }
    }

    /// Delivers until `stop`. What is being sent then is finished.
    pub async fn serve(&self, stop: CancellationToken) {
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
        tokio::join!(
            self.serve_lane(Lane::Rooms, &stop),
            self.serve_lane(Lane::Persons, &stop),
            self.keep_pins(&stop)
        );
    }

    async fn serve_lane(&self, lane: Lane, stop: &CancellationToken) {
        let mut changes = self.db.changes();
        loop {
            changes.mark_unchanged();
            let pause = match self.deliver_waiting(lane).await {
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
    async fn deliver_waiting(&self, lane: Lane) -> Result<Duration, ServiceError> {
        let (kind, now) = (self.network.kind(), self.clock.now());
        let place = (kind, lane);
        let next = self
            .db
            .read(move |tx| cards::next_try(tx, place).boxed())
            .await?;
        let next = next.map(|at| at.max(self.paused_until(lane)));
        if next.is_none_or(|at| at > now) {
            return Ok(until(next, now));
        }
        let (batch, parallel) = match lane {
            Lane::Rooms => (BATCH, PARALLEL),
            Lane::Persons => (FEW, 1),
        };
        let claimed: Vec<Claimed> = self
            .db
            .write(move |tx| cards::claim(tx, place, now, now + LEASE, batch).boxed())
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
                while self.paused_until(lane) <= self.clock.now()
                    && let Some(card) = cards.next()
                {
                    if !self.deliver(card).await? {
                        break;
                    }
                }
                // A room that does not answer is not asked again for each card: the rest goes back at once,
                // so that no lease outlives its holder's patience.
                self.give_back(cards.collect()).await
            })
            .buffer_unordered(parallel)
            .collect()
            .await;
        outcomes.into_iter().collect::<Result<(), _>>()?;
        Ok(Duration::ZERO)
    }

    /// Until when a lane pauses.
    fn paused_until(&self, lane: Lane) -> DateTime<Utc> {
        match lane {
            Lane::Rooms => DateTime::UNIX_EPOCH,
            Lane::Persons => *self.paused.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Lets private reminders pause until then, at least.
    fn pause(&self, until: DateTime<Utc>) {
        let mut paused = self.paused.lock().unwrap_or_else(PoisonError::into_inner);
        *paused = until.max(*paused);
    }

    /// Gives claimed cards back as they were.
    async fn give_back(&self, claimed: Vec<Claimed>) -> Result<(), ServiceError> {
        if claimed.is_empty() {
            return Ok(());
        }
        self.db
            .write(move |tx| async move { Ok(cards::release(tx, &claimed).await?) }.boxed())
            .await
    }

    /// Brings one card to its place and records what came of it; whether the place's next card may follow.
    async fn deliver(&self, card: Claimed) -> Result<bool, ServiceError> {
        let Some(card) = self.in_server(card).await? else {
            return Ok(true);
        };
        let now = self.clock.now();
        let (revision, message) = match self.rendering.of(&card, now).await? {
            Rendered::Shows(revision, message) => (revision, message),
            Rendered::Waits(until) => {
                self.db
                    .write(move |tx| async move { cards::put_off(tx, &card, until).await }.boxed())
                    .await?;
                return Ok(true);
            }
            Rendered::Lapsed => {
                self.discard(card.id).await?;
                return Ok(true);
            }
            Rendered::Gone => {
                let reason = "its subject is gone".to_owned();
                self.settle(&card, SendError::Permanent { reason }).await?;
                return Ok(false);
            }
        };
        let delivery = Delivery {
            card: card.id,
            revision,
            destination: card.destination.clone(),
            message,
            uncertain_since: card.tried_at.filter(|_| card.message_ref.is_none()),
            unasked: card.person.is_some(),
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
                if let Some(poll) = &delivery.message.native {
                    if card.message_ref.is_some() && poll.ended.is_some() {
                        return self.count_native(&card, revision, reference, poll).await;
                    }
                    self.native_shown(&card, revision, reference, poll).await?;
                    return Ok(true);
                }
                let (id, now) = (card.id, self.clock.now());
                let last = delivery.message.pinned == Some(false);
                let leads_here = (card.message_ref.is_none() && card.view == View::Object)
                    .then_some(card.subject);
                let asks = (
                    card.subject,
                    card.person.filter(|_| card.message_ref.is_none()),
                );
                self.db
                    .write(move |tx| {
                        async move {
                            if last && cards::finish(tx, id, revision).await? {
                                return Ok(());
                            }
                            if let (Subject::Object(Kind::Commitment, commitment), Some(person)) =
                                asks
                            {
                                checkins::arrived(tx, commitment, person, now).await?;
                            }
                            if let Some(Subject::Object(Kind::Workshop, workshop)) = leads_here {
                                cards::raise(tx, workshop, View::Event).await?;
                            }
                            cards::shown(tx, id, revision, &reference.0, now, now + COALESCE)
                                .await?;
                            Ok::<_, ServiceError>(())
                        }
                        .boxed()
                    })
                    .await?;
                Ok(true)
            }
            Err(error) => self.settle(&card, error).await.map(|()| false),
        }
    }

    pub(super) async fn discard(&self, id: Uuid) -> Result<(), ServiceError> {
        self.db
            .write(move |tx| async move { Ok(cards::discard(tx, id).await?) }.boxed())
            .await
    }

    /// Records a failed try.
    pub(super) async fn settle(
        &self,
        card: &Claimed,
        error: SendError,
    ) -> Result<(), ServiceError> {
        let (id, now, attempts) = (card.id, self.clock.now(), card.attempts);
        let (network, address) = (card.network, card.destination.address().to_owned());
        let reason: String = error.to_string().chars().take(ERROR_MAX).collect();
        let stuck = matches!(error, SendError::Permanent { .. }) && attempts + 1 >= REFUSALS;
        let gone = matches!(error, SendError::Gone { .. });
        let personal = card.person.is_some();
        match &error {
            SendError::Retry { after, .. } if personal || after.is_some() => {
                let told = after.and_then(|after| TimeDelta::from_std(after).ok());
                self.pause(now + told.map_or(PAUSE, |told| told + ROOMS_FIRST));
            }
            _ => {}
        }
        if let SendError::Closed { .. } = error {
            tracing::info!(%network, card = %id, "somebody takes no private messages");
        } else if matches!(error, SendError::Retry { after: Some(_), .. }) {
            tracing::debug!(%network, card = %id, attempts, error = %reason, "a card waits");
        } else {
            tracing::warn!(%network, card = %id, attempts, stuck, error = %reason, "a card did not arrive");
        }
        match error {
            SendError::Gone { .. } if card.view == View::Native => {
                self.native_missing(card).await?;
            }
            // No steward can help, and nobody else is told whom.
            SendError::Closed { .. } => {
                let (account, subject) = (account_of(card), card.subject);
                self.db
                    .write(move |tx| {
                        async move {
                            reminders::closed(tx, &account, now).await?;
                            cards::discard(tx, id).await?;
                            if let Subject::Offer(offer) = subject {
                                workshops::offer_unreached(tx, offer, now).await?;
                            }
                            Ok::<_, ServiceError>(())
                        }
                        .boxed()
                    })
                    .await?;
            }
            SendError::Gone { .. } | SendError::Permanent { .. } if personal && (stuck || gone) => {
                self.discard(id).await?;
            }
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
            // A calendar is a convenience: nobody waits for it, and the next change tries again.
            SendError::Permanent { .. } if card.view == View::Event => self.discard(id).await?,
            SendError::Permanent { .. } => {
                let (words, collective) = (self.rendering.words.clone(), card.collective);
                let native = card.view == View::Native;
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
                                    let say = if native {
                                        present::pulse::refused
                                    } else {
                                        present::stuck
                                    };
                                    let message = say(&words, room.language, &address, &reason);
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
                if native && stuck {
                    self.native_missing(card).await?;
                }
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
