//! The whole bot as its stewards run it: the real binary, a configuration file, real Synapse, the Discord simulator.
//!
//! One collective with a Discord channel and a Matrix room, both public. Stories are told by people ([`people`]), and
//! seen by them: what a room shows, what somebody was answered. Nothing here uses the code of the crate under test.
//!
//! Every story ends with [`App::finish`], which fails on a card that was not delivered, on anything that Discord would
//! have refused, on an interaction without answer or with a late one, and on an exit that is not clean. A story that
//! forgets it fails too.

pub mod people;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chrono::{DateTime, Timelike as _, Utc};
use serde_json::{Value, json};
use sqlx::Connection as _;

use super::lifeline::{Lifeline, backoff};
use super::matrix::MatrixUser;
use super::matrix::reading::Seen;
use super::synapse::Synapse;
use super::tail;
use crate::discord_sim::{ChannelId, DiscordSim, ShownMessage, UserId, perms};
use people::{OnDiscord, OnMatrix};

/// How long anything may take on a busy machine, the waits between tries after an outage included.
pub const PATIENCE: Duration = Duration::from_secs(120);
/// How long the process may take to end after SIGTERM.
const END: Duration = Duration::from_secs(10);

/// What differs from story to story.
pub struct Setting {
    /// The database; an SQLite file of its own if none.
    pub database: Option<String>,
    /// The language of the Matrix room.
    pub matrix_language: &'static str,
    /// Whether somebody is responsible for what is kept, and everybody has agreed to it.
    pub collects: bool,
    /// More of the collective's configuration, in TOML.
    pub more: String,
    /// A second Matrix room, which is encrypted, and what guards the keys: a passphrase and a recovery key.
    pub encrypted: bool,
    /// The collective's time zone; that of Québec if none.
    pub time_zone: Option<String>,
    /// Where it serves web pages, if it does: `127.0.0.1:…`.
    pub web: Option<String>,
    /// How the bot gets to the homeserver, if not directly.
    pub homeserver: Option<String>,
}

impl Default for Setting {
    fn default() -> Self {
        Self {
            database: None,
            matrix_language: "fr-CA",
            collects: true,
            more: String::new(),
            encrypted: false,
            time_zone: None,
            web: None,
            homeserver: None,
        }
    }
}

/// A running bot, and its surroundings.
pub struct App {
    pub sim: DiscordSim,
    /// The collective's channel on Discord.
    pub channel: ChannelId,
    /// The collective's room on Matrix.
    pub room: String,
    /// Its encrypted room, if the setting wants one.
    pub encrypted_room: Option<String>,
    /// A steward on each network.
    pub discord_organizer: OnDiscord,
    pub matrix_organizer: OnMatrix,
    bot: MatrixUser,
    folder: tempfile::TempDir,
    database: String,
    /// The parts of the configuration: what all have, `[discord]`, `[matrix]`.
    configuration: [String; 3],
    processes: Vec<Process>,
    collects: bool,
    finished: bool,
}

/// One process of the bot; none while it is ended.
struct Process {
    configuration: PathBuf,
    log: PathBuf,
    running: Option<Lifeline>,
    /// When it was last started, and how long its log was then.
    started: (DateTime<Utc>, usize),
}

/// What a process does of the whole work.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Which shard of Discord, of how many.
    pub shard: (u32, u32),
    /// Whether it serves Matrix: one process only has the device.
    pub matrix: bool,
}

impl Share {
    /// Everything, for a process that is alone.
    pub const ALL: Self = Self {
        shard: (0, 1),
        matrix: true,
    };
}

impl App {
    /// Makes the rooms and starts one process that serves both.
    pub async fn start(sim: &DiscordSim, synapse: &Synapse, setting: Setting) -> Self {
        let mut app = Self::prepare(sim, synapse, setting).await;
        app.add_process(Share::ALL).await;
        app.settled_in().await;
        app
    }

