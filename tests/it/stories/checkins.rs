//! Check-ins: who holds a commitment is asked in private how it goes, answers by a button, a number or a command, and gets
//! a hand from organizers who do not learn who it is.

use super::linking::code_in;
use crate::discord_sim::{ChannelId, DiscordSim, ShownMessage, SimOptions};
use crate::support::app::people::{Alone, OnDiscord, plain};
use crate::support::app::{App, PATIENCE, Setting, zone_at};
use crate::support::{needs, synapse::Synapse};

/// The collective looks whom to ask now, of commitments of which nothing was heard for long.
async fn time_to_ask(app: &App) {
    app.number(
        "UPDATE commitment_news SET heard_at = '2020-01-01T00:00:00+00:00' RETURNING CAST(1 AS BIGINT)",
    )
    .await;
    let asked = "SELECT count(*) FROM deadline WHERE kind = 'checkin.round' AND done";
    let before = app.number(asked).await;
    let now = format!(
        "UPDATE deadline SET due_at = '2020-01-01T00:00:0{before}+00:00'
         WHERE kind = 'checkin.round' AND NOT done RETURNING CAST(1 AS BIGINT)"
    );
    app.number(now.leak()).await;
    app.eventually("a round", async || {
        (app.number(asked).await > before).then_some(())
    })
    .await;
    app.delivered().await;
}

async fn shown(app: &App, channel: ChannelId, words: &str) -> ShownMessage {
    app.eventually(words, async || {
        let messages = app.sim.messages(channel).into_iter();
        let mut found = messages.filter(|message| plain(&message.text()).contains(words));
        found.next_back()
    })
    .await
}

/// What the bot wrote to somebody on Discord in private.
async fn told(app: &App, who: &OnDiscord, words: &str) -> ShownMessage {
    shown(app, app.sim.private_channel(who.user), words).await
}

/// What the bot wrote to somebody on Matrix in private.
async fn asked(app: &App, who: &Alone, words: &str) -> Vec<String> {
    let seen = who.user.timeline(&who.room).await.into_iter();
    seen.filter(|seen| seen.sender == app.matrix_bot() && plain(&seen.body).contains(words))
        .map(|seen| plain(&seen.body))
        .collect()
}

