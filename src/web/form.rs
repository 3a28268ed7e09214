//! The form of each kind of poll: its questions, how each is answered, what is filled in, what is wrong.

use super::fields::{self, BLANK, CHOICE, CONSENT, Fault, Fields, REASON, What};
use crate::domain::count::ConsentVote;
use crate::domain::language::Language;
use crate::domain::poll::Poll;
use crate::domain::poll::ballot::{Ballot, Wrong};
use crate::domain::poll::rules::{Rules, SCORES};
use crate::domain::privacy::Statement;
use crate::domain::text::TextError;
use crate::i18n::{Args, Words, args, dates};
use crate::present;

/// One thing that is asked.
pub(super) struct Question {
    /// The field's name.
    pub(super) name: String,
    /// What it is called.
    pub(super) label: String,
    /// What it means, costs, or how it is answered.
    pub(super) notes: Vec<String>,
    /// What is wrong with it.
    pub(super) problem: Option<String>,
    /// Whether that is the whole ballot's problem, and this question only where to begin.
    pub(super) of_the_whole: bool,
    /// How it is answered.
    pub(super) input: Input,
}

/// How a question is answered.
pub(super) enum Input {
    /// One of a list.
    One(Vec<Entry>),
    /// One of a short scale, in a row.
    Scale(Vec<Entry>),
    /// Several of a list.
    Several(Vec<Entry>),
    /// A rank from a list that folds out.
    Rank(Vec<Entry>),
    /// A whole number.
    Number {
        /// What is counted.
        label: String,
        /// What is filled in.
        value: String,
    },
    /// A box.
    Box(bool),
    /// A text of several lines.
    Text(String),
}

/// An answer of a list.
pub(super) struct Entry {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) notes: Vec<String>,
    pub(super) chosen: bool,
}

impl Question {
    /// The id of the element that takes the focus when somebody goes to the question.
    pub(super) fn target(&self) -> String {
        match &self.input {
            Input::One(entries) | Input::Scale(entries) | Input::Several(entries) => {
                let first = entries.first().map_or("", |entry| entry.value.as_str());
                format!("{}-{first}", self.name)
            }
            _ => self.name.clone(),
        }
    }

    /// The ids of the elements that say more about it, for `aria-describedby`.
    pub(super) fn described(&self) -> Option<String> {
        let mut ids = Vec::new();
        if self.problem.is_some() {
            ids.push(format!("{}-problem", self.name));
        }
        if !self.notes.is_empty() {
            ids.push(format!("{}-notes", self.name));
        }
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

/// What a form is drawn from.
pub(super) struct Form<'a> {
    pub(super) words: &'a Words,
    pub(super) language: Language,
    pub(super) poll: &'a Poll,
    pub(super) fields: &'a Fields,
    pub(super) faults: &'a [Fault],
    /// What must be agreed to first.
    pub(super) terms: Option<&'a Statement>,
}

impl Form<'_> {
    /// The questions, in order: the ballot's, then whether it may be kept.
    pub(super) fn questions(&self) -> Vec<Question> {
        let mut questions = self.ballot();
        if let Some(statement) = self.terms {
            let agrees = Input::Box(self.fields.agrees());
            questions.push(Question {
                notes: present::privacy::sentences(self.words, self.language, statement),
                ..self.question(CONSENT, "web-agree", agrees)
            });
        }
        questions
    }

