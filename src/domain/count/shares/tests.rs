use super::super::greedy::budget_greedy;
use super::super::tally::ApprovalTally;
use super::*;

fn approvals(options: usize, ballots: &[(u64, &[usize])]) -> Approvals {
    let mut approvals = Approvals::new(options, options).unwrap();
    for (weight, chosen) in ballots {
        approvals.push(chosen, *weight).unwrap();
    }
    approvals
}

/// 60 of 100 voters want the first three projects, 40 the last one.
fn minority() -> Approvals {
    approvals(4, &[(58, &[0, 1, 2]), (1, &[0, 1]), (1, &[0]), (40, &[3])])
}

#[test]
fn a_minority_gets_what_its_part_can_pay_for() {
    let costs = [24, 24, 24, 40];
    let support = ApprovalTally::of(&minority()).counts;
    let greedy = budget_greedy(&support, &costs, 100, None).unwrap();
    assert_eq!(greedy.selections, [[0, 1, 2]], "greedily, it gets nothing");
    let shares = equal_shares(&minority(), &costs, 100, None).unwrap();
    assert_eq!(shares.selected, [0, 1, 3]);
    assert_eq!(shares.outcomes, [[0, 1, 3]]);
    assert!(!shares.tie_met && shares.complete);
    let add1 = equal_shares_add1(&minority(), &costs, 100, None).unwrap();
    assert_eq!((add1.selected, add1.increments), (vec![0, 1, 3], 0));
}

#[test]
fn parts_are_raised_until_nothing_fits() {
    // Four voters, 2.5 each. A costs its three supporters 2 each; B's only supporter has too little until 2 more.
    let ballots = approvals(2, &[(3, &[0]), (1, &[1])]);
    let shares = equal_shares(&ballots, &[6, 4], 10, None).unwrap();
    assert_eq!(shares.selected, [0]);
    let add1 = equal_shares_add1(&ballots, &[6, 4], 10, None).unwrap();
    assert_eq!((add1.selected, add1.increments), (vec![0, 1], 2));
    assert_eq!(add1.outcomes, [[0, 1]]);
}

#[test]
fn parts_are_raised_until_the_next_selection_is_too_dear() {
    // As above, B at 5; C costs one of A's supporters 4. With 3 more B comes in, too dear; C would need 4.
    let ballots = approvals(3, &[(2, &[0]), (1, &[0, 2]), (1, &[1])]);
    let add1 = equal_shares_add1(&ballots, &[6, 5, 4], 10, None).unwrap();
    assert_eq!((add1.selected, add1.increments), (vec![0], 2));
}

#[test]
fn a_large_budget_for_few_is_not_counted_unit_by_unit() {
    let million: u64 = 1_000_000_000_000;
    let ballots = approvals(3, &[(2, &[0]), (1, &[0, 2]), (1, &[1])]);
    let costs = [6 * million, 5 * million, 4 * million];
    let add1 = equal_shares_add1(&ballots, &costs, 10 * million, None).unwrap();
    assert_eq!(add1.selected, [0]);
    // B's supporter has 2.5 (in these millions) and needs 5: the last unit before that.
    assert_eq!(add1.increments, 2_500_000_000_000 - 1);
    let huge = equal_shares_add1(&ballots, &[u64::MAX; 3], u64::MAX, None).unwrap();
    assert_eq!(huge.selected, [0]);
}

#[test]
fn a_tie_gives_every_selection() {
    // Two pairs of voters with a project each, and money for one more of their common ones.
    let ballots = approvals(3, &[(1, &[0, 1]), (1, &[0, 2]), (1, &[1, 2])]);
    let shares = equal_shares(&ballots, &[2, 2, 2], 3, None).unwrap();
    assert!(shares.tie_met);
    assert_eq!(shares.selected, [0]);
    assert_eq!(shares.outcomes, [vec![0], vec![1], vec![2]]);
    let mut drawn = std::collections::BTreeSet::new();
    for seed in 0..60 {
        let lot = Lot::new(&seed.to_string());
        let shares = equal_shares(&ballots, &[2, 2, 2], 3, Some(&lot)).unwrap();
        assert_eq!(shares.outcomes.len(), 1);
        assert_eq!(shares.lots[0].draw, "shares 0");
        drawn.insert(shares.selected);
    }
    assert_eq!(drawn.len(), 3);
}

