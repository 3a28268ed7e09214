//! Store conformance: every function of `src/store` runs on SQLite and on PostgreSQL, by the same test body.
//!
//! A body is an `async fn(Db)` in one of the files below; [`on_both`] makes two tests of it. A function that no body
//! calls fails [`every_function_of_the_store_is_called_by_this_suite`].

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a body that cannot go on fails its test"
)]

use std::collections::BTreeSet;
use std::path::Path;

use cercles::domain::actor::Account;
use cercles::domain::collective::Collective;
use cercles::domain::ids::new_id;
use cercles::domain::language::Language;
use cercles::domain::network::NetworkKind;
use cercles::domain::standing::RoleRules;
use cercles::store::{Db, StoreError, collectives, people};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::America::Toronto;
use futures::FutureExt as _;
use uuid::Uuid;

/// Commits: `commit!(db, [what, it, uses], |tx| work(tx, &what).await)`; gives what `work` returned.
macro_rules! commit {
    ($db:expr, [$($used:ident),*], |$tx:ident| $work:expr) => {{
        $(let $used = $used.clone();)*
        $db.write::<_, cercles::store::StoreError, _>(move |$tx| async move { $work }.boxed())
            .await
            .expect("the database commits")
    }};
}

/// Reads, in the same form as `commit!`.
macro_rules! look {
    ($db:expr, [$($used:ident),*], |$tx:ident| $work:expr) => {{
        $(let $used = $used.clone();)*
        $db.read::<_, cercles::store::StoreError, _>(move |$tx| async move { $work }.boxed())
            .await
            .expect("the database answers")
    }};
}

/// Two tests of each body: one on SQLite, one on PostgreSQL.
macro_rules! on_both {
    ($($body:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $body() {
                let (db, _folder) = crate::store::sqlite().await;
                super::$body(db.clone()).await;
                db.close().await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $body() {
                crate::support::needs!(postgres);
                let db = crate::store::postgres().await;
                super::$body(db.clone()).await;
                db.close().await;
            })+
        }
    };
}

mod acts;
mod attendance;
mod catalogue;
mod checkins;
mod circles;
mod downtime;
mod lanes;
mod opening;
mod organisations;
mod people_and_rooms;
mod personal;
mod plan;
mod pledges;
mod polls;
mod proposals;
mod pulses;
mod queues;
mod reminders;
mod retention;
mod rosters;
mod sealed;
mod series;
mod sharing;
mod transactions;
mod versions;
mod waitlist;
mod widening;

/// A new SQLite file, and the folder that it goes with.
async fn sqlite() -> (Db, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&sqlite_url(folder.path())).await.unwrap();
    (db, folder)
}

fn sqlite_url(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("cercles.db").display())
}

/// A new database on the shared PostgreSQL.
async fn postgres() -> Db {
    let url = crate::support::postgres::Postgres::shared()
        .await
        .database()
        .await;
    Db::open(&url).await.unwrap()
}

/// An instant with microseconds, `seconds` after a fixed one.
fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 123_456_000).unwrap() + TimeDelta::seconds(seconds)
}

fn id() -> Uuid {
    new_id(at(0))
}

fn account(network: NetworkKind, address: &str) -> Account {
    Account {
        network,
        address: address.to_owned(),
    }
}

/// A collective that is stored.
async fn collective(db: &Db, slug: &str) -> Collective {
    let made = Collective {
        id: id(),
        slug: slug.to_owned(),
        name: format!("Collectivité « {slug} » 🌱"),
        zone: Toronto,
        language: Language::FrCa,
        roles: RoleRules::default(),
        steps: Vec::new(),
        step: None,
    };
    commit!(db, [made], |tx| collectives::put(tx, &made).await);
    made
}

/// A person who is stored.
async fn person(db: &Db, address: &str) -> Uuid {
    let (person, account) = (id(), account(NetworkKind::Discord, address));
    commit!(db, [account], |tx| people::add(tx, person, &account, at(0))
        .await);
    person
}

/// `module::function` of each public function of the store; methods are `::method`.
fn public_functions(source: &Path, module: &str) -> BTreeSet<String> {
    let text = std::fs::read_to_string(source).unwrap();
    let names = text.lines().filter_map(|line| {
        let inside = line.starts_with(' ');
        let rest = line
            .trim_start()
            .strip_prefix("pub async fn ")
            .or_else(|| line.trim_start().strip_prefix("pub fn "))?;
        let name = rest.split(['(', '<']).next()?;
        Some(if inside {
            format!("::{name}")
        } else {
            format!("{module}::{name}")
        })
    });
    names.collect()
}

/// The code of this suite, without its comments.
fn suite() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/store");
    let mut code = String::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for line in text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
        {
            code.push_str(line);
            code.push('\n');
        }
    }
    code
}

fn calls(code: &str, function: &str) -> bool {
    let method = function.trim_start_matches("::");
    let also = function.starts_with("::") && code.contains(&format!(".{method}("));
    // `db.write::<_, Mine, _>(…)` is a call as well.
    let typed = function.starts_with("::") && code.contains(&format!(".{method}::<"));
    let exact = code.match_indices(&format!("{function}(")).any(|(at, _)| {
        function.starts_with("::")
            || !code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_')
    });
    also || typed || exact
}

#[test]
fn every_function_of_the_store_is_called_by_this_suite() {
    let store = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let mut functions = BTreeSet::new();
    for file in std::fs::read_dir(store).unwrap() {
        let path = file.unwrap().path();
        let module = path.file_stem().unwrap().to_str().unwrap().to_owned();
        functions.extend(public_functions(&path, &module));
    }
    assert!(
        functions.contains("cards::claim") && functions.contains("::write"),
        "the names are no longer found in the source: {functions:?}"
    );
    let code = suite();
    let missing: Vec<&String> = functions
        .iter()
        .filter(|function| !calls(&code, function))
        .collect();
    assert!(
        missing.is_empty(),
        "no body in tests/it/store/ calls {missing:?}"
    );
    assert!(
        !calls(&code, "cards::no_such_function") && !calls(&code, "::no_such_method"),
        "the search finds what is not there"
    );
}

/// What a closure of these tests may fail with.
#[derive(Debug)]
enum Broken {
    Store(StoreError),
    OnPurpose,
}

impl From<StoreError> for Broken {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl cercles::store::Failure for Broken {
    fn store_error(&self) -> Option<&StoreError> {
        match self {
            Self::Store(error) => Some(error),
            Self::OnPurpose => None,
        }
    }
}
