//! Method of equal shares: every voter commands an equal part of the budget, so that a minority gets what its
//! part can pay for.
//!
//! Source: Peters and Skowron, "Proportionality and the Limits of Welfarism" (2020); Peters, Pierczyński and Skowron,
//! "Proportional Participatory Budgeting with Additive Utilities" (2021), with cost utilities: what a voter gains from
//! a funded project that they approve is its cost.
//!
//! Each of the n voters (empty ballots too) gets budget/n. Again and again, the project with the smallest rho is
//! funded, where rho is such that its supporters, paying rho × cost each or all they have left, pay its cost. What is
//! left is spent by raising everybody's part one unit of currency at a time ([`equal_shares_add1`]); where a
//! number of equal options is to be chosen, by Phragmén's sequential rule ([`equal_shares_seats`]).
//!
//! A project that costs nothing is funded first if anybody approves it, and is no part of a tie.
//!
//! | file | what it is for |
//! |---|---|
//! | `shares/line.rs` | exact amounts, as they change when every voter has some units more |
//! | `shares/purses.rs` | what is left to each voter, and what a project asks of them |
//! | `shares/course.rs` | the order of purchases, on every way that ties can fall |

mod course;
mod line;
mod purses;

use std::collections::BTreeSet;

use num_traits::ToPrimitive;
use serde::{Deserialize, Serialize};

use self::course::{Completion, Found, Work};
use self::purses::Electorate;
use super::CountError;
use super::approvals::Approvals;
use super::lot::{Drawn, Lot};

/// Most times that everybody's part is raised: only changes of course count.
const MOST_RAISES: usize = 100_000;

/// What is funded, or chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Funding {
    /// The selection in which every tie falls on the first of the tied, or as the lot decided.
    pub selected: Vec<usize>,
    /// Every selection that ties allow: one, when no tie changes anything.
    pub outcomes: Vec<Vec<usize>>,
    /// Whether options were tied at any step.
    pub tie_met: bool,
    /// Units of currency that were added to each voter's part to reach `selected`.
    pub increments: u64,
    /// Ties that were decided by lot.
    pub lots: Vec<Drawn>,
    /// False when there were too many ways to follow them all: other selections are possible.
    pub complete: bool,
}

/// Equal shares alone: it usually leaves a part of the budget unspent. With a lot, ties are decided by it (draws
/// `shares N`, N the number of projects funded before).
///
/// # Errors
/// Another number of costs than of options.
pub fn equal_shares(
    ballots: &Approvals,
    costs: &[u64],
    budget: u64,
    lot: Option<&Lot>,
) -> Result<Funding, CountError> {
    let electorate = Electorate::new(ballots, costs)?;
    let found = course::follow(
        &electorate,
        budget,
        0,
        Completion::None,
        lot,
        &mut Work::new(),
    );
    Ok(found.into_funding())
}

/// Equal shares completed: repeated with one unit of currency more per voter until the next selection would cost
/// more than the budget (the one before is kept) or no supported project fits any more.
///
/// # Errors
/// Another number of costs than of options.
pub fn equal_shares_add1(
    ballots: &Approvals,
    costs: &[u64],
    budget: u64,
    lot: Option<&Lot>,
) -> Result<Funding, CountError> {
    let electorate = Electorate::new(ballots, costs)?;
    let mut raised = Raised::new(&electorate, budget);
    let mut units: u64 = 0;
    let mut work = Work::new();
    for _ in 0..MOST_RAISES {
        let found = course::follow(&electorate, budget, units, Completion::None, lot, &mut work);
        // Up to `last` units more, every purchase is the same: these selections need not be made one by one.
        let last = match &found.horizon.0 {
            None => None,
            Some(steps) => steps.to_u64().and_then(|steps| units.checked_add(steps)),
        };
        raised.take(found, units, last);
        match last.and_then(|last| last.checked_add(1)) {
            Some(next) if raised.goes_on() => units = next,
            _ => return Ok(raised.into_funding(true)),
        }
    }
    Ok(raised.into_funding(false))
}

