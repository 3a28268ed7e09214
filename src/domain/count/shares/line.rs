//! Exact amounts that depend on how many units every voter has more, as straight lines: an amount now, and by how
//! much it grows with each unit. Both are whole numbers, of whatever unit those who compare have agreed on.
//!
//! A run of equal shares compares amounts. As long as no comparison comes out differently, the next unit buys the
//! same projects; [`Horizon`] finds how long that is. Without it, a budget of a million shared by twenty people
//! would be counted fifty thousand times.

use num_bigint::{BigInt, Sign};
use num_integer::Integer;

/// An amount.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Line {
    /// The amount now.
    pub(super) now: BigInt,
    /// How much more it is for each unit more per voter.
    pub(super) growth: BigInt,
}

impl Line {
    /// An amount that does not change.
    pub(super) const fn fixed(now: BigInt) -> Self {
        Self {
            now,
            growth: BigInt::ZERO,
        }
    }

    /// Whether it is nothing, now and with any unit more.
    pub(super) fn is_nothing(&self) -> bool {
        self.now.sign() == Sign::NoSign && self.growth.sign() == Sign::NoSign
    }

    /// This many times the amount.
    pub(super) fn times(&self, times: &BigInt) -> Self {
        Self {
            now: &self.now * times,
            growth: &self.growth * times,
        }
    }

    /// Without `times` the other amount.
    pub(super) fn take(&mut self, other: &Self, times: u64) {
        self.now -= &other.now * times;
        self.growth -= &other.growth * times;
    }

    /// What divides both numbers and `unit`.
    pub(super) fn common(&self, unit: &BigInt) -> BigInt {
        unit.gcd(&self.now).gcd(&self.growth)
    }

    /// A part of the amount that leaves no remainder.
    pub(super) fn over(&self, parts: &BigInt) -> Self {
        Self {
            now: &self.now / parts,
            growth: &self.growth / parts,
        }
    }
}

/// For how many units more everything stays as it is; without end when there is no number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Horizon(pub(super) Option<BigInt>);

impl Horizon {
    /// `more` is at least `less`: up to where?
    pub(super) fn at_least(&mut self, more: &Line, less: &Line) {
        if more.growth < less.growth {
            let (gap, closing) = (&more.now - &less.now, &less.growth - &more.growth);
            self.shorten(gap.div_floor(&closing));
        }
    }

    /// `more` is above `less`: up to where?
    pub(super) fn above(&mut self, more: &Line, less: &Line) {
        if more.growth < less.growth {
            let (gap, closing) = (&more.now - &less.now, &less.growth - &more.growth);
            self.shorten((gap - 1_u32).div_floor(&closing));
        }
    }

    fn shorten(&mut self, steps: BigInt) {
        if self.0.as_ref().is_none_or(|before| steps < *before) {
            self.0 = Some(steps);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(now: i64, growth: i64) -> Line {
        Line {
            now: now.into(),
            growth: growth.into(),
        }
    }

    #[test]
    fn the_horizon_is_the_last_unit_before_a_change() {
        let mut horizon = Horizon(None);
        horizon.at_least(&line(5, 1), &line(5, 1));
        horizon.above(&line(5, 2), &line(4, 1));
        assert_eq!(horizon, Horizon(None));
        horizon.at_least(&line(10, 0), &line(1, 2));
        assert_eq!(horizon, Horizon(Some(4.into())), "10 against 1 + 2 × 4");
        let mut horizon = Horizon(None);
        horizon.above(&line(10, 0), &line(0, 2));
        assert_eq!(horizon, Horizon(Some(4.into())), "at 5 they are equal");
        horizon.at_least(&line(7, 0), &line(7, 1));
        assert_eq!(horizon, Horizon(Some(0.into())));
        let mut horizon = Horizon(None);
        horizon.above(&line(10, 0), &line(0, 3));
        assert_eq!(horizon, Horizon(Some(3.into())));
    }
}
