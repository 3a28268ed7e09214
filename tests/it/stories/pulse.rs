//! Sense checks by each network's own polls: labelled, ended, counted in each room alone, once.

use std::time::Duration;

use serde_json::Value;

use crate::discord_sim::{DiscordSim, MessageId, ShownMessage, SimOptions, perms};
use crate::support::app::people::{OnMatrix, plain};
use crate::support::app::{App, PATIENCE, Setting};
use crate::support::{needs, nio::Nio, synapse::Synapse};

const START: &str = "org.matrix.msc3381.poll.start";
const END: &str = "org.matrix.msc3381.poll.end";

/// The messages of the Discord channel that are polls.
fn discord_polls(app: &App) -> Vec<ShownMessage> {
    let mut shown = app.sim.messages(app.channel);
    shown.retain(|message| message.poll.is_some());
    shown
}

/// Events of that type in the Matrix room, oldest first.
async fn matrix_events(app: &App, kind: &str) -> Vec<Value> {
    let user = &app.matrix_organizer.user;
    let mut events = user.messages(&app.room, 200).await;
    events.reverse();
    events.retain(|event| event["type"] == kind);
    events
}

async fn discord_poll(app: &App) -> ShownMessage {
    app.eventually("a poll on Discord", async || discord_polls(app).pop())
        .await
}

async fn matrix_poll(app: &App) -> Value {
    app.eventually("a poll on Matrix", async || {
        matrix_events(app, START).await.pop()
    })
    .await
}

fn id(event: &Value) -> &str {
    event["event_id"].as_str().expect("an id")
}

/// The room's text that contains these words.
async fn result(app: &App, words: &[&str]) -> (String, String) {
    let (discord, matrix) = app.both_show(words).await;
    (plain(&discord.text()), plain(&matrix.body))
}

#[tokio::test]
async fn each_networks_own_poll_is_asked_answered_ended_and_counted_in_its_room_alone() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    let people: Vec<OnMatrix> = [
        app.stranger_on_matrix(synapse, "chloe").await,
        app.stranger_on_matrix(synapse, "dan").await,
        app.stranger_on_matrix(synapse, "eva").await,
    ]
    .into();
    let asked = app
        .matrix_organizer
        .types("!pouls \"Ça avance? // Any progress?\" - Bien - Moyen - Mal")
        .await;
    assert!(asked.contains("La prise de pouls Q1 est lancée"), "{asked}");
    app.both_show(&[
        "Prise de pouls : Ça avance?",
        "ne décide de rien",
        "ne s’additionnent pas",
        "Se termine",
        "Q1",
    ])
    .await;
    let (discord, matrix) = (discord_poll(&app).await, matrix_poll(&app).await);
    let answers = ["Bien", "Moyen", "Mal"].map(str::to_owned).to_vec();
    assert_eq!(discord.poll, Some(("Ça avance?".to_owned(), answers)));
    assert_eq!(discord.text(), "", "the text is a card of its own");
    assert_eq!(matrix["content"][START]["max_selections"], 1);
    // The text stands right before the poll.
    let shown = sim.messages(app.channel);
    let at = shown.iter().position(|m| m.id == discord.id).expect("it");
    assert!(plain(&shown[at - 1].text()).contains("Q1"), "{shown:?}");

    // On Discord: one of three changes their mind. On Matrix: one too, one spoils their answer, one comes too late.
    let voters: Vec<_> = ["ana", "bob", "lou"]
        .into_iter()
        .map(|name| sim.add_user(name, "fr"))
        .collect();
    for (who, answer) in [(0, 1), (1, 1), (2, 2), (1, 3)] {
        sim.vote_as(voters[who], discord.id, &[answer]);
    }
    let poll = id(&matrix).to_owned();
    for (who, answer) in [
        (0, "answer-1"),
        (0, "answer-2"),
        (1, "answer-2"),
        (2, "answer-9"),
    ] {
        people[who].user.vote(&app.room, &poll, &[answer]).await;
    }
    let ended = app
        .discord_organizer
        .slash("pouls clore", &[("pouls", "Q1")])
        .await;
    assert!(ended.contains("Q1 est terminée"), "{ended}");
    let (on_discord, on_matrix) = result(
        &app,
        &["Prise de pouls terminée : Ça avance?", "À titre indicatif"],
    )
    .await;
    for words in ["Bien : 1 voix", "Moyen : 1 voix", "Mal : 1 voix"] {
        assert!(
            on_discord.contains(words),
            "{words:?} is not in {on_discord}"
        );
    }
    for words in ["Bien : 0 voix", "Moyen : 2 voix", "Mal : 0 voix"] {
        assert!(on_matrix.contains(words), "{words:?} is not in {on_matrix}");
    }
    app.both_show(&["Prise de pouls : Ça avance?", "Terminée"])
        .await;
    let ends = matrix_events(&app, END).await;
    assert_eq!(ends.len(), 1, "{ends:?}");
    assert_eq!(ends[0]["content"]["m.relates_to"]["event_id"], *poll);
    people[2].user.vote(&app.room, &poll, &["answer-3"]).await;
    let again = app.matrix_organizer.types("!pouls clore Q1").await;
    assert!(again.contains("Q1 est déjà terminée"), "{again}");
    app.each_room_has(1, "Prise de pouls terminée").await;
    assert_eq!(discord_polls(&app).len(), 1);

    // Nothing about who answered is anywhere.
    let people = app.number("SELECT count(*) FROM person").await;
    assert_eq!(people, 2, "the organizers");
    for (typed, refused) in [
        ("!pouls \"Ça va?\" - Oui", "Il n’y a qu’une réponse"),
        ("!pouls \"Ça va?\" - Oui - oui", "est donnée deux fois"),
        (
            "!pouls \"Ça va?\" - Oui - Non ferme=\"dans 40 jours à 19 h\"",
            "dure au plus 32 jours",
        ),
    ] {
        let answer = app.matrix_organizer.types(typed).await;
        assert!(answer.contains(refused), "{typed}: {answer}");
    }
    app.finish().await;
}

