//! What a card says, just before it goes out: its subject as it stands at that moment, and whether it still should go.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use futures::FutureExt;

use crate::domain::actor::Account;
use crate::domain::card::Message;
use crate::domain::poll::rules::Level;
use crate::domain::workshop::Rsvp;
use crate::i18n::Words;
use crate::present;
use crate::service::ServiceError;
use crate::service::ballot_links::{BallotLinks, Bearer};
use crate::service::reminders::due::{self, Standing};
use crate::service::views::{self, Loaded};
use crate::store::Db;
use crate::store::cards::{self, Claimed, Subject};

/// Writes cards.
pub(super) struct Rendering {
    pub(super) db: Db,
    pub(super) words: Arc<Words>,
    pub(super) links: Option<Arc<BallotLinks>>,
}

/// What becomes of a card.
pub(super) enum Rendered {
    /// It shows that revision, and says this.
    Shows(i64, Message),
    /// It waits until then.
    Waits(DateTime<Utc>),
    /// It is of no use any more.
    Lapsed,
    /// Its subject is gone.
    Gone,
}

impl Rendering {
    /// What the card should say now.
    ///
    /// # Errors
    /// The database's.
    pub(super) async fn of(
        &self,
        card: &Claimed,
        now: DateTime<Utc>,
    ) -> Result<Rendered, ServiceError> {
        if let Subject::Payload(_) = card.subject {
            let message = card.payload.clone();
            return Ok(message.map_or(Rendered::Gone, |message| Rendered::Shows(1, message)));
        }
        let looked_at = card.clone();
        let (revision, loaded, standing) = self
            .db
            .read(move |tx| {
                async move {
                    let card = looked_at;
                    let revision = cards::wanted(tx, card.id).await?.unwrap_or(1);
                    let loaded = views::of_card(tx, &card).await?;
                    let standing = match &loaded {
                        Some(loaded) => due::standing(tx, &card, loaded, now).await?,
                        None => Standing::Goes(None),
                    };
                    Ok::<_, ServiceError>((revision, loaded, standing))
                }
                .boxed()
            })
            .await?;
        let Some(loaded) = loaded else {
            return Ok(Rendered::Gone);
        };
        Ok(match standing {
            Standing::Lapsed => Rendered::Lapsed,
            Standing::Waits(until) => Rendered::Waits(until),
            Standing::Goes(answer) => {
                let message = match card.person {
                    Some(_) => self.private_reminder(card, &loaded, answer, now),
                    None => present::card(&self.words, card.language, &loaded, card.view, now),
                };
                Rendered::Shows(revision, message)
            }
        })
    }

    /// What somebody is reminded of in private.
    fn private_reminder(
        &self,
        card: &Claimed,
        loaded: &Loaded,
        answer: Option<Rsvp>,
        now: DateTime<Utc>,
    ) -> Message {
        let (words, language) = (&self.words, card.language);
        match loaded {
            Loaded::Workshop(workshop) => {
                present::reminder::own_workshop(words, language, workshop, answer, now)
            }
            Loaded::Poll(poll) => {
                // Where names are public the page must know the name: the menu behind the button does.
                let links = self.links.as_ref();
                let links = links.filter(|_| poll.terms.level != Level::Public);
                let page = links.map(|links| {
                    let bearer = Bearer::nameless(account_of(card), language, poll, now);
                    links.address(&bearer, None)
                });
                present::reminder::own_poll(words, language, poll, page)
            }
            _ => present::card(words, language, loaded, card.view, now),
        }
    }
}

/// The account of a private message.
pub(super) fn account_of(card: &Claimed) -> Account {
    Account {
        network: card.network,
        address: card.destination.address().to_owned(),
    }
}
