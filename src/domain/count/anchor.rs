//! Elections as files, format `poll-anchor/1`: anybody can count a poll again, with this tool or another.
//!
//! One JSON object: `candidates`, `ballots` as `[weight, ballot]`, and what the type of ballot needs (`seats`, `budget`,
//! `score_range`, `points_per_voter`). `expected` names the counts that are wanted.
//!
//! | file | what it is for |
//! |---|---|
//! | `anchor/read.rs` | from text; every error names its line |
//! | `anchor/ballots.rs` | the ballots, straight into compact rows |
//! | `anchor/results.rs` | which counts there are, and results in the format's words |
//! | `anchor/write.rs` | to text |

mod ballots;
mod read;
mod results;
mod write;

use serde_json::Value;

pub use self::read::FileError;
pub use self::results::Count;
use super::ballot::BallotError;
use super::numbers::PointsRule;
use super::{Approvals, CountError, Points, Rankings, Scores};

/// An election.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// A short name for it.
    pub id: String,
    /// What it was about.
    pub title: String,
    /// The options, in order.
    pub candidates: Vec<Candidate>,
    /// Seats to fill, where that is asked.
    pub seats: Option<usize>,
    /// Money to spend, where that is asked.
    pub budget: Option<u64>,
    /// The ballots.
    pub ballots: Ballots,
    /// The counts that are wanted; without such a list, all that the ballots allow.
    pub wanted: Option<Vec<Count>>,
}

/// An option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// A short name.
    pub id: String,
    /// The words.
    pub name: String,
    /// What it costs, where that is asked.
    pub cost: Option<u64>,
}

/// Ballots of one of the format's types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ballots {
    /// `ranking`
    Ranking(Rankings),
    /// `approval`
    Approval(Approvals),
    /// `score`
    Score(Scores),
    /// `points`
    Points(Points),
}

/// A type of ballots with what it needs to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum BallotType {
    Ranking,
    Approval,
    Score { lowest: i64, highest: i64 },
    Points { budget: u32 },
}

impl Ballots {
    /// No ballots yet, on that many options.
    fn new(of: BallotType, options: usize) -> Result<Self, BallotError> {
        Ok(match of {
            BallotType::Ranking => Self::Ranking(Rankings::new(options)?),
            BallotType::Approval => Self::Approval(Approvals::new(options, options)?),
            BallotType::Score { lowest, highest } => {
                Self::Score(Scores::new(options, lowest, highest)?)
            }
            BallotType::Points { budget } => {
                Self::Points(Points::new(options, PointsRule { budget, cap: None })?)
            }
        })
    }

    /// Voters, with those whose ballot is empty.
    #[must_use]
    pub const fn voters(&self) -> u64 {
        match self {
            Self::Ranking(ballots) => ballots.voters(),
            Self::Approval(ballots) => ballots.voters(),
            Self::Score(ballots) => ballots.voters(),
            Self::Points(ballots) => ballots.voters(),
        }
    }

    /// Voters whose ballot is empty.
    #[must_use]
    pub const fn empty(&self) -> u64 {
        match self {
            Self::Ranking(ballots) => ballots.empty(),
            Self::Approval(ballots) => ballots.empty(),
            Self::Score(ballots) => ballots.empty(),
            Self::Points(ballots) => ballots.empty(),
        }
    }

    /// Merges equal ballots.
    pub fn merge(&mut self) {
        match self {
            Self::Ranking(ballots) => ballots.merge(),
            Self::Approval(ballots) => ballots.merge(),
            Self::Score(ballots) => ballots.merge(),
            Self::Points(ballots) => ballots.merge(),
        }
    }

    fn merge_if_doubled(&mut self) {
        match self {
            Self::Ranking(ballots) => ballots.merge_if_doubled(),
            Self::Approval(ballots) => ballots.merge_if_doubled(),
            Self::Score(ballots) => ballots.merge_if_doubled(),
            Self::Points(ballots) => ballots.merge_if_doubled(),
        }
    }
}

impl Anchor {
    /// Reads an election.
    ///
    /// # Errors
    /// Anything that the format does not allow, with its line.
    pub fn read(text: &str) -> Result<Self, FileError> {
        read::read(text)
    }

    /// Writes the election down. Equal ballots are one line, and the lines are in the order of their contents, which
    /// says nothing of who voted when.
    #[must_use]
    pub fn write(&self) -> String {
        write::write(self)
    }

    /// The counts that are wanted, as `{"results": {KEY: …}}`.
    ///
    /// # Errors
    /// A count is wanted that the ballots do not allow; [`Self::read`] has already refused that.
    pub fn results(&self) -> Result<Value, CountError> {
        results::results(self)
    }
}

/// Reads an election and counts it: `{"results": {KEY: …}}`, for each count that the file's `expected` names, else
/// for every count that its ballots allow.
///
/// # Errors
/// Anything that the format does not allow, with its line.
pub fn count_file(text: &str) -> Result<Value, FileError> {
    let anchor = Anchor::read(text)?;
    anchor.results().map_err(|error| FileError {
        line: text.lines().count(),
        column: 0,
        reason: error.to_string(),
    })
}

#[cfg(test)]
mod tests;
