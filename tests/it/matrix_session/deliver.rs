//! What the bot's cards look like, and that each is there once.

use std::sync::Arc;
use std::time::Duration;

use cercles::domain::card::{Message, NativePoll};
use cercles::domain::network::Destination;
use cercles::network::{Network, SendError};
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::json;

use super::bot::{Bot, FakeInbox, card, comes, config, delivery, eventually, now};
use crate::support::{needs, nio::Nio, synapse::Synapse};

#[tokio::test]
async fn a_card_is_there_once_however_often_it_is_sent_and_edits_change_it() {
    needs!(synapse);
    let server = Synapse::shared().await;
    let (user, ana) = (server.register("bot").await, server.register("ana").await);
    let folder = tempfile::tempdir().unwrap();
    let inbox = Arc::new(FakeInbox::default());
    let config = config(&user, folder.path());
    let bot = Bot::start(&config, &inbox).await;
    let room = ana
        .create_room("Cercle", &[&user.user_id], false, false)
        .await;
    comes(&user, &room, &ana).await;

    let mut card = delivery(card(), Destination::Room(room.clone()), "Atelier <b>");
    let reference = bot.create(&card).await.unwrap();
    assert_eq!(bot.create(&card).await.unwrap(), reference);
    bot.stop().await;
    let bot = Bot::start(&config, &inbox).await;
    assert_eq!(bot.create(&card).await.unwrap(), reference);
    // The homeserver would have forgotten by now: the card is found by its own mark.
    card.now = now() + TimeDelta::hours(30);
    card.uncertain_since = Some(now());
    assert_eq!(bot.create(&card).await.unwrap(), reference);

    card.revision = 2;
    card.message.title = Some("Atelier, corrigé".to_owned());
    bot.net.edit(&card, &reference).await.unwrap();
    bot.net.edit(&card, &reference).await.unwrap();
    let seen = eventually("two reactions and an edit", async || {
        let seen = ana.timeline(&room).await;
        (seen.last()?.reactions.len() == 2 && seen.last()?.edits > 0).then_some(seen)
    })
    .await;
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].body, "Atelier, corrigé");
    assert_eq!(seen[0].edits, 1);
    assert_eq!(seen[0].content["m.mentions"], json!({}));
    assert_eq!(
        seen[0]
            .reactions
            .keys()
            .map(String::as_str)
            .collect::<Vec<_>>(),
        ["✅", "❌"]
    );

    // A moderator deletes it: the next edit says so.
    ana.redact(&room, &seen[0].event_id).await;
    card.revision = 3;
    let gone = bot.net.edit(&card, &reference).await;
    assert!(matches!(gone, Err(SendError::Gone { .. })), "{gone:?}");

    ana.kick(&room, &user.user_id, "test").await;
    let refused = eventually("a refusal", async || {
        bot.net
            .create(&delivery(
                super::bot::card(),
                Destination::Room(room.clone()),
                "x",
            ))
            .await
            .err()
    })
    .await;
    assert!(
        matches!(refused, SendError::Permanent { .. }),
        "{refused:?}"
    );
    bot.stop().await;
}

