//! Workshops in people's own calendars: an address to subscribe to, one entry that follows every change.

use serde_json::json;

use super::web::free_address;
use crate::discord_sim::{DiscordSim, SimOptions};
use crate::support::app::people::plain;
use crate::support::app::{App, PATIENCE, Setting};
use crate::support::{calendar, needs, nio::Nio, synapse::Synapse};

const TITLE: &str =
    r"Se nourrir; en 2040, « ici » \ 🌱 — tout un long titre pour passer à la ligne suivante";

#[tokio::test]
async fn a_calendar_follows_what_is_announced_changed_and_cancelled() {
    needs!(synapse, nio);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let address = free_address();
    let setting = Setting {
        web: Some(address.clone()),
        ..Setting::default()
    };
    let app = App::start(&sim, synapse, setting).await;
    let organizer = &app.discord_organizer;
    let (ana, chloe) = (
        app.on_discord("ana", "fr").await,
        app.on_matrix(synapse, "chloe").await,
    );
    let title = format!("{TITLE} // Eating in 2040");
    let options = [
        ("titre", title.as_str()),
        ("quand", "2031-03-09 19:00"),
        ("lieu", "Centre Saint-Roch, salle 2"),
        ("description", "Apportez vos graines.\nOn partage."),
    ];
    let told = organizer.slash("atelier créer", &options).await;
    assert!(told.contains("A1"), "{told}");

    // The address is said where one asks, and to who comes.
    let asked = chloe.types("!atelier agenda").await;
    let all = format!("http://{address}/agenda/quebec.ics?lang=fr-CA");
    assert!(asked.contains(&all), "{asked}");
    let coming = ana
        .starts_slash("viens", &[("atelier", "A1")])
        .final_message(PATIENCE)
        .await;
    let link = coming.controls()[0].clone();
    assert_eq!(link["label"], "Ajouter à mon agenda", "{link}");
    let one = link["url"].as_str().unwrap().to_owned();

    let browser = reqwest::Client::new();
    let fetch = async |address: &str| {
        let response = browser.get(address).send().await.unwrap();
        assert_eq!(response.status(), 200, "{address}");
        assert_eq!(
            response.headers()["content-type"],
            "text/calendar; charset=utf-8"
        );
        response.text().await.unwrap()
    };
    let first = calendar::read(&fetch(&all).await);
    let event = &first["events"][0];
    assert_eq!(event["summary"], TITLE);
    assert_eq!(event["location"], "Centre Saint-Roch, salle 2");
    // The clocks go forward that night: 19 h is 23 h UTC already.
    assert_eq!(event["dtstart"], "2031-03-09T23:00:00+00:00");
    assert_eq!(event["dtend"], "2031-03-10T01:00:00+00:00");
    assert_eq!(
        (&event["sequence"], &event["status"]),
        (&json!(0), &json!("CONFIRMED"))
    );
    let description = plain(event["description"].as_str().unwrap());
    for words in [
        "Apportez vos graines.\nOn partage.",
        "Coût : gratuit",
        "dans le salon : A1",
    ] {
        assert!(
            description.contains(words),
            "{words:?} is not in {description}"
        );
    }
    assert!(!description.contains("ana"), "{description}");
    let english = calendar::read(&fetch(&all.replace("fr-CA", "en-CA")).await);
    assert_eq!(english["events"][0]["summary"], "Eating in 2040");
    assert_eq!(
        calendar::read(&fetch(&one).await)["events"],
        first["events"]
    );

    // Nothing new costs nothing.
    let response = browser.get(&all).send().await.unwrap();
    let tag = response.headers()["etag"].to_str().unwrap().to_owned();
    let again = browser
        .get(&all)
        .header("if-none-match", &tag)
        .send()
        .await
        .unwrap();
    assert_eq!(again.status(), 304);
    assert!(again.text().await.unwrap().is_empty());

    let moved = [("atelier", "A1"), ("quand", "2031-03-10 18:00")];
    organizer.slash("atelier modifier", &moved).await;
    let second = calendar::read(&fetch(&all).await);
    let moved = &second["events"][0];
    assert_eq!(moved["uid"], event["uid"], "the same entry");
    assert_eq!(moved["dtstart"], "2031-03-10T22:00:00+00:00");
    assert_eq!(moved["sequence"], 1);
    organizer
        .slash("atelier annuler", &[("atelier", "A1")])
        .await;
    let third = calendar::read(&fetch(&one).await);
    assert_eq!(third["events"][0]["status"], "CANCELLED");
    assert_eq!(third["events"][0]["sequence"], 2);

    for wrong in [
        "nulle-part.ics",
        "quebec",
        "quebec/A9.ics",
        "quebec/S1.ics",
        "quebec/A1.txt",
    ] {
        let response = browser.get(format!("http://{address}/agenda/{wrong}"));
        assert_eq!(response.send().await.unwrap().status(), 404, "{wrong}");
    }
    app.finish().await;
}

