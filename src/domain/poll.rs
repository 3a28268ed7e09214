//! A poll (sondage): one question, options with stable letters, one ballot per person, or per organisation.
//!
//! | file | what it is for |
//! |---|---|
//! | [`rules`] | what is asked and by what rule it is decided; who gets to know what, and when |
//! | [`draft`] | what an organizer wants to ask, checked |
//! | [`ballot`] | what one person says, as bytes and as typed |
//! | [`proposal`] | an option that a participant proposes before it opens |
//! | [`live`] | running sums: what a card shows while people vote |
//! | [`outcome`] | what it comes to |
//! | [`receipt`] | the codes under which confidential ballots are published one by one |
//!
//! The counting itself is in [`count`](super::count).
//!
//! # Two tallies
//! Persons and partner organisations are counted side by side and never summed. A [`Poll`] *is* one tally (its sums, who
//! could vote, its outcome), and may carry the other: [`Poll::tallies`] gives each as a poll of its own, so that everything
//! that shows or counts a poll does the same for both.
//!
//! # Adding a kind of poll
//! A variant of [`rules::PollKind`] and [`rules::Rules`]; then follow the compiler through the files above, and
//! `present/poll` for its words.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::count::{ConsentVote, Lot, Quorum};
use super::ids::{Kind, ShortId};
use super::text::Wording;
use ballot::Ballot;
use live::Live;
use outcome::{Counted, Outcome};
use rules::{Level, Reveal, Terms, Voices};

pub mod ballot;
pub mod draft;
pub mod live;
pub mod outcome;
pub mod proposal;
pub mod receipt;
pub mod rules;

pub use draft::{Draft, DraftError, DraftOption, OPTIONS_MAX, OPTIONS_MIN};

/// Where a poll stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// Announced; takes ballots from its opening on.
    Scheduled,
    /// Takes ballots.
    Open,
    /// Counted.
    Closed,
}

impl Status {
    const ALL: [Self; 3] = [Self::Scheduled, Self::Open, Self::Closed];

    /// The name in the database and in Fluent's ids.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }

    /// The status of that name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.name() == name)
    }
}

/// An option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PollOption {
    /// From 0; the letter follows from it.
    pub position: i64,
    /// The words.
    pub label: Wording,
    /// What it means, in a line.
    pub meaning: Option<Wording>,
    /// What it costs, in a budget, in whole units of currency.
    pub cost: Option<u64>,
    /// When it is, in a poll of dates.
    pub at: Option<DateTime<Utc>>,
    /// Whether a participant proposed it.
    #[serde(default)]
    pub proposed: bool,
}

impl PollOption {
    /// An option that stands at `position`; `proposed` if a participant proposed it.
    #[must_use]
    pub fn of(option: DraftOption, position: i64, proposed: bool) -> Self {
        Self {
            position,
            label: option.label,
            meaning: option.meaning,
            cost: option.cost,
            at: option.at,
            proposed,
        }
    }

    /// The option's letter: `a`, `b`, …
    #[must_use]
    pub fn letter(&self) -> char {
        letter(self.position)
    }
}

/// The letter of the option at `position` (0 is `a`).
#[must_use]
pub fn letter(position: i64) -> char {
    u8::try_from(position)
        .ok()
        .and_then(|p| b'a'.checked_add(p))
        .map_or('?', char::from)
}

/// The option with that letter, in either case, counted from 0; the poll may not have it.
#[must_use]
pub fn option_of(letter: char) -> Option<usize> {
    let at = u32::from(letter.to_ascii_lowercase()).checked_sub(u32::from('a'))?;
    usize::try_from(at).ok().filter(|at| *at < OPTIONS_MAX)
}

/// What a human says came of a poll.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// In words.
    pub text: String,
    /// When it is looked at again.
    pub review_on: Option<NaiveDate>,
}

