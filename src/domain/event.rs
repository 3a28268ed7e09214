//! The record of what happened: one row per act, from which digests are composed; and the journal's words for acts.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use super::ids::ShortId;
use super::network::NetworkKind;

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
    /// An organizer said who was at a workshop, or how many.
    WorkshopAttended,
    /// An organizer wrote what came of a workshop.
    WorkshopReported,
    /// A workshop comes again, or by another rule.
    WorkshopRepeated,
    /// A day of a series was left out.
    WorkshopSkipped,
    /// No more workshops of a series are announced.
    SeriesEnded,
    /// The list of workshops to come is kept in a room.
    ListPinned,
    /// The list is kept there no more.
    ListUnpinned,
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
    /// Options may be proposed for a poll longer than was said.
    ProposalsExtended,
    /// Organizers added options to a poll.
    OptionsAdded,
    /// A proposed option was accepted.
    ProposalAccepted,
    /// A proposed option was refused.
    ProposalRefused,
    /// A sense check was begun.
    PulseAsked,
    /// A sense check was ended before its time.
    PulseEnded,
    /// A commitment was taken.
    CommitmentTaken,
    /// A commitment is under way.
    CommitmentUnderWay,
    /// A commitment was kept.
    CommitmentKept,
    /// A commitment is for a later day.
    CommitmentPostponed,
    /// Somebody else took a commitment over.
    CommitmentHandedOver,
    /// A commitment was given up.
    CommitmentWithdrawn,
    /// An organizer answered somebody who would like a hand with a commitment.
    CommitmentHelped,
    /// An organizer hid the name that a commitment showed.
    CommitmentHidden,
    /// A pledge was opened.
    PledgeOpened,
    /// An organisation joined a pledge, by who represents it.
    PledgeJoined,
    /// The day of a pledge came.
    PledgeClosed,
    /// A digest was published.
    DigestPublished,
    /// An organisation came in, or came back.
    OrganisationAdded,
    /// An organisation's name or sector changed.
    OrganisationEdited,
    /// An organisation takes part no more.
    OrganisationRetired,
    /// Somebody was invited to represent an organisation.
    MandateOffered,
    /// Somebody took the mandate.
    MandateTaken,
    /// A mandate ended.
    MandateWithdrawn,
    /// An organisation voted, by who represents it.
    PollVotedFor,
    /// A circle was added, or came back.
    CircleAdded,
    /// A circle's name or place changed.
    CircleEdited,
    /// A circle is no longer in use.
    CircleRetired,
    /// Rooms or organisations were put into a circle, or taken out.
    CircleFilled,
    /// A milestone was added to the plan.
    MilestoneAdded,
    /// A milestone changed.
    MilestoneEdited,
    /// An action was added to the plan.
    ActionAdded,
    /// An action changed.
    ActionEdited,
    /// An organisation took an action on, by who represents it.
    ActionCarried,
    /// The collective is at another step of its démarche.
    StepChosen,
    /// The plan was adopted, or the day it began corrected.
    PlanAdopted,
    /// Somebody wrote what came of an action.
    ActionEvaluated,
    /// A version of the plan was evaluated, and carried into the next.
    PlanRevised,
    /// A suggestion came into the catalogue.
    SuggestionAdded,
    /// A suggestion changed.
    SuggestionEdited,
    /// A suggestion left the catalogue.
    SuggestionRetired,
}

