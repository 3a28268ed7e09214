//! What can go wrong: for the operator (why Matrix does not start, or stopped), and for delivery (why a send
//! failed, and whether it may work later).

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use matrix_sdk::ruma::api::error::{ErrorKind, RetryAfter};

use crate::network::SendError;

/// Why Matrix does not start, or stopped for good. An unreachable homeserver is no error: we keep trying.
#[derive(Debug, thiserror::Error)]
pub enum MatrixError {
    /// The folder of our device cannot be used.
    #[error("cannot use {path}: {error}", path = path.display())]
    Folder {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// Another process holds our device. Two would destroy its encryption.
    #[error("{path} is used by another process", path = .0.display())]
    InUse(PathBuf),
    /// The session file is not one of ours.
    #[error("{path} cannot be read ({error}); delete it to log in afresh", path = path.display())]
    Session {
        /// The session file.
        path: PathBuf,
        /// What is wrong with it.
        error: String,
    },
    /// There is a session, but its keys are gone. With the old session and new keys nobody could read us.
    #[error(
        "{session} names a device whose encryption keys are not in {store}: put the folder back from its \
         backup, or delete {session} to log in afresh as a new device",
        session = session.display(),
        store = store.display(),
    )]
    StoreGone {
        /// The session file.
        session: PathBuf,
        /// The folder of the stores.
        store: PathBuf,
    },
    /// The passphrase is not the one that the stores were made with.
    #[error("the store passphrase is not the one that {store} was made with", store = .0.display())]
    Passphrase(PathBuf),
    /// The session is another account's.
    #[error("{session} is a session of {theirs}, but the configuration says {ours}", session = session.display())]
    OtherAccount {
        /// The session file.
        session: PathBuf,
        /// Its account.
        theirs: String,
        /// The configured account.
        ours: String,
    },
    /// There is neither a session nor a password.
    #[error("there is no saved session and no password: the first login on Matrix needs one")]
    NoPassword,
    /// The homeserver refuses the login.
    #[error("the homeserver refuses the login of {user}: {reason}")]
    Login {
        /// The configured account.
        user: String,
        /// What the homeserver says.
        reason: String,
    },
    /// The homeserver does not know our session any more (`M_UNKNOWN_TOKEN`): somebody logged the device out,
    /// or the account is closed.
    #[error("the homeserver has ended our session; delete {session} to log in afresh as a new device",
        session = .0.display())]
    LoggedOut(PathBuf),
    /// The inbox cannot be read.
    #[error("the inbox: {0}")]
    Inbox(String),
    /// The stores cannot be opened or used, or the configuration cannot work.
    #[error("matrix: {0}")]
    Other(String),
}

/// What a failed call means for delivery.
pub(super) fn send_error(error: &matrix_sdk::Error) -> SendError {
    use matrix_sdk::Error;
    let reason = error.to_string();
    match error {
        Error::Http(error) => http_error(error),
        Error::WrongRoomState(_) | Error::SerdeJson(_) | Error::Identifier(_) => {
            SendError::Permanent { reason }
        }
        // A busy store, keys that are not ready: the next try starts from what is then there.
        _ => SendError::Retry {
            after: None,
            reason,
        },
    }
}

/// The same, of a bare call.
pub(super) fn http_error(error: &matrix_sdk::HttpError) -> SendError {
    let reason = error.to_string();
    // No answer, or one that is no Matrix error: an outage, a proxy's page.
    let Some(answer) = error.as_client_api_error() else {
        return SendError::Retry {
            after: None,
            reason,
        };
    };
    match (answer.status_code.as_u16(), answer.error_kind()) {
        (429, kind) => SendError::Retry {
            after: kind.and_then(retry_after),
            reason,
        },
        // 401: the session has ended; the card waits until somebody has logged us in again.
        (401 | 408, _) | (500.., _) => SendError::Retry {
            after: None,
            reason,
        },
        _ => SendError::Permanent { reason },
    }
}

/// Whether the homeserver says that our session has ended.
pub(super) fn session_ended(error: &matrix_sdk::Error) -> bool {
    matches!(
        error.client_api_error_kind(),
        Some(ErrorKind::UnknownToken(_))
    )
}

fn retry_after(kind: &ErrorKind) -> Option<Duration> {
    match kind {
        ErrorKind::LimitExceeded(limit) => match limit.retry_after? {
            RetryAfter::Delay(delay) => Some(delay),
            RetryAfter::DateTime(then) => then.duration_since(now()).ok(),
        },
        _ => None,
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the date in a Retry-After header is measured by the system's clock, whatever the application's says"
)]
fn now() -> SystemTime {
    SystemTime::now()
}
