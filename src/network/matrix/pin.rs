//! Pinned messages: `m.room.pinned_events`, one list for everybody
//! (<https://spec.matrix.org/v1.13/client-server-api/#mroompinned_events>).
//!
//! It is read from the homeserver right before it is written, and others' pins stay in it; what somebody else pins in the
//! moment between is lost, as with every client. It needs the power level of that event (50 where a room says nothing).
//! Without it the message stands where it was sent, and the log and `cercles doctor` say so: no card waits for a pin.

use matrix_sdk::Room;
use matrix_sdk::ruma::EventId;
use matrix_sdk::ruma::api::client::state::get_state_event_for_key;
use matrix_sdk::ruma::events::StateEventType;
use serde_json::{Value, json};

use super::MatrixNetwork;
use super::error::{http_error, send_error};
use crate::network::SendError;

impl MatrixNetwork {
    /// Pins a message of ours, or takes its pin away.
    ///
    /// # Errors
    /// What may pass. That we may not is logged only.
    pub(super) async fn set_pin(
        &self,
        room: &Room,
        event: &EventId,
        pinned: bool,
    ) -> Result<(), SendError> {
        let mut all = self.pins(room).await?;
        let event = Value::from(event.as_str());
        if all.contains(&event) == pinned {
            return Ok(());
        }
        if pinned {
            all.push(event);
        } else {
            all.retain(|other| *other != event);
        }
        let sent = room
            .send_state_event_raw("m.room.pinned_events", "", json!({ "pinned": all }))
            .into_future()
            .await;
        match sent.map_err(|error| send_error(&error)) {
            Err(SendError::Permanent { reason }) => {
                tracing::warn!(room = %room.room_id(), reason, "matrix: the list of workshops cannot be pinned; see `cercles doctor`");
                Ok(())
            }
            other => other.map(drop),
        }
    }

    /// What is pinned in a room.
    async fn pins(&self, room: &Room) -> Result<Vec<Value>, SendError> {
        let request = get_state_event_for_key::v3::Request::new(
            room.room_id().to_owned(),
            StateEventType::RoomPinnedEvents,
            String::new(),
        );
        let found = Box::pin(self.client.send(request).into_future()).await;
        let content = match found {
            Ok(found) => found.event_or_content,
            Err(error) => {
                let none = error
                    .as_client_api_error()
                    .is_some_and(|answer| answer.status_code.as_u16() == 404);
                return if none {
                    Ok(Vec::new())
                } else {
                    Err(http_error(&error))
                };
            }
        };
        let content: Value = serde_json::from_str(content.get()).unwrap_or_default();
        let pinned = content.get("pinned").and_then(Value::as_array);
        Ok(pinned.cloned().unwrap_or_default())
    }
}
