//! Check-ins in words: the question, what was answered, and a hand that is asked for and lent.

use super::{commitment, success};
use crate::domain::card::{Action, Block, Message};
use crate::domain::checkin::{Answer, Hand, Overview};
use crate::domain::commitment::{Commitment, Holder};
use crate::domain::digest::SMALL;
use crate::domain::ids::ShortId;
use crate::domain::language::Language;
use crate::i18n::{Words, args, dates};
use crate::service::checkins::{Asked, Sheet};
use crate::service::commitments::Held;
use chrono::{DateTime, Utc};

/// Most other commitments that one message names: a list of one’s own has them all.
const OTHERS: usize = 8;

/// To who holds it: how does it go? The others that are due are named.
#[must_use]
pub fn question(words: &Words, language: Language, sheet: &Sheet, now: DateTime<Utc>) -> Message {
    let (commitment, zone) = (&sheet.commitment, sheet.collective.zone);
    let id = commitment.short_id().to_string();
    let say = |key: &str| Block::Text(words.say(language, key, args().text("id", &id)));
    let taken = dates::day(
        commitment.taken_at.with_timezone(&zone).date_naive(),
        language,
    );
    let hello = match commitment.holder {
        Holder::Person(_) => "checkin-hello",
        Holder::Organisation(_) => "checkin-hello-organisation",
    };
    let hello = words.say(language, hello, args().text("when", taken));
    let mut body = vec![
        Block::Text(hello),
        Block::Quote(commitment.sentence.clone()),
    ];
    if let Some(due) = commitment.due {
        let due = args().text("when", dates::day(due, language));
        body.push(Block::Text(words.say(language, "checkin-due", due)));
    }
    body.push(say("checkin-question"));
    let others = sheet.others(now);
    if let Some(first) = others.first() {
        body.push(say("checkin-others"));
        let lines = others.iter().take(OTHERS).map(|other| {
            let line = args()
                .text("id", other.short_id())
                .text("sentence", &other.sentence);
            words.say(language, "checkin-other", line)
        });
        body.push(Block::List(lines.collect()));
        let first = args().text("id", first.short_id());
        body.push(Block::Text(words.say(
            language,
            "checkin-others-how",
            first,
        )));
    }
    body.push(say("checkin-stop"));
    let button = |answer: Answer| {
        let label = words.plain(language, &format!("checkin-{}", answer.name()));
        let args = [("commitment", id.as_str()), ("state", answer.name())];
        Action::button("checkin", &args, label)
    };
    let title = args()
        .text("id", &id)
        .text("collective", &sheet.collective.name);
    Message {
        title: Some(words.say(language, "checkin-title", title)),
        body,
        actions: Answer::ALL.map(button).into(),
        footer: Some(words.say(language, "checkin-footer", args().text("id", &id))),
        ..Message::default()
    }
}

/// Adds to one’s own commitments those of which there is no news.
pub fn add_missing(words: &Words, language: Language, missing: &[ShortId], list: &mut Message) {
    if let Some(first) = missing.first() {
        let values = args().text("ids", joined(missing)).text("first", first);
        let said = words.say(language, "checkin-missing", values);
        list.body.push(Block::Text(said));
    }
}

fn joined(ids: &[ShortId]) -> String {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    ids.join(", ")
}

/// To who would like a hand: whether anybody sees that.
#[must_use]
pub fn hand_asked(
    words: &Words,
    language: Language,
    commitment: &Commitment,
    asked: &Asked,
) -> Message {
    let id = args().text("id", commitment.short_id());
    match asked {
        Asked::Told => success(words.say(language, "checkin-hand-told", id)),
        Asked::Nowhere(statement) => {
            let mut body = vec![Block::Text(words.say(language, "checkin-hand-nowhere", id))];
            if let Some(statement) = statement {
                let whom = args()
                    .text("officer", &statement.officer)
                    .text("organisation", &statement.organisation)
                    .text("email", &statement.email);
                let said = words.say(language, "checkin-hand-write", whom);
                body.push(Block::Text(said));
            }
            Message {
                body,
                ..Message::default()
            }
        }
    }
}

/// How a new day is given by typing.
#[must_use]
pub fn date_example(words: &Words, language: Language, id: &str) -> String {
    words.say(language, "checkin-new-date-example", args().text("id", id))
}

