//! The neutral message: what a person reads, before any network's format.
//!
//! Every string in it is plain text and hostile until a network escapes it. `crate::present` writes messages
//! from domain objects; each network renders them with what it can do (buttons on Discord, typed commands and
//! reactions on Matrix).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::chart::Image;
use super::language::Language;
use super::progress::Quarter;
use super::workshop::Fill;

/// Stands for the sign that begins a typed command wherever a message names one (a character of Unicode's private use
/// area): each network writes its own in its place, `/` or `!`. Somebody's words that hold it show the sign too.
pub const COMMAND_SIGN: char = '\u{E021}';

/// One message: a card in a room, an answer in private, a notice.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// How the message should look.
    #[serde(default)]
    pub tone: Tone,
    /// First line, set apart. Never used for an error.
    #[serde(default)]
    pub title: Option<String>,
    /// The content, in order.
    #[serde(default)]
    pub body: Vec<Block>,
    /// What can be done from the message with a button, a menu or a reaction.
    #[serde(default)]
    pub actions: Vec<Action>,
    /// Last line: the short id, and how to act by typing.
    #[serde(default)]
    pub footer: Option<String>,
    /// A file that goes with an answer.
    #[serde(default)]
    pub file: Option<TextFile>,
    /// A picture below it, which says nothing that the words do not say. Not beside a file.
    #[serde(default)]
    pub image: Option<Box<Image>>,
    /// A poll of the network's own, in place of all the rest.
    #[serde(default)]
    pub native: Option<Box<NativePoll>>,
    /// An entry in the calendar of a server, in place of all the rest.
    #[serde(default)]
    pub event: Option<Box<ServerEvent>>,
    /// Whether it is to stand pinned in its room: from its first sending on if so; taken down by an edit if not. None of
    /// the bot's business if none.
    #[serde(default)]
    pub pinned: Option<bool>,
}

/// A poll that a network itself draws, takes answers to and counts. Who answered is the network's business.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NativePoll {
    /// The question, at most 300 characters (Discord's limit).
    pub question: String,
    /// The answers: from 2 to 10, each of at most 55 characters (Discord's limits).
    pub answers: Vec<String>,
    /// Whether one person may choose several.
    pub several: bool,
    /// When it ends, or ended.
    pub ends_at: DateTime<Utc>,
    /// That it has ended, in words for programs that draw no polls; none while it takes answers.
    pub ended: Option<String>,
}

/// What a native poll came to in its room: how many chose each answer, never who.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NativeFigures {
    /// In the order of the answers.
    pub votes: Vec<u64>,
    /// Whether the network has counted to the end: Discord counts on for a while, and an encrypted answer may come
    /// before its key.
    pub exact: bool,
}

/// An entry in the calendar of a server, which leads to a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerEvent {
    /// What takes place.
    pub name: String,
    /// What it is about.
    pub about: Option<String>,
    /// Where.
    pub place: String,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// When it ends; after the beginning.
    pub ends_at: DateTime<Utc>,
    /// Whether it was called off.
    pub called_off: bool,
    /// How to answer: on the card, and by typing.
    pub answer: String,
    /// The network's own reference of the card's message, if it stands.
    pub card: Option<String>,
    /// What tells it from every other entry, for ever: its last line.
    pub mark: String,
}

/// Where a file is shown as text: characters in one message. Matrix takes 65,536 bytes an event, and the text goes in twice
/// (plain and HTML), escaped.
pub const FILE_PART: usize = 6000;

/// A file of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextFile {
    /// Its name: ASCII letters, digits, hyphens and dots.
    pub name: String,
    /// What it holds.
    pub content: String,
}

impl TextFile {
    /// Its media type, by the end of its name.
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        match self.name.rsplit('.').next() {
            Some("csv") => "text/csv",
            Some("ics") => "text/calendar",
            Some("json") => "application/json",
            _ => "text/plain",
        }
    }
}

impl Message {
    /// The same without its file, and the file's content as text after it, in messages of at most `most` characters.
    #[must_use]
    pub fn in_parts(mut self, most: usize) -> Vec<Self> {
        let Some(file) = self.file.take() else {
            return vec![self];
        };
        let characters: Vec<char> = file.content.chars().collect();
        let parts = characters.chunks(most.max(1)).map(|part| Self {
            body: vec![Block::Code(part.iter().collect())],
            ..Self::default()
        });
        std::iter::once(self).chain(parts).collect()
    }
}

