//! Suggestions of commitments.

use sqlx::FromRow;
use uuid::Uuid;

use super::{StoreError, Tx};
use crate::domain::catalogue::Suggestion;
use crate::domain::text::Wording;

#[derive(FromRow)]
struct SuggestionRow {
    id: Uuid,
    collective_id: Uuid,
    number: i64,
    sentence: String,
    sentence_en: Option<String>,
    theme: Option<String>,
    circle_id: Option<Uuid>,
    active: bool,
}

impl From<SuggestionRow> for Suggestion {
    fn from(row: SuggestionRow) -> Self {
        Self {
            id: row.id,
            collective: row.collective_id,
            number: row.number,
            sentence: Wording {
                text: row.sentence,
                english: row.sentence_en,
            },
            theme: row.theme,
            circle: row.circle_id,
            active: row.active,
        }
    }
}

/// Records a suggestion, or makes the one of that id be as given. Its number and its collective never change.
///
/// # Errors
/// The database's.
pub async fn put(tx: &mut Tx, suggestion: &Suggestion) -> Result<(), StoreError> {
    change!(
        tx,
        sqlx::query(
            "INSERT INTO suggestion (id, collective_id, number, sentence, sentence_en, theme, circle_id, active)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
             ON CONFLICT (id) DO UPDATE
             SET sentence = excluded.sentence, sentence_en = excluded.sentence_en,
                 theme = excluded.theme, circle_id = excluded.circle_id, active = excluded.active"
        )
        .bind(suggestion.id)
        .bind(suggestion.collective)
        .bind(suggestion.number)
        .bind(&suggestion.sentence.text)
        .bind(&suggestion.sentence.english)
        .bind(&suggestion.theme)
        .bind(suggestion.circle)
        .bind(suggestion.active)
    )?;
    Ok(())
}

/// What a collective's catalogue holds, in the order of its numbers.
///
/// # Errors
/// The database's.
pub async fn all(tx: &mut Tx, collective: Uuid) -> Result<Vec<Suggestion>, StoreError> {
    let rows: Vec<SuggestionRow> = on!(tx, |conn| {
        sqlx::query_as(
            "SELECT id, collective_id, number, sentence, sentence_en, theme, circle_id, active
             FROM suggestion WHERE collective_id = $1 AND active = TRUE ORDER BY number",
        )
        .bind(collective)
        .fetch_all(conn)
        .await
    })?;
    Ok(rows.into_iter().map(Suggestion::from).collect())
}
