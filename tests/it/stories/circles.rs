//! Circles: rooms and organisations that organizers put together; some workshops and polls are for one only.

use super::organisations::{code, takes};
use super::web::{free_address, page_of, send};
use crate::discord_sim::{DiscordSim, SimOptions};
use crate::support::app::people::plain;
use crate::support::app::{App, Setting, in_a_month};
use crate::support::{needs, synapse::Synapse};

#[tokio::test]
async fn what_is_for_a_circle_is_answered_from_its_rooms_and_from_those_of_its_inner_circles() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let setting = Setting {
        web: Some(free_address()),
        ..Setting::default()
    };
    let app = App::start(&sim, synapse, setting).await;
    let organizer = &app.discord_organizer;
    let ana = app.on_discord("ana", "fr").await;
    let bob = app.on_discord("bob", "en-US").await;
    let chloe = app.on_matrix(synapse, "chloe").await;
    let alone = chloe.in_private().await;

    // Kept from either network, in either language.
    let options = [("nom", "Quartier // Neighbourhood")];
    let added = organizer.slash("cercle ajouter", &options).await;
    assert!(added.contains("Son sigle : quartier"), "{added}");
    let added = app
        .matrix_organizer
        .types("!circle add \"Jeunes du Nord\" inside=quartier short-name=jeunes")
        .await;
    assert!(added.contains("« Jeunes du Nord » est créé"), "{added}");
    let looped = organizer
        .slash(
            "cercle modifier",
            &[("cercle", "quartier"), ("dans", "jeunes")],
        )
        .await;
    assert!(
        looped.contains("ne peut pas être dans lui-même"),
        "{looped}"
    );
    let options = [("nom", "Table"), ("secteur", "communautaire")];
    organizer.slash("organisation ajouter", &options).await;
    let options = [("cercle", "quartier"), ("organisations", "table")];
    let filled = organizer.slash("cercle placer", &options).await;
    assert!(filled.contains("aucun salon et 1 organisation"), "{filled}");
    let options = [("cercle", "jeunes"), ("salons", "ici")];
    let filled = organizer.slash("cercle placer", &options).await;
    assert!(
        filled.contains("1 salon et aucune organisation"),
        "{filled}"
    );
    let shown = bob.slash("cercle voir", &[]).await;
    for words in [
        "Neighbourhood (quartier) · Table",
        "— Jeunes du Nord (jeunes), 1 room",
    ] {
        assert!(shown.contains(words), "{words:?} is not in {shown}");
    }
    assert!(!shown.contains(&app.channel.to_string()), "{shown}");
    let shown = organizer
        .slash("cercle voir", &[("cercle", "jeunes")])
        .await;
    assert!(shown.contains(&app.channel.to_string()), "{shown}");
    assert!(!shown.contains("Quartier"), "{shown}");

    // A circle that is not there is said at once; so is a rule that would need to know who is in one.
    let when = in_a_month();
    let options = [("titre", "Semences"), ("quand", when.as_str())];
    let unknown = [&options[..], &[("qui", "cercle:aînés")]].concat();
    let refused = organizer.slash("atelier créer", &unknown).await;
    assert!(refused.contains("pas de cercle « aînés »"), "{refused}");
    let options_of_poll = [
        ("question", "Où?"),
        ("options", "Nord; Sud"),
        ("qui", "cercle:quartier"),
    ];
    let quorum = [&options_of_poll[..], &[("quorum", "40")]].concat();
    let refused = organizer.slash("sondage créer", &quorum).await;
    assert!(refused.contains("dites combien peuvent voter"), "{refused}");

    let for_quartier = [&options[..], &[("qui", "cercle:quartier")]].concat();
    organizer.slash("atelier créer", &for_quartier).await;
    organizer.slash("sondage créer", &options_of_poll).await;
    app.both_show(&["Semences", "Pour le cercle « Quartier »"])
        .await;
    let (card, _) = app
        .both_show(&[
            "Où?",
            "Pour le cercle « Quartier » : votez depuis un de ses salons.",
        ])
        .await;

    // The channel is in the inner circle: what is for the outer one is for it too. The room on Matrix is in none.
    let comes = ana.slash("viens", &[("atelier", "A1")]).await;
    assert!(comes.contains("A1"), "{comes}");
    let menu = ana.presses(&card, "Voter").await;
    let page = page_of(&menu);
    for (who, refused) in [
        ("in the room", chloe.types("!viens A1").await),
        ("in the room", chloe.types("!vote S1 a").await),
        ("alone", alone.says("!vote S1 a").await),
        ("alone", alone.says("!vote S1").await),
    ] {
        let told = "est réservé au cercle « quartier »";
        assert!(refused.contains(told), "{who}: {refused}");
        assert!(refused.contains("Rien n’a été changé."), "{who}: {refused}");
    }
    assert_eq!(app.number("SELECT count(*) FROM ballot").await, 0);
    // A link is only given to those who may: it is good wherever it is opened.
    let browser = reqwest::Client::new();
    let answer = send(&browser, &page, &[("choice", "b")]).await;
    assert!(answer.status().is_success(), "{}", answer.status());
    app.both_show(&["Où?", "b. Sud : 1 voix (100 %)"]).await;

    // The room comes in: whoever is in it may, in the room and in private.
    let filled = app
        .matrix_organizer
        .types("!cercle placer quartier salons=ici")
        .await;
    assert!(
        filled.contains("1 salon et aucune organisation"),
        "{filled}"
    );
    let voted = alone.says("!vote S1 a").await;
    assert!(voted.contains("Votre vote est enregistré"), "{voted}");
    let comes = chloe.types("!viens A1").await;
    assert!(!comes.contains("réservé"), "{comes}");
    app.both_show(&["Où?", "a. Nord : 1 voix (50 %)"]).await;

    // Nothing is open to anybody once the circle is gone; what was answered stays, and may be changed.
    let retired = organizer
        .slash("cercle retirer", &[("cercle", "quartier")])
        .await;
    assert!(retired.contains("ne sert plus"), "{retired}");
    let options = [("sondage", "S1"), ("choix", "a")];
    let refused = bob.slash("vote", &options).await;
    assert!(refused.contains("for the circle \"quartier\""), "{refused}");
    let changed = alone.says("!vote S1 b").await;
    assert!(changed.contains("Votre vote est enregistré"), "{changed}");
    app.both_show(&["Où?", "b. Sud : 2 voix (100 %)"]).await;
    let journal = plain(&organizer.slash("journal", &[]).await);
    for act in [
        "quartier, cercle créé",
        "jeunes, cercle rempli",
        "quartier, cercle retiré",
    ] {
        assert!(journal.contains(act), "{act:?} is not in {journal}");
    }
    app.finish().await;
}

