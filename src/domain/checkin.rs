//! Check-ins: when somebody who holds commitments is asked how they go, and what they may answer.
//!
//! | what | rule |
//! |---|---|
//! | a commitment with a day is due | from two weeks before it until it is kept or given up, a week at least after the last news of it |
//! | one without a day is due | four weeks after the last news of it |
//! | a person is asked | at most once in two weeks, of all collectives together, at 10:00 or later, never in quiet hours |
//! | no answer | for two days nothing is made of it; then there is « no news », until there is |
//! | [`ENOUGH`] times no answer | the bot does not ask again before it hears something |
//!
//! One message asks about the first of the commitments that are due, and names the others. It is never said that somebody
//! failed. What is late (the bot was down) is asked once, as it stands then: [`round`] looks at the present, and
//! [`moment`] looks again as the message leaves.

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use uuid::Uuid;

use super::commitment::CheckIn;
use super::ids::ShortId;
use super::schedule::at_local;
use super::schedule::ladder::{self, Moment};
use super::workshop::Reach;

/// Nobody is written to twice within this.
pub const BETWEEN: Duration = Duration::days(14);
/// What is not answered after this is without news.
pub const GRACE: Duration = Duration::hours(48);
/// Messages without an answer after which the bot waits to hear something.
pub const ENOUGH: i64 = 3;
/// A commitment with a day is due from this long before it.
const BEFORE: Duration = Duration::days(14);
/// News of a commitment with a day are fresh for this long.
const FRESH: Duration = Duration::days(7);
/// A commitment without a day is due this long after the last news of it.
const ONGOING: Duration = Duration::days(28);
/// The hour at which people are asked.
const HOUR: u32 = 10;

/// What somebody says of a commitment of theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// How it goes.
    Goes(CheckIn),
    /// They would like a hand.
    Hand,
    /// It is for another day.
    NewDate,
    /// Somebody else may take it over, or they give it up.
    PassOn,
}

impl Answer {
    /// Every answer, in the order of their numbers, from 1.
    pub const ALL: [Self; 5] = [
        Self::Goes(CheckIn::Done),
        Self::Goes(CheckIn::UnderWay),
        Self::Hand,
        Self::NewDate,
        Self::PassOn,
    ];
    /// Their names, in that order.
    pub const NAMES: [&'static str; 5] = ["done", "under-way", "hand", "new-date", "pass-on"];

    /// The name in invocations and in Fluent's ids.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Goes(goes) => goes.name(),
            Self::Hand => "hand",
            Self::NewDate => "new-date",
            Self::PassOn => "pass-on",
        }
    }

    /// The answer of that name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.name() == name)
    }

    /// An answer by its number, `4`, `4.`, and what follows it: `4 15 janvier`. Only a new date is followed by anything.
    #[must_use]
    pub fn numbered(typed: &str) -> Option<(Self, &str)> {
        let typed = typed.trim();
        let digits = typed.find(|c: char| !c.is_ascii_digit());
        let (number, rest) = typed.split_at(digits.unwrap_or(typed.len()));
        let rest = rest.trim_start_matches(['.', ')']);
        if !rest.is_empty() && !rest.starts_with(char::is_whitespace) {
            return None;
        }
        let at: usize = number.parse().ok()?;
        let answer = *Self::ALL.get(at.checked_sub(1)?)?;
        let rest = rest.trim();
        (rest.is_empty() || answer == Self::NewDate).then_some((answer, rest))
    }
}

/// What was heard of a commitment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct News {
    /// When its holder last said anything of it: that they take it, how it goes, another day.
    pub heard_at: DateTime<Utc>,
    /// When they were last asked.
    pub asked_at: Option<DateTime<Utc>>,
    /// How often they were asked since they were heard.
    pub unanswered: i64,
}

impl News {
    /// Whether its holder was asked, and has said nothing for [`GRACE`].
    #[must_use]
    pub fn is_missing(&self, now: DateTime<Utc>) -> bool {
        let asked = self.asked_at.filter(|_| self.unanswered > 0);
        asked.is_some_and(|asked| now >= asked + GRACE)
    }
}

