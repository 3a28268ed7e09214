//! The table of routes. Templates are spelled as in Discord's OpenAPI description, which finds the schemas by them.

use serde_json::Value;

use super::super::errors::Faults;
use super::super::rules::{self, message::Way};
use super::super::state::State;
use super::{
    Answer, Call, channels, commands, interactions, messages, polls, reactions, scheduled, threads,
    users, webhooks,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Needs `Authorization: Bot …`.
    Token,
    /// Open to all.
    Open,
    /// The secret is in the path (interactions); outside the global rate limit.
    Secret,
}

type Handler = fn(&mut State, &Call) -> Answer;
type Rules = fn(&State, &Call) -> Faults;

pub struct Route {
    pub method: &'static str,
    pub template: &'static str,
    pub access: Access,
    pub rules: Rules,
    pub handler: Handler,
}

const fn route(method: &'static str, template: &'static str, handler: Handler) -> Route {
    Route {
        method,
        template,
        access: Access::Token,
        rules: free,
        handler,
    }
}

impl Route {
    const fn checked(mut self, rules: Rules) -> Self {
        self.rules = rules;
        self
    }

    const fn access(mut self, access: Access) -> Self {
        self.access = access;
        self
    }
}

fn free(_: &State, _: &Call) -> Faults {
    Faults::default()
}

fn message(way: Way) -> impl Fn(&Call) -> Faults {
    move |call| {
        rules::checked(|mut at| {
            for fault in &call.parts {
                at.fault("SIM_MULTIPART", fault);
            }
            rules::message::check(at, &call.body, &call.files, way);
        })
    }
}

fn created(_: &State, call: &Call) -> Faults {
    message(Way::Create)(call)
}

fn edited(_: &State, call: &Call) -> Faults {
    message(Way::Edit)(call)
}

fn followup(_: &State, call: &Call) -> Faults {
    message(Way::Followup)(call)
}

fn webhook_edit(_: &State, call: &Call) -> Faults {
    message(Way::WebhookEdit)(call)
}

fn thread(_: &State, call: &Call) -> Faults {
    rules::checked(|at| rules::others::thread(at, &call.body))
}

fn all_commands(_: &State, call: &Call) -> Faults {
    rules::checked(|at| rules::commands::check_all(at, &call.body))
}

fn new_command(_: &State, call: &Call) -> Faults {
    rules::checked(|mut at| rules::commands::check(&mut at, &call.body, true))
}

fn changed_command(_: &State, call: &Call) -> Faults {
    rules::checked(|mut at| rules::commands::check(&mut at, &call.body, false))
}

fn new_event(state: &State, call: &Call) -> Faults {
    rules::checked(|at| rules::others::scheduled_event(at, &call.body, true, state.now()))
}

fn changed_event(state: &State, call: &Call) -> Faults {
    rules::checked(|at| rules::others::scheduled_event(at, &call.body, false, state.now()))
}

fn channel(state: &State, call: &Call) -> Faults {
    let thread = call
        .id(0)
        .ok()
        .and_then(|id| state.channels.get(&id))
        .is_some_and(|channel| channel.is_thread());
    rules::checked(|at| rules::others::channel(at, &call.body, thread))
}

pub static UNKNOWN: Route = route("", "", |_, _| super::Reply::empty());

