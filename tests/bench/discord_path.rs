//! Ballots through the whole Discord path: the simulator's gateway, the bot, its database, the answer over HTTPS.
//!
//! Every ballot is `/vote` by another person, and counts when the answer that says so has arrived at the simulator,
//! which is after the commit. The simulator runs in this process: what it takes of the machine is printed too. Cards
//! are brought up to date meanwhile, on both networks.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use crate::ballots::{AT_ONCE, DbAlone};
use crate::discord_sim::{DiscordSim, InteractionHandle, SimOptions, UserId};
use crate::measure::{Cpu, Process, Times, median, ms, whole};
use crate::start;
use crate::support::app::{App, PATIENCE};
use crate::support::synapse::Synapse;
use crate::table::Table;

pub const CALLBACK: &str = "/interactions/{interaction_id}/{interaction_token}/callback";
const OPTIONS: [&str; 3] = ["Le transport", "Le bâtiment", "Les jardins"];
/// How often each figure is measured, in turns with its other side, and by how many ballots: alone, or at once.
const TURNS: usize = 3;
const ALONE: usize = 500;
const TOGETHER: usize = 3_000;

pub async fn run() -> Vec<Table> {
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = start::connected(&sim, synapse).await;
    app.settled_in().await;
    let db = DbAlone::open().await;
    let mut voting = Voting::open(&app).await;
    voting.cast(TOGETHER / 3, 64).await;
    db.rate(64).await;

    let mut rates = Table::new(&[
        "ballots per second",
        "whole path",
        "Db::write alone",
        "bot, CPU per ballot",
        "simulator, CPU per ballot",
    ]);
    let mut alone = Vec::new();
    for at_once in AT_ONCE {
        let count = if at_once == 1 { ALONE } else { TOGETHER };
        let (mut whole_path, mut db_alone) = (Vec::new(), Vec::new());
        let mut cpu = [Duration::ZERO; 2];
        for _ in 0..TURNS {
            let meters = [Process(app.pid()), Process::own()].map(Cpu::of);
            let start = Instant::now();
            let times = voting.cast(count, at_once).await;
            whole_path.push(count as f64 / start.elapsed().as_secs_f64());
            for (cpu, meter) in cpu.iter_mut().zip(meters) {
                *cpu += meter.spent();
            }
            if at_once == 1 {
                alone.extend(times);
            }
            // The cards are edited now: that is not to take the other side's time.
            app.delivered().await;
            db_alone.push(db.rate(at_once).await);
        }
        let rate = |rates| median(rates).map_or_else(String::new, whole);
        let [bot, own] = cpu.map(|cpu| cpu / u32::try_from(count * TURNS).expect("a count"));
        rates.row([
            format!("{at_once} at once"),
            rate(whole_path),
            rate(db_alone),
            format!("{:.2} ms", bot.as_secs_f64() * 1e3),
            format!("{:.2} ms", own.as_secs_f64() * 1e3),
        ]);
    }
    db.check().await;
    voting.check().await;
    app.finish().await;
    let strict = match sim.openapi_loaded() {
        true => "The simulator checks every body against Discord's published description.",
        false => {
            "Discord's published description is not here: the simulator checks by its own rules only."
        }
    };

    let times: Times = alone.into_iter().collect();
    let mut latency = Table::new(&[
        "from the click to the answer",
        "p50",
        "p90",
        "p99",
        "longest",
        "limit",
    ]);
    latency.row([
        format!("one at a time, {} ballots", ALONE * TURNS),
        ms(times.percentile(50)),
        ms(times.percentile(90)),
        ms(times.percentile(99)),
        ms(times.max()),
        "3000 ms".to_owned(),
    ]);
    vec![
        rates
            .note(format!("Medians of {TURNS} turns. Every ballot that was answered is in the database, and no other."))
            .note("Bot and simulator share the machine: what one takes, the other lacks.")
            .note(strict),
        latency,
    ]
}

