//! What a poll comes to: computed at its close from its sums, and from all its ballots where the rule needs them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::ballot::{Ballot, Unreadable};
use super::live::Live;
use super::rules::{BudgetMethod, Rules, Terms};
use crate::domain::count::{
    Approvals, BallotError, ConsentOutcome, CountError, Drawn, Lot, ProposalOutcome, Rankings,
    Schulze, Stv, approval_top_k, budget_greedy, equal_shares_add1, irv, stv_scottish,
};

/// A poll's result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Whether enough took part; true without a quorum.
    pub quorum_met: bool,
    /// What was decided.
    pub decision: Decision,
    /// Ties that a lot decided.
    #[serde(default)]
    pub lots: Vec<Drawn>,
}

/// What was decided. Options are counted from 0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// Of a proposal.
    Proposal(ProposalOutcome),
    /// Of a call for consent.
    Consent(ConsentOutcome),
    /// An order of the options, best first; those of one tier are tied.
    Order {
        /// The tiers.
        tiers: Vec<Vec<usize>>,
        /// The option that beats every other, where pairs were compared and there is one.
        condorcet: Option<usize>,
    },
    /// The k options that most chose.
    Shortlist {
        /// In whatever happens.
        sure: Vec<usize>,
        /// Tied for the places that are left.
        tied: Vec<usize>,
        /// How many of the tied there is room for.
        places: usize,
    },
    /// One seat: all who win on some way that ties fall, and the rounds.
    RunOff(crate::domain::count::Irv),
    /// Several seats.
    Elected(Stv),
    /// What is funded: one selection, or all that ties allow.
    Funded(Vec<Vec<usize>>),
}

/// Why a result could not be computed: stored ballots that are none. Never a person's fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OutcomeError {
    /// Bytes that are no ballot.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// A ballot that the poll does not allow.
    #[error(transparent)]
    Ballot(#[from] BallotError),
    /// A count that these ballots do not allow.
    #[error(transparent)]
    Count(#[from] CountError),
    /// Sums of another kind of poll.
    #[error("the sums are of another kind of poll")]
    OutOfStep,
}

/// What the count needs to know of a poll.
#[derive(Debug, Clone, Copy)]
pub struct Counted<'p> {
    /// Its terms.
    pub terms: &'p Terms,
    /// How many may vote, as counted when it opened.
    pub eligible: u64,
    /// What each option costs, in a budget.
    pub costs: &'p [u64],
    /// When each date is, in a poll of dates.
    pub dates: &'p [DateTime<Utc>],
    /// How many options there are.
    pub options: usize,
    /// What decides ties, if it was declared.
    pub lot: Option<&'p Lot>,
}

