//! A ballot: what one person says to one poll.
//!
//! It is kept as bytes, one per option and of the same length for every ballot of a poll, so that millions are
//! read fast and a sealed one tells nothing by its length. [`parse`] reads it as people type it.
//!
//! # Adding a kind
//! A variant, its bytes both ways, its reading in `parse`, its part of [`Live`](super::live::Live).

use super::rules::{Rules, SCORES};
use crate::domain::count::{
    BallotError, ConsentVote, DateAnswer, ProposalVote, Ranking, UNRANKED, tiers_of_levels,
};

mod parse;

pub use parse::{Answer, Wrong, parse};

/// What one person says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ballot {
    /// To a proposal.
    Proposal(ProposalVote),
    /// To a call for consent.
    Consent(ConsentVote),
    /// The options chosen, in the order of the poll; in a budget, those approved. None chosen is a blank ballot.
    Options(Vec<usize>),
    /// A score for each option; none where it was left out.
    Scores(Vec<Option<u8>>),
    /// Points for each option.
    Points(Vec<u8>),
    /// The level of each option, 0 best, [`UNRANKED`] where it was left out.
    Ranks(Vec<u8>),
    /// An answer to each date.
    Dates(Vec<DateAnswer>),
}

/// Bytes that are no ballot of that poll.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("stored bytes are no ballot of this poll")]
pub struct Unreadable;

const PROPOSAL: [ProposalVote; 3] = [ProposalVote::Yes, ProposalVote::No, ProposalVote::Abstain];
const CONSENT: [ConsentVote; 3] = [
    ConsentVote::Consent,
    ConsentVote::StandAside,
    ConsentVote::Objection,
];
const DATES: [DateAnswer; 3] = [DateAnswer::No, DateAnswer::IfNeedBe, DateAnswer::Yes];

fn place<T: PartialEq>(values: &[T], value: &T) -> u8 {
    let at = values.iter().position(|known| known == value);
    at.and_then(|at| u8::try_from(at).ok()).unwrap_or_default()
}

impl Ballot {
    /// Its bytes, for a poll with that many options.
    #[must_use]
    pub fn to_bytes(&self, options: usize) -> Vec<u8> {
        match self {
            Self::Proposal(vote) => vec![place(&PROPOSAL, vote)],
            Self::Consent(vote) => vec![place(&CONSENT, vote)],
            Self::Options(chosen) => (0..options)
                .map(|option| u8::from(chosen.contains(&option)))
                .collect(),
            Self::Scores(scores) => scores
                .iter()
                .map(|score| score.map_or(0, |score| score.saturating_add(1)))
                .collect(),
            Self::Points(bytes) | Self::Ranks(bytes) => bytes.clone(),
            Self::Dates(answers) => answers.iter().map(|answer| place(&DATES, answer)).collect(),
        }
    }

    /// The ballot of these bytes.
    ///
    /// # Errors
    /// Bytes that were not written for such a poll.
    pub fn from_bytes(rules: &Rules, options: usize, bytes: &[u8]) -> Result<Self, Unreadable> {
        let one = |length: usize| (bytes.len() == length).then_some(bytes).ok_or(Unreadable);
        let known = |values: usize| {
            let fits = one(options)?.iter().all(|byte| usize::from(*byte) < values);
            if fits { Ok(()) } else { Err(Unreadable) }
        };
        fn nth<T: Copy>(values: &[T], at: u8) -> Result<T, Unreadable> {
            values.get(usize::from(at)).copied().ok_or(Unreadable)
        }
        let first = || bytes.first().copied().ok_or(Unreadable);
        Ok(match rules {
            Rules::Proposal { .. } => Self::Proposal(nth(&PROPOSAL, one(1).and(first())?)?),
            Rules::Consent { .. } => Self::Consent(nth(&CONSENT, one(1).and(first())?)?),
            Rules::Choose { .. } | Rules::Budget { .. } => {
                known(2)?;
                let chosen = bytes.iter().enumerate().filter(|(_, byte)| **byte == 1);
                Self::Options(chosen.map(|(option, _)| option).collect())
            }
            Rules::Score => {
                known(usize::try_from(SCORES.1).unwrap_or_default() + 2)?;
                Self::Scores(bytes.iter().map(|byte| byte.checked_sub(1)).collect())
            }
            Rules::Points { .. } => Self::Points(one(options)?.to_vec()),
            Rules::Rank | Rules::Elect { .. } => Self::Ranks(one(options)?.to_vec()),
            Rules::Date => {
                known(DATES.len())?;
                let answers = bytes.iter().map(|byte| nth(&DATES, *byte));
                Self::Dates(answers.collect::<Result<_, _>>()?)
            }
        })
    }

