//! A workshop at the date that a poll chose.

use chrono::{DateTime, Utc};

use super::super::{Refusal, ServiceError, journal, polls, require};
use super::{drafts, get};
use crate::domain::actor::{Actor, Role};
use crate::domain::event::EventKind;
use crate::domain::poll::PollOption;
use crate::domain::workshop::{Draft, Wish, Workshop};
use crate::store::{Tx, workshops};

/// What an organizer says of a workshop that a poll of dates leads to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PolledWish {
    /// Its title; the poll's question if none.
    pub title: Option<String>,
    /// The letter of the date, where several are tied.
    pub letter: Option<String>,
    /// Whether another one is wanted, though there is one.
    pub again: bool,
}

/// Writes down a draft of a workshop at the date that won a poll.
///
/// # Errors
/// Not an organizer; no such poll; no date won it; a tie, and none of its dates is named; it led to a workshop before; a
/// date that has passed; a wrong title.
pub async fn from_poll(
    tx: &mut Tx,
    actor: &Actor,
    number: i64,
    wish: &PolledWish,
    now: DateTime<Utc>,
) -> Result<Workshop, ServiceError> {
    require(actor, Role::Organizer)?;
    let poll = polls::find(tx, actor, number).await?;
    tx.lock(poll.id).await?;
    let short = poll.short_id();
    let won = poll.won_dates();
    let letters = || -> Vec<char> { won.iter().map(|option| option.letter()).collect() };
    let option: &PollOption = match (wish.letter.as_deref(), won.as_slice()) {
        (_, []) => return Err(Refusal::NoDateWon(short).into()),
        (None, [one]) => one,
        (None, _) => return Err(Refusal::DatesWon(short, letters()).into()),
        (Some(letter), _) => {
            let named =
                |option: &&&PollOption| letter.eq_ignore_ascii_case(&option.letter().to_string());
            let found = won.iter().find(named);
            found.ok_or_else(|| Refusal::DatesWon(short, letters()))?
        }
    };
    let at = option.at.ok_or(Refusal::NoDateWon(short))?;
    if !wish.again && workshops::has_poll(tx, poll.id).await? {
        return Err(Refusal::PollHasWorkshop(short).into());
    }
    let title = wish.title.clone();
    let said = Wish {
        title: Some(title.unwrap_or_else(|| poll.question.text.clone())),
        when: Some((at, None)),
        ..Wish::default()
    };
    let mut draft = Draft::new(&said).map_err(Refusal::from)?;
    if wish.title.is_none() {
        draft.title = poll.question.clone();
    }
    let made = drafts::insert(tx, actor.collective, &draft, &[], now).await?;
    workshops::set_poll(tx, made.id, poll.id).await?;
    let kind = EventKind::WorkshopDrafted;
    journal::record(tx, actor, kind, made.short_id(), now).await?;
    get(tx, made.id, made.number).await
}
