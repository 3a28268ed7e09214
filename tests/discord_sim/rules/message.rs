//! Bodies that create or edit a message, on every way Discord has for it.

use serde_json::Value;

use super::super::rest::File;
use super::super::state::Message;
use super::At;

/// The way a message body arrives; each allows other fields and flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Create,
    Edit,
    /// First answer to an interaction: types 4 and 7.
    Callback,
    Followup,
    /// Edit through an interaction's webhook.
    WebhookEdit,
}

impl Way {
    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Create => &[
                "content",
                "embeds",
                "allowed_mentions",
                "sticker_ids",
                "components",
                "flags",
                "attachments",
                "poll",
                "message_reference",
                "nonce",
                "enforce_nonce",
                "tts",
            ],
            Self::Edit => &[
                "content",
                "embeds",
                "flags",
                "allowed_mentions",
                "sticker_ids",
                "components",
                "attachments",
            ],
            Self::Callback | Self::Followup => &[
                "content",
                "embeds",
                "allowed_mentions",
                "components",
                "attachments",
                "poll",
                "tts",
                "flags",
            ],
            Self::WebhookEdit => &[
                "content",
                "embeds",
                "allowed_mentions",
                "components",
                "attachments",
                "poll",
                "flags",
            ],
        }
    }

    /// Whether it changes a message that has attachments of its own.
    pub fn edits(self) -> bool {
        matches!(self, Self::Edit | Self::WebhookEdit)
    }

    fn flags(self) -> u64 {
        let both = Message::SUPPRESS_EMBEDS | Message::COMPONENTS_V2;
        match self {
            Self::Create => both | Message::SILENT,
            Self::Edit | Self::WebhookEdit => both,
            Self::Callback | Self::Followup => both | Message::SILENT | Message::EPHEMERAL,
        }
    }
}

/// Checks everything in the body that does not depend on where it goes.
pub fn check(mut at: At<'_>, body: &Value, files: &[File], way: Way) {
    // discord.js says "no" to these everywhere, even where they have no meaning; only a "yes" would be a mistake.
    let idle = |name: &&str| body[*name] == false;
    let known: Vec<&str> = way
        .fields()
        .iter()
        .copied()
        .chain(["tts", "enforce_nonce"].into_iter().filter(idle))
        .collect();
    at.only_fields(body, &known);
    at.text(body, "content", false, 0, 2000);
    at.boolean(body, "tts");
    at.boolean(body, "enforce_nonce");
    check_nonce(&mut at, body);
    check_flags(&mut at, body, way);
    super::embeds::check(&mut at, body);
    super::polls::check(&mut at, body);
    check_mentions(&mut at, body);
    super::files::check(&mut at, body, files, way);
    at.list(body, "sticker_ids", 0, 3);
    let v2 = body["flags"].as_u64().unwrap_or(0) & Message::COMPONENTS_V2 != 0;
    super::components::check(&mut at, body, v2);
    if v2 {
        for field in ["content", "embeds", "poll", "sticker_ids"] {
            let empty = body[field].is_null()
                || body[field] == ""
                || body[field].as_array().is_some_and(Vec::is_empty);
            if !empty {
                at.sub(field).fault("MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                    format!("The '{field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"));
            }
        }
    }
}

fn check_nonce(at: &mut At<'_>, body: &Value) {
    match &body["nonce"] {
        Value::Null => {
            if body["enforce_nonce"] == true {
                at.sub("nonce")
                    .fault("BASE_TYPE_REQUIRED", "enforce_nonce needs a nonce");
            }
        }
        Value::Number(number) if number.is_i64() || number.is_u64() => {}
        Value::String(text) if text.chars().count() <= 25 && !text.is_empty() => {}
        _ => at.sub("nonce").fault(
            "NONCE_TYPE_TOO_LONG",
            "Nonce too long. Must be an int64 or at most 25 characters.",
        ),
    }
}

fn check_flags(at: &mut At<'_>, body: &Value, way: Way) {
    match &body["flags"] {
        Value::Null => {}
        value => match value.as_u64() {
            Some(flags) if flags & !way.flags() == 0 => {}
            _ => at.sub("flags").fault(
                "SIM_BAD_FLAGS",
                format!("flags {value} are not allowed here"),
            ),
        },
    }
}

fn check_mentions(at: &mut At<'_>, body: &Value) {
    let allowed = &body["allowed_mentions"];
    if allowed.is_null() {
        return;
    }
    let mut at = at.sub("allowed_mentions");
    at.only_fields(allowed, &["parse", "users", "roles", "replied_user"]);
    at.boolean(allowed, "replied_user");
    for (index, kind) in at.list(allowed, "parse", 0, 3).iter().enumerate() {
        if !["roles", "users", "everyone"]
            .iter()
            .any(|known| kind == known)
        {
            at.sub("parse").sub(index).fault(
                "BASE_TYPE_CHOICES",
                "Value must be one of ('roles', 'users', 'everyone').",
            );
        }
    }
    for kind in ["users", "roles"] {
        let listed = at.list(allowed, kind, 0, 100).len();
        let parsed = allowed["parse"]
            .as_array()
            .is_some_and(|parse| parse.iter().any(|item| item == kind));
        if listed > 0 && parsed {
            at.sub("parse").fault(
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                format!("parse:[\"{kind}\"] and {kind}: [ids...] are mutually exclusive."),
            );
        }
    }
}

/// Whether the body says in so many words whom it may ping; without, Discord parses everything.
pub fn explicit_mentions(body: &Value) -> bool {
    body["allowed_mentions"]["parse"].is_array()
}
