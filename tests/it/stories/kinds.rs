//! Every kind of poll: created from one network, voted in from both, counted by its rule.

use crate::discord_sim::{DiscordSim, SimOptions};
use crate::support::app::people::plain;
use crate::support::app::{App, PATIENCE, Setting};
use crate::support::{needs, synapse::Synapse};

/// What is asked, what Ana says on Discord, what Chloé and Dan say on Matrix, and what both rooms then show: while people
/// vote, and after the close.
struct Case {
    create: &'static [(&'static str, &'static str)],
    ana: &'static str,
    chloe: &'static str,
    dan: &'static str,
    live: &'static [&'static str],
    result: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case {
        create: &[
            ("question", "On y va?"),
            ("genre", "proposal"),
            ("majorité", "two-thirds"),
        ],
        ana: "pour",
        chloe: "oui",
        dan: "contre",
        live: &[
            "Proposition : On y va?",
            "Pour : 2 voix (67 %)",
            "Contre : 1 voix (33 %)",
        ],
        result: &["La proposition est adoptée."],
    },
    Case {
        create: &[("question", "Cette date?"), ("genre", "consent")],
        ana: "consens",
        chloe: "objection c’est la rentrée",
        dan: "je m’efface",
        live: &["Appel au consentement", "Objection : 1 voix"],
        result: &["Il y a une objection"],
    },
    Case {
        create: &[
            ("question", "Quels thèmes?"),
            ("options", "Transport; Bâtiment; Eau"),
            ("nombre", "2"),
        ],
        ana: "a c",
        chloe: "a",
        dan: "c, b",
        live: &[
            "Choisissez jusqu’à 2 options.",
            "a. Transport : 2 voix (67 %)",
            "b. Bâtiment : 1 voix",
        ],
        result: &["Retenu : Transport et Eau."],
    },
    Case {
        create: &[
            ("question", "Quelle note?"),
            ("options", "Salle; Parc"),
            ("genre", "score"),
        ],
        ana: "a5 b2",
        chloe: "a4",
        dan: "b0",
        live: &[
            "a. Salle : 9 points, moyenne 4,5 (2 notes, de 4 à 5)",
            "b. Parc : 2 points, moyenne 1,0",
        ],
        result: &["« Salle » arrive en tête avec 9 points."],
    },
    Case {
        create: &[
            ("question", "Où mettre l’effort?"),
            ("options", "Vélo; Bus; Train"),
            ("genre", "points"),
            ("nombre", "5"),
            ("plafond", "4"),
        ],
        ana: "a4 b1",
        chloe: "b3",
        dan: "c2",
        live: &[
            "au plus 4 par option",
            "b. Bus : 4 points de 2 personnes",
            "c. Train : 2 points d’une personne",
        ],
        result: &["Égalité en tête, avec 4 points chacune : Vélo et Bus."],
    },
    Case {
        create: &[
            ("question", "Quel ordre?"),
            ("options", "Nord; Sud; Est"),
            ("genre", "rank"),
        ],
        ana: "b > a = c",
        chloe: "b > c",
        dan: "a > b",
        live: &["L’égalité est permise.", "3 personnes ont voté."],
        result: &[
            "« Sud » l’emporte sur chacune des autres options.",
            "Ordre : Sud > Nord = Est.",
        ],
    },
    Case {
        create: &[
            ("question", "Qui parle?"),
            ("options", "Fatou; Luc; Mei"),
            ("genre", "elect"),
        ],
        ana: "a > b",
        chloe: "c > b",
        dan: "c",
        live: &["Un poste.", "3 personnes ont voté."],
        result: &["Élection : Mei."],
    },
    Case {
        create: &[
            ("question", "Quoi financer?"),
            ("options", "Jardin = 500; Fresque = 700; Vélos = 300"),
            ("genre", "budget"),
            ("nombre", "1000"),
        ],
        ana: "a c",
        chloe: "a",
        dan: "c",
        live: &["a. Jardin (500 $) : 2 voix", "b. Fresque (700 $) : 0 voix"],
        result: &["Financé : Jardin et Vélos (800 $)."],
    },
    Case {
        create: &[
            ("question", "Quand?"),
            ("options", "2027-05-03 19:00; 2027-05-04 19:00"),
            ("genre", "date"),
        ],
        ana: "a oui, b au besoin",
        chloe: "b+",
        dan: "a b",
        live: &[
            "a. le lundi 3 mai 2027, à 19 h : 2 oui, 0 au besoin",
            "à 19 h : 2 oui, 1 au besoin",
        ],
        result: &["La date qui convient au plus de gens : le mardi 4 mai 2027, à 19 h (2 oui)."],
    },
];