#[tokio::test]
async fn a_sense_check_ends_at_its_time_also_in_an_encrypted_room() {
    needs!(synapse, nio);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let setting = Setting {
        encrypted: true,
        ..Setting::default()
    };
    let app = App::start(&sim, synapse, setting).await;
    let room = app.encrypted_room.clone().expect("an encrypted room");
    let user = synapse.register("chloe").await;
    app.matrix_organizer.user.invite(&room, &user.user_id).await;
    let chloe = Nio::log_in(&user).await;
    chloe.join(&room).await;
    chloe.wait_for_member(&room, app.matrix_bot()).await;
    let options = [
        ("question", "Quels jours?"),
        ("options", "Lundi; Mardi; Jeudi"),
        ("plusieurs", "yes"),
    ];
    app.discord_organizer.slash("pouls prendre", &options).await;
    let discord = discord_poll(&app).await;
    let ana = sim.add_user("ana", "fr");
    sim.vote_as(ana, discord.id, &[1, 3]);
    let start = chloe
        .wait_for(
            |event| event["type"] == START && event["room"] == room.as_str(),
            PATIENCE,
        )
        .await;
    assert_eq!(start["decrypted"], true, "{start}");
    let poll = start["event_id"].as_str().expect("an id");
    let response = serde_json::json!({
        "m.relates_to": {"rel_type": "m.reference", "event_id": poll},
        "org.matrix.msc3381.poll.response": {"answers": ["answer-2", "answer-3"]},
    });
    chloe
        .send(&room, "org.matrix.msc3381.poll.response", response)
        .await;
    // Its time is over.
    app.number(
        "UPDATE deadline SET due_at = (SELECT max(consented_at) FROM person) WHERE kind = 'pulse.ends'
         RETURNING CAST(1 AS BIGINT)",
    )
    .await;
    app.discord_card(|card| {
        let text = plain(&card.text());
        [
            "Prise de pouls terminée",
            "Lundi : 1 voix",
            "Mardi : 0 voix",
            "Jeudi : 1 voix",
        ]
        .iter()
        .all(|words| text.contains(words))
    })
    .await;
    let told = chloe
        .wait_for(
            |event| {
                let body = plain(event["body"].as_str().unwrap_or_default());
                event["room"] == room.as_str() && body.contains("Prise de pouls terminée")
            },
            PATIENCE,
        )
        .await;
    let told = plain(told["body"].as_str().unwrap_or_default());
    for words in ["Lundi : 0 voix", "Mardi : 1 voix", "Jeudi : 1 voix"] {
        assert!(told.contains(words), "{words:?} is not in {told}");
    }
    app.finish().await;
}

