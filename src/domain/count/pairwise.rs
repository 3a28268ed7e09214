//! Pairs: how many voters rank one option above another. It is the tally of rankings, and what Schulze's method
//! and the Condorcet winner are read from.
//!
//! Ranked options stand above all that a ballot leaves out; those are equal last. Equal ranks count for neither.

use serde::{Deserialize, Serialize};

use super::ballot::{self, BallotError};
use super::rankings::{Rankings, UNRANKED};
use super::tally::{Change, Tally, TallyError};

/// The pairwise matrix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Stored")]
pub struct Pairwise {
    options: usize,
    /// Row by row: voters who rank option i above option j.
    above: Vec<u64>,
    /// Ballots cast.
    pub cast: u64,
    /// Of these, ballots that rank nothing.
    pub empty: u64,
}

/// A matrix as it is stored, before its size is checked.
#[derive(Deserialize)]
struct Stored {
    options: usize,
    above: Vec<u64>,
    cast: u64,
    empty: u64,
}

impl TryFrom<Stored> for Pairwise {
    type Error = BallotError;

    fn try_from(stored: Stored) -> Result<Self, BallotError> {
        let options = ballot::options(stored.options)?;
        if stored.above.len() != options * options {
            return Err(BallotError::Length {
                found: stored.above.len(),
                options,
            });
        }
        Ok(Self {
            options,
            above: stored.above,
            cast: stored.cast,
            empty: stored.empty,
        })
    }
}

impl Pairwise {
    /// Nothing yet, for that many options.
    ///
    /// # Errors
    /// No options, or too many.
    pub fn new(options: usize) -> Result<Self, BallotError> {
        Ok(Self::of(&Rankings::new(options)?))
    }

    /// The matrix of all these ballots.
    #[must_use]
    pub fn of(ballots: &Rankings) -> Self {
        let options = ballots.options();
        let mut above = vec![0; options * options];
        for (levels, weight) in ballots.iter() {
            add_up(&mut above, levels, weight);
        }
        Self {
            options,
            above,
            cast: ballots.voters(),
            empty: ballots.empty(),
        }
    }

    /// Options of the poll.
    #[must_use]
    pub const fn options(&self) -> usize {
        self.options
    }

    /// Voters who rank option `i` above option `j`.
    #[must_use]
    pub fn above(&self, i: usize, j: usize) -> u64 {
        if j >= self.options {
            return 0;
        }
        let at = i.saturating_mul(self.options).saturating_add(j);
        self.above.get(at).copied().unwrap_or(0)
    }

    /// Whether more voters rank `i` above `j` than the other way round.
    #[must_use]
    pub fn beats(&self, i: usize, j: usize) -> bool {
        self.above(i, j) > self.above(j, i)
    }

    /// The matrix, row by row.
    #[must_use]
    pub fn matrix(&self) -> Vec<Vec<u64>> {
        let all = 0..self.options;
        all.clone()
            .map(|i| all.clone().map(|j| self.above(i, j)).collect())
            .collect()
    }

    /// The option that beats every other, if there is one.
    #[must_use]
    pub fn condorcet_winner(&self) -> Option<usize> {
        (0..self.options).find(|i| (0..self.options).all(|j| *i == j || self.beats(*i, j)))
    }

    /// The smallest set of options of which each beats every option outside (Smith set): the Condorcet winner
    /// alone when there is one.
    #[must_use]
    pub fn smith_set(&self) -> Vec<usize> {
        let all = 0..self.options;
        // An option inside beats all those outside, so it has more wins than any of them.
        let wins = |i: &usize| all.clone().filter(|j| self.beats(*i, *j)).count();
        let mut inside = vec![false; self.options];
        let mut to_do: Vec<usize> = all.clone().max_by_key(wins).into_iter().collect();
        while let Some(member) = to_do.pop() {
            if std::mem::replace(inside.get_mut(member).unwrap_or(&mut true), true) {
                continue;
            }
            to_do.extend(
                all.clone()
                    .filter(|j| *j != member && !self.beats(member, *j)),
            );
        }
        (0..)
            .zip(inside)
            .filter(|(_, is)| *is)
            .map(|(i, _)| i)
            .collect()
    }
}

