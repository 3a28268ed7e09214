//! Times of day as they are written, and what they mean: "19 h 30", "7-9pm", "midi", "7 h" with "ce
//! soir".

use chrono::NaiveTime;

use super::WhenError;
use super::lexer::Tokens;
use super::words::{self, PartOfDay};

/// How a time was written, which says what it may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// "7", which says nothing by itself.
    Bare,
    /// "19:30": as on a 24-hour clock, but for "7:30-9pm".
    Colon,
    /// "19 h", "midi".
    Exact,
    /// "7 pm" (`true`), "7 am" (`false`).
    Half(bool),
    /// "minuit", "24 h", "12 am": the right day is unclear, but as the end of a range.
    Midnight,
}

/// A time as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    hour: u32,
    minute: u32,
    second: u32,
    style: Style,
}

impl Clock {
    const fn new(hour: u32, minute: u32, style: Style) -> Self {
        Self {
            hour,
            minute,
            second: 0,
            style,
        }
    }

    pub(super) const fn bare(hour: u32) -> Self {
        Self::new(hour, 0, Style::Bare)
    }

    pub(super) fn is_bare(self) -> bool {
        self.style == Style::Bare
    }

    pub(super) fn is_colon(self) -> bool {
        self.style == Style::Colon
    }

    fn on_a_half_clock(self) -> bool {
        matches!(self.style, Style::Bare | Style::Colon) && (1..=12).contains(&self.hour)
    }

    fn with(self, style: Style) -> Self {
        Self { style, ..self }
    }

    fn time(self) -> Result<NaiveTime, WhenError> {
        let hour = match self.style {
            Style::Midnight => return Err(WhenError::MidnightUnclear),
            Style::Bare => return Err(WhenError::HourUnclear { hour: self.hour }),
            Style::Colon | Style::Exact => self.hour,
            Style::Half(afternoon) => self.hour % 12 + if afternoon { 12 } else { 0 },
        };
        NaiveTime::from_hms_opt(hour, self.minute, self.second).ok_or_else(|| {
            WhenError::InvalidTime {
                text: format!("{}:{:02}", self.hour, self.minute),
            }
        })
    }
}

/// Reads one time at `i`; answers it and the place after it. A lone number is a time too, but a
/// bare one. `is_date` says whether a date starts at a place: in "19 h 3 décembre", 3 is a day and
/// not minutes.
pub(super) fn read(
    tokens: &Tokens<'_>,
    i: usize,
    is_date: &dyn Fn(usize) -> bool,
) -> Option<Result<(Clock, usize), WhenError>> {
    match tokens.word(i) {
        Some("midi" | "noon") => {
            let (minute, next) = fraction(tokens, i + 1);
            return Some(Ok((Clock::new(12, minute, Style::Exact), next)));
        }
        Some("minuit" | "midnight") => {
            return Some(Ok((Clock::new(24, 0, Style::Midnight), i + 1)));
        }
        _ => {}
    }
    let (hour, digits) = tokens.number(i)?;
    if digits > 2 || is_date(i) {
        return None;
    }
    let mut clock = Clock::bare(hour);
    let mut next = i + 1;
    if tokens.word(next).is_some_and(words::is_hour) {
        clock.style = Style::Exact;
        (clock.minute, next) = minutes(tokens, next + 1, is_date);
    } else if tokens.sign(next) == Some(':') {
        let (minute, _) = tokens.number(next + 1).filter(|(_, digits)| *digits == 2)?;
        clock.style = Style::Colon;
        clock.minute = minute;
        next += 2;
        if tokens.sign(next) == Some(':') {
            clock.second = tokens
                .number(next + 1)
                .filter(|(_, digits)| *digits == 2)?
                .0;
            next += 2;
            // Fractions of a second, which programs write and nobody means.
            let is_fraction = tokens.sign(next) == Some('.') && tokens.glued(next + 1);
            if is_fraction && tokens.number(next + 1).is_some() {
                next += 2;
            }
        }
    }
    if let Some(afternoon) = tokens.word(next).and_then(words::meridiem) {
        next += 1;
        if !(1..=12).contains(&hour) {
            return Some(Err(WhenError::InvalidTime {
                text: tokens.quote(i, next),
            }));
        }
        clock.style = Style::Half(afternoon);
    }
    if clock.style != Style::Bare && (hour > 24 || clock.minute > 59 || clock.second > 59) {
        return Some(Err(WhenError::InvalidTime {
            text: tokens.quote(i, next),
        }));
    }
    if (hour == 24 && clock.style != Style::Bare)
        || (hour == 12 && clock.style == Style::Half(false))
    {
        match (hour, clock.minute) {
            (24, 1..) => {
                return Some(Err(WhenError::InvalidTime {
                    text: tokens.quote(i, next),
                }));
            }
            (_, 0) => clock.style = Style::Midnight,
            _ => {}
        }
    }
    Some(Ok((clock, next)))
}

