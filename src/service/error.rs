//! Why a use case did not happen.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::polls;
use crate::domain::actor::Role;
use crate::domain::circle::{DEPTH_MAX, Nesting};
use crate::domain::ids::ShortId;
use crate::domain::organisation;
use crate::domain::plan::{MONTHS_MAX, PlanError};
use crate::domain::poll::rules::SCORES;
use crate::domain::poll::{self, ballot};
use crate::domain::pulse;
use crate::domain::series;
use crate::domain::text::TextError;
use crate::domain::workshop::{self, NoSeat};
use crate::i18n::{Args, args};
use crate::store::{Failure, StoreError};

/// A use case that did not happen. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// The person asked for something that cannot be; they are told what, and what to do next.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// Not the person's fault.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Refusal> for ServiceError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl Failure for ServiceError {
    fn store_error(&self) -> Option<&StoreError> {
        match self {
            Self::Store(error) => Some(error),
            Self::Refused(_) => None,
        }
    }
}

/// Why a person's wish was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Only people with this role (or more) may.
    NotAllowed(Role),
    /// There is no such object here.
    NotFound(ShortId),
    /// The room belongs to no collective.
    NoCollective,
    /// The workshop is over or cancelled.
    WorkshopOver(ShortId),
    /// The poll is closed.
    PollClosed(ShortId),
    /// The poll is not open yet.
    PollNotOpen(ShortId, DateTime<Utc>, Tz),
    /// A poll's ballots are not published.
    BallotsNotShown(ShortId),
    /// A poll has more ballots than a conversation can hold.
    TooManyBallots(ShortId),
    /// Receipts are for confidential polls only.
    ReceiptsLevel,
    /// Ballots that mark so many options would tell who wrote them.
    ReceiptsTelling(usize),
    /// The poll must be closed first.
    PollStillOpen(ShortId),
    /// A poll is to close later, and the time is not later than the one it has.
    NotLater(ShortId, DateTime<Utc>, Tz),
    /// Only people who took part before the poll opened may vote.
    NotEligible(ShortId),
    /// The object is for those who act within a circle, whose short name is given.
    OtherCircle(ShortId, String),
    /// What was typed is no ballot of that poll; its last letter is told.
    Ballot(ShortId, ballot::Wrong, char),
    /// A confidential poll, and the steward has set no key for them.
    NoKey,
    /// A confidential vote where others read along.
    VoteInPrivate(ShortId),
    /// An objection without a reason.
    NoReason(ShortId),
    /// Another number of counts from a room than the poll has options.
    RoomCounts(ShortId, usize),
    /// A poll would close in the past.
    ClosesInPast,
    /// A sense check would last longer than networks let a poll last.
    PulseTooLong,
    /// The sense check has ended.
    PulseOver(ShortId),
    /// Too few or too many answers to a sense check.
    AnswerCount(usize),
    /// A workshop would start in the past.
    StartsInPast,
    /// A workshop would end before it starts.
    EndsBeforeStart,
    /// Answers to a workshop would close before now or after its start.
    RsvpUntil,
    /// A draft would be announced before now or after its workshop has begun.
    PublishAt,
    /// It is no draft: it is announced already, or over.
    NoDraft(ShortId),
    /// It would come again, and is a draft.
    RepeatsDraft(ShortId),
    /// No rule by which a workshop comes again.
    SeriesRule,
    /// A rule that gives no day to come.
    SeriesEmpty,
    /// It is part of no series.
    NoSeries(ShortId),
    /// A day that is none of a series' to come.
    NotInSeries(ShortId, DateTime<Utc>, Tz),
    /// All of a series would move to another day.
    SeriesDay(ShortId),
    /// No date won the poll.
    NoDateWon(ShortId),
    /// The dates with these letters won the poll, and none of them is named.
    DatesWon(ShortId, Vec<char>),
    /// The poll led to a workshop before.
    PollHasWorkshop(ShortId),
    /// No public room of the collective.
    UnknownRoom(String),
    /// It is done in a public room of the collective, and this is none.
    PublicRoomOnly,
    /// Only people who took part before the workshop was announced may come.
    NotKnownBefore(ShortId),
    /// Not a code with which one checks in to a workshop now.
    NoSuchCode,
    /// Too early or too late for that, at that workshop.
    NotThen(ShortId),
    /// Nobody has ever acted from that account.
    UnknownAccount(String),
    /// Only who was at the workshop, or might have come, says what they thought of it.
    WasNotThere(ShortId),
    /// Somebody does not get the seats they ask for.
    NoSeat(ShortId, NoSeat),
    /// A workshop cannot do without what is to be taken out; the argument is named.
    Needed(String),
    /// Too many hosts.
    Hosts(usize),
    /// The commitment is somebody else's.
    NotYours(ShortId),
    /// The commitment is only counted: its holder shows nothing of it.
    OnlyCounted(ShortId),
    /// What an organisation commits to is public.
    AlwaysPublic,
    /// Nothing is left to do of the commitment.
    NothingLeft(ShortId),
    /// The commitment is held by whoever wants to take it over.
    YoursAlready(ShortId),
    /// The commitment waits for others to join its pledge.
    WaitsForOthers(ShortId),
    /// A commitment on condition needs a day until which others can join.
    PledgeNeedsDay,
    /// That day is past, or more than so many days away.
    PledgeDay(i64),
    /// More others than can be asked for.
    TooManyOthers(i64),
    /// That is no pledge.
    NoPledge(ShortId),
    /// The pledge is closed.
    PledgeClosed(ShortId),
    /// This part in a pledge is active already.
    ActiveAlready(ShortId),
    /// No commitment waits to be confirmed.
    NothingToConfirm,
    /// The commitment is kept or given up.
    NotOpen(ShortId),
    /// Nobody asks for a hand with that commitment.
    NoHand(ShortId),
    /// Private messages do not reach who asks for a hand with that commitment.
    Unreached(ShortId),
    /// A text is wrong; the argument that holds it is named.
    Text(&'static str, TextError),
    /// Too few or too many options.
    OptionCount(usize),
    /// An option stands twice.
    OptionTwice(String),
    /// Options for a poll that has none.
    NoOptions,
    /// Options to be proposed for a poll that has none.
    NoProposals,
    /// A poll opens when its proposals end, and another opening was given too.
    OpensWithProposals,
    /// No options are proposed for that poll.
    NothingProposed(ShortId),
    /// The poll's options are settled.
    OptionsSettled(ShortId),
    /// The poll cannot open yet: it has too few options.
    OptionsMissing(ShortId),
    /// The option is there or proposed already.
    OptionStands(String),
    /// The poll has as many options as it can have.
    OptionsFull(ShortId, usize),
    /// As many proposals of this person wait as may wait.
    ProposalsWait(ShortId, usize),
    /// The proposal does not wait any more.
    ProposalDecided(ShortId),
    /// Proposals are to end later, and the time is not later than the one they have.
    ProposalsNotLater(ShortId, DateTime<Utc>, Tz),
    /// Proposals would end when the poll has closed.
    OpensAfterClose(ShortId, DateTime<Utc>, Tz),
    /// A figure that does not fit the poll.
    Figure {
        /// What was given.
        figure: u64,
        /// Least.
        min: u64,
        /// Most.
        max: u64,
    },
    /// An option of a budget has no cost.
    NoCost(String),
    /// An option of a poll of dates is no date.
    NoDate(String),
    /// A budget without its amount.
    NoBudget,
    /// A change that changes nothing.
    NothingToChange,
    /// There is nothing to tell in a digest.
    NothingToTell,
    /// The person has not agreed yet that their acts are kept. The desk asks them.
    ConsentNeeded,
    /// Nobody is responsible yet for what would be kept.
    NotCollecting,
    /// The account is a bridge's or a webhook's: anybody may be behind it.
    Bridged,
    /// Only where nobody else reads along.
    PrivateOnly,
    /// Only where none but organizers read along.
    ControlRoomOnly,
    /// Too many wrong codes.
    TooManyTries,
    /// The code was given to this very account.
    OwnCode,
    /// The two accounts are one person's already.
    AlreadyLinked,
    /// The account is linked to no other.
    NotLinked,
    /// Nothing is kept about this account.
    NothingKept,
    /// No organisation is called so.
    NoOrganisation(String),
    /// An organisation that takes part has this short name.
    OrganisationExists(String),
    /// It is no milestone, action or theme.
    NoAim(String),
    /// Something is wrong with what is wanted of the plan.
    Plan(PlanError),
    /// The action is not to be carried: an organisation carries it, or nothing is left to do.
    Carried(ShortId),
    /// The action ended with that version of the plan.
    Ended(ShortId, i64),
    /// There is no milestone yet that could be adopted.
    NoPlan,
    /// No collective stands in this one.
    NoFederation,
    /// The plan was not adopted yet.
    NotAdopted,
    /// The plan has no version of that number.
    NoVersion(u64),
    /// That version does not run; this one does.
    NotThatVersion(i64),
    /// The person represents no organisation.
    RepresentsNone,
    /// The person represents several organisations, whose short names are given, and named none.
    RepresentsSeveral(Vec<String>),
    /// The collective has no such step; those that it has are given.
    NoStep(String, Vec<String>),
    /// No circle is called so.
    NoCircle(String),
    /// A circle in use has this short name.
    CircleExists(String),
    /// A circle would stand in itself, or too deep.
    Nesting(String, Nesting),
    /// A rule needs to know how many may vote, and who is in a circle nobody counts.
    EligibleUnknown,
    /// This makes no short name.
    NoSlug(String),
    /// A change that changes nothing of this organisation.
    NothingToChangeOf(String),
    /// The person does not represent this organisation.
    NoMandate(String),
    /// The person represents this organisation already.
    HasMandate(String),
    /// This account took no mandate for this organisation.
    NoMandateOf(String, String),
    /// A tally of organisations where there are none.
    NobodyToHear,
    /// A confidential poll with a tally of organisations.
    VoicesConfidential,
    /// The poll has no tally of organisations.
    NoVoices(ShortId),
    /// The poll is for organisations only.
    VoicesOnly(ShortId),
    /// The organisation came in after the poll opened.
    JoinedLater(ShortId, String),
}

