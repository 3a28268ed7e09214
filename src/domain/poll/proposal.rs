//! An option that a participant proposes while a poll is being prepared. Organizers accept or refuse it.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::draft::DraftOption;
use crate::domain::ids::{Kind, ShortId};
use crate::domain::language::Language;
use crate::domain::network::NetworkKind;

/// Proposals of one person that may wait at once in one poll.
pub const WAITING_MAX: usize = 3;

/// Where a proposal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nobody has decided.
    Waiting,
    /// It is an option now.
    Accepted,
    /// Organizers did not want it.
    Refused,
    /// Nobody decided in time.
    Lapsed,
    /// Its author had their data erased before anybody decided.
    Withdrawn,
}

impl Standing {
    const ALL: [Self; 5] = [
        Self::Waiting,
        Self::Accepted,
        Self::Refused,
        Self::Lapsed,
        Self::Withdrawn,
    ];

    /// The name in the database and in Fluent's ids.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Lapsed => "lapsed",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The standing of that name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.name() == name)
    }
}

/// What organizers decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// It becomes an option.
    Accept,
    /// It does not.
    Refuse,
}

/// An option that somebody proposes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Its id.
    pub id: Uuid,
    /// The poll it is for.
    pub poll: Uuid,
    /// The poll's collective.
    pub collective: Uuid,
    /// The number of its short id.
    pub number: i64,
    /// Who proposes it; none once they were erased.
    pub author: Option<Uuid>,
    /// The network on which its author is told what is decided.
    pub network: NetworkKind,
    /// The language in which they are, unless they chose another.
    pub language: Language,
    /// What is proposed; no words once its author was erased, unless it was accepted.
    pub option: DraftOption,
    /// Where it stands.
    pub standing: Standing,
    /// Why it was refused, if that was said.
    pub reason: Option<String>,
    /// When it was proposed.
    pub proposed_at: DateTime<Utc>,
    /// Since when it does not wait any more.
    pub decided_at: Option<DateTime<Utc>>,
}

impl Proposal {
    /// Its short id, `N12`.
    #[must_use]
    pub const fn short_id(&self) -> ShortId {
        ShortId::new(Kind::Proposal, self.number)
    }
}
