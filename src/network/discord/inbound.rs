//! Turns what happened on Discord into [`Inbound`]s. Pure.
//!
//! Bots, webhooks and the bot itself are nobody here. What Discord says a member may do becomes a
//! standing; the desk checks it again against the collective's own rules.

use std::num::NonZeroU64;

use chrono::{DateTime, Utc};
use serde_json::Value;
use serenity::model::Permissions;

use super::commands::CommandIndex;
use super::event::{Interaction, User, WrittenMessage, kind, modal_fields};
use crate::command::{Deed, Inbound};
use crate::domain::actor::{Account, Role};
use crate::domain::language::Language;
use crate::domain::network::NetworkKind;

/// Milliseconds between 1970 and Discord's first second
/// (<https://docs.discord.com/developers/reference#snowflakes>).
const EPOCH: i64 = 1_420_070_400_000;

/// When a Discord id was made.
pub(super) fn made_at(id: NonZeroU64) -> DateTime<Utc> {
    let millis = i64::try_from(id.get() >> 22)
        .unwrap_or(0)
        .saturating_add(EPOCH);
    DateTime::from_timestamp_millis(millis).unwrap_or_default()
}

/// The smallest id made at `at`, to read a channel from there.
pub(super) fn id_at(at: DateTime<Utc>) -> u64 {
    u64::try_from(at.timestamp_millis().saturating_sub(EPOCH)).unwrap_or(0) << 22
}

/// What an interaction asks for; none for what is not ours (autocompletion, a command of an older version).
pub(super) fn interaction(event: &Interaction, commands: &CommandIndex) -> Option<Inbound> {
    let deed = match event.kind {
        kind::COMMAND => {
            let (command, args) = commands.read(&event.data)?;
            Deed::Invoke { command, args }
        }
        kind::COMPONENT => {
            let fields = event
                .data
                .values
                .iter()
                .map(|value| ("choice".to_owned(), value.clone()));
            Deed::Press {
                invoke: event.data.custom_id.clone(),
                fields: fields.collect(),
            }
        }
        kind::MODAL => Deed::Press {
            invoke: event.data.custom_id.clone(),
            fields: modal_fields(&event.data.components),
        },
        _ => return None,
    };
    let user = event
        .member
        .as_ref()
        .and_then(|member| member.user.as_ref())
        .or(event.user.as_ref())?;
    let room = event
        .channel_id
        .or(event.channel.as_ref().map(|channel| channel.id))?;
    let permissions = event
        .member
        .as_ref()
        .and_then(|member| member.permissions.as_deref());
    Some(Inbound {
        key: event.id.to_string(),
        account: account(user)?,
        standing: permissions.map_or(Role::Citizen, standing),
        room: room.to_string(),
        private: event.guild_id.is_none(),
        thread: None,
        language: event
            .locale
            .as_deref()
            .or(event.guild_locale.as_deref())
            .and_then(language),
        name: event
            .member
            .as_ref()
            .and_then(|member| member.nick.clone())
            .or_else(|| name(user)),
        at: made_at(event.id.0),
        deed,
    })
}

/// What a message asks for; none if it is not for the bot `own`.
pub(super) fn message(event: &WrittenMessage, own: NonZeroU64) -> Option<Inbound> {
    const DEFAULT: u8 = 0;
    const REPLY: u8 = 19;
    if event.webhook_id.is_some()
        || event.author.id.0 == own
        || !matches!(event.kind, DEFAULT | REPLY)
    {
        return None;
    }
    let private = event.guild_id.is_none();
    let content = event.content.trim();
    let text = match (mentioned(content, own), private) {
        (Some(rest), _) => rest,
        (None, true) => content,
        (None, false) => return None,
    };
    let text = if private || text.starts_with('!') {
        text.to_owned()
    } else {
        format!("!{text}")
    };
    if text.is_empty() {
        return None;
    }
    Some(Inbound {
        key: event.id.to_string(),
        account: account(&event.author)?,
        // Discord tells a member's permissions in interactions only: a typed command has a citizen's.
        standing: Role::Citizen,
        room: event.channel_id.to_string(),
        private,
        thread: None,
        language: None,
        name: name(&event.author),
        at: made_at(event.id.0),
        deed: Deed::Text(text),
    })
}

/// What follows a mention of the bot at the start.
fn mentioned(content: &str, own: NonZeroU64) -> Option<&str> {
    [format!("<@{own}>"), format!("<@!{own}>")]
        .iter()
        .find_map(|mention| content.strip_prefix(mention.as_str()))
        .map(|rest| rest.trim_start_matches([',', ':']).trim())
}

