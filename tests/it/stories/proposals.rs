//! Options that participants propose before a poll opens: moderated, labelled, told of in private.

use super::linking::code_in;
use crate::discord_sim::{DiscordSim, ShownMessage, SimOptions};
use crate::support::app::people::plain;
use crate::support::app::{App, PATIENCE, Setting, in_a_month};
use crate::support::{needs, synapse::Synapse};

/// The proposals' time is over now.
async fn proposals_end(app: &App) {
    for statement in [
        "UPDATE poll SET opens_at = (SELECT min(created_at) FROM person) WHERE status = 'scheduled'
         RETURNING CAST(1 AS BIGINT)",
        "UPDATE deadline SET due_at = (SELECT min(created_at) FROM person)
         WHERE kind = 'poll.opens' AND done = FALSE RETURNING CAST(1 AS BIGINT)",
    ] {
        app.number(statement).await;
    }
}

#[tokio::test]
async fn options_are_proposed_on_both_networks_decided_by_organizers_and_voted_on() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let control = sim.add_channel(sim.guild(), "coordination");
    let setting = Setting {
        more: format!(
            "[[collective.room]]\nnetwork = \"discord\"\naddress = \"{control}\"\npurpose = \"control\"\n"
        ),
        ..Setting::default()
    };
    let app = App::start(&sim, synapse, setting).await;
    let organizer = &app.discord_organizer;
    let in_control = async |words: &str| -> ShownMessage {
        let look = async || {
            let shown = sim.messages(control).into_iter();
            shown.rev().find(|m| plain(&m.text()).contains(words))
        };
        app.eventually(words, look).await
    };
    let until = in_a_month();
    let options = [
        ("question", "Par quoi commencer?"),
        ("options", "Le bus"),
        ("propositions", until.as_str()),
    ];
    let created = organizer.slash("sondage créer", &options).await;
    assert!(
        created.contains("S1 est annoncé. On peut y proposer des options"),
        "{created}"
    );
    let (card, matrix) = app
        .both_show(&[
            "a. Le bus",
            "On peut proposer des options",
            "proposer S1",
            "sans votre nom",
        ])
        .await;
    assert!(!card.text().contains("voix"), "{}", card.text());
    assert!(!matrix.body.contains("!vote"), "{}", matrix.body);

    // On Discord: a button, a form, the terms; nothing before they are accepted.
    let ana = app.stranger_on_discord("ana", "fr");
    let form = ana
        .starts_press(&card, "Proposer une option")
        .modal(PATIENCE)
        .await;
    let fields: Vec<&str> = form.fields.iter().map(|f| f.custom_id.as_str()).collect();
    assert_eq!(fields, ["option", "meaning"]);
    let sent = sim.submit_modal(
        ana.user,
        &form,
        &[("option", "Le train // The train"), ("meaning", "le soir")],
    );
    let asked = sent.final_message(PATIENCE).await;
    let nothing = app.number("SELECT count(*) FROM poll_proposal").await;
    assert_eq!(nothing, 0, "{}", asked.text());
    let done = ana
        .presses(&asked, "J’accepte et j’envoie ma réponse")
        .await;
    assert!(
        plain(&done.text()).contains("« Le train — le soir » est proposée pour S1 (N1)"),
        "{}",
        done.text()
    );
    // On Matrix: typed.
    let chloe = app.on_matrix(synapse, "chloe").await;
    let alone = chloe.in_private().await;
    let told = chloe.types("!proposer S1 \"Le métro\"").await;
    assert!(told.contains("« Le métro » est proposée"), "{told}");
    let told = chloe.types("!propose S1 Un  tram").await;
    assert!(told.contains("« Un tram » est proposée"), "{told}");
    let told = chloe.types("!proposer S1 \"LE METRO\"").await;
    assert!(told.contains("est déjà là, ou déjà proposée"), "{told}");
    let told = chloe.types("!vote S1 a").await;
    assert!(told.contains("n’est pas encore ouvert"), "{told}");

    // Organizers see what is proposed, not by whom, and decide by a button, by a form, or by typing.
    let proposed = in_control("Le train — le soir").await;
    assert!(proposed.text().contains("The train"), "{}", proposed.text());
    assert!(!proposed.text().contains("ana"), "{}", proposed.text());
    let accepted = organizer.presses(&proposed, "Accepter").await;
    assert!(
        plain(&accepted.text()).contains("« Le train — le soir » est maintenant une option de S1"),
        "{}",
        accepted.text()
    );
    app.both_show(&["b. Le train — le soir (proposée par une personne participante)"])
        .await;
    in_control("Acceptée : c’est maintenant une option.").await;
    let listed = organizer
        .slash("sondage propositions", &[("sondage", "S1")])
        .await;
    assert!(
        listed.contains("N2 · Le métro") && !listed.contains("N1"),
        "{listed}"
    );
    let proposed = in_control("Le métro").await;
    let form = organizer
        .starts_press(&proposed, "Refuser")
        .modal(PATIENCE)
        .await;
    let sent = sim.submit_modal(organizer.user, &form, &[("reason", "Trop loin d’ici.")]);
    let refused = sent.final_message(PATIENCE).await;
    assert!(
        plain(&refused.text()).contains("N2 est refusée"),
        "{}",
        refused.text()
    );
    let again = app.matrix_organizer.types("!proposition 2 accepter").await;
    assert!(again.contains("On ne peut plus décider de N2"), "{again}");

    // Authors are told in private, on their own network.
    let private = sim.private_channel(ana.user);
    app.eventually("a message to Ana", async || {
        let shown = sim.messages(private).into_iter();
        shown
            .map(|m| plain(&m.text()))
            .find(|text| text.contains("« Le train — le soir » est acceptée"))
    })
    .await;
    let heard = async |words: &'static str| {
        let wanted = move |event: &serde_json::Value| {
            plain(event["content"]["body"].as_str().unwrap_or_default()).contains(words)
        };
        chloe.user.wait_for(&alone.room, wanted, PATIENCE).await
    };
    let told = heard("« Le métro » n’est pas retenue").await;
    let told = plain(told["content"]["body"].as_str().unwrap_or_default());
    assert!(told.contains("Trop loin d’ici."), "{told}");
    assert!(told.contains("Par quoi commencer?"), "{told}");

    // What one proposed is among one's data.
    let own = alone.says("!mes-données voir").await;
    for words in [
        "Vos options proposées",
        "S1 : « Le métro », refusée",
        "S1 : « Un tram », en attente",
    ] {
        assert!(own.contains(words), "{words:?} is not in {own}");
    }
    // Linked accounts are one person, with all that both proposed.
    let given = ana.slash("lier", &[]).await;
    alone.says(&format!("!lier {}", code_in(&given))).await;
    let own = ana.slash("mes-données voir", &[]).await;
    for words in [
        "« Un tram », en attente",
        "« Le train — le soir », acceptée",
    ] {
        assert!(own.contains(words), "{words:?} is not in {own}");
    }
    let journal = organizer.slash("journal", &[]).await;
    assert!(journal.contains("N1, proposition acceptée"), "{journal}");

    // Time is up: it opens with its options, and what nobody decided lapses.
    proposals_end(&app).await;
    app.both_show(&["a. Le bus : 0 voix", "b. Le train", "vote S1 a"])
        .await;
    heard("n’a pas décidé à temps de votre option « Un tram »").await;
    in_control("Sans décision avant la fin.").await;
    let voted = chloe.types("!vote S1 b").await;
    assert!(voted.contains("« Le train »"), "{voted}");
    app.both_show(&[
        "b. Le train — le soir (proposée par une personne participante) : 1 voix (100 %)",
    ])
    .await;
    let late = ana
        .slash("proposer", &[("sondage", "S1"), ("option", "Le taxi")])
        .await;
    assert!(
        late.contains("Les options du sondage S1 sont fixées"),
        "{late}"
    );
    app.finish().await;
}

