//! The first answer to an interaction: within three seconds, once, of a type that fits.

use serde_json::{Value, json};

use super::super::errors::{ApiError, Faults, error};
use super::super::interactions::{COMMAND, COMPLETION, COMPONENT, FIRST_ANSWER_MS, MODAL_SUBMIT};
use super::super::messages::Draft;
use super::super::rules::{self, At, message::Way};
use super::super::state::{Message, State, ViolationKind};
use super::{Answer, Call, File, Reply};

const MESSAGE: u64 = 4;
const DEFERRED_MESSAGE: u64 = 5;
const DEFERRED_UPDATE: u64 = 6;
const UPDATE: u64 = 7;
const CHOICES: u64 = 8;
const MODAL: u64 = 9;

/// Checks the answer's type against the interaction, and its data.
pub fn rules(state: &State, call: &Call) -> Faults {
    let interaction = call.id(0).ok().and_then(|id| state.interactions.get(&id));
    rules::checked(|mut at| {
        at.only_fields(&call.body, &["type", "data"]);
        let kind = call.body["type"].as_u64().unwrap_or(0);
        if let Some(interaction) = interaction {
            let updatable = interaction.source.is_some();
            let fits = match (interaction.kind, kind) {
                (COMPLETION, CHOICES)
                | (COMMAND | COMPONENT | MODAL_SUBMIT, MESSAGE | DEFERRED_MESSAGE) => true,
                (COMPONENT, DEFERRED_UPDATE | UPDATE) | (COMMAND | COMPONENT, MODAL) => true,
                (MODAL_SUBMIT, DEFERRED_UPDATE | UPDATE) => updatable,
                _ => false,
            };
            if !fits {
                let message = format!(
                    "an answer of type {kind} does not fit an interaction of type {}",
                    interaction.kind
                );
                at.sub("type").fault("BASE_TYPE_CHOICES", message);
            }
        }
        for fault in &call.parts {
            at.fault("SIM_MULTIPART", fault);
        }
        check_data(&mut at, call, kind);
    })
}

fn check_data(at: &mut At<'_>, call: &Call, kind: u64) {
    let data = &call.body["data"];
    let missing = data.is_null() && matches!(kind, MESSAGE | UPDATE | CHOICES | MODAL);
    if missing {
        at.sub("data")
            .fault("BASE_TYPE_REQUIRED", "This field is required");
        return;
    }
    let mut at = at.sub("data");
    match kind {
        MESSAGE | UPDATE => rules::message::check(at, data, &call.files, Way::Callback),
        CHOICES => rules::others::choices(at, data),
        MODAL => rules::modal::check(at, data),
        DEFERRED_MESSAGE if !data.is_null() => {
            // serenity sends whole empty lists along; what counts is that nothing is in them.
            for (name, value) in data
                .as_object()
                .into_iter()
                .flatten()
                .filter(|(name, _)| *name != "flags")
            {
                let empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
                if !empty && name != "allowed_mentions" {
                    at.sub(name).fault(
                        "SIM_DEFERRED",
                        "a deferred answer only takes the EPHEMERAL flag",
                    );
                }
            }
            if data["flags"]
                .as_u64()
                .is_some_and(|flags| flags & !Message::EPHEMERAL != 0)
            {
                at.sub("flags").fault(
                    "SIM_DEFERRED",
                    "a deferred answer only takes the EPHEMERAL flag",
                );
            }
        }
        _ => {}
    }
}

