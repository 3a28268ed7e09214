//! Acts to measure widening circles by, what was published of each month, and who took part in the last one.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::{StoreError, Tx};
use crate::domain::widening::{Circle, Report};

#[derive(FromRow)]
struct ActRow {
    person_id: Uuid,
    circle: i64,
    at: DateTime<Utc>,
    since: DateTime<Utc>,
    organisation: Option<String>,
}

/// Somebody's deliberate act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acted {
    /// Who.
    pub person: Uuid,
    /// The circle of the act.
    pub circle: Circle,
    /// When.
    pub at: DateTime<Utc>,
    /// Since when that person is known.
    pub since: DateTime<Utc>,
    /// The short name of an organisation that they represent, if they do.
    pub organisation: Option<String>,
}

/// The acts of persons in a collective from `from` until before `until`, as far as they are still kept.
///
/// # Errors
/// The database's.
pub async fn acts(
    tx: &mut Tx,
    collective: Uuid,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<Acted>, StoreError> {
    let rows: Vec<ActRow> = on!(tx, |conn| {
        sqlx::query_as(
        "SELECT acts.person_id, acts.circle, acts.at, person.created_at AS since,
                (SELECT min(slug) FROM mandate JOIN organisation ON organisation.id = organisation_id
                 WHERE mandate.person_id = acts.person_id AND collective_id = $1) AS organisation
         FROM (
             SELECT person_id, CAST(1 AS BIGINT) AS circle, answered_at AS at
             FROM rsvp JOIN workshop ON workshop.id = workshop_id
             WHERE collective_id = $1 AND answer <> 'no'
             UNION ALL SELECT person_id, CAST(1 AS BIGINT), at
             FROM attendance JOIN workshop ON workshop.id = workshop_id WHERE collective_id = $1
             UNION ALL SELECT person_id, CAST(1 AS BIGINT), cast_at
             FROM ballot JOIN poll ON poll.id = poll_id WHERE collective_id = $1
             UNION ALL SELECT person_id, CAST(1 AS BIGINT), proposed_at
             FROM poll_proposal WHERE collective_id = $1
             UNION ALL SELECT person_id, CAST(2 AS BIGINT), taken_at
             FROM commitment WHERE collective_id = $1
             UNION ALL SELECT person_id, CAST(3 AS BIGINT), at
             FROM journal WHERE collective_id = $1
         ) AS acts JOIN person ON person.id = acts.person_id
         WHERE acts.at >= $2 AND acts.at < $3
         ORDER BY acts.at, acts.person_id, acts.circle"
    )
    .bind(collective)
    .bind(from)
    .bind(until)
    .fetch_all(conn)
    .await
    })?;
    let circle = |circle| match circle {
        3 => Circle::Carrying,
        2 => Circle::Committing,
        _ => Circle::TakingPart,
    };
    let acts = rows.into_iter().map(|row| Acted {
        person: row.person_id,
        circle: circle(row.circle),
        at: row.at,
        since: row.since,
        organisation: row.organisation,
    });
    Ok(acts.collect())
}

/// The short names of the organisations that voted or committed in a collective from `from` until before `until`.
///
/// # Errors
/// The database's.
pub async fn voices(
    tx: &mut Tx,
    collective: Uuid,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<String>, StoreError> {
    let rows: Vec<(String,)> = on!(tx, |conn| {
        sqlx::query_as(
        "SELECT DISTINCT slug FROM (
             SELECT organisation_id, cast_at AS at FROM organisation_ballot
             UNION ALL SELECT organisation_id, taken_at FROM commitment WHERE organisation_id IS NOT NULL
         ) AS acts JOIN organisation ON organisation.id = organisation_id
         WHERE collective_id = $1 AND at >= $2 AND at < $3 ORDER BY slug"
    )
    .bind(collective)
    .bind(from)
    .bind(until)
    .fetch_all(conn)
    .await
    })?;
    Ok(rows.into_iter().map(|(slug,)| slug).collect())
}

/// How many workshops of a collective took place from `from` until before `until`, and how many people were counted there.
///
/// # Errors
/// The database's.
pub async fn workshops(
    tx: &mut Tx,
    collective: Uuid,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<(i64, i64), StoreError> {
    Ok(on!(tx, |conn| sqlx::query_as(
        "SELECT count(*), CAST(coalesce(sum(here + guests), 0) AS BIGINT) FROM workshop
         WHERE collective_id = $1 AND status = 'held' AND starts_at >= $2 AND starts_at < $3"
    )
    .bind(collective)
    .bind(from)
    .bind(until)
    .fetch_one(conn)
    .await)?)
}

/// Keeps what is published of a month, unless something was already.
///
/// # Errors
/// The database's.
pub async fn publish(tx: &mut Tx, collective: Uuid, report: &Report) -> Result<(), StoreError> {
    let text = serde_json::to_string(report)?;
    change!(
        tx,
        sqlx::query(
            "INSERT INTO widening (collective_id, month, report) VALUES ($1, $2, $3)
             ON CONFLICT DO NOTHING"
        )
        .bind(collective)
        .bind(report.month)
        .bind(&text)
    )?;
    Ok(())
}

/// What was published of a collective's months, the latest first.
///
/// # Errors
/// The database's.
pub async fn published(tx: &mut Tx, collective: Uuid) -> Result<Vec<Report>, StoreError> {
    let rows: Vec<(String,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT report FROM widening WHERE collective_id = $1 ORDER BY month DESC"
    )
    .bind(collective)
    .fetch_all(conn)
    .await)?;
    rows.into_iter()
        .map(|(report,)| Ok(serde_json::from_str(&report)?))
        .collect()
}

/// Notes that a person took part in a month, until the next one is measured.
///
/// # Errors
/// The database's.
pub async fn note(
    tx: &mut Tx,
    collective: Uuid,
    person: Uuid,
    month: NaiveDate,
) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "INSERT INTO took_part (collective_id, person_id, month) VALUES ($1, $2, $3)
             ON CONFLICT DO NOTHING"
        )
        .bind(collective)
        .bind(person)
        .bind(month)
    )?;
    Ok(())
}

