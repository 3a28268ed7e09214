//! Scores and points: for every option one small number, in as few bytes as the poll's largest needs.

use super::ballot::{self, BallotError, MAX_POINTS, MAX_SCORE, MAX_SCORES};
use super::rows::Rows;

/// The ballots of a poll where options are given a score each, from `lowest` to `highest`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scores {
    options: usize,
    lowest: i64,
    highest: i64,
    numbers: Numbers,
}

impl Scores {
    /// No ballots yet.
    ///
    /// # Errors
    /// No options, or too many; an empty range, one of more than [`MAX_SCORES`] scores, or one that goes
    /// further than [`MAX_SCORE`] from 0.
    pub fn new(options: usize, lowest: i64, highest: i64) -> Result<Self, BallotError> {
        ballot::options(options)?;
        let far = |score: i64| !(-MAX_SCORE..=MAX_SCORE).contains(&score);
        if far(lowest) || far(highest) || lowest > highest || highest - lowest >= MAX_SCORES {
            return Err(BallotError::ScoreRange { lowest, highest });
        }
        // 0 stands for "unscored", so scores are kept from 1.
        let largest = highest.abs_diff(lowest) + 1;
        Ok(Self {
            options,
            lowest,
            highest,
            numbers: Numbers::new(options, largest),
        })
    }

    /// Adds a ballot that `weight` voters cast: scores by option. An option that is missing is unscored.
    ///
    /// # Errors
    /// An unknown option, one that stands twice, a score out of range; too many voters.
    pub fn push(&mut self, scores: &[(usize, i64)], weight: u64) -> Result<(), BallotError> {
        check_scores(scores, self.options, self.lowest, self.highest)?;
        let lowest = self.lowest;
        let kept = scores
            .iter()
            .map(|(option, score)| (*option, score.abs_diff(lowest) + 1));
        self.numbers.push(kept, scores.is_empty(), weight)
    }

    /// Each ballot's scores by option, with the number of voters who cast it.
    pub fn iter(&self) -> impl Iterator<Item = (impl Iterator<Item = (usize, i64)>, u64)> {
        self.numbers.iter().map(|(numbers, weight)| {
            let scores = numbers.map(|(option, kept)| (option, self.lowest + i64::from(kept) - 1));
            (scores, weight)
        })
    }

    /// Merges equal ballots: every count is the same, and faster.
    pub fn merge(&mut self) {
        self.numbers.rows.merge();
    }

    /// Merges equal ballots once there are twice as many as after the last merge.
    pub fn merge_if_doubled(&mut self) {
        self.numbers.rows.merge_if_doubled();
    }

    /// Options of the poll.
    #[must_use]
    pub const fn options(&self) -> usize {
        self.options
    }

    /// Lowest and highest score.
    #[must_use]
    pub const fn range(&self) -> (i64, i64) {
        (self.lowest, self.highest)
    }

    /// Voters, with those whose ballot is empty.
    #[must_use]
    pub const fn voters(&self) -> u64 {
        self.numbers.rows.voters()
    }

    /// Voters who scored nothing.
    #[must_use]
    pub const fn empty(&self) -> u64 {
        self.numbers.empty
    }
}

/// The ballots of a poll where a voter shares out points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Points {
    options: usize,
    rule: PointsRule,
    numbers: Numbers,
}

/// How many points a voter has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PointsRule {
    /// Points in all; a voter need not use them all.
    pub budget: u32,
    /// Most points on one option, if that is bounded.
    pub cap: Option<u32>,
}

impl Points {
    /// No ballots yet.
    ///
    /// # Errors
    /// No options, or too many; more than [`MAX_POINTS`] points.
    pub fn new(options: usize, rule: PointsRule) -> Result<Self, BallotError> {
        ballot::options(options)?;
        if u64::from(rule.budget) > MAX_POINTS {
            return Err(BallotError::Budget(u64::from(rule.budget)));
        }
        Ok(Self {
            options,
            rule,
            numbers: Numbers::new(options, u64::from(rule.budget)),
        })
    }