/// A poll as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Poll {
    /// Its id.
    pub id: Uuid,
    /// The collective that asks.
    pub collective: Uuid,
    /// The number of its short id.
    pub number: i64,
    /// The question.
    pub question: Wording,
    /// The options in order; none for a proposal or a call for consent.
    pub options: Vec<PollOption>,
    /// The rules.
    pub terms: Terms,
    /// Where it stands.
    pub status: Status,
    /// When it opens, or opened.
    pub opens_at: DateTime<Utc>,
    /// When it closes, or closed.
    pub closes_at: DateTime<Utc>,
    /// How many may vote, counted when it opened: persons, or organisations where they alone have a voice.
    pub eligible: u64,
    /// Running sums of their ballots.
    pub live: Live,
    /// Of the ballots cast, those of people with accounts on both networks.
    pub verified: u64,
    /// What was counted in a room, apart from the ballots.
    pub room: Option<RoomBallots>,
    /// What it came to, once closed.
    pub outcome: Option<Outcome>,
    /// The tally of organisations beside that of persons, where both have a voice.
    #[serde(default)]
    pub organisations: Option<OrganisationTally>,
    /// The seed of the lot, if ties end in one. Secret until the poll is closed.
    pub seed: Option<String>,
    /// What came of it.
    pub statement: Option<Statement>,
    /// The collective's time zone.
    pub zone: Tz,
}

/// What organisations voted, one ballot each, beside what persons did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganisationTally {
    /// How many had a voice when the poll opened.
    pub eligible: u64,
    /// Running sums.
    pub live: Live,
    /// What it came to, once closed.
    pub outcome: Option<Outcome>,
}

/// Votes counted by hand in a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomBallots {
    /// Votes for each option; of a proposal or a call for consent, for each answer.
    pub counts: Vec<u64>,
    /// Who saw it counted, beside whoever entered it.
    pub witness: String,
}

impl Poll {
    /// Its short id, `S7`.
    #[must_use]
    pub const fn short_id(&self) -> ShortId {
        ShortId::new(Kind::Poll, self.number)
    }

    /// Ballots cast.
    #[must_use]
    pub fn cast(&self) -> u64 {
        self.live.cast()
    }

    /// Whether the ballots counted here are those of organisations.
    #[must_use]
    pub fn is_of_organisations(&self) -> bool {
        self.terms.voices == Voices::Organisations
    }

    /// The tally of organisations, as a poll of organisations alone; none if they have no voice. A quorum is of persons
    /// where both have one.
    #[must_use]
    pub fn of_organisations(&self) -> Option<Self> {
        if self.is_of_organisations() {
            return Some(self.clone());
        }
        let tally = self.organisations.clone()?;
        Some(Self {
            terms: Terms {
                voices: Voices::Organisations,
                quorum: Quorum(0),
                ..self.terms.clone()
            },
            eligible: tally.eligible,
            live: tally.live,
            outcome: tally.outcome,
            verified: 0,
            room: None,
            organisations: None,
            ..self.clone()
        })
    }

    /// Its tallies, each as a poll of its own: that of persons first. Never to be summed.
    #[must_use]
    pub fn tallies(&self) -> Vec<Self> {
        let first = Self {
            organisations: None,
            ..self.clone()
        };
        std::iter::once(first).chain(self.second_tally()).collect()
    }

    /// The tally of organisations, where persons have one too.
    #[must_use]
    pub fn second_tally(&self) -> Option<Self> {
        self.organisations.as_ref()?;
        self.of_organisations()
    }

    /// Whether a ballot counts at `now`. A poll past its closing time is closed even while the deadline that
    /// counts it has not run yet; and open from its opening time on, unless its options are still to be settled then.
    #[must_use]
    pub fn takes_ballots(&self, now: DateTime<Utc>) -> bool {
        let begun = match self.status {
            Status::Scheduled => !self.terms.proposals,
            Status::Open => true,
            Status::Closed => false,
        };
        begun && (self.opens_at..self.closes_at).contains(&now)
    }

    /// Whether its options are still to be settled at `now`: organizers may add some, and accept what is proposed.
    #[must_use]
    pub fn settles_options(&self, now: DateTime<Utc>) -> bool {
        self.terms.proposals && self.status == Status::Scheduled && now < self.closes_at
    }

    /// Whether participants may propose options at `now`.
    #[must_use]
    pub fn takes_proposals(&self, now: DateTime<Utc>) -> bool {
        self.settles_options(now) && now < self.opens_at
    }

    /// Whether it has enough options to open.
    #[must_use]
    pub fn has_enough_options(&self) -> bool {
        self.options.len() >= self.terms.options_needed()
    }

    /// Whether it was closed without ever having been open.
    #[must_use]
    pub const fn never_opened(&self) -> bool {
        matches!(self.status, Status::Closed) && self.outcome.is_none()
    }

