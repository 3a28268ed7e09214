//! What a workshop says, line by line, always in the same order: when, where, for whom, at what price, with what
//! access; then what it is part of.

use crate::domain::ids::{Kind, ShortId};
use crate::domain::language::Language;
use crate::domain::workshop::{Mode, Workshop};
use crate::i18n::{Words, args, dates};

/// Names and values.
type Fields = Vec<(String, String)>;

/// Everything that is said.
pub(super) fn all(words: &Words, language: Language, workshop: &Workshop) -> Fields {
    let mut fields = when_and_where(words, language, workshop);
    let mut add = |id: &str, value: Option<String>| {
        fields.extend(value.map(|value| (words.plain(language, id), value)));
    };
    let details = &workshop.draft.details;
    let said = |wording: &Option<crate::domain::text::Wording>| {
        let wording = wording.as_ref()?;
        Some(wording.in_language(language).to_owned())
    };
    let slot = workshop.slot.as_ref();
    let again = slot.map(|slot| super::series::rhythm(words, language, &slot.rule, slot.time));
    add("workshop-series", again);
    let poll = workshop.poll.map(|number| ShortId::new(Kind::Poll, number));
    let chosen = poll.map(|id| words.say(language, "workshop-dated-by", args().text("id", id)));
    add("workshop-date", chosen);
    add("workshop-audience", said(&details.audience));
    let cost = said(&details.cost);
    add(
        "workshop-cost",
        Some(cost.unwrap_or_else(|| words.plain(language, "workshop-free"))),
    );
    add("workshop-access", Some(access(words, language, workshop)));
    add("workshop-transit", said(&details.transit));
    let spoken = details
        .spoken
        .map(|spoken| format!("workshop-spoken-{}", spoken.name()));
    add(
        "workshop-spoken",
        spoken.map(|id| words.plain(language, &id)),
    );
    let hosts = (!details.hosts.is_empty()).then(|| details.hosts.join(", "));
    add("workshop-hosts", hosts);
    let terms = |vocabulary: &str, slugs: &[String]| {
        let labels = slugs
            .iter()
            .map(|slug| term(words, language, vocabulary, slug));
        (!slugs.is_empty()).then(|| labels.collect::<Vec<_>>().join(", "))
    };
    let closes = workshop.draft.limits.closes_at;
    let closes = closes.map(|at| dates::full(at, workshop.zone, language));
    add("workshop-rsvp-until", closes);
    add("workshop-themes", terms("themes", &details.themes));
    add("workshop-step", terms("steps", details.step.as_slice()));
    add(
        "workshop-type",
        terms("workshop_types", details.kind.as_slice()),
    );
    fields
}

/// When and where.
pub(super) fn when_and_where(words: &Words, language: Language, workshop: &Workshop) -> Fields {
    let mut fields = vec![(
        words.plain(language, "workshop-when"),
        super::when(language, workshop),
    )];
    if let Some(place) = place(words, language, workshop) {
        fields.push((words.plain(language, "workshop-where"), place));
    }
    fields
}

/// The place, and whether one can also be elsewhere.
pub(in crate::present) fn place(
    words: &Words,
    language: Language,
    workshop: &Workshop,
) -> Option<String> {
    let draft = &workshop.draft;
    match (&draft.place, draft.details.mode) {
        (Some(place), None | Some(Mode::InPerson)) => Some(place.clone()),
        (Some(place), Some(mode)) => Some(words.say(
            language,
            &format!("workshop-place-{}", mode.name()),
            args().text("place", place),
        )),
        (None, Some(mode)) => {
            Some(words.plain(language, &format!("workshop-mode-{}", mode.name())))
        }
        (None, None) => None,
    }
}

/// What makes it open to all. A workshop that says nothing says so: who needs to know can ask.
fn access(words: &Words, language: Language, workshop: &Workshop) -> String {
    let details = &workshop.draft.details;
    let listed = details.access.iter();
    let mut said: Vec<String> = listed
        .map(|slug| term(words, language, "access", slug))
        .collect();
    if let Some(note) = &details.access_note {
        said.push(note.in_language(language).to_owned());
    }
    if said.is_empty() {
        words.plain(language, "workshop-access-unknown")
    } else {
        said.join(", ")
    }
}

/// The label of a slug, or that it is retired.
pub(in crate::present) fn term(
    words: &Words,
    language: Language,
    vocabulary: &str,
    slug: &str,
) -> String {
    words.vocabularies.term(vocabulary, slug).map_or_else(
        || words.say(language, "workshop-retired", args().text("slug", slug)),
        |term| term.label(language).to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::domain::workshop::{Draft, Wish};

    fn workshop(wish: Wish) -> Workshop {
        let wish = Wish {
            title: Some("Semences".to_owned()),
            when: Some((DateTime::UNIX_EPOCH, None)),
            ..wish
        };
        Workshop::example(Draft::new(&wish).unwrap())
    }

    fn shown(language: Language, wish: Wish) -> Vec<String> {
        let words = Words::load().unwrap();
        all(&words, language, &workshop(wish))
            .into_iter()
            .skip(1)
            .map(|(name, value)| format!("{name}: {value}"))
            .collect()
    }

    #[test]
    fn a_bare_workshop_is_free_and_says_that_access_is_not_told() {
        assert_eq!(
            shown(Language::EnCa, Wish::default()),
            ["Cost: free", "Access: not said; ask the organizers"]
        );
    }

    #[test]
    fn everything_is_shown_in_the_readers_language_and_retired_terms_as_such() {
        let text = |text: &str| Some(text.to_owned());
        let slugs = |slugs: &[&str]| Some(slugs.iter().map(|&slug| slug.to_owned()).collect());
        let wish = Wish {
            place: text("Salle 2"),
            mode: Some(Mode::Hybrid),
            cost: text("5 $ // $5"),
            access: slugs(&["lsq", "telegraphe"]),
            access_note: text(
                "halte-garderie : écrivez avant le 1er // childcare: write before the 1st",
            ),
            transit: text("bus 7"),
            audience: text("Toute personne // Anybody"),
            themes: slugs(&["energie", "transport"]),
            step: text("plan"),
            kind: text("gone"),
            hosts: slugs(&["Coop A", "Coop B"]),
            ..Wish::default()
        };
        assert_eq!(
            shown(Language::EnCa, wish),
            [
                "Where: Salle 2, or online",
                "Who it is for: Anybody",
                "Cost: $5",
                "Access: LSQ interpretation, retired term (telegraphe), childcare: write before the 1st",
                "Getting there: bus 7",
                "Held by: Coop A, Coop B",
                "Themes: Energy, Transportation",
                "Step: Operational plan",
                "Type: retired term (gone)",
            ]
        );
    }
}
