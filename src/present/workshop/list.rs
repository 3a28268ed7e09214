//! The list of workshops to come that a room keeps pinned.

use super::{fields, told};
use crate::domain::card::{Block, Message};
use crate::domain::language::Language;
use crate::domain::workshop::{Left, Workshop};
use crate::i18n::{Words, args};
use crate::present::success;
use crate::service::workshops::Listing;

/// The list; once it is not kept any more, that.
#[must_use]
pub fn pinned(words: &Words, language: Language, listing: &Listing) -> Message {
    let title = Some(words.plain(language, "workshop-list-title"));
    if !listing.kept {
        return Message {
            title,
            body: vec![Block::Text(words.plain(language, "workshop-list-ended"))],
            pinned: Some(false),
            ..Message::default()
        };
    }
    let mut body = Vec::new();
    if listing.coming.is_empty() {
        body.push(Block::Text(words.plain(language, "workshop-none")));
    } else {
        let lines = listing.coming.iter();
        let lines = lines.map(|workshop| line(words, language, workshop));
        body.push(Block::List(lines.collect()));
    }
    if listing.more > 0 {
        let more = args().number("more", listing.more);
        body.push(Block::Text(words.say(language, "workshop-list-more", more)));
    }
    let first = listing.coming.first();
    let example = |workshop: &Workshop| args().text("id", workshop.short_id());
    Message {
        title,
        body,
        footer: first.map(|first| words.say(language, "workshop-list-footer", example(first))),
        pinned: Some(true),
        ..Message::default()
    }
}

/// One workshop: id, title, when, where, seats.
fn line(words: &Words, language: Language, workshop: &Workshop) -> String {
    let seats = match workshop.left() {
        Left::NoEnd => String::new(),
        Left::Many => words.say(
            language,
            "workshop-left-many",
            args().number("few", Left::FEW),
        ),
        Left::Few(seats) => words.say(language, "workshop-left", args().number("seats", seats)),
    };
    let place = fields::place(words, language, workshop);
    let place =
        place.map(|place| words.say(language, "workshop-list-place", args().text("place", place)));
    let values = told(language, workshop)
        .text("place", place.unwrap_or_default())
        .text("seats", seats);
    words.say(language, "workshop-list-line", values)
}

/// To the organizer: the list is kept here, or no more.
#[must_use]
pub fn list_kept(words: &Words, language: Language, pinned: bool) -> Message {
    let id = if pinned {
        "workshop-list-pinned"
    } else {
        "workshop-list-unpinned"
    };
    success(words.plain(language, id))
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use chrono_tz::America::Toronto;
    use uuid::Uuid;

    use super::*;
    use crate::domain::workshop::{Attendance, Draft, Feedback, Roster, Status, Wish};

    fn workshop(number: i64, capacity: Option<i64>, seats: i64) -> Workshop {
        let wish = Wish {
            title: Some("Semences // Seeds".to_owned()),
            when: Some((DateTime::UNIX_EPOCH, None)),
            place: (number == 1).then(|| "Chez Ana".to_owned()),
            ..Wish::default()
        };
        let mut draft = Draft::new(&wish).unwrap();
        draft.limits.capacity = capacity;
        Workshop {
            id: Uuid::nil(),
            collective: Uuid::nil(),
            number,
            draft,
            status: Status::Announced,
            zone: Toronto,
            roster: Roster {
                seats,
                ..Roster::default()
            },
            announced_at: None,
            publish_at: None,
            told: 0,
            tickets: 0,
            attendance: Attendance::default(),
            feedback: Feedback::default(),
            report: None,
            slot: None,
            poll: None,
        }
    }

    #[test]
    fn a_list_tells_each_workshop_in_a_line_and_how_many_more_there_are() {
        let words = Words::load().unwrap();
        let listing = Listing {
            kept: true,
            coming: vec![
                workshop(1, None, 5),
                workshop(2, Some(20), 3),
                workshop(3, Some(20), 19),
                workshop(4, Some(20), 20),
            ],
            more: 2,
        };
        let message = pinned(&words, Language::EnCa, &listing);
        let when = super::super::when(Language::EnCa, &listing.coming[0]);
        let lines = [
            format!("A1 · Seeds, {when} · Chez Ana"),
            format!("A2 · Seeds, {when} · more than 10 seats left"),
            format!("A3 · Seeds, {when} · 1 seat left"),
            format!("A4 · Seeds, {when} · full"),
        ];
        assert_eq!(
            message.body,
            [
                Block::List(lines.to_vec()),
                Block::Text("And 2 more: \u{e021}workshop show".to_owned()),
            ]
        );
        assert_eq!(message.pinned, Some(true));
        let ended = Listing {
            kept: false,
            ..listing
        };
        assert_eq!(pinned(&words, Language::EnCa, &ended).pinned, Some(false));
    }
}
