//! Typed snowflakes, so that a channel can never be passed where a user is meant.

use std::fmt;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

id!(
    /// A server ("guild" in Discord's words).
    GuildId,
    /// A text channel, thread or private channel.
    ChannelId,
    /// A person or a bot.
    UserId,
    /// A role of a guild; the id of `@everyone` is the guild's.
    RoleId,
    /// A message, ephemeral ones included.
    MessageId,
    /// One click, command, submitted form or autocomplete request.
    InteractionId,
    /// A scheduled event of a guild.
    EventId,
);
