//! Bad input, on both networks and in both languages: a clear error for its author alone, and nothing changed.

use crate::discord_sim::{DiscordSim, SimOptions};
use crate::support::app::people::{OnDiscord, OnMatrix};
use crate::support::app::{App, Setting, in_a_month, rings_nobody};
use crate::support::{needs, synapse::Synapse};

/// A command by its French Discord name and options (none where Discord's own form refuses it), the same typed, and
/// words of the error in both languages.
struct Wrong {
    slash: Option<&'static str>,
    options: Vec<(&'static str, String)>,
    typed: String,
    french: &'static str,
    english: &'static str,
}

fn wrong(
    slash: impl Into<Option<&'static str>>,
    options: &[(&'static str, &str)],
    typed: &str,
    french: &'static str,
    english: &'static str,
) -> Wrong {
    let options = options
        .iter()
        .map(|(name, value)| (*name, (*value).to_owned()));
    Wrong {
        slash: slash.into(),
        options: options.collect(),
        typed: typed.to_owned(),
        french,
        english,
    }
}

/// What anybody may get wrong.
fn anybodys() -> Vec<Wrong> {
    let long = "x".repeat(10_000);
    // What Discord's client lets people type into an option without a limit of its own.
    let long_option = "x".repeat(6_000);
    let mut all = vec![
        wrong(
            "viens",
            &[("atelier", "A99")],
            "!viens A99",
            "Je ne trouve pas A99 ici",
            "I cannot find A99 here",
        ),
        wrong(
            "viens",
            &[("atelier", "demain")],
            "!viens demain",
            "n’est pas un numéro",
            "is no number",
        ),
        wrong(
            "vote",
            &[("sondage", "S1"), ("choix", "z")],
            "!vote S1 z",
            "n’a pas cette option",
            "has no such option",
        ),
        wrong(
            "vote",
            &[("sondage", "S2"), ("choix", "a")],
            "!vote S2 a",
            "S2 est clos",
            "S2 is closed",
        ),
        wrong(
            "vote",
            &[("sondage", "S9"), ("choix", "a")],
            "!vote S9 a",
            "Je ne trouve pas S9",
            "I cannot find S9",
        ),
        wrong(
            "point",
            &[("engagement", "E1"), ("état", "done")],
            "!point E1 fait",
            "n’est pas le vôtre",
            "is not yours",
        ),
        wrong(
            "engagement prendre",
            &[("phrase", "Je marche"), ("avant", "le 31 février 2027")],
            "!engagement \"Je marche\" avant=\"le 31 février 2027\"",
            "n’existe pas",
            "does not exist",
        ),
        wrong(
            "engagement prendre",
            &[("phrase", "Je sonne \u{7} fort")],
            "!engagement \"Je sonne \u{7} fort\"",
            "caractère invisible (U+0007)",
            "invisible character (U+0007)",
        ),
        wrong(
            "engagement prendre",
            &[("phrase", "Je retourne \u{202E}tout")],
            "!engagement \"Je retourne \u{202E}tout\"",
            "caractère invisible (U+202E)",
            "invisible character (U+202E)",
        ),
        wrong(
            None,
            &[],
            &format!("!engagement \"{long}\""),
            "Le maximum est de 200",
            "The most is 200",
        ),
        wrong(
            "vote",
            &[("sondage", &long_option)],
            &format!("!vote {long}"),
            "n’est pas un numéro",
            "is no number",
        ),
    ];
    // What only organizers and editors may.
    for (slash, options, typed, editors) in [
        (
            "atelier créer",
            &[("titre", "X"), ("quand", "2027-05-02 19:30")][..],
            "!atelier créer \"X\" 2027-05-02 19:30",
            false,
        ),
        (
            "atelier modifier",
            &[("atelier", "A1"), ("lieu", "Ici")],
            "!atelier modifier A1 lieu=Ici",
            false,
        ),
        (
            "atelier annuler",
            &[("atelier", "A1")],
            "!atelier annuler A1",
            false,
        ),
        (
            "sondage créer",
            &[("question", "Q?"), ("options", "a; b")],
            "!sondage créer\nQ?\n- a\n- b",
            false,
        ),
        (
            "sondage clore",
            &[("sondage", "S1")],
            "!sondage clore S1",
            false,
        ),
        ("bilan aperçu", &[], "!bilan aperçu", true),
        ("bilan publier", &[], "!bilan publier", true),
    ] {
        let (french, english) = if editors {
            ("réservée à la rédaction", "Only editors")
        } else {
            ("réservée à la coordination", "Only organizers")
        };
        all.push(wrong(slash, options, typed, french, english));
    }
    all
}

/// What organizers may get wrong.
fn organizers() -> Vec<Wrong> {
    vec![
        wrong(
            "atelier créer",
            &[("titre", "X"), ("quand", "hier 19 h")],
            "!atelier créer \"X\" hier 19 h",
            "C’est déjà passé",
            "That is past",
        ),
        wrong(
            "atelier créer",
            &[("titre", "X"), ("quand", "un de ces soirs")],
            "!atelier créer \"X\" quand=\"un de ces soirs\"",
            "Je n’ai pas compris « un de ces soirs »",
            "I did not understand",
        ),
        wrong(
            "atelier annuler",
            &[("atelier", "A99")],
            "!atelier annuler A99",
            "Je ne trouve pas A99",
            "cannot find",
        ),
        wrong(
            "sondage créer",
            &[("question", "Q?"), ("options", "seule")],
            "!sondage créer\nQ?\n- seule",
            "Il n’y a qu’une option",
            "only one option",
        ),
        wrong(
            "sondage créer",
            &[("question", "Q?"), ("options", "Été; été")],
            "!sondage créer\nQ?\n- Été\n- été",
            "est donnée deux fois",
            "stands twice",
        ),
        wrong(
            "sondage clore",
            &[("sondage", "S2")],
            "!sondage clore S2",
            "S2 est clos",
            "S2 is closed",
        ),
        wrong(
            "atelier modifier",
            &[("atelier", "A1")],
            "!atelier modifier A1",
            "Dites ce qui change",
            "Say what",
        ),
    ]
}

async fn on_discord(who: &OnDiscord, wrong: &Wrong, words: &str, nothing: &str) {
    let Some(slash) = wrong.slash else {
        return;
    };
    let options: Vec<(&str, &str)> = wrong
        .options
        .iter()
        .map(|(n, v)| (*n, v.as_str()))
        .collect();
    let answer = who.slash(slash, &options).await;
    assert!(
        answer.contains(words),
        "/{slash}: {words:?} is not in {answer:?}"
    );
    assert!(answer.contains(nothing), "/{slash}: {answer:?}");
}

async fn on_matrix(who: &OnMatrix, wrong: &Wrong, words: &str, nothing: &str) {
    let answer = who.types(&wrong.typed).await;
    let typed: String = wrong.typed.chars().take(60).collect();
    assert!(
        answer.contains(words),
        "{typed}: {words:?} is not in {answer:?}"
    );
    assert!(answer.contains(nothing), "{typed}: {answer:?}");
}

/// Everything that an act could have changed.
async fn record(app: &App) -> Vec<i64> {
    let mut counts = Vec::new();
    for query in [
        "SELECT count(*) FROM person",
        "SELECT count(*) FROM workshop",
        "SELECT count(*) FROM rsvp",
        "SELECT count(*) FROM poll",
        "SELECT count(*) FROM ballot",
        "SELECT count(*) FROM commitment",
        "SELECT count(*) FROM digest",
        "SELECT count(*) FROM event",
        "SELECT count(*) FROM card WHERE view <> 'answer'",
        "SELECT CAST(sum(wanted) AS BIGINT) FROM card WHERE view <> 'answer'",
    ] {
        counts.push(app.number(query).await);
    }
    counts
}

const NOTHING: &str = "Rien n’a été changé.";
const NOTHING_ENGLISH: &str = "Nothing was changed.";

#[tokio::test]
async fn bad_input_gets_a_clear_private_error_in_ones_language_and_changes_nothing() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    let (ana, bob) = (
        app.on_discord("ana", "fr").await,
        app.on_discord("bob", "en-US").await,
    );
    let (chloe, dan) = (
        app.on_matrix(synapse, "chloe").await,
        app.on_matrix(synapse, "dan").await,
    );
    let (discord_organizer, matrix_organizer) = (&app.discord_organizer, &app.matrix_organizer);

    let when = in_a_month();
    let options = [("titre", "Semences"), ("quand", when.as_str())];
    discord_organizer.slash("atelier créer", &options).await;
    for question in ["Où?", "Quand?"] {
        let options = [("question", question), ("options", "Nord; Sud")];
        discord_organizer.slash("sondage créer", &options).await;
    }
    discord_organizer
        .slash("sondage clore", &[("sondage", "S2")])
        .await;
    discord_organizer.commits("Je plante un arbre").await;
    let chosen = dan.types("!langue anglais").await;
    assert!(chosen.contains("English"), "{chosen}");
    app.delivered().await;
    let before = record(&app).await;

    for wrong in anybodys() {
        on_discord(&ana, &wrong, wrong.french, NOTHING).await;
        on_discord(&bob, &wrong, wrong.english, NOTHING_ENGLISH).await;
        on_matrix(&chloe, &wrong, wrong.french, NOTHING).await;
        on_matrix(&dan, &wrong, wrong.english, NOTHING_ENGLISH).await;
    }
    for wrong in organizers() {
        on_discord(discord_organizer, &wrong, wrong.french, NOTHING).await;
        on_matrix(matrix_organizer, &wrong, wrong.french, NOTHING).await;
    }
    let answer = chloe.types("!ateleir voir").await;
    assert!(
        answer.contains("Je ne connais pas cette commande"),
        "{answer}"
    );
    assert!(answer.contains("!atelier voir"), "{answer}");
    let answer = dan.types("!wrkshop show").await;
    assert!(answer.contains("I do not know this command"), "{answer}");
    assert!(answer.contains("!workshop show"), "{answer}");

    assert_eq!(
        record(&app).await,
        before,
        "people, workshops, answers, polls, ballots, …"
    );
    app.each_room_has(1, "Semences").await;
    app.finish().await;
}

/// What is left for Discord to interpret: every escaped character is taken out.
fn unescaped(text: &str) -> String {
    let mut left = String::new();
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        if char == '\\' {
            chars.next();
        } else {
            left.push(char);
        }
    }
    left
}

#[tokio::test]
async fn hostile_words_stay_words_and_ring_nobody() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    let title =
        "@everyone <@1> **gras** [lien](https://mal.ca) <b>x</b> @room ||caché|| `c` <t:1> </a:1>";
    let when = in_a_month();
    let options = [
        ("titre", title),
        ("quand", when.as_str()),
        ("lieu", "# <script>alert(1)</script>"),
    ];
    let answer = app.discord_organizer.slash("atelier créer", &options).await;
    assert!(answer.contains("A1"), "{answer}");
    let typed =
        "!sondage créer\n<img src=x onerror=y> @everyone\n- <@&1> **a**\n- [b](https://mal.ca)";
    app.matrix_organizer.types(typed).await;

    // Read as plain text, they say what was typed.
    let (discord, matrix) = app.both_show(&[title, "<script>alert(1)</script>"]).await;
    assert_eq!(discord.mentions, [], "on Discord, nobody's bell rings");
    assert!(rings_nobody(&matrix.content), "{}", matrix.content);
    let (discord_poll, matrix_poll) = app
        .both_show(&["<img src=x onerror=y> @everyone", "<@&1> **a**"])
        .await;
    assert_eq!(discord_poll.mentions, []);
    // What clients interpret is escaped.
    for card in [&matrix, &matrix_poll] {
        let html = card.formatted.as_deref().unwrap_or_default();
        for tag in ["<script", "<img", "<b>x", "<a "] {
            assert!(!html.contains(tag), "{tag} in {html}");
        }
    }
    for card in [&discord, &discord_poll] {
        let text = unescaped(&card.text());
        for markup in [
            "**gras**",
            "[lien](",
            "||caché||",
            "<@1>",
            "<@&1>",
            "<t:1>",
            "**a**",
            "[b](",
        ] {
            assert!(!text.contains(markup), "{markup} in {text}");
        }
    }
    app.finish().await;
}