/// How a message should look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// A card or an ordinary answer.
    #[default]
    Plain,
    /// Something was done.
    Success,
    /// Something was refused; nothing changed.
    Error,
}

/// A piece of a message's content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A paragraph. Line ends inside are kept.
    Text(String),
    /// Somebody's own words.
    Quote(String),
    /// Names and values, one a line: « Quand : jeudi … ».
    Fields(Vec<(String, String)>),
    /// A list.
    List(Vec<String>),
    /// A heading inside a longer message (a digest).
    Heading(String),
    /// Something to type, shown as code.
    Code(String),
}

/// Something that can be done from a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// What is invoked, in the form [`Action::invoking`] writes. At most 100 bytes (Discord's `custom_id`).
    pub invoke: String,
    /// The words on it.
    pub label: String,
    /// The emoji beside the label, and the reaction that invokes it where there are no buttons.
    #[serde(default)]
    pub emoji: Option<String>,
    /// How it is offered.
    #[serde(default)]
    pub control: Control,
}

/// How an action is offered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Control {
    /// A button of second rank.
    #[default]
    Button,
    /// The button that most people will press.
    Primary,
    /// A menu, of which one entry is chosen; its value is added to the invocation as `choice`.
    Menu(Vec<Choice>),
    /// A menu of which up to `most` entries are chosen together; their values are added as `choice`, one by one.
    Several {
        /// The entries.
        choices: Vec<Choice>,
        /// How many may be chosen.
        most: usize,
    },
    /// A page that opens in a browser; nothing is invoked. A personal address: only in messages that one person sees.
    Link(String),
}

/// An entry of a menu, 25 at most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What is handed back.
    pub value: String,
    /// The words.
    pub label: String,
    /// Whether it is the current choice.
    #[serde(default)]
    pub chosen: bool,
}

impl Action {
    /// The invocation `command?name=value&…`, as buttons carry it.
    /// Values must be short ids, slugs or numbers: nothing that a person typed goes in here.
    #[must_use]
    pub fn invoking(command: &str, args: &[(&str, &str)]) -> String {
        let args: Vec<String> = args
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        format!("{command}?{}", args.join("&"))
    }

    /// A button.
    #[must_use]
    pub fn button(command: &str, args: &[(&str, &str)], label: String) -> Self {
        Self {
            invoke: Self::invoking(command, args),
            label,
            emoji: None,
            control: Control::Button,
        }
    }

    /// A link to a page.
    #[must_use]
    pub const fn link(address: String, label: String) -> Self {
        Self {
            invoke: String::new(),
            label,
            emoji: None,
            control: Control::Link(address),
        }
    }

    /// The same action with an emoji.
    #[must_use]
    pub fn with_emoji(mut self, emoji: &str) -> Self {
        self.emoji = Some(emoji.to_owned());
        self
    }

    /// The same action as the first to press.
    #[must_use]
    pub fn primary(mut self) -> Self {
        self.control = Control::Primary;
        self
    }
}

/// A question with fields to fill in: a modal on Discord, questions by text elsewhere. At most 5 fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// What the filled form invokes, in the form of [`Action::invoking`].
    pub invoke: String,
    /// The title, at most 45 characters.
    pub title: String,
    /// The fields.
    pub fields: Vec<Field>,
    /// What to type instead, where there are no forms.
    pub example: String,
    /// The language it is in.
    #[serde(default)]
    pub language: Language,
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// The argument's name.
    pub name: String,
    /// The words above it, at most 45 characters.
    pub label: String,
    /// An example inside it, at most 100 characters.
    pub hint: String,
    /// What is already known.
    pub value: Option<String>,
    /// Whether it must be filled in.
    pub required: bool,
    /// Whether it may hold several lines.
    pub long: bool,
}

