//! Who is responsible for what is kept. As long as nobody is, nothing is collected: every stored act is refused
//! ([`people::person`](super::people::person) asks here).

use super::ServiceError;
use crate::domain::privacy::Statement;
use crate::store::{StoreError, Tx, settings};

const SETTING: &str = "privacy";

/// Who is responsible; none while the steward has not said so.
///
/// # Errors
/// The database's.
pub async fn statement(tx: &mut Tx) -> Result<Option<Statement>, ServiceError> {
    let Some(text) = settings::get(tx, SETTING).await? else {
        return Ok(None);
    };
    let statement: Statement = serde_json::from_str(&text).map_err(StoreError::from)?;
    Ok(Some(statement).filter(|statement| statement.fault().is_none()))
}

/// Records what the configuration says.
///
/// # Errors
/// The database's.
pub async fn declare(tx: &mut Tx, statement: Option<&Statement>) -> Result<(), ServiceError> {
    match statement {
        Some(statement) => {
            let text = serde_json::to_string(statement).map_err(StoreError::from)?;
            settings::set(tx, SETTING, &text).await?;
        }
        None => settings::clear(tx, SETTING).await?,
    }
    Ok(())
}
