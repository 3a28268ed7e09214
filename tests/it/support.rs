//! The real servers that the tests run against, and independent clients to look at them with.
//!
//! Here are a Synapse, a PostgreSQL, a headless Chromium and a matrix-nio client, each started by
//! the test run itself, on 127.0.0.1 only, and each killed when the test process ends in any way.
//! Nothing here may use the code of the crate under test: these are the eyes that check it.
//!
//! Rules that hold for all of them:
//! - a missing server is a failed test, with a message that says what is missing; only
//!   `CERCLES_TEST_SKIP=synapse,chromium` (see [`needs!`]) skips, and says so on standard error;
//! - waiting is for a condition, never for a time; every wait has a limit and says what it saw;
//! - what a server wrote to its log is in the message of the failure.
//!
//! To add a server: one file here that starts it with [`lifeline::Lifeline`], its name in
//! [`SERVERS`], what it needs installed in `tests/setup.sh`, and a test of its own in `harness.rs`.

#![allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "a harness offers more than the tests of the day use; `expect` would fail on the day they use it all"
)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a harness that cannot go on fails the test, with a message"
)]

pub mod app;
pub mod calendar;
pub mod chromium;
pub mod gate;
pub mod lifeline;
pub mod matrix;
pub mod nio;
pub mod postgres;
pub mod synapse;

use std::{
    io::Write as _,
    path::{Path, PathBuf},
};

/// The names that `CERCLES_TEST_SKIP` knows.
pub const SERVERS: &[&str] = &["synapse", "postgres", "chromium", "nio"];

/// First line of a test that needs real servers: `needs!(synapse, postgres);`.
///
/// It ends the test early only when `CERCLES_TEST_SKIP` names one of them, and prints so. Without
/// it, a skipped server is a panic at its first use.
macro_rules! needs {
    ($($server:ident),+ $(,)?) => {
        if $crate::support::skipped(&[$(stringify!($server)),+]) {
            return;
        }
    };
}
pub(crate) use needs;

/// Whether `CERCLES_TEST_SKIP` (a list with commas) names one of `servers`; prints each that it does.
///
/// # Panics
/// When the variable, or the caller, names a server that does not exist: a typing error must not
/// look like a choice.
pub fn skipped(servers: &[&str]) -> bool {
    for server in servers {
        assert!(
            SERVERS.contains(server),
            "no test server is called {server:?}; there are {SERVERS:?}"
        );
    }
    let asked = std::env::var("CERCLES_TEST_SKIP").unwrap_or_default();
    let mut skipped = false;
    for name in asked
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
    {
        assert!(
            SERVERS.contains(&name),
            "CERCLES_TEST_SKIP names {name:?}; the servers are {SERVERS:?}"
        );
        if servers.contains(&name) {
            // `eprintln!` would be swallowed: a skipped test passes, and the runner shows nothing of it.
            let _ = writeln!(
                std::io::stderr(),
                "SKIPPED: {} needs {name}, and CERCLES_TEST_SKIP={asked} leaves it out",
                std::thread::current().name().unwrap_or("a test"),
            );
            skipped = true;
        }
    }
    skipped
}

/// Fails the test because a server is not there.
pub(crate) fn missing(what: &str, looked: &str) -> ! {
    panic!(
        "{what} is missing (looked for {looked}). `tests/run` installs what the tests need; to run \
         without it on purpose, name it in CERCLES_TEST_SKIP."
    )
}

/// The `target` directory of this build, where `tests/run` puts its virtual environments.
pub(crate) fn target_dir() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .expect("target/tmp has a parent")
}

/// A Python interpreter of one of the virtual environments that `tests/run` makes.
pub(crate) fn venv_python(variable: &str, default_name: &str, what: &str) -> PathBuf {
    let venv =
        std::env::var_os(variable).map_or_else(|| target_dir().join(default_name), PathBuf::from);
    let python = venv.join("bin/python");
    if !python.exists() {
        missing(
            what,
            &format!("{}, or what {variable} names", python.display()),
        );
    }
    python
}

/// A new directory for a server's files, under `target/tmp`.
///
/// The caller owns its removal (see [`lifeline::Lifeline`]), so that a server is never left writing
/// into a directory that is going away.
pub(crate) fn server_dir(name: &str) -> PathBuf {
    let base = Path::new(env!("CARGO_TARGET_TMPDIR"));
    std::fs::create_dir_all(base).expect("target/tmp can be made");
    tempfile::Builder::new()
        .prefix(&format!("{name}-"))
        .tempdir_in(base)
        .expect("a directory for a test server")
        .keep()
}

/// A free TCP port on 127.0.0.1. Another process may take it before its user does: the starters
/// try again with a new one when their server ends at once.
pub(crate) fn free_port() -> u16 {
    std::net::TcpListener::bind(("127.0.0.1", 0))
        .and_then(|listener| listener.local_addr())
        .expect("a free port on 127.0.0.1")
        .port()
}

/// The last `lines` lines of a log file, for a failure message.
pub(crate) fn tail(path: &Path, lines: usize) -> String {
    let text = std::fs::read(path).map_or_else(
        |error| format!("(no log at {}: {error})", path.display()),
        |bytes| String::from_utf8_lossy(&bytes).into_owned(),
    );
    let all: Vec<&str> = text.lines().collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}
