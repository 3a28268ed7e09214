//! From a command on Matrix to its answer, as the person who typed it sees both.
//!
//! One command at a time, by a person whose `/sync` waits meanwhile. The other side is what the server alone takes to
//! show that same person a message that nobody answers, measured in turns with the commands.

use std::time::Instant;

use reqwest::Method;
use serde_json::{Value, json};

use crate::discord_path::Voting;
use crate::discord_sim::{DiscordSim, SimOptions};
use crate::measure::{Times, ms};
use crate::start;
use crate::support::app::{App, PATIENCE};
use crate::support::matrix::{MatrixUser, encode, v3};
use crate::support::nio::Nio;
use crate::support::synapse::Synapse;
use crate::table::Table;

const RUNS: usize = 100;
/// The first ones, which are not counted: connections and keys are made then.
const WARM: usize = 5;

pub async fn run() -> Vec<Table> {
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let app = start::connected(&sim, synapse).await;
    app.settled_in().await;
    Voting::open(&app).await;

    let mut table = Table::new(&["", "p50", "p90", "longest", "to beat (p50)"]);
    let citizen = app.on_matrix(synapse, "citizen").await;
    let (answers, echoes) = plain(&app, &citizen.user).await;
    table.row(cells(
        "plain room: command to answer",
        &answers,
        "116 to 130 ms",
    ));
    table.row(cells("plain room: the server's echo alone", &echoes, ""));
    let (answers, echoes) = encrypted(&app, synapse).await;
    table.row(cells(
        "encrypted room: command to answer",
        &answers,
        "139 ms",
    ));
    table.row(cells("encrypted room: echo alone", &echoes, ""));
    app.finish().await;
    vec![
        table
            .note(format!(
                "{RUNS} times `!vote S1 a` or `b` (a durable ballot; the cards of both networks follow), and as many echoes in turns."
            ))
            .note("To beat: a bot that only answers, on the bare SDK; maubot with its poll plugin took 129 ms.")
            .note("They were measured on a quiet machine on which the server's echo took 46 ms.")
            .note("The encrypted room is read and written by matrix-nio, whose own time is in both of its rows."),
    ]
}

fn cells(name: &str, times: &Times, beat: &str) -> [String; 5] {
    [
        name.to_owned(),
        ms(times.median()),
        ms(times.percentile(90)),
        ms(times.max()),
        beat.to_owned(),
    ]
}

/// A ballot that differs from the one before.
fn command(run: usize) -> String {
    format!("!vote S1 {}", ["a", "b"][run % 2])
}

async fn plain(app: &App, user: &MatrixUser) -> (Times, Times) {
    let mut reader = Reader::new(user, &app.room).await;
    let (mut answers, mut echoes) = (Vec::new(), Vec::new());
    for run in 0..WARM + RUNS {
        let (start, typed) = (Instant::now(), command(run));
        let (event, at) = tokio::join!(
            user.send_text(&app.room, &typed),
            reader.next(|event| {
                event["sender"] == app.matrix_bot()
                    && event["content"]["m.relates_to"]["rel_type"] == "m.thread"
            }),
        );
        let (answer, at) = at;
        assert_eq!(
            answer["content"]["m.relates_to"]["event_id"], event,
            "{answer}"
        );
        let start_of_echo = Instant::now();
        let (_, echo) = tokio::join!(
            user.send_text(&app.room, "Bonjour"),
            reader.next(|event| {
                event["sender"] == user.user_id && event["content"]["body"] == "Bonjour"
            }),
        );
        if run >= WARM {
            answers.push(at - start);
            echoes.push(echo.1 - start_of_echo);
        }
    }
    (answers.into_iter().collect(), echoes.into_iter().collect())
}

async fn encrypted(app: &App, synapse: &Synapse) -> (Times, Times) {
    let room = app.encrypted_room.as_deref().expect("an encrypted room");
    let user = synapse.register("encrypted-citizen").await;
    app.matrix_organizer.user.invite(room, &user.user_id).await;
    let nio = Nio::log_in(&user).await;
    nio.join(room).await;
    nio.wait_for_member(room, app.matrix_bot()).await;
    let (mut answers, mut echoes) = (Vec::new(), Vec::new());
    for run in 0..WARM + RUNS {
        let start = Instant::now();
        let sent = nio.send_text(room, &command(run)).await;
        let answered = |event: &Value| {
            event["content"]["m.relates_to"]["event_id"] == sent.as_str()
                || event["content"]["content"]["m.relates_to"]["event_id"] == sent.as_str()
        };
        let answer = nio.wait_for(answered, PATIENCE).await;
        let at = start.elapsed();
        assert_eq!(answer["sender"], app.matrix_bot());
        assert_eq!(answer["decrypted"], true, "{answer}");
        let start = Instant::now();
        let words = format!("Bonjour {run}");
        nio.send_text(room, &words).await;
        nio.wait_for_text(room, &words).await;
        if run >= WARM {
            answers.push(at);
            echoes.push(start.elapsed());
        }
    }
    (answers.into_iter().collect(), echoes.into_iter().collect())
}

/// A `/sync` that goes on from call to call, so that nothing but news is asked of the server while time is taken.
pub struct Reader {
    user: MatrixUser,
    room: String,
    filter: String,
    since: String,
}

impl Reader {
    pub async fn new(user: &MatrixUser, room: &str) -> Self {
        let none = json!({"not_types": ["*"]});
        let filter = json!({
            "presence": none, "account_data": none,
            "room": {"rooms": [room], "timeline": {"limit": 1000}, "ephemeral": none, "account_data": none, "state": none},
        });
        let mut reader = Self {
            // A device of its own, so that its connection carries nothing else.
            user: user.log_in_again().await,
            room: room.to_owned(),
            filter: encode(&filter.to_string()),
            since: String::new(),
        };
        reader.sync().await;
        reader
    }

    /// Waits for an event like that; the event, and when it came.
    async fn next(&mut self, wanted: impl Fn(&Value) -> bool) -> (Value, Instant) {
        let start = Instant::now();
        loop {
            let events = self.sync().await;
            let now = Instant::now();
            if let Some(event) = events.into_iter().find(&wanted) {
                return (event, now);
            }
            assert!(start.elapsed() < PATIENCE, "no such event");
        }
    }

    /// What came since the last call, as soon as something comes.
    pub async fn sync(&mut self) -> Vec<Value> {
        let since = match self.since.as_str() {
            "" => String::new(),
            since => format!("&since={}&timeout=10000", encode(since)),
        };
        let path = format!("{}?filter={}{since}", v3(&["sync"]), self.filter);
        let answer = self.user.call(Method::GET, &path, None).await;
        let mut answer = answer.unwrap_or_else(|error| panic!("cannot sync: {error:?}"));
        self.since = answer["next_batch"]
            .as_str()
            .expect("a position")
            .to_owned();
        match answer["rooms"]["join"][&self.room]["timeline"]["events"].take() {
            Value::Array(events) => events,
            _ => Vec::new(),
        }
    }
}
