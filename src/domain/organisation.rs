//! Partner organisations: groups that take part in a collective with one voice each, and who represents them.
//!
//! An organisation is known by a short name (sigle), which people type and which never changes. A sector belongs to an
//! organisation, never to a person: what somebody's union or group is may be sensitive. Representing an organisation is no
//! [`Role`](super::actor::Role): it adds nothing to what somebody may do in their own name.

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::actor::Account;
use super::ids::ShortId;
use super::text::{self, TextError, Wording, fold};

/// Longest short name, in characters.
pub const SLUG_MAX: usize = 32;
/// Longest name, in characters: a Discord button holds 80 with words around it.
pub const NAME_MAX: usize = 80;
/// How long an invitation to represent an organisation is good: whoever gives it may have to find the person first.
pub const INVITATION: Duration = Duration::days(7);
/// What stands for one's own name where an organisation may be named.
pub const ONESELF: [&str; 2] = ["moi", "me"];

/// The sectors that an organisation may have: the slugs of `config/themes.toml`, in its order.
pub const SECTORS: [&str; 15] = [
    "environnement",
    "citoyen",
    "syndical",
    "communautaire",
    "etudiant",
    "municipal",
    "public",
    "sante",
    "education",
    "entreprise",
    "economie-sociale",
    "agricole",
    "culture",
    "premiers-peuples",
    "autre",
];

/// An organisation of a collective.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Its id.
    pub id: Uuid,
    /// The collective.
    pub collective: Uuid,
    /// Its short name.
    pub slug: String,
    /// Its name.
    pub name: Wording,
    /// The slug of its sector; one that is not in [`SECTORS`] is retired.
    pub sector: String,
    /// When it came in, the last time.
    pub since: DateTime<Utc>,
    /// Whether it takes part; false once it is retired.
    pub active: bool,
    /// The circle that it is in, if it is in one.
    pub circle: Option<Uuid>,
}

impl Organisation {
    /// Whether that is how somebody may call it: by its short name or by its name, in either language.
    #[must_use]
    pub fn is_called(&self, typed: &str) -> bool {
        is_called(&self.slug, &self.name, typed)
    }

    /// Whether it has a voice in a poll that opens, or opened, at that time.
    #[must_use]
    pub fn had_joined(&self, opens_at: DateTime<Utc>) -> bool {
        self.active && self.since <= opens_at
    }
}

/// An organisation that an organizer wants, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its short name.
    pub slug: String,
    /// Its name.
    pub name: Wording,
    /// The slug of its sector.
    pub sector: &'static str,
}

/// What is wrong with an organisation that somebody wants to add or change.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// A text is wrong; the argument that holds it is named.
    #[error("{0}: {1}")]
    Text(&'static str, TextError),
    /// Nothing that can be a short name.
    #[error("{0:?} makes no short name")]
    Slug(String),
}

impl Draft {
    /// A draft from what was typed; without a short name, the name makes one.
    ///
    /// # Errors
    /// See [`DraftError`].
    pub fn read(name: &str, sector: &'static str, slug: Option<&str>) -> Result<Self, DraftError> {
        let name = read_name(name)?;
        let typed = match slug {
            Some(slug) => {
                text::line(slug, SLUG_MAX).map_err(|error| DraftError::Text("slug", error))?
            }
            None => name.text.clone(),
        };
        let slug = slug_of(&typed).ok_or(DraftError::Slug(typed))?;
        Ok(Self { slug, name, sector })
    }
}

/// A name, with its English behind `//` if there is one.
///
/// # Errors
/// Empty, longer than [`NAME_MAX`], or with a control character.
pub fn read_name(name: &str) -> Result<Wording, DraftError> {
    Wording::read(name, NAME_MAX).map_err(|error| DraftError::Text("name", error))
}

