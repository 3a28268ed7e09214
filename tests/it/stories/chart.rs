//! A poll closes: its result is told in words, then shown in a picture that says the same to who cannot see it.

use serde_json::{Value, json};

use crate::discord_sim::{DiscordSim, SimOptions, perms};
use crate::support::app::people::plain;
use crate::support::app::{App, PATIENCE, Setting};
use crate::support::gate::{Gate, Rule};
use crate::support::matrix::reading::Seen;
use crate::support::nio::Nio;
use crate::support::{needs, synapse::Synapse};

const RESULT: &str = "Résultat : Par quoi commencer?";
const ALT: &str = "Diagramme à barres, « Par quoi commencer? » : a. Le transport : 0 voix (0 %); b. Le bâtiment : 2 voix \
                   (100 %), en tête. 2 personnes ont voté.";

/// Opens a poll of two votes on Discord, and closes it.
async fn a_poll_closes(app: &App) {
    let ana = app.on_discord("ana", "fr").await;
    let options = [
        ("question", "Par quoi commencer?"),
        ("options", "Le transport; Le bâtiment"),
    ];
    app.discord_organizer.slash("sondage créer", &options).await;
    for voter in [&ana, &app.discord_organizer] {
        let options = [("sondage", "S1"), ("choix", "b")];
        voter.slash("vote", &options).await;
    }
    app.discord_organizer
        .slash("sondage clore", &[("sondage", "S1")])
        .await;
}

/// The bot's pictures in the Matrix room, outside threads.
async fn pictures(app: &App) -> Vec<Seen> {
    let mut seen = app.matrix_organizer.user.timeline(&app.room).await;
    seen.retain(|seen| seen.content["msgtype"] == "m.image" && seen.thread_root.is_none());
    seen
}

/// Waits for the picture in the Matrix room.
async fn picture(app: &App) -> Seen {
    app.eventually("a picture on Matrix", async || pictures(app).await.pop())
        .await
}

fn is_png(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes.ends_with(b"IEND\xae\x42\x60\x82")
}

#[tokio::test]
async fn the_result_of_a_poll_has_a_picture_with_its_words_on_both_networks() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    a_poll_closes(&app).await;

    let on_discord = async |words: &str| {
        let card = app
            .discord_card(|card| {
                let text = plain(&card.text());
                text.contains(RESULT) && text.contains(words)
            })
            .await;
        let [attachment] = &card.attachments[..] else {
            panic!("{:?}", card.attachments)
        };
        assert_eq!(plain(attachment["description"].as_str().unwrap()), ALT);
        assert_eq!(
            (
                &attachment["filename"],
                &attachment["content_type"],
                &attachment["width"]
            ),
            (&json!("S1.png"), &json!("image/png"), &json!(800))
        );
        let image = &card.embeds[0]["image"];
        assert_eq!(image["url"], attachment["url"]);
        assert_eq!(image["description"], attachment["description"]);
        assert!(
            plain(&card.text()).contains("b. Le bâtiment : 2 voix (100 %)"),
            "the words stand first"
        );
        attachment["id"].clone()
    };
    let first = on_discord("").await;

    let shown = picture(&app).await;
    assert_eq!(plain(&shown.body), ALT);
    assert_eq!(shown.content["m.mentions"], json!({}), "it rings nobody");
    assert_eq!(
        shown.content.get("filename"),
        None,
        "or the words would stand twice"
    );
    let address = shown.content["url"].as_str().expect("an address");
    let png = app.matrix_organizer.user.download(address).await;
    assert!(is_png(&png));
    let info = &shown.content["info"];
    assert_eq!(
        (&info["mimetype"], &info["size"], &info["w"]),
        (&json!("image/png"), &json!(png.len()), &json!(800))
    );
    let timeline = app.matrix_organizer.user.timeline(&app.room).await;
    let at = timeline
        .iter()
        .position(|seen| seen.event_id == shown.event_id);
    let before = &timeline[at.expect("it stands there") - 1];
    assert!(plain(&before.body).contains(RESULT), "{}", before.body);

    // An edit of the words: one picture as before.
    let follows = [("sondage", "S1"), ("suite", "On y va.")];
    app.discord_organizer
        .slash("sondage conclure", &follows)
        .await;
    assert_ne!(
        on_discord("On y va.").await,
        first,
        "sent again, in the place of the first"
    );
    app.both_show(&[RESULT, "On y va."]).await;
    app.each_room_has(1, RESULT).await;
    assert_eq!(pictures(&app).await.len(), 1);

    // Who asks for the result gets the picture, too: alone on Discord, in the thread on Matrix.
    let asked = [("sondage", "S1")];
    let answer = app
        .discord_organizer
        .starts_slash("sondage résultat", &asked);
    let answer = answer.final_message(PATIENCE).await;
    assert!(answer.ephemeral);
    assert_eq!(
        plain(answer.attachments[0]["description"].as_str().unwrap()),
        ALT
    );
    let organizer = &app.matrix_organizer;
    let event = organizer.starts_typing("!sondage résultat S1").await;
    let in_thread = |found: &Value| {
        found["content"]["msgtype"] == "m.image"
            && found["content"]["m.relates_to"]["event_id"] == event.as_str()
    };
    organizer
        .user
        .wait_for_after(&app.room, &event, in_thread, PATIENCE)
        .await;
    app.finish().await;
}

