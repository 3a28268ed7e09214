//! Approvals: for every option one bit. They serve "choose one", "choose up to k", and projects on a budget.

use super::ballot::{self, BallotError};
use super::rows::Rows;

/// The ballots of a poll where options are chosen or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approvals {
    options: usize,
    /// Most options on one ballot.
    most: usize,
    pub(super) rows: Rows,
    empty: u64,
}

impl Approvals {
    /// No ballots yet, on that many options, of which a voter may choose `most`.
    ///
    /// # Errors
    /// No options, or too many.
    pub fn new(options: usize, most: usize) -> Result<Self, BallotError> {
        let width = ballot::options(options)?.div_ceil(8);
        Ok(Self {
            options,
            most,
            rows: Rows::new(width),
            empty: 0,
        })
    }

    /// Adds a ballot that `weight` voters cast: the options it chooses, in any order.
    ///
    /// # Errors
    /// An unknown option, one that stands twice, more than may be chosen; too many voters.
    pub fn push(&mut self, chosen: &[usize], weight: u64) -> Result<(), BallotError> {
        check(chosen, self.options, self.most)?;
        self.rows.push_with(weight, |row| {
            for option in chosen {
                if let Some(byte) = row.get_mut(option / 8) {
                    *byte |= 1 << (option % 8);
                }
            }
        })?;
        if chosen.is_empty() {
            self.empty += weight;
        }
        Ok(())
    }

    /// Each ballot's options, with the number of voters who cast it.
    pub fn iter(&self) -> impl Iterator<Item = (impl Iterator<Item = usize>, u64)> {
        self.rows.iter().map(|(row, weight)| (chosen(row), weight))
    }

    /// Merges equal ballots: every count is the same, and faster.
    pub fn merge(&mut self) {
        self.rows.merge();
    }

    /// Merges equal ballots once there are twice as many as after the last merge.
    pub fn merge_if_doubled(&mut self) {
        self.rows.merge_if_doubled();
    }

    /// Options of the poll.
    #[must_use]
    pub const fn options(&self) -> usize {
        self.options
    }

    /// Most options on one ballot.
    #[must_use]
    pub const fn most(&self) -> usize {
        self.most
    }

    /// Voters, with those whose ballot is empty.
    #[must_use]
    pub const fn voters(&self) -> u64 {
        self.rows.voters()
    }

    /// Voters who chose nothing.
    #[must_use]
    pub const fn empty(&self) -> u64 {
        self.empty
    }
}

/// Whether these options can be chosen together.
pub(super) fn check(chosen: &[usize], options: usize, most: usize) -> Result<(), BallotError> {
    // One bit per option, on the stack: a ballot is checked a million times.
    let mut seen = [0_u64; ballot::MAX_OPTIONS.div_ceil(64)];
    for option in chosen {
        let option = ballot::option(*option as u64, options)?;
        if let Some(word) = seen.get_mut(option / 64) {
            if *word >> (option % 64) & 1 == 1 {
                return Err(BallotError::Twice(option));
            }
            *word |= 1 << (option % 64);
        }
    }
    if chosen.len() > most {
        return Err(BallotError::TooManyChoices {
            chosen: chosen.len(),
            most,
        });
    }
    Ok(())
}

/// The options whose bits are set.
fn chosen(row: &[u8]) -> impl Iterator<Item = usize> {
    row.iter().enumerate().flat_map(|(place, byte)| {
        let mut left = *byte;
        std::iter::from_fn(move || {
            let bit = left.trailing_zeros() as usize;
            left &= left.wrapping_sub(1);
            (bit < 8).then_some(place * 8 + bit)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_come_back_in_order_and_merge() {
        let mut ballots = Approvals::new(20, 3).unwrap();
        ballots.push(&[19, 0, 8], 2).unwrap();
        ballots.push(&[], 1).unwrap();
        ballots.push(&[0, 8, 19], 3).unwrap();
        ballots.merge();
        let rows: Vec<(Vec<usize>, u64)> =
            ballots.iter().map(|(row, w)| (row.collect(), w)).collect();
        assert_eq!(rows, [(vec![], 1), (vec![0, 8, 19], 5)]);
        assert_eq!((ballots.voters(), ballots.empty()), (6, 1));
    }

    #[test]
    fn what_cannot_be_chosen_is_refused() {
        let mut ballots = Approvals::new(9, 2).unwrap();
        assert_eq!(
            ballots.push(&[9], 1),
            Err(BallotError::UnknownOption {
                option: 9,
                options: 9
            })
        );
        assert_eq!(ballots.push(&[8, 8], 1), Err(BallotError::Twice(8)));
        assert_eq!(
            ballots.push(&[0, 1, 2], 1),
            Err(BallotError::TooManyChoices { chosen: 3, most: 2 })
        );
        assert_eq!(ballots.voters(), 0);
        assert_eq!(Approvals::new(0, 1), Err(BallotError::Options(0)));
        assert_eq!(Approvals::new(1001, 1), Err(BallotError::Options(1001)));
    }
}
