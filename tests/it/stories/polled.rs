//! A poll of dates leads to a workshop: offered to organizers at the close, a draft first, once.

use crate::discord_sim::{DiscordSim, ShownMessage, SimOptions};
use crate::support::app::people::plain;
use crate::support::app::{App, PATIENCE, Setting, in_a_month};
use crate::support::{needs, synapse::Synapse};

fn has(text: &str, words: &[&str]) {
    for word in words {
        assert!(text.contains(word), "{word:?} is not in {text}");
    }
}

#[tokio::test]
async fn the_date_that_wins_becomes_a_draft_and_a_workshop_that_remembers_its_poll() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let control = sim.add_channel(sim.guild(), "coordination");
    let setting = Setting {
        more: format!(
            "[[collective.room]]\nnetwork = \"discord\"\naddress = \"{control}\"\npurpose = \"control\"\n"
        ),
        matrix_language: "en-CA",
        ..Setting::default()
    };
    let app = App::start(&sim, synapse, setting).await;
    let organizer = &app.discord_organizer;
    let ana = app.on_discord("ana", "fr").await;
    let chloe = app.on_matrix(synapse, "chloe").await;
    let first = in_a_month();
    let dates = format!("{first}; {}", first.replace("19:30", "20:30"));
    let in_control = async |words: &str| -> ShownMessage {
        let look = async || {
            let shown = sim.messages(control).into_iter();
            shown.rev().find(|m| plain(&m.text()).contains(words))
        };
        app.eventually(words, look).await
    };
    let poll = async |question: &str| {
        let options = [
            ("question", question),
            ("options", &dates),
            ("genre", "date"),
        ];
        organizer.slash("sondage créer", &options).await;
    };
    poll("Quand semer? // When to sow?").await;
    let early = organizer
        .slash("sondage atelier", &[("sondage", "S1")])
        .await;
    has(
        &early,
        &["S1 n’a pas de date gagnante", "Rien n’a été changé"],
    );
    ana.slash("vote", &[("sondage", "S1"), ("choix", "b")])
        .await;
    organizer.slash("sondage clore", &[("sondage", "S1")]).await;

    // Offered in the control room; a press makes a draft, with the question for a title.
    let offer = in_control("la date choisie est").await;
    let button = offer
        .controls()
        .into_iter()
        .find(|c| c["type"] == 2)
        .expect("a button");
    let label = button["label"].as_str().unwrap().to_owned();
    has(&plain(&label), &["Atelier", "20 h 30"]);
    let preview = organizer.presses(&offer, &label).await;
    has(
        &plain(&preview.text()),
        &[
            "Brouillon A1 : Quand semer?",
            "à 20 h 30",
            "choisie par le sondage S1",
            "chosen by poll S1",
        ],
    );
    let twice = organizer.presses(&offer, &label).await;
    has(
        &plain(&twice.text()),
        &["a déjà donné un atelier", "encore=oui"],
    );
    let citizen = ana
        .slash("sondage atelier", &[("sondage", "S1"), ("encore", "yes")])
        .await;
    has(&citizen, &["réservée à la coordination"]);
    organizer.presses(&preview, "Annoncer maintenant").await;
    app.both_show(&["A1", "S1"]).await;
    app.matrix_card(|card| {
        card.body.contains("When to sow?") && card.body.contains("chosen by poll S1")
    })
    .await;

    // A tie is told, and the organizer chooses, with a title; in a room that reads along the draft comes in private.
    poll("Quand récolter?").await;
    ana.slash("vote", &[("sondage", "S2"), ("choix", "a")])
        .await;
    chloe.types("!vote S2 b").await;
    organizer.slash("sondage clore", &[("sondage", "S2")]).await;
    let offer = in_control("ces dates sont à égalité").await;
    assert_eq!(
        offer.controls().iter().filter(|c| c["type"] == 2).count(),
        2,
        "{}",
        offer.text()
    );
    let tied = app.matrix_organizer.types("!sondage atelier S2").await;
    has(&tied, &["What wins in S2: a, b"]);
    let _alone = app.matrix_organizer.in_private().await;
    let kept = app
        .matrix_organizer
        .types("!poll workshop S2 b title=\"Récolte\"")
        .await;
    assert!(kept.contains("A2") && !kept.contains("Récolte"), "{kept}");
    let preview = organizer
        .starts_slash("atelier aperçu", &[("atelier", "A2")])
        .final_message(PATIENCE)
        .await;
    has(
        &plain(&preview.text()),
        &["Brouillon A2 : Récolte", "à 20 h 30"],
    );

    // Another kind of poll leads to no workshop.
    let options = [("question", "On y va?"), ("genre", "proposal")];
    organizer.slash("sondage créer", &options).await;
    organizer.slash("sondage clore", &[("sondage", "S3")]).await;
    let none = organizer
        .slash("sondage atelier", &[("sondage", "S3")])
        .await;
    has(&none, &["S3 n’a pas de date gagnante"]);
    app.finish().await;
}
