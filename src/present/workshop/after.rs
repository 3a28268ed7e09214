//! After a workshop in words: who was there, thanks and one question, the report.

use super::{line, told};
use crate::domain::card::{Action, Block, Message};
use crate::domain::language::Language;
use crate::domain::workshop::{Rsvp, Useful, Workshop};
use crate::i18n::{Words, args};
use crate::present::success;

/// How many were there; none where nobody has said yet.
pub(super) fn attendance(words: &Words, language: Language, workshop: &Workshop) -> Option<String> {
    let attendance = workshop.attendance;
    let values = args()
        .number("people", attendance.total())
        .number("guests", attendance.guests);
    let id = if attendance.guests > 0 {
        "workshop-attendance-guests"
    } else {
        "workshop-attendance"
    };
    (attendance.total() > 0).then(|| words.say(language, id, values))
}

/// To who checked in.
#[must_use]
pub fn checked_in(words: &Words, language: Language, workshop: &Workshop) -> Message {
    success(words.say(language, "workshop-checked-in", told(language, workshop)))
}

/// To organizers: who was there, what was thought of it, and how to say more.
#[must_use]
pub fn attended(words: &Words, language: Language, workshop: &Workshop, code: &str) -> Message {
    let (here, said) = (workshop.attendance, workshop.feedback);
    let figures = args()
        .number("here", here.here)
        .number("guests", here.guests)
        .number("people", here.total());
    let mut body = vec![Block::Text(words.say(
        language,
        "workshop-attended",
        figures,
    ))];
    if said.yes + said.partly + said.no > 0 {
        let said = args()
            .number("yes", said.yes)
            .number("partly", said.partly)
            .number("no", said.no);
        body.push(Block::Text(words.say(language, "feedback-counts", said)));
    }
    body.push(Block::Text(words.plain(language, "workshop-code")));
    body.push(Block::Code(code.to_owned()));
    let id = || args().text("id", workshop.short_id());
    body.push(Block::Text(words.say(
        language,
        "workshop-code-how",
        args().text("code", code),
    )));
    Message {
        title: Some(words.say(
            language,
            "workshop-attended-title",
            told(language, workshop),
        )),
        body,
        footer: Some(words.say(language, "workshop-attended-how", id())),
        ..Message::default()
    }
}

/// Thanks for coming; the one question, a commitment, the next workshop.
#[must_use]
pub fn thanks(
    words: &Words,
    language: Language,
    workshop: &Workshop,
    next: Option<&Workshop>,
) -> Message {
    let id = workshop.short_id().to_string();
    let mut body = Vec::new();
    body.extend(attendance(words, language, workshop).map(Block::Text));
    body.push(Block::Text(words.plain(language, "feedback-question")));
    let mut actions: Vec<Action> = Useful::ALL
        .into_iter()
        .map(|useful| {
            let args = [("workshop", id.as_str()), ("useful", useful.name())];
            let label = words.plain(language, &format!("feedback-{}", useful.name()));
            Action::button("feedback", &args, label).with_emoji(useful.emoji())
        })
        .collect();
    let commit = words.plain(language, "workshop-commit");
    actions.push(Action::button("commitment.take", &[], commit).primary());
    if let Some(next) = next {
        let coming = args().text("next", line(words, language, next));
        body.push(Block::Text(words.say(language, "workshop-next", coming)));
        let id = next.short_id().to_string();
        let args = [("workshop", id.as_str()), ("answer", Rsvp::Yes.name())];
        let label = words.plain(language, "workshop-next-yes");
        actions.push(Action::button("rsvp", &args, label).with_emoji(Rsvp::Yes.emoji()));
    }
    let said = told(language, workshop);
    Message {
        title: Some(words.say(language, "workshop-thanks-title", said)),
        body,
        actions,
        footer: Some(words.say(language, "workshop-thanks-how", args().text("id", id))),
        ..Message::default()
    }
}

/// To who said what they thought.
#[must_use]
pub fn thought(words: &Words, language: Language, workshop: &Workshop) -> Message {
    success(words.say(language, "feedback-noted", told(language, workshop)))
}

/// What came of a workshop, for its rooms.
#[must_use]
pub fn report(words: &Words, language: Language, workshop: &Workshop) -> Message {
    let mut body = reported(language, workshop);
    body.extend(attendance(words, language, workshop).map(Block::Text));
    let said = told(language, workshop);
    Message {
        title: Some(words.say(language, "workshop-report-title", said)),
        body,
        footer: Some(words.say(language, "workshop-report-footer", told(language, workshop))),
        ..Message::default()
    }
}

/// The report's own words.
pub(super) fn reported(language: Language, workshop: &Workshop) -> Vec<Block> {
    let text = workshop.report.as_ref();
    text.map(|text| Block::Text(text.in_language(language).to_owned()))
        .into_iter()
        .collect()
}

/// To organizers: the report is out, or corrected.
#[must_use]
pub fn report_kept(words: &Words, language: Language, workshop: &Workshop) -> Message {
    success(words.say(language, "workshop-report-kept", told(language, workshop)))
}

/// To organizers: a report waits to be written; or it is.
#[must_use]
pub fn report_asked(words: &Words, language: Language, workshop: &Workshop) -> Message {
    let said = || told(language, workshop);
    if workshop.report.is_some() {
        return success(words.say(language, "workshop-report-done", said()));
    }
    let id = workshop.short_id().to_string();
    let write = words.plain(language, "workshop-report-write");
    Message {
        title: Some(words.say(language, "workshop-report-asked-title", said())),
        body: vec![Block::Text(words.say(
            language,
            "workshop-report-asked",
            said(),
        ))],
        actions: vec![Action::button("workshop.report", &[("workshop", &id)], write).primary()],
        footer: Some(words.say(language, "workshop-report-how", args().text("id", id))),
        ..Message::default()
    }
}