/// Equal shares for a number of seats, every option costing the same; seats that are left are filled by Phragmén's
/// sequential rule, in which what voters have left counts.
///
/// # Errors
/// No seats.
pub fn equal_shares_seats(
    ballots: &Approvals,
    seats: usize,
    lot: Option<&Lot>,
) -> Result<Funding, CountError> {
    if seats == 0 {
        return Err(CountError::NoSeats);
    }
    let seats = seats.min(ballots.options());
    let electorate = Electorate::new(ballots, &vec![1; ballots.options()])?;
    let completion = Completion::Phragmen { seats };
    let found = course::follow(
        &electorate,
        seats as u64,
        0,
        completion,
        lot,
        &mut Work::new(),
    );
    Ok(found.into_funding())
}

impl Found {
    fn into_funding(self) -> Funding {
        Funding {
            selected: self.outcomes.first().cloned().unwrap_or_default(),
            outcomes: self.outcomes,
            tie_met: self.tie_met,
            increments: 0,
            lots: self.lots,
            complete: self.complete,
        }
    }
}

/// The selections while everybody's part is raised.
struct Raised<'a> {
    electorate: &'a Electorate,
    budget: u64,
    /// The selection shown, and the units added to reach it.
    selected: (Vec<usize>, u64),
    /// Whether `selected` is final.
    settled: bool,
    /// Selections that may still be followed by another.
    open: Vec<Vec<usize>>,
    /// Selections that are final on some way.
    finals: BTreeSet<Vec<usize>>,
    tie_met: bool,
    lots: Vec<Drawn>,
    complete: bool,
}

impl<'a> Raised<'a> {
    const fn new(electorate: &'a Electorate, budget: u64) -> Self {
        Self {
            electorate,
            budget,
            selected: (Vec::new(), 0),
            settled: false,
            open: Vec::new(),
            finals: BTreeSet::new(),
            tie_met: false,
            lots: Vec::new(),
            complete: true,
        }
    }

    /// Takes the selections that hold from `units` to `last` units more (without end when there is no last).
    fn take(&mut self, found: Found, units: u64, last: Option<u64>) {
        let over =
            |selection: &Vec<usize>| self.electorate.cost(selection) > u128::from(self.budget);
        let (too_dear, within): (Vec<_>, Vec<_>) = found.outcomes.iter().cloned().partition(over);
        let (open, full): (Vec<_>, Vec<_>) = within
            .into_iter()
            .partition(|selection| self.leaves_room(selection));
        if let (Some(first), false) = (found.outcomes.first(), self.settled) {
            if too_dear.contains(first) {
                self.settled = true;
            } else if open.contains(first) {
                self.selected = (first.clone(), last.unwrap_or(units));
            } else {
                self.selected = (first.clone(), units);
                self.settled = true;
            }
        }
        let before = std::mem::replace(&mut self.open, open);
        if !too_dear.is_empty() {
            self.finals.extend(before);
            // On another way, it is too dear only after one of these.
            if last != Some(units) {
                self.finals.extend(self.open.iter().cloned());
            }
        }
        self.finals.extend(full);
        self.tie_met |= found.tie_met;
        self.complete &= found.complete;
        for drawn in found.lots {
            if !self.lots.contains(&drawn) {
                self.lots.push(drawn);
            }
        }
    }

    /// Whether a supported project that is not selected still fits.
    fn leaves_room(&self, selection: &[usize]) -> bool {
        let spent = self.electorate.cost(selection);
        self.electorate.supported().any(|(project, cost)| {
            !selection.contains(&project) && spent + u128::from(cost) <= u128::from(self.budget)
        })
    }

    fn goes_on(&self) -> bool {
        !self.open.is_empty()
    }

    fn into_funding(mut self, complete: bool) -> Funding {
        self.finals.extend(self.open);
        Funding {
            selected: self.selected.0,
            outcomes: self.finals.into_iter().collect(),
            tie_met: self.tie_met,
            increments: self.selected.1,
            lots: self.lots,
            complete: self.complete && complete,
        }
    }
}

#[cfg(test)]
mod tests;
