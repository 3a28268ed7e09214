//! The list of workshops to come, pinned in rooms, and what becomes of it when somebody deletes it.

use serde_json::{Value, json};

use crate::discord_sim::{DiscordSim, ShownMessage, SimOptions, perms};
use crate::support::app::people::plain;
use crate::support::app::{App, Setting, in_a_month};
use crate::support::matrix::reading::Seen;
use crate::support::{needs, synapse::Synapse};

const TITLE: &str = "Prochains ateliers";

/// What is pinned in the Matrix room.
async fn pinned(app: &App) -> Vec<Value> {
    let user = &app.matrix_organizer.user;
    let state = user.state(&app.room, "m.room.pinned_events", "").await;
    let pinned = state.and_then(|content| content["pinned"].as_array().cloned());
    pinned.unwrap_or_default()
}

/// Whether a message is the list, and holds these words.
fn is_list(text: &str, words: &[&str]) -> bool {
    let text = plain(text);
    text.starts_with(TITLE) && words.iter().all(|word| text.contains(word))
}

/// The lists that both rooms show once they hold these words.
async fn lists(app: &App, words: &[&str]) -> (ShownMessage, Seen) {
    let on_discord = app.discord_card(|card| is_list(&card.text(), words)).await;
    let on_matrix = app.matrix_card(|card| is_list(&card.body, words)).await;
    (on_discord, on_matrix)
}

#[tokio::test]
async fn the_list_follows_every_workshop_and_comes_back_pinned_when_it_is_deleted() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let mut app = App::start(&sim, synapse, Setting::default()).await;
    let (steward, bot) = (
        app.matrix_organizer.user.clone(),
        app.matrix_bot().to_owned(),
    );
    steward.set_power_level(&app.room, &bot, 50).await;
    let theirs = steward.send_text(&app.room, "Nos règles").await;
    let content = json!({ "pinned": [theirs] });
    let event = "m.room.pinned_events";
    steward.set_state(&app.room, event, "", &content).await;
    let organizer = app.discord_organizer.clone();

    // One room has it at first; it says that nothing comes.
    let said = organizer.slash("atelier épingler", &[]).await;
    assert!(said.contains("est épinglée dans ce salon"), "{said}");
    app.discord_card(|card| is_list(&card.text(), &["Aucun atelier"]))
        .await;
    let said = app.matrix_organizer.types("!atelier épingler").await;
    assert!(said.contains("est épinglée dans ce salon"), "{said}");
    let (on_discord, on_matrix) = lists(&app, &["Aucun atelier"]).await;
    app.delivered().await;
    assert_eq!(sim.pins(app.channel), [on_discord.id]);
    assert_eq!(
        pinned(&app).await,
        [json!(theirs), json!(on_matrix.event_id)]
    );

    // Announced, answered until few seats are left, renamed, called off: the same two messages say so.
    let when = in_a_month();
    let options = [
        ("titre", "Semences"),
        ("quand", when.as_str()),
        ("places", "11"),
        ("lieu", "Chez Ana"),
    ];
    organizer.slash("atelier créer", &options).await;
    lists(
        &app,
        &["A1 · Semences", "Chez Ana", "plus de 10 places libres"],
    )
    .await;
    let ana = app.on_discord("ana", "fr").await;
    ana.slash("viens", &[("atelier", "A1")]).await;
    lists(&app, &["A1 · Semences", "· 10 places libres"]).await;
    let options = [("atelier", "A1"), ("titre", "Graines")];
    organizer.slash("atelier modifier", &options).await;
    lists(&app, &["A1 · Graines"]).await;
    let typed = format!("!atelier créer \"Compost\" {when} salons=ici");
    app.matrix_organizer.types(&typed).await;
    app.matrix_card(|card| is_list(&card.body, &["A2 · Compost"]))
        .await;
    app.delivered().await;
    let elsewhere = sim.message(on_discord.id).expect("the list").text();
    assert!(!elsewhere.contains("Compost"), "{elsewhere}");
    organizer
        .slash("atelier annuler", &[("atelier", "A1")])
        .await;
    app.discord_card(|card| is_list(&card.text(), &["Aucun atelier"]))
        .await;
    app.delivered().await;
    let (again, seen) = lists(&app, &[]).await;
    assert_eq!(
        (again.id, &seen.event_id),
        (on_discord.id, &on_matrix.event_id)
    );

    // Deleted here, and its pin taken away there: at the next start both stand and are pinned, beside others' pins.
    sim.delete_message(on_discord.id);
    steward.set_state(&app.room, event, "", &content).await;
    app.kill9(0).await;
    app.restart(0).await;
    let renewed = app.discord_card(|card| is_list(&card.text(), &[])).await;
    app.eventually("the pin on Discord", async || {
        (sim.pins(app.channel) == [renewed.id]).then_some(())
    })
    .await;
    app.eventually("the pin on Matrix", async || {
        (pinned(&app).await == [json!(theirs), json!(on_matrix.event_id)]).then_some(())
    })
    .await;
    steward.redact(&app.room, &on_matrix.event_id).await;
    app.kill9(0).await;
    app.restart(0).await;
    let renewed =
        app.matrix_card(|card| is_list(&card.body, &[]) && card.event_id != on_matrix.event_id);
    let renewed = renewed.await;
    app.eventually("the new pin on Matrix", async || {
        (pinned(&app).await == [json!(theirs), json!(renewed.event_id)]).then_some(())
    })
    .await;

    // Taken away: the messages say so, and only their pins go.
    let options = [("épinglée", "no")];
    let said = organizer.slash("atelier épingler", &options).await;
    assert!(said.contains("n’est plus tenue"), "{said}");
    app.matrix_organizer.types("!atelier épingler non").await;
    lists(&app, &["n’est plus tenue à jour"]).await;
    app.delivered().await;
    assert!(sim.pins(app.channel).is_empty());
    assert_eq!(pinned(&app).await, [json!(theirs)]);
    assert_eq!(
        app.number("SELECT count(*) FROM card WHERE view = 'list'")
            .await,
        0
    );
    let alone = app.matrix_organizer.in_private().await;
    let refused = alone.says("!atelier épingler").await;
    assert!(refused.contains("salon public"), "{refused}");
    app.finish_after_a_crash().await;
}

