//! The furniture of a simulated Discord, and what people in it do (other than interactions).

use std::collections::BTreeMap;

use serde_json::json;

use super::DiscordSim;
use super::events::intents;
use super::ids::{ChannelId, GuildId, MessageId, RoleId, UserId};
use super::messages::Draft;
use super::permissions::perms;
use super::state::{App, Guild, Member, Overwrite, Role, State, User, blank_channel};

impl State {
    /// The first guild with its channels, and the bot in it.
    pub fn furnish(&mut self) {
        let options = self.options.clone();
        let owner = self.add_user("proprietaire", &options.guild_locale, false);
        let guild = self.add_guild(
            &options.guild_name,
            &options.guild_locale,
            owner,
            options.everyone_permissions,
        );
        for name in &options.channels {
            self.add_channel(guild, name);
        }
        self.add_app(
            &options.bot_name,
            options.privileged_intents,
            options.bot_permissions,
        );
    }

    fn add_user(&mut self, name: &str, locale: &str, bot: bool) -> u64 {
        let id = self.clock.next_id();
        let user = User {
            id,
            name: name.to_owned(),
            locale: locale.to_owned(),
            bot,
            refuses_dms: false,
        };
        self.users.insert(id, user);
        id
    }

    fn add_guild(&mut self, name: &str, locale: &str, owner: u64, everyone: u64) -> u64 {
        let id = self.clock.next_id();
        let role = Role {
            id,
            name: "@everyone".to_owned(),
            permissions: everyone,
            position: 0,
            managed: false,
        };
        let guild = Guild {
            id,
            name: name.to_owned(),
            locale: locale.to_owned(),
            owner,
            roles: BTreeMap::from([(id, role)]),
            members: BTreeMap::new(),
        };
        self.guilds.insert(id, guild);
        self.join(guild_id(id), owner, Vec::new());
        id
    }

    fn add_channel(&mut self, guild: u64, name: &str) -> u64 {
        let id = self.clock.next_id();
        let mut channel = blank_channel(id, 0, Some(guild), name.to_owned());
        channel.position = self.channels.len();
        self.channels.insert(id, channel);
        id
    }

    fn add_role(&mut self, guild: u64, name: &str, permissions: u64, managed: bool) -> u64 {
        let id = self.clock.next_id();
        let roles = &mut self.guilds.get_mut(&guild).expect("a known guild").roles;
        let position = roles.len();
        roles.insert(
            id,
            Role {
                id,
                name: name.to_owned(),
                permissions,
                position,
                managed,
            },
        );
        let payload = json!({"guild_id": guild.to_string(), "role": self.render_role(&self.guilds[&guild].roles[&id])});
        self.dispatch_guild("GUILD_ROLE_CREATE", intents::GUILDS, guild, &payload);
        id
    }

    fn join(&mut self, guild: GuildId, user: u64, roles: Vec<u64>) {
        let joined = self.clock.timestamp();
        let members = &mut self
            .guilds
            .get_mut(&guild.0)
            .expect("a known guild")
            .members;
        members.insert(
            user,
            Member {
                roles,
                nick: None,
                joined,
            },
        );
        let mut payload = self.render_member(guild.0, user);
        payload["guild_id"] = json!(guild.to_string());
        self.dispatch_guild(
            "GUILD_MEMBER_ADD",
            intents::GUILD_MEMBERS,
            guild.0,
            &payload,
        );
    }

    fn add_app(&mut self, name: &str, privileged: bool, permissions: u64) -> App {
        let bot = self.add_user(name, "en-US", true);
        let id = self.clock.next_id();
        let token = format!("{}.{}", id, self.secret("sim"));
        let app = App {
            id,
            name: name.to_owned(),
            bot,
            token,
            privileged,
            identifies: Vec::new(),
        };
        self.apps.push(app.clone());
        let guild = *self.guilds.keys().next().expect("furnished");
        let role = self.add_role(guild, name, permissions, true);
        self.join(guild_id(guild), bot, vec![role]);
        app
    }
}

fn guild_id(id: u64) -> GuildId {
    GuildId(id)
}

impl DiscordSim {
    /// Token of the main bot.
    pub fn token(&self) -> String {
        self.read(|state| state.apps[0].token.clone())
    }

    pub fn application_id(&self) -> u64 {
        self.read(|state| state.apps[0].id)
    }

    pub fn bot_user(&self) -> UserId {
        self.read(|state| UserId(state.apps[0].bot))
    }

    /// The guild made at start.
    pub fn guild(&self) -> GuildId {
        self.read(|state| GuildId(*state.guilds.keys().next().expect("furnished")))
    }

    /// Owner of the first guild, who may do everything.
    pub fn owner(&self) -> UserId {
        self.read(|state| UserId(state.guilds.values().next().expect("furnished").owner))
    }

    /// A channel of any guild by its name.
    #[track_caller]
    pub fn channel(&self, name: &str) -> ChannelId {
        let found = self.read(|state| {
            state
                .channels
                .values()
                .find(|channel| channel.name == name)
                .map(|found| found.id)
        });
        ChannelId(found.unwrap_or_else(|| panic!("no channel named {name:?}")))
    }

