//! A child process that cannot outlive the test process, however that ends.
//!
//! A test binary may be stopped by SIGKILL, where no destructor runs. So each server is started by
//! a small shell that holds the read end of a pipe whose write end only we have: when we end, the
//! pipe closes, and the shell kills the server with all its descendants and removes its directory.
//! No `unsafe`, no `prctl`. The shell also passes signals on (one name per line on the pipe), and
//! ends with the server's own exit status.

use std::{
    ffi::OsString,
    io::Write,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

/// `$1` is the directory to remove when the pipe closes (may be empty), the rest is the command.
///
/// PostgreSQL's backends leave its process group, hence the walk through `/proc` before a kill.
/// A server that has just been killed may still be closing files, hence the repeated removal.
const SHELL: &str = r#"
dir=$1; shift
exec 3<&0 </dev/null
setsid "$@" 3<&- & p=$!
tree() {
  local c
  for c in $(cat /proc/"$1"/task/*/children 2>/dev/null); do tree "$c"; done
  echo "$1"
}
murder() { kill -s KILL $(tree $p) 2>/dev/null; kill -s KILL -- -$p 2>/dev/null; }
(
  while read -r signal <&3; do
    if [ "$signal" = KILL ]; then murder; else kill -s "$signal" $p 2>/dev/null; fi
  done
  trap '' TERM
  murder
  if [ -n "$dir" ]; then
    for _ in 1 2 3 4 5 6 7 8 9 10; do rm -rf -- "$dir" 2>/dev/null && break; sleep 0.1; done
  fi
) & reader=$!
wait $p; status=$?
kill $reader 2>/dev/null
wait $reader 2>/dev/null
exit $status
"#;

/// A running server. Dropping it kills the server with SIGKILL.
#[derive(Debug)]
pub struct Lifeline {
    name: String,
    shell: Child,
    pipe: Option<ChildStdin>,
    log: PathBuf,
}

impl Lifeline {
    /// Starts `command` in a process group of its own, with its output appended to `log`.
    ///
    /// `remove` is a directory that goes away when this process ends while the server still runs,
    /// and when the `Lifeline` is dropped; an explicit [`stop`](Self::stop) or
    /// [`kill`](Self::kill) leaves it, for a restart.
    pub fn spawn(
        name: &str,
        command: &[OsString],
        environment: &[(&str, OsString)],
        log: &Path,
        remove: Option<&Path>,
    ) -> Self {
        let open = || {
            std::fs::File::options()
                .create(true)
                .append(true)
                .open(log)
                .unwrap_or_else(|error| panic!("cannot write {}: {error}", log.display()))
        };
        let mut shell = Command::new("bash")
            .args(["-c", SHELL, "lifeline"])
            .arg(remove.unwrap_or(Path::new("")))
            .args(command)
            .envs(environment.iter().map(|(key, value)| (*key, value)))
            .stdin(Stdio::piped())
            .stdout(open())
            .stderr(open())
            .process_group(0)
            .spawn()
            .unwrap_or_else(|error| panic!("cannot start bash for {name}: {error}"));
        let pipe = shell.stdin.take();
        Self {
            name: name.to_owned(),
            shell,
            pipe,
            log: log.to_owned(),
        }
    }

    /// The server's process id: the shell's first child.
    pub fn pid(&self) -> Option<u32> {
        let shell = self.shell.id();
        let children = std::fs::read_to_string(format!("/proc/{shell}/task/{shell}/children"));
        children.ok()?.split_whitespace().next()?.parse().ok()
    }

    /// The exit status when the server has ended (128 + the signal's number after a signal).
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.shell
            .try_wait()
            .expect("waiting for the lifeline's shell")
    }

    /// Sends one signal (`TERM`, `INT`, `HUP`…) to the server, not to its children.
    pub fn signal(&mut self, signal: &str) {
        if let Some(pipe) = self.pipe.as_mut() {
            // A server that has ended by itself took the reader of the pipe with it.
            let _ = writeln!(pipe, "{signal}").and_then(|()| pipe.flush());
        }
    }

    /// Asks the server to end with `signal` and waits until it has.
    ///
    /// # Panics
    /// After `limit`, with the end of the server's log.
    pub async fn stop(mut self, signal: &str, limit: Duration) {
        self.signal(signal);
        self.wait_for_end(signal, limit).await;
    }

    /// SIGKILL to the server and all its descendants; returns when they are gone.
    pub async fn kill(mut self) {
        self.signal("KILL");
        self.wait_for_end("KILL", Duration::from_secs(30)).await;
    }

    async fn wait_for_end(&mut self, signal: &str, limit: Duration) {
        let start = Instant::now();
        while self.ended().is_none() {
            assert!(
                start.elapsed() < limit,
                "{} still runs {limit:?} after SIG{signal}; the end of its log:\n{}",
                self.name,
                super::tail(&self.log, 30),
            );
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

impl Drop for Lifeline {
    fn drop(&mut self) {
        // After `stop` or `kill` the shell has ended and this changes nothing.
        drop(self.pipe.take());
        let start = Instant::now();
        while matches!(self.shell.try_wait(), Ok(None)) && start.elapsed() < Duration::from_secs(10)
        {
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// How long to wait before poll number `attempt` of a server that is starting: 10 ms, then more,
/// at most 250 ms.
pub fn backoff(attempt: u32) -> Duration {
    Duration::from_millis((10_u64 << attempt.min(5)).min(250))
}