    /// Makes the rooms; no process yet.
    pub async fn prepare(sim: &DiscordSim, synapse: &Synapse, setting: Setting) -> Self {
        // Beside the build: /tmp may be in memory, where a commit costs nothing.
        let folder = tempfile::Builder::new()
            .prefix("cercles-")
            .tempdir_in(env!("CARGO_TARGET_TMPDIR"))
            .expect("a folder for the bot");
        let database = setting
            .database
            .unwrap_or_else(|| format!("sqlite:{}", folder.path().join("cercles.db").display()));
        let (bot, organizer) = (
            synapse.register("bot").await,
            synapse.register("organizer").await,
        );
        let room = organizer
            .create_room("Cercle", &[&bot.user_id], false, false)
            .await;
        let (mut encrypted_room, mut more_rooms, mut keys) = (None, String::new(), String::new());
        if setting.encrypted {
            let invited = [bot.user_id.as_str()];
            let room = organizer
                .create_room("Chiffré", &invited, true, false)
                .await;
            more_rooms = format!(
                "[[collective.room]]\nnetwork = \"matrix\"\naddress = {}\n",
                json!(room)
            );
            keys = format!(
                "store_passphrase = \"only for tests\"\nrecovery_key_file = {}\n",
                json!(folder.path().join("recovery-key"))
            );
            encrypted_room = Some(room);
        }
        let channel = sim.channel("ateliers");
        let discord_user = sim.add_user("organisatrice", "fr");
        sim.grant(discord_user, sim.guild(), perms::MANAGE_EVENTS);
        let web = setting.web.map(|listen| {
            let (address, key) = (format!("http://{listen}"), "0123456789abcdef".repeat(2));
            format!("[web]\nlisten = {listen:?}\npublic_url = {address:?}\nlink_key = {key:?}\n")
        });
        let web = web.unwrap_or_default();
        let common = format!(
            "{web}[database]\nurl = {database}\n[polls]\nmaster_key = \"a key for tests\"\n{privacy}\
             [[collective]]\nslug = \"quebec\"\nname = \"Collectif d'essai\"\n{time_zone}\
             [[collective.room]]\nnetwork = \"discord\"\naddress = {channel}\n\
             [[collective.room]]\nnetwork = \"matrix\"\naddress = {room}\nlanguage = {language}\n\
             {more_rooms}\
             [[collective.grant]]\nnetwork = \"discord\"\naccount = {discord}\nrole = \"steward\"\n\
             [[collective.grant]]\nnetwork = \"matrix\"\naccount = {matrix}\nrole = \"steward\"\n{more}",
            database = json!(database),
            time_zone = setting
                .time_zone
                .map(|zone| format!("time_zone = {zone:?}\n"))
                .unwrap_or_default(),
            privacy = if setting.collects { PRIVACY } else { "" },
            more = setting.more,
            channel = json!(channel.to_string()),
            room = json!(room),
            language = json!(setting.matrix_language),
            discord = json!(discord_user.to_string()),
            matrix = json!(organizer.user_id),
        );
        let discord = format!(
            "[discord]\ntoken = {token}\nguilds = [{guild}]\napi_proxy = {proxy}\nca_file = {ca}\n\
             gateway_url = {gateway}\n",
            token = json!(sim.token()),
            guild = sim.guild(),
            proxy = json!(sim.proxy_url()),
            ca = json!(sim.write_ca(folder.path())),
            gateway = json!(sim.gateway_url()),
        );
        let matrix = format!(
            "[matrix]\nhomeserver = {url}\nuser = {user}\npassword = {password}\nstate_dir = {state}\n\
             invites_from = [{everybody}]\n{keys}",
            url = json!(setting.homeserver.unwrap_or_else(|| synapse.url())),
            user = json!(bot.user_id),
            password = json!(bot.password),
            state = json!(folder.path().join("matrix")),
            everybody = json!(format!("*:{}", server_of(&bot.user_id))),
        );
        let place = (channel, room.clone());
        Self {
            sim: sim.clone(),
            channel,
            room: place.1.clone(),
            encrypted_room,
            discord_organizer: OnDiscord::new(sim, discord_user, channel),
            matrix_organizer: OnMatrix::new(organizer, place.1, &bot),
            bot,
            folder,
            database,
            configuration: [common, discord, matrix],
            processes: Vec::new(),
            collects: setting.collects,
            finished: false,
        }
    }