pub fn callback(state: &mut State, call: &Call) -> Answer {
    let id = call.id(0)?;
    let now = state.now();
    let interaction = state
        .interactions
        .get_mut(&id)
        .filter(|known| known.token == call.params[1]);
    let interaction = interaction.ok_or_else(|| error(10062))?;
    if interaction.first.is_some() {
        interaction.double = true;
        state.violation(
            ViolationKind::DoubleAnswer,
            &call.route,
            format!("interaction {id} was already answered"),
        );
        return Err(error(40060));
    }
    let waited = now - interaction.created_ms;
    if waited > FIRST_ANSWER_MS {
        interaction.late = true;
        let message = format!(
            "interaction {id} ({}) answered after {waited} ms",
            interaction.label
        );
        state.violation(ViolationKind::LateAnswer, &call.route, message);
        return Err(error(10062));
    }
    let message = apply(state, call, id)?;
    let interaction = state.interactions.get_mut(&id).expect("found above");
    interaction.first = Some(call.body.clone());
    interaction.first_ms = now;
    if !call.flag("with_response") {
        return Reply::empty();
    }
    Reply::ok(described(
        state,
        id,
        message,
        call.body["type"].as_u64().unwrap_or(0),
    ))
}

/// Does what the answer says; gives the message it made or changed.
fn apply(state: &mut State, call: &Call, id: u64) -> Result<Option<u64>, ApiError> {
    let (kind, data) = (call.body["type"].as_u64().unwrap_or(0), &call.body["data"]);
    match kind {
        MESSAGE | DEFERRED_MESSAGE => {
            let deferred = kind == DEFERRED_MESSAGE;
            if !deferred {
                state.note_mentions(&call.route, data);
            }
            let loading = if deferred { Message::LOADING } else { 0 };
            let message = create(state, id, data, &call.files, loading)?;
            let interaction = state
                .interactions
                .get_mut(&id)
                .expect("the caller found it");
            interaction.original = Some(message);
            interaction.loading = deferred;
            Ok(Some(message))
        }
        UPDATE | DEFERRED_UPDATE => {
            let source = state.interactions[&id].source;
            if kind == UPDATE {
                state.note_mentions(&call.route, data);
                let source = source.ok_or_else(|| error(10008))?;
                state.edit_message(source, data, &call.files)?;
            }
            let interaction = state
                .interactions
                .get_mut(&id)
                .expect("the caller found it");
            interaction.original = source;
            interaction.updates += usize::from(kind == UPDATE);
            Ok(source.filter(|_| kind == UPDATE))
        }
        _ => Ok(None),
    }
}

/// A message of an interaction, ephemeral when its flags say so.
pub fn create(
    state: &mut State,
    id: u64,
    data: &Value,
    files: &[File],
    more_flags: u64,
) -> Result<u64, ApiError> {
    let interaction = &state.interactions[&id];
    let flags = data["flags"].as_u64().unwrap_or(0) | more_flags;
    let only_for = Some(interaction.user).filter(|_| flags & Message::EPHEMERAL != 0);
    let bot = state.app(interaction.app).expect("a known application").bot;
    let (channel, app) = (interaction.channel, interaction.app);
    let draft = Draft {
        webhook: None,
        channel,
        author: bot,
        body: data,
        files,
        interaction: Some((app, id)),
        only_for,
        flags,
    };
    state.create_message(&draft)
}

fn described(state: &State, id: u64, message: Option<u64>, kind: u64) -> Value {
    let interaction = &state.interactions[&id];
    let mut json = json!({"interaction": {"id": id.to_string(), "type": interaction.kind,
        "channel_id": interaction.channel.to_string()}});
    if let Some(guild) = interaction.guild {
        json["interaction"]["guild_id"] = json!(guild.to_string());
    }
    if let Some(message) = message.and_then(|id| state.messages.get(&id)) {
        let about = &mut json["interaction"];
        about["response_message_id"] = json!(message.id.to_string());
        about["response_message_loading"] = json!(message.flags & Message::LOADING != 0);
        about["response_message_ephemeral"] = json!(message.only_for.is_some());
        if matches!(kind, MESSAGE | UPDATE) {
            let bot = state.app(interaction.app).map_or(0, |app| app.bot);
            json["resource"] = json!({"type": kind, "message": state.render_message(message, bot)});
        }
    }
    json
}
