//! Rankings: for every option one byte, its rank level. Level 0 is best, equal levels are equal ranks, and
//! [`UNRANKED`] stands for an option that the ballot leaves out. A ballot in the database is these bytes.
//!
//! Levels instead of a list of options: two options are compared by comparing two bytes, and every ballot has
//! the same length, whatever it says.

use super::ballot::{self, BallotError, MAX_RANKS};
use super::rows::Rows;

/// The level of an option that a ballot does not rank. Being the highest byte, it stands below every rank.
pub const UNRANKED: u8 = u8::MAX;

/// In place of an option: the ballot counts for none.
pub(super) const NOBODY: u16 = u16::MAX;

/// A ranking as it is written down, from the best rank to the worst.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranking {
    levels: Vec<u8>,
    /// The level that is being filled.
    level: u8,
    /// Whether an option stands on that level.
    filled: bool,
}

impl Ranking {
    /// A ballot of a poll with that many options, which ranks none yet.
    #[must_use]
    pub fn new(options: usize) -> Self {
        Self {
            levels: vec![UNRANKED; options],
            level: 0,
            filled: false,
        }
    }

    /// The ballot that ranks these tiers, best first; options of one tier are ranked equal.
    ///
    /// # Errors
    /// An unknown option, an option that stands twice, more ranks than a byte holds.
    pub fn of_tiers(options: usize, tiers: &[Vec<usize>]) -> Result<Self, BallotError> {
        let mut ranking = Self::new(options);
        for tier in tiers {
            for option in tier {
                ranking.place(*option as u64)?;
            }
            ranking.next_rank();
        }
        Ok(ranking)
    }

    /// Puts an option on the current rank.
    ///
    /// # Errors
    /// An unknown option, an option that stands twice, more ranks than a byte holds.
    pub fn place(&mut self, option: u64) -> Result<(), BallotError> {
        let index = ballot::option(option, self.levels.len())?;
        if usize::from(self.level) >= MAX_RANKS {
            return Err(BallotError::TooManyRanks);
        }
        match self.levels.get_mut(index) {
            Some(level) if *level == UNRANKED => *level = self.level,
            _ => return Err(BallotError::Twice(index)),
        }
        self.filled = true;
        Ok(())
    }

    /// Goes on to the next rank. A rank without options is none: it is closed up.
    pub const fn next_rank(&mut self) {
        if self.filled {
            self.level = self.level.saturating_add(1);
            self.filled = false;
        }
    }

    /// Takes every option off again, to write the next ballot into the same memory.
    pub fn clear(&mut self) {
        self.levels.fill(UNRANKED);
        self.level = 0;
        self.filled = false;
    }

    /// One level per option.
    #[must_use]
    pub fn levels(&self) -> &[u8] {
        &self.levels
    }
}

/// The tiers that levels say, best first, without the options left out.
#[must_use]
pub fn tiers(levels: &[u8]) -> Vec<Vec<usize>> {
    let mut ranked: Vec<(u8, usize)> = levels.iter().copied().zip(0..).collect();
    ranked.retain(|(level, _)| *level != UNRANKED);
    ranked.sort_unstable();
    ranked
        .chunk_by(|a, b| a.0 == b.0)
        .map(|tier| tier.iter().map(|(_, option)| *option).collect())
        .collect()
}

/// The option that a ballot ranks highest, without those whose byte in `out` is [`UNRANKED`] (it is 0 for the
/// others); [`NOBODY`] when none is left.
pub(super) fn highest(levels: &[u8], out: &[u8]) -> u16 {
    let mut best = UNRANKED;
    let mut top = NOBODY;
    for (option, (level, out)) in (0..).zip(levels.iter().zip(out)) {
        let level = level | out;
        if level < best {
            best = level;
            top = option;
        }
    }
    top
}

/// The ballots of a poll where options are ranked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rankings {
    options: usize,
    pub(super) rows: Rows,
    strict: bool,
    empty: u64,
}

impl Rankings {
    /// No ballots yet, on that many options.
    ///
    /// # Errors
    /// No options, or too many.
    pub fn new(options: usize) -> Result<Self, BallotError> {
        Ok(Self {
            options: ballot::options(options)?,
            rows: Rows::new(options),
            strict: true,
            empty: 0,
        })
    }

    /// Adds a ballot that `weight` voters cast: one level per option. Levels that are left out are closed up,
    /// so that equal rankings are equal bytes.
    ///
    /// # Errors
    /// Another number of levels than of options; too many voters.
    pub fn push(&mut self, levels: &[u8], weight: u64) -> Result<(), BallotError> {
        if levels.len() != self.options {
            return Err(BallotError::Length {
                found: levels.len(),
                options: self.options,
            });
        }
        let used = Used::of(levels);
        if used.is_closed_up() {
            self.rows.push(levels, weight)?;
        } else {
            self.rows.push(&used.close_up(levels), weight)?;
        }
        if weight > 0 {
            self.strict &= used.ranked == used.different();
            self.empty += if used.ranked == 0 { weight } else { 0 };
        }
        Ok(())
    }

