//! Reading a `poll-anchor/1` file.
//!
//! The keys may come in any order, so the text is gone through three times: for everything but the ballots, for the
//! ballots (whose meaning hangs on the rest), and for the wanted counts (some of which hang on the ballots). What
//! a pass does not need it skips without building anything. Errors are made while the parser stands at the
//! place, which is how they know their line.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use super::super::ballot::{self, BallotError, MAX_POINTS};
use super::super::numbers::Scores;
use super::ballots::BallotsSeed;
use super::results::{self, Count};
use super::{Anchor, BallotType, Candidate};

/// Why a file cannot be counted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct FileError {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1; 0 before the first character of a line.
    pub column: usize,
    /// What is wrong there.
    pub reason: String,
}

impl From<serde_json::Error> for FileError {
    fn from(error: serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        let text = error.to_string();
        let place = format!(" at line {line} column {column}");
        Self {
            line,
            column,
            reason: text.strip_suffix(&place).unwrap_or(&text).to_owned(),
        }
    }
}

/// Reads an election.
pub(super) fn read(text: &str) -> Result<Anchor, FileError> {
    // Some editors put a byte order mark in front.
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let head: Head = in_whole(text, std::marker::PhantomData)?;
    let mut anchor = in_whole(
        text,
        Field {
            name: "ballots",
            seed: BallotsSeed { head: &head },
        },
    )?
    .map(|ballots| Anchor {
        id: head.id,
        title: head.title,
        candidates: head.candidates.0,
        seats: head.seats.map(|Seats(seats)| seats),
        budget: head.budget,
        ballots,
        wanted: None,
    })
    // The first pass has seen that there are ballots.
    .ok_or_else(|| FileError {
        line: text.lines().count(),
        column: 0,
        reason: "missing field `ballots`".to_owned(),
    })?;
    if head.expected.is_some() {
        let seed = Wanted { anchor: &anchor };
        let name = "expected";
        anchor.wanted = in_whole(text, Field { name, seed })?;
    }
    Ok(anchor)
}

/// Reads the text with that seed and makes sure that nothing follows.
fn in_whole<'de, S: DeserializeSeed<'de>>(text: &'de str, seed: S) -> Result<S::Value, FileError> {
    let mut json = serde_json::Deserializer::from_str(text);
    let value = seed.deserialize(&mut json)?;
    json.end()?;
    Ok(value)
}

/// Everything but the ballots.
#[derive(Deserialize)]
#[serde(expecting = "an object with the keys of poll-anchor/1")]
pub(super) struct Head {
    #[serde(rename = "schema")]
    _schema: Schema,
    #[serde(default)]
    id: String,
    #[serde(default)]
    title: String,
    ballot_type: Kind,
    pub(super) candidates: Candidates,
    seats: Option<Seats>,
    budget: Option<u64>,
    score_range: Option<ScoreRange>,
    points_per_voter: Option<PointsPerVoter>,
    pub(super) total_weight: Option<u64>,
    pub(super) empty_ballots: Option<u64>,
    #[serde(rename = "ballots")]
    _ballots: IgnoredAny,
    expected: Option<IgnoredAny>,
}

impl Head {
    /// The type of the ballots with what it needs.
    pub(super) fn ballot_type<E: de::Error>(&self) -> Result<BallotType, E> {
        Ok(match self.ballot_type {
            Kind::Ranking => BallotType::Ranking,
            Kind::Approval => BallotType::Approval,
            Kind::Score => {
                let range = self.score_range.as_ref();
                let ScoreRange(lowest, highest) =
                    *range.ok_or_else(|| E::missing_field("score_range"))?;
                BallotType::Score { lowest, highest }
            }
            Kind::Points => {
                let points = self.points_per_voter.as_ref();
                let PointsPerVoter(budget) =
                    *points.ok_or_else(|| E::missing_field("points_per_voter"))?;
                BallotType::Points { budget }
            }
        })
    }
}

#[derive(Deserialize)]
enum Schema {
    #[serde(rename = "poll-anchor/1")]
    PollAnchor1,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Ranking,
    Approval,
    Score,
    Points,
}

