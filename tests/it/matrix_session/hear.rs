//! What the bot hears, and what it does not.

use std::sync::Arc;

use cercles::command::Deed;
use cercles::domain::network::Destination;
use cercles::domain::standing::Standing;
use cercles::network::Network;
use serde_json::json;

use super::bot::{Bot, FakeInbox, card, comes, config, delivery, eventually};
use crate::support::{needs, nio::Nio, synapse::Synapse};

#[tokio::test]
async fn a_command_is_heard_with_its_room_thread_and_standing_and_chatter_is_not() {
    needs!(synapse);
    let server = Synapse::shared().await;
    let (user, ana, bob) = (
        server.register("bot").await,
        server.register("ana").await,
        server.register("bob").await,
    );
    let folder = tempfile::tempdir().unwrap();
    let inbox = Arc::new(FakeInbox::default());
    let bot = Bot::start(&config(&user, folder.path()), &inbox).await;

    let room = ana
        .create_room("Cercle", &[&user.user_id, &bob.user_id], false, false)
        .await;
    bob.join(&room).await;
    comes(&user, &room, &ana).await;
    let command = ana.send_text(&room, "!atelier liste").await;
    let heard = inbox.wait_for_text("!atelier liste").await;
    assert_eq!(heard.key, command);
    assert_eq!(heard.account.address, ana.user_id);
    assert_eq!((heard.room.as_str(), heard.private), (room.as_str(), false));
    assert_eq!(heard.thread.as_deref(), Some(command.as_str()));
    // Room version 12: she has no number in the power levels.
    assert_eq!(heard.standing, Standing::Level { level: i64::MAX });

    bob.send_text(&room, "bonjour").await;
    let notice = json!({"msgtype": "m.notice", "body": "!notice"});
    bob.send_event(&room, "m.room.message", &notice).await;
    user.send_text(&room, "!own").await;
    let first = bob.send_text(&room, "!one").await;
    bob.edit(&room, &first, "!edited").await;
    bob.reply(&room, &command, "> <@ana> !old\n\n!reply").await;
    bob.send_in_thread(&room, &command, "!thread").await;
    let heard = inbox.wait_for_text("!thread").await;
    assert_eq!(heard.thread.as_deref(), Some(command.as_str()));
    assert_eq!(heard.standing, Standing::Level { level: 0 });
    assert_eq!(
        inbox.texts(),
        ["!atelier liste", "!one", "!reply", "!thread"]
    );

    ana.set_power_level(&room, &bob.user_id, 50).await;
    bob.send_text(&room, "!two").await;
    let heard = inbox.wait_for_text("!two").await;
    assert_eq!(heard.standing, Standing::Level { level: 50 });
    bot.stop().await;
}

#[tokio::test]
async fn an_encrypted_command_is_heard_and_its_answer_is_read_by_another_client() {
    needs!(synapse, nio);
    let server = Synapse::shared().await;
    let (user, ana) = (server.register("bot").await, server.register("ana").await);
    let folder = tempfile::tempdir().unwrap();
    let inbox = Arc::new(FakeInbox::default());
    let bot = Bot::start(&config(&user, folder.path()), &inbox).await;
    let ana = Nio::log_in(&ana).await;

    let room = ana
        .create_room("Secret", &[&user.user_id], true, false)
        .await;
    ana.wait_for_member(&room, &user.user_id).await;
    let command = ana.send_text(&room, "!secret").await;
    assert_eq!(inbox.wait_for_text("!secret").await.key, command);

    let to = Destination::Thread {
        room: room.clone(),
        root: command.clone(),
    };
    let mut answer = delivery(card(), to, "Réponse");
    let reference = bot.create(&answer).await.unwrap();
    let seen = ana.wait_for_text(&room, "Réponse").await;
    assert_eq!(seen["decrypted"], true);
    assert_eq!(seen["content"]["m.relates_to"]["event_id"], command);

    let event = seen["event_id"].as_str().unwrap();
    ana.react(&room, event, "✅").await;
    let heard = inbox
        .wait_for("a reaction", |it| matches!(it.deed, Deed::React { .. }))
        .await;
    let expected = Deed::React {
        message: reference.0.clone(),
        emoji: "✅".to_owned(),
    };
    assert_eq!(heard.deed, expected);

    answer.revision = 2;
    answer.message.title = Some("Corrigée".to_owned());
    bot.net.edit(&answer, &reference).await.unwrap();
    let seen = ana.wait_for_text(&room, "* Corrigée").await;
    assert_eq!(seen["content"]["m.new_content"]["body"], "Corrigée");
    bot.stop().await;
}

