//! `cercles playground`: the same bot behind a local page, with the demonstration's data and a clock to move.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use anyhow::{Context, Result};
use chrono::{DateTime, Duration, Months, NaiveDate, NaiveTime, Utc};
use futures::FutureExt;
use tokio::net::TcpListener;
use url::Url;

use super::{Core, terminated};
use crate::config::demo::{
    self, ActKind, ActionState, CommitmentState, Demo, Mode, PollMode, PollState, Visibility,
    Workshop as Planned, WorkshopState,
};
use crate::config::themes::{Bilingual, Themes};
use crate::domain::actor::{Account, Actor, Role};
use crate::domain::circle::Presence;
use crate::domain::clock::ShiftedClock;
use crate::domain::collective::Purpose;
use crate::domain::commitment::{About, CheckIn};
use crate::domain::ids::{ShortId, new_secret};
use crate::domain::language::Language;
use crate::domain::network::NetworkKind;
use crate::domain::organisation::{self, SECTORS};
use crate::domain::poll::ballot::Ballot;
use crate::domain::poll::rules::{Rules, Terms, Voices};
use crate::domain::privacy::Statement;
use crate::domain::schedule::DeadlineKind;
use crate::domain::standing::RoleRules;
use crate::domain::text::Wording;
use crate::domain::{plan, poll, schedule, workshop};
use crate::network::playground::{
    BUTTON_ROOM, PlaygroundHooks, PlaygroundNetwork, TEXT_ROOM, router,
};
use crate::service::ballot_links::BallotLinks;
use crate::service::plan::{self as plans, versions};
use crate::service::setup::{Plan, PlannedRoom};
use crate::service::{
    ServiceError, catalogue, commitments, mandates, organisations, people, polls, workshops,
};
use crate::store::{Tx, Vault, collectives, deadlines};
use crate::web;

/// Serves the playground on `127.0.0.1:port` (0: any free port) until a signal ends it. The record lives in a
/// temporary file and starts afresh each time.
///
/// # Errors
/// The port is taken, or no temporary file can be made.
pub async fn serve(port: u16) -> Result<()> {
    let demo = Demo::load().context("the demonstration's data cannot be read")?;
    let folder = TemporaryFolder::new()?;
    let zone = demo.header.zone;
    let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
    let clock = Arc::new(ShiftedClock::starting_at(schedule::at_local(
        demo.header.reference_date,
        noon,
        zone,
    )));
    let plan = Plan {
        slug: demo.header.collective.id.clone(),
        name: demo.header.collective.name.clone(),
        zone,
        language: Language::FrCa,
        roles: RoleRules::default(),
        rooms: [BUTTON_ROOM, TEXT_ROOM]
            .into_iter()
            .map(|address| PlannedRoom {
                network: NetworkKind::Playground,
                address: address.to_owned(),
                language: None,
                purpose: Purpose::Public,
            })
            .collect(),
        steps: Vec::new(),
        federation: None,
        grants: Vec::new(),
    };
    let members = demo.members.iter().map(|member| Plan {
        slug: member.id.clone(),
        name: member.name.clone(),
        rooms: Vec::new(),
        federation: Some(plan.slug.clone()),
        ..plan.clone()
    });
    let plans = std::iter::once(plan.clone()).chain(members).collect();
    let url = format!("sqlite:{}", folder.0.join("playground.db").display());
    let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
        .await
        .with_context(|| format!("port {port} cannot be listened on; try --port 0"))?;
    // Links end with the process, as everything here does.
    let own = Url::parse(&format!("http://{}", listener.local_addr()?))?;
    let links = Arc::new(BallotLinks::new(own, &new_secret())?);
    let core = Core::open(
        &url,
        Vault::new(&new_secret()),
        clock.clone(),
        plans,
        Some(statement()),
        Some(links.clone()),
    )
    .await?;
    let warning = (
        demo.warning(Language::FrCa).to_owned(),
        demo.warning(Language::EnCa).to_owned(),
    );
    let name = demo.header.collective.name.clone();
    let now = core.clock.now();
    core.db
        .write(move |tx| async move { Seed { demo: &demo, now }.sow(tx).await }.boxed())
        .await
        .context("the demonstration's data could not be recorded")?;
    let network = PlaygroundNetwork::new(clock);
    core.deliver(network.clone());
    core.start();
    let (next, wake) = (core.db.clone(), core.db.clone());
    let hooks = PlaygroundHooks {
        name,
        zone,
        warning,
        next_deadline: Box::new(move || {
            let db = next.clone();
            async move {
                // Each morning somebody may be asked how a commitment goes; mostly nobody is, and nothing is to be seen.
                let next =
                    db.read(|tx| deadlines::next_besides(tx, DeadlineKind::CheckIns).boxed());
                let next = next.await;
                next.unwrap_or_else(|error| {
                    tracing::error!(%error, "the next deadline is not known");
                    None
                })
            }
            .boxed()
        }),
        wake: Box::new(move || wake.wake()),
    };
    announce(&listener)?;
    let app = router(network, core.desk.clone(), hooks).merge(web::router(core.site(links)));
    // The page's event streams never end by themselves: when the signal comes, serving is dropped, not drained.
    tokio::select! {
        served = axum_serve(listener, app) => served?,
        () = terminated() => {}
    }
    core.shut_down().await;
    Ok(())
}

