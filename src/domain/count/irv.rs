//! Instant run-off (IRV): the option with the fewest votes goes out, one at a time, until one is left. A ballot
//! counts for the highest of its options that are still in, and is exhausted when none is.
//!
//! It is here for a single seat only. In two elections of our test data it eliminated the option that beats every
//! other (Burlington 2009, Alaska 2022), so priorities are counted with [`Schulze`](super::Schulze) instead.
//!
//! A tie for the fewest votes is followed every way it can fall (`irv/ways.rs`), and all who can win are
//! named; or it is decided by lot, if the poll was declared so.

mod piles;
mod ways;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use self::piles::Piles;
use self::ways::Ways;
use super::CountError;
use super::lot::{Drawn, Lot};
use super::rankings::Rankings;

/// One round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// Votes of each option that is still in.
    pub votes: BTreeMap<usize, u64>,
    /// Ballots that count for none of them.
    pub exhausted: u64,
    /// The option that goes out after this round.
    pub eliminated: usize,
}

/// What the run-off says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Irv {
    /// The winner; with a tie on the way that was not decided by lot, all who win on some way.
    pub winners: Vec<usize>,
    /// Whether options were tied for the fewest votes, at any round.
    pub tie: bool,
    /// The rounds, up to the first tie that was not decided by lot.
    pub rounds: Vec<Round>,
    /// The last two options and their votes, when they are the same whichever way ties fall.
    pub final_round: Option<BTreeMap<usize, u64>>,
    /// Ties that were decided by lot.
    pub lots: Vec<Drawn>,
    /// False when there were too many ways to follow them all: others may win, too.
    pub complete: bool,
}

/// Counts by instant run-off. With a lot, ties are decided by it (draws `irv 1`, `irv 2` …, by round: the option
/// drawn goes out); without one, they are followed every way.
///
/// # Errors
/// A ballot that ranks options equal.
pub fn irv(ballots: &Rankings, lot: Option<&Lot>) -> Result<Irv, CountError> {
    if !ballots.is_strict() {
        return Err(CountError::EqualRanks);
    }
    let mut piles = Piles::new(ballots);
    let mut irv = Irv {
        winners: Vec::new(),
        tie: false,
        rounds: Vec::new(),
        final_round: None,
        lots: Vec::new(),
        complete: true,
    };
    while piles.left() > 1 {
        let lowest = piles.lowest();
        irv.tie |= lowest.len() > 1;
        let out = match (&lowest[..], lot) {
            ([only], _) => *only,
            (tied, Some(lot)) => {
                let Some(drawn) = lot.draw(&format!("irv {}", irv.rounds.len() + 1), tied) else {
                    break;
                };
                let out = drawn.option;
                irv.lots.push(drawn);
                out
            }
            (_, None) => {
                let ways = Ways::follow(piles);
                irv.winners = ways.winners();
                irv.final_round = ways.final_round();
                irv.complete = ways.complete();
                return Ok(irv);
            }
        };
        irv.rounds.push(Round {
            votes: piles.votes(),
            exhausted: piles.exhausted(),
            eliminated: out,
        });
        piles.eliminate(out);
    }
    irv.final_round = irv.rounds.last().map(|round| round.votes.clone());
    irv.winners = piles.options().collect();
    Ok(irv)
}

/// First preferences: the votes of the first round, by option.
///
/// # Errors
/// A ballot that ranks options equal.
pub fn first_preferences(ballots: &Rankings) -> Result<Vec<u64>, CountError> {
    if !ballots.is_strict() {
        return Err(CountError::EqualRanks);
    }
    Ok(Piles::new(ballots).votes().into_values().collect())
}

#[cfg(test)]
mod tests;
