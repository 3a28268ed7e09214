//! Commands about polls: from what was said to a draft, a ballot, counts.

use chrono::{DateTime, Duration, NaiveTime, Utc};

use super::super::desk::Tools;
use super::super::inbound::Answer;
use super::super::invocation::PollWish;
use super::voices::{Whose, whose};
use crate::domain::actor::Actor;
use crate::domain::card::Message;
use crate::domain::collective::Collective;
use crate::domain::count::{Base, ConsentRule, PointsRule, Quorum, Threshold};
use crate::domain::poll::ballot::{self, Ballot};
use crate::domain::poll::rules::{BudgetMethod, POINTS, PollKind, Rules, Terms};
use crate::domain::poll::{Draft, DraftOption, Poll, PollOption};
use crate::domain::schedule;
use crate::domain::text::{self, Wording};
use crate::domain::when::{self, When};
use crate::present;
use crate::service::ballot_links::Bearer;
use crate::service::gateway::Tx;
use crate::service::{Refusal, ServiceError, polls};

/// How long a poll stays open when nobody says so, in days; it then closes in the evening.
const DEFAULT_OPEN_DAYS: i64 = 7;
/// The hour at which such a poll closes.
const DEFAULT_CLOSING_HOUR: u32 = 20;
/// What stands in the place of a ballot or a reason when somebody wants the form for it.
pub(super) const FORM: &str = "?";

/// The draft of a poll that somebody wants.
pub(super) fn draft(
    wish: &PollWish,
    collective: &Collective,
    now: DateTime<Utc>,
) -> Result<Draft, Refusal> {
    let rules = rules(wish)?;
    let read = |text: &String| option(text, &rules, collective, now);
    let options = wish
        .options
        .iter()
        .map(read)
        .collect::<Result<Vec<_>, _>>()?;
    let opens_at = match (&wish.opens, &wish.proposals) {
        (Some(_), Some(_)) => return Err(Refusal::OpensWithProposals),
        (None, Some(until)) => until.end.unwrap_or(until.start),
        (opens, None) => opens.as_ref().map_or(now, |when| when.start),
    };
    let terms = Terms {
        level: wish.level,
        reveal: wish.reveal,
        quorum: Quorum(u32::try_from(wish.quorum).unwrap_or(u32::MAX)),
        eligibility: wish.who.clone().split().0,
        eligible: wish.eligible,
        lot: wish.draw,
        receipts: wish.receipts,
        proposals: wish.proposals.is_some(),
        voices: wish.voices,
        ..Terms::new(rules)
    };
    let closes_at = closing(wish.closes.as_ref(), collective, opens_at.max(now));
    Ok(Draft::new(
        &wish.question,
        options,
        terms,
        opens_at,
        closes_at,
    )?)
}

fn rules(wish: &PollWish) -> Result<Rules, Refusal> {
    let small = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    let size = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    Ok(match wish.kind {
        PollKind::Proposal => Rules::Proposal {
            threshold: threshold(wish.majority),
        },
        PollKind::Consent => Rules::Consent {
            rule: ConsentRule {
                objections_allowed: wish.objections,
                ..ConsentRule::default()
            },
        },
        PollKind::Choose => Rules::Choose {
            most: size(wish.number.unwrap_or(1)),
        },
        PollKind::Score => Rules::Score,
        PollKind::Points => Rules::Points {
            rule: PointsRule {
                budget: wish.number.map_or(POINTS, small),
                cap: wish.cap.map(small),
            },
        },
        PollKind::Rank => Rules::Rank,
        PollKind::Elect => Rules::Elect {
            seats: size(wish.number.unwrap_or(1)),
        },
        PollKind::Budget => Rules::Budget {
            budget: wish.number.ok_or(Refusal::NoBudget)?,
            method: if wish.greedy {
                BudgetMethod::Greedy
            } else {
                BudgetMethod::EqualShares
            },
        },
        PollKind::Date => Rules::Date,
    })
}

fn threshold(majority: &str) -> Threshold {
    let base = match majority {
        "two-thirds" => return Threshold::TWO_THIRDS,
        "of-all" => Base::Cast,
        "of-eligible" => Base::Eligible,
        _ => return Threshold::SIMPLE_MAJORITY,
    };
    Threshold::new(1, 2, true, base).unwrap_or(Threshold::SIMPLE_MAJORITY)
}

