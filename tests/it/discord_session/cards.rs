//! Cards: once, whatever happens to the answer; and edits.

use std::time::Duration;

use cercles::command::Answer;
use cercles::domain::card::{Action, Block, Message, NativePoll};
use cercles::domain::clock::{Clock as _, SystemClock};
use cercles::domain::network::Destination;
use cercles::network::{Delivery, MessageRef, Network as _, SendError};
use uuid::Uuid;

use super::Stage;
use crate::discord_sim::{ChannelId, Fault, MessageId, RouteMatch, SimOptions};

fn delivery(room: ChannelId, card: u128, title: &str) -> Delivery {
    Delivery {
        card: Uuid::from_u128(card),
        revision: 1,
        destination: Destination::Room(room.to_string()),
        message: Message {
            title: Some(title.to_owned()),
            body: vec![Block::Text("@everyone venez".to_owned())],
            actions: vec![Action::button(
                "rsvp",
                &[("workshop", "A1")],
                "Je viens".to_owned(),
            )],
            footer: Some("A1".to_owned()),
            ..Message::default()
        },
        uncertain_since: None,
        unasked: false,
        now: SystemClock.now(),
    }
}

fn message_id(reference: &MessageRef) -> MessageId {
    MessageId(reference.0.split_once('/').unwrap().1.parse().unwrap())
}

async fn stage() -> Stage {
    Stage::new(|_| Answer::Nothing).await
}

#[tokio::test]
async fn the_same_card_twice_is_one_message() {
    let stage = stage().await;
    let card = delivery(stage.room, 1, "Atelier");
    let first = stage.network.create(&card).await.unwrap();
    assert_eq!(stage.network.create(&card).await.unwrap(), first);
    assert_ne!(
        stage
            .network
            .create(&delivery(stage.room, 2, "Autre"))
            .await
            .unwrap(),
        first
    );
    assert_eq!(stage.sim.messages(stage.room).len(), 2);
    stage.sim.assert_clean();
}

#[tokio::test]
async fn a_lost_answer_makes_no_second_message() {
    let stage = stage().await;
    stage
        .sim
        .fault(RouteMatch::create_message(), Fault::ProcessThenAbort, 1);
    let card = delivery(stage.room, 1, "Atelier");
    assert!(matches!(
        stage.network.create(&card).await,
        Err(SendError::Retry { .. })
    ));
    let found = stage.network.create(&card).await.unwrap();
    assert_eq!(stage.sim.creations(stage.room), 1);
    assert_eq!(stage.sim.messages(stage.room)[0].id, message_id(&found));
    stage.sim.assert_clean();
}

#[tokio::test]
async fn an_old_uncertain_send_is_looked_for_in_the_room() {
    let options = SimOptions {
        nonce_window: Duration::from_millis(1),
        ..SimOptions::default()
    };
    let stage = Stage::with(options, |_| Answer::Nothing).await;
    stage
        .sim
        .fault(RouteMatch::create_message(), Fault::ProcessThenAbort, 1);
    let mut card = delivery(stage.room, 1, "Atelier");
    let since = card.now;
    assert!(matches!(
        stage.network.create(&card).await,
        Err(SendError::Retry { .. })
    ));
    stage.sim.post_as(stage.user, stage.room, "entre-temps");
    stage
        .network
        .create(&delivery(stage.room, 2, "Autre"))
        .await
        .unwrap();
    card.uncertain_since = Some(since);
    card.now = since + chrono::Duration::minutes(10);
    card.message.body = vec![Block::Text("révisé".to_owned())];
    let found = stage.network.create(&card).await.unwrap();
    assert_eq!(
        stage.sim.creations(stage.room),
        3,
        "the lost one, the person's, the other card"
    );
    let shown = stage.sim.message(message_id(&found)).unwrap();
    assert!(
        shown.text().contains("Atelier") && shown.text().contains("révisé"),
        "{}",
        shown.text()
    );
    stage.sim.assert_clean();
}

