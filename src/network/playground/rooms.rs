//! What stands in the rooms, in memory, and who is told when it changes.
//!
//! No I/O and no clock: times come in. A message is shown to everyone, or to one persona only.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use tokio::sync::broadcast;
use uuid::Uuid;

use crate::domain::card::{Message, NativePoll};
use crate::domain::chart::Image;

/// The name under which private messages of the bot stand.
pub const PRIVATE: &str = "prive";

/// Entries that are kept. Cards are never dropped for their age: an edit must find them.
const KEPT: usize = 400;
/// Changes that a slow reader may be behind before it gets everything anew.
const BEHIND: usize = 256;

/// Where something stands, and who sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The room's address, or [`PRIVATE`].
    pub room: &'static str,
    /// The entry it answers.
    pub thread: Option<String>,
    /// The only persona that sees it; everyone if none.
    pub only_for: Option<&'static str>,
}

/// A card on its way into a room.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The card.
    pub card: Uuid,
    /// The revision that `message` shows.
    pub revision: i64,
    /// Where it goes.
    pub place: Place,
    /// What it says.
    pub message: Message,
    /// When.
    pub at: DateTime<Utc>,
}

/// What an entry says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// The bot's words.
    Bot(Message),
    /// A persona's words.
    Words {
        /// Who.
        persona: &'static str,
        /// What; hostile.
        text: String,
    },
    /// A persona used a command whose arguments nobody else sees.
    Used {
        /// Who.
        persona: &'static str,
        /// The command's first word, with its slash; hostile.
        command: String,
    },
}