fn option(
    text: &str,
    rules: &Rules,
    collective: &Collective,
    now: DateTime<Utc>,
) -> Result<DraftOption, Refusal> {
    if !matches!(rules, Rules::Date) {
        return Ok(DraftOption::read(text, rules)?);
    }
    let at = when::parse(text, now, collective.zone)
        .map_err(|_| Refusal::NoDate(text.chars().take(60).collect()))?;
    Ok(DraftOption {
        label: Wording::of(text.to_owned()),
        meaning: None,
        cost: None,
        at: Some(at.start),
    })
}

/// An option that somebody proposes for a poll.
pub(super) async fn propose(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    collective: &Collective,
    (number, typed, meaning): (i64, &str, Option<&str>),
    now: DateTime<Utc>,
) -> Result<Message, ServiceError> {
    let poll = polls::find(tx, actor, number).await?;
    let mut option = option(typed, &poll.terms.rules, collective, now)?;
    if let Some(meaning) = meaning {
        let read = Wording::read(meaning, text::SENTENCE_MAX);
        option.meaning = Some(read.map_err(|error| Refusal::Text("meaning", error))?);
    }
    let (poll, proposal) = polls::propose(tx, actor, number, option, now).await?;
    let (words, language) = (&tools.words, actor.language);
    Ok(present::poll::proposal_made(
        words, language, &poll, &proposal,
    ))
}

/// Options that an organizer adds.
pub(super) async fn add_options(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    collective: &Collective,
    (number, typed): (i64, &[String]),
    now: DateTime<Utc>,
) -> Result<Message, ServiceError> {
    let poll = polls::find(tx, actor, number).await?;
    let read = |text: &String| option(text, &poll.terms.rules, collective, now);
    let options = typed.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let poll = polls::add_options(tx, actor, number, &options, now).await?;
    Ok(present::poll::options_added(
        &tools.words,
        actor.language,
        &poll,
    ))
}

/// When a poll closes: as said, or in the evening a week after it opens.
pub(super) fn closing(
    closes: Option<&When>,
    collective: &Collective,
    opens_at: DateTime<Utc>,
) -> DateTime<Utc> {
    closes.map_or_else(
        || {
            let day =
                (opens_at + Duration::days(DEFAULT_OPEN_DAYS)).with_timezone(&collective.zone);
            let hour = NaiveTime::from_hms_opt(DEFAULT_CLOSING_HOUR, 0, 0).unwrap_or_default();
            schedule::at_local(day.date_naive(), hour, collective.zone)
        },
        |when| when.end.unwrap_or(when.start),
    )
}

/// What somebody says to a poll, as it was typed or filled in.
pub(super) struct Said {
    /// The ballot; none to be shown how to vote.
    pub(super) choice: Option<String>,
    /// The reason of an objection.
    pub(super) reason: Option<String>,
    /// In whose name.
    pub(super) behalf: Option<String>,
}

