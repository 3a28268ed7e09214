//! Application commands, global and of a guild. An overwrite keeps the id of a command that keeps its name.

use serde_json::{Value, json};

use super::super::errors::{ApiError, error};
use super::super::state::State;
use super::{Answer, Call, Reply};

/// Whose commands: application and guild. The last parameter is a command's id on longer paths.
fn scope(state: &State, call: &Call) -> Result<(u64, Option<u64>), ApiError> {
    let app = call.id(0)?;
    if app != call.app {
        return Err(ApiError::new(
            403,
            20012,
            "You are not authorized to perform this action on this application",
        ));
    }
    if !call.route.contains("{guild_id}") {
        return Ok((app, None));
    }
    let guild = call.id(1)?;
    let member = state
        .guilds
        .get(&guild)
        .is_some_and(|guild| guild.members.contains_key(&call.bot));
    if member {
        Ok((app, Some(guild)))
    } else {
        Err(error(50001))
    }
}

fn same(command: &Value, name: &Value, kind: u64) -> bool {
    command["name"] == *name && command["type"].as_u64() == Some(kind)
}

/// The stored form of a command body; `old` is the command it replaces.
fn stored(
    state: &mut State,
    scope: (u64, Option<u64>),
    body: &Value,
    old: Option<&Value>,
) -> Value {
    let fresh = state.clock.next_id();
    let id = old.map_or_else(|| json!(fresh.to_string()), |old| old["id"].clone());
    let mut command = old.cloned().unwrap_or_else(|| json!({
        "type": 1, "description": "", "default_member_permissions": null, "nsfw": false, "dm_permission": true,
        "name_localizations": null, "description_localizations": null, "contexts": null, "integration_types": [0],
    }));
    for (field, value) in body
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(field, _)| *field != "id")
    {
        if !value.is_null() || matches!(field.as_str(), "default_member_permissions" | "contexts") {
            command[field] = value.clone();
        }
    }
    command["id"] = id;
    command["application_id"] = json!(scope.0.to_string());
    command["version"] = json!(fresh.to_string());
    if let Some(guild) = scope.1 {
        command["guild_id"] = json!(guild.to_string());
    }
    if command["options"] == json!([]) {
        command
            .as_object_mut()
            .expect("an object")
            .remove("options");
    }
    drop_nulls(&mut command["options"]);
    if command["options"].is_null() {
        command
            .as_object_mut()
            .expect("an object")
            .remove("options");
    }
    command
}

fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, value| !value.is_null());
            fields.values_mut().for_each(drop_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_nulls),
        _ => {}
    }
}

/// 200 new commands per day and guild; replacing one that exists costs nothing.
fn count_creations(
    state: &mut State,
    scope: (u64, Option<u64>),
    new: usize,
) -> Result<(), ApiError> {
    let now = state.now();
    let made = state.command_creations.entry(scope).or_default();
    made.retain(|when| now - when < 24 * 3600 * 1000);
    if made.len() + new > 200 {
        return Err(error(30034));
    }
    made.extend(std::iter::repeat_n(now, new));
    Ok(())
}

pub fn list(state: &mut State, call: &Call) -> Answer {
    let scope = scope(state, call)?;
    let mut list = state.commands.get(&scope).cloned().unwrap_or_default();
    if !call.flag("with_localizations") {
        for command in &mut list {
            let fields = command.as_object_mut().expect("an object");
            fields.remove("name_localizations");
            fields.remove("description_localizations");
        }
    }
    Reply::ok(Value::Array(list))
}

pub fn overwrite(state: &mut State, call: &Call) -> Answer {
    let scope = scope(state, call)?;
    let old = state.commands.get(&scope).cloned().unwrap_or_default();
    let bodies = call.body.as_array().cloned().unwrap_or_default();
    let before = |body: &Value| {
        let kind = body["type"].as_u64().unwrap_or(1);
        old.iter()
            .find(|command| same(command, &body["name"], kind))
    };
    count_creations(
        state,
        scope,
        bodies.iter().filter(|body| before(body).is_none()).count(),
    )?;
    let list: Vec<Value> = bodies.iter().map(|body| {
        let id = before(body).map(|old| json!({"id": old["id"], "type": 1, "description": "",
            "default_member_permissions": null, "nsfw": false, "dm_permission": true, "contexts": null,
            "name_localizations": null, "description_localizations": null, "integration_types": [0]}));
        stored(state, scope, body, id.as_ref())
    }).collect();
    state.commands.insert(scope, list.clone());
    Reply::ok(Value::Array(list))
}

pub fn create(state: &mut State, call: &Call) -> Answer {
    let scope = scope(state, call)?;
    let kind = call.body["type"].as_u64().unwrap_or(1);
    let list = state.commands.get(&scope).cloned().unwrap_or_default();
    let old = list
        .iter()
        .position(|command| same(command, &call.body["name"], kind));
    if old.is_none() {
        count_creations(state, scope, 1)?;
    }
    let command = stored(state, scope, &call.body, old.map(|index| &list[index]));
    let list = state.commands.entry(scope).or_default();
    match old {
        Some(index) => list[index] = command.clone(),
        None => list.push(command.clone()),
    }
    if old.is_some() {
        Reply::ok(command)
    } else {
        Reply::created(command)
    }
}

fn position(state: &State, call: &Call) -> Result<((u64, Option<u64>), usize), ApiError> {
    let scope = scope(state, call)?;
    let id = json!(call.params.last().expect("a command id"));
    let index = state
        .commands
        .get(&scope)
        .and_then(|list| list.iter().position(|command| command["id"] == id));
    Ok((scope, index.ok_or_else(|| error(10063))?))
}

pub fn get(state: &mut State, call: &Call) -> Answer {
    let (scope, index) = position(state, call)?;
    Reply::ok(state.commands[&scope][index].clone())
}

pub fn edit(state: &mut State, call: &Call) -> Answer {
    let (scope, index) = position(state, call)?;
    let old = state.commands[&scope][index].clone();
    let command = stored(state, scope, &call.body, Some(&old));
    state.commands.get_mut(&scope).expect("found above")[index] = command.clone();
    Reply::ok(command)
}

pub fn delete(state: &mut State, call: &Call) -> Answer {
    let (scope, index) = position(state, call)?;
    state
        .commands
        .get_mut(&scope)
        .expect("found above")
        .remove(index);
    Reply::empty()
}