#[tokio::test]
async fn where_discord_allows_no_polls_the_text_stands_alone_and_organizers_are_told() {
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
    sim.overwrite_member(app.channel, sim.bot_user(), 0, perms::SEND_POLLS);
    let (_, said) = app.doctor().await;
    assert!(said.contains("the bot lacks Create Polls"), "{said}");
    let asked = app
        .matrix_organizer
        .types("!pouls \"Ça va?\" - Oui - Non")
        .await;
    assert!(asked.contains("Q1"), "{asked}");
    let missing =
        |card: &ShownMessage| plain(&card.text()).contains("Le sondage n’est pas dans ce salon");
    app.discord_card(missing).await;
    let told = app
        .eventually("word in the control room", async || {
            let shown = sim.messages(control).into_iter();
            shown
                .map(|m| plain(&m.text()))
                .find(|text| text.contains("Create Polls"))
        })
        .await;
    assert!(told.contains(&app.channel.to_string()), "{told}");
    assert_eq!(discord_polls(&app).len(), 0);
    // Matrix is none the worse for it.
    let poll = matrix_poll(&app).await;
    let organizer = &app.matrix_organizer;
    organizer
        .user
        .vote(&app.room, id(&poll), &["answer-1"])
        .await;
    organizer.types("!pouls clore Q1").await;
    let card = app
        .matrix_card(|card| plain(&card.body).contains("Prise de pouls terminée"))
        .await;
    assert!(plain(&card.body).contains("Oui : 1 voix"), "{}", card.body);
    app.delivered().await;
    let told = app.discord_texts().into_iter().map(|text| plain(&text));
    let told: Vec<String> = told.filter(|text| text.contains("terminée :")).collect();
    assert!(told.is_empty(), "no figures without a poll: {told:?}");
    app.finish().await;
}

#[tokio::test]
async fn polls_are_asked_and_ended_once_over_kills_at_any_moment() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let mut app = App::start(&sim, synapse, Setting::default()).await;
    let organizer = app.matrix_organizer.clone();
    let rounds = 8;
    for round in 1..=rounds {
        organizer
            .starts_typing(&format!("!pouls \"Ronde {round}?\" - Oui - Non"))
            .await;
        // From before the command is read to after both polls are there.
        tokio::time::sleep(Duration::from_millis(90 * round)).await;
        app.kill9(0).await;
        app.restart(0).await;
        app.eventually("both polls", async || {
            let expected = usize::try_from(round).expect("a count");
            (discord_polls(&app).len() == expected
                && matrix_events(&app, START).await.len() == expected)
                .then_some(())
        })
        .await;
        organizer
            .starts_typing(&format!("!pouls clore Q{round}"))
            .await;
        tokio::time::sleep(Duration::from_millis(110 * (rounds - round))).await;
        app.kill9(0).await;
        app.restart(0).await;
    }
    for round in 1..=rounds {
        let title = format!("Prise de pouls terminée : Ronde {round}?");
        app.both_show(&[&title, "Oui : 0 voix"]).await;
        app.each_room_has(1, &title).await;
    }
    let polls: Vec<MessageId> = discord_polls(&app).iter().map(|m| m.id).collect();
    assert_eq!(polls.len(), 8);
    assert_eq!(matrix_events(&app, START).await.len(), 8);
    assert_eq!(matrix_events(&app, END).await.len(), 8);
    app.finish_after_a_crash().await;
}

#[tokio::test]
async fn figures_that_discord_has_not_finalized_are_waited_for_and_then_told_as_approximate() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let options = SimOptions {
        polls_stay_uncounted: true,
        ..SimOptions::default()
    };
    let sim = DiscordSim::start(options).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    app.matrix_organizer
        .types("!pouls \"Ça va?\" - Oui - Non")
        .await;
    let poll = discord_poll(&app).await;
    let ana = sim.add_user("ana", "fr");
    sim.vote_as(ana, poll.id, &[2]);
    app.matrix_organizer.types("!pouls clore Q1").await;
    app.matrix_card(|card| plain(&card.body).contains("Prise de pouls terminée"))
        .await;
    app.eventually("a wait for Discord's count", async || {
        let waits = "SELECT count(*) FROM card WHERE view = 'native' AND last_error = 'still being counted'";
        (app.number(waits).await == 1).then_some(())
    })
    .await;
    let told = |text: &str| plain(text).contains("Prise de pouls terminée");
    assert!(!app.discord_texts().iter().any(|text| told(text)));
    // It does not wait for ever.
    app.number(
        "UPDATE pulse SET ends_at = '2025' || substr(ends_at, 5) RETURNING CAST(1 AS BIGINT)",
    )
    .await;
    let card = app.discord_card(|card| told(&card.text())).await;
    let card = plain(&card.text());
    for words in ["Oui : 0 voix", "Non : 1 voix", "Chiffres approximatifs"] {
        assert!(card.contains(words), "{words:?} is not in {card}");
    }
    app.finish().await;
}
