//! What must hold for any ballots: names do not matter, merging does not matter, and running sums equal a count from
//! scratch.

use std::collections::BTreeSet;

use cercles::domain::count as counting;
use counting::{
    ApprovalTally, Approvals, BallotError, Change, ConsentTally, ConsentVote, DateAnswer,
    DateTally, Pairwise, Points, PointsRule, PointsTally, ProposalTally, ProposalVote, Ranking,
    Rankings, Schulze, ScoreTally, Scores, Tally, TallyError, UNRANKED, approval_top_k,
    budget_greedy, equal_shares, equal_shares_add1, equal_shares_seats, first_preferences, irv,
    stv_scottish, tiers_of_levels,
};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::prelude::*;

const OPTIONS: usize = 6;

/// A ranking with equal ranks, cut short.
fn ranking() -> impl Strategy<Value = Vec<u8>> {
    vec(prop_oneof![0_u8..4, Just(UNRANKED)], OPTIONS).prop_map(|levels| {
        Ranking::of_tiers(OPTIONS, &tiers_of_levels(&levels))
            .unwrap()
            .levels()
            .to_vec()
    })
}

/// A strict order, cut short.
fn strict() -> impl Strategy<Value = Vec<u8>> {
    (
        Just((0..OPTIONS).collect::<Vec<_>>()).prop_shuffle(),
        0..=OPTIONS,
    )
        .prop_map(|(order, length)| {
            let mut levels = vec![UNRANKED; OPTIONS];
            for (level, option) in (0..).zip(&order[..length]) {
                levels[*option] = level;
            }
            levels
        })
}

fn chosen() -> impl Strategy<Value = Vec<usize>> {
    btree_set(0..OPTIONS, 0..=OPTIONS).prop_map(|set| set.into_iter().collect())
}

fn scores() -> impl Strategy<Value = Vec<(usize, i64)>> {
    btree_map(0..OPTIONS, -2_i64..=5, 0..=OPTIONS).prop_map(|map| map.into_iter().collect())
}

const TEN: PointsRule = PointsRule {
    budget: 10,
    cap: Some(7),
};

fn points() -> impl Strategy<Value = Vec<(usize, u64)>> {
    btree_map(0..OPTIONS, 0_u64..8, 0..=OPTIONS).prop_map(|map| {
        let mut left = 10;
        let mut points: Vec<(usize, u64)> = map.into_iter().collect();
        for (_, given) in &mut points {
            *given = left.min(*given);
            left -= *given;
        }
        points
    })
}

fn shuffled() -> impl Strategy<Value = Vec<usize>> {
    Just((0..OPTIONS).collect::<Vec<_>>()).prop_shuffle()
}

fn rankings(ballots: &[(Vec<u8>, u64)]) -> Rankings {
    let mut rankings = Rankings::new(OPTIONS).unwrap();
    for (levels, weight) in ballots {
        rankings.push(levels, *weight).unwrap();
    }
    rankings
}

fn approvals(ballots: &[(Vec<usize>, u64)]) -> Approvals {
    let mut approvals = Approvals::new(OPTIONS, OPTIONS).unwrap();
    for (chosen, weight) in ballots {
        approvals.push(chosen, *weight).unwrap();
    }
    approvals
}

/// Options under their new names, in order.
fn renamed(options: &[usize], names: &[usize]) -> Vec<usize> {
    let mut renamed: Vec<usize> = options.iter().map(|option| names[*option]).collect();
    renamed.sort_unstable();
    renamed
}

fn all_renamed(lists: &[Vec<usize>], names: &[usize]) -> Vec<Vec<usize>> {
    lists.iter().map(|list| renamed(list, names)).collect()
}

fn as_set(lists: Vec<Vec<usize>>) -> BTreeSet<Vec<usize>> {
    lists.into_iter().collect()
}

fn levels_renamed(levels: &[u8], names: &[usize]) -> Vec<u8> {
    let mut renamed = vec![UNRANKED; levels.len()];
    for (option, level) in levels.iter().enumerate() {
        renamed[names[option]] = *level;
    }
    renamed
}

/// Ballots that come, and for each of them whether it is taken back, or changed into the next one.
fn comings_and_goings<B: std::fmt::Debug + Clone>(
    ballot: impl Strategy<Value = B>,
) -> impl Strategy<Value = Vec<(B, u8)>> {
    vec((ballot, 0_u8..3), 0..25)
}

