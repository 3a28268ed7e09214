//! What messages look like on Discord, and that nobody's words can break them.

use serde_json::{Value, json};

use super::*;
use crate::domain::card::{Action, Choice, Control, Field, Form};
use crate::domain::chart::Chart;

fn card() -> Message {
    Message {
        tone: Tone::Plain,
        title: Some("Atelier : se nourrir".to_owned()),
        body: vec![
            Block::Fields(vec![
                ("Quand".to_owned(), "jeudi 18 h".to_owned()),
                ("Où".to_owned(), "en ligne".to_owned()),
            ]),
            Block::Text("Venez *nombreux*.".to_owned()),
            Block::List(vec!["un".to_owned(), "deux\n# trois".to_owned()]),
        ],
        actions: vec![
            Action::button(
                "rsvp",
                &[("workshop", "A1"), ("answer", "yes")],
                "Je viens".to_owned(),
            )
            .with_emoji("✅")
            .primary(),
            Action::button(
                "rsvp",
                &[("workshop", "A1"), ("answer", "no")],
                "Non".to_owned(),
            ),
        ],
        footer: Some("A1 · !atelier A1".to_owned()),
        ..Message::default()
    }
}

#[test]
fn a_card_is_one_embed_with_buttons() {
    let body = Value::Object(create(&card()));
    let embed = &body["embeds"][0];
    assert_eq!(embed["title"], "Atelier : se nourrir");
    assert_eq!(
        embed["description"],
        "Venez \\*nombreux\\*.\n\n- un\n- deux # trois"
    );
    assert_eq!(
        embed["fields"][0],
        json!({"name": "Quand", "value": "jeudi 18 h", "inline": true})
    );
    assert_eq!(embed["footer"]["text"], "A1 · !atelier A1");
    assert_eq!(body["allowed_mentions"], json!({"parse": []}));
    assert!(body.get("content").is_none());
    let buttons = body["components"][0]["components"].as_array().unwrap();
    assert_eq!(
        buttons[0],
        json!({"type": 2, "style": 1, "custom_id": "rsvp?workshop=A1&answer=yes", "label": "Je viens", "emoji": {"name": "✅"}})
    );
    assert_eq!(buttons[1]["style"], 2);
}

#[test]
fn a_picture_stands_in_the_embed_and_has_words_that_are_not_too_long() {
    let mut message = card();
    message.image = Some(Box::new(Image {
        name: "S7.png".to_owned(),
        alt: format!("@everyone {}", "é".repeat(4_000)),
        chart: Chart::default(),
    }));
    for body in [create(&message), edit(&message)] {
        let body = Value::Object(body);
        let [attachment] = body["attachments"].as_array().unwrap().as_slice() else {
            panic!("{body}")
        };
        assert_eq!(
            (&attachment["id"], &attachment["filename"]),
            (&json!("0"), &json!("S7.png"))
        );
        let words = attachment["description"].as_str().unwrap();
        assert!(words.encode_utf16().count() <= 1_024 && words.ends_with('…'));
        assert!(!words.contains("@everyone"), "{words}");
        assert_eq!(
            body["embeds"][0]["image"],
            json!({"url": "attachment://S7.png", "description": words})
        );
    }
    // An edit without a picture takes the one that was there away.
    assert_eq!(edit(&card())["attachments"], json!([]));
    assert!(!create(&card()).contains_key("attachments"));
}

#[test]
fn an_edit_clears_what_the_message_no_longer_has() {
    let bare = Message {
        title: Some("Fini".to_owned()),
        ..Message::default()
    };
    let body = Value::Object(edit(&bare));
    assert_eq!(
        (&body["components"], &body["content"], &body["flags"]),
        (&json!([]), &json!(""), &json!(0))
    );
    let short = Message {
        body: vec![Block::Text("Fini".to_owned())],
        ..Message::default()
    };
    let body = Value::Object(edit(&short));
    assert_eq!(
        (&body["embeds"], &body["content"], &body["flags"]),
        (&json!([]), &json!("Fini"), &json!(4))
    );
}