#[tokio::test]
async fn a_poll_is_there_once_ends_once_and_is_counted() {
    needs!(synapse);
    let server = Synapse::shared().await;
    let (user, ana) = (server.register("bot").await, server.register("ana").await);
    let folder = tempfile::tempdir().unwrap();
    let inbox = Arc::new(FakeInbox::default());
    let bot = Bot::start(&config(&user, folder.path()), &inbox).await;
    let room = ana
        .create_room("Cercle", &[&user.user_id], false, false)
        .await;
    comes(&user, &room, &ana).await;
    let mut poll = NativePoll {
        question: "Ça va?".to_owned(),
        answers: vec!["Oui".to_owned(), "Non".to_owned()],
        several: false,
        ends_at: now() + TimeDelta::hours(1),
        ended: None,
    };
    let mut card = delivery(card(), Destination::Room(room.clone()), "");
    card.message = Message {
        native: Some(Box::new(poll.clone())),
        ..Message::default()
    };
    let reference = bot.create(&card).await.unwrap();
    assert_eq!(bot.create(&card).await.unwrap(), reference);
    // The homeserver would have forgotten by now: the poll is found by its own mark.
    card.now = now() + TimeDelta::hours(30);
    card.uncertain_since = Some(now());
    assert_eq!(bot.create(&card).await.unwrap(), reference);
    // Until it has ended there is nothing to edit.
    bot.net.edit(&card, &reference).await.unwrap();

    let (_, event) = reference.0.split_once('/').unwrap();
    ana.vote(&room, event, &["answer-1"]).await;
    ana.vote(&room, event, &["answer-2"]).await;
    poll.ended = Some("Terminé.".to_owned());
    card.message.native = Some(Box::new(poll.clone()));
    for _ in 0..2 {
        bot.net.edit(&card, &reference).await.unwrap();
    }
    let figures = bot.net.figures(&reference, &poll).await.unwrap();
    assert_eq!((figures.votes, figures.exact), (vec![0, 1], true));
    let events = ana.messages(&room, 100).await;
    let count = |kind: &str| events.iter().filter(|event| event["type"] == kind).count();
    for kind in [
        "org.matrix.msc3381.poll.start",
        "org.matrix.msc3381.poll.end",
    ] {
        assert_eq!(count(kind), 1, "{kind}");
    }
    // What a moderator removes has no figures any more.
    ana.redact(&room, event).await;
    let gone = bot.net.figures(&reference, &poll).await;
    assert!(matches!(gone, Err(SendError::Gone { .. })), "{gone:?}");
    bot.stop().await;
}

#[tokio::test]
async fn an_uncertain_card_of_an_earlier_device_is_found_in_an_encrypted_room() {
    needs!(synapse, nio);
    let server = Synapse::shared().await;
    let (user, ana) = (server.register("bot").await, server.register("ana").await);
    let folder = tempfile::tempdir().unwrap();
    let inbox = Arc::new(FakeInbox::default());
    let mut config = config(&user, folder.path());
    config.recovery_key_file = Some(folder.path().join("recovery.key"));
    let bot = Bot::start(&config, &inbox).await;
    let ana = Nio::log_in(&ana).await;
    let room = ana
        .create_room("Secret", &[&user.user_id], true, false)
        .await;
    ana.wait_for_member(&room, &user.user_id).await;
    let mut card = delivery(card(), Destination::Room(room.clone()), "Une fois");
    let reference = bot.create(&card).await.unwrap();
    ana.wait_for_text(&room, "Une fois").await;
    bot.stop().await;

    let bot = Bot::start(&config, &inbox).await;
    card.uncertain_since = Some(card.now - TimeDelta::hours(24));
    assert_eq!(bot.create(&card).await.unwrap(), reference);
    bot.stop().await;
}

#[tokio::test]
async fn a_private_card_makes_one_encrypted_room_and_no_second() {
    needs!(synapse, nio);
    let server = Synapse::shared().await;
    let (user, ana) = (server.register("bot").await, server.register("ana").await);
    let folder = tempfile::tempdir().unwrap();
    let inbox = Arc::new(FakeInbox::default());
    let config = config(&user, folder.path());
    let bot = Bot::start(&config, &inbox).await;
    let ana = Nio::log_in(&ana).await;

    let to = Destination::Direct(ana.user_id.clone());
    let card = delivery(card(), to.clone(), "Pour vous");
    // At once, as delivery may.
    let again = delivery(super::bot::card(), to, "Encore");
    let (first, second) = tokio::join!(bot.net.create(&card), bot.net.create(&again));
    let (first, second) = (first.unwrap().0, second.unwrap().0);
    let room = first.split("/$").next().unwrap().to_owned();
    assert_eq!(second.split("/$").next(), Some(room.as_str()));
    bot.stop().await;
    let bot = Bot::start(&config, &inbox).await;
    assert_eq!(bot.create(&card).await.unwrap().0, first);

    ana.join(&room).await;
    assert_eq!(
        ana.wait_for_text(&room, "Pour vous").await["decrypted"],
        true
    );
    ana.wait_for_member(&room, &user.user_id).await;
    ana.send_text(&room, "merci").await;
    assert!(inbox.wait_for_text("merci").await.private);
    bot.stop().await;
}

