//! The desk: where networks hand over what people do, and get back what those people see.
//!
//! Two doors. [`Desk::answer`] handles an event at once and returns the answer, for networks that answer in place
//! (Discord's interactions, the playground). [`Desk::accept`] takes a batch safely into the inbox with the network's
//! cursor; [`Desk::serve`] handles it from there and answers by cards (Matrix). Either way an event's key, its effect
//! and its answer are one transaction: a repeated event changes nothing, and nobody is answered before the commit.

mod reply;

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures::FutureExt;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use self::reply::{Reply, joined};
use super::dispatch;
use super::grammar::Grammar;
use super::inbound::{Answer, Inbound};
use super::waiting::Waiting;
use crate::domain::card::Message;
use crate::domain::clock::Clock;
use crate::domain::ids::new_id;
use crate::domain::language::Language;
use crate::domain::network::NetworkKind;
use crate::i18n::Words;
use crate::present;
use crate::service::ballot_links::BallotLinks;
use crate::service::commitments::Proposal;
use crate::service::gateway::Db;
use crate::service::{ServiceError, gateway};

/// Events handled from the inbox before looking again.
const BATCH: i64 = 64;
/// How long the inbox waits after a failure of the database before it tries again.
const PAUSE: Duration = Duration::from_secs(1);

/// What is added to the key of an act that waited for its author's agreement: the event itself counts as handled.
const AGREED: &str = "+agreed";
/// A failure of the database, behind the desk.
pub type DeskError = ServiceError;

/// The entry for networks.
pub struct Desk {
    db: Db,
    clock: Arc<dyn Clock>,
    tools: Arc<Tools>,
}

/// What parsing and answering need besides the database.
pub(super) struct Tools {
    pub(super) words: Arc<Words>,
    pub(super) grammar: Grammar,
    /// Acts that wait for their author's agreement.
    pub(super) pending: Waiting<Inbound>,
    /// Commitments that wait for their author's confirmation.
    pub(super) proposed: Waiting<Proposal>,
    /// Where ballots can be filled in on a page, if there is one.
    pub(super) links: Option<Arc<BallotLinks>>,
}

/// What handling an event came to.
pub(super) enum Outcome {
    /// Done: what was changed stays.
    Done(Answer, After),
    /// Refused: what was changed is undone, and the person told why.
    Refused(Answer),
}

/// What remains to be done once an outcome is durable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    /// Nothing.
    Nothing,
    /// Somebody agreed: what they wanted to do when they were asked is carried out.
    Resume,
    /// Somebody's data was erased: it must not be found in the database's files either.
    Scrub,
    /// Somebody confirmed a commitment: it does not wait any more.
    Confirmed,
}

