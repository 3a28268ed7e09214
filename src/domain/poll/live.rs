//! Running sums of a poll: what its live card needs, changed with every ballot at a cost that depends on the options
//! and never on the ballots.

use serde::{Deserialize, Serialize};

use super::ballot::Ballot;
use super::rules::{Rules, SCORES};
use crate::domain::count::{
    ApprovalTally, BallotError, Change, ConsentTally, DateTally, Pairwise, PointsTally,
    ProposalTally, ScoreTally, Tally, TallyError,
};

/// The sums of one kind of poll. An election has none but its turnout: what a ballot counts for depends there on all
/// the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Live {
    /// Votes on a proposal.
    Proposal(ProposalTally),
    /// Answers to a call for consent.
    Consent(ConsentTally),
    /// Voters for each option; in a budget, those who approve it.
    Approval(ApprovalTally),
    /// Voters for each score of each option.
    Score(ScoreTally),
    /// Points and supporters of each option.
    Points(PointsTally),
    /// Voters who rank one option above another.
    Rank(Pairwise),
    /// Ballots cast.
    Turnout(u64),
    /// Answers to each date.
    Date(DateTally),
}

impl Tally for Live {
    type Ballot = Ballot;

    fn shift(&mut self, ballot: &Ballot, weight: u64, change: Change) -> Result<(), TallyError> {
        match (self, ballot) {
            (Self::Proposal(sums), Ballot::Proposal(vote)) => sums.shift(vote, weight, change),
            (Self::Consent(sums), Ballot::Consent(vote)) => sums.shift(vote, weight, change),
            (Self::Approval(sums), Ballot::Options(chosen)) => sums.shift(chosen, weight, change),
            (Self::Score(sums), Ballot::Scores(scores)) => {
                sums.shift(&scored(scores), weight, change)
            }
            (Self::Points(sums), Ballot::Points(points)) => {
                sums.shift(&pointed(points), weight, change)
            }
            (Self::Rank(sums), Ballot::Ranks(levels)) => sums.shift(levels, weight, change),
            (Self::Turnout(cast), Ballot::Ranks(_)) => {
                *cast = match change {
                    Change::Add => cast.checked_add(weight),
                    Change::Remove => cast.checked_sub(weight),
                }
                .ok_or(TallyError::OutOfStep)?;
                Ok(())
            }
            (Self::Date(sums), Ballot::Dates(answers)) => sums.shift(answers, weight, change),
            _ => Err(TallyError::OutOfStep),
        }
    }
}

impl Live {
    /// Nothing yet.
    ///
    /// # Errors
    /// No options where there must be some, or too many.
    pub fn new(rules: &Rules, options: usize) -> Result<Self, BallotError> {
        Ok(match rules {
            Rules::Proposal { .. } => Self::Proposal(ProposalTally::default()),
            Rules::Consent { .. } => Self::Consent(ConsentTally::default()),
            Rules::Choose { most } => Self::Approval(ApprovalTally::new(options, *most)?),
            Rules::Budget { .. } => Self::Approval(ApprovalTally::new(options, options)?),
            Rules::Score => Self::Score(ScoreTally::new(options, SCORES.0, SCORES.1)?),
            Rules::Points { rule } => Self::Points(PointsTally::new(options, *rule)?),
            Rules::Rank => Self::Rank(Pairwise::new(options)?),
            Rules::Elect { .. } => Self::Turnout(0),
            Rules::Date => Self::Date(DateTally::new(options)?),
        })
    }

    /// Ballots cast.
    #[must_use]
    pub fn cast(&self) -> u64 {
        match self {
            Self::Proposal(sums) => u64::try_from(sums.cast()).unwrap_or(u64::MAX),
            Self::Consent(sums) => u64::try_from(sums.cast()).unwrap_or(u64::MAX),
            Self::Approval(sums) => sums.cast,
            Self::Score(sums) => sums.cast,
            Self::Points(sums) => sums.cast,
            Self::Rank(sums) => sums.cast,
            Self::Turnout(cast) => *cast,
            Self::Date(sums) => sums.cast,
        }
    }

    /// Ballots that express a preference: those whose share is told.
    #[must_use]
    pub fn expressed(&self) -> u64 {
        match self {
            Self::Proposal(sums) => sums.yes.saturating_add(sums.no),
            Self::Approval(sums) => sums.cast.saturating_sub(sums.empty),
            Self::Score(sums) => sums.cast.saturating_sub(sums.empty),
            Self::Points(sums) => sums.cast.saturating_sub(sums.empty),
            Self::Rank(sums) => sums.cast.saturating_sub(sums.empty),
            Self::Consent(_) | Self::Turnout(_) | Self::Date(_) => self.cast(),
        }
    }
}

/// Scores by option, without those left out.
#[must_use]
pub fn scored(scores: &[Option<u8>]) -> Vec<(usize, i64)> {
    let given = scores.iter().enumerate();
    given
        .filter_map(|(option, score)| Some((option, i64::from((*score)?))))
        .collect()
}

/// Points by option, without those that got none.
#[must_use]
pub fn pointed(points: &[u8]) -> Vec<(usize, u64)> {
    let given = points.iter().enumerate().filter(|(_, points)| **points > 0);
    given
        .map(|(option, points)| (option, u64::from(*points)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::count::ProposalVote;

    #[test]
    fn a_changed_mind_is_counted_once() {
        let mut live = Live::new(&Rules::Choose { most: 1 }, 3).unwrap();
        let (first, second) = (Ballot::Options(vec![0]), Ballot::Options(vec![2]));
        live.replace(None, Some(&first)).unwrap();
        live.replace(Some(&first), Some(&second)).unwrap();
        let Live::Approval(sums) = &live else {
            panic!("{live:?}")
        };
        assert_eq!((&sums.counts[..], live.cast()), (&[0, 0, 1][..], 1));
    }

    #[test]
    fn a_ballot_of_another_kind_changes_nothing() {
        let mut live = Live::new(&Rules::Rank, 3).unwrap();
        let before = live.clone();
        let wrong = Ballot::Proposal(ProposalVote::Yes);
        assert!(live.replace(None, Some(&wrong)).is_err());
        assert_eq!(live, before);
    }

    #[test]
    fn sums_are_kept_as_json() {
        let mut live = Live::new(&Rules::Rank, 3).unwrap();
        let ballot = Ballot::ranking(3, &[vec![2], vec![0]]).unwrap();
        live.replace(None, Some(&ballot)).unwrap();
        let text = serde_json::to_string(&live).unwrap();
        assert_eq!(serde_json::from_str::<Live>(&text).unwrap(), live);
    }
}
