//! To organizers: the date that a poll chose, and the workshop that can be made of it.

use super::{of, option_label};
use crate::domain::card::{Action, Block, Message};
use crate::domain::language::Language;
use crate::domain::poll::Poll;
use crate::i18n::{Words, args};

/// How many of the dates that are tied have a button.
const BUTTONS: usize = 5;

/// The dates that won, with a button for each.
#[must_use]
pub fn dates_won(words: &Words, language: Language, poll: &Poll) -> Message {
    let id = poll.short_id().to_string();
    let won = poll.won_dates();
    let dates = won
        .iter()
        .map(|option| option_label(language, poll, option));
    let dates: Vec<String> = dates.collect();
    let count = i64::try_from(won.len()).unwrap_or(i64::MAX);
    let told = of(poll)
        .text("id", &id)
        .number("count", count)
        .text("dates", dates.join(" · "))
        .text("question", poll.question.in_language(language))
        .text("letter", won.first().map_or('a', |option| option.letter()));
    let button = |(option, date): (&&crate::domain::poll::PollOption, &String)| {
        let letter = option.letter().to_string();
        let label = words.say(language, "poll-make-workshop", args().text("date", date));
        Action::button(
            "poll.workshop",
            &[("poll", &id), ("letter", &letter)],
            label,
        )
    };
    Message {
        body: vec![Block::Text(words.say(
            language,
            "poll-dates-won",
            told.clone(),
        ))],
        actions: won.iter().zip(&dates).take(BUTTONS).map(button).collect(),
        footer: Some(words.say(language, "poll-dates-won-footer", told)),
        ..Message::default()
    }
}
