//! What a ballot may hold: the limits, and the errors when it holds something else.
//!
//! A new kind of ballot adds its errors here, so that a room, a web page and a file say the same.

/// Most options a poll can have. The pairwise matrix and the strongest paths grow with its square and cube.
pub const MAX_OPTIONS: usize = 1_000;
/// Most voters of one poll: totals of scores and points then fit 64 bits without a check at every step.
pub const MAX_VOTERS: u64 = 1 << 40;
/// Most ranks in one ballot: a rank is one byte, and one value of it means "not ranked".
pub const MAX_RANKS: usize = 255;
/// Furthest a score may lie from 0.
pub const MAX_SCORE: i64 = 1 << 20;
/// Most different scores an option can be given.
pub const MAX_SCORES: i64 = 1_001;
/// Most points a voter can have.
pub const MAX_POINTS: u64 = 1 << 20;

/// Why a ballot, or what a poll declares about its ballots, was refused. Options are counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BallotError {
    /// A poll without options, or with more than [`MAX_OPTIONS`].
    #[error("{0} options: a poll has 1 to {MAX_OPTIONS}")]
    Options(usize),
    /// An option that the poll does not have.
    #[error("option {option} is unknown: the poll has {options}, counted from 0")]
    UnknownOption {
        /// The option named.
        option: u64,
        /// Options of the poll.
        options: usize,
    },
    /// The same option, twice in one ballot.
    #[error("option {0} stands twice in one ballot")]
    Twice(usize),
    /// More options chosen than the poll allows.
    #[error("{chosen} options chosen, {most} at most")]
    TooManyChoices {
        /// Options chosen.
        chosen: usize,
        /// Options allowed.
        most: usize,
    },
    /// More than [`MAX_RANKS`] ranks in one ballot.
    #[error("more than {MAX_RANKS} ranks in one ballot")]
    TooManyRanks,
    /// A ranking that does not have one rank for each option.
    #[error("{found} ranks for {options} options")]
    Length {
        /// Ranks found.
        found: usize,
        /// Options of the poll.
        options: usize,
    },
    /// A range of scores that is empty, too wide or too far from 0.
    #[error("scores from {lowest} to {highest} cannot be counted")]
    ScoreRange {
        /// Lowest score.
        lowest: i64,
        /// Highest score.
        highest: i64,
    },
    /// A score outside the poll's range.
    #[error("score {score} is not between {lowest} and {highest}")]
    Score {
        /// The score given.
        score: i64,
        /// Lowest score.
        lowest: i64,
        /// Highest score.
        highest: i64,
    },
    /// A poll where voters have more than [`MAX_POINTS`] points.
    #[error("{0} points per voter, {MAX_POINTS} at most")]
    Budget(u64),
    /// More points given than a voter has.
    #[error("more than {budget} points given")]
    OverBudget {
        /// Points of a voter.
        budget: u32,
    },
    /// More points on one option than the poll allows.
    #[error("{points} points on option {option}, {cap} at most")]
    OverCap {
        /// The option.
        option: usize,
        /// Points on it.
        points: u64,
        /// Points allowed on one option.
        cap: u32,
    },
    /// More than [`MAX_VOTERS`] ballots.
    #[error("more than {MAX_VOTERS} ballots")]
    TooManyVoters,
}

/// The number of options, if a poll can have that many.
pub(super) const fn options(count: usize) -> Result<usize, BallotError> {
    if count == 0 || count > MAX_OPTIONS {
        return Err(BallotError::Options(count));
    }
    Ok(count)
}

/// The option of that number, if the poll has it.
pub(super) fn option(number: u64, options: usize) -> Result<usize, BallotError> {
    usize::try_from(number)
        .ok()
        .filter(|option| *option < options)
        .ok_or(BallotError::UnknownOption {
            option: number,
            options,
        })
}