/// An open poll, and people who vote in it on Discord.
pub struct Voting<'a> {
    app: &'a App,
    /// Ballots that were acknowledged.
    cast: usize,
}

impl<'a> Voting<'a> {
    pub async fn open(app: &'a App) -> Self {
        let options = [
            ("question", "Par quoi commencer?"),
            ("options", &OPTIONS.join("; ")),
        ];
        let opened = app.discord_organizer.slash("sondage créer", &options).await;
        assert!(opened.contains("S1"), "{opened}");
        app.both_show(&["Par quoi commencer?"]).await;
        Self { app, cast: 0 }
    }

    /// Lets `count` new people agree that their acts are kept, then vote, so many of them at once; how long each vote took.
    pub async fn cast(&mut self, count: usize, at_once: usize) -> Vec<Duration> {
        let sim = &self.app.sim;
        let voters: Vec<UserId> = (0..count)
            .map(|n| sim.add_user(&format!("voter-{}", self.cast + n), "fr"))
            .collect();
        let agree = |n: usize| {
            let interaction = sim.slash(voters[n], self.app.channel, "accepte", &[]);
            (interaction, "accord est noté")
        };
        answered(self.app, count, 64, agree).await;
        let vote = |n: usize| {
            let chosen = n % OPTIONS.len();
            let vote = [
                ("sondage", "S1".into()),
                ("choix", ["a", "b", "c"][chosen].into()),
            ];
            let interaction = sim.slash(voters[n], self.app.channel, "vote", &vote);
            (interaction, OPTIONS[chosen])
        };
        let times = answered(self.app, count, at_once, vote).await;
        self.cast += count;
        times
    }

    /// The database holds the acknowledged ballots, one of each person, and no other.
    pub async fn check(&self) {
        let cast = i64::try_from(self.cast).expect("a count");
        for query in [
            "SELECT count(*) FROM ballot",
            "SELECT count(DISTINCT person_id) FROM ballot",
        ] {
            assert_eq!(self.app.number(query).await, cast, "{query}");
        }
    }
}

/// Starts `count` interactions, so many at once, and waits until each is answered with the words that `start` gives
/// with it; how long each took.
pub async fn answered(
    app: &App,
    count: usize,
    at_once: usize,
    start: impl Fn(usize) -> (InteractionHandle, &'static str),
) -> Vec<Duration> {
    let sim = &app.sim;
    let mut under_way: HashMap<String, (Instant, &str)> = HashMap::new();
    let mut times = Vec::with_capacity(count);
    // Answers are read from the simulator's log of requests, from here on.
    let mut read = sim.read(|state| state.requests.len());
    while times.len() < count {
        while under_way.len() < at_once && times.len() + under_way.len() < count {
            let at = Instant::now();
            let (interaction, words) = start(times.len() + under_way.len());
            under_way.insert(interaction.id.to_string(), (at, words));
        }
        let answers = sim
            .wait_for(
                |state| {
                    let new = &state.requests[read..];
                    let answers: Vec<_> = new
                        .iter()
                        .filter(|request| request.route == CALLBACK)
                        .map(|request| {
                            let id = request.path.split('/').nth_back(2).unwrap_or_default();
                            (id.to_owned(), request.status, request.body.to_string())
                        })
                        .collect();
                    read = state.requests.len();
                    (!answers.is_empty()).then_some(answers)
                },
                PATIENCE,
            )
            .await
            .unwrap_or_else(|problem| panic!("{} answers are missing: {problem}", under_way.len()));
        let now = Instant::now();
        for (id, status, body) in answers {
            let Some((at, words)) = under_way.remove(&id) else {
                continue;
            };
            assert!(
                matches!(status, 200 | 204) && body.contains(words),
                "not acknowledged with {words:?}: {status} {body}"
            );
            times.push(now - at);
        }
    }
    times
}
