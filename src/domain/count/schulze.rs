//! Schulze's method, with winning votes: a full order from rankings, circles of preference included.
//!
//! Source: Markus Schulze, "The Schulze Method of Voting" (arXiv:1804.02973). A link from i to j exists when more
//! voters rank i above j than the other way round; its strength is the number of those voters. A path is as
//! strong as its weakest link, and i stands above j when its strongest path to j is stronger than the one back.

use serde::{Deserialize, Serialize};

use super::pairwise::Pairwise;

/// What Schulze's method says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schulze {
    /// All options, best first. Those of one tier are tied: none of them has the stronger path. Every tier is
    /// read from the same paths.
    pub tiers: Vec<Vec<usize>>,
}

impl Schulze {
    /// The order that these pairs give.
    #[must_use]
    pub fn of(pairwise: &Pairwise) -> Self {
        let paths = strongest_paths(pairwise);
        let mut left: Vec<usize> = (0..paths.len()).collect();
        let mut tiers = Vec::new();
        while !left.is_empty() {
            let (tier, rest): (Vec<usize>, Vec<usize>) = left
                .iter()
                .partition(|i| left.iter().all(|j| paths[**i][*j] >= paths[*j][**i]));
            // The relation is transitive (Schulze 2018, section 4.1), so there is always somebody on top.
            if tier.is_empty() {
                tiers.push(rest);
                break;
            }
            tiers.push(tier);
            left = rest;
        }
        Self { tiers }
    }

    /// The options of the first tier.
    #[must_use]
    pub fn winners(&self) -> &[usize] {
        self.tiers.first().map_or(&[], Vec::as_slice)
    }
}

/// The strength of the strongest path between any two options, 0 when there is none.
fn strongest_paths(pairwise: &Pairwise) -> Vec<Vec<u64>> {
    let all = 0..pairwise.options();
    let link = |i, j| {
        if pairwise.beats(i, j) {
            pairwise.above(i, j)
        } else {
            0
        }
    };
    let mut paths: Vec<Vec<u64>> = all
        .clone()
        .map(|i| all.clone().map(|j| link(i, j)).collect())
        .collect();
    for by in all {
        let onward = paths[by].clone();
        for from in &mut paths {
            let first = from[by];
            for (path, rest) in from.iter_mut().zip(&onward) {
                *path = (*path).max(first.min(*rest));
            }
        }
    }
    for (i, from) in paths.iter_mut().enumerate() {
        // A path back to oneself means nothing.
        from[i] = 0;
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::super::examples::{rankings, strict, tennessee};
    use super::*;

    /// Schulze's own example of 45 voters and five candidates: E over A over C over B over D.
    #[test]
    fn the_example_of_45_voters() {
        let ballots = strict(
            5,
            &[
                (5, &[0, 2, 1, 4, 3]),
                (5, &[0, 3, 4, 2, 1]),
                (8, &[1, 4, 3, 0, 2]),
                (3, &[2, 0, 1, 4, 3]),
                (7, &[2, 0, 4, 1, 3]),
                (2, &[2, 1, 0, 3, 4]),
                (7, &[3, 2, 4, 1, 0]),
                (8, &[4, 1, 0, 3, 2]),
            ],
        );
        let pairwise = Pairwise::of(&ballots);
        let paths = strongest_paths(&pairwise);
        assert_eq!(paths[0], [0, 28, 28, 30, 24]);
        assert_eq!(paths[4], [25, 28, 28, 31, 0]);
        let schulze = Schulze::of(&pairwise);
        assert_eq!(schulze.tiers, [vec![4], vec![0], vec![2], vec![1], vec![3]]);
        assert_eq!(schulze.winners(), [4]);
    }

    #[test]
    fn a_condorcet_winner_wins() {
        let schulze = Schulze::of(&Pairwise::of(&tennessee()));
        assert_eq!(schulze.tiers, [vec![1], vec![2], vec![3], vec![0]]);
    }

    #[test]
    fn a_perfect_circle_is_a_tie_of_all() {
        let ballots = strict(3, &[(1, &[0, 1, 2]), (1, &[1, 2, 0]), (1, &[2, 0, 1])]);
        assert_eq!(Schulze::of(&Pairwise::of(&ballots)).tiers, [vec![0, 1, 2]]);
    }

    #[test]
    fn the_weakest_link_of_a_circle_gives_way() {
        // A over B 7 to 2, B over C 7 to 2, C over A 5 to 4.
        let ballots = strict(3, &[(4, &[0, 1, 2]), (3, &[1, 2, 0]), (2, &[2, 0, 1])]);
        let schulze = Schulze::of(&Pairwise::of(&ballots));
        assert_eq!(schulze.tiers, [vec![0], vec![1], vec![2]]);
    }

    #[test]
    fn equal_options_share_a_tier_and_no_ballots_tie_all() {
        let ballots = rankings(4, &[(3, &[&[3], &[0, 1]]), (1, &[&[0, 1, 3]])]);
        assert_eq!(
            Schulze::of(&Pairwise::of(&ballots)).tiers,
            [vec![3], vec![0, 1], vec![2]]
        );
        assert_eq!(Schulze::of(&Pairwise::new(2).unwrap()).tiers, [vec![0, 1]]);
    }
}
