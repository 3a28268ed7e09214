//! How somebody votes: a menu where a press says it all, a form where it is written; and what they are told then.

use super::{about, figures, how, label, labels, level, organisations, tier_labels};
use crate::domain::card::{Action, Block, Choice, Control, Field, Form, Message};
use crate::domain::count::{ConsentVote, DateAnswer, ProposalVote};
use crate::domain::language::Language;
use crate::domain::organisation::{ONESELF, Organisation};
use crate::domain::poll::Poll;
use crate::domain::poll::ballot::Ballot;
use crate::domain::poll::receipt::Receipt;
use crate::domain::poll::rules::{Level, Rules};
use crate::i18n::{Words, args};
use crate::present::success;

/// In whose name somebody votes: an organisation's that they represent, or their own.
pub type Voice<'a> = Option<&'a Organisation>;

/// What voting invokes, with that choice if it is said.
fn invoking(poll: &Poll, voice: Voice<'_>, choice: Option<&str>) -> String {
    let id = poll.short_id().to_string();
    let mut pairs = vec![("poll", id.as_str())];
    pairs.extend(choice.map(|choice| ("choice", choice)));
    pairs.extend(voice.map(|organisation| ("for", organisation.slug.as_str())));
    Action::invoking("vote", &pairs)
}

/// A button that invokes it.
fn button(poll: &Poll, voice: Voice<'_>, choice: Option<&str>, label: String) -> Action {
    Action {
        invoke: invoking(poll, voice, choice),
        label,
        emoji: None,
        control: Control::Button,
    }
}

/// A ballot as it could be typed.
pub(super) fn example(words: &Words, language: Language, poll: &Poll, voice: Voice<'_>) -> String {
    let example = format!("poll-example-{}", poll.terms.rules.kind().name());
    let example = words.say(language, &example, args().text("id", poll.short_id()));
    match voice {
        Some(organisation) => on_behalf(words, language, &example, &organisation.slug),
        None => example,
    }
}

fn on_behalf(words: &Words, language: Language, example: &str, slug: &str) -> String {
    format!("{example} {} {slug}", words.plain(language, "arg-for"))
}

/// The question in whose name somebody votes: for one of these organisations, or, if they can, in their own.
#[must_use]
pub fn in_whose_name(
    words: &Words,
    language: Language,
    poll: &Poll,
    able: &[Organisation],
) -> Message {
    let name = |organisation: &Organisation| {
        let name = organisation.name.in_language(language);
        words.say(language, "poll-on-behalf", args().text("name", name))
    };
    let mut actions = Vec::new();
    let mut lines = Vec::new();
    if !poll.is_of_organisations() {
        let id = poll.short_id().to_string();
        let own = words.plain(language, "poll-own-name");
        let pairs = [("poll", id.as_str()), ("for", ONESELF[0])];
        lines.push((own.clone(), example(words, language, poll, None)));
        actions.push(Action::button("vote", &pairs, own));
    }
    for organisation in able {
        let typed = example(words, language, poll, Some(organisation));
        lines.push((name(organisation), typed));
        actions.push(button(poll, Some(organisation), None, name(organisation)));
    }
    let lines = lines.into_iter().map(|(who, typed)| {
        let args = args().text("who", who).text("example", typed);
        words.say(language, "poll-whose-line", args)
    });
    Message {
        title: Some(poll.question.in_language(language).to_owned()),
        body: vec![
            Block::Text(words.plain(language, "poll-whose")),
            Block::List(lines.collect()),
        ],
        actions,
        ..Message::default()
    }
}

/// The private message in which somebody votes; the present ballot is marked. For an organisation, `poll` is the tally of
/// organisations.
#[must_use]
pub fn menu(
    words: &Words,
    language: Language,
    poll: &Poll,
    voice: Voice<'_>,
    own: Option<&Ballot>,
    receipt: Option<&Receipt>,
) -> Message {
    let id = poll.short_id().to_string();
    let name = voice.map(|organisation| organisation.name.in_language(language));
    let mut body: Vec<Block> = Vec::new();
    if let Some(name) = name {
        let args = args().text("name", name);
        body.push(Block::Text(words.say(language, "poll-menu-for", args)));
    }
    body.extend(how(words, language, poll).map(Block::Text));
    let answers = |names: [&str; 3]| answers(words, language, poll, voice, names);
    let chooser = |most| vec![chooser(words, language, poll, voice, own, most)];
    let actions = match &poll.terms.rules {
        Rules::Proposal { .. } => answers(["yes", "no", "abstain"]),
        Rules::Consent { .. } => answers(["consent", "stand-aside", "objection"]),
        Rules::Choose { most: 1 } => chooser(None),
        Rules::Choose { most } => chooser(Some(*most)),
        Rules::Budget { .. } => chooser(Some(poll.options.len())),
        Rules::Score | Rules::Points { .. } | Rules::Rank | Rules::Elect { .. } | Rules::Date => {
            body.extend(figures::options(words, language, poll, false).map(Block::List));
            body.push(Block::Code(example(words, language, poll, voice)));
            let fill = words.plain(language, "poll-fill");
            vec![button(poll, voice, Some("?"), fill).primary()]
        }
    };
    if let Some(own) = own {
        let own = args().text("ballot", said(words, language, poll, own));
        body.push(Block::Text(match name {
            Some(name) => words.say(language, "poll-own-for", own.text("name", name)),
            None => words.say(language, "poll-own", own),
        }));
    }
    if let Some(receipt) = receipt {
        let voted = words.say(language, "poll-own-sealed", args().text("receipt", receipt));
        body.push(Block::Text(voted));
    }
    body.push(Block::Text(level(words, language, poll)));
    Message {
        title: Some(poll.question.in_language(language).to_owned()),
        body,
        actions,
        footer: Some(match name {
            Some(name) => words.say(
                language,
                "poll-footer-for",
                args()
                    .text("id", id)
                    .text("name", name)
                    .text("example", example(words, language, poll, voice)),
            ),
            None => words.say(language, &super::footer_id(poll), args().text("id", id)),
        }),
        ..Message::default()
    }
}

