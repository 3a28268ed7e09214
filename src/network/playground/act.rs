//! What the page says somebody did, handed to the desk, and what comes of it shown in the room.
//!
//! Each room takes what its model takes: the left one commands with a slash, buttons, menus and forms; the right
//! one commands with an exclamation mark, and reactions.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::events::as_typed;
use super::persona::{self, Persona};
use super::rooms::{Content, Place};
use super::web::App;
use super::{BUTTON_ROOM, ROOMS};
use crate::command::{Answer, Deed, Inbound};
use crate::domain::card::{Block, Form, Message, Tone};
use crate::domain::language::Language;
use crate::domain::standing::Standing;

/// Longest text that is taken, in characters (Matrix and Discord have such limits too).
const TEXT_MAX: usize = 4000;

/// What the page sends.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Request {
    persona: String,
    room: String,
    /// The page's language, as a network reports a person's.
    language: Option<Language>,
    deed: Done,
}

/// What was done on the page.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Done {
    /// Typed and sent.
    Text(String),
    /// Pressed, chosen or filled in.
    Press {
        /// The action's or form's `invoke`.
        invoke: String,
        /// What was filled in.
        #[serde(default)]
        fields: Vec<(String, String)>,
    },
    /// Answered a poll.
    Vote {
        /// The reference of its message.
        message: String,
        /// Places of the chosen answers.
        chosen: Vec<usize>,
    },
    /// Reacted to a message of the bot.
    React {
        /// Its reference.
        message: String,
        /// The emoji.
        emoji: String,
    },
}

/// What the page gets back. A message is also in the room's events, for the one persona.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Response {
    /// Nothing to show.
    Nothing,
    /// A private message.
    Say(Message),
    /// A form to fill in.
    Ask(Form),
}

/// `POST /act`.
pub(super) async fn act(
    State(app): State<App>,
    Json(request): Json<Request>,
) -> Result<Json<Value>, StatusCode> {
    let persona = persona::find(&request.persona).ok_or(StatusCode::BAD_REQUEST)?;
    let room = ROOMS
        .into_iter()
        .find(|room| *room == request.room)
        .ok_or(StatusCode::BAD_REQUEST)?;
    let act = Act {
        app: &app,
        persona,
        room,
        language: request.language.unwrap_or_default(),
    };
    let (answer, thread) = match request.deed {
        Done::Text(text) => act.typed(&text).await?,
        Done::Press { invoke, fields } => (
            act.hand_over(
                app.network.reference(),
                None,
                Deed::Press { invoke, fields },
            )
            .await,
            None,
        ),
        Done::Vote { message, chosen } => act.voted(&message, &chosen)?,
        Done::React { message, emoji } => act.reacted(message, emoji).await?,
    };
    if let Some(message) = act.shown(&answer) {
        let place = Place {
            room,
            thread,
            only_for: Some(persona.id),
        };
        app.network.rooms.say(
            app.network.reference(),
            place,
            Content::Bot(message),
            app.network.now(),
        );
    }
    let response = match answer {
        Answer::Nothing => Response::Nothing,
        Answer::Say(message) => Response::Say(message),
        Answer::Ask(form) => Response::Ask(form),
    };
    Ok(Json(as_typed(&response, room)))
}

/// One deed, with who does it and where.
struct Act<'a> {
    app: &'a App,
    persona: &'static Persona,
    room: &'static str,
    language: Language,
}

/// An answer, and the entry that it belongs under.
type Answered = (Answer, Option<String>);

