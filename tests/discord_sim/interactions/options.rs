//! From what a person types to the options of a command, refused where Discord's client would refuse it.

use serde_json::{Map, Value, json};

use super::super::state::State;

/// A command found by its words, with everything for the payload's `data`.
pub struct Typed {
    pub data: Value,
}

/// Who types, and where.
pub struct Typist {
    pub app: u64,
    pub user: u64,
    pub guild: Option<u64>,
}

impl State {
    /// `words` is `command [group] [subcommand]`. With `focused`, required options may be missing and values partial.
    pub fn type_command(
        &self,
        who: &Typist,
        words: &str,
        values: &[(&str, Value)],
        focused: Option<&str>,
    ) -> Result<Typed, String> {
        let mut words = words.split_whitespace();
        let name = words.next().ok_or("no command")?;
        let here = who
            .guild
            .and_then(|guild| self.commands.get(&(who.app, Some(guild))));
        let all = here
            .into_iter()
            .chain(self.commands.get(&(who.app, None)))
            .flatten();
        let command = all
            .into_iter()
            .find(|command| command["name"] == name && command["type"] == 1);
        let command = command.ok_or_else(|| format!("no command /{name} is registered"))?;
        self.check_access(who, command)?;

        let mut path = Vec::new();
        let mut level = command;
        for word in words {
            let options = level["options"].as_array().into_iter().flatten();
            let next = options.into_iter().find(|option| {
                option["name"] == word && matches!(option["type"].as_u64(), Some(1 | 2))
            });
            level = next.ok_or_else(|| format!("/{name} has no subcommand {word:?} here"))?;
            path.push(level);
        }
        let known: Vec<&Value> = level["options"].as_array().into_iter().flatten().collect();
        if known
            .iter()
            .any(|option| matches!(option["type"].as_u64(), Some(1 | 2)))
        {
            return Err(format!(
                "/{name}: a subcommand is needed, the command alone cannot be called"
            ));
        }
        let mut resolved = Map::new();
        let mut options = self.fill_options(who, &known, values, focused, &mut resolved)?;
        for level in path.iter().rev() {
            options = json!([{"name": level["name"], "type": level["type"], "options": options}]);
        }
        let mut data = json!({"id": command["id"], "name": command["name"], "type": 1});
        if options != json!([]) {
            data["options"] = options;
        }
        if !resolved.is_empty() {
            data["resolved"] = Value::Object(resolved);
        }
        if let Some(guild) = command.get("guild_id") {
            data["guild_id"] = guild.clone();
        }
        Ok(Typed { data })
    }

    fn check_access(&self, who: &Typist, command: &Value) -> Result<(), String> {
        let name = &command["name"];
        let place = if who.guild.is_some() { 0 } else { 1 };
        if let Some(contexts) = command["contexts"].as_array()
            && !contexts.iter().any(|context| *context == place)
        {
            return Err(format!("{name} is not offered in this kind of channel"));
        }
        if who.guild.is_none() && command["guild_id"].is_string() {
            return Err(format!("{name} belongs to a guild"));
        }
        let needed = command["default_member_permissions"]
            .as_str()
            .and_then(|bits| bits.parse::<u64>().ok());
        if let (Some(guild), Some(needed)) = (who.guild, needed) {
            let granted = self.guild_permissions(guild, who.user).unwrap_or(0);
            let admin = granted == super::super::perms::ALL;
            if !admin && (needed == 0 || granted & needed != needed) {
                return Err(format!(
                    "{name} is hidden from {}",
                    self.user_name(who.user)
                ));
            }
        }
        Ok(())
    }

