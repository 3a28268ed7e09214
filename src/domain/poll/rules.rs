//! What a poll asks of its voters, and the rule by which it is decided. Fixed once it is open.

use serde::{Deserialize, Serialize};

use super::draft::OPTIONS_MIN;
use crate::domain::circle::Within;
use crate::domain::count::{Base, ConsentRule, PointsRule, Quorum, Threshold};

/// Lowest and highest score of a poll that asks for scores.
pub const SCORES: (i64, i64) = (0, 5);
/// Points of a voter, when nobody says how many.
pub const POINTS: u32 = 10;
/// Most points of a voter: a ballot keeps them in a byte.
pub const POINTS_MAX: u32 = 200;

/// The kind of a poll: what is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PollKind {
    /// Yes, no, abstain.
    Proposal,
    /// Consent, stand aside, objection.
    Consent,
    /// One option, or up to k.
    Choose,
    /// A score from 0 to 5 per option.
    Score,
    /// Points to share out.
    Points,
    /// An order, equal ranks allowed.
    Rank,
    /// A strict order, for seats.
    Elect,
    /// Approvals of options that cost something.
    Budget,
    /// Yes, if need be or no to each date.
    Date,
}

impl PollKind {
    /// Every kind, with its name in the table of commands, in the database and in Fluent's ids.
    pub const NAMES: [(Self, &'static str); 9] = [
        (Self::Proposal, "proposal"),
        (Self::Consent, "consent"),
        (Self::Choose, "choose"),
        (Self::Score, "score"),
        (Self::Points, "points"),
        (Self::Rank, "rank"),
        (Self::Elect, "elect"),
        (Self::Budget, "budget"),
        (Self::Date, "date"),
    ];

    /// The name in the table of commands, in the database and in Fluent's ids.
    #[must_use]
    pub fn name(self) -> &'static str {
        let found = Self::NAMES.into_iter().find(|(kind, _)| *kind == self);
        found.map_or("choose", |(_, name)| name)
    }

    /// The kind of that name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let found = Self::NAMES.into_iter().find(|(_, known)| *known == name);
        found.map(|(kind, _)| kind)
    }

    /// Whether people choose among options that the organizer names. A proposal and a call for consent have none.
    #[must_use]
    pub const fn has_options(self) -> bool {
        !matches!(self, Self::Proposal | Self::Consent)
    }
}

/// What is asked, with the figures that belong to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Rules {
    /// Passed when enough are for it.
    Proposal {
        /// What is enough.
        threshold: Threshold,
    },
    /// Given when nobody objects.
    Consent {
        /// What else stops it.
        rule: ConsentRule,
    },
    /// The options that most chose.
    Choose {
        /// Most options on a ballot.
        most: usize,
    },
    /// The highest sum.
    Score,
    /// The most points.
    Points {
        /// How many a voter has.
        rule: PointsRule,
    },
    /// Schulze's order.
    Rank,
    /// Scottish STV; for one seat, instant run-off.
    Elect {
        /// How many are elected.
        seats: usize,
    },
    /// What fits into the budget.
    Budget {
        /// In whole units of currency; costs stand beside the options.
        budget: u64,
        /// How it is spent.
        method: BudgetMethod,
    },
    /// The date that suits most.
    Date,
}

/// How a budget is spent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BudgetMethod {
    /// Equal shares: every voter's part counts the same, completed by raising the parts.
    #[default]
    EqualShares,
    /// The most approved first.
    Greedy,
}

impl Rules {
    /// The kind of the poll.
    #[must_use]
    pub const fn kind(&self) -> PollKind {
        match self {
            Self::Proposal { .. } => PollKind::Proposal,
            Self::Consent { .. } => PollKind::Consent,
            Self::Choose { .. } => PollKind::Choose,
            Self::Score => PollKind::Score,
            Self::Points { .. } => PollKind::Points,
            Self::Rank => PollKind::Rank,
            Self::Elect { .. } => PollKind::Elect,
            Self::Budget { .. } => PollKind::Budget,
            Self::Date => PollKind::Date,
        }
    }
}

/// Who gets to know what somebody voted. Printed on the card, fixed at the first ballot.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Everybody.
    Public,
    /// The bot; nobody is shown who voted what.
    #[default]
    Reserved,
    /// Nobody after the close: the keys are destroyed.
    Confidential,
}

impl Level {
    const NAMES: [(Self, &'static str); 3] = [
        (Self::Public, "public"),
        (Self::Reserved, "reserved"),
        (Self::Confidential, "confidential"),
    ];

    /// The name in the table of commands, in the database and in Fluent's ids.
    #[must_use]
    pub fn name(self) -> &'static str {
        let found = Self::NAMES.into_iter().find(|(level, _)| *level == self);
        found.map_or("reserved", |(_, name)| name)
    }

    /// The level of that name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let found = Self::NAMES.into_iter().find(|(_, known)| *known == name);
        found.map(|(level, _)| level)
    }
}