/// Nobody real is responsible for what is tried out here.
fn statement() -> Statement {
    Statement {
        organisation: "Organisme fictif (démonstration)".to_owned(),
        officer: "Responsable fictive".to_owned(),
        email: "vie-privee@exemple.org".to_owned(),
        hosting: "Sur cette machine, jusqu’à l’arrêt du programme".to_owned(),
        access: "Vous".to_owned(),
    }
}

async fn axum_serve(listener: TcpListener, app: axum::Router) -> Result<()> {
    axum::serve(listener, app)
        .await
        .context("the page cannot be served")
}

#[expect(clippy::print_stdout, reason = "the address is this command's output")]
fn announce(listener: &TcpListener) -> Result<()> {
    println!("http://{}", listener.local_addr()?);
    Ok(())
}

/// A folder that goes with the process.
struct TemporaryFolder(std::path::PathBuf);

impl TemporaryFolder {
    fn new() -> Result<Self> {
        let path = std::env::temp_dir().join(format!("cercles-playground-{}", std::process::id()));
        std::fs::create_dir_all(&path).context("no folder for temporary files")?;
        Ok(Self(path))
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// Who one can be that represents an organisation from the start.
const PARTNER: &str = "partner";

/// The short name of an organisation of the demonstration: `o-table` is `table`.
fn slug(id: &str) -> &str {
    id.trim_start_matches("o-")
}

/// The last day of a month, `2026-10`.
fn last_day(month: &str) -> Option<NaiveDate> {
    let first: NaiveDate = format!("{month}-01").parse().ok()?;
    first.checked_add_months(Months::new(1))?.pred_opt()
}

fn wording(text: &Bilingual) -> Wording {
    Wording {
        text: text.fr.clone(),
        english: Some(text.en.clone()),
    }
}

/// Records the demonstration through the same use cases as people's acts, each at its own time.
struct Seed<'a> {
    demo: &'a Demo,
    now: DateTime<Utc>,
}

impl Seed<'_> {
    async fn sow(&self, tx: &mut Tx) -> Result<(), ServiceError> {
        let header = &self.demo.header.collective;
        let Some(collective) = collectives::by_slug(tx, &header.id).await? else {
            return Ok(());
        };
        let organizer = self.actor("demo-coordination", collective.id, Role::Organizer);
        let organizer = self.known(tx, organizer).await?;
        self.organisations(tx, &organizer).await?;
        let (step, milestones) = (&header.current_step, &self.demo.milestones);
        let numbers = self
            .plan(tx, &organizer, step, milestones, &self.demo.actions)
            .await?;
        let begins_on = self.demo.actions.iter().map(|action| &action.start).min();
        let begins_on = begins_on.and_then(|month| format!("{month}-01").parse().ok());
        versions::adopt(tx, &organizer, &collective, begins_on, self.now).await?;
        self.workshops(tx, &organizer).await?;
        self.polls(tx, &organizer).await?;
        self.commitments(tx, &organizer, &numbers).await?;
        self.catalogue(tx, &organizer).await?;
        self.members(tx).await
    }

