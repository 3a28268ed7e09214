//! Texts on public pages: short ids that lead to their pages, and drawings.

use std::fmt;

use askama::filters::HtmlSafe;

use crate::domain::ids::ShortId;

/// A drawing of ours, whose texts `chart` has escaped: it goes into a page as it is.
pub(super) struct Drawing(pub(super) String);

impl fmt::Display for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Drawing {}

/// A text in pieces: the short ids among `known` with the page they lead to, and what is between them.
pub(super) fn pieces<'t>(text: &'t str, known: &[ShortId]) -> Vec<(Option<String>, &'t str)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, id, after)) = first(rest, known) {
        if !before.is_empty() {
            found.push((None, before));
        }
        found.push((Some(id.to_owned()), id));
        rest = after;
    }
    if !rest.is_empty() {
        found.push((None, rest));
    }
    found
}

/// The first whole word that is one of these ids, with what is before and behind it.
fn first<'t>(text: &'t str, known: &[ShortId]) -> Option<(&'t str, &'t str, &'t str)> {
    let word = |c: char| c.is_alphanumeric();
    let mut from = 0;
    for part in text.split(|c: char| !word(c)) {
        let to = from + part.len();
        if known.iter().any(|id| id.to_string() == part) {
            return Some((text.get(..from)?, part, text.get(to..)?));
        }
        let sign = text.get(to..).and_then(|rest| rest.chars().next());
        from = to + sign.map_or(0, char::len_utf8);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::Kind;

    #[test]
    fn known_ids_lead_to_their_pages_and_nothing_else_does() {
        let known = [
            ShortId::new(Kind::Poll, 7),
            ShortId::new(Kind::Workshop, 12),
        ];
        let shown: Vec<String> = pieces("S7 · « é A12 » S77 xS7 S8, A12", &known)
            .into_iter()
            .map(|(place, text)| match place {
                Some(place) => format!("[{text}→{place}]"),
                None => text.to_owned(),
            })
            .collect();
        assert_eq!(
            shown.concat(),
            "[S7→S7] · « é [A12→A12] » S77 xS7 S8, [A12→A12]"
        );
        assert_eq!(pieces("", &known), []);
    }
}
