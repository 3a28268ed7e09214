//! What a poll came to: a sentence for cards and digests, and everything for who wants to check.

use chrono::{DateTime, Utc};

use super::{figures, label, labels, of, tier_labels, wide, wide_size};
use crate::domain::card::{Block, Message};
use crate::domain::count::{ConsentOutcome, Irv, ProposalOutcome, Step, Stv};
use crate::domain::language::Language;
use crate::domain::poll::live::Live;
use crate::domain::poll::outcome::Decision;
use crate::domain::poll::{Poll, Status};
use crate::i18n::{Args, Words, args, dates};
use crate::service::polls::Detail;

/// What it came to, in a sentence or two. A tie is told as a tie, a lot as a lot; where both persons and organisations have
/// a voice, what it came to for each.
#[must_use]
pub fn outcome(words: &Words, language: Language, poll: &Poll) -> String {
    match poll.tallies().as_slice() {
        [persons, organisations] if !poll.never_opened() => words.say(
            language,
            "poll-outcome-both",
            args()
                .text("persons", of_tally(words, language, persons))
                .text("organisations", of_tally(words, language, organisations)),
        ),
        _ => of_tally(words, language, poll),
    }
}

/// What one tally came to.
fn of_tally(words: &Words, language: Language, poll: &Poll) -> String {
    let none = || words.say(language, "poll-outcome-none", of(poll));
    let Some(found) = &poll.outcome else {
        return if poll.never_opened() {
            words.plain(language, "poll-outcome-unopened")
        } else {
            none()
        };
    };
    if poll.cast() == 0 {
        return none();
    }
    let mut sentences = Vec::new();
    let decided = !matches!(found.decision, Decision::Proposal(_) | Decision::Consent(_));
    if decided && !found.quorum_met {
        sentences.push(words.plain(language, "poll-outcome-quorum"));
    }
    sentences.push(decision(words, language, poll, &found.decision));
    for drawn in &found.lots {
        sentences.push(
            words.say(
                language,
                "poll-outcome-lot",
                args()
                    .text("tied", labels(words, language, poll, &drawn.tied))
                    .text("option", label(language, poll, drawn.option))
                    .text("draw", &drawn.draw)
                    .text("seed", poll.seed.as_deref().unwrap_or_default()),
            ),
        );
    }
    sentences.join(" ")
}

fn decision(words: &Words, language: Language, poll: &Poll, decision: &Decision) -> String {
    let say = |id: &str, args: Args| words.say(language, id, args);
    match decision {
        Decision::Proposal(outcome) => words.plain(
            language,
            match outcome {
                ProposalOutcome::Passed => "poll-outcome-passed",
                ProposalOutcome::Failed => "poll-outcome-failed",
                ProposalOutcome::NoQuorum => "poll-outcome-no-quorum",
            },
        ),
        Decision::Consent(outcome) => words.say(
            language,
            match outcome {
                ConsentOutcome::Consent => "poll-outcome-consent",
                ConsentOutcome::Objection => "poll-outcome-objection",
                ConsentOutcome::NoQuorum => "poll-outcome-no-quorum",
                ConsentOutcome::Discuss => "poll-outcome-discuss",
            },
            of(poll),
        ),
        Decision::Order { tiers, condorcet } => order(words, language, poll, tiers, *condorcet),
        Decision::Shortlist { sure, tied, places } => {
            let mut text = if sure.is_empty() {
                String::new()
            } else {
                let labels = labels(words, language, poll, sure);
                say("poll-outcome-shortlist", args().text("labels", labels))
            };
            if !tied.is_empty() {
                let labels = labels(words, language, poll, tied);
                let tie = args()
                    .text("labels", labels)
                    .number("places", wide_size(*places));
                text = [text, say("poll-outcome-shortlist-tie", tie)]
                    .join(" ")
                    .trim()
                    .to_owned();
            }
            text
        }
        Decision::RunOff(irv) => elected(words, language, poll, &irv.winners, 1),
        Decision::Elected(stv) => {
            let order: Vec<usize> = stv
                .order()
                .into_iter()
                .filter(|option| !stv.tied.contains(option))
                .collect();
            let mut text = if order.is_empty() {
                String::new()
            } else {
                elected(words, language, poll, &order, order.len())
            };
            if !stv.tied.is_empty() {
                let tie = args().text("labels", labels(words, language, poll, &stv.tied));
                text = [text, say("poll-outcome-elected-tie", tie)]
                    .join(" ")
                    .trim()
                    .to_owned();
            }
            text
        }
        Decision::Funded(selections) => match selections.as_slice() {
            [] => words.plain(language, "poll-outcome-funded-none"),
            [one] if one.is_empty() => words.plain(language, "poll-outcome-funded-none"),
            [one] => {
                let costs = poll.costs();
                let spent: u64 = one.iter().filter_map(|option| costs.get(*option)).sum();
                say(
                    "poll-outcome-funded",
                    args()
                        .text("labels", labels(words, language, poll, one))
                        .text("spent", dates::number(wide(spent), language)),
                )
            }
            several => {
                let ways: Vec<String> = several
                    .iter()
                    .take(5)
                    .map(|way| labels(words, language, poll, way))
                    .collect();
                say(
                    "poll-outcome-funded-tie",
                    args()
                        .number("count", wide_size(several.len()))
                        .text("ways", ways.join(" / ")),
                )
            }
        },
    }
}