    /// The collectives that stand in it: their organisations and plans.
    async fn members(&self, tx: &mut Tx) -> Result<(), ServiceError> {
        for member in &self.demo.members {
            let Some(collective) = collectives::by_slug(tx, &member.id).await? else {
                continue;
            };
            let organizer = self.actor("demo-coordination", collective.id, Role::Organizer);
            let organizer = self.known(tx, organizer).await?;
            self.roll(tx, &organizer, &member.organisations, self.now)
                .await?;
            let (step, milestones) = (&member.current_step, &member.milestones);
            self.plan(tx, &organizer, step, milestones, &member.actions)
                .await?;
        }
        Ok(())
    }

    fn actor(&self, name: &str, collective: uuid::Uuid, role: Role) -> Actor {
        Actor {
            account: Account {
                network: NetworkKind::Playground,
                address: name.to_owned(),
            },
            person: None,
            consented: false,
            // What it does in seeding, nobody reads along.
            in_private: true,
            in_control: false,
            presence: Presence::Rooms(Vec::new()),
            collective,
            role,
            language: Language::FrCa,
            name: None,
        }
    }

    /// Somebody of the demonstration, recorded at their first act.
    async fn citizen(&self, tx: &mut Tx, name: &str, like: &Actor) -> Result<Actor, ServiceError> {
        let actor = self.actor(name, like.collective, Role::Citizen);
        self.known(tx, actor).await
    }

    /// The same with their record. Invented people have agreed.
    async fn known(&self, tx: &mut Tx, mut actor: Actor) -> Result<Actor, ServiceError> {
        let find = crate::store::people::find;
        if find(tx, &actor.account).await?.is_none() {
            people::consent(tx, &actor, self.now).await?;
        }
        actor.person = find(tx, &actor.account).await?.map(|person| person.id);
        actor.consented = true;
        Ok(actor)
    }

    async fn workshops(&self, tx: &mut Tx, organizer: &Actor) -> Result<(), ServiceError> {
        for planned in &self.demo.workshops {
            let ends_at = planned.end.with_timezone(&Utc);
            let two_weeks_before = planned.start.with_timezone(&Utc) - Duration::days(14);
            let announced_at = two_weeks_before.min(self.now);
            let wish = self.workshop_wish(planned);
            if planned.state == WorkshopState::Draft {
                workshops::save(tx, organizer, &wish, None, announced_at).await?;
                continue;
            }
            let announced = workshops::announce(tx, organizer, &wish, announced_at).await?;
            let comes = workshop::Request {
                answer: workshop::Rsvp::Yes,
                companions: None,
            };
            let present = self.demo.acts.iter().filter(|act| act.object == planned.id);
            for act in present {
                let citizen = self.citizen(tx, &act.person, organizer).await?;
                workshops::answer(tx, &citizen, announced.number, comes, announced_at).await?;
            }
            if planned.state == WorkshopState::Held {
                workshops::over(tx, announced.id, ends_at).await?;
            }
        }
        Ok(())
    }

    /// The roll of organisations, and who represents them: those who acted for one, and the partner that one can be.
    async fn organisations(&self, tx: &mut Tx, organizer: &Actor) -> Result<(), ServiceError> {
        let opens = self
            .demo
            .polls
            .iter()
            .map(|poll| poll.opens.with_timezone(&Utc));
        let joined = opens.min().unwrap_or(self.now).min(self.now);
        self.roll(tx, organizer, &self.demo.organisations, joined)
            .await?;
        let acted = self.demo.acts.iter().filter_map(|act| {
            let organisation = act.organisation.as_deref()?;
            Some((organisation, act.person.as_str()))
        });
        let commit = self.demo.commitments.iter().filter_map(|taken| {
            let organisation = taken.organisation.as_deref()?;
            let shown = self.is_shown(organisation);
            shown.then(|| (organisation, self.speaks_for(organisation)))
        });
        let acted = acted.map(|(organisation, person)| (organisation, person.to_owned()));
        let represented: BTreeSet<(&str, String)> = acted.chain(commit).collect();
        for (bits, (organisation, person)) in (0..).zip(represented) {
            let citizen = self.citizen(tx, &person, organizer).await?;
            let slug = slug(organisation);
            let (code, _) = mandates::offer(tx, organizer, slug, bits, joined).await?;
            mandates::take(tx, &citizen, &code.to_string(), joined).await?;
        }
        Ok(())
    }

