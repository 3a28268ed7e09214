//! Matrix against a real Synapse: what the session hands over, and what its cards look like to other clients.
//!
//! The desk is played by an inbox that refuses when a test wants it to; everything else is real. Each test makes
//! its own bot, people and rooms.

mod bot;
mod deliver;
mod hear;
mod outage;