impl Counted<'_> {
    /// Whether the result needs the ballots one by one, and not their sums alone.
    #[must_use]
    pub const fn needs_ballots(&self) -> bool {
        matches!(
            self.terms.rules,
            Rules::Elect { .. }
                | Rules::Budget {
                    method: BudgetMethod::EqualShares,
                    ..
                }
        )
    }

    /// The result. `ballots` gives each different ballot with how often it was cast; it is only read where
    /// [`Counted::needs_ballots`].
    ///
    /// # Errors
    /// See [`OutcomeError`].
    pub fn outcome<'b>(
        &self,
        live: &Live,
        ballots: impl IntoIterator<Item = (&'b [u8], u64)>,
    ) -> Result<Outcome, OutcomeError> {
        let mut lots = Vec::new();
        let decision = self.decide(live, ballots, &mut lots)?;
        Ok(Outcome {
            quorum_met: self
                .terms
                .quorum
                .is_met(u128::from(live.cast()), self.eligible),
            decision,
            lots,
        })
    }

    fn decide<'b>(
        &self,
        live: &Live,
        ballots: impl IntoIterator<Item = (&'b [u8], u64)>,
        lots: &mut Vec<Drawn>,
    ) -> Result<Decision, OutcomeError> {
        let quorum = self.terms.quorum;
        Ok(match (&self.terms.rules, live) {
            (Rules::Proposal { threshold }, Live::Proposal(sums)) => {
                Decision::Proposal(sums.outcome(self.eligible, quorum, *threshold))
            }
            (Rules::Consent { rule }, Live::Consent(sums)) => {
                Decision::Consent(sums.outcome(self.eligible, quorum, *rule))
            }
            (Rules::Choose { most: 1 }, Live::Approval(sums)) => {
                self.order(sums.tiers(), None, lots)
            }
            (Rules::Choose { most }, Live::Approval(sums)) => {
                let top = approval_top_k(&sums.counts, *most)?;
                match self.lot.filter(|_| !top.tied.is_empty()) {
                    Some(lot) => Decision::Shortlist {
                        sure: top.draw(lot),
                        tied: Vec::new(),
                        places: 0,
                    },
                    None => Decision::Shortlist {
                        sure: top.sure,
                        tied: top.tied,
                        places: top.places,
                    },
                }
            }
            (Rules::Score, Live::Score(sums)) => self.order(sums.tiers(), None, lots),
            (Rules::Points { .. }, Live::Points(sums)) => self.order(sums.tiers(), None, lots),
            (Rules::Rank, Live::Rank(pairs)) => {
                self.order(Schulze::of(pairs).tiers, pairs.condorcet_winner(), lots)
            }
            (Rules::Date, Live::Date(sums)) => self.order(sums.tiers(self.dates), None, lots),
            (Rules::Elect { seats }, Live::Turnout(_)) => {
                let mut rankings = Rankings::new(self.options)?;
                for (levels, weight) in ballots {
                    rankings.push(levels, weight)?;
                }
                if *seats == 1 {
                    let mut found = irv(&rankings, self.lot)?;
                    lots.append(&mut found.lots);
                    Decision::RunOff(found)
                } else {
                    let mut found = stv_scottish(&rankings, *seats, self.lot)?;
                    lots.append(&mut found.lots);
                    Decision::Elected(found)
                }
            }
            (Rules::Budget { budget, method }, Live::Approval(sums)) => {
                Decision::Funded(match method {
                    BudgetMethod::Greedy => {
                        let found = budget_greedy(&sums.counts, self.costs, *budget, self.lot)?;
                        lots.extend(found.lots);
                        found.selections
                    }
                    BudgetMethod::EqualShares => {
                        let mut approvals = Approvals::new(self.options, self.options)?;
                        for (bytes, weight) in ballots {
                            let ballot =
                                Ballot::from_bytes(&self.terms.rules, self.options, bytes)?;
                            let Ballot::Options(chosen) = ballot else {
                                return Err(OutcomeError::OutOfStep);
                            };
                            approvals.push(&chosen, weight)?;
                        }
                        let found = equal_shares_add1(&approvals, self.costs, *budget, self.lot)?;
                        lots.extend(found.lots);
                        found.outcomes
                    }
                })
            }
            _ => return Err(OutcomeError::OutOfStep),
        })
    }

    /// An order of all options; with a lot, the first place is drawn among those tied for it (draw `winner`).
    fn order(
        &self,
        mut tiers: Vec<Vec<usize>>,
        condorcet: Option<usize>,
        lots: &mut Vec<Drawn>,
    ) -> Decision {
        let first = tiers.first().cloned().unwrap_or_default();
        let drawn = self
            .lot
            .filter(|_| first.len() > 1)
            .and_then(|lot| lot.draw("winner", &first));
        if let Some(drawn) = drawn {
            let rest: Vec<usize> = first
                .into_iter()
                .filter(|option| *option != drawn.option)
                .collect();
            tiers.splice(..1, [vec![drawn.option], rest]);
            lots.push(drawn);
        }
        Decision::Order { tiers, condorcet }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::count::{Change, Quorum, Tally as _, Threshold};

    fn counted(terms: &Terms) -> Counted<'_> {
        Counted {
            terms,
            eligible: 10,
            costs: &[],
            dates: &[],
            options: 3,
            lot: None,
        }
    }

    fn outcome(terms: &Terms, ballots: &[(Ballot, u64)]) -> Outcome {
        let counted = counted(terms);
        let mut live = Live::new(&terms.rules, counted.options).unwrap();
        let mut bytes = Vec::new();
        for (ballot, weight) in ballots {
            live.shift(ballot, *weight, Change::Add).unwrap();
            bytes.push((ballot.to_bytes(counted.options), *weight));
        }
        let bytes = bytes
            .iter()
            .map(|(bytes, weight)| (bytes.as_slice(), *weight));
        counted.outcome(&live, bytes).unwrap()
    }

    #[test]
    fn a_quorum_that_is_not_met_is_said_whatever_the_kind() {
        let mut terms = Terms::new(Rules::Choose { most: 1 });
        terms.quorum = Quorum(50);
        let found = outcome(&terms, &[(Ballot::Options(vec![1]), 4)]);
        assert!(!found.quorum_met);
        let found = outcome(&terms, &[(Ballot::Options(vec![1]), 5)]);
        assert!(found.quorum_met);
    }

    #[test]
    fn a_tie_is_a_result_and_a_declared_lot_decides_it_the_same_way_each_time() {
        let terms = Terms::new(Rules::Choose { most: 1 });
        let ballots = [(Ballot::Options(vec![0]), 2), (Ballot::Options(vec![2]), 2)];
        let found = outcome(&terms, &ballots);
        let order = |tiers: &[&[usize]]| Decision::Order {
            tiers: tiers.iter().map(|tier| tier.to_vec()).collect(),
            condorcet: None,
        };
        assert_eq!(found.decision, order(&[&[0, 2], &[1]]));
        let lot = Lot::new("seed");
        let mut live = Live::new(&terms.rules, 3).unwrap();
        for (ballot, weight) in &ballots {
            live.shift(ballot, *weight, Change::Add).unwrap();
        }
        let drawn = Counted {
            lot: Some(&lot),
            ..counted(&terms)
        };
        let one = drawn.outcome(&live, []).unwrap();
        assert_eq!(one.lots.len(), 1);
        assert_eq!(one, drawn.outcome(&live, []).unwrap());
    }

    #[test]
    fn one_seat_is_a_run_off_and_several_are_scottish() {
        let ballots = [
            (Ballot::ranking(3, &[vec![0]]).unwrap(), 4),
            (Ballot::ranking(3, &[vec![1], vec![2]]).unwrap(), 3),
            (Ballot::ranking(3, &[vec![2], vec![1]]).unwrap(), 2),
        ];
        let found = outcome(&Terms::new(Rules::Elect { seats: 1 }), &ballots);
        let Decision::RunOff(irv) = found.decision else {
            panic!("{found:?}")
        };
        assert_eq!(irv.winners, [1]);
        let found = outcome(&Terms::new(Rules::Elect { seats: 2 }), &ballots);
        let Decision::Elected(stv) = found.decision else {
            panic!("{found:?}")
        };
        assert_eq!(stv.winners(), [0, 1]);
    }

    #[test]
    fn a_proposal_passes_by_its_threshold() {
        use crate::domain::count::ProposalVote::{No, Yes};
        let terms = Terms::new(Rules::Proposal {
            threshold: Threshold::TWO_THIRDS,
        });
        let votes = |yes, no| [(Ballot::Proposal(Yes), yes), (Ballot::Proposal(No), no)];
        let found = outcome(&terms, &votes(4, 2)).decision;
        assert_eq!(found, Decision::Proposal(ProposalOutcome::Passed));
        let found = outcome(&terms, &votes(3, 2)).decision;
        assert_eq!(found, Decision::Proposal(ProposalOutcome::Failed));
    }
}
