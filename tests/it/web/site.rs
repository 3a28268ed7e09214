//! The public pages, feeds included, of the demonstration: whole, valid, without a person, and the same for everybody.

use std::collections::BTreeMap;

use scraper::{Html, Selector};
use url::Url;

use super::looks::{keeps_the_rules, open, pictures};
use super::pages::{Pages, words};
use crate::support::chromium::Chromium;
use crate::support::lifeline::backoff;
use crate::support::needs;

const HOME: &str = "quebec-demo/fr/";

/// Everything that one comes to from the front page by links, with its media type.
async fn walk(pages: &Pages) -> BTreeMap<String, (String, String)> {
    let mut seen = BTreeMap::new();
    let base = Url::parse(&pages.playground.url).unwrap();
    let mut next = vec![base.join(HOME).unwrap()];
    let links = Selector::parse("[href]").unwrap();
    while let Some(mut address) = next.pop() {
        address.set_fragment(None);
        if address.origin() != base.origin() || seen.contains_key(address.as_str()) {
            continue;
        }
        let answer = pages.get(address.as_str()).await;
        assert_eq!(answer.status(), 200, "{address}");
        let media = answer.headers()["content-type"]
            .to_str()
            .unwrap()
            .to_owned();
        let text = answer.text().await.unwrap();
        if media.starts_with("text/html") {
            let page = Html::parse_document(&text);
            let found = page.select(&links).map(|link| link.attr("href").unwrap());
            next.extend(found.map(|link| address.join(link).unwrap()));
        }
        seen.insert(address.to_string(), (media, text));
    }
    seen
}

/// Fails on what a strict reader would complain of.
fn is_valid(address: &str, (media, text): &(String, String)) {
    let allowed = |c: char| c >= ' ' || "\n\r\t".contains(c);
    assert!(text.chars().all(allowed), "a control character: {address}");
    if media.starts_with("text/html") {
        let page = Html::parse_document(text);
        assert_eq!(page.errors, Vec::<String>::new(), "{address}: {text}");
        let banned = Selector::parse("script, style, [style], [onclick], [onerror], img, iframe");
        let banned = page.select(&banned.unwrap()).count();
        assert_eq!(banned, 0, "{address}: {text}");
        assert_eq!(page.select(&Selector::parse("h1").unwrap()).count(), 1);
    } else if media.contains("xml") {
        let feed = roxmltree::Document::parse(text);
        let feed = feed.unwrap_or_else(|error| panic!("{address}: {error}: {text}"));
        assert_eq!(feed.root_element().tag_name().name(), "feed");
        for entry in feed.descendants().filter(|node| node.has_tag_name("entry")) {
            for needed in ["id", "title", "updated", "content", "link"] {
                let mut parts = entry.children();
                let found = parts.any(|part| part.tag_name().name() == needed);
                assert!(found, "{address}: no {needed}");
            }
        }
    }
}

/// Polls, workshops and an edition beside the demonstration's own; votes of two people, one witness.
async fn busy() -> Pages {
    let pages = Pages::start().await;
    let poll = [
        ("question", "Où mettre l’effort? // Where should we work?"),
        ("options", "Le vélo // Cycling; Le bus // The bus"),
        ("level", "public"),
    ];
    let id = pages.poll(&poll).await;
    for (persona, choice) in [("citizen-1", "a"), ("organizer", "b")] {
        let link = pages.link(persona, &id).await;
        pages.vote(&link, &[("choice", choice)]).await;
    }
    let room = [
        ("poll", id.as_str()),
        ("counts", "A 12, B 9"),
        ("witness", "Zoé Témoin"),
    ];
    let told = pages.press("organizer", "poll.room", &room).await;
    assert!(told.to_string().contains("Zoé"), "{told}");
    let close = format!("poll.close?poll={id}");
    pages.press("organizer", &close, &[]).await;
    edition(&pages).await;
    pages
}

/// Goes to Tuesday morning, when the weekly edition comes out.
async fn edition(pages: &Pages) {
    pages.advance(24 * 3600).await;
    let address = format!("{}/quebec-demo/fr/B1", pages.playground.url);
    for attempt in 0.. {
        if pages.get(&address).await.status() == 200 {
            return;
        }
        assert!(attempt < 200, "no edition comes out");
        tokio::time::sleep(backoff(attempt)).await;
    }
}

