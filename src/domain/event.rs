//! The record of what happened: one row per act, from which digests are composed.

/// What happened. The name is the kind in the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EventKind {
    /// A draft of a workshop was written down.
    WorkshopDrafted,
    /// A draft is to be announced at a time to come.
    WorkshopScheduled,
    /// A draft was thrown away.
    WorkshopDiscarded,
    /// A workshop was announced.
    WorkshopAnnounced,
    /// A workshop's details changed.
    WorkshopEdited,
    /// A workshop was called off.
    WorkshopCancelled,
    /// A workshop took place.
    WorkshopHeld,
    /// A poll opened.
    PollOpened,
    /// A poll closes later than was said.
    PollExtended,
    /// Votes counted by hand in a room were entered.
    PollRoomCounted,
    /// A poll closed and was counted.
    PollClosed,
    /// A human said what came of a poll.
    PollStated,
    /// A commitment was taken.
    CommitmentTaken,
    /// A commitment is under way.
    CommitmentUnderWay,
    /// A commitment was kept.
    CommitmentKept,
    /// A digest was published.
    DigestPublished,
}

impl EventKind {
    /// Every kind.
    pub const ALL: [Self; 16] = [
        Self::WorkshopDrafted,
        Self::WorkshopScheduled,
        Self::WorkshopDiscarded,
        Self::WorkshopAnnounced,
        Self::WorkshopEdited,
        Self::WorkshopCancelled,
        Self::WorkshopHeld,
        Self::PollOpened,
        Self::PollExtended,
        Self::PollRoomCounted,
        Self::PollClosed,
        Self::PollStated,
        Self::CommitmentTaken,
        Self::CommitmentUnderWay,
        Self::CommitmentKept,
        Self::DigestPublished,
    ];

    /// The kind of that name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The name in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::WorkshopDrafted => "workshop.drafted",
            Self::WorkshopScheduled => "workshop.scheduled",
            Self::WorkshopDiscarded => "workshop.discarded",
            Self::WorkshopAnnounced => "workshop.announced",
            Self::WorkshopEdited => "workshop.edited",
            Self::WorkshopCancelled => "workshop.cancelled",
            Self::WorkshopHeld => "workshop.held",
            Self::PollOpened => "poll.opened",
            Self::PollExtended => "poll.extended",
            Self::PollRoomCounted => "poll.room_counted",
            Self::PollClosed => "poll.closed",
            Self::PollStated => "poll.stated",
            Self::CommitmentTaken => "commitment.taken",
            Self::CommitmentUnderWay => "commitment.under_way",
            Self::CommitmentKept => "commitment.kept",
            Self::DigestPublished => "digest.published",
        }
    }
}