#[tokio::test]
async fn who_holds_a_commitment_is_asked_answers_as_they_like_and_gets_a_hand_unnamed() {
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
    let organizer = OnDiscord::new(&sim, app.discord_organizer.user, control);
    let (ana, bob) = (
        app.on_discord("ana", "fr").await,
        app.on_discord("bob", "en-US").await,
    );
    let chloe = app
        .stranger_on_matrix(synapse, "chloe")
        .await
        .in_private()
        .await;
    chloe.says("accepte").await;

    // Whoever commits is offered private messages, once; Bob wants none.
    let options = [("phrase", "Prêter une salle"), ("avant", "dans 10 jours")];
    ana.slash("engagement prendre", &options).await;
    let taken = ana.starts_slash("engagement confirmer", &[]);
    let taken = taken.final_message(PATIENCE).await;
    assert!(
        plain(&taken.text()).contains("où en sont vos engagements?"),
        "{}",
        taken.text()
    );
    ana.presses(&taken, "Oui, en privé").await;
    let options = [("phrase", "Composter"), ("avant", "dans 13 jours")];
    ana.slash("engagement prendre", &options).await;
    ana.slash("engagement confirmer", &[]).await;
    bob.slash(
        "engagement prendre",
        &[("phrase", "I walk"), ("avant", "dans 9 jours")],
    )
    .await;
    bob.slash("engagement confirmer", &[]).await;
    bob.slash("rappels", &[("choix", "no")]).await;
    chloe.says("rappels oui").await;
    let nothing = chloe.says("2").await;
    assert!(nothing.contains("Je ne connais pas"), "{nothing}");
    chloe
        .says("engagement \"Chanter dehors\" dans 12 jours")
        .await;
    chloe.says("engagement confirmer").await;

    // One message each, about the first to fall due; the other is named. Nobody is asked twice.
    for _ in 0..2 {
        time_to_ask(&app).await;
    }
    let question = told(&app, &ana, "Où en êtes-vous?").await;
    let text = plain(&question.text());
    for words in [
        "votre engagement E1",
        "Prêter une salle",
        "E2 · Composter",
        "!point E2 fait",
    ] {
        assert!(
            text.contains(words) || text.contains(&words.replace('!', "/")),
            "{words}: {text}"
        );
    }
    assert_eq!(
        question.button_labels(),
        [
            "C’est fait",
            "En cours",
            "Un coup de main",
            "Nouvelle date",
            "Relais ou retrait"
        ]
    );
    let bot = sim.bot_user();
    let to = |who: &OnDiscord| -> usize {
        let written = sim.messages(sim.private_channel(who.user)).into_iter();
        written
            .filter(|message| {
                message.author == bot && plain(&message.text()).contains("engagement E")
            })
            .count()
    };
    assert_eq!((to(&ana), to(&bob)), (1, 0));
    let on_matrix = asked(&app, &chloe, "Où en êtes-vous?").await;
    assert_eq!(on_matrix.len(), 1, "{on_matrix:?}");
    assert!(
        on_matrix[0].contains("4. Je change l’échéance"),
        "{}",
        on_matrix[0]
    );

    // A hand: the control room learns the id and no more; the answer comes in private, and the journal says who gave it.
    let passed_on = ana.presses(&question, "Un coup de main").await;
    assert!(
        plain(&passed_on.text()).contains("C’est transmis"),
        "{}",
        passed_on.text()
    );
    let notice = shown(&app, control, "Un coup de main pour E1").await;
    let words = plain(&notice.text());
    assert!(
        !words.contains("salle\"") && !words.contains("Prêter") && !words.contains("ana"),
        "{words}"
    );
    let overview = organizer.slash("engagement suivi", &[]).await;
    assert!(
        overview.contains("demandé pour : E1") && overview.contains("moins de cinq"),
        "{overview}"
    );
    let form = organizer
        .starts_press(&notice, "Répondre")
        .modal(PATIENCE)
        .await;
    let sent = sim.submit_modal(organizer.user, &form, &[("reply", "Venez à *A12*.")]);
    let sent = sent.final_message(PATIENCE).await;
    assert!(
        plain(&sent.text()).contains("C’est envoyé"),
        "{}",
        sent.text()
    );
    let help = told(&app, &ana, "La coordination vous répond").await;
    assert!(
        plain(&help.text()).contains("Venez à *A12*."),
        "{}",
        help.text()
    );
    shown(&app, control, "Une réponse est partie").await;
    let journal = organizer.slash("journal", &[]).await;
    assert!(journal.contains("E1, coup de main donné"), "{journal}");
    let none = organizer
        .slash(
            "engagement aider",
            &[("engagement", "E2"), ("réponse", "Venez")],
        )
        .await;
    assert!(none.contains("Personne ne demande"), "{none}");

    // Another day by a form, on Matrix by a number; what is under way; how to pass it on; late answers count.
    let form = ana
        .starts_press(&question, "Nouvelle date")
        .modal(PATIENCE)
        .await;
    let moved = sim.submit_modal(ana.user, &form, &[("due", "2040-01-15")]);
    let moved = moved.final_message(PATIENCE).await;
    assert!(
        plain(&moved.text()).contains("est reporté"),
        "{}",
        moved.text()
    );
    for (typed, said) in [
        ("2", "l’engagement E4 est en cours"),
        ("4", "!point E4 nouvelle-date 15 janvier"),
        ("4 2040-01-16", "est reporté"),
        ("!point E4 nouvelle-date 2040-01-17", "est reporté"),
        ("5", "!engagement transmettre E4"),
        ("3", "C’est transmis"),
        ("7", "Je ne connais pas"),
    ] {
        let answer = chloe.says(typed).await;
        assert!(answer.contains(said), "{typed}: {answer}");
    }
    let pass_on = ana.presses(&question, "Relais ou retrait").await;
    let given_up = ana.presses(&pass_on, "Je le retire").await;
    assert!(
        plain(&given_up.text()).contains("E1 est retiré"),
        "{}",
        given_up.text()
    );
    shown(&app, control, "Ce n’est plus nécessaire : E1").await;
    let over = ana.presses(&question, "Un coup de main").await;
    assert!(
        plain(&over.text()).contains("déjà tenu ou retiré"),
        "{}",
        over.text()
    );

    // The two weeks hold for the person: Chloe's account becomes Ana's, who was asked today.
    let data = ana.slash("mes-données voir", &[]).await;
    assert!(
        data.contains("Dernier message privé au sujet d’un engagement : E1"),
        "{data}"
    );
    let code = ana.slash("lier", &[]).await;
    chloe.says(&format!("lier {}", code_in(&code))).await;
    time_to_ask(&app).await;
    assert_eq!(asked(&app, &chloe, "Où en êtes-vous?").await.len(), 1);
    app.finish().await;
}

#[tokio::test]
async fn without_a_control_room_nobody_is_told_that_organizers_know() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    let ana = app.on_discord("ana", "en-US").await;
    ana.slash("engagement prendre", &[("phrase", "I walk")])
        .await;
    ana.slash("engagement confirmer", &[]).await;
    let options = [("engagement", "E1"), ("état", "hand")];
    let honest = ana.slash("point", &options).await;
    assert!(honest.contains("I have told nobody"), "{honest}");
    assert!(honest.contains("You can write yourself"), "{honest}");
    let kept = app.number("SELECT count(*) FROM commitment_help").await;
    assert_eq!(kept, 0);
    app.finish().await;
}
