//! The events that matter, as they come over the wire.
//!
//! Only the fields that are needed are read, so an unknown component, permission or locale somewhere else in an
//! event loses nothing (serenity's models would drop the whole event). What a person wrote stays in these
//! types: they have no `Debug`, so that no log line can show it.

use std::num::NonZeroU64;

use serde::Deserialize;
use serde_json::Value;

/// A payload of the gateway, as far as everyone needs it.
#[derive(Deserialize)]
pub(super) struct Payload {
    pub op: u8,
    #[serde(default)]
    pub s: Option<u64>,
    #[serde(default)]
    pub t: Option<String>,
}

/// The part of a payload that depends on its kind.
#[derive(Deserialize)]
pub(super) struct Data<T> {
    pub d: T,
}

/// The start of a session.
#[derive(Deserialize)]
pub(super) struct Ready {
    pub user: WithId,
    pub application: WithId,
}

/// Anything with an id.
#[derive(Deserialize)]
pub(super) struct WithId {
    pub id: Snowflake,
}

/// An id, which Discord writes as a string.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Snowflake(pub NonZeroU64);

impl TryFrom<String> for Snowflake {
    type Error = std::num::ParseIntError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map(Self)
    }
}

impl std::fmt::Display for Snowflake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// Somebody clicked, chose, filled in or used a command
/// (<https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object>).
#[derive(Deserialize)]
pub(super) struct Interaction {
    pub id: Snowflake,
    #[serde(rename = "type")]
    pub kind: u8,
    pub token: String,
    #[serde(default)]
    pub data: InteractionData,
    #[serde(default)]
    pub guild_id: Option<Snowflake>,
    #[serde(default)]
    pub channel_id: Option<Snowflake>,
    #[serde(default)]
    pub channel: Option<WithId>,
    #[serde(default)]
    pub member: Option<Member>,
    #[serde(default)]
    pub user: Option<User>,
    #[serde(default)]
    pub locale: Option<String>,
    #[serde(default)]
    pub guild_locale: Option<String>,
}

/// Kinds of [`Interaction`].
pub(super) mod kind {
    pub const COMMAND: u8 = 2;
    pub const COMPONENT: u8 = 3;
    pub const MODAL: u8 = 5;
}

/// What an interaction says.
#[derive(Default, Deserialize)]
pub(super) struct InteractionData {
    /// The command's default name.
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub options: Vec<CommandOption>,
    #[serde(default)]
    pub custom_id: String,
    /// The chosen entries of a menu.
    #[serde(default)]
    pub values: Vec<String>,
    /// The fields of a modal, as JSON: they come in rows, in labels, or in what Discord invents next.
    #[serde(default)]
    pub components: Value,
}

/// An option or a subcommand.
#[derive(Deserialize)]
pub(super) struct CommandOption {
    pub name: String,
    #[serde(rename = "type")]
    pub kind: u8,
    #[serde(default)]
    pub value: Option<Value>,
    #[serde(default)]
    pub options: Vec<Self>,
}

/// Somebody in a server.
#[derive(Deserialize)]
pub(super) struct Member {
    #[serde(default)]
    pub user: Option<User>,
    /// What they are called in the server.
    #[serde(default)]
    pub nick: Option<String>,
    /// What they may do in the channel, as a number in a string; in interactions only.
    #[serde(default)]
    pub permissions: Option<String>,
}

/// An account.
#[derive(Deserialize)]
pub(super) struct User {
    pub id: Snowflake,
    #[serde(default)]
    pub username: Option<String>,
    /// What they call themselves.
    #[serde(default)]
    pub global_name: Option<String>,
    #[serde(default)]
    pub bot: bool,
    #[serde(default)]
    pub system: bool,
}

/// A message that somebody wrote.
#[derive(Deserialize)]
pub(super) struct WrittenMessage {
    pub id: Snowflake,
    pub channel_id: Snowflake,
    pub author: User,
    #[serde(default)]
    pub guild_id: Option<Snowflake>,
    #[serde(default)]
    pub webhook_id: Option<Snowflake>,
    #[serde(default)]
    pub content: String,
    #[serde(rename = "type", default)]
    pub kind: u8,
}

/// The fields of a modal by name, in order, wherever they stand.
pub(super) fn modal_fields(components: &Value) -> Vec<(String, String)> {
    // Discord nests two deep; the bound keeps a hostile payload from costing a deep recursion.
    fn walk(value: &Value, depth: u8, fields: &mut Vec<(String, String)>) {
        if depth == 0 {
            return;
        }
        match value {
            Value::Array(items) => items.iter().for_each(|item| walk(item, depth - 1, fields)),
            Value::Object(object) => {
                let name = object.get("custom_id").and_then(Value::as_str);
                let one = object.get("value").and_then(Value::as_str);
                let many = object.get("values").and_then(Value::as_array);
                if let (Some(name), Some(value)) = (name, one) {
                    fields.push((name.to_owned(), value.to_owned()));
                } else if let (Some(name), Some(values)) = (name, many) {
                    fields.extend(
                        values
                            .iter()
                            .filter_map(Value::as_str)
                            .map(|value| (name.to_owned(), value.to_owned())),
                    );
                }
                for inner in ["components", "component"] {
                    if let Some(inner) = object.get(inner) {
                        walk(inner, depth - 1, fields);
                    }
                }
            }
            _ => {}
        }
    }
    let mut fields = Vec::new();
    walk(components, 8, &mut fields);
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_modals_fields_are_found_in_rows_and_in_labels() {
        let rows: Value = serde_json::json!([
            {"type": 1, "components": [{"type": 4, "custom_id": "title", "value": "Semences"}]},
            {"type": 18, "component": {"type": 4, "custom_id": "when", "value": "demain"}},
            {"type": 18, "component": {"type": 3, "custom_id": "theme", "values": ["eau"]}},
        ]);
        let expected = [("title", "Semences"), ("when", "demain"), ("theme", "eau")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(modal_fields(&rows), expected);
    }
}
