//! Pledges, and the thresholds of those who wait.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::error::known;
use super::{StoreError, Tx};
use crate::domain::pledge::thresholds::{Page, PageId};
use crate::domain::pledge::{Count, Pledge};

/// Pledges, `which` ones.
macro_rules! pledges {
    ($which:literal) => {
        concat!(
            "SELECT id, collective_id, number, sentence, about, threshold, opened_at, last_day, closes_at, closed,
                    active, waiting, left_since, missing, tips
             FROM pledge ",
            $which
        )
    };
}

#[derive(FromRow)]
struct PledgeRow {
    id: Uuid,
    collective_id: Uuid,
    number: i64,
    sentence: String,
    about: Option<String>,
    threshold: i64,
    opened_at: DateTime<Utc>,
    last_day: NaiveDate,
    closes_at: DateTime<Utc>,
    closed: bool,
    active: i64,
    waiting: i64,
    left_since: i64,
    missing: Option<i64>,
    tips: Option<i64>,
}

impl PledgeRow {
    fn read(self) -> Result<Pledge, StoreError> {
        let about = self.about.as_deref();
        let about = about.map(|about| known("pledge.about", about, |text| text.parse().ok()));
        Ok(Pledge {
            id: self.id,
            collective: self.collective_id,
            number: self.number,
            sentence: self.sentence,
            about: about.transpose()?,
            threshold: self.threshold,
            opened_at: self.opened_at,
            last_day: self.last_day,
            closes_at: self.closes_at,
            closed: self.closed,
            count: Count {
                active: self.active,
                waiting: self.waiting,
                left: self.left_since,
                next: self.missing.zip(self.tips),
            },
        })
    }
}

/// Records a pledge.
///
/// # Errors
/// The database's.
pub async fn add(tx: &mut Tx, pledge: &Pledge) -> Result<(), StoreError> {
    change!(tx, sqlx::query(
        "INSERT INTO pledge (id, collective_id, number, sentence, about, threshold, opened_at, last_day, closes_at, closed,
                             active, waiting, left_since, missing, tips)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
    )
    .bind(pledge.id)
    .bind(pledge.collective)
    .bind(pledge.number)
    .bind(&pledge.sentence)
    .bind(pledge.about.as_ref().map(ToString::to_string))
    .bind(pledge.threshold)
    .bind(pledge.opened_at)
    .bind(pledge.last_day)
    .bind(pledge.closes_at)
    .bind(pledge.closed)
    .bind(pledge.count.active)
    .bind(pledge.count.waiting)
    .bind(pledge.count.left)
    .bind(pledge.count.next.map(|(missing, _)| missing))
    .bind(pledge.count.next.map(|(_, tips)| tips)))?;
    Ok(())
}

/// Makes a pledge say what is given of its threshold, its close and its count.
///
/// # Errors
/// The database's.
pub async fn set(tx: &mut Tx, pledge: &Pledge) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "UPDATE pledge SET threshold = $2, last_day = $3, closes_at = $4, closed = $5, active = $6,
                    waiting = $7, left_since = $8, missing = $9, tips = $10
             WHERE id = $1"
        )
        .bind(pledge.id)
        .bind(pledge.threshold)
        .bind(pledge.last_day)
        .bind(pledge.closes_at)
        .bind(pledge.closed)
        .bind(pledge.count.active)
        .bind(pledge.count.waiting)
        .bind(pledge.count.left)
        .bind(pledge.count.next.map(|(missing, _)| missing))
        .bind(pledge.count.next.map(|(_, tips)| tips))
    )?;
    Ok(())
}

/// A pledge.
///
/// # Errors
/// The database's.
pub async fn get(tx: &mut Tx, id: Uuid) -> Result<Option<Pledge>, StoreError> {
    let row: Option<PledgeRow> = on!(tx, |conn| sqlx::query_as(pledges!("WHERE id = $1"))
        .bind(id)
        .fetch_optional(conn)
        .await)?;
    row.map(PledgeRow::read).transpose()
}

/// The pledge with that number in a collective.
///
/// # Errors
/// The database's.
pub async fn by_number(
    tx: &mut Tx,
    collective: Uuid,
    number: i64,
) -> Result<Option<Pledge>, StoreError> {
    let row: Option<PledgeRow> = on!(tx, |conn| sqlx::query_as(pledges!(
        "WHERE collective_id = $1 AND number = $2"
    ))
    .bind(collective)
    .bind(number)
    .fetch_optional(conn)
    .await)?;
    row.map(PledgeRow::read).transpose()
}

/// The pledges of a collective that one can join, the first to close first.
///
/// # Errors
/// The database's.
pub async fn open(tx: &mut Tx, collective: Uuid) -> Result<Vec<Pledge>, StoreError> {
    let rows: Vec<PledgeRow> = on!(tx, |conn| sqlx::query_as(pledges!(
        "WHERE collective_id = $1 AND NOT closed ORDER BY closes_at, number"
    ))
    .bind(collective)
    .fetch_all(conn)
    .await)?;
    rows.into_iter().map(PledgeRow::read).collect()
}

/// A page of the thresholds of those who wait.
///
/// # Errors
/// The database's.
pub async fn page(
    tx: &mut Tx,
    pledge: Uuid,
    (level, place): PageId,
) -> Result<Option<Page>, StoreError> {
    let row: Option<(String,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT slots FROM pledge_page WHERE pledge_id = $1 AND level = $2 AND place = $3"
    )
    .bind(pledge)
    .bind(i64::from(level))
    .bind(place)
    .fetch_optional(conn)
    .await)?;
    Ok(match row {
        Some((slots,)) => Some(serde_json::from_str(&slots)?),
        None => None,
    })
}

/// Keeps a page, in place of what it was; none: it is empty.
///
/// # Errors
/// The database's.
pub async fn set_page(
    tx: &mut Tx,
    pledge: Uuid,
    (level, place): PageId,
    page: Option<&Page>,
) -> Result<(), StoreError> {
    let Some(page) = page else {
        change!(
            tx,
            sqlx::query(
                "DELETE FROM pledge_page WHERE pledge_id = $1 AND level = $2 AND place = $3"
            )
            .bind(pledge)
            .bind(i64::from(level))
            .bind(place)
        )?;
        return Ok(());
    };
    change!(
        tx,
        sqlx::query(
            "INSERT INTO pledge_page (pledge_id, level, place, slots) VALUES ($1, $2, $3, $4)
             ON CONFLICT (pledge_id, level, place) DO UPDATE SET slots = excluded.slots"
        )
        .bind(pledge)
        .bind(i64::from(level))
        .bind(place)
        .bind(serde_json::to_string(page)?)
    )?;
    Ok(())
}

/// Deletes the pages of a level that stand before a place.
///
/// # Errors
/// The database's.
pub async fn clear_pages(
    tx: &mut Tx,
    pledge: Uuid,
    (level, before): PageId,
) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("DELETE FROM pledge_page WHERE pledge_id = $1 AND level = $2 AND place < $3")
            .bind(pledge)
            .bind(i64::from(level))
            .bind(before)
    )?;
    Ok(())
}
