//! The integration tests: one binary, since linking is the slow part. Each file is a subject; `support` runs the
//! real servers.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a test that cannot go on fails by panicking, and tells what it skips"
)]

mod architecture;
mod charts;
mod counting;
mod discord_session;
#[path = "../discord_sim/lib.rs"]
mod discord_sim;
mod harness;
mod matrix_session;
mod playground;
mod store;
mod stories;
mod support;
mod web;