#[derive(Deserialize)]
#[serde(try_from = "Vec<RawCandidate>")]
pub(super) struct Candidates(pub(super) Vec<Candidate>);

#[derive(Deserialize)]
struct RawCandidate {
    #[serde(default)]
    id: String,
    #[serde(default)]
    name: String,
    cost: Option<u64>,
    // With this, only an object will do, not a list of these three.
    #[serde(flatten)]
    _rest: IgnoredAny,
}

impl TryFrom<Vec<RawCandidate>> for Candidates {
    type Error = BallotError;

    fn try_from(raw: Vec<RawCandidate>) -> Result<Self, BallotError> {
        ballot::options(raw.len())?;
        let candidate = |raw: RawCandidate| Candidate {
            id: raw.id,
            name: raw.name,
            cost: raw.cost,
        };
        Ok(Self(raw.into_iter().map(candidate).collect()))
    }
}

#[derive(Deserialize)]
#[serde(try_from = "u64")]
struct Seats(usize);

impl TryFrom<u64> for Seats {
    type Error = &'static str;

    fn try_from(seats: u64) -> Result<Self, &'static str> {
        match usize::try_from(seats) {
            Ok(0) => Err("seats: at least one"),
            Ok(seats) => Ok(Self(seats)),
            Err(_) => Err("seats: too many"),
        }
    }
}

#[derive(Deserialize)]
#[serde(try_from = "(i64, i64)")]
struct ScoreRange(i64, i64);

impl TryFrom<(i64, i64)> for ScoreRange {
    type Error = BallotError;

    fn try_from((lowest, highest): (i64, i64)) -> Result<Self, BallotError> {
        Scores::new(1, lowest, highest)?;
        Ok(Self(lowest, highest))
    }
}

#[derive(Deserialize)]
#[serde(try_from = "u64")]
struct PointsPerVoter(u32);

impl TryFrom<u64> for PointsPerVoter {
    type Error = BallotError;

    fn try_from(points: u64) -> Result<Self, BallotError> {
        match u32::try_from(points) {
            Ok(few) if points <= MAX_POINTS => Ok(Self(few)),
            _ => Err(BallotError::Budget(points)),
        }
    }
}

/// One key of an object, read with a seed; the others are skipped.
struct Field<S> {
    name: &'static str,
    seed: S,
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Field<S> {
    type Value = Option<S::Value>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de, S: DeserializeSeed<'de>> Visitor<'de> for Field<S> {
    type Value = Option<S::Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut seed = Some(self.seed);
        let mut value = None;
        while let Some(key) = map.next_key::<Cow<'_, str>>()? {
            match seed.take_if(|_| key == self.name) {
                Some(seed) => value = Some(map.next_value_seed(seed)?),
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(value)
    }
}

/// The counts that `expected` names. Keys that are not ours are passed over.
struct Wanted<'a> {
    anchor: &'a Anchor,
}

impl<'de> DeserializeSeed<'de> for Wanted<'_> {
    type Value = Vec<Count>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Wanted<'_> {
    type Value = Vec<Count>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of expected results")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut wanted = Vec::new();
        while let Some(key) = map.next_key::<Cow<'_, str>>()? {
            let Some(count) = Count::from_name(&key) else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let count = match count {
                Count::EqualShares | Count::EqualSharesSeats => {
                    let value: Value = map.next_value()?;
                    let seats = value.get("committees").is_some()
                        || value.get("selected").is_none() && self.anchor.budget.is_none();
                    if seats {
                        Count::EqualSharesSeats
                    } else {
                        Count::EqualShares
                    }
                }
                other => {
                    map.next_value::<IgnoredAny>()?;
                    other
                }
            };
            results::is_allowed(self.anchor, count)
                .map_err(|why| de::Error::custom(format!("{key}: {why}")))?;
            if wanted.contains(&count) {
                return Err(de::Error::custom(format!("{key} stands twice")));
            }
            wanted.push(count);
        }
        Ok(wanted)
    }
}
