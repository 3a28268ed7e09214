//! Interactions: answers, deferring, ephemeral messages, controls, forms, completion.

use serde_json::{Value, json};

use super::super::{InteractionHandle, Response};
use super::{PATIENCE, Rest, register, start};

async fn answer(rest: &Rest, handle: &InteractionHandle, body: Value) -> super::Got {
    let token = rest
        .sim
        .read(|state| state.interactions[&handle.id.0].token.clone());
    rest.call(
        "POST",
        &format!(
            "/interactions/{}/{token}/callback?with_response=true",
            handle.id
        ),
        body,
    )
    .await
}

async fn webhook(
    rest: &Rest,
    handle: &InteractionHandle,
    method: &str,
    rest_of_path: &str,
    body: Value,
) -> super::Got {
    let token = rest
        .sim
        .read(|state| state.interactions[&handle.id.0].token.clone());
    rest.call(
        method,
        &format!(
            "/webhooks/{}/{token}{rest_of_path}",
            rest.sim.application_id()
        ),
        body,
    )
    .await
}

fn said(text: &str, more: Value) -> Value {
    let mut data = json!({"content": text, "allowed_mentions": {"parse": []}});
    for (field, value) in more.as_object().unwrap() {
        data[field] = value.clone();
    }
    data
}

fn commands() -> Value {
    json!([{"name": "atelier", "description": "d", "options": [{"type": 1, "name": "créer", "description": "d", "options": [
        {"type": 3, "name": "titre", "description": "d", "required": true, "max_length": 5},
        {"type": 4, "name": "places", "description": "d", "choices": [{"name": "dix", "value": 10}]},
        {"type": 3, "name": "lieu", "description": "d", "autocomplete": true},
        {"type": 6, "name": "hôte", "description": "d"},
    ]}]}, {"name": "aide", "description": "d"}, {"name": "gestion", "description": "d", "default_member_permissions": "0"}])
}

#[tokio::test]
async fn what_the_client_would_not_send_is_refused() {
    let (sim, rest, channel) = start().await;
    register(&rest, commands()).await;
    let user = sim.add_user("Aline", "fr");
    let refused = |command: &str, options: &[(&str, Value)]| {
        sim.try_slash(user, channel, command, options).unwrap_err()
    };
    assert!(refused("inconnu", &[]).contains("no command"));
    assert!(refused("atelier", &[]).contains("subcommand"));
    assert!(refused("atelier créer", &[]).contains("missing"));
    assert!(refused("atelier créer", &[("titre", json!("trop long"))]).contains("characters"));
    assert!(
        refused(
            "atelier créer",
            &[("titre", json!("a")), ("places", json!(11))]
        )
        .contains("choices")
    );
    assert!(
        refused(
            "atelier créer",
            &[("titre", json!("a")), ("date", json!("x"))]
        )
        .contains("no option")
    );
    assert!(refused("atelier créer", &[("titre", json!(3))]).contains("does not fit"));
    assert!(refused("gestion", &[]).contains("hidden"));
    assert!(sim.try_slash(sim.owner(), channel, "gestion", &[]).is_ok());
}

#[tokio::test]
async fn the_payload_is_what_discord_sends() {
    let (sim, rest, channel) = start().await;
    register(&rest, commands()).await;
    let user = sim.add_user("Aline", "en-GB");
    let handle = sim.slash(
        user,
        channel,
        "atelier créer",
        &[("titre", json!("a")), ("hôte", json!(user.to_string()))],
    );
    let payload = sim.read(|state| state.interactions[&handle.id.0].payload.clone());
    assert_eq!(
        (&payload["locale"], &payload["guild_locale"]),
        (&json!("en-GB"), &json!("fr"))
    );
    assert_eq!(
        payload["data"]["options"][0]["options"][0],
        json!({"name": "titre", "type": 3, "value": "a"})
    );
    assert_eq!(
        payload["data"]["resolved"]["users"][user.to_string()]["username"],
        "Aline"
    );
    assert_eq!(payload["member"]["user"]["id"], user.to_string());
    assert!(payload["member"]["permissions"].is_string() && payload["app_permissions"].is_string());
    let private = sim.private_channel(user);
    let handle = sim.slash(user, private, "aide", &[]);
    let payload = sim.read(|state| state.interactions[&handle.id.0].payload.clone());
    assert_eq!(
        (&payload["context"], &payload["user"]["id"]),
        (&json!(1), &json!(user.to_string()))
    );
    assert!(payload.get("member").is_none() && payload.get("guild_id").is_none());
}