    /// Each ballot's levels, with the number of voters who cast it.
    pub fn iter(&self) -> impl Iterator<Item = (&[u8], u64)> {
        self.rows.iter()
    }

    /// Merges equal ballots: every count is the same, and faster.
    pub fn merge(&mut self) {
        self.rows.merge();
    }

    /// Merges equal ballots once there are twice as many as after the last merge. Called after each ballot,
    /// it bounds the memory.
    pub fn merge_if_doubled(&mut self) {
        self.rows.merge_if_doubled();
    }

    /// Options of the poll.
    #[must_use]
    pub const fn options(&self) -> usize {
        self.options
    }

    /// Voters, with those whose ballot is empty.
    #[must_use]
    pub const fn voters(&self) -> u64 {
        self.rows.voters()
    }

    /// Voters whose ballot ranks nothing.
    #[must_use]
    pub const fn empty(&self) -> u64 {
        self.empty
    }

    /// Ballots kept: different ones, once merged.
    #[must_use]
    pub const fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Whether no ballot ranks two options equal.
    #[must_use]
    pub const fn is_strict(&self) -> bool {
        self.strict
    }
}

/// Which levels a ballot uses.
struct Used {
    /// One bit per level.
    bits: [u64; 4],
    /// Options that have a rank.
    ranked: u32,
    /// The worst level used.
    worst: u8,
}

impl Used {
    fn of(levels: &[u8]) -> Self {
        let mut used = Self {
            bits: [0; 4],
            ranked: 0,
            worst: 0,
        };
        for level in levels.iter().copied().filter(|level| *level != UNRANKED) {
            if let Some(word) = used.bits.get_mut(usize::from(level >> 6)) {
                *word |= 1 << (level & 63);
            }
            used.ranked += 1;
            used.worst = used.worst.max(level);
        }
        used
    }

    fn different(&self) -> u32 {
        self.bits.iter().map(|word| word.count_ones()).sum()
    }

    fn is_closed_up(&self) -> bool {
        self.ranked == 0 || self.different() == u32::from(self.worst) + 1
    }

    fn close_up(&self, levels: &[u8]) -> Vec<u8> {
        let mut new = [UNRANKED; 256];
        let used = (0..UNRANKED).filter(|level| {
            (self.bits.get(usize::from(level >> 6)).unwrap_or(&0) >> (level & 63)) & 1 == 1
        });
        for (to, from) in (0..).zip(used) {
            new[usize::from(from)] = to;
        }
        levels
            .iter()
            .map(|level| new[usize::from(*level)])
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiers_become_levels_and_back() {
        let tiers_in = vec![vec![2], vec![0, 4], vec![], vec![1]];
        let ranking = Ranking::of_tiers(6, &tiers_in).unwrap();
        assert_eq!(ranking.levels(), [1, 2, 0, UNRANKED, 1, UNRANKED]);
        assert_eq!(tiers(ranking.levels()), [vec![2], vec![0, 4], vec![1]]);
    }

    #[test]
    fn what_cannot_be_ranked_is_refused() {
        let mut ranking = Ranking::new(3);
        assert_eq!(
            ranking.place(3),
            Err(BallotError::UnknownOption {
                option: 3,
                options: 3
            })
        );
        ranking.place(1).unwrap();
        ranking.next_rank();
        assert_eq!(ranking.place(1), Err(BallotError::Twice(1)));
        ranking.clear();
        assert_eq!(ranking, Ranking::new(3));
    }

    #[test]
    fn more_options_than_ranks_are_fine_until_a_ballot_uses_them_all() {
        let mut ranking = Ranking::new(300);
        for option in 0..255 {
            ranking.place(option).unwrap();
            ranking.next_rank();
        }
        assert_eq!(ranking.place(255), Err(BallotError::TooManyRanks));
        let mut ballots = Rankings::new(300).unwrap();
        ballots.push(ranking.levels(), 1).unwrap();
        assert!(ballots.is_strict());
    }

    #[test]
    fn skipped_levels_are_closed_up_and_equal_ranks_noticed() {
        let mut ballots = Rankings::new(3).unwrap();
        ballots.push(&[4, UNRANKED, 200], 2).unwrap();
        ballots.push(&[0, UNRANKED, 1], 3).unwrap();
        ballots.push(&[UNRANKED; 3], 4).unwrap();
        assert!(ballots.is_strict());
        ballots.merge();
        let rows: Vec<(Vec<u8>, u64)> = ballots.iter().map(|(row, w)| (row.to_vec(), w)).collect();
        assert_eq!(rows, [(vec![0, UNRANKED, 1], 5), (vec![UNRANKED; 3], 4)]);
        assert_eq!((ballots.voters(), ballots.empty()), (9, 4));
        ballots.push(&[3, 3, UNRANKED], 0).unwrap();
        assert!(ballots.is_strict(), "nobody cast that ballot");
        ballots.push(&[3, 3, UNRANKED], 1).unwrap();
        assert!(!ballots.is_strict());
        assert!(ballots.push(&[0, 1], 1).is_err());
    }
}
