//! A PostgreSQL of the tests' own: `initdb` into a new directory, on 127.0.0.1 and a free port.
//!
//! It trusts whoever connects and does not sync to disk unless asked: it must never hold anything but
//! tests. PostgreSQL refuses to run as root, so root (a container, CI) runs it as the user `postgres`.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    process::Command,
    sync::{
        OnceLock,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use super::{
    free_port,
    lifeline::{Lifeline, backoff},
    missing, tail, target_dir,
};

/// How long a start may take on a busy machine.
const READY: Duration = Duration::from_mins(1);

/// One PostgreSQL server.
#[derive(Debug)]
pub struct Postgres {
    bin: PathBuf,
    dir: PathBuf,
    port: u16,
    /// Whether a commit waits for the disk, as in production.
    durable: bool,
    server: Option<Lifeline>,
    databases: AtomicU64,
}

impl Postgres {
    /// The server that all tests of this binary share; each test asks it for a
    /// [`database`](Self::database) of its own.
    pub async fn shared() -> &'static Self {
        static SHARED: tokio::sync::OnceCell<Postgres> = tokio::sync::OnceCell::const_new();
        SHARED.get_or_init(Self::start_own).await
    }

    /// A server that one test may stop, kill and restart.
    ///
    /// # Panics
    /// When PostgreSQL is not installed, or does not start within a minute.
    pub async fn start_own() -> Self {
        Self::start(false).await
    }

    /// The same with a disk that counts: for measuring.
    pub async fn start_durable() -> Self {
        Self::start(true).await
    }

    async fn start(durable: bool) -> Self {
        let bin = bin_dir();
        let dir = data_parent();
        let data = dir.join("data");
        let mut initdb = as_server_user(&bin.join("initdb"));
        initdb.extend(
            [
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
                "-D",
            ]
            .map(OsString::from),
        );
        initdb.push(data.clone().into());
        run(&initdb).await;

        let mut postgres = Self {
            bin,
            dir,
            port: free_port(),
            durable,
            server: None,
            databases: AtomicU64::new(0),
        };
        // Another process may take the port between our look and PostgreSQL's.
        let mut attempts_left = 3;
        while let Err(error) = postgres.launch().await {
            assert!(attempts_left > 0, "{error}");
            attempts_left -= 1;
            postgres.port = free_port();
        }
        postgres
    }

    /// A new, empty database; returns the URL to connect to it.
    pub async fn database(&self) -> String {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        run(&[
            self.bin.join("createdb").into(),
            "-h".into(),
            "127.0.0.1".into(),
            "-p".into(),
            self.port.to_string().into(),
            "-U".into(),
            "postgres".into(),
            "-T".into(),
            "template0".into(),
            name.clone().into(),
        ])
        .await;
        format!("postgres://postgres@127.0.0.1:{}/{name}", self.port)
    }

    /// The port on 127.0.0.1; a restart keeps it.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Ends the server as an administrator would (SIGINT: connections are cut, nothing is lost).
    pub async fn stop(&mut self) {
        let server = self.server.take().expect("PostgreSQL was stopped already");
        server.stop("INT", READY).await;
    }

    /// Ends the server and its backends with SIGKILL.
    pub async fn kill(&mut self) {
        self.server
            .take()
            .expect("PostgreSQL was stopped already")
            .kill()
            .await;
    }

    /// Starts the server again after [`stop`](Self::stop) or [`kill`](Self::kill), with the same
    /// port and data; ends it first when it runs.
    pub async fn restart(&mut self) {
        if self.server.is_some() {
            self.stop().await;
        }
        // After a kill, PostgreSQL may refuse for a moment, until the kernel has cleaned up.
        let start = Instant::now();
        while let Err(error) = self.launch().await {
            assert!(start.elapsed() < READY, "{error}");
        }
    }

    async fn launch(&mut self) -> Result<(), String> {
        let log = self.dir.join("postgres.log");
        let disk = if self.durable { "on" } else { "off" };
        let mut command = as_server_user(&self.bin.join("postgres"));
        command.push("-D".into());
        command.push(self.dir.join("data").into());
        for setting in [
            "listen_addresses=127.0.0.1".to_owned(),
            format!("port={}", self.port),
            "unix_socket_directories=".to_owned(),
            format!("fsync={disk}"),
            format!("synchronous_commit={disk}"),
            format!("full_page_writes={disk}"),
            "max_connections=200".to_owned(),
        ] {
            command.push("-c".into());
            command.push(setting.into());
        }
        let mut server = Lifeline::spawn("PostgreSQL", &command, &[], &log, Some(&self.dir));
        let ready = self.bin.join("pg_isready");
        let start = Instant::now();
        for attempt in 0.. {
            if let Some(status) = server.ended() {
                return Err(format!(
                    "PostgreSQL ended at once ({status}):\n{}",
                    tail(&log, 20)
                ));
            }
            let accepts = tokio::process::Command::new(&ready)
                .args(["-q", "-h", "127.0.0.1", "-U", "postgres", "-d", "postgres"])
                .args(["-p", &self.port.to_string()])
                .status()
                .await
                .is_ok_and(|status| status.success());
            if accepts {
                break;
            }
            if start.elapsed() > READY {
                return Err(format!(
                    "PostgreSQL not ready after {READY:?}:\n{}",
                    tail(&log, 20)
                ));
            }
            tokio::time::sleep(backoff(attempt)).await;
        }
        self.server = Some(server);
        Ok(())
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.server.take());
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}

