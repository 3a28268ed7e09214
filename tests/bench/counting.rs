//! Counting: how each kind grows with its ballots, beside the time of merely reading the same ballots from the database;
//! and whether a poll of millions takes a vote, and shows its card, as fast as one of a thousand.

use std::hint::black_box;
use std::str::FromStr as _;
use std::time::{Duration, Instant};

use cercles::domain::actor::{Account, Actor, Role};
use cercles::domain::count::{
    ApprovalTally, Approvals, Pairwise, Points, PointsRule, PointsTally, Rankings, Schulze,
    ScoreTally, Scores, Tally as _, UNRANKED, approval_top_k, budget_greedy, equal_shares_add1,
    irv, stv_scottish,
};
use cercles::domain::ids::new_id;
use cercles::domain::language::Language;
use cercles::domain::network::NetworkKind;
use cercles::domain::poll::ballot::Ballot;
use cercles::domain::poll::live::Live;
use cercles::domain::poll::rules::{Rules, Terms};
use cercles::domain::poll::{Draft, DraftOption, Poll, Status};
use cercles::domain::privacy::WORDING;
use cercles::domain::text::Wording;
use cercles::i18n::Words;
use cercles::present;
use cercles::service::{ServiceError, polls as service, privacy};
use cercles::store::polls::{self, NewPoll};
use cercles::store::{Db, StoreError, collectives, people};
use chrono::{DateTime, Utc};
use chrono_tz::America::Toronto;
use futures::{FutureExt as _, TryStreamExt as _};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{Connection as _, Row as _};
use uuid::Uuid;

use crate::ballots::statement;
use crate::measure::{Process, Times, ms, whole};
use crate::table::Table;

const SIZES: [usize; 4] = [1_000, 10_000, 100_000, 1_800_000];
/// Options of a ranking, and of the other kinds.
const OPTIONS: usize = 8;
/// Different rankings in the database's polls.
const SAMPLE: usize = 20_000;
/// Votes whose time is measured.
const VOTES: usize = 200;

pub async fn run() -> Vec<Table> {
    let mut tables = vec![in_memory()];
    let (reading, voting) = in_the_database().await;
    tables.extend([reading, voting]);
    tables
}

/// Numbers that look random and are the same every time (xorshift64*).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % sides
    }

    /// A ranking around one of three orders, often cut short.
    fn levels(&mut self) -> Vec<u8> {
        let camp = [0, 0, 0, 0, 0, 1, 1, 1, 2, 2][self.below(10)];
        let step = [1, 3, 5][camp];
        let mut order: Vec<(usize, usize)> = (0..OPTIONS)
            .map(|place| (place * 10 + self.below(60), (place * step + camp) % OPTIONS))
            .collect();
        order.sort_unstable();
        let ranked = if self.below(10) < 6 {
            OPTIONS
        } else {
            1 + self.below(OPTIONS)
        };
        let mut levels = vec![UNRANKED; OPTIONS];
        for (level, (_, option)) in (0..).zip(order.into_iter().take(ranked)) {
            levels[option] = level;
        }
        levels
    }

    fn some(&mut self) -> Vec<usize> {
        let mut chosen: Vec<usize> = (0..=self.below(4)).map(|_| self.below(OPTIONS)).collect();
        chosen.sort_unstable();
        chosen.dedup();
        chosen
    }
}

/// The best of three.
fn timed<T>(count: impl Fn() -> T) -> Duration {
    let once = || {
        let start = Instant::now();
        black_box(count());
        start.elapsed()
    };
    (0..3).map(|_| once()).min().expect("three")
}

