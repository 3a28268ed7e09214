//! What an organizer wants to ask, checked.

use chrono::{DateTime, Utc};

use super::receipt;
use super::rules::{Level, POINTS_MAX, Rules, Terms};
use crate::domain::text::{self, TextError, Wording};

/// Fewest options of a poll that has options.
pub const OPTIONS_MIN: usize = 2;
/// Most options of a poll: a Discord menu has 25 entries.
pub const OPTIONS_MAX: usize = 25;
/// Most that a budget, or an option in it, may be: a billion.
pub const COST_MAX: u64 = 1_000_000_000;

/// What is wrong with a poll that somebody wants to create.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// A text is wrong; the argument that holds it is named.
    #[error("{0}: {1}")]
    Text(&'static str, TextError),
    /// Fewer than [`OPTIONS_MIN`] or more than [`OPTIONS_MAX`] options.
    #[error("{0} options")]
    Count(usize),
    /// Two options say the same.
    #[error("the option {0:?} stands twice")]
    Twice(String),
    /// Options where none are chosen among: a proposal, a call for consent.
    #[error("options for a poll that has none")]
    NoOptions,
    /// A figure (choices, points, seats) that does not fit this poll.
    #[error("{figure} is not between {min} and {max}")]
    Figure {
        /// What was given.
        figure: u64,
        /// Least.
        min: u64,
        /// Most.
        max: u64,
    },
    /// A poll without options for which some are to be proposed.
    #[error("options to be proposed for a poll that has none")]
    NoProposals,
    /// An option of a budget without a cost.
    #[error("no cost for {0:?}")]
    NoCost(String),
    /// Ballots that are to be published one by one, in a poll that is not confidential.
    #[error("receipts in a poll that is not confidential")]
    ReceiptsLevel,
    /// Ballots that are to be published one by one, and say so much that each may be one of a kind.
    #[error("receipts for ballots that mark each of {0} options")]
    ReceiptsTelling(usize),
    /// A date that stands twice, or an option of a poll of dates that is none.
    #[error("no date: {0:?}")]
    NoDate(String),
}

/// An option, as it is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftOption {
    /// The words.
    pub label: Wording,
    /// What it means.
    pub meaning: Option<Wording>,
    /// What it costs.
    pub cost: Option<u64>,
    /// When it is.
    pub at: Option<DateTime<Utc>>,
}

impl DraftOption {
    /// Whether another option says the same: the same words but for case and accents, or the same date.
    #[must_use]
    pub fn says(&self, label: &Wording, at: Option<DateTime<Utc>>) -> bool {
        text::fold(&label.text) == text::fold(&self.label.text) || (at.is_some() && at == self.at)
    }

    /// `Le transport // Transit | bus, tram et vélo // buses, trams and bikes`; in a budget with ` = 500` behind the
    /// label.
    ///
    /// # Errors
    /// A text that is empty, too long, or holds control characters; in a budget, no cost or one over [`COST_MAX`].
    pub fn read(text: &str, rules: &Rules) -> Result<Self, DraftError> {
        let (label, meaning) = match text.split_once('|') {
            Some((label, meaning)) => (label, Some(meaning)),
            None => (text, None),
        };
        let (label, cost) = if matches!(rules, Rules::Budget { .. }) {
            let (label, cost) = split_cost(label).ok_or_else(|| {
                DraftError::NoCost(label.trim().chars().take(text::OPTION_MAX).collect())
            })?;
            (label, Some(cost))
        } else {
            (label, None)
        };
        let wrong = |error| DraftError::Text("options", error);
        Ok(Self {
            label: Wording::read(label, text::OPTION_MAX).map_err(wrong)?,
            meaning: meaning
                .filter(|meaning| !meaning.trim().is_empty())
                .map(|meaning| Wording::read(meaning, text::SENTENCE_MAX).map_err(wrong))
                .transpose()?,
            cost,
            at: None,
        })
    }
}

/// The label and the cost of `Un jardin = 1 500 $`.
fn split_cost(label: &str) -> Option<(&str, u64)> {
    let (label, cost) = label.rsplit_once(['=', ':'])?;
    let digits: String = cost
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '$' | '\u{a0}' | '\u{202f}'))
        .collect();
    let cost = digits.parse().ok().filter(|cost| *cost <= COST_MAX)?;
    Some((label, cost))
}

