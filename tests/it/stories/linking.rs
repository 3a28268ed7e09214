//! Two accounts become one person: by a code from either side, in private, without anybody else learning of it.

use crate::discord_sim::{DiscordSim, SimOptions};
use crate::support::app::people::OnDiscord;
use crate::support::app::{App, Setting, in_a_month};
use crate::support::{needs, synapse::Synapse};

/// The code in an answer: five characters, a hyphen, five characters.
pub(super) fn code_in(answer: &str) -> String {
    let good = |word: &&str| {
        word.len() == 11
            && word.as_bytes()[5] == b'-'
            && word
                .bytes()
                .all(|c| c == b'-' || c.is_ascii_uppercase() || c.is_ascii_digit())
    };
    let clean = |c: char| !(c.is_ascii_alphanumeric() || c == '-');
    let found = answer.split(clean).find(good);
    found
        .unwrap_or_else(|| panic!("no code in {answer}"))
        .to_owned()
}

async fn vote(who: &OnDiscord, poll: &str, choice: &str) -> String {
    who.slash("vote", &[("sondage", poll), ("choix", choice)])
        .await
}

async fn create_polls(app: &App, questions: &[&str]) {
    for question in questions {
        let options = [("question", *question), ("options", "Nord; Sud")];
        app.discord_organizer.slash("sondage créer", &options).await;
    }
}

#[tokio::test]
async fn linked_accounts_have_one_ballot_the_later_one_and_published_results_stay() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    let ana = app.on_discord("ana", "fr").await;
    let ana_too = app.on_matrix(synapse, "ana").await;
    let bob = app.on_discord("bob", "fr").await;
    create_polls(&app, &["Où?", "Quand?", "Déjà clos?"]).await;
    let when = in_a_month();
    let options = [("titre", "Semences"), ("quand", when.as_str())];
    app.discord_organizer.slash("atelier créer", &options).await;
    // S1: Discord first. S2: Matrix first. S3 is closed with both ballots.
    vote(&ana, "S1", "a").await;
    ana_too.types("!vote S1 b").await;
    ana_too.types("!vote S2 b").await;
    vote(&ana, "S2", "a").await;
    vote(&ana, "S3", "a").await;
    ana_too.types("!vote S3 a").await;
    vote(&bob, "S1", "b").await;
    app.discord_organizer
        .slash("sondage clore", &[("sondage", "S3")])
        .await;
    ana.slash("viens", &[("atelier", "A1")]).await;
    ana_too.types("!viens A1 non").await;
    ana_too.commits("Je composte").await;
    app.both_show(&["Où?", "a. Nord : 1 voix", "b. Sud : 2 voix"])
        .await;
    app.both_show(&["Résultat : Déjà clos?", "2 voix sur 2"])
        .await;
    app.both_show(&["Semences", "Je viens : 1", "Non : 1"])
        .await;

    let given = ana.slash("lier", &[]).await;
    let code = code_in(&given);
    assert!(!given.contains("@"), "{given}");
    let alone = ana_too.in_private().await;
    let linked = alone.says(&format!("!lier {}", code.to_lowercase())).await;
    for words in [
        "Vos comptes sont liés",
        "S1 : « Sud »",
        "S2 : « Nord »",
        "A1 : Non",
        "Personne d’autre",
    ] {
        assert!(linked.contains(words), "{words:?} is not in {linked}");
    }
    assert!(!linked.contains("S3"), "{linked}");
    app.both_show(&[
        "Où?",
        "a. Nord : 0 voix",
        "b. Sud : 2 voix",
        "2 comptes ont voté, dont 1 personne vérifiée.",
    ])
    .await;
    app.both_show(&["Quand?", "a. Nord : 1 voix", "b. Sud : 0 voix"])
        .await;
    app.both_show(&["Semences", "Je viens : 0", "Non : 1"])
        .await;
    app.both_show(&["Sondage : Déjà clos?", "2 personnes ont voté"])
        .await;
    app.both_show(&["Résultat : Déjà clos?", "2 voix sur 2"])
        .await;

    // One person now: the ballot moves, whichever account says so, and so does everything else.
    vote(&ana, "S1", "a").await;
    app.both_show(&[
        "Où?",
        "a. Nord : 1 voix",
        "b. Sud : 1 voix",
        "2 comptes ont voté",
    ])
    .await;
    let own = ana.slash("engagement liste", &[]).await;
    assert!(own.contains("Je composte"), "{own}");
    let shown = alone.says("!mes-données voir").await;
    for words in [
        ana_too.user.user_id.as_str(),
        &ana.user.to_string(),
        "S3",
        "Je composte",
    ] {
        assert!(shown.contains(words), "{words:?} is not in {shown}");
    }
    // A code is good once; linking again says so.
    let again = alone.says(&format!("!lier {code}")).await;
    assert!(again.contains("Ce code n’est pas bon"), "{again}");
    let given = alone.says("!lier").await;
    let code = code_in(&given);
    let again = ana.slash("lier", &[("code", &code)]).await;
    assert!(again.contains("déjà liés"), "{again}");

    // Nobody else learns of it: no room mentions it, and Bob's data are Bob's.
    for text in app.discord_texts() {
        assert!(
            !text.contains("liés") && !text.contains(&ana_too.user.user_id),
            "{text}"
        );
    }
    for seen in bob_sees(&app).await {
        assert!(!seen.contains("comptes sont liés"), "{seen}");
    }
    let bobs = bob.slash("mes-données voir", &[]).await;
    assert!(!bobs.contains(&ana.user.to_string()), "{bobs}");

    // Unlinked: what was done stays with the other account.
    ana.slash("rappels", &[("choix", "yes")]).await;
    let unlinked = ana.slash("délier", &[]).await;
    assert!(
        unlinked.contains("n’est plus lié")
            && unlinked.contains("rappels en privé arrivaient à ce compte"),
        "{unlinked}"
    );
    let own = ana.slash("engagement liste", &[]).await;
    assert!(!own.contains("Je composte"), "{own}");
    let own = alone.says("!engagement liste").await;
    assert!(own.contains("Je composte"), "{own}");
    let refused = alone.says("!délier").await;
    assert!(refused.contains("lié à aucun autre"), "{refused}");
    app.finish().await;
}