/// Who took part in a month, as far as it is still noted.
///
/// # Errors
/// The database's.
pub async fn noted(
    tx: &mut Tx,
    collective: Uuid,
    month: NaiveDate,
) -> Result<Vec<Uuid>, StoreError> {
    let rows: Vec<(Uuid,)> = on!(tx, |conn| {
        sqlx::query_as(
        "SELECT person_id FROM took_part WHERE collective_id = $1 AND month = $2 ORDER BY person_id"
    )
    .bind(collective)
    .bind(month)
    .fetch_all(conn)
    .await
    })?;
    Ok(rows.into_iter().map(|(person,)| person).collect())
}

/// Deletes who took part in a collective before that month.
///
/// # Errors
/// The database's.
pub async fn forget(tx: &mut Tx, collective: Uuid, month: NaiveDate) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query("DELETE FROM took_part WHERE collective_id = $1 AND month < $2")
            .bind(collective)
            .bind(month)
    )?)
}

/// The months in which it is noted that a person took part, in whichever collective.
///
/// # Errors
/// The database's.
pub async fn of_person(tx: &mut Tx, person: Uuid) -> Result<Vec<NaiveDate>, StoreError> {
    let rows: Vec<(NaiveDate,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT DISTINCT month FROM took_part WHERE person_id = $1 ORDER BY month"
    )
    .bind(person)
    .fetch_all(conn)
    .await)?;
    Ok(rows.into_iter().map(|(month,)| month).collect())
}

/// Makes what is noted of `from` be of `into`.
///
/// # Errors
/// The database's.
pub async fn hand_over(tx: &mut Tx, from: Uuid, into: Uuid) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "INSERT INTO took_part (collective_id, person_id, month)
             SELECT collective_id, $2, month FROM took_part WHERE person_id = $1
             ON CONFLICT DO NOTHING"
        )
        .bind(from)
        .bind(into)
    )?;
    erase(tx, from).await?;
    Ok(())
}

/// Deletes what is noted of a person.
///
/// # Errors
/// The database's.
pub async fn erase(tx: &mut Tx, person: Uuid) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query("DELETE FROM took_part WHERE person_id = $1").bind(person)
    )?)
}