    /// Starts one more process on the same database; returns when it is ready.
    pub async fn add_process(&mut self, share: Share) {
        let number = self.processes.len() + 1;
        let [common, discord, matrix] = &self.configuration;
        let (shard, total) = share.shard;
        let shards = format!("shard_first = {shard}\nshard_total = {total}\n");
        let matrix = if share.matrix { matrix } else { "" };
        let configuration = self.folder.path().join(format!("cercles-{number}.toml"));
        let text = [common, discord, shards.as_str(), matrix].concat();
        std::fs::write(&configuration, text).expect("a writable folder");
        self.processes.push(Process {
            configuration,
            log: self.folder.path().join(format!("cercles-{number}.log")),
            running: None,
            started: Default::default(),
        });
        let process = self.processes.last_mut().expect("just added");
        process.launch(1).await;
    }

    /// Waits until Discord has the commands and the Matrix room its bot, and lets the organizers agree that their acts are
    /// kept: stories begin then.
    pub async fn settled_in(&self) {
        self.commands_registered().await;
        for room in [&self.room].into_iter().chain(&self.encrypted_room) {
            self.eventually("the bot in its Matrix rooms", async || {
                let members = self.matrix_organizer.user.joined(room).await;
                members.contains(&self.bot.user_id).then_some(())
            })
            .await;
        }
        if self.collects {
            self.discord_organizer.agrees().await;
            self.matrix_organizer.agrees().await;
        }
    }

    /// Waits until Discord has the commands.
    pub async fn commands_registered(&self) {
        let registered = self.sim.wait_until(
            |state| {
                let registered = |request: &crate::discord_sim::RequestLog| {
                    request.method == "PUT"
                        && request.path.ends_with("/commands")
                        && request.status == 200
                };
                state.requests.iter().any(registered)
            },
            PATIENCE,
        );
        if let Err(problem) = registered.await {
            panic!("no commands on Discord: {problem}\n{}", self.logs());
        }
    }

    /// SIGKILL to a process (the first is 0), at once: nothing in it gets to run.
    pub async fn kill9(&mut self, process: usize) {
        let running = self.processes[process].running.take();
        running.expect("it runs").kill().await;
    }

    /// Starts a process again, on the same database and device; returns when it says that it is ready.
    pub async fn restart(&mut self, process: usize) {
        let process = &mut self.processes[process];
        let before = process.starts();
        process.launch(before + 1).await;
    }

    /// SIGTERM; the processes must end by themselves within ten seconds, with exit code 0. Returns how long it took.
    pub async fn terminate(&mut self) -> Duration {
        let start = Instant::now();
        for process in &mut self.processes {
            if let Some(running) = process.running.as_mut() {
                running.signal("TERM");
            }
        }
        for process in &mut self.processes {
            let Some(mut running) = process.running.take() else {
                continue;
            };
            let status = loop {
                if let Some(status) = running.ended() {
                    break status;
                }
                assert!(
                    start.elapsed() < END,
                    "it still runs {END:?} after SIGTERM:\n{}",
                    tail(&process.log, 30)
                );
                tokio::time::sleep(Duration::from_millis(10)).await;
            };
            assert_eq!(
                status.code(),
                Some(0),
                "it did not end cleanly:\n{}",
                tail(&process.log, 30)
            );
        }
        start.elapsed()
    }

    /// The end of every story: everything was delivered, and nobody was left waiting.
    pub async fn finish(self) {
        assert_eq!(self.sim.unanswered(), [], "interactions without an answer");
        assert_eq!(self.sim.late(), [], "interactions answered too late");
        self.finish_after_a_crash().await;
    }

    /// The end of a story in which a process was killed: whoever acted then may have got no answer.
    pub async fn finish_after_a_crash(mut self) {
        self.delivered().await;
        self.sim.assert_clean();
        self.terminate().await;
        self.finished = true;
    }