#[test]
fn a_tie_that_changes_nothing_gives_one_selection() {
    // Forty voters with a project each.
    let ballots: Vec<(u64, Vec<usize>)> = (0..40).map(|project| (1, vec![project])).collect();
    let slices: Vec<(u64, &[usize])> = ballots.iter().map(|(w, b)| (*w, &b[..])).collect();
    let shares = equal_shares_add1(&approvals(40, &slices), &[3; 40], 120, None).unwrap();
    assert!(shares.tie_met && shares.complete);
    assert_eq!(shares.outcomes, [(0..40).collect::<Vec<_>>()]);
}

#[test]
fn what_costs_nothing_is_funded_if_anybody_wants_it() {
    let ballots = approvals(4, &[(2, &[0, 1]), (1, &[1, 3]), (3, &[])]);
    let shares = equal_shares(&ballots, &[0, 1, 0, 0], 6, None).unwrap();
    assert_eq!(shares.selected, [0, 1, 3]);
    assert!(!shares.tie_met);
}

#[test]
fn nobody_voting_or_nothing_to_spend_funds_nothing() {
    let none = approvals(2, &[]);
    let empty = approvals(2, &[(5, &[])]);
    let some = approvals(2, &[(5, &[0])]);
    for (ballots, budget) in [(&none, 10), (&empty, 10), (&some, 0)] {
        for add1 in [false, true] {
            let count = if add1 {
                equal_shares_add1
            } else {
                equal_shares
            };
            let shares = count(ballots, &[3, 3], budget, None).unwrap();
            assert_eq!(shares.selected, Vec::<usize>::new());
            assert_eq!(shares.outcomes, [Vec::<usize>::new()]);
        }
    }
    assert_eq!(equal_shares(&some, &[3], 10, None), Err(CountError::Costs));
}

#[test]
fn seats_are_shared_too() {
    // Six of eight voters want the first four, two want the last: one of four seats is theirs.
    let ballots = approvals(5, &[(6, &[0, 1, 2, 3]), (2, &[4])]);
    let mut shares = equal_shares_seats(&ballots, 4, None).unwrap();
    shares.outcomes.sort();
    assert_eq!(
        shares.outcomes,
        [[0, 1, 2, 4], [0, 1, 3, 4], [0, 2, 3, 4], [1, 2, 3, 4]]
    );
    assert!(shares.tie_met && shares.complete);
    assert_eq!(
        equal_shares_seats(&ballots, 0, None),
        Err(CountError::NoSeats)
    );
    assert_eq!(
        equal_shares_seats(&ballots, 9, None)
            .unwrap()
            .outcomes
            .len(),
        1
    );
}

#[test]
fn seats_that_no_part_can_pay_for_go_by_phragmen() {
    // Nobody can pay for a seat alone (3/7 each): first the option of three, who then have more on their load.
    let ballots = approvals(3, &[(3, &[0]), (2, &[1]), (2, &[2])]);
    let shares = equal_shares_seats(&ballots, 3, None).unwrap();
    assert_eq!(shares.outcomes, [[0, 1, 2]]);
    let shares = equal_shares_seats(&ballots, 2, None).unwrap();
    assert_eq!(shares.outcomes, [[0, 1], [0, 2]]);
    // Options that nobody wants come last, all alike.
    let shares = equal_shares_seats(&approvals(4, &[(1, &[2])]), 2, None).unwrap();
    assert_eq!(shares.outcomes, [[0, 2], [1, 2], [2, 3]]);
}