#[tokio::test]
async fn only_organisations_of_the_circle_have_a_voice_in_what_is_for_it() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    let organizer = &app.discord_organizer;
    let ana = app.on_discord("ana", "fr").await;
    organizer
        .slash("cercle ajouter", &[("nom", "Jeunes")])
        .await;
    for name in ["Table", "CRE"] {
        let options = [("nom", name), ("secteur", "communautaire")];
        organizer.slash("organisation ajouter", &options).await;
        takes(&ana, &code(&app, name).await).await;
    }
    let options = [
        ("question", "Où?"),
        ("options", "Nord; Sud"),
        ("voix", "organisations"),
        ("qui", "jeunes"),
    ];
    let refused = organizer.slash("sondage créer", &options).await;
    assert!(refused.contains("Rien n’a été changé."), "{refused}");
    let fill = [("cercle", "jeunes"), ("organisations", "cre")];
    organizer.slash("cercle placer", &fill).await;
    organizer.slash("sondage créer", &options).await;
    app.both_show(&["Où?", "0 sur 1"]).await;
    let vote = |voice| [("sondage", "S1"), ("choix", "a"), ("pour", voice)];
    let refused = ana.slash("vote", &vote("table")).await;
    assert!(
        refused.contains("réservé au cercle « jeunes »"),
        "{refused}"
    );
    let voted = ana.slash("vote", &vote("cre")).await;
    assert!(voted.contains("Le vote de CRE est enregistré"), "{voted}");
    app.both_show(&["Où?", "1 sur 1"]).await;
    app.finish().await;
}
