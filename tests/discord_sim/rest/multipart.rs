//! Request bodies: JSON, or multipart with `payload_json` and `files[n]`.

use serde_json::Value;

/// What a request brings.
#[derive(Debug, Clone, Default)]
pub struct Body {
    pub json: Value,
    pub files: Vec<File>,
    /// What is wrong with the parts themselves.
    pub faults: Vec<String>,
}

/// A part `files[n]`.
#[derive(Debug, Clone)]
pub struct File {
    /// The `n`.
    pub id: String,
    pub name: String,
    pub content_type: String,
    pub size: usize,
    /// Width and height, if it is a PNG.
    pub png: Option<(u32, u32)>,
}

/// Reads a body. `Err` when unreadable.
pub fn body(content_type: &str, bytes: &[u8]) -> Result<Body, ()> {
    if bytes.is_empty() {
        return Ok(Body::default());
    }
    match content_type.split_once("boundary=") {
        Some((kind, boundary)) if kind.starts_with("multipart/form-data") => {
            parts(boundary.trim_matches('"'), bytes).ok_or(())
        }
        _ if content_type.starts_with("application/json") => {
            let json = serde_json::from_slice(bytes).map_err(|_| ())?;
            Ok(Body {
                json,
                ..Body::default()
            })
        }
        _ => Err(()),
    }
}

fn parts(boundary: &str, bytes: &[u8]) -> Option<Body> {
    let separator = format!("--{boundary}");
    let mut body = Body::default();
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
        let name = attribute("name").unwrap_or_default();
        if name == "payload_json" {
            body.json = serde_json::from_slice(content).ok()?;
            continue;
        }
        let id = name
            .strip_prefix("files[")
            .and_then(|rest| rest.strip_suffix(']'));
        match id.filter(|id| matches!(id.parse(), Ok(0..=9))) {
            Some(id) if body.files.iter().any(|file| file.id == id) => {
                body.faults.push(format!("files[{id}] stands twice"));
            }
            Some(id) => body.files.push(File {
                id: id.to_owned(),
                name: attribute("filename").unwrap_or_default(),
                content_type: header(&head, "content-type"),
                size: content.len(),
                png: png_size(content),
            }),
            None => body
                .faults
                .push(format!("Discord has no part named {name:?}")),
        }
    }
    Some(body)
}

fn header(head: &str, wanted: &str) -> String {
    let pairs = head.lines().filter_map(|line| line.split_once(':'));
    pairs
        .filter(|(name, _)| name.eq_ignore_ascii_case(wanted))
        .map(|(_, value)| value.trim().to_owned())
        .next()
        .unwrap_or_default()
}

/// Width and height from the header of a PNG that is there to its end.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let whole = bytes.starts_with(b"\x89PNG\r\n\x1a\n")
        && bytes.get(12..16) == Some(b"IHDR")
        && bytes.ends_with(b"IEND\xae\x42\x60\x82");
    whole.then(|| Some((number(16)?, number(20)?))).flatten()
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
