//! Check-ins: what somebody answers about a commitment of theirs, and a hand that organizers lend.

use chrono::{DateTime, NaiveDate, Utc};

use super::super::desk::Tools;
use super::super::explain;
use super::super::inbound::{Answer, Inbound};
use super::super::parse::Missing;
use super::super::spec::CommandSpec;
use super::Wish;
use crate::domain::actor::Actor;
use crate::domain::card::Message;
use crate::domain::checkin;
use crate::domain::network::Destination;
use crate::present;
use crate::service::gateway::Tx;
use crate::service::{ServiceError, cards, checkins, commitments};

/// What a number typed in private asks for: it answers the last message about a commitment, if there was one.
pub(super) async fn numbered(
    tx: &mut Tx,
    inbound: &Inbound,
    text: &str,
) -> Result<Option<Wish>, ServiceError> {
    let Some((answer, due)) = checkin::Answer::numbered(text).filter(|_| inbound.private) else {
        return Ok(None);
    };
    let asked = checkins::asked_about(tx, &inbound.account).await?;
    Ok(asked.zip(CommandSpec::find("checkin")).map(|(id, spec)| {
        let args = [
            ("commitment", id.to_string()),
            ("state", answer.name().to_owned()),
            ("due", due.to_owned()),
        ];
        Wish::Named(
            spec,
            args.map(|(name, value)| (name.to_owned(), value)).into(),
        )
    }))
}

/// Somebody answers about a commitment of theirs.
pub(super) async fn answer(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    (number, answer, due): (i64, checkin::Answer, Option<NaiveDate>),
    now: DateTime<Utc>,
) -> Result<Answer, ServiceError> {
    let (words, language) = (&tools.words, actor.language);
    Ok(Answer::Say(match (answer, due) {
        (checkin::Answer::Goes(goes), _) => {
            let commitment = commitments::check_in(tx, actor, number, goes, now).await?;
            present::commitment::checked_in(words, language, &commitment)
        }
        (checkin::Answer::Hand, _) => {
            let (commitment, asked) = checkins::ask_hand(tx, actor, number, now).await?;
            present::checkin::hand_asked(words, language, &commitment, &asked)
        }
        (checkin::Answer::NewDate, Some(due)) => {
            let postponed = commitments::postpone(tx, actor, number, due, now).await?;
            present::commitment::postponed(words, language, &postponed)
        }
        (checkin::Answer::NewDate, None) => {
            let commitment = checkins::answers(tx, actor, number, now).await?;
            return Ok(ask_date(tools, actor, &commitment.short_id().to_string()));
        }
        (checkin::Answer::PassOn, _) => {
            let commitment = checkins::answers(tx, actor, number, now).await?;
            present::checkin::pass_on(words, language, &commitment)
        }
    }))
}

/// Asks for the new day of a commitment: by a form, or by what to type.
fn ask_date(tools: &Tools, actor: &Actor, id: &str) -> Answer {
    let (words, language) = (&tools.words, actor.language);
    let asked = CommandSpec::find("commitment.postpone")
        .and_then(|spec| Some((spec, spec.arg("commitment")?, spec.arg("due")?)));
    let Some((spec, commitment, due)) = asked else {
        return Answer::Say(present::unknown_command(words, language, None));
    };
    let missing = Missing {
        spec,
        given: vec![(commitment.name, id.to_owned())],
        first: due,
    };
    let mut form = explain::form(words, language, &missing);
    form.example = present::checkin::date_example(words, language, id);
    Answer::Ask(form)
}

/// Organizers answer somebody who would like a hand; the answer goes to that person alone.
pub(super) async fn help(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    (number, reply): (i64, &str),
    now: DateTime<Utc>,
) -> Result<Message, ServiceError> {
    let (commitment, reach, reply) = checkins::lend_hand(tx, actor, number, reply, now).await?;
    let message = present::checkin::hand(&tools.words, reach.language, &commitment, &reply);
    let (network, to) = (reach.account.network, reach.account.address);
    cards::answer(
        tx,
        network,
        Destination::Direct(to),
        reach.language,
        message,
        now,
    )
    .await?;
    let id = commitment.short_id();
    Ok(present::checkin::hand_lent(
        &tools.words,
        actor.language,
        id,
    ))
}
