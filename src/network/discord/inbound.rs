//! Turns what happened on Discord into [`Inbound`]s. Pure.
//!
//! Bots and the bot itself are nobody here. A webhook that speaks to the bot (a bridge's, mostly) is marked as such: the desk
//! tells it how to act. What Discord says a member may do goes along as it is; what that amounts to is the
//! collective's business.

use std::num::NonZeroU64;

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::commands::CommandIndex;
use super::event::{Interaction, User, WrittenMessage, kind, modal_fields};
use crate::command::{Deed, Inbound};
use crate::domain::actor::Account;
use crate::domain::language::Language;
use crate::domain::network::NetworkKind;
use crate::domain::standing::Standing;

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
        standing: permissions.map_or_else(Standing::default, standing),
        bridged: false,
        room: room.to_string(),
        private: event.guild_id.is_none(),
        // Discord does not say where somebody is who writes in private.
        elsewhere: Vec::new(),
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
    let bridged = event.webhook_id.is_some();
    if event.author.id.0 == own || !matches!(event.kind, DEFAULT | REPLY) {
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
        account: if bridged {
            // A webhook's author is the webhook, marked as a bot.
            address(&event.author)
        } else {
            account(&event.author)?
        },
        // Discord tells a member's permissions in interactions only: a typed command has a citizen's.
        standing: Standing::default(),
        bridged,
        room: event.channel_id.to_string(),
        private,
        // Discord does not say where somebody is who writes in private.
        elsewhere: Vec::new(),
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
    person.then(|| address(user))
}

fn address(user: &User) -> Account {
    Account {
        network: NetworkKind::Discord,
        address: user.id.to_string(),
    }
}

/// A member's permissions, which Discord writes as a number in a string.
fn standing(permissions: &str) -> Standing {
    Standing::Permissions {
        permissions: permissions.parse().unwrap_or(0),
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
    fn bots_and_system_messages_are_nobody() {
        assert!(written("<@77> x", |event| event["author"]["bot"] = json!(true)).is_none());
        assert!(written("<@77> x", |event| event["author"]["id"] = json!("77")).is_none());
        assert!(written("<@77> x", |event| event["type"] = json!(7)).is_none());
    }

    #[test]
    fn permissions_go_along_as_they_are() {
        for (text, permissions) in [("8", 8), ("nonsense", 0), ("", 0), ("17179869184", 1 << 34)] {
            assert_eq!(
                standing(text),
                Standing::Permissions { permissions },
                "{text}"
            );
        }
    }

    #[test]
    fn a_webhook_that_speaks_to_the_bot_is_heard_as_a_bridge() {
        let webhook = |event: &mut Value| {
            event["webhook_id"] = json!("9");
            event["author"]["bot"] = json!(true);
        };
        assert!(written("<@77> vote S1 a", webhook).unwrap().bridged);
        assert!(written("vote S1 a", webhook).is_none());
        assert!(!written("<@77> vote S1 a", |_| ()).unwrap().bridged);
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
