//! Lengths of time: "2 h", "1 h 30", "3 jours", "une demi-heure", "two weeks and a day".
//!
//! Used by `parse_duration`, by "dans …" and by "pendant …".

use super::lexer::Tokens;
use super::words::{self, Unit};

/// A length of time. Days and months are of the calendar: "dans 3 jours" is at the same clock time
/// even when the clocks change in between.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub months: i64,
    pub days: i64,
    pub minutes: i64,
}

impl Span {
    fn of(count: i64, unit: Unit) -> Self {
        let mut span = Self::default();
        // At most nine digits: no product here comes near the limits of an i64.
        match unit {
            Unit::Minute => span.minutes = count,
            Unit::Hour => span.minutes = count * 60,
            Unit::Day => span.days = count,
            Unit::Week => span.days = count * 7,
            Unit::Month => span.months = count,
            Unit::Year => span.months = count * 12,
        }
        span
    }

    fn plus(self, other: Self) -> Self {
        Self {
            months: self.months + other.months,
            days: self.days + other.days,
            minutes: self.minutes + other.minutes,
        }
    }

    /// Only hours and minutes.
    pub(super) fn is_exact(self) -> bool {
        self.months == 0 && self.days == 0
    }
}

/// Reads a span at `i`; answers it and the place after it.
///
/// With `whole`, days may be followed by hours ("2 jours 3 h"). Without, they may not: in "dans 2
/// jours 18 h" the hour is a time of day.
pub(super) fn read(tokens: &Tokens<'_>, i: usize, whole: bool) -> Option<(Span, usize)> {
    let (mut span, mut unit, mut next) = component(tokens, i)?;
    while whole || unit <= Unit::Hour {
        let linked = tokens.word(next).is_some_and(|w| matches!(w, "et" | "and"))
            || tokens.sign(next) == Some(',');
        match component(tokens, next + usize::from(linked)) {
            Some((more, smaller, after)) if smaller < unit => {
                span = span.plus(more);
                unit = smaller;
                next = after;
            }
            _ => break,
        }
    }
    Some((span, next))
}

fn component(tokens: &Tokens<'_>, i: usize) -> Option<(Span, Unit, usize)> {
    let half = |skip: usize| {
        (
            Span {
                minutes: 30,
                ..Span::default()
            },
            Unit::Minute,
            i + skip,
        )
    };
    for words in [
        ["une", "demi", "heure"].as_slice(),
        &["demi", "heure"],
        &["a", "half", "hour"],
        &["half", "an", "hour"],
        &["half", "hour"],
    ] {
        if tokens.words(i, words) {
            return Some(half(words.len()));
        }
    }
    if let Some((whole, _)) = tokens.number(i) {
        if let Some((hours, next)) = decimal_hours(tokens, i, whole) {
            return Some((hours, Unit::Hour, next));
        }
        let unit = words::unit(tokens.word(i + 1)?)?;
        return Some(after_hours(
            tokens,
            Span::of(whole.into(), unit),
            unit,
            i + 2,
        ));
    }
    let count = words::small_number(tokens.word(i)?)?;
    let unit = words::unit(tokens.word(i + 1)?)?;
    Some(after_hours(
        tokens,
        Span::of(count.into(), unit),
        unit,
        i + 2,
    ))
}

/// "1,5 h", "2.25 hours".
fn decimal_hours(tokens: &Tokens<'_>, i: usize, whole: u32) -> Option<(Span, usize)> {
    tokens
        .sign(i + 1)
        .filter(|sign| matches!(sign, '.' | ',') && tokens.glued(i + 1))?;
    let (fraction, digits) = tokens
        .number(i + 2)
        .filter(|(_, digits)| *digits <= 2 && tokens.glued(i + 2))?;
    tokens.word(i + 3).filter(|word| words::is_hour(word))?;
    let parts = if digits == 1 { 10 } else { 100 };
    let minutes = i64::from(whole) * 60 + i64::from(fraction) * 60 / parts;
    Some((
        Span {
            minutes,
            ..Span::default()
        },
        i + 4,
    ))
}

/// After "1 h": "30", "30 min", "et demie", "et quart".
fn after_hours(
    tokens: &Tokens<'_>,
    mut span: Span,
    unit: Unit,
    next: usize,
) -> (Span, Unit, usize) {
    if unit != Unit::Hour {
        return (span, unit, next);
    }
    if tokens.words(next, &["et", "demie"]) || tokens.words(next, &["et", "demi"]) {
        span.minutes += 30;
        return (span, Unit::Minute, next + 2);
    }
    if tokens.words(next, &["et", "quart"]) {
        span.minutes += 15;
        return (span, Unit::Minute, next + 2);
    }
    match tokens.number(next) {
        Some((minutes, digits)) if digits <= 2 && minutes < 60 => {
            let unit_after = tokens.word(next + 1).and_then(words::unit);
            match unit_after {
                Some(Unit::Minute) => {
                    span.minutes += i64::from(minutes);
                    (span, Unit::Minute, next + 2)
                }
                Some(_) => (span, unit, next),
                None => {
                    span.minutes += i64::from(minutes);
                    (span, Unit::Minute, next + 1)
                }
            }
        }
        _ => (span, unit, next),
    }
}
