//! From an event to its effect and its answer: who acts, what they want, the use case, the words.

use chrono::{DateTime, Utc};

use super::desk::{After, Outcome, Tools};
use super::grammar;
use super::inbound::{Answer, Deed, Inbound};
use super::invocation::commitments::Act;
use super::invocation::{Command, Who};
use super::parse::{self, Parsed};
use super::partners;
use super::personal;
use super::spec::CommandSpec;
use crate::domain::actor::{Actor, Role};
use crate::domain::card::Tone;
use crate::domain::collective::Collective;
use crate::domain::ids::{Kind, ShortId};
use crate::domain::language::Language;
use crate::domain::poll::proposal::Decision;
use crate::domain::pulse;
use crate::domain::workshop::Rsvp;
use crate::present;
use crate::service::gateway::Tx;
use crate::service::organisations::Changes;
use crate::service::people::{self, Caller};
use crate::service::{
    self, Refusal, ServiceError, digests, journal, mandates, pulses, reminders, roles, views,
};

mod catalogue;
mod checkins;
mod commitments;
mod plans;
mod polls;
mod voices;
mod workshops;

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
        elsewhere: &inbound.elsewhere,
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
    let quiet = is_quiet(inbound);
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
            let serves = serves_a_reminder(&command);
            let alone = inbound.private;
            let done = run(tx, tools, &actor, &collective, command, inbound, now).await;
            match done {
                Ok(_) if quiet => Ok(Outcome::Done(Answer::Nothing, After::Nothing)),
                Ok((mut answer, after)) => {
                    if let Answer::Say(message) = &mut answer {
                        let serves = serves && message.tone == Tone::Success;
                        let aside = reminders::aside(tx, &actor, alone, serves, now).await?;
                        let here = &actor.account;
                        present::reminder::add_aside(words, actor.language, &aside, here, message);
                    }
                    Ok(Outcome::Done(answer, after))
                }
                Err(ServiceError::Refused(Refusal::ConsentNeeded)) => {
                    let asked = tools.pending.of(&inbound.account, now).is_some();
                    tools.pending.put(&inbound.account, inbound.clone(), now);
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

/// Whether a reminder would serve whoever does this: they are offered it then.
const fn serves_a_reminder(command: &Command) -> bool {
    match command {
        Command::Rsvp { request, .. } => !matches!(request.answer, Rsvp::No),
        Command::Vote { choice, .. } => choice.is_some(),
        Command::Commitment(act) => matches!(act, Act::Confirm),
        _ => false,
    }
}

async fn wish(tx: &mut Tx, tools: &Tools, inbound: &Inbound) -> Result<Wish, ServiceError> {
    Ok(match &inbound.deed {
        Deed::Text(text) => match checkins::numbered(tx, inbound, text).await? {
            Some(wish) => wish,
            None => typed(tools, text, inbound.private),
        },
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

/// Whether something is answered only by what cards show: a message for each reaction would flood the room.
const fn is_quiet(inbound: &Inbound) -> bool {
    matches!(inbound.deed, Deed::React { .. })
}

/// Carries a command out.
async fn run(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    collective: &Collective,
    command: Command,
    from: &Inbound,
    now: DateTime<Utc>,
) -> Result<(Answer, After), ServiceError> {
    let (words, language) = (&tools.words, actor.language);
    let mut after = After::Nothing;
    let message = match command {
        Command::WorkshopCreate {
            wish,
            draft,
            publish,
        } => workshops::create(tx, tools, actor, from, (*wish, draft, publish), now).await?,
        Command::WorkshopEdit {
            workshop,
            wish,
            all,
        } => workshops::edit(tx, tools, actor, from, (workshop, *wish, all), now).await?,
        Command::WorkshopPreview { workshop } => {
            workshops::preview(tx, tools, actor, workshop, now).await?
        }
        Command::WorkshopPublish { workshop, at } => {
            workshops::publish(tx, tools, actor, (workshop, at), now).await?
        }
        Command::WorkshopCopy {
            workshop,
            wish,
            draft,
            publish,
        } => {
            let wanted = (workshop, *wish, draft, publish);
            workshops::copy(tx, tools, actor, wanted, now).await?
        }
        Command::WorkshopDiscard { workshop } => {
            let draft = service::workshops::discard(tx, actor, workshop, now).await?;
            present::workshop::discarded(words, language, &draft)
        }
        Command::WorkshopAttendees { workshop } => {
            let (workshop, all) = service::workshops::attendees(tx, actor, workshop).await?;
            present::workshop::attendees(words, language, &workshop, &all)
        }
        Command::WorkshopAttendance {
            workshop,
            guests,
            person,
        } => workshops::attended(tx, tools, actor, workshop, (guests, person), now).await?,
        Command::WorkshopReport { workshop, report } => {
            let kept = service::workshops::report(tx, actor, workshop, &report, now).await?;
            present::workshop::report_kept(words, language, &kept)
        }
        Command::Attend { code } => {
            let workshop = service::workshops::check_in(tx, actor, &code, now).await?;
            present::workshop::checked_in(words, language, &workshop)
        }
        Command::Feedback { workshop, useful } => {
            let said = service::workshops::say_useful(tx, actor, workshop, useful, now).await?;
            present::workshop::thought(words, language, &said)
        }
        Command::WorkshopCancel {
            workshop,
            all: true,
        } => {
            let (this, count) = service::workshops::cancel_all(tx, actor, workshop, now).await?;
            present::workshop::cancelled_all(words, language, &this, count)
        }
        Command::WorkshopRepeat { workshop, wish } => {
            workshops::repeat(tx, tools, actor, (workshop, wish), now).await?
        }
        Command::WorkshopSeries { workshop } => {
            let plan = service::workshops::plan(tx, actor, workshop, now).await?;
            present::workshop::series(words, language, &plan)
        }
        Command::WorkshopSkip { workshop, day } => {
            let plan = service::workshops::skip(tx, actor, workshop, day, now).await?;
            present::workshop::series(words, language, &plan)
        }
        Command::WorkshopCancel {
            workshop,
            all: false,
        } => {
            let workshop = service::workshops::cancel(tx, actor, workshop, now).await?;
            present::workshop::cancelled(words, language, &workshop)
        }
        Command::WorkshopPin { pinned } => {
            service::workshops::pin(tx, actor, &from.room, pinned, now).await?;
            present::workshop::list_kept(words, language, pinned)
        }
        Command::WorkshopShow {
            workshop: Some(number),
        } => workshops::show(tx, tools, actor, number, now).await?,
        Command::WorkshopShow { workshop: None } => {
            let coming = service::workshops::coming(tx, actor, now).await?;
            present::workshop::list(words, language, &coming)
        }
        Command::WorkshopPlace { workshop } => {
            let answered = service::workshops::place(tx, actor, workshop).await?;
            present::workshop::place(words, language, &answered)
        }
        Command::WorkshopAgenda { workshop, circle } => {
            let which = (workshop, circle.as_deref());
            workshops::agenda(tx, tools, actor, collective, which, now).await?
        }
        Command::Rsvp { workshop, request } => {
            let quiet = is_quiet(from);
            workshops::answer(
                tx,
                tools,
                actor,
                collective,
                (workshop, request),
                quiet,
                now,
            )
            .await?
        }
        Command::PollCreate(wish) => {
            let mut draft = polls::draft(&wish, collective, now)?;
            if let Who::Circle(typed) = &wish.who {
                draft.terms.circle = Some(service::circles::within(tx, actor, typed).await?);
            }
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
        Command::PollWorkshop { poll, wish } => {
            let draft = service::workshops::from_poll(tx, actor, poll, &wish, now).await?;
            workshops::preview(tx, tools, actor, draft.number, now).await?
        }
        Command::PollTable { poll } => {
            let poll = service::polls::table(tx, actor, poll).await?;
            present::poll::table(words, language, &poll)
        }
        Command::PollBallots { poll } => {
            let (poll, lines) = service::polls::lines(tx, actor, poll).await?;
            present::poll::ballots(words, language, &poll, &lines)
        }
        Command::PollResult { poll } => {
            let poll = service::polls::find(tx, actor, poll).await?;
            let details = service::polls::detail(tx, &poll, language).await?;
            present::poll::detail(words, language, &poll, &details, now)
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
        Command::PollProposals { poll, until: None } => {
            let (poll, waiting) = service::polls::moderation(tx, actor, poll).await?;
            present::poll::moderation(words, language, &poll, &waiting, now)
        }
        Command::PollProposals {
            poll,
            until: Some(until),
        } => {
            let until = until.end.unwrap_or(until.start);
            let poll = service::polls::extend_proposals(tx, actor, poll, until, now).await?;
            present::poll::extended_proposals(words, language, &poll)
        }
        Command::PollOption { poll, options } => {
            let wanted = (poll, options.as_slice());
            polls::add_options(tx, tools, actor, collective, wanted, now).await?
        }
        Command::Propose {
            poll,
            option,
            meaning,
        } => {
            let wanted = (poll, option.as_str(), meaning.as_deref());
            polls::propose(tx, tools, actor, collective, wanted, now).await?
        }
        Command::Proposal {
            proposal,
            decision: Decision::Refuse,
            reason: Some(reason),
        } if reason == polls::FORM => {
            let id = ShortId::new(Kind::Proposal, proposal);
            let form = present::poll::refusal_form(words, language, id);
            return Ok((Answer::Ask(form), After::Nothing));
        }
        Command::Proposal {
            proposal,
            decision,
            reason,
        } => {
            let reason = reason.as_deref();
            let (poll, proposal) =
                service::polls::decide(tx, actor, proposal, decision, reason, now).await?;
            present::poll::accepted_or_refused(words, language, &poll, &proposal)
        }
        Command::Vote {
            poll,
            choice,
            reason,
            behalf,
        } => {
            let said = polls::Said {
                choice,
                reason,
                behalf,
            };
            let answer = polls::vote(tx, tools, actor, poll, said, now).await?;
            return Ok((answer, After::Nothing));
        }
        Command::PulseTake {
            question,
            options,
            closes,
            several,
        } => {
            let ends_at = closes.map_or(now + pulse::USUAL, |when| when.end.unwrap_or(when.start));
            let draft =
                pulse::Draft::read(&question, &options, several, ends_at).map_err(Refusal::from)?;
            let pulse = pulses::ask(tx, actor, draft, now).await?;
            present::pulse::asked(words, language, &pulse)
        }
        Command::PulseClose { pulse } => {
            let pulse = pulses::end(tx, actor, pulse, now).await?;
            present::pulse::ended(words, language, &pulse)
        }
        Command::Commitment(act) => {
            return self::commitments::run(tx, tools, actor, act, now).await;
        }
        Command::CommitmentCatalogue { circle } => {
            catalogue::list(tx, tools, actor, circle.as_deref()).await?
        }
        Command::CatalogueTake { suggestion, due } => {
            let take = catalogue::taking(tx, actor, suggestion, due).await?;
            return self::commitments::run(tx, tools, actor, take, now).await;
        }
        Command::CatalogueAdd(wanted) => {
            let added = service::catalogue::add(tx, actor, wanted, now).await?;
            present::catalogue::added(words, language, &added)
        }
        Command::CatalogueEdit { suggestion, wanted } => {
            let edited = service::catalogue::edit(tx, actor, suggestion, wanted, now).await?;
            present::catalogue::edited(words, language, &edited)
        }
        Command::CatalogueRetire { suggestion } => {
            let retired = service::catalogue::retire(tx, actor, suggestion, now).await?;
            present::catalogue::retired(words, language, &retired)
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
        Command::Reminders {
            wanted: Some(wanted),
        } => personal::choose_reminders(tx, tools, actor, from.private, wanted, now).await?,
        Command::Reminders { wanted: None } => {
            personal::show_reminders(tx, tools, actor, now).await?
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
        Command::DataWithdraw => {
            tools.pending.forget(&actor.account);
            people::withdraw_consent(tx, actor, now).await?;
            present::privacy::withdrawn(words, language)
        }
        Command::Privacy => personal::terms(tx, tools, actor, false).await?,
        Command::Consent => {
            after = After::Resume;
            personal::agree(tx, tools, actor, now).await?
        }
        Command::CircleWidening => {
            let reports = service::widening::published(tx, actor).await?;
            present::widening::report(words, language, &reports)
        }
        Command::Federation => {
            let seen = service::federations::rollup(tx, actor, collective, now).await?;
            present::federation::rollup(words, language, collective, &seen)
        }
        Command::CircleRoles => {
            let grants = roles::grants(tx, actor).await?;
            let represented = mandates::all(tx, actor).await?;
            let rules = &collective.roles;
            present::circle::roles(words, language, rules, &grants, &represented)
        }
        Command::CircleOrganisations => partners::roll(tx, tools, actor).await?,
        Command::PlanShow {
            version: Some(version),
            ..
        } => plans::version(tx, tools, actor, collective, version).await?,
        Command::PlanAdopt { begins_on } => {
            let adopted =
                service::plan::versions::adopt(tx, actor, collective, begins_on, now).await?;
            present::plan::versions::adopted(words, language, &adopted)
        }
        Command::PlanEvaluate { action, outcome } => {
            let said = service::plan::versions::evaluate(tx, actor, action, &outcome, now).await?;
            present::plan::versions::evaluated(words, language, &said)
        }
        Command::PlanRevise { confirmed } => {
            plans::revise(tx, tools, actor, collective, confirmed, now).await?
        }
        Command::PlanShow {
            milestone: Some(number),
            ..
        } => {
            let id = ShortId::new(Kind::Milestone, number);
            let shown = service::plan::of(tx, actor, id).await?;
            present::plan::details(words, language, &shown)
        }
        Command::PlanShow {
            milestone: None, ..
        } => {
            let all = service::plan::all(tx, actor).await?;
            present::plan::overview(words, language, collective, &all)
        }
        Command::PlanOpen => {
            let all = service::plan::all(tx, actor).await?;
            present::plan::open(words, language, &all)
        }
        Command::MilestoneAdd(wish) => {
            let added = service::plan::add_milestone(tx, actor, &wish, now).await?;
            present::plan::milestone_added(words, language, &added)
        }
        Command::MilestoneEdit { milestone, wish } => {
            let edited = service::plan::edit_milestone(tx, actor, milestone, &wish, now).await?;
            present::plan::milestone_edited(words, language, &edited)
        }
        Command::ActionShow { action } => {
            let id = ShortId::new(Kind::Action, action);
            let shown = service::plan::of(tx, actor, id).await?;
            present::plan::details(words, language, &shown)
        }
        Command::ActionCarry { action, behalf } => {
            let behalf = behalf.as_deref();
            let (action, by) = service::plan::carry(tx, actor, action, behalf, now).await?;
            present::plan::carried(words, language, &action, &by)
        }
        Command::ActionAdd { milestone, wanted } => {
            let added = service::plan::add_action(tx, actor, milestone, &wanted, now).await?;
            present::plan::action_added(words, language, &added)
        }
        Command::ActionEdit { action, wanted } => {
            let edited = service::plan::edit_action(tx, actor, action, &wanted, now).await?;
            present::plan::action_edited(words, language, &edited)
        }
        Command::Step { step } => {
            let steps = present::plan::steps(words, collective);
            let found = steps
                .iter()
                .zip(1..)
                .find(|(one, at)| one.is_called(*at, &step));
            let Some((found, _)) = found else {
                let known = steps.iter().map(|one| one.slug.clone()).collect();
                let typed = step.chars().take(60).collect();
                return Err(Refusal::NoStep(typed, known).into());
            };
            service::plan::choose_step(tx, actor, collective, found, now).await?;
            present::plan::step_chosen(words, language, found)
        }
        Command::CircleShow { circle } => {
            let shown = match &circle {
                Some(typed) => service::circles::one(tx, actor, typed).await?,
                None => service::circles::all(tx, actor).await?,
            };
            present::circle::circles(words, language, &shown, actor.role >= Role::Organizer)
        }
        Command::CircleAdd { name, inside, slug } => {
            let wish = (name.as_str(), slug.as_deref(), inside.as_deref());
            let added = service::circles::add(tx, actor, wish, now).await?;
            present::circle::added(words, language, &added)
        }
        Command::CircleEdit {
            circle,
            name,
            inside,
        } => {
            let wish = (circle.as_str(), name.as_deref(), inside.as_deref());
            let edited = service::circles::edit(tx, actor, wish, now).await?;
            present::circle::edited(words, language, &edited)
        }
        Command::CircleFill {
            circle,
            mut rooms,
            organisations,
        } => {
            workshops::here(tools, from, &mut rooms);
            let what = (rooms.as_slice(), organisations.as_slice());
            let filled = service::circles::place(tx, actor, &circle, what, now).await?;
            present::circle::filled(words, language, &filled)
        }
        Command::CircleRetire { circle } => {
            let retired = service::circles::retire(tx, actor, &circle, now).await?;
            present::circle::retired(words, language, &retired)
        }
        Command::OrganisationAdd { name, sector, slug } => {
            let wish = (name.as_str(), sector, slug.as_deref());
            partners::add(tx, tools, actor, wish, now).await?
        }
        Command::OrganisationEdit {
            organisation,
            name,
            sector,
        } => {
            let changes = Changes { name, sector };
            partners::edit(tx, tools, actor, &organisation, changes, now).await?
        }
        Command::OrganisationRetire { organisation } => {
            partners::retire(tx, tools, actor, &organisation, now).await?
        }
        Command::MandateGive { organisation } => {
            partners::give(tx, tools, actor, &organisation, now).await?
        }
        Command::MandateTake { code } => partners::take(tx, tools, actor, &code, now).await?,
        Command::MandateShow { organisation } => {
            partners::show(tx, tools, actor, organisation.as_deref()).await?
        }
        Command::MandateWithdraw {
            organisation,
            account,
        } => {
            let which = (organisation.as_str(), account.as_deref());
            partners::withdraw(tx, tools, actor, which, now).await?
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
            let own = mandates::own(tx, actor).await?;
            let steering = grammar::grouped(words, language, &steering);
            let all = typed(all);
            present::help(words, language, actor.role, &own, all, steering)
        }
    };
    Ok((Answer::Say(message), after))
}
