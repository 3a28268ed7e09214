//! The vocabulary of dates and times, in French and in English, already folded (no accent, lower
//! case, no dot).
//!
//! To teach a word, add it to the list of what it means, and a phrase to the table in `tests/phrases.rs`.
//! The two languages share one list: people mix them, and no word means two things, but for "mar"
//! (mardi, March), which the grammar settles by what stands around it, "sept" (read as September)
//! and "a" (à, or one).

use chrono::Weekday;

/// A unit of time, from small to large.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// A part of the day, which says on which side of noon an hour is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PartOfDay {
    Morning,
    Afternoon,
    Evening,
}

pub(super) fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "lundi" | "lun" | "monday" | "mon" => Weekday::Mon,
        "mardi" | "tuesday" | "tues" | "tue" => Weekday::Tue,
        "mercredi" | "merc" | "mer" | "wednesday" | "weds" | "wed" => Weekday::Wed,
        "jeudi" | "jeu" | "thursday" | "thurs" | "thur" | "thu" => Weekday::Thu,
        "vendredi" | "vend" | "ven" | "friday" | "fri" => Weekday::Fri,
        "samedi" | "sam" | "saturday" | "sat" => Weekday::Sat,
        "dimanche" | "dim" | "sunday" | "sun" => Weekday::Sun,
        _ => return None,
    })
}

/// The month of a word, from 1 to 12.
pub(super) fn month(word: &str) -> Option<u32> {
    Some(match word {
        "janvier" | "janv" | "january" | "jan" => 1,
        "fevrier" | "fevr" | "fev" | "february" | "feb" => 2,
        "mars" | "march" => 3,
        "avril" | "avr" | "april" | "apr" => 4,
        "mai" | "may" => 5,
        "juin" | "june" | "jun" => 6,
        "juillet" | "juill" | "juil" | "july" | "jul" => 7,
        "aout" | "august" | "aug" => 8,
        "septembre" | "september" | "sept" | "sep" => 9,
        "octobre" | "october" | "oct" => 10,
        "novembre" | "november" | "nov" => 11,
        "decembre" | "december" | "dec" => 12,
        _ => return None,
    })
}

pub(super) fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "minutes" | "minute" | "mins" | "min" | "mn" | "m" => Unit::Minute,
        _ if is_hour(word) => Unit::Hour,
        "jours" | "jour" | "j" | "days" | "day" | "d" => Unit::Day,
        "semaines" | "semaine" | "sem" | "weeks" | "week" | "wks" | "wk" => Unit::Week,
        "mois" | "months" | "month" => Unit::Month,
        "ans" | "an" | "annees" | "annee" | "years" | "year" => Unit::Year,
        _ => return None,
    })
}

/// A small number in letters. "sept" is missing: with an hour it could be September.
pub(super) fn small_number(word: &str) -> Option<u32> {
    Some(match word {
        "un" | "une" | "a" | "an" | "one" => 1,
        "deux" | "two" => 2,
        "trois" | "three" => 3,
        "quatre" | "four" => 4,
        "cinq" | "five" => 5,
        "six" => 6,
        "seven" => 7,
        "huit" | "eight" => 8,
        "neuf" | "nine" => 9,
        "dix" | "ten" => 10,
        "onze" | "eleven" => 11,
        "douze" | "twelve" => 12,
        _ => return None,
    })
}

pub(super) fn part_of_day(word: &str) -> Option<PartOfDay> {
    Some(match word {
        "matin" | "matinee" | "morning" => PartOfDay::Morning,
        "afternoon" => PartOfDay::Afternoon,
        "soir" | "soiree" | "evening" => PartOfDay::Evening,
        _ => return None,
    })
}

/// The sign that an hour is an hour: "19 h", "19 heures", "19 hrs".
pub(super) fn is_hour(word: &str) -> bool {
    matches!(
        word,
        "h" | "heures" | "heure" | "hours" | "hour" | "hrs" | "hr"
    )
}

/// `Some(true)` for p.m., `Some(false)` for a.m.
pub(super) fn meridiem(word: &str) -> Option<bool> {
    match word {
        "am" => Some(false),
        "pm" => Some(true),
        _ => None,
    }
}

/// The mark of an ordinal: "1er", "2e", "3rd", "4th".
pub(super) fn is_ordinal(word: &str) -> bool {
    matches!(word, "er" | "re" | "e" | "eme" | "st" | "nd" | "rd" | "th")
}

pub(super) fn is_next(word: &str) -> bool {
    matches!(word, "prochain" | "prochaine" | "next")
}

/// "ce jeudi", "this coming Thursday", "jeudi qui vient": the next one, as without the word.
pub(super) fn is_this(word: &str) -> bool {
    matches!(
        word,
        "ce" | "cet" | "cette" | "this" | "coming" | "upcoming"
    )
}

/// Words that carry no meaning of their own between a date and a time.
pub(super) fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "le" | "la"
            | "l"
            | "the"
            | "a"
            | "at"
            | "on"
            | "de"
            | "du"
            | "des"
            | "of"
            | "from"
            | "entre"
            | "between"
    )
}

/// What opens a range whose first hour has no unit: "de 7 à 9 h", "from 7 to 9 pm".
pub(super) fn opens_range(word: &str) -> bool {
    matches!(word, "de" | "des" | "from" | "entre" | "between")
}

/// Hours east of UTC of a time zone's abbreviation. The IANA zone is a parameter; these exist for
/// the one hour a year that happens twice, and for people who copy a time from elsewhere.
pub(super) fn zone_hours(word: &str) -> Option<i32> {
    Some(match word {
        "hae" | "edt" => -4,
        "hne" | "est" => -5,
        "utc" | "gmt" | "z" => 0,
        _ => return None,
    })
}
