//! Turns neutral messages and forms into Discord's JSON. Pure: no clock, no I/O, no words of its own.
//!
//! A card is one embed (title, description, fields, footer) with components below; a short answer without a title is
//! plain content. Everything is escaped ([`super::escape`]) and cut to Discord's limits here, so that
//! Discord never refuses a message for what somebody wrote
//! (<https://docs.discord.com/developers/resources/message#embed-object-embed-limits>).
//!
//! A new kind of [`Block`] needs an arm in [`lines`]; a new control needs one in [`super::components`].

use serde_json::{Map, Value, json};

use super::components::components;
use super::escape::{code, cut, cut_escaped, line, plain, text, units};
use crate::domain::card::{Block, Message, Tone};
use crate::domain::chart::Image;

const TITLE: usize = 256;
const DESCRIPTION: usize = 4_096;
const FIELDS: usize = 25;
const FIELD_NAME: usize = 256;
const FIELD_VALUE: usize = 1_024;
const FOOTER: usize = 2_048;
const EMBED: usize = 6_000;
const CONTENT: usize = 2_000;
const DESCRIPTION_OF_FILE: usize = 1_024;

const SUPPRESS_EMBEDS: u64 = 1 << 2;
const EPHEMERAL: u64 = 1 << 6;

/// A space that Discord accepts where something must stand.
const NOTHING: &str = "\u{200B}";

/// The parts of a message that all requests share.
struct Parts {
    content: Option<String>,
    embed: Option<Value>,
    components: Vec<Value>,
}

/// The body that creates a message.
pub(super) fn create(message: &Message) -> Map<String, Value> {
    let parts = parts(message);
    let mut body = body(&parts);
    if parts.embed.is_none() {
        // Links in plain content would unfold into pictures of whatever they lead to.
        body.insert("flags".to_owned(), json!(SUPPRESS_EMBEDS));
    } else {
        body.remove("content");
    }
    attach(&mut body, message);
    body
}

/// Names the file or the picture that goes with a message; the bytes are another part of the request.
fn attach(body: &mut Map<String, Value>, message: &Message) {
    let entry = match (&message.file, &message.image) {
        (Some(file), _) => json!({ "id": "0", "filename": file.name }),
        (None, Some(image)) => {
            json!({ "id": "0", "filename": image.name, "description": alt(image) })
        }
        (None, None) => return,
    };
    body.insert("attachments".to_owned(), json!([entry]));
}

/// What is read aloud in the place of a picture.
fn alt(image: &Image) -> String {
    cut(&plain(&image.alt), DESCRIPTION_OF_FILE)
}

/// The body that makes an existing message say this and nothing else. A picture is sent again: were its attachment only
/// kept, it would show a second time outside of the embed (<https://github.com/discord/discord-api-docs/issues/5675>).
pub(super) fn edit(message: &Message) -> Map<String, Value> {
    let parts = parts(message);
    let mut body = body(&parts);
    let flags = if parts.embed.is_none() {
        SUPPRESS_EMBEDS
    } else {
        0
    };
    body.insert("flags".to_owned(), json!(flags));
    body.insert("attachments".to_owned(), json!([]));
    attach(&mut body, message);
    body
}

/// The first answer to an interaction, seen by one person only.
pub(super) fn answer(message: &Message) -> Value {
    let mut data = create(message);
    let flags = data.get("flags").and_then(Value::as_u64).unwrap_or(0) | EPHEMERAL;
    data.insert("flags".to_owned(), json!(flags));
    json!({ "type": 4, "data": data })
}

/// What fills in an answer that was deferred.
pub(super) fn late_answer(message: &Message) -> Value {
    let mut body = body(&parts(message));
    attach(&mut body, message);
    Value::Object(body)
}

/// "The bot is thinking", seen by one person only.
pub(super) fn deferred() -> Value {
    json!({ "type": 5, "data": { "flags": EPHEMERAL } })
}

/// Acknowledges a press without showing anything.
pub(super) fn acknowledged() -> Value {
    json!({ "type": 6 })
}

fn body(parts: &Parts) -> Map<String, Value> {
    let mut body = Map::new();
    body.insert(
        "content".to_owned(),
        json!(parts.content.as_deref().unwrap_or_default()),
    );
    body.insert(
        "embeds".to_owned(),
        Value::Array(parts.embed.iter().cloned().collect()),
    );
    body.insert(
        "components".to_owned(),
        Value::Array(parts.components.clone()),
    );
    // Nobody is ever notified by words in a message.
    body.insert("allowed_mentions".to_owned(), json!({ "parse": [] }));
    body
}

fn parts(message: &Message) -> Parts {
    let components = components(&message.actions);
    if message.title.is_none() && message.footer.is_none() {
        let lines = lines(message, true);
        let length: usize = lines.iter().map(|line| units(&line.text) + 1).sum();
        if length <= CONTENT + 1 {
            let content = join(&lines, CONTENT);
            let content = if content.trim().is_empty() {
                NOTHING.to_owned()
            } else {
                content
            };
            return Parts {
                content: Some(content),
                embed: None,
                components,
            };
        }
    }
    Parts {
        content: None,
        embed: Some(embed(message)),
        components,
    }
}

