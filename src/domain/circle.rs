//! Circles: nested groups of a collective's rooms and organisations.
//!
//! A circle holds rooms and organisations, never persons: what somebody is, no circle says. Whoever acts from a room of a
//! circle acts within it, and within every circle around it; that is asked when they act and kept nowhere. Like an
//! organisation, a circle is known by a short name, which people type and which never changes.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::organisation::{self, DraftError, SLUG_MAX, is_called};
use super::text::{self, Wording, fold};

/// How many circles may stand in each other, the outermost counted.
pub const DEPTH_MAX: usize = 5;
/// What stands for no circle where one may be named.
pub const NOWHERE: [&str; 2] = ["aucun", "none"];

/// A circle of a collective.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circle {
    /// Its id.
    pub id: Uuid,
    /// The collective.
    pub collective: Uuid,
    /// Its short name.
    pub slug: String,
    /// Its name.
    pub name: Wording,
    /// The circle around it, if there is one.
    pub parent: Option<Uuid>,
    /// Whether it is in use; false once it is retired.
    pub active: bool,
}

/// The circle that something is restricted to, as it was called when that was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Within {
    /// The circle.
    pub id: Uuid,
    /// Its short name.
    pub slug: String,
    /// Its name.
    pub name: Wording,
}

/// Where somebody acts from, as far as a circle asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Presence {
    /// These rooms: the one where they act, and those in which their network says that they are.
    Rooms(Vec<Uuid>),
    /// A personal link, which is only given to those who may.
    Link,
}

/// Why a circle cannot stand in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Nesting {
    /// It would stand in itself.
    #[error("a circle cannot stand in itself")]
    Loop,
    /// More than [`DEPTH_MAX`] would stand in each other.
    #[error("more than {DEPTH_MAX} circles in each other")]
    TooDeep,
}

/// The short name and the name of a circle that somebody wants; without a short name, the name makes one.
///
/// # Errors
/// A wrong name; nothing that can be a short name, or one that stands for no circle.
pub fn read(name: &str, slug: Option<&str>) -> Result<(String, Wording), DraftError> {
    let name = organisation::read_name(name)?;
    let typed = match slug {
        Some(slug) => {
            text::line(slug, SLUG_MAX).map_err(|error| DraftError::Text("slug", error))?
        }
        None => name.text.clone(),
    };
    let slug = organisation::slug_of(&typed).filter(|slug| !NOWHERE.contains(&slug.as_str()));
    Ok((slug.ok_or(DraftError::Slug(typed))?, name))
}

/// Whether that stands for no circle.
#[must_use]
pub fn is_nowhere(typed: &str) -> bool {
    NOWHERE.contains(&fold(typed.trim()).as_str())
}

/// The circles in use of one collective.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Circles(pub Vec<Circle>);

impl Circles {
    /// The circle that somebody calls by its short name or its name, in either language.
    #[must_use]
    pub fn called(&self, typed: &str) -> Option<&Circle> {
        let called = |one: &&Circle| is_called(&one.slug, &one.name, typed);
        self.0.iter().find(called)
    }

    fn inside(&self, parent: Option<Uuid>) -> impl Iterator<Item = &Circle> {
        self.0.iter().filter(move |one| one.parent == parent)
    }

    /// A circle with those inside it, at any depth; none if it is not in use.
    #[must_use]
    pub fn within(&self, circle: Uuid) -> BTreeSet<Uuid> {
        let mut found = BTreeSet::new();
        let known = self.0.iter().any(|one| one.id == circle);
        let mut next: Vec<Uuid> = Some(circle).filter(|_| known).into_iter().collect();
        while let Some(id) = next.pop() {
            if found.insert(id) {
                next.extend(self.inside(Some(id)).map(|one| one.id));
            }
        }
        found
    }

    /// A circle with those around it; none if it is not in use.
    #[must_use]
    pub fn around(&self, circle: Uuid) -> BTreeSet<Uuid> {
        let mut found = BTreeSet::new();
        let mut next = Some(circle);
        while let Some(one) = next.and_then(|id| self.0.iter().find(|one| one.id == id)) {
            let is_new = found.insert(one.id);
            next = one.parent.filter(|_| is_new);
        }
        found
    }

    /// The circles with their depth, each before those inside it, in the order of the list otherwise.
    #[must_use]
    pub fn outline(&self) -> Vec<(usize, &Circle)> {
        let mut lines = Vec::new();
        let mut next: Vec<(usize, &Circle)> = self.inside(None).map(|one| (0, one)).collect();
        next.reverse();
        while let Some((depth, one)) = next.pop() {
            lines.push((depth, one));
            let inner: Vec<_> = self.inside(Some(one.id)).map(|c| (depth + 1, c)).collect();
            next.extend(inner.into_iter().rev());
        }
        lines
    }

