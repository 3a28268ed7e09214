//! How the pages look and are used: a phone and a desk, keys only, JavaScript off.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::pages::Pages;
use crate::playground::picture;
use crate::support::chromium::Chromium;
use crate::support::chromium::page::Page;
use crate::support::needs;

/// Looks until it is so. The page runs no code, so it cannot watch itself.
async fn until(page: &Page, condition: &str) {
    let start = Instant::now();
    while page.eval(condition).await != true {
        assert!(start.elapsed() < Duration::from_secs(30), "{condition}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// A page with JavaScript off.
pub(super) async fn open(browser: &Chromium, address: &str) -> Page {
    let page = browser.open("about:blank").await;
    page.call(
        "Emulation.setScriptExecutionDisabled",
        json!({ "value": true }),
    )
    .await;
    page.call("Page.navigate", json!({ "url": address })).await;
    until(
        &page,
        "document.readyState === 'complete' && !!document.querySelector('h1')",
    )
    .await;
    page
}

async fn dark(page: &Page, dark: bool) {
    let value = if dark { "dark" } else { "light" };
    let features = json!([{ "name": "prefers-color-scheme", "value": value }]);
    page.call(
        "Emulation.setEmulatedMedia",
        json!({ "features": features }),
    )
    .await;
}

/// Goes with the Tab key to the element of that id.
async fn tab_to(page: &Page, id: &str) {
    for _ in 0..60 {
        page.press("Tab").await;
        if page
            .eval("document.activeElement.id || document.activeElement.type")
            .await
            == id
        {
            return;
        }
    }
    panic!("the Tab key does not reach {id}");
}

async fn type_digit(page: &Page, key: &str) {
    for kind in ["keyDown", "keyUp"] {
        let mut event = json!({ "type": kind, "key": key });
        if kind == "keyDown" {
            event["text"] = json!(key);
        }
        page.call("Input.dispatchKeyEvent", event).await;
    }
}

/// What every page must keep, in the browser's own view of it; a list of what it does not.
const RULES: &str = r"(() => {
    const wrong = [];
    const all = (css) => [...document.querySelectorAll(css)];
    const name = (element) => element.outerHTML.slice(0, 120);
    const must = (holds, what) => { if (!holds) wrong.push(what); };
    must(document.documentElement.lang, 'no language');
    must(document.title.trim(), 'no title');
    for (const landmark of ['main', 'header', 'nav', 'h1']) must(all(landmark).length === 1, `not one ${landmark}`);
    must(!all('script, [style], [onclick], img:not([alt])').length, 'a script, an inline style or an image without words');
    const ids = all('[id]').map((element) => element.id);
    must(new Set(ids).size === ids.length, 'an id twice');
    for (const element of all('[aria-describedby], [aria-labelledby]'))
        for (const id of `${element.getAttribute('aria-describedby') ?? ''} ${element.getAttribute('aria-labelledby') ?? ''}`.trim().split(/\s+/))
            must(document.getElementById(id), `no ${id} for ${name(element)}`);
    for (const link of all('a[href^=\'#\']')) must(document.getElementById(link.getAttribute('href').slice(1)), `leads nowhere: ${name(link)}`);
    for (const field of all('input, select, textarea')) must(field.labels.length === 1 && field.labels[0].innerText.trim(), `no label: ${name(field)}`);
    for (const set of all('fieldset')) must(set.querySelector(':scope > legend')?.innerText.trim(), `no legend: ${name(set)}`);
    for (const target of all('button, select, textarea, input[type=text], .answer, nav a, .button')) {
        const box = target.getBoundingClientRect();
        must(box.height >= 44 && box.width >= 44, `small (${box.width} by ${box.height}): ${name(target)}`);
    }
    must(document.documentElement.scrollWidth <= innerWidth, `wider than the screen: ${document.documentElement.scrollWidth}`);
    // Contrast of words with what is behind them.
    const colour = (text) => { const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number); return { r, g, b, a }; };
    const light = ({ r, g, b }) => { const [x, y, z] = [r, g, b].map((c) => c / 255).map((c) => c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4); return .2126 * x + .7152 * y + .0722 * z; };
    const behind = (element) => { for (let at = element; at; at = at.parentElement) { const c = colour(getComputedStyle(at).backgroundColor); if (c.a === 1) return c; } return { r: 255, g: 255, b: 255 }; };
    for (const element of all('body *')) {
        if (![...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
        const [one, two] = [light(colour(getComputedStyle(element).color)), light(behind(element))].sort((a, b) => b - a);
        must((one + .05) / (two + .05) >= 4.5, `contrast ${((one + .05) / (two + .05)).toFixed(2)}: ${name(element)}`);
    }
    return wrong;
})()";

/// What axe-core finds, where `tests/run` could install it: a list of what is wrong.
async fn axe(page: &Page) {
    let Some(file) = std::env::var_os("CERCLES_TEST_AXE") else {
        return;
    };
    let axe = std::fs::read_to_string(file).expect("axe-core");
    // It waits for its own timers, which a page without scripts does not have.
    let scripts = async |disabled: bool| {
        page.call(
            "Emulation.setScriptExecutionDisabled",
            json!({ "value": disabled }),
        )
        .await;
    };
    scripts(false).await;
    page.eval(&format!("{axe}; true")).await;
    let found = page
        .eval(
            "axe.run().then((found) => found.passes.length < 10 ? 'nothing was checked' : found.violations.map((wrong) =>
                `${wrong.id}: ${wrong.help}: ${wrong.nodes.map((node) => node.html).join(' ')}`))",
        )
        .await;
    scripts(true).await;
    assert_eq!(found, json!([]), "axe-core");
}