    /// Adds a ballot that `weight` voters cast: points by option. An option that is missing has none.
    ///
    /// # Errors
    /// An unknown option, one that stands twice, more points than a voter has or than one option may get;
    /// too many voters.
    pub fn push(&mut self, points: &[(usize, u64)], weight: u64) -> Result<(), BallotError> {
        check_points(points, self.options, self.rule)?;
        let empty = points.iter().all(|(_, points)| *points == 0);
        self.numbers.push(points.iter().copied(), empty, weight)
    }

    /// Each ballot's points on the options that have some, with the number of voters who cast it.
    pub fn iter(&self) -> impl Iterator<Item = (impl Iterator<Item = (usize, u64)>, u64)> {
        self.numbers.iter().map(|(numbers, weight)| {
            let points = numbers.map(|(option, points)| (option, u64::from(points)));
            (points, weight)
        })
    }

    /// Merges equal ballots: every count is the same, and faster.
    pub fn merge(&mut self) {
        self.numbers.rows.merge();
    }

    /// Merges equal ballots once there are twice as many as after the last merge.
    pub fn merge_if_doubled(&mut self) {
        self.numbers.rows.merge_if_doubled();
    }

    /// Options of the poll.
    #[must_use]
    pub const fn options(&self) -> usize {
        self.options
    }

    /// How many points a voter has.
    #[must_use]
    pub const fn rule(&self) -> PointsRule {
        self.rule
    }

    /// Voters, with those whose ballot is empty.
    #[must_use]
    pub const fn voters(&self) -> u64 {
        self.numbers.rows.voters()
    }

    /// Voters whose ballot gives no points.
    #[must_use]
    pub const fn empty(&self) -> u64 {
        self.numbers.empty
    }
}

/// Whether these scores can stand on one ballot.
pub(super) fn check_scores(
    scores: &[(usize, i64)],
    options: usize,
    lowest: i64,
    highest: i64,
) -> Result<(), BallotError> {
    if let Some((_, score)) = scores
        .iter()
        .find(|(_, score)| !(lowest..=highest).contains(score))
    {
        return Err(BallotError::Score {
            score: *score,
            lowest,
            highest,
        });
    }
    check_options(scores.iter().map(|(option, _)| *option), options)
}

/// Whether these points can stand on one ballot.
pub(super) fn check_points(
    points: &[(usize, u64)],
    options: usize,
    rule: PointsRule,
) -> Result<(), BallotError> {
    let mut given: u64 = 0;
    for (option, points) in points.iter().copied() {
        given = given.saturating_add(points);
        if given > u64::from(rule.budget) {
            return Err(BallotError::OverBudget {
                budget: rule.budget,
            });
        }
        if let Some(cap) = rule.cap.filter(|cap| points > u64::from(*cap)) {
            return Err(BallotError::OverCap {
                option,
                points,
                cap,
            });
        }
    }
    check_options(points.iter().map(|(option, _)| *option), options)
}

/// Whether these options exist and stand once.
fn check_options(named: impl Iterator<Item = usize>, options: usize) -> Result<(), BallotError> {
    let mut seen = [false; ballot::MAX_OPTIONS];
    for option in named {
        let index = ballot::option(option as u64, options)?;
        if std::mem::replace(seen.get_mut(index).unwrap_or(&mut false), true) {
            return Err(BallotError::Twice(index));
        }
    }
    Ok(())
}

/// Rows of one number per option, 0 where there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Numbers {
    /// Bytes of a number.
    size: usize,
    rows: Rows,
    empty: u64,
}

impl Numbers {
    fn new(options: usize, largest: u64) -> Self {
        let bits = u64::BITS - largest.leading_zeros();
        let size = bits.div_ceil(8).max(1) as usize;
        Self {
            size,
            rows: Rows::new(options * size),
            empty: 0,
        }
    }

