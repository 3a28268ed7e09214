//! Durable ballots per second: one by one and in groups, from the bare disk up to the desk.
//!
//! In a column "64 at once" there are 64 voters, of whom each casts the next ballot as soon as the last one is durable;
//! the bare disk and the bare connection put as many into one flush instead. So the rows of a column stand on each
//! other, and the difference of two rows is what the upper one costs.
//!
//! A room of [`PEOPLE`] votes, and votes again with another choice, as long as it takes. All of them have agreed before
//! that their acts are kept.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use cercles::command::{Answer, Deed, Desk, Inbound};
use cercles::domain::actor::{Account, Actor, Role};
use cercles::domain::card::Tone;
use cercles::domain::clock::{Clock as _, SystemClock};
use cercles::domain::collective::Purpose;
use cercles::domain::count::{Change, Tally as _};
use cercles::domain::language::Language;
use cercles::domain::network::NetworkKind;
use cercles::domain::poll::ballot::Ballot;
use cercles::domain::poll::live::Live;
use cercles::domain::poll::{Poll, letter};
use cercles::domain::privacy::Statement;
use cercles::domain::standing::{RoleRules, Standing};
use cercles::i18n::Words;
use cercles::service::people::{self, Caller};
use cercles::service::{ServiceError, polls as poll_service, setup};
use cercles::store::polls::{self, StoredBallot};
use cercles::store::{Db, StoreError, Tx};
use chrono::{DateTime, Utc};
use chrono_tz::America::Toronto;
use futures::FutureExt as _;
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use uuid::Uuid;

use crate::measure::{median, whole};
use crate::support::postgres::Postgres;
use crate::table::Table;

/// How many ballots are under way at once, by column.
pub const AT_ONCE: [usize; 3] = [1, 64, 256];
/// How often each figure is measured, and how long. All take turns, because a disk has good and bad minutes;
/// printed is the median. A first turn warms up and is not counted.
const TURNS: usize = 5;
const SLICE: Duration = Duration::from_millis(600);
const PEOPLE: usize = 4_000;
const OPTIONS: usize = 4;
const ROOM: &str = "100000000000000001";

pub async fn run() -> Vec<Table> {
    let folder = folder();
    let bare = folder.path().join("bare.db");
    let postgres = Postgres::start_durable().await;
    let sqlite = |name: &str| url(&folder.path().join(name));
    let rows = [
        (
            "disk: 4 KiB appended and flushed",
            Way::Disk(folder.path().join("flushes")),
        ),
        (
            "SQLite alone, one connection",
            Way::Alone(connection(&bare).await),
        ),
        (
            "Db::write, store functions only",
            Way::Store(Hall::open(&sqlite("store.db")).await),
        ),
        (
            "Db::write, service::polls::vote",
            Way::Vote(Hall::open(&sqlite("vote.db")).await),
        ),
        (
            "Desk::answer, \"/vote S1 b\"",
            Way::Desk(Hall::open(&sqlite("desk.db")).await),
        ),
        (
            "PostgreSQL: Db::write, service::polls::vote",
            Way::Vote(Hall::open(&postgres.database().await).await),
        ),
        (
            "PostgreSQL: Desk::answer",
            Way::Desk(Hall::open(&postgres.database().await).await),
        ),
    ];
    let mut rates = vec![[const { Vec::new() }; AT_ONCE.len()]; rows.len()];
    for turn in 0..=TURNS {
        for ((_, way), rates) in rows.iter().zip(&mut rates) {
            for (at_once, rates) in AT_ONCE.into_iter().zip(rates) {
                let rate = way.rate(at_once).await;
                if turn > 0 {
                    rates.extend(rate);
                }
            }
        }
    }
    let mut table = Table::new(&[
        "ballots per second",
        "one by one",
        "64 at once",
        "256 at once",
    ]);
    for ((name, way), rates) in rows.iter().zip(rates) {
        way.check().await;
        let cells = rates
            .into_iter()
            .map(|rates| median(rates).map_or_else(String::new, whole));
        table.row(std::iter::once((*name).to_owned()).chain(cells));
    }
    vec![
        table
            .note(format!("Medians of {TURNS} turns of {} ms each; every row takes its turns with the others.", SLICE.as_millis()))
            .note("Store functions: the ballot and the sums. The service: also the checks, and two cards raised. The")
            .note("desk: also the inbox key, who it is, parsing, and the answer in words.")
            .note("SQLite alone: a ballot and a sum in the least tables, without Db, so many ballots in one transaction.")
            .note("The database of each row holds exactly the ballots that were answered."),
    ]
}

