//! Channels, typing, pins.

use serde_json::{Value, json};

use super::super::errors::{ApiError, error};
use super::super::events::intents;
use super::super::permissions::perms;
use super::super::state::{Channel, State};
use super::{Answer, Call, Reply};

/// The channel of the path, visible to the bot and with these permissions.
pub fn allowed(state: &State, call: &Call, needed: u64) -> Result<u64, ApiError> {
    let id = call.id(0)?;
    if !state.channels.contains_key(&id) {
        return Err(error(10003));
    }
    let granted = state.channel_permissions(id, call.bot);
    if granted & perms::VIEW_CHANNEL == 0 {
        return Err(error(50001));
    }
    if granted & needed == needed {
        Ok(id)
    } else {
        Err(error(50013))
    }
}

pub fn get(state: &mut State, call: &Call) -> Answer {
    let id = allowed(state, call, 0)?;
    Reply::ok(state.render_channel(&state.channels[&id], call.bot))
}

pub fn of_guild(state: &mut State, call: &Call) -> Answer {
    let guild = call.id(0)?;
    if !state
        .guilds
        .get(&guild)
        .is_some_and(|guild| guild.members.contains_key(&call.bot))
    {
        return Err(error(50001));
    }
    let places = state
        .channels
        .values()
        .filter(|channel| channel.guild == Some(guild) && !channel.is_thread());
    Reply::ok(
        places
            .map(|channel| state.render_channel(channel, call.bot))
            .collect(),
    )
}

/// Archiving or renaming one's own thread needs nothing more than writing in it.
pub fn patch(state: &mut State, call: &Call) -> Answer {
    let id = call.id(0)?;
    let channel = state.channels.get(&id).ok_or_else(|| error(10003))?;
    if channel.guild.is_none() {
        return Err(error(50024));
    }
    let own_thread =
        channel.is_thread() && channel.owner == Some(call.bot) && call.body["locked"].is_null();
    let needed = match (channel.is_thread(), own_thread) {
        (true, true) => 0,
        (true, false) => perms::MANAGE_THREADS,
        _ => perms::MANAGE_CHANNELS,
    };
    allowed(state, call, needed)?;
    let archived_stays = channel.archived && call.body["archived"] != false;
    if channel.is_thread() && archived_stays {
        return Err(error(50083));
    }
    let channel = state.channels.get_mut(&id).expect("found above");
    change(channel, &call.body);
    announce(state, id, "UPDATE");
    Reply::ok(state.render_channel(&state.channels[&id], call.bot))
}

fn change(channel: &mut Channel, body: &Value) {
    if let Some(name) = body["name"].as_str() {
        channel.name = name.to_owned();
    }
    if let Some(topic) = body.get("topic") {
        channel.topic = topic.as_str().map(str::to_owned);
    }
    if let Some(minutes) = body["auto_archive_duration"].as_u64() {
        channel.auto_archive = minutes;
    }
    for (flag, name) in [
        (&mut channel.archived, "archived"),
        (&mut channel.locked, "locked"),
    ] {
        if let Some(value) = body[name].as_bool() {
            *flag = value;
        }
    }
}

/// CHANNEL_… or THREAD_… with the channel as it is now.
pub fn announce(state: &mut State, id: u64, what: &str) {
    let channel = &state.channels[&id];
    let kind = format!(
        "{}_{what}",
        if channel.is_thread() {
            "THREAD"
        } else {
            "CHANNEL"
        }
    );
    let payload = state.render_channel(channel, 0);
    state.dispatch_channel(&kind, intents::GUILDS, 0, id, &payload);
}

pub fn delete(state: &mut State, call: &Call) -> Answer {
    let id = call.id(0)?;
    let thread = state
        .channels
        .get(&id)
        .ok_or_else(|| error(10003))?
        .is_thread();
    allowed(
        state,
        call,
        if thread {
            perms::MANAGE_THREADS
        } else {
            perms::MANAGE_CHANNELS
        },
    )?;
    let json = state.render_channel(&state.channels[&id], call.bot);
    state.remove_channel(id);
    Reply::ok(json)
}

pub fn typing(state: &mut State, call: &Call) -> Answer {
    allowed(state, call, 0)?;
    Reply::empty()
}

pub fn pins(state: &mut State, call: &Call) -> Answer {
    let id = allowed(state, call, 0)?;
    let list = pinned(state, id, call.bot);
    let items: Vec<Value> = list
        .into_iter()
        .map(|(when, message)| json!({"pinned_at": when, "message": message}))
        .collect();
    Reply::ok(json!({"items": items, "has_more": false}))
}

pub fn pins_old(state: &mut State, call: &Call) -> Answer {
    let id = allowed(state, call, 0)?;
    Reply::ok(
        pinned(state, id, call.bot)
            .into_iter()
            .map(|(_, message)| message)
            .collect(),
    )
}

/// Nothing for those who may not read the history, as Discord does.
fn pinned(state: &State, channel: u64, viewer: u64) -> Vec<(String, Value)> {
    if state.channel_permissions(channel, viewer) & perms::READ_MESSAGE_HISTORY == 0 {
        return Vec::new();
    }
    let pins = state.channels[&channel].pins.iter();
    pins.filter_map(|(id, when)| {
        Some((
            when.clone(),
            state.render_message(state.messages.get(id)?, viewer),
        ))
    })
    .collect()
}

pub fn pin(state: &mut State, call: &Call) -> Answer {
    set_pin(state, call, true)
}

pub fn unpin(state: &mut State, call: &Call) -> Answer {
    set_pin(state, call, false)
}

fn set_pin(state: &mut State, call: &Call, pinned: bool) -> Answer {
    let channel = allowed(state, call, perms::PIN_MESSAGES)?;
    let message = call.id(1)?;
    if !state
        .message_in(channel, message)
        .is_some_and(super::super::state::Message::in_history)
    {
        return Err(error(10008));
    }
    if pinned && state.channels[&channel].pins.len() >= 250 {
        return Err(error(30003));
    }
    state.set_pinned(channel, message, pinned, call.bot);
    Reply::empty()
}
