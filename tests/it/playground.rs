//! The playground as people use it: the real binary, a real browser, clicks and keys.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use sqlx::Connection as _;

use crate::support::{
    app::people::plain,
    chromium::{Chromium, page::Page},
    lifeline::{Lifeline, backoff},
    needs, tail,
};

/// How long the binary may take to say its address on a busy machine.
const START: Duration = Duration::from_mins(1);

/// A running playground.
pub(crate) struct Playground {
    pub(crate) url: String,
    _process: Lifeline,
    dir: tempfile::TempDir,
}

impl Playground {
    pub(crate) async fn start() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let log = dir.path().join("playground.log");
        let command = [env!("CARGO_BIN_EXE_cercles"), "playground", "--port", "0"].map(Into::into);
        let environment = [("TMPDIR", dir.path().into())];
        let mut process = Lifeline::spawn("the playground", &command, &environment, &log, None);
        let start = Instant::now();
        let mut attempt = 0;
        let url = loop {
            let said = std::fs::read_to_string(&log).unwrap_or_default();
            if let Some(url) = said
                .lines()
                .find(|line| line.starts_with("http://127.0.0.1:"))
            {
                break url.to_owned();
            }
            assert!(
                process.ended().is_none() && start.elapsed() < START,
                "the playground does not start:\n{}",
                tail(&log, 20)
            );
            tokio::time::sleep(backoff(attempt)).await;
            attempt += 1;
        };
        Self {
            url,
            _process: process,
            dir,
        }
    }

    /// Changes its record behind its back.
    pub(crate) async fn record(&self, statement: &'static str) {
        let mut folders = std::fs::read_dir(self.dir.path()).unwrap();
        let file = folders
            .find_map(|entry| {
                let file = entry.unwrap().path().join("playground.db");
                file.exists().then_some(file)
            })
            .expect("the record");
        let url = format!("sqlite:{}", file.display());
        let mut record = sqlx::SqliteConnection::connect(&url).await.unwrap();
        sqlx::query(statement).execute(&mut record).await.unwrap();
        record.close().await.unwrap();
    }

    /// Types in one of the rooms; the answer, with plain spaces.
    async fn types(&self, persona: &str, room: &str, text: &str) -> String {
        let deed = serde_json::json!({
            "persona": persona, "room": room, "deed": {"text": text},
        });
        let answer = reqwest::Client::new()
            .post(format!("{}/act", self.url))
            .header("origin", &self.url)
            .json(&deed)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200);
        plain(&answer.text().await.unwrap())
    }

    /// The page of one persona, who has agreed that their acts are kept.
    async fn of(&self, browser: &Chromium, persona: &str) -> Page {
        self.types(persona, "salon-boutons", "/accepte").await;
        let page = browser.open(&format!("{}/#{persona}", self.url)).await;
        page.wait_for("document.querySelectorAll('#left .entry').length > 0")
            .await;
        page
    }
}

/// Types into a room and sends.
async fn says(page: &Page, room: &str, text: &str) {
    page.type_text(&format!("#{room}-text"), text).await;
    page.press("Enter").await;
}

/// Waits for the card of that title in a room, marks it as `#found`, and returns its words, with plain spaces.
async fn card(page: &Page, room: &str, title: &str, words: &str) -> String {
    let found = format!(
        "(() => {{
            const plain = (text) => (text ?? '').replace(/\\s/g, ' ');
            const card = [...document.querySelectorAll('#{room} .entry.bot:not(.only-me) > .main .card')]
                .findLast((card) => plain(card.querySelector('h3')?.textContent).includes({title})
                    && plain(card.innerText).includes({words}));
            if (!card) return null;
            document.getElementById('found')?.removeAttribute('id');
            card.id = 'found';
            return plain(card.innerText);
        }})()",
        title = serde_json::json!(title),
        words = serde_json::json!(words),
    );
    page.wait_for(&found).await.as_str().unwrap().to_owned()
}

/// Saves what the page looks like under `target/screenshots`.
pub(crate) async fn picture(page: &Page, name: &str) {
    let folder: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../screenshots");
    std::fs::create_dir_all(&folder).unwrap();
    page.screenshot(&folder.join(format!("{name}.png"))).await;
}

