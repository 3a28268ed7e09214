//! Accounts, the application, guilds and their members; where the gateway is.

use serde_json::{Value, json};

use super::super::errors::{ApiError, Faults, error};
use super::super::state::{Guild, State};
use super::{Answer, Call, Reply};

fn gateway_url(state: &State) -> String {
    format!("ws://{}", state.address)
}

pub fn gateway(state: &mut State, _: &Call) -> Answer {
    Reply::ok(json!({"url": gateway_url(state)}))
}

pub fn gateway_bot(state: &mut State, call: &Call) -> Answer {
    let day = 24 * 3600 * 1000;
    let now = state.now();
    let identifies = &state.app(call.app).expect("the caller").identifies;
    let used = identifies.iter().filter(|when| now - **when < day).count();
    let reset = identifies
        .iter()
        .find(|when| now - **when < day)
        .map_or(0, |first| day - (now - first));
    let total = state.options.session_start_limit;
    Reply::ok(json!({
        "url": gateway_url(state), "shards": 1,
        "session_start_limit": {
            "total": total, "remaining": (total as usize).saturating_sub(used), "reset_after": reset,
            "max_concurrency": 1,
        },
    }))
}

pub fn application(state: &mut State, call: &Call) -> Answer {
    Reply::ok(state.render_application(call.app))
}

pub fn me(state: &mut State, call: &Call) -> Answer {
    Reply::ok(state.render_self(call.bot))
}

pub fn user(state: &mut State, call: &Call) -> Answer {
    let id = call.id(0)?;
    if state.users.contains_key(&id) {
        Reply::ok(state.render_user(id))
    } else {
        Err(error(10013))
    }
}

pub fn my_guilds(state: &mut State, call: &Call) -> Answer {
    let mine = state
        .guilds
        .values()
        .filter(|guild| guild.members.contains_key(&call.bot));
    Reply::ok(mine.map(|guild| json!({
        "id": guild.id.to_string(), "name": guild.name, "icon": null, "banner": null, "features": [],
        "owner": guild.owner == call.bot,
        "permissions": state.guild_permissions(guild.id, call.bot).unwrap_or(0).to_string(),
    })).collect())
}

/// A guild the bot is in; others answer as Discord does for strangers.
fn mine<'s>(state: &'s State, call: &Call) -> Result<&'s Guild, ApiError> {
    let guild = state.guilds.get(&call.id(0)?).ok_or_else(|| error(10004))?;
    if guild.members.contains_key(&call.bot) {
        Ok(guild)
    } else {
        Err(error(50001))
    }
}

pub fn guild(state: &mut State, call: &Call) -> Answer {
    let guild = mine(state, call)?;
    let mut json = state.render_guild(guild);
    if call.flag("with_counts") {
        json["approximate_member_count"] = json!(guild.members.len());
        json["approximate_presence_count"] = json!(guild.members.len());
    }
    Reply::ok(json)
}

pub fn roles(state: &mut State, call: &Call) -> Answer {
    let guild = mine(state, call)?;
    Reply::ok(
        guild
            .roles
            .values()
            .map(|role| state.render_role(role))
            .collect(),
    )
}

/// Listing members needs the GUILD_MEMBERS intent in the application's settings.
pub fn members(state: &mut State, call: &Call) -> Answer {
    let guild = mine(state, call)?;
    if !state.app(call.app).is_some_and(|app| app.privileged) {
        return Err(error(50001));
    }
    let limit = call
        .query
        .get("limit")
        .and_then(|limit| limit.parse().ok())
        .unwrap_or(1);
    let after = call
        .query
        .get("after")
        .and_then(|after| after.parse().ok())
        .unwrap_or(0);
    let page = guild
        .members
        .keys()
        .filter(|user| **user > after)
        .take(limit);
    Reply::ok(
        page.map(|user| state.render_member(guild.id, *user))
            .collect(),
    )
}

pub fn member(state: &mut State, call: &Call) -> Answer {
    let guild = mine(state, call)?;
    let user = call.id(1)?;
    if !state.users.contains_key(&user) {
        return Err(error(10013));
    }
    if guild.members.contains_key(&user) {
        Reply::ok(state.render_member(guild.id, user))
    } else {
        Err(error(10007))
    }
}

/// Opens (or finds) the private channel with a user.
pub fn private_channel(state: &mut State, call: &Call) -> Answer {
    let wanted = match &call.body["recipient_id"] {
        Value::String(id) => id.parse().ok(),
        Value::Number(id) => id.as_u64(),
        _ => None,
    };
    let Some(user) = wanted.filter(|user| state.users.contains_key(user) && *user != call.bot)
    else {
        let mut faults = Faults::default();
        faults.add("recipient_id", "INVALID_RECIPIENT", "Invalid Recipient(s)");
        return Err(faults.into_error());
    };
    let id = state.private_channel(call.bot, user);
    Reply::ok(state.render_channel(&state.channels[&id], call.bot))
}
