//! The catalogue: commitments that are suggested, to everybody or to those of a circle. Nobody is asked which one they took:
//! a suggestion that is taken becomes a commitment like any other.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::ids::{Kind, ShortId};
use super::text::{self, TextError, Wording};

/// A commitment that is suggested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Its id.
    pub id: Uuid,
    /// The collective.
    pub collective: Uuid,
    /// The number of its short id.
    pub number: i64,
    /// The sentence, as somebody would take it.
    pub sentence: Wording,
    /// The slug of its theme, if it has one.
    pub theme: Option<String>,
    /// The circle it is for; none: for everybody.
    pub circle: Option<Uuid>,
    /// Whether it is in the catalogue; false once it is retired.
    pub active: bool,
}

/// What an organizer wants of a suggestion; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wish {
    /// One line, in English too behind ` // `.
    pub sentence: Option<String>,
    /// A slug.
    pub theme: Option<String>,
    /// A circle; `Some(None)`: for everybody.
    pub circle: Option<Option<Uuid>>,
}

impl Suggestion {
    /// Its short id, `C4`.
    #[must_use]
    pub const fn short_id(&self) -> ShortId {
        ShortId::new(Kind::Suggestion, self.number)
    }

    /// The suggestion with what is wanted.
    ///
    /// # Errors
    /// A wrong sentence.
    pub fn changed(&self, wish: Wish) -> Result<Self, TextError> {
        let mut changed = self.clone();
        if let Some(sentence) = &wish.sentence {
            changed.sentence = Wording::read(sentence, text::SENTENCE_MAX)?;
        }
        changed.theme = wish.theme.or(changed.theme);
        changed.circle = wish.circle.unwrap_or(changed.circle);
        Ok(changed)
    }

    /// Whether it is for everybody, or for one of these circles.
    #[must_use]
    pub fn is_for(&self, circles: &BTreeSet<Uuid>) -> bool {
        self.circle.is_none_or(|circle| circles.contains(&circle))
    }
}
