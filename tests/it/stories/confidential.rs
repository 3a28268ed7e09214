//! Confidential polls: voted in private, counted at the close, and afterwards tied to nobody by anything that is left.

use std::path::Path;

use crate::discord_sim::{DiscordSim, SimOptions};
use crate::support::app::people::plain;
use crate::support::app::{App, Setting};
use crate::support::postgres::Postgres;
use crate::support::{needs, synapse::Synapse};

#[tokio::test]
async fn on_sqlite_a_confidential_vote_leaves_no_trace_after_its_close() {
    needs!(synapse);
    a_confidential_vote_leaves_no_trace(Setting::default()).await;
}

#[tokio::test]
async fn on_postgresql_a_confidential_vote_leaves_no_trace_after_its_close() {
    needs!(synapse, postgres);
    let database = Some(Postgres::shared().await.database().await);
    a_confidential_vote_leaves_no_trace(Setting {
        database,
        ..Setting::default()
    })
    .await;
}

async fn a_confidential_vote_leaves_no_trace(setting: Setting) {
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, setting).await;
    let organizer = &app.discord_organizer;
    let (ana, bob) = (
        app.on_discord("ana", "fr").await,
        app.on_discord("bob", "fr").await,
    );
    let chloe = app.on_matrix(synapse, "chloe").await;
    let options = [
        ("question", "Qui?"),
        ("options", "Zacharie; Yolande; Xavier"),
        ("genre", "rank"),
        ("niveau", "confidential"),
    ];
    organizer.slash("sondage créer", &options).await;
    app.both_show(&[
        "Qui?",
        "Vote confidentiel",
        "Moins de cinq personnes ont voté.",
    ])
    .await;

    // In a room, a vote is read by all: it does not count, and its author is told.
    let refused = chloe.types("!vote S1 a > b").await;
    assert!(
        refused.contains("votre vote n’a pas été compté"),
        "{refused}"
    );
    for (who, ballot) in [(&ana, "b > c"), (&bob, "c > b > a"), (&ana, "b > a")] {
        let told = who
            .slash("vote", &[("sondage", "S1"), ("choix", ballot)])
            .await;
        assert!(told.contains("Votre bulletin est enregistré"), "{told}");
        assert!(!told.contains("Yolande"), "it is not repeated: {told}");
    }
    let kept = ana.slash("mes-données voir", &[]).await;
    assert!(kept.contains("S1 : bulletin scellé"), "{kept}");
    app.delivered().await;
    assert_eq!(app.number("SELECT count(*) FROM sealed_ballot").await, 2);
    assert_eq!(app.number("SELECT count(*) FROM ballot").await, 0);
    let card = app.discord_card(|card| card.text().contains("Qui?")).await;
    assert!(!plain(&card.text()).contains("1 voix"), "{}", card.text());
    let wrapped = app.bytes("SELECT wrapped FROM poll_key").await;
    let rows = [
        app.bytes("SELECT row_key FROM sealed_ballot ORDER BY row_key LIMIT 1")
            .await,
        app.bytes("SELECT sealed FROM sealed_ballot ORDER BY row_key LIMIT 1")
            .await,
    ];

    organizer.slash("sondage clore", &[("sondage", "S1")]).await;
    app.both_show(&[
        "Résultat : Qui?",
        "Les bulletins et leurs clés sont détruits. Empreinte du résultat",
    ])
    .await;
    app.both_show(&["Résultat : Qui?", "2 personnes ont voté."])
        .await;
    app.delivered().await;
    for table in [
        "SELECT count(*) FROM sealed_ballot",
        "SELECT count(*) FROM poll_key",
        "SELECT count(*) FROM poll_voter",
        "SELECT count(*) FROM ballot",
    ] {
        assert_eq!(app.number(table).await, 0, "{table}");
    }
    if let Some(file) = app.database_file() {
        for ending in ["", "-wal", "-shm"] {
            let path = format!("{}{ending}", file.display());
            let Ok(raw) = std::fs::read(Path::new(&path)) else {
                continue;
            };
            for (what, secret) in [
                ("the keys", &wrapped),
                ("a row", &rows[0]),
                ("a ballot", &rows[1]),
            ] {
                let found = raw
                    .windows(secret.len())
                    .any(|part| part == secret.as_slice());
                assert!(!found, "{what} in {path}");
            }
        }
    }
    let logs = app.whole_log();
    for words in ["Yolande", "b > a", "c > b > a"] {
        assert!(!logs.contains(words), "{words} in the log");
    }
    let exported = organizer
        .slash("sondage résultat", &[("sondage", "S1")])
        .await;
    assert!(!exported.contains("ana"), "{exported}");
    app.finish().await;
}

/// The receipt in what a voter is told.
fn receipt_in(told: &str) -> String {
    let receipt = told.split("Votre reçu : ").nth(1);
    receipt
        .and_then(|rest| rest.get(..14))
        .expect("a receipt")
        .to_owned()
}

