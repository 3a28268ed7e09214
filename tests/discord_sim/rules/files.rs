//! Files that come with a message, what its `attachments` say of them, and pictures in embeds that point to them.
//!
//! Source: Discord's docs, "Uploading Files" of the reference, and "Attachment Structure" of messages.

use serde_json::Value;

use super::super::rest::File;
use super::At;
use super::message::Way;

/// What a server without boosts takes in one request.
const SIZE_MAX: usize = 10 * 1024 * 1024;
const DESCRIPTION_MAX: usize = 1024;
const IMAGES: [&str; 5] = [".png", ".jpg", ".jpeg", ".gif", ".webp"];

/// Whether an entry of `attachments` describes that file.
pub fn describes(entry: &Value, file: &File) -> bool {
    entry["id"] == file.id.as_str()
        || entry["id"]
            .as_u64()
            .is_some_and(|id| id.to_string() == file.id)
}

pub fn check(at: &mut At<'_>, body: &Value, files: &[File], way: Way) {
    for file in files {
        let mut at = at.sub(format!("files[{}]", file.id));
        if file.name.is_empty() || file.size == 0 {
            at.fault("BASE_TYPE_REQUIRED", "a file has a name and a content");
        }
        if file.name.ends_with(".png") && (file.png.is_none() || file.content_type != "image/png") {
            at.fault("SIM_NO_PNG", "the file is called .png and is none");
        }
    }
    if files.iter().map(|file| file.size).sum::<usize>() > SIZE_MAX {
        at.sub("files")
            .fault("BASE_TYPE_MAX_LENGTH", "Request entity too large");
    }
    for (index, entry) in at.list(body, "attachments", 0, 10).iter().enumerate() {
        let mut list = at.sub("attachments");
        let mut at = list.sub(index);
        at.only_fields(
            entry,
            &["id", "filename", "description", "title", "is_spoiler"],
        );
        at.text(entry, "filename", false, 1, 1024);
        at.text(entry, "description", false, 0, DESCRIPTION_MAX);
        match files.iter().find(|file| describes(entry, file)) {
            Some(file)
                if !entry["filename"].is_null() && entry["filename"] != file.name.as_str() =>
            {
                let message = format!("the file itself is called {:?}", file.name);
                at.sub("filename").fault("SIM_OTHER_NAME", message);
            }
            None if !way.edits() => {
                at.sub("id")
                    .fault("SIM_NO_FILE", "no part files[n] has this number");
            }
            _ => {}
        }
    }
    let embeds = body["embeds"].as_array().into_iter().flatten();
    for (index, embed) in embeds.enumerate() {
        for place in ["image", "thumbnail"] {
            let mut list = at.sub("embeds");
            let mut embeds = list.sub(index);
            let mut at = embeds.sub(place);
            let media = &embed[place];
            if !media.is_null() {
                at.only_fields(media, &["url", "description", "width", "height"]);
                at.text(media, "url", true, 1, 2048);
                at.text(media, "description", false, 0, 4096);
            }
            let Some(name) = attached(&media["url"]) else {
                continue;
            };
            let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
            if !name.chars().all(plain) || !IMAGES.iter().any(|end| name.ends_with(end)) {
                at.sub("url")
                    .fault("SIM_BAD_NAME", "embeds take plainly named pictures only");
            }
            if !way.edits() && !files.iter().any(|file| file.name == name) {
                at.sub("url")
                    .fault("SIM_NO_FILE", format!("no file is called {name:?}"));
            }
        }
    }
}

/// The name in `attachment://name`.
pub fn attached(url: &Value) -> Option<&str> {
    url.as_str()?.strip_prefix("attachment://")
}
