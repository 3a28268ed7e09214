//! Scores: for every option, how many voters gave it each score. Sum, mean and spread follow from that, exactly,
//! and a score can be taken back, which a mere lowest and highest would not allow.

use num_rational::Ratio;
use serde::{Deserialize, Serialize};

use super::super::ballot::BallotError;
use super::super::numbers::{self, Scores};
use super::super::order;
use super::{Change, Tally, TallyError};

/// Voters for each score of each option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScoreTally {
    lowest: i64,
    highest: i64,
    /// For each option, voters who gave it the lowest score, the next one, and so on.
    pub counts: Vec<Vec<u64>>,
    /// Ballots cast.
    pub cast: u64,
    /// Of these, ballots that score nothing.
    pub empty: u64,
}

/// How far the scores of an option lie apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spread {
    /// Lowest score that somebody gave.
    pub lowest: i64,
    /// Highest score that somebody gave.
    pub highest: i64,
}

impl ScoreTally {
    /// Nothing yet, for a poll of that many options and that range of scores.
    ///
    /// # Errors
    /// As [`Scores::new`].
    pub fn new(options: usize, lowest: i64, highest: i64) -> Result<Self, BallotError> {
        Ok(Self::of(&Scores::new(options, lowest, highest)?))
    }

    /// The tally of all these ballots.
    #[must_use]
    pub fn of(ballots: &Scores) -> Self {
        let (lowest, highest) = ballots.range();
        let mut tally = Self {
            lowest,
            highest,
            counts: vec![vec![0; index(highest, lowest) + 1]; ballots.options()],
            cast: ballots.voters(),
            empty: ballots.empty(),
        };
        for (scores, weight) in ballots.iter() {
            for (option, score) in scores {
                if let Some(count) = tally.count_mut(option, score) {
                    *count += weight;
                }
            }
        }
        tally
    }

    fn count_mut(&mut self, option: usize, score: i64) -> Option<&mut u64> {
        self.counts
            .get_mut(option)?
            .get_mut(index(score, self.lowest))
    }

    /// Each score that somebody gave to an option, with how many did.
    fn given(&self, option: usize) -> impl DoubleEndedIterator<Item = (i64, u64)> {
        let counts = self.counts.get(option).map_or(&[][..], Vec::as_slice);
        counts
            .iter()
            .enumerate()
            .filter(|(_, count)| **count > 0)
            .map(|(above, count)| (self.lowest.saturating_add_unsigned(above as u64), *count))
    }

    /// The sum of an option's scores: unscored counts 0.
    #[must_use]
    pub fn total(&self, option: usize) -> i128 {
        self.given(option)
            .map(|(score, count)| i128::from(score) * i128::from(count))
            .fold(0, i128::saturating_add)
    }

    /// Voters who scored an option.
    #[must_use]
    pub fn scorers(&self, option: usize) -> u128 {
        self.given(option).map(|(_, count)| u128::from(count)).sum()
    }

    /// The mean of an option's scores over those who scored it, in lowest terms; none when nobody did.
    #[must_use]
    pub fn mean(&self, option: usize) -> Option<Ratio<i128>> {
        let scorers = i128::try_from(self.scorers(option)).ok()?;
        (scorers > 0).then(|| Ratio::new(self.total(option), scorers))
    }

    /// Lowest and highest score that an option was given; none when nobody scored it.
    #[must_use]
    pub fn spread(&self, option: usize) -> Option<Spread> {
        let mut given = self.given(option).map(|(score, _)| score);
        let lowest = given.next()?;
        Some(Spread {
            lowest,
            highest: given.next_back().unwrap_or(lowest),
        })
    }

    /// Every option's sum.
    #[must_use]
    pub fn totals(&self) -> Vec<i128> {
        (0..self.counts.len()).map(|o| self.total(o)).collect()
    }

    /// Every option's mean.
    #[must_use]
    pub fn means(&self) -> Vec<Option<Ratio<i128>>> {
        (0..self.counts.len()).map(|o| self.mean(o)).collect()
    }

