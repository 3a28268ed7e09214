//! Commitments: confirmed before they are stored, shown as their holder wants, handed over; those of organisations.

use super::linking::code_in;
use super::organisations::{code, takes};
use crate::discord_sim::{DiscordSim, SimOptions};
use crate::support::app::people::plain;
use crate::support::app::{App, PATIENCE, Setting, in_a_month};
use crate::support::{needs, synapse::Synapse};

#[tokio::test]
async fn commitments_are_taken_on_both_networks_listed_and_checked_by_their_owners_only() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    let ana = app.on_discord("ana", "fr").await;
    let chloe = app.on_matrix(synapse, "chloe").await;

    // Nothing is recorded before its author has read the sentence and confirmed it.
    let options = [("phrase", "Je vais au travail à vélo")];
    let read = ana
        .starts_slash("engagement prendre", &options)
        .final_message(PATIENCE)
        .await;
    let said = plain(&read.text());
    assert!(said.contains("avant de l’enregistrer"), "{said}");
    assert!(said.contains("Je vais au travail à vélo"), "{said}");
    let none = app.number("SELECT count(*) FROM commitment").await;
    assert_eq!(none, 0);
    let taken = plain(&ana.presses(&read, "Confirmer").await.text());
    assert!(
        taken.contains("Votre engagement E1 est enregistré"),
        "{taken}"
    );
    let again = plain(&ana.presses(&read, "Confirmer").await.text());
    assert!(again.contains("n’attend d’être confirmé"), "{again}");
    let read = chloe.types("!engagement \"Je répare mes vêtements\"").await;
    assert!(read.contains("!engagement confirmer"), "{read}");
    let taken = chloe.types("!engagement confirmer").await;
    assert!(
        taken.contains("Votre engagement E2 est enregistré"),
        "{taken}"
    );

    let listed = ana.slash("engagement liste", &[]).await;
    assert!(
        listed.contains("E1 · Je vais au travail à vélo (pris)"),
        "{listed}"
    );
    assert!(!listed.contains("E2"), "{listed}");
    let listed = chloe.types("!engagement liste").await;
    assert!(
        listed.contains("E2 · Je répare mes vêtements (pris)"),
        "{listed}"
    );

    let checked = chloe.types("!point E2 en-cours").await;
    assert!(checked.contains("E2 est en cours"), "{checked}");
    let checked = ana
        .slash("point", &[("engagement", "E1"), ("état", "done")])
        .await;
    assert!(checked.contains("E1 est tenu"), "{checked}");
    let refused = ana
        .slash("point", &[("engagement", "E2"), ("état", "done")])
        .await;
    assert!(refused.contains("n’est pas le vôtre"), "{refused}");
    let listed = chloe.types("!engagement liste").await;
    assert!(listed.contains("(en cours)"), "{listed}");
    let listed = ana.slash("engagement liste", &[]).await;
    assert!(listed.contains("(tenu)"), "{listed}");

    // What it is for; a later day; given up, with thanks.
    let options = [("énoncé", "Des rues sûres")];
    app.discord_organizer.slash("jalon ajouter", &options).await;
    let edit = |about| [("engagement", "E1"), ("pour", about)];
    let refused = ana.slash("engagement modifier", &edit("télégraphe")).await;
    assert!(refused.contains("ni un jalon"), "{refused}");
    let refused = ana.slash("engagement modifier", &edit("J9")).await;
    assert!(refused.contains("J9"), "{refused}");
    let attached = ana.slash("engagement modifier", &edit("J1")).await;
    assert!(attached.contains("Pour : J1"), "{attached}");
    let attached = chloe.types("!engagement modifier E2 pour=transport").await;
    assert!(attached.contains("Pour : Transport"), "{attached}");
    let refused = chloe.types("!engagement reporter E2 2020-01-01").await;
    assert!(refused.contains("Rien n’a été changé."), "{refused}");
    let later = format!("!engagement reporter E2 {}", &in_a_month()[..10]);
    let postponed = chloe.types(&later).await;
    assert!(postponed.contains("E2 est reporté"), "{postponed}");
    let refused = ana
        .slash("engagement retirer", &[("engagement", "E2")])
        .await;
    assert!(refused.contains("n’est pas le vôtre"), "{refused}");
    let withdrawn = chloe.types("!engagement retirer E2").await;
    assert!(
        withdrawn.contains("l’engagement E2 est retiré"),
        "{withdrawn}"
    );
    let listed = chloe.types("!engagement liste").await;
    assert!(listed.contains("(retiré)"), "{listed}");
    app.each_room_has(0, "vélo").await;
    app.finish().await;
}