async fn bob_sees(app: &App) -> Vec<String> {
    let seen = app.matrix_organizer.user.timeline(&app.room).await;
    seen.into_iter().map(|seen| seen.body).collect()
}

#[tokio::test]
async fn codes_are_for_private_places_and_wrong_ones_are_counted() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    let ana = app.on_discord("ana", "fr").await;
    let chloe = app.on_matrix(synapse, "chloe").await;
    let eve = app.stranger_on_discord("eve", "fr");

    // In a room: nothing is given, nothing is said, and a real code is good no more.
    let refused = chloe.types("!lier").await;
    assert!(refused.contains("d’autres lisent ce salon"), "{refused}");
    let given = ana.slash("lier", &[]).await;
    let good = code_in(&given);
    let (shown, nonsense) = (
        chloe.types(&format!("!lier {good}")).await,
        chloe.types("!lier AAAAA-AAAAA").await,
    );
    assert_eq!(
        shown, nonsense,
        "the answer does not tell a code from nonsense"
    );
    let alone = chloe.in_private().await;
    let late = alone.says(&format!("!lier {good}")).await;
    assert!(late.contains("Ce code n’est pas bon"), "{late}");
    for private in [
        "!mes-données",
        "!mes-données exporter",
        "!mes-données effacer oui",
        "!délier",
    ] {
        let refused = chloe.types(private).await;
        assert!(
            refused.contains("d’autres lisent ce salon"),
            "{private}: {refused}"
        );
    }

    // Five tries, then even a good code waits. Who only tries leaves no record.
    let before = app.number("SELECT count(*) FROM account").await;
    let good = code_in(&ana.slash("lier", &[]).await);
    for _ in 0..5 {
        let wrong = eve.slash("lier", &[("code", "AAAAA-AAAAA")]).await;
        assert!(wrong.contains("Ce code n’est pas bon"), "{wrong}");
    }
    let refused = eve.slash("lier", &[("code", &good)]).await;
    assert!(refused.contains("Trop de codes"), "{refused}");
    assert_eq!(app.number("SELECT count(*) FROM account").await, before);
    // The database does not hold the code.
    let stored = app
        .number("SELECT count(*) FROM link_code WHERE length(digest) = 64")
        .await;
    assert_eq!(stored, app.number("SELECT count(*) FROM link_code").await);

    // From the other side: Matrix gives, Discord types; whoever never acted needs no second consent.
    let given = alone.says("!lier").await;
    let dan = app.stranger_on_discord("dan", "fr");
    let linked = dan.slash("lier", &[("code", &code_in(&given))]).await;
    assert!(linked.contains("Vos comptes sont liés"), "{linked}");
    let taken = dan.commits("Je marche").await;
    assert!(taken.contains("Votre engagement E1"), "{taken}");
    app.finish().await;
}