/// Takes what somebody says to a poll; without a ballot, tells how they can.
pub(super) async fn vote(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    number: i64,
    mut said: Said,
    now: DateTime<Utc>,
) -> Result<Answer, ServiceError> {
    let (words, language) = (&tools.words, actor.language);
    let poll = polls::find(tx, actor, number).await?;
    polls::check_open(&poll, now)?;
    let voice = match whose(tx, tools, actor, &poll, &mut said).await? {
        Whose::Own => None,
        Whose::Of(organisation) => Some(organisation),
        Whose::Unsaid(able) => {
            let question = present::poll::in_whose_name(words, language, &poll, &able);
            return Ok(Answer::Say(question));
        }
    };
    let voice = voice.as_ref();
    let own = match voice {
        Some(organisation) => {
            polls::check_voice(tx, actor, &poll, organisation).await?;
            polls::ballot_of(tx, &poll, organisation).await?
        }
        None => {
            // A personal link is only given to those who may.
            polls::check_eligible(tx, actor, &poll).await?;
            polls::own_ballot(tx, actor, &poll).await?
        }
    };
    let tally = voice.and(poll.of_organisations());
    let shown = tally.as_ref().unwrap_or(&poll);
    let ballot_before = own.as_ref().map(|own| &own.ballot);
    let typed = match said.choice.as_deref() {
        None => {
            // In a room the menu is everybody's to read; a ballot is its author's.
            let own = ballot_before.filter(|_| actor.in_private);
            let receipt = polls::receipt(tx, actor, &poll).await?;
            let receipt = receipt.as_ref();
            let mut menu = present::poll::menu(words, language, shown, voice, own, receipt);
            if let Some(links) = &tools.links {
                let page = actor.in_private.then(|| {
                    let bearer = Bearer::new(actor, &poll, now);
                    links.address(&bearer, voice)
                });
                present::poll::offer_page(words, language, &poll, page, &mut menu);
            }
            return Ok(Answer::Say(menu));
        }
        Some(FORM) => {
            let form = present::poll::form(words, language, shown, voice, ballot_before);
            return Ok(Answer::Ask(form));
        }
        Some(typed) => typed,
    };
    let (typed, reason) = split_reason(tools, &poll, typed, said.reason);
    let ballot = read(tools, &poll, typed)?;
    if poll.wants_reason(&ballot) && reason.is_none() {
        let before = own.as_ref().and_then(|own| own.reason.as_deref());
        let form = present::poll::reason_form(words, language, shown, voice, before);
        return Ok(Answer::Ask(form));
    }
    let reason = reason.as_deref();
    let poll = match voice {
        Some(voice) => polls::vote_for(tx, actor, number, voice, &ballot, reason, now).await?,
        None => polls::vote(tx, actor, number, &ballot, reason, now).await?,
    };
    let receipt = polls::receipt(tx, actor, &poll).await?;
    let receipt = receipt.as_ref();
    let message = present::poll::voted(words, language, &poll, voice, &ballot, receipt);
    Ok(Answer::Say(message))
}

fn read(tools: &Tools, poll: &Poll, typed: &str) -> Result<Ballot, Refusal> {
    let known = |text: &str| tools.grammar.answer(text);
    ballot::parse(&poll.terms.rules, poll.options.len(), typed, &known).map_err(|wrong| {
        let last = poll.options.last().map_or('a', PollOption::letter);
        Refusal::Ballot(poll.short_id(), wrong, last)
    })
}

/// « objection parce que … »: what follows the word is the reason.
fn split_reason<'t>(
    tools: &Tools,
    poll: &Poll,
    typed: &'t str,
    reason: Option<String>,
) -> (&'t str, Option<String>) {
    if !matches!(poll.terms.rules, Rules::Consent { .. }) || reason.is_some() {
        return (typed, reason);
    }
    match tools.grammar.answer(typed) {
        Some((ballot::Answer::Objection | ballot::Answer::No, length)) => {
            let (word, rest) = typed.split_at(length);
            let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '«');
            (word, Some(rest.to_owned()).filter(|rest| !rest.is_empty()))
        }
        _ => (typed, reason),
    }
}

/// The counts of a room: `a 12, b 9`, or « oui 12, non 3 »; what is not named is 0.
pub(super) fn room_counts(tools: &Tools, poll: &Poll, typed: &str) -> Result<Vec<u64>, Refusal> {
    let places = poll.answers();
    let wrong = || Refusal::RoomCounts(poll.short_id(), places);
    let mut counts = vec![0; places];
    let mut rest = typed.trim();
    while !rest.is_empty() {
        let (at, after) = place(tools, poll, rest).ok_or_else(wrong)?;
        let after = after.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '='));
        let end = after
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(after.len());
        let (digits, after) = after.split_at(end);
        let count: u32 = digits.parse().map_err(|_| wrong())?;
        *counts.get_mut(at).ok_or_else(wrong)? = u64::from(count);
        rest = after.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';'));
    }
    Ok(counts)
}

/// Which count a text begins with, and what follows.
fn place<'t>(tools: &Tools, poll: &Poll, text: &'t str) -> Option<(usize, &'t str)> {
    use ballot::Answer as Said;
    if poll.terms.rules.kind().has_options() {
        let letter = text.chars().next()?;
        let at = crate::domain::poll::option_of(letter)?;
        return Some((at, text.get(letter.len_utf8()..)?));
    }
    let (answer, length) = tools.grammar.answer(text)?;
    let at = match (answer, &poll.terms.rules) {
        (Said::Yes | Said::Consent, _) => 0,
        (Said::No, Rules::Proposal { .. }) | (Said::StandAside, _) => 1,
        (Said::No | Said::Objection | Said::Abstain, _) => 2,
        _ => return None,
    };
    Some((at, text.get(length..)?))
}
