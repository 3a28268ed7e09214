//! What `cercles doctor` asks Discord: whether the token is good, and what the bot may do in each channel.

use std::collections::BTreeMap;
use std::num::NonZeroU64;

use serde::Deserialize;

use super::config::DiscordConfig;
use super::error::Failure;
use super::rest::{Rest, id};
use crate::network::Finding;
use crate::network::discord::error::DiscordError;

/// What the bot needs in a channel (<https://docs.discord.com/developers/topics/permissions>).
const NEEDED: [(&str, u32); 6] = [
    ("View Channels", 10),
    ("Send Messages", 11),
    ("Embed Links", 14),
    ("Attach Files", 15),
    ("Read Message History", 16),
    ("Create Polls", 49),
];
/// What it needs besides where it pins the list of workshops.
const PINS: (&str, u32) = ("Pin Messages", 51);
/// What it needs in a server, to mirror workshops in its list of events.
const CREATE_EVENTS: u64 = 1 << 44;
const ADMINISTRATOR: u64 = 1 << 3;

/// A channel, as far as permissions go.
#[derive(Deserialize)]
pub(super) struct Channel {
    #[serde(default)]
    pub(super) guild_id: Option<String>,
    #[serde(default)]
    permission_overwrites: Vec<Overwrite>,
}

#[derive(Deserialize)]
struct Overwrite {
    id: String,
    allow: String,
    deny: String,
}

/// A role of a server.
#[derive(Deserialize)]
pub(super) struct Role {
    id: String,
    permissions: String,
}

/// A member of a server.
#[derive(Deserialize)]
pub(super) struct Member {
    roles: Vec<String>,
}

/// Asks Discord about the bot and these channels, in some of which it pins a list.
pub async fn examine(
    config: &DiscordConfig,
    channels: &[String],
    lists: &[String],
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let rest = match config.validate().and_then(|()| Rest::new(config)) {
        Ok(rest) => rest,
        Err(error) => return vec![unusable(&error)],
    };
    let own = match rest.own_id().await {
        Ok(own) => own,
        Err(failure) => {
            findings.push(Finding::wrong(
                format!("Discord does not take the token: {failure}"),
                "Check the network; else make a new token in the Developer Portal (Bot, Reset Token) and put it in place of the old one.",
            ));
            return findings;
        }
    };
    findings.push(Finding::Good("Discord takes the token".to_owned()));
    let mut servers = BTreeMap::new();
    for channel in channels {
        let looked = look(&rest, own, channel, lists.contains(channel)).await;
        let lacks = looked.map(|(lacks, server, in_server)| {
            servers.insert(server, in_server & CREATE_EVENTS != 0);
            lacks
        });
        findings.push(match lacks {
            Ok(lacks) if lacks.is_empty() => {
                Finding::Good(format!("Discord channel {channel}: the bot may do what it needs"))
            }
            Ok(lacks) => Finding::wrong(
                format!("Discord channel {channel}: the bot lacks {}", lacks.join(", ")),
                "In the channel’s settings, under Permissions, allow these to the bot’s role.",
            ),
            Err(failure) => Finding::wrong(
                format!("Discord channel {channel} cannot be looked at: {failure}"),
                "Check its id in the configuration, invite the bot to the server, and allow it View Channels there.",
            ),
        });
    }
    for (server, _) in servers
        .iter()
        .filter(|(_, may)| config.scheduled_events && !**may)
    {
        findings.push(Finding::wrong(
            format!("Discord server {server}: the bot lacks Create Events, and mirrors no workshops in its list of events"),
            "In the server’s settings, under Roles, allow it to the bot’s role, and restart the bot; or set `scheduled_events = false` under [discord].",
        ));
    }
    if let Some(skew) = rest.clock_skew() {
        findings.push(Finding::clock("Discord", skew));
    }
    findings
}

fn unusable(error: &DiscordError) -> Finding {
    Finding::wrong(
        format!("[discord] cannot be used: {error}"),
        "Correct it in the configuration.",
    )
}

