//! Finds the pieces of a date and time, in whatever order they come: weekday, day, time, part of
//! the day.
//!
//! Nothing here knows what day it is: `resolve.rs` turns [`Parts`] into an instant. Each piece may
//! be said once; a word that is not understood is an error, never skipped.
//!
//! To read a new form, add a branch to [`Reader::piece`] that answers the place after what it read,
//! and phrases to the table in `tests/phrases.rs`.

use chrono::{FixedOffset, Weekday};

use super::WhenError;
use super::calendar::{self, Day};
use super::clock::{self, Clock};
use super::lexer::Tokens;
use super::span::{self, Span};
use super::words::{self, PartOfDay};

/// The pieces found in a text.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub day: Option<Day>,
    pub weekday: Option<Weekday>,
    /// "prochain", "next", "la semaine prochaine".
    pub next_week: bool,
    pub time: Option<(Clock, Option<Clock>)>,
    pub part: Option<PartOfDay>,
    /// "dans 2 heures".
    pub minutes_from_now: Option<i64>,
    pub offset: Option<FixedOffset>,
    /// What follows the hyphen in "2026-12-03 19:30-05:00", which could also be the end of a range.
    pub hyphen_offset: Option<FixedOffset>,
    /// "pendant 2 heures".
    pub lasting: Option<Span>,
}

/// Reads all the pieces of `text`.
pub(super) fn read(text: &str) -> Result<Parts, WhenError> {
    let tokens = Tokens::read(text);
    if tokens.len() == 0 {
        return Err(WhenError::Empty);
    }
    let mut reader = Reader {
        tokens: &tokens,
        parts: Parts::default(),
        loose: None,
        iso: false,
        rfc: false,
        opened: false,
    };
    let mut i = 0;
    while i < tokens.len() {
        let next = reader.piece(i)?;
        reader.opened = next == i + 1 && tokens.word(i).is_some_and(words::opens_range);
        // Each piece reads at least one token: the loop ends whatever the text.
        i = next.max(i + 1);
    }
    reader.finish()
}

struct Reader<'a> {
    tokens: &'a Tokens<'a>,
    parts: Parts,
    /// A number with nothing to say what it is.
    loose: Option<u32>,
    /// The day was written 2026-12-03.
    iso: bool,
    /// A "T" came after that day, as in RFC 3339: what follows the time is an offset, never an end.
    rfc: bool,
    /// The word just before was "de", "from", "entre".
    opened: bool,
}

type Next = Result<usize, WhenError>;