/// An open commitment in somebody's hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Who is asked about it.
    pub person: Uuid,
    /// When they were last written to.
    pub written_at: Option<DateTime<Utc>>,
    /// Whether a message to them is on its way.
    pub on_its_way: bool,
    /// The commitment.
    pub commitment: Uuid,
    /// Its collective.
    pub collective: Uuid,
    /// The number of its short id.
    pub number: i64,
    /// Its day, if it has one.
    pub day: Option<NaiveDate>,
    /// What was heard of it.
    pub news: News,
}

impl Held {
    /// Whether its holder is to be asked about it at `now`, which is `today` where the collective lives.
    #[must_use]
    pub fn is_due(&self, today: NaiveDate, now: DateTime<Utc>) -> bool {
        let heard = self.news.heard_at;
        self.news.unanswered < ENOUGH
            && match self.day {
                Some(day) => today >= day - BEFORE && now >= heard + FRESH,
                None => now >= heard + ONGOING,
            }
    }

    /// The day on which it fell due, or falls due: its own, or else the one on which it is asked about.
    fn falls_due(&self) -> NaiveDate {
        let asked = self.news.heard_at + ONGOING;
        self.day.unwrap_or_else(|| asked.date_naive())
    }
}

/// Somebody would like a hand with a commitment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hand {
    /// Who.
    pub person: Uuid,
    /// Where they asked, and are answered.
    pub reach: Reach,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// When organizers last answered.
    pub answered_at: Option<DateTime<Utc>>,
}

/// How a collective's open commitments stand, for organizers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// How many are open.
    pub open: i64,
    /// Of these, how many are without news.
    pub missing: i64,
    /// Those with which a hand is asked for.
    pub hands: Vec<ShortId>,
}

/// Whether somebody who was last written to at `last` may be written to at `now`.
#[must_use]
pub fn may_write(last: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    last.is_none_or(|last| now >= last + BETWEEN)
}

/// Of one person's commitments in one collective those that are due at `now`, the first to fall due first.
#[must_use]
pub fn due(held: &[Held], zone: Tz, now: DateTime<Utc>) -> Vec<Held> {
    let today = now.with_timezone(&zone).date_naive();
    let mut due: Vec<Held> = held.to_vec();
    due.retain(|held| held.is_due(today, now));
    due.sort_by_key(|held| (held.falls_due(), held.number));
    due
}

/// Whom a collective asks at `now`, and about which commitment. `held` are the open commitments of everybody who holds one
/// there, in every collective: where several would ask, the one does that has not for the longest time.
#[must_use]
pub fn round(held: &[Held], collective: Uuid, zone: Tz, now: DateTime<Utc>) -> Vec<(Uuid, Uuid)> {
    let mut of_persons: Vec<&Held> = held.iter().collect();
    of_persons.sort_by_key(|held| held.person);
    let mut asks = Vec::new();
    for own in of_persons.chunk_by(|one, other| one.person == other.person) {
        let free = |held: &&&Held| !held.on_its_way && may_write(held.written_at, now);
        let own: Vec<Held> = own.iter().filter(free).map(|held| **held).collect();
        let due = due(&own, zone, now);
        // None, never asked, comes before any time.
        let waits_longest = due.iter().min_by_key(|held| held.news.asked_at);
        if waits_longest.is_some_and(|held| held.collective == collective)
            && let Some(first) = due.iter().find(|held| held.collective == collective)
        {
            asks.push((first.person, first.commitment));
        }
    }
    asks
}

/// What becomes at `now` of a message that asks about `commitment`, of which nothing left yet: it goes only if that is still
/// due, and if its person has got no other meanwhile. `held` are that person's open commitments.
#[must_use]
pub fn moment(held: &[Held], commitment: Uuid, zone: Tz, now: DateTime<Utc>) -> Moment {
    let due = due(held, zone, now);
    let asked = due.iter().find(|held| held.commitment == commitment);
    if asked.is_some_and(|held| may_write(held.written_at, now)) {
        ladder::moment(now, DateTime::<Utc>::MAX_UTC, zone)
    } else {
        Moment::Never
    }
}

/// The next time after `now` at which people are asked.
#[must_use]
pub fn next_round(now: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    let hour = NaiveTime::from_hms_opt(HOUR, 0, 0).unwrap_or_default();
    let today = now.with_timezone(&zone).date_naive();
    let due = at_local(today, hour, zone);
    if due > now {
        due
    } else {
        at_local(today + Duration::days(1), hour, zone)
    }
}

#[cfg(test)]
mod tests;
