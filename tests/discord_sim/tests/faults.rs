//! Faults on demand: each happens as often as asked, then no more.

use std::time::Duration;

use serde_json::json;

use super::super::{Fault, RouteMatch};
use super::start;

#[tokio::test]
async fn errors_and_limits_come_once_and_then_stop() {
    let (sim, rest, channel) = start().await;
    let wait = Duration::from_millis(700);
    sim.fault(RouteMatch::create_message(), Fault::Status(500), 1);
    sim.fault(RouteMatch::create_message(), Fault::Status(502), 1);
    sim.fault(
        RouteMatch::create_message(),
        Fault::RateLimit { retry_after: wait },
        1,
    );
    sim.fault(
        RouteMatch::create_message(),
        Fault::GlobalRateLimit { retry_after: wait },
        1,
    );
    sim.fault(
        RouteMatch::create_message(),
        Fault::SharedRateLimit { retry_after: wait },
        1,
    );
    sim.fault(
        RouteMatch::create_message(),
        Fault::CloudflareRateLimit { retry_after: wait },
        1,
    );
    let mut seen = Vec::new();
    for _ in 0..7 {
        let got = rest.say(channel, json!({"content": "a"})).await;
        seen.push((
            got.status,
            got.header("x-ratelimit-scope").to_owned(),
            got.header("content-type").to_owned(),
        ));
    }
    let json = "application/json".to_owned();
    let html = "text/html; charset=UTF-8".to_owned();
    let expected = [
        (500, "", &json),
        (502, "", &html),
        (429, "user", &json),
        (429, "global", &json),
        (429, "shared", &json),
        (429, "", &html),
        (200, "", &json),
    ];
    assert_eq!(
        seen,
        expected.map(|(status, scope, kind)| (status, scope.to_owned(), kind.clone()))
    );
    assert_eq!(sim.creations(channel), 1);
    sim.assert_clean();
}

#[tokio::test]
async fn a_cut_before_does_nothing_and_a_cut_after_did_everything() {
    let (sim, rest, channel) = start().await;
    let path = format!("/channels/{channel}/messages");
    let body = json!({"content": "a", "allowed_mentions": {"parse": []}, "nonce": "1", "enforce_nonce": true});
    sim.fault(
        RouteMatch::create_message().on(channel),
        Fault::AbortBefore,
        1,
    );
    assert!(rest.try_call("POST", &path, &body).await.is_err());
    assert_eq!(sim.creations(channel), 0);
    sim.fault(
        RouteMatch::create_message().containing("a"),
        Fault::ProcessThenAbort,
        1,
    );
    assert!(rest.try_call("POST", &path, &body).await.is_err());
    assert_eq!(sim.creations(channel), 1);
    assert_eq!(rest.call("POST", &path, body).await.status, 200);
    assert_eq!(
        sim.creations(channel),
        1,
        "the nonce finds the message whose answer was lost"
    );
    assert_eq!(
        sim.requests()
            .iter()
            .map(|request| request.status)
            .collect::<Vec<_>>(),
        [0, 0, 200]
    );
    sim.assert_clean();
}

#[tokio::test]
async fn a_delay_holds_the_request_back() {
    let (sim, rest, channel) = start().await;
    sim.fault(
        RouteMatch::create_message(),
        Fault::Delay(Duration::from_millis(200)),
        1,
    );
    let began = std::time::Instant::now();
    rest.say(channel, json!({"content": "a"})).await;
    assert!(began.elapsed() >= Duration::from_millis(200));
}
