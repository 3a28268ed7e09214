//! Atom feeds (RFC 4287): the editions of the digest, the workshops to come.

use askama::Template;
use chrono::{DateTime, SecondsFormat, Utc};
use uuid::Uuid;

use super::super::page::drawn_text;
use super::Page;
use super::frame::Frame;
use crate::domain::card::{Block, Message};
use crate::domain::digest::Digest;
use crate::domain::workshop::Workshop;
use crate::present;

/// Most entries of a feed.
const MOST: usize = 30;

/// What a feed tells.
pub(super) enum Entry<'a> {
    Digest(&'a Digest),
    Workshop(&'a Workshop),
}

struct Told {
    id: Uuid,
    title: String,
    address: String,
    at: DateTime<Utc>,
    body: Vec<Block>,
}

#[derive(Template)]
#[template(path = "site/feed.xml")]
struct Feed<'a> {
    frame: Frame<'a>,
    title: String,
    entries: Vec<Told>,
    updated: DateTime<Utc>,
}

impl Feed<'_> {
    #[expect(clippy::unused_self, reason = "templates call methods of their page")]
    fn moment(&self, at: &DateTime<Utc>) -> String {
        at.to_rfc3339_opts(SecondsFormat::Secs, true)
    }
}

/// The feed of these entries.
pub(super) fn write(frame: Frame<'_>, entries: &[Entry<'_>], now: DateTime<Utc>) -> Option<String> {
    let (words, language) = (frame.words, frame.language);
    let told = |entry: &Entry<'_>| {
        let (id, short, message, at): (Uuid, _, Message, _) = match entry {
            Entry::Digest(digest) => (
                digest.id,
                digest.short_id(),
                present::digest::card(words, language, digest),
                digest.facts.until,
            ),
            Entry::Workshop(workshop) => (
                workshop.id,
                workshop.short_id(),
                present::site::workshop(words, language, workshop, now),
                workshop.announced_at.unwrap_or(workshop.draft.starts_at),
            ),
        };
        Told {
            id,
            title: message.title.unwrap_or_default(),
            address: frame.address(Page::Object(short)),
            at,
            body: message.body,
        }
    };
    let entries: Vec<Told> = entries.iter().take(MOST).map(told).collect();
    let section = if frame.page == Page::DigestFeed {
        "site-digests"
    } else {
        "site-workshops"
    };
    drawn_text(&Feed {
        title: frame.say(section),
        // Of an empty feed there is no last change.
        updated: entries
            .iter()
            .map(|entry| entry.at)
            .max()
            .unwrap_or_default(),
        entries,
        frame,
    })
}
