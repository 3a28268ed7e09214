//! Partner organisations: kept by organizers, represented by people on either network, one voice each, counted apart.

use serde_json::json;

use super::export::{cercles, counted};
use super::linking::code_in;
use super::web::{free_address, look, page_of, send};
use crate::discord_sim::{DiscordSim, SimOptions};
use crate::support::app::people::{Alone, OnDiscord, plain};
use crate::support::app::{App, Setting, in_a_month};
use crate::support::{needs, synapse::Synapse};

/// Adds an organisation; its short name is its name in lower case.
async fn add(app: &App, name: &str, sector: &str) {
    let organizer = &app.discord_organizer;
    let options = [("nom", name), ("secteur", sector)];
    let added = organizer.slash("organisation ajouter", &options).await;
    assert!(added.contains("est inscrite. Son sigle"), "{added}");
}

/// A code to represent an organisation.
pub(super) async fn code(app: &App, organisation: &str) -> String {
    let options = [("organisation", organisation)];
    let organizer = &app.discord_organizer;
    code_in(&organizer.slash("mandat donner", &options).await)
}

pub(super) async fn takes(who: &OnDiscord, code: &str) {
    let taken = who.slash("mandat prendre", &[("code", code)]).await;
    assert!(taken.contains("C’est fait. Vous représentez"), "{taken}");
}

async fn takes_alone(who: &Alone, code: &str) {
    let taken = who.says(&format!("!mandat prendre {code}")).await;
    assert!(taken.contains("C’est fait. Vous représentez"), "{taken}");
}

