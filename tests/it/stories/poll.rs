//! A poll is opened, voted in from both networks, and closed.

use crate::discord_sim::{DiscordSim, SimOptions};
use crate::support::app::{App, Setting};
use crate::support::{needs, synapse::Synapse};

#[tokio::test]
async fn a_poll_from_discord_is_voted_in_from_both_networks_and_its_result_is_told_once_per_room() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    let (ana, bob) = (
        app.on_discord("ana", "fr").await,
        app.on_discord("bob", "en-US").await,
    );
    let (chloe, dan) = (
        app.on_matrix(synapse, "chloe").await,
        app.on_matrix(synapse, "dan").await,
    );

    let options = [
        ("question", "Par quoi commencer?"),
        ("options", "Le transport; Le bâtiment; Les jardins"),
    ];
    let opened = app.discord_organizer.slash("sondage créer", &options).await;
    assert!(opened.contains("Le sondage S1 est ouvert"), "{opened}");
    let (card, on_matrix) = app
        .both_show(&["Par quoi commencer?", "b. Le bâtiment : 0 voix", "S1"])
        .await;
    assert!(card.text().contains("/vote S1 a"), "{}", card.text());
    assert!(on_matrix.body.contains("!vote S1 a"), "{}", on_matrix.body);

    // Ana chooses in her private menu, and again: her last choice is marked, and counts alone.
    let menu = ana.presses(&card, "Voter").await;
    assert!(
        menu.text().contains("ne le montre à personne"),
        "{}",
        menu.text()
    );
    let voted = ana.chooses(&menu, "a").await;
    assert!(voted.contains("« Le transport »"), "{voted}");
    let menu = ana.presses(&card, "Voter").await;
    let options = menu.controls()[0]["options"].clone();
    assert_eq!(options[0]["default"], true, "{options}");
    ana.chooses(&menu, "b").await;
    let voted = chloe.types("!vote S1 a").await;
    assert!(voted.contains("« Le transport »"), "{voted}");
    let voted = chloe.types("!vote S1 b").await;
    assert!(voted.contains("« Le bâtiment »"), "{voted}");
    dan.types("!vote S1 c").await;
    let voted = bob
        .slash("vote", &[("sondage", "S1"), ("choix", "b")])
        .await;
    assert!(voted.contains("Le bâtiment"), "{voted}");
    app.both_show(&[
        "a. Le transport : 0 voix",
        "b. Le bâtiment : 3 voix (75 %)",
        "c. Les jardins : 1 voix",
        "4 personnes ont voté.",
    ])
    .await;
    app.each_room_has(1, "S1").await;

    let closed = app
        .discord_organizer
        .slash("sondage clore", &[("sondage", "S1")])
        .await;
    assert!(closed.contains("Le sondage S1 est clos"), "{closed}");
    app.both_show(&[
        "Résultat : Par quoi commencer?",
        "« Le bâtiment » arrive en tête avec 3 voix sur 4",
    ])
    .await;
    let (card, matrix) = app
        .both_show(&["Sondage : Par quoi commencer?", "Fermé"])
        .await;
    assert!(card.edits > 0 && matrix.edits > 0, "edited in place");
    assert_eq!(card.button_labels(), [""; 0], "nothing is left to press");
    app.each_room_has(1, "Résultat : Par quoi commencer?").await;
    app.each_room_has(1, "Sondage : Par quoi commencer?").await;

    // Too late, on both networks; what was counted stays.
    let late = dan.types("!vote S1 a").await;
    assert!(late.contains("Le sondage S1 est clos"), "{late}");
    let late = ana
        .slash("vote", &[("sondage", "S1"), ("choix", "a")])
        .await;
    assert!(late.contains("Le sondage S1 est clos"), "{late}");
    app.delivered().await;
    app.both_show(&[
        "Sondage : Par quoi commencer?",
        "a. Le transport : 0 voix",
        "4 personnes",
    ])
    .await;
    app.finish().await;
}