    /// Who commits for an organisation: who acted for it, or somebody made up.
    fn speaks_for(&self, organisation: &str) -> String {
        if organisation == "o-table" {
            return PARTNER.to_owned();
        }
        let acts = &self.demo.acts;
        let known = acts
            .iter()
            .find(|act| act.organisation.as_deref() == Some(organisation));
        known.map_or_else(|| format!("pour-{organisation}"), |act| act.person.clone())
    }

    /// Organisations that want to be shown.
    async fn roll(
        &self,
        tx: &mut Tx,
        organizer: &Actor,
        all: &[demo::Organisation],
        joined: DateTime<Utc>,
    ) -> Result<(), ServiceError> {
        for planned in all.iter().filter(|one| one.shown_publicly) {
            let sector = SECTORS.into_iter().find(|sector| *sector == planned.sector);
            let draft = organisation::Draft {
                slug: slug(&planned.id).to_owned(),
                name: Wording::of(planned.name.clone()),
                sector: sector.unwrap_or("autre"),
            };
            organisations::add(tx, organizer, draft, joined).await?;
        }
        Ok(())
    }

    /// Milestones, actions, and the step that the collective is at. Gives the short id of each, by its id in the data.
    async fn plan(
        &self,
        tx: &mut Tx,
        organizer: &Actor,
        step: &str,
        milestones: &[demo::Milestone],
        actions: &[demo::PlanAction],
    ) -> Result<BTreeMap<String, ShortId>, ServiceError> {
        let mut numbers = BTreeMap::new();
        let both = |fr: &str, en: &str| Some(format!("{fr} // {en}"));
        collectives::set_step(tx, organizer.collective, step).await?;
        for planned in milestones {
            let wish = plan::MilestoneWish {
                statement: both(&planned.fr, &planned.en),
                horizon: planned.horizon.parse().ok(),
                themes: Some(planned.themes.clone()),
            };
            let milestone = plans::add_milestone(tx, organizer, &wish, self.now).await?;
            numbers.insert(planned.id.clone(), milestone.short_id());
            let of = actions.iter();
            for action in of.filter(|action| action.milestone == planned.id) {
                let helpers = action.with.iter().filter(|id| self.is_shown(id));
                let wanted = plans::Wanted {
                    milestone: None,
                    lead: action.lead.as_deref().map(|id| slug(id).to_owned()),
                    helpers: Some(helpers.map(|id| slug(id).to_owned()).collect()),
                    statement: both(&action.fr, &action.en),
                    begins_on: format!("{}-01", action.start).parse().ok(),
                    ends_on: last_day(&action.end),
                    state: Some(match action.state {
                        ActionState::NeedsLead => plan::State::NeedsLead,
                        ActionState::ToLaunch => plan::State::ToLaunch,
                        ActionState::UnderWay => plan::State::UnderWay,
                        ActionState::Done => plan::State::Done,
                        ActionState::Revised => plan::State::Revised,
                        ActionState::Dropped => plan::State::Abandoned,
                    }),
                };
                let number = milestone.number;
                let added = plans::add_action(tx, organizer, number, &wanted, self.now).await?;
                numbers.insert(action.id.clone(), added.short_id());
            }
        }
        Ok(numbers)
    }

    /// Whether an organisation is on the roll: those that do not want to be shown stay out.
    fn is_shown(&self, id: &str) -> bool {
        let found = self.demo.organisations.iter().find(|one| one.id == id);
        found.is_some_and(|one| one.shown_publicly)
    }