/// Adds one ballot's pairs to the matrix. The inner loop compares bytes and adds numbers, without a branch: it
/// runs on several options at once.
fn add_up(above: &mut [u64], levels: &[u8], weight: u64) {
    for (row, mine) in above.chunks_exact_mut(levels.len().max(1)).zip(levels) {
        if *mine == UNRANKED {
            continue;
        }
        for (sum, other) in row.iter_mut().zip(levels) {
            *sum += if mine < other { weight } else { 0 };
        }
    }
}

impl Tally for Pairwise {
    /// One level per option, as [`Ranking::levels`](super::rankings::Ranking::levels) gives them.
    type Ballot = [u8];

    fn shift(&mut self, levels: &[u8], weight: u64, change: Change) -> Result<(), TallyError> {
        if levels.len() != self.options {
            return Err(TallyError::Ballot(BallotError::Length {
                found: levels.len(),
                options: self.options,
            }));
        }
        for (row, mine) in self.above.chunks_exact_mut(self.options).zip(levels) {
            for (sum, other) in row.iter_mut().zip(levels) {
                if mine < other {
                    change.on(sum, weight)?;
                }
            }
        }
        if levels.iter().all(|level| *level == UNRANKED) {
            change.on(&mut self.empty, weight)?;
        }
        change.on(&mut self.cast, weight)
    }
}

#[cfg(test)]
mod tests {
    use super::super::examples::{rankings, strict, tennessee};
    use super::*;

    #[test]
    fn nashville_beats_every_other_city() {
        let pairwise = Pairwise::of(&tennessee());
        assert_eq!(
            pairwise.matrix(),
            [
                [0, 42, 42, 42],
                [58, 0, 68, 68],
                [58, 32, 0, 83],
                [58, 32, 17, 0]
            ]
        );
        assert_eq!(pairwise.condorcet_winner(), Some(1));
        assert_eq!(pairwise.smith_set(), [1]);
    }

    #[test]
    fn a_circle_has_no_condorcet_winner() {
        // A over B over C over A, and D below all three.
        let ballots = strict(
            4,
            &[(1, &[0, 1, 2, 3]), (1, &[1, 2, 0, 3]), (1, &[2, 0, 1, 3])],
        );
        let pairwise = Pairwise::of(&ballots);
        assert_eq!(pairwise.condorcet_winner(), None);
        assert_eq!(pairwise.smith_set(), [0, 1, 2]);
    }

    #[test]
    fn equal_ranks_count_for_neither_and_unranked_stand_equal_last() {
        let ballots = rankings(4, &[(3, &[&[0, 1]]), (2, &[&[2], &[0]]), (1, &[])]);
        let pairwise = Pairwise::of(&ballots);
        assert_eq!(
            pairwise.matrix(),
            [[0, 2, 3, 5], [0, 0, 3, 3], [2, 2, 0, 2], [0, 0, 0, 0]]
        );
        assert_eq!((pairwise.cast, pairwise.empty), (6, 1));
    }

    #[test]
    fn without_ballots_nobody_beats_anybody() {
        let pairwise = Pairwise::new(3).unwrap();
        assert_eq!(pairwise.condorcet_winner(), None);
        assert_eq!(pairwise.smith_set(), [0, 1, 2]);
        assert_eq!(Pairwise::new(1).unwrap().condorcet_winner(), Some(0));
    }

    #[test]
    fn ballots_come_and_go() {
        let mut running = Pairwise::new(4).unwrap();
        for (levels, weight) in tennessee().iter() {
            running.shift(levels, weight, Change::Add).unwrap();
        }
        assert_eq!(running, Pairwise::of(&tennessee()));
        running
            .replace(Some(&[0, 1, 2, 3]), Some(&[UNRANKED; 4]))
            .unwrap();
        assert_eq!(
            (running.above(0, 1), running.cast, running.empty),
            (41, 100, 1)
        );
        let mut few = Pairwise::new(3).unwrap();
        few.add(&[0, 1, UNRANKED]).unwrap();
        let before = few.clone();
        assert_eq!(few.remove(&[1, 0, 2]), Err(TallyError::OutOfStep));
        assert_eq!(few, before);
        let text = serde_json::to_string(&running).unwrap();
        assert_eq!(serde_json::from_str::<Pairwise>(&text).unwrap(), running);
        let other = text.replace(r#""options":4"#, r#""options":5"#);
        assert!(serde_json::from_str::<Pairwise>(&other).is_err());
    }
}
