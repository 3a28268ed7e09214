use super::super::examples::{rankings, strict, tennessee};
use super::*;

fn votes(list: &[(usize, u64)]) -> BTreeMap<usize, u64> {
    list.iter().copied().collect()
}

#[test]
fn knoxville_wins_the_run_off() {
    let irv = irv(&tennessee(), None).unwrap();
    assert_eq!(irv.winners, [3]);
    assert!(!irv.tie && irv.complete);
    let rounds = [
        Round {
            votes: votes(&[(0, 42), (1, 26), (2, 15), (3, 17)]),
            exhausted: 0,
            eliminated: 2,
        },
        Round {
            votes: votes(&[(0, 42), (1, 26), (3, 32)]),
            exhausted: 0,
            eliminated: 1,
        },
        Round {
            votes: votes(&[(0, 42), (3, 58)]),
            exhausted: 0,
            eliminated: 0,
        },
    ];
    assert_eq!(irv.rounds, rounds);
    assert_eq!(irv.final_round, Some(votes(&[(0, 42), (3, 58)])));
}

#[test]
fn ballots_cut_short_are_exhausted() {
    let ballots = strict(3, &[(4, &[0]), (3, &[1, 0]), (2, &[2]), (1, &[])]);
    let irv = irv(&ballots, None).unwrap();
    assert_eq!(irv.winners, [0]);
    assert_eq!(irv.rounds[0].exhausted, 1);
    assert_eq!(irv.rounds[1].exhausted, 3);
    assert_eq!(first_preferences(&ballots).unwrap(), [4, 3, 2]);
}

#[test]
fn equal_ranks_are_refused() {
    let ballots = rankings(3, &[(1, &[&[0, 1]])]);
    assert_eq!(irv(&ballots, None), Err(CountError::EqualRanks));
    assert_eq!(first_preferences(&ballots), Err(CountError::EqualRanks));
}

#[test]
fn a_tie_names_all_who_can_win() {
    // B and C tie for last. Without B, A and C tie; without C, A wins.
    let ballots = strict(3, &[(3, &[0]), (2, &[1, 2]), (2, &[2]), (1, &[])]);
    let found = irv(&ballots, None).unwrap();
    assert!(found.tie && found.rounds.is_empty());
    assert_eq!(found.winners, [0, 2]);
    assert_eq!(found.final_round, None);
}

#[test]
fn a_tie_that_changes_nothing_keeps_its_final_round() {
    // C and D tie for last; either way, both are out before A and B meet.
    let ballots = strict(4, &[(5, &[0]), (4, &[1]), (1, &[2, 1]), (1, &[3, 1])]);
    let found = irv(&ballots, None).unwrap();
    assert!(found.tie);
    assert_eq!(found.winners, [1]);
    assert_eq!(found.final_round, Some(votes(&[(0, 5), (1, 6)])));
}

#[test]
fn a_final_between_equals_is_won_by_both() {
    let found = irv(&strict(2, &[(3, &[0]), (3, &[1])]), None).unwrap();
    assert_eq!(found.winners, [0, 1]);
    assert_eq!(found.final_round, Some(votes(&[(0, 3), (1, 3)])));
}

#[test]
fn without_a_vote_anybody_can_win_and_one_option_just_wins() {
    let found = irv(&strict(30, &[(3, &[])]), None).unwrap();
    assert_eq!(found.winners, (0..30).collect::<Vec<_>>());
    assert!(found.tie && found.complete);
    let found = irv(&strict(1, &[(3, &[0])]), None).unwrap();
    assert_eq!((found.winners, found.tie), (vec![0], false));
    assert_eq!(found.final_round, None);
}

#[test]
fn wide_ties_are_followed_in_time() {
    // 60 options with one vote each; and 60 with one vote each beside two that lead.
    let singles: Vec<(u64, Vec<usize>)> = (0..60).map(|option| (1, vec![option])).collect();
    let as_slices = |list: &[(u64, Vec<usize>)]| {
        let list: Vec<(u64, &[usize])> = list.iter().map(|(w, b)| (*w, &b[..])).collect();
        strict(62, &list)
    };
    let found = irv(&as_slices(&singles), None).unwrap();
    assert!(found.complete);
    assert_eq!(found.winners, (0..60).collect::<Vec<_>>());
    let mut led = singles;
    led.extend([(70, vec![60, 61]), (69, vec![61, 60])]);
    let found = irv(&as_slices(&led), None).unwrap();
    assert!(found.complete);
    assert_eq!(found.winners, [60]);
    assert_eq!(found.final_round, Some(votes(&[(60, 70), (61, 69)])));
}

#[test]
fn a_lot_decides_only_where_it_was_declared() {
    let ballots = strict(3, &[(3, &[0]), (2, &[1, 2]), (2, &[2]), (1, &[])]);
    let mut winners = std::collections::BTreeSet::new();
    for seed in 0..40 {
        let lot = Lot::new(&seed.to_string());
        let found = irv(&ballots, Some(&lot)).unwrap();
        assert_eq!(found, irv(&ballots, Some(&lot)).unwrap());
        assert_eq!(found.lots[0].draw, "irv 1");
        assert_eq!(found.lots[0].tied, [1, 2]);
        assert_eq!(found.rounds.len(), 2);
        assert_eq!(found.winners.len(), 1);
        winners.extend(found.winners);
    }
    assert_eq!(winners.into_iter().collect::<Vec<_>>(), [0, 2]);
}
