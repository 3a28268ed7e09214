//! The rules of `src/lib.rs`, held by what the files really import.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Where each outside library may be named, below `src`.
const LIBRARIES: &[(&str, &[&str])] = &[
    ("sqlx", &["store"]),
    ("serenity", &["network/discord"]),
    ("twilight_gateway", &["network/discord"]),
    ("matrix_sdk", &["network/matrix"]),
    ("axum", &["web", "network/playground", "app/playground"]),
    ("askama", &["web"]),
    ("prometheus_client", &["web/health"]),
    ("fluent_bundle", &["i18n"]),
    ("resvg", &["chart"]),
    ("skrifa", &["chart"]),
    ("icalendar", &["present/workshop/agenda"]),
    ("rrule", &["domain/series"]),
    ("clap", &["cli"]),
    ("chacha20poly1305", &["store/vault"]),
];

/// The code of every file below `src`, without comments and tests, by its path there.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut folders, mut found) = (vec![root.clone()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap();
                let text = std::fs::read_to_string(&path).unwrap();
                let code = text.split("#[cfg(test)]\nmod").next().unwrap().lines();
                let code = code.filter(|line| !line.trim_start().starts_with("//"));
                found.push((name.to_owned(), code.collect::<Vec<_>>().join("\n")));
            }
        }
    }
    assert!(found.len() > 100, "the sources are elsewhere");
    found
}

/// The map in `src/lib.rs`: what each module may import; nothing for those that may import all.
fn map() -> BTreeMap<String, Option<Vec<String>>> {
    let text = include_str!("../../src/lib.rs");
    let mut map = BTreeMap::new();
    for row in text.lines().filter(|line| line.starts_with("//! | [`")) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let allowed = (cells[3] != "all").then(|| {
            let names = cells[3]
                .split(',')
                .filter_map(|cell| cell.split_whitespace().next());
            names.map(str::to_owned).collect::<Vec<_>>()
        });
        for name in cells[1].split(',') {
            let name = name.trim().trim_matches(['[', ']', '`']);
            map.insert(name.to_owned(), allowed.clone());
        }
    }
    map
}

/// What follows each mention of `start` as a whole word; a list in a text, such as a filter of logs, is none.
fn after<'t>(code: &'t str, start: &str) -> Vec<&'t str> {
    let mentions = code.match_indices(start);
    let whole = mentions.filter(|(at, _)| {
        !code[..*at].ends_with(|before: char| before.is_alphanumeric() || "_:\",".contains(before))
    });
    let rest = whole.map(|(at, _)| &code[at + start.len()..]);
    rest.map(|rest| {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
        &rest[..end.unwrap_or(rest.len())]
    })
    .collect()
}

#[test]
fn modules_import_what_the_map_allows() {
    let map = map();
    assert!(map.len() > 10, "{map:?}");
    let mut seen = 0;
    for (file, code) in sources() {
        let module = file.split(['/', '.']).next().unwrap().to_owned();
        if module == "lib" || module == "main" {
            continue;
        }
        let allowed = map.get(&module);
        let allowed = allowed.unwrap_or_else(|| panic!("{module} is not on the map"));
        for other in after(&code, "crate::") {
            seen += 1;
            let fine = other == module
                || !map.contains_key(other)
                || allowed
                    .as_ref()
                    .is_none_or(|names| names.iter().any(|name| name == other));
            assert!(fine, "src/{file} imports {other}");
        }
    }
    assert!(seen > 500, "only {seen} imports were seen");
}

#[test]
fn each_outside_library_is_named_in_one_place() {
    let sources = sources();
    for (library, places) in LIBRARIES {
        let mut named = 0;
        for (file, code) in &sources {
            if after(code, &format!("{library}::")).is_empty() {
                continue;
            }
            named += 1;
            let fine = places.iter().any(|place| file.starts_with(place));
            assert!(fine, "src/{file} names {library}");
        }
        assert!(named > 0, "{library} is named nowhere");
    }
}
