//! Permissions, overwrites and what a bot may see.

use serde_json::{Value, json};

use super::super::{RoleId, SimOptions, perms};
use super::start;

#[tokio::test]
async fn overwrites_go_from_everyone_over_roles_to_the_member() {
    let (sim, _rest, channel) = start().await;
    let user = sim.add_user("Aline", "fr");
    let everyone = RoleId(sim.guild().0);
    let role = sim.add_role(sim.guild(), "équipe", 0);
    let granted = || sim.read(|state| state.channel_permissions(channel.0, user.0));
    assert_ne!(granted() & perms::SEND_MESSAGES, 0);
    sim.overwrite_role(channel, everyone, 0, perms::SEND_MESSAGES);
    assert_eq!(granted() & perms::SEND_MESSAGES, 0);
    sim.add_member(user, sim.guild(), &[role]);
    sim.overwrite_role(channel, role, perms::SEND_MESSAGES, 0);
    assert_ne!(granted() & perms::SEND_MESSAGES, 0);
    sim.overwrite_member(channel, user, 0, perms::VIEW_CHANNEL);
    assert_eq!(
        granted(),
        0,
        "who cannot see a channel can do nothing in it"
    );
    sim.grant(user, sim.guild(), perms::ADMINISTRATOR);
    assert_eq!(granted(), perms::ALL);
}

#[tokio::test]
async fn the_bot_is_refused_what_it_may_not_do() {
    let (sim, rest, channel) = start().await;
    let messages = format!("/channels/{channel}/messages");
    let theirs = sim.post_as(sim.owner(), channel, "bonjour");
    let body = json!({"content": "x", "allowed_mentions": {"parse": []}});
    let code = |got: super::Got| (got.status, got.body["code"].as_u64().unwrap_or(0));
    assert_eq!(
        code(
            rest.call("PATCH", &format!("{messages}/{theirs}"), body.clone())
                .await
        ),
        (403, 50005)
    );
    assert_eq!(
        code(
            rest.call("DELETE", &format!("{messages}/{theirs}"), Value::Null)
                .await
        ),
        (403, 50013)
    );
    assert_eq!(code(rest.get("/channels/1").await), (404, 10003));
    sim.overwrite_member(
        channel,
        sim.bot_user(),
        0,
        perms::PIN_MESSAGES | perms::SEND_MESSAGES | perms::CREATE_PUBLIC_THREADS,
    );
    assert_eq!(
        code(
            rest.call("PUT", &format!("{messages}/pins/{theirs}"), Value::Null)
                .await
        ),
        (403, 50013)
    );
    assert_eq!(
        code(rest.call("POST", &messages, body.clone()).await),
        (403, 50013)
    );
    assert_eq!(
        code(
            rest.call(
                "POST",
                &format!("{messages}/{theirs}/threads"),
                json!({"name": "a"})
            )
            .await
        ),
        (403, 50013)
    );
    sim.overwrite_member(channel, sim.bot_user(), 0, perms::VIEW_CHANNEL);
    assert_eq!(code(rest.get(&messages).await), (403, 50001));
    let user = sim.add_user("Aline", "fr");
    sim.refuse_dms(user, true);
    let private = rest
        .call(
            "POST",
            "/users/@me/channels",
            json!({"recipient_id": user.to_string()}),
        )
        .await
        .body;
    let path = format!("/channels/{}/messages", private["id"].as_str().unwrap());
    assert_eq!(code(rest.call("POST", &path, body).await), (403, 50007));
    sim.set_bot_permissions(perms::VIEW_CHANNEL | perms::MANAGE_EVENTS);
    let event = json!({"name": "Atelier", "privacy_level": 2, "entity_type": 3, "entity_metadata": {"location": "Ici"},
        "scheduled_start_time": "2099-01-01T12:00:00Z", "scheduled_end_time": "2099-01-01T14:00:00Z"});
    let events = format!("/guilds/{}/scheduled-events", sim.guild());
    assert_eq!(
        code(rest.call("POST", &events, event).await),
        (403, 50013),
        "CREATE_EVENTS is its own permission"
    );
    sim.assert_clean();
}

#[tokio::test]
async fn without_the_content_intent_others_messages_are_blank_unless_they_mention_the_bot() {
    let (sim, rest, channel) = start().await;
    sim.post_as(sim.owner(), channel, "secret");
    sim.post_as(
        sim.owner(),
        channel,
        &format!("<@{}> bonjour", sim.bot_user()),
    );
    sim.dm_as(sim.owner(), "en privé");
    let list = rest
        .get(&format!("/channels/{channel}/messages"))
        .await
        .body;
    assert_eq!(list[1]["content"], "");
    assert_eq!(list[0]["content"], format!("<@{}> bonjour", sim.bot_user()));
    let private = sim.private_channel(sim.owner());
    assert_eq!(
        rest.get(&format!("/channels/{private}/messages"))
            .await
            .body[0]["content"],
        "en privé"
    );
}

#[tokio::test]
async fn a_wrong_token_is_refused() {
    let (sim, mut rest, _channel) = super::start_with(SimOptions::default()).await;
    rest.token = "wrong".to_owned();
    let got = rest.get("/users/@me").await;
    assert_eq!((got.status, &got.body["code"]), (401, &json!(0)));
    assert_eq!(sim.take_violations().len(), 1);
}
