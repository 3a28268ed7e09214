//! What comes after the first answer: follow-ups and edits by the interaction's token, for fifteen minutes.
//! No enforced nonce here: Discord does not support it (the field is refused as unknown).

use super::super::errors::{ApiError, error};
use super::super::interactions::TOKEN_MS;
use super::super::state::{Message, State, ViolationKind};
use super::interactions::create;
use super::{Answer, Call, Reply};

/// The interaction of the token in the path, if it may still be used.
fn interaction(state: &mut State, call: &Call) -> Result<u64, ApiError> {
    let (app, now) = (call.id(0)?, state.now());
    let found = state
        .interactions
        .values()
        .find(|known| known.app == app && known.token == call.params[1]);
    let found = found.ok_or_else(|| error(10015))?;
    if now - found.created_ms > TOKEN_MS {
        let message = format!(
            "token of interaction {} ({}) has expired",
            found.id, found.label
        );
        state.violation(ViolationKind::ExpiredToken, &call.route, message);
        return Err(error(50027));
    }
    // Before the first answer, or when that came too late, there is no webhook.
    if found.first.is_none() {
        Err(error(10015))
    } else {
        Ok(found.id)
    }
}

/// `@original` or a message that this interaction made.
fn target(state: &State, call: &Call, id: u64) -> Result<u64, ApiError> {
    let interaction = &state.interactions[&id];
    let wanted = match call.params.get(2) {
        None => interaction.original,
        Some(text) => {
            let message = text.parse().unwrap_or(0);
            let own =
                interaction.original == Some(message) || interaction.followups.contains(&message);
            Some(message).filter(|_| own)
        }
    };
    let living = wanted.filter(|message| {
        state
            .messages
            .get(message)
            .is_some_and(|message| !message.deleted)
    });
    living.ok_or_else(|| error(10008))
}

fn shown(state: &State, message: u64) -> Answer {
    let message = &state.messages[&message];
    Reply::ok(state.render_message(message, message.author))
}

pub fn followup(state: &mut State, call: &Call) -> Answer {
    let id = interaction(state, call)?;
    state.note_mentions(&call.route, &call.body);
    // The first follow-up after a deferred answer fills that answer in, and cannot change who sees it.
    if state.interactions[&id].loading
        && let Some(original) = state.interactions[&id].original
    {
        fill(state, id, original, call)?;
        return shown(state, original);
    }
    let message = create(state, id, &call.body, &call.files, 0)?;
    state
        .interactions
        .get_mut(&id)
        .expect("found above")
        .followups
        .push(message);
    shown(state, message)
}

fn fill(state: &mut State, id: u64, message: u64, call: &Call) -> Result<(), ApiError> {
    state.edit_message(message, &call.body, &call.files)?;
    let interaction = state
        .interactions
        .get_mut(&id)
        .expect("the caller found it");
    if interaction.original == Some(message) {
        interaction.loading = false;
        interaction.updates += 1;
    }
    Ok(())
}

pub fn get(state: &mut State, call: &Call) -> Answer {
    let id = interaction(state, call)?;
    let message = target(state, call, id)?;
    shown(state, message)
}

pub fn edit(state: &mut State, call: &Call) -> Answer {
    let id = interaction(state, call)?;
    state.note_mentions(&call.route, &call.body);
    let message = target(state, call, id)?;
    fill(state, id, message, call)?;
    shown(state, message)
}

pub fn delete(state: &mut State, call: &Call) -> Answer {
    let id = interaction(state, call)?;
    let message = target(state, call, id)?;
    state.delete_message(message);
    if let Some(message) = state.messages.get_mut(&message) {
        message.flags &= !Message::LOADING;
    }
    Reply::empty()
}
