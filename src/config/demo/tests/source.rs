//! The demonstration against the file it was carried over from, fact by fact, where that file is at hand.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::super::*;
use crate::config::themes::Themes;

/// The keys of our files and those of the source, where they differ.
const KEYS: &[(&str, &str)] = &[
    ("access", "acces"),
    ("accessible_washrooms", "toilettes_accessibles"),
    ("act", "acte"),
    ("acts", "actes"),
    ("attended", "presences"),
    ("back_P2", "de_retour_P2"),
    ("basis", "base"),
    ("by_state", "par_statut"),
    ("capacity", "capacite"),
    ("check_in", "rappel"),
    ("childcare", "halte_garderie"),
    ("circle_rule", "regle_cercle"),
    ("circles_published", "cercles_publies"),
    ("circles_raw", "cercles_bruts"),
    ("closes", "ferme"),
    ("collective", "collectivite"),
    ("commitments", "engagements"),
    ("cost", "cout"),
    ("current_step", "etape_courante"),
    ("date", "date"),
    ("due", "echeance"),
    ("due_and_kept", "echus_tenus"),
    ("due_at_reference_date", "echus_a_la_date_reference"),
    ("fcte_covered", "couverture_fcte_cumul"),
    ("for", "organisation"),
    ("hosts", "organisateurs"),
    ("inwards", "vers_interieur"),
    ("k", "seuil_k"),
    ("language", "langue"),
    ("lead", "porteur"),
    ("max_choices", "max_choix"),
    ("milestone", "jalon"),
    ("moves_raw", "passages_bruts"),
    ("new_P2", "nouveaux_P2"),
    ("number", "n"),
    ("object", "objet"),
    ("openness", "ouverture"),
    ("opens", "ouvert"),
    ("outwards", "vers_exterieur"),
    ("periods", "periodes"),
    ("publication_rule", "regle_publication"),
    ("reference_date", "date_reference"),
    ("return_rate", "taux_retour"),
    ("sector", "secteur"),
    ("sectors", "secteurs"),
    ("shown_publicly", "affichage_public"),
    ("state", "statut"),
    ("step", "etape"),
    ("step_free_entrance", "entree_sans_marche"),
    ("taken_on", "pris_le"),
    ("text", "texte"),
    ("theme", "thematique"),
    ("themes", "thematiques"),
    ("title", "titre"),
    ("vision_horizon", "horizon_vision"),
    ("visibility", "visibilite"),
    ("voters", "votants"),
    ("votes", "voix"),
    ("with", "collaborateurs"),
    ("order", "ordre"),
    ("wording", "libelle_atteste"),
    ("origin", "origine"),
    ("territory", "territoire"),
    ("cohort", "cohorte"),
    ("launched", "lancement"),
];

/// Our value with the source's keys; `own` names what means something else here than elsewhere.
fn renamed(value: Value, own: &[(&str, &str)]) -> Value {
    match value {
        Value::Object(map) => map
            .into_iter()
            .map(|(key, value)| {
                let find = |table: &[(&str, &str)]| {
                    table
                        .iter()
                        .find(|(ours, _)| *ours == key)
                        .map(|(_, theirs)| (*theirs).to_owned())
                };
                let key = find(own)
                    .or_else(|| find(KEYS))
                    .unwrap_or_else(|| key.clone());
                (key, renamed(value, own))
            })
            .collect(),
        Value::Array(list) => list.into_iter().map(|value| renamed(value, own)).collect(),
        other => other,
    }
}

