//! The command line: what a steward types.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use futures::FutureExt;
use secrecy::ExposeSecret;

use crate::app;
use crate::config::{Config, EXAMPLE, LogConfig};
use crate::domain::clock::{Clock as _, SystemClock};
use crate::domain::count::anchor::{FileError, count_file};
use crate::domain::ids::{Kind, ShortId};
use crate::network::Finding;
use crate::service::polls;
use crate::store::Db;
use crate::telemetry;

/// Cercles: one record, one ballot per person, one digest, across Discord and Matrix.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Cli {
    /// The configuration.
    #[arg(
        long,
        short,
        global = true,
        env = "CERCLES_CONFIG",
        default_value = "cercles.toml"
    )]
    config: PathBuf,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the bot on the configured networks
    Serve,
    /// Try the bot in a local page, with invented data (this is what happens without a command)
    Playground {
        /// The port on 127.0.0.1; 0 for any that is free
        #[arg(long, default_value_t = 8008)]
        port: u16,
    },
    /// Say what is wrong with the set-up and how to put it right; exit code 1 if something is
    Doctor,
    /// Bring the database to this version's tables
    Migrate,
    /// Count an election in a file of the format poll-anchor/1, and print the results as JSON
    Count {
        /// The file; `-` for standard input
        file: PathBuf,
    },
    /// Write something of the record down for others
    Export {
        #[command(subcommand)]
        command: ExportCommand,
    },
    /// Show or check configuration
    Config {
        #[command(subcommand)]
        command: ConfigCommand,
    },
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Print an example that documents every setting
    Example,
    /// Read the configuration and say what is wrong
    Check,
}

#[derive(Debug, Subcommand)]
enum ExportCommand {
    /// A closed poll's ballots without names, as an election that anybody can count again
    Poll {
        /// Its short id: S7
        id: ShortId,
        /// The collective that asked, by its slug; needed where there are several
        #[arg(long)]
        collective: Option<String>,
        /// The ballots of partner organisations, which are counted apart from those of persons
        #[arg(long)]
        organisations: bool,
    },
}

/// A file that cannot be counted: the command line's own exit code.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {error}", file = .file.display())]
struct Malformed {
    file: PathBuf,
    error: FileError,
}

/// Runs the command line; an error is told in one line on standard error, exit code 1, or 2 when a file to be counted is
/// malformed.
#[must_use]
pub fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(code) => code,
        Err(error) => {
            report(&error);
            if error.is::<Malformed>() {
                ExitCode::from(2)
            } else {
                ExitCode::FAILURE
            }
        }
    }
}

#[expect(clippy::print_stderr, reason = "the command line's own error")]
fn report(error: &anyhow::Error) {
    eprintln!("cercles: {error:#}");
}

#[expect(clippy::print_stdout, reason = "the command's output")]
fn run(cli: Cli) -> Result<ExitCode> {
    let load = || {
        Config::load(&cli.config).with_context(|| {
            format!(
                "configuration {} (an example: cercles config example)",
                cli.config.display()
            )
        })
    };
    match cli.command.unwrap_or(Command::Playground { port: 8008 }) {
        Command::Serve => {
            let config = load()?;
            telemetry::start(&config.log);
            runtime()?.block_on(app::serve(config))?;
        }
        Command::Playground { port } => {
            telemetry::start(&LogConfig::default());
            runtime()?.block_on(app::playground::serve(port))?;
        }
        Command::Doctor => {
            let config = Config::load(&cli.config);
            let findings = runtime()?.block_on(app::doctor::examine(config, SystemClock.now()));
            let mut code = ExitCode::SUCCESS;
            for finding in findings {
                match finding {
                    Finding::Good(what) => println!("ok     {what}"),
                    Finding::Wrong { what, fix } => {
                        println!("wrong  {what}\n       → {fix}");
                        code = ExitCode::FAILURE;
                    }
                }
            }
            return Ok(code);
        }
        Command::Migrate => {
            let config = load()?;
            telemetry::start(&config.log);
            runtime()?.block_on(async {
                Db::open(config.database.url.expose_secret())
                    .await?
                    .close()
                    .await;
                Ok::<_, anyhow::Error>(())
            })?;
            println!("The database is up to date.");
        }
        Command::Count { file } => {
            println!("{}", count(&file)?);
        }
        Command::Export {
            command:
                ExportCommand::Poll {
                    id,
                    collective,
                    organisations,
                },
        } => {
            let config = load()?;
            telemetry::start(&config.log);
            let url = config.database.url.expose_secret();
            print!(
                "{}",
                runtime()?.block_on(export(url, id, collective, organisations))?
            );
        }
        Command::Config {
            command: ConfigCommand::Example,
        } => {
            print!("{EXAMPLE}");
        }
        Command::Config {
            command: ConfigCommand::Check,
        } => {
            let config = load()?;
            println!(
                "The configuration is good: {} collective(s), Discord {}, Matrix {}, web pages {}.",
                config.collective.len(),
                if config.discord.is_some() {
                    "on"
                } else {
                    "off"
                },
                if config.matrix.is_some() { "on" } else { "off" },
                if config.web.is_some() { "on" } else { "off" },
            );
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn count(file: &Path) -> Result<serde_json::Value> {
    let text = if file == Path::new("-") {
        std::io::read_to_string(std::io::stdin())
    } else {
        std::fs::read_to_string(file)
    };
    let text = text.with_context(|| format!("cannot read {}", file.display()))?;
    let counted = count_file(&text).map_err(|error| Malformed {
        file: file.to_owned(),
        error,
    })?;
    Ok(counted)
}

async fn export(
    url: &str,
    id: ShortId,
    collective: Option<String>,
    organisations: bool,
) -> Result<String> {
    anyhow::ensure!(
        id.kind == Kind::Poll,
        "{id} is no poll: expected S and a number"
    );
    let db = Db::open(url)
        .await
        .context("the database could not be opened")?;
    let anchor = db
        .read(move |tx| {
            async move { polls::export(tx, id.number, collective.as_deref(), organisations).await }
                .boxed()
        })
        .await;
    db.close().await;
    match anchor? {
        Ok(anchor) => Ok(anchor.write()),
        Err(refused) => anyhow::bail!("{id}: {refused}"),
    }
}

fn runtime() -> Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("no runtime")
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