/// One entry in a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its reference.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// What it says.
    pub content: Content,
    /// When it came, by the playground's clock.
    pub at: DateTime<Utc>,
    /// Whether it says something else now than when it came.
    pub edited: bool,
    /// Who reacted with what, in the order of the first reaction.
    pub reactions: Vec<(String, Vec<&'static str>)>,
    /// Who chose which answers of a poll.
    pub votes: Vec<(&'static str, Vec<usize>)>,
    /// Whether it is a card, which is never dropped for its age.
    card: bool,
    revision: i64,
}

/// Something that changed.
#[derive(Debug, Clone)]
pub enum Change {
    /// An entry is new, or says something else.
    Entry(Arc<Entry>),
    /// The clock was moved.
    Clock,
}

#[derive(Debug, Default)]
struct Inner {
    entries: Vec<Arc<Entry>>,
    cards: HashMap<Uuid, String>,
}

/// The rooms.
#[derive(Debug)]
pub struct Rooms {
    inner: Mutex<Inner>,
    changes: broadcast::Sender<Change>,
}

impl Default for Rooms {
    fn default() -> Self {
        Self {
            inner: Mutex::default(),
            changes: broadcast::Sender::new(BEHIND),
        }
    }
}

impl Rooms {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Nothing here leaves the lists half changed, so a panic elsewhere does not spoil them.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self, change: Change) {
        // An error only means that no page is open.
        let _ = self.changes.send(change);
    }

    /// Everything that stands there now, and what changes from now on: nothing falls between the two.
    pub fn watch(&self) -> (Vec<Arc<Entry>>, broadcast::Receiver<Change>) {
        let inner = self.lock();
        (inner.entries.clone(), self.changes.subscribe())
    }

    /// Tells every page that the clock was moved.
    pub fn clock_moved(&self) {
        self.tell(Change::Clock);
    }

    /// Puts a card's first message into its place; the same card a second time changes nothing but what it says.
    pub fn create(&self, placed: Placed, reference: impl FnOnce() -> String) -> String {
        let known = self.lock().cards.get(&placed.card).cloned();
        if let Some(id) = known {
            self.edit(&id, placed.revision, &placed.message);
            return id;
        }
        let id = reference();
        self.lock().cards.insert(placed.card, id.clone());
        self.add(Entry {
            id: id.clone(),
            place: placed.place,
            content: Content::Bot(placed.message),
            at: placed.at,
            edited: false,
            reactions: Vec::new(),
            votes: Vec::new(),
            card: true,
            revision: placed.revision,
        });
        id
    }

    /// Makes a message say something else. False when it is not there. An older revision changes nothing.
    pub fn edit(&self, id: &str, revision: i64, message: &Message) -> bool {
        self.change(id, |entry| {
            if let Content::Bot(shown) = &mut entry.content
                && revision >= entry.revision
                && shown != message
            {
                *shown = message.clone();
                entry.revision = revision;
                entry.edited = true;
            }
        })
    }

    /// Notes that a persona reacted to an entry they can see. False when it is not there.
    pub fn react(&self, id: &str, persona: &'static str, emoji: &str) -> bool {
        self.change(id, |entry| {
            if let Some((_, who)) = entry.reactions.iter_mut().find(|(known, _)| known == emoji) {
                if !who.contains(&persona) {
                    who.push(persona);
                }
            } else {
                entry.reactions.push((emoji.to_owned(), vec![persona]));
            }
        })
    }

    /// Notes which answers of a poll a persona chose, in place of those before. False when there is no such poll, it has
    /// ended, or that cannot be chosen.
    pub fn vote(&self, id: &str, persona: &'static str, chosen: &[usize]) -> bool {
        let mut taken = false;
        self.change(id, |entry| {
            let Some(poll) = entry.poll().filter(|poll| poll.ended.is_none()) else {
                return;
            };
            let most = if poll.several { poll.answers.len() } else { 1 };
            let mut chosen = chosen.to_vec();
            chosen.sort_unstable();
            chosen.dedup();
            if chosen.len() > most || chosen.iter().any(|at| *at >= poll.answers.len()) {
                return;
            }
            entry.votes.retain(|(who, _)| *who != persona);
            if !chosen.is_empty() {
                entry.votes.push((persona, chosen));
            }
            taken = true;
        });
        taken
    }

    /// How many chose each answer of a poll; none when it is not there.
    pub fn votes(&self, id: &str) -> Option<Vec<u64>> {
        let inner = self.lock();
        let entry = inner.entries.iter().find(|entry| entry.id == id)?;
        let mut votes = vec![0; entry.poll()?.answers.len()];
        for at in entry.votes.iter().flat_map(|(_, chosen)| chosen) {
            *votes.get_mut(*at)? += 1;
        }
        Some(votes)
    }

    /// Whether a persona sees an entry of that reference.
    pub fn seen_by(&self, id: &str, persona: &str) -> bool {
        self.lock()
            .entries
            .iter()
            .any(|entry| entry.id == id && entry.visible_to(persona))
    }

    /// Whether there is an entry of that reference.
    pub fn has(&self, id: &str) -> bool {
        self.lock().entries.iter().any(|entry| entry.id == id)
    }

    /// The picture below an entry's words.
    pub fn image(&self, id: &str) -> Option<Image> {
        let inner = self.lock();
        let entry = inner.entries.iter().find(|entry| entry.id == id)?;
        match &entry.content {
            Content::Bot(message) => message.image.as_deref().cloned(),
            _ => None,
        }
    }

    /// What a persona, or the bot to one persona, says in a room.
    pub fn say(&self, id: String, place: Place, content: Content, at: DateTime<Utc>) {
        self.add(Entry {
            id,
            place,
            content,
            at,
            edited: false,
            reactions: Vec::new(),
            votes: Vec::new(),
            card: false,
            revision: 0,
        });
    }

    fn add(&self, entry: Entry) {
        let entry = Arc::new(entry);
        let mut inner = self.lock();
        inner.entries.push(Arc::clone(&entry));
        if inner.entries.len() > KEPT
            && let Some(oldest) = inner.entries.iter().position(|entry| !entry.card)
        {
            inner.entries.remove(oldest);
        }
        // Told under the lock, so that a page that starts to watch gets each entry once.
        self.tell(Change::Entry(entry));
    }

    fn change(&self, id: &str, change: impl FnOnce(&mut Entry)) -> bool {
        let mut inner = self.lock();
        let Some(slot) = inner.entries.iter_mut().find(|entry| entry.id == id) else {
            return false;
        };
        let before = Arc::clone(slot);
        change(Arc::make_mut(slot));
        if *before != **slot {
            self.tell(Change::Entry(Arc::clone(slot)));
        }
        true
    }
}

impl Entry {
    /// The poll that it shows.
    fn poll(&self) -> Option<&NativePoll> {
        match &self.content {
            Content::Bot(message) => message.native.as_deref(),
            Content::Words { .. } | Content::Used { .. } => None,
        }
    }

    /// Whether a persona sees it.
    #[must_use]
    pub fn visible_to(&self, persona: &str) -> bool {
        self.place.only_for.is_none_or(|only| only == persona)
    }
}
