//! Options that people propose until a poll opens: how to propose one, what organizers decide on, what came of it.

use chrono::{DateTime, Utc};

use super::{about, figures, wide_size};
use crate::domain::card::{Action, Block, Field, Form, Message};
use crate::domain::ids::ShortId;
use crate::domain::language::Language;
use crate::domain::poll::proposal::{Proposal, Standing};
use crate::domain::poll::{Poll, PollOption, Status};
use crate::i18n::{Args, Words, args};
use crate::present::success;

/// The button that leads to the form for an option.
pub(super) fn button(words: &Words, language: Language, poll: &Poll) -> Action {
    let id = poll.short_id().to_string();
    let label = words.plain(language, "poll-propose");
    Action::button("propose", &[("poll", &id)], label).primary()
}

/// Until when one can propose options, and when one votes; or that there are too few to vote.
pub(super) fn invitation(
    words: &Words,
    language: Language,
    poll: &Poll,
    now: DateTime<Utc>,
) -> String {
    if !poll.takes_proposals(now) {
        return words.plain(language, "poll-unsettled");
    }
    let invitation = words.say(language, "poll-proposing", when(poll));
    if poll.options.is_empty() {
        let none = words.plain(language, "poll-no-options");
        return format!("{none} {invitation}");
    }
    invitation
}

/// What is proposed, in words: `Le train — le soir`; that it is erased, if it is.
#[must_use]
pub fn proposed(words: &Words, language: Language, poll: &Poll, proposal: &Proposal) -> String {
    if proposal.option.label.text.is_empty() {
        return words.plain(language, "proposal-erased");
    }
    let option = PollOption::of(proposal.option.clone(), 0, true);
    figures::described(words, language, poll, &option)
}

/// A proposal, for organizers: what is proposed, and what came of it.
#[must_use]
pub fn proposal(words: &Words, language: Language, poll: &Poll, proposal: &Proposal) -> Message {
    let waits = proposal.standing == Standing::Waiting;
    let option = &proposal.option;
    let mut wordings = [Some(&option.label), option.meaning.as_ref()]
        .into_iter()
        .flatten();
    let languages = if wordings.any(|wording| wording.english.is_some()) {
        &Language::ALL[..]
    } else {
        &[language]
    };
    let mut body: Vec<Block> = languages
        .iter()
        .map(|language| Block::Quote(proposed(words, *language, poll, proposal)))
        .collect();
    if waits {
        let about = args()
            .text("poll", poll.short_id())
            .when("when", poll.opens_at, poll.zone);
        body.push(Block::Text(words.say(language, "proposal-for", about)));
    } else {
        body.push(Block::Text(words.plain(
            language,
            &format!("proposal-state-{}", proposal.standing.name()),
        )));
        body.extend(reason(words, language, proposal));
    }
    let id = proposal.short_id().to_string();
    let press = |decision: &str, more: &[(&str, &str)]| {
        let args = [&[("proposal", id.as_str()), ("decision", decision)], more].concat();
        let label = words.plain(language, &format!("proposal-{decision}"));
        Action::button("proposal", &args, label)
    };
    Message {
        title: Some(words.say(language, "proposal-title", question(language, poll))),
        body,
        actions: if waits {
            vec![
                press("accept", &[]).primary(),
                press("refuse", &[("reason", "?")]),
            ]
        } else {
            Vec::new()
        },
        footer: Some(if waits {
            let args = args().text("id", &id).text("number", proposal.number);
            words.say(language, "proposal-footer", args)
        } else {
            id
        }),
        ..Message::default()
    }
}

/// The form that asks why a proposal is refused.
#[must_use]
pub fn refusal_form(words: &Words, language: Language, id: ShortId) -> Form {
    let say = |key: &str| {
        let args = args().text("id", id).text("number", id.number);
        words.say(language, key, args)
    };
    let id = id.to_string();
    let refused = [("proposal", id.as_str()), ("decision", "refuse")];
    Form {
        invoke: Action::invoking("proposal", &refused),
        title: say("proposal-form-title"),
        fields: vec![Field {
            name: "reason".to_owned(),
            label: say("proposal-form-reason"),
            hint: say("proposal-form-hint"),
            value: None,
            required: false,
            long: true,
        }],
        example: say("proposal-example"),
        language,
    }
}

