//! The grammar: ONE table of commands, from which everything that people can invoke follows.
//!
//! Two phases. *Parse* ([`parse`]): a typed line or an invocation becomes a [`Command`], without any I/O.
//! *Dispatch* ([`dispatch`]): an exhaustive match calls the use case and writes the answer. Between the networks
//! and both stands the [`Desk`].
//!
//! # Adding a command
//! 1. a row in [`spec::COMMANDS`];
//! 2. its words in `config/locales/*/commands.ftl`: `cmd-<group>-<verb>` with `.description`, and `arg-…`, `choice-…`
//!    for arguments that are new (a test names what is missing);
//! 3. a variant of [`Command`] and its line in [`Command::build`];
//! 4. its arm in [`dispatch`], which calls a function of `service`;
//! 5. a story in `tests/it`.
//!
//! Discord's slash commands, Matrix's text commands and the help follow from the table by themselves.

mod desk;
mod dispatch;
mod explain;
mod grammar;
mod inbound;
mod invocation;
mod parse;
mod partners;
mod personal;
pub mod spec;
mod waiting;

pub use desk::{Desk, DeskError};
pub use grammar::Grammar;
pub use inbound::{Answer, Deed, Inbound};
pub use invocation::{Command, Value, Values};
pub use parse::{ParseError, Parsed};
