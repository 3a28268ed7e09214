//! Series in words: how often, what comes next, what was done.

use chrono::NaiveTime;

use super::told;
use crate::domain::card::{Block, Message};
use crate::domain::language::Language;
use crate::domain::series::{Rhythm, Rule, Series};
use crate::domain::workshop::{Status, Workshop};
use crate::i18n::{Words, args, dates};
use crate::present::success;
use crate::service::workshops::Plan;

/// How often, and at which hour: « chaque mardi à 19 h ».
pub(super) fn rhythm(words: &Words, language: Language, rule: &Rule, time: NaiveTime) -> String {
    let name = |day| dates::weekday(day, language);
    let often = match rule.rhythm() {
        Rhythm::Weeks(every, days) => {
            let names: Vec<_> = days.into_iter().map(name).collect();
            let and = words.plain(language, "series-and");
            let names = names.join(&format!(" {and} "));
            let args = args().number("every", i64::from(every)).text("days", names);
            words.say(language, "series-weeks", args)
        }
        Rhythm::Months(every, nth, day) => words.say(
            language,
            "series-months",
            args()
                .number("every", i64::from(every))
                .number("nth", i64::from(nth))
                .text("day", name(day)),
        ),
        Rhythm::Other => words.say(language, "series-other", args().text("rule", rule)),
    };
    let args = args()
        .text("often", often)
        .text("time", dates::time(time, language));
    words.say(language, "series-rhythm", args)
}

/// What comes of a series, day by day.
#[must_use]
pub fn series(words: &Words, language: Language, plan: &Plan) -> Message {
    let series = &plan.series;
    let mut body = vec![
        Block::Text(rhythm(words, language, &series.rule, series.time)),
        Block::Text(end(words, language, series)),
    ];
    let lines = plan.days.iter().map(|(day, workshop)| {
        let (id, at, state) = match workshop {
            Some(workshop) => {
                let state = if workshop.status == Status::Cancelled {
                    "cancelled"
                } else {
                    "announced"
                };
                (
                    workshop.short_id().to_string(),
                    workshop.draft.starts_at,
                    state,
                )
            }
            None if series.skipped.contains(day) => (String::new(), series.start(*day), "skipped"),
            None => (String::new(), series.start(*day), "planned"),
        };
        let args = args()
            .text("id", id)
            .when("when", at, series.zone)
            .text("state", state);
        words.say(language, "series-line", args)
    });
    if !plan.days.is_empty() {
        body.push(Block::List(lines.collect()));
    }
    let workshop = &plan.workshop;
    Message {
        title: Some(words.say(language, "series-title", told(language, workshop))),
        body,
        footer: Some(words.say(language, "series-footer", told(language, workshop))),
        ..Message::default()
    }
}

/// When a series ends.
fn end(words: &Words, language: Language, series: &Series) -> String {
    if series.ended_at.is_some() {
        return words.plain(language, "series-over");
    }
    match series.days().last() {
        Some(last) => words.say(
            language,
            "series-last",
            args().when("when", series.start(*last), series.zone),
        ),
        None => String::new(),
    }
}

/// To organizers: nothing more comes of a series.
#[must_use]
pub fn series_ends(words: &Words, language: Language, last: &Workshop) -> Message {
    let text = words.say(language, "series-ends", told(language, last));
    Message {
        body: vec![Block::Text(text)],
        ..Message::default()
    }
}

/// To the organizer: so many were changed, and those to come.
#[must_use]
pub fn edited_all(words: &Words, language: Language, workshop: &Workshop, count: usize) -> Message {
    counted(words, language, "series-edited", workshop, count)
}

/// To the organizer: so many were called off, and no more come.
#[must_use]
pub fn cancelled_all(
    words: &Words,
    language: Language,
    workshop: &Workshop,
    count: usize,
) -> Message {
    counted(words, language, "series-cancelled", workshop, count)
}

fn counted(
    words: &Words,
    language: Language,
    id: &str,
    workshop: &Workshop,
    count: usize,
) -> Message {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    success(words.say(
        language,
        id,
        told(language, workshop).number("count", count),
    ))
}

#[cfg(test)]
mod tests {
    use chrono_tz::America::Toronto;

    use super::*;

    #[test]
    fn a_rule_is_said_in_words_where_it_can_be() {
        let words = Words::load().unwrap();
        let first = "2026-12-01".parse().unwrap();
        let time = NaiveTime::from_hms_opt(19, 0, 0).unwrap();
        for (rule, french, english) in [
            (
                "FREQ=WEEKLY;BYDAY=TU",
                "chaque mardi à 19 h",
                "every Tuesday at 7 p.m.",
            ),
            (
                "FREQ=WEEKLY;BYDAY=TU,TH;WKST=MO",
                "chaque mardi et jeudi à 19 h",
                "every Tuesday and Thursday at 7 p.m.",
            ),
            (
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA",
                "toutes les 2 semaines, le samedi à 19 h",
                "every 2 weeks on Saturday at 7 p.m.",
            ),
            (
                "FREQ=MONTHLY;BYDAY=3TU",
                "le troisième mardi de chaque mois à 19 h",
                "the third Tuesday of every month at 7 p.m.",
            ),
            (
                "FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR",
                "tous les 3 mois, le dernier vendredi à 19 h",
                "every 3 months, the last Friday at 7 p.m.",
            ),
            (
                "FREQ=MONTHLY;BYMONTHDAY=13",
                "selon la règle FREQ=MONTHLY;BYMONTHDAY=13 à 19 h",
                "by the rule FREQ=MONTHLY;BYMONTHDAY=13 at 7 p.m.",
            ),
        ] {
            let (rule, _) = Rule::read(rule, first, Toronto).unwrap();
            for (language, said) in [(Language::FrCa, french), (Language::EnCa, english)] {
                let shown = rhythm(&words, language, &rule, time).replace('\u{a0}', " ");
                assert_eq!(shown, said);
            }
        }
    }
}
