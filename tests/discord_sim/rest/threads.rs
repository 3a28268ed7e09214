//! Threads: from a message, alone, and the list of those that are active.

use serde_json::json;

use super::super::errors::error;
use super::super::events::intents;
use super::super::messages::Draft;
use super::super::permissions::perms;
use super::super::state::{Message, State, blank_channel};
use super::channels::{allowed, announce};
use super::{Answer, Call, Reply};

/// The thread gets the id of its message, as on Discord.
pub fn from_message(state: &mut State, call: &Call) -> Answer {
    let parent = allowed(state, call, perms::CREATE_PUBLIC_THREADS)?;
    let message = call.id(1)?;
    let found = state
        .message_in(parent, message)
        .filter(|message| message.in_history())
        .ok_or_else(|| error(10008))?;
    if found.thread.is_some() {
        return Err(error(160_004));
    }
    if !matches!(state.channels[&parent].kind, 0 | 5) {
        return Err(error(50024));
    }
    create(state, call, parent, message, 11);
    let found = state.messages.get_mut(&message).expect("found above");
    found.thread = Some(message);
    found.flags |= Message::HAS_THREAD;
    state.dispatch_message("MESSAGE_UPDATE", message);
    Reply::created(state.render_channel(&state.channels[&message], call.bot))
}

pub fn alone(state: &mut State, call: &Call) -> Answer {
    let kind = call.body["type"].as_u64().unwrap_or(12) as u8;
    let needed = if kind == 12 {
        perms::CREATE_PRIVATE_THREADS
    } else {
        perms::CREATE_PUBLIC_THREADS
    };
    let parent = allowed(state, call, needed)?;
    if !matches!(state.channels[&parent].kind, 0 | 5) {
        return Err(error(50024));
    }
    let id = state.clock.next_id();
    create(state, call, parent, id, kind);
    Reply::created(state.render_channel(&state.channels[&id], call.bot))
}

fn create(state: &mut State, call: &Call, parent: u64, id: u64, kind: u8) {
    let guild = state.channels[&parent].guild;
    let name = call.body["name"].as_str().unwrap_or_default().to_owned();
    let mut thread = blank_channel(id, kind, guild, name);
    thread.parent = Some(parent);
    thread.owner = Some(call.bot);
    thread.auto_archive = call.body["auto_archive_duration"].as_u64().unwrap_or(4320);
    state.channels.insert(id, thread);
    announce(state, id, "CREATE");
    if kind == 11 && !state.messages.contains_key(&id) {
        // A public thread of its own leaves a notice in the channel.
        let body = json!({"content": call.body["name"]});
        let draft = Draft {
            webhook: None,
            channel: parent,
            author: call.bot,
            body: &body,
            files: &[],
            interaction: None,
            only_for: None,
            flags: 0,
        };
        if let Ok(notice) = state.create_message(&draft) {
            state.messages.get_mut(&notice).expect("just made").kind = 18;
        }
    }
}

pub fn join(state: &mut State, call: &Call) -> Answer {
    allowed(state, call, 0)?;
    Reply::empty()
}

pub fn active(state: &mut State, call: &Call) -> Answer {
    let guild = call.id(0)?;
    if !state
        .guilds
        .get(&guild)
        .is_some_and(|guild| guild.members.contains_key(&call.bot))
    {
        return Err(error(50001));
    }
    let visible = state.channels.values().filter(|channel| {
        let seen = state.channel_permissions(channel.id, call.bot) & perms::VIEW_CHANNEL != 0;
        channel.guild == Some(guild) && channel.is_thread() && !channel.archived && seen
    });
    let threads: Vec<_> = visible
        .map(|channel| state.render_channel(channel, call.bot))
        .collect();
    Reply::ok(json!({"threads": threads, "members": []}))
}

/// Forgets a channel with its threads, and says so.
impl State {
    pub fn remove_channel(&mut self, id: u64) {
        let Some(channel) = self.channels.get(&id) else {
            return;
        };
        let kind = if channel.is_thread() {
            "THREAD_DELETE"
        } else {
            "CHANNEL_DELETE"
        };
        let payload = self.render_channel(channel, 0);
        self.dispatch_channel(kind, intents::GUILDS, 0, id, &payload);
        self.channels
            .retain(|_, channel| channel.id != id && channel.parent != Some(id));
        self.messages.retain(|_, message| message.channel != id);
    }
}
