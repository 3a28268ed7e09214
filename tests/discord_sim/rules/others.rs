//! Threads, scheduled events, private channels, autocomplete answers.

use chrono::DateTime;
use serde_json::Value;

use super::At;

/// Names of the locales Discord has. There is no `fr-CA` and no plain `en`.
pub const LOCALES: &[&str] = &[
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl",
    "no", "pl", "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th",
    "zh-CN", "ja", "zh-TW", "ko", "ar",
];

pub fn thread(mut at: At<'_>, body: &Value) {
    at.only_fields(
        body,
        &[
            "name",
            "auto_archive_duration",
            "rate_limit_per_user",
            "type",
            "invitable",
            "message",
            "applied_tags",
        ],
    );
    at.text(body, "name", true, 1, 100);
    archive(&mut at, body);
}

pub fn archive(at: &mut At<'_>, body: &Value) {
    let duration = &body["auto_archive_duration"];
    if !duration.is_null() && !matches!(duration.as_u64(), Some(60 | 1440 | 4320 | 10080)) {
        at.sub("auto_archive_duration").fault(
            "BASE_TYPE_CHOICES",
            "Value must be one of (60, 1440, 4320, 10080).",
        );
    }
}

/// PATCH of a channel or thread.
pub fn channel(mut at: At<'_>, body: &Value, thread: bool) {
    let known: &[&str] = if thread {
        &[
            "name",
            "archived",
            "locked",
            "invitable",
            "auto_archive_duration",
            "rate_limit_per_user",
            "flags",
            "applied_tags",
        ]
    } else {
        &[
            "name",
            "type",
            "position",
            "topic",
            "nsfw",
            "rate_limit_per_user",
            "parent_id",
            "permission_overwrites",
            "default_auto_archive_duration",
            "default_thread_rate_limit_per_user",
            "flags",
        ]
    };
    at.only_fields(body, known);
    at.text(body, "name", false, 1, 100);
    at.text(body, "topic", false, 0, 1024);
    archive(&mut at, body);
}

/// `when_ms` is now, in simulated milliseconds: an event cannot start in the past.
pub fn scheduled_event(mut at: At<'_>, body: &Value, creating: bool, when_ms: u64) {
    at.only_fields(
        body,
        &[
            "name",
            "description",
            "image",
            "scheduled_start_time",
            "scheduled_end_time",
            "privacy_level",
            "entity_type",
            "entity_metadata",
            "channel_id",
            "recurrence_rule",
            "status",
        ],
    );
    at.text(body, "name", creating, 1, 100);
    at.text(body, "description", false, 0, 1000);
    if creating {
        for field in ["scheduled_start_time", "privacy_level", "entity_type"] {
            if body[field].is_null() {
                at.sub(field)
                    .fault("BASE_TYPE_REQUIRED", "This field is required");
            }
        }
        if body["entity_type"] == 3 && body["scheduled_end_time"].is_null() {
            at.sub("scheduled_end_time")
                .fault("BASE_TYPE_REQUIRED", "This field is required");
        }
        if body["entity_type"] == 3 {
            at.sub("entity_metadata")
                .text(&body["entity_metadata"], "location", true, 1, 100);
        }
    }
    if body["entity_type"] == 3 && !body["channel_id"].is_null() {
        at.sub("channel_id")
            .fault("SIM_EXTERNAL_CHANNEL", "an external event has no channel");
    }
    let start = moment(&mut at, body, "scheduled_start_time");
    let end = moment(&mut at, body, "scheduled_end_time");
    if start.is_some_and(|start| start < when_ms as i64) {
        at.sub("scheduled_start_time").fault(
            "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST",
            "Cannot schedule event in the past.",
        );
    }
    if let (Some(start), Some(end)) = (start, end)
        && end <= start
    {
        at.sub("scheduled_end_time").fault(
            "GUILD_SCHEDULED_EVENT_END_TIME_BEFORE_START_TIME",
            "Cannot schedule event to end before start time.",
        );
    }
}

fn moment(at: &mut At<'_>, body: &Value, name: &str) -> Option<i64> {
    let text = body[name].as_str()?;
    match DateTime::parse_from_rfc3339(text) {
        Ok(moment) => Some(moment.timestamp_millis()),
        Err(_) => {
            at.sub(name).fault(
                "DATE_TIME_TYPE_PARSE",
                "Could not parse. Should be ISO8601.",
            );
            None
        }
    }
}

/// Data of an answer of type 8.
pub fn choices(mut at: At<'_>, data: &Value) {
    at.only_fields(data, &["choices"]);
    for (index, choice) in at.list(data, "choices", 0, 25).iter().enumerate() {
        let mut choices = at.sub("choices");
        let mut at = choices.sub(index);
        at.only_fields(choice, &["name", "name_localizations", "value"]);
        at.text(choice, "name", true, 1, 100);
        if choice["value"].is_string() {
            at.text(choice, "value", true, 1, 100);
        }
        super::commands::check_locales(&mut at, choice, "name_localizations");
    }
}
