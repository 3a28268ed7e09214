//! Entries in the calendars of servers: a card that is put for a room finds out which server it is for, once.

use futures::FutureExt;

use super::reconciler::Reconciler;
use crate::domain::network::Destination;
use crate::service::ServiceError;
use crate::store::cards::{self, Claimed};

impl Reconciler {
    /// The card, in its server. None if it is of no use: its network keeps no calendar there, or another card is that
    /// server's already; or if the network has not told yet.
    pub(super) async fn in_server(
        &self,
        mut card: Claimed,
    ) -> Result<Option<Claimed>, ServiceError> {
        let Destination::Server { room, server: None } = &card.destination else {
            return Ok(Some(card));
        };
        let server = match self.network.server(room).await {
            Ok(Some(server)) => server,
            Ok(None) => return self.discard(card.id).await.map(|()| None),
            Err(error) => return self.settle(&card, error).await.map(|()| None),
        };
        let to = Destination::Server {
            room: room.clone(),
            server: Some(server),
        };
        let (moved, place) = (card.clone(), to.clone());
        let first = self
            .db
            .write(move |tx| {
                async move {
                    let first = cards::move_to(tx, &moved, &place).await?;
                    if !first {
                        cards::discard(tx, moved.id).await?;
                    }
                    Ok::<_, ServiceError>(first)
                }
                .boxed()
            })
            .await?;
        card.destination = to;
        Ok(first.then_some(card))
    }
}
