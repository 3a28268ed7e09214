//! Drafts, the rooms of a workshop, changes that rooms are told of, the list for organizers.

use crate::discord_sim::{DiscordSim, ShownMessage, SimOptions};
use crate::support::app::people::{Alone, plain};
use crate::support::app::{App, PATIENCE, Setting, in_a_month};
use crate::support::{needs, synapse::Synapse};

fn has(text: &str, words: &[&str]) {
    for word in words {
        assert!(text.contains(word), "{word:?} is not in {text}");
    }
}

async fn told(app: &App, alone: &Alone, words: &str) -> String {
    app.eventually(words, async || {
        let seen = alone.user.timeline(&alone.room).await;
        let bot = app.matrix_bot();
        let mut bodies = seen.into_iter().filter(|seen| seen.sender == bot);
        let found = bodies.find(|seen| plain(&seen.body).contains(words));
        found.map(|seen| plain(&seen.body))
    })
    .await
}

#[tokio::test]
async fn a_draft_is_seen_as_rooms_would_see_it_corrected_and_announced_when_wanted() {
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
        ("titre", "Semences // Seeds"),
        ("quand", when.as_str()),
        ("brouillon", "yes"),
    ];
    let organizer = &app.discord_organizer;
    let preview = organizer
        .starts_slash("atelier créer", &options)
        .final_message(PATIENCE)
        .await;
    assert!(preview.ephemeral, "{}", preview.text());
    has(
        &plain(&preview.text()),
        &[
            "Brouillon A1 : Semences",
            "Sur Discord, en français, 1 salon",
            "Atelier : Semences",
            "Boutons : ✅ Je viens · 🤔 Peut-être · ❌ Non",
            "Sur Matrix, en anglais, 1 salon",
            "Workshop: Seeds",
            "Reactions: ✅ · 🤔 · ❌",
            "!coming A1",
        ],
    );
    app.each_room_has(0, "Semences").await;
    app.each_room_has(0, "Seeds").await;

    // To everybody else its number does not exist, and others' rooms do not see the preview.
    let ana = app.on_discord("ana", "fr").await;
    for answer in [
        ana.slash("viens", &[("atelier", "A1")]).await,
        ana.slash("atelier voir", &[("atelier", "A1")]).await,
        app.matrix_organizer.types("!atelier voir A1").await,
        app.matrix_organizer.types("!atelier annuler A1").await,
    ] {
        assert!(
            answer.contains("Je ne trouve pas A1") || answer.contains("I cannot find A1"),
            "{answer}"
        );
    }
    let alone = app.matrix_organizer.in_private().await;
    let kept = app.matrix_organizer.types("!workshop preview A1").await;
    assert!(kept.contains("in private"), "{kept}");
    let preview = told(&app, &alone, "Draft A1: Seeds").await;
    has(
        &preview,
        &["On Discord, in French", "On Matrix, in English"],
    );

    // Corrected in silence, then announced by a press.
    let options = [("atelier", "A1"), ("lieu", "Bibliothèque")];
    let preview = organizer
        .starts_slash("atelier modifier", &options)
        .final_message(PATIENCE)
        .await;
    has(&plain(&preview.text()), &["Brouillon A1", "Bibliothèque"]);
    let announced = organizer.presses(&preview, "Annoncer maintenant").await;
    has(&plain(&announced.text()), &["L’atelier A1 est annoncé"]);
    app.both_show(&["Bibliothèque"]).await;
    app.each_room_has(0, "Changement").await;
    let again = organizer
        .slash("atelier publier", &[("atelier", "A1")])
        .await;
    assert!(again.contains("n’est pas un brouillon"), "{again}");

    // Announced by itself at its time; and one that is thrown away.
    let typed = format!("!atelier créer \"Compost\" {when} publie=\"dans 2 jours 9 h\"");
    let scheduled = alone.says(&typed).await;
    has(
        &scheduled,
        &["Brouillon A2 : Compost", "Il sera annoncé à cette heure"],
    );
    app.delivered().await;
    let refused = alone.says("!atelier publier A2 dans 90 jours 9 h").await;
    assert!(refused.contains("avant le début de l’atelier"), "{refused}");
    for update in [
        "UPDATE workshop SET publish_at = '2020-01-01T00:00:00+00:00' WHERE number = 2 RETURNING number",
        "UPDATE deadline SET due_at = '2020-01-01T00:00:00+00:00'
         WHERE kind = 'workshop.publishes' AND done = FALSE RETURNING CAST(1 AS BIGINT)",
    ] {
        app.number(update).await;
    }
    app.both_show(&["Compost", "A2"]).await;
    let typed = format!("!atelier créer \"Rien\" {when} brouillon=oui");
    alone.says(&typed).await;
    app.delivered().await;
    let gone = alone.says("!atelier jeter A3").await;
    assert!(gone.contains("est jeté"), "{gone}");
    app.delivered().await;
    let journal = organizer.slash("journal", &[]).await;
    has(
        &journal,
        &[
            "A1, brouillon d’atelier gardé",
            "A1, atelier annoncé",
            "A2, annonce d’atelier planifiée",
            "A3, brouillon d’atelier jeté",
        ],
    );
    app.each_room_has(0, "Rien").await;
    app.finish().await;
}

