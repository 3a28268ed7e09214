//! Outages of the gateway: what happens meanwhile arrives afterwards, or the bot recovers by itself.
//!
//! The cases and their letters are those by which gateway libraries were compared: serenity's own gateway lost
//! the event in A and B and was dead after E.

use std::time::Duration;

use cercles::command::Inbound;
use cercles::network::Network as _;

use super::{Stage, say, until, within};
use crate::discord_sim::SimOptions;

const MINUTE: Duration = Duration::from_secs(60);

async fn stage() -> Stage {
    let options = SimOptions {
        heartbeat: Duration::from_secs(1),
        ..SimOptions::default()
    };
    Stage::with(options, |_: &Inbound| say("Ok")).await
}

impl Stage {
    fn someone_asks(&self) {
        self.sim.slash(self.user, self.room, "aide", &[]);
    }

    /// Whether the bot answers, after whatever happened.
    async fn recovers(&self) {
        within(MINUTE, "connected again", || self.network.connected()).await;
        let before = self.host.seen().len();
        self.someone_asks();
        until("an answer after the outage", || {
            self.host.seen().len() > before
        })
        .await;
    }
}

#[tokio::test]
async fn a_four_seconds_of_refused_upgrades_lose_nothing() {
    let stage = stage().await;
    stage.sim.refuse_upgrades_for(Duration::from_secs(4));
    stage.sim.drop_sockets();
    until("disconnected", || !stage.network.connected()).await;
    stage.someone_asks();
    stage.handled("help").await;
    assert_eq!((stage.sim.identifies(), stage.sim.resumes()), (1, 1));
    stage.recovers().await;
}

#[tokio::test]
async fn b_black_holed_link_loses_nothing() {
    let stage = stage().await;
    stage.sim.black_hole(true);
    stage.someone_asks();
    tokio::time::sleep(Duration::from_secs(3)).await;
    stage.sim.black_hole(false);
    stage.handled("help").await;
    assert_eq!(stage.sim.identifies(), 1);
    stage.recovers().await;
}

#[tokio::test]
async fn c_a_forgotten_session_is_replaced() {
    let stage = stage().await;
    stage.sim.forget_sessions();
    stage.sim.drop_sockets();
    within(MINUTE, "a new session", || stage.sim.identifies() == 2).await;
    stage.recovers().await;
}

#[tokio::test]
async fn d_an_invalidated_session_is_replaced_or_resumed() {
    let stage = stage().await;
    stage.sim.invalid_session(true);
    within(MINUTE, "the session resumed", || stage.sim.resumes() == 1).await;
    stage.recovers().await;
    assert_eq!(stage.sim.identifies(), 1);
    stage.sim.invalid_session(false);
    within(MINUTE, "a new session", || stage.sim.identifies() == 2).await;
    stage.recovers().await;
}

#[tokio::test]
async fn e_an_upgrade_that_is_never_answered_is_given_up() {
    let stage = stage().await;
    stage.sim.never_answer_upgrade(true);
    stage.sim.drop_sockets();
    until("disconnected", || !stage.network.connected()).await;
    stage.someone_asks();
    tokio::time::sleep(Duration::from_secs(13)).await;
    assert!(
        stage.sim.upgrades() >= 3,
        "{} upgrades",
        stage.sim.upgrades()
    );
    stage.sim.never_answer_upgrade(false);
    stage.handled("help").await;
    assert_eq!(stage.sim.identifies(), 1);
    stage.recovers().await;
}

#[tokio::test]
async fn f_a_request_to_reconnect_loses_nothing() {
    let stage = stage().await;
    stage.sim.reconnect();
    stage.someone_asks();
    stage.handled("help").await;
    assert_eq!(stage.sim.identifies(), 1);
    stage.recovers().await;
}

#[tokio::test]
async fn g_sessions_that_end_at_once_are_not_asked_for_in_a_hurry() {
    let stage = stage().await;
    let before = stage.sim.upgrades();
    for _ in 0..40 {
        stage.sim.close(4_000);
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    let asked = stage.sim.upgrades() - before;
    assert!(asked <= 12, "{asked} connections in ten seconds");
    stage.recovers().await;
    assert!(
        stage.sim.identifies() <= 3,
        "{} sessions",
        stage.sim.identifies()
    );
}

#[tokio::test]
async fn h_a_refused_token_ends_the_run_with_a_reason() {
    let mut stage = stage().await;
    stage.sim.close(4_004);
    let ended = tokio::time::timeout(Duration::from_secs(10), &mut stage.running)
        .await
        .expect("it ends")
        .unwrap();
    let reason = ended.unwrap_err().to_string();
    assert!(
        reason.contains("4004") && reason.contains("token"),
        "{reason}"
    );
    assert!(!stage.network.connected());
}