    /// Waits until every room shows the wanted revision of each of its cards.
    pub async fn delivered(&self) {
        self.eventually("every card delivered", async || {
            (self.undelivered().await == 0).then_some(())
        })
        .await;
    }

    /// How many cards are behind, stuck ones included.
    async fn undelivered(&self) -> i64 {
        self.number("SELECT count(*) FROM card WHERE shown < wanted")
            .await
    }

    /// One number from the database, read past the bot.
    pub async fn number(&self, query: &'static str) -> i64 {
        self.value(query).await
    }

    /// Bytes from the database, read past the bot.
    pub async fn bytes(&self, query: &'static str) -> Vec<u8> {
        self.value(query).await
    }

    async fn value<T>(&self, query: &'static str) -> T
    where
        T: Send + Unpin,
        (T,): for<'r> sqlx::FromRow<'r, sqlx::postgres::PgRow>
            + for<'r> sqlx::FromRow<'r, sqlx::sqlite::SqliteRow>,
    {
        let read = async {
            if self.database.starts_with("postgres") {
                let mut conn = sqlx::PgConnection::connect(&self.database).await?;
                let found: Result<(T,), _> = sqlx::query_as(query).fetch_one(&mut conn).await;
                conn.close().await?;
                found
            } else {
                let mut conn = sqlx::SqliteConnection::connect(&self.database).await?;
                let found: Result<(T,), _> = sqlx::query_as(query).fetch_one(&mut conn).await;
                conn.close().await?;
                found
            }
        };
        read.await
            .unwrap_or_else(|error: sqlx::Error| panic!("{query}: {error}"))
            .0
    }

    /// The file of an SQLite database.
    pub fn database_file(&self) -> Option<&Path> {
        self.database.strip_prefix("sqlite:").map(Path::new)
    }

    /// Everything that the processes have logged.
    pub fn whole_log(&self) -> String {
        let logs = self.processes.iter().map(|process| read(&process.log));
        logs.collect()
    }

    /// A new citizen on Discord, whose Discord speaks `locale`, and who has agreed that their acts are kept.
    pub async fn on_discord(&self, name: &str, locale: &str) -> OnDiscord {
        let citizen = self.stranger_on_discord(name, locale);
        citizen.agrees().await;
        citizen
    }

    /// A citizen on Discord whom the bot has never seen.
    pub fn stranger_on_discord(&self, name: &str, locale: &str) -> OnDiscord {
        let user: UserId = self.sim.add_user(name, locale);
        OnDiscord::new(&self.sim, user, self.channel)
    }

    /// A new citizen on Matrix, in the room, who has agreed that their acts are kept.
    pub async fn on_matrix(&self, synapse: &Synapse, name: &str) -> OnMatrix {
        let citizen = self.stranger_on_matrix(synapse, name).await;
        citizen.agrees().await;
        citizen
    }

    /// A citizen on Matrix, in the room, whom the bot has never seen.
    pub async fn stranger_on_matrix(&self, synapse: &Synapse, name: &str) -> OnMatrix {
        let user = synapse.register(name).await;
        self.matrix_organizer
            .user
            .invite(&self.room, &user.user_id)
            .await;
        user.join(&self.room).await;
        OnMatrix::new(user, self.room.clone(), &self.bot)
    }

    /// Waits until the Discord channel shows a message of the bot like that.
    pub async fn discord_card(&self, wanted: impl Fn(&ShownMessage) -> bool) -> ShownMessage {
        let bot = self.sim.bot_user();
        let look = async || {
            let shown = self.sim.messages(self.channel);
            shown
                .into_iter()
                .find(|message| message.author == bot && wanted(message))
        };
        self.eventually("such a card on Discord", look).await
    }

    /// What the Discord channel shows, oldest first.
    pub fn discord_texts(&self) -> Vec<String> {
        let shown = self.sim.messages(self.channel);
        shown.iter().map(ShownMessage::text).collect()
    }

    /// Waits until the Matrix room shows a message of the bot like that, outside threads.
    pub async fn matrix_card(&self, wanted: impl Fn(&Seen) -> bool) -> Seen {
        let look = async || self.matrix_cards().await.into_iter().find(&wanted);
        self.eventually("such a card on Matrix", look).await
    }

    /// The bot's messages in the Matrix room, oldest first, answers in threads and pictures left out.
    pub async fn matrix_cards(&self) -> Vec<Seen> {
        let mut cards = self.matrix_organizer.user.timeline(&self.room).await;
        cards.retain(|seen| {
            seen.sender == self.bot.user_id
                && seen.thread_root.is_none()
                && seen.content["msgtype"] != "m.image"
        });
        cards
    }

    /// Waits for the latest file of that name that the bot put into a Matrix room; what it holds.
    pub async fn matrix_file(&self, user: &MatrixUser, room: &str, name: &str) -> String {
        let look = async || {
            let seen = user.timeline(room).await;
            let mut files = seen.into_iter().rev().filter(|seen| {
                seen.sender == self.bot.user_id && seen.content["msgtype"] == "m.file"
            });
            files.find(|file| file.content["filename"] == name)
        };
        let file = self.eventually("such a file on Matrix", look).await;
        let address = file.content["url"].as_str().expect("not encrypted");
        String::from_utf8(user.download(address).await).expect("text")
    }

    /// The folder that holds the configuration, the log and an SQLite database.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The database's address.
    pub fn database(&self) -> &str {
        &self.database
    }

    /// The first process's configuration.
    pub fn configuration(&self) -> &Path {
        &self.processes[0].configuration
    }

    /// Runs `cercles doctor` on the first process's configuration: its exit code and what it says.
    pub async fn doctor(&self) -> (Option<i32>, String) {
        let ran = tokio::process::Command::new(env!("CARGO_BIN_EXE_cercles"))
            .args(["doctor", "--config"])
            .arg(self.configuration())
            .output()
            .await
            .expect("it runs");
        let said = [ran.stdout, ran.stderr].concat();
        (
            ran.status.code(),
            String::from_utf8_lossy(&said).into_owned(),
        )
    }

    /// The bot's id on Matrix.
    pub fn matrix_bot(&self) -> &str {
        &self.bot.user_id
    }

    /// Both rooms show a card that contains all these words.
    pub async fn both_show(&self, words: &[&str]) -> (ShownMessage, Seen) {
        let all = |text: &str| words.iter().all(|word| text.contains(word));
        let discord = self
            .discord_card(|card| all(&people::plain(&card.text())))
            .await;
        let matrix = self
            .matrix_card(|card| all(&people::plain(&card.body)))
            .await;
        (discord, matrix)
    }

    /// Each room holds exactly this many of the bot's messages that contain these words.
    pub async fn each_room_has(&self, count: usize, words: &str) {
        self.delivered().await;
        let discord: Vec<String> = self.discord_texts();
        let found = discord
            .iter()
            .filter(|text| people::plain(text).contains(words));
        assert_eq!(found.count(), count, "{words:?} on Discord: {discord:#?}");
        let matrix: Vec<String> = self
            .matrix_cards()
            .await
            .into_iter()
            .map(|c| c.body)
            .collect();
        let found = matrix
            .iter()
            .filter(|text| people::plain(text).contains(words));
        assert_eq!(found.count(), count, "{words:?} on Matrix: {matrix:#?}");
    }

    /// Looks until there is something.
    pub async fn eventually<T>(&self, what: &str, look: impl AsyncFn() -> Option<T>) -> T {
        let start = Instant::now();
        for attempt in 0.. {
            if let Some(found) = look().await {
                return found;
            }
            if start.elapsed() > PATIENCE {
                break;
            }
            tokio::time::sleep(backoff(attempt + 2)).await;
        }
        panic!(
            "not within {PATIENCE:?}: {what}\nDiscord shows {:#?}\n{}",
            self.discord_texts(),
            self.logs()
        )
    }

    /// The ends of the processes' logs.
    pub fn logs(&self) -> String {
        let logs = self.processes.iter().map(|process| tail(&process.log, 40));
        logs.collect::<Vec<_>>().join("\n--- next process ---\n")
    }

    /// Whether a line of the first process's log contains this.
    pub fn has_logged(&self, words: &str) -> bool {
        read(&self.processes[0].log).contains(words)
    }

    /// The first process's id.
    pub fn pid(&self) -> u32 {
        let running = self.processes[0].running.as_ref();
        running.and_then(Lifeline::pid).expect("it runs")
    }

    /// How long after its latest start the first process logged these words, by its own clock.
    pub fn logged_after(&self, words: &str) -> Option<Duration> {
        let process = &self.processes[0];
        let (at, before) = process.started;
        let log = read(&process.log);
        let line = log
            .get(before..)?
            .lines()
            .find(|line| line.contains(words))?;
        let logged: DateTime<Utc> = line.split_whitespace().next()?.parse().ok()?;
        (logged - at).to_std().ok()
    }
}

impl Process {
    /// Starts it, and waits for its line "ready" number `count`.
    async fn launch(&mut self, count: usize) {
        let command = [
            binary(),
            "serve".into(),
            "--config".into(),
            self.configuration.clone().into(),
        ];
        let environment = [("NO_COLOR", "1".into())];
        self.started = (now(), read(&self.log).len());
        let mut running = Lifeline::spawn("cercles", &command, &environment, &self.log, None);
        let start = Instant::now();
        for attempt in 0.. {
            let ready = self.starts() >= count;
            if let Some(status) = running.ended() {
                panic!("it ended at once ({status}):\n{}", tail(&self.log, 30));
            }
            if ready {
                break;
            }
            assert!(
                start.elapsed() < PATIENCE,
                "it is not ready:\n{}",
                tail(&self.log, 30)
            );
            tokio::time::sleep(backoff(attempt)).await;
        }
        self.running = Some(running);
    }

