//! Seats in words: how many are left, where somebody stands, offers.

use chrono::{DateTime, SecondsFormat, Utc};

use super::{answers, fields, told};
use crate::domain::card::{Action, Block, Message};
use crate::domain::language::Language;
use crate::domain::poll::rules::Eligibility;
use crate::domain::workshop::{Fill, Offer, Outcome, Place, Rsvp, Status, Workshop};
use crate::i18n::{Args, Words, args, dates};
use crate::present::{csv, success};
use crate::service::workshops::{Answered, Attendee};

/// Most buttons that say with how many one comes: one row holds five.
const BUTTONS: i64 = 4;

/// What a card says of who comes: the counts, the seats, who may come and until when.
pub(super) fn lines(
    words: &Words,
    language: Language,
    workshop: &Workshop,
    now: DateTime<Utc>,
) -> Vec<Block> {
    let say = |id: &str, args: Args| words.say(language, id, args);
    let (roster, limits) = (workshop.roster, &workshop.draft.limits);
    let mut counts = vec![say(
        "workshop-roster",
        args()
            .number("yes", roster.yes)
            .number("maybe", roster.maybe)
            .number("no", roster.no),
    )];
    counts.extend(seats(words, language, workshop));
    let mut rules = Vec::new();
    if workshop.takes_answers(now) {
        let id = || args().text("id", workshop.short_id());
        if limits.closed(now) {
            rules.push(say("workshop-rsvp-closed", args()));
        } else {
            if workshop.is_full() {
                rules.push(say("workshop-full", args()));
            }
            if limits.companions > 0 {
                let most = id().number("most", limits.companions);
                rules.push(say("workshop-companions", most));
            }
            if limits.who == Eligibility::KnownBefore {
                rules.push(say("workshop-known-before", args()));
            }
            if let Some(circle) = &workshop.draft.details.circle {
                let name = args().text("circle", circle.name.in_language(language));
                rules.push(say("workshop-circle", name));
            }
        }
    }
    [counts, rules]
        .into_iter()
        .filter(|lines| !lines.is_empty())
        .map(|lines| Block::Text(lines.join("\n")))
        .collect()
}

/// How many seats are gone, and how many people wait; where there is no capacity, how many come with their companions.
fn seats(words: &Words, language: Language, workshop: &Workshop) -> Option<String> {
    let roster = workshop.roster;
    let Some(capacity) = workshop.draft.limits.capacity else {
        let people = args().number("people", roster.seats);
        return (roster.seats > roster.yes).then(|| words.say(language, "workshop-people", people));
    };
    let id = if roster.waiting > 0 && workshop.status == Status::Announced {
        "workshop-seats-waiting"
    } else {
        "workshop-seats"
    };
    let values = args()
        .number("gone", roster.gone())
        .number("capacity", capacity)
        .number("waiting", roster.waiting);
    Some(words.say(language, id, values))
}

/// To who answered: what is recorded, and how to come with more.
#[must_use]
pub fn answered(words: &Words, language: Language, answered: &Answered) -> Message {
    let workshop = &answered.workshop;
    let mut message = place(words, language, answered);
    if matches!(
        answered.place,
        Some(Place::Yes { .. } | Place::Waiting { .. })
    ) {
        message
            .actions
            .splice(0..0, companions(words, language, workshop));
    }
    message
}

/// Where somebody stands.
#[must_use]
pub fn place(words: &Words, language: Language, answered: &Answered) -> Message {
    let workshop = &answered.workshop;
    let id = match answered.place {
        None => "workshop-place-none",
        Some(Place::Yes { seats: 1 }) => "workshop-answered-yes",
        Some(Place::Yes { .. }) => "workshop-answered-party",
        Some(Place::Maybe) => "workshop-answered-maybe",
        Some(Place::No) => "workshop-answered-no",
        Some(Place::Waiting { .. }) => "workshop-answered-waiting",
        Some(Place::Offered { .. }) => "workshop-answered-offered",
    };
    let party = answered.place.map_or(0, Place::party);
    let until = match answered.place {
        Some(Place::Offered { until, .. }) => until,
        _ => workshop.draft.starts_at,
    };
    let values = told(language, workshop)
        .number("seats", party)
        .number("rank", answered.ahead + 1)
        .when("until", until, workshop.zone);
    let mut message = success(words.say(language, id, values));
    match answered.place {
        Some(Place::Waiting { seats, .. }) => {
            if seats > 1 {
                let text = args().text("id", workshop.short_id());
                let text = words.say(language, "workshop-waiting-party", text);
                message.body.push(Block::Text(text));
            }
            let label = words.plain(language, "workshop-leave-line");
            message.actions = vec![to_answer(workshop, Rsvp::No, label)];
        }
        Some(Place::Offered { .. }) => message.actions = decide(words, language, workshop),
        _ => {}
    }
    message
}

/// Buttons that say with how many one comes.
fn companions(words: &Words, language: Language, workshop: &Workshop) -> Vec<Action> {
    let most = workshop.draft.limits.companions.min(BUTTONS);
    let id = workshop.short_id().to_string();
    let button = |with: i64| {
        let label = words.say(
            language,
            "workshop-come-with",
            args().number("companions", with),
        );
        let with = with.to_string();
        Action::button(
            "rsvp",
            &[("workshop", &id), ("answer", "yes"), ("with", &with)],
            label,
        )
    };
    if most == 0 {
        return Vec::new();
    }
    (0..=most).map(button).collect()
}

fn to_answer(workshop: &Workshop, answer: Rsvp, label: String) -> Action {
    let id = workshop.short_id().to_string();
    Action::button(
        "rsvp",
        &[("workshop", &id), ("answer", answer.name())],
        label,
    )
}

