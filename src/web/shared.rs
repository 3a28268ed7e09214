//! Answers that are the same for everybody who asks for the same: a tag by which a reader that has one already is told so
//! in a few bytes, and a shelf from which the next reader gets it without a word to the database.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Duration, Utc};
use sha2::{Digest as _, Sha256};
use tokio::sync::watch;

/// How long readers may keep it before they ask again.
const FRESH: &str = "public, max-age=60";
/// How long a kept answer is good at most: what is to come becomes what was without any change in the record.
const KEPT: Duration = Duration::seconds(30);
/// How many answers are kept. Pages of about 20 kB.
const SHELF: usize = 512;

/// An answer for everybody.
#[derive(Debug, Clone)]
pub(super) struct Shared {
    media: &'static str,
    body: Bytes,
    tag: HeaderValue,
}

impl Shared {
    /// This text, of that media type.
    pub(super) fn new(media: &'static str, text: String) -> Self {
        let tag = format!("\"{}\"", hex::encode(Sha256::digest(&text)));
        Self {
            media,
            body: Bytes::from(text),
            tag: HeaderValue::try_from(tag).unwrap_or_else(|_| HeaderValue::from_static("\"\"")),
        }
    }

    /// The answer to a request with these headers: nothing but that it is unchanged, if the reader has it.
    pub(super) fn answer(&self, headers: &HeaderMap) -> Response {
        let mut response = if self.is_known(headers) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            ([(header::CONTENT_TYPE, self.media)], self.body.clone()).into_response()
        };
        let told = response.headers_mut();
        told.insert(header::CACHE_CONTROL, HeaderValue::from_static(FRESH));
        told.insert(header::ETAG, self.tag.clone());
        response
    }

    /// RFC 9110, 13.1.2: a list, compared weakly, or `*`.
    fn is_known(&self, headers: &HeaderMap) -> bool {
        let lists = headers.get_all(header::IF_NONE_MATCH).iter();
        let mut tags = lists
            .filter_map(|list| list.to_str().ok())
            .flat_map(|list| list.split(','))
            .map(|tag| tag.trim().trim_start_matches("W/"));
        tags.any(|tag| tag == "*" || tag.as_bytes() == self.tag.as_bytes())
    }
}

/// Answers that still hold.
pub(super) struct Shelf {
    changes: watch::Receiver<u64>,
    kept: Mutex<HashMap<String, Kept>>,
}

struct Kept {
    revision: u64,
    at: DateTime<Utc>,
    shared: Shared,
}

impl Shelf {
    /// An empty one; `changes` moves whenever the record may have changed.
    pub(super) fn new(changes: watch::Receiver<u64>) -> Self {
        Self {
            changes,
            kept: Mutex::default(),
        }
    }

    /// The state of the record, to be asked for before reading it.
    pub(super) fn revision(&self) -> u64 {
        *self.changes.borrow()
    }

    /// What is kept under that name, unless the record has moved on since.
    pub(super) fn take(&self, name: &str, now: DateTime<Utc>) -> Option<Shared> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.get(name)?;
        let holds = found.revision == self.revision() && (now - found.at).abs() < KEPT;
        holds.then(|| found.shared.clone())
    }

    /// Keeps an answer that was made of the record as it stood at `revision`.
    pub(super) fn keep(&self, name: String, revision: u64, at: DateTime<Utc>, shared: Shared) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= SHELF {
            kept.clear();
        }
        let entry = Kept {
            revision,
            at,
            shared,
        };
        kept.insert(name, entry);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(shared: &Shared, known: &str) -> StatusCode {
        let mut headers = HeaderMap::new();
        headers.insert(header::IF_NONE_MATCH, HeaderValue::try_from(known).unwrap());
        shared.answer(&headers).status()
    }

    #[test]
    fn a_reader_that_has_it_is_told_so() {
        let shared = Shared::new("text/plain", "bonjour".to_owned());
        let tag = shared.tag.to_str().unwrap().to_owned();
        for known in [
            tag.clone(),
            format!("W/{tag}"),
            format!("\"x\", {tag}"),
            "*".to_owned(),
        ] {
            assert_eq!(status(&shared, &known), StatusCode::NOT_MODIFIED, "{known}");
        }
        assert_eq!(status(&shared, "\"x\""), StatusCode::OK);
        let fresh = shared.answer(&HeaderMap::new());
        assert_eq!(
            (fresh.status(), &fresh.headers()[header::ETAG]),
            (StatusCode::OK, &shared.tag)
        );
    }

    #[test]
    fn what_is_kept_holds_until_the_record_changes_or_time_passes() {
        let (change, changes) = watch::channel(0);
        let shelf = Shelf::new(changes);
        let now = DateTime::UNIX_EPOCH;
        let keep = |revision| {
            let shared = Shared::new("text/plain", "bonjour".to_owned());
            shelf.keep("a".to_owned(), revision, now, shared);
        };
        assert!(shelf.take("a", now).is_none());
        keep(0);
        assert!(shelf.take("a", now + KEPT / 2).is_some());
        assert!(shelf.take("b", now).is_none());
        assert!(shelf.take("a", now + KEPT).is_none());
        change.send_replace(1);
        assert!(shelf.take("a", now).is_none());
        keep(0);
        assert!(shelf.take("a", now).is_none(), "made before the change");
        for n in 0..2 * SHELF {
            shelf.keep(n.to_string(), 1, now, Shared::new("", String::new()));
        }
        let kept = shelf.kept.lock().unwrap().len();
        assert!(kept <= SHELF, "{kept}");
    }
}
