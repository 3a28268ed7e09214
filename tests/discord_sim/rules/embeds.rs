//! Limits of embeds, each and together.

use serde_json::Value;

use super::At;

const FIELDS: &[&str] = &[
    "type",
    "url",
    "title",
    "color",
    "timestamp",
    "description",
    "author",
    "image",
    "thumbnail",
    "footer",
    "fields",
    "provider",
    "video",
];

pub fn check(at: &mut At<'_>, body: &Value) {
    let mut total = 0;
    for (index, embed) in at.list(body, "embeds", 0, 10).iter().enumerate() {
        let mut embeds = at.sub("embeds");
        let mut at = embeds.sub(index);
        at.only_fields(embed, FIELDS);
        at.text(embed, "title", false, 0, 256);
        at.text(embed, "description", false, 0, 4096);
        at.number(embed, "color", 0, 0x00ff_ffff);
        if !embed["footer"].is_null() {
            at.sub("footer")
                .text(&embed["footer"], "text", true, 1, 2048);
        }
        if !embed["author"].is_null() {
            at.sub("author")
                .text(&embed["author"], "name", true, 1, 256);
        }
        if let Some(text) = embed["timestamp"].as_str()
            && chrono::DateTime::parse_from_rfc3339(text).is_err()
        {
            at.sub("timestamp").fault(
                "DATE_TIME_TYPE_PARSE",
                "Could not parse. Should be ISO8601.",
            );
        }
        for (index, field) in at.list(embed, "fields", 0, 25).iter().enumerate() {
            let mut fields = at.sub("fields");
            let mut at = fields.sub(index);
            at.only_fields(field, &["name", "value", "inline"]);
            at.text(field, "name", true, 1, 256);
            at.text(field, "value", true, 1, 1024);
            at.boolean(field, "inline");
        }
        total += length(embed);
        if length(embed) == 0
            && ["image", "thumbnail", "video"]
                .iter()
                .all(|media| embed[media].is_null())
        {
            at.sub("description")
                .fault("BASE_TYPE_REQUIRED", "This field is required");
        }
    }
    if total > 6000 {
        at.sub("embeds").fault(
            "MAX_EMBED_SIZE_EXCEEDED",
            "Embed size exceeds maximum size of 6000",
        );
    }
}

/// Characters that count towards the 6000 of a message.
fn length(embed: &Value) -> usize {
    let chars = |value: &Value| value.as_str().map_or(0, |text| text.chars().count());
    let fields = embed["fields"].as_array().map_or(0, |fields| {
        fields
            .iter()
            .map(|field| chars(&field["name"]) + chars(&field["value"]))
            .sum()
    });
    chars(&embed["title"])
        + chars(&embed["description"])
        + chars(&embed["footer"]["text"])
        + chars(&embed["author"]["name"])
        + fields
}