#[tokio::test]
async fn two_who_represent_one_organisation_have_one_voice_beside_their_own_and_the_close_tells_both_tallies()
 {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    let organizer = &app.discord_organizer;
    let ana = app.on_discord("ana", "fr").await;
    let bob = app.on_discord("bob", "en-US").await;
    let chloe = app.on_matrix(synapse, "chloe").await;
    let dan = app.on_matrix(synapse, "dan").await;

    // The roll: from either network, in either language.
    let options = [
        ("nom", "Table de quartier // Neighbourhood table"),
        ("secteur", "communautaire"),
        ("sigle", "table-quartier"),
    ];
    let added = organizer.slash("organisation ajouter", &options).await;
    assert!(added.contains("/mandat donner table-quartier"), "{added}");
    let added = app
        .matrix_organizer
        .types("!organisation ajouter \"Conseil régional\" environnement cre")
        .await;
    assert!(added.contains("Son sigle : cre"), "{added}");
    let roll = ana.slash("cercle organisations", &[]).await;
    assert!(
        roll.contains("Table de quartier (table-quartier) · Organismes d’action communautaire"),
        "{roll}"
    );
    assert!(!roll.contains("/organisation ajouter"), "{roll}");
    let roll = bob.slash("cercle organisations", &[]).await;
    let english = "Neighbourhood table (table-quartier) · Community action organizations";
    assert!(roll.contains(english), "{roll}");

    // Two invitations, taken on two networks; each works once.
    let first = code(&app, "table-quartier").await;
    takes(&ana, &first).await;
    let again = bob.slash("mandat prendre", &[("code", &first)]).await;
    assert!(again.contains("This code is wrong"), "{again}");
    let second = code(&app, "Table de quartier").await;
    let alone = chloe.in_private().await;
    takes_alone(&alone, &second).await;
    let help = alone.says("!aide").await;
    assert!(
        help.contains("Vous représentez : Table de quartier."),
        "{help}"
    );

    let options = [
        ("question", "Par où?"),
        ("options", "Nord; Sud"),
        ("voix", "both"),
        ("niveau", "public"),
    ];
    organizer.slash("sondage créer", &options).await;
    let (card, _) = app
        .both_show(&[
            "Par où?",
            "Organisations, une voix chacune : 0 sur 2 a voté.",
            "Deux décomptes, jamais additionnés",
        ])
        .await;

    // Ana says in whose name, and votes in both.
    let asked = ana.presses(&card, "Voter").await;
    assert!(
        asked.text().contains("En quel nom votez-vous?"),
        "{}",
        asked.text()
    );
    let menu = ana.presses(&asked, "Au nom de Table de quartier").await;
    assert!(
        menu.text().contains("Vous votez au nom de"),
        "{}",
        menu.text()
    );
    let voted = ana.chooses(&menu, "b").await;
    assert!(
        voted.contains("Le vote de Table de quartier est enregistré"),
        "{voted}"
    );
    let menu = ana.presses(&asked, "En mon nom").await;
    let voted = ana.chooses(&menu, "a").await;
    assert!(voted.contains("Votre vote est enregistré"), "{voted}");
    app.both_show(&[
        "Par où?",
        "a. Nord : 1 voix (100 %)",
        "1 personne a voté.",
        "Organisations, une voix chacune : 1 sur 2 a voté.",
        "b. Sud : 1 voix (100 %)",
    ])
    .await;
    // Bob represents nobody: his button leads straight to his ballot.
    let menu = bob.presses(&card, "Voter").await;
    bob.chooses(&menu, "b").await;

    // Chloé's later act is the organisation's vote; Dan may not, and is told what to do.
    let voted = chloe.types("!vote S1 a pour table-quartier").await;
    assert!(
        voted.contains("Le vote de Table de quartier est enregistré"),
        "{voted}"
    );
    let refused = dan.types("!vote S1 b pour Table de quartier").await;
    for words in [
        "Vous ne représentez pas l’organisation « table-quartier »",
        "!mandat prendre",
        "Rien n’a été changé.",
    ] {
        assert!(refused.contains(words), "{words:?} is not in {refused}");
    }
    app.both_show(&[
        "2 personnes ont voté.",
        "a. Nord : 1 voix (50 %)",
        "Organisations, une voix chacune : 1 sur 2 a voté.",
        "a. Nord : 1 voix (100 %)",
        "b. Sud : 0 voix (0 %)",
    ])
    .await;
    // What the other said is shown to who represents it too.
    let menu = ana.presses(&asked, "Au nom de Table de quartier").await;
    let shown = plain(&menu.text());
    assert!(
        shown.contains("Le bulletin de Table de quartier : « Nord »"),
        "{shown}"
    );

    // A mandate ends; the vote stays the organisation's.
    let options = [("organisation", "table-quartier")];
    let held = organizer.slash("mandat voir", &options).await;
    for who in [ana.user.to_string(), chloe.user.user_id.clone()] {
        assert!(held.contains(&who), "{who} is not in {held}");
    }
    let roles = organizer.slash("cercle rôles", &[]).await;
    let line = format!("{} (matrix) : Table de quartier", chloe.user.user_id);
    assert!(roles.contains(&line), "{roles}");
    let mention = format!("<@{}>", ana.user);
    let options = [
        ("organisation", "table-quartier"),
        ("compte", mention.as_str()),
    ];
    let refused = dan
        .types("!mandat retirer table-quartier compte=@x:y")
        .await;
    assert!(refused.contains("réservée à la coordination"), "{refused}");
    let ended = organizer.slash("mandat retirer", &options).await;
    assert!(
        ended.contains("ne représente plus Table de quartier"),
        "{ended}"
    );
    let options = [
        ("sondage", "S1"),
        ("choix", "b"),
        ("pour", "table-quartier"),
    ];
    let refused = ana.slash("vote", &options).await;
    assert!(refused.contains("Vous ne représentez pas"), "{refused}");
    let menu = ana.presses(&card, "Voter").await;
    assert!(!menu.text().contains("En quel nom"), "{}", menu.text());

    // Who acted is told to organizers; to others, the organisation.
    let journal = organizer.slash("journal", &[]).await;
    for line in [
        "table-quartier, organisation inscrite".to_owned(),
        "table-quartier, code donné pour un mandat".to_owned(),
        format!("table-quartier, mandat pris, par {} (discord)", ana.user),
        format!(
            "S1, vote au nom de table-quartier, par {} (discord)",
            ana.user
        ),
        format!(
            "S1, vote au nom de table-quartier, par {} (matrix)",
            chloe.user.user_id
        ),
        "table-quartier, mandat retiré".to_owned(),
    ] {
        assert!(journal.contains(&line), "{line:?} is not in {journal}");
    }
    organizer.slash("sondage clore", &[("sondage", "S1")]).await;
    app.both_show(&[
        "Résultat : Par où?",
        "Personnes : Égalité en tête, avec 1 voix chacune : Nord et Sud.",
        "Organisations : « Nord » arrive en tête avec 1 voix sur 1.",
    ])
    .await;
    let detail = plain(&dan.types("!sondage résultat S1").await);
    assert!(detail.contains("Nord : Table de quartier"), "{detail}");
    assert!(!detail.contains(&chloe.user.user_id), "{detail}");
    let digest = organizer.slash("bilan aperçu", &[]).await;
    assert!(digest.contains("Organisations : « Nord »"), "{digest}");
    app.finish().await;
}

