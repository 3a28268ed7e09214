//! The ballots in piles: for each ballot the option it counts for now. When an option goes out, only the ballots
//! of its pile are read again, so a whole count costs little more than reading every ballot once.

use std::collections::BTreeMap;

use super::super::rankings::{Rankings, UNRANKED, highest};

/// The ballots, by the option that each counts for.
#[derive(Clone)]
pub(super) struct Piles<'a> {
    ballots: &'a Rankings,
    /// For each option 0 while it is in. Once it is out [`UNRANKED`], which hides whatever rank it has.
    out: Vec<u8>,
    /// For each ballot its option.
    top: Vec<u16>,
    /// For each option its votes.
    votes: Vec<u64>,
    exhausted: u64,
    left: usize,
}

impl<'a> Piles<'a> {
    /// Every ballot with its first preference.
    pub(super) fn new(ballots: &'a Rankings) -> Self {
        let mut piles = Self {
            ballots,
            out: vec![0; ballots.options()],
            top: Vec::with_capacity(ballots.rows()),
            votes: vec![0; ballots.options()],
            exhausted: 0,
            left: ballots.options(),
        };
        for (levels, weight) in ballots.iter() {
            let top = highest(levels, &piles.out);
            piles.top.push(top);
            *sum_of(top, &mut piles.votes, &mut piles.exhausted) += weight;
        }
        piles
    }

    /// How many options are still in.
    pub(super) const fn left(&self) -> usize {
        self.left
    }

    /// The options that are still in.
    pub(super) fn options(&self) -> impl Iterator<Item = usize> {
        (0..)
            .zip(&self.out)
            .filter(|(_, out)| **out == 0)
            .map(|(option, _)| option)
    }

    /// Votes of the options that are still in.
    pub(super) fn votes(&self) -> BTreeMap<usize, u64> {
        (0..)
            .zip(&self.out)
            .zip(&self.votes)
            .filter(|((_, out), _)| **out == 0)
            .map(|((option, _), votes)| (option, *votes))
            .collect()
    }

    /// Ballots that count for no option that is still in.
    pub(super) const fn exhausted(&self) -> u64 {
        self.exhausted
    }

    /// Ballots kept, as a measure of the work of one round.
    pub(super) const fn rows(&self) -> usize {
        self.top.len()
    }

    /// The options that are tied for the fewest votes.
    pub(super) fn lowest(&self) -> Vec<usize> {
        let votes = self.votes();
        let fewest = votes.values().min().copied();
        votes
            .into_iter()
            .filter(|(_, votes)| Some(*votes) == fewest)
            .map(|(option, _)| option)
            .collect()
    }

    /// Takes an option out and its ballots on to their next.
    pub(super) fn eliminate(&mut self, option: usize) {
        match self.out.get_mut(option) {
            Some(out) if *out == 0 => *out = UNRANKED,
            _ => return,
        }
        self.left -= 1;
        if self.votes.get_mut(option).map(std::mem::take) == Some(0) {
            return;
        }
        for (top, (levels, weight)) in self.top.iter_mut().zip(self.ballots.iter()) {
            if usize::from(*top) == option {
                *top = highest(levels, &self.out);
                *sum_of(*top, &mut self.votes, &mut self.exhausted) += weight;
            }
        }
    }
}

/// The sum that a ballot of that option belongs to.
fn sum_of<'a>(top: u16, votes: &'a mut [u64], exhausted: &'a mut u64) -> &'a mut u64 {
    votes.get_mut(usize::from(top)).unwrap_or(exhausted)
}
