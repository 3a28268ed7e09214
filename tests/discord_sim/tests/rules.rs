//! Every strict rule: the good body passes and leaves no violation, each bad one is refused and recorded.

use serde_json::{Value, json};

use super::super::MessageId;
use super::{Rest, register, start};

async fn refused(rest: &Rest, got: super::Got, what: &str, path: &str) {
    assert_eq!(got.status, 400, "{what}: {}", got.body);
    assert_eq!(got.body["code"], 50035, "{what}: {}", got.body);
    let pointer = format!("/errors/{}/_errors/0/code", path.replace('.', "/"));
    assert!(
        got.body.pointer(&pointer).is_some(),
        "{what}: no fault at {path} in {}",
        got.body
    );
    let violations = rest.sim.take_violations();
    assert!(!violations.is_empty(), "{what} was not recorded");
}

fn button(id: usize) -> Value {
    json!({"type": 2, "style": 1, "label": "Oui", "custom_id": format!("id{id}")})
}

fn row(parts: Vec<Value>) -> Value {
    json!({"type": 1, "components": parts})
}

fn menu(options: usize) -> Value {
    let options: Vec<Value> = (0..options)
        .map(|n| json!({"label": "a", "value": n.to_string()}))
        .collect();
    json!({"type": 3, "custom_id": "menu", "options": options})
}

#[tokio::test]
async fn messages_over_a_limit_are_refused() {
    let (sim, rest, channel) = start().await;
    let long = |count: usize| "é".repeat(count);
    let good = rest.say(channel, json!({
        "content": long(2000), "embeds": [{"title": "T", "description": long(3999), "color": 1}], "nonce": "n".repeat(25),
        "enforce_nonce": true, "components": (0..5).map(|r| row((0..5).map(|b| button(r * 5 + b)).collect())).collect::<Vec<_>>(),
    })).await;
    assert_eq!(good.status, 200, "{}", good.body);
    sim.assert_clean();

    let embed = |embed: Value| json!({"embeds": [embed]});
    let fields = |count: usize| -> Vec<Value> {
        (0..count)
            .map(|_| json!({"name": "a", "value": "b"}))
            .collect()
    };
    let cases = [
        ("content", json!({"content": long(2001)}), "content"),
        (
            "unknown field",
            json!({"content": "a", "contents": "b"}),
            "contents",
        ),
        (
            "eleven embeds",
            json!({"embeds": vec![json!({"title": "a"}); 11]}),
            "embeds",
        ),
        (
            "6000 in total",
            json!({"embeds": [{"description": long(3000)}, {"description": long(3001)}]}),
            "embeds",
        ),
        (
            "title",
            embed(json!({"title": long(257)})),
            "embeds.0.title",
        ),
        (
            "description",
            embed(json!({"description": long(4097)})),
            "embeds.0.description",
        ),
        (
            "footer",
            embed(json!({"title": "a", "footer": {"text": long(2049)}})),
            "embeds.0.footer.text",
        ),
        (
            "author",
            embed(json!({"title": "a", "author": {"name": long(257)}})),
            "embeds.0.author.name",
        ),
        (
            "26 fields",
            embed(json!({"fields": fields(26)})),
            "embeds.0.fields",
        ),
        (
            "field name",
            embed(json!({"fields": [{"name": long(257), "value": "b"}]})),
            "embeds.0.fields.0.name",
        ),
        (
            "field value",
            embed(json!({"fields": [{"name": "a", "value": long(1025)}]})),
            "embeds.0.fields.0.value",
        ),
        (
            "empty field",
            embed(json!({"fields": [{"name": "a", "value": ""}]})),
            "embeds.0.fields.0.value",
        ),
        (
            "colour",
            embed(json!({"title": "a", "color": 0x0100_0000})),
            "embeds.0.color",
        ),
        (
            "six rows",
            json!({"content": "a", "components": (0..6).map(|n| row(vec![button(n)])).collect::<Vec<_>>()}),
            "components",
        ),
        (
            "six buttons",
            json!({"content": "a", "components": [row((0..6).map(button).collect())]}),
            "components.0.components",
        ),
        (
            "empty row",
            json!({"content": "a", "components": [row(vec![])]}),
            "components.0.components",
        ),
        (
            "no custom_id",
            json!({"content": "a", "components": [row(vec![json!({"type": 2, "style": 1, "label": "a"})])]}),
            "components.0.components.0.custom_id",
        ),
        (
            "custom_id 101",
            json!({"content": "a", "components": [row(vec![json!({"type": 2, "style": 1, "label": "a", "custom_id": long(101)})])]}),
            "components.0.components.0.custom_id",
        ),
        (
            "same custom_id",
            json!({"content": "a", "components": [row(vec![button(1)]), row(vec![button(1)])]}),
            "components.1.components.0.custom_id",
        ),
        (
            "label 81",
            json!({"content": "a", "components": [row(vec![json!({"type": 2, "style": 1, "label": long(81), "custom_id": "a"})])]}),
            "components.0.components.0.label",
        ),
        (
            "no label",
            json!({"content": "a", "components": [row(vec![json!({"type": 2, "style": 1, "custom_id": "a"})])]}),
            "components.0.components.0.label",
        ),
        (
            "link with id",
            json!({"content": "a", "components": [row(vec![json!({"type": 2, "style": 5, "label": "a", "url": "https://a.ca", "custom_id": "a"})])]}),
            "components.0.components.0.custom_id",
        ),
        (
            "link scheme",
            json!({"content": "a", "components": [row(vec![json!({"type": 2, "style": 5, "label": "a", "url": "ftp://a.ca"})])]}),
            "components.0.components.0.url",
        ),
        (
            "button field",
            json!({"content": "a", "components": [row(vec![json!({"type": 2, "style": 1, "label": "a", "custom_id": "a", "colour": 1})])]}),
            "components.0.components.0.colour",
        ),
        (
            "26 options",
            json!({"content": "a", "components": [row(vec![menu(26)])]}),
            "components.0.components.0.options",
        ),
        (
            "no options",
            json!({"content": "a", "components": [row(vec![menu(0)])]}),
            "components.0.components.0.options",
        ),
        (
            "menu beside button",
            json!({"content": "a", "components": [row(vec![menu(2), button(1)])]}),
            "components.0.components",
        ),
        (
            "bare button",
            json!({"content": "a", "components": [button(1)]}),
            "components.0.type",
        ),
        (
            "nonce 26",
            json!({"content": "a", "nonce": long(26)}),
            "nonce",
        ),
        (
            "enforce without nonce",
            json!({"content": "a", "enforce_nonce": true}),
            "nonce",
        ),
        (
            "ephemeral outside",
            json!({"content": "a", "flags": 64}),
            "flags",
        ),
        (
            "parse word",
            json!({"content": "a", "allowed_mentions": {"parse": ["all"]}}),
            "allowed_mentions.parse.0",
        ),
        (
            "parse and list",
            json!({"content": "a", "allowed_mentions": {"parse": ["users"], "users": ["1"]}}),
            "allowed_mentions.parse",
        ),
        (
            "V2 with content",
            json!({"content": "a", "flags": 32768, "components": [{"type": 10, "content": "b"}]}),
            "content",
        ),
    ];
    for (what, body, path) in cases {
        let got = rest.say(channel, body).await;
        refused(&rest, got, what, path).await;
    }
}