#[tokio::test]
async fn a_poll_of_organisations_alone_hears_those_that_were_there_when_it_opened() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    let organizer = &app.discord_organizer;
    let ana = app.on_discord("ana", "fr").await;
    let chloe = app.on_matrix(synapse, "chloe").await;
    let dan = app.on_matrix(synapse, "dan").await;
    let poll = [
        ("question", "Quel ordre?"),
        ("options", "Nord; Sud; Est"),
        ("genre", "rank"),
        ("voix", "organisations"),
        ("quorum", "50"),
    ];
    let refused = organizer.slash("sondage créer", &poll).await;
    assert!(
        refused.contains("Aucune organisation n’est inscrite"),
        "{refused}"
    );
    for (name, sector) in [
        ("CRE", "environnement"),
        ("Coop", "economie-sociale"),
        ("FTQ", "syndical"),
    ] {
        add(&app, name, sector).await;
    }
    let mut confidential = poll.to_vec();
    confidential.push(("niveau", "confidential"));
    let refused = organizer.slash("sondage créer", &confidential).await;
    assert!(
        refused.contains("Un vote confidentiel n’a pas de décompte"),
        "{refused}"
    );
    for (name, words) in [
        ("CRE", "a déjà le sigle « cre »"),
        ("S7", "ne donne pas de sigle"),
    ] {
        let options = [("nom", name), ("secteur", "autre")];
        let refused = organizer.slash("organisation ajouter", &options).await;
        assert!(refused.contains(words), "{refused}");
    }
    let opened = organizer.slash("sondage créer", &poll).await;
    assert!(opened.contains("S1"), "{opened}");
    let (card, _) = app
        .both_show(&[
            "Seules les organisations partenaires votent",
            "0 sur 3 a voté.",
            "Quorum : 0 sur 2 (50 % de 3).",
        ])
        .await;

    // No person's ballot, and none of an organisation that came in later.
    for typed in ["!vote S1 a > b", "!vote S1"] {
        let refused = dan.types(typed).await;
        assert!(
            refused.contains("est pour les organisations partenaires"),
            "{typed}: {refused}"
        );
    }
    add(&app, "Tardive", "autre").await;
    let alone = chloe.in_private().await;
    for organisation in ["coop", "tardive"] {
        takes_alone(&alone, &code(&app, organisation).await).await;
    }
    takes(&ana, &code(&app, "cre").await).await;
    let refused = alone.says("!vote S1 a > b pour tardive").await;
    assert!(
        refused.contains("a été inscrite après l’ouverture"),
        "{refused}"
    );
    let refused = organizer
        .slash(
            "sondage salle",
            &[("sondage", "S1"), ("voix", "a 1"), ("témoin", "T")],
        )
        .await;
    assert!(
        refused.contains("est pour les organisations partenaires"),
        "{refused}"
    );

    // Of the two that Chloé represents one has a voice here: she need not say which.
    let voted = alone.says("!vote S1 b > c = a").await;
    assert!(voted.contains("Le vote de Coop est enregistré"), "{voted}");
    let form = ana
        .starts_press(&card, "Voter")
        .final_message(crate::support::app::PATIENCE)
        .await;
    assert!(
        form.text().contains("Vous votez au nom de CRE"),
        "{}",
        form.text()
    );
    let options = [("sondage", "S1"), ("choix", "b > a"), ("pour", "cre")];
    ana.slash("vote", &options).await;
    app.both_show(&["2 sur 3 ont voté.", "Quorum : 2 sur 2"])
        .await;

    // One that is retired was there: its vote stays, and nobody may change it.
    organizer
        .slash("organisation retirer", &[("organisation", "cre")])
        .await;
    let refused = ana.slash("vote", &options).await;
    assert!(
        refused.contains("Je ne connais pas d’organisation « cre »"),
        "{refused}"
    );
    let roll = dan.types("!cercle organisations").await;
    assert!(
        !roll.contains("CRE") && roll.contains("Tardive (tardive)"),
        "{roll}"
    );
    organizer.slash("sondage clore", &[("sondage", "S1")]).await;
    app.both_show(&[
        "Résultat : Quel ordre?",
        "« Sud » l’emporte",
        "2 sur 3 ont voté.",
    ])
    .await;

    // It comes back as it is described now; the ballots count again to what was published.
    let options = [("nom", "CRE // REC"), ("secteur", "public")];
    let back = organizer.slash("organisation ajouter", &options).await;
    assert!(back.contains("Son sigle : cre"), "{back}");
    let options = [
        ("question", "Et après?"),
        ("options", "Nord; Sud"),
        ("voix", "both"),
    ];
    organizer.slash("sondage créer", &options).await;
    dan.types("!vote S2 a").await;
    alone.says("!vote S2 b pour coop").await;
    alone.says("!vote S2 b pour tardive").await;
    organizer.slash("sondage clore", &[("sondage", "S2")]).await;
    app.both_show(&["Résultat : Et après?", "2 sur 4 ont voté."])
        .await;
    let folder = tempfile::tempdir().unwrap();
    let config = app.configuration().to_str().unwrap().to_owned();
    for (id, flags, result) in [
        (
            "S1",
            vec![],
            ("/results/schulze_wv/tiers", json!([[1], [0], [2]])),
        ),
        (
            "S2",
            vec![],
            ("/results/approval_counts/counts", json!([1, 0])),
        ),
        (
            "S2",
            vec!["--organisations"],
            ("/results/approval_counts/counts", json!([0, 2])),
        ),
    ] {
        let arguments = [vec!["--config", &config, "export", "poll", id], flags].concat();
        let exported = cercles(&arguments).await;
        assert!(exported.status.success(), "{exported:?}");
        let file = folder.path().join(format!("{id}.json"));
        std::fs::write(&file, &exported.stdout).unwrap();
        let found = counted(&file).await;
        assert_eq!(found.pointer(result.0), Some(&result.1), "{arguments:?}");
    }
    // As a table, one beside the other.
    app.matrix_organizer.types("!sondage tableau S2").await;
    let user = &app.matrix_organizer.user;
    let found = app.matrix_file(user, &app.room, "S2.csv").await;
    let table = "letter,option,votes,room,organisations_votes\na,Nord,1,,0\nb,Sud,0,,2";
    assert!(found.replace('\r', "").contains(table), "{found}");
    // One that never opened has no tally to tell of.
    let when = in_a_month();
    let options = [
        ("question", "Jamais?"),
        ("options", "Nord"),
        ("propositions", when.as_str()),
        ("voix", "both"),
    ];
    organizer.slash("sondage créer", &options).await;
    organizer.slash("sondage clore", &[("sondage", "S3")]).await;
    let (closed, _) = app
        .both_show(&["Sondage annulé : Jamais?", "Le vote n’a pas eu lieu"])
        .await;
    assert!(
        !closed.text().contains("Organisations"),
        "{}",
        closed.text()
    );
    alone.says("!sondage bulletins S2").await;
    let name = "S2-bulletins.csv";
    let found = app.matrix_file(&chloe.user, &alone.room, name).await;
    let lines = "tally,receipt,times,ballot\npersons,,1,«\u{a0}Nord\u{a0}»\norganisations,,2,«\u{a0}Sud\u{a0}»";
    assert!(found.replace('\r', "").contains(lines), "{found}");
    app.finish().await;
}

