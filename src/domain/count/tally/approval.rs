//! How often each option was chosen: "choose one", "choose up to k", and live figures of a budget.

use serde::{Deserialize, Serialize};

use super::super::approvals::{self, Approvals};
use super::super::ballot::{self, BallotError};
use super::super::order;
use super::{Change, Tally, TallyError};

/// Voters for each option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalTally {
    /// Most options on one ballot.
    most: usize,
    /// Voters for each option.
    pub counts: Vec<u64>,
    /// Ballots cast.
    pub cast: u64,
    /// Of these, ballots that choose nothing.
    pub empty: u64,
}

impl ApprovalTally {
    /// Nothing yet, for a poll of that many options of which a voter may choose `most`.
    ///
    /// # Errors
    /// No options, or too many.
    pub fn new(options: usize, most: usize) -> Result<Self, BallotError> {
        Ok(Self {
            most,
            counts: vec![0; ballot::options(options)?],
            cast: 0,
            empty: 0,
        })
    }

    /// The tally of all these ballots.
    #[must_use]
    pub fn of(ballots: &Approvals) -> Self {
        let mut counts = vec![0; ballots.options()];
        for (chosen, weight) in ballots.iter() {
            for option in chosen {
                if let Some(count) = counts.get_mut(option) {
                    *count += weight;
                }
            }
        }
        Self {
            most: ballots.most(),
            counts,
            cast: ballots.voters(),
            empty: ballots.empty(),
        }
    }

    /// The options from most voters to fewest, tied ones together.
    #[must_use]
    pub fn tiers(&self) -> Vec<Vec<usize>> {
        order::tiers(&self.counts)
    }

    /// The options with the most voters: all of them when nobody chose anything.
    #[must_use]
    pub fn winners(&self) -> Vec<usize> {
        order::leaders(&self.counts)
    }
}

impl Tally for ApprovalTally {
    /// The options chosen.
    type Ballot = [usize];

    fn shift(&mut self, chosen: &[usize], weight: u64, change: Change) -> Result<(), TallyError> {
        approvals::check(chosen, self.counts.len(), self.most)?;
        for option in chosen {
            change.at(&mut self.counts, *option, weight)?;
        }
        if chosen.is_empty() {
            change.on(&mut self.empty, weight)?;
        }
        change.on(&mut self.cast, weight)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_mind_moves_one_vote() {
        let mut tally = ApprovalTally::new(3, 1).unwrap();
        for chosen in [0, 1, 1, 2] {
            tally.add(&[chosen]).unwrap();
        }
        assert_eq!(tally.winners(), [1]);
        tally.replace(Some(&[1]), Some(&[2])).unwrap();
        assert_eq!(tally.counts, [1, 1, 2]);
        assert_eq!(tally.tiers(), [vec![2], vec![0, 1]]);
        assert_eq!(tally.cast, 4);
    }

    #[test]
    fn a_ballot_that_was_never_added_cannot_be_taken_away() {
        let mut tally = ApprovalTally::new(3, 2).unwrap();
        tally.add(&[0, 1]).unwrap();
        let before = tally.clone();
        assert_eq!(tally.remove(&[1, 2]), Err(TallyError::OutOfStep));
        assert_eq!(tally.remove(&[]), Err(TallyError::OutOfStep));
        assert!(tally.add(&[0, 1, 2]).is_err(), "two at most");
        assert!(tally.replace(Some(&[0, 1]), Some(&[3])).is_err());
        assert_eq!(tally, before);
    }

    #[test]
    fn it_is_stored_as_json() {
        let mut tally = ApprovalTally::new(2, 2).unwrap();
        tally.add(&[1]).unwrap();
        tally.add(&[]).unwrap();
        let text = serde_json::to_string(&tally).unwrap();
        assert_eq!(text, r#"{"most":2,"counts":[0,1],"cast":2,"empty":1}"#);
        assert_eq!(serde_json::from_str::<ApprovalTally>(&text).unwrap(), tally);
    }
}
