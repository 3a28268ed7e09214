//! A command with its arguments read: what parse hands to dispatch.

pub mod commitments;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::ids::ShortId;
use crate::domain::language::Language;
use crate::domain::plan::{MilestoneWish, State};
use crate::domain::poll::proposal::Decision;
use crate::domain::poll::rules::{Eligibility, Level, PollKind, Reveal, Voices};
use crate::domain::series::{Pace, RepeatWish};
use crate::domain::when::When;
use crate::domain::workshop::{Mode, Request, Rsvp, Spoken, Useful, Wish};
use crate::service::catalogue::Wanted as Suggested;
use crate::service::plan::Wanted;
use crate::service::workshops::PolledWish;

/// A value that an argument holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A text, as typed.
    Text(String),
    /// A moment or a time span.
    When(When),
    /// A day.
    Date(NaiveDate),
    /// An object.
    Ref(ShortId),
    /// One of the names in the table.
    Choice(&'static str),
    /// Several texts.
    Options(Vec<String>),
    /// A whole number.
    Number(u64),
}

/// Values by argument name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Values(pub BTreeMap<&'static str, Value>);

impl Values {
    fn text(&mut self, name: &str) -> Option<String> {
        match self.0.remove(name)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    fn when(&mut self, name: &str) -> Option<When> {
        match self.0.remove(name)? {
            Value::When(when) => Some(when),
            _ => None,
        }
    }

    fn date(&mut self, name: &str) -> Option<NaiveDate> {
        match self.0.remove(name)? {
            Value::Date(date) => Some(date),
            _ => None,
        }
    }

    fn count(&mut self, name: &str) -> Option<u64> {
        match self.0.remove(name)? {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    fn number(&mut self, name: &str) -> Option<i64> {
        match self.0.remove(name)? {
            Value::Ref(id) => Some(id.number),
            _ => None,
        }
    }

    fn choice(&mut self, name: &str) -> Option<&'static str> {
        match self.0.remove(name)? {
            Value::Choice(choice) => Some(choice),
            _ => None,
        }
    }

    fn options(&mut self, name: &str) -> Option<Vec<String>> {
        match self.0.remove(name)? {
            Value::Options(options) => Some(options),
            _ => None,
        }
    }
}

/// Who may answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// Persons, by what their record says.
    Persons(Eligibility),
    /// Whoever acts within the circle that is called so.
    Circle(String),
}

impl Who {
    fn read(values: &mut Values) -> Option<Self> {
        match values.0.remove("who")? {
            Value::Choice(choice) => Eligibility::from_name(choice).map(Self::Persons),
            Value::Text(circle) => Some(Self::Circle(circle)),
            _ => None,
        }
    }

    /// What their record must say, and the circle.
    #[must_use]
    pub fn split(self) -> (Eligibility, Option<String>) {
        match self {
            Self::Persons(who) => (who, None),
            Self::Circle(circle) => (Eligibility::All, Some(circle)),
        }
    }
}

/// A poll that an organizer wants, as far as it was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PollWish {
    pub question: String,
    pub options: Vec<String>,
    pub closes: Option<When>,
    pub opens: Option<When>,
    pub kind: PollKind,
    pub number: Option<u64>,
    pub level: Level,
    pub reveal: Reveal,
    pub quorum: u64,
    pub eligible: Option<u64>,
    pub who: Who,
    pub majority: &'static str,
    pub cap: Option<u64>,
    pub objections: u64,
    pub greedy: bool,
    pub draw: bool,
    /// Whether ballots are published under receipts.
    pub receipts: bool,
    /// Until when participants may propose options.
    pub proposals: Option<When>,
    pub voices: Voices,
}