/// An outcome that undoes its transaction.
#[derive(Debug, thiserror::Error)]
enum Undone {
    #[error("refused")]
    Refused(Box<Answer>),
    #[error(transparent)]
    Failed(#[from] ServiceError),
}

impl From<crate::service::gateway::StoreError> for Undone {
    fn from(error: crate::service::gateway::StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl gateway::Failure for Undone {
    fn store_error(&self) -> Option<&gateway::StoreError> {
        match self {
            Self::Failed(error) => error.store_error(),
            Self::Refused(_) => None,
        }
    }
}

impl Desk {
    /// A desk on that database; with `links` it offers personal pages.
    #[must_use]
    pub fn new(
        db: Db,
        clock: Arc<dyn Clock>,
        words: Arc<Words>,
        links: Option<Arc<BallotLinks>>,
    ) -> Self {
        let grammar = Grammar::new(&words);
        Self {
            db,
            clock,
            tools: Arc::new(Tools {
                words,
                grammar,
                pending: Waiting::default(),
                proposed: Waiting::default(),
                links,
            }),
        }
    }

    /// The words of every language.
    #[must_use]
    pub fn words(&self) -> &Words {
        &self.tools.words
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Handles an event now, in one durable transaction, and returns what the person gets to see. Never fails: what
    /// goes wrong becomes a message with a reference that the log shows too.
    pub async fn answer(&self, inbound: Inbound) -> Answer {
        let account = inbound.account.clone();
        let (answer, after) = self.answer_once(inbound).await;
        match after {
            After::Nothing => answer,
            After::Scrub => {
                self.scrub().await;
                answer
            }
            After::Confirmed => {
                self.tools.proposed.forget(&account);
                answer
            }
            After::Resume => {
                let waiting = self.tools.pending.of(&account, self.now());
                self.tools.pending.forget(&account);
                match waiting {
                    Some(act) => joined(answer, self.answer_once(act).await.0),
                    None => answer,
                }
            }
        }
    }

    async fn answer_once(&self, inbound: Inbound) -> (Answer, After) {
        let network = inbound.account.network;
        let language = inbound.language.unwrap_or_default();
        let (tools, now) = (self.tools.clone(), self.now());
        let result = self
            .db
            .write(move |tx| {
                async move {
                    if !gateway::first_time(tx, network, &inbound.key, now).await? {
                        return Ok((Answer::Nothing, After::Nothing));
                    }
                    keep(dispatch::handle(tx, &tools, &inbound, now).await?)
                }
                .boxed()
            })
            .await;
        match result {
            Ok(done) => done,
            Err(Undone::Refused(answer)) => (*answer, After::Nothing),
            Err(Undone::Failed(error)) => {
                (Answer::Say(self.internal(&error, language)), After::Nothing)
            }
        }
    }

    async fn scrub(&self) {
        // What fails here is made up for by the scheduler, within the hour.
        if let Err(error) = self.db.scrub().await {
            tracing::error!(%error, "erased content is still in the database's files");
        }
    }

    /// Takes a batch into the inbox together with the network's cursor, in one durable transaction. Events that are
    /// known already are passed over.
    ///
    /// # Errors
    /// The database's: the batch is then not taken, and the cursor stays.
    pub async fn accept(
        &self,
        network: NetworkKind,
        batch: Vec<Inbound>,
        cursor: &str,
    ) -> Result<(), DeskError> {
        let (cursor, now) = (cursor.to_owned(), self.now());
        self.db
            .write(move |tx| {
                async move { gateway::accept(tx, network, &payloads(&batch), &cursor, now).await }
                    .boxed()
            })
            .await
    }

    /// Handles what waits in the inbox until `stop`, in the order in which it came.
    pub async fn serve(&self, stop: CancellationToken) {
        let mut changes = self.db.changes();
        loop {
            changes.mark_unchanged();
            match self.handle_waiting().await {
                Ok(0) => {
                    // A second is for other processes' inboxes, whose events reach this one only as a notification.
                    let pause = tokio::time::sleep(PAUSE);
                    tokio::select! {
                        () = stop.cancelled() => return,
                        _ = changes.changed() => {}
                        () = pause => {}
                    }
                }
                Ok(_) => {}
                Err(error) => {
                    tracing::error!(%error, "the inbox waits for the database");
                    tokio::select! {
                        () = stop.cancelled() => return,
                        () = tokio::time::sleep(PAUSE) => {}
                    }
                }
            }
            if stop.is_cancelled() {
                return;
            }
        }
    }

    /// Handles one batch from the inbox; how many events it held.
    async fn handle_waiting(&self) -> Result<usize, DeskError> {
        let waiting = self
            .db
            .read(|tx| gateway::waiting(tx, BATCH).boxed())
            .await?;
        let count = waiting.len();
        for event in waiting {
            let inbound: Inbound = match serde_json::from_value(event.payload) {
                Ok(inbound) => inbound,
                Err(error) => {
                    tracing::error!(network = %event.network, %error, "an event in the inbox cannot be read");
                    self.skip(event.network, event.key).await?;
                    continue;
                }
            };
            self.handle_one(inbound).await?;
        }
        Ok(count)
    }

    async fn handle_one(&self, inbound: Inbound) -> Result<(), DeskError> {
        let (tools, now) = (self.tools.clone(), self.now());
        let (account, key) = (inbound.account.clone(), inbound.key.clone());
        let network = account.network;
        let reply = Reply::to(&inbound);
        let (event, work_tools, work_reply) = (inbound.clone(), tools.clone(), reply.clone());
        let result = self
            .db
            .write(move |tx| {
                async move {
                    if !gateway::handled(tx, network, &event.key).await? {
                        return Ok(After::Nothing);
                    }
                    let outcome = dispatch::handle(tx, &work_tools, &event, now).await?;
                    let (answer, after) = keep(outcome)?;
                    work_reply.send(tx, &work_tools.words, answer, now).await?;
                    if after == After::Resume
                        && let Some(mut act) = work_tools.pending.of(&event.account, now)
                    {
                        // It takes its place in the inbox again, now that it may be stored.
                        act.key.push_str(AGREED);
                        gateway::put_back(tx, network, &payloads(&[act]), now).await?;
                    }
                    Ok(after)
                }
                .boxed()
            })
            .await;
        let answer = match result {
            Ok(After::Nothing) => return Ok(()),
            Ok(After::Resume) => {
                self.tools.pending.forget(&account);
                return Ok(());
            }
            Ok(After::Scrub) => {
                self.scrub().await;
                return Ok(());
            }
            Ok(After::Confirmed) => {
                self.tools.proposed.forget(&account);
                return Ok(());
            }
            Err(Undone::Refused(answer)) => *answer,
            Err(Undone::Failed(ServiceError::Store(error))) if error.is_conflict() => {
                return Err(error.into());
            }
            Err(Undone::Failed(error)) => Answer::Say(self.internal(&error, reply.language)),
        };
        // What was changed is undone; the event counts as handled and its author is told, once.
        self.db
            .write(move |tx| {
                async move {
                    if gateway::handled(tx, network, &key).await? {
                        reply.send(tx, &tools.words, answer, now).await?;
                    }
                    Ok(())
                }
                .boxed()
            })
            .await
    }

    async fn skip(&self, network: NetworkKind, key: String) -> Result<(), DeskError> {
        self.db
            .write(move |tx| {
                async move { gateway::handled(tx, network, &key).await.map(|_| ()) }.boxed()
            })
            .await
    }

    fn internal(&self, error: &ServiceError, language: Language) -> Message {
        let reference = reference(new_id(self.now()));
        tracing::error!(%reference, %error, "a command failed");
        present::internal_error(&self.tools.words, language, &reference)
    }

    /// The cursor that [`Desk::accept`] stored last.
    ///
    /// # Errors
    /// The database's.
    pub async fn cursor(&self, network: NetworkKind) -> Result<Option<String>, DeskError> {
        self.note(network, gateway::CURSOR).await
    }

    /// A small durable value of a network's own.
    ///
    /// # Errors
    /// The database's.
    pub async fn note(
        &self,
        network: NetworkKind,
        name: &str,
    ) -> Result<Option<String>, DeskError> {
        let name = name.to_owned();
        self.db
            .read(move |tx| async move { gateway::note(tx, network, &name).await }.boxed())
            .await
    }

    /// Writes a small durable value of a network's own over.
    ///
    /// # Errors
    /// The database's.
    pub async fn set_note(
        &self,
        network: NetworkKind,
        name: &str,
        value: &str,
    ) -> Result<(), DeskError> {
        let (name, value) = (name.to_owned(), value.to_owned());
        self.db
            .write(move |tx| {
                async move { gateway::set_note(tx, network, &name, &value).await }.boxed()
            })
            .await
    }

    /// Addresses of the rooms on a network that some collective uses.
    ///
    /// # Errors
    /// The database's.
    pub async fn rooms(&self, network: NetworkKind) -> Result<Vec<String>, DeskError> {
        self.db
            .read(move |tx| gateway::rooms(tx, network).boxed())
            .await
    }

    /// Of these, the rooms that are in a circle.
    ///
    /// # Errors
    /// The database's.
    pub async fn circle_rooms(&self, network: NetworkKind) -> Result<Vec<String>, DeskError> {
        self.db
            .read(move |tx| gateway::circle_rooms(tx, network).boxed())
            .await
    }
}

fn keep(outcome: Outcome) -> Result<(Answer, After), Undone> {
    match outcome {
        Outcome::Done(answer, after) => Ok((answer, after)),
        Outcome::Refused(answer) => Err(Undone::Refused(Box::new(answer))),
    }
}

fn payloads(batch: &[Inbound]) -> Vec<(String, serde_json::Value)> {
    batch
        .iter()
        .filter_map(|inbound| Some((inbound.key.clone(), serde_json::to_value(inbound).ok()?)))
        .collect()
}

/// The end of an id, for people to quote: eight characters are enough to find a line in a day's log.
fn reference(id: Uuid) -> String {
    let id = id.simple().to_string();
    id.get(id.len().saturating_sub(8)..)
        .unwrap_or_default()
        .to_owned()
}
