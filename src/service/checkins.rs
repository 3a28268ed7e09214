//! Check-ins: who is asked in private how their commitments go, what becomes of such a message, and a hand for who would
//! like one. The rules are [`domain::checkin`](rules).
//!
//! Once a day each collective with open commitments looks whom to ask ([`round`]). What it makes is a card like a private
//! reminder: to those who want reminders, at their account, looked at again as it leaves ([`standing`]). From its arrival
//! on ([`arrived`]) the two weeks count, and the two days after which there is no news.
//!
//! A hand is asked for by the commitment's id: organizers learn neither whose it is nor its words, and the person gets
//! their answer in private.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::reminders::due::Standing;
use super::{
    Refusal, ServiceError, cards, commitments, journal, people, privacy, reminders, require,
};
use crate::domain::actor::{Account, Actor, Role};
use crate::domain::card::View;
use crate::domain::checkin::{self as rules, Hand, Held, Overview};
use crate::domain::collective::{Collective, Purpose};
use crate::domain::commitment::{Commitment, Holder};
use crate::domain::event::EventKind;
use crate::domain::ids::{Kind, ShortId};
use crate::domain::privacy::Statement;
use crate::domain::schedule::DeadlineKind;
use crate::domain::schedule::ladder::Moment;
use crate::domain::text;
use crate::domain::workshop::Reach;
use crate::store::cards::Claimed;
use crate::store::private_cards::{self, Reminder};
use crate::store::{
    Tx, cards as stored_cards, checkins, collectives, commitments as stored, deadlines,
    reminders as wishes,
};

/// One for all collectives: two of them must not write to one person at once.
const ROUNDS: Uuid = Uuid::nil();

/// What a message asks about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Where.
    pub collective: Collective,
    /// The commitment that it asks about.
    pub commitment: Commitment,
    /// That person's open commitments there.
    pub open: Vec<Commitment>,
    /// How these stand.
    pub held: Vec<Held>,
}

impl Sheet {
    /// The other commitments that are due at `now`, the first to fall due first.
    #[must_use]
    pub fn others(&self, now: DateTime<Utc>) -> Vec<&Commitment> {
        let due = rules::due(&self.held, self.collective.zone, now);
        let others = due
            .iter()
            .filter(|one| one.commitment != self.commitment.id);
        others
            .filter_map(|held| self.open.iter().find(|one| one.id == held.commitment))
            .collect()
    }
}

/// Something was heard of a commitment, which is asked about from now on.
///
/// # Errors
/// The database's.
pub(super) async fn heard(
    tx: &mut Tx,
    commitment: &Commitment,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    checkins::heard(tx, commitment.id, now).await?;
    if !commitment.state.is_open() {
        stored_cards::raise(tx, commitment.id, View::Hand).await?;
    }
    if let Some(collective) = collectives::get(tx, commitment.collective).await? {
        plan_next(tx, &collective, now).await?;
    }
    Ok(())
}

/// Sees to it that a collective with open commitments looks whom to ask.
///
/// # Errors
/// The database's.
pub async fn plan_next(
    tx: &mut Tx,
    collective: &Collective,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let (id, kind) = (collective.id, DeadlineKind::CheckIns);
    if !deadlines::waits(tx, id, kind).await? && checkins::any_open(tx, id).await? {
        let at = rules::next_round(now, collective.zone);
        deadlines::set(tx, id, kind, at).await?;
    }
    Ok(())
}

/// A collective looks whom to ask: late, if the bot was down, and once.
///
/// # Errors
/// The database's.
pub async fn round(tx: &mut Tx, id: Uuid, now: DateTime<Utc>) -> Result<(), ServiceError> {
    let Some(collective) = collectives::get(tx, id).await? else {
        return Ok(());
    };
    tx.lock(ROUNDS).await?;
    let held = checkins::held_around(tx, id).await?;
    for (person, commitment) in rules::round(&held, id, collective.zone, now) {
        let Some(addressee) = wishes::addressee(tx, person).await? else {
            continue;
        };
        let reminder = Reminder {
            collective: id,
            kind: Kind::Commitment,
            subject: commitment,
            view: View::Reminder,
        };
        checkins::clear_arrived(tx, person).await?;
        private_cards::add(tx, &reminder, &addressee, now).await?;
    }
    plan_next(tx, &collective, now).await
}

