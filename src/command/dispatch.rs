//! From an event to its effect and its answer: who acts, what they want, the use case, the words.

use chrono::{DateTime, Utc};

use super::desk::{After, Outcome, Tools};
use super::grammar;
use super::inbound::{Answer, Deed, Inbound};
use super::invocation::Command;
use super::parse::{self, Parsed};
use super::personal;
use super::spec::CommandSpec;
use crate::domain::actor::{Actor, Role};
use crate::domain::collective::Collective;
use crate::domain::ids::ShortId;
use crate::domain::language::Language;
use crate::domain::workshop::Rsvp;
use crate::present;
use crate::present::workshop::Source;
use crate::service::gateway::Tx;
use crate::service::people::{self, Caller};
use crate::service::{
    self, Refusal, ServiceError, agenda, commitments, digests, journal, roles, views, workshops,
};

mod polls;

/// What an event asks for.
enum Wish {
    /// Nothing that concerns us.
    Nothing,
    /// A command, with its arguments by name.
    Named(&'static CommandSpec, Vec<(String, String)>),
    /// A command, typed.
    Typed(&'static CommandSpec, String),
    /// Something typed that is no command.
    Unknown(String),
}

/// Handles an event inside its transaction.
pub(super) async fn handle(
    tx: &mut Tx,
    tools: &Tools,
    inbound: &Inbound,
    now: DateTime<Utc>,
) -> Result<Outcome, ServiceError> {
    let wish = wish(tx, tools, inbound).await?;
    if matches!(wish, Wish::Nothing) {
        return Ok(Outcome::Done(Answer::Nothing, After::Nothing));
    }
    let caller = Caller {
        account: &inbound.account,
        standing: inbound.standing,
        room: &inbound.room,
        in_private: inbound.in_private(),
        bridged: inbound.bridged,
        language: inbound.language,
        name: inbound.name.as_deref(),
    };
    let (actor, collective) = match people::actor(tx, &caller).await {
        Ok(found) => found,
        // In rooms that are none of ours we are silent about words that may be for another bot.
        Err(ServiceError::Refused(_)) if matches!(wish, Wish::Unknown(_)) && !inbound.private => {
            return Ok(Outcome::Done(Answer::Nothing, After::Nothing));
        }
        Err(ServiceError::Refused(refusal)) => {
            let language = people::language(tx, &caller).await?;
            return Ok(Outcome::Refused(Answer::Say(present::refusal(
                &tools.words,
                language,
                &refusal,
            ))));
        }
        Err(error) => return Err(error),
    };
    let quiet = matches!(inbound.deed, Deed::React { .. });
    let words = &tools.words;
    let parsed = match wish {
        Wish::Nothing => return Ok(Outcome::Done(Answer::Nothing, After::Nothing)),
        Wish::Unknown(typed) => {
            let nearest = tools.grammar.nearest(&typed, words, actor.language);
            let message = present::unknown_command(words, actor.language, nearest.as_deref());
            return Ok(Outcome::Refused(Answer::Say(message)));
        }
        // The use case authorises; but nobody is asked to fill in what would then be refused.
        Wish::Named(spec, _) | Wish::Typed(spec, _) if spec.gate > actor.role => {
            let refusal = Refusal::NotAllowed(spec.gate);
            let message = present::refusal(words, actor.language, &refusal);
            return Ok(Outcome::Refused(Answer::Say(message)));
        }
        Wish::Named(spec, args) => parse::named(&tools.grammar, spec, &args, now, collective.zone),
        Wish::Typed(spec, rest) => parse::typed(&tools.grammar, spec, &rest, now, collective.zone),
    };
    match parsed {
        Err(error) => Ok(Outcome::Refused(Answer::Say(super::explain::parse_error(
            words,
            actor.language,
            &error,
        )))),
        Ok(Parsed::Missing(missing)) => Ok(Outcome::Refused(Answer::Ask(super::explain::form(
            words,
            actor.language,
            &missing,
        )))),
        Ok(Parsed::Ready(command)) => {
            let done = run(tx, tools, &actor, &collective, command, now).await;
            match done {
                // A reaction that worked shows on the card; a message for each would flood the room.
                Ok(_) if quiet => Ok(Outcome::Done(Answer::Nothing, After::Nothing)),
                Ok((answer, after)) => Ok(Outcome::Done(answer, after)),
                Err(ServiceError::Refused(Refusal::ConsentNeeded)) => {
                    let asked = tools.pending.of(&inbound.account, now).is_some();
                    tools.pending.put(inbound, now);
                    // One question is enough under a card that somebody plays with.
                    if quiet && asked {
                        return Ok(Outcome::Refused(Answer::Nothing));
                    }
                    let terms = personal::terms(tx, tools, &actor, true).await?;
                    Ok(Outcome::Refused(Answer::Say(terms)))
                }
                Err(ServiceError::Refused(refusal)) => Ok(Outcome::Refused(Answer::Say(
                    present::refusal(words, actor.language, &refusal),
                ))),
                Err(error) => Err(error),
            }
        }
    }
}

async fn wish(tx: &mut Tx, tools: &Tools, inbound: &Inbound) -> Result<Wish, ServiceError> {
    Ok(match &inbound.deed {
        Deed::Text(text) => typed(tools, text, inbound.private),
        Deed::Invoke { command, args } => match CommandSpec::find(command) {
            Some(spec) => Wish::Named(spec, args.clone()),
            None => Wish::Unknown(command.clone()),
        },
        Deed::Press { invoke, fields } => pressed(invoke, fields),
        Deed::React { message, emoji } => {
            let found = views::at_message(tx, inbound.account.network, message).await?;
            let Some((loaded, view)) = found else {
                return Ok(Wish::Nothing);
            };
            let card = present::card(&tools.words, Language::default(), &loaded, view, inbound.at);
            // Some clients add the variation selector that asks for a coloured emoji.
            let emoji = emoji.trim_end_matches('\u{fe0f}');
            match card
                .actions
                .iter()
                .find(|action| action.emoji.as_deref() == Some(emoji))
            {
                Some(action) => pressed(&action.invoke, &[]),
                None => Wish::Nothing,
            }
        }
    })
}

fn typed(tools: &Tools, text: &str, private: bool) -> Wish {
    let text = text.trim();
    let command = match text.strip_prefix(['!', '/']) {
        Some(command) => command,
        None if private => text,
        None => return Wish::Nothing,
    };
    match tools.grammar.command(command) {
        Some((spec, rest)) => Wish::Typed(spec, rest.to_owned()),
        None if command.starts_with(char::is_alphabetic) || private => {
            Wish::Unknown(command.to_owned())
        }
        None => Wish::Nothing,
    }
}

/// Reads the invocation on a button (`command?name=value&…`) and what was filled in.
fn pressed(invoke: &str, fields: &[(String, String)]) -> Wish {
    let (id, query) = invoke.split_once('?').unwrap_or((invoke, ""));
    let Some(spec) = CommandSpec::find(id) else {
        return Wish::Unknown(id.to_owned());
    };
    let mut args: Vec<(String, String)> = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    args.extend(fields.iter().cloned());
    Wish::Named(spec, args)
}

/// Carries a command out.
async fn run(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    collective: &Collective,
    command: Command,
    now: DateTime<Utc>,
) -> Result<(Answer, After), ServiceError> {
    let (words, language) = (&tools.words, actor.language);
    let mut after = After::Nothing;
    let message = match command {
        Command::WorkshopCreate(wish) => {
            let workshop = workshops::announce(tx, actor, &wish, now).await?;
            present::workshop::announced(words, language, &workshop)
        }
        Command::WorkshopEdit { workshop, wish } => {
            let workshop = workshops::edit(tx, actor, workshop, &wish, now).await?;
            present::workshop::edited(words, language, &workshop)
        }
        Command::WorkshopCancel { workshop } => {
            let workshop = workshops::cancel(tx, actor, workshop, now).await?;
            present::workshop::cancelled(words, language, &workshop)
        }
        Command::WorkshopShow {
            workshop: Some(number),
        } => {
            let workshop = workshops::find(tx, actor, number).await?;
            present::workshop::card(words, language, &workshop, now)
        }
        Command::WorkshopShow { workshop: None } => {
            let coming = workshops::coming(tx, actor, now).await?;
            present::workshop::list(words, language, &coming)
        }
        Command::WorkshopAgenda { workshop } => {
            let (one, entries) = agenda_entries(tx, actor, collective, workshop, now).await?;
            let source = match &tools.links {
                Some(links) => Source::Address(links.agenda(&collective.slug, one, language)),
                None => Source::Entries(&entries),
            };
            let name = &collective.name;
            present::workshop::agenda_offered(words, language, name, one, source)
        }
        Command::Rsvp { workshop, answer } => {
            let workshop = workshops::answer(tx, actor, workshop, answer, now).await?;
            let mut told = present::workshop::answered(words, language, &workshop, answer);
            if let Some(links) = tools.links.as_ref().filter(|_| answer != Rsvp::No) {
                let address = links.agenda(&collective.slug, Some(workshop.short_id()), language);
                told.actions
                    .push(present::workshop::agenda_link(words, language, address));
            }
            told
        }
        Command::PollCreate(wish) => {
            let draft = polls::draft(&wish, collective, now)?;
            let poll = service::polls::open(tx, actor, &draft, now).await?;
            present::poll::opened(words, language, &poll)
        }
        Command::PollExtend { poll, closes } => {
            let closes_at = closes.end.unwrap_or(closes.start);
            let poll = service::polls::extend(tx, actor, poll, closes_at, now).await?;
            present::poll::extended(words, language, &poll)
        }
        Command::PollRoom {
            poll,
            counts,
            witness,
        } => {
            let found = service::polls::find(tx, actor, poll).await?;
            let counts = polls::room_counts(tools, &found, &counts)?;
            let witness = witness.unwrap_or_default();
            let poll = service::polls::set_room(tx, actor, poll, counts, &witness, now).await?;
            present::poll::room_recorded(words, language, &poll)
        }
        Command::PollConclude {
            poll,
            statement,
            review,
        } => {
            let poll =
                service::polls::say_outcome(tx, actor, poll, &statement, review, now).await?;
            present::poll::concluded(words, language, &poll)
        }
        Command::PollTable { poll } => {
            let poll = service::polls::table(tx, actor, poll).await?;
            present::poll::table(words, language, &poll)
        }
        Command::PollResult { poll } => {
            let poll = service::polls::find(tx, actor, poll).await?;
            let reasons = service::polls::reasons(tx, &poll).await?;
            let named = service::polls::named(tx, &poll).await?;
            present::poll::detail(words, language, &poll, &reasons, &named)
        }
        Command::PollClose { poll } => {
            let poll = service::polls::close(tx, actor, poll, now).await?;
            present::poll::closed(words, language, &poll)
        }
        Command::PollShow { poll: Some(number) } => {
            let poll = service::polls::find(tx, actor, number).await?;
            present::poll::card(words, language, &poll, now)
        }
        Command::PollShow { poll: None } => {
            let open = service::polls::opened(tx, actor).await?;
            present::poll::list(words, language, &open)
        }
        Command::Vote {
            poll,
            choice,
            reason,
        } => {
            let answer = polls::vote(tx, tools, actor, (poll, choice, reason), now).await?;
            return Ok((answer, After::Nothing));
        }
        Command::CommitmentTake { sentence, due } => {
            let commitment = commitments::take(tx, actor, &sentence, due, now).await?;
            present::commitment::taken(words, language, &commitment)
        }
        Command::CommitmentList => {
            let own = commitments::own(tx, actor).await?;
            present::commitment::list(words, language, &own)
        }
        Command::CheckIn { commitment, answer } => {
            let commitment = commitments::check_in(tx, actor, commitment, answer, now).await?;
            present::commitment::checked_in(words, language, &commitment)
        }
        Command::DigestPreview => {
            let facts = digests::preview(tx, actor, collective, now).await?;
            present::digest::preview(words, language, &facts)
        }
        Command::DigestPublish => {
            let digest = digests::publish(tx, actor, collective, now).await?;
            present::digest::published(words, language, &digest)
        }
        Command::Language { language } => {
            people::choose_language(tx, actor, language, now).await?;
            present::language_chosen(words, language)
        }
        Command::Link { code: None } => personal::code(tx, tools, actor, now).await?,
        Command::Link { code: Some(code) } => personal::link(tx, tools, actor, &code, now).await?,
        Command::Unlink => personal::unlink(tx, tools, actor).await?,
        Command::DataShow => personal::show(tx, tools, actor, collective).await?,
        Command::DataExport => personal::export(tx, tools, actor, collective, now).await?,
        Command::DataErase { confirmed: false } => {
            personal::before_erasure(tx, tools, actor, collective).await?
        }
        Command::DataErase { confirmed: true } => {
            after = After::Scrub;
            tools.pending.forget(&actor.account);
            personal::erase(tx, tools, actor, now).await?
        }
        Command::Privacy => personal::terms(tx, tools, actor, false).await?,
        Command::Consent => {
            after = After::Resume;
            personal::agree(tx, tools, actor, now).await?
        }
        Command::CircleRoles => {
            let grants = roles::grants(tx, actor).await?;
            present::circle::roles(words, language, &collective.roles, &grants)
        }
        Command::Journal => {
            let entries = journal::latest(tx, actor).await?;
            present::circle::journal(words, language, &entries, collective.zone)
        }
        Command::Help => {
            let (all, steering): (Vec<_>, Vec<_>) = super::spec::COMMANDS
                .iter()
                .filter(|spec| spec.gate <= actor.role)
                .partition(|spec| spec.gate == Role::Citizen);
            let typed = |specs: Vec<&CommandSpec>| -> Vec<(String, String)> {
                let described = |spec: &CommandSpec| {
                    let description = words.attribute(language, &spec.words(), "description");
                    (
                        grammar::typed(words, language, spec),
                        description.unwrap_or_default(),
                    )
                };
                specs.into_iter().map(described).collect()
            };
            present::help(words, language, actor.role, typed(all), typed(steering))
        }
    };
    Ok((Answer::Say(message), after))
}

/// What a calendar of one workshop, or of all, holds.
async fn agenda_entries(
    tx: &mut Tx,
    actor: &Actor,
    collective: &Collective,
    workshop: Option<i64>,
    now: DateTime<Utc>,
) -> Result<(Option<ShortId>, Vec<agenda::Entry>), ServiceError> {
    if let Some(number) = workshop {
        let workshop = workshops::find(tx, actor, number).await?;
        let id = workshop.short_id();
        return Ok((Some(id), vec![agenda::entry(tx, workshop).await?]));
    }
    let found = agenda::all(tx, &collective.slug, now).await?;
    Ok((None, found.map(|(_, entries)| entries).unwrap_or_default()))
}