    fn fill_options(
        &self,
        who: &Typist,
        known: &[&Value],
        values: &[(&str, Value)],
        focused: Option<&str>,
        resolved: &mut Map<String, Value>,
    ) -> Result<Value, String> {
        for (name, _) in values {
            if !known.iter().any(|option| option["name"] == *name) {
                let names: Vec<&str> = known
                    .iter()
                    .filter_map(|option| option["name"].as_str())
                    .collect();
                return Err(format!("no option {name:?}, there are {names:?}"));
            }
        }
        let mut filled = Vec::new();
        for option in known {
            let name = option["name"].as_str().unwrap_or("");
            let given = values
                .iter()
                .find(|(given, _)| *given == name)
                .map(|(_, value)| value);
            let Some(value) = given else {
                if option["required"] == true && focused.is_none() {
                    return Err(format!("the required option {name:?} is missing"));
                }
                continue;
            };
            let mut entry = json!({"name": name, "type": option["type"], "value": value});
            if focused == Some(name) {
                if option["autocomplete"] != true {
                    return Err(format!("option {name:?} has no autocomplete"));
                }
                entry["focused"] = json!(true);
            } else {
                check_value(option, value)?;
                self.resolve(who, option, value, resolved)?;
            }
            filled.push(entry);
        }
        Ok(Value::Array(filled))
    }

    /// Adds the objects behind ids to `resolved`.
    fn resolve(
        &self,
        who: &Typist,
        option: &Value,
        value: &Value,
        resolved: &mut Map<String, Value>,
    ) -> Result<(), String> {
        let id: u64 = match option["type"].as_u64() {
            Some(6..=9) => value
                .as_str()
                .and_then(|id| id.parse().ok())
                .ok_or("ids are strings of digits")?,
            _ => return Ok(()),
        };
        let mut put = |kind: &str, object: Value| {
            let group = resolved.entry(kind.to_owned()).or_insert_with(|| json!({}));
            group[id.to_string()] = object;
        };
        if self.users.contains_key(&id) {
            put("users", self.render_user(id));
            if let Some(guild) = who
                .guild
                .filter(|guild| self.guilds[guild].members.contains_key(&id))
            {
                let mut member = self.render_member(guild, id);
                let fields = member.as_object_mut().expect("an object");
                for left_out in ["user", "deaf", "mute"] {
                    fields.remove(left_out);
                }
                member["permissions"] =
                    json!(self.guild_permissions(guild, id).unwrap_or(0).to_string());
                put("members", member);
            }
        } else if let Some(channel) = self.channels.get(&id) {
            let mut json = self.render_channel(channel, who.user);
            json["permissions"] = json!(self.channel_permissions(id, who.user).to_string());
            put("channels", json);
        } else if let Some(role) = who
            .guild
            .and_then(|guild| self.guilds[&guild].roles.get(&id))
        {
            put("roles", self.render_role(role));
        } else {
            return Err(format!("nothing has the id {id}"));
        }
        Ok(())
    }
}

fn check_value(option: &Value, value: &Value) -> Result<(), String> {
    let name = &option["name"];
    let kind = option["type"].as_u64().unwrap_or(0);
    let fits = match kind {
        3 | 6..=9 => value.is_string(),
        4 => value.is_i64(),
        5 => value.is_boolean(),
        10 => value.is_number(),
        _ => false,
    };
    if !fits {
        return Err(format!("{value} does not fit option {name} of type {kind}"));
    }
    let choices = option["choices"]
        .as_array()
        .filter(|choices| !choices.is_empty());
    if let Some(choices) = choices
        && !choices.iter().any(|choice| choice["value"] == *value)
    {
        return Err(format!("{value} is not one of the choices of {name}"));
    }
    if let Some(text) = value.as_str() {
        let length = text.chars().count() as u64;
        let (min, max) = (
            option["min_length"].as_u64().unwrap_or(0),
            option["max_length"].as_u64().unwrap_or(6000),
        );
        if length < min || length > max {
            return Err(format!(
                "{name} wants {min} to {max} characters, not {length}"
            ));
        }
    }
    if let Some(number) = value.as_f64() {
        let low = option["min_value"].as_f64().is_some_and(|min| number < min);
        if low || option["max_value"].as_f64().is_some_and(|max| number > max) {
            return Err(format!("{number} is out of bounds for {name}"));
        }
    }
    Ok(())
}