#[tokio::test]
async fn another_time_or_place_is_told_once_and_a_workshop_keeps_to_its_rooms() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let elsewhere = sim.add_channel(sim.guild(), "ailleurs");
    let setting = Setting {
        more: format!("[[collective.room]]\nnetwork = \"discord\"\naddress = \"{elsewhere}\"\n"),
        ..Setting::default()
    };
    let app = App::start(&sim, synapse, setting).await;
    let when = in_a_month();
    let organizer = &app.discord_organizer;
    let mention = format!("<#{}>", app.channel);
    let rooms = format!("{mention}, matrix");
    let options = [
        ("titre", "Semences"),
        ("quand", when.as_str()),
        ("lieu", "Chez Ana"),
        ("salons", rooms.as_str()),
    ];
    organizer.slash("atelier créer", &options).await;
    app.both_show(&["Semences", "Chez Ana"]).await;

    // A title is corrected in silence; two changes of place in a row are one notice, from the first to the last.
    let edit = async |option: (&str, &str)| {
        let options = [("atelier", "A1"), option];
        organizer.slash("atelier modifier", &options).await
    };
    edit(("titre", "Graines")).await;
    edit(("lieu", "Chez Bob")).await;
    app.both_show(&["Changement : Graines", "Chez Bob", "Avant", "Chez Ana"])
        .await;
    edit(("lieu", "Bibliothèque")).await;
    app.both_show(&["Changement : Graines", "Bibliothèque", "Avant", "Chez Ana"])
        .await;
    app.each_room_has(1, "Changement").await;
    app.each_room_has(0, "Chez Bob").await;
    let notice = app
        .discord_card(|card| plain(&card.text()).contains("Changement"))
        .await;
    let chloe = app.on_matrix(synapse, "chloe").await;
    chloe.types("!viens A1").await;
    let answer = organizer.presses(&notice, "Non").await;
    has(&plain(&answer.text()), &["vous ne venez pas à A1"]);

    // The third room learns of nothing until it is added; then it sees the workshop as it is.
    let there = |message: &ShownMessage| plain(&message.text()).contains("Graines");
    app.delivered().await;
    assert!(!sim.messages(elsewhere).iter().any(there));
    let refused = edit(("salons", "la cave")).await;
    assert!(refused.contains("pas de salon public"), "{refused}");
    edit(("salons", &format!("<#{elsewhere}>"))).await;
    app.eventually("the workshop in its new room", async || {
        sim.messages(elsewhere).into_iter().find(there)
    })
    .await;
    organizer
        .slash("atelier annuler", &[("atelier", "A1")])
        .await;
    app.both_show(&["Atelier annulé : Graines"]).await;
    app.eventually("the notice in its new room", async || {
        let mut shown = sim.messages(elsewhere).into_iter();
        shown.find(|message| plain(&message.text()).contains("Atelier annulé : Graines"))
    })
    .await;

    // Said in one room, « ici » is that room.
    let typed = format!("!atelier créer \"Compost\" {when} salons=ici");
    app.matrix_organizer.types(&typed).await;
    app.matrix_card(|card| card.body.contains("Compost")).await;
    app.delivered().await;
    assert!(
        !app.discord_texts()
            .iter()
            .any(|text| text.contains("Compost"))
    );
    app.finish().await;
}

