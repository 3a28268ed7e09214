//! The ballots of a file, read straight into compact rows: between the text and its row, a ballot is in one buffer
//! that all ballots use, so a file of millions needs no more memory than its rows.

use std::fmt;

use serde::de::{
    self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor,
};

use super::super::ballot;
use super::super::rankings::Ranking;
use super::read::Head;
use super::{BallotType, Ballots};

/// Reads the list of ballots.
pub(super) struct BallotsSeed<'a> {
    pub(super) head: &'a Head,
}

impl<'de> DeserializeSeed<'de> for BallotsSeed<'_> {
    type Value = Ballots;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Ballots, D::Error> {
        let head = self.head;
        let options = head.candidates.0.len();
        let of = head.ballot_type()?;
        json.deserialize_seq(List {
            head,
            sink: Sink {
                ballots: Ballots::new(of, options).map_err(de::Error::custom)?,
                of,
                options,
                ranking: Ranking::new(options),
                options_named: Vec::new(),
                scores: Vec::new(),
                points: Vec::new(),
                empty: 0,
            },
        })
    }
}

/// The list, and where its ballots go.
struct List<'a> {
    head: &'a Head,
    sink: Sink,
}

impl<'de> Visitor<'de> for List<'_> {
    type Value = Ballots;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of [weight, ballot]")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Ballots, A::Error> {
        let Self { head, mut sink } = self;
        while list.next_element_seed(Weighted(&mut sink))?.is_some() {
            sink.ballots.merge_if_doubled();
        }
        sink.ballots.merge();
        agree("total_weight", head.total_weight, sink.ballots.voters())?;
        agree("empty_ballots", head.empty_ballots, sink.empty)?;
        Ok(sink.ballots)
    }
}

/// What a file says about its ballots must be true: else something was lost on the way.
fn agree<E: de::Error>(key: &str, said: Option<u64>, found: u64) -> Result<(), E> {
    match said {
        Some(said) if said != found => Err(E::custom(format!(
            "{key} is {said}, but the ballots make {found}"
        ))),
        _ => Ok(()),
    }
}

/// Where ballots go, and the buffers they pass through.
struct Sink {
    ballots: Ballots,
    of: BallotType,
    options: usize,
    ranking: Ranking,
    options_named: Vec<usize>,
    scores: Vec<(usize, i64)>,
    points: Vec<(usize, u64)>,
    /// Voters whose ballot has nothing in its brackets.
    empty: u64,
}

impl Sink {
    fn clear(&mut self) {
        self.ranking.clear();
        self.options_named.clear();
        self.scores.clear();
        self.points.clear();
    }

    fn push<E: de::Error>(&mut self, weight: u64) -> Result<(), E> {
        let empty = match &mut self.ballots {
            Ballots::Ranking(ballots) => {
                let before = ballots.empty();
                let pushed = ballots.push(self.ranking.levels(), weight);
                pushed.map(|()| ballots.empty() > before)
            }
            Ballots::Approval(ballots) => {
                let pushed = ballots.push(&self.options_named, weight);
                pushed.map(|()| self.options_named.is_empty())
            }
            Ballots::Score(ballots) => {
                let pushed = ballots.push(&self.scores, weight);
                pushed.map(|()| self.scores.is_empty())
            }
            Ballots::Points(ballots) => {
                let pushed = ballots.push(&self.points, weight);
                pushed.map(|()| self.points.is_empty())
            }
        }
        .map_err(E::custom)?;
        self.empty += if empty { weight } else { 0 };
        Ok(())
    }
}

/// One `[weight, ballot]`.
struct Weighted<'a>(&'a mut Sink);

impl<'de> DeserializeSeed<'de> for Weighted<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Weighted<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[weight, ballot]")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut pair: A) -> Result<(), A::Error> {
        let Some(weight) = pair.next_element_seed(Whole("a whole number of voters"))? else {
            return Err(de::Error::invalid_length(0, &self));
        };
        self.0.clear();
        if pair.next_element_seed(Ballot(self.0))?.is_none() {
            return Err(de::Error::invalid_length(1, &self));
        }
        if pair.next_element::<IgnoredAny>()?.is_some() {
            return Err(de::Error::invalid_length(3, &self));
        }
        self.0.push(weight)
    }
}

/// One ballot, into the buffer of its type.
struct Ballot<'a>(&'a mut Sink);

impl<'de> DeserializeSeed<'de> for Ballot<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        match self.0.of {
            BallotType::Score { .. } => json.deserialize_map(self),
            _ => json.deserialize_seq(self),
        }
    }
}