/// When figures are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reveal {
    /// While people vote.
    #[default]
    Live,
    /// In a room at the close; to a person once they have voted.
    AfterVote,
    /// At the close.
    AtClose,
}

impl Reveal {
    const NAMES: [(Self, &'static str); 3] = [
        (Self::Live, "live"),
        (Self::AfterVote, "after-vote"),
        (Self::AtClose, "at-close"),
    ];

    /// The name in the table of commands and in Fluent's ids.
    #[must_use]
    pub fn name(self) -> &'static str {
        let found = Self::NAMES.into_iter().find(|(reveal, _)| *reveal == self);
        found.map_or("live", |(_, name)| name)
    }

    /// The choice of that name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let found = Self::NAMES.into_iter().find(|(_, known)| *known == name);
        found.map(|(reveal, _)| reveal)
    }
}

/// Who may vote. Counted when the poll opens, and never changed afterwards.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Eligibility {
    /// Whoever is in the rooms.
    #[default]
    All,
    /// Whoever took part before it opened.
    KnownBefore,
}

impl Eligibility {
    const NAMES: [(Self, &'static str); 2] =
        [(Self::All, "all"), (Self::KnownBefore, "known-before")];

    /// The name in the table of commands and in Fluent's ids.
    #[must_use]
    pub fn name(self) -> &'static str {
        let found = Self::NAMES.into_iter().find(|(who, _)| *who == self);
        found.map_or("all", |(_, name)| name)
    }

    /// The choice of that name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let found = Self::NAMES.into_iter().find(|(_, known)| *known == name);
        found.map(|(who, _)| who)
    }
}

/// Whose ballots are counted. Persons and organisations are two tallies, side by side, never summed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Voices {
    /// Those of persons.
    #[default]
    Persons,
    /// Those of partner organisations, one each.
    Organisations,
    /// Those of both, apart.
    Both,
}

impl Voices {
    const NAMES: [(Self, &'static str); 3] = [
        (Self::Persons, "persons"),
        (Self::Organisations, "organisations"),
        (Self::Both, "both"),
    ];

    /// The name in the table of commands and in Fluent's ids.
    #[must_use]
    pub fn name(self) -> &'static str {
        let found = Self::NAMES.into_iter().find(|(voices, _)| *voices == self);
        found.map_or("persons", |(_, name)| name)
    }

    /// The choice of that name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let found = Self::NAMES.into_iter().find(|(_, known)| *known == name);
        found.map(|(voices, _)| voices)
    }
}

/// What holds for every kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// What is asked.
    pub rules: Rules,
    /// Who gets to know.
    pub level: Level,
    /// When figures are shown.
    pub reveal: Reveal,
    /// How many must take part.
    pub quorum: Quorum,
    /// Who may vote.
    pub eligibility: Eligibility,
    /// How many may vote, if the organizer knows it better than the bot, which does not know who is in a circle.
    pub eligible: Option<u64>,
    /// Whether ties end in a lot.
    pub lot: bool,
    /// Whether confidential ballots are published one by one at the close, each under its [receipt](super::receipt).
    #[serde(default)]
    pub receipts: bool,
    /// Whether participants may propose options until it opens.
    #[serde(default)]
    pub proposals: bool,
    /// Whose ballots are counted.
    #[serde(default)]
    pub voices: Voices,
    /// Within which circle one must act to vote, if within one; organisations must be in it.
    #[serde(default)]
    pub circle: Option<Within>,
}

impl Terms {
    /// The terms that hold when nobody says otherwise.
    #[must_use]
    pub const fn new(rules: Rules) -> Self {
        Self {
            rules,
            level: Level::Reserved,
            reveal: Reveal::Live,
            quorum: Quorum(0),
            eligibility: Eligibility::All,
            eligible: None,
            lot: false,
            receipts: false,
            proposals: false,
            voices: Voices::Persons,
            circle: None,
        }
    }

    /// Fewest options with which such a poll can open: two, and as many as its figures ask for.
    #[must_use]
    pub const fn options_needed(&self) -> usize {
        let asked = match &self.rules {
            Rules::Choose { most } => *most,
            Rules::Elect { seats } => seats.saturating_add(1),
            _ => 0,
        };
        if asked > OPTIONS_MIN {
            asked
        } else {
            OPTIONS_MIN
        }
    }

    /// Whether its rule cannot be applied without knowing how many may vote.
    #[must_use]
    pub const fn needs_eligible(&self) -> bool {
        let of_eligible = match &self.rules {
            Rules::Proposal { threshold } => matches!(threshold.base(), Base::Eligible),
            _ => false,
        };
        self.quorum.0 > 0 || of_eligible
    }

    /// When figures are shown: a confidential poll shows none before its close, whatever was asked.
    #[must_use]
    pub fn reveal(&self) -> Reveal {
        match self.level {
            Level::Confidential => Reveal::AtClose,
            Level::Public | Level::Reserved => self.reveal,
        }
    }
}
