//! The counts that the format names, and their results in its words.
//!
//! # Adding a count
//! A variant of [`Count`] with its name, when it is allowed, and its result. A result that names only a part of
//! what a tie allows, because there was too much of it, has `"incomplete": true`.

use std::cell::OnceCell;

use num_rational::Ratio;
use serde_json::{Map, Value, json};

use super::super::{
    ApprovalTally, CountError, Event, Pairwise, PointsTally, Rankings, Schulze, ScoreTally, Stv,
    approval_top_k, budget_greedy, equal_shares, equal_shares_add1, equal_shares_seats,
    first_preferences, irv, leaders, stv_scottish,
};
use super::{Anchor, Ballots};

/// A count that a file can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// First preferences.
    Plurality,
    /// Voters for each option.
    ApprovalCounts,
    /// The options with the most voters, for a number of seats.
    ApprovalTopK,
    /// Sums of scores.
    ScoreSum,
    /// Means of scores.
    ScoreMean,
    /// Sums of points.
    PointsSum,
    /// The pairwise matrix.
    Pairwise,
    /// The option that beats every other.
    CondorcetWinner,
    /// Schulze's method, winning votes.
    SchulzeWv,
    /// Instant run-off.
    Irv,
    /// Scottish STV.
    StvScottish,
    /// Equal shares of a budget.
    EqualShares,
    /// Equal shares of seats. In files it has the same name; its results are committees.
    EqualSharesSeats,
    /// Equal shares of a budget, completed.
    EqualSharesAdd1,
    /// A budget spent greedily.
    BudgetGreedy,
}

impl Count {
    /// Every count.
    pub const ALL: [Self; 15] = [
        Self::Plurality,
        Self::ApprovalCounts,
        Self::ApprovalTopK,
        Self::ScoreSum,
        Self::ScoreMean,
        Self::PointsSum,
        Self::Pairwise,
        Self::CondorcetWinner,
        Self::SchulzeWv,
        Self::Irv,
        Self::StvScottish,
        Self::EqualShares,
        Self::EqualSharesSeats,
        Self::EqualSharesAdd1,
        Self::BudgetGreedy,
    ];

    /// The key in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plurality => "plurality",
            Self::ApprovalCounts => "approval_counts",
            Self::ApprovalTopK => "approval_top_k",
            Self::ScoreSum => "score_sum",
            Self::ScoreMean => "score_mean",
            Self::PointsSum => "points_sum",
            Self::Pairwise => "pairwise",
            Self::CondorcetWinner => "condorcet_winner",
            Self::SchulzeWv => "schulze_wv",
            Self::Irv => "irv",
            Self::StvScottish => "stv_scottish",
            Self::EqualShares | Self::EqualSharesSeats => "equal_shares",
            Self::EqualSharesAdd1 => "equal_shares_add1",
            Self::BudgetGreedy => "budget_greedy",
        }
    }

    /// The first count of that name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|count| count.name() == name)
    }
}

/// Whether the election can be counted so.
pub(super) fn is_allowed(anchor: &Anchor, count: Count) -> Result<(), CountError> {
    match (count, &anchor.ballots) {
        (Count::Pairwise | Count::CondorcetWinner | Count::SchulzeWv, Ballots::Ranking(_))
        | (Count::ApprovalCounts, Ballots::Approval(_))
        | (Count::ScoreSum | Count::ScoreMean, Ballots::Score(_))
        | (Count::PointsSum, Ballots::Points(_)) => Ok(()),
        (Count::Plurality | Count::Irv, Ballots::Ranking(ballots)) => strict(ballots),
        (Count::StvScottish, Ballots::Ranking(ballots)) => {
            strict(ballots)?;
            anchor.seats.map(|_| ()).ok_or(CountError::NoSeats)
        }
        (Count::ApprovalTopK | Count::EqualSharesSeats, Ballots::Approval(_)) => {
            anchor.seats.map(|_| ()).ok_or(CountError::NoSeats)
        }
        (Count::EqualShares | Count::EqualSharesAdd1, Ballots::Approval(_))
        | (Count::BudgetGreedy, Ballots::Approval(_) | Ballots::Points(_)) => {
            money(anchor).map(|_| ())
        }
        _ => Err(CountError::Ballots),
    }
}