#[tokio::test]
async fn nobody_learns_more_of_a_commitment_than_its_holder_shows() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    let organizer = &app.discord_organizer;
    let ana = app.on_discord("ana", "fr").await;
    let bob = app.on_discord("bob", "en-US").await;
    let chloe = app.on_matrix(synapse, "chloe").await;
    let options = [("énoncé", "Des rues sûres")];
    organizer.slash("jalon ajouter", &options).await;
    let options = [("nom", "Table"), ("secteur", "communautaire")];
    organizer.slash("organisation ajouter", &options).await;

    // Only counted unless its holder chooses otherwise.
    chloe
        .types("!engagement \"Je prête ma remorque\" pour=J1")
        .await;
    chloe.types("!engagement confirmer").await;
    let refused = bob.slash("engagement liste", &[("engagement", "E1")]).await;
    assert!(refused.contains("only counted"), "{refused}");
    let shown = ana.slash("plan voir", &[("jalon", "J1")]).await;
    assert!(shown.contains("moins de cinq"), "{shown}");
    assert!(!shown.contains("remorque"), "{shown}");
    let chosen = chloe.types("!engagement modifier E1 visible=prénom").await;
    assert!(chosen.contains("Visible de tout le monde"), "{chosen}");
    let shown = plain(&ana.slash("plan voir", &[("jalon", "J1")]).await);
    assert!(shown.contains("chloe"), "{shown}");
    assert!(shown.contains("Je prête ma remorque (pris)"), "{shown}");
    let shown = bob.slash("engagement liste", &[("engagement", "E1")]).await;
    assert!(shown.contains("Je prête ma remorque"), "{shown}");

    // An organizer can hide what is not fit to be shown, and the journal says so.
    let hidden = organizer
        .slash("engagement masquer", &[("engagement", "E1")])
        .await;
    assert!(hidden.contains("ne sont plus montrés"), "{hidden}");
    let shown = ana.slash("plan voir", &[("jalon", "J1")]).await;
    assert!(!shown.contains("remorque"), "{shown}");
    let journal = organizer.slash("journal", &[]).await;
    assert!(journal.contains("E1, nom masqué"), "{journal}");

    // An organisation's is public, and taken only by who represents it.
    let options = [
        ("phrase", "Prêter notre salle"),
        ("pour", "J1"),
        ("au-nom-de", "table"),
    ];
    let refused = ana.slash("engagement prendre", &options).await;
    assert!(refused.contains("Vous ne représentez pas"), "{refused}");
    takes(&ana, &code(&app, "table").await).await;
    let hides = [options[0], options[2], ("visible", "count")];
    let refused = ana.slash("engagement prendre", &hides).await;
    assert!(refused.contains("est public"), "{refused}");
    ana.slash("engagement prendre", &options).await;
    let taken = ana.slash("engagement confirmer", &[]).await;
    assert!(taken.contains("Visible de tout le monde"), "{taken}");
    let shown = chloe.types("!plan J1").await;
    assert!(
        shown.contains("Table : Prêter notre salle (pris)"),
        "{shown}"
    );
    ana.slash("point", &[("engagement", "E2"), ("état", "done")])
        .await;
    let shown = bob.slash("plan voir", &[("jalon", "J1")]).await;
    assert!(shown.contains("Prêter notre salle (kept)"), "{shown}");
    let journal = plain(&organizer.slash("journal", &[]).await);
    for line in [
        "E2, engagement pris au nom de table",
        "E2, engagement de table tenu",
    ] {
        assert!(journal.contains(line), "{journal}");
    }
    app.finish().await;
}