#[tokio::test]
async fn without_the_permission_the_list_stands_unpinned_and_the_doctor_says_why() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let mut app = App::start(&sim, synapse, Setting::default()).await;
    sim.overwrite_member(app.channel, sim.bot_user(), 0, perms::PIN_MESSAGES);
    app.discord_organizer.slash("atelier épingler", &[]).await;
    app.matrix_organizer.types("!atelier épingler").await;
    lists(&app, &["Aucun atelier"]).await;
    app.delivered().await;
    assert!(sim.pins(app.channel).is_empty());
    assert!(pinned(&app).await.is_empty());
    for network in ["discord", "matrix"] {
        let words = format!("{network}: the list of workshops cannot be pinned");
        assert!(app.has_logged(&words), "{}", app.logs());
    }
    let (code, said) = app.doctor().await;
    assert_eq!(code, Some(1), "{said}");
    for words in [
        format!(
            "wrong  Discord channel {}: the bot lacks Pin Messages",
            app.channel
        ),
        format!("wrong  Matrix room {}: the bot may not pin", app.room),
    ] {
        assert!(said.contains(&words), "{words:?} is not in {said}");
    }

    // With it, the next start pins what stands.
    sim.overwrite_member(app.channel, sim.bot_user(), 0, 0);
    let bot = app.matrix_bot().to_owned();
    let steward = &app.matrix_organizer.user;
    steward.set_power_level(&app.room, &bot, 50).await;
    app.kill9(0).await;
    app.restart(0).await;
    let (on_discord, on_matrix) = lists(&app, &[]).await;
    app.eventually("both pins", async || {
        let both = sim.pins(app.channel) == [on_discord.id]
            && pinned(&app).await == [json!(on_matrix.event_id)];
        both.then_some(())
    })
    .await;
    let (code, said) = app.doctor().await;
    assert_eq!(code, Some(0), "{said}");
    app.finish_after_a_crash().await;
}
