//! A federation: what is public in its members is seen in its rooms, and nothing else.

use crate::discord_sim::{DiscordSim, SimOptions};
use crate::support::app::people::{OnDiscord, plain};
use crate::support::app::{App, Setting, in_a_month};
use crate::support::{needs, synapse::Synapse};

#[tokio::test]
async fn a_federation_sees_what_is_public_of_its_members_and_commitments_that_tell_of_nobody() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let (north, south) = (
        sim.add_channel(sim.guild(), "nord"),
        sim.add_channel(sim.guild(), "sud"),
    );
    let member = |slug: &str, name: &str, room: String| {
        format!(
            "[[collective]]\nslug = \"{slug}\"\nname = \"{name}\"\nfederation = \"quebec\"\n{room}"
        )
    };
    let room =
        |address| format!("[[collective.room]]\nnetwork = \"discord\"\naddress = \"{address}\"\n");
    let setting = Setting {
        matrix_language: "en-CA",
        more: [
            member("nord", "Nord", room(north)),
            member("sud", "Sud", room(south)),
            member("est", "Est", String::new()),
        ]
        .concat(),
        ..Setting::default()
    };
    let app = App::start(&sim, synapse, setting).await;
    let organizer = &app.discord_organizer;
    let [in_north, in_south] =
        [north, south].map(|channel| OnDiscord::new(&sim, organizer.user, channel));
    let chloe = app.on_matrix(synapse, "chloe").await;

    // A collective that nothing stands in is no federation.
    let alone = in_north.slash("fédération", &[]).await;
    assert!(alone.contains("ce n’est pas une fédération"), "{alone}");
    let quiet = plain(&organizer.slash("fédération", &[]).await);
    assert!(quiet.contains("rien de public encore"), "{quiet}");

    in_north.slash("étape", &[("étape", "2")]).await;
    in_north
        .slash(
            "organisation ajouter",
            &[("nom", "Table"), ("secteur", "communautaire")],
        )
        .await;
    in_north
        .slash("jalon ajouter", &[("énoncé", "Des rues sûres")])
        .await;
    for (statement, state) in [("Marcher", "done"), ("Courir", "under-way")] {
        let options = [
            ("jalon", "J1"),
            ("énoncé", statement),
            ("porteur", "table"),
            ("état", state),
        ];
        in_north.slash("action ajouter", &options).await;
    }
    in_north
        .slash("action ajouter", &[("jalon", "J1"), ("énoncé", "Nager")])
        .await;
    in_north.slash("cercle ajouter", &[("nom", "Jeunes")]).await;
    for (question, who) in [
        ("Par où commencer? // Where to begin?", "all"),
        ("Entre nous?", "cercle:jeunes"),
    ] {
        let options = [
            ("question", question),
            ("options", "Nord; Sud"),
            ("qui", who),
        ];
        in_north.slash("sondage créer", &options).await;
    }
    let when = in_a_month();
    for (title, who) in [("Semences // Seeds", "all"), ("Veillée", "cercle:jeunes")] {
        let options = [("titre", title), ("quand", when.as_str()), ("qui", who)];
        in_north.slash("atelier créer", &options).await;
    }
    let options = [
        ("titre", "Réunion de cuisine"),
        ("quand", when.as_str()),
        ("salons", "ici"),
    ];
    in_north.slash("atelier créer", &options).await;
    for number in 1..=6 {
        let sentence = format!("Je plante {number} arbres");
        in_north.commits(&sentence).await;
    }
    for sentence in ["Je marche", "Je répare"] {
        in_south.commits(sentence).await;
    }

    // Every room of the federation, in its language.
    let shown = chloe.types("!federation").await;
    for words in [
        "Nord",
        "1 milestone; actions done: 1 of 3; needing a lead: 1",
        "1 open poll: Where to begin?",
        "1 workshop to come: Seeds",
        "1 organization: Table",
        "nothing public yet",
        // This month's are not counted yet.
        "Nord (only counted): none",
    ] {
        assert!(shown.contains(words), "{words:?} is not in {shown}");
    }
    for private in ["Entre nous", "Veillée", "cuisine", "arbres", "Je marche"] {
        assert!(!shown.contains(private), "{private:?} is in {shown}");
    }

    // The digest tells those of its week: two are too few to be told alone.
    organizer.slash("bilan publier", &[]).await;
    let digest = app
        .discord_card(|card| plain(&card.text()).contains("Dans les collectifs membres"))
        .await;
    let digest = plain(&digest.text());
    for words in [
        "Nord · ",
        "1 jalon; actions réalisées : 1 sur 3; à porter : 1",
        "1 sondage ouvert : Par où commencer?",
        "Engagements · Nord, Sud (seulement comptés) : 8 pris, aucun tenu",
        "Engagements · Est (seulement comptés) : aucun",
    ] {
        assert!(digest.contains(words), "{words:?} is not in {digest}");
    }
    assert!(!digest.contains("Entre nous"), "{digest}");

    // Once they are of a month that has passed, everybody in the federation sees them.
    app.number(
        "UPDATE event SET at = '2020-01-01T00:00:00+00:00' WHERE kind LIKE 'commitment.%' RETURNING 1",
    )
    .await;
    let shown = plain(&organizer.slash("fédération", &[]).await);
    for words in [
        "Est (seulement comptés) : aucun",
        "Nord, Sud (seulement comptés) : 8 pris, aucun tenu",
        "En tout (seulement comptés) : 8 pris, aucun tenu",
    ] {
        assert!(shown.contains(words), "{words:?} is not in {shown}");
    }
    assert!(
        !shown.contains("6 pris") && !shown.contains("2 pris"),
        "{shown}"
    );
    app.finish().await;
}
