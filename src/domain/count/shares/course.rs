//! The course of a count: which project is funded after which, on every way that ties can fall, or as a lot
//! decides.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use num_bigint::BigInt;

use super::super::MOST_OUTCOMES;
use super::super::lot::{Drawn, Lot};
use super::line::{Horizon, Line};
use super::purses::{Electorate, Purses, Share};

/// Most work on ties: ballots and projects of each state of the purses that is kept. A second or two.
const MOST_WORK: usize = 1 << 23;
/// What a project of a state costs in memory and time, in ballots.
const PROJECT: usize = 16;

/// Work that is left for following ties. Once it is used up, only the first of the tied are followed.
pub(super) struct Work(usize);

impl Work {
    /// All of it.
    pub(super) const fn new() -> Self {
        Self(MOST_WORK)
    }

    /// Uses some. False when there is none left.
    const fn spend(&mut self, electorate: &Electorate) -> bool {
        let work = electorate.ballots() + PROJECT * electorate.projects();
        self.0 = self.0.saturating_sub(work);
        self.0 > 0
    }
}

/// What happens once no project can be paid for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Completion {
    /// Nothing.
    None,
    /// Phragmén's sequential rule fills what is left of the seats.
    Phragmen {
        /// Seats in all.
        seats: usize,
    },
}

/// Where all ways lead.
pub(super) struct Found {
    /// The selections, each once; first the one in which ties fall on the first of the tied.
    pub(super) outcomes: Vec<Vec<usize>>,
    pub(super) tie_met: bool,
    pub(super) lots: Vec<Drawn>,
    pub(super) complete: bool,
    /// For how many units more per voter all this stays the same.
    pub(super) horizon: Horizon,
}

/// Counts with everybody's part of the budget raised by `units`.
pub(super) fn follow(
    electorate: &Electorate,
    budget: u64,
    units: u64,
    completion: Completion,
    lot: Option<&Lot>,
    work: &mut Work,
) -> Found {
    let mut found = Found {
        outcomes: Vec::new(),
        tie_met: false,
        lots: Vec::new(),
        complete: true,
        horizon: Horizon(None),
    };
    let mut known = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut to_do = vec![Course::new(electorate, budget, units)];
    while let Some(mut course) = to_do.pop() {
        let tied = course.go_to_tie(electorate, completion, &mut found.horizon);
        if tied.is_empty() {
            let outcome = course.selection();
            if known.insert(outcome.clone()) {
                found.outcomes.push(outcome);
            }
            continue;
        }
        found.tie_met = true;
        if let Some(drawn) =
            lot.and_then(|lot| lot.draw(&format!("shares {}", course.funded.len()), &tied))
        {
            course.fund(electorate, drawn.option);
            found.lots.push(drawn);
            to_do.push(course);
            continue;
        }
        if let Some(apart) = course.apart(electorate, &tied) {
            course.fund(electorate, apart);
            to_do.push(course);
            continue;
        }
        if !work.spend(electorate) || found.outcomes.len() >= MOST_OUTCOMES {
            found.complete = false;
            if !found.outcomes.is_empty() {
                break;
            }
            if let Some(first) = tied.first() {
                course.fund(electorate, *first);
                to_do.push(course);
            }
            continue;
        }
        // The first of the tied is followed first, so that the first selection found is the one to show.
        for project in tied.into_iter().rev() {
            let mut next = course.clone();
            next.fund(electorate, project);
            if seen.insert((next.selection(), next.purses.reduced())) {
                to_do.push(next);
            }
        }
    }
    found
}

/// An amount to be divided by a number, as a value that is compared by multiplying across.
#[derive(Clone)]
struct Fraction {
    line: Line,
    over: BigInt,
}

impl Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        (&self.line.now * &other.over).cmp(&(&other.line.now * &self.over))
    }

    /// Both over the same number.
    fn beside(&self, other: &Self) -> (Line, Line) {
        (self.line.times(&other.over), other.line.times(&self.over))
    }
}

impl From<(Line, BigInt)> for Fraction {
    fn from((line, over): (Line, BigInt)) -> Self {
        Self { line, over }
    }
}

/// What is known of a project's rho.
#[derive(Clone)]
enum Rho {
    /// Funded, or beyond what its supporters have left.
    Closed,
    /// It is at least this: purses only get lighter.
    AtLeast(Fraction),
    /// It is this, and each supporter who is not poorer pays that share.
    Known(Fraction, Share),
}

impl Rho {
    const fn value(&self) -> Option<&Fraction> {
        match self {
            Self::Closed => None,
            Self::AtLeast(rho) | Self::Known(rho, _) => Some(rho),
        }
    }
}

/// A count under way.
#[derive(Clone)]
struct Course {
    purses: Purses,
    rho: Vec<Rho>,
    funded: Vec<usize>,
    /// Whether Phragmén's rule has taken over.
    filling: bool,
}