fn elected(
    words: &Words,
    language: Language,
    poll: &Poll,
    winners: &[usize],
    seats: usize,
) -> String {
    let id = if winners.len() > seats {
        "poll-outcome-elected-tie"
    } else {
        "poll-outcome-elected"
    };
    let labels = labels(words, language, poll, winners);
    words.say(
        language,
        id,
        args()
            .number("count", wide_size(winners.len()))
            .text("labels", labels),
    )
}

/// Who leads, and where the whole order was asked for, all of it.
fn order(
    words: &Words,
    language: Language,
    poll: &Poll,
    tiers: &[Vec<usize>],
    condorcet: Option<usize>,
) -> String {
    let first = tiers.first().map_or(&[][..], Vec::as_slice);
    let named = labels(words, language, poll, first);
    let tied = first.len() > 1;
    if let Live::Rank(_) = &poll.live {
        let order: Vec<String> = tiers
            .iter()
            .map(|tier| tier_labels(language, poll, tier))
            .collect();
        let order = words.say(
            language,
            "poll-outcome-order",
            args().text("order", order.join(" > ")),
        );
        return match condorcet {
            Some(option) => {
                let winner = args().text("label", label(language, poll, option));
                let winner = words.say(language, "poll-outcome-condorcet", winner);
                format!("{winner} {order}")
            }
            None => order,
        };
    }
    let top = first.first().copied().unwrap_or_default();
    let (kind, figure) = match &poll.live {
        Live::Score(sums) => ("score", i64::try_from(sums.total(top)).unwrap_or(i64::MAX)),
        Live::Points(sums) => (
            "points",
            wide(sums.totals.get(top).copied().unwrap_or_default()),
        ),
        Live::Date(sums) => ("date", wide(sums.yes.get(top).copied().unwrap_or_default())),
        Live::Approval(sums) => (
            "votes",
            wide(sums.counts.get(top).copied().unwrap_or_default()),
        ),
        _ => ("votes", 0),
    };
    if figure == 0 {
        return words.say(language, "poll-outcome-none", of(poll));
    }
    let suffix = if tied { "-tie" } else { "" };
    words.say(
        language,
        &format!("poll-outcome-{kind}{suffix}"),
        of(poll)
            .text("labels", named)
            .number("figure", figure)
            .number("cast", wide(poll.cast())),
    )
}

/// Everything about a result: rounds of an election, pairs of a ranking, reasons of objections, names where the level
/// is public; of each tally.
#[must_use]
pub fn detail(
    words: &Words,
    language: Language,
    poll: &Poll,
    details: &[Detail],
    now: DateTime<Utc>,
) -> Message {
    let mut message = if poll.status == Status::Closed {
        super::results(words, language, poll)
    } else {
        super::card(words, language, poll, now)
    };
    message.actions.clear();
    if poll.status != Status::Closed && !poll.shows_figures() {
        return message;
    }
    for detail in details {
        let more = more(words, language, detail);
        if !more.is_empty() && details.len() > 1 {
            let whose = words.say(language, "poll-whose-tally", of(&detail.tally));
            message.body.push(Block::Heading(whose));
        }
        message.body.extend(more);
    }
    message
}

