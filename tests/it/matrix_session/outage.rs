//! Restarts, crashes and outages: nothing said is lost, nothing is run twice, and the device stays the same.

use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;

use cercles::domain::network::Destination;
use cercles::network::matrix::MatrixError;
use cercles::network::{Network, SendError};
use serde_json::Value;

use super::bot::{Bot, FakeInbox, card, comes, config, delivery, eventually};
use crate::support::{matrix::v3, needs, nio::Nio, synapse::Synapse};

#[tokio::test]
async fn a_device_is_made_once_and_its_secrets_are_ours_alone() {
    needs!(synapse);
    let server = Synapse::shared().await;
    let user = server.register("bot").await;
    let folder = tempfile::tempdir().unwrap();
    let inbox = Arc::new(FakeInbox::default());
    let mut config = config(&user, folder.path());
    config.user = user
        .user_id
        .trim_start_matches('@')
        .split(':')
        .next()
        .unwrap()
        .to_owned();
    config.store_passphrase = Some("une phrase".into());
    let recovery = folder.path().join("recovery.key");
    config.recovery_key_file = Some(recovery.clone());
    let bot = Bot::start(&config, &inbox).await;
    let key = eventually("a recovery key", async || {
        std::fs::read_to_string(&recovery)
            .ok()
            .filter(|key| !key.is_empty())
    })
    .await;
    assert!(key.trim().len() > 50);
    // One device, one process.
    let second = Bot::launch(&config, &inbox).await;
    assert!(matches!(second.err(), Some(MatrixError::InUse(_))));
    bot.stop().await;

    let session = folder.path().join("session.json");
    for file in [&session, &recovery] {
        assert_eq!(
            std::fs::metadata(file).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
    // From now on without the password.
    config.password = None;
    let bot = Bot::start(&config, &inbox).await;
    assert_eq!(std::fs::read_to_string(&recovery).unwrap(), key);
    bot.stop().await;
    let devices = user
        .call(reqwest::Method::GET, &v3(&["devices"]), None)
        .await
        .unwrap();
    // The harness's own, and the bot's.
    assert_eq!(devices["devices"].as_array().map(Vec::len), Some(2));

    for wrong in [Some("une autre".into()), None] {
        config.store_passphrase = wrong;
        let refused = Bot::launch(&config, &inbox).await.err();
        assert!(
            matches!(refused, Some(MatrixError::Passphrase(_))),
            "{refused:?}"
        );
    }
    config.store_passphrase = Some("une phrase".into());
    Bot::start(&config, &inbox).await.stop().await;

    let (store, kept) = (folder.path().join("store"), folder.path().join("kept"));
    std::fs::rename(&store, &kept).unwrap();
    let refused = Bot::launch(&config, &inbox).await.err();
    assert!(
        matches!(refused, Some(MatrixError::StoreGone { .. })),
        "{refused:?}"
    );
    // An empty store in its place, as a careless restore leaves it.
    std::fs::create_dir(&store).unwrap();
    std::fs::write(store.join("matrix-sdk-crypto.sqlite3"), b"").unwrap();
    let refused = Bot::launch(&config, &inbox).await.err();
    assert!(
        matches!(refused, Some(MatrixError::StoreGone { .. })),
        "{refused:?}"
    );
    std::fs::remove_dir_all(&store).unwrap();
    std::fs::rename(&kept, &store).unwrap();
    Bot::start(&config, &inbox).await.stop().await;

    config.user = "somebody".to_owned();
    let refused = Bot::launch(&config, &inbox).await.err();
    assert!(
        matches!(refused, Some(MatrixError::OtherAccount { .. })),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_session_that_was_ended_stops_the_bot_and_a_fresh_login_makes_a_new_device() {
    needs!(synapse);
    let server = Synapse::shared().await;
    let (user, ana) = (server.register("bot").await, server.register("ana").await);
    let folder = tempfile::tempdir().unwrap();
    let inbox = Arc::new(FakeInbox::default());
    let mut config = config(&user, folder.path());
    let bot = Bot::start(&config, &inbox).await;
    let room = ana
        .create_room("Cercle", &[&user.user_id], false, false)
        .await;
    comes(&user, &room, &ana).await;
    let session = folder.path().join("session.json");
    let saved: Value = serde_json::from_slice(&std::fs::read(&session).unwrap()).unwrap();
    let mut device = user.clone();
    device.access_token = saved["access_token"].as_str().unwrap().to_owned();
    device
        .call(reqwest::Method::POST, &v3(&["logout"]), None)
        .await
        .unwrap();
    assert!(matches!(bot.ended().await, MatrixError::LoggedOut(_)));

    std::fs::remove_file(&session).unwrap();
    let right = config.password.replace("wrong".into());
    let bot = Bot::launch(&config, &inbox).await.unwrap();
    assert!(matches!(bot.ended().await, MatrixError::Login { .. }));
    config.password = None;
    let refused = Bot::launch(&config, &inbox).await.err();
    assert!(
        matches!(refused, Some(MatrixError::NoPassword)),
        "{refused:?}"
    );
    config.password = right;
    let bot = Bot::start(&config, &inbox).await;
    ana.send_text(&room, "!again").await;
    inbox.wait_for_text("!again").await;
    bot.stop().await;
}

#[tokio::test]
async fn what_was_said_while_the_bot_was_down_is_heard_in_order_and_once() {
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
    ana.send_text(&room, "!first").await;
    inbox.wait_for_text("!first").await;
    bot.stop().await;

    let mut expected = vec!["!first".to_owned()];
    for n in 0..130 {
        let text = format!("!away {n}");
        ana.send_text(&room, &text).await;
        expected.push(text);
    }
    let bot = Bot::start(&config, &inbox).await;
    inbox.wait_for_text("!away 129").await;
    assert_eq!(inbox.texts(), expected);
    bot.stop().await;
}

#[tokio::test]
async fn a_crash_before_the_commit_loses_nothing_and_repeats_nothing() {
    needs!(synapse, nio);
    let server = Synapse::shared().await;
    let (user, ana, bob) = (
        server.register("bot").await,
        server.register("ana").await,
        server.register("bob").await,
    );
    let folder = tempfile::tempdir().unwrap();
    let inbox = Arc::new(FakeInbox::default());
    let config = config(&user, folder.path());
    let mut bot = Bot::start(&config, &inbox).await;
    let plain = bob
        .create_room("Cercle", &[&user.user_id], false, false)
        .await;
    comes(&user, &plain, &bob).await;
    let ana = Nio::log_in(&ana).await;
    let secret = ana
        .create_room("Secret", &[&user.user_id], true, false)
        .await;
    ana.wait_for_member(&secret, &user.user_id).await;

    for n in 0..3 {
        // The first message of an encryption session too: its key comes in the same answer.
        inbox.refuse(true);
        let texts = [format!("!plain {n}"), format!("!secret {n}")];
        bob.send_text(&plain, &texts[0]).await;
        inbox.wait_for_refused(&texts[0]).await;
        bot.crash().await;
        ana.send_text(&secret, &texts[1]).await;
        bot = Bot::launch(&config, &inbox).await.unwrap();
        inbox.wait_for_refused(&texts[1]).await;
        bot.crash().await;
        inbox.refuse(false);
        bot = Bot::start(&config, &inbox).await;
        for text in &texts {
            inbox.wait_for_text(text).await;
        }
    }
    let mut texts = inbox.texts();
    texts.sort();
    assert_eq!(
        texts,
        [
            "!plain 0",
            "!plain 1",
            "!plain 2",
            "!secret 0",
            "!secret 1",
            "!secret 2"
        ]
    );
    assert!(!inbox.note_named("undecryptable").contains('$'));
    bot.stop().await;
}

#[tokio::test]
async fn a_new_database_does_not_run_old_commands() {
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
    ana.send_text(&room, "!old").await;
    inbox.wait_for_text("!old").await;
    bot.stop().await;

    let inbox = Arc::new(FakeInbox::default());
    let bot = Bot::start(&config, &inbox).await;
    ana.send_text(&room, "!new").await;
    inbox.wait_for_text("!new").await;
    assert_eq!(inbox.texts(), ["!new"]);
    bot.stop().await;
}

#[tokio::test]
async fn an_unreachable_homeserver_holds_nothing_up_and_is_found_again() {
    needs!(synapse);
    let mut server = Synapse::start_own().await;
    let (user, ana) = (server.register("bot").await, server.register("ana").await);
    let folder = tempfile::tempdir().unwrap();
    let inbox = Arc::new(FakeInbox::default());
    let config = config(&user, folder.path());
    server.stop().await;
    // The first login has to wait, the start does not.
    let bot = Bot::launch(&config, &inbox).await.unwrap();
    let to = Destination::Room("!x:test.local".to_owned());
    let early = bot.net.create(&delivery(card(), to, "x")).await;
    assert!(matches!(early, Err(SendError::Retry { .. })), "{early:?}");
    server.restart().await;
    bot.connected(true).await;
    let room = ana
        .create_room("Cercle", &[&user.user_id], false, false)
        .await;
    comes(&user, &room, &ana).await;

    server.kill().await;
    bot.connected(false).await;
    let to = Destination::Room(room.clone());
    let down = delivery(card(), to, "Après la panne");
    let error = bot.net.create(&down).await;
    assert!(matches!(error, Err(SendError::Retry { .. })), "{error:?}");
    server.restart().await;
    ana.send_text(&room, "!back").await;
    inbox.wait_for_text("!back").await;
    bot.connected(true).await;
    bot.create(&down).await.unwrap();
    let seen = ana.timeline(&room).await;
    assert_eq!(
        seen.iter()
            .filter(|seen| seen.body == "Après la panne")
            .count(),
        1
    );
    bot.stop().await;
}
