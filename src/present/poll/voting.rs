//! How somebody votes: a menu where a press says it all, a form where it is written; and what they are told then.

use super::{about, figures, how, label, labels, level, tier_labels};
use crate::domain::card::{Action, Block, Choice, Control, Field, Form, Message};
use crate::domain::count::{ConsentVote, DateAnswer, ProposalVote};
use crate::domain::language::Language;
use crate::domain::poll::Poll;
use crate::domain::poll::ballot::Ballot;
use crate::domain::poll::receipt::Receipt;
use crate::domain::poll::rules::{Level, Rules};
use crate::i18n::{Words, args};
use crate::present::success;

/// The private message in which somebody votes; their present ballot is marked.
#[must_use]
pub fn menu(
    words: &Words,
    language: Language,
    poll: &Poll,
    own: Option<&Ballot>,
    receipt: Option<&Receipt>,
) -> Message {
    let id = poll.short_id().to_string();
    let mut body: Vec<Block> = how(words, language, poll)
        .map(Block::Text)
        .into_iter()
        .collect();
    let actions = match &poll.terms.rules {
        Rules::Proposal { .. } => answers(words, language, &id, &["yes", "no", "abstain"]),
        Rules::Consent { .. } => answers(
            words,
            language,
            &id,
            &["consent", "stand-aside", "objection"],
        ),
        Rules::Choose { most: 1 } => vec![chooser(words, language, poll, own, None)],
        Rules::Choose { most } => vec![chooser(words, language, poll, own, Some(*most))],
        Rules::Budget { .. } => {
            let all = poll.options.len();
            vec![chooser(words, language, poll, own, Some(all))]
        }
        Rules::Score | Rules::Points { .. } | Rules::Rank | Rules::Elect { .. } | Rules::Date => {
            body.extend(figures::options(words, language, poll, false).map(Block::List));
            let example = format!("poll-example-{}", poll.terms.rules.kind().name());
            let example = words.say(language, &example, args().text("id", &id));
            body.push(Block::Code(example));
            let fill = words.plain(language, "poll-fill");
            vec![Action::button("vote", &[("poll", &id), ("choice", "?")], fill).primary()]
        }
    };
    if let Some(own) = own {
        let said = said(words, language, poll, own);
        body.push(Block::Text(words.say(
            language,
            "poll-own",
            args().text("ballot", said),
        )));
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
        footer: Some(words.say(language, &super::footer_id(poll), args().text("id", id))),
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

fn answers(words: &Words, language: Language, id: &str, names: &[&str]) -> Vec<Action> {
    let buttons = names.iter().map(|name| {
        let label = words.plain(language, &format!("poll-{name}"));
        Action::button("vote", &[("poll", id), ("choice", name)], label)
    });
    buttons.collect()
}

/// A menu of the options; of several when `most` says how many.
fn chooser(
    words: &Words,
    language: Language,
    poll: &Poll,
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
    let mut action = Action::button(
        "vote",
        &[("poll", &poll.short_id().to_string())],
        words.plain(language, "poll-menu-placeholder"),
    );
    action.control = match most {
        None => Control::Menu(choices),
        Some(most) => Control::Several { choices, most },
    };
    action
}

/// The form in which a ballot is written.
#[must_use]
pub fn form(words: &Words, language: Language, poll: &Poll, own: Option<&Ballot>) -> Form {
    let id = poll.short_id().to_string();
    let kind = poll.terms.rules.kind().name();
    let say = |id: &str| words.say(language, id, args().text("id", poll.short_id()));
    Form {
        invoke: Action::invoking("vote", &[("poll", &id)]),
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
        example: say(&format!("poll-example-{kind}")),
    }
}

/// The form in which an objection gives its reason.
#[must_use]
pub fn reason_form(words: &Words, language: Language, poll: &Poll, before: Option<&str>) -> Form {
    let id = poll.short_id().to_string();
    Form {
        invoke: Action::invoking("vote", &[("poll", &id), ("choice", "objection")]),
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
        example: words.say(language, "poll-example-reason", args().text("id", &id)),
    }
}

/// To who voted: what is recorded, until when it can be changed, and the figures if they may see them now.
#[must_use]
pub fn voted(
    words: &Words,
    language: Language,
    poll: &Poll,
    ballot: &Ballot,
    receipt: Option<&Receipt>,
) -> Message {
    if poll.terms.level == Level::Confidential {
        return voted_sealed(words, language, poll, receipt);
    }
    let said = said(words, language, poll, ballot);
    let mut message = success(words.say(language, "poll-voted", about(poll).text("ballot", said)));
    if poll.shows_figures_to_voters() && !poll.shows_figures() {
        message
            .body
            .extend(figures::options(words, language, poll, true).map(Block::List));
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