/// `Db::write` alone on SQLite: the other side of the networks' paths.
pub struct DbAlone {
    way: Way,
    _folder: tempfile::TempDir,
}

impl DbAlone {
    pub async fn open() -> Self {
        let folder = folder();
        let hall = Hall::open(&url(&folder.path().join("alone.db"))).await;
        Self {
            way: Way::Vote(hall),
            _folder: folder,
        }
    }

    /// Ballots per second with so many voters at once.
    pub async fn rate(&self, at_once: usize) -> f64 {
        self.way.rate(at_once).await.expect("it has voters")
    }

    pub async fn check(&self) {
        self.way.check().await;
    }
}

/// How ballots get to the disk.
enum Way {
    /// A page each time: no ballots at all.
    Disk(PathBuf),
    /// Two statements a ballot, on a connection and tables of their own.
    Alone(SqlitePool),
    /// The store's functions in `Db::write`.
    Store(Arc<Hall>),
    /// The use case in `Db::write`.
    Vote(Arc<Hall>),
    /// What a network hands over.
    Desk(Arc<Hall>),
}

impl Way {
    /// Ballots per second, so many at once; none where that means nothing.
    async fn rate(&self, at_once: usize) -> Option<f64> {
        let start = Instant::now();
        let cast = match self {
            Self::Disk(file) if at_once == 1 => flushes(file),
            Self::Disk(_) => return None,
            Self::Alone(pool) => alone(pool, at_once).await,
            Self::Store(hall) => hall.crowd(at_once, Hall::record).await,
            Self::Vote(hall) => hall.crowd(at_once, Hall::vote).await,
            Self::Desk(hall) => hall.crowd(at_once, Hall::ask).await,
        };
        Some(cast as f64 / start.elapsed().as_secs_f64())
    }

    async fn check(&self) {
        match self {
            Self::Disk(_) | Self::Alone(_) => {}
            Self::Store(hall) | Self::Vote(hall) | Self::Desk(hall) => {
                hall.check().await;
            }
        }
    }
}

/// A database with an open poll, and people who may vote.
struct Hall {
    db: Db,
    desk: Desk,
    poll: Poll,
    voters: Vec<Actor>,
    /// Ballots cast.
    cast: AtomicUsize,
}

impl Hall {
    async fn open(url: &str) -> Arc<Self> {
        let db = Db::open(url).await.expect("a database");
        let at = now();
        let apply = db.write::<_, ServiceError, _>(move |tx| {
            async move { setup::apply(tx, &[plan()], Some(&statement()), at).await }.boxed()
        });
        apply.await.expect("a collective");
        let agree = db.write::<_, ServiceError, _>(move |tx| {
            async move {
                let mut voters = Vec::with_capacity(PEOPLE);
                for person in 0..PEOPLE {
                    voters.push(agreed(tx, person, at).await?);
                }
                Ok(voters)
            }
            .boxed()
        });
        let voters = agree.await.expect("people");
        let words = Arc::new(Words::load().expect("words"));
        let desk = Desk::new(db.clone(), Arc::new(SystemClock), words, None);
        let options: String = (0..OPTIONS).map(|n| format!("\n- Option {n}")).collect();
        let typed = format!("!sondage créer\nPar quoi commencer?{options}");
        // The first of them is a steward.
        acknowledged(
            desk.answer(inbound("poll".to_owned(), 0, Deed::Text(typed)))
                .await,
        );
        let collective = voters[0].collective;
        let look =
            db.read::<_, StoreError, _>(move |tx| polls::by_number(tx, collective, 1).boxed());
        let poll = look.await.expect("the database answers").expect("the poll");
        Arc::new(Self {
            db,
            desk,
            poll,
            voters,
            cast: AtomicUsize::new(0),
        })
    }