#[tokio::test]
async fn a_poll_whose_answer_was_lost_is_found_ended_and_counted() {
    let options = SimOptions {
        nonce_window: Duration::from_millis(1),
        ..SimOptions::default()
    };
    let stage = Stage::with(options, |_| Answer::Nothing).await;
    let asking = |card: u128, question: &str| {
        let mut delivery = delivery(stage.room, card, "");
        delivery.message = Message {
            native: Some(Box::new(NativePoll {
                question: question.to_owned(),
                answers: vec!["Oui".to_owned(), "Non".to_owned()],
                several: false,
                ends_at: delivery.now + chrono::Duration::hours(24),
                ended: None,
            })),
            ..Message::default()
        };
        delivery
    };
    stage
        .sim
        .fault(RouteMatch::create_message(), Fault::ProcessThenAbort, 1);
    let mut card = asking(1, "Ça va?");
    assert!(matches!(
        stage.network.create(&card).await,
        Err(SendError::Retry { .. })
    ));
    stage.network.create(&asking(2, "Et là?")).await.unwrap();
    card.uncertain_since = Some(card.now);
    card.now += chrono::Duration::minutes(10);
    let found = stage.network.create(&card).await.unwrap();
    assert_eq!(
        stage.sim.creations(stage.room),
        2,
        "the lost one, the other"
    );
    let shown = stage.sim.message(message_id(&found)).unwrap();
    assert_eq!(shown.poll.unwrap().0, "Ça va?");

    stage.network.edit(&card, &found).await.unwrap();
    stage.sim.vote_as(stage.user, message_id(&found), &[2]);
    let poll = card.message.native.as_mut().unwrap();
    poll.ended = Some("Terminé.".to_owned());
    let poll = poll.clone();
    // The second time Discord says that it has ended, which is what is wanted.
    for _ in 0..2 {
        stage.network.edit(&card, &found).await.unwrap();
    }
    let figures = stage.network.figures(&found, &poll).await.unwrap();
    assert_eq!((figures.votes, figures.exact), (vec![0, 1], true));
    stage.sim.delete_message(message_id(&found));
    let gone = stage.network.figures(&found, &poll).await;
    assert!(matches!(gone, Err(SendError::Gone { .. })), "{gone:?}");
    stage.sim.assert_clean();
}

#[tokio::test]
async fn an_edit_replaces_everything_and_tells_when_the_message_is_gone() {
    let stage = stage().await;
    let mut card = delivery(stage.room, 1, "Atelier");
    let reference = stage.network.create(&card).await.unwrap();
    card.message = Message {
        body: vec![Block::Text("Annulé.".to_owned())],
        ..Message::default()
    };
    stage.network.edit(&card, &reference).await.unwrap();
    let shown = stage.sim.message(message_id(&reference)).unwrap();
    assert_eq!(
        (shown.text().as_str(), shown.components.len()),
        ("Annulé.", 0)
    );
    stage.sim.delete_message(message_id(&reference));
    assert!(matches!(
        stage.network.edit(&card, &reference).await,
        Err(SendError::Gone { .. })
    ));
    let again = stage.network.create(&card).await.unwrap();
    assert_ne!(again, reference);
    assert_eq!(
        stage.network.create(&card).await.unwrap(),
        again,
        "also the new one is made once"
    );
    assert_eq!(stage.sim.messages(stage.room).len(), 1);
    stage.sim.assert_clean();
}