#[tokio::test]
async fn a_commitment_passes_to_whoever_types_its_code_once_and_names_nobody() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    let ana = app.on_discord("ana", "fr").await;
    let bob = app.on_discord("bob", "fr").await;
    let chloe = app.on_matrix(synapse, "chloe").await;
    let alone = chloe.in_private().await;
    let options = [
        ("phrase", "Tenir la bibliothèque d’outils"),
        ("visible", "name"),
    ];
    ana.slash("engagement prendre", &options).await;
    ana.slash("engagement confirmer", &[]).await;

    let which = [("engagement", "E1")];
    let refused = bob.slash("engagement transmettre", &which).await;
    assert!(refused.contains("n’est pas le vôtre"), "{refused}");
    // In a room a code is worth nothing.
    let given = ana.slash("engagement transmettre", &which).await;
    let typed = format!("!engagement reprendre {}", code_in(&given));
    let burnt = chloe.types(&typed).await;
    assert!(burnt.contains("Pas ici"), "{burnt}");
    let refused = alone.says(&typed).await;
    assert!(refused.contains("n’est pas bon"), "{refused}");
    let given = ana.slash("engagement transmettre", &which).await;
    let typed = format!("!engagement reprendre {}", code_in(&given));
    let taken = alone.says(&typed).await;
    assert!(taken.contains("E1 est maintenant le vôtre"), "{taken}");
    assert!(taken.contains("Tenir la bibliothèque"), "{taken}");
    assert!(taken.contains("Seul le nombre"), "{taken}");
    let refused = alone.says(&typed).await;
    assert!(refused.contains("n’est pas bon"), "{refused}");
    let own = ana.slash("engagement liste", &[]).await;
    assert!(!own.contains("bibliothèque"), "{own}");
    let own = chloe.types("!engagement liste").await;
    assert!(own.contains("(transmis)"), "{own}");
    let refused = bob.slash("engagement liste", &which).await;
    assert!(refused.contains("seulement compté"), "{refused}");
    // What is given up cannot be handed over.
    chloe.types("!engagement retirer E1").await;
    let refused = alone.says("!engagement transmettre E1").await;
    assert!(refused.contains("est terminé"), "{refused}");
    app.finish().await;
}

#[tokio::test]
async fn what_is_only_counted_is_in_no_card_digest_or_answer_to_anybody_else() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    let organizer = &app.discord_organizer;
    let zephirine = app.on_discord("Zephirine", "fr").await;
    let wilhelmine = app.on_matrix(synapse, "wilhelmine").await;
    let (ana, bob) = (
        app.on_discord("ana", "fr").await,
        app.on_discord("bob", "en-US").await,
    );
    let options = [("énoncé", "Des rues sûres")];
    organizer.slash("jalon ajouter", &options).await;
    let options = [("jalon", "J1"), ("énoncé", "Marcher")];
    organizer.slash("action ajouter", &options).await;

    // One shows her name, then thinks better of it; the other never does.
    let options = [
        ("phrase", "Monter en vélocipède"),
        ("pour", "J1"),
        ("visible", "name"),
    ];
    zephirine.slash("engagement prendre", &options).await;
    zephirine.slash("engagement confirmer", &[]).await;
    let shown = ana.slash("plan voir", &[("jalon", "J1")]).await;
    assert!(shown.contains("vélocipède"), "the test looks: {shown}");
    let options = [("engagement", "E1"), ("visible", "count")];
    zephirine.slash("engagement modifier", &options).await;
    let alone = wilhelmine.in_private().await;
    alone
        .says("!engagement \"Tricoter des chaussettes\" pour=P1")
        .await;
    alone.says("!engagement confirmer").await;
    alone.says("!point E2 fait").await;
    let day = &in_a_month()[..10];
    let options = [("phrase", "Je composte"), ("si", "1"), ("avant", day)];
    ana.slash("engagement prendre", &options).await;
    ana.slash("engagement confirmer", &[]).await;
    let options = [("engagement", "E3")];
    zephirine.slash("engagement rejoindre", &options).await;
    organizer.slash("bilan publier", &[]).await;
    app.both_show(&["S’engagent : 2"]).await;
    app.delivered().await;

    let mut told = app.discord_texts();
    for message in app.matrix_organizer.user.timeline(&app.room).await {
        told.push(message.body);
    }
    for reader in [&ana, &bob, organizer] {
        for (command, options) in [
            ("plan voir", vec![("jalon", "J1")]),
            ("action voir", vec![("action", "P1")]),
            ("engagement liste", vec![]),
            ("engagement liste", vec![("engagement", "E1")]),
            ("engagement liste", vec![("engagement", "E2")]),
            ("engagement liste", vec![("engagement", "E3")]),
            ("engagement appels", vec![]),
            ("engagement suivi", vec![]),
            ("engagement catalogue", vec![]),
            ("bilan aperçu", vec![]),
            ("cercle élargissement", vec![]),
            ("fédération", vec![]),
            ("aide", vec![]),
        ] {
            told.push(reader.slash(command, &options).await);
        }
    }
    for text in told {
        let text = plain(&text).to_lowercase();
        for secret in ["vélocipède", "chaussettes", "zephirine", "wilhelmine"] {
            assert!(!text.contains(secret), "{secret} is in {text}");
        }
    }
    app.finish().await;
}
