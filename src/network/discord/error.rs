//! What can go wrong with Discord, and what that means for a card.
//!
//! Nothing made here may hold a token, a URL (an interaction's URL holds its token) or what a person wrote.

use std::time::Duration;

use serenity::http::HttpError;

use crate::network::SendError;

/// Why Discord cannot be used, or one request failed.
#[derive(Debug, thiserror::Error)]
pub enum DiscordError {
    /// A setting cannot work.
    #[error("discord: {0}")]
    Config(&'static str),
    /// The file of root certificates cannot be read or is none.
    #[error("discord: ca_file: {0}")]
    CaFile(String),
    /// The HTTP client could not be made.
    #[error("discord: HTTP client: {0}")]
    Client(String),
    /// The gateway closed the connection for a reason that trying again does not change.
    #[error("discord: the gateway refused the connection for good (close code {code}): {meaning}")]
    Refused {
        /// Discord's close code.
        code: u16,
        /// What a steward can do about it.
        meaning: &'static str,
    },
    /// A request failed.
    #[error("discord: {0}")]
    Request(#[from] Failure),
    /// The desk could not keep or read a note.
    #[error("discord: note: {0}")]
    Note(String),
}

/// Why one request failed, in words that may be logged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Discord answered with an error.
    #[error("HTTP {status}, code {code}{detail}")]
    Answer {
        /// The HTTP status.
        status: u16,
        /// Discord's own code; -1 when the answer was not JSON.
        code: i64,
        /// Where in the body, without what stood there.
        detail: String,
    },
    /// A rate limit longer than we wait for.
    #[error("rate limit, {} s left", .0.as_secs())]
    Limited(Duration),
    /// No answer in time, or no connection: whether it was done is unknown.
    #[error("{0}")]
    Lost(&'static str),
    /// The answer was a success but not what was expected: it was done.
    #[error("unexpected answer: {0}")]
    Odd(&'static str),
    /// An address that is none of Discord's.
    #[error("{0:?} is no Discord id")]
    Address(String),
}

/// Codes of <https://docs.discord.com/developers/topics/opcodes-and-status-codes#json>.
pub(super) mod code {
    pub const UNKNOWN_CHANNEL: i64 = 10_003;
    pub const UNKNOWN_GUILD: i64 = 10_004;
    pub const UNKNOWN_MESSAGE: i64 = 10_008;
    pub const UNKNOWN_EVENT: i64 = 10_070;
    /// The person refuses private messages, or has blocked the bot.
    pub const REFUSES_MESSAGES: i64 = 50_007;
    /// The person has left every server that the bot is in.
    pub const NO_MUTUAL_GUILD: i64 = 50_278;
    pub const POLL_EXPIRED: i64 = 520_001;
}

impl Failure {
    /// Discord's own code, if it answered with one.
    pub(super) const fn code(&self) -> Option<i64> {
        match self {
            Self::Answer { code, .. } => Some(*code),
            _ => None,
        }
    }

    /// Whether the same request may work later.
    pub(super) const fn is_passing(&self) -> bool {
        match self {
            Self::Answer { status, .. } => matches!(*status, 408 | 429 | 500..=599),
            Self::Limited(_) | Self::Lost(_) | Self::Odd(_) => true,
            Self::Address(_) => false,
        }
    }

    /// What the failure of an edit or a create means for its card.
    pub(super) fn into_send_error(self) -> SendError {
        let reason = self.to_string();
        match self {
            Self::Limited(after) => SendError::Retry {
                after: Some(after),
                reason,
            },
            Self::Answer {
                code: code::UNKNOWN_MESSAGE | code::UNKNOWN_EVENT,
                ..
            } => SendError::Gone { reason },
            Self::Answer {
                code: code::REFUSES_MESSAGES | code::NO_MUTUAL_GUILD,
                ..
            } => SendError::Closed { reason },
            _ if self.is_passing() => SendError::Retry {
                after: None,
                reason,
            },
            _ => SendError::Permanent { reason },
        }
    }
}

impl From<serenity::Error> for Failure {
    fn from(error: serenity::Error) -> Self {
        match error {
            serenity::Error::Http(HttpError::UnsuccessfulRequest(answer)) => {
                // Discord's own message and the paths of what it refused; never the values.
                let paths: Vec<&str> = answer
                    .error
                    .errors
                    .iter()
                    .map(|error| error.path.as_str())
                    .take(5)
                    .collect();
                let detail = if paths.is_empty() {
                    String::new()
                } else {
                    format!(" at {}", paths.join(", "))
                };
                let code = i64::try_from(answer.error.code).unwrap_or(-1);
                Self::Answer {
                    status: answer.status_code.as_u16(),
                    code,
                    detail,
                }
            }
            serenity::Error::Http(HttpError::Request(error)) => Self::Lost(lost(&error)),
            serenity::Error::Http(HttpError::RateLimitI64F64 | HttpError::RateLimitUtf8) => {
                Self::Odd("rate limit headers that are no numbers")
            }
            serenity::Error::Json(_) => Self::Odd("not the JSON expected"),
            _ => Self::Odd("serenity could not make or read the request"),
        }
    }
}

/// What kind of loss it was. reqwest's own message holds the URL, and with it an interaction's token.
fn lost(error: &reqwest::Error) -> &'static str {
    if error.is_timeout() {
        "no answer in time"
    } else if error.is_connect() {
        "no connection"
    } else {
        "the connection broke"
    }
}

/// What a steward can do about a close code that cannot be reconnected
/// (<https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes>).
pub(super) const fn close_meaning(code: u16) -> &'static str {
    match code {
        4004 => "the token is wrong or was reset; put the present one in the configuration",
        4010 | 4011 => "the shard settings do not fit; set shard_total as Discord demands",
        4012 => "this version of the gateway is gone; update Cercles",
        4013 | 4014 => "the bot may not ask for these events; update Cercles",
        _ => "see Discord's list of close codes",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, code: i64) -> SendError {
        Failure::Answer {
            status,
            code,
            detail: String::new(),
        }
        .into_send_error()
    }

    #[test]
    fn what_passes_is_tried_again_and_what_does_not_is_told() {
        for status in [429, 500, 502, 503, 504] {
            assert!(
                matches!(answer(status, -1), SendError::Retry { .. }),
                "{status}"
            );
        }
        for (status, code) in [
            (403, 50_001),
            (403, 50_013),
            (404, 10_003),
            (400, 50_035),
            (401, 0),
        ] {
            assert!(
                matches!(answer(status, code), SendError::Permanent { .. }),
                "{code}"
            );
        }
        assert!(matches!(answer(404, 10_008), SendError::Gone { .. }));
        for code in [50_007, 50_278] {
            assert!(
                matches!(answer(403, code), SendError::Closed { .. }),
                "{code}"
            );
        }
        assert!(matches!(
            Failure::Lost("x").into_send_error(),
            SendError::Retry { after: None, .. }
        ));
        let after = Some(Duration::from_secs(7));
        assert!(
            matches!(Failure::Limited(Duration::from_secs(7)).into_send_error(), SendError::Retry { after: a, .. } if a == after)
        );
    }
}