    fn starts(&self) -> usize {
        read(&self.log).matches("cercles is ready").count()
    }
}

impl Drop for App {
    fn drop(&mut self) {
        if std::thread::panicking() {
            // The folder goes away with the test: this is the last chance to see the logs.
            eprintln!("{}", self.logs());
        } else {
            assert!(self.finished, "a story ends with `app.finish().await`");
        }
    }
}

/// Who is responsible in these stories.
const PRIVACY: &str = "[privacy]\norganisation = \"Coopérative d'essai\"\n\
    officer = \"responsable des renseignements\"\nemail = \"vie-privee@exemple.org\"\n\
    hosting = \"Au Québec\"\naccess = \"La coordination (2 personnes)\"\n";

fn server_of(user: &str) -> &str {
    user.split_once(':').map_or("", |(_, server)| server)
}

fn read(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap_or_default()
}

/// The bot: of this build, unless `CERCLES_TEST_BINARY` names another one.
pub fn binary() -> OsString {
    std::env::var_os("CERCLES_TEST_BINARY").unwrap_or_else(|| env!("CARGO_BIN_EXE_cercles").into())
}

#[expect(clippy::disallowed_methods, reason = "the bot's clock is the system's")]
fn now() -> DateTime<Utc> {
    Utc::now()
}

/// A time zone in which it is about that hour now: the bot writes to nobody unasked at night.
pub fn zone_at(hour: i64) -> String {
    let east = (hour - i64::from(now().hour()) + 11).rem_euclid(24) - 11;
    // In these names the sign is that of Greenwich seen from there.
    format!("Etc/GMT{:+}", -east).replace("+0", "")
}

/// A day in a month, as one may type it: `2031-05-02 19:30` for instance, never past, never a public holiday's eve.
pub fn in_a_month() -> String {
    let day = now() + chrono::Duration::days(30);
    format!("{} 19:30", day.format("%Y-%m-%d"))
}

/// The JSON of a Matrix event's mentions: who would hear a bell.
pub fn rings_nobody(content: &Value) -> bool {
    content["m.mentions"] == json!({})
}
