//! Points: what each option got, and from how many voters. A few who give everything and many who give a little
//! make the same total; the supporters tell them apart.

use serde::{Deserialize, Serialize};

use super::super::ballot::BallotError;
use super::super::numbers::{self, Points, PointsRule};
use super::super::order;
use super::{Change, Tally, TallyError};

/// Points of each option and voters who gave it some.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointsTally {
    rule: PointsRule,
    /// Points of each option.
    pub totals: Vec<u64>,
    /// Voters who gave the option at least one point.
    pub supporters: Vec<u64>,
    /// Ballots cast.
    pub cast: u64,
    /// Of these, ballots that give no points.
    pub empty: u64,
}

impl PointsTally {
    /// Nothing yet.
    ///
    /// # Errors
    /// As [`Points::new`].
    pub fn new(options: usize, rule: PointsRule) -> Result<Self, BallotError> {
        Ok(Self::of(&Points::new(options, rule)?))
    }

    /// The tally of all these ballots.
    #[must_use]
    pub fn of(ballots: &Points) -> Self {
        let mut totals = vec![0; ballots.options()];
        let mut supporters = totals.clone();
        for (points, weight) in ballots.iter() {
            for (option, points) in points {
                if let (Some(total), Some(voters)) =
                    (totals.get_mut(option), supporters.get_mut(option))
                {
                    *total += points * weight;
                    *voters += weight;
                }
            }
        }
        Self {
            rule: ballots.rule(),
            totals,
            supporters,
            cast: ballots.voters(),
            empty: ballots.empty(),
        }
    }

    /// The options from most points to fewest, tied ones together.
    #[must_use]
    pub fn tiers(&self) -> Vec<Vec<usize>> {
        order::tiers(&self.totals)
    }

    /// The options with the most points.
    #[must_use]
    pub fn winners(&self) -> Vec<usize> {
        order::leaders(&self.totals)
    }
}

impl Tally for PointsTally {
    /// Points by option.
    type Ballot = [(usize, u64)];

    fn shift(
        &mut self,
        points: &[(usize, u64)],
        weight: u64,
        change: Change,
    ) -> Result<(), TallyError> {
        numbers::check_points(points, self.totals.len(), self.rule)?;
        for (option, points) in points.iter().filter(|(_, points)| *points > 0) {
            let points = points.checked_mul(weight).ok_or(TallyError::OutOfStep)?;
            change.at(&mut self.totals, *option, points)?;
            change.at(&mut self.supporters, *option, weight)?;
        }
        if points.iter().all(|(_, points)| *points == 0) {
            change.on(&mut self.empty, weight)?;
        }
        change.on(&mut self.cast, weight)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEN: PointsRule = PointsRule {
        budget: 10,
        cap: None,
    };

    #[test]
    fn totals_tell_the_order_and_supporters_how_broad_it_is() {
        let mut ballots = Points::new(3, TEN).unwrap();
        ballots.push(&[(0, 10)], 1).unwrap();
        ballots.push(&[(1, 2), (2, 0)], 5).unwrap();
        ballots.push(&[], 1).unwrap();
        let tally = PointsTally::of(&ballots);
        assert_eq!(tally.totals, [10, 10, 0]);
        assert_eq!(tally.supporters, [1, 5, 0]);
        assert_eq!(tally.winners(), [0, 1]);
        assert_eq!(tally.tiers(), [vec![0, 1], vec![2]]);
        assert_eq!((tally.cast, tally.empty), (7, 1));
    }

    #[test]
    fn ballots_come_and_go() {
        let mut tally = PointsTally::new(2, TEN).unwrap();
        tally.add(&[(0, 4), (1, 6)]).unwrap();
        tally
            .replace(Some(&[(0, 4), (1, 6)]), Some(&[(1, 1)]))
            .unwrap();
        assert_eq!(
            (&tally.totals[..], &tally.supporters[..]),
            (&[0, 1][..], &[0, 1][..])
        );
        assert!(tally.add(&[(0, 11)]).is_err());
        assert!(tally.shift(&[(0, 10)], u64::MAX, Change::Add).is_err());
        let text = serde_json::to_string(&tally).unwrap();
        assert_eq!(serde_json::from_str::<PointsTally>(&text).unwrap(), tally);
    }
}
