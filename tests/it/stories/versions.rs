//! The plan after two years: due, evaluated, frozen, carried on.

use crate::discord_sim::{DiscordSim, SimOptions};
use crate::support::app::people::plain;
use crate::support::app::{App, PATIENCE, Setting, in_a_month};
use crate::support::{needs, synapse::Synapse};

#[tokio::test]
async fn a_plan_is_evaluated_after_two_years_frozen_once_and_carried_on() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let control = sim.add_channel(sim.guild(), "coordination");
    let setting = Setting {
        matrix_language: "en-CA",
        more: format!(
            "[[collective.room]]\nnetwork = \"discord\"\naddress = \"{control}\"\npurpose = \"control\"\n"
        ),
        ..Setting::default()
    };
    let app = App::start(&sim, synapse, setting).await;
    let organizer = &app.discord_organizer;
    let bob = app.on_discord("bob", "en-US").await;

    let none = organizer.slash("plan adopter", &[]).await;
    assert!(none.contains("pas encore de jalon à adopter"), "{none}");
    organizer
        .slash(
            "organisation ajouter",
            &[("nom", "Table"), ("secteur", "communautaire")],
        )
        .await;
    let milestone = [("énoncé", "Des rues sûres // Safe streets")];
    organizer.slash("jalon ajouter", &milestone).await;
    let soon: String = in_a_month().chars().take(10).collect();
    for (statement, state, ends) in [
        ("Marcher // Walk", "under-way", "2021-12-31"),
        ("Courir", "to-launch", soon.as_str()),
        ("Rouler", "done", "2021-12-31"),
        ("Sauter", "abandoned", "2021-12-31"),
    ] {
        let options = [
            ("jalon", "J1"),
            ("énoncé", statement),
            ("porteur", "table"),
            ("état", state),
            ("fin", ends),
        ];
        organizer.slash("action ajouter", &options).await;
    }
    let early = [("action", "P1"), ("constat", "Fait")];
    let refused = organizer.slash("plan évaluer", &early).await;
    assert!(refused.contains("n’est pas encore adopté"), "{refused}");
    let adopted = plain(&organizer.slash("plan adopter", &[]).await);
    assert!(
        adopted.contains("La version 1 du plan court depuis"),
        "{adopted}"
    );
    let again = organizer.slash("plan adopter", &[]).await;
    assert!(again.contains("Rien n’a été changé"), "{again}");
    let preview = plain(&organizer.slash("plan réviser", &[]).await);
    assert!(
        preview.contains("Les deux ans ne sont pas encore passés"),
        "{preview}"
    );

    // Corrected: it began long ago, so it is due at once; only organizers hear that.
    organizer
        .slash("plan adopter", &[("début", "2020-10-01")])
        .await;
    app.eventually("the control room hears that the plan is due", async || {
        let texts = sim.messages(control);
        let due = |card: &crate::discord_sim::ShownMessage| {
            plain(&card.text()).contains("La version 1 du plan est à évaluer")
        };
        texts.iter().any(due).then_some(())
    })
    .await;
    app.each_room_has(0, "plan").await;

    let typed = "!plan evaluate P1 Deux rues // Two streets";
    let said = app.matrix_organizer.types(typed).await;
    assert!(said.contains("The outcome of P1 is noted"), "{said}");
    organizer.commits("Je marche").await;
    let typed = app.matrix_organizer.types("!plan revise").await;
    for words in [
        "Without an outcome yet: P2, P3, P4",
        "P1 · Walk · under way · days to be said anew",
    ] {
        assert!(typed.contains(words), "{words:?} is not in {typed}");
    }
    assert!(!typed.contains("P2 · Courir · to launch · days"), "{typed}");
    let preview = organizer
        .starts_slash("plan réviser", &[])
        .final_message(PATIENCE)
        .await;
    // Nothing happened by looking; then two confirm at once.
    let shown = bob.slash("plan voir", &[("version", "2")]).await;
    assert!(shown.contains("has no version 2"), "{shown}");
    let (pressed, typed) = tokio::join!(
        organizer.presses(&preview, "Figer et continuer"),
        app.matrix_organizer
            .types("!plan revise version=1 confirm=yes"),
    );
    let pressed = plain(&pressed.text());
    let done = [
        pressed.contains("2 actions continuent dans la version 2"),
        typed.contains("2 actions go on in version 2"),
    ];
    assert!(done[0] != done[1], "{pressed} {typed}");
    let refused = pressed.contains("C’est la version 2 du plan qui court")
        || typed.contains("It is version 2 of the plan that runs");
    assert!(refused, "{pressed} {typed}");

    // Rooms hear of it once; what ended is in the version that is frozen only, and ids stay.
    let card = app
        .discord_card(|card| plain(&card.text()).contains("la version 1 est évaluée"))
        .await;
    let card = plain(&card.text());
    for words in [
        "avec 2 actions qui continuent",
        "moins de cinq",
        "/plan version=1",
    ] {
        assert!(card.contains(words), "{words:?} is not in {card}");
    }
    app.delivered().await;
    let cards = app.matrix_cards().await;
    let heard = cards
        .iter()
        .filter(|card| card.body.contains("version 1 is evaluated"));
    assert_eq!(heard.count(), 1);
    let now = bob.slash("plan voir", &[("jalon", "J1")]).await;
    assert!(
        now.contains("P1 · Walk · under way") && now.contains("P2"),
        "{now}"
    );
    assert!(!now.contains("P3") && !now.contains("2021"), "{now}");
    let then = bob.slash("plan voir", &[("version", "1")]).await;
    for words in [
        "P1 · Walk · under way · carried by Table",
        "→ Two streets",
        "P3 · Rouler · done",
        "P4 · Sauter · abandoned",
        "fewer than five",
    ] {
        assert!(then.contains(words), "{words:?} is not in {then}");
    }
    let ended = bob.slash("action voir", &[("action", "P3")]).await;
    assert!(ended.contains("P3 ended with version 1"), "{ended}");
    let options = [("jalon", "J1"), ("énoncé", "Nager")];
    let added = organizer.slash("action ajouter", &options).await;
    assert!(added.contains("P5"), "{added}");
    let journal = plain(&organizer.slash("journal", &[]).await);
    assert!(
        journal.contains("version-1, plan évalué et reporté"),
        "{journal}"
    );
    app.finish().await;
}
