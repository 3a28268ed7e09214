//! What a workshop says: what an organizer wants it to say, checked, and what it says then.
//!
//! # Adding a field
//! In [`Details`] (it is kept as JSON), in [`Wish`] and in [`Draft::changed`] and [`Draft::clear`]; its argument in
//! `command/spec.rs` and `command/invocation.rs`; its line in `present/workshop/fields.rs`.

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::details::{Details, Limits, Mode, Spoken};
use crate::domain::poll::rules::Eligibility;
use crate::domain::schedule;
use crate::domain::text::{self, TextError, Wording};

/// How long a workshop without an end counts as going on.
pub const UNKNOWN_END: Duration = Duration::hours(2);
/// Most hosts that are named.
pub const HOSTS_MAX: usize = 8;
/// Most seats of a workshop.
pub const CAPACITY_MAX: u64 = 100_000;
/// Most companions of one person.
pub const COMPANIONS_MAX: u64 = 9;

/// What an organizer wants to say of a workshop; what is `None` stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wish {
    /// One line, in English too behind ` // `.
    pub title: Option<String>,
    /// A few paragraphs, in English too behind ` // `.
    pub description: Option<String>,
    /// Start, and end if one is said.
    pub when: Option<(DateTime<Utc>, Option<DateTime<Utc>>)>,
    /// A place or a link.
    pub place: Option<String>,
    /// Where people take part.
    pub mode: Option<Mode>,
    /// What it costs.
    pub cost: Option<String>,
    /// Slugs.
    pub access: Option<Vec<String>>,
    /// How to come without a car.
    pub transit: Option<String>,
    /// More about access.
    pub access_note: Option<String>,
    /// The language spoken there.
    pub spoken: Option<Spoken>,
    /// Who it is for.
    pub audience: Option<String>,
    /// Slugs.
    pub themes: Option<Vec<String>>,
    /// A slug.
    pub step: Option<String>,
    /// A slug.
    pub kind: Option<String>,
    /// Names.
    pub hosts: Option<Vec<String>>,
    /// Seats.
    pub capacity: Option<u64>,
    /// Companions of each person.
    pub companions: Option<u64>,
    /// When answers close.
    pub closes_at: Option<DateTime<Utc>>,
    /// Who may say that they come.
    pub who: Option<Eligibility>,
    /// Within which circle, as it is called; it stands beside the draft.
    pub circle: Option<String>,
    /// Rooms to announce it in, by their addresses or their networks' names; every public room if none.
    pub rooms: Option<Vec<String>>,
    /// Names of arguments whose field is emptied.
    pub without: Vec<String>,
}

/// What is wrong with what an organizer wants.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// A text is wrong; the argument that holds it is named.
    #[error("{0}: {1}")]
    Text(&'static str, TextError),
    /// A field that a workshop cannot do without is to be emptied.
    #[error("{0} cannot be emptied")]
    Needed(String),
    /// More hosts than [`HOSTS_MAX`].
    #[error("{0} hosts")]
    Hosts(usize),
    /// A figure out of bounds.
    #[error("{figure} is not between {min} and {max}")]
    Figure {
        /// What was given.
        figure: u64,
        /// Least.
        min: u64,
        /// Most.
        max: u64,
    },
}

/// What a workshop says, checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// One line.
    pub title: Wording,
    /// A few paragraphs.
    pub description: Option<Wording>,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// When it ends; unknown ends count as two hours later ([`Workshop::over_at`](super::Workshop::over_at)).
    pub ends_at: Option<DateTime<Utc>>,
    /// A place or a link.
    pub place: Option<String>,
    /// The rest.
    #[serde(default)]
    pub details: Details,
    /// Who can come.
    #[serde(default)]
    pub limits: Limits,
}

impl Draft {
    /// A draft that says what is wanted. Its times are compared with the clock by the use case.
    ///
    /// # Errors
    /// No title, no time, a text that is too long or holds what none may.
    pub fn new(wish: &Wish) -> Result<Self, DraftError> {
        let missing = |name| DraftError::Text(name, TextError::Empty);
        let (starts_at, ends_at) = wish.when.ok_or_else(|| missing("when"))?;
        let title = wish.title.as_deref().ok_or_else(|| missing("title"))?;
        let blank = Self {
            title: title_of(title)?,
            description: None,
            starts_at,
            ends_at,
            place: None,
            details: Details::default(),
            limits: Limits::default(),
        };
        blank.changed(wish)
    }

