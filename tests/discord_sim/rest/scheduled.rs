//! Scheduled events of a guild.

use serde_json::{Value, json};

use super::super::errors::{ApiError, Faults, error};
use super::super::events::intents;
use super::super::permissions::perms;
use super::super::state::State;
use super::{Answer, Call, Reply};

const SCHEDULED: u64 = 1;
const ACTIVE: u64 = 2;
const COMPLETED: u64 = 3;
const CANCELED: u64 = 4;

fn guild(state: &State, call: &Call) -> Result<u64, ApiError> {
    let guild = call.id(0)?;
    let member = state
        .guilds
        .get(&guild)
        .ok_or_else(|| error(10004))?
        .members
        .contains_key(&call.bot);
    if member { Ok(guild) } else { Err(error(50001)) }
}

fn found(state: &State, call: &Call) -> Result<u64, ApiError> {
    let guild = guild(state, call)?;
    let id = call.id(1)?;
    let event = state
        .scheduled_events
        .get(&id)
        .filter(|event| event["guild_id"] == json!(guild.to_string()));
    event.map(|_| id).ok_or_else(|| error(10070))
}

/// One's own events need CREATE_EVENTS, those of others MANAGE_EVENTS (split on 2026-02-23).
fn may(state: &State, guild: u64, bot: u64, own: bool) -> Result<(), ApiError> {
    let granted = state.guild_permissions(guild, bot).unwrap_or(0);
    let needed = if own {
        perms::CREATE_EVENTS
    } else {
        perms::MANAGE_EVENTS
    };
    if granted & needed != 0 {
        Ok(())
    } else {
        Err(error(50013))
    }
}

/// External events begin and end by themselves, at their times.
fn age(state: &mut State) {
    let now = state.now();
    let passed = |event: &Value, field: &str| {
        let text = event[field].as_str().unwrap_or_default();
        let at = chrono::DateTime::parse_from_rfc3339(text).ok();
        at.is_some_and(|at| at.timestamp_millis() <= now as i64)
    };
    for event in state.scheduled_events.values_mut() {
        if event["status"] == SCHEDULED && passed(event, "scheduled_start_time") {
            event["status"] = json!(ACTIVE);
        }
        if event["status"] == ACTIVE && passed(event, "scheduled_end_time") {
            event["status"] = json!(COMPLETED);
        }
    }
}

pub fn list(state: &mut State, call: &Call) -> Answer {
    age(state);
    let guild = json!(guild(state, call)?.to_string());
    Reply::ok(
        state
            .scheduled_events
            .values()
            .filter(|event| event["guild_id"] == guild)
            .cloned()
            .collect(),
    )
}

pub fn create(state: &mut State, call: &Call) -> Answer {
    let guild = guild(state, call)?;
    may(state, guild, call.bot, true)?;
    let open = |event: &&Value| matches!(event["status"].as_u64(), Some(SCHEDULED | ACTIVE));
    let same = |event: &&Value| event["guild_id"] == json!(guild.to_string());
    if state
        .scheduled_events
        .values()
        .filter(same)
        .filter(open)
        .count()
        >= 100
    {
        return Err(error(30038));
    }
    let id = state.clock.next_id();
    let mut event = json!({
        "id": id.to_string(), "guild_id": guild.to_string(), "channel_id": null, "creator_id": call.bot.to_string(),
        "name": "", "description": null, "image": null, "scheduled_start_time": null, "scheduled_end_time": null,
        "status": SCHEDULED, "entity_type": 3, "entity_id": null, "entity_metadata": null, "recurrence_rule": null,
        "privacy_level": 2, "guild_scheduled_event_exceptions": [], "creator": state.render_user(call.bot), "user_count": 0,
    });
    copy(&mut event, &call.body);
    state.scheduled_events.insert(id, event.clone());
    announce(state, guild, "CREATE", &event);
    Reply::ok(event)
}

fn copy(event: &mut Value, body: &Value) {
    for (field, value) in body.as_object().into_iter().flatten() {
        event[field] = value.clone();
    }
    // Discord gives times back in its own spelling, always UTC.
    for field in ["scheduled_start_time", "scheduled_end_time"] {
        let moment = event[field]
            .as_str()
            .and_then(|text| chrono::DateTime::parse_from_rfc3339(text).ok());
        if let Some(moment) = moment {
            event[field] = json!(moment.with_timezone(&chrono::Utc).to_rfc3339());
        }
    }
}

fn announce(state: &mut State, guild: u64, what: &str, event: &Value) {
    let kind = format!("GUILD_SCHEDULED_EVENT_{what}");
    state.dispatch_guild(&kind, intents::GUILD_SCHEDULED_EVENTS, guild, event);
}

pub fn get(state: &mut State, call: &Call) -> Answer {
    age(state);
    let id = found(state, call)?;
    Reply::ok(state.scheduled_events[&id].clone())
}

/// Status goes only forward: scheduled, active, completed; or scheduled, cancelled.
pub fn edit(state: &mut State, call: &Call) -> Answer {
    age(state);
    let id = found(state, call)?;
    let guild = call.id(0)?;
    let mut event = state.scheduled_events[&id].clone();
    may(
        state,
        guild,
        call.bot,
        event["creator_id"] == json!(call.bot.to_string()),
    )?;
    if matches!(event["status"].as_u64(), Some(COMPLETED | CANCELED)) {
        return Err(error(180000));
    }
    if event["status"] == ACTIVE && !call.body["scheduled_start_time"].is_null() {
        let mut faults = Faults::default();
        faults.add(
            "scheduled_start_time",
            "SIM_EVENT_BEGUN",
            "an event that has begun cannot begin again",
        );
        return Err(faults.into_error());
    }
    if let Some(next) = call.body["status"]
        .as_u64()
        .filter(|next| event["status"] != json!(next))
    {
        let allowed = matches!(
            (event["status"].as_u64(), next),
            (Some(1), 2 | 4) | (Some(2), 3)
        );
        if !allowed {
            let mut faults = Faults::default();
            faults.add(
                "status",
                "TRANSITION_INVALID",
                "Invalid Guild Scheduled Event Status Transition",
            );
            return Err(faults.into_error());
        }
    }
    copy(&mut event, &call.body);
    state.scheduled_events.insert(id, event.clone());
    announce(state, guild, "UPDATE", &event);
    Reply::ok(event)
}

pub fn delete(state: &mut State, call: &Call) -> Answer {
    let id = found(state, call)?;
    let guild = call.id(0)?;
    let event = state.scheduled_events[&id].clone();
    may(
        state,
        guild,
        call.bot,
        event["creator_id"] == json!(call.bot.to_string()),
    )?;
    state.scheduled_events.remove(&id);
    announce(state, guild, "DELETE", &event);
    Reply::empty()
}