/// A command, ready to be carried out. Numbers are those of short ids in the actor's collective.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "each variant is the row of the table with its name"
)]
pub enum Command {
    WorkshopCreate {
        wish: Box<Wish>,
        draft: bool,
        publish: Option<DateTime<Utc>>,
    },
    WorkshopPreview {
        workshop: i64,
    },
    WorkshopPublish {
        workshop: i64,
        at: Option<DateTime<Utc>>,
    },
    WorkshopDiscard {
        workshop: i64,
    },
    WorkshopCopy {
        workshop: i64,
        wish: Box<Wish>,
        draft: bool,
        publish: Option<DateTime<Utc>>,
    },
    WorkshopAttendees {
        workshop: i64,
    },
    WorkshopPin {
        pinned: bool,
    },
    WorkshopEdit {
        workshop: i64,
        wish: Box<Wish>,
        all: bool,
    },
    WorkshopCancel {
        workshop: i64,
        all: bool,
    },
    WorkshopRepeat {
        workshop: i64,
        wish: RepeatWish,
    },
    WorkshopSeries {
        workshop: i64,
    },
    WorkshopSkip {
        workshop: i64,
        day: NaiveDate,
    },
    WorkshopShow {
        workshop: Option<i64>,
    },
    WorkshopPlace {
        workshop: i64,
    },
    WorkshopAgenda {
        workshop: Option<i64>,
        circle: Option<String>,
    },
    WorkshopAttendance {
        workshop: i64,
        guests: Option<u64>,
        /// An account, and whether its person was there.
        person: Option<(String, bool)>,
    },
    WorkshopReport {
        workshop: i64,
        report: String,
    },
    Attend {
        code: String,
    },
    Feedback {
        workshop: i64,
        useful: Useful,
    },
    Rsvp {
        workshop: i64,
        request: Request,
    },
    PollCreate(Box<PollWish>),
    PollExtend {
        poll: i64,
        closes: When,
    },
    PollRoom {
        poll: i64,
        counts: String,
        witness: Option<String>,
    },
    PollConclude {
        poll: i64,
        statement: String,
        review: Option<NaiveDate>,
    },
    PollWorkshop {
        poll: i64,
        wish: PolledWish,
    },
    PollResult {
        poll: i64,
    },
    PollBallots {
        poll: i64,
    },
    PollTable {
        poll: i64,
    },
    PollClose {
        poll: i64,
    },
    PollShow {
        poll: Option<i64>,
    },
    PollProposals {
        poll: i64,
        until: Option<When>,
    },
    PollOption {
        poll: i64,
        options: Vec<String>,
    },
    Propose {
        poll: i64,
        option: String,
        meaning: Option<String>,
    },
    Proposal {
        proposal: i64,
        decision: Decision,
        reason: Option<String>,
    },
    Vote {
        poll: i64,
        choice: Option<String>,
        reason: Option<String>,
        behalf: Option<String>,
    },
    PulseTake {
        question: String,
        options: Vec<String>,
        closes: Option<When>,
        several: bool,
    },
    PulseClose {
        pulse: i64,
    },
    CommitmentCatalogue {
        circle: Option<String>,
    },
    CatalogueTake {
        suggestion: i64,
        due: Option<NaiveDate>,
    },
    CatalogueAdd(Suggested),
    CatalogueEdit {
        suggestion: i64,
        wanted: Suggested,
    },
    CatalogueRetire {
        suggestion: i64,
    },
    Commitment(commitments::Act),
    DigestPreview,
    DigestPublish,
    Language {
        language: Language,
    },
    Reminders {
        wanted: Option<bool>,
    },
    Link {
        code: Option<String>,
    },
    Unlink,
    DataShow,
    DataExport,
    DataErase {
        confirmed: bool,
    },
    DataWithdraw,
    Privacy,
    Consent,
    CircleWidening,
    Federation,
    CircleRoles,
    CircleOrganisations,
    PlanShow {
        milestone: Option<i64>,
        version: Option<u64>,
    },
    PlanAdopt {
        begins_on: Option<NaiveDate>,
    },
    PlanEvaluate {
        action: i64,
        outcome: String,
    },
    PlanRevise {
        /// The version that is to be frozen; none: it is only shown what would happen.
        confirmed: Option<u64>,
    },
    PlanOpen,
    MilestoneAdd(MilestoneWish),
    MilestoneEdit {
        milestone: i64,
        wish: MilestoneWish,
    },
    ActionShow {
        action: i64,
    },
    ActionCarry {
        action: i64,
        behalf: Option<String>,
    },
    ActionAdd {
        milestone: i64,
        wanted: Box<Wanted>,
    },
    ActionEdit {
        action: i64,
        wanted: Box<Wanted>,
    },
    Step {
        step: String,
    },
    CircleShow {
        circle: Option<String>,
    },
    CircleAdd {
        name: String,
        inside: Option<String>,
        slug: Option<String>,
    },
    CircleEdit {
        circle: String,
        name: Option<String>,
        inside: Option<String>,
    },
    CircleFill {
        circle: String,
        rooms: Vec<String>,
        organisations: Vec<String>,
    },
    CircleRetire {
        circle: String,
    },
    OrganisationAdd {
        name: String,
        sector: &'static str,
        slug: Option<String>,
    },
    OrganisationEdit {
        organisation: String,
        name: Option<String>,
        sector: Option<&'static str>,
    },
    OrganisationRetire {
        organisation: String,
    },
    MandateGive {
        organisation: String,
    },
    MandateTake {
        code: String,
    },
    MandateShow {
        organisation: Option<String>,
    },
    MandateWithdraw {
        organisation: String,
        account: Option<String>,
    },
    Journal,
    Help,
}