#[tokio::test]
async fn a_workshop_typed_on_one_side_is_answered_on_both_and_counted_once_each() {
    needs!(chromium);
    let playground = Playground::start().await;
    let browser = Chromium::launch().await;

    let organizer = playground.of(&browser, "organizer").await;
    says(
        &organizer,
        "right",
        "!atelier créer \"Rue sans autos\" jeudi prochain 19 h",
    )
    .await;
    let text = card(&organizer, "right", "Rue sans autos", "Je viens : 0").await;
    let number: String = text
        .split("!viens ")
        .nth(1)
        .unwrap()
        .chars()
        .take_while(|c| c.is_alphanumeric())
        .collect();
    card(&organizer, "left", "Rue sans autos", "Je viens : 0").await;
    let private = organizer.text("#right .thread .only-me").await;
    assert!(
        private.contains(&number) && private.contains("visible pour vous seulement"),
        "{private}"
    );

    let left = playground.of(&browser, "citizen-1").await;
    card(&left, "left", "Rue sans autos", "Je viens : 0").await;
    assert_eq!(
        left.eval("document.querySelectorAll('.only-me').length")
            .await,
        1,
        "her own agreement: the organizer's answers are the organizer's"
    );
    left.click("#found .actions .primary").await;
    left.wait_for("document.querySelectorAll('#left .only-me').length === 2")
        .await;
    let right = playground.of(&browser, "citizen-2").await;
    says(&right, "right", &format!("!viens {number}")).await;
    for (page, room) in [(&left, "left"), (&right, "right"), (&organizer, "right")] {
        card(page, room, "Rue sans autos", "Je viens : 2").await;
    }
    picture(&organizer, "playground-1280-light").await;

    // A reaction is an answer too; it moves the same person's answer.
    card(&right, "right", "Rue sans autos", "Je viens : 2").await;
    right.click("#found .chip:last-child").await;
    card(&right, "right", "Rue sans autos", "Non : 1").await;

    picture(&left, "playground-1280-citizen").await;
    right.viewport(390, 844).await;
    right.click("[data-show=right]").await;
    let wide = right
        .eval("document.documentElement.scrollWidth <= innerWidth")
        .await;
    assert_eq!(wide, true, "nothing is wider than a phone");
    picture(&right, "playground-390-light").await;
}

#[tokio::test]
async fn a_closed_poll_shows_its_result_in_a_picture_with_words_for_it() {
    needs!(chromium);
    let playground = Playground::start().await;
    let browser = Chromium::launch().await;
    let page = playground.of(&browser, "organizer").await;
    let poll = "!sondage créer question=\"Par quoi commencer?\" options=\"Le transport; <b>Le bâtiment</b>\"";
    says(&page, "right", poll).await;
    let text = card(&page, "right", "Par quoi commencer?", "!vote").await;
    let number = text.split("!vote ").nth(1).unwrap();
    let number: String = number.chars().take_while(|c| c.is_alphanumeric()).collect();
    says(&page, "right", &format!("!vote {number} b")).await;
    card(&page, "right", "Par quoi commencer?", "1 voix (100 %)").await;
    says(&page, "right", &format!("!sondage clore {number}")).await;
    for room in ["left", "right"] {
        card(&page, room, "Résultat : Par quoi commencer?", "").await;
        let shown = page
            .wait_for(
                "(() => {
                    const picture = document.querySelector('#found img');
                    return picture?.complete && picture.naturalWidth === 800 && picture.alt.replace(/\\s/g, ' ');
                })()",
            )
            .await;
        assert_eq!(
            shown,
            "Diagramme à barres, « Par quoi commencer? » : a. Le transport : 0 voix (0 %); b. <b>Le bâtiment</b> : \
             1 voix (100 %), en tête. 1 personne a voté."
        );
        // After the words that say the same.
        let first = page
            .eval("document.querySelector('#found ul').nextElementSibling !== null && \
                   document.querySelector('#found ul').compareDocumentPosition(document.querySelector('#found img')) === 4")
            .await;
        assert_eq!(first, true);
    }
    picture(&page, "playground-1280-chart").await;
    page.viewport(390, 844).await;
    page.click("[data-show=right]").await;
    let wide = page
        .eval("document.documentElement.scrollWidth <= innerWidth")
        .await;
    assert_eq!(wide, true, "nothing is wider than a phone");
    picture(&page, "playground-390-chart").await;
}

