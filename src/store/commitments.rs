//! Commitments.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::error::known;
use super::{StoreError, Tx};
use crate::domain::commitment::{About, Commitment, Holder, Part, State, Tally};
use crate::domain::event::EventKind;

/// Commitments, `which` ones.
macro_rules! commitments {
    ($which:literal) => {
        concat!(
            "SELECT id, collective_id, number, person_id, organisation_id, shown_as, sentence, due, about, state,
                    taken_at, pledge_id, threshold
             FROM commitment ",
            $which
        )
    };
}

#[derive(FromRow)]
struct CommitmentRow {
    id: Uuid,
    collective_id: Uuid,
    number: i64,
    person_id: Option<Uuid>,
    organisation_id: Option<Uuid>,
    shown_as: Option<String>,
    sentence: String,
    due: Option<NaiveDate>,
    about: Option<String>,
    state: String,
    taken_at: DateTime<Utc>,
    pledge_id: Option<Uuid>,
    threshold: Option<i64>,
}

impl CommitmentRow {
    fn read(self) -> Result<Commitment, StoreError> {
        Ok(Commitment {
            id: self.id,
            collective: self.collective_id,
            number: self.number,
            holder: self
                .person_id
                .map(Holder::Person)
                .or(self.organisation_id.map(Holder::Organisation))
                .ok_or(StoreError::Unknown {
                    column: "commitment.holder",
                    value: String::new(),
                })?,
            shown_as: self.shown_as,
            sentence: self.sentence,
            due: self.due,
            about: match self.about {
                Some(about) => Some(known("commitment.about", &about, |text| text.parse().ok())?),
                None => None,
            },
            state: known("commitment.state", &self.state, State::from_name)?,
            taken_at: self.taken_at,
            part: self
                .pledge_id
                .zip(self.threshold)
                .map(|(pledge, threshold)| Part { pledge, threshold }),
        })
    }
}

/// Records a commitment.
///
/// # Errors
/// The database's.
pub async fn add(tx: &mut Tx, commitment: &Commitment) -> Result<(), StoreError> {
    change!(tx, sqlx::query(
        "INSERT INTO commitment (id, collective_id, number, person_id, organisation_id, shown_as, sentence, due, about,
                                 state, taken_at, pledge_id, threshold)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
    )
    .bind(commitment.id)
    .bind(commitment.collective)
    .bind(commitment.number)
    .bind(commitment.holder.person())
    .bind(commitment.holder.organisation())
    .bind(&commitment.shown_as)
    .bind(&commitment.sentence)
    .bind(commitment.due)
    .bind(commitment.about.as_ref().map(ToString::to_string))
    .bind(commitment.state.name())
    .bind(commitment.taken_at)
    .bind(commitment.part.map(|part| part.pledge))
    .bind(commitment.part.map(|part| part.threshold)))?;
    Ok(())
}

/// The commitment with that number in a collective.
///
/// # Errors
/// The database's.
pub async fn by_number(
    tx: &mut Tx,
    collective: Uuid,
    number: i64,
) -> Result<Option<Commitment>, StoreError> {
    let row: Option<CommitmentRow> = on!(tx, |conn| {
        sqlx::query_as(commitments!("WHERE collective_id = $1 AND number = $2"))
            .bind(collective)
            .bind(number)
            .fetch_optional(conn)
            .await
    })?;
    row.map(CommitmentRow::read).transpose()
}

/// A commitment.
///
/// # Errors
/// The database's.
pub async fn get(tx: &mut Tx, id: Uuid) -> Result<Option<Commitment>, StoreError> {
    let row: Option<CommitmentRow> = on!(tx, |conn| {
        sqlx::query_as(commitments!("WHERE id = $1"))
            .bind(id)
            .fetch_optional(conn)
            .await
    })?;
    row.map(CommitmentRow::read).transpose()
}

/// A person's commitments in a collective, the newest first.
///
/// # Errors
/// The database's.
pub async fn of_person(
    tx: &mut Tx,
    collective: Uuid,
    person: Uuid,
) -> Result<Vec<Commitment>, StoreError> {
    let rows: Vec<CommitmentRow> = on!(tx, |conn| {
        sqlx::query_as(commitments!(
            "WHERE collective_id = $1 AND person_id = $2 ORDER BY number DESC"
        ))
        .bind(collective)
        .bind(person)
        .fetch_all(conn)
        .await
    })?;
    rows.into_iter().map(CommitmentRow::read).collect()
}

/// Makes a commitment say what is given: who holds it and what is shown of that, its sentence, its day, what it is for,
/// where it stands.
///
/// # Errors
/// The database's.
pub async fn set(tx: &mut Tx, commitment: &Commitment) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "UPDATE commitment SET person_id = $2, organisation_id = $3, shown_as = $4, sentence = $5, due = $6,
                    about = $7, state = $8, threshold = $9
             WHERE id = $1"
        )
        .bind(commitment.id)
        .bind(commitment.holder.person())
        .bind(commitment.holder.organisation())
        .bind(&commitment.shown_as)
        .bind(&commitment.sentence)
        .bind(commitment.due)
        .bind(commitment.about.as_ref().map(ToString::to_string))
        .bind(commitment.state.name())
        .bind(commitment.part.map(|part| part.threshold))
    )?;
    Ok(())
}

