//! The table of commands. Words come from Fluent by these ids, never the other way round.

use crate::domain::actor::Role;
use crate::domain::checkin::Answer;
use crate::domain::commitment::Visibility;
use crate::domain::ids::Kind;
use crate::domain::organisation::{NAME_MAX, SECTORS, SLUG_MAX};
use crate::domain::plan;
use crate::domain::pledge::OTHERS_MAX;
use crate::domain::poll::draft::COST_MAX;
use crate::domain::series;
use crate::domain::text;
use crate::domain::workshop::after::GUESTS_MAX;
use crate::domain::workshop::draft::{CAPACITY_MAX, COMPANIONS_MAX};

/// A command.
#[derive(Debug, Clone, Copy)]
pub struct CommandSpec {
    /// `group.verb`, or one word for a command of its own.
    pub id: &'static str,
    /// Who is shown it. Whether they may is decided in `service`.
    pub gate: Role,
    /// Its arguments: those that must be given first.
    pub args: &'static [ArgSpec],
}

/// An argument of a command.
#[derive(Debug, Clone, Copy)]
pub struct ArgSpec {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: ArgKind,
    /// Whether the command cannot do without: it is asked for when missing.
    pub required: bool,
}

/// What an argument holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArgKind {
    /// One line of at most `max` characters.
    Text {
        /// In characters.
        max: usize,
    },
    /// Several lines of at most `max` characters in all.
    Long {
        /// In characters.
        max: usize,
    },
    /// A date and a time, or a time span on one day.
    Instant,
    /// A day.
    Date,
    /// A day, which may be past where it is written as 2026-10-01.
    Day,
    /// The short id of an object of that kind.
    Ref(Kind),
    /// One of these names, in any language's words.
    Choice(&'static [&'static str]),
    /// One of these names, or else a circle, `cercle:jeunes`, by its short name or its name.
    CircleOr(&'static [&'static str]),
    /// A term of that vocabulary (a list of `config/themes.toml`), by its slug, a label or a part of one.
    Term(&'static str),
    /// Several of its terms, with commas or semicolons between.
    Terms(&'static str),
    /// Several texts, with commas or semicolons between.
    List {
        /// In characters, all together.
        max: usize,
    },
    /// Names of arguments of this command.
    Names,
    /// One option per line, or separated by semicolons.
    Options,
    /// A whole number up to `max`; signs of currency and percent are passed over.
    Number {
        /// The largest.
        max: u64,
    },
    /// A whole number up to `max` that is typed with a plus sign: `+2`.
    Plus {
        /// The largest.
        max: u64,
    },
    /// A whole number up to `max` that may be typed behind its name alone: `si 20`.
    Condition {
        /// The largest.
        max: u64,
    },
    /// A ballot: the rest of the line.
    Ballot,
    /// One word: a code.
    Word,
}

impl ArgKind {
    /// Whether a value never holds white space, so that the next word starts the next argument.
    #[must_use]
    pub const fn is_one_word(self) -> bool {
        matches!(
            self,
            Self::Ref(_)
                | Self::Choice(_)
                | Self::Number { .. }
                | Self::Plus { .. }
                | Self::Condition { .. }
                | Self::Word
        )
    }
}

impl CommandSpec {
    /// The group and the verb; no verb for a command of its own.
    #[must_use]
    pub fn name(&self) -> (&'static str, Option<&'static str>) {
        match self.id.split_once('.') {
            Some((group, verb)) => (group, Some(verb)),
            None => (self.id, None),
        }
    }

    /// The Fluent id of its words: `cmd-workshop-create`.
    #[must_use]
    pub fn words(&self) -> String {
        format!("cmd-{}", self.id.replace('.', "-"))
    }

    /// Its argument of that name.
    #[must_use]
    pub fn arg(&self, name: &str) -> Option<&'static ArgSpec> {
        self.args.iter().find(|arg| arg.name == name)
    }

    /// The command with that id.
    #[must_use]
    pub fn find(id: &str) -> Option<&'static Self> {
        COMMANDS.iter().find(|spec| spec.id == id)
    }
}

