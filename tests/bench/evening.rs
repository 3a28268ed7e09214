//! A call in a full hall: 2,000 people answer one workshop within a minute, most on Discord, some on Matrix.
//!
//! They come at even intervals, whether the bot keeps up or not, so a slow answer makes no later one look fast. Each
//! counts when its private confirmation (on Matrix, the answer in the thread) is there, which is after the commit. In
//! the end the database holds every answer, the seats that there are and the line behind them, and both cards say so.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use futures::StreamExt as _;

use crate::discord_path::{CALLBACK, answered};
use crate::discord_sim::{DiscordSim, SimOptions, UserId};
use crate::matrix_path::Reader;
use crate::measure::{Cpu, Process, Times, ms};
use crate::start;
use crate::support::app::people::OnMatrix;
use crate::support::app::{App, PATIENCE, in_a_month};
use crate::support::synapse::Synapse;
use crate::table::Table;

const DISCORD: usize = 1_900;
const MATRIX: usize = 100;
const SEATS: usize = 1_500;
const MINUTE: Duration = Duration::from_secs(60);
/// What Discord lets a bot change in a channel: 5 messages in 5 s.
const DISCORD_EDITS: usize = 60;

pub async fn run() -> Vec<Table> {
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = start::connected(&sim, synapse).await;
    app.settled_in().await;
    let seats = SEATS.to_string();
    let when = in_a_month();
    let options = [
        ("titre", "Grande rencontre"),
        ("quand", when.as_str()),
        ("places", seats.as_str()),
    ];
    app.discord_organizer.slash("atelier créer", &options).await;
    app.both_show(&["Grande rencontre"]).await;

    let on_discord: Vec<UserId> = (0..DISCORD)
        .map(|n| sim.add_user(&format!("guest-{n}"), "fr"))
        .collect();
    let agree = |n: usize| {
        let interaction = sim.slash(on_discord[n], app.channel, "accepte", &[]);
        (interaction, "accord est noté")
    };
    answered(&app, DISCORD, 64, agree).await;
    let names = futures::stream::iter(0..MATRIX).map(|n| format!("guest-{n}"));
    let on_matrix: Vec<OnMatrix> = names
        .map(|name| async { app.on_matrix(synapse, &{ name }).await })
        .buffer_unordered(4)
        .collect()
        .await;
    app.delivered().await;

    let meter = Cpu::of(Process(app.pid()));
    let edits = edits(&app);
    let (discord, matrix) = tokio::join!(discord(&app, &on_discord), matrix(&app, &on_matrix));
    let spent = meter.spent();
    let settled = Instant::now();
    app.both_show(&["En attente : 500"]).await;
    app.delivered().await;
    let settled = settled.elapsed();
    let edited = self::edits(&app);

    for (query, expected) in [
        ("SELECT count(*) FROM rsvp", DISCORD + MATRIX),
        ("SELECT count(*) FROM rsvp WHERE answer = 'yes'", SEATS),
        ("SELECT seats FROM workshop", SEATS),
        ("SELECT waiting FROM workshop", DISCORD + MATRIX - SEATS),
        (
            "SELECT count(DISTINCT ticket) FROM rsvp WHERE answer = 'waiting'",
            DISCORD + MATRIX - SEATS,
        ),
    ] {
        let found = app.number(query).await;
        assert_eq!(usize::try_from(found), Ok(expected), "{query}");
    }
    app.finish().await;

    let mut table = Table::new(&[
        "from the answer to its confirmation",
        "people",
        "p50",
        "p90",
        "p99",
        "longest",
    ]);
    for (name, times) in [("Discord", discord), ("Matrix", matrix)] {
        let people = times.len().to_string();
        let times: Times = times.into_iter().collect();
        table.row([
            name.to_owned(),
            people,
            ms(times.median()),
            ms(times.percentile(90)),
            ms(times.percentile(99)),
            ms(times.max()),
        ]);
    }
    vec![
        table
            .note(format!(
                "{} people in {} s for {SEATS} seats: every answer is kept, and the rest stand in line.",
                DISCORD + MATRIX,
                MINUTE.as_secs()
            ))
            .note(format!(
                "Discord's card was edited {} times meanwhile (Discord lets {DISCORD_EDITS} through), without one refusal;",
                edited - edits
            ))
            .note(format!(
                "both cards were right {:.1} s after the last answer. The bot took {:.1} s of one core.",
                settled.as_secs_f64(),
                spent.as_secs_f64()
            )),
    ]
}

