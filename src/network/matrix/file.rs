//! A card's file: an event of its own, right after the card's words, encrypted where the room is.
//!
//! **Once**, like a [`picture`](super::picture): it has its own transaction id.
//!
//! **Never lost**: where the homeserver takes no such file (too large, or it keeps no media), what it holds follows as text.

use matrix_sdk::Room;

use super::MatrixNetwork;
use super::content::{self, FILE};
use super::picture::patiently;
use super::send::find;
use crate::domain::card::{FILE_PART, Message, TextFile};
use crate::network::{Delivery, SendError};

impl MatrixNetwork {
    /// Puts the file below the card's words, in the thread of `root` if there is one. With `uncertain`, it may be there
    /// already under a transaction id that means nothing any more.
    pub(super) async fn add_file(
        &self,
        room: &Room,
        delivery: &Delivery,
        file: &TextFile,
        root: Option<&str>,
        uncertain: bool,
    ) -> Result<(), SendError> {
        let card = delivery.card;
        let work = async {
            if uncertain && find(room, FILE, card).await?.is_some() {
                return Ok(());
            }
            let bytes = file.content.as_bytes();
            let source = self.uploaded(room, bytes, file.media_type()).await?;
            let content = content::file(card, file, source, root);
            let id = content::file_id(card, 0);
            let sent = self.send(room, "m.room.message", content, &id).await;
            sent.map(drop)
        };
        let Some(error) = patiently(delivery, work).await? else {
            return Ok(());
        };
        tracing::warn!(%card, %error, "matrix: a file goes as text");
        let alone = Message {
            file: Some(file.clone()),
            ..Message::default()
        };
        let parts = alone.in_parts(FILE_PART);
        for (number, part) in parts.iter().enumerate().skip(1) {
            let content = content::file_part(card, part, root);
            let id = content::file_id(card, number);
            self.send(room, "m.room.message", content, &id).await?;
        }
        Ok(())
    }
}