#[tokio::test]
async fn without_pages_a_calendar_is_a_file() {
    needs!(synapse, nio);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let setting = Setting {
        encrypted: true,
        ..Setting::default()
    };
    let app = App::start(&sim, synapse, setting).await;
    let options = [("titre", "Semences"), ("quand", "2031-03-09 19:00")];
    app.discord_organizer.slash("atelier créer", &options).await;
    let ana = app.on_discord("ana", "fr").await;
    let file = ana
        .starts_slash("atelier agenda", &[("atelier", "A1")])
        .final_message(PATIENCE)
        .await;
    let attached = sim.read(|state| state.messages[&file.id.0].attachments.clone());
    assert_eq!(attached[0]["filename"], "A1.ics", "{attached}");

    // In the thread of the command on Matrix.
    let chloe = app.on_matrix(synapse, "chloe").await;
    let said = chloe.types("!atelier agenda A1").await;
    assert!(said.contains("pour votre agenda"), "{said}");
    let found = app.matrix_file(&chloe.user, &app.room, "A1.ics").await;
    assert_eq!(calendar::read(&found)["events"][0]["summary"], "Semences");
    let seen = chloe.user.timeline(&app.room).await;
    let file = seen.iter().find(|seen| seen.content["msgtype"] == "m.file");
    let file = file.expect("the file");
    assert_eq!(file.content["info"]["mimetype"], "text/calendar");
    assert!(file.thread_root.is_some());

    // Encrypted where the room is.
    let room = app.encrypted_room.clone().expect("an encrypted room");
    let user = synapse.register("mei").await;
    let mei = Nio::log_in(&user).await;
    app.matrix_organizer.user.invite(&room, &user.user_id).await;
    mei.join(&room).await;
    mei.wait_for_member(&room, app.matrix_bot()).await;
    mei.send_text(&room, "!atelier agenda").await;
    let shown = mei
        .wait_for(
            |event| event["room"] == room.as_str() && event["content"]["msgtype"] == "m.file",
            PATIENCE,
        )
        .await;
    assert_eq!(shown["decrypted"], true, "{shown}");
    let (stored, opened) = (
        shown["content"]["file"]["url"]
            .as_str()
            .expect("an address"),
        mei.picture(&shown["content"]).await,
    );
    assert_ne!(
        user.download(stored).await,
        opened,
        "it is stored encrypted"
    );
    let text = String::from_utf8(opened).expect("text");
    assert_eq!(calendar::read(&text)["events"][0]["summary"], "Semences");
    app.finish().await;
}

#[tokio::test]
async fn a_circle_has_a_calendar_of_what_is_for_it_and_for_those_inside_it() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let address = free_address();
    let setting = Setting {
        web: Some(address.clone()),
        ..Setting::default()
    };
    let app = App::start(&sim, synapse, setting).await;
    let organizer = &app.discord_organizer;
    for (name, inside) in [
        ("Quartier // Neighbourhood", None),
        ("Jeunes", Some("quartier")),
        ("Aînés", None),
    ] {
        let inside = inside.map(|inside| ("dans", inside));
        let options: Vec<_> = [("nom", name)].into_iter().chain(inside).collect();
        organizer.slash("cercle ajouter", &options).await;
    }
    for (title, who) in [
        ("Ouvert", None),
        ("Au quartier", Some("cercle:quartier")),
        ("Entre jeunes", Some("cercle:jeunes")),
        ("Entre aînés", Some("cercle:aines")),
    ] {
        let who = who.map(|who| ("qui", who));
        let options = [("titre", title), ("quand", "2031-03-09 19:00")];
        let options: Vec<_> = options.into_iter().chain(who).collect();
        organizer.slash("atelier créer", &options).await;
    }
    let chloe = app.on_matrix(synapse, "chloe").await;
    let told = chloe.types("!atelier agenda cercle=quartier").await;
    let link = format!("http://{address}/agenda/quebec/quartier.ics?lang=fr-CA");
    assert!(told.contains(&link), "{told}");
    assert!(told.contains("Quartier, Collectif d'essai"), "{told}");
    let ana = app.on_discord("ana", "en-US").await;
    let told = ana.slash("atelier agenda", &[("cercle", "inconnu")]).await;
    assert!(told.contains("inconnu"), "{told}");

    let browser = reqwest::Client::new();
    let titles = async |file: &str| -> Vec<String> {
        let response = browser.get(format!("http://{address}/agenda/{file}"));
        let read = calendar::read(&response.send().await.unwrap().text().await.unwrap());
        let events = read["events"].as_array().unwrap().iter();
        events
            .map(|event| event["summary"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        titles("quebec/quartier.ics").await,
        ["Au quartier", "Entre jeunes"]
    );
    assert_eq!(titles("quebec/jeunes.ics").await, ["Entre jeunes"]);
    assert_eq!(titles("quebec.ics").await.len(), 4);
    // The web's root leads to the only collective there is, and that to its front page.
    let front = browser
        .get(format!("http://{address}/"))
        .send()
        .await
        .unwrap();
    assert_eq!(front.url().path(), "/quebec/fr/");
    let front = plain(&front.text().await.unwrap());
    assert!(
        front.contains("Entre aînés") || front.contains("Au quartier"),
        "{front}"
    );
    let workshops = browser.get(format!("http://{address}/quebec/en/ateliers"));
    let workshops = plain(&workshops.send().await.unwrap().text().await.unwrap());
    assert!(
        workshops.contains("for the circle “Neighbourhood”"),
        "{workshops}"
    );
    app.finish().await;
}
