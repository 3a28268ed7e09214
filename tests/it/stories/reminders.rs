//! Private reminders: for those who want them, once, at the right account, and not where private messages are closed.

use std::time::Duration;

use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};

use super::linking::code_in;
use super::web::free_address;
use crate::discord_sim::{DiscordSim, Fault, RouteMatch, ShownMessage, SimOptions};
use crate::support::app::people::{Alone, OnDiscord, plain};
use crate::support::app::{App, PATIENCE, Setting, in_a_month, zone_at};
use crate::support::{needs, synapse::Synapse};

const NOT_VOTED: &str = "Vous n’avez pas encore voté";
const CLOSED: &str = "Mes messages privés n’arrivent pas à ce compte";

/// An evening in a zone where it is that hour now.
async fn at_hour(sim: &DiscordSim, synapse: &Synapse, hour: i64) -> App {
    let setting = Setting {
        time_zone: Some(zone_at(hour)),
        web: Some(free_address()),
        ..Setting::default()
    };
    App::start(sim, synapse, setting).await
}

/// A poll is opened for a week.
async fn poll(app: &App, question: &str) {
    let options = [("question", question), ("options", "Nord; Sud")];
    let opened = app.discord_organizer.slash("sondage créer", &options).await;
    assert!(opened.contains("est ouvert"), "{opened}");
    app.both_show(&[question]).await;
}

/// What waits of that kind falls due now, and is done and delivered.
async fn falls_due(app: &App, update: &'static str) {
    let waiting =
        "SELECT count(*) FROM deadline WHERE NOT done AND due_at < '2021-01-01T00:00:00+00:00'";
    let done = "SELECT count(*) FROM deadline WHERE done AND due_at < '2021-01-01T00:00:00+00:00'";
    let before = app.number(done).await;
    app.number(update).await;
    app.eventually("what fell due is done", async || {
        let finished = app.number(done).await > before && app.number(waiting).await == 0;
        finished.then_some(())
    })
    .await;
    app.delivered().await;
}

const POLL: &str = "UPDATE deadline SET due_at = '2020-01-01T00:00:00+00:00'
    WHERE kind = 'poll.reminder' AND NOT done RETURNING CAST(1 AS BIGINT)";
const DAY_BEFORE: &str = "UPDATE deadline SET due_at = '2020-01-01T00:00:00+00:00'
    WHERE kind = 'workshop.reminder' AND NOT done RETURNING CAST(1 AS BIGINT)";
const HOUR_BEFORE: &str = "UPDATE deadline SET due_at = '2020-01-01T00:00:00+00:00'
    WHERE kind = 'workshop.soon' AND NOT done RETURNING CAST(1 AS BIGINT)";

/// What the bot wrote to somebody on Discord in private that contains these words.
fn on_discord(app: &App, who: &OnDiscord, words: &str) -> Vec<ShownMessage> {
    let bot = app.sim.bot_user();
    let mut found = app.sim.messages(app.sim.private_channel(who.user));
    found.retain(|message| message.author == bot && plain(&message.text()).contains(words));
    found
}

/// The same of somebody on Matrix.
async fn on_matrix(app: &App, who: &Alone, words: &str) -> Vec<String> {
    let seen = who.user.timeline(&who.room).await.into_iter();
    seen.filter(|seen| seen.sender == app.matrix_bot() && plain(&seen.body).contains(words))
        .map(|seen| plain(&seen.body))
        .collect()
}

/// Chooses reminders by the command; the answer.
async fn wants(who: &OnDiscord) -> String {
    who.slash("rappels", &[("choix", "yes")]).await
}

