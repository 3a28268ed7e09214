//! A closed poll as a file that anybody can count again: its ballots without names, equal ones merged, in the order of
//! their contents.

use super::super::{Refusal, ServiceError, links};
use super::find;
use super::voting::{broken, cast};
use crate::domain::actor::Actor;
use crate::domain::count::anchor::{Anchor, Ballots, Candidate, Count};
use crate::domain::count::{Approvals, BallotError, Points, Rankings, Scores};
use crate::domain::poll::ballot::Ballot;
use crate::domain::poll::live::{pointed, scored};
use crate::domain::poll::receipt::{FEW_BALLOTS, Receipt, TELLING_OPTIONS};
use crate::domain::poll::rules::{BudgetMethod, Level, Rules, SCORES};
use crate::domain::poll::{Poll, Status};
use crate::store::{Tx, collectives, polls, sealed};

/// Why a poll cannot be written down line by line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotExported {
    /// No collective of that name, or several and none named.
    #[error("name the collective that asked: --collective <slug>")]
    Collective,
    /// No such poll.
    #[error("there is no such poll")]
    NotFound,
    /// It has no tally of organisations.
    #[error("organisations had no voice in the poll")]
    NoVoices,
    /// Not closed yet.
    #[error("the poll is still open; its ballots are exported once it is closed")]
    Open,
    /// It was cancelled before it opened.
    #[error("the poll never opened; it has no ballots")]
    NeverOpened,
    /// Its secrecy forbids it.
    #[error("the poll is confidential; only its totals were kept")]
    Confidential,
    /// So few people ranked so many options that a ballot could give its author away.
    #[error(
        "rankings of more than {TELLING_OPTIONS} options by fewer than {FEW_BALLOTS} people could tell who wrote them"
    )]
    Telling,
    /// The format has no such ballots.
    #[error(
        "the format poll-anchor/1 has no ballots of this kind; the result card has every figure"
    )]
    Kind,
}

/// A ballot that anybody may read, and under which receipt; or how often it was cast, where ballots have none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Whether it is an organisation's.
    pub of_organisation: bool,
    /// The receipt, of a confidential poll.
    pub receipt: Option<String>,
    /// How many said the same.
    pub times: u64,
    /// What they said.
    pub ballot: Ballot,
}

/// Most ballots that are handed out in a conversation; `cercles export poll` has no such limit.
pub const LINES_MAX: usize = 20_000;

/// A closed poll and its ballots, for anybody to count again: under receipts where it was declared so, otherwise merged
/// and without names.
///
/// # Errors
/// Others read along; no such poll, still open; its secrecy or their number forbids it.
pub async fn lines(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
) -> Result<(Poll, Vec<Line>), ServiceError> {
    // In a room it would be a flood.
    links::require_private(actor)?;
    let poll = find(tx, actor, number).await?;
    let id = poll.short_id();
    if poll.never_opened() {
        return Ok((poll, Vec::new()));
    }
    check(&poll).map_err(|refused| match refused {
        NotExported::Open => Refusal::PollStillOpen(id),
        _ => Refusal::BallotsNotShown(id),
    })?;
    let mut lines = published(tx, &poll).await?;
    // What few organisations said may be too telling where what many persons said is not.
    if let Some(tally) = poll.second_tally().filter(|tally| check(tally).is_ok()) {
        lines.extend(published(tx, &tally).await?);
    }
    Ok((poll, lines))
}

/// The ballots of one tally, for anybody to read.
async fn published(tx: &mut Tx, tally: &Poll) -> Result<Vec<Line>, ServiceError> {
    let (rules, options) = (&tally.terms.rules, tally.options.len());
    let stored = stored(tx, tally).await?;
    if stored.len() > LINES_MAX {
        return Err(Refusal::TooManyBallots(tally.short_id()).into());
    }
    stored
        .into_iter()
        .map(|(receipt, marks, times)| {
            let ballot = Ballot::from_bytes(rules, options, &marks).map_err(broken)?;
            Ok(Line {
                of_organisation: tally.is_of_organisations(),
                receipt: receipt.map(|receipt| receipt.to_string()),
                times,
                ballot,
            })
        })
        .collect()
}

/// The ballots that may be published: each with its receipt, or merged.
async fn stored(
    tx: &mut Tx,
    poll: &Poll,
) -> Result<Vec<(Option<Receipt>, Vec<u8>, u64)>, ServiceError> {
    if poll.publishes_ballots() {
        let lines = sealed::published(tx, poll.id).await?;
        let line = |(receipt, marks)| (Some(receipt), marks, 1);
        return Ok(lines.into_iter().map(line).collect());
    }
    let merged = cast(tx, poll).await?;
    let line = |(marks, times)| (None, marks, times);
    Ok(merged.into_iter().map(line).collect())
}

