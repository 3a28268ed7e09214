//! Decisions: a proposal is passed or failed by threshold and quorum; consent is given, withheld by an objection, or
//! sent back to discussion.
//!
//! Fractions are compared by multiplying across, in 128 bits: "two thirds" is exact for any number of voters.

mod consent;
mod proposal;

use serde::{Deserialize, Serialize};

pub use self::consent::{ConsentOutcome, ConsentRule, ConsentTally, ConsentVote};
pub use self::proposal::{ProposalOutcome, ProposalTally, ProposalVote};

/// How many must take part, in percent of those who may: 0 to 100, 0 for no quorum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Quorum(pub u32);

impl Quorum {
    /// Whether enough of the `eligible` (frozen at opening) cast a ballot.
    #[must_use]
    pub const fn is_met(self, cast: u128, eligible: u64) -> bool {
        cast.saturating_mul(100) >= self.0 as u128 * eligible as u128
    }
}

/// What the yes votes are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Base {
    /// Those for and against.
    #[serde(rename = "yes+no")]
    YesNo,
    /// All who voted.
    #[serde(rename = "yes+no+abstain")]
    Cast,
    /// All who may vote.
    #[serde(rename = "eligible")]
    Eligible,
}

/// What part of the base must be for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Fraction", into = "Fraction")]
pub struct Threshold {
    num: u64,
    den: u64,
    strict: bool,
    base: Base,
}

/// A threshold as it is written.
#[derive(Serialize, Deserialize)]
struct Fraction {
    num: u64,
    den: u64,
    strict: bool,
    base: Base,
}

/// A part of the base that is no part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a threshold is a fraction between 0 and 1")]
pub struct ThresholdError;

impl Threshold {
    /// More than half of those for and against.
    pub const SIMPLE_MAJORITY: Self = Self {
        num: 1,
        den: 2,
        strict: true,
        base: Base::YesNo,
    };
    /// At least two thirds of those for and against.
    pub const TWO_THIRDS: Self = Self {
        num: 2,
        den: 3,
        strict: false,
        base: Base::YesNo,
    };

    /// At least `num`/`den` of the base, or more than that when `strict`.
    ///
    /// # Errors
    /// A fraction that is not between 0 and 1.
    pub const fn new(num: u64, den: u64, strict: bool, base: Base) -> Result<Self, ThresholdError> {
        if den == 0 || num > den {
            return Err(ThresholdError);
        }
        Ok(Self {
            num,
            den,
            strict,
            base,
        })
    }

    /// What the yes votes are compared with.
    #[must_use]
    pub const fn base(self) -> Base {
        self.base
    }

    const fn is_met(self, yes: u64, base: u128) -> bool {
        let (have, need) = (
            (yes as u128).saturating_mul(self.den as u128),
            base.saturating_mul(self.num as u128),
        );
        if self.strict {
            have > need
        } else {
            have >= need
        }
    }
}

impl TryFrom<Fraction> for Threshold {
    type Error = ThresholdError;

    fn try_from(written: Fraction) -> Result<Self, ThresholdError> {
        Self::new(written.num, written.den, written.strict, written.base)
    }
}

impl From<Threshold> for Fraction {
    fn from(threshold: Threshold) -> Self {
        Self {
            num: threshold.num,
            den: threshold.den,
            strict: threshold.strict,
            base: threshold.base,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_threshold_is_a_part() {
        assert_eq!(Threshold::new(1, 0, true, Base::Cast), Err(ThresholdError));
        assert_eq!(Threshold::new(3, 2, true, Base::Cast), Err(ThresholdError));
        let text = r#"{"num":2,"den":3,"strict":false,"base":"yes+no"}"#;
        assert_eq!(
            serde_json::from_str::<Threshold>(text).unwrap(),
            Threshold::TWO_THIRDS
        );
        assert_eq!(serde_json::to_string(&Threshold::TWO_THIRDS).unwrap(), text);
        assert!(serde_json::from_str::<Threshold>(&text.replace('3', "0")).is_err());
    }
}
