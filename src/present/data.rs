//! What is kept about a person, in words and as JSON, for that person alone.

use chrono::{DateTime, Months, NaiveDate, SecondsFormat, Utc};
use chrono_tz::Tz;
use serde_json::{Value, json};

use super::{poll, success};
use crate::domain::actor::Account;
use crate::domain::card::{Action, Block, Message, TextFile};
use crate::domain::ids::ShortId;
use crate::domain::language::Language;
use crate::domain::privacy;
use crate::domain::workshop::Place;
use crate::i18n::{Args, Words, args, dates};
use crate::service::data::{Erased, Held};
use crate::service::journal::Entry;

/// Most lines of each kind that are shown; the file holds all.
const SHOWN: usize = 10;

/// Everything that is kept, to read.
#[must_use]
pub fn held(words: &Words, language: Language, held: &Held, zone: Tz) -> Message {
    let day = |at: DateTime<Utc>| dates::day(at.with_timezone(&zone).date_naive(), language);
    let mut body = Vec::new();
    let mut section = |id: &str, lines: Vec<String>| {
        if lines.is_empty() {
            return;
        }
        let more = lines.len().saturating_sub(SHOWN);
        body.push(Block::Heading(words.plain(language, id)));
        let mut lines: Vec<String> = lines.into_iter().take(SHOWN).collect();
        if more > 0 {
            let more = args().number("count", i64::try_from(more).unwrap_or(i64::MAX));
            lines.push(words.say(language, "data-more", more));
        }
        body.push(Block::List(lines));
    };
    section(
        "data-accounts",
        held.accounts.iter().map(account_name).collect(),
    );
    let mut record = vec![words.say(
        language,
        "data-since",
        args().text("when", day(held.person.created_at)),
    )];
    if let Some((at, _)) = held.person.consent {
        record.push(words.say(language, "data-consent", args().text("when", day(at))));
    }
    if let Some(at) = held.person.withdrawn_at {
        record.push(words.say(language, "data-withdrawn", args().text("when", day(at))));
    }
    if let Some(chosen) = held.person.language {
        record.push(words.say(language, "data-language", args().text("language", chosen)));
    }
    if let Some(choice) = &held.reminders.choice {
        let id = if choice.wanted {
            "data-reminders-on"
        } else {
            "data-reminders-off"
        };
        let values = args()
            .text("account", account_name(&choice.account))
            .text("when", day(choice.at));
        record.push(words.say(language, id, values));
    } else if let Some(at) = held.reminders.asked_at {
        let when = args().text("when", day(at));
        record.push(words.say(language, "data-reminders-asked", when));
    }
    record.extend(held.closed.iter().map(|(account, since)| {
        let values = args()
            .text("account", account_name(account))
            .text("when", day(*since));
        words.say(language, "data-closed", values)
    }));
    record.extend(held.roles.iter().map(|(account, role)| {
        let role = words.plain(language, &format!("role-{}", role.name()));
        let account = account_name(account);
        words.say(
            language,
            "data-role",
            args().text("role", role).text("account", account),
        )
    }));
    section("data-record", record);
    let line = |id: &str, short: ShortId, text: &str, until: String| {
        let values = args()
            .text("id", short)
            .text("text", text)
            .text("until", until);
        words.say(language, id, values)
    };
    let answers = held.answers.iter().map(|(workshop, place, _)| {
        let mut answer = words.plain(language, &format!("workshop-answer-{}", place.name()));
        if place.party() > 1 {
            let seats = args().number("seats", place.party());
            answer = format!(
                "{answer} ({})",
                words.say(language, "workshop-party", seats)
            );
        }
        let until = day(workshop.over_at() + privacy::RSVP);
        line("data-answer", workshop.short_id(), &answer, until)
    });
    section("data-answers", answers.collect());
    let attended = held.attended.iter().map(|(workshop, _)| {
        let until = day(workshop.over_at() + privacy::RSVP);
        let here = words.plain(language, "data-attended");
        line("data-answer", workshop.short_id(), &here, until)
    });
    let thought = held.feedback.iter().map(|(workshop, useful, _)| {
        let until = day(workshop.over_at() + privacy::RSVP);
        let id = format!("feedback-{}", useful.name());
        let useful = args().text("useful", words.plain(language, &id));
        let useful = words.say(language, "data-feedback", useful);
        line("data-answer", workshop.short_id(), &useful, until)
    });
    let took_part = held.took_part.iter().map(|month| {
        let values = args()
            .text("month", dates::month_of(*month, language))
            .text("until", dates::month_of(*month + Months::new(2), language));
        words.say(language, "data-took-part", values)
    });
    let there = attended.chain(thought).chain(took_part);
    section("data-attendance", there.collect());
    let ballots = held.ballots.iter().map(|(poll, ballot, reason, _)| {
        let mut said = poll::said(words, language, poll, ballot);
        if let Some(reason) = reason {
            said = format!("{said} ({reason})");
        }
        line("data-ballot", poll.short_id(), &said, String::new())
    });
    let sealed = held
        .sealed
        .iter()
        .map(|poll| words.say(language, "data-sealed", args().text("id", poll.short_id())));
    section("data-ballots", ballots.chain(sealed).collect());
    let proposals = held.proposals.iter().map(|(poll, proposal)| {
        let values = args()
            .text("id", poll.short_id())
            .text("text", poll::proposed(words, language, poll, proposal))
            .text("standing", proposal.standing.name());
        words.say(language, "data-proposal", values)
    });
    section("data-proposals", proposals.collect());
    let commitments = held.commitments.iter().map(|taken| {
        let until = day(privacy::commitment_until(taken.due, taken.taken_at, zone));
        line("data-commitment", taken.short_id(), &taken.sentence, until)
    });
    let checked = held.checkins.iter().map(|checked| {
        let asked = checked.asked_at.map_or_else(String::new, day);
        let hand = checked.hand_at.map_or_else(String::new, day);
        let values = args()
            .text("id", checked.id)
            .text("heard", day(checked.heard_at))
            .text("is-asked", checked.asked_at.is_some())
            .text("asked", asked)
            .text("is-hand", checked.hand_at.is_some())
            .text("hand", hand);
        words.say(language, "data-checkin", values)
    });
    let last = held.last_asked.map(|(id, at)| {
        let values = args().text("id", id).text("when", day(at));
        words.say(language, "data-last-asked", values)
    });
    let commitments = commitments.chain(checked).chain(last);
    section("data-commitments", commitments.collect());
    let mandates = held.mandates.iter().map(|(organisation, mandate)| {
        let values = args()
            .text("name", organisation.name.in_language(language))
            .text("slug", &organisation.slug)
            .text("account", account_name(&mandate.account))
            .text("when", day(mandate.since));
        words.say(language, "data-mandate", values)
    });
    section("data-mandates", mandates.collect());
    let reminded = held.reminded.iter().map(|(id, at)| match at {
        Some(at) => {
            let values = args().text("id", id).text("when", day(*at));
            words.say(language, "data-reminded", values)
        }
        None => words.say(language, "data-to-be-reminded", args().text("id", id)),
    });
    section("data-reminders", reminded.collect());
    let acts = held.journal.iter().rev().map(|entry| {
        let act = words.say(language, "journal-act", act(entry));
        words.say(
            language,
            "data-act",
            args().text("act", act).text("when", day(entry.at)),
        )
    });
    section("data-journal", acts.collect());
    body.push(Block::Text(words.plain(language, "data-what-next")));
    Message {
        title: Some(words.plain(language, "data-title")),
        body,
        ..Message::default()
    }
}

