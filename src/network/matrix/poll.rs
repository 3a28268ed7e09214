//! Matrix's own polls (MSC3381, <https://github.com/matrix-org/matrix-spec-proposals/pull/3381>): asked, ended, counted.
//!
//! By the unstable names, which are those that clients speak. Answers are counted when the poll has ended, from the events
//! that refer to it, whatever their type: in an encrypted room the server knows no other. Who answered is forgotten
//! as soon as the last answer of each is known.

use std::collections::HashMap;

use matrix_sdk::room::{IncludeRelations, RelationsOptions};
use matrix_sdk::ruma::events::relation::RelationType;
use matrix_sdk::ruma::{EventId, OwnedEventId, UInt, UserId};
use matrix_sdk::{Room, ruma};
use serde_json::{Value, json};
use uuid::Uuid;

use super::content::CARD;
use super::error::send_error;
use crate::domain::card::{NativeFigures, NativePoll};
use crate::network::SendError;

/// The type of the event that asks.
pub(super) const START: &str = "org.matrix.msc3381.poll.start";
/// The type of the event that ends it.
pub(super) const END: &str = "org.matrix.msc3381.poll.end";
/// The types of events that answer.
const RESPONSES: [&str; 2] = ["org.matrix.msc3381.poll.response", "m.poll.response"];
const TEXT: &str = "org.matrix.msc1767.text";
/// Pages of 100 events that are read.
const PAGES: usize = 100;

/// The content of the event that asks.
pub(super) fn start(card: Uuid, poll: &NativePoll) -> Value {
    let answers = || poll.answers.iter().enumerate();
    let choices: Vec<Value> = answers()
        .map(|(at, answer)| json!({"id": answer_id(at), TEXT: answer}))
        .collect();
    let lines = answers().map(|(at, answer)| format!("{}. {answer}", at + 1));
    let lines: Vec<String> = std::iter::once(poll.question.clone())
        .chain(lines)
        .collect();
    json!({
        START: {
            "question": {TEXT: poll.question},
            "kind": "org.matrix.msc3381.poll.disclosed",
            "max_selections": selections(poll),
            "answers": choices,
        },
        TEXT: lines.join("\n"),
        "m.mentions": {},
        CARD: card,
    })
}

/// The content of the event that ends it, with words for programs that draw no polls.
pub(super) fn end(poll: &EventId, words: &str) -> Value {
    json!({
        END: {},
        TEXT: words,
        "m.mentions": {},
        "m.relates_to": {"rel_type": "m.reference", "event_id": poll},
    })
}

fn answer_id(at: usize) -> String {
    format!("answer-{}", at + 1)
}

fn selections(poll: &NativePoll) -> usize {
    if poll.several { poll.answers.len() } else { 1 }
}

/// What the poll came to: of each person the last answer before its end.
pub(super) async fn figures(
    room: &Room,
    event: OwnedEventId,
    poll: &NativePoll,
) -> Result<NativeFigures, SendError> {
    let levels = room.power_levels().await.ok();
    let may_end = |sender: &UserId| {
        sender == room.own_user_id()
            || levels
                .as_ref()
                .is_some_and(|levels| levels.user_can_redact_event_of_other(sender))
    };
    let (mut answers, mut ends, mut unread) = (Vec::new(), Vec::new(), false);
    let mut from = None;
    for _ in 0..PAGES {
        let options = RelationsOptions {
            from: from.take(),
            limit: Some(UInt::from(100_u32)),
            include_relations: IncludeRelations::RelationsOfType(RelationType::Reference),
            ..RelationsOptions::default()
        };
        let page = Box::pin(room.relations(event.clone(), options))
            .await
            .map_err(|error| send_error(&error))?;
        for found in &page.chunk {
            // It may be an answer whose key has not come yet.
            unread |= found.kind.is_utd();
            let Some(sender) = found.sender() else {
                continue;
            };
            match read(found.raw().json().get()) {
                Some(Said::Answer(answer)) => answers.push((sender, answer)),
                Some(Said::End(at)) if may_end(&sender) => ends.push(at),
                _ => {}
            }
        }
        from = page.next_batch_token;
        if from.is_none() {
            break;
        }
    }
    let over = ends.into_iter().min().unwrap_or_else(|| {
        // Our own end is not there yet, as far as the homeserver tells.
        ruma::MilliSecondsSinceUnixEpoch::from_system_time(poll.ends_at.into())
            .map_or(i64::MAX, |at| at.get().into())
    });
    Ok(NativeFigures {
        votes: count(answers, over, poll.answers.len(), selections(poll)),
        exact: !unread && from.is_none(),
    })
}

/// An answer to a poll.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Answer {
    /// When, by the sender's homeserver, in milliseconds.
    at: i64,
    /// Chosen answers' ids; none that can be read if it is malformed.
    chosen: Option<Vec<String>>,
}

/// What an event that refers to a poll says.
enum Said {
    Answer(Answer),
    /// That it ends, and when.
    End(i64),
}

fn read(json: &str) -> Option<Said> {
    let event: Value = serde_json::from_str(json).ok()?;
    let at = event.get("origin_server_ts")?.as_i64()?;
    let kind = event.get("type")?.as_str()?;
    if kind == END {
        return Some(Said::End(at));
    }
    if !RESPONSES.contains(&kind) {
        return None;
    }
    let content = event.get("content")?;
    let said = content.get(kind);
    let list = said.and_then(|said| said.get("answers")).or_else(|| {
        // The stable form has them beside the type.
        content.get("m.selections")
    });
    let chosen = list.and_then(Value::as_array).map(|chosen| {
        let ids = chosen.iter().map(|id| id.as_str().unwrap_or_default());
        ids.map(str::to_owned).collect()
    });
    Some(Said::Answer(Answer { at, chosen }))
}