/// What an organizer asks, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The question.
    pub question: Wording,
    /// The options, in order.
    pub options: Vec<DraftOption>,
    /// The rules.
    pub terms: Terms,
    /// When it opens.
    pub opens_at: DateTime<Utc>,
    /// When it closes.
    pub closes_at: DateTime<Utc>,
}

impl Draft {
    /// A draft with everything checked but its times, which the use case compares with the clock.
    ///
    /// # Errors
    /// See [`DraftError`].
    pub fn new(
        question: &str,
        options: Vec<DraftOption>,
        terms: Terms,
        opens_at: DateTime<Utc>,
        closes_at: DateTime<Utc>,
    ) -> Result<Self, DraftError> {
        let question = Wording::read(question, text::TITLE_MAX)
            .map_err(|e| DraftError::Text("question", e))?;
        check_options(&options, &terms)?;
        // What is proposed until it opens may come up to the most.
        let count = if terms.proposals {
            OPTIONS_MAX
        } else {
            options.len()
        };
        check_figures(count, &terms)?;
        check_receipts(count, &terms)?;
        Ok(Self {
            question,
            options,
            terms,
            opens_at,
            closes_at,
        })
    }
}

fn check_options(options: &[DraftOption], terms: &Terms) -> Result<(), DraftError> {
    let rules = &terms.rules;
    if !rules.kind().has_options() {
        return match (options, terms.proposals) {
            (_, true) => Err(DraftError::NoProposals),
            ([], false) => Ok(()),
            _ => Err(DraftError::NoOptions),
        };
    }
    let least = if terms.proposals { 0 } else { OPTIONS_MIN };
    if !(least..=OPTIONS_MAX).contains(&options.len()) {
        return Err(DraftError::Count(options.len()));
    }
    for (at, option) in options.iter().enumerate() {
        let before = options.iter().take(at);
        if before
            .into_iter()
            .any(|other| option.says(&other.label, other.at))
        {
            return Err(DraftError::Twice(option.label.text.clone()));
        }
        if matches!(rules, Rules::Date) && option.at.is_none() {
            return Err(DraftError::NoDate(option.label.text.clone()));
        }
    }
    Ok(())
}

fn check_figures(options: usize, terms: &Terms) -> Result<(), DraftError> {
    let count = u64::try_from(options).unwrap_or(u64::MAX);
    let within = |figure: u64, min: u64, max: u64| {
        if (min..=max).contains(&figure) {
            Ok(())
        } else {
            Err(DraftError::Figure { figure, min, max })
        }
    };
    let wide = |figure: usize| u64::try_from(figure).unwrap_or(u64::MAX);
    within(u64::from(terms.quorum.0), 0, 100)?;
    match &terms.rules {
        Rules::Choose { most } => within(wide(*most), 1, count),
        Rules::Elect { seats } => within(wide(*seats), 1, count.saturating_sub(1).max(1)),
        Rules::Points { rule } => {
            within(u64::from(rule.budget), 1, u64::from(POINTS_MAX))?;
            rule.cap.map_or(Ok(()), |cap| {
                within(u64::from(cap), 1, u64::from(rule.budget))
            })
        }
        Rules::Budget { budget, .. } => within(*budget, 1, COST_MAX),
        Rules::Proposal { .. }
        | Rules::Consent { .. }
        | Rules::Score
        | Rules::Rank
        | Rules::Date => Ok(()),
    }
}

