//! Polls in words: words and numbers first.

use chrono::{DateTime, Utc};

use super::success;
use crate::domain::card::{Action, Block, Choice, Control, Message};
use crate::domain::language::Language;
use crate::domain::poll::{Poll, PollOption, Status};
use crate::i18n::{Words, args, dates};

/// The card of a poll: the question, the options with their counts, how to vote.
#[must_use]
pub fn card(words: &Words, language: Language, poll: &Poll, now: DateTime<Utc>) -> Message {
    let id = poll.short_id();
    let open = poll.takes_ballots(now);
    let mut body = vec![Block::List(
        poll.options
            .iter()
            .map(|option| counted(words, language, poll, option))
            .collect(),
    )];
    body.push(Block::Text(words.say(
        language,
        "poll-turnout",
        args().number("cast", poll.cast()),
    )));
    let closes = dates::full(poll.closes_at, poll.zone, language);
    if open {
        body.push(Block::Text(words.say(
            language,
            "poll-closes",
            args().text("when", closes),
        )));
    } else {
        body.push(Block::Text(words.say(
            language,
            "poll-is-closed",
            args().text("when", closes),
        )));
        if poll.status == Status::Closed {
            body.push(Block::Text(outcome(words, language, poll)));
        }
    }
    let vote = Action::button(
        "vote",
        &[("poll", &id.to_string())],
        words.plain(language, "poll-vote"),
    );
    Message {
        title: Some(words.say(
            language,
            "poll-card-title",
            args().text("question", &poll.question),
        )),
        body,
        actions: if open {
            vec![vote.primary()]
        } else {
            Vec::new()
        },
        footer: Some(words.say(
            language,
            if open {
                "poll-footer"
            } else {
                "poll-footer-closed"
            },
            args().text("id", id),
        )),
        ..Message::default()
    }
}

fn counted(words: &Words, language: Language, poll: &Poll, option: &PollOption) -> String {
    words.say(
        language,
        "poll-option",
        args()
            .text("letter", option.letter())
            .text("label", &option.label)
            .number("votes", option.votes)
            .text("share", share(language, option.votes, poll.cast())),
    )
}

/// A whole percentage, rounded half up. For reading only: nothing is decided by it.
fn share(language: Language, votes: i64, cast: i64) -> String {
    let percent = if cast == 0 {
        0
    } else {
        (votes * 200 + cast) / (cast * 2)
    };
    match language {
        Language::FrCa => format!("{}\u{a0}%", dates::number(percent, language)),
        Language::EnCa => format!("{}%", dates::number(percent, language)),
    }
}

/// Who leads, in a sentence. A tie is told as a tie.
#[must_use]
pub fn outcome(words: &Words, language: Language, poll: &Poll) -> String {
    let leaders = poll.leaders();
    match leaders.as_slice() {
        [] => words.plain(language, "poll-outcome-none"),
        [one] => words.say(
            language,
            "poll-outcome",
            args()
                .text("label", &one.label)
                .number("votes", one.votes)
                .number("cast", poll.cast()),
        ),
        [first, ..] => {
            let labels: Vec<_> = leaders.iter().map(|option| option.label.as_str()).collect();
            words.say(
                language,
                "poll-outcome-tie",
                args()
                    .text(
                        "labels",
                        labels.join(words.plain(language, "list-separator").as_str()),
                    )
                    .number("votes", first.votes),
            )
        }
    }
}

/// The results, once the poll is closed.
#[must_use]
pub fn results(words: &Words, language: Language, poll: &Poll) -> Message {
    Message {
        title: Some(words.say(
            language,
            "poll-results-title",
            args().text("question", &poll.question),
        )),
        body: vec![
            Block::Text(outcome(words, language, poll)),
            Block::List(
                poll.options
                    .iter()
                    .map(|option| counted(words, language, poll, option))
                    .collect(),
            ),
        ],
        footer: Some(words.say(
            language,
            "poll-footer-closed",
            args().text("id", poll.short_id()),
        )),
        ..Message::default()
    }
}

/// The private menu: choose one; the current choice is marked.
#[must_use]
pub fn menu(words: &Words, language: Language, poll: &Poll, own: Option<i64>) -> Message {
    let id = poll.short_id();
    let choices = poll
        .options
        .iter()
        .map(|option| Choice {
            value: option.letter().to_string(),
            label: option.label.clone(),
            chosen: own == Some(option.position),
        })
        .collect();
    let mut menu = Action::button(
        "vote",
        &[("poll", &id.to_string())],
        words.plain(language, "poll-menu-placeholder"),
    );
    menu.control = Control::Menu(choices);
    Message {
        title: Some(poll.question.clone()),
        body: vec![Block::Text(words.plain(language, "poll-menu"))],
        actions: vec![menu],
        footer: Some(words.say(language, "poll-footer", args().text("id", id))),
        ..Message::default()
    }
}

/// The open polls.
#[must_use]
pub fn list(words: &Words, language: Language, open: &[Poll]) -> Message {
    let body = if open.is_empty() {
        Block::Text(words.plain(language, "poll-none"))
    } else {
        Block::List(
            open.iter()
                .map(|poll| line(words, language, poll))
                .collect(),
        )
    };
    Message {
        title: Some(words.plain(language, "poll-list-title")),
        body: vec![body],
        ..Message::default()
    }
}

/// One line of a list: id, question, until when.
#[must_use]
pub fn line(words: &Words, language: Language, poll: &Poll) -> String {
    words.say(
        language,
        "poll-line",
        args()
            .text("id", poll.short_id())
            .text("question", &poll.question)
            .text("when", dates::full(poll.closes_at, poll.zone, language)),
    )
}

/// To the organizer: it is open, and until when.
#[must_use]
pub fn opened(words: &Words, language: Language, poll: &Poll) -> Message {
    success(
        words.say(
            language,
            "poll-opened",
            args()
                .text("id", poll.short_id())
                .text("when", dates::full(poll.closes_at, poll.zone, language)),
        ),
    )
}

/// To the organizer: it is closed, and the outcome.
#[must_use]
pub fn closed(words: &Words, language: Language, poll: &Poll) -> Message {
    let mut message =
        success(words.say(language, "poll-closed", args().text("id", poll.short_id())));
    message
        .body
        .push(Block::Text(outcome(words, language, poll)));
    message
}

/// To who voted: what is recorded, and until when it can be changed.
#[must_use]
pub fn voted(words: &Words, language: Language, poll: &Poll, position: i64) -> Message {
    let label = poll
        .options
        .iter()
        .find(|option| option.position == position)
        .map_or("", |option| option.label.as_str());
    success(
        words.say(
            language,
            "poll-voted",
            args()
                .text("id", poll.short_id())
                .text("label", label)
                .text("when", dates::full(poll.closes_at, poll.zone, language)),
        ),
    )
}