#[tokio::test]
async fn options_are_proposed_by_a_form_and_by_typing_and_opened_by_the_clock() {
    needs!(chromium);
    let playground = Playground::start().await;
    let browser = Chromium::launch().await;
    let organizer = playground.of(&browser, "organizer").await;
    let typed = "!sondage créer \"Quoi planter?\" \"Des noyers\" propositions=\"demain 12 h\"";
    says(&organizer, "right", typed).await;
    let text = card(&organizer, "right", "Quoi planter?", "!proposer").await;
    let number: String = text
        .split("!proposer ")
        .nth(1)
        .unwrap()
        .chars()
        .take_while(|c| c.is_alphanumeric())
        .collect();

    let left = playground.of(&browser, "citizen-1").await;
    card(&left, "left", "Quoi planter?", "a. Des noyers").await;
    left.click("#found .actions .primary").await;
    left.wait_for("document.querySelector('#dialog').open")
        .await;
    left.type_text("#dialog [name=option]", "Des pommiers")
        .await;
    left.click("#dialog button.primary").await;
    left.wait_for("!document.querySelector('#dialog').open")
        .await;
    let right = playground.of(&browser, "citizen-2").await;
    says(
        &right,
        "right",
        &format!("!proposer {number} Des framboises"),
    )
    .await;
    right
        .wait_for(
            "document.querySelector('#right .thread .only-me')?.innerText.includes('framboises')",
        )
        .await;

    says(
        &organizer,
        "left",
        &format!("/sondage propositions {number}"),
    )
    .await;
    for answer in ["Des pommiers", "Des framboises"] {
        organizer
            .wait_for(&format!(
                "[...document.querySelectorAll('#left .only-me')].some((card) => card.innerText.includes({}))",
                serde_json::json!(answer)
            ))
            .await;
    }
    says(&organizer, "left", "/proposition 1 accepter").await;
    card(
        &organizer,
        "left",
        "Quoi planter?",
        "b. Des pommiers (proposée par une personne participante)",
    )
    .await;
    organizer.click("[data-advance='86400']").await;
    card(&organizer, "right", "Quoi planter?", "b. Des pommiers").await;
    card(&organizer, "right", "Quoi planter?", "0 voix").await;
    says(&right, "right", &format!("!vote {number} b")).await;
    card(&left, "left", "Quoi planter?", "1 voix").await;
    picture(&organizer, "playground-1280-proposals").await;
}

#[tokio::test]
async fn a_pulse_is_taken_in_each_room_by_the_pages_own_poll_and_counted_apart() {
    needs!(chromium);
    let playground = Playground::start().await;
    let browser = Chromium::launch().await;
    let organizer = playground.of(&browser, "organizer").await;
    let typed = "!pouls \"Ça avance?\" - Bien - Moins bien ferme=\"demain 12 h\"";
    says(&organizer, "right", typed).await;
    card(
        &organizer,
        "left",
        "Prise de pouls : Ça avance?",
        "ne décide de rien",
    )
    .await;
    // One answers in the left room, two in the right one; the organizer in both.
    for (persona, room, answer) in [
        ("citizen-1", "left", 0),
        ("citizen-2", "right", 1),
        ("organizer", "left", 1),
        ("organizer", "right", 1),
    ] {
        let page = playground.of(&browser, persona).await;
        page.wait_for(&format!("document.querySelector('#{room} .poll')"))
            .await;
        page.click(&format!(
            "#{room} .poll label:nth-of-type({}) input",
            answer + 1
        ))
        .await;
        page.click(&format!("#{room} .poll button")).await;
        let chosen = "vote.who === me && vote.chosen.length === 1";
        page.wait_for(&format!(
            "[...entries.values()].some((entry) => entry.room === document.querySelector('#{room}').dataset.room
                && entry.votes.some((vote) => {chosen}))"
        ))
        .await;
    }
    picture(&organizer, "playground-1280-pulse").await;
    organizer.click("[data-advance='86400']").await;
    let title = "Prise de pouls terminée : Ça avance?";
    let left = card(&organizer, "left", title, "À titre indicatif").await;
    assert!(
        left.contains("Bien : 1 voix") && left.contains("Moins bien : 1 voix"),
        "{left}"
    );
    let right = card(&organizer, "right", title, "À titre indicatif").await;
    assert!(
        right.contains("Bien : 0 voix") && right.contains("Moins bien : 2 voix"),
        "{right}"
    );
    let open = "document.querySelectorAll('.poll button').length";
    assert_eq!(organizer.eval(open).await, 0, "nothing is left to press");
}