/// What a card shows of its subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// The object itself, kept up to date.
    Object,
    /// The reminder the day before, or before a close.
    Reminder,
    /// The reminder an hour before.
    Soon,
    /// A change that people should know of (a cancellation).
    Notice,
    /// Somebody in line is offered seats, and private messages do not reach them.
    Unreached,
    /// Thanks for coming, and the one question.
    Thanks,
    /// What came of it.
    Report,
    /// Organizers are asked to write what came of it.
    ReportAsked,
    /// What organizers have to decide about it.
    Moderation,
    /// Somebody would like a hand with it, for organizers.
    Hand,
    /// The network's own poll.
    Native,
    /// How full it is, for organizers.
    Fill(Fill),
    /// That it has come so far.
    Progress(Quarter),
    /// The dates that won it, for organizers.
    DatesWon,
    /// That it was the last of its series, for organizers.
    SeriesEnds,
    /// The workshops to come, pinned.
    List,
    /// The entry in the calendar of a server.
    Event,
    /// An answer to somebody, carried in the card's payload.
    Answer,
}

impl View {
    /// The name in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Object => "object",
            Self::Reminder => "reminder",
            Self::Soon => "soon",
            Self::Notice => "notice",
            Self::Unreached => "unreached",
            Self::Thanks => "thanks",
            Self::Report => "report",
            Self::ReportAsked => "report_asked",
            Self::Moderation => "moderation",
            Self::Hand => "hand",
            Self::Native => "native",
            Self::Fill(Fill::Half) => "half",
            Self::Fill(Fill::Most) => "most",
            Self::Fill(Fill::Full) => "full",
            Self::Progress(Quarter::First) => "progress-25",
            Self::Progress(Quarter::Half) => "progress-50",
            Self::Progress(Quarter::ThreeQuarters) => "progress-75",
            Self::Progress(Quarter::Whole) => "progress-100",
            Self::DatesWon => "dates-won",
            Self::SeriesEnds => "series-ends",
            Self::List => "list",
            Self::Event => "event",
            Self::Answer => "answer",
        }
    }

    /// The view of that name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [
            Self::Object,
            Self::Reminder,
            Self::Soon,
            Self::Notice,
            Self::Unreached,
            Self::Thanks,
            Self::Report,
            Self::ReportAsked,
            Self::Moderation,
            Self::Hand,
            Self::Native,
            Self::DatesWon,
            Self::SeriesEnds,
            Self::List,
            Self::Event,
            Self::Answer,
        ]
        .into_iter()
        .chain(Fill::ALL.map(Self::Fill))
        .chain(Quarter::ALL.map(Self::Progress))
        .find(|view| view.name() == name)
    }
}

/// The idempotency key of a card's first message: at most 25 ASCII characters (Discord's `nonce`),
/// unique over all cards, the same after a restart.
#[must_use]
pub fn idempotency_key(card: Uuid) -> String {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let mut rest = card.as_u128();
    let mut key = Vec::with_capacity(25);
    // 122 significant bits of a UUID need 26 base-32 digits; the 4 version bits are constant and
    // 125 bits fit into 25 digits, so the top three bits (the millennium of UUIDv7's clock) go.
    for _ in 0..25 {
        let digit = DIGITS.get((rest & 31) as usize).copied().unwrap_or(b'0');
        key.push(digit);
        rest >>= 5;
    }
    String::from_utf8_lossy(&key).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_idempotency_key_fits_discords_nonce_and_tells_cards_apart() {
        let one = idempotency_key(Uuid::from_u128(1));
        let two = idempotency_key(Uuid::from_u128(2));
        assert_eq!(one.len(), 25);
        assert_ne!(one, two);
    }

    #[test]
    fn a_file_becomes_messages_of_text_that_hold_all_of_it() {
        let message = Message {
            title: Some("Vos données".to_owned()),
            file: Some(TextFile {
                name: "a.json".to_owned(),
                content: "é".repeat(25),
            }),
            ..Message::default()
        };
        let parts = message.in_parts(10);
        let texts: Vec<usize> = parts
            .iter()
            .flat_map(|part| &part.body)
            .map(|block| match block {
                Block::Code(text) => text.chars().count(),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!((parts.len(), texts), (4, vec![10, 10, 5]));
        assert_eq!(Message::default().in_parts(10), [Message::default()]);
    }

    #[test]
    fn an_invocation_names_the_command_and_its_arguments() {
        assert_eq!(
            Action::invoking("workshop.rsvp", &[("workshop", "A12"), ("answer", "yes")]),
            "workshop.rsvp?workshop=A12&answer=yes"
        );
    }
}