    /// Whether its ballots are published one by one.
    #[must_use]
    pub fn publishes_ballots(&self) -> bool {
        self.status == Status::Closed && receipt::published(&self.terms, self.cast())
    }

    /// How many answers there are to count: one per option; three to a proposal and to a call for consent.
    #[must_use]
    pub fn answers(&self) -> usize {
        if self.terms.rules.kind().has_options() {
            self.options.len()
        } else {
            3
        }
    }

    /// Whether a ballot gives a reason: an objection does, but a reason may give the author of a confidential one away.
    #[must_use]
    pub fn wants_reason(&self, ballot: &Ballot) -> bool {
        self.terms.level != Level::Confidential
            && *ballot == Ballot::Consent(ConsentVote::Objection)
    }

    /// Whether rooms are shown figures.
    #[must_use]
    pub fn shows_figures(&self) -> bool {
        self.status == Status::Closed || self.terms.reveal() == Reveal::Live
    }

    /// Whether somebody who has voted is shown figures.
    #[must_use]
    pub fn shows_figures_to_voters(&self) -> bool {
        self.shows_figures() || self.terms.reveal() == Reveal::AfterVote
    }

    /// Turnout as it may be shown: exact, but of a confidential poll that is open only in steps of five.
    #[must_use]
    pub fn shown_turnout(&self) -> u64 {
        if self.status != Status::Closed && self.terms.level == Level::Confidential {
            self.cast() / 5 * 5
        } else {
            self.cast()
        }
    }

    /// What a published result can be recognised by: the first 16 hexadecimal digits of the SHA-256 of its figures. None
    /// before the close.
    #[must_use]
    pub fn fingerprint(&self) -> Option<String> {
        let outcome = self.outcome.as_ref()?;
        let figures = serde_json::to_vec(&(self.number, &self.live, outcome)).ok()?;
        let digest = hex::encode(Sha256::digest(figures));
        Some(digest.chars().take(16).collect())
    }

    /// The lot that decides its ties, if it was declared.
    #[must_use]
    pub fn lot(&self) -> Option<Lot> {
        self.seed.as_deref().map(Lot::new)
    }

    /// The dates that won a closed poll of dates: the one that its result names, and those that as many people can make,
    /// which are later. None where nobody said yes to any, or too few voted.
    #[must_use]
    pub fn won_dates(&self) -> Vec<&PollOption> {
        let outcome = self.outcome.as_ref().filter(|found| found.quorum_met);
        let (Live::Date(sums), Some(outcome::Decision::Order { tiers, .. })) =
            (&self.live, outcome.map(|found| &found.decision))
        else {
            return Vec::new();
        };
        let votes = |at: usize| Some((*sums.yes.get(at)?, *sums.if_need_be.get(at)?));
        let most = tiers.first().and_then(|first| votes(*first.first()?));
        let most = most.filter(|(yes, _)| *yes > 0);
        let options = self.options.iter().enumerate();
        let won = options.filter(|(at, _)| most.is_some() && votes(*at) == most);
        won.map(|(_, option)| option).collect()
    }

    /// What each option costs.
    #[must_use]
    pub fn costs(&self) -> Vec<u64> {
        let costs = self.options.iter().map(|option| option.cost);
        costs.map(Option::unwrap_or_default).collect()
    }

    /// When each date is.
    #[must_use]
    pub fn dates(&self) -> Vec<DateTime<Utc>> {
        let dates = self.options.iter().map(|option| option.at);
        dates.map(Option::unwrap_or_default).collect()
    }

