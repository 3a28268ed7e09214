//! Workshops and their rosters.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::collectives::zone;
use super::error::known;
use super::{StoreError, Tx};
use crate::domain::text::Wording;
use crate::domain::workshop::{Draft, Roster, Rsvp, Status, Workshop};

#[derive(FromRow)]
struct WorkshopRow {
    id: Uuid,
    collective_id: Uuid,
    number: i64,
    title: String,
    title_en: Option<String>,
    description: Option<String>,
    description_en: Option<String>,
    starts_at: DateTime<Utc>,
    ends_at: Option<DateTime<Utc>>,
    place: Option<String>,
    details: Option<String>,
    status: String,
    time_zone: String,
    yes: i64,
    maybe: i64,
    no: i64,
}

/// A query of workshops: what follows the tables.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT workshop.id, collective_id, number, title, title_en, description, description_en,
                    starts_at, ends_at, place, details, status, time_zone, yes, maybe, no
             FROM workshop JOIN collective ON collective.id = collective_id ",
            $rest
        )
    };
}

impl WorkshopRow {
    fn read(self) -> Result<Workshop, StoreError> {
        let wording = |text: String, english| Wording { text, english };
        let details = self.details.as_deref().map(serde_json::from_str);
        let english = self.description_en;
        Ok(Workshop {
            id: self.id,
            collective: self.collective_id,
            number: self.number,
            draft: Draft {
                title: wording(self.title, self.title_en),
                description: self.description.map(|text| wording(text, english)),
                starts_at: self.starts_at,
                ends_at: self.ends_at,
                place: self.place,
                details: details.transpose()?.unwrap_or_default(),
            },
            status: known("workshop.status", &self.status, Status::from_name)?,
            zone: zone(&self.time_zone)?,
            roster: Roster {
                yes: self.yes,
                maybe: self.maybe,
                no: self.no,
            },
        })
    }
}

/// Records an announced workshop.
///
/// # Errors
/// The database's.
pub async fn add(
    tx: &mut Tx,
    id: Uuid,
    collective: Uuid,
    number: i64,
    draft: &Draft,
) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "INSERT INTO workshop (id, collective_id, number, title, starts_at, status, yes, maybe, no)
         VALUES ($1, $2, $3, $4, $5, 'announced', 0, 0, 0)"
        )
        .bind(id)
        .bind(collective)
        .bind(number)
        .bind(&draft.title.text)
        .bind(draft.starts_at)
    )?;
    set_draft(tx, id, draft).await
}

/// Makes a workshop say what `draft` says.
///
/// # Errors
/// The database's.
pub async fn set_draft(tx: &mut Tx, id: Uuid, draft: &Draft) -> Result<(), StoreError> {
    let details = serde_json::to_string(&draft.details)?;
    let description = draft.description.as_ref();
    change!(
        tx,
        sqlx::query(
            "UPDATE workshop
         SET title = $2, title_en = $3, description = $4, description_en = $5, starts_at = $6,
             ends_at = $7, place = $8, details = $9
         WHERE id = $1"
        )
        .bind(id)
        .bind(&draft.title.text)
        .bind(draft.title.english.as_deref())
        .bind(description.map(|d| d.text.as_str()))
        .bind(description.and_then(|d| d.english.as_deref()))
        .bind(draft.starts_at)
        .bind(draft.ends_at)
        .bind(draft.place.as_deref())
        .bind(&details)
    )?;
    Ok(())
}

/// Records where a workshop stands.
///
/// # Errors
/// The database's.
pub async fn set_status(tx: &mut Tx, id: Uuid, status: Status) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("UPDATE workshop SET status = $2 WHERE id = $1")
            .bind(id)
            .bind(status.name())
    )?;
    Ok(())
}

/// The workshop with that id.
///
/// # Errors
/// The database's.
pub async fn get(tx: &mut Tx, id: Uuid) -> Result<Option<Workshop>, StoreError> {
    let row: Option<WorkshopRow> = on!(tx, |conn| {
        sqlx::query_as(select!("WHERE workshop.id = $1"))
            .bind(id)
            .fetch_optional(conn)
            .await
    })?;
    row.map(WorkshopRow::read).transpose()
}

/// The workshop with that number in a collective.
///
/// # Errors
/// The database's.
pub async fn by_number(
    tx: &mut Tx,
    collective: Uuid,
    number: i64,
) -> Result<Option<Workshop>, StoreError> {
    let row: Option<WorkshopRow> = on!(tx, |conn| {
        sqlx::query_as(select!("WHERE collective_id = $1 AND number = $2"))
            .bind(collective)
            .bind(number)
            .fetch_optional(conn)
            .await
    })?;
    row.map(WorkshopRow::read).transpose()
}

/// Announced workshops of a collective that start after `after`, soonest first, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn coming(
    tx: &mut Tx,
    collective: Uuid,
    after: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Workshop>, StoreError> {
    let rows: Vec<WorkshopRow> = on!(tx, |conn| {
        sqlx::query_as(select!(
            "WHERE collective_id = $1 AND starts_at > $2 AND status = 'announced'
         ORDER BY starts_at, number LIMIT $3"
        ))
        .bind(collective)
        .bind(after)
        .bind(limit)
        .fetch_all(conn)
        .await
    })?;
    rows.into_iter().map(WorkshopRow::read).collect()
}

