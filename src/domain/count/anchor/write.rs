//! Writing a `poll-anchor/1` file, one ballot per line.

use std::fmt::{self, Write};

use serde_json::{Map, Value, json};

use super::super::rankings;
use super::{Anchor, Ballots};

/// The election as text. Reading it back gives the same ballots.
pub(super) fn write(anchor: &Anchor) -> String {
    let mut ballots = anchor.ballots.clone();
    ballots.merge();
    let mut text = String::from("{\n");
    for (key, value) in head(anchor) {
        text.push_str(&format!(" {}: {value},\n", json!(key)));
    }
    text += " \"ballots\": [";
    let mut lines = Lines {
        text: &mut text,
        first: true,
    };
    // Writing to a string cannot fail.
    let _ = lines.write(&ballots);
    text += "\n ]\n}\n";
    text
}

/// Everything but the ballots.
fn head(anchor: &Anchor) -> Vec<(&'static str, Value)> {
    let candidates: Vec<Value> = anchor
        .candidates
        .iter()
        .map(|candidate| {
            let mut object = Map::new();
            object.insert("id".to_owned(), json!(candidate.id));
            object.insert("name".to_owned(), json!(candidate.name));
            if let Some(cost) = candidate.cost {
                object.insert("cost".to_owned(), json!(cost));
            }
            Value::Object(object)
        })
        .collect();
    let mut head = vec![
        ("schema", json!("poll-anchor/1")),
        ("id", json!(anchor.id)),
        ("title", json!(anchor.title)),
    ];
    match &anchor.ballots {
        Ballots::Ranking(_) => head.push(("ballot_type", json!("ranking"))),
        Ballots::Approval(_) => head.push(("ballot_type", json!("approval"))),
        Ballots::Score(ballots) => {
            head.push(("ballot_type", json!("score")));
            head.push(("score_range", json!(ballots.range())));
        }
        Ballots::Points(ballots) => {
            head.push(("ballot_type", json!("points")));
            head.push(("points_per_voter", json!(ballots.rule().budget)));
        }
    }
    head.extend(anchor.seats.map(|seats| ("seats", json!(seats))));
    head.extend(anchor.budget.map(|budget| ("budget", json!(budget))));
    let voters = anchor.ballots.voters();
    let size = match voters {
        0..1_000 => "small",
        1_000..20_000 => "medium",
        _ => "large",
    };
    head.extend([
        ("candidates", json!(candidates)),
        ("total_weight", json!(voters)),
        ("empty_ballots", json!(anchor.ballots.empty())),
        ("size", json!(size)),
    ]);
    head
}

struct Lines<'a> {
    text: &'a mut String,
    first: bool,
}

impl Lines<'_> {
    fn write(&mut self, ballots: &Ballots) -> fmt::Result {
        match ballots {
            Ballots::Ranking(ballots) => {
                for (levels, weight) in ballots.iter() {
                    let tiers = rankings::tiers(levels);
                    self.start(weight, '[')?;
                    self.list(tiers.iter(), |text, tier| match tier[..] {
                        [only] => write!(text, "{only}"),
                        _ => write!(text, "{}", json!(tier)),
                    })?;
                    self.end(']');
                }
            }
            Ballots::Approval(ballots) => {
                for (chosen, weight) in ballots.iter() {
                    self.start(weight, '[')?;
                    self.list(chosen, |text, option| write!(text, "{option}"))?;
                    self.end(']');
                }
            }
            Ballots::Score(ballots) => {
                for (scores, weight) in ballots.iter() {
                    self.start(weight, '{')?;
                    self.list(scores, |text, (option, score)| {
                        write!(text, "\"{option}\":{score}")
                    })?;
                    self.end('}');
                }
            }
            Ballots::Points(ballots) => {
                for (points, weight) in ballots.iter() {
                    self.start(weight, '[')?;
                    self.list(points, |text, (option, points)| {
                        write!(text, "[{option},{points}]")
                    })?;
                    self.end(']');
                }
            }
        }
        Ok(())
    }

    fn start(&mut self, weight: u64, bracket: char) -> fmt::Result {
        let comma = if std::mem::take(&mut self.first) {
            ""
        } else {
            ","
        };
        write!(self.text, "{comma}\n  [{weight},{bracket}")
    }

    fn list<T>(
        &mut self,
        items: impl Iterator<Item = T>,
        item: impl Fn(&mut String, T) -> fmt::Result,
    ) -> fmt::Result {
        for (index, value) in items.enumerate() {
            if index > 0 {
                self.text.push(',');
            }
            item(self.text, value)?;
        }
        Ok(())
    }

    fn end(&mut self, bracket: char) {
        self.text.push(bracket);
        self.text.push(']');
    }
}
