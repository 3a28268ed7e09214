//! Commands, buttons, menus, forms and messages.

use std::time::Duration;

use cercles::command::Answer;
use cercles::domain::card::{Action, COMMAND_SIGN, Choice, Control, Field, Form, Message};
use cercles::domain::language::Language;
use cercles::domain::standing::Standing;
use serde_json::json;

use super::{PATIENCE, Stage, deed, say};
use crate::discord_sim::{Fault, Response, RouteMatch, perms};

fn form() -> Form {
    let field = |name: &str, long| Field {
        name: name.to_owned(),
        label: format!("Le {name}"),
        hint: "par exemple".to_owned(),
        value: None,
        required: true,
        long,
    };
    Form {
        language: Language::FrCa,
        invoke: "workshop.create?".to_owned(),
        title: "Nouvel atelier".to_owned(),
        fields: vec![field("title", false), field("when", false)],
        example: format!("{COMMAND_SIGN}atelier créer \"Titre\" demain"),
    }
}

fn menu_card() -> Message {
    let choices = ["eau", "sol"].map(|value| Choice {
        value: value.to_owned(),
        label: value.to_uppercase(),
        chosen: value == "sol",
    });
    Message {
        title: Some("Sondage".to_owned()),
        actions: vec![
            Action {
                control: Control::Menu(choices.to_vec()),
                ..Action::button("vote", &[("poll", "S1")], "Choisir".to_owned())
            },
            Action::button(
                "rsvp",
                &[("workshop", "A1"), ("answer", "yes")],
                "Je viens".to_owned(),
            )
            .with_emoji("✅")
            .primary(),
        ],
        ..Message::default()
    }
}

#[tokio::test]
async fn commands_are_registered_only_when_they_change() {
    let mut stage = Stage::new(|_| Answer::Nothing).await;
    assert_eq!(stage.registrations(), 1);
    stage.restart(|_| ()).await;
    let guild = stage.sim.guild().0;
    stage.restart(|config| config.guilds = vec![guild]).await;
    stage
        .sim
        .wait_until(
            |state| {
                state
                    .requests
                    .iter()
                    .filter(|request| request.method == "PUT")
                    .count()
                    == 3
            },
            PATIENCE,
        )
        .await
        .unwrap();
    let paths: Vec<(bool, usize)> = stage
        .sim
        .requests()
        .iter()
        .filter(|request| request.method == "PUT")
        .map(|request| {
            (
                request.path.contains("/guilds/"),
                request.body.as_array().map_or(0, Vec::len),
            )
        })
        .collect();
    let all = paths[0].1;
    assert!(all > 3);
    assert_eq!(
        paths,
        [(false, all), (true, all), (false, 0)],
        "everywhere, then in the server, then no longer everywhere"
    );
    stage.sim.assert_clean();
}

#[tokio::test]
async fn a_command_is_answered_in_private() {
    let stage = Stage::new(|_| say("Voilà @everyone **gras** <@1> [x](https://mal.example)")).await;
    stage
        .sim
        .grant(stage.user, stage.sim.guild(), perms::MANAGE_EVENTS);
    let options = [
        ("titre", json!("Semences @everyone")),
        ("quand", json!("jeudi 18 h")),
    ];
    let command = stage
        .sim
        .slash(stage.user, stage.room, "atelier créer", &options);
    let Response::Message(shown) = command.response(PATIENCE).await else {
        panic!("no message")
    };
    assert!(shown.ephemeral);
    assert_eq!(
        shown.content,
        "Voilà @\u{200B}everyone \\*\\*gras\\*\\* \\<@1> \\[x\\](https://mal.example)"
    );
    assert!(shown.mentions.is_empty());
    let inbound = stage.host.seen().remove(0);
    assert_eq!(
        deed(&inbound),
        r#"workshop.create [("title", "Semences @everyone"), ("when", "jeudi 18 h")]"#
    );
    let Standing::Permissions { permissions } = inbound.standing else {
        panic!("{:?}", inbound.standing)
    };
    assert_ne!(permissions & perms::MANAGE_EVENTS, 0, "as Discord says");
    assert_eq!(
        (inbound.language, inbound.private),
        (Some(Language::FrCa), false)
    );
    assert_eq!(
        (inbound.room, inbound.account.address),
        (stage.room.to_string(), stage.user.to_string())
    );
    assert_eq!(inbound.key, command.id.to_string());
    stage.sim.assert_clean();
}

#[tokio::test]
async fn a_slow_desk_is_waited_for_after_a_first_answer() {
    let stage = Stage::new(|_| say("Enfin")).await;
    stage.host.slow(Duration::from_secs(4));
    let command = stage.sim.slash(stage.user, stage.room, "aide", &[]);
    assert_eq!(
        command.response(PATIENCE).await,
        Response::DeferredMessage { ephemeral: true }
    );
    let shown = command.final_message(PATIENCE).await;
    assert_eq!((shown.content.as_str(), shown.ephemeral), ("Enfin", true));
    assert!(!command.was_late());
    stage.sim.assert_clean();
}

