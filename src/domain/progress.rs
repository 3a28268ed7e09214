//! How far something is, told in quarters: each at most once ever, the highest only when several are passed at once.

use serde::{Deserialize, Serialize};

/// A quarter of the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quarter {
    /// 25 %
    First,
    /// 50 %
    Half,
    /// 75 %
    ThreeQuarters,
    /// 100 %
    Whole,
}

impl Quarter {
    /// Every one, from least to most.
    pub const ALL: [Self; 4] = [Self::First, Self::Half, Self::ThreeQuarters, Self::Whole];

    /// Of the whole, in percent.
    #[must_use]
    pub const fn percent(self) -> u8 {
        match self {
            Self::First => 25,
            Self::Half => 50,
            Self::ThreeQuarters => 75,
            Self::Whole => 100,
        }
    }

    /// The quarter of that many percent, if it is one.
    #[must_use]
    pub fn from_percent(percent: i64) -> Option<Self> {
        let same = |quarter: &Self| i64::from(quarter.percent()) == percent;
        Self::ALL.into_iter().find(same)
    }
}

/// The highest quarter that `done` of `of` has reached; none below a quarter, or of nothing.
#[must_use]
pub fn reached(done: u64, of: u64) -> Option<Quarter> {
    let enough = |quarter: &Quarter| {
        u128::from(done) * 100 >= u128::from(of) * u128::from(quarter.percent())
    };
    Quarter::ALL
        .into_iter()
        .rev()
        .find(|quarter| of > 0 && enough(quarter))
}

/// The quarter to tell of now, where `told` is the highest that was ever told of: a share that fell and rises again, or a
/// quarter that was passed over, is not told.
#[must_use]
pub fn newly_reached(told: Option<Quarter>, done: u64, of: u64) -> Option<Quarter> {
    reached(done, of).filter(|quarter| Some(*quarter) > told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_is_reached_exactly_at_its_share() {
        for (done, of, expected) in [
            (0, 0, None),
            (3, 0, None),
            (0, 4, None),
            (1, 5, None),
            (1, 4, Some(Quarter::First)),
            (1, 3, Some(Quarter::First)),
            (49, 100, Some(Quarter::First)),
            (2, 4, Some(Quarter::Half)),
            (3, 4, Some(Quarter::ThreeQuarters)),
            (99, 100, Some(Quarter::ThreeQuarters)),
            (4, 4, Some(Quarter::Whole)),
            (5, 4, Some(Quarter::Whole)),
            (u64::MAX, u64::MAX, Some(Quarter::Whole)),
        ] {
            assert_eq!(reached(done, of), expected, "{done} of {of}");
        }
    }

    #[test]
    fn each_quarter_is_told_once_and_one_that_is_passed_over_never() {
        let mut told = None;
        let mut heard = Vec::new();
        for done in [0, 1, 0, 1, 3, 2, 3, 4, 0, 4] {
            if let Some(quarter) = newly_reached(told, done, 4) {
                heard.push(quarter.percent());
                told = Some(quarter);
            }
        }
        assert_eq!(heard, [25, 75, 100]);
    }

    #[test]
    fn quarters_are_read_back_by_their_percent() {
        for quarter in Quarter::ALL {
            let percent = i64::from(quarter.percent());
            assert_eq!(Quarter::from_percent(percent), Some(quarter));
        }
        assert_eq!(Quarter::from_percent(80), None);
    }
}
