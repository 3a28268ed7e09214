//! What the session needs of the desk, and nothing more: a test gives it an inbox that crashes when it should.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use crate::command::{Desk, Inbound};
use crate::domain::network::NetworkKind;

/// Where events go, and where our position in the homeserver's stream is kept.
#[async_trait]
pub trait Inbox: Send + Sync {
    /// Takes events and the position after them safely in, together.
    ///
    /// # Errors
    /// The database's, in words for the log. The same batch is then given again.
    async fn accept(&self, batch: Vec<Inbound>, cursor: &str) -> Result<(), String>;

    /// The position stored last.
    ///
    /// # Errors
    /// The database's, in words for the log.
    async fn cursor(&self) -> Result<Option<String>, String>;

    /// A small durable note of ours.
    ///
    /// # Errors
    /// The database's, in words for the log.
    async fn note(&self, name: &str) -> Result<Option<String>, String>;

    /// Replaces a note.
    ///
    /// # Errors
    /// The database's, in words for the log.
    async fn set_note(&self, name: &str, value: &str) -> Result<(), String>;

    /// The rooms of Matrix that some collective uses.
    ///
    /// # Errors
    /// The database's, in words for the log.
    async fn rooms(&self) -> Result<Vec<String>, String>;

    /// Of these, the rooms that are in a circle.
    ///
    /// # Errors
    /// The database's, in words for the log.
    async fn circle_rooms(&self) -> Result<Vec<String>, String>;

    /// The present moment.
    fn now(&self) -> DateTime<Utc>;
}

#[async_trait]
impl Inbox for Desk {
    async fn accept(&self, batch: Vec<Inbound>, cursor: &str) -> Result<(), String> {
        Self::accept(self, NetworkKind::Matrix, batch, cursor)
            .await
            .map_err(|error| error.to_string())
    }

    async fn cursor(&self) -> Result<Option<String>, String> {
        Self::cursor(self, NetworkKind::Matrix)
            .await
            .map_err(|error| error.to_string())
    }

    async fn note(&self, name: &str) -> Result<Option<String>, String> {
        Self::note(self, NetworkKind::Matrix, name)
            .await
            .map_err(|error| error.to_string())
    }

    async fn set_note(&self, name: &str, value: &str) -> Result<(), String> {
        Self::set_note(self, NetworkKind::Matrix, name, value)
            .await
            .map_err(|error| error.to_string())
    }

    async fn rooms(&self) -> Result<Vec<String>, String> {
        Self::rooms(self, NetworkKind::Matrix)
            .await
            .map_err(|error| error.to_string())
    }

    async fn circle_rooms(&self) -> Result<Vec<String>, String> {
        Self::circle_rooms(self, NetworkKind::Matrix)
            .await
            .map_err(|error| error.to_string())
    }

    fn now(&self) -> DateTime<Utc> {
        Self::now(self)
    }
}
