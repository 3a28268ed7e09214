//! A workshop takes place: people check in with the room's code, are thanked and asked one question, and the report comes.

use chrono::{DateTime, Duration, Utc};

use crate::discord_sim::{DiscordSim, ShownMessage, SimOptions};
use crate::support::app::people::plain;
use crate::support::app::{App, PATIENCE, Setting, in_a_month, zone_at};
use crate::support::{needs, synapse::Synapse};

#[expect(clippy::disallowed_methods, reason = "the bot's clock is the system's")]
fn now() -> DateTime<Utc> {
    Utc::now()
}

/// Workshop 1 starts so many minutes from now instead.
async fn starts_in(app: &App, minutes: i64) {
    let start = now() + Duration::minutes(minutes);
    let start = start.format("%Y-%m-%dT%H:%M:%S.000000+00:00");
    let update =
        format!("UPDATE workshop SET starts_at = '{start}' WHERE number = 1 RETURNING number");
    app.number(update.leak()).await;
}

/// What waits of that kind falls due.
async fn falls_due(app: &App, kind: &str) {
    let update = format!(
        "UPDATE deadline SET due_at = '2020-01-01T00:00:00+00:00' WHERE kind = '{kind}'
         AND due_at = (SELECT min(due_at) FROM deadline WHERE kind = '{kind}' AND done = FALSE)
         RETURNING CAST(1 AS BIGINT)"
    );
    app.number(update.leak()).await;
}

/// Waits until a channel shows this; the latest such message.
async fn shown(app: &App, channel: crate::discord_sim::ChannelId, words: &str) -> ShownMessage {
    app.eventually(words, async || {
        let messages = app.sim.messages(channel).into_iter();
        let mut found = messages.filter(|message| plain(&message.text()).contains(words));
        found.next_back()
    })
    .await
}

