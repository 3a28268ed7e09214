//! A calendar as an independent parser reads it (Python's icalendar).

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::venv_python;

/// What the calendar says: its name and its events. Lines that are too long, and errors, fail.
pub fn read(text: &str) -> Value {
    let python = venv_python("CERCLES_TEST_CLIENTS_VENV", "clients-venv", "icalendar");
    let mut child = Command::new(python)
        .args(["-c", include_str!("calendar.py")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("Python starts");
    let mut input = child.stdin.take().expect("its standard input");
    input.write_all(text.as_bytes()).expect("it reads");
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}\n{text}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}