/// The commitments of a collective that anybody may read: those of organisations, and those that show a name.
///
/// # Errors
/// The database's.
pub async fn public(tx: &mut Tx, collective: Uuid) -> Result<BTreeSet<Uuid>, StoreError> {
    let rows: Vec<(Uuid,)> = on!(tx, |conn| sqlx::query_as(
        "SELECT id FROM commitment
         WHERE collective_id = $1 AND (organisation_id IS NOT NULL OR shown_as IS NOT NULL)"
    )
    .bind(collective)
    .fetch_all(conn)
    .await)?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// How many commitments a collective took, and what became of them.
///
/// # Errors
/// The database's.
pub async fn tally(tx: &mut Tx, collective: Uuid) -> Result<Tally, StoreError> {
    let rows: Vec<(String, i64)> = on!(tx, |conn| {
        sqlx::query_as(
        "SELECT state, count(*) FROM commitment WHERE collective_id = $1 AND state <> 'proposed' GROUP BY state"
    )
    .bind(collective)
    .fetch_all(conn)
    .await
    })?;
    let mut tally = Tally::default();
    for (state, count) in rows {
        tally.taken += count;
        match known("commitment.state", &state, State::from_name)? {
            State::Kept => tally.kept = count,
            State::UnderWay => tally.under_way = count,
            State::Proposed
            | State::Confirmed
            | State::Postponed
            | State::HandedOver
            | State::Withdrawn => {}
        }
    }
    Ok(tally)
}

/// A person's commitments in every collective, the oldest first.
///
/// # Errors
/// The database's.
pub async fn all_of_person(tx: &mut Tx, person: Uuid) -> Result<Vec<Commitment>, StoreError> {
    let rows: Vec<CommitmentRow> = on!(tx, |conn| {
        sqlx::query_as(commitments!("WHERE person_id = $1 ORDER BY taken_at, id"))
            .bind(person)
            .fetch_all(conn)
            .await
    })?;
    rows.into_iter().map(CommitmentRow::read).collect()
}

/// Moves every commitment of a person to another: two accounts turned out to be one person.
///
/// # Errors
/// The database's.
pub async fn move_all(tx: &mut Tx, from: Uuid, into: Uuid) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query("UPDATE commitment SET person_id = $2 WHERE person_id = $1")
            .bind(from)
            .bind(into)
    )?)
}

/// Deletes a person's commitments. That they were taken, and kept, stays counted in `event`.
///
/// # Errors
/// The database's.
pub async fn erase(tx: &mut Tx, person: Uuid) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query("DELETE FROM commitment WHERE person_id = $1").bind(person)
    )?)
}

/// Deletes the commitments of persons that were due before `day` (those without a day: taken before `taken`).
///
/// # Errors
/// The database's.
pub async fn forget(tx: &mut Tx, day: NaiveDate, taken: DateTime<Utc>) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query(
            "DELETE FROM commitment
             WHERE person_id IS NOT NULL AND taken_at < $2 AND (due IS NULL OR due < $1)"
        )
        .bind(day)
        .bind(taken)
    )?)
}

/// The commitments of an organisation, the newest first.
///
/// # Errors
/// The database's.
pub async fn of_organisation(
    tx: &mut Tx,
    organisation: Uuid,
) -> Result<Vec<Commitment>, StoreError> {
    let rows: Vec<CommitmentRow> = on!(tx, |conn| {
        sqlx::query_as(commitments!(
            "WHERE organisation_id = $1 ORDER BY number DESC"
        ))
        .bind(organisation)
        .fetch_all(conn)
        .await
    })?;
    rows.into_iter().map(CommitmentRow::read).collect()
}

/// The commitments of a collective that are for `about`, the oldest first.
///
/// # Errors
/// The database's.
pub async fn about(
    tx: &mut Tx,
    collective: Uuid,
    about: &About,
) -> Result<Vec<Commitment>, StoreError> {
    let rows: Vec<CommitmentRow> = on!(tx, |conn| {
        sqlx::query_as(commitments!(
            "WHERE collective_id = $1 AND about = $2 ORDER BY number"
        ))
        .bind(collective)
        .bind(about.to_string())
        .fetch_all(conn)
        .await
    })?;
    rows.into_iter().map(CommitmentRow::read).collect()
}

/// Keeps a code by which a commitment can be taken over, in place of an earlier one.
///
/// # Errors
/// The database's.
pub async fn offer(
    tx: &mut Tx,
    digest: &str,
    commitment: Uuid,
    until: DateTime<Utc>,
) -> Result<(), StoreError> {
    withdraw_offer(tx, commitment).await?;
    change!(
        tx,
        sqlx::query(
            "INSERT INTO handover_code (digest, commitment_id, expires_at) VALUES ($1, $2, $3)"
        )
        .bind(digest)
        .bind(commitment)
        .bind(until)
    )?;
    Ok(())
}