const fn required(name: &'static str, kind: ArgKind) -> ArgSpec {
    ArgSpec {
        name,
        kind,
        required: true,
    }
}

const fn optional(name: &'static str, kind: ArgKind) -> ArgSpec {
    ArgSpec {
        name,
        kind,
        required: false,
    }
}

const SENTENCE: ArgKind = ArgKind::Text {
    max: text::SENTENCE_MAX,
};
const QUESTION: ArgKind = twice(text::TITLE_MAX);
const OPTION: ArgKind = ArgKind::Text {
    // In two languages, with a cost and a meaning.
    max: 2 * (text::OPTION_MAX + text::SENTENCE_MAX) + 30,
};
const OTHERS: ArgKind = ArgKind::Condition {
    max: OTHERS_MAX.unsigned_abs(),
};
const YEAR: ArgKind = ArgKind::Number {
    max: plan::HORIZON_MAX,
};
/// A version of the plan.
const VERSION: ArgKind = ArgKind::Number { max: 999 };
const MEANING: ArgKind = twice(text::SENTENCE_MAX);
const NAME: ArgKind = ArgKind::Text {
    max: text::OPTION_MAX,
};
/// An organisation, by its short name or its name.
const ORGANISATION: ArgKind = ArgKind::Text { max: NAME_MAX };
/// An organisation's name, in two languages.
const TWO_NAMES: ArgKind = ArgKind::Text {
    max: 2 * NAME_MAX + 4,
};
/// The names of [`PollKind`](crate::domain::poll::rules::PollKind).
const KINDS: [&str; 9] = [
    "choose", "proposal", "consent", "score", "points", "rank", "elect", "budget", "date",
];
const DESCRIPTION: ArgKind = ArgKind::Long {
    max: text::DESCRIPTION_MAX,
};
/// The names of [`Mode`](crate::domain::workshop::Mode).
const MODES: ArgKind = ArgKind::Choice(&["in-person", "online", "hybrid"]);
/// The names of [`Spoken`](crate::domain::workshop::Spoken).
const SPOKEN: ArgKind = ArgKind::Choice(&["french", "english", "bilingual"]);
/// The names of [`Eligibility`](crate::domain::poll::rules::Eligibility).
const WHO: ArgKind = ArgKind::CircleOr(&["all", "known-before"]);
/// A circle, by its short name or its name.
const CIRCLE: ArgKind = ArgKind::Text { max: NAME_MAX };
/// Of a series: this one, or all from it on.
const SCOPE: ArgKind = ArgKind::Choice(&["this", "all"]);
/// How far an action is.
const STAGE: ArgKind = ArgKind::Choice(&plan::State::NAMES);
const HOSTS: ArgKind = ArgKind::List { max: 400 };
const ROOMS: ArgKind = ArgKind::List { max: 1_000 };

/// A text in two languages, of at most `max` characters each.
const fn twice(max: usize) -> ArgKind {
    ArgKind::Text { max: 2 * max + 4 }
}

/// The same with several lines.
const fn twice_long(max: usize) -> ArgKind {
    ArgKind::Long { max: 2 * max + 4 }
}