/// Adds the page on which the ballot can be filled in: its address, where only its person reads it; elsewhere, how to
/// get it.
pub fn offer_page(
    words: &Words,
    language: Language,
    poll: &Poll,
    page: Option<String>,
    menu: &mut Message,
) {
    match page {
        Some(address) => {
            let label = words.plain(language, "web-open");
            menu.actions.push(Action::link(address, label));
        }
        None => menu.body.push(Block::Text(words.say(
            language,
            "web-in-private",
            args().text("id", poll.short_id()),
        ))),
    }
}

fn answers(
    words: &Words,
    language: Language,
    poll: &Poll,
    voice: Voice<'_>,
    names: [&str; 3],
) -> Vec<Action> {
    let buttons = names.map(|name| {
        let label = words.plain(language, &format!("poll-{name}"));
        button(poll, voice, Some(name), label)
    });
    buttons.to_vec()
}

/// A menu of the options; of several when `most` says how many.
fn chooser(
    words: &Words,
    language: Language,
    poll: &Poll,
    voice: Voice<'_>,
    own: Option<&Ballot>,
    most: Option<usize>,
) -> Action {
    let chosen = match own {
        Some(Ballot::Options(chosen)) => chosen.as_slice(),
        _ => &[],
    };
    let choices = poll
        .options
        .iter()
        .enumerate()
        .map(|(at, option)| Choice {
            value: option.letter().to_string(),
            label: label(language, poll, at),
            chosen: chosen.contains(&at),
        })
        .collect();
    let placeholder = words.plain(language, "poll-menu-placeholder");
    Action {
        control: match most {
            None => Control::Menu(choices),
            Some(most) => Control::Several { choices, most },
        },
        ..button(poll, voice, None, placeholder)
    }
}

/// The form in which a ballot is written.
#[must_use]
pub fn form(
    words: &Words,
    language: Language,
    poll: &Poll,
    voice: Voice<'_>,
    own: Option<&Ballot>,
) -> Form {
    let id = poll.short_id().to_string();
    let kind = poll.terms.rules.kind().name();
    let say = |id: &str| words.say(language, id, args().text("id", poll.short_id()));
    Form {
        invoke: invoking(poll, voice, None),
        language,
        title: words.say(language, "poll-form-title", args().text("id", &id)),
        fields: vec![Field {
            name: "choice".to_owned(),
            label: say(&format!("poll-form-{kind}")),
            hint: say(&format!("poll-form-hint-{kind}")),
            value: own.and_then(|own| typed(words, language, own)),
            required: true,
            long: false,
        }],
        example: example(words, language, poll, voice),
    }
}

/// The form in which an objection gives its reason.
#[must_use]
pub fn reason_form(
    words: &Words,
    language: Language,
    poll: &Poll,
    voice: Voice<'_>,
    before: Option<&str>,
) -> Form {
    let id = poll.short_id().to_string();
    Form {
        invoke: invoking(poll, voice, Some("objection")),
        language,
        title: words.say(language, "poll-form-title", args().text("id", &id)),
        fields: vec![Field {
            name: "reason".to_owned(),
            label: words.plain(language, "poll-form-reason"),
            hint: words.plain(language, "poll-form-hint-reason"),
            value: before.map(str::to_owned),
            required: true,
            long: true,
        }],
        example: {
            let example = words.say(language, "poll-example-reason", args().text("id", &id));
            match voice {
                Some(voice) => on_behalf(words, language, &example, &voice.slug),
                None => example,
            }
        },
    }
}

/// To who voted, in their own name or for an organisation: what is recorded, until when it can be changed, and the figures
/// if they may see them now.
#[must_use]
pub fn voted(
    words: &Words,
    language: Language,
    poll: &Poll,
    voice: Voice<'_>,
    ballot: &Ballot,
    receipt: Option<&Receipt>,
) -> Message {
    if poll.terms.level == Level::Confidential {
        return voted_sealed(words, language, poll, receipt);
    }
    let said = said(words, language, poll, ballot);
    let values = about(poll).text("ballot", said);
    let mut message = success(match voice {
        Some(organisation) => {
            let name = organisation.name.in_language(language);
            words.say(language, "poll-voted-for", values.text("name", name))
        }
        None => words.say(language, "poll-voted", values),
    });
    if poll.shows_figures_to_voters() && !poll.shows_figures() {
        let options = figures::options(words, language, poll, true).map(Block::List);
        let organisations = organisations(words, language, poll, true);
        message
            .body
            .extend(options.into_iter().chain(organisations));
    }
    message
}