#[tokio::test]
async fn an_unasked_card_is_not_pressed_on_somebody_who_left_never_came_or_sent_the_bot_away() {
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
    let to = |somebody: &crate::support::matrix::MatrixUser, unasked: bool| {
        let place = Destination::Direct(somebody.user_id.clone());
        let mut made = delivery(card(), place, "Pour vous");
        made.unasked = unasked;
        made
    };
    let closes = async |delivery: &cercles::network::Delivery| {
        eventually("a closed conversation", async || {
            let refused = bot.create(delivery).await.err();
            matches!(refused, Some(SendError::Closed { .. })).then_some(())
        })
        .await;
    };

    // An invitation is fresh for an hour.
    let first = bot.create(&to(&ana, false)).await.unwrap().0;
    let room = first.split("/$").next().unwrap().to_owned();
    assert!(
        bot.create(&to(&ana, true))
            .await
            .unwrap()
            .0
            .starts_with(&room)
    );
    let mut late = to(&ana, true);
    late.now += TimeDelta::hours(2);
    closes(&late).await;
    ana.join(&room).await;
    eventually("she is there", async || bot.create(&late).await.ok()).await;
    ana.leave(&room).await;
    closes(&to(&ana, true)).await;
    // She asks for something: the same conversation opens again.
    assert!(
        bot.create(&to(&ana, false))
            .await
            .unwrap()
            .0
            .starts_with(&room)
    );
    let again = ana
        .wait_for_invite(|_, _| true, Duration::from_secs(30))
        .await;
    assert_eq!(again, room);

    // Of the usual presets only this one lets him send the other away.
    let room = bob
        .create_room_with(&json!({
            "preset": "private_chat", "is_direct": true, "invite": [user.user_id],
        }))
        .await;
    comes(&user, &room, &bob).await;
    bob.send_text(&room, "bonjour").await;
    inbox.wait_for_text("bonjour").await;
    let there = to(&bob, true);
    assert!(bot.create(&there).await.unwrap().0.starts_with(&room));
    bob.kick(&room, &user.user_id, "").await;
    closes(&to(&bob, true)).await;
    let other = bot.create(&to(&bob, false)).await.unwrap().0;
    assert!(!other.starts_with(&room), "he asked: a new one");
    bot.stop().await;
}

#[tokio::test]
async fn a_rate_limit_is_handed_back_at_once() {
    needs!(synapse);
    let server = Synapse::shared().await;
    let admin = server.register_admin("admin").await;
    let (user, ana) = (server.register("bot").await, server.register("ana").await);
    let folder = tempfile::tempdir().unwrap();
    let inbox = Arc::new(FakeInbox::default());
    let bot = Bot::start(&config(&user, folder.path()), &inbox).await;
    let room = ana
        .create_room("Cercle", &[&user.user_id], false, false)
        .await;
    comes(&user, &room, &ana).await;
    let path = format!(
        "/_synapse/admin/v1/users/{}/override_ratelimit",
        user.user_id
    );
    // One a second.
    let limit = json!({"messages_per_second": 1, "burst_count": 1});
    admin.call(Method::POST, &path, Some(&limit)).await.unwrap();

    // All at once: however slow the machine, they come closer together than the limit allows. A client that waited the
    // limit out itself would have them all arrive, and hand nothing back.
    let sends = (0..20).map(|_| {
        let to = Destination::Thread {
            room: room.clone(),
            root: "$x".to_owned(),
        };
        let delivery = delivery(card(), to, "x");
        let net = &bot.net;
        async move { net.create(&delivery).await.err() }
    });
    let limited = futures::future::join_all(sends)
        .await
        .into_iter()
        .flatten()
        .next();
    let after = match limited {
        Some(SendError::Retry {
            after: Some(after), ..
        }) => after,
        other => panic!("{other:?}"),
    };
    assert!(after > Duration::ZERO, "it says when to come back");
    bot.stop().await;
}