#[tokio::test]
async fn who_wants_it_and_has_not_voted_is_reminded_once_at_the_account_of_their_choice() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = at_hour(&sim, synapse, 12).await;
    let (ana, bob, fred) = (
        app.on_discord("ana", "fr").await,
        app.on_discord("bob", "fr").await,
        app.on_discord("fred", "fr").await,
    );
    let eve = app.on_discord("eve", "fr").await;
    let chloe = app.stranger_on_matrix(synapse, "chloe").await;
    let chloe = chloe.in_private().await;
    chloe.says("accepte").await;
    let eve_too = app.stranger_on_matrix(synapse, "eve").await;
    let eve_too = eve_too.in_private().await;
    eve_too.says("accepte").await;
    poll(&app, "Où?").await;
    poll(&app, "Quand?").await;
    let options = [
        ("question", "Qui?"),
        ("options", "Nord; Sud"),
        ("niveau", "confidential"),
    ];
    app.discord_organizer.slash("sondage créer", &options).await;

    // Bob is asked after his first vote, once; Ana and the others know the command.
    let voted = bob
        .starts_slash("vote", &[("sondage", "S1"), ("choix", "a")])
        .final_message(PATIENCE)
        .await;
    assert!(
        plain(&voted.text()).contains("Voulez-vous des rappels"),
        "{}",
        voted.text()
    );
    let chosen = bob.presses(&voted, "Oui, en privé").await;
    assert!(
        chosen.text().contains("Je vous écrirai en privé"),
        "{}",
        chosen.text()
    );
    let again = bob
        .slash("vote", &[("sondage", "S1"), ("choix", "b")])
        .await;
    assert!(!again.contains("Voulez-vous"), "asked once: {again}");
    let voted = fred
        .slash("vote", &[("sondage", "S2"), ("choix", "a")])
        .await;
    assert!(voted.contains("Voulez-vous des rappels"), "{voted}");
    wants(&ana).await;
    wants(&eve).await;
    let sealed = ana
        .slash("vote", &[("sondage", "S3"), ("choix", "a")])
        .await;
    assert!(sealed.contains("S3"), "{sealed}");
    let chosen = chloe.says("rappels oui").await;
    assert!(chosen.contains("Je vous écrirai en privé"), "{chosen}");
    eve_too.says("!rappels oui").await;
    let state = chloe.says("rappels").await;
    assert!(
        state.contains("Vous avez dit oui.") && state.contains("Ils arrivent à ce compte."),
        "{state}"
    );
    let code = code_in(&eve.slash("lier", &[]).await);
    let linked = eve_too.says(&format!("lier {code}")).await;
    assert!(linked.contains("Vos comptes sont liés"), "{linked}");
    let state = eve.slash("rappels", &[]).await;
    let there = format!("Ils arrivent à votre compte {}", eve_too.user.user_id);
    assert!(state.contains(&there), "the later choice: {state}");
    app.delivered().await;
    for who in [&ana, &bob, &eve] {
        assert_eq!(on_discord(&app, who, "Vos rappels arriveront ici").len(), 1);
    }

    falls_due(&app, POLL).await;
    app.each_room_has(1, "Dernier jour pour voter : Où?").await;
    let reminded = on_discord(&app, &ana, NOT_VOTED);
    assert_eq!(reminded.len(), 2, "S1 and S2, not what she sealed");
    for (who, count) in [(&bob, 2), (&fred, 0), (&eve, 0)] {
        let found = on_discord(&app, who, NOT_VOTED);
        assert_eq!(found.len(), count, "{found:#?}");
    }
    for who in [&chloe, &eve_too] {
        let found = on_matrix(&app, who, NOT_VOTED).await;
        assert_eq!(found.len(), 3, "{found:#?}");
        let first = found.iter().find(|text| text.contains("Où?")).expect("S1");
        assert!(
            first.contains("Ferme le") && first.contains("!vote S1"),
            "{first}"
        );
    }
    // Ana votes from the reminder; it leads to her page too.
    let first = reminded.iter().find(|card| card.text().contains("Où?"));
    let first = first.expect("S1");
    let menu = ana.presses(first, "Voter").await;
    let voted = ana.chooses(&menu, "b").await;
    assert!(voted.contains("est enregistré"), "{voted}");
    let controls = first.controls();
    let page = controls.iter().find(|control| control["style"] == 5);
    let page = page.expect("a link")["url"].as_str().expect("an address");
    let page = reqwest::get(page).await.expect("a page");
    let page = page.text().await.expect("words");
    assert!(page.contains("Où?") && page.contains("checked"), "{page}");

    // Nothing of it is left once she has it erased.
    let shown = ana.slash("mes-données voir", &[]).await;
    for words in [
        "rappels en privé voulus, au compte",
        "Vos rappels en privé",
        "S1 : envoyé le",
    ] {
        assert!(shown.contains(words), "{words:?} is not in {shown}");
    }
    let kept = "SELECT (SELECT count(*) FROM reminder_choice)
                     + (SELECT count(*) FROM card WHERE person_id IS NOT NULL)";
    let before = app.number(kept).await;
    let asked = ana
        .starts_slash("mes-données effacer", &[])
        .final_message(PATIENCE)
        .await;
    ana.presses(&asked, "Tout effacer").await;
    assert_eq!(app.number(kept).await, before - 3);
    // Nor of who had not voted once a poll is closed.
    app.discord_organizer
        .slash("sondage clore", &[("sondage", "S3")])
        .await;
    let of_closed = "SELECT count(*) FROM card JOIN poll ON poll.id = subject_id
                     WHERE person_id IS NOT NULL AND number = 3";
    assert_eq!(app.number(of_closed).await, 0);
    app.finish().await;
}

