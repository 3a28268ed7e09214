//! A workshop is announced, answered, corrected and called off; commitments are taken and checked.

use crate::discord_sim::{DiscordSim, SimOptions};
use crate::support::app::people::plain;
use crate::support::app::{App, Setting, in_a_month};
use crate::support::{needs, synapse::Synapse};

#[tokio::test]
async fn a_workshop_announced_on_matrix_is_answered_corrected_and_called_off_in_both_rooms() {
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

    let announced = app
        .matrix_organizer
        .types(&format!(
            "!atelier créer \"Se nourrir en 2040\" {} lieu=\"Centre Saint-Roch\"",
            in_a_month()
        ))
        .await;
    assert!(
        announced.contains("L’atelier A1 est annoncé"),
        "{announced}"
    );
    let (discord, matrix) = app
        .both_show(&[
            "Se nourrir en 2040",
            "Centre Saint-Roch",
            "Je viens : 0",
            "A1",
        ])
        .await;

    // Everybody answers once; Bob changes his mind, Dan repeats himself.
    let answer = ana.presses(&discord, "Je viens").await;
    assert!(
        answer.text().contains("vous venez à A1"),
        "{}",
        answer.text()
    );
    let answer = bob.presses(&discord, "Peut-être").await;
    assert!(answer.text().contains("A1"), "{}", answer.text());
    bob.presses(&discord, "Non").await;
    let answer = chloe.types("!viens A1").await;
    assert!(answer.contains("vous venez à A1"), "{answer}");
    dan.reacts(&matrix, "✅").await;
    app.both_show(&["A1", "Je viens : 3 · Peut-être : 0 · Non : 1"])
        .await;
    dan.types("!viens A1").await;
    app.delivered().await;
    let (discord, matrix) = app
        .both_show(&["A1", "Je viens : 3 · Peut-être : 0 · Non : 1"])
        .await;
    assert!(discord.edits > 0 && matrix.edits > 0, "edited in place");

    // A correction, from the other network, in place.
    let edited = app
        .discord_organizer
        .slash(
            "atelier modifier",
            &[("atelier", "A1"), ("lieu", "Bibliothèque")],
        )
        .await;
    assert!(
        edited.contains("L’atelier A1 est modifié partout"),
        "{edited}"
    );
    app.both_show(&["A1", "Bibliothèque", "Je viens : 3"]).await;
    app.each_room_has(1, "Changement : Se nourrir en 2040")
        .await;
    app.each_room_has(2, "Se nourrir en 2040").await;

    let cancelled = app
        .discord_organizer
        .slash("atelier annuler", &[("atelier", "A1")])
        .await;
    assert!(cancelled.contains("annulé partout"), "{cancelled}");
    app.both_show(&["Cet atelier est annulé.", "Je viens : 3"])
        .await;
    app.both_show(&["Atelier annulé : Se nourrir en 2040"])
        .await;
    app.each_room_has(1, "Cet atelier est annulé.").await;
    app.each_room_has(1, "Atelier annulé : Se nourrir en 2040")
        .await;
    app.each_room_has(3, "A1").await;
    for words in ["Cet atelier est annulé.", "Changement"] {
        let card = app.discord_card(|card| card.text().contains(words)).await;
        assert_eq!(card.button_labels(), [""; 0], "nothing is left to press");
    }
    let refused = chloe.types("!viens A1").await;
    assert!(refused.contains("terminé ou annulé"), "{refused}");
    app.finish().await;
}