#[tokio::test]
async fn everything_that_the_front_page_leads_to_is_valid_and_names_nobody() {
    let pages = busy().await;
    let all = walk(&pages).await;
    for part in [
        "fr/A3",
        "fr/S2",
        "en/S1",
        "en/S3",
        "fr/B1",
        "en/plan",
        "fr/cercles",
        "fr/renseignements",
        "fr/bilans.atom",
        "en/ateliers.atom",
        "/agenda/quebec-demo.ics",
    ] {
        assert!(
            all.keys().any(|address| address.contains(part)),
            "{part} in {:?}",
            all.keys()
        );
    }
    for (address, content) in &all {
        is_valid(address, content);
        for person in [
            "Zoé",
            "Témoin",
            "citizen-",
            "organizer\"",
            "demo-",
            "p-0",
            "p-1",
            "salon-boutons",
            "playground",
        ] {
            let text = content.1.replace("quebec-demo", "");
            assert!(!text.contains(person), "{person} in {address}: {text}");
        }
    }
    let closed = &all[&format!("{}/quebec-demo/en/S3", pages.playground.url)].1;
    for shown in ["<svg", "role=\"img\"", "12 in the room", "Cycling"] {
        assert!(closed.contains(shown), "{shown} in {closed}");
    }
    let edition = &all[&format!("{}/quebec-demo/fr/B1", pages.playground.url)].1;
    assert!(edition.contains("<a href=\"S3\">S3</a>"), "{edition}");
}

#[tokio::test]
async fn what_is_not_for_everybody_is_on_no_page() {
    let pages = Pages::start().await;
    let at = |path: &str| format!("{}/{path}", pages.playground.url);
    let when = "2027-02-01 19:00";
    let made = |title| [("title", title), ("when", when)];
    let chosen = [
        &made("Dans un seul salon")[..],
        &[("rooms", "salon-boutons")],
    ]
    .concat();
    let draft = [&made("Encore un brouillon")[..], &[("draft", "yes")]].concat();
    let all = made("Pour tout le monde");
    let mut ids = Vec::new();
    for fields in [&chosen[..], &draft, &all] {
        let told = pages
            .press("organizer", "workshop.create", fields)
            .await
            .to_string();
        let id = told.split(|c: char| !c.is_alphanumeric()).find(|word| {
            word.strip_prefix('A')
                .is_some_and(|rest| rest.parse::<u32>().is_ok())
        });
        ids.push(id.unwrap_or_else(|| panic!("{told}")).to_owned());
    }
    edition(&pages).await;
    let found = walk(&pages).await;
    for (address, (_, text)) in &found {
        for hidden in ["Dans un seul salon", "Encore un brouillon"] {
            assert!(!text.contains(hidden), "{hidden} in {address}");
        }
    }
    assert!(
        found[&at("quebec-demo/fr/B1")]
            .1
            .contains("Pour tout le monde")
    );
    for (id, status) in ids.iter().zip([404, 404, 200]) {
        assert_eq!(
            pages
                .get(&at(&format!("quebec-demo/fr/{id}")))
                .await
                .status(),
            status
        );
        let calendar = at(&format!("agenda/quebec-demo/{id}.ics"));
        assert_eq!(pages.get(&calendar).await.status(), status);
    }
    // Who was told the address of its calendar has it all the same.
    let menu = pages
        .press(
            "citizen-1",
            &format!("workshop.agenda?workshop={}", ids[0]),
            &[],
        )
        .await;
    let link = menu["say"]["actions"][0]["control"]["link"]
        .as_str()
        .unwrap();
    assert!(
        words(pages.get(link).await)
            .await
            .contains("Dans un seul salon")
    );
    let forged = link.replace("cle=", "cle=0");
    assert_eq!(pages.get(&forged).await.status(), 404);

    // Figures stand where the rooms see them, and nowhere before.
    let mut asked = Vec::new();
    for extra in [
        ("results", "at-close"),
        ("level", "confidential"),
        ("results", "live"),
    ] {
        let poll = [("question", "Lequel?"), ("options", "Parc; Rue"), extra];
        let id = pages.poll(&poll).await;
        let link = pages.link("citizen-1", &id).await;
        pages.vote(&link, &[("choice", "a")]).await;
        let page = at(&format!("quebec-demo/fr/{id}"));
        asked.push((words(pages.get(&page).await).await, page, id));
    }
    for (text, ..) in &asked[..2] {
        assert!(!text.contains("1 voix") && !text.contains("<svg"), "{text}");
    }
    assert!(asked[2].0.contains("a. Parc : 1 voix"), "{}", asked[2].0);
    for (_, page, id) in &asked {
        pages
            .press("organizer", &format!("poll.close?poll={id}"), &[])
            .await;
        let text = words(pages.get(page).await).await;
        assert!(text.contains("1 voix") && text.contains("<svg"), "{text}");
    }

    // Each page has one address, and what is not there is said so.
    for wrong in [
        "rien/fr/",
        "quebec-demo/de/",
        "quebec-demo/fr/a3",
        "quebec-demo/fr/E1",
        "rien",
    ] {
        assert_eq!(pages.get(&at(wrong)).await.status(), 404, "{wrong}");
    }
    for (from, language, to) in [
        ("quebec-demo", "en-CA, fr;q=0.5", "quebec-demo/en/"),
        ("quebec-demo/", "de", "fr/"),
        ("quebec-demo/en", "fr", "en/"),
    ] {
        let asked = pages
            .client
            .get(at(from))
            .header("accept-language", language);
        let answer = asked.send().await.unwrap();
        assert_eq!(
            (
                answer.status().as_u16(),
                answer.headers()["location"].to_str().unwrap()
            ),
            (302, to),
            "{from}"
        );
    }
}