#[tokio::test]
async fn who_may_come_confirms_or_cancels_from_the_reminder_and_rooms_hear_an_hour_before() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = at_hour(&sim, synapse, 12).await;
    let (ana, bob) = (
        app.on_discord("ana", "fr").await,
        app.on_discord("bob", "en-US").await,
    );
    let chloe = app.stranger_on_matrix(synapse, "chloe").await;
    let chloe = chloe.in_private().await;
    chloe.says("accepte").await;
    let when = in_a_month();
    let options = [("titre", "Semences"), ("quand", when.as_str())];
    app.discord_organizer.slash("atelier créer", &options).await;
    let (discord, matrix) = app.both_show(&["Semences", "A1"]).await;
    let answered = ana
        .starts_slash("viens", &[("atelier", "A1"), ("réponse", "maybe")])
        .final_message(PATIENCE)
        .await;
    ana.presses(&answered, "Oui, en privé").await;
    bob.slash("viens", &[("atelier", "A1"), ("réponse", "no")])
        .await;
    wants(&bob).await;
    let offered = chloe.says("viens A1").await;
    assert!(offered.contains("!rappels oui"), "{offered}");
    chloe.says("rappels oui").await;

    falls_due(&app, DAY_BEFORE).await;
    app.each_room_has(1, "À venir : Semences").await;
    let reminded = on_discord(&app, &ana, "À venir : Semences");
    assert_eq!(reminded.len(), 1, "{reminded:#?}");
    assert_eq!(
        reminded[0].button_labels(),
        ["Je confirme", "Je ne viens pas"]
    );
    assert!(
        plain(&reminded[0].text()).contains("Vous avez répondu « Peut-être »"),
        "{}",
        reminded[0].text()
    );
    assert!(on_discord(&app, &bob, "Semences").is_empty(), "not coming");
    assert_eq!(on_matrix(&app, &chloe, "À venir : Semences").await.len(), 1);

    let answer = ana.presses(&reminded[0], "Je confirme").await;
    assert!(
        answer.text().contains("vous venez à A1"),
        "{}",
        answer.text()
    );
    app.both_show(&["A1", "Je viens : 2 · Peut-être : 0 · Non : 1"])
        .await;
    let answer = chloe.says("viens A1 non").await;
    assert!(answer.contains("vous ne venez pas à A1"), "{answer}");
    app.both_show(&["A1", "Je viens : 1 · Peut-être : 0 · Non : 2"])
        .await;

    // A correction reaches the private reminder too, in place.
    let options = [("atelier", "A1"), ("lieu", "Bibliothèque")];
    app.discord_organizer
        .slash("atelier modifier", &options)
        .await;
    app.eventually("the reminder says the new place", async || {
        let found = on_discord(&app, &ana, "Bibliothèque");
        (found.len() == 1 && found[0].edits > 0).then_some(())
    })
    .await;

    falls_due(&app, HOUR_BEFORE).await;
    let soon = |text: &str| plain(text).contains("C’est bientôt : Semences");
    let shown = app.discord_card(|card| soon(&card.text())).await;
    let sent = sim.requests().into_iter().rfind(|request| {
        request.method == "POST" && request.body.to_string().contains("C’est bientôt")
    });
    let reply_to = &sent.expect("it was sent").body["message_reference"]["message_id"];
    assert_eq!(*reply_to, discord.id.to_string(), "{}", shown.text());
    let seen = app.matrix_organizer.user.timeline(&app.room).await;
    let threads: Vec<_> = seen.iter().filter(|seen| soon(&seen.body)).collect();
    assert_eq!(threads.len(), 1);
    assert_eq!(threads[0].thread_root.as_deref(), Some(&*matrix.event_id));

    // Called off: the reminders say so.
    app.discord_organizer
        .slash("atelier annuler", &[("atelier", "A1")])
        .await;
    app.eventually("the reminder says that it is off", async || {
        let found = on_discord(&app, &ana, "Atelier annulé : Semences");
        found.first()?.button_labels().is_empty().then_some(())
    })
    .await;
    app.finish().await;
}

