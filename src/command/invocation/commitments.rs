//! Commands about commitments, with their arguments read.

use chrono::NaiveDate;

use super::Values;
use crate::domain::checkin::Answer;
use crate::domain::commitment::Visibility;

/// The ids of these commands.
pub const ACTS: [&str; 16] = [
    "commitment.take",
    "commitment.confirm",
    "commitment.list",
    "commitment.edit",
    "commitment.postpone",
    "commitment.withdraw",
    "commitment.hand-over",
    "commitment.take-over",
    "commitment.hide",
    "commitment.help",
    "commitment.overview",
    "commitment.pledges",
    "commitment.join",
    "commitment.join-if",
    "commitment.extend",
    "checkin",
];

/// One of them; its values are the arguments of the table, by the same names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    Take {
        sentence: String,
        due: Option<NaiveDate>,
        about: Option<String>,
        visibility: Option<Visibility>,
        behalf: Option<String>,
        others: Option<u64>,
    },
    Confirm,
    Show {
        commitment: Option<i64>,
    },
    Edit {
        commitment: i64,
        sentence: Option<String>,
        due: Option<NaiveDate>,
        about: Option<String>,
        visibility: Option<Visibility>,
    },
    Postpone {
        commitment: i64,
        due: NaiveDate,
    },
    Withdraw {
        commitment: i64,
    },
    HandOver {
        commitment: i64,
    },
    TakeOver {
        code: String,
        behalf: Option<String>,
    },
    Hide {
        commitment: i64,
    },
    Pledges,
    Join {
        commitment: i64,
        others: Option<u64>,
        behalf: Option<String>,
    },
    Extend {
        commitment: i64,
        due: NaiveDate,
    },
    CheckIn {
        commitment: i64,
        answer: Answer,
        due: Option<NaiveDate>,
    },
    Help {
        commitment: i64,
        reply: String,
    },
    Overview,
}

impl Act {
    /// The command of that id, one of [`ACTS`], with those values.
    #[must_use]
    pub fn build(id: &str, v: &mut Values) -> Option<Self> {
        let visibility = v.choice("visible").and_then(Visibility::from_name);
        Some(match id {
            "commitment.take" => Self::Take {
                sentence: v.text("sentence")?,
                due: v.date("due"),
                about: v.text("about"),
                visibility,
                behalf: v.text("on-behalf"),
                others: v.count("others"),
            },
            "commitment.confirm" => Self::Confirm,
            "commitment.list" => Self::Show {
                commitment: v.number("commitment"),
            },
            "commitment.edit" => Self::Edit {
                commitment: v.number("commitment")?,
                sentence: v.text("sentence"),
                due: v.date("due"),
                about: v.text("about"),
                visibility,
            },
            "commitment.postpone" => Self::Postpone {
                commitment: v.number("commitment")?,
                due: v.date("due")?,
            },
            "commitment.withdraw" => Self::Withdraw {
                commitment: v.number("commitment")?,
            },
            "commitment.hand-over" => Self::HandOver {
                commitment: v.number("commitment")?,
            },
            "commitment.take-over" => Self::TakeOver {
                code: v.text("code")?,
                behalf: v.text("on-behalf"),
            },
            "commitment.hide" => Self::Hide {
                commitment: v.number("commitment")?,
            },
            "commitment.pledges" => Self::Pledges,
            "commitment.join" | "commitment.join-if" => Self::Join {
                commitment: v.number("commitment")?,
                others: v.count("others"),
                behalf: v.text("on-behalf"),
            },
            "commitment.extend" => Self::Extend {
                commitment: v.number("commitment")?,
                due: v.date("due")?,
            },
            "checkin" => Self::CheckIn {
                commitment: v.number("commitment")?,
                answer: Answer::from_name(v.choice("state")?)?,
                due: v.date("due"),
            },
            "commitment.help" => Self::Help {
                commitment: v.number("commitment")?,
                reply: v.text("reply")?,
            },
            "commitment.overview" => Self::Overview,
            _ => return None,
        })
    }
}
