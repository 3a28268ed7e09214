//! A card's picture: an event of its own, right after the card's words.
//!
//! **Once**: it has its own transaction id. After a crash in between, the card is created again: its words are there
//! under their id, and the picture follows. What was uploaded for nothing, no event leads to.
//!
//! **Never in the way**: a picture that the homeserver refuses, or does not take for [`PATIENCE`], is left out and
//! logged; the words stand.
//!
//! **Read aloud**: its `body` is the alternative text, which clients hand to screen readers. There is no `filename`: with
//! one, `body` would be a caption (<https://spec.matrix.org/v1.13/client-server-api/#media-captions>), which stands below
//! the picture for everybody, and says again what the card just said.
//!
//! Edits leave it alone: what a card shows so is final, such as the result of a closed poll.

use std::time::Duration;

use chrono::TimeDelta;
use matrix_sdk::Room;
use matrix_sdk::ruma::api::client::media::create_content;
use serde_json::{Value, json};

use super::MatrixNetwork;
use super::content::{self, PICTURE};
use super::error::{http_error, send_error};
use super::send::find;
use crate::chart;
use crate::domain::chart::Image;
use crate::network::{Delivery, SendError};

/// How long after a card's first try a picture may hold it up.
const PATIENCE: TimeDelta = TimeDelta::minutes(5);
/// The longest that one try takes.
const BOUND: Duration = Duration::from_secs(20);

impl MatrixNetwork {
    /// Shows the picture below the card's words, in the thread of `root` if there is one. With `uncertain`, it may be
    /// there already under a transaction id that means nothing any more.
    pub(super) async fn add_picture(
        &self,
        room: &Room,
        delivery: &Delivery,
        image: &Image,
        root: Option<&str>,
        uncertain: bool,
    ) -> Result<(), SendError> {
        let work = async {
            if uncertain && find(room, PICTURE, delivery.card).await?.is_some() {
                return Ok(());
            }
            let Some(png) = chart::png(image).await else {
                return Ok(());
            };
            let source = self.uploaded(room, &png.bytes, "image/png").await?;
            let content = content::picture(delivery.card, &image.alt, &png, source, root);
            let id = content::picture_id(delivery.card);
            let sent = self.send(room, "m.room.message", content, &id).await;
            sent.map(|_| ())
        };
        if let Some(error) = patiently(delivery, work).await? {
            tracing::warn!(card = %delivery.card, %error, "matrix: a card stays without its picture");
        }
        Ok(())
    }

    /// Puts something where the homeserver keeps media, encrypted if the room is: the field of the event's content that
    /// says where.
    pub(super) async fn uploaded(
        &self,
        room: &Room,
        bytes: &[u8],
        media_type: &str,
    ) -> Result<Value, SendError> {
        let state = room.latest_encryption_state().await;
        if state.map_err(|error| send_error(&error))?.is_encrypted() {
            let mut reader = bytes;
            let upload = self.client.upload_encrypted_file(&mut reader).into_future();
            let file = upload.await.map_err(|error| send_error(&error))?;
            return Ok(json!({ "file": file }));
        }
        let mut request = create_content::v3::Request::new(bytes.to_vec());
        request.content_type = Some(media_type.to_owned());
        let upload = Box::pin(self.client.send(request).into_future());
        let stored = upload.await.map_err(|error| http_error(&error))?;
        Ok(json!({ "url": stored.content_uri }))
    }
}

/// Does what follows a card's words within the time that one try has. What may pass is an error, for as long as it may hold the
/// card up; what it is given up for is told.
pub(super) async fn patiently(
    delivery: &Delivery,
    work: impl Future<Output = Result<(), SendError>>,
) -> Result<Option<SendError>, SendError> {
    let late = || SendError::Retry {
        after: None,
        reason: "it takes too long".to_owned(),
    };
    let tried = tokio::time::timeout(BOUND, work).await;
    let error = match tried.unwrap_or_else(|_| Err(late())) {
        Ok(()) => return Ok(None),
        Err(error) => error,
    };
    let first = delivery.uncertain_since.unwrap_or(delivery.now);
    match &error {
        SendError::Retry { after: Some(_), .. } => Err(error),
        SendError::Retry { .. } if delivery.now - first < PATIENCE => Err(error),
        _ => Ok(Some(error)),
    }
}
