//! One's data: seen, taken along, erased on both networks and out of the database's files.

use std::path::PathBuf;

use cercles::domain::privacy::WORDING;
use serde_json::Value;
use sqlx::{Connection as _, Row as _};

use super::organisations::{code, takes};
use crate::discord_sim::{DiscordSim, SimOptions};
use crate::support::app::people::plain;
use crate::support::app::{App, PATIENCE, Setting, in_a_month};
use crate::support::postgres::Postgres;
use crate::support::{needs, synapse::Synapse};

const SENTENCE: &str = "Je répare le vieux grille-pain de ma grand-mère";

/// Everything of a person that must be nowhere: their ids on both networks and their words.
struct Traces(Vec<String>);

impl Traces {
    /// Which of them these bytes hold, in any of the forms in which a database writes text.
    fn in_bytes(&self, bytes: &[u8]) -> Vec<&str> {
        let holds = |trace: &&String| {
            let trace = trace.as_bytes();
            bytes.windows(trace.len()).any(|window| window == trace)
        };
        self.0.iter().filter(holds).map(String::as_str).collect()
    }
}

/// Acts on both networks, of enough people that pages of the database split; then one of them has everything erased.
async fn live_and_leave(app: &App, synapse: &Synapse) -> Traces {
    let ana = app.on_discord("ana", "fr").await;
    let ana_too = app.on_matrix(synapse, "ana").await;
    let when = in_a_month();
    let options = [("titre", "Semences"), ("quand", when.as_str())];
    app.discord_organizer.slash("atelier créer", &options).await;
    for question in ["Où?", "Quand?"] {
        let options = [("question", question), ("options", "Nord; Sud")];
        app.discord_organizer.slash("sondage créer", &options).await;
    }
    // She represents an organisation, and votes for it too.
    let options = [
        ("nom", "Table de quartier"),
        ("secteur", "communautaire"),
        ("sigle", "table"),
    ];
    let organizer = &app.discord_organizer;
    organizer.slash("organisation ajouter", &options).await;
    takes(&ana, &code(app, "table").await).await;
    let options = [
        ("question", "Qui?"),
        ("options", "Nord; Sud"),
        ("voix", "both"),
    ];
    organizer.slash("sondage créer", &options).await;
    let options = [("sondage", "S3"), ("choix", "a"), ("pour", "table")];
    ana.slash("vote", &options).await;
    ana.slash("viens", &[("atelier", "A1")]).await;
    for poll in ["S1", "S2"] {
        ana.slash("vote", &[("sondage", poll), ("choix", "a")])
            .await;
    }
    for n in 0..40 {
        let sentence = format!("{SENTENCE} ({n})");
        ana.commits(&sentence).await;
        app.discord_organizer.commits("Je plante un arbre").await;
    }
    app.discord_organizer
        .slash("sondage clore", &[("sondage", "S2")])
        .await;
    let given = plain(&ana.slash("lier", &[]).await);
    let code = given
        .split("!lier ")
        .nth(1)
        .and_then(|rest| rest.get(..11))
        .expect("a code");
    let alone = ana_too.in_private().await;
    let linked = alone.says(&format!("!lier {code}")).await;
    assert!(linked.contains("Vos comptes sont liés"), "{linked}");
    app.both_show(&["Où?", "a. Nord : 1 voix"]).await;
    app.delivered().await;

    // From Matrix, what was done on Discord is seen too; two steps.
    let asked = alone.says("!mes-données effacer").await;
    for words in [
        "2 comptes",
        "1 réponse",
        "2 votes",
        "40 engagements",
        "1 mandat",
        "Ce qui reste",
    ] {
        assert!(asked.contains(words), "{words:?} is not in {asked}");
    }
    let still = alone.says("!engagement liste").await;
    assert!(still.contains(SENTENCE), "nothing is gone yet: {still}");
    app.delivered().await;
    let gone = alone.says("!mes-données effacer oui").await;
    for words in [
        "C’est fait",
        "2 comptes",
        "40 engagements",
        "copies de sauvegarde",
    ] {
        assert!(gone.contains(words), "{words:?} is not in {gone}");
    }
    // What is open counts them no more; what is closed keeps its totals.
    app.both_show(&["Où?", "a. Nord : 0 voix"]).await;
    app.both_show(&["Semences", "Je viens : 0"]).await;
    app.both_show(&["Sondage : Quand?", "a. Nord : 1 voix"])
        .await;
    // The organisation's vote is the organisation's.
    app.both_show(&["Sondage : Qui?", "1 sur 1 a voté.", "a. Nord : 1 voix"])
        .await;
    assert_eq!(app.number("SELECT count(*) FROM mandate").await, 0);
    let nothing = ana.slash("mes-données voir", &[]).await;
    assert!(nothing.contains("Je ne garde rien"), "{nothing}");
    app.delivered().await;
    let left = app.number("SELECT count(*) FROM commitment").await;
    assert_eq!(left, 40, "the others' stay");
    Traces(vec![
        ana.user.to_string(),
        ana_too.user.user_id.clone(),
        "grille-pain".to_owned(),
    ])
}