#[test]
fn a_short_answer_is_plain_and_seen_by_one_person() {
    let short = Message {
        tone: Tone::Error,
        body: vec![Block::Text("@everyone **non**".to_owned())],
        ..Message::default()
    };
    let body = answer(&short);
    assert_eq!(body["type"], 4);
    assert_eq!(body["data"]["content"], "@\u{200B}everyone \\*\\*non\\*\\*");
    assert_eq!(body["data"]["flags"], 68);
    assert_eq!(body["data"]["allowed_mentions"], json!({"parse": []}));
}

#[test]
fn hostile_words_stay_words_everywhere() {
    let hostile = "[x](https://mal.example) <@1> @everyone **g** `c` ||s|| <t:1:R> # t";
    let message = Message {
        title: Some(hostile.to_owned()),
        body: vec![
            Block::Text(hostile.to_owned()),
            Block::Quote(format!("{hostile}\n{hostile}")),
            Block::Fields(vec![(hostile.to_owned(), hostile.to_owned())]),
            Block::List(vec![hostile.to_owned()]),
            Block::Heading(hostile.to_owned()),
        ],
        ..Message::default()
    };
    let body = Value::Object(create(&message));
    let embed = body["embeds"][0].to_string();
    for live in [
        "](https",
        " <@1>",
        "@everyone",
        " **g",
        " `c`",
        " ||s",
        " <t:1",
    ] {
        assert!(
            !embed
                .replace("\\\\", "\\")
                .replace("\\]", "")
                .replace("**\\", "")
                .contains(live),
            "{live}: {embed}"
        );
    }
    let description = body["embeds"][0]["description"].as_str().unwrap();
    assert_eq!(
        description
            .lines()
            .filter(|line| line.starts_with("> "))
            .count(),
        2
    );
}

#[test]
fn the_longest_message_stays_within_discords_limits() {
    let long = "*é👩".repeat(5_000);
    let message = Message {
        title: Some(long.clone()),
        footer: Some(long.clone()),
        body: vec![
            Block::Text(long.clone()),
            Block::Fields((0..40).map(|_| (long.clone(), long.clone())).collect()),
            Block::List((0..100).map(|_| long.clone()).collect()),
            Block::Code(long.clone()),
        ],
        ..card()
    };
    let body = Value::Object(create(&message));
    let embed = &body["embeds"][0];
    let size = |value: &Value| units(value.as_str().unwrap_or_default());
    let fields = embed["fields"].as_array().cloned().unwrap_or_default();
    let total = size(&embed["title"])
        + size(&embed["description"])
        + size(&embed["footer"]["text"])
        + fields
            .iter()
            .map(|field| size(&field["name"]) + size(&field["value"]))
            .sum::<usize>();
    assert!(total <= 6_000, "{total}");
    assert!(
        size(&embed["title"]) <= 256
            && size(&embed["description"]) <= 4_096
            && size(&embed["footer"]["text"]) <= 2_048
    );
    assert!(
        fields.len() <= 25
            && fields
                .iter()
                .all(|field| size(&field["name"]) <= 256 && size(&field["value"]) <= 1_024)
    );
    let plain = Message {
        title: None,
        footer: None,
        ..message
    };
    assert!(create(&plain).contains_key("embeds"));
    let short = Message {
        body: vec![Block::Text("a".repeat(1_990))],
        ..Message::default()
    };
    assert_eq!(create(&short)["content"].as_str().map(units), Some(1_990));
}

#[test]
fn an_empty_message_is_still_a_message() {
    assert_eq!(create(&Message::default())["content"], "\u{200B}");
}