/// Which of the needed permissions the bot has not in a channel; the channel's server, and what the bot may do there.
async fn look(
    rest: &Rest,
    own: NonZeroU64,
    channel: &str,
    pins: bool,
) -> Result<(Vec<&'static str>, String, u64), Failure> {
    let place = rest.channel(id(channel)?).await?;
    let guild = place.guild_id.as_deref().unwrap_or_default();
    let number = id(guild)?;
    let (roles, member) = (rest.roles(number).await?, rest.member(number, own).await?);
    let own = own.to_string();
    let granted = permissions(&place, &roles, &member, guild, &own);
    let whole = Channel {
        guild_id: None,
        permission_overwrites: Vec::new(),
    };
    let in_server = permissions(&whole, &roles, &member, guild, &own);
    let lacks = NEEDED
        .into_iter()
        .chain(pins.then_some(PINS))
        .filter(|(_, bit)| granted & (1_u64 << bit) == 0)
        .map(|(name, _)| name)
        .collect();
    Ok((lacks, guild.to_owned(), in_server))
}

/// A member's permissions in a channel, in the order in which Discord applies them: the server's roles, then the
/// channel's exceptions for everyone, for roles, for the member.
fn permissions(channel: &Channel, roles: &[Role], member: &Member, guild: &str, own: &str) -> u64 {
    let bits = |text: &str| text.parse::<u64>().unwrap_or(0);
    let mine = |id: &str| id == guild || member.roles.iter().any(|role| role == id);
    let base = roles
        .iter()
        .filter(|role| mine(&role.id))
        .fold(0, |all, role| all | bits(&role.permissions));
    if base & ADMINISTRATOR != 0 {
        return u64::MAX;
    }
    let apply = |granted: u64, whose: &dyn Fn(&str) -> bool| {
        let exceptions = channel
            .permission_overwrites
            .iter()
            .filter(|overwrite| whose(&overwrite.id));
        let (allow, deny) = exceptions.fold((0, 0), |(allow, deny), overwrite| {
            (allow | bits(&overwrite.allow), deny | bits(&overwrite.deny))
        });
        (granted & !deny) | allow
    };
    let granted = apply(base, &|id| id == guild);
    let granted = apply(granted, &|id| id != guild && mine(id));
    apply(granted, &|id| id == own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exceptions_apply_in_discords_order() {
        let role = |id: &str, permissions: u64| Role {
            id: id.to_owned(),
            permissions: permissions.to_string(),
        };
        let member = Member {
            roles: vec!["2".to_owned()],
        };
        let channel = |overwrites: &[(&str, u64, u64)]| Channel {
            guild_id: Some("1".to_owned()),
            permission_overwrites: overwrites
                .iter()
                .map(|(id, allow, deny)| Overwrite {
                    id: (*id).to_owned(),
                    allow: allow.to_string(),
                    deny: deny.to_string(),
                })
                .collect(),
        };
        let roles = [role("1", 1 << 10), role("2", 1 << 11), role("3", 1 << 14)];
        for (overwrites, expected) in [
            (&[][..], 1 << 10 | 1 << 11),
            (&[("1", 0, 1 << 10)], 1 << 11),
            (&[("1", 0, 1 << 10), ("2", 1 << 10, 0)], 1 << 10 | 1 << 11),
            (&[("2", 1 << 14, 0), ("9", 0, 1 << 14)], 1 << 10 | 1 << 11),
            (&[("3", 1 << 14, 0)], 1 << 10 | 1 << 11),
        ] {
            let granted = permissions(&channel(overwrites), &roles, &member, "1", "9");
            assert_eq!(granted, expected, "{overwrites:?}");
        }
        let everything = [role("2", ADMINISTRATOR)];
        let denied = channel(&[("9", 0, u64::MAX)]);
        assert_eq!(
            permissions(&denied, &everything, &member, "1", "9"),
            u64::MAX
        );
    }
}
