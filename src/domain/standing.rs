//! What a network says of somebody in a room, and what that amounts to in a collective.

use serde::{Deserialize, Serialize};

use super::actor::Role;

/// What a network says of somebody in a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Standing {
    /// The network knows our roles itself (the playground), or says nothing (a citizen's).
    Role(Role),
    /// Discord's permissions, as bits.
    Permissions {
        /// The bits (<https://docs.discord.com/developers/topics/permissions>).
        permissions: u64,
    },
    /// A Matrix power level.
    Level {
        /// The level; the highest there is for a creator of a room of version 12 or later.
        level: i64,
    },
}

impl Default for Standing {
    fn default() -> Self {
        Self::Role(Role::Citizen)
    }
}

/// Permissions of Discord that can make a role, by the names of Discord's documentation in lower case.
const PERMISSIONS: [(&str, u32); 11] = [
    ("kick_members", 1),
    ("ban_members", 2),
    ("administrator", 3),
    ("manage_channels", 4),
    ("manage_guild", 5),
    ("manage_messages", 13),
    ("manage_roles", 28),
    ("manage_events", 33),
    ("manage_threads", 34),
    ("moderate_members", 40),
    ("create_events", 44),
];

/// A permission of Discord, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Permission(usize);

impl Permission {
    /// The permission of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        PERMISSIONS
            .iter()
            .position(|(known, _)| *known == name)
            .map(Self)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        PERMISSIONS.get(self.0).map_or("", |(name, _)| name)
    }

    fn is_in(self, bits: u64) -> bool {
        PERMISSIONS
            .get(self.0)
            .is_some_and(|(_, bit)| bits & (1 << bit) != 0)
    }
}

impl TryFrom<String> for Permission {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Self::named(&name).ok_or_else(|| {
            let known: Vec<_> = PERMISSIONS.iter().map(|(name, _)| *name).collect();
            format!(
                "unknown permission {name:?} (expected one of {})",
                known.join(", ")
            )
        })
    }
}

impl From<Permission> for String {
    fn from(permission: Permission) -> Self {
        permission.name().to_owned()
    }
}

/// What permissions and power levels amount to in a collective. In the configuration: `[collective.roles]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RoleRules {
    /// Any of these permissions makes an organizer on Discord.
    pub discord_organizer: Vec<Permission>,
    /// Any of these makes an editor.
    pub discord_editor: Vec<Permission>,
    /// Any of these makes a steward.
    pub discord_steward: Vec<Permission>,
    /// The power level from which somebody is an organizer on Matrix. None: no level is enough.
    pub matrix_organizer: Option<i64>,
    /// From which an editor.
    pub matrix_editor: Option<i64>,
    /// From which a steward.
    pub matrix_steward: Option<i64>,
}

impl Default for RoleRules {
    /// Who runs the server is a steward, who runs its events an editor, who shapes its channels an organizer; on
    /// Matrix, 100 and 50, Element's administrator and moderator.
    fn default() -> Self {
        let all = |names: &[&str]| names.iter().filter_map(|n| Permission::named(n)).collect();
        Self {
            discord_organizer: all(&["manage_channels"]),
            discord_editor: all(&["manage_events"]),
            discord_steward: all(&["manage_guild", "administrator"]),
            matrix_organizer: Some(50),
            matrix_editor: None,
            matrix_steward: Some(100),
        }
    }
}

impl RoleRules {
    /// The permissions that make that role on Discord.
    #[must_use]
    pub fn permissions(&self, role: Role) -> &[Permission] {
        match role {
            Role::Citizen => &[],
            Role::Organizer => &self.discord_organizer,
            Role::Editor => &self.discord_editor,
            Role::Steward => &self.discord_steward,
        }
    }

    /// The power level that makes that role on Matrix.
    #[must_use]
    pub const fn level(&self, role: Role) -> Option<i64> {
        match role {
            Role::Citizen => None,
            Role::Organizer => self.matrix_organizer,
            Role::Editor => self.matrix_editor,
            Role::Steward => self.matrix_steward,
        }
    }

    /// What a standing amounts to: the highest role that it makes.
    #[must_use]
    pub fn role(&self, standing: Standing) -> Role {
        let makes = |role: &Role| match standing {
            Standing::Role(given) => given == *role,
            Standing::Permissions { permissions } => self
                .permissions(*role)
                .iter()
                .any(|permission| permission.is_in(permissions)),
            Standing::Level { level } => self.level(*role).is_some_and(|least| level >= least),
        };
        Role::ALL
            .into_iter()
            .rev()
            .find(makes)
            .unwrap_or(Role::Citizen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn permissions(permissions: u64) -> Standing {
        Standing::Permissions { permissions }
    }

    #[test]
    fn by_default_permissions_and_levels_make_the_roles_that_the_readme_tells() {
        let rules = RoleRules::default();
        for (standing, role) in [
            (permissions(1 << 3), Role::Steward),
            (permissions(1 << 5), Role::Steward),
            (permissions(1 << 33), Role::Editor),
            (permissions(1 << 4 | 1 << 33), Role::Editor),
            (permissions(1 << 4), Role::Organizer),
            (permissions(1 << 11), Role::Citizen),
            (permissions(u64::MAX), Role::Steward),
            (Standing::Level { level: i64::MAX }, Role::Steward),
            (Standing::Level { level: 99 }, Role::Organizer),
            (Standing::Level { level: 49 }, Role::Citizen),
            (Standing::Role(Role::Editor), Role::Editor),
        ] {
            assert_eq!(rules.role(standing), role, "{standing:?}");
        }
    }

    #[test]
    fn a_collective_may_map_otherwise() {
        let rules: RoleRules = toml::from_str(
            "discord_organizer = [\"manage_messages\"]\nmatrix_editor = 75\nmatrix_steward = 101",
        )
        .unwrap();
        assert_eq!(rules.role(permissions(1 << 13)), Role::Organizer);
        assert_eq!(rules.role(permissions(1 << 4)), Role::Citizen);
        assert_eq!(rules.role(Standing::Level { level: 100 }), Role::Editor);
        let read: RoleRules =
            serde_json::from_str(&serde_json::to_string(&rules).unwrap()).unwrap();
        assert_eq!(read, rules);
        let wrong = toml::from_str::<RoleRules>("discord_editor = [\"manage_all\"]");
        assert!(wrong.unwrap_err().to_string().contains("manage_events"));
    }

    #[test]
    fn a_standing_of_an_older_inbox_is_still_read() {
        let read: Standing = serde_json::from_str("\"organizer\"").unwrap();
        assert_eq!(read, Standing::Role(Role::Organizer));
        for standing in [permissions(u64::MAX), Standing::Level { level: i64::MAX }] {
            let text = serde_json::to_string(&standing).unwrap();
            assert_eq!(serde_json::from_str::<Standing>(&text).unwrap(), standing);
        }
    }
}