/// Every command, in the order of the help.
pub static COMMANDS: &[CommandSpec] = &[
    CommandSpec {
        id: "rsvp",
        gate: Role::Citizen,
        args: &[
            required("workshop", ArgKind::Ref(Kind::Workshop)),
            optional("answer", ArgKind::Choice(&["yes", "maybe", "no"])),
            optional(
                "with",
                ArgKind::Plus {
                    max: COMPANIONS_MAX,
                },
            ),
        ],
    },
    CommandSpec {
        id: "vote",
        gate: Role::Citizen,
        args: &[
            required("poll", ArgKind::Ref(Kind::Poll)),
            optional("choice", ArgKind::Ballot),
            optional("reason", DESCRIPTION),
            optional("for", ORGANISATION),
        ],
    },
    CommandSpec {
        id: "propose",
        gate: Role::Citizen,
        args: &[
            required("poll", ArgKind::Ref(Kind::Poll)),
            required("option", OPTION),
            optional("meaning", MEANING),
        ],
    },
    CommandSpec {
        id: "commitment.take",
        gate: Role::Citizen,
        args: &[
            required("sentence", SENTENCE),
            optional("due", ArgKind::Date),
            optional("about", NAME),
            optional("visible", ArgKind::Choice(&Visibility::NAMES)),
            optional("on-behalf", ORGANISATION),
            optional("others", OTHERS),
        ],
    },
    CommandSpec {
        id: "commitment.confirm",
        gate: Role::Citizen,
        args: &[],
    },
    CommandSpec {
        id: "commitment.list",
        gate: Role::Citizen,
        args: &[optional("commitment", ArgKind::Ref(Kind::Commitment))],
    },
    CommandSpec {
        id: "commitment.edit",
        gate: Role::Citizen,
        args: &[
            required("commitment", ArgKind::Ref(Kind::Commitment)),
            optional("sentence", SENTENCE),
            optional("due", ArgKind::Date),
            optional("about", NAME),
            optional("visible", ArgKind::Choice(&Visibility::NAMES)),
        ],
    },
    CommandSpec {
        id: "commitment.postpone",
        gate: Role::Citizen,
        args: &[
            required("commitment", ArgKind::Ref(Kind::Commitment)),
            required("due", ArgKind::Date),
        ],
    },
    CommandSpec {
        id: "commitment.withdraw",
        gate: Role::Citizen,
        args: &[required("commitment", ArgKind::Ref(Kind::Commitment))],
    },
    CommandSpec {
        id: "commitment.hand-over",
        gate: Role::Citizen,
        args: &[required("commitment", ArgKind::Ref(Kind::Commitment))],
    },
    CommandSpec {
        id: "commitment.take-over",
        gate: Role::Citizen,
        args: &[
            required("code", ArgKind::Word),
            optional("on-behalf", ORGANISATION),
        ],
    },
    CommandSpec {
        id: "commitment.hide",
        gate: Role::Organizer,
        args: &[required("commitment", ArgKind::Ref(Kind::Commitment))],
    },
    CommandSpec {
        id: "commitment.pledges",
        gate: Role::Citizen,
        args: &[],
    },
    CommandSpec {
        id: "commitment.join",
        gate: Role::Citizen,
        args: &[
            required("commitment", ArgKind::Ref(Kind::Commitment)),
            optional("others", OTHERS),
            optional("on-behalf", ORGANISATION),
        ],
    },
    CommandSpec {
        id: "commitment.join-if",
        gate: Role::Citizen,
        args: &[
            required("commitment", ArgKind::Ref(Kind::Commitment)),
            required("others", OTHERS),
            optional("on-behalf", ORGANISATION),
        ],
    },
    CommandSpec {
        id: "commitment.extend",
        gate: Role::Citizen,
        args: &[
            required("commitment", ArgKind::Ref(Kind::Commitment)),
            required("due", ArgKind::Date),
        ],
    },
    CommandSpec {
        id: "checkin",
        gate: Role::Citizen,
        args: &[
            required("commitment", ArgKind::Ref(Kind::Commitment)),
            required("state", ArgKind::Choice(&Answer::NAMES)),
            optional("due", ArgKind::Date),
        ],
    },
    CommandSpec {
        id: "commitment.catalogue",
        gate: Role::Citizen,
        args: &[optional("circle", CIRCLE)],
    },
    CommandSpec {
        id: "catalogue.take",
        gate: Role::Citizen,
        args: &[
            required("suggestion", ArgKind::Ref(Kind::Suggestion)),
            optional("due", ArgKind::Date),
        ],
    },
    CommandSpec {
        id: "commitment.help",
        gate: Role::Organizer,
        args: &[
            required("commitment", ArgKind::Ref(Kind::Commitment)),
            required("reply", DESCRIPTION),
        ],
    },
    CommandSpec {
        id: "commitment.overview",
        gate: Role::Organizer,
        args: &[],
    },
    CommandSpec {
        id: "workshop.show",
        gate: Role::Citizen,
        args: &[optional("workshop", ArgKind::Ref(Kind::Workshop))],
    },
    CommandSpec {
        id: "workshop.place",
        gate: Role::Citizen,
        args: &[required("workshop", ArgKind::Ref(Kind::Workshop))],
    },
    CommandSpec {
        id: "attend",
        gate: Role::Citizen,
        args: &[required("code", ArgKind::Word)],
    },
    CommandSpec {
        id: "feedback",
        gate: Role::Citizen,
        args: &[
            required("workshop", ArgKind::Ref(Kind::Workshop)),
            required("useful", ArgKind::Choice(&["yes", "partly", "no"])),
        ],
    },
    CommandSpec {
        id: "workshop.agenda",
        gate: Role::Citizen,
        args: &[
            optional("workshop", ArgKind::Ref(Kind::Workshop)),
            optional("circle", CIRCLE),
        ],
    },
    CommandSpec {
        id: "poll.show",
        gate: Role::Citizen,
        args: &[optional("poll", ArgKind::Ref(Kind::Poll))],
    },
    CommandSpec {
        id: "poll.result",
        gate: Role::Citizen,
        args: &[required("poll", ArgKind::Ref(Kind::Poll))],
    },
    CommandSpec {
        id: "poll.ballots",
        gate: Role::Citizen,
        args: &[required("poll", ArgKind::Ref(Kind::Poll))],
    },
    CommandSpec {
        id: "plan.show",
        gate: Role::Citizen,
        args: &[
            optional("milestone", ArgKind::Ref(Kind::Milestone)),
            optional("version", VERSION),
        ],
    },
    CommandSpec {
        id: "plan.open",
        gate: Role::Citizen,
        args: &[],
    },
    CommandSpec {
        id: "action.show",
        gate: Role::Citizen,
        args: &[required("action", ArgKind::Ref(Kind::Action))],
    },
    CommandSpec {
        id: "action.carry",
        gate: Role::Citizen,
        args: &[
            required("action", ArgKind::Ref(Kind::Action)),
            optional("for", ORGANISATION),
        ],
    },
    CommandSpec {
        id: "circle.show",
        gate: Role::Citizen,
        args: &[optional("circle", CIRCLE)],
    },
    CommandSpec {
        id: "circle.organisations",
        gate: Role::Citizen,
        args: &[],
    },
    CommandSpec {
        id: "federation",
        gate: Role::Citizen,
        args: &[],
    },
    CommandSpec {
        id: "mandate.show",
        gate: Role::Citizen,
        args: &[optional("organisation", ORGANISATION)],
    },
    CommandSpec {
        id: "mandate.take",
        gate: Role::Citizen,
        args: &[required("code", ArgKind::Word)],
    },
    CommandSpec {
        id: "mandate.withdraw",
        gate: Role::Citizen,
        args: &[
            required("organisation", ORGANISATION),
            optional("account", ArgKind::Word),
        ],
    },
    CommandSpec {
        id: "language",
        gate: Role::Citizen,
        args: &[required(
            "language",
            ArgKind::Choice(&["french", "english"]),
        )],
    },
    CommandSpec {
        id: "reminders",
        gate: Role::Citizen,
        args: &[optional("wanted", ArgKind::Choice(&["yes", "no"]))],
    },
    CommandSpec {
        id: "link",
        gate: Role::Citizen,
        args: &[optional("code", ArgKind::Word)],
    },
    CommandSpec {
        id: "unlink",
        gate: Role::Citizen,
        args: &[],
    },
    CommandSpec {
        id: "data.show",
        gate: Role::Citizen,
        args: &[],
    },
    CommandSpec {
        id: "data.export",
        gate: Role::Citizen,
        args: &[],
    },
    CommandSpec {
        id: "data.erase",
        gate: Role::Citizen,
        args: &[optional("confirm", ArgKind::Choice(&["yes"]))],
    },
    CommandSpec {
        id: "data.withdraw",
        gate: Role::Citizen,
        args: &[],
    },
    CommandSpec {
        id: "privacy",
        gate: Role::Citizen,
        args: &[],
    },
    CommandSpec {
        id: "consent",
        gate: Role::Citizen,
        args: &[],
    },
    CommandSpec {
        id: "help",
        gate: Role::Citizen,
        args: &[],
    },
    CommandSpec {
        id: "workshop.create",
        gate: Role::Organizer,
        args: &[
            required("title", twice(text::TITLE_MAX)),
            required("when", ArgKind::Instant),
            optional("place", SENTENCE),
            optional("description", twice_long(text::DESCRIPTION_MAX)),
            optional("capacity", ArgKind::Number { max: CAPACITY_MAX }),
            optional(
                "companions",
                ArgKind::Number {
                    max: COMPANIONS_MAX,
                },
            ),
            optional("mode", MODES),
            optional("cost", twice(text::OPTION_MAX)),
            optional("access", ArgKind::Terms("access")),
            optional("transit", twice(text::SENTENCE_MAX)),
            optional("access-note", twice(text::SENTENCE_MAX)),
            optional("spoken", SPOKEN),
            optional("audience", twice(text::SENTENCE_MAX)),
            optional("themes", ArgKind::Terms("themes")),
            optional("step", ArgKind::Term("steps")),
            optional("type", ArgKind::Term("workshop_types")),
            optional("hosts", HOSTS),
            optional("rsvp-until", ArgKind::Instant),
            optional("who", WHO),
            optional("rooms", ROOMS),
            optional("draft", ArgKind::Choice(&["no", "yes"])),
            optional("publish", ArgKind::Instant),
        ],
    },
    CommandSpec {
        id: "workshop.edit",
        gate: Role::Organizer,
        args: &[
            required("workshop", ArgKind::Ref(Kind::Workshop)),
            optional("title", twice(text::TITLE_MAX)),
            optional("when", ArgKind::Instant),
            optional("place", SENTENCE),
            optional("description", twice_long(text::DESCRIPTION_MAX)),
            optional("capacity", ArgKind::Number { max: CAPACITY_MAX }),
            optional(
                "companions",
                ArgKind::Number {
                    max: COMPANIONS_MAX,
                },
            ),
            optional("mode", MODES),
            optional("cost", twice(text::OPTION_MAX)),
            optional("access", ArgKind::Terms("access")),
            optional("transit", twice(text::SENTENCE_MAX)),
            optional("access-note", twice(text::SENTENCE_MAX)),
            optional("spoken", SPOKEN),
            optional("audience", twice(text::SENTENCE_MAX)),
            optional("themes", ArgKind::Terms("themes")),
            optional("step", ArgKind::Term("steps")),
            optional("type", ArgKind::Term("workshop_types")),
            optional("hosts", HOSTS),
            optional("rsvp-until", ArgKind::Instant),
            optional("who", WHO),
            optional("rooms", ROOMS),
            optional("remove", ArgKind::Names),
            optional("scope", SCOPE),
        ],
    },
    CommandSpec {
        id: "workshop.preview",
        gate: Role::Organizer,
        args: &[required("workshop", ArgKind::Ref(Kind::Workshop))],
    },
    CommandSpec {
        id: "workshop.publish",
        gate: Role::Organizer,
        args: &[
            required("workshop", ArgKind::Ref(Kind::Workshop)),
            optional("publish", ArgKind::Instant),
        ],
    },
    CommandSpec {
        id: "workshop.discard",
        gate: Role::Organizer,
        args: &[required("workshop", ArgKind::Ref(Kind::Workshop))],
    },
    CommandSpec {
        id: "workshop.copy",
        gate: Role::Organizer,
        args: &[
            required("workshop", ArgKind::Ref(Kind::Workshop)),
            required("when", ArgKind::Instant),
            optional("title", twice(text::TITLE_MAX)),
            optional("place", SENTENCE),
            optional("rsvp-until", ArgKind::Instant),
            optional("draft", ArgKind::Choice(&["no", "yes"])),
            optional("publish", ArgKind::Instant),
        ],
    },
    CommandSpec {
        id: "workshop.attendees",
        gate: Role::Organizer,
        args: &[required("workshop", ArgKind::Ref(Kind::Workshop))],
    },
    CommandSpec {
        id: "workshop.attendance",
        gate: Role::Organizer,
        args: &[
            required("workshop", ArgKind::Ref(Kind::Workshop)),
            optional("guests", ArgKind::Number { max: GUESTS_MAX }),
            optional("person", ArgKind::Word),
            optional("was-there", ArgKind::Choice(&["yes", "no"])),
        ],
    },
    CommandSpec {
        id: "workshop.report",
        gate: Role::Organizer,
        args: &[
            required("workshop", ArgKind::Ref(Kind::Workshop)),
            required("report", twice_long(text::DESCRIPTION_MAX)),
        ],
    },
    CommandSpec {
        id: "workshop.pin",
        gate: Role::Organizer,
        args: &[optional("pinned", ArgKind::Choice(&["yes", "no"]))],
    },
    CommandSpec {
        id: "workshop.cancel",
        gate: Role::Organizer,
        args: &[
            required("workshop", ArgKind::Ref(Kind::Workshop)),
            optional("scope", SCOPE),
        ],
    },
    CommandSpec {
        id: "workshop.repeat",
        gate: Role::Organizer,
        args: &[
            required("workshop", ArgKind::Ref(Kind::Workshop)),
            optional("every", ArgKind::Choice(&["week", "two-weeks", "month"])),
            optional(
                "times",
                ArgKind::Number {
                    max: series::MOST as u64,
                },
            ),
            optional("last", ArgKind::Date),
            optional(
                "rule",
                ArgKind::Text {
                    max: series::RULE_MAX,
                },
            ),
        ],
    },
    CommandSpec {
        id: "workshop.series",
        gate: Role::Organizer,
        args: &[required("workshop", ArgKind::Ref(Kind::Workshop))],
    },
    CommandSpec {
        id: "workshop.skip",
        gate: Role::Organizer,
        args: &[
            required("workshop", ArgKind::Ref(Kind::Workshop)),
            required("on", ArgKind::Date),
        ],
    },
    CommandSpec {
        id: "poll.create",
        gate: Role::Organizer,
        args: &[
            required("question", QUESTION),
            optional("options", ArgKind::Options),
            optional("closes", ArgKind::Instant),
            optional("kind", ArgKind::Choice(&KINDS)),
            optional("number", ArgKind::Number { max: COST_MAX }),
            optional(
                "level",
                ArgKind::Choice(&["public", "reserved", "confidential"]),
            ),
            optional(
                "results",
                ArgKind::Choice(&["live", "after-vote", "at-close"]),
            ),
            optional("opens", ArgKind::Instant),
            optional("quorum", ArgKind::Number { max: 100 }),
            optional("eligible", ArgKind::Number { max: COST_MAX }),
            optional("who", WHO),
            optional(
                "majority",
                ArgKind::Choice(&["simple", "two-thirds", "of-all", "of-eligible"]),
            ),
            optional("cap", ArgKind::Number { max: 200 }),
            optional("objections", ArgKind::Number { max: COST_MAX }),
            optional("method", ArgKind::Choice(&["equal-shares", "greedy"])),
            optional("draw", ArgKind::Choice(&["no", "yes"])),
            optional("receipts", ArgKind::Choice(&["no", "yes"])),
            optional("proposals", ArgKind::Instant),
            optional(
                "voices",
                ArgKind::Choice(&["persons", "organisations", "both"]),
            ),
        ],
    },
    CommandSpec {
        id: "poll.proposals",
        gate: Role::Organizer,
        args: &[
            required("poll", ArgKind::Ref(Kind::Poll)),
            optional("until", ArgKind::Instant),
        ],
    },
    CommandSpec {
        id: "proposal",
        gate: Role::Organizer,
        args: &[
            required("proposal", ArgKind::Ref(Kind::Proposal)),
            required("decision", ArgKind::Choice(&["accept", "refuse"])),
            optional("reason", DESCRIPTION),
        ],
    },
    CommandSpec {
        id: "poll.option",
        gate: Role::Organizer,
        args: &[
            required("poll", ArgKind::Ref(Kind::Poll)),
            required("options", ArgKind::Options),
        ],
    },
    CommandSpec {
        id: "poll.extend",
        gate: Role::Organizer,
        args: &[
            required("poll", ArgKind::Ref(Kind::Poll)),
            required("closes", ArgKind::Instant),
        ],
    },
    CommandSpec {
        id: "poll.room",
        gate: Role::Organizer,
        args: &[
            required("poll", ArgKind::Ref(Kind::Poll)),
            required("counts", SENTENCE),
            optional("witness", NAME),
        ],
    },
    CommandSpec {
        id: "poll.table",
        gate: Role::Organizer,
        args: &[required("poll", ArgKind::Ref(Kind::Poll))],
    },
    CommandSpec {
        id: "poll.workshop",
        gate: Role::Organizer,
        args: &[
            required("poll", ArgKind::Ref(Kind::Poll)),
            optional("letter", ArgKind::Word),
            optional("title", twice(text::TITLE_MAX)),
            optional("again", ArgKind::Choice(&["yes"])),
        ],
    },
    CommandSpec {
        id: "poll.conclude",
        gate: Role::Organizer,
        args: &[
            required("poll", ArgKind::Ref(Kind::Poll)),
            required("statement", DESCRIPTION),
            optional("review", ArgKind::Date),
        ],
    },
    CommandSpec {
        id: "poll.close",
        gate: Role::Organizer,
        args: &[required("poll", ArgKind::Ref(Kind::Poll))],
    },
    CommandSpec {
        id: "pulse.take",
        gate: Role::Organizer,
        args: &[
            required("question", QUESTION),
            required("options", ArgKind::Options),
            optional("closes", ArgKind::Instant),
            optional("several", ArgKind::Choice(&["no", "yes"])),
        ],
    },
    CommandSpec {
        id: "pulse.close",
        gate: Role::Organizer,
        args: &[required("pulse", ArgKind::Ref(Kind::Pulse))],
    },
    CommandSpec {
        id: "organisation.add",
        gate: Role::Organizer,
        args: &[
            required("name", TWO_NAMES),
            required("sector", ArgKind::Choice(&SECTORS)),
            optional("slug", ArgKind::Text { max: SLUG_MAX }),
        ],
    },
    CommandSpec {
        id: "organisation.edit",
        gate: Role::Organizer,
        args: &[
            required("organisation", ORGANISATION),
            optional("name", TWO_NAMES),
            optional("sector", ArgKind::Choice(&SECTORS)),
        ],
    },
    CommandSpec {
        id: "organisation.retire",
        gate: Role::Organizer,
        args: &[required("organisation", ORGANISATION)],
    },
    CommandSpec {
        id: "mandate.give",
        gate: Role::Organizer,
        args: &[required("organisation", ORGANISATION)],
    },
    CommandSpec {
        id: "milestone.add",
        gate: Role::Organizer,
        args: &[
            required("wording", twice(text::SENTENCE_MAX)),
            optional("horizon", YEAR),
            optional("themes", ArgKind::Terms("themes")),
        ],
    },
    CommandSpec {
        id: "milestone.edit",
        gate: Role::Organizer,
        args: &[
            required("milestone", ArgKind::Ref(Kind::Milestone)),
            optional("wording", twice(text::SENTENCE_MAX)),
            optional("horizon", YEAR),
            optional("themes", ArgKind::Terms("themes")),
        ],
    },
    CommandSpec {
        id: "action.add",
        gate: Role::Organizer,
        args: &[
            required("milestone", ArgKind::Ref(Kind::Milestone)),
            required("wording", twice(text::SENTENCE_MAX)),
            optional("lead", ORGANISATION),
            optional("helpers", ROOMS),
            optional("begins", ArgKind::Day),
            optional("ends", ArgKind::Day),
            optional("stage", STAGE),
        ],
    },
    CommandSpec {
        id: "action.edit",
        gate: Role::Organizer,
        args: &[
            required("action", ArgKind::Ref(Kind::Action)),
            optional("wording", twice(text::SENTENCE_MAX)),
            optional("lead", ORGANISATION),
            optional("helpers", ROOMS),
            optional("begins", ArgKind::Day),
            optional("ends", ArgKind::Day),
            optional("stage", STAGE),
            optional("milestone", ArgKind::Ref(Kind::Milestone)),
        ],
    },
    CommandSpec {
        id: "plan.adopt",
        gate: Role::Organizer,
        args: &[optional("begins", ArgKind::Day)],
    },
    CommandSpec {
        id: "plan.evaluate",
        gate: Role::Organizer,
        args: &[
            required("action", ArgKind::Ref(Kind::Action)),
            required("outcome", twice(text::SENTENCE_MAX)),
        ],
    },
    CommandSpec {
        id: "plan.revise",
        gate: Role::Organizer,
        args: &[
            optional("version", VERSION),
            optional("confirm", ArgKind::Choice(&["yes"])),
        ],
    },
    CommandSpec {
        id: "catalogue.add",
        gate: Role::Organizer,
        args: &[
            required("wording", twice(text::SENTENCE_MAX)),
            optional("theme", ArgKind::Term("themes")),
            optional("circle", CIRCLE),
        ],
    },
    CommandSpec {
        id: "catalogue.edit",
        gate: Role::Organizer,
        args: &[
            required("suggestion", ArgKind::Ref(Kind::Suggestion)),
            optional("wording", twice(text::SENTENCE_MAX)),
            optional("theme", ArgKind::Term("themes")),
            optional("circle", CIRCLE),
        ],
    },
    CommandSpec {
        id: "catalogue.retire",
        gate: Role::Organizer,
        args: &[required("suggestion", ArgKind::Ref(Kind::Suggestion))],
    },
    CommandSpec {
        id: "step",
        gate: Role::Organizer,
        args: &[required("step-name", NAME)],
    },
    CommandSpec {
        id: "circle.add",
        gate: Role::Organizer,
        args: &[
            required("name", TWO_NAMES),
            optional("inside", CIRCLE),
            optional("slug", ArgKind::Text { max: SLUG_MAX }),
        ],
    },
    CommandSpec {
        id: "circle.edit",
        gate: Role::Organizer,
        args: &[
            required("circle", CIRCLE),
            optional("name", TWO_NAMES),
            optional("inside", CIRCLE),
        ],
    },
    CommandSpec {
        id: "circle.fill",
        gate: Role::Organizer,
        args: &[
            required("circle", CIRCLE),
            optional("rooms", ROOMS),
            optional("organisations", ROOMS),
        ],
    },
    CommandSpec {
        id: "circle.retire",
        gate: Role::Organizer,
        args: &[required("circle", CIRCLE)],
    },
    CommandSpec {
        id: "circle.widening",
        gate: Role::Citizen,
        args: &[],
    },
    CommandSpec {
        id: "circle.roles",
        gate: Role::Organizer,
        args: &[],
    },
    CommandSpec {
        id: "journal",
        gate: Role::Organizer,
        args: &[],
    },
    CommandSpec {
        id: "digest.preview",
        gate: Role::Editor,
        args: &[],
    },
    CommandSpec {
        id: "digest.publish",
        gate: Role::Editor,
        args: &[],
    },
];