/// The newest `/usr/lib/postgresql/*/bin`, or what `CERCLES_TEST_POSTGRES_BIN` names.
fn bin_dir() -> PathBuf {
    let found = std::env::var_os("CERCLES_TEST_POSTGRES_BIN")
        .map(PathBuf::from)
        .or_else(|| {
            let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
            versions
                .flatten()
                .filter_map(|version| {
                    let number: u32 = version.file_name().to_str()?.parse().ok()?;
                    Some((number, version.path().join("bin")))
                })
                .max()
                .map(|(_, bin)| bin)
        });
    found
        .filter(|bin| bin.join("initdb").exists())
        .unwrap_or_else(|| {
            missing(
                "PostgreSQL",
                "/usr/lib/postgresql/*/bin, or what CERCLES_TEST_POSTGRES_BIN names",
            )
        })
}

/// Whether we are root and so must become another user to run PostgreSQL.
fn root() -> bool {
    static ROOT: OnceLock<bool> = OnceLock::new();
    *ROOT.get_or_init(|| {
        Command::new("id")
            .arg("-u")
            .output()
            .is_ok_and(|output| output.stdout == b"0\n")
    })
}

/// The command line that runs `program` as a user that PostgreSQL accepts.
fn as_server_user(program: &Path) -> Vec<OsString> {
    let mut command: Vec<OsString> = Vec::new();
    if root() {
        // setpriv replaces itself by the program: signals reach the right process.
        command.extend(
            [
                "setpriv",
                "--reuid=postgres",
                "--regid=postgres",
                "--init-groups",
            ]
            .map(OsString::from),
        );
    }
    command.push(program.into());
    command
}

/// A directory that the server's user owns: under `target/tmp`, or in the system's directory for
/// temporary files when that user may not enter the work tree (a clone under `/root`).
fn data_parent() -> PathBuf {
    let dir = super::server_dir("postgres");
    if !root() {
        return dir;
    }
    let may_enter = |dir: &Path| {
        let owned = Command::new("chown")
            .arg("postgres:postgres")
            .arg(dir)
            .status();
        let mut enter = as_server_user(Path::new("test"));
        enter.extend(["-w".into(), dir.into()]);
        owned.is_ok_and(|status| status.success())
            && Command::new(&enter[0])
                .args(&enter[1..])
                .status()
                .is_ok_and(|status| status.success())
    };
    if may_enter(&dir) {
        return dir;
    }
    let _ = std::fs::remove_dir(&dir);
    let elsewhere = tempfile::Builder::new()
        .prefix("cercles-postgres-")
        .tempdir()
        .expect("a directory for temporary files")
        .keep();
    assert!(
        may_enter(&elsewhere),
        "the user postgres can write neither in {} nor in {}",
        target_dir().display(),
        elsewhere.display(),
    );
    elsewhere
}

/// Runs a command of PostgreSQL's to its end.
async fn run(command: &[OsString]) {
    let output = tokio::process::Command::new(&command[0])
        .args(&command[1..])
        .output()
        .await
        .unwrap_or_else(|error| panic!("cannot run {command:?}: {error}"));
    assert!(
        output.status.success(),
        "{command:?} failed ({}):\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
}
