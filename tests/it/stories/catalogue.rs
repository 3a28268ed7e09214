//! The catalogue: commitments that organizers suggest, to everybody or to a circle, and that people make their own.

use crate::discord_sim::{DiscordSim, SimOptions};
use crate::support::app::people::plain;
use crate::support::app::{App, PATIENCE, Setting};
use crate::support::{needs, synapse::Synapse};

#[tokio::test]
async fn what_is_suggested_to_a_circle_and_around_it_is_taken_as_ones_own() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    let organizer = &app.discord_organizer;
    let ana = app.on_discord("ana", "en-US").await;
    let chloe = app.on_matrix(synapse, "chloe").await;

    let empty = chloe.types("!engagement catalogue").await;
    assert!(empty.contains("Le catalogue est encore vide"), "{empty}");
    for (name, inside) in [
        ("Quartier", "aucun"),
        ("Jeunes", "quartier"),
        ("Aînés", "quartier"),
    ] {
        let options = [("nom", name), ("dans", inside)];
        organizer.slash("cercle ajouter", &options).await;
    }
    let options = [("cercle", "jeunes"), ("salons", "ici")];
    organizer.slash("cercle placer", &options).await;
    let options = [
        ("énoncé", "Je marche // I walk"),
        ("thématique", "transport"),
    ];
    let added = organizer.slash("catalogue ajouter", &options).await;
    assert!(added.contains("C1 est au catalogue"), "{added}");
    for (sentence, circle) in [
        ("Je répare", "quartier"),
        ("Je tricote", "aînés"),
        ("Je joue", "jeunes"),
    ] {
        let typed = format!("!catalogue ajouter \"{sentence}\" cercle={circle}");
        let added = app.matrix_organizer.types(&typed).await;
        assert!(added.contains("est au catalogue"), "{added}");
    }
    let refused = organizer
        .slash(
            "catalogue modifier",
            &[("idée", "C1"), ("cercle", "nulle-part")],
        )
        .await;
    assert!(refused.contains("pas de cercle"), "{refused}");

    // From the circle's room: for everybody, for the circle, for those around it; in one's language.
    let shown = ana.slash("engagement catalogue", &[]).await;
    for words in [
        "C1 · I walk · Transportation",
        "C2 · Je répare · Quartier",
        "C4 · Je joue · Jeunes",
    ] {
        assert!(shown.contains(words), "{words:?} is not in {shown}");
    }
    assert!(!shown.contains("Je tricote"), "{shown}");
    // From a room of no circle, what is for everybody; of a circle by its name, what is for it and around it.
    let shown = chloe.types("!engagement catalogue").await;
    assert!(shown.contains("C1") && !shown.contains("C2"), "{shown}");
    let shown = chloe.types("!engagement catalogue aînés").await;
    for (id, there) in [("C1", true), ("C2", true), ("C3", true), ("C4 ·", false)] {
        assert_eq!(shown.contains(id), there, "{id}: {shown}");
    }

    // By a button, and by typing: it becomes a commitment like any other.
    let card = ana
        .starts_slash("engagement catalogue", &[])
        .final_message(PATIENCE)
        .await;
    let read = ana.presses(&card, "Take C1").await;
    let taken = ana.presses(&read, "Confirm").await.text();
    assert!(taken.contains("E1") && taken.contains("I walk"), "{taken}");
    let taken = chloe.types("!catalogue prendre C2 avant=2040-06-01").await;
    assert!(
        taken.contains("Je répare") && taken.contains("2040"),
        "{taken}"
    );
    chloe.types("!engagement confirmer").await;

    // What is changed or retired leaves what was taken as it was.
    organizer
        .slash(
            "catalogue modifier",
            &[
                ("idée", "C2"),
                ("énoncé", "Je bricole"),
                ("cercle", "aucun"),
            ],
        )
        .await;
    let retired = organizer
        .slash("catalogue retirer", &[("idée", "C1")])
        .await;
    assert!(retired.contains("C1 n’est plus au catalogue"), "{retired}");
    let gone = chloe.types("!catalogue prendre C1").await;
    assert!(gone.contains("C1"), "{gone}");
    assert!(gone.contains("Rien n’a été changé"), "{gone}");
    let shown = chloe.types("!engagement catalogue").await;
    assert!(
        shown.contains("C2 · Je bricole") && !shown.contains("C1 ·"),
        "{shown}"
    );
    let own = chloe.types("!engagement liste").await;
    assert!(own.contains("Je répare"), "{own}");
    let own = ana.slash("engagement liste", &[]).await;
    assert!(own.contains("I walk"), "{own}");

    // A circle that is no longer in use leaves its suggestions to the one around it.
    organizer
        .slash("cercle retirer", &[("cercle", "aînés")])
        .await;
    let shown = chloe.types("!engagement catalogue quartier").await;
    assert!(shown.contains("C3 · Je tricote · Quartier"), "{shown}");
    let journal = plain(&organizer.slash("journal", &[]).await);
    for words in ["C4, ajout au catalogue", "C1, idée retirée du catalogue"] {
        assert!(journal.contains(words), "{words:?} is not in {journal}");
    }
    app.finish().await;
}