    /// What the count needs to know.
    #[must_use]
    pub fn counted<'p>(
        &'p self,
        costs: &'p [u64],
        dates: &'p [DateTime<Utc>],
        lot: Option<&'p Lot>,
    ) -> Counted<'p> {
        Counted {
            terms: &self.terms,
            eligible: self.eligible,
            costs,
            dates,
            options: self.options.len(),
            lot,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::rules::Rules;
    use super::*;
    use crate::domain::count::{Change, Tally as _};

    fn live(votes: [u64; 2]) -> Live {
        let mut live = Live::new(&Rules::Choose { most: 1 }, 2).unwrap();
        for (option, times) in votes.into_iter().enumerate() {
            let ballot = Ballot::Options(vec![option]);
            live.shift(&ballot, times, Change::Add).unwrap();
        }
        live
    }

    fn poll(voices: Voices) -> Poll {
        let terms = Terms {
            voices,
            quorum: Quorum(50),
            ..Terms::new(Rules::Choose { most: 1 })
        };
        let tally = OrganisationTally {
            eligible: 8,
            live: live([0, 3]),
            outcome: None,
        };
        let option = |position| PollOption {
            position,
            label: Wording::of("x".to_owned()),
            meaning: None,
            cost: None,
            at: None,
            proposed: false,
        };
        Poll {
            id: Uuid::nil(),
            collective: Uuid::nil(),
            number: 7,
            question: Wording::of("Où?".to_owned()),
            options: vec![option(0), option(1)],
            terms,
            status: Status::Open,
            opens_at: DateTime::UNIX_EPOCH,
            closes_at: DateTime::UNIX_EPOCH,
            eligible: 40,
            live: live([5, 2]),
            verified: 1,
            room: None,
            outcome: None,
            organisations: (voices == Voices::Both).then_some(tally),
            seed: None,
            statement: None,
            zone: chrono_tz::America::Toronto,
        }
    }

    #[test]
    fn two_tallies_stand_side_by_side_and_each_is_a_poll_of_its_own() {
        let both = poll(Voices::Both).tallies();
        let [persons, organisations] = both.as_slice() else {
            panic!("{both:?}")
        };
        assert_eq!((persons.cast(), persons.eligible), (7, 40));
        assert!(!persons.is_of_organisations() && persons.organisations.is_none());
        assert_eq!((organisations.cast(), organisations.eligible), (3, 8));
        assert!(organisations.is_of_organisations());
        assert_eq!(
            (organisations.verified, organisations.terms.quorum),
            (0, Quorum(0))
        );
        assert_eq!(
            organisations.of_organisations().as_ref(),
            Some(organisations)
        );
    }

    #[test]
    fn one_tally_is_that_of_whoever_has_a_voice() {
        let persons = poll(Voices::Persons);
        assert_eq!(persons.of_organisations(), None);
        assert_eq!(persons.tallies(), [persons]);
        let organisations = poll(Voices::Organisations);
        assert_eq!(
            organisations.of_organisations().as_ref(),
            Some(&organisations)
        );
        assert_eq!(
            organisations.terms.quorum,
            Quorum(50),
            "theirs, when they are alone"
        );
        assert_eq!(organisations.tallies(), [organisations]);
    }

    #[test]
    fn a_poll_of_before_there_were_organisations_is_still_read() {
        let mut text = serde_json::to_value(poll(Voices::Persons)).unwrap();
        text.as_object_mut().unwrap().remove("organisations");
        text["terms"].as_object_mut().unwrap().remove("voices");
        let read: Poll = serde_json::from_value(text).unwrap();
        assert_eq!(read, poll(Voices::Persons));
    }

    #[test]
    fn dates_win_by_a_yes_and_a_quorum_and_ties_are_kept() {
        use crate::domain::count::DateAnswer::{self, IfNeedBe, No, Yes};
        let won = |ballots: &[[DateAnswer; 2]], quorum: u32| {
            let terms = Terms {
                quorum: Quorum(quorum),
                ..Terms::new(Rules::Date)
            };
            let mut live = Live::new(&terms.rules, 2).unwrap();
            for answers in ballots {
                let ballot = Ballot::Dates(answers.to_vec());
                live.shift(&ballot, 1, Change::Add).unwrap();
            }
            let mut poll = Poll {
                terms,
                live,
                ..poll(Voices::Persons)
            };
            assert!(poll.won_dates().is_empty(), "it is open");
            let outcome = {
                let later = DateTime::UNIX_EPOCH + chrono::Duration::days(1);
                let (costs, dates) = (Vec::new(), vec![DateTime::UNIX_EPOCH, later]);
                let counted = poll.counted(&costs, &dates, None);
                counted.outcome(&poll.live, []).unwrap()
            };
            poll.outcome = Some(outcome);
            let letters = poll.won_dates().into_iter().map(PollOption::letter);
            letters.collect::<String>()
        };
        assert_eq!(won(&[[Yes, No], [Yes, IfNeedBe]], 0), "a");
        assert_eq!(won(&[[Yes, Yes]], 0), "ab");
        assert_eq!(won(&[[IfNeedBe, No]], 0), "", "nobody said yes");
        assert_eq!(won(&[], 0), "");
        assert_eq!(won(&[[Yes, No]], 100), "", "too few voted");
    }
}
