//! What the figures were measured on.

use std::process::Command;

/// Processor, memory, disk, compiler and program, one a line.
pub fn describe() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let kernel = std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let folder = env!("CARGO_TARGET_TMPDIR");
    let disk = output("df", &["--output=fstype,source", folder]);
    let disk = disk.lines().last().unwrap_or_default().trim();
    let binary = crate::support::app::binary();
    let size = std::fs::metadata(&binary).map_or(0, |file| file.len());
    let mut lines = vec![
        format!(
            "machine:  {cores} cores, {}, {} of memory",
            field("/proc/cpuinfo", "model name"),
            field("/proc/meminfo", "MemTotal"),
        ),
        format!("system:   Linux {}", kernel.trim()),
        format!("disk:     {disk} (the databases are in {folder})"),
        format!("compiler: {}", output("rustc", &["--version"])),
        format!("bot:      {} ({} MB)", binary.display(), size / 1_000_000),
    ];
    if disk.starts_with("tmpfs") {
        lines
            .push("NOTICE:   the databases are in memory, where a commit costs nothing".to_owned());
    }
    if cfg!(debug_assertions) {
        lines.push("NOTICE:   a debug build: its figures mean nothing".to_owned());
    }
    lines.join("\n") + "\n"
}

/// How many processes wanted a core, over the last minute.
pub fn load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().unwrap_or_default().to_owned()
}

fn field(file: &str, name: &str) -> String {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|line| line.split_once(':'))
        .map_or("?", |(_, value)| value.trim())
        .to_owned()
}

fn output(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    let text = output.map_or_else(|_| "?".into(), |output| output.stdout);
    String::from_utf8_lossy(&text).trim().to_owned()
}