/// The values of `journal-act`: by the act it chooses its words.
pub(super) fn act(entry: &Entry) -> Args {
    args()
        .text("act", entry.act.name().replace('.', "-"))
        .text("id", &entry.subject)
        .text(
            "organisation",
            entry.on_behalf_of.as_deref().unwrap_or_default(),
        )
}

/// An account as people can recognise it: `@ana:exemple.org (matrix)`.
pub(super) fn account_name(account: &Account) -> String {
    format!("{} ({})", account.address, account.network)
}

/// Nothing is kept.
#[must_use]
pub fn nothing(words: &Words, language: Language) -> Message {
    Message {
        body: vec![Block::Text(words.plain(language, "data-nothing"))],
        ..Message::default()
    }
}

/// Everything that is kept, as a file.
#[must_use]
pub fn export(
    words: &Words,
    language: Language,
    held: &Held,
    zone: Tz,
    now: DateTime<Utc>,
) -> Message {
    let mut message = success(words.plain(language, "data-exported"));
    message.file = Some(TextFile {
        name: "cercles.json".to_owned(),
        content: format!("{:#}", document(words, language, held, zone, now)),
    });
    message
}

/// The file: everything, with stable names in English.
fn document(words: &Words, language: Language, held: &Held, zone: Tz, now: DateTime<Utc>) -> Value {
    let at = |at: DateTime<Utc>| {
        at.with_timezone(&zone)
            .to_rfc3339_opts(SecondsFormat::Secs, false)
    };
    let day = |at: DateTime<Utc>| -> NaiveDate { at.with_timezone(&zone).date_naive() };
    let account = |account: &Account| json!({"network": account.network, "id": account.address});
    json!({
        "format": "cercles-export",
        "version": 1,
        "produced_at": at(now),
        "responsible": held.statement,
        "accounts": held.accounts.iter().map(account).collect::<Vec<_>>(),
        "record": {
            "since": at(held.person.created_at),
            "language": held.person.language,
            "last_active": held.person.active_at.map(day),
            "consent_withdrawn_at": held.person.withdrawn_at.map(at),
            "consent": held.person.consent.map(|(when, wording)| json!({"at": at(when), "wording": wording})),
        },
        "reminders": {
            "asked_at": held.reminders.asked_at.map(at),
            "choice": held.reminders.choice.as_ref().map(|choice| json!({
                "wanted": choice.wanted,
                "at": at(choice.at),
                "account": account(&choice.account),
                "language": choice.language,
            })),
            "in_private": held.reminded.iter().map(|(of, when)| {
                json!({"of": of.to_string(), "at": when.map(at)})
            }).collect::<Vec<_>>(),
            "closed_accounts": held.closed.iter().map(|(closed, since)| {
                json!({"account": account(closed), "since": at(*since)})
            }).collect::<Vec<_>>(),
        },
        "roles": held.roles.iter().map(|(owner, role)| {
            json!({"account": account(owner), "role": role})
        }).collect::<Vec<_>>(),
        "workshop_answers": held.answers.iter().map(|(workshop, place, when)| json!({
            "workshop": workshop.short_id().to_string(),
            "title": workshop.draft.title.text,
            "answer": place.name(),
            "seats": place.party(),
            "offered_until": match place {
                Place::Offered { until, .. } => Some(at(*until)),
                _ => None,
            },
            "at": at(*when),
            "erased_on": day(workshop.over_at() + privacy::RSVP),
        })).collect::<Vec<_>>(),
        "attendance": held.attended.iter().map(|(workshop, when)| json!({
            "workshop": workshop.short_id().to_string(),
            "at": at(*when),
            "erased_on": day(workshop.over_at() + privacy::RSVP),
        })).collect::<Vec<_>>(),
        "took_part": held.took_part,
        "feedback": held.feedback.iter().map(|(workshop, useful, when)| json!({
            "workshop": workshop.short_id().to_string(),
            "useful": useful.name(),
            "at": at(*when),
            "erased_on": day(workshop.over_at() + privacy::RSVP),
        })).collect::<Vec<_>>(),
        "ballots": held.ballots.iter().map(|(poll, ballot, reason, when)| json!({
            "poll": poll.short_id().to_string(),
            "question": poll.question.text,
            "choice": poll::said(words, language, poll, ballot),
            "reason": reason,
            "at": at(*when),
        })).collect::<Vec<_>>(),
        "sealed_ballots": held.sealed.iter().map(|poll| json!({
            "poll": poll.short_id().to_string(),
            "question": poll.question.text,
        })).collect::<Vec<_>>(),
        "proposals": held.proposals.iter().map(|(poll, proposal)| json!({
            "poll": poll.short_id().to_string(),
            "question": poll.question.text,
            "option": poll::proposed(words, language, poll, proposal),
            "state": proposal.standing.name(),
            "reason": proposal.reason,
            "at": at(proposal.proposed_at),
            "decided_at": proposal.decided_at.map(at),
            "erased_on": proposal.decided_at.map(|decided| day(decided + privacy::PROPOSAL)),
        })).collect::<Vec<_>>(),
        "commitments": held.commitments.iter().map(|taken| json!({
            "id": taken.short_id().to_string(),
            "sentence": taken.sentence,
            "state": taken.state.name(),
            "taken_at": at(taken.taken_at),
            "due": taken.due,
            "about": taken.about.as_ref().map(ToString::to_string),
            "shown_as": taken.shown_as,
            "erased_on": day(privacy::commitment_until(taken.due, taken.taken_at, zone)),
        })).collect::<Vec<_>>(),
        "checkins": {
            "last_asked": held.last_asked.map(|(id, when)| {
                json!({"about": id.to_string(), "at": at(when)})
            }),
            "commitments": held.checkins.iter().map(|checked| json!({
                "id": checked.id.to_string(),
                "heard_at": at(checked.heard_at),
                "asked_at": checked.asked_at.map(at),
                "hand_asked_at": checked.hand_at.map(at),
            })).collect::<Vec<_>>(),
        },
        "mandates": held.mandates.iter().map(|(organisation, mandate)| json!({
            "organisation": organisation.slug,
            "name": organisation.name.text,
            "account": account(&mandate.account),
            "since": at(mandate.since),
        })).collect::<Vec<_>>(),
        "journal": held.journal.iter().map(|entry| json!({
            "act": entry.act.name(),
            "subject": entry.subject.to_string(),
            "on_behalf_of": entry.on_behalf_of,
            "at": at(entry.at),
        })).collect::<Vec<_>>(),
    })
}

