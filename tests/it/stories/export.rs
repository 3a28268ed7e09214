//! `cercles count` and `cercles export poll`: anybody can count a closed poll again.

use std::path::Path;
use std::process::Output;

use serde_json::{Value, json};

use crate::discord_sim::{DiscordSim, SimOptions};
use crate::support::app::{App, Setting};
use crate::support::{needs, synapse::Synapse};

pub(super) async fn cercles(arguments: &[&str]) -> Output {
    tokio::process::Command::new(env!("CARGO_BIN_EXE_cercles"))
        .args(arguments)
        .output()
        .await
        .expect("the binary runs")
}

pub(super) async fn counted(file: &Path) -> Value {
    let output = cercles(&["count", &file.display().to_string()]).await;
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).expect("JSON on standard output")
}

#[tokio::test]
async fn a_malformed_file_is_refused_with_its_line_and_nothing_on_standard_output() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("broken.json");
    for (text, line, reason) in [
        ("{\n \"ballot_type\": \"approval\",\n", "3", ""),
        ("", "1", ""),
        (
            "{\"schema\": \"poll-anchor/1\", \"ballot_type\": \"ranking\",\n \"candidates\": [{\"id\": \"a\", \"name\": \"A\"}],\n \"ballots\": [[1, [7]]]}",
            "3",
            "7",
        ),
    ] {
        std::fs::write(&file, text).unwrap();
        let output = cercles(&["count", &file.display().to_string()]).await;
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert_eq!(output.stdout, b"", "nothing on standard output");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.contains(&format!("line {line}")), "{told}");
        assert!(told.contains(reason), "{told}");
    }
    let output = cercles(&["count", "/nowhere/at/all.json"]).await;
    assert_eq!(output.status.code(), Some(1), "{output:?}");
}

#[tokio::test]
async fn a_closed_poll_is_exported_and_counts_to_the_published_result() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    let organizer = &app.discord_organizer;
    let chloe = app.on_matrix(synapse, "chloe").await;
    let ana = app.on_discord("ana", "fr").await;
    let options = [
        ("question", "Quel ordre?"),
        ("options", "Nord; Sud; Est"),
        ("genre", "rank"),
    ];
    organizer.slash("sondage créer", &options).await;
    let options = [
        ("question", "Qui?"),
        ("options", "A; B; C; D; E"),
        ("genre", "elect"),
    ];
    organizer.slash("sondage créer", &options).await;
    let options = [("question", "On y va?"), ("genre", "proposal")];
    organizer.slash("sondage créer", &options).await;
    ana.slash("vote", &[("sondage", "S1"), ("choix", "b > a")])
        .await;
    chloe.types("!vote S1 b > c = a").await;
    ana.slash("vote", &[("sondage", "S2"), ("choix", "e > d > a")])
        .await;
    let config = app.configuration();
    let config = config.to_str().unwrap();
    let export = async |id: &str| cercles(&["--config", config, "export", "poll", id]).await;

    let told = |output: &Output| String::from_utf8_lossy(&output.stderr).into_owned();
    let open = export("S1").await;
    assert!(
        !open.status.success() && told(&open).contains("still open"),
        "{open:?}"
    );
    for id in ["S1", "S2", "S3"] {
        organizer.slash("sondage clore", &[("sondage", id)]).await;
    }
    app.both_show(&["Résultat : Quel ordre?", "« Sud » l’emporte"])
        .await;
    let exported = export("S1").await;
    assert!(exported.status.success(), "{exported:?}");
    let text = String::from_utf8(exported.stdout).unwrap();
    for secret in ["ana", &chloe.user.user_id, &ana.user.to_string()] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("S1.json");
    std::fs::write(&file, &text).unwrap();
    assert_eq!(
        counted(&file).await["results"]["schulze_wv"]["tiers"],
        json!([[1], [0], [2]])
    );
    for (id, reason) in [
        ("S2", "could tell who wrote them"),
        ("S3", "no ballots of this kind"),
        ("S9", "no such poll"),
        ("A1", "is no poll"),
    ] {
        let refused = export(id).await;
        assert!(!refused.status.success(), "{id}");
        assert_eq!(refused.stdout, b"", "{id}");
        assert!(told(&refused).contains(reason), "{id}: {}", told(&refused));
    }
    app.finish().await;
}
