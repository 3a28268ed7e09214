//! A budget spent greedily: the projects with the most support first; one that no longer fits is skipped and the
//! next one tried. It is what most cities do, and lets a majority take everything: see
//! [`equal_shares`](super::equal_shares).

use serde::{Deserialize, Serialize};

use super::lot::{Drawn, Lot};
use super::{CountError, MOST_OUTCOMES, order};

/// Most steps spent on looking for ways to fund tied projects.
const MOST_STEPS: usize = 1 << 22;

/// What is funded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Greedy {
    /// Every selection that ties allow: one, when no tie changes anything or a lot decided.
    pub selections: Vec<Vec<usize>>,
    /// Ties that were decided by lot; those drawn first were tried first.
    pub lots: Vec<Drawn>,
    /// False when there were too many selections to name them all.
    pub complete: bool,
}

/// Spends a budget by support: voters or points for each project. A project that nobody supports comes last, and is
/// funded if it fits. With a lot, projects that are tied and do not all fit are tried in its order (draws
/// `greedy N`, N the number of projects tried before).
///
/// # Errors
/// Another number of costs than of projects.
pub fn budget_greedy(
    support: &[u64],
    costs: &[u64],
    budget: u64,
    lot: Option<&Lot>,
) -> Result<Greedy, CountError> {
    if costs.len() != support.len() {
        return Err(CountError::Costs);
    }
    let mut greedy = Greedy {
        selections: vec![Vec::new()],
        lots: Vec::new(),
        complete: true,
    };
    let mut steps = 0;
    let mut tried = 0;
    for tier in order::tiers(support) {
        let tied = cheapest_first(&tier, costs);
        let left = left_from(&tied);
        let all = left.first().copied().unwrap_or(0);
        let mut next = Vec::new();
        for selection in &greedy.selections {
            let room = budget.saturating_sub(cost(selection, costs));
            let mut ways = vec![Vec::new()];
            if all <= u128::from(room) {
                ways = vec![tier.clone()];
            } else if let Some(lot) = lot {
                let draw = format!("greedy {tried}");
                greedy
                    .lots
                    .extend(lot.draw(&draw, &tier).filter(|_| tier.len() > 1));
                ways = vec![in_turn(&lot.order(&draw, &tier), costs, room)];
            } else {
                let mut fill = Fill {
                    tied: &tied,
                    left: &left,
                    found: Vec::new(),
                    steps: &mut steps,
                };
                fill.go(0, room, u64::MAX, &mut Vec::new());
                // Cut off, it may have found none: then in the order of the poll.
                if *fill.steps > MOST_STEPS {
                    greedy.complete = false;
                }
                let found = std::mem::take(&mut fill.found);
                ways = if found.is_empty() {
                    vec![in_turn(&tier, costs, room)]
                } else {
                    found
                };
            }
            for way in ways {
                next.push([&selection[..], &way].concat());
            }
        }
        if next.len() > MOST_OUTCOMES {
            next.truncate(MOST_OUTCOMES);
            greedy.complete = false;
        }
        greedy.selections = next;
        tried += tier.len();
    }
    for selection in &mut greedy.selections {
        selection.sort_unstable();
    }
    greedy.selections.sort_unstable();
    Ok(greedy)
}

/// Those that fit when tried in that order.
fn in_turn(order: &[usize], costs: &[u64], mut room: u64) -> Vec<usize> {
    let mut funded = Vec::new();
    for project in order {
        let cost = costs.get(*project).copied().unwrap_or(0);
        if cost <= room {
            room -= cost;
            funded.push(*project);
        }
    }
    funded
}

fn cost(selection: &[usize], costs: &[u64]) -> u64 {
    selection
        .iter()
        .filter_map(|project| costs.get(*project))
        .fold(0, |sum, cost| sum.saturating_add(*cost))
}

fn cheapest_first(tier: &[usize], costs: &[u64]) -> Vec<(usize, u64)> {
    let mut tied: Vec<(usize, u64)> = tier
        .iter()
        .filter_map(|project| Some((*project, *costs.get(*project)?)))
        .collect();
    tied.sort_by_key(|(project, cost)| (*cost, *project));
    tied
}

