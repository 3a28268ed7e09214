//! Polls of the networks' own: once one has ended it is counted, in its room alone.
//!
//! A card that shows a native poll is created like any other and edited once, when the poll has ended: the edit ends it
//! on its network. Its figures are read right then, before the card counts as up to date, so that a crash in between
//! ends and counts again, which changes nothing.

use chrono::TimeDelta;
use futures::FutureExt;

use super::reconciler::Reconciler;
use crate::domain::card::{NativePoll, View};
use crate::network::MessageRef;
use crate::service::{ServiceError, pulses};
use crate::store::cards::{self, Claimed, Subject};

/// How long to wait for a network that still counts.
const AGAIN: TimeDelta = TimeDelta::seconds(5);
/// How long a network may take to count; afterwards the figures are told as approximate.
const LONGEST: TimeDelta = TimeDelta::minutes(10);

impl Reconciler {
    /// Records that the native poll is in its room. One that has ended meanwhile is ended by an edit, as any other.
    pub(super) async fn native_shown(
        &self,
        card: &Claimed,
        revision: i64,
        reference: MessageRef,
        poll: &NativePoll,
    ) -> Result<(), ServiceError> {
        let (id, subject, now) = (card.id, card.subject, self.clock.now());
        let over = poll.ended.is_some();
        self.db
            .write(move |tx| {
                async move {
                    cards::shown(tx, id, revision, &reference.0, now, now).await?;
                    if let Subject::Object(_, subject) = subject
                        && over
                    {
                        cards::raise(tx, subject, View::Native).await?;
                    }
                    Ok(())
                }
                .boxed()
            })
            .await
    }

    /// Reads what a native poll that has ended came to; whether the network has answered.
    pub(super) async fn count_native(
        &self,
        card: &Claimed,
        revision: i64,
        reference: MessageRef,
        poll: &NativePoll,
    ) -> Result<bool, ServiceError> {
        let figures = match self.network.figures(&reference, poll).await {
            Ok(figures) => figures,
            Err(error) => return self.settle(card, error).await.map(|()| false),
        };
        let (id, subject, language) = (card.id, card.subject, card.language);
        let now = self.clock.now();
        let counting = !figures.exact && now < poll.ends_at + LONGEST;
        self.db
            .write(move |tx| {
                async move {
                    if counting {
                        cards::failed(tx, id, now + AGAIN, false, "still being counted").await?;
                        return Ok(());
                    }
                    cards::shown(tx, id, revision, &reference.0, now, now).await?;
                    let Subject::Object(_, room) = subject else {
                        return Ok(());
                    };
                    pulses::counted(tx, room, &figures, language, now).await
                }
                .boxed()
            })
            .await
            .map(|()| true)
    }

    /// A native poll will not be in its room: refused for good, or removed.
    pub(super) async fn native_missing(&self, card: &Claimed) -> Result<(), ServiceError> {
        let subject = card.subject;
        self.db
            .write(move |tx| {
                async move {
                    let Subject::Object(_, room) = subject else {
                        return Ok(());
                    };
                    cards::forget_view(tx, room, View::Native).await?;
                    pulses::missing(tx, room).await
                }
                .boxed()
            })
            .await
    }
}