    fn push(
        &mut self,
        numbers: impl Iterator<Item = (usize, u64)>,
        empty: bool,
        weight: u64,
    ) -> Result<(), BallotError> {
        let size = self.size;
        self.rows.push_with(weight, |row| {
            for (option, number) in numbers {
                if let Some(cell) = row.get_mut(option * size..(option + 1) * size) {
                    cell.iter_mut()
                        .zip(number.to_le_bytes())
                        .for_each(|(to, from)| *to = from);
                }
            }
        })?;
        if empty {
            self.empty += weight;
        }
        Ok(())
    }

    fn iter(&self) -> impl Iterator<Item = (impl Iterator<Item = (usize, u32)>, u64)> {
        self.rows.iter().map(|(row, weight)| {
            let numbers = row
                .chunks_exact(self.size)
                .map(|cell| {
                    cell.iter()
                        .rev()
                        .fold(0, |n, byte| (n << 8) | u32::from(*byte))
                })
                .enumerate()
                .filter(|(_, number)| *number != 0);
            (numbers, weight)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_come_back_whatever_their_range() {
        for (lowest, highest) in [(0, 5), (-10, 10), (0, 254), (0, 255), (1, 1001), (7, 7)] {
            let mut ballots = Scores::new(4, lowest, highest).unwrap();
            ballots.push(&[(2, highest), (0, lowest)], 3).unwrap();
            ballots.push(&[], 2).unwrap();
            let rows: Vec<(Vec<(usize, i64)>, u64)> =
                ballots.iter().map(|(row, w)| (row.collect(), w)).collect();
            assert_eq!(rows, [(vec![(0, lowest), (2, highest)], 3), (vec![], 2)]);
            assert_eq!((ballots.voters(), ballots.empty()), (5, 2));
        }
    }

    #[test]
    fn what_cannot_be_scored_is_refused() {
        let mut ballots = Scores::new(3, 0, 5).unwrap();
        assert!(matches!(
            ballots.push(&[(0, 6)], 1),
            Err(BallotError::Score { score: 6, .. })
        ));
        assert!(matches!(
            ballots.push(&[(0, -1)], 1),
            Err(BallotError::Score { .. })
        ));
        assert_eq!(
            ballots.push(&[(1, 1), (1, 2)], 1),
            Err(BallotError::Twice(1))
        );
        assert!(ballots.push(&[(3, 1)], 1).is_err());
        for (lowest, highest) in [(5, 0), (0, 1001), (i64::MIN, i64::MAX), (0, i64::MAX)] {
            assert!(Scores::new(3, lowest, highest).is_err());
        }
    }

    #[test]
    fn points_stay_within_budget_and_cap() {
        let rule = PointsRule {
            budget: 300,
            cap: Some(200),
        };
        let mut ballots = Points::new(3, rule).unwrap();
        ballots.push(&[(0, 200), (2, 100)], 1).unwrap();
        ballots.push(&[(1, 0)], 1).unwrap();
        assert_eq!(
            ballots.push(&[(0, 200), (2, 101)], 1),
            Err(BallotError::OverBudget { budget: 300 })
        );
        assert_eq!(
            ballots.push(&[(0, 201)], 1),
            Err(BallotError::OverCap {
                option: 0,
                points: 201,
                cap: 200
            })
        );
        assert!(ballots.push(&[(0, u64::MAX), (1, u64::MAX)], 1).is_err());
        assert!(ballots.push(&[(0, 1), (0, 1)], 1).is_err());
        let rows: Vec<Vec<(usize, u64)>> = ballots.iter().map(|(row, _)| row.collect()).collect();
        assert_eq!(rows, [vec![(0, 200), (2, 100)], vec![]]);
        assert_eq!(ballots.empty(), 1);
    }
}