#[tokio::test]
async fn a_deferred_answer_is_filled_in_and_stays_ephemeral() {
    let (sim, rest, channel) = start().await;
    register(&rest, commands()).await;
    let handle = sim.slash(sim.owner(), channel, "aide", &[]);
    let got = answer(&rest, &handle, json!({"type": 5, "data": {"flags": 64}})).await;
    assert_eq!(got.body["interaction"]["response_message_loading"], true);
    assert_eq!(
        handle.response(PATIENCE).await,
        Response::DeferredMessage { ephemeral: true }
    );
    webhook(
        &rest,
        &handle,
        "PATCH",
        "/messages/@original",
        said("voilà", json!({})),
    )
    .await;
    let message = handle.final_message(PATIENCE).await;
    assert!(message.ephemeral && message.content == "voilà");
    assert!(
        sim.messages(channel).is_empty(),
        "ephemeral messages are not in the history"
    );
    assert_eq!(
        rest.get(&format!("/channels/{channel}/messages/{}", message.id))
            .await
            .body["code"],
        10008
    );
    let more = webhook(
        &rest,
        &handle,
        "POST",
        "",
        said("suite", json!({"flags": 64})),
    )
    .await
    .body;
    let path = format!("/messages/{}", more["id"].as_str().unwrap());
    assert_eq!(
        webhook(&rest, &handle, "PATCH", &path, said("fin", json!({})))
            .await
            .body["content"],
        "fin"
    );
    assert_eq!(handle.followups(1, PATIENCE).await[0].content, "fin");
    assert_eq!(
        webhook(&rest, &handle, "DELETE", &path, Value::Null)
            .await
            .status,
        204
    );
    assert_eq!(
        webhook(&rest, &handle, "GET", &path, Value::Null)
            .await
            .body["code"],
        10008
    );
    sim.assert_clean();
}

#[tokio::test]
async fn answers_that_do_not_fit_are_refused() {
    let (sim, rest, channel) = start().await;
    register(&rest, commands()).await;
    let field = |n: usize| json!({"type": 1, "components": [{"type": 4, "custom_id": format!("f{n}"), "label": "L", "style": 1}]});
    let form = |title: &str, count: usize| json!({"type": 9, "data": {"custom_id": "m", "title": title, "components": (0..count).map(field).collect::<Vec<_>>()}});
    let cases = [
        json!({"type": 7, "data": said("a", json!({}))}),
        json!({"type": 6}),
        json!({"type": 8, "data": {"choices": []}}),
        json!({"type": 5, "data": {"flags": 4}}),
        json!({"type": 5, "data": {"content": "a"}}),
        json!({"type": 4}),
        json!({"type": 4, "data": said(&"a".repeat(2001), json!({}))}),
        json!({"type": 4, "data": said("a", json!({})), "extra": 1}),
        form(&"T".repeat(46), 1),
        form("T", 0),
        form("T", 6),
        json!({"type": 9, "data": {"custom_id": "m", "title": "T", "components": [{"type": 1, "components": [{"type": 4, "custom_id": "a", "label": "L".repeat(46), "style": 1}]}]}}),
    ];
    for case in cases {
        let handle = sim.slash(sim.owner(), channel, "aide", &[]);
        let got = answer(&rest, &handle, case.clone()).await;
        assert_eq!(
            (got.status, &got.body["code"]),
            (400, &json!(50035)),
            "{case}: {}",
            got.body
        );
        assert!(!sim.take_violations().is_empty(), "{case}");
    }
    assert_eq!(sim.unanswered().len(), 12);
}