/// What a message to a person asks about; none if it is gone.
///
/// # Errors
/// The database's.
pub async fn sheet(
    tx: &mut Tx,
    commitment: Uuid,
    person: Uuid,
) -> Result<Option<Sheet>, ServiceError> {
    let Some(commitment) = stored::get(tx, commitment).await? else {
        return Ok(None);
    };
    let Some(collective) = collectives::get(tx, commitment.collective).await? else {
        return Ok(None);
    };
    let held = checkins::held_by(tx, collective.id, person).await?;
    let mut open = Vec::new();
    for one in &held {
        open.extend(stored::get(tx, one.commitment).await?);
    }
    Ok(Some(Sheet {
        collective,
        commitment,
        open,
        held,
    }))
}

/// What becomes of a message on its way. It asks about nothing that was answered meanwhile, reaches nobody who wants none
/// any more, nor at night, nor twice in two weeks.
///
/// # Errors
/// The database's.
pub async fn standing(
    tx: &mut Tx,
    card: &Claimed,
    sheet: &Sheet,
    now: DateTime<Utc>,
) -> Result<Standing, ServiceError> {
    if card.message_ref.is_some() {
        return Ok(Standing::Goes(None));
    }
    let addressee = match card.person {
        Some(person) => wishes::addressee(tx, person).await?,
        None => None,
    };
    let account = Account {
        network: card.network,
        address: card.destination.address().to_owned(),
    };
    if addressee.is_none_or(|addressee| addressee.account != account) {
        return Ok(Standing::Lapsed);
    }
    let zone = sheet.collective.zone;
    Ok(
        match rules::moment(&sheet.held, sheet.commitment.id, zone, now) {
            Moment::Now => Standing::Goes(None),
            Moment::Later(at) => Standing::Waits(at),
            Moment::Never => Standing::Lapsed,
        },
    )
}

/// A message arrived: it asked about all that is due.
///
/// # Errors
/// The database's.
pub async fn arrived(
    tx: &mut Tx,
    commitment: Uuid,
    person: Uuid,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let Some(sheet) = sheet(tx, commitment, person).await? else {
        return Ok(());
    };
    for held in rules::due(&sheet.held, sheet.collective.zone, now) {
        // All who represent an organisation are asked the same: that is one question.
        if rules::may_write(held.news.asked_at, now) {
            checkins::asked(tx, held.commitment, now).await?;
        }
    }
    Ok(checkins::set_last(tx, person, commitment, now).await?)
}

/// The commitment that an answer by its number alone is about: that of the last message to the account's person.
///
/// # Errors
/// The database's.
pub async fn asked_about(tx: &mut Tx, account: &Account) -> Result<Option<ShortId>, ServiceError> {
    let last = checkins::last_of(tx, account).await?;
    Ok(last.map(|(_, number)| ShortId::new(Kind::Commitment, number)))
}

/// The actor answers, and says more in a moment: which day it is for now, or whether they give it up.
///
/// # Errors
/// No such commitment, or somebody else's; it is kept or given up.
pub async fn answers(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    now: DateTime<Utc>,
) -> Result<Commitment, ServiceError> {
    let commitment = open(tx, actor, number).await?;
    heard(tx, &commitment, now).await?;
    Ok(commitment)
}

/// A commitment of the actor's that is still open.
async fn open(tx: &mut Tx, actor: &Actor, number: i64) -> Result<Commitment, ServiceError> {
    let commitment = commitments::held(tx, actor, number).await?;
    if !commitment.state.is_open() {
        return Err(Refusal::NotOpen(commitment.short_id()).into());
    }
    Ok(commitment)
}

/// Those of the actor's commitments here that they were asked about without an answer.
///
/// # Errors
/// The database's.
pub async fn without_news(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<Vec<ShortId>, ServiceError> {
    let Some(person) = actor.person else {
        return Ok(Vec::new());
    };
    let mut held = checkins::held_by(tx, actor.collective, person).await?;
    held.retain(|held| held.news.is_missing(now));
    let ids = held
        .into_iter()
        .map(|held| ShortId::new(Kind::Commitment, held.number));
    Ok(ids.collect())
}

/// What somebody is told who asked for a hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// Organizers see it.
    Told,
    /// There is no control room in which they would: they can be written to, if somebody is responsible.
    Nowhere(Option<Statement>),
}

