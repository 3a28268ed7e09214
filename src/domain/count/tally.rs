//! Running sums: what a live result needs, kept up to date while ballots change, at a cost that depends on the
//! number of options and never on the number of ballots.
//!
//! A tally is a sum over ballots, so a ballot can be added and taken away again; a change of mind is both. It is
//! stored as JSON beside the poll. The same types count a closed poll: `of` adds up all its ballots.
//!
//! IRV, STV and equal shares have no tally: what a ballot counts for depends there on all the others.
//!
//! # Adding a kind
//! A struct of sums in `tally/`, with `impl Tally` for it and a test that a random coming and going of ballots
//! equals the count of those that stay.

mod approval;
mod date;
mod points;
mod score;

pub use approval::ApprovalTally;
pub use date::{DateAnswer, DateTally};
pub use points::PointsTally;
pub use score::{ScoreTally, Spread};

use super::ballot::BallotError;

/// Why a tally was not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TallyError {
    /// The ballot says something that the poll does not allow.
    #[error(transparent)]
    Ballot(#[from] BallotError),
    /// A sum would fall below nothing, because a ballot was taken away that had never been added, or exceed what it
    /// can hold. Sums do not know single ballots: not every mistake is noticed.
    #[error("the tally does not hold that ballot")]
    OutOfStep,
}

/// Whether ballots come or go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// They are added.
    Add,
    /// They are taken away.
    Remove,
}

impl Change {
    /// Changes one sum by `by` voters.
    pub(super) fn on(self, sum: &mut u64, by: u64) -> Result<(), TallyError> {
        *sum = match self {
            Self::Add => sum.checked_add(by),
            Self::Remove => sum.checked_sub(by),
        }
        .ok_or(TallyError::OutOfStep)?;
        Ok(())
    }

    /// Changes the sum at `index`. There is none when a stored tally was made for other options.
    pub(super) fn at(self, sums: &mut [u64], index: usize, by: u64) -> Result<(), TallyError> {
        self.on(sums.get_mut(index).ok_or(TallyError::OutOfStep)?, by)
    }
}

/// Sums over ballots.
pub trait Tally: Clone {
    /// One ballot.
    type Ballot: ?Sized;

    /// Adds or takes away `weight` equal ballots. After an error the sums are worth nothing: [`Self::add`],
    /// [`Self::remove`] and [`Self::replace`] leave them as they were.
    ///
    /// # Errors
    /// See [`TallyError`].
    fn shift(
        &mut self,
        ballot: &Self::Ballot,
        weight: u64,
        change: Change,
    ) -> Result<(), TallyError>;

    /// Adds a ballot.
    ///
    /// # Errors
    /// See [`TallyError`]; nothing is changed then.
    fn add(&mut self, ballot: &Self::Ballot) -> Result<(), TallyError> {
        self.replace(None, Some(ballot))
    }

    /// Takes a ballot away.
    ///
    /// # Errors
    /// See [`TallyError`]; nothing is changed then.
    fn remove(&mut self, ballot: &Self::Ballot) -> Result<(), TallyError> {
        self.replace(Some(ballot), None)
    }

    /// Takes the ballot `old` away and adds `new`.
    ///
    /// # Errors
    /// See [`TallyError`]; nothing is changed then.
    fn replace(
        &mut self,
        old: Option<&Self::Ballot>,
        new: Option<&Self::Ballot>,
    ) -> Result<(), TallyError> {
        let mut next = self.clone();
        if let Some(old) = old {
            next.shift(old, 1, Change::Remove)?;
        }
        if let Some(new) = new {
            next.shift(new, 1, Change::Add)?;
        }
        *self = next;
        Ok(())
    }
}
