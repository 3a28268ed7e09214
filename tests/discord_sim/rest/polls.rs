//! Polls: ended before their time.

use super::super::errors::error;
use super::channels::allowed;
use super::{Answer, Call, Reply, messages};

pub fn expire(state: &mut super::State, call: &Call) -> Answer {
    let channel = allowed(state, call, 0)?;
    let id = call.id(1)?;
    let found = state.message_in(channel, id);
    let message = found
        .filter(|message| message.in_history())
        .ok_or_else(|| error(10008))?;
    if message.author != call.bot {
        return Err(error(50005));
    }
    let expiry = message.poll.as_ref().ok_or_else(|| error(520_006))?.expiry;
    let now = state.now();
    if now >= expiry {
        return Err(error(520_001));
    }
    if let Some(poll) = state.messages.get_mut(&id).and_then(|m| m.poll.as_mut()) {
        poll.expiry = now;
    }
    let message = state.messages[&id].clone();
    Reply::ok(messages::read(state, &message, call))
}
