//! Receipts: where it was declared at the opening, the ballots of a confidential poll are published one by one at its
//! close, each under a code that only its voter was told.
//!
//! Twelve characters hold 60 bits, so that two voters of a large city do not share one. A receipt that is shown to
//! somebody proves a vote to them; people are told so.

use std::fmt;

use super::rules::{Level, Rules, Terms};
use crate::domain::code;

/// Under fewer ballots than this none is published: too few to hide among.
pub const FEW_BALLOTS: u64 = 20;
/// A ballot that says something of each of more options than this may be as good as a signature.
pub const TELLING_OPTIONS: usize = 4;

const LENGTH: usize = 12;
const GROUP: usize = 4;

/// The code of a published ballot. No `Debug`: before the close it must not get into a log.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Receipt(String);

impl Receipt {
    /// The receipt that 60 of these bits make.
    #[must_use]
    pub fn from_bits(bits: u64) -> Self {
        Self(code::write(bits, LENGTH))
    }

    /// Reads a receipt as people type it. None if it is none.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        code::read(text, LENGTH).map(Self)
    }

    /// Its characters without hyphens, as the database keeps those that are published.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, character) in self.0.chars().enumerate() {
            if at > 0 && at % GROUP == 0 {
                f.write_str("-")?;
            }
            write!(f, "{character}")?;
        }
        Ok(())
    }
}

/// Whether ballots of these rules give something to each option, so that many options make each ballot one of a kind.
#[must_use]
pub const fn marks_each_option(rules: &Rules) -> bool {
    match rules {
        Rules::Score | Rules::Points { .. } | Rules::Rank | Rules::Elect { .. } | Rules::Date => {
            true
        }
        Rules::Proposal { .. }
        | Rules::Consent { .. }
        | Rules::Choose { .. }
        | Rules::Budget { .. } => false,
    }
}

/// Whether the ballots of a poll with these terms may be published one by one, once it closes with `cast` of them.
#[must_use]
pub fn published(terms: &Terms, cast: u64) -> bool {
    terms.level == Level::Confidential && terms.receipts && cast >= FEW_BALLOTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_is_read_back_as_people_type_it() {
        let receipt = Receipt::from_bits(0x0FED_CBA9_8765_4321);
        let shown = receipt.to_string();
        assert_eq!(shown.len(), 14);
        for typed in [shown.to_lowercase(), shown.replace('-', " ")] {
            assert!(Receipt::read(&typed) == Some(receipt.clone()), "{typed}");
        }
        assert!(Receipt::read("ABCD-EFGH").is_none());
    }
}
