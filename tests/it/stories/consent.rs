//! Nothing about a person is kept before they agree; then what they wanted happens at once. Whoever is new is welcomed once.

use crate::discord_sim::{DiscordSim, SimOptions};
use crate::support::app::people::{OnMatrix, plain};
use crate::support::app::{App, PATIENCE, Setting, in_a_month};
use crate::support::{needs, synapse::Synapse};

async fn people(app: &App) -> i64 {
    app.number("SELECT count(*) FROM person").await
}

#[tokio::test]
async fn the_first_act_asks_for_consent_and_one_step_carries_it_out_on_both_networks() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    let when = in_a_month();
    let options = [("titre", "Semences"), ("quand", when.as_str())];
    app.discord_organizer.slash("atelier créer", &options).await;
    let (card, matrix) = app.both_show(&["Semences", "Je viens : 0"]).await;
    let before = people(&app).await;

    // On Discord: a press, the terms, a press.
    let ana = app.stranger_on_discord("ana", "fr");
    let asked = ana.presses(&card, "Je viens").await;
    let terms = plain(&asked.text());
    for words in [
        "Coopérative d'essai",
        "responsable des renseignements, vie-privee@exemple.org",
        "réponses, 90 jours après l’atelier",
        "compter chaque personne une seule fois",
        "/mes-données",
        "je ne garde rien",
    ] {
        assert!(terms.contains(words), "{words:?} is not in {terms}");
    }
    assert_eq!(people(&app).await, before, "nobody is recorded yet");
    app.both_show(&["Semences", "Je viens : 0"]).await;
    let done = ana
        .presses(&asked, "J’accepte et j’envoie ma réponse")
        .await;
    let done = plain(&done.text());
    for words in [
        "Votre accord est noté",
        "vous venez à A1",
        "Voici trois gestes",
        "/sondage voir",
    ] {
        assert!(done.contains(words), "{words:?} is not in {done}");
    }
    app.both_show(&["Semences", "Je viens : 1"]).await;
    // A commitment's words do not fit into a button; the act waits all the same. No second welcome, no second question.
    let taken = ana.commits("Je marche").await;
    assert!(
        taken.contains("E1") && !taken.contains("trois gestes"),
        "{taken}"
    );
    // When the terms change, everybody is asked anew, and welcomed no more.
    app.number("UPDATE person SET consent_text = 0 RETURNING CAST(1 AS BIGINT)")
        .await;
    let asked = ana
        .starts_slash("viens", &[("atelier", "A1"), ("réponse", "maybe")])
        .final_message(PATIENCE)
        .await;
    let done = ana
        .presses(&asked, "J’accepte et j’envoie ma réponse")
        .await;
    let done = plain(&done.text());
    assert!(
        done.contains("vous viendrez peut-être à A1") && !done.contains("trois gestes"),
        "{done}"
    );
    ana.slash("viens", &[("atelier", "A1")]).await;
    let bob = app.stranger_on_discord("bob", "en-US");
    let read = bob
        .starts_slash("engagement prendre", &[("phrase", "I walk")])
        .final_message(PATIENCE)
        .await;
    let asked = bob.presses(&read, "Confirm").await;
    assert!(
        asked.text().contains("I need your agreement"),
        "{}",
        asked.text()
    );
    let done = bob.presses(&asked, "I agree, send my answer").await;
    assert!(done.text().contains("I walk"), "{}", done.text());

    // On Matrix: a reaction, the terms in its thread, one word; the answer to the act comes by itself.
    let chloe = app.stranger_on_matrix(synapse, "chloe").await;
    let before = people(&app).await;
    let typed = chloe.starts_typing("!viens A1 peut-être").await;
    let asked = chloe.answer_to(&typed, PATIENCE).await;
    assert!(
        asked.contains("Coopérative d'essai") && asked.contains("!accepte"),
        "{asked}"
    );
    assert_eq!(people(&app).await, before);
    let agreed = chloe.types("!accepte").await;
    assert!(agreed.contains("Votre accord est noté"), "{agreed}");
    assert!(
        !agreed.contains("trois gestes"),
        "not before everybody: {agreed}"
    );
    app.both_show(&["Semences", "Peut-être : 1"]).await;
    let (done, welcomed) = (
        app.eventually("the answer to the act that waited", async || {
            let seen = chloe.user.timeline(&chloe.room).await;
            seen.into_iter()
                .find(|seen| plain(&seen.body).contains("vous viendrez peut-être à A1"))
        })
        .await,
        welcomed(&chloe).await,
    );
    assert_eq!(done.thread_root.as_deref(), Some(typed.as_str()));
    assert_eq!(welcomed, app.matrix_bot());

    // Who only reads is not asked, and leaves nothing.
    let dan = app.stranger_on_matrix(synapse, "dan").await;
    let before = people(&app).await;
    for reading in [
        "!atelier voir",
        "!sondage voir",
        "!aide",
        "!confidentialité",
        "!viens A9",
    ] {
        let answer = dan.types(reading).await;
        assert!(
            !answer.contains("Il me faut votre accord"),
            "{reading}: {answer}"
        );
    }
    for emoji in ["❌", "🤔", "✅"] {
        dan.reacts(&matrix, emoji).await;
    }
    let asked = async || {
        let seen = dan.user.timeline(&dan.room).await;
        let asked = |seen: &crate::support::matrix::reading::Seen| {
            seen.thread_root.as_deref() == Some(matrix.event_id.as_str())
                && plain(&seen.body).contains("Il me faut votre accord")
        };
        seen.iter().any(asked).then_some(())
    };
    app.eventually("the question under the card", asked).await;
    assert_eq!(people(&app).await, before);
    dan.types("!accepte").await;
    app.both_show(&["Semences", "Je viens : 2"]).await;
    let seen = dan.user.timeline(&dan.room).await;
    let questions = seen
        .iter()
        .filter(|seen| seen.thread_root.as_deref() == Some(matrix.event_id.as_str()))
        .filter(|seen| plain(&seen.body).contains("Il me faut votre accord"));
    assert_eq!(questions.count(), 1, "no flood");
    app.finish().await;
}

