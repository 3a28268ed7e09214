//! A ballot as people type it: `b`, `a c`, `a3 c2`, `b > a = d`, « oui », `a oui b au besoin`.
//!
//! Pure: the words for answers are given by the caller, who knows the languages.

use super::super::rules::{Rules, SCORES};
use super::super::{letter, option_of};
use super::Ballot;
use crate::domain::count::{ConsentVote, DateAnswer, ProposalVote};

/// A word that answers something, in any language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// « oui », "yes"; to consent: consents.
    Yes,
    /// « non », "no"; to consent: objects.
    No,
    /// « abstention ».
    Abstain,
    /// « au besoin », "if need be".
    IfNeedBe,
    /// Consents.
    Consent,
    /// Stands aside.
    StandAside,
    /// Objects.
    Objection,
    /// « blanc »: takes part and says nothing.
    Blank,
}

impl Answer {
    /// Every answer, with its name in Fluent's ids.
    pub const NAMES: [(Self, &'static str); 8] = [
        (Self::Yes, "yes"),
        (Self::No, "no"),
        (Self::Abstain, "abstain"),
        (Self::IfNeedBe, "if-need-be"),
        (Self::Consent, "consent"),
        (Self::StandAside, "stand-aside"),
        (Self::Objection, "objection"),
        (Self::Blank, "blank"),
    ];
}

/// Why what was typed is no ballot of that poll. Options are named by their letters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// Nothing that this kind of poll understands.
    #[error("not understood: {0:?}")]
    NotUnderstood(String),
    /// The poll has no such option.
    #[error("no option {0:?}")]
    UnknownOption(char),
    /// The same option twice.
    #[error("{0} twice")]
    Twice(char),
    /// More options than a voter may choose.
    #[error("{chosen} chosen, {most} at most")]
    TooMany {
        /// How many were chosen.
        chosen: usize,
        /// How many may be.
        most: usize,
    },
    /// A score outside the range.
    #[error("score {score} for {option}")]
    Score {
        /// The option.
        option: char,
        /// The score given.
        score: u32,
    },
    /// More points than a voter has.
    #[error("{given} points, {budget} at most")]
    OverBudget {
        /// Points given.
        given: u32,
        /// Points of a voter.
        budget: u32,
    },
    /// More points on one option than allowed.
    #[error("{points} points for {option}, {cap} at most")]
    OverCap {
        /// The option.
        option: char,
        /// Points given to it.
        points: u32,
        /// Points allowed on one option.
        cap: u32,
    },
    /// Equal ranks where a strict order is asked.
    #[error("equal ranks")]
    EqualRanks,
}

/// Reads a ballot. `answer` knows the words of every language: it is given the text from a word on, and says which
/// answer stands at its front and how many bytes it takes.
///
/// # Errors
/// See [`Wrong`].
pub fn parse(
    rules: &Rules,
    options: usize,
    text: &str,
    answer: &dyn Fn(&str) -> Option<(Answer, usize)>,
) -> Result<Ballot, Wrong> {
    let text = text.trim();
    let excerpt = || Wrong::NotUnderstood(text.chars().take(60).collect());
    // People are shown what they typed, and not the piece of it that was one too many.
    read(rules, options, text, answer).map_err(|wrong| match wrong {
        Wrong::NotUnderstood(_) => excerpt(),
        other => other,
    })
}

