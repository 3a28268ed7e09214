//! Workshops. Who comes stands in `rosters`.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::collectives::zone;
use super::error::known;
use super::series::time;
use super::{StoreError, Tx};
use crate::domain::collective::Room;
use crate::domain::poll::rules::Eligibility;
use crate::domain::series::{Rule, Slot};
use crate::domain::text::Wording;
use crate::domain::workshop::draft::UNKNOWN_END;
use crate::domain::workshop::{Attendance, Draft, Feedback, Limits, Roster, Status, Workshop};

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
    capacity: Option<i64>,
    companions: i64,
    rsvp_until: Option<DateTime<Utc>>,
    who: String,
    announced_at: Option<DateTime<Utc>>,
    publish_at: Option<DateTime<Utc>>,
    told: i64,
    tickets: i64,
    yes: i64,
    maybe: i64,
    no: i64,
    seats: i64,
    held: i64,
    waiting: i64,
    here: i64,
    guests: i64,
    useful: i64,
    partly: i64,
    useless: i64,
    report: Option<String>,
    report_en: Option<String>,
    series_id: Option<Uuid>,
    series_on: Option<NaiveDate>,
    series_rule: Option<String>,
    series_minute: Option<i64>,
    poll_number: Option<i64>,
}

/// A query of workshops: what follows the tables.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT workshop.id, collective_id, number, title, title_en, description, description_en,
                    starts_at, ends_at, place, details, status, time_zone, capacity, companions, rsvp_until,
                    who, announced_at, publish_at, told, tickets, yes, maybe, no, seats, held, waiting,
                    here, guests, useful, partly, useless, report, report_en,
                    series_id, series_on,
                    (SELECT rule FROM series WHERE series.id = series_id) AS series_rule,
                    (SELECT minute FROM series WHERE series.id = series_id) AS series_minute,
                    (SELECT poll.number FROM poll WHERE poll.id = poll_id) AS poll_number
             FROM workshop JOIN collective ON collective.id = collective_id ",
            $rest
        )
    };
}

/// Which workshops a room shows: collective $1, room $2.
macro_rules! shown_in {
    () => {
        "WHERE collective_id = $1 AND status = 'announced' AND (
             NOT EXISTS (SELECT 1 FROM workshop_room WHERE workshop_id = workshop.id)
             OR EXISTS (SELECT 1 FROM workshop_room WHERE workshop_id = workshop.id AND room_id = $2))"
    };
}

impl WorkshopRow {
    fn read(self) -> Result<Workshop, StoreError> {
        let wording = |text: String, english| Wording { text, english };
        let details = self.details.as_deref().map(serde_json::from_str);
        let english = self.description_en;
        let of_series = self.series_id.zip(self.series_on);
        let says = self.series_rule.zip(self.series_minute);
        let slot = of_series
            .zip(says)
            .map(|((series, day), (rule, minute))| Slot {
                series,
                day,
                rule: Rule::stored(rule),
                time: time(minute),
            });
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
                limits: Limits {
                    capacity: self.capacity,
                    companions: self.companions,
                    closes_at: self.rsvp_until,
                    who: known("workshop.who", &self.who, Eligibility::from_name)?,
                },
            },
            status: known("workshop.status", &self.status, Status::from_name)?,
            zone: zone(&self.time_zone)?,
            roster: Roster {
                yes: self.yes,
                maybe: self.maybe,
                no: self.no,
                seats: self.seats,
                held: self.held,
                waiting: self.waiting,
            },
            announced_at: self.announced_at,
            publish_at: self.publish_at,
            told: self.told,
            tickets: self.tickets,
            attendance: Attendance {
                here: self.here,
                guests: self.guests,
            },
            feedback: Feedback {
                yes: self.useful,
                partly: self.partly,
                no: self.useless,
            },
            report: self.report.map(|text| wording(text, self.report_en)),
            slot,
            poll: self.poll_number,
        })
    }
}

/// Records a draft.
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
         VALUES ($1, $2, $3, $4, $5, 'draft', 0, 0, 0)"
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
             ends_at = $7, place = $8, details = $9, capacity = $10, companions = $11,
             rsvp_until = $12, who = $13
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
        .bind(draft.limits.capacity)
        .bind(draft.limits.companions)
        .bind(draft.limits.closes_at)
        .bind(draft.limits.who.name())
    )?;
    Ok(())
}