    /// The same with what is wanted changed.
    ///
    /// # Errors
    /// See [`DraftError`].
    pub fn changed(&self, wish: &Wish) -> Result<Self, DraftError> {
        let mut draft = self.clone();
        for name in &wish.without {
            draft.clear(name)?;
        }
        if let Some(title) = &wish.title {
            draft.title = title_of(title)?;
        }
        if let Some((starts_at, ends_at)) = wish.when {
            (draft.starts_at, draft.ends_at) = (starts_at, ends_at);
        }
        let paragraphs = |text: &str| Wording::read_paragraphs(text, text::DESCRIPTION_MAX);
        set(
            &mut draft.description,
            "description",
            &wish.description,
            paragraphs,
        )?;
        let line = |text: &str| text::line(text, text::SENTENCE_MAX);
        set(&mut draft.place, "place", &wish.place, line)?;
        let details = &mut draft.details;
        let short = |text: &str| Wording::read(text, text::OPTION_MAX);
        let sentence = |text: &str| Wording::read(text, text::SENTENCE_MAX);
        set(&mut details.cost, "cost", &wish.cost, short)?;
        set(&mut details.transit, "transit", &wish.transit, sentence)?;
        set(
            &mut details.access_note,
            "access-note",
            &wish.access_note,
            sentence,
        )?;
        set(&mut details.audience, "audience", &wish.audience, sentence)?;
        details.mode = wish.mode.or(details.mode);
        details.spoken = wish.spoken.or(details.spoken);
        details.step = wish.step.clone().or(details.step.take());
        details.kind = wish.kind.clone().or(details.kind.take());
        if let Some(access) = &wish.access {
            details.access = once(access);
        }
        if let Some(themes) = &wish.themes {
            details.themes = once(themes);
        }
        if let Some(hosts) = &wish.hosts {
            let named = hosts.iter().map(|host| text::line(host, text::OPTION_MAX));
            let named: Result<Vec<_>, _> = named.collect();
            details.hosts = named.map_err(|error| DraftError::Text("hosts", error))?;
        }
        if details.hosts.len() > HOSTS_MAX {
            return Err(DraftError::Hosts(details.hosts.len()));
        }
        let limits = &mut draft.limits;
        if let Some(capacity) = wish.capacity {
            limits.capacity = Some(figure(capacity, 1, CAPACITY_MAX)?);
        }
        if let Some(companions) = wish.companions {
            limits.companions = figure(companions, 0, COMPANIONS_MAX)?;
        }
        limits.closes_at = wish.closes_at.or(limits.closes_at);
        if let Some(who) = wish.who {
            limits.who = who;
            details.circle = None;
        }
        Ok(draft)
    }

    /// When it is over: its end, or two hours after its start.
    #[must_use]
    pub fn over_at(&self) -> DateTime<Utc> {
        self.ends_at.unwrap_or(self.starts_at + UNKNOWN_END)
    }

    /// The same at another time. It lasts as long, and answers close as long before it on the clocks of `zone`: those
    /// that closed the day before at 18:00 still do where clocks change in between.
    #[must_use]
    pub fn moved(&self, starts_at: DateTime<Utc>, zone: Tz) -> Self {
        let mut draft = self.clone();
        draft.starts_at = starts_at;
        draft.ends_at = self.ends_at.map(|end| starts_at + (end - self.starts_at));
        let local = |at: DateTime<Utc>| at.with_timezone(&zone).naive_local();
        let shift = local(starts_at) - local(self.starts_at);
        draft.limits.closes_at = self.limits.closes_at.map(|closes| {
            let closes = local(closes) + shift;
            schedule::at_local(closes.date(), closes.time(), zone).min(starts_at)
        });
        draft
    }

    /// Empties the field of an argument.
    fn clear(&mut self, argument: &str) -> Result<(), DraftError> {
        let (details, limits) = (&mut self.details, &mut self.limits);
        match argument {
            "description" => self.description = None,
            "place" => self.place = None,
            "mode" => details.mode = None,
            "cost" => details.cost = None,
            "access" => details.access.clear(),
            "transit" => details.transit = None,
            "access-note" => details.access_note = None,
            "spoken" => details.spoken = None,
            "audience" => details.audience = None,
            "themes" => details.themes.clear(),
            "step" => details.step = None,
            "type" => details.kind = None,
            "hosts" => details.hosts.clear(),
            "capacity" => limits.capacity = None,
            "companions" => limits.companions = 0,
            "rsvp-until" => limits.closes_at = None,
            "who" => {
                limits.who = Eligibility::All;
                details.circle = None;
            }
            // Rooms stand beside the draft.
            "rooms" => {}
            _ => return Err(DraftError::Needed(argument.to_owned())),
        }
        Ok(())
    }
}

fn title_of(title: &str) -> Result<Wording, DraftError> {
    Wording::read(title, text::TITLE_MAX).map_err(|error| DraftError::Text("title", error))
}

