//! Dates, times and numbers, as the OQLF writes them in French and as Canada writes them in
//! English.
//!
//! Not CLDR: its fr-CA gives "09 h 05", "19 h 00", "1 décembre" and breaking spaces, where French
//! of Québec wants "9 h 05", "19 h", "1er décembre" and no-break spaces. The rules are those of the
//! OQLF, "Date et heure" (Banque de dépannage linguistique 1242; Vitrine linguistique 21516).
//!
//! The no-break space is U+00A0, not U+202F, which some chat fonts lack. It stands between the
//! parts of a time, between the day and its month in French, before "p.m.", in numbers and before
//! "%".
//!
//! What this file must not do: read a clock, choose a zone, or hold sentences (those are in
//! `config/locales`). What it writes in full, `domain::when` reads back. To add a language: its
//! months, days, and an arm in each function.

#[cfg(test)]
mod tests;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Timelike, Utc, Weekday};
use chrono_tz::Tz;

use crate::domain::language::Language;

/// The no-break space.
const NB: char = '\u{a0}';

/// "le jeudi 3 décembre 2026, à 19 h 30"; "Thursday, December 3, 2026, at 7:30 p.m."
#[must_use]
pub fn full(at: DateTime<Utc>, zone: Tz, language: Language) -> String {
    let local = at.with_timezone(&zone);
    let (date, clock) = (
        day(local.date_naive(), language),
        time(local.time(), language),
    );
    match language {
        Language::FrCa => format!("{date}, à {clock}"),
        Language::EnCa => format!("{date}, at {clock}"),
    }
}

/// "le jeudi 3 décembre 2026"; "Thursday, December 3, 2026".
#[must_use]
pub fn day(date: NaiveDate, language: Language) -> String {
    let weekday = weekday(date.weekday(), language);
    match language {
        Language::FrCa => format!(
            "le {weekday} {} {}",
            day_and_month(date, language),
            date.year()
        ),
        Language::EnCa => format!(
            "{weekday}, {}, {}",
            day_and_month(date, language),
            date.year()
        ),
    }
}

/// Without the year, for lists of what comes soon: "jeudi 3 déc."; "Thursday, Dec. 3".
#[must_use]
pub fn short_day(date: NaiveDate, language: Language) -> String {
    let (weekday, month) = (
        weekday(date.weekday(), language),
        short_month(date, language),
    );
    match language {
        Language::FrCa => format!("{weekday} {}{NB}{month}", french_day(date)),
        Language::EnCa => format!("{weekday}, {month}{NB}{}", date.day()),
    }
}

/// "19 h", "19 h 30", "9 h 05"; "7 p.m.", "7:30 p.m.", "noon", "midnight".
#[must_use]
pub fn time(time: NaiveTime, language: Language) -> String {
    let (hour, minute) = (time.hour(), time.minute());
    match (language, hour, minute) {
        (Language::FrCa, _, 0) => format!("{hour}{NB}h"),
        (Language::FrCa, ..) => format!("{hour}{NB}h{NB}{minute:02}"),
        (Language::EnCa, 0, 0) => "midnight".to_owned(),
        (Language::EnCa, 12, 0) => "noon".to_owned(),
        (Language::EnCa, ..) => {
            let (afternoon, hour) = time.hour12();
            let half = if afternoon { "p.m." } else { "a.m." };
            if minute == 0 {
                format!("{hour}{NB}{half}")
            } else {
                format!("{hour}:{minute:02}{NB}{half}")
            }
        }
    }
}

/// "le jeudi 3 décembre 2026, de 19 h à 21 h"; "Thursday, December 3, 2026, 7 p.m. to 9 p.m."
///
/// An end at midnight belongs to the day before it: "de 20 h à minuit". A range over several days
/// names both: "du jeudi 3 décembre 2026, à 22 h, au vendredi 4 décembre 2026, à 1 h".
#[must_use]
pub fn range(start: DateTime<Utc>, end: DateTime<Utc>, zone: Tz, language: Language) -> String {
    let (from, to) = (start.with_timezone(&zone), end.with_timezone(&zone));
    let (first, last) = (from.date_naive(), to.date_naive());
    let to_midnight = to.time() == NaiveTime::MIN && first.succ_opt() == Some(last);
    if first != last && !to_midnight {
        let (whole_start, whole_end) = (full(start, zone, language), full(end, zone, language));
        return match language {
            Language::FrCa => format!(
                "{}, {}",
                contracted("du", &whole_start),
                contracted("au", &whole_end)
            ),
            Language::EnCa => format!("{whole_start}, to {whole_end}"),
        };
    }
    let (date, opens) = (day(first, language), time(from.time(), language));
    match language {
        Language::FrCa if to_midnight => format!("{date}, de {opens} à minuit"),
        Language::FrCa => format!("{date}, de {opens} à {}", time(to.time(), language)),
        Language::EnCa => format!("{date}, {opens} to {}", time(to.time(), language)),
    }
}

/// The ISO week (Monday to Sunday) that holds `date`: "semaine du 9 au 15 novembre 2026"; "week of
/// November 9 to 15, 2026".
#[must_use]
pub fn week(date: NaiveDate, language: Language) -> String {
    let since_monday = u64::from(date.weekday().num_days_from_monday());
    // Only at the ends of chrono's calendar are there no such days.
    let monday = date
        .checked_sub_days(Days::new(since_monday))
        .unwrap_or(date);
    let sunday = monday.checked_add_days(Days::new(6)).unwrap_or(date);
    match language {
        Language::FrCa => format!("semaine {}", days(monday, sunday, language)),
        Language::EnCa => format!("week of {}", days(monday, sunday, language)),
    }
}

