//! A workshop with few seats: one line over both networks, offers in private, closing.

use crate::discord_sim::{ChannelId, DiscordSim, ShownMessage, SimOptions};
use crate::support::app::people::{Alone, OnDiscord, plain};
use crate::support::app::{App, PATIENCE, Setting, in_a_month};
use crate::support::{needs, synapse::Synapse};

/// Waits until the bot has said this to somebody in private on Matrix.
async fn told(app: &App, alone: &Alone, words: &str) -> String {
    app.eventually(words, async || {
        let seen = alone.user.timeline(&alone.room).await;
        let bot = app.matrix_bot();
        let mut bodies = seen.into_iter().filter(|seen| seen.sender == bot);
        let found = bodies.find(|seen| plain(&seen.body).contains(words));
        found.map(|seen| plain(&seen.body))
    })
    .await
}

/// The same on Discord; the message.
async fn told_on_discord(app: &App, who: &OnDiscord, words: &str) -> ShownMessage {
    shown(app, app.sim.private_channel(who.user), words).await
}

/// Waits until a channel shows this.
async fn shown(app: &App, channel: ChannelId, words: &str) -> ShownMessage {
    app.eventually(words, async || {
        let messages = app.sim.messages(channel);
        let has = |message: &ShownMessage| plain(&message.text()).contains(words);
        messages.into_iter().find(has)
    })
    .await
}

/// Makes every open offer end, as if its time had passed.
async fn time_passes(app: &App) {
    for update in [
        "UPDATE seat_offer SET ends_at = '2020-01-01T00:00:00+00:00' WHERE outcome = 'open' RETURNING seats",
        "UPDATE deadline SET due_at = '2020-01-01T00:00:00+00:00'
         WHERE kind = 'workshop.offer_ends' AND due_at = (SELECT max(due_at) FROM deadline
         WHERE kind = 'workshop.offer_ends' AND done = FALSE) RETURNING CAST(1 AS BIGINT)",
    ] {
        app.number(update).await;
    }
}

#[tokio::test]
async fn a_full_workshop_has_one_line_over_both_networks_and_offers_its_seats_in_private() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let control = sim.add_channel(sim.guild(), "coordination");
    let setting = Setting {
        more: format!(
            "[[collective.room]]\nnetwork = \"discord\"\naddress = \"{control}\"\npurpose = \"control\"\n"
        ),
        ..Setting::default()
    };
    let app = App::start(&sim, synapse, setting).await;
    let (ana, bob) = (
        app.on_discord("ana", "fr").await,
        app.on_discord("bob", "en-US").await,
    );
    let (chloe, dan) = (
        app.on_matrix(synapse, "chloe").await,
        app.on_matrix(synapse, "dan").await,
    );
    let (chloe_alone, dan_alone) = (chloe.in_private().await, dan.in_private().await);
    let when = in_a_month();
    let options = [
        ("titre", "Semences"),
        ("quand", when.as_str()),
        ("places", "2"),
        ("accompagnement", "1"),
    ];
    app.discord_organizer.slash("atelier créer", &options).await;
    let (card, on_matrix) = app.both_show(&["Semences", "Places : 0 sur 2"]).await;

    // Ana comes, then with somebody: it is full, which organizers are told.
    let answer = ana.presses(&card, "Je viens").await;
    assert!(plain(&answer.text()).contains("vous venez à A1"));
    shown(&app, control, "la moitié des places sont prises (1 sur 2)").await;
    let answer = ana.presses(&answer, "Avec 1 personne").await;
    assert!(plain(&answer.text()).contains("2 places pour vous"));
    shown(&app, control, "c’est complet (2 sur 2)").await;

    // Who comes later waits, in one order, whichever network, and is told so even after a reaction.
    let waits = chloe.types("!viens A1").await;
    assert!(waits.contains("vous avez le rang 1"), "{waits}");
    dan.reacts(&on_matrix, "✅").await;
    told(&app, &dan_alone, "vous avez le rang 2").await;
    let waits = bob.slash("viens", &[("atelier", "A1")]).await;
    assert!(waits.contains("your place on the list is 3"), "{waits}");
    let place = bob.slash("atelier ma-place", &[("atelier", "A1")]).await;
    assert!(place.contains("your place on the list is 3"), "{place}");
    app.both_show(&["Places : 2 sur 2 · En attente : 3", "C’est complet"])
        .await;
    let refused = chloe.types("!viens A1 +2").await;
    assert!(
        refused.contains("vous pouvez amener une personne"),
        "{refused}"
    );

    // Ana comes alone after all: the seat is Chloé's, who is told in private and accepts by typing.
    ana.slash("viens", &[("atelier", "A1"), ("avec", "0")])
        .await;
    let offer = told(&app, &chloe_alone, "Une place pour vous : Semences").await;
    assert!(offer.contains("À accepter avant"), "{offer}");
    app.both_show(&["Places : 2 sur 2 · En attente : 2"]).await;
    let place = chloe_alone.says("!atelier ma-place A1").await;
    assert!(place.contains("Une offre vous attend"), "{place}");
    let accepted = chloe_alone.says("!viens A1").await;
    assert!(accepted.contains("vous venez à A1"), "{accepted}");
    told(&app, &chloe_alone, "Vous avez accepté").await;
    app.both_show(&["Je viens : 2", "Places : 2 sur 2 · En attente : 2"])
        .await;

    // Ana cancels: Dan's turn. He lets it pass, is told, and the seat goes on to Bob, in English and with buttons.
    let cancelled = ana
        .slash("viens", &[("atelier", "A1"), ("réponse", "no")])
        .await;
    assert!(cancelled.contains("vous ne venez pas"), "{cancelled}");
    told(&app, &dan_alone, "Une place pour vous : Semences").await;
    time_passes(&app).await;
    told(&app, &dan_alone, "Vous n’avez pas répondu à temps").await;
    told(&app, &dan_alone, "Cette offre a pris fin").await;
    let offer = told_on_discord(&app, &bob, "A seat for you: Semences").await;
    let accepted = bob.presses(&offer, "I accept").await;
    assert!(plain(&accepted.text()).contains("you are coming to A1"));
    let done = told_on_discord(&app, &bob, "You accepted").await;
    assert_eq!(done.button_labels(), [""; 0], "nothing is left to press");
    app.both_show(&["Je viens : 2", "Places : 2 sur 2"]).await;

    // Dan joins again, at the end, and leaves by himself. More seats are the organizer's to give.
    let waits = dan.types("!viens A1").await;
    assert!(waits.contains("vous avez le rang 1"), "{waits}");
    let left = dan.types("!viens A1 non").await;
    assert!(left.contains("vous ne venez pas"), "{left}");
    ana.slash("viens", &[("atelier", "A1")]).await;
    app.both_show(&["Places : 2 sur 2 · En attente : 1"]).await;
    app.discord_organizer
        .slash("atelier modifier", &[("atelier", "A1"), ("places", "3")])
        .await;
    let offer = told_on_discord(&app, &ana, "Une place pour vous").await;
    ana.presses(&offer, "Je refuse").await;
    told_on_discord(&app, &ana, "Vous avez refusé").await;
    app.both_show(&["Je viens : 2", "Places : 2 sur 3"]).await;

    // Nothing of it was said where others read; organizers heard of it once each time.
    app.each_room_has(0, "place pour vous").await;
    let heard = sim.messages(control);
    let full = heard
        .iter()
        .filter(|m| plain(&m.text()).contains("c’est complet"));
    assert_eq!((heard.len(), full.count()), (2, 1));
    app.finish().await;
}