    /// The ballot that ranks these tiers, best first.
    ///
    /// # Errors
    /// An unknown option, or one that stands twice.
    pub fn ranking(options: usize, tiers: &[Vec<usize>]) -> Result<Self, BallotError> {
        let ranking = Ranking::of_tiers(options, tiers)?;
        Ok(Self::Ranks(ranking.levels().to_vec()))
    }

    /// The tiers that a ranking says, best first, without the options left out; none of another ballot.
    #[must_use]
    pub fn tiers(&self) -> Vec<Vec<usize>> {
        match self {
            Self::Ranks(levels) => tiers_of_levels(levels),
            _ => Vec::new(),
        }
    }

    /// The places in the list of answers that it gives: the options chosen, the dates it can make; of a proposal yes,
    /// no, abstain, of a call for consent consent, stand aside, objection. None of a ballot that weighs its options.
    #[must_use]
    pub fn answers(&self) -> Vec<usize> {
        match self {
            Self::Proposal(vote) => vec![usize::from(place(&PROPOSAL, vote))],
            Self::Consent(vote) => vec![usize::from(place(&CONSENT, vote))],
            Self::Options(chosen) => chosen.clone(),
            Self::Dates(answers) => {
                let all = answers.iter().enumerate();
                let yes = all.filter(|(_, answer)| **answer == DateAnswer::Yes);
                yes.map(|(at, _)| at).collect()
            }
            Self::Scores(_) | Self::Points(_) | Self::Ranks(_) => Vec::new(),
        }
    }

    /// Whether it says nothing: it counts for turnout only.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Proposal(_) | Self::Consent(_) => false,
            Self::Options(chosen) => chosen.is_empty(),
            Self::Scores(scores) => scores.iter().all(Option::is_none),
            Self::Points(points) => points.iter().all(|points| *points == 0),
            Self::Ranks(levels) => levels.iter().all(|level| *level == UNRANKED),
            Self::Dates(answers) => answers.iter().all(|answer| *answer == DateAnswer::No),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::count::{PointsRule, Threshold};

    #[test]
    fn bytes_are_read_back_and_have_one_length_per_poll() {
        let points = Rules::Points {
            rule: PointsRule {
                budget: 10,
                cap: None,
            },
        };
        let proposal = Rules::Proposal {
            threshold: Threshold::SIMPLE_MAJORITY,
        };
        let cases = [
            (proposal, Ballot::Proposal(ProposalVote::Abstain)),
            (Rules::Choose { most: 2 }, Ballot::Options(vec![0, 2])),
            (Rules::Choose { most: 2 }, Ballot::Options(vec![])),
            (Rules::Score, Ballot::Scores(vec![Some(0), None, Some(5)])),
            (points, Ballot::Points(vec![7, 0, 3])),
            (
                Rules::Rank,
                Ballot::ranking(3, &[vec![2], vec![0, 1]]).unwrap(),
            ),
            (
                Rules::Date,
                Ballot::Dates(vec![DateAnswer::Yes, DateAnswer::No, DateAnswer::IfNeedBe]),
            ),
        ];
        for (rules, ballot) in cases {
            let bytes = ballot.to_bytes(3);
            let length = if rules.kind().has_options() { 3 } else { 1 };
            assert_eq!(bytes.len(), length, "{rules:?}");
            assert_eq!(Ballot::from_bytes(&rules, 3, &bytes), Ok(ballot));
        }
    }

    #[test]
    fn other_bytes_are_no_ballot() {
        for (rules, bytes) in [
            (Rules::Choose { most: 1 }, &[0, 2, 0][..]),
            (Rules::Choose { most: 1 }, &[0, 1]),
            (Rules::Score, &[7, 0, 0]),
            (Rules::Rank, &[0, 1, 2, 3]),
            (Rules::Date, &[3, 0, 0]),
            (Rules::Date, &[]),
        ] {
            assert_eq!(Ballot::from_bytes(&rules, 3, bytes), Err(Unreadable));
        }
    }
}
