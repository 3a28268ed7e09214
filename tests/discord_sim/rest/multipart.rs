//! Request bodies: JSON, or multipart with `payload_json` and `files[n]`.

use serde_json::{Value, json};

/// The JSON of a body; files become entries of `attachments` with their name and size. `Err` when unreadable.
pub fn body(content_type: &str, bytes: &[u8]) -> Result<Value, ()> {
    if bytes.is_empty() {
        return Ok(Value::Null);
    }
    match content_type.split_once("boundary=") {
        Some((kind, boundary)) if kind.starts_with("multipart/form-data") => {
            parts(boundary.trim_matches('"'), bytes).ok_or(())
        }
        _ if content_type.starts_with("application/json") => {
            serde_json::from_slice(bytes).map_err(|_| ())
        }
        _ => Err(()),
    }
}

fn parts(boundary: &str, bytes: &[u8]) -> Option<Value> {
    let separator = format!("--{boundary}");
    let mut payload = json!({});
    let mut files = Vec::new();
    for part in split(bytes, separator.as_bytes()) {
        let Some(at) = find(part, b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8_lossy(&part[..at]);
        let content = part[at + 4..]
            .strip_suffix(b"\r\n")
            .unwrap_or(&part[at + 4..]);
        let attribute = |name: &str| {
            let (_, rest) = head.split_once(&format!(" {name}=\""))?;
            Some(rest.split('"').next()?.to_owned())
        };
        match attribute("name").as_deref() {
            Some("payload_json") => payload = serde_json::from_slice(content).ok()?,
            Some(name) if name.starts_with("files[") => {
                let id = name
                    .trim_start_matches("files[")
                    .trim_end_matches(']')
                    .to_owned();
                files.push((id, attribute("filename").unwrap_or_default(), content.len()));
            }
            _ => {}
        }
    }
    for (id, name, _) in files {
        // In an interaction's answer the message is under `data`.
        let message = match payload.get("data") {
            Some(Value::Object(_)) => payload.get_mut("data")?,
            _ => &mut payload,
        };
        let list = message
            .as_object_mut()?
            .entry("attachments")
            .or_insert_with(|| json!([]));
        let list = list.as_array_mut()?;
        let same = |entry: &Value| {
            entry["id"] == json!(id) || entry["id"] == json!(id.parse::<u64>().ok())
        };
        match list.iter_mut().find(|entry| same(entry)) {
            Some(entry) => {
                entry["id"] = json!(id);
                if entry["filename"].is_null() {
                    entry["filename"] = json!(name);
                }
            }
            None => list.push(json!({"id": id, "filename": name})),
        }
    }
    Some(payload)
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

fn split<'b>(mut bytes: &'b [u8], separator: &[u8]) -> Vec<&'b [u8]> {
    let mut parts = Vec::new();
    while let Some(at) = find(bytes, separator) {
        parts.push(&bytes[..at]);
        bytes = &bytes[at + separator.len()..];
    }
    parts
}
