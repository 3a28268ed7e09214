//! What is left to each voter. Voters who approve the same funded projects have the same left, so money is kept
//! once for all of them: a count touches amounts by kind of purse, not by voter.
//!
//! Amounts are whole numbers of a common fraction of the currency, which gets finer when a share asks for it: that is
//! exact, and several times faster than a fraction for each.

use num_bigint::BigInt;

use super::super::CountError;
use super::super::approvals::Approvals;
use super::line::{Horizon, Line};

/// Voters and projects: what does not change during a count.
pub(super) struct Electorate {
    /// Voters in all.
    voters: u64,
    /// Voters of each different ballot.
    weights: Vec<u64>,
    projects: Vec<Project>,
}

struct Project {
    cost: u64,
    /// The ballots that approve it.
    supporters: Vec<usize>,
    /// Voters who approve it.
    support: u64,
}

impl Electorate {
    /// The voters of these ballots and projects at these costs.
    pub(super) fn new(ballots: &Approvals, costs: &[u64]) -> Result<Self, CountError> {
        if costs.len() != ballots.options() {
            return Err(CountError::Costs);
        }
        let mut ballots = ballots.clone();
        ballots.merge();
        let new = |cost: &u64| Project {
            cost: *cost,
            supporters: Vec::new(),
            support: 0,
        };
        let mut projects: Vec<Project> = costs.iter().map(new).collect();
        let mut weights = Vec::new();
        for (chosen, weight) in ballots.iter() {
            for option in chosen {
                if let Some(project) = projects.get_mut(option) {
                    project.supporters.push(weights.len());
                    project.support += weight;
                }
            }
            weights.push(weight);
        }
        Ok(Self {
            voters: ballots.voters(),
            weights,
            projects,
        })
    }

    /// Different ballots, as a measure of the work of a step.
    pub(super) const fn ballots(&self) -> usize {
        self.weights.len()
    }

    /// How many projects there are.
    pub(super) const fn projects(&self) -> usize {
        self.projects.len()
    }

    /// Projects that somebody approves, with their costs.
    pub(super) fn supported(&self) -> impl Iterator<Item = (usize, u64)> {
        let all = (0..).zip(&self.projects);
        all.filter(|(_, project)| project.support > 0)
            .map(|(index, project)| (index, project.cost))
    }

    /// Voters who approve a project.
    pub(super) fn support(&self, project: usize) -> u64 {
        self.projects
            .get(project)
            .map_or(0, |project| project.support)
    }

    /// What a selection costs.
    pub(super) fn cost(&self, selection: &[usize]) -> u128 {
        selection
            .iter()
            .filter_map(|project| self.projects.get(*project))
            .map(|project| u128::from(project.cost))
            .sum()
    }

    /// What a project costs.
    pub(super) fn cost_of(&self, project: usize) -> u64 {
        self.projects.get(project).map_or(0, |project| project.cost)
    }

    /// Whether somebody approves both projects.
    pub(super) fn share_supporters(&self, one: usize, other: usize) -> bool {
        // Both lists go up, as the ballots did when they were made.
        let others = self.supporters(other);
        let both = |ballot: &usize| others.binary_search(ballot).is_ok();
        self.supporters(one).iter().any(both)
    }

    fn supporters(&self, project: usize) -> &[usize] {
        self.projects
            .get(project)
            .map_or(&[], |project| &project.supporters)
    }
}

/// The purses of all voters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Purses {
    /// For each different ballot, its kind of purse.
    kind: Vec<usize>,
    /// For each kind, what is in it: the emptiest first, and no two alike.
    money: Vec<Line>,
    /// How much of that is one unit of currency.
    unit: BigInt,
}

/// What a project asks of each supporter who is not poorer than that: `due / payers`.
#[derive(Debug, Clone)]
pub(super) struct Share {
    due: Line,
    payers: u64,
    /// How much of that is one unit of currency.
    unit: BigInt,
}

impl Share {
    /// The share as a part of a cost, written as an amount and what it is to be divided by.
    pub(super) fn of(&self, cost: u64) -> (Line, BigInt) {
        (self.due.clone(), &self.unit * self.payers * cost)
    }
}

impl Purses {
    /// Everybody's part of the budget, and `more` units of currency.
    pub(super) fn new(electorate: &Electorate, budget: u64, more: u64) -> Self {
        let unit = BigInt::from(electorate.voters.max(1));
        let part = Line {
            now: BigInt::from(budget) + &unit * more,
            growth: unit.clone(),
        };
        Self {
            kind: vec![0; electorate.ballots()],
            money: vec![part],
            unit,
        }
    }

    /// The same purses always as the same value, however they came about.
    pub(super) fn reduced(&self) -> Self {
        let common = self
            .money
            .iter()
            .fold(self.unit.clone(), |common, line| line.common(&common));
        Self {
            kind: self.kind.clone(),
            money: self.money.iter().map(|line| line.over(&common)).collect(),
            unit: &self.unit / common,
        }
    }