#[test]
fn headings_keep_what_belongs_to_them() {
    let digest = Message {
        title: Some("Bilan".to_owned()),
        body: vec![
            Block::Heading("Ateliers".to_owned()),
            Block::Fields(vec![("Tenus".to_owned(), "3".to_owned())]),
            Block::Heading("Sondages".to_owned()),
            Block::Fields(vec![("Clos".to_owned(), "1".to_owned())]),
        ],
        ..Message::default()
    };
    let body = create(&digest);
    assert_eq!(
        body["embeds"][0]["description"],
        "**Ateliers**\n\n**Tenus** · 3\n\n**Sondages**\n\n**Clos** · 1"
    );
    assert!(body["embeds"][0].get("fields").is_none());
}

#[test]
fn a_menu_takes_a_row_and_shows_the_present_choice() {
    let choices = (0..30)
        .map(|n| Choice {
            value: n.to_string(),
            label: format!("Option {n}"),
            chosen: n == 2 || n == 3,
        })
        .collect();
    let menu = Action {
        control: Control::Menu(choices),
        ..Action::button("vote", &[("poll", "S1")], "Votre choix".to_owned())
    };
    let message = Message {
        actions: vec![
            menu.clone(),
            menu,
            Action::button("help", &[], "Aide".to_owned()),
        ],
        ..card()
    };
    let body = create(&message);
    let rows = body["components"].as_array().unwrap();
    assert_eq!(rows.len(), 2, "the repeated menu is left out");
    let menu = &rows[0]["components"][0];
    assert_eq!(
        (menu["type"].clone(), menu["placeholder"].clone()),
        (json!(3), json!("Votre choix"))
    );
    let options = menu["options"].as_array().unwrap();
    assert_eq!(options.len(), 25);
    assert_eq!(
        options
            .iter()
            .filter(|option| option["default"] == true)
            .count(),
        1
    );
}

#[test]
fn buttons_beyond_five_rows_are_left_out() {
    let actions = (0..40)
        .map(|n| Action::button("a", &[("n", &n.to_string())], n.to_string()))
        .collect();
    let body = create(&Message { actions, ..card() });
    let rows = body["components"].as_array().unwrap();
    assert_eq!(rows.len(), 5);
    assert!(
        rows.iter()
            .all(|row| row["components"].as_array().unwrap().len() == 5)
    );
}

#[test]
fn a_form_is_a_modal_of_text_inputs() {
    let field = Field {
        name: "title".to_owned(),
        label: "é".repeat(60),
        hint: "h".repeat(200),
        value: Some("Semences".to_owned()),
        required: true,
        long: false,
    };
    let form = Form {
        language: crate::domain::language::Language::FrCa,
        invoke: "workshop.create?".to_owned(),
        title: "t".repeat(60),
        fields: vec![field],
        example: "!x".to_owned(),
    };
    let modal = super::super::components::modal(&form).unwrap();
    assert_eq!(modal["type"], 9);
    assert_eq!(modal["data"]["title"].as_str().map(units), Some(45));
    let input = &modal["data"]["components"][0]["components"][0];
    assert_eq!(input["label"].as_str().map(units), Some(45));
    assert_eq!(input["placeholder"].as_str().map(units), Some(100));
    assert_eq!(
        (&input["value"], &input["required"], &input["style"]),
        (&json!("Semences"), &json!(true), &json!(1))
    );
    let empty = Form {
        fields: Vec::new(),
        ..form
    };
    assert!(super::super::components::modal(&empty).is_none());
}

#[test]
fn a_link_is_a_button_without_an_id_and_is_left_out_rather_than_cut() {
    let link = |address: &str| Action::link(address.to_owned(), "Voter sur une page".to_owned());
    let actions = vec![
        Action::button("help", &[], "Aide".to_owned()),
        link("https://votes.example.org/bulletin/a"),
        link(&format!("https://votes.example.org/{}", "a".repeat(500))),
    ];
    let body = create(&Message { actions, ..card() });
    let buttons = &body["components"][0]["components"];
    assert_eq!(buttons.as_array().map(Vec::len), Some(2));
    assert_eq!(
        buttons[1],
        json!({
            "type": 2, "style": 5, "label": "Voter sur une page",
            "url": "https://votes.example.org/bulletin/a",
        })
    );
}