/// What would go, what would stay, and how to go on.
#[must_use]
pub fn before_erasure(words: &Words, language: Language, held: &Held) -> Message {
    let erased = Erased {
        accounts: held.accounts.len(),
        answers: held.answers.len(),
        ballots: held.ballots.len() + held.sealed.len(),
        proposals: held.proposals.len(),
        commitments: held.commitments.len(),
        mandates: held.mandates.len(),
        journal: held.journal.len(),
        roles: held.roles.len(),
    };
    let label = words.plain(language, "data-erase-button");
    Message {
        title: Some(words.plain(language, "data-erase-title")),
        body: vec![
            Block::Text(words.say(language, "data-would-go", counts(erased))),
            Block::Text(words.plain(language, "data-stays")),
            Block::Text(words.plain(language, "data-cannot")),
        ],
        actions: vec![Action::button("data.erase", &[("confirm", "yes")], label)],
        footer: Some(words.plain(language, "data-how-to-erase")),
        ..Message::default()
    }
}

/// It is gone.
#[must_use]
pub fn erased(words: &Words, language: Language, erased: Erased) -> Message {
    let mut message = success(words.say(language, "data-gone", counts(erased)));
    let mut also = vec!["data-stays", "data-cannot"];
    if erased.roles > 0 {
        also.push("data-role-gone");
    }
    for id in also {
        message.body.push(Block::Text(words.plain(language, id)));
    }
    message
}

fn counts(erased: Erased) -> Args {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    args()
        .number("accounts", number(erased.accounts))
        .number("answers", number(erased.answers))
        .number("ballots", number(erased.ballots))
        .number("proposals", number(erased.proposals))
        .number("commitments", number(erased.commitments))
        .number("mandates", number(erased.mandates))
        .number("acts", number(erased.journal))
}
