//! What a test holds of an interaction it started: waits for answers by notification.

use std::time::Duration;

use serde_json::Value;

use super::super::ids::InteractionId;
use super::super::sim::{DiscordSim, WaitTimeout};
use super::super::state::{Message, State};
use super::{Interaction, Modal, ModalField, Response, ShownMessage};

/// One started interaction.
#[derive(Clone)]
pub struct InteractionHandle {
    pub id: InteractionId,
    pub(super) sim: DiscordSim,
}

impl std::fmt::Debug for InteractionHandle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "InteractionHandle({})", self.id)
    }
}

impl InteractionHandle {
    /// The first answer; fails the test when there is none in time.
    pub async fn response(&self, timeout: Duration) -> Response {
        self.try_response(timeout)
            .await
            .unwrap_or_else(|problem| panic!("no answer to {}: {problem}", self.label()))
    }

    /// The first answer, or what happened instead.
    pub async fn try_response(&self, timeout: Duration) -> Result<Response, WaitTimeout> {
        let id = self.id.0;
        self.sim
            .wait_for(|state| response(state, &state.interactions[&id]), timeout)
            .await
    }

    /// The message the person ends up with: of a direct answer at once, of a deferred one when it is filled in.
    pub async fn final_message(&self, timeout: Duration) -> ShownMessage {
        let id = self.id.0;
        let found = self
            .sim
            .wait_for(|state| settled(state, &state.interactions[&id]), timeout)
            .await;
        found.unwrap_or_else(|problem| panic!("no final message for {}: {problem}", self.label()))
    }

    /// The message the person has ended up with by now, if any.
    pub fn settled(&self) -> Option<ShownMessage> {
        let id = self.id.0;
        self.sim
            .read(|state| settled(state, &state.interactions[&id]))
    }

    /// The form; fails the test when the answer is something else.
    pub async fn modal(&self, timeout: Duration) -> Modal {
        match self.response(timeout).await {
            Response::Modal(modal) => modal,
            other => panic!(
                "{} was answered with {other:?} instead of a form",
                self.label()
            ),
        }
    }

    /// Waits until there are `count` follow-ups and gives them.
    pub async fn followups(&self, count: usize, timeout: Duration) -> Vec<ShownMessage> {
        let id = self.id.0;
        let all = |state: &State| {
            let ids = &state.interactions[&id].followups;
            (ids.len() >= count).then(|| ids.iter().filter_map(|id| shown(state, *id)).collect())
        };
        self.sim
            .wait_for(all, timeout)
            .await
            .unwrap_or_else(|problem| panic!("follow-ups of {}: {problem}", self.label()))
    }

    /// Whether the first answer came after three seconds.
    pub fn was_late(&self) -> bool {
        self.sim.read(|state| state.interactions[&self.id.0].late)
    }

    /// Simulated milliseconds from the person's action to the first answer.
    pub fn answered_after_ms(&self) -> Option<u64> {
        self.sim.read(|state| {
            let interaction = &state.interactions[&self.id.0];
            interaction
                .first
                .as_ref()
                .map(|_| interaction.first_ms - interaction.created_ms)
        })
    }

    fn label(&self) -> String {
        self.sim
            .read(|state| state.interactions[&self.id.0].label.clone())
    }
}

fn shown(state: &State, id: u64) -> Option<ShownMessage> {
    state
        .messages
        .get(&id)
        .filter(|message| !message.deleted)
        .map(ShownMessage::of)
}

fn response(state: &State, interaction: &Interaction) -> Option<Response> {
    let first = interaction.first.as_ref()?;
    let data = &first["data"];
    let original = || interaction.original.and_then(|id| shown(state, id));
    Some(match first["type"].as_u64()? {
        4 => Response::Message(original()?),
        5 => Response::DeferredMessage {
            ephemeral: data["flags"].as_u64().unwrap_or(0) & Message::EPHEMERAL != 0,
        },
        6 => Response::DeferredUpdate,
        7 => Response::Update(original()?),
        8 => {
            let choices = data["choices"].as_array().into_iter().flatten();
            let name = |choice: &Value| choice["name"].as_str().unwrap_or("").to_owned();
            Response::Choices(
                choices
                    .map(|choice| (name(choice), choice["value"].clone()))
                    .collect(),
            )
        }
        _ => Response::Modal(modal(interaction, data)),
    })
}

fn settled(state: &State, interaction: &Interaction) -> Option<ShownMessage> {
    let kind = interaction.first.as_ref()?["type"].as_u64()?;
    let ready = match kind {
        4 | 7 => true,
        5 => !interaction.loading,
        6 => interaction.updates > 0,
        _ => false,
    };
    interaction
        .original
        .filter(|_| ready)
        .and_then(|id| shown(state, id))
}

pub(super) fn modal(interaction: &Interaction, data: &Value) -> Modal {
    let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
    let field = |input: &Value, label: &Value| ModalField {
        custom_id: text(&input["custom_id"]),
        label: text(label),
        kind: input["type"].as_u64().unwrap_or(0),
        required: input["required"] != false,
        value: input["value"].as_str().map(str::to_owned),
        min_length: input["min_length"].as_u64().unwrap_or(0) as usize,
        max_length: input["max_length"].as_u64().unwrap_or(4000) as usize,
    };
    let parts = data["components"].as_array().into_iter().flatten();
    let fields = parts.filter_map(|part| match part["type"].as_u64() {
        Some(1) => Some(field(
            &part["components"][0],
            &part["components"][0]["label"],
        )),
        Some(18) => Some(field(&part["component"], &part["label"])),
        _ => None,
    });
    Modal {
        from: InteractionId(interaction.id),
        custom_id: text(&data["custom_id"]),
        title: text(&data["title"]),
        fields: fields.collect(),
        components: data["components"].clone(),
    }
}
