//! Reading processes, and the spread of times.

use std::time::{Duration, Instant};

/// Ticks per second in `/proc` (Linux shows the same to every program, whatever the kernel's own clock).
const USER_HZ: f64 = 100.0;

/// Times, in order.
pub struct Times(Vec<Duration>);

impl FromIterator<Duration> for Times {
    fn from_iter<T: IntoIterator<Item = Duration>>(times: T) -> Self {
        let mut times: Vec<Duration> = times.into_iter().collect();
        assert!(!times.is_empty(), "nothing was measured");
        times.sort_unstable();
        Self(times)
    }
}

impl Times {
    /// The time that so many of a hundred do not exceed (nearest rank).
    pub fn percentile(&self, percent: usize) -> Duration {
        let rank = (self.0.len() * percent).div_ceil(100).max(1);
        self.0[rank - 1]
    }

    pub fn median(&self) -> Duration {
        self.percentile(50)
    }

    pub fn max(&self) -> Duration {
        self.percentile(100)
    }
}

/// The middle one of several measurements.
pub fn median(mut figures: Vec<f64>) -> Option<f64> {
    figures.sort_unstable_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied()
}

/// Milliseconds, with a decimal where it says something.
pub fn ms(time: Duration) -> String {
    let ms = time.as_secs_f64() * 1e3;
    if ms < 20.0 {
        format!("{ms:.1} ms")
    } else {
        format!("{ms:.0} ms")
    }
}

/// A whole number with its thousands set apart.
pub fn whole(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

/// A running process.
#[derive(Clone, Copy)]
pub struct Process(pub u32);

/// What a process holds of the machine's memory, in bytes.
#[derive(Clone, Copy)]
pub struct Memory {
    /// All pages that are in memory (`VmRSS`).
    pub resident: u64,
    /// The same with each shared page divided by its sharers.
    pub proportional: u64,
    /// What is its own and backed by no file: heap and stacks.
    pub anonymous: u64,
    /// The most that was ever resident.
    pub peak: u64,
}

impl Process {
    /// This process.
    pub fn own() -> Self {
        Self(std::process::id())
    }

    pub fn memory(self) -> Memory {
        let status = self.read("status");
        let rollup = self.read("smaps_rollup");
        Memory {
            resident: bytes(&status, "VmRSS:"),
            proportional: bytes(&rollup, "Pss:"),
            anonymous: bytes(&status, "RssAnon:"),
            peak: bytes(&status, "VmHWM:"),
        }
    }

    /// The time that all its threads have spent on a core.
    pub fn cpu(self) -> Duration {
        let stat = self.read("stat");
        // The program's name, in brackets, may hold spaces: fields are counted after it. utime and stime are 14 and 15.
        let after = stat.rsplit_once(") ").expect("a line of /proc/PID/stat").1;
        let ticks: f64 = after
            .split(' ')
            .skip(11)
            .take(2)
            .map(|field| field.parse::<f64>().expect("ticks"))
            .sum();
        Duration::from_secs_f64(ticks / USER_HZ)
    }

    pub fn threads(self) -> u64 {
        let status = self.read("status");
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("Threads:"));
        line.and_then(|count| count.trim().parse().ok())
            .unwrap_or(0)
    }

    fn read(self, file: &str) -> String {
        let path = format!("/proc/{}/{file}", self.0);
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
    }
}

fn bytes(text: &str, name: &str) -> u64 {
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB"));
    kilobytes
        .and_then(|number| number.parse::<u64>().ok())
        .unwrap_or_else(|| panic!("no {name} in {text}"))
        * 1024
}

/// CPU time that passes in a process between two moments.
pub struct Cpu {
    process: Process,
    before: Duration,
    since: Instant,
}

impl Cpu {
    pub fn of(process: Process) -> Self {
        Self {
            process,
            before: process.cpu(),
            since: Instant::now(),
        }
    }

    pub fn spent(&self) -> Duration {
        self.process.cpu().saturating_sub(self.before)
    }

    /// The share of one core.
    pub fn share(&self) -> f64 {
        self.spent().as_secs_f64() / self.since.elapsed().as_secs_f64()
    }
}