/// The rule as it is written, unit by unit, for polls in which no tie arises.
fn by_the_letter(
    ballots: &[(u64, Vec<usize>)],
    costs: &[u64],
    budget: u64,
    units: u64,
) -> Option<Vec<usize>> {
    type Exact = num_rational::Ratio<i128>;
    let voters: u64 = ballots.iter().map(|(weight, _)| weight).sum();
    let part = Exact::new(budget.into(), voters.into()) + Exact::from(i128::from(units));
    let mut money = vec![part; ballots.len()];
    let mut funded: Vec<usize> = Vec::new();
    loop {
        let mut best: Option<(Exact, Exact, usize)> = None;
        let mut tie = false;
        for (project, cost) in costs
            .iter()
            .enumerate()
            .filter(|(p, _)| !funded.contains(p))
        {
            let cost = Exact::from(i128::from(*cost));
            let mut supporters: Vec<(Exact, i128)> = ballots
                .iter()
                .zip(&money)
                .filter(|((_, chosen), _)| chosen.contains(&project))
                .map(|((weight, _), money)| (*money, i128::from(*weight)))
                .collect();
            supporters.sort();
            let mut due = cost;
            let mut payers: i128 = supporters.iter().map(|(_, weight)| weight).sum();
            for (has, weight) in supporters {
                if has * payers >= due {
                    let share = due / payers;
                    let rho = share / cost;
                    tie |= best.is_some_and(|(best, ..)| best == rho);
                    if best.is_none_or(|(best, ..)| rho < best) {
                        tie = false;
                        best = Some((rho, share, project));
                    }
                    break;
                }
                due -= has * weight;
                payers -= weight;
            }
        }
        let Some((_, share, project)) = best else {
            funded.sort_unstable();
            return Some(funded);
        };
        if tie {
            return None;
        }
        for ((_, chosen), money) in ballots.iter().zip(&mut money) {
            if chosen.contains(&project) {
                *money -= share.min(*money);
            }
        }
        funded.push(project);
    }
}

fn add1_by_the_letter(
    ballots: &[(u64, Vec<usize>)],
    costs: &[u64],
    budget: u64,
) -> Option<(Vec<usize>, u64)> {
    let cost = |selection: &[usize]| selection.iter().map(|p| costs[*p]).sum::<u64>();
    let supported = |p: &usize| ballots.iter().any(|(_, chosen)| chosen.contains(p));
    let mut kept = by_the_letter(ballots, costs, budget, 0)?;
    for units in 1.. {
        let room = budget - cost(&kept);
        if !(0..costs.len()).any(|p| !kept.contains(&p) && supported(&p) && costs[p] <= room) {
            return Some((kept, units - 1));
        }
        let next = by_the_letter(ballots, costs, budget, units)?;
        if cost(&next) > budget {
            return Some((kept, units - 1));
        }
        kept = next;
    }
    None
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(300))]

    #[test]
    fn leaps_over_units_change_nothing(
        ballots in proptest::collection::vec((1_u64..9, proptest::collection::btree_set(0_usize..6, 0..5)), 1..7),
        costs in proptest::collection::vec(1_u64..60, 6),
        budget in 1_u64..150,
    ) {
        let ballots: Vec<(u64, Vec<usize>)> =
            ballots.into_iter().map(|(w, chosen)| (w, chosen.into_iter().collect())).collect();
        let slices: Vec<(u64, &[usize])> = ballots.iter().map(|(w, chosen)| (*w, &chosen[..])).collect();
        let found = equal_shares_add1(&approvals(6, &slices), &costs, budget, None).unwrap();
        if let Some((selected, increments)) = add1_by_the_letter(&ballots, &costs, budget) {
            proptest::prop_assert_eq!(&found.selected, &selected);
            proptest::prop_assert_eq!(found.increments, increments);
            proptest::prop_assert!(!found.tie_met);
            proptest::prop_assert_eq!(found.outcomes, vec![selected]);
        } else {
            proptest::prop_assert!(found.tie_met);
        }
    }
}