#[tokio::test]
async fn an_empty_message_is_refused_with_its_own_code() {
    let (_sim, rest, channel) = start().await;
    for body in [
        json!({}),
        json!({"content": "  "}),
        json!({"components": [row(vec![button(1)])]}),
    ] {
        let got = rest.say(channel, body).await;
        assert_eq!((got.status, &got.body["code"]), (400, &json!(50006)));
    }
}

#[tokio::test]
async fn a_message_that_leaves_mentions_open_passes_but_is_recorded() {
    let (sim, rest, channel) = start().await;
    let path = format!("/channels/{channel}/messages");
    for body in [
        json!({"content": "a"}),
        json!({"content": "a", "allowed_mentions": {"users": ["1"]}}),
    ] {
        let got = rest.call("POST", &path, body).await;
        assert_eq!(got.status, 200);
        assert_eq!(
            sim.take_violations()[0].kind,
            super::super::ViolationKind::Mentions
        );
    }
}

fn command(name: &str) -> Value {
    json!({"name": name, "description": "Quelque chose", "type": 1})
}

fn with(mut value: Value, field: &str, content: Value) -> Value {
    value[field] = content;
    value
}

fn option(kind: u64, name: &str) -> Value {
    json!({"type": kind, "name": name, "description": "d"})
}