    fn workshop_wish(&self, planned: &Planned) -> workshop::Wish {
        let both = |text: &Bilingual| format!("{} // {}", text.fr, text.en);
        // Names that an organisation does not want to see in public stay out.
        let shown = |id: &String| {
            let found = self.demo.organisations.iter().find(|o| o.id == *id);
            found.filter(|o| o.shown_publicly).map(|o| o.name.clone())
        };
        let access = &planned.access;
        let mut slugs = Vec::new();
        let mut offers = |offered: bool, slug: &str| {
            if offered {
                slugs.push(slug.to_owned());
            }
        };
        offers(access.step_free_entrance, "entree-sans-marche");
        offers(access.accessible_washrooms, "toilettes-accessibles");
        offers(
            access.childcare == "sur_demande",
            "halte-garderie-sur-demande",
        );
        workshop::Wish {
            title: Some(both(&planned.title)),
            when: Some((
                planned.start.with_timezone(&Utc),
                Some(planned.end.with_timezone(&Utc)),
            )),
            place: Some(planned.place.clone()),
            mode: Some(match planned.mode {
                Mode::InPerson => workshop::Mode::InPerson,
                Mode::Hybrid => workshop::Mode::Hybrid,
            }),
            access: Some(slugs),
            spoken: Some(match access.language {
                Language::FrCa => workshop::Spoken::French,
                Language::EnCa => workshop::Spoken::English,
            }),
            themes: Some(planned.themes.clone()),
            step: Some(planned.step.clone()),
            kind: Some(planned.kind.clone()),
            hosts: Some(planned.hosts.iter().filter_map(shown).collect()),
            capacity: Some(u64::from(planned.capacity)),
            ..workshop::Wish::default()
        }
    }

    /// Polls, with the ballots of those who are known to have voted. A closed poll of several choices is left out: its
    /// figures are those of more people than the demonstration names.
    async fn polls(&self, tx: &mut Tx, organizer: &Actor) -> Result<(), ServiceError> {
        let themes = Themes::load().ok();
        let wanted = |poll: &&crate::config::demo::Poll| {
            poll.mode == PollMode::SingleChoice || poll.state == PollState::Open
        };
        for planned in self.demo.polls.iter().filter(wanted) {
            let option = |option: &crate::config::demo::PollOption| poll::DraftOption {
                label: option.text.as_ref().map_or_else(
                    || {
                        let reference = option.reference.as_deref().unwrap_or_default();
                        self.label(themes.as_ref(), reference)
                    },
                    wording,
                ),
                meaning: None,
                cost: None,
                at: None,
            };
            let most = match planned.mode {
                PollMode::SingleChoice => 1,
                PollMode::Approval => usize::from(planned.max_choices),
            };
            // What to begin with is a question for organisations too.
            let voices = match planned.mode {
                PollMode::SingleChoice => Voices::Persons,
                PollMode::Approval => Voices::Both,
            };
            let opened_at = planned.opens.with_timezone(&Utc).min(self.now);
            let draft = poll::Draft {
                question: wording(&planned.title),
                options: planned.options.iter().map(option).collect(),
                terms: Terms {
                    voices,
                    ..Terms::new(Rules::Choose { most })
                },
                opens_at: opened_at,
                closes_at: planned.closes.with_timezone(&Utc),
            };
            let opened = polls::open(tx, organizer, &draft, opened_at).await?;
            for act in self.demo.acts.iter().filter(|act| act.object == planned.id) {
                let citizen = self.citizen(tx, &act.person, organizer).await?;
                // Who chose what is not in the data: turns are taken.
                let turn =
                    act.person.bytes().map(usize::from).sum::<usize>() % opened.options.len();
                let ballot = Ballot::Options(vec![turn]);
                polls::vote(tx, &citizen, opened.number, &ballot, None, opened_at).await?;
            }
            if voices == Voices::Both {
                self.votes_for(tx, organizer, &opened, opened_at).await?;
            }
        }
        Ok(())
    }