#[tokio::test]
async fn a_form_after_a_first_answer_is_spelled_out() {
    let stage = Stage::new(|_| Answer::Ask(form())).await;
    stage.host.slow(Duration::from_secs(2));
    let command = stage
        .sim
        .slash(stage.user, stage.room, "atelier créer", &[]);
    assert_eq!(
        command.response(PATIENCE).await,
        Response::DeferredMessage { ephemeral: true }
    );
    let shown = command.final_message(PATIENCE).await;
    assert!(shown.text().contains("/atelier créer"), "{}", shown.text());
    stage.sim.assert_clean();
}

#[tokio::test]
async fn what_is_missing_is_asked_for_by_a_form() {
    let stage = Stage::new(|inbound| {
        if deed(inbound).starts_with("workshop.create []") {
            Answer::Ask(form())
        } else {
            say("Créé")
        }
    })
    .await;
    let command = stage
        .sim
        .slash(stage.user, stage.room, "atelier créer", &[]);
    let modal = command.modal(PATIENCE).await;
    assert_eq!(
        (modal.title.as_str(), modal.fields.len()),
        ("Nouvel atelier", 2)
    );
    let sent = stage.sim.submit_modal(
        stage.user,
        &modal,
        &[("title", "Semences"), ("when", "demain")],
    );
    let shown = sent.final_message(PATIENCE).await;
    assert_eq!((shown.content.as_str(), shown.ephemeral), ("Créé", true));
    assert_eq!(
        deed(&stage.host.seen()[1]),
        r#"workshop.create? [("title", "Semences"), ("when", "demain")]"#
    );
    stage.sim.assert_clean();
}

#[tokio::test]
async fn buttons_and_menus_come_back_as_presses() {
    let stage = Stage::new(|inbound| match deed(inbound).as_str() {
        "help []" => Answer::Say(menu_card()),
        "vote?poll=S1 [(\"choice\", \"eau\")]" => say("Voté"),
        "rsvp?workshop=A1&answer=yes []" => Answer::Nothing,
        other => panic!("{other}"),
    })
    .await;
    let card = stage
        .sim
        .slash(stage.user, stage.room, "aide", &[])
        .final_message(PATIENCE)
        .await;
    assert!(card.ephemeral);
    let chosen = stage
        .sim
        .select(stage.user, card.id, "vote?poll=S1", &["eau"]);
    assert_eq!(chosen.final_message(PATIENCE).await.content, "Voté");
    let pressed = stage
        .sim
        .click(stage.user, card.id, &card.button("Je viens").unwrap());
    assert_eq!(pressed.response(PATIENCE).await, Response::DeferredUpdate);
    stage.sim.assert_clean();
}

#[tokio::test]
async fn a_private_message_and_a_mention_are_answered_where_they_are() {
    let stage = Stage::new(|inbound| say(&format!("Lu : {}", deed(inbound)))).await;
    stage.sim.dm_as(stage.user, "bonjour");
    let own = stage.sim.bot_user();
    let private = stage.sim.private_channel(stage.user).0;
    let answered = |channel: u64, words: &'static str| {
        move |state: &crate::discord_sim::State| {
            state
                .history(channel)
                .any(|message| message.author == own.0 && message.content == words)
        }
    };
    stage
        .sim
        .wait_until(answered(private, "Lu : bonjour"), PATIENCE)
        .await
        .unwrap();
    stage
        .sim
        .post_as(stage.user, stage.room, "rien pour le robot");
    stage
        .sim
        .post_as(stage.user, stage.room, &format!("<@{own}> aide"));
    stage
        .sim
        .wait_until(answered(stage.room.0, "Lu : !aide"), PATIENCE)
        .await
        .unwrap();
    assert_eq!(stage.host.seen().len(), 2);
    stage.sim.assert_clean();
}

#[tokio::test]
async fn a_lost_confirmation_of_an_answer_does_no_harm() {
    let stage = Stage::new(|_| say("Une fois")).await;
    stage
        .sim
        .fault(RouteMatch::callback(), Fault::ProcessThenAbort, 1);
    let command = stage.sim.slash(stage.user, stage.room, "aide", &[]);
    assert_eq!(command.final_message(PATIENCE).await.content, "Une fois");
    stage
        .sim
        .fault(RouteMatch::callback(), Fault::AbortBefore, 1);
    let command = stage.sim.slash(stage.user, stage.room, "aide", &[]);
    assert_eq!(command.final_message(PATIENCE).await.content, "Une fois");
}

#[tokio::test]
async fn what_happens_during_a_restart_is_not_lost() {
    let mut stage = Stage::new(|_| say("Ok")).await;
    stage.stop().await;
    stage.sim.slash(stage.user, stage.room, "aide", &[]);
    stage.start(|_| ()).await;
    stage.handled("help").await;
    assert_eq!((stage.sim.identifies(), stage.sim.resumes()), (1, 1));
}