/// Whether that is how somebody may call what has this short name and this name.
#[must_use]
pub fn is_called(slug: &str, name: &Wording, typed: &str) -> bool {
    let typed = fold(typed.trim());
    let names = [Some(&name.text), name.english.as_ref()];
    typed == slug || names.into_iter().flatten().any(|name| fold(name) == typed)
}

/// The short name that a text makes: `Table de quartier` makes `table-de-quartier`. None if too little is left of it, or if
/// it could be taken for an object's short id or for [`ONESELF`].
#[must_use]
pub fn slug_of(text: &str) -> Option<String> {
    let folded = fold(text).replace('œ', "oe").replace('æ', "ae");
    let mut slug = String::new();
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric());
    for word in words.filter(|word| !word.is_empty()) {
        let longer = if slug.is_empty() {
            word.to_owned()
        } else {
            format!("{slug}-{word}")
        };
        if longer.len() > SLUG_MAX {
            break;
        }
        slug = longer;
    }
    let taken = ONESELF.contains(&slug.as_str()) || slug.parse::<ShortId>().is_ok();
    (slug.len() > 1 && !taken).then_some(slug)
}

/// That somebody represents an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mandate {
    /// The organisation.
    pub organisation: Uuid,
    /// Who represents it, from any of their accounts.
    pub person: Uuid,
    /// The account that took the mandate. Organizers see this one only: that it is linked to others is nobody's to know.
    pub account: Account,
    /// Since when.
    pub since: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_name_is_made_of_what_people_write() {
        for (text, slug) in [
            ("Table de quartier", Some("table-de-quartier")),
            ("CRE–Capitale", Some("cre-capitale")),
            ("  L’Œuvre d'Été!  ", Some("l-oeuvre-d-ete")),
            (
                "Association étudiante du Cégep des Grands-Pins",
                Some("association-etudiante-du-cegep"),
            ),
            ("anticonstitutionnellementissimement", None),
            ("a", None),
            ("— !", None),
            ("moi", None),
            ("S7", None),
            ("#A12", None),
            ("G15", Some("g15")),
        ] {
            assert_eq!(slug_of(text).as_deref(), slug, "{text}");
        }
    }

    #[test]
    fn an_organisation_is_called_by_its_short_name_or_its_name_in_either_language() {
        let table = Organisation {
            id: Uuid::nil(),
            collective: Uuid::nil(),
            slug: "table-quartier".to_owned(),
            name: Wording::read("Table de quartier // Neighbourhood table", NAME_MAX).unwrap(),
            sector: "communautaire".to_owned(),
            since: DateTime::UNIX_EPOCH,
            active: true,
            circle: None,
        };
        for typed in [
            "table-quartier",
            " Table de Quartier",
            "neighbourhood table",
        ] {
            assert!(table.is_called(typed), "{typed}");
        }
        assert!(!table.is_called("table"));
        assert!(table.had_joined(DateTime::UNIX_EPOCH));
        assert!(!table.had_joined(DateTime::UNIX_EPOCH - Duration::seconds(1)));
        let retired = Organisation {
            active: false,
            ..table
        };
        assert!(!retired.had_joined(DateTime::UNIX_EPOCH));
    }

    #[test]
    fn a_draft_is_read_with_or_without_a_short_name() {
        let draft = Draft::read("Table de quartier // Table", "communautaire", None).unwrap();
        assert_eq!(draft.slug, "table-de-quartier");
        let draft = Draft::read("Table de quartier", "autre", Some("TQRC")).unwrap();
        assert_eq!(draft.slug, "tqrc");
        let wrong = |name: &str, slug: Option<&str>| Draft::read(name, "autre", slug).unwrap_err();
        assert_eq!(
            wrong("Table", Some("S7")),
            DraftError::Slug("S7".to_owned())
        );
        assert!(matches!(
            wrong("", None),
            DraftError::Text("name", TextError::Empty)
        ));
        let long = "x".repeat(SLUG_MAX + 1);
        assert!(matches!(
            wrong("Table", Some(&long)),
            DraftError::Text("slug", _)
        ));
    }
}
