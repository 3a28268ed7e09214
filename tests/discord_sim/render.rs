//! The JSON of each object, complete as Discord's response schemas ask for.

use serde_json::{Value, json};

use super::clock::{id_time_ms, timestamp};
use super::state::{Channel, Guild, Message, Role, State};

fn optional(id: Option<u64>) -> Value {
    id.map_or(Value::Null, |id| Value::String(id.to_string()))
}

impl State {
    pub fn render_user(&self, id: u64) -> Value {
        let user = self.users.get(&id);
        let mut json = json!({
            "id": id.to_string(), "username": self.user_name(id), "discriminator": "0", "avatar": null,
            "global_name": null, "public_flags": 0, "flags": 0, "primary_guild": null, "banner": null,
            "accent_color": null, "avatar_decoration_data": null, "collectibles": null,
        });
        if user.is_some_and(|user| user.bot) {
            json["bot"] = json!(true);
            json["discriminator"] = json!("0001");
        } else {
            json["global_name"] = json!(self.user_name(id));
        }
        json
    }

    /// The bot's own account, with what only itself sees.
    pub fn render_self(&self, id: u64) -> Value {
        let mut json = self.render_user(id);
        json["verified"] = json!(true);
        json["mfa_enabled"] = json!(true);
        json["locale"] = json!("en-US");
        json["email"] = Value::Null;
        json["premium_type"] = json!(0);
        json
    }

    pub fn render_application(&self, id: u64) -> Value {
        let app = self.app(id).expect("a known application");
        let owner = self
            .guilds
            .values()
            .next()
            .map_or(app.bot, |guild| guild.owner);
        let flags = if app.privileged {
            (1 << 13) | (1 << 15) | (1 << 19)
        } else {
            0
        };
        json!({
            "id": id.to_string(), "name": app.name, "icon": null, "description": "", "type": null,
            "bot": self.render_user(app.bot), "bot_public": false, "bot_require_code_grant": false,
            "verify_key": "0".repeat(64), "flags": flags, "flags_new": flags.to_string(), "redirect_uris": [],
            "interactions_endpoint_url": null, "role_connections_verification_url": null,
            "owner": self.render_user(owner), "approximate_guild_count": self.guilds.len(),
            "approximate_user_install_count": 0, "approximate_user_authorization_count": 0,
            "explicit_content_filter": 0, "team": null, "eligible_oauth2_scopes": [], "max_participants": null,
            "integration_types_config": {"0": {}}, "tags": [], "event_webhooks_url": null,
            "event_webhooks_status": 1, "event_webhooks_types": [], "hook": true, "summary": "", "rpc_origins": [],
        })
    }

    pub fn render_member(&self, guild: u64, user: u64) -> Value {
        let member = &self.guilds[&guild].members[&user];
        let roles: Vec<String> = member.roles.iter().map(u64::to_string).collect();
        json!({
            "user": self.render_user(user), "roles": roles, "nick": member.nick, "avatar": null, "banner": null,
            "communication_disabled_until": null, "flags": 0, "joined_at": member.joined, "pending": false,
            "premium_since": null, "mute": false, "deaf": false,
        })
    }

    pub fn render_role(&self, role: &Role) -> Value {
        json!({
            "id": role.id.to_string(), "name": role.name, "permissions": role.permissions.to_string(),
            "position": role.position, "color": 0, "hoist": false, "managed": role.managed, "mentionable": false,
            "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null},
            "icon": null, "unicode_emoji": null, "flags": 0,
        })
    }

    pub fn render_channel(&self, channel: &Channel, viewer: u64) -> Value {
        let mut json = json!({
            "id": channel.id.to_string(), "type": channel.kind, "flags": 0,
            "last_message_id": optional(channel.last_message),
            "last_pin_timestamp": channel.pins.first().map(|(_, when)| when),
        });
        let Some(guild) = channel.guild else {
            let others = channel.recipients.iter().filter(|user| **user != viewer);
            json["recipients"] = others.map(|user| self.render_user(*user)).collect();
            return json;
        };
        json["guild_id"] = json!(guild.to_string());
        json["name"] = json!(channel.name);
        json["parent_id"] = optional(channel.parent);
        json["rate_limit_per_user"] = json!(0);
        if channel.is_thread() {
            let messages = self.history(channel.id).count();
            json["owner_id"] = optional(channel.owner);
            json["message_count"] = json!(messages);
            json["total_message_sent"] = json!(channel.creations);
            json["member_count"] = json!(1);
            let since = timestamp(id_time_ms(channel.id));
            json["thread_metadata"] = json!({
                "archived": channel.archived, "locked": channel.locked, "archive_timestamp": since,
                "auto_archive_duration": channel.auto_archive, "create_timestamp": since,
            });
        } else {
            json["position"] = json!(channel.position);
            json["topic"] = json!(channel.topic);
            json["nsfw"] = json!(false);
            json["permission_overwrites"] = channel
                .overwrites
                .iter()
                .map(|(id, overwrite)| {
                    json!({
                        "id": id.to_string(), "type": u8::from(overwrite.member),
                        "allow": overwrite.allow.to_string(), "deny": overwrite.deny.to_string(),
                    })
                })
                .collect();
        }
        json
    }