impl Act<'_> {
    fn has_buttons(&self) -> bool {
        self.room == BUTTON_ROOM
    }

    /// What an answer shows in the room. A form opens in the page where there are forms, and is told in words where
    /// there are none.
    fn shown(&self, answer: &Answer) -> Option<Message> {
        match answer {
            Answer::Nothing => None,
            Answer::Say(message) => Some(message.clone()),
            Answer::Ask(_) if self.has_buttons() => None,
            Answer::Ask(form) => Some(self.in_words(form)),
        }
    }

    fn in_words(&self, form: &Form) -> Message {
        let words = self.app.desk.words();
        let labels = form
            .fields
            .iter()
            .filter(|field| field.value.is_none())
            .map(|field| {
                if field.required {
                    field.label.clone()
                } else {
                    words.say(
                        self.language,
                        "playground-optional",
                        crate::i18n::args().text("label", &field.label),
                    )
                }
            });
        Message {
            tone: Tone::Plain,
            title: Some(form.title.clone()),
            body: vec![
                Block::Text(words.plain(self.language, "playground-missing")),
                Block::List(labels.collect()),
                Block::Text(words.plain(self.language, "playground-type-instead")),
                Block::Code(form.example.clone()),
            ],
            ..Message::default()
        }
    }

    async fn typed(&self, text: &str) -> Result<Answered, StatusCode> {
        let text = text.trim();
        if text.is_empty() || text.chars().count() > TEXT_MAX {
            return Err(StatusCode::BAD_REQUEST);
        }
        let network = &self.app.network;
        let (own, other) = if self.has_buttons() {
            ('/', '!')
        } else {
            ('!', '/')
        };
        let is_command = text.starts_with(own);
        let id = network.reference();
        let content = if is_command && self.has_buttons() {
            let command = text
                .split_whitespace()
                .next()
                .unwrap_or_default()
                .to_owned();
            Content::Used {
                persona: self.persona.id,
                command,
            }
        } else {
            Content::Words {
                persona: self.persona.id,
                text: text.to_owned(),
            }
        };
        let place = Place {
            room: self.room,
            thread: None,
            only_for: None,
        };
        network.rooms.say(id.clone(), place, content, network.now());
        // An answer stands under what was typed, where the room has no private answers of its own.
        let thread = (!self.has_buttons()).then(|| id.clone());
        if !is_command
            && text.starts_with(other)
            && text.chars().nth(1).is_some_and(char::is_alphabetic)
        {
            let hint = if self.has_buttons() {
                "playground-hint-slash"
            } else {
                "playground-hint-bang"
            };
            let hint = Message {
                tone: Tone::Error,
                body: vec![Block::Text(
                    self.app.desk.words().plain(self.language, hint),
                )],
                ..Message::default()
            };
            return Ok((Answer::Say(hint), thread));
        }
        if !is_command {
            return Ok((Answer::Nothing, None));
        }
        let deed = Deed::Text(text.to_owned());
        Ok((self.hand_over(id, thread.clone(), deed).await, thread))
    }

    /// The poll is the page's own: the bot is not told who answers.
    fn voted(&self, message: &str, chosen: &[usize]) -> Result<Answered, StatusCode> {
        let rooms = &self.app.network.rooms;
        if rooms.vote(message, self.persona.id, chosen) {
            Ok((Answer::Nothing, None))
        } else {
            Err(StatusCode::BAD_REQUEST)
        }
    }

    async fn reacted(&self, message: String, emoji: String) -> Result<Answered, StatusCode> {
        let rooms = &self.app.network.rooms;
        if emoji.chars().count() > 16 || !rooms.seen_by(&message, self.persona.id) {
            return Err(StatusCode::BAD_REQUEST);
        }
        rooms.react(&message, self.persona.id, &emoji);
        let deed = Deed::React {
            message: message.clone(),
            emoji,
        };
        let key = self.app.network.reference();
        Ok((
            self.hand_over(key, Some(message.clone()), deed).await,
            Some(message),
        ))
    }

    async fn hand_over(&self, key: String, thread: Option<String>, deed: Deed) -> Answer {
        let desk = &self.app.desk;
        let answer = desk
            .answer(Inbound {
                key,
                account: self.persona.account(),
                standing: Standing::Role(self.persona.standing),
                bridged: false,
                room: self.room.to_owned(),
                // Where there are buttons, answers are seen by their author alone.
                private: self.has_buttons(),
                elsewhere: Vec::new(),
                thread,
                language: Some(self.language),
                name: None,
                at: desk.now(),
                deed,
            })
            .await;
        // What was changed shows on cards: they should not wait for delivery's next round.
        (self.app.hooks.wake)();
        answer
    }
}
