//! A ballot as the fields of a form, both ways.
//!
//! What is posted is written as one would type it in chat and read by the same reader, so that a rule stands in one
//! place. Field names: `choice` where one list is answered, the option's letter where each option is, `blank`, `reason`.

use std::collections::BTreeMap;

use url::form_urlencoded;

use crate::domain::count::{ConsentVote, DateAnswer, ProposalVote};
use crate::domain::poll::ballot::{Answer, Ballot, Wrong, parse};
use crate::domain::poll::rules::Rules;
use crate::domain::poll::{Poll, letter};
use crate::domain::text::TextError;
use crate::service::polls::OwnBallot;

/// The field of a list of answers.
pub(super) const CHOICE: &str = "choice";
/// The field of a blank ballot.
pub(super) const BLANK: &str = "blank";
/// The field of an objection's reason.
pub(super) const REASON: &str = "reason";
/// The field of the agreement that what is voted is kept.
pub(super) const CONSENT: &str = "agree";
/// Fields that are read; a form has far fewer.
const MOST: usize = 100;

/// What stands in a form: names and values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fields(Vec<(String, String)>);

/// What is wrong with a form, and where: a field's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) field: String,
    pub(super) what: What,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    /// Nothing is filled in, and the ballot is not declared blank.
    Empty,
    /// No answer of those that there are.
    NoAnswer,
    /// Declared blank, and filled in.
    BlankAndMore,
    /// No whole number.
    Number,
    /// Against the poll's rules.
    Wrong(Wrong),
    /// An objection without a reason.
    NoReason,
    /// Not agreed that the ballot is kept.
    NoConsent,
    /// A reason that cannot be kept.
    Reason(TextError),
}

/// The name of an option's field: its letter.
pub(super) fn name(option: usize) -> String {
    letter(i64::try_from(option).unwrap_or(i64::MAX)).to_string()
}

impl Fields {
    /// Reads what a browser posted.
    pub(super) fn posted(body: &[u8]) -> Self {
        let pairs = form_urlencoded::parse(body).into_owned();
        Self(pairs.take(MOST).collect())
    }

    /// The fields of a ballot that was cast.
    pub(super) fn of(own: &OwnBallot) -> Self {
        let each = |values: Vec<Option<String>>| {
            let named = values.into_iter().enumerate();
            named
                .filter_map(|(at, value)| Some((name(at), value?)))
                .collect()
        };
        let choice = |value: &str| vec![(CHOICE.to_owned(), value.to_owned())];
        let mut fields = match &own.ballot {
            Ballot::Proposal(vote) => choice(match vote {
                ProposalVote::Yes => "yes",
                ProposalVote::No => "no",
                ProposalVote::Abstain => "abstain",
            }),
            Ballot::Consent(vote) => choice(match vote {
                ConsentVote::Consent => "consent",
                ConsentVote::StandAside => "stand-aside",
                ConsentVote::Objection => "objection",
            }),
            Ballot::Options(chosen) => chosen
                .iter()
                .map(|at| (CHOICE.to_owned(), name(*at)))
                .collect(),
            Ballot::Scores(scores) => {
                each(scores.iter().map(|s| s.map(|s| s.to_string())).collect())
            }
            Ballot::Points(points) => each(
                points
                    .iter()
                    .map(|p| (*p > 0).then(|| p.to_string()))
                    .collect(),
            ),
            Ballot::Ranks(_) => {
                let tiers = own.ballot.tiers();
                let ranked = (1..).zip(tiers).flat_map(|(rank, tier)| {
                    tier.into_iter().map(move |at| (name(at), rank.to_string()))
                });
                ranked.collect::<Vec<(String, String)>>()
            }
            Ballot::Dates(answers) => each(
                answers
                    .iter()
                    .map(|answer| {
                        Some(match answer {
                            DateAnswer::Yes => "yes".to_owned(),
                            DateAnswer::IfNeedBe => "if-need-be".to_owned(),
                            DateAnswer::No => "no".to_owned(),
                        })
                    })
                    .collect(),
            ),
        };
        if own.ballot.is_blank() && !matches!(own.ballot, Ballot::Dates(_)) {
            fields.push((BLANK.to_owned(), "yes".to_owned()));
        }
        fields.extend(own.reason.iter().map(|r| (REASON.to_owned(), r.clone())));
        Self(fields)
    }