/// What somebody calls themselves.
fn name(user: &User) -> Option<String> {
    user.global_name.clone().or_else(|| user.username.clone())
}

fn account(user: &User) -> Option<Account> {
    let person = !user.bot && !user.system;
    person.then(|| Account {
        network: NetworkKind::Discord,
        address: user.id.to_string(),
    })
}

/// What Discord's permissions amount to. Who runs the server is a steward, who runs its events an editor,
/// who shapes its channels an organizer.
fn standing(permissions: &str) -> Role {
    let permissions = Permissions::from_bits_truncate(permissions.parse().unwrap_or(0));
    if permissions.intersects(Permissions::ADMINISTRATOR | Permissions::MANAGE_GUILD) {
        Role::Steward
    } else if permissions.contains(Permissions::MANAGE_EVENTS) {
        Role::Editor
    } else if permissions.contains(Permissions::MANAGE_CHANNELS) {
        Role::Organizer
    } else {
        Role::Citizen
    }
}

/// The language of one of Discord's locales; none for those that we do not speak.
pub(super) fn language(locale: &str) -> Option<Language> {
    match locale.split('-').next() {
        Some("fr") => Some(Language::FrCa),
        Some("en") => Some(Language::EnCa),
        _ => None,
    }
}

/// An option's value as text, as somebody would have typed it.
pub(super) fn typed(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const OWN: NonZeroU64 = NonZeroU64::new(77).unwrap();

    fn written(content: &str, change: impl FnOnce(&mut Value)) -> Option<Inbound> {
        let mut event = json!({
            "id": "175928847299117063", "channel_id": "5", "guild_id": "6", "content": content, "type": 0,
            "author": {"id": "9", "username": "ana"},
        });
        change(&mut event);
        message(&serde_json::from_value(event).unwrap(), OWN)
    }

    fn text(inbound: Option<Inbound>) -> Option<String> {
        inbound.map(|inbound| match inbound.deed {
            Deed::Text(text) => text,
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn a_mention_at_the_start_is_a_command_and_other_talk_is_not_read() {
        assert_eq!(
            text(written("<@77> aide", |_| ())).as_deref(),
            Some("!aide")
        );
        assert_eq!(
            text(written("<@!77>, !aide", |_| ())).as_deref(),
            Some("!aide")
        );
        assert_eq!(text(written("<@77>", |_| ())).as_deref(), Some("!"));
        assert_eq!(text(written("bonjour <@77>", |_| ())), None);
        assert_eq!(text(written("<@777> aide", |_| ())), None);
    }

    #[test]
    fn a_private_message_is_handed_over_as_it_is() {
        let private = |event: &mut Value| drop(event.as_object_mut().unwrap().remove("guild_id"));
        let inbound = written(" bonjour ", private).unwrap();
        assert!(inbound.private);
        assert_eq!(inbound.account.address, "9");
        assert_eq!(inbound.at.to_rfc3339(), "2016-04-30T11:18:25.796+00:00");
        assert_eq!(text(Some(inbound)).as_deref(), Some("bonjour"));
        assert_eq!(text(written("", private)), None);
    }

    #[test]
    fn bots_webhooks_and_system_messages_are_nobody() {
        assert!(written("<@77> x", |event| event["author"]["bot"] = json!(true)).is_none());
        assert!(written("<@77> x", |event| event["webhook_id"] = json!("3")).is_none());
        assert!(written("<@77> x", |event| event["author"]["id"] = json!("77")).is_none());
        assert!(written("<@77> x", |event| event["type"] = json!(7)).is_none());
    }

    #[test]
    fn permissions_become_a_standing() {
        for (bits, role) in [
            (1 << 3, Role::Steward),
            (1 << 5, Role::Steward),
            (1 << 33, Role::Editor),
            (1 << 4, Role::Organizer),
            (1 << 11, Role::Citizen),
        ] {
            assert_eq!(standing(&u64::to_string(&bits)), role);
        }
        assert_eq!(standing("nonsense"), Role::Citizen);
        assert_eq!(standing(&u64::MAX.to_string()), Role::Steward);
    }

    #[test]
    fn locales_become_languages() {
        assert_eq!(language("fr"), Some(Language::FrCa));
        assert_eq!(language("en-GB"), Some(Language::EnCa));
        assert_eq!(language("de"), None);
    }

    #[test]
    fn an_id_tells_its_time_and_back() {
        let id = NonZeroU64::new(175_928_847_299_117_063).unwrap();
        assert_eq!(id_at(made_at(id)), (id.get() >> 22) << 22);
    }
}
