//! Single transferable vote for several seats, as Scottish councils are elected: a statute, in whole numbers down to
//! the fifth decimal.
//!
//! Source: Scottish Local Government Elections Order 2007 (SSI 2007/42), schedule 1, rules 45 to 52.
//! - quota: valid papers over (seats + 1), rounded down, plus 1;
//! - who reaches it is elected and receives nothing more; the largest surplus goes first, every paper of the
//!   candidate at surplus × its value ÷ the candidate's votes, cut off after five decimals;
//! - without a surplus, the candidate with the fewest votes is excluded and the papers go on at their value;
//! - ties: the latest earlier stage at which the tied differed, else a lot;
//! - when as many are left as there are vacancies, all are elected.
//!
//! Another STV rule would be another file: they differ in too many details to share a loop.

mod count;
mod ways;

use std::fmt;

use serde::{Deserialize, Serialize};

use self::count::Count;
use super::CountError;
use super::lot::{Drawn, Lot};
use super::rankings::Rankings;

/// Votes, in hundred-thousandths.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Votes(pub u64);

impl Votes {
    /// One paper at its full value.
    pub const ONE: u64 = 100_000;
}

impl fmt::Display for Votes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:05}", self.0 / Self::ONE, self.0 % Self::ONE)
    }
}

/// What a stage of the count did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Counted the first preferences.
    FirstPreferences,
    /// Passed on the surplus of an elected candidate.
    Surplus(usize),
    /// Excluded a candidate and passed on the papers.
    Exclusion(usize),
}

/// A stage of the count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// What it did.
    pub step: Step,
    /// Votes of each candidate after it.
    pub votes: Vec<Votes>,
    /// Who was elected on these votes, those with the most first.
    pub elected: Vec<usize>,
}

/// What happened to a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Elected.
    Elect(usize),
    /// Excluded.
    Exclude(usize),
}

/// What the count says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stv {
    /// Votes that elect.
    pub quota: u64,
    /// Every stage. Where only a lot could break a tie and none was declared, the stages shown are those in which
    /// it falls on the first of the tied.
    pub stages: Vec<Stage>,
    /// Whether a tie had to be broken by lot.
    pub tie_by_lot: bool,
    /// Candidates who are elected on some ways that the lot could fall, not on all: empty when the lot changes
    /// nothing or was drawn. The others in [`Stv::order`] are elected in any case.
    pub tied: Vec<usize>,
    /// Ties that were decided by lot.
    pub lots: Vec<Drawn>,
    /// False when there were too many ways to follow them all: more may be tied.
    pub complete: bool,
}

impl Stv {
    /// The elected, in the order of their election.
    #[must_use]
    pub fn order(&self) -> Vec<usize> {
        let elected = self.stages.iter().flat_map(|stage| &stage.elected);
        elected.copied().collect()
    }

    /// The elected, in the order of the poll.
    #[must_use]
    pub fn winners(&self) -> Vec<usize> {
        let mut winners = self.order();
        winners.sort_unstable();
        winners
    }

    /// What happened, in order.
    #[must_use]
    pub fn events(&self) -> Vec<Event> {
        let mut events = Vec::new();
        for stage in &self.stages {
            if let Step::Exclusion(candidate) = stage.step {
                events.push(Event::Exclude(candidate));
            }
            events.extend(stage.elected.iter().copied().map(Event::Elect));
        }
        events
    }
}

/// Counts for that many seats. With a lot, ties that the statute leaves to one are decided by it (draws
/// `stv N surplus` and `stv N exclude`, N the number of stages before: who is drawn goes first, or out); without
/// one, they are followed every way.
///
/// # Errors
/// A ballot that ranks options equal; no seats.
pub fn stv_scottish(
    ballots: &Rankings,
    seats: usize,
    lot: Option<&Lot>,
) -> Result<Stv, CountError> {
    if !ballots.is_strict() {
        return Err(CountError::EqualRanks);
    }
    if seats == 0 {
        return Err(CountError::NoSeats);
    }
    Ok(match lot {
        Some(lot) => Count::run(ballots, seats, &mut count::Decide::Lot(lot)).into_stv(),
        None => ways::follow(ballots, seats),
    })
}

#[cfg(test)]
mod tests;