/// To accept an offer, or to decline it.
fn decide(words: &Words, language: Language, workshop: &Workshop) -> Vec<Action> {
    let (accept, decline) = (
        words.plain(language, "workshop-accept"),
        words.plain(language, "workshop-decline"),
    );
    vec![
        to_answer(workshop, Rsvp::Yes, accept)
            .with_emoji(Rsvp::Yes.emoji())
            .primary(),
        to_answer(workshop, Rsvp::No, decline).with_emoji(Rsvp::No.emoji()),
    ]
}

/// Seats that became free, to whose turn it is; afterwards, what became of the offer.
#[must_use]
pub fn offer(words: &Words, language: Language, workshop: &Workshop, offer: &Offer) -> Message {
    let values = || told(language, workshop).number("seats", offer.seats);
    let open = offer.outcome == Outcome::Open;
    let mut fields = fields::when_and_where(words, language, workshop);
    let mut body = Vec::new();
    if open {
        fields.push((
            words.plain(language, "workshop-offer-until"),
            dates::full(offer.ends_at, workshop.zone, language),
        ));
        body.push(Block::Fields(fields));
        body.push(Block::Text(words.say(language, "workshop-offer", values())));
    } else {
        body.push(Block::Fields(fields));
        let id = format!("workshop-offer-{}", offer.outcome.name());
        body.push(Block::Text(words.say(language, &id, values())));
    }
    let footer = if open {
        "workshop-offer-footer"
    } else {
        "workshop-footer-over"
    };
    Message {
        title: Some(words.say(language, "workshop-offer-title", values())),
        body,
        actions: if open {
            decide(words, language, workshop)
        } else {
            Vec::new()
        },
        footer: Some(words.say(language, footer, values())),
        ..Message::default()
    }
}

/// To who let an offer pass: the seats go to the next.
#[must_use]
pub fn offer_passed(words: &Words, language: Language, workshop: &Workshop) -> Message {
    let values = || told(language, workshop);
    Message {
        title: Some(words.say(language, "workshop-offer-passed-title", values())),
        body: vec![Block::Text(words.say(
            language,
            "workshop-offer-passed",
            values(),
        ))],
        footer: Some(words.say(language, "workshop-footer-over", values())),
        ..Message::default()
    }
}

/// To organizers: how full a workshop has become.
#[must_use]
pub fn fill(words: &Words, language: Language, workshop: &Workshop, fill: Fill) -> Message {
    let id = match fill {
        Fill::Half => "workshop-fill-half",
        Fill::Most => "workshop-fill-most",
        Fill::Full => "workshop-fill-full",
    };
    let roster = workshop.roster;
    let values = told(language, workshop)
        .number("gone", roster.gone())
        .number(
            "capacity",
            workshop.draft.limits.capacity.unwrap_or_default(),
        )
        .number("waiting", roster.waiting);
    Message {
        body: vec![Block::Text(words.say(language, id, values))],
        ..Message::default()
    }
}

/// To a room: somebody in line is offered seats and does not know. It names nobody.
#[must_use]
pub fn unreached(words: &Words, language: Language, workshop: &Workshop) -> Message {
    let id = workshop.short_id().to_string();
    let label = words.plain(language, "workshop-my-place");
    Message {
        body: vec![Block::Text(words.say(
            language,
            "workshop-unreached",
            told(language, workshop),
        ))],
        actions: vec![Action::button(
            "workshop.place",
            &[("workshop", &id)],
            label,
        )],
        ..Message::default()
    }
}

/// What can be pressed under a card at `now`: every answer; once answers are closed, only that one does not come.
pub(super) fn buttons(
    words: &Words,
    language: Language,
    workshop: &Workshop,
    now: DateTime<Utc>,
) -> Vec<Action> {
    let mut actions = answers(words, language, workshop);
    if workshop.draft.limits.closed(now) {
        actions.retain(|action| action.emoji.as_deref() == Some(Rsvp::No.emoji()));
    }
    actions
}

/// The mark of a workshop in a list that has no seat left.
pub(super) fn full_mark(words: &Words, language: Language, workshop: &Workshop) -> String {
    if workshop.is_full() {
        words.plain(language, "workshop-line-full")
    } else {
        String::new()
    }
}

/// Who answered, as a table: one line per person, by one of their accounts.
#[must_use]
pub fn attendees(
    words: &Words,
    language: Language,
    workshop: &Workshop,
    all: &[Attendee],
) -> Message {
    let header = [
        "network", "account", "answer", "seats", "rank", "since", "present",
    ];
    let mut lines = vec![header.map(str::to_owned).to_vec()];
    let mut rank = 0;
    for attendee in all {
        let waits = matches!(attendee.place, Some(Place::Waiting { .. }));
        rank += i64::from(waits);
        let since = attendee.at.with_timezone(&workshop.zone);
        lines.push(vec![
            attendee.account.network.name().to_owned(),
            attendee.account.address.clone(),
            attendee
                .place
                .map_or_else(String::new, |place| place.name().to_owned()),
            attendee.place.map_or(0, Place::party).to_string(),
            if waits {
                rank.to_string()
            } else {
                String::new()
            },
            since.to_rfc3339_opts(SecondsFormat::Secs, false),
            if attendee.was_there { "yes" } else { "" }.to_owned(),
        ]);
    }
    let id = workshop.short_id();
    Message {
        file: Some(csv::file(format!("{id}.csv"), lines)),
        ..success(words.say(language, "workshop-attendees", args().text("id", id)))
    }
}