impl Command {
    /// The command of that id with those values. None when the table and this function disagree, which a test rules
    /// out.
    #[must_use]
    pub fn build(id: &str, mut v: Values) -> Option<Self> {
        Some(match id {
            "workshop.create" => Self::WorkshopCreate {
                wish: Box::new(workshop_wish(&mut v)),
                draft: v.choice("draft") == Some("yes"),
                publish: v.when("publish").map(|when| when.start),
            },
            "workshop.preview" => Self::WorkshopPreview {
                workshop: v.number("workshop")?,
            },
            "workshop.publish" => Self::WorkshopPublish {
                workshop: v.number("workshop")?,
                at: v.when("publish").map(|when| when.start),
            },
            "workshop.discard" => Self::WorkshopDiscard {
                workshop: v.number("workshop")?,
            },
            "workshop.copy" => Self::WorkshopCopy {
                workshop: v.number("workshop")?,
                draft: v.choice("draft") != Some("no"),
                publish: v.when("publish").map(|when| when.start),
                wish: Box::new(workshop_wish(&mut v)),
            },
            "workshop.attendees" => Self::WorkshopAttendees {
                workshop: v.number("workshop")?,
            },
            "workshop.pin" => Self::WorkshopPin {
                pinned: v.choice("pinned") != Some("no"),
            },
            "workshop.edit" => Self::WorkshopEdit {
                workshop: v.number("workshop")?,
                all: v.choice("scope") == Some("all"),
                wish: Box::new(workshop_wish(&mut v)),
            },
            "workshop.cancel" => Self::WorkshopCancel {
                workshop: v.number("workshop")?,
                all: v.choice("scope") == Some("all"),
            },
            "workshop.repeat" => Self::WorkshopRepeat {
                workshop: v.number("workshop")?,
                wish: RepeatWish {
                    every: v.choice("every").map(|every| match every {
                        "week" => Pace::Week,
                        "two-weeks" => Pace::TwoWeeks,
                        _ => Pace::Month,
                    }),
                    rule: v.text("rule"),
                    times: v.count("times"),
                    until: v.date("last"),
                },
            },
            "workshop.series" => Self::WorkshopSeries {
                workshop: v.number("workshop")?,
            },
            "workshop.skip" => Self::WorkshopSkip {
                workshop: v.number("workshop")?,
                day: v.date("on")?,
            },
            "workshop.show" => Self::WorkshopShow {
                workshop: v.number("workshop"),
            },
            "workshop.agenda" => Self::WorkshopAgenda {
                workshop: v.number("workshop"),
                circle: v.text("circle"),
            },
            "workshop.attendance" => Self::WorkshopAttendance {
                workshop: v.number("workshop")?,
                guests: v.count("guests"),
                person: {
                    let was_there = v.choice("was-there") != Some("no");
                    v.text("person").map(|person| (person, was_there))
                },
            },
            "workshop.report" => Self::WorkshopReport {
                workshop: v.number("workshop")?,
                report: v.text("report")?,
            },
            "attend" => Self::Attend {
                code: v.text("code")?,
            },
            "feedback" => Self::Feedback {
                workshop: v.number("workshop")?,
                useful: Useful::from_name(v.choice("useful")?)?,
            },
            "rsvp" => Self::Rsvp {
                workshop: v.number("workshop")?,
                request: Request {
                    answer: Rsvp::from_name(v.choice("answer").unwrap_or("yes"))?,
                    companions: v.count("with").and_then(|with| i64::try_from(with).ok()),
                },
            },
            "workshop.place" => Self::WorkshopPlace {
                workshop: v.number("workshop")?,
            },
            "poll.create" => Self::PollCreate(Box::new(PollWish {
                question: v.text("question")?,
                options: v.options("options").unwrap_or_default(),
                closes: v.when("closes"),
                opens: v.when("opens"),
                kind: PollKind::from_name(v.choice("kind").unwrap_or("choose"))?,
                number: v.count("number"),
                level: Level::from_name(v.choice("level").unwrap_or("reserved"))?,
                reveal: Reveal::from_name(v.choice("results").unwrap_or("live"))?,
                quorum: v.count("quorum").unwrap_or_default(),
                eligible: v.count("eligible"),
                who: Who::read(&mut v).unwrap_or(Who::Persons(Eligibility::All)),
                majority: v.choice("majority").unwrap_or("simple"),
                cap: v.count("cap"),
                objections: v.count("objections").unwrap_or_default(),
                greedy: v.choice("method") == Some("greedy"),
                draw: v.choice("draw") == Some("yes"),
                receipts: v.choice("receipts") == Some("yes"),
                proposals: v.when("proposals"),
                voices: Voices::from_name(v.choice("voices").unwrap_or("persons"))?,
            })),
            "poll.extend" => Self::PollExtend {
                poll: v.number("poll")?,
                closes: v.when("closes")?,
            },
            "poll.room" => Self::PollRoom {
                poll: v.number("poll")?,
                counts: v.text("counts")?,
                witness: v.text("witness"),
            },
            "poll.conclude" => Self::PollConclude {
                poll: v.number("poll")?,
                statement: v.text("statement")?,
                review: v.date("review"),
            },
            "poll.workshop" => Self::PollWorkshop {
                poll: v.number("poll")?,
                wish: PolledWish {
                    title: v.text("title"),
                    letter: v.text("letter"),
                    again: v.choice("again").is_some(),
                },
            },
            "poll.ballots" => Self::PollBallots {
                poll: v.number("poll")?,
            },
            "poll.table" => Self::PollTable {
                poll: v.number("poll")?,
            },
            "poll.result" => Self::PollResult {
                poll: v.number("poll")?,
            },
            "poll.close" => Self::PollClose {
                poll: v.number("poll")?,
            },
            "poll.show" => Self::PollShow {
                poll: v.number("poll"),
            },
            "poll.proposals" => Self::PollProposals {
                poll: v.number("poll")?,
                until: v.when("until"),
            },
            "poll.option" => Self::PollOption {
                poll: v.number("poll")?,
                options: v.options("options")?,
            },
            "propose" => Self::Propose {
                poll: v.number("poll")?,
                option: v.text("option")?,
                meaning: v.text("meaning"),
            },
            "proposal" => Self::Proposal {
                proposal: v.number("proposal")?,
                decision: match v.choice("decision")? {
                    "accept" => Decision::Accept,
                    _ => Decision::Refuse,
                },
                reason: v.text("reason"),
            },
            "vote" => Self::Vote {
                poll: v.number("poll")?,
                choice: v.text("choice"),
                reason: v.text("reason"),
                behalf: v.text("for"),
            },
            "pulse.take" => Self::PulseTake {
                question: v.text("question")?,
                options: v.options("options")?,
                closes: v.when("closes"),
                several: v.choice("several") == Some("yes"),
            },
            "pulse.close" => Self::PulseClose {
                pulse: v.number("pulse")?,
            },
            "commitment.catalogue" => Self::CommitmentCatalogue {
                circle: v.text("circle"),
            },
            "catalogue.take" => Self::CatalogueTake {
                suggestion: v.number("suggestion")?,
                due: v.date("due"),
            },
            "catalogue.add" => Self::CatalogueAdd(suggested(&mut v)),
            "catalogue.edit" => Self::CatalogueEdit {
                suggestion: v.number("suggestion")?,
                wanted: suggested(&mut v),
            },
            "catalogue.retire" => Self::CatalogueRetire {
                suggestion: v.number("suggestion")?,
            },
            id if commitments::ACTS.contains(&id) => {
                Self::Commitment(commitments::Act::build(id, &mut v)?)
            }
            "digest.preview" => Self::DigestPreview,
            "digest.publish" => Self::DigestPublish,
            "language" => Self::Language {
                language: match v.choice("language")? {
                    "french" => Language::FrCa,
                    _ => Language::EnCa,
                },
            },
            "reminders" => Self::Reminders {
                wanted: v.choice("wanted").map(|choice| choice == "yes"),
            },
            "link" => Self::Link {
                code: v.text("code"),
            },
            "unlink" => Self::Unlink,
            "data.show" => Self::DataShow,
            "data.export" => Self::DataExport,
            "data.erase" => Self::DataErase {
                confirmed: v.choice("confirm").is_some(),
            },
            "data.withdraw" => Self::DataWithdraw,
            "privacy" => Self::Privacy,
            "consent" => Self::Consent,
            "federation" => Self::Federation,
            "circle.widening" => Self::CircleWidening,
            "circle.roles" => Self::CircleRoles,
            "circle.organisations" => Self::CircleOrganisations,
            "plan.show" => Self::PlanShow {
                milestone: v.number("milestone"),
                version: v.count("version"),
            },
            "plan.adopt" => Self::PlanAdopt {
                begins_on: v.date("begins"),
            },
            "plan.evaluate" => Self::PlanEvaluate {
                action: v.number("action")?,
                outcome: v.text("outcome")?,
            },
            "plan.revise" => Self::PlanRevise {
                confirmed: {
                    let confirmed = v.choice("confirm").is_some();
                    v.count("version").filter(|_| confirmed)
                },
            },
            "plan.open" => Self::PlanOpen,
            "milestone.add" => Self::MilestoneAdd(milestone_wish(&mut v)),
            "milestone.edit" => Self::MilestoneEdit {
                milestone: v.number("milestone")?,
                wish: milestone_wish(&mut v),
            },
            "action.show" => Self::ActionShow {
                action: v.number("action")?,
            },
            "action.carry" => Self::ActionCarry {
                action: v.number("action")?,
                behalf: v.text("for"),
            },
            "action.add" => Self::ActionAdd {
                milestone: v.number("milestone")?,
                wanted: Box::new(action_wish(&mut v)),
            },
            "action.edit" => Self::ActionEdit {
                action: v.number("action")?,
                wanted: Box::new(action_wish(&mut v)),
            },
            "step" => Self::Step {
                step: v.text("step-name")?,
            },
            "circle.show" => Self::CircleShow {
                circle: v.text("circle"),
            },
            "circle.add" => Self::CircleAdd {
                name: v.text("name")?,
                inside: v.text("inside"),
                slug: v.text("slug"),
            },
            "circle.edit" => Self::CircleEdit {
                circle: v.text("circle")?,
                name: v.text("name"),
                inside: v.text("inside"),
            },
            "circle.fill" => Self::CircleFill {
                circle: v.text("circle")?,
                rooms: v.options("rooms").unwrap_or_default(),
                organisations: v.options("organisations").unwrap_or_default(),
            },
            "circle.retire" => Self::CircleRetire {
                circle: v.text("circle")?,
            },
            "organisation.add" => Self::OrganisationAdd {
                name: v.text("name")?,
                sector: v.choice("sector")?,
                slug: v.text("slug"),
            },
            "organisation.edit" => Self::OrganisationEdit {
                organisation: v.text("organisation")?,
                name: v.text("name"),
                sector: v.choice("sector"),
            },
            "organisation.retire" => Self::OrganisationRetire {
                organisation: v.text("organisation")?,
            },
            "mandate.give" => Self::MandateGive {
                organisation: v.text("organisation")?,
            },
            "mandate.take" => Self::MandateTake {
                code: v.text("code")?,
            },
            "mandate.show" => Self::MandateShow {
                organisation: v.text("organisation"),
            },
            "mandate.withdraw" => Self::MandateWithdraw {
                organisation: v.text("organisation")?,
                account: v.text("account"),
            },
            "journal" => Self::Journal,
            "help" => Self::Help,
            _ => return None,
        })
    }
}