/// What there is to tell of one tally beyond its figures.
fn more(words: &Words, language: Language, detail: &Detail) -> Vec<Block> {
    let Detail {
        tally: poll,
        reasons,
        named,
    } = detail;
    let mut body = Vec::new();
    match (&poll.live, poll.outcome.as_ref().map(|o| &o.decision)) {
        (_, Some(Decision::RunOff(irv))) => body.extend(rounds(words, language, poll, irv)),
        (_, Some(Decision::Elected(stv))) => body.extend(stages(words, language, poll, stv)),
        (Live::Rank(pairs), _) => {
            body.push(Block::Heading(words.plain(language, "poll-pairs")));
            body.push(Block::List(duels(words, language, poll, pairs)));
        }
        _ => {}
    }
    if !reasons.is_empty() {
        body.push(Block::Heading(words.plain(language, "poll-reasons")));
        body.extend(reasons.iter().cloned().map(Block::Quote));
    }
    if !named.is_empty() {
        let names = figures::answers(words, language, poll);
        body.push(Block::Heading(words.plain(language, "poll-named")));
        body.push(Block::List(
            names
                .iter()
                .enumerate()
                .filter_map(|(at, name)| {
                    let who: Vec<&str> = named
                        .iter()
                        .filter(|(option, _)| *option == at)
                        .map(|(_, who)| who.as_str())
                        .collect();
                    (!who.is_empty()).then(|| {
                        let args = args().text("name", name).text("who", who.join(", "));
                        words.say(language, "poll-named-line", args)
                    })
                })
                .collect(),
        ));
    }
    body
}

/// Each pair: who is ranked above whom by how many.
fn duels(
    words: &Words,
    language: Language,
    poll: &Poll,
    pairs: &crate::domain::count::Pairwise,
) -> Vec<String> {
    let all = pairs.options();
    let mut lines = Vec::new();
    for one in 0..all {
        for other in one + 1..all {
            lines.push(
                words.say(
                    language,
                    "poll-pair",
                    args()
                        .text("one", label(language, poll, one))
                        .number("above", wide(pairs.above(one, other)))
                        .number("below", wide(pairs.above(other, one)))
                        .text("other", label(language, poll, other)),
                ),
            );
        }
    }
    lines
}

fn rounds(words: &Words, language: Language, poll: &Poll, irv: &Irv) -> Vec<Block> {
    let lines: Vec<String> = irv
        .rounds
        .iter()
        .enumerate()
        .map(|(at, round)| {
            let votes: Vec<String> = round
                .votes
                .iter()
                .map(|(option, votes)| format!("{} {votes}", label(language, poll, *option)))
                .collect();
            words.say(
                language,
                "poll-round",
                args()
                    .number("round", wide_size(at + 1))
                    .text("votes", votes.join(", "))
                    .number("exhausted", wide(round.exhausted))
                    .text("out", label(language, poll, round.eliminated)),
            )
        })
        .collect();
    vec![
        Block::Heading(words.plain(language, "poll-rounds")),
        Block::List(lines),
    ]
}

fn stages(words: &Words, language: Language, poll: &Poll, stv: &Stv) -> Vec<Block> {
    let quota = args().number("quota", wide(stv.quota));
    let lines: Vec<String> = stv
        .stages
        .iter()
        .map(|stage| {
            let votes: Vec<String> = stage
                .votes
                .iter()
                .enumerate()
                .map(|(option, votes)| format!("{} {votes}", label(language, poll, option)))
                .collect();
            let id = match stage.step {
                Step::FirstPreferences => "poll-stage-first",
                Step::Surplus(_) => "poll-stage-surplus",
                Step::Exclusion(_) => "poll-stage-exclusion",
            };
            let who = match stage.step {
                Step::FirstPreferences => String::new(),
                Step::Surplus(option) | Step::Exclusion(option) => label(language, poll, option),
            };
            let mut line = words.say(
                language,
                id,
                args().text("who", who).text("votes", votes.join(", ")),
            );
            if !stage.elected.is_empty() {
                line.push(' ');
                line.push_str(&elected(
                    words,
                    language,
                    poll,
                    &stage.elected,
                    stage.elected.len(),
                ));
            }
            line
        })
        .collect();
    vec![
        Block::Heading(words.say(language, "poll-stages", quota)),
        Block::List(lines),
    ]
}
