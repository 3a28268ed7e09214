//! The file or the picture that goes with a message, as bytes.
//!
//! A message's JSON names it ([`render`](super::render)); the bytes are another part of the request
//! (<https://docs.discord.com/developers/reference#uploading-files>).

use serenity::builder::CreateAttachment;

use crate::chart;
use crate::domain::card::Message;

/// What goes with a message.
pub(super) struct Upload {
    name: String,
    bytes: Vec<u8>,
}

impl Upload {
    /// Makes what goes with a message. A picture that cannot be drawn is taken out of it.
    pub async fn of(message: &mut Message) -> Option<Self> {
        if let Some(file) = &message.file {
            return Some(Self {
                name: file.name.clone(),
                bytes: file.content.clone().into_bytes(),
            });
        }
        let image = message.image.as_ref()?;
        match chart::png(image).await {
            Some(png) => Some(Self {
                name: image.name.clone(),
                bytes: png.bytes,
            }),
            None => {
                message.image = None;
                None
            }
        }
    }

    /// As serenity sends it: part `files[0]`.
    pub fn part(&self) -> CreateAttachment {
        CreateAttachment::bytes(self.bytes.as_slice(), self.name.as_str())
    }
}