#[tokio::test]
async fn erased_data_is_nowhere_in_the_files_of_sqlite() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    let traces = live_and_leave(&app, synapse).await;
    let mut read = 0;
    for suffix in ["", "-wal", "-shm"] {
        let file: PathBuf = app.folder().join(format!("cercles.db{suffix}"));
        let bytes = std::fs::read(&file).unwrap();
        read += bytes.len();
        let found = traces.in_bytes(&bytes);
        assert!(found.is_empty(), "{found:?} in {}", file.display());
    }
    assert!(read > 100_000, "{read} bytes: was that the database?");
    // The search does find what is there.
    let others = Traces(vec!["Je plante un arbre".to_owned()]);
    let database = std::fs::read(app.folder().join("cercles.db")).unwrap();
    assert_eq!(others.in_bytes(&database).len(), 1);
    app.finish().await;
}

#[tokio::test]
async fn erased_data_is_in_no_table_of_postgresql() {
    needs!(synapse, postgres);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let setting = Setting {
        database: Some(Postgres::shared().await.database().await),
        ..Setting::default()
    };
    let app = App::start(&sim, synapse, setting).await;
    let traces = live_and_leave(&app, synapse).await;
    let mut conn = sqlx::PgConnection::connect(app.database()).await.unwrap();
    let tables = sqlx::query(
        "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'",
    );
    let tables: Vec<String> = tables
        .fetch_all(&mut conn)
        .await
        .unwrap()
        .iter()
        .map(|row| row.get(0))
        .collect();
    assert!(tables.len() > 15, "{tables:?}");
    for table in tables {
        let query = format!("SELECT row_to_json(t)::text FROM \"{table}\" t");
        let rows = sqlx::query(sqlx::AssertSqlSafe(query));
        for row in rows.fetch_all(&mut conn).await.unwrap() {
            let row: String = row.get(0);
            let found = traces.in_bytes(row.as_bytes());
            assert!(found.is_empty(), "{found:?} in {table}");
        }
    }
    conn.close().await.unwrap();
    app.finish().await;
}

#[tokio::test]
async fn ones_data_is_a_file_on_discord_and_text_in_private_on_matrix() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    let ana = app.on_discord("ana", "fr").await;
    ana.commits(SENTENCE).await;
    let file = ana
        .starts_slash("mes-données exporter", &[])
        .final_message(PATIENCE)
        .await;
    assert!(file.ephemeral, "{}", file.text());
    let attached = sim.read(|state| state.messages[&file.id.0].attachments.clone());
    assert_eq!(attached[0]["filename"], "cercles.json", "{attached}");

    let chloe = app.on_matrix(synapse, "chloe").await;
    for n in 0..60 {
        let typed = format!("!engagement \"{SENTENCE} <{n}> & 'autres'\"");
        chloe.starts_typing(&typed).await;
        chloe.starts_typing("!engagement confirmer").await;
    }
    app.eventually("sixty commitments", async || {
        let taken = app.number("SELECT count(*) FROM commitment").await;
        (taken == 61).then_some(())
    })
    .await;
    let alone = chloe.in_private().await;
    let told = alone.says("!mes-données exporter").await;
    assert!(told.contains("en JSON"), "{told}");
    let name = "cercles.json";
    let text = app.matrix_file(&chloe.user, &alone.room, name).await;
    let document: Value = serde_json::from_str(&text).expect("the whole document");
    assert_eq!(document["accounts"][0]["id"], chloe.user.user_id.as_str());
    assert_eq!(document["commitments"].as_array().map(Vec::len), Some(60));
    assert_eq!(
        document["responsible"]["organisation"],
        "Coopérative d'essai"
    );
    assert_eq!(document["record"]["consent"]["wording"], WORDING);
    app.finish().await;
}