fn read(
    rules: &Rules,
    options: usize,
    text: &str,
    answer: &dyn Fn(&str) -> Option<(Answer, usize)>,
) -> Result<Ballot, Wrong> {
    let not_understood = || Wrong::NotUnderstood(String::new());
    let whole = answer(text)
        .filter(|(_, length)| *length == text.len())
        .map(|(answer, _)| answer);
    let blank = whole == Some(Answer::Blank);
    Ok(match rules {
        Rules::Proposal { .. } => Ballot::Proposal(match whole {
            Some(Answer::Yes) => ProposalVote::Yes,
            Some(Answer::No) => ProposalVote::No,
            Some(Answer::Abstain | Answer::Blank) => ProposalVote::Abstain,
            _ => return Err(not_understood()),
        }),
        Rules::Consent { .. } => Ballot::Consent(match whole {
            Some(Answer::Consent | Answer::Yes) => ConsentVote::Consent,
            Some(Answer::StandAside | Answer::Abstain) => ConsentVote::StandAside,
            Some(Answer::Objection | Answer::No) => ConsentVote::Objection,
            _ => return Err(not_understood()),
        }),
        Rules::Choose { most } => {
            let chosen = if blank {
                Vec::new()
            } else {
                list(text, options)?
            };
            if chosen.len() > *most {
                let chosen = chosen.len();
                return Err(Wrong::TooMany {
                    chosen,
                    most: *most,
                });
            }
            Ballot::Options(chosen)
        }
        Rules::Budget { .. } if blank => Ballot::Options(Vec::new()),
        Rules::Budget { .. } => Ballot::Options(list(text, options)?),
        Rules::Score => {
            let mut scores = vec![None; options];
            for (option, number) in numbers(text, options, blank)? {
                let highest = u32::try_from(SCORES.1).unwrap_or_default();
                let score = u8::try_from(number).ok().filter(|_| number <= highest);
                let score = score.ok_or(Wrong::Score {
                    option: name(option),
                    score: number,
                })?;
                if let Some(place) = scores.get_mut(option) {
                    *place = Some(score);
                }
            }
            Ballot::Scores(scores)
        }
        Rules::Points { rule } => {
            let mut points = vec![0; options];
            let given = numbers(text, options, blank)?;
            let sum = given
                .iter()
                .map(|(_, number)| u64::from(*number))
                .sum::<u64>();
            let sum = u32::try_from(sum).unwrap_or(u32::MAX);
            for (option, number) in given {
                if let Some(cap) = rule.cap.filter(|cap| number > *cap) {
                    let option = name(option);
                    let points = number;
                    return Err(Wrong::OverCap {
                        option,
                        points,
                        cap,
                    });
                }
                if let (Some(place), Ok(number)) = (points.get_mut(option), u8::try_from(number)) {
                    *place = number;
                }
            }
            if sum > rule.budget {
                let budget = rule.budget;
                return Err(Wrong::OverBudget { given: sum, budget });
            }
            Ballot::Points(points)
        }
        Rules::Rank | Rules::Elect { .. } => {
            let tiers = if blank {
                Vec::new()
            } else {
                order(text, options)?
            };
            if matches!(rules, Rules::Elect { .. }) && tiers.iter().any(|tier| tier.len() > 1) {
                return Err(Wrong::EqualRanks);
            }
            Ballot::ranking(options, &tiers).map_err(|_| not_understood())?
        }
        Rules::Date => Ballot::Dates(dates(text, options, whole, answer)?),
    })
}

fn name(option: usize) -> char {
    letter(i64::try_from(option).unwrap_or(i64::MAX))
}

/// The option of a letter.
fn option(found: char, options: usize) -> Result<usize, Wrong> {
    option_of(found)
        .filter(|at| *at < options)
        .ok_or(Wrong::UnknownOption(found))
}

fn separates(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ';' | '+' | '.' | '\u{a0}' | '\u{202f}')
}

/// Words between separators; « et » and "and" only join.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split(separates)
        .filter(|piece| !piece.is_empty() && !matches!(*piece, "et" | "and"))
}

fn single(piece: &str) -> Result<char, Wrong> {
    let mut chars = piece.chars();
    match (chars.next(), chars.next()) {
        (Some(one), None) => Ok(one),
        _ => Err(Wrong::NotUnderstood(String::new())),
    }
}

/// Adds an option that must not be there yet.
fn add(chosen: &mut Vec<usize>, one: usize) -> Result<(), Wrong> {
    if chosen.contains(&one) {
        return Err(Wrong::Twice(name(one)));
    }
    chosen.push(one);
    Ok(())
}

/// `a c`.
fn list(text: &str, options: usize) -> Result<Vec<usize>, Wrong> {
    let mut chosen = Vec::new();
    for piece in pieces(text) {
        add(&mut chosen, option(single(piece)?, options)?)?;
    }
    if chosen.is_empty() {
        return Err(Wrong::NotUnderstood(String::new()));
    }
    chosen.sort_unstable();
    Ok(chosen)
}

/// `b > a = d`; without signs, `b a d` is an order too.
fn order(text: &str, options: usize) -> Result<Vec<Vec<usize>>, Wrong> {
    let mut tiers = Vec::new();
    let mut seen = Vec::new();
    let signed = text.contains(['>', '=']);
    let ranks: Vec<&str> = if signed {
        text.split('>').collect()
    } else {
        pieces(text).collect()
    };
    for rank in ranks {
        let mut tier = Vec::new();
        for piece in rank.split('=').flat_map(pieces) {
            let one = option(single(piece)?, options)?;
            add(&mut seen, one)?;
            tier.push(one);
        }
        if !tier.is_empty() {
            tiers.push(tier);
        }
    }
    if tiers.is_empty() {
        return Err(Wrong::NotUnderstood(String::new()));
    }
    Ok(tiers)
}

