//! The contents of the events that we send, and the names that make a repeated send harmless.
//!
//! Pure. A homeserver answers a transaction id that it has seen from the same device in the same room with the
//! first event, whatever the type of the second; so ids here are unique over all kinds of sends.
//! It forgets them after a day: [`CARD`] in the content lets us find our message again after that.

use serde_json::{Value, json};
use uuid::Uuid;

use super::render::{clean, render};
use crate::chart::Png;
use crate::domain::card::{Message, TextFile};

/// The content's field that carries the card's id.
pub(super) const CARD: &str = "ca.cercles.card";

/// The same in the event of a card's picture.
pub(super) const PICTURE: &str = "ca.cercles.picture";

/// The same in the event of a card's file.
pub(super) const FILE: &str = "ca.cercles.file";

/// What the texts of one event may take in bytes. An event may have 65,536 bytes
/// (<https://spec.matrix.org/v1.13/client-server-api/#size-limits>) and grows by a third when it is encrypted.
const LIMIT: usize = 40_000;

/// The transaction id of a card's first message.
pub(super) fn create_id(card: Uuid) -> String {
    format!("cercles-{card}-create")
}

/// The transaction id of the card's edit to `revision`.
pub(super) fn edit_id(card: Uuid, revision: i64) -> String {
    format!("cercles-{card}-edit-{revision}")
}

/// The transaction id of the end of the poll that a card shows.
pub(super) fn end_id(card: Uuid) -> String {
    format!("cercles-{card}-end")
}

/// The transaction id of the reaction that we put under a card for its `n`th action.
pub(super) fn react_id(card: Uuid, n: usize) -> String {
    format!("cercles-{card}-react-{n}")
}

/// The transaction id of the card's picture.
pub(super) fn picture_id(card: Uuid) -> String {
    format!("cercles-{card}-picture")
}

/// The transaction id of the card's file, or of the `part`th part of it (from 1) where it goes as text.
pub(super) fn file_id(card: Uuid, part: usize) -> String {
    format!("cercles-{card}-file-{part}")
}

/// The content of a card's first message, in the thread of `root` if there is one.
pub(super) fn create(card: Uuid, message: &Message, root: Option<&str>) -> Value {
    in_thread(root, notice(card, message, LIMIT))
}

/// The content of a card's picture, in the thread of `root` if there is one. `source` is what an upload gave: `url`, or
/// `file` in an encrypted room.
pub(super) fn picture(
    card: Uuid,
    alt: &str,
    png: &Png,
    source: Value,
    root: Option<&str>,
) -> Value {
    let mut content = json!({
        "msgtype": "m.image",
        "body": clean(alt),
        "info": {"mimetype": "image/png", "size": png.bytes.len(), "w": png.width, "h": png.height},
        "m.mentions": {},
        PICTURE: card,
    });
    if let (Some(fields), Value::Object(source)) = (content.as_object_mut(), source) {
        fields.extend(source);
    }
    in_thread(root, content)
}

/// The content of a card's file, in the thread of `root` if there is one; `source` as for a [`picture`].
pub(super) fn file(card: Uuid, file: &TextFile, source: Value, root: Option<&str>) -> Value {
    let mut content = json!({
        "msgtype": "m.file",
        "body": file.name,
        "filename": file.name,
        "info": {"mimetype": file.media_type(), "size": file.content.len()},
        "m.mentions": {},
        FILE: card,
    });
    if let (Some(fields), Value::Object(source)) = (content.as_object_mut(), source) {
        fields.extend(source);
    }
    in_thread(root, content)
}

/// The content of a part of a card's file, as text.
pub(super) fn file_part(card: Uuid, part: &Message, root: Option<&str>) -> Value {
    let mut content = notice(card, part, LIMIT);
    if let Some(fields) = content.as_object_mut() {
        // The card's message is another one.
        fields.remove(CARD);
    }
    in_thread(root, content)
}

fn in_thread(root: Option<&str>, mut content: Value) -> Value {
    if let (Some(root), Some(fields)) = (root, content.as_object_mut()) {
        let relation = json!({
            "rel_type": "m.thread",
            "event_id": root,
            "is_falling_back": true,
            "m.in_reply_to": {"event_id": root},
        });
        fields.insert("m.relates_to".to_owned(), relation);
    }
    content
}

/// The content of an event that replaces the text of `target`.
pub(super) fn edit(card: Uuid, message: &Message, target: &str) -> Value {
    // The text is in it twice.
    let new = notice(card, message, LIMIT / 2);
    let body = new.get("body").and_then(Value::as_str).unwrap_or_default();
    json!({
        "msgtype": "m.notice",
        "body": format!("* {body}"),
        "m.mentions": {},
        CARD: card,
        "m.new_content": new,
        "m.relates_to": {"rel_type": "m.replace", "event_id": target},
    })
}

/// The content of a reaction.
pub(super) fn reaction(target: &str, emoji: &str) -> Value {
    json!({"m.relates_to": {"rel_type": "m.annotation", "event_id": target, "key": emoji}})
}

