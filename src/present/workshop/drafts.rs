//! Drafts, and changes of time or place, in words.

use chrono::{DateTime, Utc};

use super::{answers, card, fields, told};
use crate::domain::card::{Action, Block, COMMAND_SIGN, Message};
use crate::domain::language::Language;
use crate::domain::network::NetworkKind;
use crate::domain::workshop::{Change, Status, Workshop};
use crate::i18n::{Words, args};
use crate::present::success;
use crate::service::workshops::Preview;

/// A draft as rooms would see it: once for each network and language among them. Then what can be done with it.
#[must_use]
pub fn preview(
    words: &Words,
    language: Language,
    preview: &Preview,
    now: DateTime<Utc>,
) -> Message {
    let draft = &preview.workshop;
    let mut shown: Vec<(NetworkKind, Language)> = Vec::new();
    for room in &preview.rooms {
        if !shown.contains(&(room.network, room.language)) {
            shown.push((room.network, room.language));
        }
    }
    let mut body = vec![Block::Text(when_published(words, language, draft))];
    for (network, of_room) in shown {
        let like = |room: &&crate::domain::collective::Room| {
            (room.network, room.language) == (network, of_room)
        };
        let rooms = preview.rooms.iter().filter(like).count();
        let heading = args()
            .text("network", network.name())
            .text("language", of_room.tag())
            .number("rooms", i64::try_from(rooms).unwrap_or(i64::MAX));
        body.push(Block::Heading(words.say(
            language,
            "workshop-preview-heading",
            heading,
        )));
        body.extend(rendering(words, of_room, network, draft, now));
    }
    let id = draft.short_id().to_string();
    let button = |command, label| {
        Action::button(command, &[("workshop", &id)], words.plain(language, label))
    };
    Message {
        title: Some(words.say(language, "workshop-preview-title", told(language, draft))),
        body,
        actions: vec![
            button("workshop.publish", "workshop-publish").primary(),
            button("workshop.discard", "workshop-discard"),
        ],
        footer: Some(words.say(language, "workshop-preview-footer", told(language, draft))),
        ..Message::default()
    }
}

/// The card of a draft as a room would show it, with how one acts there: buttons, or reactions and typing.
fn rendering(
    words: &Words,
    language: Language,
    network: NetworkKind,
    draft: &Workshop,
    now: DateTime<Utc>,
) -> Vec<Block> {
    let announced = Workshop {
        status: Status::Announced,
        ..draft.clone()
    };
    let card = card(words, language, &announced, now);
    let mut body: Vec<Block> = card.title.map(Block::Text).into_iter().collect();
    body.extend(card.body);
    let emoji = |action: &Action| action.emoji.clone().unwrap_or_default();
    let (id, acts): (_, Vec<String>) = if network == NetworkKind::Matrix {
        let acts = answers(words, language, &announced);
        (
            "workshop-preview-reactions",
            acts.iter().map(emoji).collect(),
        )
    } else {
        let acts = answers(words, language, &announced).into_iter();
        let labelled = |action: Action| format!("{} {}", emoji(&action), action.label);
        ("workshop-preview-buttons", acts.map(labelled).collect())
    };
    let acts = args().text("acts", acts.join(" · "));
    body.push(Block::Text(words.say(language, id, acts)));
    let footer = card.footer.unwrap_or_default();
    let typed = footer.replace(COMMAND_SIGN, network.command_sign());
    body.push(Block::Text(typed));
    body
}

/// When a draft is announced.
fn when_published(words: &Words, language: Language, draft: &Workshop) -> String {
    match draft.publish_at {
        None => words.plain(language, "workshop-draft-waits"),
        Some(at) => words.say(
            language,
            "workshop-draft-scheduled",
            args().when("at", at, draft.zone),
        ),
    }
}

/// To the organizer, where others read along: the preview comes in private.
#[must_use]
pub fn draft_kept(words: &Words, language: Language, draft: &Workshop) -> Message {
    success(words.say(language, "workshop-draft-kept", told(language, draft)))
}

/// To the organizer: it is announced, or when it will be.
#[must_use]
pub fn published(words: &Words, language: Language, workshop: &Workshop) -> Message {
    if workshop.status == Status::Draft {
        success(when_published(words, language, workshop))
    } else {
        super::announced(words, language, workshop)
    }
}

/// To the organizer: the draft is gone.
#[must_use]
pub fn discarded(words: &Words, language: Language, draft: &Workshop) -> Message {
    success(words.say(language, "workshop-discarded", told(language, draft)))
}

/// The notice that a workshop is at another time or place, from what it was to what it is.
#[must_use]
pub fn change(
    words: &Words,
    language: Language,
    workshop: &Workshop,
    change: &Change,
    now: DateTime<Utc>,
) -> Message {
    let before = Workshop {
        draft: change.before.in_draft(&workshop.draft),
        ..workshop.clone()
    };
    let nowhere = || words.plain(language, "workshop-place-unknown");
    let place = |workshop| fields::place(words, language, workshop).unwrap_or_else(nowhere);
    let mut body = Vec::new();
    for (name, new, old) in [
        (
            "workshop-when",
            super::when(language, workshop),
            super::when(language, &before),
        ),
        ("workshop-where", place(workshop), place(&before)),
    ] {
        body.push((words.plain(language, name), new.clone()));
        if new != old {
            body.push((words.plain(language, "workshop-before"), old));
        }
    }
    let open = workshop.takes_answers(now);
    Message {
        title: Some(words.say(language, "workshop-change-title", told(language, workshop))),
        body: vec![Block::Fields(body)],
        actions: if open {
            super::seats::buttons(words, language, workshop, now)
        } else {
            Vec::new()
        },
        footer: Some(words.say(
            language,
            if open {
                "workshop-footer"
            } else {
                "workshop-footer-over"
            },
            told(language, workshop),
        )),
        ..Message::default()
    }
}