    /// Supporters of a project by kind of purse, the emptiest first.
    fn supporters(&self, electorate: &Electorate, project: usize) -> Vec<(&Line, u64)> {
        let mut by_kind = vec![0; self.money.len()];
        for ballot in electorate.supporters(project) {
            if let (Some(kind), Some(weight)) =
                (self.kind.get(*ballot), electorate.weights.get(*ballot))
                && let Some(voters) = by_kind.get_mut(*kind)
            {
                *voters += weight;
            }
        }
        self.money
            .iter()
            .zip(by_kind)
            .filter(|(_, voters)| *voters > 0)
            .collect()
    }

    /// What each supporter who is not poorer pays so that a project is paid for, the poorer ones giving all they
    /// have; none when all of them together have too little. `horizon` learns how long that stays so.
    pub(super) fn share(
        &self,
        electorate: &Electorate,
        project: usize,
        horizon: &mut Horizon,
    ) -> Option<Share> {
        let mut supporters = self.supporters(electorate, project);
        supporters.retain(|(money, _)| !money.is_nothing());
        let mut payers: u64 = supporters.iter().map(|(_, voters)| voters).sum();
        let mut due = Line::fixed(&self.unit * electorate.cost_of(project));
        let mut poorer = 0;
        for (money, voters) in &supporters {
            if &money.now * payers >= due.now {
                break;
            }
            due.take(money, *voters);
            payers -= voters;
            poorer += 1;
        }
        if payers == 0 {
            horizon.above(&due, &Line::fixed(BigInt::ZERO));
            return None;
        }
        // With more for everybody purses grow and shares shrink: those who can pay will still be able to.
        for (money, _) in supporters.iter().take(poorer) {
            horizon.above(&due, &money.times(&payers.into()));
        }
        Some(Share {
            due,
            payers,
            unit: self.unit.clone(),
        })
    }

    /// The purses once the supporters of a project have paid their share each, or all they have.
    pub(super) fn pay(&self, electorate: &Electorate, project: usize, share: &Share) -> Self {
        let (finer, paid) = self.finer(&share.due, share.payers);
        finer.change(electorate, project, |money| {
            if money.now < paid.now {
                return Line::fixed(BigInt::ZERO);
            }
            let mut left = money.clone();
            left.take(&paid, 1);
            left
        })
    }

    /// Phragmén's measure: what would be left to each supporter if they paid one seat together and then had
    /// the same left, possibly below zero. None without supporters.
    pub(super) fn left_after_seat(&self, electorate: &Electorate, project: usize) -> Option<Share> {
        let supporters = self.supporters(electorate, project);
        let payers: u64 = supporters.iter().map(|(_, voters)| voters).sum();
        let mut short = Line::fixed(self.unit.clone());
        for (money, voters) in supporters {
            short.take(money, voters);
        }
        (payers > 0).then(|| Share {
            due: short.times(&(-1).into()),
            payers,
            unit: self.unit.clone(),
        })
    }

    /// The purses once every supporter of a project has the same left.
    pub(super) fn level(&self, electorate: &Electorate, project: usize, left: &Share) -> Self {
        let (finer, left) = self.finer(&left.due, left.payers);
        finer.change(electorate, project, |_| left.clone())
    }

    /// The purses in a unit so fine that a part of an amount is a whole number of it; and that part.
    fn finer(&self, amount: &Line, parts: u64) -> (Self, Line) {
        let parts = BigInt::from(parts);
        let common = amount.common(&parts);
        let times = &parts / &common;
        let finer = Self {
            kind: self.kind.clone(),
            money: self.money.iter().map(|line| line.times(&times)).collect(),
            unit: &self.unit * &times,
        };
        (finer, amount.over(&common))
    }

    /// The purses once those of a project's supporters have changed. As long as the emptier stay so, the sort only
    /// merges two rows in order.
    fn change(self, electorate: &Electorate, project: usize, new: impl Fn(&Line) -> Line) -> Self {
        let mut supports = vec![false; self.kind.len()];
        for ballot in electorate.supporters(project) {
            supports[*ballot] = true;
        }
        let mut used = [vec![false; self.money.len()], vec![false; self.money.len()]];
        for (kind, supports) in self.kind.iter().zip(&supports) {
            used[usize::from(*supports)][*kind] = true;
        }
        let mut lines: Vec<(Line, bool, usize)> = Vec::new();
        for moved in [false, true] {
            for (kind, line) in self
                .money
                .iter()
                .enumerate()
                .filter(|(kind, _)| used[usize::from(moved)][*kind])
            {
                lines.push((if moved { new(line) } else { line.clone() }, moved, kind));
            }
        }
        lines.sort_by(|a, b| a.0.cmp(&b.0));
        let mut renamed = [vec![0; self.money.len()], vec![0; self.money.len()]];
        let mut money: Vec<Line> = Vec::new();
        for (line, moved, kind) in lines {
            if money.last() != Some(&line) {
                money.push(line);
            }
            renamed[usize::from(moved)][kind] = money.len() - 1;
        }
        let kind = self
            .kind
            .iter()
            .zip(supports)
            .map(|(kind, supports)| renamed[usize::from(supports)][*kind])
            .collect();
        Self {
            kind,
            money,
            unit: self.unit,
        }
    }
}