#[tokio::test]
async fn an_agreement_is_taken_back_without_losing_what_was_said_and_given_again() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    let when = in_a_month();
    let options = [("titre", "Semences"), ("quand", when.as_str())];
    app.discord_organizer.slash("atelier créer", &options).await;
    let ana = app.on_discord("ana", "fr").await;
    let chloe = app.on_matrix(synapse, "chloe").await;
    ana.slash("viens", &[("atelier", "A1")]).await;
    ana.commits("Je marhce").await;
    chloe.types("!viens A1").await;
    app.both_show(&["Semences", "Je viens : 2"]).await;

    // A slip of the pen is corrected, by its author alone.
    let corrected = [("engagement", "E1"), ("phrase", "Je marche")];
    let told = ana.slash("engagement modifier", &corrected).await;
    assert!(
        told.contains("E1 est corrigé") && told.contains("Je marche"),
        "{told}"
    );
    let told = chloe.types("!engagement corriger E1 Je cours").await;
    assert!(told.contains("n’est pas le vôtre"), "{told}");

    let told = ana.slash("mes-données retirer", &[]).await;
    assert!(told.contains("Votre accord est retiré"), "{told}");
    let told = chloe.in_private().await.says("!mes-données retirer").await;
    assert!(told.contains("Votre accord est retiré"), "{told}");
    let kept = ana.slash("mes-données voir", &[]).await;
    assert!(
        kept.contains("accord retiré le") && kept.contains("Je marche"),
        "{kept}"
    );
    for asked in [
        ana.slash("viens", &[("atelier", "A1"), ("réponse", "no")])
            .await,
        ana.slash("engagement modifier", &corrected).await,
        chloe.types("!viens A1 non").await,
    ] {
        assert!(asked.contains("Il me faut votre accord"), "{asked}");
    }
    app.both_show(&["Semences", "Je viens : 2"]).await;
    ana.slash("accepte", &[]).await;
    ana.slash("viens", &[("atelier", "A1"), ("réponse", "no")])
        .await;
    app.both_show(&["Semences", "Je viens : 1"]).await;
    app.finish().await;
}

#[tokio::test]
async fn the_language_is_the_persons_else_the_rooms_else_the_collectives() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let setting = Setting {
        matrix_language: "en-CA",
        ..Setting::default()
    };
    let app = App::start(&sim, synapse, setting).await;
    let chloe = app.stranger_on_matrix(synapse, "chloe").await;
    let alone = chloe.in_private().await;
    let (in_room, in_private) = (chloe.types("!aide").await, alone.says("aide").await);
    assert!(in_room.contains("What you can do here"), "{in_room}");
    assert!(
        in_private.contains("Ce que vous pouvez faire ici"),
        "{in_private}"
    );
    chloe.types("!accept").await;
    for (choice, title) in [
        ("!langue français", "Ce que vous pouvez faire ici"),
        ("!langue anglais", "What you can do here"),
    ] {
        chloe.types(choice).await;
        for answer in [chloe.types("!aide").await, alone.says("aide").await] {
            assert!(answer.contains(title), "{choice}: {answer}");
        }
    }
    let asked = chloe.types("!viens").await;
    assert!(asked.contains("I still need"), "{asked}");
    app.finish().await;
}

/// Joins the private conversation that the bot opens; who sent the first message in it. Its words are encrypted.
async fn welcomed(who: &OnMatrix) -> String {
    let any = |_: &str, _: &[serde_json::Value]| true;
    let room = who.user.wait_for_invite(any, PATIENCE).await;
    who.user.join(&room).await;
    let message = |event: &serde_json::Value| event["type"] == "m.room.encrypted";
    let first = who.user.wait_for(&room, message, PATIENCE).await;
    first["sender"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn without_a_responsible_organisation_everything_is_shown_and_nothing_is_collected() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let setting = Setting {
        collects: false,
        ..Setting::default()
    };
    let app = App::start(&sim, synapse, setting).await;
    assert!(app.has_logged("[privacy] is missing"), "{}", app.logs());
    let ana = app.stranger_on_discord("ana", "fr");
    let chloe = app.stranger_on_matrix(synapse, "chloe").await;
    let refused = "n’a pas fini de le régler";
    let when = in_a_month();
    let options = [("titre", "Semences"), ("quand", when.as_str())];
    let organizer = &app.discord_organizer;
    for answer in [
        organizer.slash("atelier créer", &options).await,
        ana.commits("Je marche").await,
        ana.slash("accepte", &[]).await,
        ana.slash("lier", &[]).await,
        chloe.types("!accepte").await,
        chloe.types("!langue anglais").await,
    ] {
        assert!(answer.contains(refused), "{answer}");
        assert!(answer.contains("Rien n’a été changé."), "{answer}");
    }
    let shown = ana.slash("atelier voir", &[]).await;
    assert!(!shown.contains(refused), "{shown}");
    for table in [
        "SELECT count(*) FROM person",
        "SELECT count(*) FROM account",
        "SELECT count(*) FROM workshop",
        "SELECT count(*) FROM commitment",
        "SELECT count(*) FROM link_code",
    ] {
        assert_eq!(app.number(table).await, 0, "{table}");
    }
    app.finish().await;
}