#[tokio::test]
async fn a_page_that_somebody_has_is_sent_again_only_once_it_changes() {
    let pages = Pages::start().await;
    let home = format!("{}/{HOME}", pages.playground.url);
    let first = pages.get(&home).await;
    let header = |name: &str| first.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("cache-control"), "public, max-age=60");
    assert_eq!(header("x-robots-tag"), "all");
    assert!(header("content-security-policy").starts_with("default-src 'none'"));
    let tag = header("etag");
    let ask = async || {
        let asked = pages.client.get(&home).header("if-none-match", &tag);
        asked.send().await.unwrap()
    };
    let same = ask().await;
    assert_eq!(same.status(), 304);
    assert_eq!(same.text().await.unwrap(), "");
    let made = [
        ("title", "Un atelier de plus"),
        ("when", "2026-11-30 19:00"),
    ];
    pages.press("organizer", "workshop.create", &made).await;
    let changed = ask().await;
    assert_eq!(changed.status(), 200);
    assert!(words(changed).await.contains("Un atelier de plus"));
    // Time alone changes it too: the workshop is over.
    pages.advance(9 * 24 * 3600).await;
    assert!(!words(ask().await).await.contains("Un atelier de plus"));
}

#[tokio::test]
async fn hostile_words_are_inert_and_well_formed_on_every_page_and_feed() {
    let pages = busy().await;
    pages
        .press(
            "organizer",
            "workshop.create",
            &[("title", "x"), ("when", "2027-02-01 19:00")],
        )
        .await;
    // What is typed is refused where it holds such signs, so they are put past that into the record: markup, the end of
    // an attribute, of a comment and of CDATA, an override of direction, invisible and control characters, non-characters.
    for statement in [
        "CREATE TEMP TABLE IF NOT EXISTS x (y)",
        "UPDATE workshop SET title = (SELECT substr('<script>alert(1)</script>\"''&amp;--> ]]> <b onclick=x>' ||
            char(8238, 8203, 127801, 65039, 8205, 1, 11, 31, 133, 65534, 57377) || replace(hex(zeroblob(2000)), '00', 'é🌱'), 1, 4000)),
            place = '</dd><img src=x onerror=x>' || char(8238), description = '<!--' || char(12), report = '<script>x</script>'",
        "UPDATE poll SET question = '</title><script>x</script>' || char(8238, 1, 65535) || '{{ 7 * 7 }}'",
        "UPDATE poll_option SET label = '</svg><script>x</script>\"' || char(8238, 2), label_en = NULL",
        "UPDATE milestone SET statement = '</bdi><script>x</script>' || char(8238)",
        "UPDATE plan_action SET statement = '\" onclick=x <style>'",
        "UPDATE organisation SET name = '<iframe src=x>' || char(8238, 3)",
        "UPDATE digest SET facts = replace(facts, 'Où mettre', '<script>x</script>\\u202e\\u0001')",
        "UPDATE collective SET name = '<i>Zén</i>\"' || char(8238, 5)",
    ] {
        pages.playground.record(statement).await;
    }
    pages.advance(60).await;
    let all = walk(&pages).await;
    assert!(all.len() > 30, "{:?}", all.keys());
    for (address, content) in &all {
        is_valid(address, content);
        assert!(
            content.0.contains("calendar")
                || !content.1.contains("<script") && !content.1.contains("<i>"),
            "{address}"
        );
    }
    let workshops = &all[&format!("{}/quebec-demo/fr/ateliers", pages.playground.url)].1;
    assert!(
        workshops.contains("&#60;script&#62;alert(1)"),
        "{workshops}"
    );
    assert!(workshops.contains("é🌱é🌱"), "{workshops}");
}

