//! How long the bot takes from its start to being ready and connected.
//!
//! Counted from the moment at which the process is asked for (a shell comes first, a few milliseconds) to the lines
//! of its log, by their own time. Each run is a new bot with a new account on the same Synapse: the first start
//! makes the database and logs in, the second finds both.

use std::time::Duration;

use crate::discord_sim::{DiscordSim, SimOptions};
use crate::measure::Times;
use crate::support::app::{App, Setting, Share};
use crate::support::synapse::Synapse;
use crate::table::Table;

const RUNS: usize = 5;
const AIM: &str = "3.00 s";

/// What the log says, and what that means.
const STAGES: [(&str, &str); 3] = [
    ("cercles is ready", "ready"),
    ("discord: connected", "Discord connected"),
    ("matrix: connected", "Matrix connected"),
];

pub async fn run() -> Vec<Table> {
    let synapse = Synapse::shared().await;
    let (mut first, mut again) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let sim = DiscordSim::start(SimOptions::default()).await;
        let mut app = connected(&sim, synapse).await;
        first.push(stages(&app).await);
        app.settled_in().await;
        app.terminate().await;
        app.restart(0).await;
        again.push(stages(&app).await);
        app.finish().await;
    }
    let mut table = Table::new(&["", "median", "longest", "aim"]);
    for (start, runs) in [("first start", first), ("restart", again)] {
        let rows = STAGES.iter().map(|(_, name)| *name).enumerate();
        for (stage, name) in rows.chain([(STAGES.len(), "all three")]) {
            let times: Times = runs
                .iter()
                .map(|run| *run.get(stage).unwrap_or_else(|| run.iter().max().unwrap()))
                .collect();
            let aim = if stage == STAGES.len() { AIM } else { "" };
            table.row([
                format!("{start}: {name}"),
                seconds(times.median()),
                seconds(times.max()),
                aim.to_owned(),
            ]);
        }
    }
    vec![table.note(format!(
        "{RUNS} runs. One plain and one encrypted Matrix room, keys behind a passphrase; Synapse is up."
    ))]
}

/// A bot as the README describes it, started and connected to both networks.
pub async fn connected(sim: &DiscordSim, synapse: &Synapse) -> App {
    let setting = Setting {
        encrypted: true,
        ..Setting::default()
    };
    let mut app = App::prepare(sim, synapse, setting).await;
    app.add_process(Share::ALL).await;
    stages(&app).await;
    app
}

/// Waits until the bot is ready and connected; when each stage was reached.
pub async fn stages(app: &App) -> Vec<Duration> {
    let look = async || -> Option<Vec<Duration>> {
        STAGES
            .iter()
            .map(|(words, _)| app.logged_after(words))
            .collect()
    };
    app.eventually("ready, with both networks connected", look)
        .await
}

fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}
