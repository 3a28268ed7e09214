//! Mentions in message text, as Discord reads them.

use std::collections::BTreeSet;

use serde_json::Value;

/// Ids of every `<@id>` (or `<@!id>`) and `<@&id>` in a text.
pub fn mentioned(text: &str) -> (BTreeSet<u64>, BTreeSet<u64>) {
    let (mut users, mut roles) = (BTreeSet::new(), BTreeSet::new());
    for piece in text.split("<@").skip(1) {
        let Some((inside, _)) = piece.split_once('>') else {
            continue;
        };
        if let Some(role) = inside.strip_prefix('&').and_then(|id| id.parse().ok()) {
            roles.insert(role);
        } else if let Ok(user) = inside.trim_start_matches('!').parse() {
            users.insert(user);
        }
    }
    (users, roles)
}

/// Whether the text holds `@everyone` or `@here`.
pub fn mentions_everyone(text: &str) -> bool {
    text.contains("@everyone") || text.contains("@here")
}

/// What `allowed_mentions` lets through of a kind (`users`, `roles`, `everyone`); without it, everything.
pub fn lets_through(allowed: &Value, kind: &str, id: u64) -> bool {
    if allowed.is_null() {
        return true;
    }
    let listed = |key: &str, wanted: &str| {
        allowed[key]
            .as_array()
            .is_some_and(|list| list.iter().any(|item| item.as_str() == Some(wanted)))
    };
    listed("parse", kind) || listed(kind, &id.to_string())
}