fn left_from(tied: &[(usize, u64)]) -> Vec<u128> {
    let costs = tied.iter().rev().map(|(_, cost)| u128::from(*cost));
    let mut left: Vec<u128> = costs
        .scan(0, |sum, cost| {
            *sum += cost;
            Some(*sum)
        })
        .collect();
    left.reverse();
    left
}

/// The search for all ways to fund tied projects. Tried in some order, they end in a selection to which none of
/// those left out can be added; and every such selection comes from an order that tries it first.
struct Fill<'a> {
    /// The tied projects with their costs, the cheapest first.
    tied: &'a [(usize, u64)],
    /// What the projects from each one on cost together.
    left: &'a [u128],
    found: Vec<Vec<usize>>,
    steps: &'a mut usize,
}

impl Fill<'_> {
    /// Goes on at the project `at`, with `room` left. `skipped` is the cheapest project left out so far.
    fn go(&mut self, at: usize, room: u64, skipped: u64, taken: &mut Vec<usize>) {
        *self.steps += 1;
        if *self.steps > MOST_STEPS || self.found.len() > MOST_OUTCOMES {
            return;
        }
        let all = self.left.get(at).copied().unwrap_or(0);
        // Even with everything that is left to take, what was left out would fit.
        if u128::from(room) >= all + u128::from(skipped) {
            return;
        }
        let Some((project, cost)) = self.tied.get(at) else {
            self.found.push(taken.clone());
            return;
        };
        if *cost <= room {
            taken.push(*project);
            self.go(at + 1, room - cost, skipped, taken);
            taken.pop();
        }
        self.go(at + 1, room, skipped.min(*cost), taken);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selections(support: &[u64], costs: &[u64], budget: u64) -> Vec<Vec<usize>> {
        let greedy = budget_greedy(support, costs, budget, None).unwrap();
        assert!(greedy.complete);
        greedy.selections
    }

    #[test]
    fn what_no_longer_fits_is_skipped() {
        assert_eq!(
            selections(&[9, 8, 7, 6], &[50, 60, 30, 20], 100),
            [[0, 2, 3]]
        );
        assert_eq!(selections(&[9, 8], &[200, 300], 100), [Vec::<usize>::new()]);
        assert_eq!(selections(&[0, 3], &[0, 100], 100), [[0, 1]]);
    }

    #[test]
    fn ties_give_every_selection_that_an_order_can() {
        assert_eq!(
            selections(&[5, 5, 5], &[60, 50, 50], 100),
            [vec![0], vec![1, 2]]
        );
        // The tie above decides what is left for those below.
        assert_eq!(
            selections(&[5, 5, 3, 1], &[60, 70, 30, 10], 100),
            [vec![0, 2, 3], vec![1, 2]]
        );
        assert_eq!(selections(&[5; 30], &[1; 30], 30).len(), 1);
        assert_eq!(selections(&[5; 3], &[u64::MAX; 3], u64::MAX).len(), 3);
    }

    #[test]
    fn too_many_selections_are_cut_off_and_said_to_be() {
        let greedy = budget_greedy(&[1; 40], &[1; 40], 20, None).unwrap();
        assert!(!greedy.complete && !greedy.selections.is_empty());
        assert_eq!(budget_greedy(&[1], &[], 1, None), Err(CountError::Costs));
    }

    #[test]
    fn a_lot_orders_the_tied() {
        let mut seen = std::collections::BTreeSet::new();
        for seed in 0..40 {
            let lot = Lot::new(&seed.to_string());
            let greedy = budget_greedy(&[5, 5, 5], &[60, 50, 50], 100, Some(&lot)).unwrap();
            assert_eq!(greedy.lots.len(), 1);
            seen.extend(greedy.selections);
        }
        assert_eq!(seen.into_iter().collect::<Vec<_>>(), [vec![0], vec![1, 2]]);
    }
}