/// The same of a confidential poll. The ballot is said nowhere again, not even to its author: an answer may lie about
/// for a while. Where ballots have receipts, the one to keep, or how to ask for it where it is not said.
#[must_use]
pub fn voted_sealed(
    words: &Words,
    language: Language,
    poll: &Poll,
    receipt: Option<&Receipt>,
) -> Message {
    let mut message = success(words.say(language, "poll-voted-confidential", about(poll)));
    if poll.terms.receipts {
        message.body.push(Block::Text(match receipt {
            Some(receipt) => words.say(language, "poll-receipt", args().text("receipt", receipt)),
            None => words.say(language, "poll-receipt-in-private", about(poll)),
        }));
    }
    message
}

/// What a ballot gives to each option that it gives something: a score, points, a date's answer. Empty for kinds where
/// that says nothing.
fn marks(words: &Words, language: Language, ballot: &Ballot) -> Vec<(usize, String)> {
    match ballot {
        Ballot::Scores(scores) => {
            let given = scores.iter().enumerate();
            given
                .filter_map(|(at, score)| Some((at, score.as_ref()?.to_string())))
                .collect()
        }
        Ballot::Points(points) => {
            let given = points.iter().enumerate();
            given
                .filter(|(_, points)| **points > 0)
                .map(|(at, points)| (at, points.to_string()))
                .collect()
        }
        Ballot::Dates(answers) => {
            let given = answers.iter().enumerate();
            given
                .filter_map(|(at, answer)| {
                    let word = match answer {
                        DateAnswer::Yes => "ballot-yes",
                        DateAnswer::IfNeedBe => "ballot-if-need-be",
                        DateAnswer::No => return None,
                    };
                    Some((at, words.plain(language, word)))
                })
                .collect()
        }
        Ballot::Proposal(_) | Ballot::Consent(_) | Ballot::Options(_) | Ballot::Ranks(_) => {
            Vec::new()
        }
    }
}

/// A ballot as it is typed, to be changed in a form.
fn typed(words: &Words, language: Language, ballot: &Ballot) -> Option<String> {
    let letter = |option: usize| crate::domain::poll::letter(super::wide_size(option));
    let listed = |after_letter: &str, between: &str| {
        let parts: Vec<String> = marks(words, language, ballot)
            .into_iter()
            .map(|(option, mark)| format!("{}{after_letter}{mark}", letter(option)))
            .collect();
        (!parts.is_empty()).then(|| parts.join(between))
    };
    match ballot {
        Ballot::Scores(_) | Ballot::Points(_) => listed("", " "),
        Ballot::Dates(_) => listed(" ", ", "),
        Ballot::Ranks(_) => {
            let tiers: Vec<String> = ballot
                .tiers()
                .into_iter()
                .map(|tier| {
                    let letters: Vec<String> =
                        tier.into_iter().map(|o| letter(o).to_string()).collect();
                    letters.join(" = ")
                })
                .collect();
            (!tiers.is_empty()).then(|| tiers.join(" > "))
        }
        Ballot::Proposal(_) | Ballot::Consent(_) | Ballot::Options(_) => None,
    }
}

/// What a ballot says, in words, for its author.
#[must_use]
pub fn said(words: &Words, language: Language, poll: &Poll, ballot: &Ballot) -> String {
    if ballot.is_blank() {
        return words.plain(language, "poll-blank");
    }
    match ballot {
        Ballot::Proposal(vote) => words.plain(
            language,
            match vote {
                ProposalVote::Yes => "poll-yes",
                ProposalVote::No => "poll-no",
                ProposalVote::Abstain => "poll-abstain",
            },
        ),
        Ballot::Consent(vote) => words.plain(
            language,
            match vote {
                ConsentVote::Consent => "poll-consent",
                ConsentVote::StandAside => "poll-stand-aside",
                ConsentVote::Objection => "poll-objection",
            },
        ),
        Ballot::Options(chosen) => words.say(
            language,
            "poll-said-options",
            args().text("labels", labels(words, language, poll, chosen)),
        ),
        Ballot::Ranks(_) => {
            let tiers: Vec<String> = ballot
                .tiers()
                .iter()
                .map(|tier| tier_labels(language, poll, tier))
                .collect();
            tiers.join(" > ")
        }
        Ballot::Scores(_) | Ballot::Points(_) | Ballot::Dates(_) => {
            let each = marks(words, language, ballot).into_iter();
            let parts: Vec<String> = each
                .map(|(option, what)| {
                    let args = args()
                        .text("label", label(language, poll, option))
                        .text("what", what);
                    words.say(language, "poll-said-each", args)
                })
                .collect();
            parts.join(", ")
        }
    }
}