fn milestone_wish(v: &mut Values) -> MilestoneWish {
    MilestoneWish {
        statement: v.text("wording"),
        horizon: v.count("horizon"),
        themes: v.options("themes"),
    }
}

fn suggested(v: &mut Values) -> Suggested {
    Suggested {
        sentence: v.text("wording"),
        theme: v.text("theme"),
        circle: v.text("circle"),
    }
}

fn action_wish(v: &mut Values) -> Wanted {
    Wanted {
        milestone: v.number("milestone"),
        lead: v.text("lead"),
        helpers: v.options("helpers"),
        statement: v.text("wording"),
        begins_on: v.date("begins"),
        ends_on: v.date("ends"),
        state: v.choice("stage").and_then(State::from_name),
    }
}

fn workshop_wish(v: &mut Values) -> Wish {
    let (who, circle) = Who::read(v).map(Who::split).unzip();
    Wish {
        title: v.text("title"),
        description: v.text("description"),
        when: v.when("when").map(|when| (when.start, when.end)),
        place: v.text("place"),
        mode: v.choice("mode").and_then(Mode::from_name),
        cost: v.text("cost"),
        access: v.options("access"),
        transit: v.text("transit"),
        access_note: v.text("access-note"),
        spoken: v.choice("spoken").and_then(Spoken::from_name),
        audience: v.text("audience"),
        themes: v.options("themes"),
        step: v.text("step"),
        kind: v.text("type"),
        hosts: v.options("hosts"),
        capacity: v.count("capacity"),
        companions: v.count("companions"),
        closes_at: v.when("rsvp-until").map(|when| when.start),
        who,
        circle: circle.flatten(),
        rooms: v.options("rooms"),
        without: v.options("remove").unwrap_or_default(),
    }
}
