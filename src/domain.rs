//! The pure rules and types of Cercles: what a workshop, a poll, a commitment, a digest and a card *are*.
//!
//! Nothing here performs I/O, waits, or reads a clock: time and identifiers come in as values
//! ([`clock::Clock`], [`ids`]), so every rule can be tested at any moment of any year.
//! This module imports no other module of the crate.
//!
//! A new capability starts here: one file with its types and rules, then `store`, `service`,
//! `command`, `present` follow with the same name.

pub mod actor;
pub mod card;
pub mod catalogue;
pub mod chart;
pub mod checkin;
pub mod circle;
pub mod clock;
mod code;
pub mod collective;
pub mod commitment;
pub mod count;
pub mod digest;
pub mod event;
pub mod federation;
pub mod ids;
pub mod language;
pub mod link;
pub mod network;
pub mod organisation;
pub mod plan;
pub mod pledge;
pub mod poll;
pub mod privacy;
pub mod progress;
pub mod pulse;
pub mod reminder;
pub mod schedule;
pub mod series;
pub mod standing;
pub mod text;
pub mod told;
pub mod when;
pub mod widening;
pub mod workshop;
