//! A poll in the body of a message (resources/poll, "Poll Create Request Object").

use serde_json::Value;

use super::At;

pub fn check(at: &mut At<'_>, body: &Value) {
    let poll = &body["poll"];
    if poll.is_null() {
        return;
    }
    let mut at = at.sub("poll");
    at.only_fields(
        poll,
        &[
            "question",
            "answers",
            "duration",
            "allow_multiselect",
            "layout_type",
        ],
    );
    media(&mut at, poll, "question", 300);
    if poll["question"]["emoji"].is_object() {
        at.sub("question")
            .fault("SIM_POLL_QUESTION", "Only text is supported in a question");
    }
    at.number(poll, "duration", 1, 768);
    at.number(poll, "layout_type", 1, 1);
    at.boolean(poll, "allow_multiselect");
    let answers = at.list(poll, "answers", 1, 10);
    if poll["answers"].is_null() {
        at.sub("answers")
            .fault("BASE_TYPE_REQUIRED", "This field is required");
    }
    for (index, answer) in answers.iter().enumerate() {
        let mut at = at.sub("answers");
        let mut at = at.sub(index);
        at.only_fields(answer, &["poll_media"]);
        // The published description says 300 for both; the docs say 55 for an answer.
        media(&mut at, answer, "poll_media", 55);
    }
}

fn media(at: &mut At<'_>, object: &Value, name: &str, most: usize) {
    let media = &object[name];
    let mut at = at.sub(name);
    if media.is_null() {
        at.fault("BASE_TYPE_REQUIRED", "This field is required");
        return;
    }
    at.only_fields(media, &["text", "emoji"]);
    at.text(media, "text", true, 1, most);
}
