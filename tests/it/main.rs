//! The integration tests: one binary, since linking is the slow part. Each file is a subject; `support` runs the
//! real servers.

mod discord_session;
#[path = "../discord_sim/lib.rs"]
mod discord_sim;
mod harness;
mod matrix_session;
mod support;