    /// A guild as by GET; the gateway adds its own fields to it.
    pub fn render_guild(&self, guild: &Guild) -> Value {
        let roles: Vec<Value> = guild
            .roles
            .values()
            .map(|role| self.render_role(role))
            .collect();
        json!({
            "id": guild.id.to_string(), "name": guild.name, "icon": null, "description": null, "home_header": null,
            "splash": null, "discovery_splash": null, "features": [], "banner": null,
            "owner_id": guild.owner.to_string(), "application_id": null, "region": "ca", "afk_channel_id": null,
            "afk_timeout": 300, "system_channel_id": null, "system_channel_flags": 0, "widget_enabled": false,
            "widget_channel_id": null, "verification_level": 0, "roles": roles, "default_message_notifications": 1,
            "mfa_level": 0, "explicit_content_filter": 0, "max_presences": null, "max_members": 500_000,
            "max_stage_video_channel_users": 50, "max_video_channel_users": 25, "vanity_url_code": null,
            "premium_tier": 0, "premium_subscription_count": 0, "preferred_locale": guild.locale,
            "rules_channel_id": null, "safety_alerts_channel_id": null, "public_updates_channel_id": null,
            "premium_progress_bar_enabled": false, "nsfw": false, "nsfw_level": 0, "emojis": [], "stickers": [],
            "incidents_data": null,
        })
    }

    /// A message as `viewer` sees it (only `me` of reactions depends on who looks).
    pub fn render_message(&self, message: &Message, viewer: u64) -> Value {
        let pinned = self
            .channels
            .get(&message.channel)
            .is_some_and(|channel| channel.pins.iter().any(|(id, _)| *id == message.id));
        let mentions: Vec<Value> = message
            .mentions
            .iter()
            .map(|user| self.render_user(*user))
            .collect();
        let roles: Vec<String> = message.mention_roles.iter().map(u64::to_string).collect();
        let suppressed = message.flags & Message::SUPPRESS_EMBEDS != 0;
        let mut json = json!({
            "id": message.id.to_string(), "channel_id": message.channel.to_string(), "type": message.kind,
            "author": self.render_user(message.author), "content": message.content,
            "timestamp": message.timestamp, "edited_timestamp": message.edited, "tts": false,
            "mention_everyone": message.mention_everyone, "mentions": mentions, "mention_roles": roles,
            "attachments": message.attachments,
            "embeds": if suppressed { json!([]) } else { message.embeds.clone() },
            "components": message.components, "pinned": pinned, "flags": message.flags,
        });
        if let Some(app) = message.webhook {
            json["webhook_id"] = json!(app.to_string());
            json["application_id"] = json!(app.to_string());
        }
        if let Some(metadata) = &message.interaction {
            json["interaction_metadata"] = metadata.clone();
        }
        if !message.reactions.is_empty() {
            json["reactions"] = message.reactions.iter().map(|(emoji, users)| json!({
                "emoji": emoji, "count": users.len(), "count_details": {"burst": 0, "normal": users.len()},
                "burst_colors": [], "me_burst": false, "me": users.contains(&viewer),
            })).collect();
        }
        if let Some(poll) = &message.poll {
            json["poll"] = self.render_poll(poll, viewer);
        }
        if let Some(reference) = message.reference {
            self.render_reference(&mut json, message, reference);
        }
        if let Some(thread) = message.thread.and_then(|id| self.channels.get(&id)) {
            json["thread"] = self.render_channel(thread, viewer);
        }
        json
    }

    fn render_reference(&self, json: &mut Value, message: &Message, reference: u64) {
        json["message_reference"] = json!({
            "type": 0, "channel_id": message.channel.to_string(), "message_id": reference.to_string(),
        });
        if let Some(guild) = self
            .channels
            .get(&message.channel)
            .and_then(|channel| channel.guild)
        {
            json["message_reference"]["guild_id"] = json!(guild.to_string());
        }
        let target = self.message_in(message.channel, reference).map(|target| {
            // One level only: a reply to a reply does not carry the whole conversation.
            let mut plain = target.clone();
            plain.reference = None;
            self.render_message(&plain, message.author)
        });
        json["referenced_message"] = target.unwrap_or(Value::Null);
    }
}
