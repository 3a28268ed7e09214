//! Two processes share one PostgreSQL, and the work.

use crate::discord_sim::{DiscordSim, SimOptions};
use crate::support::app::people::plain;
use crate::support::app::{App, Setting, Share, in_a_month};
use crate::support::postgres::Postgres;
use crate::support::{needs, synapse::Synapse};

const WORKSHOPS: usize = 12;
const VOTERS: usize = 12;

#[tokio::test]
async fn two_processes_on_one_postgresql_post_no_card_twice_and_either_may_die() {
    needs!(synapse, postgres);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let setting = Setting {
        database: Some(Postgres::shared().await.database().await),
        ..Setting::default()
    };
    let mut app = App::prepare(&sim, synapse, setting).await;
    // Who hears the server's events is a matter of its id; both deliver cards to it.
    for (number, matrix) in [(0, true), (1, false)] {
        let shard = (number, 2);
        app.add_process(Share { shard, matrix }).await;
    }
    app.settled_in().await;
    app.eventually("both shards connected", async || {
        let connected =
            sim.read(|state| state.sessions.values().filter(|s| s.link.is_some()).count());
        (connected == 2).then_some(())
    })
    .await;

    let when = in_a_month();
    let options = [("question", "Où?"), ("options", "Nord; Sud")];
    app.discord_organizer.slash("sondage créer", &options).await;
    let mut voters = Vec::new();
    for n in 0..VOTERS {
        voters.push(app.on_discord(&format!("votante-{n}"), "fr").await);
    }
    let votes: Vec<_> = voters
        .iter()
        .map(|voter| voter.starts_slash("vote", &[("sondage", "S1"), ("choix", "b")]))
        .collect();
    for n in 0..WORKSHOPS {
        let text = format!("!atelier créer \"Rencontre {n:02}\" {when}");
        app.matrix_organizer.starts_typing(&text).await;
    }
    for vote in votes {
        vote.final_message(crate::support::app::PATIENCE).await;
    }
    app.eventually("every workshop", async || {
        let made = app.number("SELECT count(*) FROM workshop").await;
        (usize::try_from(made) == Ok(WORKSHOPS)).then_some(())
    })
    .await;
    for n in 0..WORKSHOPS {
        app.each_room_has(1, &format!("Rencontre {n:02}")).await;
    }
    app.both_show(&["Où?", &format!("b. Sud : {VOTERS} voix")])
        .await;
    app.each_room_has(1, "Où?").await;

    // The second dies with cards in its hands: the first brings them once the leases have run out.
    for n in WORKSHOPS..2 * WORKSHOPS {
        let text = format!("!atelier créer \"Rencontre {n:02}\" {when}");
        app.matrix_organizer.starts_typing(&text).await;
    }
    app.discord_card(|card| plain(&card.text()).contains(&format!("Rencontre {WORKSHOPS:02}")))
        .await;
    app.kill9(1).await;
    app.eventually("every workshop", async || {
        let made = app.number("SELECT count(*) FROM workshop").await;
        (usize::try_from(made) == Ok(2 * WORKSHOPS)).then_some(())
    })
    .await;
    for n in 0..2 * WORKSHOPS {
        app.each_room_has(1, &format!("Rencontre {n:02}")).await;
    }
    app.finish_after_a_crash().await;
}