#[tokio::test]
async fn a_partner_votes_for_an_organisation_and_a_citizen_may_not() {
    let playground = Playground::start().await;
    let (left, right) = ("salon-boutons", "salon-texte");
    let roll = playground
        .types("citizen-1", right, "!cercle organisations")
        .await;
    let table = "Table de quartier du Ruisseau-Clair";
    assert!(roll.contains(&format!("{table} (table)")), "{roll}");
    assert!(
        !roll.contains("Réseau de mobilité"),
        "not shown publicly: {roll}"
    );
    let shown = playground
        .types("citizen-1", right, "!sondage voir S2")
        .await;
    assert!(
        shown.contains("Organisations, une voix chacune : 3 sur 11 ont voté."),
        "{shown}"
    );

    let asked = playground.types("partner", left, "/vote S2").await;
    for words in [
        "En quel nom votez-vous?",
        "En mon nom",
        &format!("Au nom de {table}"),
    ] {
        assert!(asked.contains(words), "{words:?} is not in {asked}");
    }
    let voted = playground
        .types("partner", right, "!vote S2 b c pour table")
        .await;
    assert!(
        voted.contains(&format!("Le vote de {table} est enregistré")),
        "{voted}"
    );
    let refused = playground
        .types("citizen-1", left, "/vote S2 a pour table")
        .await;
    assert!(
        refused.contains("Vous ne représentez pas l’organisation « table »"),
        "{refused}"
    );
    let shown = playground
        .types("citizen-1", right, "!sondage voir S2")
        .await;
    for words in ["Personne n’a encore voté.", "4 sur 11 ont voté."] {
        assert!(shown.contains(words), "{words:?} is not in {shown}");
    }
}

#[tokio::test]
async fn hostile_words_stay_words() {
    needs!(chromium);
    let playground = Playground::start().await;
    let browser = Chromium::launch().await;
    let page = playground.of(&browser, "organizer").await;
    let hostile = "<img src=x onerror=hacked()><b>x</b>";
    says(
        &page,
        "right",
        &format!("!atelier créer \"{hostile}\" jeudi prochain 19 h"),
    )
    .await;
    for room in ["left", "right"] {
        card(&page, room, hostile, "Je viens : 0").await;
    }
    says(&page, "left", &format!("{hostile}</script>")).await;
    page.wait_for("document.querySelector('#left .typed')")
        .await;
    let made = page
        .eval("document.querySelectorAll('.log img, .log b b, .log script').length")
        .await;
    assert_eq!(made, 0);
}

#[tokio::test]
async fn the_clock_goes_to_the_next_deadline_and_the_reminder_comes() {
    needs!(chromium);
    let playground = Playground::start().await;
    let browser = Chromium::launch().await;
    let page = playground.of(&browser, "organizer").await;
    says(
        &page,
        "right",
        "!atelier créer \"Bientôt\" mercredi prochain 19 h",
    )
    .await;
    card(&page, "left", "Bientôt", "Je viens : 0").await;
    let before = page.text("#now").await;
    // Deadlines of the demonstration (a digest, a poll) may come first.
    for _ in 0..8 {
        let now = page.text("#now").await;
        page.click("[data-advance=deadline]").await;
        page.wait_for(&format!(
            "document.querySelector('#now').textContent !== {}",
            serde_json::json!(now)
        ))
        .await;
        let reminded = page
            .eval(
                "new Promise((resolve) => setTimeout(() => resolve([...document.querySelectorAll('#left h3')]
                    .some((title) => title.textContent.includes('demain') && title.textContent.includes('Bientôt'))), 1500))",
            )
            .await;
        if reminded == true {
            break;
        }
    }
    card(&page, "left", "C’est demain : Bientôt", "").await;
    card(&page, "right", "C’est demain : Bientôt", "").await;
    assert_ne!(page.text("#now").await, before);
    picture(&page, "playground-1280-reminder").await;
}