impl From<(&'static str, TextError)> for Refusal {
    fn from((argument, error): (&'static str, TextError)) -> Self {
        Self::Text(argument, error)
    }
}

impl From<pulse::DraftError> for Refusal {
    fn from(error: pulse::DraftError) -> Self {
        match error {
            pulse::DraftError::Text(argument, error) => Self::Text(argument, error),
            pulse::DraftError::Count(count) => Self::AnswerCount(count),
            pulse::DraftError::Twice(answer) => Self::OptionTwice(answer),
        }
    }
}

impl From<workshop::DraftError> for Refusal {
    fn from(error: workshop::DraftError) -> Self {
        match error {
            workshop::DraftError::Text(argument, error) => Self::Text(argument, error),
            workshop::DraftError::Needed(argument) => Self::Needed(argument),
            workshop::DraftError::Hosts(count) => Self::Hosts(count),
            workshop::DraftError::Figure { figure, min, max } => Self::Figure { figure, min, max },
        }
    }
}

impl From<poll::DraftError> for Refusal {
    fn from(error: poll::DraftError) -> Self {
        match error {
            poll::DraftError::Text(argument, error) => Self::Text(argument, error),
            poll::DraftError::Count(count) => Self::OptionCount(count),
            poll::DraftError::Twice(option) => Self::OptionTwice(option),
            poll::DraftError::NoOptions => Self::NoOptions,
            poll::DraftError::ReceiptsLevel => Self::ReceiptsLevel,
            poll::DraftError::ReceiptsTelling(options) => Self::ReceiptsTelling(options),
            poll::DraftError::NoProposals => Self::NoProposals,
            poll::DraftError::Figure { figure, min, max } => Self::Figure { figure, min, max },
            poll::DraftError::NoCost(option) => Self::NoCost(option),
            poll::DraftError::NoDate(option) => Self::NoDate(option),
        }
    }
}

impl From<PlanError> for Refusal {
    fn from(error: PlanError) -> Self {
        match error {
            PlanError::Text(error) => Self::Text("wording", error),
            error => Self::Plan(error),
        }
    }
}

impl From<organisation::DraftError> for Refusal {
    fn from(error: organisation::DraftError) -> Self {
        match error {
            organisation::DraftError::Text(argument, error) => Self::Text(argument, error),
            organisation::DraftError::Slug(typed) => Self::NoSlug(typed),
        }
    }
}

impl Refusal {
    /// The Fluent id of its words, and the values that go into them. The name of an argument goes in as the id of
    /// its word, under `argument`, for the caller to translate.
    #[must_use]
    pub fn words(&self) -> (&'static str, Args) {
        match self {
            Self::NotAllowed(role) => ("error-not-allowed", args().text("role", role.name())),
            Self::NotFound(id) => ("error-not-found", args().text("id", id)),
            Self::NoCollective => ("error-no-collective", args()),
            Self::WorkshopOver(id) => ("error-workshop-over", args().text("id", id)),
            Self::PollClosed(id) => ("error-poll-closed", args().text("id", id)),
            Self::PollNotOpen(id, at, zone) => (
                "error-poll-not-open",
                args().text("id", id).when("when", *at, *zone),
            ),
            Self::PollStillOpen(id) => ("error-poll-still-open", args().text("id", id)),
            Self::BallotsNotShown(id) => ("error-ballots-not-shown", args().text("id", id)),
            Self::TooManyBallots(id) => (
                "error-too-many-ballots",
                args()
                    .text("id", id)
                    .number("most", count(polls::LINES_MAX)),
            ),
            Self::ReceiptsLevel => ("error-receipts-level", args()),
            Self::ReceiptsTelling(options) => (
                "error-receipts-telling",
                args()
                    .number("options", count(*options))
                    .number("most", count(poll::receipt::TELLING_OPTIONS)),
            ),
            Self::NotLater(id, at, zone) => (
                "error-not-later",
                args().text("id", id).when("when", *at, *zone),
            ),
            Self::NotEligible(id) => ("error-not-eligible", args().text("id", id)),
            Self::OtherCircle(id, slug) => (
                "error-other-circle",
                args().text("id", id).text("slug", slug),
            ),
            Self::Ballot(id, wrong, last) => ballot_words(*id, wrong, *last),
            Self::NoKey => ("error-no-key", args()),
            Self::VoteInPrivate(id) => ("error-vote-in-private", args().text("id", id)),
            Self::NoReason(id) => ("error-no-reason", args().text("id", id)),
            Self::RoomCounts(id, expected) => (
                "error-room-counts",
                args().text("id", id).number("expected", count(*expected)),
            ),
            Self::ClosesInPast => ("error-closes-in-past", args()),
            Self::PulseTooLong => (
                "error-pulse-too-long",
                args().number("days", pulse::LONGEST.num_days()),
            ),
            Self::PulseOver(id) => ("error-pulse-over", args().text("id", id)),
            Self::AnswerCount(found) => (
                "error-answer-count",
                args()
                    .number("found", count(*found))
                    .number("min", count(pulse::ANSWERS_MIN))
                    .number("max", count(pulse::ANSWERS_MAX)),
            ),
            Self::StartsInPast => ("error-starts-in-past", args()),
            Self::EndsBeforeStart => ("error-ends-before-start", args()),
            Self::RsvpUntil => ("error-rsvp-until", args()),
            Self::PublishAt => ("error-publish-at", args()),
            Self::NoDraft(id) => ("error-no-draft", args().text("id", id)),
            Self::RepeatsDraft(id) => ("error-repeats-draft", args().text("id", id)),
            Self::SeriesRule => ("error-series-rule", args()),
            Self::SeriesEmpty => (
                "error-series-empty",
                args().number("years", i64::from(series::YEARS)),
            ),
            Self::NoSeries(id) => ("error-no-series", args().text("id", id)),
            Self::NotInSeries(id, at, zone) => (
                "error-not-in-series",
                args().text("id", id).when("day", *at, *zone),
            ),
            Self::SeriesDay(id) => ("error-series-day", args().text("id", id)),
            Self::NoDateWon(id) => ("error-no-date-won", args().text("id", id)),
            Self::DatesWon(id, letters) => {
                let all: Vec<_> = letters.iter().map(char::to_string).collect();
                let args = args().text("id", id).text("letters", all.join(", "));
                (
                    "error-dates-won",
                    args.text("first", all.first().map_or("a", String::as_str)),
                )
            }
            Self::PollHasWorkshop(id) => ("error-poll-has-workshop", args().text("id", id)),
            Self::UnknownRoom(typed) => ("error-unknown-room", args().text("typed", typed)),
            Self::NotKnownBefore(id) => ("error-not-known-before", args().text("id", id)),
            Self::NoSuchCode => ("error-no-such-code", args()),
            Self::NotThen(id) => ("error-not-then", args().text("id", id)),
            Self::UnknownAccount(account) => {
                ("error-unknown-account", args().text("account", account))
            }
            Self::WasNotThere(id) => ("error-was-not-there", args().text("id", id)),
            Self::NoSeat(id, reason) => no_seat_words(*id, *reason),
            Self::Needed(argument) => ("error-needed", args().text("argument", argument)),
            Self::Hosts(hosts) => (
                "error-hosts",
                args()
                    .number("hosts", count(*hosts))
                    .number("max", count(workshop::draft::HOSTS_MAX)),
            ),
            Self::NotYours(id) => ("error-not-yours", args().text("id", id)),
            Self::OnlyCounted(id) => ("error-only-counted", args().text("id", id)),
            Self::AlwaysPublic => ("error-always-public", args()),
            Self::NothingLeft(id) => ("error-nothing-left", args().text("id", id)),
            Self::YoursAlready(id) => ("error-yours-already", args().text("id", id)),
            Self::WaitsForOthers(id) => ("error-waits-for-others", args().text("id", id)),
            Self::PledgeNeedsDay => ("error-pledge-needs-day", args()),
            Self::PledgeDay(days) => ("error-pledge-day", args().number("days", *days)),
            Self::TooManyOthers(max) => ("error-too-many-others", args().number("max", *max)),
            Self::NoPledge(id) => ("error-no-pledge", args().text("id", id)),
            Self::PledgeClosed(id) => ("error-pledge-closed", args().text("id", id)),
            Self::ActiveAlready(id) => ("error-active-already", args().text("id", id)),
            Self::NothingToConfirm => ("error-nothing-to-confirm", args()),
            Self::NotOpen(id) => ("error-not-open", args().text("id", id)),
            Self::NoHand(id) => ("error-no-hand", args().text("id", id)),
            Self::Unreached(id) => ("error-unreached", args().text("id", id)),
            Self::Text(_, TextError::Empty) => ("error-text-empty", args()),
            Self::Text(_, TextError::TooLong { length, max }) => (
                "error-text-too-long",
                args()
                    .number("length", count(*length))
                    .number("max", count(*max)),
            ),
            Self::Text(_, TextError::Control(code)) => (
                "error-text-control",
                args().text("code", format!("U+{code:04X}")),
            ),
            Self::OptionCount(found) => (
                "error-option-count",
                args()
                    .number("found", count(*found))
                    .number("min", count(poll::OPTIONS_MIN))
                    .number("max", count(poll::OPTIONS_MAX)),
            ),
            Self::OptionTwice(option) => ("error-option-twice", args().text("option", option)),
            Self::NoOptions => ("error-no-options", args()),
            Self::NoProposals => ("error-no-proposals", args()),
            Self::OpensWithProposals => ("error-opens-with-proposals", args()),
            Self::NothingProposed(id) => ("error-nothing-proposed", args().text("id", id)),
            Self::OptionsSettled(id) => ("error-options-settled", args().text("id", id)),
            Self::OptionsMissing(id) => ("error-options-missing", args().text("id", id)),
            Self::OptionStands(option) => ("error-option-stands", args().text("option", option)),
            Self::OptionsFull(id, max) => (
                "error-options-full",
                args().text("id", id).number("max", count(*max)),
            ),
            Self::ProposalsWait(id, max) => (
                "error-proposals-wait",
                args().text("id", id).number("max", count(*max)),
            ),
            Self::ProposalDecided(id) => ("error-proposal-decided", args().text("id", id)),
            Self::ProposalsNotLater(id, at, zone) => (
                "error-proposals-not-later",
                args().text("id", id).when("when", *at, *zone),
            ),
            Self::OpensAfterClose(id, at, zone) => (
                "error-opens-after-close",
                args().text("id", id).when("when", *at, *zone),
            ),
            Self::Figure { figure, min, max } => (
                "error-figure",
                args()
                    .number("figure", wide(*figure))
                    .number("min", wide(*min))
                    .number("max", wide(*max)),
            ),
            Self::NoCost(option) => ("error-no-cost", args().text("option", option)),
            Self::NoDate(option) => ("error-no-date", args().text("option", option)),
            Self::NoBudget => ("error-no-budget", args()),
            Self::NothingToChange => ("error-nothing-to-change", args()),
            Self::NothingToTell => ("error-nothing-to-tell", args()),
            Self::ConsentNeeded => ("error-consent-needed", args()),
            Self::NotCollecting => ("error-not-collecting", args()),
            Self::Bridged => ("error-bridged", args()),
            Self::PrivateOnly => ("error-private-only", args()),
            Self::PublicRoomOnly => ("error-public-room-only", args()),
            Self::ControlRoomOnly => ("error-control-room-only", args()),
            Self::TooManyTries => ("error-too-many-tries", args()),
            Self::OwnCode => ("error-own-code", args()),
            Self::AlreadyLinked => ("error-already-linked", args()),
            Self::NotLinked => ("error-not-linked", args()),
            Self::NothingKept => ("error-nothing-kept", args()),
            Self::NoOrganisation(typed) => ("error-no-organisation", args().text("typed", typed)),
            Self::OrganisationExists(slug) => {
                ("error-organisation-exists", args().text("slug", slug))
            }
            Self::Plan(PlanError::Text(error)) => Self::Text("wording", *error).words(),
            Self::NoAim(typed) => ("error-no-aim", args().text("typed", typed)),
            Self::Plan(PlanError::NoLead) => ("error-plan-no-lead", args()),
            Self::Plan(PlanError::EndsBeforeBeginning) => ("error-plan-backwards", args()),
            Self::Plan(PlanError::TooLong) => (
                "error-plan-too-long",
                args().number("months", i64::from(MONTHS_MAX)),
            ),
            Self::Carried(id) => ("error-carried", args().text("id", id)),
            Self::Ended(id, version) => (
                "error-ended",
                args().text("id", id).text("version", version),
            ),
            Self::NoPlan => ("error-no-plan", args()),
            Self::NoFederation => ("error-no-federation", args()),
            Self::NotAdopted => ("error-not-adopted", args()),
            Self::NoVersion(number) => ("error-no-version", args().text("version", number)),
            Self::NotThatVersion(runs) => ("error-not-that-version", args().text("version", runs)),
            Self::RepresentsNone => ("error-represents-none", args()),
            Self::RepresentsSeveral(slugs) => (
                "error-represents-several",
                args().text("slugs", slugs.join(", ")),
            ),
            Self::NoStep(typed, known) => (
                "error-no-step",
                args().text("typed", typed).text("known", known.join(", ")),
            ),
            Self::NoCircle(typed) => ("error-no-circle", args().text("typed", typed)),
            Self::CircleExists(slug) => ("error-circle-exists", args().text("slug", slug)),
            Self::Nesting(slug, why) => (
                match why {
                    Nesting::Loop => "error-circle-loop",
                    Nesting::TooDeep => "error-circle-deep",
                },
                args().text("slug", slug).number("max", count(DEPTH_MAX)),
            ),
            Self::EligibleUnknown => ("error-eligible-unknown", args()),
            Self::NoSlug(typed) => ("error-no-slug", args().text("typed", typed)),
            Self::NothingToChangeOf(slug) => {
                ("error-nothing-to-change-of", args().text("slug", slug))
            }
            Self::NoMandate(slug) => ("error-no-mandate", args().text("slug", slug)),
            Self::HasMandate(slug) => ("error-has-mandate", args().text("slug", slug)),
            Self::NoMandateOf(account, slug) => (
                "error-no-mandate-of",
                args().text("account", account).text("slug", slug),
            ),
            Self::NobodyToHear => ("error-nobody-to-hear", args()),
            Self::VoicesConfidential => ("error-voices-confidential", args()),
            Self::NoVoices(id) => ("error-no-voices", args().text("id", id)),
            Self::VoicesOnly(id) => ("error-voices-only", args().text("id", id)),
            Self::JoinedLater(id, slug) => (
                "error-joined-later",
                args().text("id", id).text("slug", slug),
            ),
        }
    }
}

/// Why somebody does not get the seats they ask for.
fn no_seat_words(id: ShortId, reason: NoSeat) -> (&'static str, Args) {
    let args = args().text("id", id);
    match reason {
        NoSeat::Companions { most } => ("error-companions", args.number("most", most)),
        NoSeat::NeverFits { capacity } => ("error-never-fits", args.number("capacity", capacity)),
        NoSeat::Short { at_most } => ("error-seats-short", args.number("seats", at_most)),
        NoSeat::Closed => ("error-rsvp-closed", args),
        NoSeat::OfferOver => ("error-offer-over", args),
    }
}

/// What was wrong with a ballot.
fn ballot_words(id: ShortId, wrong: &ballot::Wrong, last: char) -> (&'static str, Args) {
    let args = args().text("id", id);
    match wrong {
        ballot::Wrong::NotUnderstood(typed) => {
            ("error-ballot-not-understood", args.text("typed", typed))
        }
        ballot::Wrong::UnknownOption(option) => (
            "error-unknown-option",
            args.text("option", option).text("last", last),
        ),
        ballot::Wrong::Twice(option) => ("error-ballot-twice", args.text("option", option)),
        ballot::Wrong::TooMany { chosen, most } => (
            "error-ballot-too-many",
            args.number("chosen", count(*chosen))
                .number("most", count(*most)),
        ),
        ballot::Wrong::Score { option, score } => (
            "error-ballot-score",
            args.text("option", option)
                .number("score", i64::from(*score))
                .number("min", SCORES.0)
                .number("max", SCORES.1),
        ),
        ballot::Wrong::OverBudget { given, budget } => (
            "error-ballot-over-budget",
            args.number("given", i64::from(*given))
                .number("budget", i64::from(*budget)),
        ),
        ballot::Wrong::OverCap {
            option,
            points,
            cap,
        } => (
            "error-ballot-over-cap",
            args.text("option", option)
                .number("points", i64::from(*points))
                .number("cap", i64::from(*cap)),
        ),
        ballot::Wrong::EqualRanks => ("error-ballot-equal-ranks", args),
    }
}

fn wide(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