const fn strict(ballots: &Rankings) -> Result<(), CountError> {
    if ballots.is_strict() {
        Ok(())
    } else {
        Err(CountError::EqualRanks)
    }
}

/// The costs and the budget.
fn money(anchor: &Anchor) -> Result<(Vec<u64>, u64), CountError> {
    let costs = anchor.candidates.iter().map(|candidate| candidate.cost);
    let costs = costs.collect::<Option<_>>().ok_or(CountError::Costs)?;
    Ok((costs, anchor.budget.ok_or(CountError::Costs)?))
}

/// The counts that are wanted, else all that are allowed. With a budget, equal shares are shares of it, not of seats.
pub(super) fn results(anchor: &Anchor) -> Result<Value, CountError> {
    let wanted = anchor.wanted.clone().unwrap_or_else(|| {
        let mut all = Count::ALL.to_vec();
        all.retain(|count| is_allowed(anchor, *count).is_ok());
        if all.contains(&Count::EqualShares) {
            all.retain(|count| *count != Count::EqualSharesSeats);
        }
        all
    });
    let counting = Counting {
        anchor,
        pairwise: OnceCell::new(),
    };
    let mut results = Map::new();
    for count in wanted {
        let result = counting.result(count)?;
        // Shares of a budget and of seats have one name; a file wants one of them.
        results.insert(count.name().to_owned(), result);
    }
    Ok(json!({ "results": results }))
}

struct Counting<'a> {
    anchor: &'a Anchor,
    /// Three counts are read from it.
    pairwise: OnceCell<Pairwise>,
}