/// Waits until the bot has said this in private.
async fn told(page: &Page, words: &str) {
    page.wait_for(&format!(
        "[...document.querySelectorAll('#private-log .card')]
            .some((card) => card.innerText.replace(/\\s/g, ' ').includes({}))",
        serde_json::json!(words)
    ))
    .await;
}

#[tokio::test]
async fn a_seat_that_becomes_free_is_offered_in_private_and_goes_on_when_its_time_has_passed() {
    needs!(chromium);
    let playground = Playground::start().await;
    let browser = Chromium::launch().await;
    let organizer = playground.of(&browser, "organizer").await;
    says(
        &organizer,
        "right",
        "!atelier créer \"Petite salle\" dans 20 jours 19 h places=1",
    )
    .await;
    let text = card(&organizer, "right", "Petite salle", "Places : 0 sur 1").await;
    let number: String = text
        .split("!viens ")
        .nth(1)
        .unwrap()
        .chars()
        .take_while(|c| c.is_alphanumeric())
        .collect();
    let first = playground.of(&browser, "citizen-1").await;
    card(&first, "left", "Petite salle", "Places : 0 sur 1").await;
    first.click("#found .actions .primary").await;
    card(&first, "left", "Petite salle", "Places : 1 sur 1").await;
    let (second, third) = (
        playground.of(&browser, "citizen-2").await,
        playground.of(&browser, "citizen-3").await,
    );
    for (page, waiting) in [(&second, 1), (&third, 2)] {
        says(page, "right", &format!("!viens {number}")).await;
        let counts = format!("En attente : {waiting}");
        card(page, "right", "Petite salle", &counts).await;
    }
    // She cancels: his turn, in private. He lets the time pass.
    says(&first, "right", &format!("!viens {number} non")).await;
    told(&second, "Une place pour vous : Petite salle").await;
    picture(&second, "playground-1280-offer").await;
    for _ in 0..8 {
        let now = organizer.text("#now").await;
        organizer.click("[data-advance=deadline]").await;
        organizer
            .wait_for(&format!(
                "document.querySelector('#now').textContent !== {}",
                serde_json::json!(now)
            ))
            .await;
        let passed = second
            .eval(
                "new Promise((resolve) => setTimeout(() => resolve([...document.querySelectorAll('#private-log .card')]
                    .some((card) => card.innerText.includes('Offre terminée'))), 1500))",
            )
            .await;
        if passed == true {
            break;
        }
    }
    told(&second, "Vous n’avez pas répondu à temps").await;
    told(&third, "Une place pour vous : Petite salle").await;
    third.click("#private-log .card .actions .primary").await;
    card(&third, "right", "Petite salle", "Je viens : 1").await;
    told(&third, "Vous avez accepté").await;
}

#[tokio::test]
async fn somebody_who_wants_it_is_reminded_in_private_and_confirms() {
    needs!(chromium);
    let playground = Playground::start().await;
    let browser = Chromium::launch().await;
    let organizer = playground.of(&browser, "organizer").await;
    says(
        &organizer,
        "right",
        "!atelier créer \"Semences\" mercredi prochain 19 h",
    )
    .await;
    let page = playground.of(&browser, "citizen-1").await;
    card(&page, "left", "Semences", "Je viens : 0").await;
    // Maybe: the second button.
    page.click("#found .actions button:nth-of-type(2)").await;
    page.wait_for(&mine("Voulez-vous des rappels", "Oui, en privé"))
        .await;
    page.click("#mine").await;
    page.wait_for(&mine("Je vous écrirai en privé", "")).await;
    for _ in 0..12 {
        page.click("[data-advance=deadline]").await;
        let look = mine("C’est demain : Semences", "Je confirme");
        let wait = format!("new Promise((resolve) => setTimeout(() => resolve({look}), 1000))");
        if page.eval(&wait).await == true {
            break;
        }
    }
    page.click("#mine").await;
    card(&page, "left", "Semences", "Je viens : 1").await;
    picture(&page, "playground-1280-private-reminder").await;
}

