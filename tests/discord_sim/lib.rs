//! A strict stand-in for Discord: REST v10 and the gateway, on this machine only.
//!
//! Strict means: whatever Discord would refuse is refused here with Discord's own error, *and* written down
//! in [`DiscordSim::violations`], so that a test can end with [`DiscordSim::assert_clean`]. What Discord would
//! let pass but a careful bot never does (no explicit `allowed_mentions`) is only written down.
//!
//! It must never open a connection to another machine, and never wait by sleeping: everything a test waits for
//! is announced by [`DiscordSim::wait_for`]. Time is the machine's clock plus an offset ([`DiscordSim::advance_clock`]).
//!
//! Map: `state` what Discord remembers; `rest` the routes (one file per family); `rules` what is refused;
//! `spec` the check against Discord's published OpenAPI description; `limits` the rate limits; `gateway` the
//! websocket; `interactions` what people click; `proxy` the HTTPS way in; `faults` what goes wrong on demand.
//!
//! To add a route: write its handler in the file of its family, add one line in `rest::routes`, with the
//! template exactly as Discord's OpenAPI description spells it (that is how its bodies get validated).
//!
//! The file is included by several test binaries with `#[path]`, hence `super::` instead of `crate::` everywhere.
#![allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    reason = "each test binary uses its own part of the simulator"
)]
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "test code: it owns its clock"
)]

mod clock;
mod errors;
mod events;
mod faults;
mod gateway;
mod helpers;
mod ids;
mod interactions;
mod limits;
mod markup;
mod messages;
mod net;
mod options;
mod permissions;
mod polls;
mod proxy;
mod render;
mod rest;
mod rules;
mod sim;
mod spec;
mod state;
#[cfg(test)]
mod tests;

pub use faults::{Fault, RouteMatch};
pub use ids::{ChannelId, EventId, GuildId, InteractionId, MessageId, RoleId, UserId};
pub use interactions::{InteractionHandle, Modal, ModalField, Response, ShownMessage};
pub use limits::RateLimit;
pub use options::SimOptions;
pub use permissions::perms;
pub use sim::{DiscordSim, WaitTimeout};
pub use state::{RequestLog, State, Violation, ViolationKind};
