//! Workshops in Discord's own list of scheduled events: one entry per workshop and server, whatever happens on the way.

use serde_json::Value;

use crate::discord_sim::{DiscordSim, Fault, RouteMatch, SimOptions, perms};
use crate::support::app::{App, PATIENCE, Setting, in_a_month};
use crate::support::{needs, synapse::Synapse};

const EVENTS: &str = "/guilds/{guild_id}/scheduled-events";

/// Waits until the server's events are like that.
async fn events(sim: &DiscordSim, wanted: impl Fn(&[Value]) -> bool) -> Vec<Value> {
    let guild = sim.guild();
    let found = sim
        .wait_until(
            |state| {
                let all: Vec<Value> = state.scheduled_events.values().cloned().collect();
                wanted(&all)
            },
            PATIENCE,
        )
        .await;
    if let Err(problem) = found {
        panic!("{problem}\n{:#?}", sim.events(guild));
    }
    sim.events(guild)
}

fn field<'e>(event: &'e Value, name: &str) -> &'e str {
    event[name].as_str().unwrap_or_default()
}

#[tokio::test]
async fn a_workshop_has_one_event_in_its_server_that_follows_it_to_the_end() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let second = sim.add_channel(sim.guild(), "aussi");
    let other = sim.add_guild("Ailleurs", "fr");
    let elsewhere = sim.add_channel(other, "ateliers");
    let room = |address: String| {
        format!("[[collective.room]]\nnetwork = \"discord\"\naddress = \"{address}\"\n")
    };
    let setting = Setting {
        more: [second, elsewhere]
            .map(|place| room(place.to_string()))
            .concat(),
        ..Setting::default()
    };
    let app = App::start(&sim, synapse, setting).await;
    let when = in_a_month();
    let organizer = &app.discord_organizer;
    let create = async |more: &[(&str, &str)]| {
        let options = [&[("titre", "Semences"), ("quand", when.as_str())], more].concat();
        organizer.slash("atelier créer", &options).await
    };
    create(&[("brouillon", "yes")]).await;
    app.delivered().await;
    assert!(
        sim.events(sim.guild()).is_empty(),
        "a draft is nobody's business"
    );

    // Two rooms of one server, one of another: an entry in each server.
    let about = "À 19 h, *ensemble*";
    create(&[("lieu", "Chez Ana"), ("description", about)]).await;
    app.both_show(&["Semences", "A2"]).await;
    app.delivered().await;
    let (here, there) = (sim.events(sim.guild()), sim.events(other));
    assert_eq!((here.len(), there.len()), (1, 1), "{here:#?} {there:#?}");
    let event = &here[0];
    assert_eq!(field(event, "name"), "Semences");
    assert_eq!(event["entity_metadata"]["location"], "Chez Ana");
    assert_eq!(event["status"], 1);
    let text = field(event, "description");
    assert!(text.starts_with("À 19 h, \\*ensemble\\*\n"), "{text}");
    assert!(text.contains("/viens A2"), "{text}");
    assert_eq!(text.lines().last(), Some("quebec/A2"));
    let card = [app.channel, second].into_iter().find_map(|channel| {
        let shown = sim.messages(channel);
        let card = shown
            .into_iter()
            .find(|message| message.text().contains("A2"))?;
        let link = format!(
            "https://discord.com/channels/{}/{channel}/{}",
            sim.guild(),
            card.id
        );
        text.contains(&link).then_some(card)
    });
    assert!(card.is_some(), "no link to the card: {text}");

    // Changed, answered, called off.
    let options = [
        ("atelier", "A2"),
        ("titre", "Graines"),
        ("lieu", "Chez Bob"),
    ];
    organizer.slash("atelier modifier", &options).await;
    let changed = |all: &[Value]| {
        all.iter().all(|event| {
            field(event, "name") == "Graines" && event["entity_metadata"]["location"] == "Chez Bob"
        })
    };
    events(&sim, changed).await;
    let edits = |sim: &DiscordSim| {
        let requests = sim.requests().into_iter();
        requests
            .filter(|request| {
                request.method == "PATCH" && request.path.contains("scheduled-events")
            })
            .count()
    };
    app.delivered().await;
    let before = edits(&sim);
    organizer.slash("viens", &[("atelier", "A2")]).await;
    app.both_show(&["Je viens : 1"]).await;
    app.delivered().await;
    assert_eq!(edits(&sim), before, "an answer is no change of the event");
    organizer
        .slash("atelier annuler", &[("atelier", "A2")])
        .await;
    events(&sim, |all| {
        all.len() == 2 && all.iter().all(|event| event["status"] == 4)
    })
    .await;
    app.finish().await;
}

