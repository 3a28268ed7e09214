//! Who may do what: role permissions, channel overwrites, threads and private channels.
//!
//! Source: Discord's docs, topics/permissions ("Permission Hierarchy", "Permission Overwrites").

use super::state::{Channel, State};

/// Permission bits, as Discord numbers them.
pub mod perms {
    pub const ADMINISTRATOR: u64 = 1 << 3;
    pub const MANAGE_CHANNELS: u64 = 1 << 4;
    pub const MANAGE_GUILD: u64 = 1 << 5;
    pub const ADD_REACTIONS: u64 = 1 << 6;
    pub const VIEW_CHANNEL: u64 = 1 << 10;
    pub const SEND_MESSAGES: u64 = 1 << 11;
    pub const MANAGE_MESSAGES: u64 = 1 << 13;
    pub const EMBED_LINKS: u64 = 1 << 14;
    pub const ATTACH_FILES: u64 = 1 << 15;
    pub const READ_MESSAGE_HISTORY: u64 = 1 << 16;
    pub const MENTION_EVERYONE: u64 = 1 << 17;
    pub const MANAGE_ROLES: u64 = 1 << 28;
    pub const USE_APPLICATION_COMMANDS: u64 = 1 << 31;
    pub const MANAGE_EVENTS: u64 = 1 << 33;
    pub const MANAGE_THREADS: u64 = 1 << 34;
    pub const CREATE_PUBLIC_THREADS: u64 = 1 << 35;
    pub const CREATE_PRIVATE_THREADS: u64 = 1 << 36;
    pub const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;
    /// Its own permission since 2026-02-23; before, MANAGE_EVENTS was enough.
    pub const CREATE_EVENTS: u64 = 1 << 44;
    pub const SEND_POLLS: u64 = 1 << 49;
    /// Its own permission since 2026-02-23; before, MANAGE_MESSAGES was enough.
    pub const PIN_MESSAGES: u64 = 1 << 51;

    pub const EVERYONE_DEFAULT: u64 = VIEW_CHANNEL
        | SEND_MESSAGES
        | ADD_REACTIONS
        | EMBED_LINKS
        | ATTACH_FILES
        | READ_MESSAGE_HISTORY
        | USE_APPLICATION_COMMANDS
        | CREATE_PUBLIC_THREADS
        | SEND_MESSAGES_IN_THREADS;
    pub const BOT_DEFAULT: u64 = EVERYONE_DEFAULT
        | MANAGE_THREADS
        | CREATE_EVENTS
        | MANAGE_EVENTS
        | SEND_POLLS
        | PIN_MESSAGES;
    /// What both sides have in a private channel.
    pub const PRIVATE_CHANNEL: u64 = VIEW_CHANNEL
        | SEND_MESSAGES
        | ADD_REACTIONS
        | EMBED_LINKS
        | ATTACH_FILES
        | READ_MESSAGE_HISTORY
        | USE_APPLICATION_COMMANDS
        | SEND_POLLS
        | PIN_MESSAGES;
    pub const ALL: u64 = (1 << 53) - 1;
}

impl State {
    /// Permissions in the whole guild; `None` when not a member.
    pub fn guild_permissions(&self, guild: u64, user: u64) -> Option<u64> {
        let guild = self.guilds.get(&guild)?;
        let member = guild.members.get(&user)?;
        if guild.owner == user {
            return Some(perms::ALL);
        }
        let everyone = guild
            .roles
            .get(&guild.id)
            .map_or(0, |role| role.permissions);
        let own = member.roles.iter().filter_map(|role| guild.roles.get(role));
        let sum = own.fold(everyone, |sum, role| sum | role.permissions);
        Some(if sum & perms::ADMINISTRATOR == 0 {
            sum
        } else {
            perms::ALL
        })
    }

    /// Permissions in a channel, 0 when it cannot be seen at all.
    pub fn channel_permissions(&self, channel: u64, user: u64) -> u64 {
        let Some(channel) = self.channels.get(&channel) else {
            return 0;
        };
        let Some(guild) = channel.guild else {
            return if channel.recipients.contains(&user) {
                perms::PRIVATE_CHANNEL
            } else {
                0
            };
        };
        // A thread has no overwrites of its own: its parent's count.
        let place = channel
            .parent
            .filter(|_| channel.is_thread())
            .and_then(|parent| self.channels.get(&parent));
        let computed = self.overwritten(guild, place.unwrap_or(channel), user);
        if computed & perms::VIEW_CHANNEL == 0 {
            0
        } else {
            computed
        }
    }

    fn overwritten(&self, guild: u64, channel: &Channel, user: u64) -> u64 {
        let Some(mut allowed) = self.guild_permissions(guild, user) else {
            return 0;
        };
        if allowed == perms::ALL {
            return allowed;
        }
        let roles = &self.guilds[&guild].members[&user].roles;
        let mut apply = |deny: u64, allow: u64| allowed = (allowed & !deny) | allow;
        if let Some(everyone) = channel.overwrites.get(&guild) {
            apply(everyone.deny, everyone.allow);
        }
        let (mut deny, mut allow) = (0, 0);
        for overwrite in roles.iter().filter_map(|role| channel.overwrites.get(role)) {
            deny |= overwrite.deny;
            allow |= overwrite.allow;
        }
        apply(deny, allow);
        if let Some(own) = channel.overwrites.get(&user) {
            apply(own.deny, own.allow);
        }
        allowed
    }

    /// Whether the user may write in the channel, threads included.
    pub fn may_send(&self, channel: u64, user: u64) -> bool {
        let thread = self.channels.get(&channel).is_some_and(Channel::is_thread);
        let needed = if thread {
            perms::SEND_MESSAGES_IN_THREADS
        } else {
            perms::SEND_MESSAGES
        };
        self.channel_permissions(channel, user) & needed != 0
    }
}