/// Every difference, and how many values were compared. A null is the same as nothing. Where the source has one
/// text and we have two, the French one counts.
fn differences(
    path: &str,
    ours: &Value,
    theirs: &Value,
    found: &mut Vec<String>,
    compared: &mut usize,
) {
    match (ours, theirs) {
        (Value::Object(a), Value::Object(b)) => {
            for key in a.keys().chain(b.keys()).collect::<BTreeSet<_>>() {
                let at = |map: &serde_json::Map<String, Value>| {
                    map.get(key).cloned().unwrap_or(Value::Null)
                };
                differences(&format!("{path}.{key}"), &at(a), &at(b), found, compared);
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (index, (a, b)) in a.iter().zip(b).enumerate() {
                differences(&format!("{path}[{index}]"), a, b, found, compared);
            }
        }
        (Value::Object(a), Value::String(_)) if a.len() == 2 && a.contains_key("en") => {
            differences(&format!("{path}.fr"), &a["fr"], theirs, found, compared);
        }
        _ => {
            *compared += 1;
            if ours != theirs {
                found.push(format!("{path}: {ours} here, {theirs} in the source"));
            }
        }
    }
}

#[test]
fn the_demonstration_says_what_its_source_says_fact_by_fact() {
    let path = std::env::var_os("CERCLES_DEMO_JSON").map_or_else(
        || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/demo.json"),
        std::path::PathBuf::from,
    );
    let Ok(text) = std::fs::read_to_string(&path) else {
        use std::io::Write as _;
        let _ = writeln!(
            std::io::stderr(),
            "NOT COMPARED: the source of the demonstration is not at {}; CERCLES_DEMO_JSON names another place",
            path.display()
        );
        return;
    };
    let source: Value = serde_json::from_str(&text).unwrap();
    let (demo, themes) = (Demo::load().unwrap(), Themes::load().unwrap());
    let (mut found, mut compared) = (Vec::new(), 0);
    let value = |part: Result<Value, serde_json::Error>| part.unwrap();
    let mut check = |path: &str, ours: Value, own: &[(&str, &str)], theirs: &Value| {
        differences(path, &renamed(ours, own), theirs, &mut found, &mut compared);
    };
    let named = [("name", "nom")];
    let theirs = &source["demo"];
    check(
        "collectivite",
        value(serde_json::to_value(&demo.header.collective)),
        &named,
        &theirs["collectivite"],
    );
    let own = [("kind", "genre"), ("name", "nom_fictif")];
    check(
        "organisations",
        value(serde_json::to_value(&demo.organisations)),
        &own,
        &theirs["organisations"],
    );
    check(
        "jalons",
        value(serde_json::to_value(&demo.milestones)),
        &[],
        &theirs["jalons"],
    );
    let span = [("start", "debut"), ("end", "fin")];
    check(
        "actions",
        value(serde_json::to_value(&demo.actions)),
        &span,
        &theirs["actions"],
    );
    let own = [
        ("start", "debut"),
        ("end", "fin"),
        ("kind", "type"),
        ("place", "lieu_fictif"),
    ];
    check(
        "ateliers",
        value(serde_json::to_value(&demo.workshops)),
        &own,
        &theirs["ateliers"],
    );
    check(
        "sondages",
        value(serde_json::to_value(&demo.polls)),
        &[],
        &theirs["sondages"],
    );
    let mut commitments = value(serde_json::to_value(&demo.commitments));
    for commitment in commitments.as_array_mut().unwrap() {
        // The source has the French sentence only.
        commitment.as_object_mut().unwrap().remove("en");
    }
    check(
        "engagements",
        commitments,
        &[("person", "personne")],
        &theirs["engagements"],
    );
    check(
        "actes",
        value(serde_json::to_value(&demo.acts)),
        &[("person", "ref")],
        &theirs["actes"],
    );
    let mut expected = value(serde_json::to_value(&demo.expected));
    expected["organisations"] = renamed(
        expected["organisations"].take(),
        &[("new_P2", "nouvelles_P2")],
    );
    check("attendus", expected, &span, &theirs["attendus"]);

    let theirs = &source["vocabulaires"];
    check(
        "regions",
        value(serde_json::to_value(&themes.regions)),
        &named,
        &theirs["regions"],
    );
    check(
        "etapes",
        value(serde_json::to_value(&themes.steps)),
        &[],
        &theirs["etapes"],
    );
    check(
        "thematiques",
        value(serde_json::to_value(&themes.themes)),
        &[],
        &theirs["thematiques"],
    );
    check(
        "note",
        value(serde_json::to_value(&themes.themes_note)),
        &[],
        &theirs["thematiques_note"],
    );
    check(
        "secteurs",
        value(serde_json::to_value(&themes.sectors)),
        &[],
        &theirs["secteurs"],
    );
    check(
        "collectivites",
        value(serde_json::to_value(&themes.communities)),
        &named,
        &theirs["collectivites"],
    );
    for (name, list) in [
        ("roles_organisation", &themes.organisation_roles),
        ("statuts_engagement", &themes.commitment_states),
        ("statuts_action", &themes.action_states),
        ("statuts_atelier", &themes.workshop_states),
        ("visibilites", &themes.visibilities),
        ("types_atelier", &themes.workshop_types),
    ] {
        let slugs: Vec<&str> = list.iter().map(|entry| entry.slug.as_str()).collect();
        check(name, json!(slugs), &[], &theirs[name]);
    }

    let header = value(serde_json::to_value(&demo.header));
    for (ours, theirs) in [
        ("version", "version"),
        ("default_language", "langue_defaut"),
        ("languages", "langues"),
        ("zone", "fuseau"),
        ("reference_date", "date_reference"),
        ("warning", "avertissement"),
    ] {
        check(theirs, header[ours].clone(), &[], &source[theirs]);
    }
    let names = [
        ("workshop_announcement", "annonce_atelier"),
        ("poll_opening", "ouverture_sondage"),
        ("commitment_check_in", "suivi_engagement"),
        ("room_digest", "entete_bilan_salon"),
        ("partner_digest", "entete_bilan_partenaires"),
        ("date_error", "erreur_date"),
        ("permission_error", "erreur_droit"),
        ("outage_error", "erreur_panne"),
        ("consent", "consentement"),
        ("erasure_done", "oubli_confirme"),
    ];
    assert_eq!(
        source["messages_exemples"].as_object().unwrap().len(),
        names.len()
    );
    for (ours, theirs) in names {
        let message = &demo.messages[ours];
        let message = json!({"fr-CA": message.fr, "en-CA": message.en});
        check(theirs, message, &[], &source["messages_exemples"][theirs]);
    }
    check(
        "messages_note",
        json!(demo.messages["note"].fr),
        &[],
        &source["messages_note"],
    );

    assert!(
        found.is_empty(),
        "{} differences:\n{}",
        found.len(),
        found.join("\n")
    );
    assert!(compared > 1000, "only {compared} values were compared");
}