#[tokio::test]
async fn controls_must_be_there_enabled_and_visible() {
    let (sim, rest, channel) = start().await;
    register(&rest, commands()).await;
    let (user, other) = (sim.add_user("Aline", "fr"), sim.add_user("Bruno", "fr"));
    let handle = sim.slash(user, channel, "aide", &[]);
    let rows = json!({"flags": 64, "components": [
        {"type": 1, "components": [{"type": 2, "style": 1, "label": "Oui", "custom_id": "oui"}, {"type": 2, "style": 1, "label": "Non", "custom_id": "non", "disabled": true}]},
        {"type": 1, "components": [{"type": 3, "custom_id": "menu", "max_values": 2, "options": [{"label": "A", "value": "a"}, {"label": "B", "value": "b"}]}]},
    ]});
    answer(
        &rest,
        &handle,
        json!({"type": 4, "data": said("choisis", rows)}),
    )
    .await;
    let Response::Message(message) = handle.response(PATIENCE).await else {
        panic!("a message")
    };
    let fails = |who, id: &str| {
        let sim = sim.clone();
        let id = id.to_owned();
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(move || {
            sim.click(who, message.id, &id)
        }))
        .is_err()
    };
    assert!(fails(user, "non") && fails(user, "absent") && fails(other, "oui"));
    let click = sim.click(user, message.id, &message.button("Oui").unwrap());
    answer(&rest, &click, json!({"type": 6})).await;
    webhook(
        &rest,
        &click,
        "PATCH",
        "/messages/@original",
        said("merci", json!({"components": []})),
    )
    .await;
    assert_eq!(click.final_message(PATIENCE).await.content, "merci");
    assert!(fails(user, "oui"), "the buttons are gone");
    sim.assert_clean();
}

#[tokio::test]
async fn forms_come_first_and_never_after_a_form() {
    let (sim, rest, channel) = start().await;
    register(&rest, commands()).await;
    let user = sim.add_user("Aline", "fr");
    let form = json!({"type": 9, "data": {"custom_id": "m", "title": "T", "components": [
        {"type": 1, "components": [{"type": 4, "custom_id": "nom", "label": "Nom", "style": 1, "max_length": 10}]},
        {"type": 1, "components": [{"type": 4, "custom_id": "mot", "label": "Mot", "style": 2, "required": false, "value": "salut"}]},
    ]}});
    let handle = sim.slash(user, channel, "aide", &[]);
    answer(&rest, &handle, form.clone()).await;
    let modal = handle.modal(PATIENCE).await;
    let sent = sim.submit_modal(user, &modal, &[("nom", "Zoé")]);
    let payload = sim.read(|state| state.interactions[&sent.id.0].payload["data"].clone());
    assert_eq!(payload["components"][0]["components"][0]["value"], "Zoé");
    assert_eq!(payload["components"][1]["components"][0]["value"], "salut");
    let got = answer(&rest, &sent, form).await;
    assert_eq!(got.status, 400, "a form cannot answer a form");
    sim.take_violations();
    let got = answer(
        &rest,
        &sent,
        json!({"type": 4, "data": said("merci", json!({}))}),
    )
    .await;
    assert_eq!(got.status, 200, "{}", got.body);
    assert_eq!(sim.messages(channel)[0].content, "merci");
    sim.assert_clean();
}

#[tokio::test]
async fn completion_gets_choices_and_nothing_else() {
    let (sim, rest, channel) = start().await;
    register(&rest, commands()).await;
    let typing = sim.autocomplete(
        sim.owner(),
        channel,
        "atelier créer",
        &[("lieu", json!("bib"))],
        "lieu",
    );
    let payload = sim.read(|state| state.interactions[&typing.id.0].payload["data"].clone());
    assert_eq!(payload["options"][0]["options"][0]["focused"], true);
    let many: Vec<Value> = (0..26)
        .map(|n| json!({"name": n.to_string(), "value": n.to_string()}))
        .collect();
    assert_eq!(
        answer(
            &rest,
            &typing,
            json!({"type": 8, "data": {"choices": many}})
        )
        .await
        .status,
        400
    );
    assert_eq!(answer(&rest, &typing, json!({"type": 5})).await.status, 400);
    sim.take_violations();
    answer(
        &rest,
        &typing,
        json!({"type": 8, "data": {"choices": [{"name": "Bibliothèque", "value": "b"}]}}),
    )
    .await;
    assert_eq!(
        typing.response(PATIENCE).await,
        Response::Choices(vec![("Bibliothèque".to_owned(), json!("b"))])
    );
    sim.assert_clean();
}