    /// Lets so many voters cast ballot after ballot; how many they cast.
    async fn crowd<F>(self: &Arc<Self>, at_once: usize, cast: fn(Arc<Self>, usize) -> F) -> usize
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let end = Instant::now() + SLICE;
        let voters = (0..at_once).map(|_| {
            let hall = Arc::clone(self);
            tokio::spawn(async move {
                let mut count = 0;
                while Instant::now() < end {
                    cast(Arc::clone(&hall), hall.next()).await;
                    count += 1;
                }
                count
            })
        });
        let counts = futures::future::join_all(voters.collect::<Vec<_>>()).await;
        counts
            .into_iter()
            .map(|count| count.expect("a voter"))
            .sum()
    }

    fn next(&self) -> usize {
        self.cast.fetch_add(1, Ordering::Relaxed)
    }

    async fn record(self: Arc<Self>, cast: usize) {
        let (poll, person, ballot) = (self.poll.clone(), self.person(cast), choice(cast));
        let cast = self
            .db
            .write(move |tx| async move { record(tx, &poll, person, &ballot).await }.boxed());
        cast.await.expect("a ballot");
    }

    async fn vote(self: Arc<Self>, cast: usize) {
        let (voter, number) = (self.voters[cast % PEOPLE].clone(), self.poll.number);
        let ballot = choice(cast);
        let cast = self.db.write::<_, ServiceError, _>(move |tx| {
            async move { poll_service::vote(tx, &voter, number, &ballot, None, now()).await }
                .boxed()
        });
        cast.await.expect("a ballot");
    }

    async fn ask(self: Arc<Self>, cast: usize) {
        let position = i64::try_from(option(cast)).expect("few options");
        let deed = Deed::Invoke {
            command: "vote".to_owned(),
            args: vec![
                ("poll".to_owned(), self.poll.short_id().to_string()),
                ("choice".to_owned(), letter(position).to_string()),
            ],
        };
        let event = inbound(format!("vote-{cast}"), cast % PEOPLE, deed);
        acknowledged(self.desk.answer(event).await);
    }

    fn person(&self, cast: usize) -> Uuid {
        self.voters[cast % PEOPLE].person.expect("they agreed")
    }

    /// What was answered is what the database holds: everybody's last ballot, and the sums that they make.
    async fn check(&self) {
        let (id, options) = (self.poll.id, self.poll.options.len());
        let look = self.db.read::<_, StoreError, _>(move |tx| {
            async move { Ok((polls::get(tx, id).await?, polls::ballots(tx, id).await?)) }.boxed()
        });
        let (poll, ballots) = look.await.expect("the database answers");
        self.db.close().await;
        let cast = self.cast.load(Ordering::Relaxed);
        let mut expected: BTreeMap<Vec<u8>, u64> = BTreeMap::new();
        for last in cast.saturating_sub(PEOPLE)..cast {
            *expected.entry(choice(last).to_bytes(options)).or_default() += 1;
        }
        assert_eq!(
            ballots.into_iter().collect::<BTreeMap<_, _>>(),
            expected,
            "of {cast} ballots"
        );
        let poll = poll.expect("the poll");
        if poll.live.cast() > 0 {
            let mut sums = Live::new(&poll.terms.rules, options).expect("sums");
            for (marks, count) in expected {
                let ballot = Ballot::from_bytes(&poll.terms.rules, options, &marks);
                let shift = sums.shift(&ballot.expect("a ballot"), count, Change::Add);
                shift.expect("a ballot of this poll");
            }
            assert_eq!(poll.live, sums, "after {cast} ballots");
        }
    }
}

/// The rows of one ballot, by the store's functions alone.
async fn record(tx: &mut Tx, poll: &Poll, person: Uuid, ballot: &Ballot) -> Result<(), StoreError> {
    let stored = StoredBallot {
        marks: ballot.to_bytes(poll.options.len()),
        reason: None,
        name: None,
        verified: false,
        cast_at: now(),
    };
    polls::set_ballot(tx, poll.id, person, &stored).await?;
    polls::set_live(tx, poll.id, &poll.live, poll.verified).await
}

/// Somebody who has agreed that their acts are kept.
async fn agreed(tx: &mut Tx, person: usize, at: DateTime<Utc>) -> Result<Actor, ServiceError> {
    let account = account(person);
    let caller = Caller {
        account: &account,
        standing: Standing::default(),
        room: ROOM,
        elsewhere: &[],
        in_private: true,
        bridged: false,
        language: Some(Language::FrCa),
        name: None,
    };
    let (stranger, _) = people::actor(tx, &caller).await?;
    people::consent(tx, &stranger, at).await?;
    Ok(people::actor(tx, &caller).await?.0)
}

/// The option of a person's ballot: another one each time that it is their turn.
const fn option(cast: usize) -> usize {
    (cast + cast / PEOPLE) % OPTIONS
}

fn choice(cast: usize) -> Ballot {
    Ballot::Options(vec![option(cast)])
}