impl Counting<'_> {
    fn result(&self, count: Count) -> Result<Value, CountError> {
        match &self.anchor.ballots {
            Ballots::Ranking(ballots) => self.of_rankings(count, ballots),
            Ballots::Approval(ballots) => match count {
                Count::ApprovalCounts | Count::ApprovalTopK | Count::BudgetGreedy => {
                    self.of_counts(count, &ApprovalTally::of(ballots))
                }
                Count::EqualShares | Count::EqualSharesAdd1 => {
                    let (costs, budget) = money(self.anchor)?;
                    let mut result;
                    let funding = if count == Count::EqualSharesAdd1 {
                        let funding = equal_shares_add1(ballots, &costs, budget, None)?;
                        result = json!({ "increments": funding.increments });
                        funding
                    } else {
                        result = json!({});
                        equal_shares(ballots, &costs, budget, None)?
                    };
                    result["selected"] = json!(funding.selected);
                    result["tie_met"] = json!(funding.tie_met);
                    Ok(complete(result, funding.complete))
                }
                Count::EqualSharesSeats => {
                    let seats = self.anchor.seats.ok_or(CountError::NoSeats)?;
                    let mut shares = equal_shares_seats(ballots, seats, None)?;
                    shares.outcomes.sort_unstable();
                    Ok(complete(
                        json!({ "committees": shares.outcomes }),
                        shares.complete,
                    ))
                }
                _ => Err(CountError::Ballots),
            },
            Ballots::Score(ballots) => {
                let tally = ScoreTally::of(ballots);
                match count {
                    Count::ScoreSum => Ok(json!({
                        "totals": tally.totals().iter().map(|total| whole(*total)).collect::<Vec<_>>(),
                        "winners": tally.winners(),
                        "tiers": tally.tiers(),
                    })),
                    Count::ScoreMean => Ok(json!({
                        "means": tally.means().into_iter().map(fraction).collect::<Vec<_>>(),
                        "winners": tally.highest_means(),
                    })),
                    _ => Err(CountError::Ballots),
                }
            }
            Ballots::Points(ballots) => {
                let tally = PointsTally::of(ballots);
                match count {
                    Count::PointsSum => Ok(json!({
                        "totals": tally.totals,
                        "supporters": tally.supporters,
                        "winners": tally.winners(),
                        "tiers": tally.tiers(),
                    })),
                    Count::BudgetGreedy => self.greedy(&tally.totals),
                    _ => Err(CountError::Ballots),
                }
            }
        }
    }

    fn of_rankings(&self, count: Count, ballots: &Rankings) -> Result<Value, CountError> {
        let pairwise = || self.pairwise.get_or_init(|| Pairwise::of(ballots));
        Ok(match count {
            Count::Plurality => {
                let votes = first_preferences(ballots)?;
                json!({ "first_preferences": votes, "winners": leaders(&votes) })
            }
            Count::Pairwise => json!({ "matrix": pairwise().matrix() }),
            Count::CondorcetWinner => json!({
                "winner": pairwise().condorcet_winner(),
                "smith_set": pairwise().smith_set(),
            }),
            Count::SchulzeWv => {
                let schulze = Schulze::of(pairwise());
                json!({ "winners": schulze.winners(), "tiers": schulze.tiers })
            }
            Count::Irv => {
                let irv = irv(ballots, None)?;
                let mut result = json!({ "winners": irv.winners, "tie_at_elimination": irv.tie });
                if !irv.tie {
                    result["rounds"] = json!(irv.rounds);
                }
                if let Some(last) = irv.final_round {
                    result["final_round"] = json!(last);
                }
                complete(result, irv.complete)
            }
            Count::StvScottish => {
                let seats = self.anchor.seats.ok_or(CountError::NoSeats)?;
                let stv = stv_scottish(ballots, seats, None)?;
                complete(stv_result(&stv), stv.complete)
            }
            _ => return Err(CountError::Ballots),
        })
    }

    fn of_counts(&self, count: Count, tally: &ApprovalTally) -> Result<Value, CountError> {
        match count {
            Count::ApprovalCounts => Ok(json!({ "counts": tally.counts, "tiers": tally.tiers() })),
            Count::ApprovalTopK => {
                let seats = self.anchor.seats.ok_or(CountError::NoSeats)?;
                let (mut committees, all) = approval_top_k(&tally.counts, seats)?.committees();
                committees.sort_unstable();
                Ok(complete(json!({ "committees": committees }), all))
            }
            _ => self.greedy(&tally.counts),
        }
    }

    fn greedy(&self, support: &[u64]) -> Result<Value, CountError> {
        let (costs, budget) = money(self.anchor)?;
        let greedy = budget_greedy(support, &costs, budget, None)?;
        Ok(complete(
            json!({ "selections": greedy.selections }),
            greedy.complete,
        ))
    }
}

/// The count in the format's words. Stages that changed nobody's votes are left out there.
fn stv_result(stv: &Stv) -> Value {
    let mut stages: Vec<Value> = Vec::new();
    for stage in &stv.stages {
        let votes: Map<String, Value> = (0..)
            .zip(&stage.votes)
            .map(|(candidate, votes): (usize, _)| (candidate.to_string(), json!(votes.to_string())))
            .collect();
        let votes = Value::Object(votes);
        if stages.last() != Some(&votes) {
            stages.push(votes);
        }
    }
    let event = |event: &Event| match event {
        Event::Elect(candidate) => json!(["elect", candidate]),
        Event::Exclude(candidate) => json!(["exclude", candidate]),
    };
    json!({
        "winners": stv.winners(),
        "order": stv.order(),
        "quota": stv.quota,
        "tie_by_lot": stv.tie_by_lot,
        "events": stv.events().iter().map(event).collect::<Vec<_>>(),
        "stages": stages,
    })
}

fn complete(mut result: Value, complete: bool) -> Value {
    if !complete {
        result["incomplete"] = json!(true);
    }
    result
}

/// A sum as a number; the limits of a ballot keep it within 64 bits.
fn whole(sum: i128) -> Value {
    i64::try_from(sum).map_or_else(|_| json!(sum.to_string()), |sum| json!(sum))
}

/// A fraction in lowest terms, `"21/5"`, or `"3"` when it is whole.
fn fraction(mean: Option<Ratio<i128>>) -> Value {
    mean.map_or(Value::Null, |mean| json!(mean.to_string()))
}
