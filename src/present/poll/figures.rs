//! The options of a poll, with what each got.

use super::{label, of, option_label, wide};
use crate::domain::count::{Base, Spread, Threshold};
use crate::domain::language::Language;
use crate::domain::poll::live::Live;
use crate::domain::poll::{Poll, PollOption};
use crate::i18n::{Args, Words, args, dates};

/// A whole percentage, rounded half up. For reading only: nothing is decided by it.
pub(super) fn share(language: Language, part: u64, whole: u64) -> String {
    let (part, whole) = (u128::from(part), u128::from(whole));
    let rounded = if whole == 0 {
        0
    } else {
        (part * 200 + whole) / (whole * 2)
    };
    percent(language, u64::try_from(rounded).unwrap_or(u64::MAX))
}

/// A percentage as the language writes it.
pub(super) fn percent(language: Language, percent: u64) -> String {
    let number = dates::number(wide(percent), language);
    match language {
        Language::FrCa => format!("{number}\u{a0}%"),
        Language::EnCa => format!("{number}%"),
    }
}

/// A fraction with one decimal, rounded half up, as the language writes it.
pub(super) fn decimal(language: Language, numerator: i128, denominator: i128) -> String {
    let tenths = (numerator * 20 + denominator) / (denominator * 2).max(1);
    let sign = match language {
        Language::FrCa => ',',
        Language::EnCa => '.',
    };
    format!("{}{sign}{}", tenths / 10, (tenths % 10).abs())
}

/// The name of a threshold in Fluent's ids: those that can be chosen.
pub(super) fn threshold(threshold: Threshold) -> &'static str {
    if threshold == Threshold::SIMPLE_MAJORITY {
        return "simple";
    }
    match threshold.base() {
        Base::YesNo => "two-thirds",
        Base::Cast => "of-all",
        Base::Eligible => "of-eligible",
    }
}

/// What can be answered, in the order of the counts: the options, or the answers to a proposal or a call for
/// consent.
pub(super) fn answers(words: &Words, language: Language, poll: &Poll) -> Vec<String> {
    let named = |ids: [&str; 3]| ids.map(|id| words.plain(language, id)).to_vec();
    match &poll.live {
        Live::Proposal(_) => named(["poll-yes", "poll-no", "poll-abstain"]),
        Live::Consent(_) => named(["poll-consent", "poll-stand-aside", "poll-objection"]),
        _ => (0..poll.options.len())
            .map(|option| label(language, poll, option))
            .collect(),
    }
}

/// One count per answer, where a poll's figures are that simple: then a room's counts add up with them.
pub(super) fn simple_counts(poll: &Poll) -> Option<Vec<u64>> {
    match &poll.live {
        Live::Proposal(sums) => Some(vec![sums.yes, sums.no, sums.abstain]),
        Live::Consent(sums) => Some(vec![sums.consent, sums.stand_aside, sums.objection]),
        Live::Approval(sums) => Some(sums.counts.clone()),
        Live::Points(sums) => Some(sums.totals.clone()),
        Live::Score(_) | Live::Rank(_) | Live::Turnout(_) | Live::Date(_) => None,
    }
}

/// Whether each option, or answer, has a figure of its own.
pub(super) const fn has_figures(live: &Live) -> bool {
    !matches!(live, Live::Rank(_) | Live::Turnout(_))
}

/// The options in order, with their figures if they may be shown; none for a poll without options whose figures are
/// not shown.
pub(super) fn options(
    words: &Words,
    language: Language,
    poll: &Poll,
    shown: bool,
) -> Option<Vec<String>> {
    let lines: Vec<String> = match (&poll.live, shown) {
        (Live::Proposal(_) | Live::Consent(_), false) => return None,
        (Live::Proposal(_) | Live::Consent(_), true) => {
            let counts = simple_counts(poll).unwrap_or_default();
            let named = answers(words, language, poll).into_iter().zip(counts);
            let whole = poll.live.expressed();
            named
                .enumerate()
                .map(|(at, (name, votes))| {
                    // An abstention is no part of those for and against.
                    let outside = matches!(poll.live, Live::Proposal(_)) && at == 2;
                    let id = if outside {
                        "poll-answer-plain"
                    } else {
                        "poll-answer"
                    };
                    words.say(
                        language,
                        id,
                        args()
                            .text("name", name)
                            .number("votes", wide(votes))
                            .text("share", share(language, votes, whole)),
                    )
                })
                .collect()
        }
        (_, shown) => (0..poll.options.len())
            .map(|option| {
                let plain = option_line(words, language, poll, option);
                match figure(words, language, poll, option).filter(|_| shown) {
                    Some(figure) => words.say(
                        language,
                        "poll-option",
                        args().text("option", plain).text("figure", figure),
                    ),
                    None => plain,
                }
            })
            .collect(),
    };
    (!lines.is_empty()).then_some(lines)
}