/// Whether a private message says this; its button of that label, if one is named, becomes `#mine`.
fn mine(words: &str, label: &str) -> String {
    format!(
        "(() => {{
            const plain = (text) => (text ?? '').replace(/\\s/g, ' ');
            const said = [...document.querySelectorAll('.only-me .card')]
                .findLast((card) => plain(card.innerText).includes({words}));
            if (!said || !{label}) return !!said;
            const button = [...said.querySelectorAll('button')]
                .find((button) => plain(button.textContent).includes({label}));
            if (!button) return false;
            document.getElementById('mine')?.removeAttribute('id');
            button.id = 'mine';
            return true;
        }})()",
        words = serde_json::json!(words),
        label = serde_json::json!(label),
    )
}

#[tokio::test]
async fn the_page_speaks_english_and_forms_ask_for_what_is_missing() {
    needs!(chromium);
    let playground = Playground::start().await;
    let browser = Chromium::launch().await;
    let page = playground.of(&browser, "organizer").await;
    page.click(".languages a[lang=en-CA]").await;
    page.wait_for("document.documentElement?.lang === 'en-CA'")
        .await;
    page.wait_for("document.querySelectorAll('#left .entry').length > 0")
        .await;
    assert!(page.text("#left-title").await.contains("Room with buttons"));

    // By keyboard alone: choose from the list of commands, fill in the form.
    page.type_text("#left-text", "/work").await;
    page.wait_for("!document.querySelector('#left-commands').hidden")
        .await;
    page.eval("document.querySelector('#left-text').value = ''")
        .await;
    says(&page, "left", "/workshop create").await;
    page.wait_for("document.querySelector('#dialog').open")
        .await;
    page.type_text("#dialog [name=title]", "By form").await;
    page.type_text("#dialog [name=when]", "next Thursday 7pm")
        .await;
    picture(&page, "playground-1280-form").await;
    page.click("#dialog button.primary").await;
    page.wait_for("!document.querySelector('#dialog').open")
        .await;
    card(&page, "right", "By form", "").await;
    let answers = "[...document.querySelectorAll('#left .only-me .card')].map((card) => card.innerText).join()";
    let answers = page.eval(answers).await.to_string();
    assert!(answers.contains("announced"), "{answers}");
}

#[tokio::test]
async fn pages_from_elsewhere_cannot_act_through_the_browser() {
    let playground = Playground::start().await;
    let client = reqwest::Client::new();
    let url = &playground.url;
    let host = url.strip_prefix("http://").unwrap();
    let deed = r#"{"persona":"steward","room":"salon-texte","deed":{"text":"bonjour"}}"#;
    let post = |origin: &'static str| {
        client
            .post(format!("{url}/act"))
            .header("content-type", "application/json")
            .header("origin", origin)
    };
    assert_eq!(
        post("http://evil.example")
            .body(deed)
            .send()
            .await
            .unwrap()
            .status(),
        403
    );
    let own = client
        .post(format!("{url}/act"))
        .header("content-type", "application/json");
    assert_eq!(
        own.try_clone()
            .unwrap()
            .body(deed)
            .send()
            .await
            .unwrap()
            .status(),
        403
    );
    let own = own.header("origin", format!("http://{host}"));
    assert_eq!(own.body(deed).send().await.unwrap().status(), 200);
    let rebound = client
        .get(url)
        .header("host", "evil.example")
        .send()
        .await
        .unwrap();
    assert_eq!(rebound.status(), 403);
    let page = client.get(url).send().await.unwrap();
    let policy = page.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(
        policy.contains("default-src 'none'") && !policy.contains("unsafe"),
        "{policy}"
    );
}
