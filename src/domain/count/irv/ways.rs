//! Ties for elimination, followed every way they can fall (parallel universes).
//!
//! How many ways there are can double with each tied option, so ways that cannot change the answer are left out:
//! a set of options that was reached before; tied options that all go out before anybody else in whatever order;
//! and, once the last two are known to differ between ways, a set whose winner is already known. What then is
//! still too much is cut off, and [`Ways::complete`] says so.

use std::collections::{BTreeMap, BTreeSet};

use super::piles::Piles;

/// Most work: ballots that are looked at, and a part for each option of a set. A second or two.
const MOST_WORK: usize = 1 << 29;
/// What an option of a set costs in memory and time, in ballots.
const OPTION: usize = 64;

/// The last two options and their votes, over all ways seen so far.
enum Finals {
    NotYet,
    Same(BTreeMap<usize, u64>),
    Different,
}

/// What all ways lead to.
pub(super) struct Ways {
    winners: BTreeSet<usize>,
    finals: Finals,
    seen: BTreeSet<Vec<u16>>,
    work: usize,
    complete: bool,
}

impl Ways {
    /// Follows every way from here.
    pub(super) fn follow(piles: Piles<'_>) -> Self {
        let mut ways = Self {
            winners: BTreeSet::new(),
            finals: Finals::NotYet,
            seen: BTreeSet::new(),
            work: 0,
            complete: true,
        };
        ways.go(piles);
        ways
    }

    /// All who win on some way.
    pub(super) fn winners(&self) -> Vec<usize> {
        self.winners.iter().copied().collect()
    }

    /// The last two options and their votes, if they are the same on every way.
    pub(super) fn final_round(&self) -> Option<BTreeMap<usize, u64>> {
        match &self.finals {
            Finals::Same(votes) if self.complete => Some(votes.clone()),
            _ => None,
        }
    }

    /// Whether every way was followed.
    pub(super) const fn complete(&self) -> bool {
        self.complete
    }

    fn go(&mut self, mut piles: Piles<'_>) {
        loop {
            if self.is_known(&piles) {
                return;
            }
            let lowest = piles.lowest();
            if let [only] = lowest[..] {
                piles.eliminate(only);
            } else if goes_out_together(&piles.votes(), &lowest) {
                for option in lowest {
                    piles.eliminate(option);
                }
            } else {
                // Those who are known to win go out first, so that ways lead to winners not yet known.
                let (known, new): (Vec<usize>, Vec<usize>) =
                    lowest.into_iter().partition(|o| self.winners.contains(o));
                for option in known.into_iter().chain(new) {
                    let mut next = piles.clone();
                    next.eliminate(option);
                    self.go(next);
                }
                return;
            }
        }
    }

    /// Notes what can be read from the options that are still in. True when there is nothing more to follow.
    fn is_known(&mut self, piles: &Piles<'_>) -> bool {
        let votes = piles.votes();
        if let [winner] = votes.keys().copied().collect::<Vec<_>>()[..] {
            self.winners.insert(winner);
            return true;
        }
        if votes.len() == 2 {
            self.meet(&votes);
        }
        let total: u64 = votes.values().sum();
        if total == 0 && votes.len() > 2 {
            // Every ballot is exhausted: any order can follow, so any two can be last and anybody can win.
            self.finals = Finals::Different;
            self.winners.extend(votes.keys());
            return true;
        }
        if matches!(self.finals, Finals::Different) {
            if votes.keys().all(|option| self.winners.contains(option)) {
                return true;
            }
            if let Some((leader, _)) = votes.iter().find(|(_, votes)| **votes > total / 2) {
                self.winners.insert(*leader);
                return true;
            }
        }
        if self.work >= MOST_WORK {
            self.complete = false;
            return true;
        }
        self.work += piles.rows() + OPTION * votes.len();
        let set = votes
            .keys()
            .filter_map(|option| u16::try_from(*option).ok());
        !self.seen.insert(set.collect())
    }

    fn meet(&mut self, votes: &BTreeMap<usize, u64>) {
        self.finals = match std::mem::replace(&mut self.finals, Finals::Different) {
            Finals::NotYet => Finals::Same(votes.clone()),
            Finals::Same(before) if before == *votes => Finals::Same(before),
            _ => Finals::Different,
        };
    }
}

/// Whether the tied options all go out before anybody else, in whatever order: together they have fewer votes than
/// any other. At least two others must be left, since the last two are part of the answer.
fn goes_out_together(votes: &BTreeMap<usize, u64>, tied: &[usize]) -> bool {
    let fewest = tied.first().and_then(|option| votes.get(option));
    let together: u64 = tied.iter().filter_map(|option| votes.get(option)).sum();
    let mut others = votes.values().filter(|votes| Some(*votes) != fewest);
    votes.len() >= tied.len() + 2 && others.all(|votes| *votes > together)
}