#[tokio::test]
async fn where_private_messages_are_closed_rooms_remind_and_the_person_is_told_once() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = at_hour(&sim, synapse, 12).await;
    let ana = app.on_discord("ana", "fr").await;
    let chloe = app.stranger_on_matrix(synapse, "chloe").await;
    let alone = chloe.in_private().await;
    alone.says("accepte").await;
    wants(&ana).await;
    alone.says("rappels oui").await;
    app.delivered().await;
    sim.refuse_dms(ana.user, true);
    chloe.user.leave(&alone.room).await;
    // Her homeserver tells of it before this.
    chloe.types("!aide").await;

    poll(&app, "Où?").await;
    falls_due(&app, POLL).await;
    app.each_room_has(1, "Dernier jour pour voter : Où?").await;
    let closed = "SELECT count(*) FROM account WHERE closed_at IS NOT NULL";
    assert_eq!(app.number(closed).await, 2);
    let refused = |app: &App| {
        let refused = app.sim.requests().into_iter();
        refused.filter(|request| request.status == 403).count()
    };
    assert_eq!(refused(&app), 1, "it is not tried again");
    assert!(on_discord(&app, &ana, NOT_VOTED).is_empty());
    let (_, report) = app.doctor().await;
    assert!(!report.contains("stuck"), "{report}");

    for told in [true, false] {
        let answer = ana.slash("aide", &[]).await;
        assert_eq!(answer.contains(CLOSED), told, "{answer}");
        let answer = chloe.types("!aide").await;
        assert_eq!(answer.contains(CLOSED), told, "{answer}");
    }
    let state = ana.slash("rappels", &[]).await;
    assert!(state.contains(CLOSED), "{state}");
    let kept = ana.slash("mes-données voir", &[]).await;
    assert!(kept.contains("messages privés impossibles"), "{kept}");
    // Nothing is tried meanwhile.
    poll(&app, "Quand?").await;
    falls_due(&app, POLL).await;
    assert_eq!(refused(&app), 1);

    // Ana allows private messages and says so; Chloé writes in a new private conversation.
    sim.refuse_dms(ana.user, false);
    wants(&ana).await;
    let alone = chloe.in_private().await;
    alone.says("aide").await;
    assert_eq!(app.number(closed).await, 0);
    poll(&app, "Comment?").await;
    falls_due(&app, POLL).await;
    let reminder = "Vous n’avez pas encore voté : Comment?";
    assert_eq!(on_discord(&app, &ana, reminder).len(), 1);
    assert_eq!(on_matrix(&app, &alone, reminder).await.len(), 1);
    app.sim.take_violations();
    app.finish().await;
}

#[tokio::test]
async fn whoever_left_the_conversation_is_invited_anew_only_when_they_ask() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = at_hour(&sim, synapse, 12).await;
    // Whoever agrees in the room is welcomed in a private conversation.
    let chloe = app.on_matrix(synapse, "chloe").await;
    let from_bot = |_: &str, _: &[serde_json::Value]| true;
    let private = chloe.user.wait_for_invite(from_bot, PATIENCE).await;
    chloe.user.join(&private).await;
    let chosen = chloe.types("!rappels oui").await;
    assert!(chosen.contains("à ce compte"), "{chosen}");
    app.delivered().await;
    chloe.user.leave(&private).await;
    // Her homeserver tells of it before this.
    chloe.types("!aide").await;

    poll(&app, "Où?").await;
    falls_due(&app, POLL).await;
    let closed = "SELECT count(*) FROM account WHERE closed_at IS NOT NULL";
    assert_eq!(app.number(closed).await, 1);
    chloe.types("!rappels oui").await;
    let again = chloe.user.wait_for_invite(from_bot, PATIENCE).await;
    assert_eq!(again, private, "the same conversation");
    assert_eq!(app.number(closed).await, 0);
    app.finish().await;
}