#[tokio::test]
async fn a_mandate_is_its_persons_on_both_networks_and_organizers_see_one_account() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    let organizer = &app.discord_organizer;
    let ana = app.on_discord("ana", "fr").await;
    let ana_too = app.on_matrix(synapse, "ana").await;
    let eve = app.stranger_on_discord("eve", "fr");
    add(&app, "CRE", "environnement").await;

    // A code in a room is good no more, and the answer does not tell it from nonsense; wrong ones are counted.
    let burnt = code(&app, "cre").await;
    let (shown, nonsense) = (
        ana_too.types(&format!("!mandat prendre {burnt}")).await,
        ana_too.types("!mandat prendre AAAAA-AAAAA").await,
    );
    assert_eq!(shown, nonsense);
    let late = ana.slash("mandat prendre", &[("code", &burnt)]).await;
    assert!(late.contains("Ce code n’est pas bon"), "{late}");
    let good = code(&app, "cre").await;
    for _ in 0..5 {
        let wrong = eve
            .slash("mandat prendre", &[("code", "AAAAA-AAAAA")])
            .await;
        assert!(wrong.contains("Ce code n’est pas bon"), "{wrong}");
    }
    let refused = eve.slash("mandat prendre", &[("code", &good)]).await;
    assert!(refused.contains("Trop de codes"), "{refused}");
    let refused = app.matrix_organizer.types("!mandat donner cre").await;
    assert!(
        refused.contains("la réponse nommerait des comptes"),
        "{refused}"
    );
    takes(&ana, &good).await;
    let again = code(&app, "cre").await;
    let refused = ana.slash("mandat prendre", &[("code", &again)]).await;
    assert!(refused.contains("Vous représentez déjà"), "{refused}");

    // Linked, the other account may speak too; organizers are shown the one that took the mandate.
    let alone = ana_too.in_private().await;
    let given = code_in(&ana.slash("lier", &[]).await);
    alone.says(&format!("!lier {given}")).await;
    let own = alone.says("!mandat").await;
    assert!(own.contains("CRE (cre)"), "{own}");
    let options = [
        ("question", "Où?"),
        ("options", "Nord; Sud"),
        ("voix", "both"),
    ];
    organizer.slash("sondage créer", &options).await;
    let voted = alone.says("!vote S1 b pour cre").await;
    assert!(voted.contains("Le vote de CRE est enregistré"), "{voted}");
    app.both_show(&["Où?", "1 sur 1 a voté.", "b. Sud : 1 voix"])
        .await;
    let journal = organizer.slash("journal", &[]).await;
    let line = format!("S1, vote au nom de cre, par {} (discord)", ana.user);
    assert!(journal.contains(&line), "{journal}");
    let held = organizer
        .slash("mandat voir", &[("organisation", "cre")])
        .await;
    for told in [&journal, &held] {
        assert!(!told.contains(&ana_too.user.user_id), "{told}");
    }
    let data = alone.says("!mes-données voir").await;
    assert!(data.contains("CRE (cre), par le compte"), "{data}");

    // The account that took it leaves: so does the mandate, not the vote.
    ana.slash("délier", &[]).await;
    let own = alone.says("!mandat").await;
    assert!(
        own.contains("Vous ne représentez aucune organisation"),
        "{own}"
    );
    let refused = alone.says("!vote S1 a pour cre").await;
    assert!(refused.contains("Vous ne représentez pas"), "{refused}");
    app.both_show(&["Où?", "1 sur 1 a voté.", "b. Sud : 1 voix"])
        .await;
    // One may also leave by oneself.
    takes_alone(&alone, &again).await;
    let left = alone.says("!mandat retirer cre").await;
    assert!(left.contains("Vous ne représentez plus CRE"), "{left}");
    let refused = alone.says("!mandat retirer cre").await;
    assert!(refused.contains("Vous ne représentez pas"), "{refused}");
    app.finish().await;
}