    /// The options from the highest sum to the lowest, tied ones together.
    #[must_use]
    pub fn tiers(&self) -> Vec<Vec<usize>> {
        order::tiers(&self.totals())
    }

    /// The options with the highest sum: these win.
    #[must_use]
    pub fn winners(&self) -> Vec<usize> {
        order::leaders(&self.totals())
    }

    /// The options with the highest mean, for comparison: few scorers can lift a mean. None when nobody scored
    /// anything.
    #[must_use]
    pub fn highest_means(&self) -> Vec<usize> {
        let means = self.means();
        if means.iter().all(Option::is_none) {
            return Vec::new();
        }
        order::leaders(&means)
    }
}

/// Where a score stands in the counts.
fn index(score: i64, lowest: i64) -> usize {
    usize::try_from(score.abs_diff(lowest)).unwrap_or(usize::MAX)
}

impl Tally for ScoreTally {
    /// Scores by option.
    type Ballot = [(usize, i64)];

    fn shift(
        &mut self,
        scores: &[(usize, i64)],
        weight: u64,
        change: Change,
    ) -> Result<(), TallyError> {
        numbers::check_scores(scores, self.counts.len(), self.lowest, self.highest)?;
        for (option, score) in scores {
            let count = self.count_mut(*option, *score);
            change.on(count.ok_or(TallyError::OutOfStep)?, weight)?;
        }
        if scores.is_empty() {
            change.on(&mut self.empty, weight)?;
        }
        change.on(&mut self.cast, weight)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The capital of Tennessee, scored by the distance of each city.
    #[test]
    fn nashville_has_the_highest_sum_and_mean() {
        let mut ballots = Scores::new(4, 0, 10).unwrap();
        for (weight, scores) in [
            (42, [10, 4, 2, 0]),
            (26, [0, 10, 4, 2]),
            (15, [0, 6, 10, 6]),
            (17, [0, 5, 7, 10]),
        ] {
            let scores: Vec<(usize, i64)> = scores.into_iter().enumerate().collect();
            ballots.push(&scores, weight).unwrap();
        }
        let tally = ScoreTally::of(&ballots);
        assert_eq!(tally.totals(), [420, 603, 457, 312]);
        assert_eq!(tally.tiers(), [vec![1], vec![2], vec![0], vec![3]]);
        assert_eq!(tally.mean(0), Some(Ratio::new(21, 5)));
        assert_eq!(tally.highest_means(), [1]);
        assert_eq!(
            tally.spread(1),
            Some(Spread {
                lowest: 4,
                highest: 10
            })
        );
    }

    #[test]
    fn unscored_is_zero_in_the_sum_and_left_out_of_the_mean() {
        let mut tally = ScoreTally::new(3, 0, 5).unwrap();
        tally.add(&[(0, 3), (1, 5)]).unwrap();
        tally.add(&[(0, 3)]).unwrap();
        tally.add(&[]).unwrap();
        assert_eq!(tally.totals(), [6, 5, 0]);
        assert_eq!(tally.winners(), [0]);
        assert_eq!(tally.highest_means(), [1]);
        assert_eq!(
            tally.means(),
            [Some(Ratio::from(3)), Some(Ratio::from(5)), None]
        );
        assert_eq!((tally.cast, tally.empty, tally.scorers(0)), (3, 1, 2));
        assert_eq!(tally.spread(2), None);
        tally.remove(&[(0, 3), (1, 5)]).unwrap();
        assert_eq!(tally.totals(), [3, 0, 0]);
        assert!(tally.remove(&[(1, 5)]).is_err());
        assert!(ScoreTally::new(2, 0, 5).unwrap().highest_means().is_empty());
    }

    #[test]
    fn scores_below_zero_are_exact_too() {
        let mut tally = ScoreTally::new(1, -5, 5).unwrap();
        tally.add(&[(0, -5)]).unwrap();
        tally.add(&[(0, 2)]).unwrap();
        assert_eq!(tally.mean(0), Some(Ratio::new(-3, 2)));
        let text = serde_json::to_string(&tally).unwrap();
        assert_eq!(serde_json::from_str::<ScoreTally>(&text).unwrap(), tally);
    }
}
