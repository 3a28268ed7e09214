//! What a poll came to as a bar chart: the counts that decide, in the order of the ballot, with what they decided marked.
//! A ranking has no such count: its options stand in the order of the result, each with the pairs that it won.

use super::{figures, of, turnout, wide, wide_size};
use crate::domain::chart::{Bar, Chart, Image};
use crate::domain::count::{ConsentOutcome, Irv, Pairwise, ProposalOutcome, Stv, Votes};
use crate::domain::language::Language;
use crate::domain::poll::live::Live;
use crate::domain::poll::outcome::{Decision, Outcome};
use crate::domain::poll::rules::PollKind;
use crate::domain::poll::{Poll, Status};
use crate::i18n::{Words, args, dates};
use crate::present::chart;

/// The chart of a closed poll; none where there is nothing to compare.
pub(super) fn image(words: &Words, language: Language, poll: &Poll) -> Option<Image> {
    let outcome = poll.outcome.as_ref()?;
    if poll.status != Status::Closed {
        return None;
    }
    let writer = Writer {
        words,
        language,
        poll,
    };
    let (mut bars, parts) = writer.bars(&outcome.decision)?;
    if bars.iter().all(|bar| bar.length() == 0) {
        return None;
    }
    let (chosen, mark) = chosen(poll, outcome);
    // Bars stand in the order of the ballot; in a ranking the first is the winner's.
    let in_order = poll.terms.rules.kind() == PollKind::Rank;
    for at in chosen {
        let at = if in_order { 0 } else { at };
        if let Some(bar) = bars.get_mut(at).filter(|bar| bar.length() > 0) {
            bar.marked = true;
        }
    }
    let chart = Chart {
        title: poll.question.in_language(language).to_owned(),
        note: turnout(words, language, poll),
        bars,
        parts,
        mark: words.say(language, &format!("poll-chart-{mark}"), of(poll)),
    };
    let name = format!("{}.png", poll.short_id());
    Some(chart::image(words, language, name, chart))
}

/// The answers that won, and the end of the id of what is said of them. None when they are tied, or when too few took
/// part.
fn chosen(poll: &Poll, outcome: &Outcome) -> (Vec<usize>, &'static str) {
    let only = |options: &[usize]| match options {
        [one] => vec![*one],
        _ => Vec::new(),
    };
    let (options, mark) = match &outcome.decision {
        Decision::Proposal(ProposalOutcome::Passed) => (vec![0], "passed"),
        Decision::Consent(ConsentOutcome::Consent) => (vec![0], "consent"),
        Decision::Proposal(_) | Decision::Consent(_) => (Vec::new(), "passed"),
        Decision::Order { tiers, .. } => {
            let first = tiers.first().map_or(&[][..], Vec::as_slice);
            let date = poll.terms.rules.kind() == PollKind::Date;
            (only(first), if date { "date" } else { "first" })
        }
        Decision::Shortlist { sure, .. } => (sure.clone(), "chosen"),
        Decision::RunOff(irv) => (only(&irv.winners), "elected"),
        Decision::Elected(stv) => {
            let order = stv.order().into_iter();
            let sure = order.filter(|option| !stv.tied.contains(option)).collect();
            (sure, "elected")
        }
        Decision::Funded(selections) => match selections.as_slice() {
            [one] => (one.clone(), "funded"),
            _ => (Vec::new(), "funded"),
        },
    };
    let options = if outcome.quorum_met {
        options
    } else {
        Vec::new()
    };
    (options, mark)
}

struct Writer<'w> {
    words: &'w Words,
    language: Language,
    poll: &'w Poll,
}

/// Bars, and what their two parts stand for.
type Bars = Option<(Vec<Bar>, Option<[String; 2]>)>;

