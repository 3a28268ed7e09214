//! Simulated time: three seconds, fifteen minutes, the nonce's memory, the rate limits' windows.

use std::time::Duration;

use serde_json::{Value, json};

use super::super::{SimOptions, ViolationKind};
use super::{register, start, start_with};

fn kinds(sim: &super::DiscordSim) -> Vec<ViolationKind> {
    sim.take_violations()
        .into_iter()
        .map(|violation| violation.kind)
        .collect()
}

fn callback(sim: &super::DiscordSim, id: u64) -> String {
    let token = sim.read(|state| state.interactions[&id].token.clone());
    format!("/interactions/{id}/{token}/callback")
}

fn webhook(sim: &super::DiscordSim, id: u64) -> String {
    let token = sim.read(|state| state.interactions[&id].token.clone());
    format!("/webhooks/{}/{token}", sim.application_id())
}

fn hello() -> Value {
    json!({"type": 4, "data": {"content": "a", "allowed_mentions": {"parse": []}}})
}

fn text() -> Value {
    json!({"content": "b", "allowed_mentions": {"parse": []}})
}

#[tokio::test]
async fn a_first_answer_after_three_seconds_is_too_late() {
    let (sim, rest, channel) = start().await;
    register(&rest, json!([{"name": "aide", "description": "d"}])).await;
    let handle = sim.slash(sim.owner(), channel, "aide", &[]);
    sim.advance_clock(Duration::from_millis(3100));
    let got = rest
        .call("POST", &callback(&sim, handle.id.0), hello())
        .await;
    assert_eq!((got.status, &got.body["code"]), (404, &json!(10062)));
    assert!(handle.was_late());
    assert_eq!(sim.late(), [handle.id]);
    assert_eq!(kinds(&sim), [ViolationKind::LateAnswer]);
    let got = rest.call("POST", &webhook(&sim, handle.id.0), text()).await;
    assert_eq!(
        got.body["code"], 10015,
        "an interaction that was never answered has no webhook"
    );
}

#[tokio::test]
async fn a_second_first_answer_is_refused() {
    let (sim, rest, channel) = start().await;
    register(&rest, json!([{"name": "aide", "description": "d"}])).await;
    let handle = sim.slash(sim.owner(), channel, "aide", &[]);
    let path = callback(&sim, handle.id.0);
    assert_eq!(rest.call("POST", &path, hello()).await.status, 204);
    let got = rest.call("POST", &path, hello()).await;
    assert_eq!((got.status, &got.body["code"]), (400, &json!(40060)));
    assert_eq!(kinds(&sim), [ViolationKind::DoubleAnswer]);
    let got = rest
        .call("POST", "/interactions/1/abc/callback", hello())
        .await;
    assert_eq!(got.body["code"], 10062);
}

#[tokio::test]
async fn the_token_lives_fifteen_minutes() {
    let (sim, rest, channel) = start().await;
    register(&rest, json!([{"name": "aide", "description": "d"}])).await;
    let handle = sim.slash(sim.owner(), channel, "aide", &[]);
    rest.call("POST", &callback(&sim, handle.id.0), hello())
        .await;
    let path = webhook(&sim, handle.id.0);
    sim.advance_clock(Duration::from_secs(14 * 60));
    assert_eq!(rest.call("POST", &path, text()).await.status, 200);
    sim.assert_clean();
    sim.advance_clock(Duration::from_secs(61));
    let got = rest
        .call("PATCH", &format!("{path}/messages/@original"), text())
        .await;
    assert_eq!((got.status, &got.body["code"]), (401, &json!(50027)));
    assert_eq!(kinds(&sim), [ViolationKind::ExpiredToken]);
    let got = rest
        .call(
            "POST",
            &format!("/webhooks/{}/unknown", sim.application_id()),
            text(),
        )
        .await;
    assert_eq!((got.status, &got.body["code"]), (404, &json!(10015)));
}

