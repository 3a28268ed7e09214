//! Routes: reading lists, pins, reactions, threads, commands, events; every route is one Discord describes.

use serde_json::{Value, json};

use super::{register, start};

#[tokio::test]
async fn lists_page_as_discord_does() {
    let (sim, rest, channel) = start().await;
    let mut ids = Vec::new();
    for number in 0..5 {
        let got = rest
            .say(channel, json!({"content": number.to_string()}))
            .await;
        ids.push(got.body["id"].as_str().unwrap().to_owned());
    }
    let page = async |query: String| -> Vec<String> {
        let got = rest
            .get(&format!("/channels/{channel}/messages?{query}"))
            .await
            .body;
        got.as_array()
            .unwrap()
            .iter()
            .map(|message| message["content"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(page("limit=2".to_owned()).await, ["4", "3"]);
    assert_eq!(page(format!("limit=2&before={}", ids[3])).await, ["2", "1"]);
    assert_eq!(
        page(format!("limit=2&after={}", ids[1])).await,
        ["3", "2"],
        "the two right after, newest first"
    );
    assert_eq!(
        page(format!("limit=3&around={}", ids[2])).await,
        ["3", "2", "1"]
    );
    assert_eq!(
        rest.get(&format!("/channels/{channel}/messages?limit=101"))
            .await
            .status,
        400
    );
    sim.assert_clean();
}

#[tokio::test]
async fn pins_reactions_and_threads_work_on_old_and_new_paths() {
    let (sim, rest, channel) = start().await;
    let id = rest.say(channel, json!({"content": "a"})).await.body["id"]
        .as_str()
        .unwrap()
        .to_owned();
    for path in [
        format!("/channels/{channel}/pins"),
        format!("/channels/{channel}/messages/pins"),
    ] {
        assert_eq!(
            rest.call("PUT", &format!("{path}/{id}"), Value::Null)
                .await
                .status,
            204
        );
        let list = rest.get(&path).await.body;
        assert_eq!(
            list.pointer("/0/id")
                .or(list.pointer("/items/0/message/id"))
                .unwrap(),
            &json!(id)
        );
        assert_eq!(
            rest.call("DELETE", &format!("{path}/{id}"), Value::Null)
                .await
                .status,
            204
        );
    }
    let reaction = format!("/channels/{channel}/messages/{id}/reactions/%E2%9C%85");
    assert_eq!(
        rest.call("PUT", &format!("{reaction}/@me"), Value::Null)
            .await
            .status,
        204
    );
    sim.react_as(
        sim.owner(),
        super::super::MessageId(id.parse().unwrap()),
        "✅",
    );
    assert_eq!(rest.get(&reaction).await.body.as_array().unwrap().len(), 2);
    let message = rest
        .get(&format!("/channels/{channel}/messages/{id}"))
        .await
        .body;
    assert_eq!(
        (
            &message["reactions"][0]["count"],
            &message["reactions"][0]["me"]
        ),
        (&json!(2), &json!(true))
    );
    rest.call("DELETE", &format!("{reaction}/@me"), Value::Null)
        .await;
    assert_eq!(rest.get(&reaction).await.body.as_array().unwrap().len(), 1);

    let threads = format!("/channels/{channel}/messages/{id}/threads");
    let thread = rest.call("POST", &threads, json!({"name": "Fil"})).await;
    assert_eq!((thread.status, &thread.body["id"]), (201, &json!(id)));
    assert_eq!(
        rest.call("POST", &threads, json!({"name": "Fil"}))
            .await
            .body["code"],
        160_004
    );
    let inside = rest
        .say(
            super::ChannelId(id.parse().unwrap()),
            json!({"content": "dedans"}),
        )
        .await;
    assert_eq!(inside.status, 200, "{}", inside.body);
    let archived = rest
        .call(
            "PATCH",
            &format!("/channels/{id}"),
            json!({"archived": true}),
        )
        .await;
    assert_eq!(archived.body["thread_metadata"]["archived"], true);
    sim.assert_clean();
}

#[tokio::test]
async fn commands_keep_their_ids_and_creations_are_counted() {
    let (sim, rest, _channel) = start().await;
    let command =
        |name: &str| json!({"name": name, "description": "d", "name_localizations": {"fr": name}});
    let first = register(&rest, json!([command("a"), command("b")]))
        .await
        .body;
    let second = register(&rest, json!([command("b"), command("c")]))
        .await
        .body;
    assert_eq!(first[1]["id"], second[0]["id"]);
    assert_ne!(first[1]["version"], second[0]["version"]);
    let path = format!("/applications/{}/commands", sim.application_id());
    assert!(
        rest.get(&path).await.body[0]
            .get("name_localizations")
            .is_none()
    );
    let localized = rest
        .get(&format!("{path}?with_localizations=true"))
        .await
        .body;
    assert_eq!(localized[0]["name_localizations"], json!({"fr": "b"}));
    let guild = format!(
        "/applications/{}/guilds/{}/commands",
        sim.application_id(),
        sim.guild()
    );
    assert_eq!(
        rest.call("POST", &guild, command("local")).await.status,
        201
    );
    assert_eq!(
        rest.call("POST", &guild, command("local")).await.status,
        200
    );
    sim.assert_clean();
    for round in 0..3 {
        let many: Vec<Value> = (0..99).map(|n| command(&format!("r{round}n{n}"))).collect();
        let got = register(&rest, json!(many)).await;
        assert_eq!(
            got.status,
            if round < 2 && round * 99 + 3 + 99 <= 200 {
                200
            } else {
                429
            },
            "{}",
            got.body
        );
    }
}

#[tokio::test]
async fn unknown_routes_are_recorded() {
    let (sim, rest, _channel) = start().await;
    assert_eq!(rest.get("/nothing/like/this").await.status, 404);
    assert_eq!(
        sim.take_violations()[0].kind,
        super::super::ViolationKind::UnknownRoute
    );
}

#[tokio::test]
async fn answers_are_plain_json_and_files_are_accepted() {
    let (sim, rest, channel) = start().await;
    let got = rest.get("/users/@me").await;
    assert_eq!(got.header("content-type"), "application/json");
    let payload =
        "{\"content\":\"a\",\"allowed_mentions\":{\"parse\":[]},\"attachments\":[{\"id\":\"0\"}]}";
    let body = format!(
        "--X\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\r\n{payload}\r\n--X\r\n\
        Content-Disposition: form-data; name=\"files[0]\"; filename=\"a.csv\"\r\n\r\n1,2\r\n--X--\r\n"
    );
    let answer = rest
        .http
        .post(format!(
            "{}/api/v10/channels/{channel}/messages",
            sim.http_url()
        ))
        .header("authorization", format!("Bot {}", rest.token))
        .header("content-type", "multipart/form-data; boundary=X")
        .body(body)
        .send()
        .await
        .expect("an answer");
    let json: Value = serde_json::from_str(&answer.text().await.expect("text")).expect("JSON");
    assert_eq!(json["attachments"][0]["filename"], "a.csv", "{json}");
    sim.assert_clean();
}

#[tokio::test]
async fn every_route_is_one_discord_describes() {
    let Some(spec) = super::super::spec::load() else {
        eprintln!("Discord's OpenAPI description is not there: set DISCORD_OPENAPI");
        return;
    };
    for route in super::super::rest::all_routes() {
        assert!(spec.knows(route.0, route.1), "{} {}", route.0, route.1);
    }
}