/// From one day to another, saying month and year once where once is enough: "du 9 au 15 novembre
/// 2026", "du 30 novembre au 6 décembre 2026"; "November 9 to 15, 2026", "December 28, 2026, to
/// January 3, 2027".
#[must_use]
pub fn days(first: NaiveDate, last: NaiveDate, language: Language) -> String {
    let same_year = first.year() == last.year();
    let same_month = same_year && first.month() == last.month();
    let (start, end) = (
        day_and_month(first, language),
        day_and_month(last, language),
    );
    match (language, same_month, same_year) {
        (Language::FrCa, true, _) => format!("du {} au {end} {}", french_day(first), last.year()),
        (Language::FrCa, false, true) => format!("du {start} au {end} {}", last.year()),
        (Language::FrCa, false, false) => {
            format!("du {start} {} au {end} {}", first.year(), last.year())
        }
        (Language::EnCa, true, _) => format!("{start} to {}, {}", last.day(), last.year()),
        (Language::EnCa, false, true) => format!("{start} to {end}, {}", last.year()),
        (Language::EnCa, false, false) => {
            format!("{start}, {}, to {end}, {}", first.year(), last.year())
        }
    }
}

/// "octobre 2026"; "October 2026".
#[must_use]
pub fn month_of(date: NaiveDate, language: Language) -> String {
    format!("{}{NB}{}", month(date, language), date.year())
}

/// "1 800 000"; "1,800,000".
#[must_use]
pub fn number(value: i64, language: Language) -> String {
    grouped(value < 0, &value.unsigned_abs().to_string(), language)
}

/// With this many digits after the decimal sign: "12 345,6"; "12,345.6". What is not a number is
/// "–".
#[must_use]
pub fn decimal(value: f64, places: usize, language: Language) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let places = places.min(17);
    let written = format!("{:.places$}", value.abs());
    let (whole, fraction) = written.split_once('.').unwrap_or((&written, ""));
    // "-0,0" says nothing that "0,0" does not.
    let negative = value < 0.0 && written.bytes().any(|digit| (b'1'..=b'9').contains(&digit));
    let mut text = grouped(negative, whole, language);
    if !fraction.is_empty() {
        text.push(if language == Language::FrCa { ',' } else { '.' });
        text.push_str(fraction);
    }
    text
}

/// `value` is already out of a hundred: 45.0 gives "45 %"; "45%".
#[must_use]
pub fn percent(value: f64, places: usize, language: Language) -> String {
    let number = decimal(value, places, language);
    match language {
        Language::FrCa => format!("{number}{NB}%"),
        Language::EnCa => format!("{number}%"),
    }
}

fn grouped(negative: bool, digits: &str, language: Language) -> String {
    let separator = if language == Language::FrCa { NB } else { ',' };
    let mut text = String::from(if negative { "-" } else { "" });
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// "le jeudi" after "de" or "à" is "du jeudi", "au jeudi".
fn contracted(with: &str, date: &str) -> String {
    format!("{with} {}", date.strip_prefix("le ").unwrap_or(date))
}

/// "3 décembre"; "December 3".
fn day_and_month(date: NaiveDate, language: Language) -> String {
    match language {
        Language::FrCa => format!("{}{NB}{}", french_day(date), month(date, language)),
        Language::EnCa => format!("{} {}", month(date, language), date.day()),
    }
}

/// "1er", then "2", "3"…
fn french_day(date: NaiveDate) -> String {
    if date.day() == 1 {
        "1er".to_owned()
    } else {
        date.day().to_string()
    }
}

/// The name of a day of the week.
#[must_use]
pub fn weekday(weekday: Weekday, language: Language) -> &'static str {
    let (fr, en) = match weekday {
        Weekday::Mon => ("lundi", "Monday"),
        Weekday::Tue => ("mardi", "Tuesday"),
        Weekday::Wed => ("mercredi", "Wednesday"),
        Weekday::Thu => ("jeudi", "Thursday"),
        Weekday::Fri => ("vendredi", "Friday"),
        Weekday::Sat => ("samedi", "Saturday"),
        Weekday::Sun => ("dimanche", "Sunday"),
    };
    if language == Language::FrCa { fr } else { en }
}

fn month(date: NaiveDate, language: Language) -> &'static str {
    let (fr, en) = match date.month() {
        1 => ("janvier", "January"),
        2 => ("février", "February"),
        3 => ("mars", "March"),
        4 => ("avril", "April"),
        5 => ("mai", "May"),
        6 => ("juin", "June"),
        7 => ("juillet", "July"),
        8 => ("août", "August"),
        9 => ("septembre", "September"),
        10 => ("octobre", "October"),
        11 => ("novembre", "November"),
        _ => ("décembre", "December"),
    };
    if language == Language::FrCa { fr } else { en }
}

/// The OQLF does not shorten "mars", "mai", "juin", "août"; nor does Canadian English "March" to
/// "July".
fn short_month(date: NaiveDate, language: Language) -> &'static str {
    let (fr, en) = match date.month() {
        1 => ("janv.", "Jan."),
        2 => ("févr.", "Feb."),
        4 => ("avr.", "April"),
        7 => ("juill.", "July"),
        8 => ("août", "Aug."),
        9 => ("sept.", "Sept."),
        10 => ("oct.", "Oct."),
        11 => ("nov.", "Nov."),
        12 => ("déc.", "Dec."),
        _ => return month(date, language),
    };
    if language == Language::FrCa { fr } else { en }
}