#[tokio::test]
async fn what_is_missing_is_asked_for_by_a_form_on_discord_and_in_words_on_matrix() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;

    let patience = crate::support::app::PATIENCE;
    let form = app
        .discord_organizer
        .starts_slash("atelier créer", &[("titre", "Semences")])
        .modal(patience)
        .await;
    let named: Vec<&str> = form.fields.iter().map(|f| f.custom_id.as_str()).collect();
    assert_eq!(named[..2], ["title", "when"]);
    assert_eq!(form.fields[0].value.as_deref(), Some("Semences"));
    let when = in_a_month();
    let sent = sim.submit_modal(
        app.discord_organizer.user,
        &form,
        &[("when", when.as_str())],
    );
    let answer = sent.final_message(patience).await;
    assert!(
        answer.text().contains("L’atelier A1 est annoncé"),
        "{}",
        answer.text()
    );
    app.both_show(&["Semences", "A1"]).await;

    let asked = app
        .matrix_organizer
        .types("!atelier créer \"Compost\"")
        .await;
    assert!(asked.contains("Il me manque encore"), "{asked}");
    assert!(asked.contains("Quand"), "{asked}");
    app.each_room_has(0, "Compost").await;
    app.finish().await;
}

#[tokio::test]
async fn a_workshop_says_everything_in_each_rooms_language_and_unsays_it() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let setting = Setting {
        matrix_language: "en-CA",
        ..Setting::default()
    };
    let app = App::start(&sim, synapse, setting).await;
    let when = in_a_month();
    let options = [
        ("titre", "Se nourrir // Feeding ourselves"),
        ("quand", when.as_str()),
        ("lieu", "Bibliothèque"),
        ("description", "On mange // We eat"),
        ("mode", "hybrid"),
        ("coût", "5 $"),
        ("accès", "entrée sans marche, LSQ"),
        ("trajet", "bus 7"),
        ("précisions", "écrivez-nous // write to us"),
        ("langue-parlée", "bilingual"),
        ("pour-qui", "Toute personne // Anybody"),
        ("thématiques", "transport, énergie"),
        ("étape", "plan"),
        ("type", "vision"),
        ("par", "Coop A, Coop B"),
    ];
    app.discord_organizer.slash("atelier créer", &options).await;
    let has = |text: &str, words: &[&str]| {
        for word in words {
            assert!(text.contains(word), "{word:?} is not in {text}");
        }
    };
    let french = app.discord_card(|card| card.text().contains("Se nourrir"));
    has(
        &plain(&french.await.text()),
        &[
            "Bibliothèque, ou en ligne",
            "On mange",
            "5 $",
            "entrée sans marche, interprétation en LSQ, écrivez-nous",
            "bus 7",
            "français et anglais",
            "Toute personne",
            "Transport, Énergie",
            "Plan opérationnel",
            "Vision",
            "Coop A, Coop B",
        ],
    );
    let english = app.matrix_card(|card| card.body.contains("Feeding ourselves"));
    has(
        &plain(&english.await.body),
        &[
            "Bibliothèque, or online",
            "We eat",
            "step-free entrance, LSQ interpretation, write to us",
            "French and English",
            "Anybody",
            "Transportation, Energy",
            "Operational plan",
        ],
    );
    let typed = "!workshop edit A1 remove=\"cost, themes\" place=\"Library\"";
    let edited = app.matrix_organizer.types(typed).await;
    assert!(edited.contains("A1"), "{edited}");
    let card = app
        .discord_card(|card| card.text().contains("Library") && card.text().starts_with("Atelier"))
        .await;
    let card = plain(&card.text());
    assert!(
        card.contains("gratuit") && !card.contains("Transport"),
        "{card}"
    );

    // What is wrong changes nothing, and says what could be.
    let refused = app
        .matrix_organizer
        .types("!atelier modifier A1 thèmes=télégraphe")
        .await;
    assert!(refused.contains("Human rights"), "{refused}");
    let refused = app
        .matrix_organizer
        .types("!atelier modifier A1 enlever=titre")
        .await;
    assert!(refused.contains("cannot do without"), "{refused}");
    let refused = app
        .matrix_organizer
        .types("!atelier modifier A1 lieu=Library")
        .await;
    assert!(refused.contains("Nothing would change"), "{refused}");
    app.finish().await;
}
