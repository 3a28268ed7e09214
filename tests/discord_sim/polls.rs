//! Polls in messages: who chose what, when they end, when Discord has counted to the end.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::clock::timestamp;
use super::state::State;

/// A poll, as its message holds it.
#[derive(Debug, Clone)]
pub struct Poll {
    pub question: Value,
    /// The answers' media, in order; their ids count from 1.
    pub answers: Vec<Value>,
    pub several: bool,
    /// When it ends, in milliseconds since 1970.
    pub expiry: u64,
    /// Who chose each answer.
    pub votes: BTreeMap<u64, BTreeSet<u64>>,
}

impl Poll {
    /// Out of a checked body; none if it has no poll.
    pub fn of(body: &Value, now: u64) -> Option<Self> {
        let poll = body["poll"].as_object()?;
        let answers = poll["answers"].as_array()?;
        let hours = body["poll"]["duration"].as_u64().unwrap_or(24);
        Some(Self {
            question: poll["question"].clone(),
            answers: answers.iter().map(|a| a["poll_media"].clone()).collect(),
            several: body["poll"]["allow_multiselect"] == true,
            expiry: now + hours * 3_600_000,
            votes: BTreeMap::new(),
        })
    }
}

impl State {
    /// Somebody's choice, in place of the one before. As Discord's clients do: nothing once it has ended.
    pub fn vote(&mut self, message: u64, user: u64, chosen: &[u64]) {
        let now = self.now();
        let poll = self
            .messages
            .get_mut(&message)
            .and_then(|m| m.poll.as_mut());
        let poll = poll.expect("a message with a poll");
        assert!(now < poll.expiry, "the poll has ended");
        assert!(poll.several || chosen.len() <= 1, "one answer only");
        for voters in poll.votes.values_mut() {
            voters.remove(&user);
        }
        for answer in chosen {
            let known = (1..=poll.answers.len() as u64).contains(answer);
            assert!(known, "no answer {answer}");
            poll.votes.entry(*answer).or_default().insert(user);
        }
    }

    pub fn render_poll(&self, poll: &Poll, viewer: u64) -> Value {
        let over = self.now() >= poll.expiry;
        let answers = poll.answers.iter().zip(1_u64..);
        let answers: Vec<Value> = answers
            .map(|(media, id)| json!({"answer_id": id, "poll_media": media}))
            .collect();
        // Answers that nobody chose are left out, as Discord may.
        let counts = poll.votes.iter().filter(|(_, voters)| !voters.is_empty());
        let counts: Vec<Value> = counts
            .map(|(id, voters)| {
                json!({"id": id, "count": voters.len(), "me_voted": voters.contains(&viewer)})
            })
            .collect();
        json!({
            "question": poll.question, "answers": answers, "expiry": timestamp(poll.expiry),
            "allow_multiselect": poll.several, "layout_type": 1,
            "results": {
                "answer_counts": counts,
                "is_finalized": over && !self.options.polls_stay_uncounted,
            },
        })
    }
}