/// After "19 h": "30", "30 min", "et demie". Answers the minutes and the place after them.
fn minutes(tokens: &Tokens<'_>, i: usize, is_date: &dyn Fn(usize) -> bool) -> (u32, usize) {
    let Some((minute, _)) = tokens.number(i).filter(|(_, digits)| *digits <= 2) else {
        return fraction(tokens, i);
    };
    let after = tokens.word(i + 1);
    let is_another_time = after.is_some_and(|w| words::is_hour(w) || words::is_ordinal(w))
        || tokens.sign(i + 1) == Some(':');
    if is_another_time || is_date(i) {
        return (0, i);
    }
    let unit =
        after.is_some_and(|w| matches!(w, "min" | "mins" | "minutes" | "minute" | "m" | "mn"));
    (minute, i + 1 + usize::from(unit))
}

fn fraction(tokens: &Tokens<'_>, i: usize) -> (u32, usize) {
    if tokens.words(i, &["et", "demie"]) || tokens.words(i, &["et", "demi"]) {
        (30, i + 2)
    } else if tokens.words(i, &["et", "quart"]) {
        (15, i + 2)
    } else {
        (0, i)
    }
}

/// Reads what separates the two ends of a range at `i`; answers the place after it. `opened` says
/// that "de" or "from" came before. A bare hour followed by "à" is not a range without it: in
/// "jeudi 3 à 19 h", 3 is a day.
pub(super) fn read_separator(
    tokens: &Tokens<'_>,
    i: usize,
    first: Clock,
    opened: bool,
) -> Option<usize> {
    if tokens.sign(i) == Some('-') {
        return Some(i + 1);
    }
    match tokens.word(i)? {
        "jusqu" if tokens.word(i + 1) == Some("a") => Some(i + 2),
        "to" | "until" | "till" => Some(i + 1),
        "a" | "et" | "and" if opened || !first.is_bare() => Some(i + 1),
        _ => None,
    }
}

/// What the two ends mean together, and with the part of the day. An end of 0:00 is midnight at the
/// end of the day.
pub(super) fn settle(
    start: Clock,
    end: Option<Clock>,
    part: Option<PartOfDay>,
) -> Result<(NaiveTime, Option<NaiveTime>), WhenError> {
    let start = match end {
        Some(end) => start_beside(start, end),
        None => start,
    };
    let start = in_part(start, part);
    let from = start.time()?;
    if let Some(part) = part {
        let hour = chrono::Timelike::hour(&from);
        let fits = match part {
            PartOfDay::Morning => hour < 12,
            PartOfDay::Afternoon => (12..=18).contains(&hour),
            PartOfDay::Evening => hour >= 16,
        };
        if !fits {
            return Err(WhenError::PartOfDayMismatch { time: from });
        }
    }
    let Some(end) = end else {
        return Ok((from, None));
    };
    if end.style == Style::Midnight {
        return Ok((from, Some(NaiveTime::MIN)));
    }
    Ok((from, Some(end_beside(start, end, part, from)?)))
}

/// The start of a range takes its unit from the end: "7-9pm", "11-1pm" (11 am), "19-21 h".
fn start_beside(start: Clock, end: Clock) -> Clock {
    match end.style {
        Style::Half(afternoon) if start.on_a_half_clock() => {
            let same = start.with(Style::Half(afternoon));
            let other = start.with(Style::Half(!afternoon));
            match (same.time(), other.time(), end.time()) {
                (Ok(same_time), Ok(other_time), Ok(end))
                    if same_time >= end && other_time < end =>
                {
                    other
                }
                _ => same,
            }
        }
        Style::Exact | Style::Colon if start.is_bare() => start.with(Style::Exact),
        _ => start,
    }
}

/// The end of a range takes its unit from the start: "19h-21", "7pm-9", "11am-1".
fn end_beside(
    start: Clock,
    end: Clock,
    part: Option<PartOfDay>,
    from: NaiveTime,
) -> Result<NaiveTime, WhenError> {
    let later = |candidates: [Clock; 2]| {
        let times = candidates.map(Clock::time);
        match times {
            [Ok(first), _] if first > from => Ok(first),
            [_, Ok(second)] if second > from => Ok(second),
            [first, _] => first,
        }
    };
    if end.on_a_half_clock() && matches!(start.style, Style::Half(_)) && end.style != Style::Exact {
        return later([end.with(Style::Half(false)), end.with(Style::Half(true))]);
    }
    let end = if end.is_bare() {
        end.with(Style::Exact)
    } else {
        end
    };
    let shifted = in_part(end, part);
    later([shifted, end])
}

/// "ce soir 7 h" is 19:00, as in "7 h du soir"; "ce soir 19 h" is 19:00 too.
fn in_part(clock: Clock, part: Option<PartOfDay>) -> Clock {
    let Some(part) = part else {
        return clock;
    };
    match (clock.style, part) {
        (Style::Bare | Style::Colon | Style::Exact, PartOfDay::Afternoon | PartOfDay::Evening)
            if (1..=11).contains(&clock.hour) =>
        {
            clock.with(Style::Half(true))
        }
        (Style::Bare, _) => clock.with(Style::Exact),
        _ => clock,
    }
}
