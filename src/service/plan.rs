//! The plan: organizers write it by command, everybody may read it, and organisations take actions on.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::{
    Refusal, ServiceError, commitments, journal, mandates, organisations, people, require,
};
use crate::domain::actor::{Actor, Role};
use crate::domain::collective::Collective;
use crate::domain::commitment::{About, Public};
use crate::domain::event::{EventKind, Subject};
use crate::domain::ids::{Kind, ShortId, new_id};
use crate::domain::organisation::Organisation;
use crate::domain::plan::{Action, ActionWish, Milestone, MilestoneWish, State, Step};
use crate::domain::text::Wording;
use crate::store::{Tx, collectives, organisations as roll, plan};

pub mod progress;
pub mod versions;

/// The plan as it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Milestones, in order.
    pub milestones: Vec<Milestone>,
    /// Their actions, in order.
    pub actions: Vec<Action>,
    /// Every organisation that may be named, retired ones included.
    pub organisations: Vec<Organisation>,
    /// What anybody may learn of the commitments for each of them, where that was asked for.
    pub commitments: Vec<(ShortId, Public)>,
}

/// What an organizer wants of an action, with organisations as they are called.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Another milestone.
    pub milestone: Option<i64>,
    /// Who carries it.
    pub lead: Option<String>,
    /// Who helps.
    pub helpers: Option<Vec<String>>,
    /// What is done.
    pub statement: Option<String>,
    /// The first day.
    pub begins_on: Option<NaiveDate>,
    /// The last day.
    pub ends_on: Option<NaiveDate>,
    /// How far it is.
    pub state: Option<State>,
}

/// The plan of the actor's collective.
///
/// # Errors
/// The database's.
pub async fn all(tx: &mut Tx, actor: &Actor) -> Result<Plan, ServiceError> {
    of_collective(tx, actor.collective).await
}

/// The plan of a collective.
///
/// # Errors
/// The database's.
pub async fn of_collective(tx: &mut Tx, collective: Uuid) -> Result<Plan, ServiceError> {
    Ok(Plan {
        milestones: plan::milestones(tx, collective).await?,
        actions: plan::actions(tx, collective).await?,
        organisations: roll::all(tx, collective).await?,
        commitments: Vec::new(),
    })
}

/// The plan with one milestone only, or with one action only, and with the commitments for them.
///
/// # Errors
/// No such milestone or action.
pub async fn of(tx: &mut Tx, actor: &Actor, id: ShortId) -> Result<Plan, ServiceError> {
    let mut all = all(tx, actor).await?;
    if id.kind == Kind::Action {
        all.actions.retain(|action| action.number == id.number);
        let milestone = all.actions.first().map(|action| action.milestone);
        all.milestones.retain(|one| Some(one.id) == milestone);
    } else {
        all.milestones.retain(|one| one.number == id.number);
    }
    let Some(found) = all.milestones.first().map(|one| one.id) else {
        return Err(missing(tx, actor, id).await?.into());
    };
    all.actions.retain(|action| action.milestone == found);
    let milestone = (id.kind == Kind::Milestone).then_some(id);
    let actions = all.actions.iter().map(Action::short_id);
    for id in milestone.into_iter().chain(actions) {
        let public = commitments::public(tx, actor.collective, &About::Plan(id)).await?;
        all.commitments.push((id, public));
    }
    Ok(all)
}

/// Adds a milestone.
///
/// # Errors
/// Not an organizer; a wrong text.
pub async fn add_milestone(
    tx: &mut Tx,
    actor: &Actor,
    wish: &MilestoneWish,
    now: DateTime<Utc>,
) -> Result<Milestone, ServiceError> {
    require(actor, Role::Organizer)?;
    let blank = Milestone {
        id: new_id(now),
        collective: actor.collective,
        number: collectives::next_number(tx, actor.collective, Kind::Milestone).await?,
        statement: Wording::of(String::new()),
        horizon: None,
        themes: Vec::new(),
    };
    let milestone = blank.changed(wish).map_err(Refusal::from)?;
    keep_milestone(tx, actor, &milestone, EventKind::MilestoneAdded, now).await?;
    Ok(milestone)
}

