//! The ballot's pages as people use them: the real binary, every kind of poll, every way to get it wrong, a real browser
//! without JavaScript.

use pages::{Pages, words};

mod looks;
mod pages;
mod site;
mod wrong;

/// A poll, what is filled in, what is then recorded, and what the page then shows as filled in.
struct Case {
    poll: &'static [(&'static str, &'static str)],
    form: &'static [(&'static str, &'static str)],
    said: &'static str,
    filled: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case {
        poll: &[("question", "On y va?"), ("kind", "proposal")],
        form: &[("choice", "yes")],
        said: ": Pour.",
        filled: &[r#"value="yes" checked"#],
    },
    Case {
        poll: &[("question", "Cette date?"), ("kind", "consent")],
        form: &[
            ("choice", "objection"),
            ("reason", "C’est la rentrée.\r\nEt il pleut."),
        ],
        said: ": Objection.",
        filled: &[
            r#"value="objection" checked"#,
            "C’est la rentrée.\nEt il pleut.</textarea>",
        ],
    },
    Case {
        poll: &[("question", "Lequel?"), ("options", "Transport; Bâtiment")],
        form: &[("choice", "b")],
        said: "« Bâtiment »",
        filled: &[r#"value="b" checked"#],
    },
    Case {
        poll: &[("question", "Lequel?"), ("options", "Transport; Bâtiment")],
        form: &[("choice", "blank")],
        said: "bulletin blanc",
        filled: &[r#"value="blank" checked"#],
    },
    Case {
        poll: &[
            ("question", "Lesquels?"),
            ("options", "Transport; Bâtiment; Eau"),
            ("number", "2"),
        ],
        form: &[("choice", "a"), ("choice", "c")],
        said: "« Transport et Eau »",
        filled: &[
            r#"value="a" checked"#,
            r#"value="c" checked"#,
            "Cochez jusqu’à 2 options.",
        ],
    },
    Case {
        poll: &[
            ("question", "Quelle note?"),
            ("options", "Salle; Parc; Rue"),
            ("kind", "score"),
        ],
        form: &[("a", "5"), ("b", "0"), ("c", "")],
        said: "Salle : 5, Parc : 0",
        filled: &[
            r#"id="a-5" name="a" type="radio" value="5" checked"#,
            r#"id="b-0" name="b" type="radio" value="0" checked"#,
            r#"id="c-" name="c" type="radio" value="" checked"#,
        ],
    },
    Case {
        poll: &[
            ("question", "L’effort?"),
            ("options", "Vélo; Bus"),
            ("kind", "points"),
            ("number", "5"),
            ("cap", "4"),
        ],
        form: &[("a", "4"), ("b", "")],
        said: "Vélo : 4",
        filled: &["Points, de 0 à 4", r#"value="4""#],
    },
    Case {
        poll: &[
            ("question", "L’ordre?"),
            ("options", "Nord; Sud; Est"),
            ("kind", "rank"),
        ],
        form: &[("a", "2"), ("b", "1"), ("c", "2")],
        said: "Sud > Nord = Est",
        filled: &[
            r#"<option value="2" selected>2e</option>"#,
            r#"<option value="1" selected>1er, la meilleure option</option>"#,
        ],
    },
    Case {
        poll: &[
            ("question", "Qui?"),
            ("options", "Fatou; Luc; Mei"),
            ("kind", "elect"),
        ],
        form: &[("a", "3"), ("b", ""), ("c", "1")],
        said: "Mei > Fatou",
        filled: &[
            r#"<option value="1" selected>1er choix</option>"#,
            r#"<option value="" selected>Sans rang</option>"#,
        ],
    },
    Case {
        poll: &[
            ("question", "Quoi financer?"),
            ("options", "Jardin = 1500 | Des bacs partout; Fresque = 700"),
            ("kind", "budget"),
            ("number", "2000"),
        ],
        form: &[("choice", "a")],
        said: "« Jardin »",
        filled: &[
            "Coût : 1 500 $",
            "<p>Des bacs partout</p>",
            r#"value="a" checked"#,
        ],
    },
    Case {
        poll: &[
            ("question", "Quand?"),
            ("options", "2027-05-03 19:00; 2027-05-04 19:00"),
            ("kind", "date"),
        ],
        form: &[("a", "yes"), ("b", "if-need-be")],
        said: "le lundi 3 mai 2027, à 19 h : oui",
        filled: &[
            r#"id="a-yes" name="a" type="radio" value="yes" checked"#,
            r#"id="b-if-need-be" name="b" type="radio" value="if-need-be" checked"#,
        ],
    },
];

#[tokio::test]
async fn every_kind_is_voted_in_on_its_page_and_shows_the_ballot_as_it_stands() {
    let pages = Pages::start().await;
    for case in CASES {
        let id = pages.poll(case.poll).await;
        let address = pages.link("citizen-1", &id).await;
        let fresh = words(pages.get(&address).await).await;
        assert!(!fresh.contains("Vous avez déjà voté"), "{fresh}");
        let receipt = pages
            .vote(&address, case.form)
            .await
            .replace("&#62;", ">")
            .replace("&gt;", ">");
        assert!(
            receipt.contains(&format!("enregistré pour {id}")),
            "{receipt}"
        );
        assert!(receipt.contains(case.said), "{} in {receipt}", case.said);
        let again = words(pages.get(&address).await).await;
        assert!(again.contains("Vous avez déjà voté"), "{again}");
        for filled in case.filled {
            assert!(again.contains(filled), "{filled} in {again}");
        }
        // The chat knows the same ballot, and the same act again changes nothing.
        let menu = pages
            .press("citizen-1", &format!("vote?poll={id}"), &[])
            .await
            .to_string();
        assert!(menu.contains("Votre bulletin"), "{menu}");
        pages.vote(&address, case.form).await;
    }
}

#[tokio::test]
async fn a_link_is_one_persons_in_one_poll_for_a_while() {
    let pages = Pages::start().await;
    let id = pages
        .poll(&[("question", "Lequel?"), ("options", "Un; Deux")])
        .await;
    let (one, two) = (
        pages.link("citizen-1", &id).await,
        pages.link("citizen-2", &id).await,
    );
    assert_ne!(one, two);
    pages.vote(&one, &[("choice", "a")]).await;
    let other = words(pages.get(&two).await).await;
    assert!(
        !other.contains("Vous avez déjà voté") && !other.contains("checked"),
        "{other}"
    );
    assert!(
        !other.contains("citizen") && !other.contains("playground"),
        "{other}"
    );

    // Changed, cut, or invented: no page, in French or in the browser's language.
    let changed = format!("{}A", &one[..one.len() - 1]);
    let changed = if changed == one {
        format!("{}B", &one[..one.len() - 1])
    } else {
        changed
    };
    for wrong in [
        &changed,
        &one[..one.len() - 8],
        &format!("{}/bulletin/x", pages.playground.url),
    ] {
        for answer in [
            pages.get(wrong).await,
            pages.send(wrong, &[("choice", "b")]).await,
        ] {
            assert_eq!(answer.status(), 403, "{wrong}");
            assert!(words(answer).await.contains("Ce lien ne fonctionne pas"));
        }
    }
    let english = pages
        .client
        .get(&changed)
        .header("accept-language", "en-GB,en");
    let english = english.send().await.unwrap();
    assert!(words(english).await.contains("This link does not work"));
    let english = words(pages.get(&format!("{one}?lang=en-CA")).await).await;
    assert!(
        english.contains("<html lang=\"en-CA\">") && english.contains("You have voted already"),
        "{english}"
    );

    // What every page tells the browser.
    let page = pages.get(&one).await;
    let header = |name: &str| page.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("referrer-policy"), "no-referrer");
    assert_eq!(header("cache-control"), "no-store");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert!(header("permissions-policy").contains("camera=()"));
    let policy = header("content-security-policy");
    assert!(
        policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
        "{policy}"
    );
    assert!(
        !policy.contains("script-src") && !policy.contains("unsafe"),
        "{policy}"
    );

    // A page elsewhere cannot post through a browser that knows the link, and nobody posts without end.
    let elsewhere = pages
        .client
        .post(&one)
        .header("sec-fetch-site", "cross-site");
    let elsewhere = elsewhere.body("choice=b").send().await.unwrap();
    assert_eq!(elsewhere.status(), 403);
    let long = format!("choice=b&reason={}", "x".repeat(70_000));
    let long = pages.client.post(&one).body(long).send().await.unwrap();
    assert_eq!(long.status(), 413);
    assert!(
        words(pages.get(&one).await)
            .await
            .contains(r#"value="a" checked"#)
    );

    // Not for everybody, not yet, not any more.
    let known = pages
        .poll(&[
            ("question", "Qui est là?"),
            ("options", "Un; Deux"),
            ("who", "known-before"),
        ])
        .await;
    let refused = pages
        .press("citizen-2", &format!("vote?poll={known}"), &[])
        .await;
    assert!(refused.to_string().contains("participé avant"), "{refused}");
    // Whoever has their data erased is a newcomer, with the link they had.
    let newcomer = pages.link("citizen-1", &known).await;
    let erased = [("confirm", "yes")];
    pages.press("citizen-1", "data.erase", &erased).await;
    for answer in [
        pages.get(&newcomer).await,
        pages.send(&newcomer, &[("choice", "a")]).await,
    ] {
        assert_eq!(answer.status(), 403);
        assert!(
            words(answer)
                .await
                .contains("Ce sondage est pour d’autres personnes")
        );
    }
    pages
        .press("organizer", &format!("poll.close?poll={known}"), &[])
        .await;
    let closed = pages.get(&newcomer).await;
    assert_eq!(closed.status(), 410);
    assert!(words(closed).await.contains("Le sondage est clos"));
    pages.advance(15 * 24 * 3600).await;
    for answer in [
        pages.get(&one).await,
        pages.send(&one, &[("choice", "b")]).await,
    ] {
        assert_eq!(answer.status(), 410);
        assert!(words(answer).await.contains("Ce lien a expiré"));
    }
}

#[tokio::test]
async fn hostile_words_on_a_page_stay_words() {
    let pages = Pages::start().await;
    let hostile = "<script>x</script>\"'&<b>{{ 1 }}";
    let poll = [
        ("question", hostile),
        ("options", "<img src=x onerror=x()>; \"><b>deux</b>"),
        ("kind", "points"),
    ];
    let id = pages.poll(&poll).await;
    let address = pages.link("citizen-1", &id).await;
    let inert = |page: &str| {
        for tag in ["<script", "<img", "<b>", "\"><"] {
            // Our own tags never stand in these forms, but a field's end before the next tag does.
            let found = page.matches(tag).count();
            assert!(tag == "\"><" || found == 0, "{tag} in {page}");
        }
    };
    inert(&words(pages.get(&address).await).await);
    let again = pages
        .send(&address, &[("a", "\"><script>x</script>")])
        .await;
    assert_eq!(again.status(), 422);
    inert(&words(again).await);
    inert(&pages.vote(&address, &[("b", "3")]).await);
    let consent = pages
        .poll(&[("question", "<b>?"), ("kind", "consent")])
        .await;
    let address = pages.link("citizen-1", &consent).await;
    let reason = "</textarea><script>x</script><b>";
    inert(
        &pages
            .vote(&address, &[("choice", "objection"), ("reason", reason)])
            .await,
    );
    inert(&words(pages.get(&address).await).await);
}