/// `a3 c2`, `a=3, c : 2`; each letter with its number.
fn numbers(text: &str, options: usize, blank: bool) -> Result<Vec<(usize, u32)>, Wrong> {
    let mut found: Vec<(usize, u32)> = Vec::new();
    if blank {
        return Ok(found);
    }
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let after = rest.get(first.len_utf8()..).unwrap_or_default();
        let after = after.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '=' | ':'));
        let end = after
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(after.len());
        let (digits, after) = after.split_at(end);
        let number = if digits.len() > 6 {
            Some(u32::MAX)
        } else {
            digits.parse().ok()
        };
        let Some(number) = number else {
            return Err(Wrong::NotUnderstood(String::new()));
        };
        let one = option(first, options)?;
        if found.iter().any(|(known, _)| *known == one) {
            return Err(Wrong::Twice(name(one)));
        }
        found.push((one, number));
        rest = after.trim_start_matches(separates);
    }
    if found.is_empty() {
        return Err(Wrong::NotUnderstood(String::new()));
    }
    Ok(found)
}

/// `a oui b au besoin c non`, `a+ b?`, or `a c` for yes to these; what is not named is a no.
fn dates(
    text: &str,
    options: usize,
    whole: Option<Answer>,
    answer: &dyn Fn(&str) -> Option<(Answer, usize)>,
) -> Result<Vec<DateAnswer>, Wrong> {
    match whole {
        Some(Answer::No | Answer::Blank) => return Ok(vec![DateAnswer::No; options]),
        Some(Answer::Yes) => return Ok(vec![DateAnswer::Yes; options]),
        _ => {}
    }
    let mut answers = vec![DateAnswer::No; options];
    let mut seen = Vec::new();
    let skip = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '=' | '\u{a0}');
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let one = option(first, options)?;
        add(&mut seen, one)?;
        let after = rest.get(first.len_utf8()..).unwrap_or_default();
        if after.starts_with(char::is_alphanumeric) {
            return Err(Wrong::NotUnderstood(String::new()));
        }
        let after = after.trim_start_matches(skip);
        let (said, length) = match after.chars().next() {
            Some('+') => (DateAnswer::Yes, 1),
            Some('?') => (DateAnswer::IfNeedBe, 1),
            Some('-') => (DateAnswer::No, 1),
            _ => match answer(after) {
                Some((Answer::Yes, length)) => (DateAnswer::Yes, length),
                Some((Answer::No, length)) => (DateAnswer::No, length),
                Some((Answer::IfNeedBe, length)) => (DateAnswer::IfNeedBe, length),
                _ => (DateAnswer::Yes, 0),
            },
        };
        if let Some(place) = answers.get_mut(one) {
            *place = said;
        }
        let after = after.get(length..).unwrap_or_default();
        rest = after.trim_start_matches(skip);
    }
    if seen.is_empty() {
        return Err(Wrong::NotUnderstood(String::new()));
    }
    Ok(answers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::count::{PointsRule, Threshold, UNRANKED};

    /// A few words, as a language may give them.
    fn words(text: &str) -> Option<(Answer, usize)> {
        [
            ("au besoin", Answer::IfNeedBe),
            ("oui", Answer::Yes),
            ("non", Answer::No),
            ("abstention", Answer::Abstain),
            ("blanc", Answer::Blank),
            ("objection", Answer::Objection),
        ]
        .into_iter()
        .find(|(word, _)| text.starts_with(word))
        .map(|(word, answer)| (answer, word.len()))
    }

    fn said(rules: &Rules, text: &str) -> Result<Ballot, Wrong> {
        parse(rules, 4, text, &words)
    }

    #[test]
    fn a_proposal_is_answered_by_a_word() {
        let rules = Rules::Proposal {
            threshold: Threshold::SIMPLE_MAJORITY,
        };
        assert_eq!(
            said(&rules, " oui "),
            Ok(Ballot::Proposal(ProposalVote::Yes))
        );
        assert_eq!(
            said(&rules, "abstention"),
            Ok(Ballot::Proposal(ProposalVote::Abstain))
        );
        assert!(matches!(said(&rules, "a"), Err(Wrong::NotUnderstood(_))));
        assert!(matches!(
            said(&rules, "oui mais"),
            Err(Wrong::NotUnderstood(_))
        ));
    }

    #[test]
    fn options_are_chosen_by_letters_up_to_the_limit() {
        let rules = Rules::Choose { most: 2 };
        assert_eq!(said(&rules, "c, A"), Ok(Ballot::Options(vec![0, 2])));
        assert_eq!(said(&rules, "a et b"), Ok(Ballot::Options(vec![0, 1])));
        assert_eq!(said(&rules, "blanc"), Ok(Ballot::Options(vec![])));
        assert_eq!(said(&rules, "a a"), Err(Wrong::Twice('a')));
        assert_eq!(said(&rules, "z"), Err(Wrong::UnknownOption('z')));
        assert_eq!(
            said(&rules, "a b c"),
            Err(Wrong::TooMany { chosen: 3, most: 2 })
        );
        assert!(matches!(said(&rules, ""), Err(Wrong::NotUnderstood(_))));
        assert!(matches!(said(&rules, "abc"), Err(Wrong::NotUnderstood(_))));
    }

    #[test]
    fn scores_and_points_stand_behind_letters() {
        let score = said(&Rules::Score, "a5 c : 0");
        assert_eq!(
            score,
            Ok(Ballot::Scores(vec![Some(5), None, Some(0), None]))
        );
        assert_eq!(
            said(&Rules::Score, "a6"),
            Err(Wrong::Score {
                option: 'a',
                score: 6
            })
        );
        let rules = Rules::Points {
            rule: PointsRule {
                budget: 5,
                cap: Some(3),
            },
        };
        assert_eq!(
            said(&rules, "a3, d=2"),
            Ok(Ballot::Points(vec![3, 0, 0, 2]))
        );
        assert_eq!(
            said(&rules, "a3 b3"),
            Err(Wrong::OverBudget {
                given: 6,
                budget: 5
            })
        );
        let over = Wrong::OverCap {
            option: 'b',
            points: 4,
            cap: 3,
        };
        assert_eq!(said(&rules, "b4"), Err(over));
        assert_eq!(
            said(&rules, "b99999999999"),
            Err(Wrong::OverCap {
                option: 'b',
                points: u32::MAX,
                cap: 3
            })
        );
        assert_eq!(said(&rules, "a1 a1"), Err(Wrong::Twice('a')));
        assert!(matches!(said(&rules, "a"), Err(Wrong::NotUnderstood(_))));
        assert!(matches!(said(&rules, "a-1"), Err(Wrong::NotUnderstood(_))));
    }

    #[test]
    fn an_order_may_be_cut_short_and_only_a_ranking_has_equal_ranks() {
        let ranked = |levels: [u8; 4]| Ok(Ballot::Ranks(levels.to_vec()));
        assert_eq!(said(&Rules::Rank, "b > a=d"), ranked([1, 0, UNRANKED, 1]));
        assert_eq!(
            said(&Rules::Rank, "b a"),
            ranked([1, 0, UNRANKED, UNRANKED])
        );
        let elect = Rules::Elect { seats: 1 };
        assert_eq!(said(&elect, "c>a"), ranked([1, UNRANKED, 0, UNRANKED]));
        assert_eq!(said(&elect, "c=a"), Err(Wrong::EqualRanks));
        assert_eq!(said(&elect, "c>c"), Err(Wrong::Twice('c')));
        assert_eq!(said(&elect, "e"), Err(Wrong::UnknownOption('e')));
    }

    #[test]
    fn dates_take_signs_words_or_letters_alone() {
        use DateAnswer::{IfNeedBe, No, Yes};
        let dates = |answers: [DateAnswer; 4]| Ok(Ballot::Dates(answers.to_vec()));
        for text in ["a+ b? d-", "a oui b au besoin", "a, b ?"] {
            assert_eq!(
                said(&Rules::Date, text),
                dates([Yes, IfNeedBe, No, No]),
                "{text}"
            );
        }
        assert_eq!(said(&Rules::Date, "b d"), dates([No, Yes, No, Yes]));
        assert_eq!(said(&Rules::Date, "non"), dates([No; 4]));
        assert_eq!(said(&Rules::Date, "a a"), Err(Wrong::Twice('a')));
        assert!(matches!(
            said(&Rules::Date, "abc"),
            Err(Wrong::NotUnderstood(_))
        ));
    }

    #[test]
    fn nothing_that_is_typed_breaks_it() {
        let all = [
            Rules::Rank,
            Rules::Score,
            Rules::Date,
            Rules::Elect { seats: 2 },
            Rules::Choose { most: 25 },
            Rules::Points {
                rule: PointsRule {
                    budget: 200,
                    cap: None,
                },
            },
        ];
        for text in [
            "é", "a\u{301}", "🗳", ">", "=", "a>>b", "a=", "ａ", "a\u{0}b", "  ", "+?-",
        ] {
            for rules in &all {
                let _ = said(rules, text);
            }
        }
    }
}
