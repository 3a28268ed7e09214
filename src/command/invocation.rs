//! A command with its arguments read: what parse hands to dispatch.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::commitment::CheckIn;
use crate::domain::ids::ShortId;
use crate::domain::language::Language;
use crate::domain::when::When;
use crate::domain::workshop::Rsvp;

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

/// A command, ready to be carried out. Numbers are those of short ids in the actor's collective.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "each variant is the row of the table with its name"
)]
pub enum Command {
    WorkshopCreate {
        title: String,
        when: When,
        place: Option<String>,
        description: Option<String>,
    },
    WorkshopEdit {
        workshop: i64,
        title: Option<String>,
        when: Option<When>,
        place: Option<String>,
        description: Option<String>,
    },
    WorkshopCancel {
        workshop: i64,
    },
    WorkshopShow {
        workshop: Option<i64>,
    },
    Rsvp {
        workshop: i64,
        answer: Rsvp,
    },
    PollCreate {
        question: String,
        options: Vec<String>,
        closes: Option<When>,
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
            "workshop.create" => Self::WorkshopCreate {
                title: v.text("title")?,
                when: v.when("when")?,
                place: v.text("place"),
                description: v.text("description"),
            },
            "workshop.edit" => Self::WorkshopEdit {
                workshop: v.number("workshop")?,
                title: v.text("title"),
                when: v.when("when"),
                place: v.text("place"),
                description: v.text("description"),
            },
            "workshop.cancel" => Self::WorkshopCancel {
                workshop: v.number("workshop")?,
            },
            "workshop.show" => Self::WorkshopShow {
                workshop: v.number("workshop"),
            },
            "rsvp" => Self::Rsvp {
                workshop: v.number("workshop")?,
                answer: Rsvp::from_name(v.choice("answer").unwrap_or("yes"))?,
            },
            "poll.create" => Self::PollCreate {
                question: v.text("question")?,
                options: v.options("options")?,
                closes: v.when("closes"),
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