/// A notice mentions nobody (`m.mentions` is empty): no text in it can ring everybody's telephone.
fn notice(card: Uuid, message: &Message, limit: usize) -> Value {
    let mut rendered = render(message);
    let mut content = json!({"msgtype": "m.notice", "m.mentions": {}, CARD: card});
    if let Some(fields) = content.as_object_mut() {
        // Half of a text that is too long is better than a card that never arrives.
        if rendered.plain.len() > limit {
            rendered
                .plain
                .truncate(rendered.plain.floor_char_boundary(limit));
            rendered.plain.push('…');
        } else if rendered.plain.len() + rendered.html.len() <= limit {
            fields.insert("format".to_owned(), "org.matrix.custom.html".into());
            fields.insert("formatted_body".to_owned(), rendered.html.into());
        }
        fields.insert("body".to_owned(), rendered.plain.into());
    }
    content
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saying(title: &str) -> Message {
        Message {
            title: Some(title.to_owned()),
            ..Message::default()
        }
    }

    #[test]
    fn ids_of_different_sends_of_a_card_differ() {
        let card = Uuid::from_u128(7);
        let ids = [
            create_id(card),
            edit_id(card, 1),
            edit_id(card, 2),
            react_id(card, 1),
            picture_id(card),
            file_id(card, 0),
            file_id(card, 1),
            end_id(card),
        ];
        assert_eq!(
            ids.iter().collect::<std::collections::BTreeSet<_>>().len(),
            ids.len()
        );
    }

    #[test]
    fn a_card_in_a_thread_mentions_nobody_and_falls_back_to_a_reply() {
        let card = Uuid::from_u128(7);
        assert_eq!(
            create(card, &saying("@room"), Some("$root")),
            json!({
                "msgtype": "m.notice",
                "body": "@room",
                "format": "org.matrix.custom.html",
                "formatted_body": "<p><strong>@room</strong></p>",
                "m.mentions": {},
                "ca.cercles.card": card,
                "m.relates_to": {
                    "rel_type": "m.thread",
                    "event_id": "$root",
                    "is_falling_back": true,
                    "m.in_reply_to": {"event_id": "$root"},
                },
            })
        );
    }

    #[test]
    fn a_file_says_its_name_and_its_type_and_its_parts_are_no_cards() {
        let card = Uuid::from_u128(7);
        let table = TextFile {
            name: "A1.csv".to_owned(),
            content: "réseau".to_owned(),
        };
        let source = json!({"url": "mxc://ici.ca/abc"});
        assert_eq!(
            file(card, &table, source, None),
            json!({
                "msgtype": "m.file",
                "body": "A1.csv",
                "filename": "A1.csv",
                "info": {"mimetype": "text/csv", "size": 7},
                "url": "mxc://ici.ca/abc",
                "m.mentions": {},
                "ca.cercles.file": card,
            })
        );
        let part = file_part(card, &saying("réseau"), Some("$root"));
        assert_eq!(part["body"], "réseau");
        assert_eq!(part["m.relates_to"]["event_id"], "$root");
        assert!(part.get(CARD).is_none());
    }

    #[test]
    fn a_picture_is_read_aloud_and_lies_where_it_was_put() {
        let card = Uuid::from_u128(7);
        let png = Png {
            bytes: vec![1, 2, 3],
            width: 800,
            height: 600,
        };
        let source = json!({"url": "mxc://ici.ca/abc"});
        assert_eq!(
            picture(card, "a\u{202e} : 1\u{0}", &png, source, None),
            json!({
                "msgtype": "m.image",
                "body": "a : 1",
                "info": {"mimetype": "image/png", "size": 3, "w": 800, "h": 600},
                "url": "mxc://ici.ca/abc",
                "m.mentions": {},
                "ca.cercles.picture": card,
            })
        );
        let source = json!({"file": {"url": "mxc://ici.ca/abc"}});
        let content = picture(card, "a", &png, source, Some("$root"));
        assert_eq!(content["m.relates_to"]["event_id"], "$root");
        assert_eq!(content.get("url"), None);
    }

    #[test]
    fn an_edit_replaces_the_content_and_marks_its_fallback() {
        let content = edit(Uuid::from_u128(7), &saying("Titre"), "$first");
        assert_eq!(content["body"], "* Titre");
        assert_eq!(content["m.new_content"]["body"], "Titre");
        assert_eq!(content["m.new_content"]["m.mentions"], json!({}));
        assert_eq!(
            content["m.relates_to"],
            json!({"rel_type": "m.replace", "event_id": "$first"})
        );
    }

    #[test]
    fn a_text_that_is_too_long_is_cut_and_still_fits_when_encrypted() {
        let content = create(Uuid::from_u128(7), &saying(&"é".repeat(60_000)), None);
        assert!(
            content["body"]
                .as_str()
                .is_some_and(|body| body.ends_with('…'))
        );
        assert!(content.to_string().len() < 45_000);
        let content = edit(Uuid::from_u128(7), &saying(&"é".repeat(60_000)), "$first");
        assert!(content.to_string().len() < 45_000);
    }
}
