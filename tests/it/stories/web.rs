//! The ballot on a page: the same ballot as in chat, offered in private only.

use crate::discord_sim::{DiscordSim, ShownMessage, SimOptions};
use crate::support::app::people::plain;
use crate::support::app::{App, PATIENCE, Setting};
use crate::support::{needs, synapse::Synapse};

/// An address of this machine that nobody listens on now.
pub(super) fn free_address() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().to_string()
}

/// The page that a private menu leads to.
fn page_of(menu: &ShownMessage) -> String {
    let controls = menu.controls();
    let link = controls.iter().find(|control| control["style"] == 5);
    let link = link.unwrap_or_else(|| panic!("no link: {}", menu.text()));
    assert_eq!(link["label"], "Voter sur une page");
    link["url"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_page_changes_the_one_ballot_that_was_cast_in_chat_and_both_rooms_show_it() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let address = free_address();
    let setting = Setting {
        web: Some(address.clone()),
        ..Setting::default()
    };
    let app = App::start(&sim, synapse, setting).await;
    let ana = app.on_discord("ana", "fr").await;
    let chloe = app.on_matrix(synapse, "chloe").await;
    let options = [
        ("question", "Quelle note?"),
        ("options", "Salle; Parc"),
        ("genre", "score"),
        ("niveau", "public"),
    ];
    let opened = app.discord_organizer.slash("sondage créer", &options).await;
    assert!(opened.contains("Le sondage S1 est ouvert"), "{opened}");
    let (card, _) = app.both_show(&["Quelle note?", "S1"]).await;

    // Ana votes in chat, then changes the same ballot on her page.
    ana.slash("vote", &[("sondage", "S1"), ("choix", "a5 b2")])
        .await;
    app.both_show(&["a. Salle : 5 points", "1 personne a voté."])
        .await;
    let page = page_of(&ana.presses(&card, "Voter").await);
    let browser = reqwest::Client::new();
    let shown = look(&browser, &page).await;
    assert!(
        shown.contains(r#"id="a-5" name="a" type="radio" value="5" checked"#),
        "{shown}"
    );
    let receipt = send(&browser, &page, &[("a", "1"), ("b", "4")]).await;
    assert_eq!(receipt.status(), 200);
    let receipt = plain(&receipt.text().await.unwrap());
    assert!(
        receipt.contains("Votre vote est enregistré pour S1"),
        "{receipt}"
    );
    app.both_show(&[
        "a. Salle : 1 points",
        "b. Parc : 4 points",
        "1 personne a voté.",
    ])
    .await;

    // Another's page is another ballot, and holds nothing of hers. The chat's later word replaces the page's.
    let bob = app.on_discord("bob", "fr").await;
    let other = page_of(&bob.presses(&card, "Voter").await);
    assert_ne!(page, other);
    let shown = look(&browser, &other).await;
    assert!(
        !shown.contains("ana") && !shown.contains("Vous avez déjà voté"),
        "{shown}"
    );
    ana.slash("vote", &[("sondage", "S1"), ("choix", "b3")])
        .await;
    app.both_show(&["b. Parc : 3 points", "1 personne a voté."])
        .await;

    // In a room no link is said, nor what somebody voted; in private it is.
    let mention = format!("<@{}> !vote S1", sim.bot_user());
    sim.post_as(ana.user, app.channel, &mention);
    let answer = app
        .discord_card(|said| plain(&said.text()).contains("écrivez-moi en privé"))
        .await;
    let shown = format!("{} {:?}", answer.text(), answer.controls());
    assert!(!shown.contains("/bulletin/"), "{shown}");
    assert!(!shown.contains("Votre bulletin"), "{shown}");
    let answer = chloe.types("!vote S1").await;
    assert!(answer.contains("écrivez-moi en privé"), "{answer}");
    assert!(!answer.contains("/bulletin/"), "{answer}");
    let organizer = &app.matrix_organizer.user;
    let direct = organizer
        .create_room("", &[app.matrix_bot()], false, true)
        .await;
    app.eventually("the bot in private", async || {
        let members = organizer.joined(&direct).await;
        members.contains(app.matrix_bot()).then_some(())
    })
    .await;
    let asked = organizer.send_text(&direct, "!vote S1").await;
    let says = |event: &serde_json::Value| {
        let body = event["content"]["body"].as_str().unwrap_or_default();
        body.contains(&format!("http://{address}/bulletin/"))
    };
    let told = organizer
        .wait_for_after(&direct, &asked, says, PATIENCE)
        .await;
    let body = told["content"]["body"].as_str().unwrap().to_owned();
    let page = body
        .split_whitespace()
        .find(|word| word.starts_with("http://"))
        .unwrap();
    let voted = send(&browser, page, &[("a", "5")]).await;
    assert_eq!(voted.status(), 200);
    app.both_show(&[
        "a. Salle : 5 points",
        "b. Parc : 3 points",
        "2 personnes ont voté.",
    ])
    .await;

    app.discord_organizer
        .slash("sondage clore", &[("sondage", "S1")])
        .await;
    let gone = browser.get(&other).send().await.unwrap();
    assert_eq!(gone.status(), 410);
    let late = send(&browser, &other, &[("a", "1"), ("b", "4")]).await;
    assert_eq!(late.status(), 410);

    // Public: the name that Discord gives stands beside the choice, although it was made on a page.
    let options = [
        ("question", "Lequel?"),
        ("options", "Parc; Rue"),
        ("niveau", "public"),
    ];
    app.discord_organizer.slash("sondage créer", &options).await;
    let (card, _) = app.both_show(&["Lequel?", "S2"]).await;
    let page = page_of(&ana.presses(&card, "Voter").await);
    let voted = send(&browser, &page, &[("choice", "b")]).await;
    assert_eq!(voted.status(), 200);
    app.both_show(&["b. Rue : 1 voix", "S2"]).await;
    app.discord_organizer
        .slash("sondage clore", &[("sondage", "S2")])
        .await;
    let detail = app
        .discord_organizer
        .slash("sondage résultat", &[("sondage", "S2")])
        .await;
    assert!(detail.contains("Rue : ana"), "{detail}");

    // What is not there is said in words, as closed to scripts as the rest.
    let nothing = browser
        .get(format!("http://{address}/rien"))
        .send()
        .await
        .unwrap();
    assert_eq!(nothing.status(), 404);
    assert_eq!(nothing.headers()["referrer-policy"], "no-referrer");
    let nothing = plain(&nothing.text().await.unwrap());
    assert!(nothing.contains("Il n’y a rien ici"), "{nothing}");

    // No line of the log holds a link, and a connection that stays open holds nothing up.
    assert!(!app.logs().contains("/bulletin/"), "{}", app.logs());
    let mut idle = tokio::net::TcpStream::connect(&address).await.unwrap();
    tokio::io::AsyncWriteExt::write_all(
        &mut idle,
        b"POST /bulletin/x HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n",
    )
    .await
    .unwrap();
    app.finish().await;
}

#[tokio::test]
async fn a_page_asks_whoever_is_new_to_agree_and_never_shows_a_sealed_ballot() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let setting = Setting {
        web: Some(free_address()),
        ..Setting::default()
    };
    let app = App::start(&sim, synapse, setting).await;
    let ana = app.stranger_on_discord("ana", "fr");
    let people = "SELECT count(*) FROM person";
    let known = app.number(people).await;
    let options = [
        ("question", "Objections?"),
        ("genre", "consent"),
        ("niveau", "confidential"),
    ];
    let organizer = &app.discord_organizer;
    organizer.slash("sondage créer", &options).await;
    let (card, _) = app
        .both_show(&["Objections?", "Vote confidentiel", "S1"])
        .await;
    let page = page_of(&ana.presses(&card, "Voter").await);
    let browser = reqwest::Client::new();
    let send = async |form: &[(&str, &str)]| {
        let answer = send(&browser, &page, form).await;
        (
            answer.status().as_u16(),
            plain(&answer.text().await.unwrap()),
        )
    };
    let look = async || plain(&look(&browser, &page).await);

    // Without the box nothing is kept; what was filled in stays filled in.
    let shown = look().await;
    for words in ["J’accepte que mon vote soit gardé", "Coopérative d'essai"] {
        assert!(
            plain(&shown).replace("&#39;", "'").contains(words),
            "{shown}"
        );
    }
    assert!(!shown.contains("raison de votre objection"), "{shown}");
    let (status, refused) = send(&[("choice", "objection")]).await;
    assert_eq!(status, 422, "{refused}");
    assert!(
        refused.contains("Sans votre accord, le vote ne peut pas être gardé"),
        "{refused}"
    );
    assert!(
        refused.contains(r#"value="objection" checked"#),
        "{refused}"
    );
    assert_eq!(app.number(people).await, known);

    let (status, voted) = send(&[("choice", "objection"), ("agree", "yes")]).await;
    assert_eq!(status, 200, "{voted}");
    assert!(
        voted.contains("Votre bulletin est enregistré pour S1"),
        "{voted}"
    );
    assert!(!voted.contains("Objection."), "{voted}");
    assert_eq!(app.number(people).await, known + 1);
    assert_eq!(app.number("SELECT count(*) FROM sealed_ballot").await, 1);

    let shown = look().await;
    assert!(shown.contains("Votre bulletin est scellé"), "{shown}");
    assert!(
        !shown.contains(" checked") && !shown.contains("J’accepte"),
        "{shown}"
    );
    let (status, _) = send(&[("choice", "consent")]).await;
    assert_eq!(status, 200);
    organizer.slash("sondage clore", &[("sondage", "S1")]).await;
    app.both_show(&[
        "Résultat : Objections?",
        "1 personne a voté.",
        "Je consens : 1 voix",
    ])
    .await;
    let (status, gone) = send(&[("choice", "consent")]).await;
    assert_eq!(status, 410, "{gone}");
    app.finish().await;
}

/// What a page shows.
async fn look(browser: &reqwest::Client, page: &str) -> String {
    let answer = browser.get(page).send().await.unwrap();
    answer.text().await.unwrap()
}

/// Sends a page's form.
async fn send(browser: &reqwest::Client, page: &str, form: &[(&str, &str)]) -> reqwest::Response {
    let mut body = url::form_urlencoded::Serializer::new(String::new());
    body.extend_pairs(form);
    let request = browser.post(page).body(body.finish());
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    request.send().await.unwrap()
}