/// `a. Le transport (500 $) — bus et vélo`.
fn option_line(words: &Words, language: Language, poll: &Poll, option: usize) -> String {
    let Some(found) = poll.options.get(option) else {
        return String::new();
    };
    let described = described(words, language, poll, found);
    let mut line = format!("{}. {described}", found.letter());
    if found.proposed {
        line.push_str(&words.plain(language, "poll-option-proposed"));
    }
    line
}

/// `Le transport (500 $) — bus et vélo`.
pub(super) fn described(
    words: &Words,
    language: Language,
    poll: &Poll,
    option: &PollOption,
) -> String {
    let mut line = priced(words, language, poll, option);
    if let Some(meaning) = &option.meaning {
        line.push_str(" — ");
        line.push_str(meaning.in_language(language));
    }
    line
}

/// `a. Le transport (500 $)`.
pub(super) fn option_name(words: &Words, language: Language, poll: &Poll, option: usize) -> String {
    let found = poll.options.get(option);
    found.map_or_else(String::new, |found| {
        let name = priced(words, language, poll, found);
        format!("{}. {name}", found.letter())
    })
}

/// `Le transport (500 $)`.
fn priced(words: &Words, language: Language, poll: &Poll, option: &PollOption) -> String {
    let mut name = option_label(language, poll, option);
    if let Some(cost) = option.cost {
        let cost = args().text("cost", dates::number(wide(cost), language));
        name.push_str(&words.say(language, "poll-option-cost", cost));
    }
    name
}

/// Votes, and their share of those that express a preference.
pub(super) fn votes(words: &Words, language: Language, live: &Live, votes: u64) -> String {
    let args = args()
        .number("votes", wide(votes))
        .text("share", share(language, votes, live.expressed()));
    words.say(language, "poll-figure-votes", args)
}

/// What an option got, in words; none where nothing is told while people vote.
pub(super) fn figure(
    words: &Words,
    language: Language,
    poll: &Poll,
    option: usize,
) -> Option<String> {
    let live = &poll.live;
    let at = |counts: &[u64]| counts.get(option).copied().unwrap_or_default();
    let say = |id: &str, args: Args| Some(words.say(language, id, args));
    match live {
        Live::Approval(sums) => Some(votes(words, language, live, at(&sums.counts))),
        Live::Score(sums) => {
            let scorers = i64::try_from(sums.scorers(option)).unwrap_or(i64::MAX);
            let total = i64::try_from(sums.total(option)).unwrap_or(i64::MAX);
            let (Some(mean), Some(Spread { lowest, highest })) =
                (sums.mean(option), sums.spread(option))
            else {
                return say("poll-figure-unscored", args());
            };
            say(
                "poll-figure-score",
                args()
                    .number("total", total)
                    .text("mean", decimal(language, *mean.numer(), *mean.denom()))
                    .number("scorers", scorers)
                    .number("lowest", lowest)
                    .number("highest", highest),
            )
        }
        Live::Points(sums) => say(
            "poll-figure-points",
            of(poll)
                .number("points", wide(at(&sums.totals)))
                .number("supporters", wide(at(&sums.supporters))),
        ),
        Live::Date(sums) => say(
            "poll-figure-date",
            args()
                .number("yes", wide(at(&sums.yes)))
                .number("maybe", wide(at(&sums.if_need_be))),
        ),
        Live::Rank(_) | Live::Turnout(_) | Live::Proposal(_) | Live::Consent(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_and_means_are_rounded_half_up_as_each_language_writes_them() {
        assert_eq!(share(Language::FrCa, 1, 8), "13\u{a0}%");
        assert_eq!(share(Language::EnCa, 1, 3), "33%");
        assert_eq!(share(Language::EnCa, 0, 0), "0%");
        assert_eq!(decimal(Language::FrCa, 7, 2), "3,5");
        assert_eq!(decimal(Language::EnCa, 17, 4), "4.3");
        assert_eq!(decimal(Language::EnCa, 4, 1), "4.0");
    }
}