#[tokio::test]
async fn answers_close_and_a_workshop_may_be_for_those_who_took_part_before() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    let ana = app.on_discord("ana", "fr").await;
    let when = in_a_month();
    let typed = format!("!atelier créer Semences | {when} | clôture={when} qui=déjà là");
    let announced = app.matrix_organizer.types(&typed).await;
    assert!(
        announced.contains("L’atelier A1 est annoncé"),
        "{announced}"
    );
    let chloe = app.on_matrix(synapse, "chloe").await;
    let (card, _) = app
        .both_show(&["Clôture des inscriptions", "qui ont déjà participé"])
        .await;
    let refused = chloe.types("!viens A1").await;
    assert!(refused.contains("avant son annonce"), "{refused}");
    let comes = ana.presses(&card, "Je viens").await;
    assert!(plain(&comes.text()).contains("vous venez à A1"));
    let refused = app
        .matrix_organizer
        .types("!atelier modifier A1 clôture=\"dans 90 jours 10 h\"")
        .await;
    assert!(refused.contains("au plus tard au début"), "{refused}");

    // Its hour comes: cards say so, and seats can only be given back.
    for update in [
        "UPDATE workshop SET rsvp_until = '2020-01-01T00:00:00+00:00' RETURNING number",
        "UPDATE deadline SET due_at = '2020-01-01T00:00:00+00:00'
         WHERE kind = 'workshop.rsvp_closes' RETURNING CAST(1 AS BIGINT)",
    ] {
        app.number(update).await;
    }
    let (card, _) = app
        .both_show(&["Les inscriptions sont closes", "viens A1 non"])
        .await;
    assert_eq!(card.button_labels(), ["Non"]);
    let refused = app
        .discord_organizer
        .slash("viens", &[("atelier", "A1")])
        .await;
    assert!(refused.contains("sont closes"), "{refused}");
    let gone = ana.presses(&card, "Non").await;
    assert!(plain(&gone.text()).contains("vous ne venez pas"));
    app.both_show(&["Je viens : 0", "Non : 1"]).await;
    app.finish().await;
}

#[tokio::test]
async fn who_takes_no_private_messages_finds_the_offer_by_asking() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    let (ana, bob) = (
        app.on_discord("ana", "fr").await,
        app.on_discord("bob", "fr").await,
    );
    app.delivered().await;
    let when = in_a_month();
    let options = [
        ("titre", "Semences"),
        ("quand", when.as_str()),
        ("places", "1"),
    ];
    app.discord_organizer.slash("atelier créer", &options).await;
    for who in [&ana, &bob] {
        who.slash("viens", &[("atelier", "A1")]).await;
    }
    sim.refuse_dms(bob.user, true);
    ana.slash("viens", &[("atelier", "A1"), ("réponse", "no")])
        .await;
    app.eventually("word that the message was refused", async || {
        let closed = "SELECT count(*) FROM account WHERE closed_at IS NOT NULL";
        (app.number(closed).await == 1).then_some(())
    })
    .await;
    // The rooms are told, without a name.
    let told = shown(&app, app.channel, "mes messages privés ne lui arrivent pas").await;
    assert!(!told.text().contains(&bob.user.to_string()));
    assert_eq!(told.button_labels(), ["Où j’en suis"]);
    let place = bob
        .starts_slash("atelier ma-place", &[("atelier", "A1")])
        .final_message(PATIENCE)
        .await;
    assert!(plain(&place.text()).contains("Une offre vous attend"));
    sim.refuse_dms(bob.user, false);
    let accepted = bob.presses(&place, "J’accepte").await;
    assert!(plain(&accepted.text()).contains("vous venez à A1"));
    app.both_show(&["Je viens : 1", "Places : 1 sur 1"]).await;
    let nothing = sim.messages(sim.private_channel(bob.user));
    assert!(nothing.is_empty(), "{nothing:?}");
    app.finish().await;
}
