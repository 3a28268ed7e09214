//! Events to the connected clients: who hears what, by intents, permissions and MESSAGE_CONTENT.

use serde_json::{Value, json};

use super::permissions::perms;
use super::state::{App, Message, State};

/// Intent bits, as Discord numbers them.
pub mod intents {
    pub const GUILDS: u64 = 1;
    pub const GUILD_MEMBERS: u64 = 1 << 1;
    pub const GUILD_PRESENCES: u64 = 1 << 8;
    pub const GUILD_MESSAGES: u64 = 1 << 9;
    pub const GUILD_MESSAGE_REACTIONS: u64 = 1 << 10;
    pub const DIRECT_MESSAGES: u64 = 1 << 12;
    pub const DIRECT_MESSAGE_REACTIONS: u64 = 1 << 13;
    pub const MESSAGE_CONTENT: u64 = 1 << 15;
    pub const GUILD_SCHEDULED_EVENTS: u64 = 1 << 16;
    pub const PRIVILEGED: u64 = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT;
    /// Every bit Discord has given a meaning.
    pub const KNOWN: u64 = ((1 << 17) - 1) | (1 << 20) | (1 << 21) | (1 << 24) | (1 << 25);
}

impl State {
    /// Sends an event to every session of the applications `concerns` accepts, that has one of the intents and is
    /// of the guild's shard. `shape` gives the payload for one bot and its intents.
    pub fn dispatch(
        &mut self,
        kind: &str,
        intent: u64,
        guild: Option<u64>,
        concerns: impl Fn(&Self, &App) -> bool,
        shape: impl Fn(&Self, &App, u64) -> Value,
    ) {
        let mut sessions = std::mem::take(&mut self.sessions);
        for session in sessions.values_mut() {
            let Some(app) = self.app(session.app) else {
                continue;
            };
            let wanted = intent == 0 || session.intents & intent != 0;
            if wanted && session.hears_of(guild) && concerns(self, app) {
                let payload = shape(self, app, session.intents);
                session.send_event(kind, payload);
            }
        }
        self.sessions = sessions;
    }

    /// An event about a whole guild.
    pub fn dispatch_guild(&mut self, kind: &str, intent: u64, guild: u64, payload: &Value) {
        let member = |state: &Self, app: &App| {
            state
                .guilds
                .get(&guild)
                .is_some_and(|guild| guild.members.contains_key(&app.bot))
        };
        self.dispatch(kind, intent, Some(guild), member, |_, _, _| payload.clone());
    }

    /// An event about a channel: only for those who can see it.
    pub fn dispatch_channel(
        &mut self,
        kind: &str,
        guild_intent: u64,
        private_intent: u64,
        channel: u64,
        payload: &Value,
    ) {
        let guild = self
            .channels
            .get(&channel)
            .and_then(|channel| channel.guild);
        let mut payload = payload.clone();
        if let Some(guild) = guild {
            payload["guild_id"] = json!(guild.to_string());
        }
        let intent = if guild.is_some() {
            guild_intent
        } else {
            private_intent
        };
        let sees = |state: &Self, app: &App| {
            state.channel_permissions(channel, app.bot) & perms::VIEW_CHANNEL != 0
        };
        self.dispatch(kind, intent, guild, sees, |_, _, _| payload.clone());
    }

    /// MESSAGE_CREATE or MESSAGE_UPDATE. Ephemeral messages are only announced to the bot that wrote them.
    pub fn dispatch_message(&mut self, kind: &str, id: u64) {
        let Some(message) = self.messages.get(&id).cloned() else {
            return;
        };
        let guild = self
            .channels
            .get(&message.channel)
            .and_then(|channel| channel.guild);
        let intent = if guild.is_some() {
            intents::GUILD_MESSAGES
        } else {
            intents::DIRECT_MESSAGES
        };
        let sees = |state: &Self, app: &App| {
            let visible =
                state.channel_permissions(message.channel, app.bot) & perms::VIEW_CHANNEL != 0;
            visible && (message.only_for.is_none() || message.author == app.bot)
        };
        let created = kind == "MESSAGE_CREATE";
        self.dispatch(kind, intent, guild, sees, |state, app, intents| {
            let mut json = state.render_message(&message, app.bot);
            if let Some(guild) = guild {
                json["guild_id"] = json!(guild.to_string());
                if state.guilds[&guild].members.contains_key(&message.author) {
                    let mut member = state.render_member(guild, message.author);
                    member.as_object_mut().expect("an object").remove("user");
                    json["member"] = member;
                }
            }
            if created && let Some(nonce) = &message.nonce {
                json["nonce"] = nonce.clone();
            }
            state.hide_content(
                &mut json,
                &message,
                app,
                intents & intents::MESSAGE_CONTENT != 0,
            );
            json
        });
    }

    /// Blanks what a bot without MESSAGE_CONTENT does not get to read.
    pub fn hide_content(&self, json: &mut Value, message: &Message, app: &App, has_content: bool) {
        let private = self
            .channels
            .get(&message.channel)
            .is_none_or(|channel| channel.guild.is_none());
        if has_content
            || private
            || message.author == app.bot
            || message.mentions.contains(&app.bot)
        {
            return;
        }
        json["content"] = json!("");
        for field in ["embeds", "components", "attachments"] {
            json[field] = json!([]);
        }
        if let Some(quoted) = json
            .get_mut("referenced_message")
            .filter(|quoted| quoted.is_object())
        {
            let own = quoted["author"]["id"] == json!(app.bot.to_string());
            if !own {
                quoted["content"] = json!("");
                quoted["embeds"] = json!([]);
                quoted["components"] = json!([]);
            }
        }
    }
}
