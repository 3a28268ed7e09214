use super::super::examples::{rankings, strict};
use super::*;

fn votes(list: &[&str]) -> Vec<Votes> {
    list.iter()
        .map(|text| {
            let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
            let part: u64 = format!("{part:0<5}").parse().unwrap();
            Votes(whole.parse::<u64>().unwrap() * Votes::ONE + part)
        })
        .collect()
}

/// Worked by hand. 23 papers, 2 seats: quota 23 / 3 + 1 = 8.
///
/// A has 11, a surplus of 3. Each of A's papers goes on at 3 / 11 = 0.27272: 7 to B (1.90904), 3 to C (0.81816), one
/// has nowhere to go. B has 3.90904, C 6.81816, D 4, so B goes out: 7 papers at 0.27272 to D, 2 at 1 to C, who has
/// 8.81816 then and the second seat. The empty paper is not valid.
#[test]
fn a_count_worked_by_hand_to_the_fifth_decimal() {
    let ballots = strict(
        4,
        &[
            (7, &[0, 1, 3]),
            (3, &[0, 2]),
            (1, &[0]),
            (2, &[1, 2]),
            (5, &[2]),
            (4, &[3, 1]),
            (1, &[]),
            (1, &[2, 3]),
        ],
    );
    let stv = stv_scottish(&ballots, 2, None).unwrap();
    assert_eq!(stv.quota, 8);
    let expected = [
        (
            Step::FirstPreferences,
            votes(&["11", "2", "6", "4"]),
            vec![0],
        ),
        (
            Step::Surplus(0),
            votes(&["8", "3.90904", "6.81816", "4"]),
            vec![],
        ),
        (
            Step::Exclusion(1),
            votes(&["8", "0", "8.81816", "5.90904"]),
            vec![2],
        ),
    ];
    let found: Vec<_> = stv
        .stages
        .iter()
        .map(|stage| (stage.step, stage.votes.clone(), stage.elected.clone()))
        .collect();
    assert_eq!(found, expected);
    assert_eq!(stv.order(), [0, 2]);
    assert_eq!(
        stv.events(),
        [Event::Elect(0), Event::Exclude(1), Event::Elect(2)]
    );
    assert!(!stv.tie_by_lot && stv.complete && stv.tied.is_empty());
    assert_eq!(stv.stages[1].votes[1].to_string(), "3.90904");
}

/// What to eat: orange, pear, chocolate, strawberry, hamburger; 20 papers, 3 seats, quota 6.
#[test]
fn the_food_for_a_party() {
    let ballots = strict(
        5,
        &[
            (4, &[0]),
            (2, &[1, 0]),
            (8, &[2, 3]),
            (4, &[2, 4]),
            (1, &[3]),
            (1, &[4]),
        ],
    );
    let stv = stv_scottish(&ballots, 3, None).unwrap();
    assert_eq!(stv.quota, 6);
    assert_eq!(stv.order(), [2, 0, 3]);
    assert_eq!(stv.winners(), [0, 2, 3]);
    assert_eq!(stv.stages[1].votes, votes(&["4", "2", "6", "5", "3"]));
    assert!(!stv.tie_by_lot);
}

/// A paper that is passed on twice is cut off twice.
#[test]
fn values_are_cut_off_at_every_transfer() {
    // Quota 4: A has 7 and passes on at 3/7 = 0.42857; B then has 3 + 6 × 0.42857 = 5.57142, and passes on at
    // 1.57142 × 0.42857 / 5.57142 = 0.12087 and at 1.57142 / 5.57142 = 0.28205.
    let ballots = strict(
        4,
        &[
            (6, &[0, 1, 2]),
            (1, &[0, 3]),
            (3, &[1, 3]),
            (2, &[2]),
            (1, &[3]),
        ],
    );
    let stv = stv_scottish(&ballots, 3, None).unwrap();
    assert_eq!(stv.quota, 4);
    assert_eq!(
        stv.stages[1].votes,
        votes(&["4", "5.57142", "2", "1.42857"])
    );
    assert_eq!(
        stv.stages[2].votes,
        votes(&["4", "4", "2.72522", "2.27472"])
    );
    assert_eq!(stv.winners(), [0, 1, 2]);
}

#[test]
fn ties_look_at_earlier_stages_first() {
    // C and D have 3 each after B is out; C had 2 before, D 3: C goes out, and D has the last seat.
    let ballots = strict(4, &[(9, &[0]), (1, &[1, 2]), (2, &[2]), (3, &[3])]);
    let stv = stv_scottish(&ballots, 2, None).unwrap();
    assert!(!stv.tie_by_lot);
    assert_eq!(stv.winners(), [0, 3]);
}

#[test]
fn a_lot_that_decides_a_seat_names_the_tied() {
    let ballots = strict(3, &[(6, &[0]), (2, &[1]), (2, &[2])]);
    let stv = stv_scottish(&ballots, 2, None).unwrap();
    assert!(stv.tie_by_lot && stv.complete);
    assert_eq!(stv.tied, [1, 2]);
    let mut second = std::collections::BTreeSet::new();
    for seed in 0..40 {
        let lot = Lot::new(&seed.to_string());
        let stv = stv_scottish(&ballots, 2, Some(&lot)).unwrap();
        assert_eq!(stv.lots.len(), 1);
        assert_eq!(stv.lots[0].draw, "stv 2 exclude");
        assert!(stv.tied.is_empty());
        second.insert(stv.order()[1]);
    }
    assert_eq!(second.into_iter().collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn a_lot_that_changes_nothing_is_said_to_change_nothing() {
    let ballots = strict(4, &[(6, &[0]), (4, &[1]), (1, &[2, 0]), (1, &[3, 1])]);
    let stv = stv_scottish(&ballots, 2, None).unwrap();
    assert!(stv.tie_by_lot && stv.complete && stv.tied.is_empty());
    assert_eq!(stv.winners(), [0, 1]);
}

#[test]
fn candidates_without_a_vote_can_fill_the_last_seats() {
    // 20 without a vote for one seat: followed in time, and all of them named.
    let ballots = strict(21, &[(6, &[0])]);
    let stv = stv_scottish(&ballots, 2, None).unwrap();
    assert!(stv.complete && stv.tie_by_lot);
    assert_eq!(stv.tied, (1..21).collect::<Vec<_>>());
    assert_eq!(stv.order().len(), 2);
    // All of them out before the seat is decided: nobody is tied.
    let ballots = strict(21, &[(6, &[0]), (3, &[1]), (2, &[2])]);
    let stv = stv_scottish(&ballots, 2, None).unwrap();
    assert!(stv.complete && stv.tie_by_lot && stv.tied.is_empty());
    assert_eq!(stv.winners(), [0, 1]);
}

#[test]
fn odd_corners_are_counted() {
    // As many seats as candidates, or more: all are elected, by votes.
    let ballots = strict(3, &[(1, &[0]), (3, &[1]), (2, &[2])]);
    for seats in [3, 9, usize::MAX] {
        assert_eq!(
            stv_scottish(&ballots, seats, None).unwrap().order(),
            [1, 2, 0]
        );
    }
    // No papers: everything hangs on the lot.
    let stv = stv_scottish(&strict(3, &[(4, &[])]), 1, None).unwrap();
    assert_eq!((stv.quota, stv.tied), (1, vec![0, 1, 2]));
    assert_eq!(stv_scottish(&ballots, 0, None), Err(CountError::NoSeats));
    let equal = rankings(3, &[(1, &[&[0, 1]])]);
    assert_eq!(stv_scottish(&equal, 1, None), Err(CountError::EqualRanks));
}
