//! A change of time or place, of which people should be told.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::details::Mode;
use super::draft::Draft;

/// Changes that follow each other within this time are one: it is told once, from what it was to what it is.
pub const TOGETHER: Duration = Duration::minutes(10);

/// When and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whereabouts {
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: Option<DateTime<Utc>>,
    /// A place or a link.
    pub place: Option<String>,
    /// Whether one is there or online.
    pub mode: Option<Mode>,
}

impl Whereabouts {
    /// Those of a draft.
    #[must_use]
    pub fn of(draft: &Draft) -> Self {
        Self {
            starts_at: draft.starts_at,
            ends_at: draft.ends_at,
            place: draft.place.clone(),
            mode: draft.details.mode,
        }
    }

    /// The draft with these.
    #[must_use]
    pub fn in_draft(&self, draft: &Draft) -> Draft {
        let mut draft = draft.clone();
        draft.starts_at = self.starts_at;
        draft.ends_at = self.ends_at;
        draft.place.clone_from(&self.place);
        draft.details.mode = self.mode;
        draft
    }
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its id.
    pub id: Uuid,
    /// The workshop.
    pub workshop: Uuid,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// When and where it was until then.
    pub before: Whereabouts,
}