/// Changes a milestone.
///
/// # Errors
/// Not an organizer; no such milestone; a wrong text; nothing to change.
pub async fn edit_milestone(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    wish: &MilestoneWish,
    now: DateTime<Utc>,
) -> Result<Milestone, ServiceError> {
    require(actor, Role::Organizer)?;
    let before = milestone(tx, actor, number).await?;
    let milestone = before.changed(wish).map_err(Refusal::from)?;
    if milestone == before {
        return Err(Refusal::NothingToChange.into());
    }
    keep_milestone(tx, actor, &milestone, EventKind::MilestoneEdited, now).await?;
    Ok(milestone)
}

async fn keep_milestone(
    tx: &mut Tx,
    actor: &Actor,
    milestone: &Milestone,
    act: EventKind,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    plan::put_milestone(tx, milestone).await?;
    journal::record(tx, actor, act, milestone.short_id(), now).await
}

/// A milestone of the actor's collective, held with the plan.
async fn milestone(tx: &mut Tx, actor: &Actor, number: i64) -> Result<Milestone, ServiceError> {
    tx.lock(actor.collective).await?;
    let all = plan::milestones(tx, actor.collective).await?;
    let found = all.into_iter().find(|one| one.number == number);
    found.ok_or_else(|| Refusal::NotFound(ShortId::new(Kind::Milestone, number)).into())
}

/// An action of the actor's collective, held with the plan.
async fn action(tx: &mut Tx, actor: &Actor, number: i64) -> Result<Action, ServiceError> {
    tx.lock(actor.collective).await?;
    let all = plan::actions(tx, actor.collective).await?;
    match all.into_iter().find(|one| one.number == number) {
        Some(found) => Ok(found),
        None => {
            let id = ShortId::new(Kind::Action, number);
            Err(missing(tx, actor, id).await?.into())
        }
    }
}

/// Why something is not in the plan: an action may have ended with an earlier version of it.
async fn missing(tx: &mut Tx, actor: &Actor, id: ShortId) -> Result<Refusal, ServiceError> {
    let ended = match id.kind {
        Kind::Action => plan::ended_in(tx, actor.collective, id.number).await?,
        _ => None,
    };
    Ok(ended.map_or(Refusal::NotFound(id), |version| Refusal::Ended(id, version)))
}

/// Adds an action that leads to a milestone. What an action adds to the share that is done is not told yet: whoever enters
/// a plan begins with some action, and one that is done would be all of it.
///
/// # Errors
/// Not an organizer; no such milestone or organisation; a wrong text or wrong days; a state that needs an organisation.
pub async fn add_action(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    wanted: &Wanted,
    now: DateTime<Utc>,
) -> Result<Action, ServiceError> {
    require(actor, Role::Organizer)?;
    let milestone = milestone(tx, actor, number).await?;
    let blank = Action {
        id: new_id(now),
        collective: actor.collective,
        milestone: milestone.id,
        number: collectives::next_number(tx, actor.collective, Kind::Action).await?,
        statement: Wording::of(String::new()),
        lead: None,
        helpers: Vec::new(),
        begins_on: None,
        ends_on: None,
        state: State::NeedsLead,
    };
    let wish = wish(tx, actor, wanted).await?;
    let action = blank.changed(&wish).map_err(Refusal::from)?;
    keep_action(tx, actor, &action, EventKind::ActionAdded, now).await?;
    Ok(action)
}