fn inbound(key: String, person: usize, deed: Deed) -> Inbound {
    Inbound {
        key,
        account: account(person),
        standing: Standing::default(),
        bridged: false,
        room: ROOM.to_owned(),
        private: false,
        elsewhere: Vec::new(),
        thread: None,
        language: Some(Language::FrCa),
        name: None,
        at: now(),
        deed,
    }
}

#[track_caller]
fn acknowledged(answer: Answer) {
    match answer {
        Answer::Say(message) if message.tone != Tone::Error => {}
        other => panic!("refused: {other:?}"),
    }
}

fn plan() -> setup::Plan {
    let room = |network, address: &str| setup::PlannedRoom {
        network,
        address: address.to_owned(),
        language: None,
        purpose: Purpose::Public,
    };
    setup::Plan {
        federation: None,
        slug: "quebec".to_owned(),
        name: "Collectif d’essai".to_owned(),
        zone: Toronto,
        language: Language::FrCa,
        rooms: vec![
            room(NetworkKind::Discord, ROOM),
            room(NetworkKind::Matrix, "!room:test.local"),
        ],
        steps: Vec::new(),
        roles: RoleRules::default(),
        grants: vec![(account(0), Role::Steward)],
    }
}

/// Who is responsible for what is kept: nothing is, before.
pub fn statement() -> Statement {
    let text = str::to_owned;
    Statement {
        organisation: text("Coopérative d’essai"),
        officer: text("responsable des renseignements"),
        email: text("vie-privee@exemple.org"),
        hosting: text("Au Québec"),
        access: text("La coordination"),
    }
}

fn account(person: usize) -> Account {
    Account {
        network: NetworkKind::Discord,
        address: format!("{}", 200_000_000_000_000_000 + person),
    }
}

fn now() -> DateTime<Utc> {
    SystemClock.now()
}

/// A folder beside the build, which is on a disk where `/tmp` may not be.
fn folder() -> tempfile::TempDir {
    tempfile::Builder::new()
        .prefix("bench-")
        .tempdir_in(env!("CARGO_TARGET_TMPDIR"))
        .expect("a folder")
}

fn url(file: &Path) -> String {
    format!("sqlite:{}", file.display())
}

/// One connection with the settings of `Db`'s writer, and the least tables that hold ballots and their sums.
async fn connection(file: &Path) -> SqlitePool {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let pool = SqlitePoolOptions::new().max_connections(1);
    let pool = pool.connect_with(options).await.expect("SQLite");
    let tables = "CREATE TABLE ballot (person INTEGER PRIMARY KEY, marks BLOB NOT NULL);
                  CREATE TABLE sums (option INTEGER PRIMARY KEY, votes INTEGER NOT NULL);
                  INSERT INTO sums VALUES (0, 0), (1, 0), (2, 0), (3, 0)";
    sqlx::raw_sql(tables).execute(&pool).await.expect("tables");
    pool
}

/// Casts ballots without `Db`, so many in one transaction; how many.
async fn alone(pool: &SqlitePool, group: usize) -> usize {
    let end = Instant::now() + SLICE;
    let mut cast = 0;
    while Instant::now() < end {
        let mut open = pool.begin_with("BEGIN IMMEDIATE").await.expect("SQLite");
        for _ in 0..group {
            let option = i64::try_from(option(cast)).expect("few options");
            let ballot = sqlx::query("REPLACE INTO ballot VALUES ($1, $2)")
                .bind(i64::try_from(cast % PEOPLE).expect("few people"))
                .bind(choice(cast).to_bytes(OPTIONS));
            ballot.execute(&mut *open).await.expect("a ballot");
            let sums = sqlx::query("UPDATE sums SET votes = votes + 1 WHERE option = $1");
            sums.bind(option).execute(&mut *open).await.expect("sums");
            cast += 1;
        }
        open.commit().await.expect("a commit");
    }
    cast
}

/// How many pages the disk takes durably, one after the other.
fn flushes(file: &Path) -> usize {
    let file = std::fs::File::options()
        .create(true)
        .append(true)
        .open(file);
    let mut file = file.expect("a file");
    let end = Instant::now() + SLICE;
    let mut flushes = 0;
    while Instant::now() < end {
        file.write_all(&[b'x'; 4096]).expect("room on the disk");
        file.sync_data().expect("a disk that flushes");
        flushes += 1;
    }
    flushes
}
