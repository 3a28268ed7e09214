//! The network's promises: a card stands once, is edited in place, and what is private stays private.

use chrono::DateTime;
use uuid::Uuid;

use super::rooms::{Change, Content};
use super::*;
use crate::domain::card::Message;

fn network() -> Arc<PlaygroundNetwork> {
    PlaygroundNetwork::new(Arc::new(ShiftedClock::default()))
}

fn delivery(card: u128, revision: i64, destination: Destination, title: &str) -> Delivery {
    Delivery {
        card: Uuid::from_u128(card),
        revision,
        destination,
        message: Message {
            title: Some(title.to_owned()),
            ..Message::default()
        },
        uncertain_since: None,
        unasked: false,
        now: DateTime::from_timestamp(1_800_000_000, 0).unwrap(),
    }
}

fn room(address: &str) -> Destination {
    Destination::Room(address.to_owned())
}

/// What somebody reads, by title.
fn read_by(network: &PlaygroundNetwork, persona: &str) -> Vec<String> {
    let (entries, _) = network.rooms.watch();
    entries
        .iter()
        .filter(|entry| entry.visible_to(persona))
        .filter_map(|entry| match &entry.content {
            Content::Bot(message) => message.title.clone(),
            _ => None,
        })
        .collect()
}

#[tokio::test]
async fn a_card_that_is_created_twice_stands_once() {
    let network = network();
    let first = network
        .create(&delivery(1, 1, room(BUTTON_ROOM), "one"))
        .await
        .unwrap();
    let again = network
        .create(&delivery(1, 1, room(BUTTON_ROOM), "one"))
        .await
        .unwrap();
    let other = network
        .create(&delivery(2, 1, room(TEXT_ROOM), "two"))
        .await
        .unwrap();
    assert_eq!(first, again);
    assert_ne!(first, other);
    assert_eq!(read_by(&network, "citizen-1"), ["one", "two"]);
}

#[tokio::test]
async fn an_edit_changes_the_message_in_place_and_an_older_one_changes_nothing() {
    let network = network();
    let at = network
        .create(&delivery(1, 1, room(BUTTON_ROOM), "one"))
        .await
        .unwrap();
    let (_, mut changes) = network.rooms.watch();
    network
        .edit(&delivery(1, 3, room(BUTTON_ROOM), "three"), &at)
        .await
        .unwrap();
    network
        .edit(&delivery(1, 2, room(BUTTON_ROOM), "two"), &at)
        .await
        .unwrap();
    assert_eq!(read_by(&network, "citizen-1"), ["three"]);
    let Ok(Change::Entry(entry)) = changes.try_recv() else {
        panic!("the page was not told")
    };
    assert!(entry.edited);
    assert!(
        changes.try_recv().is_err(),
        "nothing changed the second time"
    );
}

#[tokio::test]
async fn a_message_of_an_earlier_run_is_gone() {
    let edit = delivery(1, 1, room(BUTTON_ROOM), "one");
    let answer = network().edit(&edit, &MessageRef("abc-1".to_owned())).await;
    assert!(matches!(answer, Err(SendError::Gone { .. })), "{answer:?}");
}

#[tokio::test]
async fn a_private_message_reaches_its_persona_only() {
    let network = network();
    let to = Destination::Direct("citizen-2".to_owned());
    network
        .create(&delivery(1, 1, to, "only you"))
        .await
        .unwrap();
    assert_eq!(read_by(&network, "citizen-2"), ["only you"]);
    for other in ["citizen-1", "organizer", "steward"] {
        assert!(read_by(&network, other).is_empty(), "{other}");
    }
}

#[tokio::test]
async fn unknown_places_are_refused_for_good() {
    let network = network();
    for place in [room("elsewhere"), Destination::Direct("nobody".to_owned())] {
        let answer = network.create(&delivery(1, 1, place, "one")).await;
        assert!(
            matches!(answer, Err(SendError::Permanent { .. })),
            "{answer:?}"
        );
    }
}

#[test]
fn old_words_go_and_cards_stay() {
    let network = network();
    let card = delivery(1, 1, room(TEXT_ROOM), "the card");
    let placed = Placed {
        card: card.card,
        revision: 1,
        place: place(&card.destination).unwrap(),
        message: card.message,
        at: card.now,
    };
    let id = network.rooms.create(placed, || network.reference());
    for number in 0..1000 {
        let words = Content::Words {
            persona: "citizen-1",
            text: number.to_string(),
        };
        let place = Place {
            room: TEXT_ROOM,
            thread: None,
            only_for: None,
        };
        network
            .rooms
            .say(network.reference(), place, words, card.now);
    }
    let (entries, _) = network.rooms.watch();
    assert!(entries.len() <= 400);
    assert!(network.rooms.seen_by(&id, "citizen-1"));
}

#[test]
fn references_differ_from_one_another() {
    let network = network();
    assert_ne!(network.reference(), network.reference());
}
