//! Answers on their way: where they go, and two that become one.

use chrono::{DateTime, TimeDelta, Utc};

use crate::command::inbound::{Answer, Inbound};
use crate::domain::card::{Block, FILE_PART};
use crate::domain::language::Language;
use crate::domain::network::{Destination, NetworkKind};
use crate::i18n::Words;
use crate::present;
use crate::service::gateway::Tx;
use crate::service::{ServiceError, cards};

/// One answer out of two: that the agreement is noted, and what came of the act that waited for it.
pub(super) fn joined(agreed: Answer, act: Answer) -> Answer {
    match (agreed, act) {
        (Answer::Say(agreed), Answer::Say(mut act)) => {
            let mut body = agreed.body;
            // Its title would stand above words that are not its own.
            body.extend(act.title.take().map(Block::Heading));
            act.body.splice(0..0, body);
            Answer::Say(act)
        }
        (agreed, Answer::Nothing) => agreed,
        (_, act) => act,
    }
}

/// Where and how the answer to an event from the inbox goes.
#[derive(Clone)]
pub(super) struct Reply {
    network: NetworkKind,
    destination: Destination,
    pub(super) language: Language,
}

impl Reply {
    /// Into the thread of what was typed, or into the private conversation.
    pub(super) fn to(inbound: &Inbound) -> Self {
        let room = inbound.room.clone();
        let destination = match (&inbound.thread, inbound.private) {
            (Some(root), false) => Destination::Thread {
                room,
                root: root.clone(),
            },
            _ => Destination::Room(room),
        };
        Self {
            network: inbound.account.network,
            destination,
            language: inbound.language.unwrap_or_default(),
        }
    }

    /// Puts the answer on its way; a file goes with it, or as text after it.
    pub(super) async fn send(
        self,
        tx: &mut Tx,
        words: &Words,
        answer: Answer,
        now: DateTime<Utc>,
    ) -> Result<(), ServiceError> {
        let message = match answer {
            Answer::Nothing => return Ok(()),
            Answer::Say(message) => message,
            Answer::Ask(form) => present::form_as_text(words, &form),
        };
        let parts = if self.network.takes_files() {
            vec![message]
        } else {
            message.in_parts(FILE_PART)
        };
        for (part, message) in (0_i64..).zip(parts) {
            let destination = self.destination.clone();
            // A room's cards come in the order of their times.
            let at = now + TimeDelta::microseconds(part);
            cards::answer(tx, self.network, destination, self.language, message, at).await?;
        }
        Ok(())
    }
}
