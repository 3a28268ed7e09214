//! A date: most yes, then most "yes" and "if need be" together, then the earliest.

use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

use super::super::ballot::{self, BallotError};
use super::super::order;
use super::{Change, Tally, TallyError};

/// What a voter says to one slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateAnswer {
    /// « Oui »
    Yes,
    /// « Au besoin »
    IfNeedBe,
    /// « Non »
    No,
}

/// Answers to each slot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateTally {
    /// Voters who can come, by slot.
    pub yes: Vec<u64>,
    /// Voters who can come if need be, by slot.
    pub if_need_be: Vec<u64>,
    /// Ballots cast.
    pub cast: u64,
}

impl DateTally {
    /// Nothing yet, for that many slots.
    ///
    /// # Errors
    /// No slots, or too many.
    pub fn new(slots: usize) -> Result<Self, BallotError> {
        let none = vec![0; ballot::options(slots)?];
        Ok(Self {
            yes: none.clone(),
            if_need_be: none,
            cast: 0,
        })
    }

    /// The slots from best to worst. `starts` says when each begins, as anything that sorts by time; slots
    /// that are equal in all three respects share a tier.
    #[must_use]
    pub fn tiers<T: Ord>(&self, starts: &[T]) -> Vec<Vec<usize>> {
        let keys: Vec<_> = self
            .yes
            .iter()
            .zip(&self.if_need_be)
            .zip(starts)
            .map(|((yes, maybe), start)| (*yes, yes.saturating_add(*maybe), Reverse(start)))
            .collect();
        order::tiers(&keys)
    }
}

impl Tally for DateTally {
    /// One answer per slot.
    type Ballot = [DateAnswer];

    fn shift(
        &mut self,
        answers: &[DateAnswer],
        weight: u64,
        change: Change,
    ) -> Result<(), TallyError> {
        if answers.len() != self.yes.len() {
            return Err(TallyError::Ballot(BallotError::Length {
                found: answers.len(),
                options: self.yes.len(),
            }));
        }
        for (slot, answer) in answers.iter().enumerate() {
            match answer {
                DateAnswer::Yes => change.at(&mut self.yes, slot, weight)?,
                DateAnswer::IfNeedBe => change.at(&mut self.if_need_be, slot, weight)?,
                DateAnswer::No => {}
            }
        }
        change.on(&mut self.cast, weight)
    }
}

#[cfg(test)]
mod tests {
    use super::DateAnswer::{IfNeedBe, No, Yes};
    use super::*;

    #[test]
    fn most_yes_then_if_need_be_then_the_earliest() {
        let mut tally = DateTally::new(5).unwrap();
        tally.add(&[Yes, Yes, IfNeedBe, Yes, Yes]).unwrap();
        tally.add(&[Yes, IfNeedBe, IfNeedBe, IfNeedBe, No]).unwrap();
        tally.add(&[No, Yes, IfNeedBe, Yes, Yes]).unwrap();
        assert_eq!(tally.yes, [2, 2, 0, 2, 2]);
        assert_eq!(
            tally.tiers(&[10, 30, 5, 20, 1]),
            [vec![3], vec![1], vec![4], vec![0], vec![2]]
        );
        assert_eq!(
            tally.tiers(&[10, 20, 5, 20, 30])[0],
            [1, 3],
            "equal to the hour: a tie"
        );
        tally
            .remove(&[Yes, IfNeedBe, IfNeedBe, IfNeedBe, No])
            .unwrap();
        assert_eq!(tally.yes, [1, 2, 0, 2, 2]);
        assert!(tally.remove(&[Yes, Yes, Yes, Yes, Yes]).is_err());
        assert!(tally.add(&[Yes]).is_err());
    }
}
