//! Every way to fill a form in wrongly.

use super::pages::{Pages, words};

/// A poll, what is filled in, what is said, and what stays filled in.
type Wrong = (
    &'static [(&'static str, &'static str)],
    &'static [(&'static str, &'static str)],
    &'static [&'static str],
);

const PROPOSAL: &[(&str, &str)] = &[("question", "On y va?"), ("kind", "proposal")];
const CONSENT: &[(&str, &str)] = &[("question", "D’accord?"), ("kind", "consent")];
const SEVERAL: &[(&str, &str)] = &[
    ("question", "Lesquels?"),
    ("options", "A1; B1; C1"),
    ("number", "2"),
];
const SCORE: &[(&str, &str)] = &[
    ("question", "Note?"),
    ("options", "A1; B1"),
    ("kind", "score"),
];
const POINTS: &[(&str, &str)] = &[
    ("question", "Points?"),
    ("options", "A1; B1"),
    ("kind", "points"),
    ("number", "5"),
    ("cap", "4"),
];
const ELECT: &[(&str, &str)] = &[
    ("question", "Qui?"),
    ("options", "A1; B1; C1"),
    ("kind", "elect"),
];
const DATE: &[(&str, &str)] = &[
    ("question", "Quand?"),
    ("options", "2027-05-03 19:00; 2027-05-04 19:00"),
    ("kind", "date"),
];

const WRONG: &[Wrong] = &[
    (PROPOSAL, &[], &["Choisissez une réponse."]),
    (
        PROPOSAL,
        &[("choice", "maybe")],
        &["Cette réponse n’existe pas."],
    ),
    (
        CONSENT,
        &[("choice", "objection"), ("reason", "  ")],
        &[
            "Écrivez la raison",
            r#"value="objection" checked"#,
            r##"href="#reason""##,
            r#"aria-describedby="reason-problem reason-notes" aria-invalid="true""#,
        ],
    ),
    (
        CONSENT,
        &[("choice", "objection"), ("reason", "a\u{202e}b")],
        &["caractère invisible"],
    ),
    (SEVERAL, &[], &["Rien n’est rempli."]),
    (
        SEVERAL,
        &[("choice", "a"), ("choice", "b"), ("choice", "c")],
        &["Vous avez coché 3 options.", r#"value="c" checked"#],
    ),
    (
        SEVERAL,
        &[("choice", "a"), ("blank", "yes")],
        &["Gardez l’un ou l’autre.", r#"value="a" checked"#],
    ),
    (
        SEVERAL,
        &[("choice", "z")],
        &["Cette réponse n’existe pas."],
    ),
    (
        SEVERAL,
        &[("choice", "a"), ("choice", "a")],
        &["Cette réponse n’existe pas."],
    ),
    (
        SCORE,
        &[("a", "6")],
        &["Une note va de 0 à 5.", r##"href="#a-0""##],
    ),
    (SCORE, &[], &["Rien n’est rempli."]),
    (
        POINTS,
        &[("a", "3"), ("b", "3")],
        &[
            "Vous avez réparti 6 points. Vous en avez 5.",
            r#"value="3""#,
        ],
    ),
    (
        POINTS,
        &[("a", "5")],
        &["Le maximum par option est de 4.", r#"value="5""#],
    ),
    (
        POINTS,
        &[("a", "trois"), ("b", "-1")],
        &["Il y a 2 problèmes", r#"value="trois""#, r##"href="#b""##],
    ),
    (
        POINTS,
        &[("a", "99999999999999999999")],
        &["Le maximum par option"],
    ),
    (POINTS, &[("a", "0"), ("b", "")], &["Rien n’est rempli."]),
    (
        ELECT,
        &[("a", "1"), ("b", "1"), ("c", "2")],
        &[
            "Il y a 2 problèmes",
            "Une autre option a le même rang.",
            r#"<option value="2" selected>"#,
        ],
    ),
    (ELECT, &[("a", "<b>")], &["Écrivez un nombre entier"]),
    (DATE, &[], &["Choisissez une réponse."]),
    (DATE, &[("a", "peut-être")], &["Choisissez une réponse."]),
];

#[tokio::test]
async fn a_wrong_ballot_says_which_field_and_why_keeps_what_was_filled_in_and_changes_nothing() {
    let pages = Pages::start().await;
    for (poll, form, said) in WRONG {
        let id = pages.poll(poll).await;
        let address = pages.link("citizen-1", &id).await;
        let answer = pages.send(&address, form).await;
        assert_eq!(answer.status(), 422, "{form:?}");
        let page = words(answer).await;
        for said in *said {
            assert!(page.contains(said), "{form:?}: {said} in {page}");
        }
        // The summary comes first, takes the focus, and says that nothing was saved.
        let (summary, question) = (
            page.find("role=\"alert\"").unwrap(),
            page.find("<h1>").unwrap(),
        );
        assert!(summary < question && page.contains("autofocus"));
        assert!(page.contains("Votre vote n’est pas enregistré."), "{page}");
        assert!(page.contains("<title>Erreur"), "{page}");
        let after = words(pages.get(&address).await).await;
        assert!(!after.contains("Vous avez déjà voté"), "{form:?}: {after}");
    }
}