/// Records that a draft is announced.
///
/// # Errors
/// The database's.
pub async fn announce(tx: &mut Tx, id: Uuid, now: DateTime<Utc>) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "UPDATE workshop SET status = 'announced', announced_at = $2, publish_at = NULL
         WHERE id = $1"
        )
        .bind(id)
        .bind(now)
    )?;
    Ok(())
}

/// Records when a draft is to be announced by itself.
///
/// # Errors
/// The database's.
pub async fn set_publication(tx: &mut Tx, id: Uuid, at: DateTime<Utc>) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("UPDATE workshop SET publish_at = $2 WHERE id = $1")
            .bind(id)
            .bind(at)
    )?;
    Ok(())
}

/// Deletes a draft.
///
/// # Errors
/// The database's.
pub async fn discard(tx: &mut Tx, id: Uuid) -> Result<(), StoreError> {
    set_rooms(tx, id, &[]).await?;
    change!(
        tx,
        sqlx::query("DELETE FROM workshop WHERE id = $1 AND status = 'draft'").bind(id)
    )?;
    Ok(())
}

/// Records in which rooms a workshop is announced; none: in every public one.
///
/// # Errors
/// The database's.
pub async fn set_rooms(tx: &mut Tx, id: Uuid, rooms: &[Uuid]) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("DELETE FROM workshop_room WHERE workshop_id = $1").bind(id)
    )?;
    for room in rooms {
        change!(
            tx,
            sqlx::query("INSERT INTO workshop_room (workshop_id, room_id) VALUES ($1, $2)")
                .bind(id)
                .bind(room)
        )?;
    }
    Ok(())
}

/// The rooms that were chosen for a workshop, by their ids; none: every public one.
///
/// # Errors
/// The database's.
pub async fn rooms(tx: &mut Tx, id: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let rows: Vec<(Uuid,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT room_id FROM workshop_room WHERE workshop_id = $1 ORDER BY room_id"
    )
    .bind(id)
    .fetch_all(conn)
    .await)?;
    Ok(rows.into_iter().map(|(room,)| room).collect())
}

/// Records how full organizers were told that a workshop is, in percent.
///
/// # Errors
/// The database's.
pub async fn set_told(tx: &mut Tx, id: Uuid, percent: i64) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("UPDATE workshop SET told = $2 WHERE id = $1")
            .bind(id)
            .bind(percent)
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

/// Records what came of a workshop.
///
/// # Errors
/// The database's.
pub async fn set_report(tx: &mut Tx, id: Uuid, report: &Wording) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("UPDATE workshop SET report = $2, report_en = $3 WHERE id = $1")
            .bind(id)
            .bind(&report.text)
            .bind(report.english.as_deref())
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

/// Announced workshops that a room shows, those under way among them, soonest first, at most `limit`; and how many there are
/// in all.
///
/// # Errors
/// The database's.
pub async fn coming_in(
    tx: &mut Tx,
    room: &Room,
    limit: i64,
) -> Result<(Vec<Workshop>, i64), StoreError> {
    let (all,): (i64,) = on!(tx, |conn| {
        sqlx::query_as(concat!("SELECT count(*) FROM workshop ", shown_in!()))
            .bind(room.collective)
            .bind(room.id)
            .fetch_one(conn)
            .await
    })?;
    let rows: Vec<WorkshopRow> = on!(tx, |conn| {
        sqlx::query_as(concat!(
            select!(""),
            shown_in!(),
            " ORDER BY starts_at, number LIMIT $3"
        ))
        .bind(room.collective)
        .bind(room.id)
        .bind(limit)
        .fetch_all(conn)
        .await
    })?;
    let workshops: Result<_, _> = rows.into_iter().map(WorkshopRow::read).collect();
    Ok((workshops?, all))
}