#[tokio::test]
async fn people_check_in_are_thanked_and_asked_and_the_report_follows() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let control = sim.add_channel(sim.guild(), "coordination");
    let setting = Setting {
        time_zone: Some(zone_at(12)),
        more: format!(
            "[[collective.room]]\nnetwork = \"discord\"\naddress = \"{control}\"\npurpose = \"control\"\n"
        ),
        ..Setting::default()
    };
    let app = App::start(&sim, synapse, setting).await;
    let organizer = &app.discord_organizer;
    let (ana, bob, eve) = (
        app.on_discord("ana", "fr").await,
        app.on_discord("bob", "en-US").await,
        app.on_discord("eve", "fr").await,
    );
    let chloe = app.on_matrix(synapse, "chloe").await;
    let when = in_a_month();
    for title in ["Semences // Seeds", "Compost"] {
        let options = [("titre", title), ("quand", when.as_str())];
        organizer.slash("atelier créer", &options).await;
    }
    app.both_show(&["Compost"]).await;
    bob.slash("viens", &[("atelier", "A1")]).await;
    ana.slash("rappels", &[("choix", "yes")]).await;

    // The code is the organizers' to show, and good at its time only.
    let refused = app.matrix_organizer.types("!atelier présences A1").await;
    assert!(refused.contains("nommerait des comptes"), "{refused}");
    let asked = organizer
        .slash("atelier présences", &[("atelier", "A1")])
        .await;
    let code = asked
        .split("!présence ")
        .nth(1)
        .or(asked.split("/présence ").nth(1));
    let code: String = code.unwrap().chars().take(5).collect();
    let again = organizer
        .slash("atelier présences", &[("atelier", "A1")])
        .await;
    assert!(again.contains(&code), "the code stays: {again}");
    let early = ana.slash("présence", &[("code", &code)]).await;
    assert!(early.contains("n’est celui d’aucun atelier"), "{early}");
    let early = organizer
        .slash(
            "atelier présences",
            &[("atelier", "A1"), ("sans-compte", "3")],
        )
        .await;
    assert!(early.contains("trop tôt ou trop tard"), "{early}");
    let early = organizer
        .slash(
            "atelier compte-rendu",
            &[("atelier", "A1"), ("texte", "Déjà")],
        )
        .await;
    assert!(early.contains("trop tôt ou trop tard"), "{early}");

    // It takes place: each counts once, from both networks; organizers add who has no account, and correct.
    starts_in(&app, -150).await;
    let here = ana
        .slash("présence", &[("code", &code.to_lowercase())])
        .await;
    assert!(here.contains("vous êtes à A1, Semences"), "{here}");
    ana.slash("présence", &[("code", &code)]).await;
    let here = chloe.types(&format!("!présence {code}")).await;
    assert!(here.contains("vous êtes à A1"), "{here}");
    let wrong = eve.slash("présence", &[("code", "ZZZZZ")]).await;
    assert!(wrong.contains("n’est celui d’aucun atelier"), "{wrong}");
    app.both_show(&["Semences", "Présences : 2"]).await;
    let bobs = format!("<@{}>", bob.user);
    let options = [
        ("atelier", "A1"),
        ("sans-compte", "12"),
        ("personne", bobs.as_str()),
    ];
    let noted = organizer.slash("atelier présences", &options).await;
    assert!(noted.contains("En tout : 15"), "{noted}");
    let options = [("atelier", "A1"), ("personne", bobs.as_str()), ("là", "no")];
    let noted = organizer.slash("atelier présences", &options).await;
    assert!(noted.contains("En tout : 14"), "{noted}");
    let options = [("atelier", "A1"), ("personne", "@nobody:nowhere.test")];
    let unknown = organizer.slash("atelier présences", &options).await;
    assert!(unknown.contains("Personne n’a encore agi"), "{unknown}");
    app.both_show(&["Présences : 14, dont 12 sans compte ici"])
        .await;

    // It is over: each room is thanked once, and who wants it in private.
    falls_due(&app, "workshop.over").await;
    app.both_show(&["Cet atelier a eu lieu", "Présences : 14"])
        .await;
    let waits = "SELECT count(*) FROM deadline WHERE kind = 'workshop.thanks'";
    app.eventually("thanks are due", async || {
        (app.number(waits).await == 1).then_some(())
    })
    .await;
    falls_due(&app, "workshop.thanks").await;
    let thanks = shown(&app, app.channel, "Merci de votre présence : Semences").await;
    assert_eq!(
        thanks.button_labels(),
        [
            "Utile",
            "En partie",
            "Pas utile",
            "Prendre un engagement",
            "Je viens au prochain"
        ]
    );
    app.eventually("thanks on Matrix", async || {
        let seen = chloe.user.timeline(&app.room).await.into_iter();
        let mut found = seen.filter(|seen| plain(&seen.body).contains("Merci de votre présence"));
        found.next().filter(|seen| seen.thread_root.is_some())
    })
    .await;
    let private = shown(
        &app,
        sim.private_channel(ana.user),
        "Merci de votre présence",
    )
    .await;
    let said = ana.presses(&private, "Utile").await;
    assert!(
        plain(&said.text()).contains("C’est noté, merci"),
        "{}",
        said.text()
    );
    let said = chloe.types("!avis A1 en partie").await;
    assert!(said.contains("ne voit que des totaux"), "{said}");
    let said = bob.presses(&thanks, "Pas utile").await;
    assert!(
        plain(&said.text()).contains("see totals only"),
        "{}",
        said.text()
    );
    bob.presses(&thanks, "Utile").await;
    let refused = eve.presses(&thanks, "Utile").await;
    assert!(plain(&refused.text()).contains("Seules les personnes qui étaient"));
    let noted = organizer
        .slash("atelier présences", &[("atelier", "A1")])
        .await;
    assert!(
        noted.contains("Utile : 2 · En partie : 1 · Pas utile : 0"),
        "{noted}"
    );
    let comes = eve.presses(&thanks, "Je viens au prochain").await;
    assert!(plain(&comes.text()).contains("vous venez à A2, Compost"));
    let pressed = eve.starts_press(&thanks, "Prendre un engagement");
    let form = pressed.modal(PATIENCE).await;
    assert!(!form.custom_id.is_empty());

    // What is kept of Ana is hers to see.
    let data = ana.slash("mes-données voir", &[]).await;
    assert!(data.contains("A1 : sur place"), "{data}");
    assert!(data.contains("A1 : votre avis, Utile"), "{data}");
    let listed = organizer
        .starts_slash("atelier inscriptions", &[("atelier", "A1")])
        .final_message(PATIENCE)
        .await;
    let file = sim.read(|state| state.messages[&listed.id.0].attachments.clone());
    assert_eq!(file[0]["filename"], "A1.csv");

    // Organizers are asked for the report; it comes once, and is corrected in place.
    falls_due(&app, "workshop.report").await;
    let asked = shown(&app, control, "Compte rendu à écrire : Semences").await;
    assert_eq!(asked.button_labels(), ["Écrire le compte rendu"]);
    let refused = ana
        .slash(
            "atelier compte-rendu",
            &[("atelier", "A1"), ("texte", "Non")],
        )
        .await;
    assert!(refused.contains("coordination"), "{refused}");
    for text in ["Trois pistes", "Quatre pistes // Four leads"] {
        let options = [("atelier", "A1"), ("texte", text)];
        let kept = organizer.slash("atelier compte-rendu", &options).await;
        assert!(kept.contains("est dans les salons"), "{kept}");
    }
    app.both_show(&["Compte rendu : Semences", "Quatre pistes", "Présences : 14"])
        .await;
    app.each_room_has(1, "Compte rendu : Semences").await;
    let done = shown(&app, control, "est publié").await;
    assert_eq!((done.id, done.button_labels().len()), (asked.id, 0));
    let left = "SELECT count(*) FROM deadline WHERE kind = 'workshop.report' AND done = FALSE";
    assert_eq!(app.number(left).await, 0, "nobody asks again");
    let read = bob.slash("atelier voir", &[("atelier", "A1")]).await;
    assert!(read.contains("Four leads"), "{read}");
    app.finish().await;
}