fn in_memory() -> Table {
    let mut table = Table::new(&[
        "one thread, 8 options, ballots in memory",
        "1 000",
        "10 000",
        "100 000",
        "1 800 000",
        "growth, last step (18 × ballots)",
    ]);
    let rule = PointsRule {
        budget: 10,
        cap: None,
    };
    let costs: Vec<u64> = (0..OPTIONS as u64).map(|o| 10_000 + 3_000 * o).collect();
    let polls: Vec<(Rankings, Approvals, Scores, Points)> = SIZES
        .iter()
        .map(|size| {
            let mut dice = Dice(7);
            let mut rankings = Rankings::new(OPTIONS).expect("options");
            let mut approvals = Approvals::new(OPTIONS, OPTIONS).expect("options");
            let mut scores = Scores::new(OPTIONS, 0, 5).expect("options");
            let mut points = Points::new(OPTIONS, rule).expect("options");
            for _ in 0..*size {
                rankings.push(&dice.levels(), 1).expect("a ranking");
                let chosen = dice.some();
                approvals.push(&chosen, 1).expect("approvals");
                let given: Vec<_> = chosen.iter().map(|o| (*o, dice.below(6) as i64)).collect();
                scores.push(&given, 1).expect("scores");
                let given: Vec<_> = chosen.iter().map(|o| (*o, 1)).collect();
                points.push(&given, 1).expect("points");
            }
            (rankings, approvals, scores, points)
        })
        .collect();
    let mut row = |name: &str, count: &dyn Fn(usize) -> Duration| {
        let times: Vec<Duration> = (0..SIZES.len()).map(count).collect();
        let growth = times[3].as_secs_f64() / times[2].as_secs_f64();
        let cells = times.iter().map(|time| ms(*time));
        table.row(
            std::iter::once(name.to_owned())
                .chain(cells)
                .chain([format!("{growth:.1} ×")]),
        );
    };
    row("rank: pairs and Schulze (aim at 1 800 000: 300 ms)", &|n| {
        timed(|| Schulze::of(&Pairwise::of(&polls[n].0)))
    });
    row("elect, one seat: run-off", &|n| {
        timed(|| irv(&polls[n].0, None).expect("strict"))
    });
    row("elect, 3 seats: Scottish STV", &|n| {
        timed(|| stv_scottish(&polls[n].0, 3, None).expect("strict"))
    });
    row("choose up to k, the top 3", &|n| {
        timed(|| approval_top_k(&ApprovalTally::of(&polls[n].1).counts, 3).expect("seats"))
    });
    row("score: sums and means", &|n| {
        timed(|| {
            let tally = ScoreTally::of(&polls[n].2);
            (tally.tiers(), tally.means())
        })
    });
    row("points", &|n| {
        timed(|| PointsTally::of(&polls[n].3).tiers())
    });
    row("budget: equal shares, completed", &|n| {
        timed(|| equal_shares_add1(&polls[n].1, &costs, 60_000, None).expect("costs"))
    });
    row("budget: the most supported first", &|n| {
        timed(|| {
            let counts = ApprovalTally::of(&polls[n].1).counts;
            budget_greedy(&counts, &costs, 60_000, None).expect("costs")
        })
    });
    let held = Process::own().memory().resident / 1_000_000;
    table.note(format!(
        "All of these ballots together, and this program: {held} MB resident. A proposal, a call for consent and a \
         poll of dates are counted by their running sums alone."
    ))
}

async fn in_the_database() -> (Table, Table) {
    let mut reading = Table::new(&[
        "rank, 8 options, from SQLite",
        "merely reading the ballots",
        "reading, merging and counting",
        "ratio (aim: 1.5 at most)",
    ]);
    let mut voting = Table::new(&[
        "rank, 8 options",
        "a vote, median",
        "a vote, p99",
        "loading and writing its card, median",
    ]);
    let words = Words::load().expect("words");
    let mut medians = Vec::new();
    for size in SIZES {
        let hall = Hall::open(size).await;
        let (read, counted) = hall.read_and_count().await;
        let ratio = counted.as_secs_f64() / read.as_secs_f64();
        reading.row([
            format!("{} voters", whole(size as f64)),
            ms(read),
            ms(counted),
            format!("{ratio:.2}"),
        ]);
        let (votes, cards) = hall.vote_and_show(&words).await;
        voting.row([
            format!("{} voters before", whole(size as f64)),
            ms(votes.median()),
            ms(votes.percentile(99)),
            ms(cards.median()),
        ]);
        medians.push(votes.median().as_secs_f64());
        hall.db.close().await;
    }
    let ratio = medians[3] / medians[0];
    let voting = voting.note(format!(
        "A vote at 1 800 000 voters takes {ratio:.2} × the time at 1 000 (aim: 1)."
    ));
    (reading, voting)
}

