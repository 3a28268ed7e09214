//! Checks of the harness itself: what it promises must hold before what it shows can be believed.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::{
    chromium::Chromium, lifeline::Lifeline, matrix::reading::seen, needs, nio::Nio,
    postgres::Postgres, synapse::Synapse,
};

const SOON: Duration = Duration::from_mins(1);

#[tokio::test]
async fn a_lifeline_ends_with_its_servers_status_and_passes_signals_on() {
    let dir = tempfile::tempdir().unwrap();
    let log = dir.path().join("log");
    let shell = |script: &str| vec!["bash".into(), "-c".into(), script.into()];

    let mut ends = Lifeline::spawn("it", &shell("echo hello; exit 7"), &[], &log, None);
    let status = loop {
        if let Some(status) = ends.ended() {
            break status;
        }
        tokio::task::yield_now().await;
    };
    assert_eq!(status.code(), Some(7));
    assert_eq!(std::fs::read_to_string(&log).unwrap(), "hello\n");

    let polite = shell("trap 'echo bye; exit 0' TERM; echo up; while :; do sleep 0.05; done");
    let polite = Lifeline::spawn("it", &polite, &[], &log, None);
    while !std::fs::read_to_string(&log).unwrap().contains("up") {
        tokio::task::yield_now().await;
    }
    polite.stop("TERM", SOON).await;
    assert_eq!(std::fs::read_to_string(&log).unwrap(), "hello\nup\nbye\n");
}

#[tokio::test]
async fn dropping_a_lifeline_kills_the_whole_tree_and_removes_its_directory() {
    let parent = tempfile::tempdir().unwrap();
    let dir = parent.path().join("server");
    std::fs::create_dir(&dir).unwrap();
    let log = dir.join("log");
    // The grandchild leaves the process group, as PostgreSQL's backends do.
    let script = "setsid sleep 1000 & echo $! $$; wait";
    let command = ["bash", "-c", script].map(Into::into);
    let server = Lifeline::spawn("it", &command, &[], &log, Some(&dir));
    let pids = loop {
        let text = std::fs::read_to_string(&log).unwrap();
        if text.ends_with('\n') {
            break text;
        }
        tokio::task::yield_now().await;
    };
    drop(server);
    for pid in pids.split_whitespace() {
        // A signal is sent, not obeyed, when `kill` returns; and nobody waits for a grandchild.
        let start = Instant::now();
        loop {
            let state = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
            if state.is_empty() || state.contains(") Z ") {
                break;
            }
            assert!(start.elapsed() < SOON, "{pid} still runs: {state}");
            tokio::task::yield_now().await;
        }
    }
    assert!(!dir.exists());
}

#[tokio::test]
async fn two_people_talk_on_the_shared_synapse() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let (alice, bob) = (
        synapse.register("alice").await,
        synapse.register("bob").await,
    );
    let room = alice
        .create_room("a room", &[&bob.user_id], false, false)
        .await;
    let invited = bob.wait_for_invite(|id, _| id == room, SOON).await;
    bob.join(&invited).await;
    assert_eq!(alice.joined(&room).await.len(), 2);

    let question = alice.send_text(&room, "who comes?").await;
    let heard = bob
        .wait_for(&room, |event| event["event_id"] == question, SOON)
        .await;
    assert_eq!(heard["content"]["body"], "who comes?");

    // A waiting sync gets what is sent while it waits, and not what came before.
    let (answer, _) = tokio::join!(
        alice.wait_for_after(
            &room,
            &question,
            |event| event["type"] == "m.room.message",
            SOON
        ),
        bob.send_text(&room, "I do"),
    );
    assert_eq!(answer["content"]["body"], "I do");
    let answer = answer["event_id"].as_str().unwrap();

    let thread = alice
        .send_in_thread(&room, &question, "and with whom?")
        .await;
    bob.edit(&room, answer, "I do not").await;
    // Only the author may edit.
    alice.edit(&room, answer, "forged").await;
    bob.react(&room, &question, "✅").await;
    let mistake = alice.react(&room, &question, "❌").await;
    alice.redact(&room, &mistake).await;
    let gone = alice.send_text(&room, "not for everyone").await;
    alice.redact(&room, &gone).await;

    let timeline = bob.timeline(&room).await;
    assert_eq!(timeline.len(), 3, "{timeline:#?}");
    assert_eq!(timeline[0].event_id, question);
    assert_eq!(timeline[0].reactions.len(), 1);
    assert!(timeline[0].reactions["✅"].contains(&bob.user_id));
    assert_eq!(
        (timeline[1].body.as_str(), timeline[1].edits),
        ("I do not", 1)
    );
    assert_eq!(timeline[2].event_id, thread);
    assert_eq!(timeline[2].thread_root.as_deref(), Some(question.as_str()));

    alice.kick(&room, &bob.user_id, "test").await;
    let content = json!({"msgtype": "m.text", "body": "again"});
    let refusal = bob
        .try_send_event(&room, "m.room.message", &content)
        .await
        .unwrap_err();
    assert_eq!(
        (refusal.status, refusal.errcode.as_str()),
        (403, "M_FORBIDDEN")
    );
}