/// A closed poll's ballots: those of `organisations`, or of persons (of a poll of organisations alone: theirs).
///
/// # Errors
/// The database's; the inner error says why this poll is not exported.
pub async fn export(
    tx: &mut Tx,
    number: i64,
    collective: Option<&str>,
    organisations: bool,
) -> Result<Result<Anchor, NotExported>, ServiceError> {
    let mut all = collectives::all(tx).await?;
    all.retain(|known| collective.is_none_or(|slug| known.slug == slug));
    let [collective] = all.as_slice() else {
        return Ok(Err(NotExported::Collective));
    };
    let Some(poll) = polls::by_number(tx, collective.id, number).await? else {
        return Ok(Err(NotExported::NotFound));
    };
    let tally = if organisations {
        poll.of_organisations()
    } else {
        Some(poll)
    };
    let Some(poll) = tally else {
        return Ok(Err(NotExported::NoVoices));
    };
    if let Err(refused) = check(&poll) {
        return Ok(Err(refused));
    }
    let stored = stored(tx, &poll).await?;
    Ok(match ballots(&poll, &stored)? {
        Some(ballots) => Ok(anchor(&poll, ballots)),
        None => Err(NotExported::Kind),
    })
}

fn check(poll: &Poll) -> Result<(), NotExported> {
    if poll.status != Status::Closed {
        return Err(NotExported::Open);
    }
    if poll.never_opened() {
        return Err(NotExported::NeverOpened);
    }
    if poll.terms.level == Level::Confidential && !poll.publishes_ballots() {
        return Err(NotExported::Confidential);
    }
    let ranked = matches!(poll.terms.rules, Rules::Rank | Rules::Elect { .. });
    let telling = ranked && poll.options.len() > TELLING_OPTIONS && poll.cast() < FEW_BALLOTS;
    if telling && poll.terms.level != Level::Public {
        return Err(NotExported::Telling);
    }
    Ok(())
}

fn ballots(
    poll: &Poll,
    stored: &[(Option<Receipt>, Vec<u8>, u64)],
) -> Result<Option<Ballots>, ServiceError> {
    let (rules, options) = (&poll.terms.rules, poll.options.len());
    let read = |marks: &[u8]| Ballot::from_bytes(rules, options, marks).map_err(broken);
    let Some(mut ballots) = empty(rules, options).map_err(broken)? else {
        return Ok(None);
    };
    for (_, marks, times) in stored {
        match (&mut ballots, read(marks)?) {
            (Ballots::Approval(all), Ballot::Options(chosen)) => all.push(&chosen, *times),
            (Ballots::Score(all), Ballot::Scores(scores)) => all.push(&scored(&scores), *times),
            (Ballots::Points(all), Ballot::Points(points)) => all.push(&pointed(&points), *times),
            (Ballots::Ranking(all), Ballot::Ranks(levels)) => all.push(&levels, *times),
            _ => return Err(broken("a ballot of another kind")),
        }
        .map_err(broken)?;
    }
    Ok(Some(ballots))
}

fn empty(rules: &Rules, options: usize) -> Result<Option<Ballots>, BallotError> {
    Ok(match rules {
        Rules::Choose { .. } | Rules::Budget { .. } => {
            Some(Ballots::Approval(Approvals::new(options, options)?))
        }
        Rules::Score => Some(Ballots::Score(Scores::new(options, SCORES.0, SCORES.1)?)),
        Rules::Points { rule } => Some(Ballots::Points(Points::new(options, *rule)?)),
        Rules::Rank | Rules::Elect { .. } => Some(Ballots::Ranking(Rankings::new(options)?)),
        Rules::Proposal { .. } | Rules::Consent { .. } | Rules::Date => None,
    })
}

fn anchor(poll: &Poll, ballots: Ballots) -> Anchor {
    let candidates = poll.options.iter().map(|option| Candidate {
        id: option.letter().to_string(),
        name: option.label.text.clone(),
        cost: option.cost,
    });
    let (seats, budget, wanted) = match &poll.terms.rules {
        Rules::Choose { most: 1 } => (None, None, Count::ApprovalCounts),
        Rules::Choose { most } => (Some(*most), None, Count::ApprovalTopK),
        Rules::Elect { seats: 1 } => (Some(1), None, Count::Irv),
        Rules::Elect { seats } => (Some(*seats), None, Count::StvScottish),
        Rules::Budget { budget, method } => {
            let count = match method {
                BudgetMethod::EqualShares => Count::EqualSharesAdd1,
                BudgetMethod::Greedy => Count::BudgetGreedy,
            };
            (None, Some(*budget), count)
        }
        Rules::Score => (None, None, Count::ScoreSum),
        Rules::Points { .. } => (None, None, Count::PointsSum),
        _ => (None, None, Count::SchulzeWv),
    };
    Anchor {
        id: poll.short_id().to_string(),
        title: poll.question.text.clone(),
        candidates: candidates.collect(),
        seats,
        budget,
        ballots,
        wanted: Some(vec![wanted]),
    }
}