/// A database with one open poll of so many voters.
struct Hall {
    db: Db,
    poll: Uuid,
    collective: Uuid,
    file: std::path::PathBuf,
    _folder: tempfile::TempDir,
}

#[expect(clippy::disallowed_methods, reason = "a benchmark runs now")]
fn now() -> DateTime<Utc> {
    Utc::now()
}

fn account(number: usize) -> Account {
    Account {
        network: NetworkKind::Discord,
        address: format!("{}", 900_000_000 + number),
    }
}

impl Hall {
    async fn open(size: usize) -> Self {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
        let file = folder.path().join("hall.db");
        let db = Db::open(&format!("sqlite:{}", file.display()))
            .await
            .expect("a database");
        let (poll, at) = (new_id(now()), now());
        let made = db.write::<_, ServiceError, _>(move |tx| {
            async move {
                let collective = cercles::domain::collective::Collective {
                    id: new_id(at),
                    slug: "banc".to_owned(),
                    name: "Banc d'essai".to_owned(),
                    zone: Toronto,
                    language: Language::FrCa,
                    roles: cercles::domain::standing::RoleRules::default(),
                    steps: Vec::new(),
                    step: None,
                };
                let collective = collectives::put(tx, &collective).await?;
                privacy::declare(tx, Some(&statement())).await?;
                let draft = draft(at);
                let live = Live::new(&draft.terms.rules, OPTIONS).expect("options");
                let new = NewPoll {
                    id: poll,
                    collective,
                    number: 1,
                    draft: &draft,
                    status: Status::Open,
                    eligible: 2_000_000,
                    live: &live,
                    seed: None,
                };
                polls::add(tx, &new).await?;
                for voter in 0..VOTES {
                    let person = new_id(at);
                    people::add(tx, person, &account(voter), at).await?;
                    people::consent(tx, person, WORDING, at).await?;
                }
                Ok(collective)
            }
            .boxed()
        });
        let collective = made.await.expect("a poll");
        let hall = Self {
            db,
            poll,
            collective,
            file,
            _folder: folder,
        };
        hall.fill(size).await;
        hall
    }

    async fn connection(&self) -> SqliteConnection {
        let url = format!("sqlite:{}", self.file.display());
        let options = SqliteConnectOptions::from_str(&url).expect("an address");
        SqliteConnection::connect_with(&options)
            .await
            .expect("a connection")
    }

    /// So many people with a ballot each, and the sums that these make.
    async fn fill(&self, size: usize) {
        let mut conn = self.connection().await;
        let mut dice = Dice(11);
        let sample: Vec<Vec<u8>> = (0..SAMPLE.min(size)).map(|_| dice.levels()).collect();
        let mut tx = conn.begin().await.expect("a transaction");
        sqlx::query("CREATE TEMP TABLE sample (n INTEGER PRIMARY KEY, marks BLOB)")
            .execute(&mut *tx)
            .await
            .expect("a table");
        for (n, marks) in (0_i64..).zip(&sample) {
            sqlx::query("INSERT INTO sample VALUES ($1, $2)")
                .bind(n)
                .bind(marks)
                .execute(&mut *tx)
                .await
                .expect("a ballot");
        }
        let size = i64::try_from(size).expect("a size");
        for statement in [
            "CREATE TEMP TABLE crowd AS WITH RECURSIVE n(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n + 1 < $1)
             SELECT n, unhex(printf('%032x', n + 1)) AS id FROM n",
            "INSERT INTO person (id, created_at) SELECT id, '2026-01-01T00:00:00.000000+00:00' FROM crowd WHERE $1 > 0",
            "INSERT INTO ballot (poll_id, person_id, marks, verified, cast_at)
             SELECT (SELECT id FROM poll WHERE $1 > 0), id, marks, FALSE, '2026-01-01T00:00:00.000000+00:00'
             FROM crowd JOIN sample ON sample.n = crowd.n % (SELECT count(*) FROM sample)",
        ] {
            sqlx::query(statement)
                .bind(size)
                .execute(&mut *tx)
                .await
                .expect("a crowd");
        }
        tx.commit().await.expect("a commit");
        conn.close().await.expect("an end");
        let poll = self.poll;
        let merged = self
            .db
            .read::<_, StoreError, _>(|tx| polls::ballots(tx, poll).boxed())
            .await
            .expect("ballots");
        let mut live = Live::new(&Rules::Rank, OPTIONS).expect("options");
        for (marks, times) in merged {
            live.shift(
                &Ballot::Ranks(marks),
                times,
                cercles::domain::count::Change::Add,
            )
            .expect("a ballot");
        }
        let set = self.db.write::<_, StoreError, _>(move |tx| {
            async move { polls::set_live(tx, poll, &live, 0).await }.boxed()
        });
        set.await.expect("sums");
    }

