//! Cercles: a chat bot that lives in Discord and Matrix rooms at once, for coalitions that widen their circles.
//!
//! # The one idea
//! **A post is a projection of the database.** Workshops, polls, commitments and digests are rows; what a room shows
//! of them is a *card*: "this room shows that subject, up to revision n". Nobody sends a message: a use case changes
//! rows and raises the cards that show them, in one transaction, and a reconciler brings every room to the wanted
//! revision.
//!
//! ```text
//! network event ─► inbound ─► grammar ─► Command ─► use case ──┐ one transaction:
//! (Discord, Matrix, playground)                                │ rows + event + cards + deadlines + inbox key
//! clock ─► deadline due ─► use case ───────────────────────────┘
//! database ─► reconciler ─► present(card, language) ─► network.create / network.edit
//! ```
//!
//! # The map
//! | module | what it is for | may import |
//! |---|---|---|
//! | [`domain`] | pure rules and types; no I/O, no clock | nothing |
//! | [`i18n`] | words, dates, numbers in French and English | domain |
//! | [`store`] | SQL and nothing else | domain |
//! | [`service`] | use cases: authorise, change, record, raise cards | domain, i18n, store |
//! | [`chart`] | bar charts as SVG and PNG | domain |
//! | [`present`] | what people read, as neutral messages | domain, i18n, service |
//! | [`web`] | public pages, feeds, personal ballots | domain, i18n, chart, present, service |
//! | [`command`] | the grammar: one table of commands | domain, i18n, present, service |
//! | [`network`] | the boundary; Discord, Matrix, playground below it | domain, i18n, chart, command |
//! | [`delivery`] | reconciler and scheduler | domain, i18n, present, service, store, network (the trait) |
//! | [`config`], [`app`], [`cli`], [`telemetry`] | wiring and lifecycle | all |
//!
//! Each outside library is named in one place: serenity and twilight in `network/discord`, matrix-sdk in
//! `network/matrix`, sqlx in `store`, axum in `web` and `network/playground`, askama in `web`, prometheus-client in `web/health`,
//! fluent in `i18n`, resvg and skrifa in `chart`, icalendar in `present/workshop`, rrule in `domain/series`. `tests/it/architecture.rs`
//! reads the `use` lines and fails when a rule is broken.

// matrix-sdk's futures nest deeper than the default limit (matrix-rust-sdk#6254).
#![recursion_limit = "256"]

pub mod app;
pub mod chart;
pub mod cli;
pub mod command;
pub mod config;
pub mod delivery;
pub mod domain;
pub mod i18n;
pub mod network;
pub mod present;
pub mod service;
pub mod store;
pub mod telemetry;
pub mod web;
