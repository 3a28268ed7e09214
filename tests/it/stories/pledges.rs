//! Pledges over both networks: each with their own number, a wave that tips, the day that comes.

use crate::discord_sim::{DiscordSim, SimOptions};
use crate::support::app::people::plain;
use crate::support::app::{App, Setting, in_a_month, zone_at};
use crate::support::{needs, synapse::Synapse};

#[tokio::test]
async fn a_pledge_pools_both_networks_tips_and_says_what_became_of_it() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let setting = Setting {
        time_zone: Some(zone_at(12)),
        ..Setting::default()
    };
    let app = App::start(&sim, synapse, setting).await;
    let ana = app.on_discord("ana", "fr").await;
    let bob = app.on_discord("bob", "en-US").await;
    let chloe = app.on_matrix(synapse, "chloe").await;
    let dan = app.on_matrix(synapse, "dan").await;

    let refused = chloe.types("!engagement \"Je composte\" si 2").await;
    assert!(refused.contains("jusqu’à quand"), "{refused}");
    let day = &in_a_month()[..10];
    let typed = format!("!engagement \"Je composte\" si 3 avant={day}");
    let read = chloe.types(&typed).await;
    assert!(read.contains("Si 3 autres"), "{read}");
    assert_eq!(app.number("SELECT count(*) FROM pledge").await, 0);
    let opened = chloe.types("!engagement confirmer").await;
    assert!(opened.contains("votre part est E2"), "{opened}");
    let (on_discord, _) = app.both_show(&["Appel E1", "Attendent d’autres : 1"]).await;

    // With its number by a button, with one's own by a form or by typing.
    let joined = ana.presses(&on_discord, "Moi aussi, si 3 autres").await;
    let joined = plain(&joined.text());
    assert!(joined.contains("dès que 3 autres"), "{joined}");
    let options = [("engagement", "E1"), ("si", "1")];
    let waits = bob.slash("engagement rejoindre", &options).await;
    assert!(waits.contains("as soon as one other"), "{waits}");
    app.both_show(&[
        "Attendent d’autres : 3",
        "Une personne de plus, et 3 engagements s’activent",
    ])
    .await;
    let early = chloe.types("!point E1 fait").await;
    assert!(early.contains("attend que d’autres"), "{early}");
    let (_, card) = app.both_show(&["Appel E1"]).await;
    dan.reacts(&card, "✅").await;
    app.both_show(&["Appel E1", "S’engagent : 4", "Attendent d’autres : 0"])
        .await;
    app.both_show(&["L’appel E1 bascule", "4 engagements commencent"])
        .await;
    let own = chloe.types("!engagement liste").await;
    assert!(own.contains("E2 · Je composte (pris)"), "{own}");
    let again = ana.presses(&on_discord, "Moi aussi, de toute façon").await;
    assert!(plain(&again.text()).contains("compte déjà"));

    // What somebody gives up undoes nobody else.
    chloe.types("!engagement retirer E1").await;
    app.both_show(&["S’engagent : 3", "Se sont retirés depuis : 1"])
        .await;
    let options = [("engagement", "E1"), ("si", "9")];
    app.discord_organizer
        .slash("engagement rejoindre", &options)
        .await;
    let listed = bob.slash("engagement appels", &[]).await;
    assert!(plain(&listed).contains("commit: 3, wait: 1"), "{listed}");

    // The day comes: everybody learns what became of it, and whoever waits can do it anyway.
    app.number(
        "UPDATE pledge SET closes_at = '2020-01-01T00:00:00+00:00' RETURNING CAST(1 AS BIGINT)",
    )
    .await;
    app.number(
        "UPDATE deadline SET due_at = '2020-01-01T00:00:00+00:00'
         WHERE kind = 'pledge.closes' RETURNING CAST(1 AS BIGINT)",
    )
    .await;
    let (over, _) = app
        .both_show(&["L’appel E1 est terminé", "3 engagements sont pris"])
        .await;
    let late = dan.types("!engagement rejoindre E1 si 0").await;
    assert!(late.contains("compte déjà"), "{late}");
    let anyway = app
        .discord_organizer
        .presses(&over, "Je le fais quand même")
        .await;
    let anyway = plain(&anyway.text());
    assert!(anyway.contains("C’est parti"), "{anyway}");
    let day = [("engagement", "E1"), ("avant", day)];
    let refused = ana.slash("engagement prolonger", &day).await;
    assert!(refused.contains("n’est pas le vôtre"), "{refused}");
    app.finish().await;
}
