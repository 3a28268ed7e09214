//! `cercles doctor` says what is wrong and how to put it right, also while the bot runs.

use crate::discord_sim::{DiscordSim, SimOptions, perms};
use crate::support::app::{App, Setting};
use crate::support::{needs, synapse::Synapse};

#[tokio::test]
async fn the_doctor_finds_nothing_in_a_good_set_up_and_names_each_fault_with_its_cure() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    let (code, said) = app.doctor().await;
    assert_eq!(code, Some(0), "{said}");
    for words in [
        "ok     the configuration can be read",
        "ok     somebody is responsible",
        "ok     the database answers and is up to date",
        "ok     Discord takes the token",
        &format!(
            "ok     Discord channel {}: the bot may do what it needs",
            app.channel
        ),
        "ok     Matrix: the session is good",
        &format!("ok     Matrix room {}: the bot is in it", app.room),
        "clock agrees with that of Discord",
        "clock agrees with that of the homeserver",
    ] {
        assert!(said.contains(words), "{words:?} is not in {said}");
    }
    assert!(!said.contains("wrong"), "{said}");

    sim.overwrite_member(app.channel, sim.bot_user(), 0, perms::EMBED_LINKS);
    let (organizer, bot) = (&app.matrix_organizer.user, app.matrix_bot());
    organizer.kick(&app.room, bot, "essai").await;
    let text = std::fs::read_to_string(app.configuration()).unwrap();
    let without = text.replace("[privacy]", "[[collective]]\nslug = \"x\"\nname = \"X\"\n#");
    let without: String = without
        .lines()
        .filter(|line| {
            !["organisation", "officer", "email", "hosting", "access"]
                .iter()
                .any(|key| line.starts_with(key))
        })
        .map(|line| format!("{line}\n"))
        .collect();
    std::fs::write(app.configuration(), without).unwrap();
    let (code, said) = app.doctor().await;
    assert_eq!(code, Some(1), "{said}");
    for words in [
        "wrong  [privacy] is missing",
        &format!(
            "wrong  Discord channel {}: the bot lacks Embed Links",
            app.channel
        ),
        &format!("wrong  Matrix room {}: the bot is not in it", app.room),
        "→ Invite it",
        "→ In the channel’s settings, under Permissions",
    ] {
        assert!(said.contains(words), "{words:?} is not in {said}");
    }

    std::fs::write(
        app.configuration(),
        "[database]\nurl = \"sqlite:/nowhere/x.db\"\n",
    )
    .unwrap();
    let (code, said) = app.doctor().await;
    assert_eq!(code, Some(1), "{said}");
    for words in [
        "the database cannot be used",
        "no network is configured",
        "no collective has a room",
    ] {
        assert!(said.contains(words), "{words:?} is not in {said}");
    }
    std::fs::write(app.configuration(), "[databse]\n").unwrap();
    let (code, said) = app.doctor().await;
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("databse") || said.contains("database"),
        "{said}"
    );
    app.finish_after_a_crash().await;
}