    /// The organisations that have voted before, by the same people, vote in this poll too.
    async fn votes_for(
        &self,
        tx: &mut Tx,
        organizer: &Actor,
        poll: &poll::Poll,
        at: DateTime<Utc>,
    ) -> Result<(), ServiceError> {
        let votes = self.demo.acts.iter().filter(|act| act.act == ActKind::Vote);
        for (turn, act) in votes.enumerate() {
            let Some(organisation) = &act.organisation else {
                continue;
            };
            let citizen = self.citizen(tx, &act.person, organizer).await?;
            let organisation = organisations::called(tx, &citizen, slug(organisation)).await?;
            let ballot = Ballot::Options(vec![turn % poll.options.len()]);
            let number = poll.number;
            polls::vote_for(tx, &citizen, number, &organisation, &ballot, None, at).await?;
        }
        Ok(())
    }

    fn label(&self, themes: Option<&Themes>, reference: &str) -> Wording {
        let milestone = self
            .demo
            .milestones
            .iter()
            .find(|milestone| milestone.id == reference);
        milestone
            .map(|milestone| Wording::of(milestone.fr.clone()))
            .or_else(|| {
                themes
                    .and_then(|themes| themes.theme(reference))
                    .map(|theme| Wording {
                        text: theme.label(Language::FrCa).to_owned(),
                        english: Some(theme.label(Language::EnCa).to_owned()),
                    })
            })
            .unwrap_or_else(|| Wording::of(reference.to_owned()))
    }

    /// What people let their room see of their commitments is suggested to others.
    async fn catalogue(&self, tx: &mut Tx, organizer: &Actor) -> Result<(), ServiceError> {
        let shown = self.demo.commitments.iter();
        let shown = shown.filter(|one| one.person.is_some() && one.visibility == Visibility::Room);
        for planned in shown {
            let wanted = catalogue::Wanted {
                sentence: Some(format!("{} // {}", planned.fr, planned.en)),
                theme: Some(planned.theme.clone()),
                circle: None,
            };
            catalogue::add(tx, organizer, wanted, self.now).await?;
        }
        Ok(())
    }

    /// Commitments of people, and of organisations that want to be shown.
    async fn commitments(
        &self,
        tx: &mut Tx,
        organizer: &Actor,
        numbers: &BTreeMap<String, ShortId>,
    ) -> Result<(), ServiceError> {
        let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
        let at = |day| schedule::at_local(day, noon, self.demo.header.zone);
        for planned in &self.demo.commitments {
            let author = match (&planned.person, &planned.organisation) {
                (Some(person), _) => self.citizen(tx, person, organizer).await?,
                (None, Some(id)) if self.is_shown(id) => {
                    self.citizen(tx, &self.speaks_for(id), organizer).await?
                }
                _ => continue,
            };
            let behalf = planned.organisation.as_deref().map(slug);
            let target = planned.action.as_ref().unwrap_or(&planned.milestone);
            let wish = commitments::Wish {
                sentence: planned.fr.clone(),
                due: Some(planned.due),
                about: numbers.get(target).map(|id| About::Plan(*id)),
                visibility: None,
                behalf: behalf.map(str::to_owned),
                others: None,
            };
            let taken_at = at(planned.taken_on);
            let said = commitments::propose(tx, &author, &wish, taken_at).await?;
            let held = commitments::take(tx, &author, &said, taken_at).await?;
            let number = held.commitment.number;
            match planned.state {
                CommitmentState::UnderWay => {
                    let answer = CheckIn::UnderWay;
                    commitments::check_in(tx, &author, number, answer, self.now).await?;
                }
                CommitmentState::Kept => {
                    let kept_at = at(planned.due).min(self.now);
                    let answer = CheckIn::Done;
                    commitments::check_in(tx, &author, number, answer, kept_at).await?;
                }
                CommitmentState::Postponed => {
                    commitments::postpone(tx, &author, number, planned.due, self.now).await?;
                }
                CommitmentState::Withdrawn => {
                    commitments::withdraw(tx, &author, number, self.now).await?;
                }
                CommitmentState::Proposed
                | CommitmentState::Confirmed
                | CommitmentState::HandedOver => {}
            }
        }
        Ok(())
    }
}
