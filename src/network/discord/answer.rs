//! Answers what people do, in time and in private.
//!
//! Discord wants a first answer within 3 s and then gives 15 minutes. The desk mostly needs one commit: if it takes longer than
//! [`PATIENCE`], a "thinking" answer goes out first and is filled in later. Every event runs in a task of its own, so that
//! neither a slow desk nor a slow Discord holds up the connection; nothing that a person wrote is ever logged.

use std::num::NonZeroU64;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use serenity::model::id::{ChannelId, InteractionId};
use tokio::sync::Semaphore;
use tokio_util::task::TaskTracker;

use super::commands::CommandIndex;
use super::components::modal;
use super::error::Failure;
use super::event::{Interaction, WrittenMessage, kind};
use super::host::Host;
use super::rest::Rest;
use super::session::Handling;
use super::upload::Upload;
use super::{inbound, render};
use crate::command::{Answer, Inbound};
use crate::domain::card::{Block, Form, Message, Tone};

/// How long the desk may take before "thinking" is shown.
const PATIENCE: Duration = Duration::from_millis(1_500);
/// Events handled at once; more are turned away (the person sees that the bot did not answer, and tries again).
const AT_ONCE: usize = 512;
/// How long a stop waits for answers that are under way.
const FINISH: Duration = Duration::from_secs(5);

/// Answers events by way of the desk.
pub(super) struct Answering {
    pub(super) rest: Arc<Rest>,
    desk: Arc<dyn Host>,
    commands: CommandIndex,
    room: Arc<Semaphore>,
    tasks: TaskTracker,
    unreadable: AtomicU64,
}

impl Answering {
    pub(super) fn new(rest: Arc<Rest>, desk: Arc<dyn Host>, commands: CommandIndex) -> Self {
        let room = Arc::new(Semaphore::new(AT_ONCE));
        Self {
            rest,
            desk,
            commands,
            room,
            tasks: TaskTracker::new(),
            unreadable: AtomicU64::new(0),
        }
    }

    /// Counts an event of a known kind that could not be read. Its content is not logged.
    pub(super) fn unreadable(&self, kind: &'static str) {
        let count = self.unreadable.fetch_add(1, Ordering::Relaxed) + 1;
        tracing::warn!(kind, count, "discord: an event could not be read");
    }

    /// Waits a little for the answers under way.
    pub(super) async fn finish(&self) {
        self.tasks.close();
        drop(tokio::time::timeout(FINISH, self.tasks.wait()).await);
    }

    /// Handles an interaction in a task of its own; `handling` ends with it.
    pub(super) fn interaction(self: &Arc<Self>, event: Interaction, handling: Handling) {
        let this = Arc::clone(self);
        self.spawn(
            handling,
            async move { this.handle_interaction(event).await },
        );
    }

    /// Handles a message that mentions the bot or was sent to it in private.
    pub(super) fn message(
        self: &Arc<Self>,
        event: WrittenMessage,
        own: Option<NonZeroU64>,
        handling: Handling,
    ) {
        let Some(inbound) = own.and_then(|own| inbound::message(&event, own)) else {
            return;
        };
        let this = Arc::clone(self);
        self.spawn(handling, async move {
            this.handle_message(event, inbound).await;
        });
    }

    fn spawn(&self, handling: Handling, work: impl Future<Output = ()> + Send + 'static) {
        let Ok(permit) = Arc::clone(&self.room).try_acquire_owned() else {
            tracing::warn!(
                at_once = AT_ONCE,
                "discord: too much at once, an event was turned away"
            );
            return;
        };
        self.tasks.spawn(async move {
            work.await;
            drop((permit, handling));
        });
    }

    /// The desk's answer, in a task of its own: it goes on while Discord is spoken to, and a panic in it ends there.
    fn ask_desk(&self, inbound: Inbound) -> tokio::task::JoinHandle<Answer> {
        let desk = Arc::clone(&self.desk);
        tokio::spawn(async move { desk.answer(inbound).await })
    }

    async fn handle_interaction(&self, event: Interaction) {
        let Some(inbound) = inbound::interaction(&event, &self.commands) else {
            tracing::debug!(
                kind = event.kind,
                "discord: an interaction that is not ours"
            );
            return;
        };
        let mut work = self.ask_desk(inbound);
        let answer = tokio::select! {
            biased;
            answer = &mut work => answer,
            () = tokio::time::sleep(PATIENCE) => {
                let deferred = self.respond(&event, &render::deferred(), None).await;
                let answer = work.await;
                match (deferred, answer) {
                    (Ok(()), Ok(answer)) => self.answer_late(&event, answer).await,
                    (Ok(()), Err(_)) => self.answer_late(&event, self.broken(&event)).await,
                    // The work is done; nobody can be told in this place any more.
                    (Err(failure), _) => tracing::warn!(%failure, "discord: an interaction could not be answered in time"),
                }
                return;
            }
        };
        let mut answer = answer.unwrap_or_else(|_| self.broken(&event));
        let upload = upload(&mut answer).await;
        let body = match &answer {
            Answer::Say(message) => render::answer(message),
            // Discord shows no form as the answer to a form.
            Answer::Ask(form) => match modal(form).filter(|_| event.kind != kind::MODAL) {
                Some(modal) => modal,
                None => render::answer(&spelled_out(form)),
            },
            Answer::Nothing if event.kind == kind::COMPONENT => render::acknowledged(),
            Answer::Nothing => return,
        };
        if let Err(failure) = self.respond(&event, &body, upload.as_ref()).await {
            if answer == Answer::Nothing {
                // A repeat after a reconnection: it was answered, or its time is over.
                tracing::debug!(%failure, "discord: a repeated interaction");
            } else {
                tracing::warn!(%failure, "discord: an interaction could not be answered");
            }
        }
    }