impl Writer<'_> {
    fn bars(&self, decision: &Decision) -> Bars {
        let bars = match (&self.poll.live, decision) {
            (Live::Proposal(_) | Live::Consent(_), _) => self.answers(),
            (Live::Rank(pairs), Decision::Order { tiers, .. }) => self.ranking(pairs, tiers),
            (Live::Turnout(_), Decision::RunOff(irv)) => return self.run_off(irv),
            (Live::Turnout(_), Decision::Elected(stv)) => return self.elected(stv),
            (Live::Date(sums), _) => {
                let each = |option: usize| (at(&sums.yes, option), at(&sums.if_need_be, option));
                let parts = ["ballot-yes", "ballot-if-need-be"].map(|id| self.plain(id));
                return Some((self.options(each), Some(parts)));
            }
            (Live::Approval(sums), _) => self.options(|option| (at(&sums.counts, option), 0)),
            (Live::Points(sums), _) => self.options(|option| (at(&sums.totals, option), 0)),
            (Live::Score(sums), _) => {
                self.options(|option| (u64::try_from(sums.total(option)).unwrap_or(0), 0))
            }
            (Live::Rank(_) | Live::Turnout(_), _) => return None,
        };
        Some((bars, None))
    }

    fn plain(&self, id: &str) -> String {
        self.words.plain(self.language, id)
    }

    fn label(&self, option: usize) -> String {
        figures::option_name(self.words, self.language, self.poll, option)
    }

    /// For, against and abstentions; the three answers to a call for consent.
    fn answers(&self) -> Vec<Bar> {
        let proposal = matches!(self.poll.live, Live::Proposal(_));
        let counts = figures::simple_counts(self.poll).unwrap_or_default();
        let named = figures::answers(self.words, self.language, self.poll);
        let bar = |(at, (label, votes)): (usize, (String, u64))| {
            // An abstention is no part of those for and against.
            let outside = proposal && at == 2;
            Bar {
                label,
                value: if outside { 0 } else { votes },
                second: if outside { votes } else { 0 },
                figure: if outside {
                    dates::number(wide(votes), self.language)
                } else {
                    figures::votes(self.words, self.language, &self.poll.live, votes)
                },
                marked: false,
            }
        };
        named.into_iter().zip(counts).enumerate().map(bar).collect()
    }

    /// The options with both parts of their bars.
    fn options(&self, parts: impl Fn(usize) -> (u64, u64)) -> Vec<Bar> {
        let bar = |option| {
            let (value, second) = parts(option);
            Bar {
                label: self.label(option),
                value,
                second,
                figure: self.figure(option),
                marked: false,
            }
        };
        (0..self.poll.options.len()).map(bar).collect()
    }

    /// What an option got, in few words.
    fn figure(&self, option: usize) -> String {
        let points = |points| {
            let points = args().number("points", points);
            self.words.say(self.language, "poll-chart-points", points)
        };
        match &self.poll.live {
            Live::Points(sums) => points(wide(at(&sums.totals, option))),
            Live::Score(sums) if sums.mean(option).is_some() => {
                points(i64::try_from(sums.total(option)).unwrap_or(i64::MAX))
            }
            _ => figures::figure(self.words, self.language, self.poll, option).unwrap_or_default(),
        }
    }

    /// The options from best to worst, with the pairs that each won.
    fn ranking(&self, pairs: &Pairwise, tiers: &[Vec<usize>]) -> Vec<Bar> {
        let all = pairs.options();
        let bar = |option: &usize| {
            let won = (0..all)
                .filter(|other| pairs.beats(*option, *other))
                .count();
            let args = args()
                .number("won", wide_size(won))
                .number("pairs", wide_size(all.saturating_sub(1)));
            Bar {
                label: self.label(*option),
                value: u64::try_from(won).unwrap_or(u64::MAX),
                second: 0,
                figure: self.words.say(self.language, "poll-chart-pairs", args),
                marked: false,
            }
        };
        tiers.iter().flatten().map(bar).collect()
    }

    /// First preferences, and what came to them from options that went out.
    fn run_off(&self, irv: &Irv) -> Bars {
        let first = &irv.rounds.first()?.votes;
        let each = |option: usize| {
            let held = irv
                .rounds
                .iter()
                .filter_map(|round| round.votes.get(&option));
            let first = first.get(&option).copied().unwrap_or_default();
            (first, held.copied().max().unwrap_or(first))
        };
        Some(self.preferences(each, 1))
    }

    fn elected(&self, stv: &Stv) -> Bars {
        let first = &stv.stages.first()?.votes;
        let votes = |votes: &[Votes], option: usize| votes.get(option).map_or(0, |votes| votes.0);
        let each = |option: usize| {
            let held = stv.stages.iter().map(|stage| votes(&stage.votes, option));
            let first = votes(first, option);
            (first, held.max().unwrap_or(first))
        };
        Some(self.preferences(each, Votes::ONE))
    }

    /// Each option's first preferences and the most votes that it ever held, both in parts of a vote.
    fn preferences(
        &self,
        votes: impl Fn(usize) -> (u64, u64),
        one: u64,
    ) -> (Vec<Bar>, Option<[String; 2]>) {
        let bar = |option| {
            let (first, most) = votes(option);
            let (id, args) = if most > first {
                let args = args().text("first", self.number(first, one));
                (
                    "poll-chart-transfers",
                    args.text("most", self.number(most, one)),
                )
            } else {
                let args = args().text("votes", self.number(first, one));
                ("poll-chart-votes", args.number("count", wide(first / one)))
            };
            Bar {
                label: self.label(option),
                value: first,
                second: most.saturating_sub(first),
                figure: self.words.say(self.language, id, args),
                marked: false,
            }
        };
        let bars: Vec<Bar> = (0..self.poll.options.len()).map(bar).collect();
        let transferred = bars.iter().any(|bar| bar.second > 0);
        let parts = ["poll-chart-preferences", "poll-chart-received"].map(|id| self.plain(id));
        (bars, transferred.then_some(parts))
    }

    /// Whole votes as they are, parts of a vote with one decimal.
    fn number(&self, votes: u64, one: u64) -> String {
        if votes.is_multiple_of(one) {
            dates::number(wide(votes / one), self.language)
        } else {
            figures::decimal(self.language, i128::from(votes), i128::from(one))
        }
    }
}

fn at(counts: &[u64], option: usize) -> u64 {
    counts.get(option).copied().unwrap_or_default()
}
