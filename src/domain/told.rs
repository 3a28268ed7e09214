//! What may be told in figures of commitments: no count of one to four, and nothing from which one can be worked out.
//!
//! That is about commitments which are only counted. Those that anybody may read are told as they are, and apart: whoever
//! reads them could take them off a common figure.
//!
//! Commitments are told as two counts that have nothing in common, those that were kept and those that are not (yet). Groups
//! of commitments are told beside each other, and with their total, only if each of these counts is nobody's or
//! [`LEAST`] at least: whatever is added up or taken away then is a sum of such counts. Groups that cannot be told alone are
//! told together; masking them would let the total give them away.

use serde::{Deserialize, Serialize};

use super::widening::LEAST;

/// How many commitments were taken, and how many of these were kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pledged {
    /// Taken.
    pub taken: u64,
    /// Of these, kept.
    pub kept: u64,
}

/// What may be told of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// Some were taken, fewer than [`LEAST`].
    Few,
    /// How many were taken, not how many were kept.
    Taken(u64),
    /// How many were taken, and how many kept.
    Both {
        /// Taken.
        taken: u64,
        /// Of these, kept.
        kept: u64,
    },
}

impl Told {
    /// That none were taken.
    pub const NONE: Self = Self::Both { taken: 0, kept: 0 };
}

/// Groups that are told as one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Together {
    /// Their places in the list, in order.
    pub places: Vec<usize>,
    /// What may be told of them.
    pub told: Told,
}

const fn may_be_known(count: u64) -> bool {
    count == 0 || count >= LEAST
}

impl Pledged {
    /// What may be told of them where nothing else is told of any of them.
    #[must_use]
    pub const fn told(self) -> Told {
        let Self { taken, kept } = self;
        if may_be_known(kept) && may_be_known(taken.saturating_sub(kept)) {
            Told::Both { taken, kept }
        } else if taken >= LEAST {
            Told::Taken(taken)
        } else {
            Told::Few
        }
    }

    const fn stands_alone(self) -> bool {
        matches!(self.told(), Told::Both { .. })
    }

    const fn and(self, other: Self) -> Self {
        Self {
            taken: self.taken + other.taken,
            kept: self.kept + other.kept,
        }
    }
}

/// What may be told of several groups beside each other, each once: alone, or together with others. Groups that are told
/// alone come in their order, those that are told together last.
#[must_use]
pub fn apart(groups: &[Pledged]) -> Vec<Together> {
    let (mut alone, mut together): (Vec<_>, Vec<_>) = groups
        .iter()
        .copied()
        .enumerate()
        .partition(|(_, group)| group.stands_alone());
    let sum = |groups: &[(usize, Pledged)]| {
        let add = |sum: Pledged, (_, group): &(usize, Pledged)| sum.and(*group);
        groups.iter().fold(Pledged::default(), add)
    };
    // The smallest that stands alone joins them as long as they cannot be told even together.
    while !sum(&together).stands_alone() {
        let smallest = alone
            .iter()
            .enumerate()
            .filter(|(_, (_, group))| group.taken > 0)
            .min_by_key(|(_, (_, group))| group.taken);
        let Some((at, _)) = smallest else {
            break;
        };
        together.push(alone.remove(at));
    }
    together.sort_unstable_by_key(|(place, _)| *place);
    let lone = |(place, group): &(usize, Pledged)| Together {
        places: vec![*place],
        told: group.told(),
    };
    let mut told: Vec<Together> = alone.iter().map(lone).collect();
    if !together.is_empty() {
        told.push(Together {
            places: together.iter().map(|(place, _)| *place).collect(),
            told: sum(&together).told(),
        });
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn pledged(taken: u64, kept: u64) -> Pledged {
        Pledged { taken, kept }
    }

    #[test]
    fn fewer_than_five_are_never_told_to_the_unit() {
        for (group, expected) in [
            (pledged(0, 0), Told::Both { taken: 0, kept: 0 }),
            (pledged(4, 0), Told::Few),
            (pledged(4, 4), Told::Few),
            (pledged(5, 0), Told::Both { taken: 5, kept: 0 }),
            (pledged(5, 5), Told::Both { taken: 5, kept: 5 }),
            (pledged(9, 4), Told::Taken(9)),
            (pledged(9, 5), Told::Taken(9)),
            (pledged(10, 5), Told::Both { taken: 10, kept: 5 }),
        ] {
            assert_eq!(group.told(), expected, "{group:?}");
        }
    }

    #[test]
    fn what_cannot_be_told_alone_is_told_together_and_takes_the_smallest_along() {
        let told = apart(&[
            pledged(20, 10),
            pledged(3, 0),
            pledged(12, 6),
            pledged(0, 0),
        ]);
        let expected = [
            (
                vec![0],
                Told::Both {
                    taken: 20,
                    kept: 10,
                },
            ),
            (vec![3], Told::Both { taken: 0, kept: 0 }),
            (vec![1, 2], Told::Both { taken: 15, kept: 6 }),
        ];
        let expected = expected.map(|(places, told)| Together { places, told });
        assert_eq!(told, expected);
        let told = apart(&[pledged(2, 1), pledged(1, 0)]);
        assert_eq!(told[0].places, [0, 1]);
        assert_eq!(told[0].told, Told::Few);
    }

    /// The sizes of the sets that a reader can tell apart: kept and not kept of each group, or all of it. They have nothing
    /// in common, so whatever can be worked out from the figures is a sum of them.
    fn known(told: Told) -> Vec<u64> {
        match told {
            Told::Few => Vec::new(),
            Told::Taken(taken) => vec![taken],
            Told::Both { taken, kept } => vec![kept, taken - kept],
        }
    }

    #[test]
    fn no_sum_or_difference_of_the_figures_counts_one_to_four() {
        let kinds: Vec<Pledged> = (0..=9)
            .flat_map(|taken| (0..=taken).map(move |kept| pledged(taken, kept)))
            .collect();
        for a in &kinds {
            for b in &kinds {
                for c in &kinds {
                    let groups = [*a, *b, *c];
                    let told = apart(&groups);
                    let mut places: Vec<usize> =
                        told.iter().flat_map(|one| one.places.clone()).collect();
                    places.sort_unstable();
                    assert_eq!(places, [0, 1, 2]);
                    let sizes = told.iter().flat_map(|one| known(one.told));
                    for size in sizes {
                        assert!(may_be_known(size), "{groups:?}: {told:?}");
                    }
                    // Nobody is left out of a total but those of whom nothing is told.
                    let few = told.iter().any(|one| one.told == Told::Few);
                    let sum: u64 = told.iter().flat_map(|one| known(one.told)).sum();
                    let all: u64 = groups.iter().map(|group| group.taken).sum();
                    assert!(sum == all || (few && sum == 0), "{groups:?}: {told:?}");
                }
            }
        }
    }
}