fn figure(figure: u64, min: u64, max: u64) -> Result<i64, DraftError> {
    let within = i64::try_from(figure).ok();
    let within = within.filter(|_| (min..=max).contains(&figure));
    within.ok_or(DraftError::Figure { figure, min, max })
}

/// Each slug once, in their order.
fn once(slugs: &[String]) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for slug in slugs {
        if !kept.contains(slug) {
            kept.push(slug.clone());
        }
    }
    kept
}

/// Sets a text that is wanted; one of white space alone counts as not given.
fn set<T>(
    field: &mut Option<T>,
    argument: &'static str,
    wanted: &Option<String>,
    check: impl Fn(&str) -> Result<T, TextError>,
) -> Result<(), DraftError> {
    let given = wanted.as_deref().filter(|text| !text.trim().is_empty());
    if let Some(text) = given {
        *field = Some(check(text).map_err(|error| DraftError::Text(argument, error))?);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish() -> Wish {
        Wish {
            title: Some("Se nourrir // Feeding ourselves".to_owned()),
            when: Some((DateTime::UNIX_EPOCH, None)),
            cost: Some("5 $".to_owned()),
            themes: Some(vec!["energie".to_owned(), "energie".to_owned()]),
            ..Wish::default()
        }
    }

    #[test]
    fn what_is_not_said_stays_and_what_is_taken_out_goes() {
        let draft = Draft::new(&wish()).unwrap();
        assert_eq!(draft.title.english.as_deref(), Some("Feeding ourselves"));
        assert_eq!(draft.details.themes, ["energie"]);
        let change = Wish {
            place: Some("Ici".to_owned()),
            audience: Some("  ".to_owned()),
            without: vec!["cost".to_owned()],
            ..Wish::default()
        };
        let changed = draft.changed(&change).unwrap();
        assert_eq!(changed.place.as_deref(), Some("Ici"));
        assert_eq!(
            (&changed.details.cost, &changed.details.audience),
            (&None, &None)
        );
        assert_eq!(changed.title, draft.title);
        for needed in ["title", "when", "workshop"] {
            let change = Wish {
                without: vec![needed.to_owned()],
                ..Wish::default()
            };
            assert_eq!(
                draft.changed(&change),
                Err(DraftError::Needed(needed.to_owned()))
            );
        }
    }

    #[test]
    fn at_another_time_it_lasts_as_long_and_its_answers_close_on_the_same_clock() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let zone = chrono_tz::America::Toronto;
        let mut draft = Draft::new(&wish()).unwrap();
        // Thursday 19:00 to 21:00; answers close on Wednesday at 18:00.
        (draft.starts_at, draft.ends_at) =
            (at("2026-10-29T23:00:00Z"), Some(at("2026-10-30T01:00:00Z")));
        draft.limits.closes_at = Some(at("2026-10-28T22:00:00Z"));
        // Sunday 19:00, the day on which clocks went back.
        let moved = draft.moved(at("2026-11-02T00:00:00Z"), zone);
        assert_eq!(moved.ends_at, Some(at("2026-11-02T02:00:00Z")));
        assert_eq!(
            moved.limits.closes_at,
            Some(at("2026-10-31T22:00:00Z")),
            "Saturday 18:00, an hour more before it"
        );
        assert_eq!(moved.moved(draft.starts_at, zone), draft);
    }

    #[test]
    fn texts_are_bounded_and_their_argument_is_named() {
        let long = Wish {
            cost: Some("x".repeat(81)),
            ..wish()
        };
        assert!(matches!(
            Draft::new(&long),
            Err(DraftError::Text("cost", TextError::TooLong { .. }))
        ));
        let hidden = Wish {
            hosts: Some(vec!["a\u{202e}b".to_owned()]),
            ..wish()
        };
        assert!(matches!(
            Draft::new(&hidden),
            Err(DraftError::Text("hosts", TextError::Control(_)))
        ));
        let many = Wish {
            hosts: Some(vec!["a".to_owned(); HOSTS_MAX + 1]),
            ..wish()
        };
        assert_eq!(Draft::new(&many), Err(DraftError::Hosts(HOSTS_MAX + 1)));
        assert_eq!(
            Draft::new(&Wish::default()),
            Err(DraftError::Text("when", TextError::Empty))
        );
    }

    #[test]
    fn a_draft_of_an_older_record_is_still_read() {
        let old = r#"{"title":"Semences","description":"Des graines","starts_at":"2026-12-03T00:30:00Z",
            "ends_at":null,"place":null}"#;
        let draft: Draft = serde_json::from_str(old).unwrap();
        assert_eq!(draft.title, Wording::of("Semences".to_owned()));
        assert_eq!(
            draft.description.map(|d| d.text).as_deref(),
            Some("Des graines")
        );
        assert_eq!(draft.details, Details::default());
    }
}
