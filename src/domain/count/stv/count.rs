//! One count from first preferences to the last seat. What only a lot can decide is asked of [`Decide`].

use super::super::lot::{Drawn, Lot};
use super::super::rankings::{NOBODY, Rankings, UNRANKED, highest};
use super::ways::Way;
use super::{Stage, Step, Stv, Votes};

/// Who decides where the statute says "by lot".
pub(super) enum Decide<'a> {
    /// The lot that was declared.
    Lot(&'a Lot),
    /// One of the ways in which a lot could fall.
    Way(&'a mut Way),
}

/// A count under way.
pub(super) struct Count<'a> {
    ballots: &'a Rankings,
    seats: usize,
    quota: u64,
    /// For each ballot the candidate whose paper it is now.
    holder: Vec<u16>,
    /// For each ballot the value at which that candidate received it, in hundred-thousandths.
    value: Vec<u64>,
    /// For each candidate the votes, in hundred-thousandths.
    votes: Vec<u64>,
    /// For each candidate 0 while neither elected nor excluded, then [`UNRANKED`], which hides them from papers.
    out: Vec<u8>,
    stages: Vec<Stage>,
    elected: Vec<usize>,
    tie_by_lot: bool,
    tied: Vec<usize>,
    lots: Vec<Drawn>,
}

impl<'a> Count<'a> {
    /// Counts to the end.
    pub(super) fn run(ballots: &'a Rankings, seats: usize, decide: &mut Decide<'_>) -> Self {
        let valid = ballots.voters() - ballots.empty();
        let quota = valid / (seats as u64).saturating_add(1) + 1;
        let out = vec![0; ballots.options()];
        let mut count = Self {
            ballots,
            seats,
            quota: quota * Votes::ONE,
            holder: ballots
                .iter()
                .map(|(levels, _)| highest(levels, &out))
                .collect(),
            value: vec![Votes::ONE; ballots.rows()],
            votes: vec![0; ballots.options()],
            out,
            stages: Vec::new(),
            elected: Vec::new(),
            tie_by_lot: false,
            tied: Vec::new(),
            lots: Vec::new(),
        };
        for (holder, (_, weight)) in count.holder.iter().zip(ballots.iter()) {
            if let Some(votes) = count.votes.get_mut(usize::from(*holder)) {
                *votes += weight * Votes::ONE;
            }
        }
        count.stage(Step::FirstPreferences);
        while count.elect_and_go_on() {
            match count.largest_surplus(decide) {
                Some(candidate) => count.transfer_surplus(candidate),
                None => count.exclude_lowest(decide),
            }
        }
        count
    }

    /// The result, as far as this way goes.
    pub(super) fn into_stv(self) -> Stv {
        Stv {
            quota: self.quota / Votes::ONE,
            stages: self.stages,
            tie_by_lot: self.tie_by_lot,
            tied: self.tied,
            lots: self.lots,
            complete: true,
        }
    }

    fn stage(&mut self, step: Step) {
        self.stages.push(Stage {
            step,
            votes: self.votes.iter().copied().map(Votes).collect(),
            elected: Vec::new(),
        });
    }

    fn votes(&self, candidate: usize) -> u64 {
        self.votes.get(candidate).copied().unwrap_or(0)
    }

    fn continuing(&self) -> Vec<usize> {
        (0..)
            .zip(&self.out)
            .filter(|(_, out)| **out == 0)
            .map(|(c, _)| c)
            .collect()
    }

    /// Rules 47 and 52: elects who has the quota, and the last ones when no more are left than vacancies. False
    /// when nothing is left to do.
    fn elect_and_go_on(&mut self) -> bool {
        let continuing = self.continuing();
        self.elect(
            continuing
                .into_iter()
                .filter(|c| self.votes(*c) >= self.quota)
                .collect(),
        );
        let continuing = self.continuing();
        if continuing.len() <= self.seats.saturating_sub(self.elected.len()) {
            self.elect(continuing);
        }
        self.elected.len() < self.seats && self.out.contains(&0)
    }

    fn elect(&mut self, mut candidates: Vec<usize>) {
        candidates.sort_by_key(|c| std::cmp::Reverse(self.votes(*c)));
        for candidate in &candidates {
            if let Some(out) = self.out.get_mut(*candidate) {
                *out = UNRANKED;
            }
        }
        self.elected.extend(&candidates);
        if let Some(stage) = self.stages.last_mut() {
            stage.elected.extend(candidates);
        }
    }