fn check_receipts(options: usize, terms: &Terms) -> Result<(), DraftError> {
    if !terms.receipts {
        return Ok(());
    }
    if terms.level != Level::Confidential {
        return Err(DraftError::ReceiptsLevel);
    }
    if receipt::marks_each_option(&terms.rules) && options > receipt::TELLING_OPTIONS {
        return Err(DraftError::ReceiptsTelling(options));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::rules::BudgetMethod;
    use super::*;
    use crate::domain::count::Threshold;

    fn draft(rules: Rules, options: &[&str]) -> Result<Draft, DraftError> {
        draft_of(Terms::new(rules), options)
    }

    fn draft_of(terms: Terms, options: &[&str]) -> Result<Draft, DraftError> {
        let at = DateTime::from_timestamp(0, 0).unwrap();
        let options = options
            .iter()
            .map(|option| DraftOption::read(option, &terms.rules))
            .collect::<Result<Vec<_>, _>>()?;
        Draft::new("Q?", options, terms, at, at)
    }

    #[test]
    fn options_are_counted_and_told_apart() {
        let choose = || Rules::Choose { most: 1 };
        assert_eq!(draft(choose(), &["a"]), Err(DraftError::Count(1)));
        assert_eq!(
            draft(choose(), &["Été", "été"]),
            Err(DraftError::Twice("été".into()))
        );
        assert!(draft(choose(), &["a", "b"]).is_ok());
        let proposal = Rules::Proposal {
            threshold: Threshold::SIMPLE_MAJORITY,
        };
        assert_eq!(draft(proposal.clone(), &["a"]), Err(DraftError::NoOptions));
        assert!(draft(proposal, &[]).is_ok());
    }

    #[test]
    fn an_option_has_two_languages_a_meaning_and_a_cost() {
        let rules = Rules::Budget {
            budget: 1000,
            method: BudgetMethod::EqualShares,
        };
        let option = DraftOption::read(
            "Un jardin // A garden = 1 500 $ | des bacs // boxes",
            &rules,
        )
        .unwrap();
        assert_eq!(option.label.text, "Un jardin");
        assert_eq!(option.label.english.as_deref(), Some("A garden"));
        assert_eq!(option.cost, Some(1500));
        assert_eq!(option.meaning.unwrap().english.as_deref(), Some("boxes"));
        assert_eq!(
            DraftOption::read("Un jardin", &rules),
            Err(DraftError::NoCost("Un jardin".into()))
        );
    }

    #[test]
    fn ballots_are_published_one_by_one_only_where_that_tells_on_nobody() {
        let at = DateTime::from_timestamp(0, 0).unwrap();
        let asked = |rules: Rules, level, options: &[&str]| {
            let options = options
                .iter()
                .map(|o| DraftOption::read(o, &rules).unwrap());
            let options = options.collect();
            let terms = Terms {
                level,
                receipts: true,
                ..Terms::new(rules)
            };
            Draft::new("Q?", options, terms, at, at).map(|_| ())
        };
        let five = ["a", "b", "c", "d", "e"];
        let choose = Rules::Choose { most: 2 };
        assert_eq!(asked(choose.clone(), Level::Confidential, &five), Ok(()));
        assert_eq!(
            asked(choose, Level::Reserved, &five),
            Err(DraftError::ReceiptsLevel)
        );
        assert_eq!(asked(Rules::Rank, Level::Confidential, &five[..4]), Ok(()));
        assert_eq!(
            asked(Rules::Rank, Level::Confidential, &five),
            Err(DraftError::ReceiptsTelling(5))
        );
    }

    #[test]
    fn options_that_are_to_be_proposed_may_all_be_missing() {
        let proposing = |rules| Terms {
            proposals: true,
            ..Terms::new(rules)
        };
        for options in [&[][..], &["a"], &["a", "b"]] {
            assert!(draft_of(proposing(Rules::Rank), options).is_ok());
        }
        assert_eq!(
            draft_of(proposing(Rules::Rank), &["Été", "ete"]),
            Err(DraftError::Twice("ete".into()))
        );
        let proposal = Rules::Proposal {
            threshold: Threshold::SIMPLE_MAJORITY,
        };
        assert_eq!(
            draft_of(proposing(proposal), &[]),
            Err(DraftError::NoProposals)
        );
        // Figures must fit what can still come, and say how many options it needs to open.
        let (elect, choose) = (Rules::Elect { seats: 3 }, Rules::Choose { most: 26 });
        assert_eq!(proposing(Rules::Rank).options_needed(), 2);
        assert_eq!(proposing(elect.clone()).options_needed(), 4);
        assert!(draft_of(proposing(elect), &[]).is_ok());
        assert_eq!(
            draft_of(proposing(choose), &[]),
            Err(DraftError::Figure {
                figure: 26,
                min: 1,
                max: 25
            })
        );
    }

    #[test]
    fn figures_fit_the_poll() {
        let figure = |figure, min, max| Err(DraftError::Figure { figure, min, max });
        assert_eq!(
            draft(Rules::Choose { most: 3 }, &["a", "b"]),
            figure(3, 1, 2)
        );
        assert_eq!(
            draft(Rules::Elect { seats: 2 }, &["a", "b"]),
            figure(2, 1, 1)
        );
    }
}
