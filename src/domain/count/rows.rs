//! Ballots in memory: rows of one width in one block of bytes, each with the number of voters who cast it.
//!
//! 1,800,000 rankings of 8 options take 29 MB here. As one heap object each they would take ten times
//! that, and counting would spend its time waiting for memory. What a byte means is the business of the kinds
//! of ballots ([`Rankings`](super::Rankings), [`Approvals`](super::Approvals) …): a new kind wraps `Rows` and
//! says how it writes its bytes.

use super::ballot::{BallotError, MAX_VOTERS};

/// Below this many rows, merging as one goes is not worth its time.
const FIRST_MERGE: usize = 1 << 16;

/// Rows of bytes with weights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rows {
    /// Bytes of a row, at least 1.
    width: usize,
    /// The rows, one after the other.
    cells: Vec<u8>,
    /// For each row, how many voters cast it.
    weights: Vec<u64>,
    /// Voters in all.
    voters: u64,
    /// Rows after the last merge.
    merged: usize,
}

impl Rows {
    /// No rows yet, of `width` bytes each.
    pub(super) const fn new(width: usize) -> Self {
        Self {
            width: if width == 0 { 1 } else { width },
            cells: Vec::new(),
            weights: Vec::new(),
            voters: 0,
            merged: 0,
        }
    }

    /// Adds a row that `weight` voters cast. A weight of 0 adds nothing.
    pub(super) fn push(&mut self, row: &[u8], weight: u64) -> Result<(), BallotError> {
        self.push_with(weight, |cells| {
            cells.iter_mut().zip(row).for_each(|(to, from)| *to = *from);
        })
    }

    /// Adds a row that `weight` voters cast and that `write` fills, from zeros. A weight of 0 adds nothing.
    pub(super) fn push_with(
        &mut self,
        weight: u64,
        write: impl FnOnce(&mut [u8]),
    ) -> Result<(), BallotError> {
        self.voters = self
            .voters
            .checked_add(weight)
            .filter(|voters| *voters <= MAX_VOTERS)
            .ok_or(BallotError::TooManyVoters)?;
        if weight > 0 {
            let start = self.cells.len();
            self.cells.resize(start + self.width, 0);
            self.cells.get_mut(start..).map(write);
            self.weights.push(weight);
        }
        Ok(())
    }

    /// Each row with its weight.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&[u8], u64)> {
        self.cells
            .chunks_exact(self.width)
            .zip(self.weights.iter().copied())
    }

    /// The row at `index`; an empty one when there is none.
    pub(super) fn row(&self, index: usize) -> &[u8] {
        let start = index.saturating_mul(self.width);
        self.cells
            .get(start..start.saturating_add(self.width))
            .unwrap_or(&[])
    }

    /// The number of rows: of different ballots, once merged.
    pub(super) const fn len(&self) -> usize {
        self.weights.len()
    }

    /// Voters in all.
    pub(super) const fn voters(&self) -> u64 {
        self.voters
    }

    /// Merges equal rows. The order in which they came is lost, which secrecy wants anyway.
    pub(super) fn merge(&mut self) {
        // The first eight bytes as a number make most comparisons without a look at the row.
        let mut order: Vec<(u64, usize)> = self
            .cells
            .chunks_exact(self.width)
            .map(prefix)
            .zip(0..)
            .collect();
        order.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| self.row(a.1).cmp(self.row(b.1))));
        let mut cells = Vec::new();
        let mut weights: Vec<u64> = Vec::new();
        let mut last: &[u8] = &[];
        for (_, index) in order {
            let row = self.row(index);
            let weight = self.weights.get(index).copied().unwrap_or(0);
            match weights.last_mut() {
                Some(merged) if last == row => *merged += weight,
                _ => {
                    cells.extend_from_slice(row);
                    weights.push(weight);
                    last = row;
                }
            }
        }
        self.cells = cells;
        self.weights = weights;
        self.merged = self.weights.len();
    }

    /// Merges when the rows have doubled since they last were: called after every ballot, it keeps memory
    /// within twice what the different ballots need, at the price of a few sorts in all.
    pub(super) fn merge_if_doubled(&mut self) {
        if self.len() >= FIRST_MERGE.max(2 * self.merged) {
            self.merge();
        }
    }
}

/// The first eight bytes of a row as a number that sorts as they do.
fn prefix(row: &[u8]) -> u64 {
    let mut bytes = [0; 8];
    bytes.iter_mut().zip(row).for_each(|(to, from)| *to = *from);
    u64::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_rows_merge_and_nobody_is_lost() {
        for width in [1, 3, 8, 9, 20] {
            let mut rows = Rows::new(width);
            for k in 0..100_u8 {
                let mut row = vec![7; width];
                row[width - 1] = k % 5;
                rows.push(&row, u64::from(k)).unwrap();
            }
            rows.merge();
            assert_eq!(rows.len(), 5);
            assert_eq!(rows.voters(), 4950);
            assert_eq!(rows.iter().map(|(_, weight)| weight).sum::<u64>(), 4950);
            let ends: Vec<u8> = rows.iter().map(|(row, _)| row[width - 1]).collect();
            assert_eq!(ends, [0, 1, 2, 3, 4]);
        }
    }

    #[test]
    fn merging_as_one_goes_bounds_the_rows() {
        let mut rows = Rows::new(2);
        for k in 0..300_000_u32 {
            rows.push(&[(k % 50) as u8, (k % 7) as u8], 1).unwrap();
            rows.merge_if_doubled();
            assert!(rows.len() <= FIRST_MERGE);
        }
        rows.merge();
        assert_eq!((rows.len(), rows.voters()), (350, 300_000));
    }

    #[test]
    fn more_voters_than_can_be_counted_are_refused() {
        let mut rows = Rows::new(1);
        rows.push(&[0], MAX_VOTERS).unwrap();
        assert_eq!(rows.push(&[0], 0), Ok(()));
        assert_eq!(rows.push(&[0], 1), Err(BallotError::TooManyVoters));
        assert_eq!(rows.push(&[0], u64::MAX), Err(BallotError::TooManyVoters));
        assert_eq!(rows.voters(), MAX_VOTERS);
    }
}