#[tokio::test]
async fn a_poll_with_too_few_options_waits_for_organizers_and_can_be_cancelled() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    let organizer = &app.matrix_organizer;
    let until = in_a_month();
    for question in ["Quoi?", "Où?"] {
        let typed = format!("!sondage créer\n{question}\npropositions : {until}");
        let created = organizer.types(&typed).await;
        assert!(created.contains("est annoncé"), "{created}");
    }
    app.both_show(&["Quoi?", "Aucune option pour l’instant."])
        .await;
    for (typed, refused) in [
        (
            format!("!sondage créer \"On y va?\" genre=proposition propositions=\"{until}\""),
            "n’a pas d’options",
        ),
        (
            format!("!sondage créer \"Qui?\" ouvre=\"{until}\" propositions=\"{until}\""),
            "pas les deux",
        ),
        (format!("!sondage propositions S1 {until}"), "ferment déjà"),
    ] {
        let answer = organizer.types(&typed).await;
        assert!(answer.contains(refused), "{typed}: {answer}");
    }
    let ana = app.on_discord("ana", "fr").await;
    let options = [("sondage", "S1"), ("option", "Le train")];
    ana.slash("proposer", &options).await;
    proposals_end(&app).await;
    app.both_show(&["Quoi?", "il n’y a pas assez d’options"])
        .await;
    let told = organizer.types("!sondage propositions S1").await;
    for words in [
        "n’a pas pu s’ouvrir : il n’a pas d’option, et il lui en faut 2",
        "!sondage option S1",
        "!sondage clore S1",
        "N1 · Le train",
    ] {
        assert!(told.contains(words), "{words:?} is not in {told}");
    }
    let early = ana
        .slash("vote", &[("sondage", "S1"), ("choix", "a")])
        .await;
    assert!(early.contains("il n’y a pas assez d’options"), "{early}");

    // Erased: what waits goes, its words with it.
    let asked = ana
        .starts_slash("mes-données effacer", &[])
        .final_message(PATIENCE)
        .await;
    let gone = ana.presses(&asked, "Tout effacer").await;
    assert!(
        plain(&gone.text()).contains("1 option proposée"),
        "{}",
        gone.text()
    );
    let told = organizer.types("!sondage propositions S1").await;
    assert!(told.contains("Aucune proposition n’attend."), "{told}");
    let words = "SELECT count(*) FROM poll_proposal WHERE label <> '' OR person_id IS NOT NULL";
    assert_eq!(app.number(words).await, 0);

    let added = organizer
        .types("!sondage option S1\n- Le bus\n- Le vélo // The bike")
        .await;
    assert!(added.contains("S1 a maintenant 2 options"), "{added}");
    assert!(
        added.contains("Le sondage S1 est maintenant ouvert."),
        "{added}"
    );
    app.both_show(&["Quoi?", "b. Le vélo : 0 voix"]).await;
    ana.agrees().await;
    let voted = ana
        .slash("vote", &[("sondage", "S1"), ("choix", "b")])
        .await;
    assert!(voted.contains("« Le vélo »"), "{voted}");

    organizer.types("!sondage clore S2").await;
    app.both_show(&["Sondage annulé : Où?", "terminé sans s’ouvrir"])
        .await;
    app.each_room_has(1, "Sondage annulé : Où?").await;
    app.finish().await;
}
