//! Messages of a channel: write, read, edit, delete; the enforced nonce.

use serde_json::{Value, json};

use super::super::errors::{ApiError, error};
use super::super::messages::Draft;
use super::super::permissions::perms;
use super::super::rules::files::attached;
use super::super::state::{Message, State, ViolationKind};
use super::channels::allowed;
use super::{Answer, Call, Reply};

pub fn create(state: &mut State, call: &Call) -> Answer {
    state.note_mentions(&call.route, &call.body);
    let channel = allowed(state, call, 0)?;
    let place = &state.channels[&channel];
    if place.archived && place.locked {
        return Err(error(50083));
    }
    if place.guild.is_none() {
        let refuses = |user: &u64| state.users.get(user).is_some_and(|user| user.refuses_dms);
        if place.recipients.iter().any(refuses) {
            return Err(error(50007));
        }
    }
    if !state.may_send(channel, call.bot) {
        return Err(error(50013));
    }
    let list = |name: &str| {
        call.body[name]
            .as_array()
            .is_some_and(|list| !list.is_empty())
    };
    let granted = state.channel_permissions(channel, call.bot);
    let lacks = |bit: u64| granted & bit == 0;
    if (list("embeds") && lacks(perms::EMBED_LINKS))
        || ((list("attachments") || !call.files.is_empty()) && lacks(perms::ATTACH_FILES))
        || (call.body["poll"].is_object() && lacks(perms::SEND_POLLS))
    {
        return Err(error(50013));
    }
    if let Some(existing) = enforced(state, call)? {
        return Reply::ok(existing);
    }
    check_reference(state, call, channel)?;
    let flags = call.body["flags"].as_u64().unwrap_or(0);
    let draft = Draft {
        webhook: None,
        channel,
        author: call.bot,
        body: &call.body,
        files: &call.files,
        interaction: None,
        only_for: None,
        flags,
    };
    let id = state.create_message(&draft)?;
    if call.body["enforce_nonce"] == true {
        let now = state.now();
        state
            .nonces
            .insert((call.bot, call.body["nonce"].to_string()), (id, now));
    }
    let mut json = state.render_message(&state.messages[&id], call.bot);
    if !call.body["nonce"].is_null() {
        json["nonce"] = call.body["nonce"].clone();
    }
    Reply::ok(json)
}

/// The message an enforced nonce already made, whatever the channel: Discord's scope is the author. A deleted one
/// is an error, and is not made again (discord-api-docs#6647).
fn enforced(state: &State, call: &Call) -> Result<Option<Value>, ApiError> {
    if call.body["enforce_nonce"] != true {
        return Ok(None);
    }
    let Some((id, when)) = state
        .nonces
        .get(&(call.bot, call.body["nonce"].to_string()))
    else {
        return Ok(None);
    };
    if !state.within(*when, state.options.nonce_window) {
        return Ok(None);
    }
    let message = state
        .messages
        .get(id)
        .filter(|message| !message.deleted)
        .ok_or_else(|| error(10008))?;
    let mut json = state.render_message(message, call.bot);
    json["nonce"] = call.body["nonce"].clone();
    Ok(Some(json))
}

fn check_reference(state: &State, call: &Call, channel: u64) -> Result<(), ApiError> {
    let reference = &call.body["message_reference"];
    if reference.is_null() || reference["fail_if_not_exists"] == false {
        return Ok(());
    }
    let target = reference["message_id"]
        .as_str()
        .and_then(|id| id.parse().ok())
        .unwrap_or(0);
    if state
        .message_in(channel, target)
        .is_some_and(Message::in_history)
    {
        return Ok(());
    }
    let mut faults = super::Faults::default();
    faults.add(
        "message_reference",
        "REPLIES_UNKNOWN_MESSAGE",
        "Unknown message",
    );
    Err(faults.into_error())
}

/// As the bot reads it back: content of others hidden without the privileged intent.
pub fn read(state: &State, message: &Message, call: &Call) -> Value {
    let mut json = state.render_message(message, call.bot);
    if state.options.nonce_in_history
        && let Some(nonce) = &message.nonce
    {
        json["nonce"] = nonce.clone();
    }
    let app = state.app(call.app).expect("the caller");
    state.hide_content(&mut json, message, app, app.privileged);
    json
}