#[tokio::test]
async fn commands_discord_would_not_take_are_refused() {
    let (sim, rest, _channel) = start().await;
    let group = json!({"type": 2, "name": "groupe", "description": "d", "options": [
        {"type": 1, "name": "créer", "description": "d", "options": [with(option(3, "titre"), "required", json!(true)), option(4, "n")]},
    ]});
    let good = json!([
        with(with(command("atelier"), "options", json!([group])), "name_localizations", json!({"fr": "atelier", "en-US": "workshop"})),
        with(command("aide"), "default_member_permissions", json!("0")),
        {"type": 3, "name": "Signaler ceci"},
    ]);
    let got = register(&rest, good).await;
    assert_eq!(got.status, 200, "{}", got.body);
    sim.assert_clean();

    let options = |options: Value| with(command("a"), "options", options);
    let choices = |count: usize| -> Vec<Value> {
        (0..count)
            .map(|n| json!({"name": n.to_string(), "value": n.to_string()}))
            .collect()
    };
    let big: Vec<Value> = (0..25).map(|n| with(option(3, &format!("o{n}")), "choices",
        json!((0..4).map(|c| json!({"name": format!("{c}{}", "x".repeat(50)), "value": "y".repeat(50)})).collect::<Vec<_>>()))).collect();
    let nested = json!({"type": 2, "name": "g", "description": "d", "options": [{"type": 2, "name": "h", "description": "d"}]});
    let own = json!({"type": 2, "name": "g", "description": "d", "options": [{"type": 3, "name": "h", "description": "d"}]});
    let cases = [
        ("capitals", command("Atelier"), "0.name"),
        ("space", command("mon atelier"), "0.name"),
        ("33 characters", command(&"a".repeat(33)), "0.name"),
        (
            "no description",
            json!({"name": "a", "type": 1}),
            "0.description",
        ),
        (
            "long description",
            with(command("a"), "description", json!("d".repeat(101))),
            "0.description",
        ),
        (
            "fr-CA",
            with(command("a"), "name_localizations", json!({"fr-CA": "b"})),
            "0.name_localizations.fr-CA",
        ),
        (
            "en",
            with(
                command("a"),
                "description_localizations",
                json!({"en": "b"}),
            ),
            "0.description_localizations.en",
        ),
        (
            "localized capitals",
            with(command("a"), "name_localizations", json!({"fr": "Été"})),
            "0.name_localizations.fr",
        ),
        (
            "required last",
            options(json!([
                option(3, "x"),
                with(option(3, "y"), "required", json!(true))
            ])),
            "0.options.1",
        ),
        (
            "26 options",
            options((0..26).map(|n| option(3, &format!("o{n}"))).collect()),
            "0.options",
        ),
        (
            "26 choices",
            options(json!([with(option(3, "x"), "choices", json!(choices(26)))])),
            "0.options.0.choices",
        ),
        (
            "autocomplete with choices",
            options(json!([with(
                with(option(3, "x"), "choices", json!(choices(2))),
                "autocomplete",
                json!(true)
            )])),
            "0.options.0.autocomplete",
        ),
        (
            "same option twice",
            options(json!([option(3, "x"), option(4, "x")])),
            "0.options",
        ),
        (
            "mixed levels",
            options(json!([option(1, "x"), option(3, "y")])),
            "0.options",
        ),
        (
            "group in group",
            options(json!([nested])),
            "0.options.0.options",
        ),
        (
            "options of a group",
            options(json!([own])),
            "0.options.0.options",
        ),
        (
            "clash of a localized name",
            options(json!([
                option(3, "x"),
                with(option(3, "y"), "name_localizations", json!({"fr": "x"}))
            ])),
            "0.options.1.name_localizations.fr",
        ),
        ("8000 characters", options(json!(big)), "0"),
        (
            "permissions as number",
            with(command("a"), "default_member_permissions", json!(8)),
            "0.default_member_permissions",
        ),
        (
            "unknown field",
            with(command("a"), "cooldown", json!(1)),
            "0.cooldown",
        ),
        (
            "described menu command",
            json!({"type": 3, "name": "Voir", "description": "non"}),
            "0.description",
        ),
    ];
    for (what, body, path) in cases {
        let got = register(&rest, json!([body])).await;
        refused(&rest, got, what, path).await;
    }
    let got = register(&rest, json!([command("a"), command("a")])).await;
    refused(&rest, got, "same name twice", "1.name").await;
    let many: Vec<Value> = (0..101).map(|n| command(&format!("c{n}"))).collect();
    let got = register(&rest, json!(many)).await;
    assert_eq!(got.status, 400);
}

