//! The plan: written by organizers, read by all, carried by organisations.

use super::linking::code_in;
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
        let given = organizer
            .slash("mandat donner", &[("organisation", name)])
            .await;
        let code = code_in(&given);
        ana.slash("mandat prendre", &[("code", &code)]).await;
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
