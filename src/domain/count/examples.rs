//! Textbook ballots that several tests count.

use super::rankings::{Ranking, Rankings};

/// Ballots written as weights and tiers.
pub(super) fn rankings(options: usize, ballots: &[(u64, &[&[usize]])]) -> Rankings {
    let mut rankings = Rankings::new(options).unwrap();
    for (weight, tiers) in ballots {
        let tiers: Vec<Vec<usize>> = tiers.iter().map(|tier| tier.to_vec()).collect();
        let ranking = Ranking::of_tiers(options, &tiers).unwrap();
        rankings.push(ranking.levels(), *weight).unwrap();
    }
    rankings
}

/// Strict ballots written as weights and orders.
pub(super) fn strict(options: usize, ballots: &[(u64, &[usize])]) -> Rankings {
    let mut rankings = Rankings::new(options).unwrap();
    for (weight, order) in ballots {
        let tiers: Vec<Vec<usize>> = order.iter().map(|option| vec![*option]).collect();
        let ranking = Ranking::of_tiers(options, &tiers).unwrap();
        rankings.push(ranking.levels(), *weight).unwrap();
    }
    rankings
}

/// The capital of Tennessee: Memphis, Nashville, Chattanooga, Knoxville.
pub(super) fn tennessee() -> Rankings {
    strict(
        4,
        &[
            (42, &[0, 1, 2, 3]),
            (26, &[1, 2, 3, 0]),
            (15, &[2, 3, 1, 0]),
            (17, &[3, 2, 1, 0]),
        ],
    )
}
