//! Ties that only a lot can break, followed every way it could fall: a tie that changes nothing must not look like
//! one that decides a seat.

use std::collections::BTreeSet;

use super::super::rankings::Rankings;
use super::Stv;
use super::count::{Count, Decide};

/// Most ways that are counted.
const MOST_WAYS: usize = 20_000;
/// Most work over all ways: at each stage, ballots and candidates. A second or two.
const MOST_WORK: usize = 1 << 28;

/// One way: at each lot, which of the tied it falls on.
#[derive(Default)]
pub(super) struct Way {
    /// Which of how many, lot by lot.
    picks: Vec<(usize, usize)>,
    /// Lots met so far.
    met: usize,
}

impl Way {
    /// Where this way's next lot falls.
    pub(super) fn pick(&mut self, tied: &[usize]) -> usize {
        if self.met == self.picks.len() {
            self.picks.push((0, tied.len()));
        }
        let (pick, _) = self.picks.get(self.met).copied().unwrap_or((0, 1));
        self.met += 1;
        tied.get(pick).or(tied.first()).copied().unwrap_or(0)
    }

    /// The next way after this one; none after the last.
    fn next(mut self) -> Option<Self> {
        self.met = 0;
        while let Some((pick, of)) = self.picks.pop() {
            if pick + 1 < of {
                self.picks.push((pick + 1, of));
                return Some(self);
            }
        }
        None
    }
}

/// The count in which every lot falls on the first of the tied, with all who are elected on some ways only.
pub(super) fn follow(ballots: &Rankings, seats: usize) -> Stv {
    let mut way = Way::default();
    let mut shown = Count::run(ballots, seats, &mut Decide::Way(&mut way)).into_stv();
    let mut some: BTreeSet<usize> = BTreeSet::new();
    let mut all: BTreeSet<usize> = shown.order().into_iter().collect();
    note(&shown, &mut some, &mut all);
    let mut work = 0;
    for ways in 1.. {
        let Some(mut next) = way.next() else { break };
        if ways >= MOST_WAYS || work >= MOST_WORK {
            shown.complete = false;
            break;
        }
        let other = Count::run(ballots, seats, &mut Decide::Way(&mut next)).into_stv();
        work += (ballots.rows() + ballots.options()) * other.stages.len();
        note(&other, &mut some, &mut all);
        way = next;
    }
    shown.tied = some.difference(&all).copied().collect();
    shown
}

/// Adds who is elected on this way to those who are elected on some, and keeps only them among those elected on
/// all.
fn note(stv: &Stv, some: &mut BTreeSet<usize>, all: &mut BTreeSet<usize>) {
    let tied: BTreeSet<usize> = stv.tied.iter().copied().collect();
    let elected: BTreeSet<usize> = stv.order().into_iter().collect();
    some.extend(&elected);
    some.extend(&tied);
    all.retain(|candidate| elected.contains(candidate) && !tied.contains(candidate));
}