#[tokio::test]
async fn every_kind_is_voted_in_from_both_networks_and_counted_by_its_rule() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    let ana = app.on_discord("ana", "fr").await;
    let (chloe, dan) = (
        app.on_matrix(synapse, "chloe").await,
        app.on_matrix(synapse, "dan").await,
    );
    for (number, case) in (1..).zip(CASES) {
        let id = format!("S{number}");
        let question = case.create[0].1;
        let opened = app
            .discord_organizer
            .slash("sondage créer", case.create)
            .await;
        assert!(
            opened.contains(&format!("Le sondage {id} est ouvert")),
            "{opened}"
        );
        let voted = ana
            .slash("vote", &[("sondage", &id), ("choix", case.ana)])
            .await;
        assert!(
            voted.contains("Votre vote est enregistré"),
            "{question} {voted}"
        );
        for (who, ballot) in [(&chloe, case.chloe), (&dan, case.dan)] {
            let voted = who.types(&format!("!vote {id} {ballot}")).await;
            assert!(
                voted.contains("Votre vote est enregistré"),
                "{question} {voted}"
            );
        }
        app.both_show(&[&[question, &id], case.live].concat()).await;
        let closed = app
            .matrix_organizer
            .types(&format!("!sondage clore {id}"))
            .await;
        assert!(closed.contains("est clos"), "{closed}");
        let title = format!("Résultat : {question}");
        app.both_show(&[&[title.as_str()], case.result].concat())
            .await;
        app.each_room_has(1, &title).await;
    }
    app.finish().await;
}

#[tokio::test]
async fn wrong_ballots_say_which_and_why_and_the_earlier_one_stands() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    let (ana, chloe) = (
        app.on_discord("ana", "fr").await,
        app.on_matrix(synapse, "chloe").await,
    );
    let soon = crate::support::app::in_a_month();
    let polls: [&[(&str, &str)]; 6] = [
        &[
            ("question", "Choix?"),
            ("options", "a1; b1; c1"),
            ("nombre", "2"),
        ],
        &[
            ("question", "Note?"),
            ("options", "a2; b2"),
            ("genre", "score"),
        ],
        &[
            ("question", "Points?"),
            ("options", "a3; b3"),
            ("genre", "points"),
            ("plafond", "6"),
        ],
        &[
            ("question", "Élire?"),
            ("options", "a4; b4; c4"),
            ("genre", "elect"),
        ],
        &[
            ("question", "Plus tard?"),
            ("options", "a5; b5"),
            ("ouvre", &soon),
            ("ferme", "2099-01-01 20:00"),
        ],
        &[
            ("question", "Anciens?"),
            ("options", "a6; b6"),
            ("qui", "known-before"),
        ],
    ];
    // The fifth closes too far away to be believed: it is asked again, with a date that is.
    for options in &polls {
        app.discord_organizer.slash("sondage créer", options).await;
    }
    let later = &[
        ("question", "Plus tard?"),
        ("options", "a5; b5"),
        ("ouvre", soon.as_str()),
    ];
    let announced = app.discord_organizer.slash("sondage créer", later).await;
    assert!(announced.contains("est annoncé. Il ouvre"), "{announced}");
    for (poll, good) in [("S1", "a b"), ("S2", "a3"), ("S3", "a6"), ("S4", "b>a")] {
        ana.slash("vote", &[("sondage", poll), ("choix", good)])
            .await;
        chloe.types(&format!("!vote {poll} {good}")).await;
    }
    app.delivered().await;
    let before = app
        .number("SELECT CAST(sum(wanted) AS BIGINT) FROM card WHERE view <> 'answer'")
        .await;
    for (poll, ballot, words) in [
        (
            "S1",
            "a b c",
            "Vous avez choisi 3 options. Le maximum est de 2.",
        ),
        ("S1", "a a", "L’option a est là deux fois."),
        ("S1", "d", "n’a pas cette option"),
        (
            "S1",
            "le premier",
            "Je ne comprends pas le bulletin « le premier »",
        ),
        ("S2", "a6", "L’option a a la note 6. Une note va de 0 à 5."),
        (
            "S3",
            "a6 b6",
            "Vous avez réparti 12 points. Vous en avez 10.",
        ),
        ("S3", "a7", "Le maximum par option est de 6."),
        ("S4", "a=b", "un ordre sans égalité"),
        ("S4", "a>a", "deux fois"),
        ("S6", "a", "n’est pas encore ouvert"),
    ] {
        let told = chloe.types(&format!("!vote {poll} {ballot}")).await;
        assert!(told.contains(words), "{poll} {ballot}: {told}");
        let told = ana
            .slash("vote", &[("sondage", poll), ("choix", ballot)])
            .await;
        assert!(told.contains(words), "{poll} {ballot}: {told}");
    }
    // Who comes after the opening of S5 was not there before.
    let (late, later) = (
        app.on_discord("eve", "fr").await,
        app.on_matrix(synapse, "zoe").await,
    );
    let told = late
        .slash("vote", &[("sondage", "S5"), ("choix", "a")])
        .await;
    assert!(
        told.contains("qui ont participé avant son ouverture"),
        "{told}"
    );
    let told = later.types("!vote S5 a").await;
    assert!(
        told.contains("qui ont participé avant son ouverture"),
        "{told}"
    );
    app.delivered().await;
    let after = app
        .number("SELECT CAST(sum(wanted) AS BIGINT) FROM card WHERE view <> 'answer'")
        .await;
    assert_eq!(before, after, "no card moved");
    app.both_show(&[
        "Choix?",
        "a. a1 : 2 voix",
        "b. b1 : 2 voix",
        "c. c1 : 0 voix",
    ])
    .await;
    app.both_show(&["Note?", "a. a2 : 6 points"]).await;
    app.finish().await;
}