#[tokio::test]
async fn a_first_sync_is_never_answered_from_the_servers_cache() {
    needs!(synapse);
    let alice = Synapse::shared().await.register("alice").await;
    let room = alice.create_room("alone", &[], false, false).await;
    for number in 0..3 {
        let sent = alice.send_text(&room, &format!("message {number}")).await;
        let started = std::time::Instant::now();
        alice
            .wait_for(&room, |event| event["event_id"] == sent, SOON)
            .await;
        assert!(
            started.elapsed() < Duration::from_secs(8),
            "it waited for a long poll"
        );
    }
}

#[tokio::test]
async fn a_room_longer_than_a_page_is_read_whole_and_in_order() {
    needs!(synapse);
    let alice = Synapse::shared().await.register("alice").await;
    let room = alice.create_room("busy", &[], false, false).await;
    let first = alice.send_text(&room, "first").await;
    for number in 0..110 {
        alice.send_text(&room, &number.to_string()).await;
    }
    let messages = alice.messages(&room, 105).await;
    assert_eq!(messages.len(), 105);
    assert_eq!(messages[0]["content"]["body"], "109");
    assert_eq!(messages[104]["content"]["body"], "5");
    let bodies: Vec<String> = alice
        .timeline(&room)
        .await
        .into_iter()
        .map(|message| message.body)
        .collect();
    assert_eq!(bodies.len(), 111);
    assert_eq!(bodies[0], "first");
    assert!(seen(&[]).is_empty());
    let after = alice
        .wait_for_after(&room, &first, |e| e["content"]["body"] == "109", SOON)
        .await;
    assert_eq!(after["sender"], alice.user_id.as_str());
}

#[tokio::test]
async fn a_synapse_of_ones_own_survives_a_stop_and_a_kill() {
    needs!(synapse);
    let mut synapse = Synapse::start_own().await;
    let alice = synapse.register("alice").await;
    let room = alice.create_room("durable", &[], false, false).await;
    let before = alice.send_text(&room, "before").await;

    synapse.stop().await;
    let content = json!({"msgtype": "m.text", "body": "during"});
    let refusal = alice
        .try_send_event(&room, "m.room.message", &content)
        .await
        .unwrap_err();
    assert_eq!(refusal.status, 0);
    // A wait goes through the outage.
    let ((), found) = tokio::join!(
        synapse.restart(),
        alice.wait_for(&room, |event| event["event_id"] == before, SOON),
    );
    assert_eq!(found["content"]["body"], "before");

    synapse.kill().await;
    synapse.restart().await;
    let after = alice.send_text(&room, "after").await;
    let ids: Vec<String> = alice
        .timeline(&room)
        .await
        .into_iter()
        .map(|message| message.event_id)
        .collect();
    assert_eq!(ids, [before, after]);
}