#[tokio::test]
async fn organizers_get_the_list_as_a_file_where_nobody_else_reads() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    let ana = app.on_discord("ana", "fr").await;
    let chloe = app.on_matrix(synapse, "chloe").await;
    let when = in_a_month();
    let options = [
        ("titre", "Semences"),
        ("quand", when.as_str()),
        ("places", "2"),
        ("accompagnement", "1"),
    ];
    app.discord_organizer.slash("atelier créer", &options).await;
    ana.slash("viens", &[("atelier", "A1"), ("avec", "1")])
        .await;
    chloe.types("!viens A1").await;
    let answer = app
        .discord_organizer
        .starts_slash("atelier inscriptions", &[("atelier", "A1")])
        .final_message(PATIENCE)
        .await;
    assert!(answer.ephemeral, "{}", answer.text());
    let attached = sim.read(|state| state.messages[&answer.id.0].attachments.clone());
    assert_eq!(attached[0]["filename"], "A1.csv", "{attached}");
    let refused = app.matrix_organizer.types("!atelier inscriptions A1").await;
    assert!(refused.contains("nommerait des comptes"), "{refused}");
    let alone = app.matrix_organizer.in_private().await;
    alone.says("!atelier inscriptions A1").await;
    let user = &app.matrix_organizer.user;
    let table = app.matrix_file(user, &alone.room, "A1.csv").await;
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines[0], "network,account,answer,seats,rank,since,present");
    let (first, second) = (
        format!("discord,{},yes,2,,", ana.user),
        format!("matrix,'{},waiting,1,1,", chloe.user.user_id),
    );
    assert!(lines[1].starts_with(&first), "{table}");
    assert!(lines[2].starts_with(&second), "{table}");
    app.finish().await;
}

#[tokio::test]
async fn a_workshop_is_made_again_and_organizers_are_warned_of_what_is_in_its_way() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    let organizer = &app.discord_organizer;
    let when = in_a_month();
    let options = [
        ("titre", "Semences"),
        ("quand", when.as_str()),
        ("lieu", "Café Étoile"),
        ("par", "Coop A, Ana"),
        ("coût", "5 $"),
        ("places", "12"),
        ("salons", "discord"),
    ];
    organizer.slash("atelier créer", &options).await;
    organizer
        .slash("atelier annuler", &[("atelier", "A1")])
        .await;

    // From one that was called off: first a draft, with everything it said, for the same rooms.
    let options = [("atelier", "A1"), ("quand", when.as_str())];
    let preview = organizer
        .starts_slash("atelier copier", &options)
        .final_message(PATIENCE)
        .await;
    let text = plain(&preview.text());
    has(
        &text,
        &[
            "Brouillon A2 : Semences",
            "Café Étoile",
            "Coop A, Ana",
            "5 $",
            "0 sur 12",
            "Sur Discord",
        ],
    );
    assert!(!text.contains("Sur Matrix"), "{text}");
    assert!(!text.contains("Attention"), "{text}");

    // In a room that reads along, another at that time is warned of the draft in private only.
    let alone = app.matrix_organizer.in_private().await;
    let typed = format!("!atelier créer \"Compost\" {when} lieu=\"cafe etoile\" par=\"coop a\"");
    let answer = app.matrix_organizer.types(&typed).await;
    assert!(answer.contains("A3 est annoncé"), "{answer}");
    assert!(!answer.contains("A2"), "{answer}");
    let warning = told(&app, &alone, "en même temps que A2").await;
    has(&warning, &["même lieu, mêmes hôtes (Coop A)"]);
    app.both_show(&["Compost"]).await;
    app.each_room_has(0, "en même temps").await;

    // Announced at once where that is wanted, with another title; nothing is refused.
    let options = [
        ("atelier", "A2"),
        ("quand", when.as_str()),
        ("titre", "Graines"),
        ("lieu", "Salle 2"),
        ("brouillon", "no"),
    ];
    let answer = organizer.slash("atelier copier", &options).await;
    has(
        &answer,
        &[
            "L’atelier A4 est annoncé : Graines",
            "en même temps que A2",
            "mêmes hôtes (Coop A, Ana)",
            "en même temps que A3",
            "mêmes hôtes (coop a)",
        ],
    );
    app.discord_card(|card| plain(&card.text()).contains("Salle 2"))
        .await;
    let alone_again = alone.says("!atelier copier A9 demain 19 h").await;
    assert!(alone_again.contains("Je ne trouve pas A9"), "{alone_again}");
    app.finish().await;
}