#[tokio::test]
async fn public_pages_keep_the_rules_on_a_phone_and_on_a_desk_in_light_and_dark() {
    needs!(chromium);
    let pages = busy().await;
    let browser = Chromium::launch().await;
    for (path, name) in [
        ("fr/", "home"),
        ("en/", "home-en"),
        ("fr/ateliers", "workshops"),
        ("fr/A3", "workshop"),
        ("fr/sondages", "polls"),
        ("fr/S1", "poll-open"),
        ("fr/S3", "poll-closed"),
        ("fr/plan", "plan"),
        ("fr/bilans", "digests"),
        ("fr/B1", "digest"),
        ("fr/cercles", "circles"),
        ("fr/renseignements", "privacy"),
    ] {
        let address = format!("{}/quebec-demo/{path}", pages.playground.url);
        let page = open(&browser, &address).await;
        keeps_the_rules(&page).await;
        pictures(&page, &format!("site-{name}")).await;
    }
    // Words that nobody would write do not break the page either.
    pages
        .playground
        .record("UPDATE workshop SET title = replace(hex(zeroblob(2000)), '00', 'Wé')")
        .await;
    pages.advance(60).await;
    let address = format!("{}/{HOME}", pages.playground.url);
    keeps_the_rules(&open(&browser, &address).await).await;
}

#[tokio::test]
async fn those_who_keep_it_running_see_counts_and_nobody() {
    let pages = busy().await;
    let at = |path: &str| format!("{}/{path}", pages.playground.url);
    let ready = pages.get(&at("readyz")).await;
    assert_eq!(
        (
            ready.status().as_u16(),
            ready.text().await.unwrap().as_str()
        ),
        (200, "ready\n")
    );
    let health = async || -> serde_json::Value {
        let answer = pages.get(&at("healthz")).await;
        assert_eq!(answer.status(), 200);
        serde_json::from_str(&answer.text().await.unwrap()).unwrap()
    };
    let settled = async |wanted: serde_json::Value| {
        for attempt in 0.. {
            let found = health().await;
            if found == wanted {
                return;
            }
            assert!(attempt < 200, "{found}");
            tokio::time::sleep(backoff(attempt)).await;
        }
    };
    let standing = |status: &str, stuck: u32, late: u32| {
        serde_json::json!({
            "status": status,
            "cards": { "pending": stuck, "stuck": stuck },
            "deadlines_late": late,
            "inbox_waiting": 0,
        })
    };
    settled(standing("ok", 0, 0)).await;
    let stick = "UPDATE card SET stuck = TRUE, wanted = wanted + 1 WHERE id = (SELECT min(id) FROM card WHERE view = 'object')";
    pages.playground.record(stick).await;
    settled(standing("attention", 1, 0)).await;
    let metrics = pages.get(&at("metrics")).await;
    assert!(
        metrics.headers()["content-type"]
            .to_str()
            .unwrap()
            .contains("openmetrics")
    );
    let metrics = metrics.text().await.unwrap();
    for line in [
        "cercles_cards_stuck 1",
        "cercles_cards_pending 1",
        "cercles_deadlines_late 0",
        "cercles_inbox_waiting 0",
        "cercles_http_requests_total{method=\"GET\",route=\"/bulletin/{token}\",status=\"200\"} 2",
        "cercles_http_request_duration_seconds_count ",
        "cercles_uptime_seconds ",
        "# EOF",
    ] {
        assert!(metrics.contains(line), "{line} in {metrics}");
    }
    for hidden in ["citizen", "quebec", "Zoé"] {
        assert!(!metrics.contains(hidden), "{hidden} in {metrics}");
    }
}
