//! A workshop that comes again: its cards say so, the next one follows by itself, a day is skipped, all are changed.

use chrono::{Duration, NaiveDateTime};

use crate::discord_sim::{DiscordSim, SimOptions};
use crate::support::app::people::plain;
use crate::support::app::{App, Setting, in_a_month};
use crate::support::{needs, synapse::Synapse};

fn has(text: &str, words: &[&str]) {
    for word in words {
        assert!(text.contains(word), "{word:?} is not in {text}");
    }
}

/// The last of the series that is announced is over, and what waits for that is due.
async fn passes(app: &App, due: &'static str) {
    app.number(
        "UPDATE workshop SET starts_at = '2020-01-01T00:00:00+00:00', ends_at = NULL
         WHERE status = 'announced' RETURNING number",
    )
    .await;
    app.number(due).await;
}

const DUE: [&str; 2] = [
    "UPDATE deadline SET due_at = '2020-01-01T00:00:00+00:00'
     WHERE kind = 'series.next' AND done = FALSE RETURNING CAST(1 AS BIGINT)",
    "UPDATE deadline SET due_at = '2020-01-02T00:00:00+00:00'
     WHERE kind = 'series.next' AND done = FALSE RETURNING CAST(1 AS BIGINT)",
];

#[tokio::test]
async fn a_weekly_workshop_follows_itself_skips_a_day_and_ends() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let setting = Setting {
        matrix_language: "en-CA",
        ..Setting::default()
    };
    let mut app = App::start(&sim, synapse, setting).await;
    let organizer = app.discord_organizer.clone();
    let when = in_a_month();
    let start = NaiveDateTime::parse_from_str(&when, "%Y-%m-%d %H:%M").unwrap();
    let on = |weeks: i64| {
        (start + Duration::weeks(weeks))
            .format("%Y-%m-%d")
            .to_string()
    };
    let options = [("titre", "Semences // Seeds"), ("quand", when.as_str())];
    organizer.slash("atelier créer", &options).await;
    let alone = organizer.slash("atelier série", &[("atelier", "A1")]).await;
    assert!(alone.contains("ne fait pas partie d’une série"), "{alone}");
    let wrong = [("atelier", "A1"), ("règle", "FREQ=HOURLY")];
    let refused = organizer.slash("atelier répéter", &wrong).await;
    assert!(refused.contains("Dites à quel rythme"), "{refused}");

    let options = [("atelier", "A1"), ("chaque", "week"), ("fois", "4")];
    let plan = organizer.slash("atelier répéter", &options).await;
    has(
        &plan,
        &[
            "Série de A1",
            "chaque ",
            " à 19 h 30",
            "A1, annoncé",
            "Dernière date",
        ],
    );
    let (card, seen) = app.both_show(&["A1"]).await;
    app.eventually("both cards to say that it comes again", async || {
        let discord = app
            .discord_texts()
            .iter()
            .any(|text| plain(text).contains("Série"));
        let matrix = app.matrix_cards().await;
        let matrix = matrix
            .iter()
            .any(|card| plain(&card.body).contains("every "));
        (discord && matrix).then_some(())
    })
    .await;
    drop((card, seen));

    // The third is left out before it is announced; all that follow are elsewhere, the first one too.
    let typed = format!("!workshop skip A1 on={}", on(2));
    let plan = app.matrix_organizer.types(&typed).await;
    has(&plan, &["Series of A1", "skipped"]);
    let again = app.matrix_organizer.types(&typed).await;
    assert!(again.contains("Nothing"), "{again}");
    let typed = format!("!workshop skip A1 on={}", on(9));
    let none = app.matrix_organizer.types(&typed).await;
    assert!(none.contains("has no workshop to come"), "{none}");
    let options = [("atelier", "A1"), ("lieu", "Salle 2"), ("portée", "all")];
    let edited = organizer.slash("atelier modifier", &options).await;
    has(&edited, &["1 atelier annoncé est modifié partout"]);
    app.both_show(&["A1", "Salle 2"]).await;

    // The bot was down when the first one ended: the second is announced once it is back.
    app.delivered().await;
    app.terminate().await;
    passes(&app, DUE[0]).await;
    app.restart(0).await;
    app.both_show(&["A2", "Salle 2"]).await;
    app.delivered().await;
    passes(&app, DUE[1]).await;
    app.both_show(&["A3", "Salle 2"]).await;
    let plan = organizer.slash("atelier série", &[("atelier", "A3")]).await;
    has(&plan, &["A3, annoncé"]);
    assert_eq!(
        app.number("SELECT count(*) FROM workshop WHERE series_id IS NOT NULL")
            .await,
        3
    );

    // Called off with all that would follow; nothing follows.
    let options = [("atelier", "A3"), ("portée", "all")];
    let over = organizer.slash("atelier annuler", &options).await;
    has(
        &over,
        &["est finie", "1 atelier annoncé est annulé partout"],
    );
    app.both_show(&["A3"]).await;
    let journal = organizer.slash("journal", &[]).await;
    has(
        &journal,
        &[
            "A1, rythme de série donné",
            "A1, date de série sautée",
            "A3, série terminée",
        ],
    );
    app.finish().await;
}
