//! Workshops: from the command to the use case and its words.

use chrono::{DateTime, Utc};

use super::super::desk::Tools;
use super::super::inbound::Inbound;
use super::super::personal::random_bits;
use crate::domain::actor::{Account, Actor};
use crate::domain::card::Message;
use crate::domain::collective::Collective;
use crate::domain::ids::{Kind, ShortId};
use crate::domain::language::Language;
use crate::domain::network::Destination;
use crate::domain::series::RepeatWish;
use crate::domain::text::fold;
use crate::domain::workshop::{Conflict, Place, Request, Status, Wish, Workshop};
use crate::present;
use crate::service::ballot_links::Calendar;
use crate::service::gateway::Tx;
use crate::service::workshops::{self, Preview, Said};
use crate::service::{Refusal, ServiceError, agenda, cards};

/// Announces a workshop; keeps a draft of it where one is wanted, or where it is to be announced later.
pub(super) async fn create(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    from: &Inbound,
    (mut wish, draft, publish): (Wish, bool, Option<DateTime<Utc>>),
    now: DateTime<Utc>,
) -> Result<Message, ServiceError> {
    here(tools, from, wish.rooms.as_deref_mut().unwrap_or_default());
    if draft || publish.is_some() {
        let kept = workshops::save(tx, actor, &wish, publish, now).await?;
        return previewed(tx, tools, actor, &kept, now).await;
    }
    let workshop = workshops::announce(tx, actor, &wish, now).await?;
    let message = present::workshop::announced(&tools.words, actor.language, &workshop);
    warned(tx, tools, actor, &workshop, message, now).await
}

/// Makes a draft of what another workshop says, at another time; announces it where that is wanted.
pub(super) async fn copy(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    (number, wish, draft, at): (i64, Wish, bool, Option<DateTime<Utc>>),
    now: DateTime<Utc>,
) -> Result<Message, ServiceError> {
    let copied = workshops::copy(tx, actor, number, &wish, now).await?.number;
    if at.is_none() && !draft {
        return publish(tx, tools, actor, (copied, None), now).await;
    }
    if at.is_some() {
        workshops::publish(tx, actor, copied, at, now).await?;
    }
    preview(tx, tools, actor, copied, now).await
}

/// Announces a draft, now or later.
pub(super) async fn publish(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    (number, at): (i64, Option<DateTime<Utc>>),
    now: DateTime<Utc>,
) -> Result<Message, ServiceError> {
    let workshop = workshops::publish(tx, actor, number, at, now).await?;
    let message = present::workshop::published(&tools.words, actor.language, &workshop);
    warned(tx, tools, actor, &workshop, message, now).await
}

/// Makes a workshop come again.
pub(super) async fn repeat(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    (number, wish): (i64, RepeatWish),
    now: DateTime<Utc>,
) -> Result<Message, ServiceError> {
    let plan = workshops::repeat(tx, actor, number, &wish, now).await?;
    let message = present::workshop::series(&tools.words, actor.language, &plan);
    warned_of_series(tx, tools, actor, number, message, now).await
}

/// Adds what is in the way of a series on its next days.
async fn warned_of_series(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    number: i64,
    message: Message,
    now: DateTime<Utc>,
) -> Result<Message, ServiceError> {
    let plan = workshops::plan(tx, actor, number, now).await?;
    let mut found = Vec::new();
    for (day, announced) in &plan.days {
        let (draft, id) = match announced {
            Some(one) if one.status == Status::Announced => (one.draft.clone(), one.id),
            None if !plan.series.skipped.contains(day) => {
                (plan.series.draft_on(*day, now), plan.series.id)
            }
            _ => continue,
        };
        found.extend(workshops::conflicts(tx, actor, &draft, id).await?);
    }
    with_conflicts(tx, tools, actor, found, message, now).await
}

/// Adds what is in a workshop's way.
async fn warned(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    workshop: &Workshop,
    message: Message,
    now: DateTime<Utc>,
) -> Result<Message, ServiceError> {
    let found = workshops::conflicts(tx, actor, &workshop.draft, workshop.id).await?;
    with_conflicts(tx, tools, actor, found, message, now).await
}

/// Adds conflicts to an answer. Where others read along, drafts among them are told in private.
async fn with_conflicts(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    found: Vec<Conflict>,
    mut message: Message,
    now: DateTime<Utc>,
) -> Result<Message, ServiceError> {
    let (words, language) = (&tools.words, actor.language);
    let alone = actor.in_private || actor.in_control;
    let (here, aside): (Vec<_>, Vec<_>) = found
        .into_iter()
        .partition(|conflict| alone || conflict.with.status != Status::Draft);
    let lines = present::workshop::conflicts(words, language, &here);
    message.body.extend(lines);
    if !aside.is_empty() {
        let told = Message {
            body: present::workshop::conflicts(words, language, &aside),
            ..Message::default()
        };
        in_private(tx, actor, told, now).await?;
    }
    Ok(message)
}

/// Changes a workshop; a draft is shown again.
pub(super) async fn edit(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    from: &Inbound,
    (number, mut wish, all): (i64, Wish, bool),
    now: DateTime<Utc>,
) -> Result<Message, ServiceError> {
    here(tools, from, wish.rooms.as_deref_mut().unwrap_or_default());
    if all {
        let (this, count) = workshops::edit_all(tx, actor, number, &wish, now).await?;
        let message = present::workshop::edited_all(&tools.words, actor.language, &this, count);
        return warned_of_series(tx, tools, actor, number, message, now).await;
    }
    let workshop = workshops::edit(tx, actor, number, &wish, now).await?;
    if workshop.status == Status::Draft {
        return preview(tx, tools, actor, number, now).await;
    }
    let message = present::workshop::edited(&tools.words, actor.language, &workshop);
    warned(tx, tools, actor, &workshop, message, now).await
}

