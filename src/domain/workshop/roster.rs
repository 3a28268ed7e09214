//! Who has a seat at a workshop, who waits for one, and who is offered one.
//!
//! # The rules
//! - Seats taken and seats on offer together never exceed the capacity. When it is lowered below them nobody is thrown
//!   out, and nobody gets a new seat until there is room.
//! - Whoever asks for seats that are free has them. Whoever asks for more joins the end of one line, whatever the network.
//! - A seat that becomes free is offered to the first in line whose party fits: no seat stays free while anybody waits
//!   who would fit. A larger party keeps its place in line while smaller ones pass, is told so, and may come with fewer.
//! - An offer has an end ([`offer_until`](crate::domain::schedule::offer::until)). Who lets it pass is out of the line and may
//!   join again at its end, so nobody is offered the same seat twice.
//! - Whoever holds seats, taken or on offer, may keep fewer of them, or take more if so many are free; asking for too
//!   many loses none.
//!
//! This file decides; the use case ([`service::workshops`](crate::service::workshops)) holds the workshop meanwhile.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Rsvp;
use super::details::Limits;

/// Where somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Comes, with a party of that many seats, their own among them.
    Yes {
        /// From 1.
        seats: i64,
    },
    /// May come; holds no seat.
    Maybe,
    /// Does not come.
    No,
    /// Waits in line.
    Waiting {
        /// For so many seats at once.
        seats: i64,
        /// The order of the line: the lower is before the higher.
        ticket: i64,
    },
    /// Is offered seats, which are held for them.
    Offered {
        /// So many.
        seats: i64,
        /// Until then (excluded).
        until: DateTime<Utc>,
    },
}

impl Place {
    /// The name in the database and in Fluent's ids.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Yes { .. } => "yes",
            Self::Maybe => "maybe",
            Self::No => "no",
            Self::Waiting { .. } => "waiting",
            Self::Offered { .. } => "offered",
        }
    }

    /// The answer that it is; none of somebody who waits, or has not said yet whether an offer is accepted.
    #[must_use]
    pub const fn answer(self) -> Option<Rsvp> {
        match self {
            Self::Yes { .. } => Some(Rsvp::Yes),
            Self::Maybe => Some(Rsvp::Maybe),
            Self::No => Some(Rsvp::No),
            Self::Waiting { .. } | Self::Offered { .. } => None,
        }
    }

    /// The size of the party that comes or wants to; 0 if none does.
    #[must_use]
    pub const fn party(self) -> i64 {
        match self {
            Self::Yes { seats } | Self::Waiting { seats, .. } | Self::Offered { seats, .. } => {
                seats
            }
            Self::Maybe | Self::No => 0,
        }
    }

    /// Seats that nobody else can have, taken or on offer.
    #[must_use]
    pub const fn holds(self) -> i64 {
        match self {
            Self::Yes { seats } | Self::Offered { seats, .. } => seats,
            Self::Waiting { .. } | Self::Maybe | Self::No => 0,
        }
    }

    /// How near it is to a seat: the lower, the nearer.
    #[must_use]
    pub const fn rank(self) -> (u8, i64) {
        match self {
            Self::Yes { .. } => (0, 0),
            Self::Offered { .. } => (1, 0),
            Self::Waiting { ticket, .. } => (2, ticket),
            Self::Maybe => (3, 0),
            Self::No => (4, 0),
        }
    }
}

/// How many stand where. Kept beside the answers and changed with them, so that nothing is counted anew.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Roster {
    /// Answers « Je viens ».
    pub yes: i64,
    /// Answers « Peut-être ».
    pub maybe: i64,
    /// Answers « Non ».
    pub no: i64,
    /// Seats taken, companions included.
    pub seats: i64,
    /// Seats on offer.
    pub held: i64,
    /// People in line.
    pub waiting: i64,
}

impl Roster {
    /// What one place counts for.
    const fn of(place: Place) -> Self {
        let mut roster = Self {
            yes: 0,
            maybe: 0,
            no: 0,
            seats: 0,
            held: 0,
            waiting: 0,
        };
        match place {
            Place::Yes { seats } => {
                roster.yes = 1;
                roster.seats = seats;
            }
            Place::Maybe => roster.maybe = 1,
            Place::No => roster.no = 1,
            Place::Waiting { .. } => roster.waiting = 1,
            Place::Offered { seats, .. } => roster.held = seats,
        }
        roster
    }

    /// By how much the counts change when somebody goes from one place to another.
    #[must_use]
    pub fn step(before: Option<Place>, after: Option<Place>) -> Self {
        let none = Self::default();
        let (b, a) = (before.map_or(none, Self::of), after.map_or(none, Self::of));
        Self {
            yes: a.yes - b.yes,
            maybe: a.maybe - b.maybe,
            no: a.no - b.no,
            seats: a.seats - b.seats,
            held: a.held - b.held,
            waiting: a.waiting - b.waiting,
        }
    }

    /// Seats that nobody can have any more: taken, or on offer.
    #[must_use]
    pub const fn gone(self) -> i64 {
        self.seats + self.held
    }

