//! A command with its arguments read: what parse hands to dispatch.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::commitment::CheckIn;
use crate::domain::ids::ShortId;
use crate::domain::language::Language;
use crate::domain::poll::rules::{Eligibility, Level, PollKind, Reveal};
use crate::domain::when::When;
use crate::domain::workshop::{Mode, Rsvp, Spoken, Wish};

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
    pub who: Eligibility,
    pub majority: &'static str,
    pub cap: Option<u64>,
    pub objections: u64,
    pub greedy: bool,
    pub draw: bool,
}

/// A command, ready to be carried out. Numbers are those of short ids in the actor's collective.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "each variant is the row of the table with its name"
)]
pub enum Command {
    WorkshopCreate(Box<Wish>),
    WorkshopEdit {
        workshop: i64,
        wish: Box<Wish>,
    },
    WorkshopCancel {
        workshop: i64,
    },
    WorkshopShow {
        workshop: Option<i64>,
    },
    WorkshopAgenda {
        workshop: Option<i64>,
    },
    Rsvp {
        workshop: i64,
        answer: Rsvp,
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
    PollResult {
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
    Vote {
        poll: i64,
        choice: Option<String>,
        reason: Option<String>,
    },
    CommitmentTake {
        sentence: String,
        due: Option<NaiveDate>,
    },
    CommitmentList,
    CheckIn {
        commitment: i64,
        answer: CheckIn,
    },
    DigestPreview,
    DigestPublish,
    Language {
        language: Language,
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
    Privacy,
    Consent,
    CircleRoles,
    Journal,
    Help,
}

impl Command {
    /// The command of that id with those values. None when the table and this function disagree, which a test rules
    /// out.
    #[must_use]
    pub fn build(id: &str, mut v: Values) -> Option<Self> {
        Some(match id {
            "workshop.create" => Self::WorkshopCreate(Box::new(workshop_wish(&mut v))),
            "workshop.edit" => Self::WorkshopEdit {
                workshop: v.number("workshop")?,
                wish: Box::new(workshop_wish(&mut v)),
            },
            "workshop.cancel" => Self::WorkshopCancel {
                workshop: v.number("workshop")?,
            },
            "workshop.show" => Self::WorkshopShow {
                workshop: v.number("workshop"),
            },
            "workshop.agenda" => Self::WorkshopAgenda {
                workshop: v.number("workshop"),
            },
            "rsvp" => Self::Rsvp {
                workshop: v.number("workshop")?,
                answer: Rsvp::from_name(v.choice("answer").unwrap_or("yes"))?,
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
                who: Eligibility::from_name(v.choice("who").unwrap_or("all"))?,
                majority: v.choice("majority").unwrap_or("simple"),
                cap: v.count("cap"),
                objections: v.count("objections").unwrap_or_default(),
                greedy: v.choice("method") == Some("greedy"),
                draw: v.choice("draw") == Some("yes"),
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
            "vote" => Self::Vote {
                poll: v.number("poll")?,
                choice: v.text("choice"),
                reason: v.text("reason"),
            },
            "commitment.take" => Self::CommitmentTake {
                sentence: v.text("sentence")?,
                due: v.date("due"),
            },
            "commitment.list" => Self::CommitmentList,
            "checkin" => Self::CheckIn {
                commitment: v.number("commitment")?,
                answer: CheckIn::from_name(v.choice("state")?)?,
            },
            "digest.preview" => Self::DigestPreview,
            "digest.publish" => Self::DigestPublish,
            "language" => Self::Language {
                language: match v.choice("language")? {
                    "french" => Language::FrCa,
                    _ => Language::EnCa,
                },
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
            "privacy" => Self::Privacy,
            "consent" => Self::Consent,
            "circle.roles" => Self::CircleRoles,
            "journal" => Self::Journal,
            "help" => Self::Help,
            _ => return None,
        })
    }
}

fn workshop_wish(v: &mut Values) -> Wish {
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
        without: v.options("remove").unwrap_or_default(),
    }
}