#[tokio::test]
async fn a_lost_answer_and_a_kill_leave_one_event_and_a_deleted_one_comes_back_with_the_next_change()
 {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let mut app = App::start(&sim, synapse, Setting::default()).await;
    let when = in_a_month();
    let organizer = app.discord_organizer.clone();
    sim.fault(RouteMatch::new("POST", EVENTS), Fault::ProcessThenAbort, 1);
    let options = [("titre", "Semences"), ("quand", when.as_str())];
    organizer.slash("atelier créer", &options).await;
    events(&sim, |all| all.len() == 1).await;
    app.kill9(0).await;
    app.restart(0).await;
    app.delivered().await;
    assert_eq!(sim.events(sim.guild()).len(), 1);
    let options = [("atelier", "A1"), ("titre", "Graines")];
    organizer.slash("atelier modifier", &options).await;
    let made = events(&sim, |all| {
        all.iter().any(|event| field(event, "name") == "Graines")
    })
    .await;
    assert_eq!(made.len(), 1, "{made:#?}");
    app.delivered().await;
    sim.update(|state| state.scheduled_events.clear());
    let options = [("atelier", "A1"), ("lieu", "Chez Ana")];
    organizer.slash("atelier modifier", &options).await;
    events(&sim, |all| {
        all.len() == 1 && all[0]["entity_metadata"]["location"] == "Chez Ana"
    })
    .await;
    app.finish_after_a_crash().await;
}

#[tokio::test]
async fn without_the_permission_nothing_is_stuck_and_with_it_the_next_start_catches_up() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let mut app = App::start(&sim, synapse, Setting::default()).await;
    sim.set_bot_permissions(perms::BOT_DEFAULT & !perms::CREATE_EVENTS);
    let when = in_a_month();
    let organizer = app.discord_organizer.clone();
    let create = async |title: &str| {
        let options = [("titre", title), ("quand", when.as_str())];
        organizer.slash("atelier créer", &options).await
    };
    create("Semences").await;
    app.both_show(&["Semences", "A1"]).await;
    app.delivered().await;
    assert!(sim.events(sim.guild()).is_empty());
    let (code, said) = app.doctor().await;
    assert_eq!(code, Some(1), "{said}");
    let lacks = format!(
        "wrong  Discord server {}: the bot lacks Create Events",
        sim.guild()
    );
    assert!(said.contains(&lacks), "{said}");
    sim.set_bot_permissions(perms::BOT_DEFAULT);
    app.kill9(0).await;
    app.restart(0).await;
    events(&sim, |all| all.len() == 1).await;

    // Whoever wants no events says so.
    let text = std::fs::read_to_string(app.configuration()).unwrap();
    let without = text.replace("[discord]\n", "[discord]\nscheduled_events = false\n");
    std::fs::write(app.configuration(), without).unwrap();
    app.kill9(0).await;
    app.restart(0).await;
    create("Compost").await;
    app.both_show(&["Compost", "A2"]).await;
    app.delivered().await;
    assert_eq!(sim.events(sim.guild()).len(), 1);
    app.finish_after_a_crash().await;
}