#[tokio::test]
async fn on_discord_a_press_a_menu_or_a_form_says_it_and_objections_give_reasons() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    let ana = app.on_discord("ana", "fr").await;
    let organizer = &app.discord_organizer;

    organizer
        .slash(
            "sondage créer",
            &[("question", "On y va?"), ("genre", "consent")],
        )
        .await;
    let (card, _) = app.both_show(&["On y va?"]).await;
    let menu = ana.presses(&card, "Voter").await;
    let form = ana.starts_press(&menu, "Objection").modal(PATIENCE).await;
    let sent = sim.submit_modal(ana.user, &form, &[("reason", "Trop tôt.")]);
    let told = sent.final_message(PATIENCE).await;
    assert!(plain(&told.text()).contains("Objection"), "{}", told.text());
    let detail = organizer
        .slash("sondage résultat", &[("sondage", "S1")])
        .await;
    assert!(detail.contains("Trop tôt."), "{detail}");
    assert!(!detail.contains("ana"), "{detail}");
    let menu = ana.presses(&card, "Voter").await;
    ana.presses(&menu, "Je consens").await;
    app.both_show(&["On y va?", "Je consens : 1 voix", "Objection : 0 voix"])
        .await;

    let options = [
        ("question", "Quel ordre?"),
        ("options", "Nord; Sud; Est"),
        ("genre", "rank"),
    ];
    organizer.slash("sondage créer", &options).await;
    let (card, _) = app.both_show(&["Quel ordre?"]).await;
    let menu = ana.presses(&card, "Voter").await;
    assert!(menu.text().contains("Nord"), "{}", menu.text());
    for (typed, said) in [("b > a", "Sud > Nord"), ("c", "Est")] {
        let form = ana
            .starts_press(&menu, "Remplir mon bulletin")
            .modal(PATIENCE)
            .await;
        let sent = sim.submit_modal(ana.user, &form, &[("choice", typed)]);
        let told = plain(&sent.final_message(PATIENCE).await.text());
        assert!(told.contains(said), "{told}");
    }
    let form = ana
        .starts_press(&menu, "Remplir mon bulletin")
        .modal(PATIENCE)
        .await;
    assert_eq!(
        form.fields[0].value.as_deref(),
        Some("c"),
        "the present ballot is there to be changed"
    );

    let options = [
        ("question", "Quels thèmes?"),
        ("options", "Eau; Air; Sol"),
        ("nombre", "2"),
    ];
    organizer.slash("sondage créer", &options).await;
    let (card, _) = app.both_show(&["Quels thèmes?"]).await;
    let menu = ana.presses(&card, "Voter").await;
    let id = menu.controls()[0]["custom_id"].as_str().unwrap().to_owned();
    assert_eq!(menu.controls()[0]["max_values"], 2);
    let chosen = sim
        .select(ana.user, menu.id, &id, &["a", "c"])
        .final_message(PATIENCE)
        .await;
    assert!(
        plain(&chosen.text()).contains("« Eau et Sol »"),
        "{}",
        chosen.text()
    );
    app.both_show(&["Quels thèmes?", "a. Eau : 1 voix", "c. Sol : 1 voix"])
        .await;
    app.finish().await;
}

