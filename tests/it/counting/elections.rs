//! Every election of the test data, counted as `cercles count` does, and every case of proposals and consent.
//!
//! The data is read in place (`CERCLES_ELECTIONS`, else `../shared/data/elections`): its licences are mixed, so the
//! project carries no copy.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::PathBuf;

use cercles::domain::count as counting;
use counting::anchor::{Anchor, Count, count_file};
use counting::{
    ConsentOutcome, ConsentRule, ConsentTally, ProposalOutcome, ProposalTally, Quorum, Threshold,
};
use serde::Deserialize;
use serde_json::Value;

/// What the data says of its results beyond the results.
const REMARKS: [&str; 4] = ["checked_by", "published", "note", "stages_checked"];

/// The folder of elections, if there is one.
pub(super) fn folder() -> Option<PathBuf> {
    let named = std::env::var_os("CERCLES_ELECTIONS").map(PathBuf::from);
    let near = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data/elections");
    let folder = named.or_else(|| Some(near).filter(|path| path.is_dir()));
    if folder.is_none() {
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED: no elections; set CERCLES_ELECTIONS to their folder"
        );
    }
    folder
}

/// The elections: name and text. None where the data is not at hand.
pub(super) fn files() -> Vec<(String, String)> {
    let Some(folder) = folder() else {
        return Vec::new();
    };
    let mut files: Vec<(String, String)> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect();
    files.sort();
    assert!(!files.is_empty(), "{} is empty", folder.display());
    files
}

/// The expected results of the counts that we know, without remarks.
fn expected(text: &str) -> serde_json::Map<String, Value> {
    let file: Value = serde_json::from_str(text).unwrap();
    let mut expected = file["expected"].as_object().unwrap().clone();
    expected.retain(|key, _| Count::from_name(key).is_some());
    for result in expected.values_mut() {
        let result = result.as_object_mut().unwrap();
        result.retain(|field, _| !REMARKS.contains(&&field[..]));
    }
    expected
}

#[test]
fn every_election_gives_the_expected_results() {
    let (mut elections, mut results) = (0, 0);
    let mut wrong = Vec::new();
    let mut kinds = BTreeSet::new();
    for (name, text) in files() {
        let counted = count_file(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let counted = counted["results"].as_object().unwrap();
        let expected = expected(&text);
        assert!(counted.keys().eq(expected.keys()), "{name}");
        for (key, value) in &expected {
            results += 1;
            kinds.insert(key.clone());
            if counted[key] != *value {
                wrong.push(format!("{name} {key}:\n  {}\n  {value}", counted[key]));
            }
        }
        elections += 1;
    }
    eprintln!(
        "{elections} elections, {results} results of {} counts",
        kinds.len()
    );
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_election_written_down_and_read_again_counts_the_same() {
    for (name, text) in files() {
        let anchor = Anchor::read(&text).unwrap();
        let all = Anchor {
            wanted: None,
            ..anchor.clone()
        };
        let again = Anchor::read(&all.write()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(again, all, "{name}");
        assert_eq!(again.results().unwrap(), all.results().unwrap(), "{name}");
        let some = anchor.results().unwrap();
        let all = all.results().unwrap();
        for (key, result) in some["results"].as_object().unwrap() {
            // With costs and seats, equal shares are of one or of the other.
            assert_eq!(&all["results"][key], result, "{name} {key}");
        }
    }
}

#[derive(Deserialize)]
struct Cases {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    id: String,
    eligible: u64,
    quorum_percent: Quorum,
    #[serde(flatten)]
    kind: Kind,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Kind {
    Proposal {
        votes: ProposalTally,
        threshold: Threshold,
        expected: ProposalOutcome,
    },
    Consent {
        votes: ConsentTally,
        objections_allowed: u64,
        stand_aside_max_percent: u32,
        expected: ConsentOutcome,
    },
}

#[test]
fn every_case_of_proposals_and_consent_comes_out() {
    let Some(path) = folder().map(|folder| folder.join("../proposal_consent.json")) else {
        return;
    };
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("SKIPPED: no {}", path.display());
        return;
    };
    let cases: Cases = serde_json::from_str(&text).unwrap();
    assert!(!cases.cases.is_empty());
    eprintln!("{} cases", cases.cases.len());
    for case in cases.cases {
        match case.kind {
            Kind::Proposal {
                votes,
                threshold,
                expected,
            } => {
                let outcome = votes.outcome(case.eligible, case.quorum_percent, threshold);
                assert_eq!(outcome, expected, "{}", case.id);
            }
            Kind::Consent {
                votes,
                objections_allowed,
                stand_aside_max_percent,
                expected,
            } => {
                let rule = ConsentRule {
                    objections_allowed,
                    stand_aside_max_percent,
                };
                let outcome = votes.outcome(case.eligible, case.quorum_percent, rule);
                assert_eq!(outcome, expected, "{}", case.id);
            }
        }
    }
}