/// To who would pass a commitment on: how.
#[must_use]
pub fn pass_on(words: &Words, language: Language, commitment: &Commitment) -> Message {
    let id = commitment.short_id().to_string();
    let say = |key: &str| words.say(language, key, args().text("id", &id));
    let button = |command: &str, label: &str| {
        let label = words.plain(language, label);
        Action::button(command, &[("commitment", &id)], label)
    };
    Message {
        body: vec![
            Block::Text(say("checkin-pass-on-how")),
            Block::Quote(commitment.sentence.clone()),
        ],
        actions: vec![
            button("commitment.hand-over", "checkin-hand-over"),
            button("commitment.withdraw", "checkin-withdraw"),
        ],
        footer: Some(say("checkin-pass-on-footer")),
        ..Message::default()
    }
}

/// To organizers: somebody would like a hand with it; what became of that.
#[must_use]
pub fn hand_wanted(words: &Words, language: Language, held: &Held, hand: Option<&Hand>) -> Message {
    let wanted = &held.commitment;
    let id = wanted.short_id().to_string();
    let say = |key: &str| words.say(language, key, args().text("id", &id));
    let title = Some(say("checkin-wanted-title"));
    if !wanted.state.is_open() || hand.is_none() {
        return Message {
            title,
            body: vec![Block::Text(say("checkin-wanted-over"))],
            ..Message::default()
        };
    }
    let organisation = held.organisation.as_ref();
    let organisation = organisation.map(|one| one.name.in_language(language).to_owned());
    let mut body = match organisation.or_else(|| wanted.shown_as.clone()) {
        Some(who) => {
            let values = args().text("id", &id).text("who", who);
            let said = words.say(language, "checkin-wanted-public", values);
            vec![Block::Text(said), Block::Quote(wanted.sentence.clone())]
        }
        None => vec![Block::Text(say("checkin-wanted"))],
    };
    if let Some(about) = &wanted.about {
        let about = args().text("about", commitment::aim(words, language, about));
        let about = words.say(language, "checkin-wanted-about", about);
        body.push(Block::Text(about));
    }
    if hand.is_some_and(|hand| hand.answered_at.is_some()) {
        body.push(Block::Text(say("checkin-wanted-answered")));
    }
    let answer = words.plain(language, "checkin-wanted-answer");
    Message {
        title,
        body,
        actions: vec![Action::button("commitment.help", &[("commitment", &id)], answer).primary()],
        footer: Some(say("checkin-wanted-how")),
        ..Message::default()
    }
}

/// To who asked for a hand: what organizers answer.
#[must_use]
pub fn hand(words: &Words, language: Language, commitment: &Commitment, reply: &str) -> Message {
    let id = || args().text("id", commitment.short_id());
    Message {
        title: Some(words.say(language, "checkin-hand-title", id())),
        body: vec![
            Block::Quote(reply.to_owned()),
            Block::Text(words.say(language, "checkin-hand-from", id())),
        ],
        footer: Some(words.say(language, "checkin-hand-footer", id())),
        ..Message::default()
    }
}

/// To the organizer who answered.
#[must_use]
pub fn hand_lent(words: &Words, language: Language, id: ShortId) -> Message {
    success(words.say(language, "checkin-hand-lent", args().text("id", id)))
}

/// To organizers: how open commitments stand.
#[must_use]
pub fn overview(words: &Words, language: Language, overview: &Overview) -> Message {
    let count = |n: i64| match n {
        few if few < SMALL => words.plain(language, "checkin-few"),
        n => dates::number(n, language),
    };
    let name = |key: &str| words.plain(language, key);
    let mut body = vec![
        Block::Fields(vec![
            (name("checkin-open"), count(overview.open)),
            (name("checkin-without-news"), count(overview.missing)),
        ]),
        Block::Text(name("checkin-without-news-is")),
    ];
    if let Some(first) = overview.hands.first() {
        let values = args()
            .text("ids", joined(&overview.hands))
            .text("first", first);
        body.push(Block::Text(words.say(language, "checkin-hands", values)));
    }
    Message {
        title: Some(name("checkin-overview-title")),
        body,
        ..Message::default()
    }
}
