//! Logs. What never goes into them: tokens, passwords, texts of people, who voted what.

use tracing_subscriber::EnvFilter;

use crate::config::{LogConfig, LogFormat};

/// Sends logs to standard error, filtered by `RUST_LOG` or the configured filter.
pub fn start(config: &LogConfig) {
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(&config.filter));
    let logs = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    let started = match config.format {
        LogFormat::Text => logs.try_init(),
        LogFormat::Json => logs.json().try_init(),
    };
    if started.is_err() {
        // Only when somebody set a subscriber before: a test that starts the application twice in one process.
        tracing::debug!("logs were started before");
    }
}