impl Course {
    fn new(electorate: &Electorate, budget: u64, units: u64) -> Self {
        let mut course = Self {
            purses: Purses::new(electorate, budget, units),
            rho: vec![Rho::Closed; electorate.projects()],
            funded: Vec::new(),
            filling: false,
        };
        for (project, cost) in electorate.supported() {
            if cost == 0 {
                course.funded.push(project);
            } else if let Some(rho) = course.rho.get_mut(project) {
                // If all supporters paid alike, rho would be 1 / supporters; it is never less.
                *rho = Rho::AtLeast(Fraction {
                    line: Line::fixed(1.into()),
                    over: electorate.support(project).into(),
                });
            }
        }
        course
    }

    fn selection(&self) -> Vec<usize> {
        let mut selection = self.funded.clone();
        selection.sort_unstable();
        selection
    }

    /// Funds projects until several are tied for the next place: these; none when the count is over.
    fn go_to_tie(
        &mut self,
        electorate: &Electorate,
        completion: Completion,
        horizon: &mut Horizon,
    ) -> Vec<usize> {
        loop {
            let mut next = Vec::new();
            if !self.filling {
                next = self.cheapest(electorate, horizon);
            }
            if let (Completion::Phragmen { seats }, true) = (completion, next.is_empty()) {
                self.filling = true;
                if self.funded.len() < seats {
                    next = self.least_loaded(electorate);
                }
            }
            match next[..] {
                [only] => self.fund(electorate, only),
                _ => return next,
            }
        }
    }

    /// Of the tied, one that shares no supporter with the others: before or after them, it is funded just the same.
    /// Without this, a tie of twenty such projects would be a million ways to one selection.
    fn apart(&self, electorate: &Electorate, tied: &[usize]) -> Option<usize> {
        if self.filling {
            return None;
        }
        tied.iter().copied().find(|one| {
            let others = tied.iter().filter(|other| *other != one);
            others
                .copied()
                .all(|other| !electorate.share_supporters(*one, other))
        })
    }

    /// The projects with the smallest rho.
    fn cheapest(&mut self, electorate: &Electorate, horizon: &mut Horizon) -> Vec<usize> {
        loop {
            let open = (0..)
                .zip(&self.rho)
                .filter_map(|(p, rho)| Some((p, rho.value()?)));
            let Some((_, best)) = open.clone().min_by(|a, b| a.1.cmp(b.1)) else {
                return Vec::new();
            };
            let best = best.clone();
            let tied: Vec<usize> = open
                .filter(|(_, rho)| rho.cmp(&best).is_eq())
                .map(|(project, _)| project)
                .collect();
            // A lower bound has won; what it stands for must be known before it can be funded.
            let mut all_known = true;
            for project in &tied {
                if let Some(Rho::AtLeast(_)) = self.rho.get(*project) {
                    self.rho[*project] = self.find_rho(electorate, *project, horizon);
                    all_known = false;
                }
            }
            if all_known {
                for rho in self.rho.iter().filter_map(Rho::value) {
                    let (rho, best) = rho.beside(&best);
                    if rho.now > best.now {
                        horizon.above(&rho, &best);
                    } else {
                        horizon.at_least(&rho, &best);
                        horizon.at_least(&best, &rho);
                    }
                }
                return tied;
            }
        }
    }

    fn find_rho(&self, electorate: &Electorate, project: usize, horizon: &mut Horizon) -> Rho {
        match self.purses.share(electorate, project, horizon) {
            None => Rho::Closed,
            Some(share) => Rho::Known(share.of(electorate.cost_of(project)).into(), share),
        }
    }

    /// The options that Phragmén's rule takes next; those that nobody approves come last, all tied.
    fn least_loaded(&self, electorate: &Electorate) -> Vec<usize> {
        let mut tied: Vec<usize> = Vec::new();
        let mut most: Option<Fraction> = None;
        for project in (0..electorate.projects()).filter(|p| !self.funded.contains(p)) {
            let left = self.purses.left_after_seat(electorate, project);
            let left = left.map(|left| Fraction::from(left.of(1)));
            let order = match (&left, &most) {
                (Some(left), Some(most)) => left.cmp(most),
                (left, most) => left.is_some().cmp(&most.is_some()),
            };
            if order.is_gt() {
                tied.clear();
                most = left;
            }
            if order.is_ge() {
                tied.push(project);
            }
        }
        tied
    }

    fn fund(&mut self, electorate: &Electorate, project: usize) {
        if self.filling {
            if let Some(left) = self.purses.left_after_seat(electorate, project) {
                self.purses = self.purses.level(electorate, project, &left);
            }
        } else if let Some(Rho::Known(_, share)) = self.rho.get(project) {
            self.purses = self.purses.pay(electorate, project, share);
        }
        self.funded.push(project);
        for (other, rho) in self.rho.iter_mut().enumerate() {
            *rho = match std::mem::replace(rho, Rho::Closed) {
                Rho::Known(at_least, _) | Rho::AtLeast(at_least) if other != project => {
                    Rho::AtLeast(at_least)
                }
                _ => Rho::Closed,
            };
        }
    }
}