#[tokio::test]
async fn in_a_private_conversation_everything_is_for_the_bot_and_power_levels_mean_nothing() {
    needs!(synapse);
    let server = Synapse::shared().await;
    let (user, ana) = (server.register("bot").await, server.register("ana").await);
    let folder = tempfile::tempdir().unwrap();
    let inbox = Arc::new(FakeInbox::default());
    let config = config(&user, folder.path());
    let bot = Bot::start(&config, &inbox).await;

    let room = ana.create_room("", &[&user.user_id], false, true).await;
    comes(&user, &room, &ana).await;
    ana.send_text(&room, "bonjour").await;
    let heard = inbox.wait_for_text("bonjour").await;
    assert_eq!((heard.private, heard.standing), (true, Standing::default()));

    // A card for her goes there, also after a restart.
    let to = Destination::Direct(ana.user_id.clone());
    let reference = bot
        .create(&delivery(card(), to.clone(), "Un"))
        .await
        .unwrap();
    assert!(
        reference.0.starts_with(&room),
        "{reference:?} is not in {room}"
    );
    bot.stop().await;
    let bot = Bot::start(&config, &inbox).await;
    let reference = bot.create(&delivery(card(), to, "Deux")).await.unwrap();
    assert!(
        reference.0.starts_with(&room),
        "{reference:?} is not in {room}"
    );
    bot.stop().await;
}

#[tokio::test]
async fn what_was_said_before_the_bot_came_is_not_run() {
    needs!(synapse);
    let server = Synapse::shared().await;
    let (user, ana) = (server.register("bot").await, server.register("ana").await);
    let folder = tempfile::tempdir().unwrap();
    let inbox = Arc::new(FakeInbox::default());
    let bot = Bot::start(&config(&user, folder.path()), &inbox).await;

    let room = ana.create_room("Ancienne", &[], false, false).await;
    for n in 0..15 {
        ana.send_text(&room, &format!("!before {n}")).await;
    }
    ana.invite(&room, &user.user_id).await;
    comes(&user, &room, &ana).await;
    ana.send_text(&room, "!after").await;
    inbox.wait_for_text("!after").await;
    assert_eq!(inbox.texts(), ["!after"]);
    bot.stop().await;
}

#[tokio::test]
async fn an_invitation_is_accepted_of_those_who_may_and_declined_of_others() {
    needs!(synapse);
    let server = Synapse::shared().await;
    let (user, ana, eve) = (
        server.register("bot").await,
        server.register("ana").await,
        server.register("eve").await,
    );
    let folder = tempfile::tempdir().unwrap();
    let inbox = Arc::new(FakeInbox::default());
    let mut config = config(&user, folder.path());
    config.invites_from = vec![ana.user_id.clone()];
    let bot = Bot::start(&config, &inbox).await;

    let bad = eve
        .create_room("Piège", &[&user.user_id], false, false)
        .await;
    let good = ana
        .create_room("Cercle", &[&user.user_id], false, false)
        .await;
    comes(&user, &good, &ana).await;
    let membership = eventually("a refusal", async || {
        let member = eve.state(&bad, "m.room.member", &user.user_id).await?;
        (member["membership"] != "invite").then_some(member)
    })
    .await;
    assert_eq!(membership["membership"], "leave");
    bot.stop().await;
}

#[tokio::test]
async fn a_room_that_is_upgraded_is_followed_under_its_old_name() {
    needs!(synapse);
    let server = Synapse::shared().await;
    let (user, ana, eve) = (
        server.register("bot").await,
        server.register("ana").await,
        server.register("eve").await,
    );
    let folder = tempfile::tempdir().unwrap();
    let inbox = Arc::new(FakeInbox::default());
    let mut config = config(&user, folder.path());
    config.invites_from = vec![ana.user_id.clone()];
    let bot = Bot::start(&config, &inbox).await;
    let old = ana
        .create_room("Cercle", &[&user.user_id, &eve.user_id], false, false)
        .await;
    eve.join(&old).await;
    comes(&user, &old, &ana).await;
    inbox.uses(&old);
    let to = Destination::Room(old.clone());
    let first = bot
        .create(&delivery(card(), to.clone(), "Un"))
        .await
        .unwrap();

    // A room that only calls itself the successor is nobody's.
    let forged = json!({
        "creation_content": {"predecessor": {"room_id": old, "event_id": "$x"}},
        "preset": "private_chat", "name": "Faux", "invite": [ana.user_id],
    });
    let forged = eve.create_room_with(&forged).await;
    ana.join(&forged).await;
    ana.invite(&forged, &user.user_id).await;
    comes(&user, &forged, &ana).await;
    eve.send_text(&forged, "!forged").await;
    assert_eq!(inbox.wait_for_text("!forged").await.room, forged);

    let path = crate::support::matrix::v3(&["rooms", &old, "upgrade"]);
    let body = json!({"new_version": "12"});
    let answer = ana
        .call(reqwest::Method::POST, &path, Some(&body))
        .await
        .unwrap();
    let new = answer["replacement_room"].as_str().unwrap().to_owned();
    ana.invite(&new, &user.user_id).await;
    comes(&user, &new, &ana).await;
    ana.send_text(&new, "!here").await;
    assert_eq!(inbox.wait_for_text("!here").await.room, old);

    let second = bot
        .create(&delivery(card(), to.clone(), "Deux"))
        .await
        .unwrap();
    assert!(second.0.starts_with(&new), "{second:?} is not in {new}");
    let edit = bot.net.edit(&delivery(card(), to, "Trois"), &first).await;
    assert!(
        matches!(edit, Err(cercles::network::SendError::Gone { .. })),
        "{edit:?}"
    );
    bot.stop().await;
}