fn embed(message: &Message) -> Value {
    let mut embed = Map::new();
    let mut left = EMBED;
    embed.insert("color".to_owned(), json!(color(message.tone)));
    if let Some(title) = message
        .title
        .as_deref()
        .map(line)
        .filter(|title| !title.is_empty())
    {
        let title = cut_escaped(&title, TITLE);
        left = left.saturating_sub(units(&title));
        embed.insert("title".to_owned(), json!(title));
    }
    // The footer holds the short id and how to act: it is set aside before long texts take all the room.
    let footer = message
        .footer
        .as_deref()
        .map(plain)
        .filter(|footer| !footer.is_empty());
    if let Some(footer) = footer {
        let footer = cut(&footer, FOOTER.min(left / 2));
        left = left.saturating_sub(units(&footer));
        embed.insert("footer".to_owned(), json!({ "text": footer }));
    }
    let apart = fields_apart(message);
    let fields = if apart {
        fields(message, &mut left)
    } else {
        Vec::new()
    };
    let description = join(&lines(message, !apart), DESCRIPTION.min(left));
    if !description.trim().is_empty() {
        embed.insert("description".to_owned(), json!(description));
    } else if fields.is_empty() && !embed.contains_key("title") {
        embed.insert("description".to_owned(), json!(NOTHING));
    }
    if !fields.is_empty() {
        embed.insert("fields".to_owned(), Value::Array(fields));
    }
    if let (Some(image), None) = (&message.image, &message.file) {
        let url = format!("attachment://{}", image.name);
        let picture = json!({ "url": url, "description": alt(image) });
        embed.insert("image".to_owned(), picture);
    }
    Value::Object(embed)
}

/// Whether names and values go into the embed's own fields. These stand below all text, so only where that
/// separates nothing: one block of them, and no headings that it could belong to.
fn fields_apart(message: &Message) -> bool {
    let blocks = message
        .body
        .iter()
        .filter(|block| matches!(block, Block::Fields(_)))
        .count();
    blocks == 1
        && !message
            .body
            .iter()
            .any(|block| matches!(block, Block::Heading(_)))
}

fn fields(message: &Message, left: &mut usize) -> Vec<Value> {
    let pairs = message.body.iter().filter_map(|block| match block {
        Block::Fields(pairs) => Some(pairs),
        _ => None,
    });
    let mut fields = Vec::new();
    for (name, value) in pairs.flatten().take(FIELDS) {
        let name = cut_escaped(&line(name), FIELD_NAME);
        let value = cut_escaped(&text(value), FIELD_VALUE);
        let size = units(&name) + units(&value);
        // A third of the room stays for the description.
        if size > left.saturating_sub(EMBED / 3) {
            break;
        }
        *left -= size;
        let or_nothing = |words: String| {
            if words.trim().is_empty() {
                NOTHING.to_owned()
            } else {
                words
            }
        };
        let inline = units(&value) <= 40 && !value.contains('\n');
        fields.push(
            json!({ "name": or_nothing(name), "value": or_nothing(value), "inline": inline }),
        );
    }
    fields
}

const fn color(tone: Tone) -> u32 {
    match tone {
        Tone::Plain => 0x2B_6C_B0,
        Tone::Success => 0x2F_85_5A,
        Tone::Error => 0xC5_30_30,
    }
}

/// A line of the description. Only an unmarked one may be cut inside: cutting bold or code would leave it open.
struct Line {
    text: String,
    unmarked: bool,
}

fn lines(message: &Message, with_fields: bool) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for block in &message.body {
        if matches!(block, Block::Fields(_)) && !with_fields {
            continue;
        }
        if !lines.is_empty() && !matches!(block, Block::Code(_)) {
            lines.push(Line {
                text: String::new(),
                unmarked: true,
            });
        }
        match block {
            Block::Text(words) => lines.extend(split(&text(words), "", true)),
            Block::Quote(words) => lines.extend(split(&text(words), "> ", true)),
            Block::Heading(words) => lines.push(Line {
                text: format!("**{}**", line(words)),
                unmarked: false,
            }),
            Block::Code(words) => lines.push(Line {
                text: code(words),
                unmarked: false,
            }),
            Block::List(items) => {
                lines.extend(items.iter().map(|item| Line {
                    text: format!("- {}", line(item)),
                    unmarked: true,
                }));
            }
            Block::Fields(pairs) => lines.extend(pairs.iter().map(|(name, value)| Line {
                text: format!("**{}** · {}", line(name), line(value)),
                unmarked: false,
            })),
        }
    }
    lines
}

fn split(escaped: &str, prefix: &str, unmarked: bool) -> Vec<Line> {
    escaped
        .split('\n')
        .map(|line| Line {
            text: format!("{prefix}{line}"),
            unmarked,
        })
        .collect()
}

/// The lines as one text of at most `max` UTF-16 units, with an ellipsis where the rest is missing.
fn join(lines: &[Line], max: usize) -> String {
    let mut out = String::new();
    for (number, line) in lines.iter().enumerate() {
        let separator = usize::from(number > 0);
        let used = units(&out);
        let last = number + 1 == lines.len();
        // Room for "\n…" is kept free until the last line.
        let room = max.saturating_sub(used + separator + if last { 0 } else { 2 });
        if units(&line.text) <= room {
            if separator == 1 {
                out.push('\n');
            }
            out.push_str(&line.text);
            continue;
        }
        if line.unmarked && room > 20 {
            if separator == 1 {
                out.push('\n');
            }
            out.push_str(&cut_escaped(&line.text, room));
        } else if used + 2 <= max {
            out.push_str("\n…");
        }
        break;
    }
    out
}

#[cfg(test)]
#[path = "render_tests.rs"]
mod tests;