pub(super) async fn keeps_the_rules(page: &Page) {
    for width in [320, 390, 1280] {
        page.viewport(width, 844).await;
        for is_dark in [false, true] {
            dark(page, is_dark).await;
            let wrong: Value = page.eval(RULES).await;
            assert_eq!(wrong, json!([]), "{width} pixels, dark: {is_dark}");
            axe(page).await;
        }
    }
    dark(page, false).await;
}

pub(super) async fn pictures(page: &Page, name: &str) {
    for (width, height) in [(390, 844), (1280, 900)] {
        page.viewport(width, height).await;
        picture(page, &format!("{name}-{width}")).await;
        if width == 390 {
            dark(page, true).await;
            picture(page, &format!("{name}-{width}-dark")).await;
            dark(page, false).await;
        }
    }
}

#[tokio::test]
async fn a_ballot_is_filled_in_and_sent_with_keys_alone_and_without_javascript() {
    needs!(chromium);
    let pages = Pages::start().await;
    let browser = Chromium::launch().await;
    let options =
        "Le transport — bus et vélo; Le bâtiment; Les jardins et la forêt nourricière du quartier";
    let id = pages
        .poll(&[
            ("question", "Dans quel ordre voulez-vous avancer?"),
            ("options", options),
            ("kind", "rank"),
        ])
        .await;
    let page = open(&browser, &pages.link("citizen-1", &id).await).await;
    keeps_the_rules(&page).await;
    page.viewport(390, 844).await;
    let background = page
        .eval("getComputedStyle(document.querySelector('button')).backgroundColor")
        .await;
    assert_eq!(background, "rgb(13, 107, 94)", "the style is there");
    pictures(&page, "ballot-rank").await;
    page.viewport(390, 844).await;

    // Sent empty: the summary takes the focus, and its link leads to the field.
    tab_to(&page, "submit").await;
    page.press("Enter").await;
    until(&page, "document.querySelector('.problems') !== null").await;
    until(&page, "document.activeElement.className === 'problems'").await;
    keeps_the_rules(&page).await;
    pictures(&page, "ballot-error").await;
    page.viewport(390, 844).await;
    page.press("Tab").await;
    page.press("Enter").await;
    until(&page, "document.activeElement.id === 'a'").await;
    type_digit(&page, "2").await;
    tab_to(&page, "b").await;
    type_digit(&page, "1").await;
    tab_to(&page, "submit").await;
    page.press("Enter").await;
    until(&page, "document.querySelector('h1.done') !== null").await;
    let said = page.eval("document.querySelector('main').innerText").await;
    let said = said.as_str().unwrap();
    assert!(said.contains("Le bâtiment > Le transport"), "{said}");
    keeps_the_rules(&page).await;
    pictures(&page, "ballot-voted").await;
}

#[tokio::test]
async fn the_playground_offers_the_page_where_answers_are_private() {
    needs!(chromium);
    let pages = Pages::start().await;
    let browser = Chromium::launch().await;
    let id = pages
        .poll(&[("question", "On y va?"), ("kind", "proposal")])
        .await;
    let page = browser
        .open(&format!("{}/#citizen-1", pages.playground.url))
        .await;
    page.type_text("#left-text", &format!("/vote {id}")).await;
    page.press("Enter").await;
    let link = "#left .only-me .links a[href*='/bulletin/']";
    assert_eq!(page.text(link).await, "Voter sur une page");
    let odd = page.eval(
        "[...document.querySelectorAll('.links a')].filter((a) => !a.href.includes('/bulletin/')).length",
    );
    assert_eq!(odd.await, 0, "buttons are no links");
}

#[tokio::test]
async fn every_form_keeps_the_rules_on_a_phone_and_on_a_desk_in_light_and_dark() {
    needs!(chromium);
    let pages = Pages::start().await;
    let browser = Chromium::launch().await;
    let polls: &[(&str, &[(&str, &str)])] = &[
        (
            "consent",
            &[
                ("question", "Un marché d’hiver au parc Lafontaine?"),
                ("kind", "consent"),
            ],
        ),
        (
            "choose",
            &[
                ("question", "Par quel thème commencer?"),
                ("options", "Le transport; Le bâtiment; L’eau"),
            ],
        ),
        (
            "score",
            &[
                ("question", "Que pensez-vous de chaque lieu?"),
                ("options", "La salle communautaire; Le parc"),
                ("kind", "score"),
            ],
        ),
        (
            "points",
            &[
                ("question", "Où mettre l’effort cet hiver?"),
                ("options", "Vélo; Bus; Train de banlieue"),
                ("kind", "points"),
            ],
        ),
        (
            "budget",
            &[
                ("question", "Quoi financer?"),
                ("options", "Un jardin = 1500; Une fresque = 700"),
                ("kind", "budget"),
                ("number", "2000"),
            ],
        ),
        (
            "date",
            &[
                ("question", "Quand se voir?"),
                ("options", "2027-05-03 19:00; 2027-05-04 19:00"),
                ("kind", "date"),
            ],
        ),
        (
            "elect",
            &[
                ("question", "Qui parle pour nous?"),
                ("options", "Fatou; Luc; Mei"),
                ("kind", "elect"),
                ("number", "2"),
            ],
        ),
        (
            "several",
            &[
                ("question", "Quels thèmes?"),
                ("options", "Transport; Bâtiment; Eau"),
                ("number", "2"),
            ],
        ),
    ];
    for (name, poll) in polls {
        let id = pages.poll(poll).await;
        let page = open(&browser, &pages.link("citizen-2", &id).await).await;
        keeps_the_rules(&page).await;
        pictures(&page, &format!("ballot-{name}")).await;
    }
    let page = open(&browser, &format!("{}/bulletin/x", pages.playground.url)).await;
    keeps_the_rules(&page).await;
    pictures(&page, "ballot-wrong-link").await;
}