    fn ballot(&self) -> Vec<Question> {
        let options = 0..self.poll.options.len();
        let mut questions = match &self.poll.terms.rules {
            Rules::Proposal { .. } => vec![self.answers(&["yes", "no", "abstain"])],
            Rules::Consent { .. } => {
                let answers = self.answers(&["consent", "stand-aside", "objection"]);
                let objection = Ballot::Consent(ConsentVote::Objection);
                let wants = self.poll.wants_reason(&objection);
                let reason = wants.then(|| self.reason());
                std::iter::once(answers).chain(reason).collect()
            }
            Rules::Choose { most: 1 } => {
                let mut entries = self.options();
                entries.push(Entry {
                    value: "blank".to_owned(),
                    label: self.say("web-blank"),
                    notes: Vec::new(),
                    chosen: self.fields.has(CHOICE, "blank")
                        || !self.fields.value(BLANK).is_empty(),
                });
                return vec![self.question(CHOICE, "web-choice", Input::One(entries))];
            }
            Rules::Choose { most } => {
                let most = i64::try_from(*most).unwrap_or(i64::MAX);
                let note = self.with("web-most", args().number("most", most));
                vec![Question {
                    notes: vec![note],
                    ..self.question(CHOICE, "web-choice", Input::Several(self.options()))
                }]
            }
            Rules::Budget { .. } => {
                vec![self.question(CHOICE, "web-support", Input::Several(self.options()))]
            }
            Rules::Score => options.map(|at| self.score(at)).collect(),
            Rules::Points { rule } => {
                let most = rule.cap.unwrap_or(rule.budget).min(rule.budget);
                options.map(|at| self.points(at, most)).collect()
            }
            Rules::Rank => options.map(|at| self.rank(at, "web-rank-nth")).collect(),
            Rules::Elect { .. } => options
                .map(|at| self.rank(at, "web-rank-nth-name"))
                .collect(),
            Rules::Date => options.map(|at| self.date(at)).collect(),
        };
        if fields::takes_blank(&self.poll.terms.rules) {
            let blank = Input::Box(!self.fields.value(BLANK).is_empty());
            questions.push(Question {
                notes: vec![self.say("web-blank-note")],
                ..self.question(BLANK, "web-blank", blank)
            });
        }
        questions
    }

    fn say(&self, id: &str) -> String {
        self.words.plain(self.language, id)
    }

    fn with(&self, id: &str, args: Args) -> String {
        self.words.say(self.language, id, args)
    }

    fn question(&self, name: &str, label: &str, input: Input) -> Question {
        Question {
            name: name.to_owned(),
            label: self.say(label),
            notes: Vec::new(),
            problem: self.problem(name),
            of_the_whole: self.of_the_whole(name),
            input,
        }
    }

    /// An option that is answered by itself.
    fn option(&self, at: usize, input: Input) -> Question {
        let name = fields::name(at);
        Question {
            label: present::poll::label(self.language, self.poll, at),
            notes: self.notes(at),
            problem: self.problem(&name),
            of_the_whole: self.of_the_whole(&name),
            name,
            input,
        }
    }

    /// What an option means and costs.
    fn notes(&self, at: usize) -> Vec<String> {
        let Some(option) = self.poll.options.get(at) else {
            return Vec::new();
        };
        let cost = option.cost.map(|cost| {
            let cost = i64::try_from(cost).unwrap_or(i64::MAX);
            let cost = dates::number(cost, self.language);
            self.with("web-cost", args().text("cost", cost))
        });
        let meaning = option.meaning.as_ref();
        let meaning = meaning.map(|meaning| meaning.in_language(self.language).to_owned());
        cost.into_iter().chain(meaning).collect()
    }

    fn entry(&self, field: &str, value: &str, label: String) -> Entry {
        Entry {
            value: value.to_owned(),
            label,
            notes: Vec::new(),
            chosen: self.fields.has(field, value),
        }
    }

    fn answers(&self, names: &[&str]) -> Question {
        let entries = names.iter().map(|name| {
            let label = self.say(&format!("poll-{name}"));
            self.entry(CHOICE, name, label)
        });
        self.question(CHOICE, "web-answer", Input::One(entries.collect()))
    }

    fn options(&self) -> Vec<Entry> {
        let entries = (0..self.poll.options.len()).map(|at| Entry {
            notes: self.notes(at),
            ..self.entry(
                CHOICE,
                &fields::name(at),
                present::poll::label(self.language, self.poll, at),
            )
        });
        entries.collect()
    }