#[tokio::test]
async fn with_several_collectives_a_reminder_is_answered_in_the_one_that_sent_it() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let other = sim.channel("annonces");
    let setting = Setting {
        time_zone: Some(zone_at(12)),
        more: format!(
            "[[collective]]\nslug = \"autre\"\nname = \"Autre\"\n\
             [[collective.room]]\nnetwork = \"discord\"\naddress = \"{other}\"\n"
        ),
        ..Setting::default()
    };
    let app = App::start(&sim, synapse, setting).await;
    let ana = app.on_discord("ana", "fr").await;
    let bob = OnDiscord::new(&sim, sim.add_user("bob", "fr"), other);
    bob.agrees().await;
    wants(&bob).await;
    wants(&ana).await;
    poll(&app, "Où?").await;
    falls_due(&app, POLL).await;
    assert!(
        on_discord(&app, &bob, NOT_VOTED).is_empty(),
        "he takes part elsewhere"
    );
    let reminded = on_discord(&app, &ana, NOT_VOTED);
    let menu = ana.presses(&reminded[0], "Voter").await;
    let voted = ana.chooses(&menu, "b").await;
    assert!(voted.contains("est enregistré"), "{voted}");
    app.both_show(&["Où?", "1 personne a voté."]).await;
    app.finish().await;
}

#[tokio::test]
async fn a_reminder_that_is_due_at_night_waits_for_the_morning() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = at_hour(&sim, synapse, 2).await;
    let ana = app.on_discord("ana", "fr").await;
    wants(&ana).await;
    poll(&app, "Où?").await;
    falls_due(&app, POLL).await;
    app.each_room_has(0, "Dernier jour").await;
    assert!(on_discord(&app, &ana, NOT_VOTED).is_empty());
    let waiting = "SELECT count(*) FROM deadline WHERE kind = 'poll.reminder' AND NOT done";
    assert_eq!(app.number(waiting).await, 1);
    app.finish().await;
}

#[tokio::test]
async fn kills_while_many_are_reminded_lose_nobody_and_remind_nobody_twice() {
    const MANY: usize = 24;
    needs!(synapse);
    let seed = std::env::var("CERCLES_TEST_SEED").map_or_else(
        |_| u64::from(std::process::id()),
        |seed| seed.parse().expect("CERCLES_TEST_SEED is a number"),
    );
    eprintln!("the kills' moments: CERCLES_TEST_SEED={seed}");
    let mut dice = StdRng::seed_from_u64(seed);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let mut app = at_hour(&sim, synapse, 12).await;
    let chloe = app.stranger_on_matrix(synapse, "chloe").await;
    let chloe = chloe.in_private().await;
    chloe.says("accepte").await;
    chloe.says("rappels oui").await;
    let mut many = Vec::new();
    for number in 0..MANY {
        let somebody = app.on_discord(&format!("personne-{number}"), "fr").await;
        wants(&somebody).await;
        many.push(somebody);
    }
    app.delivered().await;
    poll(&app, "Où?").await;
    // Slow enough that kills come in the middle; some answers are lost.
    let slow = Fault::DelayAnswer(Duration::from_millis(150));
    sim.fault(
        RouteMatch::create_message().containing(NOT_VOTED),
        slow,
        MANY / 2,
    );
    let lost = Fault::ProcessThenAbort;
    sim.fault(RouteMatch::create_message().containing(NOT_VOTED), lost, 2);
    app.number(POLL).await;
    let mut last_arrived = 0;
    for _ in 0..8 {
        tokio::time::sleep(dice.random_range(Duration::ZERO..Duration::from_millis(1200))).await;
        app.kill9(0).await;
        app.restart(0).await;
        last_arrived = many
            .iter()
            .filter(|who| !on_discord(&app, who, NOT_VOTED).is_empty())
            .count();
    }
    eprintln!("reminded before the last start: {last_arrived} of {MANY}");
    app.delivered().await;
    for who in &many {
        let found = on_discord(&app, who, NOT_VOTED);
        assert_eq!(found.len(), 1, "{found:#?}");
    }
    assert_eq!(on_matrix(&app, &chloe, NOT_VOTED).await.len(), 1);
    app.each_room_has(1, "Dernier jour pour voter : Où?").await;
    app.finish_after_a_crash().await;
}
