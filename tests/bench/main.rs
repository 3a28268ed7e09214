//! The benchmark: what the bot costs and what it can do, each figure beside its aim or its other side.
//!
//! `tests/bench/run` builds and starts it. It runs the real binary with a real Synapse and the Discord simulator, as
//! the tests do, and fails on a wrong result only: a figure never decides anything.
//!
//! # To add a subject
//! One file with `pub async fn run() -> Vec<Table>`, its `mod` line and its line in [`SUBJECTS`]. Print both sides
//! from the same run (what it must beat, what it stands on), say how many runs a figure comes from, and check in the
//! end that what was counted is what the database holds.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark that cannot go on fails by panicking, and its output is what it prints"
)]

mod ballots;
mod counting;
mod discord_path;
#[path = "../discord_sim/lib.rs"]
mod discord_sim;
mod evening;
#[path = "../it"]
mod it {
    pub mod support;
}
mod machine;
mod matrix_path;
mod measure;
mod memory;
mod start;
mod table;

use std::process::ExitCode;

use futures::FutureExt as _;
use futures::future::LocalBoxFuture;

// Under the name by which the support of the tests knows itself.
use it::support;
use table::Table;

/// A subject: its name on the command line, what it measures, and how.
type Subject = (
    &'static str,
    &'static str,
    fn() -> LocalBoxFuture<'static, Vec<Table>>,
);

const SUBJECTS: &[Subject] = &[
    ("start", "from start to ready, and to each network", || {
        start::run().boxed_local()
    }),
    ("memory", "memory and CPU of the idle bot", || {
        memory::run().boxed_local()
    }),
    (
        "ballots",
        "durable ballots per second, layer by layer",
        || ballots::run().boxed_local(),
    ),
    (
        "counting",
        "counting, and votes in a poll of millions",
        || counting::run().boxed_local(),
    ),
    ("discord", "ballots through the whole Discord path", || {
        discord_path::run().boxed_local()
    }),
    ("matrix", "from a command on Matrix to its answer", || {
        matrix_path::run().boxed_local()
    }),
    (
        "evening",
        "2,000 people answer a workshop in a minute",
        || evening::run().boxed_local(),
    ),
];

#[tokio::main]
async fn main() -> ExitCode {
    // Cargo adds `--bench`.
    let asked: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    if asked.iter().any(|name| name == "--list") {
        for (name, what, _) in SUBJECTS {
            println!("{name:10} {what}");
        }
        return ExitCode::SUCCESS;
    }
    let known = |name: &String| SUBJECTS.iter().any(|(known, ..)| known == name);
    if let Some(unknown) = asked.iter().find(|name| !known(name)) {
        let names: Vec<&str> = SUBJECTS.iter().map(|(name, ..)| *name).collect();
        eprintln!("no subject is called {unknown:?}; there are {names:?}");
        return ExitCode::FAILURE;
    }
    print!("{}", machine::describe());
    for (name, what, run) in SUBJECTS {
        if asked.is_empty() || asked.iter().any(|asked| asked == name) {
            println!(
                "\n{name}: {what} (load of the machine before: {})",
                machine::load()
            );
            for table in run().await {
                print!("\n{table}");
            }
        }
    }
    ExitCode::SUCCESS
}