/// The actor would like a hand: organizers see that in the control room, without a name or the commitment's words.
///
/// # Errors
/// No such commitment, or somebody else's; it is kept or given up; as [`people::person`].
pub async fn ask_hand(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    now: DateTime<Utc>,
) -> Result<(Commitment, Asked), ServiceError> {
    let commitment = open(tx, actor, number).await?;
    let person = people::person(tx, actor, now).await?;
    heard(tx, &commitment, now).await?;
    let mut rooms = collectives::rooms(tx, actor.collective).await?;
    rooms.retain(|room| room.purpose == Purpose::Control);
    if rooms.is_empty() {
        return Ok((commitment, Asked::Nowhere(privacy::statement(tx).await?)));
    }
    let id = commitment.id;
    let before = checkins::hand(tx, id).await?;
    if before.is_some_and(|hand| hand.answered_at.is_none()) {
        return Ok((commitment, Asked::Told));
    }
    let hand = Hand {
        person,
        reach: Reach {
            account: actor.account.clone(),
            language: actor.language,
        },
        asked_at: now,
        answered_at: None,
    };
    checkins::ask_hand(tx, id, &hand).await?;
    // Each time a new message: nobody notices an old one.
    stored_cards::forget_shown(tx, id, View::Hand, now).await?;
    let subject = stored_cards::Subject::Object(Kind::Commitment, id);
    cards::show_in(tx, &rooms, subject, View::Hand, now).await?;
    Ok((commitment, Asked::Told))
}

/// Organizers answer somebody who would like a hand; where the answer goes, and what it is.
///
/// # Errors
/// Not an organizer; a room where others read along; no such commitment; no hand is asked for; an empty or too long text;
/// private messages do not reach that person.
pub async fn lend_hand(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    reply: &str,
    now: DateTime<Utc>,
) -> Result<(Commitment, Reach, String), ServiceError> {
    require(actor, Role::Organizer)?;
    journal::require_control(actor)?;
    let short = ShortId::new(Kind::Commitment, number);
    let commitment = stored::by_number(tx, actor.collective, number)
        .await?
        .ok_or(Refusal::NotFound(short))?;
    tx.lock(commitment.id).await?;
    // Whoever asked may have handed it over since.
    let asked = checkins::hand(tx, commitment.id).await?;
    let hand = asked
        .filter(|hand| match commitment.holder {
            Holder::Person(person) => person == hand.person,
            Holder::Organisation(_) => true,
        })
        .ok_or(Refusal::NoHand(short))?;
    let reply =
        text::paragraphs(reply, text::DESCRIPTION_MAX).map_err(|e| Refusal::Text("reply", e))?;
    let closed = wishes::closed(tx, hand.person).await?;
    let reach = reminders::reached(tx, hand.person, hand.reach.clone())
        .await?
        .filter(|reach| closed.iter().all(|(account, _)| *account != reach.account))
        .ok_or(Refusal::Unreached(short))?;
    journal::record(tx, actor, EventKind::CommitmentHelped, short, now).await?;
    let answered = Hand {
        answered_at: Some(now),
        ..hand
    };
    checkins::ask_hand(tx, commitment.id, &answered).await?;
    stored_cards::raise(tx, commitment.id, View::Hand).await?;
    Ok((commitment, reach, reply))
}

/// How open commitments stand, for organizers.
///
/// # Errors
/// Not an organizer; a room where others read along.
pub async fn overview(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<Overview, ServiceError> {
    journal::require_control(actor)?;
    let mut held = checkins::held_around(tx, actor.collective).await?;
    held.retain(|held| held.collective == actor.collective);
    // Several persons may speak for one commitment.
    held.sort_by_key(|held| held.commitment);
    held.dedup_by_key(|held| held.commitment);
    let missing = held.iter().filter(|held| held.news.is_missing(now)).count();
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let hands = checkins::hands_wanted(tx, actor.collective).await?;
    let ids = hands
        .into_iter()
        .map(|number| ShortId::new(Kind::Commitment, number));
    Ok(Overview {
        open: count(held.len()),
        missing: count(missing),
        hands: ids.collect(),
    })
}
