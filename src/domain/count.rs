//! Counting: pure functions from ballots to results. No I/O, no clock, no chance; a lot takes its seed as a parameter.
//!
//! Whole numbers and fractions only: no float decides anything. Ties are results: all tied options are named, and a
//! [`Lot`] is drawn only where the caller passes one, because the poll was declared to end in one. An empty ballot
//! counts for turnout, never for an option. Options are numbered from 0, in the order of the poll.
//!
//! # Kinds of polls
//! | kind | ballots | live | count |
//! |---|---|---|---|
//! | proposal | | [`ProposalTally`] | [`ProposalTally::outcome`] |
//! | consent | | [`ConsentTally`] | [`ConsentTally::outcome`] |
//! | choose | [`Approvals`] | [`ApprovalTally`] | its tiers; [`approval_top_k`] |
//! | score | [`Scores`] | [`ScoreTally`] | its sums, means, spread |
//! | points | [`Points`] | [`PointsTally`] | its totals and supporters |
//! | rank | [`Rankings`] | [`Pairwise`] | [`Schulze`], Condorcet winner |
//! | elect | [`Rankings`] | | [`stv_scottish`]; for one seat [`irv`] |
//! | budget | [`Approvals`] | [`ApprovalTally`] | [`equal_shares_add1`] or [`budget_greedy`] |
//! | date | | [`DateTally`] | its tiers |
//!
//! [`anchor`] reads and writes elections as files, so that anybody can count again.
//!
//! # Adding a count
//! A file with its rule, its source and a textbook case; a line in the table; if the file format names it, a
//! [`Count`](anchor::Count) in `anchor/results.rs`. A new kind of ballot: see [`ballot`] and `rows.rs`.

pub mod anchor;
pub mod ballot;

mod approvals;
mod decision;
#[cfg(test)]
mod examples;
mod greedy;
mod irv;
mod lot;
mod numbers;
mod order;
mod pairwise;
mod rankings;
mod rows;
mod schulze;
mod shares;
mod stv;
mod tally;
mod top_k;

pub use approvals::Approvals;
pub use ballot::BallotError;
pub use decision::{
    Base, ConsentOutcome, ConsentRule, ConsentTally, ConsentVote, ProposalOutcome, ProposalTally,
    ProposalVote, Quorum, Threshold, ThresholdError,
};
pub use greedy::{Greedy, budget_greedy};
pub use irv::{Irv, Round, first_preferences, irv};
pub use lot::{Drawn, Lot};
pub use numbers::{Points, PointsRule, Scores};
pub use order::{leaders, tiers};
pub use pairwise::Pairwise;
pub use rankings::{Ranking, Rankings, UNRANKED, tiers as tiers_of_levels};
pub use schulze::Schulze;
pub use shares::{Funding, equal_shares, equal_shares_add1, equal_shares_seats};
pub use stv::{Event, Stage, Step, Stv, Votes, stv_scottish};
pub use tally::{
    ApprovalTally, Change, DateAnswer, DateTally, PointsTally, ScoreTally, Spread, Tally,
    TallyError,
};
pub use top_k::{TopK, approval_top_k};

/// Most outcomes of a tie that are named one by one. Beyond, a result says that it is not complete.
pub const MOST_OUTCOMES: usize = 10_000;

/// Why a count cannot be made of these ballots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CountError {
    /// The count needs strict orders.
    #[error("a ballot ranks options equal, and this count needs strict orders")]
    EqualRanks,
    /// Nobody is to be elected.
    #[error("the number of seats is missing, and this count needs it")]
    NoSeats,
    /// Not every project has a cost, or there is no budget.
    #[error("a budget and a cost for each option are needed by this count")]
    Costs,
    /// The count is made of other ballots.
    #[error("this count needs other ballots")]
    Ballots,
}