/// Announced workshops of a collective that start after `after` and that no server's calendar was to show yet.
///
/// # Errors
/// The database's.
pub async fn without_event(
    tx: &mut Tx,
    collective: Uuid,
    after: DateTime<Utc>,
) -> Result<Vec<Workshop>, StoreError> {
    let rows: Vec<WorkshopRow> = on!(tx, |conn| {
        sqlx::query_as(select!(
            "WHERE collective_id = $1 AND starts_at > $2 AND status = 'announced'
               AND NOT EXISTS (SELECT 1 FROM card WHERE subject_id = workshop.id AND view = 'event')
             ORDER BY starts_at, number"
        ))
        .bind(collective)
        .bind(after)
        .fetch_all(conn)
        .await
    })?;
    rows.into_iter().map(WorkshopRow::read).collect()
}

/// Announced workshops that every public room of a collective shows and that start after `after`, soonest first, at most
/// `limit`.
///
/// # Errors
/// The database's.
pub async fn coming_for_all(
    tx: &mut Tx,
    collective: Uuid,
    after: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Workshop>, StoreError> {
    let rows: Vec<WorkshopRow> = on!(tx, |conn| {
        sqlx::query_as(select!(
            "WHERE collective_id = $1 AND starts_at > $2 AND status = 'announced'
               AND NOT EXISTS (SELECT 1 FROM workshop_room WHERE workshop_id = workshop.id)
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

/// Workshops that a collective ever announced to everybody (in every public room) and that start after `after`, soonest
/// first, at most `limit`.
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
               AND NOT EXISTS (SELECT 1 FROM workshop_room WHERE workshop_id = workshop.id)
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

/// Workshops that a collective announced to everybody, that were not called off and that started at `until` or before, latest
/// first, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn past(
    tx: &mut Tx,
    collective: Uuid,
    until: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Workshop>, StoreError> {
    let rows: Vec<WorkshopRow> = on!(tx, |conn| {
        sqlx::query_as(select!(
            "WHERE collective_id = $1 AND starts_at <= $2 AND status IN ('announced', 'held')
               AND NOT EXISTS (SELECT 1 FROM workshop_room WHERE workshop_id = workshop.id)
         ORDER BY starts_at DESC, number DESC LIMIT $3"
        ))
        .bind(collective)
        .bind(until)
        .bind(limit)
        .fetch_all(conn)
        .await
    })?;
    rows.into_iter().map(WorkshopRow::read).collect()
}

/// Drafts and announced workshops of a collective that go on between `from` and `to`, soonest first, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn during(
    tx: &mut Tx,
    collective: Uuid,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Workshop>, StoreError> {
    let rows: Vec<WorkshopRow> = on!(tx, |conn| {
        sqlx::query_as(select!(
            "WHERE collective_id = $1 AND status IN ('draft', 'announced') AND starts_at < $3
             AND (ends_at > $2 OR (ends_at IS NULL AND starts_at > $4))
         ORDER BY starts_at, number LIMIT $5"
        ))
        .bind(collective)
        .bind(from)
        .bind(to)
        .bind(from - UNKNOWN_END)
        .bind(limit)
        .fetch_all(conn)
        .await
    })?;
    rows.into_iter().map(WorkshopRow::read).collect()
}

/// The workshops of a series, by the days of the series that they are.
///
/// # Errors
/// The database's.
pub async fn of_series(tx: &mut Tx, series: Uuid) -> Result<Vec<Workshop>, StoreError> {
    let rows: Vec<WorkshopRow> = on!(tx, |conn| {
        sqlx::query_as(select!("WHERE series_id = $1 ORDER BY series_on"))
            .bind(series)
            .fetch_all(conn)
            .await
    })?;
    rows.into_iter().map(WorkshopRow::read).collect()
}

/// Records which poll chose a workshop's date.
///
/// # Errors
/// The database's.
pub async fn set_poll(tx: &mut Tx, id: Uuid, poll: Uuid) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("UPDATE workshop SET poll_id = $2 WHERE id = $1")
            .bind(id)
            .bind(poll)
    )?;
    Ok(())
}

/// Whether a poll led to a workshop that was not called off.
///
/// # Errors
/// The database's.
pub async fn has_poll(tx: &mut Tx, poll: Uuid) -> Result<bool, StoreError> {
    let row: Option<(i64,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT number FROM workshop WHERE poll_id = $1 AND status <> 'cancelled' LIMIT 1"
    )
    .bind(poll)
    .fetch_optional(conn)
    .await)?;
    Ok(row.is_some())
}