    /// What a person is told when the desk panicked, which it should never do.
    fn broken(&self, event: &Interaction) -> Answer {
        tracing::error!("discord: the desk panicked");
        let language = event
            .locale
            .as_deref()
            .and_then(inbound::language)
            .unwrap_or_default();
        let words = self.desk.words().plain(language, "discord-failed");
        Answer::Say(Message {
            tone: Tone::Error,
            body: vec![Block::Text(words)],
            ..Message::default()
        })
    }

    /// The first answer. A lost confirmation is asked for again at once: there are 3 s in all.
    async fn respond(
        &self,
        event: &Interaction,
        body: &Value,
        upload: Option<&Upload>,
    ) -> Result<(), Failure> {
        const TRIES: usize = 3;
        let id = InteractionId::from(event.id.0);
        let mut tried = 0;
        loop {
            tried += 1;
            let answered = self.rest.respond(id, &event.token, body, upload);
            let answered = tokio::time::timeout(Duration::from_secs(2), answered).await;
            match answered.unwrap_or(Err(Failure::Lost("no answer in time"))) {
                Err(failure) if failure.is_passing() && tried < TRIES => {
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
                other => return other,
            }
        }
    }

    async fn answer_late(&self, event: &Interaction, mut answer: Answer) {
        let upload = upload(&mut answer).await;
        let body = match &answer {
            Answer::Say(message) => render::late_answer(message),
            Answer::Ask(form) => render::late_answer(&spelled_out(form)),
            Answer::Nothing => {
                // Handled before: take "thinking" away again.
                drop(self.rest.delete_response(&event.token).await);
                return;
            }
        };
        let upload = upload.as_ref();
        let result = patiently(|| self.rest.edit_response(&event.token, &body, upload)).await;
        if let Err(failure) = result {
            tracing::warn!(%failure, "discord: a late answer could not be shown");
        }
    }

    async fn handle_message(&self, event: WrittenMessage, inbound: Inbound) {
        let Ok(answer) = self.ask_desk(inbound).await else {
            tracing::error!("discord: the desk panicked");
            return;
        };
        let mut message = match answer {
            Answer::Say(message) => message,
            Answer::Ask(form) => spelled_out(&form),
            Answer::Nothing => return,
        };
        let upload = Upload::of(&mut message).await;
        let mut body = render::create(&message);
        // The message's own id makes a repeated send the same message; a card's key is longer, so they never meet.
        body.insert("nonce".to_owned(), json!(format!("re{}", event.id)));
        body.insert("enforce_nonce".to_owned(), json!(true));
        if event.guild_id.is_some() {
            body.insert(
                "message_reference".to_owned(),
                json!({ "message_id": event.id.to_string(), "fail_if_not_exists": false }),
            );
        }
        let body = Value::Object(body);
        let channel = ChannelId::from(event.channel_id.0);
        let upload = upload.as_ref();
        if let Err(failure) = patiently(|| self.rest.create_message(channel, &body, upload)).await {
            tracing::warn!(%failure, "discord: a message could not be answered");
        }
    }
}

/// What goes with an answer.
async fn upload(answer: &mut Answer) -> Option<Upload> {
    match answer {
        Answer::Say(message) => Upload::of(message).await,
        _ => None,
    }
}

/// Repeats a request that may work later, for a minute or so. Only for requests that may be repeated.
async fn patiently<T, F: Future<Output = Result<T, Failure>>>(
    request: impl Fn() -> F,
) -> Result<T, Failure> {
    const PAUSES: [u64; 4] = [300, 1_500, 6_000, 20_000];
    let mut pauses = PAUSES.into_iter();
    loop {
        match request().await {
            Err(failure) if failure.is_passing() => {
                let Some(pause) = pauses.next() else {
                    return Err(failure);
                };
                let wished = if let Failure::Limited(wish) = &failure {
                    *wish
                } else {
                    Duration::ZERO
                };
                tokio::time::sleep(
                    Duration::from_millis(pause).max(wished.min(Duration::from_mins(2))),
                )
                .await;
            }
            other => return other,
        }
    }
}

/// A form where no form can be shown: what to type instead.
fn spelled_out(form: &Form) -> Message {
    Message {
        title: Some(form.title.clone()),
        body: vec![Block::Code(form.example.clone())],
        ..Message::default()
    }
}
