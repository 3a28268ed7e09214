//! Files: what may come with a message, what is said of them, and what an edit keeps.

use serde_json::{Value, json};

use super::{Got, Rest, start};

/// As much of a PNG as is looked at: its header, 800 by 600, and its end.
const PNG: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x03\x20\0\0\x02\x58....\0\0\0\0IEND\xae\x42\x60\x82";

async fn sends(rest: &Rest, way: &str, payload: &Value, files: &[(&str, &str, &[u8])]) -> Got {
    let mut payload = payload.clone();
    payload["allowed_mentions"] = json!({"parse": []});
    let mut body = Vec::new();
    for (part, name, content) in files {
        let kind = if name.ends_with(".png") {
            "image/png"
        } else {
            "text/csv"
        };
        let head = format!(
            "--X\r\nContent-Disposition: form-data; name=\"{part}\"; filename=\"{name}\"\r\nContent-Type: {kind}\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    let json = format!(
        "--X\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\r\n{payload}\r\n--X--\r\n"
    );
    body.extend_from_slice(json.as_bytes());
    let (method, path) = way.split_once(' ').expect("a method and a path");
    let address = format!("{}/api/v10{path}", rest.sim.http_url());
    let request = rest
        .http
        .request(method.parse().expect("a method"), address);
    let answer = request
        .header("authorization", format!("Bot {}", rest.token))
        .header("content-type", "multipart/form-data; boundary=X")
        .body(body)
        .send()
        .await
        .expect("an answer");
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    let body = serde_json::from_str(&answer.text().await.expect("text")).unwrap_or(Value::Null);
    Got {
        status,
        body,
        headers,
    }
}

fn with_picture(name: &str) -> Value {
    json!({
        "embeds": [{"title": "T", "image": {"url": format!("attachment://{name}"), "description": "a"}}],
        "attachments": [{"id": "0", "filename": name, "description": "a: 1"}],
    })
}

#[tokio::test]
async fn a_picture_of_an_embed_has_its_address_and_its_words() {
    let (sim, rest, channel) = start().await;
    let way = format!("POST /channels/{channel}/messages");
    let files: [(&str, &str, &[u8]); 1] = [("files[0]", "a.png", PNG)];
    let got = sends(&rest, &way, &with_picture("a.png"), &files).await;
    assert_eq!(got.status, 200, "{}", got.body);
    let attachment = &got.body["attachments"][0];
    assert_eq!(attachment["description"], "a: 1");
    assert_eq!(
        (&attachment["width"], &attachment["height"]),
        (&json!(800), &json!(600))
    );
    assert_eq!(got.body["embeds"][0]["image"]["url"], attachment["url"]);
    sim.assert_clean();
}

#[tokio::test]
async fn files_that_discord_would_not_take_or_show_are_refused() {
    let (_sim, rest, channel) = start().await;
    let way = format!("POST /channels/{channel}/messages");
    let long = "é".repeat(1025);
    let good = with_picture("a.png");
    let mut without_file = good.clone();
    without_file["embeds"] = json!([]);
    let mut unnamed = good.clone();
    unnamed["attachments"] = json!([]);
    unnamed["embeds"][0]["image"]["url"] = json!("attachment://b.png");
    let mut wordy = good.clone();
    wordy["attachments"][0]["description"] = json!(long);
    type Files<'f> = &'f [(&'f str, &'f str, &'f [u8])];
    let cases: [(&str, &Value, Files<'_>); 8] = [
        ("no file", &without_file, &[]),
        (
            "another number",
            &without_file,
            &[("files[1]", "a.png", PNG)],
        ),
        ("another name", &without_file, &[("files[0]", "b.png", PNG)]),
        ("no such file", &unnamed, &[("files[0]", "a.png", PNG)]),
        (
            "no PNG",
            &good,
            &[("files[0]", "a.png", b"nothing of the kind")],
        ),
        ("an empty file", &good, &[("files[0]", "a.png", b"")]),
        ("long words", &wordy, &[("files[0]", "a.png", PNG)]),
        (
            "another part",
            &good,
            &[("files[0]", "a.png", PNG), ("file", "a.png", PNG)],
        ),
    ];
    for (what, payload, files) in cases {
        let got = sends(&rest, &way, payload, files).await;
        assert_eq!(
            (got.status, &got.body["code"]),
            (400, &json!(50035)),
            "{what}: {}",
            got.body
        );
        assert!(
            !rest.sim.take_violations().is_empty(),
            "{what} was not recorded"
        );
    }
    let named = with_picture("é.png");
    let got = sends(&rest, &way, &named, &[("files[0]", "é.png", PNG)]).await;
    assert_eq!(got.status, 400, "{}", got.body);
    assert!(!rest.sim.take_violations().is_empty());
}

#[tokio::test]
async fn an_edit_keeps_what_it_does_not_speak_of_and_replaces_what_it_names() {
    let (sim, rest, channel) = start().await;
    let way = format!("POST /channels/{channel}/messages");
    let good = with_picture("a.png");
    let first = sends(&rest, &way, &good, &[("files[0]", "a.png", PNG)]).await;
    let id = first.body["id"].as_str().expect("an id");
    let path = format!("/channels/{channel}/messages/{id}");
    let quiet = json!({"content": "b", "allowed_mentions": {"parse": []}});
    let kept = rest.call("PATCH", &path, quiet).await;
    assert_eq!(kept.body["attachments"], first.body["attachments"]);
    let way = format!("PATCH {path}");
    let replaced = sends(&rest, &way, &good, &[("files[0]", "a.png", PNG)]).await;
    let attachments = replaced.body["attachments"].as_array().expect("a list");
    assert_eq!(attachments.len(), 1);
    assert_ne!(attachments[0]["id"], first.body["attachments"][0]["id"]);
    sim.assert_clean();

    // Discord takes this, and its app shows the picture twice.
    let mut doubled = json!({"allowed_mentions": {"parse": []}});
    doubled["embeds"] = good["embeds"].clone();
    let got = rest.call("PATCH", &path, doubled).await;
    assert_eq!(got.status, 200, "{}", got.body);
    assert_eq!(rest.sim.take_violations().len(), 1);
    let none = json!({"attachments": [], "allowed_mentions": {"parse": []}});
    let bare = rest.call("PATCH", &path, none).await;
    assert_eq!(bare.body["attachments"], json!([]));
}
