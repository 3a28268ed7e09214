//! Series of workshops. Their occurrences are workshops.

use chrono::{DateTime, NaiveDate, NaiveTime, Timelike as _, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::collectives::zone;
use super::{StoreError, Tx};
use crate::domain::series::{End, Rule, Series};

#[derive(FromRow)]
struct Row {
    collective_id: Uuid,
    rule: String,
    first_on: NaiveDate,
    times: Option<i64>,
    until_on: Option<NaiveDate>,
    minute: i64,
    template: String,
    rooms: String,
    ended_at: Option<DateTime<Utc>>,
    time_zone: String,
}

/// The time of day that many minutes after midnight.
pub(super) fn time(minute: i64) -> NaiveTime {
    let seconds = u32::try_from(minute * 60).unwrap_or_default();
    NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0).unwrap_or_default()
}

/// Records a series, or what it has become. Days that are skipped stand apart: see [`skip`].
///
/// # Errors
/// The database's.
pub async fn put(tx: &mut Tx, series: &Series) -> Result<(), StoreError> {
    let template = serde_json::to_string(&series.template)?;
    let rooms = serde_json::to_string(&series.rooms)?;
    let times = series
        .end
        .times
        .map(|times| i64::try_from(times).unwrap_or(i64::MAX));
    change!(
        tx,
        sqlx::query(
            "INSERT INTO series (id, collective_id, rule, first_on, times, until_on, minute, template, rooms, ended_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT (id) DO UPDATE SET
             rule = excluded.rule, first_on = excluded.first_on, times = excluded.times,
             until_on = excluded.until_on, minute = excluded.minute, template = excluded.template,
             rooms = excluded.rooms, ended_at = excluded.ended_at"
        )
        .bind(series.id)
        .bind(series.collective)
        .bind(series.rule.to_string())
        .bind(series.first)
        .bind(times)
        .bind(series.end.until)
        .bind(i64::from(series.time.num_seconds_from_midnight() / 60))
        .bind(&template)
        .bind(&rooms)
        .bind(series.ended_at)
    )?;
    Ok(())
}

/// The series with that id.
///
/// # Errors
/// The database's.
pub async fn get(tx: &mut Tx, id: Uuid) -> Result<Option<Series>, StoreError> {
    let row: Option<Row> = on!(tx, |conn| {
        sqlx::query_as(
        "SELECT collective_id, rule, first_on, times, until_on, minute, template, rooms, ended_at, time_zone
         FROM series JOIN collective ON collective.id = collective_id WHERE series.id = $1"
    )
    .bind(id)
    .fetch_optional(conn)
    .await
    })?;
    let Some(row) = row else { return Ok(None) };
    let skipped: Vec<(NaiveDate,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT day FROM series_skip WHERE series_id = $1"
    )
    .bind(id)
    .fetch_all(conn)
    .await)?;
    Ok(Some(Series {
        id,
        collective: row.collective_id,
        rule: Rule::stored(row.rule),
        first: row.first_on,
        end: End {
            times: row.times.and_then(|times| usize::try_from(times).ok()),
            until: row.until_on,
        },
        time: time(row.minute),
        zone: zone(&row.time_zone)?,
        template: serde_json::from_str(&row.template)?,
        rooms: serde_json::from_str(&row.rooms)?,
        skipped: skipped.into_iter().map(|(day,)| day).collect(),
        ended_at: row.ended_at,
    }))
}

/// Records that a day is left out; false if it was before.
///
/// # Errors
/// The database's.
pub async fn skip(tx: &mut Tx, id: Uuid, day: NaiveDate) -> Result<bool, StoreError> {
    let rows = change!(
        tx,
        sqlx::query(
            "INSERT INTO series_skip (series_id, day) VALUES ($1, $2) ON CONFLICT DO NOTHING"
        )
        .bind(id)
        .bind(day)
    )?;
    Ok(rows == 1)
}

/// Makes a workshop the one of that day of a series.
///
/// # Errors
/// The database's; that day is taken.
pub async fn join(tx: &mut Tx, id: Uuid, day: NaiveDate, workshop: Uuid) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("UPDATE workshop SET series_id = $2, series_on = $3 WHERE id = $1")
            .bind(workshop)
            .bind(id)
            .bind(day)
    )?;
    Ok(())
}