#[tokio::test]
async fn an_enforced_nonce_makes_one_message_while_it_is_remembered() {
    let (sim, rest, channel) = start().await;
    let other = sim.channel("annonces");
    let body = json!({"content": "a", "nonce": "n1", "enforce_nonce": true});
    let first = rest.say(channel, body.clone()).await.body;
    assert_eq!(first["nonce"], "n1");
    // The scope is the author, not the channel.
    let again = rest.say(other, body.clone()).await.body;
    assert_eq!(first["id"], again["id"]);
    assert_eq!((sim.creations(channel), sim.creations(other)), (1, 0));
    // Without enforcement a nonce is only an echo.
    let loose = rest
        .say(channel, json!({"content": "a", "nonce": "n1"}))
        .await
        .body;
    assert_ne!(first["id"], loose["id"]);
    let read = rest
        .get(&format!("/channels/{channel}/messages"))
        .await
        .body;
    assert!(read[0].get("nonce").is_none());

    sim.delete_message(super::super::MessageId(
        first["id"].as_str().unwrap().parse().unwrap(),
    ));
    let gone = rest.say(channel, body.clone()).await;
    assert_eq!((gone.status, &gone.body["code"]), (404, &json!(10008)));
    sim.advance_clock(Duration::from_secs(181));
    assert_ne!(rest.say(channel, body).await.body["id"], first["id"]);
    sim.assert_clean();
}

#[tokio::test]
async fn a_nonce_does_not_work_in_follow_ups() {
    let (sim, rest, channel) = start().await;
    register(&rest, json!([{"name": "aide", "description": "d"}])).await;
    let handle = sim.slash(sim.owner(), channel, "aide", &[]);
    rest.call("POST", &callback(&sim, handle.id.0), hello())
        .await;
    let mut body = text();
    body["nonce"] = json!("n");
    let got = rest.call("POST", &webhook(&sim, handle.id.0), body).await;
    assert_eq!(got.status, 400);
    assert_eq!(kinds(&sim), [ViolationKind::Rule]);
}

#[tokio::test]
async fn the_sixth_message_in_five_seconds_must_wait() {
    let (sim, rest, channel) = start_with(SimOptions::default()).await;
    for left in (0..5).rev() {
        let got = rest.say(channel, json!({"content": "a"})).await;
        assert_eq!(
            (got.status, got.header("x-ratelimit-remaining")),
            (200, left.to_string().as_str())
        );
    }
    let got = rest.say(channel, json!({"content": "a"})).await;
    assert_eq!(got.status, 429);
    let wait = got.body["retry_after"].as_f64().unwrap();
    assert!(wait > 0.0 && wait <= 5.0, "{wait}");
    assert_eq!(got.header("retry-after"), wait.ceil().to_string());
    assert_eq!(
        (got.header("x-ratelimit-scope"), &got.body["global"]),
        ("user", &json!(false))
    );
    assert_eq!(
        rest.say(sim.channel("annonces"), json!({"content": "a"}))
            .await
            .status,
        200,
        "its own bucket"
    );
    assert_eq!(sim.invalid_requests(), 1);
    sim.advance_clock(Duration::from_secs(5));
    assert_eq!(rest.say(channel, json!({"content": "a"})).await.status, 200);
    sim.assert_clean();
}

#[tokio::test]
async fn the_global_limit_counts_everything_but_interactions() {
    let options = SimOptions {
        rate_limits: Vec::new(),
        global_per_second: 3,
        ..SimOptions::default()
    };
    let (sim, rest, channel) = start_with(options).await;
    let mut last = rest.get("/users/@me").await;
    for _ in 0..3 {
        last = rest.get(&format!("/channels/{channel}")).await;
    }
    assert_eq!(last.status, 429);
    assert_eq!(
        (
            last.header("x-ratelimit-scope"),
            last.header("x-ratelimit-global")
        ),
        ("global", "true")
    );
    assert_eq!(last.body["global"], true);
    let unknown = rest
        .call("POST", "/interactions/1/a/callback", hello())
        .await;
    assert_eq!(unknown.status, 404, "not limited");
    sim.advance_clock(Duration::from_secs(1));
    assert_eq!(rest.get("/users/@me").await.status, 200);
}
