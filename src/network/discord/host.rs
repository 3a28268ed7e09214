//! What this network needs of the desk, and nothing more: so that its tests can play the desk (a slow one, for
//! instance) without a database.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use crate::command::{Answer, Desk, Inbound};
use crate::domain::network::NetworkKind;
use crate::i18n::Words;

/// Who answers what people do on Discord, and keeps this network's notes.
#[async_trait]
pub trait Host: Send + Sync + 'static {
    /// Handles one event, once per key, and says what the person gets to see.
    async fn answer(&self, inbound: Inbound) -> Answer;
    /// A small durable note.
    ///
    /// # Errors
    /// The database's, in words for the log.
    async fn note(&self, name: &str) -> Result<Option<String>, String>;
    /// Writes a small durable note.
    ///
    /// # Errors
    /// The database's, in words for the log.
    async fn set_note(&self, name: &str, value: &str) -> Result<(), String>;
    /// The present moment.
    fn now(&self) -> DateTime<Utc>;
    /// The words of every language.
    fn words(&self) -> &Words;
}

#[async_trait]
impl Host for Desk {
    async fn answer(&self, inbound: Inbound) -> Answer {
        Self::answer(self, inbound).await
    }

    async fn note(&self, name: &str) -> Result<Option<String>, String> {
        Self::note(self, NetworkKind::Discord, name)
            .await
            .map_err(|error| error.to_string())
    }

    async fn set_note(&self, name: &str, value: &str) -> Result<(), String> {
        Self::set_note(self, NetworkKind::Discord, name, value)
            .await
            .map_err(|error| error.to_string())
    }

    fn now(&self) -> DateTime<Utc> {
        Self::now(self)
    }

    fn words(&self) -> &Words {
        Self::words(self)
    }
}