#[tokio::test]
async fn a_poll_in_two_languages_with_names_hidden_figures_a_room_and_what_follows() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let setting = Setting {
        matrix_language: "en-CA",
        ..Setting::default()
    };
    let app = App::start(&sim, synapse, setting).await;
    let (ana, chloe) = (
        app.on_discord("ana", "fr").await,
        app.on_matrix(synapse, "chloe").await,
    );
    let organizer = &app.discord_organizer;
    let options = [
        ("question", "Par où commencer? // Where to begin?"),
        (
            "options",
            "Le bus // The bus | de nuit // at night; Le train // The train",
        ),
        ("niveau", "public"),
        ("résultats", "after-vote"),
        ("quorum", "50"),
        ("sur", "8"),
    ];
    organizer.slash("sondage créer", &options).await;
    let french = app
        .discord_card(|card| card.text().contains("Par où commencer?"))
        .await;
    let french = plain(&french.text());
    for words in [
        "a. Le bus — de nuit",
        "Vote public",
        "Quorum : 0 sur 4 (50 % de 8)",
        "une fois que vous avez voté",
    ] {
        assert!(french.contains(words), "{words:?} is not in {french}");
    }
    let english = app
        .matrix_card(|card| card.body.contains("Where to begin?"))
        .await;
    for words in [
        "a. The bus — at night",
        "Public vote",
        "Quorum: 0 of 4 (50% of 8)",
    ] {
        assert!(
            english.body.contains(words),
            "{words:?} is not in {}",
            english.body
        );
    }
    let told = ana
        .slash("vote", &[("sondage", "S1"), ("choix", "a")])
        .await;
    assert!(
        told.contains("a. Le bus — de nuit : 1 voix"),
        "who voted sees: {told}"
    );
    chloe.types("!vote S1 b").await;
    let card = app
        .discord_card(|card| plain(&card.text()).contains("2 personnes ont voté"))
        .await;
    assert!(
        !plain(&card.text()).contains("1 voix"),
        "rooms do not: {}",
        card.text()
    );

    let refused = organizer
        .slash("sondage salle", &[("sondage", "S1"), ("voix", "a 12, b 9")])
        .await;
    assert!(refused.contains("témoin"), "{refused}");
    let room = [
        ("sondage", "S1"),
        ("voix", "a 12, b 9"),
        ("témoin", "Mme Roy"),
    ];
    let noted = organizer.slash("sondage salle", &room).await;
    assert!(noted.contains("En salle : 21 voix"), "{noted}");
    let refused = organizer
        .slash(
            "sondage conclure",
            &[("sondage", "S1"), ("suite", "On attend.")],
        )
        .await;
    assert!(refused.contains("encore ouvert"), "{refused}");
    organizer.slash("sondage clore", &[("sondage", "S1")]).await;
    let result = app
        .discord_card(|card| plain(&card.text()).contains("Résultat : Par où commencer?"))
        .await;
    let result = plain(&result.text());
    for words in [
        "Le quorum n’est pas atteint.",
        "Égalité en tête, avec 1 voix chacune : Le bus et Le train.",
        "Le bus : 12 en salle, 13 ensemble",
        "Témoin : Mme Roy",
    ] {
        assert!(result.contains(words), "{words:?} is not in {result}");
    }
    let table = organizer
        .slash("sondage tableau", &[("sondage", "S1")])
        .await;
    assert!(table.contains("Voici les chiffres de S1"), "{table}");
    let file = sim.read(|state| {
        state
            .messages
            .values()
            .any(|m| m.attachments.to_string().contains("S1.csv"))
    });
    assert!(file, "the table is a file");
    let detail = organizer
        .slash("sondage résultat", &[("sondage", "S1")])
        .await;
    assert!(detail.contains("Qui a dit quoi"), "{detail}");
    assert!(detail.contains("Le bus : ana"), "{detail}");
    assert!(detail.contains(&chloe.user.user_id), "{detail}");
    let follows = [
        ("sondage", "S1"),
        ("suite", "On fait les deux."),
        ("revoir", "2027-03-01"),
    ];
    organizer.slash("sondage conclure", &follows).await;
    app.matrix_card(|card| {
        card.body.contains("Result: Where to begin?") && card.body.contains("On fait les deux.")
    })
    .await;
    let told = app
        .discord_card(|card| card.text().contains("On fait les deux."))
        .await;
    assert!(
        plain(&told.text()).contains("1er mars 2027"),
        "{}",
        told.text()
    );
    app.each_room_has(2, "On fait les deux.").await;
    app.finish().await;
}
