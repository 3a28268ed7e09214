//! The plan: written by organizers, read by all, carried by organisations.

use super::organisations::{code, takes};
use crate::discord_sim::{DiscordSim, SimOptions};
use crate::support::app::people::plain;
use crate::support::app::{App, Setting};
use crate::support::{needs, synapse::Synapse};

#[tokio::test]
async fn an_action_that_nobody_carries_is_taken_on_by_an_organisation_and_the_journal_says_who() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    let organizer = &app.discord_organizer;
    let ana = app.on_discord("ana", "fr").await;
    let bob = app.on_discord("bob", "en-US").await;
    let chloe = app.on_matrix(synapse, "chloe").await;

    let empty = ana.slash("plan voir", &[]).await;
    assert!(empty.contains("n’a pas encore de jalon"), "{empty}");
    let added = app
        .matrix_organizer
        .types("!jalon ajouter \"Des rues sûres // Safe streets\" horizon=2032 thématiques=transport, santé")
        .await;
    assert!(added.contains("Le jalon J1 est dans le plan"), "{added}");
    for name in ["Table", "CRE"] {
        let options = [("nom", name), ("secteur", "communautaire")];
        organizer.slash("organisation ajouter", &options).await;
    }
    let added = app
        .matrix_organizer
        .types("!action ajouter J1 \"Cartographier // Map\" collaborateurs=cre début=2026-10-01 fin=2028-09-30")
        .await;
    assert!(added.contains("L’action P1 est dans le plan"), "{added}");
    let options = [
        ("jalon", "J1"),
        ("énoncé", "Marcher"),
        ("porteur", "cre"),
        ("état", "under-way"),
    ];
    organizer.slash("action ajouter", &options).await;

    // What cannot be says why.
    let lasting = [("action", "P1"), ("fin", "2028-10-01")];
    let refused = organizer.slash("action modifier", &lasting).await;
    assert!(refused.contains("plus de 24 mois"), "{refused}");
    let begun = [("action", "P1"), ("état", "under-way")];
    let refused = organizer.slash("action modifier", &begun).await;
    assert!(
        refused.contains("si une organisation la porte"),
        "{refused}"
    );

    // Everybody reads it, in their language.
    let shown = bob.slash("plan voir", &[]).await;
    assert!(
        shown.contains("J1 · Safe streets · 2 actions, of which 1 need a lead"),
        "{shown}"
    );
    let shown = chloe.types("!plan J1").await;
    for words in [
        "J1 · Des rues sûres (d’ici 2032)",
        "Transport",
        "P1 · Cartographier · à porter · avec CRE",
        "P2 · Marcher · en cours · portée par CRE",
    ] {
        assert!(shown.contains(words), "{words:?} is not in {shown}");
    }
    let free = chloe.types("!plan à-porter").await;
    assert!(free.contains("P1 · Cartographier"), "{free}");
    assert!(!free.contains("Marcher"), "{free}");

    // Only who represents an organisation can take it on, and says for which if there are several.
    let refused = ana.slash("action porter", &[("action", "P1")]).await;
    assert!(
        refused.contains("Vous ne représentez aucune organisation"),
        "{refused}"
    );
    for name in ["table", "cre"] {
        takes(&ana, &code(&app, name).await).await;
    }
    let refused = ana.slash("action porter", &[("action", "P1")]).await;
    assert!(refused.contains("cre, table"), "{refused}");
    let options = [("action", "P1"), ("pour", "table")];
    let carried = ana.slash("action porter", &options).await;
    assert!(carried.contains("C’est noté. Table porte P1."), "{carried}");
    let again = ana.slash("action porter", &options).await;
    assert!(again.contains("P1 n’est pas à porter"), "{again}");
    let free = chloe.types("!plan à-porter").await;
    assert!(free.contains("Chaque action du plan est portée"), "{free}");
    let journal = plain(&organizer.slash("journal", &[]).await);
    let line = format!(
        "P1, action portée au nom de table, par {} (discord)",
        ana.user
    );
    assert!(journal.contains(&line), "{journal}");

    // An organisation that leaves leaves its action to be carried again.
    organizer
        .slash("organisation retirer", &[("organisation", "table")])
        .await;
    let shown = ana.slash("action voir", &[("action", "P1")]).await;
    assert!(shown.contains("P1 · Cartographier · à porter"), "{shown}");

    // The step of the démarche, by its rank or its name.
    let unknown = organizer.slash("étape", &[("étape", "vacances")]).await;
    assert!(unknown.contains("etat-vision"), "{unknown}");
    organizer.slash("étape", &[("étape", "3")]).await;
    let shown = bob.slash("plan voir", &[]).await;
    assert!(shown.contains("Step 3 of 5"), "{shown}");
    app.finish().await;
}

#[tokio::test]
async fn rooms_hear_once_of_each_quarter_that_a_milestone_reaches() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let setting = Setting {
        matrix_language: "en-CA",
        ..Setting::default()
    };
    let app = App::start(&sim, synapse, setting).await;
    let organizer = &app.discord_organizer;
    let options = [("nom", "Table"), ("secteur", "communautaire")];
    organizer.slash("organisation ajouter", &options).await;
    let milestone = [("énoncé", "Des rues sûres // Safe streets")];
    organizer.slash("jalon ajouter", &milestone).await;
    // An action that is entered as done is no news.
    for state in ["done", "under-way", "under-way", "under-way", "under-way"] {
        let options = [
            ("jalon", "J1"),
            ("énoncé", "Marcher"),
            ("porteur", "table"),
            ("état", state),
        ];
        organizer.slash("action ajouter", &options).await;
    }
    app.each_room_has(0, "J1").await;
    let becomes = async |action: &str, state: &str| {
        let options = [("action", action), ("état", state)];
        organizer.slash("action modifier", &options).await
    };
    // Giving an action up brings the others forward: 1 of 4.
    becomes("P2", "abandoned").await;
    app.discord_card(|card| {
        let text = plain(&card.text());
        text.contains("passe le cap des 25")
            && text.contains("1 action sur 4 réalisée")
            && text.contains("Organisations qui portent ce jalon : Table")
            && text.contains("/plan J1")
    })
    .await;
    let english = app.matrix_card(|card| card.body.contains("passes 25%"));
    let english = english.await.body;
    for words in ["1 action of 4 done", "Safe streets", "!plan J1"] {
        assert!(english.contains(words), "{words:?} is not in {english}");
    }
    // It falls and rises again, twice.
    for _ in 0..2 {
        becomes("P1", "under-way").await;
        becomes("P1", "done").await;
    }
    // On to half, three quarters, and by giving the last one up the whole.
    becomes("P3", "revised").await;
    becomes("P3", "under-way").await;
    becomes("P4", "done").await;
    app.discord_card(|card| plain(&card.text()).contains("passe le cap des 50"))
        .await;
    becomes("P3", "done").await;
    app.discord_card(|card| plain(&card.text()).contains("passe le cap des 75"))
        .await;
    becomes("P5", "revised").await;
    app.discord_card(|card| plain(&card.text()).contains("est réalisé en entier"))
        .await;
    app.delivered().await;
    for (words, count) in [
        ("passes 25%", 1),
        ("passes 50%", 1),
        ("passes 75%", 1),
        ("in full", 1),
    ] {
        let cards = app.matrix_cards().await;
        let found = cards
            .iter()
            .filter(|card| card.body.contains(words))
            .count();
        assert_eq!(found, count, "{words}");
    }
    let shown = organizer.slash("plan voir", &[]).await;
    assert!(shown.contains("3 actions sur 3 réalisées"), "{shown}");
    app.finish().await;
}