pub fn list(state: &mut State, call: &Call) -> Answer {
    let channel = allowed(state, call, 0)?;
    let limit = call
        .query
        .get("limit")
        .map_or(Ok(50), |limit| limit.parse::<usize>());
    let Some(limit) = limit.ok().filter(|limit| (1..=100).contains(limit)) else {
        let mut faults = super::Faults::default();
        faults.add(
            "limit",
            "NUMBER_TYPE_MAX",
            "int value should be between 1 and 100.",
        );
        return Err(faults.into_error());
    };
    if state.channel_permissions(channel, call.bot) & perms::READ_MESSAGE_HISTORY == 0 {
        return Reply::ok(json!([]));
    }
    let bound = |name: &str| call.query.get(name).and_then(|id| id.parse::<u64>().ok());
    let all: Vec<&Message> = state.history(channel).collect();
    let mut page: Vec<&Message> = if let Some(around) = bound("around") {
        let at = all.partition_point(|message| message.id < around);
        let from = at.saturating_sub(limit / 2);
        all.into_iter().skip(from).take(limit).collect()
    } else if let Some(after) = bound("after") {
        all.into_iter()
            .filter(|message| message.id > after)
            .take(limit)
            .collect()
    } else {
        let before = bound("before").unwrap_or(u64::MAX);
        all.into_iter()
            .rev()
            .filter(|message| message.id < before)
            .take(limit)
            .collect()
    };
    // Newest first, whichever way the page was chosen.
    page.sort_by_key(|message| std::cmp::Reverse(message.id));
    Reply::ok(
        page.into_iter()
            .map(|message| read(state, message, call))
            .collect(),
    )
}

impl State {
    /// Notes an edit that leaves a picture of an embed where it is without naming the attachments: Discord's app then
    /// shows it a second time, outside of the embed (discord-api-docs#5675).
    fn note_doubled_picture(&mut self, place: &str, message: &Message, body: &Value) {
        let pictures = body["embeds"].as_array().into_iter().flatten();
        let mut kept = pictures.filter_map(|embed| attached(&embed["image"]["url"]));
        let existing = |name: &str| {
            let mut list = message.attachments.as_array().into_iter().flatten();
            list.any(|attachment| attachment["filename"] == name)
        };
        if body["attachments"].is_null() && kept.any(existing) {
            self.violation(
                ViolationKind::Rule,
                place,
                "the picture would be shown twice: name it in attachments",
            );
        }
    }
}

fn target(state: &State, call: &Call) -> Result<Message, ApiError> {
    let channel = allowed(state, call, 0)?;
    let found = state
        .message_in(channel, call.id(1)?)
        .filter(|message| message.in_history());
    found.cloned().ok_or_else(|| error(10008))
}

pub fn get(state: &mut State, call: &Call) -> Answer {
    let message = target(state, call)?;
    if state.channel_permissions(message.channel, call.bot) & perms::READ_MESSAGE_HISTORY == 0 {
        return Err(error(50013));
    }
    Reply::ok(read(state, &message, call))
}

pub fn edit(state: &mut State, call: &Call) -> Answer {
    state.note_mentions(&call.route, &call.body);
    let message = target(state, call)?;
    if message.author != call.bot {
        return Err(error(50005));
    }
    if state.channels[&message.channel].archived {
        return Err(error(50083));
    }
    if message.poll.is_some() {
        return Err(error(520_003));
    }
    let granted = state.channel_permissions(message.channel, call.bot);
    if !call.files.is_empty() && granted & perms::ATTACH_FILES == 0 {
        return Err(error(50013));
    }
    state.note_doubled_picture(&call.route, &message, &call.body);
    state.edit_message(message.id, &call.body, &call.files)?;
    Reply::ok(read(state, &state.messages[&message.id], call))
}

pub fn delete(state: &mut State, call: &Call) -> Answer {
    let message = target(state, call)?;
    let may = state.channel_permissions(message.channel, call.bot) & perms::MANAGE_MESSAGES != 0;
    let private = state.channels[&message.channel].guild.is_none();
    if message.author != call.bot && (private || !may) {
        return Err(error(if private { 50003 } else { 50013 }));
    }
    state.delete_message(message.id);
    Reply::empty()
}