/// Shows a workshop; a draft as rooms would see it.
pub(super) async fn show(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    number: i64,
    now: DateTime<Utc>,
) -> Result<Message, ServiceError> {
    let workshop = workshops::find(tx, actor, number).await?;
    if workshop.status == Status::Draft {
        return preview(tx, tools, actor, number, now).await;
    }
    let (words, language) = (&tools.words, actor.language);
    Ok(present::workshop::in_full(words, language, &workshop, now))
}

/// Shows a draft as rooms would see it.
pub(super) async fn preview(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    number: i64,
    now: DateTime<Utc>,
) -> Result<Message, ServiceError> {
    let found = workshops::preview(tx, actor, number).await?;
    previewed(tx, tools, actor, &found, now).await
}

/// A preview is for organizers' eyes: where others read along it comes in private.
async fn previewed(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    preview: &Preview,
    now: DateTime<Utc>,
) -> Result<Message, ServiceError> {
    let (words, language) = (&tools.words, actor.language);
    let draft = &preview.workshop;
    let found = workshops::conflicts(tx, actor, &draft.draft, draft.id).await?;
    let mut message = present::workshop::preview(words, language, preview, now);
    let lines = present::workshop::conflicts(words, language, &found);
    message.body.splice(1..1, lines);
    if actor.in_private || actor.in_control {
        return Ok(message);
    }
    in_private(tx, actor, message, now).await?;
    Ok(present::workshop::draft_kept(words, language, draft))
}

async fn in_private(
    tx: &mut Tx,
    actor: &Actor,
    message: Message,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let (network, language) = (actor.account.network, actor.language);
    let destination = Destination::Direct(actor.account.address.clone());
    cards::answer(tx, network, destination, language, message, now).await
}

/// Puts the room where something is said in the place of « ici ».
pub(super) fn here(tools: &Tools, from: &Inbound, rooms: &mut [String]) {
    let word = |language| fold(&tools.words.plain(language, "workshop-here"));
    let words = Language::ALL.map(word);
    for name in rooms {
        if words.contains(&fold(name)) {
            name.clone_from(&from.room);
        }
    }
}

/// Somebody comes, or does not. A `quiet` answer shows on the card only.
pub(super) async fn answer(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    collective: &Collective,
    (number, request): (i64, Request),
    quiet: bool,
    now: DateTime<Utc>,
) -> Result<Message, ServiceError> {
    let answered = workshops::answer(tx, actor, number, request, now).await?;
    let (words, language) = (&tools.words, actor.language);
    let mut message = present::workshop::answered(words, language, &answered);
    if let (Some(Place::Yes { .. } | Place::Maybe), Some(links)) = (answered.place, &tools.links) {
        let what = Calendar::Workshop(&answered.workshop);
        let address = links.agenda(&collective.slug, what, language);
        let link = present::workshop::agenda_link(words, language, address);
        message.actions.push(link);
    }
    if quiet && matches!(answered.place, Some(Place::Waiting { .. })) {
        // The card does not show that this person only waits.
        in_private(tx, actor, message.clone(), now).await?;
    }
    Ok(message)
}

/// How to get workshops into one's own calendar: one, a circle's, or all.
pub(super) async fn agenda(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    collective: &Collective,
    (number, circle): (Option<i64>, Option<&str>),
    now: DateTime<Utc>,
) -> Result<Message, ServiceError> {
    let slug = &collective.slug;
    let one = number.map(|number| ShortId::new(Kind::Workshop, number));
    let found = match one {
        Some(id) => {
            let found = agenda::one(tx, slug, id.number).await?;
            found.map(|(found, _)| found).ok_or(Refusal::NotFound(id))?
        }
        None => {
            let found = agenda::all(tx, slug, circle, now).await?;
            let typed = circle.unwrap_or_default().trim().chars().take(60).collect();
            found.ok_or(Refusal::NoCircle(typed))?
        }
    };
    let (words, language) = (&tools.words, actor.language);
    let what = match (&found.circle, found.entries.first()) {
        (None, Some(entry)) if one.is_some() => Calendar::Workshop(&entry.workshop),
        (Some(circle), _) => Calendar::Circle(&circle.slug),
        (None, _) => Calendar::Collective,
    };
    let address = tools.links.as_ref();
    let address = address.map(|links| links.agenda(slug, what, language));
    Ok(present::workshop::agenda_offered(
        words, language, one, &found, address,
    ))
}

/// An organizer says who was there, as far as they say something; and gets the code to check in with.
pub(super) async fn attended(
    tx: &mut Tx,
    tools: &Tools,
    actor: &Actor,
    number: i64,
    (guests, person): (Option<u64>, Option<(String, bool)>),
    now: DateTime<Utc>,
) -> Result<Message, ServiceError> {
    let network = actor.account.network;
    let account = person.map(|(typed, was_there)| (Account::typed(&typed, network), was_there));
    let said = Said { account, guests };
    let bits = random_bits();
    let (workshop, code) = workshops::attended(tx, actor, number, &said, bits, now).await?;
    let (words, language) = (&tools.words, actor.language);
    Ok(present::workshop::attended(
        words, language, &workshop, &code,
    ))
}