#[tokio::test]
async fn the_page_asks_in_whose_name_and_fills_in_the_ballot_of_each() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let setting = Setting {
        web: Some(free_address()),
        ..Setting::default()
    };
    let app = App::start(&sim, synapse, setting).await;
    let ana = app.on_discord("ana", "fr").await;
    let bob = app.on_discord("bob", "fr").await;
    add(&app, "CRE", "environnement").await;
    takes(&ana, &code(&app, "cre").await).await;
    let options = [
        ("question", "On y va?"),
        ("genre", "consent"),
        ("voix", "both"),
        ("résultats", "after-vote"),
    ];
    app.discord_organizer.slash("sondage créer", &options).await;
    let (card, _) = app.both_show(&["On y va?", "0 sur 1 a voté."]).await;
    let asked = ana.presses(&card, "Voter").await;
    let own = page_of(&ana.presses(&asked, "En mon nom").await);
    let theirs = page_of(&ana.presses(&asked, "Au nom de CRE").await);
    assert_eq!(theirs, format!("{own}?pour=cre"));

    let browser = reqwest::Client::new();
    let shown = plain(&look(&browser, &own).await);
    for words in [
        r#"<strong aria-current="true">En mon nom</strong>"#,
        r#"<a href="?pour=cre&#38;lang=fr-CA">Au nom de CRE</a>"#,
    ] {
        assert!(shown.contains(words), "{words:?} is not in {shown}");
    }
    let receipt = send(&browser, &own, &[("choice", "consent")]).await;
    let receipt = plain(&receipt.text().await.unwrap());
    assert!(
        receipt.contains("Votre vote est enregistré pour S1"),
        "{receipt}"
    );
    let reason = [("choice", "objection"), ("reason", "Pas sans budget")];
    let receipt = send(&browser, &theirs, &reason).await;
    assert_eq!(receipt.status(), 200);
    let address = receipt.url().to_string();
    assert!(address.contains("recu&pour=cre"), "{address}");
    let receipt = plain(&receipt.text().await.unwrap());
    for words in [
        "Le vote de CRE est enregistré pour S1",
        "Je consens : 1 voix",
        "Objection : 1 voix",
        "Pas sans budget",
    ] {
        assert!(receipt.contains(words), "{words:?} is not in {receipt}");
    }
    let shown = plain(&look(&browser, &theirs).await);
    assert!(shown.contains("CRE a déjà voté"), "{shown}");
    assert!(shown.contains(r#"value="objection" checked"#), "{shown}");
    let shown = plain(&look(&browser, &own).await);
    assert!(shown.contains(r#"value="consent" checked"#), "{shown}");
    app.both_show(&["1 personne a voté.", "1 sur 1 a voté."])
        .await;

    // Another's link speaks for no organisation, whatever stands behind it.
    let other = page_of(&bob.presses(&card, "Voter").await);
    let shown = plain(&look(&browser, &other).await);
    assert!(!shown.contains("Au nom de"), "{shown}");
    let refused = send(
        &browser,
        &format!("{other}?pour=cre"),
        &[("choice", "consent")],
    )
    .await;
    assert_eq!(refused.status(), 403);
    let refused = plain(&refused.text().await.unwrap());
    assert!(refused.contains("Vous ne représentez pas"), "{refused}");
    app.discord_organizer
        .slash("sondage clore", &[("sondage", "S1")])
        .await;
    app.both_show(&[
        "Résultat : On y va?",
        "Personnes : Le consentement est donné.",
        "Organisations : Il y a une objection",
    ])
    .await;
    let detail = ana.slash("sondage résultat", &[("sondage", "S1")]).await;
    assert!(detail.contains("Pas sans budget"), "{detail}");
    app.finish().await;
}