/// How many edits of messages the bot has made; none of its requests was refused for being too many.
fn edits(app: &App) -> usize {
    let requests = app.sim.requests();
    let refused = requests.iter().filter(|request| request.status == 429);
    assert_eq!(refused.count(), 0, "too many requests");
    let edits = requests.iter().filter(|request| {
        request.method == "PATCH" && request.route == "/channels/{channel_id}/messages/{message_id}"
    });
    edits.count()
}

/// When the next of `count` people answers.
fn turn(start: Instant, n: usize, count: usize) -> tokio::time::Instant {
    let share = n as f64 / count as f64;
    tokio::time::Instant::from_std(start + MINUTE.mul_f64(share))
}

/// Lets people on Discord answer at even intervals; how long each waited for the confirmation.
async fn discord(app: &App, people: &[UserId]) -> Vec<Duration> {
    let sim = &app.sim;
    let mut read = sim.read(|state| state.requests.len());
    let mut under_way: HashMap<String, Instant> = HashMap::new();
    let (mut times, mut next) = (Vec::with_capacity(people.len()), 0);
    let start = Instant::now();
    while times.len() < people.len() {
        let due = async {
            if next < people.len() {
                tokio::time::sleep_until(turn(start, next, people.len())).await;
            } else {
                std::future::pending::<()>().await;
            }
        };
        let answers = sim.wait_for(
            |state| {
                let new = state.requests[read..].iter();
                let answers: Vec<_> = new
                    .filter(|request| request.route == CALLBACK)
                    .map(|request| {
                        let id = request.path.split('/').nth_back(2).unwrap_or_default();
                        (id.to_owned(), request.body.to_string())
                    })
                    .collect();
                (!answers.is_empty()).then_some((state.requests.len(), answers))
            },
            PATIENCE,
        );
        tokio::select! {
            () = due => {
                let options = [("atelier", "A1".into())];
                let at = Instant::now();
                let asked = sim.slash(people[next], app.channel, "viens", &options);
                under_way.insert(asked.id.to_string(), at);
                next += 1;
            }
            found = answers => {
                let now = Instant::now();
                let (len, answers) = found.unwrap_or_else(|problem| panic!("no answer: {problem}"));
                read = len;
                for (id, body) in answers {
                    let Some(at) = under_way.remove(&id) else { continue };
                    assert!(body.contains("A1"), "{body}");
                    times.push(now - at);
                }
            }
        }
    }
    times
}

/// The same on Matrix, as somebody in the room sees it.
async fn matrix(app: &App, people: &[OnMatrix]) -> Vec<Duration> {
    let mut reader = Reader::new(&app.matrix_organizer.user, &app.room).await;
    let start = Instant::now();
    let typed = people.iter().enumerate().map(|(n, person)| async move {
        tokio::time::sleep_until(turn(start, n, people.len())).await;
        let at = Instant::now();
        (person.starts_typing("!viens A1").await, at)
    });
    let answers = async {
        let mut answers: HashMap<String, Instant> = HashMap::new();
        while answers.len() < people.len() {
            let events = reader.sync().await;
            let now = Instant::now();
            for event in events {
                let relation = &event["content"]["m.relates_to"];
                let root = relation["event_id"].as_str();
                if event["sender"] == app.matrix_bot()
                    && relation["rel_type"] == "m.thread"
                    && let Some(root) = root
                {
                    answers.entry(root.to_owned()).or_insert(now);
                }
            }
            let late = start.elapsed() > MINUTE + PATIENCE;
            assert!(!late, "{} of {} are answered", answers.len(), people.len());
        }
        answers
    };
    let (typed, answers) = tokio::join!(futures::future::join_all(typed), answers);
    typed
        .into_iter()
        .map(|(event, at)| answers[&event] - at)
        .collect()
}