#[tokio::test]
async fn postgres_gives_each_test_a_database_and_survives_a_kill() {
    needs!(postgres);
    let shared = Postgres::shared().await;
    let (one, two) = (shared.database().await, shared.database().await);
    assert_ne!(one, two);

    let mut own = Postgres::start_own().await;
    let before = own.database().await;
    own.stop().await;
    assert!(
        tokio::net::TcpStream::connect(("127.0.0.1", own.port()))
            .await
            .is_err()
    );
    own.restart().await;
    own.kill().await;
    own.restart().await;
    let after = own.database().await;
    assert_ne!(before, after);
    tokio::net::TcpStream::connect(("127.0.0.1", own.port()))
        .await
        .unwrap();
}

#[tokio::test]
async fn chromium_clicks_types_and_takes_a_picture() {
    needs!(chromium);
    let chromium = Chromium::launch().await;
    let page = chromium
        .open(
            "data:text/html;charset=utf-8,<title>t</title><p id=p>avant</p>\
             <input id=i><button id=b disabled onclick=\"p.textContent = 'cliqué ' + i.value + \
             ' ' + event.isTrusted\">Ici</button>\
             <script>i.oninput = () => setTimeout(() => b.disabled = false, 300)</script>",
        )
        .await;
    assert_eq!(page.text("#p").await, "avant");
    page.type_text("#i", "été 🎉").await;
    page.click("#b").await;
    page.wait_for("document.querySelector('#p').textContent.startsWith('cliqué')")
        .await;
    assert_eq!(page.text("#p").await, "cliqué été 🎉 true");
    assert_eq!(page.eval("1 + 1").await, 2);
    page.viewport(390, 844).await;
    assert_eq!(page.eval("innerWidth").await, 390);
    let dir = tempfile::tempdir().unwrap();
    let picture = dir.path().join("pictures/page.png");
    page.screenshot(&picture).await;
    let png = std::fs::read(&picture).unwrap();
    assert_eq!(png[..8], *b"\x89PNG\r\n\x1a\n");
    // Width and height of the PNG's header.
    assert_eq!(png[16..24], [0, 0, 1, 134, 0, 0, 3, 76]);
    page.screenshot_whole(dir.path().join("whole.png")).await;

    // A wait goes on when the page under it is replaced by another.
    let (_, found) = tokio::join!(
        page.eval("setTimeout(() => { location.href = 'about:blank' }, 300)"),
        page.wait_for("location.href === 'about:blank' && 'there'"),
    );
    assert_eq!(found, "there");
}

#[tokio::test]
async fn two_nio_clients_exchange_encrypted_messages() {
    needs!(synapse, nio);
    let synapse = Synapse::shared().await;
    let (alice, bob) = (
        synapse.register("alice").await,
        synapse.register("bob").await,
    );
    let (alice_nio, bob_nio) = tokio::join!(Nio::log_in(&alice), Nio::log_in(&bob));
    let room = alice_nio
        .create_room("secret", &[&bob.user_id], true, false)
        .await;
    bob_nio
        .wait_for(
            |event| event["event"] == "invite" && event["room"] == room,
            SOON,
        )
        .await;
    bob_nio.join(&room).await;
    alice_nio.wait_for_member(&room, &bob.user_id).await;
    assert!(bob_nio.sees_encrypted(&room).await);

    let id = alice_nio.send_text(&room, "entre nous").await;
    let heard = bob_nio.wait_for_text(&room, "entre nous").await;
    assert_eq!(heard["event_id"], id.as_str());
    assert_eq!(heard["decrypted"], true);
    bob_nio.send_text(&room, "oui").await;
    alice_nio.wait_for_text(&room, "oui").await;

    // The server, asked without keys, shows no word of it.
    let stored = alice.messages(&room, 20).await;
    let sealed = stored
        .iter()
        .find(|event| event["event_id"] == id.as_str())
        .unwrap();
    assert_eq!(sealed["type"], "m.room.encrypted");
    assert!(stored.iter().all(|event| event["type"] != "m.room.message"));
}