/// The ballots that stay, and the tally after all the comings and goings.
fn run<T: Tally, B: std::borrow::Borrow<T::Ballot> + Clone>(
    mut tally: T,
    ballots: &[(B, u8)],
) -> Result<(T, Vec<B>), TallyError> {
    let mut cast: Vec<B> = Vec::new();
    for (ballot, what) in ballots {
        match (what, cast.pop()) {
            (1, Some(last)) => tally.remove(last.borrow())?,
            (2, Some(last)) => {
                tally.replace(Some(last.borrow()), Some(ballot.borrow()))?;
                cast.push(ballot.clone());
            }
            (_, last) => {
                cast.extend(last);
                tally.add(ballot.borrow())?;
                cast.push(ballot.clone());
            }
        }
    }
    Ok((tally, cast))
}

proptest! {
    #[test]
    fn names_do_not_matter_to_rankings(ballots in vec((ranking(), 1_u64..20), 0..12), names in shuffled()) {
        let before = rankings(&ballots);
        let ballots: Vec<_> =
            ballots.iter().map(|(levels, weight)| (levels_renamed(levels, &names), *weight)).collect();
        let (before, after) = (Pairwise::of(&before), Pairwise::of(&rankings(&ballots)));
        for i in 0..OPTIONS {
            for j in 0..OPTIONS {
                prop_assert_eq!(before.above(i, j), after.above(names[i], names[j]));
            }
        }
        prop_assert_eq!(before.condorcet_winner().map(|winner| names[winner]), after.condorcet_winner());
        prop_assert_eq!(renamed(&before.smith_set(), &names), after.smith_set());
        prop_assert_eq!(all_renamed(&Schulze::of(&before).tiers, &names), Schulze::of(&after).tiers);
    }

    #[test]
    fn names_do_not_matter_to_elections(
        ballots in vec((strict(), 1_u64..20), 0..12), names in shuffled(), seats in 1_usize..5,
    ) {
        let before = rankings(&ballots);
        let ballots: Vec<_> =
            ballots.iter().map(|(levels, weight)| (levels_renamed(levels, &names), *weight)).collect();
        let after = rankings(&ballots);
        let (a, b) = (irv(&before, None).unwrap(), irv(&after, None).unwrap());
        prop_assert!(a.complete && b.complete);
        prop_assert_eq!(renamed(&a.winners, &names), b.winners);
        prop_assert_eq!((a.tie, a.rounds.len()), (b.tie, b.rounds.len()));
        let votes = |votes: Option<std::collections::BTreeMap<usize, u64>>| {
            votes.map(|votes| votes.into_values().collect::<BTreeSet<_>>())
        };
        prop_assert_eq!(votes(a.final_round), votes(b.final_round));
        let (a, b) = (stv_scottish(&before, seats, None).unwrap(), stv_scottish(&after, seats, None).unwrap());
        prop_assert!(a.complete && b.complete);
        prop_assert_eq!(a.quota, b.quota);
        prop_assert_eq!(a.winners().len(), seats);
        prop_assert_eq!(renamed(&a.tied, &names), b.tied.clone());
        let sure = |stv: &counting::Stv| -> Vec<usize> {
            stv.winners().into_iter().filter(|winner| !stv.tied.contains(winner)).collect()
        };
        prop_assert_eq!(renamed(&sure(&a), &names), sure(&b));
    }

    #[test]
    fn names_do_not_matter_to_approvals(
        ballots in vec((chosen(), 1_u64..9), 0..9), names in shuffled(),
        costs in vec(0_u64..40, OPTIONS), budget in 1_u64..100, seats in 1_usize..=OPTIONS,
    ) {
        let before = approvals(&ballots);
        let ballots: Vec<_> =
            ballots.iter().map(|(chosen, weight)| (renamed(chosen, &names), *weight)).collect();
        let after = approvals(&ballots);
        let mut costs_after = costs.clone();
        for (option, name) in names.iter().enumerate() {
            costs_after[*name] = costs[option];
        }
        let (a, b) = (ApprovalTally::of(&before), ApprovalTally::of(&after));
        prop_assert_eq!(all_renamed(&a.tiers(), &names), b.tiers());
        let committees = |tally: &ApprovalTally| approval_top_k(&tally.counts, seats).unwrap().committees().0;
        prop_assert_eq!(as_set(all_renamed(&committees(&a), &names)), as_set(committees(&b)));
        let greedy = |tally: &ApprovalTally, costs: &[u64]| {
            budget_greedy(&tally.counts, costs, budget, None).unwrap().selections
        };
        prop_assert_eq!(
            as_set(all_renamed(&greedy(&a, &costs), &names)),
            as_set(greedy(&b, &costs_after))
        );
        for count in [equal_shares, equal_shares_add1] {
            let a = count(&before, &costs, budget, None).unwrap();
            let b = count(&after, &costs_after, budget, None).unwrap();
            prop_assert!(a.complete && b.complete);
            prop_assert_eq!(a.tie_met, b.tie_met);
            prop_assert!(a.outcomes.contains(&a.selected));
            prop_assert_eq!(as_set(all_renamed(&a.outcomes, &names)), as_set(b.outcomes));
        }
        let a = equal_shares_seats(&before, seats, None).unwrap();
        let b = equal_shares_seats(&after, seats, None).unwrap();
        prop_assert_eq!(as_set(all_renamed(&a.outcomes, &names)), as_set(b.outcomes));
    }

    #[test]
    fn a_condorcet_winner_wins_and_schulze_stays_in_the_smith_set(ballots in vec((ranking(), 1_u64..20), 0..12)) {
        let pairwise = Pairwise::of(&rankings(&ballots));
        let schulze = Schulze::of(&pairwise);
        let smith = pairwise.smith_set();
        prop_assert!(schulze.winners().iter().all(|winner| smith.contains(winner)));
        if let Some(winner) = pairwise.condorcet_winner() {
            prop_assert_eq!(schulze.winners(), [winner]);
            prop_assert_eq!(smith, [winner]);
        }
        let mut all = schulze.tiers.concat();
        all.sort_unstable();
        prop_assert_eq!(all, (0..OPTIONS).collect::<Vec<_>>());
    }

    #[test]
    fn merging_changes_no_count_of_rankings(ballots in vec((strict(), 0_u64..5), 0..12)) {
        let weighted = rankings(&ballots);
        // Each voter's ballot by itself, in another order.
        let mut single = Rankings::new(OPTIONS).unwrap();
        for (levels, weight) in ballots.iter().rev() {
            for _ in 0..*weight {
                single.push(levels, 1).unwrap();
            }
        }
        let mut merged = single.clone();
        merged.merge();
        prop_assert!(merged.rows() <= ballots.len());
        for other in [&single, &merged] {
            prop_assert_eq!(Pairwise::of(&weighted), Pairwise::of(other));
            prop_assert_eq!(first_preferences(&weighted), first_preferences(other));
            prop_assert_eq!(irv(&weighted, None), irv(other, None));
            for seats in 1..4 {
                prop_assert_eq!(stv_scottish(&weighted, seats, None), stv_scottish(other, seats, None));
            }
        }
    }

    #[test]
    fn merging_changes_no_count_of_approvals(
        ballots in vec((chosen(), 0_u64..5), 0..9), costs in vec(0_u64..40, OPTIONS), budget in 1_u64..100,
    ) {
        let weighted = approvals(&ballots);
        let mut merged = Approvals::new(OPTIONS, OPTIONS).unwrap();
        for (chosen, weight) in ballots.iter().rev() {
            for _ in 0..*weight {
                merged.push(chosen, 1).unwrap();
            }
        }
        let single = merged.clone();
        merged.merge();
        for other in [&single, &merged] {
            prop_assert_eq!(ApprovalTally::of(&weighted), ApprovalTally::of(other));
            prop_assert_eq!(
                equal_shares_add1(&weighted, &costs, budget, None),
                equal_shares_add1(other, &costs, budget, None)
            );
            prop_assert_eq!(equal_shares_seats(&weighted, 2, None), equal_shares_seats(other, 2, None));
        }
    }

    #[test]
    fn running_rankings_equal_a_count_from_scratch(ballots in comings_and_goings(ranking())) {
        let (running, cast) = run(Pairwise::new(OPTIONS).unwrap(), &ballots).unwrap();
        let cast: Vec<_> = cast.into_iter().map(|levels| (levels, 1)).collect();
        prop_assert_eq!(running, Pairwise::of(&rankings(&cast)));
    }

    #[test]
    fn running_approvals_equal_a_count_from_scratch(ballots in comings_and_goings(chosen())) {
        let (running, cast) = run(ApprovalTally::new(OPTIONS, OPTIONS).unwrap(), &ballots).unwrap();
        let cast: Vec<_> = cast.into_iter().map(|chosen| (chosen, 1)).collect();
        prop_assert_eq!(running, ApprovalTally::of(&approvals(&cast)));
    }

    #[test]
    fn running_scores_equal_a_count_from_scratch(ballots in comings_and_goings(scores())) {
        let (running, cast) = run(ScoreTally::new(OPTIONS, -2, 5).unwrap(), &ballots).unwrap();
        let mut all = Scores::new(OPTIONS, -2, 5).unwrap();
        cast.iter().for_each(|scores| all.push(scores, 1).unwrap());
        all.merge();
        prop_assert_eq!(running, ScoreTally::of(&all));
    }

    #[test]
    fn running_points_equal_a_count_from_scratch(ballots in comings_and_goings(points())) {
        let (running, cast) = run(PointsTally::new(OPTIONS, TEN).unwrap(), &ballots).unwrap();
        let mut all = Points::new(OPTIONS, TEN).unwrap();
        cast.iter().for_each(|points| all.push(points, 1).unwrap());
        all.merge();
        prop_assert_eq!(running, PointsTally::of(&all));
    }

    #[test]
    fn running_dates_equal_a_count_from_scratch(
        ballots in comings_and_goings(vec(
            prop_oneof![Just(DateAnswer::Yes), Just(DateAnswer::IfNeedBe), Just(DateAnswer::No)], 3,
        )),
    ) {
        let (running, cast) = run(DateTally::new(3).unwrap(), &ballots).unwrap();
        let count = |slot: usize, answer| cast.iter().filter(|ballot| ballot[slot] == answer).count() as u64;
        for slot in 0..3 {
            prop_assert_eq!(running.yes[slot], count(slot, DateAnswer::Yes));
            prop_assert_eq!(running.if_need_be[slot], count(slot, DateAnswer::IfNeedBe));
        }
        prop_assert_eq!(running.cast, cast.len() as u64);
    }

    #[test]
    fn running_decisions_equal_a_count_from_scratch(
        ballots in comings_and_goings(0_usize..3),
    ) {
        let votes = [ProposalVote::Yes, ProposalVote::No, ProposalVote::Abstain];
        let answers = [ConsentVote::Consent, ConsentVote::StandAside, ConsentVote::Objection];
        let proposal: Vec<_> = ballots.iter().map(|(vote, what)| (votes[*vote], *what)).collect();
        let consent: Vec<_> = ballots.iter().map(|(vote, what)| (answers[*vote], *what)).collect();
        let (running, cast) = run(ProposalTally::default(), &proposal).unwrap();
        let of = |vote| cast.iter().filter(|other| **other == vote).count() as u64;
        prop_assert_eq!([running.yes, running.no, running.abstain], votes.map(of));
        let (running, cast) = run(ConsentTally::default(), &consent).unwrap();
        let of = |vote| cast.iter().filter(|other| **other == vote).count() as u64;
        prop_assert_eq!([running.consent, running.stand_aside, running.objection], answers.map(of));
    }

    #[test]
    fn any_levels_can_be_pushed_and_any_tally_of_them_loaded(
        levels in vec(any::<u8>(), 0..8), weight in any::<u64>(), sums in vec(any::<u64>(), 0..20), options in 0_usize..5,
    ) {
        let mut all = Rankings::new(OPTIONS).unwrap();
        match all.push(&levels, weight) {
            Ok(()) => prop_assert_eq!(levels.len(), OPTIONS),
            Err(BallotError::Length { .. } | BallotError::TooManyVoters) => {}
            Err(error) => prop_assert!(false, "{}", error),
        }
        let _ = irv(&all, None);
        // A stored tally that does not fit its poll: an error, or sums that mean nothing, but no panic.
        let stored = serde_json::json!({ "options": options, "above": sums, "cast": 1, "empty": 0 });
        let Ok(mut pairwise) = serde_json::from_value::<Pairwise>(stored) else {
            prop_assert!(options == 0 || sums.len() != options * options);
            return Ok(());
        };
        let _ = pairwise.add(&levels);
        let _ = pairwise.shift(&levels, weight, Change::Add);
        let _ = (Schulze::of(&pairwise), pairwise.smith_set());
    }
}