    /// The best of three each.
    async fn read_and_count(&self) -> (Duration, Duration) {
        let (mut read, mut counted) = (Duration::MAX, Duration::MAX);
        for _ in 0..3 {
            let mut conn = self.connection().await;
            let start = Instant::now();
            let mut rows = sqlx::query("SELECT marks FROM ballot WHERE poll_id = $1")
                .bind(self.poll)
                .fetch(&mut conn);
            let mut bytes = 0;
            while let Some(row) = rows.try_next().await.expect("rows") {
                bytes += row.get::<&[u8], _>(0).len();
            }
            black_box(bytes);
            read = read.min(start.elapsed());
            drop(rows);
            conn.close().await.expect("an end");

            let start = Instant::now();
            let poll = self.poll;
            let ballots = self
                .db
                .read::<_, StoreError, _>(|tx| polls::ballots(tx, poll).boxed())
                .await
                .expect("ballots");
            let mut rankings = Rankings::new(OPTIONS).expect("options");
            for (marks, times) in &ballots {
                rankings.push(marks, *times).expect("a ranking");
            }
            black_box(Schulze::of(&Pairwise::of(&rankings)));
            counted = counted.min(start.elapsed());
        }
        (read, counted)
    }

    /// Votes of new people one by one, and the live card after each.
    async fn vote_and_show(&self, words: &Words) -> (Times, Times) {
        let mut dice = Dice(13);
        let (mut votes, mut cards) = (Vec::new(), Vec::new());
        for voter in 0..VOTES {
            let ballot = Ballot::Ranks(dice.levels());
            let collective = self.collective;
            let start = Instant::now();
            let cast = self.db.write::<_, ServiceError, _>(move |tx| {
                async move {
                    let person = people::find(tx, &account(voter)).await?;
                    let actor = Actor {
                        account: account(voter),
                        person: person.map(|person| person.id),
                        consented: true,
                        in_private: true,
                        in_control: false,
                        presence: cercles::domain::circle::Presence::Rooms(Vec::new()),
                        collective,
                        role: Role::Citizen,
                        language: Language::FrCa,
                        name: None,
                    };
                    service::vote(tx, &actor, 1, &ballot, None, now()).await
                }
                .boxed()
            });
            cast.await.expect("a ballot");
            votes.push(start.elapsed());

            let start = Instant::now();
            let poll = self.poll;
            let loaded: Option<Poll> = self
                .db
                .read::<_, StoreError, _>(|tx| polls::get(tx, poll).boxed())
                .await
                .expect("the poll");
            let poll = loaded.expect("the poll");
            black_box(present::poll::card(words, Language::FrCa, &poll, now()));
            cards.push(start.elapsed());
        }
        (votes.into_iter().collect(), cards.into_iter().collect())
    }
}

fn draft(at: DateTime<Utc>) -> Draft {
    let option = |n: usize| DraftOption {
        label: Wording::of(format!("Option {n}")),
        meaning: None,
        cost: None,
        at: None,
    };
    Draft {
        question: Wording::of("Quel ordre?".to_owned()),
        options: (0..OPTIONS).map(option).collect(),
        terms: Terms::new(Rules::Rank),
        opens_at: at,
        closes_at: at + chrono::Duration::days(7),
    }
}