#[tokio::test]
async fn a_picture_is_there_once_when_the_bot_is_killed_between_the_words_and_the_picture() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    // Before the upload; after it; after the picture is shown, before that is recorded.
    for (word, rule) in [
        ("/_matrix/media/", Rule::Closed),
        ("/_matrix/media/", Rule::Mute),
        ("-picture", Rule::Mute),
    ] {
        let gate = Gate::before(synapse.url(), word).await;
        let sim = DiscordSim::start(SimOptions::default()).await;
        let setting = Setting {
            homeserver: Some(gate.url()),
            ..Setting::default()
        };
        let mut app = App::start(&sim, synapse, setting).await;
        gate.set(rule);
        a_poll_closes(&app).await;
        gate.met(1).await;
        app.matrix_card(|card| plain(&card.body).contains(RESULT))
            .await;
        assert_eq!(pictures(&app).await.len(), usize::from(word == "-picture"));
        app.kill9(0).await;
        gate.set(Rule::Open);
        app.restart(0).await;

        app.delivered().await;
        let shown = picture(&app).await;
        assert_eq!(plain(&shown.body), ALT);
        app.each_room_has(1, RESULT).await;
        assert_eq!(pictures(&app).await.len(), 1, "{word} {rule:?}");
        app.finish_after_a_crash().await;
    }
}

#[tokio::test]
async fn where_a_picture_is_refused_the_words_arrive_alone() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let gate = Gate::before(synapse.url(), "/_matrix/media/").await;
    gate.set(Rule::Refuse(403));
    let sim = DiscordSim::start(SimOptions::default()).await;
    sim.set_bot_permissions(perms::BOT_DEFAULT & !perms::ATTACH_FILES);
    let setting = Setting {
        homeserver: Some(gate.url()),
        ..Setting::default()
    };
    let app = App::start(&sim, synapse, setting).await;
    a_poll_closes(&app).await;
    let (discord, _) = app.both_show(&[RESULT, "b. Le bâtiment : 2 voix"]).await;
    assert_eq!(discord.attachments, [json!(null); 0]);
    app.delivered().await;
    assert!(pictures(&app).await.is_empty());
    assert!(app.has_logged("matrix: a card stays without its picture"));
    assert!(app.has_logged("discord: refused, tried again without its picture"));

    // The words can still be changed.
    let follows = [("sondage", "S1"), ("suite", "On y va.")];
    app.discord_organizer
        .slash("sondage conclure", &follows)
        .await;
    app.both_show(&[RESULT, "On y va."]).await;
    app.each_room_has(1, RESULT).await;
    let (_, found) = app.doctor().await;
    assert!(found.contains("the bot lacks Attach Files"), "{found}");
    app.finish().await;
}

#[tokio::test]
async fn a_picture_waits_for_media_that_are_out_of_order() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let gate = Gate::before(synapse.url(), "/_matrix/media/").await;
    gate.set(Rule::Refuse(502));
    let sim = DiscordSim::start(SimOptions::default()).await;
    let setting = Setting {
        homeserver: Some(gate.url()),
        ..Setting::default()
    };
    let app = App::start(&sim, synapse, setting).await;
    a_poll_closes(&app).await;
    gate.met(2).await;
    app.matrix_card(|card| plain(&card.body).contains(RESULT))
        .await;
    gate.set(Rule::Open);
    picture(&app).await;
    app.each_room_has(1, RESULT).await;
    assert_eq!(pictures(&app).await.len(), 1);
    app.finish().await;
}

#[tokio::test]
async fn in_an_encrypted_room_the_picture_is_encrypted_and_members_can_open_it() {
    needs!(synapse, nio);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let setting = Setting {
        encrypted: true,
        ..Setting::default()
    };
    let app = App::start(&sim, synapse, setting).await;
    let room = app.encrypted_room.clone().expect("an encrypted room");
    let user = synapse.register("mei").await;
    let mei = Nio::log_in(&user).await;
    app.matrix_organizer.user.invite(&room, &user.user_id).await;
    mei.join(&room).await;
    mei.wait_for_member(&room, app.matrix_bot()).await;
    a_poll_closes(&app).await;
    let shown = mei
        .wait_for(
            |event| event["room"] == room.as_str() && event["content"]["msgtype"] == "m.image",
            PATIENCE,
        )
        .await;
    assert_eq!(shown["decrypted"], true, "{shown}");
    let content = &shown["content"];
    assert_eq!(plain(content["body"].as_str().unwrap()), ALT);
    assert_eq!(content.get("url"), None, "nothing lies open: {content}");
    let stored = content["file"]["url"].as_str().expect("an address");
    assert!(
        !is_png(&user.download(stored).await),
        "it is stored encrypted"
    );
    assert!(is_png(&mei.picture(content).await));
    app.finish().await;
}
