//! A proposal: yes, no or abstain. Passed when enough of those who count are for it and enough took part.

use serde::{Deserialize, Serialize};

use super::super::tally::{Change, Tally, TallyError};
use super::{Base, Quorum, Threshold};

/// A vote on a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProposalVote {
    /// « Pour »
    Yes,
    /// « Contre »
    No,
    /// « Abstention »
    Abstain,
}

/// The votes on a proposal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalTally {
    /// For it.
    pub yes: u64,
    /// Against it.
    pub no: u64,
    /// Neither.
    pub abstain: u64,
}

/// What became of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProposalOutcome {
    /// Passed.
    Passed,
    /// Not enough for it.
    Failed,
    /// Too few took part.
    NoQuorum,
}

impl ProposalTally {
    /// Who took part, abstentions too.
    #[must_use]
    pub fn cast(self) -> u128 {
        u128::from(self.yes) + u128::from(self.no) + u128::from(self.abstain)
    }

    /// The outcome, with the number of eligible frozen at opening. Without a quorum nothing is decided; with nobody
    /// for or against, nothing is passed.
    #[must_use]
    pub fn outcome(self, eligible: u64, quorum: Quorum, threshold: Threshold) -> ProposalOutcome {
        if !quorum.is_met(self.cast(), eligible) {
            return ProposalOutcome::NoQuorum;
        }
        let yes_no = u128::from(self.yes) + u128::from(self.no);
        let base = match threshold.base {
            Base::YesNo => yes_no,
            Base::Cast => self.cast(),
            Base::Eligible => u128::from(eligible),
        };
        if yes_no > 0 && threshold.is_met(self.yes, base) {
            ProposalOutcome::Passed
        } else {
            ProposalOutcome::Failed
        }
    }
}

impl Tally for ProposalTally {
    type Ballot = ProposalVote;

    fn shift(
        &mut self,
        vote: &ProposalVote,
        weight: u64,
        change: Change,
    ) -> Result<(), TallyError> {
        let votes = match vote {
            ProposalVote::Yes => &mut self.yes,
            ProposalVote::No => &mut self.no,
            ProposalVote::Abstain => &mut self.abstain,
        };
        change.on(votes, weight)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn votes(yes: u64, no: u64, abstain: u64) -> ProposalTally {
        ProposalTally { yes, no, abstain }
    }

    #[test]
    fn a_simple_majority_is_strict_and_two_thirds_are_at_least() {
        let passed = |tally: ProposalTally, threshold| {
            tally.outcome(100, Quorum(0), threshold) == ProposalOutcome::Passed
        };
        assert!(passed(votes(6, 5, 80), Threshold::SIMPLE_MAJORITY));
        assert!(!passed(votes(5, 5, 0), Threshold::SIMPLE_MAJORITY));
        assert!(passed(votes(20, 10, 0), Threshold::TWO_THIRDS));
        assert!(!passed(votes(19, 10, 0), Threshold::TWO_THIRDS));
        let all = Threshold::new(1, 1, false, Base::Eligible).unwrap();
        assert!(passed(votes(100, 0, 0), all));
        assert!(!passed(votes(99, 0, 1), all));
    }

    #[test]
    fn nobody_for_or_against_passes_nothing() {
        for base in [Base::YesNo, Base::Cast, Base::Eligible] {
            let any = Threshold::new(0, 1, false, base).unwrap();
            assert_eq!(
                votes(0, 0, 9).outcome(0, Quorum(0), any),
                ProposalOutcome::Failed
            );
        }
    }

    #[test]
    fn the_quorum_is_exact() {
        let outcome = |yes, eligible, percent| {
            votes(yes, 0, 0).outcome(eligible, Quorum(percent), Threshold::SIMPLE_MAJORITY)
        };
        assert_eq!(outcome(34, 101, 33), ProposalOutcome::Passed);
        assert_eq!(outcome(33, 101, 33), ProposalOutcome::NoQuorum);
        assert_eq!(outcome(u64::MAX, u64::MAX, 100), ProposalOutcome::Passed);
        assert_eq!(
            outcome(u64::MAX - 1, u64::MAX, 100),
            ProposalOutcome::NoQuorum
        );
    }

    #[test]
    fn votes_come_and_go() {
        let mut tally = ProposalTally::default();
        tally.add(&ProposalVote::Yes).unwrap();
        tally
            .replace(Some(&ProposalVote::Yes), Some(&ProposalVote::Abstain))
            .unwrap();
        assert_eq!(tally, votes(0, 0, 1));
        assert_eq!(tally.remove(&ProposalVote::No), Err(TallyError::OutOfStep));
    }
}