#[tokio::test]
async fn failures_tell_what_can_be_done() {
    let stage = stage().await;
    let limit = Fault::RateLimit {
        retry_after: Duration::from_secs(30),
    };
    stage.sim.fault(RouteMatch::create_message(), limit, 1);
    let started = std::time::Instant::now();
    let limited = stage.network.create(&delivery(stage.room, 1, "Un")).await;
    let Err(SendError::Retry {
        after: Some(after), ..
    }) = limited
    else {
        panic!("{limited:?}")
    };
    assert!(
        after > Duration::from_secs(25) && started.elapsed() < Duration::from_secs(5),
        "{after:?}"
    );
    let before = stage.sim.requests().len();
    assert!(matches!(
        stage.network.create(&delivery(stage.room, 1, "Un")).await,
        Err(SendError::Retry { after: Some(_), .. })
    ));
    assert_eq!(
        stage.sim.requests().len(),
        before,
        "the limit is obeyed without asking again"
    );

    let other = stage.sim.channel("annonces");
    stage
        .sim
        .fault(RouteMatch::create_message(), Fault::Status(502), 1);
    let failed = stage.network.create(&delivery(other, 2, "Deux")).await;
    assert!(
        matches!(failed, Err(SendError::Retry { after: None, .. })),
        "{failed:?}"
    );
    stage
        .network
        .create(&delivery(other, 2, "Deux"))
        .await
        .unwrap();
    stage.sim.take_violations();

    let everyone = crate::discord_sim::RoleId(stage.sim.guild().0);
    let closed = stage.sim.channel("organisation");
    stage.sim.overwrite_role(
        closed,
        everyone,
        0,
        crate::discord_sim::perms::SEND_MESSAGES,
    );
    stage.sim.overwrite_member(
        closed,
        stage.sim.bot_user(),
        0,
        crate::discord_sim::perms::SEND_MESSAGES,
    );
    let refused = stage.network.create(&delivery(closed, 3, "Trois")).await;
    assert!(
        matches!(refused, Err(SendError::Permanent { .. })),
        "{refused:?}"
    );
    let nowhere = stage
        .network
        .create(&delivery(ChannelId(12_345), 4, "Quatre"))
        .await;
    assert!(
        matches!(nowhere, Err(SendError::Permanent { .. })),
        "{nowhere:?}"
    );
}

#[tokio::test]
async fn short_rate_limits_are_waited_for() {
    let stage = stage().await;
    stage.sim.fault(
        RouteMatch::create_message(),
        Fault::RateLimit {
            retry_after: Duration::from_millis(1_200),
        },
        1,
    );
    stage
        .network
        .create(&delivery(stage.room, 1, "Un"))
        .await
        .unwrap();
    assert_eq!(stage.sim.messages(stage.room).len(), 1);
}

#[tokio::test]
async fn whoever_refuses_private_messages_is_closed() {
    let stage = stage().await;
    stage.sim.refuse_dms(stage.user, true);
    let mut card = delivery(stage.room, 1, "Pour vous");
    card.destination = Destination::Direct(stage.user.to_string());
    let refused = stage.network.create(&card).await;
    assert!(
        matches!(refused, Err(SendError::Closed { .. })),
        "{refused:?}"
    );
    stage.sim.refuse_dms(stage.user, false);
    stage.network.create(&card).await.unwrap();
}

#[tokio::test]
async fn a_card_reaches_a_person_and_a_thread_of_a_message() {
    let stage = stage().await;
    let mut card = delivery(stage.room, 1, "Pour vous");
    card.destination = Destination::Direct(stage.user.to_string());
    stage.network.create(&card).await.unwrap();
    let mut second = delivery(stage.room, 2, "Encore");
    second.destination = card.destination.clone();
    stage.network.create(&second).await.unwrap();
    assert_eq!(
        stage
            .sim
            .messages(stage.sim.private_channel(stage.user))
            .len(),
        2
    );
    let asked = stage
        .sim
        .requests()
        .iter()
        .filter(|request| request.path.ends_with("/users/@me/channels"))
        .count();
    assert_eq!(asked, 1, "the private channel is remembered");

    let root = stage.sim.post_as(stage.user, stage.room, "question");
    let mut reply = delivery(stage.room, 3, "Réponse");
    reply.destination = Destination::Thread {
        room: stage.room.to_string(),
        root: root.to_string(),
    };
    stage.network.create(&reply).await.unwrap();
    let sent = stage.sim.requests().pop().unwrap();
    assert_eq!(
        sent.body["message_reference"]["message_id"],
        root.to_string()
    );
    stage.sim.assert_clean();
}