    /// Seats that are free; as many as anybody wants where there is no capacity.
    #[must_use]
    pub fn free(self, capacity: Option<i64>) -> i64 {
        capacity.map_or(i64::MAX, |capacity| (capacity - self.gone()).max(0))
    }
}

/// How many seats are left, as a list tells it: exactly only where few are, so that it seldom changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// As many as anybody wants.
    NoEnd,
    /// More than [`Left::FEW`].
    Many,
    /// So many.
    Few(i64),
}

impl Left {
    /// The most that are told exactly.
    pub const FEW: i64 = 10;

    /// What is left of so many seats.
    #[must_use]
    pub fn of(roster: Roster, capacity: Option<i64>) -> Self {
        match roster.free(capacity) {
            _ if capacity.is_none() => Self::NoEnd,
            free if free > Self::FEW => Self::Many,
            free => Self::Few(free),
        }
    }
}

/// What somebody asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    /// Whether they come.
    pub answer: Rsvp,
    /// How many they bring; as many as before, or nobody, if they do not say.
    pub companions: Option<i64>,
}

/// Why somebody does not get what they ask for. They keep what they had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoSeat {
    /// Nobody may bring so many.
    Companions {
        /// Most companions.
        most: i64,
    },
    /// More than the workshop has seats.
    NeverFits {
        /// Its seats.
        capacity: i64,
    },
    /// More than they hold, and not so many are free.
    Short {
        /// Seats that they hold and seats that are free.
        at_most: i64,
    },
    /// Answers are closed. Who has a seat may still give it back.
    Closed,
    /// Their offer has ended.
    OfferOver,
}

/// Where somebody who asks stands then. `ticket` is the next of the line.
///
/// # Errors
/// See [`NoSeat`].
pub fn seat(
    request: Request,
    before: Option<Place>,
    roster: Roster,
    limits: &Limits,
    ticket: i64,
    now: DateTime<Utc>,
) -> Result<Place, NoSeat> {
    match request.answer {
        Rsvp::No => return Ok(Place::No),
        Rsvp::Maybe if limits.closed(now) => return Err(NoSeat::Closed),
        Rsvp::Maybe => return Ok(Place::Maybe),
        Rsvp::Yes => {}
    }
    let (party, holds) = before.map_or((0, 0), |place| (place.party(), place.holds()));
    let wanted = match request.companions {
        Some(companions) => companions.saturating_add(1),
        None => party.max(1),
    };
    if limits.closed(now) && wanted > party {
        return Err(NoSeat::Closed);
    }
    if matches!(before, Some(Place::Offered { until, .. }) if until <= now) {
        return Err(NoSeat::OfferOver);
    }
    if wanted > party && wanted > limits.companions.saturating_add(1) {
        return Err(NoSeat::Companions {
            most: limits.companions,
        });
    }
    let free = roster.free(limits.capacity);
    if wanted <= holds || wanted - holds <= free {
        return Ok(Place::Yes { seats: wanted });
    }
    if let Some(capacity) = limits.capacity.filter(|capacity| wanted > *capacity) {
        return Err(NoSeat::NeverFits { capacity });
    }
    if holds > 0 {
        return Err(NoSeat::Short {
            at_most: holds + free,
        });
    }
    let ticket = match before {
        Some(Place::Waiting { ticket, .. }) => ticket,
        _ => ticket,
    };
    Ok(Place::Waiting {
        seats: wanted,
        ticket,
    })
}

/// Which of two places is kept when two persons turn out to be one: the nearer to a seat if both want to come, else that of
/// the later act. True if it is `theirs`.
#[must_use]
pub fn keeps_theirs(ours: (Place, DateTime<Utc>), theirs: (Place, DateTime<Utc>)) -> bool {
    let comes = |place: Place| place.party() > 0;
    if comes(ours.0) && comes(theirs.0) && ours.0.rank() != theirs.0.rank() {
        theirs.0.rank() < ours.0.rank()
    } else {
        theirs.1 > ours.1
    }
}

/// How full a workshop is, as organizers are told, once each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fill {
    /// Half of the seats are gone.
    Half,
    /// Four fifths.
    Most,
    /// All.
    Full,
}

impl Fill {
    /// Every one, from least to most.
    pub const ALL: [Self; 3] = [Self::Half, Self::Most, Self::Full];

    /// Of all seats, in percent.
    #[must_use]
    pub const fn percent(self) -> i64 {
        match self {
            Self::Half => 50,
            Self::Most => 80,
            Self::Full => 100,
        }
    }

    /// How full a workshop is; none if less than half, or if it has no capacity.
    #[must_use]
    pub fn of(roster: Roster, capacity: Option<i64>) -> Option<Self> {
        let capacity = capacity.filter(|capacity| *capacity > 0)?;
        let gone = roster.gone().saturating_mul(100);
        let reached = |fill: &Self| gone >= capacity.saturating_mul(fill.percent());
        Self::ALL.into_iter().rev().find(reached)
    }
}

#[cfg(test)]
#[path = "roster/tests.rs"]
mod tests;
