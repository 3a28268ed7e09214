//! Discord's own polls (<https://docs.discord.com/developers/resources/poll>): asked, ended, counted.
//!
//! A poll cannot be edited; it can only be ended. Its counts may be off until Discord has finalized them. Who answered is
//! never asked for.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use serenity::model::id::{ChannelId, MessageId};

use super::error::{Failure, code};
use super::escape::cut;
use super::rest::Rest;
use crate::domain::card::{NativeFigures, NativePoll};

const QUESTION: usize = 300;
const ANSWER: usize = 55;
/// The longest that a poll lasts, in hours.
const LONGEST: i64 = 768;

/// What is read of a poll in a message.
#[derive(Deserialize)]
pub(super) struct Poll {
    question: Media,
    answers: Vec<Answer>,
    results: Option<Results>,
}

#[derive(Deserialize)]
struct Media {
    #[serde(default)]
    text: String,
}

#[derive(Deserialize)]
struct Answer {
    answer_id: i64,
    poll_media: Media,
}

#[derive(Deserialize)]
struct Results {
    answer_counts: Vec<Count>,
    is_finalized: bool,
}

#[derive(Deserialize)]
struct Count {
    id: i64,
    count: u64,
}

/// The body that creates a message with this poll and nothing else. Discord counts in whole hours: it ends the poll by
/// itself within the hour after its end, in case nobody does before.
pub(super) fn body(poll: &NativePoll, now: DateTime<Utc>) -> Map<String, Value> {
    let media = |text: &str, most: usize| json!({ "text": cut(text, most) });
    let answers: Vec<Value> = poll
        .answers
        .iter()
        .map(|answer| json!({ "poll_media": media(answer, ANSWER) }))
        .collect();
    let hours = ((poll.ends_at - now).num_seconds() + 3_599) / 3_600;
    let asked = json!({
        "question": media(&poll.question, QUESTION),
        "answers": answers,
        "duration": hours.clamp(1, LONGEST),
        "allow_multiselect": poll.several,
    });
    let mut body = Map::new();
    body.insert("poll".to_owned(), asked);
    body.insert("allowed_mentions".to_owned(), json!({ "parse": [] }));
    body
}

impl Poll {
    /// Whether it asks what `body` asks.
    pub(super) fn asks(&self, body: &Map<String, Value>) -> bool {
        let wanted = body.get("poll").unwrap_or(&Value::Null);
        let text = |media: Option<&Value>| {
            let text = media.and_then(|media| media.get("text"));
            text.and_then(Value::as_str).map(str::to_owned)
        };
        let answers = wanted.get("answers").and_then(Value::as_array);
        let answers = answers.into_iter().flatten();
        text(wanted.get("question")).as_deref() == Some(&self.question.text)
            && answers
                .map(|answer| text(answer.get("poll_media")).unwrap_or_default())
                .eq(self.answers.iter().map(|a| a.poll_media.text.clone()))
    }

    /// What it came to. Without any results nothing is known yet.
    fn figures(&self) -> NativeFigures {
        let results = self.results.as_ref();
        let votes = |answer: &Answer| {
            let counts = results.into_iter().flat_map(|found| &found.answer_counts);
            // An answer that nobody chose may be left out.
            counts
                .filter(|count| count.id == answer.answer_id)
                .map(|count| count.count)
                .sum()
        };
        NativeFigures {
            votes: self.answers.iter().map(votes).collect(),
            exact: results.is_some_and(|found| found.is_finalized),
        }
    }
}

/// Ends a poll. One that has ended by itself is ended too.
pub(super) async fn end(
    rest: &Rest,
    channel: ChannelId,
    message: MessageId,
) -> Result<(), Failure> {
    match rest.expire_poll(channel, message).await {
        Err(failure) if failure.code() == Some(code::POLL_EXPIRED) => Ok(()),
        other => other,
    }
}

/// What a poll came to, as far as Discord has counted.
pub(super) async fn figures(
    rest: &Rest,
    channel: ChannelId,
    message: MessageId,
) -> Result<NativeFigures, Failure> {
    let found = rest.message(channel, message).await?;
    let poll = found
        .poll
        .ok_or(Failure::Odd("a message without its poll"))?;
    Ok(poll.figures())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked() -> NativePoll {
        NativePoll {
            question: "Ça va?".to_owned(),
            answers: vec!["Oui".to_owned(), "Non".to_owned()],
            several: false,
            ends_at: DateTime::from_timestamp(36_000, 0).unwrap(),
            ended: None,
        }
    }

    #[test]
    fn discord_ends_a_poll_a_little_after_its_end_if_nobody_does() {
        let hours = |now: i64| {
            let now = DateTime::from_timestamp(now, 0).unwrap();
            body(&asked(), now)["poll"]["duration"].as_i64().unwrap()
        };
        for (now, expected) in [(0, 10), (35_000, 1), (36_001, 1), (-3_000_000, 768)] {
            assert_eq!(hours(now), expected, "{now}");
        }
    }

    #[test]
    fn a_poll_is_recognised_and_its_counts_stand_in_the_order_of_its_answers() {
        let shown = |question: &str, results: Value| -> Poll {
            serde_json::from_value(json!({
                "question": {"text": question},
                "answers": [
                    {"answer_id": 1, "poll_media": {"text": "Oui"}},
                    {"answer_id": 2, "poll_media": {"text": "Non"}},
                ],
                "results": results,
            }))
            .unwrap()
        };
        let body = body(&asked(), DateTime::UNIX_EPOCH);
        let unknown = shown("Ça va?", Value::Null);
        assert!(unknown.asks(&body) && !shown("Ça va", Value::Null).asks(&body));
        let figures = unknown.figures();
        assert_eq!((figures.votes, figures.exact), (vec![0, 0], false));
        let counts = json!({"answer_counts": [{"id": 2, "count": 3}], "is_finalized": true});
        let figures = shown("Ça va?", counts).figures();
        assert_eq!((figures.votes, figures.exact), (vec![0, 3], true));
    }
}