    fn reason(&self) -> Question {
        let text = Input::Text(self.fields.value(REASON).to_owned());
        Question {
            notes: vec![self.say("web-reason-note")],
            ..self.question(REASON, "web-reason", text)
        }
    }

    fn score(&self, at: usize) -> Question {
        let field = fields::name(at);
        let scores = SCORES.0..=SCORES.1;
        let mut entries: Vec<Entry> = scores
            .map(|score| self.entry(&field, &score.to_string(), score.to_string()))
            .collect();
        let filled = !self.fields.value(&field).is_empty();
        entries.push(Entry {
            chosen: !filled,
            ..self.entry(&field, "", self.say("web-score-none"))
        });
        self.option(at, Input::Scale(entries))
    }

    fn points(&self, at: usize, most: u32) -> Question {
        let label = self.with("web-points", args().number("most", i64::from(most)));
        let value = self.fields.value(&fields::name(at)).to_owned();
        self.option(at, Input::Number { label, value })
    }

    fn rank(&self, at: usize, words: &str) -> Question {
        let field = fields::name(at);
        let none = Entry {
            chosen: self.fields.value(&field).is_empty(),
            ..self.entry(&field, "", self.say("web-rank-none"))
        };
        let ranks = (1..=self.poll.options.len()).map(|rank| {
            let number = i64::try_from(rank).unwrap_or(i64::MAX);
            let label = self.with(words, args().number("rank", number));
            self.entry(&field, &rank.to_string(), label)
        });
        let entries = std::iter::once(none).chain(ranks).collect();
        self.option(at, Input::Rank(entries))
    }

    fn date(&self, at: usize) -> Question {
        let field = fields::name(at);
        let entries = ["yes", "if-need-be", "no"].map(|answer| {
            let label = self.say(&format!("web-{answer}"));
            self.entry(&field, answer, label)
        });
        self.option(at, Input::Scale(entries.into()))
    }

    fn fault(&self, field: &str) -> Option<&Fault> {
        self.faults.iter().find(|fault| fault.field == field)
    }

    fn problem(&self, field: &str) -> Option<String> {
        Some(self.problem_words(&self.fault(field)?.what))
    }

    fn of_the_whole(&self, field: &str) -> bool {
        self.fault(field).is_some_and(Fault::of_the_whole)
    }

    fn problem_words(&self, what: &What) -> String {
        let size = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let (id, args) = match what {
            What::Empty => ("web-error-empty", args()),
            What::NoAnswer => ("web-error-no-answer", args()),
            What::BlankAndMore => ("web-error-blank-and-more", args()),
            What::Number => ("web-error-number", args()),
            What::NoConsent => ("web-error-no-consent", args()),
            What::NoReason | What::Reason(TextError::Empty) => ("web-error-no-reason", args()),
            What::Reason(TextError::TooLong { length, max }) => (
                "web-error-reason-long",
                args()
                    .number("length", size(*length))
                    .number("max", size(*max)),
            ),
            What::Reason(TextError::Control(_)) => ("web-error-reason-control", args()),
            What::Wrong(wrong) => match wrong {
                Wrong::NotUnderstood(_) | Wrong::UnknownOption(_) | Wrong::Twice(_) => {
                    ("web-error-unknown", args())
                }
                Wrong::TooMany { chosen, most } => (
                    "web-error-too-many",
                    args()
                        .number("chosen", size(*chosen))
                        .number("most", size(*most)),
                ),
                Wrong::Score { .. } => (
                    "web-error-score",
                    args().number("min", SCORES.0).number("max", SCORES.1),
                ),
                Wrong::OverBudget { given, budget } => (
                    "web-error-over-budget",
                    args()
                        .number("given", i64::from(*given))
                        .number("budget", i64::from(*budget)),
                ),
                Wrong::OverCap { points, cap, .. } => (
                    "web-error-over-cap",
                    args()
                        .number("points", i64::from(*points))
                        .number("cap", i64::from(*cap)),
                ),
                Wrong::EqualRanks => ("web-error-equal-ranks", args()),
            },
        };
        self.with(id, args)
    }
}