    /// The value of a field; empty if there is none.
    pub(super) fn value(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value.trim())
    }

    /// Whether a field has that value among its own.
    pub(super) fn has(&self, name: &str, value: &str) -> bool {
        self.0.iter().any(|(n, v)| n == name && v.trim() == value)
    }

    /// The reason, if one is given.
    pub(super) fn reason(&self) -> Option<&str> {
        Some(self.value(REASON)).filter(|reason| !reason.is_empty())
    }

    /// Whether it is agreed that the ballot is kept.
    pub(super) fn agrees(&self) -> bool {
        !self.value(CONSENT).is_empty()
    }

    /// The ballot that is filled in.
    ///
    /// # Errors
    /// Every fault that can be seen at once, in the order of the fields.
    pub(super) fn ballot(&self, poll: &Poll) -> Result<Ballot, Vec<Fault>> {
        let rules = &poll.terms.rules;
        let options = poll.options.len();
        let typed = self.typed(rules, options)?;
        let blank = !self.value(BLANK).is_empty();
        let typed = match (typed, blank) {
            (Some(_), true) => return Err(vec![Fault::new(BLANK, What::BlankAndMore)]),
            (Some(typed), false) => typed,
            (None, true) if takes_blank(rules) => "blank".to_owned(),
            (None, _) if takes_blank(rules) => {
                return Err(vec![Fault::new(&first_field(rules), What::Empty)]);
            }
            (None, _) => return Err(vec![Fault::new(&first_field(rules), What::NoAnswer)]),
        };
        let ballot = parse(rules, options, &typed, &answer)
            .map_err(|wrong| vec![Fault::of(rules, wrong)])?;
        if poll.wants_reason(&ballot) && self.reason().is_none() {
            return Err(vec![Fault::new(REASON, What::NoReason)]);
        }
        Ok(ballot)
    }

    /// The ballot as one would type it; nothing if nothing is filled in.
    fn typed(&self, rules: &Rules, options: usize) -> Result<Option<String>, Vec<Fault>> {
        let some = |text: String| (!text.is_empty()).then_some(text);
        Ok(match rules {
            Rules::Proposal { .. } | Rules::Consent { .. } => some(self.value(CHOICE).to_owned()),
            Rules::Choose { .. } | Rules::Budget { .. } => {
                let chosen = self.0.iter().filter(|(name, _)| name == CHOICE);
                let chosen: Vec<&str> = chosen.map(|(_, value)| value.trim()).collect();
                some(chosen.join(" "))
            }
            Rules::Score | Rules::Points { .. } => {
                let zero_counts = matches!(rules, Rules::Score);
                let numbers = self.numbers(options)?.into_iter();
                let parts: Vec<String> = numbers
                    .filter(|(_, number)| zero_counts || *number > 0)
                    .map(|(at, number)| format!("{}{number}", name(at)))
                    .collect();
                some(parts.join(" "))
            }
            Rules::Rank | Rules::Elect { .. } => {
                let mut ranks: BTreeMap<u32, Vec<String>> = BTreeMap::new();
                for (at, rank) in self.numbers(options)? {
                    ranks.entry(rank).or_default().push(name(at));
                }
                let equal = ranks.values().filter(|tier| tier.len() > 1).flatten();
                if matches!(rules, Rules::Elect { .. }) && equal.clone().next().is_some() {
                    let fault = |name: &String| Fault::new(name, What::Wrong(Wrong::EqualRanks));
                    return Err(equal.map(fault).collect());
                }
                let tiers: Vec<String> = ranks.values().map(|tier| tier.join(" = ")).collect();
                some(tiers.join(" > "))
            }
            Rules::Date => {
                let mut parts = Vec::new();
                for at in 0..options {
                    let field = name(at);
                    let sign = match self.value(&field) {
                        "" => continue,
                        "yes" => '+',
                        "if-need-be" => '?',
                        "no" => '-',
                        _ => return Err(vec![Fault::new(&field, What::NoAnswer)]),
                    };
                    parts.push(format!("{field}{sign}"));
                }
                some(parts.join(" "))
            }
        })
    }

    /// The options with their numbers; those left empty are left out.
    fn numbers(&self, options: usize) -> Result<Vec<(usize, u32)>, Vec<Fault>> {
        let (mut numbers, mut faults) = (Vec::new(), Vec::new());
        for at in 0..options {
            let field = name(at);
            let value = self.value(&field);
            let digits = value.chars().all(|c| c.is_ascii_digit());
            match value.parse() {
                _ if value.is_empty() => {}
                // More digits than a number holds is a number too: too high a one.
                Err(_) if digits => numbers.push((at, 999_999)),
                Ok(number) if digits => numbers.push((at, u32::min(number, 999_999))),
                _ => faults.push(Fault::new(&field, What::Number)),
            }
        }
        if faults.is_empty() {
            Ok(numbers)
        } else {
            Err(faults)
        }
    }
}

/// Whether a poll's form has a box for a blank ballot. A proposal has its abstention, a date its no.
pub(super) const fn takes_blank(rules: &Rules) -> bool {
    !matches!(
        rules,
        Rules::Proposal { .. } | Rules::Consent { .. } | Rules::Date
    )
}

fn first_field(rules: &Rules) -> String {
    match rules {
        Rules::Proposal { .. }
        | Rules::Consent { .. }
        | Rules::Choose { .. }
        | Rules::Budget { .. } => CHOICE.to_owned(),
        _ => name(0),
    }
}

/// The words of our own forms.
fn answer(text: &str) -> Option<(Answer, usize)> {
    let known = Answer::NAMES.into_iter().find(|(_, name)| *name == text);
    known.map(|(answer, name)| (answer, name.len()))
}

impl Fault {
    pub(super) fn new(field: &str, what: What) -> Self {
        let field = field.to_owned();
        Self { field, what }
    }

    /// Whether it is the whole ballot's, and its field only where to begin.
    pub(super) const fn of_the_whole(&self) -> bool {
        matches!(
            self.what,
            What::Empty | What::Wrong(Wrong::OverBudget { .. })
        )
    }

    fn of(rules: &Rules, wrong: Wrong) -> Self {
        let field = match &wrong {
            Wrong::Score { option, .. } | Wrong::OverCap { option, .. } => option.to_string(),
            _ => first_field(rules),
        };
        Self::new(&field, What::Wrong(wrong))
    }
}
