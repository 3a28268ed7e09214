//! Sense checks, and what they come to in each room.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::collectives::zone;
use super::error::known;
use super::polls::wording;
use super::{StoreError, Tx};
use crate::domain::card::NativeFigures;
use crate::domain::pulse::{Draft, Pulse, Sounding};

/// The columns of a sense check, for [`PulseRow`].
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT pulse.id, collective_id, number, question, question_en, answers, several, ends_at, ended, time_zone
             FROM pulse JOIN collective ON collective.id = collective_id ",
            $rest
        )
    };
}

#[derive(FromRow)]
struct PulseRow {
    id: Uuid,
    collective_id: Uuid,
    number: i64,
    question: String,
    question_en: Option<String>,
    answers: String,
    several: bool,
    ends_at: DateTime<Utc>,
    ended: bool,
    time_zone: String,
}

impl PulseRow {
    fn read(self) -> Result<Pulse, StoreError> {
        Ok(Pulse {
            id: self.id,
            collective: self.collective_id,
            number: self.number,
            draft: Draft {
                question: wording(self.question, self.question_en),
                answers: serde_json::from_str(&self.answers)?,
                several: self.several,
                ends_at: self.ends_at,
            },
            ended: self.ended,
            zone: zone(&self.time_zone)?,
        })
    }
}

#[derive(FromRow)]
struct RoomRow {
    id: Uuid,
    pulse_id: Uuid,
    network: String,
    address: String,
    missing: bool,
    figures: Option<String>,
}

impl RoomRow {
    fn read(self) -> Result<Sounding, StoreError> {
        Ok(Sounding {
            id: self.id,
            pulse: self.pulse_id,
            network: known("pulse_room.network", &self.network, |n| n.parse().ok())?,
            address: self.address,
            missing: self.missing,
            figures: self
                .figures
                .as_deref()
                .map(serde_json::from_str)
                .transpose()?,
        })
    }
}

/// Records a sense check.
///
/// # Errors
/// The database's.
pub async fn add(tx: &mut Tx, new: &Pulse) -> Result<(), StoreError> {
    let draft = &new.draft;
    let answers = serde_json::to_string(&draft.answers)?;
    change!(
        tx,
        sqlx::query(
            "INSERT INTO pulse (id, collective_id, number, question, question_en, answers, several, ends_at, ended)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        )
        .bind(new.id)
        .bind(new.collective)
        .bind(new.number)
        .bind(&draft.question.text)
        .bind(&draft.question.english)
        .bind(&answers)
        .bind(draft.several)
        .bind(draft.ends_at)
        .bind(new.ended)
    )?;
    Ok(())
}

/// Records that a sense check is taken in a room.
///
/// # Errors
/// The database's.
pub async fn add_room(tx: &mut Tx, new: &Sounding) -> Result<(), StoreError> {
    let figures = new
        .figures
        .as_ref()
        .map(serde_json::to_string)
        .transpose()?;
    change!(
        tx,
        sqlx::query(
            "INSERT INTO pulse_room (id, pulse_id, network, address, missing, figures)
         VALUES ($1, $2, $3, $4, $5, $6)"
        )
        .bind(new.id)
        .bind(new.pulse)
        .bind(new.network.name())
        .bind(&new.address)
        .bind(new.missing)
        .bind(&figures)
    )?;
    Ok(())
}

/// The sense check with that id.
///
/// # Errors
/// The database's.
pub async fn get(tx: &mut Tx, id: Uuid) -> Result<Option<Pulse>, StoreError> {
    let row: Option<PulseRow> = on!(tx, |conn| sqlx::query_as(select!("WHERE pulse.id = $1"))
        .bind(id)
        .fetch_optional(conn)
        .await)?;
    row.map(PulseRow::read).transpose()
}

/// The sense check with that number in a collective.
///
/// # Errors
/// The database's.
pub async fn by_number(
    tx: &mut Tx,
    collective: Uuid,
    number: i64,
) -> Result<Option<Pulse>, StoreError> {
    let row: Option<PulseRow> = on!(tx, |conn| sqlx::query_as(select!(
        "WHERE collective_id = $1 AND number = $2"
    ))
    .bind(collective)
    .bind(number)
    .fetch_optional(conn)
    .await)?;
    row.map(PulseRow::read).transpose()
}

/// The rooms in which a sense check is taken.
///
/// # Errors
/// The database's.
pub async fn rooms(tx: &mut Tx, pulse: Uuid) -> Result<Vec<Sounding>, StoreError> {
    let rows: Vec<RoomRow> = on!(tx, |conn| sqlx::query_as(
        "SELECT id, pulse_id, network, address, missing, figures FROM pulse_room
         WHERE pulse_id = $1 ORDER BY network, address"
    )
    .bind(pulse)
    .fetch_all(conn)
    .await)?;
    rows.into_iter().map(RoomRow::read).collect()
}

/// One of these rooms, by the id that its cards are about.
///
/// # Errors
/// The database's.
pub async fn room(tx: &mut Tx, id: Uuid) -> Result<Option<Sounding>, StoreError> {
    let row: Option<RoomRow> = on!(tx, |conn| sqlx::query_as(
        "SELECT id, pulse_id, network, address, missing, figures FROM pulse_room WHERE id = $1"
    )
    .bind(id)
    .fetch_optional(conn)
    .await)?;
    row.map(RoomRow::read).transpose()
}

/// Ends a sense check as of `at`.
///
/// # Errors
/// The database's.
pub async fn end(tx: &mut Tx, id: Uuid, at: DateTime<Utc>) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("UPDATE pulse SET ended = TRUE, ends_at = $2 WHERE id = $1")
            .bind(id)
            .bind(at)
    )?;
    Ok(())
}

/// Records that a room's native poll is not there.
///
/// # Errors
/// The database's.
pub async fn set_missing(tx: &mut Tx, room: Uuid) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("UPDATE pulse_room SET missing = TRUE WHERE id = $1").bind(room)
    )?;
    Ok(())
}

/// Records what a room's native poll came to.
///
/// # Errors
/// The database's.
pub async fn set_figures(
    tx: &mut Tx,
    room: Uuid,
    figures: &NativeFigures,
) -> Result<(), StoreError> {
    let figures = serde_json::to_string(figures)?;
    change!(
        tx,
        sqlx::query("UPDATE pulse_room SET figures = $2 WHERE id = $1")
            .bind(room)
            .bind(&figures)
    )?;
    Ok(())
}