impl<'de> Visitor<'de> for Ballot<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0.of {
            BallotType::Ranking => "a list of options, or of lists of options ranked equal",
            BallotType::Approval => "a list of options",
            BallotType::Score { .. } => "an object of options and scores",
            BallotType::Points { .. } => "a list of [option, points]",
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let options = self.0.options;
        match self.0.of {
            BallotType::Ranking => {
                while list.next_element_seed(Tier(&mut self.0.ranking))?.is_some() {
                    self.0.ranking.next_rank();
                }
            }
            BallotType::Approval => {
                while let Some(option) = list.next_element_seed(Named { options })? {
                    self.0.options_named.push(option);
                }
            }
            BallotType::Points { .. } => {
                while let Some(pair) = list.next_element_seed(Pair { options })? {
                    self.0.points.push(pair);
                }
            }
            BallotType::Score { .. } => {
                return Err(de::Error::invalid_type(Unexpected::Seq, &self));
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let BallotType::Score { lowest, highest } = self.0.of else {
            return Err(de::Error::invalid_type(Unexpected::Map, &self));
        };
        let options = self.0.options;
        while let Some(option) = map.next_key_seed(Named { options })? {
            let score = map.next_value_seed(Score { lowest, highest })?;
            self.0.scores.push((option, score));
        }
        Ok(())
    }
}

/// A whole number that is not negative; the text says what of.
struct Whole(&'static str);

impl<'de> DeserializeSeed<'de> for Whole {
    type Value = u64;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<u64, D::Error> {
        json.deserialize_u64(self)
    }
}

impl Visitor<'_> for Whole {
    type Value = u64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<u64, E> {
        Ok(number)
    }
}

/// An option by its number, or by its number in quotes where it is a key.
#[derive(Clone, Copy)]
struct Named {
    options: usize,
}

impl<'de> DeserializeSeed<'de> for Named {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<usize, D::Error> {
        json.deserialize_u64(self)
    }
}

impl Visitor<'_> for Named {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an option from 0 to {}", self.options.saturating_sub(1))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<usize, E> {
        ballot::option(number, self.options).map_err(E::custom)
    }
}

/// What stands on one rank: an option, or a list of options.
struct Tier<'a>(&'a mut Ranking);

impl<'de> DeserializeSeed<'de> for Tier<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tier<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an option, or a list of options ranked equal")
    }

    fn visit_u64<E: de::Error>(self, option: u64) -> Result<(), E> {
        self.0.place(option).map_err(E::custom)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(Placed(self.0))?.is_some() {}
        Ok(())
    }
}

/// An option put on the current rank.
struct Placed<'a>(&'a mut Ranking);

impl<'de> DeserializeSeed<'de> for Placed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_u64(self)
    }
}

impl Visitor<'_> for Placed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an option's number")
    }

    fn visit_u64<E: de::Error>(self, option: u64) -> Result<(), E> {
        self.0.place(option).map_err(E::custom)
    }
}

/// A score within the range.
struct Score {
    lowest: i64,
    highest: i64,
}

impl<'de> DeserializeSeed<'de> for Score {
    type Value = i64;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<i64, D::Error> {
        json.deserialize_i64(self)
    }
}

impl Visitor<'_> for Score {
    type Value = i64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a whole score from {} to {}", self.lowest, self.highest)
    }

    fn visit_i64<E: de::Error>(self, score: i64) -> Result<i64, E> {
        if (self.lowest..=self.highest).contains(&score) {
            Ok(score)
        } else {
            Err(E::invalid_value(Unexpected::Signed(score), &self))
        }
    }

    fn visit_u64<E: de::Error>(self, score: u64) -> Result<i64, E> {
        match i64::try_from(score) {
            Ok(score) => self.visit_i64(score),
            Err(_) => Err(E::invalid_value(Unexpected::Unsigned(score), &self)),
        }
    }
}

/// One `[option, points]`.
#[derive(Clone, Copy)]
struct Pair {
    options: usize,
}

impl<'de> DeserializeSeed<'de> for Pair {
    type Value = (usize, u64);

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Pair {
    type Value = (usize, u64);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[option, points]")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut pair: A) -> Result<Self::Value, A::Error> {
        let options = self.options;
        let Some(option) = pair.next_element_seed(Named { options })? else {
            return Err(de::Error::invalid_length(0, &self));
        };
        let Some(points) = pair.next_element_seed(Whole("a whole number of points"))? else {
            return Err(de::Error::invalid_length(1, &self));
        };
        if pair.next_element::<IgnoredAny>()?.is_some() {
            return Err(de::Error::invalid_length(3, &self));
        }
        Ok((option, points))
    }
}