/// Workshops that a collective ever announced and that start after `after`, soonest first, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn public(
    tx: &mut Tx,
    collective: Uuid,
    after: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Workshop>, StoreError> {
    let rows: Vec<WorkshopRow> = on!(tx, |conn| {
        sqlx::query_as(select!(
            "WHERE collective_id = $1 AND starts_at > $2 AND status IN ('announced', 'held', 'cancelled')
         ORDER BY starts_at, number LIMIT $3"
        ))
        .bind(collective)
        .bind(after)
        .bind(limit)
        .fetch_all(conn)
        .await
    })?;
    rows.into_iter().map(WorkshopRow::read).collect()
}

/// What a person answered to a workshop.
///
/// # Errors
/// The database's.
pub async fn answer(tx: &mut Tx, workshop: Uuid, person: Uuid) -> Result<Option<Rsvp>, StoreError> {
    let row: Option<(String,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT answer FROM rsvp WHERE workshop_id = $1 AND person_id = $2"
    )
    .bind(workshop)
    .bind(person)
    .fetch_optional(conn)
    .await)?;
    row.map(|(answer,)| known("rsvp.answer", &answer, Rsvp::from_name))
        .transpose()
}

/// Records what a person answers, in place of `before`, and moves the running counts.
///
/// # Errors
/// The database's.
pub async fn set_answer(
    tx: &mut Tx,
    workshop: Uuid,
    person: Uuid,
    before: Option<Rsvp>,
    answer: Rsvp,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "INSERT INTO rsvp (workshop_id, person_id, answer, answered_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (workshop_id, person_id)
         DO UPDATE SET answer = excluded.answer, answered_at = excluded.answered_at"
        )
        .bind(workshop)
        .bind(person)
        .bind(answer.name())
        .bind(now)
    )?;
    let step = |which: Rsvp| i64::from(answer == which) - i64::from(before == Some(which));
    change!(
        tx,
        sqlx::query(
            "UPDATE workshop SET yes = yes + $2, maybe = maybe + $3, no = no + $4 WHERE id = $1"
        )
        .bind(workshop)
        .bind(step(Rsvp::Yes))
        .bind(step(Rsvp::Maybe))
        .bind(step(Rsvp::No))
    )?;
    Ok(())
}

/// An answer to a workshop, as its person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answered {
    /// The workshop.
    pub workshop: Uuid,
    /// What was answered.
    pub answer: Rsvp,
    /// When.
    pub at: DateTime<Utc>,
}

/// A person's answers, by workshop.
///
/// # Errors
/// The database's.
pub async fn answers_of(tx: &mut Tx, person: Uuid) -> Result<Vec<Answered>, StoreError> {
    let rows: Vec<(Uuid, String, DateTime<Utc>)> = on!(tx, |conn| {
        sqlx::query_as(
        "SELECT workshop_id, answer, answered_at FROM rsvp WHERE person_id = $1 ORDER BY workshop_id"
    )
    .bind(person)
    .fetch_all(conn)
    .await
    })?;
    rows.into_iter()
        .map(|(workshop, answer, at)| {
            Ok(Answered {
                workshop,
                answer: known("rsvp.answer", &answer, Rsvp::from_name)?,
                at,
            })
        })
        .collect()
}

/// Gives an answer to another person, who has none to that workshop. The counts stay.
///
/// # Errors
/// The database's.
pub async fn hand_over_answer(
    tx: &mut Tx,
    workshop: Uuid,
    from: Uuid,
    into: Uuid,
) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("UPDATE rsvp SET person_id = $3 WHERE workshop_id = $1 AND person_id = $2")
            .bind(workshop)
            .bind(from)
            .bind(into)
    )?;
    Ok(())
}

/// Takes an answer back, and out of the counts.
///
/// # Errors
/// The database's.
pub async fn withdraw_answer(
    tx: &mut Tx,
    workshop: Uuid,
    person: Uuid,
    answer: Rsvp,
) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("DELETE FROM rsvp WHERE workshop_id = $1 AND person_id = $2")
            .bind(workshop)
            .bind(person)
    )?;
    let one = |which: Rsvp| i64::from(answer == which);
    change!(
        tx,
        sqlx::query(
            "UPDATE workshop SET yes = yes - $2, maybe = maybe - $3, no = no - $4 WHERE id = $1"
        )
        .bind(workshop)
        .bind(one(Rsvp::Yes))
        .bind(one(Rsvp::Maybe))
        .bind(one(Rsvp::No))
    )?;
    Ok(())
}

/// Deletes the answers that a person has left. Counts stay.
///
/// # Errors
/// The database's.
pub async fn erase_answers(tx: &mut Tx, person: Uuid) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query("DELETE FROM rsvp WHERE person_id = $1").bind(person)
    )?)
}

/// Deletes the answers to workshops that ended before `before`. Counts stay.
///
/// # Errors
/// The database's.
pub async fn forget_answers(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query(
            "DELETE FROM rsvp WHERE workshop_id IN
         (SELECT id FROM workshop WHERE coalesce(ends_at, starts_at) < $1)"
        )
        .bind(before)
    )?)
}
