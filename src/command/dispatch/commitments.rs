//! Commands about commitments: from the command to the use case and its words.

use chrono::{DateTime, Utc};

use super::super::desk::{After, Tools};
use super::super::inbound::Answer;
use super::super::invocation::commitments::Act;
use super::super::personal::random_bits;
use super::checkins;
use crate::domain::actor::Actor;
use crate::domain::commitment::About;
use crate::domain::ids::{Kind, ShortId};
use crate::present;
use crate::service::commitments::{self, Correction, TakingOver, Wish};
use crate::service::gateway::Tx;
use crate::service::{self, Refusal, ServiceError, pledges};

/// Carries one of them out.
pub(super) async fn run(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    act: Act,
    now: DateTime<Utc>,
) -> Result<(Answer, After), ServiceError> {
    let (words, language) = (&tools.words, actor.language);
    let mut after = After::Nothing;
    let message = match act {
        Act::Take {
            sentence,
            due,
            about,
            visibility,
            behalf,
            others,
        } => {
            let wish = Wish {
                sentence,
                due,
                about: aim(tools, about)?,
                visibility,
                behalf,
                others,
            };
            let proposal = commitments::propose(tx, actor, &wish, now).await?;
            tools.proposed.put(&actor.account, proposal.clone(), now);
            present::commitment::to_confirm(words, language, &proposal)
        }
        Act::Confirm => {
            let proposal = tools.proposed.of(&actor.account, now);
            let proposal = proposal.ok_or(Refusal::NothingToConfirm)?;
            let taken = commitments::take(tx, actor, &proposal, now).await?;
            after = After::Confirmed;
            match commitments::pledge(tx, &taken).await? {
                Some(pledge) => present::pledge::joined(words, language, &pledge, &taken),
                None => present::commitment::taken(words, language, &taken),
            }
        }
        Act::Show { commitment: None } => {
            let own = commitments::own(tx, actor).await?;
            let mut message = present::commitment::list(words, language, &own);
            let missing = service::checkins::without_news(tx, actor, now).await?;
            present::checkin::add_missing(words, language, &missing, &mut message);
            message
        }
        Act::Show {
            commitment: Some(number),
        } => match pledges::find(tx, actor, number).await? {
            Some(pledge) => present::pledge::card(words, language, &pledge),
            None => {
                let (held, own) = commitments::one(tx, actor, number).await?;
                present::commitment::one(words, language, &held, own)
            }
        },
        Act::Edit {
            commitment,
            sentence,
            due,
            about,
            visibility,
        } => {
            let correction = Correction {
                sentence,
                due,
                about: aim(tools, about)?,
                visibility,
            };
            let corrected = commitments::correct(tx, actor, commitment, correction, now).await?;
            present::commitment::corrected(words, language, &corrected)
        }
        Act::Postpone { commitment, due } => {
            let postponed = commitments::postpone(tx, actor, commitment, due, now).await?;
            present::commitment::postponed(words, language, &postponed)
        }
        Act::Withdraw { commitment } => {
            let withdrawn = commitments::withdraw(tx, actor, commitment, now).await?;
            present::commitment::withdrawn(words, language, &withdrawn)
        }
        Act::HandOver { commitment } => {
            let bits = random_bits();
            let (code, offered) = commitments::offer(tx, actor, commitment, bits, now).await?;
            present::commitment::offered(words, language, &code, &offered)
        }
        Act::TakeOver { code, .. } if !actor.in_private => {
            commitments::burn(tx, &code, now).await?;
            present::link::not_here(words, language)
        }
        Act::TakeOver { code, behalf } => {
            let behalf = behalf.as_deref();
            match commitments::take_over(tx, actor, &code, behalf, now).await? {
                TakingOver::Wrong => present::commitment::wrong_code(words, language),
                TakingOver::Taken(held) => present::commitment::taken_over(words, language, &held),
            }
        }
        Act::Hide { commitment } => {
            let hidden = commitments::hide(tx, actor, commitment, now).await?;
            present::commitment::hidden(words, language, &hidden)
        }
        Act::Pledges => {
            let open = pledges::opened(tx, actor).await?;
            present::pledge::list(words, language, &open)
        }
        Act::Join {
            commitment,
            others,
            behalf,
        } => {
            let behalf = behalf.as_deref();
            let joined = pledges::join(tx, actor, commitment, others, behalf, now).await?;
            let (pledge, held) = joined;
            present::pledge::joined(words, language, &pledge, &held)
        }
        Act::Extend { commitment, due } => {
            let pledge = pledges::extend(tx, actor, commitment, due, now).await?;
            present::pledge::extended(words, language, &pledge)
        }
        Act::CheckIn {
            commitment,
            answer,
            due,
        } => {
            let said = (commitment, answer, due);
            let answer = checkins::answer(tx, tools, actor, said, now).await?;
            return Ok((answer, after));
        }
        Act::Help { commitment, reply } => {
            checkins::help(tx, tools, actor, (commitment, &reply), now).await?
        }
        Act::Overview => {
            let overview = service::checkins::overview(tx, actor, now).await?;
            present::checkin::overview(words, language, &overview)
        }
    };
    Ok((Answer::Say(message), after))
}

/// What a commitment is for: a milestone, an action, or else a theme.
fn aim(tools: &Tools, typed: Option<String>) -> Result<Option<About>, Refusal> {
    let Some(typed) = typed else {
        return Ok(None);
    };
    let id = typed.trim().parse::<ShortId>().ok();
    let of_plan = id.filter(|id| matches!(id.kind, Kind::Milestone | Kind::Action));
    let theme = || tools.grammar.term("themes", &typed).map(str::to_owned);
    let about = of_plan
        .map(About::Plan)
        .or_else(|| theme().map(About::Theme));
    about.map(Some).ok_or(Refusal::NoAim(typed))
}