    /// A second bot in the first guild, allowed the privileged intents; gives its token.
    pub fn add_bot(&self, name: &str) -> String {
        self.update(|state| state.add_app(name, true, perms::BOT_DEFAULT).token)
    }

    /// A person, at once a member of the first guild.
    pub fn add_user(&self, name: &str, locale: &str) -> UserId {
        let guild = self.guild();
        self.update(|state| {
            let id = state.add_user(name, locale, false);
            state.join(guild, id, Vec::new());
            UserId(id)
        })
    }

    /// A person who is in no guild.
    pub fn add_stranger(&self, name: &str, locale: &str) -> UserId {
        self.update(|state| UserId(state.add_user(name, locale, false)))
    }

    /// Makes a user a member, with these roles (replacing those they had).
    pub fn add_member(&self, user: UserId, guild: GuildId, roles: &[RoleId]) {
        let roles: Vec<u64> = roles.iter().map(|role| role.0).collect();
        self.update(|state| state.join(guild, user.0, roles));
    }

    /// Gives a member a role of their own with these permissions.
    pub fn grant(&self, user: UserId, guild: GuildId, permissions: u64) -> RoleId {
        self.update(|state| {
            let role = state.add_role(guild.0, &format!("role-{user}"), permissions, false);
            let member = state
                .guilds
                .get_mut(&guild.0)
                .and_then(|guild| guild.members.get_mut(&user.0));
            member.expect("a member").roles.push(role);
            let mut payload = state.render_member(guild.0, user.0);
            payload["guild_id"] = json!(guild.to_string());
            state.dispatch_guild(
                "GUILD_MEMBER_UPDATE",
                intents::GUILD_MEMBERS,
                guild.0,
                &payload,
            );
            RoleId(role)
        })
    }

    pub fn add_role(&self, guild: GuildId, name: &str, permissions: u64) -> RoleId {
        self.update(|state| RoleId(state.add_role(guild.0, name, permissions, false)))
    }

    /// Sets the permissions of the main bot's own role in the first guild.
    pub fn set_bot_permissions(&self, permissions: u64) {
        self.update(|state| {
            let bot = state.apps[0].bot;
            let guild = state.guilds.values_mut().next().expect("furnished");
            let role = guild.members[&bot].roles[0];
            guild.roles.get_mut(&role).expect("its role").permissions = permissions;
            let everyone = guild.id;
            guild
                .roles
                .get_mut(&everyone)
                .expect("everyone")
                .permissions &= permissions;
        });
    }

    pub fn remove_member(&self, user: UserId, guild: GuildId) {
        self.update(|state| {
            let payload = json!({"guild_id": guild.to_string(), "user": state.render_user(user.0)});
            state.dispatch_guild(
                "GUILD_MEMBER_REMOVE",
                intents::GUILD_MEMBERS,
                guild.0,
                &payload,
            );
            let bot = state.app_of_bot(user.0).is_some();
            if bot {
                let gone = json!({"id": guild.to_string()});
                state.dispatch(
                    "GUILD_DELETE",
                    intents::GUILDS,
                    Some(guild.0),
                    |_, app| app.bot == user.0,
                    |_, _, _| gone.clone(),
                );
            }
            state
                .guilds
                .get_mut(&guild.0)
                .expect("a known guild")
                .members
                .remove(&user.0);
        });
    }

    /// A second guild; the main bot joins it.
    pub fn add_guild(&self, name: &str, locale: &str) -> GuildId {
        self.update(|state| {
            let owner = state.guilds.values().next().expect("furnished").owner;
            let guild = state.add_guild(name, locale, owner, state.options.everyone_permissions);
            let (app, permissions) = (state.apps[0].clone(), state.options.bot_permissions);
            let role = state.add_role(guild, &app.name, permissions, true);
            state.join(GuildId(guild), app.bot, vec![role]);
            let bot = app.bot;
            state.dispatch(
                "GUILD_CREATE",
                intents::GUILDS,
                Some(guild),
                |_, app| app.bot == bot,
                |state, app, bits| state.render_guild_create(guild, app, bits),
            );
            GuildId(guild)
        })
    }

    pub fn add_channel(&self, guild: GuildId, name: &str) -> ChannelId {
        self.update(|state| {
            let id = state.add_channel(guild.0, name);
            let payload = state.render_channel(&state.channels[&id], 0);
            state.dispatch_channel("CHANNEL_CREATE", intents::GUILDS, 0, id, &payload);
            ChannelId(id)
        })
    }

    pub fn delete_channel(&self, channel: ChannelId) {
        self.update(|state| state.remove_channel(channel.0));
    }

    /// Permission overwrite for a role (the guild's id for everyone).
    pub fn overwrite_role(&self, channel: ChannelId, role: RoleId, allow: u64, deny: u64) {
        self.overwrite(
            channel,
            role.0,
            Overwrite {
                allow,
                deny,
                member: false,
            },
        );
    }