    /// Whether a circle (new, or of the list) may stand in `parent`.
    ///
    /// # Errors
    /// See [`Nesting`].
    pub fn may_stand_in(&self, circle: Uuid, parent: Option<Uuid>) -> Result<(), Nesting> {
        let mut around = 0;
        let mut next = parent;
        while let Some(id) = next {
            if id == circle {
                return Err(Nesting::Loop);
            }
            around += 1;
            let found = self.0.iter().find(|one| one.id == id);
            next = found.and_then(|one| one.parent);
        }
        if around + self.height(circle) > DEPTH_MAX {
            return Err(Nesting::TooDeep);
        }
        Ok(())
    }

    /// How many circles stand in each other from this one inwards.
    fn height(&self, circle: Uuid) -> usize {
        let inner = self.inside(Some(circle)).map(|one| self.height(one.id));
        1 + inner.max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::organisation::NAME_MAX;

    fn id(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn circle(number: u128, parent: Option<u128>) -> Circle {
        Circle {
            id: id(number),
            collective: id(0),
            slug: format!("cercle-{number}"),
            name: Wording::read(&format!("Cercle {number} // Circle {number}"), NAME_MAX).unwrap(),
            parent: parent.map(id),
            active: true,
        }
    }

    /// 1 holds 2, which holds 3; 1 holds 4; 5 stands apart.
    fn circles() -> Circles {
        Circles(vec![
            circle(1, None),
            circle(2, Some(1)),
            circle(3, Some(2)),
            circle(4, Some(1)),
            circle(5, None),
        ])
    }

    #[test]
    fn a_circle_holds_what_its_inner_circles_hold_and_one_that_is_gone_holds_nothing() {
        let all = circles();
        let within = |number| -> Vec<u128> {
            let found = all.within(id(number));
            found.into_iter().map(|id| id.as_u128()).collect()
        };
        assert_eq!(within(1), [1, 2, 3, 4]);
        assert_eq!(within(2), [2, 3]);
        assert_eq!(within(5), [5]);
        assert!(within(9).is_empty());
        let around = |number| -> Vec<u128> {
            let found = all.around(id(number));
            found.into_iter().map(|id| id.as_u128()).collect()
        };
        assert_eq!(around(3), [1, 2, 3]);
        assert_eq!(around(5), [5]);
        assert!(around(9).is_empty());
    }

    #[test]
    fn the_outline_puts_each_circle_before_those_inside_it() {
        let all = circles();
        let outline = all.outline();
        let lines: Vec<_> = outline.iter().map(|(d, c)| (*d, c.id.as_u128())).collect();
        assert_eq!(lines, [(0, 1), (1, 2), (2, 3), (1, 4), (0, 5)]);
    }

    #[test]
    fn a_circle_never_stands_in_itself_nor_too_deep() {
        let mut all = circles();
        for (circle, parent, expected) in [
            (5, Some(3), Ok(())),
            (2, None, Ok(())),
            (1, Some(3), Err(Nesting::Loop)),
            (1, Some(1), Err(Nesting::Loop)),
        ] {
            let found = all.may_stand_in(id(circle), parent.map(id));
            assert_eq!(found, expected, "{circle} in {parent:?}");
        }
        all.0.extend([circle(6, Some(3)), circle(7, Some(6))]);
        assert_eq!(all.may_stand_in(id(8), Some(id(7))), Err(Nesting::TooDeep));
        assert_eq!(all.may_stand_in(id(1), Some(id(5))), Err(Nesting::TooDeep));
        assert_eq!(all.may_stand_in(id(2), Some(id(5))), Ok(()));
    }

    #[test]
    fn a_circle_is_called_by_its_short_name_or_its_name_and_never_nothing() {
        let all = circles();
        for typed in ["cercle-4", " CERCLE 4", "circle 4"] {
            assert_eq!(all.called(typed).map(|c| c.id), Some(id(4)), "{typed}");
        }
        assert_eq!(all.called("cercle"), None);
        let (slug, name) = read("Jeunes du Nord // Northern youth", None).unwrap();
        assert_eq!(
            (slug.as_str(), name.text.as_str()),
            ("jeunes-du-nord", "Jeunes du Nord")
        );
        for wrong in ["Aucun", "none", "S7", "moi", "!"] {
            assert!(read(wrong, None).is_err(), "{wrong}");
        }
    }
}