impl Reader<'_> {
    /// Reads one piece at `i`; answers the place after it.
    fn piece(&mut self, i: usize) -> Next {
        let tokens = self.tokens;
        if let Some((offset, next)) = self.offset(i) {
            return set(&mut self.parts.offset, offset, next, || {
                not_understood(tokens, i)
            });
        }
        if matches!(tokens.word(i), Some("dans" | "in"))
            && let Some((span, next)) = span::read(tokens, i + 1, false)
        {
            return self.after_now(span, next);
        }
        if matches!(tokens.word(i), Some("pendant" | "durant" | "for"))
            && let Some((span, next)) = span::read(tokens, i + 1, true)
        {
            return set(&mut self.parts.lasting, span, next, || {
                WhenError::SeveralTimes
            });
        }
        if let Some((days, part, next)) = calendar::relative_day(tokens, i) {
            if part.is_some() {
                self.parts.part = part;
            }
            return set(&mut self.parts.day, Day::InDays(days), next, || {
                WhenError::SeveralDates
            });
        }
        if let Some((part, next)) = calendar::part_of_day(tokens, i) {
            return set(&mut self.parts.part, part, next, || {
                not_understood(tokens, i)
            });
        }
        if let Some((weekday, next)) = calendar::weekday(tokens, i) {
            return set(&mut self.parts.weekday, weekday, next, || {
                WhenError::SeveralDates
            });
        }
        if let Some(read) = calendar::date(tokens, i) {
            let (day, next) = read?;
            self.iso = tokens.number(i).is_some_and(|(_, digits)| digits == 4);
            return set(&mut self.parts.day, day, next, || WhenError::SeveralDates);
        }
        if let Some(read) = clock::read(tokens, i, &|at| calendar::date(tokens, at).is_some()) {
            let (clock, next) = read?;
            return self.time(i, clock, next);
        }
        self.small_words(i)
    }

    /// "prochain", "la semaine prochaine", and the words that say nothing.
    fn small_words(&mut self, i: usize) -> Next {
        let tokens = self.tokens;
        for (words, next_week) in [
            (["semaine", "prochaine"].as_slice(), true),
            (&["next", "week"], true),
            (&["qui", "vient"], false),
            (&["o", "clock"], false),
        ] {
            if tokens.words(i, words) {
                self.parts.next_week |= next_week;
                return Ok(i + words.len());
            }
        }
        if let Some(word) = tokens.word(i) {
            if words::is_next(word) {
                // "le 3 décembre prochain" is the 3 December to come, as without the word.
                self.parts.next_week |= self.parts.day.is_none();
                return Ok(i + 1);
            }
            let before_a_day = tokens
                .word(i + 1)
                .is_some_and(|w| words::weekday(w).is_some() || words::is_this(w));
            // "du 3 au 5 décembre", "Thursday to Friday": what is read is on one day.
            let has_day = self.parts.day.is_some() || self.parts.weekday.is_some();
            if has_day && matches!(word, "au" | "to" | "until" | "till") {
                return Err(WhenError::SeveralDates);
            }
            if word == "t" && self.iso {
                self.rfc = true;
                return Ok(i + 1);
            }
            if words::is_filler(word) || (words::is_this(word) && before_a_day) {
                return Ok(i + 1);
            }
            // "sept heures" is seven o'clock and no month; numbers in letters are not read there.
            let is_seven = tokens.word(i + 1).is_some_and(words::is_hour);
            if let Some(month) = words::month(word).filter(|_| !is_seven) {
                let year = tokens
                    .number(i + 1)
                    .filter(|(_, digits)| *digits == 4)
                    .map(|(year, _)| year);
                return Err(WhenError::MissingDay { month, year });
            }
        }
        match tokens.sign(i) {
            Some(',' | '@' | ';') => Ok(i + 1),
            Some('.') if i + 1 == tokens.len() => Ok(i + 1),
            // "jeudi 3 décembre - 19 h": a dash between spaces is a pause.
            Some('-') if i > 0 && !tokens.glued(i) && !tokens.glued(i + 1) => Ok(i + 1),
            _ => Err(not_understood(tokens, i)),
        }
    }

    fn after_now(&mut self, span: Span, next: usize) -> Next {
        if span.is_exact() {
            return set(&mut self.parts.minutes_from_now, span.minutes, next, || {
                WhenError::SeveralTimes
            });
        }
        let day = if span.months == 0 {
            Day::InDays(span.days)
        } else {
            Day::InMonths(span.months)
        };
        set(&mut self.parts.day, day, next, || WhenError::SeveralDates)
    }

    /// A time was read: is it the start of a range, a lone number, or a time?
    fn time(&mut self, i: usize, clock: Clock, next: usize) -> Next {
        let tokens = self.tokens;
        let is_date = |at: usize| calendar::date(tokens, at).is_some();
        let opened = self.opened;
        let before_offset = self.rfc && self.offset_at(next).is_some();
        if !before_offset
            && let Some(after) = clock::read_separator(tokens, next, clock, opened)
            && let Some(end) = clock::read(tokens, after, &is_date)
        {
            let (end, after_end) = end?;
            if self.iso && clock.is_colon() && end.is_colon() && tokens.glued(after) {
                self.parts.hyphen_offset = self.offset_at(next).map(|(offset, _)| offset);
            }
            return set(&mut self.parts.time, (clock, Some(end)), after_end, || {
                WhenError::SeveralTimes
            });
        }
        if !clock.is_bare() {
            return set(&mut self.parts.time, (clock, None), next, || {
                WhenError::SeveralTimes
            });
        }
        let ordinal = tokens.word(next).is_some_and(words::is_ordinal) && tokens.glued(next);
        let Some((number, _)) = tokens.number(i) else {
            return Err(not_understood(tokens, i));
        };
        if ordinal || (i > 0 && tokens.word(i - 1) == Some("le")) {
            return Err(WhenError::MissingMonth { day: number });
        }
        set(&mut self.loose, number, next, || not_understood(tokens, i))
    }

    /// An offset from UTC after a time: "Z", "+01:00", "-0500", "HAE".
    fn offset(&self, i: usize) -> Option<(FixedOffset, usize)> {
        let (_, end) = self.parts.time?;
        if let Some(hours) = self.tokens.word(i).and_then(words::zone_hours) {
            return Some((FixedOffset::east_opt(hours * 3600)?, i + 1));
        }
        if !self.iso || end.is_some() {
            return None;
        }
        self.offset_at(i)
    }

    fn offset_at(&self, i: usize) -> Option<(FixedOffset, usize)> {
        let tokens = self.tokens;
        let sign = match tokens.sign(i)? {
            '+' => 1,
            '-' => -1,
            _ => return None,
        };
        let (hours, minutes, next) = match tokens.number(i + 1)? {
            (both, 4) => (both / 100, both % 100, i + 2),
            (hours, 2) if tokens.sign(i + 2) == Some(':') => (
                hours,
                tokens.number(i + 3).filter(|(_, digits)| *digits == 2)?.0,
                i + 4,
            ),
            _ => return None,
        };
        if !tokens.glued(i + 1) || hours > 14 || minutes > 59 {
            return None;
        }
        let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
        Some((FixedOffset::east_opt(sign * seconds)?, next))
    }

    fn finish(mut self) -> Result<Parts, WhenError> {
        if let Some(number) = self.loose {
            if self.parts.time.is_some() {
                return Err(WhenError::MissingMonth { day: number });
            }
            if number > 24 || self.parts.part.is_none() {
                return Err(WhenError::HourUnclear { hour: number });
            }
            // "ce soir à 7": the part of the day says which 7.
            self.parts.time = Some((Clock::bare(number), None));
        }
        Ok(self.parts)
    }
}

fn not_understood(tokens: &Tokens<'_>, i: usize) -> WhenError {
    WhenError::NotUnderstood {
        text: tokens.quote(i, i + 1),
    }
}

fn set<T>(slot: &mut Option<T>, value: T, next: usize, twice: impl FnOnce() -> WhenError) -> Next {
    if slot.is_some() {
        return Err(twice());
    }
    *slot = Some(value);
    Ok(next)
}