/// What organizers have to decide about a poll's options, and what they can do.
#[must_use]
pub fn moderation(
    words: &Words,
    language: Language,
    poll: &Poll,
    waiting: &[Proposal],
    now: DateTime<Utc>,
) -> Message {
    let mut body = Vec::new();
    let say = |id: &str, args: Args| words.say(language, id, args);
    if poll.takes_proposals(now) {
        let until = args().when("when", poll.opens_at, poll.zone);
        body.push(Block::Text(say("moderation-until", until)));
    } else if poll.settles_options(now) {
        let count = args()
            .text("id", poll.short_id())
            .number("found", wide_size(poll.options.len()))
            .number("needed", wide_size(poll.terms.options_needed()));
        body.push(Block::Text(say("moderation-unopened", count)));
        let ways = ["decide", "add", "extend", "cancel"]
            .map(|way| say(&format!("moderation-{way}"), about(poll)));
        body.push(Block::List(ways.to_vec()));
    } else {
        body.push(Block::Text(say("moderation-settled", args())));
    }
    if waiting.is_empty() {
        body.push(Block::Text(say("moderation-none", args())));
    } else {
        body.push(Block::Heading(say("moderation-waiting", args())));
        let lines = waiting.iter().map(|proposal| {
            let args = args()
                .text("id", proposal.short_id())
                .text("option", proposed(words, language, poll, proposal));
            say("moderation-line", args)
        });
        body.push(Block::List(lines.collect()));
    }
    Message {
        title: Some(say("moderation-title", question(language, poll))),
        body,
        footer: Some(say("moderation-footer", about(poll))),
        ..Message::default()
    }
}

/// To its author, in private: what came of a proposal.
#[must_use]
pub fn decided(words: &Words, language: Language, poll: &Poll, proposal: &Proposal) -> Message {
    let told = format!("proposal-told-{}", proposal.standing.name());
    let args = question(language, poll)
        .text("poll", poll.short_id())
        .text("option", proposed(words, language, poll, proposal));
    let mut body = vec![Block::Text(words.say(language, &told, args))];
    body.extend(reason(words, language, proposal));
    Message {
        body,
        ..Message::default()
    }
}

/// To its author: it is proposed.
#[must_use]
pub fn proposal_made(
    words: &Words,
    language: Language,
    poll: &Poll,
    proposal: &Proposal,
) -> Message {
    let args = naming(words, language, poll, proposal);
    success(words.say(language, "proposal-proposed", args))
}

/// To the organizer: what they decided is done; and that the poll is open, if it now is.
#[must_use]
pub fn accepted_or_refused(
    words: &Words,
    language: Language,
    poll: &Poll,
    proposal: &Proposal,
) -> Message {
    let id = format!("proposal-{}", proposal.standing.name());
    let args = naming(words, language, poll, proposal);
    let mut message = success(words.say(language, &id, args));
    message.body.extend(opened(words, language, poll));
    message
}

/// To the organizer: the options are added; and that the poll is open, if it now is.
#[must_use]
pub fn options_added(words: &Words, language: Language, poll: &Poll) -> Message {
    let args = about(poll).number("count", wide_size(poll.options.len()));
    let mut message = success(words.say(language, "options-added", args));
    message.body.extend(opened(words, language, poll));
    message
}

/// To the organizer: there is more time.
#[must_use]
pub fn extended_proposals(words: &Words, language: Language, poll: &Poll) -> Message {
    success(words.say(language, "proposals-extended", when(poll)))
}

fn opened(words: &Words, language: Language, poll: &Poll) -> Option<Block> {
    (poll.status == Status::Open)
        .then(|| Block::Text(words.say(language, "proposals-opened", about(poll))))
}

fn reason(words: &Words, language: Language, proposal: &Proposal) -> Option<Block> {
    let reason = proposal.reason.as_ref()?;
    let args = args().text("reason", reason);
    Some(Block::Text(words.say(language, "proposal-reason", args)))
}

fn naming(words: &Words, language: Language, poll: &Poll, proposal: &Proposal) -> Args {
    args()
        .text("id", proposal.short_id())
        .text("poll", poll.short_id())
        .text("option", proposed(words, language, poll, proposal))
}

fn question(language: Language, poll: &Poll) -> Args {
    args().text("question", poll.question.in_language(language))
}

fn when(poll: &Poll) -> Args {
    about(poll).when("opens", poll.opens_at, poll.zone)
}