impl EventKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[
        Self::WorkshopDrafted,
        Self::WorkshopScheduled,
        Self::WorkshopDiscarded,
        Self::WorkshopAnnounced,
        Self::WorkshopEdited,
        Self::WorkshopCancelled,
        Self::WorkshopHeld,
        Self::WorkshopAttended,
        Self::WorkshopReported,
        Self::WorkshopRepeated,
        Self::WorkshopSkipped,
        Self::SeriesEnded,
        Self::ListPinned,
        Self::ListUnpinned,
        Self::PollOpened,
        Self::PollExtended,
        Self::PollRoomCounted,
        Self::PollClosed,
        Self::PollStated,
        Self::ProposalsExtended,
        Self::OptionsAdded,
        Self::ProposalAccepted,
        Self::ProposalRefused,
        Self::PulseAsked,
        Self::PulseEnded,
        Self::CommitmentTaken,
        Self::CommitmentUnderWay,
        Self::CommitmentKept,
        Self::CommitmentPostponed,
        Self::CommitmentHandedOver,
        Self::CommitmentWithdrawn,
        Self::CommitmentHelped,
        Self::CommitmentHidden,
        Self::PledgeOpened,
        Self::PledgeJoined,
        Self::PledgeClosed,
        Self::DigestPublished,
        Self::OrganisationAdded,
        Self::OrganisationEdited,
        Self::OrganisationRetired,
        Self::MandateOffered,
        Self::MandateTaken,
        Self::MandateWithdrawn,
        Self::PollVotedFor,
        Self::CircleAdded,
        Self::CircleEdited,
        Self::CircleRetired,
        Self::CircleFilled,
        Self::MilestoneAdded,
        Self::MilestoneEdited,
        Self::ActionAdded,
        Self::ActionEdited,
        Self::ActionCarried,
        Self::StepChosen,
        Self::PlanAdopted,
        Self::ActionEvaluated,
        Self::PlanRevised,
        Self::SuggestionAdded,
        Self::SuggestionEdited,
        Self::SuggestionRetired,
    ];

    /// The kind of that name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
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
            Self::WorkshopAttended => "workshop.attended",
            Self::WorkshopReported => "workshop.reported",
            Self::WorkshopRepeated => "workshop.repeated",
            Self::WorkshopSkipped => "workshop.skipped",
            Self::SeriesEnded => "workshop.series_ended",
            Self::ListPinned => "list.pinned",
            Self::ListUnpinned => "list.unpinned",
            Self::PollOpened => "poll.opened",
            Self::PollExtended => "poll.extended",
            Self::PollRoomCounted => "poll.room_counted",
            Self::PollClosed => "poll.closed",
            Self::PollStated => "poll.stated",
            Self::ProposalsExtended => "poll.proposals_extended",
            Self::OptionsAdded => "poll.options_added",
            Self::ProposalAccepted => "proposal.accepted",
            Self::ProposalRefused => "proposal.refused",
            Self::PulseAsked => "pulse.asked",
            Self::PulseEnded => "pulse.ended",
            Self::CommitmentTaken => "commitment.taken",
            Self::CommitmentUnderWay => "commitment.under_way",
            Self::CommitmentKept => "commitment.kept",
            Self::CommitmentPostponed => "commitment.postponed",
            Self::CommitmentHandedOver => "commitment.handed_over",
            Self::CommitmentWithdrawn => "commitment.withdrawn",
            Self::CommitmentHelped => "commitment.helped",
            Self::CommitmentHidden => "commitment.hidden",
            Self::PledgeOpened => "pledge.opened",
            Self::PledgeJoined => "pledge.joined",
            Self::PledgeClosed => "pledge.closed",
            Self::DigestPublished => "digest.published",
            Self::OrganisationAdded => "organisation.added",
            Self::OrganisationEdited => "organisation.edited",
            Self::OrganisationRetired => "organisation.retired",
            Self::MandateOffered => "mandate.offered",
            Self::MandateTaken => "mandate.taken",
            Self::MandateWithdrawn => "mandate.withdrawn",
            Self::PollVotedFor => "poll.voted_for",
            Self::CircleAdded => "circle.added",
            Self::CircleEdited => "circle.edited",
            Self::CircleRetired => "circle.retired",
            Self::CircleFilled => "circle.filled",
            Self::MilestoneAdded => "milestone.added",
            Self::MilestoneEdited => "milestone.edited",
            Self::ActionAdded => "action.added",
            Self::ActionEdited => "action.edited",
            Self::ActionCarried => "action.carried",
            Self::StepChosen => "step.chosen",
            Self::PlanAdopted => "plan.adopted",
            Self::ActionEvaluated => "action.evaluated",
            Self::PlanRevised => "plan.revised",
            Self::SuggestionAdded => "suggestion.added",
            Self::SuggestionEdited => "suggestion.edited",
            Self::SuggestionRetired => "suggestion.retired",
        }
    }
}

/// What an act in the journal was about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// An object.
    Object(ShortId),
    /// A room, by its address.
    Room(NetworkKind, String),
    /// An organisation or a circle, by its short name, which is never that of an object and has no space in it.
    Named(String),
}

impl From<ShortId> for Subject {
    fn from(id: ShortId) -> Self {
        Self::Object(id)
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Object(id) => id.fmt(f),
            Self::Room(network, address) => write!(f, "{network} {address}"),
            Self::Named(slug) => slug.fmt(f),
        }
    }
}

impl FromStr for Subject {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        if let Ok(id) = text.parse() {
            return Ok(Self::Object(id));
        }
        let room = text.split_once(' ').and_then(|(network, address)| {
            let network = network.parse().ok()?;
            Some(Self::Room(network, address.to_owned()))
        });
        Ok(room.unwrap_or_else(|| Self::Named(text.to_owned())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::Kind;

    #[test]
    fn a_subject_is_read_back() {
        for subject in [
            Subject::Object(ShortId::new(Kind::Poll, 7)),
            Subject::Room(NetworkKind::Matrix, "!a:b.ca".to_owned()),
            Subject::Named("table-quartier".to_owned()),
        ] {
            assert_eq!(subject.to_string().parse(), Ok(subject));
        }
    }
}