/// How many people chose each of `answers` answers before `over`. Of each person the last answer counts: nothing if it names
/// an answer that there is not, and the first `most` of what it names otherwise.
fn count<P: Eq + std::hash::Hash>(
    said: Vec<(P, Answer)>,
    over: i64,
    answers: usize,
    most: usize,
) -> Vec<u64> {
    let mut last: HashMap<P, Answer> = HashMap::new();
    for (who, answer) in said.into_iter().filter(|(_, answer)| answer.at <= over) {
        match last.get(&who) {
            // Events come from the latest to the first: of two in the same millisecond the one read first is the later.
            Some(known) if known.at >= answer.at => {}
            _ => {
                last.insert(who, answer);
            }
        }
    }
    let ids: Vec<String> = (0..answers).map(answer_id).collect();
    let mut votes = vec![0; answers];
    for chosen in last.into_values().filter_map(|answer| answer.chosen) {
        let places: Option<Vec<usize>> = chosen
            .iter()
            .map(|id| ids.iter().position(|known| known == id))
            .collect();
        let mut counted = Vec::new();
        for place in places.unwrap_or_default() {
            if counted.len() < most && !counted.contains(&place) {
                counted.push(place);
            }
        }
        for place in counted {
            if let Some(votes) = votes.get_mut(place) {
                *votes += 1;
            }
        }
    }
    votes
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    /// Who said what, how many answers may be chosen, and what that comes to.
    type Case = (Vec<(&'static str, Answer)>, usize, [u64; 3]);

    fn answer(at: i64, chosen: &[&str]) -> Answer {
        Answer {
            at,
            chosen: Some(chosen.iter().map(|id| (*id).to_owned()).collect()),
        }
    }

    #[test]
    fn the_last_answer_of_each_before_the_end_counts_within_what_may_be_chosen() {
        let (one, two, three) = ("answer-1", "answer-2", "answer-3");
        let malformed = Answer {
            at: 2,
            chosen: None,
        };
        let table: [Case; 8] = [
            (vec![], 1, [0, 0, 0]),
            (
                vec![("a", answer(1, &[one])), ("b", answer(1, &[one]))],
                1,
                [2, 0, 0],
            ),
            // Whatever the order in which they are read.
            (
                vec![("a", answer(5, &[two])), ("a", answer(3, &[one]))],
                1,
                [0, 1, 0],
            ),
            (
                vec![("a", answer(1, &[one])), ("a", answer(11, &[two]))],
                1,
                [1, 0, 0],
            ),
            (
                vec![("a", answer(1, &[one])), ("a", answer(2, &[]))],
                1,
                [0, 0, 0],
            ),
            // An unknown answer spoils all of it, and what was said before does not come back.
            (
                vec![("a", answer(1, &[one])), ("a", answer(2, &[two, "x"]))],
                3,
                [0, 0, 0],
            ),
            (
                vec![("a", answer(1, &[one])), ("a", malformed)],
                1,
                [0, 0, 0],
            ),
            (
                vec![("a", answer(1, &[three, three, one, two]))],
                2,
                [1, 0, 1],
            ),
        ];
        for (said, most, expected) in table {
            assert_eq!(count(said.clone(), 10, 3, most), expected, "{said:?}");
        }
    }

    #[test]
    fn a_poll_is_asked_by_the_names_that_clients_speak_with_words_for_the_others() {
        let poll = NativePoll {
            question: "Ça va?".to_owned(),
            answers: vec!["Oui".to_owned(), "Non".to_owned()],
            several: true,
            ends_at: DateTime::UNIX_EPOCH,
            ended: None,
        };
        let content = start(Uuid::from_u128(7), &poll);
        assert_eq!(content[TEXT], "Ça va?\n1. Oui\n2. Non");
        assert_eq!(
            content["org.matrix.msc3381.poll.start"],
            json!({
                "question": {TEXT: "Ça va?"},
                "kind": "org.matrix.msc3381.poll.disclosed",
                "max_selections": 2,
                "answers": [{"id": "answer-1", TEXT: "Oui"}, {"id": "answer-2", TEXT: "Non"}],
            })
        );
    }

    #[test]
    fn answers_are_read_by_both_names() {
        let said = |kind: &str, content: Value| {
            let event = json!({"type": kind, "origin_server_ts": 5, "content": content});
            read(&event.to_string())
        };
        let chosen = answer(5, &["answer-1"]);
        for (kind, content) in [
            (
                RESPONSES[0],
                json!({RESPONSES[0]: {"answers": ["answer-1"]}}),
            ),
            (
                RESPONSES[1],
                json!({RESPONSES[1]: {}, "m.selections": ["answer-1"]}),
            ),
        ] {
            let Some(Said::Answer(found)) = said(kind, content) else {
                panic!("{kind} is not read")
            };
            assert_eq!(found, chosen);
        }
        assert!(matches!(said(END, json!({})), Some(Said::End(5))));
        assert!(said("m.room.message", json!({"body": "Oui"})).is_none());
    }
}