/// Fixed words come before placeholders of the same place.
pub static ROUTES: &[Route] = &[
    route("GET", "/gateway", users::gateway).access(Access::Open),
    route("GET", "/gateway/bot", users::gateway_bot),
    route("GET", "/applications/@me", users::application),
    route("GET", "/oauth2/applications/@me", users::application),
    route("GET", "/users/@me", users::me),
    route("GET", "/users/@me/guilds", users::my_guilds),
    route("POST", "/users/@me/channels", users::private_channel),
    route("GET", "/users/{user_id}", users::user),
    route("GET", "/guilds/{guild_id}", users::guild),
    route("GET", "/guilds/{guild_id}/channels", channels::of_guild),
    route("GET", "/guilds/{guild_id}/roles", users::roles),
    route("GET", "/guilds/{guild_id}/members", users::members),
    route("GET", "/guilds/{guild_id}/members/{user_id}", users::member),
    route("GET", "/guilds/{guild_id}/threads/active", threads::active),
    route("GET", "/channels/{channel_id}", channels::get),
    route("PATCH", "/channels/{channel_id}", channels::patch).checked(channel),
    route("DELETE", "/channels/{channel_id}", channels::delete),
    route("POST", "/channels/{channel_id}/typing", channels::typing),
    route("GET", "/channels/{channel_id}/pins", channels::pins_old),
    route(
        "PUT",
        "/channels/{channel_id}/pins/{message_id}",
        channels::pin,
    ),
    route(
        "DELETE",
        "/channels/{channel_id}/pins/{message_id}",
        channels::unpin,
    ),
    route(
        "GET",
        "/channels/{channel_id}/messages/pins",
        channels::pins,
    ),
    route(
        "PUT",
        "/channels/{channel_id}/messages/pins/{message_id}",
        channels::pin,
    ),
    route(
        "DELETE",
        "/channels/{channel_id}/messages/pins/{message_id}",
        channels::unpin,
    ),
    route("GET", "/channels/{channel_id}/messages", messages::list),
    route("POST", "/channels/{channel_id}/messages", messages::create).checked(created),
    route(
        "GET",
        "/channels/{channel_id}/messages/{message_id}",
        messages::get,
    ),
    route(
        "PATCH",
        "/channels/{channel_id}/messages/{message_id}",
        messages::edit,
    )
    .checked(edited),
    route(
        "DELETE",
        "/channels/{channel_id}/messages/{message_id}",
        messages::delete,
    ),
    route(
        "DELETE",
        "/channels/{channel_id}/messages/{message_id}/reactions",
        reactions::clear,
    ),
    route(
        "GET",
        "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}",
        reactions::list,
    ),
    route(
        "PUT",
        "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me",
        reactions::add,
    ),
    route(
        "DELETE",
        "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me",
        reactions::remove,
    ),
    route(
        "DELETE",
        "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/{user_id}",
        reactions::remove_other,
    ),
    route(
        "POST",
        "/channels/{channel_id}/polls/{message_id}/expire",
        polls::expire,
    ),
    route(
        "POST",
        "/channels/{channel_id}/messages/{message_id}/threads",
        threads::from_message,
    )
    .checked(thread),
    route("POST", "/channels/{channel_id}/threads", threads::alone).checked(thread),
    route(
        "PUT",
        "/channels/{channel_id}/thread-members/@me",
        threads::join,
    ),
    route(
        "DELETE",
        "/channels/{channel_id}/thread-members/@me",
        threads::join,
    ),
    route(
        "GET",
        "/applications/{application_id}/commands",
        commands::list,
    ),
    route(
        "PUT",
        "/applications/{application_id}/commands",
        commands::overwrite,
    )
    .checked(all_commands),
    route(
        "POST",
        "/applications/{application_id}/commands",
        commands::create,
    )
    .checked(new_command),
    route(
        "GET",
        "/applications/{application_id}/commands/{command_id}",
        commands::get,
    ),
    route(
        "PATCH",
        "/applications/{application_id}/commands/{command_id}",
        commands::edit,
    )
    .checked(changed_command),
    route(
        "DELETE",
        "/applications/{application_id}/commands/{command_id}",
        commands::delete,
    ),
    route(
        "GET",
        "/applications/{application_id}/guilds/{guild_id}/commands",
        commands::list,
    ),
    route(
        "PUT",
        "/applications/{application_id}/guilds/{guild_id}/commands",
        commands::overwrite,
    )
    .checked(all_commands),
    route(
        "POST",
        "/applications/{application_id}/guilds/{guild_id}/commands",
        commands::create,
    )
    .checked(new_command),
    route(
        "GET",
        "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}",
        commands::get,
    ),
    route(
        "PATCH",
        "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}",
        commands::edit,
    )
    .checked(changed_command),
    route(
        "DELETE",
        "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}",
        commands::delete,
    ),
    route(
        "POST",
        "/interactions/{interaction_id}/{interaction_token}/callback",
        interactions::callback,
    )
    .checked(interactions::rules)
    .access(Access::Secret),
    route(
        "POST",
        "/webhooks/{webhook_id}/{webhook_token}",
        webhooks::followup,
    )
    .checked(followup)
    .access(Access::Secret),
    route(
        "GET",
        "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
        webhooks::get,
    )
    .access(Access::Secret),
    route(
        "PATCH",
        "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
        webhooks::edit,
    )
    .checked(webhook_edit)
    .access(Access::Secret),
    route(
        "DELETE",
        "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
        webhooks::delete,
    )
    .access(Access::Secret),
    route(
        "GET",
        "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        webhooks::get,
    )
    .access(Access::Secret),
    route(
        "PATCH",
        "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        webhooks::edit,
    )
    .checked(webhook_edit)
    .access(Access::Secret),
    route(
        "DELETE",
        "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        webhooks::delete,
    )
    .access(Access::Secret),
    route(
        "GET",
        "/guilds/{guild_id}/scheduled-events",
        scheduled::list,
    ),
    route(
        "POST",
        "/guilds/{guild_id}/scheduled-events",
        scheduled::create,
    )
    .checked(new_event),
    route(
        "GET",
        "/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}",
        scheduled::get,
    ),
    route(
        "PATCH",
        "/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}",
        scheduled::edit,
    )
    .checked(changed_event),
    route(
        "DELETE",
        "/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}",
        scheduled::delete,
    ),
];

/// The route of a path below `/api/v10`, and the values of its placeholders.
pub fn find(method: &str, path: &str) -> Option<(&'static Route, Vec<String>)> {
    ROUTES
        .iter()
        .filter(|route| route.method == method)
        .find_map(|route| Some((route, fit(route.template, path)?)))
}

fn fit(template: &str, path: &str) -> Option<Vec<String>> {
    let (mut wanted, mut given) = (template.split('/'), path.split('/'));
    let mut params = Vec::new();
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Some(params),
            (Some(want), Some(got)) if want.starts_with('{') && !got.is_empty() => {
                params.push(decode(got))
            }
            (Some(want), Some(got)) if want == decode(got) => {}
            _ => return None,
        }
    }
}

/// Undoes `%xx`.
pub fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let pair = after
            .get(..2)
            .filter(|_| first == b'%')
            .and_then(|pair| std::str::from_utf8(pair).ok());
        if let Some(byte) = pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Whether a value is an absent or empty body.
pub fn nothing(body: &Value) -> bool {
    body.is_null() || body.as_object().is_some_and(serde_json::Map::is_empty)
}