/// Changes an action. Rooms hear if that brings a milestone a quarter of the way further: by an action that is done, or
/// given up, or leads elsewhere.
///
/// # Errors
/// As [`add_action`]; nothing to change.
pub async fn edit_action(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    wanted: &Wanted,
    now: DateTime<Utc>,
) -> Result<Action, ServiceError> {
    require(actor, Role::Organizer)?;
    let before = action(tx, actor, number).await?;
    let wish = wish(tx, actor, wanted).await?;
    let mut action = before.changed(&wish).map_err(Refusal::from)?;
    if let Some(number) = wanted.milestone {
        action.milestone = milestone(tx, actor, number).await?.id;
    }
    if action == before {
        return Err(Refusal::NothingToChange.into());
    }
    keep_action(tx, actor, &action, EventKind::ActionEdited, now).await?;
    if (action.state, action.milestone) != (before.state, before.milestone) {
        progress::tell(tx, actor.collective, action.milestone, now).await?;
    }
    if action.milestone != before.milestone {
        progress::tell(tx, actor.collective, before.milestone, now).await?;
    }
    Ok(action)
}

async fn keep_action(
    tx: &mut Tx,
    actor: &Actor,
    action: &Action,
    act: EventKind,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    plan::put_action(tx, action).await?;
    journal::record(tx, actor, act, action.short_id(), now).await
}

async fn wish(tx: &mut Tx, actor: &Actor, wanted: &Wanted) -> Result<ActionWish, ServiceError> {
    let lead = match &wanted.lead {
        Some(typed) => Some(organisations::called(tx, actor, typed).await?.id),
        None => None,
    };
    let mut helpers = Vec::new();
    for typed in wanted.helpers.iter().flatten() {
        helpers.push(organisations::called(tx, actor, typed).await?.id);
    }
    Ok(ActionWish {
        statement: wanted.statement.clone(),
        lead: lead.map(Some),
        helpers: wanted.helpers.is_some().then_some(helpers),
        begins_on: wanted.begins_on,
        ends_on: wanted.ends_on,
        state: wanted.state,
    })
}

/// An organisation takes an action on, by who represents it; the journal says who.
///
/// # Errors
/// No such action; another organisation carries it, or nothing is left to do; the actor represents no such organisation, or
/// several and named none.
pub async fn carry(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    typed: Option<&str>,
    now: DateTime<Utc>,
) -> Result<(Action, Organisation), ServiceError> {
    let before = action(tx, actor, number).await?;
    if before.state != State::NeedsLead {
        return Err(Refusal::Carried(before.short_id()).into());
    }
    people::person(tx, actor, now).await?;
    let organisation = mandates::meant(tx, actor, typed).await?;
    let wish = ActionWish {
        lead: Some(Some(organisation.id)),
        ..ActionWish::default()
    };
    let action = before.changed(&wish).map_err(Refusal::from)?;
    plan::put_action(tx, &action).await?;
    let act = EventKind::ActionCarried;
    mandates::record(tx, actor, organisation.id, act, action.short_id(), now).await?;
    Ok((action, organisation))
}

/// What an organisation that retires carried is to be carried again, as long as it is open.
///
/// # Errors
/// The database's.
pub(super) async fn orphan(
    tx: &mut Tx,
    collective: Uuid,
    organisation: Uuid,
) -> Result<(), ServiceError> {
    for action in plan::actions(tx, collective).await? {
        if action.lead == Some(organisation) && action.state.is_open() {
            let nobody = ActionWish {
                lead: Some(None),
                ..ActionWish::default()
            };
            let left = action.changed(&nobody).map_err(Refusal::from)?;
            plan::put_action(tx, &left).await?;
        }
    }
    Ok(())
}

/// The collective is at that step of its démarche from now on.
///
/// # Errors
/// Not an organizer; it is at that step already.
pub async fn choose_step(
    tx: &mut Tx,
    actor: &Actor,
    collective: &Collective,
    step: &Step,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    require(actor, Role::Organizer)?;
    if collective.step.as_deref() == Some(&step.slug) {
        return Err(Refusal::NothingToChange.into());
    }
    collectives::set_step(tx, collective.id, &step.slug).await?;
    let subject = Subject::Named(step.slug.clone());
    journal::record(tx, actor, EventKind::StepChosen, subject, now).await
}