#[tokio::test]
async fn where_it_was_declared_ballots_are_published_under_receipts_that_only_voters_know() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    let organizer = &app.discord_organizer;
    let options = |question| {
        [
            ("question", question),
            ("options", "Nord; Sud; Est"),
            ("genre", "rank"),
            ("niveau", "confidential"),
            ("reçus", "yes"),
        ]
    };
    for wrong in [
        [("niveau", "reserved"), ("options", "Nord; Sud; Est")],
        [("niveau", "confidential"), ("options", "A; B; C; D; E")],
    ] {
        let mut asked = vec![("question", "Où?"), ("genre", "rank"), ("reçus", "yes")];
        asked.extend(wrong);
        let refused = organizer.slash("sondage créer", &asked).await;
        assert!(refused.contains("Rien n’a été créé"), "{refused}");
    }
    for question in ["Où?", "Trop peu?"] {
        organizer.slash("sondage créer", &options(question)).await;
    }
    app.both_show(&["Où?", "publiés un par un, chacun sous un reçu"])
        .await;

    // One on Matrix, where only a private conversation tells the receipt; the rest on Discord.
    let chloe = app.on_matrix(synapse, "chloe").await;
    let alone = chloe.in_private().await;
    let hers = receipt_in(&alone.says("!vote S1 b > a > c").await);
    let mut receipts = vec![hers.clone()];
    for at in 0..19 {
        let voter = app.on_discord(&format!("v{at}"), "fr").await;
        let ballot = if at < 12 { "a > b" } else { "c" };
        let told = voter
            .slash("vote", &[("sondage", "S1"), ("choix", ballot)])
            .await;
        receipts.push(receipt_in(&told));
        if at == 0 {
            let changed = voter
                .slash("vote", &[("sondage", "S1"), ("choix", "a")])
                .await;
            assert_eq!(
                receipt_in(&changed),
                receipts[1],
                "a change keeps the receipt"
            );
            let menu = voter.slash("vote", &[("sondage", "S1")]).await;
            assert_eq!(receipt_in(&menu), receipts[1]);
            voter
                .slash("vote", &[("sondage", "S2"), ("choix", "a")])
                .await;
        }
    }
    let open = alone.says("!sondage bulletins S1").await;
    assert!(open.contains("encore ouvert"), "{open}");
    for poll in ["S1", "S2"] {
        organizer.slash("sondage clore", &[("sondage", poll)]).await;
    }
    app.both_show(&["Résultat : Où?", "publiés un par un, sous leurs reçus"])
        .await;
    app.both_show(&["Résultat : Trop peu?", "Moins de 20 bulletins"])
        .await;

    // Anybody reads the list, finds their own line in it, and counts it again.
    let told = alone.says("!sondage bulletins S1").await;
    assert!(told.contains("à recompter"), "{told}");
    let (user, name) = (&chloe.user, "S1-bulletins.csv");
    let table = plain(&app.matrix_file(user, &alone.room, name).await);
    assert!(table.contains("receipt,times,ballot"), "{table}");
    assert!(
        table.contains(&format!("{hers},1,Sud > Nord > Est")),
        "{table}"
    );
    receipts.sort();
    let mut listed: Vec<String> = table
        .lines()
        .filter_map(|line| line.get(..14).filter(|_| line.contains(",1,")))
        .map(str::to_owned)
        .collect();
    assert!(listed.is_sorted(), "in the order of the receipts: {table}");
    listed.sort();
    assert_eq!(listed, receipts);
    let few = alone.says("!sondage bulletins S2").await;
    assert!(few.contains("ne sont pas publiés"), "{few}");
    let in_the_room = chloe.types("!sondage bulletins S1").await;
    assert!(!in_the_room.contains("receipt"), "{in_the_room}");
    app.delivered().await;

    // Nothing that is kept ties a voter to a receipt.
    for table in ["sealed_ballot", "poll_key", "poll_voter", "ballot"] {
        let rows = app.number(match table {
            "sealed_ballot" => "SELECT count(*) FROM sealed_ballot",
            "poll_key" => "SELECT count(*) FROM poll_key",
            "poll_voter" => "SELECT count(*) FROM poll_voter",
            _ => "SELECT count(*) FROM ballot",
        });
        assert_eq!(rows.await, 0, "{table}");
    }
    let held = app
        .number("SELECT count(*) FROM card WHERE payload LIKE '%Votre reçu%'")
        .await;
    assert_eq!(held, 0, "an answer that was shown is kept no more");
    assert!(!app.whole_log().contains(&hers), "a receipt in the log");
    app.finish().await;
}

#[tokio::test]
async fn linked_accounts_have_one_confidential_ballot_and_without_a_key_none_is_held() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    let organizer = &app.discord_organizer;
    let (ana, twin) = (
        app.on_discord("ana", "fr").await,
        app.on_discord("ana-deux", "fr").await,
    );
    let options = [
        ("question", "On y va?"),
        ("genre", "proposal"),
        ("niveau", "confidential"),
    ];
    organizer.slash("sondage créer", &options).await;
    for (who, vote) in [(&ana, "pour"), (&twin, "contre")] {
        who.slash("vote", &[("sondage", "S1"), ("choix", vote)])
            .await;
    }
    let code = ana.slash("lier", &[]).await;
    let code = crate::stories::linking::code_in(&code);
    let linked = twin.slash("lier", &[("code", code.as_str())]).await;
    assert!(linked.contains("S1 (vote confidentiel)"), "{linked}");
    assert_eq!(app.number("SELECT count(*) FROM sealed_ballot").await, 1);
    organizer.slash("sondage clore", &[("sondage", "S1")]).await;
    app.both_show(&[
        "Résultat : On y va?",
        "Pour : 1 voix (100 %)",
        "Contre : 0 voix",
    ])
    .await;
    app.finish().await;
}