    /// Permission overwrite for one member.
    pub fn overwrite_member(&self, channel: ChannelId, user: UserId, allow: u64, deny: u64) {
        self.overwrite(
            channel,
            user.0,
            Overwrite {
                allow,
                deny,
                member: true,
            },
        );
    }

    fn overwrite(&self, channel: ChannelId, who: u64, overwrite: Overwrite) {
        self.update(|state| {
            let found = state.channels.get_mut(&channel.0).expect("a known channel");
            found.overwrites.insert(who, overwrite);
            let payload = state.render_channel(&state.channels[&channel.0], 0);
            state.dispatch_channel("CHANNEL_UPDATE", intents::GUILDS, 0, channel.0, &payload);
        });
    }

    /// Whether a person takes private messages from bots.
    pub fn refuse_dms(&self, user: UserId, refuses: bool) {
        self.update(|state| {
            state
                .users
                .get_mut(&user.0)
                .expect("a known user")
                .refuses_dms = refuses
        });
    }

    /// The private channel between a person and the main bot.
    pub fn private_channel(&self, user: UserId) -> ChannelId {
        self.update(|state| {
            let bot = state.apps[0].bot;
            ChannelId(state.private_channel(bot, user.0))
        })
    }

    /// A person writes in a channel they may write in.
    #[track_caller]
    pub fn post_as(&self, user: UserId, channel: ChannelId, text: &str) -> MessageId {
        let posted = self.update(|state| {
            if !state.may_send(channel.0, user.0) {
                return Err(format!(
                    "{} may not write in {channel}",
                    state.user_name(user.0)
                ));
            }
            let body = json!({"content": text});
            let draft = Draft {
                webhook: None,
                channel: channel.0,
                author: user.0,
                body: &body,
                files: &[],
                interaction: None,
                only_for: None,
                flags: 0,
            };
            state
                .create_message(&draft)
                .map(MessageId)
                .map_err(|error| error.message)
        });
        posted.unwrap_or_else(|reason| panic!("{reason}"))
    }

    /// A webhook (a bridge's, for instance) writes in a channel. Discord shows it as a bot with the webhook's id.
    pub fn post_by_webhook(&self, channel: ChannelId, text: &str) -> MessageId {
        let webhook = self.add_user("pont", "fr");
        let posted = self.update(|state| {
            if let Some(user) = state.users.get_mut(&webhook.0) {
                user.bot = true;
            }
            let body = json!({"content": text});
            let draft = Draft {
                webhook: Some(webhook.0),
                channel: channel.0,
                author: webhook.0,
                body: &body,
                files: &[],
                interaction: None,
                only_for: None,
                flags: 0,
            };
            state
                .create_message(&draft)
                .map(MessageId)
                .map_err(|error| error.message)
        });
        posted.unwrap_or_else(|reason| panic!("{reason}"))
    }

    /// A person writes to the main bot in private.
    #[track_caller]
    pub fn dm_as(&self, user: UserId, text: &str) -> MessageId {
        let channel = self.private_channel(user);
        self.post_as(user, channel, text)
    }

    /// A person changes one of their messages.
    #[track_caller]
    pub fn edit_as(&self, user: UserId, message: MessageId, text: &str) {
        self.update(|state| {
            assert_eq!(
                state.messages[&message.0].author, user.0,
                "only authors edit"
            );
            state
                .edit_message(message.0, &json!({"content": text}), &[])
                .expect("a living message");
        });
    }

    /// Someone (a moderator, if not the author) deletes a message.
    pub fn delete_message(&self, message: MessageId) {
        self.update(|state| state.delete_message(message.0));
    }

    /// A person adds a reaction; the emoji is a picture or `name:id`.
    pub fn react_as(&self, user: UserId, message: MessageId, emoji: &str) {
        self.update(|state| state.react(message.0, user.0, emoji, true));
    }

    pub fn unreact_as(&self, user: UserId, message: MessageId, emoji: &str) {
        self.update(|state| state.react(message.0, user.0, emoji, false));
    }

    /// A person chooses answers of a poll, by their places from 1; none takes the choice back.
    pub fn vote_as(&self, user: UserId, message: MessageId, chosen: &[u64]) {
        self.update(|state| state.vote(message.0, user.0, chosen));
    }

    /// Somebody who may pins a message, or takes a pin away.
    pub fn pin_as(&self, user: UserId, message: MessageId, pinned: bool) {
        self.update(|state| {
            let channel = state.messages[&message.0].channel;
            state.set_pinned(channel, message.0, pinned, user.0);
        });
    }

    /// Scheduled events of a guild, oldest first, ended ones among them.
    pub fn events(&self, guild: GuildId) -> Vec<serde_json::Value> {
        let guild = json!(guild.to_string());
        self.read(|state| {
            let all = state.scheduled_events.values();
            all.filter(|event| event["guild_id"] == guild)
                .cloned()
                .collect()
        })
    }

    /// Messages pinned in a channel, latest first.
    pub fn pins(&self, channel: ChannelId) -> Vec<MessageId> {
        self.read(|state| {
            state.channels[&channel.0]
                .pins
                .iter()
                .map(|(id, _)| MessageId(*id))
                .collect()
        })
    }
}
