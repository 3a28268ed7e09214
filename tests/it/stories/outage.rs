//! One network down: the other works on, and the late one is brought up to date afterwards.

use crate::discord_sim::{DiscordSim, Fault, RouteMatch, SimOptions};
use crate::support::app::people::plain;
use crate::support::app::{App, Setting, Share, in_a_month};
use crate::support::{needs, synapse::Synapse};

/// More requests than are made while Discord is down.
const ALL: usize = 100_000;

#[tokio::test]
async fn while_the_homeserver_is_down_discord_works_on_and_matrix_catches_up() {
    needs!(synapse);
    let mut synapse = Synapse::start_own().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, &synapse, Setting::default()).await;
    let (ana, chloe) = (
        app.on_discord("ana", "fr").await,
        app.on_matrix(&synapse, "chloe").await,
    );
    let when = in_a_month();
    let options = [("titre", "Semences"), ("quand", when.as_str())];
    app.discord_organizer.slash("atelier créer", &options).await;
    let (card, _) = app.both_show(&["Semences", "Je viens : 0"]).await;

    synapse.stop().await;
    ana.presses(&card, "Je viens").await;
    app.discord_card(|card| plain(&card.text()).contains("Je viens : 1"))
        .await;
    let options = [("question", "Où?"), ("options", "Nord; Sud")];
    app.discord_organizer.slash("sondage créer", &options).await;
    ana.slash("vote", &[("sondage", "S1"), ("choix", "b")])
        .await;
    app.discord_card(|card| plain(&card.text()).contains("b. Sud : 1 voix"))
        .await;

    synapse.restart().await;
    app.both_show(&["Semences", "Je viens : 1"]).await;
    app.both_show(&["Où?", "b. Sud : 1 voix"]).await;
    // The bot reads again, too.
    let answer = chloe.types("!vote S1 b").await;
    assert!(answer.contains("« Sud »"), "{answer}");
    app.both_show(&["Où?", "b. Sud : 2 voix"]).await;
    app.each_room_has(1, "Semences").await;
    app.each_room_has(1, "Où?").await;
    app.finish().await;
}

#[tokio::test]
async fn while_discord_is_down_matrix_works_on_and_discord_catches_up() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    let chloe = app.on_matrix(synapse, "chloe").await;
    let when = in_a_month();
    let announced = app
        .matrix_organizer
        .types(&format!("!atelier créer \"Semences\" {when}"))
        .await;
    assert!(
        announced.contains("L’atelier A1 est annoncé"),
        "{announced}"
    );
    app.both_show(&["Semences", "Je viens : 0"]).await;

    sim.refuse_upgrades(true);
    sim.drop_sockets();
    sim.fault(RouteMatch::any(), Fault::Status(503), ALL);
    let answer = chloe.types("!viens A1").await;
    assert!(answer.contains("vous venez à A1"), "{answer}");
    app.matrix_card(|card| plain(&card.body).contains("Je viens : 1"))
        .await;
    let opened = app
        .matrix_organizer
        .types("!sondage créer\nOù?\n- Nord\n- Sud")
        .await;
    assert!(opened.contains("S1"), "{opened}");
    chloe.types("!vote S1 b").await;
    app.matrix_card(|card| plain(&card.body).contains("b. Sud : 1 voix"))
        .await;
    assert!(
        !app.discord_texts().concat().contains("Où?"),
        "Discord is down"
    );

    sim.clear_faults();
    sim.refuse_upgrades(false);
    app.both_show(&["Semences", "Je viens : 1"]).await;
    app.both_show(&["Où?", "b. Sud : 1 voix"]).await;
    app.eventually("the gateway again", async || {
        let connected = sim.read(|state| state.sessions.values().any(|s| s.link.is_some()));
        connected.then_some(())
    })
    .await;
    let ana = app.on_discord("ana", "fr").await;
    ana.slash("vote", &[("sondage", "S1"), ("choix", "b")])
        .await;
    app.both_show(&["Où?", "b. Sud : 2 voix"]).await;
    app.each_room_has(1, "Semences").await;
    app.each_room_has(1, "Où?").await;
    app.finish().await;
}

#[tokio::test]
async fn a_bot_that_starts_while_the_homeserver_is_down_serves_discord_and_matrix_later() {
    needs!(synapse);
    let mut synapse = Synapse::start_own().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let mut app = App::prepare(&sim, &synapse, Setting::default()).await;
    synapse.stop().await;
    app.add_process(Share::ALL).await;
    app.commands_registered().await;
    app.discord_organizer.agrees().await;
    let when = in_a_month();
    let options = [("titre", "Semences"), ("quand", when.as_str())];
    let announced = app.discord_organizer.slash("atelier créer", &options).await;
    assert!(announced.contains("A1"), "{announced}");
    app.discord_card(|card| card.text().contains("Semences"))
        .await;

    synapse.restart().await;
    app.settled_in().await;
    app.both_show(&["Semences", "A1"]).await;
    app.each_room_has(1, "Semences").await;
    app.finish().await;
}
