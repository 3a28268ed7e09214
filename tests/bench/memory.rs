//! What the idle bot takes of the machine, with both networks connected.
//!
//! Idle is a condition, not a time: over [`WINDOW`] its memory stays the same and it uses next to no CPU. The window
//! is longer than the long poll by which the bot listens to Matrix, so that a whole round of that is in it.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use crate::discord_path::Voting;
use crate::discord_sim::{DiscordSim, SimOptions};
use crate::measure::{Cpu, Memory, Process};
use crate::start;
use crate::support::app::App;
use crate::support::synapse::Synapse;
use crate::table::Table;

const AIM: &str = "80.0 MB";
const WINDOW: Duration = Duration::from_secs(35);
const LOOK: Duration = Duration::from_secs(1);
/// How much memory may move in an idle window, in bytes.
const STILL: u64 = 512 * 1024;
/// How much of one core an idle bot may use.
const QUIET: f64 = 0.01;
const PATIENCE: Duration = Duration::from_mins(5);
/// Ballots of a busy evening, and of a busy month.
const BALLOTS: [usize; 2] = [2_000, 20_000];

struct Idle {
    memory: Memory,
    cpu: f64,
    after: Duration,
    threads: u64,
}

pub async fn run() -> Vec<Table> {
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let mut app = start::connected(&sim, synapse).await;
    app.settled_in().await;
    let mut found = vec![("after the first start".to_owned(), idle(&app).await)];

    let mut voting = Voting::open(&app).await;
    for ballots in BALLOTS {
        voting.cast(ballots, 64).await;
        app.delivered().await;
        found.push((format!("after {ballots} more ballots"), idle(&app).await));
    }
    voting.check().await;

    app.terminate().await;
    app.restart(0).await;
    start::stages(&app).await;
    found.push(("after a restart".to_owned(), idle(&app).await));
    app.finish().await;

    let mut table = Table::new(&[
        "idle",
        "resident",
        "aim",
        "its share",
        "heap, stacks",
        "peak",
        "CPU",
        "threads",
        "still after",
    ]);
    for (name, idle) in found {
        table.row([
            name,
            megabytes(idle.memory.resident),
            AIM.to_owned(),
            megabytes(idle.memory.proportional),
            megabytes(idle.memory.anonymous),
            megabytes(idle.memory.peak),
            format!("{:.2} %", idle.cpu * 100.0),
            idle.threads.to_string(),
            format!("{} s", idle.after.as_secs()),
        ]);
    }
    vec![
        table
            .note("MB of 1,000,000 bytes. Its share (PSS): shared pages divided among those who share them.")
            .note(format!(
                "Idle: over {} s less than {} % of a core, and memory moves by less than {} kB.",
                WINDOW.as_secs(),
                QUIET * 100.0,
                STILL / 1024
            )),
    ]
}

/// Waits until the bot is idle, and looks at it then.
async fn idle(app: &App) -> Idle {
    let process = Process(app.pid());
    let start = Instant::now();
    let mut window: VecDeque<(Instant, Memory, Cpu)> = VecDeque::new();
    loop {
        let memory = process.memory();
        window.push_back((Instant::now(), memory, Cpu::of(process)));
        while window.get(1).is_some_and(|(at, ..)| at.elapsed() >= WINDOW) {
            window.pop_front();
        }
        let (at, _, cpu) = &window[0];
        let sizes = || window.iter().map(|(_, memory, _)| memory.resident);
        let moved = sizes().max().unwrap_or(0) - sizes().min().unwrap_or(0);
        let idle = Idle {
            memory,
            cpu: cpu.share(),
            after: start.elapsed().saturating_sub(WINDOW),
            threads: process.threads(),
        };
        if at.elapsed() >= WINDOW && idle.cpu < QUIET && moved < STILL {
            return idle;
        }
        assert!(
            start.elapsed() < PATIENCE,
            "it does not come to rest: {:.1} % of a core, {} moved by {} kB",
            idle.cpu * 100.0,
            megabytes(memory.resident),
            moved / 1024
        );
        tokio::time::sleep(LOOK).await;
    }
}

fn megabytes(bytes: u64) -> String {
    format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10)
}