    /// Rule 49: whose surplus is passed on next.
    fn largest_surplus(&mut self, decide: &mut Decide<'_>) -> Option<usize> {
        let most = self.elected.iter().map(|c| self.votes(*c)).max()?;
        if most <= self.quota {
            return None;
        }
        let mut tied = self.elected.clone();
        tied.retain(|c| self.votes(*c) == most);
        tied.sort_unstable();
        self.narrow(&mut tied, |votes| votes.iter().max().copied());
        Some(self.decide(&tied, "surplus", decide))
    }

    /// Rule 48: every paper goes on to its next candidate at a fraction of its value.
    fn transfer_surplus(&mut self, from: usize) {
        let votes = self.votes(from);
        let surplus = votes - self.quota;
        // At most 2^57 hundred-thousandths times a value of at most 2^17.
        let share = |value: u64| {
            let cut = u128::from(surplus) * u128::from(value) / u128::from(votes);
            u64::try_from(cut).unwrap_or(value)
        };
        self.pass_on(from, share);
        if let Some(votes) = self.votes.get_mut(from) {
            *votes = self.quota;
        }
        self.stage(Step::Surplus(from));
    }

    /// Rules 50 and 51: the candidate with the fewest votes goes out, the papers go on at their value.
    fn exclude_lowest(&mut self, decide: &mut Decide<'_>) {
        let continuing = self.continuing();
        let fewest = continuing.iter().map(|c| self.votes(*c)).min().unwrap_or(0);
        let mut tied = continuing.clone();
        tied.retain(|c| self.votes(*c) == fewest);
        // Votes never shrink, so who has none now never differed.
        if fewest > 0 {
            self.narrow(&mut tied, |votes| votes.iter().min().copied());
        }
        let out = match (&mut *decide, tied.first()) {
            (Decide::Way(_), Some(first)) if fewest == 0 && tied.len() > 1 => {
                // Who has no vote passes nothing on, so all of them go out in any order, unless the seats run
                // full of them first: then any of them can be among the last.
                self.tie_by_lot = true;
                let vacancies = self.seats.saturating_sub(self.elected.len());
                let exclusions = continuing.len().saturating_sub(vacancies);
                if exclusions < tied.len() && self.tied.is_empty() {
                    self.tied.clone_from(&tied);
                }
                *first
            }
            _ => self.decide(&tied, "exclude", decide),
        };
        if let Some(hidden) = self.out.get_mut(out) {
            *hidden = UNRANKED;
        }
        self.pass_on(out, |value| value);
        if let Some(votes) = self.votes.get_mut(out) {
            *votes = 0;
        }
        self.stage(Step::Exclusion(out));
    }

    fn pass_on(&mut self, from: usize, new_value: impl Fn(u64) -> u64) {
        let papers = self
            .holder
            .iter_mut()
            .zip(&mut self.value)
            .zip(self.ballots.iter());
        for ((holder, value), (levels, weight)) in papers {
            if usize::from(*holder) != from {
                continue;
            }
            *holder = highest(levels, &self.out);
            *value = new_value(*value);
            if *holder == NOBODY {
                continue;
            }
            if let Some(votes) = self.votes.get_mut(usize::from(*holder)) {
                *votes += weight * *value;
            }
        }
    }

    /// Keeps of the tied those that stood best at the latest earlier stage at which they differed.
    fn narrow(&self, tied: &mut Vec<usize>, best: impl Fn(&[Votes]) -> Option<Votes>) {
        for stage in self.stages.iter().rev() {
            if tied.len() < 2 {
                return;
            }
            let then = |c: &usize| stage.votes.get(*c).copied().unwrap_or_default();
            let votes: Vec<Votes> = tied.iter().map(then).collect();
            let best = best(&votes);
            tied.retain(|c| Some(then(c)) == best);
        }
    }

    fn decide(&mut self, tied: &[usize], what: &str, decide: &mut Decide<'_>) -> usize {
        let first = tied.first().copied().unwrap_or(0);
        if tied.len() < 2 {
            return first;
        }
        self.tie_by_lot = true;
        match decide {
            Decide::Way(way) => way.pick(tied),
            Decide::Lot(lot) => {
                match lot.draw(&format!("stv {} {what}", self.stages.len()), tied) {
                    Some(drawn) => {
                        self.lots.push(drawn.clone());
                        drawn.option
                    }
                    None => first,
                }
            }
        }
    }
}
