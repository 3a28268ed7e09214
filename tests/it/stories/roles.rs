//! Who may do what: every command for every role on both networks, where roles come from, and the journal.

use std::collections::BTreeSet;

use cercles::command::spec::COMMANDS;

use crate::discord_sim::{DiscordSim, SimOptions, perms};
use crate::support::app::people::{OnDiscord, OnMatrix, plain};
use crate::support::app::{App, PATIENCE, Setting, in_a_month};
use crate::support::{needs, synapse::Synapse};

/// The roles, from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Citizen,
    Organizer,
    Editor,
    Steward,
}
use Role::{Citizen, Editor, Organizer, Steward};

/// A command by its id, as a slash command with its options, as it is typed, and who may use it.
struct Row {
    id: &'static str,
    slash: &'static str,
    options: Vec<(&'static str, String)>,
    typed: String,
    least: Role,
}

fn row(
    id: &'static str,
    slash: &'static str,
    options: &[(&'static str, &str)],
    typed: &str,
    least: Role,
) -> Row {
    let owned = |(name, value): &(&'static str, &str)| (*name, (*value).to_owned());
    Row {
        id,
        slash,
        options: options.iter().map(owned).collect(),
        typed: typed.to_owned(),
        least,
    }
}

fn table() -> Vec<Row> {
    let when = in_a_month();
    let create = format!("!atelier créer \"X\" {when}");
    vec![
        row("rsvp", "viens", &[("atelier", "A1")], "!viens A1", Citizen),
        row(
            "vote",
            "vote",
            &[("sondage", "S1"), ("choix", "a")],
            "!vote S1 a",
            Citizen,
        ),
        row(
            "commitment.take",
            "engagement prendre",
            &[("phrase", "Je marche")],
            "!engagement \"Je marche\"",
            Citizen,
        ),
        row(
            "commitment.confirm",
            "engagement confirmer",
            &[],
            "!engagement confirmer",
            Citizen,
        ),
        row(
            "commitment.hand-over",
            "engagement transmettre",
            &[("engagement", "E9")],
            "!engagement transmettre E9",
            Citizen,
        ),
        row(
            "commitment.take-over",
            "engagement reprendre",
            &[("code", "AAAAA-BBBBB")],
            "!engagement reprendre AAAAA-BBBBB",
            Citizen,
        ),
        row(
            "commitment.pledges",
            "engagement appels",
            &[],
            "!engagement appels",
            Citizen,
        ),
        row(
            "commitment.join",
            "engagement rejoindre",
            &[("engagement", "E9")],
            "!engagement rejoindre E9",
            Citizen,
        ),
        row(
            "commitment.join-if",
            "engagement rejoindre-si",
            &[("engagement", "E9"), ("si", "3")],
            "!engagement rejoindre-si E9 3",
            Citizen,
        ),
        row(
            "commitment.extend",
            "engagement prolonger",
            &[("engagement", "E9"), ("avant", "2040-01-01")],
            "!engagement prolonger E9 2040-01-01",
            Citizen,
        ),
        row(
            "commitment.hide",
            "engagement masquer",
            &[("engagement", "E9")],
            "!engagement masquer E9",
            Organizer,
        ),
        row(
            "commitment.edit",
            "engagement modifier",
            &[("engagement", "E9")],
            "!engagement modifier E9",
            Citizen,
        ),
        row(
            "commitment.postpone",
            "engagement reporter",
            &[("engagement", "E9"), ("avant", "2040-01-01")],
            "!engagement reporter E9 2040-01-01",
            Citizen,
        ),
        row(
            "commitment.withdraw",
            "engagement retirer",
            &[("engagement", "E9")],
            "!engagement retirer E9",
            Citizen,
        ),
        row(
            "commitment.list",
            "engagement liste",
            &[],
            "!engagement liste",
            Citizen,
        ),
        row(
            "checkin",
            "point",
            &[("engagement", "E1"), ("état", "done")],
            "!point E1 fait",
            Citizen,
        ),
        row(
            "commitment.help",
            "engagement aider",
            &[("engagement", "E9"), ("réponse", "Venez")],
            "!engagement aider E9 \"Venez\"",
            Organizer,
        ),
        row(
            "commitment.overview",
            "engagement suivi",
            &[],
            "!engagement suivi",
            Organizer,
        ),
        row(
            "workshop.agenda",
            "atelier agenda",
            &[],
            "!atelier agenda",
            Citizen,
        ),
        row(
            "workshop.show",
            "atelier voir",
            &[],
            "!atelier voir",
            Citizen,
        ),
        row(
            "workshop.place",
            "atelier ma-place",
            &[("atelier", "A1")],
            "!atelier ma-place A1",
            Citizen,
        ),
        row("poll.show", "sondage voir", &[], "!sondage voir", Citizen),
        row(
            "language",
            "langue",
            &[("langue", "french")],
            "!langue français",
            Citizen,
        ),
        row("reminders", "rappels", &[], "!rappels", Citizen),
        row("link", "lier", &[], "!lier", Citizen),
        row("unlink", "délier", &[], "!délier", Citizen),
        row(
            "data.show",
            "mes-données voir",
            &[],
            "!mes-données voir",
            Citizen,
        ),
        row(
            "data.export",
            "mes-données exporter",
            &[],
            "!mes-données exporter",
            Citizen,
        ),
        row(
            "data.erase",
            "mes-données effacer",
            &[],
            "!mes-données effacer",
            Citizen,
        ),
        row(
            "privacy",
            "confidentialité",
            &[],
            "!confidentialité",
            Citizen,
        ),
        // Before the next, which gives it back.
        row(
            "data.withdraw",
            "mes-données retirer",
            &[],
            "!mes-données retirer",
            Citizen,
        ),
        row("consent", "accepte", &[], "!accepte", Citizen),
        row("help", "aide", &[], "!aide", Citizen),
        row(
            "workshop.create",
            "atelier créer",
            &[("titre", "X"), ("quand", &when)],
            &create,
            Organizer,
        ),
        row(
            "workshop.edit",
            "atelier modifier",
            &[("atelier", "A1"), ("lieu", "Ici")],
            "!atelier modifier A1 lieu=Ici",
            Organizer,
        ),
        row(
            "workshop.pin",
            "atelier épingler",
            &[("épinglée", "no")],
            "!atelier épingler non",
            Organizer,
        ),
        row(
            "workshop.cancel",
            "atelier annuler",
            &[("atelier", "A9")],
            "!atelier annuler A9",
            Organizer,
        ),
        row(
            "workshop.preview",
            "atelier aperçu",
            &[("atelier", "A9")],
            "!atelier aperçu A9",
            Organizer,
        ),
        row(
            "workshop.publish",
            "atelier publier",
            &[("atelier", "A9")],
            "!atelier publier A9",
            Organizer,
        ),
        row(
            "workshop.discard",
            "atelier jeter",
            &[("atelier", "A9")],
            "!atelier jeter A9",
            Organizer,
        ),
        row(
            "workshop.copy",
            "atelier copier",
            &[("atelier", "A1"), ("quand", when.as_str())],
            &format!("!atelier copier A1 {when}"),
            Organizer,
        ),
        row(
            "workshop.repeat",
            "atelier répéter",
            &[("atelier", "A9"), ("chaque", "week")],
            "!atelier répéter A9 semaine",
            Organizer,
        ),
        row(
            "workshop.series",
            "atelier série",
            &[("atelier", "A9")],
            "!atelier série A9",
            Organizer,
        ),
        row(
            "workshop.skip",
            "atelier sauter",
            &[("atelier", "A9"), ("le", "2031-12-22")],
            "!atelier sauter A9 2031-12-22",
            Organizer,
        ),
        row(
            "poll.workshop",
            "sondage atelier",
            &[("sondage", "S9")],
            "!sondage atelier S9",
            Organizer,
        ),
        row(
            "workshop.attendees",
            "atelier inscriptions",
            &[("atelier", "A1")],
            "!atelier inscriptions A1",
            Organizer,
        ),
        row(
            "workshop.attendance",
            "atelier présences",
            &[("atelier", "A1")],
            "!atelier présences A1",
            Organizer,
        ),
        row(
            "workshop.report",
            "atelier compte-rendu",
            &[("atelier", "A1"), ("texte", "X")],
            "!atelier compte-rendu A1 X",
            Organizer,
        ),
        row(
            "attend",
            "présence",
            &[("code", "K7QX2")],
            "!présence K7QX2",
            Citizen,
        ),
        row(
            "feedback",
            "avis",
            &[("atelier", "A1"), ("utile", "yes")],
            "!avis A1 oui",
            Citizen,
        ),
        row(
            "circle.widening",
            "cercle élargissement",
            &[],
            "!cercle élargissement",
            Citizen,
        ),
        row(
            "poll.create",
            "sondage créer",
            &[("question", "Q?"), ("options", "a; b")],
            "!sondage créer\nQ?\n- a\n- b",
            Organizer,
        ),
        row(
            "poll.ballots",
            "sondage bulletins",
            &[("sondage", "S9")],
            "!sondage bulletins S9",
            Citizen,
        ),
        row(
            "poll.result",
            "sondage résultat",
            &[("sondage", "S1")],
            "!sondage résultat S1",
            Citizen,
        ),
        row(
            "poll.table",
            "sondage tableau",
            &[("sondage", "S1")],
            "!sondage tableau S1",
            Organizer,
        ),
        row(
            "poll.extend",
            "sondage prolonger",
            &[("sondage", "S1"), ("ferme", &when)],
            &format!("!sondage prolonger S1 {when}"),
            Organizer,
        ),
        row(
            "poll.room",
            "sondage salle",
            &[("sondage", "S1"), ("voix", "a 1"), ("témoin", "T")],
            "!sondage salle S1 voix=\"a 1\" témoin=T",
            Organizer,
        ),
        row(
            "poll.conclude",
            "sondage conclure",
            &[("sondage", "S1"), ("suite", "On y va.")],
            "!sondage conclure S1 \"On y va.\"",
            Organizer,
        ),
        row(
            "propose",
            "proposer",
            &[("sondage", "S1"), ("option", "Est")],
            "!proposer S1 Est",
            Citizen,
        ),
        row(
            "proposal",
            "proposition",
            &[("proposition", "9"), ("décision", "accept")],
            "!proposition 9 accepter",
            Organizer,
        ),
        row(
            "poll.proposals",
            "sondage propositions",
            &[("sondage", "S1")],
            "!sondage propositions S1",
            Organizer,
        ),
        row(
            "poll.option",
            "sondage option",
            &[("sondage", "S1"), ("options", "Est")],
            "!sondage option S1 Est",
            Organizer,
        ),
        row(
            "poll.close",
            "sondage clore",
            &[("sondage", "S9")],
            "!sondage clore S9",
            Organizer,
        ),
        row(
            "pulse.take",
            "pouls prendre",
            &[("question", "Ça va?"), ("options", "Oui; Non")],
            "!pouls \"Ça va?\" - Oui - Non",
            Organizer,
        ),
        row(
            "pulse.close",
            "pouls clore",
            &[("pouls", "Q1")],
            "!pouls clore Q1",
            Organizer,
        ),
        row(
            "circle.organisations",
            "cercle organisations",
            &[],
            "!cercle organisations",
            Citizen,
        ),
        row("plan.show", "plan voir", &[], "!plan", Citizen),
        row("plan.open", "plan à-porter", &[], "!plan à-porter", Citizen),
        row(
            "milestone.add",
            "jalon ajouter",
            &[("énoncé", "Des rues sûres")],
            "!jalon ajouter \"Des rues sûres\"",
            Organizer,
        ),
        row(
            "milestone.edit",
            "jalon modifier",
            &[("jalon", "J1"), ("énoncé", "Des rues douces")],
            "!jalon modifier J1 horizon=2033",
            Organizer,
        ),
        row(
            "action.add",
            "action ajouter",
            &[("jalon", "J1"), ("énoncé", "Marcher")],
            "!action ajouter J1 Marcher",
            Organizer,
        ),
        row(
            "action.edit",
            "action modifier",
            &[("action", "P1"), ("énoncé", "Courir")],
            "!action modifier P1 énoncé=Marcher",
            Organizer,
        ),
        row(
            "action.show",
            "action voir",
            &[("action", "P1")],
            "!action voir P1",
            Citizen,
        ),
        row(
            "action.carry",
            "action porter",
            &[("action", "P1")],
            "!action porter P1",
            Citizen,
        ),
        row("federation", "fédération", &[], "!fédération", Citizen),
        row(
            "plan.adopt",
            "plan adopter",
            &[("début", "2026-10-01")],
            "!plan adopter 2026-10-02",
            Organizer,
        ),
        row(
            "plan.evaluate",
            "plan évaluer",
            &[("action", "P1"), ("constat", "Fait")],
            "!plan évaluer P1 Fait",
            Organizer,
        ),
        row(
            "plan.revise",
            "plan réviser",
            &[],
            "!plan réviser",
            Organizer,
        ),
        row(
            "commitment.catalogue",
            "engagement catalogue",
            &[],
            "!engagement catalogue",
            Citizen,
        ),
        row(
            "catalogue.take",
            "catalogue prendre",
            &[("idée", "C1")],
            "!catalogue prendre C1",
            Citizen,
        ),
        row(
            "catalogue.add",
            "catalogue ajouter",
            &[("énoncé", "Je marche")],
            "!catalogue ajouter \"Je marche\"",
            Organizer,
        ),
        row(
            "catalogue.edit",
            "catalogue modifier",
            &[("idée", "C1"), ("énoncé", "Je cours")],
            "!catalogue modifier C1 énoncé=\"Je marche\"",
            Organizer,
        ),
        row(
            "catalogue.retire",
            "catalogue retirer",
            &[("idée", "C9")],
            "!catalogue retirer C9",
            Organizer,
        ),
        row("step", "étape", &[("étape", "2")], "!étape 3", Organizer),
        row("circle.show", "cercle voir", &[], "!cercle voir", Citizen),
        row(
            "circle.add",
            "cercle ajouter",
            &[("nom", "Jeunes")],
            "!cercle ajouter Jeunes",
            Organizer,
        ),
        row(
            "circle.edit",
            "cercle modifier",
            &[("cercle", "jeunes"), ("nom", "Jeunesse")],
            "!cercle modifier jeunes nom=Jeunesse",
            Organizer,
        ),
        row(
            "circle.fill",
            "cercle placer",
            &[("cercle", "jeunes"), ("salons", "ici")],
            "!cercle placer jeunes salons=ici",
            Organizer,
        ),
        row(
            "circle.retire",
            "cercle retirer",
            &[("cercle", "personne")],
            "!cercle retirer personne",
            Organizer,
        ),
        row("mandate.show", "mandat voir", &[], "!mandat voir", Citizen),
        row(
            "mandate.take",
            "mandat prendre",
            &[("code", "AAAAA-AAAAA")],
            "!mandat prendre AAAAA-AAAAA",
            Citizen,
        ),
        row(
            "mandate.withdraw",
            "mandat retirer",
            &[("organisation", "table")],
            "!mandat retirer table",
            Citizen,
        ),
        row(
            "organisation.add",
            "organisation ajouter",
            &[("nom", "Table de quartier"), ("secteur", "communautaire")],
            "!organisation ajouter \"Table de quartier\" communautaire",
            Organizer,
        ),
        row(
            "organisation.edit",
            "organisation modifier",
            &[("organisation", "table"), ("secteur", "culture")],
            "!organisation modifier table secteur=culture",
            Organizer,
        ),
        row(
            "mandate.give",
            "mandat donner",
            &[("organisation", "table")],
            "!mandat donner table",
            Organizer,
        ),
        row(
            "organisation.retire",
            "organisation retirer",
            &[("organisation", "personne")],
            "!organisation retirer personne",
            Organizer,
        ),
        row(
            "circle.roles",
            "cercle rôles",
            &[],
            "!cercle rôles",
            Organizer,
        ),
        row("journal", "journal", &[], "!journal", Organizer),
        row(
            "digest.preview",
            "bilan aperçu",
            &[],
            "!bilan aperçu",
            Editor,
        ),
        row(
            "digest.publish",
            "bilan publier",
            &[],
            "!bilan publier",
            Editor,
        ),
    ]
}

fn on_discord(app: &App, name: &str, permissions: u64) -> OnDiscord {
    let somebody = app.stranger_on_discord(name, "fr");
    if permissions != 0 {
        app.sim.grant(somebody.user, app.sim.guild(), permissions);
    }
    somebody
}

async fn on_matrix(app: &App, synapse: &Synapse, name: &str, level: i64) -> OnMatrix {
    let somebody = app.on_matrix(synapse, name).await;
    if level != 0 {
        let (room, organizer) = (&app.room, &app.matrix_organizer.user);
        organizer
            .set_power_level(room, &somebody.user.user_id, level)
            .await;
    }
    somebody
}

/// Whether an answer says that a role is missing; and which, it must say rightly.
fn refused(answer: &str, row: &Row) -> bool {
    let broken = answer.contains("Ce n’est pas votre faute");
    assert!(!broken, "{}: {answer}", row.id);
    let refused = answer.contains("Cette commande est réservée");
    if refused {
        let whose = match row.least {
            Citizen => panic!("{}: {answer}", row.id),
            Organizer => "à la coordination",
            Editor => "à la rédaction",
            Steward => "à l’intendance",
        };
        assert!(answer.contains(whose), "{}: {answer}", row.id);
        assert!(
            answer.contains("Rien n’a été changé."),
            "{}: {answer}",
            row.id
        );
    }
    refused
}

#[tokio::test]
async fn every_command_obeys_every_role_on_both_networks() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let setting = Setting {
        more: "[collective.roles]\nmatrix_editor = 75\n".to_owned(),
        ..Setting::default()
    };
    let app = App::start(&sim, synapse, setting).await;
    let rows = table();
    let (ids, known): (BTreeSet<&str>, BTreeSet<&str>) = (
        rows.iter().map(|row| row.id).collect(),
        COMMANDS.iter().map(|spec| spec.id).collect(),
    );
    assert_eq!(ids, known, "a row for every command");
    let when = in_a_month();
    let options = [("titre", "Semences"), ("quand", when.as_str())];
    app.discord_organizer.slash("atelier créer", &options).await;
    let options = [("question", "Où?"), ("options", "Nord; Sud")];
    app.discord_organizer.slash("sondage créer", &options).await;

    for (role, permissions, level) in [
        (Citizen, 0, 0),
        (Organizer, perms::MANAGE_CHANNELS, 50),
        (Editor, perms::MANAGE_EVENTS, 75),
        (Steward, perms::MANAGE_GUILD, 99),
    ] {
        let discord = on_discord(&app, &format!("{role:?}"), permissions);
        discord.agrees().await;
        // 100 would let nobody set it back; the highest below it is an editor's.
        let matrix = match role {
            Steward => app.matrix_organizer.clone(),
            _ => on_matrix(&app, synapse, "somebody", level).await,
        };
        for row in &rows {
            let options: Vec<(&str, &str)> =
                row.options.iter().map(|(n, v)| (*n, v.as_str())).collect();
            let answer = discord.slash(row.slash, &options).await;
            assert_eq!(
                refused(&answer, row),
                role < row.least,
                "{role:?} on Discord: {}: {answer}",
                row.id
            );
            let answer = matrix.types(&row.typed).await;
            assert_eq!(
                refused(&answer, row),
                role < row.least,
                "{role:?} on Matrix: {}: {answer}",
                row.id
            );
        }
        let help = discord.slash("aide", &[]).await;
        let name = [
            "citoyenne ou citoyen",
            "coordination",
            "rédaction",
            "intendance",
        ][role as usize];
        assert!(
            help.contains(&format!("Votre rôle ici : {name}.")),
            "{help}"
        );
        assert_eq!(help.contains("/journal"), role >= Organizer, "{help}");
    }
    // What is typed on Discord carries no permissions: a citizen's.
    let bot = sim.bot_user();
    let steward = on_discord(&app, "typist", perms::ADMINISTRATOR);
    sim.post_as(
        steward.user,
        app.channel,
        &format!("<@{bot}> sondage clore S1"),
    );
    app.discord_card(|card| plain(&card.text()).contains("réservée à la coordination"))
        .await;
    app.finish().await;
}

#[tokio::test]
async fn a_collective_maps_permissions_its_own_way_and_the_journal_tells_who_did_what() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let control = sim.add_channel(sim.guild(), "coordination");
    let setting = Setting {
        more: format!(
            "[collective.roles]\ndiscord_organizer = [\"manage_messages\"]\nmatrix_organizer = 10\n\
             [[collective.room]]\nnetwork = \"discord\"\naddress = \"{control}\"\npurpose = \"control\"\n"
        ),
        ..Setting::default()
    };
    let app = App::start(&sim, synapse, setting).await;
    let before = on_discord(&app, "avant", perms::MANAGE_CHANNELS);
    let ana = on_discord(&app, "ana", perms::MANAGE_MESSAGES);
    for somebody in [&before, &ana] {
        somebody.agrees().await;
    }
    let chloe = on_matrix(&app, synapse, "chloe", 10).await;
    let options = [("question", "Où?"), ("options", "Nord; Sud")];
    let refused = before.slash("sondage créer", &options).await;
    assert!(refused.contains("réservée à la coordination"), "{refused}");
    let opened = ana.slash("sondage créer", &options).await;
    assert!(opened.contains("S1"), "{opened}");
    let later = format!("!sondage prolonger S1 {}", in_a_month());
    let extended = chloe.types(&later).await;
    assert!(extended.contains("S1"), "{extended}");
    let closed = chloe.types("!sondage clore S1").await;
    assert!(closed.contains("est clos"), "{closed}");

    let roles = ana.slash("cercle rôles", &[]).await;
    for words in [
        "manage_messages",
        "manage_guild ou administrator",
        "10 ou plus",
        "100 ou plus",
        "seulement par nom",
        &app.discord_organizer.user.to_string(),
    ] {
        assert!(roles.contains(words), "{words:?} is not in {roles}");
    }
    // It names accounts: not in a room where citizens read along.
    for typed in ["!cercle rôles", "!journal"] {
        let answer = chloe.types(typed).await;
        assert!(
            answer.contains("la réponse nommerait des comptes"),
            "{answer}"
        );
    }
    let journal = ana.slash("journal", &[]).await;
    let (opened, extended, closed) = (
        format!("S1, sondage ouvert, par {} (discord)", ana.user),
        format!("S1, sondage prolongé, par {} (matrix)", chloe.user.user_id),
        format!("S1, sondage clos, par {} (matrix)", chloe.user.user_id),
    );
    for line in [&opened, &extended, &closed] {
        assert!(journal.contains(line), "{line:?} is not in {journal}");
    }
    // Erased: what was done stays, not by whom.
    let asked = ana
        .starts_slash("mes-données effacer", &[])
        .final_message(PATIENCE)
        .await;
    ana.presses(&asked, "Tout effacer").await;
    let journal = app.discord_organizer.slash("journal", &[]).await;
    assert!(!journal.contains(&ana.user.to_string()), "{journal}");
    assert!(
        journal.contains("sondage ouvert, par une personne dont"),
        "{journal}"
    );
    app.finish().await;
}

#[tokio::test]
async fn bridges_are_told_how_to_act_and_count_for_nothing() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = App::start(&sim, synapse, Setting::default()).await;
    let options = [("question", "Où?"), ("options", "Nord; Sud")];
    app.discord_organizer.slash("sondage créer", &options).await;
    let before = app.number("SELECT count(*) FROM person").await;
    for puppet in ["discord_1234567890", "discord_2345678901"] {
        let puppet = app.stranger_on_matrix(synapse, puppet).await;
        for typed in ["!vote S1 a", "!accepte", "!aide"] {
            let told = puppet.types(typed).await;
            assert!(told.contains("arrivé par un pont"), "{typed}: {told}");
            assert!(told.contains("Rien n’a été changé."), "{typed}: {told}");
        }
    }
    let bot = sim.bot_user();
    sim.post_by_webhook(app.channel, &format!("<@{bot}> vote S1 a"));
    app.discord_card(|card| plain(&card.text()).contains("arrivé par un pont"))
        .await;
    assert_eq!(app.number("SELECT count(*) FROM ballot").await, 0);
    assert_eq!(app.number("SELECT count(*) FROM person").await, before);
    app.both_show(&["Où?", "a. Nord : 0 voix"]).await;
    app.finish().await;
}