#[tokio::test]
async fn threads_and_events_are_checked() {
    let (sim, rest, channel) = start().await;
    let message = rest.say(channel, json!({"content": "sujet"})).await.body["id"]
        .as_str()
        .unwrap_or("")
        .to_owned();
    let threads = format!("/channels/{channel}/messages/{message}/threads");
    let got = rest
        .call("POST", &threads, json!({"name": "é".repeat(101)}))
        .await;
    refused(&rest, got, "name of 101", "name").await;
    let got = rest
        .call(
            "POST",
            &threads,
            json!({"name": "a", "auto_archive_duration": 61}),
        )
        .await;
    refused(&rest, got, "61 minutes", "auto_archive_duration").await;

    let events = format!("/guilds/{}/scheduled-events", sim.guild());
    let good = json!({"name": "Atelier", "privacy_level": 2, "entity_type": 3, "entity_metadata": {"location": "Ici"},
        "scheduled_start_time": "2099-01-01T12:00:00-05:00", "scheduled_end_time": "2099-01-01T14:00:00-05:00"});
    let got = rest.call("POST", &events, good.clone()).await;
    assert_eq!(got.status, 200, "{}", got.body);
    sim.assert_clean();
    for (what, body, path) in [
        (
            "name",
            with(good.clone(), "name", json!("é".repeat(101))),
            "name",
        ),
        (
            "description",
            with(good.clone(), "description", json!("é".repeat(1001))),
            "description",
        ),
        (
            "location",
            with(
                good.clone(),
                "entity_metadata",
                json!({"location": "é".repeat(101)}),
            ),
            "entity_metadata.location",
        ),
        (
            "no end",
            with(good.clone(), "scheduled_end_time", json!(null)),
            "scheduled_end_time",
        ),
        (
            "past",
            with(
                good.clone(),
                "scheduled_start_time",
                json!("2001-01-01T00:00:00Z"),
            ),
            "scheduled_start_time",
        ),
        (
            "end before start",
            with(
                good.clone(),
                "scheduled_end_time",
                json!("2098-01-01T00:00:00Z"),
            ),
            "scheduled_end_time",
        ),
    ] {
        let got = rest.call("POST", &events, body).await;
        refused(&rest, got, what, path).await;
    }
}

#[tokio::test]
async fn polls_are_held_to_what_discord_says_of_them_and_are_ended_once() {
    let (sim, rest, channel) = start().await;
    let answer = |text: &str| json!({"poll_media": {"text": text}});
    let good = json!({
        "question": {"text": "é".repeat(300)}, "answers": vec![answer(&"é".repeat(55)); 10], "duration": 768,
        "allow_multiselect": false,
    });
    let asked = rest.say(channel, json!({"poll": good})).await;
    assert_eq!(asked.status, 200, "{}", asked.body);
    assert_eq!(asked.body["poll"]["results"]["is_finalized"], false);
    sim.assert_clean();
    let changed = |pointer: &str, value: Value| {
        let mut poll = good.clone();
        *poll.pointer_mut(pointer).expect("a field") = value;
        json!({"poll": poll})
    };
    for (what, body, path) in [
        (
            "a long question",
            changed("/question/text", json!("é".repeat(301))),
            "poll.question.text",
        ),
        (
            "no question",
            changed("/question", Value::Null),
            "poll.question",
        ),
        (
            "an empty answer",
            changed("/answers/3", answer("")),
            "poll.answers.3.poll_media.text",
        ),
        (
            "a long answer",
            changed("/answers/0", answer(&"é".repeat(56))),
            "poll.answers.0.poll_media.text",
        ),
        (
            "eleven answers",
            changed("/answers", json!(vec![answer("a"); 11])),
            "poll.answers",
        ),
        ("no hour", changed("/duration", json!(0)), "poll.duration"),
        (
            "769 hours",
            changed("/duration", json!(769)),
            "poll.duration",
        ),
        (
            "a field more",
            changed("/allow_multiselect", json!("no")),
            "poll.allow_multiselect",
        ),
    ] {
        let got = rest.say(channel, body).await;
        refused(&rest, got, what, path).await;
    }

    let message = asked.body["id"].as_str().expect("an id").to_owned();
    let voter = sim.add_user("ana", "fr");
    let id = MessageId(message.parse().expect("a snowflake"));
    sim.vote_as(voter, id, &[2]);
    sim.vote_as(voter, id, &[3]);
    let place = format!("/channels/{channel}/messages/{message}");
    let counts = |body: &Value| body["poll"]["results"]["answer_counts"].clone();
    let one = json!([{"id": 3, "count": 1, "me_voted": false}]);
    assert_eq!(counts(&rest.get(&place).await.body), one);
    let edited = rest
        .call(
            "PATCH",
            &place,
            json!({"content": "a", "allowed_mentions": {"parse": []}}),
        )
        .await;
    assert_eq!(edited.body["code"], 520_003, "{}", edited.body);
    let expire = format!("/channels/{channel}/polls/{message}/expire");
    let ended = rest.call("POST", &expire, Value::Null).await;
    assert_eq!(ended.status, 200, "{}", ended.body);
    assert_eq!(ended.body["poll"]["results"]["is_finalized"], true);
    assert_eq!(counts(&ended.body), one);
    let again = rest.call("POST", &expire, Value::Null).await;
    assert_eq!(again.body["code"], 520_001, "{}", again.body);
}