/// Takes back the code by which a commitment could be taken over, if there is one.
///
/// # Errors
/// The database's.
pub async fn withdraw_offer(tx: &mut Tx, commitment: Uuid) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("DELETE FROM handover_code WHERE commitment_id = $1").bind(commitment)
    )?;
    Ok(())
}

/// Uses a code up; the commitment that it is for, if it is good at `now`.
///
/// # Errors
/// The database's.
pub async fn use_up(
    tx: &mut Tx,
    digest: &str,
    now: DateTime<Utc>,
) -> Result<Option<Uuid>, StoreError> {
    let row: Option<(Uuid, DateTime<Utc>)> = on!(tx, |conn| sqlx::query_as(
        "DELETE FROM handover_code WHERE digest = $1 RETURNING commitment_id, expires_at"
    )
    .bind(digest)
    .fetch_optional(conn)
    .await)?;
    let good = row.filter(|(_, expires_at)| now < *expires_at);
    Ok(good.map(|(commitment, _)| commitment))
}

/// Deletes codes that are good no more.
///
/// # Errors
/// The database's.
pub async fn forget_offers(tx: &mut Tx, now: DateTime<Utc>) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query("DELETE FROM handover_code WHERE expires_at <= $1").bind(now)
    )?)
}

/// The part that somebody has in a pledge.
///
/// # Errors
/// The database's.
pub async fn in_pledge(
    tx: &mut Tx,
    pledge: Uuid,
    holder: Holder,
) -> Result<Option<Commitment>, StoreError> {
    let row: Option<CommitmentRow> = on!(tx, |conn| sqlx::query_as(commitments!(
        "WHERE pledge_id = $1 AND (person_id = $2 OR organisation_id = $3)"
    ))
    .bind(pledge)
    .bind(holder.person())
    .bind(holder.organisation())
    .fetch_optional(conn)
    .await)?;
    row.map(CommitmentRow::read).transpose()
}

/// Makes active everybody who waits in a pledge and asks for at most so many others, and adds that to the record; they are to
/// be told.
///
/// # Errors
/// The database's.
pub async fn tip(
    tx: &mut Tx,
    pledge: Uuid,
    up_to: i64,
    now: DateTime<Utc>,
) -> Result<u64, StoreError> {
    // A commitment is taken once: its own id is that of the event.
    change!(
        tx,
        sqlx::query(
            "INSERT INTO event (id, collective_id, kind, subject_id, at)
             SELECT id, collective_id, $4, id, $3 FROM commitment
             WHERE pledge_id = $1 AND state = 'proposed' AND threshold <= $2
             ON CONFLICT DO NOTHING"
        )
        .bind(pledge)
        .bind(up_to)
        .bind(now)
        .bind(EventKind::CommitmentTaken.name())
    )?;
    Ok(change!(
        tx,
        sqlx::query(
            "UPDATE commitment SET state = 'confirmed', to_tell = TRUE
             WHERE pledge_id = $1 AND state = 'proposed' AND threshold <= $2"
        )
        .bind(pledge)
        .bind(up_to)
    )?)
}

/// Everybody who waits in a pledge is to be told that its day has come.
///
/// # Errors
/// The database's.
pub async fn miss(tx: &mut Tx, pledge: Uuid) -> Result<u64, StoreError> {
    Ok(change!(
        tx,
        sqlx::query(
            "UPDATE commitment SET to_tell = TRUE WHERE pledge_id = $1 AND state = 'proposed'"
        )
        .bind(pledge)
    )?)
}

/// Of a pledge, at most `limit` parts whose holders are to be told, which they count as from now on.
///
/// # Errors
/// The database's.
pub async fn take_to_tell(
    tx: &mut Tx,
    pledge: Uuid,
    limit: i64,
) -> Result<Vec<Commitment>, StoreError> {
    let rows: Vec<CommitmentRow> = on!(tx, |conn| sqlx::query_as(commitments!(
        "WHERE pledge_id = $1 AND to_tell ORDER BY number LIMIT $2"
    ))
    .bind(pledge)
    .bind(limit)
    .fetch_all(conn)
    .await)?;
    for row in &rows {
        change!(
            tx,
            sqlx::query("UPDATE commitment SET to_tell = FALSE WHERE id = $1").bind(row.id)
        )?;
    }
    rows.into_iter().map(CommitmentRow::read).collect()
}

/// The first part in a pledge: its author's, as long as that is kept.
///
/// # Errors
/// The database's.
pub async fn first_in(tx: &mut Tx, pledge: Uuid) -> Result<Option<Commitment>, StoreError> {
    let row: Option<CommitmentRow> = on!(tx, |conn| sqlx::query_as(commitments!(
        "WHERE pledge_id = $1 ORDER BY number LIMIT 1"
    ))
    .bind(pledge)
    .fetch_optional(conn)
    .await)?;
    row.map(CommitmentRow::read).transpose()
}

/// Deletes a commitment.
///
/// # Errors
/// The database's.
pub async fn delete(tx: &mut Tx, id: Uuid) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query("DELETE FROM commitment WHERE id = $1").bind(id)
    )?;
    Ok(())
}
