//! What `cercles doctor` asks the homeserver: whether our session is good, and which rooms we are in.
//!
//! By plain requests: opening our device would take its stores away from a bot that runs, and a device that is opened
//! without its keys is lost.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;

use super::config::MatrixConfig;
use super::session;
use crate::network::Finding;

const TIMEOUT: Duration = Duration::from_secs(15);

#[derive(Deserialize)]
struct Joined {
    joined_rooms: Vec<String>,
}

/// Asks the homeserver about our account and these rooms, in some of which we pin a list, at `now`.
pub async fn examine(
    config: &MatrixConfig,
    rooms: &[String],
    lists: &[String],
    now: DateTime<Utc>,
) -> Vec<Finding> {
    let Ok(client) = reqwest::Client::builder().timeout(TIMEOUT).build() else {
        return vec![Finding::wrong(
            "no request can be made".to_owned(),
            "Check the machine’s certificates.",
        )];
    };
    let ask = async |path: &str, token: Option<&str>| {
        let url = config.homeserver.join(path).map_err(|_| None)?;
        let mut request = client.get(url);
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        // The error's own words hold the address, and that may hold a password.
        let answer = request.send().await.map_err(|_| None)?;
        let date = answer.headers().get("date").cloned();
        let status = answer.status();
        let body = answer.json::<Value>().await.map_err(|_| Some(status))?;
        if status.is_success() {
            Ok((body, date))
        } else {
            Err(Some(status))
        }
    };
    let mut findings = Vec::new();
    let date = match ask("_matrix/client/versions", None).await {
        Ok((_, date)) => date,
        Err(_) => {
            findings.push(Finding::wrong(
                format!("the homeserver {} does not answer", config.homeserver),
                "Check `homeserver` under [matrix], and the network.",
            ));
            return findings;
        }
    };
    let date = date.and_then(|date| DateTime::parse_from_rfc2822(date.to_str().ok()?).ok());
    if let Some(date) = date {
        findings.push(Finding::clock("the homeserver", now - date.to_utc()));
    }
    let token = match session::saved_token(&config.state_dir) {
        Ok(Some(token)) => token,
        Ok(None) => {
            findings.push(Finding::Good(
                "Matrix: no session yet; the bot logs in at its first start".to_owned(),
            ));
            return findings;
        }
        Err(error) => {
            findings.push(Finding::wrong(
                format!("Matrix: {error}"),
                "Put the folder `state_dir` back from a backup, as a whole.",
            ));
            return findings;
        }
    };
    let joined = ask("_matrix/client/v3/joined_rooms", Some(&token)).await;
    let joined = match joined.map(|(body, _)| serde_json::from_value::<Joined>(body)) {
        Ok(Ok(joined)) => joined.joined_rooms,
        Ok(Err(_)) | Err(_) => {
            findings.push(Finding::wrong(
                "Matrix: the homeserver does not take our session".to_owned(),
                "Move `state_dir` away, keep it, and start the bot: it logs in afresh with the password.",
            ));
            return findings;
        }
    };
    findings.push(Finding::Good("Matrix: the session is good".to_owned()));
    for room in rooms {
        findings.push(if joined.contains(room) {
            Finding::Good(format!("Matrix room {room}: the bot is in it"))
        } else {
            Finding::wrong(
                format!("Matrix room {room}: the bot is not in it"),
                "Invite it, from an account that `invites_from` lists; or check the id (an upgraded room has a new one).",
            )
        });
    }
    let own = ask("_matrix/client/v3/account/whoami", Some(&token)).await;
    let own = own.map_or_else(|_| Value::Null, |(answer, _)| answer);
    let own = own
        .get("user_id")
        .and_then(Value::as_str)
        .unwrap_or_default();
    for room in lists.iter().filter(|room| joined.contains(room)) {
        let path = format!(
            "_matrix/client/v3/rooms/{}/state/m.room.power_levels",
            room.replace('/', "%2F")
        );
        let levels = ask(&path, Some(&token)).await;
        let (ours, needed) = levels.map_or((0, 0), |(levels, _)| pin_levels(&levels, own));
        findings.push(if ours >= needed {
            Finding::Good(format!("Matrix room {room}: the bot may pin the list of workshops"))
        } else {
            Finding::wrong(
                format!("Matrix room {room}: the bot may not pin the list of workshops (its power level is {ours}, {needed} is needed)"),
                "In the room’s settings, give the bot that level, or lower the level that pinned messages need; then restart the bot.",
            )
        });
    }
    findings
}

/// Somebody's power level, and the one that pinning needs; the defaults are those of the specification.
fn pin_levels(levels: &Value, user: &str) -> (i64, i64) {
    let field = |name: &str| levels.get(name);
    let number = |value: Option<&Value>| value.and_then(Value::as_i64);
    let own = number(field("users").and_then(|users| users.get(user)));
    let pinning = number(field("events").and_then(|events| events.get("m.room.pinned_events")));
    (
        own.or_else(|| number(field("users_default"))).unwrap_or(0),
        pinning
            .or_else(|| number(field("state_default")))
            .unwrap_or(50),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_level_that_pins_is_the_events_own_or_that_of_all_state() {
        let levels = json!({
            "users": {"@bot:ici.ca": 60}, "users_default": 10, "state_default": 55,
            "events": {"m.room.pinned_events": 40},
        });
        assert_eq!(pin_levels(&levels, "@bot:ici.ca"), (60, 40));
        assert_eq!(pin_levels(&levels, "@ana:ici.ca"), (10, 40));
        let without = json!({"users_default": 10, "state_default": 55});
        assert_eq!(pin_levels(&without, "@ana:ici.ca"), (10, 55));
        assert_eq!(pin_levels(&json!({}), "@ana:ici.ca"), (0, 50));
    }
}