/// The verb that a group's name alone stands for: `!engagement "…"` takes one.
#[must_use]
pub fn default_verb(group: &str) -> Option<&'static CommandSpec> {
    let id = match group {
        "workshop" => "workshop.show",
        "poll" => "poll.show",
        "commitment" => "commitment.take",
        "pulse" => "pulse.take",
        "digest" => "digest.preview",
        "data" => "data.show",
        "plan" => "plan.show",
        "action" => "action.show",
        "milestone" => "plan.show",
        "circle" => "circle.show",
        "organisation" => "circle.organisations",
        "mandate" => "mandate.show",
        _ => return None,
    };
    CommandSpec::find(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn ids_are_unique_and_required_arguments_come_first() {
        let ids: BTreeSet<_> = COMMANDS.iter().map(|spec| spec.id).collect();
        assert_eq!(ids.len(), COMMANDS.len());
        for spec in COMMANDS {
            let optional_first = spec
                .args
                .iter()
                .skip_while(|arg| arg.required)
                .any(|arg| arg.required);
            assert!(
                !optional_first,
                "{}: a required argument after an optional one",
                spec.id
            );
            assert!(
                spec.args.iter().filter(|arg| arg.required).count() <= 2,
                "{}: two required arguments at most",
                spec.id
            );
        }
    }
}
