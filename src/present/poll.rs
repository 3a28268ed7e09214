//! Polls in words: words and numbers first.
//!
//! `figures` has each kind's options with what they got, `outcome` what it came to, `chart` the same to look at, `voting`
//! how somebody votes and what they are told then, `proposals` the options that people propose.

use chrono::{DateTime, Utc};

use super::success;
use crate::domain::card::{Action, Block, Message};
use crate::domain::language::Language;
use crate::domain::poll::receipt;
use crate::domain::poll::rules::{Level, Reveal, Rules, Voices};
use crate::domain::poll::{Poll, PollOption, Status};
use crate::i18n::{Args, Words, args, dates};

mod ballots;
mod chart;
mod figures;
mod outcome;
mod proposals;
mod table;
mod voting;
mod won;

pub use ballots::ballots;
pub use outcome::{detail, outcome};
pub use proposals::{
    accepted_or_refused, decided, extended_proposals, moderation, options_added, proposal,
    proposal_made, proposed, refusal_form,
};
pub use table::table;
pub use voting::{form, in_whose_name, menu, offer_page, reason_form, said, voted, voted_sealed};
pub use won::dates_won;

/// A count as Fluent takes it.
fn wide(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A place in a list as a count.
fn wide_size(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The words of an option: its own, or the date that it is.
#[must_use]
pub fn label(language: Language, poll: &Poll, option: usize) -> String {
    let found = poll.options.get(option);
    found.map_or_else(String::new, |found| option_label(language, poll, found))
}

fn option_label(language: Language, poll: &Poll, option: &PollOption) -> String {
    option.at.map_or_else(
        || option.label.in_language(language).to_owned(),
        |at| dates::full(at, poll.zone, language),
    )
}

/// Several options in a sentence: « Le transport et Le bâtiment ».
fn labels(words: &Words, language: Language, poll: &Poll, options: &[usize]) -> String {
    let labels: Vec<String> = options
        .iter()
        .map(|option| label(language, poll, *option))
        .collect();
    labels.join(words.plain(language, "list-separator").as_str())
}

/// Options that share a rank: « Le transport = Le bâtiment ».
fn tier_labels(language: Language, poll: &Poll, tier: &[usize]) -> String {
    let labels: Vec<String> = tier
        .iter()
        .map(|option| label(language, poll, *option))
        .collect();
    labels.join(" = ")
}

/// What every text about a poll may say.
fn about(poll: &Poll) -> Args {
    args()
        .text("id", poll.short_id())
        .when("when", poll.closes_at, poll.zone)
}

/// Whose ballots are counted here, for the texts that name them.
fn of(poll: &Poll) -> Args {
    args().text(
        "of",
        if poll.is_of_organisations() {
            "organisations"
        } else {
            "persons"
        },
    )
}

/// The card of a poll: the question, the options with their figures, the rules, how to vote.
#[must_use]
pub fn card(words: &Words, language: Language, poll: &Poll, now: DateTime<Utc>) -> Message {
    let mut body = Vec::new();
    let say = |id: &str, args: Args| Block::Text(words.say(language, id, args));
    body.extend(how(words, language, poll).map(Block::Text));
    if let Some(circle) = poll
        .terms
        .circle
        .as_ref()
        .filter(|_| poll.status != Status::Closed)
    {
        let name = args().text("circle", circle.name.in_language(language));
        body.push(say("poll-circle", name));
    }
    body.extend(figures::options(words, language, poll, poll.shows_figures()).map(Block::List));
    if poll.status != Status::Scheduled && !poll.never_opened() {
        body.push(Block::Text(turnout(words, language, poll)));
    }
    body.extend(room(words, language, poll));
    body.extend(quorum(words, language, poll));
    body.extend(organisations(words, language, poll, poll.shows_figures()));
    let open = poll.takes_ballots(now);
    if poll.status == Status::Closed {
        body.push(say("poll-is-closed", about(poll)));
        body.push(Block::Text(outcome(words, language, poll)));
        body.extend(destroyed(words, language, poll));
        body.extend(statement(words, language, poll));
    } else if poll.settles_options(now) {
        body.push(Block::Text(proposals::invitation(
            words, language, poll, now,
        )));
        body.push(Block::Text(level(words, language, poll)));
    } else {
        if now < poll.opens_at {
            let opens = args().when("when", poll.opens_at, poll.zone);
            body.push(say("poll-opens", opens));
        }
        body.push(say(
            if now < poll.closes_at {
                "poll-closes"
            } else {
                "poll-is-closed"
            },
            about(poll),
        ));
        body.push(Block::Text(level(words, language, poll)));
        body.extend(voices(words, language, poll).map(Block::Text));
    }
    let proposing = poll.takes_proposals(now);
    let footer = if open {
        footer_id(poll)
    } else if proposing {
        "poll-footer-proposing".to_owned()
    } else {
        "poll-footer-closed".to_owned()
    };
    let action = if open {
        Some(vote_button(words, language, poll))
    } else {
        proposing.then(|| proposals::button(words, language, poll))
    };
    Message {
        title: Some(words.say(
            language,
            &title_id(poll),
            args().text("question", poll.question.in_language(language)),
        )),
        body,
        actions: action.into_iter().collect(),
        footer: Some(words.say(language, &footer, args().text("id", poll.short_id()))),
        ..Message::default()
    }
}

/// The button that leads to a person's ballot.
fn vote_button(words: &Words, language: Language, poll: &Poll) -> Action {
    let id = poll.short_id().to_string();
    let label = words.plain(language, "poll-vote");
    Action::button("vote", &[("poll", &id)], label).primary()
}

/// The id of the line that says how to vote by typing.
fn footer_id(poll: &Poll) -> String {
    let kind = poll.terms.rules.kind().name();
    match (&poll.terms.rules, poll.terms.level) {
        (Rules::Consent { .. }, Level::Confidential) => format!("poll-footer-{kind}-confidential"),
        _ => format!("poll-footer-{kind}"),
    }
}

/// The id of the title: a proposal and a call for consent are called by their names.
fn title_id(poll: &Poll) -> String {
    match poll.terms.rules {
        Rules::Proposal { .. } | Rules::Consent { .. } => {
            format!("poll-card-title-{}", poll.terms.rules.kind().name())
        }
        _ => "poll-card-title".to_owned(),
    }
}

/// What is asked of a voter, in a sentence, and by what rule it is decided; none where the options say it all.
#[must_use]
pub fn how(words: &Words, language: Language, poll: &Poll) -> Option<String> {
    let say = |id: &str, args: Args| Some(words.say(language, id, args));
    match &poll.terms.rules {
        Rules::Choose { most: 1 } => None,
        Rules::Choose { most } => say("poll-how-choose", args().number("most", wide_size(*most))),
        Rules::Proposal { threshold } => {
            let rule = figures::threshold(*threshold);
            say(&format!("poll-how-proposal-{rule}"), args())
        }
        Rules::Consent { rule } => say(
            if poll.terms.level == Level::Confidential {
                "poll-how-consent-confidential"
            } else {
                "poll-how-consent"
            },
            args().number("allowed", wide(rule.objections_allowed)),
        ),
        Rules::Points { rule } => match rule.cap {
            Some(cap) => say(
                "poll-how-points-cap",
                args()
                    .number("budget", i64::from(rule.budget))
                    .number("cap", i64::from(cap)),
            ),
            None => say(
                "poll-how-points",
                args().number("budget", i64::from(rule.budget)),
            ),
        },
        Rules::Elect { seats } => say("poll-how-elect", args().number("seats", wide_size(*seats))),
        Rules::Budget { budget, method } => {
            let id = match method {
                crate::domain::poll::rules::BudgetMethod::EqualShares => "poll-how-budget",
                crate::domain::poll::rules::BudgetMethod::Greedy => "poll-how-budget-greedy",
            };
            let budget = dates::number(wide(*budget), language);
            say(id, args().text("budget", budget))
        }
        Rules::Score | Rules::Rank | Rules::Date => say(
            &format!("poll-how-{}", poll.terms.rules.kind().name()),
            args(),
        ),
    }
}

/// Whose voices are heard, where organisations have one, and how somebody votes for theirs.
fn voices(words: &Words, language: Language, poll: &Poll) -> Option<String> {
    let voices = poll.terms.voices;
    (voices != Voices::Persons).then(|| {
        let id = format!("poll-voices-{}", voices.name());
        let example = voting::example(words, language, poll, None);
        words.say(language, &id, args().text("example", example))
    })
}

/// What organisations voted, apart from persons, where both have a voice.
fn organisations(words: &Words, language: Language, poll: &Poll, shown: bool) -> Option<Block> {
    let mut tally = poll.second_tally()?;
    if poll.status == Status::Scheduled || poll.never_opened() {
        return None;
    }
    // What the options mean is said above.
    for option in &mut tally.options {
        option.meaning = None;
    }
    let mut lines = vec![turnout(words, language, &tally)];
    if shown && figures::has_figures(&tally.live) {
        lines.extend(figures::options(words, language, &tally, true).unwrap_or_default());
    }
    Some(Block::List(lines))
}

/// How many voted, and how many of them are known to be one person on both networks.
fn turnout(words: &Words, language: Language, poll: &Poll) -> String {
    let (cast, shown) = (poll.cast(), poll.shown_turnout());
    if poll.is_of_organisations() {
        return words.say(
            language,
            "poll-turnout-organisations",
            args()
                .number("cast", wide(cast))
                .number("eligible", wide(poll.eligible)),
        );
    }
    // Of a confidential poll that is open, a turnout that moves with each ballot would tell whose it is.
    if poll.status != Status::Closed && poll.terms.level == Level::Confidential {
        return words.say(
            language,
            "poll-turnout-about",
            args().number("cast", wide(shown)),
        );
    }
    let args = args().number("cast", wide(cast));
    if poll.verified == 0 || cast == 1 {
        words.say(language, "poll-turnout", args)
    } else {
        let args = args.number("verified", wide(poll.verified));
        words.say(language, "poll-turnout-verified", args)
    }
}

/// What was counted by hand, apart and together.
fn room(words: &Words, language: Language, poll: &Poll) -> Option<Block> {
    let room = poll.room.as_ref()?;
    let names = figures::answers(words, language, poll);
    let chat = figures::simple_counts(poll);
    let counted: Vec<String> = room
        .counts
        .iter()
        .enumerate()
        .map(|(at, count)| {
            let name = names.get(at).cloned().unwrap_or_default();
            let args = args().text("name", name).number("room", wide(*count));
            match chat.as_ref().and_then(|counts| counts.get(at)) {
                Some(chat) if poll.shows_figures() => words.say(
                    language,
                    "poll-room-line-together",
                    args.number("together", wide(chat.saturating_add(*count))),
                ),
                _ => words.say(language, "poll-room-line", args),
            }
        })
        .collect();
    // Pages for everybody name nobody.
    let id = if room.witness.is_empty() {
        "poll-room-unnamed"
    } else {
        "poll-room"
    };
    let count = args().number("count", wide(room.counts.iter().sum()));
    let lead = words.say(language, id, count.text("witness", &room.witness));
    Some(Block::List([vec![lead], counted].concat()))
}

/// How far a quorum is.
fn quorum(words: &Words, language: Language, poll: &Poll) -> Option<Block> {
    let percent = poll.terms.quorum.0;
    if percent == 0 {
        return None;
    }
    let needed = (u128::from(poll.eligible) * u128::from(percent)).div_ceil(100);
    Some(Block::Text(
        words.say(
            language,
            "poll-quorum",
            args()
                .number("cast", wide(poll.shown_turnout()))
                .number("needed", i64::try_from(needed).unwrap_or(i64::MAX))
                .number("eligible", wide(poll.eligible))
                .text("percent", figures::percent(language, u64::from(percent))),
        ),
    ))
}

/// Who gets to know what, and when.
#[must_use]
pub fn level(words: &Words, language: Language, poll: &Poll) -> String {
    let id = format!("poll-level-{}", poll.terms.level.name());
    let level = words.say(language, &id, of(poll));
    if poll.terms.receipts {
        let few = args().number("few", wide(receipt::FEW_BALLOTS));
        let receipts = words.say(language, "poll-receipts", few);
        return format!("{level} {receipts}");
    }
    match (poll.terms.level, poll.terms.reveal()) {
        (Level::Confidential, _) | (_, Reveal::Live) => level,
        (_, reveal) => {
            let when = words.plain(language, &format!("poll-results-{}", reveal.name()));
            format!("{level} {when}")
        }
    }
}

/// Of a confidential poll: that its keys are destroyed, and what the result can be recognised by.
fn destroyed(words: &Words, language: Language, poll: &Poll) -> Option<Block> {
    let fingerprint = poll
        .fingerprint()
        .filter(|_| poll.terms.level == Level::Confidential)?;
    let id = match (poll.terms.receipts, poll.publishes_ballots()) {
        (_, true) => "poll-published",
        (true, false) => "poll-destroyed-few",
        (false, false) => "poll-destroyed",
    };
    let values = about(poll)
        .text("fingerprint", fingerprint)
        .number("few", wide(receipt::FEW_BALLOTS));
    Some(Block::Text(words.say(language, id, values)))
}

/// What a human says came of it.
fn statement(words: &Words, language: Language, poll: &Poll) -> Vec<Block> {
    let Some(statement) = &poll.statement else {
        return Vec::new();
    };
    let mut blocks = vec![
        Block::Heading(words.plain(language, "poll-statement")),
        Block::Text(statement.text.clone()),
    ];
    if let Some(day) = statement.review_on {
        let when = args().text("when", dates::day(day, language));
        blocks.push(Block::Text(words.say(language, "poll-review", when)));
    }
    blocks
}

/// The results, once the poll is closed: words, then numbers, then a chart; of one that never opened, that it did not.
#[must_use]
pub fn results(words: &Words, language: Language, poll: &Poll) -> Message {
    let mut body = vec![Block::Text(outcome(words, language, poll))];
    body.extend(figures::options(words, language, poll, true).map(Block::List));
    if !poll.never_opened() {
        body.push(Block::Text(turnout(words, language, poll)));
    }
    body.extend(room(words, language, poll));
    body.extend(organisations(words, language, poll, true));
    body.extend(destroyed(words, language, poll));
    body.extend(statement(words, language, poll));
    let title = if poll.never_opened() {
        "poll-unopened-title"
    } else {
        "poll-results-title"
    };
    Message {
        title: Some(words.say(
            language,
            title,
            args().text("question", poll.question.in_language(language)),
        )),
        body,
        footer: Some(words.say(
            language,
            "poll-footer-closed",
            args().text("id", poll.short_id()),
        )),
        image: chart::image(words, language, poll).map(Box::new),
        ..Message::default()
    }
}

/// The reminder before the close.
#[must_use]
pub fn reminder(words: &Words, language: Language, poll: &Poll) -> Message {
    let question = poll.question.in_language(language);
    Message {
        title: Some(words.say(
            language,
            "poll-reminder-title",
            args().text("question", question),
        )),
        body: vec![
            Block::Text(words.say(language, "poll-closes", about(poll))),
            Block::Text(turnout(words, language, poll)),
        ]
        .into_iter()
        .chain(organisations(words, language, poll, false))
        .collect(),
        actions: vec![vote_button(words, language, poll)],
        footer: Some(words.say(
            language,
            &footer_id(poll),
            args().text("id", poll.short_id()),
        )),
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
    let question = poll.question.in_language(language);
    let id = if poll.terms.proposals && poll.status == Status::Scheduled {
        "poll-line-proposing"
    } else {
        "poll-line"
    };
    let args = about(poll).when("opens", poll.opens_at, poll.zone);
    words.say(language, id, args.text("question", question))
}

/// To the organizer: it is open (or will be), and until when.
#[must_use]
pub fn opened(words: &Words, language: Language, poll: &Poll) -> Message {
    let id = match poll.status {
        Status::Scheduled if poll.terms.proposals => "poll-announced-proposing",
        Status::Scheduled => "poll-scheduled",
        _ => "poll-opened",
    };
    let args = about(poll).when("opens", poll.opens_at, poll.zone);
    success(words.say(language, id, args))
}

/// To the organizer: it closes later.
#[must_use]
pub fn extended(words: &Words, language: Language, poll: &Poll) -> Message {
    success(words.say(language, "poll-extended", about(poll)))
}

/// To the organizer: the room's votes are recorded.
#[must_use]
pub fn room_recorded(words: &Words, language: Language, poll: &Poll) -> Message {
    let mut message = success(words.say(language, "poll-room-recorded", about(poll)));
    message.body.extend(room(words, language, poll));
    message
}

/// To the organizer: what came of it is told.
#[must_use]
pub fn concluded(words: &Words, language: Language, poll: &Poll) -> Message {
    success(words.say(language, "poll-concluded", about(poll)))
}

/// To the organizer: it is closed, and the outcome.
#[must_use]
pub fn closed(words: &Words, language: Language, poll: &Poll) -> Message {
    let mut message = success(words.say(language, "poll-closed", about(poll)));
    message
        .body
        .push(Block::Text(outcome(words, language, poll)));
    message
}
