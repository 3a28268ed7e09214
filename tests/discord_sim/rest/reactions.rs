//! Reactions of the bot, and reading those of others.

use serde_json::json;

use super::super::errors::{ApiError, error};
use super::super::messages::emoji_json;
use super::super::permissions::perms;
use super::super::state::State;
use super::channels::allowed;
use super::{Answer, Call, Reply};

fn target(state: &State, call: &Call, needed: u64) -> Result<u64, ApiError> {
    let channel = allowed(state, call, needed)?;
    let message = call.id(1)?;
    let visible = state
        .message_in(channel, message)
        .is_some_and(super::super::state::Message::in_history);
    if visible {
        Ok(message)
    } else {
        Err(error(10008))
    }
}

pub fn add(state: &mut State, call: &Call) -> Answer {
    let message = target(state, call, perms::READ_MESSAGE_HISTORY)?;
    let emoji = &call.params[2];
    // A picture or `name:id`; plain words are no emoji.
    if emoji.is_ascii()
        && !emoji.contains(':')
        && !emoji.starts_with(|first: char| first.is_ascii_digit())
    {
        return Err(error(10014));
    }
    let known = state.messages[&message]
        .reactions
        .iter()
        .any(|(known, _)| *known == emoji_json(emoji));
    if !known {
        target(state, call, perms::ADD_REACTIONS)?;
    }
    state.react(message, call.bot, emoji, true);
    Reply::empty()
}

pub fn remove(state: &mut State, call: &Call) -> Answer {
    let message = target(state, call, 0)?;
    state.react(message, call.bot, &call.params[2], false);
    Reply::empty()
}

pub fn remove_other(state: &mut State, call: &Call) -> Answer {
    let message = target(state, call, perms::MANAGE_MESSAGES)?;
    let user = call.id(3)?;
    state.react(message, user, &call.params[2], false);
    Reply::empty()
}

pub fn clear(state: &mut State, call: &Call) -> Answer {
    let message = target(state, call, perms::MANAGE_MESSAGES)?;
    state
        .messages
        .get_mut(&message)
        .expect("found above")
        .reactions
        .clear();
    Reply::empty()
}

pub fn list(state: &mut State, call: &Call) -> Answer {
    let message = target(state, call, perms::READ_MESSAGE_HISTORY)?;
    let emoji = emoji_json(&call.params[2]);
    let users = state.messages[&message]
        .reactions
        .iter()
        .find(|(known, _)| *known == emoji)
        .map(|(_, users)| users);
    let limit = call
        .query
        .get("limit")
        .and_then(|limit| limit.parse().ok())
        .unwrap_or(25);
    let after = call
        .query
        .get("after")
        .and_then(|after| after.parse().ok())
        .unwrap_or(0_u64);
    let mut page: Vec<u64> = users
        .into_iter()
        .flatten()
        .copied()
        .filter(|user| *user > after)
        .collect();
    page.sort_unstable();
    page.truncate(limit);
    Reply::ok(json!(
        page.into_iter()
            .map(|user| state.render_user(user))
            .collect::<Vec<_>>()
    ))
}
